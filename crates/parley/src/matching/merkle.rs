//! The root and the inclusion proofs of RFC 6962 section 2.1 over leaves that are hashed already.

use sha2::{Digest as _, Sha256};

pub(super) type Hash = [u8; 32];

/// The Merkle tree hash; of no leaves, SHA-256 of nothing.
pub(super) fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The audit path of the leaf at this place, lowest first.
pub(super) fn path(leaves: &[Hash], at: usize) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let middle = split(leaves.len());
    let (left, right) = leaves.split_at(middle);
    let (mut path, beside) = match at.checked_sub(middle) {
        None => (path(left, at), root(right)),
        Some(at) => (path(right, at), root(left)),
    };
    path.push(beside);
    path
}

/// The root that a leaf at this place of so many and its path lead to; none if the path has another length.
pub(super) fn root_from(leaf: &Hash, at: u32, size: u32, path: &[Hash]) -> Option<Hash> {
    if at >= size {
        return None;
    }
    if size == 1 {
        return path.is_empty().then_some(*leaf);
    }
    let (beside, below) = path.split_last()?;
    // A size of 2 or more has its split below it, so the sizes shrink.
    let middle = split(size as usize) as u32;
    match at.checked_sub(middle) {
        None => Some(node(&root_from(leaf, at, middle, below)?, beside)),
        Some(at) => Some(node(beside, &root_from(leaf, at, size - middle, below)?)),
    }
}

/// The largest power of two below the size.
fn split(size: usize) -> usize {
    size.next_power_of_two() / 2
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
}
