//! Linking: who of the own people the other party's opened items are. The matcher proposes, a registrar accepts.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Form, Query};
use exchange::ids::{Item, PersonId, RoundNo};
use exchange::person::standing;
use register::LineRow;
use serde::{Deserialize, Serialize};

use crate::acts::links::{self, clean};
use crate::officer::Role;
use crate::opening::Identity;
use crate::pairing::Details;
use crate::web::desk::{Desk, Reply};
use crate::web::people::{day, name_line, state_code};
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::{Column, Page, Words};

const REGISTRAR: Policy = Policy::Roles(&[Role::Registrar]);

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/links", REGISTRAR, show).post("/links/accept", REGISTRAR, accept).post(
        "/links/create",
        REGISTRAR,
        create,
    )
}

/// The openings of a round and whom they may be.
#[derive(Serialize)]
struct LinksView {
    round: RoundNo,
    rounds: Vec<RoundNo>,
    lines: Vec<Line>,
    /// Openings without a dossier.
    open: usize,
    /// Of these, how many `all=strong` would link.
    strong: usize,
}

/// One opening.
#[derive(Default, Serialize)]
struct Line {
    item: String,
    name: String,
    birth: Option<String>,
    rank: Option<String>,
    service_number: Option<String>,
    candidate: Option<Candidate>,
    /// `strong`, `review` or `none`.
    band: &'static str,
    agrees: Vec<String>,
    differs: Vec<String>,
    /// How many further dossiers resemble it.
    others: u32,
    /// The dossier proposed belongs to another item of this round.
    taken: bool,
    accepted: bool,
    accepted_by: Option<String>,
    /// Whether the case is closed to the officer: then no particulars stand here.
    closed: bool,
}

/// A dossier of the own side.
#[derive(Serialize)]
struct Candidate {
    id: String,
    name: String,
    birth: Option<String>,
    service_number: Option<String>,
    state: Option<&'static str>,
}

/// Birth and service number in one line.
fn facts(t: &Words, birth: &Option<String>, number: &Option<String>) -> String {
    let birth = birth.as_deref().map(|birth| day(t, birth));
    [birth.as_ref(), number.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
}

impl Line {
    fn facts(&self, t: &Words) -> String {
        facts(t, &self.birth, &self.service_number)
    }
}

impl Candidate {
    fn facts(&self, t: &Words) -> String {
        facts(t, &self.birth, &self.service_number)
    }
}

#[derive(Deserialize)]
struct Asked {
    round: Option<RoundNo>,
}

#[derive(Template)]
#[template(path = "links.html")]
struct LinksPage<'a> {
    page: Page,
    t: Words,
    v: &'a LinksView,
    columns: Vec<Column>,
}

async fn show(desk: Desk, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    let view = view(&desk, asked.round).await?;
    let t = desk.words;
    let heads = ["choose", "theirs", "ours", "grounds"];
    let columns = heads.iter().map(|key| Column { label: t.code("links", key), numeric: false }).collect();
    desk.reply(&view, t.s("links-title"), |page, t| LinksPage { page, t, v: &view, columns })
}

async fn view(desk: &Desk, asked: Option<RoundNo>) -> Result<LinksView, Refused> {
    let rounds: Vec<RoundNo> =
        desk.node.look().await?.record.view().rounds().map(|round| round.number()).collect();
    let round = asked.or(rounds.last().copied()).unwrap_or(1);
    let mut reading = desk.node.register.read().await?;
    let found = links::theirs(&mut reading, &desk.node.config.party, round).await?;
    let linked = links::linked(&found);
    let strong = open_strong(desk, &found).len();
    let mut lines = Vec::with_capacity(found.len());
    for (line, details) in found {
        if desk.officer.closes_line(&line) {
            let (item, accepted) = (line.item.to_string(), line.person.is_some());
            lines.push(Line { item, accepted, band: "none", closed: true, ..Line::default() });
            continue;
        }
        let Details { opening, pairing, accepted_by } = details;
        let proposed = pairing.as_ref().map(|pairing| PersonId(pairing.person));
        let taken = line.person.is_none() && proposed.is_some_and(|person| linked.contains(&person));
        let person = line.person.or(proposed.filter(|_| !taken));
        let candidate = match person {
            Some(person) => candidate(&mut reading, person).await?,
            None => None,
        };
        let Identity { birth, rank, service_number, .. } = &opening.identity;
        let text = |given: &Option<String>| given.as_deref().map(clean);
        lines.push(Line {
            item: line.item.to_string(),
            name: clean(&opening.identity.full_name()),
            birth: text(birth),
            rank: text(rank),
            service_number: text(service_number),
            candidate,
            band: pairing.as_ref().map_or("none", |one| if one.strong { "strong" } else { "review" }),
            agrees: pairing.as_ref().map(|one| one.agrees.clone()).unwrap_or_default(),
            differs: pairing.as_ref().map(|one| one.differs.clone()).unwrap_or_default(),
            others: pairing.as_ref().map_or(0, |one| one.others),
            taken,
            accepted: line.person.is_some(),
            accepted_by,
            closed: false,
        });
    }
    // What waits for the registrar comes first.
    lines.sort_by_key(|line| (line.accepted, line.band == "strong"));
    let open = lines.iter().filter(|line| !line.accepted).count();
    Ok(LinksView { round, rounds, lines, open, strong })
}

async fn candidate(reading: &mut register::Reading, id: PersonId) -> Result<Option<Candidate>, Refused> {
    let row = match reading.person(id).await {
        Ok(Some(row)) => row,
        Ok(None) | Err(register::RegisterError::Shredded(_)) => return Ok(None),
        Err(why) => return Err(why.into()),
    };
    Ok(Some(Candidate {
        id: id.to_string(),
        name: name_line(row.person.names.first()),
        birth: row.person.birth.map(|birth| birth.to_string()),
        service_number: row.person.service_number.map(|number| number.0),
        state: standing(&row.person.claims).map(|now| state_code(now.state)),
    }))
}

/// The items linked on strong grounds, without those closed to the officer: they wait for another.
fn open_strong(desk: &Desk, found: &[(LineRow, Details)]) -> BTreeSet<Item> {
    let mut strong = links::strong(found);
    for (line, _) in found.iter().filter(|(line, _)| desk.officer.closes_line(line)) {
        strong.remove(&line.item);
    }
    strong
}

/// The round and the items of a form.
fn chosen(fields: &[(String, String)]) -> Result<(RoundNo, BTreeSet<Item>, bool), Refused> {
    let round = fields.iter().find(|(name, _)| name == "round").and_then(|(_, value)| value.parse().ok());
    let items = fields.iter().filter(|(name, _)| name == "item").map(|(_, value)| value.parse::<Item>());
    let items = items.collect::<Result<_, _>>().map_err(|_| Refused::BadField("item"))?;
    let strong = fields.iter().any(|(name, value)| name == "all" && value == "strong");
    Ok((round.ok_or(Refused::BadField("round"))?, items, strong))
}

async fn accept(desk: Desk, Form(fields): Form<Vec<(String, String)>>) -> Result<Reply, Refused> {
    let (round, items, strong) = chosen(&fields)?;
    if items.is_empty() && !strong {
        return Err(Refused::BadField("item"));
    }
    let mut act = desk.act("link people", Some(&format!("round-{round}"))).await?;
    let items = if strong {
        let found = links::theirs(&mut act.tx, &desk.node.config.party, round).await?;
        open_strong(&desk, &found)
    } else {
        items
    };
    links::accept(&mut act, round, &items).await?;
    act.commit().await?;
    Ok(desk.back_to(&format!("/links?round={round}")))
}

async fn create(desk: Desk, Form(fields): Form<Vec<(String, String)>>) -> Result<Reply, Refused> {
    let (round, items, _) = chosen(&fields)?;
    if items.is_empty() {
        return Err(Refused::BadField("item"));
    }
    let mut act = desk.act("make dossiers of openings", Some(&format!("round-{round}"))).await?;
    links::create(&mut act, round, &items).await?;
    act.commit().await?;
    Ok(desk.back_to(&format!("/links?round={round}")))
}

#[cfg(test)]
mod tests;
