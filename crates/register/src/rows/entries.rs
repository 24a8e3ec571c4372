//! The shared record's entries as this node took them in. Their bytes are for others to judge; here they are kept,
//! gapless per author, and never changed.

use exchange::ids::Party;

use crate::cell::{Cell, Cells};
use crate::error::RegisterError;
use crate::keys::sha256;
use crate::reading::{Page, Reading, limited};
use crate::row::{Row, Table};
use crate::sql;
use crate::write::Write;

/// The largest entry of a shared log, in bytes.
pub const ENTRY_BYTES_MAX: usize = 1024 * 1024;

/// An entry of the shared record.
#[derive(Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Label of the log's only writer.
    pub author: String,
    /// Place in that log, from 0.
    pub seq: u64,
    /// SHA-256 of the bytes.
    pub hash: [u8; 32],
    /// Order in which this node took entries in, from 0, over all authors.
    pub position: u64,
    /// The exact bytes.
    pub bytes: Vec<u8>,
}

/// What became of an entry given to [`Write::append_entry`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Appended {
    /// It was taken in.
    New,
    /// The same bytes were here already.
    Known,
}

impl std::fmt::Debug for EntryRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EntryRow({} {}, {} bytes)", self.author, self.seq, self.bytes.len())
    }
}

static TABLE: Table = Table {
    name: "entries",
    columns: &["author", "seq", "hash", "position"],
    keys: 2,
    person: None,
    replayed: true,
    upsert: "INSERT INTO entries (author, seq, hash, position, version, sealed) VALUES ($1, $2, \
                 $3, $4, $5, $6) ON CONFLICT (author, seq) DO UPDATE SET hash = excluded.hash, \
                 position = excluded.position, version = excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM entries WHERE author = $1 AND seq = $2",
    by_key: "SELECT author, seq, hash, position, version, sealed FROM entries WHERE author = $1 \
                 AND seq = $2",
    all: "SELECT author, seq, hash, position, version, sealed FROM entries ORDER BY author, \
                 seq LIMIT $2 OFFSET $1",
};

const FROM: &str = "SELECT author, seq, hash, position, version, sealed FROM entries WHERE author = $1 \
                 AND seq >= $2 ORDER BY seq LIMIT $3";
const ARRIVED: &str = "SELECT author, seq, hash, position, version, sealed FROM entries WHERE position >= \
                 $1 ORDER BY position LIMIT $2";

impl Row for EntryRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        let at = |value| Cell::Int(i64::try_from(value).unwrap_or(i64::MAX));
        vec![Cell::text(&self.author), at(self.seq), Cell::bytes(&self.hash), at(self.position)]
    }

    fn payload(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        let (author, seq) = (plain.text()?, plain.int()?);
        let (hash, position) = (plain.bytes()?, plain.int()?);
        Some(Self { author, seq, hash, position, bytes: payload.to_vec() })
    }

    fn check(&self) -> Result<(), RegisterError> {
        if Party::new(&self.author).is_err() || self.author == crate::journal::FILE {
            return Err(RegisterError::Refused { what: "author", why: "not a label a log can have" });
        }
        if self.bytes.is_empty() || self.bytes.len() > ENTRY_BYTES_MAX {
            let given = self.bytes.len();
            return Err(RegisterError::TooLarge { what: "entry", given, limit: ENTRY_BYTES_MAX });
        }
        Ok(())
    }
}

impl Reading {
    /// How many entries of an author are here, which is the sequence number that comes next.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn entry_count(&mut self, author: &str) -> Result<u64, RegisterError> {
        const COUNT: &str = "SELECT count(*) FROM entries WHERE author = $1";
        crate::open::count(self, COUNT, &[Cell::text(author)]).await
    }

    /// The authors with entries here.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn authors(&mut self) -> Result<Vec<String>, RegisterError> {
        const AUTHORS: &str = "SELECT DISTINCT author FROM entries ORDER BY author LIMIT 1000";
        let found = sql::rows(self.conn(), AUTHORS, &[]).await?;
        Ok(found.into_iter().filter_map(|row| Cells::new(row).text()).collect())
    }

    /// An entry by its place.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], and what the database answers.
    pub async fn entry(&mut self, author: &str, seq: u64) -> Result<Option<EntryRow>, RegisterError> {
        self.get(&[Cell::text(author), Cell::Int(i64::try_from(seq).unwrap_or(i64::MAX))]).await
    }

    /// An author's entries from a sequence number on, in order, at most `limit` (1 to 500).
    ///
    /// # Errors
    /// What the database answers.
    pub async fn entries(
        &mut self,
        author: &str,
        from_seq: u64,
        limit: u32,
    ) -> Result<Page<EntryRow>, RegisterError> {
        let from = Cell::Int(i64::try_from(from_seq).unwrap_or(i64::MAX));
        self.list(FROM, &[Cell::text(author), from, limited(limit)]).await
    }

    /// All entries of all authors in the order this node took them in, so that each finds its past already there.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`] for the first entry that does not hold, or if one is missing;
    /// [`RegisterError::TooLarge`] beyond 1,000,000 entries; what the database answers.
    pub async fn all_entries(&mut self) -> Result<Vec<EntryRow>, RegisterError> {
        const ENTRIES_MAX: usize = 1_000_000;
        let mut all: Vec<EntryRow> = Vec::new();
        loop {
            let from = Cell::Int(all.len() as i64);
            let page = self.list::<EntryRow>(ARRIVED, &[from, limited(500)]).await?.whole()?;
            let last = page.len() < 500;
            for entry in page {
                if entry.position != all.len() as u64 {
                    let key = [Cell::Int(all.len() as i64)];
                    return Err(crate::reading::damaged(
                        "entries",
                        &key,
                        "the entry at this position is missing",
                    ));
                }
                all.push(entry);
            }
            if all.len() > ENTRIES_MAX {
                return Err(RegisterError::TooLarge { what: "record", given: all.len(), limit: ENTRIES_MAX });
            }
            if last {
                let mut short = Vec::new();
                super::missing(self, &TABLE, all.len() as i64, &mut short);
                return Page { rows: all, refused: short }.whole();
            }
        }
    }
}

impl Write {
    /// Takes in an entry of the shared record: the next of its author's log, or one already here.
    ///
    /// # Errors
    /// [`RegisterError::EntryConflict`] for other bytes in a taken place, [`RegisterError::EntryOutOfOrder`] for a gap,
    /// [`RegisterError::TooLarge`] beyond 1 MiB, and as [`Write::put`].
    pub async fn append_entry(
        &mut self,
        author: &str,
        seq: u64,
        bytes: &[u8],
    ) -> Result<Appended, RegisterError> {
        const POSITION: &str = "SELECT count(*) FROM entries";
        let hash = sha256(bytes);
        if let Some(known) = self.entry(author, seq).await? {
            return if known.hash == hash {
                Ok(Appended::Known)
            } else {
                Err(RegisterError::EntryConflict { author: author.to_owned(), seq })
            };
        }
        let expected = self.entry_count(author).await?;
        if seq != expected {
            return Err(RegisterError::EntryOutOfOrder { author: author.to_owned(), expected, given: seq });
        }
        let position = crate::open::count(self, POSITION, &[]).await?;
        let row = EntryRow { author: author.to_owned(), seq, hash, position, bytes: bytes.to_vec() };
        self.put(&row).await?;
        self.entries.push((row.author, row.bytes));
        Ok(Appended::New)
    }
}
