//! How many pairs were missed is told from those that were met: near the truth where columns err apart, and never below the bound.

use linkage::block::{Join, Part, Parts};
use linkage::forms::Role;
use linkage::recall::{Caught, caught};
use linkage::table::{Kind, Table};

const KINDS: [Kind; 5] =
    [Kind::Name(Role::Surname), Kind::Name(Role::Given), Kind::Words, Kind::Code, Kind::Number];

/// How many values each column has.
const MANY: [u64; 5] = [300_000, 300, 300_000, 300_000, 300_000];

/// Numbers that look like chance, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// A made-up word that no folding brings near another.
fn word(mut number: u64) -> String {
    let mut text = String::new();
    for _ in 0..4 {
        text.push(['b', 'k', 'l', 'm', 'r', 's', 't', 'z'][(number % 8) as usize]);
        text.push(['a', 'o', 'u'][(number / 8 % 3) as usize]);
        number /= 24;
    }
    text
}

/// Two records of each of 4,000 people; of a hundred cells of the second list `empty` are empty and `other` are something else.
fn two_lists(empty: u64, other: u64) -> Table {
    let mut table = Table::new(&KINDS);
    let mut dice = Dice(11);
    for _ in 0..4_000 {
        // Given names are few, as people's are: so nothing takes them for surnames.
        let values: Vec<u64> = MANY.iter().map(|many| dice.below(*many)).collect();
        for list in ["first", "second"] {
            let cells: Vec<String> = values
                .iter()
                .enumerate()
                .map(|(at, value)| {
                    let value = match dice.below(100) {
                        luck if list == "second" && luck < empty => return String::new(),
                        luck if list == "second" && luck < empty + other => dice.below(MANY[at]),
                        _ => *value,
                    };
                    if at < 3 { word(value) } else { format!("{value:06}") }
                })
                .collect();
            table.push(list, [&cells[0], &cells[1], ""], &[&cells[2], &cells[3], &cells[4]]);
        }
    }
    table.settle();
    table
}

#[test]
fn what_was_missed_is_told_from_what_was_met() {
    for (empty, other) in [(0, 2), (10, 5), (30, 5), (10, 25)] {
        let table = two_lists(empty, other);
        let parts = Parts::of(&table);
        let place = |wanted: Part| parts.list.iter().position(|part| *part == wanted).unwrap();
        let join = |one: Part, other: Part| Join { parts: vec![place(one), place(other)], meets: 1.0 };
        let joins = [
            join(Part::Name(Role::Surname), Part::Name(Role::Given)),
            join(Part::Name(Role::Surname), Part::Column(0)),
            join(Part::Column(1), Part::Column(2)),
        ];
        let mut row_of = vec![0; table.len()];
        (0..table.len()).for_each(|row| row_of[table.came[row] as usize] = row as u32);
        let key = |row: u32, at: usize| table.keys(row as usize)[at];
        let equal = |one, other, at| key(one, at) != 0 && key(one, at) == key(other, at);
        let is_met = |(one, other): &(u32, u32)| {
            let same = |at| equal(*one, *other, at);
            (same(0) && (same(1) || same(3))) || (same(4) && same(5))
        };
        let all: Vec<(u32, u32)> = row_of.chunks(2).map(|pair| (pair[0], pair[1])).collect();
        let found: Vec<(u32, u32, f64)> =
            all.iter().copied().filter(is_met).map(|(one, other)| (one, other, 1.0)).collect();
        let truth = found.len() as f64 / all.len() as f64;
        let told = caught(&table, &parts, &joins, found)[&(0, 1)];
        assert!((told.met - truth).abs() < 0.015, "{empty} {other}: {truth:.3} told {told:?}");
        assert!(told.missed() >= told.missed_at_least());
    }
}

#[test]
fn the_bound_is_chaos() {
    let check = |once: f64, twice: f64, joins: usize, expect: f64| {
        let caught = Caught { pairs: 100.0, once, twice, joins, met: 1.0 };
        assert!((caught.missed_at_least() - expect).abs() < 1e-9, "{caught:?}");
        assert!((caught.missed() - expect).abs() < 1e-9, "{caught:?}");
    };
    check(10.0, 4.0, 10, 8.1);
    check(0.0, 0.0, 10, 0.0);
    check(1.0, 0.0, 10, 0.0);
    check(6.0, 0.0, 2, 7.5);
    check(6.0, 2.0, 1, 0.0);
}

#[test]
fn nothing_found_tells_nothing() {
    let table = two_lists(0, 0);
    assert!(caught(&table, &Parts::of(&table), &[], []).is_empty());
}
