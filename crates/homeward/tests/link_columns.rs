//! `homeward link` on lists that call their columns otherwise: which are one, and what is said of the rest.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const LIST: &str = "id,Прізвище,Ім'я,По батькові,Дата народження\n\
    a1,Мігда,Максим,Олегович,1987-11-15\n\
    a2,Ткачук,Сергій,Іванович,1990-01-02\n\
    a3,Мігда,Максим,Олегович,1987-11-15\n\
    a4,Поліщук,Юрій,Петрович,1979-03-04\n";

fn link(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).current_dir(dir).arg("link").args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_column_stands_for_another_only_where_each_list_has_one_of_its_kind() {
    let dir = tempfile::tempdir().unwrap();
    let people = |unit: &str| -> String {
        (0..40).map(|n| format!("{n},Мігда{n},Максим,{unit}{}\n", n * 37 % 1_000)).collect()
    };
    fs::write(dir.path().join("list.csv"), format!("id,surname,given,unit\n{}", people("А1"))).unwrap();
    let check = |header: &str, more: &str, compared: bool| {
        let other = people("А1").replace('\n', &format!("{more}\n"));
        fs::write(dir.path().join("other.csv"), format!("id,surname,given,{header}\n{other}")).unwrap();
        let headers: std::collections::BTreeSet<&str> = header.split(',').chain(["unit"]).collect();
        let lines: String = headers.iter().map(|header| format!("{header} = \"code\"\n")).collect();
        let settings = format!("[columns]\n{lines}");
        fs::write(dir.path().join("s.toml"), settings).unwrap();
        let args = ["other.csv", "list.csv", "--settings", "s.toml", "--explain", "7", "7", "--json"];
        let run = link(dir.path(), &args);
        assert!(run.status.success(), "{}", said(&run));
        let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(
            answer["parts"].as_array().unwrap().len(),
            if compared { 6 } else { 5 },
            "{header}: {answer}"
        );
    };
    check("army", "", true);
    check("post,army", ",04050", false);
    check("post,unit", ",А1007", true);
}

#[test]
fn a_column_that_one_list_lacks_is_not_said_to_be_compared() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("other.csv"), LIST.replace("Дата народження", "Місто")).unwrap();
    fs::write(dir.path().join("list.csv"), LIST).unwrap();
    let run = link(dir.path(), &["list.csv", "other.csv", "--out", "pairs.csv"]);
    assert!(run.status.success(), "{}", said(&run));
    let ignored: Vec<String> =
        said(&run).lines().filter(|line| line.contains("not compared")).map(str::to_owned).collect();
    let expected = ["list.csv, so not compared: Дата народження", "other.csv, so not compared: Місто"];
    assert_eq!(ignored, expected.map(|line| format!("only in {line}")), "{}", said(&run));
}

/// Two lists of forty people that call their columns otherwise, with the lines that say how they were understood.
fn understood(dir: &Path, one: &str, other: &str) -> Vec<String> {
    for (file, headers) in [("one.csv", one), ("other.csv", other)] {
        let cells = headers.split(',').count();
        let row = |n: usize| -> String {
            (0..cells).map(|at| format!(",{}", ["Київ", "Львів", "Суми"][(n + at) % 3])).collect()
        };
        let rows: String = (0..40).map(|n| format!("{n},Мігда{n}{}\n", row(n))).collect();
        fs::write(dir.join(file), format!("id,surname,{headers}\n{rows}")).unwrap();
    }
    let run = link(dir, &["one.csv", "other.csv", "--out", "-"]);
    assert!(run.status.success(), "{}", said(&run));
    let lines = String::from_utf8_lossy(&run.stderr).into_owned();
    lines.lines().filter(|line| line.contains(": ")).take(5).map(str::to_owned).collect()
}

#[test]
fn columns_of_one_meaning_are_one_in_every_language_and_of_two_meanings_are_two() {
    let dir = tempfile::tempdir().unwrap();
    let check = |one: &str, other: &str, says: &[&str]| {
        let lines = understood(dir.path(), one, other);
        let compared: Vec<&str> = lines
            .iter()
            .filter_map(|line| line.split_once("surname (surname)").or_else(|| line.split_once("only in ")))
            .map(|(_, rest)| rest.trim_start_matches(", "))
            .collect();
        assert_eq!(compared, says, "{one} and {other}");
    };
    check(
        "place of birth,rank,regiment",
        "Підрозділ,Місце народження,Звання",
        &[
            "place of birth (words, by sound), rank (words, by sound), regiment (a code that several share)",
            "Підрозділ (a code that several share), Місце народження (words, by sound), Звання (words, by sound)",
        ],
    );
    check(
        "Місце народження,Звання",
        "Место рождения,Профессия",
        &[
            "Місце народження (words, by sound)",
            "one.csv, so not compared: Звання",
            "Место рождения (words, by sound)",
            "other.csv, so not compared: Профессия",
        ],
    );
    // One of its kind in each, of which it is known that they are two things.
    check(
        "rank",
        "residence",
        &["", "one.csv, so not compared: rank", "", "other.csv, so not compared: residence"],
    );
    check(
        "town,birthplace",
        "place",
        &["", "one.csv, so not compared: town, birthplace", "", "other.csv, so not compared: place"],
    );
    check("birthplace", "place", &["birthplace (words, by sound)", "place (words, by sound)"]);
}

#[test]
fn one_file_of_settings_holds_for_all_lists_that_have_its_columns() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    for (file, headers) in [("a.csv", "id,Хто,Коли"), ("b.csv", "id,Who,When"), ("c.csv", "id,Wer,Wann")]
    {
        let rows = "1,Мігда Максим,1987-11-15\n2,Коваль Яна,1990-01-02\n";
        fs::write(dir.join(file), format!("{headers}\n{rows}")).unwrap();
    }
    let settings = "[columns]\n\"Хто\" = \"name\"\nWho = \"name\"\n\"Wer\" = \"name\"\n";
    fs::write(dir.join("all.toml"), settings).unwrap();
    let check = |lists: [&str; 2], settings: &str, code: i32, says: [&str; 3]| {
        for (lang, says) in ["en", "uk", "ru"].into_iter().zip(says) {
            let args = ["--settings", settings, "--out", "-", "--language", lang];
            let run = link(dir, &[&lists[..], &args].concat());
            assert_eq!(run.status.code(), Some(code), "{lists:?}: {}", said(&run));
            assert!(said(&run).contains(says), "{lists:?}, {says}: {}", said(&run));
        }
    };
    for (lists, other) in
        [(["a.csv", "b.csv"], "Wer"), (["a.csv", "c.csv"], "Who"), (["c.csv", "b.csv"], "Хто")]
    {
        let says = [
            format!("no list here has “{other}”"),
            format!("жоден список тут не має «{other}»"),
            format!("ни один список здесь не имеет «{other}»"),
        ];
        check(lists, "all.toml", 0, says.each_ref().map(String::as_str));
    }
    fs::write(dir.join("two.toml"), "[columns]\n\"Хто\" = \"name\"\nWho = \"name\"\n").unwrap();
    let lacks = [
        "Of the columns that the settings name c.csv lacks “Who”, “Хто”",
        "Зі стовпців, які називають налаштування, у c.csv бракує: «Who», «Хто»",
        "Из столбцов, которые называют настройки, в c.csv нет: «Who», «Хто»",
    ];
    check(["a.csv", "c.csv"], "two.toml", 2, lacks);
    fs::write(dir.join("none.toml"), "[columns]\nx = \"name\"\ny = \"birth\"\n").unwrap();
    let none = [
        "columns “x”, “y” of which a.csv, b.csv has none",
        "стовпці «x», «y», і жодного з них a.csv, b.csv не має",
        "столбцы «x», «y», и ни одного из них a.csv, b.csv не имеет",
    ];
    check(["a.csv", "b.csv"], "none.toml", 2, none);
}

#[test]
fn settings_say_which_columns_are_one_and_what_they_hold() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let rows = "1,Мігда,Максим,Суми,Київ\n2,Коваль,Яна,Львів,Одеса\n";
    fs::write(dir.join("a.csv"), format!("id,surname,given,Звідки,Місце народження\n{rows}")).unwrap();
    fs::write(dir.join("b.csv"), format!("id,surname,given,From,Occupation\n{rows}")).unwrap();
    let compared = |settings: &str| {
        fs::write(dir.join("s.toml"), settings).unwrap();
        let run = link(dir, &["a.csv", "b.csv", "--settings", "s.toml", "--explain", "1", "1", "--json"]);
        assert!(run.status.success(), "{}", said(&run));
        let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
        let parts = answer["parts"].as_array().unwrap()[5..].to_vec();
        let names = parts.iter().map(|part| part["what"].as_str().unwrap().to_owned());
        names.filter(|name| name != "held back").collect::<Vec<_>>()
    };
    assert!(compared("").is_empty());
    assert_eq!(compared("same = [[\"Звідки\", \"From\"]]\n"), ["Звідки"]);
    assert_eq!(compared("same = [[\"From\", \"Звідки\"]]\n[columns]\nFrom = \"place\"\n"), ["Звідки"]);
    assert_eq!(compared("same = [[\"Місце народження\", \"Occupation\"]]\n"), ["Місце народження"]);
    let ignored = "same = [[\"Звідки\", \"From\"]]\n[columns]\n\"Місце народження\" = \"ignore\"\n";
    assert_eq!(compared(ignored), ["Звідки"]);
}

#[test]
fn settings_with_a_slip_are_refused_with_what_was_meant() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("list.csv"), "id,Прізвище,Ім'я,Місто\n1,Мігда,Максим,Суми\n").unwrap();
    let check = |settings: &str, says: [&str; 3]| {
        fs::write(dir.join("s.toml"), settings).unwrap();
        for (lang, says) in ["en", "uk", "ru"].into_iter().zip(says) {
            let run = link(dir, &["list.csv", "--out", "-", "--settings", "s.toml", "--language", lang]);
            assert_eq!(run.status.code(), Some(2), "{settings}: {}", said(&run));
            assert!(said(&run).contains(says), "{settings}: {}", said(&run));
        }
    };
    let near = ["there is “Місто”", "є «Місто»", "есть «Місто»"];
    for settings in [
        "[columns]\n\"Мисто\" = \"place\"\n",
        "[columns]\n\"МІСТО \" = \"place\"\n",
        "same = [[\"Town\", \"Міст\"]]\n",
    ] {
        check(settings, near);
    }
    let right = ["line 3", "рядок 3", "строка 3"];
    for line in [
        "Місто = place",
        "Місто = \"place\"",
        "\"Місто\" = place",
        "«Місто» = «place»",
        "Місто = 'place' # town",
    ] {
        let settings = format!("once = []\n[columns]\n{line}\n");
        check(&settings, right);
        check(&settings, ["\"Місто\" = \"place\""; 3]);
    }
    check("same = [[\"Місто\"]]\n", ["Look at “Місто”", "Гляньте на «Місто»", "Посмотрите на «Місто»"]);
    check("same = [[\"Місто\", \"a\"], [\"b\", \"Місто\"]]\n", ["Look at “Місто”", "«Місто»", "«Місто»"]);
    // What is nobody's slip may be of another list.
    fs::write(dir.join("s.toml"), "[columns]\n\"Місто\" = \"place\"\n\"Occupation\" = \"words\"\n").unwrap();
    let run = link(dir, &["list.csv", "--out", "-", "--settings", "s.toml"]);
    assert!(run.status.success() && said(&run).contains("no list here has “Occupation”"), "{}", said(&run));
}

#[test]
fn rows_in_which_nothing_stands_are_no_records() {
    let dir = tempfile::tempdir().unwrap();
    let rows: String = (1..=40).map(|n| format!("{};Мігда{n};Максим\n", 700 + n * 3)).collect();
    let list = format!("№ справи;surname;given\n;;\n{rows};;\n ;  ;\n");
    fs::write(dir.path().join("list.csv"), list).unwrap();
    let run = link(dir.path(), &["list.csv", "--out", "pairs.csv"]);
    assert!(run.status.success(), "{}", said(&run));
    assert!(said(&run).contains("№ справи (the record’s identifier)"), "{}", said(&run));
    assert!(said(&run).contains("40 records, "), "{}", said(&run));
}

#[test]
fn a_header_that_is_there_twice_is_refused_where_one_of_both_is_used() {
    let dir = tempfile::tempdir().unwrap();
    let check = |headers: &str, settings: &str, refusal: Option<&str>| {
        let list = format!("id,{headers},surname\n1,A,B,C\n2,D,E,F\n");
        fs::write(dir.path().join("list.csv"), list).unwrap();
        fs::write(dir.path().join("s.toml"), settings).unwrap();
        let run = link(dir.path(), &["list.csv", "--out", "-", "--settings", "s.toml"]);
        assert_eq!(run.status.success(), refusal.is_none(), "{headers}: {}", said(&run));
        assert!(said(&run).contains(refusal.unwrap_or("")), "{headers}: {}", said(&run));
    };
    check("given,given", "", Some("columns 2 and 3 have one header, “given”"));
    check("born,born", "", Some("“born”"));
    check("unit,unit", "", Some("“unit”"));
    check("surname,given", "", Some("columns 2 and 4 have one header, “surname”"));
    check("notes,notes", "", None);
    check("unit,unit", "[columns]\nunit = \"ignore\"\n", None);
}

/// Forty people, with cells for these columns beside their names; every fourth is there twice.
fn people(headers: &str, cell: impl Fn(&str, usize) -> String) -> String {
    let row = |id: String, n: usize| {
        let cells: String = headers.split(',').map(|header| format!(",{}", cell(header, n))).collect();
        format!("{id}{cells}\n")
    };
    let once: String = (0..40).map(|n| row(format!("a{n}"), n)).collect();
    let again: String = (0..40).step_by(4).map(|n| row(format!("b{n}"), n)).collect();
    format!("id,{headers}\n{once}{again}")
}

/// A cell by its column's header, in whatever language.
fn cell(header: &str, n: usize) -> String {
    match header {
        "surname" | "Прізвище" => format!("Мігда{n}"),
        "given" | "Ім'я" => ["Максим", "Олег", "Юрій"][n % 3].to_owned(),
        "rank" | "Звання" => ["солдат", "сержант", "капітан", "майор"][n % 4].to_owned(),
        _ => ["Київ", "Львів", "Суми", "Одеса", "Ізмаїл"][n % 5].to_owned(),
    }
}

#[test]
fn kept_weights_are_used_for_the_same_columns_only_whatever_their_language() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("list.csv"), people("surname,given,birth_place,rank", cell)).unwrap();
    let run = link(dir, &["list.csv", "--out", "p.csv", "--keep-weights", "w.txt"]);
    assert!(run.status.success(), "{}", said(&run));
    let check = |headers: &str, lang: &str, says: &[&str]| {
        fs::write(dir.join("other.csv"), people(headers, cell)).unwrap();
        let args = ["other.csv", "--out", "q.csv", "--force", "--weights", "w.txt", "--language", lang];
        let run = link(dir, &args);
        assert_eq!(run.status.code(), Some(if says.is_empty() { 0 } else { 2 }), "{headers}: {}", said(&run));
        says.iter().for_each(|part| assert!(said(&run).contains(part), "{part}: {}", said(&run)));
    };
    check("surname,given,birth_place,rank", "en", &[]);
    check("Прізвище,Ім'я,Місце народження,Звання", "uk", &[]);
    check(
        "surname,given,rank,birth_place",
        "en",
        &[
            "of: placeofbirth (words, by sound), rank (words, by sound). Compared here: rank (words, by sound), birth_place",
            "without --weights",
        ],
    );
    check(
        "Прізвище,Ім'я,Звання,Місце народження",
        "uk",
        &["placeofbirth (слова, за звучанням), rank", "порівнюють: Звання (слова, за звучанням), Місце"],
    );
    check("surname,given,town,rank", "ru", &["Здесь сравнивают: town (слова, по звучанию)"]);
    check("surname,given", "ru", &["Здесь сравнивают: ни одного столбца"]);
}

#[test]
fn a_name_beside_its_parts_is_read_so_that_no_part_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let given = |n: usize| ["Максим", "Олег", "Юрій"][n % 3];
    // What --explain says of the given name of two records of one person.
    let check = |headers: &str, read_as: &str, says: &str, cells: &dyn Fn(&str, usize) -> String| {
        fs::write(dir.join("list.csv"), people(headers, cells)).unwrap();
        let run = link(dir, &["list.csv", "--out", "-"]);
        assert!(said(&run).contains(read_as), "{headers}: {}", said(&run));
        let why = said(&link(dir, &["list.csv", "--explain", "a4", "b4"]));
        assert!(why.contains(says), "{headers}: {why}");
    };
    let slavic = |header: &str, n: usize| match header {
        "surname" => format!("Мігда{n}"),
        "name" => given(n).to_owned(),
        _ => "Олегович".to_owned(),
    };
    check("surname,name,patronymic", "name (given name)", "given name: the same", &slavic);
    let whole = |header: &str, n: usize| match header {
        "full name" | "ПІБ" => format!("Мігда{n} {} Олегович", given(n)),
        _ => given(n).to_owned(),
    };
    for headers in ["full name,given name", "ПІБ,Імʼя"] {
        check(headers, "(whole name, surname first), ", "patronymic: the same", &whole);
    }
    // A whole name that is but a surname: the given name beside it is not lost.
    let half = |header: &str, n: usize| match header {
        "full name" => format!("Мігда{n}"),
        _ => given(n).to_owned(),
    };
    check("full name,given name", "(whole name, surname first), ", "given name: the same", &half);
    let initials = |header: &str, n: usize| match header {
        "name" => format!("Мігда{n} {}", given(n)),
        _ => given(n).chars().take(1).collect(),
    };
    check("name,initials", "name (whole name, surname first)", "given name: the same", &initials);
}

#[test]
fn a_number_of_a_unit_or_of_a_paper_is_no_identifier_of_records() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let check = |header: &str, says: &str| {
        let rows: String = (0..40).map(|n| format!("Мігда{n},Максим,{}\n", 500 + n)).collect();
        fs::write(dir.join("list.csv"), format!("surname,given,{header}\n{rows}")).unwrap();
        let run = link(dir, &["list.csv", "--out", "-"]);
        assert!(said(&run).contains(&format!("{header} ({says})")), "{}", said(&run));
    };
    check("ID number", "a number of one person");
    check("unit_id", "a code that several share");
    check("dva_id", "the record’s identifier");
}

#[test]
fn a_date_of_birth_is_found_by_its_header_or_by_its_cells() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let check = |header: &str, is_birth: bool, date: &dyn Fn(usize) -> String| {
        let rows: String = (0..40).map(|n| format!("{n},Мігда{n},Максим,{}\n", date(n))).collect();
        fs::write(dir.join("list.csv"), format!("id,surname,given,{header}\n{rows}")).unwrap();
        let run = link(dir, &["list.csv", "--out", "-"]);
        assert!(run.status.success(), "{header}: {}", said(&run));
        let is_said = said(&run).contains(&format!("{header} (date of birth)"));
        assert_eq!(is_said, is_birth, "{header}: {}", said(&run));
    };
    let birth = |n: usize| format!("{:02}{:02}{}", 1 + n % 28, 1 + n % 12, 1_960 + n);
    let dotted = |n: usize| format!("{:02}.{:02}.{}", 1 + n % 28, 1 + n % 12, 1_960 + n);
    let day = |n: usize| format!("{:02}.{:02}.2022", 1 + n % 28, 1 + n % 12);
    for header in ["Дата нар.", "Д.р.", "geb. am", "Date of birth (dd/mm/yyyy)", "Колонка 4"]
    {
        check(header, true, &birth);
        check(header, true, &dotted);
    }
    check("Дата полону", false, &dotted);
    check("Колонка 4", false, &day);
}

#[test]
fn people_of_other_birthdays_are_not_linked_whatever_the_header() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    // The pairs found of people whose birthdays are written with and without points, `off` years apart.
    let pairs = |header: &str, off: usize| {
        let list = |between: &str, off: usize| {
            let row = |n: usize| {
                let date = [
                    format!("{:02}", 1 + n % 28),
                    format!("{:02}", 2 + n % 11),
                    (1_950 + n + off).to_string(),
                ];
                format!("{n},Мігда{n},{},{}\n", ["Максим", "Олег", "Юрій"][n % 3], date.join(between))
            };
            format!("id,surname,given,{header}\n{}", (0..40).map(row).collect::<String>())
        };
        fs::write(dir.join("one.csv"), list(".", 0)).unwrap();
        fs::write(dir.join("other.csv"), list("", off)).unwrap();
        let run = link(dir, &["one.csv", "other.csv", "--out", "pairs.csv", "--force"]);
        assert!(run.status.success(), "{}", said(&run));
        let text = fs::read_to_string(dir.join("pairs.csv")).unwrap();
        let weight = |line: &str| line.rsplit(',').next().and_then(|last| last.parse::<f64>().ok());
        text.lines().filter_map(weight).filter(|probability| *probability >= 0.99).count()
    };
    for header in ["Дата рожд.", "Д/р", "Дата народження (дд.мм.рррр)", "Колонка 4"]
    {
        assert_eq!(pairs(header, 0), 40, "{header}");
        assert_eq!(pairs(header, 24), 0, "{header}");
    }
}
