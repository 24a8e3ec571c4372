//! The keys of a member: a root key kept offline, a node key that signs entries, a transport key that opens bundles.
//!
//! Decides how a signature is made and checked: Ed25519 with strict verification, so that two honest nodes never
//! differ about a signature. Refuses to draw randomness: every secret arrives as 32 bytes.

use std::fmt;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::body::Genesis;
use crate::id::{AgreementId, Digest};

/// A secret that signs: the root key or the node key of a member. Zeroed when dropped.
#[derive(Clone)]
pub struct NodeKey(SigningKey);

impl NodeKey {
    /// The key whose secret is these 32 bytes.
    pub fn from_secret(secret: [u8; 32]) -> NodeKey {
        NodeKey(SigningKey::from_bytes(&secret))
    }

    /// The public half.
    pub fn public(&self) -> VerifyKey {
        VerifyKey(self.0.verifying_key().to_bytes())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        #[cfg(test)]
        if crate::tests::simulator::stands_in() {
            return stand_in(&self.public(), message);
        }
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for NodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NodeKey({:?})", self.public())
    }
}

/// The public half of a signing key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct VerifyKey(pub [u8; 32]);

impl VerifyKey {
    /// The short name of the key in a header: the first 8 bytes of its SHA-256.
    pub fn kid(&self) -> [u8; 8] {
        kid(&self.0)
    }

    /// SHA-256 of the key: what lays it down before it is shown.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        #[cfg(test)]
        if crate::tests::simulator::stands_in() {
            return stand_in(self, message) == *signature;
        }
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
    }
}

impl fmt::Debug for VerifyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyKey({:02x?})", self.kid())
    }
}

/// The secret that opens bundles. Zeroed when dropped.
#[derive(Clone)]
pub struct TransportSecret(StaticSecret);

impl TransportSecret {
    /// The secret with these 32 bytes.
    pub fn from_secret(secret: [u8; 32]) -> TransportSecret {
        TransportSecret(StaticSecret::from(secret))
    }

    /// The public half.
    pub fn public(&self) -> TransportPublic {
        TransportPublic(PublicKey::from(&self.0).to_bytes())
    }

    pub(crate) fn secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }
}

impl fmt::Debug for TransportSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TransportSecret({:?})", self.public())
    }
}

/// The key to which bundles are sealed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TransportPublic(pub [u8; 32]);

impl TransportPublic {
    /// The short name of the key in a bundle: the first 8 bytes of its SHA-256.
    pub fn kid(&self) -> [u8; 8] {
        kid(&self.0)
    }
}

impl fmt::Debug for TransportPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TransportPublic({:02x?})", self.kid())
    }
}

/// What the root key signs in a genesis: `"homeward genesis"`, the agreement, the length of the label as one byte, the
/// label, the node key and the transport key, joined; where the next key is laid down, its digest behind `"next"`.
pub(crate) fn root_message(agreement: &AgreementId, genesis: &Genesis) -> Vec<u8> {
    let label = genesis.party.as_str().as_bytes();
    let keys = [genesis.node_key.0, genesis.transport_key.0].concat();
    // A label has at most 32 bytes, so its length fits one byte.
    let mut message = [b"homeward genesis", &agreement.0[..], &[label.len() as u8], label, &keys].concat();
    if let Some(next) = &genesis.next_key {
        message.extend([b"next", &next.0[..]].concat());
    }
    message
}

/// What the simulator takes for a signature where Ed25519 would be most of its time: anyone could make it, nobody in it does.
#[cfg(test)]
fn stand_in(key: &VerifyKey, message: &[u8]) -> [u8; 64] {
    let mut out = [0; 64];
    out[..32].copy_from_slice(&Sha256::new().chain_update(key.0).chain_update(message).finalize());
    out
}

fn kid(key: &[u8; 32]) -> [u8; 8] {
    let mut out = [0; 8];
    out.copy_from_slice(&Sha256::digest(key)[..8]);
    out
}
