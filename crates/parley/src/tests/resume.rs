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

