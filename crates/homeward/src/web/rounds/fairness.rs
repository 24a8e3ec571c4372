//! The fairness report of a roll: what each class had, whether the lot was blind, who waits longest and stays, who was put on by hand.
//!
//! The figures are those of `exchange::selection::joint::fairness`, about the roll as it is with those put on it by hand; here
//! they are only put beside words. It decides nothing about anyone.

mod attributes;

use std::cmp::Reverse;

use askama::Template;
use axum::extract::Path;
use exchange::ids::RoundNo;
use exchange::selection::joint::{
    self, Before, Comparison, Fairness, Figure, Share, ValueShare, Waiting, waiting_longest,
};
use serde::Serialize;

use crate::acts::roll::ready;
use crate::web::chart::{self, Against, Chance, Svg};
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::ROLL_READERS;
use crate::web::rounds::chances::{self, ChancesView};
use crate::web::rounds::classes::Classes;
use crate::web::rounds::fairness::attributes::{Looked, Value};
use crate::web::rounds::roll::{HandView, Read, level_code};
use crate::web::rounds::sheets::columns;
use crate::web::{Column, Lang, Page, Words};

/// How many of those who wait longest are listed on each side.
const WAITING_SHOWN: usize = 20;
/// Digits after the point of an average.
const DIGITS: u32 = 2;

/// What some people had.
#[derive(Serialize)]
struct ShareView {
    /// Nothing where all categories are counted together.
    category: Option<String>,
    class: u8,
    #[serde(skip)]
    label: String,
    people: u32,
    places: u32,
    /// Places over people, in lowest terms.
    chance: (u32, u32),
}

/// Places had against those that blind lots would give.
#[derive(Serialize)]
struct LotsView {
    /// On average, in decimal.
    expected: String,
    /// Places had, less those expected, in decimal.
    disparity: String,
    /// The fewest and the most places in 95 of 100 blind lots.
    between: (u32, u32),
    /// In how many of a thousand million blind lots the places are as far out, or further.
    in_billion: u32,
}

/// What the people of one value had.
#[derive(Serialize)]
struct ValueView {
    attribute: &'static str,
    /// Nothing where it is not known, or where several stand together.
    value: Option<String>,
    /// How many values stand together here.
    together: Option<usize>,
    #[serde(skip)]
    label: String,
    people: u32,
    places: u32,
    /// Places over people, in lowest terms.
    chance: (u32, u32),
    /// Among people whom the rules hold equal; nothing where the rules left the lot no say.
    lot: Option<LotsView>,
    /// Had there been no rule, and one blind lot among everyone of the side.
    whole_side: LotsView,
    stands_out: bool,
}

/// Somebody who waits and stays. Of a person closed to the officer it holds nothing but that they are.
#[derive(Serialize)]
#[serde(untagged)]
enum WaitingLine {
    Open(OpenLine),
    Closed { closed: bool },
}

#[derive(Serialize)]
struct OpenLine {
    item: String,
    /// Nothing for a person who was not opened to this side.
    name: Option<String>,
    class: u8,
    held: u16,
    /// The code of what stands before them first.
    before: &'static str,
}

/// One side of the report.
#[derive(Serialize)]
struct SideView {
    party: String,
    #[serde(skip)]
    name: String,
    people: u32,
    places: u32,
    classes: Vec<ShareView>,
    categories: Vec<ShareView>,
    /// Those that stand out first, the rarest first; of two as rare, that of fewer people.
    values: Vec<ValueView>,
    /// The longest held first.
    waiting: Vec<WaitingLine>,
    /// How many more stay who have been held just as long as the last of these.
    as_long: u32,
    /// How many were put on the roll by hand, as the agreement allows.
    by_hand: usize,
    /// The exact chances, where the terms choose them in place of the lots.
    chances: Option<ChancesView>,
}

/// The report.
#[derive(Serialize)]
struct FairnessView {
    number: RoundNo,
    mine: SideView,
    theirs: SideView,
    /// How many values the lot could have favoured; a flag allows for all of them.
    looks: usize,
    /// Who was put on the roll by hand, of both sides.
    by_hand: Vec<HandView>,
    by_hand_at_most: u32,
}

impl FairnessView {
    fn sides(&self) -> [&SideView; 2] {
        [&self.mine, &self.theirs]
    }

    fn stand_out(&self) -> usize {
        self.sides().iter().flat_map(|side| &side.values).filter(|value| value.stands_out).count()
    }
}

impl SideView {
    /// The values that stand out.
    fn outstanding(&self) -> Vec<&ValueView> {
        self.values.iter().filter(|value| value.stands_out).collect()
    }

    /// The others by attribute, in the order of the report.
    fn others(&self) -> Vec<(&'static str, Vec<&ValueView>)> {
        let calm: Vec<&ValueView> = self.values.iter().filter(|value| !value.stands_out).collect();
        let same = calm.chunk_by(|a, b| a.attribute == b.attribute);
        same.map(|values| (values[0].attribute, values.to_vec())).collect()
    }

    fn categories_apart(&self) -> bool {
        self.categories.windows(2).any(|pair| pair[0].category != pair[1].category)
    }
}

#[derive(Template)]
#[template(path = "rounds_fairness.html")]
struct FairnessPage<'a> {
    page: Page,
    t: Words,
    v: &'a FairnessView,
    /// By class and by category, for each side.
    charts: [[Svg; 2]; 2],
    /// The attribute that stands out most: what is drawn, and the drawing.
    most: Option<(String, Svg)>,
    share_columns: Vec<Column>,
    value_columns: Vec<Column>,
    waiting_columns: Vec<Column>,
    classes: &'a Classes,
    /// Whether this officer opens reason sheets.
    sheets: bool,
    hand_columns: Vec<Column>,
    chance_columns: Vec<Column>,
}

impl FairnessPage<'_> {
    fn party(&self, hand: &HandView) -> &str {
        if hand.holder == "mine" { &self.v.mine.name } else { &self.v.theirs.name }
    }

    fn sides(&self) -> [(&SideView, &[Svg; 2]); 2] {
        [(&self.v.mine, &self.charts[0]), (&self.v.theirs, &self.charts[1])]
    }

    /// Places over people as a fraction and in per cent.
    fn chance(&self, chance: &(u32, u32)) -> String {
        let &(places, people) = chance;
        let per_cent = self.t.share(u64::from(places), u64::from(people));
        format!("{}/{} ({per_cent})", self.t.number(places), self.t.number(people))
    }

    /// Where a value that stands out lies.
    fn mark(&self, lot: &LotsView) -> String {
        let fewer = lot.disparity.starts_with('-');
        self.t.s(if fewer { "rounds-fairness-fewer" } else { "rounds-fairness-more" })
    }

    fn figure(&self, figure: &str) -> String {
        said(self.t, figure)
    }

    fn span(&self, between: &(u32, u32)) -> String {
        format!("{}–{}", self.t.number(between.0), self.t.number(between.1))
    }
}

impl WaitingLine {
    fn open(&self) -> Option<&OpenLine> {
        if let Self::Open(line) = self { Some(line) } else { None }
    }
}

impl OpenLine {
    fn short(&self) -> &str {
        &self.item[..8]
    }
}

/// `GET /rounds/{n}/fairness`
pub async fn fairness(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    ready(&desk.node, number).await;
    let mut act = desk.act("read fairness report", Some(&format!("round-{number}"))).await?;
    let read = Read::of(&mut act, &desk, number).await?;
    let looked = attributes::of(&mut act, &desk, &read).await?;
    act.commit().await?;
    let (found, waiting) = counted(&read, &looked).await?;
    let [mine, theirs] = [0, 1].map(|whose| side(&read, whose, &looked, &found, &waiting, desk.words));
    let view = FairnessView {
        number,
        mine,
        theirs,
        looks: found.looks,
        by_hand_at_most: read.by_hand_at_most,
        by_hand: read.by_hand,
    };
    let classes = read.classes;
    desk.reply(&view, desk.words.s1("rounds-fairness-title", "round", number), |page, t| FairnessPage {
        charts: view.sides().map(|side| drawn_chances(side, t)),
        most: drawn_most(&view, t),
        share_columns: columns(&t, &["class", "people", "had", "chance"]),
        value_columns: columns(
            &t,
            &["value", "people", "had", "chance", "no-rule", "expected", "fair-lots", "in-billion"],
        ),
        chance_columns: columns(&t, &["person", "people", "chance", "had"]),
        waiting_columns: columns(&t, &["person", "class", "held-days", "why"]),
        classes: &classes,
        sheets: desk.officer.holds(ROLL_READERS),
        hand_columns: columns(&t, &["side", "put-on", "gave-place", "why"]),
        page,
        t,
        v: &view,
    })
}

/// The figures. A large pool, and grounds of kept-together groups, take long: other work of the node goes on meanwhile.
async fn counted(read: &Read, looked: &[Looked]) -> Result<(Fairness, [Waiting; 2]), Refused> {
    let drawn = read.drawn.clone();
    let rows = drawn.setting.people.rows();
    let going: Vec<usize> = (0..rows.len()).filter(|&at| read.goes(&rows[at].item)).collect();
    let tables: Vec<_> = looked.iter().map(Looked::attribute).collect();
    // Whoever was put on by hand stands on the library's list and leaves ours.
    let most =
        WAITING_SHOWN + going.iter().filter(|at| drawn.selected.chosen.binary_search(at).is_err()).count();
    let counting = tokio::task::spawn_blocking(move || {
        let (rules, people) = (&drawn.setting.rules, &drawn.setting.people);
        let found = joint::fairness(people, &going, &tables)?;
        Ok((found, waiting_longest(rules, people, &drawn.seed, &drawn.selected.chosen, most)))
    });
    let broken = |why: joint::FairnessError| Refused::Broken(why.to_string());
    counting.await.map_err(|why| Refused::Broken(why.to_string()))?.map_err(broken)
}

fn side(
    read: &Read,
    whose: usize,
    looked: &[Looked],
    found: &Fairness,
    waiting: &[Waiting; 2],
    t: Words,
) -> SideView {
    let party = if whose == 0 { read.ends.mine } else { read.ends.theirs };
    let side = read.drawn.side(&party);
    let shares = |shares: &[Share]| -> Vec<ShareView> {
        let own = shares.iter().filter(|share| usize::from(share.side) == side);
        own.map(|share| share_view(read, share, t)).collect()
    };
    // Of the other side the register says nothing.
    let known = |value: &&ValueShare| {
        usize::from(value.side) == side && (whose == 0 || !looked[value.attribute].is_of_register())
    };
    let mut values: Vec<ValueView> = found
        .values
        .iter()
        .filter(known)
        .map(|value| value_view(&looked[value.attribute], value, t))
        .collect();
    let rarity = |value: &ValueView| Some((value.lot.as_ref()?.in_billion, value.people));
    values.sort_by_key(|value| (!value.stands_out, rarity(value).filter(|_| value.stands_out)));
    let classes = shares(&found.classes);
    let (waiting, as_long) = still_waiting(read, side, &waiting[side]);
    let holder = ["mine", "theirs"][whose];
    let put_on = |hand: &&HandView| hand.holder == holder && hand.refused.is_none();
    SideView {
        party: party.to_string(),
        name: read.names[whose].clone(),
        people: classes.iter().map(|share| share.people).sum(),
        places: classes.iter().map(|share| share.places).sum(),
        classes,
        categories: shares(&found.categories),
        values,
        waiting,
        as_long,
        by_hand: read.by_hand.iter().filter(put_on).count(),
        chances: chances::of_side(read, side, t),
    }
}

fn share_view(read: &Read, share: &Share, t: Words) -> ShareView {
    let category = share.category.map(usize::from);
    let class = share.class;
    let label = match category {
        None => t.s1("rounds-class-no", "class", read.classes.named(class)),
        Some(at) => {
            t.s2("rounds-fairness-category-class", "category", read.categories[at].as_str(), "class", class)
        }
    };
    ShareView {
        category: category.map(|at| read.drawn.setting.rules.categories[at].id.clone()),
        class,
        label,
        people: share.people,
        places: share.places,
        chance: share.chance,
    }
}

fn value_view(looked: &Looked, share: &ValueShare, t: Words) -> ValueView {
    let value = &looked.values[usize::from(share.value)];
    let label = match (value, looked.code) {
        (Value::Unknown, _) => t.s("rounds-fairness-unknown"),
        (Value::Together(n), _) => t.s1("rounds-fairness-together", "n", *n),
        (Value::Said(code), "sex") => t.code("dossier-sex", code),
        (Value::Said(years), "held") => {
            // As `attributes` has written it.
            t.s1("rounds-fairness-years", "n", years.parse::<u16>().unwrap_or_default())
        }
        (Value::Said(text), _) => text.clone(),
    };
    ValueView {
        attribute: looked.code,
        value: if let Value::Said(value) = value { Some(value.clone()) } else { None },
        together: if let Value::Together(n) = value { Some(*n) } else { None },
        label,
        people: share.people,
        places: share.places,
        chance: share.chance,
        lot: share.lot.is_open().then(|| lots_view(&share.lot)),
        whole_side: lots_view(&share.whole_side),
        stands_out: share.stands_out,
    }
}

fn lots_view(lots: &Comparison) -> LotsView {
    let decimal = |figure: &Figure| figure.decimal(DIGITS);
    LotsView {
        expected: decimal(&lots.expected),
        disparity: decimal(&lots.disparity),
        between: lots.between,
        in_billion: lots.in_billion,
    }
}

/// Who waits longest and stays, with those put on the roll by hand; and how many more wait just as long as the last.
fn still_waiting(read: &Read, side: usize, found: &Waiting) -> (Vec<WaitingLine>, u32) {
    let rows = read.drawn.setting.people.rows();
    let of_side = |at: &usize| usize::from(rows[*at].side) == side;
    let stays = |at: &usize| !read.goes(&rows[*at].item);
    let left = found.longest.iter().map(|one| (one.person, before_code(one.before)));
    let chosen = read.drawn.selected.chosen.iter().copied();
    let gave = chosen.filter(of_side).map(|at| (at, "gave-place"));
    let mut waiting: Vec<(usize, &'static str)> = left.chain(gave).filter(|(at, _)| stays(at)).collect();
    waiting.sort_by_key(|&(at, _)| (Reverse(rows[at].held), at));
    waiting.truncate(WAITING_SHOWN);
    let last = waiting.last().map(|&(at, _)| rows[at].held);
    let level = |at: &usize| Some(rows[*at].held) == last;
    let all = (0..rows.len()).filter(of_side).filter(stays).filter(level).count();
    let listed = waiting.iter().filter(|(at, _)| level(at)).count();
    let by_chance =
        |at: usize| read.drawn.left_to_chance(&rows[at]).is_some() && !read.drawn.goes(&rows[at].item);
    let line = |&(at, before): &(usize, &'static str)| {
        let person = &rows[at];
        let (item, name) = (person.item.to_string(), read.name(&person.item));
        if read.closes(&person.item) {
            return WaitingLine::Closed { closed: true };
        }
        let before = if by_chance(at) { "chance" } else { before };
        WaitingLine::Open(OpenLine { item, name, class: person.class, held: person.held, before })
    };
    let mut lines: Vec<WaitingLine> = waiting.iter().map(line).collect();
    // Their place in the order would tell the days.
    lines.sort_by_key(|line| line.open().is_none());
    (lines, u32::try_from(all - listed).unwrap_or(u32::MAX))
}

fn before_code(before: Before) -> &'static str {
    match before {
        Before::Level(level) => level_code(level),
        Before::NoWay => "no-way",
        Before::Nothing => "nothing",
        Before::NotFound => "not-found",
    }
}

/// A side by class, and by category and class.
fn drawn_chances(side: &SideView, t: Words) -> [Svg; 2] {
    let of = |id: &str, key: &str, shares: &[ShareView]| {
        let chance = |share: &ShareView| Chance {
            label: share.label.clone(),
            people: share.people.into(),
            places: share.places.into(),
        };
        let rows: Vec<Chance> = shares.iter().map(chance).collect();
        chart::chances(&t, &format!("{id}-{}", side.party), &t.s1(key, "party", side.name.as_str()), &rows)
    };
    [
        of("classes", "rounds-fairness-classes", &side.classes),
        of("categories", "rounds-fairness-categories", &side.categories),
    ]
}

/// The attribute with the value that stands out most; what stands out comes first.
fn drawn_most(view: &FairnessView, t: Words) -> Option<(String, Svg)> {
    let first = |side| Some((side, SideView::outstanding(side).into_iter().next()?));
    let marked = view.sides().into_iter().filter_map(first);
    let (side, most) = marked.min_by_key(|(_, value)| value.lot.as_ref().map(|lot| lot.in_billion))?;
    let row = |value: &ValueView| {
        let lot = value.lot.as_ref()?;
        let digits: String = lot.expected.chars().filter(char::is_ascii_digit).collect();
        Some(Against {
            label: value.label.clone(),
            had: value.places.into(),
            // `DIGITS` after the point: hundredths.
            expected_hundredths: digits.parse().unwrap_or_default(),
            expected: said(t, &lot.expected),
            between: (lot.between.0.into(), lot.between.1.into()),
            stands_out: value.stands_out,
        })
    };
    let of_it = side.values.iter().filter(|value| value.attribute == most.attribute);
    let rows: Vec<Against> = of_it.filter_map(row).collect();
    let what = t.code("rounds-fairness-by", most.attribute);
    let title = t.s2("rounds-fairness-against", "what", what.as_str(), "party", side.name.as_str());
    let svg = chart::against_lots(&t, "against", &title, &rows);
    Some((title, svg))
}

/// A decimal number as the language writes it.
fn said(t: Words, decimal: &str) -> String {
    if t.lang == Lang::En { decimal.to_owned() } else { decimal.replace('.', ",") }
}
