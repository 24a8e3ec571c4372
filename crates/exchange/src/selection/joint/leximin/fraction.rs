//! Exact fractions of whole numbers.

use std::cmp::Ordering;
use std::fmt;

use super::wide::{TooFine, Wide};

/// A fraction in lowest terms, never rounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fraction {
    num: Wide,
    den: Wide,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { num: Wide::ZERO, den: Wide::ONE };
    /// One.
    pub const ONE: Self = Self { num: Wide::ONE, den: Wide::ONE };

    /// So many parts of a number that is above 0.
    pub(super) fn new(num: impl Into<Wide>, den: impl Into<Wide>) -> Self {
        let (num, den) = (num.into(), den.into());
        let by = greatest_divisor(num, den);
        Self { num: num.divided(by).0, den: den.divided(by).0 }
    }

    /// Above the line.
    #[cfg(test)]
    pub(super) fn num(self) -> Wide {
        self.num
    }

    /// Below the line; above 0.
    pub(super) fn den(self) -> Wide {
        self.den
    }

    /// How many whole millionths it has; for showing, where it is from 0 to 1.
    pub fn millionths(self) -> u32 {
        let (shift, million) = (self.den.bits().saturating_sub(900), Wide::from(1_000_000_u32));
        // Shortened first where a product would run over: that far below no millionth changes but by one.
        let (num, den) = (self.num.lowered(shift), self.den.lowered(shift));
        let times = num.times(million).map(|num| num.divided(den).0);
        times.ok().and_then(Wide::small).map_or(0, |millionths| millionths as u32)
    }

    /// The largest whole number that is not more.
    pub(super) fn floor(self) -> Wide {
        let (whole, left) = self.num.divided(self.den);
        if left.is_negative() { whole - Wide::ONE } else { whole }
    }

    /// What is left above the line without its whole part.
    fn left_of(self, floor: Wide) -> Wide {
        let (whole, left) = self.num.divided(self.den);
        if whole == floor { left } else { left + self.den }
    }

    /// Whether it is a whole number.
    pub fn is_whole(self) -> bool {
        self.den == Wide::ONE
    }

    /// The sum of two.
    pub(super) fn plus(self, other: Self) -> Result<Self, TooFine> {
        let den = common(self.den, other.den)?;
        Ok(Self::new(self.over(den)?.plus(other.over(den)?)?, den))
    }

    /// What is left when another is taken away.
    pub(super) fn minus(self, other: Self) -> Result<Self, TooFine> {
        self.plus(Self { num: -other.num, ..other })
    }

    /// So many times as much.
    pub(super) fn times(self, by: impl Into<Wide>) -> Result<Self, TooFine> {
        let by = by.into();
        let shared = greatest_divisor(by, self.den);
        Ok(Self { num: self.num.times(by.divided(shared).0)?, den: self.den.divided(shared).0 })
    }

    /// One of so many equal parts of it; the number is above 0.
    pub(super) fn divided(self, by: impl Into<Wide>) -> Result<Self, TooFine> {
        let by = by.into();
        let shared = greatest_divisor(self.num, by);
        Ok(Self { num: self.num.divided(shared).0, den: self.den.times(by.divided(shared).0)? })
    }

    /// How many parts of this size it is; the size is a multiple of its own denominator.
    pub(super) fn over(self, den: Wide) -> Result<Wide, TooFine> {
        self.num.times(den.divided(self.den).0)
    }
}

impl From<u32> for Fraction {
    fn from(whole: u32) -> Self {
        Self { num: whole.into(), den: Wide::ONE }
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
            let (left, right) = (one.left_of(a), two.left_of(b));
            let order = match a.cmp(&b) {
                Ordering::Equal if left == Wide::ZERO || right == Wide::ZERO => left.cmp(&right),
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
pub(super) fn common(a: Wide, b: Wide) -> Result<Wide, TooFine> {
    a.divided(greatest_divisor(a, b)).0.times(b)
}

fn greatest_divisor(a: Wide, b: Wide) -> Wide {
    let (mut a, mut b) = (a.amount(), b.amount());
    while b != Wide::ZERO {
        (a, b) = (b, a.divided(b).1);
    }
    a
}
