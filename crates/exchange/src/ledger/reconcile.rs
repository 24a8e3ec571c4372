//! Two sides' statements laid beside one another. Neither is overwritten, and none is called right.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{Item, Party, RoundNo};

/// What one side states: per round and direction (holder, receiver), how many were received and who.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// Who states it.
    pub by: Party,
    /// The figures.
    pub figures: BTreeMap<(RoundNo, Party, Party), Figure>,
}

/// A stated figure.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Figure {
    /// How many, as stated.
    pub count: i64,
    /// Who, in order.
    pub items: BTreeSet<Item>,
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
        /// Who releases.
        from: Party,
        /// Who receives.
        to: Party,
        /// Our figure.
        own: Stated,
        /// Theirs.
        theirs: Stated,
    },
    /// One side names a person whom the other does not.
    Item {
        /// Round.
        round: RoundNo,
        /// Who releases.
        from: Party,
        /// Who receives.
        to: Party,
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
        /// Who releases.
        from: Party,
        /// Who receives.
        to: Party,
        /// Whose statement.
        by: Party,
        /// The count stated.
        count: i64,
        /// Persons named.
        named: usize,
    },
}

/// Lists every difference of two statements: per figure, then per person, in order of round and direction.
pub fn reconcile(own: &Statement, theirs: &Statement) -> Vec<Difference> {
    let keys: BTreeSet<_> = own.figures.keys().chain(theirs.figures.keys()).collect();
    let nobody = BTreeSet::new();
    let mut found = Vec::new();
    for key in keys {
        let (round, from, to) = key.clone();
        let (ours, other) = (own.figures.get(key), theirs.figures.get(key));
        for (statement, figure) in [(own, ours), (theirs, other)] {
            let Some(figure) = figure else { continue };
            if usize::try_from(figure.count) != Ok(figure.items.len()) {
                let (from, to, by) = (from.clone(), to.clone(), statement.by.clone());
                let (count, named) = (figure.count, figure.items.len());
                found.push(Difference::CountAgainstItems { round, from, to, by, count, named });
            }
        }
        let stated = |statement: &Statement, figure: Option<&Figure>| Stated {
            by: statement.by.clone(),
            count: figure.map(|figure| figure.count),
        };
        let (our_count, their_count) = (stated(own, ours), stated(theirs, other));
        if our_count.count != their_count.count {
            let (from, to) = (from.clone(), to.clone());
            found.push(Difference::Count { round, from, to, own: our_count, theirs: their_count });
        }
        let our_items = ours.map_or(&nobody, |figure| &figure.items);
        let their_items = other.map_or(&nobody, |figure| &figure.items);
        for item in our_items.symmetric_difference(their_items) {
            let we = our_items.contains(item);
            let (stated_by, not_by) = if we { (&own.by, &theirs.by) } else { (&theirs.by, &own.by) };
            found.push(Difference::Item {
                round,
                from: from.clone(),
                to: to.clone(),
                item: *item,
                stated_by: stated_by.clone(),
                not_by: not_by.clone(),
            });
        }
    }
    found
}
