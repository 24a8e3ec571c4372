//! Why a message, a list or an opening is not taken.

use thiserror::Error;

use crate::cbor::CborError;

/// Why something is refused. What is refused changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// More bytes than a message of this session can have.
    #[error("{found} bytes, at most {max} are allowed")]
    Oversize {
        /// How many there were.
        found: usize,
        /// How many may be.
        max: usize,
    },
    /// Not in the form of the schema.
    #[error("not of the required form: {0}")]
    Form(#[from] CborError),
    /// The version is not ours.
    #[error("version {0} is unknown")]
    Version(u64),
    /// The kind of message is unknown, or is not read here.
    #[error("a message of this kind is not read here")]
    Kind,
    /// Parameters that contradict themselves or pass a limit.
    #[error("the parameters do not hold: {0}")]
    Params(&'static str),
    /// Made for other parameters or another run.
    #[error("the message belongs to another session")]
    OtherSession,
    /// Made by the side that reads it.
    #[error("the message names the wrong side")]
    WrongSide,
    /// A key of a list does not begin with the version and a recipe of the parameters, is too long, or there are more of
    /// one person than agreed.
    #[error("key {at} of person {person} is not of the required form, or there are too many")]
    Key {
        /// The person, from 0.
        person: usize,
        /// The key, from 0.
        at: usize,
    },
    /// A case reference is longer than agreed.
    #[error("the case reference of person {person} is longer than agreed")]
    Reference {
        /// The person, from 0.
        person: usize,
    },
    /// The list has more keys than the cap.
    #[error("{found} keys, the cap is {cap}")]
    Cap {
        /// How many there were.
        found: usize,
        /// How many may be.
        cap: u32,
    },
    /// Not the time for this: the step before has not been taken.
    #[error("out of turn: {0}")]
    OutOfTurn(&'static str),
    /// Seen and dealt with before.
    #[error("replayed: this was dealt with before")]
    Replayed,
    /// Asks beyond the cap that both accepted.
    #[error("out of budget: {asked} asked, {cap} agreed")]
    OutOfBudget {
        /// Up to which point was asked.
        asked: u64,
        /// How many points may be.
        cap: u32,
    },
    /// The public key is not a point, or is the identity.
    #[error("the public key is not a point of the group")]
    PublicKey,
    /// The accept names other commits.
    #[error("the accept names other commits than the ones made")]
    OtherCommit,
    /// The chunk is not the one that the commit names.
    #[error("the query is not the one committed to")]
    NotCommitted,
    /// The point at this place of the list is not canonical, or is the identity.
    #[error("point {at} is not the one encoding of a point, or is the identity")]
    Point {
        /// Its place in the list, from 0.
        at: usize,
    },
    /// The record entry is not the one that is awaited.
    #[error("the record entry is not the one awaited")]
    NotRecorded,
    /// The proof does not hold: the holder used another key for at least one point.
    #[error("the proof does not hold for this answer")]
    Proof,
    /// The tag list is not the one committed to.
    #[error("the tag list is not the one committed to")]
    TagsChanged,
    /// The tag list is not ascending without repetition.
    #[error("the tag list is not in ascending order at row {at}")]
    TagOrder {
        /// The row, from 0.
        at: usize,
    },
    /// The other side saw another course of the session.
    #[error("the other side closes over another transcript")]
    OtherTranscript,
    /// The session is closed.
    #[error("the session is closed")]
    Closed,
    /// The openings are not those of the leaves that were drawn.
    #[error("the openings are not those of the leaves drawn")]
    OtherLeaves,
    /// The leaf at this place does not stand in the committed list.
    #[error("leaf {at} does not stand under the root committed to")]
    Leaf {
        /// Its place in the list, from 0.
        at: u32,
    },
    /// The leaf at this place does not explain the blinded point, or the tag, at its place.
    #[error("leaf {at} is not what was asked or held")]
    Unexplained {
        /// Its place in the list, from 0.
        at: u32,
    },
}

impl Refusal {
    /// The reason code, for logs and for the other side.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Oversize { .. } => "psi-oversize",
            Refusal::Form(_) => "psi-form",
            Refusal::Version(_) => "psi-version",
            Refusal::Kind => "psi-kind",
            Refusal::Params(_) => "psi-params",
            Refusal::OtherSession => "psi-other-session",
            Refusal::WrongSide => "psi-wrong-side",
            Refusal::Key { .. } => "psi-key",
            Refusal::Reference { .. } => "psi-reference",
            Refusal::Cap { .. } => "psi-cap",
            Refusal::OutOfTurn(_) => "psi-out-of-turn",
            Refusal::Replayed => "psi-replayed",
            Refusal::OutOfBudget { .. } => "psi-out-of-budget",
            Refusal::PublicKey => "psi-public-key",
            Refusal::OtherCommit => "psi-other-commit",
            Refusal::NotCommitted => "psi-not-committed",
            Refusal::Point { .. } => "psi-point",
            Refusal::NotRecorded => "psi-not-recorded",
            Refusal::Proof => "psi-proof",
            Refusal::TagsChanged => "psi-tags-changed",
            Refusal::TagOrder { .. } => "psi-tag-order",
            Refusal::OtherTranscript => "psi-other-transcript",
            Refusal::Closed => "psi-closed",
            Refusal::OtherLeaves => "psi-other-leaves",
            Refusal::Leaf { .. } => "psi-leaf",
            Refusal::Unexplained { .. } => "psi-unexplained",
        }
    }
}
