use super::file::{FileError, Published, check, draft, published};
use super::guard::{How, Since};
use super::*;

const PUBLISHED: &str = include_str!("../../../../examples/bulletins/published.toml");
const REFUSED: &str = include_str!("../../../../examples/bulletins/draft-refused.toml");
const SAFE: &str = include_str!("../../../../examples/bulletins/draft-safe.toml");

fn example() -> Published {
    published(PUBLISHED).unwrap()
}

#[test]
fn the_example_that_is_refused_says_how_and_where() {
    let bulletin = draft(REFUSED, &example()).unwrap();
    let verdict = check(&example(), &bulletin);
    assert!(!verdict.holds());
    let derived = verdict.derivations.unwrap();
    let told: Vec<String> = derived.iter().map(ToString::to_string).collect();
    assert!(derived.iter().all(|derivation| derivation.since == Since::Draft));
    assert_eq!(
        told,
        [
            "2 x home after round 12 (6235) + one for one in round 12 (0) - 2 x home before round 12 (4757) = 2956 = round 12",
            "home after round 12 (6235) + one for one in round 12 (0) - home before round 12 (4757) = 1478 = round 12, aronia",
            "home after round 12 (6235) - home before round 12 (4757) = 1478 = round 12, belmar",
        ]
    );
    let [Finding { segment, at, ground }] = &verdict.findings[..] else { panic!("{:?}", verdict.findings) };
    let Segment::Free("uk", text) = &bulletin.segments()[*segment] else { panic!("the Ukrainian statement") };
    assert_eq!(&text[at.clone()], "двоє");
    assert_eq!(*ground, Ground::Number { kind: Kind::Word, word: "двоє".to_owned() });
}

#[test]
fn the_example_that_is_safe_passes() {
    assert!(check(&example(), &draft(SAFE, &example()).unwrap()).holds());
}

#[test]
fn a_category_total_pins_a_round_between_two_numbers() {
    let facts = r#"
        [[facts]]
        name = "the ill of round 12 and before"
        sum = [{ rounds = [11, 12], categories = ["ill-wounded"] }]
        is = "at-most"
        value = 40
    "#;
    let bulletin = draft(&format!("{SAFE}{facts}"), &example()).unwrap();
    let derived = check(&example(), &bulletin).derivations.unwrap();
    let [only] = &derived[..] else { panic!("{derived:?}") };
    let facts = vec!["the ill of round 12 and before".to_owned()];
    assert_eq!(only.withheld, "round 12, the ill and wounded of both directions");
    assert_eq!(only.how, How::Between { low: 0, high: 40, facts });
}

#[test]
fn typed_numbers_pass_and_written_ones_do_not() {
    let all = |openness| Field::ALL.map(|field| (field, openness)).into();
    let mut rules: BTreeMap<Field, Openness> = all(Openness::Published);
    rules.insert(Field::RoundNumberOfPersons, Openness::Withheld);
    let typed = |field, text: &str| Segment::Typed(field, text.to_owned());
    let free = |text: &str| Segment::Free("en", text.to_owned());
    let grounds = |segment: Segment, rules: &BTreeMap<Field, Openness>| -> Vec<Ground> {
        lint(&[segment], rules).into_iter().map(|finding| finding.ground).collect()
    };
    assert_eq!(grounds(typed(TypedField::Date, "14 March 2026"), &rules), []);
    assert_eq!(grounds(typed(TypedField::CaptureYears, "2022–2024"), &rules), []);
    assert_eq!(grounds(typed(TypedField::Category, "under 25"), &rules), []);
    let withheld = |field| vec![Ground::Withheld(field)];
    assert_eq!(
        grounds(typed(TypedField::RoundPersons, "303"), &rules),
        withheld(Field::RoundNumberOfPersons)
    );
    let number = |kind, word: &str| vec![Ground::Number { kind, word: word.to_owned() }];
    assert_eq!(grounds(free("On 14 March"), &rules), number(Kind::Digits, "14"));
    assert_eq!(grounds(free("A dozen came"), &rules), number(Kind::Word, "dozen"));
    assert_eq!(grounds(free("A dozen came"), &all(Openness::Published)), []);
    rules.insert(Field::RoundNumberOfPersons, Openness::Aggregate);
    assert_eq!(
        grounds(typed(TypedField::RoundPersons, "303"), &rules),
        withheld(Field::RoundNumberOfPersons)
    );
    assert_eq!(grounds(typed(TypedField::Total, "1"), &BTreeMap::new()), withheld(Field::Totals));
    assert_eq!(grounds(free("A dozen came"), &BTreeMap::new()), number(Kind::Word, "dozen"));
}

#[test]
fn a_file_that_is_wrong_is_refused_with_where_and_why() {
    let in_published = |from: &str, to: &str| {
        assert!(PUBLISHED.contains(from), "{from}");
        published(&PUBLISHED.replacen(from, to, 1)).unwrap_err().to_string()
    };
    let in_draft = |from: &str, to: &str| {
        assert!(SAFE.contains(from), "{from}");
        draft(&SAFE.replacen(from, to, 1), &example()).unwrap_err().to_string()
    };
    let cases = [
        (in_published("width_min = 50", "width_min = -1"), "line 2: invalid value"),
        (in_published("totals = ", "total = "), "line 15: unknown field `total`"),
        (in_published("each = [\"round\"]", "each = []"), "withheld 1: needs either name and sum, or each"),
        (
            in_published("rounds = [12], cat", "rounds = [14], cat"),
            "withheld 3 (round 12, the ill and wounded of both directions): round 14 is not counted",
        ),
        (
            in_published("[{ base = \"home before round 11\" }", "[{ base = \"home\" }"),
            "fact 1 (home before round 12): base \"home\" is not counted",
        ),
        (in_published("rounds = [11, 12, 13]", "rounds = []"), "counted: needs 1 to 20000 numbers"),
        (
            in_published("times = -1", "times = 2000000"),
            "fact 2 (one for one in round 12): a number is taken more",
        ),
        (in_draft("round = 13", "round = 14"), "round: 14 is not counted in the published file"),
        (in_draft("[\"under-25\"]", "[\"under-52\"]"), "categories: \"under-52\" is not counted"),
        (in_draft("2026-04-02", "10:00:00"), "released_on: a date without a time"),
        (in_draft("north-bridge", "North bridge"), "crossing: \"North bridge\" is not a label"),
        (in_draft("[\"calder\"]", "[\"Calder\"]"), "thanks: \"Calder\": a party's label"),
        (
            in_draft("Our people came home. Both sides confirmed the handover.", " "),
            "statement: each language needs",
        ),
        (
            in_draft("directions = [\"belmar\"]", "directions = [\"calder\"]"),
            "fact 1 (home after round 13): direction \"calder\" is not counted",
        ),
        (
            in_draft("[11, 12, 13]", "[]"),
            "fact 1 (home after round 13): a round must be named, or the list left out",
        ),
    ];
    for (told, expected) in &cases {
        assert!(told.starts_with(expected), "{told}\n{expected}");
    }
    assert_eq!(published(&"#".repeat((1 << 20) + 1)), Err(FileError::TooLong));
}
