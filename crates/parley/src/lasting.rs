//! The key that a head is signed with for decades: ML-DSA-44 (FIPS 204) beside Ed25519.
//!
//! Decides how such a signature is made and checked: without a context string, in the deterministic variant, so that
//! the same head gives the same bytes. A head signed so vouches for every entry under it, also when Ed25519 no
//! longer holds; entries themselves stay short. Refuses to draw randomness: the secret arrives as 32 bytes.

use std::fmt;

use ml_dsa::{EncodedVerifyingKey, Keypair, MlDsa44, Signature, Signer, SigningKey, Verifier, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// Bytes of a public key.
pub const PUBLIC_LEN: usize = 1312;
/// Bytes of a signature.
pub const SIGNATURE_LEN: usize = 2420;

/// The secret that signs heads for decades. Zeroed when dropped.
#[derive(Clone)]
pub struct LastingKey(Box<SigningKey<MlDsa44>>);

impl LastingKey {
    /// The key that follows from these 32 bytes (ML-DSA.KeyGen_internal).
    pub fn from_secret(secret: [u8; 32]) -> LastingKey {
        LastingKey(Box::new(SigningKey::from_seed(&secret.into())))
    }

    /// The public half.
    pub fn public(&self) -> LastingPublic {
        LastingPublic(Box::new(self.0.verifying_key()))
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_LEN] {
        // Panics only when 2^16 / 4 trials in a row are rejected, each with a chance of three in four.
        self.0.sign(message).encode().into()
    }
}

impl fmt::Debug for LastingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LastingKey({:?})", self.public())
    }
}

/// The public half of a [`LastingKey`].
#[derive(Clone, PartialEq)]
pub struct LastingPublic(Box<VerifyingKey<MlDsa44>>);

impl Eq for LastingPublic {}

impl LastingPublic {
    /// The key with these bytes; any 1,312 bytes are one.
    pub fn from_bytes(bytes: &[u8; PUBLIC_LEN]) -> LastingPublic {
        let encoded = EncodedVerifyingKey::<MlDsa44>::from(*bytes);
        LastingPublic(Box::new(VerifyingKey::decode(&encoded)))
    }

    /// The 1,312 bytes.
    pub fn to_bytes(&self) -> [u8; PUBLIC_LEN] {
        self.0.encode().into()
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::<MlDsa44>::try_from(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}

impl fmt::Debug for LastingPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LastingPublic({:02x?})", &Sha256::digest(self.to_bytes())[..8])
    }
}
