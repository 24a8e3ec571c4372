//! Forks that do not show as two lawful entries at one node, and how others learn of one.

use super::record::{Node, digest, meet};
use super::{AGREEMENT, aronia, belmar, calder, item};
use crate::*;

/// Aronia's next entry, signed without a look at the rules.
fn signed_by_aronia(node: &Node, body: Body) -> Vec<u8> {
    let me = aronia();
    let last = node.record.log(&me.id).unwrap().head();
    let seen = node.record.heads().into_iter().filter(|h| h.author != me.id).collect();
    let (author, seq, prev, time) = (me.id, last.seq + 1, last.hash, 5_000);
    let entry = entry::Entry { agreement: AGREEMENT, author, seq, prev, seen, time, body };
    entry::sign(LogKind::Shared, entry, &me.node).unwrap().bytes().to_vec()
}

fn lawful() -> Body {
    Body::Memo { kind: "word".parse().unwrap(), digest: digest(1) }
}

fn unlawful() -> Body {
    Body::Release { round: 1, item: item(1) }
}

/// Aronia and belmar, who have met, and two entries of aronia's under one number: lawful, and not.
fn two_words() -> (Node, Vec<u8>, Vec<u8>) {
    let (mut a, mut b) = (Node::new(aronia()), Node::new(belmar()));
    meet(&mut a, &mut b);
    let (yes, no) = (signed_by_aronia(&a, lawful()), signed_by_aronia(&a, unlawful()));
    (b, yes, no)
}

#[test]
fn two_entries_under_one_number_are_a_fork_in_either_order_though_one_is_unlawful() {
    for swapped in [false, true] {
        let (mut b, yes, no) = two_words();
        let [first, second] = if swapped { [&no, &yes] } else { [&yes, &no] };
        let admitted = b.record.admit(first);
        assert_eq!(admitted.is_ok(), !swapped);
        let Err(Refusal::Equivocation(proof)) = b.record.admit(second) else { panic!("{swapped}") };
        assert_eq!(proof.entries(), (&first[..], &second[..]));
        let genesis = aronia().log(LogKind::Shared).entries()[0].bytes().to_vec();
        assert_eq!(Equivocation::verify(&genesis, first, second).unwrap(), Some(*proof));
        assert_eq!(b.record.log(&aronia().id).unwrap().entries().len(), 1, "back to the last common entry");
        assert_eq!(b.try_say(lawful()), Err(Refusal::Frozen(aronia().id)));
        for bytes in [first, second] {
            assert_eq!(b.record.admit(bytes), Ok(Admitted::Duplicate), "what proves the fork is there");
        }
    }
}

#[test]
fn a_frozen_node_tells_others_of_the_fork() {
    let (mut b, yes, no) = two_words();
    let mut c = Node::new(calder());
    b.tell(&mut c);
    c.record.admit(&yes).unwrap();
    b.record.admit(&no).unwrap_err();
    b.record.admit(&yes).unwrap_err();
    assert_eq!(c.record.forks().count(), 0, "it has seen one of the two");
    let bundle = Bundle::open(&b.file_for(&c, |_| None), &c.me.transport).unwrap();
    for entry in &bundle.entries {
        let _ = c.record.admit(entry);
    }
    let proof = |node: &Node| node.record.forks().map(|f| (f.author(), f.seq())).collect::<Vec<_>>();
    assert_eq!(proof(&c), [(aronia().id, 1)]);
    assert_eq!(proof(&c), proof(&b));
}

#[test]
fn a_log_begins_with_a_genesis_and_nothing_else_passes_for_its_beginning() {
    let (mut b, _, _) = two_words();
    let me = aronia();
    let (author, seq, prev, time) = (me.id, 0, EntryId::NONE, 5_000);
    let entry =
        entry::Entry { agreement: AGREEMENT, author, seq, prev, seen: Vec::new(), time, body: lawful() };
    let bytes = entry::sign(LogKind::Shared, entry, &me.node).unwrap().bytes().to_vec();
    let refused: Result<Admitted, Refusal> = Err(LogError::GenesisPlace.into());
    assert_eq!(b.record.admit(&bytes), refused);
    assert_eq!(Node::new(calder()).record.admit(&bytes), refused, "and where the log is not held");
}
