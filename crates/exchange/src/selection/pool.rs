//! The committed pool: everyone of one side who may go in a round, with the caps of that side, in canonical bytes.
//!
//! Decides what a pool is and which bytes stand for it; once both are opened, either party makes the roll from them.
//! Reading is strict: one pool has one byte string, and everything is bounded before it is read.

use std::collections::BTreeSet;
use std::fmt;

use sha2::{Digest as _, Sha256};
use time::Date;

use super::joint::{CAPS_MAX, Cap, PLACES_MAX};
use crate::ids::{Digest, Item};

/// The most people a pool may hold.
pub const CANDIDATES_MAX: usize = 1_000_000;
/// The most bytes a category or a cap may have.
pub const LABEL_BYTES_MAX: usize = 64;

/// The most categories that the people of a pool may count in.
pub const POOL_CATEGORIES_MAX: usize = 255;

const MAGIC: &[u8] = b"homeward pool v3\n";
/// Length of the label, one byte of it, the cap it lies in, its places.
const CAP_BYTES_MIN: usize = 1 + 1 + 2 + 4;
/// Item, class, day, group, site, category, asked for by name or not.
const CANDIDATE_BYTES: usize = 32 + 1 + 4 + 4 + 2 + 1 + 1;
/// The first of January of the year 1, as a Julian day.
const DAY_ONE: i32 = 1_721_426;
/// Stands for a cap without a number of its own.
const NOT_CAPPED: u32 = u32::MAX;
const NOT_A_LABEL: &str = "a label has 1 to 64 bytes, no comma, no quote and no space at its ends";

/// One person who may go in the round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The person, as both parties see one.
    pub item: Item,
    /// Priority class by the agreement, from 1, which goes first.
    pub class: u8,
    /// The category the person counts in: a label of 1 to 64 bytes ([`is_label`]).
    pub category: String,
    /// Since when the person is held; year 1 to 9999.
    pub held_since: Date,
    /// Index of the site among the pool's caps.
    pub site: u16,
    /// Number of the kept-together group of this side, 1 to [`CANDIDATES_MAX`]; 0 for someone who goes alone.
    pub group: u32,
    /// Whether the other side has asked for the person by name.
    pub requested: bool,
}

/// Everyone of one side who may go in a round, each once, sorted by item; and the caps of that side inside the round.
///
/// A cap without one that it lies in lies in the round itself. `at_least` is always 0: a holder says how many can go from
/// a place, the agreement says how many must.
#[derive(Clone, PartialEq, Eq)]
pub struct Pool {
    caps: Vec<Cap>,
    candidates: Vec<Candidate>,
}

/// Why candidates or bytes are not a pool.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PoolError {
    /// More people than a pool may hold.
    #[error("a pool holds at most {CANDIDATES_MAX} people")]
    TooMany,
    /// The same item twice.
    #[error("item {0} is in the pool twice")]
    Twice(Item),
    /// A class of 0.
    #[error("item {0}: classes count from 1")]
    ClassZero(Item),
    /// A group beyond the most people that there can be.
    #[error("item {0}: groups are numbered up to {CANDIDATES_MAX}")]
    Group(Item),
    /// A category that is no label.
    #[error("item {0}: the category is no label of 1 to {LABEL_BYTES_MAX} bytes")]
    Category(Item),
    /// A site that is not among the caps.
    #[error("item {0}: no such site")]
    Site(Item),
    /// More caps than a side may have.
    #[error("a pool holds at most {} caps", CAPS_MAX - 1)]
    Caps,
    /// A cap whose label is none or is there before; whose outer cap does not stand before
    /// it; or whose places are out of bounds.
    #[error("cap {at}: {problem}")]
    Cap {
        /// Its place, from 1.
        at: usize,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// More categories than the people of a pool may count in.
    #[error("the people of a pool count in at most {POOL_CATEGORIES_MAX} categories")]
    Categories,
    /// A category that does not come after the one before it in the order of bytes, or in which nobody counts.
    #[error("category {0}: out of order, or nobody counts in it")]
    CategoryTable(usize),
    /// A date outside the years 1 to 9999.
    #[error("item {0}: held since a year outside 1 to 9999")]
    Year(Item),
    /// The bytes do not start as a pool does.
    #[error("these bytes are not a pool (version 3)")]
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
    /// A date, a text, a category or a mark that cannot be read.
    #[error("byte {at}: not a {field}")]
    Malformed {
        /// Where it starts.
        at: usize,
        /// `date`, `label`, `category` or `mark`.
        field: &'static str,
    },
    /// People not in ascending order of item.
    #[error("item {0} is out of order")]
    OutOfOrder(Item),
}

impl Pool {
    /// Makes a pool, in whatever order the people come; caps keep theirs.
    ///
    /// # Errors
    /// The first fault.
    pub fn new(caps: Vec<Cap>, mut candidates: Vec<Candidate>) -> Result<Self, PoolError> {
        if candidates.len() > CANDIDATES_MAX {
            return Err(PoolError::TooMany);
        }
        sound_caps(&caps)?;
        candidates.iter().try_for_each(|candidate| candidate.sound(caps.len()))?;
        if categories(&candidates).len() > POOL_CATEGORIES_MAX {
            return Err(PoolError::Categories);
        }
        candidates.sort_unstable_by_key(|candidate| candidate.item);
        match candidates.windows(2).find(|pair| pair[0].item == pair[1].item) {
            Some(pair) => Err(PoolError::Twice(pair[0].item)),
            None => Ok(Self { caps, candidates }),
        }
    }

    /// The caps, each after the one it lies in.
    pub fn caps(&self) -> &[Cap] {
        &self.caps
    }

    /// The people, sorted by item.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// One person of the pool.
    pub fn get(&self, item: &Item) -> Option<&Candidate> {
        let found = self.candidates.binary_search_by_key(item, |candidate| candidate.item);
        found.ok().map(|at| &self.candidates[at])
    }

    /// SHA-256 of [`Pool::to_bytes`]: what a party commits to before the seed exists.
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.to_bytes()).into())
    }

    /// How many people fit into so many bytes beside these caps and categories.
    pub fn people_in(&self, bytes: usize) -> usize {
        let people = self.candidates.len() * CANDIDATE_BYTES;
        bytes.saturating_sub(self.to_bytes().len() - people) / CANDIDATE_BYTES
    }

    /// The canonical bytes: `homeward pool v3` and a line feed; the number of caps (16 bits, big-endian) and per cap the
    /// length (1) and UTF-8 of its label, the place from 1 of the cap it lies in (16 bits; 0: the round), its places (32
    /// bits; all ones: none of its own); the number of categories (8 bits) and per category, in ascending order of bytes,
    /// the length (1) and UTF-8 of its label; the number of people (32 bits) and per person in ascending order of item:
    /// item (32 bytes), class (1), held since as days from 0001-01-01 (32 bits), group (32 bits), place from 0 of the site
    /// (16 bits), place from 0 of the category (1), asked for by name: 1, or 0 (1).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        // `new` bounds caps, people and labels, so that every length fits.
        let short = |len: usize| u16::try_from(len).expect("bounded caps").to_be_bytes();
        bytes.extend(short(self.caps.len()));
        for cap in &self.caps {
            label_to(&mut bytes, &cap.id);
            bytes.extend(short(cap.within.map_or(0, |within| within + 1)));
            bytes.extend(cap.at_most.unwrap_or(NOT_CAPPED).to_be_bytes());
        }
        let categories = categories(&self.candidates);
        bytes.push(u8::try_from(categories.len()).expect("bounded categories"));
        categories.iter().for_each(|category| label_to(&mut bytes, category));
        bytes.extend(u32::try_from(self.candidates.len()).expect("a bounded pool").to_be_bytes());
        for Candidate { item, class, category, held_since, site, group, requested } in &self.candidates {
            bytes.extend(item.0);
            bytes.push(*class);
            // From the year 1 to the year 9999 are fewer than 2^22 days.
            bytes.extend(held_since.to_julian_day().wrapping_sub(DAY_ONE).to_be_bytes());
            bytes.extend(group.to_be_bytes());
            bytes.extend(site.to_be_bytes());
            let place = categories.binary_search(&category.as_str()).expect("every category is in the table");
            // At most `POOL_CATEGORIES_MAX`.
            bytes.push(place as u8);
            bytes.push(u8::from(*requested));
        }
        bytes
    }

    /// Reads canonical bytes; anything that [`Pool::to_bytes`] would not have written is refused.
    ///
    /// # Errors
    /// The first fault.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PoolError> {
        if !bytes.starts_with(MAGIC) {
            return Err(PoolError::NotAPool);
        }
        let mut reader = Reader { bytes, at: MAGIC.len() };
        let count = usize::from(u16::from_be_bytes(reader.array()?));
        reader.room_for(count, CAP_BYTES_MIN)?;
        let caps = (0..count).map(|_| reader.cap()).collect::<Result<Vec<Cap>, _>>()?;
        let [count] = reader.array()?;
        let table = (0..count).map(|_| reader.label()).collect::<Result<Vec<String>, _>>()?;
        let count = u32::from_be_bytes(reader.array()?) as usize;
        if count > CANDIDATES_MAX {
            return Err(PoolError::TooMany);
        }
        reader.room_for(count, CANDIDATE_BYTES)?;
        let mut candidates: Vec<Candidate> = Vec::with_capacity(count);
        for _ in 0..count {
            let candidate = reader.candidate(&table)?;
            if let Some(before) = candidates.last() {
                match before.item.cmp(&candidate.item) {
                    std::cmp::Ordering::Less => {}
                    std::cmp::Ordering::Equal => return Err(PoolError::Twice(candidate.item)),
                    std::cmp::Ordering::Greater => return Err(PoolError::OutOfOrder(candidate.item)),
                }
            }
            candidates.push(candidate);
        }
        if reader.at != bytes.len() {
            return Err(PoolError::Trailing { at: reader.at });
        }
        let used = categories(&candidates);
        let differs = |at: &usize| table.get(*at).map(String::as_str) != used.get(*at).copied();
        match (0..table.len()).find(differs) {
            Some(at) => Err(PoolError::CategoryTable(at + 1)),
            None => Self::new(caps, candidates),
        }
    }
}

/// The categories that people count in, each once, in ascending order of bytes.
fn categories(candidates: &[Candidate]) -> Vec<&str> {
    let used: BTreeSet<&str> = candidates.iter().map(|candidate| candidate.category.as_str()).collect();
    used.into_iter().collect()
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({} caps, {} people)", self.caps.len(), self.candidates.len())
    }
}

impl Candidate {
    fn sound(&self, caps: usize) -> Result<(), PoolError> {
        match () {
            () if self.class == 0 => Err(PoolError::ClassZero(self.item)),
            () if self.group as usize > CANDIDATES_MAX => Err(PoolError::Group(self.item)),
            () if !is_label(&self.category) => Err(PoolError::Category(self.item)),
            () if usize::from(self.site) >= caps => Err(PoolError::Site(self.item)),
            () if !(1..=9999).contains(&self.held_since.year()) => Err(PoolError::Year(self.item)),
            () => Ok(()),
        }
    }
}

fn sound_caps(caps: &[Cap]) -> Result<(), PoolError> {
    // One place is left for the round itself.
    if caps.len() >= CAPS_MAX {
        return Err(PoolError::Caps);
    }
    let mut labels: Vec<&str> = Vec::with_capacity(caps.len());
    for (at, cap) in caps.iter().enumerate() {
        let refused = |problem| Err(PoolError::Cap { at: at + 1, problem });
        match labels.binary_search(&cap.id.as_str()) {
            Ok(_) => return refused("its label is there before"),
            Err(place) => labels.insert(place, &cap.id),
        }
        match () {
            () if !is_label(&cap.id) => return refused(NOT_A_LABEL),
            () if cap.within.is_some_and(|within| within >= at) => {
                return refused("the cap it lies in does not stand before it");
            }
            () if cap.at_least != 0 => return refused("a holder demands nothing of a place"),
            () if cap.at_most.is_some_and(|most| most > PLACES_MAX) => {
                return refused("its places are out of bounds");
            }
            () => {}
        }
    }
    Ok(())
}

/// Whether a text can name a cap or a category: 1 to 64 bytes, no control character, comma or quote, no space at its ends. So a
/// label stands alike in a pool, in a table and in rules.
pub fn is_label(text: &str) -> bool {
    let plain = |character: char| !character.is_control() && !matches!(character, ',' | '"');
    (1..=LABEL_BYTES_MAX).contains(&text.len()) && text.trim() == text && text.chars().all(plain)
}

fn label_to(bytes: &mut Vec<u8>, label: &str) {
    bytes.push(u8::try_from(label.len()).expect("a bounded label"));
    bytes.extend(label.as_bytes());
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

    /// Refuses a count that what is left cannot hold, before anything is reserved for it.
    fn room_for(&self, count: usize, bytes_each: usize) -> Result<(), PoolError> {
        let fits = count <= (self.bytes.len() - self.at) / bytes_each;
        if fits { Ok(()) } else { Err(PoolError::Truncated { at: self.bytes.len() }) }
    }

    fn cap(&mut self) -> Result<Cap, PoolError> {
        let id = self.label()?;
        let within = usize::from(u16::from_be_bytes(self.array()?)).checked_sub(1);
        let most = u32::from_be_bytes(self.array()?);
        Ok(Cap { id, within, at_least: 0, at_most: (most != NOT_CAPPED).then_some(most) })
    }

    fn candidate(&mut self, table: &[String]) -> Result<Candidate, PoolError> {
        let item = Item(self.array()?);
        let [class] = self.array()?;
        let at = self.at;
        let day = i32::try_from(u32::from_be_bytes(self.array()?)).ok();
        let held_since = day
            .and_then(|day| day.checked_add(DAY_ONE))
            .and_then(|day| Date::from_julian_day(day).ok())
            .ok_or(PoolError::Malformed { at, field: "date" })?;
        let group = u32::from_be_bytes(self.array()?);
        let site = u16::from_be_bytes(self.array()?);
        let at = self.at;
        let [category] = self.array()?;
        let category = table.get(usize::from(category)).cloned();
        let category = category.ok_or(PoolError::Malformed { at, field: "category" })?;
        let at = self.at;
        let requested = match self.array()? {
            [0] => false,
            [1] => true,
            [_] => return Err(PoolError::Malformed { at, field: "mark" }),
        };
        Ok(Candidate { item, class, category, held_since, site, group, requested })
    }

    fn label(&mut self) -> Result<String, PoolError> {
        let at = self.at;
        let [len] = self.array()?;
        let label = std::str::from_utf8(self.take(usize::from(len))?);
        label.map(str::to_owned).map_err(|_| PoolError::Malformed { at, field: "label" })
    }
}
