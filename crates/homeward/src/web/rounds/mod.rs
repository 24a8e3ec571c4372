//! Rounds at the desk: the list of rounds, one round with its next step, its sheets, rolls and forms.

mod accounts;
mod chances;
mod classes;
mod conflict;
mod fairness;
mod files;
mod forms;
mod owed;
mod pool;
mod proposals;
mod reason;
mod roll;
mod sheets;
mod step;
mod view;
mod what_if;

use askama::Template;
use axum::extract::Path;
use exchange::ids::RoundNo;
use serde::Serialize;
use time::Date;

use crate::acts::roll::ready;
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::accounts::Totals;
use crate::web::rounds::owed::{MissingPoolView, StatementView};
use crate::web::rounds::sheets::{columns, of_side};
pub use crate::web::rounds::view::state_code;
use crate::web::rounds::view::{Ends, ItemView, NoticeView, RoundView, SideView};
use crate::web::router::{Policy, Routes};
use crate::web::{Choice, Column, Page, Words};

/// Who reads how a round stands.
const READERS: &[Role] =
    &[Role::Negotiator, Role::Approver, Role::Registrar, Role::Physician, Role::Escort, Role::Auditor];
/// Who reads names on a roll, and opens the reason sheet of a person. An auditor reads the roll by item.
const ROLL_READERS: &[Role] =
    &[Role::Negotiator, Role::Approver, Role::Physician, Role::Escort, Role::Registrar];
/// How many people a group has at least of which figures are told to an officer to whom somebody of the round is closed, or who
/// reads no names.
const PEOPLE_MIN: usize = 5;
const NEGOTIATOR: Policy = Policy::Roles(&[Role::Negotiator]);
const PHYSICIAN: Policy = Policy::Roles(&[Role::Physician]);
const ESCORT: Policy = Policy::Roles(&[Role::Escort]);

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/rounds", Policy::Roles(READERS), list)
        .get("/rounds/{n}", Policy::Roles(READERS), one)
        .get("/rounds/{n}/pool", Policy::Roles(READERS), pool::pool)
        .get("/rounds/{n}/what-if", Policy::Roles(ROLL_READERS), what_if::what_if)
        .get("/rounds/{n}/roll", Policy::Roles(READERS), roll::roll)
        .post("/rounds/{n}/what-if", Policy::Roles(ROLL_READERS), what_if::ask)
        .get("/rounds/{n}/fairness", Policy::Roles(READERS), fairness::fairness)
        .get("/rounds/{n}/roll/{item}", Policy::Roles(ROLL_READERS), reason::reason)
        .get("/rounds/{n}/roll/files/{name}", Policy::Roles(READERS), files::file)
        .get("/rounds/{n}/wills", PHYSICIAN, sheets::wills)
        .get("/rounds/{n}/crossing", ESCORT, sheets::crossing)
        .post("/rounds/{n}/commit", NEGOTIATOR, forms::commit)
        .post("/rounds/{n}/places", NEGOTIATOR, pool::declare)
        .post("/rounds/{n}/override", NEGOTIATOR, forms::put_on)
        .post("/rounds/{n}/withheld", NEGOTIATOR, forms::withheld)
        .post("/rounds/{n}/nominate", NEGOTIATOR, forms::nominate)
        .post("/rounds/{n}/list", NEGOTIATOR, forms::propose)
        .post("/rounds/{n}/accept", NEGOTIATOR, forms::accept)
        .post("/rounds/{n}/reject", NEGOTIATOR, forms::reject)
        .post("/rounds/{n}/wills", PHYSICIAN, forms::wills)
        .post(
            "/rounds/{n}/depart",
            Policy::Roles(&[Role::Physician, Role::Registrar, Role::Negotiator]),
            forms::depart,
        )
        .post("/rounds/{n}/crossing", ESCORT, forms::cross)
        .post("/rounds/{n}/arrivals", ESCORT, forms::arrivals)
        .post("/rounds/{n}/take-back", ESCORT, forms::take_back)
        .post("/rounds/{n}/notice", NEGOTIATOR, forms::notice)
        .post("/rounds/{n}/close", NEGOTIATOR, forms::close)
        .post("/rounds/{n}/account", NEGOTIATOR, forms::account)
        .post("/observe", NEGOTIATOR, forms::observe)
        .post("/rehearsal/clock", Policy::Roles(&[Role::Administrator]), forms::clock)
}

/// One round in the list.
#[derive(Serialize)]
struct RoundLine {
    number: RoundNo,
    #[serde(serialize_with = "view::iso_if_any")]
    planned: Option<Date>,
    state: &'static str,
}

/// The rounds of the agreement.
#[derive(Serialize)]
struct RoundsView {
    rounds: Vec<RoundLine>,
    #[serde(skip)]
    may_observe: bool,
}

#[derive(Template)]
#[template(path = "rounds.html")]
struct RoundsPage<'a> {
    page: Page,
    t: Words,
    v: &'a RoundsView,
    columns: Vec<Column>,
}

async fn list(desk: Desk) -> Result<Reply, Refused> {
    let shared = desk.node.look().await?;
    let ends = Ends::of(&desk.node, &shared.record);
    let planned = shared.terms.as_ref().filter(|_| view::in_force(&shared));
    let rounds = planned.map_or(&[][..], |terms| &terms.rounds).iter().map(|plan| RoundLine {
        number: plan.no,
        planned: Some(plan.planned),
        state: state_code(shared.record.view().round(plan.no), &[ends.mine, ends.theirs]),
    });
    let may_observe = ends.neutral && desk.officer.holds(&[Role::Negotiator]);
    let view = RoundsView { rounds: rounds.collect(), may_observe };
    drop(shared);
    desk.reply(&view, desk.words.s("rounds-title"), |page, t| RoundsPage {
        columns: columns(&t, &["round", "planned", "state"]),
        page,
        t,
        v: &view,
    })
}

#[derive(Template)]
#[template(path = "rounds_one.html")]
struct RoundPage<'a> {
    page: Page,
    t: Words,
    v: &'a RoundView,
    own: Vec<&'a ItemView>,
    theirs: Vec<&'a ItemView>,
    item_columns: Vec<Column>,
    account_columns: Vec<Column>,
    draft_columns: Vec<Column>,
    notice_choices: Vec<Choice>,
    reject_choices: Vec<Choice>,
    approver: bool,
    roll_reader: bool,
    physician: bool,
    escort: bool,
    registrar: bool,
}

impl RoundPage<'_> {
    fn yes(&self, done: impl std::borrow::Borrow<bool>) -> String {
        self.t.s(if *done.borrow() { "rounds-yes" } else { "rounds-no" })
    }

    fn both(&self) -> [&SideView; 2] {
        [&self.v.mine, &self.v.theirs]
    }

    fn lines(&self) -> [(&[&ItemView], &SideView); 2] {
        [(&self.own, &self.v.mine), (&self.theirs, &self.v.theirs)]
    }

    /// What stands against what in the rules, where they leave no roll.
    fn conflicts(&self) -> Vec<Vec<String>> {
        let Some(found) = &self.v.conflict else { return Vec::new() };
        let (rules, why) = &**found;
        let sides = self.both();
        let party = |at: usize| {
            let is = |side: &&&SideView| side.party == rules.sides[at].party.as_str();
            sides.iter().find(is).map_or("", |side| side.name.as_str())
        };
        let called = conflict::Called { parties: [party(0), party(1)], categories: &self.v.category_names };
        conflict::sentences(rules, why, &called, self.t)
    }

    fn nominated(&self, side: &SideView) -> String {
        if side.nominated { self.t.s1("persons", "n", side.count) } else { self.yes(false) }
    }

    /// Who stated that a seed was withheld, when, and after how many hours of those agreed.
    fn withheld(&self, said: &StatementView) -> String {
        let Some(agreed) = self.v.owed.reveal_hours else {
            return self.t.s3(
                "rounds-withheld-by",
                "party",
                said.names[0].as_str(),
                "other",
                said.names[1].as_str(),
                "time",
                self.t.time(said.at),
            );
        };
        self.t.with(
            "rounds-withheld-said",
            &[
                ("party", &said.names[0].as_str()),
                ("other", &said.names[1].as_str()),
                ("time", &self.t.time(said.at).as_str()),
                ("hours", &said.after_hours),
                ("agreed", &agreed),
            ],
        )
    }

    /// What a missing pool means for a round that is still open.
    fn without_pool(&self, pool: &MissingPoolView) -> Option<String> {
        let from = pool.closes_from.filter(|_| self.v.state != "closed" && self.v.state != "void")?;
        let hours = self.v.owed.reveal_hours.unwrap_or(0);
        Some(self.t.s2("rounds-pool-missing-closes", "time", self.t.time(from), "hours", hours))
    }

    /// People of each side, by the parties' names.
    fn of_both(&self, mine: &usize, theirs: &usize) -> String {
        let persons = |n: &usize| self.t.s1("persons", "n", *n);
        let [first, second] = self.both().map(|side| side.name.as_str());
        format!("{first}: {}; {second}: {}.", persons(mine), persons(theirs))
    }

    fn vacated(&self, first: &bool) -> usize {
        if *first { self.v.vacated.mine } else { self.v.vacated.theirs }
    }

    fn answer(&self, will: &Option<&'static str>) -> String {
        will.map_or_else(|| "–".to_owned(), |will| self.t.code("rounds-answer", will))
    }

    fn party_name(&self, label: &str) -> String {
        let sides = [&self.v.mine, &self.v.theirs];
        sides
            .into_iter()
            .find(|side| side.party == label)
            .map_or_else(|| label.to_owned(), |s| s.name.clone())
    }

    fn notice_text(&self, notice: &NoticeView) -> String {
        let (party, what) = (self.party_name(&notice.by), self.t.code("rounds-notice-kind", notice.kind));
        match &notice.until {
            Some(day) => {
                self.t.s3("rounds-notice-until-day", "party", party, "what", what, "day", self.t.date(day))
            }
            None => self.t.s2("rounds-notice-said", "party", party, "what", what),
        }
    }

    /// A figure of an account, or a dash where its author has booked none.
    fn figure(&self, account: &Option<Totals>, delivered: bool) -> String {
        let stated = account.map(|totals| if delivered { totals.delivered } else { totals.received });
        stated.map_or_else(|| "–".to_owned(), |count| self.t.number(count))
    }
}

/// The colour of a round's state; the words carry the meaning.
fn colour(state: &str) -> &'static str {
    match state {
        "closed" => "green",
        "void" => "red",
        "planned" => "grey",
        "crossing" | "closing" => "purple",
        "listed" => "turquoise",
        _ => "blue",
    }
}

/// The colour of an item's state.
fn item_colour(state: &str) -> &'static str {
    match state {
        "received" => "green",
        "in-transit" => "purple",
        "not-delivered" | "other-person" => "red",
        "departed" | "dropped" => "grey",
        "taken-back" => "orange",
        "willed-twice" => "turquoise",
        _ => "blue",
    }
}

/// The columns of the accounts; a neutral has none of its own.
fn account_columns(view: &RoundView, t: Words) -> Vec<Column> {
    if !view.neutral {
        return columns(&t, &["direction", "ours", "other-side", "record"]);
    }
    let mut named = columns(&t, &["direction", "record"]);
    let account = |side: &SideView| Column {
        label: t.s1("rounds-column-account-of", "party", side.name.as_str()),
        numeric: true,
    };
    named.splice(1..1, [account(&view.mine), account(&view.theirs)]);
    named
}

/// Grounds on which a proposal is rejected, as the form offers them.
const REJECT_GROUNDS: [&str; 4] = ["already-returned", "not-nominated", "check-failed", "other"];

async fn one(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    ready(&desk.node, number).await;
    let view = view::of(&desk.node, &desk.officer, desk.words.lang.code(), number).await?;
    desk.reply(&view, desk.words.s1("round-no", "round", number), |page, t| {
        let choice = |prefix: &str, code: &str| Choice {
            value: code.to_owned(),
            label: t.code(prefix, code),
            hint: String::new(),
        };
        RoundPage {
            own: of_side(&view.items, "mine"),
            theirs: of_side(&view.items, "theirs"),
            item_columns: columns(&t, &["item", "state", "will1", "will2", "version"]),
            account_columns: account_columns(&view, t),
            draft_columns: columns(&t, &["draft", "drafted-by", "drafted-at", "decision"]),
            approver: desk.officer.holds(&[Role::Approver]),
            roll_reader: desk.officer.holds(ROLL_READERS),
            physician: desk.officer.holds(&[Role::Physician]),
            escort: desk.officer.holds(&[Role::Escort]),
            registrar: desk.officer.holds(&[Role::Registrar]),
            notice_choices: ["postponed", "resumed", "cancelled"]
                .map(|code| choice("rounds-notice-kind", code))
                .into(),
            reject_choices: REJECT_GROUNDS.map(|code| choice("rounds-reject", code)).into(),
            page,
            t,
            v: &view,
        }
    })
}

#[cfg(test)]
mod tests;
