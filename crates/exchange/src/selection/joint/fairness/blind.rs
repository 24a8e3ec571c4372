//! What blind lots would give: the distribution of a sum of hypergeometric numbers, in integers.
//!
//! Probabilities are whole numbers of 2^-60, rounded down; what rounding loses is counted with the rare, so that it never
//! raises a flag. Values further out than 2^-60 fall away, which keeps every distribution as short as about eighteen
//! standard deviations: exact convolution is cheap at every size, and no normal approximation is needed.

use std::collections::BTreeMap;

/// One certainty, in units of probability.
const ONE: u64 = 1 << 60;
/// One in a thousand millions, as the report tells it.
const BILLION: u128 = 1_000_000_000;
/// Decimal places to which each fraction of a sum is worked out before the sum is rounded.
const PLACES: u32 = 15;

/// One cell: so many people, of whom so many have the value, and so many places drawn blindly among them.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// People of the cell.
    pub people: u32,
    /// Those of them who have the value.
    pub of_value: u32,
    /// Places of the cell.
    pub places: u32,
}

/// What was observed, against what blind lots would give.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Places that blind lots give on average.
    pub expected: Figure,
    /// Places had, less those expected.
    pub disparity: Figure,
    /// Variance of the places under blind lots, in places squared; nothing varies where it is nil.
    pub variance: Figure,
    /// The fewest and the most places that blind lots give in at least 95 of 100 cases; at most 2.5 in 100 lie beyond
    /// either end.
    pub between: (u32, u32),
    /// In how many of a thousand million blind lots the places are as far out, or further: twice the smaller tail, rounded up.
    pub in_billion: u32,
}

impl Comparison {
    /// Whether the lot had any say at all.
    pub fn is_open(&self) -> bool {
        !self.variance.is_nil()
    }
}

/// An exact number: a whole number and proper fractions, one for each denominator.
///
/// The denominators are sizes of cells, and a common one has more digits than any use; so the fractions stay apart.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    whole: i128,
    /// Denominator and numerator; 0 < numerator < denominator.
    parts: BTreeMap<u128, u128>,
}

impl Figure {
    /// A whole number.
    pub fn whole(whole: i128) -> Self {
        Self { whole, parts: BTreeMap::new() }
    }

    /// Adds a fraction; the denominator is neither 0 nor above 2^100.
    pub fn add(&mut self, numerator: u128, denominator: u128) {
        let sum = self.parts.remove(&denominator).unwrap_or(0) + numerator % denominator;
        // Numerators are products of four sizes at most, below 2^100.
        self.whole += (numerator / denominator + sum / denominator) as i128;
        if !sum.is_multiple_of(denominator) {
            self.parts.insert(denominator, sum % denominator);
        }
    }

    /// Whether a sum of what is never negative is nil.
    pub fn is_nil(&self) -> bool {
        self.whole == 0 && self.parts.is_empty()
    }

    /// A whole number less this.
    pub fn taken_from(&self, whole: i128) -> Self {
        let mut left = Self::whole(whole - self.whole);
        for (denominator, numerator) in &self.parts {
            left.whole -= 1;
            left.add(denominator - numerator, *denominator);
        }
        left
    }

    /// The number in decimal with so many places after the point, at most 12, rounded to the nearest.
    pub fn decimal(&self, digits: u32) -> String {
        let digits = digits.min(12);
        let scale = 10_i128.pow(PLACES);
        let fractions = self.parts.iter().map(|(denominator, numerator)| {
            // Long division: each remainder is below 2^100, so ten times it fits.
            let step = |(sum, rest): (i128, u128), _| {
                (sum * 10 + (rest * 10 / denominator) as i128, rest * 10 % denominator)
            };
            (0..PLACES).fold((0, *numerator), step).0
        });
        let value = self.whole * scale + fractions.sum::<i128>();
        let unit = 10_i128.pow(PLACES - digits);
        let rounded = (value.abs() + unit / 2) / unit;
        let sign = if value < 0 && rounded != 0 { "-" } else { "" };
        let one = 10_i128.pow(digits);
        match digits {
            0 => format!("{sign}{rounded}"),
            _ => format!("{sign}{}.{:0width$}", rounded / one, rounded % one, width = digits as usize),
        }
    }
}

/// Compares places had with what blind lots over some cells would give.
pub fn compare(places: u32, draws: &[Draw]) -> Comparison {
    let (mut expected, mut variance, mut settled) = (Figure::default(), Figure::default(), 0);
    let mut open = Vec::new();
    for draw in draws {
        let [n, m, k] = [draw.people, draw.of_value, draw.places].map(u128::from);
        expected.add(m * k, n);
        if draw.is_open() {
            variance.add(m * k * (n - m) * (n - k), n * n * (n - 1));
            open.push(*draw);
        } else {
            // Nobody, everybody, or the only ones of the cell: the number does not hang on the lot.
            settled += (m * k / n) as u32;
        }
    }
    let spread = Spread::of(&open);
    let (low, high) = spread.middle();
    // A roll has fewer places than 2^32.
    let between = (settled + low as u32, settled + high as u32);
    let rare = spread.rarity(i64::from(places) - i64::from(settled));
    let disparity = expected.taken_from(places.into());
    let in_billion = (u128::from(rare) * BILLION).div_ceil(u128::from(ONE)) as u32;
    Comparison { expected, disparity, variance, between, in_billion }
}

impl Draw {
    /// Whether it hangs on the lot how many places those of the value have.
    fn is_open(&self) -> bool {
        self.of_value != 0 && self.of_value != self.people && self.places != 0 && self.places != self.people
    }
}

/// A distribution over whole numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spread {
    /// The number that the first probability belongs to.
    pub first: u64,
    /// Probabilities in units of 2^-60, together at most one.
    pub mass: Vec<u64>,
}

impl Spread {
    /// The sum of independent draws.
    pub fn of(draws: &[Draw]) -> Self {
        match draws {
            [] => Self { first: 0, mass: vec![ONE] },
            [draw] => Self::hypergeometric(draw),
            // Halves of like size keep the convolutions short.
            _ => {
                let (some, others) = draws.split_at(draws.len() / 2);
                Self::of(some).and(&Self::of(others))
            }
        }
    }

    /// How many of those with the value are drawn: from the likeliest number outwards, each probability from its neighbour.
    fn hypergeometric(draw: &Draw) -> Self {
        let [n, m, k] = [draw.people, draw.of_value, draw.places].map(u128::from);
        let (least, most) = ((m + k).saturating_sub(n), m.min(k));
        let likeliest = ((m + 1) * (k + 1) / (n + 2)).clamp(least, most);
        let top: u128 = 1 << 62;
        // Neither side of the likeliest is above it, so a weight stays below 2^62 and times two sizes below 2^112.
        let up = (likeliest..most).scan(top, |weight, x| {
            *weight = *weight * ((m - x) * (k - x)) / ((x + 1) * (n + x + 1 - m - k));
            (*weight > 0).then_some(*weight)
        });
        let above: Vec<u128> = up.collect();
        let down = (least + 1..=likeliest).rev().scan(top, |weight, x| {
            *weight = *weight * (x * (n + x - m - k)) / ((m - x + 1) * (k - x + 1));
            (*weight > 0).then_some(*weight)
        });
        let mut weights: Vec<u128> = down.collect();
        let first = likeliest as u64 - weights.len() as u64;
        weights.reverse();
        weights.push(top);
        weights.extend(above);
        let sum: u128 = weights.iter().sum();
        let mass = weights.iter().map(|weight| (weight * u128::from(ONE) / sum) as u64).collect();
        Self { first, mass }.trimmed()
    }

    /// The sum with an independent number.
    fn and(&self, other: &Self) -> Self {
        let mut sums = vec![0_u128; self.mass.len() + other.mass.len() - 1];
        for (at, &mass) in self.mass.iter().enumerate() {
            // Together at most one times one, below 2^121.
            sums[at..]
                .iter_mut()
                .zip(&other.mass)
                .for_each(|(sum, &by)| *sum += u128::from(mass) * u128::from(by));
        }
        let mass = sums.into_iter().map(|sum| (sum >> 60) as u64).collect();
        Self { first: self.first + other.first, mass }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        // The likeliest number is never below 2^-60: no distribution here has that many.
        let some = self.mass.iter().position(|&mass| mass > 0).unwrap_or(0);
        let end = self.mass.iter().rposition(|&mass| mass > 0).map_or(1, |last| last + 1);
        self.mass.truncate(end);
        self.mass.drain(..some);
        self.first += some as u64;
        self
    }

    /// The least and the greatest number with at most 2.5 in 100 beyond each.
    fn middle(&self) -> (u64, u64) {
        let beyond = |masses: &mut dyn Iterator<Item = &u64>| {
            let mut sum = 0;
            masses
                .take_while(|mass| {
                    sum += **mass;
                    sum <= ONE / 40
                })
                .count() as u64
        };
        let low = beyond(&mut self.mass.iter());
        let high = beyond(&mut self.mass.iter().rev());
        (self.first + low, self.first + self.mass.len() as u64 - 1 - high)
    }

    /// How rare a number is, or one further out on its side: twice the smaller tail with what rounding lost, at most one.
    fn rarity(&self, number: i64) -> u64 {
        // Numbers are places, far below 63 bits.
        let at = |place: usize| self.first as i64 + place as i64;
        let tail = |beyond: &dyn Fn(i64) -> bool| {
            self.mass
                .iter()
                .enumerate()
                .filter(|(place, _)| beyond(at(*place)))
                .map(|(_, mass)| mass)
                .sum::<u64>()
        };
        let lost = ONE - self.mass.iter().sum::<u64>();
        let (below, above) = (tail(&|other| other <= number), tail(&|other| other >= number));
        // The sum of the tails is at most one and the mass of one number, so nothing overflows.
        (2 * below.min(above) + lost).min(ONE)
    }
}
