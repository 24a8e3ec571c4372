//! Whether two records may be of one person, with the fields that say so.
//!
//! Decides a band by one readable rule over fields that agree, nearly agree, differ or are missing. It refuses to know how
//! many other candidates there are: a pair is never better because it is the only one. No scores, no text: a desk words the
//! reasons in its own language.

use crate::fold;
use crate::forms::{Folding, Forms, Level, ROLES};
use crate::intern::NONE;
use crate::similar::one_slip;

/// What one record says of a person.
#[derive(Clone, Copy, Default)]
pub struct Facts<'a> {
    /// Surname; empty when unknown.
    pub surname: &'a str,
    /// Given name.
    pub given: Option<&'a str>,
    /// Patronymic.
    pub patronymic: Option<&'a str>,
    /// Date of birth, as precise as the record has it.
    pub birth: Option<Birth>,
    /// Service number.
    pub service_number: Option<&'a str>,
}

impl std::fmt::Debug for Facts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Facts(of a person)")
    }
}

/// A date of birth of which month and day may be unknown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Birth {
    /// Year.
    pub year: i32,
    /// Month and day, each from 1, where both are known.
    pub month_day: Option<(u8, u8)>,
}

impl Birth {
    /// Month and day, unless they are 1 January: lists write that for an unknown day.
    fn certain_day(self) -> Option<(u8, u8)> {
        self.month_day.filter(|day| *day != (1, 1))
    }
}

impl std::fmt::Debug for Birth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Birth(date)")
    }
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Service number.
    ServiceNumber,
    /// Surname.
    Surname,
    /// Given name.
    Given,
    /// Patronymic.
    Patronymic,
    /// Year of birth.
    BirthYear,
    /// Month and day of birth.
    BirthDay,
}

/// What may be done with a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Nothing worth a person's time.
    No,
    /// To be shown to a person.
    Review,
    /// May be proposed as one person.
    Link,
}

/// The fields of a pair, each in one place, in the order of [`Field`], and the band that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Equal, over scripts and equivalent given names.
    pub agrees: Vec<Field>,
    /// Nearly equal: a vowel, a letter, an oblique case, an initial, surname and given name exchanged, day and month exchanged, one
    /// year apart.
    pub near: Vec<Field>,
    /// Not equal.
    pub differs: Vec<Field>,
    /// Absent on one side or both.
    pub missing: Vec<Field>,
    /// The band.
    pub band: Band,
}

impl Comparison {
    fn has(&self, field: Field) -> bool {
        self.agrees.contains(&field)
    }

    fn close(&self, field: Field) -> bool {
        self.has(field) || self.near.contains(&field)
    }

    fn contradicted(&self, field: Field) -> bool {
        self.differs.contains(&field)
    }
}

/// How one field compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Agrees,
    Near,
    Differs,
    Missing,
}

/// Compares two records.
pub fn compare(a: Facts<'_>, b: Facts<'_>) -> Comparison {
    let (year, day) = births(a.birth, b.birth);
    let [surname, given, patronymic] = names(&a, &b);
    let fields = [
        (Field::ServiceNumber, service_numbers(a.service_number, b.service_number)),
        (Field::Surname, surname),
        (Field::Given, given),
        (Field::Patronymic, patronymic),
        (Field::BirthYear, year),
        (Field::BirthDay, day),
    ];
    let of = |wanted| fields.iter().filter(|(_, how)| *how == wanted).map(|(field, _)| *field).collect();
    let mut comparison = Comparison {
        agrees: of(Agreement::Agrees),
        near: of(Agreement::Near),
        differs: of(Agreement::Differs),
        missing: of(Agreement::Missing),
        band: Band::No,
    };
    comparison.band = band(&comparison);
    comparison
}

/// The rule.
///
/// *Link*: service number and surname agree, or surname, given name and the whole date of birth agree; and nothing strong
/// contradicts: in the first case not both the given name and the year of birth, in the second neither the service number
/// nor the patronymic.
///
/// *Review*: the service number agrees; or two names agree or nearly do and no year of birth speaks against it; or the whole
/// date of birth agrees with one name.
///
/// *No*: everything else.
fn band(c: &Comparison) -> Band {
    let whole_date = c.has(Field::BirthYear) && c.has(Field::BirthDay);
    let by_number = c.has(Field::ServiceNumber) && c.has(Field::Surname);
    let by_name = c.has(Field::Surname) && c.has(Field::Given) && whole_date;
    let other_person = c.contradicted(Field::Given) && c.contradicted(Field::BirthYear);
    let other_name_bearer = c.contradicted(Field::ServiceNumber) || c.contradicted(Field::Patronymic);
    if (by_number && !other_person) || (by_name && !other_name_bearer) {
        return Band::Link;
    }
    let names = [Field::Surname, Field::Given, Field::Patronymic];
    let close = names.iter().filter(|field| c.close(**field)).count();
    let year_against = c.contradicted(Field::BirthYear);
    if c.has(Field::ServiceNumber) || (close >= 2 && !year_against) || (whole_date && close >= 1) {
        return Band::Review;
    }
    Band::No
}

fn service_numbers(a: Option<&str>, b: Option<&str>) -> Agreement {
    let (a, b) = (fold::service_number(a.unwrap_or_default()), fold::service_number(b.unwrap_or_default()));
    match (a.is_empty() || b.is_empty(), a == b) {
        (true, _) => Agreement::Missing,
        (false, true) => Agreement::Agrees,
        (false, false) if one_apart(&a, &b) => Agreement::Near,
        (false, false) => Agreement::Differs,
    }
}

/// The three parts of two names. Where surname and given name differ as written, and fit crosswise, they nearly agree: one of the
/// two writers had them in each other's places.
fn names(a: &Facts<'_>, b: &Facts<'_>) -> [Agreement; 3] {
    let mut forms = Forms::new(Folding::Name);
    let mut of = |facts: &Facts<'_>| {
        [facts.surname, facts.given.unwrap_or_default(), facts.patronymic.unwrap_or_default()]
            .map(|text| forms.form(text))
    };
    let (one, other) = (of(a), of(b));
    forms.settle();
    let agreement = |x: u32, y: u32, role| match (x, y) {
        (NONE, _) | (_, NONE) => Agreement::Missing,
        _ => match forms.level(x, y, role) {
            Level::Same | Level::OneName => Agreement::Agrees,
            Level::Near | Level::Initial => Agreement::Near,
            Level::Alike | Level::Differs => Agreement::Differs,
            Level::Missing => Agreement::Missing,
        },
    };
    let [surname, given, patronymic] = ROLES;
    let crosswise = [agreement(one[0], other[1], given), agreement(one[1], other[0], given)];
    let mut found =
        [(0, surname), (1, given), (2, patronymic)].map(|(at, role)| agreement(one[at], other[at], role));
    let close = |how: &Agreement| matches!(how, Agreement::Agrees | Agreement::Near);
    let exchanged = crosswise.iter().all(close) && crosswise.contains(&Agreement::Agrees);
    if exchanged && !found[..2].iter().any(close) {
        found[..2].fill(Agreement::Near);
    }
    found
}

fn births(a: Option<Birth>, b: Option<Birth>) -> (Agreement, Agreement) {
    let (Some(a), Some(b)) = (a, b) else {
        return (Agreement::Missing, Agreement::Missing);
    };
    let year = match a.year.abs_diff(b.year) {
        0 => Agreement::Agrees,
        1 => Agreement::Near,
        _ => Agreement::Differs,
    };
    let day = match (a.certain_day(), b.certain_day()) {
        (Some(x), Some(y)) if x == y => Agreement::Agrees,
        (Some(x), Some(y)) if (x.1, x.0) == y => Agreement::Near,
        (Some(_), Some(_)) => Agreement::Differs,
        _ if a.month_day.is_some() && a.month_day == b.month_day => Agreement::Near,
        _ => Agreement::Missing,
    };
    (year, day)
}

/// Whether one letter inserted, left out, replaced or exchanged with its neighbour turns `a` into `b`.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    a != b && one_slip(&a, &b)
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
