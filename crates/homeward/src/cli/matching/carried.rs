//! The file that is carried from one side to the other: a head and the messages of a step.
//!
//! Decides its form, byte by byte: `HWMATCH1`, the session, who wrote it (0 or 1), whether parameters come first (0 or 1), how
//! many messages, then each with its length in four bytes, big-endian. Refuses to know what a message says.

use parley::Digest;
use parley::matching::{Params, Side};

use super::stop::{Step, refused};

const MAGIC: &[u8; 8] = b"HWMATCH1";
const HEAD_BYTES: usize = 8 + 32 + 3;
/// A step has an accept, tags, a query, an answer, a close at the most.
const MESSAGES_MAX: usize = 6;
/// The largest file before the parameters are known: a commit of a million queries.
pub const FIRST_BYTES_MAX: usize = 40 << 20;

/// What is carried.
#[derive(Debug, PartialEq, Eq)]
pub struct Carried {
    /// The session.
    pub session: Digest,
    /// Who wrote it.
    pub from: Side,
    /// The parameters, with the first file alone.
    pub params: Option<Vec<u8>>,
    /// The messages, in their order.
    pub messages: Vec<Vec<u8>>,
}

/// The most bytes that a file of this run can have.
pub fn bytes_max(params: &Params) -> usize {
    HEAD_BYTES + MESSAGES_MAX * (4 + params.message_bytes_max()) + 4_096
}

impl Carried {
    /// The bytes of the file.
    pub fn encode(&self) -> Vec<u8> {
        let all: Vec<&Vec<u8>> = self.params.iter().chain(&self.messages).collect();
        let mut bytes = [MAGIC.as_slice(), self.session.as_bytes()].concat();
        // At most six messages and the parameters.
        bytes.extend([number(self.from), u8::from(self.params.is_some()), all.len() as u8]);
        for message in all {
            // A message is bounded far below four gigabytes.
            bytes.extend((message.len() as u32).to_be_bytes());
            bytes.extend(message);
        }
        bytes
    }

    /// Reads a file.
    ///
    /// # Errors
    /// `file-form` where it is not one.
    pub fn decode(bytes: &[u8]) -> Step<Carried> {
        Self::read(bytes).map_or_else(|| refused("file-form"), Ok)
    }

    fn read(bytes: &[u8]) -> Option<Carried> {
        let (magic, rest) = bytes.split_first_chunk::<8>()?;
        let (session, rest) = rest.split_first_chunk::<32>()?;
        let ([from, with_params, count], mut rest) = rest.split_first_chunk::<3>()?;
        let from = [Side::First, Side::Second].into_iter().find(|side| number(*side) == *from)?;
        if magic != MAGIC || *with_params > 1 || usize::from(*count) > MESSAGES_MAX + 1 {
            return None;
        }
        let mut messages = Vec::new();
        for _ in 0..*count {
            let (length, behind) = rest.split_first_chunk::<4>()?;
            let (message, behind) = behind.split_at_checked(u32::from_be_bytes(*length) as usize)?;
            messages.push(message.to_vec());
            rest = behind;
        }
        if !rest.is_empty() || messages.len() < usize::from(*with_params) {
            return None;
        }
        let params = (*with_params == 1).then(|| messages.remove(0));
        Some(Carried { session: Digest(*session), from, params, messages })
    }
}

/// A side as it stands in the file.
fn number(side: Side) -> u8 {
    u8::from(side == Side::Second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_back_and_no_part_of_one_is_a_file() {
        let file = Carried {
            session: Digest([7; 32]),
            from: Side::Second,
            params: Some(b"params".to_vec()),
            messages: vec![b"one".to_vec(), Vec::new()],
        };
        let bytes = file.encode();
        assert_eq!(Carried::read(&bytes), Some(file));
        for length in 0..bytes.len() {
            assert_eq!(Carried::read(&bytes[..length]), None, "{length} bytes");
        }
        assert_eq!(Carried::read(&[bytes.as_slice(), b"x"].concat()), None);
        for (at, wrong) in [(0, b'X'), (40, 2), (41, 2), (42, 9), (43, 255)] {
            let mut bytes = bytes.clone();
            bytes[at] = wrong;
            assert_eq!(Carried::read(&bytes), None, "byte {at}");
        }
    }
}
