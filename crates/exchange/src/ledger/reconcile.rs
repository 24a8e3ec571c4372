//! Two sides' statements laid beside one another. Neither is overwritten, and none is called right.

use std::collections::{BTreeMap, BTreeSet};

use super::balance::balances;
use super::{Ledger, Line, Voice, Who};
use crate::agreement::{Family, Terms};
use crate::ids::{Item, Party, RoundNo};
use crate::rational::Rational;

impl Ledger {
    /// What this ledger states to the other side: per round and leg how many were received by both sides' word, and who; per
    /// leg, who was returned outside the exchange, and whose remains were identified.
    pub fn statement(&self, by: Party) -> Statement {
        self.figures(by, |_, line| line.received())
    }

    /// What one side alone states: what it says it released where it releases, what it says it received where it receives.
    /// Returns outside the exchange and identifications stand as they were booked.
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

    /// So many of every line as received, by round and leg, and what was booked outside the exchange and of remains.
    fn figures(&self, by: Party, count: impl Fn(u8, &Line) -> u32) -> Statement {
        let mut figures: BTreeMap<(Of, u8), Figure> = BTreeMap::new();
        for (round, leg) in self.courses.keys() {
            figures.insert((Of::Received(*round), *leg), Figure::default());
        }
        for (item, line) in self.lines.iter() {
            let counted = count(line.leg, line);
            if counted > 0 {
                let received = figures.entry((Of::Received(line.round), line.leg)).or_default();
                received.add(*item, line.who, counted);
            }
            if let Some(family) = line.outside {
                let outside = figures.entry((Of::Outside(family), line.leg)).or_default();
                outside.add(*item, line.who, line.who.count());
            }
        }
        for (leg, persons) in self.identified.iter().filter(|(_, persons)| !persons.is_empty()) {
            let identified = figures.entry((Of::Identified, *leg)).or_default();
            persons.keys().for_each(|person| identified.add(*person, Who::One, 1));
        }
        Statement { by, figures, containers: self.identified.clone() }
    }
}

/// What one side states: who was received, returned outside the exchange, or identified, and how many.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// Who states it.
    pub by: Party,
    /// The figures, by what they count and by leg (its place in the terms).
    pub figures: BTreeMap<(Of, u8), Figure>,
    /// By leg, the containers that hold remains of each person identified.
    pub containers: BTreeMap<u8, BTreeMap<Item, BTreeSet<Item>>>,
}

/// What a figure counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Of {
    /// Persons and lots received in a round; round 0 where the agreement has none.
    Received(RoundNo),
    /// Persons and lots returned outside the exchange, on this account. They are of no round.
    Outside(Family),
    /// Persons whose remains were identified.
    Identified,
}

/// A stated figure.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Figure {
    /// How many, as stated.
    pub count: i64,
    /// Who of them is named, in order.
    pub items: BTreeSet<Item>,
    /// How many of each lot, whose persons are not named.
    pub lots: BTreeMap<Item, i64>,
}

impl Figure {
    fn add(&mut self, item: Item, who: Who, count: u32) {
        self.count += i64::from(count);
        match who {
            Who::One => {
                self.items.insert(item);
            }
            Who::Lot(_) => {
                self.lots.insert(item, i64::from(count));
            }
        }
    }

    /// Everyone named, and everyone in a lot.
    fn accounted(&self) -> i128 {
        let lots = self.lots.values().map(|count| i128::from(*count));
        lots.sum::<i128>() + self.items.len() as i128
    }
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
        /// What is counted.
        of: Of,
        /// Leg, by its place in the terms.
        leg: u8,
        /// Our figure.
        own: Stated,
        /// Theirs.
        theirs: Stated,
    },
    /// One side names a person whom the other does not.
    Item {
        /// What is counted.
        of: Of,
        /// Leg, by its place in the terms.
        leg: u8,
        /// The person.
        item: Item,
        /// Who names the person.
        stated_by: Party,
        /// Who does not.
        not_by: Party,
    },
    /// The counts of a lot differ, or one side has no such lot.
    Lot {
        /// What is counted.
        of: Of,
        /// Leg, by its place in the terms.
        leg: u8,
        /// The lot.
        lot: Item,
        /// Our figure.
        own: Stated,
        /// Theirs.
        theirs: Stated,
    },
    /// Both identify a person, and one side does so in a container in which the other does not.
    Container {
        /// Leg, by its place in the terms.
        leg: u8,
        /// The person.
        person: Item,
        /// The container.
        container: Item,
        /// Who finds the person in it.
        stated_by: Party,
        /// Who does not.
        not_by: Party,
    },
    /// One side's own count is not the number of persons it names and of those in its lots.
    CountAgainstItems {
        /// What is counted.
        of: Of,
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

/// Lists every difference of two statements, in order of what is counted and of the legs: per figure, per person named, per
/// lot; and the containers of persons whom both identify. A lot of one side hides no person whom the other names.
pub fn reconcile(own: &Statement, theirs: &Statement) -> Vec<Difference> {
    let keys: BTreeSet<_> = own.figures.keys().chain(theirs.figures.keys()).copied().collect();
    let mut found = Vec::new();
    for (of, leg) in keys {
        let (ours, other) = (own.figures.get(&(of, leg)), theirs.figures.get(&(of, leg)));
        for (statement, figure) in [(own, ours), (theirs, other)] {
            let Some(figure) = figure.filter(|one| i128::from(one.count) != one.accounted()) else {
                continue;
            };
            let (by, count, named) = (statement.by.clone(), figure.count, figure.items.len());
            found.push(Difference::CountAgainstItems { of, leg, by, count, named });
        }
        let counts = [ours, other].map(|figure| figure.map(|figure| figure.count));
        if counts[0] != counts[1] {
            let [own, theirs] = stated([own, theirs], counts);
            found.push(Difference::Count { of, leg, own, theirs });
        }
        let nothing = Figure::default();
        let figures = [ours.unwrap_or(&nothing), other.unwrap_or(&nothing)];
        for (item, stated_by, not_by) in named_alone([own, theirs], figures.map(|figure| &figure.items)) {
            found.push(Difference::Item { of, leg, item, stated_by, not_by });
        }
        let lots: BTreeSet<_> = figures.iter().flat_map(|figure| figure.lots.keys()).copied().collect();
        for lot in lots {
            let counts = figures.map(|figure| figure.lots.get(&lot).copied());
            if counts[0] != counts[1] {
                let [own, theirs] = stated([own, theirs], counts);
                found.push(Difference::Lot { of, leg, lot, own, theirs });
            }
        }
    }
    found.extend(other_containers(own, theirs));
    found
}

/// The containers in which one side alone finds a person whom both identify.
fn other_containers(own: &Statement, theirs: &Statement) -> Vec<Difference> {
    let mut found = Vec::new();
    for (leg, persons) in &own.containers {
        let Some(others) = theirs.containers.get(leg) else { continue };
        for (person, ours) in persons {
            let Some(other) = others.get(person) else { continue };
            for (container, stated_by, not_by) in named_alone([own, theirs], [ours, other]) {
                let (leg, person) = (*leg, *person);
                found.push(Difference::Container { leg, person, container, stated_by, not_by });
            }
        }
    }
    found
}

/// Whom one side alone names, with who does and who does not.
fn named_alone(sides: [&Statement; 2], items: [&BTreeSet<Item>; 2]) -> Vec<(Item, Party, Party)> {
    let [own, theirs] = sides.map(|side| &side.by);
    let alone = items[0].symmetric_difference(items[1]).map(|item| {
        let (stated_by, not_by) = if items[0].contains(item) { (own, theirs) } else { (theirs, own) };
        (*item, stated_by.clone(), not_by.clone())
    });
    alone.collect()
}

fn stated(sides: [&Statement; 2], counts: [Option<i64>; 2]) -> [Stated; 2] {
    let one = |place: usize| Stated { by: sides[place].by.clone(), count: counts[place] };
    [one(0), one(1)]
}

/// A sum of one quantity that two accounts of the same acts do not share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SumDifference {
    /// The quantity, by its place in the terms.
    pub quantity: usize,
    /// Its clause.
    pub clause: u32,
    /// Who reads it so; nothing for the text itself.
    pub reader: Option<Party>,
    /// The sum: `posted`, `held`, `carried` or `unreceived` (released, says who releases, and not received).
    pub sum: &'static str,
    /// In the first account.
    pub own: Rational,
    /// In the other.
    pub theirs: Rational,
}

/// Every sum of every quantity, under the text and under each reading, that differs between two accounts under the same
/// terms. Persons say who is missing; sums say what it comes to: one receipt less can hold back a whole group of legs.
///
/// `None` where a sum does not fit into exact fractions of 128 bits.
pub fn sums_that_differ(terms: &Terms, own: &Ledger, theirs: &Ledger) -> Option<Vec<SumDifference>> {
    let mut found = Vec::new();
    // The same terms give the same quantities under the same readings, in the same order.
    for (own, theirs) in balances(terms, own)?.iter().zip(balances(terms, theirs)?) {
        let sums = [
            ("posted", own.filled, theirs.filled),
            ("held", own.held, theirs.held),
            ("carried", own.carried, theirs.carried),
            ("unreceived", own.pending.plus(own.disputed)?, theirs.pending.plus(theirs.disputed)?),
        ];
        let differing = sums.into_iter().filter(|(_, own, theirs)| own != theirs);
        found.extend(differing.map(|(sum, one, other)| SumDifference {
            quantity: own.quantity,
            clause: own.clause,
            reader: own.reader.clone(),
            sum,
            own: one,
            theirs: other,
        }));
    }
    Some(found)
}
