//! The one way to change anything: a named write, which is one transaction and one signed journal entry.
//!
//! A write is a guard value, not a closure: the handler that fills it may await what it likes between two rows, and its
//! future stays `Send`. Dropped, it leaves nothing. `commit` runs to its end even if the caller is no longer there.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use exchange::ids::PersonId;
use tokio::sync::OwnedMutexGuard;

use crate::cell::{self, Cell, associated, canonical};
use crate::error::RegisterError;
use crate::files::FileTrouble;
use crate::journal::{self, Change, JournalDraft, What};
use crate::keys::{Key, sha256};
use crate::open::{Stop, Writer};
use crate::reading::{Conn, PERSON_KEYS, Reading};
use crate::row::Row;
use crate::sql;
use crate::versions::{Expected, Known};

/// The most a row's payload may hold, in bytes.
const PAYLOAD_MAX: usize = 16 * 1024 * 1024 + 1024;
/// The most one write may bring to the journal, in bytes: an entry of a journal ends there.
const BODY_MAX: usize = 63 * 1024 * 1024;

/// Who writes, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// The officer's label, or the label of a job of the node.
    pub officer: String,
    /// The stated purpose, sealed in the journal. At most 500 characters.
    pub purpose: Option<String>,
}

/// What became of a write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Committed {
    /// Its place in the journal.
    pub seq: u64,
    /// Whether the record files could not follow; the write stands, the next one brings them up.
    pub files_behind: bool,
}

/// A named write in progress. It holds the register's single writer; every read is available on it as well.
#[must_use = "a write that is not committed leaves nothing"]
pub struct Write {
    pub(crate) reading: Reading,
    pub(crate) writer: OwnedMutexGuard<Writer>,
    pub(crate) actor: Actor,
    pub(crate) action: &'static str,
    pub(crate) subject: Option<String>,
    pub(crate) at: i64,
    pub(crate) changes: Vec<Change>,
    /// Shared entries taken in by this write, for their record files.
    pub(crate) entries: Vec<(String, Vec<u8>)>,
    pub(crate) person_keys: BTreeMap<PersonId, Key>,
    pub(crate) failed: bool,
}

impl Deref for Write {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }
}

impl Write {
    /// When this write happens, in ms since 1970, as given to `begin`.
    pub fn at(&self) -> i64 {
        self.at
    }

    /// Writes a row: new, or the next version of the one with its key.
    ///
    /// # Errors
    /// What the row itself refuses, a payload beyond 16 MiB, [`RegisterError::Shredded`] for a row about a person whose
    /// key is gone, and what the database answers; after that the write can only be dropped.
    pub async fn put<R: Row>(&mut self, row: &R) -> Result<(), RegisterError> {
        self.usable()?;
        row.check()?;
        let (table, plain) = (R::TABLE, row.plain());
        let payload = zeroize::Zeroizing::new(row.payload());
        if payload.len() > PAYLOAD_MAX {
            return Err(RegisterError::TooLarge {
                what: table.name,
                given: payload.len(),
                limit: PAYLOAD_MAX,
            });
        }
        let person = table.person.and_then(|at| plain[at].person());
        let owner = match person {
            Some(person) => Some(self.data_key(person).await?),
            None => None,
        };
        let version = self.next_version(table.name, &plain[..table.keys]);
        let keys = &self.shared.keys;
        let covered = associated(table.name, version, &plain);
        let sealed = keys.seal(owner.as_ref().unwrap_or(&keys.row), &covered, &payload);
        let mut binds = plain.clone();
        binds.extend([Cell::Int(version), Cell::Bytes(sealed.clone())]);
        self.execute(table.upsert, &binds).await?;
        let what = if table.replayed { What::Put(sealed) } else { What::Noted(sha256(&sealed)) };
        self.note(table.name, table.keys, plain, version, what);
        Ok(())
    }

    /// Removes a row by its key; nothing happens if there is none.
    pub(crate) async fn remove<R: Row>(&mut self, key: Vec<Cell>) -> Result<(), RegisterError> {
        self.usable()?;
        if self.execute(R::TABLE.delete, &key).await? > 0 {
            let version = self.next_version(R::TABLE.name, &key);
            self.note(R::TABLE.name, R::TABLE.keys, key, version, What::Removed);
        }
        Ok(())
    }

    /// A new identifier for a row: 32 hexadecimal digits.
    pub fn new_id(&self, table: &str) -> String {
        self.shared.keys.id(table)
    }

    /// Gives a new person a data key.
    pub(crate) async fn make_person_key(&mut self, person: PersonId) -> Result<(), RegisterError> {
        const NEW: &str = "INSERT INTO person_keys (person_id, version, sealed) VALUES ($1, $2, $3)";
        let (key, plain) = (self.shared.keys.person_key(), vec![Cell::bytes(&person.0)]);
        let version = self.next_version(PERSON_KEYS, &plain);
        let covered = associated(PERSON_KEYS, version, &plain);
        let wrapped = self.shared.keys.seal(&self.shared.keys.wrap, &covered, &*key);
        let noted = What::Noted(sha256(&wrapped));
        self.execute(NEW, &[plain[0].clone(), Cell::Int(version), Cell::Bytes(wrapped)]).await?;
        self.note(PERSON_KEYS, 1, plain, version, noted);
        self.person_keys.insert(person, key);
        Ok(())
    }

    /// Destroys a person's data key.
    pub(crate) async fn destroy_person_key(&mut self, person: PersonId) -> Result<(), RegisterError> {
        const GONE: &str = "DELETE FROM person_keys WHERE person_id = $1";
        let plain = vec![Cell::bytes(&person.0)];
        self.execute(GONE, &plain).await?;
        let version = self.next_version(PERSON_KEYS, &plain);
        self.note(PERSON_KEYS, 1, plain, version, What::Removed);
        self.person_keys.remove(&person);
        Ok(())
    }

    async fn data_key(&mut self, person: PersonId) -> Result<Key, RegisterError> {
        if let Some(key) = self.person_keys.get(&person) {
            return Ok(key.clone());
        }
        self.reading.person_key(person).await
    }

    /// Carries out a statement; after a failure the write is only good for dropping.
    pub(crate) async fn execute(
        &mut self,
        statement: &'static str,
        binds: &[Cell],
    ) -> Result<u64, RegisterError> {
        let done = sql::run(self.reading.conn(), statement, binds).await;
        if let Err(error) = &done {
            self.failed = true;
            self.stop_if_broken(error);
        }
        done
    }

    pub(crate) fn usable(&self) -> Result<(), RegisterError> {
        if self.failed { Err(RegisterError::WriteFailed) } else { Ok(()) }
    }

    fn next_version(&self, table: &'static str, key: &[Cell]) -> i64 {
        let place = (table, canonical(key));
        let last = match self.own.get(&place) {
            Some(known) => known.version,
            None => self.shared.versions.last(&place),
        };
        last + 1
    }

    fn note(&mut self, table: &'static str, keys: usize, plain: Vec<Cell>, version: i64, what: What) {
        let known = Known { version, seq: self.writer.seq, live: !matches!(what, What::Removed) };
        self.reading.own.insert((table, canonical(&plain[..keys])), known);
        self.changes.push(Change { table, plain, version, what });
    }

    fn stop_if_broken(&self, error: &RegisterError) {
        if error.breaks() {
            self.shared.stop(Stop::Broken(error.to_string()));
        }
    }

    /// Commits: rows and journal entry in one transaction, then the record files, synced.
    ///
    /// # Errors
    /// On every error nothing of the write remains, but for [`RegisterError::Broken`]: whether the last transaction
    /// stands is known when the register is opened again.
    pub async fn commit(self) -> Result<Committed, RegisterError> {
        self.usable()?;
        // A caller that goes away in the middle must not leave the journal's head behind the database.
        tokio::spawn(self.carry_out())
            .await
            .map_err(|_| RegisterError::Broken("the write was interrupted inside".to_owned()))?
    }

    async fn carry_out(mut self) -> Result<Committed, RegisterError> {
        let seq = self.writer.seq;
        let bytes = self.journal_entry().await?;
        let own = std::mem::take(&mut self.reading.own);
        let before = self.shared.versions.note(own);
        let settled = match &mut self.reading.conn {
            Conn::Writer(writer) => {
                let done = sql::run(&mut writer.conn, "COMMIT", &[]).await;
                writer.settled = done.is_ok();
                done
            }
            // A write is only ever made with the writer's connection.
            Conn::Snapshot(_) => unreachable!("a write holds the writer's connection"),
        };
        if let Err(error) = settled {
            self.shared.versions.restore(before);
            self.stop_if_broken(&error);
            return Err(error);
        }
        self.writer.seq = seq + 1;
        self.writer.head = sha256(&bytes);
        self.follow(bytes).await;
        let files_behind = self.shared.health().files_behind;
        Ok(Committed { seq: u64::try_from(seq).unwrap_or(0), files_behind })
    }

    /// Signs the journal entry and puts it into the transaction.
    async fn journal_entry(&mut self) -> Result<Vec<u8>, RegisterError> {
        const APPEND: &str =
            "INSERT INTO journal (seq, bytes, body_at, body_len, mac) VALUES ($1, $2, $3, $4, $5)";
        let (seq, keys) = (self.writer.seq, &self.shared.keys);
        let purpose = self
            .actor
            .purpose
            .as_ref()
            .map(|purpose| keys.seal(&keys.row, &journal::purpose_place(seq), purpose.as_bytes()));
        let body = journal::encode(
            seq,
            self.at,
            &self.actor.officer,
            self.action,
            &self.subject,
            purpose,
            &self.changes,
        );
        if body.len() > BODY_MAX {
            return Err(RegisterError::TooLarge { what: "write", given: body.len(), limit: BODY_MAX });
        }
        let draft = JournalDraft {
            seq: u64::try_from(seq).unwrap_or(0),
            prev: self.writer.head,
            at: self.at,
            officer: self.actor.officer.clone(),
            action: self.action,
            body,
        };
        let bytes = (self.writer.sign)(&draft);
        let body_at = journal::place_of(&bytes, &draft.body).ok_or(RegisterError::Signer)?;
        let row = journal::stored(keys, &draft.prev, seq, &bytes, body_at, draft.body.len());
        self.execute(APPEND, &row).await?;
        Ok(bytes)
    }

    /// Brings the record files up. The write stands whatever happens here.
    async fn follow(&mut self, bytes: Vec<u8>) {
        if self.shared.health().files_behind {
            if let Err(trouble) = self.heal().await {
                self.shared.files_trouble(trouble);
                return;
            }
        } else {
            let mut files = std::mem::take(&mut self.writer.files);
            let entries = std::mem::take(&mut self.entries);
            let done = tokio::task::spawn_blocking(move || {
                let fed = entries
                    .iter()
                    .try_for_each(|(author, bytes)| files.feed(author, bytes))
                    .and_then(|()| files.feed(journal::FILE, &bytes));
                let done = fed.and_then(|()| files.sync());
                (files, done)
            });
            match done.await {
                Ok((files, done)) => {
                    self.writer.files = files;
                    if let Err(trouble) = done {
                        self.shared.files_trouble(trouble);
                    }
                }
                Err(_) => self.shared.stop(Stop::Broken("the record files' writer stopped".to_owned())),
            }
            return;
        }
        self.shared.files_whole();
    }

    /// Completes the record files from the database, this write included.
    async fn heal(&mut self) -> Result<(), FileTrouble> {
        let shared = self.shared.clone();
        let mut files = std::mem::take(&mut self.writer.files);
        let done = match shared.snapshot().await {
            Ok(mut reading) => crate::journal::complete_files(&mut reading, &mut files).await,
            Err(error) => Err(FileTrouble::Register(error)),
        };
        self.writer.files = files;
        done
    }
}

/// Checks who writes and under which name, before the writer is taken.
pub(crate) fn check(actor: &Actor, action: &str, subject: Option<&str>) -> Result<(), RegisterError> {
    cell::label("officer", &actor.officer)?;
    let refuse = |what, why| Err(RegisterError::Refused { what, why });
    if action.is_empty() || action.len() > 64 || !action.is_ascii() {
        return refuse("action", "an action is named in 1 to 64 ASCII characters");
    }
    if subject.is_some_and(|subject| subject.is_empty() || subject.len() > 128 || !plain(subject)) {
        return refuse("subject", "a subject is an identifier of 1 to 128 characters of a-z, 0-9 and -_.:/");
    }
    if actor.purpose.as_ref().is_some_and(|purpose| purpose.chars().count() > 500) {
        return refuse("purpose", "a purpose has at most 500 characters");
    }
    Ok(())
}

fn plain(subject: &str) -> bool {
    subject.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.:/".contains(&b))
}

/// The state of a person's key, for what may be done with the person.
pub(crate) fn may_create(expected: Expected, person: PersonId) -> Result<bool, RegisterError> {
    match expected {
        Expected::Never => Ok(true),
        Expected::Removed => Err(RegisterError::Shredded(person)),
        Expected::Version(_) | Expected::Earlier => Ok(false),
    }
}
