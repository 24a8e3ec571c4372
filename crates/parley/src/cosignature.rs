//! Cosignatures: what a witness, or the other party, says of a checkpoint (C2SP tlog-cosignature).
//!
//! Decides the messages that are signed, by Ed25519 (0x04, over the text with a time) and by ML-DSA-44 (0x06, over
//! origin, size, root, time and the signer's own name). Refuses to know whether the log is consistent with what the
//! signer saw before: a [`witness`](crate::witness) checks that first. The time is a number of Unix seconds that
//! arrives as an argument.

use thiserror::Error;

use crate::checkpoint::Checkpoint;
use crate::key::{NodeKey, VerifyKey};
use crate::lasting::{LastingKey, LastingPublic, SIGNATURE_LEN};
use crate::note::{Name, NoteError, SignatureKey, SignatureLine, Verifier};

/// What an ML-DSA-44 message begins with.
const SUBTREE: &[u8; 12] = b"subtree/v1\n\0";

/// Why a checkpoint cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CosignError {
    /// A time is at most 2^63 - 1.
    #[error("{0} is no time that a cosignature can state")]
    Time(u64),
    /// The note would be too large.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// Cosigns a checkpoint by Ed25519 under the signer's name, at `time`.
///
/// # Errors
/// When the time is beyond what can be stated.
pub fn cosign(
    checkpoint: &Checkpoint,
    name: Name,
    key: &NodeKey,
    time: u64,
) -> Result<SignatureLine, CosignError> {
    let message = message(&checkpoint.to_string(), time).ok_or(CosignError::Time(time))?;
    let verifier = Verifier::new(name, SignatureKey::Cosigner(key.public()));
    Ok(SignatureLine::new(&verifier, [&time.to_be_bytes()[..], &key.sign(&message)].concat()))
}

/// Signs or cosigns a checkpoint by ML-DSA-44 under the signer's name, at `time`. Time 0 says nothing about when,
/// nor that no larger log was seen.
///
/// # Errors
/// When the time is beyond what can be stated.
pub fn cosign_lasting(
    checkpoint: &Checkpoint,
    name: Name,
    key: &LastingKey,
    time: u64,
) -> Result<SignatureLine, CosignError> {
    let message = subtree_message(&name, checkpoint, time).ok_or(CosignError::Time(time))?;
    let verifier = Verifier::new(name, SignatureKey::Lasting(key.public()));
    Ok(SignatureLine::new(&verifier, [&time.to_be_bytes()[..], &key.sign(&message)].concat()))
}

/// Checks a timestamped Ed25519 cosignature over a note's text; gives its time.
pub(crate) fn verify(key: &VerifyKey, text: &str, bytes: &[u8]) -> Option<u64> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    key.verify(&message(text, time)?, signature.try_into().ok()?).then_some(time)
}

/// Checks a timestamped ML-DSA-44 signature over the checkpoint in a note's text; gives its time.
pub(crate) fn verify_lasting(name: &Name, key: &LastingPublic, text: &str, bytes: &[u8]) -> Option<u64> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    let checkpoint = Checkpoint::parse(text).ok()?;
    let holds =
        signature.len() == SIGNATURE_LEN && key.verify(&subtree_message(name, &checkpoint, time)?, signature);
    holds.then_some(time)
}

fn message(text: &str, time: u64) -> Option<Vec<u8>> {
    stated(time)?;
    Some(format!("cosignature/v1\ntime {time}\n{text}").into_bytes())
}

/// The `cosigned_message` of the whole tree: start is 0 and end is its size.
fn subtree_message(name: &Name, checkpoint: &Checkpoint, time: u64) -> Option<Vec<u8>> {
    stated(time)?;
    let mut out = SUBTREE.to_vec();
    // A name has at most 255 bytes, so its length fits one byte.
    let mut put = |name: &Name, number: u64| {
        out.push(name.as_str().len() as u8);
        out.extend(name.as_str().as_bytes());
        out.extend(number.to_be_bytes());
    };
    put(name, time);
    put(&checkpoint.origin, 0);
    out.extend(checkpoint.head.size.to_be_bytes());
    out.extend(checkpoint.head.root.0);
    Some(out)
}

fn stated(time: u64) -> Option<()> {
    (time <= i64::MAX as u64).then_some(())
}
