//! What was signed and does not count: what stands behind a fork, and what a party has agreed to leave out.
//!
//! Decides what is kept so, and when it is judged anew. Only what its author signed is kept. Refuses to know why it fell: that
//! is the fork, or the offer that counts.

use super::offer::{Settled, agreed_to, is_offer};
use super::{Came, Record, Refusal, WAITING_BYTES_MAX, WAITING_MAX};
use crate::entry::{Entry, LogKind, Unverified};
use crate::id::{EntryId, PartyId};
use crate::log::{Log, LogError};

impl Record {
    /// Entries that their authors signed and that do not count: set aside, as far as they came to this node. They prove what
    /// was signed and are kept as long as the node runs.
    pub fn set_aside(&self) -> impl Iterator<Item = &[u8]> {
        self.aside.values().map(Vec::as_slice)
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
        log.may_hold(&entry).map_err(LogError::from)?;
        match agreed_to(&said.body) {
            Some(offer) if self.offers.contains_key(offer) && self.settle(entry.clone()).is_ok() => {
                Ok(Came::In)
            }
            _ => {
                self.keep_aside(entry.bytes());
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
    }

    /// Judges anew what was set aside, after the reason for it may be gone.
    pub(super) fn judge_aside(&mut self) {
        // What is judged can freeze the record or mend a fork, and so come here again: once round is enough, and bounded.
        if std::mem::replace(&mut self.judging, true) {
            return;
        }
        for bytes in std::mem::take(&mut self.aside).into_values() {
            if let Ok(entry) = Unverified::read(LogKind::Shared, &bytes) {
                let _ = self.admit_waiting(entry);
            }
        }
        self.judging = false;
    }

    /// Whether a party has agreed that this entry no longer counts: it stands at or behind the place, and had not seen that a
    /// party agreed. What its author signed afterwards is judged like any other entry: an old reset covers no new fork.
    pub(super) fn was_set_aside(&self, entry: &Unverified) -> bool {
        self.reaching(entry).any(|s| self.saw_agreed(s, entry.entry()) == Some(false))
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

    /// Keeps what its author signed and what no longer counts, as much as may wait.
    pub(super) fn keep_aside(&mut self, bytes: &[u8]) {
        let size: usize = self.aside.values().map(Vec::len).sum();
        if self.aside.len() < WAITING_MAX && size + bytes.len() <= WAITING_BYTES_MAX {
            self.aside.insert(EntryId::of(bytes), bytes.to_vec());
        }
    }
}
