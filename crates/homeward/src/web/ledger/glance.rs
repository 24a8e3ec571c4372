//! The ledger at a glance: each direction's promise, what of it is filled and what is still owed, and how the balance came
//! about day by day.

use std::collections::{BTreeMap, BTreeSet};

use exchange::agreement::{Family, Object, Terms};
use exchange::ids::Party;
use exchange::ledger::{Balance, Cell, Post, Posting};
use exchange::rational::Rational;
use serde::Serialize;
use time::Date;

use super::figure::{Cells, Figure, QuantityOf};
use crate::acts::books::Books;
use crate::web::chart::{self, Svg};
use crate::web::terms::{Say, exact};
use crate::web::words::Words;

/// What one party owes another under the exchange, in heads of all categories.
#[derive(Serialize)]
pub struct DirectionView {
    /// Who releases.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// What the text promises, in words; nothing where it promises no number of heads over all categories.
    pub promised: Option<String>,
    /// The least of it, else the most, as the page writes it.
    pub number: Option<String>,
    /// The clause that does.
    pub clause: Option<u32>,
    /// Received by both sides' word.
    pub filled: Shown,
    /// Still owed of the least that was promised; less than 0 where more was received.
    pub owed: Option<Shown>,
    /// By how many more than the least were received, as the page writes it.
    pub above: Option<String>,
    /// The same as parties read it otherwise.
    pub read: Vec<ReadView>,
}

/// A direction as one party reads it.
#[derive(Serialize)]
pub struct ReadView {
    /// Who reads it so.
    pub reader: String,
    /// What the party reads, in words.
    pub promised: String,
    /// Still owed, so read.
    pub owed: Option<Shown>,
}

/// A number with the address of what makes it.
#[derive(Serialize, Clone, Debug)]
pub struct Shown {
    /// The exact number: `4` or `13/2`.
    pub value: String,
    /// The same as the page writes it.
    pub words: String,
    /// Where the acts behind it are listed.
    pub href: String,
}

impl Shown {
    /// A number of a figure.
    pub fn of(t: Words, terms: &Terms, number: Rational, figure: &Figure) -> Self {
        Self { value: number.to_string(), words: exact(t, number), href: figure.href(terms) }
    }

    /// A whole number of a figure.
    pub fn whole(t: Words, terms: &Terms, number: i64, figure: &Figure) -> Self {
        Self::of(t, terms, Rational::whole(i128::from(number)), figure)
    }
}

/// Every direction in which living persons go under the exchange, in the order of the terms.
pub fn directions(terms: &Terms) -> Vec<(Party, Party)> {
    let mut found: Vec<(Party, Party)> = Vec::new();
    for leg in &terms.legs {
        let ends = (leg.from.clone(), leg.to.clone());
        if leg.object == Object::Persons && leg.account == Family::Exchange && !found.contains(&ends) {
            found.push(ends);
        }
    }
    found
}

/// What every direction was promised and has come to.
pub fn glance(say: Say<'_>, books: &Books, balances: &[Balance]) -> Vec<DirectionView> {
    let Say { terms, t } = say;
    let view = |ends: (Party, Party)| {
        let (from, to) = &ends;
        let quantity = terms.quantity(from, to);
        let place = quantity.and_then(|one| terms.quantities.iter().position(|other| other.id == one.id));
        let mine: Vec<&Balance> = balances.iter().filter(|one| Some(one.quantity) == place).collect();
        let owed = |one: &Balance| {
            let figure = Figure::Quantity(one.quantity, one.reader.clone(), QuantityOf::Outstanding);
            Some(Shown::of(t, terms, one.outstanding?, &figure))
        };
        let above = |one: &Balance| {
            let above = one.outstanding?.minus()?;
            (above.signum() > 0).then(|| exact(t, above))
        };
        let text = mine.iter().find(|one| one.reader.is_none());
        let filled = match text {
            Some(one) => {
                let figure = Figure::Quantity(one.quantity, None, QuantityOf::Post(Post::Filled));
                Shown::of(t, terms, one.filled, &figure)
            }
            None => {
                let family = Some(Family::Exchange);
                let cells = Cells { ends: Some(ends.clone()), family, ..Cells::default() };
                Shown::whole(
                    t,
                    terms,
                    books.ledger.heads(terms, from, to),
                    &Figure::Account(cells, Post::Filled),
                )
            }
        };
        let read = |one: &&Balance| {
            let reader = say.party(one.reader.as_ref()?);
            Some(ReadView { reader, promised: say.amount(one.amount), owed: owed(one) })
        };
        DirectionView {
            from: say.party(from),
            to: say.party(to),
            promised: text.map(|one| say.amount(one.amount)),
            number: text.and_then(|one| Some(t.number(one.amount.least().or(one.amount.most())?))),
            clause: text.map(|one| one.clause),
            filled,
            owed: text.and_then(|one| owed(one)),
            above: text.and_then(|one| above(one)),
            read: mine.iter().filter_map(read).collect(),
        }
    };
    directions(terms).into_iter().map(view).collect()
}

/// What was received by both sides' word up to the end of one day, since the beginning.
#[derive(Serialize)]
pub struct DayView {
    /// The day.
    #[serde(serialize_with = "crate::web::agreement::as_iso")]
    pub day: Date,
    /// In each direction, in their order.
    pub received: Vec<i64>,
    /// The first direction less the second, where there are two.
    pub difference: Option<i64>,
}

/// How the balance came about, one line for each day on which something was received.
#[derive(Serialize)]
pub struct OverTime {
    /// The directions, in words.
    pub directions: Vec<String>,
    /// The days, ascending.
    pub days: Vec<DayView>,
    /// Received in acts that no day is known of: in no line.
    pub undated: i64,
}

/// Follows what was received day by day.
pub fn over_time(say: Say<'_>, books: &Books) -> OverTime {
    let terms = say.terms;
    let ends = directions(terms);
    let way = |cell: &Cell| {
        let leg = &terms.legs[usize::from(cell.leg)];
        let counts = leg.object == Object::Persons && leg.account == Family::Exchange;
        ends.iter().position(|(from, to)| counts && leg.from == *from && leg.to == *to)
    };
    let mut by_day: BTreeMap<Date, Vec<i64>> = BTreeMap::new();
    let mut undated = 0;
    for (act, posting) in &books.postings {
        let Posting { cell, from, into, count, .. } = posting;
        let sign = i64::from(*into == Post::Filled) - i64::from(*from == Post::Filled);
        let Some(way) = way(cell).filter(|_| sign != 0 && *from != Post::Promised) else { continue };
        let count = sign * i64::from(*count);
        match books.acts[*act].act.at.and_then(|at| at.day()) {
            Some(day) => by_day.entry(day).or_insert_with(|| vec![0; ends.len()])[way] += count,
            None => undated += count,
        }
    }
    let mut sums = vec![0_i64; ends.len()];
    let day = |(day, posted): (Date, Vec<i64>)| {
        sums.iter_mut().zip(&posted).for_each(|(sum, posted)| *sum += posted);
        let difference = if let [first, second] = sums[..] { Some(first - second) } else { None };
        DayView { day, received: sums.clone(), difference }
    };
    let days = by_day.into_iter().map(day).collect();
    let directions = ends.iter().map(|(from, to)| say.direction(from, to)).collect();
    OverTime { directions, days, undated }
}

/// The balance drawn: the first two directions and their difference.
pub fn drawn(say: Say<'_>, over: &OverTime) -> Svg {
    let t = say.t;
    let days: Vec<Date> = over.days.iter().map(|one| one.day).collect();
    let receivers: BTreeSet<&Party> = say.terms.legs.iter().map(|leg| &leg.to).collect();
    let names: Vec<String> = directions(say.terms)
        .iter()
        .take(2)
        .map(|(from, to)| {
            // Between two parties the receiver tells the directions apart.
            if receivers.len() == 2 { format!("→ {}", say.party(to)) } else { say.direction(from, to) }
        })
        .collect();
    let mut lines: Vec<(String, Vec<i64>)> = names
        .into_iter()
        .enumerate()
        .map(|(at, name)| (name, over.days.iter().map(|one| one.received[at]).collect()))
        .collect();
    if lines.len() == 2 {
        let difference = over.days.iter().map(|one| one.difference.unwrap_or(0)).collect();
        lines.push((t.s("ledger-difference"), difference));
    }
    let series: Vec<chart::Series<'_>> =
        lines.iter().map(|(label, values)| chart::Series { label, values }).collect();
    chart::balance(&t, "balance", &days, &series)
}
