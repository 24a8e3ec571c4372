//! What a side keeps on disk between the steps of a run by file, sealed.
//!
//! Decides the one form: a nonce of 24 bytes and XChaCha20-Poly1305, with the name of what is kept as associated data, so that
//! one thing cannot stand in for another. Refuses to know where it lies and where the key does.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// Seals what is kept under a name. The nonce is random and serves once.
pub fn seal(key: &[u8; 32], nonce: &[u8; 24], name: &str, plain: &[u8]) -> Vec<u8> {
    let payload = Payload { msg: plain, aad: name.as_bytes() };
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    // Sealing fails only for texts of many gigabytes.
    let sealed = cipher.encrypt(&(*nonce).into(), payload).unwrap_or_default();
    [nonce.as_slice(), &sealed].concat()
}

/// Opens what was sealed under this name; none when the key, the name or a bit is another.
pub fn open(key: &[u8; 32], name: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let payload = Payload { msg: sealed, aad: name.as_bytes() };
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    cipher.decrypt(&(*nonce).into(), payload).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_opens_with_its_key_and_name_and_with_no_bit_changed() {
        let sealed = seal(&[1; 32], &[2; 24], "lists", b"kept");
        assert_eq!(open(&[1; 32], "lists", &sealed).unwrap().as_slice(), b"kept");
        assert!(!sealed.windows(4).any(|part| part == b"kept"));
        assert!(open(&[3; 32], "lists", &sealed).is_none());
        assert!(open(&[1; 32], "found", &sealed).is_none());
        assert!(open(&[1; 32], "lists", &sealed[..20]).is_none());
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(open(&[1; 32], "lists", &bent).is_none(), "byte {at}");
        }
    }
}
