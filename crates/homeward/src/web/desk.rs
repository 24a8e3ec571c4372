//! What a handler is given ([`Desk`]) and what it gives back ([`Reply`]): one view, shown as a page or as JSON.

use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::act::{Act, Actor};
use crate::node::Node;
use crate::officer::{Officer, Role};
use crate::web::matters::READERS;
use crate::web::refused::{Refused, wants_json};
use crate::web::{Lang, NavItem, Page, Side, Words};

/// A desk with an officer at it. The guard of the route has checked the officer's roles.
pub struct Desk {
    /// The node.
    pub node: Arc<Node>,
    /// The officer.
    pub officer: Officer,
    /// Words in the officer's language.
    pub words: Words,
    headers: HeaderMap,
    path: String,
}

/// An answer ready to send.
pub struct Reply(Response);

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Reply {
    /// The page of a form that was refused: it shows the fault and what was typed.
    pub fn unprocessable(mut self) -> Self {
        *self.0.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        self
    }
}

/// A refusal with the headers it needs to be worded; what handlers' `?` turns a [`Refused`] into.
impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl FromRequestParts<Arc<Node>> for Desk {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, node: &Arc<Node>) -> Result<Self, Refused> {
        let officer = parts.extensions.get::<Officer>().cloned().ok_or(Refused::SignInFirst)?;
        let path =
            parts.extensions.get::<OriginalUri>().map_or(parts.uri.to_string(), |uri| uri.0.to_string());
        let words = Words::of(language_of(&parts.headers));
        Ok(Self { node: node.clone(), officer, words, headers: parts.headers.clone(), path })
    }
}

impl Desk {
    /// Who acts, for the journal.
    pub fn actor(&self) -> Actor {
        Actor { officer: self.officer.id().to_owned(), purpose: self.officer.purpose().map(str::to_owned) }
    }

    /// Begins a named write. `subject` is an identifier that means nothing outside this node, never a name.
    pub async fn act(&self, action: &'static str, subject: Option<&str>) -> Result<Act<'_>, Refused> {
        Ok(self.node.act(&self.actor(), action, subject).await?)
    }

    /// Shows a view: as JSON when it was asked for, else as the page that `page` makes of it.
    pub fn reply<V: Serialize, T: Template>(
        &self,
        view: &V,
        title: String,
        page: impl FnOnce(Page, Words) -> T,
    ) -> Result<Reply, Refused> {
        if wants_json(&self.headers) {
            return Ok(Reply(axum::Json(view).into_response()));
        }
        let html =
            page(self.page(title), self.words).render().map_err(|why| Refused::Broken(why.to_string()))?;
        Ok(Reply(Html(html).into_response()))
    }

    /// Whether a form that is refused comes back as a page with what was typed; a machine is told the refusal alone.
    pub fn reads_pages(&self) -> bool {
        !wants_json(&self.headers)
    }

    /// After an act whose outcome a machine wants to know: the view as JSON when it was asked for, else back to a page.
    pub fn done<V: Serialize>(&self, view: &V, path: &str) -> Reply {
        if wants_json(&self.headers) { Reply(axum::Json(view).into_response()) } else { back_to(path) }
    }

    /// After an act: back to a page of this desk. Any other address leads to the overview.
    pub fn back_to(&self, path: &str) -> Reply {
        back_to(path)
    }

    fn page(&self, title: String) -> Page {
        Page {
            lang: self.words.lang,
            title,
            node_name: self.node.config.party.clone(),
            party_name: self.node.name(self.words.lang),
            side: side_of(&self.node),
            officer_name: Some(self.officer.name.clone()),
            nav: self.navigation(),
            notice: None,
            purpose: self.officer.purpose().map(|code| self.words.code("purpose", code)),
            path: self.path.clone(),
        }
    }

    fn navigation(&self) -> Vec<NavItem> {
        use Role::{
            Administrator, Approver, Auditor, Escort, FamilyLiaison, Negotiator, Physician, PressOfficer,
            Registrar,
        };
        const CASE: &[Role] = &[Registrar, Physician, Negotiator, Approver, Escort, FamilyLiaison];
        let party = self.node.config.is_party();
        let items: [(&str, &str, bool, &[Role]); 15] = [
            ("/", "overview", true, &Role::ALL),
            ("/agreement", "agreement", true, &Role::ALL),
            ("/drafts", "drafts", party, &[Approver, Negotiator, PressOfficer]),
            ("/people", "people", party, CASE),
            ("/import", "import", party, &[Registrar]),
            ("/rounds", "rounds", true, &[Registrar, Physician, Negotiator, Approver, Escort, Auditor]),
            ("/ledger", "ledger", true, &[Negotiator, Approver, Auditor]),
            ("/phases", "phases", true, &Role::ALL),
            ("/notices", "notices", true, READERS),
            ("/conditions", "conditions", true, READERS),
            ("/readings", "readings", true, READERS),
            ("/calls", "calls", party, &[FamilyLiaison]),
            ("/bulletins", "bulletins", party, &[PressOfficer, Approver]),
            ("/log", "log", true, &[Auditor, Administrator, Negotiator, Approver]),
            ("/officers", "officers", true, &[Administrator]),
        ];
        items
            .into_iter()
            .filter(|(_, _, here, roles)| *here && self.officer.holds(roles))
            .map(|(path, key, _, _)| NavItem {
                href: path.to_owned(),
                label: self.words.code("nav", key),
                current: if path == "/" { self.path == "/" } else { self.path.starts_with(path) },
            })
            .collect()
    }
}

/// Whose bar a node's pages carry.
pub fn side_of(node: &Node) -> Side {
    match node.config.parties.iter().position(|label| *label == node.config.party) {
        Some(0) => Side::First,
        Some(_) => Side::Second,
        None => Side::Neutral,
    }
}

/// Name of the cookie that keeps a browser's language.
pub const LANGUAGE_COOKIE: &str = "homeward-language";

/// The language of a request: the one chosen, else the one the browser likes best, else English.
pub fn language_of(headers: &HeaderMap) -> Lang {
    let chosen =
        cookies(headers).find(|(name, _)| *name == LANGUAGE_COOKIE).and_then(|(_, code)| Lang::of_code(code));
    let accepted = || {
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(Lang::accepted)
    };
    chosen.or_else(accepted).unwrap_or(Lang::En)
}

/// The cookies of a request.
pub fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split("; ")).filter_map(|cookie| cookie.split_once('='))
}

/// Back to a page of this desk; any other address leads to the overview.
pub fn back_to(path: &str) -> Reply {
    let ours = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    Reply(Redirect::to(if ours { path } else { "/" }).into_response())
}
