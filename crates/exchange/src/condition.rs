//! What must be kept after people have gone home: how long it holds, and what somebody has seen.
//!
//! Decides until when an after-condition holds, for everyone or for one person, and lays beside it what was observed: by
//! whom, when, about whom, and whether the condition held then. Refuses to know whether anybody acted against it: an alert
//! is what somebody says to have seen, and a notice ([`crate::notice`]) is the parties' own step.

use std::collections::{BTreeMap, BTreeSet};

use crate::agreement::{Condition, ConditionKind, Object, Terms, Until};
use crate::ids::{Item, Party};
use crate::ledger::{Act, ConditionAct, Voice, What};
use crate::moment::{HOUR, Moment};
use crate::receipts::{Receipt, receipts};

const DAY_HOURS: u64 = (crate::moment::DAY / HOUR) as u64;

/// An after-condition at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The condition, by its place in the terms.
    pub condition: usize,
    /// Its clause.
    pub clause: u32,
    /// What it is about.
    pub kind: ConditionKind,
    /// Who is bound.
    pub bound: Party,
    /// How it stands.
    pub state: State,
}

/// How a condition stands at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// It holds.
    Holds {
        /// Until when or what. [`Until::DaysAfterReceipt`] ends for each person apart ([`persons`]).
        until: Until,
        /// Where it waits for the parties' word: who has said so.
        said: Vec<Voice>,
        /// Where it waits for the parties' word: who has not.
        missing: Vec<Voice>,
    },
    /// It has ended: its time has passed, or every party has said that hostilities have ended.
    Ended {
        /// When.
        at: Moment,
    },
    /// The parties that are not bound have lifted it.
    Lifted {
        /// When the last of them did.
        at: Moment,
        /// Who.
        by: Vec<Voice>,
    },
}

/// A person, or a lot, that a condition is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OfPerson {
    /// Who.
    pub item: Item,
    /// How many; 1 for a person.
    pub count: u32,
    /// The leg the person came along, by its place in the terms: its clause and account are the basis of the release.
    pub leg: usize,
    /// The category, by its place in the terms, where one was stated.
    pub category: Option<u8>,
    /// When both sides' word of the receipt was there.
    pub received: Moment,
    /// When it ends for this person; nothing where no moment is known, or there is none.
    pub ends: Option<Moment>,
}

/// What somebody has seen that does not seem to agree with a condition. It says nothing about whether it does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alert {
    /// The act, by its place among the acts.
    pub act: usize,
    /// The condition, by its place in the terms.
    pub condition: usize,
    /// Its clause.
    pub clause: u32,
    /// Who is bound.
    pub bound: Party,
    /// Who observed.
    pub by: Voice,
    /// When, where it was stated.
    pub at: Option<Moment>,
    /// About whom, where it is about one person.
    pub item: Option<Item>,
    /// When that person was received, where both sides have said so with a moment.
    pub received: Option<Moment>,
    /// Whether the condition held at that moment.
    pub then: Then,
}

/// Whether a condition held when something was observed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    /// It held.
    Held,
    /// It had ended.
    HadEnded {
        /// When.
        at: Moment,
    },
    /// The person had not been received yet.
    NotYetReceived,
    /// It cannot be said.
    NotKnown(NotKnown),
}

/// Why it cannot be said whether a condition held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotKnown {
    /// The observation has no moment.
    NoMoment,
    /// The condition ends for each person apart, and the observation names none.
    NoPerson,
    /// The observation names a person of whom no receipt is known.
    NoReceipt,
}

/// How every condition of the terms stands at a moment.
///
/// # Rule
/// The clauses of the conditions ([`Condition::until`]). "Lifted" needs the word of every party that is not bound, the end
/// of hostilities that of every party. A word without a moment is not counted. Where the text sets another end, or none,
/// words do not change it.
pub fn conditions(terms: &Terms, acts: &[Act], now: Moment) -> Vec<Standing> {
    let said = said(terms, acts);
    let each = terms.conditions.iter().zip(&said).enumerate();
    each.map(|(place, (condition, said))| Standing {
        condition: place,
        clause: condition.clause,
        kind: condition.kind,
        bound: condition.bound.clone(),
        state: state(terms, condition, said, now),
    })
    .collect()
}

/// Whom a condition is about, by its place in the terms: every person and lot received by both along its legs, in order
/// of time, with the moment when it ends for them.
///
/// # Rule
/// The clause of the condition. So many days are counted from the person's receipt, to the second. Where no leg is named,
/// the legs of persons are meant.
pub fn persons(terms: &Terms, acts: &[Act], condition: usize) -> Vec<OfPerson> {
    let Some(of) = terms.conditions.get(condition) else { return Vec::new() };
    let ends = general_end(terms, of, &said(terms, acts)[condition]);
    let received = receipts(terms, acts, |leg| is_about_leg(terms, of, leg));
    let about = received.iter().filter(|receipt| is_about(terms, of, receipt));
    about
        .map(|receipt| OfPerson {
            item: receipt.item,
            count: receipt.count,
            leg: receipt.leg,
            category: receipt.category,
            received: receipt.at,
            ends: match of.until {
                Until::DaysAfterReceipt(days) => Some(days_after(receipt.at, days)),
                _ => ends,
            },
        })
        .collect()
}

/// Everything observed about the conditions, in order of time; what has no moment comes first.
///
/// # Rule
/// The clauses of the conditions. Windows are half-open: at the moment of its end a condition does not hold any more.
pub fn alerts(terms: &Terms, acts: &[Act]) -> Vec<Alert> {
    let said = said(terms, acts);
    let received = received_of_observed(terms, acts);
    let mut alerts = Vec::new();
    for (place, act) in acts.iter().enumerate() {
        let What::Condition { condition, kind: ConditionAct::Observed { item } } = act.what else { continue };
        let condition = usize::from(condition);
        let Some(of) = terms.conditions.get(condition) else { continue };
        let of_person = item.and_then(|item| received.get(&item)).map_or(&[][..], Vec::as_slice);
        let received = last_before(of_person.iter().filter(|receipt| is_about(terms, of, receipt)), act.at);
        let then = match act.at {
            None => Then::NotKnown(NotKnown::NoMoment),
            Some(at) => then(of, general_end(terms, of, &said[condition]), item, received, at),
        };
        let (clause, bound) = (of.clause, of.bound.clone());
        alerts.push(Alert {
            act: place,
            condition,
            clause,
            bound,
            by: act.by,
            at: act.at,
            item,
            received,
            then,
        });
    }
    alerts.sort_by_key(|alert| alert.at);
    alerts
}

fn then(
    of: &Condition,
    general_end: Option<Moment>,
    item: Option<Item>,
    received: Option<Moment>,
    at: Moment,
) -> Then {
    let end = match (of.until, item, received) {
        (Until::DaysAfterReceipt(_), None, _) => return Then::NotKnown(NotKnown::NoPerson),
        // A condition binds those who were received, however it ends.
        (_, Some(_), None) => return Then::NotKnown(NotKnown::NoReceipt),
        (Until::DaysAfterReceipt(days), Some(_), Some(received)) => Some(days_after(received, days)),
        _ => general_end,
    };
    match end {
        Some(end) if end <= at => Then::HadEnded { at: end },
        _ if received.is_some_and(|received| at < received) => Then::NotYetReceived,
        _ => Then::Held,
    }
}

/// The last receipt not after a moment; where there is none, the first of all.
fn last_before<'a>(
    receipts: impl Iterator<Item = &'a Receipt> + Clone,
    at: Option<Moment>,
) -> Option<Moment> {
    let moments = receipts.map(|receipt| receipt.at);
    moments.clone().filter(|received| at.is_some_and(|at| *received <= at)).last().or(moments.min())
}

/// When each party first said that each condition has ended.
fn said(terms: &Terms, acts: &[Act]) -> Vec<BTreeMap<Voice, Moment>> {
    let mut said = vec![BTreeMap::new(); terms.conditions.len()];
    for act in acts {
        let What::Condition { condition, kind: ConditionAct::Ended } = act.what else { continue };
        if let (Some(at), Some(of)) = (act.at, said.get_mut(usize::from(condition)))
            && usize::from(act.by.0) < terms.parties.len()
        {
            let first: &mut Moment = of.entry(act.by).or_insert(at);
            *first = at.min(*first);
        }
    }
    said
}

/// Whose word ends a condition; nothing where no word does.
fn deciding(terms: &Terms, condition: &Condition) -> Option<BTreeSet<Voice>> {
    let bound = terms.voice(condition.bound.as_str());
    // At most 16 parties.
    let all = (0..terms.parties.len()).map(|place| Voice(place as u8));
    match condition.until {
        Until::EndOfHostilities => Some(all.collect()),
        Until::Lifted => Some(all.filter(|voice| Some(*voice) != bound).collect()),
        Until::Moment(_) | Until::DaysAfterReceipt(_) | Until::Always => None,
    }
}

/// When a condition ends for everyone at once; nothing where that is not known, or each person has an end of their own.
fn general_end(terms: &Terms, condition: &Condition, said: &BTreeMap<Voice, Moment>) -> Option<Moment> {
    if let Until::Moment(end) = condition.until {
        return Some(end);
    }
    let words = deciding(terms, condition)?.into_iter().map(|voice| said.get(&voice).copied());
    words.collect::<Option<Vec<Moment>>>()?.into_iter().max()
}

fn state(terms: &Terms, condition: &Condition, said: &BTreeMap<Voice, Moment>, now: Moment) -> State {
    let deciding = deciding(terms, condition).unwrap_or_default();
    if let Some(at) = general_end(terms, condition, said).filter(|end| *end <= now) {
        return match condition.until {
            Until::Lifted => State::Lifted { at, by: deciding.into_iter().collect() },
            _ => State::Ended { at },
        };
    }
    let has_said = |voice: &Voice| said.get(voice).is_some_and(|at| *at <= now);
    let (said, missing) = deciding.into_iter().partition(has_said);
    State::Holds { until: condition.until, said, missing }
}

/// So many days later, or the end of time.
fn days_after(received: Moment, days: u32) -> Moment {
    received.plus_hours(u64::from(days) * DAY_HOURS).unwrap_or(Moment(i64::MAX))
}

fn is_about_leg(terms: &Terms, condition: &Condition, leg: usize) -> bool {
    if condition.legs.is_empty() {
        return terms.legs.get(leg).is_some_and(|leg| leg.object == Object::Persons);
    }
    condition.legs.contains(&leg)
}

fn is_about(terms: &Terms, condition: &Condition, receipt: &Receipt) -> bool {
    let category = receipt.category.and_then(|place| terms.categories.get(usize::from(place)));
    is_about_leg(terms, condition, receipt.leg)
        && (condition.categories.is_empty()
            || category.is_some_and(|category| condition.categories.contains(&category.id)))
}

/// The receipts of those that observations are about, in order of time.
fn received_of_observed(terms: &Terms, acts: &[Act]) -> BTreeMap<Item, Vec<Receipt>> {
    let observed = |act: &Act| match act.what {
        What::Condition { kind: ConditionAct::Observed { item }, .. } => item,
        _ => None,
    };
    let mut of_observed: BTreeMap<Item, Vec<Receipt>> =
        acts.iter().filter_map(observed).map(|item| (item, Vec::new())).collect();
    if !of_observed.is_empty() {
        for receipt in receipts(terms, acts, |_| true) {
            if let Some(of_person) = of_observed.get_mut(&receipt.item) {
                of_person.push(receipt);
            }
        }
    }
    of_observed
}

#[cfg(test)]
mod tests;
