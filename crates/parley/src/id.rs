//! The names that the shared record uses: of parties, entries, items and digests.
//!
//! Decides their shape and their text form. Refuses to know what stands behind them: an [`Item`] is 32 opaque
//! bytes, an [`AgreementId`] likewise.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// The text has the wrong number of characters.
    #[error("expected {expected} characters, found {found}")]
    Length {
        /// What the form allows.
        expected: &'static str,
        /// How many bytes there were.
        found: usize,
    },
    /// A character that the form does not allow.
    #[error("character {at} is not allowed (allowed: {allowed})")]
    Character {
        /// Byte offset of the character, from 0.
        at: usize,
        /// What the form allows.
        allowed: &'static str,
    },
}

macro_rules! bytes32 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub [u8; 32]);

        impl $name {
            /// The 32 bytes.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}(", stringify!($name))?;
                hex(&self.0[..4], f)?;
                f.write_str("..)")
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hex(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                unhex(text).map(Self)
            }
        }
    };
}

bytes32! {
    /// The name of an entry: SHA-256 of its exact COSE bytes.
    EntryId
}
bytes32! {
    /// One person in the record: an opaque commitment. Nothing about the person follows from it without a key
    /// that the record never sees.
    Item
}
bytes32! {
    /// SHA-256 of an attachment, a pool, a seed or another body of bytes that the record names.
    Digest
}
bytes32! {
    /// The agreement that a record belongs to: opaque, chosen by those who use the record.
    AgreementId
}

impl Digest {
    /// SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }
}

impl EntryId {
    /// What the first entry of a log names as its predecessor: 32 zero bytes.
    pub const NONE: EntryId = EntryId([0; 32]);

    /// The name of an entry with these exact COSE bytes.
    pub fn of(bytes: &[u8]) -> EntryId {
        EntryId(Sha256::digest(bytes).into())
    }
}

/// A member of an agreement by its label: 1 to 32 characters of `a-z 0-9 -`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartyId {
    // Padded with zero bytes, which a label cannot contain: so byte order is label order.
    bytes: [u8; 32],
}

impl PartyId {
    /// The label.
    pub fn as_str(&self) -> &str {
        let len = self.bytes.iter().position(|b| *b == 0).unwrap_or(32);
        // The bytes are ASCII by construction, so this cannot fail.
        std::str::from_utf8(&self.bytes[..len]).unwrap_or_default()
    }
}

impl FromStr for PartyId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        ascii(text, 32, "1 to 32", "a-z 0-9 -", |b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))?;
        let mut bytes = [0; 32];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(PartyId { bytes })
    }
}

impl fmt::Debug for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A short label for a ground, an action or an officer: 1 to 64 printable ASCII characters. Never free text
/// about a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label(String);

impl Label {
    /// The label.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Label {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        ascii(text, 64, "1 to 64", "printable ASCII", |b| (b' '..=b'~').contains(&b))?;
        Ok(Label(text.to_owned()))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The place in a log up to which somebody holds it: the last entry held, by author, number and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    /// Whose log.
    pub author: PartyId,
    /// The number of the last entry held, from 0.
    pub seq: u64,
    /// The name of that entry.
    pub hash: EntryId,
}

fn ascii(
    text: &str,
    max: usize,
    expected: &'static str,
    allowed: &'static str,
    ok: impl Fn(u8) -> bool,
) -> Result<(), IdError> {
    if text.is_empty() || text.len() > max {
        return Err(IdError::Length { expected, found: text.len() });
    }
    match text.bytes().position(|b| !ok(b)) {
        Some(at) => Err(IdError::Character { at, allowed }),
        None => Ok(()),
    }
}

fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // By hand: names are written in every summary of a state, and a format call for each byte was most of its time.
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    for (two, byte) in text.chunks_exact_mut(2).zip(bytes) {
        two.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    let text = &text[..2 * bytes.len().min(32)];
    // The digits are ASCII, so this cannot fail.
    f.write_str(std::str::from_utf8(text).unwrap_or_default())
}

fn unhex(text: &str) -> Result<[u8; 32], IdError> {
    let found = text.len();
    if found != 64 {
        return Err(IdError::Length { expected: "64", found });
    }
    let mut out = [0; 32];
    for (at, c) in text.bytes().enumerate() {
        let nibble = match c {
            b'0'..=b'9' => c - b'0',
            b'a'..=b'f' => c - b'a' + 10,
            _ => return Err(IdError::Character { at, allowed: "0-9 a-f" }),
        };
        out[at / 2] = out[at / 2] << 4 | nibble;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_read_and_refused_with_its_place() {
        let check = |text: &str, expected: &str| {
            let got = match text.parse::<PartyId>() {
                Ok(id) => id.to_string(),
                Err(why) => why.to_string(),
            };
            assert_eq!(got, expected, "{text:?}");
        };
        check("aronia", "aronia");
        check("a-1", "a-1");
        check("", "expected 1 to 32 characters, found 0");
        check("Aronia", "character 0 is not allowed (allowed: a-z 0-9 -)");
        check("ar nia", "character 2 is not allowed (allowed: a-z 0-9 -)");
        check(&"x".repeat(33), "expected 1 to 32 characters, found 33");
        assert!("ab".parse::<PartyId>().unwrap() < "abc".parse::<PartyId>().unwrap());
    }

    #[test]
    fn bytes_go_to_hex_and_back_and_debug_shows_four() {
        let id = Digest::of(b"abc");
        assert_eq!(id.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(format!("{id:?}"), "Digest(ba7816bf..)");
        assert_eq!("zz".parse::<Digest>(), Err(IdError::Length { expected: "64", found: 2 }));
    }
}
