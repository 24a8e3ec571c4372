//! The rolls of both sides with their order, and the reason sheet of one person: why in, why not, what would change it.
//!
//! What decided is read off the selection itself (`exchange::selection`); here it is only put beside names and words.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use exchange::ids::{Item, RoundNo};
use exchange::selection::{self, Binding, Candidate, Key, Lot, Pool, Reason, Roll};
use serde::{Serialize, Serializer};
use time::Date;

use crate::act::Act;
use crate::acts::round;
use crate::acts::{item as of_shared, shared_item};
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::forms::GROUNDS;
use crate::web::rounds::sheets::{Known, columns, known};
use crate::web::rounds::view::{self, Ends, item_code, name_of};
use crate::web::unlawful::short;
use crate::web::{Choice, Column, Page, Words};

/// How many people after the roll are shown: those who would come in next.
const NEXT_SHOWN: usize = 60;

/// One person in the published order.
#[derive(Serialize)]
struct RollLine {
    item: String,
    /// Nothing for a person who was not opened to this side.
    name: Option<String>,
    position: Option<usize>,
    group: Option<u8>,
    category: Option<String>,
    #[serde(skip)]
    category_name: String,
    #[serde(serialize_with = "view::iso_if_any")]
    held_since: Option<Date>,
    lot: Option<String>,
    /// `goes`, or the rule that stood in the way.
    reason: &'static str,
}

impl RollLine {
    fn short(&self) -> &str {
        &self.item[..8]
    }
}

/// One side's roll.
#[derive(Serialize)]
struct SideRoll {
    party: String,
    #[serde(skip)]
    name: String,
    /// SHA-256 over who goes and who does not.
    digest: String,
    pool: usize,
    faults: usize,
    /// Who would come in next, in order.
    next: Vec<RollLine>,
    /// Each priority group: people in the pool, places, the chance of a place.
    groups: Vec<GroupView>,
}

/// What one priority group got.
#[derive(Serialize)]
struct GroupView {
    group: u8,
    people: u32,
    places: u32,
}

/// The rolls of a round.
#[derive(Serialize)]
struct RollView {
    number: RoundNo,
    seed: String,
    places: u32,
    mine: Vec<RollLine>,
    theirs: Vec<RollLine>,
    sides: Sides,
}

/// What is said of each roll beside its lines.
#[derive(Serialize)]
struct Sides {
    mine: SideRoll,
    theirs: Option<SideRoll>,
}

#[derive(Template)]
#[template(path = "rounds_roll.html")]
struct RollPage<'a> {
    page: Page,
    t: Words,
    v: &'a RollView,
    columns: Vec<Column>,
    group_columns: Vec<Column>,
}

impl RollPage<'_> {
    /// Each roll with what is said beside it.
    fn sides(&self) -> Vec<(&[RollLine], &SideRoll)> {
        let mine = (self.v.mine.as_slice(), &self.v.sides.mine);
        let theirs = self.v.sides.theirs.as_ref().map(|side| (self.v.theirs.as_slice(), side));
        std::iter::once(mine).chain(theirs).collect()
    }
}

/// Everything a roll page is made of, read once.
struct Read {
    ends: Ends,
    names: [String; 2],
    category_names: BTreeMap<String, String>,
    people: BTreeMap<Item, Known>,
    seed: [u8; 32],
    places: u32,
    mine: (Pool, Roll),
    /// Their opened pool and the roll that follows from it, with what they nominated and how many faults were found.
    theirs: Option<(Pool, Roll, Vec<Item>, usize)>,
}

async fn read(act: &mut Act<'_>, lang: &str, number: RoundNo) -> Result<Read, Refused> {
    let node = act.node();
    let mine = round::own_roll(act, number).await?;
    let (tx, shared) = act.parts();
    let ends = Ends::of(node, &shared.record);
    let mut people = BTreeMap::new();
    for earlier in 1..=number {
        people.extend(known(&round::all_lines(tx, earlier).await?, &ends.mine));
    }
    let seed = round::joint_seed(&shared.record, number)?;
    let terms = shared.terms.as_ref().ok_or(Refused::NotFound)?;
    let theirs = match round::check_theirs(tx, shared, &ends.theirs, number).await? {
        None => None,
        Some((pool, faults)) => {
            let state = shared.record.view().round(number);
            let items = state.and_then(|state| state.nominated(&ends.theirs)).map_or(&[][..], |n| n.1);
            let roll = round::roll(terms, number, &pool, &seed)?;
            Some((pool, roll, items.iter().map(|one| of_shared(*one)).collect(), faults.len()))
        }
    };
    let name = |category: &exchange::agreement::Category| {
        (category.id.to_string(), category.name.in_language(lang).to_owned())
    };
    Ok(Read {
        names: [name_of(shared, lang, &ends.mine), name_of(shared, lang, &ends.theirs)],
        category_names: terms.categories.iter().map(name).collect(),
        places: mine.1.places().round_total,
        ends,
        people,
        seed,
        mine,
        theirs,
    })
}

impl Read {
    fn line(&self, pool: &Pool, roll: &Roll, item: &Item) -> RollLine {
        let at = roll.position(item);
        let candidate = pool.get(item);
        let category = candidate.map(|candidate| candidate.category.clone());
        RollLine {
            item: item.to_string(),
            name: self.people.get(item).map(|known| known.identity.full_name()),
            position: at.map(|(position, _)| position),
            group: candidate.map(|candidate| candidate.group),
            category_name: self.category_name(category.as_deref()),
            category,
            held_since: candidate.map(|candidate| candidate.held_since),
            lot: at.map(|(_, key)| lot(&key.lot)),
            reason: reason_code(&selection::reason(roll, item)),
        }
    }

    fn category_name(&self, category: Option<&str>) -> String {
        let Some(id) = category else { return String::new() };
        self.category_names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// The people who go, in the published order; those who have no place in it last.
    fn chosen(&self, pool: &Pool, roll: &Roll, items: &[Item]) -> Vec<RollLine> {
        let mut lines: Vec<RollLine> = items.iter().map(|item| self.line(pool, roll, item)).collect();
        lines.sort_by_key(|line| line.position.unwrap_or(usize::MAX));
        lines
    }

    fn side(&self, pool: &Pool, roll: &Roll, whose: usize, faults: usize) -> SideRoll {
        let party = if whose == 0 { self.ends.mine } else { self.ends.theirs };
        let shares = selection::fairness(pool, roll);
        SideRoll {
            party: party.to_string(),
            name: self.names[whose].clone(),
            digest: roll.digest().to_string(),
            pool: pool.candidates().len(),
            faults,
            next: roll.reserve.iter().take(NEXT_SHOWN).map(|item| self.line(pool, roll, item)).collect(),
            groups: shares
                .into_iter()
                .map(|share| GroupView { group: share.group, people: share.candidates, places: share.places })
                .collect(),
        }
    }
}

/// A lot as a person reads it: the number that is told, in hexadecimal digits.
fn lot(lot: &Lot) -> String {
    format!("{:010x}", lot.first)
}

fn reason_code(reason: &Reason) -> &'static str {
    match reason {
        Reason::Goes { .. } => "goes",
        Reason::NotInPool => "not-in-pool",
        Reason::Stays { binding, .. } => binding.last().map_or("no-places", binding_code),
    }
}

fn binding_code(binding: &Binding) -> &'static str {
    match binding {
        Binding::Group { .. } => "group",
        Binding::TimeHeld { .. } => "time-held",
        Binding::Lot { .. } => "lot",
        Binding::Site { .. } => "site",
        Binding::NoPlaces => "no-places",
    }
}

/// `GET /rounds/{n}/roll`
pub async fn roll(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    let mut act = desk.act("read roll", Some(&format!("round-{number}"))).await?;
    let read = read(&mut act, desk.words.lang.code(), number).await?;
    act.commit().await?;
    let (pool, own) = &read.mine;
    let mut theirs = Vec::new();
    let mut side = None;
    if let Some((pool, roll, items, faults)) = &read.theirs {
        theirs = read.chosen(pool, roll, items);
        side = Some(read.side(pool, roll, 1, *faults));
    }
    let view = RollView {
        number,
        seed: short(&read.seed),
        places: read.places,
        mine: read.chosen(pool, own, &own.chosen),
        theirs,
        sides: Sides { mine: read.side(pool, own, 0, 0), theirs: side },
    };
    desk.reply(&view, desk.words.s1("rounds-roll-title", "round", number), |page, t| RollPage {
        columns: columns(&t, &["place", "person", "class", "category", "held-since", "lot", "why"]),
        group_columns: columns(&t, &["class", "in-pool", "places"]),
        page,
        t,
        v: &view,
    })
}

/// The values by which the order was decided.
#[derive(Serialize)]
struct KeyView {
    group: u8,
    #[serde(serialize_with = "as_iso")]
    held_since: Date,
    lot: String,
}

impl KeyView {
    fn of(key: &Key) -> Self {
        Self { group: key.group, held_since: key.held_since, lot: lot(&key.lot) }
    }
}

fn as_iso<S: Serializer>(date: &Date, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(date)
}

/// The fewest further places that would have let the person go.
#[derive(Serialize)]
struct ChangeView {
    round_places: u32,
    site_places: u32,
}

/// The reason sheet of one person.
#[derive(Serialize)]
struct ReasonView {
    number: RoundNo,
    item: String,
    name: Option<String>,
    /// `mine` or `theirs`.
    holder: &'static str,
    /// Whether the person is on the roll.
    #[serde(rename = "in")]
    on_roll: bool,
    position: Option<usize>,
    of: usize,
    group: Option<u8>,
    category: Option<String>,
    #[serde(skip)]
    category_name: String,
    #[serde(serialize_with = "view::iso_if_any")]
    held_since: Option<Date>,
    lot: Option<String>,
    /// The last person who goes.
    last_taken: Option<KeyView>,
    /// Codes of the rules that stood in the way.
    rule: Vec<&'static str>,
    would_change: Option<ChangeView>,
    /// Where the person stands on the list, where there is one.
    state: Option<&'static str>,
    /// Whether this officer may record that the person leaves the list.
    may_depart: bool,
}

#[derive(Template)]
#[template(path = "rounds_reason.html")]
struct ReasonPage<'a> {
    page: Page,
    t: Words,
    v: &'a ReasonView,
    grounds: Vec<Choice>,
}

/// `GET /rounds/{n}/roll/{item}`
pub async fn reason(desk: Desk, Path((number, one)): Path<(RoundNo, String)>) -> Result<Reply, Refused> {
    let one: Item = one.parse().map_err(|_| Refused::NotFound)?;
    let mut act = desk.act("read reason sheet", Some(&one.to_string())).await?;
    let read = read(&mut act, desk.words.lang.code(), number).await?;
    let view = sheet(&desk, &act, &read, number, &one)?;
    act.commit().await?;
    desk.reply(&view, desk.words.s1("rounds-reason-title", "round", number), |page, t| ReasonPage {
        grounds: GROUNDS
            .into_iter()
            .map(|ground| Choice {
                value: ground.as_str().to_owned(),
                label: t.code("rounds-ground", ground.as_str()),
                hint: String::new(),
            })
            .collect(),
        page,
        t,
        v: &view,
    })
}

fn sheet(
    desk: &Desk,
    act: &Act<'_>,
    read: &Read,
    number: RoundNo,
    one: &Item,
) -> Result<ReasonView, Refused> {
    let theirs = read.theirs.as_ref().map(|(pool, roll, ..)| (pool, roll));
    let (holder, pool, roll) = match theirs {
        Some((pool, roll)) if pool.get(one).is_some() => ("theirs", pool, roll),
        _ => ("mine", &read.mine.0, &read.mine.1),
    };
    let candidate: Option<&Candidate> = pool.get(one);
    let on_roll = roll.goes(one);
    let (mut rule, mut would_change) = (Vec::new(), None);
    let reason = selection::reason(roll, one);
    if let Reason::Stays { binding, change, .. } = &reason {
        rule = binding.iter().map(binding_code).collect();
        would_change =
            Some(ChangeView { round_places: change.round_places, site_places: change.site_places });
    }
    let state = act.record().view().round(number);
    let now = state.and_then(|state| state.state(&shared_item(*one)));
    let known = read.people.get(one);
    if candidate.is_none() && known.is_none() {
        return Err(Refused::NotFound);
    }
    let category = candidate.map(|candidate| candidate.category.clone());
    let departs = parley::Body::Depart {
        round: number,
        item: shared_item(*one),
        ground: parley::DepartGround::Unwilling,
    };
    let roles = [Role::Physician, Role::Registrar, Role::Negotiator];
    let at = roll.position(one);
    Ok(ReasonView {
        number,
        item: one.to_string(),
        name: known.map(|known| known.identity.full_name()),
        holder,
        on_roll,
        position: at.map(|(position, _)| position),
        of: pool.candidates().len(),
        group: candidate.map(|candidate| candidate.group),
        category_name: read.category_name(category.as_deref()),
        category,
        held_since: candidate.map(|candidate| candidate.held_since),
        lot: at.map(|(_, key)| lot(&key.lot)),
        last_taken: roll.keys().filter(|key| roll.goes(&key.item)).last().map(KeyView::of),
        rule: if reason == Reason::NotInPool { vec!["not-in-pool"] } else { rule },
        would_change,
        state: now.map(item_code),
        may_depart: desk.officer.holds(&roles) && act.record().check(&read.ends.mine, &departs).is_ok(),
    })
}
