//! The whole job: from a table to pairs with the probability that they are of one person, and to people.

use crate::block::{Join, Parts, joins};
use crate::cluster::{Clusters, clusters};
use crate::decided::Decided;
use crate::meet::{Meeting, Met};
use crate::packed::Both;
use crate::pair::levels;
use crate::rival;
use crate::rows::Rows;
use crate::table::Table;
use crate::weights::{Pair, Weights, doubt};

/// Bits, by what is known when pairs are sought, from which on one is kept: learning may raise it into the answer.
const KEPT: f32 = -8.0;
/// The same where records are few: what is believed of lists in general then errs by more, and pairs cost little.
const KEPT_OF_FEW: f32 = -16.0;
/// Records below which they are few.
const FEW: usize = 20_000;
/// Bits less that a pair must be able to weigh to be compared letter by letter, since that is an estimate.
const ESTIMATED: f32 = 1.0;
/// Bits from which on a kept pair teaches: of those below hardly one is of one person.
const TEACHES: f32 = -7.0;
/// The largest group within which every pair is given a probability.
const GROUP_MAX: usize = 200;

/// Bits from which on a pair may be linked without a person's eye: 0.99.
pub const LINK_BITS: f32 = 6.63;

/// Bits from which on two records are rather of one person than of two.
pub(crate) const EVEN_BITS: f32 = 0.0;

/// What is asked of a job.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// By pair of sources, `one * sources + other`: whether records of both can be one person. Empty where all can.
    pub may_match: Vec<bool>,
    /// By source: whether it names everyone once, so that two of its records are two people. Empty where none does.
    pub once: Vec<bool>,
    /// What people decided of pairs of rows, whatever these weigh.
    pub decided: Decided,
    /// In how many threads pairs are sought; 0 is 1. The answer is the same in any number.
    pub threads: usize,
}

impl Task {
    /// Whether records of two sources can be of one person.
    pub fn may(&self, sources: usize, one: u8, other: u8) -> bool {
        let (one, other) = (usize::from(one), usize::from(other));
        let apart = one == other && self.once.get(one).copied().unwrap_or(false);
        !apart && self.may_match.get(one * sources + other).copied().unwrap_or(true)
    }
}

/// Pairs that were kept, with the weights learned from them.
pub struct Linked {
    /// Every pair worth a look, each once, by rows.
    pub pairs: Vec<Pair>,
    /// The weight of each beside its rivals, in bits.
    pub bits: Vec<f32>,
    /// The weights.
    pub weights: Weights,
    /// The joins by which records were brought together.
    pub joins: Vec<Join>,
    /// What was met on the way.
    pub met: Met,
    /// In how many rounds the weights came to rest.
    pub rounds: usize,
}

/// Two records and how likely they are of one person.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Likely {
    /// The lower row.
    pub one: u32,
    /// The higher row.
    pub other: u32,
    /// From 0 to 1.
    pub probability: f64,
}

/// Finds pairs of records of one person in a settled table.
pub fn link(table: &Table, task: &Task) -> Linked {
    let mut weights = Weights::believed(table);
    let parts = Parts::of(table);
    let joins = joins(table, &parts);
    let (pairs, met) = pairs(table, task, &weights, (&parts, &joins), Rows::All);
    let rounds = weights.learn(table, &pairs, TEACHES);
    let mut bits: Vec<f32> = pairs.iter().map(|pair| weights.weight(table, pair)).collect();
    rival::share(table, task, &weights, &pairs, &mut bits);
    Linked { pairs, bits, weights, joins, met, rounds }
}

/// The pairs of the rows sought that are worth a look, by rows, each once, and what was met on the way.
pub(crate) fn pairs(
    table: &Table,
    task: &Task,
    weights: &Weights,
    (parts, joins): (&Parts<'_>, &[Join]),
    rows: Rows<'_>,
) -> (Vec<Pair>, Met) {
    let sources = table.source_names.len();
    let packed = &table.packed;
    let bound = weights.bound(table);
    let kept = if table.len() < FEW { KEPT_OF_FEW } else { KEPT };
    let may = |a: &[u32], b: &[u32], both: Both| {
        bound.may_weigh(kept - ESTIMATED, a, b, both) && task.may(sources, packed.source(a), packed.source(b))
    };
    let look = |one: u32, other: u32| {
        let pair = Pair { one, other, levels: levels(table, one as usize, other as usize) };
        (weights.weight(table, &pair) >= kept).then_some(pair)
    };
    let (met, pairs) = Meeting::new(table, parts, joins).pairs(rows, task.threads.max(1), may, look);
    (pairs, met)
}

/// The probability that a weight stands for.
pub fn probability(bits: f32) -> f64 {
    1.0 / (1.0 + (-f64::from(bits)).exp2())
}

impl Linked {
    /// Puts records together from pairs of `least` bits and more.
    pub fn people(&self, table: &Table, task: &Task, least: f32) -> Clusters {
        clusters(table, self, task, &[least]).remove(0)
    }

    /// Every pair with a probability of `least` and more, by rows. Two records that a third speaks for are as likely of one person as
    /// the third is of both, where nothing else made them likelier.
    pub fn likely(&self, table: &Table, task: &Task, least: f64) -> Vec<Likely> {
        self.likely_within(table, task, least, &self.people(table, task, EVEN_BITS))
    }

    /// Both at once: the likely pairs, and the records put together from pairs that may be linked without a person's eye.
    pub fn likely_and_people(&self, table: &Table, task: &Task, least: f64) -> (Vec<Likely>, Clusters) {
        let mut grown = clusters(table, self, task, &[LINK_BITS, EVEN_BITS]);
        let likely = self.likely_within(table, task, least, &grown[1]);
        (likely, grown.remove(0))
    }

    /// The likely pairs; only those of one group are likely by way of a third.
    fn likely_within(&self, table: &Table, task: &Task, least: f64, groups: &Clusters) -> Vec<Likely> {
        let mut likely: Vec<Likely> = Vec::new();
        for (pair, bits) in self.pairs.iter().zip(&self.bits) {
            let probability = probability(*bits);
            if probability >= least {
                likely.push(Likely { one: pair.one, other: pair.other, probability });
            }
        }
        let sources = table.source_names.len();
        let may = |one: u32, other: u32| {
            task.may(sources, table.sources[one as usize], table.sources[other as usize])
        };
        let starts = starts(table.len(), &self.pairs);
        let mut direct = Vec::new();
        for group in groups.groups() {
            let group = &group[..group.len().min(GROUP_MAX)];
            self.between(group, &starts, &mut direct);
            let size = group.len();
            for at in 0..size {
                for beside in (at + 1..size).filter(|beside| may(group[at], group[*beside])) {
                    // Of a record with itself nothing is known, so that it is no third.
                    let through = direct[at * size..][..size].iter().zip(&direct[beside * size..][..size]);
                    let probability = through.map(|(one, other)| one * other).fold(0.0_f64, f64::max);
                    let (one, other) = (group[at] as usize, group[beside] as usize);
                    let is_doubted = || {
                        let levels = levels(table, one, other);
                        doubt(table, &Pair { one: group[at], other: group[beside], levels }).is_some()
                    };
                    if probability >= least && probability > direct[at * size + beside] && !is_doubted() {
                        likely.push(Likely { one: group[at], other: group[beside], probability });
                    }
                }
            }
        }
        // Of a pair said twice the likelier stays.
        likely.sort_by(|a, b| {
            (a.one, a.other).cmp(&(b.one, b.other)).then(b.probability.total_cmp(&a.probability))
        });
        likely.dedup_by_key(|pair| (pair.one, pair.other));
        likely
    }
    /// The probability of each two rows of an ascending group, by their places; 0 where nothing was found.
    fn between(&self, group: &[u32], starts: &[u32], direct: &mut Vec<f64>) {
        let size = group.len();
        direct.clear();
        direct.resize(size * size, 0.0);
        for (at, row) in group.iter().enumerate() {
            let (start, end) = (starts[*row as usize] as usize, starts[*row as usize + 1] as usize);
            for (pair, bits) in self.pairs[start..end].iter().zip(&self.bits[start..end]) {
                if let Ok(other) = group.binary_search(&pair.other) {
                    let found = probability(*bits);
                    direct[at * size + other] = found;
                    direct[other * size + at] = found;
                }
            }
        }
    }
}

/// Where the pairs of each lower row begin among pairs sorted by rows, and where the last ones end.
pub(crate) fn starts(rows: usize, pairs: &[Pair]) -> Vec<u32> {
    let mut starts = vec![0_u32; rows + 1];
    pairs.iter().for_each(|pair| starts[pair.one as usize + 1] += 1);
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}
