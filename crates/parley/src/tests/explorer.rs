//! Walks every state that two parties can reach with two people and one amendment, and checks each of them.
//!
//! Each party sees a growing prefix of the other's log: that is loss, delay, duplication and replay at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::judge::Facts;
use super::{AGREEMENT, item, members};
use crate::session::check;
use crate::*;

/// What the parties may do in one exploration beside listing, releasing, confirming and closing. What goes wrong at a
/// crossing goes wrong with the first party's person.
#[derive(Clone, Copy, Default)]
struct Acts {
    both_propose: bool,
    amend: bool,
    withdraw: bool,
    dispute: bool,
    take_back: bool,
    depart: bool,
    withhold: bool,
    without: Option<&'static str>,
}

#[derive(Clone)]
struct State {
    logs: [Vec<Arc<Signed>>; 2],
    seen: [usize; 2],
    views: [Arc<View>; 2],
    merged: Arc<View>,
}

struct Found {
    states: usize,
    dead_ends: usize,
    broken: BTreeSet<String>,
}

impl State {
    /// Both have nominated: item 1 is held by the first party, item 2 by the second.
    fn start(acts: Acts) -> State {
        State::after(acts, 3)
    }

    /// Both have taken the first steps before a list: 1 the commit, 2 the reveal too, 3 the nomination too.
    fn after(acts: Acts, steps: usize) -> State {
        let mut view = View::new(Arc::new(members()));
        view.without = acts.without;
        let view = Arc::new(view);
        let mut state = State {
            logs: [Vec::new(), Vec::new()],
            seen: [0, 0],
            views: [view.clone(), view.clone()],
            merged: view,
        };
        for step in 0..steps {
            for by in 0..2 {
                let [commit, reveal, nominate] = state.before_the_list(by);
                let body = match step {
                    0 => commit,
                    1 => reveal,
                    _ => nominate,
                };
                state = state.write(by, body).unwrap();
            }
            state = state.deliver(0).unwrap().deliver(1).unwrap();
        }
        state
    }

    fn before_the_list(&self, by: usize) -> [Body; 3] {
        let (seed, digest) = ([5; 32], Digest([7; 32]));
        let id = self.merged.members().parties()[by];
        [
            Body::Commit { round: 1, pool: digest, seed: seed_digest(1, &id, &seed) },
            Body::Reveal { round: 1, seed },
            Body::Nominate { round: 1, items: vec![item(by as u8 + 1)], digest },
        ]
    }

    fn write(&self, by: usize, body: Body) -> Option<State> {
        let id = self.merged.members().parties()[by];
        check(&self.views[by], &id, &body).ok()?;
        let mut next = self.clone();
        let theirs = &self.logs[1 - by][..self.seen[by]];
        let entry = Entry {
            agreement: AGREEMENT,
            author: id,
            seq: self.logs[by].len() as u64,
            prev: EntryId::NONE,
            seen: theirs.last().map(|e| e.head()).into_iter().collect(),
            time: 0,
            body,
        };
        let signed = Arc::new(Signed::unsigned(entry));
        Arc::make_mut(&mut next.views[by]).apply(&signed);
        Arc::make_mut(&mut next.merged).apply(&signed);
        next.logs[by].push(signed);
        Some(next)
    }

    fn deliver(&self, to: usize) -> Option<State> {
        let entry = self.logs[1 - to].get(self.seen[to])?;
        let mut next = self.clone();
        Arc::make_mut(&mut next.views[to]).apply(entry);
        next.seen[to] += 1;
        Some(next)
    }

    fn all_seen(&self) -> bool {
        (0..2).all(|by| self.seen[by] == self.logs[1 - by].len())
    }

    fn count(&self, by: usize, kind: &str) -> usize {
        self.logs[by].iter().filter(|e| e.body().name() == kind).count()
    }

    fn successors(&self, acts: Acts) -> Vec<State> {
        let mut next: Vec<State> = (0..2).filter_map(|to| self.deliver(to)).collect();
        for by in 0..2 {
            next.extend(self.bodies(by, acts).into_iter().filter_map(|body| self.write(by, body)));
            // Asking the own person on both occasions is one step here, to keep the number of states small.
            let (round, item, answer) = (1, item(by as u8 + 1), Answer::Willing);
            if self.count(by, "will") < 2 + 2 * self.count(by, "take-back") {
                let ask = |s: &State, occasion| s.write(by, Body::Will { round, item, occasion, answer });
                next.extend(ask(self, Occasion::First).and_then(|s| ask(&s, Occasion::Second)));
            }
        }
        next
    }

    fn bodies(&self, by: usize, acts: Acts) -> Vec<Body> {
        let ids = self.merged.members().parties();
        let own = item(by as u8 + 1);
        let mut bodies = vec![Body::Close { round: 1 }];
        if acts.withhold {
            let [_, reveal, nominate] = self.before_the_list(by);
            bodies.extend([reveal, Body::Withheld { round: 1 }, nominate]);
        }
        // The first party may release its person again after a take-back, once.
        if self.count(by, "release") < if acts.take_back && !acts.amend && by == 0 { 2 } else { 1 } {
            bodies.push(Body::Release { round: 1, item: own });
        }
        let version = self.views[by].version(1) + 1;
        let list = |items: &[usize]| Body::Propose {
            round: 1,
            version,
            replaces: version - 1,
            items: items.iter().map(|n| ListItem { item: item(*n as u8 + 1), holder: ids[*n] }).collect(),
            digest: Digest([version as u8; 32]),
        };
        let proposed = self.count(by, "propose");
        if version == 1 && proposed < 1 && (by == 0 || acts.both_propose) {
            bodies.push(list(&[0, 1]));
        }
        if version == 2 && acts.amend && self.amendments(by) < 1 {
            // Drops its own person, or the other's vacated one.
            bodies.extend([list(&[1 - by]), list(&[by])]);
        }
        for other in &self.logs[1 - by][..self.seen[by]] {
            let (entry, release) = (other.id(), other.id());
            match other.body() {
                Body::Propose { .. } => {
                    let ground = "not agreed".parse().unwrap();
                    bodies.extend([Body::Accept { entry }, Body::Reject { entry, ground }]);
                }
                Body::Release { .. } => {
                    bodies.push(Body::Receipt { release });
                    let ground = DisputeGround::NotDelivered;
                    bodies.extend((acts.dispute && by == 1).then_some(Body::Dispute { release, ground }));
                }
                _ => {}
            }
        }
        for mine in &self.logs[by] {
            let (entry, release) = (mine.id(), mine.id());
            match mine.body() {
                Body::Propose { .. } if acts.withdraw => bodies.push(Body::Withdraw { entry }),
                Body::Release { .. } if acts.take_back && by == 0 => {
                    bodies.push(Body::TakeBack { release });
                }
                _ => {}
            }
        }
        let ground = DepartGround::NotBrought;
        bodies.extend((acts.depart && by == 0).then_some(Body::Depart { round: 1, item: own, ground }));
        // An observation matters only while something of the other's waits to be acknowledged.
        let unanswered = self.acks(1 - by, self.seen[by]) > self.last_acks(by);
        bodies.extend(unanswered.then_some(Body::Observe { heads: Vec::new() }));
        bodies
    }

    fn amendments(&self, by: usize) -> usize {
        let later = |e: &&Arc<Signed>| matches!(e.body(), Body::Propose { version: 2.., .. });
        self.logs[by].iter().filter(later).count()
    }

    /// Entries among the first `len` of a log whose effect depends on being acknowledged.
    fn acks(&self, by: usize, len: usize) -> usize {
        let kind = |e: &&Arc<Signed>| matches!(e.body(), Body::Withdraw { .. } | Body::TakeBack { .. });
        self.logs[by][..len].iter().filter(kind).count()
    }

    fn acks_of(&self, by: usize, entry: &Signed) -> usize {
        self.acks(1 - by, entry.entry().seen.first().map_or(0, |h| h.seq as usize + 1))
    }

    fn last_acks(&self, by: usize) -> usize {
        self.logs[by].last().map_or(0, |e| self.acks_of(by, e))
    }

    fn key(&self) -> Digest {
        let mut bytes = Vec::new();
        for by in 0..2 {
            bytes.extend([self.seen[by] as u8, self.logs[by].len() as u8]);
            for entry in &self.logs[by] {
                bytes.extend_from_slice(&entry.id().0[..8]);
                bytes.push(self.acks_of(by, entry) as u8);
            }
        }
        Digest::of(&bytes)
    }

    /// The invariants, judged from the entries and not by the rules that admitted them.
    fn broken(&self) -> Vec<&'static str> {
        let parties = self.merged.members().parties();
        let mut broken = Facts::of(parties, [&self.logs[0], &self.logs[1]]).broken();
        let round = self.merged.round(1).unwrap();
        if (0..2).any(|by| self.count(by, "withheld") > 0) && !round.is_void() {
            broken.push("11: a round is not void though a seed was withheld");
        }
        let summary = || self.merged.summary();
        if self.all_seen() && self.views.iter().any(|v| v.summary() != summary()) {
            broken.push("13: two nodes with the same entries differ");
        }
        broken
    }
}

fn explore(acts: Acts, from: State) -> Found {
    let mut numbers: BTreeMap<Digest, u32> = BTreeMap::from([(from.key(), 0)]);
    let mut before: Vec<Vec<u32>> = vec![Vec::new()];
    let mut ends = Vec::new();
    let mut broken = BTreeSet::new();
    let mut stack = vec![(0u32, from)];
    while let Some((number, state)) = stack.pop() {
        broken.extend(state.broken().into_iter().map(str::to_owned));
        if state.all_seen() && state.merged.round(1).is_some_and(|r| r.is_closed()) {
            ends.push(number);
        }
        for next in state.successors(acts) {
            let fresh = before.len() as u32;
            let at = *numbers.entry(next.key()).or_insert(fresh);
            if at == fresh {
                before.push(Vec::new());
                stack.push((fresh, next));
            }
            before[at as usize].push(number);
        }
    }
    let mut can_end = vec![false; before.len()];
    while let Some(at) = ends.pop() {
        if !std::mem::replace(&mut can_end[at as usize], true) {
            ends.extend(&before[at as usize]);
        }
    }
    Found { states: before.len(), dead_ends: can_end.iter().filter(|c| !**c).count(), broken }
}

fn listed(acts: Acts) -> State {
    let start = State::start(acts);
    let bodies = start.bodies(0, acts);
    let list = bodies.into_iter().find(|b| b.name() == "propose").unwrap();
    let state = start.write(0, list).unwrap().deliver(1).unwrap();
    let entry = state.logs[0].last().unwrap().id();
    state.write(1, Body::Accept { entry }).unwrap().deliver(0).unwrap()
}

fn holds(name: &str, acts: Acts, from: State) {
    let found = explore(acts, from);
    assert_eq!(found.broken, BTreeSet::new(), "{name}: {} states", found.states);
    assert_eq!(found.dead_ends, 0, "{name}: of {} states", found.states);
    assert!(found.states > 1_000, "{name}: {} states only", found.states);
}

#[test]
fn two_who_propose_at_once_get_one_list_and_can_always_close() {
    let acts = Acts { both_propose: true, withdraw: true, ..Acts::default() };
    holds("propose", acts, State::start(acts));
}

#[test]
fn an_amendment_never_crosses_a_release() {
    let acts = Acts { amend: true, ..Acts::default() };
    holds("amend", acts, listed(acts));
}

#[test]
fn an_amendment_drops_the_departed_and_the_returned_only() {
    let acts = Acts { amend: true, depart: true, ..Acts::default() };
    holds("amend depart", acts, listed(acts));
    let acts = Acts { amend: true, dispute: true, take_back: true, ..Acts::default() };
    holds("amend dispute", acts, listed(acts));
}

#[test]
fn what_goes_wrong_at_the_crossing_can_be_settled() {
    let acts = Acts { dispute: true, take_back: true, depart: true, ..Acts::default() };
    holds("crossing", acts, listed(acts));
}

#[test]
fn nobody_is_listed_in_a_round_that_is_void_and_it_can_be_closed() {
    let acts = Acts { withhold: true, both_propose: true, ..Acts::default() };
    holds("withheld", acts, State::after(acts, 1));
}

#[test]
fn each_rule_left_out_is_found() {
    let check = |rule: &'static str, acts: Acts, expected: &str| {
        let acts = Acts { without: Some(rule), ..acts };
        let from = match () {
            () if acts.amend => listed(acts),
            () if acts.withhold => State::after(acts, 1),
            () => State::start(acts),
        };
        let found = explore(acts, from);
        assert!(found.broken.iter().any(|b| b == expected), "{rule}: {:?}", found.broken);
    };
    let plain = Acts::default();
    check("consent", plain, "5: released without two wills");
    check("priority", Acts { both_propose: true, ..plain }, "1: two lists of one version");
    check("freeze", Acts { amend: true, ..plain }, "3: released off the list");
    check("drop", Acts { amend: true, ..plain }, "3: released off the list");
    check("void", Acts { withhold: true, ..plain }, "11: a list is put forward in a void round");
}
