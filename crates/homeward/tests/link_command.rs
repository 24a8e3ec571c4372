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

/// A file of the repository.
fn of_repository(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}

#[test]
fn the_command_of_the_readme_links_the_example_lists_as_it_says() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("examples/link")).unwrap();
    for name in ["families.csv", "redcross.csv"] {
        let path = format!("examples/link/{name}");
        fs::write(dir.path().join(&path), of_repository(&path)).unwrap();
    }
    let readme = of_repository("README.md");
    let line =
        readme.lines().find(|line| line.starts_with("target/debug/homeward link examples/link/")).unwrap();
    let args: Vec<&str> = line.split(' ').skip(1).collect();
    let run = homeward(dir.path(), &args);
    assert!(run.status.success(), "{}", said(&run));
    let printed = readme.split("It prints, among other lines:\n\n```\n").nth(1).unwrap();
    for line in printed.split("\n```").next().unwrap().lines() {
        assert!(said(&run).lines().any(|found| found == line), "{line}: {}", said(&run));
    }
    // Who is who was decided when the lists were made up.
    let mut truth: Vec<(String, String)> = (1..=8).map(|n| (n, 100 + n)).map(numbered).collect();
    truth.extend(
        [(11, 110), (13, 112), (14, 113), (15, 114), (16, 115), (17, 116), (18, 117), (19, 118)]
            .map(numbered),
    );
    truth.push(numbered((21, 120)));
    truth.sort();
    let pairs = fs::read_to_string(dir.path().join("pairs.csv")).unwrap();
    let of = |line: &str| {
        let mut cells = line.split(',').map(str::to_owned);
        (cells.next().unwrap(), cells.next().unwrap())
    };
    let probability = |line: &str| line.rsplit(',').next().unwrap().parse::<f64>().unwrap();
    let mut linked: Vec<(String, String)> =
        pairs.lines().skip(1).filter(|line| probability(line) >= 0.99).map(of).collect();
    linked.sort();
    assert_eq!(linked, truth);
    // Two men of one name of whom the other list says nothing else: both for a person's eye, neither more than the other.
    let line = |one: &str| pairs.lines().find(|line| line.starts_with(&format!("{one},RC-111,"))).unwrap();
    assert!((probability(line("Р-11")) - probability(line("Р-12"))).abs() < 1e-6, "{pairs}");
    // A man under his brother's date of birth, and strangers of one camp and one birthday: never linked by themselves.
    for (one, other) in [(9, 109), (20, 119), (24, 123), (23, 122)].map(numbered) {
        let found = pairs.lines().find(|line| line.starts_with(&format!("{one},{other},"))).unwrap();
        assert!(probability(found) < 0.99, "{found}");
    }
}

/// A family's case and a card of the example lists.
fn numbered((case, card): (u32, u32)) -> (String, String) {
    (format!("Р-{case:02}"), format!("RC-{card}"))
}

#[test]
fn a_pair_decided_to_be_the_same_is_written_with_1_as_the_book_says() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    lists(dir);
    let done = |args: &[&str]| {
        let run = homeward(dir, &[&["link", "families.csv"], args].concat());
        assert!(run.status.success(), "{args:?}: {}", said(&run));
    };
    done(&["--out", "1.csv", "--clusters", "people.csv", "--keep-weights", "weights.txt"]);
    let later = fs::read_to_string(dir.join("families.csv")).unwrap() + "f99,Мігда,Максим,,1999-01-02,\n";
    fs::write(dir.join("families.csv"), later).unwrap();
    fs::write(dir.join("d.csv"), "one,other,decision\nf1,f2,same\nf3,f99,same\n").unwrap();
    let (old, new) = ("f1,f2,1.000000\n", "f3,f99,1.000000\n");
    let check = |more: &[&str], has_old: bool| {
        done(&[&["--out", "p.csv", "--force", "--decided", "d.csv"], more].concat());
        let pairs = fs::read_to_string(dir.join("p.csv")).unwrap();
        assert_eq!((pairs.contains(old), pairs.contains(new)), (has_old, true), "{more:?}: {pairs}");
    };
    check(&[], true);
    check(&["--weights", "weights.txt"], true);
    check(&["--before", "people.csv"], true);
    check(&["--before", "people.csv", "--weights", "weights.txt"], false);
}
