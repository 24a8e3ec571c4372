//! Rolls and certificates that somebody changed.

use std::collections::BTreeSet;

use super::rounds::{Chance, Round};
use crate::selection::joint::*;

/// How a roll is changed.
#[derive(Clone, Copy, Debug)]
enum Change {
    Out,
    In,
    SameCell,
    OtherCell,
    OtherSide,
    Two,
    WholeGroup,
    SplitGroup,
    PairExchanged,
    PairIn,
    PairOut,
}

const CHANGES: [Change; 11] = [
    Change::Out,
    Change::In,
    Change::SameCell,
    Change::OtherCell,
    Change::OtherSide,
    Change::Two,
    Change::WholeGroup,
    Change::SplitGroup,
    Change::PairExchanged,
    Change::PairIn,
    Change::PairOut,
];

/// Up to so many rolls, each of another set of people than the true one, none twice.
pub fn rolls(
    chance: &mut Chance,
    round: &Round,
    people: &People,
    chosen: &[usize],
    most: usize,
) -> Vec<Vec<usize>> {
    let truth: BTreeSet<usize> = chosen.iter().copied().collect();
    let mut all: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
    // The best rolls of a neighbouring problem: lawful, and as good as this one at all levels but the last.
    for byte in 0..8 {
        all.extend(select(&round.rules, people, &[byte; 32]).map(|other| other.chosen.into_iter().collect()));
    }
    // And the best that keeps no group together.
    let alone = people.rows().iter().map(|row| Person { group: 0, ..*row }).collect();
    let alone = People::new(&round.rules, alone).unwrap();
    all.extend(round.select(&alone).map(|other| other.chosen.into_iter().collect()));
    for attempt in 0..12 * most {
        if all.len() > most {
            break;
        }
        let mut roll = truth.clone();
        if change(chance, people, &mut roll, CHANGES[attempt % CHANGES.len()]).is_some() {
            all.insert(roll);
        }
    }
    all.remove(&truth);
    all.into_iter().map(|roll| roll.into_iter().collect()).collect()
}

/// Changes a roll; nothing where it has nobody for such a change.
fn change(chance: &mut Chance, people: &People, roll: &mut BTreeSet<usize>, change: Change) -> Option<()> {
    let rows = people.rows();
    let cell = |at: usize| (rows[at].side, rows[at].site, rows[at].category);
    let matched = |at: usize| (rows[at].side, rows[at].category);
    match change {
        Change::Out => out(chance, roll, |_| true).map(|_| ()),
        Change::In => into(chance, people, roll, |_| true).map(|_| ()),
        Change::SameCell => {
            let gone = out(chance, roll, |_| true)?;
            into(chance, people, roll, |at| at != gone && cell(at) == cell(gone)).map(|_| ())
        }
        Change::OtherCell => {
            let gone = out(chance, roll, |_| true)?;
            into(chance, people, roll, |at| rows[at].side == rows[gone].side && cell(at) != cell(gone))
                .map(|_| ())
        }
        Change::OtherSide => {
            let gone = out(chance, roll, |_| true)?;
            into(chance, people, roll, |at| rows[at].side != rows[gone].side).map(|_| ())
        }
        Change::Two => (0..2).try_for_each(|_| {
            let gone = out(chance, roll, |_| true)?;
            into(chance, people, roll, |at| at != gone && matched(at) == matched(gone)).map(|_| ())
        }),
        Change::WholeGroup => {
            let groups = people.groups();
            let (_, members) = groups.get(chance.below(groups.len().max(1)))?;
            let goes = roll.contains(&members[0]);
            if goes {
                roll.retain(|at| !members.contains(at));
            } else {
                roll.extend(members);
            }
            Some(())
        }
        Change::SplitGroup => {
            let groups = people.groups();
            let (_, members) = groups.get(chance.below(groups.len().max(1)))?;
            let at = chance.pick(members);
            if roll.take(&at).is_none() {
                roll.insert(at);
            }
            Some(())
        }
        Change::PairExchanged => (0..2).try_for_each(|side| {
            let gone = out(chance, roll, |at| rows[at].side == side)?;
            into(chance, people, roll, |at| at != gone && matched(at) == matched(gone)).map(|_| ())
        }),
        Change::PairIn => {
            let one = into(chance, people, roll, |at| rows[at].side == 0)?;
            into(chance, people, roll, |at| matched(at) == (1, rows[one].category)).map(|_| ())
        }
        Change::PairOut => {
            let one = out(chance, roll, |at| rows[at].side == 0)?;
            out(chance, roll, |at| matched(at) == (1, rows[one].category)).map(|_| ())
        }
    }
}

/// Takes somebody out of a roll who fits.
fn out(chance: &mut Chance, roll: &mut BTreeSet<usize>, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let all: Vec<usize> = roll.iter().copied().filter(|at| fits(*at)).collect();
    let at = *all.get(chance.below(all.len().max(1)))?;
    roll.remove(&at);
    Some(at)
}

/// Puts somebody into a roll who fits.
fn into(
    chance: &mut Chance,
    people: &People,
    roll: &mut BTreeSet<usize>,
    fits: impl Fn(usize) -> bool,
) -> Option<usize> {
    let all: Vec<usize> = (0..people.rows().len()).filter(|at| !roll.contains(at) && fits(*at)).collect();
    let at = *all.get(chance.below(all.len().max(1)))?;
    roll.insert(at);
    Some(at)
}

/// Certificates that somebody changed: a price, a division, a half left out, halves exchanged, all prices nothing.
pub fn certificates(chance: &mut Chance, certificate: &Certificate, most: usize) -> Vec<Certificate> {
    let mut all = Vec::new();
    for attempt in 0..most {
        let mut changed = certificate.clone();
        let parts = count(&changed.proof);
        let at = part(&mut changed.proof, &mut chance.below(parts)).expect("one of its parts");
        match (attempt % 4, at) {
            (1, Proof::Closed { balance, .. }) if !balance.is_empty() => {
                let level = chance.below(balance.len());
                balance[level] += chance.pick(&[-1_000_000, -840, -1, 1, 420, 1 << 39]);
            }
            (0 | 1, Proof::Closed { prices, .. }) => {
                let (node, level) = (chance.below(prices.len()), chance.below(prices[0].len()));
                prices[node][level] += chance.pick(&[-1_000_000, -3, -1, 1, 2, 1 << 39]);
            }
            (_, Proof::Closed { prices, .. }) => {
                let node = chance.below(prices.len());
                prices[node].fill(0);
            }
            (0, Proof::Divided { on: Choice::Units { at_most, .. } | Choice::Heads { at_most, .. }, .. }) => {
                *at_most += 1;
            }
            (0 | 1, Proof::Divided { yes, no, .. }) => std::mem::swap(yes, no),
            (2, at @ Proof::Divided { .. }) => {
                // A half is left out: what closes the other must then close the whole.
                let Proof::Divided { yes, .. } = at.clone() else { unreachable!("matched") };
                *at = *yes;
            }
            (_, Proof::Divided { on: Choice::Group { number }, .. }) => *number += 2,
            (_, Proof::Divided { on: Choice::Units { at_most, .. } | Choice::Heads { at_most, .. }, .. }) => {
                *at_most = at_most.saturating_sub(1);
            }
        }
        if changed != *certificate {
            all.push(changed);
        }
    }
    all
}

fn count(proof: &Proof) -> usize {
    match proof {
        Proof::Closed { .. } => 1,
        Proof::Divided { yes, no, .. } => 1 + count(yes) + count(no),
    }
}

/// The part of a number, from the whole down.
fn part<'a>(proof: &'a mut Proof, left: &mut usize) -> Option<&'a mut Proof> {
    if *left == 0 {
        return Some(proof);
    }
    *left -= 1;
    match proof {
        Proof::Closed { .. } => None,
        Proof::Divided { yes, no, .. } => part(yes, left).or_else(|| part(no, left)),
    }
}
