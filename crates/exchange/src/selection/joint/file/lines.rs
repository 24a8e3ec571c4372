//! Lines of a table, one after the other through a single buffer.

use std::io::{self, BufRead, Read as _};

use crate::ids::Item;

/// The longest line of a table, in bytes.
pub const LINE_BYTES_MAX: usize = 512;

/// Why a line is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct LineError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub problem: LineProblem,
}

/// What is wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LineProblem {
    /// Too long.
    #[error("longer than {LINE_BYTES_MAX} bytes")]
    TooLong,
    /// Nothing on the line, and more lines after it.
    #[error("the line is empty; leave it out")]
    Blank,
    /// Quotes.
    #[error("a quote; fields stand without quotes here, and no field has a comma in it")]
    Quote,
    /// Not the header that the table must have.
    #[error("the first line must be {0}")]
    Header(&'static str),
    /// Too few fields or too many.
    #[error("{found} fields where there must be {wanted}")]
    Fields {
        /// Found.
        found: usize,
        /// As the header has them.
        wanted: usize,
    },
    /// A field that does not say what it must.
    #[error("{field}: {value:?} is {expected}")]
    Field {
        /// Which.
        field: &'static str,
        /// What it says.
        value: String,
        /// What it is not, or what it must be.
        expected: String,
    },
    /// Out of order, or there already.
    #[error("item {0} does not come after the one before it")]
    Order(Item),
    /// More lines than are read.
    #[error("more than {0} lines")]
    TooMany(usize),
}

impl LineProblem {
    pub(super) fn field(field: &'static str, value: &[u8], expected: impl Into<String>) -> Self {
        let value = String::from_utf8_lossy(value).into_owned();
        Self::Field { field, value, expected: expected.into() }
    }
}

/// The lines of a table after its header.
pub(super) struct Lines<R> {
    input: R,
    line: Vec<u8>,
    number: u64,
}

/// A line that cannot be read at all, or is refused.
pub(super) enum NoLine {
    Io(io::Error),
    Refused(LineError),
}

impl<R: BufRead> Lines<R> {
    /// Begins a table: its first line must be `header`.
    pub(super) fn after_header(input: R, header: &'static str) -> Result<Self, NoLine> {
        let mut lines = Self { input, line: Vec::with_capacity(LINE_BYTES_MAX + 1), number: 0 };
        // A mark of the order of bytes, as some programs put before a text, is no part of it.
        if lines.next()?.map(|line| line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line))
            != Some(header.as_bytes())
        {
            lines.number = 1;
            return Err(lines.refused(LineProblem::Header(header)));
        }
        Ok(lines)
    }

    /// The next line without its end; nothing after the last.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, NoLine> {
        self.line.clear();
        // Two more than the longest line: its end, and the byte that shows that it is too long.
        let mut bounded = (&mut self.input).take(LINE_BYTES_MAX as u64 + 2);
        if bounded.read_until(b'\n', &mut self.line).map_err(NoLine::Io)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
            if self.line.last() == Some(&b'\r') {
                self.line.pop();
            }
        }
        match () {
            () if self.line.len() > LINE_BYTES_MAX => Err(self.refused(LineProblem::TooLong)),
            () if self.line.is_empty() => Err(self.refused(LineProblem::Blank)),
            () if self.line.contains(&b'"') => Err(self.refused(LineProblem::Quote)),
            () => Ok(Some(&self.line)),
        }
    }

    /// The number of the line read last, from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Refuses the line read last.
    pub(super) fn refused(&self, problem: LineProblem) -> NoLine {
        NoLine::Refused(LineError { line: self.number, problem })
    }
}

/// The item that 64 lower-case hexadecimal digits stand for.
pub(super) fn item(digits: &[u8]) -> Result<Item, LineProblem> {
    let nibble = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; 32];
    let read = digits.len() == 64
        && bytes.iter_mut().zip(digits.chunks_exact(2)).all(|(byte, pair)| {
            let both = nibble(pair[0]).zip(nibble(pair[1]));
            both.map(|(high, low)| *byte = high << 4 | low).is_some()
        });
    read.then_some(Item(bytes))
        .ok_or_else(|| LineProblem::field("item", digits, "not 64 lower-case hexadecimal digits"))
}
