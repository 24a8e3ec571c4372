//! The public pages: what this node has released, for anyone, in three languages.
//!
//! They set no cookie, read none, and are made of released texts, the names in the agreement and the names of withheld
//! fields alone: nothing else of the register is read here.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::Html;
use register::{BulletinRow, BulletinState};
use serde::Deserialize;

use crate::acts::agreement::{self, Standing};
use crate::acts::press::text::{Piece, Shows, digest, withheld_fields};
use crate::acts::press::{self, Bulletin};
use crate::chance::hex;
use crate::clock::Millis;
use crate::node::{Node, Shared};
use crate::web::calls::subject;
use crate::web::desk::side_of;
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::{Lang, Side, Words, assets};

/// How many bulletins the first page lists.
const LISTED_MAX: usize = 100;

/// The area's routes, on the public port.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/", Policy::Public, front).get("/bulletin/{id}", Policy::Public, bulletin)
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

/// The frame of a public page.
struct Frame {
    title: String,
    party: String,
    side: Side,
    css: &'static str,
    icon: &'static str,
    path: String,
}

/// What the agreement withholds, with its own words.
struct Withheld {
    fields: Vec<String>,
    clause: u32,
    text: String,
}

/// A released bulletin in one language.
struct Released {
    id: String,
    on: String,
    title: Vec<Piece>,
    paragraphs: Vec<Vec<Piece>>,
    released_at: Millis,
    digest: String,
}

impl Released {
    fn of(row: BulletinRow, bulletin: Bulletin, lang: Lang) -> Option<Self> {
        let digest = hex(&digest(&bulletin.texts));
        let text = bulletin.texts.into_iter().find(|text| text.language == lang.code())?;
        Some(Self {
            id: row.id,
            on: bulletin.on,
            title: text.title,
            paragraphs: text.paragraphs,
            released_at: row.released_at?,
            digest,
        })
    }
}

impl Piece {
    /// Whether this piece is the day of the handover.
    fn is_day(&self) -> bool {
        self.shows == Some(Shows::Date)
    }
}

#[derive(Template)]
#[template(path = "public_front.html")]
struct FrontPage {
    t: Words,
    frame: Frame,
    withheld: Option<Withheld>,
    bulletins: Vec<Released>,
}

#[derive(Template)]
#[template(path = "public_bulletin.html")]
struct BulletinPage {
    t: Words,
    frame: Frame,
    withheld: Option<Withheld>,
    b: Released,
}

async fn front(
    State(node): State<Arc<Node>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, Refused> {
    let t = Words::of(language(&asked, &headers));
    let mut reading = node.register.read().await?;
    let mut bulletins: Vec<Released> = press::bulletins(&mut reading, BulletinState::Released)
        .await?
        .into_iter()
        .filter_map(|(row, bulletin)| Released::of(row, bulletin, t.lang))
        .collect();
    bulletins.sort_by(|a, b| (b.released_at, &b.id).cmp(&(a.released_at, &a.id)));
    bulletins.truncate(LISTED_MAX);
    let frame = frame(&node, t, t.s("public-title"), "/".to_owned());
    let withheld = withheld(&*node.look().await?, t);
    shown(&FrontPage { t, frame, withheld, bulletins })
}

async fn bulletin(
    State(node): State<Arc<Node>>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, Refused> {
    let t = Words::of(language(&asked, &headers));
    let row = node.register.read().await?.bulletin(&subject(&id)?).await?;
    let row = row.filter(|row| row.state == BulletinState::Released).ok_or(Refused::NotFound)?;
    let bulletin = Bulletin::of(&row)?;
    let b = Released::of(row, bulletin, t.lang).ok_or(Refused::NotFound)?;
    let title = b.title.iter().map(|piece| piece.text.as_str()).collect();
    let frame = frame(&node, t, title, format!("/bulletin/{}", b.id));
    let withheld = withheld(&*node.look().await?, t);
    shown(&BulletinPage { t, frame, withheld, b })
}

/// The language asked for in the address, else the one the browser likes best, else English.
fn language(asked: &Asked, headers: &HeaderMap) -> Lang {
    let accepted = || {
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(Lang::accepted)
    };
    asked.lang.as_deref().and_then(Lang::of_code).or_else(accepted).unwrap_or(Lang::En)
}

fn frame(node: &Node, t: Words, title: String, path: String) -> Frame {
    Frame {
        title,
        party: node.name(t.lang),
        side: side_of(node),
        css: assets::css_href(),
        icon: assets::icon_href(),
        path,
    }
}

fn withheld(shared: &Shared, t: Words) -> Option<Withheld> {
    if !matches!(agreement::standing(&shared.record), Standing::InForce { .. }) {
        return None;
    }
    let terms = shared.terms.as_ref()?;
    let fields: Vec<String> =
        withheld_fields(terms).into_iter().map(|field| t.code("bulletin-field", field.code())).collect();
    let clause = terms.clause(terms.disclosure.as_ref()?.clause)?;
    let text = clause.text.in_language(t.lang.code()).to_owned();
    (!fields.is_empty()).then_some(Withheld { fields, clause: clause.no, text })
}

fn shown(page: &impl Template) -> Result<Html<String>, Refused> {
    page.render().map(Html).map_err(|why| Refused::Broken(why.to_string()))
}
