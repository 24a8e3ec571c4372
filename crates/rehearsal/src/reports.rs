//! Invented reports about missing and held people from four kinds of source, with the truth about who is the same person.
//!
//! Decides who is reported how often and how a source errs; the names come from tables that the caller reads. Every row
//! follows from the seed and its own number alone, so any number of them is written with the memory of the tables only.
//! It refuses to know how records are linked, and uses nothing of the crate that links them: else the linkage would be
//! measured on its own rules.

mod latin;
mod rates;
mod shuffle;
mod slips;
mod spelled;
mod stock;

use std::fmt::Write as _;
use std::io;

use crate::chance::Chance;

use rates::Rates;
use shuffle::Shuffle;
use spelled::{Name, Speller};
use stock::{Father, Given, Surname};
pub use stock::{Settlement, Stock, Tables, Unfit};

/// The columns of the file.
pub const HEADER: &str =
    "unique_id,person_id,source,last_name,first_name,patronymic,sex,dob,place,unit,service_no";

/// Of 1,000 reports so many are the first about their person; the others are about anybody again.
const FIRST_PER_MILLE: u64 = 800;
/// Women among 1,000 people.
const WOMEN_PER_MILLE: usize = 28;
/// The letters of a service number: those that look alike in both scripts.
const NUMBER_LETTERS: [(char, char); 11] = [
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
];

/// Who reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A: the family, mostly in Ukrainian, with good dates and often a service number.
    Family,
    /// B: a list of the detaining power, mostly in Russian.
    Captor,
    /// C: a confirmation by the Red Cross, in Latin letters of any system.
    RedCross,
    /// D: a sighting by somebody who came back.
    Sighting,
}

impl Source {
    /// All of them, in the order of their letters.
    pub const ALL: [Self; 4] = [Self::Family, Self::Captor, Self::RedCross, Self::Sighting];
    /// Who is the first to report a person, of 1,000.
    const FIRST: [usize; 4] = [698, 201, 101, 0];
    /// Who reports a person again, of 1,000.
    const AGAIN: [usize; 4] = [148, 399, 252, 201];

    /// The letter in the file.
    pub fn letter(self) -> char {
        ['A', 'B', 'C', 'D'][self as usize]
    }

    fn drawn(chance: &mut Chance, shares: [usize; 4]) -> Self {
        Self::ALL[chance.weighted(shares.into_iter())]
    }
}

/// In which language a report gives a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    Ukrainian,
    Russian,
}

impl Tongue {
    fn other(self) -> Self {
        match self {
            Self::Ukrainian => Self::Russian,
            Self::Russian => Self::Ukrainian,
        }
    }
}

/// Which form of a name somebody bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Man,
    Woman,
}

/// Writes `count` reports of about four fifths as many people, the same bytes for the same seed and stock.
///
/// # Errors
/// What `out` answers to a write.
pub fn write(out: &mut impl io::Write, stock: &Stock, count: u32, seed: u64) -> io::Result<()> {
    let mut reports = Reports::new(stock, count, seed);
    writeln!(out, "{HEADER}")?;
    for row in 0..count {
        out.write_all(reports.row(row).as_bytes())?;
    }
    Ok(())
}

/// How many people `count` reports are about.
pub fn people(count: u32) -> u32 {
    // Below the count, as the share is below one.
    (u64::from(count) * FIRST_PER_MILLE).div_ceil(1000) as u32
}

/// What is true of one invented person.
struct Person<'a> {
    sex: Sex,
    surname: &'a Surname,
    given: &'a Given,
    father: &'a Father,
    born: Date,
    place: &'a Settlement,
    unit: u16,
    number: ([(char, char); 2], u32),
}

/// A day as a report may write it, not necessarily one of the calendar.
#[derive(Clone, Copy)]
struct Date {
    year: i64,
    month: i64,
    day: i64,
}

struct Reports<'a> {
    stock: &'a Stock,
    order: Shuffle,
    people: u32,
    of_person: Chance,
    of_repeat: Chance,
    of_report: Chance,
    speller: Speller,
    line: String,
}

impl<'a> Reports<'a> {
    fn new(stock: &'a Stock, count: u32, seed: u64) -> Self {
        Self {
            stock,
            order: Shuffle::of(u64::from(count), seed),
            people: people(count),
            of_person: Chance::of(seed, "people of reports"),
            of_repeat: Chance::of(seed, "who is reported again"),
            of_report: Chance::of(seed, "reports"),
            speller: Speller::new(),
            line: String::new(),
        }
    }

    /// The text of one row with its line feed.
    fn row(&mut self, row: u32) -> &str {
        let place = self.order.at(u64::from(row));
        let mut chance = self.of_report.nth(place);
        let (who, source) = if place < u64::from(self.people) {
            // Below the number of people, which is a u32.
            (place as u32, Source::drawn(&mut chance, Source::FIRST))
        } else {
            let who = self.of_repeat.nth(place).below(self.people as usize) as u32;
            (who, Source::drawn(&mut chance, Source::AGAIN))
        };
        let person = self.person(who);
        let rates = Rates::of(source);
        self.line.clear();
        // Writing to a String cannot fail, here and below.
        let _ = write!(self.line, "{row},{who},{},", source.letter());
        let name =
            Name { sex: person.sex, surname: person.surname, given: person.given, father: person.father };
        for part in self.speller.report(&mut chance, source, rates, &name) {
            self.line.push_str(part);
            self.line.push(',');
        }
        if !chance.happens(rates.sex_missing) {
            self.line.push(if person.sex == Sex::Woman { 'f' } else { 'm' });
        }
        self.line.push(',');
        write_born(&mut self.line, &mut chance, rates, person.born);
        self.line.push(',');
        if !chance.happens(rates.place_missing) {
            self.line.push_str(match (source, self.speller.tongue()) {
                (Source::RedCross, _) => &person.place.latin,
                (_, Tongue::Ukrainian) => &person.place.uk,
                (_, Tongue::Russian) => &person.place.ru,
            });
        }
        self.line.push(',');
        if !chance.happens(rates.unit_missing) {
            let letter = if source == Source::RedCross { 'A' } else { 'А' };
            let _ = write!(self.line, "{letter}{:04}", person.unit);
        }
        self.line.push(',');
        if !chance.happens(rates.number_missing) {
            write_number(&mut self.line, &mut chance, source, person.number);
        }
        self.line.push('\n');
        &self.line
    }

    fn person(&self, who: u32) -> Person<'a> {
        let mut chance = self.of_person.nth(u64::from(who));
        let sex = if chance.happens(WOMEN_PER_MILLE) { Sex::Woman } else { Sex::Man };
        let stock = self.stock;
        let letters = [*chance.pick(&NUMBER_LETTERS), *chance.pick(&NUMBER_LETTERS)];
        Person {
            sex,
            surname: stock.surname(&mut chance),
            given: stock.given(&mut chance, sex),
            father: stock.father(&mut chance),
            born: born(&mut chance),
            place: stock.settlement(&mut chance),
            unit: stock.unit(&mut chance),
            number: (letters, chance.below(1_000_000) as u32),
        }
    }
}

/// A day of birth between 1962 and 2006, most often in the late eighties.
fn born(chance: &mut Chance) -> Date {
    let year = loop {
        // The sum of four even draws is close to a bell with a deviation of nine years.
        let year = 1987 + (0..4).map(|_| chance.between(-82, 82)).sum::<i64>().div_euclid(10);
        if (1962..=2006).contains(&year) {
            break year;
        }
    };
    let month = chance.between(1, 12);
    Date { year, month, day: chance.between(1, days(year, month)) }
}

fn days(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The date of birth as a report has it: whole or in part, right or wrong, or none.
fn write_born(line: &mut String, chance: &mut Chance, rates: &Rates, born: Date) {
    if chance.happens(rates.born_missing) {
        return;
    }
    let Date { mut year, month, .. } = born;
    let shares = [rates.born_year, rates.born_month, rates.born_new_year];
    let whole = 1000 - shares.iter().sum::<usize>();
    // Writing to a String cannot fail.
    let _ = match chance.weighted(shares.into_iter().chain([whole])) {
        0 => {
            if chance.happens(rates::YEAR_GUESSED) {
                year += *chance.pick(&[-2, -1, 1, 2]);
            }
            write!(line, "{year}")
        }
        1 => write!(line, "{year}-{month:02}"),
        2 => write!(line, "{year}-01-01"),
        _ => {
            let wrong = chance.happens(rates.born_wrong);
            let Date { year, month, day } = if wrong { mistaken(chance, born) } else { born };
            write!(line, "{year}-{month:02}-{day:02}")
        }
    };
}

/// Another day than `born`, as people mistake it: a day, a month, day and month exchanged, years, a decade.
fn mistaken(chance: &mut Chance, born: Date) -> Date {
    let Date { mut year, mut month, mut day } = born;
    let exchanged = (day % 10) * 10 + day / 10;
    match chance.weighted(rates::MISTAKEN.into_iter()) {
        0 if (1..=28).contains(&exchanged) && exchanged != day => day = exchanged,
        0 => day = (day + chance.between(1, 26)) % 28 + 1,
        1 => month = (month + *chance.pick(&[0, 10])) % 12 + 1,
        2 => day = if day > 1 { day - 1 } else { 2 },
        3 if day <= 12 && day != month => (month, day) = (day, month),
        3 => month = month % 12 + 1,
        4 => year += *chance.pick(&[-10, 10]),
        5 => year += chance.between(2, 5) * *chance.pick(&[-1, 1]),
        6 => year += *chance.pick(&[-1, 1]),
        _ => day = if day > 10 { day - 10 } else { day + 10 },
    }
    Date { year, month, day: day.min(days(year, month)) }
}

/// The service number, in the letters of the source; of forty one has a wrong digit.
fn write_number(line: &mut String, chance: &mut Chance, source: Source, number: ([(char, char); 2], u32)) {
    let (letters, mut digits) = number;
    for (cyrillic, latin) in letters {
        line.push(if source == Source::RedCross { latin } else { cyrillic });
    }
    if chance.happens(rates::NUMBER_DIGIT_WRONG) {
        let place = 10_u32.pow(chance.below(6) as u32);
        let digit = digits / place % 10;
        // One to nine more, modulo ten, is always another digit.
        let other = (digit + 1 + chance.below(9) as u32) % 10;
        digits = digits - digit * place + other * place;
    }
    // Writing to a String cannot fail.
    let _ = write!(line, "{digits:06}");
}

#[cfg(test)]
#[path = "reports_tests.rs"]
mod tests;
