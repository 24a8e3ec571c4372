//! The figures that parties publish of their exchanges, laid beside one another.
//!
//! Decides what the published rows add up to and where that differs from a published total; keeps every side's own number.
//! Refuses to correct any of them: a row without a figure stays without one, never zero, and civilians or other persons
//! named apart are added to nothing.

mod read;

use std::collections::BTreeMap;
use std::fmt;

use time::Date;

use crate::agreement::Named;
use crate::ids::Party;
use crate::wording::Wording;

/// The most rows that are read.
pub const ROWS_MAX: usize = 100_000;
/// The longest cell that is read, in bytes.
pub const CELL_BYTES_MAX: usize = 4_096;

/// How a table of published figures is read, and what is compared with it (`docs/formats/figures.md`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapping {
    /// Title.
    pub title: Wording,
    /// The parties.
    pub parties: Vec<Named>,
    /// Columns by what they hold.
    pub columns: Columns,
    /// One per direction.
    pub directions: Vec<Direction>,
    /// Words of a cell that say that the number is withheld.
    pub undisclosed: Vec<String>,
    /// Words of the status column that say that the row was seen at its source; every other is unverified.
    pub seen: Vec<String>,
    /// Other numbers than a row's, by the other side.
    pub claims: Vec<Claim>,
    /// Persons named apart, such as civilians.
    pub apart: Vec<Apart>,
    /// Published totals.
    pub totals: Vec<PublishedTotal>,
}

/// Names of the columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Columns {
    /// Date, year-month-day.
    pub date: String,
    /// Status.
    pub status: String,
    /// Source.
    pub source: Option<String>,
    /// Persons beyond the figure, in words.
    pub extra: Option<String>,
    /// Remarks.
    pub note: Option<String>,
}

/// One direction: who receives, in which column, by whom published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Direction {
    /// Who receives.
    pub to: Party,
    /// The column of the figure.
    pub column: String,
    /// Whose figure the column holds.
    pub published_by: Party,
}

/// Another number for one row, with who says so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The row's day.
    pub date: Date,
    /// Who receives.
    pub to: Party,
    /// Who says so.
    pub by: Party,
    /// The number, in heads.
    pub heads: u32,
    /// Source.
    pub source: String,
    /// Whether it was seen there.
    pub status: Status,
}

/// Persons named apart from a row's figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Apart {
    /// The row's day.
    pub date: Date,
    /// Who receives.
    pub to: Party,
    /// Who they are: `civilians` …
    pub what: String,
    /// How many, in heads.
    pub heads: u32,
}

/// A published total of a year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedTotal {
    /// Year.
    pub year: i32,
    /// Who receives.
    pub to: Party,
    /// Who says so.
    pub by: Party,
    /// The total, in heads.
    pub heads: u32,
    /// Source.
    pub source: String,
}

/// Whether a figure was seen at its source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Status {
    /// Seen.
    Seen,
    /// Not seen, or not all of it: the words of the table.
    Unverified(String),
}

/// A figure of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stated {
    /// So many heads.
    Heads(u32),
    /// Withheld, says the source.
    Undisclosed,
    /// The source gives none.
    NotStated,
}

impl Stated {
    /// The number, where there is one.
    pub fn heads(self) -> Option<u32> {
        if let Self::Heads(heads) = self { Some(heads) } else { None }
    }
}

/// One direction of one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// Who receives.
    pub to: Party,
    /// Whose figure it is.
    pub by: Party,
    /// The figure.
    pub stated: Stated,
    /// Numbers that others state for it.
    pub claims: Vec<Claim>,
    /// Persons named apart.
    pub apart: Vec<Apart>,
}

/// One row of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Row, from 1, the header not counted.
    pub row: usize,
    /// Day.
    pub date: Date,
    /// One cell per direction, in the order of the mapping.
    pub cells: Vec<Cell>,
    /// Persons beyond the figure, in the source's words.
    pub extra: String,
    /// Remarks.
    pub note: String,
    /// Source.
    pub source: String,
    /// Whether the row was seen at its source.
    pub status: Status,
}

/// The table as read, in the order of its rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    /// The rows.
    pub entries: Vec<Entry>,
}

/// What the rows of a year come to in a direction.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Total {
    /// Sum of the figures stated, in heads.
    pub heads: u64,
    /// Rows with a figure.
    pub stated: usize,
    /// Rows whose figure is withheld.
    pub undisclosed: usize,
    /// Rows without a figure.
    pub not_stated: usize,
    /// Rows with a figure that were not seen at their source, or not all of them.
    pub unverified: usize,
    /// Persons named apart, in heads; not in the sum.
    pub apart: u64,
}

/// Two numbers for one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dispute {
    /// The row.
    pub row: usize,
    /// Whose figure the row holds.
    pub by: Party,
    /// That figure.
    pub stated: Stated,
    /// Persons named apart by that side, in heads.
    pub apart: u64,
    /// The other number.
    pub claim: Claim,
}

/// A published total beside the sum of the rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared {
    /// The published total.
    pub published: PublishedTotal,
    /// What the rows come to.
    pub rows: Total,
}

impl Compared {
    /// Published less the sum of the rows, in heads.
    pub fn difference(&self) -> i64 {
        // The sum is at most 100,000 rows of numbers of 32 bits.
        i64::from(self.published.heads) - self.rows.heads as i64
    }

    /// Whether the rows come to exactly what was published.
    pub fn agrees(&self) -> bool {
        self.difference() == 0
    }
}

impl fmt::Display for Compared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "published {}, sum {}", grouped(self.published.heads.into()), grouped(self.rows.heads))?;
        if !self.agrees() {
            let sign = if self.difference() < 0 { "-" } else { "" };
            write!(f, ", difference {sign}{}", grouped(self.difference().unsigned_abs()))?;
        }
        Ok(())
    }
}

impl Mapping {
    /// Reads a mapping from TOML.
    ///
    /// # Errors
    /// The first thing that is not the format, with its line where known.
    pub fn parse(text: &str) -> Result<Self, FiguresError> {
        read::mapping(text)
    }
}

impl Figures {
    /// Reads the rows of a table under its header.
    ///
    /// # Errors
    /// The first row and column that cannot be read, or a claim of the mapping that fits no row or more than one.
    pub fn read(mapping: &Mapping, header: &[String], rows: &[Vec<String>]) -> Result<Self, FiguresError> {
        read::figures(mapping, header, rows)
    }

    /// What the rows come to, by year and receiver.
    pub fn totals(&self) -> BTreeMap<(i32, Party), Total> {
        let mut totals: BTreeMap<_, Total> = BTreeMap::new();
        for entry in &self.entries {
            for cell in &entry.cells {
                let total = totals.entry((entry.date.year(), cell.to.clone())).or_default();
                match cell.stated {
                    Stated::Heads(heads) => {
                        total.heads += u64::from(heads);
                        total.stated += 1;
                        total.unverified += usize::from(entry.status != Status::Seen);
                    }
                    Stated::Undisclosed => total.undisclosed += 1,
                    Stated::NotStated => total.not_stated += 1,
                }
                total.apart += cell.apart.iter().map(|apart| u64::from(apart.heads)).sum::<u64>();
            }
        }
        totals
    }

    /// Every row for which another number is claimed, both numbers kept.
    pub fn disputes(&self) -> Vec<Dispute> {
        let of_cell = |entry: &Entry, cell: &Cell| {
            let apart = cell.apart.iter().map(|apart| u64::from(apart.heads)).sum();
            let dispute = |claim: &Claim| Dispute {
                row: entry.row,
                by: cell.by.clone(),
                stated: cell.stated,
                apart,
                claim: claim.clone(),
            };
            let other = cell.claims.iter().filter(|claim| cell.stated != Stated::Heads(claim.heads));
            other.map(dispute).collect::<Vec<_>>()
        };
        self.entries
            .iter()
            .flat_map(|entry| entry.cells.iter().flat_map(|cell| of_cell(entry, cell)))
            .collect()
    }

    /// Each published total beside the sum of the rows; neither is corrected.
    pub fn compare(&self, mapping: &Mapping) -> Vec<Compared> {
        let totals = self.totals();
        let beside = |published: &PublishedTotal| Compared {
            rows: totals.get(&(published.year, published.to.clone())).cloned().unwrap_or_default(),
            published: published.clone(),
        };
        mapping.totals.iter().map(beside).collect()
    }
}

/// Where a table or its mapping cannot be read, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FiguresError {
    /// Line of the mapping, from 1.
    pub line: Option<usize>,
    /// Row of the table, from 1, the header not counted.
    pub row: Option<usize>,
    /// Column of the table.
    pub column: Option<String>,
    /// Why.
    pub refused: Unreadable,
}

impl fmt::Display for FiguresError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if let Some(row) = self.row {
            write!(f, "row {row}: ")?;
        }
        if let Some(column) = &self.column {
            write!(f, "column {column}: ")?;
        }
        write!(f, "{}", self.refused)
    }
}

impl std::error::Error for FiguresError {}

/// What cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unreadable {
    /// The mapping is not the format: the parser's own words.
    #[error("{0}")]
    NotTheFormat(String),
    /// The mapping or the table is too large.
    #[error("{what}: {found}, the most is {most}")]
    TooLarge {
        /// Of what.
        what: &'static str,
        /// Found.
        found: usize,
        /// At most.
        most: usize,
    },
    /// A value outside what the field can be.
    #[error("{value:?} is not {expected}")]
    NotAValue {
        /// What stands there, shortened.
        value: String,
        /// What it can be.
        expected: &'static str,
    },
    /// The header has no such column, or has it twice.
    #[error("the header has it {0} times")]
    Column(usize),
    /// A row with another number of cells than the header.
    #[error("{found} cells, the header has {expected}")]
    Cells {
        /// Cells found.
        found: usize,
        /// Columns of the header.
        expected: usize,
    },
    /// A claim or persons apart for a day that is in no row, or in more than one.
    #[error("the mapping speaks of {date} to {to}, which {rows} rows have")]
    NoSuchRow {
        /// The day.
        date: Date,
        /// Who receives.
        to: Party,
        /// Rows of that day.
        rows: usize,
    },
    /// The same twice.
    #[error("{0} is there twice")]
    Twice(String),
    /// A party that the mapping does not introduce.
    #[error("no party {0}")]
    NoParty(Party),
    /// A claim by the side whose figure the row holds.
    #[error("{0} publishes the row itself: another number of its own is no claim of another side")]
    OwnClaim(Party),
}

/// A number with its thousands set off by commas, as in the tables it is compared with.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests;
