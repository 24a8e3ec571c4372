//! The report of `homeward link`, and its explanations, in three languages; no name in it unless it is asked for.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SURNAMES: [&str; 8] =
    ["Мігда", "Ткачук", "Савчук", "Поліщук", "Кравець", "Близнюк", "Олійник", "Гайворонський"];
const GIVEN: [&str; 6] = ["Максим", "Сергій", "Юрій", "Микола", "Олексій", "Дмитро"];

fn link(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).current_dir(dir).arg("link").args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A list of 600 people, every third of them told by two witnesses, some with another day or without one.
fn list(dir: &Path) {
    let mut text = String::from("id,list,surname,given,patronymic,dob,unit\n");
    for n in 0..600_usize {
        let pick = |of: usize, by: usize| (n * by + n / 7) % of;
        let (surname, given) = (SURNAMES[pick(8, 5)], GIVEN[pick(6, 11)]);
        let surname = format!("{surname}{}", ["", "енко", "ський", "ук"][pick(4, 3)]);
        let unit = format!("А{:04}", pick(97, 13));
        let born = |day: usize| format!("19{:02}-{:02}-{:02}", 60 + pick(40, 7), 1 + pick(12, 5), day);
        let day = 2 + pick(25, 17);
        text += &format!("r{n},roll,{surname},{given},Олегович,{},{unit}\n", born(day));
        if n % 3 == 0 {
            let born = [born(day), born(day + 1), String::new()][n / 3 % 3].clone();
            let unit = if n % 6 == 0 { "" } else { unit.as_str() };
            text += &format!("w{n},witness,{surname},{given},,{born},{unit}\n");
        }
    }
    fs::write(dir.join("list.csv"), text).unwrap();
}

fn page(dir: &Path, more: &[&str]) -> (String, String) {
    let run = link(dir, &[&["list.csv", "--report", "report.html", "--force"], more].concat());
    assert!(run.status.success(), "{}", said(&run));
    (fs::read_to_string(dir.join("report.html")).unwrap(), said(&run))
}

#[test]
fn the_report_stands_alone_and_names_nobody_unless_it_is_asked_to() {
    let dir = tempfile::tempdir().unwrap();
    list(dir.path());
    let (report, told) = page(dir.path(), &[]);
    for never in ["http://", "https://", "<script", " src=", "<link", "url(//", "@import"] {
        let found = report.replace("http://www.w3.org/2000/svg", "");
        assert!(!found.contains(never), "{never}");
    }
    let is_named =
        |report: &str| SURNAMES.iter().any(|name| report.contains(name)) || report.contains("Олегович");
    assert!(!is_named(&report), "a name");
    let date = |report: &str| {
        report
            .as_bytes()
            .windows(5)
            .any(|five| five.starts_with(b"19") && five[4] == b'-' && five[2].is_ascii_digit())
    };
    assert!(!date(&report), "a date");
    assert!(!told.contains("Keep it as you keep the lists"), "{told}");
    for must in ["There is no name and no date", "roll and witness", "to link", "<svg"] {
        assert!(report.to_lowercase().contains(&must.to_lowercase()), "{must}");
    }
    let (named, told) = page(dir.path(), &["--examples"]);
    assert!(is_named(&named) && date(&named));
    for said in [&named, &told] {
        assert!(said.contains("Keep it as you keep the lists"), "{said}");
    }
    // Every drawing has words for who cannot see it, and a table of the same figures.
    let drawings = report.matches("<svg").count();
    // The page has a title too.
    assert_eq!((report.matches("<title").count() - 1, report.matches("<desc").count()), (drawings, drawings));
    assert!(report.matches("<svg").count() >= 4, "a distribution and pairs of each band");
    assert!(report.matches("<table").count() > report.matches("<svg").count());
    let mut ids: Vec<&str> =
        report.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
}

#[test]
fn the_report_is_written_in_each_language_and_has_the_same_figures() {
    let dir = tempfile::tempdir().unwrap();
    list(dir.path());
    let numbers = |page: &str| -> Vec<String> {
        let cells = page.split("<td class=\"num\"").skip(1).filter_map(|rest| rest.split(['<', '>']).nth(1));
        let plain = |cell: &str| cell.chars().filter(char::is_ascii_digit).collect::<String>();
        cells.map(plain).collect()
    };
    let english = page(dir.path(), &[]).0;
    assert!(numbers(&english).len() > 30);
    for (lang, title, missed) in
        [("uk", "Що пов’язано", "Пропущено щонайменше"), ("ru", "Что связано", "Пропущено не менее")]
    {
        let (report, told) = page(dir.path(), &["--language", lang]);
        assert!(report.contains(&format!("<html lang=\"{lang}\">")) && report.contains(title), "{lang}");
        assert!(report.contains(missed) && !report.contains("link-"), "{lang}");
        assert_eq!(numbers(&report), numbers(&english), "{lang}");
        assert!(!told.contains("link-") && !told.contains("read as"), "{told}");
    }
    let run = link(dir.path(), &["list.csv", "--report", "x.html", "--language", "de"]);
    assert_eq!(run.status.code(), Some(2));
}

#[test]
fn what_is_reported_of_pairs_is_what_is_written() {
    let dir = tempfile::tempdir().unwrap();
    list(dir.path());
    let (report, _) = page(dir.path(), &["--out", "pairs.csv"]);
    let pairs = fs::read_to_string(dir.path().join("pairs.csv")).unwrap();
    let probability = |line: &str| line.rsplit(',').next().unwrap().parse::<f64>().unwrap();
    let sure = pairs.lines().skip(1).filter(|line| probability(line) >= 0.99).count();
    let review = pairs.lines().skip(1).count() - sure;
    assert!(sure > 20 && review > 0, "{sure} {review}");
    let row = |name: &str| -> u64 {
        let rest = &report[report.find("Pairs by band").unwrap()..];
        let rest = &rest[rest.find(&format!("<th scope=\"row\">{name}</th>")).unwrap()..];
        let cell = rest.split("<td class=\"num\">").nth(1).unwrap().split('<').next().unwrap();
        cell.replace(',', "").parse().unwrap()
    };
    assert_eq!(row("to link"), sure as u64);
    let kinds =
        ["likely, for a person’s eye", "held back, for a person’s eye", "unlikely, for a person’s eye"];
    assert_eq!(kinds.map(row).iter().sum::<u64>(), review as u64);
}

#[test]
fn a_pair_is_explained_in_each_language_and_adds_up() {
    let dir = tempfile::tempdir().unwrap();
    list(dir.path());
    let explained = |one: &str, other: &str, lang: &str| {
        let run = link(dir.path(), &["list.csv", "--explain", one, other, "--language", lang]);
        assert!(run.status.success(), "{}", said(&run));
        said(&run)
    };
    let check = |one: &str, other: &str, lang: &str, says: &[&str]| {
        let text = explained(one, other, lang);
        says.iter().for_each(|part| assert!(text.contains(part), "{lang}: {part}: {text}"));
        assert!(!text.contains("link-"), "{text}");
    };
    check(
        "r0",
        "w0",
        "en",
        &["surname: the same", "other records have it", "to 1", "█", "Brought together by"],
    );
    check(
        "r0",
        "w0",
        "uk",
        &["прізвище: те саме", "за одну особу", "Зведено", "менше ніж 1\u{a0}000 записів"],
    );
    check("r0", "w0", "ru", &["фамилия: то же", "за одного человека", "Сведены"]);
    check("r3", "r8", "en", &["No join brings these two together", "Not of one person", "░"]);
    check("r3", "r8", "uk", &["Жодна спільна ознака не зводить ці два записи", "Не одна особа"]);
    check("r3", "r8", "ru", &["Ни один общий признак не сводит эти две записи"]);
    let run = link(dir.path(), &["list.csv", "--explain", "r0", "r0"]);
    assert_eq!(run.status.code(), Some(2), "{}", said(&run));
    fs::write(dir.path().join("once.toml"), "once = [\"roll\"]\n").unwrap();
    let run = link(dir.path(), &["list.csv", "--explain", "r3", "r8", "--settings", "once.toml"]);
    assert!(said(&run).contains("They may not match"), "{}", said(&run));
}

/// The rows of a table of the page beneath a heading.
fn rows<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let rest = &page[page.find(&format!("<h2>{heading}</h2>")).unwrap_or_else(|| panic!("{heading}"))..];
    let table = &rest[..rest.find("</table>").unwrap()];
    table.split("<th scope=\"row\">").skip(1).filter_map(|row| row.split('<').next()).collect()
}

#[test]
fn lists_are_called_by_their_files_and_sources_as_their_column_says() {
    let dir = tempfile::tempdir().unwrap();
    list(dir.path());
    let text = fs::read_to_string(dir.path().join("list.csv")).unwrap();
    let (header, lines) = text.split_once('\n').unwrap();
    let of = |list: &str| {
        let lines = lines.lines().filter(|line| line.contains(&format!(",{list},")));
        let plain = lines.map(|line| line.replace(&format!(",{list},"), ",") + "\n").collect::<String>();
        header.replace(",list,", ",") + "\n" + &plain
    };
    fs::create_dir(dir.path().join("in")).unwrap();
    fs::write(dir.path().join("in/families.csv"), of("roll")).unwrap();
    fs::write(dir.path().join("captor.csv"), of("witness")).unwrap();
    let two = |lang: &str| {
        let args = ["in/families.csv", "captor.csv", "--report", "two.html", "--force", "--language", lang];
        let run = link(dir.path(), &args);
        assert!(run.status.success(), "{}", said(&run));
        fs::read_to_string(dir.path().join("two.html")).unwrap()
    };
    for (lang, headings, pair) in [
        ("en", ["Pairs by source", "What no join brought together"], "families and captor"),
        ("uk", ["Пари за джерелами", "Що не звела жодна спільна ознака"], "families і captor"),
        ("ru", ["Пары по источникам", "Что не свёл ни один общий признак"], "families и captor"),
    ] {
        let page = two(lang);
        let shown = page.split("</style>").nth(1).unwrap();
        headings.iter().for_each(|heading| assert_eq!(rows(&page, heading)[0], pair, "{lang}"));
        assert!(page.contains("<p class=\"lists\">families.csv, captor.csv</p>"), "{lang}");
        assert!(
            ["in/families", "left and right", "left і right", "left и right"]
                .iter()
                .all(|never| !shown.contains(never)),
            "{lang}"
        );
    }
    // Who stands in no list of the column is in none; of one list without such a column the file is named.
    fs::write(dir.path().join("list.csv"), text.replace(",roll,", ",,")).unwrap();
    let (some, told) = page(dir.path(), &["--language", "ru"]);
    let pairs = rows(&some, "Пары по источникам");
    assert!(
        pairs.contains(&"список не назван и witness") && pairs.contains(&"внутри списка список не назван"),
        "{pairs:?}"
    );
    assert!(told.contains("0,5"), "{told}");
    fs::write(
        dir.path().join("people.csv"),
        of("roll") + &of("witness").split_once('\n').unwrap().1.replace('w', "v"),
    )
    .unwrap();
    let run = link(dir.path(), &["people.csv", "--report", "one.html"]);
    assert!(run.status.success(), "{}", said(&run));
    let one = fs::read_to_string(dir.path().join("one.html")).unwrap();
    assert_eq!(rows(&one, "Pairs by source"), ["within people"]);
    let run = link(dir.path(), &["in/families.csv", "captor.csv", "--out", "p.csv", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(answer["likely_by_source"][0]["sources"], "families and captor", "{answer}");
}

#[test]
fn a_pair_held_back_is_said_to_be_so_and_is_not_likely() {
    let dir = tempfile::tempdir().unwrap();
    list(dir.path());
    let text = fs::read_to_string(dir.path().join("list.csv")).unwrap();
    // Of a few there are no namesakes, who would be held back as well.
    let few: String = text.split_inclusive('\n').take(60).collect();
    let brothers = "b1,roll,Цибуляк,Іван,Олегович,1990-05-06,Ж0900\nb2,witness,Цибуляк,Петро,Олегович,1990-05-06,Ж0900\n";
    fs::write(dir.path().join("list.csv"), few + brothers).unwrap();
    let (report, told) = page(dir.path(), &["--out", "pairs.csv"]);
    assert!(fs::read_to_string(dir.path().join("pairs.csv")).unwrap().contains("b1,b2,0.888889\n"));
    let bands = rows(&report, "Pairs by band");
    assert!(bands.contains(&"held back, for a person’s eye"), "{bands:?}");
    for said in [&report, &told] {
        assert!(said.contains("0.8889 is no probability but the most"), "{said}");
    }
    assert!(report.contains("b1 and b2: held back at 0.8889</h4>"), "{report}");
    assert!(told.contains("        1 pair held back, for a person’s eye: it may be of two people"), "{told}");
    for (lang, says) in [
        ("en", "0.8889 is no probability"),
        ("uk", "0,8889 — не ймовірність"),
        ("ru", "0,8889 — не вероятность"),
    ] {
        let why = said(&link(dir.path(), &["list.csv", "--explain", "b1", "b2", "--language", lang]));
        assert!(why.contains(says), "{why}");
        let why = said(&link(dir.path(), &["list.csv", "--explain", "r0", "w0", "--language", lang]));
        assert!(!why.contains(says), "{why}");
    }
    let run = link(dir.path(), &["list.csv", "--out", "q.csv", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let held = answer["bands"]
        .as_array()
        .unwrap()
        .iter()
        .find(|band| band["band"] == "held back, for a person's eye");
    assert_eq!(held.unwrap()["pairs"], 1, "{answer}");
}

#[test]
fn what_is_held_back_has_its_own_line_with_why_and_how_much() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    list(dir);
    let text = fs::read_to_string(dir.join("list.csv")).unwrap();
    let more = "x1,roll,Цибуляк,Іван,Олегович,1990-05-06,Ж0900\nx2,witness,Цибуляк,Петро,Олегович,1990-05-06,Ж0900\n\
        x3,roll,Вернигора,Остап,Панасович,1961-05-06,Ж0901\nx4,witness,Вернигора,Остап,Панасович,1993-05-06,Ж0901\n\
        x5,roll,Дзюбань,Лука,Тарасович,1971-07-08,Ж0902\nx6,witness,Чумак,Лука,Тарасович,1971-07-08,Ж0902\n";
    fs::write(dir.join("list.csv"), text + more).unwrap();
    let check = |ids: [&str; 2], lang: &str, what: &str, says: &str| {
        let args = ["list.csv", "--explain", ids[0], ids[1], "--language", lang];
        let why = said(&link(dir, &args));
        let line = why.lines().find(|line| line.contains(says)).unwrap_or_else(|| panic!("{says}: {why}"));
        assert!(line.contains(&format!("  {what}: {says}")) && line.trim_start().starts_with('−'), "{why}");
        assert!(!line.contains(" до 1") && !line.contains(" to 1") && !line.contains(" к 1"), "{line}");
        let answer: serde_json::Value =
            serde_json::from_slice(&link(dir, &[&args[..], &["--json"]].concat()).stdout).unwrap();
        let parts = answer["parts"].as_array().unwrap();
        let sum: f64 = parts.iter().filter_map(|part| part["bits"].as_f64()).sum();
        assert!((sum - answer["bits"].as_f64().unwrap()).abs() < 0.01, "{answer}");
        let held = parts.last().unwrap();
        assert!(held["what"] == what && held["bits"].as_f64().unwrap() < -1.0, "{answer}");
        // The name weighs what the name weighs.
        let name = parts[4]["bits"].as_f64().unwrap();
        assert!(name > held["bits"].as_f64().unwrap() + 2.0, "{answer}");
        assert!(!parts[4]["says"].as_str().unwrap().contains(says), "{answer}");
    };
    let held = [("en", "held back"), ("uk", "притримано"), ("ru", "придержано")];
    for (ids, says) in [
        (["x1", "x2"], ["two given names", "два різні імені", "два разных имени"]),
        (
            ["x3", "x4"],
            [
                "years of birth a generation apart",
                "роки народження різняться на ціле покоління",
                "годы рождения различаются на целое поколение",
            ],
        ),
        (["x5", "x6"], ["two surnames", "два різні прізвища", "две разные фамилии"]),
    ] {
        held.iter().zip(says).for_each(|((lang, what), says)| check(ids, lang, what, says));
    }
    let (report, told) = page(dir, &[]);
    assert!(report.contains("held back") && report.contains("years of birth a generation apart"), "{report}");
    assert!(told.contains("two people can be so alike, such as brothers, a father and his son"), "{told}");
    assert!(!told.contains("its names"), "{told}");
    // A pair that weighs too little to be cut has no such line.
    let why = said(&link(dir, &["list.csv", "--explain", "r0", "r1"]));
    assert!(!why.contains("held back"), "{why}");
}

#[test]
fn every_figure_of_a_wide_table_has_its_words_where_the_table_stacks() {
    let dir = tempfile::tempdir().unwrap();
    list(dir.path());
    let (report, _) = page(dir.path(), &["--examples"]);
    let tables: Vec<&str> = report
        .split("<table class=\"stack\">")
        .skip(1)
        .filter_map(|rest| rest.split("</table>").next())
        .collect();
    assert!(tables.len() > 5, "{}", tables.len());
    for table in tables {
        let cells: Vec<&str> = table.split("<td").skip(1).collect();
        assert!(!cells.is_empty());
        cells
            .iter()
            .for_each(|cell| assert!(cell.split('>').next().unwrap().contains(" data-label=\""), "{cell}"));
    }
    // A table of more than three columns does not fit into a narrow window.
    for plain in report.split("<table>").skip(1).filter_map(|rest| rest.split("</thead>").next()) {
        assert!(plain.matches("<th ").count() <= 3, "{plain}");
    }
}

#[test]
fn what_brings_records_together_and_what_links_them_are_two_words() {
    let dir = tempfile::tempdir().unwrap();
    list(dir.path());
    for (lang, met_by, linked, never) in [
        ("uk", "ознак", "пов’яза", ["з’єднан", "поєдна"]),
        ("ru", "признак", "связа", ["соедин", "объединён"]),
    ] {
        let (report, told) = page(dir.path(), &["--language", lang]);
        assert!(report.contains(met_by) && report.contains(linked) && told.contains(linked), "{lang}");
        never
            .iter()
            .for_each(|word| assert!(!report.contains(word) && !told.contains(word), "{lang}: {word}"));
    }
}
