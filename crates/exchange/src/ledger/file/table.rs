//! The rows of a file under its header, and the columns that they have.

use std::borrow::Cow;

use super::records::{Record, Records};
use super::words::{Says, word};
use super::{ActsError, ActsRefused, Details, FILE_BYTES_MAX, LineNo, nowhere, shown};
use crate::ledger::MoveKind;

/// A column of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Column {
    At,
    By,
    Act,
    Leg,
    Round,
    Item,
    Count,
    Category,
    Class,
    About,
    Note,
    Source,
}

impl Column {
    pub(super) const ALL: [(&'static str, Self); 12] = [
        ("at", Self::At),
        ("by", Self::By),
        ("act", Self::Act),
        ("leg", Self::Leg),
        ("round", Self::Round),
        ("item", Self::Item),
        ("count", Self::Count),
        ("category", Self::Category),
        ("class", Self::Class),
        ("about", Self::About),
        ("note", Self::Note),
        ("source", Self::Source),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    pub(super) fn names() -> String {
        Self::ALL.map(|(name, _)| name).join(", ")
    }
}

/// The rows of a file under its header.
pub(super) struct Table<'t> {
    records: Records<'t>,
    pub(super) record: Record<'t>,
    /// The place of each column in a row, where the file has it.
    places: [Option<usize>; Column::ALL.len()],
    width: usize,
    ended: Option<Ended>,
}

/// The table is broken, and what follows cannot be told apart.
struct Ended;

impl<'t> Table<'t> {
    pub(super) fn open(bytes: &'t [u8]) -> Result<Self, ActsError> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(nowhere(ActsRefused::TooLong(bytes.len())));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            // At most as many lines as bytes, and these are bounded.
            ActsError { line: Some(LineNo(line as u32)), ..nowhere(ActsRefused::NotText) }
        })?;
        let mut records = Records::of(text);
        let mut record = Record::NONE;
        let Some(read) = records.read(&mut record) else { return Err(nowhere(ActsRefused::NoHeader)) };
        let line = Some(record.line);
        let refuse = |column, refused| Err(ActsError { line, clause: None, column, refused });
        if let Err(refused) = read {
            return refuse(None, refused);
        }
        let mut places = [None; Column::ALL.len()];
        for place in 0..record.len() {
            let name = record.text(place);
            let Some((name, column)) = Column::ALL.into_iter().find(|(known, _)| *known == name) else {
                return refuse(None, ActsRefused::ColumnUnknown(shown(&name)));
            };
            if places[column as usize].replace(place).is_some() {
                return refuse(Some(name), ActsRefused::ColumnTwice);
            }
        }
        for column in [Column::By, Column::Act] {
            if places[column as usize].is_none() {
                return refuse(Some(column.name()), ActsRefused::ColumnMissing);
            }
        }
        let width = record.len();
        Ok(Self { records, record: Record::NONE, places, width, ended: None })
    }

    /// Reads the next row; nothing after the last.
    pub(super) fn advance(&mut self) -> Option<Result<(), ActsError>> {
        if self.ended.is_some() {
            return None;
        }
        let read = self.records.read(&mut self.record)?;
        let found = self.record.len();
        let refused = match read {
            Ok(()) if found == self.width => return Some(Ok(())),
            Ok(()) => ActsRefused::Ragged { found, columns: self.width },
            Err(refused) => {
                self.ended = Some(Ended);
                refused
            }
        };
        Some(Err(ActsError { line: Some(self.record.line), ..nowhere(refused) }))
    }

    pub(super) fn cell(&self, column: Column) -> Cow<'t, str> {
        self.places[column as usize].map_or(Cow::Borrowed(""), |place| self.record.text(place))
    }

    pub(super) fn details(&self) -> Details<'t> {
        let cell = |column| self.cell(column);
        Details { item: cell(Column::Item), note: cell(Column::Note), source: cell(Column::Source) }
    }

    /// The columns of this row that hold the label of an item.
    pub(super) fn columns_of_items(&self) -> impl Iterator<Item = Column> + use<> {
        let (item, about) = match word(&self.cell(Column::Act)).map(|(_, says)| says) {
            Some(Says::Move(MoveKind::Identified { .. } | MoveKind::IdentityWithdrawn { .. })) => {
                (true, true)
            }
            Some(Says::Move(_) | Says::HandedOver | Says::Gate(_) | Says::Condition(_)) => (true, false),
            _ => (false, false),
        };
        [(item, Column::Item), (about, Column::About)].into_iter().filter_map(|(is, one)| is.then_some(one))
    }
}
