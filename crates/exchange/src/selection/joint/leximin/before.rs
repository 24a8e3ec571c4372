//! The best cost before the lot, and the prices that prove it.
//!
//! The units of ratios are whole numbers that no lottery may break, so they must be decided by these levels: for every
//! ratio it is proved that fewer units are worse, and that more are.

use super::super::certificate::Proof;
use super::super::cost::{Level, Packing};
use super::super::layout::RatioWay;
use super::super::people::People;
use super::super::rules::Rules;
use super::super::solve::{Part, Search, at_width, packing_of};
use super::{BeforeTheLot, LeximinError, SelectError};

/// Finds the best cost before the lot; also the units of each ratio.
pub fn before_the_lot(rules: &Rules, people: &People) -> Result<(BeforeTheLot, Vec<u32>), LeximinError> {
    let packing = packing_of(Level::before_the_lot(rules), rules, people);
    at_width!(
        packing.words(),
        W => at_cost::<W>(rules, people, &packing),
        words => Err(SelectError::TooWide(words).into())
    )
}

/// Lots are no part of these levels, so any seed gives the same costs.
const NO_SEED: [u8; 32] = [0; 32];

fn at_cost<const W: usize>(
    rules: &Rules,
    people: &People,
    packing: &Packing,
) -> Result<(BeforeTheLot, Vec<u32>), LeximinError> {
    let search = || Search::<W>::new(rules, people, &NO_SEED, packing);
    let best = search().run()?;
    if !best.is_best() {
        return Err(LeximinError::NotShown);
    }
    let ratios = super::super::layout::ratios(rules, people);
    let units: Vec<u32> = ratios.iter().map(|ratio| units(people, &best.chosen, ratio)).collect();
    let whole = search().whole();
    let cheapest = search().cheapest();
    let prove = |units: Vec<(u32, u32)>| {
        let (part, mut relaxed, mut search) = (Part { units }, cheapest.clone(), search());
        search.settle(&part, &mut relaxed);
        search.prove(&part, relaxed)
    };
    let mut otherwise = Vec::new();
    for (at, ratio) in ratios.iter().enumerate() {
        let with = |(least, most): (u32, u32)| {
            let mut units = whole.units.clone();
            units[at] = (least, most);
            let decided = || LeximinError::Units { category: ratio.category };
            let proved = (least <= most).then(|| prove(units));
            proved.map(|(proof, bound)| (bound > best.cost).then_some(proof).ok_or_else(decided)).transpose()
        };
        let (least, most) = ratio.units;
        let fewer = units[at].checked_sub(1).map(|below| with((least, below))).transpose()?.flatten();
        otherwise.push([fewer, with((units[at] + 1, most))?]);
    }
    match prove(units.iter().map(|&units| (units, units)).collect()) {
        (Proof::Closed { prices, .. }, bound) if bound == best.cost => {
            Ok((BeforeTheLot { prices, otherwise }, units))
        }
        // With the units given nothing is left to divide by, and the cheapest flow is proved by its own prices.
        _ => unreachable!("a flow in whole numbers without its proof"),
    }
}

fn units(people: &People, chosen: &[usize], ratio: &RatioWay) -> u32 {
    let of = |at: &&usize| {
        let one = &people.rows()[**at];
        one.side == 0 && usize::from(one.category) == ratio.category
    };
    // Bounded by PEOPLE_MAX.
    chosen.iter().filter(of).count() as u32 / ratio.heads[0]
}
