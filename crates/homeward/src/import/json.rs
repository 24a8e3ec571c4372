//! A JSON list of objects as a table: every path to a scalar, such as `attributes.Name`, is a column.
//!
//! Decides how nesting becomes columns; refuses to know what a column means. Rows are read one at a time, so a file of
//! many small values cannot take many times its own size in memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::refusal::{Found, Reason, Refusal, Saying, shown};
use super::table::{CELL_BYTES_MAX, COLUMNS_MAX, DEPTH_MAX, ROWS_MAX, Row, Table};

/// Reads a text as a list of objects.
pub fn read(file: &str, text: &str) -> Result<Table, Refusal> {
    bound_depth(file, text)?;
    let state = RefCell::new(State::default());
    let mut reader = serde_json::Deserializer::from_str(text);
    let outcome = Rows(&state).deserialize(&mut reader).and_then(|()| reader.end());
    let State { columns, mut rows, lists, refused, .. } = state.into_inner();
    let next_row = rows.len() as u32 + 1;
    if let Err(error) = outcome {
        let place = Found::said(Saying::Place, &[("line", &error.line()), ("column", &error.column())]);
        return Err(match refused {
            Some((reason, found)) => Refusal::of_row(file, next_row, reason, found.and(place)),
            None if error.is_data() => {
                Refusal::of_row(file, next_row, Reason::Syntax, Found::from(Saying::NotObjects).and(place))
            }
            None => Refusal::of_row(file, next_row, Reason::Syntax, Found::from(Saying::NotJson).and(place)),
        });
    }
    let mut names = vec![String::new(); columns.len()];
    for (name, at) in columns {
        names[at] = name;
    }
    for row in &mut rows {
        row.cells.resize(names.len(), String::new());
    }
    Ok(Table { columns: names, rows, lists })
}

/// Refuses nesting deeper than the bound before anything recurses.
fn bound_depth(file: &str, text: &str) -> Result<(), Refusal> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                depth += 1;
                if depth > DEPTH_MAX {
                    let found = Found::said(Saying::Depth, &[("limit", &DEPTH_MAX), ("byte", &(at + 1))]);
                    return Err(Refusal::of_file(file, Reason::TooDeep, found));
                }
            }
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

#[derive(Default)]
struct State {
    columns: BTreeMap<String, usize>,
    rows: Vec<Row>,
    lists: Vec<(u32, usize)>,
    /// The row being read, by column.
    current: BTreeMap<usize, String>,
    refused: Option<(Reason, Found)>,
}

impl State {
    fn refuse<E: serde::de::Error>(&mut self, reason: Reason, found: impl Into<Found>) -> E {
        self.refused = Some((reason, found.into()));
        E::custom("refused")
    }

    fn put<E: serde::de::Error>(&mut self, path: &str, text: String) -> Result<usize, E> {
        if text.len() > CELL_BYTES_MAX {
            let (column, bytes) = (shown(path), text.len());
            let values: [(_, &dyn fmt::Display); 3] =
                [("column", &column), ("bytes", &bytes), ("limit", &CELL_BYTES_MAX)];
            let found = Found::said(Saying::PathBytes, &values);
            return Err(self.refuse(Reason::CellTooLong, found));
        }
        let next = self.columns.len();
        let column = *self.columns.entry(path.to_owned()).or_insert(next);
        if column >= COLUMNS_MAX {
            let found = Found::said(Saying::ColumnsLimit, &[("limit", &COLUMNS_MAX)]);
            return Err(self.refuse(Reason::TooManyColumns, found));
        }
        if self.current.insert(column, text).is_some() {
            return Err(self.refuse(Reason::DuplicateColumn, Found::shown(shown(path))));
        }
        Ok(column)
    }
}

struct Rows<'a>(&'a RefCell<State>);

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Place { state: self.0, path: "" })?.is_some() {
            let mut state = self.0.borrow_mut();
            if state.rows.len() == ROWS_MAX {
                let found = Found::said(Saying::RowsLimit, &[("limit", &ROWS_MAX)]);
                return Err(state.refuse(Reason::TooManyRows, found));
            }
            let width = state.columns.len();
            let mut cells = vec![String::new(); width];
            for (column, text) in std::mem::take(&mut state.current) {
                cells[column] = text;
            }
            let number = state.rows.len() as u32 + 1;
            state.rows.push(Row { number, cells });
        }
        Ok(())
    }
}

/// One value of a row, at its path. The empty path is the row itself, which must be an object.
struct Place<'a> {
    state: &'a RefCell<State>,
    path: &'a str,
}

impl Place<'_> {
    fn scalar<E: serde::de::Error>(self, text: String) -> Result<(), E> {
        if self.path.is_empty() {
            return Err(E::custom("not an object"));
        }
        self.state.borrow_mut().put(self.path, text).map(drop)
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.scalar(value.to_string())
    }
    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.scalar(value.to_string())
    }
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        self.scalar(value.to_string())
    }
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.scalar(value.to_string())
    }
    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        self.scalar(value.to_owned())
    }
    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.scalar(String::new())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if self.path.is_empty() {
            return Err(A::Error::custom("not an object"));
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        let mut state = self.state.borrow_mut();
        let column = state.put(self.path, String::new())?;
        let row = state.rows.len() as u32 + 1;
        state.lists.push((row, column));
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(name) = object.next_key::<String>()? {
            if name.is_empty() || name.contains('.') {
                return Err(self.state.borrow_mut().refuse(Reason::Syntax, Saying::OddName));
            }
            let path = if self.path.is_empty() { name } else { format!("{}.{name}", self.path) };
            object.next_value_seed(Place { state: self.state, path: &path })?;
        }
        Ok(())
    }
}
