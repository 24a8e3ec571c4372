//! Who has a key that a log no longer holds under: what was settled since is not taken back by it.

use super::keeping::{everyone, key, level, lost, offer, rotate, three, word};
use super::record::Node;
use super::resume::in_all_orders;
use super::{aronia, belmar};
use crate::record::ASIDE_BYTES_MAX;
use crate::*;

/// Another entry of aronia's under number `seq`, signed with the key that its log began with.
fn by_the_first_key(node: &Node, seq: usize) -> Signed {
    let log = node.record.log(&aronia().id).unwrap();
    let entry = entry::Entry { body: word(77), ..log.entries()[seq].entry().clone() };
    entry::sign(LogKind::Shared, entry, &aronia().node).unwrap()
}

fn bytes_of(node: &Node, party: &PartyId) -> Vec<Vec<u8>> {
    node.record.log(party).unwrap().entries().iter().skip(1).map(|e| e.bytes().to_vec()).collect()
}

/// Admits the entries in all orders and requires the state of `node`, with `fork` set aside.
fn comes_level(start: &Record, entries: &[Vec<u8>], node: &Node, fork: &Signed) {
    for (order, mut record) in in_all_orders(start, entries) {
        // A bundle comes again until all are level.
        entries.iter().for_each(|entry| drop(record.admit(entry)));
        assert_eq!(record.forks().count(), 0, "{order:?}");
        assert_eq!(record.view().state_digest(), node.record.view().state_digest(), "{order:?}");
        assert!(record.set_aside().any(|bytes| bytes == fork.bytes()), "{order:?}");
    }
}

#[test]
fn a_retired_key_takes_no_rotation_back_that_the_other_party_has_seen() {
    let mut all = three();
    let start = all[2].record.clone();
    all[0].say(word(1));
    rotate(&mut all[0], 1).unwrap();
    let fork = by_the_first_key(&all[0], 1);
    // Nobody has seen it yet: the fork freezes, since the other branch is as good.
    let mut early = all[0].record.clone();
    assert!(matches!(early.admit(fork.bytes()), Err(Refusal::Equivocation(_))));
    everyone(&mut all);
    all[1].say(word(2));
    let [a, b] = [aronia().id, belmar().id].map(|party| bytes_of(&all[1], &party));
    let entries = [a, b, vec![fork.bytes().to_vec()]].concat();
    comes_level(&start, &entries, &all[1], &fork);
    everyone(&mut all);
    for node in &mut all {
        assert_eq!(node.record.admit(fork.bytes()), Ok(Admitted::SetAside));
        let rotation = by_the_first_key(node, 2);
        assert_eq!(
            node.record.admit(rotation.bytes()),
            Ok(Admitted::SetAside),
            "nor is the number of the rotation"
        );
    }
    all[0].say(word(3));
    everyone(&mut all);
    assert!(level(&all));
}

#[test]
fn a_lost_key_takes_no_settled_compromise_back() {
    let mut all = three();
    all[0].say(word(1));
    everyone(&mut all);
    let start = all[2].record.clone();
    let fork = by_the_first_key(&all[0], 1);
    let keys = (&key(20), key(21).public().digest());
    let offered = all[0].record.compromise(&aronia().id, 2, 5_000, keys, &aronia().root).unwrap();
    all[1].record.admit(offered.bytes()).unwrap();
    let agreed = all[1].record.agree(&belmar().id, &offered.id(), 0, 5_001, &belmar().node).unwrap();
    all[1].record.admit(agreed.bytes()).unwrap();
    let entries = [fork.bytes(), offered.bytes(), agreed.bytes()].map(<[u8]>::to_vec);
    comes_level(&start, &entries, &all[1], &fork);
    assert_eq!(all[1].record.admit(fork.bytes()), Ok(Admitted::SetAside));
}

#[test]
fn the_second_party_does_not_answer_a_reset_of_what_it_has_cosigned_or_what_waits() {
    let mut all = three();
    let old = lost(&mut all, 2);
    let offered = offer(&all[0]).unwrap();
    all[1].record.admit(offered.bytes()).unwrap();
    let answers = |record: &Record, cosigned| {
        let (me, reason) = (belmar(), "disk lost".parse().unwrap());
        let own = record.reset(&me.id, reason, cosigned, 9, &me.node, &me.root).unwrap();
        own.entry().seen.iter().any(|h| h.hash == offered.id())
    };
    assert!(answers(&all[1].record, 1), "what stands under the cosigned head is not lost");
    assert!(!answers(&all[1].record, 2), "a lost entry stands under the cosigned head");
    all[1].record.admit(&old[1]).unwrap();
    assert!(!answers(&all[1].record, 1), "a lost entry waits");
    let (me, reason) = (belmar(), "disk lost".parse().unwrap());
    let own = all[1].record.reset_without_what_waits(&me.id, reason, 1, 9, &me.node, &me.root).unwrap();
    assert!(own.entry().seen.iter().any(|h| h.hash == offered.id()), "an officer who has looked decides");
}

#[test]
fn what_is_set_aside_has_its_bound_and_what_finds_no_room_is_counted() {
    let mut all = three();
    let old = lost(&mut all, 1);
    super::keeping::reset(&mut all);
    everyone(&mut all);
    // A forgery takes no room: the signature is another's.
    let read = Unverified::read(LogKind::Shared, &old[0]).unwrap();
    let forged = entry::Entry { time: 1, ..read.entry().clone() };
    let mut bytes = entry::sign(LogKind::Shared, forged, &aronia().node).unwrap().bytes().to_vec();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    assert!(all[1].record.admit(&bytes).is_err());
    assert_eq!((all[1].record.set_aside().count(), all[1].record.set_aside_refused()), (0, 0));
    // Entries of a mebibyte fill it soonest.
    let items =
        (0..30_000u32).map(|n| Item(std::array::from_fn(|at| *n.to_be_bytes().get(at).unwrap_or(&0))));
    let body = Body::Nominate { round: 1, items: items.collect(), digest: super::record::digest(1) };
    let (mut room, mut kept) = (ASIDE_BYTES_MAX, 0);
    for time in 0..30 {
        let other = entry::Entry { time, body: body.clone(), ..read.entry().clone() };
        let other = entry::sign(LogKind::Shared, other, &aronia().node).unwrap();
        let fits = room >= other.bytes().len();
        let expected = if fits { Ok(Admitted::SetAside) } else { Err(Refusal::WaitingFull) };
        assert_eq!(all[1].record.admit(other.bytes()), expected);
        if fits {
            (room, kept) = (room - other.bytes().len(), kept + 1);
        }
    }
    let counted = (all[1].record.set_aside().count(), all[1].record.set_aside_refused());
    assert_eq!(counted, (kept, 30 - kept as u64));
    assert!(kept > 10 && kept < 20);
}
