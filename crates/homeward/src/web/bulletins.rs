//! Bulletins at the desk: drafting, the preview of exactly what will be public with all that stands against it, release.

use askama::Template;
use axum::extract::{Form, Path};
use exchange::agreement::{CategoryId, Field, Openness, Terms};
use exchange::bulletin::agreed::Number;
use exchange::bulletin::guard::{Derivation, How, Since};
use register::{BulletinRow, BulletinState};
use serde::Serialize;

use crate::acts::families;
use crate::acts::press::text::{CONDITIONS, Piece, Rendered, digest, statement_reads};
use crate::acts::press::{self, Ask, Bulletin, Figure, Finding};
use crate::chance::hex;
use crate::clock::Millis;
use crate::officer::Role;
use crate::web::calls::{native, subject};
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::{Choice, Column, Page, Words};

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    const BOTH: Policy = Policy::Roles(&[Role::PressOfficer, Role::Approver]);
    routes
        .get("/bulletins", BOTH, bulletins)
        .post("/bulletins", Policy::Roles(&[Role::PressOfficer]), draft)
        .get("/bulletins/{id}", BOTH, preview)
        .post("/bulletins/{id}/release", Policy::Roles(&[Role::Approver]), release)
        .post("/bulletins/{id}/withdraw", BOTH, withdraw)
}

/// The list of bulletins, and what a draft can be made of.
#[derive(Serialize)]
struct BulletinsView {
    bulletins: Vec<LineView>,
    /// Rounds in which somebody has come home.
    rounds: Vec<u32>,
    /// Codes of the categories of the agreement.
    categories: Vec<String>,
    /// Codes of the classes of conditions.
    conditions: Vec<&'static str>,
    /// What the agreement lets a bulletin say: codes of fields.
    allowed: Vec<&'static str>,
    /// Whether this officer drafts.
    drafts: bool,
}

#[derive(Serialize)]
struct LineView {
    id: String,
    round: u32,
    state: &'static str,
    drafted_by: String,
    drafted_at: Millis,
    mine: bool,
    released_by: Option<String>,
    released_at: Option<Millis>,
    digest: String,
}

impl LineView {
    fn of(desk: &Desk, row: &BulletinRow, bulletin: &Bulletin) -> Self {
        Self {
            id: row.id.clone(),
            round: row.round,
            state: row.state.as_str(),
            drafted_by: row.drafted_by.clone(),
            drafted_at: bulletin.drafted_at,
            mine: row.drafted_by == desk.officer.id(),
            released_by: row.released_by.clone(),
            released_at: row.released_at,
            digest: hex(&digest(&bulletin.texts)),
        }
    }
}

impl LineView {
    fn colour(&self) -> &'static str {
        match self.state {
            "released" => "green",
            "draft" => "yellow",
            _ => "grey",
        }
    }
}

impl BulletinsView {
    fn allows(&self, field: &str) -> bool {
        self.allowed.contains(&field)
    }
}

#[derive(Template)]
#[template(path = "bulletins.html")]
struct BulletinsPage<'a> {
    page: Page,
    t: Words,
    v: &'a BulletinsView,
    columns: Vec<Column>,
    rounds: Vec<Choice>,
    categories: Vec<Choice>,
    newest_round: String,
}

async fn bulletins(desk: Desk) -> Result<Reply, Refused> {
    let shared = desk.node.look().await?;
    let mut reading = desk.node.register.read().await?;
    let mut lines = Vec::new();
    for state in [BulletinState::Draft, BulletinState::Released, BulletinState::Withdrawn] {
        for (row, bulletin) in press::bulletins(&mut reading, state).await? {
            lines.push(LineView::of(&desk, &row, &bulletin));
        }
    }
    lines.sort_by(|a, b| (b.drafted_at, b.round, &b.id).cmp(&(a.drafted_at, a.round, &a.id)));
    let theirs = shared.record.members().other(&desk.node.me);
    let home = |state: &parley::Round<'_>| theirs.is_some_and(|theirs| state.counts(&theirs).received > 0);
    let rounds: Vec<u32> = shared.record.view().rounds().filter(home).map(|state| state.number()).collect();
    let code = desk.words.lang.code();
    let named = shared.terms.iter().flat_map(|terms| &terms.categories);
    let categories: Vec<Choice> = named
        .map(|category| Choice {
            value: category.id.as_str().to_owned(),
            label: category.name.in_language(code).to_owned(),
            hint: String::new(),
        })
        .collect();
    let view = BulletinsView {
        bulletins: lines,
        categories: categories.iter().map(|category| category.value.clone()).collect(),
        conditions: CONDITIONS.to_vec(),
        allowed: shared.terms.as_ref().map(allowed).unwrap_or_default(),
        drafts: desk.officer.holds(&[Role::PressOfficer]),
        rounds,
    };
    drop(shared);
    desk.reply(&view, desk.words.s("bulletins-title"), |page, t| BulletinsPage {
        page,
        t,
        columns: columns(t),
        rounds: view.rounds.iter().rev().map(|round| round_choice(t, *round)).collect(),
        newest_round: view.rounds.last().map(u32::to_string).unwrap_or_default(),
        categories,
        v: &view,
    })
}

fn columns(t: Words) -> Vec<Column> {
    [t.s("bulletins-bulletin"), t.s("bulletins-state"), t.s("bulletins-drafted"), t.s("bulletins-released")]
        .map(|label| Column { label, numeric: false })
        .into()
}

fn round_choice(t: Words, round: u32) -> Choice {
    Choice { value: round.to_string(), label: t.s1("round-no", "round", round), hint: String::new() }
}

/// Codes of the fields that a bulletin may show in some form.
fn allowed(terms: &Terms) -> Vec<&'static str> {
    let fields = Field::ALL.into_iter().filter(|field| *field != Field::RoundNumberOfPersons);
    fields.filter(|field| terms.openness(*field) != Openness::Withheld).map(Field::code).collect()
}

async fn draft(desk: Desk, Form(fields): Form<Vec<(String, String)>>) -> Result<Reply, Refused> {
    let ask = ask(&fields)?;
    let mut act = desk.act("draft bulletin", Some(&format!("round-{}", ask.round))).await?;
    let known = act.shared().terms.clone().ok_or(Refused::NotFound)?;
    if ask.categories.iter().any(|category| known.category(category).is_none()) {
        return Err(Refused::BadField("category"));
    }
    let id = press::draft(&mut act, &ask).await?;
    act.commit().await?;
    Ok(desk.back_to(&format!("/bulletins/{id}")))
}

fn ask(fields: &[(String, String)]) -> Result<Ask, Refused> {
    let all = |name: &'static str| fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value);
    let on = |name| all(name).any(|value| matches!(value.as_str(), "on" | "yes"));
    let round = all("round").next().and_then(|round| round.parse().ok()).ok_or(Refused::BadField("round"))?;
    let mut categories = Vec::new();
    for id in all("category") {
        let id = CategoryId::new(id).ok_or(Refused::BadField("category"))?;
        if !categories.contains(&id) {
            categories.push(id);
        }
    }
    if all("condition").any(|class| !CONDITIONS.contains(&class.as_str())) {
        return Err(Refused::BadField("condition"));
    }
    // In the order of the list, each once, however the form was sent.
    let conditions = CONDITIONS.into_iter().filter(|class| all("condition").any(|asked| asked == class));
    let statement = ["statement_uk", "statement_ru", "statement_en"].map(|name| {
        let text = all(name).next().map(|text| text.trim()).unwrap_or_default();
        if statement_reads(text) {
            Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
        } else {
            Err(name)
        }
    });
    let [uk, ru, en] = statement.map(|text| text.map_err(Refused::BadField));
    Ok(Ask {
        round,
        categories,
        years: on("capture_years"),
        conditions: conditions.map(str::to_owned).collect(),
        total: on("total"),
        statement: [uk?, ru?, en?],
    })
}

/// Exactly what will be public, and what stands against it.
#[derive(Serialize)]
struct PreviewView {
    #[serde(flatten)]
    line: LineView,
    on: String,
    texts: Vec<TextView>,
    /// The figures it would publish.
    figures: Vec<FigureView>,
    findings: Vec<FindingView>,
    embargo: EmbargoView,
    /// Categories asked for of which nobody came home.
    left_out: Vec<String>,
    /// What this officer can do with it now.
    actions: Vec<&'static str>,
}

/// The text in one language.
#[derive(Serialize)]
pub struct TextView {
    /// Code of the language.
    pub language: String,
    /// Title.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

impl TextView {
    /// The text without its pieces.
    pub fn of(text: &Rendered) -> Self {
        let line = |pieces: &Vec<Piece>| pieces.iter().map(|piece| piece.text.as_str()).collect();
        Self {
            language: text.language.clone(),
            title: line(&text.title),
            paragraphs: text.paragraphs.iter().map(line).collect(),
        }
    }
}

#[derive(Serialize)]
struct FigureView {
    /// Code of the number.
    number: String,
    value: i64,
    /// Number and value in the officer's language.
    words: String,
}

/// What stands against a bulletin.
#[derive(Serialize)]
struct FindingView {
    /// `withheld-field`, `number-in-words`, `follows`, `between` or `not-shown`.
    kind: &'static str,
    /// Of which text.
    language: Option<String>,
    /// The field, the word, or the code of the withheld number.
    what: String,
    /// `draft` or `published`: since when a number follows.
    since: Option<&'static str>,
    /// In the officer's language: what is wrong, and how it follows.
    how: String,
}

#[derive(Serialize)]
struct EmbargoView {
    holds: bool,
    open_calls: u32,
    without_call: u32,
    in_transit: u32,
    until: Option<Millis>,
}

#[derive(Template)]
#[template(path = "bulletin_preview.html")]
struct PreviewPage<'a> {
    page: Page,
    t: Words,
    v: &'a PreviewView,
}

async fn preview(desk: Desk, Path(id): Path<String>) -> Result<Reply, Refused> {
    let shared = desk.node.look().await?;
    let mut reading = desk.node.register.read().await?;
    let row = reading.bulletin(&subject(&id)?).await?.ok_or(Refused::NotFound)?;
    let bulletin = Bulletin::of(&row)?;
    let open = row.state == BulletinState::Draft;
    let findings = match &shared.terms {
        Some(terms) if open => {
            let found = press::findings(&mut reading, terms, &bulletin).await?;
            found.iter().map(|finding| finding_view(desk.words, terms, finding)).collect()
        }
        _ => Vec::new(),
    };
    let now = desk.node.clock.now();
    let embargo = if open {
        families::embargo(&mut reading, &shared, &desk.node.me, row.round, now).await?
    } else {
        families::Embargo::default()
    };
    let line = LineView::of(&desk, &row, &bulletin);
    let mut actions = Vec::new();
    if open {
        let free = findings.is_empty() && !embargo.holds() && !line.mine;
        if free && desk.officer.holds(&[Role::Approver]) {
            actions.push("release");
        }
        actions.push("withdraw");
    }
    let view = PreviewView {
        line,
        on: bulletin.on,
        texts: bulletin.texts.iter().map(TextView::of).collect(),
        figures: bulletin
            .figures
            .into_iter()
            .map(|figure| figure_view(desk.words, shared.terms.as_ref(), figure))
            .collect(),
        findings,
        embargo: EmbargoView {
            holds: embargo.holds(),
            open_calls: embargo.open_calls,
            without_call: embargo.without_call,
            in_transit: embargo.in_transit,
            until: embargo.until,
        },
        left_out: category_names(desk.words, shared.terms.as_ref(), &bulletin.left_out),
        actions,
    };
    drop(shared);
    let title = desk.words.s1("bulletin-of", "round", view.line.round);
    desk.reply(&view, title, |page, t| PreviewPage { page, t, v: &view })
}

fn figure_view(t: Words, terms: Option<&Terms>, figure: Figure) -> FigureView {
    let number = terms.map_or_else(|| figure.number.clone(), |terms| number_words(t, terms, &figure.number));
    let words = format!("{number}: {}", t.number(figure.value));
    FigureView { number: figure.number, value: figure.value, words }
}

fn category_names(t: Words, terms: Option<&Terms>, codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| category_name(t, terms, code)).collect()
}

fn category_name(t: Words, terms: Option<&Terms>, code: &str) -> String {
    let known = terms.and_then(|terms| terms.category(&CategoryId::new(code)?));
    known.map_or_else(|| code.to_owned(), |category| category.name.in_language(t.lang.code()).to_owned())
}

fn finding_view(t: Words, terms: &Terms, finding: &Finding) -> FindingView {
    match finding {
        Finding::Withheld(field) => FindingView {
            kind: "withheld-field",
            language: None,
            what: field.code().to_owned(),
            since: None,
            how: t.s1("finding-withheld-field", "field", t.code("bulletin-field", field.code())),
        },
        Finding::Number { language, word } => FindingView {
            kind: "number-in-words",
            language: Some(language.clone()),
            what: word.clone(),
            since: None,
            how: t.s2("finding-number", "word", word, "language", native(language)),
        },
        Finding::Follows(derivation) => FindingView {
            kind: if matches!(derivation.how, How::Exact { .. }) { "follows" } else { "between" },
            language: None,
            what: derivation.withheld.clone(),
            since: Some(if derivation.since == Since::Draft { "draft" } else { "published" }),
            how: how(t, terms, derivation),
        },
        Finding::Unshown(why) => FindingView {
            kind: "not-shown",
            language: None,
            what: String::new(),
            since: None,
            how: t.s1("finding-not-shown", "why", why.to_string()),
        },
    }
}

/// How a withheld number follows, as an equation or an interval in the officer's language.
fn how(t: Words, terms: &Terms, derivation: &Derivation) -> String {
    let withheld = number_words(t, terms, &derivation.withheld);
    match &derivation.how {
        How::Exact { value, steps } => {
            let mut sum = String::new();
            for (at, step) in steps.iter().enumerate() {
                let away = step.times.signum() < 0;
                let size = if away { step.times.minus().unwrap_or(step.times) } else { step.times };
                sum += match (away, at) {
                    (true, _) => " − ",
                    (false, 0) => "",
                    (false, _) => " + ",
                };
                if size != exchange::rational::Rational::ONE {
                    sum += &format!("{size} × ");
                }
                sum += &format!("{} ({})", t.number(step.value), number_words(t, terms, &step.fact));
            }
            let values: [(&str, &dyn crate::web::words::Value); 3] =
                [("withheld", &withheld), ("sum", &sum), ("value", &value.to_string())];
            t.with("finding-follows", &values)
        }
        How::Between { low, high, facts } => {
            let facts: Vec<String> = facts.iter().map(|fact| number_words(t, terms, fact)).collect();
            let (low, high, facts) = (low.to_string(), high.to_string(), facts.join("; "));
            let values: [(&str, &dyn crate::web::words::Value); 4] =
                [("withheld", &withheld), ("low", &low), ("high", &high), ("facts", &facts)];
            t.with("finding-between", &values)
        }
    }
}

/// A number by its code, in words.
fn number_words(t: Words, terms: &Terms, code: &str) -> String {
    let party = |party: &exchange::ids::Party| {
        terms.name(party).map_or(party.as_str(), |name| name.in_language(t.lang.code())).to_owned()
    };
    match Number::of(code) {
        Some(Number::ToDate { round, from }) => t.s2("number-to-date", "round", round, "from", party(&from)),
        Some(Number::Round { round, from, category }) => {
            let whole = match from {
                Some(from) => t.s2("number-round-from", "round", round, "from", party(&from)),
                None => t.s1("number-round-both", "round", round),
            };
            match category {
                Some(category) => format!("{whole}, {}", category_name(t, Some(terms), category.as_str())),
                None => whole,
            }
        }
        None => code.to_owned(),
    }
}

async fn release(desk: Desk, Path(id): Path<String>) -> Result<Reply, Refused> {
    let mut act = desk.act("release bulletin", Some(&subject(&id)?)).await?;
    press::release(&mut act, &id).await?;
    act.commit().await?;
    Ok(desk.back_to(&format!("/bulletins/{id}")))
}

async fn withdraw(desk: Desk, Path(id): Path<String>) -> Result<Reply, Refused> {
    let mut act = desk.act("withdraw bulletin", Some(&subject(&id)?)).await?;
    press::withdraw(&mut act, &id).await?;
    act.commit().await?;
    Ok(desk.back_to("/bulletins"))
}
