//! The phase engine: which windows are open, suspended, complete or past, at any moment.
//!
//! Decides from the terms and the acts what state every phase is in, and which handovers fell outside. Refuses to know
//! the time, which arrives as an argument, and to stop anything: what lies outside is listed with its reason, and nobody
//! is turned back. An act without a moment is not seen by the engine. All acts of one moment are taken together, since a
//! day without an hour is one moment.

mod days;
mod outside;
mod run;

use std::collections::BTreeSet;

use crate::agreement::{Completes, Expiry, Opens, Phase, Quantity, Terms};
use crate::ledger::{Act, PhaseAct, Voice, What};
use crate::moment::Moment;
use crate::receipts::{Counted, Receipt, receipts};

pub use days::{DayFinding, DayLimit, days};
pub use outside::{Closed, Outside, Reason, check};

/// The state of a phase at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// Not open yet.
    Waiting {
        /// What it waits for first.
        why: Why,
    },
    /// Its legs may run.
    Open {
        /// Since its opening; a suspension that is over does not change it.
        since: Moment,
        /// When the window closes, not included, as far as is known: time may still be earned. Nothing where it has no
        /// end.
        closes: Option<Moment>,
    },
    /// At least one party's suspension stands.
    Suspended {
        /// Since when at least one has stood without a break, though not before the opening.
        since: Moment,
        /// Whose suspension stands, in order of the parties.
        by: Vec<Voice>,
    },
    /// Complete.
    Complete {
        /// When.
        at: Moment,
    },
    /// The window passed before the phase was complete.
    Expired {
        /// When.
        at: Moment,
        /// What becomes of what was still owed. What stays owed can still be done, and the phase is complete then.
        owed: Expiry,
    },
}

/// What a phase waits for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// Earlier phases that are not complete, by their place in the terms. One that has lapsed never will be.
    Phases(Vec<usize>),
    /// Its opening.
    Until(Moment),
    /// The word of parties that have not said it is open.
    Word(Vec<Voice>),
}

/// The course of every phase: what changed, and when. It answers for every moment, and an answer for one moment does not
/// depend on acts after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timeline {
    phases: Vec<Course>,
}

/// The course of one phase.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
struct Course {
    /// Each state with the moment from which it holds; the first from the beginning of time.
    changes: Vec<(Moment, State)>,
    /// When its legs may run, half-open. The moment of completion lies in: what is done then may be what completes it.
    open: Vec<(Moment, Moment)>,
    /// When it was complete.
    complete: Option<Moment>,
    /// The hours earned so far, each with the moment from which they count; nothing before the first.
    earned: Vec<(Moment, u64)>,
}

impl Timeline {
    /// Follows every phase of the terms through the acts, in any order; those without a moment are not seen.
    ///
    /// # Rule
    /// The clauses of the phases ([`Phase::clause`]). A window is half-open. A phase opens at its moment, but not before the
    /// phases it comes after are complete. What a party says of a phase stands from then on. Time is earned by what both
    /// sides say was received while the phase was open. A quantity is filled by all that was received, in the window or not.
    pub fn of(terms: &Terms, acts: &[Act]) -> Self {
        Self::after(terms, acts, &receipts(terms, acts, |leg| matters(terms, leg)))
    }

    /// The same, where it is known what was received along every leg that matters.
    fn after(terms: &Terms, acts: &[Act], received: &[Receipt]) -> Self {
        let words = words(terms, acts);
        let mut timeline = Self { phases: Vec::with_capacity(terms.phases.len()) };
        for (phase, words) in terms.phases.iter().zip(words) {
            let facts = Facts::of(terms, phase, &words, received, &timeline);
            timeline.phases.push(run::course(phase, &facts));
        }
        timeline
    }

    /// The state of a phase, by its place in the terms, at a moment; nothing where the terms have no such phase.
    pub fn state(&self, phase: usize, now: Moment) -> Option<&State> {
        let changes = self.changes(phase);
        // The first state holds from the beginning of time.
        let next = changes.partition_point(|(from, _)| *from <= now);
        changes.get(next.checked_sub(1)?).map(|(_, state)| state)
    }

    /// Every state of a phase, in order, each with the moment from which it holds; of several of one moment the last.
    pub fn changes(&self, phase: usize) -> &[(Moment, State)] {
        self.phases.get(phase).map_or(&[], |course| &course.changes)
    }

    /// The hours that a phase has earned up to a moment, by its place in the terms. What a suspension adds is not earned.
    pub fn earned_hours(&self, phase: usize, now: Moment) -> u64 {
        let earned = self.phases.get(phase).map_or(&[][..], |course| &course.earned);
        let next = earned.partition_point(|(from, _)| *from <= now);
        next.checked_sub(1).and_then(|last| earned.get(last)).map_or(0, |(_, hours)| *hours)
    }

    /// When the legs of a phase may run, half-open, in order.
    fn open(&self, phase: usize) -> &[(Moment, Moment)] {
        self.phases.get(phase).map_or(&[], |course| &course.open)
    }

    /// Whether a moment lies in what is open of a phase.
    fn is_open(&self, phase: usize, at: Moment) -> bool {
        let open = self.open(phase);
        let next = open.partition_point(|(from, _)| *from <= at);
        next.checked_sub(1).and_then(|last| open.get(last)).is_some_and(|(_, until)| at < *until)
    }

    /// The state that an act of a moment finds: where the phase is complete at that moment, what it was until then.
    fn found(&self, phase: usize, at: Moment) -> Option<&State> {
        let changes = self.changes(phase);
        let now = changes.partition_point(|(from, _)| *from <= at).checked_sub(1)?;
        let completes = changes[now] == (at, State::Complete { at });
        let place = if completes { now.saturating_sub(1) } else { now };
        changes.get(place).map(|(_, state)| state)
    }

    fn complete(&self, phase: usize) -> Option<Moment> {
        self.phases.get(phase).and_then(|course| course.complete)
    }
}

/// What a party says of a phase.
#[derive(Clone, Copy, Debug)]
struct Word {
    at: Moment,
    by: Voice,
    kind: PhaseAct,
}

/// What the course of one phase follows from.
struct Facts {
    /// For each phase it comes after, when that was complete.
    after: Vec<(usize, Option<Moment>)>,
    /// For each party to its legs, when it said that the phase is open.
    opened: Vec<(Voice, Option<Moment>)>,
    /// When the phase opens, if nothing stands in the way of it.
    opening: Option<Moment>,
    /// The moment it waits for once the earlier phases are complete, where it does not wait for a word.
    moment: Option<Moment>,
    /// When what completes it was there, whether it was open or not.
    done: Option<Moment>,
    /// Suspensions and resumptions in order of time.
    suspensions: Vec<Word>,
    /// What earns time, received in order of time.
    earning: Vec<(Moment, u32)>,
}

impl Facts {
    fn of(terms: &Terms, phase: &Phase, words: &[Word], received: &[Receipt], timeline: &Timeline) -> Self {
        let after: Vec<_> = phase.after.iter().map(|one| (*one, timeline.complete(*one))).collect();
        let parties = parties(terms, phase);
        let opened = said(&parties, words, PhaseAct::Opened);
        let ready = latest(after.iter().map(|(_, complete)| *complete));
        let signing = Moment::start_of(terms.signed_on);
        let moment = match phase.opens {
            Opens::At(moment) => Some(moment),
            Opens::AfterSigning { hours } => Some(later(signing, hours)),
            Opens::AfterPhases { hours } => ready.map(|ready| later(ready.max(signing), hours)),
            Opens::ByAct => None,
        };
        let wanted = match phase.opens {
            Opens::ByAct => latest(opened.iter().map(|(_, said)| *said)),
            _ => moment,
        };
        let opening = ready.and_then(|ready| Some(wanted?.max(ready)));
        let done = match phase.completes {
            Completes::ByAct => {
                latest(said(&parties, words, PhaseAct::Completed).into_iter().map(|(_, said)| said))
            }
            Completes::WhenFilled => filled(terms, phase, received),
        };
        let suspends = |word: &&Word| matches!(word.kind, PhaseAct::Suspended | PhaseAct::Resumed);
        let suspensions = words.iter().filter(suspends).copied().collect();
        let earns = |receipt: &&Receipt| {
            phase.extension.as_ref().is_some_and(|extension| extension.legs.contains(&receipt.leg))
        };
        let earning = received.iter().filter(earns).map(|receipt| (receipt.at, receipt.count)).collect();
        Self { after, opened, opening, moment, done, suspensions, earning }
    }
}

/// So many hours later, or the end of time.
fn later(moment: Moment, hours: u32) -> Moment {
    moment.plus_hours(u64::from(hours)).unwrap_or(END)
}

/// The end of time: nothing that can be counted comes after it.
const END: Moment = Moment(i64::MAX);
/// The beginning of time.
const BEGINNING: Moment = Moment(i64::MIN);

/// The last of several moments, where all are there; of none, the beginning of time.
fn latest(moments: impl IntoIterator<Item = Option<Moment>>) -> Option<Moment> {
    moments.into_iter().try_fold(BEGINNING, |last, moment| Some(last.max(moment?)))
}

/// Whether receipts along a leg change the course of any phase.
fn matters(terms: &Terms, leg: usize) -> bool {
    terms.phases.iter().any(|phase| {
        let earns = phase.extension.as_ref().is_some_and(|extension| extension.legs.contains(&leg));
        earns || (phase.completes == Completes::WhenFilled && phase.legs.contains(&leg))
    })
}

/// What the parties say of each phase, in order of time and then of the acts. Neutrals have no say in it.
fn words(terms: &Terms, acts: &[Act]) -> Vec<Vec<Word>> {
    let mut words: Vec<Vec<Word>> = vec![Vec::new(); terms.phases.len()];
    for act in acts {
        let (What::Phase { phase, kind }, Some(at)) = (act.what, act.at) else { continue };
        if let Some(of_phase) = words.get_mut(usize::from(phase))
            && usize::from(act.by.0) < terms.parties.len()
        {
            of_phase.push(Word { at, by: act.by, kind });
        }
    }
    words.iter_mut().for_each(|words| words.sort_by_key(|word| word.at));
    words
}

/// The parties to the legs of a phase.
fn parties(terms: &Terms, phase: &Phase) -> BTreeSet<Voice> {
    let legs = phase.legs.iter().filter_map(|leg| terms.legs.get(*leg));
    legs.flat_map(|leg| [&leg.from, &leg.to]).filter_map(|party| terms.voice(party.as_str())).collect()
}

/// When each party first said so.
fn said(parties: &BTreeSet<Voice>, words: &[Word], kind: PhaseAct) -> Vec<(Voice, Option<Moment>)> {
    let first = |party: &Voice| words.iter().find(|word| word.by == *party && word.kind == kind);
    parties.iter().map(|party| (*party, first(party).map(|word| word.at))).collect()
}

/// Whether the course of a phase, by its place in the terms, depends on who is in which category: it completes when
/// a quantity of categories is filled, or comes after a phase that does.
pub fn needs_categories(terms: &Terms, place: usize) -> bool {
    let Some(phase) = terms.phases.get(place) else { return false };
    let filled_by =
        |one: &Quantity| !one.categories.is_empty() && one.legs.iter().all(|leg| phase.legs.contains(leg));
    // A phase comes only after earlier ones.
    (phase.completes == Completes::WhenFilled && terms.quantities.iter().any(filled_by))
        || phase.after.iter().any(|before| needs_categories(terms, *before))
}

/// When every quantity that counts only legs of the phase had the least it asks for; nothing where no quantity does.
fn filled(terms: &Terms, phase: &Phase, received: &[Receipt]) -> Option<Moment> {
    let inside = terms.quantities.iter().filter(|one| one.legs.iter().all(|leg| phase.legs.contains(leg)));
    let asked: Vec<(Counted, u64)> =
        inside.filter_map(|one| Some((Counted::by(terms, one)?, u64::from(one.amount.least()?)))).collect();
    if asked.is_empty() {
        return None;
    }
    latest(asked.iter().map(|(counted, least)| reached(counted, *least, received)))
}

/// When so many were received.
fn reached(counted: &Counted, least: u64, received: &[Receipt]) -> Option<Moment> {
    let mut sum = 0;
    if least == 0 {
        return Some(BEGINNING);
    }
    let reaches = |receipt: &&Receipt| {
        sum += counted.count(receipt);
        sum >= least
    };
    received.iter().find(reaches).map(|receipt| receipt.at)
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
