//! The rehearsal as the program plays it: three processes, the desk's forms, one report for one seed.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

/// A demo asks for free ports and its nodes take them a moment later: the more start at once, the likelier two get one.
static PORTS: Mutex<()> = Mutex::new(());

fn homeward(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).args(args).output().unwrap()
}

/// Plays 120 people a side; answers the report without what depends on the machine.
fn report(dir: &Path, play: &str, seed: &str) -> Value {
    let dir = dir.join(play);
    let folder = dir.to_str().unwrap();
    let played = homeward(&["demo", "--headless", "--people", "120", "--seed", seed, "--dir", folder]);
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stderr));
    let text = std::fs::read_to_string(dir.join("report.json")).unwrap();
    let mut report: Value = serde_json::from_str(&text).unwrap();
    let timings = report.as_object_mut().unwrap().remove("timings").unwrap();
    assert_eq!(timings["rounds_ms"].as_array().unwrap().len(), 8);
    report
}

#[test]
fn one_seed_gives_one_report_in_which_every_failure_is_played_and_settled() {
    let _alone = PORTS.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let [first, again, other] = std::thread::scope(|scope| {
        let plays = [("first", "7"), ("again", "7"), ("other", "8")];
        plays.map(|(play, seed)| scope.spawn(move || report(dir, play, seed))).map(|one| one.join().unwrap())
    });
    assert_eq!(first, again, "the same seed gives the same report");
    assert_ne!(first["rounds"], other["rounds"], "another seed plays otherwise");
    for code in ["S1", "S2", "S4", "S5", "S7", "S10", "S11"] {
        assert!(!first["scenarios"][code].as_array().unwrap().is_empty(), "{code} is played");
    }
    let totals = &first["totals"];
    for party in ["aronia", "belmar"] {
        assert!(totals["delivered"][party].as_u64().unwrap() >= 60, "{totals}");
        assert!(totals["verified"][party].as_bool().unwrap());
    }
    assert_eq!(totals["ledgers"]["aronia"], totals["ledgers"]["belmar"]);
    let read: Vec<usize> = totals["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["balances"].as_array().unwrap().len())
        .collect();
    assert_eq!(read, [1, 2], "the text and, of one clause, a reading: {}", totals["clauses"]);
    let beside = &totals["clauses"][1]["balances"];
    assert_eq!((&beside[0]["read_by"], beside[1]["read_by"].as_str()), (&Value::Null, Some("belmar")));
    assert_ne!(beside[0]["outstanding"], beside[1]["outstanding"]);
    assert_eq!((totals["received_twice"].as_u64(), totals["without_two_wills"].as_u64()), (Some(0), Some(0)));
    assert!(!totals["disputed_slots"].as_array().unwrap().is_empty());
    assert!(!totals["refilled_slots"].as_array().unwrap().is_empty());
}

#[test]
fn what_cannot_be_played_is_refused_before_anything_starts() {
    let folder = tempfile::tempdir().unwrap();
    let few = homeward(&["demo", "--headless", "--people", "3", "--dir", folder.path().to_str().unwrap()]);
    assert_eq!(few.status.code(), Some(2));
    std::fs::write(folder.path().join("letter"), "x").unwrap();
    let full = homeward(&["demo", "--headless", "--dir", folder.path().to_str().unwrap()]);
    assert_eq!(full.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&full.stderr).contains("is not empty"));
    let none = homeward(&["serve", "--config", folder.path().join("none.toml").to_str().unwrap()]);
    assert_eq!(none.status.code(), Some(2));
    let help = homeward(&["demo", "--help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("60 to 20000"));
}

#[test]
fn a_demo_that_is_killed_leaves_no_node_behind() {
    let _alone = PORTS.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("nodes");
    let mut demo = Command::new(env!("CARGO_BIN_EXE_homeward"))
        .args(["demo", "--headless", "--people", "120", "--dir", dir.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let nodes = || nodes_in(&dir);
    wait(|| nodes() == 3, "three nodes run");
    demo.kill().unwrap();
    demo.wait().unwrap();
    wait(|| nodes() == 0, "no node runs");
}

/// How many processes were started with a configuration in a folder.
fn nodes_in(dir: &Path) -> usize {
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(|entry| {
        let words = std::fs::read(entry.unwrap().path().join("cmdline")).ok()?;
        let words = String::from_utf8_lossy(&words).into_owned();
        (words.contains("serve") && words.contains(dir.to_str()?)).then_some(())
    });
    processes.count()
}

fn wait(holds: impl Fn() -> bool, what: &str) {
    for _ in 0..600 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("waited in vain: {what}");
}
