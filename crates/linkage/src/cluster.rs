//! Records of one person put together, from the weights of pairs.
//!
//! Decides which records are one person's: the heaviest pair first, two groups become one when the pairs between them, those that
//! speak against it among them, weigh more for it than against. So one bad pair does not make two people one, and a chain of
//! half likely pairs does not grow. Two entries of a list that names each person once are never one person.

use crate::pair::levels;
use crate::table::Table;
use crate::weights::{Pair, Weights};

/// The most that one pair counts for or against, in bits: no pair outweighs several others.
const SAYS_AT_MOST: f64 = 12.0;
/// Pairs between two groups that are weighed; of more, the first by what the records say.
const BETWEEN_MAX: usize = 64;

/// Which records are one person's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clusters {
    /// The first row of its group, by row.
    pub of: Vec<u32>,
}

impl Clusters {
    /// The groups of two and more, each ascending, in the order of their first rows.
    pub fn groups(&self) -> Vec<Vec<u32>> {
        let mut rows: Vec<(u32, u32)> = self.of.iter().zip(0..).map(|(first, row)| (*first, row)).collect();
        rows.sort_unstable();
        let groups = rows.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
        groups.map(|group| group.iter().map(|(_, row)| *row).collect()).collect()
    }
}

struct Growing<'a> {
    table: &'a Table,
    weights: &'a Weights,
    pairs: &'a [Pair],
    bits: &'a [f32],
    of: Vec<u32>,
    /// Members of groups of two and more, by their first row.
    members: std::collections::BTreeMap<u32, Vec<u32>>,
}

/// Puts records together. `pairs` are sorted by row, `bits` is the weight of each, and only pairs of `least` bits and more begin
/// anything. `once` says of each source whether it names everyone once.
pub fn cluster(
    table: &Table,
    weights: &Weights,
    pairs: &[Pair],
    bits: &[f32],
    least: f32,
    once: &[bool],
) -> Clusters {
    let mut order: Vec<u32> = (0..pairs.len() as u32).filter(|at| bits[*at as usize] >= least).collect();
    order.sort_unstable_by(|a, b| bits[*b as usize].total_cmp(&bits[*a as usize]).then(a.cmp(b)));
    let mut growing = Growing {
        table,
        weights,
        pairs,
        bits,
        of: (0..table.len() as u32).collect(),
        members: std::collections::BTreeMap::new(),
    };
    for at in order {
        let Pair { one, other, .. } = pairs[at as usize];
        growing.join(one, other, once);
    }
    Clusters { of: growing.of }
}

impl Growing<'_> {
    fn group(&self, row: u32) -> Vec<u32> {
        let first = self.of[row as usize];
        self.members.get(&first).cloned().unwrap_or_else(|| vec![first])
    }

    fn join(&mut self, one: u32, other: u32, once: &[bool]) {
        if self.of[one as usize] == self.of[other as usize] {
            return;
        }
        let (a, b) = (self.group(one), self.group(other));
        let single = a.len() == 1 && b.len() == 1;
        if self.named_twice(&a, &b, once) || (!single && self.between(&a, &b) <= 0.0) {
            return;
        }
        let first = a[0].min(b[0]);
        let mut both: Vec<u32> = a.iter().chain(&b).copied().collect();
        both.sort_unstable();
        both.iter().for_each(|row| self.of[*row as usize] = first);
        self.members.remove(&a[0].max(b[0]));
        self.members.insert(first, both);
    }

    fn named_twice(&self, a: &[u32], b: &[u32], once: &[bool]) -> bool {
        let source = |row: &u32| self.table.sources[*row as usize];
        let is_once = |source: u8| once.get(usize::from(source)).is_some_and(|once| *once);
        a.iter().any(|one| is_once(source(one)) && b.iter().any(|other| source(other) == source(one)))
    }

    /// What the pairs between two groups weigh together.
    fn between(&self, a: &[u32], b: &[u32]) -> f64 {
        let pairs = a.iter().flat_map(|one| b.iter().map(move |other| (*one.min(other), *one.max(other))));
        pairs.take(BETWEEN_MAX).map(|pair| self.bits_of(pair).clamp(-SAYS_AT_MOST, SAYS_AT_MOST)).sum()
    }

    fn bits_of(&self, (one, other): (u32, u32)) -> f64 {
        let found = self.pairs.binary_search_by_key(&(one, other), |pair| (pair.one, pair.other));
        found.map_or_else(
            |_| {
                let levels = levels(self.table, one as usize, other as usize);
                f64::from(self.weights.weight(self.table, &Pair { one, other, levels }))
            },
            |at| f64::from(self.bits[at]),
        )
    }
}
