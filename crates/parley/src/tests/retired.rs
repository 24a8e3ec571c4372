//! Who has a key that was handed over while the record was frozen, or was not heard of yet: what it cannot settle, stop or pass for.

use super::keeping::{everyone, key, level, resume, rotate, three, word};
use super::record::Node;
use super::resume::in_all_orders;
use super::{AGREEMENT, Member, aronia, belmar, calder};
use crate::*;

/// Belmar's key after its first.
fn next_of_belmar() -> NodeKey {
    NodeKey::from_secret([120; 32])
}

/// As `three`, and belmar's genesis lays down its next key too.
fn both_can_rotate() -> [Node; 3] {
    let begun = |me: Member, next: &NodeKey| {
        let genesis = me.genesis().with_next(&me.root, &AGREEMENT, &next.public());
        let log = Log::begin(LogKind::Shared, AGREEMENT, genesis, 1_000, &me.node).unwrap();
        let mut record = Record::new(super::members());
        record.admit(log.entries()[0].bytes()).unwrap();
        Node { me, record, clock: 2_000 }
    };
    let mut all = [begun(aronia(), &key(1)), begun(belmar(), &next_of_belmar()), Node::new(calder())];
    everyone(&mut all);
    all
}

fn rotate_belmar(node: &mut Node) -> Signed {
    let seen = node.record.heads().into_iter().filter(|h| h.author != belmar().id).collect();
    let log = node.record.log(&belmar().id).unwrap();
    let then = key(90).public().digest();
    let signed = log.sign_rotation(seen, 4_000, &belmar().node, &next_of_belmar(), then).unwrap();
    node.record.admit(signed.bytes()).unwrap();
    node.me.node = next_of_belmar();
    signed
}

/// Entry `seq` of a log, as it stands at a node.
fn entry_of(node: &Node, of: &Member, seq: usize) -> Signed {
    Signed::clone(&node.record.log(&of.id).unwrap().entries()[seq])
}

/// Another word of aronia's under the number of this one, signed with a key.
fn beside(this: &Signed, n: u8, by: &NodeKey) -> Signed {
    entry::sign(LogKind::Shared, entry::Entry { body: word(n), ..this.entry().clone() }, by).unwrap()
}

fn bytes(entries: &[&Signed]) -> Vec<Vec<u8>> {
    entries.iter().map(|e| e.bytes().to_vec()).collect()
}

fn admit(record: &mut Record, entries: &[&Signed]) {
    entries.iter().for_each(|e| drop(record.admit(e.bytes())));
}

/// What a record says, whatever way it came to it.
fn state(record: &Record) -> (usize, Vec<EntryId>, Digest, std::collections::BTreeSet<Vec<u8>>) {
    let mut settled: Vec<EntryId> = record.settled().iter().map(|s| s.offer).collect();
    settled.sort_unstable();
    let aside = record.set_aside().map(<[u8]>::to_vec).collect();
    (record.forks().count(), settled, record.view().state_digest(), aside)
}

/// Lets the entries in, in all orders, each twice as bundles do, and requires one state of all.
fn one_state(start: &Record, entries: &[&Signed]) -> Record {
    let entries = bytes(entries);
    let mut first: Option<Record> = None;
    for (order, mut record) in in_all_orders(start, &entries) {
        order.iter().for_each(|at| drop(record.admit(&entries[*at])));
        match &first {
            Some(first) => assert_eq!(state(&record), state(first), "{order:?}"),
            None => first = Some(record),
        }
    }
    first.unwrap()
}

/// Aronia has said one word and rotated, and nobody has seen it. Belmar, with aronia's first key, has made another word, offers to
/// go on along that one and agrees in aronia's name: the word, the rotation, the other word, the offer, the agreement.
fn taken_over() -> (Record, [Node; 3], [Signed; 5]) {
    let mut all = three();
    let start = all[2].record.clone();
    all[0].say(word(1));
    rotate(&mut all[0], 1).unwrap();
    let [said, rotation] = [1, 2].map(|seq| entry_of(&all[0], &aronia(), seq));
    let other = beside(&said, 77, &aronia().node);
    let mut thief = Node { me: belmar(), record: start.clone(), clock: 1 };
    admit(&mut thief.record, &[&other, &said]);
    let offered = resume(&thief, other.head()).unwrap();
    admit(&mut thief.record, &[&offered]);
    let agreed = thief.record.agree(&aronia().id, &offered.id(), 0, 6_001, &aronia().node).unwrap();
    (start, all, [said, rotation, other, offered, agreed])
}

#[test]
fn a_key_handed_over_settles_no_fork_with_the_help_of_the_other_party() {
    let (start, mut all, [said, rotation, other, offered, agreed]) = taken_over();
    let record = one_state(&start, &[&said, &rotation, &other, &offered, &agreed]);
    assert_eq!((record.forks().count(), record.settled().len()), (1, 0));
    // With the new key aronia goes on along the branch of its rotation, whoever offers it.
    admit(&mut all[0].record, &[&other, &offered, &agreed]);
    assert!(agree_along(&all[0], &offered).is_err(), "nor does aronia settle anything with that key");
    for by in [0, 1] {
        let mut two = [0, 1].map(|n| Node {
            me: if n == 0 { aronia() } else { belmar() },
            record: record.clone(),
            clock: 1,
        });
        two[0].me.node = key(1);
        let good = resume(&two[by], rotation.head()).unwrap();
        assert_eq!(two[1 - by].record.admit(good.bytes()), Ok(Admitted::Offered), "offered by {by}");
        let word = agree_along(&two[1 - by], &good).unwrap();
        let entries = [&said, &rotation, &other, &good, &word];
        let record = one_state(&start, &entries);
        assert_eq!((record.forks().count(), record.settled().len()), (0, 1), "offered by {by}");
        assert!(record.entry(&rotation.id()).is_some());
        assert_eq!(record.log(&aronia().id).unwrap().key(), &key(1).public());
        // What the thief has signed comes late: nothing changes.
        let mut late = record.clone();
        admit(&mut late, &[&offered, &agreed]);
        assert_eq!((late.forks().count(), late.settled()), (0, record.settled()), "offered by {by}");
    }
}

fn agree_along(node: &Node, offered: &Signed) -> Result<Signed, Refusal> {
    node.record.agree(&node.me.id, &offered.id(), 0, 6_001, &node.me.node)
}

#[test]
fn what_the_next_key_has_confirmed_is_not_taken_back_by_a_rotation_along_the_other_branch() {
    let (start, _, [said, rotation, other, offered, agreed]) = taken_over();
    // Here aronia itself has agreed, and its next key goes on along that line.
    let mut record = start.clone();
    admit(&mut record, &[&other, &said, &offered, &agreed]);
    assert_eq!(record.settled().len(), 1);
    let seen = record.heads().into_iter().filter(|h| h.author != aronia().id).collect();
    let log = record.log(&aronia().id).unwrap();
    let then = key(2).public().digest();
    let along = log.sign_rotation(seen, 7_000, &aronia().node, &key(1), then).unwrap();
    let record = one_state(&start, &[&said, &rotation, &other, &offered, &agreed, &along]);
    assert_eq!((record.forks().count(), record.settled().len()), (0, 1));
    assert!(record.entry(&along.id()).is_some());
}

#[test]
fn who_has_rotated_behind_a_fork_is_heard_in_whatever_order() {
    let mut all = both_can_rotate();
    let start = all[2].record.clone();
    all[0].say(word(1));
    everyone(&mut all);
    let mine = rotate_belmar(&mut all[1]);
    everyone(&mut all);
    rotate(&mut all[0], 1).unwrap();
    everyone(&mut all);
    all[1].say(word(2));
    let [said, rotation] = [1, 2].map(|seq| entry_of(&all[1], &aronia(), seq));
    let built = entry_of(&all[1], &belmar(), 2);
    let other = beside(&said, 77, &aronia().node);
    let record = one_state(&start, &[&said, &mine, &rotation, &built, &other]);
    assert_eq!(record.forks().count(), 0);
    assert_eq!(record.view().state_digest(), all[1].record.view().state_digest());
}

#[test]
fn who_has_rotated_behind_a_fork_offers_and_agrees_under_its_later_key() {
    let mut all = both_can_rotate();
    let start = all[2].record.clone();
    all[0].say(word(1));
    everyone(&mut all);
    let mine = rotate_belmar(&mut all[1]);
    let said = entry_of(&all[1], &aronia(), 1);
    let other = beside(&said, 77, &aronia().node);
    for node in &mut all {
        admit(&mut node.record, &[&mine, &other]);
        assert_eq!(node.record.forks().count(), 1);
    }
    for by in [0, 1] {
        let offered = resume(&all[by], said.head()).unwrap();
        assert_eq!(all[1 - by].record.clone().admit(offered.bytes()), Ok(Admitted::Offered), "by {by}");
        let mut other_party = Node { record: all[1 - by].record.clone(), me: belmar(), clock: 1 };
        (other_party.me.id, other_party.me.node) = (all[1 - by].me.id, all[1 - by].me.node.clone());
        admit(&mut other_party.record, &[&offered]);
        let agreed = agree_along(&other_party, &offered).unwrap();
        let record = one_state(&start, &[&said, &mine, &other, &offered, &agreed]);
        assert_eq!((record.forks().count(), record.settled().len()), (0, 1), "by {by}");
    }
}

#[test]
fn a_party_unsays_nothing_that_it_has_signed_under_a_key_that_came_behind_the_fork() {
    let mut all = both_can_rotate();
    all[0].say(word(1));
    everyone(&mut all);
    rotate_belmar(&mut all[1]);
    all[0].say(word(2));
    everyone(&mut all);
    all[1].say(word(3));
    let said = entry_of(&all[1], &aronia(), 1);
    let built = entry_of(&all[1], &belmar(), 2);
    admit(&mut all[1].record, &[&beside(&said, 77, &aronia().node)]);
    assert_eq!(all[1].record.forks().count(), 1);
    assert_eq!(resume(&all[1], said.head()), Err(Refusal::Unsays(built.head())));
}

#[test]
fn who_fills_the_store_with_an_old_key_does_not_stop_the_mending() {
    let mut all = three();
    let mut reader = all[2].record.clone();
    all[0].say(word(1));
    all[0].say(word(2));
    rotate(&mut all[0], 1).unwrap();
    all[0].say(word(4));
    everyone(&mut all);
    all[1].say(word(3));
    let [said, second, rotation, new] = [1, 2, 3, 4].map(|seq| entry_of(&all[1], &aronia(), seq));
    let seen = entry_of(&all[1], &belmar(), 1);
    admit(&mut reader, &[&said, &beside(&said, 77, &aronia().node)]);
    assert_eq!(reader.forks().count(), 1);
    // Entries of a mebibyte fill it soonest, and smaller ones what is left.
    let item = |n: u32| Item(std::array::from_fn(|at| *n.to_be_bytes().get(at).unwrap_or(&0)));
    let nominate = |items: u32| Body::Nominate {
        round: 1,
        items: (0..items).map(item).collect(),
        digest: super::record::digest(1),
    };
    let mut time = 2_000;
    let mut fill = |body: Body| {
        loop {
            time += 1;
            let junk = entry::Entry { seq: 9, time, body: body.clone(), ..said.entry().clone() };
            let junk = entry::sign(LogKind::Shared, junk, &aronia().node).unwrap();
            if reader.admit(junk.bytes()) == Err(Refusal::WaitingFull) {
                break;
            }
        }
    };
    [30_000, 3_000, 300, 30].into_iter().for_each(|items| fill(nominate(items)));
    fill(word(1));
    assert_eq!(reader.admit(second.bytes()), Err(Refusal::WaitingFull), "it is not known yet what it is for");
    // A bundle comes again.
    (0..2).for_each(|_| admit(&mut reader, &[&second, &rotation, &new, &seen]));
    assert_eq!(reader.forks().count(), 0);
    assert!(reader.entry(&rotation.id()).is_some() && reader.entry(&seen.id()).is_some());
}

#[test]
fn an_offer_under_a_former_key_does_not_silence_its_author() {
    let mut all = three();
    let start = all[2].record.clone();
    all[0].say(word(1));
    rotate(&mut all[0], 1).unwrap();
    let log = start.log(&aronia().id).unwrap();
    let kept = start.log(&belmar().id).unwrap().head();
    let fork = [EntryId([1; 32]), EntryId([2; 32])];
    let body = Body::Keeping(Keeping::Resume { from: kept.seq + 1, fork, kept });
    let seen = start.heads().into_iter().filter(|h| h.author != aronia().id).collect();
    let junk = log.sign_next(seen, 5, body, &aronia().node).unwrap();
    assert_eq!(all[0].record.admit(junk.bytes()), Ok(Admitted::Offered));
    all[0].record.check(&aronia().id, &word(2)).unwrap();
    all[0].say(word(2));
    everyone(&mut all);
    assert!(level(&all));
}

#[test]
fn a_former_key_agrees_to_nothing_while_another_log_is_frozen() {
    let mut all = three();
    rotate(&mut all[0], 1).unwrap();
    everyone(&mut all);
    let two = [1, 2].map(|n| all[2].record.sign(&calder().id, word(n), 3_000, &calder().node).unwrap());
    let offered = super::keeping::offer(&all[1]).unwrap();
    admit(&mut all[1].record, &[&offered]);
    let heads = all[1].record.heads().into_iter().filter(|h| h.author == calder().id);
    let seen = [offered.head()].into_iter().chain(heads).collect();
    let log = all[1].record.log(&aronia().id).unwrap();
    let agree = log.next_entry(seen, 5, Body::Keeping(Keeping::Agree { entry: offered.id() }));
    let [thief, own] =
        [&aronia().node, &key(1)].map(|by| entry::sign(LogKind::Shared, agree.clone(), by).unwrap());
    admit(&mut all[1].record, &[&two[0], &two[1]]);
    assert_eq!(all[1].record.forks().count(), 1);
    assert_eq!(all[1].record.admit(thief.bytes()), Err(EntryError::WrongKey.into()));
    assert!(all[1].record.settled().is_empty());
    admit(&mut all[1].record, &[&own]);
    assert_eq!(all[1].record.settled().len(), 1);
}

/// The bytes of an entry with another short name of its key in the header: what anybody can write.
fn renamed(entry: &Signed, from: &NodeKey, to: &NodeKey) -> Vec<u8> {
    let (old, new) = (from.public().kid(), to.public().kid());
    let at = entry.bytes().windows(8).position(|w| w == old).unwrap();
    [&entry.bytes()[..at], &new, &entry.bytes()[at + 8..]].concat()
}

#[test]
fn nobodys_words_pass_for_anothers_behind_a_fork() {
    let mut all = three();
    let mut reader = all[2].record.clone();
    all[0].say(word(1));
    let said = entry_of(&all[0], &aronia(), 1);
    let stranger = key(50);
    let (node_key, next_key) = (stranger.public(), stranger.public().digest());
    let at = entry::Entry { seq: 9, body: word(0), ..said.entry().clone() };
    let signature = stranger.sign(&Keeping::handover_message(&node_key, &next_key, &at));
    let body = Body::Keeping(Keeping::Rotate { node_key, next_key, signature });
    let planted = entry::sign(LogKind::Shared, entry::Entry { body, ..at.clone() }, &stranger).unwrap();
    let planted = renamed(&planted, &stranger, &key(1));
    assert!(matches!(reader.admit(&planted), Ok(Admitted::Waiting { .. })));
    admit(&mut reader, &[&said, &beside(&said, 77, &aronia().node)]);
    assert_eq!(reader.forks().count(), 1);
    let forged = entry::sign(LogKind::Shared, entry::Entry { seq: 10, ..at }, &stranger).unwrap();
    assert!(reader.admit(forged.bytes()).is_err());
    assert!(!reader.set_aside().any(|bytes| bytes == forged.bytes() || bytes == planted));
}

#[test]
fn a_fork_that_shows_while_waiting_entries_come_in_is_mended_by_what_is_here() {
    let mut all = three();
    let start = all[2].record.clone();
    rotate(&mut all[0], 1).unwrap();
    all[0].say(word(1));
    rotate(&mut all[0], 2).unwrap();
    everyone(&mut all);
    all[1].say(word(2));
    let [first, said, second] = [1, 2, 3].map(|seq| entry_of(&all[1], &aronia(), seq));
    let seen = entry_of(&all[1], &belmar(), 1);
    let other = beside(&said, 77, &key(1));
    for two in [[&said, &other], [&other, &said]] {
        let mut record = start.clone();
        admit(&mut record, &[two[0], two[1], &second, &seen, &first]);
        assert_eq!(record.forks().count(), 0);
        assert_eq!(record.view().state_digest(), all[1].record.view().state_digest());
    }
}

#[test]
fn nobody_signs_a_compromise_below_the_number_under_which_the_log_cannot_change() {
    let mut all = three();
    all[0].say(word(1));
    rotate(&mut all[0], 1).unwrap();
    everyone(&mut all);
    let next = (&key(20), key(21).public().digest());
    let below =
        |node: &Node, from| node.record.compromise(&aronia().id, from, 5_000, next, &aronia().root).err();
    assert_eq!(below(&all[0], 2), None, "nobody has seen the rotation yet");
    all[1].say(word(2));
    everyone(&mut all);
    assert_eq!(below(&all[0], 2), Some(LogError::Seq { expected: 3, found: 2 }.into()));
    assert_eq!(below(&all[0], 3), None);
}

#[test]
fn two_forks_each_with_a_rotation_that_the_other_has_seen_come_to_an_end() {
    let mut all = both_can_rotate();
    let start = all[2].record.clone();
    all[0].say(word(1));
    rotate(&mut all[0], 1).unwrap();
    all[1].say(word(2));
    rotate_belmar(&mut all[1]);
    let [a, b] = [aronia(), belmar()].map(|me| {
        let node = usize::from(me.id == belmar().id);
        [1, 2].map(|seq| entry_of(&all[node], &me, seq))
    });
    everyone(&mut all);
    all[0].say(word(3));
    all[1].say(word(4));
    let built = [entry_of(&all[0], &aronia(), 3), entry_of(&all[1], &belmar(), 3)];
    let others = [beside(&a[0], 77, &aronia().node), beside(&b[0], 78, &belmar().node)];
    let orders = [
        [&a[0], &a[1], &b[0], &b[1], &built[0], &built[1], &others[0], &others[1]],
        [&others[0], &others[1], &built[0], &built[1], &b[1], &b[0], &a[1], &a[0]],
        [&a[0], &others[0], &b[0], &others[1], &a[1], &b[1], &built[0], &built[1]],
    ];
    for order in orders {
        let mut record = start.clone();
        (0..2).for_each(|_| admit(&mut record, &order));
        // Each rests on the other: what seals both is here, or neither branch can be told.
        let forks: Vec<PartyId> = record.forks().map(Equivocation::author).collect();
        let whole = built.iter().all(|e| record.entry(&e.id()).is_some());
        let both = [aronia().id, belmar().id];
        assert_eq!(forks, if whole { &[][..] } else { &both[..] });
    }
}

#[test]
fn an_offer_that_came_before_its_past_forks_nothing() {
    let mut all = three();
    let start = all[2].record.clone();
    all[0].say(word(1));
    let offered = super::keeping::offer(&all[0]).unwrap();
    all[0].say(word(2));
    let [first, second] = [1, 2].map(|seq| entry_of(&all[0], &aronia(), seq));
    let record = one_state(&start, &[&first, &second, &offered]);
    assert_eq!((record.forks().count(), record.heads()), (0, all[0].record.heads()));
}

#[test]
fn what_was_signed_behind_a_rotation_that_is_lost_is_kept_too() {
    let mut all = three();
    let before = all[0].record.clone();
    rotate(&mut all[0], 1).unwrap();
    all[0].say(word(1));
    let lost = [1, 2].map(|seq| entry_of(&all[0], &aronia(), seq));
    all[0] = Node { me: aronia(), record: before, clock: 3_000 };
    super::keeping::reset(&mut all);
    for entry in &lost {
        assert_eq!(all[1].record.admit(entry.bytes()), Ok(Admitted::SetAside));
    }
    assert!(lost.iter().all(|e| all[1].record.set_aside().any(|bytes| bytes == e.bytes())));
}
