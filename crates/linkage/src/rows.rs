//! Which rows a search is for: all, or those that are new among many that were compared before.
//!
//! A search for some rows shows each pair that one for all would show and of which at least one is among them, and no other: keys
//! that none of them has are left out before anything is sorted, and what is left has its blocks whole.

/// The rows that a search is for.
#[derive(Clone, Copy, Debug)]
pub enum Rows<'a> {
    /// Every pair is shown.
    All,
    /// By row: a pair is shown where at least one of the two is marked.
    Marked(&'a [bool]),
}

/// Bits of the filter for each key of a marked row: of keys that no marked row has, about one in so many is sorted all the same.
const FILTER_BITS: usize = 16;

impl Rows<'_> {
    /// Of keys with their rows, as [`crate::meet`] has them, leaves only those of keys that a row of the search has.
    pub(crate) fn narrow(self, keyed: &mut Vec<u64>) {
        if let Self::Marked(_) = self {
            let keys: Vec<u64> = keyed.iter().copied().filter(|key| self.has(*key)).collect();
            let filter = Filter::of(&keys);
            keyed.retain(|key| filter.may_have(*key));
        }
    }

    /// Whether the search is for the row of a key.
    fn has(self, key: u64) -> bool {
        match self {
            Self::All => true,
            Self::Marked(marked) => marked.get(key as u32 as usize).is_some_and(|marked| *marked),
        }
    }

    /// Shows every pair of a block that the search is for, by its rows; answers how many that were.
    pub(crate) fn pairs(self, block: &[u64], mut look: impl FnMut(u32, u32)) -> u64 {
        let mut shown = 0;
        for (at, one) in block.iter().enumerate() {
            // Two rows of the search are one pair, shown by the earlier.
            let all = self.has(*one);
            for other in block[at + 1..].iter().filter(|other| all || self.has(**other)) {
                look(*one as u32, *other as u32);
                shown += 1;
            }
        }
        shown
    }

    /// Whether a block has a pair that the search is for.
    pub(crate) fn wants(self, block: &[u64]) -> bool {
        block.iter().any(|key| self.has(*key))
    }
}

/// A set of keys that may say yes of a key that it has not, and never no of one that it has.
struct Filter {
    words: Vec<u64>,
    shift: u32,
}

impl Filter {
    fn of(keys: &[u64]) -> Self {
        let bits = (keys.len().max(4) * FILTER_BITS).next_power_of_two();
        let mut filter = Self { words: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for key in keys {
            let bit = filter.bit(*key);
            filter.words[bit / 64] |= 1 << (bit % 64);
        }
        filter
    }

    fn bit(&self, key: u64) -> usize {
        (key >> self.shift) as usize
    }

    fn may_have(&self, key: u64) -> bool {
        let bit = self.bit(key);
        self.words[bit / 64] >> (bit % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Keys with their rows, sorted; 0 is none.
    fn keyed(keys: &[u64]) -> Vec<u64> {
        let mut keyed: Vec<u64> = (0_u64..)
            .zip(keys)
            .filter(|(_, key)| **key != 0)
            .map(|(row, key)| (key & !0xffff_ffff) | row)
            .collect();
        keyed.sort_unstable();
        keyed
    }

    /// Pairs that a search shows, rows of one key meeting.
    fn shown(rows: Rows<'_>, keys: &[u64]) -> Vec<(u32, u32)> {
        let mut keyed = keyed(keys);
        rows.narrow(&mut keyed);
        let mut pairs = Vec::new();
        for block in crate::meet::blocks(&keyed).filter(|block| rows.wants(block)) {
            rows.pairs(block, |one, other| pairs.push((one.min(other), one.max(other))));
        }
        pairs.sort_unstable();
        pairs
    }

    #[test]
    fn a_search_for_some_rows_shows_just_the_pairs_that_have_one_of_them() {
        for seed in 0..400_u64 {
            let word = |at: u64| crate::intern::joined(seed, at);
            let keys: Vec<u64> = (0..60)
                .map(|at| crate::intern::joined(7, word(at) % 12) * (word(at + 99) % 5).min(1))
                .collect();
            let marked: Vec<bool> = (0..60).map(|at| word(at + 999) % (1 + seed % 7) == 0).collect();
            let wanted: Vec<(u32, u32)> = shown(Rows::All, &keys)
                .into_iter()
                .filter(|(one, other)| marked[*one as usize] || marked[*other as usize])
                .collect();
            let found = shown(Rows::Marked(&marked), &keys);
            assert_eq!(found, wanted, "seed {seed}");
            assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len(), "each once");
        }
    }

    #[test]
    fn keys_that_no_marked_row_has_are_not_sorted() {
        let mut marked = vec![false; 10_000];
        marked[77] = true;
        let keys: Vec<u64> = (0..10_000).map(|row| crate::intern::joined(3, row / 2)).collect();
        let mut kept = keyed(&keys);
        Rows::Marked(&marked).narrow(&mut kept);
        assert!(kept.len() >= 2 && kept.len() < 2_000, "{} of 10,000 rows", kept.len());
    }
}
