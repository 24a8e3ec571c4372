//! Who comes in where a place of a roll is vacated: by the same order, from the committed people, without a new seed.
//!
//! Decides, when people of a roll in force have gone (refused, died, were not brought), who takes their places: the best
//! lawful roll that holds everyone still on it and nobody gone. A replacement moves nobody else: whoever is still able to
//! go keeps their place, even where a roll without them would be better. Where the rules leave no such roll (the other
//! side's people have lost those who stood against them) it is refused and says by how many places; who then gives way is
//! for the agreement, not for this rule. What is left of a kept-together group goes or stays together, with the class that
//! the group had. The other party sees by the certificate, without selecting again, that no better replacement was there.

use std::collections::BTreeSet;

use crate::ids::Item;

use super::certificate::{Certificate, CheckError, Checker, Verdict};
use super::cost::{Level, Packing};
use super::forced::{Forced, Outcome};
use super::part::{Decided, Part};
use super::people::People;
use super::rules::{Rules, RulesError};
use super::solve::{EFFORT, Found, WORDS_MAX, at_width, packing};

/// A roll after people have gone from it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replacement {
    /// Who goes now, sorted by side and item.
    pub roll: Vec<Item>,
    /// Those of them who were not on the roll in force.
    pub joined: Vec<Item>,
    /// What the roll costs, level by level.
    pub cost: Vec<i128>,
    /// A cost that no roll with everyone still on it is below; the roll's own where it is the best.
    pub bound: Vec<i128>,
    /// The certificate by which the other party checks it.
    pub certificate: Certificate,
}

impl Replacement {
    /// Whether no other replacement is better.
    pub fn is_best(&self) -> bool {
        self.cost == self.bound
    }
}

/// Why nobody can be put in the vacated places.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReplaceError {
    /// The rules are not sound.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// The levels need wider integers than there are.
    #[error("the classes and places of this round need {0} words of 127 bits, the most is {WORDS_MAX}")]
    TooWide(usize),
    /// Somebody of the roll or of those gone is not among the committed people.
    #[error("item {0} is not among the people")]
    NotThere(Item),
    /// The roll in force, or the list of those gone, has somebody twice.
    #[error("item {0} is there twice")]
    Twice(Item),
    /// The roll in force has some of a kept-together group and not the others who could go.
    #[error("group {0} is split in the roll in force")]
    Split(u32),
    /// No lawful roll holds everyone still on the roll.
    #[error(
        "no lawful roll holds everyone still on it: at least {missing} places that must be filled stay empty"
    )]
    NotAll {
        /// Places, of those still on the roll and of those that the rules demand, that cannot be filled together.
        missing: u32,
    },
    /// No lawful roll holds everyone still on the roll, the balance among the rules.
    #[error("no lawful roll that keeps the balance holds everyone still on it")]
    Balance,
    /// No such roll that keeps every group together was found with the effort allowed.
    #[error("no roll that keeps every group together was found in {EFFORT} decisions")]
    NoneFound,
}

/// Why a replacement is not one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReplacementFault {
    /// The roll in force or the list of those gone cannot be read against these people.
    #[error(transparent)]
    Before(#[from] ReplaceError),
    /// Somebody still on the roll lost the place.
    #[error("item {0} was on the roll, has not gone and has no place any more")]
    LostPlace(Item),
    /// Somebody who has gone has a place.
    #[error("item {0} has gone and has a place")]
    Gone(Item),
    /// The roll breaks a rule, or the certificate is not about it.
    #[error(transparent)]
    Roll(#[from] CheckError),
}

/// Fills the vacated places of a roll in force. `gone` is everyone of the people who can no longer go, from the first
/// amendment on and whether on the roll or not: it only grows.
///
/// # Errors
/// Lists that are not about these people; or no lawful roll holds everyone still on it.
pub fn replace(
    rules: &Rules,
    people: &People,
    seed: &[u8; 32],
    roll: &[Item],
    gone: &[Item],
) -> Result<Replacement, ReplaceError> {
    rules.sound()?;
    let left = Left::of(rules, people, roll, gone)?;
    let packing = packing(rules, &left.people);
    let outcome = at_width!(
        packing.words(),
        W => left.refill::<W>(rules, seed, &packing),
        words => return Err(ReplaceError::TooWide(words))
    );
    let Outcome { found, bound, proof } = outcome;
    let Some(Found { cost, chosen }) = found else {
        // Where the bound leaves a place empty, it stays empty in every roll.
        let missing = u32::try_from(bound[0]).unwrap_or(0);
        return Err(match missing {
            0 => ReplaceError::NoneFound,
            // The bound counts what the balance would cost as well.
            _ if rules.balance.is_some() => ReplaceError::Balance,
            _ => ReplaceError::NotAll { missing },
        });
    };
    let joined = chosen.iter().filter(|at| left.kept.binary_search(at).is_err());
    let item = |at: &usize| left.people.rows()[*at].item;
    Ok(Replacement {
        joined: joined.map(item).collect(),
        roll: chosen.iter().map(item).collect(),
        cost,
        bound,
        certificate: Certificate { levels: packing.levels().to_vec(), proof },
    })
}

/// Checks a replacement: everyone still on the roll has a place, nobody gone has one, every rule is kept, and the
/// certificate says whether there is a better one.
///
/// # Errors
/// A replacement that takes a place from someone, gives one to someone gone, or breaks a rule.
pub fn check_replacement(
    rules: &Rules,
    people: &People,
    seed: &[u8; 32],
    before: (&[Item], &[Item]),
    replacement: (&[Item], &Certificate),
) -> Result<Verdict, ReplacementFault> {
    rules.sound().map_err(ReplaceError::from)?;
    let ((roll, gone), (now, certificate)) = (before, replacement);
    let left = Left::of(rules, people, roll, gone)?;
    let gone: BTreeSet<&Item> = gone.iter().collect();
    if let Some(item) = now.iter().find(|item| gone.contains(item)) {
        return Err(ReplacementFault::Gone(*item));
    }
    let checker = Checker::new(rules, &left.people, seed);
    if certificate.levels != Level::of(rules) {
        return Err(CheckError::Levels.into());
    }
    let goes = checker.places_of(now)?;
    if let Some(&lost) = left.kept.iter().find(|&&at| !goes[at]) {
        return Err(ReplacementFault::LostPlace(left.people.rows()[lost].item));
    }
    let used = checker.lawful(&goes)?;
    let mut part = Part::whole(&checker);
    left.kept.iter().for_each(|&at| part.decided[at] = Decided::Goes);
    Ok(checker.weigh(part, &certificate.proof, &goes, &used)?)
}

/// What is left of a round after people have gone.
struct Left {
    /// The committed people without those gone.
    people: People,
    /// Everyone still on the roll, by place among those left, ascending.
    kept: Vec<usize>,
}

impl Left {
    fn of(rules: &Rules, people: &People, roll: &[Item], gone: &[Item]) -> Result<Self, ReplaceError> {
        let (on_roll, gone) = (marked(people, roll)?, marked(people, gone)?);
        let still = |at: &usize| !gone[*at];
        let places: Vec<usize> = (0..gone.len()).filter(still).collect();
        let rows = places.iter().map(|&at| people.rows()[at]).collect();
        // The same people less some: each was sound, is there once, and every group keeps one side and one class.
        let left = People::new(rules, rows).expect("people who were sound before some went");
        let kept: Vec<usize> = (0..places.len()).filter(|&at| on_roll[places[at]]).collect();
        let split = |members: &[usize]| {
            let still_on = members.iter().filter(|member| kept.binary_search(member).is_ok()).count();
            still_on != 0 && still_on != members.len()
        };
        match left.groups().iter().find(|(_, members)| split(members)) {
            Some((number, _)) => Err(ReplaceError::Split(*number)),
            None => Ok(Self { people: left, kept }),
        }
    }

    fn refill<const W: usize>(&self, rules: &Rules, seed: &[u8; 32], packing: &Packing) -> Outcome {
        Forced::<W>::new(rules, &self.people, seed, packing).with(&self.kept)
    }
}

/// Which of the people a list names.
fn marked(people: &People, items: &[Item]) -> Result<Vec<bool>, ReplaceError> {
    let mut marked = vec![false; people.rows().len()];
    for item in items {
        let at = people.place(item).ok_or(ReplaceError::NotThere(*item))?;
        if std::mem::replace(&mut marked[at], true) {
            return Err(ReplaceError::Twice(*item));
        }
    }
    Ok(marked)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{SEED, cases, every_lawful, items, small};
    use super::super::*;
    use crate::ids::Item;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(cases(400)))]

        /// The replacement is the one that trying every roll finds, nobody still on the roll loses a place, and the
        /// certificate closes; whoever changes it is found out.
        #[test]
        fn a_replacement_moves_nobody_and_is_the_best((rules, rows) in small(), who in 0..2_048_u32, other in 0..11_usize) {
            let people = People::new(&rules, rows).unwrap();
            let Ok(found) = select(&rules, &people, &SEED) else { return Ok(()) };
            let roll = items(&people, &found.chosen);
            let all = people.rows().iter().enumerate();
            // Half of the roll and a quarter of the rest have gone, at most.
            let gone: Vec<Item> = all.filter(|(at, _)| who >> at & 1 == 1).map(|(_, one)| one.item).collect();
            let left = people.rows().iter().filter(|one| !gone.contains(&one.item)).copied().collect();
            let left = People::new(&rules, left).unwrap();
            let kept: Vec<Item> = roll.iter().filter(|item| !gone.contains(item)).copied().collect();
            let tried = every_lawful(&rules, &left).into_iter().map(|(chosen, cost)| (items(&left, &chosen), cost));
            let best = tried.filter(|(now, _)| kept.iter().all(|item| now.contains(item))).min_by(|a, b| a.1.cmp(&b.1));
            let now = match (replace(&rules, &people, &SEED, &roll, &gone), best) {
                (Ok(now), Some((chosen, cost))) => {
                    prop_assert_eq!(&now.roll, &chosen);
                    prop_assert_eq!(&now.cost, &cost);
                    prop_assert!(now.is_best());
                    now
                }
                (Err(ReplaceError::NotAll { .. }), None) => return Ok(()),
                (now, best) => { prop_assert!(false, "{now:?} against {best:?}"); return Ok(()) }
            };
            prop_assert_eq!(now.joined.len() + kept.len(), now.roll.len());
            let check = |roll_now: &[Item]| {
                check_replacement(&rules, &people, &SEED, (&roll, &gone), (roll_now, &now.certificate))
            };
            let verdict = check(&now.roll);
            prop_assert!(verdict.as_ref().is_ok_and(Verdict::holds), "{verdict:?}");
            let Some(other) = people.rows().get(other).map(|one| one.item) else { return Ok(()) };
            let mut changed = now.roll.clone();
            match changed.iter().position(|item| *item == other) {
                Some(at) => { changed.remove(at); }
                None => changed.push(other),
            }
            let verdict = check(&changed);
            if gone.contains(&other) {
                prop_assert_eq!(verdict, Err(ReplacementFault::Gone(other)));
            } else if kept.contains(&other) {
                prop_assert_eq!(verdict, Err(ReplacementFault::LostPlace(other)));
            } else {
                prop_assert!(verdict.is_err() || verdict.is_ok_and(|verdict| !verdict.holds() && verdict.cost > verdict.bound));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(cases(100)))]

        /// Where nobody has gone, a replacement is the roll itself, and amending twice ends with everyone who was left.
        #[test]
        fn nobody_gone_changes_nothing((rules, rows) in small()) {
            let people = People::new(&rules, rows).unwrap();
            let Ok(found) = select(&rules, &people, &SEED) else { return Ok(()) };
            let roll = items(&people, &found.chosen);
            let now = replace(&rules, &people, &SEED, &roll, &[]).unwrap();
            prop_assert_eq!((&now.roll, now.joined.len()), (&roll, 0));
            let mut gone = Vec::new();
            let mut in_force = roll;
            for one in people.rows() {
                gone.push(one.item);
                let Ok(next) = replace(&rules, &people, &SEED, &in_force, &gone) else { break };
                prop_assert!(in_force.iter().all(|item| next.roll.contains(item) || gone.contains(item)));
                in_force = next.roll;
            }
        }
    }

    #[test]
    fn lists_of_other_people_are_refused() {
        let (rules, rows) = super::super::tests::fixed_round();
        let people = People::new(&rules, rows).unwrap();
        let stranger = Item([9; 32]);
        let known = people.rows()[0].item;
        let check = |roll: &[Item], gone: &[Item], refused: ReplaceError| {
            assert_eq!(replace(&rules, &people, &SEED, roll, gone), Err(refused));
        };
        check(&[stranger], &[], ReplaceError::NotThere(stranger));
        check(&[], &[stranger], ReplaceError::NotThere(stranger));
        check(&[known, known], &[], ReplaceError::Twice(known));
        check(&[], &[known, known], ReplaceError::Twice(known));
    }
}
