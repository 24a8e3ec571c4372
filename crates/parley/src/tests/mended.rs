//! Histories in which logs are forked, reset and resumed and keys change, as files, for the second checker:
//! tools/verify/test_record_check.py.
//!
//! Decides what three members and whoever has a key of theirs sign by chance. Everything signed lies there as a file in the end:
//! the logs as one node has them, and beside them all that does not count there, with what this crate makes of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::keeping::word;
use super::record::Node;
use super::simulator::chance::Chance;
use super::simulator::histories::{list, map, state, verdict};
use super::{AGREEMENT, aronia, belmar, calder, members};
use crate::*;

/// So many histories are written, of these lengths in turn.
const HISTORIES: u64 = 600;
const STEPS: [usize; 4] = [6, 12, 20, 30];
/// In how many orders more each is read.
const ORDERS: usize = 4;
/// In so many of them it matters, so far.
const MORE_STATES_MAX: usize = 40;
/// Keys that a member can come to.
const KEYS: u8 = 8;

/// The n-th key of a member; the first is that of its genesis.
fn key(me: usize, n: u8) -> NodeKey {
    match n {
        0 => [aronia, belmar, calder][me]().node,
        _ => NodeKey::from_secret([100 + 40 * me as u8 + n; 32]),
    }
}

/// What everybody has signed so far, and where each node stands.
struct Play {
    nodes: [Node; 3],
    before: [Record; 3],
    said: Vec<Signed>,
    chance: Chance,
    time: u64,
}

impl Play {
    fn begin(seed: u64) -> Play {
        let mut said = Vec::new();
        for (n, me) in [aronia(), belmar(), calder()].into_iter().enumerate() {
            let genesis = me.genesis().with_next(&me.root, &AGREEMENT, &key(n, 1).public());
            let log = Log::begin(LogKind::Shared, AGREEMENT, genesis, 1_000, &me.node).unwrap();
            said.push(Signed::clone(&log.entries()[0]));
        }
        let mut record = Record::new(members());
        said.iter().for_each(|e| drop(record.admit(e.bytes()).unwrap()));
        let nodes = [aronia(), belmar(), calder()].map(|me| Node { me, record: record.clone(), clock: 0 });
        let before = [record.clone(), record.clone(), record];
        Play { nodes, before, said, chance: Chance::of(seed), time: 2_000 }
    }

    /// One thing that somebody does, as a node lets its officers do it or with a key and no node.
    fn step(&mut self) {
        let at = self.chance.below(3);
        // Mostly the node's own member, now and then another whose key somebody has.
        let me = if self.chance.percent(85) { at } else { self.chance.below(3) };
        self.time += 1;
        let signed = match self.chance.below(22) {
            0..=2 => self.says(at, me),
            3..=7 => return self.hears(at),
            8 | 9 => self.rotates(at, me),
            10 | 11 => self.forks(),
            12 | 13 => self.offers(at, me),
            14 => return self.loses(at),
            15..=17 => self.resumes(at, me),
            _ => self.agrees(at, me),
        };
        let Some(signed) = signed else { return };
        let _ = self.nodes[at].record.admit(signed.bytes());
        let offered = matches!(signed.body(), Body::Keeping(keeping) if keeping.is_offer());
        self.said.push(signed);
        if offered && self.chance.percent(60) {
            self.answered();
        }
    }

    /// Whoever is asked hears of an offer at once and agrees, if its node lets it.
    fn answered(&mut self) {
        let by = self.said[self.said.len() - 1].entry().author;
        let asked = usize::from(by == self.id(0));
        if self.chance.percent(50) {
            self.hears(asked);
        }
        let _ = self.nodes[asked].record.admit(self.said[self.said.len() - 1].bytes());
        let Some(agreed) = self.agrees(asked, asked) else { return };
        let _ = self.nodes[asked].record.admit(agreed.bytes());
        self.said.push(agreed);
    }

    fn id(&self, me: usize) -> PartyId {
        self.nodes[me].me.id
    }

    /// The key under which a log goes on, where this node has it.
    fn key_of(&self, at: usize, me: usize) -> NodeKey {
        let public = *self.nodes[at].record.log(&self.id(me)).unwrap().key();
        (0..KEYS).map(|n| key(me, n)).find(|key| key.public() == public).unwrap_or_else(|| key(me, 0))
    }

    fn says(&mut self, at: usize, me: usize) -> Option<Signed> {
        let (id, key) = (self.id(me), self.key_of(at, me));
        let body = word(self.chance.below(200) as u8);
        self.nodes[at].record.sign(&id, body, self.time, &key).ok()
    }

    /// Much of what was signed comes to a node, in some order.
    fn hears(&mut self, at: usize) {
        let from = self.chance.below(self.said.len());
        for n in 0..self.said.len() {
            if self.chance.percent(85) {
                let _ = self.nodes[at].record.admit(self.said[(from + n) % self.said.len()].bytes());
            }
        }
        if self.chance.percent(30) {
            self.before[at] = self.nodes[at].record.clone();
        }
    }

    /// A disk is replaced by an old one.
    fn loses(&mut self, at: usize) {
        self.nodes[at].record = self.before[at].clone();
    }

    fn rotates(&mut self, at: usize, me: usize) -> Option<Signed> {
        let id = self.id(me);
        let record = &self.nodes[at].record;
        let log = record.log(&id).unwrap();
        let laid = *log.next_key()?;
        let next = (1..KEYS).find(|n| key(me, *n).public().digest() == laid)?;
        let seen = record.heads().into_iter().filter(|h| h.author != id).collect();
        let then = key(me, next + 1).public().digest();
        log.sign_rotation(seen, self.time, &self.key_of(at, me), &key(me, next), then).ok()
    }

    /// Another word, or another change of key, under a number at which something was signed.
    fn forks(&mut self) -> Option<Signed> {
        let here = self.chance.pick(&self.said).entry().clone();
        let me = (0..3).find(|me| self.id(*me) == here.author)?;
        let n = [0, 0, 0, 1, 1, 2][self.chance.below(6)];
        let mut other = entry::Entry { body: word(self.chance.below(200) as u8), time: self.time, ..here };
        if self.chance.percent(30) {
            let (new, next_key) = (key(me, n + 1), key(me, n + 2).public().digest());
            let signature = new.sign(&Keeping::handover_message(&new.public(), &next_key, &other));
            other.body = Body::Keeping(Keeping::Rotate { node_key: new.public(), next_key, signature });
        }
        (other.seq > 0).then(|| entry::sign(LogKind::Shared, other, &key(me, n)).ok())?
    }

    fn offers(&mut self, at: usize, me: usize) -> Option<Signed> {
        let (id, node) = (self.id(me), self.key_of(at, me));
        let (record, root) = (&self.nodes[at].record, &self.nodes[me].me.root);
        if self.chance.percent(60) {
            return record.reset(&id, "disk lost".parse().unwrap(), 0, self.time, &node, root).ok();
        }
        let from = 1 + self.chance.below(record.log(&id).unwrap().entries().len()) as u64;
        let n = 4 + self.chance.below(3) as u8;
        let keys = (&key(me, n), key(me, n + 1).public().digest());
        record.compromise(&id, from, self.time, keys, root).ok()
    }

    /// An offer to go on after a fork: along an entry of a branch, or before both.
    fn resumes(&mut self, at: usize, me: usize) -> Option<Signed> {
        let record = &self.nodes[at].record;
        let (of, from) = record.forks().next().map(|fork| (fork.author(), fork.seq()))?;
        let of_it = |e: &&Signed| e.entry().author == of && e.entry().seq + 1 >= from;
        let kept: Vec<Head> = self.said.iter().filter(of_it).map(|e| e.head()).collect();
        let kept = *self.chance.pick(&kept);
        let offered = |key: NodeKey| record.resume(&self.id(me), kept, self.time, &key).ok();
        (0..3).find_map(|n| offered(key(me, n)))
    }

    fn agrees(&mut self, at: usize, me: usize) -> Option<Signed> {
        let (id, record) = (self.id(me), &self.nodes[at].record);
        let mut open: Vec<EntryId> = record.offers().map(|e| e.id()).collect();
        open.sort_unstable();
        let agreed =
            |offer: &EntryId, n| record.agree_without_what_waits(&id, offer, 0, self.time, &key(me, n)).ok();
        open.iter().find_map(|offer| (0..KEYS).find_map(|n| agreed(offer, n)))
    }
}

#[test]
#[ignore = "writes 600 histories; `make test-verify` runs it and judges them by another program"]
fn mended_histories_are_written_for_the_second_checker() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/histories-mended");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    let mut more = 0;
    for seed in 0..HISTORIES {
        let mut play = Play::begin(seed);
        (0..STEPS[seed as usize % STEPS.len()]).for_each(|_| play.step());
        more += usize::from(!write(play, seed, &folder.join(seed.to_string())));
    }
    // What docs/protocol.md lists as not held yet; each of these histories has two logs forked, or an offer behind a fork.
    assert!(more <= MORE_STATES_MAX, "{more} histories have more than one state");
}

/// Writes what one node holds that has heard everything, and each state to which the crate comes by what lies in the files, in
/// whatever order it is read.
fn write(play: Play, seed: u64, folder: &Path) -> bool {
    let Play { nodes: [node, ..], said, mut chance, .. } = play;
    let mut record = node.record;
    hear(&mut record, &said);
    let logs: Vec<Log> = members().all().filter_map(|m| record.log(&m.party)).cloned().collect();
    let mut beside: Vec<Signed> = said.iter().filter(|e| record.entry(&e.id()).is_none()).cloned().collect();
    fs::create_dir_all(folder).unwrap();
    for log in &logs {
        fs::write(folder.join(format!("{}.log", log.genesis().party)), log.to_file()).unwrap();
    }
    fs::write(folder.join("beside.cbor"), bytes_of(&beside)).unwrap();
    let read = Record::from_logs(members(), &logs).unwrap_or_else(|why| panic!("{why}: seed {seed}"));
    let mut first = read.clone();
    hear(&mut first, &beside);
    let verdicts: Vec<String> = beside.iter().map(|e| verdict(&first, e.bytes())).collect();
    let mut states = BTreeMap::from([(level(&first), state(&first)), (level(&record), state(&record))]);
    for _ in 0..ORDERS {
        let (mut all, mut again) = (said.clone(), read.clone());
        shuffle(&mut all, &mut chance);
        shuffle(&mut beside, &mut chance);
        let mut fresh = Record::new(members());
        hear(&mut fresh, &all);
        hear(&mut again, &beside);
        states.extend([fresh, again].map(|record| (level(&record), state(&record))));
    }
    let settled = first.settled().len().to_string();
    let one = states.len() == 1;
    let parts = [("states", list(states.into_values())), ("verdicts", list(verdicts)), ("settled", settled)];
    fs::write(folder.join("expected.json"), map(parts.map(|(key, value)| format!("\"{key}\": {value}"))))
        .unwrap();
    one
}

/// Lets everything in as often as bundles bring it.
fn hear(record: &mut Record, all: &[Signed]) {
    (0..3).for_each(|_| all.iter().for_each(|e| drop(record.admit(e.bytes()))));
}

fn shuffle(all: &mut [Signed], chance: &mut Chance) {
    (1..all.len()).for_each(|at| all.swap(at, chance.below(at + 1)));
}

fn bytes_of(all: &[Signed]) -> Vec<u8> {
    all.iter().flat_map(|e| e.bytes().to_vec()).collect()
}

/// What two nodes that have come level have alike.
fn level(record: &Record) -> (Vec<Head>, Digest) {
    (record.heads(), record.view().state_digest())
}
