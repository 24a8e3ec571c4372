//! The certificate of a roll: prices by which the other party sees, in integers and without selecting again, that no
//! other roll is better.
//!
//! For any prices of the nodes, no lawful roll can cost less than what the prices add up to over the ways and the people
//! (weak duality), so prices cannot cheat: bad ones only give a bound too low to close anything. A roll whose own cost is
//! the bound is the best there is. Format: `docs/formats/certificate.md`.

mod weigh;

use crate::ids::Item;

use super::cost::{Level, least_of, rounded_up, scale};
use super::layout::{Bound, Nodes, RatioWay, Way, ratios, ways};
use super::part::Part;
use super::people::People;
use super::rules::{Rules, RulesError};

/// The largest price that is read, by amount: no sum of lots or days in a round comes near it.
pub const PRICE_MAX: i64 = 1 << 60;

/// The most people times closed parts that are checked: a foreign certificate must not cost hours.
pub const WORK_MAX: u64 = 4_000_000_000;

/// What the other party needs to check a roll.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Certificate {
    /// The levels that prices are stated in, first to last.
    pub levels: Vec<Level>,
    /// The proof.
    pub proof: Proof,
}

/// A proof that no roll of a part of the search costs less than a bound.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Proof {
    /// The part is divided in two, each with its own proof.
    Divided {
        /// By what.
        on: Choice,
        /// Where it holds.
        yes: Box<Proof>,
        /// Where it does not.
        no: Box<Proof>,
    },
    /// The part is closed by prices.
    Closed {
        /// The price of each node, level by level, in the order of [`Nodes`]; where a balance is kept, in parts of
        /// [`SCALE`](super::SCALE).
        prices: Vec<Vec<i64>>,
        /// The price of a unit of worth in the balance, level by level; empty is nothing.
        balance: Vec<i64>,
    },
}

impl Proof {
    /// How many parts are closed by prices.
    fn closed(&self) -> usize {
        let (mut open, mut closed) = (vec![self], 0);
        while let Some(proof) = open.pop() {
            match proof {
                Self::Divided { yes, no, .. } => open.extend([&**yes, &**no]),
                Self::Closed { .. } => closed += 1,
            }
        }
        closed
    }
}

/// What divides a part of the search in two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// A ratio has at most so many units.
    Units {
        /// Index of the category.
        category: usize,
        /// So many.
        at_most: u32,
    },
    /// A category of one side, all for all and of some worth in the balance, has at most so many heads.
    Heads {
        /// The side.
        side: usize,
        /// Index of the category.
        category: usize,
        /// So many.
        at_most: u32,
    },
    /// A kept-together group goes.
    Group {
        /// Its number.
        number: u32,
    },
}

/// What a check has found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// What the roll costs, level by level.
    pub cost: Vec<i128>,
    /// What no roll can cost less than, by the certificate.
    pub bound: Vec<i128>,
    /// What stands between the roll and the bound, where they are not the same.
    pub wrong: Vec<Wrong>,
    /// Whether no other roll costs the same.
    pub only: bool,
}

impl Verdict {
    /// Whether the roll is shown to be the best there is, and the only one.
    pub fn holds(&self) -> bool {
        self.cost == self.bound && self.only
    }
}

/// Something that the prices say should be otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// A person stays who should go before somebody who goes.
    Stays {
        /// Who.
        item: Item,
        /// What it costs, level by level.
        by: Vec<i128>,
    },
    /// A person goes who should stay.
    Goes {
        /// Who.
        item: Item,
        /// What it costs, level by level.
        by: Vec<i128>,
    },
    /// Places that a rule allows stay empty, or more is taken than it pays to take.
    Places {
        /// The rule.
        bound: Bound,
        /// What it costs, level by level.
        by: Vec<i128>,
    },
    /// The balance could be used further than it is.
    Balance {
        /// What it costs, level by level.
        by: Vec<i128>,
    },
}

impl Wrong {
    /// The same with its cost in whole numbers, rounded up at the first level that is a fraction.
    fn in_whole(mut self, scale: i128) -> Self {
        let (Self::Stays { by, .. } | Self::Goes { by, .. } | Self::Places { by, .. } | Self::Balance { by }) =
            &mut self;
        *by = rounded_up(by, scale, &vec![0; by.len()]);
        self
    }
}

/// Why a roll or a certificate cannot be checked, or is unlawful by itself.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CheckError {
    /// The rules are not sound.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// Prices are stated in other levels than the rules have.
    #[error("the certificate's levels are not those of the rules")]
    Levels,
    /// Not one price for each node and level, or a price that is too large.
    #[error("the certificate does not give every node its price at every level")]
    Prices,
    /// A division that the rules do not know: no such ratio or group.
    #[error("the certificate divides by a ratio or group that is not there")]
    Division,
    /// More people times closed parts than are checked.
    #[error("{people} people times {parts} closed parts is more than {WORK_MAX}")]
    TooMuch {
        /// People of both sides.
        people: usize,
        /// Parts that the certificate closes.
        parts: usize,
    },
    /// The roll names somebody who is not among the people.
    #[error("item {0} is not among the people")]
    NotThere(Item),
    /// The roll names somebody twice.
    #[error("item {0} is in the roll twice")]
    Twice(Item),
    /// Fewer or more than a rule allows.
    #[error("{found} places where the rules allow {least} to {most}")]
    Places {
        /// The rule.
        bound: Bound,
        /// Places taken.
        found: u32,
        /// The fewest.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A category whose two sides are not as its ratio says.
    #[error("category {category}: {found:?} do not stand as the agreement says")]
    Matching {
        /// Index of the category.
        category: usize,
        /// Heads of each side.
        found: [u32; 2],
    },
    /// What the first side gives, less what the second gives, is outside of what the balance allows.
    #[error(
        "the first side gives {found} more than the second where {least} to {most} is within the balance"
    )]
    Balance {
        /// Found.
        found: i128,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A group that was not kept together.
    #[error("group {0} is split")]
    Split(u32),
}

/// Checks a roll: whether it keeps every rule, and whether the certificate shows that none is better.
///
/// Takes time linear in the people times the closed parts, at most [`WORK_MAX`], and draws lots only where everything before
/// is level.
///
/// # Errors
/// A roll that breaks a rule, or a certificate that is not about this round or would take too long.
pub fn check(
    rules: &Rules,
    people: &People,
    seed: &[u8; 32],
    roll: &[Item],
    certificate: &Certificate,
) -> Result<Verdict, CheckError> {
    rules.sound()?;
    let checker = Checker::new(rules, people, seed);
    if certificate.levels != checker.levels {
        return Err(CheckError::Levels);
    }
    let (people_of, parts) = (people.rows().len(), certificate.proof.closed());
    if people_of as u64 * parts as u64 > WORK_MAX {
        return Err(CheckError::TooMuch { people: people_of, parts });
    }
    let goes = checker.places_of(roll)?;
    let used = checker.lawful(&goes)?;
    let part = Part::whole(&checker);
    checker.weigh(part, &certificate.proof, &goes, &used)
}

/// Checks whether a roll keeps every rule, and nothing more: no certificate is weighed, and whether another roll is better is not
/// asked. Takes time linear in the people.
///
/// # Errors
/// The first rule that the roll breaks.
pub fn lawful(rules: &Rules, people: &People, roll: &[Item]) -> Result<(), CheckError> {
    rules.sound()?;
    // Whether a roll is lawful does not hang on the lots.
    let checker = Checker::at_levels(Vec::new(), rules, people, &[0; 32]);
    checker.lawful(&checker.places_of(roll)?).map(|_| ())
}

/// How many places of each way a roll takes, and how many units of each ratio.
pub(super) struct Used {
    ways: Vec<u32>,
    pub(super) units: Vec<u32>,
    /// What the first side gives, less what the second gives.
    given: i128,
}

pub(super) struct Checker<'a> {
    pub(super) rules: &'a Rules,
    pub(super) people: &'a People,
    seed: &'a [u8; 32],
    levels: Vec<Level>,
    scale: i128,
    /// What no roll is below at each level; empty where the scale is 1.
    least: Vec<i128>,
    nodes: Nodes,
    pub(super) ways: Vec<Way>,
    pub(super) ratios: Vec<RatioWay>,
    pub(super) groups: Vec<(u32, Vec<usize>)>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(rules: &'a Rules, people: &'a People, seed: &'a [u8; 32]) -> Self {
        Self::at_levels(Level::of(rules), rules, people, seed)
    }

    /// A checker that looks at these levels alone.
    pub(super) fn at_levels(
        levels: Vec<Level>,
        rules: &'a Rules,
        people: &'a People,
        seed: &'a [u8; 32],
    ) -> Self {
        Self {
            levels,
            scale: scale(rules),
            least: if rules.balance.is_some() { least_of(rules, people.rows()) } else { Vec::new() },
            nodes: Nodes::of(rules),
            ways: ways(rules, people.rows().len()),
            ratios: ratios(rules, people),
            groups: people.groups(),
            rules,
            people,
            seed,
        }
    }

    pub(super) fn places_of(&self, roll: &[Item]) -> Result<Vec<bool>, CheckError> {
        let mut goes = vec![false; self.people.rows().len()];
        for item in roll {
            let at = self.people.place(item).ok_or(CheckError::NotThere(*item))?;
            if std::mem::replace(&mut goes[at], true) {
                return Err(CheckError::Twice(*item));
            }
        }
        Ok(goes)
    }

    /// Counts what a roll takes, and holds it against every rule.
    pub(super) fn lawful(&self, goes: &[bool]) -> Result<Used, CheckError> {
        let mut caps = [0, 1].map(|side| vec![0_u32; self.rules.sides[side].caps.len()]);
        let mut categories = vec![[0_u32; 2]; self.rules.categories.len()];
        for (person, _) in self.people.rows().iter().zip(goes).filter(|(_, goes)| **goes) {
            let side = usize::from(person.side);
            categories[usize::from(person.category)][side] += 1;
            let mut cap = Some(usize::from(person.site));
            while let Some(at) = cap {
                caps[side][at] += 1;
                cap = self.rules.sides[side].caps[at].within;
            }
        }
        let mut used = Used { ways: Vec::with_capacity(self.ways.len()), units: Vec::new(), given: 0 };
        for way in &self.ways {
            let found = match way.bound {
                Bound::Cap { side, cap } => caps[side][cap],
                Bound::Category { side, category } => categories[category][side],
                Bound::Pair { category } => match categories[category] {
                    [first, second] if first == second => first,
                    found => return Err(CheckError::Matching { category, found }),
                },
            };
            if !(way.least..=way.most).contains(&found) {
                let Way { bound, least, most, .. } = *way;
                return Err(CheckError::Places { bound, found, least, most });
            }
            used.ways.push(found);
        }
        for ratio in &self.ratios {
            let found = categories[ratio.category];
            let units = found[0] / ratio.heads[0];
            if [0, 1].iter().any(|&side| found[side] != units * ratio.heads[side])
                || !(ratio.units.0..=ratio.units.1).contains(&units)
            {
                return Err(CheckError::Matching { category: ratio.category, found });
            }
            used.units.push(units);
        }
        let given = |(category, heads): (usize, &[u32; 2])| {
            (0..2).map(|side| i128::from(heads[side]) * self.rules.worth(side, category)).sum::<i128>()
        };
        used.given = categories.iter().enumerate().map(given).sum();
        if let Some((least, most)) = self.rules.balance.as_ref().map(|balance| balance.bounds())
            && !(i128::from(least)..=i128::from(most)).contains(&used.given)
        {
            return Err(CheckError::Balance { found: used.given, least, most });
        }
        match self.groups.iter().find(|(_, members)| members.iter().any(|&at| goes[at] != goes[members[0]])) {
            Some((number, _)) => Err(CheckError::Split(*number)),
            None => Ok(used),
        }
    }
}
