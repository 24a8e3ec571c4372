//! Legs that complete together or not at all, and what bars one person's way.

use super::*;

/// Everyone listed, every place ready: two on a, one each on b and c.
const READY: &str = "1aL1 1aL2 1bL3 1cL4 1a!ready 1b!ready 1c!ready";

#[test]
fn all_go_or_what_has_crossed_is_held() {
    // Acts after everyone is listed and every place ready; what stands on a; on b; on c.
    let cases: &[(&str, [&str; 3])] = &[
        ("", ["listed 2", "listed 1", "listed 1"]),
        ("1aH1", ["listed 1, held 1", "listed 1", "listed 1"]),
        ("1aH1 1aH2 1bH3", ["held 2", "held 1", "listed 1"]),
        ("1aH1 1aH2 1bH3 1cG4", ["held 2", "held 1", "pending 1"]),
        ("1aH1 1aH2 1bH3 1cH4", ["filled 2", "filled 1", "filled 1"]),
        ("1cH4 1bH3 1aH2 1aH1", ["filled 2", "filled 1", "filled 1"]),
        // The receipt can come before the release here as elsewhere.
        ("1aR1 1aH2 1bH3 1cH4 1aG1", ["filled 2", "filled 1", "filled 1"]),
        // One leg stops: what has crossed on the others stays held.
        ("1aH1 1aH2 1bH3 1c!stop", ["held 2", "held 1", "listed 1"]),
        ("1aH1 1aH2 1bH3 1c!stop 1c!go 1cH4", ["filled 2", "filled 1", "filled 1"]),
        // A stop after everyone has gone on it holds the others still, until it goes on.
        ("1aH1 1aH2 1cH4 1c!stop 1bV3", ["held 2", "owed 1", "held 1"]),
        ("1bH3 1cH4 1aH1 1c!stop 1aV2", ["owed 1, held 1", "held 1", "held 1"]),
        ("1bH3 1cH4 1aH1 1c!stop 1aV2 1aF7 1aV7 1c!go", ["owed 1, held 1", "held 1", "held 1"]),
        ("1bH3 1cH4 1aH1 1aV2 1aF7 1c!stop 1c!go 1aH7", ["filled 2", "filled 1", "filled 1"]),
        // Who is held can be taken back, until all are complete.
        ("1aH1 1c!stop 1aT1", ["owed 1, listed 1", "listed 1", "listed 1"]),
        ("1aH1 1aH2 1bH3 1aT1 1cH4", ["owed 1, held 1", "held 1", "held 1"]),
        // A leg from which everyone left has nobody to show: the others stay held.
        ("1aH1 1aH2 1bV3 1cH4", ["held 2", "owed 1", "held 1"]),
        // Leaving does not make a leg complete, whoever has crossed: the slot is owed.
        ("1aH1 1bH3 1cH4 1aV2:leg-held", ["owed 1, held 1", "held 1", "held 1"]),
        ("1aH1 1bH3 1cH4 1aG2 1aD2 1aT2", ["owed 1, held 1", "held 1", "held 1"]),
        // It is complete once another has come for who left.
        ("1aH1 1bH3 1cH4 1aV2 1aF7", ["listed 1, held 1", "held 1", "held 1"]),
        ("1aH1 1bH3 1cH4 1aV2 1aF7 1aH7", ["filled 2", "filled 1", "filled 1"]),
    ];
    let terms = grouped();
    // The floors of the legs are 2, 1 and 1, so that after listing nothing is owed but what was left.
    for (words, expected) in cases {
        let ledger = booked(&terms, &format!("{READY} {words}"));
        assert_eq!([0, 1, 2].map(|leg| stands(&ledger, leg)), *expected, "{words}");
        let complete = ledger.slots()[&(1, 0)].complete;
        assert_eq!(complete, expected[0].contains("filled"), "{words}");
    }
}

#[test]
fn a_group_of_a_round_does_not_wait_for_another_round() {
    let ledger = booked(&grouped(), &format!("{READY} 2aL12 1aH1 1aH2 1bH3 1cH4"));
    assert_eq!(stands(&ledger, 0), "owed -1, listed 1, filled 2");
}

#[test]
fn lots_are_held_as_persons_are() {
    let ready = "aL9x5 bL8x1 cL7x3 a!ready b!ready c!ready";
    let cases: &[(&str, &str)] = &[
        ("aH9x5 bH8x1 cH7x2", "owed -3, held 5"),
        ("aH9x5 bH8x1 cH7x3", "owed -3, filled 5"),
        ("aH9x5 bH8x1 cH7x2 cV7x1:died", "owed -3, filled 5"),
        ("aH9x5 aT9x2 bH8x1 cH7x3", "owed -1, filled 3"),
        ("aH9x4 aG9x1 aT9x3 bH8x1 cH7x3", "owed 0, filled 2"),
    ];
    let terms = grouped();
    for (words, expected) in cases {
        let ledger = booked(&terms, &format!("{ready} {words}"));
        assert_eq!(stands(&ledger, 0), expected.replace("owed 0, ", ""), "{words}");
    }
}

#[test]
fn without_a_list_a_leg_of_a_group_is_complete_with_its_floor() {
    // The floors are 2, 1 and 1.
    let cases: &[(&str, [&str; 3])] = &[
        ("aH1 bH3 cH4", ["owed 1, held 1", "held 1", "held 1"]),
        ("aH1 bH3 cH4 aH2", ["filled 2", "filled 1", "filled 1"]),
        ("aH1 aH2 bH3 cH4", ["filled 2", "filled 1", "filled 1"]),
        // Who comes beyond the floor counts at once, in whichever order.
        ("aH1 aH2 aH5 bH3 cH4", ["owed -1, filled 3", "filled 1", "filled 1"]),
        ("aH1 aH2 bH3 cH4 aH5", ["owed -1, filled 3", "filled 1", "filled 1"]),
        ("aH1 aH2 bH3 cH4 aG5", ["owed -1, pending 1, filled 2", "filled 1", "filled 1"]),
        ("aG5 aH1 aH2 bH3 cH4", ["owed -1, pending 1, filled 2", "filled 1", "filled 1"]),
        ("aH9x2 bH3 c!stop", ["held 2", "held 1", "owed 1"]),
    ];
    let terms = grouped();
    for (words, expected) in cases {
        let ledger = booked(&terms, &format!("a!ready b!ready c!ready {words}"));
        assert_eq!([0, 1, 2].map(|leg| stands(&ledger, leg)), *expected, "{words}");
    }
}

#[test]
fn nobody_goes_before_all_are_ready_nor_while_one_has_stopped() {
    let terms = grouped();
    let not_ready = "leg to-corvo of those that complete together is not ready";
    let holds = "leg to-corvo of those that complete together has stopped: the others hold";
    let cases: &[(&str, &str)] = &[
        ("aL1 a!ready b!ready aG1", not_ready),
        ("aL1 a!ready b!ready aR1", not_ready),
        // Ready in another round is not ready in this.
        ("1aL1 a!ready b!ready c!ready 1aG1", "leg to-belmar of those that complete together is not ready"),
        (&format!("{READY} 1c!stop 1aG1"), holds),
        (&format!("{READY} 1c!stop 1aR1"), holds),
        (&format!("{READY} 1aG1 1c!stop 1aR1"), holds),
        (&format!("{READY} 1c!stop 1cG4"), holds),
        (
            "aL1 a!ready aL2",
            "the legs that complete together are ready or complete: nobody is listed any more in round 0",
        ),
        (
            &format!("1aL5 {READY} 1aH1 1aH2 1aV5 1bH3 1cH4 1aF6"),
            "the legs that complete together are ready or complete: nobody is listed any more in round 1",
        ),
        (
            &format!("{READY} 1aH1 1aH2 1bH3 1cH4 1aL5"),
            "the legs that complete together are ready or complete: nobody is listed any more in round 1",
        ),
        // Complete is complete: nobody is taken back from what was posted.
        (
            &format!("{READY} 1aH1 1aH2 1bH3 1cH4 1aT1"),
            "the act does not follow from where the person or lot stands: received",
        ),
        // Where there is a list, and in a numbered round, nobody goes who is not on it.
        (&format!("{READY} 1aG5"), "nobody has listed the person or lot"),
        ("1a!ready 1b!ready 1c!ready 1aG1", "nobody has listed the person or lot"),
        ("1a!ready 1b!ready 1c!ready 1aR1", "nobody has listed the person or lot"),
        ("1a!ready 1b!ready 1c!ready 1aG9x3", "nobody has listed the person or lot"),
        ("d!stop dG1", "leg alone of those that complete together has stopped: the others hold"),
    ];
    for (words, expected) in cases {
        let refused = book(&terms, words).unwrap_err();
        assert_eq!(refused.split_once(": ").unwrap().1, *expected, "{words}");
    }
}

/// A leg with a gate in the record, one of the neutral's in the acts on two occasions, and one of the holder's.
fn gated() -> Terms {
    terms_of(
        &[
            leg("to-belmar", "aronia", "belmar", "", "at_least = 10"),
            "[[gates]]\nclause = 4\nkind = \"fitness\"\nby = \"receiver\"\n".to_owned(),
            "[[gates]]\nclause = 5\nkind = \"will\"\nby = \"calder\"\noccasions = 2\nshown = \"in-acts\"\n"
                .to_owned(),
            "[[gates]]\nclause = 6\nkind = \"clearance\"\nby = \"holder\"\nshown = \"in-acts\"\n".to_owned(),
        ]
        .concat(),
    )
}

#[test]
fn a_gate_bars_the_release_until_it_is_passed_on_every_occasion() {
    let (will, fitness) =
        ("clause 5: the gate will is not passed", "clause 4: the gate fitness is not passed");
    let clearance = "clause 6: the gate clearance is not passed";
    let passed = "will+1@calder will+1@calder clearance+1@aronia";
    // Acts before the release of person 1; why it is refused.
    let cases: &[(&str, Option<&str>)] = &[
        (passed, None),
        ("", Some(will)),
        ("will+1@calder clearance+1@aronia", Some(will)),
        ("will+1@calder will+1@calder", Some(clearance)),
        ("will+1@calder will+1@calder clearance+2@aronia", Some(clearance)),
        (&format!("{passed} fitness-1"), Some(fitness)),
        (&format!("{passed} fitness-1 fitness+1"), None),
        (&format!("fitness+1 {passed} fitness-1"), Some(fitness)),
        (&format!("{passed} will-1@calder"), Some(will)),
        (&format!("{passed} will-1@calder will+1@calder"), None),
        // A gate that the terms do not have bars nobody.
        (&format!("{passed} security-1"), None),
        // The receipt may come first: the gate stands before the release.
        (&format!("aR1 {passed}"), None),
    ];
    let terms = gated();
    for (words, expected) in cases {
        let found = book(&terms, &format!("{words} aG1")).err();
        assert_eq!(found.as_deref().map(|error| error.split_once(": ").unwrap().1), *expected, "{words}");
    }
    assert_eq!(stands(&booked(&terms, "aG9x5"), 0), "owed 5, pending 5", "a lot has no will of its own");
}
