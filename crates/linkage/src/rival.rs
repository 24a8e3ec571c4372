//! Records that fit two others who are not one person.
//!
//! Decides what a pair weighs where somebody else fits one of its records too: a card without a birthday fits father and son, a card
//! without a given name fits two brothers, and it is of one of them at most. Pairs are weighed each as if alone (Fellegi and Sunter
//! 1969); here the odds of claims that exclude one another are laid side by side, so that none is surer than its rivals let it be.

use crate::forms::{Level, Role};
use crate::link::{Task, probability};
use crate::pair::levels;
use crate::table::Table;
use crate::weights::{Pair, Weights, doubt, is_a_generation_apart};

/// Bits from which on a record fits another.
const FITS: f32 = 0.0;
/// The most records, the likeliest, that are looked at as rivals about one.
const RIVALS_MAX: usize = 32;

/// Lowers the weights of pairs, in bits, by what their rivals claim.
pub(crate) fn share(table: &Table, task: &Task, weights: &Weights, pairs: &[Pair], bits: &mut [f32]) {
    let mut claims: Vec<(u32, u32)> = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        if bits[at] >= FITS && doubt(table, pair).is_none() {
            claims.extend([(pair.one, at as u32), (pair.other, at as u32)]);
        }
    }
    claims.sort_unstable();
    let mut lowered: Vec<(u32, f32)> = Vec::new();
    for of_row in claims.chunk_by(|one, other| one.0 == other.0).filter(|of_row| of_row.len() > 1) {
        let weight = |claim: &(u32, u32)| bits[claim.1 as usize];
        let mut of_row: Vec<(u32, u32)> = of_row.to_vec();
        of_row.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
        of_row.truncate(RIVALS_MAX);
        for claim in &of_row {
            let (mut odds, mut are_two) = (0.0_f64, 0.0_f64);
            for rival in of_row.iter().filter(|rival| rival.1 != claim.1) {
                let two = chance_of_two(table, task, weights, beside(pairs, *claim), beside(pairs, *rival));
                if two > 0.0 {
                    odds += f64::from(weight(rival) - weight(claim)).exp2();
                    are_two = are_two.max(two);
                }
            }
            if are_two > 0.0 {
                // Where they are two, its share of the claims; where they are one, all of it.
                let kept = 1.0 - are_two * odds / (1.0 + odds);
                lowered.push((claim.1, bits_of(probability(weight(claim)) * kept)));
            }
        }
    }
    lowered.iter().for_each(|(at, lower)| bits[*at as usize] = bits[*at as usize].min(*lower));
}

/// The weight, in bits, that a probability below 1 stands for; never less than what one in a thousand million stands for, so that it
/// is a number where a rival leaves nothing.
fn bits_of(probability: f64) -> f32 {
    (probability / (1.0 - probability)).max(1e-9).log2() as f32
}

/// The other row of a claim's pair.
fn beside(pairs: &[Pair], (row, at): (u32, u32)) -> u32 {
    let pair = &pairs[at as usize];
    if pair.one == row { pair.other } else { pair.one }
}

/// How likely two rows are of two people: certainly by decision; as likely as they do not weigh for one person where names or years of
/// birth let doubt, and in a list that names everyone once; else not at all.
fn chance_of_two(table: &Table, task: &Task, weights: &Weights, one: u32, other: u32) -> f64 {
    if task.decided.is_apart(&[one], &[other]) {
        return 1.0;
    }
    let source = |row: u32| usize::from(table.sources[row as usize]);
    let once = source(one) == source(other) && task.once.get(source(one)).is_some_and(|once| *once);
    let (one, other) = (one.min(other), one.max(other));
    let pair = Pair { one, other, levels: levels(table, one as usize, other as usize) };
    let differs = |role: Role| pair.levels.part(role) == Level::Differs as usize;
    let is_two = || differs(Role::Given) || differs(Role::Surname) || is_a_generation_apart(table, &pair);
    match once || (is_two() || differs(Role::Patronymic)) && doubt(table, &pair).is_some() {
        true => 1.0 - probability(weights.weight(table, &pair)),
        false => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::bits_of;

    #[test]
    fn what_a_rival_leaves_nothing_of_still_weighs_a_number_of_bits() {
        assert!(bits_of(0.0).is_finite() && bits_of(0.0) < -29.0);
        assert!((bits_of(0.5)).abs() < 1e-6);
    }
}
