//! What one member offers about a log and another party agrees to: a reset, a resumption, a word that a key was
//! compromised (protocol 3.4, 3.5 (6), invariant 15).
//!
//! Decides when such an offer counts, what is set aside by it, and who may agree. Until a party has agreed an offer
//! stands in no log and forks none; once one has, what the log held in its place is set aside on every node, in whatever
//! order the entries come. What is set aside is kept with its signature and counts for nothing. Refuses to know whether an
//! entry is really lost: that is for those who agree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Came, Record, Refusal};
use crate::body::{Body, Keeping};
use crate::entry::{Entry, LogKind, Signed, Unverified};
use crate::id::{EntryId, Head, PartyId};
use crate::log::{Log, LogError};
use crate::members::Members;
use crate::session::Unlawful;
use crate::tree::Tree;

use super::fork::Equivocation;
use super::offer::{Settled, agreed_to, agrees, is_offer, reach, rests_on_offers};

/// The most offers that wait for somebody to agree.
pub const OFFERS_MAX: usize = 64;

impl Record {
    /// The offers that still wait for a party to agree, each with its name.
    pub fn offers(&self) -> impl Iterator<Item = &Signed> {
        self.offers.values().filter(|offer| self.can_be_agreed(offer.entry()))
    }

    /// The offers that somebody who holds these heads may lack: those that wait, and those whose place in the log is taken
    /// there by something else, or may be.
    pub(crate) fn offers_for<'a>(&'a self, heads: &'a [Head]) -> impl Iterator<Item = &'a Signed> {
        let lacks = |offer: &&Signed| {
            let author = offer.entry().author;
            let holds = |h: &&Head| h.author == author && self.place.contains_key(&h.hash);
            heads.iter().find(holds).is_none_or(|h| h.seq < offer.entry().seq)
        };
        let counted = self.settled.iter().filter_map(|s| self.entry(&s.offer)).map(|e| &**e);
        self.offers().chain(counted.filter(lacks))
    }

    /// What parties have agreed about logs, in the order in which it came to count here.
    pub fn settled(&self) -> &[Settled] {
        &self.settled
    }

    /// Whether it stands behind its author's own offer, which comes to count with it: what the log held there will be set aside.
    pub(super) fn follows_an_offer(&self, entry: &Entry) -> bool {
        self.offers_with(entry).is_some_and(|offers| offers.len() > 1)
    }

    /// The offers that come to count with an entry that agrees to one: that one, and before it the one that it answers.
    pub(super) fn offers_with(&self, agree: &Entry) -> Option<Vec<Signed>> {
        let last = self.offers.get(agreed_to(&agree.body)?)?;
        let first = self.offers.get(&agree.prev).filter(|first| {
            last.entry().seen.iter().any(|h| h.hash == first.id()) && first.entry().author == agree.author
        });
        Some(first.into_iter().chain([last]).cloned().collect())
    }

    /// Whether the party that is asked can still agree: it has said nothing, as far as is known here, since the offer was made.
    pub(super) fn can_be_agreed(&self, offer: &Entry) -> bool {
        let peer = self.members.agrees_with(&offer.author);
        offer.seen.iter().any(|h| h.author == peer && self.held(&peer) <= h.seq + 1)
    }

    /// Takes in an offer: it waits for a party to agree.
    pub(super) fn offered(&mut self, offer: Unverified) -> Result<Came, Refusal> {
        let entry = offer.entry();
        let log = self.logs.get(&entry.author).ok_or(Refusal::Stranger(entry.author))?;
        if self.forks.is_empty() || entry.seq <= log.head().seq + 1 {
            log.follows(entry)?;
        }
        log.holds(&offer)?;
        if let Body::Keeping(Keeping::Compromise { root, from, .. }) = &entry.body
            && Tree::of_log(log).root(*from).as_ref() != Ok(root)
        {
            return Err(LogError::Prev.into());
        }
        if self.offers.len() >= OFFERS_MAX {
            let dead = self.offers.values().filter(|offer| !self.can_be_agreed(offer.entry()));
            let dead: Vec<EntryId> = dead.map(Signed::id).collect();
            dead.iter().for_each(|id| drop(self.offers.remove(id)));
        }
        if self.offers.len() >= OFFERS_MAX {
            return Err(Refusal::WaitingFull);
        }
        self.offers.insert(offer.id(), offer.found_to_hold());
        Ok(Came::Offered)
    }

    /// Takes in a party's word that it agrees, and the offer with it; or the next entry of a log, if it is another one.
    pub(super) fn settle(&mut self, agree: Unverified) -> Result<(), Refusal> {
        let Some(offers) = self.offers_with(agree.entry()) else { return self.apply_next(agree) };
        // There is at least the offer that is agreed to.
        let Some(offer) = offers.last() else { return self.apply_next(agree) };
        let (wrong, party) = (Unlawful::Agree(offer.id()), agree.entry().author);
        let peer = self.members.agrees_with(&offer.entry().author);
        if !agrees(agree.entry(), offer.entry(), &offer.id()) || party != peer {
            return Err(wrong.into());
        }
        self.logs.get(&party).ok_or(Refusal::Stranger(party))?.holds(&agree)?;
        let mut next = self.clone();
        let mut cut = false;
        for offer in &offers {
            let (of, from) = reach(offer.entry()).ok_or(Refusal::Offer(offer.id()))?;
            // Two of them under one number are the fork itself, and do not mend it.
            let is_side = |f: &Equivocation| f.entries().0 == offer.bytes() || f.entries().1 == offer.bytes();
            if self.forks.get(&of).is_some_and(is_side) {
                return Err(Refusal::Frozen(of));
            }
            self.no_settled_is_cut(of, from, offer)?;
            let line = self.line_kept(offer.entry());
            if next.held(&of) > from || next.forks.contains_key(&of) {
                next = next.cut(of, from, &line);
                cut = true;
            }
        }
        for signed in offers.iter().cloned().chain([agree.found_to_hold()]) {
            let entry = signed.entry();
            next.offers.remove(&signed.id());
            // It may stand behind another fork, which this one does not mend.
            next.belongs(entry)?;
            if next.missing(entry, next.held(&entry.author)) != Ok(Vec::new()) {
                // What it had seen is not here yet, or rests on what it sets aside.
                return Err(wrong.into());
            }
            next.logs.get(&entry.author).ok_or(wrong.clone())?.follows(entry)?;
            next.take_in(signed.into())?;
        }
        *self = next;
        if cut {
            self.judge_aside();
        }
        Ok(())
    }

    /// The entries of a forked log, from the fork on, that a resumption keeps: back from the last one, as far as they are here.
    pub(super) fn line_kept(&self, offer: &Entry) -> BTreeSet<EntryId> {
        match &offer.body {
            Body::Keeping(Keeping::Resume { from, kept, .. }) => self.line_back(*kept, *from),
            _ => BTreeSet::new(),
        }
    }

    pub(super) fn line_back(&self, kept: Head, from: u64) -> BTreeSet<EntryId> {
        let (mut line, mut at) = (BTreeSet::new(), kept);
        while at.seq >= from {
            let place = (at.author, at.seq);
            let waits = || self.waiting.get(&place)?.get(&at.hash).map(|e| e.entry().prev);
            let aside = || self.aside.get(&at.hash).map(Vec::as_slice);
            let proof = || {
                self.forks
                    .values()
                    .flat_map(|f| <[&[u8]; 2]>::from(f.entries()))
                    .find(|e| EntryId::of(e) == at.hash)
            };
            let read = |bytes| Unverified::read(LogKind::Shared, bytes).ok().map(|e| e.entry().prev);
            let here = self.entry(&at.hash).map(|e| e.entry().prev);
            let before = here.or_else(waits).or_else(|| aside().or_else(proof).and_then(read));
            line.insert(at.hash);
            let (Some(hash), Some(seq)) = (before, at.seq.checked_sub(1)) else { break };
            at = Head { author: at.author, seq, hash };
        }
        line
    }

    /// Two offers that count under one number, or one that would set another aside, are a fork like any other.
    fn no_settled_is_cut(&mut self, of: PartyId, from: u64, offer: &Signed) -> Result<(), Refusal> {
        let log = self.logs.get(&of).map_or(&[][..], Log::entries);
        let cut = log.iter().skip(from as usize).any(|e| self.settled.iter().any(|s| s.offer == e.id()));
        let Some(first) = log.get(from as usize).filter(|_| cut) else { return Ok(()) };
        let proof = Equivocation::of(first.bytes(), offer.bytes(), of, from);
        self.freeze(proof.clone());
        Err(Refusal::Equivocation(Box::new(proof)))
    }

    /// The record without the entries of `of` from `from` on, but for `line`, and without what had seen them: these are set
    /// aside. A fork at or behind that place freezes it no longer.
    pub(super) fn cut(&self, of: PartyId, from: u64, line: &BTreeSet<EntryId>) -> Record {
        let gone = |e: &Entry, id: &EntryId| e.author == of && e.seq >= from && !line.contains(id);
        let mut cut = Record::new(Members::clone(&self.members));
        (cut.offers, cut.judging) = (self.offers.clone(), self.judging);
        cut.forks = self.forks.clone();
        cut.forks.retain(|author, fork| *author != of || fork.seq() < from);
        let mut rest = self.aside.clone();
        for fork in self.forks.values().filter(|fork| !cut.forks.contains_key(&fork.author())) {
            rest.extend([fork.entries().0, fork.entries().1].map(|e| (EntryId::of(e), e.to_vec())));
        }
        for signed in &self.applied {
            if gone(signed.entry(), &signed.id()) || !cut.again(signed) {
                rest.insert(signed.id(), signed.bytes().to_vec());
            }
        }
        let waits = self.waiting.values().flat_map(BTreeMap::values);
        rest.extend(waits.map(|e| (e.id(), e.bytes().to_vec())));
        for (place, bytes) in &self.refused {
            if place.0 == of && place.1 >= from {
                rest.insert(EntryId::of(bytes), bytes.clone());
            } else {
                cut.refused.insert(*place, bytes.clone());
            }
        }
        for bytes in rest.into_values() {
            // What a branch needs that is kept; the rest is judged when the offer counts.
            let on = |e: &Unverified| {
                !line.is_empty() && !gone(e.entry(), &e.id()) && !rests_on_offers(&e.entry().body)
            };
            match Unverified::read(LogKind::Shared, &bytes) {
                Ok(entry) if on(&entry) => drop(cut.admit_waiting(entry)),
                _ => cut.keep_aside(&bytes),
            }
        }
        cut.unblock();
        cut
    }

    /// Takes in once more what was in a record before, as far as its causal past is there. Whether it was.
    pub(super) fn again(&mut self, signed: &Arc<Signed>) -> bool {
        let entry = signed.entry();
        if is_offer(&entry.body) {
            self.offers.insert(signed.id(), Signed::clone(signed));
            return true;
        }
        let held = self.held(&entry.author);
        let whole = self.missing(entry, held).is_ok_and(|missing| missing.is_empty());
        if self.belongs(entry).is_err() || !whole {
            return false;
        }
        // It was lawful after this same causal past before.
        let offers = self.offers_with(entry).unwrap_or_default();
        offers.iter().for_each(|offer| drop(self.offers.remove(&offer.id())));
        let mut all = offers.into_iter().map(Arc::new).chain([signed.clone()]);
        all.all(|one| self.take_in(one).is_ok())
    }

    /// Notes that an offer counts, when the entry that agrees to it comes in, and sets aside what waits or was refused.
    pub(super) fn note_settled(&mut self, agree: &Signed) {
        let answered = || {
            let mut seen = agree.entry().seen.iter().filter_map(|h| self.entry(&h.hash));
            let answers = |e: &&Arc<Signed>| {
                is_offer(e.body()) && self.members.agrees_with(&e.entry().author) == agree.entry().author
            };
            seen.find(answers).filter(|_| is_offer(agree.body()))
        };
        let offer = agreed_to(agree.body()).and_then(|id| self.entry(id)).or_else(answered);
        let Some(offer) = offer.cloned() else { return };
        let Some((author, from)) = reach(offer.entry()) else { return };
        if self.settled.iter().any(|s| s.offer == offer.id()) {
            return;
        }
        let by = agree.entry();
        let after =
            if by.author == author { (offer.entry().author, offer.entry().seq) } else { (by.author, by.seq) };
        let settled = Settled { author, from, offer: offer.id(), agreed: agree.id(), after };
        self.settled.push(settled);
        let waits = self.waiting.values().flat_map(BTreeMap::values).cloned();
        let refused = self.refused.values().filter_map(|e| Unverified::read(LogKind::Shared, e).ok());
        let gone: Vec<Unverified> = waits.chain(refused).filter(|e| self.was_set_aside(e)).collect();
        for entry in gone {
            let place = (entry.entry().author, entry.entry().seq);
            self.waiting.entry(place).or_default().remove(&entry.id());
            if self.refused.get(&place).is_some_and(|bytes| bytes == entry.bytes()) {
                self.refused.remove(&place);
            }
            self.keep_aside(entry.bytes());
        }
        self.waiting.retain(|_, at| !at.is_empty());
    }
}
