//! The proof that an author showed two histories: two heads of one log that cannot both be of it.
//!
//! Decides whether two signed checkpoints contradict each other, from nothing but the author's keys: equal size and
//! unequal roots, or a larger one that does not begin with the smaller. For the second it takes the digests that
//! lead from the larger root to the root of its first entries: no other root of them can stand under that head, so
//! an unequal one is enough. Two entries under one number are the other such proof
//! ([`Equivocation`](crate::Equivocation)).

use thiserror::Error;

use crate::cbor::{self, CborError, Fields, Value};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::id::Digest;
use crate::note::{NOTE_BYTES_MAX, Name, Note, NoteError, Verifier};
use crate::tree::{PATH_MAX, ProofError, Tree, TreeHead, prefix_root};

/// The most bytes of a proof: two notes and the digests between them.
pub const SPLIT_BYTES_MAX: usize = 2 * NOTE_BYTES_MAX + 4096;

/// Why two checkpoints prove nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SplitError {
    /// More bytes than allowed.
    #[error("{found} bytes, at most {SPLIT_BYTES_MAX} are allowed")]
    Oversize {
        /// How many there were.
        found: usize,
    },
    /// Not of the required form.
    #[error("the proof is not of the required form: {0}")]
    Form(#[from] CborError),
    /// One of the two is not a checkpoint that the author signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// They are of different logs.
    #[error("the checkpoints are of different logs")]
    Origin,
    /// The digests do not lead to the root of the larger one.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// Both can be of one log.
    #[error("the checkpoints do not contradict each other")]
    Consistent,
}

/// Two checkpoints of one log and what shows that they contradict each other, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    first: Note,
    second: Note,
    proof: Vec<Digest>,
}

/// What a proof shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTwice {
    /// Of which log.
    pub origin: Name,
    /// The smaller head, or the first of two equal size.
    pub first: TreeHead,
    /// The other.
    pub second: TreeHead,
}

impl Split {
    /// The proof by two checkpoints of equal size.
    ///
    /// # Errors
    /// When they prove nothing.
    pub fn of_equal_size(first: Note, second: Note, author: &[Verifier]) -> Result<Split, SplitError> {
        Split::checked(first, second, Vec::new(), author)
    }

    /// The proof by two checkpoints of unequal size, from the tree of the larger one: of those entries that its
    /// author showed with it.
    ///
    /// # Errors
    /// When they prove nothing, or the tree is not that of the larger one.
    pub fn of_prefix(
        smaller: Note,
        larger: Note,
        tree: &Tree,
        author: &[Verifier],
    ) -> Result<Split, SplitError> {
        let old = Checkpoint::open(&smaller, author)?.head;
        let new = Checkpoint::open(&larger, author)?.head;
        let proof = tree.prefix_proof(old.size, new.size)?;
        Split::checked(smaller, larger, proof, author)
    }

    fn checked(
        first: Note,
        second: Note,
        proof: Vec<Digest>,
        author: &[Verifier],
    ) -> Result<Split, SplitError> {
        let split = Split { first, second, proof };
        split.verify(author)?;
        Ok(split)
    }

    /// Checks the proof from nothing but the author's keys.
    ///
    /// # Errors
    /// When it proves nothing.
    pub fn verify(&self, author: &[Verifier]) -> Result<ShownTwice, SplitError> {
        let first = Checkpoint::open(&self.first, author)?;
        let second = Checkpoint::open(&self.second, author)?;
        if first.origin != second.origin {
            return Err(SplitError::Origin);
        }
        let shown = ShownTwice { origin: first.origin, first: first.head, second: second.head };
        if shown.first.size == shown.second.size {
            let unequal = shown.first.root != shown.second.root;
            return match (self.proof.is_empty(), unequal) {
                (false, _) => Err(ProofError::Length.into()),
                (true, false) => Err(SplitError::Consistent),
                (true, true) => Ok(shown),
            };
        }
        let (begins, root) = prefix_root(shown.first.size, shown.second.size, &self.proof)?;
        if root != shown.second.root {
            return Err(ProofError::Root.into());
        }
        if begins == shown.first.root { Err(SplitError::Consistent) } else { Ok(shown) }
    }

    /// The bytes of the proof, in deterministic CBOR.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (first, second) = (self.first.to_string(), self.second.to_string());
        cbor::encode(&Value::Map(vec![
            ("v", Value::Uint(1)),
            ("first", Value::Text(&first)),
            ("second", Value::Text(&second)),
            ("proof", Value::Array(self.proof.iter().map(|d| Value::Bytes(&d.0)).collect())),
        ]))
    }

    /// Reads a proof; [`Split::verify`] checks it.
    ///
    /// # Errors
    /// Every deviation from the form.
    pub fn read(bytes: &[u8]) -> Result<Split, SplitError> {
        if bytes.len() > SPLIT_BYTES_MAX {
            return Err(SplitError::Oversize { found: bytes.len() });
        }
        let mut f = Fields::of(cbor::decode(bytes)?, "split")?;
        if f.uint("v")? != 1 {
            return Err(CborError::WrongValue { key: "v" }.into());
        }
        let mut note = |key| -> Result<Note, SplitError> {
            let note = Note::parse(f.text(key)?.as_bytes());
            Ok(note.map_err(|why: NoteError| CheckpointError::from(why))?)
        };
        let (first, second) = (note("first")?, note("second")?);
        let wrong = || CborError::WrongValue { key: "proof" };
        let digest = |value: Value<'_>| match value {
            Value::Bytes(bytes) => bytes.try_into().map(Digest).map_err(|_| wrong()),
            _ => Err(wrong()),
        };
        let proof: Vec<Digest> = f.array("proof")?.into_iter().map(digest).collect::<Result<_, _>>()?;
        f.done()?;
        if proof.len() > PATH_MAX {
            return Err(wrong().into());
        }
        Ok(Split { first, second, proof })
    }
}
