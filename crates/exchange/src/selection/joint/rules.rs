//! The rules of one round for both sides: places, categories, what comes first.
//!
//! Decides what a round may hold, as plain numbers; refuses to know where the numbers come from. Places are laminar: a
//! site lies in a transport, a transport in a crossing, a crossing in the round, and each person counts in one category,
//! so that the best roll is a flow in a network and not a search.

use crate::ids::Party;

/// The most caps of one side (sites, transports, crossings and the round itself).
pub const CAPS_MAX: usize = 4_096;
/// The most categories of a round.
pub const CATEGORIES_MAX: usize = 64;
/// The highest priority class.
pub const CLASS_MAX: u8 = 64;
/// The most places a cap may name: more people than any round can move.
pub const PLACES_MAX: u32 = 10_000_000;
/// The most heads on one side of a ratio.
pub const RATIO_HEADS_MAX: u32 = 1_000;

/// The most that one person may be worth.
pub const WORTH_MAX: u32 = 60;
/// The most, by amount, that may be carried or tolerated.
pub const CARRIED_MAX: u64 = 1_000_000_000;

/// The rules of one round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rules {
    /// The agreement's identifier; the lots are drawn for it.
    pub agreement: String,
    /// The two sides, in the order of the agreement's parties.
    pub sides: [SidePlaces; 2],
    /// The categories people count in.
    pub categories: Vec<CategoryRule>,
    /// What comes first when the published order and the total pull apart.
    pub objective: Objective,
    /// The lowest priority class that the agreement knows; classes count from 1, which goes first.
    pub classes: u8,
    /// Whose class a kept-together group has.
    pub group_class: GroupClass,
    /// What chooses among rolls that are the best in everything before the lot.
    pub chances: ChanceRule,
    /// How far apart the worth that each side gives may be; nothing where it is not weighed.
    pub balance: Option<Balance>,
}

/// How far apart the worth that each side gives may be: what the first gives, less what the second gives, and what was carried
/// from earlier rounds, is at most the tolerance, by amount. Cartels seldom balance to nothing: what remains is carried on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Balance {
    /// What one person of each category is worth, 0 to [`WORTH_MAX`]; 0 where the category is not weighed.
    pub worths: Vec<u32>,
    /// What earlier rounds left: above 0 where the first side has given more.
    pub carried: i64,
    /// By how much the two may differ after this round.
    pub tolerance: u64,
}

impl Balance {
    /// The least and the most that the worth of the first side, less that of the second, may be in this round.
    pub fn bounds(&self) -> (i64, i64) {
        // Both are bounded by `CARRIED_MAX`.
        let tolerance = self.tolerance as i64;
        (-tolerance - self.carried, tolerance - self.carried)
    }
}

/// What a selection reaches first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Objective {
    /// As many as possible of the first class, then of the second, and so on; the total as far as it then goes.
    PriorityFirst,
    /// As many people as possible, and among such rolls the published order.
    TotalFirst,
}

impl Objective {
    /// Every objective with the word used in files.
    pub const ALL: [(&'static str, Self); 2] =
        [("priority-first", Self::PriorityFirst), ("total-first", Self::TotalFirst)];
}

/// What chooses among rolls that the rules hold equally good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChanceRule {
    /// The lots of the people: the lower go.
    Lots,
    /// A lottery with [leximin](super::leximin) chances.
    Leximin,
}

impl ChanceRule {
    /// Every choice with the word used in files.
    pub const ALL: [(&'static str, Self); 2] = [("lots", Self::Lots), ("leximin", Self::Leximin)];
}

/// Whose class the members of a kept-together group count with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GroupClass {
    /// The member who goes first.
    First,
    /// The member in the middle; of two, the later.
    Middle,
    /// The member who goes last.
    Last,
}

impl GroupClass {
    /// Every choice with the word used in files.
    pub const ALL: [(&'static str, Self); 3] =
        [("first", Self::First), ("middle", Self::Middle), ("last", Self::Last)];
}

/// The places of one side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SidePlaces {
    /// The party that releases.
    pub party: Party,
    /// The caps, each after the one it lies in; sites are those that people are held at.
    pub caps: Vec<Cap>,
}

/// A cap: a site, a transport, a crossing or the round, with what lies inside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cap {
    /// Its label, once on a side.
    pub id: String,
    /// Index of the cap it lies in; nothing for the outermost.
    pub within: Option<usize>,
    /// The fewest who must go from it.
    pub at_least: u32,
    /// The most who may go from it; nothing where it is not capped.
    pub at_most: Option<u32>,
}

/// A category, and what stands against it on the other side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CategoryRule {
    /// Its label.
    pub id: String,
    /// What the other side gives for it.
    pub against: Against,
    /// The fewest who must go in it, of each side.
    pub at_least: [u32; 2],
    /// The most who may go in it, of each side.
    pub at_most: [Option<u32>; 2],
}

/// What stands against the people of a category.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Against {
    /// Nothing: how many of one side go does not depend on the other, and only places and bounds of the category hold them.
    AllForAll,
    /// One of the same category of the other side.
    OneForOne,
    /// So many of the first side for so many of the second.
    Ratio([u32; 2]),
}

impl Against {
    /// Reads a word, or heads of the first side for heads of the second. Whether a ratio can be selected by is said by
    /// [`CategoryRule::sound`].
    pub fn read(text: &str) -> Option<Self> {
        let heads = |text: &str| text.parse().ok().filter(|heads: &u32| heads.to_string() == text);
        match text {
            "all-for-all" => Some(Self::AllForAll),
            "one-for-one" => Some(Self::OneForOne),
            _ => text.split_once(':').and_then(|(a, b)| Some(Self::Ratio([heads(a)?, heads(b)?]))),
        }
    }
}

/// Why rules cannot be selected by.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RulesError {
    /// More of something than is read.
    #[error("{what}: {found} entries, the most is {most}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// Found.
        found: usize,
        /// Read at most.
        most: usize,
    },
    /// A label twice.
    #[error("{what} {id:?} is there twice")]
    Twice {
        /// Of what.
        what: &'static str,
        /// Which.
        id: String,
    },
    /// A cap that does not come after the one it lies in.
    #[error("cap {0:?} lies in a cap that does not stand before it")]
    Within(String),
    /// A least above the most.
    #[error("{what} {id:?}: at least {least} is more than at most {most}")]
    LeastAboveMost {
        /// A cap or a category.
        what: &'static str,
        /// Which.
        id: String,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A number out of its bounds.
    #[error("{what}: {found} is not 1 to {most}")]
    OutOfBounds {
        /// Which number.
        what: String,
        /// Found.
        found: u64,
        /// The most.
        most: u64,
    },
    /// Nothing to choose from: no category or no cap.
    #[error("the rules name no {0}")]
    None(&'static str),
    /// A balance that does not say of every category what a person is worth.
    #[error("the balance names {found} worths for {categories} categories")]
    Worths {
        /// Worths.
        found: usize,
        /// Categories.
        categories: usize,
    },
    /// A worth, or what is carried or tolerated, beyond what is weighed.
    #[error("{what}: {found} is more than {most}")]
    TooHeavy {
        /// Which number.
        what: &'static str,
        /// Found, by amount.
        found: u64,
        /// The most.
        most: u64,
    },
    /// The same party twice.
    #[error("both sides are the same party")]
    OneParty,
}

impl Rules {
    /// Whether a selection can be made by these rules.
    ///
    /// # Errors
    /// The first fault, in the order of the fields.
    pub fn sound(&self) -> Result<(), RulesError> {
        if self.sides[0].party == self.sides[1].party {
            return Err(RulesError::OneParty);
        }
        self.sides.iter().try_for_each(SidePlaces::sound)?;
        bounded("categories", self.categories.len(), CATEGORIES_MAX)?;
        if self.categories.is_empty() {
            return Err(RulesError::None("category"));
        }
        unique("category", self.categories.iter().map(|category| &category.id))?;
        if self.classes == 0 || self.classes > CLASS_MAX {
            let (what, most) = ("classes".to_owned(), u64::from(CLASS_MAX));
            return Err(RulesError::OutOfBounds { what, found: u64::from(self.classes), most });
        }
        self.categories.iter().try_for_each(CategoryRule::sound)?;
        self.balance.as_ref().map_or(Ok(()), |balance| balance.sound(self.categories.len()))
    }

    /// What one person of a category adds to the balance: above 0 on the first side, below on the second.
    pub(super) fn worth(&self, side: usize, category: usize) -> i128 {
        let worth = self.balance.as_ref().map_or(0, |balance| i128::from(balance.worths[category]));
        if side == 0 { worth } else { -worth }
    }
}

impl Balance {
    fn sound(&self, categories: usize) -> Result<(), RulesError> {
        let found = self.worths.len();
        if found != categories {
            return Err(RulesError::Worths { found, categories });
        }
        let heaviest = u64::from(self.worths.iter().copied().max().unwrap_or(0));
        let numbers = [
            ("worth", heaviest, u64::from(WORTH_MAX)),
            ("carried", self.carried.unsigned_abs(), CARRIED_MAX),
            ("tolerance", self.tolerance, CARRIED_MAX),
        ];
        match numbers.into_iter().find(|(_, found, most)| found > most) {
            Some((what, found, most)) => Err(RulesError::TooHeavy { what, found, most }),
            None => Ok(()),
        }
    }
}

impl SidePlaces {
    /// The place of a cap.
    pub fn cap(&self, id: &str) -> Option<usize> {
        self.caps.iter().position(|cap| cap.id == id)
    }

    fn sound(&self) -> Result<(), RulesError> {
        bounded("caps", self.caps.len(), CAPS_MAX)?;
        if self.caps.is_empty() {
            return Err(RulesError::None("cap"));
        }
        unique("cap", self.caps.iter().map(|cap| &cap.id))?;
        for (at, cap) in self.caps.iter().enumerate() {
            if cap.within.is_some_and(|within| within >= at) {
                return Err(RulesError::Within(cap.id.clone()));
            }
            least_and_most("cap", &cap.id, cap.at_least, cap.at_most)?;
        }
        Ok(())
    }
}

impl CategoryRule {
    /// The fewest and the most who may go in it on one side.
    pub fn bounds(&self, side: usize) -> (u32, u32) {
        (self.at_least[side], self.at_most[side].unwrap_or(PLACES_MAX))
    }

    /// Whether a selection can be made by this rule alone.
    ///
    /// # Errors
    /// A least above the most, on a side or one for one on both; a ratio without heads or with too many.
    pub fn sound(&self) -> Result<(), RulesError> {
        for side in 0..2 {
            least_and_most("category", &self.id, self.at_least[side], self.at_most[side])?;
        }
        match self.against {
            Against::Ratio(ratio) => ratio.iter().try_for_each(|&heads| {
                let what = format!("category {:?}: ratio", self.id);
                let fits = (1..=RATIO_HEADS_MAX).contains(&heads);
                let (found, most) = (heads.into(), RATIO_HEADS_MAX.into());
                fits.then_some(()).ok_or(RulesError::OutOfBounds { what, found, most })
            }),
            Against::OneForOne => {
                let (least, most) = (self.at_least[0].max(self.at_least[1]), self.most_of_both());
                least_and_most("category", &self.id, least, Some(most))
            }
            Against::AllForAll => Ok(()),
        }
    }

    /// The most who may go in it on either side, one for one.
    pub(super) fn most_of_both(&self) -> u32 {
        self.bounds(0).1.min(self.bounds(1).1)
    }
}

fn bounded(what: &'static str, found: usize, most: usize) -> Result<(), RulesError> {
    if found > most { Err(RulesError::TooMany { what, found, most }) } else { Ok(()) }
}

fn unique<'a>(what: &'static str, ids: impl Iterator<Item = &'a String>) -> Result<(), RulesError> {
    let mut ids: Vec<&String> = ids.collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(RulesError::Twice { what, id: pair[0].clone() }),
        None => Ok(()),
    }
}

fn least_and_most(what: &'static str, id: &str, least: u32, most: Option<u32>) -> Result<(), RulesError> {
    let most = most.unwrap_or(PLACES_MAX);
    if most > PLACES_MAX {
        let what = format!("{what} {id:?}");
        return Err(RulesError::OutOfBounds { what, found: most.into(), most: PLACES_MAX.into() });
    }
    if least > most {
        return Err(RulesError::LeastAboveMost { what, id: id.to_owned(), least, most });
    }
    Ok(())
}
