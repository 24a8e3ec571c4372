//! Resumptions after a fork: what each party may offer and agree to, what the proof of the fork says, and what a branch carries.

use super::keeping::{agree, everyone, forked, level, offer, reset, resume, three, word};
use super::record::Node;
use super::{aronia, belmar, calder, members};
use crate::record::OFFERS_MAX;
use crate::*;

#[test]
fn a_party_cannot_unsay_its_own_words_by_a_resumption() {
    let (mut all, two) = forked();
    let first = all[0].record.log(&aronia().id).unwrap().entries()[0].head();
    everyone(&mut all);
    // Belmar has built on the first word of the two, and can go on along no other branch.
    for (what, kept) in [("the other branch", two[1].head()), ("neither branch", first)] {
        let built = all[1].record.set_aside().filter_map(|e| Unverified::read(LogKind::Shared, e).ok());
        let built = built.filter(|e| e.entry().author == belmar().id).last().unwrap();
        let own = Head { author: belmar().id, seq: built.entry().seq, hash: built.id() };
        assert_eq!(resume(&all[1], kept), Err(Refusal::Unsays(own)), "{what}, offered");
        let mut b = Node { me: belmar(), record: all[1].record.clone(), clock: 1 };
        let offered = resume(&all[0], kept).unwrap();
        assert_eq!(b.record.admit(offered.bytes()), Ok(Admitted::Offered));
        assert_eq!(agree(&b, &offered), Err(Refusal::Unsays(own)), "{what}, agreed to");
    }
    // Who has forked goes on along either: its other words are what the proof is about.
    assert!(resume(&all[0], two[0].head()).is_ok());
}

#[test]
fn a_resumption_is_held_against_the_proof_of_the_fork() {
    let (mut all, two) = forked();
    everyone(&mut all);
    let good = resume(&all[1], two[0].head()).unwrap();
    let Body::Keeping(Keeping::Resume { from, fork, kept }) = good.body().clone() else { panic!() };
    let genesis = all[0].record.log(&aronia().id).unwrap().entries()[0].head();
    let pair = |a: EntryId, b: EntryId| [a.min(b), a.max(b)];
    let head = |seq, hash| Head { author: aronia().id, seq, hash };
    let cases = [
        ("a lower number", from - 1, fork, kept),
        ("a higher number", from + 1, fork, kept),
        ("an entry of another number", from, pair(two[0].id(), genesis.hash), kept),
        ("another's log", from, fork, Head { author: belmar().id, ..kept }),
        ("a last entry with another number", from, fork, head(from + 1, kept.hash)),
        ("a last entry before the fork, of which it is none", from, fork, head(from - 1, kept.hash)),
        ("the other branch than the one that was seen", from, fork, head(from, two[1].id())),
    ];
    for (what, from, fork, kept) in cases {
        let body = Body::Keeping(Keeping::Resume { from, fork, kept });
        let bad = entry::sign(LogKind::Shared, entry::Entry { body, ..good.entry().clone() }, &belmar().node);
        let bad = bad.unwrap();
        for node in [0, 2] {
            let refused = all[node].record.admit(bad.bytes());
            assert_eq!(refused, Err(Refusal::NotTheFork(kept.author)), "{what}");
        }
    }
    // What proves the fork is not here yet: nobody can agree before it is.
    let body = Body::Keeping(Keeping::Resume { from, fork: pair(two[0].id(), EntryId([7; 32])), kept });
    let early =
        entry::sign(LogKind::Shared, entry::Entry { body, ..good.entry().clone() }, &belmar().node).unwrap();
    assert_eq!(all[0].record.admit(early.bytes()), Ok(Admitted::Offered));
    assert_eq!(agree(&all[0], &early), Err(Refusal::Offer(early.id())));
    assert_eq!(all[0].record.admit(good.bytes()), Ok(Admitted::Offered));
}

#[test]
fn who_has_not_heard_of_the_fork_gets_its_proof_with_the_resumption() {
    let (mut all, two) = forked();
    let fresh = Node { me: calder(), record: Node::new(calder()).record, clock: 1 };
    everyone(&mut all);
    let offered = resume(&all[1], two[0].head()).unwrap();
    all[1].record.admit(offered.bytes()).unwrap();
    all[0].record.admit(offered.bytes()).unwrap();
    let agreed = agree(&all[0], &offered).unwrap();
    all[0].record.admit(agreed.bytes()).unwrap();
    all[1].record.admit(agreed.bytes()).unwrap();
    all[2] = fresh;
    everyone(&mut all);
    assert_eq!(all[2].record.settled(), all[0].record.settled());
    assert_eq!(all[2].record.admit(two[1].bytes()), Ok(Admitted::SetAside));
    for party in [aronia().id, belmar().id] {
        assert_eq!(all[2].record.log(&party), all[0].record.log(&party));
    }
}

/// All orders of `n` things.
fn orders(n: usize) -> Vec<Vec<usize>> {
    let Some(last) = n.checked_sub(1) else { return vec![Vec::new()] };
    let shorter = orders(last).into_iter();
    shorter.flat_map(|order| (0..n).map(move |at| [&order[..at], &[last], &order[at..]].concat())).collect()
}

/// Lets the entries in, in every order, and gives every record that comes of it.
pub(super) fn in_all_orders(start: &Record, entries: &[Vec<u8>]) -> Vec<(Vec<usize>, Record)> {
    let taken = orders(entries.len()).into_iter().map(|order| {
        let mut record = start.clone();
        order.iter().for_each(|at| drop(record.admit(&entries[*at])));
        (order, record)
    });
    taken.collect()
}

#[test]
fn a_resumption_counts_in_whatever_order_the_entries_come() {
    let (mut all, two) = forked();
    let built = all[1].record.log(&belmar().id).unwrap().entries()[1].clone();
    let start = three()[2].record.clone();
    everyone(&mut all);
    let offered = resume(&all[1], two[0].head()).unwrap();
    all[0].record.admit(offered.bytes()).unwrap();
    let agreed = agree(&all[0], &offered).unwrap();
    all[0].record.admit(agreed.bytes()).unwrap();
    let entries = [two[0].bytes(), two[1].bytes(), built.bytes(), offered.bytes(), agreed.bytes()];
    let entries = entries.map(<[u8]>::to_vec);
    for (order, record) in in_all_orders(&start, &entries) {
        assert_eq!((record.forks().count(), record.settled().len()), (0, 1), "{order:?}");
        let state = (record.log(&aronia().id), record.log(&belmar().id));
        assert_eq!(state, (all[0].record.log(&aronia().id), all[0].record.log(&belmar().id)), "{order:?}");
        assert_eq!(record.set_aside().collect::<Vec<_>>(), [two[1].bytes()], "{order:?}");
    }
}

#[test]
fn a_branch_carries_an_offer_that_was_settled_on_it() {
    let mut all = three();
    let beside = all[1].record.clone();
    all[1].say(word(1));
    everyone(&mut all);
    let [reset, agreed] = reset(&mut all);
    everyone(&mut all);
    assert!(level(&all));
    // Another word of belmar's under an earlier number: what the two have settled since falls with the fork.
    let other = beside.sign(&belmar().id, word(2), 9, &belmar().node).unwrap();
    all[2].record.admit(other.bytes()).unwrap_err();
    everyone(&mut all);
    assert!(all.iter().all(|node| node.record.settled().is_empty() && node.record.forks().count() == 1));
    let offered = resume(&all[0], agreed.head()).unwrap();
    assert_eq!(offered.entry().prev, reset.id());
    all[0].record.admit(offered.bytes()).unwrap();
    everyone(&mut all);
    let agreed = agree(&all[1], &offered).unwrap();
    all[1].record.admit(agreed.bytes()).unwrap();
    everyone(&mut all);
    for node in &mut all {
        assert_eq!((node.record.forks().count(), node.record.settled().len()), (0, 2));
        assert!(node.record.entry(&reset.id()).is_some());
        assert_eq!(node.record.admit(other.bytes()), Ok(Admitted::SetAside));
    }
    for n in [0, 1, 0] {
        all[n].say(word(9));
    }
    everyone(&mut all);
    assert!(level(&all));
}

#[test]
fn one_member_cannot_use_up_the_offers_of_another() {
    let mut all = three();
    let root = calder().root;
    let last = (0..OFFERS_MAX as u64 + 9).map(|n| {
        let reason = format!("disk {n}").parse().unwrap();
        let offered = all[2].record.reset(&calder().id, reason, 0, 1, &calder().node, &root).unwrap();
        all[1].record.admit(offered.bytes())
    });
    assert_eq!(last.last(), Some(Err(Refusal::WaitingFull)), "there is a bound");
    let offered = offer(&all[0]).unwrap();
    assert_eq!(all[1].record.admit(offered.bytes()), Ok(Admitted::Offered));
    agree(&all[1], &offered).unwrap();
}

#[test]
fn a_file_is_held_to_the_place_of_an_agreement_and_to_the_root_of_a_compromise() {
    let all = three();
    let offered = offer(&all[0]).unwrap();
    let [mut a, mut b, c] =
        [aronia(), belmar(), calder()].map(|me| all[1].record.log(&me.id).unwrap().clone());
    a.push(offered.bytes()).unwrap();
    let mut heads: Vec<Head> =
        all[1].record.heads().into_iter().filter(|h| h.author != belmar().id).collect();
    b.push(b.sign_next(heads.clone(), 5, word(1), &belmar().node).unwrap().bytes()).unwrap();
    heads.iter_mut().filter(|h| h.author == aronia().id).for_each(|h| *h = offered.head());
    let agree = Body::Keeping(Keeping::Agree { entry: offered.id() });
    b.push(b.sign_next(heads, 6, agree, &belmar().node).unwrap().bytes()).unwrap();
    let read = Record::from_logs(members(), &[a, b, c]);
    let wrong = Unlawful::Agree(offered.id()).into();
    assert_eq!(read.map(drop), Err(Misfit { author: belmar().id, seq: 2, reason: wrong }));
}
