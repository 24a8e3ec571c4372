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
    /// One patronymic is a man's and one a woman's: a brother and a sister have one father.
    TwoSexes,
    /// The years of birth lie a generation apart: a father may have his son's name.
    TwoGenerations,
    /// Two birthdays, each known to the day, and no slip of the hand explains both: namesakes.
    TwoBirthdays,
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
        // Олександра is a woman's name and a case of Олександр.
        () if is(Role::Given, &[Level::Near]) && are_known_names(table, pair) => Doubt::TwoGivenNames,
        () if is(Role::Surname, &[Level::Differs]) => Doubt::TwoSurnames,
        () if are_of_two_fathers(table, pair) => Doubt::TwoFathers,
        () if are_of_two_sexes(table, pair) => Doubt::TwoSexes,
        () if is_a_generation_apart(table, pair) => Doubt::TwoGenerations,
        () if are_two_birthdays(table, pair) => Doubt::TwoBirthdays,
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

/// Whether both given names are known ones.
fn are_known_names(table: &Table, pair: &Pair) -> bool {
    let is_known = |row: u32| table.names.is_known(table.cells(row as usize)[1]);
    !pair.levels.is_moved() && is_known(pair.one) && is_known(pair.other)
}

/// Whether one patronymic is a man's and the other a woman's, by their endings.
fn are_of_two_sexes(table: &Table, pair: &Pair) -> bool {
    let of_woman = |row: u32| table.names.is_of_woman(table.cells(row as usize)[2]);
    of_woman(pair.one).zip(of_woman(pair.other)).is_some_and(|(one, other)| one != other)
}

/// Dates of birth of a pair with how they agree.
fn births<'a>(table: &'a Table, pair: &'a Pair) -> impl Iterator<Item = (Born, Born, usize)> {
    let born = |row: u32, at: usize| Born::of_bits(table.cells(row as usize)[3 + at]);
    let columns = table.columns.iter().enumerate().filter(|(_, column)| column.kind == Kind::Birth);
    columns.map(move |(at, _)| (born(pair.one, at), born(pair.other, at), pair.levels.column(at)))
}

/// Whether two years of birth are so far apart that one may be the father's.
fn is_a_generation_apart(table: &Table, pair: &Pair) -> bool {
    let far = [Agreement::OtherYear, Agreement::YearSlip, Agreement::Differs].map(|level| level as usize);
    births(table, pair)
        .any(|(one, other, level)| far.contains(&level) && one.year().abs_diff(other.year()) >= GENERATION)
}

/// Whether two birthdays known to the day have nothing but the year in common, or less.
fn are_two_birthdays(table: &Table, pair: &Pair) -> bool {
    let two = [Agreement::YearOnly, Agreement::NearYear, Agreement::Differs].map(|level| level as usize);
    births(table, pair).any(|(one, other, level)| one.is_whole() && other.is_whole() && two.contains(&level))
}
