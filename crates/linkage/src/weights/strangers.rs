//! What records of two strangers have in common by chance.
//!
//! Decides how unlikely each level is for two people: counted on pairs of the table itself, leaning on what is common elsewhere. A
//! short list cannot teach how rare it is that two birthdays are one; the fewer its pairs, the more is believed.

use crate::birth::{AGREEMENTS, Agreement};
use crate::block::Chance;
use crate::forms::{LEVELS, Level, ROLES, Role};
use crate::pair::{Levels, levels, levels_of};
use crate::table::{Kind, Table};

/// Pairs that are counted; of a table of fewer rows than [`ALL_MAX`], all, which are fewer.
const COUNTED: usize = 250_000;
/// Of these, how many are fetched at once.
const TOGETHER: usize = 250;
/// Rows from which on pairs are drawn.
const ALL_MAX: usize = 700;

/// How likely strangers are believed to share a surname, a given name, a patronymic: rough figures of our own, as are the others
/// here; some hundred records outweigh them.
pub(super) const NAME_SHARED: [f64; 3] = [1.0 / 400.0, 1.0 / 30.0, 1.0 / 30.0];

/// How likely strangers are believed to share what a column says.
pub(super) fn shared(kind: Kind) -> f64 {
    match kind {
        Kind::Number => 1.0 / 30_000.0,
        Kind::Category => 1.0 / 4.0,
        _ => 1.0 / 100.0,
    }
}

/// How unlikely each level is for two strangers, in bits.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Strangers {
    /// By part of the name.
    pub parts: [[f64; LEVELS]; 3],
    /// By column.
    pub columns: Vec<Vec<f64>>,
}

/// Levels of pairs as they are counted.
struct Counts {
    parts: [[f64; LEVELS]; 3],
    columns: Vec<Vec<f64>>,
}

impl Counts {
    /// Counts a pair. Who has one birthday or one number may be one person: his name tells nothing of strangers; nor do the columns
    /// of two who bear one name.
    fn add(&mut self, table: &Table, found: Levels) {
        let is_shared = |level: usize| level == Level::Same as usize || level == Level::OneName as usize;
        let is_one = |at: usize| match table.columns[at].kind {
            Kind::Birth => found.column(at) == Agreement::Same as usize,
            Kind::Number => is_shared(found.column(at)),
            _ => false,
        };
        if !found.is_moved() && !(0..self.columns.len()).any(is_one) {
            ROLES.iter().for_each(|role| self.parts[*role as usize][found.part(*role)] += 1.0);
        }
        if ![Role::Surname, Role::Given].iter().all(|role| is_shared(found.part(*role))) {
            self.columns.iter_mut().enumerate().for_each(|(at, column)| column[found.column(at)] += 1.0);
        }
    }
}

impl Strangers {
    /// Counts levels of pairs. Of levels with the same key it is kept how they share; how likely the key is the table says.
    pub(super) fn of(table: &Table) -> Self {
        let columns = table.columns.iter().map(|column| vec![0.0; levels_of(column.kind)]).collect();
        let mut counts = Counts { parts: [[0.0; LEVELS]; 3], columns };
        let rows = table.len();
        if rows < ALL_MAX {
            for b in 1..rows {
                (0..b).for_each(|a| counts.add(table, levels(table, a, b)));
            }
        } else {
            let mut chance = Chance(0x57a4);
            let mut row = || (chance.next() % rows as u64) as u32;
            for _ in 0..COUNTED / TOGETHER {
                let pairs = [(); TOGETHER].map(|()| (row(), row()));
                table.fetch(&pairs);
                for (a, b) in pairs.into_iter().filter(|(a, b)| a != b) {
                    counts.add(table, levels(table, a as usize, b as usize));
                }
            }
        }
        let part = |role: usize| {
            let mut bits = [0.0; LEVELS];
            let believed = |level: usize| name_believed(role, level);
            bits.copy_from_slice(&unlikely(&counts.parts[role], believed, true));
            bits
        };
        let columns = table.columns.iter().zip(&counts.columns).map(|(column, counts)| {
            let is_birth = column.kind == Kind::Birth;
            let believed = |level: usize| if is_birth { BIRTH[level] } else { believed(column.kind, level) };
            unlikely(counts, believed, !is_birth)
        });
        Self { parts: [0, 1, 2].map(part), columns: columns.collect() }
    }
}

/// How likely dates of birth of strangers are believed to agree, by agreement: among people of forty years' classes.
const BIRTH: [f64; AGREEMENTS] = [1.0, 7e-5, 1e-4, 0.004, 5e-5, 0.002, 8e-4, 8e-4, 0.002, 0.025, 0.06, 0.9];

/// How likely a part of the names of strangers is believed to compare like this.
fn name_believed(role: usize, level: usize) -> f64 {
    match level {
        level if level == Level::Near as usize => [0.001, 0.003, 0.002][role],
        level if level == Level::Alike as usize => 0.003,
        level if level == Level::Initial as usize => 0.004,
        _ => 0.9,
    }
}

/// How likely what a column says of strangers is believed to compare like this.
fn believed(kind: Kind, level: usize) -> f64 {
    match (kind, level) {
        (Kind::Number, level) if level == Level::Near as usize => 3e-4,
        (Kind::Category, level) if level == Level::Near as usize => 0.05,
        (_, level) if level == Level::Near as usize || level == Level::Alike as usize => 0.003,
        (Kind::Words, level) if level == Level::Initial as usize => 0.004,
        _ => 0.9,
    }
}

/// Counts by level as bits of unlikelihood, the missing left out. Half a pair more is believed to be at each level, among as many
/// more as half a pair needs by what is believed. Where a key says how likely it is to be shared, the two levels of an equal key say
/// only how they share it.
fn unlikely(counts: &[f64], believed: impl Fn(usize) -> f64, by_key: bool) -> Vec<f64> {
    let all: f64 = counts[1..].iter().sum();
    let [same, one_name] = [Level::Same as usize, Level::OneName as usize];
    let shared = counts[same] + counts[one_name] + 2.0;
    let bits = |(level, count): (usize, &f64)| match level {
        0 => 0.0,
        level if by_key && (level == same || level == one_name) => -((count + 1.0) / shared).log2(),
        level => -((count + 0.5) / (all + 0.5 / believed(level))).log2(),
    };
    counts.iter().enumerate().map(bits).collect()
}
