//! What a run says in the record: parameters, commits, evaluations, the close.
//!
//! Decides the fields of each and their wire names (`docs/formats/entry.cddl`). Refuses to know when they are lawful:
//! that is in [`matching_rules`](crate::matching_rules). They hold digests, roots and numbers, and no key of a person.

use super::message::Commit;
use super::params::Params;
use super::session::Evaluation;
use super::voprf::PointBytes;
use crate::cbor::{CborError, Fields, Value};
use crate::id::Digest;

/// An entry about a run of private matching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunEntry {
    /// Puts forward the parameters of a run; the other party answers by `accept` or `reject`.
    Params {
        /// [`Params::encode`], whole: what is agreed stands in the record itself.
        params: Vec<u8>,
    },
    /// Binds the author to its lists, its key, its tags and its queries; the other party answers by `accept`.
    Commit {
        /// The session.
        session: Digest,
        /// Root of the list of whom the author asks for.
        sought: Digest,
        /// Root of the list of whom it holds.
        held: Digest,
        /// The public half of its key for this run.
        key: PointBytes,
        /// SHA-256 of its tag rows.
        tags: Digest,
        /// SHA-256 of the digests of its queries, joined.
        queries: Digest,
    },
    /// Counts a chunk that the other party asks, before the author answers it.
    Evaluation {
        /// The session.
        session: Digest,
        /// The first point asked, by its place in the list.
        from: u32,
        /// The place behind the last point asked: what is spent of the budget with this answer.
        to: u32,
        /// SHA-256 of the query.
        query: Digest,
    },
    /// Ends the run for its author, over what it saw of it.
    Close {
        /// The session.
        session: Digest,
        /// The transcript of `psi.close`.
        transcript: Digest,
    },
}

impl RunEntry {
    /// The wire name of the kind.
    pub fn name(&self) -> &'static str {
        match self {
            RunEntry::Params { .. } => "psi.params",
            RunEntry::Commit { .. } => "psi.commit",
            RunEntry::Evaluation { .. } => "psi.eval",
            RunEntry::Close { .. } => "psi.close",
        }
    }

    pub(crate) fn pairs(&self) -> Vec<(&'static str, Value<'_>)> {
        let b = |digest| {
            let Digest(bytes): &Digest = digest;
            Value::Bytes(bytes)
        };
        match self {
            RunEntry::Params { params } => vec![("params", Value::Bytes(params))],
            RunEntry::Commit { session, sought, held, key, tags, queries } => vec![
                ("session", b(session)),
                ("sought", b(sought)),
                ("held", b(held)),
                ("key", Value::Bytes(key)),
                ("tags", b(tags)),
                ("queries", b(queries)),
            ],
            RunEntry::Evaluation { session, from, to, query } => vec![
                ("session", b(session)),
                ("from", Value::Uint(u64::from(*from))),
                ("to", Value::Uint(u64::from(*to))),
                ("hash", b(query)),
            ],
            RunEntry::Close { session, transcript } => {
                vec![("session", b(session)), ("transcript", b(transcript))]
            }
        }
    }

    /// Reads the body of an entry of this name; none where the name is of another kind.
    pub(crate) fn read(name: &str, f: &mut Fields<'_>) -> Result<Option<RunEntry>, CborError> {
        let digest = |f: &mut Fields<'_>, key| f.fixed(key).map(Digest);
        Ok(Some(match name {
            "psi.params" => {
                let params = f.bytes("params")?.to_vec();
                Params::decode(&params).map_err(|_| CborError::WrongValue { key: "params" })?;
                RunEntry::Params { params }
            }
            "psi.commit" => RunEntry::Commit {
                session: digest(f, "session")?,
                sought: digest(f, "sought")?,
                held: digest(f, "held")?,
                key: f.fixed("key")?,
                tags: digest(f, "tags")?,
                queries: digest(f, "queries")?,
            },
            "psi.eval" => RunEntry::Evaluation {
                session: digest(f, "session")?,
                from: f.uint32("from")?,
                to: f.uint32("to")?,
                query: digest(f, "hash")?,
            },
            "psi.close" => {
                RunEntry::Close { session: digest(f, "session")?, transcript: digest(f, "transcript")? }
            }
            _ => return Ok(None),
        }))
    }
}

impl Commit {
    /// The entry that this commit stands in: a node takes a commit of the other side that gives the entry of its log, and no
    /// other.
    pub fn entry(&self, session: Digest) -> RunEntry {
        let queries: Vec<u8> = self.queries.iter().flat_map(|query| *query.as_bytes()).collect();
        RunEntry::Commit {
            session,
            sought: self.sought,
            held: self.held,
            key: self.key,
            tags: self.tags,
            queries: Digest::of(&queries),
        }
    }
}

impl Evaluation {
    /// The entry that counts it.
    pub fn entry(&self) -> RunEntry {
        RunEntry::Evaluation { session: self.session, from: self.from, to: self.to, query: self.query }
    }
}
