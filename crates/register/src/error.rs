//! What can go wrong with the register, told apart by what an officer or operator does next.

use std::path::PathBuf;

use exchange::ids::PersonId;

/// Why the register did not do what was asked. No variant carries content of a record.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Another process has this register open.
    #[error("the register in {} is open in another process", dir.display())]
    AlreadyOpen {
        /// The register's directory.
        dir: PathBuf,
    },
    /// The node key is not the one this register was made with.
    #[error("the node key does not open the register in {}", dir.display())]
    WrongKey {
        /// The register's directory.
        dir: PathBuf,
    },
    /// A later program wrote this register, or its migrations were changed.
    #[error("migration {number} of the register is not the one this program knows")]
    UnknownMigration {
        /// Number of the migration.
        number: i64,
    },
    /// A stored row is not what was written: changed, exchanged for another, rolled back or taken away.
    #[error("{table} {key} is damaged: {why}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// The row's key: an identifier, never a name.
        key: String,
        /// What does not hold.
        why: &'static str,
    },
    /// The person's key was destroyed; the record can never be read again.
    #[error("the record of person {0} was shredded")]
    Shredded(PersonId),
    /// A record file has other bytes than the database. It is left as it is, and nothing more is written.
    #[error("record file {file} differs from the register at byte {offset}")]
    RecordFileDiffers {
        /// File name inside `record/`.
        file: String,
        /// First byte that differs, from 0.
        offset: u64,
    },
    /// The disk, or the database's allowance, is full. Nothing of the write remains; reading goes on.
    #[error("the disk is full: nothing was written")]
    DiskFull,
    /// An I/O or sync error: nothing is acknowledged any more until the register is opened again.
    #[error("the register stopped writing: {0}")]
    Broken(String),
    /// An earlier step of this write failed, so it cannot be committed.
    #[error("an earlier step of the write failed; nothing was written")]
    WriteFailed,
    /// Something is larger than the register takes.
    #[error("{what} is too large: {given}, at most {limit}")]
    TooLarge {
        /// What.
        what: &'static str,
        /// Its size or count.
        given: usize,
        /// The bound.
        limit: usize,
    },
    /// A value the register does not take.
    #[error("{what}: {why}")]
    Refused {
        /// What was given.
        what: &'static str,
        /// Why it is refused.
        why: &'static str,
    },
    /// An entry does not follow the last one of its author.
    #[error("entry {given} of {author} given where {expected} comes next")]
    EntryOutOfOrder {
        /// The log's writer.
        author: String,
        /// The sequence number that comes next.
        expected: u64,
        /// The one given.
        given: u64,
    },
    /// Another entry already stands in this place: its author has signed two.
    #[error("entry {seq} of {author} is already here with other bytes")]
    EntryConflict {
        /// The log's writer.
        author: String,
        /// The place.
        seq: u64,
    },
    /// The signature over the journal entry does not enclose the body it was given.
    #[error("the journal's signer returned bytes without the entry's body")]
    Signer,
    /// A file or directory of the register cannot be used.
    #[error("{doing}: {source}")]
    File {
        /// What was being done.
        doing: String,
        /// The system's answer.
        source: std::io::Error,
    },
    /// The database refused a statement.
    #[error("the database refused: {0}")]
    Database(String),
}

impl RegisterError {
    /// Whether the register must stop acknowledging.
    pub(crate) fn breaks(&self) -> bool {
        matches!(self, Self::Broken(_))
    }

    pub(crate) fn file(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::File { doing, source }
    }
}

/// SQLite's primary result codes that mean different things to an operator (<https://sqlite.org/rescode.html>).
mod code {
    pub const PERM: i32 = 3;
    pub const NOMEM: i32 = 7;
    pub const READONLY: i32 = 8;
    pub const IOERR: i32 = 10;
    pub const CORRUPT: i32 = 11;
    pub const FULL: i32 = 13;
    pub const CANTOPEN: i32 = 14;
    pub const NOTADB: i32 = 26;
}

impl From<sqlx::Error> for RegisterError {
    fn from(error: sqlx::Error) -> Self {
        let primary = match &error {
            sqlx::Error::Database(inner) => {
                inner.code().and_then(|code| code.parse::<i32>().ok()).map(|code| code & 0xff)
            }
            sqlx::Error::Io(inner) if inner.kind() == std::io::ErrorKind::StorageFull => Some(code::FULL),
            sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed => Some(code::IOERR),
            _ => None,
        };
        match primary {
            Some(code::FULL) => Self::DiskFull,
            Some(code::CORRUPT | code::NOTADB) => Self::Damaged {
                table: "register.db",
                key: String::new(),
                why: "the database file is malformed",
            },
            Some(code::IOERR | code::CANTOPEN | code::READONLY | code::NOMEM | code::PERM) => {
                Self::Broken(error.to_string())
            }
            _ => Self::Database(error.to_string()),
        }
    }
}
