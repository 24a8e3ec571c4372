//! Reading: a committed snapshot of the register, or the inside of a write. Every row passes its seal and its version.

use std::collections::BTreeMap;
use std::sync::Arc;

use exchange::ids::PersonId;
use sqlx::sqlite::{Sqlite, SqliteConnection};
use sqlx::{Transaction, pool::PoolConnection};

use crate::cell::{self, Cell, Cells, associated, canonical};
use crate::error::RegisterError;
use crate::keys::{Key, unseal};
use crate::open::Shared;
use crate::row::{Row, Table};
use crate::sql;
use crate::versions::{Expected, Known, Place};

/// The most rows one list call gives.
pub const LIST_MAX: u32 = 500;

/// The most rows that are read whole: as many as one list may have people.
const ROWS_MAX: usize = 200_000;

pub(crate) const PERSON_KEYS: &str = "person_keys";

/// A consistent view: a committed snapshot ([`crate::Register::read`]) or a write in progress, which sees its own rows.
pub struct Reading {
    pub(crate) conn: Conn,
    pub(crate) shared: Arc<Shared>,
    /// Last journal entry of the snapshot.
    pub(crate) seq: i64,
    /// What the write in progress has changed; empty for a snapshot.
    pub(crate) own: BTreeMap<Place, Known>,
}

/// The connection a reading uses.
pub(crate) enum Conn {
    Snapshot(Transaction<'static, Sqlite>),
    Writer(WriterConn),
}

/// The writer's connection. Dropped unsettled it is closed, which rolls everything back.
pub(crate) struct WriterConn {
    pub conn: PoolConnection<Sqlite>,
    pub settled: bool,
}

impl Drop for WriterConn {
    fn drop(&mut self) {
        if !self.settled {
            self.conn.close_on_drop();
        }
    }
}

/// A list as far as it can be read, and what had to be refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page<T> {
    /// The rows that hold.
    pub rows: Vec<T>,
    /// The rows that do not: damaged, or shredded.
    pub refused: Vec<Refused>,
}

/// A row that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The table.
    pub table: &'static str,
    /// The row's key: identifiers only.
    pub key: String,
    /// What does not hold; nothing if the person was shredded.
    pub damage: Option<&'static str>,
}

impl<T> Page<T> {
    /// The rows, if none is damaged. Shredded people are left out: they are meant to be unreadable.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`] naming the first damaged row.
    pub fn whole(self) -> Result<Vec<T>, RegisterError> {
        match self
            .refused
            .into_iter()
            .find_map(|refused| refused.damage.map(|why| (refused.table, refused.key, why)))
        {
            Some((table, key, why)) => Err(RegisterError::Damaged { table, key, why }),
            None => Ok(self.rows),
        }
    }

    /// The same page with each row turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(turn).collect(), refused: self.refused }
    }
}

impl Reading {
    /// The last journal entry this reading sees.
    pub fn seq(&self) -> u64 {
        u64::try_from(self.seq).unwrap_or(0)
    }

    pub(crate) fn conn(&mut self) -> &mut SqliteConnection {
        match &mut self.conn {
            Conn::Snapshot(transaction) => transaction,
            Conn::Writer(writer) => &mut writer.conn,
        }
    }

    /// The people in the keys of a table's rows that changed after a journal entry; without one, of all rows there ever were.
    /// What a later entry changed again than this reading sees is left to the reading that sees it.
    pub(crate) fn changed(&self, table: &'static str, after: Option<u64>) -> Vec<Vec<PersonId>> {
        // A key of identifiers alone: each with its kind, its length and its 16 bytes.
        const WIDTH: usize = 1 + 8 + 16;
        let after = after.map_or(-1, |seq| i64::try_from(seq).unwrap_or(i64::MAX));
        let person = |bytes: &[u8]| bytes[WIDTH - 16..].try_into().ok().map(PersonId);
        let keys = self.shared.versions.changed(table, after, self.seq).into_iter();
        keys.map(|key| key.chunks_exact(WIDTH).filter_map(person).collect()).collect()
    }

    /// Reads one row by its key.
    pub(crate) async fn get<R: Row>(&mut self, key: &[Cell]) -> Result<Option<R>, RegisterError> {
        match sql::row(self.conn(), R::TABLE.by_key, key).await? {
            Some(cells) => self.open(cells).map(Some),
            None => match self.expected(R::TABLE.name, key) {
                // A sign-in that is gone is a sign-out; everything else may not vanish.
                Expected::Version(_) if R::TABLE.replayed => {
                    Err(damaged(R::TABLE.name, key, "the row is missing"))
                }
                _ => Ok(None),
            },
        }
    }

    /// Reads the rows a statement of the table gives.
    pub(crate) async fn list<R: Row>(
        &mut self,
        statement: &'static str,
        binds: &[Cell],
    ) -> Result<Page<R>, RegisterError> {
        let found = sql::rows(self.conn(), statement, binds).await?;
        let mut page = Page { rows: Vec::with_capacity(found.len()), refused: Vec::new() };
        for cells in found {
            match self.open(cells) {
                Ok(row) => page.rows.push(row),
                Err(RegisterError::Shredded(person)) => {
                    page.refused.push(Refused {
                        table: R::TABLE.name,
                        key: person.to_string(),
                        damage: None,
                    });
                }
                Err(RegisterError::Damaged { table, key, why }) => {
                    page.refused.push(Refused { table, key, damage: Some(why) });
                }
                Err(other) => return Err(other),
            }
        }
        Ok(page)
    }

    /// Reads all rows a statement gives, in steps: its last two binds are how many rows to pass over and how many to give.
    ///
    /// # Errors
    /// [`RegisterError::TooLarge`] beyond [`ROWS_MAX`] rows; what the database answers.
    pub(crate) async fn every<R: Row>(
        &mut self,
        statement: &'static str,
        binds: &[Cell],
    ) -> Result<Page<R>, RegisterError> {
        let mut all = Page { rows: Vec::new(), refused: Vec::new() };
        loop {
            let seen = all.rows.len() + all.refused.len();
            if seen > ROWS_MAX {
                return Err(RegisterError::TooLarge { what: R::TABLE.name, given: seen, limit: ROWS_MAX });
            }
            let step = [Cell::Int(seen as i64), Cell::Int(LIST_MAX.into())];
            let page = self.list::<R>(statement, &[binds, &step].concat()).await?;
            let read = page.rows.len() + page.refused.len();
            all.rows.extend(page.rows);
            all.refused.extend(page.refused);
            if read < LIST_MAX as usize {
                return Ok(all);
            }
        }
    }

    /// Opens a stored row: right version, unbroken seal, readable payload.
    pub(crate) fn open<R: Row>(&self, mut cells: Vec<Cell>) -> Result<R, RegisterError> {
        let table = R::TABLE;
        let refuse = |key: &[Cell], why| Err(damaged(table.name, key, why));
        if cells.len() != table.width() {
            return refuse(&[], "the row has another number of columns");
        }
        let mut rest = cells.split_off(table.columns.len()).into_iter();
        let key = &cells[..table.keys];
        let (Some(Cell::Int(version)), Some(Cell::Bytes(sealed))) = (rest.next(), rest.next()) else {
            return refuse(key, "version or seal is of another type");
        };
        match self.expected(table.name, key) {
            Expected::Version(last) if last == version => {}
            Expected::Version(_) => return refuse(key, "the version is not the one last written"),
            Expected::Removed => return refuse(key, "the row was removed and is there again"),
            Expected::Never => return refuse(key, "the row was never written"),
            Expected::Earlier => {}
        }
        let owner = self.seal_key(table, &cells, rest.as_slice())?;
        let seal = owner.as_ref().unwrap_or(&self.shared.keys.row);
        let Some(payload) = unseal(seal, &associated(table.name, version, &cells), &sealed) else {
            return refuse(key, "the seal does not hold");
        };
        let shown = cell::shown(key);
        R::read(Cells::new(cells), &payload).ok_or(RegisterError::Damaged {
            table: table.name,
            key: shown,
            why: "the payload is not of this table",
        })
    }

    /// The person's key a row is sealed under, or nothing where it is the node's row key.
    fn seal_key(
        &self,
        table: &Table,
        cells: &[Cell],
        wrapped: &[Cell],
    ) -> Result<Option<Key>, RegisterError> {
        let Some(named) = table.person.map(|at| &cells[at]).filter(|cell| **cell != Cell::Null) else {
            return Ok(None);
        };
        let Some(person) = named.person() else {
            return Err(damaged(table.name, &cells[..table.keys], "the person's identifier is not one"));
        };
        self.unwrap_key(person, wrapped).map(Some)
    }

    /// The person's data key out of its stored form.
    pub(crate) fn unwrap_key(&self, person: PersonId, wrapped: &[Cell]) -> Result<Key, RegisterError> {
        let key = [Cell::bytes(&person.0)];
        let refuse = |why| Err(damaged(PERSON_KEYS, &key, why));
        let expected = self.expected(PERSON_KEYS, &key);
        if expected == Expected::Removed {
            return Err(RegisterError::Shredded(person));
        }
        let [Cell::Int(version), Cell::Bytes(sealed)] = wrapped else {
            return refuse("the row is missing");
        };
        if !matches!(expected, Expected::Version(last) if last == *version) && expected != Expected::Earlier {
            return refuse("the version is not the one last written");
        }
        let opened = unseal(&self.shared.keys.wrap, &associated(PERSON_KEYS, *version, &key), sealed);
        match opened.as_deref().map(|bytes| <[u8; 32]>::try_from(bytes.as_slice())) {
            Some(Ok(bytes)) => Ok(Key::new(bytes)),
            _ => refuse("the seal does not hold"),
        }
    }

    /// The person's data key.
    pub(crate) async fn person_key(&mut self, person: PersonId) -> Result<Key, RegisterError> {
        const BY_PERSON: &str = "SELECT version, sealed FROM person_keys WHERE person_id = $1";
        let key = [Cell::bytes(&person.0)];
        let wrapped = sql::row(self.conn(), BY_PERSON, &key).await?;
        if wrapped.is_none() && self.expected(PERSON_KEYS, &key) == Expected::Never {
            return Err(RegisterError::Refused { what: "person", why: "no such person in this register" });
        }
        self.unwrap_key(person, wrapped.as_deref().unwrap_or_default())
    }

    pub(crate) fn expected(&self, table: &'static str, key: &[Cell]) -> Expected {
        let place = (table, canonical(key));
        match self.own.get(&place) {
            Some(known) if known.live => Expected::Version(known.version),
            Some(_) => Expected::Removed,
            None => self.shared.versions.expected(&place, self.seq),
        }
    }
}

pub(crate) fn damaged(table: &'static str, key: &[Cell], why: &'static str) -> RegisterError {
    RegisterError::Damaged { table, key: cell::shown(key), why }
}

/// A list's limit, kept between 1 and [`LIST_MAX`].
pub(crate) fn limited(limit: u32) -> Cell {
    Cell::Int(limit.clamp(1, LIST_MAX).into())
}
