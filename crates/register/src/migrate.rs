//! Migrations, embedded and named by their hash, and the database file's settings.

use std::fs::File;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use crate::cell::{Cell, associated};
use crate::error::RegisterError;
use crate::keys::{Keys, sha256, unseal};
use crate::sql;

/// The database's file name.
pub(crate) const FILE: &str = "register.db";

/// Every migration ever shipped, in order. A shipped one is never changed.
const MIGRATIONS: [&str; 3] = [
    include_str!("../migrations/0001_register.sql"),
    include_str!("../migrations/0002_relations.sql"),
    include_str!("../migrations/0003_pairs.sql"),
];

const KEY_CHECK: &str = "key-check";

/// How the database file is opened: nothing acknowledged is lost at a power cut (`synchronous=FULL` under WAL), removed
/// content is overwritten, and a doctored schema runs nothing.
pub(crate) fn options(dir: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(dir.join(FILE))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("trusted_schema", "OFF")
        .pragma("secure_delete", "ON")
        .busy_timeout(Duration::from_secs(5))
        .disable_statement_logging()
}

/// Makes the register's directory and its `record/`, readable by the owner only.
pub(crate) fn directories(dir: &Path) -> Result<(), RegisterError> {
    for made in [dir.to_owned(), dir.join("record")] {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&made)
            .map_err(RegisterError::file(format!("making {}", made.display())))?;
    }
    Ok(())
}

/// Makes the database's empty file, readable by the owner only; SQLite gives its journal files the same permissions. The
/// folder may be the operator's own and open to others.
pub(crate) fn file(dir: &Path) -> Result<(), RegisterError> {
    let path = dir.join(FILE);
    let made = File::options().create(true).append(true).mode(0o600).open(&path);
    made.map(drop).map_err(RegisterError::file(format!("making {}", path.display())))
}

/// Brings the database up to the migrations this program knows.
pub(crate) async fn migrate(conn: &mut SqliteConnection) -> Result<(), RegisterError> {
    const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY NOT NULL, \
                         digest BLOB NOT NULL) STRICT";
    const DONE: &str = "SELECT number, digest FROM migrations ORDER BY number LIMIT 1000";
    const NOTE: &str = "INSERT INTO migrations (number, digest) VALUES ($1, $2)";
    sql::run(conn, "BEGIN IMMEDIATE", &[]).await?;
    sql::run(conn, TABLE, &[]).await?;
    let done = sql::rows(conn, DONE, &[]).await?;
    for (at, row) in done.iter().enumerate() {
        let number = at as i64 + 1;
        let ours = MIGRATIONS.get(at).map(|text| Cell::bytes(&sha256(text.as_bytes())));
        if row.first() != Some(&Cell::Int(number)) || row.get(1) != ours.as_ref() {
            return Err(RegisterError::UnknownMigration { number });
        }
    }
    for (at, text) in MIGRATIONS.iter().enumerate().skip(done.len()) {
        sql::script(conn, text).await?;
        let digest = Cell::bytes(&sha256(text.as_bytes()));
        sql::run(conn, NOTE, &[Cell::Int(at as i64 + 1), digest]).await?;
    }
    sql::run(conn, "COMMIT", &[]).await?;
    Ok(())
}

/// Checks that the node key is this register's, or notes it in a new one.
pub(crate) async fn check_key(
    conn: &mut SqliteConnection,
    keys: &Keys,
    dir: &Path,
) -> Result<(), RegisterError> {
    const READ: &str = "SELECT value FROM meta WHERE name = $1";
    const WRITE: &str = "INSERT INTO meta (name, value) VALUES ($1, $2)";
    let covered = associated("meta", 1, &[Cell::text(KEY_CHECK)]);
    match sql::row(conn, READ, &[Cell::text(KEY_CHECK)]).await?.as_deref() {
        Some([Cell::Bytes(sealed)]) if unseal(&keys.row, &covered, sealed).is_some() => Ok(()),
        Some(_) => Err(RegisterError::WrongKey { dir: dir.to_owned() }),
        None => {
            let sealed = keys.seal(&keys.row, &covered, b"homeward register");
            sql::run(conn, WRITE, &[Cell::text(KEY_CHECK), Cell::Bytes(sealed)]).await?;
            Ok(())
        }
    }
}

/// An empty database in a directory that has none.
pub(crate) async fn new_database(dir: &Path, keys: &Keys) -> Result<SqliteConnection, RegisterError> {
    directories(dir)?;
    if dir.join(FILE).exists() {
        let taken = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(RegisterError::file(format!("rebuilding into {}", dir.display()))(taken));
    }
    file(dir)?;
    let mut conn = SqliteConnection::connect_with(&options(dir)).await?;
    migrate(&mut conn).await?;
    check_key(&mut conn, keys, dir).await?;
    Ok(conn)
}
