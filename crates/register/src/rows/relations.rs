//! Relations of officers to persons, as declared: whoever has one touches nothing of that person's case. A relation is
//! never removed; one that was declared in error is lifted, and the row says by whom.

use exchange::ids::PersonId;

use crate::cell::{self, Cell, Cells};
use crate::error::RegisterError;
use crate::reading::{Page, Reading};
use crate::row::{Row, Table};

super::words! {
    /// What an officer has to do with a person.
    RelationKind {
        /// Is a relative, or lives with one.
        Related = "related",
        /// Is paid for the case, by whomever.
        Paid = "paid",
        /// Served or worked with the person.
        ServedWith = "served-with",
        /// Anything else that stands in the way of an even hand.
        Other = "other",
    }
}

/// An officer's relation to a person.
#[derive(Clone, PartialEq, Eq)]
pub struct RelationRow {
    /// The officer's label.
    pub officer: String,
    /// To whom.
    pub person: PersonId,
    /// What it is.
    pub kind: RelationKind,
    /// When it was declared, ms since 1970.
    pub declared_at: i64,
    /// Label of whoever declared it: the officer, or an administrator.
    pub declared_by: String,
    /// When it was lifted, ms since 1970, and by whom.
    pub lifted: Option<(i64, String)>,
}

impl std::fmt::Debug for RelationRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RelationRow({}, {:?}, lifted: {})", self.officer, self.person, self.lifted.is_some())
    }
}

static TABLE: Table = Table {
    name: "relations",
    columns: &["officer", "person_id", "declared_at", "lifted_at"],
    keys: 2,
    person: Some(1),
    replayed: true,
    upsert: "INSERT INTO relations (officer, person_id, declared_at, lifted_at, version, sealed) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (officer, person_id) DO UPDATE SET \
                 declared_at = excluded.declared_at, lifted_at = excluded.lifted_at, version = \
                 excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM relations WHERE officer = $1 AND person_id = $2",
    by_key: "SELECT r.officer, r.person_id, r.declared_at, r.lifted_at, r.version, r.sealed, \
                 k.version, k.sealed FROM relations r LEFT JOIN person_keys k ON k.person_id = \
                 r.person_id WHERE r.officer = $1 AND r.person_id = $2",
    all: "SELECT r.officer, r.person_id, r.declared_at, r.lifted_at, r.version, r.sealed, \
                 k.version, k.sealed FROM relations r LEFT JOIN person_keys k ON k.person_id = \
                 r.person_id ORDER BY r.officer, r.person_id LIMIT $2 OFFSET $1",
};

const OF_OFFICER: &str = "SELECT r.officer, r.person_id, r.declared_at, r.lifted_at, r.version, r.sealed, \
                 k.version, k.sealed FROM relations r LEFT JOIN person_keys k ON k.person_id = \
                 r.person_id WHERE r.officer = $1 ORDER BY r.person_id LIMIT $3 OFFSET $2";

impl Row for RelationRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        let lifted_at = self.lifted.as_ref().map(|(at, _)| *at);
        vec![
            Cell::text(&self.officer),
            Cell::bytes(&self.person.0),
            Cell::Int(self.declared_at),
            Cell::maybe_int(lifted_at),
        ]
    }

    fn payload(&self) -> Vec<u8> {
        let lifted_by = self.lifted.as_ref().map(|(_, by)| by.clone());
        super::payload(&(self.kind.as_str().to_owned(), self.declared_by.clone(), lifted_by))
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        let (officer, person) = (plain.text()?, PersonId(plain.bytes()?));
        let (declared_at, lifted_at): (i64, Option<i64>) = (plain.int()?, plain.maybe_int()?);
        let (kind, declared_by, lifted_by): (String, String, Option<String>) = super::unpack(payload)?;
        let lifted = match (lifted_at, lifted_by) {
            (Some(at), Some(by)) => Some((at, by)),
            (None, None) => None,
            _ => return None,
        };
        Some(Self { officer, person, kind: RelationKind::of(&kind)?, declared_at, declared_by, lifted })
    }

    fn check(&self) -> Result<(), RegisterError> {
        cell::label("officer", &self.officer)?;
        cell::label("officer", &self.declared_by)
    }
}

impl Reading {
    /// The relation of an officer to a person, lifted or not.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], [`RegisterError::Shredded`], and what the database answers.
    pub async fn relation(
        &mut self,
        officer: &str,
        person: PersonId,
    ) -> Result<Option<RelationRow>, RegisterError> {
        self.get(&[Cell::text(officer), Cell::bytes(&person.0)]).await
    }

    /// The relations of one officer, lifted or not, by person.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn relations_of(&mut self, officer: &str) -> Result<Page<RelationRow>, RegisterError> {
        self.every(OF_OFFICER, &[Cell::text(officer)]).await
    }

    /// Every relation ever declared, by officer and person.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn relations(&mut self) -> Result<Page<RelationRow>, RegisterError> {
        self.every(TABLE.all, &[]).await
    }
}
