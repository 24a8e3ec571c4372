//! What a typed row is to the register: plain columns, a payload, and the statements beside its type.

use crate::cell::{Cell, Cells};

/// A table as the register handles it. Column order is the order of the migration.
pub struct Table {
    /// Name.
    pub name: &'static str,
    /// Plain columns; the first `keys` of them are the primary key.
    pub columns: &'static [&'static str],
    /// How many columns are the primary key.
    pub keys: usize,
    /// Which column, if any, names the person under whose key the payload is sealed.
    pub person: Option<usize>,
    /// Whether the journal keeps the sealed bytes (and a rebuild brings the row back) or only their hash.
    pub replayed: bool,
    /// Writes one row: the plain columns, the version, the sealed bytes.
    pub upsert: &'static str,
    /// Removes one row by its key.
    pub delete: &'static str,
    /// Reads one row by its key: plain columns, version, sealed, and for tables with a person the version and the
    /// wrapped bytes of that person's key.
    pub by_key: &'static str,
    /// Reads the rows after `$1` keys in key order, for the full check and for comparing registers.
    pub all: &'static str,
}

impl Table {
    /// How many columns a statement that reads rows of this table gives.
    pub(crate) fn width(&self) -> usize {
        self.columns.len() + if self.person.is_some() { 4 } else { 2 }
    }
}

/// A typed row of the register. Sealed: the register's own types implement it.
pub trait Row: Sized + Send + Sync {
    /// Its table.
    const TABLE: &'static Table;
    /// The plain columns, in the table's order.
    fn plain(&self) -> Vec<Cell>;
    /// What is sealed.
    fn payload(&self) -> Vec<u8>;
    /// Reads the row back; `None` when columns or payload are not of this type.
    fn read(plain: Cells, payload: &[u8]) -> Option<Self>;
    /// Refuses a row the register does not take.
    fn check(&self) -> Result<(), crate::RegisterError> {
        Ok(())
    }
}
