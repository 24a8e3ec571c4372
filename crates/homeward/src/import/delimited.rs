//! Cells apart by a delimiter (RFC 4180), read strictly: every oddity that lenient readers guess at is refused by row.
//!
//! Decides where a cell ends; refuses to know what is in it. A lenient reader takes a quote that is never closed as one
//! cell to the end of the file and loses the people in between, and takes a lone carriage return as a new row; both are
//! refused here.

use std::collections::BTreeMap;

use super::refusal::{Found, Reason, Refusal, Saying};
use super::table::{CELL_BYTES_MAX, COLUMNS_MAX, ROWS_MAX, Row, Table};

/// Reads a text as a header and its rows.
pub fn read(file: &str, text: &str, delimiter: char) -> Result<Table, Refusal> {
    let mut records = Records { file, rest: text, delimiter, number: 0 };
    let columns = header(&mut records)?;
    let mut rows = Vec::new();
    while let Some(cells) = records.next()? {
        let number = records.number;
        if rows.len() == ROWS_MAX {
            let found = Found::said(Saying::RowsLimit, &[("limit", &ROWS_MAX)]);
            return Err(Refusal::of_row(file, number, Reason::TooManyRows, found));
        }
        if cells.len() != columns.len() {
            let found = Found::said(Saying::Cells, &[("cells", &cells.len()), ("header", &columns.len())]);
            return Err(Refusal::of_row(file, number, Reason::RaggedRow, found));
        }
        rows.push(Row { number, cells });
    }
    Ok(Table { columns, rows, lists: Vec::new() })
}

/// Reads the header only.
pub fn columns(file: &str, text: &str, delimiter: char) -> Result<Vec<String>, Refusal> {
    header(&mut Records { file, rest: text, delimiter, number: 0 })
}

fn header(records: &mut Records<'_>) -> Result<Vec<String>, Refusal> {
    let file = records.file;
    let Some(cells) = records.next()? else {
        return Err(Refusal::of_file(file, Reason::Empty, Saying::NoHeader));
    };
    let columns = cells.into_iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>();
    // A file without a header has a person in its first row, so a column is told by its number, not by what it says.
    let mut seen = BTreeMap::new();
    for (at, name) in columns.iter().enumerate() {
        if name.is_empty() {
            let found = Found::said(Saying::NamelessColumn, &[("column", &(at + 1))]);
            return Err(Refusal::of_row(file, records.number, Reason::Syntax, found));
        }
        if let Some(first) = seen.insert(name, at) {
            let found = Found::said(Saying::SameName, &[("first", &(first + 1)), ("second", &(at + 1))]);
            return Err(Refusal::of_row(file, records.number, Reason::DuplicateColumn, found));
        }
    }
    Ok(columns)
}

struct Records<'a> {
    file: &'a str,
    rest: &'a str,
    delimiter: char,
    /// Number of the record last returned, from 1 for the header.
    number: u32,
}

/// What follows a cell.
enum End {
    Cell,
    Row,
}

impl Records<'_> {
    fn next(&mut self) -> Result<Option<Vec<String>>, Refusal> {
        // An empty line between rows, or at the end of the file, is no row. It still counts as a line of a spreadsheet.
        while let Some(rest) = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n')) {
            self.rest = rest;
            self.number += 1;
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let mut cells = Vec::new();
        loop {
            if cells.len() == COLUMNS_MAX {
                let found = Found::said(Saying::ColumnsLimit, &[("limit", &COLUMNS_MAX)]);
                return Err(self.refuse(Reason::TooManyColumns, found));
            }
            let column = cells.len() + 1;
            let cell = if self.rest.starts_with('"') { self.quoted(column)? } else { self.plain(column)? };
            cells.push(cell);
            if let End::Row = self.end(column)? {
                return Ok(Some(cells));
            }
        }
    }

    fn plain(&mut self, column: usize) -> Result<String, Refusal> {
        let stop = |c: char| c == self.delimiter || matches!(c, '\n' | '\r' | '"');
        let length = self.rest.find(stop).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at(length);
        if rest.starts_with('"') {
            return Err(self.refuse(Reason::Syntax, Found::said(Saying::QuoteInside, &[("cell", &column)])));
        }
        self.bounded(cell.len(), column)?;
        self.rest = rest;
        Ok(cell.to_owned())
    }

    fn quoted(&mut self, column: usize) -> Result<String, Refusal> {
        let mut cell = String::new();
        let mut rest = &self.rest[1..];
        loop {
            let Some(length) = rest.find('"') else {
                let found = Found::said(Saying::QuoteOpen, &[("cell", &column)]);
                return Err(self.refuse(Reason::Syntax, found));
            };
            self.bounded(cell.len() + length, column)?;
            cell.push_str(&rest[..length]);
            rest = &rest[length + 1..];
            let Some(after) = rest.strip_prefix('"') else { break };
            cell.push('"');
            rest = after;
        }
        self.rest = rest;
        Ok(cell)
    }

    fn end(&mut self, column: usize) -> Result<End, Refusal> {
        if let Some(rest) = self.rest.strip_prefix(self.delimiter) {
            self.rest = rest;
            return Ok(End::Cell);
        }
        if let Some(rest) = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n')) {
            self.rest = rest;
            return Ok(End::Row);
        }
        if self.rest.is_empty() {
            return Ok(End::Row);
        }
        let saying = if self.rest.starts_with('\r') { Saying::LoneReturn } else { Saying::AfterQuote };
        Err(self.refuse(Reason::Syntax, Found::said(saying, &[("cell", &column)])))
    }

    fn bounded(&self, length: usize, column: usize) -> Result<(), Refusal> {
        if length <= CELL_BYTES_MAX {
            return Ok(());
        }
        let values: [(_, &dyn std::fmt::Display); 3] =
            [("cell", &column), ("bytes", &length), ("limit", &CELL_BYTES_MAX)];
        let found = Found::said(Saying::CellBytes, &values);
        Err(self.refuse(Reason::CellTooLong, found))
    }

    fn refuse(&self, reason: Reason, found: Found) -> Refusal {
        Refusal::of_row(self.file, self.number, reason, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_common_writer_wrote_reads_back_the_same() {
        let words = ["", "a", "Мігда", "a,b", "he said \"no\"", "two\nlines", "two\r\nlines", " x ", "=1+1"];
        let mut state = 7_u64;
        for _ in 0..300 {
            let mut writer = csv::Writer::from_writer(Vec::new());
            let width = 2 + (state % 4) as usize;
            let header = (0..width).map(|at| format!("c{at}")).collect::<Vec<_>>();
            writer.write_record(&header).unwrap();
            let mut expected = Vec::new();
            for _ in 0..5 {
                let row = (0..width).map(|_| {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    words[(state >> 33) as usize % words.len()].to_owned()
                });
                let row = row.collect::<Vec<_>>();
                writer.write_record(&row).unwrap();
                expected.push(row);
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let table = read("f", &text, ',').unwrap();
            assert_eq!(table.columns, header);
            assert_eq!(table.rows.iter().map(|row| row.cells.clone()).collect::<Vec<_>>(), expected);
        }
    }
}
