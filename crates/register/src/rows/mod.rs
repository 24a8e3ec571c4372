//! The tables, one file each: the typed row, its statements beside it, and what is read from it.

pub mod attachments;
pub mod bulletins;
pub mod calls;
pub mod drafts;
pub mod entries;
pub mod imports;
pub mod lines;
pub mod officers;
pub mod pairs;
pub mod people;
mod person_wire;
pub mod relations;
pub mod sessions;
pub mod settings;

use sqlx::sqlite::SqliteConnection;

use crate::cell::Cell;
use crate::error::RegisterError;
use crate::journal::{Change, What};
use crate::reading::{PERSON_KEYS, Reading, Refused};
use crate::row::{Row, Table};
use crate::sql;

pub(crate) use people::{copy_keys, derive_tags};

/// Puts an entry into the journal of a new or rebuilt register.
pub(crate) const JOURNAL_INSERT: &str =
    "INSERT INTO journal (seq, bytes, body_at, body_len, mac) VALUES ($1, $2, $3, $4, $5)";

/// Rows read at once by the full check.
const BATCH: i64 = 200;

/// Every table of sealed rows; parents before those that refer to them.
pub(crate) const TABLES: [&Table; 15] = [
    people::PersonRow::TABLE,
    officers::OfficerRow::TABLE,
    sessions::LinkRow::TABLE,
    sessions::SessionRow::TABLE,
    entries::EntryRow::TABLE,
    attachments::AttachmentRow::TABLE,
    drafts::DraftRow::TABLE,
    lines::LineRow::TABLE,
    calls::CallRow::TABLE,
    relations::RelationRow::TABLE,
    pairs::PairRow::TABLE,
    bulletins::BulletinRow::TABLE,
    bulletins::FactRow::TABLE,
    imports::ImportRow::TABLE,
    settings::SettingRow::TABLE,
];

/// The register's own name of a table named in the journal.
pub(crate) fn table_name(name: &str) -> Option<&'static str> {
    if name == PERSON_KEYS { Some(PERSON_KEYS) } else { table(name).map(|table| table.name) }
}

/// How many of a table's columns are its key.
pub(crate) fn key_columns(name: &str) -> usize {
    table(name).map_or(1, |table| table.keys)
}

fn table(name: &str) -> Option<&'static Table> {
    TABLES.into_iter().find(|table| table.name == name)
}

/// Carries one journaled change into a register that is being rebuilt.
pub(crate) async fn replay(target: &mut SqliteConnection, change: &Change) -> Result<(), RegisterError> {
    let Some(table) = table(change.table).filter(|table| table.replayed) else {
        return Ok(());
    };
    match &change.what {
        What::Put(sealed) => {
            let mut binds = change.plain.clone();
            binds.extend([Cell::Int(change.version), Cell::bytes(sealed)]);
            sql::run(target, table.upsert, &binds).await?;
        }
        What::Removed => {
            sql::run(target, table.delete, &change.plain).await?;
        }
        What::Noted(_) => {}
    }
    Ok(())
}

/// Reads every row of every table and names what does not hold.
pub(crate) async fn check(reading: &mut Reading) -> Result<Vec<Refused>, RegisterError> {
    let mut found = Vec::new();
    all::<people::PersonRow>(reading, &mut found).await?;
    all::<officers::OfficerRow>(reading, &mut found).await?;
    all::<sessions::LinkRow>(reading, &mut found).await?;
    all::<sessions::SessionRow>(reading, &mut found).await?;
    all::<entries::EntryRow>(reading, &mut found).await?;
    all::<attachments::AttachmentRow>(reading, &mut found).await?;
    all::<drafts::DraftRow>(reading, &mut found).await?;
    all::<lines::LineRow>(reading, &mut found).await?;
    all::<calls::CallRow>(reading, &mut found).await?;
    all::<relations::RelationRow>(reading, &mut found).await?;
    all::<pairs::PairRow>(reading, &mut found).await?;
    all::<bulletins::BulletinRow>(reading, &mut found).await?;
    all::<bulletins::FactRow>(reading, &mut found).await?;
    all::<imports::ImportRow>(reading, &mut found).await?;
    all::<settings::SettingRow>(reading, &mut found).await?;
    people::check_tags(reading, &mut found).await?;
    Ok(found)
}

async fn all<R: Row>(reading: &mut Reading, found: &mut Vec<Refused>) -> Result<(), RegisterError> {
    let mut seen = 0;
    loop {
        let page = reading.list::<R>(R::TABLE.all, &[Cell::Int(seen), Cell::Int(BATCH)]).await?;
        let read = page.rows.len() + page.refused.len();
        found.extend(page.refused.into_iter().filter(|refused| refused.damage.is_some()));
        seen += read as i64;
        if (read as i64) < BATCH {
            break;
        }
    }
    missing(reading, R::TABLE, seen, found);
    Ok(())
}

/// Notes when a table has fewer rows than the journal says.
pub(crate) fn missing(reading: &Reading, table: &'static Table, seen: i64, found: &mut Vec<Refused>) {
    let (live, last) = reading.shared.versions.live(table.name);
    let judged = table.replayed && reading.shared.versions.is_whole() && last <= reading.seq;
    if judged && seen < live as i64 {
        let key = format!("{} of {live}", live as i64 - seen);
        found.push(Refused { table: table.name, key, damage: Some("rows are missing") });
    }
}

/// Encodes a payload.
pub(crate) fn payload<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    // Writing to a vector does not fail.
    minicbor::to_vec(value).expect("a payload is written to memory")
}

/// Decodes a payload that must end where its bytes end.
pub(crate) fn unpack<'b, T: minicbor::Decode<'b, ()>>(bytes: &'b [u8]) -> Option<T> {
    let mut read = minicbor::Decoder::new(bytes);
    let value = read.decode().ok()?;
    (read.position() == bytes.len()).then_some(value)
}

/// States of a row that stand in a plain column as a word.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// The word that is stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the stored word.
            pub fn of(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use words;
