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
    assert!(said(&run).contains("no encoding is called \"klingon\""), "{}", said(&run));
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

#[test]
fn a_cell_of_ten_megabytes_is_refused_with_its_line_in_bounded_memory() {
    let dir = tempfile::tempdir().unwrap();
    let start = "id,surname,given\n1,Мігда,Максим\n2,";
    let long = format!("{start}{},Сергій\n", "я".repeat(5 << 20));
    let why = refused(dir.path(), long.as_bytes(), &[]);
    assert!(why.contains("the record from line 3 has more than 1048576 bytes"), "{why}");
    // A quote that is not closed makes one cell of all that follows: a hundred megabytes are not held to find that out.
    let open = format!("{start}\"{}", "Ткачук,Сергій\n".repeat(4 << 20));
    fs::write(dir.path().join("list.csv"), open).unwrap();
    let shell = "ulimit -v 400000; exec \"$0\" link list.csv --out pairs.csv";
    let run = Command::new("sh")
        .current_dir(dir.path())
        .args(["-c", shell, env!("CARGO_BIN_EXE_homeward")])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2), "{}", said(&run));
    assert!(said(&run).contains("line 3") && said(&run).contains("is a quote not closed?"), "{}", said(&run));
}

#[test]
fn a_file_of_another_kind_is_refused_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let check = |bytes: &[u8], says: &str| {
        let why = refused(dir.path(), bytes, &[]);
        assert!(why.contains(says), "{why}");
    };
    check(b"PK\x03\x04\x14\0\0\0", "save the sheet as CSV in UTF-8");
    check(b"\x1f\x8b\x08\0\0", "gunzip");
    check(b"%PDF-1.7\n", "a PDF");
    check(b"a\0b\0\0c\0\0\0d", "zero bytes");
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
        "name a column \"Прізвищe\" that list.csv does not have",
    );
    check("once = [\"camp 7\"]\n", "name a list \"camp 7\" that no record is from");
}

#[test]
fn pairs_go_to_standard_output_and_what_is_said_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let (_, pairs) = linked(dir.path(), LIST.as_bytes());
    let run = link(dir.path(), &["list.csv", "--out", "-"]);
    assert!(run.status.success());
    assert_eq!(String::from_utf8_lossy(&run.stdout), pairs);
    assert!(String::from_utf8_lossy(&run.stderr).contains("read as: id (id)"), "{}", said(&run));
    assert!(!dir.path().join("-").exists());
    for args in [vec!["--out", "-", "--json"], vec!["--out", "p.csv", "--clusters", "-"]] {
        let run = link(dir.path(), &[&["list.csv"], args.as_slice()].concat());
        assert_eq!(run.status.code(), Some(2), "{args:?}: {}", said(&run));
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_parquet_file_is_refused_with_how_it_can_be_read() {
    let dir = tempfile::tempdir().unwrap();
    let why = refused(dir.path(), b"PAR1\x15\x04\x15\x10", &[]);
    assert!(why.contains("--features parquet") && why.contains("duckdb -c \"COPY 'list.csv'"), "{why}");
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
        assert!(said(&run).contains("dob (birth)"), "{}", said(&run));
    }
}
