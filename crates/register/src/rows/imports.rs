//! The lists that were imported: who, when, how many people. The list's name is sealed, since it may tell of people.

use exchange::person::List;

use crate::cell::{self, Cell, Cells};
use crate::error::RegisterError;
use crate::reading::{Page, Reading, limited};
use crate::row::{Row, Table};
use crate::rows::people::{list_of, list_word};

/// An import.
#[derive(Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Identifier, of [`crate::Write::new_id`].
    pub id: String,
    /// Which list of the node it filled.
    pub list: List,
    /// What the officer called it.
    pub name: String,
    /// How many people it brought.
    pub rows: u32,
    /// Who imported.
    pub officer: String,
    /// When, ms since 1970.
    pub at: i64,
}

impl std::fmt::Debug for ImportRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ImportRow({}, {:?}, {} rows)", self.id, self.list, self.rows)
    }
}

static TABLE: Table = Table {
    name: "imports",
    columns: &["id", "list", "rows", "officer", "at"],
    keys: 1,
    person: None,
    replayed: true,
    upsert: "INSERT INTO imports (id, list, rows, officer, at, version, sealed) VALUES ($1, $2, \
                 $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET list = excluded.list, rows = \
                 excluded.rows, officer = excluded.officer, at = excluded.at, version = \
                 excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM imports WHERE id = $1",
    by_key: "SELECT id, list, rows, officer, at, version, sealed FROM imports WHERE id = $1",
    all: "SELECT id, list, rows, officer, at, version, sealed FROM imports ORDER BY id LIMIT \
                 $2 OFFSET $1",
};

const LATEST: &str = "SELECT id, list, rows, officer, at, version, sealed FROM imports ORDER BY at DESC, \
                 id LIMIT $1";

impl Row for ImportRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        vec![
            Cell::text(&self.id),
            Cell::text(list_word(self.list)),
            Cell::Int(self.rows.into()),
            Cell::text(&self.officer),
            Cell::Int(self.at),
        ]
    }

    fn payload(&self) -> Vec<u8> {
        super::payload(&self.name)
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self {
            id: plain.text()?,
            list: list_of(&plain.text()?)?,
            rows: plain.int()?,
            officer: plain.text()?,
            at: plain.int()?,
            name: super::unpack(payload)?,
        })
    }

    fn check(&self) -> Result<(), RegisterError> {
        cell::label("import", &self.id)
    }
}

impl Reading {
    /// The imports, the latest first, at most `limit` (1 to 500).
    ///
    /// # Errors
    /// What the database answers.
    pub async fn imports(&mut self, limit: u32) -> Result<Page<ImportRow>, RegisterError> {
        self.list(LATEST, &[limited(limit)]).await
    }
}
