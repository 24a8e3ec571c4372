//! Signing in by a one-time link, sessions, the officer's purpose and language.
//!
//! A link is good once, for an hour, and only after a press of a button (mail scanners open links). What the browser
//! keeps is a random token; the register keeps its hash. Passkeys come later and take the link's place.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use register::token_hash;
use serde::{Deserialize, Serialize};

use crate::act::{ActError, Actor};
use crate::acts::candidates::decisions;
use crate::chance::{hex, unhex};
use crate::clock::Millis;
use crate::node::Node;
use crate::officer::{Officer, Role};
use crate::web::desk::{Desk, LANGUAGE_COOKIE, Reply, back_to, cookies, language_of, side_of};
use crate::web::refused::Refused;
use crate::web::relations::{self, RelationLine};
use crate::web::router::{Policy, Routes};
use crate::web::{Choice, Column, Lang, Page, Words};

const HOUR: Millis = 3_600_000;
/// How long a one-time link is good.
pub const LINK_HOURS: Millis = 1;
/// After how long a session ends, whatever happens in it.
const SESSION_HOURS: Millis = 12;

/// The setting that says that somebody has signed in: from then on links come from the administrator alone.
pub const SIGNED_IN: &str = "signed-in";

/// Purposes an officer chooses from before opening dossiers; message keys `purpose-<code>`.
pub const PURPOSES: [&str; 6] = ["registration", "medical", "roll", "crossing", "family", "oversight"];

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/sign-in", Policy::Door, door)
        .get("/sign-in/{token}", Policy::Door, press_the_button)
        .post("/sign-in/{token}", Policy::Door, sign_in)
        .post("/sign-out", Policy::AnyOfficer, sign_out)
        .post("/purpose", Policy::AnyOfficer, set_purpose)
        .post("/language", Policy::Door, set_language)
        .get("/officers", Policy::Roles(&[Role::Administrator]), officers)
        .post("/officers", Policy::Roles(&[Role::Administrator]), admit)
        .post("/officers/{id}/link", Policy::Roles(&[Role::Administrator]), issue_link)
}

/// Cookies are shared between the ports of one host, so each node's has its party in its name.
fn cookie_name(node: &Node) -> String {
    format!("__Host-homeward-{}", node.config.party)
}

/// The officer of the request's session, if it has one that still stands.
pub async fn officer_of(node: &Node, headers: &HeaderMap) -> Result<Option<Officer>, ActError> {
    let wanted = cookie_name(node);
    let token = cookies(headers).find(|(name, _)| *name == wanted).and_then(|(_, value)| unhex::<32>(value));
    let Some(token) = token else { return Ok(None) };
    let hash = token_hash(&token);
    let mut reading = node.register.read().await?;
    let Some(session) = reading.session(&hash).await? else { return Ok(None) };
    // In a rehearsal nobody could sign in again after the clock has jumped over a day.
    if node.clock.runs() && session.expires_at <= node.clock.now() {
        return Ok(None);
    }
    let Some(row) = reading.officer(&session.officer).await?.filter(|row| row.active) else {
        return Ok(None);
    };
    let relations = reading.relations_of(&row.id).await?.whole()?;
    let mut closed = BTreeSet::new();
    for related in relations.iter().filter(|one| one.lifted.is_none()) {
        // Whoever is one person in two dossiers is so in both.
        closed.extend(decisions::linked(&mut reading, related.person).await?);
    }
    Ok(Some(Officer {
        closed,
        roles: row.roles.iter().filter_map(|code| Role::of(code)).collect(),
        id: row.id,
        name: row.display_name,
        purpose: session.purpose,
        session: hex(&hash),
    }))
}

/// Makes a one-time link for an officer and returns the token to put into it. The token is shown once and not stored.
pub async fn make_link(node: &Node, actor: &Actor, officer: &str) -> Result<String, Refused> {
    let token = node.chance.draw("sign-in link");
    let mut act = node.act(actor, "issue one-time link", Some(officer)).await?;
    if act.tx.officer(officer).await?.is_none() {
        return Err(Refused::NotFound);
    }
    let expires_at = node.clock.now() + LINK_HOURS * HOUR;
    act.tx
        .put(&register::LinkRow {
            token_hash: token_hash(&token),
            officer: officer.to_owned(),
            expires_at,
            used_at: None,
        })
        .await?;
    act.commit().await?;
    Ok(hex(&token))
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    t: Words,
    page: Page,
    token: Option<String>,
}

async fn door(State(node): State<Arc<Node>>, headers: HeaderMap) -> Result<Response, Refused> {
    sign_in_page(&node, &headers, None)
}

async fn press_the_button(
    State(node): State<Arc<Node>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let token = unhex::<32>(&token).ok_or(Refused::LinkSpent)?;
    sign_in_page(&node, &headers, Some(hex(&token)))
}

fn sign_in_page(node: &Node, headers: &HeaderMap, token: Option<String>) -> Result<Response, Refused> {
    let lang = language_of(headers);
    let t = Words::of(lang);
    let page = Page {
        lang,
        title: t.s("sign-in-title"),
        node_name: node.config.party.clone(),
        party_name: node.name(lang),
        side: side_of(node),
        officer_name: None,
        nav: Vec::new(),
        notice: None,
        purpose: None,
        path: token.as_ref().map_or_else(|| "/sign-in".to_owned(), |token| format!("/sign-in/{token}")),
    };
    let html = SignInPage { t, page, token }.render().map_err(|why| Refused::Broken(why.to_string()))?;
    Ok(axum::response::Html(html).into_response())
}

async fn sign_in(State(node): State<Arc<Node>>, Path(token): Path<String>) -> Result<Response, Refused> {
    let token = unhex::<32>(&token).ok_or(Refused::LinkSpent)?;
    let now = node.clock.now();
    let hash = token_hash(&token);
    let Some(mut link) = node.register.read().await?.link(&hash).await? else {
        return Err(Refused::LinkSpent);
    };
    let actor = Actor { officer: link.officer.clone(), purpose: None };
    let mut act = node.act(&actor, "sign in", None).await?;
    // Read again under the writer's lock: of two presses only one signs in.
    link = act.tx.link(&hash).await?.ok_or(Refused::LinkSpent)?;
    if link.used_at.is_some() || link.expires_at <= now {
        return Err(Refused::LinkSpent);
    }
    link.used_at = Some(now);
    let session = node.chance.draw("session");
    act.tx.put(&link).await?;
    let expires_at = now + SESSION_HOURS * HOUR;
    let row = register::SessionRow {
        token_hash: token_hash(&session),
        officer: link.officer,
        expires_at,
        purpose: None,
    };
    act.tx.put(&row).await?;
    act.tx.put(&register::SettingRow { key: SIGNED_IN.to_owned(), value: vec![1] }).await?;
    act.commit().await?;
    let age = SESSION_HOURS * HOUR / 1000;
    let cookie = format!(
        "{}={}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={age}",
        cookie_name(&node),
        hex(&session)
    );
    let cookie = HeaderValue::from_str(&cookie).map_err(|why| Refused::Broken(why.to_string()))?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

async fn sign_out(desk: Desk) -> Result<Response, Refused> {
    let mut act = desk.act("sign out", None).await?;
    let hash = unhex::<32>(&desk.officer.session).ok_or(Refused::NotFound)?;
    act.tx.end_session(&hash).await?;
    act.commit().await?;
    let gone = format!("{}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0", cookie_name(&desk.node));
    let gone = HeaderValue::from_str(&gone).map_err(|why| Refused::Broken(why.to_string()))?;
    let clear = HeaderValue::from_static("\"cache\"");
    Ok(([(header::SET_COOKIE, gone)], [("clear-site-data", clear)], Redirect::to("/sign-in")).into_response())
}

#[derive(Deserialize)]
struct PurposeForm {
    purpose: String,
    back: String,
}

async fn set_purpose(desk: Desk, Form(form): Form<PurposeForm>) -> Result<Reply, Refused> {
    if !PURPOSES.contains(&form.purpose.as_str()) {
        return Err(Refused::BadField("purpose"));
    }
    let mut act = desk.act("state purpose", None).await?;
    let hash = unhex::<32>(&desk.officer.session).ok_or(Refused::NotFound)?;
    let mut session = act.tx.session(&hash).await?.ok_or(Refused::SignInFirst)?;
    session.purpose = Some(form.purpose);
    act.tx.put(&session).await?;
    act.commit().await?;
    Ok(desk.back_to(&form.back))
}

#[derive(Deserialize)]
struct LanguageForm {
    lang: String,
    back: String,
}

async fn set_language(Form(form): Form<LanguageForm>) -> Result<Response, Refused> {
    let lang = Lang::of_code(&form.lang).ok_or(Refused::BadField("lang"))?;
    let cookie = format!("{LANGUAGE_COOKIE}={}; Path=/; SameSite=Strict; Max-Age=31536000", lang.code());
    let cookie = HeaderValue::from_str(&cookie).map_err(|why| Refused::Broken(why.to_string()))?;
    Ok(([(header::SET_COOKIE, cookie)], back_to(&form.back)).into_response())
}

/// An officer in the administrator's list.
#[derive(Serialize)]
struct OfficerLine {
    id: String,
    name: String,
    roles: Vec<String>,
    language: String,
    active: bool,
}

/// The administrator's page. A link just made is shown once.
#[derive(Serialize)]
struct OfficersView {
    officers: Vec<OfficerLine>,
    /// Relations that stand.
    relations: Vec<RelationLine>,
    new_link: Option<String>,
    for_officer: Option<String>,
}

#[derive(Template)]
#[template(path = "officers.html")]
struct OfficersPage<'a> {
    page: crate::web::Page,
    t: Words,
    v: &'a OfficersView,
    roles: [Role; 9],
    kinds: Vec<Choice>,
    relation_columns: Vec<Column>,
}

async fn officers_view(desk: &Desk, new_link: Option<(String, String)>) -> Result<Reply, Refused> {
    let rows = desk.node.register.read().await?.officers().await?.whole()?;
    let officers = rows
        .into_iter()
        .map(|row| OfficerLine {
            id: row.id,
            name: row.display_name,
            roles: row.roles,
            language: row.language,
            active: row.active,
        })
        .collect();
    let (for_officer, new_link) = new_link.unzip();
    let relations = relations::standing(desk).await?;
    let view = OfficersView { officers, relations, new_link, for_officer };
    desk.reply(&view, desk.words.s("officers-title"), |page, t| OfficersPage {
        page,
        t,
        v: &view,
        roles: Role::ALL,
        kinds: relations::kinds(&t),
        relation_columns: ["officer", "person", "kind", "declared", "lift"]
            .map(|key| Column { label: t.code("relation-column", key), numeric: false })
            .to_vec(),
    })
}

async fn officers(desk: Desk) -> Result<Reply, Refused> {
    officers_view(&desk, None).await
}

async fn issue_link(desk: Desk, Path(id): Path<String>) -> Result<Reply, Refused> {
    let token = make_link(&desk.node, &desk.actor(), &id).await?;
    let link = desk.node.sign_in_address(&token);
    officers_view(&desk, Some((id, link))).await
}

async fn admit(desk: Desk, Form(fields): Form<Vec<(String, String)>>) -> Result<Reply, Refused> {
    let field =
        |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned());
    let id = field("id").filter(|id| exchange::ids::Party::new(id).is_ok()).ok_or(Refused::BadField("id"))?;
    let name = field("name")
        .filter(|name| (1..=100).contains(&name.chars().count()))
        .ok_or(Refused::BadField("name"))?;
    let language = field("language")
        .filter(|code| Lang::of_code(code).is_some())
        .ok_or(Refused::BadField("language"))?;
    let roles: Vec<String> = fields
        .iter()
        .filter(|(key, code)| key == "role" && Role::of(code).is_some())
        .map(|(_, code)| code.clone())
        .collect();
    if roles.is_empty() {
        return Err(Refused::BadField("role"));
    }
    let mut act = desk.act("admit officer", Some(&id)).await?;
    if act.tx.officer(&id).await?.is_some() {
        return Err(Refused::AgainstRule { code: "officer-exists".to_owned(), detail: id });
    }
    act.tx.put(&register::OfficerRow { id, display_name: name, roles, language, active: true }).await?;
    act.commit().await?;
    officers_view(&desk, None).await
}
