//! The fairest lottery over the best rolls: the smallest chance as large as it can be, then the next, and so on.
//!
//! Where it is chosen in place of the lots as the last level. The levels before the lot stay what they are: only rolls
//! that are best in all of them are drawn. Among those, people whom the rules hold equal (one side, site, category, class,
//! time held, asked for by name or not: a kind) have one chance, and the chances are the leximin ones: nobody's can be
//! raised without lowering one that is as small or smaller. All of it is exact fractions; one roll is then drawn by coins of
//! the joint seed so that each kind sends the whole number below or above what it expects, and inside a kind the lowest lots
//! go. Refuses rounds with kept-together groups (whether a chance can be had is then no longer a question of bounds alone),
//! and rounds in which the levels leave the units of a ratio open. Rules and proof: `docs/formats/chances.md`.

mod before;
mod check;
mod draw;
mod face;
mod fill;
mod flow;
mod fraction;
mod wide;

use super::certificate::Proof;
use super::network::Node;
use super::people::People;
use super::rules::{Rules, RulesError};
use super::solve::SelectError;

pub use check::{LeximinFault, check_leximin};
pub use face::OPEN_MAX;
pub use fraction::Fraction;
pub use wide::TooFine;

use draw::{Coins, draw};
use face::Face;

/// The leximin chances of a round, one roll drawn by them, and what proves both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chances {
    /// Every kind, by side, site, category, asked for by name or not, class, time held from the longest.
    pub types: Vec<TypeChance>,
    /// What proves that the roll is best before the lot, and which rolls are.
    pub before: BeforeTheLot,
    /// What proves that no chances are better, from the smallest chance.
    pub cuts: Vec<Cut>,
    /// Who goes, by place among the people, ascending.
    pub chosen: Vec<usize>,
}

/// People whom the rules hold equal, and their chance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TypeChance {
    /// The side that holds them.
    pub side: u8,
    /// Index of their site among the side's caps.
    pub site: u16,
    /// Index of their category.
    pub category: u8,
    /// Their class.
    pub class: u8,
    /// How long they have been held, in the agreement's unit.
    pub held: u16,
    /// Whether the other side asked for them by name.
    pub requested: bool,
    /// How many they are; never 0.
    pub people: u32,
    /// How many of them go on average.
    pub places_expected: Fraction,
    /// The chance of each.
    pub chance: Fraction,
    /// How many of them go in the roll that was drawn.
    pub went: u32,
}

/// The prices that prove the best cost before the lot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BeforeTheLot {
    /// The price of each node at each level before the lot, in the order of [`super::Nodes`], for the units that go.
    pub prices: Vec<Vec<i64>>,
    /// For each ratio, what proves that fewer units are worse, and that more are; nothing where there can be no such roll.
    pub otherwise: Vec<[Option<Proof>; 2]>,
}

/// A set of nodes that is full: the kinds that lead into it have this chance together, and no more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cut {
    /// The chance.
    pub chance: Fraction,
    /// The nodes, ascending.
    pub inside: Vec<Node>,
}

/// Why there are no chances.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LeximinError {
    /// No best roll before the lot.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// Groups are kept together.
    #[error("leximin chances are not worked out where groups are kept together: group {0}")]
    Group(u32),
    /// The rules keep a balance of worth between the sides.
    #[error("leximin chances are not worked out where a balance between the sides is kept")]
    Balance,
    /// The search for the best cost before the lot ran out of effort.
    #[error("the best roll before the lot is not shown to be the best")]
    NotShown,
    /// Rolls with other units of a ratio are as good, or are not shown to be worse.
    #[error("category {category}: rolls with other units of the ratio are as good before the lot")]
    Units {
        /// Index of the category.
        category: usize,
    },
    /// A fraction does not fit.
    #[error(transparent)]
    TooFine(#[from] TooFine),
}

impl From<RulesError> for LeximinError {
    fn from(error: RulesError) -> Self {
        Self::Select(error.into())
    }
}

/// Works out the leximin chances of a round, and draws one roll by them.
///
/// The same rules, people and seed give the same chances and the same roll on every machine and in any order of input.
///
/// # Errors
/// A round that has no roll, or none of the kind that leximin is defined for; more left to chance than [`OPEN_MAX`].
pub fn leximin(rules: &Rules, people: &People, seed: &[u8; 32]) -> Result<Chances, LeximinError> {
    rules.sound()?;
    if let Some((number, _)) = people.groups().first() {
        return Err(LeximinError::Group(*number));
    }
    if rules.balance.is_some() {
        return Err(LeximinError::Balance);
    }
    let (before, units) = before::before_the_lot(rules, people)?;
    let face = Face::of(rules, people, &before.prices, &units);
    face.within_reason()?;
    let fill::Filled { expected, cuts } = fill::fill(&face)?;
    let flows = face.flows(rules, people.rows().len(), &expected)?;
    let went = draw(&face, flows, &mut Coins::new(&rules.agreement, seed))?;
    let mut types = Vec::with_capacity(face.kinds.len());
    for ((kind, &places_expected), &went) in face.kinds.iter().zip(&expected).zip(&went) {
        let (one, people) = (kind.one, kind.people.len() as u32);
        let chance = places_expected.divided(people)?;
        let (side, site, category, class) = (one.side, one.site, one.category, one.class);
        let (held, requested) = (one.held, one.requested);
        types.push(TypeChance {
            side,
            site,
            category,
            class,
            held,
            requested,
            people,
            places_expected,
            chance,
            went,
        });
    }
    Ok(Chances { types, before, cuts, chosen: lowest_lots(rules, people, seed, &face, &went) })
}

/// Those of each kind who have the lowest lots, so many as go; by place among the people, ascending.
fn lowest_lots(rules: &Rules, people: &People, seed: &[u8; 32], face: &Face, went: &[u32]) -> Vec<usize> {
    let mut chosen = Vec::new();
    for (kind, &went) in face.kinds.iter().zip(went).filter(|(_, went)| **went > 0) {
        let alike = face.order[kind.people.clone()].iter().map(|&at| at as usize);
        if went as usize == kind.people.len() {
            chosen.extend(alike);
            continue;
        }
        let lot = |at: usize| (people.rows()[at].lot(seed, &rules.agreement), at);
        let mut by_lot: Vec<_> = alike.map(lot).collect();
        by_lot.sort_unstable();
        chosen.extend(by_lot[..went as usize].iter().map(|(_, at)| *at));
    }
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tableau;
#[cfg(test)]
mod tests;
