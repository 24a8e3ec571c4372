//! The node's own settings: small sealed values under a plain key.

use crate::cell::{self, Cell, Cells};
use crate::error::RegisterError;
use crate::reading::Reading;
use crate::row::{Row, Table};

/// A setting.
#[derive(Clone, PartialEq, Eq)]
pub struct SettingRow {
    /// What is set: a label.
    pub key: String,
    /// The value in its own encoding.
    pub value: Vec<u8>,
}

impl std::fmt::Debug for SettingRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SettingRow({}, {} bytes)", self.key, self.value.len())
    }
}

static TABLE: Table = Table {
    name: "settings",
    columns: &["key"],
    keys: 1,
    person: None,
    replayed: true,
    upsert: "INSERT INTO settings (key, version, sealed) VALUES ($1, $2, $3) ON CONFLICT (key) DO \
                 UPDATE SET version = excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM settings WHERE key = $1",
    by_key: "SELECT key, version, sealed FROM settings WHERE key = $1",
    all: "SELECT key, version, sealed FROM settings ORDER BY key LIMIT $2 OFFSET $1",
};

impl Row for SettingRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        vec![Cell::text(&self.key)]
    }

    fn payload(&self) -> Vec<u8> {
        self.value.clone()
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self { key: plain.text()?, value: payload.to_vec() })
    }

    fn check(&self) -> Result<(), RegisterError> {
        cell::label("setting", &self.key)
    }
}

impl Reading {
    /// The value of a setting.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], and what the database answers.
    pub async fn setting(&mut self, key: &str) -> Result<Option<Vec<u8>>, RegisterError> {
        Ok(self.get::<SettingRow>(&[Cell::text(key)]).await?.map(|row| row.value))
    }
}
