//! The value of one plain column, and the canonical bytes of a row's plain columns.

use exchange::ids::PersonId;

use crate::error::RegisterError;

/// A plain column's value as stored. Never a name, a diagnosis, a contact or a key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A code or label.
    Text(String),
    /// An identifier or a digest.
    Bytes(Vec<u8>),
    /// A stored value of a type the register never writes; equal to nothing that was sealed.
    Foreign,
}

impl Cell {
    /// A code or label.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// An identifier or digest.
    pub fn bytes(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }

    /// A whole number, or nothing.
    pub fn maybe_int(value: Option<impl Into<i64>>) -> Self {
        value.map_or(Self::Null, |value| Self::Int(value.into()))
    }

    /// A label, or nothing.
    pub fn maybe_text(value: Option<&str>) -> Self {
        value.map_or(Self::Null, Self::text)
    }

    /// An identifier, or nothing.
    pub fn maybe_bytes(value: Option<&[u8]>) -> Self {
        value.map_or(Self::Null, Self::bytes)
    }

    /// The value as a part of a row's key, for people: hexadecimal for bytes.
    pub fn shown(&self) -> String {
        match self {
            Self::Null => "-".to_owned(),
            Self::Int(value) => value.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
            Self::Foreign => "?".to_owned(),
        }
    }

    pub(crate) fn person(&self) -> Option<PersonId> {
        match self {
            Self::Bytes(bytes) => bytes.as_slice().try_into().ok().map(PersonId),
            _ => None,
        }
    }
}

/// Shows a row's key.
pub(crate) fn shown(key: &[Cell]) -> String {
    key.iter().map(Cell::shown).collect::<Vec<_>>().join("/")
}

/// The canonical bytes of some cells: each with its kind, numbers at fixed width, lengths before contents.
pub(crate) fn canonical(cells: &[Cell]) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 * cells.len());
    for cell in cells {
        match cell {
            Cell::Null => out.push(0),
            Cell::Int(value) => {
                out.push(1);
                out.extend(value.to_be_bytes());
            }
            Cell::Text(text) => push_counted(&mut out, 2, text.as_bytes()),
            Cell::Bytes(bytes) => push_counted(&mut out, 3, bytes),
            Cell::Foreign => out.push(4),
        }
    }
    out
}

/// What a row's seal covers besides its payload.
pub(crate) fn associated(table: &str, version: i64, plain: &[Cell]) -> Vec<u8> {
    let mut out = Vec::with_capacity(32 + 16 * plain.len());
    push_counted(&mut out, 5, table.as_bytes());
    out.extend(version.to_be_bytes());
    out.extend(canonical(plain));
    out
}

fn push_counted(out: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    out.push(kind);
    out.extend((bytes.len() as u64).to_be_bytes());
    out.extend(bytes);
}

/// Reads a row's plain columns in their order. Every reader answers `None` when the column holds another kind.
pub struct Cells(std::vec::IntoIter<Cell>);

impl Cells {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self(cells.into_iter())
    }

    /// A label.
    pub fn text(&mut self) -> Option<String> {
        match self.0.next() {
            Some(Cell::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A label, or nothing.
    pub fn maybe_text(&mut self) -> Option<Option<String>> {
        match self.0.next() {
            Some(Cell::Text(text)) => Some(Some(text)),
            Some(Cell::Null) => Some(None),
            _ => None,
        }
    }

    /// A whole number that fits.
    pub fn int<T: TryFrom<i64>>(&mut self) -> Option<T> {
        match self.0.next() {
            Some(Cell::Int(value)) => T::try_from(value).ok(),
            _ => None,
        }
    }

    /// A whole number that fits, or nothing.
    pub fn maybe_int<T: TryFrom<i64>>(&mut self) -> Option<Option<T>> {
        match self.0.next() {
            Some(Cell::Int(value)) => T::try_from(value).ok().map(Some),
            Some(Cell::Null) => Some(None),
            _ => None,
        }
    }

    /// Exactly `N` bytes.
    pub fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        match self.0.next() {
            Some(Cell::Bytes(bytes)) => bytes.try_into().ok(),
            _ => None,
        }
    }

    /// Exactly `N` bytes, or nothing.
    pub fn maybe_bytes<const N: usize>(&mut self) -> Option<Option<[u8; N]>> {
        match self.0.next() {
            Some(Cell::Bytes(bytes)) => bytes.try_into().ok().map(Some),
            Some(Cell::Null) => Some(None),
            _ => None,
        }
    }
}

/// Refuses a label that is not short and plain: it would stand in the journal and in file names.
pub(crate) fn label(what: &'static str, text: &str) -> Result<(), RegisterError> {
    let fits = (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b));
    if fits {
        Ok(())
    } else {
        Err(RegisterError::Refused {
            what,
            why: "a label has 1 to 64 characters of a-z, 0-9, '-', '_' and '.'",
        })
    }
}
