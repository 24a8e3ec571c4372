//! Records of one person put together, from the weights of pairs.
//!
//! Decides which records are one person's: the heaviest pair first, two groups become one when the pairs between them, those that
//! speak against it among them, weigh more for it than against. So one bad pair does not make two people one, and a chain of
//! half likely pairs does not grow. Two entries of a list that names each person once are never one person. What people decided of two
//! records comes first: who is one person by decision is put together before anything is weighed, and who is not never comes together,
//! by way of others neither; everyone else goes with whom they weigh more.

use crate::link::{Linked, Task, starts};
use crate::pair::levels;
use crate::table::Table;
use crate::weights::{Pair, doubt};

/// The most that one pair counts for or against, in bits: no pair outweighs several others.
const SAYS_AT_MOST: f64 = 12.0;
/// Pairs between two groups that are weighed; of more, the first by what the records say.
const BETWEEN_MAX: usize = 64;
/// How often it is asked of everyone beside two who are decided to be two people with whom they weigh more.
const ASKED_MAX: usize = 8;

/// Which records are one person's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clusters {
    /// The first row of its group, by row.
    pub of: Vec<u32>,
}

impl Clusters {
    /// The groups of two and more, each ascending, in the order of their first rows.
    pub fn groups(&self) -> Vec<Vec<u32>> {
        let more = || self.of.iter().zip(0..).filter(|(first, row)| *first != row);
        let firsts = more().map(|(first, _)| (*first, *first));
        let mut rows: Vec<(u32, u32)> = more().map(|(first, row)| (*first, row)).chain(firsts).collect();
        rows.sort_unstable();
        rows.dedup();
        let groups = rows.chunk_by(|a, b| a.0 == b.0);
        groups.map(|group| group.iter().map(|(_, row)| *row).collect()).collect()
    }
}

#[derive(Clone)]
struct Growing<'a> {
    table: &'a Table,
    linked: &'a Linked,
    /// Where the pairs of each lower row begin.
    starts: &'a [u32],
    task: &'a Task,
    of: Vec<u32>,
    /// Where the members of a group of two and more stand, by its first row; 0 for who is alone.
    places: Vec<u32>,
    members: Vec<Vec<u32>>,
}

/// Puts records together by pairs of so many bits and more, the highest bound first, once for each bound. `task` says which sources
/// name everyone once, and what was decided.
pub(crate) fn clusters(table: &Table, linked: &Linked, task: &Task, bounds: &[f32]) -> Vec<Clusters> {
    let Linked { pairs, bits, .. } = linked;
    let least = bounds.last().copied().unwrap_or(f32::INFINITY);
    let mut order: Vec<u32> = (0..pairs.len() as u32).filter(|at| bits[*at as usize] >= least).collect();
    order.sort_unstable_by(|a, b| bits[*b as usize].total_cmp(&bits[*a as usize]).then(a.cmp(b)));
    let starts = starts(table.len(), pairs);
    let of = (0..table.len() as u32).collect();
    let places = vec![0; table.len()];
    let mut growing = Growing { table, linked, starts: &starts, task, of, places, members: vec![Vec::new()] };
    task.decided.blocks().iter().for_each(|block| growing.set(block.clone()));
    let mut done = 0;
    let grown = bounds.iter().map(|bound| {
        let end = order.partition_point(|at| bits[*at as usize] >= *bound);
        for at in &order[done..end] {
            let Pair { one, other, .. } = pairs[*at as usize];
            growing.join(one, other);
        }
        done = end;
        Clusters { of: growing.leant(&order[..end]) }
    });
    grown.collect()
}

impl Growing<'_> {
    fn group(&self, row: u32) -> &[u32] {
        let first = &self.of[row as usize];
        match self.places[*first as usize] {
            // Who is alone is the first of his group.
            0 => std::slice::from_ref(first),
            place => &self.members[place as usize],
        }
    }

    fn join(&mut self, one: u32, other: u32) {
        if self.of[one as usize] == self.of[other as usize] {
            return;
        }
        let (a, b) = (self.group(one), self.group(other));
        let single = a.len() == 1 && b.len() == 1;
        if self.may_be_one(a, b) && (single || self.between(a, b) > 0.0) {
            self.unite(one, other);
        }
    }

    fn unite(&mut self, one: u32, other: u32) {
        let (a, b) = (self.of[one as usize], self.of[other as usize]);
        if a == b {
            return;
        }
        let mut both: Vec<u32> = [self.group(one), self.group(other)].concat();
        both.sort_unstable();
        let left = std::mem::take(&mut self.places[a.max(b) as usize]);
        self.members[left as usize] = Vec::new();
        self.set(both);
    }

    /// Whether neither a decision nor a list that names everyone once keeps two groups apart.
    fn may_be_one(&self, a: &[u32], b: &[u32]) -> bool {
        !self.named_twice(a, b) && !self.task.decided.is_apart(a, b)
    }

    fn named_twice(&self, a: &[u32], b: &[u32]) -> bool {
        let source = |row: &u32| self.table.sources[*row as usize];
        let is_once = |source: u8| self.task.once.get(usize::from(source)).is_some_and(|once| *once);
        a.iter().any(|one| is_once(source(one)) && b.iter().any(|other| source(other) == source(one)))
    }

    /// The first row of everyone's group once they lean: between two groups that a decision keeps apart, everyone who may goes over to the
    /// other where they weigh more with it. Whoever came first took along whom the other would have had.
    fn leant(&self, order: &[u32]) -> Vec<u32> {
        if self.task.decided.different().is_empty() {
            return self.of.clone();
        }
        let mut leaning = self.clone();
        for _ in 0..ASKED_MAX {
            let mut moved = false;
            for at in order {
                let Pair { one, other, .. } = self.linked.pairs[*at as usize];
                for (row, to) in [(one, other), (other, one)] {
                    moved |= leaning.go_over(row, to);
                }
            }
            if !moved {
                break;
            }
        }
        leaning.of
    }

    /// Moves a row, with those who are one with it by decision, where it is kept from another's group and weighs more with it.
    fn go_over(&mut self, row: u32, to: u32) -> bool {
        if self.of[row as usize] == self.of[to as usize] {
            return false;
        }
        let (own, theirs) = (self.group(row).to_vec(), self.group(to).to_vec());
        if !self.task.decided.is_apart(&own, &theirs) {
            return false;
        }
        let block = self.task.decided.block(row).map_or_else(|| vec![row], <[u32]>::to_vec);
        let rest: Vec<u32> = own.iter().copied().filter(|row| !block.contains(row)).collect();
        let more = self.between(&block, &theirs);
        let goes = self.may_be_one(&block, &theirs) && more > 0.0 && more > self.between(&block, &rest);
        if goes {
            self.places[own[0] as usize] = 0;
            self.set(rest);
            self.set(block);
            self.unite(row, to);
        }
        goes
    }

    /// Makes rows a group of their own.
    fn set(&mut self, rows: Vec<u32>) {
        let Some(first) = rows.first().copied() else { return };
        rows.iter().for_each(|row| self.of[*row as usize] = first);
        match self.places[first as usize] {
            0 if rows.len() > 1 => {
                self.places[first as usize] = self.members.len() as u32;
                self.members.push(rows);
            }
            0 => {}
            place => self.members[place as usize] = rows,
        }
    }

    /// What the pairs between two groups weigh together; nothing can be more than nothing where a name lets doubt that two are one.
    fn between(&self, a: &[u32], b: &[u32]) -> f64 {
        let pairs = a.iter().flat_map(|one| b.iter().map(move |other| (*one.min(other), *one.max(other))));
        let mut sum = 0.0;
        for pair in pairs.take(BETWEEN_MAX) {
            match self.bits_of(pair) {
                Some(bits) => sum += bits.clamp(-SAYS_AT_MOST, SAYS_AT_MOST),
                None => return f64::NEG_INFINITY,
            }
        }
        sum
    }

    /// What a pair weighs; nothing where its names let doubt it.
    fn bits_of(&self, (one, other): (u32, u32)) -> Option<f64> {
        let start = self.starts[one as usize] as usize;
        let of_one = &self.linked.pairs[start..self.starts[one as usize + 1] as usize];
        let found = of_one.binary_search_by_key(&other, |pair| pair.other);
        let pair = found.map_or_else(
            |_| Pair { one, other, levels: levels(self.table, one as usize, other as usize) },
            |at| of_one[at],
        );
        if doubt(self.table, &pair).is_some() {
            return None;
        }
        Some(found.map_or_else(
            |_| f64::from(self.linked.weights.weight(self.table, &pair)),
            |at| f64::from(self.linked.bits[start + at]),
        ))
    }
}
