//! A file of acts (`docs/formats/acts.md`): read row by row against the terms, and refused with its line where a row says
//! what it cannot say, or is stated by who cannot state it.
//!
//! Decides what a row means and who may say it. Refuses to know what follows from the acts before it: that is the
//! ledger's. Nothing is kept but the text: labels, notes and sources are looked up again when somebody asks.

mod cells;
mod labels;
mod records;
mod refused;
mod row;
mod table;
mod voices;
mod words;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use self::row::{OneOrTwo, Row};
use self::table::{Column, Table};
use self::words::{Says, word};
use super::{Act, Voice};
use crate::agreement::Terms;
use crate::ids::Item;
use crate::moment::Moment;

pub use self::labels::{Labels, item_of_label};
pub use self::refused::{ActsError, ActsRefused};

/// The longest file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 512 * 1024 * 1024;
/// The longest cell, in bytes as it stands in the file.
pub const CELL_BYTES_MAX: usize = 4_096;
/// The most columns of a row.
pub const COLUMNS_MAX: usize = 16;
/// The greatest count of a lot or a sum.
pub const COUNT_MAX: u32 = 100_000_000;
/// The longest label of an item, in characters.
pub const LABEL_CHARS_MAX: usize = 64;

/// The number of a line of a file, from 1. A row that goes over several lines is known by its first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineNo(pub u32);

impl fmt::Display for LineNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The acts of a file, in its order. A row that both sides state gives two acts with the same line.
///
/// After a refused row it goes on with the next, so that a caller may show them all; after a broken table it ends.
pub struct Acts<'t> {
    table: Table<'t>,
    terms: &'t Terms,
    signing: Moment,
    legs: Vec<Ends>,
    second: Option<(LineNo, Act)>,
    last_at: (&'t str, Option<Moment>),
    last_item: Cell<(&'t str, Item)>,
}

/// The voices at the two ends of a leg.
#[derive(Clone, Copy)]
struct Ends {
    from: Voice,
    to: Voice,
}

impl<'t> Acts<'t> {
    /// Begins to read a file; the header is read at once.
    ///
    /// # Errors
    /// Bytes that are too many or no text, and a header with an unknown column, a column twice or without `by` and `act`.
    pub fn over(terms: &'t Terms, bytes: &'t [u8]) -> Result<Self, ActsError> {
        let table = Table::open(bytes)?;
        let voice = |party| {
            // The reader of the terms lets a leg name only parties that are there.
            terms.voice(party).unwrap_or(Voice(u8::MAX))
        };
        let ends =
            terms.legs.iter().map(|leg| Ends { from: voice(leg.from.as_str()), to: voice(leg.to.as_str()) });
        let legs = ends.collect();
        let signing = Moment::start_of(terms.signed_on);
        Ok(Self {
            table,
            terms,
            signing,
            legs,
            second: None,
            last_at: ("", None),
            last_item: Cell::new(("", Item([0; 32]))),
        })
    }

    /// Label, note and source of the row that was read last.
    pub fn details(&self) -> Details<'t> {
        self.table.details()
    }
}

impl Iterator for Acts<'_> {
    type Item = Result<(LineNo, Act), ActsError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(second) = self.second.take() {
            return Some(Ok(second));
        }
        match self.table.advance()? {
            Err(error) => Some(Err(error)),
            Ok(()) => {
                let line = self.table.record.line;
                Some(self.row().map(|(first, second)| {
                    self.second = second.map(|act| (line, act));
                    (line, first)
                }))
            }
        }
    }
}

/// What a row says beside its act.
#[derive(Clone, PartialEq, Eq)]
pub struct Details<'t> {
    /// The label of the person or lot, or the number of the notice, as the file has it.
    pub item: Cow<'t, str>,
    /// The note.
    pub note: Cow<'t, str>,
    /// Where the figure comes from.
    pub source: Cow<'t, str>,
}

impl fmt::Debug for Details<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Details(…)")
    }
}

impl Details<'_> {
    /// Whether the note says that the figure was not read at its source.
    pub fn trust(&self) -> Trust {
        if self.note.starts_with("unverified") { Trust::Unverified } else { Trust::AsStated }
    }
}

/// Whether a figure was read at its source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trust {
    /// As its source states it.
    AsStated,
    /// Not read at its source: marked wherever it is shown.
    Unverified,
}

/// Looks up what these lines of a file say beside their acts.
///
/// # Errors
/// As [`Acts::over`]; rows themselves are not judged.
pub fn details_of<'t>(
    bytes: &'t [u8],
    lines: &BTreeSet<LineNo>,
) -> Result<BTreeMap<LineNo, Details<'t>>, ActsError> {
    let mut table = Table::open(bytes)?;
    let mut found = BTreeMap::new();
    while found.len() < lines.len() {
        match table.advance() {
            None => break,
            Some(read) => read?,
        }
        let line = table.record.line;
        if lines.contains(&line) {
            found.insert(line, table.details());
        }
    }
    Ok(found)
}

impl<'t> Acts<'t> {
    fn row(&mut self) -> Result<OneOrTwo, ActsError> {
        let text = self.table.cell(Column::Act);
        let expected = "an act, such as released, received or handed-over";
        let Some((act, says)) = word(&text) else {
            return self.refuse(Column::Act, ActsRefused::NotAValue { value: shown(&text), expected });
        };
        let at = self.at()?;
        let row = Row { acts: self, act, at };
        match says {
            Says::Move(kind) => row.moved(kind),
            Says::HandedOver => row.handed_over(),
            Says::Gate(outcome) => row.gate(outcome),
            Says::Leg(kind) => row.leg_act(kind),
            Says::Phase(kind) => row.phase(kind),
            Says::Notice(word) => row.notice(word),
            Says::Condition(word) => row.condition(word),
            Says::States => row.states(),
        }
    }

    /// The moment of a row. Rows of one moment mostly follow one another, so the last is kept.
    fn at(&mut self) -> Result<Option<Moment>, ActsError> {
        let text = self.table.cell(Column::At);
        if text.is_empty() {
            return Ok(None);
        }
        if text == self.last_at.0 {
            return Ok(self.last_at.1);
        }
        let Some(at) = Moment::read(&text) else {
            let expected = "a date, or a date and a time with its offset (2025-06-09T08:00:00Z)";
            return self.refuse(Column::At, ActsRefused::NotAValue { value: shown(&text), expected });
        };
        if at < self.signing {
            return self.refuse(Column::At, ActsRefused::BeforeSigning(at));
        }
        if let Cow::Borrowed(text) = text {
            self.last_at = (text, Some(at));
        }
        Ok(Some(at))
    }

    fn refuse<T>(&self, column: Column, refused: ActsRefused) -> Result<T, ActsError> {
        let (line, column) = (Some(self.table.record.line), Some(column.name()));
        Err(ActsError { line, clause: None, column, refused })
    }
}

fn nowhere(refused: ActsRefused) -> ActsError {
    ActsError { line: None, clause: None, column: None, refused }
}

fn shown(value: &str) -> String {
    value.chars().take(64).collect()
}

#[cfg(test)]
mod tests;
