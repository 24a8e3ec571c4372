//! What `homeward link` tells of its lists and refuses of its options: where something stands, how many, and what to do.

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

/// The answer in JSON and the pairs of a list that is read.
fn linked(dir: &Path, bytes: &[u8]) -> (Value, String) {
    fs::write(dir.join("list.csv"), bytes).unwrap();
    let run = link(dir, &["list.csv", "--out", "pairs.csv", "--force", "--json"]);
    assert!(run.status.success(), "{}", said(&run));
    let answer = serde_json::from_slice(&run.stdout).unwrap();
    (answer, fs::read_to_string(dir.join("pairs.csv")).unwrap())
}

/// What is said of a list that is refused.
fn refused(dir: &Path, bytes: &[u8], more: &[&str]) -> String {
    fs::write(dir.join("list.csv"), bytes).unwrap();
    let run = link(dir, &[&["list.csv", "--out", "pairs.csv", "--force"], more].concat());
    assert_eq!(run.status.code(), Some(2), "{}", said(&run));
    said(&run)
}

#[test]
fn a_line_is_called_by_its_number_however_lines_end() {
    let dir = tempfile::tempdir().unwrap();
    let list = "id,surname,given,notes\n1,Мігда,Максим,\n2,Коваль,Яна,\"two\nlines\"\n\n3,Бондар,Юрій,\n";
    let short = format!("{list}4,Савчук\n");
    let long = format!("{list}4,{},Сергій,\n", "я".repeat(3 << 20));
    let open = format!("{list}4,\"{}", "Ткачук,Сергій,,\n".repeat(400));
    for end in ["\n", "\r\n"] {
        for list in [&short, &long, &open] {
            let why = refused(dir.path(), list.replace('\n', end).as_bytes(), &[]);
            assert!(why.contains("from line 7"), "{end:?}: {}", &why[..why.len().min(300)]);
        }
        // The last record ends with the file.
        let cut = short.trim_end().replace('\n', end);
        assert!(refused(dir.path(), cut.as_bytes(), &[]).contains("from line 7"), "{end:?}");
        let unread = [list.replace('\n', end).as_bytes(), b"4,\xff,A,", end.as_bytes()].concat();
        let (answer, _) = linked(dir.path(), &unread);
        assert_eq!(answer["files"][0]["first_unreadable_line"], 7, "{end:?}");
    }
}

#[test]
fn cells_that_are_no_date_are_told_with_the_file_and_the_line_of_the_first() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("one.csv"), LIST).unwrap();
    let check = |dates: [&str; 2], says: [&str; 3]| {
        let [first, second] = dates;
        let list = LIST.replace("1990-01-02", first).replace("1979-03-04", second).replace('\n', "\r\n");
        fs::write(dir.path().join("other.csv"), list).unwrap();
        for (lang, says) in ["en", "uk", "ru"].into_iter().zip(says) {
            let args = ["one.csv", "other.csv", "--out", "p.csv", "--report", "r.html", "--force"];
            let run = link(dir.path(), &[&args[..], &["--language", lang]].concat());
            assert!(said(&run).contains(says), "{says}: {}", said(&run));
            assert!(fs::read_to_string(dir.path().join("r.html")).unwrap().contains(says), "{lang}");
        }
    };
    check(
        ["восени", "15.11.87"],
        [
            "2 cells are no date that is known, and say nothing; the first is in other.csv, line 3",
            "2 клітинки не є відомими датами і нічого не кажуть; перша у other.csv, рядок 3",
            "2 ячейки не известные даты и ничего не говорят; первая в other.csv, строка 3",
        ],
    );
    check(
        ["", "15.11.87"],
        ["it is in other.csv, line 5", "вона у other.csv, рядок 5", "она в other.csv, строка 5"],
    );
}

#[test]
fn records_without_an_identifier_and_a_least_of_1_are_told_once() {
    let dir = tempfile::tempdir().unwrap();
    let list = LIST.replace("a2,", ",").replace("a4,", "  ,");
    let (answer, pairs) = linked(dir.path(), list.as_bytes());
    assert_eq!((&answer["files"][0]["blank_identifiers"], &answer["warning"]), (&2.into(), &Value::Null));
    assert!(pairs.contains("a1,a3,"), "{pairs}");
    let check = |least: &str, says: &str, times: usize, lang: &str| {
        let run = link(dir.path(), &["list.csv", "--out", "-", "--least", least, "--language", lang]);
        assert!(run.status.success(), "{}", said(&run));
        assert_eq!(said(&run).matches(says).count(), times, "{says}: {}", said(&run));
    };
    check("0.5", "2 records have no identifier in “id”, the first in line 3", 1, "en");
    check("0.5", "2 записи не мають ідентифікатора у «id», перший у рядку 3", 1, "uk");
    check("0.5", "2 записи без идентификатора в «id», первая в строке 3", 1, "ru");
    for (lang, says) in [("en", "leaves out all"), ("uk", "відкидає все"), ("ru", "отбрасывает всё")]
    {
        check("1", says, 1, lang);
        check("0.99", says, 0, lang);
    }
}

#[test]
fn options_that_are_no_numbers_or_lack_what_they_need_are_refused_in_each_language() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let check = |args: &[&str], says: [&str; 3]| {
        for (lang, says) in ["en", "uk", "ru"].into_iter().zip(says) {
            let run = link(dir, &[args, &["--out", "p.csv", "--language", lang]].concat());
            assert_eq!(run.status.code(), Some(2), "{args:?}: {}", said(&run));
            assert!(said(&run).contains(says), "{args:?}, {says}: {}", said(&run));
            assert!(!said(&run).contains("link-") && !dir.join("p.csv").exists(), "{args:?}: {}", said(&run));
        }
    };
    for least in ["2", "-1", "0,5", "half", "NaN"] {
        let says = [
            "from 0 to 1, such as 0.05; found “{}”",
            "від 0 до 1, наприклад 0.05; є «{}»",
            "от 0 до 1, например 0.05; есть «{}»",
        ];
        let says = says.map(|says| says.replace("{}", least));
        check(&["list.csv", "--least", least], says.each_ref().map(String::as_str));
    }
    for threads in ["0", "257", "-3", "two"] {
        let says = ["from 1 to 256; found “{}”", "від 1 до 256; є «{}»", "от 1 до 256; есть «{}»"];
        let says = says.map(|says| says.replace("{}", threads));
        check(&["list.csv", "--threads", threads], says.each_ref().map(String::as_str));
    }
    let says =
        ["add --before and --weights", "додайте --before і --weights", "добавьте --before и --weights"];
    check(&["list.csv", "--only-new"], says);
    check(&["list.csv", "--only-new", "--before", "b.csv"], says);
    let run = link(dir, &["list.csv", "--out", "p.csv", "--language", "xx"]);
    assert_eq!(run.status.code(), Some(2), "{}", said(&run));
    for says in ["not uk, ru or en", "не uk, ru чи en", "не uk, ru или en"] {
        assert!(said(&run).contains(says), "{}", said(&run));
    }
}

#[test]
fn one_file_given_as_both_lists_is_refused_by_whatever_name() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("list.csv"), LIST).unwrap();
    fs::write(dir.join("copy.csv"), LIST).unwrap();
    fs::hard_link(dir.join("list.csv"), dir.join("hard.csv")).unwrap();
    for other in ["list.csv", "./list.csv", "hard.csv"] {
        for (lang, says) in [
            ("en", "both lists are one file"),
            ("uk", "обидва списки — один файл"),
            ("ru", "оба списка — один файл"),
        ] {
            let run = link(dir, &["list.csv", other, "--out", "p.csv", "--language", lang]);
            assert_eq!(run.status.code(), Some(2), "{other}: {}", said(&run));
            assert!(said(&run).contains(says) && !dir.join("p.csv").exists(), "{other}: {}", said(&run));
        }
    }
    assert!(link(dir, &["list.csv", "copy.csv", "--out", "p.csv"]).status.success());
}

#[test]
fn decisions_and_persons_of_before_are_read_however_their_cells_are_parted() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("list.csv"), LIST).unwrap();
    let decisions = "one,other,decision\na1,a3,different\n\na2,a4,same\n";
    let before = "file,id,person\nleft,a1,left:a1\nleft,a3,left:a1\n";
    let run = |lang: &str| {
        let args = ["list.csv", "--out", "p.csv", "--clusters", "c.csv", "--force", "--language", lang];
        link(dir, &[&args[..], &["--decided", "d.csv", "--before", "b.csv"]].concat())
    };
    let told = |between: &str, end: &str, text: &str| text.replace('\n', end).replace(',', between);
    for (between, end) in [(",", "\n"), (";", "\r\n"), ("\t", "\n"), ("|", "\n"), (";", "\n")] {
        fs::write(dir.join("d.csv"), format!("\u{feff}{}", told(between, end, decisions))).unwrap();
        fs::write(dir.join("b.csv"), told(between, end, before)).unwrap();
        assert!(run("en").status.success(), "{between:?}: {}", said(&run("en")));
        let pairs = fs::read_to_string(dir.join("p.csv")).unwrap();
        assert!(pairs.contains("a2,a4,1.000000") && !pairs.contains("a1,a3"), "{between:?}: {pairs}");
    }
    let check = |text: &str, says: [&str; 3]| {
        fs::write(dir.join("d.csv"), text).unwrap();
        for (lang, says) in ["en", "uk", "ru"].into_iter().zip(says) {
            assert_eq!(run(lang).status.code(), Some(2), "{text}");
            assert!(said(&run(lang)).contains(says), "{text}, {says}: {}", said(&run(lang)));
        }
    };
    let header = [
        "d.csv, line 1: expected the header one,other,decision, its words parted by a comma, a semicolon",
        "рядок 1: тут має бути заголовок one,other,decision; між словами кома",
        "строка 1: здесь должен быть заголовок one,other,decision; между словами запятая",
    ];
    check("one other decision\na1 a3 same\n", header);
    check("a1;a3;same\n", header);
    let cells = ["d.csv, line 4: 1 fields where", "рядок 4: клітинок 1", "строка 4: ячеек 1"];
    check("one;other;decision\r\na1;a3;same\r\n\r\na2,a4,same\r\n", cells);
    check("one;other;decision\na1;a3;same\n\na2,a4,same\n", cells);
}

/// Forty people of a family list and of a captor's; `twice` of the family list stand there a second time.
fn families_and_captor(dir: &Path, twice: usize) {
    let people: Vec<String> = (0..40_usize)
        .map(|n| {
            let born = format!("19{}-{:02}-{:02}", 60 + n % 38, 1 + n % 12, 1 + n * 7 % 28);
            let surname = format!("{}{}енко", ["Мар", "Сав", "Гна", "Тка"][n % 4], ["ив", "ич"][n / 20]);
            let number = 700_000 + n * 7_919 % 100_000;
            format!("{surname},{},Олегович,{born},{number}", ["Максим", "Сергій", "Юрій"][n % 3])
        })
        .collect();
    let list = |start: &str, rows: &mut dyn Iterator<Item = &String>| -> String {
        let rows: String = rows.zip(1..).map(|(row, n)| format!("{start}-{n},{row}\n")).collect();
        format!("id,surname,given,patronymic,dob,service_no\n{rows}")
    };
    fs::write(dir.join("families.csv"), list("F", &mut people.iter().chain(&people[..twice]))).unwrap();
    fs::write(dir.join("captor.csv"), list("UA", &mut people.iter())).unwrap();
}

#[test]
fn pairs_to_link_that_exclude_one_another_are_told_beside_what_persons_hold() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let run = |lang: &str, more: &[&str]| {
        let args = ["families.csv", "captor.csv", "--out", "p.csv", "--force", "--language", lang];
        let run = link(dir, &[&args[..], more].concat());
        assert!(run.status.success(), "{}", said(&run));
        said(&run)
    };
    let all = ["--clusters", "c.csv", "--report", "r.html"];
    for twice in [0, 2] {
        families_and_captor(dir, twice);
        let answer: Value = serde_json::from_str(&run("en", &["--json", "--clusters", "c.csv"])).unwrap();
        let to_link = 40 + twice;
        assert_eq!(answer["bands"][0]["pairs"], to_link, "{answer}");
        // Each of the two that stand twice, with the captor's record: two pairs that share it.
        assert_eq!(answer["exclusive_pairs"], 2 * twice, "{answer}");
        let persons = &answer["persons"];
        assert_eq!(
            (&persons["of_several_records"], &persons["records"]),
            (&40.into(), &80.into()),
            "{answer}"
        );
        assert_eq!(persons["pairs_to_link_apart"], twice, "{answer}");
        for (lang, exclude, hold, apart) in [
            (
                "en",
                "of these, 4 exclude one another",
                "40 persons have two records or more, 80 records in all",
                "of the pairs to link, 2 are not",
            ),
            (
                "uk",
                "з них 4 таких, що виключають",
                "40 осіб мають два записи або більше, разом 80 записів",
                "2 не зведено",
            ),
            (
                "ru",
                "из них 4 таких, что исключают",
                "40 человек имеют две записи или больше, вместе 80 записей",
                "2 не сведено",
            ),
        ] {
            let text = run(lang, &all);
            let page = fs::read_to_string(dir.join("r.html")).unwrap();
            for told in [&text, &page] {
                assert!(told.contains(hold), "{hold}: {text}");
                assert_eq!(
                    (told.contains(exclude), told.contains(apart)),
                    (twice > 0, twice > 0),
                    "{lang}: {text}"
                );
            }
        }
        let only_pairs = run("en", &[]);
        assert_eq!(only_pairs.contains("exclude one another"), twice > 0, "{only_pairs}");
        assert!(only_pairs.contains("40 persons have"), "{only_pairs}");
    }
}
