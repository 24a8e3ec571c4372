//! Accounts, and what stands in them.

use crate::agreement::Family;
use crate::ids::RoundNo;

/// What is counted alike: one leg, round, category and class.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
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
