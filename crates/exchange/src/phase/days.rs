//! The limits of one day. A finding, never a refusal.

use std::collections::BTreeMap;

use time::Date;

use super::{Timeline, matters};
use crate::agreement::{PerDay, Quantity, Terms};
use crate::ledger::Act;
use crate::moment::{DAY, Moment};
use crate::receipts::{Counted, Receipt, receipts};

/// The most days that are looked through for one quantity: a hundred years.
const DAYS_MAX: usize = 36_525;

/// A day on which a quantity was over its most or under its least.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayFinding {
    /// The quantity, by its place in the terms.
    pub quantity: usize,
    /// Its clause.
    pub clause: u32,
    /// The day, in coordinated universal time.
    pub day: Date,
    /// Received by both on that day.
    pub count: u64,
    /// The limit that it differs from.
    pub limit: DayLimit,
}

/// A limit of one day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayLimit {
    /// Fewer than the least.
    Least(u32),
    /// More than the most.
    Most(u32),
}

/// Lists, per quantity and day, where what was received by both differs from the limits of one day.
///
/// # Rule
/// The clauses of the quantities ([`Quantity::per_day`]). A day counts where something was received, and also a day on
/// which nothing was, if it lies between the first day and the last and a phase of the quantity's legs was open on it
/// (or none of its legs stands in a phase). Quantities in values and in identified persons have no day.
pub fn days(terms: &Terms, acts: &[Act]) -> Vec<DayFinding> {
    let limited =
        |leg: usize| terms.quantities.iter().any(|one| one.per_day.is_some() && one.legs.contains(&leg));
    if !(0..terms.legs.len()).any(limited) {
        return Vec::new();
    }
    let received = receipts(terms, acts, |leg| limited(leg) || matters(terms, leg));
    let timeline = Timeline::after(terms, acts, &received);
    let mut found = Vec::new();
    for (place, quantity) in terms.quantities.iter().enumerate() {
        let (Some(limits), Some(counted)) = (quantity.per_day, Counted::by(terms, quantity)) else {
            continue;
        };
        let mut counts = counts(&counted, &received);
        if limits.least.is_some() {
            add_empty_days(terms, quantity, &timeline, &mut counts);
        }
        for (day, count) in counts {
            let day = Moment(day.saturating_mul(DAY)).day();
            if let (Some(limit), Some(day)) = (differs(limits, count), day) {
                found.push(DayFinding { quantity: place, clause: quantity.clause, day, count, limit });
            }
        }
    }
    found
}

fn counts(counted: &Counted, received: &[Receipt]) -> BTreeMap<i64, u64> {
    let mut counts = BTreeMap::new();
    for receipt in received {
        let count = counted.count(receipt);
        if count > 0 {
            *counts.entry(receipt.at.0.div_euclid(DAY)).or_insert(0) += count;
        }
    }
    counts
}

fn add_empty_days(terms: &Terms, quantity: &Quantity, timeline: &Timeline, counts: &mut BTreeMap<i64, u64>) {
    let (Some((first, _)), Some((last, _))) = (counts.first_key_value(), counts.last_key_value()) else {
        return;
    };
    let (first, last) = (*first, *last);
    let runs = |phase: &usize| terms.phases[*phase].legs.iter().any(|leg| quantity.legs.contains(leg));
    let phases: Vec<usize> = (0..terms.phases.len()).filter(runs).collect();
    for day in (first..=last).take(DAYS_MAX) {
        let (from, until) = (day.saturating_mul(DAY), day.saturating_add(1).saturating_mul(DAY));
        let open = |phase: &usize| opens_within(timeline.open(*phase), Moment(from), Moment(until));
        if phases.is_empty() || phases.iter().any(open) {
            counts.entry(day).or_insert(0);
        }
    }
}

/// Whether any of some half-open windows, in order, shares a moment with another.
fn opens_within(windows: &[(Moment, Moment)], from: Moment, until: Moment) -> bool {
    let next = windows.partition_point(|(_, end)| *end <= from);
    windows.get(next).is_some_and(|(start, end)| *start < until && start < end)
}

fn differs(limits: PerDay, count: u64) -> Option<DayLimit> {
    let under = limits.least.filter(|least| count < u64::from(*least)).map(DayLimit::Least);
    under.or_else(|| limits.most.filter(|most| count > u64::from(*most)).map(DayLimit::Most))
}
