//! The call list: which family is to be told, until when, and every try to reach it.

use exchange::ids::{PersonId, RoundNo};

use crate::cell::{self, Cell, Cells};
use crate::error::RegisterError;
use crate::reading::{Page, Reading};
use crate::row::{Row, Table};

super::words! {
    /// Where a call stands.
    CallState {
        /// The family is still to be told.
        Due = "due",
        /// The family was told.
        Reached = "reached",
        /// Handed on, since nobody could be reached in time.
        Escalated = "escalated",
    }
}

/// A call to a family.
#[derive(Clone, PartialEq, Eq)]
pub struct CallRow {
    /// Identifier, of [`crate::Write::new_id`].
    pub id: String,
    /// After which round.
    pub round: RoundNo,
    /// About whom; the tries are sealed under that person's key.
    pub person: PersonId,
    /// Where it stands.
    pub state: CallState,
    /// Until when the family is to be told, ms since 1970.
    pub due_by: i64,
    /// Every try, in order.
    pub tries: Vec<Try>,
}

/// One try to reach a family.
#[derive(Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub struct Try {
    /// When, ms since 1970.
    #[n(0)]
    pub at: i64,
    /// Which officer.
    #[n(1)]
    pub by: String,
    /// What came of it: a label such as `no-answer`.
    #[n(2)]
    pub outcome: String,
    /// Whom the officer spoke to.
    #[n(3)]
    pub who: Option<String>,
}

impl std::fmt::Debug for Try {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Try({} by {})", self.outcome, self.by)
    }
}

impl std::fmt::Debug for CallRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CallRow({}, {:?}, {:?}, {} tries)", self.id, self.person, self.state, self.tries.len())
    }
}

static TABLE: Table = Table {
    name: "calls",
    columns: &["id", "round", "person_id", "state", "due_by"],
    keys: 1,
    person: Some(2),
    replayed: true,
    upsert: "INSERT INTO calls (id, round, person_id, state, due_by, version, sealed) VALUES ($1, \
                 $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET round = excluded.round, \
                 person_id = excluded.person_id, state = excluded.state, due_by = excluded.due_by, \
                 version = excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM calls WHERE id = $1",
    by_key: "SELECT r.id, r.round, r.person_id, r.state, r.due_by, r.version, r.sealed, \
                 k.version, k.sealed FROM calls r LEFT JOIN person_keys k ON k.person_id = \
                 r.person_id WHERE r.id = $1",
    all: "SELECT r.id, r.round, r.person_id, r.state, r.due_by, r.version, r.sealed, \
                 k.version, k.sealed FROM calls r LEFT JOIN person_keys k ON k.person_id = \
                 r.person_id ORDER BY r.id LIMIT $2 OFFSET $1",
};

const BY_STATE: &str = "SELECT r.id, r.round, r.person_id, r.state, r.due_by, r.version, r.sealed, \
                 k.version, k.sealed FROM calls r LEFT JOIN person_keys k ON k.person_id = \
                 r.person_id WHERE r.state = $1 ORDER BY r.due_by, r.id LIMIT $3 OFFSET $2";
const OF_ROUND: &str = "SELECT r.id, r.round, r.person_id, r.state, r.due_by, r.version, r.sealed, \
                 k.version, k.sealed FROM calls r LEFT JOIN person_keys k ON k.person_id = \
                 r.person_id WHERE r.round = $1 ORDER BY r.id LIMIT $3 OFFSET $2";
const OF_PERSON: &str = "SELECT r.id, r.round, r.person_id, r.state, r.due_by, r.version, r.sealed, \
                 k.version, k.sealed FROM calls r LEFT JOIN person_keys k ON k.person_id = \
                 r.person_id WHERE r.person_id = $1 ORDER BY r.round, r.id LIMIT $3 OFFSET $2";

impl Row for CallRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        vec![
            Cell::text(&self.id),
            Cell::Int(self.round.into()),
            Cell::bytes(&self.person.0),
            Cell::text(self.state.as_str()),
            Cell::Int(self.due_by),
        ]
    }

    fn payload(&self) -> Vec<u8> {
        super::payload(&self.tries)
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self {
            id: plain.text()?,
            round: plain.int()?,
            person: PersonId(plain.bytes()?),
            state: CallState::of(&plain.text()?)?,
            due_by: plain.int()?,
            tries: super::unpack(payload)?,
        })
    }

    fn check(&self) -> Result<(), RegisterError> {
        cell::label("call", &self.id)?;
        if self.tries.len() > 1000 {
            return Err(RegisterError::TooLarge {
                what: "tries of a call",
                given: self.tries.len(),
                limit: 1000,
            });
        }
        Ok(())
    }
}

impl Reading {
    /// A call.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], [`RegisterError::Shredded`], and what the database answers.
    pub async fn call(&mut self, id: &str) -> Result<Option<CallRow>, RegisterError> {
        self.get(&[Cell::text(id)]).await
    }

    /// All calls in a state, the most urgent first.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn calls(&mut self, state: CallState) -> Result<Page<CallRow>, RegisterError> {
        self.every(BY_STATE, &[Cell::text(state.as_str())]).await
    }

    /// All calls of a round, by identifier.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn calls_of_round(&mut self, round: RoundNo) -> Result<Page<CallRow>, RegisterError> {
        self.every(OF_ROUND, &[Cell::Int(round.into())]).await
    }

    /// The calls about a person, by round.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn calls_about(&mut self, person: PersonId) -> Result<Page<CallRow>, RegisterError> {
        self.every(OF_PERSON, &[Cell::bytes(&person.0)]).await
    }

    /// How many families were not reached by a time, and their calls are not yet handed on.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn calls_overdue(&mut self, now: i64) -> Result<u64, RegisterError> {
        const COUNT: &str = "SELECT count(*) FROM calls WHERE state = $1 AND due_by <= $2";
        crate::open::count(self, COUNT, &[Cell::text(CallState::Due.as_str()), Cell::Int(now)]).await
    }

    /// How many calls are in a state.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn call_count(&mut self, state: CallState) -> Result<u64, RegisterError> {
        const COUNT: &str = "SELECT count(*) FROM calls WHERE state = $1";
        crate::open::count(self, COUNT, &[Cell::text(state.as_str())]).await
    }
}
