//! After-conditions as cases: how they stand, for whom, and what was observed.

use super::*;
use crate::agreement::LabelId;
use crate::testing::{acts, at, item, terms, voice};

fn hour(moment: Moment) -> i64 {
    (moment.0 - at("0").0) / HOUR
}

fn voices(by: &[Voice]) -> String {
    by.iter().map(|one| char::from(b"abcn"[usize::from(one.0)])).collect()
}

fn shown(state: &State) -> String {
    match state {
        State::Holds { said, missing, .. } if missing.is_empty() && said.is_empty() => "holds".to_owned(),
        State::Holds { said, missing, .. } => {
            format!("holds; {} said, {} not", voices(said), voices(missing))
        }
        State::Ended { at } => format!("ended at {}", hour(*at)),
        State::Lifted { at, by } => format!("lifted at {} by {}", hour(*at), voices(by)),
    }
}

fn condition(keys: &str) -> Terms {
    terms(&format!(
        "[[quantities]]\nid = \"living\"\nclause = 1\nlegs = [\"living\"]\nat_least = 5\n\
         [[conditions]]\nid = \"kept\"\nclause = 3\nbound = \"b\"\nsays = \"Kept.\"\n{keys}\n"
    ))
}

fn standing(terms: &Terms, text: &str, now: &str) -> String {
    shown(&conditions(terms, &acts(text), at(now))[0].state)
}

/// Five commanders exchanged in September 2022 were to stay in a neutral country until hostilities end. They went home
/// after 290 days. What the program says of it is that somebody has seen it.
#[test]
fn a_neutral_stay_until_the_end_of_hostilities_and_an_early_move() {
    let terms =
        condition("kind = \"neutral-stay\"\nlegs = [\"living\"]\nuntil_event = \"end-of-hostilities\"");
    let text = "
        0d6 ab over living one
        0d6 ab over living two
        290d a observed 0 one
        290d n observed 0 two
        300d a notice 1 3
        900d a ended 0
        901d b ended 0
        902d c ended 0
        903d a observed 0 one";
    let acts = acts(text);
    let states = [
        ("0", "holds;  said, abc not"),
        ("290d", "holds;  said, abc not"),
        ("900d", "holds; a said, bc not"),
        ("901d", "holds; ab said, c not"),
        ("902d", "ended at 21648"),
        ("9999d", "ended at 21648"),
    ];
    for (now, expected) in states {
        assert_eq!(shown(&conditions(&terms, &acts, at(now))[0].state), expected, "{now}");
    }
    let found = alerts(&terms, &acts);
    let each: Vec<_> = found.iter().map(|alert| (alert.by, alert.item, alert.then)).collect();
    let expected = [
        (voice("a"), Some(item("one")), Then::Held),
        (voice("n"), Some(item("two")), Then::Held),
        (voice("a"), Some(item("one")), Then::HadEnded { at: at("902d") }),
    ];
    assert_eq!(each, expected);
    assert!(found.iter().all(|alert| (alert.condition, alert.clause, alert.bound.as_str()) == (0, 3, "b")));
    assert!(found.iter().all(|alert| alert.received == Some(at("6"))));
    let about = persons(&terms, &acts, 0);
    assert_eq!(about.len(), 2);
    assert!(about.iter().all(|one| (one.leg, one.received, one.ends) == (0, at("6"), Some(at("902d")))));
    // An alert changes nothing: without the observations every condition and every person stands the same.
    let without: Vec<Act> = acts
        .iter()
        .filter(|act| !matches!(act.what, What::Condition { kind: ConditionAct::Observed { .. }, .. }))
        .copied()
        .collect();
    assert_eq!(conditions(&terms, &without, at("290d")), conditions(&terms, &acts, at("290d")));
    assert_eq!(persons(&terms, &without, 0), about);
}

#[test]
fn nothing_that_is_shown_is_a_verdict() {
    let terms = condition("kind = \"neutral-stay\"\nuntil_event = \"end-of-hostilities\"");
    let text = "0d6 ab over living one\n290d a observed 0 one\n- a observed 0";
    let shown = format!("{:?}", alerts(&terms, &acts(text))).to_lowercase();
    for verdict in ["violat", "breach", "broke", "guilt", "fault", "infring", "ineligible"] {
        assert!(!shown.contains(verdict), "{verdict}");
    }
}

#[test]
fn a_condition_holds_until_its_time_or_the_parties_word() {
    let cases = [
        ("until = 2023-11-30", "", "6d23", "holds"),
        ("until = 2023-11-30", "", "7d", "ended at 168"),
        ("until = 2023-11-30", "1d a ended 0\n1d b ended 0\n1d c ended 0", "2d", "holds"),
        ("until_event = \"never\"", "1d a ended 0\n1d b ended 0\n1d c ended 0", "9999d", "holds"),
        ("until_event = \"lifted\"", "", "9999d", "holds;  said, ac not"),
        ("until_event = \"lifted\"", "1d b ended 0", "2d", "holds;  said, ac not"),
        ("until_event = \"lifted\"", "1d a ended 0\n1d n ended 0", "2d", "holds; a said, c not"),
        ("until_event = \"lifted\"", "1d a ended 0\n3d c ended 0", "2d23", "holds; a said, c not"),
        ("until_event = \"lifted\"", "1d a ended 0\n3d c ended 0", "3d", "lifted at 72 by ac"),
        ("until_event = \"lifted\"", "9d a ended 0\n3d c ended 0\n4d a ended 0", "9d", "lifted at 96 by ac"),
        ("until_event = \"lifted\"", "1d a ended 0\n- c ended 0", "9d", "holds; a said, c not"),
        ("until_event = \"end-of-hostilities\"", "1d a ended 0\n1d c ended 0", "9d", "holds; ac said, b not"),
        (
            "until_event = \"end-of-hostilities\"",
            "1d a ended 0\n1d c ended 0\n1d b ended 9",
            "9d",
            "holds; ac said, b not",
        ),
        ("days_after_receipt = 30", "1d a ended 0\n1d c ended 0\n1d b ended 0", "9d", "holds"),
    ];
    for (keys, text, now, expected) in cases {
        let terms = condition(&format!("kind = \"no-active-service\"\n{keys}"));
        assert_eq!(standing(&terms, text, now), expected, "{keys} {text}");
    }
}

#[test]
fn days_are_counted_from_each_person_s_receipt() {
    let terms = condition("kind = \"reporting\"\ndays_after_receipt = 30");
    let text = "
        0d6 ab over living one
        2d a released living two c1
        4d b received living two c1
        5d a released living three
        6d ab over living lot x12
        7d ab over dead body";
    let ends = persons(&terms, &acts(text), 0);
    let shown: Vec<_> =
        ends.iter().map(|one| (one.item, one.count, one.category, hour(one.ends.unwrap()))).collect();
    let (thirty, days) = (30 * 24, 24);
    let expected = [
        (item("one"), 1, None, thirty + 6),
        (item("two"), 1, Some(1), thirty + 4 * days),
        (item("lot"), 12, None, thirty + 6 * days),
    ];
    assert_eq!(shown, expected);
    assert_eq!(persons(&terms, &acts(text), 1), []);
}

#[test]
fn an_alert_says_whether_the_condition_held_then_or_why_that_is_not_known() {
    let days = condition("kind = \"reporting\"\ndays_after_receipt = 30");
    let handed = "2d ab over living one";
    let cases = [
        ("2d a observed 0 one", Then::Held),
        ("31d23 a observed 0 one", Then::Held),
        ("32d a observed 0 one", Then::HadEnded { at: at("32d") }),
        ("1d a observed 0 one", Then::NotYetReceived),
        ("3d a observed 0", Then::NotKnown(NotKnown::NoPerson)),
        ("3d a observed 0 two", Then::NotKnown(NotKnown::NoReceipt)),
        ("- a observed 0 one", Then::NotKnown(NotKnown::NoMoment)),
    ];
    for (text, expected) in cases {
        let found = alerts(&days, &acts(&format!("{handed}\n{text}")));
        assert_eq!(found.iter().map(|alert| alert.then).collect::<Vec<_>>(), [expected], "{text}");
    }
    let dated = condition("kind = \"no-ceremony\"\nuntil = 2023-11-30");
    for (text, expected) in
        [("6d c observed 0", Then::Held), ("7d c observed 0", Then::HadEnded { at: at("7d") })]
    {
        assert_eq!(alerts(&dated, &acts(text))[0].then, expected, "{text}");
    }
    assert_eq!(alerts(&dated, &acts("6d c observed 7")), []);
    // Of a person whom nobody has received it cannot be said, however the condition ends.
    for until in [
        "until = 2023-11-30",
        "until_event = \"lifted\"",
        "until_event = \"never\"",
        "days_after_receipt = 1",
    ] {
        let terms = condition(&format!("kind = \"no-ceremony\"\n{until}"));
        let text = "1d a released living two\n6d c observed 0 two\n9d c observed 0 three";
        for alert in alerts(&terms, &acts(text)) {
            assert_eq!(alert.then, Then::NotKnown(NotKnown::NoReceipt), "{until}");
        }
    }
}

#[test]
fn a_condition_about_some_is_not_about_others() {
    let young = condition("kind = \"no-active-service\"\ncategories = [\"young\"]\nuntil_event = \"never\"");
    let text =
        "1d ab over living one c0\n2d ab over living two c1\n3d ab over living three\n4d a observed 0 two";
    let about: Vec<_> = persons(&young, &acts(text), 0).iter().map(|one| (one.item, one.ends)).collect();
    assert_eq!(about, [(item("one"), None)]);
    // Somebody's word is shown all the same, and that no receipt of a person it is about is known.
    assert_eq!(alerts(&young, &acts(text))[0].received, None);
    assert_eq!(young.conditions[0].id, LabelId::new("kept").unwrap());
}
