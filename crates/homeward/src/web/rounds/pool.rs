//! The pool of a round: who could go, by place and class, and how many can go from where. No name is on this page.
//!
//! Before this side commits the page shows what would be committed to now, and the places are declared here; afterwards the
//! pool committed to, and the other side's once it was given. Of a pool that is not here it says why. A neutral is given none.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Form, Path};
use exchange::ids::RoundNo;
use exchange::selection::Pool;
use exchange::selection::joint::Cap;
use parley::{Body, PartyId};
use register::Reading;
use serde::Serialize;

use crate::act::Act;
use crate::acts::{agreement, asked, places, round};
use crate::node::Shared;
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::classes::Classes;
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
    /// Whether it was declared for nobody: no one who could go is there, and nothing lies in it.
    nobody: bool,
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
    /// The code of why there is nothing to show; nothing where there is.
    absent: Option<&'static str>,
    people: u32,
    /// How many of them the other side has asked for by name.
    asked: u32,
    /// Sites that stand in dossiers and are not declared, with the people there; all of them count at one place for everyone
    /// else. Not shown to the other side, nor to an officer who does not declare places: they stand there as somebody wrote them.
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
    /// Whether this officer may commit to the pool now.
    may_commit: bool,
    /// Whether this node belongs to neither party.
    neutral: bool,
}

#[derive(Template)]
#[template(path = "rounds_pool.html")]
struct PoolPage<'a> {
    page: Page,
    t: Words,
    v: &'a PoolView,
    outer: Vec<Choice>,
    classes: Classes,
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

    /// Sites where somebody is who could go, and that are not declared.
    fn sites(&self) -> Vec<&str> {
        let sides = self.v.sides.iter().filter(|side| !side.committed && side.absent.is_none());
        sides.flat_map(|side| side.not_declared.keys()).map(String::as_str).collect()
    }

    /// Whether places were declared for a pool that is not committed to.
    fn is_declared(&self) -> bool {
        self.v.sides.iter().flat_map(|side| &side.places).any(|place| place.declared)
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
            None if party == ends.mine && !ends.neutral && !committed(shared, &party, number) => {
                let commits = Body::Commit {
                    round: number,
                    pool: parley::Digest([0; 32]),
                    seed: parley::Digest([0; 32]),
                };
                may_declare =
                    desk.officer.holds(&[Role::Negotiator]) && act.record().check(&party, &commits).is_ok();
                let now = of_now(&mut act, &terms, &plan).await?;
                let not_declared = if may_declare { now.not_declared } else { BTreeMap::new() };
                PoolSide { not_declared, ..now }
            }
            None => absent(tx, shared, &ends, &party, number).await?,
        };
        sides.push(PoolSide { party: party.to_string(), name, ..side });
    }
    let before = number == 1 || round::closed_by(act.record(), number - 1, &ends.mine);
    let may_commit = may_declare && before && sides.first().is_some_and(|side| side.people > 0);
    act.commit().await?;
    let view =
        PoolView { number, places: plan.places, sides, may_declare, may_commit, neutral: ends.neutral };
    desk.reply(&view, desk.words.s1("rounds-pool-title", "round", number), |page, t| PoolPage {
        outer: outer(&view, t),
        classes: Classes::of(&terms, t),
        page,
        t,
        v: &view,
    })
}

fn committed(shared: &Shared, party: &PartyId, number: RoundNo) -> bool {
    shared.record.view().round(number).is_some_and(|state| state.commit(party).is_some())
}

/// A side whose pool is not here, or is none: at a neutral it never is, at a party the other's comes with its seed.
async fn absent(
    reading: &mut Reading,
    shared: &Shared,
    ends: &Ends,
    party: &PartyId,
    number: RoundNo,
) -> Result<PoolSide, Refused> {
    let state = shared.record.view().round(number);
    let seeds = state.is_some_and(|state| state.joint_seed().is_some());
    let digest = state.and_then(|state| state.commit(party)).map(|(pool, _)| exchange::ids::Digest(pool.0));
    let why = match digest {
        None => "not-committed",
        Some(_) if ends.neutral => "neutral",
        // It is here, and yet was not read.
        Some(digest) if reading.holds_attachment(&digest).await? => "unreadable",
        Some(_) if seeds => "missing",
        Some(_) => "with-seed",
    };
    Ok(PoolSide { absent: Some(why), ..side(Vec::new(), digest.is_some()) })
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
                nobody: false,
            });
            found.len() - 1
        });
        *found[at].classes.entry(class).or_default() += 1;
    }
    let holds: Vec<bool> =
        found.iter().map(|one| found.iter().any(|inner| inner.within.as_deref() == Some(&one.id))).collect();
    for (place, holds) in found.iter_mut().zip(holds) {
        place.nobody = place.declared && !holds && place.people() == 0;
    }
    Ok(PoolSide { asked, not_declared, ..side(found, false) })
}

fn place(caps: &[Cap], cap: &Cap, declared: bool) -> PlaceView {
    let within = cap.within.map(|at| caps[at].id.clone());
    let classes = BTreeMap::new();
    PlaceView { id: cap.id.clone(), within, at_most: cap.at_most, classes, declared, nobody: false }
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
        absent: None,
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
