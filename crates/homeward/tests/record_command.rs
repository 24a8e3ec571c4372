//! `homeward record` on the files of a played round: what holds, what does not, and bundles by file.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{close, cross, nodes, refusal_and_refill, up_to_the_list};
use serde_json::Value;

fn record(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).arg("record").args(args).output().unwrap()
}

fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// The record folders of a round played to its end; the nodes are stopped.
async fn played(folder: &Path) -> [PathBuf; 3] {
    let nodes = nodes(folder).await;
    up_to_the_list(&nodes).await;
    refusal_and_refill(&nodes).await;
    cross(&nodes).await;
    close(&nodes, [0, 0]).await;
    common::ALL.map(|label| folder.join(label).join("record"))
}

#[tokio::test]
async fn every_nodes_files_hold_and_give_the_same_state_and_one_changed_byte_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let records = played(folder.path()).await;
    let mut states = Vec::new();
    for (record_of, party) in records.iter().zip(common::ALL) {
        let output = record(&["verify", path(record_of), "--json"]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let view = answer(&output);
        assert_eq!(
            (&view["held"], &view["parties"]),
            (&true.into(), &serde_json::json!(["aronia", "belmar"]))
        );
        let journal =
            view["logs"].as_array().unwrap().iter().find(|log| log["file"] == "journal.log").unwrap();
        assert_eq!(journal["author"], party);
        states.push(view["state"].clone());
    }
    assert!(states.windows(2).all(|pair| pair[0] == pair[1]));

    let damaged = folder.path().join("damaged");
    copy(&records[0], &damaged);
    for file in ["aronia.log", "belmar.log", "calder.log", "journal.log"] {
        let whole = std::fs::read(damaged.join(file)).unwrap();
        let last = whole.len() - 1;
        let step = (whole.len() / 197).max(1);
        for at in (0..whole.len()).step_by(step).chain([1, last - 1, last]) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(damaged.join(file), &bytes).unwrap();
            let fault = homeward::record_files::verify(&damaged).unwrap().err();
            let fault = fault.unwrap_or_else(|| panic!("{file}: a change of byte {at} was not seen"));
            assert_eq!(fault.file, file, "byte {at}: {fault}");
            let begins = usize::try_from(fault.offset.unwrap()).unwrap();
            assert!(fault.entry.is_some() && begins <= at && !fault.reason.is_empty(), "byte {at}: {fault}");
        }
        std::fs::write(damaged.join(file), &whole).unwrap();
    }
}

#[tokio::test]
async fn what_is_cut_exchanged_or_missing_is_named_with_exit_3() {
    let folder = tempfile::tempdir().unwrap();
    let records = played(folder.path()).await;
    let check = |name: &str, change: &dyn Fn(&Path), file: &str, says: &str| {
        let copied = folder.path().join(name);
        copy(&records[0], &copied);
        change(&copied);
        let output = record(&["verify", path(&copied), "--json"]);
        assert_eq!(output.status.code(), Some(3), "{name}: {output:?}");
        let fault = &answer(&output)["fault"];
        assert_eq!(fault["file"], file, "{name}: {fault}");
        assert!(fault["reason"].as_str().unwrap().contains(says), "{name}: {fault}");
        let plain = String::from_utf8(record(&["verify", path(&copied)]).stdout).unwrap();
        assert!(plain.starts_with(&format!("DOES NOT HOLD: {file}")), "{name}: {plain}");
    };
    let cut = |dir: &Path, file: &str, keep: &dyn Fn(&[u8]) -> Vec<u8>| {
        let bytes = std::fs::read(dir.join(file)).unwrap();
        std::fs::write(dir.join(file), keep(&bytes)).unwrap();
    };
    check("torn", &|dir| cut(dir, "belmar.log", &|b| b[..b.len() - 7].to_vec()), "belmar.log", "torn");
    check("empty", &|dir| cut(dir, "calder.log", &|_| Vec::new()), "calder.log", "empty");
    check(
        "swapped",
        &|dir| drop(std::fs::copy(dir.join("aronia.log"), dir.join("belmar.log"))),
        "belmar.log",
        "aronia",
    );
    let gone = |dir: &Path, file: &str| std::fs::remove_file(dir.join(file)).unwrap();
    let missing = "this file is missing: the journal took in entry 0 of it";
    check("missing", &|dir| gone(dir, "belmar.log"), "belmar.log", missing);
    let both = |dir: &Path| ["belmar.log", "journal.log"].iter().for_each(|file| gone(dir, file));
    check(
        "missing without a journal",
        &both,
        "belmar.log",
        "this file is missing: aronia.log has seen entry ",
    );
    let alone =
        |dir: &Path| ["aronia.log", "belmar.log", "calder.log"].iter().for_each(|file| gone(dir, file));
    check("journal alone", &alone, "aronia.log", missing);
    let entry_less = |bytes: &[u8]| {
        let log = parley::read_log(parley::LogKind::Shared, bytes).unwrap();
        log.entries()[..3].iter().flat_map(|entry| entry.bytes().to_vec()).collect()
    };
    let its_end = "the journal took in entry 3 of it: its end is missing";
    check("shortened", &|dir| cut(dir, "belmar.log", &entry_less), "belmar.log", its_end);
    let shortened = |dir: &Path| {
        cut(dir, "belmar.log", &entry_less);
        gone(dir, "journal.log");
    };
    check("shortened without a journal", &shortened, "aronia.log", "in none of the logs");
    let journal_less = |bytes: &[u8]| {
        let log = parley::read_log(parley::LogKind::Journal, bytes).unwrap();
        log.entries()[..4].iter().flat_map(|entry| entry.bytes().to_vec()).collect()
    };
    let its_end = "does not tell how entry ";
    check("journal shortened", &|dir| cut(dir, "journal.log", &journal_less), "journal.log", its_end);

    let without = folder.path().join("without");
    copy(&records[0], &without);
    gone(&without, "journal.log");
    let output = record(&["verify", path(&without), "--json"]);
    assert_eq!((output.status.code(), &answer(&output)["missing"][0]), (Some(0), &"journal.log".into()));
    let plain = String::from_utf8(record(&["verify", path(&without)]).stdout).unwrap();
    assert!(plain.contains("journal.log is not here"), "{plain}");

    std::fs::write(folder.path().join("aronia/node.log"), "2026-11-22 serving").unwrap();
    for (folder, says) in [
        (folder.path().join("aronia"), format!("are in {}", path(&records[0]))),
        (folder.path().to_owned(), "no log file here".to_owned()),
    ] {
        let output = record(&["verify", path(&folder)]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains(&says), "{said}");
    }
    assert_eq!(record(&["verify", path(&folder.path().join("nowhere"))]).status.code(), Some(2));
}

#[tokio::test]
async fn a_refused_command_leaves_the_journal_as_it_was_and_a_later_one_never_goes_back_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let all = nodes(at).await;
    let later = homeward::clock::midnight(time::macros::date!(2025 - 09 - 01));
    assert!(all[0].clock.advance(later));
    all[0].act(&common::officer("registrar-1"), "look round", None).await.unwrap().commit().await.unwrap();
    drop(all);
    let journal = || std::fs::read(at.join("aronia/record/journal.log")).unwrap();
    let before = journal();
    std::fs::write(at.join("odd.bundle"), "no bundle").unwrap();
    let (config, odd, out) = (at.join("aronia.toml"), at.join("odd.bundle"), at.join("out.bundle"));
    let bundle_to = |to| record(&["bundle", "--config", path(&config), "--to", to, "--out", path(&out)]);
    assert_eq!(record(&["apply", "--config", path(&config), path(&odd)]).status.code(), Some(2));
    assert_eq!(bundle_to("nobody").status.code(), Some(2));
    assert_eq!(bundle_to("calder").status.code(), Some(0));
    assert!(journal() == before, "a command that wrote nothing is in the journal");

    let list = rehearsal::lists::held_csv(
        &rehearsal::people::invent(7, "belmar", 3),
        rehearsal::names::Spelling::Russian,
    );
    std::fs::write(at.join("held.csv"), list).unwrap();
    let import =
        ["import", path(&at.join("held.csv")), "--as", "held", "--config", path(&config)].map(str::to_owned);
    let import = Command::new(env!("CARGO_BIN_EXE_homeward")).args(import).output().unwrap();
    assert_eq!(import.status.code(), Some(0), "{import:?}");
    let shown = answer(&record(&["show", path(&at.join("aronia/record")), "--author", "journal", "--json"]));
    let times = shown.as_array().unwrap().iter().map(|entry| entry["time"].as_str().unwrap().to_owned());
    let times = times.collect::<Vec<_>>();
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!(times.last().unwrap(), &homeward::web::numbers::iso(later));
    let again = homeward::node::Node::open(homeward::config::Config::read(&config).unwrap()).await.unwrap();
    assert_eq!(again.clock.now(), later, "the node's own clock goes on as well");
}

#[tokio::test]
async fn entries_are_listed_and_a_bundle_goes_by_file_to_a_node_that_lacks_it() {
    let folder = tempfile::tempdir().unwrap();
    let all = nodes(folder.path()).await;
    up_to_the_list(&all[..]).await;
    let node = all[0].clone();
    let item = common::listed(&node, &node.me, 1).await[0];
    common::act!(node, |act| homeward::acts::crossing::will(
        &mut act,
        1,
        item,
        parley::Occasion::First,
        parley::Answer::Willing
    ));
    drop((node, all));
    let file = |name: &str| folder.path().join(name);
    let shown = record(&["show", path(&file("aronia/record")), "--author", "aronia", "--json"]);
    let shown = answer(&shown);
    let last = shown.as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["about"]["answer"][0]), (&"will".into(), &"willing".into()));
    let plain = record(&["show", path(&file("aronia/record"))]);
    assert!(String::from_utf8(plain.stdout).unwrap().contains("journal.log"));
    assert_eq!(record(&["show", path(&file("aronia/record")), "--author", "nobody"]).status.code(), Some(2));

    let bundle = file("to-belmar.bundle");
    let (config, theirs) = (file("aronia.toml"), file("belmar.toml"));
    let write = ["bundle", "--config", path(&config), "--to", "belmar", "--out", path(&bundle), "--json"];
    let output = record(&write);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let apply = |config: &Path, json: &str| record(&["apply", "--config", path(config), path(&bundle), json]);
    let taken = apply(&theirs, "--json");
    assert_eq!((taken.status.code(), &answer(&taken)["entries"]), (Some(0), &1.into()), "{taken:?}");
    let again = apply(&theirs, "--json");
    assert_eq!((again.status.code(), &answer(&again)["entries"]), (Some(0), &0.into()));
    assert_eq!(apply(&file("calder.toml"), "--json").status.code(), Some(2), "sealed to another node");
    assert_eq!(record(&write).status.code(), Some(1), "a file that is there is not written over");
    let same =
        ["aronia", "belmar"].map(|party| std::fs::read(file(&format!("{party}/record/aronia.log"))).unwrap());
    assert_eq!(same[0], same[1]);
}
