//! The function against the RFC's vectors (`rfc9497.txt` is appendix A.1.2 as it stands) and against the `voprf`
//! package, with our client at its server and its client at ours.

use ::voprf::{BlindedElement, EvaluationElement, Proof, Ristretto255, VoprfClient, VoprfServer};
use curve25519_dalek::scalar::Scalar;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::matching::proof::seam::{prove_rfc9497, weights_of};
use crate::matching::proof::{Statement, evaluate, finalize};
use crate::matching::voprf;

const RFC: &str = include_str!("rfc9497.txt");

/// The values of a name in the RFC's text, in their order; lists are told apart by commas.
fn values(name: &str) -> Vec<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    let mut lines = RFC.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix(&format!("{name} = ")) else { continue };
        let mut text = first.to_owned();
        while lines.peek().is_some_and(|line| !line.is_empty() && !line.contains(" = ")) {
            text += lines.next().unwrap();
        }
        found.push(text.split(',').map(unhex).collect());
    }
    found
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().unwrap()
}

fn scalar(bytes: &[u8]) -> Scalar {
    Scalar::from_canonical_bytes(array(bytes)).unwrap()
}

fn holder() -> HolderKey {
    HolderKey::derive(&array(&values("Seed")[0][0]), &values("KeyInfo")[0][0])
}

#[test]
fn the_vectors_of_the_rfc_come_out_value_for_value() {
    let key = holder();
    assert_eq!(key.scalar.to_bytes(), *values("skSm")[0][0]);
    assert_eq!(key.public(), *values("pkSm")[0][0]);
    let inputs = values("Input");
    assert_eq!(inputs.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 2], "three vectors, one a batch");
    for (vector, inputs) in inputs.iter().enumerate() {
        let field = |name| values(name)[vector].clone();
        let blinds: Vec<Scalar> = field("Blind").iter().map(|blind| scalar(blind)).collect();
        let blinded: Vec<PointBytes> = inputs
            .iter()
            .zip(&blinds)
            .map(|(input, blind)| (voprf::hash_to_group(input) * blind).compress().to_bytes())
            .collect();
        assert!(field("BlindedElement").iter().eq(&blinded), "vector {vector}");
        let asked = Points::read(&blinded, Workers::ONE).unwrap();
        let evaluated = key.evaluate(asked.points(), Workers::ONE);
        assert!(field("EvaluationElement").iter().eq(&evaluated), "vector {vector}");
        let of = Statement { public: &key.public(), asked: &asked, evaluated: &evaluated };
        let proof = prove_rfc9497(&key, of, &scalar(&field("ProofRandomScalar")[0]));
        assert_eq!(proof, *field("Proof")[0], "vector {vector}");
        let outputs: Vec<[u8; 64]> = inputs
            .iter()
            .zip(Points::read(&evaluated, Workers::ONE).unwrap().points())
            .zip(&blinds)
            .map(|((input, point), blind)| {
                voprf::finalize(input, &(point * blind.invert()).compress().to_bytes())
            })
            .collect();
        assert_eq!(outputs.iter().map(|output| output.to_vec()).collect::<Vec<_>>(), field("Output"));
        assert_eq!(key.outputs(inputs, Workers::ONE), outputs, "the holder's own way");
    }
}

fn salted(keys: &[Vec<u8>]) -> Vec<(Vec<u8>, [u8; 32])> {
    (0_u8..).zip(keys).map(|(n, key)| (key.clone(), [n; 32])).collect()
}

fn keys() -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop::collection::vec(prop::collection::vec(any::<u8>(), 1..80), 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn our_asker_and_the_package_as_holder_agree(keys in keys(), seed: [u8; 32]) {
        let server = VoprfServer::<Ristretto255>::new_from_seed(&seed, b"info").unwrap();
        let ours = HolderKey::derive(&seed, b"info");
        let asked = Points::blind(&salted(&keys), Workers::ONE);
        let theirs: Vec<BlindedElement<Ristretto255>> =
            asked.bytes().iter().map(|point| BlindedElement::deserialize(point).unwrap()).collect();
        let mut rng = ChaCha20Rng::from_seed(seed);
        let result = server.batch_blind_evaluate(&mut rng, &theirs).unwrap();
        let evaluated: Vec<PointBytes> = result.messages.iter().map(|m| array(&m.serialize())).collect();
        let proof = array(&result.proof.serialize());
        let answers =
            Answers { public: &ours.public(), asked: &asked, evaluated: &evaluated, proof: &proof };
        let outputs = finalize(&salted(&keys), answers, Weights::Rfc9497, Workers::ONE).unwrap();
        for (key, output) in keys.iter().zip(&outputs) {
            prop_assert_eq!(&server.evaluate(key).unwrap().to_vec(), &output.to_vec());
        }
        prop_assert_eq!(outputs, ours.outputs(&keys, Workers::ONE));
    }

    #[test]
    fn the_package_as_asker_and_our_holder_agree(keys in keys(), seed: [u8; 32]) {
        let ours = HolderKey::derive(&seed, b"info");
        let mut rng = ChaCha20Rng::from_seed(seed);
        let (clients, points): (Vec<_>, Vec<PointBytes>) = keys
            .iter()
            .map(|key| VoprfClient::<Ristretto255>::blind(key, &mut rng).unwrap())
            .map(|blinded| (blinded.state, array(&blinded.message.serialize())))
            .unzip();
        let asked = Points::read(&points, Workers::ONE).unwrap();
        let (evaluated, proof) = evaluate(&ours, &asked, Weights::Rfc9497, Workers::new(2));
        let messages: Vec<_> = evaluated
            .iter()
            .map(|point| EvaluationElement::<Ristretto255>::deserialize(point).unwrap())
            .collect();
        let server = VoprfServer::<Ristretto255>::new_from_seed(&seed, b"info").unwrap();
        let proof = Proof::deserialize(&proof).unwrap();
        let outputs: Vec<Vec<u8>> =
            VoprfClient::batch_finalize(&keys, &clients, &messages, &proof, server.get_public_key())
                .unwrap()
                .map(|output| output.unwrap().to_vec())
                .collect();
        let own: Vec<Vec<u8>> = ours.outputs(&keys, Workers::ONE).iter().map(|o| o.to_vec()).collect();
        prop_assert_eq!(outputs, own);
    }

    #[test]
    fn either_proof_holds_for_one_key_and_for_no_other_and_at_one_place(keys in keys(), at: prop::sample::Index) {
        let (key, other) = (HolderKey::derive(&[1; 32], b""), HolderKey::derive(&[2; 32], b""));
        let asked = Points::blind(&salted(&keys), Workers::ONE);
        for how in [Weights::Rfc9497, Weights::Chunk(b"here")] {
            let (evaluated, proof) = evaluate(&key, &asked, how, Workers::ONE);
            let check = |evaluated: &[PointBytes], how| {
                let answers = Answers { public: &key.public(), asked: &asked, evaluated, proof: &proof };
                finalize(&salted(&keys), answers, how, Workers::new(2))
            };
            prop_assert_eq!(check(&evaluated, how).unwrap(), key.outputs(&keys, Workers::ONE));
            let at = at.index(keys.len());
            let mut wrong = evaluated.clone();
            wrong[at] = other.evaluate(&asked.points()[at..=at], Workers::ONE)[0];
            prop_assert_eq!(check(&wrong, how), Err(Unproved::Proof));
            prop_assert_eq!(check(&evaluated, Weights::Chunk(b"there")), Err(Unproved::Proof));
        }
    }
}

#[test]
fn a_weight_of_the_chunk_hangs_on_every_point_and_the_rfcs_on_its_own_alone() {
    let key = HolderKey::derive(&[1; 32], b"");
    let asked = Points::blind(&salted(&[b"a".to_vec(), b"b".to_vec(), b"c".to_vec()]), Workers::ONE);
    let honest = key.evaluate(asked.points(), Workers::ONE);
    let mut changed = honest.clone();
    changed[2] = honest[0];
    let unchanged = |how| {
        let public = &key.public();
        let of = |evaluated| weights_of(Statement { public, asked: &asked, evaluated }, how);
        let pairs = of(&honest).into_iter().zip(of(&changed));
        pairs.map(|(before, after)| before == after).collect::<Vec<_>>()
    };
    assert_eq!(unchanged(Weights::Rfc9497), [true, true, false]);
    assert_eq!(unchanged(Weights::Chunk(b"")), [false, false, false]);
}

#[test]
fn any_number_of_threads_gives_the_same_answer() {
    let keys: Vec<Vec<u8>> = (0..2_500_u32).map(key).collect();
    let salted: Vec<_> = keys.iter().map(|key| (key.clone(), Digest::of(key).0)).collect();
    let holder = HolderKey::derive(&[1; 32], b"");
    let all = |workers| {
        let asked = Points::blind(&salted, workers);
        let (evaluated, proof) = evaluate(&holder, &asked, Weights::Chunk(b""), workers);
        let answers =
            Answers { public: &holder.public(), asked: &asked, evaluated: &evaluated, proof: &proof };
        (finalize(&salted, answers, Weights::Chunk(b""), workers).unwrap(), proof)
    };
    let one = all(Workers::ONE);
    assert_eq!(one.0, holder.outputs(&keys, Workers::ONE));
    assert!([2, 3, 7].into_iter().all(|count| all(Workers::new(count)) == one));
}
