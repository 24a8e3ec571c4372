//! The pool of a round: who could go, by place and class, and how many can go from where. No name is on this page.
//!
//! Before this side commits the page shows what would be committed to now, and the places are declared here; afterwards the
//! pool committed to, and the other side's once it was given.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Form, Path};
use exchange::ids::RoundNo;
use exchange::selection::Pool;
use exchange::selection::joint::Cap;
use parley::Body;
use serde::Serialize;

use crate::act::Act;
use crate::acts::{agreement, asked, places, round};
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::forms::{Sent, act as begin, one};
use crate::web::rounds::sheets::columns;
use crate::web::rounds::view::{Ends, name_of};
use crate::web::{Choice, Column, Page, Words};

/// A place with the people there.
#[derive(Serialize)]
struct PlaceView {
    id: String,
    /// What it lies in; nothing for the round itself.
    within: Option<String>,
    at_most: Option<u32>,
    /// People there, by class.
    classes: BTreeMap<u8, u32>,
    /// Whether it was declared, and can be taken back.
    declared: bool,
}

impl PlaceView {
    fn people(&self) -> u32 {
        self.classes.values().sum()
    }

    fn of_class(&self, class: &u8) -> u32 {
        self.classes.get(class).copied().unwrap_or(0)
    }
}

/// One side's pool.
#[derive(Serialize)]
struct PoolSide {
    party: String,
    #[serde(skip)]
    name: String,
    /// Whether it is committed to; else it is what would be committed to now.
    committed: bool,
    people: u32,
    /// How many of them the other side has asked for by name.
    asked: u32,
    /// Sites that stand in dossiers and are not declared, with the people there; all of them count at one place for everyone
    /// else. Not shown to the other side.
    not_declared: BTreeMap<String, u32>,
    /// The classes that anyone has.
    classes: Vec<u8>,
    places: Vec<PlaceView>,
}

/// The pools of a round.
#[derive(Serialize)]
struct PoolView {
    number: RoundNo,
    /// Places of the round on each side.
    places: u32,
    sides: Vec<PoolSide>,
    /// Whether this officer may declare places now.
    may_declare: bool,
}

#[derive(Template)]
#[template(path = "rounds_pool.html")]
struct PoolPage<'a> {
    page: Page,
    t: Words,
    v: &'a PoolView,
    outer: Vec<Choice>,
}

impl PoolPage<'_> {
    fn columns(&self, side: &PoolSide) -> Vec<Column> {
        let mut columns = columns(&self.t, &["site", "lies-in", "can-go", "people"]);
        let class =
            |class: &u8| Column { label: self.t.s1("rounds-class-no", "class", *class), numeric: true };
        columns.extend(side.classes.iter().map(class));
        if self.v.may_declare && !side.committed {
            columns.extend(crate::web::rounds::sheets::columns(&self.t, &["take-back-place"]));
        }
        columns
    }

    /// What a place is called.
    fn place<'a>(&self, place: &'a PlaceView) -> std::borrow::Cow<'a, str> {
        if place.id == places::OTHER { self.t.s("rounds-place-other").into() } else { (&*place.id).into() }
    }

    fn editable(&self, place: &PlaceView, side: &PoolSide) -> bool {
        self.v.may_declare && !side.committed && place.declared
    }
}

/// `GET /rounds/{n}/pool`
pub async fn pool(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    let mut act = desk.act("read pool", Some(&format!("round-{number}"))).await?;
    let terms = agreement::in_force(&mut act)?.clone();
    let plan = round::plan(&terms, number)?.clone();
    let ends = Ends::of(act.node(), act.record());
    let mut sides = Vec::new();
    let mut may_declare = false;
    for party in [ends.mine, ends.theirs] {
        let (tx, shared) = act.parts();
        let name = name_of(shared, desk.words.lang.code(), &party);
        let side = match round::readable_pool(tx, shared, &party, number).await? {
            Some(pool) => of_pool(&pool),
            None if party == ends.mine => {
                let commits = Body::Commit {
                    round: number,
                    pool: parley::Digest([0; 32]),
                    seed: parley::Digest([0; 32]),
                };
                may_declare =
                    desk.officer.holds(&[Role::Negotiator]) && act.record().check(&party, &commits).is_ok();
                of_now(&mut act, &terms, &plan).await?
            }
            None => continue,
        };
        sides.push(PoolSide { party: party.to_string(), name, ..side });
    }
    act.commit().await?;
    let view = PoolView { number, places: plan.places, sides, may_declare };
    desk.reply(&view, desk.words.s1("rounds-pool-title", "round", number), |page, t| PoolPage {
        outer: outer(&view, t),
        page,
        t,
        v: &view,
    })
}

/// What a place can lie in: the round, or a place declared.
fn outer(view: &PoolView, t: Words) -> Vec<Choice> {
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label, hint: String::new() };
    let declared =
        view.sides.first().map_or(&[][..], |side| &side.places).iter().filter(|place| place.declared);
    let round = choice("", t.s("rounds-place-round"));
    std::iter::once(round).chain(declared.map(|place| choice(&place.id, place.id.clone()))).collect()
}

fn of_pool(pool: &Pool) -> PoolSide {
    let mut places: Vec<PlaceView> = pool.caps().iter().map(|cap| place(pool.caps(), cap, false)).collect();
    for candidate in pool.candidates() {
        // `Pool` refuses a site that is not among its caps.
        *places[usize::from(candidate.site)].classes.entry(candidate.class).or_default() += 1;
    }
    let asked = pool.candidates().iter().filter(|candidate| candidate.requested).count();
    PoolSide { asked: u32::try_from(asked).unwrap_or(u32::MAX), ..side(places, true) }
}

/// What would be committed to now. Nothing is written: who is new in a pool becomes an item when it is committed to.
async fn of_now(
    act: &mut Act<'_>,
    terms: &exchange::agreement::Terms,
    plan: &exchange::agreement::Round,
) -> Result<PoolSide, Refused> {
    let declared = places::declared(&mut act.tx, plan.no).await?;
    let sites = places::Sites::of(declared.clone());
    let by_name = if asked::counts(terms) { asked::people(&mut act.tx).await? } else { BTreeSet::new() };
    let mut asked = 0;
    let mut not_declared: BTreeMap<String, u32> = BTreeMap::new();
    let mut found: Vec<PlaceView> = declared.iter().map(|cap| place(&declared, cap, true)).collect();
    for (row, placement) in round::eligible(act, terms, plan).await? {
        let Some(class) = placement.class else { continue };
        asked += u32::from(by_name.contains(&row.person.id));
        let id = sites.label(&row).to_owned();
        if id == places::OTHER && !places::written(&row).is_empty() {
            *not_declared.entry(places::written(&row).to_owned()).or_default() += 1;
        }
        let at = found.iter().position(|place| place.id == id).unwrap_or_else(|| {
            found.push(PlaceView {
                id,
                within: None,
                at_most: None,
                classes: BTreeMap::new(),
                declared: false,
            });
            found.len() - 1
        });
        *found[at].classes.entry(class).or_default() += 1;
    }
    Ok(PoolSide { asked, not_declared, ..side(found, false) })
}

fn place(caps: &[Cap], cap: &Cap, declared: bool) -> PlaceView {
    let within = cap.within.map(|at| caps[at].id.clone());
    PlaceView { id: cap.id.clone(), within, at_most: cap.at_most, classes: BTreeMap::new(), declared }
}

fn side(places: Vec<PlaceView>, committed: bool) -> PoolSide {
    let mut classes: Vec<u8> = places.iter().flat_map(|place| place.classes.keys().copied()).collect();
    classes.sort_unstable();
    classes.dedup();
    let people = places.iter().map(PlaceView::people).sum();
    PoolSide {
        party: String::new(),
        name: String::new(),
        committed,
        people,
        asked: 0,
        not_declared: BTreeMap::new(),
        classes,
        places,
    }
}

/// `POST /rounds/{n}/places`: declares a place, changes one, or takes one back.
pub async fn declare(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    let id = one(&sent, "place").filter(|id| !id.is_empty()).ok_or(Refused::BadField("place"))?;
    let mut act = begin(&desk, "declare place", number).await?;
    if one(&sent, "take-back").is_some() {
        places::take_back(&mut act, number, id).await?;
    } else {
        let within = one(&sent, "within").filter(|within| !within.is_empty());
        let most = one(&sent, "at-most").filter(|most| !most.is_empty());
        let at_most = most.map(|most| most.parse().map_err(|_| Refused::BadField("at-most"))).transpose()?;
        places::declare(&mut act, number, id, within, at_most).await?;
    }
    act.commit().await?;
    Ok(desk.back_to(&format!("/rounds/{number}/pool")))
}
