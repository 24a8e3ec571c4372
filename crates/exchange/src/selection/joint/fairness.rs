//! The fairness report of a roll: what each class had, whether the lot was blind, and who waits longest and stays.
//!
//! Decides nothing about anyone: it counts. People whom the rules hold equal (one side, site, category, class, asked for
//! or not, time held) form a cell, and inside a cell only the lot may tell them apart. Changing lots among the people of
//! a cell changes the roll in the same way and nothing else, so that, given how many places each cell has, every choice
//! inside it is as likely as every other and cells are independent of one another. The places of a unit, a rank or a
//! region are then a sum of hypergeometric numbers, one a cell, whose whole distribution is worked out here: small cells
//! need no approximation, and large ones no more time. Members of a kept-together group are not interchangeable, so each
//! is a cell alone and weighs nothing. Refuses to know what an attribute means; a disparity that the rules themselves
//! cause is told beside it, and is no fault of the lot.

mod blind;
mod waiting;

use super::people::{People, Person};

pub use blind::{Comparison, Figure};
pub use waiting::{Before, LeftOut, Waiting, waiting_longest};

use blind::{Draw, compare};

/// The share of fair rolls, in a thousand millions, in which any value at all may stand out: 5 in 100 (Holm 1979).
pub const FALSE_FLAGS_IN_BILLION: u64 = 50_000_000;

/// Something known of each person, by which the roll is looked at: unit, rank, sex, region, a band of time held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribute {
    /// What it is called.
    pub name: String,
    /// What its values are called; what is not known is a value too.
    pub values: Vec<String>,
    /// Everyone's value, by place among the people.
    pub of: Vec<u16>,
}

/// The report.
#[derive(Clone, Debug)]
pub struct Fairness {
    /// Each class of each side.
    pub classes: Vec<Share>,
    /// Each class of each category of each side.
    pub categories: Vec<Share>,
    /// Each value of each attribute on each side that has anyone of it.
    pub values: Vec<ValueShare>,
    /// How many values the lot could have favoured: so many looks were taken, and a flag allows for all of them.
    pub looks: usize,
}

/// What some people had: how many there are, and how many go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// The side that holds them.
    pub side: u8,
    /// Their category; nothing where all categories are counted together.
    pub category: Option<u8>,
    /// Their class.
    pub class: u8,
    /// How many they are; never 0.
    pub people: u32,
    /// How many of them go.
    pub places: u32,
    /// Places over people, in lowest terms.
    pub chance: (u32, u32),
}

/// What the people of one side with one value had.
#[derive(Clone, Debug)]
pub struct ValueShare {
    /// The side that holds them.
    pub side: u8,
    /// Which attribute, by its place.
    pub attribute: usize,
    /// Which value, by its place.
    pub value: u16,
    /// How many they are; never 0.
    pub people: u32,
    /// How many of them go.
    pub places: u32,
    /// Places over people, in lowest terms.
    pub chance: (u32, u32),
    /// Against blind lots inside each cell: what only the lot, or somebody's hand, can have done.
    pub lot: Comparison,
    /// Against blind lots over everyone of the side: what rules and lot did together. It calls nobody at fault.
    pub whole_side: Comparison,
    /// Whether the lot's comparison is further off than blind lots leave it, with every look allowed for.
    pub stands_out: bool,
}

/// Why a report cannot be made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FairnessError {
    /// A table without one value for each person.
    #[error("attribute {name:?}: {found} values for {people} people")]
    Length {
        /// Which attribute.
        name: String,
        /// Values in it.
        found: usize,
        /// People.
        people: usize,
    },
    /// A value that the attribute does not name.
    #[error("attribute {name:?}: there is no value {value}")]
    Value {
        /// Which attribute.
        name: String,
        /// The value's place.
        value: u16,
    },
    /// The roll is not a list of places among the people, ascending and each once.
    #[error("the roll is not a list of places among the people, ascending and each once")]
    Roll,
}

/// Reports on a roll: who goes, by place among the people, ascending.
///
/// # Errors
/// A roll or a table that is not about these people.
pub fn fairness(
    people: &People,
    chosen: &[usize],
    attributes: &[Attribute],
) -> Result<Fairness, FairnessError> {
    let rows = people.rows();
    if chosen.windows(2).any(|pair| pair[0] >= pair[1]) || chosen.last().is_some_and(|&at| at >= rows.len()) {
        return Err(FairnessError::Roll);
    }
    attributes.iter().try_for_each(|attribute| attribute.sound(rows.len()))?;
    let mut goes = vec![false; rows.len()];
    chosen.iter().for_each(|&at| goes[at] = true);
    let cells = Cells::of(people, &goes);
    let mut values: Vec<ValueShare> = Vec::new();
    for (at, attribute) in attributes.iter().enumerate() {
        values.extend(value_shares(rows, &goes, &cells, at, attribute));
    }
    let looks = flag(&mut values);
    Ok(Fairness {
        classes: shares(rows, &goes, |_| None),
        categories: shares(rows, &goes, |person| Some(person.category)),
        values,
        looks,
    })
}

impl Attribute {
    fn sound(&self, people: usize) -> Result<(), FairnessError> {
        let name = || self.name.clone();
        if self.of.len() != people {
            return Err(FairnessError::Length { name: name(), found: self.of.len(), people });
        }
        match self.of.iter().find(|value| usize::from(**value) >= self.values.len()) {
            Some(&value) => Err(FairnessError::Value { name: name(), value }),
            None => Ok(()),
        }
    }
}

/// People whom the rules hold equal, and how many of them go.
struct Cells {
    /// Everyone's cell.
    of: Vec<u32>,
    /// People and places of each.
    sizes: Vec<(u32, u32)>,
}

impl Cells {
    fn of(people: &People, goes: &[bool]) -> Self {
        let rows = people.rows();
        // Someone of a group has a number of their own, so that no cell has anyone else of it. Bounded by PEOPLE_MAX.
        let mut alone = vec![0_u32; rows.len()];
        for member in people.groups().into_iter().flat_map(|(_, members)| members) {
            alone[member] = member as u32 + 1;
        }
        let key = |at: u32| {
            let Person { side, site, category, class, requested, held, .. } = rows[at as usize];
            (side, site, category, class, requested, held, alone[at as usize])
        };
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        order.sort_unstable_by_key(|&at| key(at));
        let (mut of, mut sizes) = (vec![0; rows.len()], Vec::new());
        for cell in order.chunk_by(|&a, &b| key(a) == key(b)) {
            let places = cell.iter().filter(|&&at| goes[at as usize]).count();
            cell.iter().for_each(|&at| of[at as usize] = sizes.len() as u32);
            sizes.push((cell.len() as u32, places as u32));
        }
        Self { of, sizes }
    }
}

/// Counts people and places by side, category where it is asked for, and class.
fn shares(rows: &[Person], goes: &[bool], category: impl Fn(&Person) -> Option<u8>) -> Vec<Share> {
    let mut keyed: Vec<(u8, Option<u8>, u8, bool)> =
        rows.iter().zip(goes).map(|(one, &goes)| (one.side, category(one), one.class, goes)).collect();
    keyed.sort_unstable();
    let same =
        |a: &(u8, Option<u8>, u8, bool), b: &(u8, Option<u8>, u8, bool)| (a.0, a.1, a.2) == (b.0, b.1, b.2);
    let share = |these: &[(u8, Option<u8>, u8, bool)]| {
        let (side, category, class, _) = these[0];
        let (people, places) = (these.len() as u32, these.iter().filter(|(.., goes)| *goes).count() as u32);
        Share { side, category, class, people, places, chance: lowest(places, people) }
    };
    keyed.chunk_by(same).map(share).collect()
}

/// What each value of an attribute had, on each side.
fn value_shares(
    rows: &[Person],
    goes: &[bool],
    cells: &Cells,
    attribute: usize,
    table: &Attribute,
) -> Vec<ValueShare> {
    let mut sides = [(0_u32, 0_u32); 2];
    let mut keyed: Vec<(u8, u16, u32, bool)> = Vec::with_capacity(rows.len());
    for (at, (person, &goes)) in rows.iter().zip(goes).enumerate() {
        let side = &mut sides[usize::from(person.side)];
        *side = (side.0 + 1, side.1 + u32::from(goes));
        keyed.push((person.side, table.of[at], cells.of[at], goes));
    }
    keyed.sort_unstable();
    let share = |these: &[(u8, u16, u32, bool)]| {
        let (side, value, ..) = these[0];
        let (people, places) = (these.len() as u32, these.iter().filter(|(.., goes)| *goes).count() as u32);
        let mut draws = Vec::new();
        for here in these.chunk_by(|a, b| a.2 == b.2) {
            let (people, places) = cells.sizes[here[0].2 as usize];
            draws.push(Draw { people, of_value: here.len() as u32, places });
        }
        let (everyone, all_places) = sides[usize::from(side)];
        let whole_side = [Draw { people: everyone, of_value: people, places: all_places }];
        let (lot, whole_side) = (compare(places, &draws), compare(places, &whole_side));
        let chance = lowest(places, people);
        ValueShare { side, attribute, value, people, places, chance, lot, whole_side, stands_out: false }
    };
    keyed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(share).collect()
}

/// Marks the values that stand out, by Holm's steps: the rarest against all looks, the next against one look fewer, until
/// one does not stand out. However the looks hang together, at most 5 fair rolls in 100 have any value marked (Holm 1979).
/// A value on which the lot had no say is no look. Gives the number of looks.
fn flag(values: &mut [ValueShare]) -> usize {
    let mut order: Vec<usize> = (0..values.len()).filter(|&at| values[at].lot.is_open()).collect();
    order.sort_by_key(|&at| values[at].lot.in_billion);
    let looks = order.len();
    for (step, &at) in order.iter().enumerate() {
        // Both are bounded by 10^9 and the number of values.
        if u64::from(values[at].lot.in_billion) * (looks - step) as u64 > FALSE_FLAGS_IN_BILLION {
            break;
        }
        values[at].stands_out = true;
    }
    looks
}

/// A fraction in lowest terms; `people` is not 0.
fn lowest(places: u32, people: u32) -> (u32, u32) {
    let (mut a, mut b) = (people, places);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (places / a, people / a)
}

#[cfg(test)]
mod lots;
#[cfg(test)]
mod tests;
