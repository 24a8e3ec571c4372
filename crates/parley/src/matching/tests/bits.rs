//! Every bit of every kind of message, turned once: refused, and nothing has changed.

use proptest::prelude::*;

use super::*;
use crate::matching::message::Message;

/// Gives every copy of `bytes` with one bit turned to `read`, which must refuse it; the codes come back.
fn turned(bytes: &[u8], mut read: impl FnMut(&[u8]) -> Result<(), Refusal>) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for bit in 0..bytes.len() * 8 {
        let mut turned = bytes.to_vec();
        turned[bit / 8] ^= 1 << (bit % 8);
        match read(&turned) {
            Ok(()) => panic!("bit {bit} of byte {} was taken", bit / 8),
            Err(why) => codes.push(why.code()),
        }
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn small() -> Params {
    params([3, 3], [2, 2], 2)
}

fn pair() -> Pair {
    Pair::new(&small(), [&[1, 2], &[3]], [&[3], &[1, 9]])
}

/// Turns every bit of a message to this side; the message as it was must still be taken behind.
fn to_side(pair: &mut Pair, to: Side, bytes: &[u8], expected: &[&str]) {
    let side = &mut pair.sides[to.at()];
    assert_eq!(turned(bytes, |turned| side.receive(turned).map(|_| ())), expected);
    assert!(side.receive(bytes).is_ok(), "what was refused has changed nothing");
}

#[test]
fn a_turned_bit_of_an_accept_a_tag_a_query_an_answer_or_a_close_is_refused() {
    let mut pair = pair();
    for side in [Side::First, Side::Second] {
        let commit = pair.sides[side.at()].commit().to_vec();
        pair.send(side, commit);
    }
    let accept = pair.sides[0].accept().unwrap();
    let usual = ["psi-form", "psi-kind", "psi-other-session"];
    let with = |more: &[&'static str]| {
        let mut codes = [&usual, more].concat();
        codes.sort_unstable();
        codes
    };
    let frame = ["psi-version", "psi-wrong-side"];
    let codes = |more: &[&'static str]| with(&[&frame, more].concat());
    to_side(&mut pair, Side::Second, &accept, &codes(&["psi-other-commit"]));
    let accept = pair.sides[1].accept().unwrap();
    to_side(&mut pair, Side::First, &accept, &codes(&["psi-other-commit"]));
    for side in [Side::First, Side::Second] {
        let tags = pair.sides[side.at()].tags().unwrap();
        to_side(&mut pair, side.other(), &tags, &codes(&["psi-tags-changed"]));
    }
    for _ in 0..2 {
        for asker in [Side::First, Side::Second] {
            let query = pair.sides[asker.at()].query().unwrap().unwrap();
            let side = &mut pair.sides[asker.other().at()];
            let seen = turned(&query, |turned| side.receive(turned).map(|_| ()));
            assert!(seen.contains(&"psi-not-committed") && seen.contains(&"psi-out-of-budget"), "{seen:?}");
            let Ok(Event::EvaluationDue(entry)) = side.receive(&query) else { panic!("it is still taken") };
            let answer = side.recorded(&entry).unwrap();
            let side = &mut pair.sides[asker.at()];
            let seen = turned(&answer, |turned| side.receive(turned).map(|_| ()));
            assert!(seen.contains(&"psi-proof") && seen.contains(&"psi-point"), "{seen:?}");
            assert!(matches!(side.receive(&answer), Ok(Event::Answered { .. })));
        }
    }
    let close = pair.sides[0].close().unwrap();
    to_side(&mut pair, Side::Second, &close, &codes(&["psi-other-transcript"]));
}

/// Nothing in a commit says what it should be: it is signed as an entry, and the accept names its digest.
#[test]
fn a_turned_bit_of_a_commit_is_refused_at_once_or_by_the_accept() {
    let pair = pair();
    let commit = pair.sides[0].commit().to_vec();
    let codes = turned(&commit, |turned| {
        let mut second = session(&small(), Side::Second, &persons(&[3]), &persons(&[1, 9]));
        second.receive(turned)?;
        let accept = second.accept()?;
        let mut first = session(&small(), Side::First, &persons(&[1, 2]), &persons(&[3]));
        first.receive(second.commit())?;
        first.receive(&accept).map(|_| ())
    });
    assert!(codes.contains(&"psi-other-commit") && codes.contains(&"psi-public-key"), "{codes:?}");
}

#[test]
fn a_turned_bit_of_the_parameters_is_refused_or_is_another_session() {
    let params = small();
    let commit = pair().sides[0].commit().to_vec();
    let codes = turned(&params.encode(), |turned| {
        let params = Params::decode(turned)?;
        let mut second = session(&params, Side::Second, &[], &[]);
        second.receive(&commit).map(|_| ())
    });
    assert!(codes.contains(&"psi-other-session") && codes.contains(&"psi-params"), "{codes:?}");
    assert_eq!(Params::decode(&params.encode()), Ok(params));
}

#[test]
fn a_turned_bit_of_an_opening_is_refused() {
    let params = small();
    let pair = pair();
    let (sought, _) = pair.sides[0].lists();
    let bytes = open(&params, Side::First, sought, &[0, 2]).unwrap();
    let (_, Message::Commit(commit)) =
        Message::decode(&params, &params.session(), pair.sides[0].commit()).unwrap()
    else {
        panic!()
    };
    let codes = turned(&bytes, |turned| {
        check(&params, Side::First, ListKind::Sought, &commit, &[0, 2], turned).map(|_| ())
    });
    assert!(codes.contains(&"psi-leaf") && codes.contains(&"psi-other-leaves"), "{codes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// At every state, any bytes and any message cut, joined or with bytes changed.
    #[test]
    fn whatever_comes_is_refused_and_nothing_breaks(
        noise in prop::collection::vec(any::<u8>(), 0..300),
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..20),
        chunks in 0_usize..4,
    ) {
        let mut whole = pair();
        whole.until_closed();
        let mut pair = pair();
        pair.until_tags();
        (0..chunks).for_each(|n| assert!(pair.chunk(if n % 2 == 0 { Side::First } else { Side::Second })));
        let expected = pair.sides[0].matches().len();
        prop_assert!(pair.sides[0].receive(&noise).is_err());
        for (message, place, byte) in picks {
            let (_, mut bytes) = whole.sent[message.index(whole.sent.len())].clone();
            let place = place.index(bytes.len());
            if byte < 64 {
                bytes.truncate(place);
            } else if bytes[place] == byte {
                bytes.push(byte);
            } else {
                bytes[place] = byte;
            }
            for side in &mut pair.sides {
                prop_assert!(side.receive(&bytes).is_err());
            }
        }
        prop_assert_eq!(pair.sides[0].matches().len(), expected);
        if chunks % 2 == 1 {
            pair.chunk(Side::Second);
        }
        pair.until_finished();
        prop_assert_eq!(pair.found(Side::First), whole.found(Side::First));
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let mut pair = pair();
    let max = 512 + 4 * (512 + 20 * 32 + 128);
    assert_eq!(pair.sides[0].receive(&vec![0x9b; max + 1]), Err(Refusal::Oversize { found: max + 1, max }));
    assert_eq!(Params::decode(&[0x9b; 4_097]), Err(Refusal::Oversize { found: 4_097, max: 4_096 }));
}
