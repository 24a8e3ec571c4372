//! Two sides' statements laid beside one another. Neither is overwritten, and none is called right.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ledger, Line, Voice, Who};
use crate::ids::{Item, Party, RoundNo};

impl Ledger {
    /// What this ledger states to the other side: per round and leg, how many were received by both sides' word, and who.
    pub fn statement(&self, by: Party) -> Statement {
        self.figures(by, |_, line| line.received())
    }

    /// What one side alone states: what it says it released where it releases, what it says it received where it receives.
    pub fn statement_of(&self, side: Voice, by: Party) -> Statement {
        self.figures(by, |leg, line| {
            let rules = &self.legs[usize::from(leg)];
            let released = line.pending + line.disputed;
            let alone = if side == rules.from {
                released
            } else if side == rules.to {
                line.acknowledged
            } else {
                0
            };
            line.received() + alone
        })
    }

    /// So many of every line, by round and leg; where a lot without names is among them the figure has no names.
    fn figures(&self, by: Party, count: impl Fn(u8, &Line) -> u32) -> Statement {
        let mut figures: BTreeMap<(RoundNo, u8), Figure> = BTreeMap::new();
        for key in self.courses.keys() {
            figures.insert(*key, Figure { by_name: true, ..Figure::default() });
        }
        for (item, line) in self.lines.iter() {
            let counted = count(line.leg, line);
            let named = Figure { by_name: true, ..Figure::default() };
            let figure = figures.entry((line.round, line.leg)).or_insert(named);
            figure.count += i64::from(counted);
            match line.who {
                Who::Lot(_) => figure.by_name = false,
                Who::One if counted > 0 => {
                    figure.items.insert(*item);
                }
                Who::One => {}
            }
        }
        Statement { by, figures }
    }
}

/// What one side states: per round and leg (by its place in the terms), how many were received and who.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// Who states it.
    pub by: Party,
    /// The figures.
    pub figures: BTreeMap<(RoundNo, u8), Figure>,
}

/// A stated figure.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Figure {
    /// How many, as stated.
    pub count: i64,
    /// Who, in order.
    pub items: BTreeSet<Item>,
    /// Whether everyone counted is named. A count without names is not laid against names.
    pub by_name: bool,
}

/// A number with who stated it; nothing where that side states none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stated {
    /// Who.
    pub by: Party,
    /// The number.
    pub count: Option<i64>,
}

/// Where two statements differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference {
    /// The counts differ, or one side states none.
    Count {
        /// Round.
        round: RoundNo,
        /// Leg, by its place in the terms.
        leg: u8,
        /// Our figure.
        own: Stated,
        /// Theirs.
        theirs: Stated,
    },
    /// One side names a person whom the other does not.
    Item {
        /// Round.
        round: RoundNo,
        /// Leg, by its place in the terms.
        leg: u8,
        /// The person.
        item: Item,
        /// Who names the person.
        stated_by: Party,
        /// Who does not.
        not_by: Party,
    },
    /// One side's own count is not the number of persons it names.
    CountAgainstItems {
        /// Round.
        round: RoundNo,
        /// Leg, by its place in the terms.
        leg: u8,
        /// Whose statement.
        by: Party,
        /// The count stated.
        count: i64,
        /// Persons named.
        named: usize,
    },
}

/// Lists every difference of two statements: per figure, then per person where both name everyone, in order of round and
/// leg.
pub fn reconcile(own: &Statement, theirs: &Statement) -> Vec<Difference> {
    let keys: BTreeSet<_> = own.figures.keys().chain(theirs.figures.keys()).copied().collect();
    let mut found = Vec::new();
    for (round, leg) in keys {
        let (ours, other) = (own.figures.get(&(round, leg)), theirs.figures.get(&(round, leg)));
        for (statement, figure) in [(own, ours), (theirs, other)] {
            let Some(figure) = figure.filter(|figure| figure.by_name) else { continue };
            if usize::try_from(figure.count) != Ok(figure.items.len()) {
                let (by, count, named) = (statement.by.clone(), figure.count, figure.items.len());
                found.push(Difference::CountAgainstItems { round, leg, by, count, named });
            }
        }
        let stated = |statement: &Statement, figure: Option<&Figure>| Stated {
            by: statement.by.clone(),
            count: figure.map(|figure| figure.count),
        };
        let (our_count, their_count) = (stated(own, ours), stated(theirs, other));
        if our_count.count != their_count.count {
            found.push(Difference::Count { round, leg, own: our_count, theirs: their_count });
        }
        if [ours, other].into_iter().flatten().any(|figure| !figure.by_name) {
            continue;
        }
        let nobody = BTreeSet::new();
        let our_items = ours.map_or(&nobody, |figure| &figure.items);
        let their_items = other.map_or(&nobody, |figure| &figure.items);
        for item in our_items.symmetric_difference(their_items) {
            let we = our_items.contains(item);
            let (stated_by, not_by) = if we { (&own.by, &theirs.by) } else { (&theirs.by, &own.by) };
            let (stated_by, not_by) = (stated_by.clone(), not_by.clone());
            found.push(Difference::Item { round, leg, item: *item, stated_by, not_by });
        }
    }
    found
}
