//! `homeward select chances` on the example of a round, with groups and without.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/selection");
const SEED: &str = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed";

fn chances(pool: &Path, more: &[&str]) -> Output {
    let rules = format!("{EXAMPLE}/rules.toml");
    let pool = pool.to_str().unwrap();
    let args = ["select", "chances", "--rules", &rules, "--pool", pool, "--seed", SEED];
    Command::new(env!("CARGO_BIN_EXE_homeward")).args(args).args(more).output().unwrap()
}

/// The people of the example, each alone and held for so long as `held` says.
fn alone(held: impl Fn(&str) -> String) -> tempfile::NamedTempFile {
    let pool = std::fs::read_to_string(format!("{EXAMPLE}/pool.csv")).unwrap();
    let line = |(at, line): (usize, &str)| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        if at > 0 {
            cells[5] = held(&cells[5]);
            cells[7].clear();
        }
        cells.join(",") + "\n"
    };
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pool.lines().enumerate().map(line).collect::<String>()).unwrap();
    file
}

fn fraction(text: &Value) -> (u64, u64) {
    let (num, den) = text.as_str().unwrap().split_once('/').unwrap();
    (num.parse().unwrap(), den.parse().unwrap())
}

#[test]
fn chances_add_up_to_the_roll_and_are_told_alike() {
    let pool = alone(|held| (held.parse::<u32>().unwrap() / 400).to_string());
    let output = chances(pool.path(), &["--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let types = answer["types"].as_array().unwrap();
    let number = |one: &Value, of: &str| one[of].as_u64().unwrap();
    let went: u64 = types.iter().map(|one| number(one, "went")).sum();
    assert_eq!(went, answer["roll"].as_array().unwrap().len() as u64);
    assert_eq!(types.iter().map(|one| number(one, "people")).sum::<u64>(), 42);
    let mut open = 0;
    for one in types {
        let ((num, den), (places, of)) = (fraction(&one["chance"]), fraction(&one["places_expected"]));
        assert_eq!(num * of * number(one, "people"), places * den, "{one}");
        assert!((places / of..=places.div_ceil(of)).contains(&number(one, "went")), "{one}");
        open += usize::from(0 < num && num < den);
    }
    assert!(open >= 2, "{types:?}");
    let text = String::from_utf8(chances(pool.path(), &[]).stdout).unwrap();
    assert!(text.contains(answer["roll_digest"].as_str().unwrap()), "{text}");
    // Two lines of heading, one left empty, one of the table's own.
    assert_eq!(text.lines().count(), 4 + open, "{text}");
}

#[test]
fn rounds_without_chances_are_refused_with_the_reason() {
    let example = Path::new(EXAMPLE).join("pool.csv");
    let output = chances(&example, &[]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(said.starts_with("NO CHANCES: ") && said.contains("group 1"), "{said}");
    let output = chances(&example, &["--json"]);
    assert!(serde_json::from_slice::<Value>(&output.stdout).unwrap()["no_chances"].is_string());
}
