//! Records that come later find their person, and no one else's person changes.
//!
//! Decides which records are looked at again: those that are new or named, everyone who links with one of them, the persons
//! these were, and so on until no link leads further. Their persons are exactly those that linking every record with the same weights
//! would give, but for a new record that fits an old one too little to link and would have held back a link of it as its rival
//! (`rival.rs`); all others keep theirs. It refuses to learn: the weights are kept from before ([`Kept`](crate::weights::kept::Kept)), or
//! learned by a whole job.

use std::collections::{BTreeMap, BTreeSet};

use crate::block::{Parts, joins};
use crate::cluster::Clusters;
use crate::link::{LINK_BITS, Linked, Task, pairs};
use crate::meet::Met;
use crate::rival;
use crate::rows::Rows;
use crate::table::Table;
use crate::weights::{Pair, Weights};

/// What is known of the rows of a table from before.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// By row: a number that all records of its person share; nothing for a record never seen.
    pub person: Vec<Option<u32>>,
    /// Rows that were seen and whose person is to be found again: a decision names them, or a record of their person is gone.
    pub again: Vec<u32>,
}

/// What later records led to.
pub struct Later {
    /// Pairs of which at least one record was looked at.
    pub linked: Linked,
    /// By row: whether it was looked at; who was not keeps the person of before.
    pub looked_at: Vec<bool>,
}

impl Later {
    /// All records with their persons.
    pub fn people(&self, table: &Table, task: &Task, known: &Known) -> Clusters {
        overlaid(known, &self.looked_at, self.linked.people(table, task, LINK_BITS))
    }
}

/// Finds the persons of new rows of a settled table, by weights that are not learned from it.
pub fn link_new(table: &Table, task: &Task, weights: Weights, known: &Known) -> Later {
    let parts = Parts::of(table);
    let joins = joins(table, &parts);
    // Pairs of the rows looked at are sought as a whole job seeks them.
    let believed = Weights::believed(table);
    let mut all: Vec<Pair> = Vec::new();
    let mut met = Met::default();
    let looked_at = spread(known, task, |marked| {
        let is_all = marked.iter().all(|one| *one);
        let rows = if is_all { Rows::All } else { Rows::Marked(marked) };
        let (found, more) = pairs(table, task, &believed, (&parts, &joins), rows);
        met.pairs += more.pairs;
        met.looked_at += more.looked_at;
        met.given_up += more.given_up;
        // Beside all there is nobody to whom a link could lead.
        let is_link = |pair: &&Pair| !is_all && weights.weight(table, pair) >= LINK_BITS;
        let links = found.iter().filter(is_link).map(|pair| (pair.one, pair.other)).collect();
        all.extend(found);
        links
    });
    all.sort_unstable_by_key(|pair| (pair.one, pair.other));
    all.dedup_by_key(|pair| (pair.one, pair.other));
    let mut bits: Vec<f32> = all.iter().map(|pair| weights.weight(table, pair)).collect();
    rival::share(table, task, &weights, &all, &mut bits);
    let linked = Linked { pairs: all, bits, weights, joins, met, rounds: 0 };
    Later { linked, looked_at }
}

/// Which rows are to be looked at: those never seen and those to be found again; whoever was or, by decision, is of one person with
/// one of them; and whoever links with one of them. `links_of` answers the links of the marked rows.
fn spread(known: &Known, task: &Task, mut links_of: impl FnMut(&[bool]) -> Vec<(u32, u32)>) -> Vec<bool> {
    let rows = known.person.len();
    let members = members(known);
    let mut looked_at = vec![false; rows];
    // A person, or a block of decisions, is asked for its rows once, however many it has.
    let (mut persons, mut blocks) = (BTreeSet::new(), BTreeSet::new());
    let never_seen = (0..rows).filter(|row| known.person[*row].is_none()).map(|row| row as u32);
    let mut queue: Vec<u32> = never_seen.chain(known.again.iter().copied()).collect();
    while !queue.is_empty() {
        let mut marked = vec![false; rows];
        while let Some(row) = queue.pop() {
            if std::mem::replace(&mut looked_at[row as usize], true) {
                continue;
            }
            marked[row as usize] = true;
            if let Some(person) = known.person[row as usize].filter(|person| persons.insert(*person)) {
                let start = members.partition_point(|(other, _)| *other < person);
                let of_person = members[start..].iter().take_while(|(other, _)| *other == person);
                queue.extend(of_person.map(|(_, row)| *row));
            }
            let block = task.decided.block(row).filter(|block| blocks.insert(block[0]));
            queue.extend(block.into_iter().flatten());
        }
        if marked.contains(&true) {
            let links = links_of(&marked);
            queue.extend(links.iter().flat_map(|(one, other)| [*one, *other]));
        }
    }
    looked_at
}

/// Rows with the number of their person, by that.
fn members(known: &Known) -> Vec<(u32, u32)> {
    let mut members: Vec<(u32, u32)> =
        known.person.iter().zip(0..).filter_map(|(person, row)| Some(((*person)?, row))).collect();
    members.sort_unstable();
    members
}

/// The persons found for rows that were looked at, those of before for all others.
fn overlaid(known: &Known, looked_at: &[bool], mut found: Clusters) -> Clusters {
    let mut first = BTreeMap::new();
    for row in (0..looked_at.len()).filter(|row| !looked_at[*row]) {
        if let Some(person) = known.person[row] {
            found.of[row] = *first.entry(person).or_insert(row as u32);
        }
    }
    found
}

#[cfg(test)]
#[path = "later_tests.rs"]
mod tests;
