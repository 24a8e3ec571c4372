//! A second engine that knows no timeline: it steps from hour to hour with a virtual clock and counts down what is left
//! of each window. Whatever terms and acts are made up, both must say the same at every hour.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use super::*;
use crate::agreement::{Amount, Extension, Lasts, Quantity, Suspension, Unit};
use crate::ids::Item;
use crate::ledger::{Ledger, Move, MoveKind, Post, Who};
use crate::moment::HOUR;
use crate::testing::{signing, terms, voice};

/// Hours that are stepped through.
const HOURS: i64 = 140;

fn hour(hour: i64) -> Moment {
    Moment(signing().0 + hour * HOUR)
}

/// One phase as the clock has it.
#[derive(Clone, Default)]
struct Clock {
    opened: Option<i64>,
    /// Whether it would be open by now, had its window not passed.
    might_open: bool,
    /// Hours left; nothing where it has no end.
    left: Option<i64>,
    suspended: Option<i64>,
    standing: BTreeSet<Voice>,
    said_open: BTreeSet<Voice>,
    said_complete: BTreeSet<Voice>,
    received: u64,
    granted: i64,
    expired: Option<i64>,
    complete: Option<i64>,
}

struct Model<'a> {
    terms: &'a Terms,
    /// The acts of each hour, in their order.
    acts: Vec<Vec<&'a Act>>,
    clocks: Vec<Clock>,
    ledger: Ledger,
    /// What was received by both at each hour: leg, count, category.
    now: Vec<(usize, u32, Option<u8>)>,
    /// Received so far, by quantity.
    totals: Vec<u64>,
}

impl<'a> Model<'a> {
    fn of(terms: &'a Terms, acts: &'a [Act]) -> Self {
        Self {
            terms,
            acts: (0..HOURS).map(|t| acts.iter().filter(|act| act.at == Some(hour(t))).collect()).collect(),
            clocks: vec![Clock::default(); terms.phases.len()],
            ledger: Ledger::open(terms),
            now: Vec::new(),
            totals: vec![0; terms.quantities.len()],
        }
    }

    /// Steps to an hour. Answers, for every phase, the state that acts of this hour find, and the state at its end.
    fn step(&mut self, t: i64) -> Vec<(State, State)> {
        self.hand_over(t);
        (0..self.clocks.len()).map(|phase| self.step_phase(phase, t)).collect()
    }

    /// Books the hour, and reads from the accounts what was received in it.
    fn hand_over(&mut self, t: i64) {
        self.now.clear();
        for act in &self.acts[t as usize] {
            let before = self.ledger.accounts();
            let _ = self.ledger.post(self.terms, act);
            for (account, balance) in self.ledger.accounts() {
                let more = balance - before.get(&account).copied().unwrap_or(0);
                if account.post == Post::Filled && more > 0 {
                    self.now.push((usize::from(account.cell.leg), more as u32, account.cell.category));
                }
            }
        }
        for (quantity, total) in self.terms.quantities.iter().zip(&mut self.totals) {
            for (leg, count, category) in &self.now {
                let fits = quantity.categories.is_empty()
                    || category.is_some_and(|at| {
                        quantity.categories.contains(&self.terms.categories[usize::from(at)].id)
                    });
                if quantity.legs.contains(leg) && fits {
                    *total += u64::from(*count);
                }
            }
        }
    }

    fn step_phase(&mut self, place: usize, t: i64) -> (State, State) {
        let phase = &self.terms.phases[place];
        let mut clock = self.clocks[place].clone();
        tick(phase, &mut clock, t);
        self.hear(place, &mut clock, t);
        clock.might_open |= self.may_open(phase, &clock, t);
        if clock.might_open && clock.opened.is_none() && clock.expired.is_none() && clock.complete.is_none() {
            clock.opened = Some(t);
            clock.left = match phase.lasts {
                Lasts::Until(moment) => Some((moment.0 - hour(t).0) / HOUR),
                Lasts::Hours(hours) => Some(i64::from(hours)),
                Lasts::Open => None,
            };
        }
        let runs = clock.opened.is_some() && clock.expired.is_none() && clock.complete.is_none();
        if runs {
            match (clock.standing.is_empty(), clock.suspended) {
                (true, _) => clock.suspended = None,
                (false, None) => clock.suspended = Some(t),
                _ => {}
            }
            if clock.suspended.is_none() {
                self.earn(phase, &mut clock);
            }
        }
        let found = self.state(place, &clock, t);
        let owed = clock.expired.is_none() || phase.on_expiry == Expiry::StaysOwed;
        if clock.might_open && clock.complete.is_none() && owed && self.is_done(phase, &clock) {
            clock.complete = Some(t);
        }
        let end = self.state(place, &clock, t);
        self.clocks[place] = clock;
        (found, end)
    }

    /// What is said of the phase at this hour.
    fn hear(&self, place: usize, clock: &mut Clock, t: i64) {
        for act in self.acts[t as usize].iter().filter(|act| act.by.0 < 3) {
            let What::Phase { phase, kind } = act.what else { continue };
            if usize::from(phase) == place {
                match kind {
                    PhaseAct::Opened => clock.said_open.insert(act.by),
                    PhaseAct::Completed => clock.said_complete.insert(act.by),
                    PhaseAct::Suspended => clock.standing.insert(act.by),
                    PhaseAct::Resumed => clock.standing.remove(&act.by),
                };
            }
        }
    }

    fn parties(&self, phase: &Phase) -> BTreeSet<Voice> {
        // The sides of the four legs, by hand.
        let sides = [["a", "b"], ["b", "a"], ["c", "a"], ["a", "b"]];
        phase.legs.iter().flat_map(|leg| sides[*leg]).map(voice).collect()
    }

    fn last_complete(&self, phase: &Phase) -> Option<i64> {
        phase.after.iter().map(|one| self.clocks[*one].complete).max().flatten()
    }

    fn may_open(&self, phase: &Phase, clock: &Clock, t: i64) -> bool {
        phase.after.iter().all(|one| self.clocks[*one].complete.is_some())
            && match phase.opens {
                Opens::At(moment) => hour(t) >= moment,
                Opens::AfterSigning { hours } => t >= i64::from(hours),
                Opens::AfterPhases { hours } => t >= self.last_complete(phase).unwrap() + i64::from(hours),
                Opens::ByAct => self.parties(phase).is_subset(&clock.said_open),
            }
    }

    fn earn(&self, phase: &Phase, clock: &mut Clock) {
        let Some(extension) = &phase.extension else { return };
        for (leg, count, _) in &self.now {
            if extension.legs.contains(leg) {
                clock.received += u64::from(*count);
            }
        }
        let mut granted = 0;
        let mut next = u64::from(extension.beyond) + u64::from(extension.per);
        while clock.received >= next {
            granted += i64::from(extension.hours);
            next += u64::from(extension.per);
        }
        if let Some(most) = extension.hours_max {
            granted = granted.min(i64::from(most));
        }
        clock.left = clock.left.map(|left| left + granted - clock.granted);
        clock.granted = granted;
    }

    fn is_done(&self, phase: &Phase, clock: &Clock) -> bool {
        if phase.completes == Completes::ByAct {
            return self.parties(phase).is_subset(&clock.said_complete);
        }
        let mut asked = 0;
        for (quantity, total) in self.terms.quantities.iter().zip(&self.totals) {
            let inside = quantity.legs.iter().all(|leg| phase.legs.contains(leg));
            let Amount::AtLeast(least) = quantity.amount else { continue };
            if inside && quantity.unit == Unit::Heads {
                asked += 1;
                if *total < u64::from(least) {
                    return false;
                }
            }
        }
        asked > 0
    }

    fn state(&self, place: usize, clock: &Clock, t: i64) -> State {
        let phase = &self.terms.phases[place];
        if let Some(at) = clock.complete {
            return State::Complete { at: hour(at) };
        }
        if let Some(at) = clock.expired {
            return State::Expired { at: hour(at), owed: phase.on_expiry };
        }
        if let Some(since) = clock.suspended {
            return State::Suspended { since: hour(since), by: clock.standing.iter().copied().collect() };
        }
        if let Some(since) = clock.opened {
            return State::Open { since: hour(since), closes: clock.left.map(|left| hour(t + left)) };
        }
        let missing: Vec<usize> =
            phase.after.iter().copied().filter(|one| self.clocks[*one].complete.is_none()).collect();
        let why = match phase.opens {
            _ if !missing.is_empty() => Why::Phases(missing),
            Opens::At(moment) => Why::Until(moment),
            Opens::AfterSigning { hours } => Why::Until(hour(i64::from(hours))),
            Opens::AfterPhases { hours } => {
                Why::Until(hour(self.last_complete(phase).unwrap() + i64::from(hours)))
            }
            Opens::ByAct => Why::Word(self.parties(phase).difference(&clock.said_open).copied().collect()),
        };
        State::Waiting { why }
    }
}

/// An hour has passed.
fn tick(phase: &Phase, clock: &mut Clock, t: i64) {
    if clock.expired.is_some() || clock.complete.is_some() {
        return;
    }
    if clock.opened.is_none() {
        if matches!(phase.lasts, Lasts::Until(moment) if moment <= hour(t)) {
            clock.expired = Some(t);
        }
        return;
    }
    let stands_still = clock.suspended.is_some() && phase.suspension == Suspension::ClockStops;
    if let Some(left) = clock.left.as_mut().filter(|_| !stands_still) {
        *left -= 1;
        if *left == 0 {
            clock.expired = Some(t);
        }
    }
}

const BASE: &str = "[[quantities]]\nid = \"living\"\nclause = 1\nlegs = [\"living\"]\nat_least = 1\n
[[phases]]\nid = \"one\"\nclause = 2\nname = \"One\"\nlegs = [\"living\"]\nopens_after_hours = 0\nwithout_end = true
suspension = \"clock-stops\"\ncompletes = \"by-act\"\n";

fn some_legs() -> impl Strategy<Value = Vec<usize>> {
    prop::sample::subsequence(vec![0_usize, 1, 2, 3], 1..=4)
}

fn a_phase(base: Phase, place: usize) -> impl Strategy<Value = Phase> {
    let opens = prop_oneof![
        (0..40_i64).prop_map(|at| Opens::At(hour(at))),
        (0..40_u32).prop_map(|hours| Opens::AfterSigning { hours }),
        (0..20_u32).prop_map(|hours| Opens::AfterPhases { hours }),
        Just(Opens::ByAct),
    ];
    let lasts = prop_oneof![
        (1..110_i64).prop_map(|at| Lasts::Until(hour(at))),
        (1..60_u32).prop_map(Lasts::Hours),
        Just(Lasts::Open),
    ];
    let extension = (1..14_u32, 1..4_u32, 0..5_u32, some_legs(), prop::option::of(0..30_u32))
        .prop_map(|(hours, per, beyond, legs, hours_max)| Extension { hours, per, beyond, legs, hours_max });
    let after = prop::collection::vec(any::<bool>(), place);
    let rules = (any::<bool>(), any::<bool>(), any::<bool>());
    (opens, lasts, prop::option::of(extension), after, some_legs(), rules).prop_map(
        move |(opens, lasts, extension, after, legs, (stops, act, lapses))| {
            let after: Vec<usize> = (0..place).filter(|one| after[*one]).collect();
            Phase {
                opens: match opens {
                    // The reader makes this of "after so many hours" where no phase comes before.
                    Opens::AfterPhases { hours } if after.is_empty() => Opens::AfterSigning { hours },
                    opens => opens,
                },
                extension: extension.filter(|_| lasts != Lasts::Open),
                lasts,
                after,
                legs,
                suspension: if stops { Suspension::ClockStops } else { Suspension::ClockRuns },
                completes: if act { Completes::ByAct } else { Completes::WhenFilled },
                on_expiry: if lapses { Expiry::Lapses } else { Expiry::StaysOwed },
                ..base.clone()
            }
        },
    )
}

fn a_quantity(base: Quantity, young: crate::agreement::CategoryId) -> impl Strategy<Value = Quantity> {
    (prop::sample::subsequence(vec![0_usize, 1, 2, 3], 1..=2), 0..6_u32, 0..8_u8).prop_map(
        move |(legs, number, kind)| Quantity {
            legs,
            amount: if kind == 0 { Amount::AtMost(number) } else { Amount::AtLeast(number) },
            unit: if kind == 1 { Unit::Identified } else { Unit::Heads },
            categories: if kind == 2 { vec![young.clone()] } else { Vec::new() },
            ..base.clone()
        },
    )
}

fn some_terms() -> impl Strategy<Value = Terms> {
    let base = terms(BASE);
    let (phase, quantity) = (base.phases[0].clone(), base.quantities[0].clone());
    let young = base.categories[0].id.clone();
    let phases = (1..=4_usize)
        .prop_flat_map(move |count| (0..count).map(|at| a_phase(phase.clone(), at)).collect::<Vec<_>>());
    let quantities = prop::collection::vec(a_quantity(quantity, young), 1..5);
    (phases, quantities).prop_map(move |(phases, quantities)| {
        let mut terms = base.clone();
        terms.phases = phases;
        terms.quantities = quantities;
        terms
    })
}

/// The words of a handover, the second some hours after the first, or one act alone.
fn some_acts() -> impl Strategy<Value = Vec<Act>> {
    let when = 0..HOURS - 20;
    let handover = (when.clone(), 0..12_i64, 0..4_u8, 0..6_u8, 0..4_u32, 0..3_u8).prop_map(
        |(at, late, leg, label, count, category)| {
            let (from, to) = [(0, 1), (1, 0), (2, 0), (0, 1)][usize::from(leg)];
            let act = |at, by, kind| about(at, by, leg, label, count, category, kind);
            let late = if late < 6 { 0 } else { late };
            vec![act(at, from, MoveKind::Released), act(at + late, to, MoveKind::Received)]
        },
    );
    let alone = (when.clone(), 0..4_u8, 0..4_u8, 0..6_u8, 0..4_u32, 0..6_usize).prop_map(
        |(at, by, leg, label, count, kind)| {
            let ground = crate::ledger::Ground::NotStated;
            let kinds = [
                MoveKind::Released,
                MoveKind::Received,
                MoveKind::TakenBack,
                MoveKind::Disputed(ground),
                MoveKind::Listed,
                MoveKind::Declared,
            ];
            vec![about(at, by, leg, label, count, 0, kinds[kind])]
        },
    );
    let word = (when.clone(), 0..4_u8, 0..5_u8, 0..4_usize).prop_map(|(at, by, phase, kind)| {
        let kinds = [PhaseAct::Opened, PhaseAct::Completed, PhaseAct::Suspended, PhaseAct::Resumed];
        vec![said_of(at, by, phase, kinds[kind])]
    });
    let freeze = (when.clone(), 1..15_i64, 0..3_u8, 0..4_u8).prop_map(|(at, lasts, by, phase)| {
        let resumed = said_of(at + lasts, by, phase, PhaseAct::Resumed);
        vec![said_of(at, by, phase, PhaseAct::Suspended), resumed]
    });
    let agreed = (when, 0..4_u8, any::<bool>()).prop_map(|(at, phase, opened)| {
        let kind = if opened { PhaseAct::Opened } else { PhaseAct::Completed };
        (0..3).map(|by| said_of(at, by, phase, kind)).collect()
    });
    let one = prop_oneof![5 => handover, 2 => alone, 3 => word, 2 => freeze, 2 => agreed];
    prop::collection::vec(one, 0..30).prop_map(|acts| acts.concat())
}

fn about(at: i64, by: u8, leg: u8, label: u8, count: u32, category: u8, kind: MoveKind) -> Act {
    // Items 0 to 3 are persons, the others lots.
    let who = if label < 4 { Who::One } else { Who::Lot(count + 1) };
    let category = (category < 2).then_some(category);
    // A person or lot goes along one leg.
    let item = Item([leg * 8 + label; 32]);
    let what = What::Move(Move { leg, round: 0, item, who, category, class: None, kind });
    Act { at: Some(hour(at)), by: Voice(by), what }
}

fn said_of(at: i64, by: u8, phase: u8, kind: PhaseAct) -> Act {
    Act { at: Some(hour(at)), by: Voice(by), what: What::Phase { phase, kind } }
}

/// What the model finds outside at an hour.
fn outside(terms: &Terms, acts: &[Act], t: i64, states: &[(State, State)]) -> Vec<Outside> {
    let mut found = Vec::new();
    for (no, act) in acts.iter().enumerate().filter(|(_, act)| act.at == Some(hour(t))) {
        let What::Move(moved) = act.what else { continue };
        let leg = usize::from(moved.leg);
        let closed: Vec<(usize, &Phase)> =
            terms.phases.iter().enumerate().filter(|(_, phase)| phase.legs.contains(&leg)).collect();
        let reasons: Option<Vec<Closed>> = closed
            .iter()
            .map(|(place, phase)| {
                let reason = outside::reason(&states[*place].0)?;
                Some(Closed { phase: *place, clause: phase.clause, reason })
            })
            .collect();
        if let Some(closed) = reasons.filter(|closed| !closed.is_empty() && moved.kind != MoveKind::Listed) {
            found.push(Outside { act: no, leg, closed });
        }
    }
    found
}

/// Steps through all hours. Answers with the states at the end of each, by phase, and with what falls outside.
fn stepped(terms: &Terms, acts: &[Act]) -> (Vec<Vec<State>>, Vec<Outside>) {
    let mut model = Model::of(terms, acts);
    let (mut states, mut found) = (Vec::new(), Vec::new());
    for t in 0..HOURS {
        let both = model.step(t);
        found.extend(outside(terms, acts, t, &both));
        states.push(both.into_iter().map(|(_, end)| end).collect());
    }
    found.sort_by_key(|outside| outside.act);
    (states, found)
}

/// The acts in order of time, as a clock meets them; one without a moment behind the one it follows.
fn in_time(mut acts: Vec<Act>) -> Vec<Act> {
    let mut last = hour(0);
    acts.sort_by_cached_key(|act| {
        last = act.at.unwrap_or(last);
        last
    });
    acts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_timeline_says_at_every_hour_what_a_clock_says(terms in some_terms(), acts in some_acts()) {
        let acts = in_time(acts);
        let timeline = Timeline::of(&terms, &acts);
        let (states, outside) = stepped(&terms, &acts);
        for (t, states) in (0..).zip(&states) {
            for (place, state) in states.iter().enumerate() {
                prop_assert_eq!(timeline.state(place, hour(t)), Some(state), "phase {} at hour {}", place, t);
            }
        }
        prop_assert_eq!(check(&terms, &acts), outside);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_happens_later_changes_nothing_before(terms in some_terms(), acts in some_acts(), t in 0..HOURS) {
        let acts = in_time(acts);
        let until: Vec<Act> = acts.iter().filter(|act| act.at.is_some_and(|at| at <= hour(t))).copied().collect();
        let (whole, part) = (Timeline::of(&terms, &acts), Timeline::of(&terms, &until));
        for phase in 0..terms.phases.len() {
            prop_assert_eq!(whole.state(phase, hour(t)), part.state(phase, hour(t)));
        }
    }
}

/// The property is worth what it reaches: among 1,000 made-up agreements everything that can happen happens often.
#[test]
fn what_is_made_up_reaches_every_state_and_every_reason() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let made_up = (some_terms(), some_acts());
    let mut reached: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..1_000 {
        let (terms, acts) = made_up.new_tree(&mut runner).unwrap().current();
        let (states, outside) = stepped(&terms, &acts);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for place in 0..terms.phases.len() {
            let of_phase: Vec<&State> = states.iter().map(|states| &states[place]).collect();
            seen.extend(of_phase.iter().map(|state| named(state)));
            seen.extend(of_phase.windows(2).filter_map(|pair| turn(&terms.phases[place], pair[0], pair[1])));
        }
        seen.extend(outside.iter().flat_map(|one| &one.closed).map(|closed| because(&closed.reason)));
        seen.into_iter().for_each(|what| *reached.entry(what).or_insert(0) += 1);
    }
    assert_eq!(reached.len(), EVERYTHING, "{reached:?}");
    assert!(reached.values().all(|times| *times >= 10), "{reached:?}");
}

const EVERYTHING: usize = 8 + 6 + 6;

fn named(state: &State) -> &'static str {
    match state {
        State::Waiting { why: Why::Phases(_) } => "waiting for phases",
        State::Waiting { why: Why::Until(_) } => "waiting for the opening",
        State::Waiting { why: Why::Word(_) } => "waiting for the word",
        State::Open { .. } => "open",
        State::Suspended { by, .. } if by.len() > 1 => "suspended by several",
        State::Suspended { .. } => "suspended",
        State::Complete { .. } => "complete",
        State::Expired { .. } => "expired",
    }
}

fn turn(phase: &Phase, before: &State, after: &State) -> Option<&'static str> {
    match (before, after) {
        (State::Open { closes: Some(one), .. }, State::Open { closes: Some(other), .. }) if one < other => {
            Some("prolonged")
        }
        (State::Suspended { .. }, State::Open { .. }) if phase.suspension == Suspension::ClockStops => {
            Some("goes on, the clock stood still")
        }
        (State::Suspended { .. }, State::Expired { .. }) => Some("expires while suspended"),
        (State::Suspended { .. }, State::Complete { .. }) => Some("complete while suspended"),
        (State::Waiting { .. }, State::Expired { .. }) => Some("expires before it opened"),
        (State::Expired { .. }, State::Complete { .. }) => Some("complete although expired"),
        _ => None,
    }
}

fn because(reason: &Reason) -> &'static str {
    match reason {
        Reason::NotYetOpen { .. } => "outside, not yet open",
        Reason::WaitsForPhases(_) => "outside, waits for phases",
        Reason::WaitsForWord(_) => "outside, waits for the word",
        Reason::Suspended { .. } => "outside, suspended",
        Reason::Complete { .. } => "outside, complete",
        Reason::Expired { .. } => "outside, expired",
    }
}
