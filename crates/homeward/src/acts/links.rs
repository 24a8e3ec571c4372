//! Whose dossier an item of the other party belongs to: the matcher proposed, a registrar decides.
//!
//! Within one round a dossier has one item at most: two people who stand on one list are two people, or the other party
//! lists somebody twice, and then the registrar must see it. Across rounds nothing is refused: a person whom a stale list
//! names again has to be recognised.

use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::{Item, PersonId, RoundNo};
use exchange::person::{
    Claim, Grade, List, Name, NameKind, PartialDate, Person, Provenance, Rank, Source, State, Text,
};
use register::LineRow;
use time::{Date, Month};

use crate::act::{Act, ActError};
use crate::acts::crossing;
use crate::acts::people::{new_id, power_of};
use crate::acts::round::all_lines;
use crate::import::cell::hides;
use crate::opening::{Identity, to_cbor};
use crate::pairing::{self, Details};

/// The longest text taken over from an opening, in characters.
const TEXT_MAX: usize = 200;

/// Opened items of the other party in a round, each with what the matcher said.
pub async fn theirs(
    reading: &mut register::Reading,
    own: &str,
    round: RoundNo,
) -> Result<Vec<(LineRow, Details)>, ActError> {
    let lines = all_lines(reading, round).await?.into_iter().filter(|line| line.holder.as_str() != own);
    Ok(lines.filter_map(|line| pairing::details(&line).map(|details| (line, details))).collect())
}

/// The dossiers that already have an item among these lines.
pub fn linked(lines: &[(LineRow, Details)]) -> BTreeSet<PersonId> {
    lines.iter().filter_map(|(line, _)| line.person).collect()
}

/// Accepts the proposed pairings of these items; answers how many were new. An item that has its dossier already stays as it is.
pub async fn accept(act: &mut Act<'_>, round: RoundNo, items: &BTreeSet<Item>) -> Result<u32, ActError> {
    let own = act.node().config.party.clone();
    let lines = theirs(&mut act.tx, &own, round).await?;
    let chosen = named(&lines, items)?;
    let mut taken = linked(&lines);
    let mut count = 0;
    for (line, details) in lines {
        if line.person.is_some() || !chosen.contains(&line.item) {
            continue;
        }
        let Some(pairing) = &details.pairing else { return Err(ActError::rule("no-candidate", round)) };
        let person = PersonId(pairing.person);
        if !taken.insert(person) {
            return Err(ActError::rule("already-linked", round));
        }
        link(act, line, details, person).await?;
        count += 1;
    }
    Ok(count)
}

/// The open items whose pairing stands on strong grounds and whose dossier no other item of the round claims as well.
pub fn strong(lines: &[(LineRow, Details)]) -> BTreeSet<Item> {
    let mut claims: BTreeMap<[u8; 16], u32> = BTreeMap::new();
    let sure = |details: &Details| details.pairing.as_ref().filter(|one| one.strong).map(|one| one.person);
    for (line, details) in lines {
        if let Some(person) = line.person.map(|person| person.0).or_else(|| sure(details)) {
            *claims.entry(person).or_default() += 1;
        }
    }
    let alone = |details: &Details| sure(details).is_some_and(|person| claims.get(&person) == Some(&1));
    lines
        .iter()
        .filter(|(line, one)| line.person.is_none() && alone(one))
        .map(|(line, _)| line.item)
        .collect()
}

fn named(lines: &[(LineRow, Details)], items: &BTreeSet<Item>) -> Result<BTreeSet<Item>, ActError> {
    let known: BTreeSet<Item> = lines.iter().map(|(line, _)| line.item).collect();
    if items.is_subset(&known) { Ok(items.clone()) } else { Err(ActError::NotFound) }
}

async fn link(
    act: &mut Act<'_>,
    mut line: LineRow,
    mut details: Details,
    person: PersonId,
) -> Result<(), ActError> {
    details.accepted_by = Some(act.actor.officer.clone());
    line.person = Some(person);
    line.details = to_cbor(&details);
    act.tx.put(&line).await?;
    crossing::home_when_received(act, line.round, line.item).await
}

/// Makes a sought dossier of each opening and links it: for people of whom this node did not know. Answers how many.
pub async fn create(act: &mut Act<'_>, round: RoundNo, items: &BTreeSet<Item>) -> Result<u32, ActError> {
    let own = act.node().config.party.clone();
    let lines = theirs(&mut act.tx, &own, round).await?;
    let chosen = named(&lines, items)?;
    let mut count = 0;
    for (line, details) in lines {
        if line.person.is_some() || !chosen.contains(&line.item) {
            continue;
        }
        count += 1;
        let id = new_id(&mut act.tx).await?;
        let person = person_of(act, id, round, count, &line, &details.opening.identity)?;
        act.tx.save_person(&person, &pairing::keys_of(&person)).await?;
        link(act, line, details, id).await?;
    }
    Ok(count)
}

/// The dossier that an opening makes: what the holding Power states, and nothing beside it.
fn person_of(
    act: &Act<'_>,
    id: PersonId,
    round: RoundNo,
    row: u32,
    line: &LineRow,
    identity: &Identity,
) -> Result<Person, ActError> {
    let text = |given: &Option<String>| given.as_deref().map(clean).filter(|text| !text.is_empty()).map(Text);
    let held = Claim {
        says: State::Held,
        of: act.node().clock.today(),
        source: Source::HoldingPower,
        grade: Grade::Confirmed,
    };
    Ok(Person {
        list: List::Sought,
        id,
        power: power_of(&act.node().config, List::Sought).ok_or(ActError::NotFound)?,
        names: vec![Name {
            surname: Text(clean(&identity.surname)),
            given: text(&identity.given),
            patronymic: text(&identity.patronymic),
            kind: NameKind::Main,
        }],
        sex: None,
        birth: identity.birth.as_deref().and_then(partial_date),
        birth_place: None,
        rank: text(&identity.rank).map(|written| Rank { code: None, written: written.0 }),
        service_number: text(&identity.service_number),
        unit: text(&identity.unit),
        prisoner_number: text(&identity.prisoner_number),
        capture: None,
        custody: Vec::new(),
        examinations: Vec::new(),
        claims: vec![held],
        kin: Vec::new(),
        remarks: None,
        provenance: Provenance {
            list_name: format!("{} {round}", line.holder),
            row,
            key: Some(line.item.to_string()),
            map: None,
        },
    })
}

/// Foreign text as it may be stored and shown: bounded, without characters that hide or reorder.
pub fn clean(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() && !hides(*letter)).take(TEXT_MAX).collect()
}

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub fn partial_date(text: &str) -> Option<PartialDate> {
    let digits = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u16>().ok())?
    };
    let parts: Vec<&str> = text.split('-').collect();
    let year = i32::from(digits(parts.first()?, 4)?);
    let month = |part: &&str| Month::try_from(u8::try_from(digits(part, 2)?).ok()?).ok();
    match parts.as_slice() {
        [_] => Some(PartialDate::Year(year)),
        [_, m] => Some(PartialDate::Month(year, u8::from(month(m)?))),
        [_, m, day] => {
            let day = u8::try_from(digits(day, 2)?).ok()?;
            Date::from_calendar_date(year, month(m)?, day).ok().map(PartialDate::Day)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_reads_as_precisely_as_it_is_written_and_nonsense_does_not() {
        for text in ["1985", "1985-02", "1985-02-28", "0985-12-31"] {
            assert_eq!(partial_date(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in ["", "85", "1985-13", "1985-02-30", "1985-2-3", "+985", "1985-02-03-04", "1985-02-0x"] {
            assert_eq!(partial_date(text), None, "{text}");
        }
        assert_eq!(clean("a\u{202e}b\u{7}c\u{200b}"), "abc");
    }
}
