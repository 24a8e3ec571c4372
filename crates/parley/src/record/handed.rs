//! Which keys an author has handed over from and to, as far as it is known here, in the record or not (protocol 3.4).
//!
//! Decides whose signature an entry bears, behind a fork too, and which key settles nothing any more. A rotation is noted only if
//! the old key, the digest laid down under it and the new key all say so: nobody without both keys can have one noted. Refuses
//! to know which line of a log counts.

use std::collections::BTreeSet;

use super::{Equivocation, Record};
use crate::body::{Body, Keeping};
use crate::entry::{LogKind, Signed, Unverified};
use crate::id::{Digest, EntryId, Head, PartyId};
use crate::key::VerifyKey;

/// The most rotations from one key that are noted and stand in no log here. Only who has both keys can sign more than one.
pub const HANDED_MAX: usize = 8;
/// The same from all keys of one author together.
const HANDED_ALL_MAX: usize = 256;
/// How often what was settled is taken back at most, for one rotation that turns up.
const UNSETTLED_MAX: usize = 16;

/// One rotation whose signatures hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handover {
    /// The entry.
    pub at: Head,
    /// The entry before it.
    pub prev: EntryId,
    /// The key that it retires.
    pub from: VerifyKey,
    /// The key under which what follows it holds.
    pub to: VerifyKey,
    /// What it lays down of the key after that.
    pub next: Digest,
}

impl Record {
    /// The rotations of an author that were found to hold, in the record or not.
    pub(super) fn handed_of(&self, author: &PartyId) -> impl Iterator<Item = &Handover> {
        self.handed.get(author).into_iter().flat_map(|all| all.values())
    }

    /// Whether this entry is a rotation that was found to hold.
    pub(super) fn is_handover(&self, author: &PartyId, id: &EntryId) -> bool {
        self.handed.get(author).is_some_and(|all| all.contains_key(id))
    }

    /// Notes a rotation that comes into the record, where its log was found to go over.
    pub(super) fn note_in_log(&mut self, signed: &Signed) {
        let Body::Keeping(Keeping::Rotate { node_key, next_key, .. }) = signed.body() else { return };
        let at = signed.head();
        let Some(from) = self.logs.get(&at.author).map(|log| *log.key_at(at.seq)) else { return };
        let handover = Handover { at, prev: signed.entry().prev, from, to: *node_key, next: *next_key };
        self.handed.entry(at.author).or_default().insert(at.hash, handover);
    }

    /// Notes a rotation wherever it stands, and those behind it, and takes back what its old key had settled.
    pub(super) fn note_handed(&mut self, entry: &Unverified) {
        let (author, mut news) = (entry.entry().author, false);
        let mut found = self.handover(entry);
        while let Some(handover) = found {
            self.handed.entry(author).or_default().insert(handover.at.hash, handover);
            news = true;
            let waits = self.waiting.range((author, 0)..=(author, u64::MAX)).flat_map(|(_, at)| at.values());
            let aside = self.aside.values().filter(|e| e.entry().author == author);
            found = waits.chain(aside).find_map(|e| self.handover(e));
        }
        if news {
            self.unsettle();
        }
    }

    /// What a rotation hands over, where it is new and its signatures hold and there is room.
    fn handover(&self, entry: &Unverified) -> Option<Handover> {
        let said = entry.entry();
        let Body::Keeping(rotation @ Keeping::Rotate { node_key, next_key, .. }) = &said.body else {
            return None;
        };
        let log = self.logs.get(&said.author)?;
        if self.is_handover(&said.author, &entry.id()) {
            return None;
        }
        let known = || self.handed_of(&said.author);
        let tip = log.next_key().map(|next| (*log.key(), *next));
        let laid = known().flat_map(|h| [(h.to, h.next), (h.from, h.to.digest())]);
        let mut keys = tip.into_iter().chain(laid).filter(|(_, next)| *next == node_key.digest());
        let (from, _) = keys.find(|(key, _)| key != node_key && entry.holds(key).is_ok())?;
        if !rotation.holds(said, &log.genesis().root_key) {
            return None;
        }
        let off = || known().filter(|h| !self.place.contains_key(&h.at.hash));
        let full = off().filter(|h| h.from == from).count() >= HANDED_MAX || off().count() >= HANDED_ALL_MAX;
        let at = Head { author: said.author, seq: said.seq, hash: entry.id() };
        (!full).then_some(Handover { at, prev: said.prev, from, to: *node_key, next: *next_key })
    }

    /// Whether its author signed it, under a key that the log has come to, or was handed over to below it on some line.
    pub(super) fn is_signed(&self, entry: &Unverified) -> bool {
        let said = entry.entry();
        let Some(log) = self.logs.get(&said.author) else { return false };
        let root = &log.genesis().root_key;
        let under = |key: &VerifyKey| match &said.body {
            Body::Keeping(Keeping::Rotate { .. }) => self.is_handover(&said.author, &entry.id()),
            Body::Keeping(keeping @ Keeping::Compromise { lost, node_key, .. }) => {
                lost == key && entry.holds(node_key).is_ok() && keeping.holds(said, root)
            }
            Body::Keeping(keeping) => entry.holds(key).is_ok() && keeping.holds(said, root),
            _ => entry.holds(key).is_ok(),
        };
        log.held_once(entry).is_ok()
            || self.handed_of(&said.author).any(|h| h.at.seq < said.seq && under(&h.to))
    }

    /// Whether the author has handed over from the key of this entry, and along no line on which the entry stands: then that key
    /// settles nothing, since whoever else has it has it too late or too long.
    pub(super) fn is_retired(&self, entry: &Unverified) -> bool {
        let (said, id) = (entry.entry(), entry.id());
        let mut from_it = self.handed_of(&said.author).filter(|h| h.from.kid() == entry.kid()).peekable();
        let through = |h: &Handover| self.line_before(h, said.seq).contains(&id);
        from_it.peek().is_some() && !from_it.any(through)
    }

    /// The entries from a number on that a rotation rests on, as far as they are here, and the name of the one that is not.
    pub(super) fn line_before(&self, handover: &Handover, from: u64) -> BTreeSet<EntryId> {
        let Head { author, seq, .. } = handover.at;
        let before = seq.checked_sub(1).map(|seq| Head { author, seq, hash: handover.prev });
        before.map_or_else(BTreeSet::new, |before| self.line_back(before, from).0)
    }

    /// Freezes again where a resumption counts that one of its two signed under a key that turns out to be retired. So it does not
    /// matter whether the rotation or the resumption came first (invariant 13).
    fn unsettle(&mut self) {
        for _ in 0..UNSETTLED_MAX {
            let Some(proof) = self.settled_by_a_retired_key() else { return };
            self.freeze(proof);
        }
    }

    fn settled_by_a_retired_key(&self) -> Option<Equivocation> {
        let retired = |id: &EntryId| {
            let bytes = self.bytes_of(id).and_then(|e| Unverified::read(LogKind::Shared, e).ok());
            bytes.is_some_and(|e| self.is_retired(&e))
        };
        self.settled.iter().find_map(|s| {
            let Body::Keeping(Keeping::Resume { from, fork, kept }) = self.entry(&s.offer)?.body() else {
                return None;
            };
            let [first, second] = fork.map(|id| self.bytes_of(&id));
            let proof = Equivocation::of(first?, second?, kept.author, *from);
            (retired(&s.offer) || retired(&s.agreed)).then_some(proof)
        })
    }
}
