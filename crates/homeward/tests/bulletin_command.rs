//! `homeward bulletin check` on the examples of the book: a draft that holds, one that does not, and files it refuses.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bulletins").join(name)
}

fn check(published: &Path, draft: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_homeward"));
    command.args(["bulletin", "check"]).arg(published).arg(draft).args(more).output().unwrap()
}

#[test]
fn a_draft_that_gives_a_round_away_does_not_hold_and_the_answer_says_how() {
    let (published, draft) = (example("published.toml"), example("draft-refused.toml"));
    let output = check(&published, &draft, &["--json"]);
    assert_eq!(output.status.code(), Some(3));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["holds"], false);
    let derivations = answer["derivations"].as_array().unwrap();
    let round = derivations.iter().find(|found| found["least"] == "1478").unwrap();
    assert_eq!(round["since"], "follows with this draft");
    let how = round["how"].as_str().unwrap();
    assert!(how.contains("6235") && how.contains("4757"), "{how}");
    let finding = &answer["findings"][0];
    assert_eq!(finding["place"], "statement.uk, character 41");
    assert_eq!(finding["why"], "a number in free words: двоє");

    let words = String::from_utf8(check(&published, &draft, &[]).stdout).unwrap();
    assert!(words.contains("1478") && words.ends_with("the draft for round 12 does not hold.\n"), "{words}");
}

#[test]
fn a_draft_from_which_nothing_follows_holds() {
    let output = check(&example("published.toml"), &example("draft-safe.toml"), &[]);
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.code() == Some(0) && words.contains("round 13 holds"), "{words}");
}

#[test]
fn files_that_cannot_be_read_are_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |published: &Path, draft: &Path, code: i32, said: &str| {
        let output = check(published, draft, &[]);
        let words = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert!(output.status.code() == Some(code) && words.contains(said), "{words}");
    };
    let odd = folder.path().join("odd.toml");
    std::fs::write(&odd, "round = 12\nrond = 1\n").unwrap();
    let bytes = folder.path().join("bytes.toml");
    std::fs::write(&bytes, b"round = \xff").unwrap();
    refused(&example("published.toml"), &odd, 2, "odd.toml: line 2");
    refused(&example("published.toml"), &bytes, 2, "bytes.toml: not UTF-8");
    refused(&odd, &example("draft-safe.toml"), 2, "odd.toml: line");
    refused(&folder.path().join("absent.toml"), &odd, 2, "cannot open");
}
