//! What a handover comes to: in rounds, in lots, by one side's word and by both.

use super::*;

#[test]
fn in_rounds_a_handover_counts_on_receipt_alone_and_a_slot_stays_owed() {
    // Acts; what stands on the leg to belmar; open slots of round 1.
    let cases: &[(&str, &str, u32)] = &[
        ("", "owed 4", 0),
        ("1aL1 1aL2", "owed 2, listed 2", 0),
        ("1aL1 1aG1", "owed 3, pending 1", 0),
        ("1aL1 1aG1 1aR1", "owed 3, filled 1", 0),
        ("1aL1 1aH1", "owed 3, filled 1", 0),
        ("1aL1 1aV1", "owed 4", 1),
        ("1aL1 1aV1 1aF2", "owed 3, listed 1", 0),
        ("1aL1 1aG1 1aV1", "owed 4", 1),
        ("1aL1 1aG1 1aD1", "owed 3, disputed 1", 0),
        ("1aL1 1aG1 1aD1 1aV1:other-person", "owed 4", 1),
        ("1aL1 1aG1 1aD1 1aR1", "owed 3, filled 1", 0),
        ("1aL1 1aG1 1aT1", "owed 4", 1),
        ("1aL1 1aG1 1aD1 1aT1", "owed 4", 1),
        ("1aL1 1aG1 1aD1 1aT1 1aF2 1aH2", "owed 3, filled 1", 0),
        ("1aL1 1aV1:not-delivered 2aL1 2aH1", "owed 3, filled 1", 1),
        ("1aL1 1aG1 1aT1 2aL1 2aH1", "owed 3, filled 1", 1),
        ("1aL1 1aL2 1aL3 2aL4 2aL5", "owed -1, listed 5", 0),
        ("1aO1", "owed 4", 0),
        ("1aL1 1aV1 1aO1", "owed 4", 1),
        ("1bL101 1bH101", "owed 4", 0),
        ("1aL1 will+1 will+1 1aH1", "owed 3, filled 1", 0),
        ("1aL1 will-1 will+1 1aH1", "owed 3, filled 1", 0),
    ];
    let terms = rounds();
    for (words, expected, open) in cases {
        let ledger = booked(&terms, words);
        assert_eq!(stands(&ledger, 0), *expected, "{words}");
        assert_eq!(ledger.slots().get(&(1, 0)).map_or(0, |slots| slots.open), *open, "{words}");
    }
}

#[test]
fn without_rounds_both_words_make_a_posting_in_whichever_order_they_come() {
    // Acts; the leg; what stands on it.
    let cases: &[(&str, u8, &str)] = &[
        ("aG1", 0, "owed 999, pending 1"),
        ("aR1", 0, "owed 999, acknowledged 1"),
        ("aR1 aG1", 0, "owed 999, filled 1"),
        ("aL1 aR1", 0, "owed 999, acknowledged 1"),
        ("aL1 aR1 aG1", 0, "owed 999, filled 1"),
        // One side says 195, the other 207: what both say is posted, the rest stands beside it.
        ("aG9x195 aR9x207", 0, "owed 793, acknowledged 12, filled 195"),
        ("aR9x207 aG9x195", 0, "owed 793, acknowledged 12, filled 195"),
        ("aG9x207 aR9x195", 0, "owed 793, pending 12, filled 195"),
        ("aG9x195 aR9x207 aG9x12", 0, "owed 793, filled 207"),
        ("aL9x300 aG9x195 aR9x207", 0, "owed 700, listed 93, acknowledged 12, filled 195"),
        ("aL9x10 aL9x5", 0, "owed 985, listed 15"),
        ("aL9x10 aV9x4 aF9x3", 0, "owed 991, listed 9"),
        ("aL9x10 aV9x4 aF8x4 aH8x4", 0, "owed 990, listed 6, filled 4"),
        ("aG9x10 aD9x3", 0, "owed 990, pending 7, disputed 3"),
        ("aG9x10 aD9x3 aR9x8", 0, "owed 990, disputed 2, filled 8"),
        ("aG9x10 aD9x3 aT9x5", 0, "owed 995, pending 5"),
        ("aG9x10 aR9x4 aT9x6", 0, "owed 996, filled 4"),
        ("aH9x2000", 0, "owed -1000, filled 2000"),
        ("cH9x1212", 2, "owed -1212, filled 1212"),
        ("dH9x4", 3, "owed -4, filled 4"),
        ("aG1 aV1:died", 0, "owed 1000"),
        ("aG1 aD1:status-contested aR1", 0, "owed 999, filled 1"),
    ];
    let terms = open();
    for (words, leg, expected) in cases {
        assert_eq!(stands(&booked(&terms, words), *leg), *expected, "{words}");
    }
}

#[test]
fn a_leg_on_declaration_carries_until_both_have_declared() {
    let cases: &[(&str, &str)] = &[
        ("eH1", "owed 9, carried 1"),
        ("eH1 eC1", "owed 9, carried 1"),
        ("eH1 eK1", "owed 9, carried 1"),
        ("eH1 eC1 eK1", "owed 9, filled 1"),
        ("eL1 eC1 eK1", "owed 9, listed 1"),
        ("eL1 eC1 eK1 eH1", "owed 9, filled 1"),
        ("eG1 eC1 eK1 eR1", "owed 9, filled 1"),
        // More is declared than is carried: what is carried counts, and the rest as it comes.
        ("eH9x6 eC9x8 eK9x10", "owed 4, filled 6"),
        ("eH9x6 eC9x8 eK9x10 eH9x4", "owed 0, carried 2, filled 8"),
        ("eH9x6 eC9x4 eK9x5", "owed 4, carried 2, filled 4"),
        ("eH9x6 eC9x4 eK9x5 eC9x2 eK9x1", "owed 4, filled 6"),
        ("eG9x6 eR9x7 eC9x7 eK9x7", "owed 3, acknowledged 1, filled 6"),
    ];
    let terms = open();
    for (words, expected) in cases {
        assert_eq!(stands(&booked(&terms, words), 4), expected.replace("owed 0, ", ""), "{words}");
    }
}

#[test]
fn everyone_stands_somewhere() {
    let cases: &[(&str, Option<Place>)] = &[
        ("", None),
        ("aL1", Some(Place::Listed)),
        ("aG1", Some(Place::Pending)),
        ("aR1", Some(Place::Acknowledged)),
        ("aH1", Some(Place::Received)),
        ("aG1 aD1", Some(Place::Disputed)),
        ("aG1 aT1", Some(Place::TakenBack)),
        ("aL1 aV1", Some(Place::Vacated)),
        ("eH1", Some(Place::Carried)),
        ("eH1 eC1 eK1", Some(Place::Received)),
        ("aO1", Some(Place::ReturnedOutside)),
        ("aU1", Some(Place::ReturnedOutside)),
        ("aL1x9 aH1x3", Some(Place::Listed)),
        ("aG1x9 aR1x3 aD1x2", Some(Place::Disputed)),
    ];
    let terms = open();
    for (words, expected) in cases {
        assert_eq!(booked(&terms, words).place(&item(1)), *expected, "{words}");
    }
}

#[test]
fn slots_say_who_left_and_who_came() {
    let ledger = booked(&rounds(), "1aL1 1aL2 1aL3 1aV1 1aF4 1aG2 1aT2 1aH4");
    let slots = &ledger.slots()[&(1, 0)];
    assert_eq!((slots.owed, slots.filled, slots.taken, slots.open), (3, 1, 1, 1));
    assert_eq!(slots.vacated, [(item(1), Some(Ground::Refused), 1), (item(2), None, 1)]);
    assert_eq!(slots.refilled, [item(4)]);
    assert_eq!(ledger.grounds(&item(1)), [(1, Ground::Refused, 1)]);
    assert_eq!(ledger.grounds(&item(2)), []);
}

#[test]
fn returns_outside_the_exchange_never_fill_a_quantity() {
    let terms = rounds();
    let ledger = booked(&terms, "1aO1 1aO2 1aU4 1aL3 1aH3");
    let (from, to) = (party("aronia"), party("belmar"));
    assert_eq!((ledger.heads(&terms, &from, &to), ledger.returned_outside(&terms, &from, &to)), (1, 3));
    assert_eq!((ledger.heads(&terms, &to, &from), ledger.returned_outside(&terms, &to, &from)), (0, 0));
    let balances = balances(&terms, &ledger).unwrap();
    assert_eq!(balances[0].outstanding.unwrap().to_string(), "3");
    let filled = |family| {
        let mine = |account: &Account| account.family == family && account.post == Post::Filled;
        ledger.accounts().iter().filter(|(account, _)| mine(account)).map(|(_, count)| count).sum::<i64>()
    };
    let families = [Family::ByLaw, Family::Exchange, Family::Unilateral, Family::RemainsAndEffects];
    assert_eq!(families.map(filled), [2, 1, 1, 0]);
}

#[test]
fn an_act_answers_with_its_postings() {
    // The last act of the words; its postings.
    let cases: &[(&str, &str)] = &[
        ("aL9x10", "owed>listed 10"),
        ("aG9x10", "owed>pending 10"),
        ("aG9x10 aR9x12", "owed>acknowledged 2, pending>filled 10"),
        ("aL9x5 aR9x2 aG9x3", "listed>pending 1, acknowledged>filled 2"),
        ("aG9x10 aD9x3 aT9x5", "disputed>owed 3, pending>owed 2"),
        ("aO9x4", "promised>filled 4"),
        ("eH1 eC1", ""),
        ("eH1 eC1 eK1", "carried>filled 1"),
        ("will+1", ""),
        ("a!stop", ""),
        ("aS100", ""),
    ];
    let terms = open();
    for (words, expected) in cases {
        let all = acts(&terms, words);
        let (last, first) = all.split_last().unwrap();
        let mut ledger = Ledger::book(&terms, first).unwrap();
        let found = ledger.post(&terms, last).unwrap();
        let shown = found.iter().map(|one| format!("{}>{} {}", one.from.code(), one.into.code(), one.count));
        assert_eq!(shown.collect::<Vec<_>>().join(", "), *expected, "{words}");
    }
}

#[test]
fn remains_are_containers_and_persons_apart() {
    // Two stages: 7 and 8 on the first day, 9 later. Container 8 holds remains of two persons; person 50 is in two.
    let cases: &[(&str, i64, &str)] = &[
        ("1cH7 1cH8", 2, ""),
        ("1cH7 1cH8 1cI7=50 1cI8=50 1cI8=51", 2, "50 in 7 8, 51 in 8"),
        ("1cH7 1cH8 1cI7=50 1cI8=50 1cI8=51 2cH9 2cI9=51", 3, "50 in 7 8, 51 in 8 9"),
        ("1cH7 1cH8 2cH9 1cI7=50 1cI8=51 1cW8=51", 3, "50 in 7"),
        ("1cH7 1cI7=50 1cW7=50", 1, ""),
        ("1cH7 1cI7=50 1cW7=50 1cI7=51", 1, "51 in 7"),
    ];
    let terms = open();
    let number = |item: &Item| u32::from_be_bytes([item.0[0], item.0[1], item.0[2], item.0[3]]).to_string();
    for (words, containers, expected) in cases {
        let ledger = booked(&terms, words);
        let none = BTreeMap::new();
        let persons = ledger.identified(2).unwrap_or(&none).iter();
        let shown = persons.map(|(person, containers)| {
            let containers = containers.iter().map(number).collect::<Vec<_>>();
            format!("{} in {}", number(person), containers.join(" "))
        });
        assert_eq!(shown.collect::<Vec<_>>().join(", "), *expected, "{words}");
        let filled = ledger.accounts().into_iter().filter(|(one, _)| one.post == Post::Filled);
        assert_eq!(filled.map(|(_, count)| count).sum::<i64>(), *containers, "{words}");
    }
}

#[test]
fn grounds_are_counted_by_leg_and_round() {
    let ledger = booked(
        &rounds(),
        "1aL1 1aL2 1aL3 1aV1 1aV2 1aV3:died 1bL101 1bV101:held-back 2aL4 2aV4 2aL5 2aG5 2aD5 2aT5",
    );
    let expected = [
        ((0, 1, Ground::Refused), 2),
        ((0, 1, Ground::Died), 1),
        ((0, 2, Ground::Refused), 1),
        ((0, 2, Ground::OtherPerson), 1),
        ((1, 1, Ground::HeldBack), 1),
    ];
    assert_eq!(ledger.by_ground(), BTreeMap::from(expected));
    let lots = booked(&open(), "aL9x100 aV9x7:died aV9x30:retaliation aG9x63 aD9x3:other-person");
    let expected =
        [((0, 0, Ground::Died), 7), ((0, 0, Ground::OtherPerson), 3), ((0, 0, Ground::Retaliation), 30)];
    assert_eq!(lots.by_ground(), BTreeMap::from(expected));
}
