//! Costs in levels: what a roll is worth, compared level by level, in integers alone.
//!
//! A roll's worth is a vector: how many of those asked for by name go, how many of each class, how long they have been
//! held in sum, and last the sum of their lots. A later level never outweighs an earlier one. Inside the solver the
//! levels are packed into wide integers with room for every sum that can occur, so that adding and comparing the packed
//! words is adding and comparing the vectors (`packed_words_compare_as_levels_do`).

use std::cell::LazyCell;
use std::ops::{Add, Neg, Sub};

use super::people::Person;
use super::rules::{Objective, Rules};
use crate::selection::Lot;

/// One level of a roll's worth, first to last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// Places that the rules demand and that stay empty; 0 in every lawful roll.
    Missing,
    /// People in the roll.
    Total,
    /// People asked for by name.
    Requested,
    /// People of this priority class.
    Class(u8),
    /// Time held, summed over the roll.
    TimeHeld,
    /// The first 40 bits of the lots, summed: the lower the better.
    Lot,
    /// The next 40 bits of the lots, summed.
    NextLot,
}

impl Level {
    /// The levels of a roll under these rules, first to last.
    pub fn of(rules: &Rules) -> Vec<Self> {
        let mut levels = Self::before_the_lot(rules);
        levels.extend([Self::Lot, Self::NextLot]);
        levels
    }

    /// The levels at which the rules themselves tell rolls apart, first to last: all but the lots.
    pub fn before_the_lot(rules: &Rules) -> Vec<Self> {
        let mut levels = vec![Self::Missing];
        if rules.objective == Objective::TotalFirst {
            levels.push(Self::Total);
        }
        levels.push(Self::Requested);
        levels.extend((1..=rules.classes).map(Self::Class));
        levels.push(Self::TimeHeld);
        levels
    }

    /// What one person costs at this level: negative where they count for the roll, positive for the lots.
    pub fn cost(self, person: &Person, lot: impl FnOnce() -> Lot) -> i64 {
        match self {
            Self::Missing => 0,
            Self::Total => -1,
            Self::Requested => -i64::from(person.requested),
            Self::Class(class) => -i64::from(person.class == class),
            Self::TimeHeld => -i64::from(person.held),
            // Both are 40 bits.
            Self::Lot => lot().first as i64,
            Self::NextLot => lot().next as i64,
        }
    }

    /// The most that one person can cost at this level, by amount.
    fn most(self) -> u128 {
        match self {
            Self::Missing | Self::Total | Self::Requested | Self::Class(_) => 1,
            Self::TimeHeld => u128::from(u16::MAX),
            Self::Lot | Self::NextLot => 1 << 40,
        }
    }
}

/// A cost in packed levels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cost<const W: usize>([i128; W]);

impl<const W: usize> Cost<W> {
    /// Nothing.
    pub const ZERO: Self = Self([0; W]);
}

impl<const W: usize> Add for Cost<W> {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(word, more)| *word += more);
        self
    }
}

impl<const W: usize> Sub for Cost<W> {
    type Output = Self;

    fn sub(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(word, less)| *word -= less);
        self
    }
}

impl<const W: usize> Neg for Cost<W> {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.map(|word| -word))
    }
}

/// Where each level lies in the packed words.
#[derive(Clone, Debug)]
pub struct Packing {
    levels: Vec<Level>,
    places: Vec<(usize, u32, u32)>,
    words: usize,
}

/// Bits of a word that levels may fill; the last is the sign.
const WORD_BITS: u32 = 127;

impl Packing {
    /// Room for the sum of so many people's costs at every level, by amount.
    pub fn new(levels: Vec<Level>, people: u64) -> Self {
        let (mut places, mut word, mut free) = (Vec::new(), 0, WORD_BITS);
        for level in &levels {
            // One bit for the sign and one for the carry of the levels below.
            let bits = 128 - (level.most() * u128::from(people.max(1))).leading_zeros() + 2;
            if bits > free {
                (word, free) = (word + 1, WORD_BITS);
            }
            free -= bits;
            places.push((word, free, bits));
        }
        Self { levels, places, words: word + 1 }
    }

    /// The levels, first to last.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// How many words a cost needs.
    pub fn words(&self) -> usize {
        self.words
    }

    /// What a person costs.
    pub fn person<const W: usize>(&self, person: &Person, lot: impl FnOnce() -> Lot) -> Cost<W> {
        let (mut cost, drawn) = (Cost::ZERO, LazyCell::new(lot));
        for (level, (word, shift, _)) in self.levels.iter().zip(&self.places) {
            cost.0[*word] += i128::from(level.cost(person, || *drawn)) << shift;
        }
        cost
    }

    /// One place that the rules demand, filled.
    pub fn demanded<const W: usize>(&self) -> Cost<W> {
        let (word, shift, _) = self.places[0];
        let mut cost = Cost::ZERO;
        cost.0[word] = -(1 << shift);
        cost
    }

    /// The levels of a packed cost.
    pub fn unpack<const W: usize>(&self, cost: &Cost<W>) -> Vec<i128> {
        let mut rest = cost.0;
        let mut levels = vec![0; self.levels.len()];
        for (level, (word, shift, bits)) in levels.iter_mut().zip(&self.places).rev() {
            let low = rest[*word] >> shift;
            // The lowest bits of what is left, read with their sign.
            *level = (low << (128 - bits)) >> (128 - bits);
            rest[*word] -= *level << shift;
        }
        levels
    }
}
