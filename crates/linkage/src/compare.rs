//! Whether two records may be of one person, with the fields that say so.
//!
//! Decides a band by one readable rule over fields that agree, nearly agree, differ or are missing. It refuses to know how
//! many other candidates there are: a pair is never better because it is the only one. No scores, no text: a desk words the
//! reasons in its own language.

use crate::fold;
use crate::given::{given_keys, patronymic_keys};
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
    /// Nearly equal: a vowel, a letter, an initial, day and month exchanged, one year apart.
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
    let fields = [
        (Field::ServiceNumber, service_numbers(a.service_number, b.service_number)),
        (Field::Surname, surnames(a.surname, b.surname)),
        (Field::Given, named(a.given, b.given, given_keys)),
        (Field::Patronymic, named(a.patronymic, b.patronymic, patronymic_keys)),
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

fn surnames(a: &str, b: &str) -> Agreement {
    let whole = |name| fold::readings(&fold::words(name).take(3).collect::<String>());
    let (a_readings, b_readings) = (whole(a), whole(b));
    if a_readings.is_empty() || b_readings.is_empty() {
        return Agreement::Missing;
    }
    if shared(&a_readings, &b_readings) {
        return Agreement::Agrees;
    }
    let close = |x: &String, y: &String| {
        let (x_bones, y_bones) = (fold::consonants(x), fold::consonants(y));
        (x_bones.len() >= 3 && x_bones == y_bones) || (x.len().min(y.len()) >= 5 && one_apart(x, y))
    };
    let part = |long: &str, short: &[String]| {
        fold::words(long).count() > 1
            && fold::words(long).take(3).any(|word| shared(&fold::readings(word), short))
    };
    let near = a_readings.iter().any(|x| b_readings.iter().any(|y| close(x, y)));
    if near || part(a, &b_readings) || part(b, &a_readings) { Agreement::Near } else { Agreement::Differs }
}

/// Compares given names or patronymics by their keys; an initial nearly agrees with a name that begins with it.
fn named(a: Option<&str>, b: Option<&str>, keys: fn(&str) -> Vec<String>) -> Agreement {
    let of = |name: Option<&str>| -> Vec<String> {
        name.map(|name| fold::words(name).take(2).flat_map(keys).collect()).unwrap_or_default()
    };
    let (a_keys, b_keys) = (of(a), of(b));
    if a_keys.is_empty() || b_keys.is_empty() {
        return Agreement::Missing;
    }
    if shared(&a_keys, &b_keys) {
        return Agreement::Agrees;
    }
    let initial = |x: &String, y: &String| x.len() == 1 && y.starts_with(x.as_str());
    let near = |x: &String, y: &String| {
        initial(x, y) || initial(y, x) || (x.len().min(y.len()) >= 4 && one_apart(x, y))
    };
    if a_keys.iter().any(|x| b_keys.iter().any(|y| near(x, y))) {
        Agreement::Near
    } else {
        Agreement::Differs
    }
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

fn shared(a: &[String], b: &[String]) -> bool {
    a.iter().any(|reading| b.contains(reading))
}

/// Whether one letter inserted, left out, replaced or exchanged with its neighbour turns `a` into `b`.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    a != b && one_slip(&a, &b)
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
