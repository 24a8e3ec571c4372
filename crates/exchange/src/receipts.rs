//! What both sides have said they handed over and received, with the moment of the second word.
//!
//! Decides from when a person or a lot counts as received. Refuses to judge by itself who was received: the ledger books the
//! acts, and what it posts is what phases and conditions see, so that the two cannot disagree. What is held with its group
//! is not received until the group is complete. What waits for no more than a declaration has been received. A handover of
//! which one word has no moment is not seen here.

use std::collections::BTreeMap;

use crate::agreement::{Quantity, Terms, Unit};
use crate::ids::{Item, RoundNo};
use crate::ledger::{Act, Ledger, Move, Post, Posting, What};
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
/// The acts are booked as they stand, as the ledger books them, so that whoever is posted there is received here. An act that
/// the ledger refuses is not seen.
pub(crate) fn receipts(terms: &Terms, acts: &[Act], wanted: impl Fn(usize) -> bool) -> Vec<Receipt> {
    if !(0..terms.legs.len()).any(&wanted) {
        return Vec::new();
    }
    let mut ledger = Ledger::open(terms);
    let mut desk = Desk::default();
    for act in acts {
        if matches!(act.what, What::Move(_) | What::Gate { .. } | What::Leg { .. })
            && let Ok(postings) = ledger.post(terms, act)
        {
            postings.iter().for_each(|posting| desk.see(act, posting));
        }
    }
    let mut received = desk.received;
    received.retain(|receipt| wanted(receipt.leg));
    received.sort_by_key(|receipt| receipt.at);
    received
}

/// Follows what is posted, person by person and lot by lot.
#[derive(Default)]
struct Desk {
    /// So many of a subject that one side alone has spoken of, with their moments, as they came.
    waiting: BTreeMap<(Item, u8, RoundNo), Vec<Word>>,
    /// What is held with its group, by leg and round.
    held: BTreeMap<(u8, RoundNo), Vec<Held>>,
    received: Vec<Receipt>,
}

/// When one side spoke of so many.
type Word = (Option<Moment>, u32);

/// So many that are held. Without a moment where one of the words has none.
struct Held {
    at: Option<Moment>,
    receipt: Receipt,
}

impl Desk {
    fn see(&mut self, act: &Act, posting: &Posting) {
        let of_one_side = |post| matches!(post, Post::Pending | Post::Disputed | Post::Acknowledged);
        let (from, into) = (posting.from, posting.into);
        if (from, into) == (Post::Held, Post::Filled) {
            self.let_go(act, posting);
        }
        // A group is let go by an act about a whole leg, too.
        let What::Move(moved) = &act.what else { return };
        match (of_one_side(from), of_one_side(into)) {
            (false, true) => {
                let subject = (moved.item, moved.leg, moved.round);
                self.waiting.entry(subject).or_default().push((act.at, posting.count));
            }
            (true, false) => {
                let words = self.take(moved, posting.count);
                match into {
                    Post::Held => self.hold(act, moved, posting, &words),
                    Post::Carried | Post::Filled => self.receive(act, moved, posting, &words),
                    _ => {}
                }
            }
            _ if (from, into) == (Post::Held, Post::Owed) => self.take_back(moved, posting),
            _ => {}
        }
    }

    /// Takes so many that waited for the other word, the first come first, each with the moment of that word.
    fn take(&mut self, moved: &Move, count: u32) -> Vec<Word> {
        let subject = (moved.item, moved.leg, moved.round);
        let Some(waiting) = self.waiting.get_mut(&subject) else { return Vec::new() };
        let (mut left, mut taken) = (count, Vec::new());
        for (at, some) in waiting.iter_mut() {
            let part = left.min(*some);
            *some -= part;
            left -= part;
            taken.push((*at, part));
        }
        waiting.retain(|(_, some)| *some > 0);
        if waiting.is_empty() {
            self.waiting.remove(&subject);
        }
        taken.retain(|(_, part)| *part > 0);
        taken
    }

    /// Notes so many as received, each at the later of its two words.
    fn receive(&mut self, act: &Act, moved: &Move, posting: &Posting, words: &[Word]) {
        self.received.extend(words.iter().filter_map(|&(first, count)| {
            Some(Receipt { at: later(act.at, first)?, ..shape(moved, posting, count) })
        }));
    }

    /// Holds so many, each from the later of its two words.
    fn hold(&mut self, act: &Act, moved: &Move, posting: &Posting, words: &[Word]) {
        let held = self.held.entry((posting.cell.leg, posting.cell.round)).or_default();
        held.extend(
            words.iter().map(|&(first, count)| Held {
                at: later(act.at, first),
                receipt: shape(moved, posting, count),
            }),
        );
    }

    /// Who is held is taken back: the last come first.
    fn take_back(&mut self, moved: &Move, posting: &Posting) {
        let Some(held) = self.held.get_mut(&(posting.cell.leg, posting.cell.round)) else { return };
        let mut left = posting.count;
        for one in held.iter_mut().rev().filter(|one| one.receipt.item == moved.item) {
            let some = left.min(one.receipt.count);
            one.receipt.count -= some;
            left -= some;
        }
        held.retain(|one| one.receipt.count > 0);
    }

    /// The group is complete: who was held is received from now on.
    fn let_go(&mut self, act: &Act, posting: &Posting) {
        let held = self.held.remove(&(posting.cell.leg, posting.cell.round)).unwrap_or_default();
        let at = |one: &Held| Some(act.at?.max(one.at?));
        self.received.extend(held.iter().filter_map(|one| Some(Receipt { at: at(one)?, ..one.receipt })));
    }
}

/// So many of a posting, received at a moment that is still to be put in its place.
fn shape(moved: &Move, posting: &Posting, count: u32) -> Receipt {
    let (leg, category, class) = (usize::from(posting.cell.leg), posting.cell.category, posting.cell.class);
    Receipt { at: Moment(i64::MIN), leg, item: moved.item, count, category, class }
}

/// The later of two words; nothing where one of them has no moment.
fn later(one: Option<Moment>, other: Option<Moment>) -> Option<Moment> {
    Some(one?.max(other?))
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

#[cfg(test)]
mod tests;
