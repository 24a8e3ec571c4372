//! The invented people against the published figures, and that nothing of them is real or shown by accident.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

const N: usize = 2000;

/// Says the share and refuses one that is further than `tolerance` from the published figure, both per mille.
#[expect(clippy::print_stderr, reason = "measured shares are meant to be read in the test's output")]
fn check_share(what: &str, count: usize, of: usize, published: usize, tolerance: usize) {
    let share = count * 1000 / of;
    eprintln!("{what}: {count} of {of} = {share} per mille, expected {published} ± {tolerance}");
    assert!(
        share.abs_diff(published) <= tolerance,
        "{what}: {share} per mille, expected {published} ± {tolerance}"
    );
}

#[test]
fn shares_are_those_published() {
    for (seed, side) in [(7, "aronia"), (8, "belmar")] {
        let people = invent(seed, side, N);
        let count = |of: &dyn Fn(&InventedPerson) -> bool| people.iter().filter(|person| of(person)).count();
        // Ranks: 83 % privates, 13 % sergeants, almost 3 % officers (newsukraine.rbc.ua, babel.ua).
        check_share("privates", count(&|p| p.class == Class::Private), N, 830, 5);
        check_share("sergeants", count(&|p| p.class == Class::Sergeant), N, 130, 5);
        check_share("officers", count(&|p| p.class == Class::Officer), N, 35, 6);
        // Held since: 311 from 2022, 122 from 2023, 150 from 2024, of 583 (espreso.tv, 2025-05-26).
        let stated = count(&|p| p.captured.year() < 2025);
        check_share("since 2022", count(&|p| p.captured.year() == 2022), stated, 533, 5);
        check_share("since 2023", count(&|p| p.captured.year() == 2023), stated, 209, 5);
        check_share("since 2024", count(&|p| p.captured.year() == 2024), stated, 257, 5);
        check_share("since 2025 (ours)", count(&|p| p.captured.year() == 2025), N, 80, 5);
        // 5 women of 230 (2024-01-03).
        check_share("women", count(&|p| p.sex == Sex::Female), N, 21, 5);
        check_share("under 25 (ours)", count(&|p| p.age_on(AGES_ON) < 25), N, 100, 2);
        check_share("seriously ill or wounded (ours)", count(&InventedPerson::is_ill), N, 220, 2);
        check_share(
            "25 to 61 of the others",
            count(&|p| (25..=61).contains(&p.age_on(AGES_ON))),
            N - N / 10,
            980,
            20,
        );
        // Named conditions: each of these must occur.
        for code in ["A1a", "A2g", "A3a", "A3d", "A3e", "A3g", "A3p", "A3t", "B5"] {
            assert!(count(&|p| p.condition == code) > 0, "nobody with {code}");
        }
    }
}

#[test]
fn whoever_must_leave_first_is_below_the_floor_for_any_number() {
    for n in (0..300).chain([999, 2000, 5000]) {
        let people = invent(3, "aronia", n);
        let first = people.iter().filter(|p| p.is_ill() || p.age_on(AGES_ON) < 25).count();
        assert!(first * 100 <= 45 * n, "{first} of {n}");
        assert_eq!(people.len(), n);
    }
}

#[test]
fn dates_follow_one_another() {
    for person in invent(11, "belmar", N) {
        let (first, last) = CAPTURED_BETWEEN;
        assert!((first..=last).contains(&person.captured));
        assert!(person.age_on(person.captured) >= 18 && person.age_on(AGES_ON) <= 65, "{person:?}");
        assert!(person.examined >= person.captured && person.examined < AGES_ON);
        assert!(person.condition_since.is_none_or(|since| since <= person.examined));
        assert_eq!(person.is_ill(), person.condition_since.is_some());
        assert!(person.stays[0].from > person.captured);
        for pair in person.stays.windows(2) {
            assert!(
                pair[0].to == Some(pair[1].from)
                    && pair[0].site != pair[1].site
                    && pair[0].from < pair[1].from
            );
        }
        assert!(person.stays.last().is_some_and(|stay| stay.to.is_none() && stay.from < AGES_ON));
    }
}

#[test]
fn a_rank_has_its_age() {
    for person in invent(12, "aronia", N) {
        assert!(person.age_on(person.captured) >= person.rank.age_min, "{person:?} {}", person.rank.code);
        assert!(person.class.ranks().contains(&person.rank));
    }
}

#[test]
fn the_same_seed_gives_the_same_people_and_another_does_not() {
    assert!(invent(7, "aronia", 300) == invent(7, "aronia", 300));
    assert!(invent(7, "aronia", 300) != invent(8, "aronia", 300));
    let surname = |seed, side| invent(seed, side, 20).iter().map(|p| p.surname).collect::<Vec<_>>();
    assert!(surname(7, "aronia") != surname(7, "belmar"));
}

#[test]
fn service_numbers_are_unique_and_carry_their_check_digit() {
    let people = invent(7, "aronia", 20_000);
    let numbers: BTreeSet<&str> = people.iter().map(|p| p.service_number.as_str()).collect();
    assert_eq!(numbers.len(), people.len());
    assert!(numbers.iter().all(|number| number.starts_with("AR-") && number.len() == 10));
    assert_eq!(luhn(7_992_739_871), 3, "the customary example 79927398713");
}

#[test]
fn relatives_have_telephones_that_no_network_has_and_one_each() {
    let people = invent(7, "aronia", N);
    assert!(people.iter().all(|p| p.kin.phone.starts_with("+000 ")));
    assert_eq!(people.iter().map(|p| &p.kin.phone).collect::<BTreeSet<_>>().len(), N);
    let relations = people.iter().fold(BTreeMap::new(), |mut all, p| {
        *all.entry(p.kin.relation).or_insert(0) += 1;
        all
    });
    assert!(relations.len() == 6, "{relations:?}");
}

#[test]
fn debug_shows_no_name() {
    let person = &invent(7, "aronia", 1)[0];
    let shown = format!("{person:?} {:?} {:?}", person.kin, person.surname);
    assert_eq!(shown, format!("InventedPerson(aronia 0) Kin({}) Form(name)", person.kin.relation));
}

#[test]
fn two_sides_are_held_at_different_sites() {
    assert_ne!(invent(7, "aronia", 1)[0].sites, invent(7, "belmar", 1)[0].sites);
}
