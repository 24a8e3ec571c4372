//! The roll of both sides, as it follows from both pools, the terms and the joint seed.
//!
//! What decided is read off the selection itself (`exchange::selection::joint`); here it is only put beside names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use exchange::ids::{Item, RoundNo};
use exchange::selection::joint::{Level, Person, Sheet, fairness, sheets};
use parley::PartyId;
use serde::Serialize;

use crate::act::{Act, ActError};
use crate::acts::asked;
use crate::acts::overrides::{self, Override, Said};
use crate::acts::roll::{self, Drawn};
use crate::acts::round;
use crate::officer::Officer;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::ROLL_READERS;
use crate::web::rounds::classes::Classes;
use crate::web::rounds::sheets::{Known, columns, known};
use crate::web::rounds::view::{Ends, name_of};
use crate::web::{Column, Page, Words};

/// How many of those who stay are shown: the first in the order of class, time held and lot.
const STAYING_SHOWN: usize = 60;

/// One person of the round. Of a person closed to the officer it holds nothing but that they are.
#[derive(Serialize)]
#[serde(untagged)]
enum RollLine {
    Open(OpenLine),
    Closed { closed: bool },
}

#[derive(Serialize)]
struct OpenLine {
    item: String,
    /// Nothing for a person who was not opened to this side, or for an officer who reads no names.
    name: Option<String>,
    class: u8,
    category: String,
    #[serde(skip)]
    category_name: String,
    site: String,
    /// Days held on the planned day of the round.
    held: u16,
    lot: String,
    /// Whether the other side has asked for the person by name.
    asked: bool,
    /// `goes`, `put-on` or `gave-place` by hand, or the code of what decided against it.
    reason: &'static str,
}

/// Somebody put on the roll by hand. Where either of the two is closed to the officer, neither item, ground nor reason is here; an
/// officer who reads no names is told neither ground nor reason.
#[derive(Serialize)]
pub struct HandView {
    /// `mine` or `theirs`.
    pub holder: &'static str,
    /// The entry of the record by which it was said.
    pub entry: String,
    /// Whether one of the two is closed to the officer.
    pub closed: bool,
    goes: String,
    stays: String,
    /// The name of who goes, or the item's beginning.
    #[serde(skip)]
    pub goes_name: String,
    /// The same of who stays.
    #[serde(skip)]
    pub stays_name: String,
    /// The code of the ground; empty where it does not read, or not to this officer.
    pub ground: String,
    /// The reason, in the words of the officer who gave it; empty as the ground is.
    pub says: String,
    /// The code of what is against it; nothing where the agreement allows it.
    pub refused: Option<&'static str>,
}

impl RollLine {
    fn open(&self) -> Option<&OpenLine> {
        if let Self::Open(line) = self { Some(line) } else { None }
    }
}

impl OpenLine {
    fn short(&self) -> &str {
        &self.item[..8]
    }

    /// The colour of a row that was exchanged by hand.
    fn by_hand(&self) -> Option<&'static str> {
        match self.reason {
            "put-on" => Some("turquoise"),
            "gave-place" => Some("orange"),
            _ => None,
        }
    }
}

/// One side's part of the roll.
#[derive(Serialize)]
struct SideRoll {
    party: String,
    #[serde(skip)]
    name: String,
    /// People in the pool.
    pool: usize,
    /// Faults of what the side nominated, where it has.
    faults: usize,
    /// The first of those who stay.
    next: Vec<RollLine>,
    /// Each priority class: people in the pool, places.
    classes: Vec<ClassView>,
}

/// What one priority class got.
#[derive(Serialize)]
struct ClassView {
    class: u8,
    people: u32,
    places: u32,
}

/// The roll of a round.
#[derive(Serialize)]
struct RollView {
    number: RoundNo,
    /// The joint seed, by which anybody can repeat the selection.
    seed: String,
    /// SHA-256 by which both parties see that they hold the same roll.
    digest: String,
    /// Whether it is proved that no roll is better; else it is the best known.
    proved: bool,
    /// Whether chances drew the roll among the best ones: then no certificate shows who goes, and the draw is repeated instead.
    by_chances: bool,
    mine: Vec<RollLine>,
    theirs: Vec<RollLine>,
    sides: Sides,
    /// Who was put on the roll by hand, of both sides.
    by_hand: Vec<HandView>,
    /// How many each side may put on it.
    by_hand_at_most: u32,
}

/// What is said of each side beside its lines.
#[derive(Serialize)]
struct Sides {
    mine: SideRoll,
    theirs: SideRoll,
}

#[derive(Template)]
#[template(path = "rounds_roll.html")]
struct RollPage<'a> {
    page: Page,
    t: Words,
    v: &'a RollView,
    columns: Vec<Column>,
    class_columns: Vec<Column>,
    hand_columns: Vec<Column>,
    classes: &'a Classes,
    /// Whether this officer opens reason sheets.
    sheets: bool,
    /// Whether somebody of the round is closed to this officer.
    closed: bool,
}

impl RollPage<'_> {
    fn party(&self, hand: &HandView) -> &str {
        let sides = &self.v.sides;
        if hand.holder == "mine" { &sides.mine.name } else { &sides.theirs.name }
    }

    /// Each side's part with what is said beside it.
    fn sides(&self) -> [(&[RollLine], &SideRoll); 2] {
        [(&self.v.mine, &self.v.sides.mine), (&self.v.theirs, &self.v.sides.theirs)]
    }
}

/// Everything a page about the roll is made of, read once.
pub struct Read {
    /// The two sides.
    pub ends: Ends,
    /// Their names in the officer's language: this side's, the other's.
    pub names: [String; 2],
    /// Names of the categories, by index among those of the round.
    pub categories: Vec<String>,
    /// Everyone whose identity is known here, by item.
    people: BTreeMap<Item, Known>,
    /// Whether the officer reads names, and why somebody was put on the roll by hand.
    reads_names: bool,
    /// The items closed to the officer by a declared relation, and what stands in place of their names.
    closed: BTreeSet<Item>,
    closed_to_you: String,
    /// The priority classes in words.
    pub classes: Classes,
    /// The round with its roll.
    pub drawn: Arc<Drawn>,
    /// Who goes of each side with those put on the roll by hand, ascending: this side's, the other's.
    pub going: [Vec<Item>; 2],
    /// What was said by hand, in order: this side's, the other's.
    pub by_hand: Vec<HandView>,
    /// How many each side may put on the roll by hand.
    pub by_hand_at_most: u32,
    /// Whether whom the other side asks for by name goes first.
    pub by_name: bool,
}

impl Read {
    /// Reads a round with its roll.
    pub async fn of(act: &mut Act<'_>, desk: &Desk, number: RoundNo) -> Result<Self, Refused> {
        let (node, lang) = (act.node(), desk.words.lang.code());
        let drawn = drawn(act, number).await?;
        let closed = closed_items(act, &desk.officer, number).await?;
        let (tx, shared) = act.parts();
        let ends = Ends::of(node, &shared.record);
        let mut people = BTreeMap::new();
        // An auditor checks who goes by item and class; names are not needed for that.
        let reads_names = desk.officer.holds(ROLL_READERS);
        for earlier in (1..=number).filter(|_| reads_names) {
            people.extend(known(&round::all_lines(tx, earlier).await?, &ends.mine));
        }
        let terms = shared.terms.as_ref().ok_or(Refused::NotFound)?;
        let rules = &drawn.setting.rules;
        let named = |id: &String| {
            let known = terms.categories.iter().find(|category| category.id.as_str() == id);
            known.map_or_else(|| id.clone(), |category| category.name.in_language(lang).to_owned())
        };
        let mut read = Self {
            names: [name_of(shared, lang, &ends.mine), name_of(shared, lang, &ends.theirs)],
            categories: rules.categories.iter().map(|category| named(&category.id)).collect(),
            ends,
            people,
            reads_names,
            closed,
            closed_to_you: desk.words.s("closed-to-you"),
            classes: Classes::of(terms, desk.words),
            going: [drawn.chosen(&ends.mine), drawn.chosen(&ends.theirs)],
            by_hand: Vec::new(),
            by_hand_at_most: overrides::at_most(terms),
            by_name: asked::counts(terms),
            drawn,
        };
        for (whose, party) in [ends.mine, ends.theirs].into_iter().enumerate() {
            let said = overrides::said(tx, &shared.record, &party, (number, read.by_hand_at_most)).await?;
            let (going, refused) =
                overrides::applied(&read.drawn, party, &said, read.by_hand_at_most).await?;
            read.going[whose] = going;
            for one in said {
                let refused =
                    refused.iter().find(|(entry, _)| *entry == one.entry).map(|(_, why)| why.code());
                let view = read.hand(["mine", "theirs"][whose], one, refused);
                read.by_hand.push(view);
            }
        }
        Ok(read)
    }

    fn hand(&self, holder: &'static str, said: Said, refused: Option<&'static str>) -> HandView {
        let none = String::new;
        let mut view = HandView {
            holder,
            entry: said.entry.to_string(),
            closed: false,
            goes: none(),
            stays: none(),
            goes_name: none(),
            stays_name: none(),
            ground: none(),
            says: none(),
            refused,
        };
        let Ok(Override { goes, stays, ground, says, .. }) = said.what else { return view };
        let (goes, stays) = (Item(goes), Item(stays));
        (view.goes_name, view.stays_name) = (self.called(&goes), self.called(&stays));
        view.closed = self.closes(&goes) || self.closes(&stays);
        if !view.closed {
            (view.goes, view.stays) = (goes.to_string(), stays.to_string());
            if self.reads_names {
                (view.ground, view.says) = (ground, says);
            }
        }
        view
    }

    /// A person's name as their holder opened it; nothing where it was not opened to this side. Of a person closed to the officer
    /// it is said that they are.
    pub fn name(&self, item: &Item) -> Option<String> {
        if self.closed.contains(item) {
            return Some(self.closed_to_you.clone());
        }
        self.people.get(item).map(|known| known.identity.full_name())
    }

    /// The same, or the beginning of the item.
    pub fn called(&self, item: &Item) -> String {
        self.name(item).unwrap_or_else(|| item.to_string()[..8].to_owned())
    }

    /// Whether a person is closed to the officer by a declared relation.
    pub fn closes(&self, item: &Item) -> bool {
        self.closed.contains(item)
    }

    /// Whether anybody of the round is closed to the officer.
    pub fn closes_anybody(&self) -> bool {
        self.closed.iter().any(|item| self.drawn.person(item).is_some())
    }

    /// A person's lot, as it is told: ten hexadecimal digits.
    pub fn lot(&self, person: &Person) -> String {
        format!("{:010x}", person.lot(&self.drawn.seed, &self.drawn.setting.rules.agreement).first)
    }

    fn line(&self, person: &Person, reason: &'static str) -> RollLine {
        if self.closes(&person.item) {
            return RollLine::Closed { closed: true };
        }
        let rules = &self.drawn.setting.rules;
        RollLine::Open(OpenLine {
            item: person.item.to_string(),
            name: self.name(&person.item),
            class: person.class,
            category: rules.categories[usize::from(person.category)].id.clone(),
            category_name: self.categories[usize::from(person.category)].clone(),
            site: rules.sides[usize::from(person.side)].caps[usize::from(person.site)].id.clone(),
            held: person.held,
            lot: self.lot(person),
            asked: person.requested,
            reason,
        })
    }

    /// Whether a person goes, with those put on the roll by hand.
    pub fn goes(&self, item: &Item) -> bool {
        self.going.iter().any(|going| going.binary_search(item).is_ok())
    }

    /// The places of a side's people among all, in the order of class, time held and lot: those who go, or those who stay.
    pub fn in_order(&self, party: &PartyId, goes: bool) -> Vec<usize> {
        let Drawn { setting, seed, .. } = &*self.drawn;
        let side = self.drawn.side(party);
        let rows = setting.people.rows();
        let of_side = |at: &usize| usize::from(rows[*at].side) == side && self.goes(&rows[*at].item) == goes;
        let mut places: Vec<usize> = (0..rows.len()).filter(of_side).collect();
        places.sort_by_cached_key(|&at| {
            let person = &rows[at];
            (person.class, u16::MAX - person.held, person.lot(seed, &setting.rules.agreement), person.item)
        });
        places
    }

    fn going(&self, party: &PartyId) -> Vec<RollLine> {
        let rows = self.drawn.setting.people.rows();
        let reason = |item: &Item| if self.drawn.goes(item) { "goes" } else { "put-on" };
        let going = self.in_order(party, true);
        closed_last(going.into_iter().map(|at| self.line(&rows[at], reason(&rows[at].item))))
    }

    async fn staying(&self, party: &PartyId) -> Result<Vec<RollLine>, Refused> {
        let setting = &self.drawn.setting;
        let mut first = self.in_order(party, false);
        // Whoever gave a place up by hand is shown, however late in the order.
        first.sort_by_key(|at| self.drawn.selected.chosen.binary_search(at).is_err());
        first.truncate(STAYING_SHOWN);
        let levels = Level::of(&setting.rules);
        let sheets = self.sheets(first).await?;
        let rows = setting.people.rows();
        let reason = |sheet: &Sheet| match &rows[sheet.person] {
            person if self.drawn.goes(&person.item) => "gave-place",
            person if self.drawn.left_to_chance(person).is_some() => "chance",
            _ => decided(sheet, &levels),
        };
        Ok(closed_last(sheets.iter().map(|sheet| self.line(&rows[sheet.person], reason(sheet)))))
    }

    /// Reason sheets of people, by place among all. They can take long: other work of the node goes on meanwhile.
    pub async fn sheets(&self, of: Vec<usize>) -> Result<Vec<Sheet>, Refused> {
        let drawn = self.drawn.clone();
        let looking = tokio::task::spawn_blocking(move || {
            let Drawn { setting, seed, .. } = &*drawn;
            sheets(&setting.rules, &setting.people, seed, drawn.by_rules(), &of)
        });
        looking.await.map_err(|why| Refused::Broken(why.to_string()))
    }

    async fn side(&self, whose: usize, faults: usize) -> Result<SideRoll, Refused> {
        let party = if whose == 0 { self.ends.mine } else { self.ends.theirs };
        let side = self.drawn.side(&party);
        let setting = &self.drawn.setting;
        let shares = fairness(&setting.people, &self.drawn.selected.chosen, &[]);
        let shares = shares.map_err(|why| Refused::Broken(why.to_string()))?;
        let own = shares.classes.iter().filter(|share| usize::from(share.side) == side);
        Ok(SideRoll {
            party: party.to_string(),
            name: self.names[whose].clone(),
            pool: setting.people.rows().iter().filter(|person| usize::from(person.side) == side).count(),
            faults,
            next: self.staying(&party).await?,
            classes: own
                .map(|share| ClassView { class: share.class, people: share.people, places: share.places })
                .collect(),
        })
    }
}

/// Those closed to the officer stand last: their place in the order would tell the class.
fn closed_last(lines: impl Iterator<Item = RollLine>) -> Vec<RollLine> {
    let mut lines: Vec<RollLine> = lines.collect();
    lines.sort_by_key(|line| line.open().is_none());
    lines
}

/// The items that are closed to an officer in a round: of the dossiers that are, and of the lines that are about these people.
pub async fn closed_items(
    act: &mut Act<'_>,
    officer: &Officer,
    number: RoundNo,
) -> Result<BTreeSet<Item>, Refused> {
    let mut closed = BTreeSet::new();
    if officer.closed.is_empty() {
        return Ok(closed);
    }
    for earlier in 1..=number {
        closed.extend(officer.closed_items(&round::all_lines(&mut act.tx, earlier).await?));
    }
    // Before a side nominates, no line of the round names its own people.
    for person in &officer.closed {
        closed.extend(act.tx.person(*person).await?.and_then(|row| row.item));
    }
    Ok(closed)
}

/// The round with its roll. A neutral is told why there is none at it: it is given no pools.
pub async fn drawn(act: &mut Act<'_>, number: RoundNo) -> Result<Arc<Drawn>, Refused> {
    let neutral = !act.node().config.is_party();
    match roll::drawn(act, number).await {
        Err(ActError::Rule { code: "pool-missing", .. }) if neutral => {
            Err(Refused::AgainstRule { code: "neutral-pools".to_owned(), detail: String::new() })
        }
        drawn => Ok(drawn?),
    }
}

/// The code of what decided that a person stays: the first level at which the roll with them would be worse.
pub fn decided(sheet: &Sheet, levels: &[Level]) -> &'static str {
    let Some(price) = &sheet.price else { return "no-way" };
    price.decided_by(levels).map_or("no-way", level_code)
}

/// The code of a level that decided.
pub fn level_code(level: Level) -> &'static str {
    match level {
        Level::Total => "total",
        Level::Requested => "requested",
        Level::Class(_) => "class",
        Level::TimeHeld => "time-held",
        Level::Lot | Level::NextLot => "lot",
        Level::Missing => "no-way",
    }
}

/// `GET /rounds/{n}/roll`
pub async fn roll(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    roll::ready(&desk.node, number).await;
    let mut act = desk.act("read roll", Some(&format!("round-{number}"))).await?;
    let read = Read::of(&mut act, &desk, number).await?;
    let node = act.node();
    let (tx, shared) = act.parts();
    // A neutral checks neither side.
    let faults = match read.ends.neutral {
        true => None,
        false => roll::check_theirs(node, tx, shared, &read.ends.theirs, number).await?,
    };
    act.commit().await?;
    let closed = read.closes_anybody();
    let view = RollView {
        number,
        seed: crate::chance::hex(&read.drawn.seed),
        digest: read.drawn.digest().to_string(),
        proved: read.drawn.selected.is_best(),
        by_chances: read.drawn.lottery.is_some(),
        mine: read.going(&read.ends.mine),
        theirs: read.going(&read.ends.theirs),
        sides: Sides {
            mine: read.side(0, 0).await?,
            theirs: read.side(1, faults.map_or(0, |faults| faults.len())).await?,
        },
        by_hand_at_most: read.by_hand_at_most,
        by_hand: read.by_hand,
    };
    let classes = read.classes;
    desk.reply(&view, desk.words.s1("rounds-roll-title", "round", number), |page, t| RollPage {
        columns: columns(&t, &["person", "class", "category", "site", "held-days", "lot", "why"]),
        class_columns: columns(&t, &["class", "in-pool", "places"]),
        hand_columns: columns(&t, &["side", "put-on", "gave-place", "why"]),
        classes: &classes,
        sheets: read.reads_names,
        closed,
        page,
        t,
        v: &view,
    })
}
