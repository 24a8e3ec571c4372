//! A small deterministic generator (SplitMix64; Steele, Lea and Flood 2014), so that a rehearsal can be repeated.
//!
//! Decides nothing but the next number of a seed. It is not for keys or lots: those come from real entropy elsewhere.

/// A deterministic sequence of numbers.
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// Starts the sequence of `seed` for one purpose, so that two purposes of one seed do not follow one another.
    pub fn of(seed: u64, purpose: &str) -> Self {
        // FNV-1a over the purpose: any stable spreading will do.
        let spread = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut chance = Self { state: seed ^ spread };
        chance.draw();
        chance
    }

    /// The sequence of the `index`-th of many things alike, which needs nothing of those before it. This one stays as it is.
    pub fn nth(&self, index: u64) -> Self {
        let mut chance = Self { state: self.state ^ index.wrapping_mul(0xd6e8_feb8_6659_fd93) };
        Self { state: chance.draw() }
    }

    /// Draws the next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Draws a number in `0..bound`, and 0 when `bound` is 0. The bias of the reduction is below 2⁻³² here.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.draw()) * bound as u128;
        // The product of a 64-bit draw and a usize, shifted by 64, is below the bound and fits again.
        (wide >> 64) as usize
    }

    /// Draws a number in `from..=to`; `from` when the range is empty.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = to.saturating_sub(from).saturating_add(1).max(1);
        from + self.below(span as usize) as i64
    }

    /// Answers yes in `per_mille` of 1,000 cases.
    pub fn happens(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// Picks one of `all`, which must not be empty.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Picks the index of one of `weights` in proportion to it; 0 when they are all zero.
    pub fn weighted(&mut self, weights: impl Iterator<Item = usize> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        for (index, weight) in weights.enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// Puts `all` into a drawn order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for end in (1..all.len()).rev() {
            all.swap(end, self.below(end + 1));
        }
    }

    /// Deals `count` labels in the given per-mille shares, each share rounded down and the first label taking the rest, in
    /// a drawn order. So a share is kept for any count, not only on average.
    pub fn deal<T: Copy>(&mut self, count: usize, shares: &[(T, usize)]) -> Vec<T> {
        let mut dealt = Vec::with_capacity(count);
        for (label, per_mille) in shares.iter().skip(1) {
            dealt.extend(std::iter::repeat_n(*label, count * per_mille / 1000));
        }
        if let Some((first, _)) = shares.first() {
            dealt.resize(count.max(dealt.len()), *first);
        }
        dealt.truncate(count);
        self.shuffle(&mut dealt);
        dealt
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_that_of_splitmix64() {
        // From state 0 the first numbers of SplitMix64 are known.
        let mut chance = Chance { state: 0 };
        assert_eq!(chance.draw(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(chance.draw(), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn purposes_and_seeds_differ_and_repeat() {
        assert_eq!(Chance::of(7, "names").draw(), Chance::of(7, "names").draw());
        assert_ne!(Chance::of(7, "names").draw(), Chance::of(7, "places").draw());
        assert_ne!(Chance::of(7, "names").draw(), Chance::of(8, "names").draw());
    }

    #[test]
    fn the_nth_of_a_kind_needs_nothing_of_the_others() {
        let people = Chance::of(7, "people");
        assert_eq!(people.nth(3).draw(), people.nth(3).draw());
        let firsts: std::collections::BTreeSet<_> =
            (0..10_000).map(|index| people.nth(index).draw()).collect();
        assert_eq!(firsts.len(), 10_000);
    }

    #[test]
    fn shares_are_dealt_exactly_for_any_count() {
        for count in 0..200 {
            let dealt = Chance::of(1, "deal").deal(count, &[('a', 780), ('b', 220)]);
            assert_eq!(dealt.len(), count);
            assert_eq!(dealt.iter().filter(|label| **label == 'b').count(), count * 220 / 1000);
        }
    }
}
