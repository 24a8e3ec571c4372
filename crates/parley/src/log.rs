//! The log of one author: entries without gaps, each naming the one before it, all under one key.
//!
//! Decides whether an entry is the next of its log, and what exactly is wrong with a damaged file. Refuses to know
//! what others have seen (the [`record`](crate::record)) and whether an entry is lawful (the
//! [`session`](crate::session)). A head over a log is a [`checkpoint`](crate::checkpoint).

use std::sync::Arc;

use thiserror::Error;

use crate::body::{Body, Genesis};
use crate::entry::{Entry, EntryError, Frame, LogKind, Signed, Unverified, sign};
use crate::id::{AgreementId, EntryId, Head, PartyId};
use crate::key::{NodeKey, VerifyKey};

/// Why an entry is not the next one of a log.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LogError {
    /// The bytes are no entry, or not one under this log's key.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// A log begins with a genesis, and has no second one.
    #[error("the genesis is the first entry of a log and stands nowhere else")]
    GenesisPlace,
    /// The entry belongs to another agreement.
    #[error("the entry belongs to another agreement")]
    Agreement,
    /// The entry belongs to another author.
    #[error("the entry is by {found}, this is the log of {expected}")]
    Author {
        /// Whose log this is.
        expected: PartyId,
        /// Who signed.
        found: PartyId,
    },
    /// The number is not the next one.
    #[error("the entry has number {found}, expected {expected}")]
    Seq {
        /// The next number.
        expected: u64,
        /// The number found.
        found: u64,
    },
    /// The entry names another predecessor.
    #[error("the entry names another predecessor than the one in this log")]
    Prev,
    /// What the author says to have seen goes back.
    #[error("what the author had seen goes back behind an earlier entry")]
    SeenBack,
}

/// What is wrong with the file of a log: the first bad entry and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("entry {index} at byte {offset}: {reason}")]
pub struct Damage {
    /// The place of the entry in the file, which is also the number it should have, from 0.
    pub index: u64,
    /// Where it begins, in bytes.
    pub offset: usize,
    /// What is wrong.
    pub reason: DamageReason,
}

/// The sorts of damage.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DamageReason {
    /// The file ends inside the entry: a write that was cut short. What stands before it is whole.
    #[error("torn: the file ends inside the entry")]
    Torn,
    /// The entry is not the one that belongs here.
    #[error(transparent)]
    Bad(#[from] LogError),
    /// The file has no entry at all.
    #[error("the file is empty")]
    Empty,
}

/// The entries of one author, verified. Copying a log copies references only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    kind: LogKind,
    genesis: Genesis,
    entries: Vec<Arc<Signed>>,
}

impl Log {
    /// Opens a log with the bytes of its genesis. Whether its root key is the right one is the caller's to check.
    ///
    /// # Errors
    /// When the bytes are not a genesis that holds.
    pub fn open(kind: LogKind, bytes: &[u8]) -> Result<Log, LogError> {
        Log::open_with(kind, Unverified::read(kind, bytes)?)
    }

    pub(crate) fn open_with(kind: LogKind, first: Unverified) -> Result<Log, LogError> {
        let Body::Genesis(genesis) = first.entry().body.clone() else { return Err(LogError::GenesisPlace) };
        let entry = first.entry();
        if entry.seq != 0 {
            return Err(LogError::Seq { expected: 0, found: entry.seq });
        }
        if entry.prev != EntryId::NONE {
            return Err(LogError::Prev);
        }
        let signed = first.verify(&genesis.node_key)?;
        Ok(Log { kind, genesis, entries: vec![Arc::new(signed)] })
    }

    /// Begins a log by signing its genesis. A shared log's genesis has seen nothing.
    ///
    /// # Errors
    /// When the genesis does not hold or `key` is not the node key it names.
    pub fn begin(
        kind: LogKind,
        agreement: AgreementId,
        genesis: Genesis,
        time: u64,
        key: &NodeKey,
    ) -> Result<Log, LogError> {
        let entry = Entry {
            agreement,
            author: genesis.party,
            seq: 0,
            prev: EntryId::NONE,
            seen: Vec::new(),
            time,
            body: Body::Genesis(genesis),
        };
        Log::open(kind, sign(kind, entry, key)?.bytes())
    }

    /// Verifies the bytes of the next entry and takes it in.
    ///
    /// # Errors
    /// When they are not the next entry of this log; the log is then unchanged.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Arc<Signed>, LogError> {
        let signed = Arc::new(self.verify_next(Unverified::read(self.kind, bytes)?)?);
        self.entries.push(signed.clone());
        Ok(signed)
    }

    /// Signs the next entry without taking it in: so that it can be made durable first, then pushed.
    ///
    /// # Errors
    /// When the entry does not belong in this kind of log or is too large.
    pub fn sign_next(
        &self,
        seen: Vec<Head>,
        time: u64,
        body: Body,
        key: &NodeKey,
    ) -> Result<Signed, EntryError> {
        let last = self.head();
        let entry = Entry {
            agreement: self.agreement(),
            author: last.author,
            seq: last.seq + 1,
            prev: last.hash,
            seen,
            time,
            body,
        };
        if key.public() != self.genesis.node_key {
            return Err(EntryError::WrongKey);
        }
        sign(self.kind, entry, key)
    }

    /// Checks that an entry is the next of this log.
    pub(crate) fn verify_next(&self, next: Unverified) -> Result<Signed, LogError> {
        let last = self.head();
        self.same_log(next.entry())?;
        let entry = next.entry();
        if entry.seq != last.seq + 1 {
            return Err(LogError::Seq { expected: last.seq + 1, found: entry.seq });
        }
        if matches!(entry.body, Body::Genesis(_)) {
            return Err(LogError::GenesisPlace);
        }
        if entry.prev != last.hash {
            return Err(LogError::Prev);
        }
        let before = &self.entries[self.entries.len() - 1].entry().seen;
        let back = before.iter().any(|old| {
            !entry.seen.iter().any(|new| {
                new.author == old.author
                    && (new.seq > old.seq || (new.seq == old.seq && new.hash == old.hash))
            })
        });
        if back {
            return Err(LogError::SeenBack);
        }
        Ok(next.verify(&self.genesis.node_key)?)
    }

    pub(crate) fn same_log(&self, entry: &Entry) -> Result<(), LogError> {
        if entry.agreement != self.agreement() {
            return Err(LogError::Agreement);
        }
        let expected = self.genesis.party;
        if entry.author != expected {
            return Err(LogError::Author { expected, found: entry.author });
        }
        Ok(())
    }

    /// Takes in an entry that [`Log::verify_next`] gave.
    pub(crate) fn push_verified(&mut self, signed: Arc<Signed>) {
        self.entries.push(signed);
    }

    /// A log that begins with a verified genesis.
    pub(crate) fn of_verified(kind: LogKind, first: Arc<Signed>) -> Result<Log, LogError> {
        let Body::Genesis(genesis) = first.body().clone() else { return Err(LogError::GenesisPlace) };
        Ok(Log { kind, genesis, entries: vec![first] })
    }

    /// The sort of log.
    pub fn kind(&self) -> LogKind {
        self.kind
    }

    /// The agreement or journal that the log belongs to.
    pub fn agreement(&self) -> AgreementId {
        self.entries[0].entry().agreement
    }

    /// Its first entry's content: author and keys.
    pub fn genesis(&self) -> &Genesis {
        &self.genesis
    }

    /// The key under which its entries hold.
    pub fn key(&self) -> &VerifyKey {
        &self.genesis.node_key
    }

    /// Its entries by number; never empty.
    pub fn entries(&self) -> &[Arc<Signed>] {
        &self.entries
    }

    /// Its last entry.
    pub fn head(&self) -> Head {
        // A log is opened with its genesis and only grows, so there is a last entry.
        self.entries[self.entries.len() - 1].head()
    }

    /// The bytes of the log's file: a CBOR sequence (RFC 8742) of the exact COSE bytes.
    pub fn to_file(&self) -> Vec<u8> {
        self.entries.iter().flat_map(|e| e.bytes().iter().copied()).collect()
    }
}

/// Reads the file of a log and verifies every entry.
///
/// # Errors
/// The first bad entry, by place, byte and reason. [`read_log_prefix`] also gives what stands before it.
pub fn read_log(kind: LogKind, bytes: &[u8]) -> Result<Log, Damage> {
    match read_log_prefix(kind, bytes) {
        (_, Some(damage)) => Err(damage),
        (Some(log), None) => Ok(log),
        (None, None) => Err(Damage { index: 0, offset: 0, reason: DamageReason::Empty }),
    }
}

/// Reads the file of a log as far as it is whole: the entries before the damage, and the damage if there is one.
/// After a [`DamageReason::Torn`] the file may be cut at the offset and written on, but only if nothing that was signed
/// later has left the node: a changed length byte in the middle looks the same.
pub fn read_log_prefix(kind: LogKind, bytes: &[u8]) -> (Option<Log>, Option<Damage>) {
    continue_log(kind, None, bytes, 0)
}

/// Reads on from `offset` with the entries before it already verified.
pub(crate) fn continue_log(
    kind: LogKind,
    mut log: Option<Log>,
    bytes: &[u8],
    mut offset: usize,
) -> (Option<Log>, Option<Damage>) {
    while offset < bytes.len() {
        match next_entry(kind, &mut log, &bytes[offset..]) {
            Ok(len) => offset += len,
            Err(reason) => {
                let index = log.as_ref().map_or(0, |l| l.entries.len() as u64);
                return (log, Some(Damage { index, offset, reason }));
            }
        }
    }
    (log, None)
}

fn next_entry(kind: LogKind, log: &mut Option<Log>, rest: &[u8]) -> Result<usize, DamageReason> {
    let window = &rest[..rest.len().min(kind.entry_bytes_max())];
    let frame = Frame::read(window).map_err(|why| match why {
        EntryError::Truncated if window.len() == rest.len() => DamageReason::Torn,
        EntryError::Truncated => {
            let (found, max) = (rest.len(), kind.entry_bytes_max());
            DamageReason::Bad(EntryError::Oversize { found, max }.into())
        }
        why => DamageReason::Bad(why.into()),
    })?;
    let bytes = &rest[..frame.len];
    match log {
        Some(log) => drop(log.push(bytes)?),
        None => *log = Some(Log::open(kind, bytes)?),
    }
    Ok(frame.len)
}
