//! Which other dossiers may be of the same person: side by side, field by field, with what was said of each pair; and the queue
//! of pairs that wait.
//!
//! A dossier closed to the officer is not shown here and not counted.

mod view;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, Query};
use exchange::ids::PersonId;
use serde::{Deserialize, Serialize};

use crate::acts::candidates::decisions::{self, Decision, Verdict};
use crate::acts::candidates::{self, queue};
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::dossier;
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::{Column, Page, Pages, Words};
pub(in crate::web) use view::{LinkedView, linked};
use view::{PairView, QueueLine, SideView};

const REGISTRAR: Policy = Policy::Roles(&[Role::Registrar]);
/// Who sees one pair: whoever links, and whoever confirms it.
const SEES_PAIR: Policy = Policy::Roles(&[Role::Approver, Role::Registrar]);
/// Candidates of one dossier on a page.
const PAIRS: u32 = 10;
/// Pairs of the queue on a page.
const LINES: u32 = 20;

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/candidates", REGISTRAR, waiting)
        .get("/people/{id}/candidates", REGISTRAR, of_person)
        .get("/people/{id}/candidates/{other}", SEES_PAIR, of_pair)
        .post("/people/{id}/candidates/{other}", REGISTRAR, decide)
        .post("/people/{id}/candidates/{other}/undo", REGISTRAR, take_back)
}

/// A dossier is marked as new for so many days, unless others are asked for.
const NEW_DAYS: u32 = 7;
/// The days by which the queue can be narrowed down.
const DAYS: [u32; 3] = [1, NEW_DAYS, 30];
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Characters of a reason.
const WHY_MAX: usize = 500;

/// The page of a list, from 1.
#[derive(Deserialize)]
struct Asked {
    page: Option<u32>,
    /// Only pairs with a dossier that came within so many days.
    days: Option<u32>,
}

/// The dossiers that may be of the same person as one.
#[derive(Serialize)]
struct PersonView {
    person: SideView,
    /// How many there are, over all pages.
    count: usize,
    /// How many dossiers were compared, where so many share something that others were not.
    compared_only: Option<u32>,
    pairs: Vec<PairView>,
    /// Said to be of the same person.
    linked: Vec<SideView>,
    /// Said to be of somebody else.
    apart: Vec<SideView>,
}

impl PersonView {
    /// Those on whom somebody decided, by the key of their heading.
    fn decided(&self) -> [(&'static str, &[SideView]); 2] {
        [("linked", &self.linked), ("apart", &self.apart)]
    }
}

#[derive(Template)]
#[template(path = "candidates.html")]
struct PersonPage<'a> {
    page: Page,
    t: Words,
    v: &'a PersonView,
    pages: Pages,
}

async fn of_person(desk: Desk, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    let id: PersonId = id.parse().map_err(|_| Refused::NotFound)?;
    if desk.officer.purpose().is_none() {
        return dossier::ask(&desk);
    }
    let mut act = desk.act("compare dossiers", Some(&id.to_string())).await?;
    let person = dossier::dossier(&mut act.tx, id).await?.person;
    act.commit().await?;
    let mut reading = desk.node.register.read().await?;
    let mut said: BTreeMap<PersonId, Decision> = decisions::all_of(&mut reading, id).await?;
    said.retain(|other, _| !desk.officer.closes(other));
    let (mut found, more) = candidates::of(&mut reading, &person).await?;
    found.retain(|one| !desk.officer.closes(&one.person.id));
    found.retain(|one| match said.get(&one.person.id) {
        Some(said) if said.verdict == Verdict::Unsure => true,
        Some(said) => {
            said.verdict == Verdict::Two && said.facts != candidates::facts_digest(&person, &one.person)
        }
        None => true,
    });
    let unsure = |id: &PersonId| said.get(id).is_some_and(|said| said.verdict == Verdict::Unsure);
    found.sort_by_key(|one| unsure(&one.person.id));
    let count = found.len();
    let base = format!("/people/{id}/candidates?page=");
    let pages = Pages::of(&base, asked.page.unwrap_or(1), count as u64, PAIRS);
    let mut view = PersonView {
        person: SideView::of(&person),
        count,
        compared_only: more.then_some(candidates::COMPARED_MAX),
        pairs: Vec::new(),
        linked: Vec::new(),
        apart: Vec::new(),
    };
    let requests = decisions::requests(&mut reading).await?;
    for one in found.iter().skip((pages.current as usize - 1) * PAIRS as usize).take(PAIRS as usize) {
        view.pairs
            .push(PairView::of(&desk, &mut reading, [&person, &one.person], &one.compared, &requests).await?);
    }
    for (other, one) in said {
        let Some(row) = candidates::dossier(&mut reading, other).await? else { continue };
        let stale = one.facts != candidates::facts_digest(&person, &row.person);
        match one.verdict {
            Verdict::One => view.linked.push(SideView::of(&row.person)),
            Verdict::Two if !stale => view.apart.push(SideView::of(&row.person)),
            Verdict::Two | Verdict::Unsure => {}
        }
    }
    desk.reply(&view, desk.words.s("candidates-title"), |page, t| PersonPage { page, t, v: &view, pages })
}

#[derive(Template)]
#[template(path = "candidates_pair.html")]
struct PairPage<'a> {
    page: Page,
    t: Words,
    pair: &'a PairView,
}

fn pair_of(one: &str, other: &str) -> Result<[PersonId; 2], Refused> {
    let id = |text: &str| text.parse::<PersonId>().map_err(|_| Refused::NotFound);
    Ok([id(one)?, id(other)?])
}

fn page_of([one, other]: [PersonId; 2]) -> String {
    format!("/people/{one}/candidates/{other}")
}

async fn of_pair(desk: Desk, Path((one, other)): Path<(String, String)>) -> Result<Reply, Refused> {
    let pair = pair_of(&one, &other)?;
    if pair[0] == pair[1] {
        return Err(Refused::AgainstRule { code: "pair-itself".to_owned(), detail: String::new() });
    }
    if desk.officer.purpose().is_none() {
        return dossier::ask(&desk);
    }
    let mut people = Vec::new();
    for id in pair {
        let mut act = desk.act("compare dossiers", Some(&id.to_string())).await?;
        people.push(dossier::dossier(&mut act.tx, id).await?.person);
        act.commit().await?;
    }
    let people = [&people[0], &people[1]];
    let mut reading = desk.node.register.read().await?;
    let compared = candidates::compare(people[0], people[1]).ok_or(Refused::NotFound)?;
    let view = PairView::whole(&desk, &mut reading, people, &compared).await?;
    desk.reply(&view, desk.words.s("candidates-pair-title"), |page, t| PairPage { page, t, pair: &view })
}

/// What became of an act on a pair.
#[derive(Serialize)]
struct OutcomeView {
    /// The draft that another officer confirms; nothing where the act is done.
    draft: Option<String>,
}

impl From<decisions::Outcome> for OutcomeView {
    fn from(outcome: decisions::Outcome) -> Self {
        match outcome {
            decisions::Outcome::Done => Self { draft: None },
            decisions::Outcome::Asked(draft) => Self { draft: Some(draft) },
        }
    }
}

async fn decide(
    desk: Desk,
    Path((one, other)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Reply, Refused> {
    let pair = pair_of(&one, &other)?;
    let given = fields.iter().find(|(name, _)| name == "verdict").map_or("", |(_, value)| value.as_str());
    let verdict = Verdict::ALL.into_iter().find(|one| one.code() == given);
    let verdict = verdict.ok_or(Refused::BadField("verdict"))?;
    let why = why(&fields)?;
    let mut act = desk.act("decide on pair", Some(&pair[0].to_string())).await?;
    let outcome = decisions::decide(&mut act, pair, verdict, why).await?;
    act.commit().await?;
    Ok(desk.done(&OutcomeView::from(outcome), &page_of(pair)))
}

/// The officer's reason, if one was given.
fn why(fields: &[(String, String)]) -> Result<Option<String>, Refused> {
    let given = fields.iter().find(|(name, _)| name == "why").map_or("", |(_, value)| value.trim());
    if given.chars().count() > WHY_MAX {
        return Err(Refused::BadField("why"));
    }
    Ok(Some(given.to_owned()).filter(|given| !given.is_empty()))
}

async fn take_back(
    desk: Desk,
    Path((one, other)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Reply, Refused> {
    let pair = pair_of(&one, &other)?;
    let why = why(&fields)?;
    let mut act = desk.act("take back on pair", Some(&pair[0].to_string())).await?;
    let outcome = decisions::take_back(&mut act, pair, why).await?;
    act.commit().await?;
    Ok(desk.done(&OutcomeView::from(outcome), &page_of(pair)))
}

/// The pairs that wait, in the order of what a family gains.
#[derive(Serialize)]
struct QueueView {
    /// How many wait, over all pages.
    count: usize,
    /// How many dossiers are still to be looked at: what waits among them is not in the list yet.
    pending: usize,
    /// How many there were to be looked at.
    of: usize,
    /// Only pairs with a dossier that came within so many days.
    days: Option<u32>,
    /// Whether pairs may be left out, since some dossiers are closed to the officer.
    closed: bool,
    lines: Vec<QueueLine>,
}

#[derive(Template)]
#[template(path = "candidates_queue.html")]
struct QueuePage<'a> {
    page: Page,
    t: Words,
    v: &'a QueueView,
    columns: Vec<Column>,
    pages: Pages,
}

impl QueueView {
    /// The days by which the list can be narrowed down.
    fn choices(&self) -> [u32; 3] {
        DAYS
    }

    /// The message where nothing waits.
    fn none(&self) -> &'static str {
        if self.days.is_some() { "candidates-queue-none-new" } else { "candidates-queue-none" }
    }
}

async fn waiting(desk: Desk, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    let hidden = &desk.officer.closed;
    let days = asked.days.map(|days| days.clamp(1, DAYS[2]));
    let mut reading = desk.node.register.read().await?;
    let since = desk.node.clock.now() - i64::from(days.unwrap_or(NEW_DAYS)) * DAY_MS;
    let since = reading.entry_before(since).await?;
    let came = reading.came_since(since);
    let base = days.map_or("/candidates?page=".to_owned(), |days| format!("/candidates?days={days}&page="));
    let asked_for = |pair: &[PersonId; 2]| days.is_none() || pair.iter().any(|id| came.contains(id));
    let (count, [pending, of], shown, pages) = queue::with(&desk.node, |queue| {
        let all = || queue.waiting(hidden).filter(|(pair, _)| asked_for(pair));
        let count = if days.is_none() && hidden.is_empty() { queue.size() } else { all().count() };
        let pages = Pages::of(&base, asked.page.unwrap_or(1), count as u64, LINES);
        let shown = all().skip((pages.current as usize - 1) * LINES as usize).take(LINES as usize);
        let shown: Vec<_> = shown.map(|(pair, waiting)| (pair, waiting.clone())).collect();
        (count, queue.pending(), shown, pages)
    })
    .await?;
    // What the queue took up may be newer than the view above.
    let mut reading = desk.node.register.read().await?;
    let requests = decisions::requests(&mut reading).await?;
    let mut lines = Vec::new();
    for (pair, waiting) in shown {
        let line = QueueLine::of(&mut reading, pair, waiting, &came).await?;
        let asked = decisions::about(&requests, pair).map(|(row, _)| row.drafted_by.clone());
        lines.extend(line.map(|line| QueueLine { asked, ..line }));
    }
    let view = QueueView { count, pending, of, days, closed: !desk.officer.closed.is_empty(), lines };
    desk.reply(&view, desk.words.s("candidates-queue-title"), |page, t| {
        let heads = ["gain", "people", "grounds"];
        let column = |key: &str| Column { label: t.code("candidates-column", key), numeric: false };
        QueuePage { columns: heads.map(column).to_vec(), page, t, v: &view, pages }
    })
}

#[cfg(test)]
mod tests;
