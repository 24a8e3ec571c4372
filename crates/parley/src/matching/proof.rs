//! The proof that many points were all multiplied by the one key whose public half is known.
//!
//! There are two ways to draw the weights that fold a batch into one statement. [`Weights::Rfc9497`] is the RFC's: each
//! weight hangs on its own pair alone. [`Weights::Chunk`] is what a session uses: each hangs on the whole chunk, and has
//! 128 bits. `docs/protocol/matching.md` says why the first does not serve for large batches. All that
//! follows the weights is the RFC's (section 2.2).

use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{IsIdentity, VartimeMultiscalarMul};
use sha2::{Digest as _, Sha512};
use zeroize::Zeroize;

use super::voprf::{
    HolderKey, PointBytes, Points, context, hash_to_scalar, read_point, unblind, with_length,
};
use super::workers::Workers;

/// A proof as it travels: the challenge and the response, 32 bytes each.
pub type ProofBytes = [u8; 64];

/// How the weights of a batch are drawn.
#[derive(Debug, Clone, Copy)]
pub enum Weights<'a> {
    /// `ComputeComposites` of RFC 9497 section 2.2.1, for batches of at most 65,535 pairs.
    Rfc9497,
    /// From SHA-512 over the place of the chunk, the public key and all its points.
    Chunk(&'a [u8]),
}

/// `BlindEvaluate` of a batch: the answers and the proof for them. The same batch gives the same proof.
pub fn evaluate(
    key: &HolderKey,
    asked: &Points,
    how: Weights<'_>,
    workers: Workers,
) -> (Vec<PointBytes>, ProofBytes) {
    let evaluated = key.evaluate(asked.points(), workers);
    let proof = prove_evaluated(key, asked, &evaluated, how, workers);
    (evaluated, proof)
}

/// Why a batch of answers is worth nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unproved {
    /// There are not as many answers, or keys, as points, or none.
    Count,
    /// The answer at this place is not canonical or is the identity.
    Point(usize),
    /// The proof does not hold: one key did not make all of them.
    Proof,
}

/// A batch of answers as it came.
#[derive(Debug, Clone, Copy)]
pub struct Answers<'a> {
    /// The public half of the holder's key.
    pub public: &'a PointBytes,
    /// The points asked.
    pub asked: &'a Points,
    /// What came back for them, in their order.
    pub evaluated: &'a [PointBytes],
    /// The proof that came with it.
    pub proof: &'a ProofBytes,
}

/// `Finalize` of a batch: checks the proof, takes away the blinds and hashes. A key goes with the salt of its blind.
///
/// # Errors
/// Why the batch is worth nothing; no output is given for any part of it.
pub fn finalize<K: AsRef<[u8]> + Sync>(
    keys: &[(K, [u8; 32])],
    answers: Answers<'_>,
    how: Weights<'_>,
    workers: Workers,
) -> Result<Vec<[u8; 64]>, Unproved> {
    let Answers { asked, evaluated, .. } = answers;
    let count = asked.bytes().len();
    if count == 0 || count != evaluated.len() || count != keys.len() {
        return Err(Unproved::Count);
    }
    let points = Points::read(evaluated, workers).map_err(Unproved::Point)?;
    if !holds(answers, &points, how, workers) {
        return Err(Unproved::Proof);
    }
    let blinded: Vec<_> =
        keys.iter().zip(points.points()).map(|((key, salt), point)| (key.as_ref(), *salt, *point)).collect();
    Ok(unblind(&blinded, workers))
}

/// The proof alone, for the measuring of its cost.
pub(super) fn prove_evaluated(
    key: &HolderKey,
    asked: &Points,
    evaluated: &[PointBytes],
    how: Weights<'_>,
    workers: Workers,
) -> ProofBytes {
    prove(key, Statement { public: &key.public(), asked, evaluated }, how, workers)
}

/// The check of the proof alone.
pub(super) fn holds(answers: Answers<'_>, points: &Points, how: Weights<'_>, workers: Workers) -> bool {
    let Answers { public, asked, evaluated, proof } = answers;
    verify(Statement { public, asked, evaluated }, points, proof, how, workers)
}

/// What a proof speaks of: points, what became of them, and the public half of the key.
#[derive(Clone, Copy)]
pub(super) struct Statement<'a> {
    pub public: &'a PointBytes,
    pub asked: &'a Points,
    pub evaluated: &'a [PointBytes],
}

/// Proves that every evaluated point is the key times its point. The same statement gives the same proof.
fn prove(key: &HolderKey, of: Statement<'_>, how: Weights<'_>, workers: Workers) -> ProofBytes {
    let (seed, weights) = weights(of, how);
    // The nonce hangs on the secret and on the whole statement: two statements never share one.
    let mut wide: [u8; 64] = Sha512::new_with_prefix(b"homeward psi nonce v1")
        .chain_update(key.nonces)
        .chain_update(seed)
        .finalize()
        .into();
    let mut nonce = Scalar::from_bytes_mod_order_wide(&wide);
    let proof = prove_with(key, of.public, fold(&weights, of.asked.points(), workers), &nonce);
    wide.zeroize();
    nonce.zeroize();
    proof
}

/// `GenerateProof` behind the weights, with the nonce given.
fn prove_with(key: &HolderKey, public: &PointBytes, m: RistrettoPoint, nonce: &Scalar) -> ProofBytes {
    let z = m * key.scalar;
    let challenge = challenge(public, [m, z, RistrettoPoint::mul_base(nonce), m * nonce]);
    let response = nonce - challenge * key.scalar;
    let mut proof = [0; 64];
    proof[..32].copy_from_slice(challenge.as_bytes());
    proof[32..].copy_from_slice(response.as_bytes());
    proof
}

/// `VerifyProof`: whether the proof holds for these points, answers and key.
fn verify(
    of: Statement<'_>,
    evaluated: &Points,
    proof: &ProofBytes,
    how: Weights<'_>,
    workers: Workers,
) -> bool {
    let scalar = |at: usize| {
        let bytes: [u8; 32] = proof[at..at + 32].try_into().ok()?;
        Option::<Scalar>::from(Scalar::from_canonical_bytes(bytes))
    };
    let (Some(c), Some(s), Some(public)) = (scalar(0), scalar(32), read_point(of.public)) else {
        return false;
    };
    let (_, weights) = weights(of, how);
    let m = fold(&weights, of.asked.points(), workers);
    let z = fold(&weights, evaluated.points(), workers);
    let t2 = RistrettoPoint::vartime_double_scalar_mul_basepoint(&c, &public, &s);
    let t3 = RistrettoPoint::vartime_multiscalar_mul([s, c], [m, z]);
    // A folded point that is the identity says nothing; weights of an honest batch give it with probability 2^-128.
    !m.is_identity() && c == challenge(of.public, [m, z, t2, t3])
}

/// The sum of the points, each times its weight. All of it is public, so time may hang on it.
fn fold(weights: &[Scalar], points: &[RistrettoPoint], workers: Workers) -> RistrettoPoint {
    let pairs: Vec<(&Scalar, &RistrettoPoint)> = weights.iter().zip(points).collect();
    let part = |pairs: &[(&Scalar, &RistrettoPoint)]| {
        RistrettoPoint::vartime_multiscalar_mul(pairs.iter().map(|p| p.0), pairs.iter().map(|p| p.1))
    };
    workers.each_part(&pairs, part).into_iter().sum()
}

fn challenge(public: &PointBytes, points: [RistrettoPoint; 4]) -> Scalar {
    let mut transcript = with_length(public);
    for point in points {
        transcript.extend(with_length(point.compress().as_bytes()));
    }
    hash_to_scalar(&[&transcript, b"Challenge"], context!("HashToScalar-"))
}

/// The seed that the nonce hangs on, and a weight for each pair.
fn weights(of: Statement<'_>, how: Weights<'_>) -> ([u8; 64], Vec<Scalar>) {
    match how {
        Weights::Rfc9497 => weights_rfc9497(of),
        Weights::Chunk(place) => weights_chunk(of, place),
    }
}

fn weights_rfc9497(of: Statement<'_>) -> ([u8; 64], Vec<Scalar>) {
    let seed_transcript = [with_length(of.public), with_length(context!("Seed-"))].concat();
    let seed = with_length(&Sha512::digest(seed_transcript));
    let mut whole = Sha512::new_with_prefix(&seed);
    let mut weights = Vec::with_capacity(of.asked.bytes().len());
    for (i, (point, evaluated)) in of.asked.bytes().iter().zip(of.evaluated).enumerate() {
        whole.update(point);
        whole.update(evaluated);
        let (point, evaluated) = (with_length(point), with_length(evaluated));
        // The batch of a proof has at most 65,535 pairs.
        let place = (i as u16).to_be_bytes();
        let parts = [&seed, place.as_slice(), &point, &evaluated, b"Composite"];
        weights.push(hash_to_scalar(&parts, context!("HashToScalar-")));
    }
    (whole.finalize().into(), weights)
}

fn weights_chunk(of: Statement<'_>, place: &[u8]) -> ([u8; 64], Vec<Scalar>) {
    let mut whole = Sha512::new_with_prefix(b"homeward psi chunk proof v1");
    whole.update(with_length(place));
    whole.update(of.public);
    whole.update((of.asked.bytes().len() as u32).to_be_bytes());
    of.asked.bytes().iter().for_each(|point| whole.update(point));
    of.evaluated.iter().for_each(|point| whole.update(point));
    let seed: [u8; 64] = whole.finalize().into();
    let count = of.asked.bytes().len();
    let mut weights = Vec::with_capacity(count + 3);
    for block in 0..count.div_ceil(4) as u32 {
        let block = Sha512::new_with_prefix(seed).chain_update(block.to_be_bytes()).finalize();
        // A block of SHA-512 is four numbers of 16 bytes.
        let number = |bytes: &[u8]| Scalar::from(u128::from_le_bytes(bytes.try_into().unwrap_or_default()));
        weights.extend(block.chunks_exact(16).map(number));
    }
    weights.truncate(count);
    (seed, weights)
}

#[cfg(test)]
pub(super) mod seam {
    //! What the tests of vectors need: proofs with a nonce from outside, and the weights themselves.
    use super::*;

    pub fn prove_rfc9497(key: &HolderKey, of: Statement<'_>, nonce: &Scalar) -> ProofBytes {
        let (_, weights) = weights(of, Weights::Rfc9497);
        prove_with(key, of.public, fold(&weights, of.asked.points(), Workers::ONE), nonce)
    }

    pub fn weights_of(of: Statement<'_>, how: Weights<'_>) -> Vec<Scalar> {
        weights(of, how).1
    }
}
