//! What must be kept after people have gone home: how long it holds, for whom, and what somebody has seen.

use askama::Template;
use axum::extract::{Path, Query};
use exchange::agreement::Until;
use exchange::condition::{self, Alert, NotKnown, OfPerson, Standing, State, Then};
use serde::{Deserialize, Serialize};

use super::{DraftView, Known, UncountedView, columns, drafts_of, known, ms};
use crate::acts::matters::{Matter, condition_of, may_end};
use crate::chance::{hex, unhex};
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::unlawful::short;
use crate::web::{Column, Page, Pages, Words};

/// The kinds of matters on these pages.
const KINDS: [&str; 2] = ["observed", "condition-ended"];
/// Persons on one page.
const PAGE: u32 = 100;
/// How many observations a page lists, the latest first.
const ALERTS_MAX: usize = 500;

/// A condition and how it stands.
#[derive(Serialize)]
pub struct ConditionView {
    id: String,
    clause: u32,
    /// What it is about and who is bound, in words.
    name: String,
    /// Code of what it is about.
    kind: &'static str,
    bound: String,
    says: String,
    /// `holds`, `ended` or `lifted`.
    state: &'static str,
    /// `moment`, `days`, `hostilities`, `lifted` or `always`.
    until: &'static str,
    until_at: Option<i64>,
    days: Option<u32>,
    /// Whose word it waits for and who has said it.
    said: Vec<String>,
    missing: Vec<String>,
    ended_at: Option<i64>,
    /// Persons received whom it is about; nothing where that depends on categories that are not known here.
    persons: Option<u64>,
    alerts: usize,
    may_end: bool,
}

/// Something that somebody says to have seen.
#[derive(Serialize)]
struct AlertView {
    condition: String,
    clause: u32,
    bound: String,
    by: String,
    at: Option<i64>,
    text: String,
    item: Option<String>,
    received: Option<i64>,
    /// `held`, `had-ended`, `not-yet-received`, `no-moment`, `no-person`, `no-receipt` or `no-category`.
    then: &'static str,
    then_at: Option<i64>,
    entry: String,
}

/// The conditions, and everything observed.
#[derive(Serialize)]
struct ConditionsView {
    in_force: bool,
    neutral: bool,
    conditions: Vec<ConditionView>,
    alerts: Vec<AlertView>,
    uncounted: Vec<UncountedView>,
    drafts: Vec<DraftView>,
}

#[derive(Template)]
#[template(path = "conditions.html")]
struct ConditionsPage<'a> {
    page: Page,
    t: Words,
    v: &'a ConditionsView,
}

/// Somebody whom a condition is about: the basis of the release, and when it ends.
#[derive(Serialize)]
struct PersonView {
    item: String,
    /// The item with all its digits, for an observation about the person.
    whole: String,
    count: u32,
    from: String,
    to: String,
    /// The clause that the person was released under.
    clause: u32,
    category: Option<String>,
    received: i64,
    ends: Option<i64>,
}

/// One condition.
#[derive(Serialize)]
struct OneView {
    neutral: bool,
    writes: bool,
    /// The person whom an observation is to be about.
    about: String,
    condition: ConditionView,
    clause_text: String,
    persons: Vec<PersonView>,
    alerts: Vec<AlertView>,
    drafts: Vec<DraftView>,
}

#[derive(Template)]
#[template(path = "conditions_one.html")]
struct OnePage<'a> {
    page: Page,
    t: Words,
    v: &'a OneView,
    pages: Pages,
}

impl OnePage<'_> {
    fn columns(&self, keys: &[&str]) -> Vec<Column> {
        columns(&self.t, keys)
    }
}

/// How long a condition holds, in words of a page.
pub fn until_words(one: &ConditionView, t: &Words) -> String {
    match (one.until, one.until_at, one.days) {
        ("moment", Some(at), _) => t.s1("conditions-until-moment", "at", t.time(at)),
        ("days", _, Some(days)) => t.s1("conditions-until-days", "n", days),
        (code, ..) => t.code("conditions-until", code),
    }
}

/// The colour of a state; its words carry the meaning.
pub fn colour(state: &str) -> &'static str {
    if state == "holds" { "blue" } else { "grey" }
}

/// `GET /conditions`
pub async fn list(desk: Desk) -> Result<Reply, Refused> {
    let mut reading = desk.node.register.read().await?;
    let found = known(&desk, &mut reading).await?;
    let of_kind = |matter: &Matter| KINDS.contains(&matter.kind());
    let mut view = ConditionsView {
        in_force: found.is_some(),
        neutral: !desk.node.config.is_party(),
        conditions: Vec::new(),
        alerts: Vec::new(),
        uncounted: Vec::new(),
        drafts: drafts_of(&desk, &mut reading, of_kind).await?,
    };
    if let Some(found) = &found {
        let alerts = condition::alerts(&found.terms, &found.acts);
        let standings = condition::conditions(&found.terms, &found.acts, found.now);
        view.conditions = standings.iter().map(|one| found.condition(one, &alerts, desk.words)).collect();
        let latest = alerts.iter().rev().take(ALERTS_MAX);
        view.alerts = latest.map(|alert| found.alert(alert, desk.words)).collect();
        view.uncounted = found.uncounted(&KINDS, desk.words);
    }
    desk.reply(&view, desk.words.s("conditions-title"), |page, t| ConditionsPage { page, t, v: &view })
}

impl Known {
    /// Whom a condition is about; nothing where that depends on categories that are not known here.
    fn persons(&self, place: usize) -> Option<Vec<OfPerson>> {
        let known = self.books.by_category || self.terms.conditions[place].categories.is_empty();
        known.then(|| condition::persons(&self.terms, &self.acts, place))
    }

    fn condition(&self, one: &Standing, alerts: &[Alert], t: Words) -> ConditionView {
        let of = &self.terms.conditions[one.condition];
        let (mut until_at, mut days) = (None, None);
        let until = match of.until {
            Until::Moment(at) => {
                until_at = Some(ms(at));
                "moment"
            }
            Until::DaysAfterReceipt(after) => {
                days = Some(after);
                "days"
            }
            Until::EndOfHostilities => "hostilities",
            Until::Lifted => "lifted",
            Until::Always => "always",
        };
        let (state, ended_at, said, missing) = match &one.state {
            State::Holds { said, missing, .. } => {
                ("holds", None, self.names(said, t), self.names(missing, t))
            }
            State::Ended { at } => ("ended", Some(ms(*at)), Vec::new(), Vec::new()),
            State::Lifted { at, by } => ("lifted", Some(ms(*at)), self.names(by, t), Vec::new()),
        };
        let kind = exchange::agreement::ConditionKind::ALL.iter().find(|(_, kind)| *kind == one.kind);
        let kind = kind.map_or("other", |(code, _)| *code);
        let bound = self.party(&one.bound, t);
        let persons = self.persons(one.condition);
        // At most 32 conditions.
        let place = one.condition as u8;
        ConditionView {
            id: of.id.to_string(),
            clause: one.clause,
            name: t.s2("conditions-name", "kind", t.code("conditions-kind", kind), "party", bound.as_str()),
            kind,
            bound,
            says: of.says.in_language(t.lang.code()).to_owned(),
            state,
            until,
            until_at,
            days,
            said,
            missing,
            ended_at,
            persons: persons.map(|persons| persons.iter().map(|person| u64::from(person.count)).sum()),
            alerts: alerts.iter().filter(|alert| alert.condition == one.condition).count(),
            may_end: self.me.is_some_and(|me| may_end(&self.terms, &self.acts, me, place, of)),
        }
    }

    fn alert(&self, alert: &Alert, t: Words) -> AlertView {
        let known = self.books.by_category || self.terms.conditions[alert.condition].categories.is_empty();
        let (then, then_at) = match alert.then {
            _ if !known && alert.item.is_some() => ("no-category", None),
            Then::Held => ("held", None),
            Then::HadEnded { at } => ("had-ended", Some(ms(at))),
            Then::NotYetReceived => ("not-yet-received", None),
            Then::NotKnown(NotKnown::NoMoment) => ("no-moment", None),
            Then::NotKnown(NotKnown::NoPerson) => ("no-person", None),
            Then::NotKnown(NotKnown::NoReceipt) => ("no-receipt", None),
        };
        let matter = self.matter(alert.act);
        let entry = matter.and_then(|(booked, _)| booked.entry).map(|entry| short(&entry.0));
        AlertView {
            condition: self.terms.conditions[alert.condition].id.to_string(),
            clause: alert.clause,
            bound: self.party(&alert.bound, t),
            by: self.name(alert.by, t),
            at: alert.at.map(ms),
            text: matter.map_or_else(String::new, |(_, matter)| matter.words().to_owned()),
            item: alert.item.map(|item| short(&item.0)),
            received: alert.received.filter(|_| known).map(ms),
            then,
            then_at,
            entry: entry.unwrap_or_default(),
        }
    }

    fn person(&self, person: &OfPerson, t: Words) -> PersonView {
        let leg = &self.terms.legs[person.leg];
        // A neutral is given no pool: the category in its books is not the person's.
        let category = person.category.filter(|_| self.books.by_category);
        let category = category.and_then(|place| self.terms.categories.get(usize::from(place)));
        let basis = category.map_or(leg.clause, |category| category.clause);
        PersonView {
            item: short(&person.item.0),
            whole: person.item.to_string(),
            count: person.count,
            from: self.party(&leg.from, t),
            to: self.party(&leg.to, t),
            clause: basis,
            category: category.map(|category| category.name.in_language(t.lang.code()).to_owned()),
            received: ms(person.received),
            ends: person.ends.map(ms),
        }
    }
}

#[derive(Deserialize)]
pub struct Asked {
    page: Option<u32>,
    item: Option<String>,
}

/// `GET /conditions/{id}`
pub async fn one(desk: Desk, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    let mut reading = desk.node.register.read().await?;
    let found = known(&desk, &mut reading).await?.ok_or(Refused::NotFound)?;
    let (place, _) = condition_of(&found.terms, &id).map_err(|_| Refused::NotFound)?;
    let place = usize::from(place);
    let about = asked.item.as_deref().and_then(unhex::<32>);
    let alerts = condition::alerts(&found.terms, &found.acts);
    let standings = condition::conditions(&found.terms, &found.acts, found.now);
    let standing = standings.get(place).ok_or(Refused::NotFound)?;
    let persons = found.persons(place).unwrap_or_default();
    let pages =
        Pages::of(&format!("/conditions/{id}?page="), asked.page.unwrap_or(1), persons.len() as u64, PAGE);
    let shown = persons.iter().skip((pages.current as usize - 1) * PAGE as usize).take(PAGE as usize);
    let of_condition =
        |matter: &Matter| KINDS.contains(&matter.kind()) && matter.about().is_some_and(|about| about == id);
    let of_place = alerts.iter().rev().filter(|alert| alert.condition == place);
    let view = OneView {
        neutral: !desk.node.config.is_party(),
        writes: found.writes(&desk),
        about: about.map(|item| hex(&item)).unwrap_or_default(),
        condition: found.condition(standing, &alerts, desk.words),
        clause_text: found.clause(standing.clause, desk.words),
        persons: shown.map(|person| found.person(person, desk.words)).collect(),
        alerts: of_place.take(ALERTS_MAX).map(|alert| found.alert(alert, desk.words)).collect(),
        drafts: drafts_of(&desk, &mut reading, of_condition).await?,
    };
    desk.reply(&view, desk.words.s("conditions-one"), |page, t| OnePage { page, t, v: &view, pages })
}
