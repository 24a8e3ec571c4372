//! `homeward link` on files as they come: in other letters, with other separators, broken, empty or far too long.

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

/// Runs within so many CPU seconds and so much memory, in kilobytes; who needs more is ended by the system.
fn bounded(dir: &Path, args: &[&str], (seconds, kilobytes): (u32, u32)) -> Output {
    let shell = format!("ulimit -t {seconds} -v {kilobytes}; exec \"$0\" link \"$@\"");
    let mut command = Command::new("sh");
    command.current_dir(dir).args(["-c", &shell, env!("CARGO_BIN_EXE_homeward")]).args(args);
    command.output().unwrap()
}

/// Windows-1251: the letters of these lists, each its byte.
fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        'А'..='я' => letter as u32 - 'А' as u32 + 0xc0,
        'І' => 0xb2,
        'і' => 0xb3,
        'ї' => 0xbf,
        'є' => 0xba,
        letter => letter as u32,
    };
    text.chars().map(|letter| u8::try_from(byte(letter)).unwrap()).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_list_in_other_letters_is_read_as_the_same_list_and_it_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let (plain, pairs) = linked(dir.path(), LIST.as_bytes());
    assert!(pairs.contains("a1,a3,"), "{pairs}");
    assert_eq!(plain["files"][0]["encoding"], "UTF-8");
    let check = |bytes: Vec<u8>, encoding: &str, guessed: bool| {
        let (answer, found) = linked(dir.path(), &bytes);
        assert_eq!(found, pairs, "{encoding}");
        assert_eq!(answer["columns"], plain["columns"], "{encoding}");
        assert_eq!(answer["files"][0]["encoding"], encoding);
        assert_eq!(answer["files"][0]["encoding_guessed"], guessed, "{encoding}");
    };
    check(format!("\u{feff}{LIST}").into_bytes(), "UTF-8", false);
    check(windows_1251(LIST), "windows-1251", true);
    check(utf16(&format!("\u{feff}{LIST}")), "UTF-16LE", false);
    check(utf16(LIST), "UTF-16LE", true);
    fs::write(dir.path().join("list.csv"), windows_1251(LIST)).unwrap();
    let run = link(dir.path(), &["list.csv", "--out", "-", "--lang", "uk"]);
    assert!(said(&run).contains("Прочитано як windows-1251"), "{}", said(&run));
}

#[test]
fn what_the_settings_say_of_letters_goes_before_what_they_look_like() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("koi.toml"), "encoding = \"koi8-u\"\n").unwrap();
    fs::write(dir.path().join("odd.toml"), "encoding = \"klingon\"\n").unwrap();
    let text = "id,surname,given\n1,Мигда,Максим\n2,Ткачук,Сергей\n";
    fs::write(dir.path().join("list.csv"), windows_1251(text)).unwrap();
    let run = link(dir.path(), &["list.csv", "--out", "-", "--settings", "koi.toml"]);
    assert!(said(&run).contains("list.csv is read as KOI8-U"), "{}", said(&run));
    let run = link(dir.path(), &["list.csv", "--out", "-", "--settings", "odd.toml"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(said(&run).contains("no encoding is called “klingon”"), "{}", said(&run));
}

#[test]
fn cells_may_be_parted_otherwise_and_it_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let (_, pairs) = linked(dir.path(), LIST.as_bytes());
    for (separator, name) in [(";", ";"), ("\t", "tab"), ("|", "|")] {
        let (answer, found) = linked(dir.path(), LIST.replace(',', separator).as_bytes());
        assert_eq!((found.as_str(), &answer["files"][0]["separator"]), (pairs.as_str(), &Value::from(name)));
    }
    fs::write(dir.path().join("list.csv"), LIST.replace(',', "\t")).unwrap();
    let run = link(dir.path(), &["list.csv", "--out", "-"]);
    assert!(said(&run).contains("its cells are parted by “tab”"), "{}", said(&run));
}

#[test]
fn records_with_letters_that_cannot_be_read_are_counted_with_the_first_line() {
    let dir = tempfile::tempdir().unwrap();
    let bad = windows_1251("a5,Гнатюк,Іван,Петрович,1980-01-01\n");
    let list = [LIST.as_bytes(), &bad, b"a6,Savchuk,Ivan,,1981-02-03\n", &bad.to_ascii_uppercase()].concat();
    let (answer, pairs) = linked(dir.path(), &list);
    let file = &answer["files"][0];
    assert_eq!((&file["unreadable_records"], &file["first_unreadable_line"]), (&2.into(), &6.into()));
    assert_eq!(file["encoding"], "UTF-8");
    assert!(pairs.contains("a1,a3,"), "{pairs}");
    let run = link(dir.path(), &["list.csv", "--out", "-"]);
    assert!(
        said(&run).contains("letters of 2 records, the first in line 6, cannot be read"),
        "{}",
        said(&run)
    );
}

#[test]
fn an_empty_column_is_said_and_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let list = "id,surname,given,unit,,rank\n1,Мігда,Максим,,x,\n2,Ткачук,Сергій, ,y,\n";
    let (answer, _) = linked(dir.path(), list.as_bytes());
    let columns = answer["columns"][0].as_array().unwrap();
    let empty: Vec<bool> = columns.iter().map(|column| column["empty"].as_bool().unwrap()).collect();
    assert_eq!(empty, [false, false, false, true, false, true]);
    let run = link(dir.path(), &["list.csv", "--out", "-"]);
    assert!(said(&run).contains("empty, left out: unit, rank\n"), "{}", said(&run));
    assert!(!said(&run).contains("unit ("), "{}", said(&run));
}

/// A list is refused in each language, within bounds of time and memory, and nothing is written.
fn refused_in_each(bytes: &[u8], says: [&str; 3]) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("list.csv"), bytes).unwrap();
    for (lang, says) in ["en", "uk", "ru"].into_iter().zip(says) {
        let args = ["list.csv", "--out", "pairs.csv", "--language", lang];
        let run = bounded(dir.path(), &args, (20, 600_000));
        assert_eq!(run.status.code(), Some(2), "{lang}, {says}: {}", said(&run));
        assert!(said(&run).contains(says), "{lang}, {says}: {}", said(&run));
        assert!(!said(&run).contains("link-"), "{}", said(&run));
        assert!(!dir.path().join("pairs.csv").exists());
    }
}

const HEADER: &str = "id,surname,given\n1,Мігда,Максим\n";

#[test]
fn a_list_without_a_shape_is_refused_with_where_and_why_in_each_language() {
    let wide = |columns: usize| (0..columns).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
    refused_in_each(b"", ["no header line", "немає рядка заголовків", "нет строки заголовков"]);
    refused_in_each(
        b"id,surname,given\n",
        ["no record beneath it", "жодного запису під ним", "ни одной записи под ней"],
    );
    refused_in_each(
        format!("{HEADER}2,Ткачук,Сергій,1990\n").as_bytes(),
        [
            "line 3 there are 4 cells, and 3",
            "рядка 3 клітинок 4, а в заголовку 3",
            "строки 3 ячеек 4, а в заголовке 3",
        ],
    );
    refused_in_each(
        b"id,surname,given,unit,unit\n1,A,B,7,8\n",
        ["columns 4 and 5 have one header, “unit”", "стовпці 4 і 5 мають", "столбцы 4 и 5 имеют"],
    );
    refused_in_each(
        wide(16_384).as_bytes(),
        ["has 16,384 columns; at most 1,024", "стовпців 16\u{a0}384", "столбцов 16\u{a0}384"],
    );
}

#[test]
fn a_title_above_the_header_is_refused_as_one() {
    refused_in_each(
        "Список загону;;\n№;Прізвище;Ім'я\n1;Мігда;Максим\n".as_bytes(),
        ["looks like a title", "схожий на назву документа", "похожа на название документа"],
    );
}

#[test]
fn a_list_without_identifiers_or_dates_of_birth_is_read_and_that_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let said_of = |header: &str| {
        fs::write(
            dir.path().join("list.csv"),
            format!("{header}\nа1,Мігда,1987-11-15\nа2,Шевчук,1990-02-03\n"),
        )
        .unwrap();
        said(&link(dir.path(), &["list.csv", "--out", "pairs.csv", "--force"]))
    };
    let (no_id, no_birth) = ("no column is the records’ identifier", "no column is the date of birth");
    let whole = said_of("id,surname,born");
    assert!(!whole.contains(no_id) && !whole.contains(no_birth), "{whole}");
    let neither = said_of("remark,surname,captured");
    assert!(neither.contains(no_id) && neither.contains(no_birth), "{neither}");
}

#[test]
fn a_record_that_does_not_end_is_refused_with_its_line_in_each_language() {
    let long = format!("{HEADER}2,{},Сергій\n", "я".repeat(5 << 20));
    refused_in_each(
        long.as_bytes(),
        [
            "line 3 has more than 1,048,576 bytes",
            "рядка 3 має понад 1\u{a0}048\u{a0}576",
            "строки 3 имеет больше 1\u{a0}048\u{a0}576",
        ],
    );
    refused_in_each(
        "я".repeat(5 << 20).as_bytes(),
        ["from line 1 has more", "рядка 1 має понад", "строки 1 имеет больше"],
    );
    // A quote that is not closed makes one cell of all that follows: a hundred megabytes are not held to find that out.
    let open = format!("{HEADER}2,\"{}", "Ткачук,Сергій\n".repeat(4 << 20));
    refused_in_each(
        open.as_bytes(),
        ["line 3", "чи не забуто закрити лапки", "не забыто ли закрыть кавычки"],
    );
}

#[test]
fn a_file_that_is_no_list_of_people_is_refused_with_what_it_is_in_each_language() {
    refused_in_each(
        b"id,surname\n1,A\0B\0\0C\n",
        ["the first in line 2", "перший у рядку 2", "первый в строке 2"],
    );
    refused_in_each(
        b"PK\x03\x04\x14\0\0\0",
        ["save the sheet as CSV in UTF-8", "збережіть аркуш", "сохраните лист"],
    );
    refused_in_each(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ["a picture", "зображення", "изображение"]);
    refused_in_each(b"\xff\xd8\xff\xe0\0\x10JFIF", ["a picture", "зображення", "изображение"]);
    refused_in_each(b"\x1f\x8b\x08\0\0", ["compressed", "стиснено", "сжат"]);
    refused_in_each(b"%PDF-1.7\n", ["a PDF", "PDF, у якому", "PDF, в котором"]);
    refused_in_each(b"SQLite format 3\0\x10\0", ["a database", "база даних", "база данных"]);
    refused_in_each(b"colour,size\nred,1\n", ["known to hold names", "не видно імен", "не видно имён"]);
    refused_in_each(
        b"id,surname\n7,A\n8,B\n7,C\n",
        ["records 1 and 3 have one", "записи 1 і 3", "записи 1 и 3"],
    );
    #[cfg(not(feature = "parquet"))]
    refused_in_each(
        b"PAR1\x15\x04\x15\x10",
        ["--features parquet. Or make it CSV", "--features parquet. Або", "--features parquet. Или"],
    );
}

#[test]
fn long_notes_are_read_and_a_quote_that_is_not_closed_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let list = |last: &str| {
        format!(
            "id,surname,given,born,notes\n1,Мігда,Максим,1987-11-15,\n2,Коваль,Яна,1990-01-02,\n\
             3,Мігда,Максим,1987-11-15,\"{last}"
        )
    };
    let line = "Seen in March, as a neighbour says.\n";
    let notes = |bytes: usize| list(&format!("{}\"\n", line.repeat(bytes / line.len())));
    for bytes in [6_000, 60_000] {
        assert_eq!(linked(dir.path(), notes(bytes).as_bytes()).0["records"], 3, "{bytes}");
    }
    let behind = list(&"4,Ткачук,Сергій,1990-01-02,\n".repeat(200));
    for list in [notes(70_000), behind] {
        let why = refused(dir.path(), list.as_bytes(), &[]);
        assert!(why.contains("from line 4") && why.contains("is a quote not closed?"), "{why}");
    }
}

#[test]
fn more_lists_in_one_column_than_are_told_apart_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let of = |lists: usize| -> String {
        let rows = (0..40).map(|row| format!("{row},list {},Мігда,Максим\n", row % lists));
        std::iter::once("id,source,surname,given\n".to_owned()).chain(rows).collect()
    };
    let (answer, _) = linked(dir.path(), of(16).as_bytes());
    assert_eq!(answer["records"], 40);
    let why = refused(dir.path(), of(17).as_bytes(), &[]);
    assert!(why.contains("source") && why.contains("16"), "{why}");
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_read() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("folder")).unwrap();
    fs::write(dir.path().join("there.csv"), "kept").unwrap();
    let check = |args: &[&str], says: &str| {
        // No list is there to be read.
        let run = link(dir.path(), &[&["list.csv", "--force"], args].concat());
        assert_eq!(run.status.code(), Some(2), "{args:?}: {}", said(&run));
        assert!(said(&run).contains(says), "{args:?}: {}", said(&run));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "{args:?}");
        assert_eq!(fs::read_to_string(dir.path().join("there.csv")).unwrap(), "kept");
    };
    check(&["--out", "nowhere/p.csv"], "cannot create nowhere/p.csv");
    check(&["--out", "p.csv", "--clusters", "nowhere/c.csv"], "cannot create nowhere/c.csv");
    check(&["--out", "there.csv", "--report", "nowhere/r.html"], "cannot create nowhere/r.html");
    check(&["--out", "there.csv/p.csv"], "cannot create there.csv/p.csv");
    check(&["--out", "folder"], "cannot write folder: it is no file");
    check(&["--out", "p.csv", "--clusters", "p.csv"], "p.csv is asked for twice");
    // What can be written stands against nothing.
    check(&["--out", "there.csv", "--clusters", "c.csv"], "list.csv");
}

#[test]
fn as_many_columns_as_are_read_are_read_in_bounds() {
    let dir = tempfile::tempdir().unwrap();
    let more = |cell: &str| (0..1_021).map(|n| format!(",{cell}{n}")).collect::<String>();
    let mut list = format!("id,surname,given{}\n", more("c"));
    for n in 0..200 {
        list += &format!("{n},Мігда,Максим{}\n", more("x"));
    }
    fs::write(dir.path().join("list.csv"), list).unwrap();
    let run = bounded(dir.path(), &["list.csv", "--out", "pairs.csv"], (60, 900_000));
    assert!(run.status.success(), "{}", said(&run));
}

#[test]
fn letters_that_turn_others_around_change_no_name_and_are_not_shown() {
    let dir = tempfile::tempdir().unwrap();
    let list = LIST
        .replace("a3,Мігда", "a3,\u{202e}Мі\u{200b}гда\u{202c}")
        .replace("Прізвище", "\u{2067}Прізвище\u{2069}");
    let list = list.replace("Максим,Олегович,1987-11-15\na4", "Мак\u{ad}сим\u{200f},Олегович,1987-11-15\na4");
    let (_, plain) = linked(dir.path(), LIST.as_bytes());
    let (answer, pairs) = linked(dir.path(), list.as_bytes());
    assert_eq!(answer["columns"][0][1]["header"], "Прізвище");
    assert_eq!(pairs, plain);
    let twice = "id,surname\n\u{202e}7,A\n\u{202e}7,B\n";
    assert!(refused(dir.path(), twice.as_bytes(), &[]).contains("“7”"));
}

#[test]
fn what_is_no_list_is_refused_by_its_kind_and_nobody_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let check = |bytes: &[u8], says: [&str; 3]| {
        fs::write(dir.path().join("list.csv"), bytes).unwrap();
        for (lang, says) in ["en", "uk", "ru"].into_iter().zip(says) {
            let run = link(dir.path(), &["list.csv", "--out", "pairs.csv", "--language", lang]);
            assert_eq!(run.status.code(), Some(2), "{lang}: {}", said(&run));
            assert!(said(&run).contains(says), "{lang}, {says}: {}", said(&run));
            assert!(!said(&run).contains("Мігда") && !said(&run).contains("1987"), "{}", said(&run));
        }
    };
    let json = "{\"id\": 1, \"surname\": \"Мігда\", \"born\": \"1987-11-15\"}\n";
    let is_json = ["seems to be JSON", "схожий на JSON", "похож на JSON"];
    check(json.as_bytes(), is_json);
    check(format!("\u{feff} [\n  {json}]").as_bytes(), is_json);
    check(&utf16(&format!("[{json}]")), is_json);
    let page = "<table><tr><td>Мігда</td></tr></table>";
    check(page.as_bytes(), ["XML or a web page", "XML або вебсторінку", "XML или веб-страницу"]);
    check(b"{\\rtf1 Surname, Given}", ["a text document (RTF)", "документ (RTF)", "документ (RTF)"]);
    check(b"BEGIN:VCARD\nN:A;B\n", ["contacts", "контакти", "контакты"]);
    check(b"INSERT INTO people VALUES (1);\n", ["(SQL)", "(SQL)", "(SQL)"]);
    // A first line that is somebody's record.
    let first =
        ["the first line must have the names", "у першому рядку мають бути", "в первой строке должны быть"];
    check("1,Мігда,Максим,1987-11-15\n2,Ткачук,Юрій,1990-01-02\n".as_bytes(), first);
    check("Мігда,Максим,15 Nov 1987\nТкачук,Юрій,2 Jan 1990\n".as_bytes(), first);
    let known = ["no header is known", "жоден заголовок не відомий", "ни один заголовок не известен"];
    check("Мігда,Максим\nТкачук,Юрій\n".as_bytes(), known);
}

#[cfg(unix)]
#[test]
fn a_list_that_cannot_be_read_twice_is_refused_and_a_file_on_standard_input_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let (_, pairs) = linked(dir.path(), LIST.as_bytes());
    let check = |shell: &str, says: &str| {
        let mut command = Command::new("sh");
        command.current_dir(dir.path()).args(["-c", shell, env!("CARGO_BIN_EXE_homeward")]);
        let run = command.output().unwrap();
        assert!(said(&run).contains(says), "{}", said(&run));
    };
    check("cat list.csv | \"$0\" link /dev/stdin --out -", "REFUSED: /dev/stdin is no file on a disk");
    check("\"$0\" link /dev/stdin --out - < list.csv", &pairs);
}

#[test]
fn no_message_shows_more_than_the_beginning_of_a_text_of_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let long = "colour of the eyes ".repeat(50);
    let list = format!("id,{long},{long}\n1,a,b\n");
    fs::write(dir.path().join("s.toml"), format!("[columns]\n\"{}\" = \"name\"\n", "x".repeat(500))).unwrap();
    let check = |list: &str, more: &[&str]| {
        let why = refused(dir.path(), list.as_bytes(), more);
        assert!(why.contains('…') && why.len() < 600, "{why}");
    };
    check(&list, &[]);
    check(&format!("id,{long}\n1,a\n"), &[]);
    check(LIST, &["--settings", "s.toml"]);
    check(&format!("id,surname\n{long},a\n{long},b\n"), &[]);
    // A list in place of settings: nobody of it is shown.
    fs::write(dir.path().join("s.toml"), LIST).unwrap();
    for (lang, says) in [
        ("en", "line 1, sign 3: these are no"),
        ("uk", "рядок 1, знак 3: це не"),
        ("ru", "строка 1, знак 3: это не"),
    ] {
        let why = refused(dir.path(), LIST.as_bytes(), &["--settings", "s.toml", "--language", lang]);
        assert!(why.contains(says) && !why.contains("Мігда") && !why.contains("Прізвище"), "{why}");
    }
    // What the reader of TOML says is said by nobody: a place and our own words are.
    let ours = "[columns]\n\"col1\" = \"name\"\nтінь = 1\n";
    for (settings, place) in [("once = 3\n", "1, знак 8"), ("x = 1\n", "1, знак 1"), (ours, "3, знак 1")]
    {
        fs::write(dir.path().join("s.toml"), settings).unwrap();
        let why = refused(dir.path(), LIST.as_bytes(), &["--settings", "s.toml", "--language", "uk"]);
        let words = "це не налаштування. Вони пишуться в TOML: once = [\"список\"]";
        assert!(why.contains(&format!("рядок {place}: {words}")), "{why}");
        assert!(["expected", "unknown", "invalid"].iter().all(|word| !why.contains(word)), "{why}");
    }
}

#[test]
fn any_number_of_threads_gives_the_same_files() {
    let dir = tempfile::tempdir().unwrap();
    let names = ["Мігда", "Ткачук", "Савчук", "Поліщук", "Кравець", "Мигда", "Ткачик"];
    let mut list = String::from("id,surname,given,dob,unit\n");
    for n in 0..6_000_usize {
        let born = format!("19{}-{:02}-{:02}", 60 + n / 3 % 40, 1 + n / 3 % 12, 1 + n * 7 / 21 % 28);
        list += &format!("{n},{}{},Максим,{born},А{}\n", names[n % 7], n / 3 % 90, n / 3 % 97);
    }
    fs::write(dir.path().join("list.csv"), list).unwrap();
    let files = |threads: &[&str]| {
        let args =
            ["list.csv", "--out", "p.csv", "--clusters", "c.csv", "--keep-weights", "w.txt", "--force"];
        let run = link(dir.path(), &[&args, threads].concat());
        assert!(run.status.success(), "{}", said(&run));
        ["p.csv", "c.csv", "w.txt"].map(|file| fs::read(dir.path().join(file)).unwrap())
    };
    let one = files(&["--threads", "1"]);
    assert!(one[0].len() > 10_000, "pairs are found");
    for threads in [&["--threads", "2"][..], &["--threads", "7"], &[]] {
        assert!(files(threads) == one, "{threads:?}");
    }
    for odd in ["0", "257", "two"] {
        assert_eq!(link(dir.path(), &["list.csv", "--out", "-", "--threads", odd]).status.code(), Some(2));
    }
}

/// A million records; `cell` writes all but the identifier.
fn million(header: &str, cell: impl Fn(u64) -> String) {
    let dir = tempfile::tempdir().unwrap();
    let mut list = format!("id,{header}\n");
    for n in 0..1_000_000_u64 {
        list += &format!("{n},{}\n", cell(n));
    }
    fs::write(dir.path().join("list.csv"), &list).unwrap();
    drop(list);
    let run = bounded(dir.path(), &["list.csv", "--out", "p.csv", "--clusters", "c.csv"], (300, 4_000_000));
    assert!(run.status.success(), "{header}: {}", said(&run));
}

/// A number that looks like chance.
fn chance(n: u64, of: u64) -> u64 {
    let mixed = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ mixed >> 29).wrapping_mul(0xd6e8_feb8_6659_fd93) >> 33) % of
}

/// A name made of syllables: some of a hundred thousand.
fn name(n: u64) -> String {
    let syllables = ["ба", "во", "ги", "ду", "же", "за", "ко", "ли", "мо", "ни"];
    let part = |place: u32| syllables[(chance(n, 100_000) / 10_u64.pow(place) % 10) as usize];
    (0..5).map(part).collect()
}

fn born(n: u64) -> String {
    format!("19{:02}-{:02}-{:02}", 50 + chance(n, 50), 1 + chance(n + 1, 12), 1 + chance(n + 2, 28))
}

#[test]
#[ignore = "a million records each: make soak"]
fn a_million_equal_names_are_linked_in_bounds() {
    million("surname,given", |_| "Шевченко,Іван".to_owned());
    million("surname,given,dob,place", |_| "Шевченко,Іван,1987-11-15,Київ".to_owned());
    million("surname,given,dob", |n| format!("Шевченко,Іван,{}", born(n)));
}

#[test]
#[ignore = "a million records each: make soak"]
fn a_key_that_half_of_a_million_records_have_is_kept_in_bounds() {
    let half = |n: u64, one: &str, other: String| if n.is_multiple_of(2) { one.to_owned() } else { other };
    let header = "surname,given,dob,place";
    let check = |cell: &dyn Fn(u64, usize) -> String| {
        million(header, |n| (0..4).map(|at| cell(n, at)).collect::<Vec<_>>().join(","));
    };
    let usual = |n: u64, at: usize| match at {
        0 | 1 => name(n.wrapping_mul(7) + at as u64 * 1_000_003),
        2 => born(n),
        _ => format!("Село {}", name(n + 77)),
    };
    for (skewed, value) in [(0, "Шевченко"), (2, "1987-11-15"), (3, "Маріуполь")] {
        check(&|n, at| if at == skewed { half(n, value, usual(n, at)) } else { usual(n, at) });
    }
}

#[test]
fn settings_that_name_what_is_not_there_are_refused_with_the_name() {
    let dir = tempfile::tempdir().unwrap();
    let check = |settings: &str, says: &str| {
        fs::write(dir.path().join("s.toml"), settings).unwrap();
        let why = refused(dir.path(), LIST.as_bytes(), &["--settings", "s.toml"]);
        assert!(why.contains(says), "{why}");
    };
    check(
        "[columns]\n\"Прізвищe\" = \"surname\"\n",
        "name a column “Прізвищe” that no list here has; there is “Прізвище”",
    );
    check("once = [\"camp 7\"]\n", "name a list “camp 7” that no record is from");
}

#[test]
fn pairs_go_to_standard_output_and_what_is_said_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let (_, pairs) = linked(dir.path(), LIST.as_bytes());
    let run = link(dir.path(), &["list.csv", "--out", "-"]);
    assert!(run.status.success());
    assert_eq!(String::from_utf8_lossy(&run.stdout), pairs);
    assert!(
        String::from_utf8_lossy(&run.stderr).contains("read as: id (the record’s identifier)"),
        "{}",
        said(&run)
    );
    assert!(!dir.path().join("-").exists());
    for args in [vec!["--out", "-", "--json"], vec!["--out", "p.csv", "--clusters", "-"]] {
        let run = link(dir.path(), &[&["list.csv"], args.as_slice()].concat());
        assert_eq!(run.status.code(), Some(2), "{args:?}: {}", said(&run));
    }
}

/// Run with `cargo test -p homeward --features parquet --test link_input`.
#[cfg(feature = "parquet")]
#[test]
fn a_parquet_file_is_the_same_list() {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;

    let dir = tempfile::tempdir().unwrap();
    let (_, pairs) = linked(dir.path(), LIST.as_bytes());
    let schema = "message list { required binary id (UTF8); optional binary surname (UTF8); optional binary given (UTF8); \
                  optional binary patronymic (UTF8); optional int32 dob (DATE); }";
    let schema = Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let rows: Vec<Vec<&str>> = LIST.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let days = [6_527, 7_306, 6_527, 3_349];
    for compression in [
        parquet::basic::Compression::UNCOMPRESSED,
        parquet::basic::Compression::SNAPPY,
        parquet::basic::Compression::ZSTD(Default::default()),
        parquet::basic::Compression::GZIP(Default::default()),
    ] {
        let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
        let file = fs::File::create(dir.path().join("list.csv")).unwrap();
        let mut writer = SerializedFileWriter::new(file, Arc::clone(&schema), properties).unwrap();
        let mut group = writer.next_row_group().unwrap();
        for at in 0..4 {
            let mut column = group.next_column().unwrap().unwrap();
            let cells: Vec<ByteArray> = rows.iter().map(|row| row[at].into()).collect();
            let defined = (at > 0).then_some(&[1_i16; 4][..]);
            column.typed::<ByteArrayType>().write_batch(&cells, defined, None).unwrap();
            column.close().unwrap();
        }
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&days, Some(&[1; 4]), None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
        writer.close().unwrap();
        let run = link(dir.path(), &["list.csv", "--out", "-"]);
        assert_eq!(String::from_utf8_lossy(&run.stdout), pairs, "{compression:?}: {}", said(&run));
        assert!(said(&run).contains("dob (date of birth)"), "{}", said(&run));
    }
}
