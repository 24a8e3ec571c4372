//! So many against so many: how many heads are due for a value, by exact fractions and the rounding of the terms.
//!
//! A ratio is settled from the sums since the beginning, never from one round's rounded figure, so a fraction that is not
//! due today is not lost: it is due as soon as it makes a whole head.

use crate::agreement::Rounding;
use crate::rational::Rational;

/// How many heads, each worth `each` (more than 0), are due for a value of 0 or more.
///
/// `None` where the number does not fit into exact fractions of 128 bits, or `each` is 0.
pub fn heads_due(value: Rational, each: Rational, rounding: Rounding) -> Option<i128> {
    let exact = value.by(each)?;
    match rounding {
        Rounding::Down => Some(exact.floor()),
        Rounding::Up => exact.ceil(),
        Rounding::Nearest => Some(exact.plus(Rational::new(1, 2)?)?.floor()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(over: i128, under: i128) -> Rational {
        Rational::new(over, under).unwrap()
    }

    #[test]
    fn a_fraction_of_a_head_goes_as_the_terms_say() {
        use Rounding::{Down, Nearest, Up};
        // A value, what each is worth, and how many are due by each rounding.
        let cases = [
            (of(100, 1), of(3, 1), [33, 34, 33]),
            (of(101, 1), of(2, 1), [50, 51, 51]),
            (of(90, 1), of(30, 1), [3, 3, 3]),
            (of(1, 1), of(50, 1), [0, 1, 0]),
            (of(0, 1), of(50, 1), [0, 0, 0]),
            (of(853, 146), of(1, 3), [17, 18, 18]),
        ];
        for (value, each, expected) in cases {
            let due = [Down, Up, Nearest].map(|rounding| heads_due(value, each, rounding).unwrap());
            assert_eq!(due, expected, "{value} at {each}");
        }
        assert_eq!(heads_due(of(1, 1), Rational::ZERO, Down), None);
    }

    /// One side gives any number a round; the other gives what is due. Nothing leaks, however many rounds there are.
    #[test]
    fn a_thousand_rounds_leave_less_than_one_head() {
        for (each, rounding) in
            [(3, Rounding::Down), (30, Rounding::Up), (50, Rounding::Nearest), (15, Rounding::Down)]
        {
            let each = of(each, 1);
            let (mut given, mut returned) = (Rational::ZERO, Rational::ZERO);
            for round in 1..=1_000_i128 {
                given = given.plus(of(round * 7_919 % 101, 1)).unwrap();
                let open = given.plus(returned.minus().unwrap()).unwrap();
                // What is given too much is set off later: nothing is due until it is used up.
                let heads = heads_due(open, each, rounding).unwrap().max(0);
                returned = returned.plus(each.times(of(heads, 1)).unwrap()).unwrap();
                let left = given.plus(returned.minus().unwrap()).unwrap();
                let size = if left.signum() < 0 { left.minus().unwrap() } else { left };
                assert_eq!(size.compare(each), Some(std::cmp::Ordering::Less), "round {round}: {left}");
            }
        }
    }
}
