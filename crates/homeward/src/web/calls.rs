//! The call list: which families are to be told, by when, whom to call, and what came of every try.
//!
//! Names and relatives are shown here and in the dossier alone, to family liaison alone; every reading of the list is in
//! the journal.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, Query};
use register::{CallRow, CallState, Reading};
use serde::{Deserialize, Serialize};

use crate::acts::families::{self, Outcome};
use crate::clock::Millis;
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::{Lang, Page, Words};

/// How many calls one page shows.
const PAGE: usize = 500;

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    const LIAISON: Policy = Policy::Roles(&[Role::FamilyLiaison]);
    routes.get("/calls", LIAISON, calls).post("/calls/{id}", LIAISON, tried).post(
        "/calls/{id}/escalate",
        LIAISON,
        escalate,
    )
}

/// The call list.
#[derive(Serialize)]
struct CallsView {
    /// The round asked for; without one the list shows every call that is still open.
    round: Option<u32>,
    calls: Vec<CallView>,
    /// Calls of this list not reached, in time or not.
    open: usize,
    /// How many calls come before the next page.
    next: Option<usize>,
    /// Rounds with calls.
    rounds: Vec<u32>,
}

/// One family to be told.
#[derive(Serialize)]
struct CallView {
    id: String,
    person: String,
    name: String,
    round: u32,
    state: &'static str,
    due_by: Millis,
    kin: Vec<KinView>,
    tries: Vec<TryView>,
    /// Whether the case is closed to the officer: then neither name, kin nor tries stand here.
    closed: bool,
}

#[derive(Serialize)]
struct KinView {
    relation: String,
    name: String,
    phone: Option<String>,
    language: Option<String>,
}

#[derive(Serialize)]
struct TryView {
    at: Millis,
    by: String,
    outcome: String,
    who: Option<String>,
}

#[derive(Template)]
#[template(path = "calls.html")]
struct CallsPage<'a> {
    page: Page,
    t: Words,
    v: &'a CallsView,
    outcomes: [&'static str; 3],
}

#[derive(Deserialize)]
struct Asked {
    round: Option<String>,
    after: Option<String>,
}

async fn calls(desk: Desk, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    let round = asked.round.filter(|round| !round.is_empty());
    let round =
        round.map(|round| round.parse::<u32>().map_err(|_| Refused::BadField("round"))).transpose()?;
    let from = asked.after.filter(|after| !after.is_empty());
    let from = from.map(|from| from.parse::<usize>().map_err(|_| Refused::BadField("after"))).transpose()?;
    let from = from.unwrap_or(0);
    let subject = round.map(|round| format!("round-{round}"));
    let mut act = desk.act("read call list", subject.as_deref()).await?;
    let rounds: Vec<u32> = act.record().view().rounds().map(|state| state.number()).collect();
    let mut rows = match round {
        Some(round) => families::calls_of_round(&mut act.tx, round).await?,
        None => open_calls(&mut act.tx).await?,
    };
    // The most urgent first, over all pages.
    rows.sort_by_key(|row| (row.state == CallState::Reached, row.due_by));
    let open = rows.iter().filter(|row| row.state != CallState::Reached).count();
    let next = (from.saturating_add(PAGE) < rows.len()).then(|| from + PAGE);
    let mut calls = Vec::new();
    for row in rows.into_iter().skip(from).take(PAGE) {
        calls.extend(call_view(&mut act.tx, &desk, row).await?);
    }
    act.commit().await?;
    let view = CallsView { round, calls, open, next, rounds };
    desk.reply(&view, desk.words.s("calls-title"), |page, t| CallsPage {
        page,
        t,
        v: &view,
        outcomes: Outcome::ALL.map(Outcome::code),
    })
}

impl CallsView {
    fn is_of(&self, round: &u32) -> bool {
        self.round == Some(*round)
    }
}

impl CallView {
    fn closed(row: CallRow, state: &'static str) -> Self {
        let (person, name) = (row.person.to_string(), String::new());
        let (kin, tries) = (Vec::new(), Vec::new());
        let CallRow { id, round, due_by, .. } = row;
        Self { id, person, name, round, state, due_by, kin, tries, closed: true }
    }

    fn colour(&self) -> &'static str {
        match self.state {
            "reached" => "green",
            "escalated" => "red",
            _ => "yellow",
        }
    }
}

/// The name of a language in itself.
pub fn native(code: &str) -> &str {
    match Lang::of_code(code) {
        Some(lang) => lang.native(),
        None => code,
    }
}

/// The calls of all rounds that nobody has answered.
async fn open_calls(reading: &mut Reading) -> Result<Vec<CallRow>, Refused> {
    let mut rows = reading.calls(CallState::Escalated).await?.whole()?;
    rows.extend(reading.calls(CallState::Due).await?.whole()?);
    Ok(rows)
}

async fn call_view(reading: &mut Reading, desk: &Desk, row: CallRow) -> Result<Option<CallView>, Refused> {
    let state = families::state_at(&row, desk.node.clock.now()).as_str();
    if desk.officer.closes(&row.person) {
        return Ok(Some(CallView::closed(row, state)));
    }
    let Some(known) = reading.person(row.person).await? else { return Ok(None) };
    let name = crate::opening::Identity::of(&known.person).full_name();
    let kin = known.person.kin.into_iter().map(|kin| KinView {
        relation: kin.relation,
        name: kin.name.0,
        phone: kin.phone.map(|phone| phone.0),
        language: kin.language,
    });
    let tries = row.tries.into_iter().map(|tried| TryView {
        at: tried.at,
        by: tried.by,
        outcome: tried.outcome,
        who: tried.who,
    });
    Ok(Some(CallView {
        id: row.id,
        person: row.person.to_string(),
        name,
        round: row.round,
        state,
        due_by: row.due_by,
        kin: kin.collect(),
        tries: tries.collect(),
        closed: false,
    }))
}

async fn tried(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Result<Reply, Refused> {
    let outcome = fields.get("outcome").and_then(|code| Outcome::of(code));
    let outcome = outcome.ok_or(Refused::BadField("outcome"))?;
    let who = fields.get("who").map(|who| who.trim().to_owned()).filter(|who| !who.is_empty());
    if who.as_ref().is_some_and(|who| who.chars().count() > 100 || who.chars().any(char::is_control)) {
        return Err(Refused::BadField("who"));
    }
    if outcome == Outcome::Reached && who.is_none() {
        return Err(Refused::BadField("who"));
    }
    let mut act = desk.act("record call", Some(&subject(&id)?)).await?;
    let row = families::tried(&mut act, &id, outcome, who).await?;
    act.commit().await?;
    Ok(desk.back_to(&format!("/calls?round={}", row.round)))
}

async fn escalate(desk: Desk, Path(id): Path<String>) -> Result<Reply, Refused> {
    let mut act = desk.act("hand call on", Some(&subject(&id)?)).await?;
    let row = families::escalate(&mut act, &id).await?;
    act.commit().await?;
    Ok(desk.back_to(&format!("/calls?round={}", row.round)))
}

/// The identifier of an address as the journal names it: nothing else may stand there.
pub fn subject(id: &str) -> Result<String, Refused> {
    let reads = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if reads { Ok(id.to_owned()) } else { Err(Refused::NotFound) }
}
