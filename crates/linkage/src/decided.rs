//! What people decided of two records: that they are of one person, or that they are not, whatever they weigh.
//!
//! Decides whether decisions can all be kept, and answers for a row which rows go with it and which may not. It refuses to know
//! who decided and why: that is written where the decision is kept.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Two rows.
pub type Two = (u32, u32);

/// Decisions that can all be kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decided {
    same: Vec<Two>,
    different: Vec<Two>,
    /// Rows that are of one person, ascending.
    blocks: Vec<Vec<u32>>,
    /// By row: its place among the blocks.
    block_of: BTreeMap<u32, usize>,
    /// By row: rows that are not of one person with it, ascending.
    others: BTreeMap<u32, Vec<u32>>,
}

/// Decisions that cannot all be kept: the first and the last row are decided to be two people's, and each is decided to be of one
/// person with the next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contradiction(pub Vec<u32>);

impl Decided {
    /// Takes decisions, if they can all be kept. A row is always of one person with itself.
    ///
    /// # Errors
    /// The shortest chain against the first of `different` that cannot be kept.
    pub fn new(same: &[Two], different: &[Two]) -> Result<Self, Contradiction> {
        let mut next: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (one, other) in same {
            next.entry(*one).or_default().push(*other);
            next.entry(*other).or_default().push(*one);
        }
        let blocks = blocks(&next);
        let block_of: BTreeMap<u32, usize> = blocks
            .iter()
            .enumerate()
            .flat_map(|(at, block)| block.iter().map(move |row| (*row, at)))
            .collect();
        // Only within a block is there a chain to look for.
        let is_one = |(one, other): &&Two| {
            one == other || block_of.get(one).is_some_and(|at| block_of.get(other) == Some(at))
        };
        if let Some((one, other)) = different.iter().find(is_one) {
            return Err(Contradiction(chain(&next, *one, *other)));
        }
        let mut others: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (one, other) in different {
            others.entry(*one).or_default().push(*other);
            others.entry(*other).or_default().push(*one);
        }
        others.values_mut().for_each(|rows| {
            rows.sort_unstable();
            rows.dedup();
        });
        Ok(Self { same: same.to_vec(), different: different.to_vec(), blocks, block_of, others })
    }

    /// Pairs decided to be of one person, as they were given.
    pub fn same(&self) -> &[Two] {
        &self.same
    }

    /// Pairs decided to be of two people, as they were given.
    pub fn different(&self) -> &[Two] {
        &self.different
    }

    /// Rows that are of one person by decision, each block ascending.
    pub fn blocks(&self) -> &[Vec<u32>] {
        &self.blocks
    }

    /// The rows that are of one person with a row by decision, itself among them; nothing where nothing was decided.
    pub fn block(&self, row: u32) -> Option<&[u32]> {
        self.block_of.get(&row).map(|at| self.blocks[*at].as_slice())
    }

    /// Whether two rows can no longer be one person: one of those who are one with the first by decision and one of those who are one with
    /// the second are two people's, by decision or since `may` says that they cannot be one. What nobody decided settles nothing.
    pub fn is_settled_apart(&self, one: u32, other: u32, may: impl Fn(u32, u32) -> bool) -> bool {
        let (first, second) = ([one], [other]);
        let block = |row: u32| self.block(row);
        let (ones, others) = (block(one).unwrap_or(&first), block(other).unwrap_or(&second));
        if ones == others {
            return false;
        }
        let is_decided = ones.len() + others.len() > 2;
        // Who is decided to stand in a list twice may do so a third time.
        let is_once =
            |rows: &[u32]| rows.iter().all(|row| rows.iter().all(|next| row == next || may(*row, *next)));
        let cannot = || ones.iter().any(|row| others.iter().any(|next| !may(*row, *next)));
        self.is_apart(ones, others) || (is_decided && cannot() && is_once(ones) && is_once(others))
    }

    /// Whether a row of one group and a row of another are two people's by decision.
    pub fn is_apart(&self, one: &[u32], other: &[u32]) -> bool {
        if self.others.is_empty() {
            return false;
        }
        let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        few.iter()
            .filter_map(|row| self.others.get(row))
            .any(|others| many.iter().any(|row| others.binary_search(row).is_ok()))
    }
}

/// The shortest way from one row to another by decisions that they are of one person; none where there is no way.
fn chain(next: &BTreeMap<u32, Vec<u32>>, one: u32, other: u32) -> Vec<u32> {
    if one == other {
        return vec![one];
    }
    let mut from: BTreeMap<u32, u32> = BTreeMap::from([(one, one)]);
    let mut queue = VecDeque::from([one]);
    while let Some(row) = queue.pop_front() {
        for to in next.get(&row).into_iter().flatten() {
            if from.contains_key(to) {
                continue;
            }
            from.insert(*to, row);
            if *to == other {
                let mut chain = vec![other];
                while chain[chain.len() - 1] != one {
                    chain.push(from[&chain[chain.len() - 1]]);
                }
                chain.reverse();
                return chain;
            }
            queue.push_back(*to);
        }
    }
    Vec::new()
}

fn blocks(next: &BTreeMap<u32, Vec<u32>>) -> Vec<Vec<u32>> {
    let mut blocks = Vec::new();
    let mut taken: BTreeSet<u32> = BTreeSet::new();
    for first in next.keys() {
        if taken.contains(first) {
            continue;
        }
        let mut block = BTreeSet::from([*first]);
        let mut queue = vec![*first];
        while let Some(row) = queue.pop() {
            queue.extend(next.get(&row).into_iter().flatten().filter(|to| block.insert(**to)));
        }
        taken.extend(&block);
        blocks.push(block.into_iter().collect());
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contradiction_names_the_shortest_chain() {
        let check = |same: &[Two], different: &[Two], chain: Option<&[u32]>| {
            let found = Decided::new(same, different).err().map(|why| why.0);
            assert_eq!(found.as_deref(), chain, "{same:?} {different:?}");
        };
        check(&[(1, 2), (2, 3)], &[(1, 3)], Some(&[1, 2, 3]));
        check(&[(2, 1), (3, 2)], &[(3, 1)], Some(&[3, 2, 1]));
        check(&[(1, 2)], &[(2, 1)], Some(&[2, 1]));
        check(&[], &[(4, 4)], Some(&[4]));
        check(&[(1, 2), (2, 3), (3, 4), (1, 5), (5, 4)], &[(6, 7), (1, 4)], Some(&[1, 5, 4]));
        check(&[(1, 5), (5, 4), (1, 2), (2, 3), (3, 4)], &[(1, 4)], Some(&[1, 5, 4]));
        check(&[(1, 2), (3, 4)], &[(1, 3), (2, 4)], None);
        check(&[(1, 2), (2, 3), (3, 1)], &[(1, 4)], None);
    }

    #[test]
    fn a_pair_that_would_break_a_decision_is_settled() {
        // Rows below 10 are of one list that names everyone once, the others of another.
        let may = |one: u32, other: u32| (one < 10) != (other < 10);
        let check = |same: &[Two], different: &[Two], pair: Two, expect: bool| {
            let decided = Decided::new(same, different).unwrap();
            assert_eq!(
                decided.is_settled_apart(pair.0, pair.1, may),
                expect,
                "{same:?} {different:?} {pair:?}"
            );
            assert_eq!(
                decided.is_settled_apart(pair.1, pair.0, may),
                expect,
                "{same:?} {different:?} {pair:?}"
            );
        };
        check(&[], &[], (1, 11), false);
        check(&[(1, 11)], &[], (2, 11), true);
        check(&[(1, 11)], &[], (1, 12), true);
        check(&[(1, 11)], &[], (2, 12), false);
        check(&[(1, 11)], &[], (1, 11), false);
        check(&[], &[(1, 11)], (1, 11), true);
        check(&[], &[(1, 11)], (1, 12), false);
        check(&[(1, 11), (2, 11)], &[], (3, 11), false);
        check(&[(1, 11), (2, 11)], &[(2, 12)], (1, 12), true);
    }

    #[test]
    fn rows_go_with_whom_it_was_decided() {
        let decided = Decided::new(&[(5, 2), (2, 9)], &[(9, 1), (7, 1)]).unwrap();
        assert_eq!(decided.block(9), Some(&[2, 5, 9][..]));
        assert_eq!(decided.block(1), None);
        assert!(decided.is_apart(&[3, 1], &[9]) && decided.is_apart(&[7], &[0, 1, 2]));
        assert!(!decided.is_apart(&[7], &[9]) && !Decided::default().is_apart(&[1], &[1]));
    }
}
