//! The receipt of an entry in COSE: that it is in a log, signed by whoever issues it (RFC 9942, RFC9162_SHA256).
//!
//! Decides the one form of a receipt: a COSE_Sign1 whose detached payload is the root, with the inclusion proof beside
//! it. Who checks it computes the root from the entry and the proof, and then the signature over that root. The log is
//! named in the protected header (CWT claims of RFC 9597: issuer, subject and time), so that a receipt of one log is
//! none of another, nor one of another size. Refuses to know what the entry says.

use coset::cbor::Value;
use coset::iana;
use coset::{
    CborSerializable, CoseSign1, CoseSign1Builder, Header, HeaderBuilder, Label, TaggedCborSerializable,
};
use thiserror::Error;

use crate::id::Digest;
use crate::key::{NodeKey, VerifyKey};
use crate::note::Name;
use crate::tree::{PATH_MAX, ProofError, Tree, TreeHead, inclusion_root, leaf};

/// The most bytes of a receipt.
pub const RECEIPT_BYTES_MAX: usize = 8 << 10;

/// Header parameter: CWT claims.
const CLAIMS: i64 = 15;
/// In it: who issues.
const ISSUER: i64 = 1;
/// In it: of what, number of the entry and size of the log as `5/20`. RFC 9942 leaves both unsigned, and one proof
/// leads to the same root for several sizes.
const SUBJECT: i64 = 2;
/// In it: when.
const ISSUED_AT: i64 = 6;
/// Header parameter: the verifiable data structure; 1 is RFC9162_SHA256.
const VDS: i64 = 395;
const RFC9162_SHA256: i64 = 1;
/// Header parameter: proofs about it.
const VDP: i64 = 396;
/// In it: inclusion proofs.
const INCLUSION: i64 = -1;

/// Why bytes are not a receipt of an entry, or none can be issued.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// More bytes than allowed.
    #[error("{found} bytes, at most {RECEIPT_BYTES_MAX} are allowed")]
    Oversize {
        /// How many there were.
        found: usize,
    },
    /// Not a COSE_Sign1 of the one form that a receipt has.
    #[error("not a receipt of the required form: {0}")]
    Form(&'static str),
    /// RFC 9942 has no proof without digests.
    #[error("a log of one entry gives no receipt")]
    OnlyEntry,
    /// The proof is not one for these sizes.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// Issued for another log or by another key.
    #[error("issued for another log or by another key")]
    Issuer,
    /// The signature does not hold over the root that follows from this entry.
    #[error("the signature does not hold for this entry")]
    Signature,
}

/// What a receipt says, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    origin: Name,
    issued_at: u64,
    kid: [u8; 8],
    size: u64,
    index: u64,
    path: Vec<Digest>,
    signature: [u8; 64],
}

/// What a receipt proves: that the entry is in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipted {
    /// In which log.
    pub origin: Name,
    /// Under which number, from 0.
    pub index: u64,
    /// Under which head.
    pub head: TreeHead,
    /// When it was issued, as the issuer says, Unix seconds.
    pub issued_at: u64,
}

impl Receipt {
    /// Issues the receipt of entry `index` in the tree of the first `size` entries of a log. `time` in Unix seconds.
    ///
    /// # Errors
    /// When there is no such entry, or only one.
    pub fn issue(
        origin: Name,
        tree: &Tree,
        index: u64,
        size: u64,
        time: u64,
        key: &NodeKey,
    ) -> Result<Receipt, ReceiptError> {
        let path = tree.inclusion(index, size)?;
        if path.is_empty() {
            return Err(ReceiptError::OnlyEntry);
        }
        let root = tree.root(size)?;
        let kid = key.public().kid();
        let mut receipt = Receipt { origin, issued_at: time, kid, size, index, path, signature: [0; 64] };
        receipt.signature = key.sign(&receipt.unsigned().tbs_detached_data(&root.0, b""));
        Ok(receipt)
    }

    /// The bytes, tag 18 in front.
    ///
    /// # Errors
    /// None for a receipt that was issued or read: all of it can be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ReceiptError> {
        let mut sign1 = self.unsigned();
        sign1.signature = self.signature.to_vec();
        sign1.to_tagged_vec().map_err(|_| ReceiptError::Form("cannot be written"))
    }

    /// Reads a receipt and requires that its bytes are the only ones for what it says.
    ///
    /// # Errors
    /// Every deviation from the form.
    pub fn read(bytes: &[u8]) -> Result<Receipt, ReceiptError> {
        let form = ReceiptError::Form;
        if bytes.len() > RECEIPT_BYTES_MAX {
            return Err(ReceiptError::Oversize { found: bytes.len() });
        }
        let sign1 = CoseSign1::from_tagged_slice(bytes).map_err(|_| form("not a COSE_Sign1"))?;
        let header = &sign1.protected.header;
        let claims = parameter(header, CLAIMS).and_then(Value::as_map).ok_or(form("no claims"))?;
        let issuer = claim(claims, ISSUER).and_then(Value::as_text).ok_or(form("no issuer"))?;
        let origin = issuer.parse().map_err(|_| form("the issuer is no name"))?;
        let issued_at = claim(claims, ISSUED_AT).and_then(uint).ok_or(form("no time"))?;
        let kid = header.key_id[..].try_into().map_err(|_| form("no kid of 8 bytes"))?;
        // The subject is compared below, with all the rest.
        let (size, index, path) = inclusion_of(&sign1.unprotected)?;
        let signature = sign1.signature[..].try_into().map_err(|_| form("no signature of 64 bytes"))?;
        let receipt = Receipt { origin, issued_at, kid, size, index, path, signature };
        if receipt.to_bytes()? != bytes {
            return Err(form("not its one encoding"));
        }
        Ok(receipt)
    }

    /// Checks that the receipt is of these exact bytes of an entry, in this log, issued by this key.
    ///
    /// # Errors
    /// Why it is not.
    pub fn verify(&self, entry: &[u8], origin: &Name, issuer: &VerifyKey) -> Result<Receipted, ReceiptError> {
        if self.origin != *origin || self.kid != issuer.kid() {
            return Err(ReceiptError::Issuer);
        }
        let root = inclusion_root(leaf(entry), self.index, self.size, &self.path)?;
        if !issuer.verify(&self.unsigned().tbs_detached_data(&root.0, b""), &self.signature) {
            return Err(ReceiptError::Signature);
        }
        let head = TreeHead { size: self.size, root };
        Ok(Receipted { origin: self.origin.clone(), index: self.index, head, issued_at: self.issued_at })
    }

    fn unsigned(&self) -> CoseSign1 {
        let number = |n: u64| Value::Integer(n.into());
        let claims = vec![
            (Value::Integer(ISSUER.into()), Value::Text(self.origin.as_str().to_owned())),
            (Value::Integer(SUBJECT.into()), Value::Text(format!("{}/{}", self.index, self.size))),
            (Value::Integer(ISSUED_AT.into()), number(self.issued_at)),
        ];
        // In the order of the encoded labels: 1, 4, 15, 395.
        let protected = HeaderBuilder::new()
            .algorithm(iana::Algorithm::EdDSA)
            .key_id(self.kid.to_vec())
            .value(CLAIMS, Value::Map(claims))
            .value(VDS, Value::Integer(RFC9162_SHA256.into()))
            .build();
        let path = self.path.iter().map(|digest| Value::Bytes(digest.0.to_vec())).collect();
        let proof = Value::Array(vec![number(self.size), number(self.index), Value::Array(path)]);
        // Writing a value that was just built into memory has no error case.
        let proof = Value::Bytes(proof.to_vec().unwrap_or_default());
        let proofs = vec![(Value::Integer(INCLUSION.into()), Value::Array(vec![proof]))];
        let unprotected = HeaderBuilder::new().value(VDP, Value::Map(proofs)).build();
        CoseSign1Builder::new().protected(protected).unprotected(unprotected).build()
    }
}

/// Size, index and digests of the one inclusion proof.
fn inclusion_of(header: &Header) -> Result<(u64, u64, Vec<Digest>), ReceiptError> {
    let form = ReceiptError::Form;
    let proofs = parameter(header, VDP).and_then(Value::as_map).ok_or(form("no proofs"))?;
    let proofs = claim(proofs, INCLUSION).and_then(Value::as_array).ok_or(form("no inclusion proof"))?;
    let [Value::Bytes(proof)] = &proofs[..] else { return Err(form("not one inclusion proof")) };
    let proof = Value::from_slice(proof).map_err(|_| form("the inclusion proof is not CBOR"))?;
    let Some([size, index, Value::Array(path)]) = proof.as_array().map(Vec::as_slice) else {
        return Err(form("an inclusion proof has a size, an index and digests"));
    };
    let (Some(size), Some(index)) = (uint(size), uint(index)) else {
        return Err(form("an inclusion proof has a size, an index and digests"));
    };
    if path.is_empty() || path.len() > PATH_MAX {
        return Err(form("no digest or too many"));
    }
    let digest = |value: &Value| {
        let bytes = value.as_bytes().and_then(|bytes| bytes[..].try_into().ok());
        bytes.map(Digest).ok_or(form("a digest is not 32 bytes"))
    };
    Ok((size, index, path.iter().map(digest).collect::<Result<_, _>>()?))
}

fn parameter(header: &Header, label: i64) -> Option<&Value> {
    header.rest.iter().find(|(found, _)| *found == Label::Int(label)).map(|(_, value)| value)
}

fn claim(map: &[(Value, Value)], label: i64) -> Option<&Value> {
    map.iter().find(|(found, _)| *found == Value::Integer(label.into())).map(|(_, value)| value)
}

fn uint(value: &Value) -> Option<u64> {
    value.as_integer().and_then(|n| u64::try_from(n).ok())
}
