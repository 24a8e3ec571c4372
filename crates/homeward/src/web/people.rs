//! The two lists of people, and the search over them in any spelling.
//!
//! A search is a form that is sent, not an address: a name in an address would stay in the browser's history.

use askama::Template;
use axum::extract::{Form, Query};
use exchange::ids::PersonId;
use exchange::person::{List, Name, State, standing};
use register::{FoundPeople, PersonRow, Reading};
use serde::{Deserialize, Serialize};

use crate::acts::links::partial_date;
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::{Column, Page, Words};

/// Who works with people's records.
pub const CASE: Policy = Policy::Roles(&[
    Role::Registrar,
    Role::Physician,
    Role::Negotiator,
    Role::Approver,
    Role::Escort,
    Role::FamilyLiaison,
]);

/// People on one page.
const PAGE: usize = 50;
/// The longest search, in characters.
const QUERY_MAX: usize = 200;

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/people", CASE, list).post("/people", CASE, search)
}

/// A list, or who on it answers to a search.
#[derive(Serialize)]
struct PeopleView {
    list: &'static str,
    q: String,
    /// Everyone on the list; with a search everyone found.
    total: u64,
    people: Vec<Line>,
    /// How many of those found are given over all pages; nothing when it is everyone.
    best: Option<u64>,
    /// After whom the next page begins.
    next: Option<String>,
    /// How many are on each list.
    held: u64,
    sought: u64,
    /// Whether the officer brings lists in and links people.
    registrar: bool,
}

#[derive(Default, Serialize)]
struct Line {
    id: String,
    name: String,
    birth: Option<String>,
    rank: Option<String>,
    unit: Option<String>,
    state: Option<&'static str>,
    contradicted: bool,
    /// Whether the case is closed to the officer: then no particulars stand here.
    closed: bool,
}

#[derive(Deserialize)]
struct Asked {
    list: Option<String>,
    #[serde(default)]
    q: String,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage<'a> {
    page: Page,
    t: Words,
    v: &'a PeopleView,
    columns: Vec<Column>,
}

/// The code of a state in views and message keys.
pub fn state_code(state: State) -> &'static str {
    match state {
        State::Missing => "missing",
        State::Held => "held",
        State::Alive => "alive",
        State::Dead => "dead",
        State::Freed => "freed",
    }
}

/// The colour of a state's tag.
pub fn state_colour(code: &str) -> &'static str {
    match code {
        "missing" => "yellow",
        "alive" => "turquoise",
        "dead" => "grey",
        "freed" => "green",
        _ => "blue",
    }
}

/// Surname, first names, patronymic in one line.
pub fn name_line(name: Option<&Name>) -> String {
    let Some(name) = name else { return String::new() };
    let parts = [Some(&name.surname), name.given.as_ref(), name.patronymic.as_ref()];
    parts.into_iter().flatten().map(|part| part.as_str()).collect::<Vec<_>>().join(" ")
}

/// A day of a view in the words of the page; what is not one is shown as it is.
pub fn day(t: &Words, iso: &str) -> String {
    partial_date(iso).map_or_else(|| iso.to_owned(), |date| t.partial_date(date))
}

/// The list of a form or an address.
pub fn list_of(code: Option<&str>) -> Result<List, Refused> {
    match code {
        None | Some("held") => Ok(List::Held),
        Some("sought") => Ok(List::Sought),
        Some(_) => Err(Refused::BadField("list")),
    }
}

async fn list(desk: Desk, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    show(desk, asked).await
}

async fn search(desk: Desk, Form(asked): Form<Asked>) -> Result<Reply, Refused> {
    show(desk, asked).await
}

async fn show(desk: Desk, asked: Asked) -> Result<Reply, Refused> {
    let list = list_of(asked.list.as_deref())?;
    let q = asked.q.trim().to_owned();
    if q.chars().count() > QUERY_MAX {
        return Err(Refused::BadField("q"));
    }
    let after = asked.after.as_deref().filter(|after| !after.is_empty()).map(str::parse::<PersonId>);
    let after = after.transpose().map_err(|_| Refused::BadField("after"))?;
    let mut reading = desk.node.register.read().await?;
    let held = count(&mut reading, List::Held).await?;
    let sought = count(&mut reading, List::Sought).await?;
    let total = if list == List::Held { held } else { sought };
    let (rows, next, total, best) = if q.is_empty() {
        let (rows, next) = page(&mut reading, list, after).await?;
        (rows, next, total, None)
    } else {
        found(&mut reading, list, &q, after).await?
    };
    let view = PeopleView {
        list: crate::web::imports::list_code(list),
        q,
        total,
        best,
        people: rows.into_iter().map(|row| line(&desk, row)).collect(),
        next: next.map(|id| id.to_string()),
        held,
        sought,
        registrar: desk.officer.holds(&[Role::Registrar]),
    };
    let t = desk.words;
    let heads = ["name", "birth", "rank", "unit", "state"];
    let columns =
        heads.iter().map(|key| Column { label: t.code("people-column", key), numeric: false }).collect();
    desk.reply(&view, t.s("people-title"), |page, t| PeoplePage { page, t, v: &view, columns })
}

async fn count(reading: &mut Reading, list: List) -> Result<u64, Refused> {
    Ok(reading.people_counts(list).await?.values().sum())
}

async fn page(
    reading: &mut Reading,
    list: List,
    after: Option<PersonId>,
) -> Result<(Vec<PersonRow>, Option<PersonId>), Refused> {
    let mut rows = reading.people(list, after, PAGE as u32 + 1).await?.whole()?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().map(|row| row.person.id).filter(|_| more);
    Ok((rows, next))
}

async fn found(
    reading: &mut Reading,
    list: List,
    q: &str,
    after: Option<PersonId>,
) -> Result<(Vec<PersonRow>, Option<PersonId>, u64, Option<u64>), Refused> {
    let keys: Vec<String> = linkage::search_keys(q).iter().map(|key| key.text().to_owned()).collect();
    let FoundPeople { best: ids, all } = reading.find_people(&keys, list).await?;
    let from = after.and_then(|after| ids.iter().position(|id| *id == after)).map_or(0, |at| at + 1);
    let shown = &ids[from..ids.len().min(from + PAGE)];
    let mut rows = Vec::with_capacity(shown.len());
    for id in shown {
        match reading.person(*id).await {
            Ok(row) => rows.extend(row),
            Err(register::RegisterError::Shredded(_)) => {}
            Err(why) => return Err(why.into()),
        }
    }
    let next = shown.last().copied().filter(|_| from + PAGE < ids.len());
    Ok((rows, next, all as u64, (ids.len() < all).then_some(ids.len() as u64)))
}

fn line(desk: &Desk, row: PersonRow) -> Line {
    let person = row.person;
    if desk.officer.closes(&person.id) {
        return Line { id: person.id.to_string(), closed: true, ..Line::default() };
    }
    let now = standing(&person.claims);
    Line {
        id: person.id.to_string(),
        name: name_line(person.names.first()),
        birth: person.birth.map(|birth| birth.to_string()),
        rank: person.rank.map(|rank| rank.written),
        unit: person.unit.map(|unit| unit.0),
        state: now.map(|now| state_code(now.state)),
        contradicted: now.is_some_and(|now| now.contradicted),
        closed: false,
    }
}

#[cfg(test)]
mod tests;
