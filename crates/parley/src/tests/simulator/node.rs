//! A node as an operator should run one: a store, a record rebuilt from it, and a count in a second place.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chance::Chance;
use super::disk::{Disk, File};
use super::{Fault, Keys};
use crate::*;

#[derive(Clone)]
pub(crate) struct Node {
    pub keys: Arc<Keys>,
    pub me: usize,
    pub record: Record,
    disk: Disk,
    backup: Option<Disk>,
    /// Kept apart from the store, never restored: how many of its own entries may have left the node.
    counter: u64,
    /// After a restore: until a peer's own words show that nothing of its own is lacking here.
    must_fetch: bool,
    /// How many entries of each log are written to the store.
    written: BTreeMap<PartyId, u64>,
    proven: BTreeMap<PartyId, u64>,
    /// How many offers about logs were agreed to, as far as the store has it.
    settled: usize,
    peers: BTreeMap<PartyId, Vec<Head>>,
    /// How far its clock is off, in seconds.
    pub clock: i64,
    pub fault: Option<Fault>,
}

/// What became of a message.
pub(crate) struct Taken {
    pub bundle: Bundle,
    /// Whether an entry was refused as unlawful.
    pub unlawful: Option<Refusal>,
    /// Whether an entry was refused on any ground.
    pub refused: Option<Refusal>,
}

impl Node {
    pub(crate) fn new(keys: &Arc<Keys>, me: usize, fault: Option<Fault>) -> Node {
        let mut node = Node {
            record: Record::new(keys.members.clone()),
            keys: keys.clone(),
            me,
            disk: Disk::default(),
            backup: None,
            counter: 0,
            must_fetch: false,
            written: BTreeMap::new(),
            proven: BTreeMap::new(),
            settled: 0,
            peers: BTreeMap::new(),
            clock: 0,
            fault,
        };
        node.record.admit(&node.keys.genesis[me]).unwrap();
        node.store();
        node
    }

    pub(crate) fn id(&self) -> PartyId {
        self.keys.ids[self.me]
    }

    pub(crate) fn own_len(&self) -> u64 {
        self.record.log(&self.id()).map_or(0, |log| log.entries().len() as u64)
    }

    /// How many of its own entries are in its store, frozen or not.
    pub(crate) fn own_stored(&self) -> u64 {
        self.written.get(&self.id()).copied().unwrap_or(0)
    }

    pub(crate) fn is_frozen(&self) -> bool {
        self.record.forks().next().is_some()
    }

    /// Below the count in the second place nothing is signed, nor before its own head was fetched.
    pub(crate) fn may_sign(&self) -> bool {
        let counted = self.own_len() >= self.counter || self.fault == Some(Fault::NoCounter);
        counted && !self.must_fetch && !self.is_frozen() && self.own_len() > 0
    }

    pub(crate) fn write(&mut self, body: Body, now: u64) -> Result<(), Refusal> {
        if !self.may_sign() {
            return Ok(());
        }
        let time = now.saturating_add_signed(self.clock);
        let signed = self.record.sign(&self.id(), body, time, &self.keys.all[self.me].node)?;
        self.record.admit(signed.bytes())?;
        self.store();
        Ok(())
    }

    /// Writes what the record has newly taken in; it is durable only after [`Node::flush`].
    fn store(&mut self) {
        self.settle();
        for party in self.keys.ids {
            let Some(log) = self.record.log(&party) else { continue };
            let (file, written) =
                (self.disk.logs.entry(party).or_default(), self.written.entry(party).or_default());
            for entry in log.entries().iter().skip(*written as usize) {
                file.append(entry.bytes());
                *written += 1;
            }
        }
        self.keep_proofs();
    }

    /// An offer about a log counts now: the files are written anew, and if it was the node's own, so is its count.
    fn settle(&mut self) {
        let settled = self.record.settled();
        if settled.len() == self.settled {
            return;
        }
        self.settled = settled.len();
        let own = settled.iter().any(|s| s.author == self.id());
        for party in self.keys.ids {
            let Some(log) = self.record.log(&party) else { continue };
            let mut file = File::default();
            file.append(&log.to_file());
            file.sync();
            self.disk.logs.insert(party, file);
            self.written.insert(party, log.entries().len() as u64);
        }
        if own {
            (self.counter, self.must_fetch) = (self.own_len(), false);
        }
    }

    /// Whether what it had signed is nowhere any more, so that it may sign nothing; or was taken to be, and its offer is open.
    pub(crate) fn has_lost(&self) -> bool {
        let open = self.record.offers().any(|offer| offer.entry().author == self.id());
        (!self.may_sign() || open) && !self.is_frozen() && self.own_len() > 0
    }

    /// An officer with the root key offers to go on from here.
    pub(crate) fn offer_reset(&mut self, now: u64, looked_long: bool) -> Result<(), Refusal> {
        let keys = &self.keys.all[self.me];
        let reason = "disk lost".parse().unwrap();
        let offer = match looked_long {
            false => self.record.reset(&self.id(), reason, 0, now, &keys.node, &keys.root)?,
            true => {
                self.record.reset_without_what_waits(&self.id(), reason, 0, now, &keys.node, &keys.root)?
            }
        };
        self.record.admit(offer.bytes()).map(drop)
    }

    /// An officer looks at what others offer, and agrees where nothing is held that would be lost.
    pub(crate) fn agree(&mut self, now: u64, looked_long: bool) -> Result<(), Refusal> {
        let offers: Vec<EntryId> = self.record.offers().map(Signed::id).collect();
        for offer in offers {
            let own = |o: &Signed| o.entry().author == self.id();
            if !self.may_sign() && !self.record.offers().any(own) {
                break;
            }
            let key = &self.keys.all[self.me].node;
            let agreed = match looked_long {
                false => self.record.agree(&self.id(), &offer, 0, now, key),
                true => self.record.agree_without_what_waits(&self.id(), &offer, 0, now, key),
            };
            match agreed {
                Ok(agreed) => drop(self.record.admit(agreed.bytes())?),
                Err(Refusal::Offer(_) | Refusal::OfferOpen(_)) => {}
                Err(why) => return Err(why),
            }
            self.store();
        }
        Ok(())
    }

    /// What it has signed stands in its way: further on, its log must be reset first; as its next entry, it signs another all
    /// the same, and that is a fork.
    pub(crate) fn own_word_in_the_way(&mut self, word: Head, now: u64) {
        if word.seq > self.own_len() {
            self.counter = word.seq + 1;
            return;
        }
        let key = &self.keys.all[self.me].node;
        let seen = self.record.heads().into_iter().filter(|h| h.author != self.id()).collect();
        let log = self.record.log(&self.id()).unwrap();
        let signed = log.sign_next(seen, now, Body::Observe { heads: Vec::new() }, key).unwrap();
        let _ = self.record.admit(signed.bytes());
        self.store();
    }

    pub(crate) fn keep_proofs(&mut self) {
        for proof in self.record.forks() {
            if self.proven.get(&proof.author()).is_none_or(|seq| *seq > proof.seq()) {
                self.disk.keep_proof(proof);
                self.proven.insert(proof.author(), proof.seq());
            }
        }
    }

    /// Store first, then the count, and only then a byte leaves the node.
    fn flush(&mut self) {
        let own = self.id();
        match self.fault {
            Some(Fault::NoSync) => {}
            Some(Fault::SyncsOwnLogOnly) => self.disk.logs.entry(own).or_default().sync(),
            _ => self.disk.sync(),
        }
        self.counter = self.counter.max(self.own_stored());
    }

    /// The bytes of a bundle for a peer, and the digest of the state that it names.
    pub(crate) fn message(&mut self, to: usize, sealed: Option<[u8; 32]>) -> (Vec<u8>, Digest) {
        self.flush();
        let to_id = self.keys.ids[to];
        let known = self.peers.get(&to_id).cloned().unwrap_or_default();
        let bundle = bundle_for(&self.record, self.id(), to_id, &known, |_| None).unwrap();
        let state = bundle.state;
        (self.keys.pack(&bundle, to, sealed), state)
    }

    /// Takes a message in. None when it does not open, is not for this node or of another agreement.
    pub(crate) fn take_in(&mut self, bytes: &[u8], sealed: bool) -> Option<Taken> {
        let bundle = self.keys.unpack(bytes, self.me, sealed).ok()?;
        if bundle.to != self.id() || bundle.agreement != self.keys.members.agreement() {
            return None;
        }
        let (mut unlawful, mut refused) = (None, None);
        for entry in &bundle.entries {
            let inside = match self.record.admit(entry) {
                Ok(Admitted::Applied { refused, .. }) => refused.into_iter().map(|(_, why)| why).next(),
                Ok(Admitted::Duplicate) if self.fault == Some(Fault::StoresTwice) => {
                    self.store_again(entry);
                    None
                }
                Ok(_) => None,
                Err(why) => {
                    if matches!(why, Refusal::Unlawful(_)) {
                        unlawful = Some((entry, why.clone()));
                    }
                    Some(why)
                }
            };
            refused = refused.or(inside);
        }
        self.store();
        // One of two that prove a fork may be unlawful: it travels with the other.
        let proves =
            |entry: &[u8]| self.record.forks().any(|f| f.entries().0 == entry || f.entries().1 == entry);
        let unlawful = unlawful.filter(|(entry, _)| !proves(entry)).map(|(_, why)| why);
        self.peers.insert(bundle.from, bundle.heads.clone());
        let own = bundle.heads.iter().find(|h| h.author == self.id());
        if own.is_some_and(|head| head.seq < self.own_len()) {
            self.must_fetch = false;
        }
        Some(Taken { bundle, unlawful, refused })
    }

    fn store_again(&mut self, entry: &[u8]) {
        let Some(author) = self.record.entry(&EntryId::of(entry)).map(|e| e.entry().author) else { return };
        self.disk.logs.entry(author).or_default().append(entry);
    }

    /// The power goes and comes back.
    pub(crate) fn crash(&mut self, chance: &mut Chance) -> Result<(), String> {
        self.disk.crash(chance);
        self.start()
    }

    pub(crate) fn back_up(&mut self) {
        self.disk.sync();
        self.backup = Some(self.disk.clone());
    }

    /// The disk is lost and the last backup takes its place. Whether there was one.
    pub(crate) fn restore(&mut self) -> Result<bool, String> {
        let Some(backup) = self.backup.clone() else { return Ok(false) };
        self.disk = backup;
        self.must_fetch = true;
        self.start()?;
        Ok(true)
    }

    /// Reads the store, as a node does when it starts. A log cut short by a torn write goes on from there.
    fn start(&mut self) -> Result<(), String> {
        let mut logs = Vec::new();
        for file in self.disk.logs.values_mut() {
            let (log, damage) = read_log_prefix(LogKind::Shared, file.bytes());
            match damage {
                None => {}
                Some(Damage { offset, reason: DamageReason::Torn, .. }) => file.cut(offset),
                Some(damage) => return Err(format!("14: a store is damaged: {damage}")),
            }
            logs.extend(log);
        }
        let members = self.keys.members.clone();
        self.record = match Record::from_logs(members.clone(), &logs) {
            Ok(record) => record,
            Err(Misfit { reason: Refusal::Missing(_), .. }) => self.without_the_unfounded(&logs),
            Err(misfit) => return Err(format!("14: a store does not fit together: {misfit}")),
        };
        let held = |party| self.record.log(&party).map_or(0, |log| log.entries().len() as u64);
        self.written = self.keys.ids.map(|party| (party, held(party))).into();
        self.settled = self.record.settled().len();
        self.peers.clear();
        self.proven.clear();
        for entry in self.disk.proofs() {
            // The refusal of the second is the point: the record freezes there.
            let _ = self.record.admit(&entry);
        }
        self.proven = self.record.forks().map(|proof| (proof.author(), proof.seq())).collect();
        Ok(())
    }

    /// Entries whose past the crash took never left the node: nothing leaves before everything is synced.
    fn without_the_unfounded(&mut self, logs: &[Log]) -> Record {
        let mut record = Record::new(self.keys.members.clone());
        for entry in logs.iter().flat_map(|log| log.entries()) {
            let _ = record.admit(entry.bytes());
        }
        for log in logs {
            let party = log.genesis().party;
            let held = record.log(&party).map_or(&[][..], Log::entries);
            let len = held.iter().map(|e| e.bytes().len()).sum();
            self.disk.logs.entry(party).or_default().cut(len);
        }
        // Once more without what waits: the store has it no longer.
        let mut whole = Record::new(self.keys.members.clone());
        for entry in record.applied() {
            let _ = whole.admit(entry.bytes());
        }
        whole
    }

    /// A party that has changed its mind: it goes on from what the others hold of its log.
    pub(crate) fn go_on_from(&mut self, other: &Node) {
        *self = Node { keys: self.keys.clone(), me: self.me, ..other.clone() };
        self.fault = None;
        self.counter = 0;
        self.must_fetch = false;
        // Of a log of which nobody has the beginning nobody has anything.
        let _ = self.record.admit(&self.keys.genesis[self.me]);
        self.store();
    }
}

impl Node {
    /// Everything that taking in the same message again must leave as it is.
    pub(crate) fn mark(&self) -> (Vec<Head>, usize, usize, usize, usize, Digest) {
        let stored = self.disk.logs.values().map(|file| file.bytes().len()).sum();
        let (applied, waiting) = (self.record.applied().len(), self.record.waiting());
        let forks = self.record.forks().count();
        (self.record.heads(), applied, waiting, forks, stored, self.record.view().state_digest())
    }
}
