//! `homeward ledger` on the acts of agreements: the examples of the book, and files that it refuses.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn example(case: &str, file: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/agreements")).join(case).join(file)
}

fn ledger(terms: &Path, acts: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_homeward"));
    command.arg("ledger").arg(terms).arg(acts).args(more).output().unwrap()
}

fn of_case(case: &str, more: &[&str]) -> (Option<i32>, String) {
    let output = ledger(&example(case, "terms.toml"), &example(case, "acts.csv"), more);
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

fn json_of(case: &str, more: &[&str]) -> Value {
    let more: Vec<&str> = more.iter().copied().chain(["--json"]).collect();
    let (code, answer) = of_case(case, &more);
    assert_eq!(code, Some(0), "{case}: {answer}");
    serde_json::from_str(&answer).unwrap()
}

#[test]
fn heads_and_value_stand_beside_one_another_and_the_difference_is_carried() {
    let ratio = &json_of("sherman-hood-1864", &[])["ratios"][0];
    assert_eq!(ratio["heads"], json!([1128, 1332]));
    assert_eq!(ratio["values"], json!(["2047", "2045"]));
    assert_eq!((&ratio["difference"], &ratio["due"]["value"]), (&json!("2"), &json!("2")));
    let words = of_case("sherman-hood-1864", &[]).1;
    assert!(words.contains("heads 1128 against 1332") && words.contains("were not verified"), "{words}");
}

#[test]
fn two_readings_and_two_statements_are_shown_and_none_is_settled() {
    let answer = json_of("istanbul-2-2025", &[]);
    let owed = |reader: Value| {
        let balances = answer["balances"].as_array().unwrap();
        let one = balances.iter().find(|one| one["quantity"] == "floor-to-ua" && one["reader"] == reader);
        one.unwrap()["outstanding"].clone()
    };
    assert_eq!((owed(Value::Null), owed(json!("ru"))), (json!("1000"), json!("1200")));
    let stated = answer["stated"].as_array().unwrap();
    let told: Vec<_> = stated.iter().filter(|one| one["round"].is_null()).map(|one| &one["stated"]).collect();
    assert_eq!(told, [&json!(6057), &json!(6060)]);
    let words = of_case("istanbul-2-2025", &[]).1;
    assert!(words.contains("as ru reads it asks at least 1200"), "{words}");
    assert!(words.contains("they DIFFER, none is corrected"), "{words}");
}

#[test]
fn the_acts_behind_every_account_sum_to_it() {
    for case in ["iran-iraq-1988", "istanbul-2-2025", "dix-hill-1862", "ua-ru-2022-09"] {
        let answer = json_of(case, &[]);
        let mut sums: std::collections::BTreeMap<String, i64> = std::collections::BTreeMap::new();
        for one in answer["accounts"].as_array().unwrap() {
            let (leg, post) = (one["leg"].as_str().unwrap(), one["post"].as_str().unwrap());
            if post != "promised" && post != "owed" {
                *sums.entry(format!("{leg}/{}/{post}", one["round"])).or_default() +=
                    one["balance"].as_i64().unwrap();
            }
        }
        assert!(!sums.is_empty(), "{case}");
        for (account, balance) in sums {
            assert_eq!(json_of(case, &["--of", &account])["sum"], json!(balance), "{case} {account}");
        }
    }
    let (code, why) = of_case("iran-iraq-1988", &["--of", "to-mars"]);
    assert_eq!(code, Some(2));
    assert!(why.contains("no leg to-mars; the legs are to-iraq, to-iran"), "{why}");
}

/// Writes the acts of a case with one text replaced, and gives them to the command.
fn changed(case: &str, from: &str, to: &str, more: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let acts = std::fs::read_to_string(example(case, "acts.csv")).unwrap();
    assert!(acts.contains(from), "{case} has no {from}");
    let path = folder.path().join("changed.csv");
    std::fs::write(&path, acts.replacen(from, to, 1)).unwrap();
    let output = ledger(&example(case, "terms.toml"), &path, more);
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn acts_that_cannot_be_are_refused_with_their_line() {
    // The case; what is replaced the first time, by what; what the refusal says.
    let cases = [
        ("istanbul-1-2025", "at,by,act", "at,by,deed", "line 1: "),
        ("istanbul-1-2025", "handed-over,to-ua", "handed-over,to-mars", "line "),
        ("istanbul-1-2025", ",both,handed-over,to-ua", ",ru,received,to-ua", "line "),
        ("iran-iraq-1988", "iraqis-went,41", "iraqis-went,0", "line "),
        ("sherman-hood-1864", ",,nco,", ",,admiral,", "line "),
        ("sherman-hood-1864", ",,nco,", ",,,", "line 3: clause 1: the scale "),
        (
            "iran-iraq-1988",
            "vacated,to-iraq,,iraqis-recovered,27",
            "vacated,to-iraq,,iraqis-recovered,28",
            ": clause 1: 28 of",
        ),
    ];
    for (case, from, to, said) in cases {
        let (code, why) = changed(case, from, to, &[]);
        assert_eq!(code, Some(2), "{case} {to}: {why}");
        assert!(why.starts_with("REFUSED: changed.csv: ") && why.contains(said), "{case} {to}: {why}");
    }
}

#[test]
fn an_act_outside_its_window_is_refused_with_clause_and_line_unless_it_is_asked_for() {
    let acts = std::fs::read_to_string(example("istanbul-1-2025", "acts.csv")).unwrap();
    let row = acts.lines().find(|line| line.contains("handed-over")).unwrap();
    let late = row.replacen(&row[..10], "2025-07-01", 1);
    let (code, why) = changed("istanbul-1-2025", row, &late, &[]);
    assert_eq!(code, Some(2), "{why}");
    assert!(why.contains("line ") && why.contains("clause 3: phase three-days is not open: "), "{why}");
    let (code, words) = changed("istanbul-1-2025", row, &late, &["--outside"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("acts outside the windows of their phases"), "{words}");
}

#[test]
fn a_wrong_sum_is_a_finding_with_both_numbers() {
    let (code, words) = changed("istanbul-1-2025", ",ua,states,to-ua,1,,390", ",ua,states,to-ua,1,,391", &[]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("ua states 391; posted 390") && words.contains("they DIFFER"), "{words}");
}

#[test]
fn two_accounts_are_laid_beside_one_another_per_figure_and_per_person() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, rows: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("by,act,leg,item\n{rows}")).unwrap();
        path
    };
    let terms = example("donbas-2019", "terms.toml");
    let text = std::fs::read_to_string(&terms).unwrap();
    assert!(text.contains("id = \"from-ua\""), "the case has the leg that this test uses");
    let ours = file("ours.csv", "both,handed-over,from-ua,a\nboth,handed-over,from-ua,b\n");
    let theirs = file(
        "theirs.csv",
        "both,handed-over,from-ua,a\nboth,handed-over,from-ua,c\nboth,handed-over,from-ua,d\n",
    );
    let plain = folder.path().join("terms.toml");
    std::fs::write(&plain, without_gates(&text)).unwrap();
    let output = ledger(&plain, &ours, &["--against", theirs.to_str().unwrap()]);
    let words = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{words}");
    for said in [
        "received, in ours.csv and theirs.csv: 4 differences; neither is changed",
        "from-ua: ours.csv has 2, theirs.csv has 3",
        "from-ua: b is in ours.csv, not in theirs.csv",
        "from-ua: c is in theirs.csv, not in ours.csv",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let same = ledger(&plain, &ours, &["--against", ours.to_str().unwrap()]);
    assert_eq!(same.status.code(), Some(0));
}

#[test]
fn one_receipt_less_shows_in_the_sums_that_it_holds_back() {
    let folder = tempfile::tempdir().unwrap();
    let acts = std::fs::read_to_string(example("ua-ru-2022-09", "acts.csv")).unwrap();
    let without = folder.path().join("without.csv");
    let left_out = |line: &&str| !line.contains(",commander-3,") || line.contains(",released,");
    std::fs::write(&without, acts.lines().filter(left_out).collect::<Vec<_>>().join("\n")).unwrap();
    let terms = example("ua-ru-2022-09", "terms.toml");
    let output =
        ledger(&terms, &example("ua-ru-2022-09", "acts.csv"), &["--against", without.to_str().unwrap()]);
    let words = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{words}");
    assert!(words.contains("posted 200 in acts.csv, 0 in without.csv"), "{words}");
}

/// The same terms without the gates that every named person would have to pass.
fn without_gates(text: &str) -> String {
    let (mut kept, mut in_gate) = (String::new(), false);
    for line in text.lines() {
        if line.starts_with('[') {
            in_gate = line == "[[gates]]";
        }
        if !in_gate {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}
