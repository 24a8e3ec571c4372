//! What fell outside the windows of the phases and outside the limits of a day: each with its reason and its act.
//!
//! A finding and never a refusal: the acts count as they were stated.

use exchange::ledger::{Post, What, quantity_needs_categories};
use exchange::phase::{self, Closed, DayFinding, DayLimit, Outside, Reason};
use parley::Record;
use serde::Serialize;
use time::Date;

use super::{Known, ms};
use crate::web::agreement::as_iso;
use crate::web::ledger::acts::{EntryView, ITEM_DIGITS, entry};
use crate::web::ledger::figure::{Figure, QuantityOf};
use crate::web::terms::Say;
use crate::web::{Pages, Words};

/// Acts on one page.
const PAGE: u32 = 100;
/// How many days the page lists, the latest first.
const DAYS_MAX: usize = 366;

/// Both lists.
#[derive(Serialize)]
pub struct WindowsView {
    /// How many acts there are, over all pages.
    pub outside_count: usize,
    pub outside: Vec<OutsideView>,
    /// Whether any quantity has a limit of a day.
    pub limited: bool,
    pub days: Vec<DayView>,
}

/// An act about somebody while no phase of the leg was open.
#[derive(Serialize)]
pub struct OutsideView {
    pub at: Option<i64>,
    pub by: String,
    /// What: message key `ledger-act-<code>`.
    pub act: &'static str,
    pub direction: String,
    pub round: u32,
    pub item: String,
    pub closed: Vec<ClosedView>,
    pub entry: Option<EntryView>,
}

/// A phase that was not open.
#[derive(Serialize)]
pub struct ClosedView {
    pub phase: String,
    pub clause: u32,
    /// Why: message key `phases-closed-<code>`.
    pub why: &'static str,
    pub at: Option<i64>,
    /// The phases or parties that it waited for, or who had suspended it.
    pub who: String,
}

/// A day on which more or fewer were received than the text has for one day.
#[derive(Serialize)]
pub struct DayView {
    pub clause: u32,
    pub direction: String,
    #[serde(serialize_with = "as_iso")]
    pub day: Date,
    pub count: u64,
    /// `least` or `most`.
    pub limit: &'static str,
    pub of: u32,
    /// The acts behind the quantity.
    pub href: String,
}

/// Why a phase was not open, in words of a page.
pub fn closed_words(one: &ClosedView, t: &Words) -> String {
    let at = one.at.map(|at| t.time(at)).unwrap_or_default();
    let key = format!("phases-closed-{}", one.why);
    let why = t.s2(&key, "at", at, "who", one.who.as_str());
    format!("{}: {why}", t.s2("phases-closed-phase", "phase", one.phase.as_str(), "clause", one.clause))
}

impl Known {
    /// What fell outside, a page of it, with the pages.
    pub(super) fn windows(&self, record: &Record, page: u32, t: Words) -> (WindowsView, Pages) {
        let mut outside = phase::check(&self.terms, &self.acts);
        // A neutral's books put everybody into one category: what depends on categories is not known here.
        outside.retain(|one| self.books.by_category || !self.depends_on_categories(one.leg));
        outside.reverse();
        let pages = Pages::of("/phases?page=", page, outside.len() as u64, PAGE);
        let shown = outside.iter().skip((pages.current as usize - 1) * PAGE as usize).take(PAGE as usize);
        let mut days = phase::days(&self.terms, &self.acts);
        days.retain(|day| {
            self.books.by_category || !quantity_needs_categories(&self.terms, day.quantity, None)
        });
        let view = WindowsView {
            outside_count: outside.len(),
            outside: shown.map(|one| self.outside(record, one, t)).collect(),
            limited: self.terms.quantities.iter().any(|one| one.per_day.is_some()),
            days: days.iter().rev().take(DAYS_MAX).map(|day| self.day(day, t)).collect(),
        };
        (view, pages)
    }

    /// Whether a phase of a leg opens or ends by something that only categories tell.
    fn depends_on_categories(&self, leg: usize) -> bool {
        let of_leg = self.terms.phases.iter().enumerate().filter(|(_, phase)| phase.legs.contains(&leg));
        of_leg.into_iter().any(|(place, _)| phase::needs_categories(&self.terms, place))
    }

    fn outside(&self, record: &Record, one: &Outside, t: Words) -> OutsideView {
        let booked = &self.books.acts[one.act];
        let moved = match booked.act.what {
            What::Move(moved) => Some(moved),
            _ => None,
        };
        OutsideView {
            at: booked.act.at.map(ms),
            by: self.name(booked.act.by, t),
            act: moved.map_or("other", |moved| moved.kind.code()),
            direction: Say { terms: &self.terms, t }.leg(one.leg),
            round: moved.map_or(0, |moved| moved.round),
            item: moved
                .map_or_else(String::new, |moved| moved.item.to_string().chars().take(ITEM_DIGITS).collect()),
            closed: one.closed.iter().map(|closed| self.closed(closed, t)).collect(),
            entry: booked.entry.and_then(|id| entry(record, &id)),
        }
    }

    fn closed(&self, closed: &Closed, t: Words) -> ClosedView {
        let name = |place: &usize| {
            let phase = self.terms.phases.get(*place)?;
            Some(phase.name.in_language(t.lang.code()).to_owned())
        };
        let (why, at, who) = match &closed.reason {
            Reason::NotYetOpen { opens } => ("not-yet-open", Some(ms(*opens)), Vec::new()),
            Reason::WaitsForPhases(phases) => {
                ("waits-for-phases", None, phases.iter().filter_map(name).collect())
            }
            Reason::WaitsForWord(voices) => ("waits-for-word", None, self.names(voices, t)),
            Reason::Suspended { since, by } => ("suspended", Some(ms(*since)), self.names(by, t)),
            Reason::Complete { at } => ("complete", Some(ms(*at)), Vec::new()),
            Reason::Expired { at } => ("expired", Some(ms(*at)), Vec::new()),
        };
        ClosedView {
            phase: name(&closed.phase).unwrap_or_default(),
            clause: closed.clause,
            why,
            at,
            who: who.join(", "),
        }
    }

    fn day(&self, one: &DayFinding, t: Words) -> DayView {
        let legs = &self.terms.quantities[one.quantity].legs;
        let (limit, of) = match one.limit {
            DayLimit::Least(least) => ("least", least),
            DayLimit::Most(most) => ("most", most),
        };
        DayView {
            clause: one.clause,
            direction: Say { terms: &self.terms, t }.legs(legs),
            day: one.day,
            count: one.count,
            limit,
            of,
            href: Figure::Quantity(one.quantity, None, QuantityOf::Post(Post::Filled)).href(&self.terms),
        }
    }
}
