//! Which own dossier an opened item may belong to: the matcher proposes, a registrar accepts.

use exchange::ids::PersonId;
use exchange::person::{Claim, Grade, List, Name, PartialDate, Person, Source, State};
use linkage::{Band, Birth, Comparison, Facts};
use minicbor::{Decode, Encode};
use register::{LineRow, Reading};

use crate::act::ActError;
use crate::opening::{Identity, Opening};

/// What a line of the other side's list keeps, sealed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Details {
    /// The opened item.
    #[n(0)]
    pub opening: Opening,
    /// The dossier the matcher proposes.
    #[n(1)]
    pub pairing: Option<Pairing>,
    /// The registrar who accepted a dossier for it.
    #[n(2)]
    pub accepted_by: Option<String>,
}

/// A proposed dossier and why.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Pairing {
    /// The dossier.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub person: [u8; 16],
    /// Whether the rule says link, or only that a person should look.
    #[n(1)]
    pub strong: bool,
    /// Fields that agree, by code.
    #[n(2)]
    pub agrees: Vec<String>,
    /// Fields that differ, by code.
    #[n(3)]
    pub differs: Vec<String>,
    /// Further dossiers the rule would also look at.
    #[n(4)]
    pub others: u32,
}

/// Looks for the own dossier of an opening. Strong only when the rule says link for exactly one dossier: two equally
/// good ones are a question for a person, and being the only hit makes nobody likely.
pub async fn candidate(reading: &mut Reading, opening: &Opening) -> Result<Option<Pairing>, ActError> {
    let identity = &opening.identity;
    let keys = keys_of_identity(identity);
    let mut seen: Vec<(Band, PersonId, Comparison)> = Vec::new();
    for id in reading.find_people(&keys[..keys.len().min(64)], List::Sought).await?.best {
        let Some(row) = reading.person(id).await? else { continue };
        let best =
            row.person.names.iter().map(|name| compared(identity, &row.person, name)).max_by_key(|c| c.band);
        if let Some(comparison) = best.filter(|comparison| comparison.band > Band::No) {
            seen.push((comparison.band, id, comparison));
        }
    }
    seen.sort_by_key(|(band, id, _)| (std::cmp::Reverse(*band), *id));
    let Some((band, person, comparison)) = seen.first() else { return Ok(None) };
    let links = seen.iter().filter(|(band, ..)| *band == Band::Link).count();
    let codes = |fields: &[linkage::Field]| fields.iter().map(|field| code(*field).to_owned()).collect();
    Ok(Some(Pairing {
        person: person.0,
        strong: *band == Band::Link && links == 1,
        agrees: codes(&comparison.agrees),
        differs: codes(&comparison.differs),
        others: u32::try_from(seen.len() - 1).unwrap_or(u32::MAX),
    }))
}

/// Code of a field: message key `field-<code>`.
pub fn code(field: linkage::Field) -> &'static str {
    match field {
        linkage::Field::ServiceNumber => "service-number",
        linkage::Field::Surname => "surname",
        linkage::Field::Given => "given",
        linkage::Field::Patronymic => "patronymic",
        linkage::Field::BirthYear => "birth-year",
        linkage::Field::BirthDay => "birth-day",
    }
}

fn compared(identity: &Identity, person: &Person, name: &Name) -> Comparison {
    let theirs = Facts {
        surname: &identity.surname,
        given: identity.given.as_deref(),
        patronymic: identity.patronymic.as_deref(),
        birth: identity.birth.as_deref().and_then(read_birth),
        service_number: identity.service_number.as_deref(),
    };
    linkage::compare(facts(person, name), theirs)
}

/// What is compared of a dossier, under one of its names.
pub fn facts<'a>(person: &'a Person, name: &'a Name) -> Facts<'a> {
    Facts {
        surname: name.surname.as_str(),
        given: name.given.as_ref().map(|text| text.as_str()),
        patronymic: name.patronymic.as_ref().map(|text| text.as_str()),
        birth: person.birth.map(birth),
        service_number: person.service_number.as_ref().map(|text| text.as_str()),
    }
}

fn birth(date: PartialDate) -> Birth {
    let month_day = date.day().map(|day| (u8::from(day.month()), day.day()));
    Birth { year: date.year(), month_day }
}

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn read_birth(text: &str) -> Option<Birth> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    Some(Birth { year, month_day: month.zip(day) })
}

/// The search keys of a person: of every name, with the year of birth and the service number. Of more than
/// [`linkage::keys::KEYS_MAX`], which only a person with many names has, the most specific ones.
pub fn keys_of(person: &Person) -> Vec<String> {
    texts(made_of(person))
}

/// Those of them by which dossiers are compared with one another.
pub fn compared_keys_of(person: &Person) -> Vec<String> {
    texts(made_of(person).into_iter().filter(|key| key.recipe().is_for_comparing()).collect())
}

fn made_of(person: &Person) -> Vec<linkage::Key> {
    let number = person.service_number.as_ref().map(|text| text.0.as_str());
    let mut keys: Vec<linkage::Key> = Vec::new();
    for name in &person.names {
        let given = name.given.as_ref().map(|text| text.0.as_str());
        let patronymic = name.patronymic.as_ref().map(|text| text.0.as_str());
        let year = person.birth.map(PartialDate::year);
        keys.extend(linkage::keys(&name.surname.0, given, patronymic, year, number));
    }
    keys.sort();
    keys.dedup();
    keys.truncate(linkage::keys::KEYS_MAX);
    keys
}

fn texts(keys: Vec<linkage::Key>) -> Vec<String> {
    keys.iter().map(|key| key.text().to_owned()).collect()
}

fn keys_of_identity(identity: &Identity) -> Vec<String> {
    let year = identity.birth.as_deref().and_then(read_birth).map(|birth| birth.year);
    let made = linkage::keys(
        &identity.surname,
        identity.given.as_deref(),
        identity.patronymic.as_deref(),
        year,
        identity.service_number.as_deref(),
    );
    texts(made.into_iter().filter(|key| key.recipe().is_for_comparing()).collect())
}

/// What a line keeps of the other side's item, if it is one.
pub fn details(line: &LineRow) -> Option<Details> {
    minicbor::decode(&line.details).ok()
}

/// The dossier of a line: the accepted one, else the one proposed on strong grounds.
pub fn dossier_of(line: &LineRow) -> Option<PersonId> {
    line.person.or_else(|| {
        let pairing = details(line)?.pairing?;
        pairing.strong.then_some(PersonId(pairing.person))
    })
}

/// The claim that a receipt makes.
pub fn freed(of: time::Date) -> Claim {
    Claim { says: State::Freed, of, source: Source::Receipt, grade: Grade::Confirmed }
}
