//! The whole job: from a table to pairs with their weights.

use crate::block::{Met, Parts, joins, meet};
use crate::pair::levels;
use crate::table::Table;
use crate::weights::{Pair, Weights};

/// Bits below even at which a pair is still kept for learning.
const KEPT: f64 = -9.0;

/// Pairs that were kept, with the weights learned from them.
pub struct Linked {
    /// Every pair worth a look, each once.
    pub pairs: Vec<Pair>,
    /// The weight of each, in bits.
    pub bits: Vec<f32>,
    /// The weights.
    pub weights: Weights,
    /// What was met on the way.
    pub met: Met,
}

/// Finds pairs of records of one person.
pub fn link(table: &Table) -> Linked {
    let mut weights = Weights::believed(table);
    let parts = Parts::of(table);
    let joins = joins(table, &parts);
    let mut found: Vec<u64> = Vec::new();
    let met = meet(table, &parts, &joins, |one, other| {
        if weights.at_most(table, one as usize, other as usize) >= KEPT {
            found.push(u64::from(one.min(other)) << 32 | u64::from(one.max(other)));
        }
    });
    found.sort_unstable();
    found.dedup();
    let mut pairs: Vec<Pair> = Vec::new();
    for pair in found {
        let (one, other) = ((pair >> 32) as u32, pair as u32);
        let pair = Pair { one, other, levels: levels(table, one as usize, other as usize) };
        if weights.weight(table, &pair) >= KEPT {
            pairs.push(pair);
        }
    }
    weights.learn(table, &pairs);
    let bits = pairs.iter().map(|pair| weights.weight(table, pair) as f32).collect();
    Linked { pairs, bits, weights, met }
}
