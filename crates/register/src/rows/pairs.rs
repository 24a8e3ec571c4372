//! Pairs of dossiers about which somebody decided whether they are of one person.
//!
//! What was decided is sealed under the second person's key and that under the first's: whichever of the two is shredded,
//! nobody reads it any more, here or in the journal. What a decision is, the desk knows.

use exchange::ids::PersonId;

use crate::cell::{Cell, Cells, associated};
use crate::error::RegisterError;
use crate::keys::unseal;
use crate::reading::{Reading, damaged};
use crate::row::{Row, Table};
use crate::write::Write;

const INNER: &str = "pairs second";

/// Two people and what was decided about them, still sealed under the second one's key.
pub(crate) struct PairRow {
    first: PersonId,
    second: PersonId,
    inner: Vec<u8>,
}

static TABLE: Table = Table {
    name: "pairs",
    columns: &["first_id", "second_id"],
    keys: 2,
    person: Some(0),
    replayed: true,
    upsert: "INSERT INTO pairs (first_id, second_id, version, sealed) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (first_id, second_id) DO UPDATE SET version = excluded.version, sealed = \
                 excluded.sealed",
    delete: "DELETE FROM pairs WHERE first_id = $1 AND second_id = $2",
    by_key: "SELECT r.first_id, r.second_id, r.version, r.sealed, k.version, k.sealed FROM pairs r \
                 LEFT JOIN person_keys k ON k.person_id = r.first_id WHERE r.first_id = $1 AND \
                 r.second_id = $2",
    all: "SELECT r.first_id, r.second_id, r.version, r.sealed, k.version, k.sealed FROM pairs r \
                 LEFT JOIN person_keys k ON k.person_id = r.first_id ORDER BY r.first_id, r.second_id \
                 LIMIT $2 OFFSET $1",
};

const OF_PERSON: &str = "SELECT r.first_id, r.second_id, r.version, r.sealed, k.version, k.sealed FROM pairs r \
                 LEFT JOIN person_keys k ON k.person_id = r.first_id WHERE r.first_id = $1 OR \
                 r.second_id = $1 ORDER BY r.first_id, r.second_id LIMIT $3 OFFSET $2";

impl Row for PairRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        vec![Cell::bytes(&self.first.0), Cell::bytes(&self.second.0)]
    }

    fn payload(&self) -> Vec<u8> {
        self.inner.clone()
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        let (first, second) = (PersonId(plain.bytes()?), PersonId(plain.bytes()?));
        Some(Self { first, second, inner: payload.to_vec() })
    }
}

/// The two in the order in which they are stored.
fn ordered(one: PersonId, other: PersonId) -> [PersonId; 2] {
    if one <= other { [one, other] } else { [other, one] }
}

fn place([first, second]: [PersonId; 2]) -> [Cell; 2] {
    [Cell::bytes(&first.0), Cell::bytes(&second.0)]
}

impl Reading {
    /// What was decided about two people, in its own encoding; nothing where nobody decided, or where one was shredded.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], and what the database answers.
    pub async fn pair(&mut self, one: PersonId, other: PersonId) -> Result<Option<Vec<u8>>, RegisterError> {
        match self.get::<PairRow>(&place(ordered(one, other))).await {
            Ok(Some(row)) => self.opened(&row).await,
            Ok(None) | Err(RegisterError::Shredded(_)) => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// Everything decided about a person and another, by the other; without those of whom one was shredded.
    ///
    /// # Errors
    /// As [`Reading::pair`].
    pub async fn pairs_of(&mut self, person: PersonId) -> Result<Vec<(PersonId, Vec<u8>)>, RegisterError> {
        let rows = self.every::<PairRow>(OF_PERSON, &[Cell::bytes(&person.0)]).await?.whole()?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let other = if row.first == person { row.second } else { row.first };
            if let Some(payload) = self.opened(&row).await? {
                found.push((other, payload));
            }
        }
        Ok(found)
    }

    /// The pairs about which something was decided or taken back after a journal entry; without one, all.
    pub fn pairs_since(&self, seq: Option<u64>) -> Vec<[PersonId; 2]> {
        let changed = self.changed(TABLE.name, seq).into_iter();
        changed.filter_map(|ids| <[PersonId; 2]>::try_from(ids).ok()).collect()
    }

    async fn opened(&mut self, row: &PairRow) -> Result<Option<Vec<u8>>, RegisterError> {
        let key = match self.person_key(row.second).await {
            Ok(key) => key,
            Err(RegisterError::Shredded(_)) => return Ok(None),
            Err(why) => return Err(why),
        };
        let place = place([row.first, row.second]);
        match unseal(&key, &associated(INNER, 0, &place), &row.inner) {
            Some(payload) => Ok(Some(payload.to_vec())),
            None => Err(damaged(TABLE.name, &place, "the inner seal does not hold")),
        }
    }
}

impl Write {
    /// Keeps what was decided about two people, in its own encoding.
    ///
    /// # Errors
    /// [`RegisterError::Refused`] for one person twice or an unknown one, [`RegisterError::Shredded`], and as [`Write::put`].
    pub async fn save_pair(
        &mut self,
        one: PersonId,
        other: PersonId,
        payload: &[u8],
    ) -> Result<(), RegisterError> {
        if one == other {
            return Err(RegisterError::Refused { what: "pair", why: "a pair is of two people" });
        }
        let [first, second] = ordered(one, other);
        let key = self.person_key(second).await?;
        let inner = self.shared.keys.seal(&key, &associated(INNER, 0, &place([first, second])), payload);
        self.put(&PairRow { first, second, inner }).await
    }
}
