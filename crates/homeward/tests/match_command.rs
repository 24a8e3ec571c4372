//! `homeward match` as it is run: the example between two folders, and what is refused on the way.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const AGREEMENT: &str = "5e1d0c7a94b2463f8a60d3f1b7c29e84";

fn homeward(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).current_dir(dir).arg("match").args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A step that is done, and what it says in JSON.
fn done(dir: &Path, args: &[&str]) -> Value {
    let run = homeward(dir, &[args, &["--json"]].concat());
    assert_eq!(
        run.status.code(),
        Some(0),
        "{args:?}: {} {}",
        said(&run),
        String::from_utf8_lossy(&run.stderr)
    );
    serde_json::from_str(&said(&run)).unwrap()
}

/// A step that is refused: the code of the reason.
fn refused(dir: &Path, args: &[&str]) -> String {
    let run = homeward(dir, &[args, &["--json"]].concat());
    assert_eq!(run.status.code(), Some(2), "{args:?}: {}", said(&run));
    let value: Value = serde_json::from_str(&said(&run)).unwrap();
    value["refused"].as_str().unwrap().to_owned()
}

fn example(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/match").join(name);
    file.to_str().unwrap().to_owned()
}

fn file(side: &str, at: u32) -> String {
    let folder = if side == "first" { "A" } else { "B" };
    format!("{folder}/run-1/run-1-{side}-{at}.match")
}

fn new(dir: &Path, more: &[&str]) -> Value {
    let args = ["new", "A", "--agreement", AGREEMENT, "--sought", "60,40", "--held", "20,30"];
    done(dir, &[&args, more].concat())
}

fn commit(dir: &Path, folder: &str, party: &str) -> Value {
    let (sought, held) = (example(&format!("{party}-sought.csv")), example(&format!("{party}-held.csv")));
    done(dir, &["commit", folder, "--sought", &sought, "--held", &held])
}

/// Both have committed and read the code; gives it.
fn compared(dir: &Path, more: &[&str]) -> String {
    new(dir, more);
    commit(dir, "A", "aronia");
    done(dir, &["join", "B", &file("first", 1), "--agreement", AGREEMENT]);
    let of_b = commit(dir, "B", "belmar")["code"].as_str().unwrap().to_owned();
    let of_a = done(dir, &["take", "A", &file("second", 1)])["code"].as_str().unwrap().to_owned();
    assert_eq!(of_a, of_b, "both read the same digits");
    of_a
}

fn confirmed(dir: &Path, more: &[&str]) {
    let code = compared(dir, more);
    done(dir, &["confirm", "A", "--code", &code]);
    done(dir, &["confirm", "B", "--code", &code]);
}

/// Carries files from the first side's second on, until both are done.
fn carried(dir: &Path) {
    for at in 2..20 {
        if done(dir, &["take", "B", &file("first", at)])["next"] == "done" {
            return;
        }
        if done(dir, &["take", "A", &file("second", at)])["next"] == "done" {
            let last = done(dir, &["take", "B", &file("first", at + 1)]);
            assert_eq!(last["next"], "done");
            return;
        }
    }
    panic!("the run does not end");
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() { found.extend(below(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}

#[test]
fn the_example_of_the_book_finds_whom_both_lists_have_and_nobody_else() {
    for chunk in ["4096", "25"] {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        confirmed(dir, &["--reference", "8", "--chunk", chunk]);
        carried(dir);
        done(dir, &["found", "A", "--out", "found.csv"]);
        let expected = "id,recipes,references\n\
             А-01,given-patronymic-date surname-given-date surname-given-patronymic-year surname-patronymic-date,17\n\
             А-02,surname-given-date,18\n\
             А-03,service-year,19\n\
             А-05,given-patronymic-date,22\n";
        assert_eq!(fs::read_to_string(dir.join("found.csv")).unwrap(), expected, "chunk {chunk}");
        let found = done(dir, &["found", "B"]);
        let ids: Vec<&str> =
            found["found"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["Б-7"]);
        // One who was found is opened to the holder, who sees that leaf of the committed list and no other.
        done(dir, &["open", "A", "--id", "А-02", "--out", "opened"]);
        let shown = done(dir, &["check", "B", "opened"]);
        let key = "v1|surname-given-date|werbak|dmitro|1979-02-23";
        assert_eq!(shown, serde_json::json!([{ "key": key, "held": ["18"] }]));
        assert_eq!(refused(dir, &["open", "A", "--id", "А-04", "--out", "none"]), "not-found");
        assert_eq!(refused(dir, &["check", "A", "opened"]), "psi-wrong-side");
        let mut bent = fs::read(dir.join("opened")).unwrap();
        let at = bent.windows(4).position(|part| part == b"1979").unwrap();
        bent[at + 3] = b'8';
        fs::write(dir.join("bent"), bent).unwrap();
        assert_eq!(refused(dir, &["check", "B", "bent"]), "psi-leaf");
        fs::remove_file(dir.join("opened")).unwrap();
        fs::remove_file(dir.join("bent")).unwrap();
        assert_eq!(done(dir, &["status", "A"])["answered"], serde_json::json!([40, 40]));
        // The key and the other side's tags are gone; what is left names nobody.
        let left = below(dir);
        let is_left = |name: &str| left.iter().any(|path| path.ends_with(name));
        assert!(!is_left("A/run-1/key.sealed") && !is_left("B/run-1/key.sealed"));
        assert!(is_left("A/run-1/received-0000") && !is_left("A/run-1/received-0001"));
        for path in left.iter().filter(|path| !path.ends_with("found.csv")) {
            let bytes = fs::read(path).unwrap();
            for word in
                ["Мігда", "migda", "Щербак", "werbak", "1987-11", "А-01", "AB012345", "surname-given-date|"]
            {
                let is_there = bytes.windows(word.len()).any(|part| part == word.as_bytes());
                assert!(!is_there, "{word} in {}", path.display());
            }
        }
    }
}

#[test]
fn a_step_made_again_gives_the_same_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    confirmed(dir, &["--chunk", "25"]);
    let again = |args: &[&str]| assert_eq!(done(dir, args), done(dir, args), "{args:?}");
    again(&["take", "B", &file("first", 2)]);
    let sealed = |name: &str| fs::read(dir.join("B/run-1").join(name)).unwrap();
    assert_eq!(commit(dir, "B", "belmar"), done(dir, &["status", "B"]));
    let other = refused(dir, &["commit", "B", "--sought", &example("aronia-sought.csv")]);
    assert_eq!(other, "committed");
    // The machine stops before the state is written: the chunk is counted, and the same answer comes out again.
    done(dir, &["take", "A", &file("second", 2)]);
    let before = sealed("state.json");
    done(dir, &["take", "B", &file("first", 3)]);
    let (answer, budget) = (sealed("run-1-second-3.match"), sealed("budget"));
    assert_eq!(String::from_utf8_lossy(&budget).lines().count(), 1);
    fs::write(dir.join("B/run-1/state.json"), &before).unwrap();
    fs::remove_file(dir.join("B/run-1/run-1-second-3.match")).unwrap();
    done(dir, &["take", "B", &file("first", 3)]);
    assert_eq!((sealed("run-1-second-3.match"), sealed("budget")), (answer.clone(), budget.clone()));
    // A line that the crash cut off counts nothing; one that names another chunk stops the run.
    let whole = String::from_utf8(budget).unwrap();
    for (text, code) in [(format!("{whole}25 5"), None), (whole.replace("0 25", "0 24"), Some("budget"))] {
        fs::write(dir.join("B/run-1/state.json"), &before).unwrap();
        fs::write(dir.join("B/run-1/budget"), text).unwrap();
        match code {
            None => drop(done(dir, &["take", "B", &file("first", 3)])),
            Some(code) => assert_eq!(refused(dir, &["take", "B", &file("first", 3)]), code),
        }
    }
}

#[test]
fn what_is_foreign_old_cut_or_out_of_turn_is_refused_in_the_language_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let code = compared(dir, &["--chunk", "25"]);
    let wrong: String = code.replace('1', "2").replace('3', "4");
    assert_eq!(refused(dir, &["confirm", "A", "--code", &wrong]), "code-differs");
    done(dir, &["confirm", "A", "--code", &code]);
    assert_eq!(refused(dir, &["take", "B", &file("first", 2)]), "unconfirmed");
    done(dir, &["confirm", "B", "--code", &code]);
    let check = |name: &str, bytes: &[u8], code: &str| {
        let before = fs::read(dir.join("B/run-1/state.json")).unwrap();
        fs::write(dir.join("given"), bytes).unwrap();
        assert_eq!(refused(dir, &["take", "B", "given"]), code, "{name}");
        assert_eq!(fs::read(dir.join("B/run-1/state.json")).unwrap(), before, "{name}: nothing changes");
    };
    let good = fs::read(dir.join(file("first", 2))).unwrap();
    check("nothing", b"", "file-form");
    check("cut", &good[..good.len() - 1], "file-form");
    check("one's own", &fs::read(dir.join(file("second", 1))).unwrap(), "psi-wrong-side");
    check("huge", &vec![b'H'; 2_000_000], "psi-oversize");
    // The file of before changes nothing; what stood in it is refused in another file.
    let old = fs::read(dir.join(file("first", 1))).unwrap();
    done(dir, &["take", "B", &file("first", 1)]);
    let params = 43 + 4 + u32::from_be_bytes(old[43..47].try_into().unwrap()) as usize;
    check("old", &[&old[..41], &[0, 1], &old[params..]].concat(), "psi-replayed");
    let bent = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    check("another run", &bent(20), "psi-other-session");
    check("tags changed", &bent(good.len() - 100), "psi-tags-changed");
    done(dir, &["take", "B", &file("first", 2)]);
    done(dir, &["take", "A", &file("second", 2)]);
    let mut query = fs::read(dir.join(file("first", 3))).unwrap();
    let point = query.len() - 100;
    query[point] ^= 1;
    fs::write(dir.join("given"), query).unwrap();
    assert_eq!(refused(dir, &["take", "B", "given"]), "psi-not-committed");
    assert!(!dir.join("B/run-1/budget").exists(), "nothing is counted");
    done(dir, &["take", "B", &file("first", 3)]);
    // In words, in each language; with its code in all.
    let words =
        [("uk", "це не файл проходу"), ("ru", "это не файл прохода"), ("en", "this is no file of a run")];
    for (language, expected) in words {
        let run = homeward(dir, &["take", "B", &example("aronia-held.csv"), "--language", language]);
        assert_eq!(run.status.code(), Some(2));
        assert!(said(&run).contains(expected) && said(&run).contains("file-form"), "{}", said(&run));
    }
}

#[test]
fn who_carries_the_files_and_puts_a_list_of_his_own_in_is_heard_on_the_telephone() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    new(dir, &[]);
    commit(dir, "A", "aronia");
    // The courier joins himself, and gives the second side a run with a commit of his own.
    done(dir, &["join", "C", &file("first", 1), "--agreement", AGREEMENT]);
    let of_c = commit(dir, "C", "belmar")["code"].as_str().unwrap().to_owned();
    done(dir, &["join", "B", &file("first", 1), "--agreement", AGREEMENT]);
    let of_b = commit(dir, "B", "belmar")["code"].as_str().unwrap().to_owned();
    let of_a = done(dir, &["take", "A", "C/run-1/run-1-second-1.match"])["code"].as_str().unwrap().to_owned();
    assert_eq!(of_a, of_c);
    assert_ne!(of_a, of_b, "the second side's own commit never arrived");
    assert_eq!(refused(dir, &["confirm", "A", "--code", &of_b]), "code-differs");
}

#[test]
fn parameters_that_do_not_fit_are_refused_and_runs_come_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let with = |more: &[&str]| {
        let args = ["new", "X", "--agreement", AGREEMENT, "--sought", "60,40", "--held", "20,30"];
        refused(dir, &[&args, more].concat())
    };
    assert_eq!(with(&["--recipes", "surname-given-year"]), "recipe-unfit");
    assert_eq!(with(&["--recipes", "surname"]), "recipe-unknown");
    assert_eq!(with(&["--chunk", "5000"]), "psi-params");
    assert_eq!(
        refused(dir, &["new", "X", "--agreement", "x", "--sought", "1", "--held", "1,2"]),
        "two-numbers"
    );
    assert_eq!(refused(dir, &["status", "nowhere"]), "folder-none");
    new(dir, &["--runs", "2"]);
    assert_eq!(
        refused(dir, &["join", "B", &example("aronia-held.csv"), "--agreement", AGREEMENT]),
        "file-form"
    );
    assert_eq!(refused(dir, &["found", "A"]), "not-finished");
    let row = |n: usize| format!("{n},Мігда{},Максим,Олегович,1987-11-15\n", "аб".repeat(n));
    let many =
        "id,surname,given_name,patronymic,birth_date\n".to_owned() + &(1..11).map(row).collect::<String>();
    fs::write(dir.join("many.csv"), many).unwrap();
    assert_eq!(refused(dir, &["commit", "A", "--held", "many.csv"]), "psi-cap");
    assert!(!dir.join("A/run-1/lists.sealed").exists(), "what is refused is not kept");
    commit(dir, "A", "aronia");
    assert_eq!(refused(dir, &["join", "B", &file("first", 1), "--agreement", "another"]), "agreement");
    // A second run ends the first; a third is more than agreed.
    let args = ["new", "A", "--agreement", AGREEMENT, "--sought", "60,40", "--held", "20,30"];
    assert_eq!(refused(dir, &[&args[..], &["--runs", "3"]].concat()), "runs-differ");
    done(dir, &[&args[..], &["--runs", "2"]].concat());
    assert!(!dir.join("A/run-1/key.sealed").exists(), "the key of the run before answers nothing more");
    assert_eq!(refused(dir, &[&args[..], &["--runs", "2"]].concat()), "psi-params");
    let second = dir.join("A/run-2/run-2-first-1.match");
    commit(dir, "A", "aronia");
    let second = second.to_str().unwrap();
    assert_eq!(refused(dir, &["join", "B", second, "--agreement", AGREEMENT]), "run-order");
}

#[test]
fn the_dry_run_says_how_many_keys_and_what_a_hit_tells() {
    let dir = tempfile::tempdir().unwrap();
    let (sought, held) = (example("aronia-sought.csv"), example("belmar-held.csv"));
    let counts = done(dir.path(), &["keys", "--sought", &sought, "--held", &held]);
    assert_eq!((&counts["sought"]["people"], &counts["sought"]["without"]), (&6.into(), &0.into()));
    assert_eq!(counts["held"]["by"]["surname-given-date"], 5);
    let run = homeward(dir.path(), &["keys", "--sought", &sought, "--language", "uk"]);
    assert!(said(&run).contains("прізвище, ім’я, дата народження"), "{}", said(&run));
}
