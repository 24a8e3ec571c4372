//! `homeward ledger` on the published figures, read in place, and on tables that it refuses.
//!
//! The figures are not part of this repository. `HOMEWARD_SHARED` says where they are; without them the test says so and passes.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

const TERMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ledger/exchanges-2022-2026.toml");

fn ledger(terms: &Path, acts: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_homeward"));
    command.arg("ledger").arg(terms).arg(acts).args(more).output().unwrap()
}

#[test]
fn the_published_figures_come_to_the_published_total_of_2024_and_differ_where_they_differ() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var("HOMEWARD_SHARED").unwrap_or_else(|_| default.to_owned());
    let acts = PathBuf::from(folder).join("data/ref/exchange_statistics/exchanges_2022_2026.csv");
    if !acts.exists() {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: {} is absent, so the ledger was not replayed",
            acts.display()
        );
        return;
    }
    let output = ledger(Path::new(TERMS), &acts, &["--json"]);
    assert_eq!(output.status.code(), Some(0));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let published = answer["published"].as_array().unwrap();
    let of = |year: i32, to: &str| {
        let found = published.iter().find(|total| total["year"] == year && total["to"] == to).unwrap();
        [&found["published"], &found["sum"], &found["agrees"]].map(Clone::clone)
    };
    assert_eq!(of(2024, "russia"), [json!(1266), json!(1266), json!(true)]);
    assert_eq!(of(2024, "ukraine"), [json!(1358), json!(1340), json!(false)]);
    let difference = &answer["differences"][0];
    assert_eq!((&difference["date"], &difference["heads"]), (&json!("2024-01-03"), &json!(224)));
    assert_eq!((&difference["other"]["by"], &difference["other"]["heads"]), (&json!("russia"), &json!(173)));
    let withheld =
        answer["acts"].as_array().unwrap().iter().flat_map(|act| act["figures"].as_array().unwrap());
    let withheld = withheld.filter(|figure| figure["withheld"] == true).collect::<Vec<_>>();
    assert!(withheld.len() == 18 && withheld.iter().all(|figure| figure["heads"].is_null()));

    let words = ledger(Path::new(TERMS), &acts, &[]);
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(words.contains("2024 to russia, by russia: published 1,266, sum 1,266: they agree"));
}

#[test]
fn tables_and_terms_that_cannot_be_read_are_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let check = |terms: &Path, acts: &str, said: &str| {
        let path = folder.path().join("acts.csv");
        std::fs::write(&path, acts).unwrap();
        let output = ledger(terms, &path, &[]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.code() == Some(2) && text.contains(said), "{text}");
    };
    let header = "date,to_ukraine_military,to_russia_military,extra,note,source,status\n";
    let terms = Path::new(TERMS);
    check(terms, "", "acts.csv: empty");
    check(terms, &format!("{header}2024-01-03,1,2\n"), "acts.csv, row 2: ragged-row");
    check(terms, &format!("{header}2024-13-03,1,2,,,,seen\n"), "acts.csv: row 2: column date");
    check(
        terms,
        &format!("{header}\n2024-01-03,many,2,,,,seen\n"),
        "acts.csv: row 3: column to_ukraine_military",
    );
    let odd = folder.path().join("odd.toml");
    std::fs::write(&odd, "undisclosed = 3\n").unwrap();
    check(&odd, header, "odd.toml: line 1");
}
