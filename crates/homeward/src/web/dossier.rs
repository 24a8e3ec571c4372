//! One person's dossier. Nobody opens one without saying what for, and every opening is written into the journal.

use askama::Template;
use axum::extract::{Form, Path};
use exchange::ids::PersonId;
use exchange::medical;
use exchange::person::{Claim, Examination, Examiner, Grade, List, Person, Source, State};
use register::{PersonRow, Reading, RegisterError};
use serde::Serialize;
use time::Date;
use time::macros::format_description;

use crate::acts::asked::{self, Asked};
use crate::acts::{people, together};
use crate::officer::Role;
use crate::web::candidates;
use crate::web::desk::{Desk, Reply};
use crate::web::people::{CASE, state_code};
use crate::web::refused::Refused;
use crate::web::relations;
use crate::web::router::{Policy, Routes};
use crate::web::signin::PURPOSES;
use crate::web::{Choice, Column, Page, Words};

mod view;

use view::{AskedView, DossierView, StandingView};

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/people/{id}", CASE, show)
        .post("/people/{id}/claims", Policy::Roles(&[Role::Registrar]), add_claim)
        .post("/people/{id}/examinations", Policy::Roles(&[Role::Physician]), add_examination)
        .post("/people/{id}/together", Policy::Roles(&[Role::Registrar]), keep_together)
        .post("/people/{id}/asked", Policy::Roles(&[Role::Registrar]), asked_for)
}

/// Shown before the first dossier of a session.
#[derive(Serialize)]
struct AskView {
    ask_purpose: bool,
}

#[derive(Template)]
#[template(path = "dossier_purpose.html")]
struct AskPage {
    page: Page,
    t: Words,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "dossier.html")]
struct DossierPage<'a> {
    page: Page,
    t: Words,
    v: &'a DossierView,
    choices: Choices,
    columns: fn(&Words, &[&str]) -> Vec<Column>,
}

/// What the forms of the page offer.
struct Choices {
    states: Vec<Choice>,
    sources: Vec<Choice>,
    grades: Vec<Choice>,
    conditions: Vec<Choice>,
    examiners: Vec<Choice>,
    relations: Vec<Choice>,
}

fn choices(t: &Words, prefix: &str, codes: &[&str]) -> Vec<Choice> {
    let choice =
        |code: &&str| Choice { value: (*code).to_owned(), label: t.code(prefix, code), hint: String::new() };
    codes.iter().map(choice).collect()
}

impl Choices {
    fn new(t: &Words) -> Self {
        let mut conditions = choices(t, "dossier-condition", &["none"]);
        conditions.extend(medical::conditions().iter().map(|condition| {
            let mark = if condition.is_verified() { "" } else { " †" };
            let label = format!("{} {}{mark}", condition.code, condition.label.in_language(t.lang.code()));
            Choice { value: condition.code.clone(), label, hint: String::new() }
        }));
        // Nothing is chosen beforehand: what nobody chose must not be recorded.
        let blank = || Choice { value: String::new(), label: t.s("dossier-choose"), hint: String::new() };
        conditions.insert(0, blank());
        let mut sources = choices(t, "claim-source", &SOURCES.map(source_code));
        sources.insert(0, blank());
        Self {
            states: choices(t, "standing", &STATES.map(state_code)),
            sources,
            grades: choices(t, "claim-grade", &GRADES.map(grade_code)),
            conditions,
            examiners: choices(t, "dossier-by", &EXAMINERS.map(examiner_code)),
            relations: relations::kinds(t),
        }
    }
}

const STATES: [State; 5] = [State::Held, State::Alive, State::Missing, State::Freed, State::Dead];
/// Sources of claims an officer writes down; a receipt writes its own.
const SOURCES: [Source; 6] =
    [Source::Family, Source::Unit, Source::Returnee, Source::HoldingPower, Source::Neutral, Source::Open];
const GRADES: [Grade; 3] = [Grade::Confirmed, Grade::Likely, Grade::Doubtful];
const EXAMINERS: [Examiner; 3] =
    [Examiner::DetainingPower, Examiner::OwnNationality, Examiner::MixedCommission];

/// The code of a source in views and message keys.
pub fn source_code(source: Source) -> &'static str {
    match source {
        Source::Unit => "unit",
        Source::Family => "family",
        Source::HoldingPower => "holding-power",
        Source::Neutral => "neutral",
        Source::Returnee => "returnee",
        Source::Open => "open",
        Source::Receipt => "receipt",
    }
}

/// The code of a grade in views and message keys.
pub fn grade_code(grade: Grade) -> &'static str {
    match grade {
        Grade::Confirmed => "confirmed",
        Grade::Likely => "likely",
        Grade::Doubtful => "doubtful",
    }
}

fn examiner_code(examiner: Examiner) -> &'static str {
    match examiner {
        Examiner::DetainingPower => "detaining-power",
        Examiner::OwnNationality => "own-nationality",
        Examiner::MixedCommission => "mixed-commission",
    }
}

fn columns(t: &Words, keys: &[&str]) -> Vec<Column> {
    keys.iter().map(|key| Column { label: t.code("dossier", key), numeric: false }).collect()
}

async fn show(desk: Desk, Path(id): Path<String>) -> Result<Reply, Refused> {
    let id: PersonId = id.parse().map_err(|_| Refused::NotFound)?;
    if desk.officer.purpose().is_none() {
        return ask(&desk);
    }
    let mut act = desk.act("read dossier", Some(&id.to_string())).await?;
    let row = dossier(&mut act.tx, id).await?;
    let group = together::groups(&mut act.tx).await?.into_iter().find(|group| group.contains(&id));
    let asked = asked::all(&mut act.tx).await?.into_iter().find(|asked| asked.person == id);
    act.commit().await?;
    let mut view = DossierView::new(&desk, row).await?;
    let (linked, joint) = candidates::linked(&desk, id).await?;
    (view.linked, view.joint) = (linked, joint.map(StandingView::of));
    let others = group.into_iter().flatten().filter(|other| *other != id);
    view.together = others.map(|other| other.to_string()).collect();
    view.asked = asked.map(|asked| AskedView { on: asked.on.to_string(), from: asked.from });
    let (t, choices) = (desk.words, Choices::new(&desk.words));
    desk.reply(&view, t.s("dossier-title"), |page, t| DossierPage { page, t, v: &view, choices, columns })
}

/// Asks what dossiers are opened for.
pub fn ask(desk: &Desk) -> Result<Reply, Refused> {
    let choices = choices(&desk.words, "purpose", &PURPOSES);
    let title = desk.words.s("dossier-ask-title");
    desk.reply(&AskView { ask_purpose: true }, title, |page, t| AskPage { page, t, choices })
}

/// A dossier that can be read.
pub async fn dossier(reading: &mut Reading, id: PersonId) -> Result<PersonRow, Refused> {
    match reading.person(id).await {
        Ok(Some(row)) => Ok(row),
        Ok(None) | Err(RegisterError::Shredded(_)) => Err(Refused::NotFound),
        Err(why) => Err(why.into()),
    }
}

/// The fields of a form.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn text(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.trim())
    }

    /// The value of this list that the field's code names.
    fn one<T: Copy>(&self, field: &'static str, of: &[T], code: fn(T) -> &'static str) -> Result<T, Refused> {
        let given = self.text(field);
        of.iter().copied().find(|one| code(*one) == given).ok_or(Refused::BadField(field))
    }

    /// A day that is not after `today`; nothing for an empty field.
    fn day(&self, field: &'static str, today: Date) -> Result<Option<Date>, Refused> {
        let given = self.text(field);
        if given.is_empty() {
            return Ok(None);
        }
        let day = Date::parse(given, format_description!("[year]-[month]-[day]"));
        day.ok().filter(|day| *day <= today).map(Some).ok_or(Refused::BadField(field))
    }
}

async fn add_claim(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Reply, Refused> {
    let id: PersonId = id.parse().map_err(|_| Refused::NotFound)?;
    let fields = Fields(fields);
    let claim = Claim {
        says: fields.one("says", &STATES, state_code)?,
        of: fields.day("of", desk.node.clock.today())?.ok_or(Refused::BadField("of"))?,
        source: fields.one("source", &SOURCES, source_code)?,
        grade: fields.one("grade", &GRADES, grade_code)?,
    };
    let mut act = desk.act("add claim", Some(&id.to_string())).await?;
    dossier(&mut act.tx, id).await?;
    people::claim(&mut act, id, claim).await?;
    act.commit().await?;
    Ok(desk.back_to(&format!("/people/{id}")))
}

async fn add_examination(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Reply, Refused> {
    let id: PersonId = id.parse().map_err(|_| Refused::NotFound)?;
    let fields = Fields(fields);
    let today = desk.node.clock.today();
    let date = fields.day("date", today)?.ok_or(Refused::BadField("date"))?;
    let condition = fields.text("condition").to_owned();
    if condition != "none" && medical::condition(&condition).is_none() {
        return Err(Refused::BadField("condition"));
    }
    let onset = fields.day("onset", date)?;
    let by = fields.one("by", &EXAMINERS, examiner_code)?;
    let mut act = desk.act("add examination", Some(&id.to_string())).await?;
    dossier(&mut act.tx, id).await?;
    people::examine(&mut act, id, Examination { date, condition, onset, by }).await?;
    act.commit().await?;
    Ok(desk.back_to(&format!("/people/{id}")))
}

/// Says that this person goes together with another, by the number of the other's dossier; or alone again.
async fn keep_together(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Reply, Refused> {
    let id: PersonId = id.parse().map_err(|_| Refused::NotFound)?;
    let fields = Fields(fields);
    let mut act = desk.act("keep together", Some(&id.to_string())).await?;
    dossier(&mut act.tx, id).await?;
    if fields.text("alone") == "yes" {
        together::part(&mut act, id).await?;
    } else {
        let other = fields.text("other").parse().map_err(|_| Refused::BadField("other"))?;
        together::join(&mut act, id, other).await?;
    }
    act.commit().await?;
    Ok(desk.back_to(&format!("/people/{id}")))
}

/// Records that the other side has asked for this person by name, when, and where the request came from; or takes it back.
async fn asked_for(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Reply, Refused> {
    let id: PersonId = id.parse().map_err(|_| Refused::NotFound)?;
    let fields = Fields(fields);
    let mut act = desk.act("record request by name", Some(&id.to_string())).await?;
    dossier(&mut act.tx, id).await?;
    if fields.text("take-back") == "yes" {
        asked::take_back(&mut act, id).await?;
    } else {
        let on = fields.day("asked-on", desk.node.clock.today())?.ok_or(Refused::BadField("asked-on"))?;
        let from = fields.text("asked-from").to_owned();
        asked::record(&mut act, Asked { person: id, on, from }).await?;
    }
    act.commit().await?;
    Ok(desk.back_to(&format!("/people/{id}")))
}

#[cfg(test)]
mod tests;
