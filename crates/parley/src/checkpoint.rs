//! Checkpoints: the head of a log as its author signs it (C2SP tlog-checkpoint).
//!
//! Decides what a checkpoint says, origin, size and root, and in which bytes. A line beyond these three is refused:
//! nothing here would check what it says, and the ML-DSA signature does not cover it. Refuses to know whether a log
//! grew honestly: that is the [`witness`](crate::witness)'s to find.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use crate::cosignature::{CosignError, cosign_lasting};
use crate::id::Digest;
use crate::key::NodeKey;
use crate::lasting::LastingKey;
use crate::log::Log;
use crate::note::{Name, Note, NoteError, SignatureKey, SignatureLine, Verifier};
use crate::tree::{ProofError, Tree, TreeHead, empty_root};

/// Why a text is not a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// The note around it does not hold.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Not exactly three lines.
    #[error("a checkpoint has three lines: origin, size, root")]
    Lines,
    /// The second line is not a number in its one form.
    #[error("the size is not a decimal number without leading zeroes")]
    Size,
    /// The third line is not 32 bytes in base64.
    #[error("the root is not 32 bytes in base64")]
    Root,
    /// The root of a log without entries is known.
    #[error("the root is not that of a log without entries")]
    EmptyRoot,
}

/// What an author says of its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: [`Name::of`] the agreement and the member.
    pub origin: Name,
    /// How many entries and what they are together.
    pub head: TreeHead,
}

impl Checkpoint {
    /// The checkpoint of a whole log. Hashes every entry: who takes checkpoints often keeps the [`Tree`].
    pub fn of_log(log: &Log) -> Checkpoint {
        let tree = Tree::of_log(log);
        let size = tree.size();
        let root = tree.root(size).unwrap_or_else(|_| empty_root());
        Checkpoint { origin: origin_of(log), head: TreeHead { size, root } }
    }

    /// The checkpoint of the first `size` entries of a tree.
    ///
    /// # Errors
    /// When there are fewer.
    pub fn of_tree(origin: Name, tree: &Tree, size: u64) -> Result<Checkpoint, ProofError> {
        Ok(Checkpoint { origin, head: TreeHead { size, root: tree.root(size)? } })
    }

    /// Reads the text of a note.
    ///
    /// # Errors
    /// Every deviation from the form.
    pub fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
        let whole = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?;
        let mut lines = whole.split('\n');
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointError::Lines);
        };
        let origin: Name = origin.parse()?;
        let size = read_size(size).ok_or(CheckpointError::Size)?;
        let root = read_digest(root).ok_or(CheckpointError::Root)?;
        if size == 0 && root != empty_root() {
            return Err(CheckpointError::EmptyRoot);
        }
        Ok(Checkpoint { origin, head: TreeHead { size, root } })
    }

    /// Reads the checkpoint of a note that its author has signed: a known key in the name of the origin, not one for
    /// cosignatures. Every signature of a key known here must hold.
    ///
    /// # Errors
    /// When the text is no checkpoint, a known signature does not hold, or the author's is not there.
    pub fn open(note: &Note, known: &[Verifier]) -> Result<Checkpoint, CheckpointError> {
        let checkpoint = Checkpoint::parse(note.text())?;
        let held = note.open(known)?;
        let is_author =
            |v: &Verifier| *v.name() == checkpoint.origin && !matches!(v.key(), SignatureKey::Cosigner(_));
        if held.iter().any(|held| is_author(held.by)) {
            Ok(checkpoint)
        } else {
            Err(NoteError::NoKnownSignature.into())
        }
    }

    /// Signs it as the author of the log: by Ed25519 (0x01), and by ML-DSA-44 (0x06) where the author has such a
    /// key, stating `time` in Unix seconds. The signer's name is the origin.
    ///
    /// # Errors
    /// When the time is not one that a cosignature can state.
    pub fn sign(&self, key: &NodeKey, lasting: Option<(&LastingKey, u64)>) -> Result<Note, CosignError> {
        let text = self.to_string();
        let mut lines = vec![SignatureLine::sign(&text, self.origin.clone(), key)];
        if let Some((key, time)) = lasting {
            lines.push(cosign_lasting(self, self.origin.clone(), key, time)?);
        }
        Ok(Note::new(text, lines)?)
    }
}

/// The text, as it is signed.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.head.size, STANDARD.encode(self.head.root.0))
    }
}

/// The origin of a log's checkpoints.
pub fn origin_of(log: &Log) -> Name {
    Name::of(&log.agreement(), &log.genesis().party)
}

/// The verifier of a log's author as its genesis names the key. Whether its root key is the agreed one is the
/// caller's to check.
pub fn author_of(log: &Log) -> Verifier {
    Verifier::new(origin_of(log), SignatureKey::Author(*log.key()))
}

/// A decimal number in its one form.
pub(crate) fn read_size(text: &str) -> Option<u64> {
    let one_form = text == "0" || !text.starts_with('0');
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if one_form && digits { text.parse().ok() } else { None }
}

/// 32 bytes in base64.
pub(crate) fn read_digest(text: &str) -> Option<Digest> {
    if text.len() != 44 {
        return None;
    }
    Some(Digest(STANDARD.decode(text).ok()?.try_into().ok()?))
}

/// The other way round.
pub(crate) fn write_digest(digest: &Digest) -> String {
    STANDARD.encode(digest.0)
}
