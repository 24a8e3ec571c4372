//! Private matching: each of two parties learns which of the people it asks for the other holds, and no more.
//!
//! Keys of people go through the verifiable oblivious function of RFC 9497 ([`voprf`]): the asker blinds them, the
//! holder applies a key that nobody else has and proves that it was one key ([`proof`]), and what comes out is compared with
//! the holder's tags ([`tags`]). Both lists are committed to first ([`list`]), so that what was asked
//! can be audited later ([`audit`]). One run of both directions is a [`Session`]; its messages are bytes ([`message`]).
//!
//! Refuses to know how keys are made from people, how messages travel and who signs the commits. It has no
//! clock, file or randomness: secrets are arguments. This code has had no outside cryptographic review.

mod audit;
pub mod bench;
mod entry;
pub mod kept;
mod list;
mod merkle;
mod message;
mod params;
mod proof;
mod refusal;
mod session;
mod tags;
#[cfg(test)]
mod tests;
mod voprf;
mod workers;

pub use audit::{Opening, check, check_shown, drawn, explain_queries, explain_tags, open};
pub use entry::RunEntry;
pub use list::{CommittedList, ListKind, Person};
pub use message::Commit;
pub use params::{CAP_MAX, CHUNK_MAX, KEY_BYTES_MAX, PROFILE, Params, Side};
pub use proof::{Answers, ProofBytes, Unproved, Weights, evaluate, finalize};
pub use refusal::Refusal;
pub use session::{Evaluation, Event, Match, Own, Session};
pub use tags::{Reference, TAG_BYTES};
pub use voprf::{HolderKey, PointBytes, Points};
pub use workers::Workers;
