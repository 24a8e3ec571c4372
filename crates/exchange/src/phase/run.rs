//! The course of one phase: waiting, open, suspended, complete or past.

use std::collections::BTreeSet;

use super::{BEGINNING, Course, END, Facts, State, Why, Word, later};
use crate::agreement::{Expiry, Extension, Lasts, Opens, Phase, Suspension};
use crate::ledger::{PhaseAct, Voice};
use crate::moment::{HOUR, Moment};

/// Follows one phase from the beginning to the end of time.
pub(super) fn course(phase: &Phase, facts: &Facts) -> Course {
    let closes = closes(phase, facts.opening);
    let mut run = Run::of(phase, facts, closes);
    match facts.opening.filter(|opening| *opening < closes) {
        Some(opening) => {
            run.wait(opening);
            run.go(opening);
        }
        None => {
            run.wait(closes);
            if closes < END {
                run.expire(closes);
            }
        }
    }
    run.course
}

/// When the window closes, before anything is earned or suspended; the end of time where it has no end.
fn closes(phase: &Phase, opening: Option<Moment>) -> Moment {
    match phase.lasts {
        Lasts::Until(moment) => moment,
        Lasts::Hours(hours) => opening.map_or(END, |opening| later(opening, hours)),
        Lasts::Open => END,
    }
}

struct Run<'a> {
    phase: &'a Phase,
    facts: &'a Facts,
    course: Course,
    /// When the phase is complete if its window has not passed.
    due: Option<Moment>,
    /// The window's close without what is earned and what a suspension adds.
    agreed: Moment,
    /// Received so far of what earns time.
    received: u64,
    /// Seconds by which suspensions that are over move the close.
    stood_still: i64,
    /// Whose suspension stands.
    standing: BTreeSet<Voice>,
    /// Since when one stands, though not before the opening.
    suspended: Option<Moment>,
}

/// What happens at one moment.
struct Happens<'a> {
    at: Moment,
    words: &'a [Word],
    received: u64,
}

impl<'a> Run<'a> {
    fn of(phase: &'a Phase, facts: &'a Facts, agreed: Moment) -> Self {
        Self {
            phase,
            facts,
            course: Course::default(),
            due: facts.opening.and_then(|opening| Some(facts.done?.max(opening))),
            agreed,
            received: 0,
            stood_still: 0,
            standing: BTreeSet::new(),
            suspended: None,
        }
    }

    /// What the phase waits for, at every moment before it opens or its window passes.
    fn wait(&mut self, until: Moment) {
        let complete = self.facts.after.iter().filter_map(|(_, at)| *at);
        let said = self.facts.opened.iter().filter_map(|(_, at)| *at);
        let moments: BTreeSet<Moment> = [BEGINNING].into_iter().chain(complete).chain(said).collect();
        for at in moments.into_iter().filter(|at| *at < until || *at == BEGINNING) {
            self.change(at, State::Waiting { why: self.why(at) });
        }
    }

    fn why(&self, at: Moment) -> Why {
        let not_yet = |when: &Option<Moment>| when.is_none_or(|when| when > at);
        let missing = self.facts.after.iter().filter(|(_, complete)| not_yet(complete));
        let phases: Vec<usize> = missing.map(|(phase, _)| *phase).collect();
        if !phases.is_empty() {
            return Why::Phases(phases);
        }
        if self.phase.opens == Opens::ByAct {
            let missing = self.facts.opened.iter().filter(|(_, said)| not_yet(said));
            return Why::Word(missing.map(|(voice, _)| *voice).collect());
        }
        Why::Until(self.facts.moment.unwrap_or(END))
    }

    /// From the opening to the end.
    fn go(&mut self, opening: Moment) {
        let facts = self.facts;
        // A suspension that stands before the opening holds from the opening.
        let (before, words) =
            facts.suspensions.split_at(facts.suspensions.partition_point(|one| one.at < opening));
        before.iter().for_each(|word| self.standing_after(word));
        let earning = &facts.earning[facts.earning.partition_point(|(at, _)| *at < opening)..];
        let mut next = Some(Happens { at: opening, words: &[], received: 0 });
        let mut rest = Rest { words, earning };
        if rest.earliest() == Some(opening) {
            next = rest.next();
        }
        while let Some(happens) = next {
            if self.ends_before(happens.at) {
                return;
            }
            self.step(opening, &happens);
            if self.due == Some(happens.at) {
                return self.complete(happens.at);
            }
            next = rest.next();
        }
        self.ends_before(END);
    }

    /// One moment: first what is said of suspensions, then what is received.
    fn step(&mut self, opening: Moment, happens: &Happens) {
        let at = happens.at;
        happens.words.iter().for_each(|word| self.standing_after(word));
        match (self.suspended, self.standing.is_empty()) {
            (None, false) => self.suspended = Some(at),
            (Some(since), true) => {
                if self.phase.suspension == Suspension::ClockStops {
                    self.stood_still = self.stood_still.saturating_add(at.0.saturating_sub(since.0));
                }
                self.suspended = None;
            }
            _ => {}
        }
        if self.suspended.is_none() {
            self.received = self.received.saturating_add(happens.received);
            self.keep_earned(at);
        }
        let state = match self.suspended {
            Some(since) => State::Suspended { since, by: self.standing.iter().copied().collect() },
            None => {
                State::Open { since: opening, closes: Some(self.closes()).filter(|closes| *closes < END) }
            }
        };
        self.change(at, state);
    }

    fn standing_after(&mut self, word: &Word) {
        match word.kind {
            PhaseAct::Suspended => self.standing.insert(word.by),
            _ => self.standing.remove(&word.by),
        };
    }

    /// The hours earned as things stand.
    fn earned(&self) -> u64 {
        self.phase.extension.as_ref().map_or(0, |extension| earned(extension, self.received))
    }

    /// Keeps the account of the hours earned.
    fn keep_earned(&mut self, at: Moment) {
        let hours = self.earned();
        if hours != self.course.earned.last().map_or(0, |(_, last)| *last) {
            self.course.earned.push((at, hours));
        }
    }

    /// When the window closes as things stand.
    fn closes(&self) -> Moment {
        if self.agreed == END {
            return END;
        }
        let seconds = i64::try_from(self.earned()).unwrap_or(i64::MAX).saturating_mul(HOUR);
        Moment(self.agreed.0.saturating_add(seconds).saturating_add(self.stood_still))
    }

    /// Ends the phase if its window has passed at a moment, or it was complete before it. Answers whether it has ended.
    fn ends_before(&mut self, at: Moment) -> bool {
        let stands_still = self.suspended.is_some() && self.phase.suspension == Suspension::ClockStops;
        let closes = if stands_still { END } else { self.closes() };
        if let Some(due) = self.due
            && due < closes
            && due < at
        {
            self.complete(due);
            return true;
        }
        let passed = closes <= at && closes < END;
        if passed {
            self.expire(closes);
        }
        passed
    }

    fn complete(&mut self, at: Moment) {
        self.course.complete = Some(at);
        self.change(at, State::Complete { at });
    }

    /// The window has passed. What stays owed can still be done.
    fn expire(&mut self, at: Moment) {
        let owed = self.phase.on_expiry;
        self.change(at, State::Expired { at, owed });
        if let Some(due) = self.due
            && owed == Expiry::StaysOwed
        {
            self.complete(due.max(at));
        }
    }

    /// Enters a state, and keeps the account of when the legs may run.
    fn change(&mut self, at: Moment, state: State) {
        let was_open = matches!(self.course.changes.last(), Some((_, State::Open { .. })));
        let is_open = matches!(state, State::Open { .. });
        if is_open && !was_open {
            self.course.open.push((at, END));
        }
        if was_open
            && !is_open
            && let Some((_, until)) = self.course.open.last_mut()
        {
            let complete = matches!(state, State::Complete { .. });
            *until = if complete { Moment(at.0.saturating_add(1)) } else { at };
        }
        if self.course.changes.last().is_none_or(|(_, last)| *last != state) {
            self.course.changes.push((at, state));
        }
    }
}

/// What is still to come of what changes an open phase, each in order of time.
struct Rest<'a> {
    words: &'a [Word],
    earning: &'a [(Moment, u32)],
}

impl<'a> Rest<'a> {
    fn earliest(&self) -> Option<Moment> {
        let (word, earns) = (self.words.first().map(|word| word.at), self.earning.first().map(|(at, _)| *at));
        word.into_iter().chain(earns).min()
    }

    /// Takes all of the next moment.
    fn next(&mut self) -> Option<Happens<'a>> {
        let at = self.earliest()?;
        let (words, later) = self.words.split_at(self.words.iter().take_while(|word| word.at == at).count());
        self.words = later;
        let now = self.earning.iter().take_while(|(moment, _)| *moment == at).count();
        let (earning, later) = self.earning.split_at(now);
        self.earning = later;
        Some(Happens { at, words, received: earning.iter().map(|(_, count)| u64::from(*count)).sum() })
    }
}

/// Hours earned by so many received.
fn earned(extension: &Extension, received: u64) -> u64 {
    let beyond = received.saturating_sub(u64::from(extension.beyond));
    // Read as at least 1.
    let times = beyond / u64::from(extension.per.max(1));
    let hours = times.saturating_mul(u64::from(extension.hours));
    extension.hours_max.map_or(hours, |most| hours.min(u64::from(most)))
}
