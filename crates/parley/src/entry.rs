//! One entry: what its author signed, byte for byte.
//!
//! Decides the only form in which an entry is valid: COSE_Sign1 (RFC 9052) over deterministic CBOR, as
//! `docs/formats/entry.cddl` lays it down. Refuses to know whether the entry fits a log or a session.

use coset::iana;
use coset::{
    CborSerializable, CoseSign1Builder, HeaderBuilder, ProtectedHeader, SignatureContext,
    TaggedCborSerializable,
};
use minicbor::Decoder;
use minicbor::data::Tag;
use thiserror::Error;

use crate::body::{Body, Keeping, heads_value, read_heads};
use crate::cbor::{self, CborError, Fields, Value};
use crate::id::{AgreementId, EntryId, Head, PartyId};
use crate::key::{NodeKey, VerifyKey};

/// Version of the format, the `v` of every payload.
pub const VERSION: u64 = 1;

/// Which sort of log an entry stands in. The content type differs, so neither can pass for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogKind {
    /// A log that both parties hold.
    Shared,
    /// The private journal of one node.
    Journal,
}

impl LogKind {
    /// The content type in the protected header.
    pub fn content_type(self) -> &'static str {
        match self {
            LogKind::Shared => "application/homeward-entry+cbor",
            LogKind::Journal => "application/homeward-journal+cbor",
        }
    }

    /// The most bytes that an entry may have.
    pub fn entry_bytes_max(self) -> usize {
        match self {
            LogKind::Shared => 1 << 20,
            LogKind::Journal => 64 << 20,
        }
    }
}

/// Why bytes are not an entry.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EntryError {
    /// More bytes than the kind of log allows.
    #[error("{found} bytes, at most {max} are allowed")]
    Oversize {
        /// How many there were.
        found: usize,
        /// How many may be.
        max: usize,
    },
    /// Not a tagged COSE_Sign1 of four members with an empty unprotected header and a 64-byte signature.
    #[error("not a COSE_Sign1 of the required form at byte {at}")]
    Frame {
        /// Where reading stopped.
        at: usize,
    },
    /// The bytes end inside the entry.
    #[error("the bytes end inside the entry")]
    Truncated,
    /// The protected header names another algorithm than EdDSA.
    #[error("the algorithm is not EdDSA")]
    Algorithm,
    /// The protected header names another content type.
    #[error("the content type is not {expected}")]
    ContentType {
        /// The one expected.
        expected: &'static str,
    },
    /// The protected header has another form than alg, content type and an 8-byte kid.
    #[error("the protected header is not of the required form")]
    Header,
    /// The frame or the payload is not in the form of the schema.
    #[error("the payload is not of the required form: {0}")]
    Payload(#[from] CborError),
    /// The version is not ours.
    #[error("version {found} is unknown")]
    Version {
        /// The version found.
        found: u64,
    },
    /// The kind of entry does not belong in this kind of log.
    #[error("an entry of kind {name:?} does not belong in this kind of log")]
    KindOfLog {
        /// The wire name of the kind.
        name: &'static str,
    },
    /// The header names another key than the log's.
    #[error("signed with another key than this log's")]
    WrongKey,
    /// The signature does not hold.
    #[error("the signature does not hold")]
    Signature,
    /// The root key's signature inside a genesis does not hold, or it names another party than the author.
    #[error("the genesis does not hold")]
    Genesis,
    /// Protocol 3.4: the root key's or the next key's signature inside does not hold, or the key is not the one laid down.
    #[error("what the root key or the next key is to have signed does not hold")]
    Keeping,
}

/// What an author signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The agreement, or the journal, that the log belongs to.
    pub agreement: AgreementId,
    /// Whose log.
    pub author: PartyId,
    /// The number in that log, from 0 without gaps.
    pub seq: u64,
    /// The name of the author's previous entry; [`EntryId::NONE`] at number 0.
    pub prev: EntryId,
    /// What the author held of the other logs: ascending by author, none of its own.
    pub seen: Vec<Head>,
    /// When the author says it wrote this, Unix seconds, UTC. A claim only: order never comes from it.
    pub time: u64,
    /// What is said.
    pub body: Body,
}

/// An entry with its exact bytes. Its signature has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    entry: Entry,
    bytes: Vec<u8>,
    id: EntryId,
}

impl Signed {
    /// What was signed.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// What is said.
    pub fn body(&self) -> &Body {
        &self.entry.body
    }

    /// The exact COSE bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The name of the entry: SHA-256 of its bytes.
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The head of a log that ends with this entry.
    pub fn head(&self) -> Head {
        Head { author: self.entry.author, seq: self.entry.seq, hash: self.id }
    }

    /// An entry without a signature, for tests of rules that never look at bytes. Its name leaves out what it had
    /// seen, so that like histories get like names.
    #[cfg(test)]
    pub(crate) fn unsigned(entry: Entry) -> Signed {
        let bytes = payload(&Entry { seen: Vec::new(), ..entry.clone() });
        Signed { id: EntryId::of(&bytes), entry, bytes }
    }
}

/// Signs an entry.
///
/// # Errors
/// When the entry would be larger than its kind of log allows, or does not belong there.
pub fn sign(kind: LogKind, entry: Entry, key: &NodeKey) -> Result<Signed, EntryError> {
    belongs(kind, &entry.body)?;
    let sign1 = CoseSign1Builder::new()
        .protected(header(kind, &key.public()).header)
        .payload(payload(&entry))
        .create_signature(b"", |message| key.sign(message).to_vec())
        .build();
    // Writing a structure that we just built into memory has no error case.
    let bytes = sign1.to_tagged_vec().map_err(|_| EntryError::Header)?;
    if bytes.len() > kind.entry_bytes_max() {
        return Err(EntryError::Oversize { found: bytes.len(), max: kind.entry_bytes_max() });
    }
    Ok(Signed { id: EntryId::of(&bytes), entry, bytes })
}

/// An entry that has the right form but whose signature has not been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unverified {
    entry: Entry,
    bytes: Vec<u8>,
    id: EntryId,
    kid: [u8; 8],
    payload: std::ops::Range<usize>,
    kind: LogKind,
}

impl Unverified {
    /// Reads exactly one entry and requires that its bytes are the only ones for what it says.
    ///
    /// # Errors
    /// Every deviation from the schema, with its reason.
    pub fn read(kind: LogKind, bytes: &[u8]) -> Result<Unverified, EntryError> {
        let max = kind.entry_bytes_max();
        if bytes.len() > max {
            return Err(EntryError::Oversize { found: bytes.len(), max });
        }
        let frame = Frame::read(bytes)?;
        if frame.len != bytes.len() {
            return Err(CborError::Trailing { at: frame.len }.into());
        }
        cbor::same(bytes, &frame.write())?;
        let kid = read_header(kind, frame.protected)?;
        let entry = read_payload(frame.payload)?;
        belongs(kind, &entry.body)?;
        // The signature is a byte string of 64 at the very end, after a head of two bytes.
        let end = bytes.len() - 66;
        let payload = end - frame.payload.len()..end;
        Ok(Unverified { entry, bytes: bytes.to_vec(), id: EntryId::of(bytes), kid, payload, kind })
    }

    /// What the entry says, not yet proven to be its author's word.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The name that the entry will have.
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// How many bytes it has.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Checks the signature under the key of the log; a genesis brings its own key.
    ///
    /// # Errors
    /// [`EntryError::WrongKey`], [`EntryError::Signature`], [`EntryError::Genesis`].
    pub fn verify(self, key: &VerifyKey) -> Result<Signed, EntryError> {
        self.holds(key)?;
        Ok(self.found_to_hold())
    }

    /// The key's short name in the header.
    pub(crate) fn kid(&self) -> [u8; 8] {
        self.kid
    }

    /// The entry, once its log has found that its signatures hold.
    pub(crate) fn found_to_hold(self) -> Signed {
        Signed { entry: self.entry, bytes: self.bytes, id: self.id }
    }

    /// Whether [`Unverified::verify`] would succeed.
    pub(crate) fn holds(&self, key: &VerifyKey) -> Result<(), EntryError> {
        if self.kid != key.kid() {
            return Err(EntryError::WrongKey);
        }
        let signature: &[u8; 64] = self.bytes.last_chunk().ok_or(EntryError::Truncated)?;
        let message = coset::sig_structure_data(
            SignatureContext::CoseSign1,
            header(self.kind, key),
            None,
            b"",
            &self.bytes[self.payload.clone()],
        );
        if !key.verify(&message, signature) {
            return Err(EntryError::Signature);
        }
        if let Body::Genesis(genesis) = &self.entry.body
            && !(genesis.party == self.entry.author
                && genesis.node_key == *key
                && genesis.verify(&self.entry.agreement))
        {
            return Err(EntryError::Genesis);
        }
        Ok(())
    }
}

/// The four members of a tagged COSE_Sign1, borrowed.
pub(crate) struct Frame<'a> {
    protected: &'a [u8],
    payload: &'a [u8],
    signature: &'a [u8],
    /// How many bytes the whole takes.
    pub(crate) len: usize,
}

impl<'a> Frame<'a> {
    /// Reads the frame at the start of `bytes`, which may go on behind it.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Frame<'a>, EntryError> {
        let mut d = Decoder::new(bytes);
        let frame = Frame::members(&mut d).map_err(|why| {
            if why.is_end_of_input() { EntryError::Truncated } else { EntryError::Frame { at: d.position() } }
        })?;
        let at = d.position();
        let (unprotected, [protected, payload, signature]) = frame.ok_or(EntryError::Frame { at })?;
        if unprotected != Some(0) || signature.len() != 64 {
            return Err(EntryError::Frame { at });
        }
        Ok(Frame { protected, payload, signature, len: at })
    }

    #[allow(clippy::type_complexity, reason = "read once, above")]
    fn members(d: &mut Decoder<'a>) -> Result<Option<(Option<u64>, [&'a [u8]; 3])>, minicbor::decode::Error> {
        if d.tag()? != Tag::new(18) || d.array()? != Some(4) {
            return Ok(None);
        }
        let protected = d.bytes()?;
        let unprotected = d.map()?;
        if unprotected != Some(0) {
            return Ok(None);
        }
        Ok(Some((unprotected, [protected, d.bytes()?, d.bytes()?])))
    }

    fn write(&self) -> Vec<u8> {
        // Tag 18 and the array head are one byte each; the rest is written as our own CBOR is.
        let mut out = vec![0xd2, 0x84];
        out.extend(cbor::encode(&Value::Bytes(self.protected)));
        out.push(0xa0);
        out.extend(cbor::encode(&Value::Bytes(self.payload)));
        out.extend(cbor::encode(&Value::Bytes(self.signature)));
        out
    }
}

fn header(kind: LogKind, key: &VerifyKey) -> ProtectedHeader {
    let header = HeaderBuilder::new()
        .algorithm(iana::Algorithm::EdDSA)
        .content_type(kind.content_type().to_owned())
        .key_id(key.kid().to_vec())
        .build();
    ProtectedHeader { original_data: None, header }
}

/// Reads the kid from a protected header of the only form we write.
fn read_header(kind: LogKind, bytes: &[u8]) -> Result<[u8; 8], EntryError> {
    // Ours has 47 or 49 bytes; nothing longer is worth reading.
    if bytes.len() > 64 {
        return Err(EntryError::Header);
    }
    let header = coset::Header::from_slice(bytes).map_err(|_| EntryError::Header)?;
    if header.alg != Some(coset::Algorithm::Assigned(iana::Algorithm::EdDSA)) {
        return Err(EntryError::Algorithm);
    }
    let expected = kind.content_type();
    if header.content_type != Some(coset::ContentType::Text(expected.to_owned())) {
        return Err(EntryError::ContentType { expected });
    }
    let kid: [u8; 8] = header.key_id[..].try_into().map_err(|_| EntryError::Header)?;
    let ours = HeaderBuilder::new()
        .algorithm(iana::Algorithm::EdDSA)
        .content_type(expected.to_owned())
        .key_id(kid.to_vec())
        .build();
    match ours.to_vec() {
        Ok(written) if written == bytes => Ok(kid),
        _ => Err(EntryError::Header),
    }
}

fn payload(entry: &Entry) -> Vec<u8> {
    cbor::encode(&Value::Map(vec![
        ("v", Value::Uint(VERSION)),
        ("agreement", Value::Bytes(&entry.agreement.0)),
        ("author", Value::Text(entry.author.as_str())),
        ("seq", Value::Uint(entry.seq)),
        ("prev", Value::Bytes(&entry.prev.0)),
        ("seen", heads_value(&entry.seen)),
        ("time", Value::Uint(entry.time)),
        ("type", Value::Text(entry.body.name())),
        ("body", entry.body.to_value()),
    ]))
}

fn read_payload(bytes: &[u8]) -> Result<Entry, EntryError> {
    let mut f = Fields::of(cbor::decode(bytes)?, "payload")?;
    let v = f.uint("v")?;
    if v != VERSION {
        return Err(EntryError::Version { found: v });
    }
    let author: PartyId = f.parsed("author")?;
    let seen = read_heads(f.array("seen")?, "seen")?;
    if seen.iter().any(|head| head.author == author) {
        return Err(CborError::WrongValue { key: "seen" }.into());
    }
    let name = f.text("type")?;
    let entry = Entry {
        agreement: AgreementId(f.fixed("agreement")?),
        author,
        seq: f.uint("seq")?,
        prev: EntryId(f.fixed("prev")?),
        seen,
        time: f.uint("time")?,
        body: Body::from_value(name, f.value("body")?)?,
    };
    f.done()?;
    Ok(entry)
}

fn belongs(kind: LogKind, body: &Body) -> Result<(), EntryError> {
    let fits = match body {
        Body::Genesis(_) | Body::Memo { .. } | Body::Keeping(Keeping::Rotate { .. }) => true,
        Body::Journal { .. } => kind == LogKind::Journal,
        _ => kind == LogKind::Shared,
    };
    if fits { Ok(()) } else { Err(EntryError::KindOfLog { name: body.name() }) }
}
