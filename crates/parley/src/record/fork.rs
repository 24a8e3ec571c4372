//! Two entries by one author under one number: what proves it, what is remembered so that it shows, and the freeze.
//!
//! Decides a fork by signatures alone: neither which of the two came first nor whether either is lawful counts. Refuses to
//! know how a record goes on after a freeze.

use std::collections::BTreeMap;

use super::offer::is_offer;
use super::{Record, Refusal, WAITING_BYTES_MAX, WAITING_MAX};
use crate::entry::{Entry, LogKind, Signed, Unverified};
use crate::id::{EntryId, PartyId};
use crate::log::{Log, LogError};
use crate::members::Members;

/// The proof that an author signed two different entries under one number: both, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivocation {
    first: Vec<u8>,
    second: Vec<u8>,
    author: PartyId,
    seq: u64,
}

impl Equivocation {
    /// Checks a proof from nothing but the author's genesis, whose root key the caller compares.
    ///
    /// # Errors
    /// When either is not an entry under the key of the genesis.
    pub fn verify(genesis: &[u8], first: &[u8], second: &[u8]) -> Result<Option<Equivocation>, LogError> {
        Equivocation::verify_in(&Log::open(LogKind::Shared, genesis)?, first, second)
    }

    /// Checks a proof with the author's log, as far as its keys were rotated. Both entries can be its author's and no fork:
    /// [`Record::settled`] says of which a party has agreed that they no longer count.
    ///
    /// # Errors
    /// When either is not an entry under the key that the log had at its place.
    pub fn verify_in(log: &Log, first: &[u8], second: &[u8]) -> Result<Option<Equivocation>, LogError> {
        let read = |bytes| -> Result<Signed, LogError> {
            let entry = Unverified::read(LogKind::Shared, bytes)?;
            log.same_log(entry.entry())?;
            log.holds(&entry)?;
            Ok(entry.found_to_hold())
        };
        let (a, b) = (read(first)?, read(second)?);
        let forked = a.entry().seq == b.entry().seq && a.id() != b.id();
        let (author, seq) = (a.entry().author, a.entry().seq);
        Ok(forked.then(|| Equivocation { first: first.to_vec(), second: second.to_vec(), author, seq }))
    }

    pub(super) fn of(first: &[u8], second: &[u8], author: PartyId, seq: u64) -> Equivocation {
        Equivocation { first: first.to_vec(), second: second.to_vec(), author, seq }
    }

    /// Who signed both.
    pub fn author(&self) -> PartyId {
        self.author
    }

    /// The number of both.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The bytes of both.
    pub fn entries(&self) -> (&[u8], &[u8]) {
        (&self.first, &self.second)
    }
}

impl Record {
    /// Judges an entry by what else its author has signed under its number, let in or not: a fork if it signed this one too.
    pub(super) fn not_forked(&mut self, second: &Unverified) -> Result<(), Refusal> {
        let (author, seq) = (second.entry().author, second.entry().seq);
        let Some(log) = self.logs.get(&author) else { return Ok(()) };
        let other = |first: &&[u8]| *first != second.bytes();
        let taken = log.entries().get(seq as usize).map(|e| e.bytes());
        let waiting = self.waiting.get(&(author, seq)).into_iter().flat_map(BTreeMap::values);
        // An offer forks nothing, nor does one that waits for its past or was refused.
        let is_other = |e: &&Unverified| e.id() != second.id() && !is_offer(&e.entry().body);
        let waits = || waiting.filter(is_other).find(|e| log.holds(e).is_ok());
        let refused = self.refused.get(&(author, seq)).filter(|e| !is_offer(&e.entry().body));
        let refused = || refused.map(Unverified::bytes).filter(other);
        let first = taken.filter(other).or_else(refused).or_else(|| waits().map(Unverified::bytes));
        let Some(first) = first.map(<[u8]>::to_vec) else { return Ok(()) };
        log.holds(second).map_err(LogError::from)?;
        let proof = Equivocation::of(&first, second.bytes(), author, seq);
        self.freeze(proof.clone());
        Err(Refusal::Equivocation(Box::new(proof)))
    }

    /// Judges what waited for the beginning of its log, and so for the key under which it holds.
    pub(super) fn none_waits_forked(&mut self, author: PartyId) -> Result<(), Refusal> {
        let Some(log) = self.logs.get(&author) else { return Ok(()) };
        let places = self.waiting.range_mut((author, 0)..=(author, u64::MAX));
        let mut forked = None;
        for (_, at) in places {
            at.retain(|_, entry| log.may_hold(entry).is_ok());
            let holds = |entry: &&Unverified| !is_offer(&entry.entry().body) && log.holds(entry).is_ok();
            if at.values().filter(holds).count() > 1 {
                forked = forked.or(at.values().find(holds).cloned());
            }
        }
        self.waiting.retain(|_, at| !at.is_empty());
        forked.map_or(Ok(()), |second| self.not_forked(&second))
    }

    /// Remembers an entry that is refused though its author signed it, as many as may wait.
    pub(super) fn remember(&mut self, why: &Refusal, bytes: &[u8]) {
        let size: usize = self.refused.values().map(|e| e.bytes().len()).sum();
        let full = self.refused.len() >= WAITING_MAX || size + bytes.len() > WAITING_BYTES_MAX;
        if full || !why.is_by_its_place() {
            return;
        }
        let Ok(entry) = Unverified::read(LogKind::Shared, bytes) else { return };
        let (author, seq) = (entry.entry().author, entry.entry().seq);
        if self.logs.get(&author).is_some_and(|log| log.holds(&entry).is_ok()) {
            self.refused.entry((author, seq)).or_insert(entry);
        }
    }

    /// Goes back to the last common entry: what stands behind the fork, or has seen it, no longer counts.
    pub(super) fn freeze(&mut self, proof: Equivocation) {
        let members = self.members.clone();
        let mut frozen = Record::new(Members::clone(&members));
        frozen.forks = std::mem::take(&mut self.forks);
        let higher = frozen.forks.insert(proof.author, proof);
        frozen.offers = std::mem::take(&mut self.offers);
        frozen.handed = std::mem::take(&mut self.handed);
        for signed in &self.applied {
            if !frozen.again(signed) {
                frozen.keep_bytes_aside(signed.bytes());
            }
        }
        frozen.waiting = std::mem::take(&mut self.waiting);
        let forks = &frozen.forks;
        let behind = |e: &Entry| {
            let own = (e.author, e.seq);
            let mut named = e.seen.iter().map(|h| (h.author, h.seq)).chain([own]);
            named.any(|(author, seq)| forks.get(&author).is_some_and(|f| seq >= f.seq))
        };
        let mut fell = Vec::new();
        for at in frozen.waiting.values_mut() {
            fell.extend(at.values().filter(|entry| behind(entry.entry())).cloned());
            at.retain(|_, entry| !behind(entry.entry()));
        }
        frozen.waiting.retain(|_, at| !at.is_empty());
        // What was refused since it had seen the other branch is judged anew when the fork is mended.
        let refused = std::mem::take(&mut self.refused).into_iter();
        for (place, entry) in refused {
            match behind(entry.entry()) {
                true => fell.push(entry),
                false => drop(frozen.refused.insert(place, entry)),
            }
        }
        let sealed = |record: &Record| -> u64 { members.all().map(|m| record.sealed_to(&m.party)).sum() };
        let undone = frozen.settled.len() < self.settled.len() || sealed(&frozen) < sealed(self);
        for bytes in higher.iter().flat_map(|fork| [&fork.first, &fork.second]) {
            frozen.keep_bytes_aside(bytes);
        }
        for entry in fell {
            frozen.keep_aside(entry);
        }
        frozen.aside.append(&mut self.aside);
        // What proves a fork stands with it, and nowhere else.
        for bytes in frozen.forks.values().flat_map(|fork| [&fork.first, &fork.second]) {
            frozen.aside.remove(&EntryId::of(bytes));
        }
        (frozen.judging, frozen.judge_again, frozen.trying) = (self.judging, self.judge_again, self.trying);
        (frozen.settling, frozen.aside_refused) = (std::mem::take(&mut self.settling), self.aside_refused);
        *self = frozen;
        if undone {
            // What a word that no longer counts had set aside counts again, as far as it is not behind the fork.
            self.judge_aside();
        }
    }
}
