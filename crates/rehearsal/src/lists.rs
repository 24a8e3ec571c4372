//! The two lists in which the same invented people appear: what the captor's register holds, and what the own side seeks.
//!
//! Decides the columns and how each list errs: another spelling, Latin rows, dates known to the year, missing numbers and
//! a few wrong dates. Refuses to say which rows belong together: neither list carries a key of the other.
//!
//! Both are UTF-8 CSV after RFC 4180 with a header row. Dates are `YYYY-MM-DD`, or `YYYY` where only the year is known.
//!
//! # Held
//! `prisoner_number` (the captor's own), `surname`, `given_name`, `patronymic`, `sex` (`male`, `female`), `birth_date`,
//! `rank_code` (`OR-1` to `OF-5`), `rank`, `service_number` (empty where it was not stated), `unit`, `captured_on`, `captured_at`,
//! `site` (code), `site_name`, `site_since`, `earlier_stays` (`S-01 2022-03-01 2022-05-09; ...`), `health` (`good`, `recovered`,
//! `sick`, `slightly_wounded`, `seriously_wounded`), `condition_code` (Annex I, or `none`), `condition_since`, `examined_on`,
//! `examined_by` (`detaining_power`, `own_nationality`).
//!
//! # Sought
//! `case_number` (the own side's), the same names, sex, birth date, rank, number and unit, `last_seen_on`, `last_seen_at`,
//! `status` (`missing`, `held`), `status_source` (`unit`, `family`, `neutral`, `returnee`), `status_grade` (`confirmed`, `likely`), `status_on`,
//! `kin_relation`, `kin_name`, `kin_phone`, `kin_language` (`uk`, `ru`).

use time::{Date, Duration};

use crate::chance::Chance;
use crate::names::{Form, Spelling, tables};
use crate::people::{InventedPerson, Sex};

/// The columns of the captor's list, in order.
pub const HELD_COLUMNS: [&str; 21] = [
    "prisoner_number",
    "surname",
    "given_name",
    "patronymic",
    "sex",
    "birth_date",
    "rank_code",
    "rank",
    "service_number",
    "unit",
    "captured_on",
    "captured_at",
    "site",
    "site_name",
    "site_since",
    "earlier_stays",
    "health",
    "condition_code",
    "condition_since",
    "examined_on",
    "examined_by",
];

/// The columns of the own side's list, in order.
pub const SOUGHT_COLUMNS: [&str; 20] = [
    "case_number",
    "surname",
    "given_name",
    "patronymic",
    "sex",
    "birth_date",
    "rank_code",
    "rank",
    "service_number",
    "unit",
    "last_seen_on",
    "last_seen_at",
    "status",
    "status_source",
    "status_grade",
    "status_on",
    "kin_relation",
    "kin_name",
    "kin_phone",
    "kin_language",
];

/// Rows of the held list written in Latin letters, per mille.
const LATIN: usize = 120;
/// Rows of the held list with the year of birth only, per mille.
const YEAR_ONLY: usize = 30;
/// Rows of the held list without a service number, per mille.
const NUMBERLESS: usize = 40;
/// People whom the own side knows as missing only: 48 of 230 returned on 2024-01-03 had been so registered (interfax.com.ua).
const MISSING: usize = 210;
/// Rows of the sought list with a wrong date of birth, per mille.
const WRONG_BIRTH: usize = 15;

/// What the captor's register holds of `people`, in the captor's `spelling`, in an order of its own.
///
/// About 12 % of the rows are in Latin letters, 3 % have the year of birth only, 4 % no service number.
pub fn held_csv(people: &[InventedPerson], spelling: Spelling) -> String {
    let mut text = line(&HELD_COLUMNS.map(str::to_owned));
    for (number, person) in in_own_order(people, "held").into_iter().enumerate() {
        text += &line(&held_row(person, number + 1, spelling));
    }
    text
}

/// What the own side holds of the same `people`, in its `spelling`, in an order of its own.
///
/// About 21 % are only missing, the others known to be held; 1.5 % have a wrong date of birth.
pub fn sought_csv(people: &[InventedPerson], spelling: Spelling) -> String {
    let mut text = line(&SOUGHT_COLUMNS.map(str::to_owned));
    for (number, person) in in_own_order(people, "sought").into_iter().enumerate() {
        text += &line(&sought_row(person, number + 1, spelling));
    }
    text
}

/// The list's own order, so that equal row numbers mean nothing.
fn in_own_order<'a>(people: &'a [InventedPerson], list: &str) -> Vec<&'a InventedPerson> {
    let mut order: Vec<&InventedPerson> = people.iter().collect();
    order.sort_by_key(|person| (Chance::of(person.seed, list).draw(), person.index));
    order
}

fn held_row(person: &InventedPerson, number: usize, spelling: Spelling) -> [String; 21] {
    let mut chance = Chance::of(person.seed, "errors of the held list");
    let latin = chance.happens(LATIN);
    let names = if latin { Spelling::Latin } else { spelling };
    let birth =
        if chance.happens(YEAR_ONLY) { person.birth.year().to_string() } else { person.birth.to_string() };
    let service_number =
        if chance.happens(NUMBERLESS) { String::new() } else { person.service_number.clone() };
    let examined_by = if chance.happens(850) { "detaining_power" } else { "own_nationality" };
    let (stay, earlier) = person.stays.split_last().expect("invent gives everybody an open stay");
    let earlier: Vec<String> = earlier
        .iter()
        .map(|stay| {
            format!(
                "{} {} {}",
                stay.site_code(),
                stay.from,
                stay.to.map(|to| to.to_string()).unwrap_or_default()
            )
        })
        .collect();
    let site = tables().sites[person.sites][stay.site];
    [
        format!("P-{number:06}"),
        person.surname.in_spelling(names).to_owned(),
        person.given.in_spelling(names).to_owned(),
        person.patronymic.in_spelling(names).to_owned(),
        sex(person.sex),
        birth,
        person.rank.code.to_owned(),
        rank(person, spelling),
        service_number,
        unit(person, spelling),
        person.captured.to_string(),
        person.captured_at.in_spelling(spelling).to_owned(),
        stay.site_code(),
        site.in_spelling(spelling).to_owned(),
        stay.from.to_string(),
        earlier.join("; "),
        person.health.word().to_owned(),
        person.condition.to_owned(),
        person.condition_since.map(|since| since.to_string()).unwrap_or_default(),
        person.examined.to_string(),
        examined_by.to_owned(),
    ]
}

fn sought_row(person: &InventedPerson, number: usize, spelling: Spelling) -> [String; 20] {
    let mut chance = Chance::of(person.seed, "errors of the sought list");
    let missing = chance.happens(MISSING);
    let birth = if chance.happens(WRONG_BIRTH) { wrong(person.birth, &mut chance) } else { person.birth };
    // The unit saw the person last on the day of the capture, or a few days before.
    let last_seen = person.captured - Duration::days([0, 0, 0, 1, 2, 5][chance.below(6)]);
    let (status, source, grade) = match (missing, chance.below(4)) {
        (true, 0..=2) => ("missing", "unit", "confirmed"),
        (true, _) => ("missing", "family", "likely"),
        (false, 0) => ("held", "returnee", "likely"),
        (false, _) => ("held", "neutral", "confirmed"),
    };
    let status_on =
        last_seen + Duration::days(if missing { chance.between(1, 10) } else { chance.between(10, 18) });
    let kin = &person.kin;
    [
        format!("C-{number:06}"),
        person.surname.in_spelling(spelling).to_owned(),
        person.given.in_spelling(spelling).to_owned(),
        person.patronymic.in_spelling(spelling).to_owned(),
        sex(person.sex),
        birth.to_string(),
        person.rank.code.to_owned(),
        rank(person, spelling),
        person.service_number.clone(),
        unit(person, spelling),
        last_seen.to_string(),
        person.captured_at.in_spelling(spelling).to_owned(),
        status.to_owned(),
        source.to_owned(),
        grade.to_owned(),
        status_on.to_string(),
        kin.relation.to_owned(),
        full_name(kin.given, kin.surname, spelling),
        kin.phone.clone(),
        kin.language.to_owned(),
    ]
}

/// A date as somebody remembers it wrongly: day and month exchanged where that gives another date, else the year before.
fn wrong(right: Date, chance: &mut Chance) -> Date {
    let exchanged = time::Month::try_from(right.day())
        .ok()
        .and_then(|month| Date::from_calendar_date(right.year(), month, u8::from(right.month())).ok())
        .filter(|date| *date != right);
    match exchanged {
        Some(date) if chance.happens(500) => date,
        _ => right - Duration::days(365),
    }
}

fn sex(sex: Sex) -> String {
    match sex {
        Sex::Male => "male".to_owned(),
        Sex::Female => "female".to_owned(),
    }
}

fn rank(person: &InventedPerson, spelling: Spelling) -> String {
    match spelling {
        Spelling::Ukrainian => person.rank.uk.to_owned(),
        Spelling::Russian => person.rank.ru.to_owned(),
        Spelling::Latin => person.rank.en.to_owned(),
    }
}

fn unit(person: &InventedPerson, spelling: Spelling) -> String {
    match spelling {
        Spelling::Ukrainian => person.unit.uk.clone(),
        Spelling::Russian => person.unit.ru.clone(),
        Spelling::Latin => person.unit.en.clone(),
    }
}

fn full_name(given: Form, surname: Form, spelling: Spelling) -> String {
    format!("{} {}", given.in_spelling(spelling), surname.in_spelling(spelling))
}

/// One CSV line after RFC 4180; a cell is quoted when it must be.
fn line(cells: &[String]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| match cell.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.clone(),
        })
        .collect();
    quoted.join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::people::invent;

    fn rows(csv: &str) -> Vec<Vec<&str>> {
        csv.lines().map(|line| line.split(',').collect()).collect()
    }

    fn check_share(what: &str, count: usize, of: usize, expected: usize, tolerance: usize) {
        let share = count * 1000 / of;
        assert!(
            share.abs_diff(expected) <= tolerance,
            "{what}: {share} per mille, expected {expected} ± {tolerance}"
        );
    }

    #[test]
    fn both_lists_have_a_row_a_person_and_the_published_errors() {
        let people = invent(7, "aronia", 4000);
        let held = held_csv(&people, Spelling::Russian);
        let sought = sought_csv(&people, Spelling::Ukrainian);
        let (held, sought) = (rows(&held), rows(&sought));
        assert_eq!((held.len(), sought.len()), (4001, 4001));
        assert!(held.iter().all(|row| row.len() == HELD_COLUMNS.len()));
        assert!(sought.iter().all(|row| row.len() == SOUGHT_COLUMNS.len()));
        let among_held = |of: &dyn Fn(&[&str]) -> bool| held.iter().skip(1).filter(|row| of(row)).count();
        let among_sought = |of: &dyn Fn(&[&str]) -> bool| sought.iter().skip(1).filter(|row| of(row)).count();
        check_share("latin", among_held(&|row| row[1].is_ascii()), 4000, LATIN, 20);
        check_share("year only", among_held(&|row| row[5].len() == 4), 4000, YEAR_ONLY, 10);
        check_share("without number", among_held(&|row| row[8].is_empty()), 4000, NUMBERLESS, 12);
        check_share("missing", among_sought(&|row| row[12] == "missing"), 4000, MISSING, 20);
        let births: BTreeSet<(&str, String)> =
            people.iter().map(|p| (p.service_number.as_str(), p.birth.to_string())).collect();
        let wrong = among_sought(&|row| !births.contains(&(row[8], row[5].to_owned())));
        check_share("wrong birth", wrong, 4000, WRONG_BIRTH, 6);
    }

    #[test]
    fn the_sought_list_knows_nothing_of_the_captors() {
        let people = invent(7, "aronia", 500);
        let sought = sought_csv(&people, Spelling::Ukrainian);
        for site in &tables().sites[people[0].sites] {
            assert!(!sought.contains(site.uk));
        }
        assert!(!sought.contains("A3") && !sought.contains("P-0"));
        assert!(!held_csv(&people, Spelling::Russian).contains("+000"));
    }

    #[test]
    fn the_orders_of_the_lists_differ_and_repeat() {
        let people = invent(7, "aronia", 200);
        let held = held_csv(&people, Spelling::Ukrainian);
        let sought = sought_csv(&people, Spelling::Ukrainian);
        let same = rows(&held).iter().zip(rows(&sought)).skip(1).filter(|(a, b)| a[8] == b[8]).count();
        assert!(same < 10, "{same} rows stand at the same place");
        assert_eq!(held, held_csv(&people, Spelling::Ukrainian));
    }

    #[test]
    fn a_cell_that_needs_it_is_quoted() {
        assert_eq!(line(&["a,b".into(), "say \"x\"".into(), "c".into()]), "\"a,b\",\"say \"\"x\"\"\",c\r\n");
    }
}
