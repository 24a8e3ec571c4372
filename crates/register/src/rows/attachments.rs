//! Attachments of the shared record: texts, opened pools, sealed rolls; kept by their digest.

use exchange::ids::Digest;

use crate::cell::{self, Cell, Cells};
use crate::error::RegisterError;
use crate::keys::sha256;
use crate::reading::Reading;
use crate::row::{Row, Table};
use crate::sql;

/// The largest attachment, in bytes.
pub const ATTACHMENT_BYTES_MAX: usize = 16 * 1024 * 1024;

/// An attachment.
#[derive(Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// What it is: a label such as `pool`.
    pub kind: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl AttachmentRow {
    /// Names bytes by their digest.
    pub fn of(kind: &str, bytes: Vec<u8>) -> Self {
        Self { digest: Digest(sha256(&bytes)), kind: kind.to_owned(), bytes }
    }
}

impl std::fmt::Debug for AttachmentRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AttachmentRow({} {:?}, {} bytes)", self.kind, self.digest, self.bytes.len())
    }
}

static TABLE: Table = Table {
    name: "attachments",
    columns: &["digest", "kind"],
    keys: 1,
    person: None,
    replayed: true,
    upsert: "INSERT INTO attachments (digest, kind, version, sealed) VALUES ($1, $2, $3, $4) ON \
                 CONFLICT (digest) DO UPDATE SET kind = excluded.kind, version = excluded.version, \
                 sealed = excluded.sealed",
    delete: "DELETE FROM attachments WHERE digest = $1",
    by_key: "SELECT digest, kind, version, sealed FROM attachments WHERE digest = $1",
    all: "SELECT digest, kind, version, sealed FROM attachments ORDER BY digest LIMIT $2 \
                 OFFSET $1",
};

impl Row for AttachmentRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        vec![Cell::bytes(&self.digest.0), Cell::text(&self.kind)]
    }

    fn payload(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self { digest: Digest(plain.bytes()?), kind: plain.text()?, bytes: payload.to_vec() })
    }

    fn check(&self) -> Result<(), RegisterError> {
        cell::label("kind", &self.kind)?;
        if self.bytes.len() > ATTACHMENT_BYTES_MAX {
            let given = self.bytes.len();
            return Err(RegisterError::TooLarge { what: "attachment", given, limit: ATTACHMENT_BYTES_MAX });
        }
        if self.digest.0 != sha256(&self.bytes) {
            return Err(RegisterError::Refused { what: "attachment", why: "the digest is of other bytes" });
        }
        Ok(())
    }
}

impl Reading {
    /// An attachment by its digest.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], and what the database answers.
    pub async fn attachment(&mut self, digest: &Digest) -> Result<Option<AttachmentRow>, RegisterError> {
        self.get(&[Cell::bytes(&digest.0)]).await
    }

    /// Whether an attachment is here, without opening it.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn holds_attachment(&mut self, digest: &Digest) -> Result<bool, RegisterError> {
        let counted = "SELECT COUNT(*) FROM attachments WHERE digest = $1";
        Ok(sql::number(self.conn(), counted, &[Cell::bytes(&digest.0)]).await? > 0)
    }
}
