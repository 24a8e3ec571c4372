//! Which keys a record has, and that a desk's query in any order and script finds it.

use super::*;

fn texts(keys: &[Key]) -> Vec<&str> {
    keys.iter().map(Key::text).collect()
}

#[test]
fn a_record_has_the_keys_of_its_columns() {
    let keys = keys("Мігда", Some("Максим"), Some("Олегович"), Some(1998), Some("АВ-12345"));
    assert_eq!(
        texts(&keys),
        [
            "service-number|AB12345",
            "surname+given+year|migda|maksim|1998",
            "given+patronymic+year|maksim|oleg|1998",
            "consonants+given+year|mgd|maksim|1998",
            "surname+given|migda|maksim",
            "surname+year|migda|1998",
            "surname|migda",
            "part+given|*mgd|maksim",
            "part+given|mig-|maksim",
            "part+given|migd-|maksim",
            "part+year|*mgd|1998",
            "part+year|mig-|1998",
            "part+year|migd-|1998",
            "given+patronymic|maksim|oleg",
            "patronymic|oleg",
        ]
    );
}

#[test]
fn missing_columns_give_fewer_keys_and_nothing_gives_none() {
    assert_eq!(texts(&keys("Мігда", None, None, None, None)), ["surname|migda"]);
    assert!(keys("", None, None, Some(1990), Some("-")).is_empty());
    assert!(keys("", Some("Іван"), None, Some(1990), None).is_empty());
}

#[track_caller]
fn check_meet(a: &[Key], b: &[Key], recipe: Recipe) {
    let met = a.iter().find(|key| b.contains(key)).map(Key::recipe);
    assert_eq!(met, Some(recipe), "{:?} and {:?}", texts(a), texts(b));
}

#[test]
fn the_same_person_in_three_spellings_shares_the_most_specific_key() {
    let home = keys("Мігда", Some("Олександр"), Some("Миколайович"), Some(1998), None);
    let captor = keys("Мигда", Some("Александр"), Some("Николаевич"), Some(1998), None);
    let latin = keys("Mihda", Some("Oleksandr"), Some("Mykolaiovych"), Some(1998), None);
    for (a, b) in [(&home, &captor), (&home, &latin), (&captor, &latin)] {
        check_meet(a, b, Recipe::SurnameGivenYear);
    }
    check_meet(
        &home,
        &keys("Могильда", Some("Саша"), Some("Николаевич"), Some(1998), None),
        Recipe::GivenPatronymicYear,
    );
    check_meet(
        &keys("Білявський", Some("Іван"), None, Some(1990), None),
        &keys("Белявский", Some("Иван"), None, Some(1990), None),
        Recipe::ConsonantsGivenYear,
    );
}

#[test]
fn a_query_in_any_order_and_script_finds_the_record() {
    let record = keys("Мігда", Some("Максим"), Some("Олегович"), Some(1998), Some("AR-1234567"));
    for (query, recipe) in [
        ("Мігда Максим Олегович", Recipe::SurnameGiven),
        ("максим мигда", Recipe::SurnameGiven),
        ("Maksim Migda", Recipe::SurnameGiven),
        ("MIHDA, Maksym", Recipe::SurnameGiven),
        ("Олегович Максим Мигда 1998", Recipe::SurnameGivenYear),
        ("Мігда Максим 15.11.1998", Recipe::SurnameGivenYear),
        ("Мігда 1998-11-15", Recipe::SurnameYear),
        ("Максим Олегович", Recipe::GivenPatronymic),
        ("Олеговича", Recipe::Patronymic),
        ("ar 1234567", Recipe::ServiceNumber),
        ("Maxim Olegovich 1998", Recipe::GivenPatronymicYear),
        ("мигда", Recipe::Surname),
        ("ar1234567", Recipe::ServiceNumber),
        ("AR-1234567 Невідомий", Recipe::ServiceNumber),
    ] {
        check_meet(&search_keys(query), &record, recipe);
    }
    for query in ["", "   ", "Максим", "1998", "Могда", "AR-1234568", "'; drop table --"] {
        assert!(!search_keys(query).iter().any(|key| record.contains(key)), "{query}");
    }
}

#[test]
fn a_double_surname_is_found_by_its_parts() {
    let record = keys("Коваленко-Литвин", Some("Ганна"), None, None, None);
    for query in ["Литвин Анна", "Коваленко Hanna", "Kovalenko-Lytvyn Hanna"] {
        check_meet(&search_keys(query), &record, Recipe::SurnameGiven);
    }
}

#[test]
fn a_surname_of_many_readings_is_found_by_itself() {
    let (record, asked) = (keys("c-Hca-Xx", Some("а"), None, None, None), search_keys("c-Hca-Xx"));
    assert!(asked.len() == KEYS_MAX, "{}", asked.len());
    check_meet(&asked, &record, Recipe::Surname);
}

#[test]
fn hostile_input_is_bounded_and_names_are_not_shown() {
    assert!(search_keys(&"хуjоhcx ".repeat(10_000)).len() <= KEYS_MAX);
    assert!(
        keys(&"jhcx-".repeat(10_000), Some("jhcx jhcx"), Some("jhcxovich"), Some(1990), Some("1")).len()
            <= KEYS_MAX
    );
    assert_eq!(format!("{:?}", keys("Мігда", None, None, None, None)), "[Key(surname)]");
}
