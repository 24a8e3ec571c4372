//! The tags of what is held, and the case references sealed beside them.
//!
//! A row is the first 15 bytes of the function's output and, where references are agreed, the reference under
//! bytes 32 to 63 of the same output. Rows ascend. Of 100,000 keys against 100,000, one false hit has probability 2^-86.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use zeroize::Zeroize;

use super::list::Leaf;
use super::params::Params;
use super::refusal::Refusal;
use super::voprf::HolderKey;
use super::workers::Workers;

/// Bytes of a tag: as many as keep a key and direction, points both ways and framing included, under 80 bytes.
pub const TAG_BYTES: usize = 15;

/// What the asker finds beside a tag that it hits.
#[derive(Clone, PartialEq, Eq)]
pub enum Reference {
    /// References are not agreed, or the holder left this one empty.
    None,
    /// The holder's reference.
    Opened(Vec<u8>),
    /// What stands there does not open: the holder sealed something else than agreed.
    Broken,
}

/// Bytes of a row under these parameters.
pub(super) fn row_bytes(params: &Params) -> usize {
    match params.reference as usize {
        0 => TAG_BYTES,
        // A length, the reference with its filling, the authentication tag.
        reference => TAG_BYTES + 1 + reference + 16,
    }
}

/// The rows of a list under the holder's key, ascending and joined.
pub(super) fn rows(params: &Params, leaves: &[Leaf], key: &HolderKey, workers: Workers) -> Vec<u8> {
    let keys: Vec<&[u8]> = leaves.iter().map(|leaf| leaf.key.as_slice()).collect();
    let mut outputs = key.outputs(&keys, workers);
    let row = |(leaf, output): (&Leaf, &[u8; 64])| {
        let mut row = output[..TAG_BYTES].to_vec();
        row.extend(seal(params, output, &leaf.reference));
        row
    };
    let mut rows: Vec<Vec<u8>> = leaves.iter().zip(&outputs).map(row).collect();
    outputs.zeroize();
    rows.sort();
    rows.concat()
}

/// Whether the rows ascend.
pub(super) fn check_order(params: &Params, rows: &[u8]) -> Result<(), Refusal> {
    let tags: Vec<&[u8]> = rows.chunks_exact(row_bytes(params)).map(|row| &row[..TAG_BYTES]).collect();
    match tags.windows(2).position(|pair| pair[0] >= pair[1]) {
        Some(at) => Err(Refusal::TagOrder { at: at + 1 }),
        None => Ok(()),
    }
}

/// What stands beside the tag of this output; none if its tag is not in the rows.
pub(super) fn find(params: &Params, rows: &[u8], output: &[u8; 64]) -> Option<Reference> {
    let width = row_bytes(params);
    let row = |at: usize| &rows[at * width..(at + 1) * width];
    let (mut low, mut high) = (0, rows.len() / width);
    while low < high {
        let middle = (low + high) / 2;
        match row(middle)[..TAG_BYTES].cmp(&output[..TAG_BYTES]) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Some(open(params, output, &row(middle)[TAG_BYTES..])),
        }
    }
    None
}

/// Every key is used for one text alone, so the nonce may be zero.
fn cipher(output: &[u8; 64]) -> ChaCha20Poly1305 {
    let mut key = [0; 32];
    key.copy_from_slice(&output[32..]);
    let cipher = ChaCha20Poly1305::new(&key.into());
    key.zeroize();
    cipher
}

fn seal(params: &Params, output: &[u8; 64], reference: &[u8]) -> Vec<u8> {
    if params.reference == 0 {
        return Vec::new();
    }
    let mut plain = vec![0; 1 + params.reference as usize];
    // The list has checked that the reference is not longer than agreed, which is at most 64.
    plain[0] = reference.len() as u8;
    plain[1..=reference.len()].copy_from_slice(reference);
    let payload = Payload { msg: &plain, aad: &output[..TAG_BYTES] };
    // Sealing fails only for texts of many gigabytes.
    cipher(output).encrypt(&[0; 12].into(), payload).unwrap_or_default()
}

fn open(params: &Params, output: &[u8; 64], sealed: &[u8]) -> Reference {
    if params.reference == 0 {
        return Reference::None;
    }
    let payload = Payload { msg: sealed, aad: &output[..TAG_BYTES] };
    let Ok(plain) = cipher(output).decrypt(&[0; 12].into(), payload) else { return Reference::Broken };
    match plain.split_first() {
        Some((0, _)) => Reference::None,
        Some((length, rest)) => match rest.get(..usize::from(*length)) {
            Some(reference) => Reference::Opened(reference.to_vec()),
            None => Reference::Broken,
        },
        None => Reference::Broken,
    }
}
