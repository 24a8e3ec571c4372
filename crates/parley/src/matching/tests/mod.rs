//! What the tests share: two sides with small lists, and a run played to any point.

mod bits;
mod oracle;
mod run;
mod view;

use super::*;
use crate::{AgreementId, Digest};

pub(super) const RECIPES: [&str; 2] = ["name-date", "service"];

pub(super) fn params(sought: [u32; 2], held: [u32; 2], chunk: u32) -> Params {
    Params {
        agreement: AgreementId([0xa9; 32]),
        run: 1,
        runs: 2,
        normalisation: "cyrillic-2".to_owned(),
        tables: Digest([7; 32]),
        recipes: RECIPES.map(str::to_owned).to_vec(),
        keys_per_person: 3,
        sought,
        held,
        chunk,
        audit: 4,
        retention_days: 30,
        reference: 0,
    }
}

pub(super) fn person(number: u32) -> Person {
    Person { keys: vec![key(number)], reference: format!("case {number}").into_bytes() }
}

pub(super) fn key(number: u32) -> Vec<u8> {
    format!("v1|name-date|person {number}|1990-01-01").into_bytes()
}

/// Persons without references.
pub(super) fn persons(numbers: &[u32]) -> Vec<Person> {
    numbers.iter().map(|n| Person { reference: Vec::new(), ..person(*n) }).collect()
}

pub(super) fn session(params: &Params, side: Side, sought: &[Person], held: &[Person]) -> Session {
    let seed = if side == Side::First { 1 } else { 2 };
    let own = Own { sought, held, run_secret: [seed; 32], list_secret: [seed + 10; 32] };
    Session::begin(params.clone(), side, own, Workers::ONE).unwrap()
}

/// The two sides of a run, and every message that went over.
pub(super) struct Pair {
    pub sides: [Session; 2],
    pub sent: Vec<(Side, Vec<u8>)>,
    pub recorded: Vec<Evaluation>,
}

impl Pair {
    pub(super) fn new(params: &Params, first: [&[u32]; 2], second: [&[u32]; 2]) -> Pair {
        let of = |side, lists: [&[u32]; 2]| session(params, side, &persons(lists[0]), &persons(lists[1]));
        Pair {
            sides: [of(Side::First, first), of(Side::Second, second)],
            sent: Vec::new(),
            recorded: Vec::new(),
        }
    }

    /// Carries a message over.
    pub(super) fn send(&mut self, from: Side, bytes: Vec<u8>) -> Event {
        let event = self.sides[from.other().at()].receive(&bytes).unwrap();
        self.sent.push((from, bytes));
        event
    }

    pub(super) fn until_accepted(&mut self) {
        for side in [Side::First, Side::Second] {
            let commit = self.sides[side.at()].commit().to_vec();
            self.send(side, commit);
        }
        for side in [Side::First, Side::Second] {
            let accept = self.sides[side.at()].accept().unwrap();
            self.send(side, accept);
        }
    }

    pub(super) fn until_tags(&mut self) {
        self.until_accepted();
        for side in [Side::First, Side::Second] {
            let tags = self.sides[side.at()].tags().unwrap();
            self.send(side, tags);
        }
    }

    /// One chunk of this side, asked, recorded and answered; false when none is left.
    pub(super) fn chunk(&mut self, asker: Side) -> bool {
        let Some(query) = self.sides[asker.at()].query().unwrap() else { return false };
        let Event::EvaluationDue(entry) = self.send(asker, query) else {
            panic!("a query is to be recorded")
        };
        self.recorded.push(entry);
        let answer = self.sides[asker.other().at()].recorded(&entry).unwrap();
        self.send(asker.other(), answer);
        true
    }

    pub(super) fn until_answered(&mut self) {
        self.until_tags();
        self.until_asked();
    }

    fn until_asked(&mut self) {
        while self.chunk(Side::First) | self.chunk(Side::Second) {}
    }

    pub(super) fn until_closed(&mut self) {
        self.until_tags();
        self.until_finished();
    }

    /// From any chunk to the end.
    pub(super) fn until_finished(&mut self) {
        self.until_asked();
        for side in [Side::First, Side::Second] {
            let close = self.sides[side.at()].close().unwrap();
            self.send(side, close);
        }
    }

    pub(super) fn found(&self, side: Side) -> Vec<Vec<u8>> {
        let mut keys: Vec<_> = self.sides[side.at()].matches().iter().map(|hit| hit.key.clone()).collect();
        keys.sort();
        keys
    }
}
