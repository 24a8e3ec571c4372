//! Opening a register, its single writer, its readers, and the state it is in.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex as StdMutex};
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::sqlite::{Sqlite, SqlitePool};
use tokio::sync::Mutex;

use crate::cell::Cell;
use crate::error::RegisterError;
use crate::files::{FileTrouble, Files};
use crate::journal::{self, JournalDraft, Walk};
use crate::keys::{Entropy, Keys, NodeKey};
use crate::migrate;
use crate::reading::{Conn, Reading, Refused, WriterConn};
use crate::rows;
use crate::sql;
use crate::versions::Versions;
use crate::write::{self, Actor, Write};

/// How many snapshots may be read at the same time.
const READERS: u32 = 4;

/// Signs a journal entry: bytes that enclose the draft's body unchanged.
pub type Sign = Arc<dyn Fn(&JournalDraft) -> Vec<u8> + Send + Sync>;

/// What opening a register takes.
pub struct Opening<'a> {
    /// The register's directory; made if it is not there.
    pub dir: &'a Path,
    /// The node's key.
    pub node_key: NodeKey,
    /// Where random bytes come from.
    pub entropy: Entropy,
    /// Signs the journal.
    pub sign: Sign,
    /// The journal's entry 0, which introduces the node's keys; used only when the register is new.
    pub genesis: Vec<u8>,
}

/// The system of record of one node. Clones share one register.
#[derive(Clone)]
pub struct Register {
    shared: Arc<Shared>,
    writing: SqlitePool,
    writer: Arc<Mutex<Writer>>,
}

/// What readings and writes have in common.
pub(crate) struct Shared {
    pub keys: Keys,
    pub versions: Versions,
    reading: SqlitePool,
    health: StdMutex<(Option<Stop>, bool)>,
    /// Holds the operating system's lock on the directory.
    _lock: File,
}

/// The end of the journal and its files: one writer has it at a time.
pub(crate) struct Writer {
    /// The next journal entry's place.
    pub seq: i64,
    /// SHA-256 of the last journal entry.
    pub head: [u8; 32],
    pub files: Files,
    pub sign: Sign,
}

/// Why nothing is written any more.
#[derive(Clone, Debug)]
pub(crate) enum Stop {
    Differs { file: String, offset: u64 },
    Damaged { table: &'static str, key: String, why: &'static str },
    Broken(String),
}

impl From<Stop> for RegisterError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Differs { file, offset } => Self::RecordFileDiffers { file, offset },
            Stop::Damaged { table, key, why } => Self::Damaged { table, key, why },
            Stop::Broken(why) => Self::Broken(why),
        }
    }
}

/// The state a register is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Health {
    /// Why nothing is written until the register is opened again; reading goes on.
    pub stopped: Option<String>,
    /// Whether record files lack entries the database has. The next write brings them up.
    pub files_behind: bool,
}

/// Whether a directory has a register. [`Register::open`] makes one where there is none.
pub fn exists(dir: &Path) -> bool {
    dir.join(migrate::FILE).exists()
}

impl Register {
    /// Opens the register in a directory, or makes one.
    ///
    /// The whole journal is verified, the version of every row taken from it, and the record files completed. Where the
    /// journal or a file does not hold, the register opens for reading only: [`Register::health`] says why and every
    /// `begin` answers the same.
    ///
    /// # Errors
    /// [`RegisterError::AlreadyOpen`], [`RegisterError::WrongKey`], [`RegisterError::UnknownMigration`], and what the
    /// file system or the database answers.
    pub async fn open(opening: Opening<'_>) -> Result<Self, RegisterError> {
        let Opening { dir, node_key, entropy, sign, genesis } = opening;
        migrate::directories(dir)?;
        let lock = lock(dir)?;
        migrate::file(dir)?;
        let options = migrate::options(dir);
        let endless = || PoolOptions::<Sqlite>::new().idle_timeout(None).max_lifetime(None);
        let writing = endless().max_connections(1).connect_with(options.clone()).await?;
        let keys = Keys::derive(&node_key, entropy);
        {
            let mut conn = writing.acquire().await?;
            migrate::migrate(&mut conn).await?;
            migrate::check_key(&mut conn, &keys, dir).await?;
            let count = "SELECT count(*) FROM journal";
            if sql::number(&mut conn, count, &[]).await? == 0 {
                let row = journal::stored(&keys, &[0; 32], 0, &genesis, 0, 0);
                sql::run(&mut conn, rows::JOURNAL_INSERT, &row).await?;
            }
        }
        let reading = endless()
            .max_connections(READERS)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        let shared = Shared {
            keys,
            versions: Versions::default(),
            reading,
            health: StdMutex::new((None, false)),
            _lock: lock,
        };
        let files = Files::new(dir.join("record"));
        let writer = Writer { seq: 0, head: [0; 32], files, sign };
        let register = Self { shared: Arc::new(shared), writing, writer: Arc::new(Mutex::new(writer)) };
        register.take_stock().await?;
        Ok(register)
    }

    /// Verifies the journal, learns the rows' versions, and completes the record files.
    async fn take_stock(&self) -> Result<(), RegisterError> {
        let mut writer = self.writer.lock().await;
        let mut reading = self.shared.snapshot().await?;
        match self.shared.learn(&mut reading).await {
            Ok(end) => (writer.seq, writer.head) = (end.next, end.hash),
            Err(RegisterError::Damaged { table, key, why }) => {
                self.shared.versions.give_up();
                self.shared.stop(Stop::Damaged { table, key, why });
                return Ok(());
            }
            Err(other) => return Err(other),
        }
        let done = journal::complete_files(&mut reading, &mut writer.files).await;
        if let Err(trouble) = done.and_then(|()| writer.files.nothing_more()) {
            self.shared.files_trouble(trouble);
        }
        Ok(())
    }

    /// The state the register is in.
    pub fn health(&self) -> Health {
        self.shared.health()
    }

    /// Opens a committed snapshot for reading.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn read(&self) -> Result<Reading, RegisterError> {
        self.shared.snapshot().await
    }

    /// Begins a named write: waits for the single writer and holds it until commit or drop.
    ///
    /// `action` is the write's name in the journal; `subject` the identifier of what or whom it is about; `at` the time in
    /// ms since 1970.
    ///
    /// # Errors
    /// [`RegisterError::Refused`] for an officer, action, subject or purpose the journal does not take; why the register
    /// writes no more ([`Register::health`]); what the database answers.
    pub async fn begin(
        &self,
        actor: &Actor,
        action: &'static str,
        subject: Option<String>,
        at: i64,
    ) -> Result<Write, RegisterError> {
        write::check(actor, action, subject.as_deref())?;
        let writer = self.writer.clone().lock_owned().await;
        if let Some(stop) = self.shared.stopped() {
            return Err(stop.into());
        }
        let conn = self.start().await.inspect_err(|error| {
            if error.breaks() {
                self.shared.stop(Stop::Broken(error.to_string()));
            }
        })?;
        let reading = Reading {
            conn: Conn::Writer(conn),
            shared: self.shared.clone(),
            seq: writer.seq - 1,
            own: Default::default(),
        };
        Ok(Write {
            reading,
            writer,
            actor: actor.clone(),
            action,
            subject,
            at,
            changes: Vec::new(),
            entries: Vec::new(),
            person_keys: Default::default(),
            failed: false,
        })
    }

    /// Takes the writer's connection and starts its transaction.
    async fn start(&self) -> Result<WriterConn, RegisterError> {
        let mut conn = WriterConn { conn: self.writing.acquire().await?, settled: false };
        sql::run(&mut conn.conn, "BEGIN IMMEDIATE", &[]).await?;
        Ok(conn)
    }

    /// Reads every row of every table and the whole journal, and names everything that does not hold: broken seals, rows
    /// rolled back, rows missing, search tags that differ from the dossier's.
    ///
    /// # Errors
    /// What the database answers; damage is in the list, not an error.
    pub async fn check(&self) -> Result<Vec<Refused>, RegisterError> {
        let mut reading = self.read().await?;
        let mut found = Vec::new();
        let mut walk = Walk::start();
        loop {
            match walk.entries(&mut reading).await {
                Ok(entries) if entries.is_empty() => break,
                Ok(_) => {}
                Err(RegisterError::Damaged { table, key, why }) => {
                    found.push(Refused { table, key, damage: Some(why) });
                    break;
                }
                Err(other) => return Err(other),
            }
        }
        found.extend(rows::check(&mut reading).await?);
        Ok(found)
    }

    /// Waits for the write in progress, then closes the database. Clones of this register read and write no more.
    pub async fn close(self) {
        let _writer = self.writer.lock().await;
        self.shared.reading.close().await;
        self.writing.close().await;
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// For tests that reach under the register: its writer's end and connection.
    #[cfg(test)]
    pub(crate) fn inside(&self) -> (&SqlitePool, &Arc<Mutex<Writer>>) {
        (&self.writing, &self.writer)
    }
}

impl Shared {
    /// A committed snapshot.
    pub async fn snapshot(self: &Arc<Self>) -> Result<Reading, RegisterError> {
        let transaction = self.reading.begin().await?;
        let conn = Conn::Snapshot(transaction);
        let mut reading = Reading { conn, shared: self.clone(), seq: 0, own: Default::default() };
        // The first statement fixes the snapshot.
        reading.seq = sql::number(reading.conn(), "SELECT max(seq) FROM journal", &[]).await?;
        Ok(reading)
    }

    /// Verifies the journal and takes every row's version from it; answers where it ends.
    async fn learn(&self, reading: &mut Reading) -> Result<Walk, RegisterError> {
        let mut walk = Walk::start();
        loop {
            let entries = walk.entries(reading).await?;
            if entries.is_empty() {
                return Ok(walk);
            }
            for body in entries.iter().filter_map(|entry| entry.body.as_ref()) {
                self.versions.note(journal::known(body).collect());
            }
        }
    }

    pub fn health(&self) -> Health {
        let health = self.lock();
        let stopped = health.0.clone().map(|stop| RegisterError::from(stop).to_string());
        Health { stopped, files_behind: health.1 }
    }

    pub fn stopped(&self) -> Option<Stop> {
        self.lock().0.clone()
    }

    /// Stops writing. The first reason stays.
    pub fn stop(&self, why: Stop) {
        tracing::error!(reason = %RegisterError::from(why.clone()), "the register stopped writing");
        self.lock().0.get_or_insert(why);
    }

    pub fn files_trouble(&self, trouble: FileTrouble) {
        match trouble {
            FileTrouble::Behind(error) => {
                tracing::warn!(%error, "the record files are behind the register");
                self.lock().1 = true;
            }
            FileTrouble::Differs { file, offset } => self.stop(Stop::Differs { file, offset }),
            FileTrouble::Unsynced(error) => {
                self.stop(Stop::Broken(format!("syncing a record file: {error}")))
            }
            FileTrouble::Register(RegisterError::Damaged { table, key, why }) => {
                self.stop(Stop::Damaged { table, key, why });
            }
            FileTrouble::Register(error) => self.stop(Stop::Broken(error.to_string())),
        }
    }

    pub fn files_whole(&self) {
        self.lock().1 = false;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, (Option<Stop>, bool)> {
        // Two plain values, each written whole.
        self.health.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Takes the operating system's lock on the directory, which ends with the process.
fn lock(dir: &Path) -> Result<File, RegisterError> {
    let path: PathBuf = dir.join("register.lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(RegisterError::file(format!("opening {}", path.display())))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(RegisterError::AlreadyOpen { dir: dir.to_owned() }),
        Err(std::fs::TryLockError::Error(error)) => {
            Err(RegisterError::file(format!("locking {}", path.display()))(error))
        }
    }
}

/// How many rows a statement counts.
pub(crate) async fn count(
    reading: &mut Reading,
    statement: &'static str,
    binds: &[Cell],
) -> Result<u64, RegisterError> {
    Ok(u64::try_from(sql::number(reading.conn(), statement, binds).await?).unwrap_or(0))
}
