//! `homeward link` as it is run: pairs, people, reasons and refusals.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn homeward(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).current_dir(dir).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Two lists: a family's and a captor's, of sixty people, the captor's without the first ten; two brothers among them.
fn lists(dir: &Path) {
    let surnames = [
        "Мігда",
        "Шевчук",
        "Бондар",
        "Ткачук",
        "Коваль",
        "Олійник",
        "Поліщук",
        "Кравець",
        "Савчук",
        "Гнатюк",
    ];
    let russian =
        ["Мигда", "Шевчук", "Бондар", "Ткачук", "Коваль", "Олейник", "Полищук", "Кравец", "Савчук", "Гнатюк"];
    let given = [
        ("Максим", "Максим"),
        ("Микола", "Николай"),
        ("Дмитро", "Дмитрий"),
        ("Сергій", "Сергей"),
        ("Юрій", "Юрий"),
        ("Олексій", "Алексей"),
    ];
    let mut families = String::from("id,Прізвище,Ім'я,По батькові,Дата народження,Частина\n");
    let mut captor = String::from("no,Фамилия,Имя,Отчество,Дата рождения,Часть\n");
    for n in 0..60 {
        let (s, (uk, ru)) = (n % 10, given[n / 10]);
        let born = format!("19{}-{:02}-{:02}", 70 + n % 29, 1 + n % 12, 2 + n % 27);
        families += &format!("f{n},{},{uk},Олегович,{born},А{:04}\n", surnames[s], 100 + n);
        if n >= 10 {
            captor += &format!("c{n},{},{ru},Олегович,{born},А{:04}\n", russian[s].to_uppercase(), 100 + n);
        }
    }
    families += "f60,Близнюк,Іван,Петрович,1990-05-06,А0900\n";
    captor += "c60,Близнюк,Петр,Петрович,1990-05-06,А0900\n";
    fs::write(dir.join("families.csv"), families).unwrap();
    fs::write(dir.join("captor.csv"), captor).unwrap();
}

#[test]
fn two_lists_in_two_languages_are_linked_and_people_told() {
    let dir = tempfile::tempdir().unwrap();
    lists(dir.path());
    let args = ["link", "families.csv", "captor.csv", "--out", "pairs.csv", "--clusters", "people.csv"];
    let run = homeward(dir.path(), &args);
    assert!(run.status.success(), "{}", said(&run));
    assert!(said(&run).contains("Фамилия (surname)"), "{}", said(&run));
    let pairs = fs::read_to_string(dir.path().join("pairs.csv")).unwrap();
    let likely = |line: &&str| line.rsplit(',').next().unwrap().parse::<f64>().is_ok_and(|p| p >= 0.9);
    let found: Vec<&str> = pairs.lines().skip(1).filter(likely).collect();
    let right = found.iter().filter(|line| {
        let mut ids = line.split(',').map(|id| &id[1..]);
        ids.next() == ids.next()
    });
    assert_eq!((right.count(), found.len()), (50, 50), "{pairs}");
    assert!(pairs.contains("f60,c60,"), "brothers are shown: {pairs}");
    let people = fs::read_to_string(dir.path().join("people.csv")).unwrap();
    assert!(people.contains("right,c10,left:f10\n"), "one person by the least identifier: {people}");
    assert!(people.contains("right,c60,right:c60\n"), "brothers are two people: {people}");

    let again = homeward(dir.path(), &args);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("--force"), "{}", said(&again));
}

#[test]
fn a_pair_is_explained_in_words_that_add_up() {
    let dir = tempfile::tempdir().unwrap();
    lists(dir.path());
    let run =
        homeward(dir.path(), &["link", "families.csv", "captor.csv", "--explain", "f11", "c11", "--json"]);
    assert!(run.status.success(), "{}", said(&run));
    let answer: serde_json::Value = serde_json::from_str(&said(&run)).unwrap();
    let parts = answer["parts"].as_array().unwrap();
    let sum: f64 = parts.iter().filter_map(|part| part["bits"].as_f64()).sum();
    assert!((sum - answer["bits"].as_f64().unwrap()).abs() < 0.01, "{answer}");
    assert!(answer["probability"].as_f64().unwrap() > 0.99);
    let brothers = homeward(dir.path(), &["link", "families.csv", "captor.csv", "--explain", "f60", "c60"]);
    assert!(said(&brothers).contains("given name: differs"), "{}", said(&brothers));
    let nobody = homeward(dir.path(), &["link", "families.csv", "captor.csv", "--explain", "f11", "x1"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(said(&nobody).contains("\"x1\""), "{}", said(&nobody));
}

#[test]
fn bad_input_is_refused_with_where_and_why() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("empty.csv"), "").unwrap();
    fs::write(dir.path().join("colours.csv"), "colour,size\nred,1\nblue,2\n").unwrap();
    fs::write(dir.path().join("odd.toml"), "[columns]\n\"colour\" = \"tint\"\n").unwrap();
    let check = |args: &[&str], says: &str| {
        let all: Vec<&str> = ["link"].iter().chain(args).copied().collect();
        let run = homeward(dir.path(), &all);
        let text = format!("{}{}", said(&run), String::from_utf8_lossy(&run.stderr));
        assert_eq!(run.status.code(), Some(2), "{args:?}: {text}");
        assert!(text.contains(says), "{args:?}: {text}");
    };
    check(&["missing.csv", "--out", "p.csv"], "missing.csv");
    check(&["empty.csv", "--out", "p.csv"], "no header");
    check(&["colours.csv", "--out", "p.csv"], "no column is known to hold names");
    check(&["colours.csv", "--out", "p.csv", "--settings", "odd.toml"], "“tint”");
    check(&["colours.csv"], "--out");
}

#[test]
fn records_that_cannot_be_told_apart_or_do_not_fit_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let check = |text: &str, says: &str| {
        fs::write(dir.path().join("list.csv"), text).unwrap();
        let run = homeward(dir.path(), &["link", "list.csv", "--out", "p.csv"]);
        assert_eq!(run.status.code(), Some(2), "{text}: {}", said(&run));
        assert!(said(&run).contains(says), "{text}: {}", said(&run));
        assert!(!dir.path().join("p.csv").exists());
    };
    check(
        "id,surname,given\n1,Мігда,Максим\n2,Коваль,Олег\n1,Бондар,Юрій\n",
        "records 1 and 3 have one identifier, “1”",
    );
    check("id,surname,given\n1,Мігда\n", "there are 2 cells, and 3 in the header");
    check("id,surname,given\n1,\"Мігда,Максим\n2,Коваль,Олег\n", "is a quote not closed");
    fs::write(
        dir.path().join("list.csv"),
        "id,surname,given,dob\n1,Мігда,Максим,unknown\n2,Коваль,Олег,1990-01-02\n",
    )
    .unwrap();
    let run = homeward(dir.path(), &["link", "list.csv", "--out", "p.csv"]);
    assert!(
        said(&run).contains("dob: 1 cell is no date") && said(&run).contains("fewer than"),
        "{}",
        said(&run)
    );
}
