//! How many, against how many, and what a party reads otherwise.

use super::{CategoryId, Family, LabelId, Predicate};
use crate::ids::Party;
use crate::rational::Rational;
use crate::wording::Wording;

/// A class of persons or things that a scale values: a rank, a woman soldier, a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Class {
    /// Id.
    pub id: LabelId,
    /// Name.
    pub name: Wording,
    /// The most heads that can be of this class: 1 for one named person.
    pub most: Option<u32>,
}

/// What each class is worth against another, in exact fractions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scale {
    /// Id.
    pub id: LabelId,
    /// The clause.
    pub clause: u32,
    /// The worths.
    pub worths: Vec<Worth>,
}

impl Scale {
    /// What a class is worth.
    pub fn worth(&self, class: &LabelId) -> Option<Rational> {
        self.worths.iter().find(|worth| worth.class == *class).map(|worth| worth.worth)
    }
}

/// What one class is worth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Worth {
    /// The class.
    pub class: LabelId,
    /// In units of the scale; more than 0.
    pub worth: Rational,
    /// Whether the figure was read at its source. What is not is marked wherever it is shown.
    pub verified: bool,
}

/// Who owes how many.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// Id.
    pub id: LabelId,
    /// The clause that says so.
    pub clause: u32,
    /// The legs it counts, by their place in the terms; at least one.
    pub legs: Vec<usize>,
    /// The categories it counts; empty counts all, also those without one.
    pub categories: Vec<CategoryId>,
    /// The classes it counts; empty counts all.
    pub classes: Vec<LabelId>,
    /// In what it counts.
    pub unit: Unit,
    /// How many.
    pub amount: Amount,
    /// The most, and the least, of one day.
    pub per_day: Option<PerDay>,
}

/// In what a quantity counts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unit {
    /// Living persons.
    Heads,
    /// Value by a scale, by its id.
    Value(LabelId),
    /// Containers of remains.
    Containers,
    /// Persons identified among remains.
    Identified,
    /// Effects.
    Items,
}

/// How many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Amount {
    /// Exactly so many.
    Exactly(u32),
    /// So many or more: a floor.
    AtLeast(u32),
    /// So many or fewer: a ceiling.
    AtMost(u32),
    /// A range, both ends in it.
    Between(u32, u32),
    /// All there are; so many were known at the time, where the text or a party says.
    All {
        /// How many were known.
        known: Option<u32>,
    },
    /// The number was not published. Nothing is owed of it, and nothing is said to be missing.
    NotPublished,
}

impl Amount {
    /// The least that fulfils it; for all, what was known.
    pub fn least(self) -> Option<u32> {
        match self {
            Self::Exactly(number) | Self::AtLeast(number) | Self::Between(number, _) => Some(number),
            Self::AtMost(_) | Self::NotPublished => None,
            Self::All { known } => known,
        }
    }

    /// The most that it allows.
    pub fn most(self) -> Option<u32> {
        match self {
            Self::Exactly(number) | Self::AtMost(number) | Self::Between(_, number) => Some(number),
            Self::AtLeast(_) | Self::All { .. } | Self::NotPublished => None,
        }
    }
}

/// Limits of one day, in coordinated universal time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PerDay {
    /// The least.
    pub least: Option<u32>,
    /// The most.
    pub most: Option<u32>,
}

/// How much of one side stands against how much of the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ratio {
    /// Id.
    pub id: LabelId,
    /// The clause.
    pub clause: u32,
    /// The two sides: their values are to be equal.
    pub sides: [RatioSide; 2],
    /// Whether like goes against like first.
    pub matching: Matching,
    /// What becomes of a fraction of a head.
    pub rounding: Rounding,
    /// What becomes of a difference.
    pub carry: Carry,
}

/// One side of a ratio.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RatioSide {
    /// The legs, by their place in the terms.
    pub legs: Vec<usize>,
    /// What a head or a container is worth.
    pub worth: SideWorth,
}

/// What the objects of one side are worth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SideWorth {
    /// Each the same.
    Each(Rational),
    /// By class, after a scale, by its id.
    Scale(LabelId),
}

/// Whether like goes against like before values do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Matching {
    /// By value alone.
    ByValue,
    /// Equal class for equal class first, what is left by value.
    EqualFirst,
}

/// What becomes of a fraction of a head that is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    /// The fraction is not yet due.
    Down,
    /// The fraction makes a whole head due.
    Up,
    /// The nearer; a half makes a whole head due.
    Nearest,
}

/// What becomes of a difference at the end of a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carry {
    /// It is carried into the next round, exactly.
    Carried,
    /// Each round stands alone, and the difference lapses.
    Lapses,
}

/// What one party reads otherwise than the text, in a form that the accounts can follow. Shown beside, never settled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Who reads it so.
    pub party: Party,
    /// The clause it reads.
    pub clause: u32,
    /// What it changes.
    pub change: Change,
    /// Its reason.
    pub says: Wording,
}

/// What a reading changes. Each has effect on the balances under that reading alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Another amount of a quantity, by its place in the terms.
    Amount {
        /// The quantity.
        quantity: usize,
        /// What it reads.
        amount: Amount,
    },
    /// Another account of a leg, by its place in the terms: what went along it does not count against any quantity or ratio
    /// unless the account is the exchange.
    LegAccount {
        /// The leg.
        leg: usize,
        /// The account it reads.
        account: Family,
    },
    /// Another account of a category, along every leg of the exchange.
    CategoryAccount {
        /// The category.
        category: CategoryId,
        /// The account it reads.
        account: Family,
    },
    /// Another worth of a class in a scale.
    Worth {
        /// The scale.
        scale: LabelId,
        /// The class.
        class: LabelId,
        /// What it reads.
        worth: Rational,
    },
    /// Another predicate of a category. It changes who is put in it, so not the balance of acts that name the category.
    When {
        /// The category.
        category: CategoryId,
        /// What it reads.
        predicate: Predicate,
    },
    /// Words only: the difference has no number.
    Words,
}
