//! Which records are looked at together: those that share a compound key, rare enough that few strangers share it.
//!
//! Decides which joins of columns are keys, from the table itself: a join is taken when a record meets few others by it on the
//! average, and when it finds pairs that the joins before it miss. As a table grows, joins grow with it, so that a record
//! meets about as many others in ten million as in a hundred thousand. A key that too many records share all the same is
//! joined with one column more, and given up where that does not help.

use crate::birth::Born;
use crate::forms::Role;
use crate::intern::{NONE, hash, joined};
use crate::rows::Rows;
use crate::table::{Kind, Table};

/// Records that one key may bring together.
const BLOCK_MAX: usize = 120;
/// Others whom a record may meet by one join, on the average.
const MEETS_MAX: f64 = 6.0;
/// The most joins.
const JOINS_MAX: usize = 48;
/// Rows on which joins are tried out.
const SAMPLE: usize = 1 << 16;
/// What a join must find, in invented pairs, for each row that is sorted or compared.
const WORTH_MIN: f64 = 0.15;
/// Invented pairs on which it is tried what a join finds.
const TRIALS: usize = 8_192;

/// What of a record can be a part of a key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// The key of a part of the name.
    Name(Role),
    /// The first consonants of the surname.
    Bones,
    /// The whole date of birth.
    Day,
    /// The year of birth.
    Year,
    /// Day and month of birth.
    DayOfYear,
    /// Another column, by its place after the name.
    Column(usize),
}

/// Parts that make a key together.
#[derive(Clone, PartialEq, Debug)]
pub struct Join {
    /// The parts, as places among [`Parts::list`].
    pub parts: Vec<usize>,
    /// Others whom a record meets by it on the average.
    pub meets: f64,
}

/// The parts of every row, read off its keys.
pub struct Parts<'a> {
    /// Which parts there are.
    pub list: Vec<Part>,
    table: &'a Table,
    /// By key of a surname.
    bones: Vec<u32>,
    /// Where the date of birth stands among a row's keys.
    birth: usize,
}

impl<'a> Parts<'a> {
    /// The parts that a table has.
    pub fn of(table: &'a Table) -> Self {
        let mut list = Vec::new();
        for role in crate::forms::ROLES {
            if table.name_filled[role as usize] > 0 {
                list.push(Part::Name(role));
            }
        }
        if table.name_filled[0] > 0 {
            list.push(Part::Bones);
        }
        for (at, column) in table.columns.iter().enumerate() {
            match column.kind {
                Kind::Birth => list.extend([Part::Day, Part::Year, Part::DayOfYear]),
                Kind::Category => {}
                _ if column.filled == 0 => {}
                _ => list.push(Part::Column(at)),
            }
        }
        let bones: Vec<u32> = (0..table.names.keys_len())
            .map(|key| bones(table.names.key_text(u32::try_from(key).unwrap_or(NONE))))
            .collect();
        let birth = table.columns.iter().position(|column| column.kind == Kind::Birth).unwrap_or(0);
        Self { list, table, bones, birth: 3 + birth }
    }

    /// What a row has for a part; [`NONE`] where it has nothing.
    pub(crate) fn value(&self, row: usize, part: usize) -> u32 {
        let keys = self.table.keys(row);
        match self.list[part] {
            Part::Name(role) => keys[role as usize],
            Part::Bones => self.bones[keys[0] as usize],
            Part::Day => {
                Some(Born::of_bits(keys[self.birth])).filter(|born| born.is_whole()).map_or(NONE, Born::bits)
            }
            Part::DayOfYear => Some(Born::of_bits(keys[self.birth]))
                .filter(|born| born.is_whole())
                .map_or(NONE, |born| born.bits() & 511),
            Part::Year => Born::of_bits(keys[self.birth]).year(),
            Part::Column(at) => keys[3 + at],
        }
    }

    /// The key of a row by a join; nothing where a part is missing.
    fn key(&self, row: usize, join: &[usize]) -> Option<u64> {
        join.iter().try_fold(0x9e37, |sum, part| match self.value(row, *part) {
            NONE => None,
            value => Some(joined(sum, u64::from(value))),
        })
    }

    /// Whether two rows have the same key by a join.
    fn meet(&self, one: usize, other: usize, join: &[usize]) -> bool {
        join.iter().all(|part| match self.value(one, *part) {
            NONE => false,
            value => value == self.value(other, *part),
        })
    }
}

/// The first four consonants of a skeleton, as a number; none for fewer than two.
fn bones(skeleton: &str) -> u32 {
    let first: Vec<u8> = skeleton.bytes().filter(|c| !b"aeiou".contains(c)).take(4).collect();
    if first.len() < 2 { NONE } else { (hash(&first) as u32).max(1) }
}

/// Whether a part says what another says as well.
pub(crate) fn implies(part: Part, other: Part) -> bool {
    part == other
        || matches!(
            (part, other),
            (Part::Day, Part::Year | Part::DayOfYear) | (Part::Name(Role::Surname), Part::Bones)
        )
}

/// How often a part of two records of one person is equal where both have it, before anything is known of the table.
fn holds(part: Part) -> f64 {
    match part {
        Part::Name(Role::Surname) => 0.8,
        Part::Name(_) => 0.85,
        Part::Bones => 0.88,
        Part::Day => 0.8,
        Part::Year | Part::DayOfYear => 0.88,
        Part::Column(_) => 0.85,
    }
}

/// The joins by which the records of a table are brought together.
pub fn joins(table: &Table, parts: &Parts<'_>) -> Vec<Join> {
    let rows = table.len().min(SAMPLE);
    let scale = table.len() as f64 / rows.max(1) as f64;
    let mut rare: Vec<Join> = Vec::new();
    let mut common: Vec<Vec<usize>> = (0..parts.list.len()).map(|part| vec![part]).collect();
    for size in 1..=4 {
        let mut next = Vec::new();
        for join in std::mem::take(&mut common) {
            let meets = meets(parts, &join, rows) * scale;
            if meets <= MEETS_MAX {
                if meets > 0.0 || size < 4 {
                    rare.push(Join { parts: join, meets });
                }
                continue;
            }
            let last = join.last().copied().unwrap_or(0);
            for more in last + 1..parts.list.len() {
                let told = join.iter().any(|one| {
                    implies(parts.list[*one], parts.list[more]) || implies(parts.list[more], parts.list[*one])
                });
                if !told {
                    next.push(join.iter().copied().chain([more]).collect());
                }
            }
        }
        common = next;
    }
    worth_while(table, parts, rare)
}

/// How many others of the first `rows` a record meets by a join, on the average.
fn meets(parts: &Parts<'_>, join: &[usize], rows: usize) -> f64 {
    let mut keys: Vec<u64> = (0..rows).filter_map(|row| parts.key(row, join)).collect();
    keys.sort_unstable();
    let pairs: f64 =
        keys.chunk_by(|a, b| a == b).map(|block| (block.len() * (block.len() - 1) / 2) as f64).sum();
    pairs / rows.max(1) as f64
}

/// The joins that find pairs which those before them miss, best first: tried on invented pairs of records of one person.
fn worth_while(table: &Table, parts: &Parts<'_>, mut rare: Vec<Join>) -> Vec<Join> {
    let rows = table.len().max(1);
    let filled: Vec<f64> = (0..parts.list.len())
        .map(|part| {
            let sample = rows.min(SAMPLE);
            let there =
                (0..sample).filter(|row| table.len() > *row && parts.value(*row, part) != NONE).count();
            there as f64 / sample as f64
        })
        .collect();
    let mut chance = Chance(0x5eed);
    let mut trials: Vec<(u32, u32)> = (0..TRIALS)
        .map(|at| {
            // Reports of a witness agree in less than those of an office.
            let care = [1.0, 0.8, 0.6, 0.4][at % 4];
            let mut agree = 0_u32;
            for (at, part) in parts.list.iter().enumerate() {
                let implied = parts.list[..at]
                    .iter()
                    .enumerate()
                    .any(|(earlier, other)| agree >> earlier & 1 == 1 && implies(*other, *part));
                let both = filled[at] * filled[at].sqrt();
                if implied || chance.below(both * holds(*part) * care) {
                    agree |= 1 << at;
                }
            }
            (agree, 0)
        })
        .collect();
    let mask = |join: &Join| join.parts.iter().fold(0_u32, |mask, part| mask | 1 << part);
    let mut chosen: Vec<Join> = Vec::new();
    while chosen.len() < JOINS_MAX {
        rare.retain(|join| chosen.iter().all(|taken| mask(join) & mask(taken) != mask(taken)));
        let found = |join: &Join| -> f64 {
            let met = trials.iter().filter(|(agree, _)| agree & mask(join) == mask(join));
            met.map(|(_, times)| [1.0, 0.1, 0.01][(*times).min(2) as usize]).sum()
        };
        let worth: Vec<f64> = rare.iter().map(|join| found(join) / (0.5 + join.meets)).collect();
        let Some(best) = (0..rare.len()).max_by(|a, b| worth[*a].total_cmp(&worth[*b])) else { break };
        if worth[best] < WORTH_MIN {
            break;
        }
        let join = rare.swap_remove(best);
        let taken = mask(&join);
        trials.iter_mut().filter(|(agree, _)| agree & taken == taken).for_each(|(_, times)| *times += 1);
        chosen.push(join);
    }
    chosen
}

/// A row of numbers that look like chance and are the same in every run.
pub(crate) struct Chance(pub u64);

impl Chance {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(1);
        // Mixed twice: of numbers in a row mixed once, two below a half come in 40 cases of 100 and not in 25.
        joined(joined(0xc0ffee, self.0), self.0)
    }

    /// True with a probability.
    pub(crate) fn below(&mut self, probability: f64) -> bool {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64 <= probability
    }
}

/// What the joins found.
#[derive(Clone, Debug, Default)]
pub struct Met {
    /// Pairs met, those met twice counted twice.
    pub pairs: u64,
    /// Keys that too many records shared, and that were given up.
    pub given_up: u64,
}

/// Brings records together by every join, and shows `look` each pair of the rows sought that `may` be worth it; a pair that several
/// joins bring together is shown by the first of them, but for those of keys that many records share.
pub fn meet(
    parts: &Parts<'_>,
    joins: &[Join],
    rows: Rows<'_>,
    may: impl Fn(u32, u32) -> bool,
    mut look: impl FnMut(u32, u32),
) -> Met {
    let mut met = Met::default();
    let mut shared_by_many: Vec<Vec<u64>> = Vec::new();
    for (at, join) in joins.iter().enumerate() {
        let keyed = rows.keyed(parts.table.len(), |row| parts.key(row, &join.parts));
        let earlier = |one: u32, other: u32| {
            let (one, other) = (one as usize, other as usize);
            joins[..at].iter().zip(&shared_by_many).any(|(join, many)| {
                parts.meet(one, other, &join.parts)
                    && (many.is_empty()
                        || parts.key(one, &join.parts).is_some_and(|key| many.binary_search(&key).is_err()))
            })
        };
        let mut show = |one: u32, other: u32| {
            if may(one, other) && !earlier(one, other) {
                look(one, other);
            }
        };
        let mut many = Vec::new();
        for block in keyed.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1 && rows.wants(block)) {
            if block.len() <= BLOCK_MAX {
                met.pairs += rows.pairs(block, &mut show);
            } else {
                many.push(block[0].0);
                split(parts, join, rows, block, &mut met, &mut show);
            }
        }
        shared_by_many.push(many);
    }
    met
}

/// A key that too many records share, joined with each other part in turn.
fn split(
    parts: &Parts<'_>,
    join: &Join,
    rows: Rows<'_>,
    block: &[(u64, u32)],
    met: &mut Met,
    look: &mut impl FnMut(u32, u32),
) {
    for more in (0..parts.list.len()).filter(|more| !join.parts.contains(more)) {
        let mut keyed: Vec<(u64, u32)> = block
            .iter()
            .filter_map(|(key, row)| match parts.value(*row as usize, more) {
                NONE => None,
                value => Some((joined(*key, u64::from(value)), *row)),
            })
            .collect();
        keyed.sort_unstable();
        for block in keyed.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1 && rows.wants(block)) {
            if block.len() <= BLOCK_MAX {
                met.pairs += rows.pairs(block, &mut *look);
            } else {
                met.given_up += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_look_like_chance_do_not_hang_together() {
        const N: usize = 100_000;
        let mut chance = Chance(0x5eed);
        let drawn: Vec<bool> = (0..N).map(|_| chance.below(0.5)).collect();
        for apart in 1..20 {
            let both = (0..N - apart).filter(|at| drawn[*at] && drawn[at + apart]).count();
            let share = both as f64 / (N - apart) as f64;
            assert!((share - 0.25).abs() < 0.01, "{apart} apart: {share}");
        }
    }
}
