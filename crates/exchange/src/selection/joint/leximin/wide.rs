//! Whole numbers of up to 1,022 bits, as exact chances need them: what many sites share multiplies their sizes.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Neg, Sub};

/// Words of 64 bits.
const WORDS: usize = 16;

/// A whole number, the lowest word first, in two's complement. Its two highest bits are the same: so the sum of two never
/// runs over unseen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Wide([u64; WORDS]);

/// A number is too large.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the exact chances of this round need whole numbers of more than 1022 bits")]
pub struct TooFine;

impl Wide {
    /// Nothing.
    pub const ZERO: Self = Self([0; WORDS]);
    /// One.
    pub const ONE: Self = {
        let mut words = [0; WORDS];
        words[0] = 1;
        Self(words)
    };

    /// The number whose first words these are, the highest first.
    pub fn of_words(words: impl DoubleEndedIterator<Item = u64>) -> Self {
        let mut number = Self::ZERO;
        number.0.iter_mut().zip(words.rev()).for_each(|(word, read)| *word = read);
        number
    }

    pub fn plus(self, other: Self) -> Result<Self, TooFine> {
        (self + other).bounded()
    }

    pub fn minus(self, other: Self) -> Result<Self, TooFine> {
        (self - other).bounded()
    }

    pub fn times(self, other: Self) -> Result<Self, TooFine> {
        if let (Some(a), Some(b)) = (self.small(), other.small())
            && let Some(product) = a.checked_mul(b)
        {
            return Ok(product.into());
        }
        let (a, b) = (self.amount(), other.amount());
        if a.bits() + b.bits() > 64 * WORDS as u32 - 2 {
            return Err(TooFine);
        }
        let mut product = Self::ZERO;
        for (at, &word) in a.0.iter().enumerate().filter(|(_, word)| **word != 0) {
            let mut carry = 0;
            // Words above the highest are 0, as the bits of both show.
            for (sum, &by) in product.0[at..].iter_mut().zip(&b.0) {
                let all = u128::from(*sum) + u128::from(word) * u128::from(by) + carry;
                (*sum, carry) = (all as u64, all >> 64);
            }
        }
        Ok(if self.is_negative() == other.is_negative() { product } else { -product })
    }

    /// How many times another goes into it, towards 0, and what is left, with its sign; the other is above 0.
    pub fn divided(self, by: Self) -> (Self, Self) {
        if let (Some(a), Some(b)) = (self.small(), by.small()) {
            return ((a / b).into(), (a % b).into());
        }
        let mut left = self.amount();
        let mut times = Self::ZERO;
        if let Some(gap) = left.bits().checked_sub(by.bits()) {
            let mut part = by.raised(gap);
            for bit in (0..=gap).rev() {
                if left >= part {
                    left = left - part;
                    times.0[bit as usize / 64] |= 1 << (bit % 64);
                }
                part = part.lowered(1);
            }
        }
        if self.is_negative() { (-times, -left) } else { (times, left) }
    }

    /// By amount.
    pub fn amount(self) -> Self {
        if self.is_negative() { -self } else { self }
    }

    pub fn is_negative(self) -> bool {
        self.0[WORDS - 1] >> 63 == 1
    }

    /// How many bits a number from 0 on has.
    pub fn bits(self) -> u32 {
        let highest = self.0.iter().rposition(|word| *word != 0);
        highest.map_or(0, |at| 64 * at as u32 + 64 - self.0[at].leading_zeros())
    }

    /// The number, where it fits.
    pub fn small(self) -> Option<i128> {
        let low = (u128::from(self.0[1]) << 64 | u128::from(self.0[0])) as i128;
        let rest = if low < 0 { u64::MAX } else { 0 };
        self.0[2..].iter().all(|word| *word == rest).then_some(low)
    }

    /// A number from 0 on, without its lowest bits.
    pub fn lowered(self, bits: u32) -> Self {
        let (words, bits) = (bits as usize / 64, bits % 64);
        let word = |at: usize| self.0.get(at).copied().unwrap_or(0);
        Self(std::array::from_fn(|at| {
            let both = u128::from(word(at + words + 1)) << 64 | u128::from(word(at + words));
            (both >> bits) as u64
        }))
    }

    /// A number from 0 on, with bits of 0 below it; there is room for it.
    pub fn raised(self, bits: u32) -> Self {
        let (words, bits) = (bits as usize / 64, bits % 64);
        let word = |at: Option<usize>| at.map_or(0, |at| self.0[at]);
        Self(std::array::from_fn(|at| {
            let (high, low) = (word(at.checked_sub(words)), word(at.checked_sub(words + 1)));
            ((u128::from(high) << 64 | u128::from(low)) << bits >> 64) as u64
        }))
    }

    fn bounded(self) -> Result<Self, TooFine> {
        let highest = self.0[WORDS - 1] >> 62;
        if highest == 0 || highest == 3 { Ok(self) } else { Err(TooFine) }
    }
}

impl Add for Wide {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let mut carry = 0;
        Self(std::array::from_fn(|at| {
            let sum = u128::from(self.0[at]) + u128::from(other.0[at]) + carry;
            carry = sum >> 64;
            sum as u64
        }))
    }
}

impl Neg for Wide {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.map(|word| !word)) + Self::ONE
    }
}

impl Sub for Wide {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl From<i128> for Wide {
    fn from(number: i128) -> Self {
        let rest = if number < 0 { u64::MAX } else { 0 };
        let mut words = [rest; WORDS];
        (words[0], words[1]) = (number as u64, (number >> 64) as u64);
        Self(words)
    }
}

impl From<u32> for Wide {
    fn from(number: u32) -> Self {
        i128::from(number).into()
    }
}

impl PartialOrd for Wide {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Wide {
    fn cmp(&self, other: &Self) -> Ordering {
        // Of two with one sign the words compare as they stand, the highest first.
        let sign = other.is_negative().cmp(&self.is_negative());
        sign.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl fmt::Display for Wide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: u64 = 1_000_000_000_000_000_000;
        let mut parts = Vec::new();
        let mut left = self.amount();
        loop {
            let (rest, part) = left.divided(i128::from(DIGITS).into());
            parts.push(part.0[0]);
            left = rest;
            if left == Self::ZERO {
                break;
            }
        }
        let mut text = parts.pop().unwrap_or(0).to_string();
        parts.iter().rev().for_each(|part| text.push_str(&format!("{part:018}")));
        f.pad_integral(!self.is_negative(), "", &text)
    }
}

impl fmt::Debug for Wide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
