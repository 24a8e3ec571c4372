//! What lets doubt that two records are of one person, however much agrees.
//!
//! Decides which pairs are never put together without a person's eye. Weights add up what agrees as if it agreed by chance only; between
//! brothers, between father and son, and among men of one unit it does not.

use crate::birth::{Agreement, Born};
use crate::forms::{Level, ROLES, Role};
use crate::pair::Levels;
use crate::table::{Column, Kind, Table};
use crate::weights::{Pair, digits, is_shared};

/// The most that a pair can weigh that is in doubt, in bits: it is for a person's eye, never linked without.
pub const DOUBT_BITS: f32 = 3.0;

/// The most that a pair can weigh of which nothing but surname and given name agrees, in bits: just not enough to be linked.
pub const NAME_ALONE_BITS: f32 = 6.5;

/// Records of one person and one other who may have a number between them.
const NUMBER_BEARERS_MAX: u32 = 3;
/// Digits that a number has, at least, that is one man's.
const NUMBER_DIGITS_MIN: usize = 4;
/// Years between a father and his son, at least.
const GENERATION: u32 = 15;

/// Why two records may be of two people, whatever else agrees.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// The given names are two: of a brother or a twin all else may agree.
    TwoGivenNames,
    /// Nothing in the names agrees: men of one camp or one unit may share all else.
    NoName,
    /// The fathers are two: namesakes' patronymics tell them apart.
    TwoFathers,
    /// The surnames are two: strangers of one unit may share a given name and a birthday.
    TwoSurnames,
    /// The years of birth lie a generation apart, and no slip of one digit explains it: a father may have his son's name.
    TwoGenerations,
}

/// What lets doubt of a pair. A number that hardly anyone else has is one man's, and leaves no doubt but that no part of the name agrees.
pub fn doubt(table: &Table, pair: &Pair) -> Option<Doubt> {
    let found = pair.levels;
    let is = |role: Role, levels: &[Level]| levels.iter().any(|level| found.part(role) == *level as usize);
    let agrees = |role: &Role| is(*role, &[Level::Same, Level::OneName, Level::Near]);
    if table.name_filled != [0; 3] && !ROLES.iter().any(agrees) {
        return Some(Doubt::NoName);
    }
    let doubt = match () {
        () if is(Role::Given, &[Level::Differs, Level::Alike]) => Doubt::TwoGivenNames,
        () if is(Role::Surname, &[Level::Differs]) => Doubt::TwoSurnames,
        () if are_of_two_fathers(table, pair) => Doubt::TwoFathers,
        () if is_a_generation_apart(table, pair) => Doubt::TwoGenerations,
        () => return None,
    };
    let is_number = |at: usize| {
        let key = table.keys(pair.one as usize)[3 + at] as usize;
        let column = &table.columns[at];
        column.kind == Kind::Number
            && is_shared(found.column(at))
            && column.counts[key] <= NUMBER_BEARERS_MAX
            && digits(column, key) >= NUMBER_DIGITS_MIN
    };
    (!(0..table.columns.len()).any(is_number)).then_some(doubt)
}

/// Whether nothing agrees but surname and given name, which namesakes have too: neither a patronymic nor a column that tells people apart,
/// of a date its year or its day.
pub fn is_name_alone(table: &Table, found: Levels) -> bool {
    let agrees = |level: usize| is_shared(level) || level == Level::Near as usize;
    const NO_DATE: [Agreement; 4] =
        [Agreement::Missing, Agreement::YearOnly, Agreement::NearYear, Agreement::Differs];
    let column = |(at, column): (usize, &Column)| match column.kind {
        Kind::Birth => !NO_DATE.iter().any(|agreement| found.column(at) == *agreement as usize),
        Kind::Category => false,
        _ => agrees(found.column(at)),
    };
    !agrees(found.part(Role::Patronymic)) && !table.columns.iter().enumerate().any(column)
}

/// Whether two patronymics, known by their endings, differ.
fn are_of_two_fathers(table: &Table, pair: &Pair) -> bool {
    let differs = pair.levels.part(Role::Patronymic) == Level::Differs as usize && !pair.levels.is_moved();
    let of_father = |row: u32| table.names.is_patronymic(table.cells(row as usize)[2]);
    differs && of_father(pair.one) && of_father(pair.other)
}

/// Whether two years of birth are so far apart that no slip of one digit explains it.
pub(crate) fn is_a_generation_apart(table: &Table, pair: &Pair) -> bool {
    let [far, differs] = [Agreement::OtherYear as usize, Agreement::Differs as usize];
    let born = |row: u32, at: usize| Born::of_bits(table.cells(row as usize)[3 + at]).year();
    table.columns.iter().enumerate().any(|(at, column)| {
        column.kind == Kind::Birth
            && [far, differs].contains(&pair.levels.column(at))
            && born(pair.one, at).abs_diff(born(pair.other, at)) >= GENERATION
    })
}
