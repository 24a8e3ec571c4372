//! `homeward select explain` on the example of a round: everybody's reason sheet, in three languages.

use std::process::{Command, Output};

use serde_json::Value;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/selection");
const SEED: &str = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed";

fn explain(rules: &str, more: &[&str]) -> Output {
    let (rules, pool) = (format!("{EXAMPLE}/{rules}"), format!("{EXAMPLE}/pool.csv"));
    let args = ["select", "explain", "--rules", &rules, "--pool", &pool, "--seed", SEED];
    Command::new(env!("CARGO_BIN_EXE_homeward")).args(args).args(more).output().unwrap()
}

fn items(file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(format!("{EXAMPLE}/{file}")).unwrap();
    text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
}

fn answers(lang: &str) -> Vec<Value> {
    let everyone = items("pool.csv");
    let all: Vec<&str> = everyone.iter().map(String::as_str).chain(["--lang", lang, "--json"]).collect();
    let output = explain("rules.toml", &all);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn everybody_has_a_sheet_that_agrees_with_the_roll() {
    let roll = items("roll.csv");
    for answer in answers("en") {
        let item = answer["item"].as_str().unwrap();
        let goes = roll.iter().any(|going| going == item);
        assert_eq!(answer["goes"], goes, "{item}");
        let Some(price) = answer["price"].as_array() else { continue };
        // Whatever is forced costs something: the roll is the only best one.
        let first = price.iter().filter_map(Value::as_i64).find(|level| *level != 0);
        assert!(first.is_some_and(|level| level > 0), "{answer}");
        let own = if goes { "leave" } else { "join" };
        assert!(answer[own].as_array().unwrap().iter().any(|other| other == item), "{answer}");
    }
}

#[test]
fn a_sheet_is_whole_in_every_language() {
    let said = |answers: &[Value]| -> Vec<usize> {
        answers.iter().map(|answer| answer["says"].as_array().unwrap().len()).collect()
    };
    let english = answers("en");
    assert!(english.iter().any(|answer| answer["goes"] == false && !answer["price"].is_null()));
    for lang in ["uk", "ru"] {
        let other = answers(lang);
        assert_eq!(said(&other), said(&english), "{lang}");
        for sentence in other.iter().flat_map(|answer| answer["says"].as_array().unwrap()) {
            let sentence = sentence.as_str().unwrap();
            assert!(!sentence.contains("selection-"), "a sentence without words: {sentence}");
            assert!(sentence.chars().any(|letter| ('а'..='я').contains(&letter)), "{sentence}");
        }
    }
}

#[test]
fn one_who_is_not_there_is_refused() {
    let cases = [
        (vec!["00"], "an item has 64 hexadecimal digits"),
        (vec![SEED], "is not among the people of this round"),
    ];
    for (more, wanted) in cases {
        let output = explain("rules.toml", &more);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stdout).contains(wanted), "{output:?}");
    }
}

#[test]
fn what_explain_refuses_it_refuses_in_the_language_asked_for() {
    let unknown = "00".repeat(32);
    let asked = [
        (vec!["abc"], "64 hexadecimal digits", "64 шістнадцяткові цифри", "64 шестнадцатеричные цифры"),
        (vec![unknown.as_str()], "is not among the people", "немає серед людей", "нет среди людей"),
        (
            vec!["abc"; 2_000],
            "people are explained at a time",
            "За один раз пояснюють",
            "За один раз объясняют",
        ),
    ];
    for (items, en, uk, ru) in asked {
        for (lang, words) in [("en", en), ("uk", uk), ("ru", ru)] {
            let output = explain("rules.toml", &[&items[..], &["--lang", lang]].concat());
            let said = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(words), "{lang}: {said}");
        }
    }
}
