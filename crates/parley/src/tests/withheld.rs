//! A seed that is not shown: who may say so and when, what follows, and what crosses it.

use super::record::{Node, digest, meet};
use super::{aronia, belmar, calder, item};
use crate::*;

const SEED: [u8; 32] = [7; 32];

/// Both have committed, and each has seen it.
fn committed() -> (Node, Node) {
    let (mut a, mut b) = (Node::new(aronia()), Node::new(belmar()));
    meet(&mut a, &mut b);
    for node in [&mut a, &mut b] {
        let seed = seed_digest(1, &node.me.id, &SEED);
        node.say(Body::Commit { round: 1, pool: digest(9), seed });
    }
    meet(&mut a, &mut b);
    (a, b)
}

fn reveal() -> Body {
    Body::Reveal { round: 1, seed: SEED }
}

fn withheld() -> Body {
    Body::Withheld { round: 1 }
}

fn nominate(n: u8) -> Body {
    Body::Nominate { round: 1, items: vec![item(n)], digest: digest(9) }
}

#[test]
fn only_who_has_shown_its_seed_and_not_seen_the_other_s_says_so() {
    type Before = fn(&mut Node, &mut Node);
    let cases: [(&str, Before, Result<(), Unlawful>); 6] = [
        (
            "both committed, the author has revealed",
            |a, _| {
                a.say(reveal());
            },
            Ok(()),
        ),
        ("not revealed oneself", |_, _| {}, Err(Unlawful::OwnSeed { round: 1 })),
        (
            "the other has revealed, and it is seen",
            |a, b| {
                a.say(reveal());
                b.say(reveal());
                meet(a, b);
            },
            Err(Unlawful::SeedShown { round: 1 }),
        ),
        (
            "the other has revealed, and it is not seen",
            |a, b| {
                a.say(reveal());
                b.say(reveal());
            },
            Ok(()),
        ),
        (
            "said before",
            |a, _| {
                a.say(reveal());
                a.say(withheld());
            },
            Err(Unlawful::Again { round: 1 }),
        ),
        (
            "the other has closed",
            |a, b| {
                a.say(reveal());
                b.say(Body::Close { round: 1 });
                meet(a, b);
            },
            Err(Unlawful::Closed { round: 1, by: belmar().id }),
        ),
    ];
    for (what, before, expected) in cases {
        let (mut a, mut b) = committed();
        before(&mut a, &mut b);
        let said = a.try_say(withheld());
        assert_eq!(said.map(drop), expected.map_err(Refusal::from), "{what}");
    }
    let early = Node::new(aronia()).try_say(withheld());
    assert_eq!(early, Err(Unlawful::TooEarly { round: 1, needs: "commits" }.into()));
    let neutral = Node::new(calder()).try_say(withheld());
    assert_eq!(neutral, Err(Unlawful::Neutral("withheld").into()));
}

#[test]
fn a_void_round_takes_no_seed_no_roll_and_no_list_and_is_closed_by_both() {
    let (mut a, mut b) = committed();
    a.say(reveal());
    let said = a.say(withheld());
    meet(&mut a, &mut b);
    assert_eq!(b.round().withheld(), Some((a.me.id, said)));
    let void = || Err(Unlawful::Void { round: 1 }.into());
    assert_eq!(b.try_say(reveal()), void(), "the seed comes too late");
    assert_eq!(a.try_say(nominate(1)), void());
    let list = Body::Propose { round: 1, version: 1, replaces: 0, items: Vec::new(), digest: digest(1) };
    assert_eq!(a.try_say(list.clone()), void());
    assert_eq!(b.try_say(list), void());
    assert_eq!(a.round().joint_seed(), None);
    for node in [&mut a, &mut b] {
        node.say(Body::Notice { round: 1, kind: NoticeKind::Cancelled, until: None });
        node.say(Body::Account { round: 1, digest: digest(8), delivered: 0, received: 0 });
        node.say(Body::Close { round: 1 });
    }
    meet(&mut a, &mut b);
    assert!(a.round().is_closed() && a.round().is_void());
}

#[test]
fn a_seed_and_a_roll_that_crossed_it_stand_and_bind_nobody() {
    let (mut a, mut b) = committed();
    a.say(reveal());
    meet(&mut a, &mut b);
    // Belmar reveals and nominates while aronia, who has not seen it, says that the seed was withheld.
    b.say(reveal());
    b.say(nominate(3));
    a.say(withheld());
    meet(&mut a, &mut b);
    for node in [&mut a, &mut b] {
        assert!(node.round().is_void());
        assert!(node.round().joint_seed().is_some(), "the seed that crossed is in the record");
        assert_eq!(node.try_say(nominate(1)), Err(Unlawful::Void { round: 1 }.into()));
    }
    // The item of that roll is free for the next round.
    let next = seed_digest(2, &b.me.id, &SEED);
    b.say(Body::Commit { round: 2, pool: digest(9), seed: next });
    assert_eq!(b.record.view().slot_elsewhere(2, &item(3)), None);
}

#[test]
fn said_by_both_at_once_it_reads_the_same_on_both_nodes() {
    let (mut a, mut b) = committed();
    let mut first = None;
    for node in [&mut a, &mut b] {
        node.say(reveal());
        let said = node.say(withheld());
        assert_eq!(node.round().withheld(), Some((node.me.id, said)), "before the other's comes");
        first = first.or(Some((node.me.id, said)));
    }
    meet(&mut a, &mut b);
    for node in [&a, &b] {
        assert_eq!(node.round().withheld(), first);
    }
    assert_eq!(a.record.view().state_digest(), b.record.view().state_digest());
}
