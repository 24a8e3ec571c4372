//! Notes: a text with signature lines below it (C2SP signed-note), the form of a head and of what is said about it.
//!
//! Decides what a note is, byte for byte, and which of its signatures count: those of known keys, all of which must
//! hold; lines of unknown keys are read over, as the specification wants. Refuses to know what the text says. Every
//! size is bounded. The specification leaves more open than this reader takes: names are at most 255 bytes.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::cosignature;
use crate::id::{AgreementId, PartyId};
use crate::key::{NodeKey, VerifyKey};
use crate::lasting::{LastingPublic, PUBLIC_LEN};

/// The most bytes of a note: room for 16 signatures of 5 kB, which every reader must take.
pub const NOTE_BYTES_MAX: usize = 128 << 10;
/// The most signature lines.
pub const SIGNATURES_MAX: usize = 32;
/// The most bytes of one signature line.
pub const SIGNATURE_LINE_MAX: usize = 8 << 10;
/// The most bytes of a name.
pub const NAME_MAX: usize = 255;

/// What a signature line begins with: an em dash and a space.
const DASH: &str = "\u{2014} ";

/// Why bytes are not a note, a name or a verifier key, or a note's signatures do not hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoteError {
    /// More bytes than a note may have.
    #[error("{found} bytes, at most {NOTE_BYTES_MAX} are allowed")]
    Oversize {
        /// How many there were.
        found: usize,
    },
    /// Not UTF-8, or a control character other than the newline.
    #[error("byte {at} is no text that may stand in a note")]
    Character {
        /// Byte offset, from 0.
        at: usize,
    },
    /// No empty line between the text and the signatures, or nothing before it.
    #[error("no text followed by an empty line")]
    NoText,
    /// A note has a signature.
    #[error("no signature line")]
    Unsigned,
    /// More signature lines than allowed.
    #[error("more than {SIGNATURES_MAX} signature lines")]
    TooManySignatures,
    /// A line below the empty line that is no signature line.
    #[error("signature line {line} is not of the required form")]
    Line {
        /// Which, from 1.
        line: usize,
    },
    /// A name is empty, too long, or has a space, a plus or a control character.
    #[error("not a name: 1 to {NAME_MAX} bytes without spaces, control characters and +")]
    Name,
    /// The verifier key is not of the required form.
    #[error("not a verifier key: {0}")]
    VerifierKey(&'static str),
    /// A signature in the name of a known key does not hold.
    #[error("the signature of {0} does not hold")]
    BadSignature(Name),
    /// Nobody known has signed.
    #[error("no known key has signed")]
    NoKnownSignature,
}

/// The name of a log, of a signer or of a witness: 1 to 255 bytes without spaces, control characters and `+`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// The name of a member's log, and of the member as a signer: `<agreement>/<label>`.
    pub fn of(agreement: &AgreementId, party: &PartyId) -> Name {
        Name(format!("{agreement}/{party}"))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Name, NoteError> {
        let bad = text.is_empty()
            || text.len() > NAME_MAX
            || text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+');
        if bad { Err(NoteError::Name) } else { Ok(Name(text.to_owned())) }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The keys that a signature line can be by. The byte is the signature type that the specification assigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureKey {
    /// 0x01: Ed25519 over the text, as an author signs its own head.
    Author(VerifyKey),
    /// 0x04: a cosignature with a time by Ed25519.
    Cosigner(VerifyKey),
    /// 0x06: a signature or cosignature with a time by ML-DSA-44.
    Lasting(LastingPublic),
}

impl SignatureKey {
    /// The public key alone, whatever it signs.
    pub(crate) fn public_bytes(&self) -> Vec<u8> {
        self.typed_bytes()[1..].to_vec()
    }

    fn typed_bytes(&self) -> Vec<u8> {
        match self {
            SignatureKey::Author(key) => [&[0x01], &key.0[..]].concat(),
            SignatureKey::Cosigner(key) => [&[0x04], &key.0[..]].concat(),
            SignatureKey::Lasting(key) => [&[0x06], &key.to_bytes()[..]].concat(),
        }
    }

    fn from_typed_bytes(bytes: &[u8]) -> Result<SignatureKey, NoteError> {
        let (kind, key) = bytes.split_first().ok_or(NoteError::VerifierKey("no key"))?;
        let wrong = |_| NoteError::VerifierKey("a key of the wrong length");
        let short = || <[u8; 32]>::try_from(key).map(VerifyKey).map_err(wrong);
        match kind {
            0x01 => Ok(SignatureKey::Author(short()?)),
            0x04 => Ok(SignatureKey::Cosigner(short()?)),
            0x06 => {
                let bytes = <&[u8; PUBLIC_LEN]>::try_from(key).map_err(wrong)?;
                Ok(SignatureKey::Lasting(LastingPublic::from_bytes(bytes)))
            }
            _ => Err(NoteError::VerifierKey("a signature type that is not used here")),
        }
    }
}

/// A key by whose name and number signature lines are recognised, and which checks them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: Name,
    key: SignatureKey,
    id: u32,
}

impl Verifier {
    /// The verifier of a key under a name. The number follows from both.
    pub fn new(name: Name, key: SignatureKey) -> Verifier {
        let digest = Sha256::new()
            .chain_update(name.as_str())
            .chain_update(b"\n")
            .chain_update(key.typed_bytes())
            .finalize();
        Verifier { id: u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]), name, key }
    }

    /// The name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// The number: the first four bytes of SHA-256 over name, newline, type and key.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The key.
    pub fn key(&self) -> &SignatureKey {
        &self.key
    }

    /// Checks a signature over a note's text. Gives the time that a cosignature states, in Unix seconds.
    fn verify(&self, text: &str, signature: &[u8]) -> Option<Option<u64>> {
        match &self.key {
            SignatureKey::Author(key) => {
                key.verify(text.as_bytes(), signature.try_into().ok()?).then_some(None)
            }
            SignatureKey::Cosigner(key) => cosignature::verify(key, text, signature).map(Some),
            SignatureKey::Lasting(key) => {
                cosignature::verify_lasting(&self.name, key, text, signature).map(Some)
            }
        }
    }
}

/// As a verifier key: name, number in hex and typed key in base64, joined by `+`.
impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:08x}+{}", self.name, self.id, STANDARD.encode(self.key.typed_bytes()))
    }
}

impl FromStr for Verifier {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Verifier, NoteError> {
        let mut parts = text.splitn(3, '+');
        let mut part = || parts.next().ok_or(NoteError::VerifierKey("three parts are needed"));
        let (name, id, key) = (part()?.parse()?, part()?, part()?);
        if key.len() > SIGNATURE_LINE_MAX {
            return Err(NoteError::VerifierKey("a key of the wrong length"));
        }
        let bytes = STANDARD.decode(key).map_err(|_| NoteError::VerifierKey("the key is not base64"))?;
        let verifier = Verifier::new(name, SignatureKey::from_typed_bytes(&bytes)?);
        if format!("{:08x}", verifier.id) != id {
            return Err(NoteError::VerifierKey("the number does not follow from name and key"));
        }
        Ok(verifier)
    }
}

/// One signature line: who says to have signed, and the signature, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    name: Name,
    id: u32,
    signature: Vec<u8>,
}

impl SignatureLine {
    pub(crate) fn new(verifier: &Verifier, signature: Vec<u8>) -> SignatureLine {
        SignatureLine { name: verifier.name.clone(), id: verifier.id, signature }
    }

    /// Signs a text by Ed25519 under a name (type 0x01).
    pub fn sign(text: &str, name: Name, key: &NodeKey) -> SignatureLine {
        let verifier = Verifier::new(name, SignatureKey::Author(key.public()));
        SignatureLine::new(&verifier, key.sign(text.as_bytes()).to_vec())
    }

    /// Reads lines as a witness answers with them: one signature line or more, each with its newline.
    ///
    /// # Errors
    /// The first line that is none.
    pub fn read_all(text: &str) -> Result<Vec<SignatureLine>, NoteError> {
        let mut lines = Vec::new();
        for (at, line) in text.split_inclusive('\n').enumerate() {
            if at == SIGNATURES_MAX {
                return Err(NoteError::TooManySignatures);
            }
            lines.push(SignatureLine::read(line).ok_or(NoteError::Line { line: at + 1 })?);
        }
        if lines.is_empty() { Err(NoteError::Unsigned) } else { Ok(lines) }
    }

    /// In whose name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    fn read(line: &str) -> Option<SignatureLine> {
        if line.len() > SIGNATURE_LINE_MAX {
            return None;
        }
        let (name, encoded) = line.strip_prefix(DASH)?.strip_suffix('\n')?.split_once(' ')?;
        let bytes = STANDARD.decode(encoded).ok()?;
        let (id, signature) = bytes.split_first_chunk::<4>()?;
        if signature.is_empty() {
            return None;
        }
        let id = u32::from_be_bytes(*id);
        Some(SignatureLine { name: name.parse().ok()?, id, signature: signature.to_vec() })
    }

    fn is_by(&self, verifier: &Verifier) -> bool {
        self.id == verifier.id && self.name == verifier.name
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.id.to_be_bytes()[..], &self.signature].concat();
        writeln!(f, "{DASH}{} {}", self.name, STANDARD.encode(bytes))
    }
}

/// A signature that was checked and holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held<'a> {
    /// By which of the known keys.
    pub by: &'a Verifier,
    /// When the signer says to have signed, Unix seconds; an author's own signature of type 0x01 has no time.
    pub time: Option<u64>,
}

/// A text and the signature lines below it, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

impl Note {
    /// Reads a note.
    ///
    /// # Errors
    /// Every deviation from the form, with its place.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(NoteError::Oversize { found: bytes.len() });
        }
        let all = std::str::from_utf8(bytes).map_err(|why| NoteError::Character { at: why.valid_up_to() })?;
        if let Some(at) = bytes.iter().position(|b| *b < b' ' && *b != b'\n') {
            return Err(NoteError::Character { at });
        }
        // The text may have empty lines of its own; the last one ends it.
        let end = all.rfind("\n\n").ok_or(NoteError::NoText)?;
        let (text, lines) = (&all[..=end], &all[end + 2..]);
        Note::new(text.to_owned(), SignatureLine::read_all(lines)?)
    }

    /// A note of a text that ends in a newline, and one signature line or more.
    ///
    /// # Errors
    /// When it would not be a note.
    pub fn new(text: String, signatures: Vec<SignatureLine>) -> Result<Note, NoteError> {
        if !text.ends_with('\n') {
            return Err(NoteError::NoText);
        }
        if let Some(at) = text.bytes().position(|b| b < b' ' && b != b'\n') {
            return Err(NoteError::Character { at });
        }
        match signatures.len() {
            0 => return Err(NoteError::Unsigned),
            1..=SIGNATURES_MAX => {}
            _ => return Err(NoteError::TooManySignatures),
        }
        let note = Note { text, signatures };
        let found = note.to_string().len();
        if found > NOTE_BYTES_MAX { Err(NoteError::Oversize { found }) } else { Ok(note) }
    }

    /// The text, with its last newline.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, unchecked.
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// The note with further signature lines; lines that it has already are left out.
    ///
    /// # Errors
    /// When it would become too large.
    pub fn with(&self, lines: Vec<SignatureLine>) -> Result<Note, NoteError> {
        let mut signatures = self.signatures.clone();
        for line in lines {
            if !signatures.contains(&line) {
                signatures.push(line);
            }
        }
        Note::new(self.text.clone(), signatures)
    }

    /// The note with the lines of known keys only.
    ///
    /// # Errors
    /// When none is left.
    pub fn only(&self, known: &[Verifier]) -> Result<Note, NoteError> {
        let signatures = self.signatures.iter().filter(|line| known.iter().any(|v| line.is_by(v)));
        Note::new(self.text.clone(), signatures.cloned().collect())
    }

    /// Checks the signatures of the known keys, in the order of the lines. Lines of other keys are read over.
    ///
    /// # Errors
    /// When one of a known key does not hold, or there is none.
    pub fn open<'k>(&self, known: &'k [Verifier]) -> Result<Vec<Held<'k>>, NoteError> {
        let mut held = Vec::new();
        for line in &self.signatures {
            let Some(by) = known.iter().find(|verifier| line.is_by(verifier)) else { continue };
            let time = by.verify(&self.text, &line.signature);
            held.push(Held { by, time: time.ok_or_else(|| NoteError::BadSignature(by.name.clone()))? });
        }
        if held.is_empty() { Err(NoteError::NoKnownSignature) } else { Ok(held) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| line.fmt(f))
    }
}
