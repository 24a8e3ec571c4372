//! What was signed and does not count: what stands behind a fork, and what a party has agreed to leave out.
//!
//! Decides what is kept so, and when it is judged anew. What comes is kept if its author signed it, where behind a fork a
//! rotation is taken at its word. Refuses to know why it fell: that is the fork, or the offer that counts.

use std::collections::BTreeSet;

use super::offer::{Settled, agreed_to, is_offer};
use super::{Came, Record, Refusal, WAITING_BYTES_MAX, WAITING_MAX};
use crate::body::{Body, Keeping};
use crate::entry::{Entry, LogKind, Unverified};
use crate::id::{EntryId, Head, PartyId};
use crate::log::{Log, LogError};

/// How often what was set aside is judged anew at most: each member's log can fall and be mended.
const JUDGED_MAX: usize = 16;

impl Record {
    /// Entries that do not count: set aside, as far as they came to this node. They are kept as long as the node runs. Who signed
    /// one that came behind a fork is to be checked before it is held against anybody: a rotation there was not.
    pub fn set_aside(&self) -> impl Iterator<Item = &[u8]> {
        self.aside.values().map(Vec::as_slice)
    }

    /// How often an entry of that sort came and was not kept, since as much as may wait lay there: more was signed than
    /// [`Record::set_aside`] shows.
    pub fn set_aside_refused(&self) -> u64 {
        self.aside_refused
    }

    /// Everything that stands here under a member's name, in the record or not, as far as it is no offer.
    pub(super) fn known_of(&self, author: &PartyId) -> impl Iterator<Item = Unverified> {
        let of = *author;
        let log = self.logs.get(author).map_or(&[][..], Log::entries).iter().map(|e| e.bytes());
        let waits = self.waiting.range((of, 0)..=(of, u64::MAX)).flat_map(|(_, at)| at.values());
        let refused = self.refused.range((of, 0)..=(of, u64::MAX)).map(|(_, bytes)| bytes.as_slice());
        let proofs = self.forks.values().flat_map(|fork| <[&[u8]; 2]>::from(fork.entries()));
        let all =
            log.chain(waits.map(Unverified::bytes)).chain(refused).chain(proofs).chain(self.set_aside());
        let read = all.filter_map(|bytes| Unverified::read(LogKind::Shared, bytes).ok());
        read.filter(move |e| e.entry().author == of)
    }

    /// What stands behind a fork is kept: a party may yet agree how the record goes on. An offer to go on, and the word that
    /// agrees to it, are heard.
    pub(super) fn behind_the_fork(&mut self, entry: Unverified, by: PartyId) -> Result<Came, Refusal> {
        let said = entry.entry();
        let frozen = Err(Refusal::Frozen(by));
        let Some(log) = self.logs.get(&said.author) else { return frozen };
        if is_offer(&said.body) {
            let came = self.offered(entry)?;
            self.settle_what_waits();
            return Ok(came);
        }
        if !self.is_signed(&entry) {
            log.may_hold(&entry).map_err(LogError::from)?;
            return frozen;
        }
        match agreed_to(&said.body) {
            Some(offer) if self.offers.contains_key(offer) && self.settle(entry.clone()).is_ok() => {
                Ok(Came::In)
            }
            _ => {
                self.take_aside(&entry)?;
                self.settle_what_waits();
                if self.place.contains_key(&entry.id()) { Ok(Came::In) } else { frozen }
            }
        }
    }

    /// A word that agrees to go on after a fork may have come before all that it had seen.
    pub(super) fn settle_what_waits(&mut self) {
        let read = |bytes: &Vec<u8>| Unverified::read(LogKind::Shared, bytes).ok();
        let offers: Vec<Unverified> = self.aside.values().filter_map(read).collect();
        for offer in offers.into_iter().filter(|e| is_offer(&e.entry().body)) {
            let id = offer.id();
            if self.offered(offer).is_ok() {
                self.aside.remove(&id);
            }
        }
        let agrees =
            |e: &Unverified| agreed_to(&e.entry().body).is_some_and(|id| self.offers.contains_key(id));
        let waiting: Vec<Unverified> = self.aside.values().filter_map(read).filter(agrees).collect();
        for agree in waiting {
            let id = agree.id();
            if self.settle(agree).is_ok() {
                self.aside.remove(&id);
            }
        }
        self.mend_by_key();
    }

    /// Judges anew what was set aside, after the reason for it may be gone. Nothing of it is lost by that.
    pub(super) fn judge_aside(&mut self) {
        // What is judged can freeze the record or mend a fork, and so come here again; each time fewer can.
        if self.judging {
            self.judge_again = true;
            return;
        }
        self.judging = true;
        for _ in 0..JUDGED_MAX {
            self.judge_again = false;
            let judged = std::mem::take(&mut self.aside);
            for bytes in judged.values() {
                if let Ok(entry) = Unverified::read(LogKind::Shared, bytes) {
                    let _ = self.admit_waiting(entry);
                }
            }
            for (id, bytes) in judged {
                if !self.has(&id) {
                    self.aside.insert(id, bytes);
                }
            }
            if !self.judge_again {
                break;
            }
        }
        self.judging = false;
    }

    /// Whether an entry is here, in whatever place.
    fn has(&self, id: &EntryId) -> bool {
        let waits = || self.waiting.values().any(|at| at.contains_key(id));
        let refused = || self.refused.values().any(|bytes| EntryId::of(bytes) == *id);
        self.place.contains_key(id) || self.bytes_of(id).is_some() || waits() || refused()
    }

    /// Whether a party has agreed that this entry no longer counts: it stands at or behind the place, and had not seen that a
    /// party agreed. What its author signed afterwards is judged like any other entry: an old reset covers no new fork.
    pub(super) fn was_set_aside(&self, entry: &Unverified) -> bool {
        let said = entry.entry();
        let sealed = || said.seq > 0 && said.seq < self.sealed_to(&said.author);
        self.reaching(entry).any(|s| self.saw_agreed(s, said) == Some(false))
            || (sealed() && !self.place.contains_key(&entry.id()))
    }

    /// Whether it cannot be told yet: it had seen something that is not here of a log in which entries were set aside too.
    pub(super) fn may_be_set_aside(&self, entry: &Unverified) -> bool {
        self.reaching(entry).any(|s| self.saw_agreed(s, entry.entry()).is_none())
    }

    pub(super) fn reaching<'a>(&'a self, entry: &'a Unverified) -> impl Iterator<Item = &'a Settled> {
        let (said, id) = (entry.entry(), entry.id());
        self.settled
            .iter()
            .filter(move |s| said.author == s.author && said.seq >= s.from && id != s.offer && id != s.agreed)
    }

    fn saw_agreed(&self, settled: &Settled, entry: &Entry) -> Option<bool> {
        let (of, at) = settled.after;
        let Some(head) = entry.seen.iter().find(|h| h.author == of && h.seq >= at) else {
            return Some(false);
        };
        let cut_there = self.settled.iter().any(|s| s.author == of && s.from <= head.seq);
        match self.place.contains_key(&head.hash) || !cut_there {
            true => Some(true),
            false if head.seq < self.held(&of) || self.aside.contains_key(&head.hash) => Some(false),
            false => None,
        }
    }

    /// Keeps what was here before and no longer counts. What its author has not been found to have signed waits on.
    pub(super) fn keep_aside(&mut self, bytes: &[u8]) {
        let Ok(entry) = Unverified::read(LogKind::Shared, bytes) else { return };
        if self.is_signed(&entry) {
            self.aside.insert(entry.id(), bytes.to_vec());
        } else {
            let place = (entry.entry().author, entry.entry().seq);
            self.waiting.entry(place).or_default().insert(entry.id(), entry);
        }
    }

    /// Keeps what comes from outside and does not count, as much as may wait.
    ///
    /// # Errors
    /// [`Refusal::WaitingFull`]: it can be given again. [`Record::set_aside_refused`] counts how often.
    pub(super) fn take_aside(&mut self, entry: &Unverified) -> Result<(), Refusal> {
        let size: usize = self.aside.values().map(Vec::len).sum();
        let known = self.aside.contains_key(&entry.id());
        let full = self.aside.len() >= WAITING_MAX || size + entry.bytes().len() > WAITING_BYTES_MAX;
        if full && !known {
            self.aside_refused += 1;
            return Err(Refusal::WaitingFull);
        }
        self.aside.insert(entry.id(), entry.bytes().to_vec());
        Ok(())
    }

    /// Whether its author signed it, under a key that the log has come to or that some rotation here names for it behind a fork,
    /// which itself need not hold.
    fn is_signed(&self, entry: &Unverified) -> bool {
        let author = entry.entry().author;
        let Some(log) = self.logs.get(&author) else { return false };
        let later = |e: Unverified| match &e.entry().body {
            Body::Keeping(Keeping::Rotate { node_key, .. }) => entry.holds(node_key).is_ok(),
            _ => false,
        };
        log.held_once(entry).is_ok()
            || (self.forks.contains_key(&author) && self.known_of(&author).any(later))
    }

    /// The number below which no other entry of a log can count any more: it went over to another key there, and every other
    /// party has signed that it had seen it so far. So who has a former key takes nothing back of a log that is not frozen
    /// (invariant 15).
    pub(super) fn sealed_to(&self, author: &PartyId) -> u64 {
        let Some(log) = self.logs.get(author) else { return 0 };
        let parties = self.members.parties();
        let seen = |from: &u64| {
            let mut others = parties.iter().filter(|party| *party != author);
            others.all(|by| self.merged.acknowledged(author, from.saturating_sub(1), by))
        };
        log.key_changes().filter(seen).max().unwrap_or(0)
    }

    /// A fork under a former key: where every other party has signed that it saw the log go over to the next key along one of
    /// the branches, that branch stands.
    fn mend_by_key(&mut self) {
        let rotates = |e: &Unverified| matches!(e.entry().body, Body::Keeping(Keeping::Rotate { .. }));
        let forks: Vec<(PartyId, u64)> = self.forks.values().map(|f| (f.author(), f.seq())).collect();
        for (author, from) in forks {
            let rotations = self.known_of(&author).filter(|e| e.entry().seq >= from && rotates(e));
            let mut rotations: Vec<Head> =
                rotations.map(|e| Head { author, seq: e.entry().seq, hash: e.id() }).collect();
            rotations.sort_unstable_by_key(|h| (h.seq, h.hash));
            for rotation in rotations {
                let (mut line, first) = self.line_back(rotation, from);
                line.extend(self.line_on(rotation));
                let next = self.cut(author, from, &line);
                if first.seq == from && next.sealed_to(&author) > from {
                    *self = next;
                    return self.judge_aside();
                }
            }
        }
    }

    /// The entries of a log that follow one, as far as they are here.
    fn line_on(&self, from: Head) -> BTreeSet<EntryId> {
        let mut known: Vec<Unverified> =
            self.known_of(&from.author).filter(|e| e.entry().seq > from.seq).collect();
        known.sort_unstable_by_key(|e| e.entry().seq);
        let mut line = BTreeSet::from([from.hash]);
        for entry in known {
            if line.contains(&entry.entry().prev) {
                line.insert(entry.id());
            }
        }
        line
    }
}
