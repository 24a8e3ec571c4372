//! What cannot be booked, one line a ground; and that what is refused leaves the ledger as it was.

use super::*;

fn check(terms: &Terms, cases: &[(&str, &str)]) {
    for (words, expected) in cases {
        assert_eq!(book(terms, words).map(|ledger| stands(&ledger, 0)).unwrap_err(), *expected, "{words}");
        let all = acts(terms, words);
        let (last, first) = all.split_last().unwrap();
        let mut ledger = Ledger::book(terms, first).unwrap();
        let before = seen(&ledger);
        assert!(ledger.post(terms, last).is_err());
        assert_eq!(seen(&ledger), before, "{words}: what is refused changes nothing");
        assert_eq!(ledger.postings, [], "{words}: nor does it post");
    }
}

#[test]
fn in_rounds_what_cannot_be_is_refused() {
    check(
        &rounds(),
        &[
            ("1aL1 1aL1", "2: the person is there already, in round 1: listed"),
            ("1aL1 2aL1", "2: the person is there already, in round 1: listed"),
            ("1aL1 1aH1 2aL1", "4: the person is there already, in round 1: received"),
            ("1aL1 1aH1 1aO1", "4: the person is there already, in round 1: received"),
            ("1aL1 1aO1", "2: the person is there already, in round 1: listed"),
            ("1aO1 2aL1", "2: the person is there already, in round 1: returned-outside"),
            ("1aL1 1aV1 1aF1", "3: the person left a slot of round 1 and takes none in it again"),
            ("2aL1 2aV1 1aL1", "3: the person left a slot of round 2 and takes none in it again"),
            ("1aF1", "1: no slot of round 1 is open"),
            ("1aL1 1aV1 2aF2", "3: no slot of round 2 is open"),
            ("1aL1 1aL2 1aL3 1aL4", "4: round 1 has 3 places on a side, all taken"),
            ("1aL1 1aV1 1aL2 1aL3 1aL4", "5: round 1 has 3 places on a side, all taken"),
            ("1aR1", "1: nobody has listed the person or lot"),
            ("1aG1", "1: nobody has listed the person or lot"),
            ("1aV1", "1: nobody has listed the person or lot"),
            ("1aL1 1aR1", "2: the act does not follow from where the person or lot stands: listed"),
            ("1aL1 1aD1", "2: the act does not follow from where the person or lot stands: listed"),
            ("1aL1 1aT1", "2: the act does not follow from where the person or lot stands: listed"),
            ("1aL1 1aH1 1aV1", "4: the act does not follow from where the person or lot stands: received"),
            ("1aL1 1aH1 1aT1", "4: the act does not follow from where the person or lot stands: received"),
            ("1aL1 1aH1 1aG1", "4: the act does not follow from where the person or lot stands: received"),
            ("1aL1 1aG1 1aG1", "3: the act does not follow from where the person or lot stands: pending"),
            ("1aL1 1aH1 1aR1", "4: the act does not follow from where the person or lot stands: received"),
            ("1aL1 1aV1 1aG1", "3: the act does not follow from where the person or lot stands: vacated"),
            ("1aL1 2aG1", "2: the person or lot was listed with another round"),
            ("1aL1 1bG1", "2: the person or lot was listed with another leg"),
            ("1aL1 1aV1 2bL1", "3: the person or lot was listed with another direction"),
            ("1aL1 1aG1.0", "2: the person or lot was listed with another category"),
            ("9aL1", "1: the terms have no round 9"),
            ("1aL1.2", "1: round 1 does not admit the category"),
            ("1aL1.", "1: round 1 does not admit the category"),
            ("1aL1 will-1 1aG1", "3: clause 6: the gate will is not passed"),
            ("1aL1 will+1 will-1 1aG1", "4: clause 6: the gate will is not passed"),
        ],
    );
}

#[test]
fn without_rounds_what_cannot_be_is_refused() {
    let follows = "the act does not follow from where the person or lot stands";
    check(
        &open(),
        &[
            ("zG1", "1: the terms have no such leg"),
            ("z!ready", "1: the terms have no such leg"),
            ("zS100", "1: the terms have no such leg"),
            ("aG1.9", "1: the terms have no such category"),
            ("aG1/9", "1: the terms have no such class"),
            ("aG1@belmar", "1: clause 1: a release is stated by who releases, not by another side"),
            ("aG1@calder", "1: clause 1: a release is stated by who releases, not by another side"),
            ("aG1 aT1@belmar", "2: clause 1: taking back is stated by who releases, not by another side"),
            ("aG1 aR1@aronia", "2: clause 1: a receipt is stated by who receives, not by another side"),
            ("aG1 aD1@aronia", "2: clause 1: a dispute is stated by who receives, not by another side"),
            (
                "eH1 eC1@corvo",
                "3: clause 1: a declaration is stated by who releases or who receives, not by another side",
            ),
            ("aG1/1 aG2/1", "2: class named: at most 1 can be of it"),
            ("aR1/1 bR2/1", "2: class named: at most 1 can be of it"),
            ("aL1/1 aL2/1", "2: class named: at most 1 can be of it"),
            ("aG9x2/1", "1: class named: at most 1 can be of it"),
            ("aL1 aF2", "2: no slot of round 0 is open"),
            ("aL9x10 aV9x2 aF8x3", "3: no slot of round 0 is open"),
            ("aG1 aL1", "2: the person is there already, in round 0: pending"),
            ("eG1 eC1 eC1", "3: the person is there already, in round 0: pending"),
            ("aL1 aV1 aL1", "3: the person left a slot of round 0 and takes none in it again"),
            ("aL1 aV1 aG1", &format!("3: {follows}: vacated")),
            ("aG1 aT1 aG1", &format!("3: {follows}: taken-back")),
            ("aH1 aR1", &format!("3: {follows}: received")),
            ("aG1 aD1 aG1", &format!("3: {follows}: disputed")),
            ("aL9x5 aV9x5 aO9x5 aL9x5", &format!("4: {follows}: returned-outside")),
            ("aR1 aR1", &format!("2: {follows}: acknowledged")),
            ("aO1 aG1", &format!("2: {follows}: returned-outside")),
            ("aO9x3 aG9x3", "2: 3 of the lot, and only 0 stand where the act supposes"),
            ("aO1 aO1", "2: the person is there already, in round 0: returned-outside"),
            ("aL9x10 aG9x11", "2: 11 of the lot, and only 10 stand where the act supposes"),
            ("aG9x10 aD9x11", "2: 11 of the lot, and only 10 stand where the act supposes"),
            ("aG9x10 aV9x1", "2: 1 of the lot, and only 0 stand where the act supposes"),
            ("aG9x10 aR9x4 aT9x7", "3: 7 of the lot, and only 6 stand where the act supposes"),
            ("aG9x4 aL9x4", &format!("2: {follows}: pending")),
            ("aG1 aR1x2", "2: an item is one person, or a lot of a count, not both"),
            ("aG1x2 aR1", "2: an item is one person, or a lot of a count, not both"),
            ("aL1x2 aL1", "2: an item is one person, or a lot of a count, not both"),
            ("aL1 aV1 aO1x2", "3: an item is one person, or a lot of a count, not both"),
            ("aL9x5 1aL9x5", "2: the person or lot was listed with another round"),
            ("aL1/0 aG1", "2: the person or lot was listed with another class"),
            ("aL1 aV1 dO1", "3: the person or lot was listed with another leg"),
            ("aG1x0", "1: a lot has at least one in it"),
            ("aH1 aC1", "3: clause 1: the leg counts on receipt, nothing is declared"),
            ("eC1", "1: nobody has listed the person or lot"),
            ("a!stop aG1", "2: leg to-belmar of those that complete together has stopped: the others hold"),
            ("aH1 aI1=50", "3: only remains are identified"),
            ("cI1=50", "1: nobody has listed the person or lot"),
            ("cG1 cI1=50", &format!("2: {follows}: pending")),
            ("cH1 cI1=50 cI1=50", "4: the identification was stated before"),
            ("cH1 cW1=50", "3: the identification was never stated"),
            ("cH1 cH2 cI1=50 cW2=50", "6: the identification was never stated"),
            ("aG9x4294967295 aG9x1", "2: a sum is too large"),
            ("aL9x4294967295 aL8x1", "2: a sum is too large"),
            ("aL9x4294967295 aV9x1 aF8x1 aV9x4294967294 aF8x4294967294 aL7x1", "6: a sum is too large"),
            ("eL1x1 eC1x4294967295 eC1x1", "3: a sum is too large"),
        ],
    );
}

#[test]
fn nothing_is_returned_outside_into_the_exchange() {
    let terms = open();
    let returned = acts(&terms, "aO1")[0];
    let What::Move(moved) = returned.what else { panic!("a move") };
    for family in [Family::Exchange, Family::RemainsAndEffects] {
        let act =
            Act { what: What::Move(Move { kind: MoveKind::ReturnedOutside(family), ..moved }), ..returned };
        let refused = Ledger::book(&terms, &[act]).unwrap_err().refused.to_string();
        assert_eq!(refused, "the terms have no such account outside the exchange");
    }
}
