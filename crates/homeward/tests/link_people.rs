//! `homeward link` over weeks: persons keep their ids, what became of them is told, and what people decided holds.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn homeward(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).current_dir(dir).arg("link").args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn done(dir: &Path, args: &[&str]) -> String {
    let run = homeward(dir, args);
    assert!(run.status.success(), "{args:?}: {}{}", said(&run), String::from_utf8_lossy(&run.stderr));
    said(&run)
}

fn read(dir: &Path, name: &str) -> String {
    fs::read_to_string(dir.join(name)).unwrap()
}

const HEADER: &str = "id,Прізвище,Ім'я,По батькові,Дата народження,Частина\n";
const SURNAMES: [&str; 10] =
    ["Мігда", "Шевчук", "Бондар", "Ткачук", "Коваль", "Олійник", "Поліщук", "Кравець", "Савчук", "Гнатюк"];
const GIVEN: [&str; 6] = ["Максим", "Микола", "Дмитро", "Сергій", "Юрій", "Олексій"];

/// The record `id` of person `n`.
fn record(id: &str, n: usize) -> String {
    let born = format!("19{}-{:02}-{:02}", 60 + n % 39, 1 + n % 12, 2 + n % 27);
    format!("{id},{},{},Олегович,{born},А{:04}\n", SURNAMES[n % 10], GIVEN[n / 10 % 6], 100 + n)
}

/// Records of sixty people, each once; of the first twenty a second time.
fn first_week(dir: &Path) -> String {
    let mut list = String::from(HEADER);
    (0..60).for_each(|n| list += &record(&format!("a{n}"), n));
    (0..20).for_each(|n| list += &record(&format!("b{n}"), n));
    fs::write(dir.join("list.csv"), &list).unwrap();
    list
}

/// Links the list as it is, after the persons of an earlier run.
fn week(dir: &Path, before: &str, after: &str, more: &[&str]) -> String {
    let events = format!("events-{after}");
    let mut args = vec!["list.csv", "--out", "pairs.csv", "--force", "--before", before, "--clusters", after];
    args.extend(["--events", &events]);
    args.extend(more);
    done(dir, &args);
    read(dir, &events)
}

#[test]
fn persons_keep_their_ids_and_what_became_of_them_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let list = first_week(dir);
    done(dir, &["list.csv", "--out", "pairs.csv", "--clusters", "1.csv", "--keep-weights", "weights.txt"]);
    assert!(read(dir, "1.csv").contains("left,b7,left:a7\n"));
    assert!(!read(dir, "weights.txt").contains("left"));

    // A record that comes less by its identifier takes no person's id; one that is gone is told.
    let without = list.replace(&record("a59", 59), "");
    fs::write(dir.join("list.csv"), format!("{without}{}{}", record("a07", 7), record("c1", 77))).unwrap();
    for more in [&[][..], &["--weights", "weights.txt"]] {
        let events = week(dir, "1.csv", "2.csv", more);
        let expected = "kind,person,other,record\n\
            gone,left:a59,,left:a59\nnew,left:c1,,left:c1\njoined,left:a7,,left:a07\n";
        assert_eq!(events, expected, "{more:?}");
        let people = read(dir, "2.csv");
        assert!(people.contains("left,a07,left:a7\n") && people.ends_with("gone,left:a59,\n"), "{people}");
    }
    let again = week(dir, "2.csv", "3.csv", &["--weights", "weights.txt"]);
    assert_eq!((again.as_str(), read(dir, "3.csv")), ("kind,person,other,record\n", read(dir, "2.csv")));
}

#[test]
fn what_people_decided_holds_until_it_is_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    first_week(dir);
    done(dir, &["list.csv", "--out", "pairs.csv", "--clusters", "1.csv", "--keep-weights", "weights.txt"]);
    let decide =
        |text: &str| fs::write(dir.join("decided.csv"), format!("one,other,decision\n{text}")).unwrap();
    for more in [&["--decided", "decided.csv"][..], &["--decided", "decided.csv", "--weights", "weights.txt"]]
    {
        decide("a3,b3,different\na40,a41,same\n");
        let events = week(dir, "1.csv", "2.csv", more);
        let expected = "kind,person,other,record\nsplit,left:b3,left:a3,left:b3\nmerged,left:a40,left:a41,\n";
        assert_eq!(events, expected, "{more:?}");
        assert!(read(dir, "2.csv").ends_with("alias,left:a41,left:a40\n"));
        let pairs = read(dir, "pairs.csv");
        assert!(!pairs.contains("a3,b3,"), "a pair that is decided is not asked again: {pairs}");
        if more.len() == 2 {
            assert!(pairs.contains("a40,a41,1.000000\n"), "{pairs}");
        }
        for (ids, expected) in [(["a3", "b3"], "of two people"), (["a40", "a41"], "of one person")] {
            let args = [&["list.csv", "--explain", ids[0], ids[1]][..], more].concat();
            let why = said(&homeward(dir, &args));
            assert!(why.contains(&format!("It was decided that they are {expected}")), "{why}");
        }
        // Taken back: everyone is where they were, under ids that were never another's.
        decide("a3,b3,open\na40,a41,open\n");
        let events = week(dir, "2.csv", "3.csv", more);
        let expected =
            "kind,person,other,record\nsplit,left:a41/2,left:a40,left:a41\nmerged,left:a3,left:b3,\n";
        assert_eq!(events, expected, "{more:?}");
        let people = |name: &str| {
            let text = read(dir, name);
            text.lines().filter(|line| line.starts_with("left,")).map(str::to_owned).collect::<Vec<_>>()
        };
        let back: Vec<String> =
            people("1.csv").iter().map(|line| line.replace("left:a41", "left:a41/2")).collect();
        assert_eq!(people("3.csv"), back);
    }
}

#[test]
fn a_run_for_new_records_compares_and_shows_only_these() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let list = first_week(dir);
    done(dir, &["list.csv", "--out", "pairs.csv", "--clusters", "1.csv", "--keep-weights", "weights.txt"]);
    fs::write(dir.join("list.csv"), format!("{list}{}", record("c5", 5))).unwrap();
    let args = ["list.csv", "--out", "2-pairs.csv", "--before", "1.csv", "--json"];
    let compared = |more: &[&str]| {
        let text = done(dir, &[&args[..], &["--force", "--clusters", "2.csv"], more].concat());
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
        (
            answer["compared_pairs"].as_u64().unwrap(),
            answer["events"]["joined"].as_u64().unwrap(),
            read(dir, "2.csv"),
        )
    };
    let (all, joined, people) = compared(&[]);
    let (few, joined_later, people_later) = compared(&["--weights", "weights.txt", "--only-new"]);
    assert_eq!((joined, joined_later, people_later), (1, 1, people));
    assert!(few * 4 < all, "{few} of {all} pairs");
    let pairs = read(dir, "2-pairs.csv");
    assert!(pairs.lines().skip(1).all(|line| line.contains("c5,")) && pairs.contains("a5,c5,"), "{pairs}");
}

#[test]
fn a_record_that_was_corrected_leaves_its_person() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let list = first_week(dir);
    done(dir, &["list.csv", "--out", "pairs.csv", "--clusters", "1.csv", "--keep-weights", "weights.txt"]);
    assert!(read(dir, "1.csv").contains("left,b7,left:a7\n"));
    let corrected = list.replace(&record("b7", 7), &record("b7", 55).replace("Олегович", "Іванович"));
    fs::write(dir.join("list.csv"), corrected).unwrap();
    let events = week(dir, "1.csv", "2.csv", &["--weights", "weights.txt"]);
    assert_eq!(events, "kind,person,other,record\nsplit,left:b7,left:a7,left:b7\n");
    // What the faster run says that it does not see.
    assert_eq!(
        week(dir, "1.csv", "3.csv", &["--weights", "weights.txt", "--only-new"]),
        "kind,person,other,record\n"
    );
}

#[test]
fn of_two_lists_an_identifier_is_told_with_its_list() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let side = |shift: usize| -> String {
        (0..30).map(|n| record(&n.to_string(), n + shift)).fold(HEADER.to_owned(), |list, line| list + &line)
    };
    fs::write(dir.join("one.csv"), side(0)).unwrap();
    fs::write(dir.join("two.csv"), side(10)).unwrap();
    fs::write(dir.join("d.csv"), "one,other,decision\nleft:15,right:5,different\n").unwrap();
    let args = ["one.csv", "two.csv", "--out", "p.csv", "--clusters", "c.csv"];
    done(dir, &[&args[..], &["--decided", "d.csv"]].concat());
    let people = read(dir, "c.csv");
    assert!(people.contains("right,5,right:5\n") && people.contains("right,6,left:16\n"), "{people}");
    fs::write(dir.join("d.csv"), "one,other,decision\n15,right:5,different\n").unwrap();
    let run = homeward(dir, &[&args[..], &["--force", "--decided", "d.csv"]].concat());
    assert_eq!(run.status.code(), Some(2));
    assert!(
        said(&run).contains(
            "line 2: with two lists an identifier says of which it is: left:15 for the first, right:15"
        ),
        "{}",
        said(&run)
    );
}

#[test]
fn what_is_not_clear_is_refused_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    first_week(dir);
    let check = |option: &str, text: &str, says: &str| {
        fs::write(dir.join("told.csv"), text).unwrap();
        let run = homeward(dir, &["list.csv", "--out", "p.csv", option, "told.csv"]);
        assert_eq!(run.status.code(), Some(2), "{text}: {}", said(&run));
        assert!(said(&run).contains(says), "{text}: {}", said(&run));
        assert!(!dir.join("p.csv").exists());
    };
    let decided = |lines: &str, says: &str| check("--decided", &format!("one,other,decision\n{lines}"), says);
    decided(
        "a1,b1,same\nb1,a2,same\na1,a2,different\n",
        "left:a1 and left:a2 are decided to be different, and to be the same by way of left:b1",
    );
    decided("a1,b1,same\na2,b2\n", "told.csv, line 3: 2 fields where one,other,decision are expected");
    decided("a1,b1,perhaps\n", "line 2: expected same, different or open; found “perhaps”");
    decided("a1,x9,same\n", "line 2: no record has the identifier “x9”");
    decided("a1,a1,same\n", "line 2: a record is decided");
    decided("a1,b1,same\nb1,a1,different\n", "line 3: another decision on these two than in line 2");
    check("--decided", "a1,b1,same\n", "line 1: expected the header one,other,decision");
    check("--decided", "", "no header line");
    let before = |lines: &str, says: &str| check("--before", &format!("file,id,person\n{lines}"), says);
    before("left,a1\n", "line 2: 2 fields");
    before("left,a1,p\nleft,a1,q\n", "line 3: left,a1 is there a second time");
    before("middle,a1,p\n", "line 2: expected left, right, alias or gone");
    before("left,,p\n", "line 2: an identifier is missing");
    before("left,a1,p\nalias,q,r\n", "q leads to r, who is not there");
    before("left,a1,p\nalias,p,p\n", "p is a person and an alias of p");
    check("--weights", "homeward link weights 2\ncolumns tint\n", "told.csv: line 2: expected the columns");
    fs::write(dir.join("list.csv"), "surname,given\nМігда,Максим\n").unwrap();
    check("--before", "file,id,person\n", "list.csv: no column holds identifiers");
}

#[test]
fn what_is_told_of_earlier_runs_is_refused_in_each_language() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    first_week(dir);
    let check = |option: &str, text: &[u8], says: [&str; 2]| {
        fs::write(dir.join("told.csv"), text).unwrap();
        for (lang, says) in ["uk", "ru"].into_iter().zip(says) {
            let run = homeward(dir, &["list.csv", "--out", "p.csv", option, "told.csv", "--language", lang]);
            assert_eq!(run.status.code(), Some(2), "{says}: {}", said(&run));
            assert!(said(&run).contains(says), "{says}: {}", said(&run));
            assert!(!said(&run).contains("link-"), "{}", said(&run));
        }
    };
    let decided = |lines: &str, says: [&str; 2]| {
        check("--decided", format!("one,other,decision\n{lines}").as_bytes(), says);
    };
    decided("a1,b1,same\na2,b2\n", ["рядок 3: клітинок 2", "строка 3: ячеек 2"]);
    decided("a1,b1,perhaps\n", ["рядок 2: тут має бути same", "строка 2: здесь должно быть same"]);
    decided("a1,x9,same\n", ["не має ідентифікатора «x9»", "не имеет идентификатора «x9»"]);
    decided("a1,a1,same\n", ["самим собою", "она сама"]);
    decided("a1,b1,same\nb1,a1,different\n", ["інакше, ніж у рядку 2", "иначе, чем в строке 2"]);
    decided("a1,b1,same\nb1,a2,same\na1,a2,different\n", ["через left:b1", "через left:b1"]);
    check("--decided", b"", ["немає рядка заголовків one,other", "нет строки заголовков one,other"]);
    check(
        "--decided",
        b"a1,b1,same\n",
        ["рядок 1: тут має бути заголовок", "строка 1: здесь должен быть заголовок"],
    );
    check(
        "--decided",
        b"one,other,decision\na\xff,b1,same\n",
        ["рядок 2: він не в UTF-8", "строка 2: она не в UTF-8"],
    );
    let before =
        |lines: &str, says: [&str; 2]| check("--before", format!("file,id,person\n{lines}").as_bytes(), says);
    before("left,a1,p\nleft,a1,q\n", ["left,a1 трапляється вдруге", "left,a1 встречается второй"]);
    before("middle,a1,p\n", ["є «middle»", "есть «middle»"]);
    before("left,,p\n", ["бракує ідентифікатора", "не хватает идентификатора"]);
    before("left,a1,p\nalias,q,r\n", ["q веде до r", "q ведёт к r"]);
    before("left,a1,p\nalias,p,p\n", ["p — особа і", "p — человек и"]);
    check("--weights", b"none\n", ["це не файл ваг", "это не файл весов"]);
    done(dir, &["list.csv", "--out", "o.csv", "--keep-weights", "w.txt"]);
    let weights = read(dir, "w.txt");
    let list = read(dir, "list.csv").replace("Дата народження", "Нотатки");
    fs::write(dir.join("list.csv"), list.replace("Частина", "note")).unwrap();
    check(
        "--weights",
        weights.as_bytes(),
        ["для інших стовпців, ніж порівнюють", "для других столбцов, чем сравнивают"],
    );
}

#[test]
fn the_decisions_in_the_book_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    first_week(dir);
    let book =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats/link.md")).unwrap();
    let (_, example) = book.split_once("```csv\none,other,").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    fs::write(dir.join("d.csv"), format!("one,other,{example}")).unwrap();
    done(dir, &["list.csv", "--out", "p.csv", "--clusters", "c.csv", "--decided", "d.csv"]);
    let people = read(dir, "c.csv");
    assert!(people.contains("left,b1,left:a1\n") && people.contains("left,b3,left:b3\n"), "{people}");
}

#[test]
fn a_pair_that_would_break_a_decision_is_not_asked_again_and_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    // A card without a birthday fits father and son of one list, and nobody else.
    let list = "id,surname,given,patronymic,dob,town\n";
    fs::write(
        dir.join("families.csv"),
        format!("{list}f1,Мігда,Максим,Олегович,1960-02-03,Суми\nf2,Мігда,Максим,Олегович,1990-05-06,Суми\n"),
    )
    .unwrap();
    fs::write(dir.join("cards.csv"), format!("{list}c1,Мігда,Максим,Олегович,,Суми\n")).unwrap();
    let pairs = |decisions: &str, more: &[&str]| {
        fs::write(dir.join("decided.csv"), format!("one,other,decision\n{decisions}")).unwrap();
        let args = ["families.csv", "cards.csv", "--out", "pairs.csv", "--force", "--decided", "decided.csv"];
        let told = done(dir, &[&args, more].concat());
        let pairs = read(dir, "pairs.csv");
        let ids = pairs.lines().skip(1).map(|line| line.rsplit_once(',').unwrap().0.to_owned());
        (ids.collect::<Vec<_>>(), told)
    };
    assert_eq!(pairs("", &[]).0, ["f1,c1", "f2,c1"]);
    let (found, told) = pairs("left:f1,right:c1,same\n", &[]);
    assert_eq!(found, ["f1,c1"]);
    assert!(told.contains("1 pair more is settled by decisions on others"), "{told}");
    let (found, told) = pairs("left:f1,right:c1,different\n", &[]);
    assert_eq!(found, ["f2,c1"]);
    assert!(!told.contains("settled"), "{told}");
    let args = ["families.csv", "cards.csv", "--decided", "decided.csv", "--explain", "f2", "c1"];
    fs::write(dir.join("decided.csv"), "one,other,decision\nleft:f1,right:c1,same\n").unwrap();
    let told = done(dir, &args);
    assert!(told.contains("Decisions on others settle it") && !told.contains("For a person"), "{told}");
    // Two of one list that names everyone once: they weigh enough, and are in no answer.
    let told = done(dir, &["families.csv", "cards.csv", "--explain", "f1", "f2"]);
    assert!(told.contains("They may not match") && !told.contains("For a person"), "{told}");
    // What a run by kept weights rests on is no short list.
    done(dir, &["families.csv", "--out", "p.csv", "--keep-weights", "w.txt"]);
    let told = done(dir, &["families.csv", "--out", "p.csv", "--force", "--weights", "w.txt"]);
    assert!(!told.contains("fewer than"), "{told}");
}
