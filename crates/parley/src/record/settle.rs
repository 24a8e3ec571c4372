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
use crate::entry::{Entry, EntryError, LogKind, Signed, Unverified};
use crate::id::{EntryId, Head, PartyId};
use crate::log::Log;
use crate::members::Members;
use crate::session::Unlawful;

use super::fork::Equivocation;
use super::offer::{Settled, agreed_to, agrees, is_offer, reach};

/// The most offers of one kind by one member that wait for somebody to agree. So nobody uses up another's, and who has the key
/// of a log but not its root key does not use up what the root key can offer.
pub const OFFERS_MAX: usize = 8;

impl Record {
    /// The offers that still wait for a party to agree, each with its name.
    pub fn offers(&self) -> impl Iterator<Item = &Signed> {
        self.offers.values().filter(|offer| self.can_be_agreed(offer.entry()))
    }

    /// The offers that somebody who holds these heads may lack: those that wait, and those whose place in the log is taken
    /// there by something else, or may be.
    ///
    /// With a resumption goes what proves the fork, without which it counts nowhere.
    pub(crate) fn offers_for(&self, heads: &[Head]) -> Vec<&[u8]> {
        let lacks = |offer: &&Signed| {
            let author = offer.entry().author;
            let holds = |h: &&Head| h.author == author && self.place.contains_key(&h.hash);
            heads.iter().find(holds).is_none_or(|h| h.seq < offer.entry().seq)
        };
        let counted = self.settled.iter().filter_map(|s| self.entry(&s.offer)).map(|e| &**e);
        let proof = |offer: &Signed| match offer.body() {
            Body::Keeping(Keeping::Resume { fork, .. }) => fork.map(|id| self.bytes_of(&id)),
            _ => [None, None],
        };
        let given = self.offers().chain(counted.filter(lacks));
        given.flat_map(|offer| proof(offer).into_iter().flatten().chain([offer.bytes()])).collect()
    }

    /// The bytes of an entry that its author signed, whether or not it counts.
    pub(super) fn bytes_of(&self, id: &EntryId) -> Option<&[u8]> {
        let applied = self.entry(id).map(|e| e.bytes());
        let proofs = || self.forks.values().flat_map(|f| <[&[u8]; 2]>::from(f.entries()));
        applied
            .or_else(|| self.aside.get(id).map(Unverified::bytes))
            .or_else(|| self.offers.get(id).map(Signed::bytes))
            .or_else(|| proofs().find(|e| EntryId::of(e) == *id))
    }

    /// What is not here of the proof that a resumption names, or of its branch; nothing for another body.
    ///
    /// # Errors
    /// [`Refusal::NotTheFork`] when what is here proves no fork at that number of that log, or when the last entry that is to
    /// count is on neither branch, nor the last before the fork, or is not the last of that log that the resumption had seen.
    pub(super) fn proof_lacks(&self, resume: &Entry) -> Result<Vec<Head>, Refusal> {
        let Body::Keeping(Keeping::Resume { from, fork, kept }) = &resume.body else { return Ok(Vec::new()) };
        let (author, seq) = (kept.author, *from);
        let before =
            resume.seq.checked_sub(1).map(|seq| Head { author: resume.author, seq, hash: resume.prev });
        let saw = resume.seen.contains(kept) || before == Some(*kept);
        let (mut lacks, mut proven) = (Vec::new(), saw && kept.seq + 1 >= seq);
        for id in fork {
            match self.bytes_of(id).map(|bytes| Unverified::read(LogKind::Shared, bytes)) {
                None => lacks.push(Head { author, seq, hash: *id }),
                Some(read) => {
                    proven &= read.is_ok_and(|e| e.entry().author == author && e.entry().seq == seq);
                }
            }
        }
        if kept.seq >= seq {
            let (line, last) = self.line_back(*kept, seq);
            match last.seq == seq {
                true => proven &= line.iter().any(|id| fork.contains(id)),
                false => lacks.push(last),
            }
        }
        if proven { Ok(lacks) } else { Err(Refusal::NotTheFork(author)) }
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
        // Behind a fork the author's log goes on in what fell; there it is looked at when the offer counts.
        if self.forks.is_empty() || !self.is_signed(&offer) {
            log.holds(&offer)?;
        }
        // Where the log is frozen below it, its tree is looked at when the offer counts.
        if self.forks.get(&entry.author).is_none_or(|fork| fork.seq() >= entry.seq) {
            log.names_its_tree(entry)?;
        }
        let alike = |o: &&Signed| (o.entry().author, o.body().name()) == (entry.author, entry.body.name());
        let (open, dead): (Vec<_>, Vec<_>) =
            self.offers.values().filter(alike).partition(|offer| self.can_be_agreed(offer.entry()));
        if open.len() >= OFFERS_MAX {
            return Err(Refusal::WaitingFull);
        }
        if open.len() + dead.len() >= OFFERS_MAX {
            let dead: Vec<EntryId> = dead.into_iter().map(Signed::id).collect();
            dead.iter().for_each(|id| drop(self.offers.remove(id)));
        }
        self.proof_lacks(entry)?;
        self.offers.insert(offer.id(), offer.found_to_hold());
        Ok(Came::Offered)
    }

    /// Takes in a party's word that it agrees, and the offer with it; or the next entry of a log, if it is another one. Behind a
    /// fork each holds under the key that its log has along the branch that is kept, unless that key is retired elsewhere.
    pub(super) fn settle(&mut self, agree: Unverified) -> Result<(), Refusal> {
        let Some(offers) = self.offers_with(agree.entry()) else { return self.apply_next(agree) };
        // There is at least the offer that is agreed to.
        let Some(offer) = offers.last() else { return self.apply_next(agree) };
        let party = agree.entry().author;
        if !self.answers(agree.entry(), offer) {
            return Err(Unlawful::Agree(offer.id()).into());
        }
        let log = self.logs.get(&party).ok_or(Refusal::Stranger(party))?;
        if self.forks.is_empty() || !self.is_signed(&agree) {
            log.holds(&agree)?;
        }
        let mut next = self.clone();
        let mut cut = false;
        next.settling = offers.iter().map(Signed::id).collect();
        for offer in &offers {
            let lacks = self.proof_lacks(offer.entry())?;
            if !lacks.is_empty() {
                return Err(Refusal::Missing(lacks));
            }
            let (of, from) = reach(offer.entry()).ok_or(Refusal::Offer(offer.id()))?;
            // Two of them under one number are the fork itself, and do not mend it.
            let is_side = |f: &Equivocation| f.entries().0 == offer.bytes() || f.entries().1 == offer.bytes();
            if self.forks.get(&of).is_some_and(is_side) {
                return Err(Refusal::Frozen(of));
            }
            self.no_settled_is_cut(of, from, offer)?;
            let (from, line) = self.line_kept(offer.entry(), from);
            if next.held(&of) > from || next.forks.contains_key(&of) {
                next = next.cut(of, from, &line);
                cut = true;
            }
        }
        next.take_settled(offers.into_iter().chain([agree.found_to_hold()]).collect())?;
        next.settling.clear();
        *self = next;
        if cut {
            self.judge_aside();
        }
        Ok(())
    }

    /// The entries of a log that an offer keeps though a fork has taken them, and the number of the first: the branch that a
    /// resumption names, and that on which a compromise stands, whose tree both have signed.
    pub(super) fn line_kept(&self, offer: &Entry, from: u64) -> (u64, BTreeSet<EntryId>) {
        let below = self.forks.get(&offer.author).map(Equivocation::seq).filter(|seq| *seq < from);
        match (&offer.body, below) {
            (Body::Keeping(Keeping::Resume { kept, .. }), _) => (from, self.line_back(*kept, from).0),
            (Body::Keeping(Keeping::Compromise { .. }), Some(below)) => {
                let last = Head { author: offer.author, seq: offer.seq - 1, hash: offer.prev };
                (below, self.line_back(last, below).0)
            }
            _ => (from, BTreeSet::new()),
        }
    }

    /// Back from the last entry of a branch as far as the entries are here, and the first of those found.
    pub(super) fn line_back(&self, kept: Head, from: u64) -> (BTreeSet<EntryId>, Head) {
        let (mut line, mut at, mut last) = (BTreeSet::new(), kept, kept);
        while at.seq >= from {
            let place = (at.author, at.seq);
            let waits = || self.waiting.get(&place)?.get(&at.hash).map(|e| e.entry().prev);
            let read = |bytes| Unverified::read(LogKind::Shared, bytes).ok().map(|e| e.entry().prev);
            let before = self.bytes_of(&at.hash).and_then(read).or_else(waits);
            line.insert(at.hash);
            last = at;
            let (Some(hash), Some(seq)) = (before, at.seq.checked_sub(1)) else { break };
            at = Head { author: at.author, seq, hash };
        }
        (line, last)
    }

    /// Two offers that count under one number, or one that would set another aside, are a fork like any other.
    fn no_settled_is_cut(&mut self, of: PartyId, from: u64, offer: &Signed) -> Result<(), Refusal> {
        let log = self.logs.get(&of).map_or(&[][..], Log::entries);
        let cut = log.iter().skip(from as usize).any(|e| self.settled.iter().any(|s| s.offer == e.id()));
        let Some(first) = log.get(from as usize).filter(|_| cut) else { return Ok(()) };
        if (offer.entry().author, offer.entry().seq) != (of, from) {
            return Err(Refusal::Offer(offer.id()));
        }
        let proof = Equivocation::of(first.bytes(), offer.bytes(), of, from);
        self.freeze(proof.clone());
        Err(Refusal::Equivocation(Box::new(proof)))
    }

    /// The record without the entries of `of` from `from` on, but for `line`, and without what had seen them: these are set
    /// aside. A fork at or behind that place freezes it no longer.
    pub(super) fn cut(&self, of: PartyId, from: u64, line: &BTreeSet<EntryId>) -> Record {
        let gone = |e: &Entry, id: &EntryId| e.author == of && e.seq >= from && !line.contains(id);
        let mut cut = Record::new(Members::clone(&self.members));
        (cut.offers, cut.judging, cut.judge_again) = (self.offers.clone(), self.judging, self.judge_again);
        cut.handed = self.handed.clone();
        (cut.settling, cut.aside_refused) = (self.settling.clone(), self.aside_refused);
        cut.forks = self.forks.clone();
        cut.forks.retain(|author, fork| *author != of || fork.seq() < from);
        let mut rest = self.aside.clone();
        for fork in self.forks.values().filter(|fork| !cut.forks.contains_key(&fork.author())) {
            let both = [fork.entries().0, fork.entries().1];
            let read = both.into_iter().filter_map(|e| Unverified::read(LogKind::Shared, e).ok());
            rest.extend(read.map(|e| (e.id(), e)));
        }
        for signed in &self.applied {
            if gone(signed.entry(), &signed.id()) || !cut.again(signed) {
                rest.extend(Unverified::read(LogKind::Shared, signed.bytes()).ok().map(|e| (e.id(), e)));
            }
        }
        let waits = self.waiting.values().flat_map(BTreeMap::values);
        rest.extend(waits.map(|e| (e.id(), e.clone())));
        for (place, entry) in &self.refused {
            let reached = entry.entry().seen.iter().any(|h| h.author == of && h.seq >= from);
            if (place.0 == of && place.1 >= from) || reached {
                rest.insert(entry.id(), entry.clone());
            } else {
                cut.refused.insert(*place, entry.clone());
            }
        }
        cut.trying = true;
        cut.take_rest(rest.into_values().collect(), of, from, line);
        cut.trying = self.trying;
        cut
    }

    /// Takes in what a branch needs that is kept; the rest is judged when the offer counts.
    fn take_rest(&mut self, mut rest: Vec<Unverified>, of: PartyId, from: u64, line: &BTreeSet<EntryId>) {
        rest.sort_unstable_by_key(|e| (e.entry().seq, e.id()));
        let mut agreed = Vec::new();
        for entry in rest {
            let said = entry.entry();
            let gone = said.author == of && said.seq >= from && !line.contains(&entry.id());
            if gone || line.is_empty() || is_offer(&said.body) {
                self.keep_aside(entry);
            } else if agreed_to(&said.body).is_some() {
                agreed.push(entry);
            } else if self.admit_waiting(entry.clone()).is_err() && !self.has(&entry.id()) {
                self.keep_aside(entry);
            }
        }
        self.unblock();
        self.carry(agreed, (of, from));
    }

    /// Takes in what was settled on the branch that is kept, as far as nothing need be set aside for it: on that branch nothing
    /// stood in its place. An offer that reaches to `but` is what the branch is kept for, and not settled here.
    fn carry(&mut self, mut agreed: Vec<Unverified>, but: (PartyId, u64)) {
        let carried = |record: &mut Record, agree: &Unverified| {
            let offers = record.offers_with(agree.entry()).unwrap_or_default();
            let log = record.logs.get(&agree.entry().author);
            let holds = log.is_some_and(|log| log.holds(agree).is_ok());
            let settling = |o: &Signed| reach(o.entry()) == Some(but) || record.settling.contains(&o.id());
            let other = !offers.iter().any(settling);
            let answers = offers.last().is_some_and(|o| record.answers(agree.entry(), o));
            let mut next = record.clone();
            let all = offers.into_iter().chain([agree.clone().found_to_hold()]).collect();
            let taken = holds && other && answers && next.take_settled(all).is_ok();
            if taken {
                *record = next;
                record.unblock();
            }
            taken
        };
        while let Some(at) = agreed.iter().position(|agree| carried(self, agree)) {
            agreed.swap_remove(at);
        }
        agreed.into_iter().for_each(|agree| self.keep_aside(agree));
    }

    /// Whether an entry is the word of the party that is asked, in the one place where it can stand.
    pub(super) fn answers(&self, agree: &Entry, offer: &Signed) -> bool {
        agrees(agree, offer.entry(), &offer.id())
            && self.members.agrees_with(&offer.entry().author) == agree.author
    }

    /// Takes in offers and the word that agrees to them, each as the next entry of its log. With a resumption no key counts that
    /// its author has handed over elsewhere.
    fn take_settled(&mut self, all: Vec<Signed>) -> Result<(), Refusal> {
        let wrong = Refusal::from(Unlawful::Agree(all.first().map_or(EntryId::NONE, Signed::id)));
        let resumes = all.iter().any(|s| matches!(s.body(), Body::Keeping(Keeping::Resume { .. })));
        for signed in all {
            let entry = signed.entry();
            let read = Unverified::read(LogKind::Shared, signed.bytes())?;
            if resumes && self.is_retired(&read) {
                return Err(EntryError::WrongKey.into());
            }
            self.offers.remove(&signed.id());
            // It may stand behind another fork, which this one does not mend.
            self.belongs(entry)?;
            let held = self.held(&entry.author);
            if entry.seq != held || self.missing(entry, held) != Ok(Vec::new()) {
                // What it had seen is not here yet, or rests on what it sets aside.
                return Err(wrong);
            }
            let log = self.logs.get(&entry.author).ok_or(wrong.clone())?;
            log.follows(entry)?;
            log.holds(&read)?;
            log.names_its_tree(entry)?;
            self.take_in(signed.into())?;
        }
        Ok(())
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
        let refused = self.refused.values().cloned();
        let gone: Vec<Unverified> = waits.chain(refused).filter(|e| self.was_set_aside(e)).collect();
        for entry in gone {
            let place = (entry.entry().author, entry.entry().seq);
            self.waiting.entry(place).or_default().remove(&entry.id());
            if self.refused.get(&place).is_some_and(|e| e.id() == entry.id()) {
                self.refused.remove(&place);
            }
            self.keep_aside(entry);
        }
        self.waiting.retain(|_, at| !at.is_empty());
    }
}
