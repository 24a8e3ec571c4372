//! A witness: what it last saw of each log, and whether a new head goes on from there (C2SP tlog-witness).
//!
//! Decides whether a checkpoint is accepted, and with which answer it is refused. Every party is a witness of the
//! other's log, and a neutral of both; an ordinary C2SP witness does the same, over the network or by file: the
//! request is a text that fits a stick. Refuses to know of sockets, files and clocks. The last checkpoint of each log
//! must be on disk before a cosignature leaves the node, so the two are separate steps here.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::checkpoint::{Checkpoint, CheckpointError, read_digest, read_size, write_digest};
use crate::cosignature::{CosignError, cosign, cosign_lasting};
use crate::id::Digest;
use crate::key::NodeKey;
use crate::lasting::LastingKey;
use crate::note::{NOTE_BYTES_MAX, Name, Note, NoteError, SignatureLine, Verifier};
use crate::split::Split;
use crate::tree::{ProofError, TreeHead, empty_root, verify_consistency};

/// The most digests in a request.
pub const REQUEST_PROOF_MAX: usize = 63;
/// The most bytes of a request.
pub const REQUEST_BYTES_MAX: usize = NOTE_BYTES_MAX + 4096;

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The request is not of the required form.
    #[error("the request is not of the required form: {0}")]
    Form(&'static str),
    /// What it holds is not a checkpoint.
    #[error("not a checkpoint: {0}")]
    Checkpoint(CheckpointError),
    /// The old size is above the new one.
    #[error("the old size {old} is above the size {size} of the checkpoint")]
    Backwards {
        /// What the request says.
        old: u64,
        /// What the checkpoint says.
        size: u64,
    },
    /// The log is not one that this witness watches.
    #[error("the log {0} is not watched here")]
    UnknownLog(Name),
    /// No known key of the author has signed, or a known signature does not hold.
    #[error("the checkpoint is not signed by its author: {0}")]
    Unsigned(NoteError),
    /// The request goes on from another size than the one cosigned last.
    #[error("the last checkpoint seen here has size {last}")]
    Conflict {
        /// That size.
        last: u64,
    },
    /// The author has signed another root for the same size: the proof of it.
    #[error("the author signed another root for size {}", .last.size)]
    Split {
        /// What was seen before.
        last: TreeHead,
        /// Both checkpoints.
        proof: Box<Split>,
    },
    /// The proof does not show that the log goes on from what was seen.
    #[error("the log does not go on from what was seen here: {0}")]
    Inconsistent(ProofError),
}

impl Refused {
    /// The HTTP status that the specification gives this answer.
    pub fn status(&self) -> u16 {
        match self {
            Refused::Form(_) | Refused::Checkpoint(_) | Refused::Backwards { .. } => 400,
            Refused::Unsigned(_) => 403,
            Refused::UnknownLog(_) => 404,
            Refused::Conflict { .. } | Refused::Split { .. } => 409,
            Refused::Inconsistent(_) => 422,
        }
    }

    /// The body of the answer: after a conflict the last size as a line, else nothing.
    pub fn body(&self) -> String {
        match self {
            Refused::Conflict { last } => format!("{last}\n"),
            Refused::Split { last, .. } => format!("{}\n", last.size),
            _ => String::new(),
        }
    }
}

/// The request to cosign: from which size on, the consistency proof from there, and the checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the witness cosigned last, 0 if none.
    pub old: u64,
    /// The consistency proof from there to the checkpoint.
    pub proof: Vec<Digest>,
    /// The signed checkpoint.
    pub note: Note,
}

impl AddCheckpoint {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// [`Refused::Form`] or [`Refused::Checkpoint`].
    pub fn parse(bytes: &[u8]) -> Result<AddCheckpoint, Refused> {
        if bytes.len() > REQUEST_BYTES_MAX {
            return Err(Refused::Form("too large"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Refused::Form("not UTF-8"))?;
        let (head, note) = text.split_once("\n\n").ok_or(Refused::Form("no empty line"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(read_size);
        let old = old.ok_or(Refused::Form("no line with the old size"))?;
        let mut proof = Vec::new();
        for line in lines {
            if proof.len() == REQUEST_PROOF_MAX {
                return Err(Refused::Form("more than 63 digests"));
            }
            proof.push(read_digest(line).ok_or(Refused::Form("a proof line is not 32 bytes in base64"))?);
        }
        let note = Note::parse(note.as_bytes()).map_err(|why| Refused::Checkpoint(why.into()))?;
        Checkpoint::parse(note.text()).map_err(Refused::Checkpoint)?;
        Ok(AddCheckpoint { old, proof, note })
    }
}

impl std::fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|digest| writeln!(f, "{}", write_digest(digest)))?;
        write!(f, "\n{}", self.note)
    }
}

/// What a witness knows of one log.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Watched {
    author: Vec<Verifier>,
    /// The last checkpoint accepted, with its author's signatures only.
    last: Option<(TreeHead, Note)>,
}

/// What a witness knows: the logs that it watches and the last checkpoint of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Witness {
    logs: BTreeMap<Name, Watched>,
}

impl Witness {
    /// Watches a log: its author's keys, all in the name of the log, and the last checkpoint that was accepted of it
    /// before, as [`Witness::last`] gave it.
    ///
    /// # Errors
    /// When there is no key, the names differ, or that checkpoint is not signed by them.
    pub fn watch(&mut self, author: Vec<Verifier>, last: Option<Note>) -> Result<(), CheckpointError> {
        let name = author.first().map(|v| v.name().clone()).ok_or(NoteError::NoKnownSignature)?;
        if author.iter().any(|v| *v.name() != name) {
            return Err(NoteError::Name.into());
        }
        let last = match last {
            None => None,
            Some(note) => {
                let checkpoint = Checkpoint::open(&note, &author)?;
                Some((checkpoint.head, note))
            }
        };
        self.logs.insert(name, Watched { author, last });
        Ok(())
    }

    /// The last checkpoint accepted of a log, to be kept and given to [`Witness::watch`] after a restart.
    pub fn last(&self, origin: &Name) -> Option<&Note> {
        Some(&self.logs.get(origin)?.last.as_ref()?.1)
    }

    /// Checks a request and, if the log goes on from what was seen, remembers its checkpoint. Keep
    /// [`Witness::last`] durably before [`Accepted::cosign`].
    ///
    /// # Errors
    /// The answer with which the request is refused; nothing has changed then.
    pub fn add_checkpoint(&mut self, request: &AddCheckpoint) -> Result<Accepted, Refused> {
        let origin = Checkpoint::parse(request.note.text()).map_err(Refused::Checkpoint)?.origin;
        let watched = self.logs.get_mut(&origin).ok_or(Refused::UnknownLog(origin))?;
        let checkpoint = Checkpoint::open(&request.note, &watched.author).map_err(|why| match why {
            CheckpointError::Note(why) => Refused::Unsigned(why),
            why => Refused::Checkpoint(why),
        })?;
        let head = checkpoint.head;
        if request.old > head.size {
            return Err(Refused::Backwards { old: request.old, size: head.size });
        }
        let last = match &watched.last {
            None => TreeHead { size: 0, root: empty_root() },
            Some((last, note)) => {
                if last.size == head.size && last.root != head.root {
                    let proof = Split::of_equal_size(note.clone(), request.note.clone(), &watched.author);
                    // Both were opened with these keys and their roots differ, so they prove it.
                    let proof = Box::new(proof.map_err(|_| Refused::Form("two roots"))?);
                    return Err(Refused::Split { last: *last, proof });
                }
                *last
            }
        };
        if request.old != last.size {
            return Err(Refused::Conflict { last: last.size });
        }
        verify_consistency(&last, &head, &request.proof).map_err(Refused::Inconsistent)?;
        let note = request.note.only(&watched.author).map_err(Refused::Unsigned)?;
        watched.last = Some((head, note));
        Ok(Accepted { checkpoint })
    }
}

/// A checkpoint that goes on from all that this witness saw of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    checkpoint: Checkpoint,
}

impl Accepted {
    /// The checkpoint.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Cosigns it at `time`, Unix seconds, by Ed25519 and, where there is such a key, by ML-DSA-44. Joined, the lines
    /// are the body of the answer.
    ///
    /// # Errors
    /// When the time cannot be stated.
    pub fn cosign(
        &self,
        name: &Name,
        key: &NodeKey,
        lasting: Option<&LastingKey>,
        time: u64,
    ) -> Result<Vec<SignatureLine>, CosignError> {
        // A witness states when; 0 would state nothing.
        if time == 0 {
            return Err(CosignError::Time(0));
        }
        let mut lines = vec![cosign(&self.checkpoint, name.clone(), key, time)?];
        if let Some(key) = lasting {
            lines.push(cosign_lasting(&self.checkpoint, name.clone(), key, time)?);
        }
        Ok(lines)
    }
}
