//! The people of both sides among whom a round is chosen, each in 44 bytes.

use crate::ids::Item;
use crate::selection::{Lot, lot};

use super::rules::{GroupClass, Rules};

/// The most people of both sides together.
pub const PEOPLE_MAX: usize = 20_000_000;

/// One person who may go in the round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Person {
    /// The person, as both parties see one.
    pub item: Item,
    /// The side that holds the person: 0 or 1, in the order of the agreement's parties.
    pub side: u8,
    /// Index of the site among the side's caps.
    pub site: u16,
    /// Index of the category in which the person counts.
    pub category: u8,
    /// Priority class, from 1, which goes first.
    pub class: u8,
    /// How long the person has been held, in the agreement's unit of time (days or quarters), as of one day for everyone.
    pub held: u16,
    /// Whether the other side asked for the person by name.
    pub requested: bool,
    /// Number of the kept-together group, from 1; 0 for someone who goes alone.
    pub group: u32,
}

/// Everyone who may go, each once, sorted by side and item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct People {
    rows: Vec<Person>,
}

/// Why people cannot be chosen among.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PeopleError {
    /// More people than are read.
    #[error("both sides have at most {PEOPLE_MAX} people together")]
    TooMany,
    /// The same item twice.
    #[error("item {0} is there twice")]
    Twice(Item),
    /// An index or a class outside the rules.
    #[error("item {item}: no such {what}")]
    Unknown {
        /// Whose.
        item: Item,
        /// `side`, `site`, `category` or `class`.
        what: &'static str,
    },
    /// A group with members of two sides: they cannot go in one vehicle.
    #[error("group {0} has members of both sides")]
    GroupOfBothSides(u32),
}

impl People {
    /// Takes people in any order.
    ///
    /// # Errors
    /// The first person that cannot be chosen among.
    pub fn new(rules: &Rules, mut rows: Vec<Person>) -> Result<Self, PeopleError> {
        if rows.len() > PEOPLE_MAX {
            return Err(PeopleError::TooMany);
        }
        rows.iter().try_for_each(|person| known(rules, person))?;
        rows.sort_unstable_by(|a, b| {
            // The first 64 bits decide all but always, and compare in one step.
            let key = |person: &Person| (person.side, prefix(&person.item));
            key(a).cmp(&key(b)).then_with(|| a.item.cmp(&b.item))
        });
        if let Some(item) = twice(&rows) {
            return Err(PeopleError::Twice(item));
        }
        let mut people = Self { rows };
        people.give_groups_one_class(rules.group_class)?;
        Ok(people)
    }

    /// Everyone, sorted by side and item.
    pub fn rows(&self) -> &[Person] {
        &self.rows
    }

    /// The place of a person.
    pub fn place(&self, item: &Item) -> Option<usize> {
        let second = self.rows.partition_point(|person| person.side == 0);
        let (first, rest) = self.rows.split_at(second);
        let found = |rows: &[Person]| rows.binary_search_by_key(item, |person| person.item).ok();
        found(first).or_else(|| found(rest).map(|at| second + at))
    }

    /// The members of every kept-together group of two or more, by number.
    pub fn groups(&self) -> Vec<(u32, Vec<usize>)> {
        let mut members: Vec<(u32, usize)> = Vec::new();
        for (at, person) in self.rows.iter().enumerate().filter(|(_, person)| person.group != 0) {
            members.push((person.group, at));
        }
        members.sort_unstable();
        let groups = members.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
        groups.map(|group| (group[0].0, group.iter().map(|(_, at)| *at).collect())).collect()
    }

    fn give_groups_one_class(&mut self, whose: GroupClass) -> Result<(), PeopleError> {
        for (number, members) in self.groups() {
            let mut classes: Vec<u8> = members.iter().map(|&at| self.rows[at].class).collect();
            classes.sort_unstable();
            let class = match whose {
                GroupClass::First => classes[0],
                GroupClass::Middle => classes[classes.len() / 2],
                GroupClass::Last => classes[classes.len() - 1],
            };
            if members.iter().any(|&at| self.rows[at].side != self.rows[members[0]].side) {
                return Err(PeopleError::GroupOfBothSides(number));
            }
            members.iter().for_each(|&at| self.rows[at].class = class);
        }
        Ok(())
    }
}

impl Person {
    /// The person's place in their queue, the lot aside, as the levels order it: those asked for by name, then by class, then by
    /// time held.
    pub(super) fn rank(&self) -> u32 {
        u32::from(!self.requested) << 24 | u32::from(self.class) << 16 | u32::from(!self.held)
    }

    /// The person's lot under a joint seed.
    pub fn lot(&self, seed: &[u8; 32], agreement: &str) -> Lot {
        // Nobody finds two equal lots, and what equal lots do must be tested.
        #[cfg(test)]
        if *seed == super::tests::proofs::FEW_LOTS {
            return super::tests::proofs::few_lots(&self.item);
        }
        lot(seed, agreement, &self.item)
    }
}

fn prefix(item: &Item) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = item.0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// An item that stands there twice, on one side or on both; the people are sorted by side and item.
fn twice(rows: &[Person]) -> Option<Item> {
    let (first, second) = rows.split_at(rows.partition_point(|person| person.side == 0));
    let on_one = rows.windows(2).find(|pair| pair[0].item == pair[1].item).map(|pair| pair[0].item);
    let mut there = second.iter().peekable();
    on_one.or_else(|| {
        first.iter().map(|person| person.item).find(|item| {
            while there.next_if(|other| other.item < *item).is_some() {}
            there.peek().is_some_and(|other| other.item == *item)
        })
    })
}

fn known(rules: &Rules, person: &Person) -> Result<(), PeopleError> {
    let unknown = |what| Err(PeopleError::Unknown { item: person.item, what });
    let Some(side) = rules.sides.get(usize::from(person.side)) else { return unknown("side") };
    match () {
        () if usize::from(person.site) >= side.caps.len() => unknown("site"),
        () if usize::from(person.category) >= rules.categories.len() => unknown("category"),
        () if person.class == 0 || person.class > rules.classes => unknown("class"),
        () => Ok(()),
    }
}
