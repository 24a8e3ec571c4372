//! `homeward import` as an officer runs it: exit codes, what is said, what is written; and the lists of invented people.

use std::path::Path;
use std::process::{Command, Output};

use homeward::chance::Chance;
use homeward::config::Config;
use homeward::import::builtin::{TEXTS, maps};
use homeward::import::map::Map;
use homeward::keys::Keys;
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
fn the_sample_lists_are_invented_and_read_as_the_book_says() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/lists");
    let people = invent(7, "belmar", 12);
    let samples = [
        ("held.csv", held_csv(&people, Spelling::Ukrainian)),
        ("sought.csv", sought_csv(&invent(7, "aronia", 12), Spelling::Ukrainian)),
        ("held-refused.csv", held_csv(&people, Spelling::Ukrainian).replacen("2022-05-14", "2022-02-30", 1)),
    ];
    for (file, text) in &samples {
        let shipped = std::fs::read_to_string(examples.join(file)).unwrap();
        assert!(shipped == *text, "{file}: a sample holds nobody but whom the rehearsal invents");
    }
    let import = |file, list| ["import", file, "--as", list, "--dry-run"];
    check(&examples, &import("held.csv", "held"), 0, "accepted: 12 of 12 rows, 12 persons");
    check(&examples, &import("sought.csv", "sought"), 0, "accepted: 12 of 12 rows, 12 persons");
    check(
        &examples,
        &import("held-refused.csv", "held"),
        2,
        "row 2, column captured_on: unreadable-date (2022-02-30",
    );
}

/// A node of an agreement between aronia and belmar, beside calder, that was never started.
fn node(folder: &Path, party: &str) -> Config {
    let text = format!(
        "party = \"{party}\"\nname = {{ uk = \"a\", ru = \"a\", en = \"a\" }}\ndata = \"data\"\n\
         agreement = \"5e1d0c7a94b2463f8a60d3f1b7c29e84\"\nparties = [\"aronia\", \"belmar\"]\nneutrals = [\"calder\"]\n\
         desk = \"127.0.0.1:0\"\npublic = \"127.0.0.1:0\"\nlink = \"127.0.0.1:0\"\n"
    );
    std::fs::write(folder.join("node.toml"), text).unwrap();
    let config = Config::read(&folder.join("node.toml")).unwrap();
    homeward::keys::init(&config, &Chance::System, 0).unwrap();
    config
}

#[test]
fn the_lists_of_invented_people_are_taken_through_the_maps_that_the_program_carries() {
    let folder = tempfile::tempdir().unwrap();
    let people = invent(7, "aronia", 500);
    std::fs::write(folder.path().join("held.csv"), held_csv(&people, Spelling::Russian)).unwrap();
    std::fs::write(folder.path().join("sought.csv"), sought_csv(&people, Spelling::Ukrainian)).unwrap();
    let held = json(&run(folder.path(), &["import", "held.csv", "--as", "held", "--dry-run", "--json"]));
    assert_eq!((&held["map"], &held["rows_refused"]), (&"held".into(), &0.into()));
    assert_eq!((&held["accepted"]["people"], &held["accepted"]["examinations"]), (&500.into(), &500.into()));
    let spells = people.iter().map(|person| person.stays.len()).sum::<usize>();
    assert_eq!(held["accepted"]["custody_spells"], spells);
    assert_eq!(held["stored"], false);
    let sought =
        json(&run(folder.path(), &["import", "sought.csv", "--as", "sought", "--dry-run", "--json"]));
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
    node(at, "aronia");
    let import = ["import", "list.csv", "--as", "held", "--config", "node.toml"];
    check(at, &import, 2, "REFUSED: 1 of 40 rows\n        1  unknown-word\n");
    check(at, &import, 2, "without the refused rows: 39 of 40 rows, 39 persons");
    check(at, &import, 2, "Nothing was stored.");
    let aside = [&import[..], &["--set-aside", "aside.csv"]].concat();
    check(at, &[&aside[..], &["--dry-run"]].concat(), 0, "1 rows would be set aside");
    assert!(!at.join("aside.csv").exists());
    check(at, &aside, 0, "1 rows were set aside in aside.csv");
    check(at, &aside, 2, "there is such a file already");
    check(at, &[&aside[..], &["--dry-run"]].concat(), 2, "there is such a file already");
    let corrected = std::fs::read_to_string(at.join("aside.csv")).unwrap().replace("XX-", "OR-");
    std::fs::write(at.join("corrected.csv"), corrected).unwrap();
    let corrected = ["import", "corrected.csv", "--as", "held", "--config", "node.toml"];
    check(at, &corrected, 0, "accepted: 1 of 1 rows, 1 persons");
    std::fs::write(at.join("worse.csv"), list.replace("OR-", "XX-").replace("OF-", "XX-")).unwrap();
    let none = ["import", "worse.csv", "--as", "held", "--config", "node.toml", "--set-aside", "all.csv"];
    check(at, &none, 2, "Everyone is refused: nobody is left to be stored.");
    assert!(!at.join("all.csv").exists());
}

#[test]
fn a_list_without_a_node_is_only_read_when_that_is_what_was_asked() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("list.csv"), held_csv(&invent(7, "aronia", 3), Spelling::Latin)).unwrap();
    let import = ["import", "list.csv", "--as", "held"];
    check(at, &import, 2, "name one with --config");
    check(at, &[&import[..], &["--dry-run"]].concat(), 0, "A dry run: nothing was stored.");
    node(at, "calder");
    check(at, &[&import[..], &["--config", "node.toml"]].concat(), 2, "calder is a neutral");
}

#[test]
fn a_list_that_is_imported_again_is_refused_by_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let people = invent(7, "belmar", 45);
    std::fs::write(at.join("first.csv"), held_csv(&people[..40], Spelling::Russian)).unwrap();
    std::fs::write(at.join("later.csv"), held_csv(&people, Spelling::Russian)).unwrap();
    std::fs::write(at.join("sought.csv"), sought_csv(&people, Spelling::Russian)).unwrap();
    node(at, "aronia");
    let import = |file: &'static str, more: &[&'static str]| {
        [&["import", file, "--as", "held", "--config", "node.toml"], more].concat()
    };
    check(at, &import("first.csv", &["--name", "June"]), 0, "Everyone taken was stored");
    let dry = json(&run(at, &import("later.csv", &["--dry-run", "--json"])));
    assert_eq!(dry["refused_by_reason"], serde_json::json!({ "known-key": 40 }));
    assert_eq!(dry["accepted"]["people"], 5);
    let first = &dry["refusals"][0];
    assert_eq!((&first["row"], &first["column"]), (&2.into(), &"prisoner_number".into()));
    assert!(first["found"].as_str().unwrap().ends_with("; from row 2 of June"), "{first}");
    assert!(!dry.to_string().contains(people[0].surname.in_spelling(Spelling::Russian)));
    check(at, &import("first.csv", &[]), 2, "REFUSED: 40 of 40 rows");
    check(at, &import("later.csv", &["--set-aside", "known.csv"]), 0, "40 rows were set aside");
    check(at, &import("later.csv", &[]), 2, "REFUSED: 45 of 45 rows");
    let sought = ["import", "sought.csv", "--as", "sought", "--config", "node.toml"];
    check(at, &sought, 0, "accepted: 45 of 45 rows");
}

#[test]
fn a_list_for_the_other_list_of_the_node_and_another_power_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let people = invent(7, "aronia", 3);
    std::fs::write(at.join("held.csv"), held_csv(&people, Spelling::Latin)).unwrap();
    std::fs::write(at.join("sought.csv"), sought_csv(&people, Spelling::Latin)).unwrap();
    node(at, "aronia");
    let other = "other-list (the map held reads a list of people held; this list was given as sought)";
    check(at, &["import", "held.csv", "--as", "sought", "--dry-run"], 2, other);
    let other = "other-list (the map sought reads a list of people sought; this list was given as held)";
    check(at, &["import", "sought.csv", "--as", "held", "--config", "node.toml"], 2, other);
    let import = |power: &'static str| {
        ["import", "held.csv", "--as", "held", "--config", "node.toml", "--dry-run", "--power", power]
    };
    check(at, &import("belmar"), 0, "A dry run");
    check(at, &import("aronia"), 2, "people held by aronia serve belmar");
    check(at, &import("Zeta"), 2, "no party of this agreement; its parties are aronia and belmar");
    check(at, &["import", "held.csv", "--as", "held", "--dry-run", "--power", "belmar"], 2, "--config");
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
    let import =
        |more: &[&'static str]| [&["import", "list.csv", "--as", "held", "--dry-run"], more].concat();
    check(at, &["import", "absent.csv", "--as", "held", "--dry-run"], 2, "cannot open absent.csv");
    check(at, &["import", "list.csv"], 2, "--as");
    check(at, &import(&["--map", "absent.toml"]), 2, "cannot open absent.toml");
    check(at, &import(&["--config", "absent.toml"]), 2, "cannot read absent.toml");
    check(at, &import(&[]), 2, "the columns fit none of the maps");
    check(at, &import(&[]), 2, "docs/formats/map.md");
    std::fs::write(at.join("near.csv"), "prisoner_number,surname\n1,x\n").unwrap();
    let near = ["import", "near.csv", "--as", "held", "--dry-run"];
    check(at, &near, 2, "nearest is held (People in custody: one row a person), whose columns ");
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
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("held.csv"), held_csv(&invent(7, "belmar", 40), Spelling::Russian)).unwrap();
    let config = node(at, "aronia");
    let command = ["import", "held.csv", "--as", "held", "--config", "node.toml", "--json"];
    let dry = json(&run(at, &[&command[..], &["--dry-run"]].concat()));
    assert_eq!((&dry["stored"], at.join("data/register.db").exists()), (&false.into(), false));
    assert_eq!(json(&run(at, &command))["stored"], true);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let keys = Keys::read(&config).unwrap();
        let register = homeward::node::open_register(&config, &keys, &Chance::System).await.unwrap();
        let busy = run(at, &command);
        assert_eq!(busy.status.code(), Some(1), "a node that runs keeps its register to itself");
        let mut reading = register.read().await.unwrap();
        let people = reading.all_people(exchange::person::List::Held).await.unwrap().whole().unwrap();
        assert_eq!((people.len(), people[0].person.power.as_str()), (40, "belmar"));
        let imports = reading.imports(10).await.unwrap().whole().unwrap();
        assert_eq!((imports.len(), imports[0].officer.as_str(), imports[0].rows), (1, "operator", 40));
    });
}
