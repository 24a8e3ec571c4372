//! Which records are looked at together: those that share a compound key, rare enough that few strangers share it.
//!
//! Decides which joins of columns are keys, from the table itself: a join is taken when a record meets few others by it on the
//! average, and when it finds pairs that the joins before it miss. As a table grows, joins grow with it, so that a record
//! meets about as many others in ten million as in a hundred thousand. A key that too many records share all the same is
//! joined with one column more, and given up where that does not help.

use crate::forms::Role;
use crate::intern::{NONE, hash, joined};
use crate::meet::{blocks, sort};
use crate::table::{Kind, Table};

/// Others whom a record may meet by one join, on the average.
const MEETS_MAX: f64 = 5.0;
/// The most joins.
const JOINS_MAX: usize = 80;
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
    /// The last consonants of the surname: for a slip near its beginning.
    LastBones,
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

/// The parts that the rows of a table have.
pub struct Parts<'a> {
    /// Which parts there are.
    pub list: Vec<Part>,
    /// The bit of each in what two packed rows share.
    bits: Vec<usize>,
    table: &'a Table,
}

impl<'a> Parts<'a> {
    /// The parts that a table has.
    pub fn of(table: &'a Table) -> Self {
        let packed = &table.packed;
        let mut list: Vec<(Part, usize)> = Vec::new();
        for role in crate::forms::ROLES {
            if table.name_filled[role as usize] > 0 {
                list.push((Part::Name(role), role as usize));
            }
        }
        if table.name_filled[0] > 0 {
            list.extend([(Part::Bones, packed.bones()), (Part::LastBones, packed.last_bones())]);
        }
        for (at, column) in table.columns.iter().enumerate() {
            match column.kind {
                Kind::Birth if packed.birth() == Some(3 + at) => list.extend([
                    (Part::Day, 3 + at),
                    (Part::Year, packed.year()),
                    (Part::DayOfYear, packed.day_of_year()),
                ]),
                Kind::Category | Kind::Birth => {}
                _ if column.filled == 0 => {}
                _ => list.push((Part::Column(at), 3 + at)),
            }
        }
        let (list, bits) = list.into_iter().unzip();
        Self { list, bits, table }
    }

    /// What a row has for a part; [`NONE`] where it has nothing.
    pub(crate) fn value(&self, row: usize, part: usize) -> u32 {
        let packed = &self.table.packed;
        packed.value(packed.row(row), self.bits[part])
    }

    /// The key of each row that has all parts of a join, in the upper half of a number, with the row in the lower one.
    pub(crate) fn keyed(&self, rows: usize, join: &[usize], keyed: &mut Vec<u64>) {
        keyed.clear();
        let packed = &self.table.packed;
        keyed.extend((0..rows).filter_map(|row| Some(self.key(packed.row(row), join)? | row as u64)));
    }

    /// The key of a packed row by a join, in the upper half; nothing where a part is missing.
    pub(crate) fn key(&self, row: &[u32], join: &[usize]) -> Option<u64> {
        let mut sum = 0x9e37;
        for part in join {
            match self.table.packed.value(row, self.bits[*part]) {
                NONE => return None,
                value => sum = joined(sum, u64::from(value)),
            }
        }
        Some(sum & !0xffff_ffff)
    }

    /// The parts of a join as a set of bits.
    pub(crate) fn mask(&self, join: &[usize]) -> u32 {
        join.iter().fold(0, |mask, part| mask | 1 << self.bits[*part])
    }

    /// Every part that is not one of these, as its bit.
    pub(crate) fn beside(&self, join: &[usize]) -> impl Iterator<Item = usize> {
        (0..self.list.len()).filter(|part| !join.contains(part)).map(|part| self.bits[part])
    }
}

/// The first four consonants of a skeleton, and the last four, as numbers; none for fewer than two.
pub(crate) fn bones(skeleton: &str) -> [u32; 2] {
    let consonants = || skeleton.bytes().filter(|c| !b"aeiou".contains(c));
    let number = |four: Vec<u8>| if four.len() < 2 { NONE } else { (hash(&four) as u32).max(1) };
    [number(consonants().take(4).collect()), number(consonants().rev().take(4).collect())]
}

/// Whether a part says what another says as well.
pub(crate) fn implies(part: Part, other: Part) -> bool {
    part == other
        || matches!(
            (part, other),
            (Part::Day, Part::Year | Part::DayOfYear)
                | (Part::Name(Role::Surname), Part::Bones | Part::LastBones)
        )
}

/// How often a part of two records of one person is equal where both have it, before anything is known of the table.
fn holds(part: Part) -> f64 {
    match part {
        Part::Name(Role::Surname) => 0.8,
        Part::Name(_) => 0.85,
        Part::Bones | Part::LastBones => 0.88,
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
    let mut keys = Vec::new();
    parts.keyed(rows, join, &mut keys);
    sort(&mut keys, &mut Vec::new());
    let pairs: f64 = blocks(&keys).map(|block| (block.len() * (block.len() - 1) / 2) as f64).sum();
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
    let told = |join: &Join| told(&parts.list, mask(join));
    let mut chosen: Vec<Join> = Vec::new();
    while chosen.len() < JOINS_MAX {
        rare.retain(|join| chosen.iter().all(|taken| told(join) & mask(taken) != mask(taken)));
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
        // What brings together more pairs brings together these too.
        chosen.retain(|narrower| told(narrower) & taken != taken);
        chosen.push(join);
    }
    chosen
}

/// Every part that two rows share who share some: these, and those that they imply. Year with day and month is the whole date.
fn told(list: &[Part], mut mask: u32) -> u32 {
    let is = |mask: u32, part: Part| {
        list.iter().position(|one| *one == part).is_some_and(|at| mask >> at & 1 == 1)
    };
    let date = is(mask, Part::Year) && is(mask, Part::DayOfYear);
    for (at, part) in list.iter().enumerate() {
        let of_date = date && *part == Part::Day;
        let implied = list.iter().enumerate().any(|(one, by)| mask >> one & 1 == 1 && implies(*by, *part));
        mask |= u32::from(of_date || implied) << at;
    }
    mask
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
