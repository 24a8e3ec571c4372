//! A round that keeps a balance, end to end: selected, checked by the program and by the second checker, and with one person
//! exchanged refused by both.

use std::path::Path;
use std::process::{Command, Output};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const SEED: &str = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed";

/// The rules of the example, with what a person of each category is worth.
fn weighed() -> String {
    let mut worths = [4, 1, 2, 3].into_iter();
    let rules = std::fs::read_to_string(format!("{ROOT}/examples/selection/rules.toml")).unwrap();
    let line = |line: &str| match line.starts_with("against = ") {
        true => format!("{line}\nworth = {}\n", worths.next().unwrap_or(1)),
        false => format!("{line}\n"),
    };
    let rules: String = rules.lines().map(line).collect();
    rules + "\n[balance]\ncarried = 3\ntolerance = 2\n"
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

/// Both checkers on one roll: what each says, and its exit code.
fn both(folder: &Path) -> [(Option<i32>, String); 2] {
    let path = |file: &str| folder.join(file).to_str().unwrap().to_owned();
    let (rules, roll, certificate) = (path("rules.toml"), path("roll.csv"), path("certificate.json"));
    let pool = format!("{ROOT}/examples/selection/pool.csv");
    let own = Command::new(env!("CARGO_BIN_EXE_homeward"))
        .args(["select", "check", "--rules", &rules, "--pool", &pool, "--seed", SEED])
        .args(["--roll", &roll, "--certificate", &certificate])
        .output()
        .unwrap();
    let second = Command::new("python3")
        .arg(format!("{ROOT}/tools/verify/select_check.py"))
        .args([&rules, &pool, SEED, &roll, &certificate])
        .output()
        .unwrap();
    [own, second].map(|output| (output.status.code(), said(&output)))
}

#[test]
fn a_balanced_round_holds_for_both_checkers_and_with_one_person_exchanged_for_neither() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rules.toml");
    std::fs::write(&rules, weighed()).unwrap();
    let (rules, out) = (rules.to_str().unwrap(), folder.path().to_str().unwrap());
    let pool = format!("{ROOT}/examples/selection/pool.csv");
    let select = |more: &[&str]| {
        let args = ["select", "--rules", rules, "--pool", &pool, "--seed", SEED];
        Command::new(env!("CARGO_BIN_EXE_homeward")).args(args).args(more).output().unwrap()
    };
    let selected = select(&["--out", out]);
    assert_eq!(selected.status.code(), Some(0), "{}", said(&selected));
    for (code, told) in both(folder.path()) {
        assert_eq!(code, Some(0), "{told}");
    }
    // Without the balance others go: it is not idle.
    let free = std::fs::read_to_string(rules).unwrap().replace("tolerance = 2", "tolerance = 50");
    std::fs::write(rules, free).unwrap();
    let roll = folder.path().join("roll.csv");
    let balanced = std::fs::read_to_string(&roll).unwrap();
    assert_eq!(select(&["--out", out, "--force"]).status.code(), Some(0));
    assert_ne!(std::fs::read_to_string(&roll).unwrap(), balanced);
    std::fs::write(rules, weighed()).unwrap();
    assert_eq!(select(&["--out", out, "--force"]).status.code(), Some(0));
    let pool = std::fs::read_to_string(&pool).unwrap();
    let people: Vec<Vec<&str>> = pool.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let going: Vec<&str> = balanced.lines().skip(1).collect();
    let of = |item: &str| people.iter().find(|person| person[0] == item).unwrap();
    let mut exchanged = 0;
    for gone in &going {
        // Somebody of the same side and category who stays.
        let alike = |other: &&Vec<&str>| {
            other[1] == of(gone)[1] && other[3] == of(gone)[3] && !going.contains(&other[0])
        };
        let Some(other) = people.iter().find(alike) else { continue };
        let mut items: Vec<&str> =
            going.iter().map(|item| if item == gone { other[0] } else { item }).collect();
        items.sort_unstable();
        std::fs::write(&roll, format!("item\n{}\n", items.join("\n"))).unwrap();
        for (code, told) in both(folder.path()) {
            assert_eq!(code, Some(3), "{gone} for {}: {told}", other[0]);
        }
        exchanged += 1;
    }
    assert!(exchanged > 5, "{exchanged} exchanges were tried");
}
