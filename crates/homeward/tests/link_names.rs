//! `homeward link` on lists as offices keep them: names with a rank or a nickname beside them, in either order, numbers that two records
//! share, and what spreadsheets write.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn link(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).current_dir(dir).arg("link").args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The five men of a clean list: name as it should be read, birthday, town.
const CARDS: &str = "id,surname,given,dob,town\n\
    c1,Мороз,Іван,1991-03-12,Суми\n\
    c2,Гончар,Петро,1985-02-01,Київ\n\
    c3,Ткач,Олег,1979-05-05,Львів\n\
    c4,Бондар,Марія,1990-06-06,Луцьк\n\
    c5,Коваль,Сергій,1988-07-07,Одеса\n";

const BIRTHDAYS: [&str; 5] =
    ["1991-03-12,Суми", "1985-02-01,Київ", "1979-05-05,Львів", "1990-06-06,Луцьк", "1988-07-07,Одеса"];

/// Links five names under a header with the clean list. Answers what is said, and the parts of each explanation.
fn with_cards(dir: &Path, header: &str, names: [&str; 5], more: &[&str]) -> (String, Vec<Value>) {
    let row = |n: usize| format!("f{},\"{}\",{}\n", n + 1, names[n].replace('"', "\"\""), BIRTHDAYS[n]);
    let rows: String = (0..5).map(row).collect();
    fs::write(dir.join("cards.csv"), CARDS).unwrap();
    fs::write(dir.join("list.csv"), format!("id,{header},dob,town\n{rows}")).unwrap();
    let run = link(dir, &[&["list.csv", "cards.csv", "--out", "pairs.csv", "--force"], more].concat());
    assert!(run.status.success(), "{}", said(&run));
    let parts = (1..=5).map(|n| {
        let ids = [format!("f{n}"), format!("c{n}")];
        let args = ["list.csv", "cards.csv", "--explain", &ids[0], &ids[1], "--json"];
        let run = link(dir, &[&args, more].concat());
        serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{}", said(&run)))
    });
    (said(&run), parts.collect())
}

/// Whether surname and given name are read as those of the clean list in every pair.
fn are_read(answers: &[Value]) -> bool {
    answers.iter().all(|answer| {
        (1..3).all(|part| answer["parts"][part]["says"].as_str().unwrap().starts_with("the same"))
    })
}

#[test]
fn what_stands_beside_a_name_is_set_aside_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let names = [
        "Мороз Іван, «Шершень»",
        "ст. солдат Гончар Петро",
        "Ткач Олег, солдат",
        "Бондар (Лях) Марія",
        "Коваль Сергій, Шершень",
    ];
    let (told, answers) = with_cards(dir.path(), "ПІБ", names, &[]);
    assert!(are_read(&answers), "{answers:#?}");
    let line = "list.csv: beside 5 names, the first in line 2, something stands that is no part of them. It is set aside and compared \
                with nothing: rank (2), words in quotes (1), words in brackets (1), words behind a comma (1)";
    assert!(told.contains(line), "{told}");
    let run = link(dir.path(), &["list.csv", "cards.csv", "--out", "p.csv", "--json"]);
    let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
    let counted = serde_json::json!({ "rank": 2, "quoted": 1, "bracketed": 1, "behind": 1 });
    assert_eq!(answer["files"][0]["set_aside"], counted);
    assert_eq!(answer["files"][1]["set_aside"]["rank"], 0);
    for (lang, says) in [("uk", "біля 5 імен, перше в рядку 2"), ("ru", "возле 5 имён, первое в строке 2")]
    {
        let run = link(dir.path(), &["list.csv", "cards.csv", "--out", "-", "--language", lang]);
        assert!(said(&run).contains(says), "{}", said(&run));
    }
    let clean = ["Мороз Іван", "Гончар Петро", "Ткач Олег", "Бондар Марія", "Коваль Сергій"];
    let (told, answers) = with_cards(dir.path(), "ПІБ", clean, &[]);
    assert!(are_read(&answers) && !told.contains("beside"), "{told}");
}

#[test]
fn names_are_read_in_the_order_that_the_list_shows_unless_settings_say_it() {
    let dir = tempfile::tempdir().unwrap();
    let given_first = ["Іван Мороз", "Петро Гончар", "Олег Ткач", "Марія Бондар", "Сергій Коваль"];
    let surname_first = ["Мороз Іван", "Гончар Петро", "Ткач Олег", "Бондар Марія", "Коваль Сергій"];
    for header in ["Name", "ПІБ"] {
        let (told, answers) = with_cards(dir.path(), header, given_first, &[]);
        let read = format!("{header} (whole name, given name first)");
        assert!(are_read(&answers) && told.contains(&read), "{told}");
        let (told, answers) = with_cards(dir.path(), header, surname_first, &[]);
        let read = format!("{header} (whole name, surname first)");
        assert!(are_read(&answers) && told.contains(&read), "{told}");
    }
    fs::write(dir.path().join("s.toml"), "[columns]\n\"Name\" = \"name\"\n").unwrap();
    let (told, _) = with_cards(dir.path(), "Name", given_first, &["--settings", "s.toml"]);
    assert!(told.contains("Name (whole name, surname first)"), "{told}");
}

#[test]
fn a_number_that_two_records_share_is_told_with_both_lines_wherever_it_stands() {
    let dir = tempfile::tempdir().unwrap();
    let check = |header: &str, twin: usize, rows: usize, says: Option<&str>| {
        let number = |n: usize| if n == twin { 18 } else { n + 1 };
        let row = |n: usize| format!("{},Мігда{n},Максим,{}-03-12\n", number(n), 1950 + n % 50);
        let rows: String = (0..rows).map(row).collect();
        fs::write(dir.path().join("list.csv"), format!("{header},surname,given,dob\n{rows}")).unwrap();
        let run = link(dir.path(), &["list.csv", "--out", "p.csv", "--force"]);
        assert!(run.status.success(), "{}", said(&run));
        assert_eq!(said(&run).contains("is not the records’ identifier"), says.is_some(), "{}", said(&run));
        assert!(said(&run).contains(says.unwrap_or("")), "{header} {twin}: {}", said(&run));
        assert_eq!(said(&run).contains("no column is the records’ identifier"), says.is_some());
    };
    let told = |line: &str| {
        format!("2 records share their number with another; the first two stand in lines 19 and {line}.")
    };
    check("№ справи", 30, 60, Some(&told("32")));
    // Beyond the rows by which columns are placed.
    check("№ справи", 2_900, 3_000, Some(&told("2,902")));
    check("№ з/п", 2_900, 3_000, Some(&told("2,902")));
    check("№ справи", usize::MAX, 3_000, None);
}

#[test]
fn what_spreadsheets_write_is_read_and_told() {
    let dir = tempfile::tempdir().unwrap();
    let list = "id;Прізвище;Імʼя;Дата народження\n1;Мороз;Іван;33309\n2;Мороз;Іван;12.03.1991\n3;Ткач;Олег;невідомо\n4;Коваль;Юрій;\n";
    for (before, line) in [("", 2), ("sep=;\n", 3), ("\u{feff}sep=;\r\n", 3)] {
        let ends = if before.ends_with("\r\n") { "\r\n" } else { "\n" };
        fs::write(dir.path().join("list.csv"), format!("{before}{}", list.replace('\n', ends))).unwrap();
        let run = link(dir.path(), &["list.csv", "--explain", "1", "2"]);
        assert!(said(&run).contains("Дата народження: the same day"), "{}", said(&run));
        let run = link(dir.path(), &["list.csv", "--out", "-"]);
        let days = format!(
            "list.csv, “Дата народження”: 1 cell, in line {line}, is a number of days as spreadsheets count them"
        );
        assert!(said(&run).contains(&days), "{}", said(&run));
        let none = format!(
            "1 cell is no date that is known, and says nothing; it is in list.csv, line {}",
            line + 2
        );
        assert!(said(&run).contains(&none), "{}", said(&run));
    }
    fs::write(dir.path().join("list.csv"), "sep=;\nid;surname\n1;Мороз\n2;Ткач;7\n").unwrap();
    let run = link(dir.path(), &["list.csv", "--out", "-"]);
    assert!(said(&run).contains("from line 4 there are 3 cells, and 2 in the header"), "{}", said(&run));
    // Numbers among which one is neither a day nor a date are no days.
    fs::write(dir.path().join("list.csv"), "id,surname,given,dob\n1,Мороз,Іван,33309\n2,Мороз,Іван,999\n")
        .unwrap();
    let run = link(dir.path(), &["list.csv", "--out", "-"]);
    assert!(said(&run).contains("2 cells are no date that is known"), "{}", said(&run));
}

#[test]
fn what_is_thrown_away_may_be_written_and_stays_what_it_is() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("cards.csv"), CARDS).unwrap();
    let args = ["cards.csv", "--out", "/dev/null", "--clusters", "/dev/null"];
    let run = link(dir.path(), &args);
    assert!(run.status.success(), "{}", said(&run));
    assert!(!Path::new("/dev/null").is_file());
}
