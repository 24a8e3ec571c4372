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
/// The acts are booked in order of time, so that what comes later changes nothing before; an act without a moment stays
/// behind the one it follows. An act that the ledger refuses is not seen.
pub(crate) fn receipts(terms: &Terms, acts: &[Act], wanted: impl Fn(usize) -> bool) -> Vec<Receipt> {
    if !(0..terms.legs.len()).any(&wanted) {
        return Vec::new();
    }
    let mut ledger = Ledger::open(terms);
    let mut desk = Desk::default();
    for act in in_order(acts) {
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

/// The acts in order of time; one without a moment behind the one it follows.
fn in_order(acts: &[Act]) -> Vec<&Act> {
    let mut last = Moment(i64::MIN);
    let key = |act: &Act| {
        last = act.at.unwrap_or(last);
        last
    };
    let keys: Vec<Moment> = acts.iter().map(key).collect();
    let mut order: Vec<usize> = (0..acts.len()).collect();
    order.sort_by_key(|place| keys[*place]);
    order.into_iter().map(|place| &acts[place]).collect()
}

/// Follows what is posted, person by person and lot by lot.
#[derive(Default)]
struct Desk {
    /// So many of a subject that one side alone has spoken of: without a moment, and with one.
    waiting: BTreeMap<(Item, u8, RoundNo), [u32; 2]>,
    /// What is held with its group, by leg and round.
    held: BTreeMap<(u8, RoundNo), Vec<Held>>,
    received: Vec<Receipt>,
}

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
                self.waiting.entry(subject).or_default()[usize::from(act.at.is_some())] += posting.count;
            }
            (true, false) => {
                let dated = self.take(moved, posting.count);
                match into {
                    Post::Held => self.hold(act, moved, posting, dated),
                    Post::Carried | Post::Filled => {
                        self.received.extend(receipt(act.at, moved, posting, dated));
                    }
                    _ => {}
                }
            }
            _ if (from, into) == (Post::Held, Post::Owed) => self.take_back(moved, posting),
            _ => {}
        }
    }

    /// Takes so many that waited for the other word. Answers how many of them had a moment; those without go first.
    fn take(&mut self, moved: &Move, count: u32) -> u32 {
        let subject = (moved.item, moved.leg, moved.round);
        let Some([undated, dated]) = self.waiting.get_mut(&subject) else { return 0 };
        let without = count.min(*undated);
        let with = (count - without).min(*dated);
        *undated -= without;
        *dated -= with;
        if *undated + *dated == 0 {
            self.waiting.remove(&subject);
        }
        with
    }

    /// Holds so many, of which the first word had a moment for some.
    fn hold(&mut self, act: &Act, moved: &Move, posting: &Posting, dated: u32) {
        let held = self.held.entry((posting.cell.leg, posting.cell.round)).or_default();
        for (at, count) in [(act.at, dated), (None, posting.count - dated)] {
            if count > 0 {
                held.push(Held { at, receipt: shape(moved, posting, count) });
            }
        }
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

/// The receipt of so many, where both words had a moment.
fn receipt(at: Option<Moment>, moved: &Move, posting: &Posting, dated: u32) -> Option<Receipt> {
    let at = at.filter(|_| dated > 0)?;
    Some(Receipt { at, ..shape(moved, posting, dated) })
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
