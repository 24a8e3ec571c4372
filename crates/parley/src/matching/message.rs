//! The messages of a run, as bytes: the same over a link and in files.
//!
//! Decides their one form (`docs/protocol/matching.md`). Refuses to know when a message is in turn.

use super::audit::Opening;
use super::list::ListKind;
use super::params::{Params, Side};
use super::proof::ProofBytes;
use super::refusal::Refusal;
use super::tags;
use super::voprf::PointBytes;
use crate::cbor::{self, CborError, Fields, Value};
use crate::id::Digest;

const VERSION: u64 = 1;
/// Room for the fixed fields of a message.
const FRAME: usize = 512;

/// What a message says.
#[derive(Clone, Debug)]
pub(super) enum Message<'a> {
    Commit(Commit),
    Accept { commits: [Digest; 2] },
    Tags { rows: &'a [u8] },
    Query { at: u32, points: &'a [PointBytes] },
    Answer { at: u32, points: &'a [PointBytes], proof: ProofBytes },
    Close { transcript: Digest },
    Openings { list: ListKind, leaves: Vec<Opening> },
}

/// What a side binds itself to before anything is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Root of the list of whom it asks for.
    pub sought: Digest,
    /// Root of the list of whom it holds.
    pub held: Digest,
    /// The public half of its key for this run.
    pub key: PointBytes,
    /// SHA-256 of its tag rows.
    pub tags: Digest,
    /// SHA-256 of each of its queries, in order.
    pub queries: Vec<Digest>,
}

/// The kinds as they stand in messages.
impl Message<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Message::Commit(_) => "psi.commit",
            Message::Accept { .. } => "psi.accept",
            Message::Tags { .. } => "psi.tags",
            Message::Query { .. } => "psi.query",
            Message::Answer { .. } => "psi.answer",
            Message::Close { .. } => "psi.close",
            Message::Openings { .. } => "psi.openings",
        }
    }

    /// The deterministic encoding.
    pub(super) fn encode(&self, session: &Digest, from: Side) -> Vec<u8> {
        let mut pairs = vec![
            ("v", Value::Uint(VERSION)),
            ("kind", Value::Text(self.kind())),
            ("session", Value::Bytes(session.as_bytes())),
            ("from", Value::Uint(from.at() as u64)),
        ];
        let joined = match self {
            Message::Commit(commit) => {
                commit.queries.iter().flat_map(|query| *query.as_bytes()).collect::<Vec<u8>>()
            }
            Message::Accept { commits } => commits.map(|commit| commit.0).concat(),
            _ => Vec::new(),
        };
        match self {
            Message::Commit(commit) => pairs.extend([
                ("sought", Value::Bytes(commit.sought.as_bytes())),
                ("held", Value::Bytes(commit.held.as_bytes())),
                ("key", Value::Bytes(&commit.key)),
                ("tags", Value::Bytes(commit.tags.as_bytes())),
                ("queries", Value::Bytes(&joined)),
            ]),
            Message::Accept { .. } => pairs.push(("commits", Value::Bytes(&joined))),
            Message::Tags { rows } => pairs.push(("rows", Value::Bytes(rows))),
            Message::Query { at, points } => {
                pairs.extend([("at", uint(*at)), ("points", Value::Bytes(points.as_flattened()))]);
            }
            Message::Answer { at, points, proof } => pairs.extend([
                ("at", uint(*at)),
                ("points", Value::Bytes(points.as_flattened())),
                ("proof", Value::Bytes(proof)),
            ]),
            Message::Close { transcript } => {
                pairs.push(("transcript", Value::Bytes(transcript.as_bytes())));
            }
            Message::Openings { list, leaves } => pairs.extend([
                ("list", Value::Uint(u64::from(list.at()))),
                ("leaves", Value::Array(leaves.iter().map(Opening::value).collect())),
            ]),
        }
        cbor::encode(&Value::Map(pairs))
    }

    /// Reads a message of this session.
    pub(super) fn decode<'a>(
        params: &Params,
        session: &Digest,
        bytes: &'a [u8],
    ) -> Result<(Side, Message<'a>), Refusal> {
        let max = params.message_bytes_max();
        if bytes.len() > max {
            return Err(Refusal::Oversize { found: bytes.len(), max });
        }
        let (kind, mut fields) = open(bytes)?;
        if Digest(fields.fixed("session")?) != *session {
            return Err(Refusal::OtherSession);
        }
        let from = Side::of(fields.uint("from")?).ok_or(CborError::WrongValue { key: "from" })?;
        let message = match kind {
            "psi.commit" => Message::Commit(Commit::read(&mut fields)?),
            "psi.accept" => match digests(&mut fields, "commits")?[..] {
                [first, second] => Message::Accept { commits: [first, second] },
                _ => return Err(CborError::WrongValue { key: "commits" }.into()),
            },
            "psi.tags" => Message::Tags { rows: fields.bytes("rows")? },
            "psi.query" => Message::Query { at: fields.uint32("at")?, points: points(&mut fields)? },
            "psi.answer" => Message::Answer {
                at: fields.uint32("at")?,
                points: points(&mut fields)?,
                proof: fields.fixed("proof")?,
            },
            "psi.close" => Message::Close { transcript: Digest(fields.fixed("transcript")?) },
            "psi.openings" => Message::Openings {
                list: ListKind::of(fields.uint("list")?).ok_or(CborError::WrongValue { key: "list" })?,
                leaves: fields
                    .array("leaves")?
                    .into_iter()
                    .map(Opening::read)
                    .collect::<Result<_, CborError>>()?,
            },
            _ => return Err(Refusal::Kind),
        };
        fields.done()?;
        Ok((from, message))
    }
}

impl Commit {
    /// Reads the commit of this side.
    ///
    /// # Errors
    /// The form, another run, another side.
    pub fn decode(params: &Params, side: Side, bytes: &[u8]) -> Result<Commit, Refusal> {
        match Message::decode(params, &params.session(), bytes)? {
            (from, Message::Commit(commit)) if from == side => Ok(commit),
            (_, Message::Commit(_)) => Err(Refusal::WrongSide),
            _ => Err(Refusal::Kind),
        }
    }

    fn read(fields: &mut Fields<'_>) -> Result<Commit, CborError> {
        Ok(Commit {
            sought: Digest(fields.fixed("sought")?),
            held: Digest(fields.fixed("held")?),
            key: fields.fixed("key")?,
            tags: Digest(fields.fixed("tags")?),
            queries: digests(fields, "queries")?,
        })
    }
}

/// The fields behind version and kind, if the kind is this.
pub(super) fn header<'a>(bytes: &'a [u8], expected: &str) -> Result<Fields<'a>, Refusal> {
    let (kind, fields) = open(bytes)?;
    if kind == expected { Ok(fields) } else { Err(Refusal::Kind) }
}

fn open(bytes: &[u8]) -> Result<(&str, Fields<'_>), Refusal> {
    let mut fields = Fields::of(cbor::decode(bytes)?, "message")?;
    let version = fields.uint("v")?;
    if version != VERSION {
        return Err(Refusal::Version(version));
    }
    Ok((fields.text("kind")?, fields))
}

impl Params {
    /// The most bytes that a message of this run can have.
    pub fn message_bytes_max(&self) -> usize {
        let most = |pair: [u32; 2]| pair[0].max(pair[1]) as usize;
        let rows = most(self.held) * tags::row_bytes(self);
        let points = self.chunk as usize * 32;
        let queries = most(self.sought).div_ceil(self.chunk as usize) * 32;
        let openings = self.audit as usize * Opening::BYTES_MAX;
        FRAME + rows.max(points).max(queries).max(openings)
    }
}

fn points<'a>(fields: &mut Fields<'a>) -> Result<&'a [PointBytes], CborError> {
    let (points, rest) = fields.bytes("points")?.as_chunks();
    if rest.is_empty() { Ok(points) } else { Err(CborError::WrongValue { key: "points" }) }
}

fn digests(fields: &mut Fields<'_>, key: &'static str) -> Result<Vec<Digest>, CborError> {
    let (digests, rest) = fields.bytes(key)?.as_chunks();
    if rest.is_empty() {
        Ok(digests.iter().copied().map(Digest).collect())
    } else {
        Err(CborError::WrongValue { key })
    }
}

pub(super) fn uint(n: u32) -> Value<'static> {
    Value::Uint(u64::from(n))
}
