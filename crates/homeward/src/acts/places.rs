//! How many people can go from where: the places that this side declares for a round before it commits to its pool.
//!
//! A place is a site, or a transport or crossing that sites lie in. What is declared is committed with the people, so that nobody
//! can change it once the seed is known. A round starts with the places of the round before it.

use std::collections::BTreeMap;

use exchange::ids::RoundNo;
use exchange::selection::joint::{Cap, PLACES_MAX};
use exchange::selection::of_terms::ROUND;
use exchange::selection::{Pool, is_label};
use minicbor::{Decode, Encode};
use register::{PersonRow, Reading, SettingRow};

use crate::act::{Act, ActError};
use crate::opening::to_cbor;

/// The most places that a desk declares for a round.
pub const PLACES_DECLARED_MAX: usize = 500;

/// The place of whoever is held where no place is declared: it lies in the round and has no number of its own, unless it is
/// declared itself. What a dossier says of the site stays in the house.
pub const OTHER: &str = "-";

/// The places of a pool, with the site of each person among them.
pub struct Sites {
    caps: Vec<Cap>,
    by_label: BTreeMap<String, u16>,
}

impl Sites {
    /// The places declared.
    pub fn of(caps: Vec<Cap>) -> Self {
        // At most `PLACES_DECLARED_MAX`.
        let by_label = caps.iter().zip(0..).map(|(cap, at)| (cap.id.clone(), at)).collect();
        Self { caps, by_label }
    }

    /// The label of the place that a person counts at: the site where the register last saw them, if it is declared.
    pub fn label<'a>(&'a self, row: &'a PersonRow) -> &'a str {
        let written = written(row);
        if self.by_label.contains_key(written) { written } else { OTHER }
    }

    /// The index of that place; the one for everyone else is added when it is needed.
    pub fn place(&mut self, row: &PersonRow) -> u16 {
        if let Some(&at) = self.by_label.get(self.label(row)) {
            return at;
        }
        // At most `PLACES_DECLARED_MAX` and this one.
        let at = self.caps.len() as u16;
        self.caps.push(Cap { id: OTHER.to_owned(), within: None, at_least: 0, at_most: None });
        self.by_label.insert(OTHER.to_owned(), at);
        at
    }

    /// The places, each after the one it lies in.
    pub fn into_caps(self) -> Vec<Cap> {
        self.caps
    }
}

/// Where the register last saw a person held, as it is written there; empty where nobody wrote it down.
pub fn written(row: &PersonRow) -> &str {
    row.person.custody.last().map_or("", |spell| spell.site.trim())
}

/// A place as it is stored.
#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    id: String,
    /// Index of the place it lies in.
    #[n(1)]
    within: Option<u32>,
    #[n(2)]
    at_most: Option<u32>,
}

fn key(round: RoundNo) -> String {
    format!("round-places-{round}")
}

/// The places declared for a round; those of the last round before it that has any, where none are declared for it yet.
pub async fn declared(reading: &mut Reading, round: RoundNo) -> Result<Vec<Cap>, ActError> {
    for number in (1..=round).rev() {
        let Some(value) = reading.setting(&key(number)).await? else { continue };
        let stored: Vec<Stored> = minicbor::decode(&value).map_err(|_| ActError::rule("places", number))?;
        return Ok(stored.into_iter().map(of_stored).collect());
    }
    Ok(Vec::new())
}

fn of_stored(stored: Stored) -> Cap {
    let within = stored.within.and_then(|within| usize::try_from(within).ok());
    Cap { id: stored.id, within, at_least: 0, at_most: stored.at_most }
}

fn to_stored(cap: &Cap) -> Stored {
    let within = cap.within.and_then(|within| u32::try_from(within).ok());
    Stored { id: cap.id.clone(), within, at_most: cap.at_most }
}

/// Declares a place, or changes one: what it lies in, and how many can go from it at most. A place that others lie in keeps
/// its order before them.
///
/// # Errors
/// A label that cannot be one, an outer place that is not there or lies in this one, or a round already committed to.
pub async fn declare(
    act: &mut Act<'_>,
    round: RoundNo,
    id: &str,
    within: Option<&str>,
    at_most: Option<u32>,
) -> Result<(), ActError> {
    open(act, round)?;
    if !is_label(id) || id == ROUND || at_most.is_some_and(|most| most > PLACES_MAX) {
        return Err(ActError::rule("place-label", ""));
    }
    let mut caps = declared(&mut act.tx, round).await?;
    let at = caps.iter().position(|cap| cap.id == id);
    let within = match within {
        None => None,
        Some(outer) => {
            let found = caps.iter().position(|cap| cap.id == outer);
            Some(found.ok_or_else(|| ActError::rule("place-outer", outer))?)
        }
    };
    match at {
        // A place stands after the one it lies in, so that no place can come to lie in itself.
        Some(at) if within.is_some_and(|within| within >= at) => {
            return Err(ActError::rule("place-order", id));
        }
        Some(at) => caps[at] = Cap { id: id.to_owned(), within, at_least: 0, at_most },
        None if caps.len() == PLACES_DECLARED_MAX => return Err(ActError::rule("places-many", "")),
        None => caps.push(Cap { id: id.to_owned(), within, at_least: 0, at_most }),
    }
    keep(act, round, caps).await
}

/// Takes a place back; what lay in it lies in what it lay in.
pub async fn take_back(act: &mut Act<'_>, round: RoundNo, id: &str) -> Result<(), ActError> {
    open(act, round)?;
    let mut caps = declared(&mut act.tx, round).await?;
    let at = caps.iter().position(|cap| cap.id == id).ok_or(ActError::NotFound)?;
    let gone = caps.remove(at);
    for cap in &mut caps {
        cap.within = match cap.within {
            Some(within) if within == at => gone.within,
            Some(within) if within > at => Some(within - 1),
            other => other,
        };
    }
    keep(act, round, caps).await
}

async fn keep(act: &mut Act<'_>, round: RoundNo, caps: Vec<Cap>) -> Result<(), ActError> {
    let stored: Vec<Stored> = caps.iter().map(to_stored).collect();
    Pool::new(caps, Vec::new()).map_err(|why| ActError::rule("pool", why))?;
    act.tx.put(&SettingRow { key: key(round), value: to_cbor(&stored) }).await?;
    Ok(())
}

/// Places are declared before the pool is committed to, not after.
fn open(act: &Act<'_>, round: RoundNo) -> Result<(), ActError> {
    let state = act.record().view().round(round);
    let committed = state.is_some_and(|state| state.commit(&act.node().me).is_some());
    if committed { Err(ActError::rule("pool-committed", round)) } else { Ok(()) }
}
