//! Cases of texts: one accepted, and the same text with one thing changed, refused with its place.

use super::*;
use time::macros::date;

const EXAMPLE: &str = include_str!("../../../../examples/agreements/istanbul-shaped.toml");

#[test]
fn the_example_of_the_book_reads() {
    let terms = Terms::parse(EXAMPLE).unwrap();
    let (aronia, belmar) = (Party::new("aronia").unwrap(), Party::new("belmar").unwrap());
    assert_eq!((terms.party_index(&aronia), terms.party_index(&belmar)), (Some(0), Some(1)));
    assert_eq!(terms.other(&aronia), Some(&belmar));
    assert_eq!(terms.name(&Party::new("calder").unwrap()).unwrap().in_language("uk"), "Кальдер");
    assert_eq!(terms.quantity(&belmar, &aronia).unwrap().at_least, 1000);
    assert_eq!(terms.signed_on, date!(2025 - 06 - 02));
    assert_eq!(terms.clause(6).unwrap().text.en.split('.').next(), Some(WILL));
    assert_eq!(terms.rounds.len(), 8);
    assert_eq!(terms.round(1).unwrap().categories.len(), 2);
    assert_eq!((terms.will.occasions, terms.families.call_hours), (2, 24));
    assert_eq!(terms.openness(Field::RoundNumberOfPersons), Openness::Withheld);
    assert_eq!(terms.openness(Field::Conditions), Openness::Aggregate);
}

const WILL: &str = "Every prisoner is asked his will twice: after listing and at the crossing";

#[test]
fn one_byte_changes_the_digest() {
    let changed = EXAMPLE.replacen("Mill Bridge", "Mill bridge", 1);
    let (one, two) = (Terms::parse(EXAMPLE).unwrap(), Terms::parse(&changed).unwrap());
    assert_ne!(one.digest(), two.digest());
    assert_eq!(one.digest(), Digest(Sha256::digest(EXAMPLE.as_bytes()).into()));
}

#[test]
fn the_class_follows_the_published_order() {
    use Group::{DirectRepatriation as D, NeutralCountry as N, NoGround as O};
    let ids = ["ill-wounded", "under-25", "long-held"].map(|id| CategoryId::new(id).unwrap());
    let group_only = EXAMPLE.replacen("\"medical-group\", \"category\",", "\"medical-group\",", 1);
    let category_first =
        EXAMPLE.replacen("\"medical-group\", \"category\"", "\"category\", \"medical-group\"", 1);
    let cases = [
        (EXAMPLE, [(D, 0, 1), (N, 0, 4), (O, 1, 11), (O, 2, 12)]),
        (&group_only, [(D, 0, 1), (N, 0, 2), (O, 1, 4), (O, 2, 4)]),
        (&category_first, [(D, 0, 1), (N, 0, 2), (O, 1, 8), (O, 2, 12)]),
    ];
    for (text, expected) in cases {
        let terms = Terms::parse(text).unwrap();
        for (group, category, class) in expected {
            assert_eq!(terms.class(group, &ids[category]), Some(class), "{group:?} {category}");
        }
        assert_eq!(terms.class(D, &CategoryId::new("nobody").unwrap()), None);
    }
}

/// What is replaced (the first time it stands there); by what; what the refusal says, nothing where the text is accepted.
const CHANGED: &[(&str, &str, &str)] = &[
    ("objective = \"priority-first\"", "", "clause 5: left open: whether the published order or the total"),
    ("\"priority-first\"", "\"total-first\"", "clause 5: objective: \"total-first\" is not priority-first"),
    ("order = [", "order = [\"lot\", ", "clause 5: the order begins with medical-group, category or both"),
    ("\"category\", \"longest", "\"rank\", \"longest", "clause 5: order: \"rank\" is not medical-group"),
    ("\"longest-held\", \"lot\"", "\"lot\", \"longest-held\"", "clause 5: the order ends with"),
    ("\"medical-group\", \"category\", ", "", "clause 5: the order begins with"),
    ("id = \"under-25\"\nclause = 3", "id = \"under-25\"", ": left open: a category without its clause"),
    (
        "id = \"under-25\"\nclause = 3",
        "id = \"under-25\"\nclause = 33",
        "clause 33: clause 33 is not in the text",
    ),
    (
        "id = \"under-25\"\nclause",
        "id = \"ill-wounded\"\nclause",
        "clause 3: category ill-wounded is there twice",
    ),
    (", on = \"signing\"", "", "clause 3: left open: the day on which the age counts"),
    ("age_below = 25", "age_below = 25, any = true", "clause 3: `when` is one of"),
    ("age_below = 25", "age_below = 3", "clause 3: age_below: \"3\" is not 16 to 100 years"),
    ("[\"direct\", \"neutral\"]", "[]", "clause 2: left open: a medical category that names no group"),
    ("[\"direct\", \"neutral\"]", "[\"no-ground\"]", "clause 2: medical: \"no-ground\" is not direct"),
    ("when = { age_below = 25, on = \"signing\" }", "when = { any = true }", "clause 4: nobody can count"),
    ("all_for_all = true", "", "clause 2: left open: whether a category goes all for all"),
    ("tested = \"at-listing\"", "", "clause 2: left open: whether a category is tested at listing"),
    ("from = \"aronia\"", "from = \"dorland\"", "clause 1: party dorland is not in the text"),
    ("from = \"aronia\"", "from = \"calder\"", "clause 1: party calder is not in the text"),
    ("from = \"aronia\"", "from = \"belmar\"", "clause 1: a party cannot release to itself"),
    ("at_least = 1000", "at_least = 1065", "clause 1: all rounds have 1064 places a side, the floor is 1065"),
    ("at_least = 1000", "at_least = -1", "line "),
    ("id = \"calder\"", "id = \"belmar\"", ": party belmar is there twice"),
    ("id = \"calder\"", "id = \"Calder\"", ": id: \"Calder\" is not a label"),
    ("id = \"5e1d", "id = \"5E1D", "id: \"5E1D0c7a94b2463f8a60d3f1b7c29e84\" is not 32"),
    (
        "signed_on = 2025-06-02",
        "signed_on = 2025-06-02T10:00:00Z",
        "signed_on: \"2025-06-02T10:00:00Z\" is not",
    ),
    ("signed_on = 2025-06-02", "signed_on = 2025-07-02", ": a round is planned before"),
    ("no = 9\n", "no = 8\n", "clause 8: clause 8 is there twice"),
    ("Families learn first.", "", ""),
    ("uk = \"Млиновий міст\"", "uk = \" \"", ": crossing name: a text is blank or too long"),
    ("id = \"salt-road\"", "id = \"mill-bridge\"", ": crossing mill-bridge is there twice"),
    ("places = 133\n", "", ": left open: a round without places"),
    ("places = 133\n", "places = 0\n", ": left open: a round without places"),
    ("no = 2\nplanned", "no = 1\nplanned", ": round 1 is there twice"),
    ("no = 2\nplanned", "no = 3\nplanned", ": rounds are numbered from 1"),
    ("planned = 2025-06-16", "planned = 2025-06-08", ": a round is planned before the one before it"),
    ("categories = [\"ill-wounded\"", "categories = [\"well\"", ": category well is not in the text"),
    ("categories = [\"ill-wounded\"", "categories = [\"under-25\"", ": category under-25 is there twice"),
    ("categories = [\"ill-wounded\", \"under-25\"]", "categories = []", ": left open: a round that admits"),
    ("crossing = \"mill-bridge\"", "crossing = \"ford\"", ": crossing: \"ford\" is not the id of a crossing"),
    (
        "occasions = 2",
        "occasions = 1",
        "clause 6: occasions: \"1\" is not 2: after listing and at the crossing",
    ),
    ("rule = \"same-order\"", "", "clause 7: left open: how a vacated slot is filled"),
    ("totals = \"published\"", "", "clause 8: left open: disclosure does not rule on every field"),
    ("totals = \"published\"", "totals = \"maybe\"", "clause 8: totals: \"maybe\" is not withheld"),
    ("conditions = \"agg", "names = \"agg", "clause 8: fields: \"names\" is not a field of a bulletin"),
    ("call_hours = 24", "call_hours = 0", "clause 9: call_hours: \"0\" is not 1 to 168 hours"),
    ("[families]", "[family]", "unknown field `family`"),
    ("occasions = 2", "occasions = 2\nasked_by = \"camp\"", "unknown field `asked_by`"),
    ("occasions = 2", "occasions = ", "line "),
];

#[test]
fn a_text_that_leaves_something_open_is_refused_by_line_and_clause() {
    for (old, new, expected) in CHANGED {
        assert!(EXAMPLE.contains(old), "{old}");
        let changed = EXAMPLE.replacen(old, new, 1);
        match Terms::parse(&changed) {
            Ok(_) => assert!(expected.is_empty(), "{old} -> {new} was accepted"),
            Err(error) => {
                let shown = error.to_string();
                assert!(!expected.is_empty() && shown.contains(expected), "{old} -> {new}: {shown}");
            }
        }
    }
}

#[test]
fn the_line_of_a_refusal_is_the_line_of_the_text() {
    let changed = EXAMPLE.replacen("objective = \"priority-first\"\n", "", 1);
    let line = changed.lines().position(|line| line == "[selection]").unwrap() + 2;
    assert_eq!(Terms::parse(&changed).unwrap_err().line, Some(line));
    let changed = EXAMPLE.replacen("occasions = 2", "occasions = 2 2", 1);
    let line = changed.lines().position(|line| line == "occasions = 2 2").unwrap() + 1;
    assert_eq!(Terms::parse(&changed).unwrap_err().line, Some(line));
}

#[test]
fn foreign_size_is_bounded() {
    let long = format!("{EXAMPLE}\n#{}", "x".repeat(TEXT_BYTES_MAX));
    assert!(matches!(Terms::parse(&long).unwrap_err().refused, Refused::TooLong(_)));
    let neutrals: String = (0..9)
        .map(|n| format!("\n[[neutrals]]\nid = \"n{n}\"\nname = {{ uk = \"N\", ru = \"N\", en = \"N\" }}\n"))
        .collect();
    let refused = Terms::parse(&format!("{EXAMPLE}{neutrals}")).unwrap_err().refused;
    assert_eq!(refused, Refused::TooMany { what: "neutrals", found: 10, most: 8 });
    let deep = format!("x = {}", "[".repeat(100_000));
    assert!(Terms::parse(&deep).is_err());
}

#[test]
fn a_party_may_read_a_quantity_its_own_way_beside_the_text() {
    let says = "{ uk = \"стеля\", ru = \"потолок\", en = \"the ceiling\" }";
    let reading =
        format!("at_least = 1000\nreadings = [{{ party = \"belmar\", at_least = 1200, says = {says} }}]");
    let terms = Terms::parse(&EXAMPLE.replacen("at_least = 1000", &reading, 1)).unwrap();
    let (aronia, belmar) = (Party::new("aronia").unwrap(), Party::new("belmar").unwrap());
    let quantity = terms.quantity(&aronia, &belmar).unwrap();
    assert_eq!((quantity.at_least, quantity.readings[0].at_least), (1000, 1200));
}
