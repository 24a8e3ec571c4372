//! Cases of placement on invented persons.

use super::*;
use crate::ids::{Party, PersonId};
use crate::person::{Capture, Claim, Examination, Examiner, Grade, List, Provenance, Rank, Sex, Source};
use time::macros::date;

const EXAMPLE: &str = include_str!("../../../../examples/agreements/istanbul-shaped.toml");
const ON: Date = date!(2025 - 06 - 09);

fn person() -> Person {
    Person {
        list: List::Held,
        id: PersonId([7; 16]),
        power: Party::new("belmar").unwrap(),
        names: Vec::new(),
        sex: None,
        birth: Some(PartialDate::Day(date!(1980 - 01 - 01))),
        birth_place: None,
        rank: None,
        service_number: None,
        unit: None,
        prisoner_number: None,
        capture: Some(Capture { date: Some(PartialDate::Day(date!(2022 - 05 - 20))), place: None }),
        custody: Vec::new(),
        examinations: Vec::new(),
        claims: Vec::new(),
        kin: Vec::new(),
        remarks: None,
        provenance: Provenance { list_name: "test".into(), row: 1, key: None, map: None },
    }
}

fn placed(person: &Person, on: Date) -> (Option<String>, Option<u8>, Vec<Reason>) {
    let placement = category(&Terms::parse(EXAMPLE).unwrap(), person, on);
    (placement.category.map(|id| id.to_string()), placement.class, placement.reasons)
}

fn exam(date: Date, code: &str) -> Examination {
    Examination { date, condition: code.into(), onset: None, by: Examiner::OwnNationality }
}

#[test]
fn the_first_category_in_precedence_decides_and_says_why_not_the_others() {
    let (id, class, reasons) = placed(&person(), ON);
    assert_eq!((id.as_deref(), class), (Some("long-held"), Some(12)));
    let expected = [
        Reason::NotIn { category: 0, clause: 2, missed: Missed::NoSuchGround },
        Reason::NotIn { category: 1, clause: 3, missed: Missed::Age },
        Reason::In { category: 2, clause: 4 },
    ];
    assert_eq!(reasons, expected);
    let mut young_and_ill = person();
    young_and_ill.birth = Some(PartialDate::Day(date!(2003 - 01 - 01)));
    young_and_ill.examinations = vec![exam(date!(2025 - 05 - 01), "A1a")];
    assert_eq!(placed(&young_and_ill, ON).0.as_deref(), Some("ill-wounded"));
}

#[test]
fn an_age_counts_on_the_day_the_clause_names_and_doubt_never_advances() {
    use PartialDate::{Day, Month, Year};
    let day = |date| Some(Day(date));
    // birth; category on 9 June 2025 (signed on 2 June); why not under-25
    let cases = [
        (day(date!(2000 - 06 - 02)), "long-held", Some(Missed::Age)),
        (day(date!(2000 - 06 - 03)), "under-25", None),
        (day(date!(2000 - 06 - 08)), "under-25", None),
        (day(date!(2004 - 02 - 29)), "under-25", None),
        (Some(Year(2000)), "long-held", Some(Missed::BirthImprecise)),
        (Some(Year(2001)), "under-25", None),
        (Some(Year(1999)), "long-held", Some(Missed::Age)),
        (Some(Month(2000, 5)), "long-held", Some(Missed::Age)),
        (Some(Month(2000, 6)), "long-held", Some(Missed::BirthImprecise)),
        (Some(Month(2000, 7)), "under-25", None),
        (Some(Month(2000, 13)), "long-held", Some(Missed::BirthImprecise)),
        (None, "long-held", Some(Missed::BirthUnknown)),
    ];
    for (birth, expected, missed) in cases {
        let mut someone = person();
        someone.birth = birth;
        let (id, _, reasons) = placed(&someone, ON);
        assert_eq!(id.as_deref(), Some(expected), "{birth:?}");
        let why = reasons.iter().find_map(|reason| match reason {
            Reason::NotIn { category: 1, missed, .. } => Some(*missed),
            _ => None,
        });
        assert_eq!(why, missed, "{birth:?}");
    }
}

#[test]
fn captivity_counts_from_the_last_day_the_source_allows() {
    use PartialDate::{Day, Month, Year};
    let cases = [
        (Some(Day(date!(2022 - 05 - 20))), Some(date!(2022 - 05 - 20)), None),
        (Some(Month(2024, 2)), Some(date!(2024 - 02 - 29)), Some(Reason::CaptureMonthOnly)),
        (Some(Year(2022)), Some(date!(2022 - 12 - 31)), Some(Reason::CaptureYearOnly)),
        (Some(Year(2025)), Some(ON), Some(Reason::CaptureYearOnly)),
        (Some(Day(date!(2025 - 06 - 10))), None, Some(Reason::CaptureAfter)),
        (Some(Year(2026)), None, Some(Reason::CaptureAfter)),
        (None, None, Some(Reason::CaptureUnknown)),
    ];
    for (date, expected, reason) in cases {
        let mut someone = person();
        someone.capture = Some(Capture { date, place: None });
        let placement = category(&Terms::parse(EXAMPLE).unwrap(), &someone, ON);
        assert_eq!(placement.held_since, expected, "{date:?}");
        assert_eq!(placement.held_since_or(ON), expected.unwrap_or(ON), "{date:?}");
        assert!(reason.is_none_or(|reason| placement.reasons.contains(&reason)), "{date:?}");
    }
}

#[test]
fn the_free_and_the_dead_have_no_place_but_a_contradicted_death_hides_nobody() {
    use State::{Alive, Dead, Freed, Held};
    let (may, june, july) = (date!(2025 - 05 - 01), date!(2025 - 06 - 01), date!(2025 - 07 - 01));
    // name of the case; claims; whether a place; contradicted
    type Case<'a> = (&'a str, &'a [(State, Date)], bool, bool);
    let cases: &[Case] = &[
        ("held", &[(Held, may)], true, false),
        ("freed after being held", &[(Held, may), (Freed, june)], false, false),
        ("dead", &[(Held, may), (Dead, june)], false, false),
        ("seen alive after the death", &[(Dead, may), (Alive, june)], true, true),
        ("seen alive on the day of the death", &[(Alive, june), (Dead, june)], true, true),
        ("a death of the future is not known", &[(Held, may), (Dead, july)], true, false),
        ("no claims at all", &[], true, false),
    ];
    for (name, claims, place, contradicted) in cases {
        let mut someone = person();
        someone.claims = claims
            .iter()
            .map(|(says, of)| Claim {
                says: *says,
                of: *of,
                source: Source::Returnee,
                grade: Grade::Confirmed,
            })
            .collect();
        let (id, class, reasons) = placed(&someone, ON);
        assert_eq!((id.is_some(), class.is_some()), (*place, *place), "{name}");
        assert_eq!(reasons.contains(&Reason::Contradicted), *contradicted, "{name}");
        let refused = reasons.iter().any(|reason| matches!(reason, Reason::NoPlace(_)));
        assert_eq!(refused, !*place, "{name}");
    }
}

#[test]
fn who_recovered_since_listing_keeps_the_earlier_ground_in_sight() {
    let mut someone = person();
    someone.examinations = vec![exam(date!(2025 - 05 - 01), "A3t"), exam(date!(2025 - 06 - 05), "none")];
    let before = placed(&someone, date!(2025 - 06 - 01));
    assert_eq!(before.0.as_deref(), Some("ill-wounded"));
    assert!(before.2.contains(&Reason::RuleUnverified));
    let after = placed(&someone, ON);
    assert_eq!(after.0.as_deref(), Some("long-held"));
    assert!(after.2.contains(&Reason::EarlierMorePressing));
}

/// The example with another predicate for its second category, so that the first reason is about that.
fn missed(when: &str, person: &Person, on: Date) -> Option<Missed> {
    let text = EXAMPLE.replacen("{ age_below = 25, on = \"signing\" }", when, 1);
    let terms = Terms::parse(&text).unwrap();
    category(&terms, person, on).reasons.iter().find_map(|reason| match reason {
        Reason::NotIn { category: 1, missed, .. } => Some(*missed),
        _ => None,
    })
}

#[test]
fn each_test_of_a_predicate_says_why_it_does_not_fit() {
    use PartialDate::{Month, Year};
    let private = || Some(Rank { written: "рядовий".into(), code: Some("private".into()) });
    let plain = person();
    let captured = |date| Person { capture: Some(Capture { date, place: None }), ..person() };
    let born = |date| Person { birth: Some(PartialDate::Day(date)), ..person() };
    let woman = Person { sex: Some(Sex::Female), ..person() };
    // born on 1 January 1980, captured on 20 May 2022, no sex and no rank recorded; predicate; person; why not
    let cases: &[(&str, &Person, Option<Missed>)] = &[
        ("{ sex = \"female\" }", &plain, Some(Missed::SexUnknown)),
        ("{ sex = \"female\" }", &woman, None),
        ("{ sex = \"male\" }", &woman, Some(Missed::Sex)),
        ("{ captured_from = 2022-05-20, captured_until = 2022-05-20 }", &plain, None),
        ("{ captured_from = 2022-05-21 }", &plain, Some(Missed::CapturedOutside)),
        ("{ captured_until = 2022-05-19 }", &plain, Some(Missed::CapturedOutside)),
        ("{ captured_until = 2022-12-31 }", &captured(Some(Year(2022))), None),
        ("{ captured_until = 2022-12-30 }", &captured(Some(Year(2022))), Some(Missed::CaptureImprecise)),
        ("{ captured_from = 2022-06-01 }", &captured(Some(Month(2022, 5))), Some(Missed::CapturedOutside)),
        ("{ captured_from = 2022-06-01 }", &captured(Some(Month(2022, 13))), Some(Missed::CaptureImprecise)),
        ("{ captured_from = 2022-06-01 }", &captured(None), Some(Missed::CaptureUnknown)),
        ("{ ranks = [\"private\"] }", &plain, Some(Missed::RankUnknown)),
        ("{ ranks = [\"private\"] }", &Person { rank: private(), ..person() }, None),
        ("{ ranks = [\"general\"] }", &Person { rank: private(), ..person() }, Some(Missed::Rank)),
        ("{ age_from = 45, on = \"signing\" }", &plain, None),
        ("{ age_from = 46, on = \"signing\" }", &plain, Some(Missed::Age)),
        ("{ age_from = 42, age_below = 43, on = \"capture\" }", &plain, None),
        ("{ age_from = 43, on = \"capture\" }", &plain, Some(Missed::Age)),
        ("{ age_from = 16, on = \"capture\" }", &captured(Some(Year(2022))), Some(Missed::CaptureUnknown)),
        // 25 on 5 June: after signing on 2 June, before 9 June
        ("{ age_below = 25, on = \"signing\" }", &born(date!(2000 - 06 - 05)), None),
        ("{ age_below = 25, on = \"listing\" }", &born(date!(2000 - 06 - 05)), Some(Missed::Age)),
        ("{ age_below = 25, on = \"handover\" }", &born(date!(2000 - 06 - 05)), Some(Missed::Age)),
        ("{ age_from = 25, on = \"handover\" }", &born(date!(2000 - 06 - 05)), None),
        // every test has to pass, and the first that does not says why
        ("{ sex = \"female\", ranks = [\"general\"] }", &woman, Some(Missed::RankUnknown)),
        ("{ sex = \"male\", ranks = [\"general\"] }", &woman, Some(Missed::Sex)),
    ];
    for (when, person, expected) in cases {
        assert_eq!(missed(when, person, ON), *expected, "{when}");
    }
}

#[test]
fn what_the_register_does_not_hold_never_lets_anyone_in() {
    for when in
        ["{ status = [\"civilian\"] }", "{ not_units = [\"The Red Guard\"] }", "{ identified = true }"]
    {
        let text = EXAMPLE.replacen("{ age_below = 25, on = \"signing\" }", when, 1);
        // Such terms choose no roll, so they have lists and no rounds; the placement itself must say so all the same.
        let rounds = text.find("[[rounds]]").unwrap();
        let selection = text.find("[selection]").unwrap();
        let gates = text.find("[[gates]]").unwrap();
        let lists = "[lists]\nclause = 1\nproposer = \"both\"\n\n";
        let changed = format!("{}{lists}{}", &text[..selection], &text[gates..rounds]);
        let terms = Terms::parse(&changed).unwrap();
        let placement = category(&terms, &person(), ON);
        let expected = Reason::NotIn { category: 1, clause: 3, missed: Missed::NotHeldHere };
        assert!(placement.reasons.contains(&expected), "{when}");
        assert_eq!(placement.category.map(|id| id.to_string()).as_deref(), Some("long-held"));
        // Without a published order nobody has a class in it.
        assert_eq!(placement.class, None);
    }
}
