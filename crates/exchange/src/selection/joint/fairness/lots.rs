//! Whether lots are what a lottery needs: uniform, and new with every seed.

use super::super::tests::SEED;
use super::tests::seed;
use crate::ids::Item;
use crate::selection::lot;

/// Chi-square of ten bits over 1,024 bins: the squares summed over the mean, less the number; in whole units, rounded down.
fn chi_square(numbers: &[u64], shift: u32) -> u128 {
    let mut bins = vec![0_u128; 1_024];
    numbers.iter().for_each(|number| bins[(number >> shift & 1_023) as usize] += 1);
    let squares: u128 = bins.iter().map(|bin| bin * bin).sum();
    squares * 1_024 / numbers.len() as u128 - numbers.len() as u128
}

/// Inside both 0.001 tails of chi-square with 1,023 degrees of freedom (Wilson, Hilferty 1931: 888.9 and 1,168.5).
fn uniform(numbers: &[u64]) -> bool {
    [0, 10, 20, 30].iter().all(|&shift| (889..=1_168).contains(&chi_square(numbers, shift)))
}

fn lots(count: u64, seed: &[u8; 32]) -> Vec<u64> {
    let item = |number: u64| {
        let mut item = [0; 32];
        item[..8].copy_from_slice(&number.to_be_bytes());
        Item(item)
    };
    (0..count).map(|number| lot(seed, "0123456789abcdef0123456789abcdef", &item(number)).first).collect()
}

/// The statistics are 1,007, 1,153, 1,002 and 1,034, from the last ten bits to the first.
#[test]
fn a_million_lots_are_uniform_in_all_forty_bits() {
    let lots = lots(1_000_000, &SEED);
    let statistics = [0, 10, 20, 30].map(|shift| chi_square(&lots, shift));
    assert!(uniform(&lots), "{statistics:?}");
    assert!(lots.iter().all(|lot| lot >> 40 == 0));
    // What is not uniform is found: a last bit that is set in one lot of twenty whatever is drawn, and numbers dealt too evenly.
    let leaning: Vec<u64> =
        lots.iter().enumerate().map(|(at, lot)| if at % 20 == 0 { lot | 1 } else { *lot }).collect();
    assert!(!uniform(&leaning));
    let dealt: Vec<u64> = (0..1_000_000_u64).map(|at| at * 1_099_511).collect();
    assert!(!uniform(&dealt));
}

/// Whether the rank correlation of two orders (Spearman 1904) lies in the middle 99.9 in 100 of unrelated ones: its square
/// times n - 1 is below 10.83.
fn unrelated(one: &[u64], other: &[u64]) -> bool {
    let ranks = |numbers: &[u64]| {
        let mut order: Vec<usize> = (0..numbers.len()).collect();
        order.sort_unstable_by_key(|&at| numbers[at]);
        let mut ranks = vec![0_i128; numbers.len()];
        order.iter().enumerate().for_each(|(rank, &at)| ranks[at] = rank as i128);
        ranks
    };
    let apart: i128 = ranks(one).iter().zip(ranks(other)).map(|(a, b)| (a - b) * (a - b)).sum();
    let n = one.len() as i128;
    let whole = n * (n * n - 1);
    let correlation = whole - 6 * apart;
    correlation * correlation / whole * (n - 1) * 100 < 1_083 * whole
}

/// The rank correlation is 0.000028.
#[test]
fn two_seeds_give_unrelated_orders() {
    let (one, other) = (lots(100_000, &SEED), lots(100_000, &seed(1)));
    assert!(unrelated(&one, &other));
    assert!(!unrelated(&one, &one));
    // A fiftieth of the people who keep their lot would show.
    let kept: Vec<u64> =
        one.iter().zip(&other).enumerate().map(|(at, (a, b))| if at % 50 == 0 { *a } else { *b }).collect();
    assert!(!unrelated(&one, &kept));
}
