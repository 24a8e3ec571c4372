//! An order of `0..count` drawn from a seed, one place at a time and without a list of them.

use crate::chance::Chance;

/// A permutation of `0..count`: a Feistel network over the next even number of bits, walked until it is inside (Black and
/// Rogaway 2002). It mixes; it hides nothing.
#[derive(Debug)]
pub(super) struct Shuffle {
    count: u64,
    half: u32,
    keys: [Chance; 4],
}

impl Shuffle {
    pub(super) fn of(count: u64, seed: u64) -> Self {
        let bits = u64::BITS - count.saturating_sub(1).leading_zeros();
        let key = |round| Chance::of(seed, "order of reports").nth(round);
        Self { count, half: bits.div_ceil(2).max(1), keys: [key(0), key(1), key(2), key(3)] }
    }

    /// Where `index`, which must be below the count, stands.
    pub(super) fn at(&self, index: u64) -> u64 {
        let mask = (1 << self.half) - 1;
        let mut place = index;
        loop {
            let (mut left, mut right) = (place >> self.half, place & mask);
            for key in &self.keys {
                (left, right) = (right, left ^ (key.nth(right).draw() & mask));
            }
            place = left << self.half | right;
            if place < self.count {
                return place;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_taken_once() {
        for count in [1, 2, 3, 17, 64, 1_000, 4_097] {
            let order = Shuffle::of(count, 7);
            let mut places: Vec<_> = (0..count).map(|index| order.at(index)).collect();
            let drawn = places.clone();
            places.sort_unstable();
            assert_eq!(places, (0..count).collect::<Vec<_>>(), "{count}");
            assert!(count < 17 || drawn != places, "{count} places in their own order");
        }
    }
}
