//! Phases, after-conditions and notices.

use super::{At, CLAUSE_BYTES_MAX, End, NAME_BYTES_MAX, Reader, moment, places};
use crate::agreement::wire::{WireCondition, WireExtension, WireNotices, WirePhase};
use crate::agreement::{
    Completes, Condition, ConditionKind, Expiry, Extension, LabelId, Lasts, Notices, Opens, Phase, Quantity,
    Suspension, TermsError, Unit, Until,
};
use crate::moment::Moment;

/// A hundred years.
const HOURS_MAX: u32 = 876_600;

impl Reader<'_> {
    pub(super) fn phases(&mut self, wire: Vec<WirePhase>) -> Result<(), TermsError> {
        for phase in wire {
            let read = self.phase(phase)?;
            self.phases.push(read);
        }
        Ok(())
    }

    fn phase(&self, wire: WirePhase) -> Result<Phase, TermsError> {
        let at = self.clause(&wire.clause)?;
        let id = self.new_id(at, &wire.id, "phase", |id| self.phases.iter().any(|one| one.id == *id))?;
        let legs = self.places_of_legs(at, &wire.legs)?;
        if legs.is_empty() {
            return at.open("a phase in which no leg runs");
        }
        let place = |label: &str| self.phases.iter().position(|phase| phase.id.as_str() == label);
        let after = places(at, "earlier phase", &wire.after, place)?;
        let opens = self.opens(at, &wire, &after)?;
        let lasts = self.lasts(at, &wire, opens)?;
        let extension = wire.extension.as_ref().map(|wire| self.extension(at, wire)).transpose()?;
        if extension.is_some() && lasts == Lasts::Open {
            return at.contradiction("a phase without an end cannot be prolonged");
        }
        let Some(word) = &wire.suspension else {
            return at.open("whether a phase's clock stops while it is suspended");
        };
        let suspensions = [("clock-stops", Suspension::ClockStops), ("clock-runs", Suspension::ClockRuns)];
        let suspension = at.word(&suspensions, "suspension", word, "clock-stops or clock-runs")?;
        let Some(word) = &wire.completes else { return at.open("when a phase is complete") };
        let completes = [("by-act", Completes::ByAct), ("when-filled", Completes::WhenFilled)];
        let completes = at.word(&completes, "completes", word, "by-act or when-filled")?;
        if completes == Completes::WhenFilled && !self.fills(&legs) {
            return at.contradiction(
                "no quantity with a least amount of heads or things counts only the legs of the phase",
            );
        }
        if completes == Completes::WhenFilled && self.asks_uncounted(&legs) {
            return at.contradiction(
                "when-filled counts no value and no identified persons, of which the phase alone owes some",
            );
        }
        let on_expiry = match (wire.on_expiry.as_deref(), lasts) {
            (None, Lasts::Open) => Expiry::StaysOwed,
            (None, _) => return at.open("what becomes of what is owed when a phase's window has passed"),
            (Some(word), _) => {
                let words = [("lapses", Expiry::Lapses), ("stays-owed", Expiry::StaysOwed)];
                at.word(&words, "on_expiry", word, "lapses or stays-owed")?
            }
        };
        let name = at.words(wire.name, "phase name", NAME_BYTES_MAX)?;
        let clause = *wire.clause.get_ref();
        Ok(Phase { id, clause, name, legs, after, opens, lasts, extension, suspension, completes, on_expiry })
    }

    /// Whether a quantity that counts only these legs has a least amount of heads or things.
    fn fills(&self, legs: &[usize]) -> bool {
        self.asked_of(legs).any(|one| is_counted(&one.unit))
    }

    /// Whether a quantity that counts only these legs has a least amount in a unit that no receipt counts.
    fn asks_uncounted(&self, legs: &[usize]) -> bool {
        self.asked_of(legs).any(|one| !is_counted(&one.unit))
    }

    fn asked_of(&self, legs: &[usize]) -> impl Iterator<Item = &Quantity> {
        let inside = |one: &&Quantity| one.legs.iter().all(|leg| legs.contains(leg));
        self.quantities.iter().filter(|one| one.amount.least().is_some()).filter(inside)
    }

    fn opens(&self, at: At, wire: &WirePhase, after: &[usize]) -> Result<Opens, TermsError> {
        match (wire.opens, wire.opens_after_hours, wire.opens_by_act) {
            (Some(day), None, None) => {
                let opens = moment(day, at, "opens", End::First)?;
                if opens < Moment::start_of(self.signed_on) {
                    return at.contradiction("a phase opens before signing");
                }
                Ok(Opens::At(opens))
            }
            (None, Some(hours), None) => {
                let hours = at.within("opens_after_hours", hours, 0, HOURS_MAX)?;
                Ok(if after.is_empty() {
                    Opens::AfterSigning { hours }
                } else {
                    Opens::AfterPhases { hours }
                })
            }
            (None, None, Some(true)) => Ok(Opens::ByAct),
            (None, None, None | Some(false)) => {
                at.open("when a phase opens: opens, opens_after_hours or opens_by_act = true")
            }
            _ => at.contradiction("a phase has one of opens, opens_after_hours and opens_by_act"),
        }
    }

    fn lasts(&self, at: At, wire: &WirePhase, opens: Opens) -> Result<Lasts, TermsError> {
        match (wire.closes, wire.hours, wire.without_end) {
            (Some(day), None, None) => {
                let closes = moment(day, at, "closes", End::Last)?;
                let opened = match opens {
                    Opens::At(opened) => Some(opened),
                    Opens::AfterSigning { hours } => {
                        Moment::start_of(self.signed_on).plus_hours(u64::from(hours))
                    }
                    Opens::AfterPhases { .. } | Opens::ByAct => None,
                };
                let late = opened.is_some_and(|opened| closes <= opened);
                if late || closes <= Moment::start_of(self.signed_on) {
                    return at.contradiction("a phase closes before it opens, or before signing");
                }
                Ok(Lasts::Until(closes))
            }
            (None, Some(hours), None) => Ok(Lasts::Hours(at.within("hours", hours, 1, HOURS_MAX)?)),
            (None, None, Some(true)) => Ok(Lasts::Open),
            (None, None, None | Some(false)) => {
                at.open("how long a phase lasts: closes, hours or without_end = true")
            }
            _ => at.contradiction("a phase has one of closes, hours and without_end"),
        }
    }

    fn extension(&self, at: At, wire: &WireExtension) -> Result<Extension, TermsError> {
        let legs = self.places_of_legs(at, &wire.legs)?;
        if legs.is_empty() {
            return at.open("which legs prolong a phase");
        }
        Ok(Extension {
            hours: at.within("hours", wire.hours, 1, HOURS_MAX)?,
            per: at.within("per", wire.per, 1, 1_000_000)?,
            beyond: wire.beyond.unwrap_or(0),
            legs,
            hours_max: wire.hours_max.map(|most| at.within("hours_max", most, 1, HOURS_MAX)).transpose()?,
        })
    }

    pub(super) fn conditions(&self, wire: Vec<WireCondition>) -> Result<Vec<Condition>, TermsError> {
        let mut read: Vec<Condition> = Vec::new();
        for condition in wire {
            let at = self.clause(&condition.clause)?;
            let known = |id: &LabelId| read.iter().any(|one| one.id == *id);
            let id = self.new_id(at, &condition.id, "condition", known)?;
            let expected = "no-active-service, neutral-stay, no-ceremony, stay-away, reporting or other";
            let kind = at.word(&ConditionKind::ALL, "kind", &condition.kind, expected)?;
            let until = until(at, &condition)?;
            if matches!(until, Until::Moment(end) if end <= Moment::start_of(self.signed_on)) {
                return at.contradiction("a condition ends before signing");
            }
            read.push(Condition {
                id,
                clause: *condition.clause.get_ref(),
                kind,
                bound: self.party(at, &condition.bound).or_else(|_| self.neutral(at, &condition.bound))?,
                legs: self.places_of_legs(at, &condition.legs)?,
                categories: self.category_ids(at, &condition.categories)?,
                until,
                says: at.words(condition.says, "condition", CLAUSE_BYTES_MAX)?,
            });
        }
        Ok(read)
    }

    pub(super) fn notices(&self, wire: &WireNotices) -> Result<Notices, TermsError> {
        let at = self.clause(&wire.clause)?;
        let Some(hours) = wire.answer_hours else { return at.open("how long a notice waits for its reply") };
        let answer_hours = at.within("answer_hours", hours, 1, 8_760)?;
        Ok(Notices { clause: *wire.clause.get_ref(), answer_hours })
    }
}

/// Whether receipts alone tell how much of a unit there is.
fn is_counted(unit: &Unit) -> bool {
    !matches!(unit, Unit::Value(_) | Unit::Identified)
}

fn until(at: At, wire: &WireCondition) -> Result<Until, TermsError> {
    match (wire.until, wire.days_after_receipt, wire.until_event.as_deref()) {
        (Some(day), None, None) => Ok(Until::Moment(moment(day, at, "until", End::Last)?)),
        (None, Some(days), None) => {
            Ok(Until::DaysAfterReceipt(at.within("days_after_receipt", days, 1, 36_525)?))
        }
        (None, None, Some(word)) => {
            let events = [
                ("end-of-hostilities", Until::EndOfHostilities),
                ("lifted", Until::Lifted),
                ("never", Until::Always),
            ];
            at.word(&events, "until_event", word, "end-of-hostilities, lifted or never")
        }
        (None, None, None) => {
            at.open("until when a condition holds: until, days_after_receipt or until_event")
        }
        _ => at.contradiction("a condition has one of until, days_after_receipt and until_event"),
    }
}
