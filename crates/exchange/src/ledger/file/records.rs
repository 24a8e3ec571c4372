//! A table of comma-separated values, record by record, each cell a piece of the text itself.
//!
//! Stricter than most readers, since an account must not lose a row in silence: a quote that is never closed, a quote in
//! the middle of a cell, and a record with more or fewer cells than the first are refused.

use std::borrow::Cow;

use super::{ActsRefused, CELL_BYTES_MAX, COLUMNS_MAX, LineNo};

/// The records of a table.
#[derive(Clone)]
pub(super) struct Records<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

/// The cells of one record.
#[derive(Clone, Copy)]
pub(super) struct Record<'t> {
    /// The line of its first cell.
    pub(super) line: LineNo,
    cells: [Cell<'t>; COLUMNS_MAX],
    count: usize,
}

impl<'t> Record<'t> {
    /// An empty record, before the first.
    pub(super) const NONE: Self = Self { line: LineNo(0), cells: [Cell::EMPTY; COLUMNS_MAX], count: 0 };

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The text of a cell; empty where there is none.
    pub(super) fn text(&self, place: usize) -> Cow<'t, str> {
        self.cells[..self.count].get(place).map_or(Cow::Borrowed(""), |cell| cell.text())
    }
}

/// A cell as it stands in the file, without the quotes around it.
#[derive(Clone, Copy)]
struct Cell<'t> {
    raw: &'t str,
    quotes: Quotes,
}

/// Whether a cell has quotes inside, each written twice.
#[derive(Clone, Copy)]
enum Quotes {
    None,
    Doubled,
}

impl<'t> Cell<'t> {
    const EMPTY: Self = Self { raw: "", quotes: Quotes::None };

    fn text(self) -> Cow<'t, str> {
        match self.quotes {
            Quotes::None => Cow::Borrowed(self.raw),
            Quotes::Doubled => Cow::Owned(self.raw.replace("\"\"", "\"")),
        }
    }
}

/// What ends a cell.
enum End {
    Cell,
    Record,
}

impl<'t> Records<'t> {
    /// The records of a text; a byte order mark before the first is read over.
    pub(super) fn of(text: &'t str) -> Self {
        Self { text: text.strip_prefix('\u{feff}').unwrap_or(text), at: 0, line: 1 }
    }

    /// The line that is read next.
    pub(super) fn line(&self) -> LineNo {
        LineNo(self.line)
    }

    /// Reads the next record into `record`; nothing when there is none. Empty lines are read over.
    pub(super) fn read(&mut self, record: &mut Record<'t>) -> Option<Result<(), ActsRefused>> {
        self.skip_empty_lines();
        if self.at == self.text.len() {
            return None;
        }
        record.line = self.line();
        record.count = 0;
        loop {
            if record.count == COLUMNS_MAX {
                return Some(Err(ActsRefused::TooManyColumns));
            }
            match self.cell() {
                Err(refused) => return Some(Err(refused)),
                Ok((cell, end)) => {
                    record.cells[record.count] = cell;
                    record.count += 1;
                    if let End::Record = end {
                        return Some(Ok(()));
                    }
                }
            }
        }
    }

    fn skip_empty_lines(&mut self) {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let ending = match rest {
                [b'\n', ..] => 1,
                [b'\r', b'\n', ..] => 2,
                _ => return,
            };
            self.at += ending;
            self.line += 1;
        }
    }

    fn cell(&mut self) -> Result<(Cell<'t>, End), ActsRefused> {
        if self.text.as_bytes().get(self.at) == Some(&b'"') { self.quoted() } else { self.plain() }
    }

    fn plain(&mut self) -> Result<(Cell<'t>, End), ActsRefused> {
        let rest = &self.text.as_bytes()[self.at..];
        let looked_at = &rest[..rest.len().min(CELL_BYTES_MAX + 2)];
        let length = looked_at.iter().position(|byte| matches!(byte, b',' | b'\n' | b'"'));
        let length = match length {
            Some(length) if looked_at[length] == b'"' => return Err(ActsRefused::QuoteInside),
            Some(length) => length,
            None if looked_at.len() == rest.len() => rest.len(),
            None => return Err(ActsRefused::CellTooLong),
        };
        let start = self.at;
        let (raw, end) = match rest.get(length) {
            Some(b',') => (&self.text[start..start + length], End::Cell),
            ending => {
                let raw = &self.text[start..start + length];
                self.line += u32::from(ending.is_some());
                (raw.strip_suffix('\r').unwrap_or(raw), End::Record)
            }
        };
        if raw.len() > CELL_BYTES_MAX {
            return Err(ActsRefused::CellTooLong);
        }
        self.at = (start + length + 1).min(self.text.len());
        // A comma that ends the text has one more, empty cell behind it.
        Ok((Cell { raw, quotes: Quotes::None }, end))
    }

    fn quoted(&mut self) -> Result<(Cell<'t>, End), ActsRefused> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let (mut at, mut quotes) = (start, Quotes::None);
        loop {
            match bytes.get(at) {
                None => return Err(ActsRefused::QuoteOpen),
                _ if at - start > CELL_BYTES_MAX => return Err(ActsRefused::CellTooLong),
                Some(b'"') if bytes.get(at + 1) == Some(&b'"') => {
                    quotes = Quotes::Doubled;
                    at += 2;
                }
                Some(b'"') => break,
                Some(byte) => {
                    self.line += u32::from(*byte == b'\n');
                    at += 1;
                }
            }
        }
        let cell = Cell { raw: &self.text[start..at], quotes };
        let (length, end) = match bytes[at + 1..] {
            [b',', ..] => (1, End::Cell),
            [b'\n', ..] => (1, End::Record),
            [b'\r', b'\n', ..] => (2, End::Record),
            [] | [b'\r'] => (bytes.len() - at - 1, End::Record),
            _ => return Err(ActsRefused::QuoteInside),
        };
        if let End::Record = end {
            self.line += u32::from(length > 0);
        }
        self.at = at + 1 + length;
        Ok((cell, end))
    }
}
