use super::*;

const FOUND: &str = include_str!("../../data/numerals-found.txt");
const PASS: &str = include_str!("../../data/numerals-pass.txt");

fn cases(data: &str) -> impl Iterator<Item = &str> {
    data.lines().filter(|line| !line.starts_with('#'))
}

#[test]
fn every_listed_number_is_found() {
    let missed: Vec<&str> =
        cases(FOUND).filter(|case| find(&format!("Серед них {case}.")).is_empty()).collect();
    assert!(cases(FOUND).count() >= 150);
    assert_eq!(missed, [""; 0]);
}

#[test]
fn ordinary_sentences_pass() {
    let hits: Vec<Hit> = cases(PASS).flat_map(find).collect();
    assert!(cases(PASS).count() >= 60);
    assert_eq!(hits, []);
}

#[test]
fn a_hit_says_where_and_what() {
    let check = |text: &str, expected: &[(&str, Kind, &str)]| {
        let found = find(text);
        let found: Vec<_> =
            found.iter().map(|hit| (&text[hit.at.clone()], hit.kind, hit.word.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    };
    check(
        "Вдома п’ятеро, з них троє — лежачі.",
        &[("п’ятеро", Kind::Word, "п’ятеро"), ("троє", Kind::Word, "троє")],
    );
    check("After 6,235 comes more.", &[("6,235", Kind::Digits, "6,235")]);
    check("tw\u{ad}el\u{200b}ve men", &[("tw\u{ad}el\u{200b}ve", Kind::Word, "twelve")]);
    check("Together д в а, вдома", &[("д в а", Kind::Word, "два")]);
    check("round XII and 300ка", &[("XII", Kind::Roman, "XII"), ("300", Kind::Digits, "300")]);
    check("the II, MIX, IIII and mix", &[("II", Kind::Roman, "II"), ("MIX", Kind::Roman, "MIX")]);
    check("both came; both sides agree", &[("both", Kind::Word, "both")]);
    check("", &[]);
}
