//! Names in Ukrainian and Russian, in daily use and in oblique cases, are recognised as one name.

mod common;

use common::{level, shared};
use linkage::forms::{Level, Role};

/// Measures, weighted by how many people have the name, the share of pairs that are one name, per mille.
#[expect(clippy::print_stderr, reason = "the measured share is meant to be read in the test's output")]
fn check_recall(path: &str, role: Role, at_least: u64) {
    let Some(text) = shared(path) else { return };
    let (mut all, mut met) = (0, 0);
    let mut missed: Vec<(u64, String)> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let count: u64 = cells[3].parse().expect("a count");
        for russian in cells[1].split('|') {
            all += count;
            match level(cells[0], russian, role) {
                Level::Same | Level::OneName => met += count,
                other => missed.push((count, format!("{}~{russian} {other:?}", cells[0]))),
            }
        }
    }
    missed.sort_by(|a, b| b.cmp(a));
    let texts: Vec<&str> = missed.iter().take(150).map(|(_, text)| text.as_str()).collect();
    let found = met * 1_000 / all;
    eprintln!("{path}: {found} per mille are one name; missed {}", texts.join(", "));
    assert!(found >= at_least, "{path}: {found} per mille, at least {at_least} expected");
}

#[test]
fn ukrainian_and_russian_forms_are_one_name() {
    check_recall("ref/names/uk_first_with_ru_and_latin.csv", Role::Given, 0);
    check_recall("ref/names/uk_patronymic_with_ru_and_latin.csv", Role::Patronymic, 0);
    check_recall("ref/names/uk_last_with_ru_and_latin.csv", Role::Surname, 0);
}
