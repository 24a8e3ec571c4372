//! A whole run: what is found, what is refused out of turn, who is caught.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::matching::message::Message;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn each_side_finds_what_it_seeks_and_the_other_holds(
        lists in prop::array::uniform4(prop::collection::vec(0_u32..40, 0..20)),
        room in 0_u32..5,
        chunk in 1_u32..9,
    ) {
        let cap = |of: usize| lists[of].iter().collect::<BTreeSet<_>>().len() as u32 + room;
        let params = params([cap(0), cap(2)], [cap(1), cap(3)], chunk);
        let mut pair = Pair::new(&params, [&lists[0], &lists[1]], [&lists[2], &lists[3]]);
        pair.until_closed();
        for (side, sought, held) in [(Side::First, 0, 3), (Side::Second, 2, 1)] {
            let held: BTreeSet<u32> = lists[held].iter().copied().collect();
            let both: BTreeSet<u32> = lists[sought].iter().copied().filter(|n| held.contains(n)).collect();
            let mut expected: Vec<Vec<u8>> = both.into_iter().map(key).collect();
            expected.sort();
            prop_assert_eq!(pair.found(side), expected);
        }
    }
}

#[test]
fn keys_of_two_persons_that_are_equal_are_one_and_references_open_for_who_asks() {
    let mut params = params([4, 0], [0, 4], 4);
    params.reference = 16;
    let mut twice = person(1);
    twice.keys.push(b"v1|service|77".to_vec());
    let first = session(&params, Side::First, &persons(&[1, 1, 2, 3]), &[]);
    let second = session(&params, Side::Second, &[], &[twice.clone(), person(2), person(1)]);
    let mut pair = Pair { sides: [first, second], sent: Vec::new(), recorded: Vec::new() };
    pair.until_closed();
    let mut found: Vec<_> =
        pair.sides[0].matches().iter().map(|hit| (hit.key.clone(), hit.reference.clone())).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let opened = |text: &str| Reference::Opened(text.as_bytes().to_vec());
    assert!(found == [(key(1), opened("case 1")), (key(2), opened("case 2"))]);
}

#[test]
fn lists_that_are_not_as_agreed_are_refused() {
    let params = params([2, 2], [2, 2], 2);
    let check = |sought: &[Person], expected: &str| {
        let own = Own { sought, held: &[], run_secret: [1; 32], list_secret: [2; 32] };
        let why = Session::begin(params.clone(), Side::First, own, Workers::ONE).err();
        assert_eq!(why.map(|why| why.to_string()).unwrap_or_default(), expected);
    };
    let of = |keys: &[&str]| {
        let keys = keys.iter().map(|key| key.as_bytes().to_vec()).collect();
        vec![Person { keys, reference: Vec::new() }]
    };
    check(&of(&["v1|service|1"]), "");
    check(&of(&["v1|phonetic|1"]), "key 0 of person 0 is not of the required form, or there are too many");
    check(&of(&["v1|service|"]), "key 0 of person 0 is not of the required form, or there are too many");
    check(&of(&["v2|service|1"]), "key 0 of person 0 is not of the required form, or there are too many");
    check(
        &of(&["v1|service|1", "v1|service|2", "v1|service|3", "v1|service|4"]),
        "key 3 of person 0 is not of the required form, or there are too many",
    );
    check(&persons(&[1, 2, 3]), "3 keys, the cap is 2");
    check(&[person(1)], "the case reference of person 0 is longer than agreed");
}

#[test]
fn nothing_is_said_before_its_turn() {
    let params = params([4, 4], [4, 4], 2);
    let mut pair = Pair::new(&params, [&[1], &[2]], [&[2], &[1]]);
    let why = |result: Result<Vec<u8>, Refusal>| result.unwrap_err().to_string();
    assert_eq!(why(pair.sides[0].accept()), "out of turn: the other side's commit first");
    assert_eq!(why(pair.sides[0].tags()), "out of turn: both accepts first");
    let commit = pair.sides[1].commit().to_vec();
    pair.sides[0].receive(&commit).unwrap();
    let accept = pair.sides[0].accept().unwrap();
    assert_eq!(pair.sides[0].receive(&commit), Err(Refusal::Replayed));
    assert!(matches!(pair.sides[1].receive(&accept), Err(Refusal::OutOfTurn(_))));
    assert_eq!(why(pair.sides[0].tags()), "out of turn: both accepts first");

    let mut pair = Pair::new(&params, [&[1], &[2]], [&[2], &[1]]);
    pair.until_accepted();
    assert!(matches!(pair.sides[0].query(), Err(Refusal::OutOfTurn(_))));
    assert!(matches!(pair.sides[0].close(), Err(Refusal::OutOfTurn(_))));
    let mut played = Pair::new(&params, [&[1], &[2]], [&[2], &[1]]);
    played.until_tags();
    let query = played.sides[0].query().unwrap().unwrap();
    let refused = pair.sides[1].receive(&query);
    assert_eq!(refused, Err(Refusal::OutOfTurn("the asker's own tags first")));
}

#[test]
fn an_answer_waits_for_its_entry_and_comes_once() {
    let params = params([4, 4], [4, 4], 2);
    let mut pair = Pair::new(&params, [&[1], &[2]], [&[2], &[1]]);
    pair.until_tags();
    let query = pair.sides[0].query().unwrap().unwrap();
    assert_eq!(pair.sides[0].query().unwrap().unwrap(), query, "until it is answered the same is given");
    let Event::EvaluationDue(entry) = pair.send(Side::First, query.clone()) else { panic!() };
    assert_eq!((entry.run, entry.from, entry.to, entry.query), (1, 0, 2, Digest::of(&query)));
    assert_eq!(pair.sides[1].receive(&query), Err(Refusal::Replayed), "while it waits");
    let other = Evaluation { to: 1, ..entry };
    assert_eq!(pair.sides[1].recorded(&other), Err(Refusal::NotRecorded));
    let answer = pair.sides[1].recorded(&entry).unwrap();
    assert_eq!(pair.sides[1].recorded(&entry), Err(Refusal::NotRecorded), "an entry counts once");
    assert_eq!(pair.sides[1].receive(&query), Err(Refusal::Replayed), "when it is answered");
    pair.send(Side::Second, answer.clone());
    assert_eq!(pair.sides[0].receive(&answer), Err(Refusal::Replayed));
}

#[test]
fn the_chunks_of_both_directions_alternate() {
    let params = params([6, 6], [4, 4], 2);
    let mut pair = Pair::new(&params, [&[1], &[2]], [&[2], &[1]]);
    pair.until_tags();
    assert!(pair.chunk(Side::First));
    let next = pair.sides[0].query().unwrap().unwrap();
    let refused = Err(Refusal::OutOfTurn("an answer to this side's chunk first"));
    assert_eq!(pair.sides[1].receive(&next), refused);
    assert!(pair.chunk(Side::Second));
    assert!(pair.chunk(Side::First), "one chunk ahead and not two");
}

#[test]
fn guessing_stops_at_the_budget() {
    let params = params([6, 0], [0, 8], 4);
    let mut pair = Pair::new(&params, [&[1, 2, 3, 4, 5, 6], &[]], [&[], &[1, 9]]);
    pair.until_answered();
    assert_eq!(
        pair.recorded.iter().map(|entry| (entry.from, entry.to)).collect::<Vec<_>>(),
        [(0, 4), (4, 6)]
    );
    assert_eq!(pair.sides[0].query(), Ok(None));
    // The asker's own software would not; an attacker makes more points and asks.
    let id = pair.sides[0].id();
    let guesses = Points::blind(&[(key(7), [7; 32]), (key(8), [8; 32])], Workers::ONE);
    for (at, asked) in [(6, 8), (5, 7), (8, 10), (u32::MAX, u64::from(u32::MAX) + 2)] {
        let query = Message::Query { at, points: guesses.bytes() }.encode(&id, Side::First);
        assert_eq!(pair.sides[1].receive(&query), Err(Refusal::OutOfBudget { asked, cap: 6 }));
    }
    let over = Message::Query { at: 4, points: guesses.bytes() }.encode(&id, Side::First);
    assert_eq!(pair.sides[1].receive(&over), Err(Refusal::Replayed), "places that were asked are spent");
}

#[test]
fn a_query_that_was_not_committed_to_is_refused() {
    let params = params([4, 0], [0, 4], 2);
    let mut pair = Pair::new(&params, [&[1], &[]], [&[], &[1]]);
    pair.until_tags();
    let guesses = Points::blind(&[(key(7), [7; 32]), (key(8), [8; 32])], Workers::ONE);
    let query = Message::Query { at: 0, points: guesses.bytes() }.encode(&params.session(), Side::First);
    assert_eq!(pair.sides[1].receive(&query), Err(Refusal::NotCommitted));
    let later = Message::Query { at: 2, points: guesses.bytes() }.encode(&params.session(), Side::First);
    assert_eq!(pair.sides[1].receive(&later), Err(Refusal::OutOfTurn("the chunk before first")));
}

/// An asker that commits to points of its choice.
fn asks_points(params: &Params, points: &[PointBytes]) -> Result<Event, Refusal> {
    let mut pair = Pair::new(params, [&[], &[]], [&[], &[1]]);
    let id = params.session();
    let query = Message::Query { at: 0, points }.encode(&id, Side::First);
    let (_, message) = Message::decode(params, &id, pair.sides[0].commit()).unwrap();
    let Message::Commit(mut commit) = message else { panic!() };
    commit.queries = vec![Digest::of(&query)];
    pair.sides[0].commit = Message::Commit(commit).encode(&id, Side::First);
    pair.until_tags();
    pair.sides[1].receive(&query)
}

#[test]
fn points_in_another_encoding_and_the_identity_are_refused() {
    let params = params([2, 0], [0, 4], 2);
    let good = Points::blind(&[(key(7), [7; 32])], Workers::ONE).bytes()[0];
    let mut above = [0xff; 32];
    above[31] = 0x7f;
    let mut negative = good;
    negative[0] |= 1;
    let mut high_bit = good;
    high_bit[31] |= 0x80;
    assert!(matches!(asks_points(&params, &[good, good]), Ok(Event::EvaluationDue(_))));
    for bad in [[0; 32], above, negative, high_bit] {
        assert_eq!(asks_points(&params, &[good, bad]), Err(Refusal::Point { at: 1 }), "{bad:02x?}");
    }
}

#[test]
fn a_holder_that_uses_another_key_for_one_query_is_caught() {
    let params = params([4, 0], [0, 4], 4);
    let mut pair = Pair::new(&params, [&[1, 2, 3, 4], &[]], [&[], &[1, 2]]);
    pair.until_tags();
    let query = pair.sides[0].query().unwrap().unwrap();
    let Event::EvaluationDue(entry) = pair.send(Side::First, query.clone()) else { panic!() };
    let answer = pair.sides[1].recorded(&entry).unwrap();
    let id = params.session();
    let (_, Message::Answer { at, points, proof }) = Message::decode(&params, &id, &answer).unwrap() else {
        panic!()
    };
    let (_, Message::Query { points: asked, .. }) = Message::decode(&params, &id, &query).unwrap() else {
        panic!()
    };
    let asked = Points::read(asked, Workers::ONE).unwrap();
    for wrong in 0..4 {
        let mut points = points.to_vec();
        points[wrong] =
            HolderKey::derive(&[9; 32], b"").evaluate(&asked.points()[wrong..=wrong], Workers::ONE)[0];
        let answer = Message::Answer { at, points: &points, proof }.encode(&id, Side::Second);
        assert_eq!(pair.sides[0].receive(&answer), Err(Refusal::Proof));
    }
    let other = HolderKey::derive(&[9; 32], b"");
    let place = [id.as_bytes().as_slice(), &[0], &[0; 4]].concat();
    let (points, proof) = evaluate(&other, &asked, Weights::Chunk(&place), Workers::ONE);
    let answer_of_other = Message::Answer { at, points: &points, proof }.encode(&id, Side::Second);
    assert_eq!(pair.sides[0].receive(&answer_of_other), Err(Refusal::Proof), "a proof for another key");
    assert_eq!(pair.sides[0].receive(&answer), Ok(Event::Answered { hits: 2 }), "nothing has changed");
}

#[test]
fn tags_other_than_the_ones_committed_to_are_refused() {
    let params = params([2, 0], [0, 3], 2);
    let id = params.session();
    let mut pair = Pair::new(&params, [&[1], &[]], [&[], &[1, 2]]);
    pair.until_accepted();
    let mut rows = pair.sides[1].rows.clone();
    rows[3] ^= 1;
    for rows in [&rows[..], &rows[..2 * TAG_BYTES], &[]] {
        let changed = Message::Tags { rows }.encode(&id, Side::Second);
        assert_eq!(pair.sides[0].receive(&changed), Err(Refusal::TagsChanged));
    }
    // A holder that commits to rows out of order, or twice the same row.
    let good = pair.sides[1].rows.clone();
    let (first, second) = (&good[..TAG_BYTES], &good[TAG_BYTES..2 * TAG_BYTES]);
    for (rows, at) in [([second, first, first].concat(), 1), ([first, second, second].concat(), 2)] {
        let mut pair = Pair::new(&params, [&[1], &[]], [&[], &[1, 2]]);
        let (_, message) = Message::decode(&params, &id, pair.sides[1].commit()).unwrap();
        let Message::Commit(mut commit) = message else { panic!() };
        commit.tags = Digest::of(&rows);
        pair.sides[1].commit = Message::Commit(commit).encode(&id, Side::Second);
        pair.until_accepted();
        let tags = Message::Tags { rows: &rows }.encode(&id, Side::Second);
        assert_eq!(pair.sides[0].receive(&tags), Err(Refusal::TagOrder { at }));
    }
}

#[test]
fn a_commit_with_a_bad_key_or_more_queries_than_agreed_is_refused() {
    let params = params([4, 4], [4, 4], 2);
    let id = params.session();
    let mut pair = Pair::new(&params, [&[1], &[2]], [&[2], &[1]]);
    let (_, message) = Message::decode(&params, &id, pair.sides[1].commit()).unwrap();
    let Message::Commit(good) = message else { panic!() };
    let mut check = |commit: Commit, expected| {
        let bytes = Message::Commit(commit).encode(&id, Side::Second);
        assert_eq!(pair.sides[0].receive(&bytes), Err(expected));
    };
    check(Commit { key: [0; 32], ..good.clone() }, Refusal::PublicKey);
    check(Commit { key: [0xff; 32], ..good.clone() }, Refusal::PublicKey);
    let more = vec![good.tags; 3];
    check(Commit { queries: more, ..good.clone() }, Refusal::OutOfBudget { asked: 6, cap: 4 });
}

#[test]
fn the_close_is_over_what_both_saw_and_ends_everything() {
    let params = params([4, 4], [4, 4], 2);
    let mut pair = Pair::new(&params, [&[1], &[2]], [&[2], &[1]]);
    pair.until_answered();
    let other = Message::Close { transcript: Digest([1; 32]) }.encode(&params.session(), Side::Second);
    assert_eq!(pair.sides[0].receive(&other), Err(Refusal::OtherTranscript));
    let close = pair.sides[1].close().unwrap();
    assert_eq!(pair.sides[0].receive(&close), Ok(Event::CloseSeen));
    assert_eq!(pair.sides[0].receive(&close), Err(Refusal::Replayed));
    let own = pair.sides[0].close().unwrap();
    assert_eq!(pair.sides[0].receive(&close), Err(Refusal::Replayed));
    assert_eq!(pair.sides[1].receive(&own), Ok(Event::CloseSeen));
    assert!(pair.sides.iter().all(|side| side.key.is_none()), "the key is gone");
    assert_eq!(pair.found(Side::First), [key(1)]);
    for (from, bytes) in &pair.sent {
        assert_eq!(pair.sides[from.other().at()].receive(bytes), Err(Refusal::Closed));
    }
    assert_eq!(pair.sides[0].query(), Err(Refusal::Closed));
}

#[test]
fn an_audit_opens_what_is_drawn_and_finds_what_does_not_explain_the_queries() {
    let params = params([16, 16], [8, 8], 5);
    let mut pair = Pair::new(&params, [&[1, 2, 3], &[2]], [&[2], &[1, 2]]);
    pair.until_closed();
    let heads = [Digest([1; 32]), Digest([2; 32])];
    let commit_of = |side: Side| {
        let own = pair.sides[side.at()].commit();
        let (_, Message::Commit(commit)) = Message::decode(&params, &params.session(), own).unwrap() else {
            panic!()
        };
        commit
    };
    let places = drawn(&params, &heads, Side::First, ListKind::Sought);
    assert_eq!(places.len(), 4);
    assert_ne!(places, drawn(&params, &[heads[1], heads[0]], Side::First, ListKind::Sought));
    let commit = commit_of(Side::First);
    let (sought, _) = pair.sides[0].lists();
    let queries: Vec<Vec<u8>> = of_kind(&pair, Side::First, "psi.query");
    let every: Vec<u32> = (0..16).collect();
    for places in [&places, &every] {
        let bytes = open(&params, Side::First, sought, places).unwrap();
        let leaves = check(&params, Side::First, ListKind::Sought, &commit, places, &bytes).unwrap();
        explain_queries(&params, Side::First, &commit, &queries, &leaves).unwrap();
        let persons = leaves.iter().filter(|leaf| !leaf.fills_up()).count();
        assert!(places.len() != 16 || persons == 3, "thirteen leaves fill the list up");
        let refused = check(&params, Side::First, ListKind::Sought, &commit, &[1], &bytes);
        assert_eq!(refused, Err(Refusal::OtherLeaves));
        let refused = check(&params, Side::First, ListKind::Held, &commit, places, &bytes);
        assert_eq!(refused, Err(Refusal::OtherLeaves));
    }
    let bytes = open(&params, Side::First, sought, &every).unwrap();
    let mut leaves = check(&params, Side::First, ListKind::Sought, &commit, &every, &bytes).unwrap();
    leaves[3].salt = leaves[4].salt;
    let refused = explain_queries(&params, Side::First, &commit, &queries, &leaves);
    assert_eq!(refused, Err(Refusal::Unexplained { at: 3 }));
    let refused = explain_queries(&params, Side::First, &commit, &queries[..2], &leaves);
    assert_eq!(refused, Err(Refusal::NotCommitted));

    let commit = commit_of(Side::Second);
    let every: Vec<u32> = (0..8).collect();
    let bytes = open(&params, Side::Second, pair.sides[1].lists().1, &every).unwrap();
    let mut leaves = check(&params, Side::Second, ListKind::Held, &commit, &every, &bytes).unwrap();
    let tags = &of_kind(&pair, Side::Second, "psi.tags")[0];
    explain_tags(&params, &commit, &[2; 32], tags, &leaves).unwrap();
    assert_eq!(explain_tags(&params, &commit, &[3; 32], tags, &leaves), Err(Refusal::PublicKey));
    leaves[5].key = key(77);
    assert_eq!(explain_tags(&params, &commit, &[2; 32], tags, &leaves), Err(Refusal::Unexplained { at: 5 }));
}

fn of_kind(pair: &Pair, side: Side, kind: &str) -> Vec<Vec<u8>> {
    let is = |bytes: &[u8]| bytes.windows(kind.len()).any(|window| window == kind.as_bytes());
    pair.sent
        .iter()
        .filter(|(from, bytes)| *from == side && is(bytes))
        .map(|(_, bytes)| bytes.clone())
        .collect()
}

#[test]
fn the_tree_is_that_of_rfc_6962() {
    let leaf = |n: u8| Digest::of(&[0, n]).0;
    let node = |a: [u8; 32], b: [u8; 32]| Digest::of(&[&[1][..], &a, &b].concat()).0;
    let five: Vec<[u8; 32]> = (0..5).map(leaf).collect();
    assert_eq!(merkle::root(&[]), Digest::of(&[]).0);
    let four = node(node(leaf(0), leaf(1)), node(leaf(2), leaf(3)));
    assert_eq!(merkle::root(&five), node(four, leaf(4)));
    for size in 1..40 {
        let leaves: Vec<[u8; 32]> = (0..size).map(leaf).collect();
        for at in 0..leaves.len() {
            let path = merkle::path(&leaves, at);
            let to = |at, path: &[[u8; 32]]| merkle::root_from(&leaves[0], at, u32::from(size), path);
            let led = merkle::root_from(&leaves[at], at as u32, u32::from(size), &path);
            assert_eq!(led, Some(merkle::root(&leaves)));
            assert!(at == 0 || to(at as u32, &path) != led, "another leaf leads elsewhere");
            assert_eq!(to(u32::from(size), &path), None, "no place beyond the end");
            assert_eq!(to(at as u32, &[path, vec![[0; 32]]].concat()), None, "no longer path");
        }
    }
}
