//! Who goes in a round: the committed pools, the lot, the roll of both sides, and who follows when a slot is vacated.
//!
//! Decides, out of the committed pools of both sides, who takes the places of a round: [`joint`] chooses, and proves that
//! nobody chooses better; [`of_terms`] reads rules and people off an agreement and its pools. Refuses to know who a person
//! is, why a class was assigned, and where the seed comes from: parties commit to their pools before the joint seed
//! exists, so neither can steer the lot. Formats and test vectors: `docs/formats/selection.md`, `docs/formats/round.md`.

use sha2::{Digest as _, Sha256};

use crate::ids::Item;

pub mod joint;
pub mod of_terms;
mod pool;

pub use pool::{CANDIDATES_MAX, Candidate, LABEL_BYTES_MAX, POOL_CATEGORIES_MAX, Pool, PoolError, is_label};

/// A person's lot: the first 80 bits of a hash that neither party can steer; the lower lot goes first.
///
/// It depends on the agreement, the joint seed and the person's item alone. Nobody else's presence, withdrawal or
/// refusal changes it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Lot {
    /// The first 40 bits: the number that is told to people.
    pub first: u64,
    /// The next 40 bits, which decide when the first are equal.
    pub next: u64,
}

/// Draws the lot of a person: the first 80 bits of
/// `SHA-256("homeward lot v1" || 0x00 || agreement || 0x00 || seed || item)`, big-endian.
pub fn lot(seed: &[u8; 32], agreement: &str, item: &Item) -> Lot {
    let mut hash = Sha256::new();
    hash.update(b"homeward lot v1\0");
    hash.update(agreement.as_bytes());
    hash.update([0]);
    hash.update(seed);
    hash.update(item.0);
    let hash: [u8; 32] = hash.finalize().into();
    let bits = |bytes: &[u8]| bytes.iter().fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    Lot { first: bits(&hash[..5]), next: bits(&hash[5..10]) }
}

#[cfg(test)]
mod tests;
