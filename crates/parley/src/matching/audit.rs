//! Leaves opened after a run, to an auditor or to the other side, and what they prove.
//!
//! An opened leaf of the sought list proves which blinded point was asked for it, since the blind comes from its
//! salt. Which leaves are opened follows from the heads of both logs at a later time, so neither side can steer it.

use std::collections::BTreeSet;
use std::fmt;

use sha2::{Digest as _, Sha256};

use super::list::{self, CommittedList, ListKind};
use super::merkle::{self, Hash};
use super::message::{Commit, Message, uint};
use super::params::{KEY_BYTES_MAX, Params, Side};
use super::refusal::Refusal;
use super::tags::TAG_BYTES;
use super::voprf::{HolderKey, Points};
use super::workers::Workers;
use crate::cbor::{CborError, Fields, Value};
use crate::id::Digest;

/// One leaf, opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Opening {
    /// Its place in the list.
    pub at: u32,
    /// Its salt.
    pub salt: [u8; 32],
    /// Its key; of a leaf that only fills the list up, a zero byte and the salt.
    pub key: Vec<u8>,
    path: Vec<Hash>,
}

impl fmt::Debug for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opening(leaf {})", self.at)
    }
}

impl Opening {
    /// A key, a path of 20 hashes for a million leaves, and what frames them.
    pub(super) const BYTES_MAX: usize = KEY_BYTES_MAX + 20 * 32 + 128;

    /// Whether the leaf stands for nobody.
    pub fn fills_up(&self) -> bool {
        self.key == list::filler(&self.salt)
    }

    pub(super) fn value(&self) -> Value<'_> {
        Value::Map(vec![
            ("at", uint(self.at)),
            ("salt", Value::Bytes(&self.salt)),
            ("key", Value::Bytes(&self.key)),
            ("path", Value::Array(self.path.iter().map(|hash| Value::Bytes(hash)).collect())),
        ])
    }

    pub(super) fn read(value: Value<'_>) -> Result<Opening, CborError> {
        let mut fields = Fields::of(value, "leaves")?;
        let wrong = CborError::WrongValue { key: "path" };
        let hash = |value: Value<'_>| match value {
            Value::Bytes(bytes) => bytes.try_into().map_err(|_| wrong.clone()),
            _ => Err(wrong.clone()),
        };
        let opening = Opening {
            at: fields.uint32("at")?,
            salt: fields.fixed("salt")?,
            key: fields.bytes("key")?.to_vec(),
            path: fields.array("path")?.into_iter().map(hash).collect::<Result<_, _>>()?,
        };
        fields.done()?;
        Ok(opening)
    }

    fn check(&self, params: &Params, root: &Digest, size: u32) -> Result<(), Refusal> {
        let leaf = list::leaf_hash(&self.salt, &self.key);
        let led_to = merkle::root_from(&leaf, self.at, size, &self.path);
        let key_is_one = self.fills_up() || params.takes(&self.key);
        if led_to != Some(root.0) || !key_is_one {
            return Err(Refusal::Leaf { at: self.at });
        }
        Ok(())
    }
}

/// Which leaves of a list are opened: as many as agreed, all of a shorter list, ascending.
///
/// The heads are those of both logs at the agreed later time, the first side's first.
pub fn drawn(params: &Params, heads: &[Digest; 2], side: Side, kind: ListKind) -> Vec<u32> {
    let size = kind.cap(params, side);
    let wanted = params.audit.min(size) as usize;
    let mut drawn = BTreeSet::new();
    let mut counter = 0_u64;
    while drawn.len() < wanted {
        let hash = Sha256::new_with_prefix(b"homeward psi audit v1")
            .chain_update(params.session().as_bytes())
            .chain_update(heads[0].as_bytes())
            .chain_update(heads[1].as_bytes())
            .chain_update([side.at() as u8, kind.at()])
            .chain_update(counter.to_be_bytes())
            .finalize();
        counter += 1;
        let number = hash.iter().take(8).fold(0_u64, |n, byte| n << 8 | u64::from(*byte));
        // Of 2^64 numbers at most a million are too many at the end: what is lost of evenness is below 2^-44.
        drawn.insert((number % u64::from(size)) as u32);
    }
    drawn.into_iter().collect()
}

/// Opens leaves of one's own list.
///
/// # Errors
/// A place that the list does not have.
pub fn open(params: &Params, side: Side, list: &CommittedList, places: &[u32]) -> Result<Vec<u8>, Refusal> {
    let hashes = list.hashes();
    let opening = |at: &u32| {
        let leaf = list.leaves().get(*at as usize).ok_or(Refusal::OtherLeaves)?;
        let path = merkle::path(&hashes, *at as usize);
        Ok(Opening { at: *at, salt: leaf.salt, key: leaf.key.clone(), path })
    };
    let leaves: Vec<Opening> = places.iter().map(opening).collect::<Result<_, Refusal>>()?;
    Ok(Message::Openings { list: list.kind(), leaves }.encode(&params.session(), side))
}

/// Reads openings and checks that they are of these leaves and stand under the root committed to.
///
/// # Errors
/// The form, other leaves than those, or the first that the root does not cover.
pub fn check(
    params: &Params,
    side: Side,
    kind: ListKind,
    commit: &Commit,
    places: &[u32],
    bytes: &[u8],
) -> Result<Vec<Opening>, Refusal> {
    let leaves = read(params, side, kind, bytes)?;
    if !leaves.iter().map(|leaf| leaf.at).eq(places.iter().copied()) {
        return Err(Refusal::OtherLeaves);
    }
    stand(params, side, kind, commit, leaves)
}

/// Reads openings of whichever leaves the other side chose to show, for a person whom it proposes, and checks that they
/// stand under the root committed to.
///
/// # Errors
/// The form, or the first leaf that the root does not cover.
pub fn check_shown(
    params: &Params,
    side: Side,
    kind: ListKind,
    commit: &Commit,
    bytes: &[u8],
) -> Result<Vec<Opening>, Refusal> {
    stand(params, side, kind, commit, read(params, side, kind, bytes)?)
}

fn read(params: &Params, side: Side, kind: ListKind, bytes: &[u8]) -> Result<Vec<Opening>, Refusal> {
    let (from, message) = Message::decode(params, &params.session(), bytes)?;
    let Message::Openings { list, leaves } = message else { return Err(Refusal::Kind) };
    match (from == side, list == kind) {
        (false, _) => Err(Refusal::WrongSide),
        (true, false) => Err(Refusal::OtherLeaves),
        (true, true) => Ok(leaves),
    }
}

fn stand(
    params: &Params,
    side: Side,
    kind: ListKind,
    commit: &Commit,
    leaves: Vec<Opening>,
) -> Result<Vec<Opening>, Refusal> {
    let root = match kind {
        ListKind::Sought => &commit.sought,
        ListKind::Held => &commit.held,
    };
    leaves.iter().try_for_each(|leaf| leaf.check(params, root, kind.cap(params, side)))?;
    Ok(leaves)
}

/// Checks that opened leaves of the sought list are what was asked: each explains the point at its place.
///
/// # Errors
/// A query that is not the one committed to, or the first leaf that was not what was asked.
pub fn explain_queries(
    params: &Params,
    side: Side,
    commit: &Commit,
    queries: &[Vec<u8>],
    leaves: &[Opening],
) -> Result<(), Refusal> {
    if !queries.iter().map(|query| Digest::of(query)).eq(commit.queries.iter().copied()) {
        return Err(Refusal::NotCommitted);
    }
    for leaf in leaves {
        let unexplained = Refusal::Unexplained { at: leaf.at };
        let query = queries.get((leaf.at / params.chunk) as usize).ok_or(unexplained.clone())?;
        let (from, message) = Message::decode(params, &params.session(), query)?;
        let Message::Query { at, points } = message else { return Err(Refusal::Kind) };
        let asked = leaf.at.checked_sub(at).and_then(|offset| points.get(offset as usize));
        let blinded = Points::blind(&[(&leaf.key, leaf.salt)], Workers::ONE);
        if from != side || asked != blinded.bytes().first() {
            return Err(unexplained);
        }
    }
    Ok(())
}

/// Checks that opened leaves of the held list are what stands in the tags, for an auditor to whom the holder has shown the
/// secret of the run: with it and the tags an asker could try out every name.
///
/// # Errors
/// A secret that is not the run's, tags that are not the ones committed to, or the first leaf without its tag.
pub fn explain_tags(
    params: &Params,
    commit: &Commit,
    run_secret: &[u8; 32],
    tags: &[u8],
    leaves: &[Opening],
) -> Result<(), Refusal> {
    let key = HolderKey::derive(run_secret, params.session().as_bytes());
    if key.public() != commit.key {
        return Err(Refusal::PublicKey);
    }
    let (_, message) = Message::decode(params, &params.session(), tags)?;
    let Message::Tags { rows } = message else { return Err(Refusal::Kind) };
    if Digest::of(rows) != commit.tags {
        return Err(Refusal::TagsChanged);
    }
    let keys: Vec<&[u8]> = leaves.iter().map(|leaf| leaf.key.as_slice()).collect();
    let known: BTreeSet<&[u8]> =
        rows.chunks_exact(super::tags::row_bytes(params)).map(|row| &row[..TAG_BYTES]).collect();
    for (leaf, output) in leaves.iter().zip(key.outputs(&keys, Workers::ONE)) {
        if !known.contains(&output[..TAG_BYTES]) {
            return Err(Refusal::Unexplained { at: leaf.at });
        }
    }
    Ok(())
}
