//! `homeward select` and `homeward select check` on the example of a round, and on what they refuse.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/selection");

fn homeward(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

fn example(file: &str) -> String {
    format!("{EXAMPLE}/{file}")
}

fn text(file: &str) -> String {
    std::fs::read_to_string(example(file)).unwrap()
}

/// The seed, as the example's page has it.
fn seed() -> String {
    let page = text("README.md");
    let line = page.lines().find(|line| line.starts_with("The joint seed")).unwrap();
    line.split('`').nth(1).unwrap().to_owned()
}

/// A folder with the files of the example, for one of them to be changed.
struct Round(tempfile::TempDir);

impl Round {
    fn of_the_example() -> Self {
        let round = Self(tempfile::tempdir().unwrap());
        for file in ["rules.toml", "pool.csv", "roll.csv", "certificate.json"] {
            round.put(file, &text(file));
        }
        round
    }

    fn path(&self, file: &str) -> String {
        self.0.path().join(file).to_str().unwrap().to_owned()
    }

    fn put(&self, file: &str, text: &str) {
        std::fs::write(self.path(file), text).unwrap();
    }

    fn change(&self, file: &str, from: &str, to: &str) {
        let text = text(file);
        assert!(text.contains(from), "{file} has no {from}");
        self.put(file, &text.replacen(from, to, 1));
    }

    fn select(&self, more: &[&str]) -> Output {
        let (rules, pool, seed) = (self.path("rules.toml"), self.path("pool.csv"), seed());
        homeward(&[&["select", "--rules", &rules, "--pool", &pool, "--seed", &seed], more].concat())
    }

    fn check(&self, more: &[&str]) -> Output {
        let [rules, pool, roll, certificate] =
            ["rules.toml", "pool.csv", "roll.csv", "certificate.json"].map(|file| self.path(file));
        let files = ["--rules", &rules, "--pool", &pool, "--roll", &roll, "--certificate", &certificate];
        homeward(&[&["select", "check", "--seed", &seed()], &files[..], more].concat())
    }
}

fn check(output: &Output, code: i32, wanted: &[&str]) {
    let said = said(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    for words in wanted {
        assert!(said.contains(words), "{words:?} is not in:\n{said}");
    }
}

#[test]
fn the_example_is_selected_byte_for_byte_and_holds() {
    let round = Round::of_the_example();
    let out = round.path("round-1");
    let output = round.select(&["--out", &out]);
    check(
        &output,
        0,
        &["of 23 people go", "It is the best there is", "roll digest ", "what the roll reaches: "],
    );
    for file in ["roll.csv", "certificate.json"] {
        assert_eq!(std::fs::read_to_string(Path::new(&out).join(file)).unwrap(), text(file), "{file}");
    }
    let left: BTreeSet<PathBuf> = std::fs::read_dir(&out).unwrap().map(|one| one.unwrap().path()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    check(&round.check(&[]), 0, &["The roll holds: it keeps every rule, and no other roll is as good"]);

    let answer: Value = serde_json::from_slice(&round.select(&["--json"]).stdout).unwrap();
    let roll: Vec<&str> =
        answer["roll"].as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect();
    assert_eq!(text("roll.csv"), format!("item\n{}\n", roll.join("\n")));
    assert_eq!((&answer["best"], &answer["cost"]), (&Value::Bool(true), &answer["bound"]));
    let of_cells =
        answer["sides"].as_array().unwrap().iter().flat_map(|side| side["cells"].as_array().unwrap());
    assert_eq!(of_cells.map(|cell| cell["people"].as_u64().unwrap()).sum::<u64>(), roll.len() as u64);
    let answer: Value = serde_json::from_slice(&round.check(&["--json"]).stdout).unwrap();
    assert_eq!(answer["holds"], true);
}

#[test]
fn whoever_is_changed_in_the_roll_it_no_longer_holds() {
    let round = Round::of_the_example();
    let (pool, roll) = (text("pool.csv"), text("roll.csv"));
    let roll: BTreeSet<&str> = roll.lines().skip(1).collect();
    let stays: Vec<&str> =
        pool.lines().skip(1).map(|line| &line[..64]).filter(|item| !roll.contains(item)).collect();
    assert!(roll.len() > 20 && stays.len() > 10);
    let mut changed = 0;
    let mut refused = |out: Option<&str>, into: Option<&str>| {
        let mut items = roll.clone();
        out.map(|item| items.remove(item));
        items.extend(into);
        let lines: Vec<&str> = items.into_iter().collect();
        round.put("roll.csv", &format!("item\n{}\n", lines.join("\n")));
        check(&round.check(&[]), 3, &["DOES NOT HOLD: the roll "]);
        changed += 1;
    };
    stays.iter().for_each(|item| refused(None, Some(item)));
    for out in &roll {
        refused(Some(out), None);
        stays.iter().for_each(|item| refused(Some(out), Some(item)));
    }
    assert_eq!(changed, stays.len() + roll.len() * (stays.len() + 1));
}

#[test]
fn a_roll_that_does_not_hold_is_told_why() {
    let round = Round::of_the_example();
    let stranger = "ab".repeat(32);
    let mut items: Vec<String> = text("roll.csv").lines().skip(1).map(str::to_owned).collect();
    items.push(stranger.clone());
    items.sort();
    round.put("roll.csv", &format!("item\n{}\n", items.join("\n")));
    check(&round.check(&[]), 3, &[&format!("item {stranger} is not among the people")]);
    let answer: Value = serde_json::from_slice(&round.check(&["--json"]).stdout).unwrap();
    assert_eq!(answer["holds"], false);

    round.put("roll.csv", "item\n");
    check(
        &round.check(&[]),
        3,
        &["the roll breaks a rule: cap \"bus-1\" of aronia demands at least 4, and 0 go"],
    );
    round.put("roll.csv", &text("roll.csv"));
    // The same files under another seed: the lots fall otherwise, and the bound no longer meets the roll.
    let [rules, pool, roll, certificate] =
        ["rules.toml", "pool.csv", "roll.csv", "certificate.json"].map(|file| round.path(file));
    let files = ["--rules", &rules, "--pool", &pool, "--roll", &roll, "--certificate", &certificate];
    let seed = "00".repeat(32);
    let output = homeward(&[&["select", "check", "--seed", &seed], &files[..]].concat());
    check(&output, 3, &["not shown to be the best: it reaches "]);
}

#[test]
fn one_who_stays_is_told_before_whom_they_go() {
    // Two privates of one site, of whom the worse goes.
    let round = Round::of_the_example();
    let pool = text("pool.csv");
    let of_camp: Vec<(&str, u32, u32)> = pool
        .lines()
        .filter(|line| line.contains(",camp-1,privates,") && line.ends_with(",,"))
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            (fields[0], fields[4].parse().unwrap(), fields[5].parse().unwrap())
        })
        .collect();
    let roll = text("roll.csv");
    let goes: Vec<&(&str, u32, u32)> = of_camp.iter().filter(|one| roll.contains(one.0)).collect();
    let stays: Vec<&(&str, u32, u32)> = of_camp.iter().filter(|one| !roll.contains(one.0)).collect();
    let best = goes.iter().min_by_key(|one| one.1).unwrap();
    let worst = stays.iter().max_by_key(|one| one.1).unwrap();
    let mut items: Vec<&str> = roll.lines().skip(1).filter(|item| *item != best.0).collect();
    items.push(worst.0);
    items.sort_unstable();
    round.put("roll.csv", &format!("item\n{}\n", items.join("\n")));
    let told = format!(
        "item {} stays though they go before item {}, both in category \"privates\" at site \"camp-1\": ",
        best.0, worst.0
    );
    check(&round.check(&[]), 3, &[&told]);
}

#[test]
fn rules_that_cannot_be_met_give_no_roll_and_every_rule_is_named() {
    let round = Round::of_the_example();
    let out = round.path("round-1");
    let refuse = |from: &str, to: &str, wanted: &[&str]| {
        round.change("rules.toml", from, to);
        let output = round.select(&["--out", &out]);
        check(&output, 3, &[&["NO ROLL: the rules cannot be met together"], wanted].concat());
        assert!(!Path::new(&out).exists());
        let answer: Value = serde_json::from_slice(&round.select(&["--json"]).stdout).unwrap();
        let conflicts = answer["conflicts"].as_array().unwrap();
        assert!(!conflicts.is_empty() && conflicts.iter().all(|one| !one.as_array().unwrap().is_empty()));
        assert!(answer["roll"].is_null());
    };
    // Five are sick: of five the places at the hospital are too few, for six they need not give way.
    let sick = "at_least = [1, 1]\nat_most = [4, 4]";
    let (hospital, nobody) = (
        "cap \"hospital\" of aronia allows at most 3",
        "nobody more is in category \"sick\" at site \"north\" of aronia",
    );
    let five = "category \"sick\" of aronia demands at least 5";
    refuse(sick, "at_least = [5, 1]", &[five, hospital, nobody]);
    refuse(sick, "at_least = [6, 1]", &[&five.replace('5', "6"), nobody]);
    assert!(!said(&round.select(&[])).contains(hospital), "a rule that need not give way");
    let bus = "cap \"bus-1\" of aronia demands at least 8";
    refuse("at_most = 8\nat_least = 4", "at_most = 20\nat_least = 20", &[&bus.replace('8', "20")]);
    // Two that have nothing to do with one another are two, and the one who asks about a person is told the same.
    let two = [
        "Conflict 1 of 2: these 3 cannot hold together, one of them must give way.\n  category \"sick\" of aronia demands",
        "Conflict 2 of 2: these 3 cannot hold together, one of them must give way.\n  category \"sick\" of belmar demands",
    ];
    refuse("at_least = [1, 1]\nat_most = [4, 4]", "at_least = [9, 9]\nat_most = [9, 9]", &two);
    let (rules, pool, seed) = (round.path("rules.toml"), round.path("pool.csv"), seed());
    let item = &text("pool.csv").lines().nth(1).unwrap()[..64].to_owned();
    let asked = ["select", "explain", "--rules", &rules, "--pool", &pool, "--seed", &seed, item];
    check(&homeward(&asked), 3, &two);
    let answer: Value =
        serde_json::from_slice(&homeward(&[&asked[..], &["--json"]].concat()).stdout).unwrap();
    assert_eq!(answer["conflicts"].as_array().map(Vec::len), Some(2));
}

#[test]
fn nothing_is_overwritten_unasked_and_nothing_is_left_half_written() {
    let round = Round::of_the_example();
    let out = round.path("round-1");
    check(&round.select(&["--out", &out]), 0, &["written: "]);
    round.put("round-1/roll.csv", "somebody else's");
    check(&round.select(&["--out", &out]), 2, &["exists already; --force replaces it"]);
    assert_eq!(std::fs::read_to_string(round.path("round-1/roll.csv")).unwrap(), "somebody else's");
    check(&round.select(&["--out", &out, "--force"]), 0, &[]);
    assert_eq!(std::fs::read_to_string(round.path("round-1/roll.csv")).unwrap(), text("roll.csv"));
    // A folder stands where the certificate should: nothing is named, and nothing is left.
    std::fs::create_dir_all(round.path("round-2/certificate.json/in-the-way")).unwrap();
    check(&round.select(&["--out", &round.path("round-2"), "--force"]), 1, &["cannot name"]);
    assert_eq!(std::fs::read_dir(round.path("round-2")).unwrap().count(), 1);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let round = Round::of_the_example();
    let refuse = |file: &str, from: &str, to: &str, wanted: &str| {
        round.change(file, from, to);
        check(&round.check(&[]), 2, &[wanted]);
        round.put(file, &text(file));
    };
    refuse(
        "rules.toml",
        "classes = 3",
        "classes = 3\ncolour = 1",
        "rules.toml: line 5: colour: unknown field",
    );
    refuse(
        "rules.toml",
        "at_most = 14\n",
        "at_mots = 14\n",
        "rules.toml: line 11: at_mots: unknown field `at_mots`",
    );
    let header = text("pool.csv").lines().next().unwrap().to_owned() + "\n";
    refuse("pool.csv", &header, &format!("{header}\n"), "pool.csv: line 2: the line is empty; leave it out");
    refuse("pool.csv", ",hospital,", ",hotel,", "pool.csv: line 2: site: \"hotel\" is no cap of this side");
    refuse("roll.csv", "item\n", "items\n", "roll.csv: line 1: the first line must be item");
    refuse("certificate.json", "\"prices\"", "\"price\"", "certificate.json: unknown field `price`");
    refuse("certificate.json", "\"lot\"", "\"luck\"", "certificate.json: levels: \"luck\" is no level");
    std::fs::remove_file(round.path("roll.csv")).unwrap();
    check(&round.check(&[]), 2, &["cannot open"]);
    let (rules, pool) = (round.path("rules.toml"), round.path("pool.csv"));
    check(&homeward(&["select", "--rules", &rules, "--pool", &pool, "--seed", "07"]), 2, &["--seed: not 64"]);
    check(
        &homeward(&["select", "--rules", &rules, "--pool", EXAMPLE, "--seed", &seed()]),
        2,
        &["cannot open"],
    );
    check(&homeward(&["select"]), 2, &["--rules"]);
    check(&homeward(&["select", "check"]), 2, &["--rules"]);
}

/// Some programs put a mark of the order of bytes before a text.
#[test]
fn a_mark_before_the_text_changes_nothing_and_the_check_gives_the_digest_of_the_roll() {
    let round = Round::of_the_example();
    for file in ["rules.toml", "pool.csv", "roll.csv", "certificate.json"] {
        round.put(file, &format!("\u{feff}{}", text(file)));
    }
    let selected = said(&round.select(&[]));
    let digest = selected.lines().find(|line| line.starts_with("roll digest ")).unwrap();
    check(&round.check(&[]), 0, &[digest]);
    let answer: Value = serde_json::from_slice(&round.check(&["--json"]).stdout).unwrap();
    assert_eq!(format!("roll digest {}", answer["roll_digest"].as_str().unwrap()), digest);
    assert!(!selected.contains(" 0 of class"), "{selected}");
}

/// Where nobody is at a place that demands somebody, no other rule has to give way.
#[test]
fn a_conflict_names_no_rule_that_need_not_give_way() {
    let round = Round::of_the_example();
    round.put("pool.csv", &(text("pool.csv").lines().next().unwrap().to_owned() + "\n"));
    let told = said(&round.select(&[]));
    assert!(told.contains("cap \"bus-1\" of aronia demands at least 4"), "{told}");
    assert!(!told.contains("has nobody more") && !told.contains("cannot hold together"), "{told}");
}

#[test]
fn rules_that_choose_chances_are_drawn_by_them() {
    let round = Round::of_the_example();
    // Everyone alone: leximin is not worked out where people are kept together.
    let alone = |line: &str| line.rsplit_once(',').map(|(line, _)| format!("{line},")).unwrap() + "\n";
    let pool = text("pool.csv");
    let (header, people) = pool.split_once('\n').unwrap();
    round.put("pool.csv", &(format!("{header}\n") + &people.lines().map(alone).collect::<String>()));
    let (rules, pool) = (round.path("rules.toml"), round.path("pool.csv"));
    let drawn = homeward(&["select", "chances", "--rules", &rules, "--pool", &pool, "--seed", &seed()]);
    round.change("rules.toml", "classes = 3", "classes = 3\nchances = \"leximin\"");
    assert_eq!((said(&round.select(&[])), drawn.status.code()), (said(&drawn), Some(0)));
    let refused = "rules.toml: chances: \"leximin\": who goes follows from chances and not from lots";
    check(&round.check(&[]), 2, &[refused]);
    check(&round.select(&["--out", &round.path("round-1")]), 2, &["who goes follows from chances"]);
    assert!(!Path::new(&round.path("round-1")).exists());
}

#[test]
fn a_certificate_of_another_round_or_with_other_prices_does_not_hold() {
    let round = Round::of_the_example();
    let certificate = text("certificate.json");
    let at = certificate.find("\"prices\":[[").unwrap();
    // Every price of the first part that is closed becomes nothing.
    let end = at + certificate[at..].find("]]").unwrap();
    let nothing: String =
        certificate[at..end].chars().map(|one| if one.is_ascii_digit() { '0' } else { one }).collect();
    let nothing = nothing.replace('-', "");
    let mut fewer = String::new();
    for one in nothing.chars() {
        // Numbers of one digit only: JSON has no leading zeros.
        if !(one == '0' && fewer.ends_with('0')) {
            fewer.push(one);
        }
    }
    round.put("certificate.json", &format!("{}{fewer}{}", &certificate[..at], &certificate[end..]));
    check(&round.check(&[]), 3, &["not shown to be the best"]);
    round.change("certificate.json", "\"missing\",", "");
    check(&round.check(&[]), 3, &["not one of this round: the certificate's levels"]);
}

#[test]
fn the_bench_tells_what_every_step_takes() {
    let output = homeward(&["bench", "select", "--people", "50,200", "--runs", "1", "--groups", "--json"]);
    check(&output, 0, &[]);
    let sizes: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&sizes[0]["people_a_side"], &sizes[1]["people_a_side"]), (&50.into(), &200.into()));
    assert!(sizes[1]["places"].as_u64().unwrap() > 50 && sizes[1]["cost"][0] == 0);
    let words = homeward(&["bench", "select", "--people", "50", "--runs", "1"]);
    check(&words, 0, &["a side", "levels [0, "]);
}
