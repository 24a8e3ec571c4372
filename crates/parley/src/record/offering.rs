//! How an offer about a log is made, and how a party agrees to one: what each may sign from where it stands.
//!
//! Decides what its author may offer or agree to without unsaying anything. Refuses to know what becomes of it: that is where
//! offers settle.

use super::offer::reach;
use super::{Record, Refusal};
use crate::body::{Body, Keeping};
use crate::entry::{Entry, EntryError, LogKind, Signed, Unverified, sign};
use crate::id::{Digest, EntryId, Head, Label, PartyId};
use crate::key::NodeKey;
use crate::log::{Log, LogError};
use crate::tree::Tree;

impl Record {
    /// Signs an offer to go on from here because everything that `author` signed from its next number on is lost. It counts
    /// once a party agrees. `time` is Unix seconds, UTC.
    ///
    /// Where the first party offers to reset its log, the second's reset answers that, and so agrees to it: unless it holds an
    /// entry of what would be lost, be it one that waits, or has cosigned a larger head of that log. `cosigned` is the size of
    /// the largest that it has.
    ///
    /// # Errors
    /// What [`Record::check`] refuses, a log without genesis, or a key that is not the log's.
    pub fn reset(
        &self,
        author: &PartyId,
        reason: Label,
        cosigned: u64,
        time: u64,
        node: &NodeKey,
        root: &NodeKey,
    ) -> Result<Signed, Refusal> {
        let waits = |head: &Head| {
            self.waiting.range((head.author, head.seq)..=(head.author, u64::MAX)).next().is_some()
        };
        let answer = self.to_answer(author, cosigned).filter(|head| !waits(head));
        self.reset_answering(answer, author, reason, time, (node, root))
    }

    /// The same where entries of what the first party has lost wait here for some that nobody has: an officer who has looked for
    /// the others decides it, as in [`Record::agree_without_what_waits`].
    ///
    /// # Errors
    /// As [`Record::reset`].
    pub fn reset_without_what_waits(
        &self,
        author: &PartyId,
        reason: Label,
        cosigned: u64,
        time: u64,
        node: &NodeKey,
        root: &NodeKey,
    ) -> Result<Signed, Refusal> {
        self.reset_answering(self.to_answer(author, cosigned), author, reason, time, (node, root))
    }

    fn reset_answering(
        &self,
        answer: Option<Head>,
        author: &PartyId,
        reason: Label,
        time: u64,
        (node, root): (&NodeKey, &NodeKey),
    ) -> Result<Signed, Refusal> {
        let log = self.logs.get(author).ok_or(Refusal::Stranger(*author))?;
        let from = log.head().seq + 1;
        let reset = Keeping::Reset { from, reason, root_signature: [0; 64] };
        self.not_frozen()?;
        let mut seen = self.seen_by(author);
        match answer {
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
    /// As [`Record::reset`]; `from` must be a number that the log has reached, and not below one under which it can no longer
    /// change, where nobody would take the offer in.
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
        let sealed = self.sealed_to(&log.genesis().party);
        if from < sealed {
            return Err(LogError::Seq { expected: sealed, found: from }.into());
        }
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
    /// [`Refusal::Stranger`] where there is no such fork, [`Refusal::Missing`] where the branch is not here,
    /// [`Refusal::Unsays`] where something that the author has signed does not rest on it, and what [`Record::reset`] refuses.
    pub fn resume(&self, author: &PartyId, kept: Head, time: u64, node: &NodeKey) -> Result<Signed, Refusal> {
        let fork = self.forks.get(&kept.author).ok_or(Refusal::Stranger(kept.author))?;
        let (first, second) = fork.entries();
        let mut ids = [EntryId::of(first), EntryId::of(second)];
        ids.sort_unstable();
        let body = Body::Keeping(Keeping::Resume { from: fork.seq(), fork: ids, kept });
        let past = self.cut(kept.author, fork.seq(), &self.line_back(kept, fork.seq()).0);
        let log = past.logs.get(author).ok_or(Refusal::Stranger(*author))?;
        if past.log(&kept.author).map(Log::head) != Some(kept) {
            return Err(Refusal::Missing(vec![kept]));
        }
        past.not_retired(author)?;
        past.no_offer_open(author)?;
        self.unsays_nothing(author, log.head().seq + 1, &past, Some((kept.author, fork.seq())))?;
        Ok(log.sign_next(past.seen_by(author), time, body, node).map_err(LogError::from)?)
    }

    /// Whatever `author` has signed from number `at` on is in `past`, was set aside before, or is in the part of its own log that
    /// is `left` by the root key's word or by the proof of a fork: else to sign there would unsay it, and be a fork.
    fn unsays_nothing(
        &self,
        author: &PartyId,
        at: u64,
        past: &Record,
        left: Option<(PartyId, u64)>,
    ) -> Result<(), Refusal> {
        let from = left.filter(|(of, _)| of == author).map_or(u64::MAX, |(_, from)| from);
        let unsaid = |e: &Unverified| {
            let counts = past.place.contains_key(&e.id()) || self.was_set_aside(e) || past.was_set_aside(e);
            (at..from).contains(&e.entry().seq) && !counts && (self.is_signed(e) || past.is_signed(e))
        };
        match self.known_of(author).find(unsaid) {
            None => Ok(()),
            Some(e) => Err(Refusal::Unsays(Head { author: *author, seq: e.entry().seq, hash: e.id() })),
        }
    }

    /// Signs that `author` agrees to an offer. `cosigned` is the size of the largest head of that log that `author` has
    /// cosigned: what stands under it is never unsaid (protocol 3.4).
    ///
    /// # Errors
    /// [`Refusal::Offer`] when the offer is not here, can no longer be agreed to, is not for `author` to agree to, or would
    /// unsay what `author` holds or has cosigned; [`Refusal::Unsays`] when it would unsay what `author` has signed.
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
        if !self.proof_lacks(offered)?.is_empty() {
            return Err(wrong());
        }
        let (of, from) = reach(offered).ok_or_else(wrong)?;
        let past = match &offered.body {
            // Judged along the branch that is kept, and not in the record that the fork has frozen.
            Body::Keeping(Keeping::Resume { .. }) => {
                Some(self.cut(of, from, &self.line_kept(offered, from).1))
            }
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
        let resumes = matches!(&offered.body, Body::Keeping(Keeping::Resume { .. }));
        let unsays = reset && self.held(&of) > from;
        if !in_place || unsays || from < cosigned {
            return Err(wrong());
        }
        if !answers {
            past.no_offer_open(author)?;
        }
        if resumes {
            past.not_retired(author)?;
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
        let left = self
            .offers
            .get(&last.hash)
            .filter(|_| answers)
            .map_or(Some((of, from)), |own| reach(own.entry()));
        self.unsays_nothing(author, at.seq, past, left.filter(|_| answers || resumes))?;
        Ok(sign(LogKind::Shared, at, key)?)
    }

    /// The open offer of the first party that the second, which has lost entries too, answers with its own.
    fn to_answer(&self, author: &PartyId, cosigned: u64) -> Option<Head> {
        let log = self.logs.get(author)?;
        let mut first = self.offers().filter(|offer| {
            let by = offer.entry().author;
            let before = offer.entry().seen.iter().find(|h| h.author == *author);
            self.members.index(&by) == Some(0) && by != *author && before == Some(&log.head())
        });
        let offer = first.find(|offer| {
            let (of, from) = (offer.entry().author, offer.entry().seq);
            self.held(&of) <= from && cosigned <= from
        })?;
        (self.members.index(author) == Some(1)).then(|| offer.head())
    }

    pub(super) fn seen_by(&self, author: &PartyId) -> Vec<Head> {
        self.heads().into_iter().filter(|h| h.author != *author).collect()
    }

    /// In a record along a branch: the author has not handed over from the key that its log has there. If it has, it signs the
    /// rotation along this branch first.
    fn not_retired(&self, author: &PartyId) -> Result<(), Refusal> {
        let key = self.logs.get(author).map(Log::key);
        match self.handed_of(author).any(|h| Some(&h.from) == key) {
            true => Err(EntryError::WrongKey.into()),
            false => Ok(()),
        }
    }

    /// Who has made an offer says nothing else until it is answered or can no longer be.
    pub(super) fn no_offer_open(&self, author: &PartyId) -> Result<(), Refusal> {
        let mut open = self.offers().filter(|offer| offer.entry().author == *author && self.binds(offer));
        open.next().map_or(Ok(()), |offer| Err(Refusal::OfferOpen(offer.id())))
    }
}

impl Record {
    /// Whether an offer binds its author: it is signed under the key of its place, its proof is here, and the log has not gone on
    /// past it. So who has a former key silences nobody.
    fn binds(&self, offer: &Signed) -> bool {
        let entry = offer.entry();
        let Some(log) = self.logs.get(&entry.author) else { return true };
        let compromise = matches!(&entry.body, Body::Keeping(Keeping::Compromise { .. }));
        let holds = || Unverified::read(LogKind::Shared, offer.bytes()).is_ok_and(|e| log.holds(&e).is_ok());
        let whole = || self.proof_lacks(entry).is_ok_and(|lacks| lacks.is_empty());
        (compromise || entry.seq > log.head().seq) && whole() && holds()
    }
}

/// Puts a head in the place of what was seen of its author's log.
fn put(seen: &mut Vec<Head>, head: Head) {
    seen.retain(|h| h.author != head.author);
    seen.push(head);
    seen.sort_unstable();
}
