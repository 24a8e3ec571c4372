//! The log of one author: entries without gaps, each naming the one before it, each under the key valid at its place.
//!
//! Decides whether an entry is the next of its log, and what exactly is wrong with a damaged file. Refuses to know
//! what others have seen (the [`record`](crate::record)) and whether an entry is lawful (the
//! [`session`](crate::session)). A head over a log is a [`checkpoint`](crate::checkpoint).

use std::sync::Arc;

use thiserror::Error;

use crate::body::{Body, Genesis, Keeping};
use crate::entry::{Entry, EntryError, Frame, LogKind, Signed, Unverified, sign};
use crate::id::{AgreementId, Digest, EntryId, Head, PartyId};
use crate::key::{NodeKey, VerifyKey};
use crate::tree::Tree;

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
    /// The keys of the log, each with the number of the first entry that holds under it; never empty.
    keys: Vec<(u64, VerifyKey)>,
    /// What was laid down of the next key.
    next_key: Option<Digest>,
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
        Log::of_verified(kind, Arc::new(signed))
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
        self.push_verified(signed.clone());
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
        let entry = self.next_entry(seen, time, body);
        if key.public() != *self.key() {
            return Err(EntryError::WrongKey);
        }
        sign(self.kind, entry, key)
    }

    /// What comes next in this log, not signed.
    pub(crate) fn next_entry(&self, seen: Vec<Head>, time: u64, body: Body) -> Entry {
        let Head { author, seq, hash } = self.head();
        Entry { agreement: self.agreement(), author, seq: seq + 1, prev: hash, seen, time, body }
    }

    /// Signs the entry by which the log goes over to `to`, the key whose digest was laid down, and lays down `then`.
    ///
    /// # Errors
    /// When `from` is not the log's key or `to` not the one laid down.
    pub fn sign_rotation(
        &self,
        seen: Vec<Head>,
        time: u64,
        from: &NodeKey,
        to: &NodeKey,
        then: Digest,
    ) -> Result<Signed, EntryError> {
        let (node_key, next_key, signature) = (to.public(), then, [0; 64]);
        if self.next_key != Some(node_key.digest()) {
            return Err(EntryError::Keeping);
        }
        let body = Body::Keeping(Keeping::Rotate { node_key, next_key, signature });
        let at = self.next_entry(seen.clone(), time, body);
        let signature = to.sign(&Keeping::handover_message(&node_key, &next_key, &at));
        let rotation = Keeping::Rotate { node_key, next_key, signature };
        self.sign_next(seen, time, Body::Keeping(rotation), from)
    }

    /// Checks that an entry is the next of this log.
    pub(crate) fn verify_next(&self, next: Unverified) -> Result<Signed, LogError> {
        let (expected, found) = (self.head().seq + 1, next.entry().seq);
        self.same_log(next.entry())?;
        if found != expected {
            return Err(LogError::Seq { expected, found });
        }
        self.follows(next.entry())?;
        self.holds(&next)?;
        self.names_its_tree(next.entry())?;
        Ok(next.found_to_hold())
    }

    /// Whether an entry names the one before its place, and goes not back behind what that one had seen.
    pub(crate) fn follows(&self, entry: &Entry) -> Result<(), LogError> {
        if matches!(entry.body, Body::Genesis(_)) {
            return Err(LogError::GenesisPlace);
        }
        let before = entry.seq.checked_sub(1).and_then(|at| self.entries.get(at as usize));
        let Some(before) = before.filter(|before| before.id() == entry.prev) else {
            return Err(LogError::Prev);
        };
        let back = before.entry().seen.iter().any(|old| {
            !entry.seen.iter().any(|new| {
                new.author == old.author
                    && (new.seq > old.seq || (new.seq == old.seq && new.hash == old.hash))
            })
        });
        if back { Err(LogError::SeenBack) } else { Ok(()) }
    }

    /// Whether a compromise names the root of the tree over the entries before it.
    pub(crate) fn names_its_tree(&self, entry: &Entry) -> Result<(), LogError> {
        let Body::Keeping(Keeping::Compromise { from, root, .. }) = &entry.body else { return Ok(()) };
        if Tree::of_log(self).root(*from).as_ref() == Ok(root) { Ok(()) } else { Err(LogError::Prev) }
    }

    /// Whether the signatures of an entry hold under the key that is valid at its place (invariant 11).
    pub(crate) fn holds(&self, entry: &Unverified) -> Result<(), EntryError> {
        self.holds_under(entry, self.key_at(entry.entry().seq))
    }

    /// Whether the signatures hold under some key that the log had come to at that place: what was signed before a key was
    /// replaced by the word of the root key is its author's, though it no longer counts.
    pub(crate) fn held_once(&self, entry: &Unverified) -> Result<(), EntryError> {
        let keys = self.keys.iter().filter(|(from, _)| *from <= entry.entry().seq);
        let held = keys.rev().map(|(_, key)| self.holds_under(entry, key)).find(Result::is_ok);
        held.unwrap_or(Err(EntryError::WrongKey))
    }

    /// Whether an entry that waits can be of this log: under its key, or under the one laid down, which is not known yet.
    pub(crate) fn may_hold(&self, entry: &Unverified) -> Result<(), EntryError> {
        let next = self.next_key.is_some_and(|next| next.0[..8] == entry.kid());
        if next && entry.entry().seq > self.head().seq + 1 { Ok(()) } else { self.holds(entry) }
    }

    fn holds_under(&self, entry: &Unverified, key: &VerifyKey) -> Result<(), EntryError> {
        let said = entry.entry();
        let Body::Keeping(keeping) = &said.body else { return entry.holds(key) };
        match keeping {
            Keeping::Compromise { lost, node_key, .. } => {
                if lost != key || self.keys.iter().any(|(_, old)| old == node_key) {
                    return Err(EntryError::Keeping);
                }
                entry.holds(node_key)?;
            }
            Keeping::Rotate { node_key, .. } => {
                entry.holds(key)?;
                let at_head = said.seq > self.head().seq;
                if (at_head && self.next_key != Some(node_key.digest())) || node_key == key {
                    return Err(EntryError::Keeping);
                }
            }
            _ => entry.holds(key)?,
        }
        if keeping.holds(said, &self.genesis.root_key) { Ok(()) } else { Err(EntryError::Keeping) }
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
        let seq = signed.entry().seq;
        if let Body::Keeping(keeping) = signed.body() {
            let (from, key, next) = match keeping {
                Keeping::Rotate { node_key, next_key, .. } => (seq + 1, *node_key, *next_key),
                Keeping::Compromise { node_key, next_key, .. } => (seq, *node_key, *next_key),
                _ => return self.entries.push(signed),
            };
            self.keys.push((from, key));
            self.next_key = Some(next);
        }
        self.entries.push(signed);
    }

    /// A log that begins with a verified genesis.
    pub(crate) fn of_verified(kind: LogKind, first: Arc<Signed>) -> Result<Log, LogError> {
        let Body::Genesis(genesis) = first.body().clone() else { return Err(LogError::GenesisPlace) };
        let (keys, next_key) = (vec![(0, genesis.node_key)], genesis.next_key);
        Ok(Log { kind, genesis, entries: vec![first], keys, next_key })
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

    /// The key under which its next entry will hold, and a head of it is signed.
    pub fn key(&self) -> &VerifyKey {
        self.key_at(u64::MAX)
    }

    /// The key under which the entry with this number holds, as far as the log goes.
    pub fn key_at(&self, seq: u64) -> &VerifyKey {
        let valid = self.keys.iter().rev().find(|(from, _)| *from <= seq);
        valid.map_or(&self.genesis.node_key, |(_, key)| key)
    }

    /// The numbers from which on the log has held under another key than before.
    pub(crate) fn key_changes(&self) -> impl Iterator<Item = u64> {
        self.keys.iter().skip(1).map(|(from, _)| *from)
    }

    /// What was laid down of the next key: its SHA-256.
    pub fn next_key(&self) -> Option<&Digest> {
        self.next_key.as_ref()
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
