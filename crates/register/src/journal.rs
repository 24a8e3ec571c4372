//! The journal: one signed entry per named write, chained, from which the register can be rebuilt.
//!
//! The register does not know how an entry is signed. It hands the signer a body and takes back bytes that enclose the
//! body as one run; it remembers where, and keys a digest over the whole chain, so it can trust its own journal
//! without reading signatures. Who signed is for the verifier of the record file to say.

use std::path::Path;

use minicbor::{Decoder, Encoder};

use crate::cell::{self, Cell, Cells};
use crate::error::RegisterError;
use crate::files::{FileTrouble, Files};
use crate::keys::{Keys, mac, sha256, unseal};
use crate::open::{Register, Shared};
use crate::reading::{Reading, damaged, limited};
use crate::row::Row;
use crate::rows;
use crate::rows::entries::EntryRow;
use crate::sql;
use crate::versions::Known;

/// The journal's own log name, so no author may be called that.
pub(crate) const FILE: &str = "journal";
const FORMAT: u8 = 1;
/// Entries read from the database at once.
const BATCH: i64 = 16;

const AFTER: &str =
    "SELECT seq, bytes, body_at, body_len, mac FROM journal WHERE seq >= $1 ORDER BY seq LIMIT $2";

/// What the signer is given for one entry of the journal.
#[derive(Clone, Debug)]
pub struct JournalDraft {
    /// Place in the journal, from 1; 0 is the node's own opening entry.
    pub seq: u64,
    /// SHA-256 of the previous entry's signed bytes.
    pub prev: [u8; 32],
    /// When, in ms since 1970.
    pub at: i64,
    /// Who: the officer's label.
    pub officer: String,
    /// What, by name.
    pub action: &'static str,
    /// The body to enclose unchanged as one run of bytes: all of the above and the rows written, as CBOR.
    pub body: Vec<u8>,
}

/// A journal entry as an auditor reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalLine {
    /// Place in the journal.
    pub seq: u64,
    /// When, in ms since 1970.
    pub at: i64,
    /// Who.
    pub officer: String,
    /// What.
    pub action: String,
    /// About what or whom, as an identifier.
    pub subject: Option<String>,
    /// The purpose the officer stated.
    pub purpose: Option<String>,
    /// How many rows were written or removed, by table.
    pub rows: std::collections::BTreeMap<String, usize>,
}

/// What a rebuild brought back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rebuilt {
    /// Journal entries replayed.
    pub entries: u64,
    /// Rows written or removed on the way.
    pub changes: u64,
}

/// One row written or removed.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub table: &'static str,
    /// All plain columns; the key alone for a removal.
    pub plain: Vec<Cell>,
    pub version: i64,
    pub what: What,
}

/// What happened to the row.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// Written; the sealed bytes.
    Put(Vec<u8>),
    /// Written to a table that is not rebuilt; the hash of the sealed bytes.
    Noted([u8; 32]),
    /// Removed.
    Removed,
}

/// A decoded body.
pub(crate) struct Body {
    pub seq: i64,
    pub at: i64,
    pub officer: String,
    pub action: String,
    pub subject: Option<String>,
    pub purpose: Option<Vec<u8>>,
    pub changes: Vec<Change>,
}

/// What the seal of a purpose covers.
pub(crate) fn purpose_place(seq: i64) -> Vec<u8> {
    cell::associated("journal purpose", seq, &[])
}

/// Where the body stands in the signed bytes.
pub(crate) fn place_of(bytes: &[u8], body: &[u8]) -> Option<usize> {
    // A signed entry encloses its body near the front and a signature after it: the first candidates suffice.
    let last = bytes.len().checked_sub(body.len())?;
    (0..=last).find(|at| bytes[*at..].starts_with(body))
}

/// The journal row of an entry.
pub(crate) fn stored(
    keys: &Keys,
    prev: &[u8; 32],
    seq: i64,
    bytes: &[u8],
    at: usize,
    len: usize,
) -> Vec<Cell> {
    let mac = chain(keys, prev, seq, bytes, at as i64, len as i64);
    vec![Cell::Int(seq), Cell::bytes(bytes), Cell::Int(at as i64), Cell::Int(len as i64), Cell::bytes(&mac)]
}

fn chain(keys: &Keys, prev: &[u8; 32], seq: i64, bytes: &[u8], at: i64, len: i64) -> [u8; 32] {
    let place = [seq.to_be_bytes(), at.to_be_bytes(), len.to_be_bytes()].concat();
    mac(&keys.row, &[b"homeward journal v1", &place, prev, &sha256(bytes)])
}

/// Writes a body as CBOR: `[format, seq, at, officer, action, subject, purpose, [[table, cells, version, what], ...]]`.
pub(crate) fn encode(
    seq: i64,
    at: i64,
    officer: &str,
    action: &str,
    subject: &Option<String>,
    purpose: Option<Vec<u8>>,
    changes: &[Change],
) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    let written = (|| {
        out.array(8)?.u8(FORMAT)?.i64(seq)?.i64(at)?.str(officer)?.str(action)?;
        match subject {
            Some(subject) => out.str(subject)?,
            None => out.null()?,
        };
        match &purpose {
            Some(purpose) => out.bytes(purpose)?,
            None => out.null()?,
        };
        out.array(changes.len() as u64)?;
        for change in changes {
            encode_change(&mut out, change)?;
        }
        Ok::<_, minicbor::encode::Error<std::convert::Infallible>>(())
    })();
    // Writing to a vector does not fail.
    written.expect("a body is written to memory");
    out.into_writer()
}

fn encode_change(
    out: &mut Encoder<Vec<u8>>,
    change: &Change,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    out.array(4)?.str(change.table)?.array(change.plain.len() as u64)?;
    for cell in &change.plain {
        match cell {
            Cell::Null | Cell::Foreign => out.null()?,
            Cell::Int(value) => out.i64(*value)?,
            Cell::Text(text) => out.str(text)?,
            Cell::Bytes(bytes) => out.bytes(bytes)?,
        };
    }
    out.i64(change.version)?;
    match &change.what {
        What::Put(sealed) => out.bytes(sealed)?,
        What::Noted(hash) => out.array(1)?.bytes(hash)?,
        What::Removed => out.null()?,
    };
    Ok(())
}

/// Reads a body back; `None` if it is not one.
pub(crate) fn decode(bytes: &[u8]) -> Option<Body> {
    use minicbor::data::Type;
    let mut read = Decoder::new(bytes);
    if read.array().ok()?? != 8 || read.u8().ok()? != FORMAT {
        return None;
    }
    let (seq, at) = (read.i64().ok()?, read.i64().ok()?);
    let (officer, action) = (read.str().ok()?.to_owned(), read.str().ok()?.to_owned());
    let subject = match read.datatype().ok()? {
        Type::Null => read.null().ok().map(|()| None)?,
        _ => Some(read.str().ok()?.to_owned()),
    };
    let purpose = match read.datatype().ok()? {
        Type::Null => read.null().ok().map(|()| None)?,
        _ => Some(read.bytes().ok()?.to_vec()),
    };
    let count = read.array().ok()??;
    let mut changes = Vec::new();
    for _ in 0..count {
        changes.push(decode_change(&mut read)?);
    }
    (read.position() == bytes.len()).then_some(Body { seq, at, officer, action, subject, purpose, changes })
}

/// An entry of a shared log that a write took in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TakenIn {
    /// Whose log it is in.
    pub author: String,
    /// Its number there, from 0.
    pub seq: u64,
}

/// What a journal entry's `rows` say that the write took into the shared logs; nothing when they do not read.
pub fn taken_in(rows: &[u8]) -> Option<Vec<TakenIn>> {
    let changes = decode(rows)?.changes.into_iter();
    let entries = changes.filter(|change| change.table == EntryRow::TABLE.name);
    entries
        .map(|change| {
            let mut plain = Cells::new(change.plain);
            Some(TakenIn { author: plain.text()?, seq: plain.int()? })
        })
        .collect()
}

/// The subject in the first bytes of a body. Officer, action and subject are bounded, so 512 bytes hold them.
fn subject_of(head: &[u8]) -> Option<&str> {
    let mut read = Decoder::new(head);
    read.array().ok()?;
    for _ in 0..5 {
        read.skip().ok()?;
    }
    read.str().ok()
}

/// The time in the first bytes of a body.
fn at_of(head: &[u8]) -> Option<i64> {
    let mut read = Decoder::new(head);
    read.array().ok()?;
    for _ in 0..2 {
        read.skip().ok()?;
    }
    read.i64().ok()
}

fn decode_change(read: &mut Decoder<'_>) -> Option<Change> {
    use minicbor::data::Type;
    if read.array().ok()?? != 4 {
        return None;
    }
    let table = rows::table_name(read.str().ok()?)?;
    let mut plain = Vec::new();
    for _ in 0..read.array().ok()?? {
        plain.push(match read.datatype().ok()? {
            Type::Null => read.null().ok().map(|()| Cell::Null)?,
            Type::String => Cell::text(read.str().ok()?),
            Type::Bytes => Cell::bytes(read.bytes().ok()?),
            _ => Cell::Int(read.i64().ok()?),
        });
    }
    let version = read.i64().ok()?;
    let what = match read.datatype().ok()? {
        Type::Null => read.null().ok().map(|()| What::Removed)?,
        Type::Bytes => What::Put(read.bytes().ok()?.to_vec()),
        _ if read.array().ok()?? == 1 => What::Noted(read.bytes().ok()?.try_into().ok()?),
        _ => return None,
    };
    Some(Change { table, plain, version, what })
}

/// A walk over the whole journal, checking as it goes.
pub(crate) struct Walk {
    /// The next entry's place; at the end, the place of the next write.
    pub next: i64,
    /// SHA-256 of the last entry's bytes.
    pub hash: [u8; 32],
}

/// A journal entry that holds.
pub(crate) struct Entry {
    pub row: Vec<Cell>,
    pub bytes: Vec<u8>,
    /// Nothing for the opening entry.
    pub body: Option<Body>,
}

impl Walk {
    /// Stands before entry 0.
    pub fn start() -> Self {
        Self { next: 0, hash: [0; 32] }
    }

    /// The next entries, in order and checked; none at the end.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`] naming the first entry that does not hold.
    pub async fn entries(&mut self, reading: &mut Reading) -> Result<Vec<Entry>, RegisterError> {
        let batch = sql::rows(reading.conn(), AFTER, &[Cell::Int(self.next), Cell::Int(BATCH)]).await?;
        let mut entries = Vec::with_capacity(batch.len());
        for row in batch {
            let entry = checked(&reading.shared, self, row)?;
            *self = Self { next: self.next + 1, hash: sha256(&entry.bytes) };
            entries.push(entry);
        }
        Ok(entries)
    }
}

fn checked(shared: &Shared, head: &Walk, row: Vec<Cell>) -> Result<Entry, RegisterError> {
    let refuse = |why| Err(damaged("journal", &[Cell::Int(head.next)], why));
    let [Cell::Int(seq), Cell::Bytes(bytes), Cell::Int(at), Cell::Int(len), Cell::Bytes(mac)] =
        row.as_slice()
    else {
        return refuse("a column is of another type");
    };
    if *seq != head.next {
        return refuse("the entry is missing");
    }
    if chain(&shared.keys, &head.hash, *seq, bytes, *at, *len).as_slice() != mac.as_slice() {
        return refuse("the entry is not the one that was written");
    }
    let bytes = bytes.clone();
    let part = usize::try_from(*at).ok().zip(usize::try_from(*len).ok());
    let body = match part.and_then(|(at, len)| bytes.get(at..at.checked_add(len)?)) {
        Some([]) => None,
        Some(body) => match decode(body).filter(|body| body.seq == *seq) {
            Some(body) => Some(body),
            None => return refuse("the entry's body cannot be read"),
        },
        None => return refuse("the entry's body cannot be found"),
    };
    Ok(Entry { row, bytes, body })
}

/// The rows an entry changed, for the version map.
pub(crate) fn known(body: &Body) -> impl Iterator<Item = (crate::versions::Place, Known)> {
    body.changes.iter().map(|change| {
        let keys = rows::key_columns(change.table);
        let place = (change.table, cell::canonical(&change.plain[..keys.min(change.plain.len())]));
        let live = !matches!(change.what, What::Removed);
        (place, Known { version: change.version, seq: body.seq, live })
    })
}

/// Completes every record file from the database and refuses what differs.
pub(crate) async fn complete_files(reading: &mut Reading, files: &mut Files) -> Result<(), FileTrouble> {
    let broken = FileTrouble::Register;
    for author in reading.authors().await.map_err(broken)? {
        loop {
            let from = u64::try_from(files.entries(&author)).unwrap_or(0);
            let found = reading.entries(&author, from, crate::reading::LIST_MAX).await.map_err(broken)?;
            let found = found.whole().map_err(broken)?;
            if found.is_empty() {
                break;
            }
            for entry in found {
                files.feed(&author, &entry.bytes)?;
            }
        }
    }
    loop {
        let binds = [Cell::Int(files.entries(FILE)), Cell::Int(BATCH)];
        let found = sql::rows(reading.conn(), AFTER, &binds).await.map_err(broken)?;
        if found.is_empty() {
            break;
        }
        for row in found {
            if let Some(Cell::Bytes(bytes)) = row.get(1) {
                files.feed(FILE, bytes)?;
            }
        }
    }
    files.sync()
}

impl Reading {
    /// The journal from an entry on, for the auditor: at most `limit` (1 to 500) lines.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`] for an entry whose body cannot be read or whose purpose does not open. The chain itself
    /// is checked whenever the register opens and by [`Register::check`].
    pub async fn journal(&mut self, from: u64, limit: u32) -> Result<Vec<JournalLine>, RegisterError> {
        const LINES: &str = "SELECT seq, substr(bytes, body_at + 1, body_len) FROM journal WHERE seq >= $1 AND body_len > 0 \
             ORDER BY seq LIMIT $2";
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let found = sql::rows(self.conn(), LINES, &[Cell::Int(from), limited(limit)]).await?;
        found.into_iter().map(|row| self.line(&row)).collect()
    }

    /// The latest journal lines about a subject, the latest first: at most `limit` (1 to 500). Only the heads of the entries
    /// are read on the way, so what an entry wrote does not weigh.
    ///
    /// # Errors
    /// As [`Reading::journal`].
    pub async fn journal_about(
        &mut self,
        subject: &str,
        limit: u32,
    ) -> Result<Vec<JournalLine>, RegisterError> {
        const HEADS: &str = "SELECT seq, substr(bytes, body_at + 1, 512) FROM journal WHERE seq < $1 AND body_len > 0 \
             ORDER BY seq DESC LIMIT 500";
        let limit = limit.clamp(1, crate::reading::LIST_MAX) as usize;
        let (mut found, mut before) = (Vec::new(), i64::MAX);
        while found.len() < limit {
            let heads = sql::rows(self.conn(), HEADS, &[Cell::Int(before)]).await?;
            let Some(Cell::Int(last)) = heads.last().and_then(|row| row.first()).cloned() else { break };
            before = last;
            let about = heads.iter().filter(
                |row| matches!(row.get(1), Some(Cell::Bytes(head)) if subject_of(head) == Some(subject)),
            );
            found.extend(about.filter_map(|row| match row.first() {
                Some(Cell::Int(seq)) => u64::try_from(*seq).ok(),
                _ => None,
            }));
        }
        let mut lines = Vec::new();
        for seq in found.into_iter().take(limit) {
            lines.extend(self.journal(seq, 1).await?);
        }
        Ok(lines)
    }

    /// When the last write happened, in ms since 1970; nothing before the first one.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`] for an entry whose body cannot be read; what the database answers.
    pub async fn last_at(&mut self) -> Result<Option<i64>, RegisterError> {
        const HEAD: &str = "SELECT seq, substr(bytes, body_at + 1, 64) FROM journal WHERE body_len > 0 \
             ORDER BY seq DESC LIMIT 1";
        let Some(row) = sql::row(self.conn(), HEAD, &[]).await? else { return Ok(None) };
        let at = match row.get(1) {
            Some(Cell::Bytes(head)) => at_of(head),
            _ => None,
        };
        at.map(Some).ok_or_else(|| damaged("journal", &row[..1], "the entry's body cannot be read"))
    }

    /// The last entry written before a time, in ms since 1970; 0 where there is none. Searched by halves: a clock that was set
    /// back makes it an entry near to it.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`] for an entry whose body cannot be read; what the database answers.
    pub async fn entry_before(&mut self, at: i64) -> Result<u64, RegisterError> {
        const HEAD: &str =
            "SELECT seq, substr(bytes, body_at + 1, 64) FROM journal WHERE seq = $1 AND body_len > 0";
        let (mut before, mut after) = (0, self.seq + 1);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            let row = sql::row(self.conn(), HEAD, &[Cell::Int(middle)]).await?;
            let written = match row.as_deref() {
                Some([_, Cell::Bytes(head)]) => at_of(head),
                _ => None,
            };
            let written = written
                .ok_or_else(|| damaged("journal", &[Cell::Int(middle)], "the entry's body cannot be read"))?;
            if written < at { before = middle } else { after = middle }
        }
        Ok(u64::try_from(before).unwrap_or(0))
    }

    fn line(&self, row: &[Cell]) -> Result<JournalLine, RegisterError> {
        let refuse = |why| damaged("journal", &row[..1], why);
        let [_, Cell::Bytes(body)] = row else {
            return Err(refuse("a column is of another type"));
        };
        let body = decode(body).ok_or_else(|| refuse("the entry's body cannot be read"))?;
        let opened = body.purpose.as_ref().map(|sealed| {
            unseal(&self.shared.keys.row, &purpose_place(body.seq), sealed)
                .and_then(|text| String::from_utf8(text.to_vec()).ok())
                .ok_or_else(|| refuse("the purpose's seal does not hold"))
        });
        let mut rows = std::collections::BTreeMap::new();
        for change in &body.changes {
            *rows.entry(change.table.to_owned()).or_default() += 1;
        }
        Ok(JournalLine {
            seq: u64::try_from(body.seq).unwrap_or(0),
            at: body.at,
            officer: body.officer,
            action: body.action,
            subject: body.subject,
            purpose: opened.transpose()?,
            rows,
        })
    }
}

impl Register {
    /// Replays the journal into an empty directory, which can then be opened as a register with the same node key.
    ///
    /// The people's data keys are copied, since they are never in the journal; sessions are not brought back.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`] at the first entry that does not hold; [`RegisterError::File`] if the directory is in use.
    pub async fn rebuild_into(&self, dir: &Path) -> Result<Rebuilt, RegisterError> {
        let mut reading = self.read().await?;
        let mut target = crate::migrate::new_database(dir, &self.shared().keys).await?;
        let mut rebuilt = Rebuilt { entries: 0, changes: 0 };
        sql::run(&mut target, "BEGIN IMMEDIATE", &[]).await?;
        let mut walk = Walk::start();
        loop {
            let entries = walk.entries(&mut reading).await?;
            if entries.is_empty() {
                break;
            }
            for entry in &entries {
                sql::run(&mut target, rows::JOURNAL_INSERT, &entry.row).await?;
                for change in entry.body.iter().flat_map(|body| body.changes.as_slice()) {
                    rows::replay(&mut target, change).await?;
                    rebuilt.changes += 1;
                }
                rebuilt.entries += 1;
            }
        }
        rows::copy_keys(&mut reading, &mut target).await?;
        rows::derive_tags(&mut reading, &mut target).await?;
        sql::run(&mut target, "COMMIT", &[]).await?;
        sqlx::Connection::close(target).await?;
        Ok(rebuilt)
    }
}
