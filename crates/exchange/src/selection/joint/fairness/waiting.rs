//! Who waits longest and does not go, each with the ground: nobody is passed over without one.

use std::cmp::{Ordering, Reverse};

use super::super::cost::{Level, Packing};
use super::super::forced::Forced;
use super::super::people::People;
use super::super::rules::Rules;
use super::super::solve::{at_width, packing};

/// Those of one side who wait longest and stay.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// The side that holds them.
    pub side: u8,
    /// The longest held first; of two held as long, by item.
    pub longest: Vec<LeftOut>,
    /// How many more stay who have been held just as long as the last of these.
    pub as_long: u32,
}

/// Someone who waits and stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// The person's place among the people.
    pub person: usize,
    /// How long they have been held, in the agreement's unit.
    pub held: u16,
    /// Their class.
    pub class: u8,
    /// What stands before them first.
    pub before: Before,
}

/// What stands before someone first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Before {
    /// The first level at which the best roll with them in it is worse: others of that class, held longer, or with a lower
    /// lot would have to stay.
    Level(Level),
    /// No lawful roll has them in it: the rules leave no way at all.
    NoWay,
    /// Nothing: a roll with them is as good or better, so the roll was not the best. A fault to look into.
    Nothing,
    /// The effort allowed found no roll with them, and did not show that there is none.
    NotFound,
}

/// The longest held of each side who stay, at most so many of each, against the roll that was chosen by the same rules and
/// seed. Someone of a kept-together group is looked at with the group.
///
/// The rules must be those that the roll was selected by. Each person takes about the time of one reason sheet.
pub fn waiting_longest(
    rules: &Rules,
    people: &People,
    seed: &[u8; 32],
    chosen: &[usize],
    most: usize,
) -> [Waiting; 2] {
    let packing = packing(rules, people);
    let desk = Desk { rules, people, seed, packing: &packing, chosen };
    // Rules that need wider costs have no roll in which anybody could be waiting.
    at_width!(
        packing.words(),
        W => desk.waiting::<W>(most),
        _words => [0, 1].map(|side| Waiting { side, longest: Vec::new(), as_long: 0 })
    )
}

struct Desk<'a> {
    rules: &'a Rules,
    people: &'a People,
    seed: &'a [u8; 32],
    packing: &'a Packing,
    chosen: &'a [usize],
}

impl Desk<'_> {
    fn waiting<const W: usize>(&self, most: usize) -> [Waiting; 2] {
        let forced = Forced::<W>::new(self.rules, self.people, self.seed, self.packing);
        let cost = self.cost();
        let rows = self.people.rows();
        [0, 1].map(|side: u8| {
            let stays = |at: &usize| rows[*at].side == side && self.chosen.binary_search(at).is_err();
            let mut waiting: Vec<usize> = (0..rows.len()).filter(stays).collect();
            waiting.sort_by_key(|&at| Reverse(rows[at].held));
            let (listed, others) = waiting.split_at(most.min(waiting.len()));
            let as_long = |last: &usize| {
                others.iter().take_while(|&&at| rows[at].held == rows[*last].held).count() as u32
            };
            let left_out = |&person: &usize| LeftOut {
                person,
                held: rows[person].held,
                class: rows[person].class,
                before: self.before(&forced, &cost, person),
            };
            let as_long = listed.last().map_or(0, as_long);
            Waiting { side, longest: listed.iter().map(left_out).collect(), as_long }
        })
    }

    /// What the roll costs, level by level.
    fn cost(&self) -> Vec<i128> {
        let mut cost = vec![0; self.packing.levels().len()];
        for &at in self.chosen {
            let person = &self.people.rows()[at];
            let lot = person.lot(self.seed, &self.rules.agreement);
            let levels = cost.iter_mut().zip(self.packing.levels());
            levels.for_each(|(sum, level)| *sum += i128::from(level.cost(person, || lot)));
        }
        cost
    }

    /// The ground, from the best roll with the person in it.
    fn before<const W: usize>(&self, forced: &Forced<'_, W>, cost: &[i128], person: usize) -> Before {
        let rows = self.people.rows();
        let members: Vec<usize> = match rows[person].group {
            0 => vec![person],
            group => (0..rows.len()).filter(|&at| rows[at].group == group).collect(),
        };
        let outcome = forced.with(&members);
        let Some(other) = outcome.found else {
            return if outcome.bound[0] > 0 { Before::NoWay } else { Before::NotFound };
        };
        let levels = other.cost.iter().zip(cost).zip(self.packing.levels());
        let mut apart = levels.filter(|((other, own), _)| other != own);
        match apart.next() {
            Some(((other, own), level)) if other.cmp(own) == Ordering::Greater => Before::Level(*level),
            _ => Before::Nothing,
        }
    }
}
