//! What one member offers about a log and another party agrees to: a reset, a resumption, a word that a key was
//! compromised (protocol 3.4, 3.5 (6), invariant 15).
//!
//! Decides when such an offer counts, what is set aside by it, and who may agree. Until a party has agreed an offer
//! stands in no log and forks none; once one has, what the log held in its place is set aside on every node, in whatever
//! order the entries come. What is set aside is kept with its signature and counts for nothing. Refuses to know whether an
//! entry is really lost: that is for those who agree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Came, Record, Refusal, WAITING_BYTES_MAX, WAITING_MAX};
use crate::body::{Body, Keeping};
use crate::entry::{Entry, EntryError, LogKind, Signed, Unverified, sign};
use crate::id::{Digest, EntryId, Head, Label, PartyId};
use crate::key::NodeKey;
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

    /// Entries that their authors signed and that do not count: set aside, as far as they came to this node. They prove what
    /// was signed and are kept as long as the node runs.
    pub fn set_aside(&self) -> impl Iterator<Item = &[u8]> {
        self.aside.values().map(Vec::as_slice)
    }

    /// Signs an offer to go on from here because everything that `author` signed from its next number on is lost. It counts
    /// once a party agrees. `time` is Unix seconds, UTC.
    ///
    /// # Errors
    /// What [`Record::check`] refuses, a log without genesis, or a key that is not the log's.
    pub fn reset(
        &self,
        author: &PartyId,
        reason: Label,
        time: u64,
        node: &NodeKey,
        root: &NodeKey,
    ) -> Result<Signed, Refusal> {
        let log = self.logs.get(author).ok_or(Refusal::Stranger(*author))?;
        let from = log.head().seq + 1;
        let reset = Keeping::Reset { from, reason, root_signature: [0; 64] };
        self.not_frozen()?;
        let mut seen = self.seen_by(author);
        match self.to_answer(author) {
            Some(head) => put(&mut seen, head),
            None => self.no_offer_open(author)?,
        }
        let at = log.next_entry(seen, time, Body::Keeping(reset.clone()));
        let body = Body::Keeping(reset.signed_by_root(&at, root));
        Ok(sign(LogKind::Shared, Entry { body, ..at }, node)?)
    }

    /// Signs an offer to go on under a new key, because the log's key is in other hands or lost: from the number `from` on
    /// nothing counts. `next` is the digest of the key after the new one.
    ///
    /// # Errors
    /// As [`Record::reset`]; `from` must be a number that the log has reached.
    pub fn compromise(
        &self,
        author: &PartyId,
        from: u64,
        time: u64,
        (node, next): (&NodeKey, Digest),
        root: &NodeKey,
    ) -> Result<Signed, Refusal> {
        let log = self.logs.get(author).ok_or(Refusal::Stranger(*author))?;
        self.not_frozen()?;
        let before = from.checked_sub(1).and_then(|at| log.entries().get(at as usize));
        let before = before.ok_or(LogError::Seq { expected: log.head().seq + 1, found: from })?;
        let said = Keeping::Compromise {
            from,
            root: Tree::of_log(log).root(from).map_err(|_| LogError::Prev)?,
            lost: *log.key_at(from),
            node_key: node.public(),
            next_key: next,
            root_signature: [0; 64],
        };
        let Head { author, hash: prev, .. } = before.head();
        let (agreement, seen) = (self.members.agreement(), self.seen_by(&author));
        let body = Body::Keeping(said.clone());
        let at = Entry { agreement, author, seq: from, prev, seen, time, body };
        let body = Body::Keeping(said.signed_by_root(&at, root));
        Ok(sign(LogKind::Shared, Entry { body, ..at }, node)?)
    }

    /// Signs an offer to go on after a fork: `kept` is the last entry of the forked log that counts, before the fork or on the
    /// branch that is kept. A party can keep only what it has built on, or it would unsay its own words.
    ///
    /// # Errors
    /// [`Refusal::Stranger`] where there is no such fork, [`Refusal::Missing`] where the branch or something of the author's own
    /// that rests on it is not here, and what [`Record::reset`] refuses.
    pub fn resume(&self, author: &PartyId, kept: Head, time: u64, node: &NodeKey) -> Result<Signed, Refusal> {
        let fork = self.forks.get(&kept.author).ok_or(Refusal::Stranger(kept.author))?;
        self.no_offer_open(author)?;
        let (first, second) = fork.entries();
        let mut ids = [EntryId::of(first), EntryId::of(second)];
        ids.sort_unstable();
        let body = Body::Keeping(Keeping::Resume { from: fork.seq(), fork: ids, kept });
        let past = self.cut(kept.author, fork.seq(), &self.line_back(kept, fork.seq()));
        let log = past.logs.get(author).ok_or(Refusal::Stranger(*author))?;
        if past.log(&kept.author).map(Log::head) != Some(kept) {
            return Err(Refusal::Missing(vec![kept]));
        }
        Ok(log.sign_next(past.seen_by(author), time, body, node).map_err(LogError::from)?)
    }

    /// Signs that `author` agrees to an offer. `cosigned` is the size of the largest head of that log that `author` has
    /// cosigned: what stands under it is never unsaid (protocol 3.4).
    ///
    /// # Errors
    /// [`Refusal::Offer`] when the offer is not here, can no longer be agreed to, is not for `author` to agree to, or would
    /// unsay what `author` holds or has cosigned.
    pub fn agree(
        &self,
        author: &PartyId,
        offer: &EntryId,
        cosigned: u64,
        time: u64,
        key: &NodeKey,
    ) -> Result<Signed, Refusal> {
        let reaches = self.offers.get(offer).and_then(|offered| reach(offered.entry()));
        let (of, from) = reaches.ok_or(Refusal::Offer(*offer))?;
        if self.waiting.range((of, from)..=(of, u64::MAX)).next().is_some() {
            return Err(Refusal::Offer(*offer));
        }
        self.agree_without_what_waits(author, offer, cosigned, time, key)
    }

    /// The same where later entries of the lost range are here and wait for some that nobody has: they can never come in,
    /// and are set aside. An officer who has looked for the others decides it; nothing else lets such a log go on.
    ///
    /// # Errors
    /// As [`Record::agree`].
    pub fn agree_without_what_waits(
        &self,
        author: &PartyId,
        offer: &EntryId,
        cosigned: u64,
        time: u64,
        key: &NodeKey,
    ) -> Result<Signed, Refusal> {
        let wrong = || Refusal::Offer(*offer);
        let offered = self.offers.get(offer).ok_or_else(wrong)?.entry();
        let (of, from) = reach(offered).ok_or_else(wrong)?;
        let past = match &offered.body {
            // Judged along the branch that is kept, and not in the record that the fork has frozen.
            Body::Keeping(Keeping::Resume { .. }) => Some(self.cut(of, from, &self.line_kept(offered))),
            _ => None,
        };
        let past = past.as_ref().unwrap_or(self);
        let log = past.logs.get(author).ok_or(Refusal::Stranger(*author))?;
        let last = offered.seen.iter().find(|h| h.author == *author).ok_or_else(wrong)?;
        // Both have lost entries: the offer was made in answer to the author's own.
        let answers = self.offers.get(&last.hash).is_some_and(|own| own.entry().author == *author);
        let in_place =
            (answers || *last == log.head()) && self.members.agrees_with(&offered.author) == *author;
        let reset = matches!(&offered.body, Body::Keeping(Keeping::Reset { .. }));
        let unsays = reset && self.held(&of) > from;
        if !in_place || unsays || from < cosigned {
            return Err(wrong());
        }
        if !answers {
            self.no_offer_open(author)?;
        }
        let mut seen = past.seen_by(author);
        put(&mut seen, Head { author: offered.author, seq: offered.seq, hash: *offer });
        let mut at = log.next_entry(seen, time, Body::Keeping(Keeping::Agree { entry: *offer }));
        // It would go back behind what the author had seen, and so unsay what the author has built on.
        log.follows(&at).map_err(|_| wrong())?;
        if key.public() != *log.key() {
            return Err(EntryError::WrongKey.into());
        }
        (at.seq, at.prev) = (last.seq + 1, last.hash);
        Ok(sign(LogKind::Shared, at, key)?)
    }

    /// The open offer of the first party that the second, which has lost entries too, answers with its own.
    fn to_answer(&self, author: &PartyId) -> Option<Head> {
        let log = self.logs.get(author)?;
        let mut first = self.offers().filter(|offer| {
            let by = offer.entry().author;
            let before = offer.entry().seen.iter().find(|h| h.author == *author);
            self.members.index(&by) == Some(0) && by != *author && before == Some(&log.head())
        });
        let offer = first.find(|offer| self.held(&offer.entry().author) <= offer.entry().seq)?;
        (self.members.index(author) == Some(1)).then(|| offer.head())
    }

    /// Whether it stands behind its author's own offer, which comes to count with it: what the log held there will be set aside.
    pub(super) fn follows_an_offer(&self, entry: &Entry) -> bool {
        self.offers_with(entry).is_some_and(|offers| offers.len() > 1)
    }

    /// The offers that come to count with an entry that agrees to one: that one, and before it the one that it answers.
    fn offers_with(&self, agree: &Entry) -> Option<Vec<Signed>> {
        let last = self.offers.get(agreed_to(&agree.body)?)?;
        let first = self.offers.get(&agree.prev).filter(|first| {
            last.entry().seen.iter().any(|h| h.hash == first.id()) && first.entry().author == agree.author
        });
        Some(first.into_iter().chain([last]).cloned().collect())
    }

    pub(super) fn seen_by(&self, author: &PartyId) -> Vec<Head> {
        self.heads().into_iter().filter(|h| h.author != *author).collect()
    }

    /// Whether the party that is asked can still agree: it has said nothing, as far as is known here, since the offer was made.
    fn can_be_agreed(&self, offer: &Entry) -> bool {
        let peer = self.members.agrees_with(&offer.author);
        offer.seen.iter().any(|h| h.author == peer && self.held(&peer) <= h.seq + 1)
    }

    /// Who has made an offer says nothing else until it is answered or can no longer be.
    pub(super) fn no_offer_open(&self, author: &PartyId) -> Result<(), Refusal> {
        let mut open = self.offers().filter(|offer| offer.entry().author == *author);
        open.next().map_or(Ok(()), |offer| Err(Refusal::OfferOpen(offer.id())))
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
    fn line_kept(&self, offer: &Entry) -> BTreeSet<EntryId> {
        match &offer.body {
            Body::Keeping(Keeping::Resume { from, kept, .. }) => self.line_back(*kept, *from),
            _ => BTreeSet::new(),
        }
    }

    fn line_back(&self, kept: Head, from: u64) -> BTreeSet<EntryId> {
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
    fn cut(&self, of: PartyId, from: u64, line: &BTreeSet<EntryId>) -> Record {
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
    fn settle_what_waits(&mut self) {
        let read = |bytes: &Vec<u8>| Unverified::read(LogKind::Shared, bytes).ok();
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

    /// Whether a party has agreed that this entry no longer counts: it stands at or behind the place, and had not seen that a
    /// party agreed. What its author signed afterwards is judged like any other entry: an old reset covers no new fork.
    pub(super) fn was_set_aside(&self, entry: &Unverified) -> bool {
        self.reaching(entry).any(|s| self.saw_agreed(s, entry.entry()) == Some(false))
    }

    /// Whether it cannot be told yet: it had seen something that is not here of a log in which entries were set aside too.
    pub(super) fn may_be_set_aside(&self, entry: &Unverified) -> bool {
        self.reaching(entry).any(|s| self.saw_agreed(s, entry.entry()).is_none())
    }

    fn reaching<'a>(&'a self, entry: &'a Unverified) -> impl Iterator<Item = &'a Settled> {
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

/// Puts a head in the place of what was seen of its author's log.
fn put(seen: &mut Vec<Head>, head: Head) {
    seen.retain(|h| h.author != head.author);
    seen.push(head);
    seen.sort_unstable();
}
