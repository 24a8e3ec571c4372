//! What lets doubt that two records are of one person, however much agrees.
//!
//! Decides which pairs are never put together without a person's eye. Weights add up what agrees as if it agreed by chance only; between
//! brothers, between father and son, and among men of one unit it does not.

use crate::birth::{Agreement, Born, digits_off};
use crate::category;
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
/// Years by which a year of birth is guessed wrong, at most.
const YEARS_GUESSED: u32 = 5;
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
    /// One patronymic, or column, is a man's and one a woman's: a brother and a sister have one father.
    TwoSexes,
    /// The years of birth lie a generation apart: a father may have his son's name.
    TwoGenerations,
    /// Two birthdays, each known to the day, or two years that nobody guesses so far apart, and no slip of the hand explains both: namesakes.
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
/// of a date its year or its day. Of a card without a given name, which a brother fits too, only a number or a birthday tells.
pub fn is_name_alone(table: &Table, found: Levels) -> bool {
    let agrees = |level: usize| is_shared(level) || level == Level::Near as usize;
    const NO_DATE: [Agreement; 4] =
        [Agreement::Missing, Agreement::YearOnly, Agreement::NearYear, Agreement::Differs];
    const BIRTHDAY: [Agreement; 4] =
        [Agreement::Same, Agreement::Exchanged, Agreement::OtherDay, Agreement::OtherMonth];
    let has_given = found.part(Role::Given) != Level::Missing as usize || found.is_moved();
    let column = |(at, column): (usize, &Column)| match column.kind {
        Kind::Birth if !has_given => BIRTHDAY.iter().any(|agreement| found.column(at) == *agreement as usize),
        Kind::Words | Kind::Code if !has_given => false,
        Kind::Birth => !NO_DATE.iter().any(|agreement| found.column(at) == *agreement as usize),
        Kind::Category => false,
        _ => agrees(found.column(at)),
    };
    !agrees(found.part(Role::Patronymic)) && !table.columns.iter().enumerate().any(column)
}

/// Whether two patronymics, known by their endings, differ, or one of them and an initial.
fn are_of_two_fathers(table: &Table, pair: &Pair) -> bool {
    let differs = pair.levels.part(Role::Patronymic) == Level::Differs as usize && !pair.levels.is_moved();
    let fathers = [pair.one, pair.other].map(|row| table.cells(row as usize)[2]);
    let is_patronymic = |father: &u32| table.names.is_patronymic(*father);
    // An initial that fits no form of the father's name is of another father.
    let is_told = |father: &u32| is_patronymic(father) || table.names.is_initial(*father);
    differs && fathers.iter().any(is_patronymic) && fathers.iter().all(is_told)
}

/// Whether both given names are known ones.
fn are_known_names(table: &Table, pair: &Pair) -> bool {
    let is_known = |row: u32| table.names.is_known(table.cells(row as usize)[1]);
    !pair.levels.is_moved() && is_known(pair.one) && is_known(pair.other)
}

/// Whether one patronymic is a man's and the other a woman's, by their endings, or a column says so.
fn are_of_two_sexes(table: &Table, pair: &Pair) -> bool {
    let of_woman = |row: u32| table.names.is_of_woman(table.cells(row as usize)[2]);
    let by_name = of_woman(pair.one).zip(of_woman(pair.other)).is_some_and(|(one, other)| one != other);
    let said = |(at, column): (usize, &Column)| {
        let text = |row: u32| column.forms.key_text(table.keys(row as usize)[3 + at]);
        column.kind == Kind::Category
            && pair.levels.column(at) == Level::Differs as usize
            && category::are_two_sexes(text(pair.one), text(pair.other))
    };
    by_name || table.columns.iter().enumerate().any(said)
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

/// Whether two birthdays known to the day have nothing but the year in common, or less, or two years are too far apart.
fn are_two_birthdays(table: &Table, pair: &Pair) -> bool {
    let two = [Agreement::YearOnly, Agreement::NearYear, Agreement::Differs].map(|level| level as usize);
    births(table, pair).any(|(one, other, level)| {
        (one.is_whole() && other.is_whole() && two.contains(&level)) || are_two_years(one, other, level)
    })
}

/// Whether two years of birth are too far apart for a guess, and no slip of one digit explains them.
fn are_two_years(one: Born, other: Born, level: usize) -> bool {
    let far = [Agreement::OtherYear, Agreement::Differs].map(|level| level as usize);
    let (one, other) = (one.year(), other.year());
    far.contains(&level) && one.abs_diff(other) >= YEARS_GUESSED && digits_off(one, other) > 1
}
