//! Where a person stands under the terms: category, medical group, time held, each with its reasons.
//!
//! Decides by values known on a day; refuses to say that anyone has no claim: whoever gets no place gets the reason, and
//! what would settle a doubt. Where a date is imprecise, doubt never advances anyone before others, and the reason says so.

use time::{Date, Month};

use crate::agreement::{CategoryId, CountingDay, Predicate, Terms, Test};
use crate::medical::{Finding, Group, finding};
use crate::person::{PartialDate, Person, State, standing};

/// Where a person stands under the terms on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct Placement {
    /// The first category in published precedence that fits; nothing when none does or the person is free or dead.
    pub category: Option<CategoryId>,
    /// What the examinations indicate.
    pub group: Group,
    /// Priority class of the published order, 1 = first; nothing without a category.
    pub class: Option<u8>,
    /// The day from which captivity counts.
    pub held_since: Option<Date>,
    /// The medical finding, with its evidence.
    pub finding: Finding,
    /// Why, in the order the rules were read.
    pub reasons: Vec<Reason>,
}

impl Placement {
    /// The day from which captivity counts for the order; without a known capture the day of the listing itself, since
    /// doubt never advances anyone.
    pub fn held_since_or(&self, listing: Date) -> Date {
        self.held_since.unwrap_or(listing)
    }
}

/// A reason of a placement. The words are the desk's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The claims say that the person is free or dead, and none stands against it: no place.
    NoPlace(State),
    /// The claims contradict each other over life and death: the person keeps the place and the desk has to look.
    Contradicted,
    /// This category was read before the deciding one and does not fit.
    NotIn {
        /// Its place in the precedence, from 0.
        category: usize,
        /// The clause that creates it.
        clause: u32,
        /// Why it does not fit.
        missed: Missed,
    },
    /// This category fits.
    In {
        /// Its place in the precedence, from 0.
        category: usize,
        /// The clause that creates it.
        clause: u32,
    },
    /// An earlier examination was more pressing than the deciding one.
    EarlierMorePressing,
    /// The medical rule applied was not yet read against the text of the Convention.
    RuleUnverified,
    /// No capture date is known.
    CaptureUnknown,
    /// The capture date lies after the day of the placement, and is not used.
    CaptureAfter,
    /// Only the year of capture is known: counted from its last day.
    CaptureYearOnly,
    /// Only the month of capture is known: counted from its last day.
    CaptureMonthOnly,
}

/// Why a category does not fit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missed {
    /// No examination indicates one of its groups.
    NoSuchGround,
    /// As old as the limit or older on the day that counts.
    Age,
    /// No date of birth is known.
    BirthUnknown,
    /// The date of birth is not precise enough to say.
    BirthImprecise,
    /// The age counts on the day of capture, and that day is not known.
    CaptureUnknown,
    /// Of the other sex.
    Sex,
    /// The sex is not recorded.
    SexUnknown,
    /// Captured outside the window.
    CapturedOutside,
    /// The capture is not dated precisely enough to say.
    CaptureImprecise,
    /// Of another rank.
    Rank,
    /// The rank is not recognised.
    RankUnknown,
    /// The register does not hold what the clause asks for.
    NotHeldHere,
}

/// Places a person under the terms with what is known on `on`: the day of the listing, or of the handover when tested again.
///
/// The first category in published precedence whose predicate holds decides; each person counts once. The age counts on
/// the day the clause names. Captivity counts from the day of capture; a month or year alone counts from its last day.
pub fn category(terms: &Terms, person: &Person, on: Date) -> Placement {
    let finding = finding(&person.examinations, on);
    let mut reasons = Vec::new();
    if finding.earlier.is_some() {
        reasons.push(Reason::EarlierMorePressing);
    }
    if !finding.verified {
        reasons.push(Reason::RuleUnverified);
    }
    let held_since = held_since(person, on, &mut reasons);
    let found = if gone(person, on, &mut reasons) {
        None
    } else {
        first_fitting(terms, person, finding.group, on, &mut reasons)
    };
    let class = found.as_ref().and_then(|category| terms.class(finding.group, category));
    Placement { category: found, group: finding.group, class, held_since, finding, reasons }
}

/// Whether the claims known on a day leave no place. A death against which life is claimed does not.
fn gone(person: &Person, on: Date, reasons: &mut Vec<Reason>) -> bool {
    let known: Vec<_> = person.claims.iter().filter(|claim| claim.of <= on).cloned().collect();
    let Some(standing) = standing(&known) else { return false };
    if standing.contradicted {
        reasons.push(Reason::Contradicted);
    }
    let gone = match standing.state {
        State::Freed => true,
        State::Dead => !standing.contradicted,
        State::Missing | State::Held | State::Alive => false,
    };
    if gone {
        reasons.push(Reason::NoPlace(standing.state));
    }
    gone
}

fn first_fitting(
    terms: &Terms,
    person: &Person,
    group: Group,
    on: Date,
    reasons: &mut Vec<Reason>,
) -> Option<CategoryId> {
    for (place, category) in terms.categories.iter().enumerate() {
        let clause = category.clause;
        match fits(&category.predicate, person, group, on, terms.signed_on) {
            Ok(()) => {
                reasons.push(Reason::In { category: place, clause });
                return Some(category.id.clone());
            }
            Err(missed) => reasons.push(Reason::NotIn { category: place, clause, missed }),
        }
    }
    None
}

/// Whether every test of a predicate passes; the first that does not says why.
fn fits(
    predicate: &Predicate,
    person: &Person,
    group: Group,
    on: Date,
    signed_on: Date,
) -> Result<(), Missed> {
    predicate.tests.iter().try_for_each(|test| passes(test, person, group, on, signed_on))
}

fn passes(test: &Test, person: &Person, group: Group, on: Date, signed_on: Date) -> Result<(), Missed> {
    let keep = |fits: bool, missed: Missed| if fits { Ok(()) } else { Err(missed) };
    match test {
        Test::Medical(groups) => keep(groups.contains(&group), Missed::NoSuchGround),
        Test::Age { from, below, on: day } => {
            let counts = match day {
                CountingDay::Signing => signed_on,
                CountingDay::Listing | CountingDay::Handover => on,
                CountingDay::Capture => {
                    captured(person).and_then(PartialDate::day).ok_or(Missed::CaptureUnknown)?
                }
            };
            let birth = person.birth.ok_or(Missed::BirthUnknown)?;
            let (Some(first), Some(last)) = (first_day(birth), last_day(birth)) else {
                return Err(Missed::BirthImprecise);
            };
            let within = |age: i32| {
                from.is_none_or(|from| age >= i32::from(from))
                    && below.is_none_or(|below| age < i32::from(below))
            };
            sure(within(age(first, counts)), within(age(last, counts)), Missed::Age, Missed::BirthImprecise)
        }
        Test::Sex(sex) => keep(person.sex.ok_or(Missed::SexUnknown)? == *sex, Missed::Sex),
        Test::Captured { from, until } => {
            let date = captured(person).ok_or(Missed::CaptureUnknown)?;
            let (Some(first), Some(last)) = (first_day(date), last_day(date)) else {
                return Err(Missed::CaptureImprecise);
            };
            let (opens, closes) = (from.unwrap_or(Date::MIN), until.unwrap_or(Date::MAX));
            let (inside, overlaps) = (opens <= first && last <= closes, first <= closes && opens <= last);
            sure(inside, overlaps, Missed::CapturedOutside, Missed::CaptureImprecise)
        }
        Test::Rank(ranks) => {
            let code = person.rank.as_ref().and_then(|rank| rank.code.as_ref()).ok_or(Missed::RankUnknown)?;
            keep(ranks.contains(code), Missed::Rank)
        }
        Test::Status(_) | Test::NotUnits(_) | Test::Identified => Err(Missed::NotHeldHere),
    }
}

/// What both ends of an imprecise date say; where they differ, the doubt.
fn sure(first: bool, last: bool, missed: Missed, doubt: Missed) -> Result<(), Missed> {
    match (first, last) {
        (true, true) => Ok(()),
        (false, false) => Err(missed),
        _ => Err(doubt),
    }
}

fn captured(person: &Person) -> Option<PartialDate> {
    person.capture.as_ref().and_then(|capture| capture.date)
}

/// Full years on a day. Who was born on 29 February completes a year on 1 March of a common year.
fn age(birth: Date, on: Date) -> i32 {
    let had_birthday = (on.month() as u8, on.day()) >= (birth.month() as u8, birth.day());
    on.year() - birth.year() - i32::from(!had_birthday)
}

fn held_since(person: &Person, on: Date, reasons: &mut Vec<Reason>) -> Option<Date> {
    let Some((capture, first)) = captured(person).and_then(|date| Some((date, first_day(date)?))) else {
        reasons.push(Reason::CaptureUnknown);
        return None;
    };
    if first > on {
        reasons.push(Reason::CaptureAfter);
        return None;
    }
    match capture {
        PartialDate::Year(_) => reasons.push(Reason::CaptureYearOnly),
        PartialDate::Month(..) => reasons.push(Reason::CaptureMonthOnly),
        PartialDate::Day(_) => {}
    }
    last_day(capture).map(|last| last.min(on))
}

fn first_day(date: PartialDate) -> Option<Date> {
    match date {
        PartialDate::Year(year) => Date::from_calendar_date(year, Month::January, 1).ok(),
        PartialDate::Month(year, month) => {
            Date::from_calendar_date(year, Month::try_from(month).ok()?, 1).ok()
        }
        PartialDate::Day(day) => Some(day),
    }
}

fn last_day(date: PartialDate) -> Option<Date> {
    match date {
        PartialDate::Year(year) => Date::from_calendar_date(year, Month::December, 31).ok(),
        PartialDate::Month(year, month) => {
            let month = Month::try_from(month).ok()?;
            Date::from_calendar_date(year, month, month.length(year)).ok()
        }
        PartialDate::Day(day) => Some(day),
    }
}

#[cfg(test)]
mod tests;
