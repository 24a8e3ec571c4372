//! Exact fractions of whole numbers.

use std::cmp::Ordering;
use std::fmt;

/// A fraction in lowest terms, never rounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fraction {
    num: i128,
    den: i128,
}

/// A fraction needs larger numbers than 127 bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the exact chances of this round need fractions of more than 127 bits")]
pub struct TooFine;

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// One.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// So many parts of a number that is above 0.
    pub fn new(num: i128, den: i128) -> Self {
        let by = greatest_divisor(num, den);
        Self { num: num / by, den: den / by }
    }

    /// Above the line.
    pub fn num(self) -> i128 {
        self.num
    }

    /// Below the line; above 0.
    pub fn den(self) -> i128 {
        self.den
    }

    /// The largest whole number that is not more.
    pub fn floor(self) -> i128 {
        self.num.div_euclid(self.den)
    }

    /// Whether it is a whole number.
    pub fn is_whole(self) -> bool {
        self.den == 1
    }

    /// The sum of two.
    pub(super) fn plus(self, other: Self) -> Result<Self, TooFine> {
        let den = common(self.den, other.den)?;
        let sum = self.over(den)?.checked_add(other.over(den)?).ok_or(TooFine)?;
        Ok(Self::new(sum, den))
    }

    /// What is left when another is taken away.
    pub(super) fn minus(self, other: Self) -> Result<Self, TooFine> {
        self.plus(Self { num: -other.num, ..other })
    }

    /// So many times as much.
    pub(super) fn times(self, by: i128) -> Result<Self, TooFine> {
        let shared = greatest_divisor(by, self.den);
        let num = self.num.checked_mul(by / shared).ok_or(TooFine)?;
        Ok(Self { num, den: self.den / shared })
    }

    /// One of so many equal parts of it; the number is above 0.
    pub(super) fn divided(self, by: i128) -> Result<Self, TooFine> {
        let shared = greatest_divisor(self.num, by);
        let den = self.den.checked_mul(by / shared).ok_or(TooFine)?;
        Ok(Self { num: self.num / shared, den })
    }

    /// How many parts of this size it is; the size is a multiple of its own denominator.
    pub(super) fn over(self, den: i128) -> Result<i128, TooFine> {
        self.num.checked_mul(den / self.den).ok_or(TooFine)
    }
}

impl From<u32> for Fraction {
    fn from(whole: u32) -> Self {
        Self { num: whole.into(), den: 1 }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    /// Compares whole parts, then what is left the other way up: no number grows.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut one, mut two) = (*self, *other);
        let mut turned = false;
        loop {
            let (a, b) = (one.floor(), two.floor());
            let (left, right) = (one.num - a * one.den, two.num - b * two.den);
            let order = match a.cmp(&b) {
                Ordering::Equal if left == 0 || right == 0 => (left != 0).cmp(&(right != 0)),
                Ordering::Equal => {
                    (one, two) = (Self { num: one.den, den: left }, Self { num: two.den, den: right });
                    turned = !turned;
                    continue;
                }
                unequal => unequal,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}

/// The least number that is a multiple of both; both are above 0.
pub(super) fn common(a: i128, b: i128) -> Result<i128, TooFine> {
    (a / greatest_divisor(a, b)).checked_mul(b).ok_or(TooFine)
}

fn greatest_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
