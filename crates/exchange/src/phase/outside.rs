//! Handovers that fell outside every window of their leg, each with its reason. A finding, never a refusal.

use super::{State, Timeline, Why};
use crate::agreement::Terms;
use crate::ledger::{Act, MoveKind, Voice, What};
use crate::moment::Moment;

/// An act about somebody or something on a leg that stands in phases, none of which was open at that moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outside {
    /// The act, by its place among the acts.
    pub act: usize,
    /// The leg, by its place in the terms.
    pub leg: usize,
    /// Every phase of the leg, with the reason why it was not open; at least one.
    pub closed: Vec<Closed>,
}

/// A phase that was not open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closed {
    /// The phase, by its place in the terms.
    pub phase: usize,
    /// Its clause.
    pub clause: u32,
    /// Why it was not open.
    pub reason: Reason,
}

/// Why a phase was not open at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Its opening had not come.
    NotYetOpen {
        /// When it opens.
        opens: Moment,
    },
    /// Earlier phases were not complete.
    WaitsForPhases(Vec<usize>),
    /// Parties had not said that it is open.
    WaitsForWord(Vec<Voice>),
    /// It was suspended.
    Suspended {
        /// Since when.
        since: Moment,
        /// By whom.
        by: Vec<Voice>,
    },
    /// It was complete already.
    Complete {
        /// When.
        at: Moment,
    },
    /// Its window had passed.
    Expired {
        /// When.
        at: Moment,
    },
}

/// Lists every release, receipt, dispute, taking back, declaration and refill that has a moment and a leg in a phase, and
/// falls in no open phase of that leg; in order of the acts.
///
/// # Rule
/// The clauses of the phases. Windows are exact: there is no grace. What is done in the moment in which the phase is
/// complete lies inside, since it may be what completes it.
pub fn check(terms: &Terms, acts: &[Act]) -> Vec<Outside> {
    if terms.phases.is_empty() {
        return Vec::new();
    }
    let timeline = Timeline::of(terms, acts);
    let of_leg = |leg: usize| {
        let runs = |phase: &usize| terms.phases[*phase].legs.contains(&leg);
        (0..terms.phases.len()).filter(runs).collect::<Vec<usize>>()
    };
    let phases: Vec<Vec<usize>> = (0..terms.legs.len()).map(of_leg).collect();
    let mut found = Vec::new();
    for (no, act) in acts.iter().enumerate() {
        let (What::Move(moved), Some(at)) = (&act.what, act.at) else { continue };
        let leg = usize::from(moved.leg);
        let Some(phases) = phases.get(leg).filter(|phases| !phases.is_empty() && runs(moved.kind)) else {
            continue;
        };
        if !phases.iter().any(|phase| timeline.is_open(*phase, at)) {
            let closed = |phase: &usize| {
                let reason = reason(timeline.found(*phase, at)?)?;
                Some(Closed { phase: *phase, clause: terms.phases[*phase].clause, reason })
            };
            found.push(Outside { act: no, leg, closed: phases.iter().filter_map(closed).collect() });
        }
    }
    found
}

/// Whether an act is part of a leg running.
fn runs(kind: MoveKind) -> bool {
    matches!(
        kind,
        MoveKind::Released
            | MoveKind::Received
            | MoveKind::Disputed(_)
            | MoveKind::TakenBack
            | MoveKind::Declared
            | MoveKind::Refilled
    )
}

pub(super) fn reason(state: &State) -> Option<Reason> {
    match state {
        State::Waiting { why: Why::Phases(phases) } => Some(Reason::WaitsForPhases(phases.clone())),
        State::Waiting { why: Why::Until(opens) } => Some(Reason::NotYetOpen { opens: *opens }),
        State::Waiting { why: Why::Word(voices) } => Some(Reason::WaitsForWord(voices.clone())),
        State::Suspended { since, by } => Some(Reason::Suspended { since: *since, by: by.clone() }),
        State::Complete { at } => Some(Reason::Complete { at: *at }),
        State::Expired { at, .. } => Some(Reason::Expired { at: *at }),
        State::Open { .. } => None,
    }
}
