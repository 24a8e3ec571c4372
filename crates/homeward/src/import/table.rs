//! A foreign file as a table of texts: bounds, encodings and the shape that both formats come to.
//!
//! Decides what is bounded before it is parsed; refuses to know what a column means.

use super::refusal::{Found, Reason, Refusal, Saying};

/// Largest file, in bytes.
pub const FILE_BYTES_MAX: usize = 64 << 20;
/// Most rows of a file, without its header.
pub const ROWS_MAX: usize = 200_000;
/// Most columns of a file.
pub const COLUMNS_MAX: usize = 200;
/// Longest cell, in bytes.
pub const CELL_BYTES_MAX: usize = 64 << 10;
/// Deepest nesting of a JSON file.
pub const DEPTH_MAX: usize = 64;

/// The file formats that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Cells apart by a delimiter, quoted by `"`, one header row.
    Csv,
    /// A list of objects; a path such as `attributes.Name` is a column.
    Json,
}

/// How characters are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, least significant byte first.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, most significant byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
}

/// A file as its columns and rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// Names of the columns, all different.
    pub columns: Vec<String>,
    /// The rows; every row has as many cells as there are columns.
    pub rows: Vec<Row>,
    /// Cells that hold a list: row number and column. They are refused when the map reads them.
    pub lists: Vec<(u32, usize)>,
}

/// One row.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// Row number as the officer sees it.
    pub number: u32,
    /// The cells.
    pub cells: Vec<String>,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({}, {} cells)", self.number, self.cells.len())
    }
}

impl Table {
    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

/// Reads a file as a table.
pub fn read(
    file: &str,
    bytes: &[u8],
    format: Format,
    encoding: Encoding,
    delimiter: char,
) -> Result<Table, Refusal> {
    if bytes.len() > FILE_BYTES_MAX {
        let found = Found::said(Saying::Bytes, &[("given", &bytes.len()), ("limit", &FILE_BYTES_MAX)]);
        return Err(Refusal::of_file(file, Reason::FileTooLarge, found));
    }
    let text = decode(file, bytes, encoding)?;
    if text.trim().is_empty() {
        return Err(Refusal::of_file(file, Reason::Empty, Saying::NoContent));
    }
    let table = match format {
        Format::Csv => super::delimited::read(file, &text, delimiter)?,
        Format::Json => super::json::read(file, &text)?,
    };
    if table.rows.is_empty() {
        return Err(Refusal::of_file(file, Reason::Empty, Saying::NoRow));
    }
    Ok(table)
}

/// Reads only the columns of a file, to choose a map by; nothing when they cannot be read.
pub fn columns(bytes: &[u8], format: Format, encoding: Encoding, delimiter: char) -> Option<Vec<String>> {
    if format == Format::Json {
        return read("", bytes, format, encoding, delimiter).ok().map(|table| table.columns);
    }
    let part = match encoding {
        Encoding::Utf8 => bytes.split_inclusive(|&byte| byte == b'\n').next()?,
        _ => bytes.get(..FILE_BYTES_MAX.min(bytes.len()))?,
    };
    super::delimited::columns("", &decode("", part, encoding).ok()?, delimiter).ok()
}

fn decode<'a>(file: &str, bytes: &'a [u8], encoding: Encoding) -> Result<std::borrow::Cow<'a, str>, Refusal> {
    if encoding != Encoding::Utf8 {
        return utf16(file, bytes, encoding == Encoding::Utf16Le).map(Into::into);
    }
    let guess = match bytes {
        [0xff, 0xfe, ..] => Some(Saying::Utf16Le),
        [0xfe, 0xff, ..] => Some(Saying::Utf16Be),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(Saying::Utf16Le),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(Saying::Utf16Be),
        _ => None,
    };
    if let Some(guess) = guess {
        return Err(Refusal::of_file(file, Reason::Encoding, guess));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map(Into::into).map_err(|error| {
        let at = error.valid_up_to();
        let line = line_of(&bytes[..at]);
        let found = Found::said(Saying::NotUtf8, &[("byte", &(at + 1)), ("line", &line)]);
        Refusal::of_row(file, line, Reason::Encoding, found)
    })
}

fn utf16(file: &str, bytes: &[u8], least_first: bool) -> Result<String, Refusal> {
    let refused = |found: Found| Refusal::of_file(file, Reason::Encoding, found);
    if !bytes.len().is_multiple_of(2) {
        return Err(refused(Saying::OddBytes.into()));
    }
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if least_first { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    for (at, letter) in char::decode_utf16(units).enumerate() {
        let letter = letter.map_err(|_| refused(Found::said(Saying::HalfPair, &[("at", &(at + 1))])))?;
        if !(at == 0 && letter == '\u{feff}') {
            text.push(letter);
        }
    }
    Ok(text)
}

/// Line that follows these bytes, from 1. Files are at most 64 MiB, so it fits.
fn line_of(before: &[u8]) -> u32 {
    1 + before.iter().filter(|&&byte| byte == b'\n').count() as u32
}
