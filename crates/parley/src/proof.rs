//! One entry with the proof that it is in a log, as a text for a third party (C2SP tlog-proof).
//!
//! Decides what such a text is and whether it holds: the entry, its place, the digests from there to the root, and
//! the checkpoint with its cosignatures. It can be checked without a network and without the rest of the log. Refuses
//! to know what the entry says, and reveals no other entry.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use crate::checkpoint::{read_digest, read_size, write_digest};
use crate::cosigned::{Cosigned, NotBelieved, Policy};
use crate::entry::{EntryError, LogKind, Unverified};
use crate::id::{Digest, EntryId};
use crate::log::Log;
use crate::note::{NOTE_BYTES_MAX, Name, Note, NoteError};
use crate::tree::{PATH_MAX, ProofError, Tree, leaf, verify_inclusion};

/// The first line.
const FIRST: &str = "c2sp.org/tlog-proof@v1";

/// Why a text does not prove that an entry is in a log.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProofTextError {
    /// Not of the required form.
    #[error("not of the required form: {0}")]
    Form(&'static str),
    /// What follows the proof is no note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint is not believed.
    #[error(transparent)]
    NotBelieved(#[from] NotBelieved),
    /// The digests do not lead from the entry to the root.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// What is proved to be there is not an entry.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The entry is of another log, or stands under another number than it says.
    #[error("the entry is of another log or has another number")]
    Place,
}

/// An entry of a shared log and what proves that it is there, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryProof {
    entry: Vec<u8>,
    index: u64,
    path: Vec<Digest>,
    note: Note,
}

/// An entry that is proved to be in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// Its name.
    pub id: EntryId,
    /// What it says. Its own signature was not checked: the head that its author signed covers it.
    pub entry: Unverified,
    /// The head under which it is.
    pub head: Cosigned,
}

impl EntryProof {
    /// The proof that entry `index` of a log is under a checkpoint of it. The tree is the log's.
    ///
    /// # Errors
    /// When the checkpoint is not over that entry.
    pub fn of(log: &Log, tree: &Tree, index: u64, size: u64, note: Note) -> Result<EntryProof, ProofError> {
        let path = tree.inclusion(index, size)?;
        let entry = usize::try_from(index).ok().and_then(|at| log.entries().get(at));
        let entry = entry.ok_or(ProofError::OutOfTree { wanted: index, size: log.entries().len() as u64 })?;
        Ok(EntryProof { entry: entry.bytes().to_vec(), index, path, note })
    }

    /// Reads the text; [`EntryProof::verify`] checks it.
    ///
    /// # Errors
    /// Every deviation from the form.
    pub fn parse(bytes: &[u8]) -> Result<EntryProof, ProofTextError> {
        let form = ProofTextError::Form;
        if bytes.len() > 2 * LogKind::Shared.entry_bytes_max() + NOTE_BYTES_MAX {
            return Err(form("too large"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| form("not UTF-8"))?;
        let (head, note) = text.split_once("\n\n").ok_or(form("no empty line"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(FIRST) {
            return Err(form("another first line"));
        }
        let entry = lines.next().and_then(|line| line.strip_prefix("extra "));
        let entry = STANDARD.decode(entry.ok_or(form("no line with the entry"))?);
        let index = lines.next().and_then(|line| line.strip_prefix("index ")).and_then(read_size);
        let index = index.ok_or(form("no line with the index"))?;
        let mut path = Vec::new();
        for line in lines {
            if path.len() == PATH_MAX {
                return Err(form("too many digests"));
            }
            path.push(read_digest(line).ok_or(form("a digest is not 32 bytes in base64"))?);
        }
        let entry = entry.map_err(|_| form("the entry is not base64"))?;
        Ok(EntryProof { entry, index, path, note: Note::parse(note.as_bytes())? })
    }

    /// Checks that the entry is in the log, under a head that the policy believes.
    ///
    /// # Errors
    /// Why this is not proved.
    pub fn verify(&self, policy: &Policy) -> Result<Proved, ProofTextError> {
        let head = policy.check(&self.note)?;
        let tree = head.checkpoint.head;
        verify_inclusion(leaf(&self.entry), self.index, tree.size, &self.path, &tree.root)?;
        let entry = Unverified::read(LogKind::Shared, &self.entry)?;
        let named = Name::of(&entry.entry().agreement, &entry.entry().author);
        if entry.entry().seq != self.index || named != head.checkpoint.origin {
            return Err(ProofTextError::Place);
        }
        Ok(Proved { id: EntryId::of(&self.entry), entry, head })
    }
}

impl fmt::Display for EntryProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST}\nextra {}\nindex {}", STANDARD.encode(&self.entry), self.index)?;
        self.path.iter().try_for_each(|digest| writeln!(f, "{}", write_digest(digest)))?;
        write!(f, "\n{}", self.note)
    }
}
