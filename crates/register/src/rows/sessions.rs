//! One-time sign-in links and sessions. Only hashes of tokens are kept ([`crate::token_hash`]). Signing in and out are
//! named writes; a session's row stays out of the journal but for its hash, and a rebuilt register has none.

use crate::cell::{Cell, Cells};
use crate::error::RegisterError;
use crate::reading::Reading;
use crate::row::{Row, Table};
use crate::write::Write;

/// A one-time sign-in link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkRow {
    /// Hash of the token.
    pub token_hash: [u8; 32],
    /// Whom it signs in.
    pub officer: String,
    /// Until when, ms since 1970.
    pub expires_at: i64,
    /// When it was used, ms since 1970.
    pub used_at: Option<i64>,
}

/// A session of a signed-in officer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionRow {
    /// Hash of the token.
    pub token_hash: [u8; 32],
    /// Who is signed in.
    pub officer: String,
    /// Until when, ms since 1970.
    pub expires_at: i64,
    /// The purpose stated at sign-in.
    pub purpose: Option<String>,
}

static LINKS: Table = Table {
    name: "links",
    columns: &["token_hash", "officer", "expires_at", "used_at"],
    keys: 1,
    person: None,
    replayed: true,
    upsert: "INSERT INTO links (token_hash, officer, expires_at, used_at, version, sealed) VALUES \
                 ($1, $2, $3, $4, $5, $6) ON CONFLICT (token_hash) DO UPDATE SET officer = \
                 excluded.officer, expires_at = excluded.expires_at, used_at = excluded.used_at, \
                 version = excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM links WHERE token_hash = $1",
    by_key: "SELECT token_hash, officer, expires_at, used_at, version, sealed FROM links WHERE \
                 token_hash = $1",
    all: "SELECT token_hash, officer, expires_at, used_at, version, sealed FROM links ORDER BY \
                 token_hash LIMIT $2 OFFSET $1",
};

static SESSIONS: Table = Table {
    name: "sessions",
    columns: &["token_hash", "officer", "expires_at"],
    keys: 1,
    person: None,
    replayed: false,
    upsert: "INSERT INTO sessions (token_hash, officer, expires_at, version, sealed) VALUES ($1, \
                 $2, $3, $4, $5) ON CONFLICT (token_hash) DO UPDATE SET officer = excluded.officer, \
                 expires_at = excluded.expires_at, version = excluded.version, sealed = \
                 excluded.sealed",
    delete: "DELETE FROM sessions WHERE token_hash = $1",
    by_key: "SELECT token_hash, officer, expires_at, version, sealed FROM sessions WHERE \
                 token_hash = $1",
    all: "SELECT token_hash, officer, expires_at, version, sealed FROM sessions ORDER BY \
                 token_hash LIMIT $2 OFFSET $1",
};

impl Row for LinkRow {
    const TABLE: &'static Table = &LINKS;

    fn plain(&self) -> Vec<Cell> {
        let hash = Cell::bytes(&self.token_hash);
        vec![hash, Cell::text(&self.officer), Cell::Int(self.expires_at), Cell::maybe_int(self.used_at)]
    }

    fn payload(&self) -> Vec<u8> {
        Vec::new()
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        let (token_hash, officer) = (plain.bytes()?, plain.text()?);
        let (expires_at, used_at) = (plain.int()?, plain.maybe_int()?);
        payload.is_empty().then_some(Self { token_hash, officer, expires_at, used_at })
    }
}

impl Row for SessionRow {
    const TABLE: &'static Table = &SESSIONS;

    fn plain(&self) -> Vec<Cell> {
        vec![Cell::bytes(&self.token_hash), Cell::text(&self.officer), Cell::Int(self.expires_at)]
    }

    fn payload(&self) -> Vec<u8> {
        super::payload(&self.purpose)
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        Some(Self {
            token_hash: plain.bytes()?,
            officer: plain.text()?,
            expires_at: plain.int()?,
            purpose: super::unpack(payload)?,
        })
    }
}

impl Reading {
    /// The sign-in link of a token. Whether it is used or past its time is for the caller, who has the clock.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], and what the database answers.
    pub async fn link(&mut self, token_hash: &[u8; 32]) -> Result<Option<LinkRow>, RegisterError> {
        self.get(&[Cell::bytes(token_hash)]).await
    }

    /// The session of a token, unless it ended. Whether it is past its time is for the caller, who has the clock.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], also for an ended session's row put back; what the database answers.
    pub async fn session(&mut self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, RegisterError> {
        self.get(&[Cell::bytes(token_hash)]).await
    }
}

impl Write {
    /// Uses a sign-in link at the time of this write: answers the officer, or nothing if there is no such link, it was
    /// used, or its time is past.
    ///
    /// # Errors
    /// As [`Write::put`].
    pub async fn use_link(&mut self, token_hash: &[u8; 32]) -> Result<Option<String>, RegisterError> {
        let at = self.at();
        let Some(link) = self.link(token_hash).await? else { return Ok(None) };
        if link.used_at.is_some() || link.expires_at <= at {
            return Ok(None);
        }
        let officer = link.officer.clone();
        self.put(&LinkRow { used_at: Some(at), ..link }).await?;
        Ok(Some(officer))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// As [`Write::put`].
    pub async fn end_session(&mut self, token_hash: &[u8; 32]) -> Result<(), RegisterError> {
        self.remove::<SessionRow>(vec![Cell::bytes(token_hash)]).await
    }

    /// Ends every session of an officer, such as one who is no longer active. Answers how many ended.
    ///
    /// # Errors
    /// As [`Write::put`].
    pub async fn end_sessions_of(&mut self, officer: &str) -> Result<usize, RegisterError> {
        const OF: &str = "SELECT token_hash FROM sessions WHERE officer = $1 ORDER BY token_hash LIMIT 10000";
        let found = crate::sql::rows(self.conn(), OF, &[Cell::text(officer)]).await?;
        let ended = found.len();
        for key in found {
            self.remove::<SessionRow>(key).await?;
        }
        Ok(ended)
    }
}
