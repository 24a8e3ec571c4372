//! The system of record of one node: sealed rows, a signed journal, record files, and the only SQL of the project.
//!
//! Decides how what a node knows is kept: which columns are plain, what the seal covers, that nothing changes
//! outside a named write, and that every write appends exactly one signed journal entry. Refuses to know about
//! networks, pages, peers, the clock and chance: times, random bytes and the journal's signature arrive as arguments.
//!
//! A node opens its [`Register`], reads through a [`Reading`] (a committed snapshot), and writes through a [`Write`]:
//! `begin`, any number of `put`, `commit`. Dropping a [`Write`] leaves no trace. What `commit` has acknowledged is in the
//! database and in the record files, both synced.
//!
//! What a row's seal cannot see (an old row put back whole, a row taken away) is seen by the journal, which says for
//! every row which version is the last. What nobody here can see is yesterday's whole directory put back: the other
//! nodes' copies of the record show that.

mod cell;
mod error;
mod files;
mod journal;
mod keys;
mod migrate;
mod open;
mod reading;
mod row;
mod rows;
mod sign;
mod sql;
mod versions;
mod write;

#[cfg(test)]
mod tests;

pub use error::RegisterError;
pub use journal::{JournalDraft, JournalLine, Rebuilt, TakenIn, taken_in};
pub use keys::{Entropy, NodeKey, token_hash};
pub use open::{Health, Opening, Register, Sign, exists};
pub use reading::{Page, Reading, Refused};
pub use row::Row;
pub use rows::attachments::{ATTACHMENT_BYTES_MAX, AttachmentRow};
pub use rows::bulletins::{BulletinRow, BulletinState, FactRow};
pub use rows::calls::{CallRow, CallState, Try};
pub use rows::drafts::{DraftRow, DraftState};
pub use rows::entries::{Appended, EntryRow};
pub use rows::imports::ImportRow;
pub use rows::lines::LineRow;
pub use rows::officers::OfficerRow;
pub use rows::people::{FoundPeople, ItemKey, PersonRow};
pub use rows::relations::{RelationKind, RelationRow};
pub use rows::sessions::{LinkRow, SessionRow};
pub use rows::settings::SettingRow;
pub use sign::journal_signer;
pub use write::{Actor, Committed, Write};
