//! Invented people in the custody of the other side, with published shares of ranks, ages and years of capture.
//!
//! Decides who exists in a rehearsal. Every name is put together by chance from the shipped tables, every place, unit,
//! number and relative is invented, and telephone numbers begin with +000, which no country has. It refuses to know how
//! a party writes its lists (`lists`) and what happens to anybody (`scenario`).
//!
//! The shares are dealt, not drawn, so that they hold for any number of people; a test compares them with the published figures.

use time::{Date, Duration, Month, macros::date};

use crate::chance::Chance;
use crate::medical::{self, Cause, Health};
use crate::names::{Form, Gendered, tables};
use crate::ranks::{Class, Rank};

/// The day on which ages are counted: the signing of the agreement that the rehearsal follows in outline.
pub const AGES_ON: Date = date!(2025 - 06 - 02);

/// The first and the last day of capture.
pub const CAPTURED_BETWEEN: (Date, Date) = (date!(2022 - 02 - 24), date!(2025 - 05 - 15));

/// The most people of one side that can be invented, set by the service numbers.
pub const PEOPLE_MAX: usize = 900_000;

/// Seriously ill or wounded, per mille. No overall share has been published; ours leaves room for the rest of a list.
const ILL: usize = 220;
/// Under 25 on `AGES_ON`, per mille.
const YOUNG: usize = 100;
/// Women, per mille: 5 of 230 returned on 2024-01-03 (published by the receiving side).
const WOMEN: usize = 20;
/// Privates, sergeants, officers, per mille: 83, 13 and almost 3 of 100 (newsukraine.rbc.ua, babel.ua), the missing percent
/// given to officers.
const CLASSES: [(Class, usize); 3] = [(Class::Private, 830), (Class::Sergeant, 130), (Class::Officer, 40)];
/// Years of capture, per mille: 311, 122 and 150 of the 583 returned in the thousand for thousand of May 2025 whose year was
/// stated (espreso.tv, 2025-05-26), with 8 % captured since added.
const YEARS: [(i32, usize); 4] = [(2022, 491), (2023, 193), (2024, 236), (2025, 80)];

/// A person's sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sex {
    /// A man.
    Male,
    /// A woman.
    Female,
}

/// A relative to be told.
#[derive(Clone, PartialEq, Eq)]
pub struct Kin {
    /// The relation to the prisoner, in English: `mother`, `wife` ...
    pub relation: &'static str,
    /// The relative's given name.
    pub given: Form,
    /// The relative's surname.
    pub surname: Form,
    /// A telephone number that no network has.
    pub phone: String,
    /// The language to speak, `uk` or `ru`.
    pub language: &'static str,
}

/// A spell of detention at one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Index of the site, 0 to 11.
    pub site: usize,
    /// The first day.
    pub from: Date,
    /// The last day; none while the person is there.
    pub to: Option<Date>,
}

impl Stay {
    /// The code of the site in the captor's list, `S-01` to `S-12`.
    pub fn site_code(&self) -> String {
        format!("S-{:02}", self.site + 1)
    }
}

/// An invented prisoner.
#[derive(Clone, PartialEq, Eq)]
pub struct InventedPerson {
    /// The person's place in the invention, from 0: the key by which a rehearsal knows the truth.
    pub index: usize,
    /// The own side.
    pub side: String,
    /// Surname.
    pub surname: Form,
    /// Given name.
    pub given: Form,
    /// Patronymic.
    pub patronymic: Form,
    /// Sex.
    pub sex: Sex,
    /// Date of birth.
    pub birth: Date,
    /// Class of the rank.
    pub class: Class,
    /// Rank.
    pub rank: Rank,
    /// Service number, unique within the side; its last digit checks the others (Luhn).
    pub service_number: String,
    /// Unit, by its invented number and kind.
    pub unit: Form3,
    /// Day of capture.
    pub captured: Date,
    /// Place of capture, invented.
    pub captured_at: Form,
    /// Which of the two sets of twelve invented sites the captor uses.
    pub sites: usize,
    /// Spells of detention, in order; the last one is open.
    pub stays: Vec<Stay>,
    /// Health in the words of a capture card.
    pub health: Health,
    /// Annex I code of the condition, or `none`.
    pub condition: &'static str,
    /// When the condition began.
    pub condition_since: Option<Date>,
    /// Day of the last examination.
    pub examined: Date,
    /// A relative to be told.
    pub kin: Kin,
    /// What the lists made of this person follow, so that they too can be repeated.
    pub(crate) seed: u64,
}

/// A phrase in three languages that is put together, not read from a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form3 {
    /// In Ukrainian.
    pub uk: String,
    /// In Russian.
    pub ru: String,
    /// In English.
    pub en: String,
}

impl InventedPerson {
    /// Full years on `day`.
    pub fn age_on(&self, day: Date) -> i64 {
        full_years(self.birth, day)
    }

    /// Whether the person is seriously ill or wounded: has an Annex I condition.
    pub fn is_ill(&self) -> bool {
        self.condition != medical::NO_CONDITION
    }
}

impl std::fmt::Debug for InventedPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "InventedPerson({} {})", self.side, self.index)
    }
}

impl std::fmt::Debug for Kin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kin({})", self.relation)
    }
}

/// Invents `n` people of `side` who are held by the other side. The same arguments give the same people.
///
/// # Panics
/// When `n` is above [`PEOPLE_MAX`]: service numbers would repeat.
pub fn invent(seed: u64, side: &str, n: usize) -> Vec<InventedPerson> {
    assert!(n <= PEOPLE_MAX, "at most {PEOPLE_MAX} people of one side can be invented, asked for {n}");
    let mut dealing = Chance::of(seed, &format!("shares of {side}"));
    let ill = dealing.deal(n, &[(false, 1000 - ILL), (true, ILL)]);
    let young = dealing.deal(n, &[(false, 1000 - YOUNG), (true, YOUNG)]);
    let sexes = dealing.deal(n, &[(Sex::Male, 1000 - WOMEN), (Sex::Female, WOMEN)]);
    let classes = dealing.deal(n, &CLASSES);
    let years = dealing.deal(n, &YEARS);
    let series = Series::of(&mut dealing, side);
    (0..n)
        .map(|index| {
            let mut chance = Chance::of(seed, &format!("person {index} of {side}"));
            let captured = capture_day(&mut chance, years[index]);
            let birth = birth_day(&mut chance, captured, young[index], classes[index]);
            person(
                &mut chance,
                &series,
                Dealt {
                    index,
                    side,
                    ill: ill[index],
                    sex: sexes[index],
                    class: classes[index],
                    captured,
                    birth,
                },
            )
        })
        .collect()
}

/// What has been settled for one person before the rest is drawn.
struct Dealt<'a> {
    index: usize,
    side: &'a str,
    ill: bool,
    sex: Sex,
    class: Class,
    captured: Date,
    birth: Date,
}

fn person(chance: &mut Chance, series: &Series, dealt: Dealt<'_>) -> InventedPerson {
    let Dealt { index, side, ill, sex, class, captured, birth } = dealt;
    let names = tables();
    let surname = *chance.pick(&names.surnames);
    let given = given_name(chance, sex);
    let patronymic = of_sex(frequent(chance, &names.patronymics), sex);
    let rank = class.draw(chance, full_years(birth, captured));
    let (condition, condition_since) = condition(chance, ill, captured);
    let examined = date!(2025 - 04 - 20).max(captured) + Duration::days(chance.between(0, 12));
    InventedPerson {
        index,
        side: side.to_owned(),
        surname: of_sex(surname, sex),
        given,
        patronymic,
        sex,
        birth,
        class,
        rank,
        service_number: series.service_number(index),
        unit: unit(chance),
        captured,
        captured_at: *chance.pick(&names.capture_places),
        sites: series.sites,
        stays: stays(chance, captured),
        health: health(chance, condition),
        condition,
        condition_since,
        examined,
        kin: kin(chance, surname, patronymic, sex, series, index),
        seed: chance.draw(),
    }
}

/// What the people of one side share: the start of their numbers and the captor's sites.
struct Series {
    letters: [char; 2],
    start: usize,
    sites: usize,
}

impl Series {
    /// The letters come from the side's name, so that two sides differ as their names do; the sites from its first letter's
    /// parity, which tells the two parties of the rehearsal apart.
    fn of(dealing: &mut Chance, side: &str) -> Self {
        let mut letters = side.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        let letters = [letters.next().unwrap_or('X'), letters.next().unwrap_or('X')];
        Self { letters, start: dealing.below(PEOPLE_MAX), sites: letters[0] as usize % 2 }
    }

    /// Six digits that run through all numbers before one repeats (7,919 is prime and does not divide 900,000), and a check digit.
    fn service_number(&self, index: usize) -> String {
        let digits = 100_000 + (self.start + index * 7919) % PEOPLE_MAX;
        format!("{}{}-{digits}{}", self.letters[0], self.letters[1], luhn(digits))
    }

    fn phone(&self, index: usize) -> String {
        format!("+000 {:02} {:03} {:03}", self.sites + 1, index / 1000, index % 1000)
    }
}

/// The Luhn check digit of `digits`.
fn luhn(mut digits: usize) -> usize {
    let mut sum = 0;
    let mut double = true;
    while digits > 0 {
        let digit = digits % 10 * if double { 2 } else { 1 };
        sum += digit / 10 + digit % 10;
        double = !double;
        digits /= 10;
    }
    (10 - sum % 10) % 10
}

/// Draws one of a table that stands in falling order of use: the weight falls as one over the place.
fn frequent<T: Copy>(chance: &mut Chance, table: &[T]) -> T {
    table[chance.weighted((0..table.len()).map(|place| 100_000 / (place + 6)))]
}

fn given_name(chance: &mut Chance, sex: Sex) -> Form {
    match sex {
        Sex::Male => frequent(chance, &tables().given_male),
        Sex::Female => frequent(chance, &tables().given_female),
    }
}

fn of_sex(name: Gendered, sex: Sex) -> Form {
    match sex {
        Sex::Male => name.male,
        Sex::Female => name.female,
    }
}

/// Six in ten of the captures of 2022 fall before June of that year; other years are even.
fn capture_day(chance: &mut Chance, year: i32) -> Date {
    let (first, last) = CAPTURED_BETWEEN;
    let (from, to) = match year {
        2022 if chance.happens(600) => (first, date!(2022 - 05 - 31)),
        2022 => (date!(2022 - 06 - 01), date!(2022 - 12 - 31)),
        2023 => (date!(2023 - 01 - 01), date!(2023 - 12 - 31)),
        2024 => (date!(2024 - 01 - 01), date!(2024 - 12 - 31)),
        _ => (date!(2025 - 01 - 01), last),
    };
    from + Duration::days(chance.between(0, (to - from).whole_days()))
}

/// Nobody was under 18 when captured (an officer: 21), nobody is over 65 on `AGES_ON`; the median of those over 24 is near 40.
fn birth_day(chance: &mut Chance, captured: Date, young: bool, class: Class) -> Date {
    let of_age = if class == Class::Officer { 21 } else { 18 };
    let turning_25 = years_before(AGES_ON, 25);
    if young {
        let latest = years_before(captured, of_age);
        return latest - Duration::days(chance.between(0, (latest - turning_25).whole_days() - 1));
    }
    let span = (turning_25 - years_before(AGES_ON, 65)).whole_days();
    let (first, second) = (chance.between(0, 1000), chance.between(0, 1000));
    turning_25 - Duration::days(span * first * (1000 + second) / 2_000_000)
}

/// The same day `years` earlier; 28 February for the 29th in a year without one.
fn years_before(day: Date, years: i32) -> Date {
    let year = day.year() - years;
    day.replace_year(year).unwrap_or_else(|_| {
        // Only 29 February has no counterpart, and every year has a 28th.
        Date::from_calendar_date(year, Month::February, 28).expect("28 February exists in every year")
    })
}

fn full_years(birth: Date, day: Date) -> i64 {
    let had_birthday = (u8::from(day.month()), day.day()) >= (u8::from(birth.month()), birth.day());
    i64::from(day.year() - birth.year()) - i64::from(!had_birthday)
}

fn condition(chance: &mut Chance, ill: bool, captured: Date) -> (&'static str, Option<Date>) {
    if !ill {
        return (medical::NO_CONDITION, None);
    }
    let (code, cause) = medical::draw(chance);
    let last = date!(2025 - 04 - 15).max(captured);
    let since = match cause {
        Cause::Wound => captured - Duration::days(chance.between(0, 3)),
        Cause::Disease => captured + Duration::days(chance.between(-700, (last - captured).whole_days())),
        Cause::Captivity => captured + Duration::days(chance.between(0, (last - captured).whole_days())),
    };
    (code, Some(since))
}

/// The capture card of somebody with an Annex I condition says so; a quarter of the others are lightly ill or wounded.
fn health(chance: &mut Chance, condition: &str) -> Health {
    if condition.starts_with("A1") || condition.starts_with("A2") || condition == "B1" {
        return Health::SeriouslyWounded;
    }
    if condition != medical::NO_CONDITION {
        return Health::Sick;
    }
    match chance.below(100) {
        0..=11 => Health::Sick,
        12..=17 => Health::SlightlyWounded,
        18..=24 => Health::Recovered,
        _ => Health::Good,
    }
}

/// One to three spells: a transit site within days of the capture, and up to two transports since.
fn stays(chance: &mut Chance, captured: Date) -> Vec<Stay> {
    let end = date!(2025 - 05 - 20);
    let mut from = captured + Duration::days(chance.between(1, 5));
    let mut site = chance.below(3);
    let mut stays = Vec::new();
    for _ in 0..chance.below(3) {
        let last_move = (end - from).whole_days();
        if last_move < 20 {
            break;
        }
        let to = from + Duration::days(chance.between(10, last_move.min(500)));
        stays.push(Stay { site, from, to: Some(to) });
        from = to;
        // Any of the other sites: 1 to 11 steps round the twelve.
        site = (site + 1 + chance.below(11)) % 12;
    }
    stays.push(Stay { site, from, to: None });
    stays
}

/// Kinds of invented units in Ukrainian, Russian and English.
const UNIT_KINDS: [[&str; 3]; 5] = [
    ["окремий стрілецький батальйон", "отдельный стрелковый батальон", "Separate Rifle Battalion"],
    ["окрема рота зв'язку", "отдельная рота связи", "Separate Signal Company"],
    ["інженерний батальйон", "инженерный батальон", "Engineer Battalion"],
    ["артилерійський дивізіон", "артиллерийский дивизион", "Artillery Battalion"],
    ["батальйон охорони", "батальон охраны", "Guard Battalion"],
];

/// A unit with a number from 7,001 up, which no army uses for such units.
fn unit(chance: &mut Chance) -> Form3 {
    let [uk, ru, en] = chance.pick(&UNIT_KINDS);
    let number = 7001 + chance.below(60);
    Form3 { uk: format!("{number} {uk}"), ru: format!("{number} {ru}"), en: format!("{en} {number}") }
}

fn kin(
    chance: &mut Chance,
    surname: Gendered,
    patronymic: Form,
    sex: Sex,
    series: &Series,
    index: usize,
) -> Kin {
    let (relation, of) = match (chance.below(10), sex) {
        (0..=3, _) => ("mother", Sex::Female),
        (4..=6, Sex::Male) => ("wife", Sex::Female),
        (4..=6, Sex::Female) => ("husband", Sex::Male),
        (7, _) => ("sister", Sex::Female),
        (8, _) => ("brother", Sex::Male),
        _ => ("father", Sex::Male),
    };
    let given = match relation {
        "father" => father_of(patronymic).unwrap_or_else(|| given_name(chance, Sex::Male)),
        _ => given_name(chance, of),
    };
    let language = *chance.pick(&["uk", "uk", "ru"]);
    Kin { relation, given, surname: of_sex(surname, of), phone: series.phone(index), language }
}

/// The father's name from which the patronymic is made, when the table has a plain one: the name with `ович` after it.
fn father_of(patronymic: Form) -> Option<Form> {
    tables().given_male.iter().copied().find(|name| {
        let stem = patronymic.uk.strip_suffix("ович").or_else(|| patronymic.uk.strip_suffix("івна"));
        stem == Some(name.uk.trim_end_matches(['о', 'ь']))
            || stem
                .is_some_and(|stem| stem.strip_suffix('й').unwrap_or(stem) == name.uk.trim_end_matches('й'))
    })
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
