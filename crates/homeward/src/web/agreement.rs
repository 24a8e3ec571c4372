//! The agreement at the desk, and the drafts that wait for a second officer.
//!
//! A text is put forward by one party and accepted by the other; on each side one officer drafts the step and another
//! carries it out. What both officers see is the text itself, and beside it what the rules read out of it.

mod structure;

use askama::Template;
use axum::extract::{Form, Path, Query};
use exchange::agreement::Terms;
use parley::Digest;
use register::{DraftRow, Reading};
use serde::{Deserialize, Serialize};
use time::Date;

use crate::act::Act;
use crate::acts::agreement::{self, Standing};
use crate::acts::drafts::{self, Draft};
use crate::acts::{overrides, roll};
use crate::chance::{hex, unhex};
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::matters;
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::terms::Say;
use crate::web::{Column, Page, Pages, Words};
use structure::Section;

/// Drafts on one page.
const PAGE: u32 = 100;

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    use Role::{Approver, Negotiator, PressOfficer, Registrar};
    routes
        .get("/agreement", Policy::AnyOfficer, show)
        .post("/agreement", Policy::Roles(&[Negotiator]), put_forward)
        .post("/agreement/accept", Policy::Roles(&[Negotiator]), accept)
        .get("/drafts", Policy::Roles(&[Approver, Negotiator, PressOfficer]), waiting)
        .post("/drafts/{id}/approve", Policy::Roles(&[Approver]), approve)
        .post(
            "/drafts/{id}/dismiss",
            Policy::Roles(&[Approver, Negotiator, PressOfficer, Registrar]),
            dismiss,
        )
}

/// A clause as it is shown.
#[derive(Serialize)]
struct ClauseView {
    no: u32,
    text: String,
    /// What the rules read out of it.
    rests: Vec<RestView>,
}

/// The rows of one part that rest on a clause.
#[derive(Serialize)]
struct RestView {
    part: String,
    rows: Vec<LinkView>,
}

/// A row of this page.
#[derive(Serialize)]
struct LinkView {
    anchor: String,
    words: String,
}

/// A round as the terms plan it.
#[derive(Serialize)]
struct PlannedView {
    number: u32,
    #[serde(serialize_with = "as_iso")]
    planned: Date,
    places: u32,
    categories: Vec<String>,
}

/// The agreement: where it stands, and the text that is in force, waits, or is drafted here.
#[derive(Serialize, Default)]
struct AgreementView {
    /// `none`, `put-forward` or `in-force`.
    state: &'static str,
    digest: Option<String>,
    title: Option<String>,
    text: Option<String>,
    #[serde(serialize_with = "as_iso_if_any")]
    signed_on: Option<Date>,
    clauses: Vec<ClauseView>,
    sections: Vec<Section>,
    rounds: Vec<PlannedView>,
    /// Whether this node put the text forward.
    mine: bool,
    /// The open draft about the agreement.
    draft: Option<String>,
    /// Whether the text shown is only drafted here: nobody else has it yet.
    drafted: bool,
    /// What the officer may do now: `put-forward`, `accept`, `approve`.
    actions: Vec<&'static str>,
}

pub(crate) fn as_iso<S: serde::Serializer>(date: &Date, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(date)
}

pub(crate) fn as_iso_if_any<S: serde::Serializer>(date: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => out.collect_str(date),
        None => out.serialize_none(),
    }
}

#[derive(Template)]
#[template(path = "agreement.html")]
struct AgreementPage<'a> {
    page: Page,
    t: Words,
    v: &'a AgreementView,
    rounds: Vec<Column>,
}

async fn show(desk: Desk) -> Result<Reply, Refused> {
    let view = view(&desk).await?;
    desk.reply(&view, desk.words.s("agreement-title"), |page, t| AgreementPage {
        rounds: columns(&t, &[("round", true), ("planned", false), ("places", true), ("categories", false)]),
        page,
        t,
        v: &view,
    })
}

fn columns(t: &Words, keys: &[(&str, bool)]) -> Vec<Column> {
    keys.iter().map(|(key, numeric)| Column { label: t.code("agreement", key), numeric: *numeric }).collect()
}

async fn view(desk: &Desk) -> Result<AgreementView, Refused> {
    let (standing, me, known) = {
        let shared = desk.node.look().await?;
        (agreement::standing(&shared.record), desk.node.me, shared.terms.clone())
    };
    let mut reading = desk.node.register.read().await?;
    let open = open_draft(&mut reading).await?;
    let (state, digest, mine) = match standing {
        Standing::None => ("none", None, false),
        Standing::PutForward { author, digest, .. } => ("put-forward", Some(digest), author == me),
        Standing::InForce { digest } => ("in-force", Some(digest), false),
    };
    let mut text = None;
    if let Some(digest) = &digest {
        let stored = reading.attachment(&exchange::ids::Digest(digest.0)).await?;
        text = stored.and_then(|stored| String::from_utf8(stored.bytes).ok());
    }
    let drafted = match &open {
        Some((_, Draft::Agreement { text: waits })) if digest.is_none() => {
            text = Some(waits.clone());
            true
        }
        _ => false,
    };
    let digest = digest.or_else(|| text.as_ref().map(|text| Digest::of(text.as_bytes())));
    let terms = text.as_deref().and_then(|text| Terms::parse(text).ok());
    // What this node knows of the same text has the readings beside it that parties attached afterwards.
    let terms = terms.map(|terms| known.filter(|known| known.digest() == terms.digest()).unwrap_or(terms));
    let readable = terms.is_some();
    let mut view = AgreementView {
        state,
        digest: digest.map(|digest| digest.to_string()),
        text,
        mine,
        drafted,
        actions: actions(desk, standing, readable, open.as_ref().map(|(row, _)| row)),
        draft: open.map(|(row, _)| row.id),
        ..AgreementView::default()
    };
    if let Some(terms) = terms {
        view.say(&terms, desk.words);
    }
    Ok(view)
}

/// The open draft about the agreement, if there is one.
async fn open_draft(reading: &mut Reading) -> Result<Option<(DraftRow, Draft)>, Refused> {
    let rows = reading.open_drafts().await?.whole()?;
    let about = rows.into_iter().filter(|row| ["agreement", "accept-agreement"].contains(&row.kind.as_str()));
    Ok(about.filter_map(|row| minicbor::decode(&row.payload).ok().map(|draft| (row, draft))).next_back())
}

fn actions(desk: &Desk, standing: Standing, readable: bool, draft: Option<&DraftRow>) -> Vec<&'static str> {
    let party = desk.node.config.is_party();
    if let Some(draft) = draft {
        let second = desk.officer.holds(&[Role::Approver]) && draft.drafted_by != desk.officer.id();
        return if second { vec!["approve"] } else { Vec::new() };
    }
    if !party || !desk.officer.holds(&[Role::Negotiator]) {
        return Vec::new();
    }
    match standing {
        Standing::None => vec!["put-forward"],
        Standing::PutForward { author, .. } if author != desk.node.me && readable => vec!["accept"],
        Standing::PutForward { .. } | Standing::InForce { .. } => Vec::new(),
    }
}

impl AgreementView {
    fn colour(&self) -> &'static str {
        match self.state {
            "in-force" => "green",
            "put-forward" => "blue",
            _ => "grey",
        }
    }

    fn say(&mut self, terms: &Terms, t: Words) {
        let say = Say { terms, t };
        self.title = Some(say.text(&terms.title));
        self.signed_on = Some(terms.signed_on);
        self.sections = structure::sections(say);
        let rests = |no: u32| {
            let part = |section: &Section| {
                let rows = section.rows.iter().filter(|row| row.clause == Some(no));
                let link =
                    |row: &structure::Row| LinkView { anchor: row.anchor.clone(), words: row.title.clone() };
                RestView { part: section.title.clone(), rows: rows.map(link).collect() }
            };
            self.sections.iter().map(part).filter(|rest| !rest.rows.is_empty()).collect()
        };
        let clause = |one: &exchange::agreement::Clause| ClauseView {
            no: one.no,
            text: say.text(&one.text),
            rests: rests(one.no),
        };
        self.clauses = terms.clauses.iter().map(clause).collect();
        let planned = |one: &exchange::agreement::Round| PlannedView {
            number: one.no,
            planned: one.planned,
            places: one.places,
            categories: one.categories.iter().map(|id| say.with_quota(id, &one.quotas)).collect(),
        };
        self.rounds = terms.rounds.iter().map(planned).collect();
    }
}

/// Browsers send a text field's lines with carriage returns; the digest is of the text as it was written.
fn lines_as_written(text: &str) -> String {
    text.replace("\r\n", "\n")
}

async fn put_forward(desk: Desk, Form(fields): Form<Vec<(String, String)>>) -> Result<Reply, Refused> {
    let text = fields.iter().find(|(name, _)| name == "terms").map(|(_, text)| lines_as_written(text));
    let text = text.filter(|text| !text.trim().is_empty()).ok_or(Refused::BadField("terms"))?;
    let mut act = desk.act("draft agreement", None).await?;
    agreement::check_text(&act, &text)?;
    drafts::keep(&mut act, &Draft::Agreement { text }).await?;
    act.commit().await?;
    Ok(desk.back_to("/agreement"))
}

async fn accept(desk: Desk) -> Result<Reply, Refused> {
    let mut act = desk.act("draft acceptance of agreement", None).await?;
    let entry = agreement::check_acceptable(&mut act).await?.0;
    drafts::keep(&mut act, &Draft::AcceptAgreement { entry }).await?;
    act.commit().await?;
    Ok(desk.back_to("/agreement"))
}

/// A draft that waits.
#[derive(Serialize)]
struct DraftView {
    id: String,
    kind: String,
    round: Option<u32>,
    drafted_by: String,
    drafted_at: i64,
    /// Whether the officer who looks drafted it: then somebody else approves it.
    mine: bool,
    /// The page that shows what it would do.
    shown_at: String,
    /// Whether it is about somebody to whom the officer has a declared relation: then it is not theirs to decide.
    closed: bool,
    /// Who would go by hand, and in whose place; nothing where the draft is closed to the officer.
    by_hand: Option<HandView>,
}

/// Who would go by hand, and in whose place: items, each with a reason sheet that names the person to whom it may.
#[derive(Serialize)]
struct HandView {
    goes: String,
    stays: String,
}

/// The drafts that wait for a second officer, oldest first.
#[derive(Serialize)]
struct DraftsView {
    /// How many there are, over all pages.
    count: usize,
    drafts: Vec<DraftView>,
    approver: bool,
}

#[derive(Template)]
#[template(path = "agreement_drafts.html")]
struct DraftsPage<'a> {
    page: Page,
    t: Words,
    v: &'a DraftsView,
    columns: Vec<Column>,
    pages: Pages,
}

/// The page of the drafts, from 1.
#[derive(Deserialize)]
struct Asked {
    page: Option<u32>,
}

async fn waiting(desk: Desk, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    let mut reading = desk.node.register.read().await?;
    let rows = reading.open_drafts().await?.whole()?;
    let approver = desk.officer.holds(&[Role::Approver]);
    // An uploaded list waits for its registrar, not for a second officer.
    let rows: Vec<DraftRow> =
        rows.into_iter().filter(|row| row.kind != crate::acts::people::IMPORT).collect();
    let count = rows.len();
    let pages = Pages::of("/drafts?page=", asked.page.unwrap_or(1), count as u64, PAGE);
    let shown = rows.into_iter().skip((pages.current as usize - 1) * PAGE as usize).take(PAGE as usize);
    let mut drafts = Vec::new();
    for row in shown {
        drafts.push(waits(&mut reading, &desk, row).await?);
    }
    let view = DraftsView { count, drafts, approver };
    desk.reply(&view, desk.words.s("drafts-title"), |page, t| {
        let keys = ["what", "decide"];
        let column = |key: &str| Column { label: t.code("drafts", key), numeric: false };
        DraftsPage { columns: keys.map(column).to_vec(), page, t, v: &view, pages }
    })
}

async fn waits(reading: &mut Reading, desk: &Desk, row: DraftRow) -> Result<DraftView, Refused> {
    let closed = is_closed(reading, desk, &row).await?;
    let draft = drafts::read(&row);
    let item = |item: [u8; 32]| exchange::ids::Item(item).to_string();
    let by_hand = draft.as_ref().and_then(Draft::by_hand).filter(|_| !closed);
    Ok(DraftView {
        mine: row.drafted_by == desk.officer.id(),
        shown_at: shown_at(draft.as_ref(), row.round),
        closed,
        by_hand: by_hand.map(|what| HandView { goes: item(what.goes), stays: item(what.stays) }),
        id: row.id,
        kind: row.kind,
        round: row.round,
        drafted_by: row.drafted_by,
        drafted_at: row.drafted_at,
    })
}

fn shown_at(draft: Option<&Draft>, round: Option<u32>) -> String {
    if let Some(matter) = draft.and_then(Draft::matter) {
        return matters::page_of(&matter);
    }
    if let Some(([one, other], _)) = draft.and_then(Draft::pair) {
        return format!("/people/{one}/candidates/{other}");
    }
    round.map_or_else(|| "/agreement".to_owned(), |round| format!("/rounds/{round}"))
}

/// An identifier out of an address, or the answer that there is nothing of that name.
fn draft_id(given: &str) -> Result<String, Refused> {
    unhex::<16>(given).map(|id| hex(&id)).ok_or(Refused::NotFound)
}

/// Whether a draft is about somebody to whom the officer has a declared relation.
async fn is_closed(reading: &mut Reading, desk: &Desk, row: &DraftRow) -> Result<bool, Refused> {
    let Some(draft) = drafts::read(row) else { return Ok(false) };
    if let Some((pair, _)) = draft.pair() {
        return Ok(pair.iter().any(|id| desk.officer.closes(id)));
    }
    match draft.by_hand() {
        Some(what) => Ok(overrides::is_closed(reading, &desk.officer, &what).await?),
        None => Ok(false),
    }
}

/// The draft to decide on. An officer with a declared relation to somebody it is about decides nothing.
async fn to_decide(act: &mut Act<'_>, desk: &Desk, id: &str) -> Result<DraftRow, Refused> {
    let row = act.tx.draft(id).await?.ok_or(Refused::NotFound)?;
    if is_closed(&mut act.tx, desk, &row).await? { Err(Refused::ClosedToYou) } else { Ok(row) }
}

async fn approve(desk: Desk, Path(id): Path<String>) -> Result<Reply, Refused> {
    let id = draft_id(&id)?;
    let round = desk.node.register.read().await?.draft(&id).await?.and_then(|row| row.round);
    if let Some(round) = round {
        roll::ready(&desk.node, round).await;
    }
    let mut act = desk.act("carry out draft", Some(&id)).await?;
    to_decide(&mut act, &desk, &id).await?;
    let draft = drafts::carry_out(&mut act, &id).await?;
    act.commit().await?;
    Ok(desk.back_to(&shown_at(Some(&draft), draft.round())))
}

async fn dismiss(desk: Desk, Path(id): Path<String>) -> Result<Reply, Refused> {
    let id = draft_id(&id)?;
    let mut act = desk.act("dismiss draft", Some(&id)).await?;
    let row = to_decide(&mut act, &desk, &id).await?;
    if row.drafted_by != desk.officer.id() && !desk.officer.holds(&[Role::Approver]) {
        return Err(Refused::NotYourRole { needs: &[Role::Approver] });
    }
    drafts::dismiss(&mut act, &id).await?;
    act.commit().await?;
    let about = drafts::read(&row).filter(|draft| draft.pair().is_some());
    Ok(desk.back_to(&about.map_or_else(|| "/drafts".to_owned(), |draft| shown_at(Some(&draft), None))))
}

#[cfg(test)]
mod tests;
