//! Strings by number: every distinct text is kept once, and compared by its number afterwards.

use std::ops::Range;

/// The number that stands for no text.
pub const NONE: u32 = 0;

/// The most texts for which what they need is fetched at once.
pub(crate) const FETCHED: usize = 128;

/// Distinct texts, numbered from 1 in the order in which they came.
///
/// Numbers depend on the order of arrival; nothing that is decided may hang on which of two numbers is the smaller one.
#[derive(Clone, Debug)]
pub struct Interner {
    joined: String,
    /// Where each text ends; the first entry is the end of "none".
    ends: Vec<usize>,
    /// A part of the hash, by which a text is placed, and the number; open addressing, a power of two, at most half full. The part
    /// is compared first, and moved by: the texts lie elsewhere in memory.
    slots: Vec<(u32, u32)>,
}

impl Default for Interner {
    fn default() -> Self {
        Self { joined: String::new(), ends: vec![0], slots: vec![(0, NONE); 64] }
    }
}

impl Interner {
    /// The number of a text; [`NONE`] for the empty one.
    ///
    /// # Panics
    /// With more than 2^32 distinct texts, which no table that fits in memory has.
    pub fn number(&mut self, text: &str) -> u32 {
        self.number_of(text, hash(text.as_bytes()))
    }

    /// The number of a text whose hash is known.
    pub(crate) fn number_of(&mut self, text: &str, hash: u64) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        let slot = self.slot(text.as_bytes(), hash);
        if self.slots[slot].1 != NONE {
            return self.slots[slot].1;
        }
        self.joined.push_str(text);
        let number = u32::try_from(self.ends.len()).expect("fewer than 2^32 distinct texts");
        self.ends.push(self.joined.len());
        self.slots[slot] = (tag(hash), number);
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The numbers of many texts, by their places: what they need is waited for together.
    pub fn numbers<'a>(&mut self, texts: impl Iterator<Item = &'a str> + Clone) -> Vec<u32> {
        let mut numbers = Vec::new();
        let mut rest = texts;
        loop {
            let texts = rest.clone().take(FETCHED);
            let (hashes, _) = self.fetch(texts.clone());
            let before = numbers.len();
            numbers.extend(texts.zip(hashes).map(|(text, hash)| self.number_of(text, hash)));
            if numbers.len() - before < FETCHED {
                return numbers;
            }
            rest.nth(FETCHED - 1);
        }
    }

    /// Fetches what is needed to number texts next, for many at once, since each has to be waited for. Answers their hashes, and
    /// the numbers that they probably have.
    pub(crate) fn fetch<'a>(&self, texts: impl Iterator<Item = &'a str>) -> ([u64; FETCHED], [u32; FETCHED]) {
        let mask = self.slots.len() - 1;
        let mut hashes = [0; FETCHED];
        let mut numbers = [NONE; FETCHED];
        for ((place, number), text) in hashes.iter_mut().zip(&mut numbers).zip(texts) {
            *place = hash(text.as_bytes());
            *number = self.slots[tag(*place) as usize & mask].1;
        }
        let mut starts = [0; FETCHED];
        starts
            .iter_mut()
            .zip(numbers)
            .for_each(|(start, number)| *start = self.ends[number.max(1) as usize - 1]);
        let texts = self.joined.as_bytes();
        let touched = starts.iter().fold(0, |sum, start| sum ^ texts.get(*start).copied().unwrap_or(0));
        std::hint::black_box(touched);
        (hashes, numbers)
    }

    /// The number of a text that is there already; [`NONE`] where it is not.
    pub fn get(&self, text: &str) -> u32 {
        self.get_bytes(text.as_bytes())
    }

    /// The number of a text in bytes that is there already; [`NONE`] where it is not.
    pub(crate) fn get_bytes(&self, text: &[u8]) -> u32 {
        if text.is_empty() { NONE } else { self.slots[self.slot(text, hash(text))].1 }
    }

    /// The text of a number; empty for [`NONE`].
    pub fn text(&self, number: u32) -> &str {
        &self.joined[self.place(number)]
    }

    /// The text of a number in bytes; empty for [`NONE`].
    pub fn bytes(&self, number: u32) -> &[u8] {
        &self.joined.as_bytes()[self.place(number)]
    }

    fn place(&self, number: u32) -> Range<usize> {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        start..self.ends[at]
    }

    /// How many numbers there are, "none" among them: one more than texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.ends.len() == 1
    }

    /// The place of a text, or the empty one where it belongs.
    fn slot(&self, text: &[u8], hash: u64) -> usize {
        let (mask, tag) = (self.slots.len() - 1, tag(hash));
        let mut at = tag as usize & mask;
        loop {
            let (kept, number) = self.slots[at];
            if number == NONE || (kept == tag && self.bytes(number) == text) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Numbers the texts anew, by what they say and not by when they came. Answers the new number of each.
    pub(crate) fn settle(&mut self) -> Vec<u32> {
        let mut order: Vec<(u64, u32)> =
            (1..self.ends.len() as u32).map(|number| (hash(self.bytes(number)), number)).collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.bytes(a.1).cmp(self.bytes(b.1))));
        let mut joined = String::with_capacity(self.joined.len());
        let mut ends = Vec::with_capacity(self.ends.len());
        ends.push(0);
        let mut moved = vec![NONE; self.ends.len()];
        for (to, (_, from)) in (1..).zip(&order) {
            joined.push_str(self.text(*from));
            ends.push(joined.len());
            moved[*from as usize] = to;
        }
        (self.joined, self.ends) = (joined, ends);
        self.slots.iter_mut().for_each(|slot| slot.1 = moved[slot.1 as usize]);
        moved
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let before = std::mem::replace(&mut self.slots, vec![(0, NONE); mask + 1]);
        for (tag, number) in before.into_iter().filter(|(_, number)| *number != NONE) {
            let mut at = tag as usize & mask;
            while self.slots[at].1 != NONE {
                at = (at + 1) & mask;
            }
            self.slots[at] = (tag, number);
        }
    }
}

/// The part of a hash that is kept. Texts are placed by its lower bits, so that they can be moved without being read.
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// A number of a text that is the same on every machine and in every run. For finding, not for proving: it keeps no secret.
pub fn hash(text: &[u8]) -> u64 {
    let start = 0x9e37_79b9_7f4a_7c15_u64 ^ text.len() as u64;
    let (words, rest) = text.as_chunks::<8>();
    let sum = words.iter().fold(start, |sum, word| mixed(sum ^ u64::from_le_bytes(*word)));
    match (rest, text.last_chunk::<8>()) {
        ([], _) => sum,
        // The rest is the end of the last eight bytes.
        (rest, Some(last)) => mixed(sum ^ u64::from_le_bytes(*last) >> (64 - 8 * rest.len())),
        (rest, None) => mixed(sum ^ rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))),
    }
}

/// Two numbers made one.
pub fn joined(one: u64, other: u64) -> u64 {
    mixed(one.rotate_left(23) ^ other)
}

/// Spreads a number's bits: the two halves of a product of 128 bits, folded.
fn mixed(word: u64) -> u64 {
    let product = u128::from(word ^ 0xa076_1d64_78bd_642f) * 0xe703_7ed1_a0b4_28db;
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_and_a_number_its_text() {
        let mut all = Interner::default();
        let texts: Vec<String> = (0..5_000).map(|n| format!("name {n}")).collect();
        let numbers: Vec<u32> = texts.iter().map(|text| all.number(text)).collect();
        assert_eq!(all.len(), 5_001);
        for (text, number) in texts.iter().zip(&numbers) {
            assert_eq!(all.number(text), *number);
            assert_eq!(all.get(text), *number);
            assert_eq!(all.text(*number), text);
        }
        assert_eq!((all.number(""), all.text(NONE), all.get("another")), (NONE, "", NONE));
    }

    #[test]
    fn a_hash_is_the_same_everywhere() {
        let text = b"0123456789abcdefghijklmnop";
        for end in 0..text.len() {
            let mut sum = 0x9e37_79b9_7f4a_7c15_u64 ^ end as u64;
            for chunk in text[..end].chunks(8) {
                let mut word = [0; 8];
                word[..chunk.len()].copy_from_slice(chunk);
                sum = mixed(sum ^ u64::from_le_bytes(word));
            }
            assert_eq!(hash(&text[..end]), sum, "{end} bytes, by words filled up with zeros");
        }
        assert_eq!(hash(b"migda"), hash(b"migda"));
        assert_ne!(hash(b"migda"), hash(b"migda\0"));
        assert_ne!(joined(1, 2), joined(2, 1));
    }
}
