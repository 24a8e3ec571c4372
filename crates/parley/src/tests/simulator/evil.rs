//! A member that signs anything: it runs a node like the others, and beside it writes what no node would.

use std::sync::Arc;

use super::actor;
use super::chance::Chance;
use super::node::Node;
use crate::tests::{AGREEMENT, item};
use crate::*;

/// What was signed beside the log, to be built upon.
#[derive(Clone, Default)]
pub(crate) struct Evil {
    beside: Vec<Arc<Signed>>,
}

impl Evil {
    /// A bundle for `to` of which nothing can be believed.
    pub(crate) fn strike(&mut self, node: &Node, to: usize, chance: &mut Chance) -> Bundle {
        let mut entries: Vec<Vec<u8>> = Vec::new();
        for _ in 0..=chance.below(3) {
            entries.push(self.entry(node, chance));
        }
        let old = node.record.applied();
        for _ in 0..chance.below(3) {
            let entry = chance.pick(old);
            entries.insert(chance.below(entries.len() + 1), entry.bytes().to_vec());
        }
        let mut heads = node.record.heads();
        if chance.percent(30) {
            heads.retain(|_| chance.percent(50));
        } else if chance.percent(30) {
            heads.iter_mut().for_each(|head| head.seq += 2);
        }
        Bundle {
            from: node.keys.ids[chance.below(3)],
            to: node.keys.ids[to],
            agreement: AGREEMENT,
            heads,
            state: Digest(chance.bytes32()),
            entries,
            attachments: Default::default(),
        }
    }

    fn entry(&mut self, node: &Node, chance: &mut Chance) -> Vec<u8> {
        let Some(log) = node.record.log(&node.id()).map(Log::entries) else {
            return chance.bytes32().to_vec();
        };
        match chance.below(10) {
            0 => {
                // Something that was said, with one bit changed, or cut off.
                let mut bytes = chance.pick(node.record.applied()).bytes().to_vec();
                let at = chance.below(bytes.len());
                if chance.percent(50) {
                    bytes[at] ^= 1 << chance.below(8)
                } else {
                    bytes.truncate(at)
                }
                bytes
            }
            1 => chance.bytes32().to_vec(),
            2 => {
                // The beginning of the log again, with another transport key.
                let keys = &node.keys.all[node.me];
                let transport = TransportSecret::from_secret(chance.bytes32()).public();
                let genesis = Genesis::sign(&keys.root, &AGREEMENT, keys.id, keys.node.public(), transport);
                let log = Log::begin(LogKind::Shared, AGREEMENT, genesis, 7, &keys.node).unwrap();
                log.entries()[0].bytes().to_vec()
            }
            3 => {
                // Its last word again, in another agreement or in another's name.
                let mut entry = log[log.len() - 1].entry().clone();
                if chance.percent(50) {
                    entry.agreement = AgreementId([1; 32]);
                } else {
                    entry.author = node.keys.ids[(node.me + 1) % 3];
                    entry.seen.clear();
                }
                self.sign(node, entry)
            }
            4 | 5 if !self.beside.is_empty() => {
                let before = chance.pick(&self.beside).clone();
                let entry = self.after(node, &before, chance);
                self.keep(node, entry)
            }
            // The next one, which may be unlawful, or another one under an old number.
            6.. => {
                let at = if chance.percent(60) { log.len() - 1 } else { chance.below(log.len()) };
                let entry = self.after(node, &log[at].clone(), chance);
                self.keep(node, entry)
            }
            _ => chance.pick(log).bytes().to_vec(),
        }
    }

    fn after(&self, node: &Node, before: &Signed, chance: &mut Chance) -> entry::Entry {
        let mut seen = match chance.below(3) {
            0 => before.entry().seen.clone(),
            _ => node.record.heads().into_iter().filter(|h| h.author != node.id()).collect(),
        };
        if let Some(head) = seen.last_mut().filter(|_| chance.percent(10)) {
            match chance.below(3) {
                0 => head.hash = EntryId(chance.bytes32()),
                1 => head.seq += 1 + chance.below(3) as u64,
                _ => drop(seen.pop()),
            }
        }
        let (author, seq, prev) = (node.id(), before.entry().seq + 1, before.id());
        entry::Entry {
            agreement: AGREEMENT,
            author,
            seq,
            prev,
            seen,
            time: chance.next() % 9_999,
            body: anything(node, chance),
        }
    }

    fn keep(&mut self, node: &Node, entry: entry::Entry) -> Vec<u8> {
        let bytes = self.sign(node, entry.clone());
        if let Ok(signed) = entry::sign(LogKind::Shared, entry, &node.keys.all[node.me].node) {
            self.beside.push(Arc::new(signed));
        }
        bytes
    }

    fn sign(&self, node: &Node, entry: entry::Entry) -> Vec<u8> {
        let signed = entry::sign(LogKind::Shared, entry, &node.keys.all[node.me].node);
        signed.map(|s| s.bytes().to_vec()).unwrap_or_default()
    }
}

/// A body without a look at the rules, or one that is lawful where the node stands.
fn anything(node: &Node, chance: &mut Chance) -> Body {
    if chance.percent(40)
        && let Some(body) = actor::draw(&node.record, &node.id(), actor::Temper::Even, chance)
    {
        return body;
    }
    let (round, item) = (1 + chance.below(2) as u32, item(1 + chance.below(4) as u8));
    let entry = chance.pick(node.record.applied()).id();
    let version = 1 + chance.below(3) as u32;
    let items = vec![ListItem { item, holder: node.keys.ids[chance.below(2)] }];
    match chance.below(14) {
        0 => Body::Commit { round, pool: actor::digest(9), seed: actor::digest(3) },
        1 => Body::Reveal { round, seed: actor::seed_of(node.me, round) },
        2 => Body::Nominate { round, items: vec![item], digest: actor::digest(9) },
        3 => Body::Propose { round, version, replaces: version - 1, items, digest: actor::digest(1) },
        4 => Body::Accept { entry },
        5 => Body::Reject { entry, ground: "no".parse().unwrap() },
        6 => Body::Withdraw { entry },
        7 => Body::Release { round, item },
        8 => Body::Receipt { release: entry },
        9 => Body::Dispute { release: entry, ground: DisputeGround::NotDelivered },
        10 => Body::TakeBack { release: entry },
        11 => Body::Depart { round, item, ground: DepartGround::Died },
        12 => Body::Close { round },
        _ => Body::Will { round, item, occasion: Occasion::Second, answer: Answer::Willing },
    }
}
