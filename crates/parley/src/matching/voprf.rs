//! The verifiable oblivious function of RFC 9497: ciphersuite ristretto255-SHA512, mode 0x01.
//!
//! Decides how a key becomes a point, how points are blinded, evaluated and finalized. What touches a secret (the
//! holder's key, a blind, a key of the lists) takes the same time whatever the secret is. Refuses to draw
//! randomness: secrets arrive as bytes.

use std::fmt;

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;
use sha2::{Digest as _, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::workers::Workers;

/// `contextString` of RFC 9497 section 3.1 for this mode and ciphersuite.
macro_rules! context {
    ($name:literal) => {
        concat!($name, "OPRFV1-\x01-ristretto255-SHA512").as_bytes()
    };
}
pub(super) use context;

/// A point as it travels: 32 bytes.
pub type PointBytes = [u8; 32];

/// `HashToGroup` of RFC 9497 section 4.1.
pub(super) fn hash_to_group(input: &[u8]) -> RistrettoPoint {
    RistrettoPoint::from_uniform_bytes(&expand(&[input], context!("HashToGroup-")))
}

/// `HashToScalar` of RFC 9497 section 4.1 over the joined parts, with this domain separation tag.
pub(super) fn hash_to_scalar(parts: &[&[u8]], dst: &[u8]) -> Scalar {
    let mut wide = expand(parts, dst);
    let scalar = Scalar::from_bytes_mod_order_wide(&wide);
    wide.zeroize();
    scalar
}

/// `expand_message_xmd` of RFC 9380 section 5.3.1 with SHA-512, for the only length in use: 64 bytes, one block.
fn expand(parts: &[&[u8]], dst: &[u8]) -> [u8; 64] {
    // All tags of ours are shorter than 256 bytes.
    let tag_length = [dst.len() as u8];
    let mut first = Sha512::new_with_prefix([0; 128]);
    parts.iter().for_each(|part| first.update(part));
    first.update([0, 64, 0]);
    first.update(dst);
    first.update(tag_length);
    let mut second = Sha512::new_with_prefix(first.finalize());
    second.update([1]);
    second.update(dst);
    second.update(tag_length);
    second.finalize().into()
}

/// Joins a number of bytes to its length in two bytes, as the RFC's transcripts want it.
pub(super) fn with_length(bytes: &[u8]) -> Vec<u8> {
    // Inputs of ours are shorter than 65,536 bytes: keys are bounded, points and seeds have fixed lengths.
    let mut joined = (bytes.len() as u16).to_be_bytes().to_vec();
    joined.extend_from_slice(bytes);
    joined
}

/// The holder's key for one run. Zeroed when dropped; never leaves the process.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct HolderKey {
    pub(super) scalar: Scalar,
    /// From it the nonces of proofs are derived.
    pub(super) nonces: [u8; 32],
    #[zeroize(skip)]
    public: PointBytes,
}

impl HolderKey {
    /// `DeriveKeyPair` of RFC 9497 section 3.2.1 from a secret of 32 bytes and public words.
    ///
    /// The nonces of proofs come from the same secret by SHA-512 under another name.
    pub fn derive(secret: &[u8; 32], info: &[u8]) -> HolderKey {
        let info = with_length(info);
        // The RFC tries counters until the scalar is not zero; the first is with overwhelming probability not, and
        // 256 zeros in a row do not happen.
        let scalar = (0..=u8::MAX)
            .map(|counter| hash_to_scalar(&[secret, &info, &[counter]], context!("DeriveKeyPair")))
            .find(|scalar| *scalar != Scalar::ZERO)
            .unwrap_or(Scalar::ONE);
        let mut wide: [u8; 64] =
            Sha512::new_with_prefix(b"homeward psi nonces v1").chain_update(secret).finalize().into();
        let mut nonces = [0; 32];
        nonces.copy_from_slice(&wide[..32]);
        wide.zeroize();
        HolderKey { scalar, nonces, public: RistrettoPoint::mul_base(&scalar).compress().to_bytes() }
    }

    /// The public half, kG.
    pub fn public(&self) -> PointBytes {
        self.public
    }

    /// `BlindEvaluate` without its proof: the key times each point.
    pub(super) fn evaluate(&self, points: &[RistrettoPoint], workers: Workers) -> Vec<PointBytes> {
        let mut half = self.scalar.div_by_2();
        let evaluated = workers.map(points, |block| double_and_compress(block.iter().map(|p| p * half)));
        half.zeroize();
        evaluated
    }

    /// `Evaluate`: the function's whole output for keys of one's own.
    pub(super) fn outputs<K: AsRef<[u8]> + Sync>(&self, keys: &[K], workers: Workers) -> Vec<[u8; 64]> {
        let mut half = self.scalar.div_by_2();
        let outputs = workers.map(keys, |block| {
            let points = double_and_compress(block.iter().map(|key| hash_to_group(key.as_ref()) * half));
            block.iter().zip(points).map(|(key, point)| finalize(key.as_ref(), &point)).collect()
        });
        half.zeroize();
        outputs
    }
}

impl fmt::Debug for HolderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HolderKey({:02x?}..)", &self.public[..4])
    }
}

/// The blind of the leaf with this salt: SHA-512 of a name and the salt, reduced.
///
/// An opened leaf shows its salt, so it proves which blinded point was asked for it.
pub(super) fn blind_of(salt: &[u8; 32]) -> Scalar {
    let mut wide: [u8; 64] =
        Sha512::new_with_prefix(b"homeward psi blind v1").chain_update(salt).finalize().into();
    let blind = Scalar::from_bytes_mod_order_wide(&wide);
    wide.zeroize();
    blind
}

/// Points with their encodings. None is the identity.
#[derive(Clone, Debug)]
pub struct Points {
    points: Vec<RistrettoPoint>,
    bytes: Vec<PointBytes>,
}

impl Points {
    /// Reads points in their one encoding (RFC 9496 section 4.3.1).
    ///
    /// # Errors
    /// The place of the first that is not canonical, or is the identity.
    pub fn read(bytes: &[PointBytes], workers: Workers) -> Result<Points, usize> {
        let read = workers.map(bytes, |block| block.iter().map(read_point).collect());
        let points: Result<_, usize> =
            read.into_iter().enumerate().map(|(at, point)| point.ok_or(at)).collect();
        Ok(Points { points: points?, bytes: bytes.to_vec() })
    }

    /// `Blind` of many keys, each with the blind of its salt.
    pub fn blind<K: AsRef<[u8]> + Sync>(keys: &[(K, [u8; 32])], workers: Workers) -> Points {
        let blinded = workers.map(keys, |block| {
            let mut halves: Vec<RistrettoPoint> = Vec::with_capacity(block.len());
            for (key, salt) in block {
                let mut half = blind_of(salt).div_by_2();
                halves.push(hash_to_group(key.as_ref()) * half);
                half.zeroize();
            }
            let bytes = RistrettoPoint::double_and_compress_batch(&halves);
            halves.into_iter().zip(bytes).map(|(half, bytes)| (half + half, bytes.to_bytes())).collect()
        });
        let (points, bytes) = blinded.into_iter().unzip();
        Points { points, bytes }
    }

    /// The points, for computing.
    pub(super) fn points(&self) -> &[RistrettoPoint] {
        &self.points
    }

    /// The encodings.
    pub fn bytes(&self) -> &[PointBytes] {
        &self.bytes
    }
}

/// `Finalize` of many answers whose proof holds: takes the blind away and hashes.
pub(super) fn unblind<K: AsRef<[u8]> + Sync>(
    answers: &[(K, [u8; 32], RistrettoPoint)],
    workers: Workers,
) -> Vec<[u8; 64]> {
    workers.map(answers, |block| {
        // No blind is zero: SHA-512 of a salt is a multiple of the group's order with probability 2^-252.
        let mut blinds: Vec<Scalar> = block.iter().map(|(_, salt, _)| blind_of(salt)).collect();
        Scalar::invert_batch_alloc(&mut blinds);
        let points = double_and_compress(block.iter().zip(&blinds).map(|((_, _, point), inverse)| {
            let mut half = inverse.div_by_2();
            let point = point * half;
            half.zeroize();
            point
        }));
        blinds.zeroize();
        block.iter().zip(points).map(|((key, _, _), point)| finalize(key.as_ref(), &point)).collect()
    })
}

/// The last hash of `Finalize` in RFC 9497 section 3.3.2.
pub(super) fn finalize(input: &[u8], point: &PointBytes) -> [u8; 64] {
    Sha512::new_with_prefix((input.len() as u16).to_be_bytes())
        .chain_update(input)
        .chain_update([0, 32])
        .chain_update(point)
        .chain_update(b"Finalize")
        .finalize()
        .into()
}

/// Reads a point other than the identity, in its one encoding (RFC 9496 section 4.3.1).
pub(super) fn read_point(bytes: &PointBytes) -> Option<RistrettoPoint> {
    CompressedRistretto(*bytes).decompress().filter(|point| !point.is_identity())
}

/// Twice each point, compressed with one inversion for all.
fn double_and_compress(halves: impl Iterator<Item = RistrettoPoint>) -> Vec<PointBytes> {
    let mut halves: Vec<RistrettoPoint> = halves.collect();
    let points = RistrettoPoint::double_and_compress_batch(&halves);
    halves.zeroize();
    points.into_iter().map(|point| point.to_bytes()).collect()
}
