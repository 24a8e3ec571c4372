//! A party's own reading, attached to a text that both have signed.

use exchange::agreement::{Change, Terms};
use exchange::ids::Party;

const EXAMPLE: &str = include_str!("../../../examples/agreements/istanbul-shaped.toml");

const BOOK: &str = include_str!("../../../docs/formats/reading.md");

fn terms() -> Terms {
    Terms::parse(EXAMPLE).unwrap()
}

fn party(label: &str) -> Party {
    Party::new(label).unwrap()
}

/// The file of the book, about these terms.
fn reading_of(terms: &Terms) -> String {
    let file = BOOK.split("```toml").nth(1).unwrap().split("```").next().unwrap();
    file.replace(&"a9".repeat(32), &terms.digest().to_string())
}

fn reading() -> String {
    reading_of(&terms())
}

#[test]
fn a_reading_stands_beside_the_text_and_changes_nothing_in_it() {
    let terms = terms();
    let beside = terms.with_readings(&party("belmar"), &reading()).unwrap();
    assert_eq!(beside.digest(), terms.digest());
    assert_eq!((terms.attached_readings().len(), beside.attached_readings().len()), (0, 2));
    assert_eq!(beside.quantities, terms.quantities);
    assert!(matches!(beside.attached_readings()[0].change, Change::Amount { .. }));
}

#[test]
fn a_later_file_of_a_party_replaces_its_earlier_one_and_no_other() {
    let aronia = reading().replace("\"belmar\"", "\"aronia\"").replace("1200", "900");
    let both = terms().with_readings(&party("belmar"), &reading()).unwrap();
    let both = both.with_readings(&party("aronia"), &aronia).unwrap();
    assert_eq!(both.attached_readings().len(), 4);
    let again = both.with_readings(&party("aronia"), &aronia.replace("900", "950")).unwrap();
    assert_eq!(again.attached_readings().len(), 4);
    assert_eq!(again.attached_readings()[..2], both.attached_readings()[..2]);
    assert_ne!(again.attached_readings()[2..], both.attached_readings()[2..]);
}

#[test]
fn what_is_not_ones_own_reading_of_this_text_is_refused_with_its_place() {
    let file = reading();
    let check = |by: &str, text: &str, expect: &str| {
        let refused = terms().with_readings(&party(by), text).unwrap_err().to_string();
        assert_eq!(refused, expect);
    };
    check("aronia", &file, "line 5: party: \"belmar\" is not the party whose reading this is");
    let other = file.replacen(&terms().digest().to_string(), "ab", 1);
    check("belmar", &other, "line 2: agreement: \"ab\" is not the digest of the signed text");
    check("belmar", "", "line 1: missing field `agreement`");
    let unknown = file.replacen("floor-to-belmar", "ceiling", 1);
    check("belmar", &unknown, "line 6: clause 1: quantity ceiling is not in the text");
    check(
        "belmar",
        &file.replacen("clause = 9", "clause = 99", 1),
        "line 13: clause 99: clause 99 is not in the text",
    );
    let twice = format!("{file}\n[[readings]]{}", file.split("[[readings]]").nth(1).unwrap());
    check("belmar", &twice, "line 18: clause 1: reading by belmar is there twice");
    let empty = format!("agreement = \"{}\"\nreadings = []\n", terms().digest());
    check("belmar", &empty, "left open: what is read otherwise");
    let word = format!("\n[[readings]]{}", file.split("[[readings]]").nth(2).unwrap());
    let many = format!("{file}{}", word.repeat(31));
    check("belmar", &many, "readings: 33 entries, the most is 32");
    let long = format!("{file}#{}", "x".repeat(256 * 1024));
    check("belmar", &long, &format!("the text has {} bytes, the most is 262144", long.len()));
}

#[test]
fn what_the_signed_text_says_a_party_reads_is_not_read_again() {
    let signed = format!("{EXAMPLE}\n[[readings]]{}", reading().split("[[readings]]").nth(1).unwrap());
    let terms = Terms::parse(&signed).unwrap();
    let file = reading_of(&terms);
    let refused = terms.with_readings(&party("belmar"), &file).unwrap_err();
    assert_eq!(refused.to_string(), "clause 1: reading by belmar is there twice");
}
