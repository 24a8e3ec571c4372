//! From the mapping's TOML and a table's cells to typed figures.

use std::collections::BTreeSet;

use serde::Deserialize;
use time::{Date, Month};
use toml::value::Datetime;

use super::{
    Apart, CELL_BYTES_MAX, Cell, Claim, Columns, Direction, Entry, Figures, FiguresError, Mapping,
    PublishedTotal, ROWS_MAX, Stated, Status, Unreadable,
};
use crate::agreement::Named;
use crate::ids::Party;
use crate::wording::WireWording;

const TEXT_BYTES_MAX: usize = 256 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    title: WireWording,
    undisclosed: Vec<String>,
    seen: Vec<String>,
    columns: WireColumns,
    parties: Vec<WireNamed>,
    directions: Vec<WireDirection>,
    #[serde(default)]
    claims: Vec<WireClaim>,
    #[serde(default)]
    apart: Vec<WireApart>,
    #[serde(default)]
    totals: Vec<WireTotal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireColumns {
    date: String,
    status: String,
    source: Option<String>,
    extra: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireNamed {
    id: String,
    name: WireWording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireDirection {
    to: String,
    column: String,
    published_by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireClaim {
    date: Datetime,
    to: String,
    by: String,
    heads: u32,
    source: String,
    seen: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireApart {
    date: Datetime,
    to: String,
    what: String,
    heads: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireTotal {
    year: i32,
    to: String,
    by: String,
    heads: u32,
    source: String,
}

/// Reads a mapping.
pub(super) fn mapping(text: &str) -> Result<Mapping, FiguresError> {
    at_most("bytes of the mapping", text.len(), TEXT_BYTES_MAX)?;
    let wire: Wire = toml::from_str(text).map_err(|error| FiguresError {
        line: error.span().map(|span| 1 + text.bytes().take(span.start).filter(|b| *b == b'\n').count()),
        ..plain(Unreadable::NotTheFormat(error.message().to_owned()))
    })?;
    at_most("parties", wire.parties.len(), 16)?;
    at_most("directions", wire.directions.len(), 16)?;
    let mut parties: Vec<Named> = Vec::new();
    for WireNamed { id, name } in wire.parties {
        let id = party(&id)?;
        if parties.iter().any(|other| other.id == id) {
            return Err(plain(Unreadable::Twice(format!("party {id}"))));
        }
        let name = name.read(400).ok_or_else(|| not_a_value(id.as_str(), "named in three languages"))?;
        parties.push(Named { id, name });
    }
    let known = |label: &str| {
        let id = party(label)?;
        let there = parties.iter().any(|named| named.id == id);
        if there { Ok(id) } else { Err(plain(Unreadable::NoParty(id))) }
    };
    let directions = directions(wire.directions, &known)?;
    let claims = claims(wire.claims, &directions, &known)?;
    let mut apart = Vec::new();
    for WireApart { date, to, what, heads } in wire.apart {
        apart.push(Apart { date: day(date)?, to: known(&to)?, what, heads });
    }
    let mut totals: Vec<PublishedTotal> = Vec::new();
    for WireTotal { year, to, by, heads, source } in wire.totals {
        totals.push(PublishedTotal { year, to: known(&to)?, by: known(&by)?, heads, source });
    }
    let WireColumns { date, status, source, extra, note } = wire.columns;
    let title = wire.title.read(400).ok_or_else(|| not_a_value("title", "a text in three languages"))?;
    let columns = Columns { date, status, source, extra, note };
    let (undisclosed, seen) = (wire.undisclosed, wire.seen);
    Ok(Mapping { title, parties, columns, directions, undisclosed, seen, claims, apart, totals })
}

fn directions(
    wire: Vec<WireDirection>,
    known: &impl Fn(&str) -> Result<Party, FiguresError>,
) -> Result<Vec<Direction>, FiguresError> {
    let mut directions: Vec<Direction> = Vec::new();
    for WireDirection { to, column, published_by } in wire {
        let to = known(&to)?;
        if directions.iter().any(|other| other.to == to) {
            return Err(plain(Unreadable::Twice(format!("direction to {to}"))));
        }
        directions.push(Direction { to, column, published_by: known(&published_by)? });
    }
    if directions.is_empty() {
        return Err(not_a_value("directions", "a list with at least one"));
    }
    Ok(directions)
}

fn claims(
    wire: Vec<WireClaim>,
    directions: &[Direction],
    known: &impl Fn(&str) -> Result<Party, FiguresError>,
) -> Result<Vec<Claim>, FiguresError> {
    let mut claims = Vec::new();
    for WireClaim { date, to, by, heads, source, seen } in wire {
        let (to, by) = (known(&to)?, known(&by)?);
        if directions.iter().any(|direction| direction.to == to && direction.published_by == by) {
            return Err(plain(Unreadable::OwnClaim(by)));
        }
        let status = if seen { Status::Seen } else { Status::Unverified("unverified".to_owned()) };
        claims.push(Claim { date: day(date)?, to, by, heads, source, status });
    }
    Ok(claims)
}

/// Reads the rows of a table.
pub(super) fn figures(
    mapping: &Mapping,
    header: &[String],
    rows: &[Vec<String>],
) -> Result<Figures, FiguresError> {
    at_most("rows", rows.len(), ROWS_MAX)?;
    let table = Table::of(mapping, header)?;
    let read = |(at, cells): (usize, &Vec<String>)| table.entry(mapping, at + 1, cells);
    let entries: Vec<Entry> = rows.iter().enumerate().map(read).collect::<Result<_, _>>()?;
    let claimed = mapping.claims.iter().map(|claim| (claim.date, &claim.to));
    for (date, to) in claimed.chain(mapping.apart.iter().map(|apart| (apart.date, &apart.to))) {
        let days = entries.iter().filter(|entry| entry.date == date).count();
        let there = mapping.directions.iter().any(|direction| direction.to == *to);
        let rows = if there { days } else { 0 };
        if rows != 1 {
            return Err(plain(Unreadable::NoSuchRow { date, to: to.clone(), rows }));
        }
    }
    Ok(Figures { entries })
}

/// Where in a row each thing stands.
struct Table {
    width: usize,
    date: usize,
    status: usize,
    source: Option<usize>,
    extra: Option<usize>,
    note: Option<usize>,
    figures: Vec<usize>,
}

impl Table {
    fn of(mapping: &Mapping, header: &[String]) -> Result<Self, FiguresError> {
        let place = |name: &String| {
            let mut found = header.iter().enumerate().filter(|(_, column)| *column == name);
            match (found.next(), found.count()) {
                (Some((at, _)), 0) => Ok(at),
                (first, more) => Err(FiguresError {
                    column: Some(name.clone()),
                    ..plain(Unreadable::Column(usize::from(first.is_some()) + more))
                }),
            }
        };
        let columns = &mapping.columns;
        let optional = |name: &Option<String>| name.as_ref().map(place).transpose();
        let table = Self {
            width: header.len(),
            date: place(&columns.date)?,
            status: place(&columns.status)?,
            source: optional(&columns.source)?,
            extra: optional(&columns.extra)?,
            note: optional(&columns.note)?,
            figures: mapping.directions.iter().map(|d| place(&d.column)).collect::<Result<_, _>>()?,
        };
        let distinct: BTreeSet<usize> = table.figures.iter().copied().collect();
        if distinct.len() < table.figures.len() {
            return Err(plain(Unreadable::Twice("a column of figures".to_owned())));
        }
        Ok(table)
    }

    fn entry(&self, mapping: &Mapping, row: usize, cells: &[String]) -> Result<Entry, FiguresError> {
        let in_row = |error: FiguresError| FiguresError { row: Some(row), ..error };
        if cells.len() != self.width {
            return Err(in_row(plain(Unreadable::Cells { found: cells.len(), expected: self.width })));
        }
        for cell in cells {
            at_most("bytes of a cell", cell.len(), CELL_BYTES_MAX).map_err(in_row)?;
        }
        let column = |error: FiguresError, name: &str| FiguresError {
            row: Some(row),
            column: Some(name.to_owned()),
            ..error
        };
        let date = date(&cells[self.date]).map_err(|error| column(error, &mapping.columns.date))?;
        let mut read = Vec::new();
        for (direction, at) in mapping.directions.iter().zip(&self.figures) {
            let stated = stated(&cells[*at], &mapping.undisclosed)
                .map_err(|error| column(error, &direction.column))?;
            let (to, by) = (direction.to.clone(), direction.published_by.clone());
            let claims = mapping.claims.iter().filter(|c| c.date == date && c.to == to).cloned().collect();
            let apart = mapping.apart.iter().filter(|a| a.date == date && a.to == to).cloned().collect();
            read.push(Cell { to, by, stated, claims, apart });
        }
        let text = |at: Option<usize>| at.map_or_else(String::new, |at| cells[at].trim().to_owned());
        let word = text(Some(self.status));
        let status = if mapping.seen.contains(&word) { Status::Seen } else { Status::Unverified(word) };
        let (extra, note, source) = (text(self.extra), text(self.note), text(self.source));
        Ok(Entry { row, date, cells: read, extra, note, source, status })
    }
}

/// A cell with a figure: digits, a word for "withheld", or nothing.
fn stated(cell: &str, undisclosed: &[String]) -> Result<Stated, FiguresError> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(Stated::NotStated);
    }
    if undisclosed.iter().any(|word| word == cell) {
        return Ok(Stated::Undisclosed);
    }
    let digits = cell.len() <= 9 && cell.bytes().all(|b| b.is_ascii_digit());
    let heads = if digits { cell.parse().ok() } else { None };
    heads
        .map(Stated::Heads)
        .ok_or_else(|| not_a_value(cell, "a number of heads, a word for withheld, or empty"))
}

fn date(cell: &str) -> Result<Date, FiguresError> {
    let refused = || not_a_value(cell, "a date as year-month-day");
    let cell = cell.trim();
    let shape = cell.len() == 10
        && cell.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if !shape {
        return Err(refused());
    }
    let number = |part: &str| part.parse::<u16>().map_err(|_| refused());
    let (year, month, day) = (number(&cell[..4])?, number(&cell[5..7])?, number(&cell[8..])?);
    calendar(year, month, day).ok_or_else(refused)
}

fn day(wire: Datetime) -> Result<Date, FiguresError> {
    let read = match wire {
        Datetime { date: Some(d), time: None, offset: None } => {
            calendar(d.year, d.month.into(), d.day.into())
        }
        _ => None,
    };
    read.ok_or_else(|| not_a_value(&wire.to_string(), "a date without a time"))
}

fn calendar(year: u16, month: u16, day: u16) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year.into(), month, u8::try_from(day).ok()?).ok()
}

fn party(label: &str) -> Result<Party, FiguresError> {
    Party::new(label).map_err(|_| not_a_value(label, "a label of a-z, 0-9 and '-'"))
}

fn at_most(what: &'static str, found: usize, most: usize) -> Result<(), FiguresError> {
    if found > most { Err(plain(Unreadable::TooLarge { what, found, most })) } else { Ok(()) }
}

fn not_a_value(value: &str, expected: &'static str) -> FiguresError {
    plain(Unreadable::NotAValue { value: value.chars().take(64).collect(), expected })
}

fn plain(refused: Unreadable) -> FiguresError {
    FiguresError { line: None, row: None, column: None, refused }
}
