//! Records that fit two others who are not one person.
//!
//! Decides what a pair weighs where somebody else fits one of its records too: a card without a birthday fits father and son, a card
//! without a given name fits two brothers, and it is of one of them at most. Pairs are weighed each as if alone (Fellegi and Sunter
//! 1969); here the odds of claims that exclude one another are laid side by side, so that none is surer than its rivals let it be. And
//! two cards that fit the same two brothers may be of one each, however much they agree with one another.

use crate::link::{EVEN_BITS, Task, probability};
use crate::pair::levels;
use crate::table::Table;
use crate::weights::{Pair, Weights, doubt};

/// Bits from which on a record fits another.
const FITS: f32 = -2.0;
/// The most records, the likeliest, that are looked at as rivals about one.
const RIVALS_MAX: usize = 32;

/// A record that fits somebody, and somebody else.
struct Torn {
    row: u32,
    /// Whom it fits.
    fits: u32,
    /// How well, in bits, its rivals left aside.
    bits: f32,
    /// How likely it is of whom it fits, were the rivals surely others.
    share: f64,
    /// How likely whom it fits and the rival are two people.
    are_two: f64,
}

/// Lowers the weights of pairs, in bits, by what their rivals claim.
pub(crate) fn share(table: &Table, task: &Task, weights: &Weights, pairs: &[Pair], bits: &mut [f32]) {
    let mut claims: Vec<(u32, u32)> = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        if bits[at] >= FITS && doubt(table, pair).is_none() && !is_ruled_out(table, task, pair) {
            claims.extend([(pair.one, at as u32), (pair.other, at as u32)]);
        }
    }
    claims.sort_unstable();
    let mut lowered: Vec<(u32, f32)> = Vec::new();
    let mut torn: Vec<Torn> = Vec::new();
    for of_row in claims.chunk_by(|one, other| one.0 == other.0).filter(|of_row| of_row.len() > 1) {
        let weight = |claim: &(u32, u32)| bits[claim.1 as usize];
        let mut of_row: Vec<(u32, u32)> = of_row.to_vec();
        of_row.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
        of_row.truncate(RIVALS_MAX);
        // By claim: the odds of its rivals, and of that what is lost, since some of these may be one with whom it fits.
        let (mut odds, mut lost) = ([0.0_f64; RIVALS_MAX], [0.0_f64; RIVALS_MAX]);
        for (at, claim) in of_row.iter().enumerate() {
            for (before, rival) in of_row[..at].iter().enumerate() {
                let two = chance_of_two(table, task, weights, beside(pairs, *claim), beside(pairs, *rival));
                if two > 0.0 {
                    let more = f64::from(weight(rival) - weight(claim)).exp2();
                    odds[at] += more;
                    odds[before] += more.recip();
                    lost[at] += two * more;
                    lost[before] += two * more.recip();
                }
            }
        }
        for (claim, (odds, lost)) in of_row.iter().zip(odds.into_iter().zip(lost)) {
            if lost > 0.0 {
                let alone = probability(weight(claim));
                // Where they are two, its share of the claims; where they are one, all of it.
                lowered.push((claim.1, bits_of(alone * (1.0 - lost / (1.0 + odds)))));
                let (fits, bits, are_two) = (beside(pairs, *claim), weight(claim), lost / odds);
                torn.push(Torn { row: claim.0, fits, bits, share: alone / (1.0 + odds), are_two });
            }
        }
    }
    lowered.extend(part(table.len(), pairs, bits, &mut torn));
    lowered.iter().for_each(|(at, lower)| bits[*at as usize] = bits[*at as usize].min(*lower));
}

/// What pairs of two torn records weigh at most, in bits, by their places: where one may be of the first of two people and the other of
/// the second, all that the two people have in common says nothing; what the records have in common beyond it still tells.
fn part(rows: usize, pairs: &[Pair], bits: &[f32], torn: &mut [Torn]) -> Vec<(u32, f32)> {
    torn.sort_unstable_by_key(|one| (one.row, one.fits));
    let mut is_torn = vec![false; rows];
    torn.iter().for_each(|one| is_torn[one.row as usize] = true);
    let both_torn = |pair: &Pair| is_torn[pair.one as usize] && is_torn[pair.other as usize];
    let mut lowered = Vec::new();
    for (at, pair) in pairs.iter().enumerate().filter(|(at, pair)| bits[*at] >= EVEN_BITS && both_torn(pair))
    {
        let start = torn.partition_point(|one| one.row < pair.one);
        for one in torn[start..].iter().take_while(|one| one.row == pair.one) {
            let found = torn.binary_search_by_key(&(pair.other, one.fits), |other| (other.row, other.fits));
            if let Ok(other) = found.map(|place| &torn[place]) {
                let apart = one.share * (1.0 - other.share) + other.share * (1.0 - one.share);
                let beyond = (bits[at] - one.bits.min(other.bits)).max(0.0);
                lowered.push((at as u32, bits_of(1.0 - one.are_two.min(other.are_two) * apart) + beyond));
            }
        }
    }
    lowered
}

/// The weight, in bits, that a probability below 1 stands for; never less than what one in a thousand million stands for, so that it
/// is a number where a rival leaves nothing.
fn bits_of(probability: f64) -> f32 {
    (probability / (1.0 - probability)).max(1e-9).log2() as f32
}

/// Whether decisions leave a pair no claim: it is two people's, or one of those who are one with either of them by decision is hardly one
/// with the other.
fn is_ruled_out(table: &Table, task: &Task, pair: &Pair) -> bool {
    let doubted = |row: u32, beside: u32| {
        let of_one =
            task.decided.block(row).into_iter().flatten().filter(|one| **one != row).take(RIVALS_MAX);
        let paired = of_one.filter(|one| **one != beside).map(|one| {
            let (one, other) = (beside.min(*one), beside.max(*one));
            Pair { one, other, levels: levels(table, one as usize, other as usize) }
        });
        paired
            .into_iter()
            .any(|pair| doubt(table, &pair).is_some() || task.decided.is_apart(&[pair.one], &[pair.other]))
    };
    task.decided.is_apart(&[pair.one], &[pair.other])
        || doubted(pair.one, pair.other)
        || doubted(pair.other, pair.one)
}

/// The other row of a claim's pair.
fn beside(pairs: &[Pair], (row, at): (u32, u32)) -> u32 {
    let pair = &pairs[at as usize];
    if pair.one == row { pair.other } else { pair.one }
}

/// How likely two rows are of two people: certainly, or not at all, by decision; as likely as they do not weigh for one person where something lets doubt
/// that they are, and in a list that names everyone once; else not at all.
fn chance_of_two(table: &Table, task: &Task, weights: &Weights, one: u32, other: u32) -> f64 {
    if task.decided.is_apart(&[one], &[other]) {
        return 1.0;
    }
    if task.decided.block(one).is_some_and(|block| block.binary_search(&other).is_ok()) {
        return 0.0;
    }
    let source = |row: u32| usize::from(table.sources[row as usize]);
    let once = source(one) == source(other) && task.once.get(source(one)).is_some_and(|once| *once);
    let (one, other) = (one.min(other), one.max(other));
    let pair = Pair { one, other, levels: levels(table, one as usize, other as usize) };
    match once || doubt(table, &pair).is_some() {
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
