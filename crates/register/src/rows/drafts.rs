//! Proposals waiting for a second officer: computed or written, checked, then carried out or dismissed.

use crate::cell::{self, Cell, Cells};
use crate::error::RegisterError;
use crate::reading::{Page, Reading, limited};
use crate::row::{Row, Table};

super::words! {
    /// Where a proposal stands.
    DraftState {
        /// Waits for a decision.
        Open = "open",
        /// Was accepted and done.
        CarriedOut = "carried-out",
        /// Was not accepted.
        Dismissed = "dismissed",
    }
}

/// A proposal.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Identifier, of [`crate::Write::new_id`].
    pub id: String,
    /// What is proposed: a label such as `roll`.
    pub kind: String,
    /// For which round.
    pub round: Option<u32>,
    /// The proposal in its own encoding.
    pub payload: Vec<u8>,
    /// Who proposed.
    pub drafted_by: String,
    /// When, ms since 1970.
    pub drafted_at: i64,
    /// Where it stands.
    pub state: DraftState,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When, ms since 1970.
    pub decided_at: Option<i64>,
}

impl std::fmt::Debug for DraftRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DraftRow({} {}, {:?})", self.kind, self.id, self.state)
    }
}

static TABLE: Table = Table {
    name: "drafts",
    columns: &["id", "kind", "round", "drafted_by", "drafted_at", "state", "decided_by", "decided_at"],
    keys: 1,
    person: None,
    replayed: true,
    upsert: "INSERT INTO drafts (id, kind, round, drafted_by, drafted_at, state, decided_by, \
                 decided_at, version, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON \
                 CONFLICT (id) DO UPDATE SET kind = excluded.kind, round = excluded.round, drafted_by \
                 = excluded.drafted_by, drafted_at = excluded.drafted_at, state = excluded.state, \
                 decided_by = excluded.decided_by, decided_at = excluded.decided_at, version = \
                 excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM drafts WHERE id = $1",
    by_key: "SELECT id, kind, round, drafted_by, drafted_at, state, decided_by, decided_at, \
                 version, sealed FROM drafts WHERE id = $1",
    all: "SELECT id, kind, round, drafted_by, drafted_at, state, decided_by, decided_at, \
                 version, sealed FROM drafts ORDER BY id LIMIT $2 OFFSET $1",
};

const BY_STATE: &str = "SELECT id, kind, round, drafted_by, drafted_at, state, decided_by, decided_at, \
                 version, sealed FROM drafts WHERE state = $1 ORDER BY drafted_at, id LIMIT $3 \
                 OFFSET $2";

impl Row for DraftRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        vec![
            Cell::text(&self.id),
            Cell::text(&self.kind),
            Cell::maybe_int(self.round),
            Cell::text(&self.drafted_by),
            Cell::Int(self.drafted_at),
            Cell::text(self.state.as_str()),
            Cell::maybe_text(self.decided_by.as_deref()),
            Cell::maybe_int(self.decided_at),
        ]
    }

    fn payload(&self) -> Vec<u8> {
        self.payload.clone()
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self {
            id: plain.text()?,
            kind: plain.text()?,
            round: plain.maybe_int()?,
            drafted_by: plain.text()?,
            drafted_at: plain.int()?,
            state: DraftState::of(&plain.text()?)?,
            decided_by: plain.maybe_text()?,
            decided_at: plain.maybe_int()?,
            payload: payload.to_vec(),
        })
    }

    fn check(&self) -> Result<(), RegisterError> {
        cell::label("draft", &self.id)?;
        cell::label("kind", &self.kind)
    }
}

impl Reading {
    /// A proposal.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], and what the database answers.
    pub async fn draft(&mut self, id: &str) -> Result<Option<DraftRow>, RegisterError> {
        self.get(&[Cell::text(id)]).await
    }

    /// Proposals in a state, oldest first, at most `limit` (1 to 500).
    ///
    /// # Errors
    /// What the database answers.
    pub async fn drafts(&mut self, state: DraftState, limit: u32) -> Result<Page<DraftRow>, RegisterError> {
        self.list(BY_STATE, &[Cell::text(state.as_str()), Cell::Int(0), limited(limit)]).await
    }

    /// Every proposal that waits, oldest first.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn open_drafts(&mut self) -> Result<Page<DraftRow>, RegisterError> {
        self.every(BY_STATE, &[Cell::text(DraftState::Open.as_str())]).await
    }
}
