//! Which other dossiers of this register may be of the same person: found by the search keys, compared field by field.
//!
//! Decides nothing: [`decisions`] keeps what a registrar says of a pair, [`queue`] what is looked at first. A candidate is
//! judged by its own comparison alone, never by how many others there are; that many bear the name is said beside it.

pub mod decisions;
pub mod queue;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::PersonId;
use exchange::person::Person;
use linkage::{Band, Comparison, Recipe};
use register::{PersonRow, Reading, RegisterError};
use sha2::{Digest as _, Sha256};

use crate::act::ActError;
use crate::pairing;

/// Namesakes are counted up to here; of more it is only said that there are more.
pub const NAMESAKES_MAX: usize = 50;
/// The most dossiers that are compared with one.
pub const COMPARED_MAX: u32 = 200;
/// How many dossiers are read by one statement.
const READ_AT_ONCE: usize = 100;
/// The most names of a dossier that are compared; one with more is a list of aliases, and its first ones lead.
const NAMES_MAX: usize = 16;

/// How two dossiers compare, by those names of both that fit best.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared {
    /// Field by field.
    pub comparison: Comparison,
    /// Which name of each was compared.
    pub names: [usize; 2],
}

/// A dossier that may be of the same person.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The dossier.
    pub person: Person,
    /// How it compares with the one asked about, which comes first.
    pub compared: Compared,
}

/// Compares two dossiers over all names of both. Nothing when one has no name.
pub fn compare(one: &Person, other: &Person) -> Option<Compared> {
    let names = |person: &Person| 0..person.names.len().min(NAMES_MAX);
    let pairs = names(one).flat_map(|at| names(other).map(move |beside| [at, beside]));
    let all = pairs.map(|[at, beside]| Compared {
        comparison: linkage::compare(
            pairing::facts(one, &one.names[at]),
            pairing::facts(other, &other.names[beside]),
        ),
        names: [at, beside],
    });
    all.min_by_key(|compared| (strength(&compared.comparison), compared.names))
}

/// What sorts comparisons, the strongest first.
fn strength(of: &Comparison) -> (Reverse<Band>, Reverse<usize>, Reverse<usize>, usize) {
    (Reverse(of.band), Reverse(of.agrees.len()), Reverse(of.near.len()), of.differs.len())
}

/// The dossiers of all lists that may be of the same person as this one, the strongest first. Of more than [`COMPARED_MAX`]
/// that share a search key, those that share most are compared; and whether that left any out.
///
/// # Errors
/// What the register answers.
pub async fn of(reading: &mut Reading, person: &Person) -> Result<(Vec<Candidate>, bool), ActError> {
    // One more than are compared, and the dossier itself.
    let mut found = reading.sharing(&pairing::compared_keys_of(person), COMPARED_MAX + 2).await?;
    found.retain(|id| *id != person.id);
    let more = found.len() > COMPARED_MAX as usize;
    found.truncate(COMPARED_MAX as usize);
    let mut candidates = Vec::new();
    for row in several(reading, found.into_iter().collect()).await?.into_values() {
        let likely = compare(person, &row.person).filter(|one| one.comparison.band > Band::No);
        candidates.extend(likely.map(|compared| Candidate { person: row.person, compared }));
    }
    candidates.sort_by_key(|one| (strength(&one.compared.comparison), one.person.id));
    Ok((candidates, more))
}

/// How many dossiers beside these two bear a surname and given name that both have, and whether there are more than were
/// counted; nothing when they share none. Dossiers in `hidden` are not counted.
///
/// # Errors
/// What the register answers.
pub async fn namesakes(
    reading: &mut Reading,
    [one, other]: [&Person; 2],
    hidden: &BTreeSet<PersonId>,
) -> Result<Option<(usize, bool)>, ActError> {
    let beside = pairing::compared_keys_of(other);
    let prefix = format!("{}|", Recipe::SurnameGiven.name());
    let shared = pairing::compared_keys_of(one)
        .into_iter()
        .filter(|key| key.starts_with(&prefix) && beside.contains(key));
    let mut bearers = BTreeSet::new();
    let mut shares = false;
    for key in shared {
        shares = true;
        // As many more as may be left out below, and one by which it is seen that there are too many.
        let limit = NAMESAKES_MAX + hidden.len() + 3;
        bearers.extend(reading.bearers(&key, u32::try_from(limit).unwrap_or(u32::MAX)).await?);
    }
    bearers.retain(|id| ![one.id, other.id].contains(id) && !hidden.contains(id));
    let count = bearers.len();
    Ok(shares.then_some((count.min(NAMESAKES_MAX), count > NAMESAKES_MAX)))
}

/// What is compared of two dossiers, as a digest: whoever said that they are two people said it of these facts.
pub fn facts_digest(one: &Person, other: &Person) -> [u8; 32] {
    let mut hash = Sha256::new();
    let [first, second] = if one.id <= other.id { [one, other] } else { [other, one] };
    for person in [first, second] {
        let mut part = |text: Option<&str>| {
            hash.update([u8::from(text.is_some())]);
            hash.update((text.map_or(0, str::len) as u64).to_be_bytes());
            hash.update(text.unwrap_or_default());
        };
        part(person.service_number.as_ref().map(|text| text.as_str()));
        part(person.birth.map(|birth| birth.to_string()).as_deref());
        part(Some(&person.names.len().to_string()));
        for name in &person.names {
            part(Some(name.surname.as_str()));
            part(name.given.as_ref().map(|text| text.as_str()));
            part(name.patronymic.as_ref().map(|text| text.as_str()));
        }
    }
    hash.finalize().into()
}

/// A dossier; nothing for an unknown or a shredded person.
pub(crate) async fn dossier(reading: &mut Reading, id: PersonId) -> Result<Option<PersonRow>, RegisterError> {
    match reading.person(id).await {
        Err(RegisterError::Shredded(_)) => Ok(None),
        read => read,
    }
}

/// Many dossiers; without those of unknown or shredded persons.
async fn several(
    reading: &mut Reading,
    ids: BTreeSet<PersonId>,
) -> Result<BTreeMap<PersonId, PersonRow>, RegisterError> {
    let (mut all, mut ids) = (BTreeMap::new(), ids.into_iter().peekable());
    while ids.peek().is_some() {
        all.extend(reading.people_with(&ids.by_ref().take(READ_AT_ONCE).collect()).await?);
    }
    Ok(all)
}

#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;
