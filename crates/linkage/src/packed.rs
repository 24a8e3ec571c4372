//! What is compared of a row before any text is: its keys side by side, what each is worth and which letters it has.
//!
//! Decides which keys two rows share, as a set of bits. A row lies in one or two lines of the processor's cache, and hardly
//! anything else is read for a pair that is no pair.

use crate::birth::Born;
use crate::intern::NONE;
use crate::table::Kind;

/// Eighths of a bit, in which bounds are counted, in a bit.
pub(crate) const EIGHTHS: f32 = 8.0;

/// Numbers of 32 bits in a line of the processor's cache.
const LINE: usize = 16;

/// The rows of a table, packed. A row is its keys (of a date its bits), the first and last consonants of its surname, the letters of its three
/// names as sets, and in bytes what each key is worth at most, with its source.
#[derive(Clone, Debug, Default)]
pub struct Packed {
    width: usize,
    stride: usize,
    birth: Option<usize>,
    /// The bit of each key and of the surname's consonants, four at a time; 0 beyond them.
    lanes: Vec<[u32; 4]>,
    /// Where the first row begins: where a line of the cache does, so that a row of sixteen numbers lies in one.
    start: usize,
    rows: Vec<u32>,
}

/// What two packed rows have, as sets of bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Both {
    /// What is equal.
    pub shared: u32,
    /// What neither lacks, of keys and of the surname's consonants.
    pub filled: u32,
}

impl Packed {
    /// No rows yet, of columns of these kinds: three of the name first.
    pub fn new(kinds: &[Kind], rows: usize) -> Self {
        let width = kinds.len();
        let stride = width + 5 + (width + 1).div_ceil(4);
        let birth = kinds.iter().position(|kind| *kind == Kind::Birth);
        let bit = |at: usize| if at < width + 2 { 1 << at } else { 0 };
        let lanes = (0..width + 2).step_by(4).map(|at| [0, 1, 2, 3].map(|more| bit(at + more)));
        let mut all: Vec<u32> = Vec::with_capacity(rows * stride + LINE);
        let start = all.as_ptr().align_offset(LINE * size_of::<u32>()).min(LINE);
        all.resize(start, 0);
        Self { width, stride, birth, lanes: lanes.collect(), start, rows: all }
    }

    /// Adds a row: its keys, its surname's first and last consonants, the letters of its names, what each key is worth in eighths of a bit.
    pub fn push(
        &mut self,
        keys: &[u32],
        bones: [u32; 2],
        letters: [u32; 3],
        worth: impl Fn(usize) -> u8,
        source: u8,
    ) {
        self.rows.extend_from_slice(keys);
        self.rows.extend(bones);
        self.rows.extend(letters);
        for first in (0..=self.width).step_by(4) {
            let byte = |at: usize| match at.cmp(&self.width) {
                std::cmp::Ordering::Less => worth(at),
                std::cmp::Ordering::Equal => source,
                std::cmp::Ordering::Greater => 0,
            };
            self.rows.push(u32::from_le_bytes([0, 1, 2, 3].map(|more| byte(first + more))));
        }
    }

    /// A row, packed.
    pub fn row(&self, row: usize) -> &[u32] {
        &self.rows[self.start + row * self.stride..][..self.stride]
    }

    /// Fetches rows, so that the processor waits for many of them at once.
    pub(crate) fn fetch(&self, rows: impl Iterator<Item = usize>) {
        let touched = rows.fold(0, |sum, row| {
            let row = self.row(row);
            sum ^ row[0] ^ row[self.stride - 1]
        });
        std::hint::black_box(touched);
    }

    /// The keys of a row.
    pub fn keys(&self, row: usize) -> &[u32] {
        &self.row(row)[..self.width]
    }

    /// The bit of "the first consonants of the surname"; those of keys are their places.
    pub fn bones(&self) -> usize {
        self.width
    }

    /// The bit of "the last consonants of the surname".
    pub fn last_bones(&self) -> usize {
        self.width + 1
    }

    /// The bit of the year of birth.
    pub fn year(&self) -> usize {
        self.width + 2
    }

    /// The bit of day and month of birth.
    pub fn day_of_year(&self) -> usize {
        self.width + 3
    }

    /// How many bits there are.
    pub fn bits(&self) -> usize {
        self.width + 4
    }

    /// Where the date of birth stands.
    pub fn birth(&self) -> Option<usize> {
        self.birth
    }

    /// The source of a packed row.
    pub fn source(&self, row: &[u32]) -> u8 {
        self.byte(row, self.width)
    }

    fn byte(&self, row: &[u32], at: usize) -> u8 {
        row[self.width + 5 + at / 4].to_le_bytes()[at % 4]
    }

    /// What a packed row has for a bit; [`NONE`] where it has nothing.
    pub fn value(&self, row: &[u32], bit: usize) -> u32 {
        if bit <= self.last_bones() && Some(bit) != self.birth {
            return row[bit];
        }
        let born = self.birth.map_or(NONE, |at| row[at]);
        let born = Born::of_bits(born);
        match bit {
            bit if bit == self.year() => born.year(),
            _ if !born.is_whole() => NONE,
            bit if bit == self.day_of_year() => born.bits() & 511,
            _ => born.bits(),
        }
    }

    /// What two packed rows have in common, and what both have.
    #[inline]
    pub fn both(&self, a: &[u32], b: &[u32]) -> Both {
        let (mut shared, mut filled) = ([0; 4], [0; 4]);
        // Behind the consonants a row has other things, which have no bit.
        for ((x, y), bits) in a.as_chunks::<4>().0.iter().zip(b.as_chunks::<4>().0).zip(&self.lanes) {
            for at in 0..4 {
                // Without a branch, so that four are done at once.
                let is_there = bits[at] & mask(x[at] != NONE) & mask(y[at] != NONE);
                filled[at] |= is_there;
                shared[at] |= is_there & mask(x[at] == y[at]);
            }
        }
        let any = |lanes: [u32; 4]| lanes.iter().fold(0, |set, lane| set | lane);
        let mut shared = any(shared);
        if let Some(at) = self.birth {
            let (x, y) = (Born::of_bits(a[at]), Born::of_bits(b[at]));
            let whole = x.is_whole() && y.is_whole();
            if !whole {
                shared &= !(1 << at);
            }
            let year = x.year() == y.year() && x.year() != 0;
            let day = whole && (x.bits() ^ y.bits()) & 511 == 0;
            shared |= u32::from(year) << self.year() | u32::from(day) << self.day_of_year();
        }
        Both { shared, filled: any(filled) }
    }

    /// What these keys of a packed row are worth at most together, in eighths of a bit.
    pub(crate) fn worth(&self, row: &[u32], keys: u32) -> i32 {
        let four = |(at, word): (usize, &u32)| word & BYTES[(keys >> (4 * at) & 15) as usize];
        // Bytes in pairs, added side by side: of sixteen no sum is over.
        let pairs = |word: u32| (word & 0x00ff_00ff) + (word >> 8 & 0x00ff_00ff);
        let sum: u32 = row[self.width + 5..].iter().enumerate().map(four).map(pairs).sum();
        ((sum & 0xffff) + (sum >> 16)) as i32
    }

    /// The letters of a part of the name of a packed row.
    pub(crate) fn letters(&self, row: &[u32], at: usize) -> u32 {
        row[self.width + 2 + at]
    }
}

/// By a set of four: the bytes of a word that are in it.
const BYTES: [u32; 16] = {
    let mut bytes = [0; 16];
    let mut set = 0;
    while set < 16 {
        let mut at = 0;
        while at < 4 {
            bytes[set] |= (((set as u32) >> at) & 1) * (0xff << (8 * at));
            at += 1;
        }
        set += 1;
    }
    bytes
};

/// All bits or none.
fn mask(is_it: bool) -> u32 {
    u32::from(is_it).wrapping_neg()
}

/// The letters of a key, as a set, with the first of them in the upper five bits.
pub fn letters(key: &str) -> u32 {
    let first = key.bytes().next().map_or(0, |letter| u32::from(letter & 31) << 27);
    key.bytes().fold(first, |set, letter| set | (1 << (letter & 31)) & LETTERS)
}

/// The bits of letters, of which skeletons have only those from a to z.
pub(crate) const LETTERS: u32 = 0x07ff_fffe;
/// The bit of a given name that is known and read in one way only: of two of these none is a slip of the other.
pub(crate) const SURE: u32 = 1;

/// Digits and other signs of a code, as a set.
pub(crate) fn signs(code: &str) -> u32 {
    let bit = |sign: u8| if sign.is_ascii_digit() { sign - b'0' } else { 10 + sign % 22 };
    code.bytes().fold(0, |set, sign| set | 1 << bit(sign))
}

/// The bits of digits among [`signs`].
pub(crate) const DIGITS: u32 = 0x3ff;
