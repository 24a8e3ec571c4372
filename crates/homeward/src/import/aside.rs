//! The rows set aside: the refused rows in the format they came in, each with its reasons, to be corrected and imported again.
//!
//! Decides what such a file looks like; refuses to correct anything. In a CSV file a cell that a spreadsheet would calculate
//! gets a leading apostrophe, which the import drops again.

use std::collections::BTreeMap;

use serde_json::{Map as Object, Value};

use super::cell::is_formula;
use super::refusal::Refusal;
use super::table::{Format, Row, Table};

/// The column in front of a row set aside that gives the reasons.
pub const REASONS_COLUMN: &str = "refused_because";
/// The column in front of a row set aside that gives its row in the refused file.
pub const ROW_COLUMN: &str = "refused_row";

/// Writes the rows that `refusals` name.
pub fn file(table: &Table, refusals: &[Refusal], format: Format, delimiter: char) -> Vec<u8> {
    let mut reasons = BTreeMap::<u32, Vec<String>>::new();
    for refusal in refusals {
        if let Some(row) = refusal.row {
            let place = refusal.column.as_ref().map(|column| format!(" in {column}")).unwrap_or_default();
            reasons.entry(row).or_default().push(format!("{}{place}", refusal.reason.code()));
        }
    }
    let rows = table.rows.iter().filter_map(|row| Some((row, reasons.get(&row.number)?.join("; "))));
    match format {
        Format::Csv => delimited(table, rows, delimiter),
        Format::Json => objects(table, rows),
    }
}

fn delimited<'a>(table: &Table, rows: impl Iterator<Item = (&'a Row, String)>, delimiter: char) -> Vec<u8> {
    let mut text = String::new();
    let own = table.columns.iter().enumerate().filter(|(_, name)| !is_ours(name));
    let own = own.map(|(at, _)| at).collect::<Vec<_>>();
    let header = [REASONS_COLUMN, ROW_COLUMN].into_iter();
    line(&mut text, header.chain(own.iter().map(|&at| table.columns[at].as_str())), delimiter);
    for (row, reasons) in rows {
        let number = row.number.to_string();
        let cells = own.iter().map(|&at| row.cells[at].as_str());
        line(&mut text, [reasons.as_str(), &number].into_iter().chain(cells), delimiter);
    }
    text.into_bytes()
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>, delimiter: char) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(delimiter);
        }
        let marked = if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() };
        if marked.contains([delimiter, '"', '\n', '\r']) {
            text.push_str(&format!("\"{}\"", marked.replace('"', "\"\"")));
        } else {
            text.push_str(&marked);
        }
    }
    text.push_str("\r\n");
}

fn objects<'a>(table: &Table, rows: impl Iterator<Item = (&'a Row, String)>) -> Vec<u8> {
    let list = rows.map(|(row, reasons)| {
        let mut object = Object::new();
        object.insert(REASONS_COLUMN.into(), reasons.into());
        object.insert(ROW_COLUMN.into(), row.number.into());
        for (path, cell) in table.columns.iter().zip(&row.cells).filter(|(path, _)| !is_ours(path)) {
            put(&mut object, path, cell);
        }
        Value::Object(object)
    });
    let list = Value::Array(list.collect());
    let mut bytes = format!("{list:#}").into_bytes();
    bytes.push(b'\n');
    bytes
}

/// Puts a text at its path. Where one row has a text at a path and another an object, the object wins: the text was empty in
/// this row, since a row has only one of the two.
fn put(object: &mut Object<String, Value>, path: &str, cell: &str) {
    match path.split_once('.') {
        None if cell.is_empty() && object.contains_key(path) => {}
        None => drop(object.insert(path.to_owned(), cell.into())),
        Some((name, rest)) => {
            let inner = object.entry(name).or_insert_with(|| Value::Object(Object::new()));
            match inner {
                Value::Object(inner) => put(inner, rest, cell),
                _ if cell.is_empty() => {}
                other => {
                    let mut fresh = Object::new();
                    put(&mut fresh, rest, cell);
                    *other = Value::Object(fresh);
                }
            }
        }
    }
}

fn is_ours(column: &str) -> bool {
    column == REASONS_COLUMN || column == ROW_COLUMN
}
