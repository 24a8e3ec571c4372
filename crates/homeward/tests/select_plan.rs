//! `homeward select plan` on the example of a round, and on rounds that cannot be planned together.

use std::process::{Command, Output};

use serde_json::Value;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/selection");

fn example(file: &str) -> String {
    format!("{EXAMPLE}/{file}")
}

fn text(file: &str) -> String {
    std::fs::read_to_string(example(file)).unwrap()
}

fn seed() -> String {
    let page = text("README.md");
    let line = page.lines().find(|line| line.starts_with("The joint seed")).unwrap();
    line.split('`').nth(1).unwrap().to_owned()
}

fn plan(rules: &[&str], more: &[&str]) -> Output {
    let (pool, seed) = (example("pool.csv"), seed());
    let args = [&["select", "plan", "--rules"], rules, &["--pool", &pool, "--seed", &seed], more].concat();
    Command::new(env!("CARGO_BIN_EXE_homeward")).args(args).output().unwrap()
}

fn check(output: &Output, code: i32, wanted: &[&str]) {
    let said = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat();
    assert_eq!(output.status.code(), Some(code), "{said}");
    for words in wanted {
        assert!(said.contains(words), "{words:?} is not in:\n{said}");
    }
}

#[test]
fn the_example_is_forecast_round_by_round_with_its_bounds() {
    let (first, later) = (example("rules.toml"), example("rules-2.toml"));
    let rounds = [first.as_str(), &later, &later];
    let output = plan(&rounds, &[]);
    let told = [
        "A forecast and no decision",
        "round 1 (rules.toml): 27 people go, 15 of 42 are left",
        "round 3 (rules-2.toml): ",
        "no plan can have brought home more than",
        "in the order of the levels no plan can be ahead of",
        "How much sooner it could have been at the very most:\n  class 1: not at all\n  classes 1 to 2: one person by one round\n",
    ];
    check(&output, 0, &told);
    let answer: Value = serde_json::from_slice(&plan(&rounds, &["--json"]).stdout).unwrap();
    // The first round is the roll of the example, and nobody goes twice.
    let rolls: Vec<Vec<&str>> = answer["rounds"].as_array().unwrap().iter().map(items).collect();
    assert_eq!(format!("item\n{}\n", rolls[0].join("\n")), text("roll.csv"));
    let mut all = rolls.concat();
    let gone = all.len();
    all.sort_unstable();
    all.dedup();
    assert!(all.len() == gone && gone > 27 && rolls.len() == 3 && answer["stopped"].is_null());
    // What is said of a class is summed from what is said of the rounds.
    for (at, sooner) in answer["sooner_at_most"].as_array().unwrap().iter().enumerate() {
        let ahead = |round: &Value| {
            let class = &round["classes"][at];
            let [gone, most] = ["gone", "gone_at_most"].map(|field| class[field].as_u64().unwrap());
            assert!(gone <= most);
            most - gone
        };
        let sum: u64 = answer["rounds"].as_array().unwrap().iter().map(ahead).sum();
        assert_eq!(sooner["person_rounds"].as_u64(), Some(sum));
    }
    assert_eq!(answer["rounds"][0]["cost"], answer["rounds"][0]["bound"]);
}

fn items(round: &Value) -> Vec<&str> {
    round["roll"].as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

#[test]
fn a_round_that_cannot_be_made_ends_the_forecast_with_its_rules() {
    // The first file demands sick of each side in every round; after some rounds there is nobody left.
    let first = example("rules.toml");
    let rounds = [first.as_str(); 5];
    let output = plan(&rounds, &[]);
    check(
        &output,
        3,
        &[
            "round 1 (rules.toml): 27 people go",
            "NO ROLL of those who are then left",
            "Conflict 3 of 3: this cannot be met.",
        ],
    );
    let answer: Value = serde_json::from_slice(&plan(&rounds, &["--json"]).stdout).unwrap();
    let stopped = &answer["stopped"];
    assert_eq!(stopped["round"].as_u64().unwrap() as usize, answer["rounds"].as_array().unwrap().len() + 1);
    assert!(!stopped["conflicts"].as_array().unwrap().is_empty());
}

#[test]
fn rounds_that_differ_in_more_than_numbers_are_refused_by_file() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.toml");
    let refuse = |from: &str, to: &str, wanted: &str| {
        let rules = text("rules.toml");
        assert!(rules.contains(from));
        std::fs::write(&other, rules.replacen(from, to, 1)).unwrap();
        check(&plan(&[&example("rules.toml"), other.to_str().unwrap()], &[]), 2, &[wanted]);
    };
    refuse(
        "3:1",
        "2:1",
        "other.toml: round 2 does not have the caps, categories, classes and order of the first",
    );
    refuse("classes = 3", "classes = x", "other.toml: line 4: classes: ");
    check(&plan(&[], &[]), 2, &["--rules"]);
    check(&plan(&[example("rules.toml").as_str(); 101], &[]), 2, &["--rules: 101 rounds, the most is 100"]);
}

#[test]
fn the_help_says_what_a_forecast_is() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_homeward")).args(["select", "plan", "--help"]).output().unwrap();
    check(&output, 0, &["Decides nothing and writes nothing", "no plan brings them home sooner", "Example:"]);
}

#[test]
fn a_round_in_which_nobody_goes_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let rules = text("rules.toml");
    // No place in the round of either side, and nothing that asks for anyone.
    let none: String =
        rules.lines().filter(|line| !line.starts_with("at_least")).map(|line| format!("{line}\n")).collect();
    let closed = put("closed.toml", none.replace("at_most = 14", "at_most = 0"));
    let told = ["0 people go", "nobody can go: ", "cap \"round\" of aronia allows at most 0"];
    check(&plan(&[&closed], &[]), 0, &told);
    // Places for all, and after it nobody is left.
    let wide: String =
        none.lines().filter(|line| !line.starts_with("at_most")).map(|line| format!("{line}\n")).collect();
    let wide = put(
        "wide.toml",
        wide.replace("\"one-for-one\"", "\"all-for-all\"").replace("\"3:1\"", "\"all-for-all\""),
    );
    check(
        &plan(&[&wide, &wide], &[]),
        0,
        &["round 2 (wide.toml): 0 people go, 0 of 42 are left\n  nobody is left to go"],
    );
}
