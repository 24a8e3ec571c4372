//! The acts behind one figure of the ledger: who stated what, when, about which item, in which entry. Their sum at the
//! foot is the figure. A person is an item here and nothing more.

use askama::Template;
use axum::extract::Query;
use exchange::agreement::Terms;
use exchange::ledger::{MoveKind, What};
use exchange::rational::Rational;
use parley::{EntryId, Record};
use serde::Serialize;

use super::figure::{Asked, Cells, Figure, Line, QuantityOf, RatioOf, SlotsOf};
use crate::acts::agreement::{self, Standing};
use crate::acts::books::{self, Books};
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::terms::Say;
use crate::web::{Column, Page, Pages, Words};

/// Lines on one page.
const PAGE: u32 = 100;
/// Digits of an item that are shown.
pub const ITEM_DIGITS: usize = 12;

/// One thing the figure is limited to.
#[derive(Serialize)]
struct AboutView {
    /// Of what: message key `ledger-<code>`.
    code: &'static str,
    words: String,
    href: Option<String>,
}

/// An entry of the record.
#[derive(Serialize)]
pub struct EntryView {
    pub author: String,
    pub seq: u64,
    pub href: String,
}

/// One line.
#[derive(Serialize)]
struct LineView {
    /// When, in milliseconds since 1970; nothing where it is not known.
    at: Option<i64>,
    /// Who states it.
    by: String,
    /// What: message key `ledger-act-<code>`.
    act: &'static str,
    /// On which ground: message key `ledger-ground-<code>`.
    ground: Option<&'static str>,
    /// Which way.
    leg: String,
    round: u32,
    category: Option<String>,
    class: Option<String>,
    /// About whom or what: the first digits of the item.
    item: Option<String>,
    /// Out of this account and into that.
    out_of: Option<&'static str>,
    into: Option<&'static str>,
    /// What it counts in the figure.
    count: String,
    words: String,
    /// The entry that states it.
    entry: Option<EntryView>,
}

/// The acts behind a figure.
#[derive(Serialize)]
struct ActsView {
    /// What the figure is: message key `ledger-figure-<code>`.
    figure: &'static str,
    about: Vec<AboutView>,
    /// What the text promises or asks before any act; nothing where that is nought.
    opening: Option<String>,
    /// How many lines there are, over all pages.
    lines: usize,
    rows: Vec<LineView>,
    /// The sum of all lines and the opening: the figure.
    sum: String,
    sum_words: String,
    page: u32,
    pages: u32,
}

#[derive(Template)]
#[template(path = "ledger_acts.html")]
struct ActsPage<'a> {
    page: Page,
    t: Words,
    v: &'a ActsView,
    pages: Pages,
}

impl ActsPage<'_> {
    fn columns(&self, keys: &[&str]) -> Vec<Column> {
        keys.iter()
            .map(|key| Column { label: self.t.code("ledger", key), numeric: *key == "count" })
            .collect()
    }
}

/// Shows the acts behind a figure.
pub async fn show(desk: Desk, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    let node = &desk.node;
    let shared = node.look().await?;
    let in_force = matches!(agreement::standing(&shared.record), Standing::InForce { .. });
    let terms = shared.terms.as_ref().filter(|_| in_force).ok_or(Refused::NotFound)?;
    let figure = Figure::read(terms, &asked).ok_or(Refused::NotFound)?;
    let mut reading = node.register.read().await?;
    let books = books::books(&mut reading, &shared, &node.me, terms).await?;
    if !books.by_category && figure.needs_categories(terms) {
        return Err(Refused::NotFound);
    }
    let say = Say { terms, t: desk.words };
    let unfit = || Refused::Broken("a sum of the ledger does not fit into 128 bits".to_owned());
    let (view, pages) =
        view(say, &shared.record, &books, &figure, asked.page.unwrap_or(1)).ok_or_else(unfit)?;
    drop(shared);
    desk.reply(&view, desk.words.s("ledger-acts-title"), |page, t| ActsPage { page, t, v: &view, pages })
}

fn view(
    say: Say<'_>,
    record: &Record,
    books: &Books,
    figure: &Figure,
    page: u32,
) -> Option<(ActsView, Pages)> {
    let lines = figure.lines(say.terms, books)?;
    let opening = figure.opening(say.terms)?;
    let sum = lines.iter().try_fold(opening, |sum, line| sum.plus(line.count))?;
    let base = format!("{}&page=", figure.href(say.terms));
    let pages = Pages::of(&base, page, lines.len() as u64, PAGE);
    let first = (pages.current as usize - 1) * PAGE as usize;
    let shown = lines.iter().skip(first).take(PAGE as usize);
    let view = ActsView {
        figure: code(figure),
        about: about(say, figure),
        opening: Some(opening).filter(|opening| !opening.is_zero()).map(|opening| say.exact(opening)),
        lines: lines.len(),
        rows: shown.map(|line| line_view(say, record, books, line)).collect(),
        sum: sum.to_string(),
        sum_words: say.exact(sum),
        page: pages.current,
        pages: pages.last,
    };
    Some((view, pages))
}

/// What a figure is, by the code of its words.
fn code(figure: &Figure) -> &'static str {
    match figure {
        Figure::Account(_, post) => post.code(),
        Figure::Slots(_, of) => match of {
            SlotsOf::Owed => "slots-owed",
            SlotsOf::Filled => "slots-filled",
            SlotsOf::Vacated => "slots-vacated",
            SlotsOf::Refilled => "slots-refilled",
            SlotsOf::Open => "slots-open",
        },
        Figure::Left(..) => "slots-vacated",
        Figure::Quantity(_, _, of) => match of {
            QuantityOf::Post(post) => post.code(),
            QuantityOf::ReleasingStates => "releasing-states",
            QuantityOf::ReceivingStates => "receiving-states",
            QuantityOf::Outstanding => "outstanding",
            QuantityOf::Over => "over",
        },
        Figure::Ratio(_, _, _, RatioOf::Heads) => "heads",
        Figure::Ratio(_, _, _, RatioOf::Value) => "value",
    }
}

fn about(say: Say<'_>, figure: &Figure) -> Vec<AboutView> {
    let terms = say.terms;
    let plain = |code, words| AboutView { code, words, href: None };
    let clause = |no: u32| AboutView {
        code: "clause",
        words: say.t.number(no),
        href: Some(format!("/agreement#clause-{no}")),
    };
    let reader = |reader: &Option<exchange::ids::Party>| {
        plain("reader", reader.as_ref().map_or_else(|| say.t.s("ledger-the-text"), |label| say.party(label)))
    };
    match figure {
        Figure::Account(cells, _) | Figure::Slots(cells, _) => cells_about(say, cells),
        Figure::Left(cells, ground) => {
            let mut about = cells_about(say, cells);
            about.push(plain("ground", say.t.code("ledger-ground", ground.code())));
            about
        }
        Figure::Quantity(place, who, _) => {
            let one = &terms.quantities[*place];
            let legs = plain("leg", say.legs(&one.legs));
            vec![clause(one.clause), reader(who), legs, plain("counted", say.unit(&one.unit))]
        }
        Figure::Ratio(place, side, who, _) => {
            let one = &terms.ratios[*place];
            vec![clause(one.clause), reader(who), plain("leg", say.legs(&one.sides[*side].legs))]
        }
    }
}

fn cells_about(say: Say<'_>, cells: &Cells) -> Vec<AboutView> {
    let terms = say.terms;
    let none = || say.t.s("ledger-none");
    let leg = cells.leg.map(|leg| say.leg(usize::from(leg)));
    let ends = cells.ends.as_ref().map(|(from, to)| say.direction(from, to));
    let category = cells.category.map(|category| {
        category.map_or_else(none, |place| say.text(&terms.categories[usize::from(place)].name))
    });
    let class = cells
        .class
        .filter(|_| !terms.classes.is_empty())
        .map(|class| class.map_or_else(none, |place| say.text(&terms.classes[usize::from(place)].name)));
    let parts = [
        ("leg", leg.or(ends)),
        ("round", cells.round.map(|round| if round == 0 { none() } else { say.t.number(round) })),
        ("category", category),
        ("class", class),
        ("family", cells.family.map(|family| say.family(family))),
    ];
    let view =
        |(code, words): (&'static str, Option<String>)| Some(AboutView { code, words: words?, href: None });
    parts.into_iter().filter_map(view).collect()
}

fn line_view(say: Say<'_>, record: &Record, books: &Books, line: &Line) -> LineView {
    let booked = &books.acts[line.act];
    let terms: &Terms = say.terms;
    let moved = match booked.act.what {
        What::Move(moved) => Some(moved),
        _ => None,
    };
    let name = |place: Option<u8>, name: &dyn Fn(usize) -> String| place.map(|at| name(usize::from(at)));
    let category = |at: usize| say.text(&terms.categories[at].name);
    let class = |at: usize| say.text(&terms.classes[at].name);
    LineView {
        at: booked.act.at.map(|at| at.0.saturating_mul(1000)),
        by: say.voice(booked.act.by),
        act: moved.map_or("other", |moved| moved.kind.code()),
        ground: moved.and_then(|moved| match moved.kind {
            MoveKind::Vacated(ground) | MoveKind::Disputed(ground) => Some(ground.code()),
            _ => None,
        }),
        leg: moved.map_or_else(String::new, |moved| say.leg(usize::from(moved.leg))),
        round: moved.map_or(0, |moved| moved.round),
        // A neutral is given no pool: the category in its books is not the person's.
        category: name(moved.and_then(|moved| moved.category).filter(|_| books.by_category), &category),
        class: name(moved.and_then(|moved| moved.class), &class),
        item: moved.map(|moved| moved.item.to_string().chars().take(ITEM_DIGITS).collect()),
        out_of: line.posting.map(|posting| posting.from.code()),
        into: line.posting.map(|posting| posting.into.code()),
        count: line.count.to_string(),
        words: signed(say, line.count),
        entry: booked.entry.and_then(|id| entry(record, &id)),
    }
}

/// A number with its sign.
fn signed(say: Say<'_>, number: Rational) -> String {
    let words = say.exact(number);
    if number.signum() > 0 { format!("+{words}") } else { words }
}

/// Where an entry stands in its author's log; the page of the log begins with it.
pub fn entry(record: &Record, id: &EntryId) -> Option<EntryView> {
    let entry = record.entry(id)?.entry();
    let after = entry.seq.checked_sub(1).map(|before| format!("&after={before}")).unwrap_or_default();
    let author = entry.author.to_string();
    let href = format!("/log?author={author}{after}#entry-{}", entry.seq);
    Some(EntryView { author, seq: entry.seq, href })
}
