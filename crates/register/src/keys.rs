//! The node's keys and the seal: what is derived from what, and how bytes are sealed to their place.
//!
//! HKDF-SHA256 (RFC 5869) turns the node key into a wrap key, a row key and a search key; a seal is
//! XChaCha20-Poly1305 with a 24-byte nonce in front. The nonce is a keyed digest over the drawn bytes, the associated
//! data and the payload, so a source of chance that repeats itself after a restart cannot make two payloads share one.

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The key everything in one node's register hangs on. Wiped from memory when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct NodeKey([u8; 32]);

impl NodeKey {
    /// Takes 32 bytes drawn for this node.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for NodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NodeKey(32 bytes)")
    }
}

/// Where random bytes come from: 32 fresh ones for a named purpose.
pub type Entropy = Arc<dyn Fn(&str) -> [u8; 32] + Send + Sync>;

/// A 32-byte key, wiped when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

const NONCE: usize = 24;

/// The hash under which a sign-in or session token is stored.
pub fn token_hash(token: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"homeward token v1\0");
    hash.update(token);
    hash.finalize().into()
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The keys derived from the node key, and the source of chance.
pub(crate) struct Keys {
    /// Wraps the people's data keys.
    pub wrap: Key,
    /// Seals rows that are about nobody in particular, and chains the journal.
    pub row: Key,
    search: Key,
    entropy: Entropy,
}

impl Keys {
    pub fn derive(node: &NodeKey, entropy: Entropy) -> Self {
        let of = |label| subkey(&node.0, label);
        Self { wrap: of("wrap"), row: of("row"), search: of("search"), entropy }
    }

    /// A new data key for a person.
    pub fn person_key(&self) -> Key {
        Zeroizing::new((self.entropy)("person key"))
    }

    /// A new identifier for a row of the table: 32 hexadecimal digits.
    pub fn id(&self, table: &str) -> String {
        let drawn = (self.entropy)(&format!("{table} id"));
        drawn[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A new identifier for a person.
    pub fn person_id(&self) -> [u8; 16] {
        let drawn = (self.entropy)("person id");
        let mut id = [0; 16];
        id.copy_from_slice(&drawn[..16]);
        id
    }

    /// The stored form of a search key.
    pub fn tag(&self, key: &str) -> [u8; 16] {
        let mut tag = [0; 16];
        tag.copy_from_slice(&mac(&self.search, &[key.as_bytes()])[..16]);
        tag
    }

    /// Seals a payload to its associated data.
    pub fn seal(&self, key: &Key, associated: &[u8], payload: &[u8]) -> Vec<u8> {
        let drawn = (self.entropy)("nonce");
        let length = (associated.len() as u64).to_be_bytes();
        let digest = mac(key, &[b"homeward nonce v1", &drawn, &length, associated, payload]);
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&digest[..NONCE]);
        let sealed = XChaCha20Poly1305::new((&**key).into())
            .encrypt((&nonce).into(), Payload { msg: payload, aad: associated })
            // The only refusal is a payload beyond 256 GiB; every payload is bounded long before.
            .expect("a bounded payload is sealed");
        let mut out = nonce.to_vec();
        out.extend(sealed);
        out
    }
}

/// Opens a seal; `None` when it does not hold.
pub(crate) fn unseal(key: &Key, associated: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    XChaCha20Poly1305::new((&**key).into())
        .decrypt(nonce.into(), Payload { msg: sealed, aad: associated })
        .ok()
        .map(Zeroizing::new)
}

/// A key derived from another for one use.
pub(crate) fn subkey(key: &[u8; 32], label: &str) -> Key {
    let mut out = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(b"homeward register v1"), key)
        .expand(label.as_bytes(), &mut *out)
        // HKDF-SHA256 refuses outputs beyond 8,160 bytes only.
        .expect("32 bytes are within the bound");
    out
}

/// HMAC-SHA-256 over the parts, one after the other.
pub(crate) fn mac(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes a key of any length.
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&**key).expect("any length is a key");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
