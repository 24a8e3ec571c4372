//! The Merkle tree over a log: one root for all entries, and short proofs about it.
//!
//! Decides the tree of RFC 6962 section 2.1 (RFC 9162 section 2.1) with SHA-256 over the exact bytes of the entries:
//! the root of any prefix, that an entry is in it, and that a longer log begins with a shorter one. Proofs are
//! verified by functions of values. Refuses to know what an entry says and who signed a root.

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::id::Digest;
use crate::log::Log;

/// The most digests that a proof about a tree with 64-bit sizes can have.
pub const PATH_MAX: usize = 64;

/// Why a proof does not hold or cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProofError {
    /// The tree has no such entry or no such prefix.
    #[error("no entry or prefix {wanted} in a tree of {size} entries")]
    OutOfTree {
        /// The number of the entry, or the length of the prefix.
        wanted: u64,
        /// How many entries the tree has.
        size: u64,
    },
    /// The proof has more or fewer digests than one for these sizes.
    #[error("the proof has the wrong number of digests for these sizes")]
    Length,
    /// The digests lead to another root.
    #[error("the proof leads to another root")]
    Root,
}

/// What a leaf with these exact bytes contributes: SHA-256 of a zero byte and the bytes.
pub fn leaf(bytes: &[u8]) -> Digest {
    Digest(Sha256::new().chain_update([0]).chain_update(bytes).finalize().into())
}

/// What two subtrees are together: SHA-256 of a one byte and both.
fn node(left: &Digest, right: &Digest) -> Digest {
    Digest(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The root of the tree without entries: SHA-256 of nothing.
pub fn empty_root() -> Digest {
    Digest::of(b"")
}

/// The whole tree: all its complete subtrees, so that every proof takes a logarithmic number of steps. Two digests
/// an entry are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// By height and place: what 2^height leaves from place * 2^height on are together.
    levels: Vec<Vec<Digest>>,
}

impl Default for Tree {
    fn default() -> Tree {
        Tree { levels: vec![Vec::new()] }
    }
}

impl Tree {
    /// The tree over all entries of a log.
    pub fn of_log(log: &Log) -> Tree {
        log.entries().iter().map(|entry| leaf(entry.bytes())).collect()
    }

    /// How many entries it has.
    pub fn size(&self) -> u64 {
        self.levels[0].len() as u64
    }

    /// Takes in the next [`leaf`].
    pub fn append(&mut self, leaf: Digest) {
        let mut done = leaf;
        for height in 0.. {
            if self.levels.len() == height {
                self.levels.push(Vec::new());
            }
            let level = &mut self.levels[height];
            level.push(done);
            if level.len() % 2 == 1 {
                return;
            }
            done = node(&level[level.len() - 2], &level[level.len() - 1]);
        }
    }

    /// The root of the first `size` entries.
    ///
    /// # Errors
    /// When there are fewer.
    pub fn root(&self, size: u64) -> Result<Digest, ProofError> {
        self.has(size)?;
        Ok(if size == 0 { empty_root() } else { self.range(0, size) })
    }

    /// The proof that entry `index` is in the tree of the first `size` entries, from the leaf's sibling upwards
    /// (RFC 9162 section 2.1.3.1).
    ///
    /// # Errors
    /// When there is no such entry or no such tree.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Digest>, ProofError> {
        self.has(size)?;
        if index >= size {
            return Err(ProofError::OutOfTree { wanted: index, size });
        }
        let (mut from, mut to) = (0, size);
        let mut path = Vec::new();
        while to - from > 1 {
            let middle = from + split(to - from);
            if index < middle {
                path.push(self.range(middle, to));
                to = middle;
            } else {
                path.push(self.range(from, middle));
                from = middle;
            }
        }
        path.reverse();
        Ok(path)
    }

    /// The proof that the tree of the first `size` entries begins with that of the first `old` (RFC 9162 section
    /// 2.1.4.1). Empty when `old` is 0 or `size`.
    ///
    /// # Errors
    /// When there are no such prefixes.
    pub fn consistency(&self, old: u64, size: u64) -> Result<Vec<Digest>, ProofError> {
        if old == 0 || old == size {
            return self.has(size).map(|()| Vec::new());
        }
        let mut proof = self.prefix_proof(old, size)?;
        if old.is_power_of_two() {
            proof.remove(0);
        }
        Ok(proof)
    }

    /// Like [`Tree::consistency`], but always with the digest that the standard leaves out because the verifier has
    /// it as the old root: what [`prefix_root`] reads.
    ///
    /// # Errors
    /// When there are no such prefixes, one shorter than the other and not empty.
    pub fn prefix_proof(&self, old: u64, size: u64) -> Result<Vec<Digest>, ProofError> {
        self.has(size)?;
        if old == 0 || old >= size {
            return Err(ProofError::OutOfTree { wanted: old, size });
        }
        let (mut from, mut to) = (0, size);
        let mut path = Vec::new();
        while to != old {
            let middle = from + split(to - from);
            if old <= middle {
                path.push(self.range(middle, to));
                to = middle;
            } else {
                path.push(self.range(from, middle));
                from = middle;
            }
        }
        path.push(self.range(from, to));
        path.reverse();
        Ok(path)
    }

    fn has(&self, size: u64) -> Result<(), ProofError> {
        if size > self.size() {
            return Err(ProofError::OutOfTree { wanted: size, size: self.size() });
        }
        Ok(())
    }

    /// What the entries from `from` up to `to` are together; `from` is a multiple of the power of two that covers them.
    fn range(&self, from: u64, to: u64) -> Digest {
        let len = to - from;
        if len.is_power_of_two() {
            // A complete subtree: all of them are kept, since `to` is at most the size of the tree.
            return self.levels[len.trailing_zeros() as usize][(from / len) as usize];
        }
        let middle = from + split(len);
        node(&self.range(from, middle), &self.range(middle, to))
    }
}

impl FromIterator<Digest> for Tree {
    fn from_iter<I: IntoIterator<Item = Digest>>(leaves: I) -> Tree {
        let mut tree = Tree::default();
        leaves.into_iter().for_each(|leaf| tree.append(leaf));
        tree
    }
}

/// The right edge of a tree: as many digests as the size has ones in binary. Enough to go on and to have the root,
/// not to make proofs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// Complete subtrees, the largest first.
    peaks: Vec<Digest>,
}

impl Frontier {
    /// How many entries the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes in the next [`leaf`].
    pub fn append(&mut self, leaf: Digest) {
        let mut done = leaf;
        for _ in 0..self.size.trailing_ones() {
            // There is one peak for each one in the size, the last ones first in its low bits.
            let Some(left) = self.peaks.pop() else { break };
            done = node(&left, &done);
        }
        self.peaks.push(done);
        self.size += 1;
    }

    /// The root.
    pub fn root(&self) -> Digest {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return empty_root() };
        peaks.fold(*last, |right, left| node(left, &right))
    }
}

/// The root that follows when `leaf` stands under number `index` in a tree of `size` entries with this proof
/// (RFC 9162 section 2.1.3.2).
///
/// # Errors
/// When the proof cannot be one for these sizes. Whether the root is the right one is the caller's to check.
pub fn inclusion_root(leaf: Digest, index: u64, size: u64, path: &[Digest]) -> Result<Digest, ProofError> {
    if index >= size {
        return Err(ProofError::OutOfTree { wanted: index, size });
    }
    let mut edge = Edge { own: index, last: size - 1 };
    let mut root = leaf;
    for other in path {
        if edge.last == 0 {
            return Err(ProofError::Length);
        }
        root = if edge.joins_left() { node(other, &root) } else { node(&root, other) };
        edge.up();
    }
    if edge.last == 0 { Ok(root) } else { Err(ProofError::Length) }
}

/// Checks that `leaf` stands under number `index` in the tree of `size` entries with this root.
///
/// # Errors
/// When the proof does not show it.
pub fn verify_inclusion(
    leaf: Digest,
    index: u64,
    size: u64,
    path: &[Digest],
    root: &Digest,
) -> Result<(), ProofError> {
    if inclusion_root(leaf, index, size, path)? == *root { Ok(()) } else { Err(ProofError::Root) }
}

/// A tree's size and root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeHead {
    /// How many entries.
    pub size: u64,
    /// What they are together.
    pub root: Digest,
}

/// Checks that the tree of `new` begins with all of `old` (RFC 9162 section 2.1.4.2). The empty tree begins every tree.
///
/// # Errors
/// When the proof does not show it.
pub fn verify_consistency(old: &TreeHead, new: &TreeHead, proof: &[Digest]) -> Result<(), ProofError> {
    if old.size > new.size {
        return Err(ProofError::OutOfTree { wanted: old.size, size: new.size });
    }
    if old.size == 0 || old.size == new.size {
        let equal = if old.size == 0 { old.root == empty_root() } else { old.root == new.root };
        return match (proof.is_empty(), equal) {
            (false, _) => Err(ProofError::Length),
            (true, false) => Err(ProofError::Root),
            (true, true) => Ok(()),
        };
    }
    let roots = if old.size.is_power_of_two() {
        fold(old.size, new.size, old.root, proof)?
    } else {
        prefix_root(old.size, new.size, proof)?
    };
    if roots == (old.root, new.root) { Ok(()) } else { Err(ProofError::Root) }
}

/// The roots that a [`Tree::prefix_proof`] leads to: of the first `old` entries, and of all `size`. Whoever knows the
/// second to be right knows the first: no other prefix can stand under that root.
///
/// # Errors
/// When the proof cannot be one for these sizes.
pub fn prefix_root(old: u64, size: u64, proof: &[Digest]) -> Result<(Digest, Digest), ProofError> {
    if old == 0 || old >= size {
        return Err(ProofError::OutOfTree { wanted: old, size });
    }
    let (seed, rest) = proof.split_first().ok_or(ProofError::Length)?;
    fold(old, size, *seed, rest)
}

fn fold(old: u64, size: u64, seed: Digest, rest: &[Digest]) -> Result<(Digest, Digest), ProofError> {
    let mut edge = Edge { own: old - 1, last: size - 1 };
    while edge.own & 1 == 1 {
        edge.up_one();
    }
    let (mut old_root, mut root) = (seed, seed);
    for other in rest {
        if edge.last == 0 {
            return Err(ProofError::Length);
        }
        if edge.joins_left() {
            old_root = node(other, &old_root);
            root = node(other, &root);
        } else {
            root = node(&root, other);
        }
        edge.up();
    }
    if edge.last == 0 { Ok((old_root, root)) } else { Err(ProofError::Length) }
}

/// The place of a node and of the last node in their row, on the way up: `fn` and `sn` of RFC 9162.
struct Edge {
    own: u64,
    last: u64,
}

impl Edge {
    fn joins_left(&self) -> bool {
        self.own & 1 == 1 || self.own == self.last
    }

    /// Goes to the row above; a last node without a sibling goes on up to the row in which it has one.
    fn up(&mut self) {
        if self.own == self.last {
            while self.own & 1 == 0 && self.own != 0 {
                self.up_one();
            }
        }
        self.up_one();
    }

    fn up_one(&mut self) {
        self.own >>= 1;
        self.last >>= 1;
    }
}

/// The largest power of two below `len`, which is at least 2.
fn split(len: u64) -> u64 {
    1 << (len - 1).ilog2()
}
