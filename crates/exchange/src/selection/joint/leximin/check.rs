//! The check of leximin chances and of the roll drawn by them: sums and comparisons in one pass, no search.
//!
//! What it proves, each from what stands before it:
//! 1. the roll is lawful, and no lawful roll is better before the lot, whatever the units of ratios (weak duality);
//! 2. the chances are those of a lottery over the rolls that are as good: they keep every bound that such rolls share;
//! 3. no lottery over these rolls is better by leximin. Take one that is at least as good, and the cuts from the smallest
//!    chance on. All kinds not yet passed have at least the cut's chance here, so they have it there. But those that lead
//!    into the cut have exactly it here, while everything else on the cut's edge is at the bound that lets most in; what
//!    comes into the cut must leave it, so that they have no more there either, and nothing on the edge differs. After the
//!    last cut every other kind here goes for certain. The two lotteries give everyone the same chance;
//! 4. the roll is the one that the coins of the seed draw, with the lowest lots of each kind.

use super::super::certificate::{CheckError, Checker, Proof, Used};
use super::super::cost::Level;
use super::super::part::Part;
use super::super::people::People;
use super::super::rules::Rules;
use super::draw::{Coins, draw};
use super::face::Face;
use super::fraction::Fraction;
use super::wide::TooFine;
use super::{Chances, Cut, TypeChance, lowest_lots};

/// What is wrong with chances, or with the roll drawn by them.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LeximinFault {
    /// Groups are kept together: leximin is not defined.
    #[error("group {0} is kept together")]
    Group(u32),
    /// The rules keep a balance of worth between the sides.
    #[error("leximin chances are not defined where a balance between the sides is kept")]
    Balance,
    /// The roll is not a list of places among the people, ascending and each once.
    #[error("the roll is not a list of places among the people, ascending and each once")]
    Roll,
    /// The roll is unlawful, or the prices cannot be read.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// The prices do not show that no roll is better before the lot.
    #[error("the prices do not show that no roll is better before the lot")]
    NotBest,
    /// It is not shown that other units of a ratio are worse.
    #[error("category {category}: other units of the ratio are not shown to be worse")]
    Units {
        /// Index of the category.
        category: usize,
    },
    /// The kinds are not those of the people, or a chance is not the expected number over the people.
    #[error("type {0} is not as the people and its own numbers say")]
    Types(usize),
    /// The chances are not those of any lottery over the best rolls.
    #[error("no lottery over the best rolls has these chances")]
    NoLottery,
    /// A cut does not show what it says.
    #[error("cut {0} does not show that its chance is the largest")]
    Cut(usize),
    /// A type that no cut holds down has a chance below 1.
    #[error("type {0} has a chance that nothing holds down")]
    HeldDown(usize),
    /// The coins and lots of this seed draw another roll.
    #[error("the coins and lots of this seed draw another roll")]
    Drawn,
    /// A fraction does not fit.
    #[error(transparent)]
    TooFine(#[from] TooFine),
}

/// Checks leximin chances and the roll drawn by them; what is proved is said at the head of this module.
///
/// # Errors
/// The first fault, in the order of what is proved.
pub fn check_leximin(
    rules: &Rules,
    people: &People,
    seed: &[u8; 32],
    chances: &Chances,
) -> Result<(), LeximinFault> {
    rules.sound().map_err(CheckError::from)?;
    if let Some((number, _)) = people.groups().first() {
        return Err(LeximinFault::Group(*number));
    }
    if rules.balance.is_some() {
        return Err(LeximinFault::Balance);
    }
    let units = best_before_the_lot(rules, people, chances)?;
    let face = Face::of(rules, people, &chances.before.prices, &units);
    face.within_reason().map_err(CheckError::from)?;
    let expected = expected(&face, &chances.types)?;
    let flows = face.flows(rules, people.rows().len(), &expected)?;
    lottery(&face, &flows)?;
    largest(&face, &flows, &chances.cuts)?;
    let went = draw(&face, flows, &mut Coins::new(&rules.agreement, seed))?;
    let stated = chances.types.iter().map(|kind| kind.went);
    let drawn = lowest_lots(rules, people, seed, &face, &went);
    if !stated.eq(went) || drawn != chances.chosen { Err(LeximinFault::Drawn) } else { Ok(()) }
}

/// Shows the roll to be lawful and best before the lot; gives its units of each ratio.
fn best_before_the_lot(rules: &Rules, people: &People, chances: &Chances) -> Result<Vec<u32>, LeximinFault> {
    let (rows, chosen) = (people.rows().len(), &chances.chosen);
    if chosen.windows(2).any(|pair| pair[0] >= pair[1]) || chosen.last().is_some_and(|&at| at >= rows) {
        return Err(LeximinFault::Roll);
    }
    let mut goes = vec![false; rows];
    chosen.iter().for_each(|&at| goes[at] = true);
    // The levels before the lot ask for no seed.
    let checker = Checker::at_levels(Level::before_the_lot(rules), rules, people, &[0; 32]);
    let used: Used = checker.lawful(&goes)?;
    let weigh = |units, proof: &Proof| checker.weigh(Part::of(&checker, units), proof, &goes, &used);
    let these = used.units.iter().map(|&units| (units, units)).collect();
    let verdict =
        weigh(these, &Proof::Closed { prices: chances.before.prices.clone(), balance: Vec::new() })?;
    if verdict.cost != verdict.bound {
        return Err(LeximinFault::NotBest);
    }
    let ratios = &checker.ratios;
    for (at, ratio) in ratios.iter().enumerate() {
        let (least, most) = ratio.units;
        let halves = [(least, used.units[at].saturating_sub(1)), (used.units[at] + 1, most)];
        for (half, (least, most)) in halves.into_iter().enumerate() {
            if least > most || (half == 0 && used.units[at] == 0) {
                continue;
            }
            let mut units: Vec<(u32, u32)> = ratios.iter().map(|ratio| ratio.units).collect();
            units[at] = (least, most);
            let unshown = || LeximinFault::Units { category: ratio.category };
            let proof = chances.before.otherwise.get(at).and_then(|proofs| proofs[half].as_ref());
            if weigh(units, proof.ok_or_else(unshown)?)?.bound <= verdict.cost {
                return Err(unshown());
            }
        }
    }
    Ok(used.units)
}

/// The expected number of every kind, where the types are the people's own.
fn expected(face: &Face, types: &[TypeChance]) -> Result<Vec<Fraction>, LeximinFault> {
    if types.len() != face.kinds.len() {
        return Err(LeximinFault::Types(types.len().min(face.kinds.len())));
    }
    for (at, (kind, stated)) in face.kinds.iter().zip(types).enumerate() {
        let one = kind.one;
        let known = (one.side, one.site, one.category, one.class, one.held, one.requested);
        let said = (stated.side, stated.site, stated.category, stated.class, stated.held, stated.requested);
        let people = face.size(at);
        let chance = stated.places_expected.divided(people)?;
        if known != said || stated.people != people || stated.chance != chance {
            return Err(LeximinFault::Types(at));
        }
    }
    Ok(types.iter().map(|kind| kind.places_expected).collect())
}

/// Shows that flows keep every bound that the best rolls share, and that what comes to a node leaves it.
fn lottery(face: &Face, flows: &[Fraction]) -> Result<(), LeximinFault> {
    let mut left = vec![Fraction::ZERO; face.nodes];
    for (lane, &flow) in face.lanes.iter().zip(flows) {
        if flow < lane.least.into() || flow > lane.most.into() {
            return Err(LeximinFault::NoLottery);
        }
        left[lane.to] = left[lane.to].plus(flow)?;
        left[lane.from] = left[lane.from].minus(flow)?;
    }
    // A kind that no lane carries comes through its caps and leaves nowhere: what it expects must be 0.
    let even = left.iter().all(|left| *left == Fraction::ZERO);
    if even { Ok(()) } else { Err(LeximinFault::NoLottery) }
}

/// Shows by the cuts that no lottery is better.
fn largest(face: &Face, flows: &[Fraction], cuts: &[Cut]) -> Result<(), LeximinFault> {
    let mut part = vec![0; face.nodes];
    let mut before = Fraction::ZERO;
    for (at, cut) in cuts.iter().enumerate() {
        let mut inside = vec![false; face.nodes];
        for &node in &cut.inside {
            *inside.get_mut(node).ok_or(LeximinFault::Cut(at))? = true;
        }
        let whole = cut.inside.windows(2).all(|pair| part[pair[0]] == part[pair[1]]);
        if cut.chance < before || !whole {
            return Err(LeximinFault::Cut(at));
        }
        before = cut.chance;
        for (lane, &flow) in face.lanes.iter().zip(flows) {
            // Lanes between two parts lie on an earlier cut's edge, and are known; so are lanes with one bound only.
            if part[lane.from] != part[lane.to] || inside[lane.from] == inside[lane.to] {
                continue;
            }
            let bound = match (inside[lane.to], lane.kind) {
                (true, Some(_)) if lane.least < lane.most => cut.chance.times(lane.most)?,
                (true, _) => lane.least.into(),
                (false, _) => lane.most.into(),
            };
            if flow != bound {
                return Err(LeximinFault::Cut(at));
            }
        }
        cut.inside.iter().for_each(|&node| part[node] = at + 1);
    }
    let mut open = face.lanes.iter().zip(flows).filter(|(lane, _)| part[lane.from] == part[lane.to]);
    let held_down = open.find_map(|(lane, &flow)| lane.kind.filter(|_| flow != lane.most.into()));
    held_down.map_or(Ok(()), |kind| Err(LeximinFault::HeldDown(kind)))
}
