//! Who goes in a round: the published order, the lot, the roll, and who follows when a slot is vacated.
//!
//! Decides, out of one side's committed pool, who takes the places of a round. The caps are laminar (a cap per site
//! inside the round's total), so taking people in the published order while the counters allow is exact: it gives
//! the largest roll, the lexicographically best one and element by element the best one (Gale 1968). Refuses to know
//! who a person is, why a group was assigned, and where the seed comes from: parties commit to their pools before
//! the joint seed exists, so neither can steer the lot. Formats and test vectors: `docs/formats/selection.md`.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};
use time::Date;

use crate::ids::{Digest, Item};

mod check;
pub mod joint;
mod pool;
mod reason;

pub use check::{Fault, OrderRule, check};
pub use pool::{CANDIDATES_MAX, Candidate, LABEL_BYTES_MAX, Pool, PoolError};
pub use reason::{Binding, GroupShare, Reason, WhatWouldChange, fairness, reason};

/// The places of one side in one round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Places {
    /// How many people this side releases in the round.
    pub round_total: u32,
    /// How many may come from any one site; `None` when sites are not capped.
    pub per_site: Option<u32>,
}

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

/// A person's place in the published order: the lower key goes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Key {
    /// Priority group; 1 goes first.
    pub group: u8,
    /// Since when the person is held; the earlier goes first.
    pub held_since: Date,
    /// The lot.
    pub lot: Lot,
    /// The item itself. It decides only between two people whose 80 bits are equal, so that the order is total.
    pub item: Item,
}

impl Key {
    /// The key of a candidate under a joint seed.
    pub fn of(candidate: &Candidate, seed: &[u8; 32], agreement: &str) -> Self {
        let Candidate { item, group, held_since, .. } = candidate;
        Self { group: *group, held_since: *held_since, lot: lot(seed, agreement, item), item: *item }
    }
}

/// The list of one round for one side, with the whole order it was taken from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Roll {
    /// Who goes, sorted by item (the sorting says nothing about anyone's place in the order).
    pub chosen: Vec<Item>,
    /// Who does not go, in the published order.
    pub reserve: Vec<Item>,
    places: Places,
    order: Vec<Ranked>,
    /// Index in `order` of the last who goes.
    last: Option<usize>,
    /// Item to index in `order`, sorted by item.
    index: Vec<(Item, usize)>,
}

/// One person in the published order, with what stood before them.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Ranked {
    key: Key,
    /// Index of the site among the pool's sites.
    site: usize,
    /// People of the same site who are ahead in the order.
    site_ahead: u32,
    /// People ahead in the order whom the site caps alone would let go.
    admissible_ahead: u32,
}

/// Selects a round: people in the published order (group, longest held, lot), each taken while the round and the
/// person's site have a place. The same pool gives the same roll on every machine and in any order of input.
pub fn select(pool: &Pool, places: &Places, seed: &[u8; 32], agreement: &str) -> Roll {
    let mut site_names: Vec<&str> = pool.candidates().iter().map(|c| c.site.as_str()).collect();
    site_names.sort_unstable();
    site_names.dedup();
    let mut keyed: Vec<(Key, usize)> = pool
        .candidates()
        .iter()
        .map(|c| {
            // The name was put into the list from this very pool.
            let site = site_names.binary_search(&c.site.as_str()).expect("a site of the pool");
            (Key::of(c, seed, agreement), site)
        })
        .collect();
    keyed.sort_unstable();

    let cap = places.per_site.unwrap_or(u32::MAX);
    let mut at_site = vec![0_u32; site_names.len()];
    let mut admissible = 0;
    let order: Vec<Ranked> = keyed
        .into_iter()
        .map(|(key, site)| {
            let ranked = Ranked { key, site, site_ahead: at_site[site], admissible_ahead: admissible };
            at_site[site] += 1;
            admissible += u32::from(ranked.site_ahead < cap);
            ranked
        })
        .collect();
    Roll::from_order(order, *places)
}

impl Roll {
    fn from_order(order: Vec<Ranked>, places: Places) -> Self {
        let (chosen, reserve): (Vec<&Ranked>, Vec<&Ranked>) = order.iter().partition(|r| r.goes(&places));
        let mut chosen: Vec<Item> = chosen.iter().map(|ranked| ranked.key.item).collect();
        chosen.sort_unstable();
        let reserve = reserve.iter().map(|ranked| ranked.key.item).collect();
        let mut index: Vec<(Item, usize)> =
            order.iter().enumerate().map(|(at, r)| (r.key.item, at)).collect();
        index.sort_unstable();
        let last = order.iter().rposition(|ranked| ranked.goes(&places));
        Self { chosen, reserve, places, order, last, index }
    }

    /// The whole published order, first to last: everyone's key.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Key> {
        self.order.iter().map(|ranked| &ranked.key)
    }

    /// A person's position in the published order, from 1, and key; `None` for one who is not in the pool.
    pub fn position(&self, item: &Item) -> Option<(usize, &Key)> {
        self.at(item).map(|at| (at + 1, &self.order[at].key))
    }

    /// The places the roll was made for.
    pub fn places(&self) -> Places {
        self.places
    }

    /// Whether the person goes.
    pub fn goes(&self, item: &Item) -> bool {
        self.chosen.binary_search(item).is_ok()
    }

    /// SHA-256 of the roll's canonical bytes: the same for both parties or one of them has another roll.
    pub fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        hash.update(b"homeward roll v1\n");
        for part in [&self.chosen, &self.reserve] {
            // A pool has at most CANDIDATES_MAX people, which fits in 32 bits.
            hash.update(u32::try_from(part.len()).expect("a bounded pool").to_be_bytes());
            part.iter().for_each(|item| hash.update(item.0));
        }
        Digest(hash.finalize().into())
    }

    fn at(&self, item: &Item) -> Option<usize> {
        let found = self.index.binary_search_by(|(known, _)| known.cmp(item)).ok()?;
        Some(self.index[found].1)
    }
}

impl Ranked {
    fn goes(&self, places: &Places) -> bool {
        self.admissible_ahead < places.round_total && places.per_site.is_none_or(|cap| self.site_ahead < cap)
    }
}

/// Names who fills vacated slots: the next in the same committed order, without a new seed, inside the same caps.
///
/// `gone` is everyone of the pool who can no longer go (refused, died, not delivered, delivered as another person),
/// from the first amendment on: it only grows. The answer is everyone who has come in by then, in the published
/// order, at most `n`; those already on an amended list are among them. It is the roll as it would have been
/// without those gone, so nobody who is still able to go loses a place (test `a_vacated_slot_moves_nobody_else`).
pub fn replacements(roll: &Roll, gone: &BTreeSet<Item>, n: usize) -> Vec<Item> {
    let places = roll.places;
    let mut at_site: BTreeMap<usize, u32> = BTreeMap::new();
    let mut taken = 0;
    let mut incoming = Vec::new();
    for ranked in roll.order.iter().filter(|ranked| !gone.contains(&ranked.key.item)) {
        let here = at_site.entry(ranked.site).or_default();
        if taken == places.round_total || incoming.len() == n {
            break;
        }
        if places.per_site.is_some_and(|cap| *here >= cap) {
            continue;
        }
        *here += 1;
        taken += 1;
        if !roll.goes(&ranked.key.item) {
            incoming.push(ranked.key.item);
        }
    }
    incoming
}

#[cfg(test)]
mod tests;
