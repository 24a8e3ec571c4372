//! Identifiers and the small values every rule speaks of.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A party, or a neutral, of an agreement: a short ASCII label such as `aronia`. Display names are data elsewhere.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Party(String);

/// Why a label is not a [`Party`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a party's label has 1 to 32 characters of a-z, 0-9 and '-'")]
pub struct NotAParty;

impl Party {
    /// Reads a label of 1 to 32 characters out of `a-z`, `0-9` and `-`.
    pub fn new(label: &str) -> Result<Self, NotAParty> {
        let fits = (1..=32).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits { Ok(Self(label.to_owned())) } else { Err(NotAParty) }
    }

    /// The label.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Party {
    type Err = NotAParty;
    fn from_str(label: &str) -> Result<Self, NotAParty> {
        Self::new(label)
    }
}

/// Number of a round inside an agreement, from 1.
pub type RoundNo = u32;

/// Why a text is not the hexadecimal form of an identifier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("expected {expected} hexadecimal digits")]
pub struct NotHex {
    /// How many digits the identifier has.
    pub expected: usize,
}

fn leading(bytes: &[u8]) -> u64 {
    // Every identifier has more than eight bytes.
    bytes.first_chunk().copied().map_or(0, u64::from_be_bytes)
}

macro_rules! bytes_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name(pub [u8; $len]);

        /// In order of the bytes. The first eight, which nearly always differ, are compared as one number.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                leading(&self.0).cmp(&leading(&other.0)).then_with(|| self.0.cmp(&other.0))
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:02x}{:02x}…)"), self.0[0], self.0[1])
            }
        }

        impl FromStr for $name {
            type Err = NotHex;
            fn from_str(text: &str) -> Result<Self, NotHex> {
                let refused = NotHex { expected: 2 * $len };
                if text.len() != 2 * $len || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
                    return Err(refused);
                }
                let mut bytes = [0; $len];
                for (at, byte) in bytes.iter_mut().enumerate() {
                    *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| refused)?;
                }
                Ok(Self(bytes))
            }
        }
    };
}

bytes_id! {
    /// A person in one node's register: random, means nothing outside the node.
    PersonId, 16
}
bytes_id! {
    /// A person in anything that both parties see: an opaque commitment, the same in every round of an agreement.
    Item, 32
}
bytes_id! {
    /// SHA-256 of a canonical byte string.
    Digest, 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_identifiers_read_back_or_are_refused() {
        assert_eq!(Party::new("aronia").unwrap().as_str(), "aronia");
        for refused in ["", "Aronia", "a b", "аронія", &"a".repeat(33)] {
            assert_eq!(Party::new(refused), Err(NotAParty), "{refused}");
        }
        let id = PersonId([0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        for refused in ["", "ab", &"zz".repeat(16), &"a".repeat(31), &"é".repeat(16)] {
            assert!(refused.parse::<PersonId>().is_err(), "{refused}");
        }
        assert_eq!(format!("{id:?}"), "PersonId(abab…)");
    }

    #[test]
    fn identifiers_stand_in_order_of_their_bytes() {
        let of = |place: usize, byte: u8| {
            let mut bytes = [7; 32];
            bytes[place] = byte;
            Item(bytes)
        };
        for (place, byte, order) in [
            (0, 8, Ordering::Greater),
            (0, 0x80, Ordering::Greater),
            (7, 6, Ordering::Less),
            (8, 8, Ordering::Greater),
            (31, 6, Ordering::Less),
            (31, 7, Ordering::Equal),
        ] {
            assert_eq!(of(place, byte).cmp(&Item([7; 32])), order, "{place} {byte}");
        }
    }
}
