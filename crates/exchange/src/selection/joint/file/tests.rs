use std::io::{self, BufReader};

use super::*;
use crate::ids::Item;
use crate::selection::joint::{Against, Balance, ChanceRule, GroupClass, Objective, People, Rules};

const RULES: &str = r#"agreement = "0123456789abcdef0123456789abcdef"
objective = "priority-first"
classes = 3
group_class = "middle"

[[sides]]
party = "aronia"
[[sides.caps]]
id = "round"
at_most = 10
[[sides.caps]]
id = "north"
within = "round"
at_most = 4
at_least = 1

[[sides]]
party = "belmar"
[[sides.caps]]
id = "round"
[[sides.caps]]
id = "північ"
within = "round"

[[categories]]
id = "sick"
against = "all-for-all"
at_least = [0, 1]
at_most = [5, 6]
[[categories]]
id = "officers"
against = "3:1"
"#;

#[test]
fn rules_are_read_as_they_stand() {
    let read = rules(RULES).unwrap();
    assert_eq!(
        (read.objective, read.group_class, read.classes),
        (Objective::PriorityFirst, GroupClass::Middle, 3)
    );
    let north = &read.sides[0].caps[1];
    assert_eq!((north.within, north.at_least, north.at_most), (Some(0), 1, Some(4)));
    assert_eq!((read.sides[1].caps[0].at_most, read.sides[1].caps[0].at_least), (None, 0));
    assert_eq!((read.categories[0].at_least, read.categories[0].at_most), ([0, 1], [Some(5), Some(6)]));
    assert_eq!((read.categories[1].against, read.categories[1].at_most), (Against::Ratio([3, 1]), [None; 2]));
}

#[test]
fn what_is_written_is_read_again() {
    let read = rules(RULES).unwrap();
    assert_eq!(rules(&rules_text(&read)), Ok(read.clone()));
    let items = ["1", "2", "3"].map(|digit| digit.repeat(64));
    let file = format!(
        "{POOL_HEADER}\n{},aronia,north,sick,1,900,yes,\n{},aronia,round,officers,2,0,,7\n{},belmar,північ,sick,3,1,,\n",
        items[0], items[1], items[2]
    );
    let read_people = people(&read, || Ok(file.as_bytes())).unwrap();
    assert_eq!(people_text(&read, &read_people), file);
}

#[test]
fn one_side_of_a_category_may_stay_uncapped() {
    let sick = |most: &str| rules(&RULES.replacen("[5, 6]", most, 1)).unwrap().categories[0].at_most;
    assert_eq!(sick("{ aronia = 5 }"), [Some(5), None]);
    assert_eq!(sick("{ belmar = 6 }"), [None, Some(6)]);
    assert_eq!(sick("{ belmar = 6, aronia = 5 }"), [Some(5), Some(6)]);
    assert_eq!(sick("{}"), [None, None]);
    let least = rules(&RULES.replacen("[0, 1]", "{ belmar = 1 }", 1)).unwrap().categories[0].at_least;
    assert_eq!(least, [0, 1]);
    let one_sided = rules(&RULES.replacen("[5, 6]", "{ belmar = 6 }", 1)).unwrap();
    assert_eq!(rules(&rules_text(&one_sided)), Ok(one_sided));
}

#[test]
fn rules_that_do_not_read_are_refused_with_line_and_field() {
    let check = |from: &str, to: &str, said: &str| {
        assert!(RULES.contains(from));
        let error = rules(&RULES.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    };
    check("objective = \"priority-first\"\n", "", "line 1: objective: missing field `objective`");
    check("group_class = \"middle\"\n", "", "line 1: group_class: missing field `group_class`");
    check("id = \"north\"\n", "", "line 11: id: missing field `id`");
    check("against = \"3:1\"", "", "line 30: against: missing field `against`");
    check("[5, 6]", "{ cedria = 5 }", "line 29: at_most: \"cedria\" is neither aronia nor belmar");
    check("[0, 1]", "{ aronia = -1 }", "line 28: at_least: invalid value");
    check("[5, 6]", "\"many\"", "line 29: at_most: invalid type");
    check("[0, 1]", "{ belmar = 7 }", "line 26: id: category \"sick\": at least 7 is more than at most 6");
    check("classes = 3", "classes = \"3\"", "line 3: classes: invalid type");
    check("classes = 3", "classes = 3\ndays = 3", "line 4: days: unknown field `days`");
    check("at_least = 1\n", "at_last = 1\n", "line 15: at_last: unknown field `at_last`");
    let caps = "[[sides.caps]]\nid = \"round\"\nat_most = 10\n[[sides.caps]]\nid = \"north\"\nwithin = \"round\"\nat_most = 4\nat_least = 1\n";
    let one_line = "caps = [{ id = \"round\", at_mots = 10 }]\n";
    check(caps, one_line, "line 8: at_mots: unknown field `at_mots`");
    check(
        "classes = 3",
        "classes = 3\nchances = \"luck\"",
        "line 4: chances: \"luck\" is none of \"lots\", \"leximin\"",
    );
    check("at_most = [5, 6]", "at_most = [5]", "line 29: at_most: invalid length 1");
    check("classes = 3", "classes = ", "line 3: classes");
    check("0123456789abcdef0123456789abcdef", "0123", "line 1: agreement: not 32");
    check(
        "\"priority-first\"",
        "\"fair\"",
        "line 2: objective: \"fair\" is none of \"priority-first\", \"total-first\"",
    );
    check("\"middle\"", "\"best\"", "line 4: group_class: \"best\" is none of");
    check("\"aronia\"", "\"Aronia\"", "line 7: party: ");
    check("\"aronia\"", "\"belmar\"", "line 18: id: both sides are the same party");
    check("within = \"round\"", "within = \"bus\"", "line 13: within: no cap \"bus\" stands before");
    check("id = \"north\"", "id = \"no,rth\"", "line 12: id: \"no,rth\": a label has");
    check("id = \"north\"", "id = \"round\"", "line 12: id: cap \"round\" is there twice");
    check("id = \"officers\"", "id = \"sick\"", "line 31: id: category \"sick\" is there twice");
    check(
        "at_least = 1\n",
        "at_least = 5\n",
        "line 12: id: cap \"north\": at least 5 is more than at most 4",
    );
    check("[0, 1]", "[0, 7]", "line 26: id: category \"sick\": at least 7 is more than at most 6");
    check("at_most = 4\n", "at_most = 10000001\n", "line 12: id: cap \"north\": 10000001 is not");
    check("\"3:1\"", "\"3:0\"", "line 31: id: category \"officers\": ratio: 0 is not 1 to 1000");
    check("\"3:1\"", "\"03:1\"", "line 32: against: neither");
    check("classes = 3", "classes = 65", "line 3: classes: classes: 65 is not 1 to 64");
    check(
        "[[sides]]\nparty = \"aronia\"",
        "[[sides]]\nparty = \"nobody\"\n[[sides]]\nparty = \"aronia\"",
        "line 6: sides: 3 sides",
    );
    let long = format!("{RULES}#{}", " ".repeat(RULES_BYTES_MAX));
    assert_eq!(rules(&long), Err(RulesFileError::TooLong));
}

fn hex(byte: u8) -> String {
    Item([byte; 32]).to_string()
}

fn pool(rules: &Rules, rows: &str) -> Result<People, PoolError> {
    let text = format!("{POOL_HEADER}\n{rows}");
    people(rules, || Ok(text.as_bytes()))
}

#[test]
fn people_are_read_as_they_stand() {
    let rules = rules(RULES).unwrap();
    let rows = format!(
        "{},belmar,північ,officers,3,65535,yes,\r\n{},aronia,north,sick,1,0,,4294967295",
        hex(2),
        hex(1)
    );
    let read = pool(&rules, &rows).unwrap();
    let [first, second] = read.rows() else { panic!("two people") };
    assert_eq!((first.item, first.side, first.site, first.category), (Item([1; 32]), 0, 1, 0));
    assert_eq!((first.class, first.held, first.requested, first.group), (1, 0, false, u32::MAX));
    assert_eq!((second.side, second.site, second.category, second.class), (1, 1, 1, 3));
    assert_eq!((second.held, second.requested, second.group), (u16::MAX, true, 0));
    assert!(pool(&rules, "").unwrap().rows().is_empty());
}

#[test]
fn people_that_do_not_read_are_refused_with_the_line() {
    let rules = rules(RULES).unwrap();
    let good = format!("{},aronia,north,sick,1,0,,", hex(1));
    let check = |row: &str, said: &str| {
        let error = pool(&rules, &format!("{good}\n{row}\n")).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    };
    let two = hex(2);
    check("", "line 3: the line is empty; leave it out");
    check(&format!("\n{two},aronia,north,sick,1,0,,"), "line 3: the line is empty");
    check(&format!("{two},aronia,north,sick,1,0,,,"), "line 3: 9 fields");
    check(&format!("\"{two}\",aronia,north,sick,1,0,,"), "line 3: a quote; fields stand without quotes");
    check(&format!("{},aronia,north,sick,1,0,,", hex(0xab).to_uppercase()), "line 3: item: ");
    check("0202,aronia,north,sick,1,0,,", "line 3: item: \"0202\" is not 64");
    check(&format!("{two},cedria,north,sick,1,0,,"), "line 3: side: \"cedria\" is neither aronia nor belmar");
    check(&format!("{two},belmar,north,sick,1,0,,"), "line 3: site: \"north\" is no cap of this side");
    check(&format!("{two},aronia,north,cooks,1,0,,"), "line 3: category: \"cooks\" is no category");
    for class in ["0", "4", "", "1 ", "+1", "01", "256"] {
        let said = format!("line 3: class: {class:?} is no class: they go from 1 to 3");
        check(&format!("{two},aronia,north,sick,{class},0,,"), &said);
    }
    check(&format!("{two},aronia,north,sick,1,65536,,"), "line 3: held: \"65536\" is no number");
    check(&format!("{two},aronia,north,sick,1,0,no,"), "line 3: requested: \"no\" is neither");
    check(&format!("{two},aronia,north,sick,1,0,,0"), "line 3: group: \"0\" is neither");
    check(&format!("{two},aronia,north,sick,1,0,,4294967296"), "line 3: group: ");
    check(&"x".repeat(LINE_BYTES_MAX + 1), "line 3: longer than 512 bytes");
    check(&"x".repeat(LINE_BYTES_MAX), "line 3: 1 fields");
    check(&format!("{two},belmar,round,sick,1,0,,\n{good}"), "lines 2 and 4: item 0101");
    check(&format!("{},belmar,round,sick,1,0,,", hex(1)), "lines 2 and 3: item 0101");
    let groups = format!("{two},aronia,north,sick,1,0,,7\n{},belmar,round,sick,1,0,,7", hex(3));
    check(&groups, "lines 3 and 4: group 7 has members of both sides");
    let error = people(&rules, || Ok(&b"item;side\n"[..])).unwrap_err().to_string();
    assert_eq!(error, format!("line 1: the first line must be {POOL_HEADER}"));
    assert!(people(&rules, || Ok(&b""[..])).is_err());
}

#[test]
fn a_table_that_breaks_off_is_a_failure_and_no_short_pool() {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let rules = rules(RULES).unwrap();
    let head = format!("{POOL_HEADER}\n");
    let open = || Ok(BufReader::new(io::Read::chain(head.as_bytes(), Broken)));
    assert!(matches!(people(&rules, open), Err(PoolError::Io(_))));
}

#[test]
fn a_roll_goes_out_and_in_again_and_its_digest_is_of_both_sides() {
    let rules = rules(RULES).unwrap();
    let rows = format!(
        "{},aronia,north,sick,1,0,,\n{},belmar,round,sick,1,0,,\n{},aronia,north,sick,1,0,,\n",
        hex(3),
        hex(1),
        hex(2)
    );
    let people = pool(&rules, &rows).unwrap();
    let whole = Roll::of(&people, &[0, 1, 2]);
    assert_eq!(whole.sides(), &[vec![Item([2; 32]), Item([3; 32])], vec![Item([1; 32])]]);
    assert_eq!(whole.text(), format!("item\n{}\n{}\n{}\n", hex(1), hex(2), hex(3)));
    assert_eq!(roll(whole.text().as_bytes()).unwrap(), whole.items());
    // SHA-256 of the bytes as docs/formats/round.md has them.
    let bytes = [&b"homeward roll v2\n\0\0\0\x02"[..], &[2; 32], &[3; 32], b"\0\0\0\x01", &[1; 32]].concat();
    let digest: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(bytes).into();
    assert_eq!(whole.digest().0, digest);
    assert_ne!(Roll::of(&people, &[0, 2]).digest(), whole.digest());
}

#[test]
fn a_roll_that_does_not_read_is_refused_with_the_line() {
    let check = |text: &str, said: &str| {
        let error = roll(text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    };
    check("", "line 1: the first line must be item");
    check("item\nx\n", "line 2: item: \"x\" is not 64");
    check(&format!("item\n{}\n{}\n", hex(2), hex(2)), "line 3: item 0202");
    check(&format!("item\n{}\n{}\n", hex(2), hex(1)), "line 3: item 0101");
    assert!(roll(&b"item\n"[..]).unwrap().is_empty());
}

const BALANCE: &str = "[balance]\ncarried = -3\ntolerance = 5\n";

/// The rules with a worth of each category, and what follows.
fn weighed(worths: [&str; 2], after: &str) -> String {
    let rules = RULES.replace("at_most = [5, 6]\n", &format!("at_most = [5, 6]\n{}", worths[0]));
    format!("{rules}{}{after}", worths[1])
}

#[test]
fn a_balance_is_read_and_written_again() {
    let read = rules(&weighed(["worth = 4\n", "worth = 0\n"], BALANCE)).unwrap();
    assert_eq!(read.balance, Some(Balance { worths: vec![4, 0], carried: -3, tolerance: 5 }));
    assert_eq!(rules(&rules_text(&read)), Ok(read));
}

#[test]
fn what_chooses_among_equal_rolls_is_written_as_it_is_read() {
    assert_eq!(rules(RULES).unwrap().chances, ChanceRule::Lots);
    for (word, chances) in ChanceRule::ALL {
        let text = RULES.replacen("classes = 3", &format!("classes = 3\nchances = \"{word}\""), 1);
        let read = rules(&text).unwrap();
        assert_eq!(read.chances, chances);
        assert_eq!(rules(&rules_text(&read)), Ok(read));
    }
}

/// Some programs put a mark of the order of bytes before a text.
#[test]
fn a_mark_before_the_text_is_no_part_of_it() {
    let marked = |text: &str| format!("\u{feff}{text}");
    let read = rules(&marked(RULES)).unwrap();
    assert_eq!(read, rules(RULES).unwrap());
    let header = format!("{POOL_HEADER}\n");
    let nobody = people(&read, || Ok(std::io::Cursor::new(marked(&header)))).unwrap();
    assert!(nobody.rows().is_empty());
    let twice = marked(&marked(&header));
    assert!(people(&read, || Ok(std::io::Cursor::new(twice.clone()))).is_err());
}

#[test]
fn a_balance_that_is_not_whole_is_refused() {
    let check = |worths: [&str; 2], after: &str, refused: &str| {
        let error = rules(&weighed(worths, after)).unwrap_err().to_string();
        assert!(error.contains(refused), "{error}");
    };
    let both = ["worth = 4\n", "worth = 0\n"];
    check(["worth = 4\n", ""], BALANCE, "line 32: worth: the balance needs it of every category");
    check(["worth = 4\n", ""], "", "line 30: worth: there is no [balance]");
    check(both, "[balance]\ncarried = 1\n", "missing field `tolerance`");
    check(both, "[balance]\ntolerance = 1\n", "missing field `carried`");
    check(["worth = 61\n", "worth = 0\n"], BALANCE, "line 30: worth: worth: 61 is more than 60");
    check(both, "[balance]\ncarried = 1000000001\ntolerance = 0\n", "carried: 1000000001 is more than");
}
