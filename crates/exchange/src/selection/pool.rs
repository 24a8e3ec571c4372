//! The committed pool: everyone of one side who may go in a round, in canonical bytes.
//!
//! Decides what a pool is and which bytes stand for it; the other party opens these bytes and repeats the selection.
//! Reading is strict: one pool has one byte string, and everything is bounded before it is read.

use std::fmt;

use sha2::{Digest as _, Sha256};
use time::{Date, Month};

use crate::ids::{Digest, Item};

/// The most people a pool may hold.
pub const CANDIDATES_MAX: usize = 1_000_000;
/// The most bytes a category or a site may have.
pub const LABEL_BYTES_MAX: usize = 64;

const MAGIC: &[u8] = b"homeward pool v1\n";
/// Item, group, date and the two lengths; category and site have at least one byte each.
const CANDIDATE_BYTES_MIN: usize = 32 + 1 + 10 + 2 + 2;

/// One person who may go in the round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The person, as both parties see one.
    pub item: Item,
    /// Priority group by the agreement, from 1, which goes first.
    pub group: u8,
    /// The category the person counts in: 1 to 64 bytes without control characters.
    pub category: String,
    /// Since when the person is held; year 1 to 9999.
    pub held_since: Date,
    /// Where the person is held, as the caps name it: 1 to 64 bytes without control characters.
    pub site: String,
}

/// Everyone of one side who may go in a round, each once, sorted by item.
#[derive(Clone, PartialEq, Eq)]
pub struct Pool(Vec<Candidate>);

/// Why candidates or bytes are not a pool.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PoolError {
    /// More people than a pool may hold.
    #[error("a pool holds at most {CANDIDATES_MAX} people")]
    TooMany,
    /// The same item twice.
    #[error("item {0} is in the pool twice")]
    Twice(Item),
    /// A group of 0.
    #[error("item {0}: groups count from 1")]
    GroupZero(Item),
    /// A category or site that is empty, too long or has control characters.
    #[error("item {item}: {field} must have 1 to {LABEL_BYTES_MAX} bytes without control characters")]
    Label {
        /// Whose.
        item: Item,
        /// `category` or `site`.
        field: &'static str,
    },
    /// A date outside the years 1 to 9999.
    #[error("item {0}: held since a year outside 1 to 9999")]
    Year(Item),
    /// The bytes do not start as a pool does.
    #[error("these bytes are not a pool (version 1)")]
    NotAPool,
    /// The bytes end too early, or their count cannot be true.
    #[error("the pool ends at byte {at}, before it is complete")]
    Truncated {
        /// Where more was expected.
        at: usize,
    },
    /// Bytes after the last person.
    #[error("bytes follow the pool's last person, from byte {at}")]
    Trailing {
        /// Where the pool ends.
        at: usize,
    },
    /// A date or a text that cannot be read.
    #[error("byte {at}: not a {field}")]
    Malformed {
        /// Where it starts.
        at: usize,
        /// `date`, `category` or `site`.
        field: &'static str,
    },
    /// People not in ascending order of item.
    #[error("item {0} is out of order")]
    OutOfOrder(Item),
}

impl Pool {
    /// Makes a pool, in whatever order the people come.
    pub fn new(mut candidates: Vec<Candidate>) -> Result<Self, PoolError> {
        if candidates.len() > CANDIDATES_MAX {
            return Err(PoolError::TooMany);
        }
        candidates.iter().try_for_each(Candidate::sound)?;
        candidates.sort_unstable_by_key(|candidate| candidate.item);
        match candidates.windows(2).find(|pair| pair[0].item == pair[1].item) {
            Some(pair) => Err(PoolError::Twice(pair[0].item)),
            None => Ok(Self(candidates)),
        }
    }

    /// The people, sorted by item.
    pub fn candidates(&self) -> &[Candidate] {
        &self.0
    }

    /// One person of the pool.
    pub fn get(&self, item: &Item) -> Option<&Candidate> {
        self.0.binary_search_by_key(item, |candidate| candidate.item).ok().map(|at| &self.0[at])
    }

    /// SHA-256 of [`Pool::to_bytes`]: what a party commits to before the seed exists.
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.to_bytes()).into())
    }

    /// The canonical bytes: `homeward pool v1` and a line feed; the number of people (32 bits, big-endian); per
    /// person in ascending order of item: item (32 bytes), group (1), held since (`YYYY-MM-DD`), length (1) and UTF-8
    /// of the category, length (1) and UTF-8 of the site.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        // `new` refuses more than CANDIDATES_MAX people and labels over 64 bytes, so both lengths fit.
        bytes.extend(u32::try_from(self.0.len()).expect("a bounded pool").to_be_bytes());
        for Candidate { item, group, category, held_since, site } in &self.0 {
            bytes.extend(item.0);
            bytes.push(*group);
            let (year, month, day) = held_since.to_calendar_date();
            bytes.extend(format!("{year:04}-{:02}-{day:02}", u8::from(month)).as_bytes());
            for label in [category, site] {
                bytes.push(u8::try_from(label.len()).expect("a bounded label"));
                bytes.extend(label.as_bytes());
            }
        }
        bytes
    }

    /// Reads canonical bytes; anything that [`Pool::to_bytes`] would not have written is refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PoolError> {
        if !bytes.starts_with(MAGIC) {
            return Err(PoolError::NotAPool);
        }
        let mut reader = Reader { bytes, at: MAGIC.len() };
        let count = u32::from_be_bytes(reader.array()?) as usize;
        if count > CANDIDATES_MAX {
            return Err(PoolError::TooMany);
        }
        if count > (bytes.len() - reader.at) / CANDIDATE_BYTES_MIN {
            return Err(PoolError::Truncated { at: bytes.len() });
        }
        let mut candidates: Vec<Candidate> = Vec::with_capacity(count);
        for _ in 0..count {
            let candidate = reader.candidate()?;
            if let Some(before) = candidates.last() {
                match before.item.cmp(&candidate.item) {
                    std::cmp::Ordering::Less => {}
                    std::cmp::Ordering::Equal => return Err(PoolError::Twice(candidate.item)),
                    std::cmp::Ordering::Greater => return Err(PoolError::OutOfOrder(candidate.item)),
                }
            }
            candidates.push(candidate);
        }
        if reader.at == bytes.len() {
            Self::new(candidates)
        } else {
            Err(PoolError::Trailing { at: reader.at })
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({} people)", self.0.len())
    }
}

impl Candidate {
    fn sound(&self) -> Result<(), PoolError> {
        if self.group == 0 {
            return Err(PoolError::GroupZero(self.item));
        }
        for (field, label) in [("category", &self.category), ("site", &self.site)] {
            if label.is_empty() || label.len() > LABEL_BYTES_MAX || label.chars().any(char::is_control) {
                return Err(PoolError::Label { item: self.item, field });
            }
        }
        if (1..=9999).contains(&self.held_since.year()) { Ok(()) } else { Err(PoolError::Year(self.item)) }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], PoolError> {
        let taken =
            self.bytes.get(self.at..self.at + len).ok_or(PoolError::Truncated { at: self.bytes.len() })?;
        self.at += len;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], PoolError> {
        // `take` answers with exactly as many bytes as it was asked for.
        Ok(self.take(N)?.try_into().expect("as many as asked for"))
    }

    fn candidate(&mut self) -> Result<Candidate, PoolError> {
        let item = Item(self.array()?);
        let [group] = self.array()?;
        let at = self.at;
        let held_since = date(self.take(10)?).ok_or(PoolError::Malformed { at, field: "date" })?;
        let category = self.label("category")?;
        let site = self.label("site")?;
        Ok(Candidate { item, group, category, held_since, site })
    }

    fn label(&mut self, field: &'static str) -> Result<String, PoolError> {
        let at = self.at;
        let [len] = self.array()?;
        let label = std::str::from_utf8(self.take(usize::from(len))?);
        label.map(str::to_owned).map_err(|_| PoolError::Malformed { at, field })
    }
}

/// Reads `YYYY-MM-DD`, digits only.
fn date(bytes: &[u8]) -> Option<Date> {
    let number = |digits: &[u8]| {
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| digits.iter().fold(0_u16, |number, digit| number * 10 + u16::from(digit - b'0')))
    };
    let month = Month::try_from(u8::try_from(number(&bytes[5..7])?).ok()?).ok()?;
    let day = u8::try_from(number(&bytes[8..10])?).ok()?;
    let dashes = bytes[4] == b'-' && bytes[7] == b'-';
    dashes.then(|| Date::from_calendar_date(i32::from(number(&bytes[..4])?), month, day).ok()).flatten()
}
