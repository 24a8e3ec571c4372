//! Bulletins and the facts they state. A draft is sealed like everything; what is released is for everyone to read.

use exchange::ids::RoundNo;

use crate::cell::{self, Cell, Cells};
use crate::error::RegisterError;
use crate::reading::{Page, Reading};
use crate::row::{Row, Table};

super::words! {
    /// Where a bulletin stands.
    BulletinState {
        /// Written, not published.
        Draft = "draft",
        /// Published.
        Released = "released",
        /// Taken back before or after its release.
        Withdrawn = "withdrawn",
    }
}

/// A bulletin.
#[derive(Clone, PartialEq, Eq)]
pub struct BulletinRow {
    /// Identifier, of [`crate::Write::new_id`].
    pub id: String,
    /// Of which round.
    pub round: RoundNo,
    /// Where it stands.
    pub state: BulletinState,
    /// The bulletin in its own encoding.
    pub payload: Vec<u8>,
    /// Who wrote it.
    pub drafted_by: String,
    /// Who released it.
    pub released_by: Option<String>,
    /// When, ms since 1970.
    pub released_at: Option<i64>,
}

/// A fact a bulletin states.
#[derive(Clone, PartialEq, Eq)]
pub struct FactRow {
    /// Identifier, of [`crate::Write::new_id`].
    pub id: String,
    /// The bulletin that states it.
    pub bulletin: String,
    /// The fact in its own encoding.
    pub payload: Vec<u8>,
}

impl std::fmt::Debug for BulletinRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BulletinRow({}, round {}, {:?})", self.id, self.round, self.state)
    }
}

impl std::fmt::Debug for FactRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FactRow({} of {})", self.id, self.bulletin)
    }
}

static BULLETINS: Table = Table {
    name: "bulletins",
    columns: &["id", "round", "state", "drafted_by", "released_by", "released_at"],
    keys: 1,
    person: None,
    replayed: true,
    upsert: "INSERT INTO bulletins (id, round, state, drafted_by, released_by, released_at, \
                 version, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE \
                 SET round = excluded.round, state = excluded.state, drafted_by = \
                 excluded.drafted_by, released_by = excluded.released_by, released_at = \
                 excluded.released_at, version = excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM bulletins WHERE id = $1",
    by_key: "SELECT id, round, state, drafted_by, released_by, released_at, version, sealed FROM \
                 bulletins WHERE id = $1",
    all: "SELECT id, round, state, drafted_by, released_by, released_at, version, sealed FROM \
                 bulletins ORDER BY id LIMIT $2 OFFSET $1",
};

static FACTS: Table = Table {
    name: "facts",
    columns: &["id", "bulletin"],
    keys: 1,
    person: None,
    replayed: true,
    upsert: "INSERT INTO facts (id, bulletin, version, sealed) VALUES ($1, $2, $3, $4) ON \
                 CONFLICT (id) DO UPDATE SET bulletin = excluded.bulletin, version = \
                 excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM facts WHERE id = $1",
    by_key: "SELECT id, bulletin, version, sealed FROM facts WHERE id = $1",
    all: "SELECT id, bulletin, version, sealed FROM facts ORDER BY id LIMIT $2 OFFSET $1",
};

const BY_STATE: &str = "SELECT id, round, state, drafted_by, released_by, released_at, version, sealed FROM \
                 bulletins WHERE state = $1 ORDER BY round, id LIMIT $3 OFFSET $2";
const FACTS_OF: &str = "SELECT id, bulletin, version, sealed FROM facts WHERE bulletin = $1 ORDER BY id \
                 LIMIT $3 OFFSET $2";

impl Row for BulletinRow {
    const TABLE: &'static Table = &BULLETINS;

    fn plain(&self) -> Vec<Cell> {
        vec![
            Cell::text(&self.id),
            Cell::Int(self.round.into()),
            Cell::text(self.state.as_str()),
            Cell::text(&self.drafted_by),
            Cell::maybe_text(self.released_by.as_deref()),
            Cell::maybe_int(self.released_at),
        ]
    }

    fn payload(&self) -> Vec<u8> {
        self.payload.clone()
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self {
            id: plain.text()?,
            round: plain.int()?,
            state: BulletinState::of(&plain.text()?)?,
            drafted_by: plain.text()?,
            released_by: plain.maybe_text()?,
            released_at: plain.maybe_int()?,
            payload: payload.to_vec(),
        })
    }

    fn check(&self) -> Result<(), RegisterError> {
        cell::label("bulletin", &self.id)
    }
}

impl Row for FactRow {
    const TABLE: &'static Table = &FACTS;

    fn plain(&self) -> Vec<Cell> {
        vec![Cell::text(&self.id), Cell::text(&self.bulletin)]
    }

    fn payload(&self) -> Vec<u8> {
        self.payload.clone()
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self { id: plain.text()?, bulletin: plain.text()?, payload: payload.to_vec() })
    }

    fn check(&self) -> Result<(), RegisterError> {
        cell::label("fact", &self.id)?;
        cell::label("bulletin", &self.bulletin)
    }
}

impl Reading {
    /// A bulletin.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], and what the database answers.
    pub async fn bulletin(&mut self, id: &str) -> Result<Option<BulletinRow>, RegisterError> {
        self.get(&[Cell::text(id)]).await
    }

    /// All bulletins in a state, by round.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn bulletins(&mut self, state: BulletinState) -> Result<Page<BulletinRow>, RegisterError> {
        self.every(BY_STATE, &[Cell::text(state.as_str())]).await
    }

    /// The facts a bulletin states.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn facts_of(&mut self, bulletin: &str) -> Result<Page<FactRow>, RegisterError> {
        self.every(FACTS_OF, &[Cell::text(bulletin)]).await
    }
}
