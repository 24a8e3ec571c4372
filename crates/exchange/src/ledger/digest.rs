//! One SHA-256 over all that a ledger holds, so that two nodes can compare theirs (`docs/formats/ledger.md`).
//!
//! Two ledgers of one text with one digest answer every question alike, now and after any further act. Nothing in it depends on
//! the order in which acts about different persons arrived.

use sha2::{Digest as _, Sha256};

use super::{Course, Ground, Ledger, Left, Line, Who};
use crate::ids::{Digest, Item};

/// Written for a category, a class, an account or a ground that is not there.
const NONE: u8 = u8::MAX;

impl Ledger {
    /// SHA-256 over what the ledger holds.
    pub fn digest(&self) -> Digest {
        let mut out = Out { hash: Sha256::new(), bytes: Vec::new() };
        out.raw(b"homeward ledger v2\0");
        out.raw(&self.terms.0);
        out.count(self.lines.len());
        for (item, line) in self.lines.iter() {
            out.raw(&item.0);
            out.line(line);
        }
        out.count(self.courses.len());
        for ((round, leg), course) in self.courses.iter() {
            out.number(*round);
            out.byte(*leg);
            out.course(course);
            let key = (*round, *leg);
            out.left(self.vacated.get(&key).map_or(&[], Vec::as_slice));
            let mut refilled = self.refilled.get(&key).cloned().unwrap_or_default();
            refilled.sort_unstable();
            out.count(refilled.len());
            refilled.iter().for_each(|item| out.raw(&item.0));
            let disputed = self.disputed.get(&key).map_or(&[][..], Vec::as_slice);
            let disputed: Vec<Left> =
                disputed.iter().map(|(item, ground, count)| (*item, Some(*ground), *count)).collect();
            out.left(&disputed);
        }
        out.count(self.lines.gated());
        for (item, gates) in self.lines.gates() {
            out.raw(&item.0);
            out.raw(&gates.passed);
            gates.failed.iter().for_each(|failed| out.byte(u8::from(*failed)));
        }
        let identified = || {
            let legs = self.identified.iter();
            legs.flat_map(|(leg, persons)| persons.iter().map(move |(person, all)| (leg, person, all)))
        };
        out.count(identified().map(|(_, _, containers)| containers.len()).sum());
        for (leg, person, containers) in identified() {
            for container in containers {
                out.byte(*leg);
                out.raw(&person.0);
                out.raw(&container.0);
            }
        }
        out.count(self.stated.len());
        for ((by, leg, round), count) in &self.stated {
            out.byte(by.0);
            out.byte(*leg);
            out.byte(u8::from(round.is_some()));
            out.number(round.unwrap_or(0));
            out.number(*count);
        }
        out.end()
    }
}

/// Bytes on their way into the hash, a block at a time.
struct Out {
    hash: Sha256,
    bytes: Vec<u8>,
}

impl Out {
    const BLOCK: usize = 4_096;

    fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= Self::BLOCK {
            self.hash.update(&self.bytes);
            self.bytes.clear();
        }
    }

    fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    fn number(&mut self, number: u32) {
        self.raw(&number.to_be_bytes());
    }

    fn count(&mut self, count: usize) {
        // One entry an act at most, and there are fewer than 2^32.
        self.number(count as u32);
    }

    fn line(&mut self, line: &Line) {
        self.byte(line.leg);
        self.number(line.round);
        self.number(match line.who {
            Who::One => 0,
            Who::Lot(count) => count,
        });
        self.byte(line.category.unwrap_or(NONE));
        self.byte(line.class.unwrap_or(NONE));
        let counts = [
            line.listed,
            line.pending,
            line.disputed,
            line.acknowledged,
            line.held,
            line.carried,
            line.filled,
            line.declared[0],
            line.declared[1],
            line.left,
        ];
        counts.into_iter().for_each(|count| self.number(count));
        self.byte(u8::from(line.taken_back) | u8::from(line.was_listed) << 1);
        self.byte(line.outside.map_or(NONE, |family| family as u8));
    }

    fn course(&mut self, course: &Course) {
        [course.opened, course.taken, course.open, course.received]
            .into_iter()
            .for_each(|count| self.number(count));
        let flags = [course.by_list, course.ready, course.aborted, course.complete];
        self.byte(flags.iter().enumerate().map(|(bit, flag)| u8::from(*flag) << bit).sum());
    }

    /// Who left a slot or was disputed, sorted.
    fn left(&mut self, left: &[Left]) {
        let code = |ground: Option<Ground>| ground.map_or(NONE, |ground| ground as u8);
        let mut sorted: Vec<(Item, u8, u32)> =
            left.iter().map(|(item, ground, count)| (*item, code(*ground), *count)).collect();
        sorted.sort_unstable();
        self.count(sorted.len());
        for (item, ground, count) in sorted {
            self.raw(&item.0);
            self.byte(ground);
            self.number(count);
        }
    }

    fn end(mut self) -> Digest {
        self.hash.update(&self.bytes);
        Digest(self.hash.finalize().into())
    }
}
