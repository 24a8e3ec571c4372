//! The small part of CBOR that entries and bundles use, in its one deterministic form (RFC 8949 section 4.2.1).
//!
//! Decides that a value has exactly one encoding: it reads with a library, writes again and requires equal
//! bytes. Unsigned integers, byte strings, text strings, arrays and maps with text keys are all there is: no
//! floats, no negative numbers, no tags, no indefinite lengths. Refuses to know what the values mean.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use thiserror::Error;

/// The deepest nesting that any format of ours needs, with room.
const DEPTH_MAX: u32 = 6;
/// The most values in one encoding: bounds what a small hostile input can make us allocate.
const VALUES_MAX: u32 = 200_000;

/// Why bytes are not a value in our form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CborError {
    /// Not well-formed CBOR, or it ends too early.
    #[error("not well-formed at byte {at}")]
    Malformed {
        /// Where reading stopped.
        at: usize,
    },
    /// A kind of value that the formats do not use.
    #[error("a value of a kind not allowed here at byte {at}")]
    Kind {
        /// Where.
        at: usize,
    },
    /// Array, map or string without a stated length.
    #[error("indefinite length at byte {at}")]
    Indefinite {
        /// Where.
        at: usize,
    },
    /// Nested too deep or too many values.
    #[error("more nesting or values than allowed at byte {at}")]
    Limit {
        /// Where.
        at: usize,
    },
    /// The same key twice in a map.
    #[error("key {key:?} stands twice")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// Bytes follow the value.
    #[error("bytes follow the value from byte {at}")]
    Trailing {
        /// Where the value ended.
        at: usize,
    },
    /// The value could be written in a shorter or ordered way, and must be.
    #[error("not the deterministic encoding (first differs at byte {at})")]
    NotDeterministic {
        /// First byte that differs from the deterministic encoding.
        at: usize,
    },
    /// A required key is absent.
    #[error("key {key:?} is missing")]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// A key that the format does not have.
    #[error("key {key:?} is unknown")]
    UnknownKey {
        /// The key.
        key: String,
    },
    /// A key with a value of the wrong kind, length or range.
    #[error("key {key:?} has a value of the wrong kind, length or range")]
    WrongValue {
        /// The key.
        key: &'static str,
    },
}

/// A value that borrows from the bytes or from the structure it stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Uint(u64),
    Bytes(&'a [u8]),
    Text(&'a str),
    Array(Vec<Value<'a>>),
    Map(Vec<(&'a str, Value<'a>)>),
}

/// Reads exactly one value in deterministic form.
pub(crate) fn decode(bytes: &[u8]) -> Result<Value<'_>, CborError> {
    let (value, end) = decode_first(bytes)?;
    if end != bytes.len() {
        return Err(CborError::Trailing { at: end });
    }
    Ok(value)
}

/// Reads the first value of a sequence, in deterministic form, and where it ends.
pub(crate) fn decode_first(bytes: &[u8]) -> Result<(Value<'_>, usize), CborError> {
    let mut reader = Reader { d: Decoder::new(bytes), budget: VALUES_MAX };
    let value = reader.value(DEPTH_MAX)?;
    let end = reader.d.position();
    same(&bytes[..end], &encode(&value))?;
    Ok((value, end))
}

/// Requires that what was read is byte for byte what we would write.
pub(crate) fn same(found: &[u8], written: &[u8]) -> Result<(), CborError> {
    if found == written {
        return Ok(());
    }
    let at = found.iter().zip(written).take_while(|(a, b)| a == b).count();
    Err(CborError::NotDeterministic { at })
}

/// Writes the deterministic form; the order of a map's keys is put right here.
pub(crate) fn encode(value: &Value<'_>) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    write(value, &mut e);
    e.into_writer()
}

fn write(value: &Value<'_>, e: &mut Encoder<Vec<u8>>) {
    // Writing into a Vec has no error case: `minicbor::encode::write::Write for Vec<u8>` is infallible.
    match value {
        Value::Uint(n) => {
            let _ = e.u64(*n);
        }
        Value::Bytes(b) => {
            let _ = e.bytes(b);
        }
        Value::Text(t) => {
            let _ = e.str(t);
        }
        Value::Array(values) => {
            let _ = e.array(values.len() as u64);
            values.iter().for_each(|v| write(v, e));
        }
        Value::Map(pairs) => {
            let mut order: Vec<_> = pairs.iter().collect();
            // RFC 8949 4.2.1: bytewise order of the encoded keys, which for text puts the shorter first.
            order.sort_by_key(|(k, _)| (k.len(), *k));
            let _ = e.map(order.len() as u64);
            for (k, v) in order {
                let _ = e.str(k);
                write(v, e);
            }
        }
    }
}

struct Reader<'a> {
    d: Decoder<'a>,
    budget: u32,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: u32) -> Result<Value<'a>, CborError> {
        let at = self.d.position();
        let malformed = |_| CborError::Malformed { at };
        self.budget = self.budget.checked_sub(1).ok_or(CborError::Limit { at })?;
        match self.d.datatype().map_err(malformed)? {
            Type::U8 | Type::U16 | Type::U32 | Type::U64 => Ok(Value::Uint(self.d.u64().map_err(malformed)?)),
            Type::Bytes => Ok(Value::Bytes(self.d.bytes().map_err(malformed)?)),
            Type::String => Ok(Value::Text(self.d.str().map_err(malformed)?)),
            Type::Array => {
                let len = self.d.array().map_err(malformed)?.ok_or(CborError::Indefinite { at })?;
                let depth = depth.checked_sub(1).ok_or(CborError::Limit { at })?;
                let mut values = Vec::new();
                for _ in 0..len {
                    values.push(self.value(depth)?);
                }
                Ok(Value::Array(values))
            }
            Type::Map => {
                let len = self.d.map().map_err(malformed)?.ok_or(CborError::Indefinite { at })?;
                let depth = depth.checked_sub(1).ok_or(CborError::Limit { at })?;
                self.map(len, depth)
            }
            Type::BytesIndef | Type::StringIndef | Type::ArrayIndef | Type::MapIndef => {
                Err(CborError::Indefinite { at })
            }
            _ => Err(CborError::Kind { at }),
        }
    }

    fn map(&mut self, len: u64, depth: u32) -> Result<Value<'a>, CborError> {
        let mut pairs: Vec<(&'a str, Value<'a>)> = Vec::new();
        for _ in 0..len {
            let at = self.d.position();
            // Formats have a handful of keys; a map with more is refused before it costs anything.
            if pairs.len() == 32 {
                return Err(CborError::Limit { at });
            }
            let Value::Text(key) = self.value(depth)? else { return Err(CborError::Kind { at }) };
            if pairs.iter().any(|(k, _)| *k == key) {
                return Err(CborError::DuplicateKey { key: key.chars().take(32).collect() });
            }
            let value = self.value(depth)?;
            pairs.push((key, value));
        }
        Ok(Value::Map(pairs))
    }
}

/// The keys of a map, taken one by one; what is left at the end is refused.
pub(crate) struct Fields<'a> {
    pairs: Vec<(&'a str, Value<'a>)>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(value: Value<'a>, key: &'static str) -> Result<Self, CborError> {
        match value {
            Value::Map(pairs) => Ok(Fields { pairs }),
            _ => Err(CborError::WrongValue { key }),
        }
    }

    pub(crate) fn optional(&mut self, key: &'static str) -> Option<Value<'a>> {
        let at = self.pairs.iter().position(|(k, _)| *k == key)?;
        Some(self.pairs.remove(at).1)
    }

    pub(crate) fn value(&mut self, key: &'static str) -> Result<Value<'a>, CborError> {
        self.optional(key).ok_or(CborError::MissingKey { key })
    }

    pub(crate) fn uint(&mut self, key: &'static str) -> Result<u64, CborError> {
        match self.value(key)? {
            Value::Uint(n) => Ok(n),
            _ => Err(CborError::WrongValue { key }),
        }
    }

    pub(crate) fn uint32(&mut self, key: &'static str) -> Result<u32, CborError> {
        u32::try_from(self.uint(key)?).map_err(|_| CborError::WrongValue { key })
    }

    pub(crate) fn bytes(&mut self, key: &'static str) -> Result<&'a [u8], CborError> {
        match self.value(key)? {
            Value::Bytes(b) => Ok(b),
            _ => Err(CborError::WrongValue { key }),
        }
    }

    pub(crate) fn fixed<const N: usize>(&mut self, key: &'static str) -> Result<[u8; N], CborError> {
        self.bytes(key)?.try_into().map_err(|_| CborError::WrongValue { key })
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Result<&'a str, CborError> {
        match self.value(key)? {
            Value::Text(t) => Ok(t),
            _ => Err(CborError::WrongValue { key }),
        }
    }

    pub(crate) fn parsed<T: std::str::FromStr>(&mut self, key: &'static str) -> Result<T, CborError> {
        self.text(key)?.parse().map_err(|_| CborError::WrongValue { key })
    }

    pub(crate) fn array(&mut self, key: &'static str) -> Result<Vec<Value<'a>>, CborError> {
        match self.value(key)? {
            Value::Array(values) => Ok(values),
            _ => Err(CborError::WrongValue { key }),
        }
    }

    pub(crate) fn done(self) -> Result<(), CborError> {
        match self.pairs.first() {
            None => Ok(()),
            Some((key, _)) => Err(CborError::UnknownKey { key: key.chars().take(32).collect() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_the_one_deterministic_form_is_refused_with_its_reason() {
        let check = |bytes: &[u8], expected: &str| {
            let got = match decode(bytes) {
                Ok(v) => format!("{v:?}"),
                Err(why) => why.to_string(),
            };
            assert_eq!(got, expected, "{bytes:02x?}");
        };
        check(&[0x05], "Uint(5)");
        check(&[0x18, 0x05], "not the deterministic encoding (first differs at byte 0)");
        check(&[0x18], "not well-formed at byte 0");
        check(&[0x05, 0x05], "bytes follow the value from byte 1");
        check(&[0x9f, 0xff], "indefinite length at byte 0");
        check(&[0x5f, 0xff], "indefinite length at byte 0");
        check(&[0x20], "a value of a kind not allowed here at byte 0");
        check(&[0xf5], "a value of a kind not allowed here at byte 0");
        check(&[0xa2, 0x61, b'a', 0, 0x61, b'a', 1], "key \"a\" stands twice");
        check(
            &[0xa2, 0x61, b'b', 0, 0x61, b'a', 1],
            "not the deterministic encoding (first differs at byte 2)",
        );
        check(&[0xa1, 0x01, 0x01], "a value of a kind not allowed here at byte 1");
        check(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "not well-formed at byte 9");
        check(&[0x81; 9], "more nesting or values than allowed at byte 6");
    }
}
