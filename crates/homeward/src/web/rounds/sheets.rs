//! The sheets of a round: who was asked at the listing, who crosses, who has come. They show names; every opening of a
//! sheet is a named write in the journal, once a sheet.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use exchange::ids::{Item, RoundNo};
use parley::PartyId;
use register::LineRow;
use serde::Serialize;

use crate::act::Act;
use crate::acts::{item, round};
use crate::officer::Officer;
use crate::opening::{Identity, Opening};
use crate::pairing;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::view::{self, Ends, ItemView};
use crate::web::{Column, Page, Words};

/// What a line tells about an item: the identity its holder opened, and whether a dossier is linked.
pub struct Known {
    /// The identity.
    pub identity: Identity,
    /// Whether a dossier of this node is accepted for it.
    pub linked: bool,
}

/// Everyone named on lines, by item.
pub fn known(lines: &[LineRow], me: &PartyId) -> BTreeMap<Item, Known> {
    let one = |line: &LineRow| {
        let identity = if line.holder.as_str() == me.as_str() {
            minicbor::decode::<Opening>(&line.details).ok()?.identity
        } else {
            pairing::details(line)?.opening.identity
        };
        Some((line.item, Known { identity, linked: line.person.is_some() }))
    };
    lines.iter().filter_map(one).collect()
}

/// One person on a sheet.
#[derive(Serialize)]
pub struct SheetLine {
    /// The item.
    pub item: String,
    /// The person's name as the holder opened it.
    pub name: String,
    /// Date of birth in ISO form, as precise as known.
    pub birth: Option<String>,
    /// Code of where the person stands.
    pub state: &'static str,
    /// The answer at the listing.
    pub will1: Option<&'static str>,
    /// The answer at the crossing.
    pub will2: Option<&'static str>,
    /// Whether a dossier of this node is linked.
    pub linked: bool,
    /// Whether the case is closed to the officer: then neither name, birth nor answers stand here.
    pub closed: bool,
}

impl SheetLine {
    /// The item, as far as a person reads it.
    pub fn short(&self) -> &str {
        &self.item[..8]
    }

    /// The last answer given.
    pub fn last_will(&self) -> Option<&'static str> {
        self.will2.or(self.will1)
    }

    /// Whether the person stands in one of these states.
    pub fn is(&self, states: &[&str]) -> bool {
        states.contains(&self.state)
    }
}

struct Sheet {
    version: u32,
    own: Vec<SheetLine>,
    theirs: Vec<SheetLine>,
    frozen: bool,
}

/// Reads a sheet inside the write that notes the reading.
async fn sheet(act: &mut Act<'_>, officer: &Officer, number: RoundNo) -> Result<Sheet, Refused> {
    let me = act.node().me;
    let node = act.node();
    let (tx, shared) = act.parts();
    let lines = round::all_lines(tx, number).await?;
    let closed = officer.closed_items(&lines);
    let known = known(&lines, &me);
    let ends = Ends::of(node, &shared.record);
    let state = shared.record.view().round(number);
    let state = state.filter(|_| !ends.neutral).ok_or(Refused::NotFound)?;
    let mut sheet = Sheet {
        version: state.effective().map_or(0, |list| list.version),
        own: Vec::new(),
        theirs: Vec::new(),
        frozen: state.open_proposals().iter().any(|proposal| proposal.author == me),
    };
    for (one, (holder, now)) in state.items() {
        let closed = closed.contains(&item(one));
        let wills = if closed { [None, None] } else { state.wills(&one, &holder) };
        let [will1, will2] = wills.map(|will| will.map(view::answer));
        let found = known.get(&item(one)).filter(|_| !closed);
        let line = SheetLine {
            item: item(one).to_string(),
            name: found.map_or_else(String::new, |known| known.identity.full_name()),
            birth: found.and_then(|known| known.identity.birth.clone()),
            state: view::item_code(now),
            will1,
            will2,
            linked: found.is_some_and(|known| known.linked),
            closed,
        };
        if holder == me { sheet.own.push(line) } else { sheet.theirs.push(line) }
    }
    for lines in [&mut sheet.own, &mut sheet.theirs] {
        lines.sort_by(|a, b| (&a.name, &a.item).cmp(&(&b.name, &b.item)));
    }
    Ok(sheet)
}

/// Who was asked at the listing, and who is to be asked.
#[derive(Serialize)]
struct WillsView {
    number: RoundNo,
    version: u32,
    /// How many are to be asked.
    open: usize,
    lines: Vec<SheetLine>,
}

#[derive(Template)]
#[template(path = "rounds_wills.html")]
struct WillsPage<'a> {
    page: Page,
    t: Words,
    v: &'a WillsView,
    columns: Vec<Column>,
}

/// Columns of a table, by the codes of their headings (`rounds-column-<code>`).
pub fn columns(t: &Words, codes: &[&str]) -> Vec<Column> {
    let numeric = |code: &str| {
        let counts = ["ours", "other-side", "record", "version", "held-days", "can-go", "people", "had"];
        let lots = ["chance", "no-rule", "expected", "fair-lots", "in-billion"];
        counts.contains(&code) || lots.contains(&code)
    };
    let column = |code: &&str| Column { label: t.code("rounds-column", code), numeric: numeric(code) };
    codes.iter().map(column).collect()
}

/// `GET /rounds/{n}/wills`
pub async fn wills(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    let mut act = desk.act("read wills sheet", Some(&format!("round-{number}"))).await?;
    let sheet = sheet(&mut act, &desk.officer, number).await?;
    act.commit().await?;
    let mut lines = sheet.own;
    lines.retain(|line| line.state != "dropped");
    let open = lines.iter().filter(|line| line.is(&["listed"])).count();
    let view = WillsView { number, version: sheet.version, open, lines };
    desk.reply(&view, desk.words.s1("rounds-wills-title", "round", number), |page, t| WillsPage {
        columns: columns(&t, &["person", "answer"]),
        page,
        t,
        v: &view,
    })
}

/// The sheet of the crossing: own people to be asked and released, the other side's to be received.
#[derive(Serialize)]
struct CrossingView {
    number: RoundNo,
    version: u32,
    /// Whether an own proposal is open, so that nobody may be released until it is answered.
    frozen: bool,
    own: Vec<SheetLine>,
    theirs: Vec<SheetLine>,
}

impl CrossingView {
    fn own_in<'a>(&'a self, states: &'a [&'a str]) -> Vec<&'a SheetLine> {
        self.own.iter().filter(|line| line.is(states)).collect()
    }

    fn theirs_in<'a>(&'a self, states: &'a [&'a str]) -> Vec<&'a SheetLine> {
        self.theirs.iter().filter(|line| line.is(states)).collect()
    }
}

#[derive(Template)]
#[template(path = "rounds_crossing.html")]
struct CrossingPage<'a> {
    page: Page,
    t: Words,
    v: &'a CrossingView,
    /// Own people who stand ready or are to be asked.
    ready: Vec<&'a SheetLine>,
    /// Own people on their way or denied.
    away: Vec<&'a SheetLine>,
    /// The other side's people on their way.
    coming: Vec<&'a SheetLine>,
    ready_columns: Vec<Column>,
    away_columns: Vec<Column>,
    coming_columns: Vec<Column>,
}

/// `GET /rounds/{n}/crossing`
pub async fn crossing(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    let mut act = desk.act("read crossing sheet", Some(&format!("round-{number}"))).await?;
    let sheet = sheet(&mut act, &desk.officer, number).await?;
    act.commit().await?;
    let view = CrossingView {
        number,
        version: sheet.version,
        frozen: sheet.frozen,
        own: sheet.own,
        theirs: sheet.theirs,
    };
    desk.reply(&view, desk.words.s1("rounds-crossing-title", "round", number), |page, t| CrossingPage {
        ready: view.own_in(&["willed-once", "willed-twice", "taken-back"]),
        away: view.own_in(&["in-transit", "not-delivered", "other-person"]),
        coming: view.theirs_in(&["in-transit"]),
        ready_columns: columns(&t, &["person", "answer", "release"]),
        away_columns: columns(&t, &["person", "take-back"]),
        coming_columns: columns(&t, &["person", "arrival"]),
        page,
        t,
        v: &view,
    })
}

/// Items of a page that a table shows under a side.
pub fn of_side<'a>(items: &'a [ItemView], holder: &str) -> Vec<&'a ItemView> {
    items.iter().filter(|item| item.holder == holder).collect()
}
