//! The lines of a round: which items are on its list, who holds them, and whom they mean where this node knows.

use exchange::ids::{Item, Party, PersonId, RoundNo};

use crate::cell::{Cell, Cells};
use crate::error::RegisterError;
use crate::reading::{Page, Reading};
use crate::row::{Row, Table};

/// A line of a round.
#[derive(Clone, PartialEq, Eq)]
pub struct LineRow {
    /// The round.
    pub round: RoundNo,
    /// The person's opaque name.
    pub item: Item,
    /// The party that holds the person.
    pub holder: Party,
    /// The person in this node, where known; the details are then sealed under that person's key.
    pub person: Option<PersonId>,
    /// Details in their own encoding.
    pub details: Vec<u8>,
}

impl std::fmt::Debug for LineRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LineRow(round {}, {:?}, held by {})", self.round, self.item, self.holder)
    }
}

static TABLE: Table = Table {
    name: "lines",
    columns: &["round", "item", "holder", "person_id"],
    keys: 2,
    person: Some(3),
    replayed: true,
    upsert: "INSERT INTO lines (round, item, holder, person_id, version, sealed) VALUES ($1, $2, \
                 $3, $4, $5, $6) ON CONFLICT (round, item) DO UPDATE SET holder = excluded.holder, \
                 person_id = excluded.person_id, version = excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM lines WHERE round = $1 AND item = $2",
    by_key: "SELECT r.round, r.item, r.holder, r.person_id, r.version, r.sealed, k.version, \
                 k.sealed FROM lines r LEFT JOIN person_keys k ON k.person_id = r.person_id WHERE \
                 r.round = $1 AND r.item = $2",
    all: "SELECT r.round, r.item, r.holder, r.person_id, r.version, r.sealed, k.version, \
                 k.sealed FROM lines r LEFT JOIN person_keys k ON k.person_id = r.person_id ORDER BY \
                 r.round, r.item LIMIT $2 OFFSET $1",
};

const BY_ROUND: &str = "SELECT r.round, r.item, r.holder, r.person_id, r.version, r.sealed, k.version, \
                 k.sealed FROM lines r LEFT JOIN person_keys k ON k.person_id = r.person_id WHERE \
                 r.round = $1 ORDER BY r.item LIMIT $3 OFFSET $2";
const BY_PERSON: &str = "SELECT r.round, r.item, r.holder, r.person_id, r.version, r.sealed, k.version, \
                 k.sealed FROM lines r LEFT JOIN person_keys k ON k.person_id = r.person_id WHERE \
                 r.person_id = $1 ORDER BY r.round, r.item LIMIT $3 OFFSET $2";

const BY_ITEM: &str = "SELECT r.round, r.item, r.holder, r.person_id, r.version, r.sealed, k.version, \
                 k.sealed FROM lines r LEFT JOIN person_keys k ON k.person_id = r.person_id WHERE \
                 r.item = $1 ORDER BY r.round LIMIT $3 OFFSET $2";

impl Row for LineRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        let person = Cell::maybe_bytes(self.person.as_ref().map(|id| id.0.as_slice()));
        vec![
            Cell::Int(self.round.into()),
            Cell::bytes(&self.item.0),
            Cell::text(self.holder.as_str()),
            person,
        ]
    }

    fn payload(&self) -> Vec<u8> {
        self.details.clone()
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self {
            round: plain.int()?,
            item: Item(plain.bytes()?),
            holder: Party::new(&plain.text()?).ok()?,
            person: plain.maybe_bytes()?.map(PersonId),
            details: payload.to_vec(),
        })
    }
}

impl Reading {
    /// One line of a round.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], [`RegisterError::Shredded`], and what the database answers.
    pub async fn line_of(&mut self, round: RoundNo, item: &Item) -> Result<Option<LineRow>, RegisterError> {
        self.get(&[Cell::Int(round.into()), Cell::bytes(&item.0)]).await
    }

    /// All lines of a round, in the order of their items.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn lines(&mut self, round: RoundNo) -> Result<Page<LineRow>, RegisterError> {
        self.every(BY_ROUND, &[Cell::Int(round.into())]).await
    }

    /// The lines of an item, by round.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn lines_with(&mut self, item: &Item) -> Result<Page<LineRow>, RegisterError> {
        self.every(BY_ITEM, &[Cell::bytes(&item.0)]).await
    }

    /// The lines a person stands on, by round.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn lines_of(&mut self, person: PersonId) -> Result<Page<LineRow>, RegisterError> {
        self.every(BY_PERSON, &[Cell::bytes(&person.0)]).await
    }
}
