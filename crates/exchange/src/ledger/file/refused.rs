//! Why a file of acts, or one row of it, is not read.

use std::fmt;

use super::{CELL_BYTES_MAX, COLUMNS_MAX, FILE_BYTES_MAX, LineNo};
use crate::moment::Moment;

/// Why a file of acts is not read, and where. It never shows the label of an item, which may be a person's reference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActsError {
    /// The line, where it is about one.
    pub line: Option<LineNo>,
    /// The clause concerned, where one is.
    pub clause: Option<u32>,
    /// The column, where it is about one.
    pub column: Option<&'static str>,
    /// What is refused.
    pub refused: ActsRefused,
}

impl fmt::Display for ActsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if let Some(clause) = self.clause {
            write!(f, "clause {clause}: ")?;
        }
        if let Some(column) = self.column {
            write!(f, "{column}: ")?;
        }
        write!(f, "{}", self.refused)
    }
}

impl std::error::Error for ActsError {}

/// What is refused in a file of acts.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ActsRefused {
    /// Longer than [`FILE_BYTES_MAX`].
    #[error("the file has {0} bytes, the most is {FILE_BYTES_MAX}")]
    TooLong(usize),
    /// Bytes that are no text.
    #[error("the bytes are not UTF-8")]
    NotText,
    /// No row at all.
    #[error("the file has no header row")]
    NoHeader,
    /// More than [`COLUMNS_MAX`] columns.
    #[error("a row has more than {COLUMNS_MAX} columns")]
    TooManyColumns,
    /// A row that is longer or shorter than the header.
    #[error("the row has {found} cells, the header has {columns}")]
    Ragged {
        /// Cells of the row.
        found: usize,
        /// Columns of the header.
        columns: usize,
    },
    /// A quote inside a cell, which has to be written twice in a quoted cell.
    #[error(
        "a quote stands inside a cell; the cell is quoted as a whole, and quotes inside are written twice"
    )]
    QuoteInside,
    /// A quote that is never closed.
    #[error("a quoted cell has no end")]
    QuoteOpen,
    /// A cell longer than [`CELL_BYTES_MAX`].
    #[error("a cell has more than {CELL_BYTES_MAX} bytes")]
    CellTooLong,
    /// A column that is not known.
    #[error("there is no column {0:?}; the columns are {columns}", columns = super::table::Column::names())]
    ColumnUnknown(String),
    /// A column twice.
    #[error("the column stands twice in the header")]
    ColumnTwice,
    /// A column that every file has.
    #[error("the column is missing")]
    ColumnMissing,
    /// An empty cell that the act needs.
    #[error("empty; {act} needs {expected}")]
    Empty {
        /// The act.
        act: &'static str,
        /// What belongs there.
        expected: &'static str,
    },
    /// A cell that the act has no use for.
    #[error("{act} has no {column}; leave it empty", column = .column)]
    Unneeded {
        /// The act.
        act: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A count where one person is required.
    #[error("{act} is said of one person, not of a lot; leave it empty")]
    OneOnly {
        /// The act.
        act: &'static str,
    },
    /// A value that is not one of those expected.
    #[error("{value:?} is not {expected}")]
    NotAValue {
        /// What the row says, shortened.
        value: String,
        /// What it can be.
        expected: &'static str,
    },
    /// A label of an item that is not one. It is not shown.
    #[error("not a label of 1 to 64 visible characters, without a space at its ends")]
    NotAnItem,
    /// Something that is not in the terms.
    #[error("{what} {id:?} is not in the terms")]
    Unknown {
        /// Of what.
        what: &'static str,
        /// Which, shortened.
        id: String,
    },
    /// A number out of its bounds.
    #[error("{value:?} is not a whole number from {least} to {most}")]
    NotANumber {
        /// What the row says, shortened.
        value: String,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// An act before the day of signing.
    #[error("{0} is before the day of signing")]
    BeforeSigning(Moment),
    /// `both` where one side speaks.
    #[error("{act} is stated by one side; `both` is for handed-over and declared")]
    NotBoth {
        /// The act.
        act: &'static str,
    },
    /// One side where both speak.
    #[error("handed-over is stated by `both`; one side alone says released or received")]
    BothOnly,
    /// Somebody who cannot state this act.
    #[error("{by} cannot state {act}: it is stated by {who}")]
    NotTheirs {
        /// Who states it.
        by: String,
        /// The act.
        act: &'static str,
        /// Who may.
        who: String,
    },
    /// Remains are identified, the living are not.
    #[error("{act} is about remains, and no remains go along this leg")]
    NotRemains {
        /// The act.
        act: &'static str,
    },
}
