//! Which signatures make a head count: the author's, and those of enough witnesses.
//!
//! Decides from keys that were agreed beforehand whether a checkpoint is believed. Refuses to know how the keys were
//! agreed: their fingerprints belong in the paper agreement; and what time it is: a time in the future is the caller's to
//! refuse. Each key of the author must have signed, and each key
//! of a witness for that witness to count: who agreed on ML-DSA-44 beside Ed25519 is not satisfied with one of them.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{Held, Name, Note, Verifier};

/// Why a checkpoint is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotBelieved {
    /// The policy is not about one log, or one key or name stands in it for two.
    #[error("the keys are not of one author and of witnesses who are others than it and than one another")]
    Policy,
    /// Not a checkpoint, or a known signature does not hold.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// It is of another log.
    #[error("the checkpoint is of another log: {0}")]
    Origin(Name),
    /// A key of the author has not signed.
    #[error("a key of the author has not signed")]
    Author,
    /// Too few witnesses have cosigned with all their keys.
    #[error("{found} witnesses have cosigned, {needed} are needed")]
    Witnesses {
        /// How many.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
}

/// Whose signatures are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The keys of the author, all in the name of the log. Each must have signed.
    pub author: Vec<Verifier>,
    /// The keys of each witness.
    pub witnesses: Vec<Vec<Verifier>>,
    /// How many of the witnesses are needed.
    pub needed: usize,
}

/// A checkpoint that is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The witnesses that have cosigned with all their keys, and the earliest time of these, Unix seconds.
    pub witnesses: Vec<(Name, u64)>,
}

impl Policy {
    /// Checks a checkpoint with its cosignatures.
    ///
    /// # Errors
    /// Why it is not believed.
    pub fn check(&self, note: &Note) -> Result<Cosigned, NotBelieved> {
        let origin = self.sound().ok_or(NotBelieved::Policy)?;
        let known: Vec<Verifier> =
            self.author.iter().chain(self.witnesses.iter().flatten()).cloned().collect();
        let checkpoint = Checkpoint::open(note, &known)?;
        if checkpoint.origin != *origin {
            return Err(NotBelieved::Origin(checkpoint.origin));
        }
        let held = note.open(&known).map_err(CheckpointError::from)?;
        if !self.author.iter().all(|key| held.iter().any(|h| h.by == key)) {
            return Err(NotBelieved::Author);
        }
        let witnesses: Vec<_> = self.witnesses.iter().filter_map(|keys| cosigned_by(keys, &held)).collect();
        if witnesses.len() < self.needed {
            return Err(NotBelieved::Witnesses { found: witnesses.len(), needed: self.needed });
        }
        Ok(Cosigned { checkpoint, witnesses })
    }

    /// The log, if each party has one name and no name or key is that of two. An Ed25519 cosignature does not say under
    /// which name it was made: under two names one key would count twice.
    fn sound(&self) -> Option<&Name> {
        let parties: Vec<&Vec<Verifier>> = [&self.author].into_iter().chain(&self.witnesses).collect();
        let mut names = BTreeSet::new();
        let mut keys = BTreeSet::new();
        for party in &parties {
            let name = party.first()?.name();
            let new = names.insert(name) && party.iter().all(|key| key.name() == name);
            if !new || !party.iter().all(|key| keys.insert(key.key().public_bytes())) {
                return None;
            }
        }
        Some(self.author.first()?.name())
    }
}

/// The witness with these keys, if each of them has cosigned at a stated time.
fn cosigned_by(keys: &[Verifier], held: &[Held<'_>]) -> Option<(Name, u64)> {
    let name = keys.first()?.name().clone();
    let mut earliest = u64::MAX;
    for key in keys {
        let times = held.iter().filter(|h| h.by == key).filter_map(|h| h.time).filter(|time| *time != 0);
        earliest = earliest.min(times.min()?);
    }
    Some((name, earliest))
}
