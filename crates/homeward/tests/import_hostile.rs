//! Hostile and broken lists: every one is refused with file, row and reason, none makes the reader panic, none is half taken.

use exchange::ids::{Party, PersonId};
use exchange::person::{List, Person, State};
use homeward::import::map::Map;
use homeward::import::refusal::{FindingKind, Reason};
use homeward::import::{Known, Preview, Refusals, Source, Target, read};

const MAP: &str = r#"
name = "small"
title = "a small list"
format = "csv"
unknown = ["not known"]
dates = ["YYYY-MM-DD", "YYYY"]
[fields]
key = "no"
surname = "surname"
given = "given"
service_number = "number"
birth = "born"
capture_date = "captured"
site = "site"
custody_from = "from"
custody_to = "to"
claim = "status"
claim_of = "as_of"
claim_source = "told_by"
claim_grade = "grade"
kin_relation = "kin"
kin_name = "kin_name"
kin_phone = "phone"
[ranges.birth]
earliest = "1950-01-01"
latest = "2020-12-31"
[ranges.capture]
earliest = "2014-01-01"
latest = "2026-12-31"
[ranges.custody]
earliest = "2014-01-01"
latest = "2026-12-31"
[ranges.claim]
earliest = "2014-01-01"
latest = "2026-12-31"
"#;

const HEADER: &str =
    "no,surname,given,number,born,captured,site,from,to,status,as_of,told_by,grade,kin,kin_name,phone";
const ROW: &str = "1,Rowe,Ada,N-1,1990-02-03,2022-05-01,S-1,2022-05-02,2022-06-01,held,2022-07-01,returnee,likely,mother,May Rowe,+000 1";

fn read_with(map: &str, bytes: &[u8]) -> Result<Preview, Box<Refusals>> {
    let target = Target {
        list: List::Held,
        power: Some(Party::new("belmar").unwrap()),
        list_name: "small".into(),
        known: Known::default(),
    };
    let mut next = 0_u128;
    read(Source { name: "list", bytes }, &[], &Map::parse(map).unwrap(), &target, &mut || {
        next += 1;
        PersonId(next.to_be_bytes())
    })
}

/// A list of the good row with one cell replaced.
fn with(column: &str, cell: &str) -> String {
    let at = HEADER.split(',').position(|name| name == column).unwrap();
    let mut cells = ROW.split(',').collect::<Vec<_>>();
    cells[at] = cell;
    format!("{HEADER}\n{}\n", cells.join(","))
}

fn check_refused(map: &str, bytes: &[u8], row: Option<u32>, column: Option<&str>, reason: Reason) {
    let refusals = read_with(map, bytes).unwrap_err();
    let first = &refusals.list[0];
    assert_eq!((first.row, first.column.as_deref(), first.reason), (row, column, reason), "{first}");
}

fn check_cell(column: &str, cell: &str, reason: Reason) {
    check_refused(MAP, with(column, cell).as_bytes(), Some(2), Some(column), reason);
}

#[test]
fn a_cell_is_refused_by_row_column_and_reason() {
    check_cell("surname", "", Reason::MissingSurname);
    check_cell("surname", "Not Known", Reason::MissingSurname);
    check_cell("surname", "Ro\u{202e}we", Reason::BidiCharacter);
    check_cell("surname", "Ro\0we", Reason::ControlCharacter);
    check_cell("surname", "Ro\u{200b}we", Reason::ControlCharacter);
    check_cell("surname", "\"Ro\nwe\"", Reason::ControlCharacter);
    check_cell("surname", &"x".repeat(201), Reason::CellTooLong);
    check_cell("no", "", Reason::MissingKey);
    check_cell("born", "1990-02-30", Reason::UnreadableDate);
    check_cell("born", "soon", Reason::UnreadableDate);
    check_cell("born", "1040", Reason::DateOutOfRange);
    check_cell("captured", "2013-12-31", Reason::DateOutOfRange);
    check_cell("to", "2022-05-01", Reason::EndBeforeStart);
    check_cell("site", "", Reason::Incomplete);
    check_cell("status", "vanished", Reason::UnknownWord);
    check_cell("told_by", "receipt", Reason::UnknownWord);
    check_cell("as_of", "2022", Reason::UnreadableDate);
    check_cell("grade", "", Reason::Incomplete);
    check_cell("kin_name", "", Reason::Incomplete);
    let early = with("born", "2020-01-01").replace("2022-05-01", "2019-12-31");
    check_refused(MAP, early.as_bytes(), Some(2), Some("captured"), Reason::CapturedBeforeBirth);
}

#[test]
fn a_file_is_refused_by_place_and_reason() {
    let check = |bytes: &[u8], row, reason| check_refused(MAP, bytes, row, None, reason);
    let good = format!("{HEADER}\n{ROW}\n");
    check(b"", None, Reason::Empty);
    check(b"\xef\xbb\xbf \n", None, Reason::Empty);
    check(format!("{HEADER}\n").as_bytes(), None, Reason::Empty);
    check(format!("{good}2,\"Poe").as_bytes(), Some(3), Reason::Syntax);
    check(format!("{good}2,P\"oe\",").as_bytes(), Some(3), Reason::Syntax);
    check(format!("{good}2,\"Poe\"x,").as_bytes(), Some(3), Reason::Syntax);
    check(format!("{good}2,Poe\r3,Lowe").as_bytes(), Some(3), Reason::Syntax);
    check(format!("{good}2,Poe\n").as_bytes(), Some(3), Reason::RaggedRow);
    check(format!("{good}{ROW},x\n").as_bytes(), Some(3), Reason::RaggedRow);
    check(format!("{good}\"{}\"", "x".repeat(1 << 20)).as_bytes(), Some(3), Reason::CellTooLong);
    check(format!("{good}{}", ",".repeat(100_000)).as_bytes(), Some(3), Reason::TooManyColumns);
    check(&"a,".repeat(100_000).into_bytes(), Some(1), Reason::TooManyColumns);
    check(&[good.as_bytes(), b"2,P\xffe"].concat(), Some(3), Reason::Encoding);
    check(&[good.as_bytes(), b"2,\xed\xa0\x80"].concat(), Some(3), Reason::Encoding);
    check(b"\xff\xfen\0o\0", None, Reason::Encoding);
    check(b"n\0o\0,\0", None, Reason::Encoding);
    check(&vec![b'x'; (64 << 20) + 1], None, Reason::FileTooLarge);
    check(b"PK\x03\x04\x14\0\0\0\x08\0,\xf5\xff\xee", Some(1), Reason::Encoding);
    check(b"no,no\n1,2\n", Some(1), Reason::DuplicateColumn);
    check_refused(MAP, b"no,given\n1,2\n", Some(1), Some("surname"), Reason::MissingColumn);
    let many = format!("{HEADER}\n{}", format!("{}\n", ",".repeat(15)).repeat(200_001));
    check(many.as_bytes(), Some(200_002), Reason::TooManyRows);
    let wrong = format!("{HEADER}\n{}", format!("{}\n", ",".repeat(15)).repeat(20_000));
    check(wrong.as_bytes(), None, Reason::TooManyRefusals);
}

#[test]
fn a_json_list_is_refused_by_place_and_reason() {
    let map =
        "name='j'\ntitle='j'\nformat='json'\npower='belmar'\n[fields]\nsurname='who.surname'\nremarks='r'\n";
    let check = |text: &str, row, column, reason| check_refused(map, text.as_bytes(), row, column, reason);
    check("[", Some(1), None, Reason::Syntax);
    check("{}", Some(1), None, Reason::Syntax);
    check("[]", None, None, Reason::Empty);
    check("[1]", Some(1), None, Reason::Syntax);
    check("[{\"who\":{\"surname\":\"Rowe\"},\"r\":\"\"},[]]", Some(2), None, Reason::Syntax);
    check("[{\"who\":{\"surname\":\"Rowe\"},\"r\":\"\"}]x", Some(2), None, Reason::Syntax);
    check("[{\"r\":\"\",\"r\":\"\"}]", Some(1), None, Reason::DuplicateColumn);
    check("[{\"who.surname\":\"Rowe\",\"r\":\"\"}]", Some(1), None, Reason::Syntax);
    check("[{\"r\":\"\"}]", Some(1), Some("who.surname"), Reason::MissingColumn);
    check("[{\"who\":{\"surname\":[\"Rowe\"]},\"r\":\"\"}]", Some(1), Some("who.surname"), Reason::NotText);
    check(
        "[{\"who\":{\"surname\":\"Ro\\u202ewe\"},\"r\":1}]",
        Some(1),
        Some("who.surname"),
        Reason::BidiCharacter,
    );
    check("[{\"who\":{\"surname\":\"\\ud800\"}}]", Some(1), None, Reason::Syntax);
    check("[{\"r\":1e999}]", Some(1), None, Reason::Syntax);
    check(&"[".repeat(100_000), None, None, Reason::TooDeep);
    check(&format!("[{}", "{\"a\":".repeat(100_000)), None, None, Reason::TooDeep);
    let wide = (0..201).map(|at| format!("\"c{at}\":1")).collect::<Vec<_>>().join(",");
    check(&format!("[{{{wide}}}]"), Some(1), None, Reason::TooManyColumns);
    check(&format!("[{{\"r\":\"{}\"}}]", "x".repeat(65_537)), Some(1), None, Reason::CellTooLong);
    let read = read_with(map, br#"[{"who":{"surname":"Rowe"},"r":"=1+1","more":[1,{"x":2}]}]"#).unwrap();
    assert_eq!(read.people[0].remarks.as_ref().unwrap().as_str(), "=1+1");
    assert_eq!(read.unread_columns, ["more"]);
}

#[test]
fn a_good_list_is_read_whole_in_every_declared_shape() {
    let good = format!("{HEADER}\r\n{ROW}\r\n");
    let plain = read_with(MAP, good.as_bytes()).unwrap();
    let person = &plain.people[0];
    assert_eq!(person.claims[0].says, State::Held);
    assert_eq!(person.kin[0].phone.as_ref().unwrap().as_str(), "+000 1");
    let same = |map: &str, bytes: &[u8]| {
        let read = read_with(map, bytes).unwrap();
        assert!(read.people == plain.people && read.counts == plain.counts);
    };
    same(MAP, &[b"\xef\xbb\xbf", good.as_bytes()].concat());
    same(MAP, good.replace("+000", "\"'+000").replace(" 1\r", " 1\"\r").as_bytes());
    let semicolons = MAP.replace("format = \"csv\"", "format = \"csv\"\ndelimiter = \";\"");
    same(&semicolons, good.replace(',', ";").as_bytes());
    let utf16 = MAP.replace("format = \"csv\"", "format = \"csv\"\nencoding = \"utf-16le\"");
    let units = format!("\u{feff}{good}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    same(&utf16, &units);
}

#[test]
fn rows_of_one_key_are_one_person_who_is_taken_whole_or_not_at_all() {
    let second = "1,Lowe,Ada,N-9,,,S-2,2022-06-02,,,,,,,,";
    let third = "2,Poe,Eva,N-1,1991,,,,,,,,,,,";
    let read = read_with(MAP, format!("{HEADER}\n{ROW}\n{third}\n{second}\n").as_bytes()).unwrap();
    assert_eq!((read.counts.people, read.counts.spells, read.counts.aliases), (2, 2, 1));
    let sites = |person: &Person| person.custody.iter().map(|spell| spell.site.clone()).collect::<Vec<_>>();
    assert_eq!(sites(&read.people[0]), ["S-1", "S-2"]);
    let findings = read.findings.iter().map(|finding| (finding.kind, finding.rows.clone()));
    let expected =
        [(FindingKind::DiffersWithinPerson, vec![2, 4]), (FindingKind::SharedServiceNumber, vec![2, 3])];
    assert_eq!(findings.collect::<Vec<_>>(), expected);

    let twice = "1,Rowe,Ada,,,,S-1,2022-05-02,2022-06-01,,,,,,,";
    let refusals = read_with(MAP, format!("{HEADER}\n{ROW}\n{third}\n{twice}\n").as_bytes()).unwrap_err();
    let listed = refusals.list.iter().map(|refusal| (refusal.row, refusal.reason)).collect::<Vec<_>>();
    assert_eq!(listed, [(Some(2), Reason::PersonRefused), (Some(4), Reason::DuplicateSpell)]);
    let aside = refusals.set_aside().unwrap();
    assert_eq!((aside.preview.counts.people, aside.rows), (1, 2));
    let file = String::from_utf8(aside.file).unwrap();
    assert!(file.starts_with(&format!("refused_because,refused_row,{HEADER}\r\nperson-refused,2,1,Rowe")));
    assert!(file.contains("'+000 1\r\nduplicate-spell in site,4,1,Rowe"));
    // Corrected in place, the file set aside is a list like any other.
    let corrected = file.replace("S-1,2022-05-02,2022-06-01,,", "S-1,2022-07-02,2022-08-01,,");
    let read = read_with(MAP, corrected.as_bytes()).unwrap();
    assert_eq!((read.counts.people, read.counts.spells), (1, 2));
    assert_eq!(read.people[0].kin[0].phone.as_ref().unwrap().as_str(), "+000 1");
}

#[test]
fn no_refusal_shows_a_name_even_where_columns_have_slipped() {
    for column in HEADER.split(',') {
        let Err(refusals) = read_with(MAP, with(column, "Мігда-Максименко\u{202e}").as_bytes())
        else {
            panic!("{column} took a character that reorders what is displayed");
        };
        let slipped = read_with(MAP, with(column, "Мігда-Максименко").as_bytes());
        let slipped = slipped.err().map(|refusals| refusals.list).unwrap_or_default();
        for refusal in refusals.list.iter().chain(&slipped) {
            assert!(!format!("{refusal} {refusal:?}").contains("Мігда"), "{column}");
        }
    }
}

/// 3,000 mutations, or as many as `HOMEWARD_MUTATIONS` says.
#[test]
fn mutated_lists_never_panic_and_every_refusal_has_its_place() {
    let good =
        format!("{HEADER}\n{ROW}\n2,Poe,\"Eva \"\"E\"\"\",,1991,,,,,missing,2023-01-01,unit,confirmed,,,\n");
    let json = r#"[{"who":{"surname":"Rowe","n":1},"r":"a"},{"who":{"surname":"Poe"},"r":null,"l":[1]}]"#;
    let json_map =
        "name='j'\ntitle='j'\nformat='json'\npower='belmar'\n[fields]\nsurname='who.surname'\nremarks='r'\n";
    let pieces: [&[u8]; 16] = [
        b"\"",
        b",",
        b"\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        "\u{202e}".as_bytes(),
        b"9999999999",
        b"-",
        b"{",
        b"}",
        b"[",
        b"]",
        b"\\",
        b"=cmd|' /C calc'!A0",
    ];
    let mut state = 20_250_602_u64;
    let mut draw = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let (mut taken, mut refused) = (0, 0);
    let rounds = std::env::var("HOMEWARD_MUTATIONS").map_or(3_000, |rounds| rounds.parse().unwrap());
    for round in 0..rounds {
        let (map, text) = if round % 3 == 0 { (json_map, json) } else { (MAP, &*good) };
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=draw(2) {
            let (from, to) = (draw(bytes.len() + 1), draw(bytes.len() + 1));
            let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 12));
            match draw(3) {
                0 => drop(bytes.splice(from..from, pieces[draw(pieces.len())].iter().copied())),
                1 => drop(bytes.drain(from..to)),
                _ => drop(bytes.splice(to..to, bytes[from..to].to_vec())),
            }
        }
        match read_with(map, &bytes) {
            Ok(preview) => {
                taken += 1;
                assert!(preview.people.iter().all(|person| !person.names.is_empty()));
            }
            Err(refusals) => {
                refused += 1;
                assert!(!refusals.list.is_empty());
                for refusal in &refusals.list {
                    let whole = matches!(refusal.reason, Reason::Empty | Reason::Encoding);
                    assert!(whole || refusal.row.is_some(), "{refusal}");
                    assert_eq!(refusal.file, "list");
                }
            }
        }
    }
    assert!(taken > 100 && refused > 1_000, "{taken} taken, {refused} refused");
}
