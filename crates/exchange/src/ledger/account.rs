//! Accounts, and what stands in them.

use std::cmp::Ordering;

use crate::agreement::Family;
use crate::ids::RoundNo;

/// What is counted alike: one leg, round, category and class.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Cell {
    /// The leg, by its place in the terms.
    pub leg: u8,
    /// The round; 0 where the agreement has none.
    pub round: RoundNo,
    /// The category, by its place in the terms.
    pub category: Option<u8>,
    /// The class, by its place in the terms.
    pub class: Option<u8>,
}

impl Cell {
    /// Everything in one number, in the order in which it stands here.
    fn as_number(self) -> u64 {
        let place = |of: Option<u8>| of.map_or(0, |place| u64::from(place) + 1);
        u64::from(self.leg) << 50
            | u64::from(self.round) << 18
            | place(self.category) << 9
            | place(self.class)
    }
}

/// By leg, round, category and class; none comes before the first.
impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_number().cmp(&other.as_number())
    }
}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What stands in an account.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Post {
    /// Slots owed and taken by nobody. Negative once more are taken than the floor asks.
    Owed,
    /// Slots taken by someone listed.
    Listed,
    /// Released, says who releases; not received.
    Pending,
    /// Released, and disputed by the receiver.
    Disputed,
    /// Received, says who receives; no release was stated.
    Acknowledged,
    /// Received by both sides' word, and held until every leg of the group is complete.
    Held,
    /// Received by both sides' word, and carried, on parole, until both declare the exchange.
    Carried,
    /// Posted: by both sides' word.
    Filled,
    /// What was promised or became due: the counterpart of the others, so it is negative.
    Promised,
}

impl Post {
    /// The posts of a cell. What was promised stands apart, since it is of a whole leg.
    pub const ALL: [Self; 8] = [
        Self::Owed,
        Self::Listed,
        Self::Pending,
        Self::Disputed,
        Self::Acknowledged,
        Self::Held,
        Self::Carried,
        Self::Filled,
    ];
    /// How many posts a cell has.
    pub const COUNT: usize = Self::ALL.len();

    /// The word used in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Owed => "owed",
            Self::Listed => "listed",
            Self::Pending => "pending",
            Self::Disputed => "disputed",
            Self::Acknowledged => "acknowledged",
            Self::Held => "held",
            Self::Carried => "carried",
            Self::Filled => "filled",
            Self::Promised => "promised",
        }
    }
}

/// An account.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Account {
    /// The family.
    pub family: Family,
    /// What is counted in it.
    pub cell: Cell,
    /// What stands in it.
    pub post: Post,
}

/// One posting: so many out of one account of a cell and into another, of the same cell. By this alone every account adds
/// up to zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Posting {
    /// The cell.
    pub cell: Cell,
    /// The family, where it is not the leg's own.
    pub family: Family,
    /// Out of this account.
    pub from: Post,
    /// Into this one.
    pub into: Post,
    /// How many.
    pub count: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_in_order_of_leg_round_category_and_class() {
        let mut cells = Vec::new();
        for leg in [0, 1, u8::MAX] {
            for round in [0, 1, RoundNo::MAX] {
                for category in [None, Some(0), Some(u8::MAX)] {
                    cells.extend([None, Some(0), Some(u8::MAX)].map(|class| Cell {
                        leg,
                        round,
                        category,
                        class,
                    }));
                }
            }
        }
        assert!(cells.is_sorted_by(|one, other| one < other));
    }
}
