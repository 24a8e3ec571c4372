//! What a negotiator drafts. Each form becomes one draft that says exactly what would be signed, or nothing happens.

use axum::extract::{Form, Path};

use super::page_of;
use crate::acts::agreement;
use crate::acts::drafts::{self, Draft};
use crate::acts::matters::{self, Document, Matter, Matters, Step};
use crate::chance::unhex;
use crate::opening::to_cbor;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;

/// The fields of a form, in their order.
type Sent = Form<Vec<(String, String)>>;

/// A field as it was written: browsers send a text's lines with carriage returns.
fn field(fields: &[(String, String)], name: &str) -> String {
    let found = fields.iter().find(|(key, _)| key == name);
    found.map(|(_, text)| text.replace("\r\n", "\n").trim().to_owned()).unwrap_or_default()
}

fn text(fields: &[(String, String)], name: &'static str) -> Result<String, Refused> {
    Some(field(fields, name)).filter(|text| !text.is_empty()).ok_or(Refused::BadField(name))
}

/// `POST /notices`
pub async fn notice(desk: Desk, Form(fields): Sent) -> Result<Reply, Refused> {
    let clause = field(&fields, "clause").parse().map_err(|_| Refused::BadField("clause"))?;
    let text = text(&fields, "text")?;
    let mut act = desk.act("draft notice", None).await?;
    let terms = agreement::in_force(&mut act)?.clone();
    let me = desk.node.me;
    let (tx, shared) = act.parts();
    let known = Matters::of(tx, &shared.record, &terms).await?;
    let next = matters::next_number(&terms, &known, &me).ok_or(Refused::NotFound)?;
    // A number that waits in another draft is not given again.
    let waiting = act.tx.open_drafts().await?.whole()?;
    let drafted = waiting.iter().filter_map(|row| match drafts::read(row)?.matter()? {
        Matter::Notice { no, .. } => no.checked_add(2),
        _ => None,
    });
    let no = drafted.max().map_or(next, |after| after.max(next));
    keep(&desk, act, Matter::Notice { no, clause, text }).await
}

/// `POST /notices/{n}/reply`
pub async fn reply(desk: Desk, Path(no): Path<u32>, Form(fields): Sent) -> Result<Reply, Refused> {
    let text = text(&fields, "text")?;
    let act = desk.act("draft reply to notice", Some(&format!("notice-{no}"))).await?;
    keep(&desk, act, Matter::Reply { no, text }).await
}

/// `POST /notices/{n}/close`
pub async fn close(desk: Desk, Path(no): Path<u32>) -> Result<Reply, Refused> {
    let act = desk.act("draft close of notice", Some(&format!("notice-{no}"))).await?;
    keep(&desk, act, Matter::NoticeClosed { no }).await
}

/// `POST /conditions/{id}/observe`
pub async fn observe(desk: Desk, Path(id): Path<String>, Form(fields): Sent) -> Result<Reply, Refused> {
    let text = text(&fields, "text")?;
    let item = Some(field(&fields, "item")).filter(|item| !item.is_empty());
    let item = item.map(|item| unhex::<32>(&item).ok_or(Refused::BadField("item"))).transpose()?;
    let act = desk.act("draft observation", None).await?;
    keep(&desk, act, Matter::Observed { condition: id, text, item }).await
}

/// `POST /conditions/{id}/end`
pub async fn end(desk: Desk, Path(id): Path<String>) -> Result<Reply, Refused> {
    let act = desk.act("draft end of condition", None).await?;
    keep(&desk, act, Matter::ConditionEnded { condition: id }).await
}

/// `POST /phases/{id}`
pub async fn phase(desk: Desk, Path(id): Path<String>, Form(fields): Sent) -> Result<Reply, Refused> {
    let code = field(&fields, "step");
    let step = Step::ALL.into_iter().find(|step| step.code() == code).ok_or(Refused::BadField("step"))?;
    let reason = field(&fields, "reason");
    let act = desk.act("draft word on phase", None).await?;
    keep(&desk, act, Matter::Phase { phase: id, step, reason }).await
}

/// `POST /readings`
pub async fn reading(desk: Desk, Form(fields): Sent) -> Result<Reply, Refused> {
    let toml = text(&fields, "toml")?;
    let act = desk.act("draft own reading", None).await?;
    keep(&desk, act, Matter::Reading { toml }).await
}

/// Keeps the draft, unless a rule is against it or the same one waits already.
async fn keep(desk: &Desk, mut act: crate::act::Act<'_>, matter: Matter) -> Result<Reply, Refused> {
    let back = page_of(&matter);
    let document = Document::new(agreement::in_force(&mut act)?, matter);
    matters::check(&mut act, &document).await?;
    let draft = Draft::Matter { document: to_cbor(&document) };
    let payload = to_cbor(&draft);
    let open = act.tx.open_drafts().await?.whole()?;
    if open.iter().any(|row| row.kind == draft.kind() && row.payload == payload) {
        return Err(Refused::AgainstRule { code: "draft-waits".to_owned(), detail: String::new() });
    }
    drafts::keep(&mut act, &draft).await?;
    act.commit().await?;
    Ok(desk.back_to(&back))
}
