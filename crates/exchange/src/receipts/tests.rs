//! When both words are there, case by case.

use super::*;
use crate::testing::{acts, at, terms};

fn shown(text: &str) -> String {
    shown_of(&receipts(&terms(LIVING), &acts(text), |_| true))
}

fn shown_of(received: &[Receipt]) -> String {
    let one = |receipt: &Receipt| {
        let hours = (receipt.at.0 - at("0").0) / crate::moment::HOUR;
        format!("{hours}:{}x{}", receipt.leg, receipt.count)
    };
    received.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The living and those who come back go together or not at all.
fn group() -> Terms {
    let mut terms = terms(LIVING);
    let label = Some(crate::agreement::LabelId::new("at-once").unwrap());
    terms.legs[0].together = label.clone();
    terms.legs[1].together = label;
    terms
}

#[test]
fn who_is_held_is_received_when_the_group_is_complete() {
    let begin = "0 a listed living p\n0 a listed living q\n0 b listed back r";
    let cases = [
        ("who has crossed alone is held", "2 ab over living p", ""),
        (
            "who is taken back out of held has not been received",
            "2 ab over living p\n3 a taken-back living p",
            "",
        ),
        ("all have come", "2 ab over living p\n3 ab over living q\n5 ba over back r", "5:0x1 5:0x1 5:1x1"),
        (
            "a take-back before the others come stays one",
            "2 ab over living p\n3 ab over living q\n4 a taken-back living q\n5 ba over back r",
            "5:0x1 5:1x1",
        ),
        (
            "a held one without a moment is not seen",
            "- a released living p\n2 b received living p\n3 ab over living q\n5 ba over back r",
            "5:0x1 5:1x1",
        ),
    ];
    let terms = group();
    let ready = |leg| Act {
        at: Some(at("1")),
        by: crate::testing::voice("a"),
        what: What::Leg { leg, round: 0, kind: crate::ledger::LegAct::Ready },
    };
    for (name, text, expected) in cases {
        let all = [acts(begin), vec![ready(0), ready(1)], acts(text)].concat();
        assert_eq!(shown_of(&receipts(&terms, &all, |_| true)), expected, "{name}");
    }
}

const LIVING: &str = "[[quantities]]\nid = \"living\"\nclause = 1\nlegs = [\"living\"]\nat_least = 1";

#[test]
fn a_receipt_is_there_with_the_second_word() {
    let cases = [
        ("the release alone is one word", "1 a released living p", ""),
        ("the later word counts", "1 a released living p\n3 b received living p", "3:0x1"),
        ("in whichever order they were stated", "3 b received living p\n1 a released living p", "3:0x1"),
        ("the receipt may be said first", "1 b received living p\n4 a released living p", "4:0x1"),
        ("another side's word is none", "1 a released living p\n2 n received living p", ""),
        ("the releasing side's receipt is none", "1 a released living p\n2 a received living p", ""),
        ("a word without a moment is not seen", "- a released living p\n2 b received living p", ""),
        ("another leg is another subject", "1 a released living p\n2 b received dead p", ""),
        ("a person counts once", "1 ab over living p\n2 ab over living p", "1:0x1"),
        (
            "what was taken back was not released",
            "1 a released living p\n2 a taken-back living p\n3 b received living p",
            "",
        ),
        (
            "and the ledger takes no release of who has left",
            "1 a released living p\n2 a taken-back living p\n3 ab over living p",
            "",
        ),
        (
            "a word that the ledger refuses is none",
            "1 ab over living p\n2 a released back p\n2 ab over dead p\n3 ab over living p x4",
            "1:0x1",
        ),
        (
            "what stands first is booked first, as in the ledger",
            "5 ab over dead p\n1 ab over living p",
            "5:3x1",
        ),
        (
            "who is released without a moment and received with one is not seen",
            "- a released living l x3\n1 a released living l x2\n2 b received living l x5",
            "2:0x2",
        ),
        (
            "who left on the way was not released",
            "1 a released living p\n2 a vacated living p\n3 b received living p",
            "",
        ),
        (
            "a dispute can end in a receipt",
            "1 a released living p\n2 b disputed living p\n5 b received living p",
            "5:0x1",
        ),
        (
            "of a lot, what both say counts",
            "1 a released living l x10\n2 b received living l x7\n3 b received living l x5",
            "2:0x7 3:0x3",
        ),
        ("nothing is paired between two lots", "1 a released living l x10\n2 b received living m x10", ""),
        (
            "receipts come in order of time",
            "5 ab over living p\n2 ab over living q\n2 ba over back r",
            "2:0x1 2:1x1 5:0x1",
        ),
    ];
    for (name, text, expected) in cases {
        assert_eq!(shown(text), expected, "{name}");
    }
}
