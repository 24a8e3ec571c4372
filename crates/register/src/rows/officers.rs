//! Officers of the desk: who may sign in, in which roles. The display name is sealed.

use crate::cell::{self, Cell, Cells};
use crate::error::RegisterError;
use crate::reading::{Page, Reading};
use crate::row::{Row, Table};

/// An officer.
#[derive(Clone, PartialEq, Eq)]
pub struct OfficerRow {
    /// Label, as it stands in the journal: 1 to 64 of `a-z 0-9 - _ .`.
    pub id: String,
    /// Role labels, in the order given.
    pub roles: Vec<String>,
    /// Name to show.
    pub display_name: String,
    /// Language of the desk: `uk`, `ru`, `en`.
    pub language: String,
    /// Whether the officer may sign in.
    pub active: bool,
}

impl std::fmt::Debug for OfficerRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OfficerRow({}, {:?}, active: {})", self.id, self.roles, self.active)
    }
}

static TABLE: Table = Table {
    name: "officers",
    columns: &["id", "roles", "language", "active"],
    keys: 1,
    person: None,
    replayed: true,
    upsert: "INSERT INTO officers (id, roles, language, active, version, sealed) VALUES ($1, $2, \
                 $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET roles = excluded.roles, language = \
                 excluded.language, active = excluded.active, version = excluded.version, sealed = \
                 excluded.sealed",
    delete: "DELETE FROM officers WHERE id = $1",
    by_key: "SELECT id, roles, language, active, version, sealed FROM officers WHERE id = $1",
    all: "SELECT id, roles, language, active, version, sealed FROM officers ORDER BY id LIMIT \
                 $2 OFFSET $1",
};

impl Row for OfficerRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        let roles = Cell::Text(self.roles.join(" "));
        vec![Cell::text(&self.id), roles, Cell::text(&self.language), Cell::Int(self.active.into())]
    }

    fn payload(&self) -> Vec<u8> {
        super::payload(&self.display_name)
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self {
            id: plain.text()?,
            roles: plain.text()?.split_whitespace().map(str::to_owned).collect(),
            language: plain.text()?,
            active: plain.int::<u8>()? != 0,
            display_name: super::unpack(payload)?,
        })
    }

    fn check(&self) -> Result<(), RegisterError> {
        cell::label("officer", &self.id)?;
        cell::label("language", &self.language)?;
        self.roles.iter().try_for_each(|role| cell::label("role", role))
    }
}

impl Reading {
    /// An officer by label.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], and what the database answers.
    pub async fn officer(&mut self, id: &str) -> Result<Option<OfficerRow>, RegisterError> {
        self.get(&[Cell::text(id)]).await
    }

    /// All officers, by label.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn officers(&mut self) -> Result<Page<OfficerRow>, RegisterError> {
        self.every(TABLE.all, &[]).await
    }
}
