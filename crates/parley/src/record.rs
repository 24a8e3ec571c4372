//! The record of one agreement: every member's log, and what follows from them together.
//!
//! Decides whether bytes enter the record: verified, in their causal place, lawful. Entries may arrive in any order
//! and any number of times. Two different entries of one author under one number freeze the record there, with a
//! proof. Refuses to know where bytes come from.

mod aside;
mod fork;
mod handed;
mod offer;
mod offering;
mod past;
mod refusal;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;

use thiserror::Error;

use crate::body::Body;
use crate::entry::{Entry, LogKind, Signed, Unverified};
use crate::id::{EntryId, Head, PartyId};
use crate::key::NodeKey;
use crate::log::{Log, LogError};
use crate::members::Members;
use crate::session::{self, Unlawful};
use crate::view::View;

pub use aside::{ASIDE_BYTES_MAX, ASIDE_MAX};
pub use fork::Equivocation;
pub use handed::HANDED_MAX;
pub use offer::Settled;
pub use refusal::Refusal;
pub use settle::OFFERS_MAX;

/// The most entries that wait for others.
pub const WAITING_MAX: usize = 10_000;
/// The most bytes that wait for others.
pub const WAITING_BYTES_MAX: usize = 64 << 20;

/// What became of bytes that were let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    /// The entry is in the record.
    Applied {
        /// How many entries that waited for it came in with it.
        unblocked: usize,
        /// Entries that waited for it and turned out unlawful.
        refused: Vec<(EntryId, Refusal)>,
    },
    /// The entry was there already, in the record or in the proof of a fork.
    Duplicate,
    /// The entry is kept until these arrive.
    Waiting {
        /// What is missing of its causal past.
        missing: Vec<Head>,
    },
    /// The entry is an offer about a log: it is kept until a party agrees.
    Offered,
    /// The entry is its author's, but a party has agreed that it no longer counts: it is kept and changes nothing.
    SetAside,
}

/// What became of an entry that was read.
enum Came {
    In,
    Missing(Vec<Head>),
    Offered,
    Aside,
}

/// The first entry of whole logs that does not fit the others.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("entry {seq} of {author}: {reason}")]
pub struct Misfit {
    /// In whose log.
    pub author: PartyId,
    /// Its number.
    pub seq: u64,
    /// Why not.
    pub reason: Refusal,
}

/// The logs of one agreement and the state that follows.
#[derive(Debug, Clone)]
pub struct Record {
    members: Arc<Members>,
    logs: BTreeMap<PartyId, Log>,
    /// For every author what it knew when it last wrote.
    knew: BTreeMap<PartyId, View>,
    merged: View,
    applied: Vec<Arc<Signed>>,
    place: BTreeMap<EntryId, usize>,
    waiting: BTreeMap<(PartyId, u64), BTreeMap<EntryId, Unverified>>,
    /// Signed by their authors and not let in, by place: another entry there proves a fork all the same, so that it does
    /// not matter which of the two came first.
    refused: BTreeMap<(PartyId, u64), Unverified>,
    forks: BTreeMap<PartyId, Equivocation>,
    /// What waits for a party's word, and stands in no log till then.
    offers: BTreeMap<EntryId, Signed>,
    settled: Vec<Settled>,
    /// What their authors signed and what does not count, by name.
    aside: BTreeMap<EntryId, Unverified>,
    /// Entries of that sort that were not kept, for want of room.
    aside_refused: u64,
    /// The rotations that hold, in the record or not.
    handed: BTreeMap<PartyId, BTreeMap<EntryId, handed::Handover>>,
    /// What was set aside is being judged anew, and is to be once more.
    judging: bool,
    judge_again: bool,
    /// The offers that are being settled.
    settling: Vec<EntryId>,
    /// This is a record along one branch, which nobody has agreed to yet: nothing else is mended in it meanwhile.
    trying: bool,
}

impl Record {
    /// The empty record of an agreement.
    pub fn new(members: Members) -> Record {
        let members = Arc::new(members);
        Record {
            logs: BTreeMap::new(),
            knew: BTreeMap::new(),
            merged: View::new(members.clone()),
            applied: Vec::new(),
            place: BTreeMap::new(),
            waiting: BTreeMap::new(),
            refused: BTreeMap::new(),
            forks: BTreeMap::new(),
            offers: BTreeMap::new(),
            settled: Vec::new(),
            aside: BTreeMap::new(),
            aside_refused: 0,
            handed: BTreeMap::new(),
            judging: false,
            judge_again: false,
            settling: Vec::new(),
            trying: false,
            members,
        }
    }

    /// The record that whole logs make together, however long they are: what a node reads when it starts, and what
    /// anyone does who verifies the files.
    ///
    /// # Errors
    /// The first entry that does not fit, by author, number and reason.
    pub fn from_logs(members: Members, logs: &[Log]) -> Result<Record, Misfit> {
        let mut record = Record::new(members);
        let mut next = vec![0; logs.len()];
        let agreed = offer::agreed_in(logs);
        loop {
            let mut progress = false;
            for (log, at) in logs.iter().zip(&mut next) {
                while let Some(signed) = log.entries().get(*at) {
                    let misfit = |reason| Misfit { author: signed.entry().author, seq: *at as u64, reason };
                    if !record.fits(log, signed).map_err(misfit)? {
                        break;
                    }
                    if offer::is_offer(signed.body()) && !agreed.contains(&signed.id()) {
                        record.offers.insert(signed.id(), Signed::clone(signed));
                    } else {
                        record.is_in_place(signed).map_err(misfit)?;
                        record.take_in(signed.clone()).map_err(misfit)?;
                    }
                    *at += 1;
                    progress = true;
                }
            }
            if !progress {
                break;
            }
        }
        let mut left = logs.iter().zip(&next).filter_map(|(log, at)| log.entries().get(*at));
        match left.next() {
            None => Ok(record),
            Some(stuck) => {
                let (author, seq) = (stuck.entry().author, stuck.entry().seq);
                let missing = record.missing(stuck.entry(), seq).unwrap_or_default();
                Err(Misfit { author, seq, reason: Refusal::Missing(missing) })
            }
        }
    }

    /// Whether a word that agrees to an offer stands where alone it can.
    fn is_in_place(&self, signed: &Signed) -> Result<(), Refusal> {
        let Some(id) = offer::agreed_to(signed.body()) else { return Ok(()) };
        let offer = self.entry(id).filter(|offer| self.answers(signed.entry(), offer));
        offer.map(drop).ok_or(Unlawful::Agree(*id).into())
    }

    /// Whether the causal past of a verified entry is here.
    fn fits(&self, log: &Log, signed: &Signed) -> Result<bool, Refusal> {
        let entry = signed.entry();
        self.belongs(entry)?;
        let agreed = self.members.member(&entry.author).map(|m| m.root_key);
        if agreed != Some(log.genesis().root_key) {
            return Err(Refusal::RootKey(entry.author));
        }
        let held = self.held(&entry.author);
        if entry.seq < held || log.kind() != LogKind::Shared {
            return Err(LogError::Seq { expected: held, found: entry.seq }.into());
        }
        Ok(self.missing(entry, held)?.is_empty())
    }

    /// How many entries of an author are here.
    fn held(&self, author: &PartyId) -> u64 {
        self.logs.get(author).map_or(0, |log| log.entries().len() as u64)
    }

    /// The members of the agreement.
    pub fn members(&self) -> &Members {
        &self.members
    }

    /// The log of one member, as far as it is held.
    pub fn log(&self, party: &PartyId) -> Option<&Log> {
        self.logs.get(party)
    }

    /// The state that follows from all entries held.
    pub fn view(&self) -> &View {
        &self.merged
    }

    /// All entries in the order in which they came in: a causal order, but not the same on every node. A node that
    /// carries entries into its own books remembers how far it has come in this list. A freeze makes it shorter.
    pub fn applied(&self) -> &[Arc<Signed>] {
        &self.applied
    }

    /// An entry by its name.
    pub fn entry(&self, id: &EntryId) -> Option<&Arc<Signed>> {
        self.place.get(id).map(|at| &self.applied[*at])
    }

    /// What the author of an entry saw when writing it: the state after its causal past, without the entry itself. Takes time
    /// linear in that past.
    pub fn before(&self, id: &EntryId) -> Option<View> {
        let entry = self.entry(id)?.entry();
        let own = entry.seq.checked_sub(1).map(|seq| Head { author: entry.author, seq, hash: entry.prev });
        let past: Vec<Head> = entry.seen.iter().copied().chain(own).collect();
        let mut view = View::new(self.members.clone());
        self.learn(&mut view, &past);
        Some(view)
    }

    /// What is held of every log, ascending by author.
    pub fn heads(&self) -> Vec<Head> {
        self.logs.values().map(Log::head).collect()
    }

    /// How many entries wait for others.
    pub fn waiting(&self) -> usize {
        self.waiting.values().map(BTreeMap::len).sum()
    }

    /// The forks at which the record is frozen.
    pub fn forks(&self) -> impl Iterator<Item = &Equivocation> {
        self.forks.values()
    }

    /// The entries that a holder of `heads` lacks, in causal order. Where a head names another entry than the one here,
    /// that one is included: so a fork shows.
    pub fn entries_since(&self, heads: &[Head]) -> impl Iterator<Item = &Arc<Signed>> {
        let needed = |h: &Head| {
            let here = self.logs.get(&h.author).and_then(|log| log.entries().get(h.seq as usize));
            let from = if here.is_some_and(|e| e.id() != h.hash) { h.seq } else { h.seq.saturating_add(1) };
            (h.author, from)
        };
        let from: BTreeMap<PartyId, u64> = heads.iter().map(needed).collect();
        let lacks =
            move |e: &&Arc<Signed>| from.get(&e.entry().author).is_none_or(|seq| e.entry().seq >= *seq);
        self.applied.iter().filter(lacks)
    }

    /// Lets bytes into the record, or says why not. A refusal changes no state, except that a fork freezes; an entry that its
    /// author signed is remembered, since another one under its number is a fork whether or not either is lawful.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn admit(&mut self, bytes: &[u8]) -> Result<Admitted, Refusal> {
        let proven = |fork: &Equivocation| fork.entries().0 == bytes || fork.entries().1 == bytes;
        let id = EntryId::of(bytes);
        if self.place.contains_key(&id) || self.offers.contains_key(&id) || self.forks.values().any(proven) {
            return Ok(Admitted::Duplicate);
        }
        let entry = Unverified::read(LogKind::Shared, bytes).map_err(LogError::from)?;
        match self.admit_new(entry) {
            Ok(Came::In) => {
                let (unblocked, refused) = self.unblock_and_mend();
                Ok(Admitted::Applied { unblocked, refused })
            }
            Ok(Came::Missing(missing)) => Ok(Admitted::Waiting { missing }),
            Ok(Came::Aside) => Ok(Admitted::SetAside),
            Ok(Came::Offered) => {
                // Somebody's word that they agree may have come before it.
                self.unblock_and_mend();
                Ok(if self.offers.contains_key(&id) { Admitted::Offered } else { Admitted::Duplicate })
            }
            Err(why) => {
                self.remember(&why, bytes);
                if matches!(why, Refusal::Equivocation(_)) {
                    // The beginning of a log can show that two which waited for it are a fork; what stands before that comes in.
                    self.unblock();
                    self.settle_what_waits();
                    self.unblock_and_mend();
                }
                Err(why)
            }
        }
    }

    /// Lets in an entry that is not here, or has it wait for what is missing.
    fn admit_new(&mut self, entry: Unverified) -> Result<Came, Refusal> {
        self.note_handed(&entry);
        match self.belongs(entry.entry()) {
            Err(Refusal::Frozen(by)) => return self.behind_the_fork(entry, by),
            belongs => belongs?,
        }
        if self.was_set_aside(&entry) {
            let log = self.logs.get(&entry.entry().author).ok_or(Refusal::Stranger(entry.entry().author))?;
            // Also what was signed behind a rotation that is set aside with it.
            if !self.is_signed(&entry) {
                log.held_once(&entry)?;
            }
            self.take_aside(&entry)?;
            return Ok(Came::Aside);
        }
        let is_offer = offer::is_offer(&entry.entry().body);
        if !is_offer && !self.may_be_set_aside(&entry) && !self.follows_an_offer(entry.entry()) {
            self.not_forked(&entry)?;
        }
        let missing = self.missing(entry.entry(), self.held(&entry.entry().author))?;
        if !missing.is_empty() {
            self.wait(entry)?;
            return Ok(Came::Missing(missing));
        }
        if is_offer {
            return self.offered(entry);
        }
        self.apply_new(entry)?;
        Ok(Came::In)
    }

    /// Checks whether `author` may write `body` now, everything here being its causal past.
    ///
    /// # Errors
    /// The rule that it would break.
    pub fn check(&self, author: &PartyId, body: &Body) -> Result<(), Refusal> {
        self.not_frozen()?;
        self.no_offer_open(author)?;
        self.observed_as_it_is(body)?;
        Ok(session::check(&self.merged, author, body)?)
    }

    fn not_frozen(&self) -> Result<(), Refusal> {
        self.forks.keys().next().map_or(Ok(()), |by| Err(Refusal::Frozen(*by)))
    }

    /// Checks and signs the next entry of `author`, without taking it in: it is made durable first, then admitted.
    /// `time` is Unix seconds, UTC.
    ///
    /// # Errors
    /// What [`Record::check`] refuses, or a key that is not the log's, or a log without genesis.
    pub fn sign(&self, author: &PartyId, body: Body, time: u64, key: &NodeKey) -> Result<Signed, Refusal> {
        self.check(author, &body)?;
        let log = self.logs.get(author).ok_or(Refusal::Stranger(*author))?;
        if matches!(body, Body::Genesis(_)) {
            return Err(LogError::GenesisPlace.into());
        }
        Ok(log.sign_next(self.seen_by(author), time, body, key).map_err(LogError::from)?)
    }

    /// Signs the next entry of `author` and takes it in.
    ///
    /// # Errors
    /// See [`Record::sign`].
    pub fn append(
        &mut self,
        author: &PartyId,
        body: Body,
        time: u64,
        key: &NodeKey,
    ) -> Result<Arc<Signed>, Refusal> {
        let signed = Arc::new(self.sign(author, body, time, key)?);
        self.take_in(signed.clone())?;
        self.unblock_and_mend();
        Ok(signed)
    }

    fn belongs(&self, entry: &Entry) -> Result<(), Refusal> {
        if entry.agreement != self.members.agreement() {
            return Err(LogError::Agreement.into());
        }
        if self.members.member(&entry.author).is_none() {
            return Err(Refusal::Stranger(entry.author));
        }
        if let Some(head) = entry.seen.iter().find(|h| self.members.member(&h.author).is_none()) {
            return Err(Refusal::Stranger(head.author));
        }
        // A log begins with a genesis, and with nothing else: said here, so that no other entry passes for a second beginning.
        let is_genesis = matches!(entry.body, Body::Genesis(_));
        if is_genesis != (entry.seq == 0) {
            return Err(LogError::GenesisPlace.into());
        }
        if is_genesis && entry.prev != EntryId::NONE {
            return Err(LogError::Prev.into());
        }
        let own = (entry.author, entry.seq);
        let named = entry.seen.iter().map(|h| (h.author, h.seq)).chain([own]);
        for (author, seq) in named {
            if self.forks.get(&author).is_some_and(|fork| seq >= fork.seq()) {
                return Err(Refusal::Frozen(author));
            }
        }
        Ok(())
    }

    fn wait(&mut self, entry: Unverified) -> Result<(), Refusal> {
        let (author, seq) = (entry.entry().author, entry.entry().seq);
        if let Some(log) = self.logs.get(&author) {
            log.may_hold(&entry).or_else(|why| if self.is_signed(&entry) { Ok(()) } else { Err(why) })?;
        }
        let bytes: usize = self.waiting.values().flat_map(BTreeMap::values).map(|e| e.bytes().len()).sum();
        let known = self.waiting.get(&(author, seq)).is_some_and(|at| at.contains_key(&entry.id()));
        let full = self.waiting() >= WAITING_MAX || bytes + entry.bytes().len() > WAITING_BYTES_MAX;
        if full && !known {
            return Err(Refusal::WaitingFull);
        }
        self.waiting.entry((author, seq)).or_default().insert(entry.id(), entry);
        Ok(())
    }

    /// Lets in what waited, until nothing more can come in.
    fn unblock(&mut self) -> (usize, Vec<(EntryId, Refusal)>) {
        let (mut count, mut refused) = (0, Vec::new());
        while let Some(entry) = self.next_waiting() {
            let id = entry.id();
            match self.admit_waiting(entry) {
                Ok(()) => count += 1,
                Err(why) => refused.push((id, why)),
            }
        }
        (count, refused)
    }

    /// Takes from those that wait one that waits no longer: it can be applied, or it can be refused.
    fn next_waiting(&mut self) -> Option<Unverified> {
        let ready = |entry: &Unverified| {
            let e = entry.entry();
            let held = self.held(&e.author);
            // What is no fork though its number is taken waits for its past wherever it stands.
            let beside = offer::is_offer(&e.body) || self.follows_an_offer(e) || self.may_be_set_aside(entry);
            (e.seq < held && !beside) || self.missing(e, held).map_or(true, |missing| missing.is_empty())
        };
        let next_of = |party: &PartyId| {
            let held = self.held(party);
            // One number back as well: a second entry under the number just taken is a fork.
            let range = (*party, held.saturating_sub(1))..=(*party, held);
            let mut at =
                self.waiting.range(range).flat_map(|(place, ids)| ids.iter().map(move |i| (place, i)));
            at.find(|(_, (_, entry))| ready(entry)).map(|(place, (id, _))| (*place, *id))
        };
        let (place, id) = self.members.all().find_map(|m| next_of(&m.party))?;
        let at = self.waiting.get_mut(&place)?;
        let entry = at.remove(&id);
        if at.is_empty() {
            self.waiting.remove(&place);
        }
        entry
    }

    fn admit_waiting(&mut self, entry: Unverified) -> Result<(), Refusal> {
        if self.place.contains_key(&entry.id()) {
            return Ok(());
        }
        let bytes = entry.bytes().to_vec();
        self.admit_new(entry).map(drop).inspect_err(|why| self.remember(why, &bytes))
    }

    fn apply_new(&mut self, entry: Unverified) -> Result<(), Refusal> {
        let author = entry.entry().author;
        if self.logs.contains_key(&author) {
            return self.settle(entry);
        }
        let log = Log::open_with(LogKind::Shared, entry)?;
        let agreed = self.members.member(&author).map(|m| m.root_key);
        if agreed != Some(log.genesis().root_key) {
            return Err(Refusal::RootKey(author));
        }
        self.take_in(log.entries()[0].clone())?;
        self.none_waits_forked(author)
    }

    /// Takes in the next entry of a log that is here.
    fn apply_next(&mut self, entry: Unverified) -> Result<(), Refusal> {
        let author = entry.entry().author;
        let log = self.logs.get(&author).ok_or(Refusal::Stranger(author))?;
        let signed = log.verify_next(entry)?;
        self.take_in(Arc::new(signed))
    }

    /// Takes in a verified entry whose causal past is here.
    fn take_in(&mut self, signed: Arc<Signed>) -> Result<(), Refusal> {
        let entry = signed.entry();
        self.seen_is_closed(entry)?;
        self.observed_as_it_is(&entry.body)?;
        let mut knew = self.knew.remove(&entry.author).unwrap_or_else(|| View::new(self.members.clone()));
        self.learn(&mut knew, &entry.seen);
        if let Err(why) = session::check(&knew, &entry.author, &entry.body) {
            self.restore_knew(&entry.author);
            return Err(why.into());
        }
        knew.apply(&signed);
        self.note_in_log(&signed);
        self.knew.insert(entry.author, knew);
        self.merged.apply(&signed);
        match self.logs.get_mut(&entry.author) {
            Some(log) => log.push_verified(signed.clone()),
            None => drop(self.logs.insert(entry.author, Log::of_verified(LogKind::Shared, signed.clone())?)),
        }
        self.place.insert(signed.id(), self.applied.len());
        self.applied.push(signed.clone());
        self.note_settled(&signed);
        Ok(())
    }

    /// Applies to an author's view what it has newly seen, in causal order.
    fn learn(&self, knew: &mut View, seen: &[Head]) {
        let mut new: Vec<usize> = Vec::new();
        for head in seen {
            let from = knew.head(&head.author).map_or(0, |h| h.seq + 1);
            let log = self.logs.get(&head.author).map_or(&[][..], Log::entries);
            let range = log.iter().take(head.seq as usize + 1).skip(from as usize);
            new.extend(range.filter_map(|e| self.place.get(&e.id())));
        }
        new.sort_unstable();
        new.into_iter().for_each(|at| knew.apply(&self.applied[at]));
    }

    /// Builds an author's view again from its log, after an unlawful entry of it was looked at.
    fn restore_knew(&mut self, author: &PartyId) {
        let Some(log) = self.logs.get(author) else { return };
        let mut knew = View::new(self.members.clone());
        for entry in log.entries() {
            self.learn(&mut knew, &entry.entry().seen);
            knew.apply(entry);
        }
        self.knew.insert(*author, knew);
    }
}
