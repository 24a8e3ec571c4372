//! What a holder sees of an asker, and that it does not hang on whom the asker seeks.
//!
//! Three things are shown, and one is argued. Shown: lists of one cap give messages of one shape, however many names are
//! in them; an asker without any names, who sends random points, is served by the holder's software to the end;
//! whatever points were seen, every other list explains them with blinds that are just as likely. For the last the logarithms
//! of the hashed keys must be known, which for real keys nobody does, so the hash is replaced by known multiples of the
//! generator: the hash only chooses which elements of the group of prime order are blinded, and blinding does not
//! care which. Argued: blinds here come from salts by SHA-512, so in place of "just as likely" stands "not to be told apart
//! without breaking SHA-512 with a secret of 32 bytes".

use std::collections::BTreeSet;

use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use sha2::{Digest as _, Sha512};

use super::*;
use crate::matching::message::Message;
use crate::matching::voprf::hash_to_group;

fn wide(name: &str, number: u32) -> [u8; 64] {
    Sha512::new_with_prefix(name).chain_update(number.to_be_bytes()).finalize().into()
}

/// Kinds and sizes of all that the first side sends in a run in which it asks for these.
fn shape(sought: &[u32]) -> Vec<(Side, usize, Vec<u8>)> {
    let mut pair = Pair::new(&params([9, 0], [0, 5], 4), [sought, &[]], [&[], &[1, 2, 3]]);
    pair.until_closed();
    // The kind stands before anything that can differ.
    let of = |(from, bytes): &(Side, Vec<u8>)| {
        let at = bytes.windows(4).position(|window| window == b"psi.").unwrap();
        (*from, bytes.len(), bytes[at..at + 8].to_vec())
    };
    pair.sent.iter().map(of).collect()
}

#[test]
fn lists_of_one_cap_give_messages_of_one_shape() {
    let nobody = shape(&[]);
    assert_eq!(nobody.iter().filter(|(from, ..)| *from == Side::First).count(), 7);
    for sought in [&[1, 2, 3][..], &[50], &[40, 41, 42, 43, 44, 45, 46, 47, 48]] {
        assert_eq!(shape(sought), nobody);
    }
}

/// An asker that knows the caps and the parameters and nothing else: what a holder sees, from coins alone.
struct Simulated {
    id: Digest,
    queries: Vec<Vec<u8>>,
    rows: Vec<u8>,
}

impl Simulated {
    fn new(params: &Params) -> Simulated {
        let id = params.session();
        let point = |number| RistrettoPoint::from_uniform_bytes(&wide("coins", number)).compress().to_bytes();
        let points: Vec<PointBytes> = (0..params.sought[0]).map(point).collect();
        let queries = points.chunks(params.chunk as usize).zip(0..).map(|(points, chunk)| {
            Message::Query { at: chunk * params.chunk, points }.encode(&id, Side::First)
        });
        Simulated { id, queries: queries.collect(), rows: Vec::new() }
    }

    fn commit(&self) -> Vec<u8> {
        let root = |name| Digest::of(&wide(name, 0));
        let commit = Commit {
            sought: root("sought"),
            held: root("held"),
            key: RistrettoPoint::from_uniform_bytes(&wide("key", 0)).compress().to_bytes(),
            tags: Digest::of(&self.rows),
            queries: self.queries.iter().map(|query| Digest::of(query)).collect(),
        };
        Message::Commit(commit).encode(&self.id, Side::First)
    }
}

#[test]
fn a_simulated_asker_without_names_is_served_like_a_real_one() {
    let params = params([9, 0], [0, 5], 4);
    let asker = Simulated::new(&params);
    let mut holder = session(&params, Side::Second, &[], &persons(&[1, 2, 3]));
    let mut seen = vec![asker.commit()];
    holder.receive(&seen[0]).unwrap();
    holder.accept().unwrap();
    let commits = [Digest::of(&seen[0]), Digest::of(holder.commit())];
    seen.push(Message::Accept { commits }.encode(&asker.id, Side::First));
    seen.push(Message::Tags { rows: &asker.rows }.encode(&asker.id, Side::First));
    assert_eq!(holder.receive(&seen[1]), Ok(Event::AcceptSeen));
    assert_eq!(holder.receive(&seen[2]), Ok(Event::TagsSeen));
    for query in &asker.queries {
        seen.push(query.clone());
        let Ok(Event::EvaluationDue(entry)) = holder.receive(query) else { panic!("a holder cannot tell") };
        holder.recorded(&entry).unwrap();
    }
    seen.push(holder.close().unwrap());
    let sizes: Vec<usize> = seen.iter().map(Vec::len).collect();
    let real = shape(&[1, 2, 3]);
    let real: Vec<usize> = real.iter().filter(|(from, ..)| *from == Side::First).map(|seen| seen.1).collect();
    assert_eq!(sizes, real, "and what it saw has the shape of a real run");
}

#[test]
fn whatever_points_were_seen_every_other_list_explains_them() {
    let hashed = |list, number| Scalar::from_bytes_mod_order_wide(&wide(list, number));
    let blinded = |logarithm: Scalar, blind: Scalar| {
        (RistrettoPoint::mul_base(&logarithm) * blind).compress().to_bytes()
    };
    for number in 0..50 {
        let (sought, other) = (hashed("one list", number), hashed("another list", number));
        let blind = Scalar::from_bytes_mod_order_wide(&wide("blind", number));
        let point = blinded(sought, blind);
        // One blind for each: from a uniform one it is uniform, since it is a fixed multiple of it.
        let explains = blind * sought * other.invert();
        assert_eq!(blinded(other, explains), point);
        assert_ne!(blinded(other, blind), point);
        assert_eq!(explains * other * sought.invert(), blind, "and back again");
    }
    // What the argument needs of the real hash: every key gives an element, none the identity, so each has an inverse
    // logarithm in the group of prime order.
    let points: BTreeSet<PointBytes> =
        (0..50).map(|n| hash_to_group(&key(n)).compress().to_bytes()).collect();
    assert!(points.len() == 50 && !points.contains(&[0; 32]));
}

#[test]
fn two_runs_over_one_list_have_no_point_no_root_and_no_tag_in_common() {
    let view = |run: u32| {
        let params = Params { run, ..params([9, 0], [0, 5], 4) };
        let mut pair = Pair::new(&params, [&[1, 2, 3], &[]], [&[], &[1, 2]]);
        pair.until_closed();
        let (sought, _) = pair.sides[0].lists();
        let keys = sought.salted(0, 9);
        let points = Points::blind(&keys, Workers::ONE).bytes().to_vec();
        let rows = pair.sides[1].rows.chunks(TAG_BYTES).map(<[u8]>::to_vec).collect::<BTreeSet<_>>();
        (points.into_iter().collect::<BTreeSet<_>>(), sought.root(), rows, sought.place_of(&key(1)))
    };
    let ((points, root, rows, _), again) = (view(1), view(2));
    assert!(points.is_disjoint(&again.0) && root != again.1 && rows.is_disjoint(&again.2));
    assert_eq!(points.len(), 9, "those that fill up are points like the others");
}

#[test]
fn the_place_of_a_key_says_nothing() {
    let params = params([9, 0], [0, 5], 4);
    let places: BTreeSet<Option<u32>> = (0..60)
        .map(|seed| {
            let persons = persons(&[1, 2, 3]);
            CommittedList::new(&params, Side::First, ListKind::Sought, &persons, &[seed; 32])
                .unwrap()
                .place_of(&key(1))
        })
        .collect();
    assert_eq!(places, (0..9).map(Some).collect(), "every place is taken under some secret");
}
