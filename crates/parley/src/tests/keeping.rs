//! Resets, resumptions and keys: what counts, what is set aside, and what nobody can do alone.

use super::record::{Node, digest};
use super::{AGREEMENT, aronia, belmar, calder};
use crate::*;

/// The n-th key after aronia's first.
pub(super) fn key(n: u8) -> NodeKey {
    NodeKey::from_secret([100 + n; 32])
}

pub(super) fn word(n: u8) -> Body {
    Body::Memo { kind: "word".parse().unwrap(), digest: digest(n) }
}

pub(super) fn loss() -> Label {
    "disk lost".parse().unwrap()
}

/// Aronia, belmar and calder, who have met; aronia's genesis lays down its next key.
pub(super) fn three() -> [Node; 3] {
    let me = aronia();
    let genesis = me.genesis().with_next(&me.root, &AGREEMENT, &key(1).public());
    let log = Log::begin(LogKind::Shared, AGREEMENT, genesis, 1_000, &me.node).unwrap();
    let mut record = Record::new(super::members());
    record.admit(log.entries()[0].bytes()).unwrap();
    let mut all = [Node { me, record, clock: 2_000 }, Node::new(belmar()), Node::new(calder())];
    everyone(&mut all);
    all
}

/// Everyone writes to everyone, twice, whatever is refused.
pub(super) fn everyone(all: &mut [Node; 3]) {
    for _ in 0..2 {
        for from in 0..3 {
            for to in (0..3).filter(|to| *to != from) {
                let file = all[from].file_for(&all[to], |_| None);
                let bundle = Bundle::open(&file, &all[to].me.transport).unwrap();
                bundle.entries.iter().for_each(|e| drop(all[to].record.admit(e)));
            }
        }
    }
}

pub(super) fn level(all: &[Node; 3]) -> bool {
    let of =
        |node: &Node| (node.record.heads(), node.record.view().state_digest(), node.record.forks().count());
    all.iter().all(|node| of(node) == of(&all[0]))
}

/// Aronia's entries of a lost range: words that it signed and then forgot, with its node back before them.
pub(super) fn lost(all: &mut [Node; 3], words: u8) -> Vec<Vec<u8>> {
    let before = all[0].record.clone();
    (0..words).for_each(|n| {
        all[0].say(word(n));
    });
    let log = all[0].record.log(&aronia().id).unwrap();
    let bytes = log.entries().iter().skip(1).map(|e| e.bytes().to_vec()).collect();
    all[0].record = before;
    bytes
}

pub(super) fn offer(node: &Node) -> Result<Signed, Refusal> {
    node.record.reset(&node.me.id, loss(), 0, 3_000, &node.me.node, &node.me.root)
}

pub(super) fn agree(node: &Node, to: &Signed) -> Result<Signed, Refusal> {
    node.record.agree(&node.me.id, &to.id(), 0, 3_001, &node.me.node)
}

/// Aronia offers to reset its log and belmar agrees; nobody else knows yet.
pub(super) fn reset(all: &mut [Node; 3]) -> [Signed; 2] {
    let offered = offer(&all[0]).unwrap();
    assert_eq!(all[0].record.admit(offered.bytes()), Ok(Admitted::Offered));
    assert_eq!(all[1].record.admit(offered.bytes()), Ok(Admitted::Offered));
    let agreed = agree(&all[1], &offered).unwrap();
    all[1].record.admit(agreed.bytes()).unwrap();
    [offered, agreed]
}

#[test]
fn after_a_reset_the_log_goes_on_and_what_was_lost_and_found_is_kept_and_counts_for_nothing() {
    let mut all = three();
    let old = lost(&mut all, 3);
    reset(&mut all);
    everyone(&mut all);
    assert!(level(&all));
    all[0].say(word(9));
    all[1].say(word(8));
    everyone(&mut all);
    for node in &mut all {
        let before = node.record.view().state_digest();
        for bytes in old.iter().rev().chain(&old) {
            assert_eq!(node.record.admit(bytes), Ok(Admitted::SetAside), "a stick turns up");
        }
        assert_eq!(node.record.forks().count(), 0, "nobody is frozen by it");
        assert_eq!(node.record.view().state_digest(), before);
        let kept: std::collections::BTreeSet<Vec<u8>> = node.record.set_aside().map(<[u8]>::to_vec).collect();
        assert_eq!(kept, old.iter().cloned().collect(), "what was signed can still be shown");
    }
}

#[test]
fn whoever_holds_what_is_said_to_be_lost_cannot_agree_and_it_stands() {
    let mut all = three();
    let old = lost(&mut all, 3);
    for (what, held) in [("the first", &old[..1]), ("all", &old[..]), ("a later one, which waits", &old[2..])]
    {
        let mut b = Node { me: belmar(), record: all[1].record.clone(), clock: 1 };
        let offered = offer(&all[0]).unwrap();
        held.iter().for_each(|e| drop(b.record.admit(e)));
        assert_eq!(b.record.admit(offered.bytes()), Ok(Admitted::Offered), "{what}");
        assert_eq!(agree(&b, &offered), Err(Refusal::Offer(offered.id())), "{what}");
        assert_eq!(b.record.forks().count(), 0, "an offer forks nothing");
    }
    // What nobody can ever let in again is set aside when an officer says so.
    let mut b = Node { me: belmar(), record: all[1].record.clone(), clock: 1 };
    let offered = offer(&all[0]).unwrap();
    b.record.admit(&old[2]).unwrap();
    b.record.admit(offered.bytes()).unwrap();
    let by_belmar = b.record.agree_without_what_waits(&b.me.id, &offered.id(), 0, 1, &b.me.node).unwrap();
    b.record.admit(by_belmar.bytes()).unwrap();
    assert_eq!(b.record.set_aside().collect::<Vec<_>>(), [&old[2][..]]);
    // Aronia learns of its own words from belmar, and they stand.
    old.iter().for_each(|e| drop(all[1].record.admit(e)));
    let offered = offer(&all[0]).unwrap();
    all[0].record.admit(offered.bytes()).unwrap();
    assert_eq!(all[0].try_say(word(7)), Err(Refusal::OfferOpen(offered.id())), "it is bound by its offer");
    all[1].say(word(1));
    everyone(&mut all);
    assert_eq!(all[0].record.log(&aronia().id).unwrap().entries().len(), 4);
    all[0].say(word(7));
    everyone(&mut all);
    assert!(level(&all));
}

#[test]
fn nobody_agrees_later_to_an_offer_after_which_they_have_spoken() {
    let mut all = three();
    let offered = offer(&all[0]).unwrap();
    all[1].record.admit(offered.bytes()).unwrap();
    let late = agree(&all[1], &offered).unwrap();
    all[1].say(word(1));
    assert_eq!(agree(&all[1], &offered), Err(Refusal::Offer(offered.id())));
    let two = all[1].record.admit(late.bytes());
    assert!(matches!(two, Err(Refusal::Equivocation(_))), "to have agreed after all is a fork: {two:?}");
}

#[test]
fn a_reset_reaches_a_node_that_holds_what_it_sets_aside_in_whatever_order() {
    for turn in 0..6 {
        let mut all = three();
        let old = lost(&mut all, 2);
        old.iter().for_each(|e| drop(all[2].record.admit(e)));
        let [offered, agreed] = reset(&mut all);
        all[0].record.admit(agreed.bytes()).unwrap();
        all[0].say(word(9));
        let new = all[0].record.log(&aronia().id).unwrap().entries()[2].clone();
        let given = [offered.bytes(), agreed.bytes(), new.bytes()];
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        orders[turn].iter().for_each(|at| drop(all[2].record.admit(given[*at])));
        everyone(&mut all);
        assert!(level(&all), "order {turn}");
        assert_eq!(all[2].record.forks().count(), 0, "order {turn}");
        assert_eq!(all[2].record.settled(), all[0].record.settled());
        let log = all[2].record.log(&aronia().id).unwrap();
        assert_eq!((log.entries()[1].id(), log.entries()[2].id()), (offered.id(), new.id()));
    }
}

#[test]
fn an_old_reset_is_no_cover_for_a_new_fork() {
    let mut all = three();
    let [_, agreed] = reset(&mut all);
    everyone(&mut all);
    let beside = all[0].record.clone();
    all[0].say(word(1));
    everyone(&mut all);
    let other = beside.sign(&aronia().id, word(2), 9, &aronia().node).unwrap();
    assert!(other.entry().seen.iter().any(|h| h.hash == agreed.id()));
    assert!(matches!(all[1].record.admit(other.bytes()), Err(Refusal::Equivocation(_))));
}

#[test]
fn who_makes_and_who_agrees_to_a_reset() {
    let mut all = three();
    let me = aronia();
    let forged = all[0].record.reset(&me.id, loss(), 0, 1, &me.node, &belmar().root).unwrap();
    let refused: Result<Admitted, Refusal> = Err(EntryError::Keeping.into());
    assert_eq!(all[1].record.admit(forged.bytes()), refused, "another's root key");
    let offered = offer(&all[0]).unwrap();
    for (node, who) in [(2, "a neutral"), (0, "its author")] {
        all[node].record.admit(offered.bytes()).unwrap();
        assert!(agree(&all[node], &offered).is_err(), "{who}");
    }
    // Signed without a look at the rules.
    let head = Head { author: me.id, seq: offered.entry().seq, hash: offered.id() };
    let body = Body::Keeping(Keeping::Agree { entry: offered.id() });
    let log = all[2].record.log(&calder().id).unwrap();
    let by_neutral =
        log.sign_next(vec![head, all[1].record.log(&belmar().id).unwrap().head()], 5, body, &calder().node);
    let refused = all[2].record.admit(by_neutral.unwrap().bytes());
    assert_eq!(refused, Err(Unlawful::Agree(offered.id()).into()));
    assert!(all[2].record.settled().is_empty());
}

#[test]
fn files_read_again_give_the_same_record_and_an_offer_alone_stands_beside() {
    let mut all = three();
    let offered = offer(&all[0]).unwrap();
    let mut alone = all[0].record.log(&aronia().id).unwrap().clone();
    alone.push(offered.bytes()).unwrap();
    let logs = |node: &Node| -> Vec<Log> {
        node.record.heads().iter().map(|h| node.record.log(&h.author).unwrap().clone()).collect()
    };
    let mut files = logs(&all[1]);
    files[0] = alone;
    let read = Record::from_logs(super::members(), &files).unwrap();
    assert_eq!((read.offers().count(), read.heads()), (1, all[1].record.heads()));
    reset(&mut all);
    everyone(&mut all);
    all[0].say(word(1));
    everyone(&mut all);
    let again = Record::from_logs(super::members(), &logs(&all[2])).unwrap();
    assert_eq!(again.settled(), all[2].record.settled());
    assert_eq!(again.view().state_digest(), all[2].record.view().state_digest());
}

/// Aronia goes over to its n-th key and lays down the one after.
pub(super) fn rotate(node: &mut Node, n: u8) -> Result<(), Refusal> {
    let old = if n == 1 { aronia().node } else { key(n - 1) };
    let seen = node.record.heads().into_iter().filter(|h| h.author != node.me.id).collect();
    let log = node.record.log(&node.me.id).unwrap();
    let signed = log.sign_rotation(seen, 4_000, &old, &key(n), key(n + 1).public().digest())?;
    node.record.admit(signed.bytes())?;
    node.me.node = key(n);
    Ok(())
}

#[test]
fn a_key_hands_over_to_the_one_laid_down_and_to_no_other() {
    let mut all = three();
    assert_eq!(rotate(&mut all[0], 2), Err(EntryError::Keeping.into()), "a key that was not laid down");
    rotate(&mut all[0], 1).unwrap();
    all[0].say(word(1));
    rotate(&mut all[0], 2).unwrap();
    all[0].say(word(2));
    everyone(&mut all);
    assert!(level(&all));
    let log = all[1].record.log(&aronia().id).unwrap().clone();
    let [old, first, second] = [aronia().node.public(), key(1).public(), key(2).public()];
    assert_eq!([0, 1, 2, 3, 4].map(|at| *log.key_at(at)), [old, old, first, first, second]);
    assert_eq!(log.key(), &second);
    // The thief of a former key.
    let late = log.sign_next(Vec::new(), 5, word(3), &aronia().node);
    assert_eq!(late, Err(EntryError::WrongKey));
    let at = log.next_entry(log.entries().last().unwrap().entry().seen.clone(), 5, word(3));
    let late = entry::sign(LogKind::Shared, at, &key(1)).unwrap();
    assert_eq!(all[1].record.admit(late.bytes()), Err(EntryError::WrongKey.into()));
    // The thief of the key signs with one of its own.
    let thief = key(50);
    let (node_key, next_key) = (thief.public(), thief.public().digest());
    let at = log.next_entry(log.entries().last().unwrap().entry().seen.clone(), 5, word(3));
    let signature = thief.sign(&Keeping::handover_message(&node_key, &next_key, &at));
    let body = Body::Keeping(Keeping::Rotate { node_key, next_key, signature });
    let taken = entry::sign(LogKind::Shared, Entry { body, ..at }, &key(2)).unwrap();
    assert_eq!(all[1].record.admit(taken.bytes()), Err(EntryError::Keeping.into()));
    assert_eq!(read_log(LogKind::Shared, &log.to_file()).unwrap(), log);
}

#[test]
fn what_comes_before_the_key_it_is_under_waits_for_it() {
    let mut all = three();
    rotate(&mut all[0], 1).unwrap();
    all[0].say(word(1));
    let log = all[0].record.log(&aronia().id).unwrap().clone();
    let admitted = all[1].record.admit(log.entries()[2].bytes());
    assert!(matches!(admitted, Ok(Admitted::Waiting { .. })), "{admitted:?}");
    all[1].record.admit(log.entries()[1].bytes()).unwrap();
    assert_eq!(all[1].record.log(&aronia().id), Some(&log));
}

#[test]
fn a_log_without_a_digest_of_the_next_key_hands_over_to_none() {
    let log = belmar().log(LogKind::Shared);
    let next = log.sign_rotation(Vec::new(), 1, &belmar().node, &key(1), key(2).public().digest());
    assert_eq!(next, Err(EntryError::Keeping));
}

#[test]
fn a_genesis_that_lays_down_another_next_key_does_not_hold() {
    let me = aronia();
    let honest = me.genesis().with_next(&me.root, &AGREEMENT, &key(1).public());
    assert!(honest.verify(&AGREEMENT));
    let other = Genesis { next_key: Some(key(9).public().digest()), ..honest.clone() };
    assert!(!other.verify(&AGREEMENT));
    assert!(!Genesis { next_key: None, ..honest }.verify(&AGREEMENT));
}

#[test]
fn what_a_thief_signed_above_the_cosigned_head_is_set_aside_and_what_stands_under_it_stays() {
    let mut all = three();
    (0..3).for_each(|n| {
        all[0].say(word(n));
    });
    everyone(&mut all);
    // Belmar has cosigned the head of four entries. Then a thief signs under aronia's key.
    let mine = all[0].record.clone();
    (7..9).for_each(|n| {
        all[0].say(word(n));
    });
    everyone(&mut all);
    let stolen = all[1].record.log(&aronia().id).unwrap().head();
    all[0].record = mine;
    let me = aronia();
    let offers = [3, 4].map(|from| {
        let keys = (&key(20), key(21).public().digest());
        all[0].record.compromise(&me.id, from, 5_000, keys, &me.root).unwrap()
    });
    for offered in &offers {
        assert_eq!(all[1].record.admit(offered.bytes()), Ok(Admitted::Offered));
    }
    let by_belmar = |o: &Signed| all[1].record.agree(&belmar().id, &o.id(), 4, 5_001, &belmar().node);
    assert_eq!(
        by_belmar(&offers[0]),
        Err(Refusal::Offer(offers[0].id())),
        "it would unsay what was cosigned"
    );
    let agreed = by_belmar(&offers[1]).unwrap();
    all[1].record.admit(agreed.bytes()).unwrap();
    all[0].me.node = key(20);
    everyone(&mut all);
    assert!(level(&all));
    all[0].say(word(4));
    everyone(&mut all);
    assert!(level(&all));
    for node in &all {
        assert!(node.record.entry(&stolen.hash).is_none());
        assert_eq!(node.record.forks().count(), 0);
    }
    let log = all[2].record.log(&me.id).unwrap();
    assert_eq!((log.entries().len(), log.key()), (6, &key(20).public()));
    let late = entry::sign(
        LogKind::Shared,
        log.next_entry(log.entries()[5].entry().seen.clone(), 5, word(1)),
        &me.node,
    )
    .unwrap();
    assert_eq!(all[2].record.admit(late.bytes()), Err(EntryError::WrongKey.into()), "the thief signs on");
}

#[test]
fn a_lost_key_is_named_by_the_root_key_with_the_head_that_it_had() {
    let mut all = three();
    (0..3).for_each(|n| {
        all[0].say(word(n));
    });
    everyone(&mut all);
    let me = aronia();
    let keys = (&key(20), key(21).public().digest());
    let good = all[0].record.compromise(&me.id, 4, 5_000, keys, &me.root).unwrap();
    let Body::Keeping(said @ Keeping::Compromise { .. }) = good.body().clone() else { panic!() };
    type Change = fn(Keeping) -> Keeping;
    let root: Change = |said| match said {
        Keeping::Compromise { from, lost, node_key, next_key, root_signature, .. } => {
            Keeping::Compromise { from, root: digest(1), lost, node_key, next_key, root_signature }
        }
        said => said,
    };
    let lost: Change = |said| match said {
        Keeping::Compromise { from, root, node_key, next_key, root_signature, .. } => {
            Keeping::Compromise { from, root, lost: key(7).public(), node_key, next_key, root_signature }
        }
        said => said,
    };
    let cases: [(&str, Change, &NodeKey, Refusal); 4] = [
        ("another root of the tree", root, &me.root, LogError::Prev.into()),
        ("a key that the log never had", lost, &me.root, EntryError::Keeping.into()),
        ("another's root key", |said| said, &belmar().root, EntryError::Keeping.into()),
        ("the node key for the root key", |said| said, &me.node, EntryError::Keeping.into()),
    ];
    for (what, change, by, expected) in cases {
        let body = Body::Keeping(change(said.clone()).signed_by_root(good.entry(), by));
        let bad = entry::sign(LogKind::Shared, Entry { body, ..good.entry().clone() }, &key(20)).unwrap();
        assert_eq!(all[1].record.admit(bad.bytes()), Err(expected), "{what}");
    }
    let other = entry::sign(LogKind::Shared, good.entry().clone(), &key(22)).unwrap();
    assert_eq!(all[1].record.admit(other.bytes()), Err(EntryError::WrongKey.into()), "another key signs");
    assert_eq!(all[1].record.admit(good.bytes()), Ok(Admitted::Offered));
}

#[test]
fn two_that_have_both_lost_entries_answer_one_reset_with_another() {
    let mut all = three();
    let old = lost(&mut all, 2);
    let before = all[1].record.clone();
    let other = all[1].say(word(5));
    let lost_by_belmar = all[1].record.entry(&other).unwrap().bytes().to_vec();
    all[1].record = before;
    // Each offers before it has heard of the other; then the second party answers the first one's offer.
    for n in [0, 1] {
        let offered = offer(&all[n]).unwrap();
        all[n].record.admit(offered.bytes()).unwrap();
    }
    everyone(&mut all);
    assert!(all.iter().all(|node| node.record.settled().is_empty()), "neither can agree");
    let own = all[0].record.offers().find(|o| o.entry().author == aronia().id).unwrap().clone();
    assert_eq!(offer(&all[0]), Err(Refusal::OfferOpen(own.id())), "the first party's stands");
    let answer = offer(&all[1]).unwrap();
    assert!(answer.entry().seen.iter().any(|h| h.hash == own.id()));
    all[0].record.admit(answer.bytes()).unwrap();
    let agreed = agree(&all[0], &answer).unwrap();
    all[0].record.admit(agreed.bytes()).unwrap();
    all[1].record.admit(answer.bytes()).unwrap();
    everyone(&mut all);
    assert!(level(&all));
    for n in [0, 1] {
        all[n].say(word(7));
    }
    everyone(&mut all);
    assert!(level(&all));
    for node in &mut all {
        assert_eq!(node.record.settled().len(), 2);
        for bytes in old.iter().chain([&lost_by_belmar]) {
            assert_eq!(node.record.admit(bytes), Ok(Admitted::SetAside));
        }
        assert_eq!(node.record.forks().count(), 0);
    }
    let logs: Vec<Log> =
        all[2].record.heads().iter().map(|h| all[2].record.log(&h.author).unwrap().clone()).collect();
    let again = Record::from_logs(super::members(), &logs).unwrap();
    assert_eq!(again.settled().len(), 2);
    assert_eq!(again.view().state_digest(), all[2].record.view().state_digest());
}

/// Aronia signs two words under one number; belmar has the first and built on it, calder has the second.
pub(super) fn forked() -> ([Node; 3], [Signed; 2]) {
    let mut all = three();
    let two = [1, 2].map(|n| all[0].record.sign(&aronia().id, word(n), 3_000, &aronia().node).unwrap());
    all[0].record.admit(two[0].bytes()).unwrap();
    all[1].record.admit(two[0].bytes()).unwrap();
    all[2].record.admit(two[1].bytes()).unwrap();
    all[1].say(word(3));
    all[2].say(word(4));
    (all, two)
}

pub(super) fn resume(node: &Node, kept: Head) -> Result<Signed, Refusal> {
    node.record.resume(&node.me.id, kept, 6_000, &node.me.node)
}

#[test]
fn after_a_fork_the_record_goes_on_along_the_branch_that_both_parties_name() {
    let (mut all, two) = forked();
    let built = all[1].record.log(&belmar().id).unwrap().head();
    everyone(&mut all);
    assert!(all.iter().all(|node| node.record.forks().count() == 1), "frozen");
    for node in &all[..2] {
        assert_eq!(node.record.check(&node.me.id, &word(1)), Err(Refusal::Frozen(aronia().id)));
    }
    // Belmar has built on the first word: that branch is kept.
    let offered = resume(&all[1], two[0].head()).unwrap();
    all[1].record.admit(offered.bytes()).unwrap();
    assert_eq!(all[1].record.forks().count(), 1, "belmar alone resumes nothing");
    assert_eq!(offered.entry().prev, built.hash, "nothing of belmar's own is unsaid");
    everyone(&mut all);
    let agreed = agree(&all[0], &offered).unwrap();
    all[0].record.admit(agreed.bytes()).unwrap();
    everyone(&mut all);
    for node in &mut all {
        assert_eq!(node.record.forks().count(), 0);
        assert!(node.record.entry(&two[0].id()).is_some() && node.record.entry(&built.hash).is_some());
        assert_eq!(node.record.admit(two[1].bytes()), Ok(Admitted::SetAside));
    }
    assert_eq!(all[0].record.view().state_digest(), all[1].record.view().state_digest());
    for n in [0, 1, 0] {
        all[n].say(word(9));
    }
    everyone(&mut all);
    assert_eq!(all[0].record.heads(), all[1].record.heads());
    let other = all[0].record.sign(&aronia().id, word(8), 9, &aronia().node).unwrap();
    all[0].say(word(6));
    everyone(&mut all);
    assert!(
        matches!(all[1].record.admit(other.bytes()), Err(Refusal::Equivocation(_))),
        "a new fork freezes anew"
    );
}
