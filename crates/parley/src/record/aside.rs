//! What was signed and does not count: what stands behind a fork, and what a party has agreed to leave out.
//!
//! Decides what is kept so, and when it is judged anew. Only what its author signed is kept. Refuses to know why it fell: that
//! is the fork, or the offer that counts.

use std::collections::{BTreeMap, BTreeSet};

use super::offer::{Settled, agreed_to, is_offer};
use super::settle::OFFERS_MAX;
use super::{Came, Record, Refusal};
use crate::entry::{Entry, LogKind, Unverified};
use crate::id::{EntryId, Head, PartyId};
use crate::log::{Log, LogError};

/// How often what was set aside is judged anew at most: each member's log can fall and be mended.
const JUDGED_MAX: usize = 16;
/// The most entries of one author that are kept under its present key, and the same under all its former keys.
pub const ASIDE_MAX: usize = 10_000;
/// The most bytes of these.
pub const ASIDE_BYTES_MAX: usize = 16 << 20;
/// How many times as much is kept of one author at most, however often it has gone over to another key.
const ASIDE_TIMES_MAX: usize = 4;

impl Record {
    /// Entries that their authors signed and that do not count: set aside, as far as they came to this node. They prove what
    /// was signed and are kept as long as the node runs.
    pub fn set_aside(&self) -> impl Iterator<Item = &[u8]> {
        self.aside.values().map(Unverified::bytes)
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
        let refused = self.refused.range((of, 0)..=(of, u64::MAX)).map(|(_, entry)| entry.bytes());
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
                let kept = self.take_aside(&entry);
                self.settle_what_waits();
                kept?;
                if self.place.contains_key(&entry.id()) { Ok(Came::In) } else { frozen }
            }
        }
    }

    /// Lets in what waited, until nothing more can come in, and mends by what is here a fork that shows by it.
    pub(super) fn unblock_and_mend(&mut self) -> (usize, Vec<(EntryId, Refusal)>) {
        let (mut count, mut refused) = (0, Vec::new());
        for _ in 0..JUDGED_MAX {
            let (came, not) = self.unblock();
            let forked = not.iter().any(|(_, why)| matches!(why, Refusal::Equivocation(_)));
            count += came;
            refused.extend(not);
            if !forked {
                break;
            }
            self.settle_what_waits();
        }
        (count, refused)
    }

    /// A word that agrees to go on after a fork may have come before all that it had seen.
    pub(super) fn settle_what_waits(&mut self) {
        // Whoever takes over what is tried judges all of it anew.
        if self.trying {
            return;
        }
        let offers = self.aside.values().filter(|e| is_offer(&e.entry().body));
        let offers: Vec<Unverified> = offers.cloned().collect();
        for offer in offers {
            let id = offer.id();
            if self.offered(offer).is_ok() {
                self.aside.remove(&id);
            }
        }
        let agrees =
            |e: &Unverified| agreed_to(&e.entry().body).is_some_and(|id| self.offers.contains_key(id));
        let mut waiting: Vec<Unverified> = self.aside.values().filter(|e| agrees(e)).cloned().collect();
        // More than one under a number is a fork itself, and only its author can sign them.
        waiting.retain(|e| !self.is_retired(e));
        let mut tried: BTreeMap<PartyId, usize> = BTreeMap::new();
        waiting.retain(|e| {
            let of_author = tried.entry(e.entry().author).or_default();
            *of_author += 1;
            *of_author <= OFFERS_MAX
        });
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
            for entry in judged.values() {
                let _ = self.admit_waiting(entry.clone());
            }
            for (id, entry) in judged {
                if !self.has(&id) {
                    self.aside.insert(id, entry);
                }
            }
            if !self.judge_again {
                break;
            }
        }
        self.judging = false;
    }

    /// Whether an entry is here, in whatever place.
    pub(super) fn has(&self, id: &EntryId) -> bool {
        let waits = || self.waiting.values().any(|at| at.contains_key(id));
        let refused = || self.refused.values().any(|e| e.id() == *id);
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
    pub(super) fn keep_aside(&mut self, entry: Unverified) {
        if self.is_signed(&entry) {
            self.aside.insert(entry.id(), entry);
        } else {
            let place = (entry.entry().author, entry.entry().seq);
            self.waiting.entry(place).or_default().insert(entry.id(), entry);
        }
    }

    /// The same of the bytes of an entry that was read before.
    pub(super) fn keep_bytes_aside(&mut self, bytes: &[u8]) {
        if let Ok(entry) = Unverified::read(LogKind::Shared, bytes) {
            self.keep_aside(entry);
        }
    }

    /// Keeps what comes from outside and does not count: of each author so much under keys that it has handed over, and so much
    /// under its present one, that nobody with an old key uses up what the author needs. A rotation that was noted, and the entries
    /// that it rests on, have room beyond that.
    ///
    /// # Errors
    /// [`Refusal::WaitingFull`]: it can be given again. [`Record::set_aside_refused`] counts how often.
    pub(super) fn take_aside(&mut self, entry: &Unverified) -> Result<(), Refusal> {
        let known = self.aside.contains_key(&entry.id());
        if !known && self.is_full(entry) && !self.is_wanted(entry) {
            self.aside_refused += 1;
            return Err(Refusal::WaitingFull);
        }
        self.aside.insert(entry.id(), entry.clone());
        Ok(())
    }

    /// Whether as much of its author and of keys like its own is set aside as may be.
    fn is_full(&self, entry: &Unverified) -> bool {
        let author = entry.entry().author;
        let old: BTreeSet<[u8; 8]> = self.handed_of(&author).map(|h| h.from.kid()).collect();
        let is_old = |e: &Unverified| old.contains(&e.kid());
        let (mut all, mut alike) = ((0, 0), (0, 0));
        for other in self.aside.values().filter(|e| e.entry().author == author) {
            let size = other.bytes().len();
            all = (all.0 + 1, all.1 + size);
            if is_old(other) == is_old(entry) {
                alike = (alike.0 + 1, alike.1 + size);
            }
        }
        let size = entry.bytes().len();
        let over = |(count, bytes): (usize, usize), times: usize| {
            count >= times * ASIDE_MAX || bytes + size > times * ASIDE_BYTES_MAX
        };
        over(alike, 1) || over(all, ASIDE_TIMES_MAX)
    }

    /// Whether it is a rotation that holds, or stands on the line to one.
    fn is_wanted(&self, entry: &Unverified) -> bool {
        let (said, id) = (entry.entry(), entry.id());
        self.handed_of(&said.author).any(|h| {
            h.at.hash == id
                || (!self.place.contains_key(&h.at.hash) && self.line_before(h, said.seq).contains(&id))
        })
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
        let forks: Vec<(PartyId, u64)> = self.forks.values().map(|f| (f.author(), f.seq())).collect();
        for (author, from) in forks {
            let behind = self.handed_of(&author).map(|h| h.at).filter(|at| at.seq >= from);
            let mut rotations: Vec<Head> = behind.collect();
            rotations.sort_unstable_by_key(|h| (h.seq, h.hash));
            for rotation in rotations {
                let (mut line, first) = self.line_back(rotation, from);
                line.extend(self.line_on(rotation));
                // The record is played anew only where those words are here that would seal the line.
                if first.seq != from || !self.others_saw(rotation, &line) {
                    continue;
                }
                let next = self.cut(author, from, &line);
                if next.sealed_to(&author) > from {
                    *self = next;
                    return self.judge_aside();
                }
            }
        }
    }

    /// Whether every other party has signed, in what is set aside or waits, that it saw a line as far as this entry.
    fn others_saw(&self, rotation: Head, line: &BTreeSet<EntryId>) -> bool {
        let parties = self.members.parties();
        let mut others = parties.iter().filter(|party| **party != rotation.author);
        let saw = |h: &Head| h.author == rotation.author && h.seq >= rotation.seq && line.contains(&h.hash);
        others.all(|by| {
            let waits = self.waiting.range((*by, 0)..=(*by, u64::MAX)).flat_map(|(_, at)| at.values());
            let aside = self.aside.values().filter(|e| e.entry().author == *by);
            aside.chain(waits).any(|e| e.entry().seen.iter().any(saw))
        })
    }

    /// The entries of a log that follow one, as far as they are here.
    fn line_on(&self, from: Head) -> BTreeSet<EntryId> {
        let of = from.author;
        let waits = self.waiting.range((of, 0)..=(of, u64::MAX)).flat_map(|(_, at)| at.values());
        let refused = self.refused.range((of, 0)..=(of, u64::MAX)).map(|(_, entry)| entry);
        let aside = self.aside.values().filter(|e| e.entry().author == of);
        let mut known: Vec<&Unverified> = waits.chain(refused).chain(aside).collect();
        known.retain(|e| e.entry().seq > from.seq);
        let mut line = BTreeSet::from([from.hash]);
        for entry in known {
            if line.contains(&entry.entry().prev) {
                line.insert(entry.id());
            }
        }
        line
    }
}
