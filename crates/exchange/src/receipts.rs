//! What both sides have said they handed over and received, with the moment of the second word.
//!
//! Decides from when a person or a lot counts as received. Refuses to know whether an act can be booked: that is the
//! ledger's. An act without a moment is not seen here.

use std::cmp::Ordering;

use crate::agreement::{Quantity, Terms, Unit};
use crate::ids::Item;
use crate::ledger::{Act, Move, MoveKind, Voice, What, Who};
use crate::moment::Moment;

/// So many of one person or lot, received by the word of both sides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Receipt {
    /// When the second of the two words was stated.
    pub(crate) at: Moment,
    /// The leg, by its place in the terms.
    pub(crate) leg: usize,
    /// Who or what.
    pub(crate) item: Item,
    /// How many.
    pub(crate) count: u32,
    /// The category, as the second word has it.
    pub(crate) category: Option<u8>,
    /// The class, as the second word has it.
    pub(crate) class: Option<u8>,
}

/// What has been received by both along the legs that are wanted, in order of time.
///
/// Of a lot, parts that are released and parts that are received are paired as they come. A person counts once along a
/// leg in a round. What was released and then taken back, or left its slot, before any receipt is not released.
pub(crate) fn receipts(terms: &Terms, acts: &[Act], wanted: impl Fn(usize) -> bool) -> Vec<Receipt> {
    let sides: Vec<Option<Sides>> =
        (0..terms.legs.len()).map(|leg| wanted(leg).then(|| Sides::of(terms, leg)).flatten()).collect();
    if sides.iter().all(Option::is_none) {
        return Vec::new();
    }
    let mut words: Vec<Word> =
        acts.iter().enumerate().filter_map(|(no, act)| word(&sides, no, act)).collect();
    let subject = |one: &Word, other: &Word| one.same_subject(other, acts);
    words.sort_unstable_by(|one, other| {
        subject(one, other).then_with(|| (one.at, one.act).cmp(&(other.at, other.act)))
    });
    let mut found = Vec::with_capacity(words.len() / 2);
    for of_one in words.chunk_by(|one, other| subject(one, other) == Ordering::Equal) {
        pair(of_one, acts, &mut found);
    }
    found.sort_unstable_by_key(|(act, receipt)| (receipt.at, *act));
    found.into_iter().map(|(_, receipt)| receipt).collect()
}

/// What a quantity counts, by places.
pub(crate) struct Counted {
    legs: Vec<bool>,
    categories: Option<Vec<bool>>,
    classes: Option<Vec<bool>>,
}

impl Counted {
    /// What a quantity counts, where it counts heads, containers or items. Values and identified persons are not
    /// received one by one.
    pub(crate) fn by(terms: &Terms, quantity: &Quantity) -> Option<Self> {
        if !matches!(quantity.unit, Unit::Heads | Unit::Containers | Unit::Items) {
            return None;
        }
        let legs = (0..terms.legs.len()).map(|leg| quantity.legs.contains(&leg)).collect();
        let categories = terms.categories.iter().map(|one| quantity.categories.contains(&one.id));
        let classes = terms.classes.iter().map(|one| quantity.classes.contains(&one.id));
        Some(Self {
            legs,
            categories: (!quantity.categories.is_empty()).then(|| categories.collect()),
            classes: (!quantity.classes.is_empty()).then(|| classes.collect()),
        })
    }

    /// How many of a receipt it counts.
    pub(crate) fn count(&self, receipt: &Receipt) -> u64 {
        let names = |listed: &Option<Vec<bool>>, place: Option<u8>| match listed {
            None => true,
            Some(listed) => place.is_some_and(|place| listed.get(usize::from(place)) == Some(&true)),
        };
        let counts = self.legs.get(receipt.leg) == Some(&true)
            && names(&self.categories, receipt.category)
            && names(&self.classes, receipt.class);
        if counts { u64::from(receipt.count) } else { 0 }
    }
}

/// Whose word a release and a receipt along a leg are.
#[derive(Clone, Copy)]
struct Sides {
    releases: Voice,
    receives: Voice,
}

impl Sides {
    fn of(terms: &Terms, leg: usize) -> Option<Self> {
        let leg = &terms.legs[leg];
        Some(Self { releases: terms.voice(leg.from.as_str())?, receives: terms.voice(leg.to.as_str())? })
    }
}

/// A word about a handover, with the first bytes of its subject so that most comparisons end there.
struct Word {
    head: u64,
    round: u32,
    leg: u8,
    at: Moment,
    act: usize,
}

fn word(sides: &[Option<Sides>], no: usize, act: &Act) -> Option<Word> {
    let (What::Move(moved), Some(at)) = (&act.what, act.at) else { return None };
    let sides = sides.get(usize::from(moved.leg)).copied().flatten()?;
    let theirs = match moved.kind {
        MoveKind::Released | MoveKind::TakenBack => act.by == sides.releases,
        MoveKind::Received => act.by == sides.receives,
        MoveKind::Vacated(_) => moved.who == Who::One,
        _ => false,
    };
    let head = moved.item.0.first_chunk().copied().map_or(0, u64::from_be_bytes);
    theirs.then_some(Word { head, round: moved.round, leg: moved.leg, at, act: no })
}

impl Word {
    fn same_subject(&self, other: &Self, acts: &[Act]) -> Ordering {
        let item = |word: &Self| moved(acts, word.act).map(|moved| moved.item);
        self.head
            .cmp(&other.head)
            .then_with(|| item(self).cmp(&item(other)))
            .then_with(|| (self.leg, self.round).cmp(&(other.leg, other.round)))
    }
}

fn moved(acts: &[Act], no: usize) -> Option<&Move> {
    match acts.get(no).map(|act| &act.what) {
        Some(What::Move(moved)) => Some(moved),
        _ => None,
    }
}

/// Pairs the words about one subject in order of time.
fn pair(words: &[Word], acts: &[Act], found: &mut Vec<(usize, Receipt)>) {
    let (mut released, mut received) = (0_u32, 0_u32);
    for word in words {
        let Some(moved) = moved(acts, word.act) else { continue };
        let count = moved.who.count();
        let both = match moved.kind {
            MoveKind::Released => {
                let both = count.min(received);
                received -= both;
                released = released.saturating_add(count - both);
                both
            }
            MoveKind::Received => {
                let both = count.min(released);
                released -= both;
                received = received.saturating_add(count - both);
                both
            }
            _ => {
                released = released.saturating_sub(count);
                0
            }
        };
        if both > 0 {
            let (item, category, class) = (moved.item, moved.category, moved.class);
            let leg = usize::from(moved.leg);
            found.push((word.act, Receipt { at: word.at, leg, item, count: both, category, class }));
            if moved.who == Who::One {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;
