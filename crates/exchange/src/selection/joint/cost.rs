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
    scale: i128,
}

/// Into how many parts each unit of every level is divided where a balance is kept: its price may then be a fraction.
pub const SCALE: i128 = 840;

/// The scale of costs and prices under these rules: [`SCALE`] where a balance is kept, 1 where none is.
pub fn scale(rules: &Rules) -> i128 {
    if rules.balance.is_some() { SCALE } else { 1 }
}

/// The least cost in whole numbers that is not below a scaled one. Where a level is a fraction it is rounded up, and all later
/// ones are the least that any roll can have there.
pub fn rounded_up(scaled: &[i128], scale: i128, least: &[i128]) -> Vec<i128> {
    let mut rounded = Vec::with_capacity(scaled.len());
    for &level in scaled {
        let fraction = level.rem_euclid(scale) != 0;
        rounded.push(level.div_euclid(scale) + i128::from(fraction));
        if fraction {
            rounded.extend(&least[rounded.len()..]);
            break;
        }
    }
    rounded
}

/// What no roll is below at each level: what everyone's costs below nothing add up to.
pub fn least_of(rules: &Rules, people: &[Person]) -> Vec<i128> {
    let sum = |level: Level| match level {
        // A lot is never below nothing.
        Level::Lot | Level::NextLot => 0,
        _ => people.iter().map(|person| i128::from(level.cost(person, || Lot { first: 0, next: 0 }))).sum(),
    };
    Level::of(rules).into_iter().map(sum).collect()
}

/// How many times what one person can cost a unit of worth may be priced at.
const PRICE_STEPS: i128 = 2;

/// More than a way through the network can pass of prices of worth, in costs of a person.
const PRICED_MAX: u64 = 16 * PRICE_STEPS as u64 * super::rules::WORTH_MAX as u64;

/// Bits of a word that levels may fill; the last is the sign.
const WORD_BITS: u32 = 127;

impl Packing {
    /// Room for the sum of so many people's costs at every level, by amount.
    pub fn new(rules: &Rules, levels: Vec<Level>, people: u64) -> Self {
        let (mut places, mut word, mut free) = (Vec::new(), 0, WORD_BITS);
        let scale = scale(rules);
        // A way of the network passes a category's own way, and so the price of its worth, a few times at most.
        let people = if scale == 1 { people } else { people.saturating_add(PRICED_MAX) };
        for level in &levels {
            // One bit for the sign and one for the carry of the levels below.
            let most = level.most() * u128::from(people.max(1)) * scale.unsigned_abs();
            let bits = 128 - most.leading_zeros() + 2;
            if bits > free {
                (word, free) = (word + 1, WORD_BITS);
            }
            free -= bits;
            places.push((word, free, bits));
        }
        Self { levels, places, words: word + 1, scale }
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
            cost.0[*word] += (self.scale * i128::from(level.cost(person, || *drawn))) << shift;
        }
        cost
    }

    /// One place that the rules demand, filled.
    pub fn demanded<const W: usize>(&self) -> Cost<W> {
        let (word, shift, _) = self.places[0];
        let mut cost = Cost::ZERO;
        cost.0[word] = -(self.scale << shift);
        cost
    }

    /// The scale of the packed costs.
    pub fn scale(&self) -> i128 {
        self.scale
    }

    /// Levels as they are, packed.
    pub fn pack<const W: usize>(&self, levels: &[i128]) -> Cost<W> {
        let mut cost = Cost::ZERO;
        for (level, (word, shift, _)) in levels.iter().zip(&self.places) {
            cost.0[*word] += level << shift;
        }
        cost
    }

    /// A price of a unit of worth, no level of it more than [`PRICE_STEPS`] times what a person can cost.
    pub fn within_room(&self, price: Vec<i128>) -> Vec<i128> {
        let most = |level: &Level| PRICE_STEPS * self.scale * level.most() as i128;
        price
            .iter()
            .zip(&self.levels)
            .map(|(price, level)| (*price).clamp(-most(level), most(level)))
            .collect()
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
