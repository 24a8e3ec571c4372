//! The record that two parties who do not trust each other keep together: bytes in, bytes out.
//!
//! Each member writes one log of signed entries and holds a copy of every other log. What was agreed is what the logs say.
//! This crate decides what a valid entry is ([`entry`]), what a whole log is ([`log`]), which entries are lawful and
//! what state follows from them ([`record`], [`session`], [`view`]), and how entries travel ([`bundle`]). What stands for
//! a whole log and proves something about it is in [`tree`], [`checkpoint`], [`witness`], [`split`], [`proof`] and [`receipt`].
//!
//! It refuses to know what a person or an agreement is, and it has no socket, file, clock or randomness: keys, times
//! and entropy are arguments.
//!
//! Not here yet, and where it will stand: heads and cosignatures in [`bundle`]; rotation of keys beside [`Genesis`] in
//! [`body`] and [`key`]; resumption after a frozen record in [`record`].

pub mod body;
pub mod bundle;
mod cbor;
pub mod checkpoint;
pub mod cosignature;
pub mod cosigned;
pub mod entry;
pub mod id;
pub mod key;
pub mod lasting;
pub mod log;
pub mod matching;
pub mod matching_rules;
pub mod members;
pub mod note;
pub mod proof;
pub mod receipt;
pub mod record;
pub mod round;
pub mod session;
pub mod split;
#[cfg(test)]
mod tests;
pub mod tree;
pub mod view;
pub mod witness;

pub use body::{
    Answer, Body, DepartGround, DisputeGround, Genesis, Keeping, ListItem, NoticeKind, Occasion, joint_seed,
    seed_digest,
};
pub use bundle::{Bundle, BundleError, bundle_for};
pub use cbor::CborError;
pub use entry::{Entry, EntryError, LogKind, Signed, Unverified};
pub use id::{AgreementId, Digest, EntryId, Head, IdError, Item, Label, PartyId};
pub use key::{NodeKey, TransportPublic, TransportSecret, VerifyKey};
pub use log::{Damage, DamageReason, Log, LogError, read_log, read_log_prefix};
pub use matching_rules::{Run, RunSide, RunUnlawful};
pub use members::{Member, Members, MembersError};
pub use record::{Admitted, Equivocation, Misfit, Record, Refusal, Settled};
pub use round::{Counts, EffectiveList, ItemState, OpenProposal, Phase, Round};
pub use session::Unlawful;
pub use view::{Account, Notice, ProposalState, TextState, View};
