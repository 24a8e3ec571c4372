//! Persons closed to an officer by a declared relation: one question in front of every handler, which none can forget.
//!
//! A request is refused when anything in it names such a person: a part of its path, of its address behind `?`, or of its
//! form, be it the dossier, the item under which the person stands in a round, or the call to the family. What names
//! nobody (a list, a sheet, a roll computed by the published order) is let through; there the page leaves the person's
//! particulars out, by [`Officer::closes`] and [`Officer::closes_line`].

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Form, FromRequest, FromRequestParts, Query, RawPathParams, Request};
use axum::http::{Method, header};
use exchange::ids::{Item, PersonId};
use register::{LineRow, Reading, RegisterError};

use crate::act::Actor;
use crate::node::Node;
use crate::officer::Officer;
use crate::pairing;
use crate::web::refused::Refused;

/// The longest form, in bytes: as much as the handlers take.
const FORM_MAX: usize = 2 << 20;
const FORM: &str = "application/x-www-form-urlencoded";

impl Officer {
    /// Whether a person's case is closed to the officer.
    pub fn closes(&self, person: &PersonId) -> bool {
        self.closed.contains(person)
    }

    /// Whether a line of a round is about such a person: linked to the dossier, or proposed for it.
    pub fn closes_line(&self, line: &LineRow) -> bool {
        !self.closed.is_empty() && about(line).is_some_and(|person| self.closes(&person))
    }

    /// The items of these lines that are closed to the officer.
    pub fn closed_items(&self, lines: &[LineRow]) -> BTreeSet<Item> {
        lines.iter().filter(|line| self.closes_line(line)).map(|line| line.item).collect()
    }
}

/// Gives a request back if it names nobody who is closed to the officer.
///
/// # Errors
/// [`Refused::ClosedToYou`], which is in the journal with the dossier; what the register answers.
pub async fn pass(node: &Arc<Node>, officer: &Officer, request: Request) -> Result<Request, Refused> {
    if officer.closed.is_empty() {
        return Ok(request);
    }
    let (named, request) = named(request).await?;
    if let Some(person) = closed_of(node, officer, &named).await? {
        let actor = Actor { officer: officer.id().to_owned(), purpose: officer.purpose().map(str::to_owned) };
        let act = node.act(&actor, "refuse dossier closed to officer", Some(&person.to_string())).await?;
        act.commit().await?;
        return Err(Refused::ClosedToYou);
    }
    Ok(request)
}

/// Every identifier in a request, of a person, a call or an item, in small letters.
async fn named(request: Request) -> Result<(BTreeSet<String>, Request), Refused> {
    type Pairs = Vec<(String, String)>;
    let unread = |_| Refused::BadField("form");
    let mut named = BTreeSet::new();
    let (mut parts, body) = request.into_parts();
    if let Ok(path) = RawPathParams::from_request_parts(&mut parts, &()).await {
        path.iter().for_each(|(_, value)| identifiers(value, &mut named));
    }
    let mut read = |pairs: Pairs| {
        for (name, value) in pairs {
            identifiers(&name, &mut named);
            identifiers(&value, &mut named);
        }
    };
    let Query(asked) = Query::<Pairs>::try_from_uri(&parts.uri).map_err(|_| Refused::BadField("query"))?;
    read(asked);
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if parts.method != Method::POST || !kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with(FORM)) {
        return Ok((named, Request::from_parts(parts, body)));
    }
    let bytes = to_bytes(body, FORM_MAX).await.map_err(|_| Refused::BadField("form"))?;
    let copy = Request::post("/").header(header::CONTENT_TYPE, FORM).body(Body::from(bytes.clone()));
    let copy = copy.map_err(|why| Refused::Broken(why.to_string()))?;
    let Form(sent) = Form::<Pairs>::from_request(copy, &()).await.map_err(unread)?;
    read(sent);
    Ok((named, Request::from_parts(parts, Body::from(bytes))))
}

/// Whatever stands in a text as 32 or 64 hexadecimal digits between other characters.
fn identifiers(text: &str, named: &mut BTreeSet<String>) {
    let words = text.split(|c: char| !c.is_ascii_hexdigit());
    named.extend(words.filter(|word| [32, 64].contains(&word.len())).map(str::to_ascii_lowercase));
}

/// The first person closed to the officer whom one of these identifiers means.
async fn closed_of(
    node: &Node,
    officer: &Officer,
    named: &BTreeSet<String>,
) -> Result<Option<PersonId>, Refused> {
    if named.is_empty() {
        return Ok(None);
    }
    let mut reading = node.register.read().await?;
    for name in named {
        let meant = match (name.parse::<PersonId>(), name.parse::<Item>()) {
            (Ok(person), _) if officer.closes(&person) => Some(person),
            (Ok(_), _) => known(reading.call(name).await)?.map(|call| call.person),
            (_, Ok(item)) => of_item(&mut reading, officer, item).await?,
            _ => None,
        };
        if let Some(person) = meant.filter(|person| officer.closes(person)) {
            return Ok(Some(person));
        }
    }
    Ok(None)
}

/// Whom an item means: by the dossier that has it, else by a line that is linked to a dossier or proposed for one.
async fn of_item(reading: &mut Reading, officer: &Officer, item: Item) -> Result<Option<PersonId>, Refused> {
    if let Some(row) = known(reading.person_of(&item).await)?.filter(|row| officer.closes(&row.person.id)) {
        return Ok(Some(row.person.id));
    }
    let lines = reading.lines_with(&item).await?.whole()?;
    Ok(lines.iter().find(|line| officer.closes_line(line)).and_then(about))
}

/// Whom a line is about: the dossier linked to it, else the one proposed for it.
fn about(line: &LineRow) -> Option<PersonId> {
    line.person.or_else(|| Some(PersonId(pairing::details(line)?.pairing?.person)))
}

/// What was read; of a person whose key was destroyed there is nothing to close.
fn known<T>(read: Result<Option<T>, RegisterError>) -> Result<Option<T>, Refused> {
    match read {
        Err(RegisterError::Shredded(_)) => Ok(None),
        read => Ok(read?),
    }
}
