//! What both sides have said they handed over and received, with the moment of the second word.
//!
//! Decides from when a person or a lot counts as received. Refuses to know whether an act can be booked: that is the
//! ledger's. An act without a moment is not seen here.

use crate::agreement::{Quantity, Terms, Unit};
use crate::ids::{Item, RoundNo};
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
    // Sorted by the first bytes of the subject, which nearly always differ: a million words then take little time.
    let mut heads: Vec<(u64, usize)> =
        acts.iter().enumerate().filter_map(|(no, act)| Some((head(&sides, act)?, no))).collect();
    heads.sort_unstable();
    let mut both: Vec<u32> = vec![0; acts.len()];
    let mut words: Vec<Word> = Vec::new();
    for alike in heads.chunk_by(|one, other| one.0 == other.0) {
        words.clear();
        words.extend(alike.iter().filter_map(|(_, no)| Word::of(acts, *no)));
        words.sort_unstable_by_key(|word| (word.subject(), word.at, word.no));
        for of_one in words.chunk_by(|one, other| one.subject() == other.subject()) {
            pair(of_one, &mut both);
        }
    }
    let mut received: Vec<Receipt> =
        acts.iter().zip(&both).filter_map(|(act, count)| receipt(act, *count)).collect();
    received.sort_by_key(|receipt| receipt.at);
    received
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

/// The first bytes of the subject of an act, where it is a word about a handover along a leg that is wanted.
fn head(sides: &[Option<Sides>], act: &Act) -> Option<u64> {
    let (What::Move(moved), Some(_)) = (&act.what, act.at) else { return None };
    let sides = sides.get(usize::from(moved.leg)).copied().flatten()?;
    let theirs = match moved.kind {
        MoveKind::Released | MoveKind::TakenBack => act.by == sides.releases,
        MoveKind::Received => act.by == sides.receives,
        MoveKind::Vacated(_) => moved.who == Who::One,
        _ => false,
    };
    let head = moved.item.0.first_chunk().copied().map_or(0, u64::from_be_bytes);
    theirs.then_some(head)
}

/// A word about a handover.
#[derive(Clone, Copy)]
struct Word<'a> {
    at: Moment,
    no: usize,
    moved: &'a Move,
}

impl<'a> Word<'a> {
    fn of(acts: &'a [Act], no: usize) -> Option<Self> {
        match acts.get(no) {
            Some(Act { at: Some(at), what: What::Move(moved), .. }) => Some(Self { at: *at, no, moved }),
            _ => None,
        }
    }

    fn subject(&self) -> (Item, u8, RoundNo) {
        (self.moved.item, self.moved.leg, self.moved.round)
    }
}

/// Pairs the words about one subject in order of time, and notes how many each makes received by both.
fn pair(words: &[Word], noted: &mut [u32]) {
    let (mut released, mut received) = (0_u32, 0_u32);
    for word in words {
        let count = word.moved.who.count();
        let (own, other) = match word.moved.kind {
            MoveKind::Released => (&mut released, &mut received),
            MoveKind::Received => (&mut received, &mut released),
            _ => {
                released = released.saturating_sub(count);
                continue;
            }
        };
        let both = count.min(*other);
        *other -= both;
        *own = own.saturating_add(count - both);
        noted[word.no] = both;
        if both > 0 && word.moved.who == Who::One {
            return;
        }
    }
}

fn receipt(act: &Act, count: u32) -> Option<Receipt> {
    let (What::Move(moved), Some(at), 1..) = (&act.what, act.at, count) else { return None };
    let (leg, item, category, class) = (usize::from(moved.leg), moved.item, moved.category, moved.class);
    Some(Receipt { at, leg, item, count, category, class })
}

#[cfg(test)]
mod tests;
