//! How many pairs of one person no join brought together: two estimates from the pairs that were found.
//!
//! Decides numbers and no pair. The first is a bound: pairs that one join alone met tell of those that none met, as animals that are
//! caught once tell of those that are never caught (Chao 1987). Joins are not chances of equal worth, so it lies far below the truth.
//! The second asks what the records say at all: records are drawn, parts agree as often as they do in pairs that were found, and it is
//! counted how often no join holds. Pairs that were missed are added to what was found until both fit (expectation and maximisation
//! of a cut sample; Dempster, Laird, Rubin 1977). Parts are taken to err apart from one another, so it too is rather low.

use std::collections::BTreeMap;

use crate::block::{Chance, Join, Parts, implies};
use crate::intern::NONE;
use crate::table::Table;

/// Pairs of records that are drawn for each pair of sources.
const DRAWN: usize = 8_192;
/// The most rounds in which what was missed is added.
const ROUNDS: usize = 200;
/// A share that moves less in a round is at rest.
const AT_REST: f64 = 0.000_2;
/// Agreements and differences that are believed of a part before any is seen.
const LEAN: f64 = 1.0;

/// Pairs of one pair of sources by how many joins met them. Pairs count by their probability, so counts have fractions.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Caught {
    /// All that were met.
    pub pairs: f64,
    /// Those that one join met.
    pub once: f64,
    /// Those that two joins met.
    pub twice: f64,
    /// How many joins there are.
    pub joins: usize,
    /// The share of all pairs of one person that some join meets, by what records say, from 0 to 1.
    pub met: f64,
}

impl Caught {
    /// The least number of pairs that no join met: Chao's estimate for occasions of catching, in the form that never divides by
    /// nothing (Chao 1987).
    pub fn missed_at_least(&self) -> f64 {
        let joins = self.joins.max(1) as f64;
        (joins - 1.0) / joins * self.once * (self.once - 1.0).max(0.0) / (2.0 * (self.twice + 1.0))
    }

    /// How many pairs no join met, by what records say; never fewer than the bound.
    pub fn missed(&self) -> f64 {
        (self.pairs * (1.0 / self.met.max(0.01) - 1.0)).max(self.missed_at_least())
    }
}

/// What was found of a pair of sources: agreeing and filled parts as bits, and the probability.
type Seen = Vec<(u64, u64, f64)>;

/// What was caught by pair of sources, the lower first, from pairs with their probabilities.
pub fn caught(
    table: &Table,
    parts: &Parts<'_>,
    joins: &[Join],
    pairs: impl IntoIterator<Item = (u32, u32, f64)>,
) -> BTreeMap<(u8, u8), Caught> {
    let masks: Vec<u64> =
        joins.iter().map(|join| join.parts.iter().fold(0, |mask, part| mask | 1 << part)).collect();
    let mut seen: BTreeMap<(u8, u8), Seen> = BTreeMap::new();
    for (one, other, probability) in pairs {
        let (a, b) = (table.sources[one as usize], table.sources[other as usize]);
        let (agree, filled) = agreement(parts, one as usize, other as usize);
        seen.entry((a.min(b), a.max(b))).or_default().push((agree, filled, probability));
    }
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); table.source_names.len()];
    (0..table.len()).for_each(|row| rows[usize::from(table.sources[row])].push(row as u32));
    let caught = seen.into_iter().map(|((a, b), seen)| {
        let mut found = count(&seen, &masks);
        let drawn = drawn(parts, [&rows[usize::from(a)], &rows[usize::from(b)]]);
        found.met = met(parts, &masks, &seen, &drawn);
        ((a, b), found)
    });
    caught.collect()
}

fn count(seen: &Seen, joins: &[u64]) -> Caught {
    let mut caught = Caught { joins: joins.len(), ..Caught::default() };
    for (agree, _, probability) in seen {
        caught.pairs += probability;
        match joins.iter().filter(|join| agree & **join == **join).count() {
            // By a key that many share a pair is met with one column more: that is one way.
            0 | 1 => caught.once += probability,
            2 => caught.twice += probability,
            _ => {}
        }
    }
    caught
}

/// The joins that hold for two rows, by their places.
pub fn joins_of(parts: &Parts<'_>, joins: &[Join], one: u32, other: u32) -> Vec<usize> {
    let (agree, _) = agreement(parts, one as usize, other as usize);
    (0..joins.len()).filter(|at| joins[*at].parts.iter().all(|part| agree >> part & 1 == 1)).collect()
}

/// Which parts of two rows are equal, and which both have.
fn agreement(parts: &Parts<'_>, one: usize, other: usize) -> (u64, u64) {
    let (mut agree, mut filled) = (0, 0);
    for part in 0..parts.list.len() {
        let (a, b) = (parts.value(one, part), parts.value(other, part));
        if a != NONE && b != NONE {
            filled |= 1 << part;
            agree |= u64::from(a == b) << part;
        }
    }
    (agree, filled)
}

/// Which parts both of two records have that are drawn, one of each source.
fn drawn(parts: &Parts<'_>, rows: [&[u32]; 2]) -> Vec<u64> {
    let mut chance = Chance(0xca7);
    let mut row = |rows: &[u32]| rows[(chance.next() % rows.len().max(1) as u64) as usize] as usize;
    (0..DRAWN).map(|_| agreement(parts, row(rows[0]), row(rows[1])).1).collect()
}

/// Agreements and cells of a part that no other part decides, weighed.
type Counts = Vec<(f64, f64)>;

/// The parts that an agreeing part before each decides.
fn decided_by(parts: &Parts<'_>) -> Vec<u64> {
    let list = &parts.list;
    let before = |at: usize| (0..at).filter(move |one| implies(list[*one], list[at]));
    (0..list.len()).map(|at| before(at).fold(0, |mask, one| mask | 1 << one)).collect()
}

fn add(counts: &mut Counts, by: &[u64], agree: u64, filled: u64, weight: f64) {
    for (at, count) in counts.iter_mut().enumerate() {
        if filled >> at & 1 == 1 && agree & by[at] == 0 {
            count.1 += weight;
            if agree >> at & 1 == 1 {
                count.0 += weight;
            }
        }
    }
}

/// The share of pairs of one person that some join meets.
fn met(parts: &Parts<'_>, joins: &[u64], seen: &Seen, drawn: &[u64]) -> f64 {
    let by = decided_by(parts);
    let mut found: Counts = vec![(0.8 * LEAN, LEAN); parts.list.len()];
    seen.iter().for_each(|(agree, filled, weight)| add(&mut found, &by, *agree, *filled, *weight));
    let all: f64 = seen.iter().map(|(_, _, probability)| probability).sum();
    let mut counts = found.clone();
    let mut share = 1.0;
    for _ in 0..ROUNDS {
        let mut chance = Chance(0xc4a0);
        let draw = |filled: &u64| {
            let agree = (0..parts.list.len()).fold(0_u64, |agree, at| {
                let luck = chance.below(counts[at].0 / counts[at].1);
                let agrees = filled >> at & 1 == 1 && (agree & by[at] != 0 || luck);
                agree | u64::from(agrees) << at
            });
            (agree, *filled)
        };
        let invented: Vec<(u64, u64)> = drawn.iter().map(draw).collect();
        let is_missed = |(agree, _): &&(u64, u64)| !joins.iter().any(|join| agree & join == *join);
        let missed: Vec<&(u64, u64)> = invented.iter().filter(is_missed).collect();
        let met = (drawn.len() - missed.len()).max(1) as f64;
        let before = std::mem::replace(&mut share, met / drawn.len() as f64);
        if (before - share).abs() < AT_REST {
            break;
        }
        counts.clone_from(&found);
        missed.iter().for_each(|(agree, filled)| add(&mut counts, &by, *agree, *filled, all / met));
    }
    share
}
