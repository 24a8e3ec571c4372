//! A list of keys as it is committed to: salted leaves, filled up to the cap, in an order that says nothing.
//!
//! Decides what a leaf is and what stands at which place. Two persons of one list with the same key stand there
//! once. Refuses to know how keys are made.

use std::fmt;

use sha2::{Digest as _, Sha256, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::merkle::{self, Hash};
use super::params::{Params, Side};
use super::refusal::Refusal;
use crate::id::Digest;

/// A person of a list: the keys that several recipes give, and what the holder calls the case.
///
/// `Debug` shows how many keys there are and nothing else.
#[derive(Clone, Default)]
pub struct Person {
    /// The keys, `v1|recipe|fields`.
    pub keys: Vec<Vec<u8>>,
    /// The holder's case reference, sealed to whoever asks for one of the keys; empty for none.
    pub reference: Vec<u8>,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Person({} keys)", self.keys.len())
    }
}

/// Which of a side's two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// Whom the side asks for.
    Sought,
    /// Whom the side holds.
    Held,
}

impl ListKind {
    pub(super) fn at(self) -> u8 {
        match self {
            ListKind::Sought => 0,
            ListKind::Held => 1,
        }
    }

    pub(super) fn of(number: u64) -> Option<ListKind> {
        match number {
            0 => Some(ListKind::Sought),
            1 => Some(ListKind::Held),
            _ => None,
        }
    }

    /// How many leaves the list of this side has.
    pub(super) fn cap(self, params: &Params, side: Side) -> u32 {
        match self {
            ListKind::Sought => params.sought[side.at()],
            ListKind::Held => params.held[side.at()],
        }
    }
}

/// A leaf with all that is secret about it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct Leaf {
    pub key: Vec<u8>,
    pub salt: [u8; 32],
    pub reference: Vec<u8>,
    pub hash: Hash,
}

/// A list of one side for one run, with the secrets of its leaves: whoever has it can open them.
#[derive(Clone)]
pub struct CommittedList {
    kind: ListKind,
    leaves: Vec<Leaf>,
}

impl fmt::Debug for CommittedList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommittedList({:?}, {} leaves)", self.kind, self.leaves.len())
    }
}

impl CommittedList {
    /// Salts the keys of the persons, fills up to the cap and puts the leaves in order of their hashes.
    ///
    /// The secret is 32 random bytes; with the same secret the same list comes out. It must be kept until the audit.
    ///
    /// # Errors
    /// The first key or reference that is not of the agreed form, or more keys than the cap.
    pub fn new(
        params: &Params,
        side: Side,
        kind: ListKind,
        persons: &[Person],
        secret: &[u8; 32],
    ) -> Result<CommittedList, Refusal> {
        let mut keys = read_keys(params, persons)?;
        keys.sort();
        // Of persons with the same key the first reference in order stands for all.
        keys.dedup_by(|later, first| later.0 == first.0);
        let cap = kind.cap(params, side);
        if keys.len() > cap as usize {
            return Err(Refusal::Cap { found: keys.len(), cap });
        }
        let place = [params.session().as_bytes().as_slice(), &[side.at() as u8, kind.at()]].concat();
        let real = keys.into_iter().map(|(key, reference)| {
            let salt = derived(b"homeward psi salt v1", secret, &place, key);
            (key.to_vec(), salt, reference.to_vec())
        });
        let mut leaves: Vec<Leaf> =
            real.map(|(key, salt, reference)| Leaf::new(key, salt, reference)).collect();
        for number in 0..cap - leaves.len() as u32 {
            let salt = derived(b"homeward psi fill v1", secret, &place, &number.to_be_bytes());
            leaves.push(Leaf::new(filler(&salt), salt, Vec::new()));
        }
        leaves.sort_by_key(|leaf| leaf.hash);
        Ok(CommittedList { kind, leaves })
    }

    pub(super) fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// The keys with the salts of their blinds, in the order of the list.
    pub(super) fn salted(&self, from: usize, to: usize) -> Vec<(&[u8], [u8; 32])> {
        self.leaves[from..to].iter().map(|leaf| (leaf.key.as_slice(), leaf.salt)).collect()
    }

    /// The root of the list.
    pub fn root(&self) -> Digest {
        Digest(merkle::root(&self.hashes()))
    }

    /// Which list it is.
    pub fn kind(&self) -> ListKind {
        self.kind
    }

    /// At which place a key stands.
    pub fn place_of(&self, key: &[u8]) -> Option<u32> {
        self.leaves.iter().position(|leaf| leaf.key == key).map(|at| at as u32)
    }

    pub(super) fn hashes(&self) -> Vec<Hash> {
        self.leaves.iter().map(|leaf| leaf.hash).collect()
    }
}

impl Leaf {
    fn new(key: Vec<u8>, salt: [u8; 32], reference: Vec<u8>) -> Leaf {
        Leaf { hash: leaf_hash(&salt, &key), key, salt, reference }
    }
}

/// The leaf hash of RFC 6962 over a name, the salt and the key.
pub(super) fn leaf_hash(salt: &[u8; 32], key: &[u8]) -> Hash {
    Sha256::new_with_prefix(b"\x00psi-leaf").chain_update(salt).chain_update(key).finalize().into()
}

/// What stands in place of a key in a leaf that fills the list up: no key of a person begins with a zero byte.
pub(super) fn filler(salt: &[u8; 32]) -> Vec<u8> {
    [&[0], salt.as_slice()].concat()
}

/// A key and the reference of its person.
type Referred<'a> = (&'a [u8], &'a [u8]);

fn read_keys<'a>(params: &Params, persons: &'a [Person]) -> Result<Vec<Referred<'a>>, Refusal> {
    let mut keys = Vec::new();
    for (person, Person { keys: of, reference }) in persons.iter().enumerate() {
        if reference.len() > params.reference as usize {
            return Err(Refusal::Reference { person });
        }
        for (at, key) in of.iter().enumerate() {
            if at >= params.keys_per_person as usize || !params.takes(key) {
                return Err(Refusal::Key { person, at });
            }
            keys.push((key.as_slice(), reference.as_slice()));
        }
    }
    Ok(keys)
}

/// 32 bytes that nobody without the secret can tell from random ones. The secret has a fixed length and the output is
/// cut, so a plain SHA-512 over both is a keyed function.
fn derived(name: &[u8; 20], secret: &[u8; 32], place: &[u8], of: &[u8]) -> [u8; 32] {
    let mut wide: [u8; 64] = Sha512::new_with_prefix(name)
        .chain_update(secret)
        .chain_update(place)
        .chain_update(of)
        .finalize()
        .into();
    let mut short = [0; 32];
    short.copy_from_slice(&wide[..32]);
    wide.zeroize();
    short
}
