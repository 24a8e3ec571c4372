//! Declaring a relation to a person, and lifting one that was declared in error. What follows is in [`super::closed`].

use askama::Template;
use axum::extract::{Form, Path};
use exchange::ids::PersonId;
use register::RelationKind;
use serde::{Deserialize, Serialize};

use crate::acts::relations::{self, KINDS};
use crate::clock::Millis;
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::people::CASE;
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::{Choice, Page, Words};

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    const ADMINISTRATOR: Policy = Policy::Roles(&[Role::Administrator]);
    routes
        .post("/people/{id}/relations", CASE, declare_own)
        .post("/officers/{id}/relations", ADMINISTRATOR, declare)
        .post("/officers/{id}/relations/lift", ADMINISTRATOR, lift)
}

/// A relation that stands, as the administrator sees it: the dossier by its number alone.
#[derive(Serialize)]
pub struct RelationLine {
    /// The officer's label.
    pub officer: String,
    /// The dossier's number.
    pub person: String,
    /// Code of the kind.
    pub kind: &'static str,
    /// When it was declared, ms since 1970.
    pub declared_at: Millis,
    /// By whom.
    pub declared_by: String,
}

/// The relations that stand.
pub async fn standing(desk: &Desk) -> Result<Vec<RelationLine>, Refused> {
    let rows = desk.node.register.read().await?.relations().await?.whole()?;
    let line = |row: register::RelationRow| RelationLine {
        officer: row.officer,
        person: row.person.to_string(),
        kind: row.kind.as_str(),
        declared_at: row.declared_at,
        declared_by: row.declared_by,
    };
    Ok(rows.into_iter().filter(|row| row.lifted.is_none()).map(line).collect())
}

/// What a form offers; nothing is chosen beforehand.
pub fn kinds(t: &Words) -> Vec<Choice> {
    let choice = |kind: RelationKind| Choice {
        value: kind.as_str().to_owned(),
        label: t.code("relation", kind.as_str()),
        hint: String::new(),
    };
    KINDS.into_iter().map(choice).collect()
}

#[derive(Deserialize)]
struct Declared {
    kind: String,
}

/// The answer to a declaration: that this dossier is closed from now on.
#[derive(Serialize)]
struct DeclaredView {
    closed: bool,
}

#[derive(Template)]
#[template(path = "relation_declared.html")]
struct DeclaredPage {
    page: Page,
    t: Words,
}

fn kind_of(code: &str) -> Result<RelationKind, Refused> {
    RelationKind::of(code.trim()).ok_or(Refused::BadField("kind"))
}

async fn declare_own(
    desk: Desk,
    Path(id): Path<String>,
    Form(sent): Form<Declared>,
) -> Result<Reply, Refused> {
    let person: PersonId = id.parse().map_err(|_| Refused::NotFound)?;
    let kind = kind_of(&sent.kind)?;
    let mut act = desk.act("declare relation", Some(&person.to_string())).await?;
    let officer = desk.officer.id().to_owned();
    relations::declare(&mut act, &officer, person, kind).await?;
    act.commit().await?;
    let title = desk.words.code("refused", Refused::ClosedToYou.code());
    desk.reply(&DeclaredView { closed: true }, title, |page, t| DeclaredPage { page, t })
}

#[derive(Deserialize)]
struct DeclaredFor {
    person: String,
    kind: String,
}

async fn declare(
    desk: Desk,
    Path(officer): Path<String>,
    Form(sent): Form<DeclaredFor>,
) -> Result<Reply, Refused> {
    let person: PersonId = sent.person.trim().parse().map_err(|_| Refused::BadField("person"))?;
    let kind = kind_of(&sent.kind)?;
    let mut act = desk.act("declare relation of officer", Some(&person.to_string())).await?;
    relations::declare(&mut act, &officer, person, kind).await?;
    act.commit().await?;
    Ok(desk.back_to("/officers"))
}

#[derive(Deserialize)]
struct Lifted {
    person: String,
}

async fn lift(desk: Desk, Path(officer): Path<String>, Form(sent): Form<Lifted>) -> Result<Reply, Refused> {
    let person: PersonId = sent.person.trim().parse().map_err(|_| Refused::BadField("person"))?;
    let mut act = desk.act("lift relation", Some(&person.to_string())).await?;
    relations::lift(&mut act, &officer, person).await?;
    act.commit().await?;
    Ok(desk.back_to("/officers"))
}

#[cfg(test)]
mod tests;
