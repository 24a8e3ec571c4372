//! Who goes together or not at all: brothers, a patient with the one who carries him. Said by this side of its own people.
//!
//! Where the agreement keeps people together the pool carries the groups; where it does not, they are known and nothing follows.

use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::PersonId;
use exchange::person::List;
use minicbor::{Decode, Encode};
use register::{Reading, SettingRow};

use crate::act::{Act, ActError};
use crate::opening::to_cbor;

/// The most people of one group.
pub const GROUP_MAX: usize = 20;
const KEY: &str = "kept-together";

#[derive(Default, Encode, Decode)]
struct Stored(#[n(0)] Vec<Vec<Member>>);

#[derive(Encode, Decode)]
struct Member(#[cbor(n(0), with = "minicbor::bytes")] [u8; 16]);

/// Every group of two or more.
pub async fn groups(reading: &mut Reading) -> Result<Vec<Vec<PersonId>>, ActError> {
    let Some(value) = reading.setting(KEY).await? else { return Ok(Vec::new()) };
    let stored: Stored = minicbor::decode(&value).map_err(|_| ActError::rule("together", ""))?;
    Ok(stored
        .0
        .into_iter()
        .map(|group| group.into_iter().map(|member| PersonId(member.0)).collect())
        .collect())
}

async fn keep(act: &mut Act<'_>, groups: Vec<Vec<PersonId>>) -> Result<(), ActError> {
    let groups = groups.into_iter().filter(|group| group.len() > 1);
    let stored = Stored(groups.map(|group| group.into_iter().map(|one| Member(one.0)).collect()).collect());
    act.tx.put(&SettingRow { key: KEY.to_owned(), value: to_cbor(&stored) }).await?;
    Ok(())
}

/// Says that two people held here go together; their groups become one.
///
/// # Errors
/// Somebody who is not held here, the same person twice, or a group of more than [`GROUP_MAX`].
pub async fn join(act: &mut Act<'_>, one: PersonId, other: PersonId) -> Result<(), ActError> {
    for id in [one, other] {
        let row = act.tx.person(id).await?.filter(|row| row.person.list == List::Held);
        row.ok_or_else(|| ActError::rule("together-held", ""))?;
    }
    if one == other {
        return Err(ActError::rule("together-held", ""));
    }
    let (with, mut others): (Vec<_>, Vec<_>) = groups(&mut act.tx)
        .await?
        .into_iter()
        .partition(|group| group.contains(&one) || group.contains(&other));
    let mut group: Vec<PersonId> = with.into_iter().flatten().chain([one, other]).collect();
    group.sort_unstable();
    group.dedup();
    if group.len() > GROUP_MAX {
        return Err(ActError::rule("together-many", GROUP_MAX));
    }
    others.push(group);
    keep(act, others).await
}

/// Says that a person goes alone again.
pub async fn part(act: &mut Act<'_>, one: PersonId) -> Result<(), ActError> {
    let mut groups = groups(&mut act.tx).await?;
    groups.iter_mut().for_each(|group| group.retain(|id| *id != one));
    keep(act, groups).await
}

/// The number of each person's group, from 1, by the order in which the groups stand; a group of whom only one is among these
/// people is none.
pub fn numbers(groups: &[Vec<PersonId>], among: &BTreeSet<PersonId>) -> BTreeMap<PersonId, u32> {
    let mut numbered = BTreeMap::new();
    let mut number = 0;
    for group in groups {
        let here: Vec<PersonId> = group.iter().copied().filter(|id| among.contains(id)).collect();
        if here.len() > 1 {
            number += 1;
            numbered.extend(here.into_iter().map(|id| (id, number)));
        }
    }
    numbered
}
