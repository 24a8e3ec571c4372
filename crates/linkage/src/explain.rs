//! Why a pair weighs what it weighs: column by column, with how many others bear the name.

use crate::birth::Agreement;
use crate::forms::{Level, ROLES, Role};
use crate::pair::{Levels, levels};
use crate::table::{Kind, Table};
use crate::weights::{Doubt, Pair, Weights, doubt};

/// How a column compares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// Words, codes and parts of names.
    Level(Level),
    /// Dates of birth.
    Birth(Agreement),
}

/// One part of a name, or one column, of a pair.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reason {
    /// How the two compare.
    pub found: Found,
    /// How many records have what both have; nothing where they differ, or for dates.
    pub bearers: Option<u32>,
    /// What it adds to the weight, in bits. Parts of a name have none of their own: they are weighed together.
    pub bits: Option<f32>,
}

/// A pair's weight, taken apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// What is believed of two records before they are compared, in bits: far below zero.
    pub before: f32,
    /// Surname, given name, patronymic.
    pub name: [Reason; 3],
    /// Whether parts of one name were found in other columns of the other.
    pub moved: bool,
    /// What the name adds, in bits.
    pub name_bits: f32,
    /// What lets doubt that the two are one, so that the pair is left to a person's eye.
    pub doubt: Option<Doubt>,
    /// What the doubt takes away, in bits: below zero, or zero where the pair weighs too little to be held back.
    pub held_bits: f32,
    /// The other columns in the table's order.
    pub columns: Vec<Reason>,
    /// The sum, in bits.
    pub bits: f32,
}

/// Takes the weight of two rows apart.
pub fn explain(table: &Table, weights: &Weights, one: u32, other: u32) -> Explanation {
    let found = levels(table, one as usize, other as usize);
    let pair = Pair { one, other, levels: found };
    let name = ROLES.map(|role| Reason {
        found: Found::Level(level_of(found.part(role))),
        bearers: bearers_of_name(table, one, found, role),
        bits: None,
    });
    let before = weights.before(table, &pair);
    let columns: Vec<Reason> = (0..table.columns.len()).map(|at| column(table, weights, &pair, at)).collect();
    let bits = weights.weight(table, &pair);
    let undoubted = weights.undoubted(table, &pair);
    let of_columns: f32 = columns.iter().filter_map(|reason| reason.bits).sum();
    Explanation {
        before,
        name,
        moved: found.is_moved(),
        name_bits: undoubted - before - of_columns,
        doubt: doubt(table, &pair),
        held_bits: bits - undoubted,
        columns,
        bits,
    }
}

fn column(table: &Table, weights: &Weights, pair: &Pair, at: usize) -> Reason {
    let level = pair.levels.column(at);
    let bits = Some(weights.column_bits(table, pair, at));
    if table.columns[at].kind == Kind::Birth {
        return Reason { found: Found::Birth(agreement_of(level)), bearers: None, bits };
    }
    let found = level_of(level);
    let key = table.keys(pair.one as usize)[3 + at];
    let bearers = is_one(found).then(|| table.columns[at].counts[key as usize]);
    Reason { found: Found::Level(found), bearers, bits }
}

fn bearers_of_name(table: &Table, row: u32, found: Levels, role: Role) -> Option<u32> {
    let key = table.keys(row as usize)[role as usize];
    let counted = is_one(level_of(found.part(role))) && !found.is_moved();
    counted.then(|| table.name_counts[role as usize][key as usize])
}

fn is_one(level: Level) -> bool {
    matches!(level, Level::Same | Level::OneName)
}

fn level_of(number: usize) -> Level {
    const ALL: [Level; 7] = [
        Level::Missing,
        Level::Same,
        Level::OneName,
        Level::Near,
        Level::Alike,
        Level::Differs,
        Level::Initial,
    ];
    ALL.get(number).copied().unwrap_or(Level::Missing)
}

fn agreement_of(number: usize) -> Agreement {
    const ALL: [Agreement; 12] = [
        Agreement::Missing,
        Agreement::Same,
        Agreement::SameMonth,
        Agreement::SameYear,
        Agreement::Exchanged,
        Agreement::OtherDay,
        Agreement::OtherMonth,
        Agreement::YearSlip,
        Agreement::OtherYear,
        Agreement::YearOnly,
        Agreement::NearYear,
        Agreement::Differs,
    ];
    ALL.get(number).copied().unwrap_or(Agreement::Missing)
}
