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
    /// Rows with their keys, in the order of the keys: of every key that a row of the search has, all rows of the table.
    pub(crate) fn keyed(self, rows: usize, key: impl Fn(usize) -> Option<u64>) -> Vec<(u64, u32)> {
        let with_key = |row: usize| Some((key(row)?, u32::try_from(row).ok()?));
        let mut keyed: Vec<(u64, u32)> = match self {
            Self::All => (0..rows).filter_map(with_key).collect(),
            Self::Marked(marked) => {
                let keys: Vec<u64> =
                    (0..rows.min(marked.len())).filter(|row| marked[*row]).filter_map(&key).collect();
                let filter = Filter::of(&keys);
                (0..rows).filter_map(with_key).filter(|(key, _)| filter.may_have(*key)).collect()
            }
        };
        keyed.sort_unstable();
        keyed
    }

    /// Shows every pair of a block that the search is for; answers how many that were.
    pub(crate) fn pairs(self, block: &[(u64, u32)], mut look: impl FnMut(u32, u32)) -> u64 {
        let Self::Marked(marked) = self else {
            for (at, (_, one)) in block.iter().enumerate() {
                block[at + 1..].iter().for_each(|(_, other)| look(*one, *other));
            }
            return (block.len() * (block.len() - 1) / 2) as u64;
        };
        let is_marked = |row: u32| marked.get(row as usize).is_some_and(|marked| *marked);
        let mut shown = 0;
        for (at, (_, one)) in block.iter().enumerate().filter(|(_, (_, row))| is_marked(*row)) {
            // Two marked rows are one pair, shown by the later.
            for (_, other) in block
                .iter()
                .enumerate()
                .filter(|(place, (_, row))| *place < at || !is_marked(*row))
                .map(|(_, row)| row)
            {
                if one != other {
                    look(*one, *other);
                    shown += 1;
                }
            }
        }
        shown
    }

    /// Whether a block has a pair that the search is for.
    pub(crate) fn wants(self, block: &[(u64, u32)]) -> bool {
        match self {
            Self::All => true,
            Self::Marked(marked) => {
                block.iter().any(|(_, row)| marked.get(*row as usize).is_some_and(|marked| *marked))
            }
        }
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

    /// Pairs that a search shows, rows of one key meeting.
    fn shown(rows: Rows<'_>, keys: &[u64]) -> Vec<(u32, u32)> {
        let keyed = rows.keyed(keys.len(), |row| Some(keys[row]).filter(|key| *key != 0));
        let mut pairs = Vec::new();
        for block in keyed.chunk_by(|a, b| a.0 == b.0).filter(|block| rows.wants(block)) {
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
        let kept = Rows::Marked(&marked).keyed(10_000, |row| Some(crate::intern::joined(3, row as u64 / 2)));
        assert!(kept.len() >= 2 && kept.len() < 2_000, "{} of 10,000 rows", kept.len());
    }
}
