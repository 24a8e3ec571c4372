//! Cases of acts, written as words: round, act, person. `1L7` lists person 7 in round 1; then `V` refused, `N` not
//! delivered, `F` refilled, `G` released, `R` received, `D` disputed as another person, `T` taken back, `O` returned
//! outside. Persons below 100 go from aronia to belmar, the others back.

use super::*;
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../../../../examples/agreements/istanbul-shaped.toml");

fn terms() -> Terms {
    let few = EXAMPLE.replace("places = 133", "places = 3").replace("at_least = 1000", "at_least = 4");
    Terms::parse(&few).unwrap()
}

fn party(label: &str) -> Party {
    Party::new(label).unwrap()
}

fn item(number: u8) -> Item {
    Item([number; 32])
}

fn act(word: &str) -> Act {
    let at = word.find(|c: char| c.is_ascii_uppercase()).unwrap();
    let person: u8 = word[at + 1..].parse().unwrap();
    let kind = match &word[at..=at] {
        "L" => ActKind::Listed,
        "V" => ActKind::Vacated(Ground::Refused),
        "N" => ActKind::Vacated(Ground::NotDelivered),
        "F" => ActKind::Refilled,
        "G" => ActKind::Released,
        "R" => ActKind::Received,
        "D" => ActKind::Disputed(Ground::OtherPerson),
        "T" => ActKind::TakenBack,
        "O" => ActKind::ReturnedOutside,
        other => panic!("no act {other}"),
    };
    let (holder, receiver) = if person < 100 { ("aronia", "belmar") } else { ("belmar", "aronia") };
    Act {
        round: word[..at].parse().unwrap(),
        item: item(person),
        holder: party(holder),
        receiver: party(receiver),
        category: CategoryId::new("under-25").unwrap(),
        kind,
    }
}

fn acts(words: &str) -> Vec<Act> {
    words.split_whitespace().map(act).collect()
}

fn book(words: &str) -> Result<Ledger, String> {
    Ledger::book(&terms(), &acts(words)).map_err(|error| format!("{}: {}", error.at, error.refused))
}

/// Sum of a kind of account in the direction aronia to belmar.
fn sum(ledger: &Ledger, is: impl Fn(&Post) -> bool) -> i64 {
    let from = party("aronia");
    ledger.balances().iter().filter(|(a, _)| a.from == from && is(&a.post)).map(|(_, heads)| heads).sum()
}

#[test]
fn a_handover_counts_on_receipt_alone_and_a_slot_stays_owed() {
    // acts; in accounts from aronia to belmar: owed, listed, pending, disputed, received; open slots of round 1
    let cases: &[(&str, [i64; 5], u32)] = &[
        ("", [4, 0, 0, 0, 0], 0),
        ("1L1 1L2", [2, 2, 0, 0, 0], 0),
        ("1L1 1G1", [3, 0, 1, 0, 0], 0),
        ("1L1 1G1 1R1", [3, 0, 0, 0, 1], 0),
        ("1L1 1V1", [4, 0, 0, 0, 0], 1),
        ("1L1 1V1 1F2", [3, 1, 0, 0, 0], 0),
        ("1L1 1G1 1V1", [4, 0, 0, 0, 0], 1),
        ("1L1 1G1 1D1", [3, 0, 0, 1, 0], 0),
        ("1L1 1G1 1D1 1R1", [3, 0, 0, 0, 1], 0),
        ("1L1 1G1 1D1 1T1", [4, 0, 0, 0, 0], 1),
        ("1L1 1G1 1D1 1T1 1F2 1G2 1R2", [3, 0, 0, 0, 1], 0),
        ("1L1 1N1 2L1 2G1 2R1", [3, 0, 0, 0, 1], 1),
        ("1L1 1L2 1L3 2L4 2L5", [-1, 5, 0, 0, 0], 0),
        ("1O1", [4, 0, 0, 0, 1], 0),
        ("1L1 1V1 1O1", [4, 0, 0, 0, 1], 1),
        ("1L101 1G101 1R101", [4, 0, 0, 0, 0], 0),
    ];
    for (words, expected, open) in cases {
        let ledger = book(words).unwrap();
        let found = [
            sum(&ledger, |post| *post == Post::Owed),
            sum(&ledger, |post| matches!(post, Post::Listed(_))),
            sum(&ledger, |post| matches!(post, Post::Pending(_))),
            sum(&ledger, |post| matches!(post, Post::Disputed(_))),
            sum(&ledger, |post| matches!(post, Post::Filled(_))),
        ];
        assert_eq!(found, *expected, "{words}");
        let slots = ledger.slots().get(&(1, (party("aronia"), party("belmar"))));
        assert_eq!(slots.map_or(0, |slots| slots.open), *open, "{words}");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let cases: &[(&str, &str)] = &[
        ("1L1 1L1", "2: the person is there already, in round 1: Listed"),
        ("1L1 2L1", "2: the person is there already, in round 1: Listed"),
        ("1L1 1G1 1R1 2L1", "4: the person is there already, in round 1: Received"),
        ("1L1 1G1 1R1 1O1", "4: the person is there already, in round 1: Received"),
        ("1L1 1O1", "2: the person is there already, in round 1: Listed"),
        ("1O1 2L1", "2: the person is there already, in round 1: ReturnedOutside"),
        ("1L1 1V1 1F1", "3: the person left a slot of round 1 and takes none in it again"),
        ("1F1", "1: no slot of round 1 is open"),
        ("1L1 1V1 2F2", "3: no slot of round 2 is open"),
        ("1L1 1L2 1L3 1L4", "4: round 1 has 3 places on a side, all taken"),
        ("1L1 1V1 1L2 1L3 1L4", "5: round 1 has 3 places on a side, all taken"),
        ("1R1", "1: the person is on no roll"),
        ("1L1 1R1", "2: the act does not follow from where the person stands: Listed"),
        ("1L1 1D1", "2: the act does not follow from where the person stands: Listed"),
        ("1L1 1T1", "2: the act does not follow from where the person stands: Listed"),
        ("1L1 1G1 1R1 1V1", "4: the act does not follow from where the person stands: Received"),
        ("1L1 1V1 1G1", "3: the act does not follow from where the person stands: Vacated"),
        ("1L1 2G1", "2: the person was listed with another round"),
        ("9L1", "1: the terms have no round 9"),
    ];
    for (words, expected) in cases {
        assert_eq!(book(words).unwrap_err(), *expected, "{words}");
    }
    let listed = act("1L1");
    let stranger = Act { holder: party("calder"), ..listed.clone() };
    let itself = Act { receiver: party("aronia"), ..listed.clone() };
    let outside = Act { category: CategoryId::new("long-held").unwrap(), ..listed.clone() };
    let other =
        Act { category: CategoryId::new("ill-wounded").unwrap(), kind: ActKind::Released, ..listed.clone() };
    let back =
        Act { holder: party("belmar"), receiver: party("aronia"), kind: ActKind::Released, ..listed.clone() };
    let cases = [
        (vec![stranger], "calder and belmar are not the two parties"),
        (vec![itself], "aronia and aronia are not the two parties"),
        (vec![outside], "round 1 does not admit long-held"),
        (vec![listed.clone(), other], "the person was listed with another category"),
        (vec![listed, back], "the person was listed with another direction"),
    ];
    for (acts, expected) in cases {
        assert_eq!(Ledger::book(&terms(), &acts).unwrap_err().refused.to_string(), expected);
    }
}

#[test]
fn slots_say_who_left_and_who_came() {
    let ledger = book("1L1 1L2 1L3 1V1 1F4 1G2 1T2 1G4 1R4").unwrap();
    let slots = &ledger.slots()[&(1, (party("aronia"), party("belmar")))];
    assert_eq!((slots.owed, slots.filled, slots.taken, slots.open), (3, 1, 1, 1));
    assert_eq!(slots.vacated, [(item(1), Some(Ground::Refused)), (item(2), None)]);
    assert_eq!(slots.refilled, [item(4)]);
    assert_eq!(ledger.lines()[&item(1)].grounds, [(1, Ground::Refused)]);
}

#[test]
fn returns_owed_by_law_never_fill_a_quantity() {
    let ledger = book("1O1 1O2 1L3 1G3 1R3").unwrap();
    let (from, to) = (party("aronia"), party("belmar"));
    assert_eq!((ledger.heads(&from, &to), ledger.returned_outside(&from, &to)), (1, 2));
    assert_eq!(ledger.outstanding(&terms(), &from, &to)[0].outstanding, 3);
    assert!(ledger.balances().keys().all(|account| account.family != Family::RemainsAndEffects));
}

#[test]
fn two_readings_of_one_clause_stand_side_by_side() {
    let says = "{ uk = \"стеля\", ru = \"потолок\", en = \"the ceiling\" }";
    let reading = format!("at_least = 4\nreadings = [{{ party = \"belmar\", at_least = 6, says = {says} }}]");
    let text = EXAMPLE.replace("at_least = 1000", "at_least = 4").replacen("at_least = 4", &reading, 1);
    let terms = Terms::parse(&text).unwrap();
    let ledger = Ledger::book(&terms, &acts("1L1 1G1 1R1")).unwrap();
    let read: Vec<_> = ledger
        .outstanding(&terms, &party("aronia"), &party("belmar"))
        .into_iter()
        .map(|balance| (balance.reader.map(|p| p.to_string()), balance.outstanding))
        .collect();
    assert_eq!(read, [(None, 3), (Some("belmar".to_owned()), 5)]);
}

#[test]
fn the_digest_follows_the_documented_bytes() {
    let terms = terms();
    let ledger = Ledger::book(&terms, &acts("1L1 1L2 1V1 1G2 1R2")).unwrap();
    let mut bytes = b"homeward ledger v1\0".to_vec();
    bytes.extend(terms.digest().0);
    // person 1: round 1, from party 0, vacated (4), category, one ground: round 1, refused (0)
    bytes.extend([1; 32]);
    bytes.extend([0, 0, 0, 1, 0, 4, 8]);
    bytes.extend(b"under-25");
    bytes.extend([0, 0, 0, 1, 0, 0, 0, 1, 0]);
    // person 2: round 1, from party 0, received (3), category, no ground
    bytes.extend([2; 32]);
    bytes.extend([0, 0, 0, 1, 0, 3, 8]);
    bytes.extend(b"under-25");
    bytes.extend([0, 0, 0, 0]);
    assert_eq!(ledger.digest(), Digest(Sha256::digest(&bytes).into()));
}

#[test]
fn differences_name_both_sources_and_change_neither() {
    let ours = book("1L1 1L2 1G1 1R1 1G2 1R2 2L3").unwrap().statement(party("aronia"));
    let theirs = book("1L1 1L2 1G1 1R1 1G2 1D2").unwrap().statement(party("belmar"));
    let (from, to) = (party("aronia"), party("belmar"));
    let stated = |by: &str, count| Stated { by: party(by), count };
    let expected = [
        Difference::Count {
            round: 1,
            from: from.clone(),
            to: to.clone(),
            own: stated("aronia", Some(2)),
            theirs: stated("belmar", Some(1)),
        },
        Difference::Item {
            round: 1,
            from: from.clone(),
            to: to.clone(),
            item: item(2),
            stated_by: from.clone(),
            not_by: to.clone(),
        },
        Difference::Count {
            round: 2,
            from: from.clone(),
            to: to.clone(),
            own: stated("aronia", Some(0)),
            theirs: stated("belmar", None),
        },
    ];
    assert_eq!(reconcile(&ours, &theirs), expected);
    assert_eq!(reconcile(&ours, &ours), []);
    let mut padded = theirs.clone();
    padded.figures.get_mut(&(1, from.clone(), to.clone())).unwrap().count = 9;
    let found = reconcile(&padded, &theirs);
    let by = party("belmar");
    assert_eq!(found[0], Difference::CountAgainstItems { round: 1, from, to, by, count: 9, named: 1 });
}

proptest! {
    #[test]
    fn whatever_is_tried_the_accounts_add_up(
        tried in prop::collection::vec((1..3u32, 0..9usize, 0..6u8, any::<bool>()), 0..60)
    ) {
        let terms = terms();
        let mut ledger = Ledger::open(&terms);
        for (round, kind, person, back) in tried {
            let person = if back { person + 100 } else { person };
            let letter = ["L", "V", "N", "F", "G", "R", "D", "T", "O"][kind];
            let before = ledger.clone();
            if ledger.post(&terms, &act(&format!("{round}{letter}{person}"))).is_err() {
                prop_assert_eq!(&before, &ledger);
            }
            for family in [Family::ByLaw, Family::Exchange, Family::RemainsAndEffects] {
                let all = ledger.balances().iter().filter(|(account, _)| account.family == family);
                prop_assert_eq!(all.map(|(_, heads)| heads).sum::<i64>(), 0);
            }
            for ((round, _), slots) in ledger.slots() {
                prop_assert_eq!(slots.owed, slots.filled + slots.taken + slots.open);
                prop_assert!(slots.owed <= terms.round(*round).unwrap().places);
            }
            let received = ledger.lines().values().filter(|line| line.place == Place::Received).count();
            let heads = ledger.heads(&party("aronia"), &party("belmar"))
                + ledger.heads(&party("belmar"), &party("aronia"));
            prop_assert_eq!(i64::try_from(received), Ok(heads));
        }
    }

    #[test]
    fn both_nodes_reach_one_digest_in_whatever_order_persons_come(first in prop::collection::vec(any::<bool>(), 6)) {
        let (mut ours, mut theirs) = (acts("1L1 1G1 1D1 1V1 2L1 2G1"), acts("1L101 1G101 1R101 2L102 2V102 2F103"));
        let whole = Ledger::book(&terms(), ours.iter().chain(&theirs)).unwrap();
        let mut mixed = Vec::new();
        for own in first {
            mixed.push(if own { ours.remove(0) } else { theirs.remove(0) });
        }
        mixed.append(&mut theirs);
        mixed.append(&mut ours);
        prop_assert_eq!(Ledger::book(&terms(), &mixed).unwrap().digest(), whole.digest());
    }
}
