//! Whom the other side has asked for by name: said by this side of its own people, with the day and where the request came from.
//!
//! Where the order of the agreement begins with such people the pool marks them; where it does not, it is known and nothing follows.

use std::collections::BTreeSet;

use exchange::agreement::{Criterion, Terms};
use exchange::ids::PersonId;
use exchange::person::List;
use minicbor::{Decode, Encode};
use register::{Reading, SettingRow};
use time::Date;

use crate::act::{Act, ActError};
use crate::opening::to_cbor;

/// The most bytes of where a request came from.
pub const FROM_BYTES_MAX: usize = 400;
const KEY: &str = "asked-by-name";

#[derive(Default, Encode, Decode)]
struct Stored(#[n(0)] Vec<StoredOne>);

#[derive(Encode, Decode)]
struct StoredOne {
    #[cbor(n(0), with = "minicbor::bytes")]
    person: [u8; 16],
    /// The Julian day.
    #[n(1)]
    on: i32,
    #[n(2)]
    from: String,
}

/// A request of the other side for one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// Whom it asks for.
    pub person: PersonId,
    /// The day of the request.
    pub on: Date,
    /// Where it came from: a list, a letter, a conversation.
    pub from: String,
}

/// Whether the order of an agreement looks at who is asked for by name.
pub fn counts(terms: &Terms) -> bool {
    terms.selection.as_ref().is_some_and(|selection| selection.order.contains(&Criterion::Requested))
}

/// Every request, in the order of people.
pub async fn all(reading: &mut Reading) -> Result<Vec<Asked>, ActError> {
    let Some(value) = reading.setting(KEY).await? else { return Ok(Vec::new()) };
    let broken = || ActError::rule("asked", "");
    let stored: Stored = minicbor::decode(&value).map_err(|_| broken())?;
    let one = |one: StoredOne| {
        let on = Date::from_julian_day(one.on).map_err(|_| broken())?;
        Ok(Asked { person: PersonId(one.person), on, from: one.from })
    };
    stored.0.into_iter().map(one).collect()
}

/// Everyone asked for by name.
pub async fn people(reading: &mut Reading) -> Result<BTreeSet<PersonId>, ActError> {
    Ok(all(reading).await?.into_iter().map(|asked| asked.person).collect())
}

async fn keep(act: &mut Act<'_>, mut asked: Vec<Asked>) -> Result<(), ActError> {
    asked.sort_unstable_by_key(|one| one.person);
    let one = |one: Asked| StoredOne { person: one.person.0, on: one.on.to_julian_day(), from: one.from };
    let stored = Stored(asked.into_iter().map(one).collect());
    act.tx.put(&SettingRow { key: KEY.to_owned(), value: to_cbor(&stored) }).await?;
    Ok(())
}

/// Records that the other side has asked for a person held here; a request recorded before is replaced.
///
/// # Errors
/// Somebody who is not held here, or nothing said of where the request came from.
pub async fn record(act: &mut Act<'_>, asked: Asked) -> Result<(), ActError> {
    let row = act.tx.person(asked.person).await?.filter(|row| row.person.list == List::Held);
    row.ok_or_else(|| ActError::rule("asked-held", ""))?;
    if asked.from.trim().is_empty() || asked.from.len() > FROM_BYTES_MAX {
        return Err(ActError::rule("asked-from", FROM_BYTES_MAX));
    }
    let mut others = all(&mut act.tx).await?;
    others.retain(|one| one.person != asked.person);
    others.push(asked);
    keep(act, others).await
}

/// Takes the request for a person back.
///
/// # Errors
/// Somebody for whom none is recorded.
pub async fn take_back(act: &mut Act<'_>, person: PersonId) -> Result<(), ActError> {
    let (gone, others): (Vec<_>, Vec<_>) =
        all(&mut act.tx).await?.into_iter().partition(|one| one.person == person);
    if gone.is_empty() { Err(ActError::NotFound) } else { keep(act, others).await }
}
