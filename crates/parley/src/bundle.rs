//! How entries travel: one sealed bundle, the same bytes as a file and over a network.
//!
//! Decides what a bundle holds, that only its recipient can open it, and its limits. Refuses to know whether the
//! entries inside hold: each is signed by itself and judged by the [`record`](crate::record). The seal does not prove
//! the sender, so nothing in the header is believed beyond "send me what I lack". Checkpoints and cosigned heads will
//! travel in the header when they come.

use std::collections::BTreeMap;
use std::convert::Infallible;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::body::{Body, heads_value, read_heads};
use crate::cbor::{self, CborError, Fields, Value};
use crate::entry::{LogKind, Signed};
use crate::id::{AgreementId, Digest, Head, PartyId};
use crate::key::{TransportPublic, TransportSecret};
use crate::record::Record;

/// The most bytes of a sealed bundle.
pub const SEALED_BYTES_MAX: usize = 64 << 20;
/// The most bytes of one attachment.
pub const ATTACHMENT_BYTES_MAX: usize = 16 << 20;
/// The most entries in one bundle.
pub const ENTRIES_MAX: usize = 100_000;
/// The most attachments in one bundle.
pub const ATTACHMENTS_MAX: usize = 10_000;

/// What a bundle begins with.
pub const MAGIC: [u8; 8] = *b"HWBUNDLE";
/// The version of the format, in the outer and the inner header.
pub const VERSION: u8 = 1;

/// Magic, version, the recipient key's short name.
const OUTER_LEN: usize = 17;
/// The encapsulated key.
const ENC_LEN: usize = 32;
/// The authentication tag.
const TAG_LEN: usize = 16;
const INFO: &[u8] = b"homeward bundle v1";
/// What [`bundle_for`] fills a bundle to: leaves room for framing below [`SEALED_BYTES_MAX`].
const FILL_BYTES_MAX: usize = 60 << 20;

/// What one member sends to another: entries, and the documents that they name by digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Who says to have sent it; not proven by the seal.
    pub from: PartyId,
    /// For whom.
    pub to: PartyId,
    /// Of which agreement.
    pub agreement: AgreementId,
    /// What the sender holds of every log, ascending by author.
    pub heads: Vec<Head>,
    /// [`View::state_digest`](crate::View::state_digest) of the sender at these heads: unequal at equal heads is an alarm.
    pub state: Digest,
    /// Exact bytes of entries, in causal order.
    pub entries: Vec<Vec<u8>>,
    /// Documents by their SHA-256.
    pub attachments: BTreeMap<Digest, Vec<u8>>,
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (entries, attachments) = (self.entries.len(), self.attachments.len());
        write!(f, "Bundle({} to {}, {entries} entries, {attachments} attachments)", self.from, self.to)
    }
}

/// Why bytes are not a bundle that this key opens, or a bundle cannot be sealed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BundleError {
    /// Larger than allowed.
    #[error("the bundle has {found} bytes, at most {SEALED_BYTES_MAX} are allowed")]
    Oversize {
        /// How many it has.
        found: usize,
    },
    /// Too short to be a bundle.
    #[error("the bundle is cut off: {found} bytes")]
    Truncated {
        /// How many it has.
        found: usize,
    },
    /// Does not begin as a bundle does.
    #[error("not a bundle: it does not begin with HWBUNDLE")]
    Magic,
    /// A version that is not ours.
    #[error("bundle version {found} is unknown")]
    Version {
        /// The version found.
        found: u8,
    },
    /// Sealed to another key.
    #[error("the bundle is sealed to another key")]
    OtherKey,
    /// Changed or cut after it was sealed, or the key is not a valid one.
    #[error("the seal does not hold: the bundle was changed or cut")]
    Seal,
    /// The header inside is not of the required form.
    #[error("the header of the bundle is not of the required form: {0}")]
    Header(CborError),
    /// More entries or attachments than allowed, or than the header states.
    #[error("{what}: {found} stated, at most {max} are allowed")]
    Count {
        /// Of what.
        what: &'static str,
        /// How many.
        found: u64,
        /// How many may be.
        max: usize,
    },
    /// An entry is not a byte string, or too large.
    #[error("entry {index} of the bundle is not a byte string of an allowed length")]
    Entry {
        /// Its place, from 0.
        index: usize,
    },
    /// An attachment is not of the required form, too large, out of order, or not what its digest says.
    #[error("attachment {index} of the bundle is not what its digest says, or not of an allowed form")]
    Attachment {
        /// Its place, from 0.
        index: usize,
    },
    /// Bytes follow the last attachment.
    #[error("bytes follow the last attachment")]
    Trailing,
}

impl Bundle {
    /// Seals the bundle to a transport key: HPKE (RFC 9180) base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
    /// ChaCha20-Poly1305. `entropy` is 32 fresh random bytes, never used twice.
    ///
    /// # Errors
    /// When a limit is passed or the key is not valid.
    pub fn seal(&self, to: &TransportPublic, entropy: [u8; 32]) -> Result<Vec<u8>, BundleError> {
        let plain = self.plaintext()?;
        let found = OUTER_LEN + ENC_LEN + plain.len() + TAG_LEN;
        if found > SEALED_BYTES_MAX {
            return Err(BundleError::Oversize { found });
        }
        let outer = outer(to);
        let (enc, ciphertext) = hpke_seal(to, INFO, &plain, &outer, entropy)?;
        Ok([&outer[..], &enc, &ciphertext].concat())
    }

    /// Opens a bundle. Its limits are checked before anything is parsed.
    ///
    /// # Errors
    /// See [`BundleError`].
    pub fn open(bytes: &[u8], secret: &TransportSecret) -> Result<Bundle, BundleError> {
        let found = bytes.len();
        if found > SEALED_BYTES_MAX {
            return Err(BundleError::Oversize { found });
        }
        if found < OUTER_LEN + ENC_LEN + TAG_LEN {
            return Err(BundleError::Truncated { found });
        }
        if bytes[..8] != MAGIC {
            return Err(BundleError::Magic);
        }
        if bytes[8] != VERSION {
            return Err(BundleError::Version { found: bytes[8] });
        }
        if bytes[9..OUTER_LEN] != secret.public().kid() {
            return Err(BundleError::OtherKey);
        }
        let (outer, rest) = bytes.split_at(OUTER_LEN);
        let (enc, ciphertext) = rest.split_at(ENC_LEN);
        Bundle::read(&hpke_open(secret, enc, INFO, ciphertext, outer)?)
    }

    /// What is sealed.
    pub(crate) fn plaintext(&self) -> Result<Zeroizing<Vec<u8>>, BundleError> {
        let (entries, attachments) = (self.entries.len() as u64, self.attachments.len() as u64);
        within("entries", entries, ENTRIES_MAX)?;
        within("attachments", attachments, ATTACHMENTS_MAX)?;
        let header = Value::Map(vec![
            ("v", Value::Uint(u64::from(VERSION))),
            ("from", Value::Text(self.from.as_str())),
            ("to", Value::Text(self.to.as_str())),
            ("agreement", Value::Bytes(&self.agreement.0)),
            ("heads", heads_value(&self.heads)),
            ("state", Value::Bytes(&self.state.0)),
            ("entries", Value::Uint(entries)),
            ("attachments", Value::Uint(attachments)),
        ]);
        let mut out = Zeroizing::new(cbor::encode(&header));
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.len() > LogKind::Shared.entry_bytes_max() {
                return Err(BundleError::Entry { index });
            }
            out.extend(cbor::encode(&Value::Bytes(entry)));
        }
        for (index, (digest, bytes)) in self.attachments.iter().enumerate() {
            if bytes.len() > ATTACHMENT_BYTES_MAX || Digest::of(bytes) != *digest {
                return Err(BundleError::Attachment { index });
            }
            let pair = vec![("digest", Value::Bytes(&digest.0)), ("bytes", Value::Bytes(bytes))];
            out.extend(cbor::encode(&Value::Map(pair)));
        }
        Ok(out)
    }

    /// Reads what was sealed.
    pub(crate) fn read(plain: &[u8]) -> Result<Bundle, BundleError> {
        let (header, mut at) = cbor::decode_first(plain).map_err(BundleError::Header)?;
        let (mut bundle, entries, attachments) = Bundle::read_header(header).map_err(BundleError::Header)?;
        within("entries", entries, ENTRIES_MAX)?;
        within("attachments", attachments, ATTACHMENTS_MAX)?;
        for index in 0..entries as usize {
            let wrong = BundleError::Entry { index };
            let Ok((Value::Bytes(entry), len)) = cbor::decode_first(&plain[at..]) else { return Err(wrong) };
            if entry.len() > LogKind::Shared.entry_bytes_max() {
                return Err(wrong);
            }
            bundle.entries.push(entry.to_vec());
            at += len;
        }
        for index in 0..attachments as usize {
            let wrong = |_| BundleError::Attachment { index };
            let (value, len) = cbor::decode_first(&plain[at..]).map_err(wrong)?;
            let (digest, bytes) = read_attachment(value).map_err(wrong)?;
            let ordered = bundle.attachments.last_key_value().is_none_or(|(last, _)| *last < digest);
            if !ordered || bytes.len() > ATTACHMENT_BYTES_MAX || Digest::of(bytes) != digest {
                return Err(BundleError::Attachment { index });
            }
            bundle.attachments.insert(digest, bytes.to_vec());
            at += len;
        }
        if at == plain.len() { Ok(bundle) } else { Err(BundleError::Trailing) }
    }

    fn read_header(value: Value<'_>) -> Result<(Bundle, u64, u64), CborError> {
        let mut f = Fields::of(value, "header")?;
        if f.uint("v")? != u64::from(VERSION) {
            return Err(CborError::WrongValue { key: "v" });
        }
        let bundle = Bundle {
            from: f.parsed("from")?,
            to: f.parsed("to")?,
            agreement: AgreementId(f.fixed("agreement")?),
            heads: read_heads(f.array("heads")?, "heads")?,
            state: Digest(f.fixed("state")?),
            entries: Vec::new(),
            attachments: BTreeMap::new(),
        };
        let counts = (f.uint("entries")?, f.uint("attachments")?);
        f.done()?;
        Ok((bundle, counts.0, counts.1))
    }
}

/// What `to` lacks, by the heads that it last named: entries of all logs in causal order, and the documents that they
/// name and that `attachments_of` gives. As much as fits in one bundle; once its recipient names newer heads, the next
/// bundle has the rest. A frozen record holds nothing from a fork on, so both entries of its proof go along at the end:
/// who has seen one of them or neither would otherwise never learn of the other. Offers about logs go first: in the record of
/// somebody who lacks one, something else may stand in its place.
///
/// A commit alone discloses nothing: the pool that it names goes with the same author's nomination.
///
/// # Errors
/// When a document is larger than [`ATTACHMENT_BYTES_MAX`] or is not what its digest says.
pub fn bundle_for(
    record: &Record,
    from: PartyId,
    to: PartyId,
    heads_of_peer: &[Head],
    attachments_of: impl Fn(&Digest) -> Option<Vec<u8>>,
) -> Result<Bundle, BundleError> {
    let mut bundle = Bundle {
        from,
        to,
        agreement: record.members().agreement(),
        heads: record.heads(),
        state: record.view().state_digest(),
        entries: Vec::new(),
        attachments: BTreeMap::new(),
    };
    let mut size = 0;
    for offer in record.offers_for(heads_of_peer) {
        if size + offer.len() > FILL_BYTES_MAX || bundle.entries.len() + 1 > ENTRIES_MAX {
            break;
        }
        size += offer.len();
        bundle.entries.push(offer.to_vec());
    }
    for entry in record.entries_since(heads_of_peer) {
        let mut with = BTreeMap::new();
        for digest in named(record, entry) {
            let index = bundle.attachments.len() + with.len();
            match attachments_of(&digest) {
                None => {}
                Some(bytes) if bytes.len() > ATTACHMENT_BYTES_MAX || Digest::of(&bytes) != digest => {
                    return Err(BundleError::Attachment { index });
                }
                Some(bytes) => drop(with.insert(digest, bytes)),
            }
        }
        with.retain(|digest, _| !bundle.attachments.contains_key(digest));
        let more = entry.bytes().len() + with.values().map(|b| b.len() + 64).sum::<usize>() + 8;
        let full = size + more > FILL_BYTES_MAX
            || bundle.entries.len() == ENTRIES_MAX
            || bundle.attachments.len() + with.len() > ATTACHMENTS_MAX;
        if full {
            break;
        }
        size += more;
        bundle.entries.push(entry.bytes().to_vec());
        bundle.attachments.extend(with);
    }
    for proof in record.forks() {
        let (first, second) = proof.entries();
        if size + first.len() + second.len() > FILL_BYTES_MAX || bundle.entries.len() + 2 > ENTRIES_MAX {
            break;
        }
        size += first.len() + second.len();
        bundle.entries.extend([first.to_vec(), second.to_vec()]);
    }
    Ok(bundle)
}

/// The documents that go with an entry, by digest.
fn named(record: &Record, signed: &Signed) -> Vec<Digest> {
    match signed.body() {
        Body::Text { digest }
        | Body::Nominate { digest, .. }
        | Body::Propose { digest, .. }
        | Body::Account { digest, .. }
        | Body::Memo { digest, .. } => vec![*digest],
        // With its seed a party gives the pool that it committed to.
        Body::Reveal { round, .. } => {
            let author = signed.entry().author;
            let pool = record.view().round(*round).and_then(|r| r.commit(&author)).map(|(pool, _)| pool);
            pool.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn read_attachment(value: Value<'_>) -> Result<(Digest, &[u8]), CborError> {
    let mut f = Fields::of(value, "attachment")?;
    let read = (Digest(f.fixed("digest")?), f.bytes("bytes")?);
    f.done()?;
    Ok(read)
}

fn within(what: &'static str, found: u64, max: usize) -> Result<(), BundleError> {
    if found > max as u64 { Err(BundleError::Count { what, found, max }) } else { Ok(()) }
}

fn outer(to: &TransportPublic) -> [u8; OUTER_LEN] {
    let mut outer = [VERSION; OUTER_LEN];
    outer[..8].copy_from_slice(&MAGIC);
    outer[9..].copy_from_slice(&to.kid());
    outer
}

pub(crate) fn hpke_seal(
    to: &TransportPublic,
    info: &[u8],
    plain: &[u8],
    aad: &[u8],
    entropy: [u8; 32],
) -> Result<([u8; ENC_LEN], Vec<u8>), BundleError> {
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&to.0).map_err(|_| BundleError::Seal)?;
    let mut rng = Given { entropy: Zeroizing::new(entropy), asked: 0 };
    let (enc, ciphertext) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &key,
            info,
            plain,
            aad,
            &mut rng,
        )
        .map_err(|_| BundleError::Seal)?;
    Ok((enc.to_bytes().into(), ciphertext))
}

pub(crate) fn hpke_open(
    secret: &TransportSecret,
    enc: &[u8],
    info: &[u8],
    ciphertext: &[u8],
    aad: &[u8],
) -> Result<Zeroizing<Vec<u8>>, BundleError> {
    let key = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&secret.secret_bytes()[..])
        .map_err(|_| BundleError::Seal)?;
    let enc = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(enc).map_err(|_| BundleError::Seal)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key,
        &enc,
        info,
        ciphertext,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| BundleError::Seal)
}

/// Gives the caller's entropy to the one draw that sealing makes (`ikmE` of RFC 9180); should a library ever draw
/// more, it gets SHA-256 of the entropy and the number of the draw, never the same bytes twice.
struct Given {
    entropy: Zeroizing<[u8; 32]>,
    asked: u64,
}

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(32) {
            let hash = Sha256::new().chain_update(*self.entropy).chain_update(self.asked.to_be_bytes());
            let block: [u8; 32] = if self.asked == 0 { *self.entropy } else { hash.finalize().into() };
            chunk.copy_from_slice(&block[..chunk.len()]);
            self.asked += 1;
        }
        Ok(())
    }
}

impl TryCryptoRng for Given {}
