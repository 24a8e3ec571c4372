//! The record from signed bytes: any order, forgery, forks, and a whole round between two nodes.

use proptest::prelude::*;

use super::{AGREEMENT, Member, aronia, belmar, calder, item, members};
use crate::*;

pub(crate) struct Node {
    pub me: Member,
    pub record: Record,
    pub clock: u64,
}

impl Node {
    pub(crate) fn new(me: Member) -> Node {
        let mut record = Record::new(members());
        record.admit(me.log(LogKind::Shared).entries()[0].bytes()).unwrap();
        Node { me, record, clock: 2_000 }
    }

    pub(crate) fn try_say(&mut self, body: Body) -> Result<EntryId, Refusal> {
        self.clock += 1;
        self.record.append(&self.me.id, body, self.clock, &self.me.node).map(|e| e.id())
    }

    pub(crate) fn say(&mut self, body: Body) -> EntryId {
        let name = body.name();
        self.try_say(body).unwrap_or_else(|why| panic!("{name}: {why}"))
    }

    /// Sends what the other lacks, as a sealed file.
    pub(crate) fn tell(&self, other: &mut Node) {
        let file = self.file_for(other, |_| None);
        let bundle = Bundle::open(&file, &other.me.transport).unwrap();
        for entry in &bundle.entries {
            other.record.admit(entry).unwrap();
        }
        if bundle.heads == other.record.heads() {
            assert_eq!(bundle.state, other.record.view().state_digest());
        }
    }

    pub(crate) fn file_for(&self, other: &Node, documents: impl Fn(&Digest) -> Option<Vec<u8>>) -> Vec<u8> {
        let heads = other.record.heads();
        let bundle = bundle_for(&self.record, self.me.id, other.me.id, &heads, documents).unwrap();
        bundle.seal(&other.me.transport.public(), Digest::of(&self.clock.to_be_bytes()).0).unwrap()
    }

    pub(crate) fn round(&self) -> Round<'_> {
        self.record.view().round(1).unwrap()
    }
}

pub(crate) fn meet(a: &mut Node, b: &mut Node) {
    a.tell(b);
    b.tell(a);
    assert_eq!(a.record.view().state_digest(), b.record.view().state_digest());
}

pub(crate) fn digest(n: u8) -> Digest {
    Digest([n; 32])
}

fn list(version: u32, items: &[(u8, PartyId)]) -> Body {
    let items = items.iter().map(|(n, holder)| ListItem { item: item(*n), holder: *holder }).collect();
    Body::Propose { round: 1, version, replaces: version - 1, items, digest: digest(version as u8) }
}

fn will(n: u8, occasion: Occasion, answer: Answer) -> Body {
    Body::Will { round: 1, item: item(n), occasion, answer }
}

/// Both have committed, revealed and nominated: items 1, 2 by aronia, 3, 4 by belmar.
fn nominated() -> (Node, Node) {
    let (mut a, mut b) = (Node::new(aronia()), Node::new(belmar()));
    meet(&mut a, &mut b);
    for node in [&mut a, &mut b] {
        let seed = seed_digest(1, &node.me.id, &[7; 32]);
        node.say(Body::Commit { round: 1, pool: digest(9), seed });
    }
    let early = a.try_say(Body::Reveal { round: 1, seed: [7; 32] });
    assert_eq!(early, Err(Unlawful::TooEarly { round: 1, needs: "commits" }.into()));
    meet(&mut a, &mut b);
    let wrong = a.try_say(Body::Reveal { round: 1, seed: [8; 32] });
    assert_eq!(wrong, Err(Unlawful::Seed { round: 1 }.into()));
    a.say(Body::Reveal { round: 1, seed: [7; 32] });
    assert_eq!(a.round().phase(&b.me.id), Phase::Committed, "committed, not revealed");
    assert_eq!(a.round().joint_seed(), None);
    b.say(Body::Reveal { round: 1, seed: [7; 32] });
    meet(&mut a, &mut b);
    assert_eq!(a.round().joint_seed(), Some(joint_seed(&AGREEMENT, 1, &[7; 32], &[7; 32])));
    a.say(Body::Nominate { round: 1, items: vec![item(1), item(2)], digest: digest(9) });
    b.say(Body::Nominate { round: 1, items: vec![item(3), item(4)], digest: digest(9) });
    meet(&mut a, &mut b);
    (a, b)
}

fn listed() -> (Node, Node) {
    let (mut a, mut b) = nominated();
    let (ha, hb) = (a.me.id, b.me.id);
    let early = a.try_say(list(1, &[(1, ha), (5, hb)]));
    assert_eq!(early, Err(Unlawful::NotNominated(item(5)).into()));
    let entry = a.say(list(1, &[(1, ha), (2, ha), (3, hb), (4, hb)]));
    meet(&mut a, &mut b);
    b.say(Body::Accept { entry });
    meet(&mut a, &mut b);
    (a, b)
}

/// A whole round: a refusal at the crossing, an amendment that refills, a person not delivered, accounts, closes.
pub(crate) fn played() -> (Node, Node) {
    let (mut a, mut b) = listed();
    let (ha, hb) = (a.me.id, b.me.id);
    for (node, items) in [(&mut a, [1, 2]), (&mut b, [3, 4])] {
        for n in items {
            node.say(will(n, Occasion::First, Answer::Willing));
        }
    }
    a.say(will(1, Occasion::Second, Answer::Willing));
    a.say(will(2, Occasion::Second, Answer::Unwilling));
    assert_eq!(
        a.try_say(Body::Release { round: 1, item: item(2) }),
        Err(Unlawful::NoConsent(item(2)).into())
    );
    a.say(Body::Depart { round: 1, item: item(2), ground: DepartGround::Unwilling });
    let one = a.say(Body::Release { round: 1, item: item(1) });
    b.say(will(3, Occasion::Second, Answer::Willing));
    let three = b.say(Body::Release { round: 1, item: item(3) });
    meet(&mut a, &mut b);
    assert_eq!(b.round().vacated(&ha), vec![item(2)]);
    b.say(Body::Receipt { release: one });
    a.say(Body::Dispute { release: three, ground: DisputeGround::NotDelivered });
    assert_eq!(a.try_say(Body::Receipt { release: three }), Err(Unlawful::Settled(three).into()));
    let refill = a.say(list(2, &[(1, ha), (3, hb), (4, hb), (6, ha)]));
    meet(&mut a, &mut b);
    b.say(Body::Accept { entry: refill });
    b.say(Body::TakeBack { release: three });
    assert_eq!(b.round().state(&item(3)), Some(ItemState::Returned));
    b.say(Body::Depart { round: 1, item: item(3), ground: DepartGround::NotBrought });
    b.say(Body::Depart { round: 1, item: item(4), ground: DepartGround::Died });
    meet(&mut a, &mut b);
    for occasion in [Occasion::First, Occasion::Second] {
        a.say(will(6, occasion, Answer::Willing));
    }
    let six = a.say(Body::Release { round: 1, item: item(6) });
    assert_eq!(a.try_say(Body::Close { round: 1 }), Err(Unlawful::InTransit { round: 1, count: 1 }.into()));
    meet(&mut a, &mut b);
    b.say(Body::Receipt { release: six });
    meet(&mut a, &mut b);
    for (node, delivered, received) in [(&mut a, 2, 0), (&mut b, 0, 2)] {
        node.say(Body::Account { round: 1, digest: digest(8), delivered, received });
        node.say(Body::Close { round: 1 });
    }
    meet(&mut a, &mut b);
    (a, b)
}

#[test]
fn a_whole_round_ends_equal_on_both_nodes() {
    let (a, b) = played();
    let round = a.round();
    assert!(round.is_closed());
    let counts = |party| round.counts(party);
    assert_eq!(counts(&a.me.id), Counts { released: 2, received: 2, returned: 0, disputed: 0 });
    assert_eq!(counts(&b.me.id), Counts { released: 1, received: 0, returned: 1, disputed: 0 });
    let list = round.effective().unwrap();
    assert_eq!((list.version, list.items.len()), (2, 4));
    let states: Vec<_> = round.items().into_values().map(|(_, state)| state).collect();
    use ItemState::{Departed, Received};
    assert_eq!(
        states,
        [
            Received,
            Departed(DepartGround::Unwilling),
            Departed(DepartGround::NotBrought),
            Departed(DepartGround::Died),
            Received
        ]
    );
    let released: Vec<_> = a.record.view().released_items().into_keys().collect();
    assert_eq!(released, [item(1), item(6)]);
    assert_eq!(round.account(&b.me.id).map(|a| a.received), Some(2));
    assert_eq!(a.record.heads(), b.record.heads());
}

#[test]
fn the_rules_refuse_with_their_invariant() {
    let (mut a, mut b) = listed();
    let (ha, hb) = (a.me.id, b.me.id);
    let refused = |node: &mut Node, body: Body, expected: Unlawful, invariant: u8| {
        let got = node.try_say(body).unwrap_err();
        assert_eq!((got.invariant(), got), (invariant, expected.into()));
    };
    let all = [(1, ha), (2, ha), (3, hb), (4, hb)];
    refused(&mut a, list(1, &all), Unlawful::Version { expected: 2 }, 2);
    refused(&mut a, list(2, &all[..3]), Unlawful::DropsOthers(item(4)), 2);
    refused(&mut a, list(2, &[(1, hb), (2, ha), (3, hb), (4, hb)]), Unlawful::OtherHolder(item(1)), 4);
    refused(&mut a, Body::Release { round: 1, item: item(3) }, Unlawful::NotListed(item(3)), 3);
    refused(&mut a, Body::Release { round: 1, item: item(1) }, Unlawful::NoConsent(item(1)), 5);
    refused(&mut a, will(1, Occasion::Second, Answer::Willing), Unlawful::NotAsked(item(1)), 5);
    refused(&mut a, Body::Accept { entry: EntryId([1; 32]) }, Unlawful::Unknown(EntryId([1; 32])), 11);
    for occasion in [Occasion::First, Occasion::Second] {
        a.say(will(1, occasion, Answer::Willing));
        a.say(will(2, occasion, Answer::Willing));
    }
    // A will is revocable until the release.
    a.say(will(2, Occasion::First, Answer::Unwilling));
    refused(&mut a, Body::Release { round: 1, item: item(2) }, Unlawful::NoConsent(item(2)), 5);
    let release = a.say(Body::Release { round: 1, item: item(1) });
    refused(&mut a, Body::Release { round: 1, item: item(1) }, Unlawful::Released(item(1)), 4);
    refused(&mut a, list(2, &all[1..]), Unlawful::DropsReleased(item(1)), 3);
    refused(&mut a, Body::Receipt { release }, Unlawful::Own(release), 11);
    refused(&mut a, Body::Close { round: 1 }, Unlawful::InTransit { round: 1, count: 1 }, 10);
    // Version 2 is the first party's to propose or to accept, not both; its own amendment stops its releases.
    let mine = a.say(list(2, &all));
    refused(&mut a, Body::Release { round: 1, item: item(2) }, Unlawful::Frozen(mine), 3);
    let theirs = b.say(list(2, &all[..3]));
    meet(&mut a, &mut b);
    refused(&mut a, Body::Accept { entry: theirs }, Unlawful::PriorityProposed { version: 2 }, 1);
    refused(&mut a, list(2, &all), Unlawful::OwnProposalOpen(mine), 1);
    refused(&mut b, Body::Withdraw { entry: mine }, Unlawful::NotOwn(mine), 11);
    b.say(Body::Accept { entry: mine });
    refused(
        &mut b,
        Body::Reject { entry: mine, ground: "late".parse().unwrap() },
        Unlawful::NotOpen(mine),
        1,
    );
    b.say(Body::Receipt { release });
    refused(&mut b, Body::Receipt { release }, Unlawful::Settled(release), 6);
    meet(&mut a, &mut b);
    assert_eq!(a.round().proposal_state(&theirs), Some(ProposalState::Superseded));
    refused(&mut a, Body::TakeBack { release }, Unlawful::Settled(release), 6);
    a.say(Body::Close { round: 1 });
    refused(&mut a, list(3, &all), Unlawful::Closed { round: 1, by: ha }, 10);
    meet(&mut a, &mut b);
    refused(&mut b, list(3, &all), Unlawful::Closed { round: 1, by: ha }, 10);
    // Nobody goes twice, in any round; a neutral acts for nobody.
    refused(
        &mut b,
        Body::Reveal { round: 2, seed: [0; 32] },
        Unlawful::TooEarly { round: 2, needs: "commits" },
        11,
    );
    let mut c = Node::new(calder());
    refused(&mut c, Body::Close { round: 1 }, Unlawful::Neutral("close"), 11);
    let heads = c.record.heads();
    c.say(Body::Observe { heads });
}

#[test]
fn who_observes_names_the_entries_that_it_has_seen() {
    let (mut a, mut b) = (Node::new(aronia()), Node::new(belmar()));
    meet(&mut a, &mut b);
    let seen = a.record.heads();
    let heads = vec![seen[0], Head { hash: EntryId([1; 32]), ..seen[1] }];
    assert_eq!(a.try_say(Body::Observe { heads: heads.clone() }), Err(Unlawful::Observed.into()));
    let log = a.record.log(&a.me.id).unwrap();
    let signed = log.sign_next(vec![seen[1]], 9, Body::Observe { heads }, &a.me.node).unwrap();
    assert_eq!(b.record.admit(signed.bytes()), Err(Unlawful::Observed.into()));
    a.say(Body::Observe { heads: seen });
    a.tell(&mut Node::new(calder()));
}

/// Both have revealed in round 2.
fn second_round((mut a, mut b): (Node, Node)) -> (Node, Node) {
    for node in [&mut a, &mut b] {
        let seed = seed_digest(2, &node.me.id, &[7; 32]);
        node.say(Body::Commit { round: 2, pool: digest(9), seed });
    }
    meet(&mut a, &mut b);
    for node in [&mut a, &mut b] {
        node.say(Body::Reveal { round: 2, seed: [7; 32] });
    }
    meet(&mut a, &mut b);
    (a, b)
}

#[test]
fn nobody_is_nominated_who_stands_or_stood_in_another_round() {
    use Unlawful::{Departed, OtherHolder, Released, SlotElsewhere};
    // Items 1, 2 and (by an amendment) 6 are aronia's, 3 and 4 belmar's. After the whole round 1 and 6 have gone, 2 and 3
    // have left their slots, and 4 has died.
    let slot = |n| SlotElsewhere { item: item(n), round: 1 };
    type Before = fn() -> (Node, Node);
    let cases: [(&str, Before, usize, u8, Option<Unlawful>); 13] = [
        ("nominated by the other, which proves nothing", nominated, 1, 1, None),
        ("nominated by oneself, not listed", nominated, 0, 1, None),
        ("listed under the other", listed, 1, 1, Some(OtherHolder(item(1)))),
        ("listed under oneself in a round not closed", listed, 0, 1, Some(slot(1))),
        ("listed under the other, the other way", listed, 0, 3, Some(OtherHolder(item(3)))),
        ("new", listed, 0, 5, None),
        ("handed over", played, 0, 1, Some(Released(item(1)))),
        ("received by oneself", played, 1, 1, Some(Released(item(1)))),
        ("handed over after an amendment", played, 1, 6, Some(Released(item(6)))),
        ("refused in the round before", played, 0, 2, None),
        ("refused in the round before, by the other", played, 1, 2, None),
        ("not brought in the round before", played, 1, 3, None),
        ("dead", played, 1, 4, Some(Departed(item(4)))),
    ];
    for (what, before, who, n, expect) in cases {
        let (mut a, mut b) = second_round(before());
        let node = [&mut a, &mut b].into_iter().nth(who).unwrap();
        let said = node.try_say(Body::Nominate { round: 2, items: vec![item(n)], digest: digest(9) });
        assert_eq!(said.err(), expect.map(Refusal::from), "{what}");
    }
}

#[test]
fn nobody_is_listed_in_two_rounds_at_once() {
    let (mut a, mut b) = second_round(nominated());
    let (ha, hb) = (a.me.id, b.me.id);
    for (node, n) in [(&mut a, 1), (&mut b, 3)] {
        node.say(Body::Nominate { round: 2, items: vec![item(n)], digest: digest(9) });
    }
    meet(&mut a, &mut b);
    let items = |n, holder| vec![ListItem { item: item(n), holder }];
    let second = |n, holder| Body::Propose {
        round: 2,
        version: 1,
        replaces: 0,
        items: items(n, holder),
        digest: digest(8),
    };
    let (first, waits) = (a.say(list(1, &[(1, ha), (3, hb)])), a.say(second(1, ha)));
    meet(&mut a, &mut b);
    b.say(Body::Accept { entry: first });
    let slot = |n| Refusal::from(Unlawful::SlotElsewhere { item: item(n), round: 1 });
    assert_eq!(b.try_say(Body::Accept { entry: waits }), Err(slot(1)), "accepted after the first");
    assert_eq!(b.try_say(second(3, hb)).err(), Some(slot(3)), "proposed after the first");
}

#[test]
fn somebody_still_listed_when_the_holder_closes_can_be_nominated_again() {
    let (mut a, b) = second_round(listed());
    let again = Body::Nominate { round: 2, items: vec![item(1)], digest: digest(9) };
    assert!(a.try_say(again.clone()).is_err());
    a.say(Body::Close { round: 1 });
    a.say(again);
    drop(b);
}

#[test]
fn a_withdrawal_frees_only_when_the_other_party_has_written_since() {
    let (mut a, mut b) = nominated();
    let (ha, hb) = (a.me.id, b.me.id);
    // Version 1 is the second party's by priority.
    let theirs = b.say(list(1, &[(1, ha), (3, hb)]));
    let mine = a.say(list(1, &[(2, ha), (4, hb)]));
    b.say(Body::Withdraw { entry: theirs });
    a.tell(&mut b);
    let got = b.try_say(Body::Accept { entry: mine });
    assert_eq!(got, Err(Unlawful::PriorityProposed { version: 1 }.into()));
    meet(&mut a, &mut b);
    assert_eq!(a.try_say(Body::Accept { entry: theirs }), Err(Unlawful::NotOpen(theirs).into()));
    a.say(Body::Observe { heads: Vec::new() });
    meet(&mut a, &mut b);
    b.say(Body::Accept { entry: mine });
    meet(&mut a, &mut b);
    assert_eq!(a.round().effective().map(|l| l.entry), Some(mine));
}

#[test]
fn a_nominated_item_can_leave_before_there_is_a_list() {
    let (mut a, mut b) = nominated();
    let (ha, hb) = (a.me.id, b.me.id);
    let gone = |n: u8| Body::Depart { round: 1, item: item(n), ground: DepartGround::AlreadyReturned };
    assert_eq!(a.try_say(gone(3)), Err(Unlawful::NotListed(item(3)).into()), "the other party's");
    let entry = a.say(list(1, &[(1, ha), (2, ha), (3, hb)]));
    meet(&mut a, &mut b);
    b.say(Body::Reject { entry, ground: "already-returned".parse().unwrap() });
    meet(&mut a, &mut b);
    a.say(gone(2));
    assert_eq!(a.try_say(gone(2)), Err(Unlawful::Departed(item(2)).into()));
    let again = a.try_say(list(1, &[(1, ha), (2, ha), (3, hb)]));
    assert_eq!(again, Err(Unlawful::Departed(item(2)).into()));
    let entry = a.say(list(1, &[(1, ha), (3, hb)]));
    meet(&mut a, &mut b);
    b.say(Body::Accept { entry });
    meet(&mut a, &mut b);
    assert_eq!(b.round().effective().map(|l| l.version), Some(1));
}

#[test]
fn what_an_author_saw_is_the_state_before_the_entry_and_nothing_that_came_later_or_crossed_it() {
    let (mut a, mut b) = listed();
    let before = a.record.view().state_digest();
    let entry = a.say(will(1, Occasion::First, Answer::Willing));
    // Crosses the entry: its author has not seen it.
    b.say(Body::Depart { round: 1, item: item(3), ground: DepartGround::Died });
    meet(&mut a, &mut b);
    a.say(Body::Depart { round: 1, item: item(2), ground: DepartGround::Died });
    meet(&mut a, &mut b);
    for node in [&a, &b] {
        let past = node.record.before(&entry).unwrap();
        assert_eq!(past.state_digest(), before);
        assert_eq!(past.round(1).unwrap().vacated(&b.me.id), []);
        assert_eq!(node.record.view().round(1).unwrap().vacated(&b.me.id), [item(3)]);
    }
    assert!(a.record.before(&EntryId([0; 32])).is_none());
    // Of every entry the past is what its author's node held: nothing refuses it there.
    for entry in a.record.applied() {
        let past = a.record.before(&entry.id()).unwrap();
        assert_eq!(past.head(&entry.entry().author).map(|head| head.seq + 1).unwrap_or(0), entry.entry().seq);
    }
}

#[test]
fn a_text_is_agreed_when_the_other_party_accepts_it() {
    let (mut a, mut b) = (Node::new(aronia()), Node::new(belmar()));
    meet(&mut a, &mut b);
    let entry = a.say(Body::Text { digest: digest(3) });
    assert_eq!(a.try_say(Body::Accept { entry }), Err(Unlawful::Own(entry).into()));
    meet(&mut a, &mut b);
    assert!(!b.record.view().text_is_agreed(&digest(3)));
    b.say(Body::Accept { entry });
    meet(&mut a, &mut b);
    assert!(a.record.view().text_is_agreed(&digest(3)));
}

#[test]
fn forged_and_foreign_entries_are_refused() {
    let (a, b) = played();
    let mut record = a.record.clone();
    let last = a.record.log(&a.me.id).unwrap().entries().last().unwrap().clone();
    let before = record.view().state_digest();
    let next = |change: &dyn Fn(&mut Entry), key: &NodeKey| {
        let mut entry = last.entry().clone();
        (entry.seq, entry.prev) = (last.entry().seq + 1, last.id());
        entry.body = Body::Memo { kind: "test".parse().unwrap(), digest: digest(1) };
        change(&mut entry);
        crate::entry::sign(LogKind::Shared, entry, key).unwrap().bytes().to_vec()
    };
    // Each at a node that met none of the others: two of them together would be a fork.
    let check = |bytes: &[u8], expected: &str| {
        let mut record = a.record.clone();
        assert_eq!(record.admit(bytes).unwrap_err().to_string(), expected);
        assert_eq!(record.view().state_digest(), before);
    };
    let key = &a.me.node;
    check(&next(&|_| (), &b.me.node), "signed with another key than this log's");
    check(&next(&|e| e.agreement = AgreementId([1; 32]), key), "the entry belongs to another agreement");
    check(&next(&|e| e.author = "dahlia".parse().unwrap(), key), "dahlia is not a member of the agreement");
    check(
        &next(&|e| e.prev = EntryId([1; 32]), key),
        "the entry names another predecessor than the one in this log",
    );
    check(&next(&|e| e.seen.clear(), key), "what the author had seen goes back behind an earlier entry");
    check(
        &next(&|e| e.seen[0].hash = EntryId([1; 32]), key),
        &format!(
            "the author saw another entry {} of {} than the one held here",
            last.entry().seen[0].seq,
            b.me.id
        ),
    );
    check(
        &next(&|e| e.body = Body::Release { round: 1, item: item(1) }, key),
        &format!("not lawful by invariant 10: {} has closed round 1", a.me.id),
    );
    let stranger =
        Genesis::sign(&b.me.node, &AGREEMENT, calder().id, a.me.node.public(), a.me.transport.public());
    let log = Log::begin(LogKind::Shared, AGREEMENT, stranger, 1, key).unwrap();
    check(log.entries()[0].bytes(), "the root key of calder is not the one in the agreement");
    assert_eq!(record.view().state_digest(), before);
    assert!(record.admit(&next(&|_| (), key)).is_ok(), "the record goes on after refusals");
}

#[test]
fn a_fork_is_proven_and_freezes_the_record_alike_on_both_nodes() {
    let (a, b) = played();
    let log = a.record.log(&a.me.id).unwrap().clone();
    let victim = log.entries()[10].clone();
    let mut entry = victim.entry().clone();
    entry.time += 1;
    let other = crate::entry::sign(LogKind::Shared, entry, &a.me.node).unwrap();
    let genesis = log.entries()[0].bytes();
    let proof = Equivocation::verify(genesis, victim.bytes(), other.bytes()).unwrap().unwrap();
    assert_eq!((proof.author(), proof.seq()), (a.me.id, 10));
    assert_eq!(Equivocation::verify(genesis, victim.bytes(), victim.bytes()), Ok(None));
    assert!(
        Equivocation::verify(
            b.record.log(&b.me.id).unwrap().entries()[0].bytes(),
            victim.bytes(),
            other.bytes()
        )
        .is_err()
    );

    // One node learns of the fork at the end, the other has the second entry in the place of the first.
    let mut late = b.record.clone();
    assert_eq!(late.admit(other.bytes()), Err(Refusal::Equivocation(Box::new(proof))));
    let mut early = Record::new(members());
    let before = a.record.applied().iter().take_while(|e| e.id() != victim.id());
    before.for_each(|e| drop(early.admit(e.bytes()).unwrap()));
    early.admit(other.bytes()).unwrap();
    for entry in a.record.applied() {
        let _ = early.admit(entry.bytes());
    }
    assert_eq!(early.view().state_digest(), late.view().state_digest());
    assert_eq!(late.log(&a.me.id).unwrap().entries().len(), 10);
    assert_eq!(late.admit(victim.bytes()), Ok(Admitted::Duplicate), "it is in the proof");
    assert_eq!(late.admit(log.entries()[11].bytes()), Err(Refusal::Frozen(a.me.id)));
    let body = Body::Text { digest: digest(1) };
    assert_eq!(late.check(&b.me.id, &body), Err(Refusal::Frozen(a.me.id)));
}

#[test]
fn an_entry_that_waits_names_what_is_missing() {
    let (a, _) = played();
    let entries: Vec<_> = a.record.applied().to_vec();
    let mut record = Record::new(members());
    let last = entries.last().unwrap();
    let Admitted::Waiting { missing } = record.admit(last.bytes()).unwrap() else { panic!("waits") };
    assert!(missing.iter().any(|h| h.hash == last.entry().prev));
    assert_eq!(record.waiting(), 1);
    for entry in &entries[..entries.len() - 1] {
        record.admit(entry.bytes()).unwrap();
    }
    assert_eq!((record.waiting(), record.applied().len()), (0, entries.len()));
    assert_eq!(record.admit(last.bytes()), Ok(Admitted::Duplicate));
}

fn orders() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let (a, _) = played();
    let all: Vec<Vec<u8>> = a.record.applied().iter().map(|e| e.bytes().to_vec()).collect();
    let twice: Vec<Vec<u8>> = all.iter().chain(&all[..all.len() / 2]).cloned().collect();
    Just(twice).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_order_and_any_repetition_end_in_the_same_state(order in orders()) {
        let (a, _) = played();
        let mut record = Record::new(members());
        for bytes in &order {
            prop_assert!(record.admit(bytes).is_ok());
        }
        prop_assert_eq!(record.waiting(), 0);
        prop_assert_eq!(record.view().summary(), a.record.view().summary());
    }
}

#[test]
fn whole_logs_make_the_same_record_and_a_short_one_is_named() {
    let (a, b) = played();
    let [ha, hb] = [a.me.id, b.me.id];
    let file = |party: &PartyId| a.record.log(party).unwrap().to_file();
    let (one, two) = (file(&ha), file(&hb));
    let logs = [read_log(LogKind::Shared, &one).unwrap(), read_log(LogKind::Shared, &two).unwrap()];
    let record = Record::from_logs(members(), &logs).unwrap();
    assert_eq!(record.view().summary(), a.record.view().summary());

    let last = a.record.log(&hb).unwrap().entries().last().unwrap().bytes().len();
    let short = read_log(LogKind::Shared, &two[..two.len() - 2 * last]);
    assert!(matches!(short.unwrap_err().reason, DamageReason::Torn));
    let (short, _) = read_log_prefix(LogKind::Shared, &two[..two.len() / 2]);
    let logs = [logs[0].clone(), short.unwrap()];
    let misfit = Record::from_logs(members(), &logs).unwrap_err();
    assert_eq!(misfit.author, ha);
    assert!(matches!(misfit.reason, Refusal::Missing(heads) if heads[0].author == hb));
    let again = [logs[0].clone(), logs[0].clone()];
    let misfit = Record::from_logs(members(), &again).unwrap_err();
    assert_eq!(misfit.author, ha);
}
