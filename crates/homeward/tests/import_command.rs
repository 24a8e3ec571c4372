//! `homeward import` as an officer runs it: exit codes, what is said, what is written; and the lists of invented people.

use std::path::Path;
use std::process::{Command, Output};

use homeward::import::builtin::{TEXTS, maps};
use homeward::import::map::Map;
use rehearsal::lists::{held_csv, sought_csv};
use rehearsal::names::Spelling;
use rehearsal::people::invent;
use serde_json::Value;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).current_dir(folder).args(arguments).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn check(folder: &Path, arguments: &[&str], code: i32, said: &str) {
    let output = run(folder, arguments);
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.code() == Some(code) && text.contains(said), "{arguments:?}: {text}");
}

#[test]
fn the_lists_of_invented_people_are_taken_through_the_maps_that_the_program_carries() {
    let folder = tempfile::tempdir().unwrap();
    let people = invent(7, "aronia", 500);
    std::fs::write(folder.path().join("held.csv"), held_csv(&people, Spelling::Russian)).unwrap();
    std::fs::write(folder.path().join("sought.csv"), sought_csv(&people, Spelling::Ukrainian)).unwrap();
    let held = json(&run(folder.path(), &["import", "held.csv", "--as", "held", "--json"]));
    assert_eq!((&held["map"], &held["rows_refused"]), (&"held".into(), &0.into()));
    assert_eq!((&held["accepted"]["people"], &held["accepted"]["examinations"]), (&500.into(), &500.into()));
    let spells = people.iter().map(|person| person.stays.len()).sum::<usize>();
    assert_eq!(held["accepted"]["custody_spells"], spells);
    assert_eq!(held["stored"], false);
    let sought = json(&run(folder.path(), &["import", "sought.csv", "--as", "sought", "--json"]));
    assert_eq!((&sought["map"], &sought["rows_refused"]), (&"sought".into(), &0.into()));
    let accepted = &sought["accepted"];
    assert_eq!([&accepted["people"], &accepted["claims"], &accepted["kin"]], [500, 500, 500]);
}

#[test]
fn an_officer_is_told_what_is_refused_and_may_set_it_aside() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let list = held_csv(&invent(7, "aronia", 40), Spelling::Latin);
    let broken = list.replacen("OR-", "XX-", 1);
    std::fs::write(at.join("list.csv"), &broken).unwrap();
    let import = ["import", "list.csv", "--as", "held"];
    check(at, &import, 2, "REFUSED: 1 of 40 rows\n        1  unknown-word\n");
    check(at, &import, 2, "without the refused rows: 39 of 40 rows, 39 persons");
    check(at, &import, 2, "Nothing was stored.");
    let aside = [&import[..], &["--set-aside", "aside.csv"]].concat();
    check(at, &[&aside[..], &["--dry-run"]].concat(), 0, "1 rows would be set aside");
    assert!(!at.join("aside.csv").exists());
    check(at, &aside, 0, "1 rows were set aside in aside.csv");
    check(at, &aside, 1, "cannot create aside.csv");
    let corrected = std::fs::read_to_string(at.join("aside.csv")).unwrap().replace("XX-", "OR-");
    std::fs::write(at.join("corrected.csv"), corrected).unwrap();
    check(at, &["import", "corrected.csv", "--as", "held"], 0, "accepted: 1 of 1 rows, 1 persons");
}

#[test]
fn what_cannot_be_read_is_said_with_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("list.csv"), "a,b\n1,2\n").unwrap();
    std::fs::write(at.join("odd.toml"), "name = 'x'\ntitle = 'x'\nformat = 'csv'\nfiels = 1\n").unwrap();
    std::fs::write(
        at.join("undated.toml"),
        "name='x'\ntitle='x'\nformat='csv'\n[fields]\nsurname='a'\nbirth='b'\n",
    )
    .unwrap();
    let import = |more: &[&'static str]| [&["import", "list.csv", "--as", "held"], more].concat();
    check(at, &["import", "absent.csv", "--as", "held"], 1, "cannot open absent.csv");
    check(at, &["import", "list.csv"], 2, "--as");
    check(at, &import(&[]), 2, "the columns fit none of the maps");
    check(at, &import(&["--map", "held"]), 2, "row 1, column prisoner_number: missing-column");
    check(at, &import(&["--map", "uk-cmp"]), 2, "soldiers_pow_only.csv: missing-lookup");
    check(at, &import(&["--map", "odd.toml"]), 2, "line 4");
    check(at, &import(&["--map", "undated.toml"]), 2, "Birth is a date");
    check(at, &import(&["--map", "held", "--lookup", "camp=list.csv"]), 2, "the map held joins no such file");
    check(at, &import(&["--lookup", "camp"]), 2, "expected NAME=FILE");
}

#[test]
fn every_map_that_the_program_carries_and_the_one_of_the_book_is_a_map() {
    for text in TEXTS {
        Map::parse(text).unwrap();
    }
    assert_eq!(maps().len(), TEXTS.len());
    let book = include_str!("../../../docs/formats/map.md");
    let example = book.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(Map::parse(example).unwrap().lookups.len(), 1);
    for reason in homeward::import::refusal::Reason::ALL {
        assert!(book.contains(&format!("`{}`", reason.code())), "{}", reason.code());
    }
}

#[test]
fn a_list_goes_into_the_register_of_a_node_that_is_not_running() {
    use homeward::chance::Chance;
    use homeward::config::Config;
    use homeward::keys::Keys;

    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("held.csv"), held_csv(&invent(7, "belmar", 40), Spelling::Russian)).unwrap();
    let text = "party = \"aronia\"\nname = { uk = \"a\", ru = \"a\", en = \"a\" }\ndata = \"data\"\n\
                agreement = \"5e1d0c7a94b2463f8a60d3f1b7c29e84\"\nparties = [\"aronia\", \"belmar\"]\n\
                desk = \"127.0.0.1:0\"\npublic = \"127.0.0.1:0\"\nlink = \"127.0.0.1:0\"\n";
    std::fs::write(at.join("node.toml"), text).unwrap();
    let config = Config::read(&at.join("node.toml")).unwrap();
    homeward::keys::init(&config, &Chance::System, 0).unwrap();
    let command = ["import", "held.csv", "--as", "held", "--config", "node.toml", "--json"];
    let dry = json(&run(at, &[&command[..], &["--dry-run"]].concat()));
    assert_eq!((&dry["stored"], at.join("data/register.db").exists()), (&false.into(), false));
    for _ in 0..2 {
        assert_eq!(json(&run(at, &command))["stored"], true);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let keys = Keys::read(&config).unwrap();
        let register = homeward::node::open_register(&config, &keys, &Chance::System).await.unwrap();
        let busy = run(at, &command);
        assert_eq!(busy.status.code(), Some(1), "a node that runs keeps its register to itself");
        let mut reading = register.read().await.unwrap();
        let people = reading.all_people(exchange::person::List::Held).await.unwrap().whole().unwrap();
        assert_eq!((people.len(), people[0].person.power.as_str()), (80, "belmar"));
        let imports = reading.imports(10).await.unwrap().whole().unwrap();
        assert_eq!((imports.len(), imports[0].officer.as_str(), imports[0].rows), (2, "operator", 40));
    });
}
