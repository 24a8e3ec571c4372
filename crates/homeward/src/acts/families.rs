//! Families before the press: every try to reach a family, and the embargo that follows from the call list.
//!
//! Decides where a call stands at a given time and whether the families of a round have come first. Refuses to know what
//! is published afterwards.

use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::{PersonId, RoundNo};
use parley::{Body, EntryId, ItemState, PartyId, Record};
use register::{CallRow, CallState, Reading, Try};

use crate::act::{Act, ActError};
use crate::clock::Millis;
use crate::node::Shared;

const HOUR: Millis = 3_600_000;

/// What came of a try.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The family was told.
    Reached,
    /// Nobody answered.
    NoAnswer,
    /// The number belongs to somebody else.
    WrongNumber,
}

impl Outcome {
    /// Every outcome, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Reached, Self::NoAnswer, Self::WrongNumber];

    /// Its code in forms, storage and message keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no-answer",
            Self::WrongNumber => "wrong-number",
        }
    }

    /// Reads a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// Where a call stands at a time: one whose time has passed is handed on, whether or not that was written down.
pub fn state_at(row: &CallRow, now: Millis) -> CallState {
    if row.state == CallState::Due && row.due_by <= now { CallState::Escalated } else { row.state }
}

/// Writes down a try. A family that was reached closes the call; after the agreed time anything else hands it on.
pub async fn tried(
    act: &mut Act<'_>,
    call: &str,
    outcome: Outcome,
    who: Option<String>,
) -> Result<CallRow, ActError> {
    let mut row = unreached(act, call).await?;
    let at = act.tx.at();
    row.tries.push(Try { at, by: act.actor.officer.clone(), outcome: outcome.code().to_owned(), who });
    row.state = if outcome == Outcome::Reached { CallState::Reached } else { state_at(&row, at) };
    act.tx.put(&row).await?;
    Ok(row)
}

/// Writes down that a call is handed on because its time has passed.
pub async fn escalate(act: &mut Act<'_>, call: &str) -> Result<CallRow, ActError> {
    let mut row = unreached(act, call).await?;
    if state_at(&row, act.tx.at()) != CallState::Escalated {
        return Err(ActError::rule("call-still-due", ""));
    }
    row.state = CallState::Escalated;
    act.tx.put(&row).await?;
    Ok(row)
}

async fn unreached(act: &mut Act<'_>, call: &str) -> Result<CallRow, ActError> {
    let row = act.tx.call(call).await?.ok_or(ActError::NotFound)?;
    if row.state == CallState::Reached { Err(ActError::rule("call-reached", "")) } else { Ok(row) }
}

/// Every call of a round. People whose key was destroyed are left out.
pub async fn calls_of_round(reading: &mut Reading, round: RoundNo) -> Result<Vec<CallRow>, ActError> {
    Ok(reading.calls_of_round(round).await?.whole()?)
}

/// Why a bulletin of a round may not be released yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Embargo {
    /// Families still to be told, in time.
    pub open_calls: u32,
    /// People who came home and have no call, because no dossier was linked.
    pub without_call: u32,
    /// People released to us, neither confirmed nor held again.
    pub in_transit: u32,
    /// When the agreed time of the last of them ends; people in transit have no such time yet.
    pub until: Option<Millis>,
}

impl Embargo {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.open_calls > 0 || self.without_call > 0 || self.in_transit > 0
    }
}

/// The embargo of a round at a time: until each family was told or its agreed time has passed.
pub async fn embargo(
    reading: &mut Reading,
    shared: &Shared,
    me: &PartyId,
    round: RoundNo,
    now: Millis,
) -> Result<Embargo, ActError> {
    let mut embargo = Embargo::default();
    let until = |embargo: &mut Embargo, due_by: Millis| {
        embargo.until = embargo.until.max(Some(due_by));
    };
    let calls = calls_of_round(reading, round).await?;
    for call in calls.iter().filter(|call| state_at(call, now) == CallState::Due) {
        embargo.open_calls += 1;
        until(&mut embargo, call.due_by);
    }
    let Some(theirs) = shared.record.members().other(me) else { return Ok(embargo) };
    let Some(state) = shared.record.view().round(round) else { return Ok(embargo) };
    embargo.in_transit = u32::try_from(state.counts(&theirs).in_transit()).unwrap_or(u32::MAX);
    let hours = shared.terms.as_ref().map_or(0, |terms| terms.call_hours());
    let called: BTreeSet<PersonId> = calls.iter().map(|call| call.person).collect();
    for arrival in arrivals(&shared.record, me, round) {
        let line = reading.line_of(round, &super::item(arrival.item)).await?;
        if line.and_then(|line| line.person).is_some_and(|person| called.contains(&person)) {
            continue;
        }
        let due_by = arrival.received_at + Millis::from(hours) * HOUR;
        if due_by > now {
            embargo.without_call += 1;
            until(&mut embargo, due_by);
        }
    }
    Ok(embargo)
}

/// One person who came home in a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Arrival {
    /// The item.
    pub item: parley::Item,
    /// When the holder wrote the release down, ms since 1970.
    pub released_at: Millis,
    /// When the receipt was written, ms since 1970.
    pub received_at: Millis,
}

/// Everyone whom this side has received in a round, by item.
pub fn arrivals(record: &Record, me: &PartyId, round: RoundNo) -> Vec<Arrival> {
    let Some(state) = record.view().round(round) else { return Vec::new() };
    let written = |id: &EntryId| record.entry(id).map_or(0, |entry| millis(entry.entry().time));
    let receipts: BTreeMap<EntryId, Millis> = record
        .applied()
        .iter()
        .filter(|entry| entry.entry().author == *me)
        .filter_map(|entry| match entry.body() {
            Body::Receipt { release } => Some((*release, millis(entry.entry().time))),
            _ => None,
        })
        .collect();
    let mut arrivals = Vec::new();
    for (item, (holder, now)) in state.items() {
        if holder == *me || now != ItemState::Received {
            continue;
        }
        let Some(release) = state.release(&item) else { continue };
        let Some(&received_at) = receipts.get(&release) else { continue };
        arrivals.push(Arrival { item, released_at: written(&release), received_at });
    }
    arrivals
}

fn millis(seconds: u64) -> Millis {
    i64::try_from(seconds).unwrap_or(i64::MAX / 1000).saturating_mul(1000)
}
