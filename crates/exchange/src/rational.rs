//! Exact fractions of 128-bit integers. Every step is checked: `None` means that the result does not fit.

use std::cmp::Ordering;
use std::fmt;

/// A fraction in lowest terms with a positive denominator.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    over: i128,
    under: i128,
}

impl Rational {
    /// Nought.
    pub const ZERO: Self = Self { over: 0, under: 1 };
    /// One.
    pub const ONE: Self = Self { over: 1, under: 1 };

    /// A whole number.
    pub fn whole(number: i128) -> Self {
        Self { over: number, under: 1 }
    }

    /// `over / under`; `None` when `under` is 0 or the result does not fit.
    pub fn new(over: i128, under: i128) -> Option<Self> {
        if under == 0 {
            return None;
        }
        let divisor = i128::try_from(common_divisor(over.unsigned_abs(), under.unsigned_abs())).ok()?;
        let sign = under.signum();
        Some(Self { over: (over / divisor).checked_mul(sign)?, under: (under / divisor).checked_mul(sign)? })
    }

    /// Reads `3` or `3/2`, both parts without a sign; nothing where the text is neither or does not fit.
    pub fn read(text: &str) -> Option<Self> {
        let digits = |part: &str| {
            let plain = (1..=30).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse::<i128>().ok()).flatten()
        };
        match text.split_once('/') {
            Some((over, under)) => Self::new(digits(over)?, digits(under)?),
            None => Some(Self::whole(digits(text)?)),
        }
    }

    /// The number above the line, in lowest terms.
    pub fn over(self) -> i128 {
        self.over
    }

    /// The number below the line, in lowest terms, always positive.
    pub fn under(self) -> i128 {
        self.under
    }

    /// Whether this is nought.
    pub fn is_zero(self) -> bool {
        self.over == 0
    }

    /// -1, 0 or 1.
    pub fn signum(self) -> i128 {
        self.over.signum()
    }

    /// The greatest whole number that is not greater.
    pub fn floor(self) -> i128 {
        self.over.div_euclid(self.under)
    }

    /// The least whole number that is not less; `None` when it does not fit.
    pub fn ceil(self) -> Option<i128> {
        self.floor().checked_add(i128::from(self.over.rem_euclid(self.under) != 0))
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.under == 1 && other.under == 1 {
            return Some(Self::whole(self.over.checked_add(other.over)?));
        }
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        Self::new(left.checked_add(right)?, self.under.checked_mul(other.under)?)
    }

    /// The opposite.
    pub fn minus(self) -> Option<Self> {
        Some(Self { over: self.over.checked_neg()?, under: self.under })
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        if self.under == 1 && other.under == 1 {
            return Some(Self::whole(self.over.checked_mul(other.over)?));
        }
        Self::new(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    /// The quotient; `None` for a division by nought.
    pub fn by(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.under, other.over)?)
    }

    /// Which of two is greater.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        Some(self.over.checked_mul(other.under)?.cmp(&other.over.checked_mul(self.under)?))
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.under == 1 { write!(f, "{}", self.over) } else { write!(f, "{}/{}", self.over, self.under) }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The greatest common divisor; not both are 0.
fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_exact_and_refuse_what_does_not_fit() {
        let of = |over, under| Rational::new(over, under).unwrap();
        assert_eq!(of(1, 2).plus(of(1, 3)), Some(of(5, 6)));
        assert_eq!(of(-2, -4), of(1, 2));
        assert_eq!(of(2, -4).times(of(2, 1)), Some(of(-1, 1)));
        assert_eq!((of(-1, 2).floor(), of(-1, 2).ceil()), (-1, Some(0)));
        assert_eq!(of(1, 3).compare(of(1, 2)), Some(Ordering::Less));
        assert_eq!(of(1, 2).by(Rational::ZERO), None);
        assert_eq!(Rational::new(1, 0), None);
        assert_eq!(Rational::whole(i128::MAX).plus(Rational::ONE), None);
        assert_eq!(Rational::whole(i128::MIN).minus(), None);
        assert_eq!(of(1, i128::MAX).plus(of(1, i128::MAX - 1)), None);
    }
}
