//! The accounts of an agreement, by double entry: what is owed, who is listed, what crossed and was received.
//!
//! Decides what a sequence of acts comes to, and refuses an act that cannot follow. Slots are owed, not people: whoever
//! leaves a slot leaves it owed. A handover posts only when both sides have said it: what one side alone says stands
//! beside, as pending or as acknowledged. Four families of accounts are kept apart: returns owed by law, the exchange
//! under the terms, what was given for nothing, remains and effects. Refuses to know which side is right: readings and
//! statements stand side by side ([`balances`], [`reconcile`]) and only the parties can settle them.

mod account;
mod act;
mod balance;
mod digest;
pub mod file;
mod groups;
mod line;
mod lines;
mod moves;
mod recent;
mod reconcile;
mod unbookable;

use std::collections::{BTreeMap, BTreeSet};

use crate::agreement::{CountsOn, LabelId, Object, SideWorth, Terms, Unit};
use crate::ids::{Digest, Item, Party, RoundNo};

pub use crate::agreement::Family;
pub use account::{Account, Cell, Post, Posting};
pub use act::{
    Act, ConditionAct, GateOutcome, Ground, LegAct, Move, MoveKind, NoticeAct, PhaseAct, Voice, What, Who,
};
pub use balance::{
    Balance, ClassLine, Due, RatioBalance, StatedSum, balances, counts_in, counts_on_side,
    quantity_needs_categories, ratio_balances, ratio_needs_categories, readings_of_quantity,
    readings_of_ratio, stated_sums,
};
pub use line::{Line, Place, Slots};
pub use lines::Lines;
pub use reconcile::{Difference, Figure, Of, Stated, Statement, SumDifference, reconcile, sums_that_differ};
pub use unbookable::Unbookable;

use recent::Recent;

/// Why a sequence of acts cannot be booked: which act, and why.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("act {at}: {refused}")]
pub struct LedgerError {
    /// Place of the act in the sequence, from 1.
    pub at: usize,
    /// The person or lot, where the act is about one.
    pub item: Option<Item>,
    /// Why.
    pub refused: Unbookable,
}

/// What the rules of posting need to know of a leg.
#[derive(Clone, PartialEq, Eq, Debug)]
struct LegRules {
    from: Voice,
    to: Voice,
    family: Family,
    object: Object,
    by_declaration: bool,
    /// The other legs that complete together with it, itself included; empty where it stands alone.
    together: Vec<u8>,
    /// Scales by which what goes along it is valued, each with a bit for every class that it values.
    scales: Vec<(usize, u64)>,
    /// The floor in its own unit that quantities set for it alone.
    promised: i64,
}

/// Who left a slot, why, and how many; no ground where the holder took them back.
pub type Left = (Item, Option<Ground>, u32);

/// Whose release was disputed, why, and how many.
type Denied = (Item, Ground, u32);

/// What a leg has come to in a round.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Course {
    /// Slots opened.
    opened: u32,
    /// Slots taken by somebody who is not received yet.
    taken: u32,
    /// Slots left and not taken again.
    open: u32,
    /// Received by both sides' word.
    received: u32,
    /// Whether anybody was put on a list.
    by_list: bool,
    ready: bool,
    aborted: bool,
    /// Every leg of its group is complete: what was held counts.
    complete: bool,
}

/// The accounts of one agreement as one sequence of acts has them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ledger {
    terms: Digest,
    legs: Vec<LegRules>,
    cells: Recent<Cell, [i64; Post::COUNT]>,
    outside: BTreeMap<(Family, Cell), i64>,
    lines: Lines,
    /// Slots left and releases disputed, by person or lot, in their order.
    grounds: BTreeMap<Item, Vec<(RoundNo, Ground, u32)>>,
    courses: Recent<(RoundNo, u8), Course>,
    /// Who left a slot of a round, why, and how many; nothing where the holder took them back.
    vacated: BTreeMap<(RoundNo, u8), Vec<Left>>,
    refilled: BTreeMap<(RoundNo, u8), Vec<Item>>,
    /// Releases of a round that the receiver disputed, why, and how many.
    disputed: BTreeMap<(RoundNo, u8), Vec<Denied>>,
    /// Heads of a class that have or had a slot and did not leave it.
    of_class: BTreeMap<u8, u32>,
    /// Containers that hold remains of a person, by leg.
    identified: BTreeMap<u8, BTreeMap<Item, BTreeSet<Item>>>,
    stated: BTreeMap<(Voice, u8, Option<RoundNo>), u32>,
    /// The postings of the last act.
    postings: Vec<Posting>,
}

impl Ledger {
    /// Opens the accounts: what the terms promise is owed.
    pub fn open(terms: &Terms) -> Self {
        let legs = (0..terms.legs.len()).map(|leg| LegRules::of(terms, leg)).collect();
        Self {
            terms: terms.digest(),
            legs,
            cells: Recent::new(),
            outside: BTreeMap::new(),
            lines: Lines::new(),
            grounds: BTreeMap::new(),
            courses: Recent::new(),
            vacated: BTreeMap::new(),
            refilled: BTreeMap::new(),
            disputed: BTreeMap::new(),
            of_class: BTreeMap::new(),
            identified: BTreeMap::new(),
            stated: BTreeMap::new(),
            postings: Vec::new(),
        }
    }

    /// Books a whole sequence.
    ///
    /// # Errors
    /// The first act that cannot be booked.
    pub fn book<'a>(terms: &Terms, acts: impl IntoIterator<Item = &'a Act>) -> Result<Self, LedgerError> {
        let mut ledger = Self::open(terms);
        for (at, act) in acts.into_iter().enumerate() {
            let item = act.item();
            ledger.post(terms, act).map_err(|refused| LedgerError { at: at + 1, item, refused })?;
        }
        Ok(ledger)
    }

    /// Books one act, or leaves the ledger as it was. Answers with the postings that the act made: none for an act that moves
    /// nobody, such as a gate, a notice or a suspension.
    ///
    /// # Errors
    /// Why the act cannot be booked after those before it.
    pub fn post(&mut self, terms: &Terms, act: &Act) -> Result<&[Posting], Unbookable> {
        self.postings.clear();
        match act.what {
            What::Move(moved) => self.moved(terms, act.by, &moved)?,
            What::Gate { item, gate, outcome } => self.lines.gates_mut(item).note(gate, outcome),
            What::Leg { leg, round, kind } => self.leg_act(leg, round, kind)?,
            What::States { leg, .. } if usize::from(leg) >= self.legs.len() => {
                return Err(Unbookable::NotInTerms("leg"));
            }
            What::States { leg, round, count } => {
                self.stated.insert((act.by, leg, round), count);
            }
            What::Phase { .. } | What::Notice { .. } | What::Condition { .. } => {}
        }
        Ok(&self.postings)
    }

    /// Every account with its balance, in heads, containers or items; they add up to zero after every act.
    pub fn accounts(&self) -> BTreeMap<Account, i64> {
        let mut accounts = BTreeMap::new();
        for (leg, rules) in self.legs.iter().enumerate() {
            if rules.promised != 0 {
                // At most 64 legs.
                let cell = Cell { leg: leg as u8, round: 0, category: None, class: None };
                let account = |post| Account { family: rules.family, cell, post };
                accounts.insert(account(Post::Promised), -rules.promised);
                accounts.insert(account(Post::Owed), rules.promised);
            }
        }
        for (cell, balances) in self.cells.iter() {
            let family = self.legs[usize::from(cell.leg)].family;
            for (post, balance) in Post::ALL.iter().zip(balances).filter(|(_, balance)| **balance != 0) {
                *accounts.entry(Account { family, cell: *cell, post: *post }).or_insert(0) += balance;
            }
        }
        for ((family, cell), count) in &self.outside {
            let account = |post| Account { family: *family, cell: *cell, post };
            *accounts.entry(account(Post::Filled)).or_insert(0) += count;
            *accounts.entry(account(Post::Promised)).or_insert(0) -= count;
        }
        accounts
    }

    /// The slots of every round and leg.
    pub fn slots(&self) -> BTreeMap<(RoundNo, u8), Slots> {
        let slots = |(key, course): (&(RoundNo, u8), &Course)| {
            let slots = Slots {
                owed: course.opened,
                filled: course.received,
                taken: course.taken,
                open: course.open,
                ready: course.ready,
                aborted: course.aborted,
                complete: course.complete,
                vacated: self.vacated.get(key).cloned().unwrap_or_default(),
                refilled: self.refilled.get(key).cloned().unwrap_or_default(),
            };
            (*key, slots)
        };
        self.courses.iter().map(slots).collect()
    }

    /// Every person's and every lot's line.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Where a person or lot stands.
    pub fn place(&self, item: &Item) -> Option<Place> {
        let line = self.lines.get(item)?;
        let complete = self.courses.get((line.round, line.leg)).complete;
        Some(line.place(complete))
    }

    /// Why a person or lot left slots or was disputed, in their order, each with the round and how many.
    pub fn grounds(&self, item: &Item) -> &[(RoundNo, Ground, u32)] {
        self.grounds.get(item).map_or(&[], Vec::as_slice)
    }

    /// How many left a slot, or were disputed, on each ground, by leg and round. A person who is disputed and then leaves on the
    /// same ground is one.
    pub fn by_ground(&self) -> BTreeMap<(u8, RoundNo, Ground), u64> {
        let mut found = BTreeMap::new();
        let mut add = |(round, leg): (RoundNo, u8), ground: Ground, count: u32| {
            *found.entry((leg, round, ground)).or_insert(0) += u64::from(count);
        };
        for (key, vacated) in &self.vacated {
            for (_, ground, count) in vacated {
                if let Some(ground) = ground {
                    add(*key, *ground, *count);
                }
            }
        }
        for (key, disputed) in &self.disputed {
            let left = self.vacated.get(key).map_or(&[][..], Vec::as_slice);
            let left: BTreeSet<_> = left.iter().map(|(item, ground, _)| (item, *ground)).collect();
            for (item, ground, count) in disputed {
                let one = self.lines.get(item).is_some_and(|line| line.who == Who::One);
                if !(one && left.contains(&(item, Some(*ground)))) {
                    add(*key, *ground, *count);
                }
            }
        }
        found
    }

    /// Persons identified among the remains of a leg, and the containers that hold remains of each.
    pub fn identified(&self, leg: u8) -> Option<&BTreeMap<Item, BTreeSet<Item>>> {
        self.identified.get(&leg)
    }

    /// Heads posted under the exchange from one party to another, over all legs of living persons.
    pub fn heads(&self, terms: &Terms, from: &Party, to: &Party) -> i64 {
        let counts = |leg: u8| {
            let leg = &terms.legs[usize::from(leg)];
            let persons = leg.object == Object::Persons && leg.account == Family::Exchange;
            persons && leg.from == *from && leg.to == *to
        };
        let posted = self.cells.iter().filter(|(cell, _)| counts(cell.leg));
        posted.map(|(_, balances)| balances[Post::Filled as usize]).sum()
    }

    /// Heads returned outside the exchange from one party to another.
    pub fn returned_outside(&self, terms: &Terms, from: &Party, to: &Party) -> i64 {
        let counts = |leg: u8| {
            let leg = &terms.legs[usize::from(leg)];
            leg.from == *from && leg.to == *to
        };
        self.outside.iter().filter(|((_, cell), _)| counts(cell.leg)).map(|(_, count)| count).sum()
    }
}

impl LegRules {
    fn of(terms: &Terms, place: usize) -> Self {
        let leg = &terms.legs[place];
        // Both are parties of the terms, which the reader of the terms has checked.
        let voice = |party: &Party| terms.voice(party.as_str()).unwrap_or(Voice(u8::MAX));
        let together = match &leg.together {
            None => Vec::new(),
            same => (0..terms.legs.len())
                .filter(|other| terms.legs[*other].together == *same)
                .map(narrow)
                .collect(),
        };
        let mut scales: BTreeSet<usize> = BTreeSet::new();
        let scale_at = |id: &LabelId| terms.scales.iter().position(|scale| scale.id == *id);
        for side in terms.ratios.iter().flat_map(|ratio| &ratio.sides) {
            if let SideWorth::Scale(id) = &side.worth
                && side.legs.contains(&place)
            {
                scales.extend(scale_at(id));
            }
        }
        for quantity in terms.quantities.iter().filter(|quantity| quantity.legs.contains(&place)) {
            if let Unit::Value(id) = &quantity.unit {
                scales.extend(scale_at(id));
            }
        }
        let alone = terms.quantities.iter().filter(|quantity| {
            let whole = quantity.categories.is_empty() && quantity.classes.is_empty();
            let counted = !matches!(quantity.unit, Unit::Value(_) | Unit::Identified);
            whole && counted && quantity.legs == [place]
        });
        let promised = alone.filter_map(|quantity| quantity.amount.least()).map(i64::from).max();
        Self {
            from: voice(&leg.from),
            to: voice(&leg.to),
            family: leg.account,
            object: leg.object,
            by_declaration: leg.counts_on == CountsOn::Declaration,
            together,
            scales: scales.into_iter().map(|scale| (scale, valued(terms, scale))).collect(),
            promised: promised.unwrap_or(0),
        }
    }
}

/// The classes that a scale values, a bit for each.
fn valued(terms: &Terms, scale: usize) -> u64 {
    let values = |class: &usize| terms.scales[scale].worth(&terms.classes[*class].id).is_some();
    // At most 64 classes.
    (0..terms.classes.len()).filter(values).fold(0, |bits, class| bits | 1 << class)
}

/// The place of a leg as acts name it.
fn narrow(place: usize) -> u8 {
    // At most 64 legs, 16 categories and 64 classes.
    place as u8
}

#[cfg(test)]
mod tests;
