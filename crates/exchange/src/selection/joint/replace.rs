//! Who comes in where a place of a roll is vacated: by the same order, from the committed people, without a new seed.
//!
//! Decides, when people of a roll in force have gone (refused, died, were not brought), who takes their places: the best
//! lawful roll that holds everyone still on it and nobody gone, with no more newcomers of a side than it owes. A replacement
//! moves nobody: whoever is still able to go keeps their place, even where a roll without them would be better. Whom the
//! rules leave no roll with (their opposite number has gone, and nobody can stand in) is set aside: they stay on the list and
//! keep their place there, the others are refilled without them, and who then gives way is for the agreement, not for this
//! rule. What is left of a kept-together group goes or stays together, with the class that the group had. The other party
//! sees by the certificate, without selecting again, that no better replacement was there.

use std::collections::BTreeSet;

use crate::ids::Item;

use super::certificate::{Certificate, CheckError, Checker, Verdict};
use super::cost::Level;
use super::forced::{Forced, Outcome};
use super::part::{Decided, Part};
use super::people::{People, Person};
use super::rules::{Against, Cap, PLACES_MAX, Rules, RulesError};
use super::solve::{EFFORT, Found, WORDS_MAX, at_width, packing};

/// A roll after people have gone from it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replacement {
    /// Who goes now by the rules, sorted by side and item.
    pub roll: Vec<Item>,
    /// Those of the roll in force, not gone, with whom no lawful roll is left: they stay on the list without the rules.
    pub aside: Vec<Item>,
    /// Whether the leasts of the rules are met.
    pub leasts: Leasts,
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

/// Whether a replacement meets the leasts of the rules: the fewest who must go from a cap or in a category.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leasts {
    /// Every one.
    Met,
    /// They are not asked for: with everyone still on the roll who is not set aside, they cannot be met together.
    GivenUp,
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
    /// The caps of a side do not all lie in one, so that its newcomers cannot be bounded by a cap.
    #[error("the caps of side {0} do not all lie in one")]
    NotOneRound(usize),
    /// No lawful roll holds those who are left on the roll, whoever is set aside.
    #[error("no lawful roll: at least {missing} places stay empty")]
    NotAll {
        /// Places, of those still on the roll, that cannot be filled together.
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
    /// Somebody is set aside who was not on the roll.
    #[error("item {0} was not on the roll and is set aside")]
    NotOnRoll(Item),
    /// The roll breaks a rule, or the certificate is not about it.
    #[error(transparent)]
    Roll(#[from] CheckError),
}

/// A roll in force and what has become of it.
#[derive(Clone, Copy, Debug)]
pub struct Vacated<'a> {
    /// Who is on the roll in force.
    pub roll: &'a [Item],
    /// Everyone of the people who can no longer go, from the first amendment on and whether on the roll or not: it only grows.
    pub gone: &'a [Item],
    /// How many newcomers each side owes at most.
    pub slots: [u32; 2],
}

/// Fills the vacated places of a roll in force.
///
/// Where no lawful roll holds everyone still on it, somebody is set aside, with their kept-together group, and the same is done with
/// the rest, until there is one. Set aside is
///
/// 1. whom the best roll leaves out that leaves the fewest places empty: of those still on the roll, and of those that the rules
///    demand, a head of a ratio among them; groups let alone;
/// 2. where it leaves out nobody, but heads of a ratio are empty: the last, in the published order, of those on the roll who count
///    in such a category;
/// 3. else nobody the first time, and the leasts of the rules are given up: the roll in force has lost what would have met them;
/// 4. and then, where groups alone stand in the way, the last of those on the roll against whom somebody has to stand.
///
/// # Errors
/// Lists that are not about these people; or no lawful roll is found.
pub fn replace(
    rules: &Rules,
    people: &People,
    seed: &[u8; 32],
    vacated: Vacated<'_>,
) -> Result<Replacement, ReplaceError> {
    rules.sound()?;
    let (mut aside, mut leasts) = (Vec::new(), Leasts::Met);
    loop {
        let left = Left::of(rules, people, vacated, &aside, leasts)?;
        if left.least_is_lowered {
            leasts = Leasts::GivenUp;
            continue;
        }
        let packing = packing(&left.rules, &left.people);
        let outcome = at_width!(
            packing.words(),
            W => Forced::<W>::new(&left.rules, &left.people, seed, &packing).with(&left.kept),
            words => return Err(ReplaceError::TooWide(words))
        );
        let Outcome { found, bound, proof, left_out, short } = outcome;
        if let Some(found) = found {
            let certificate = Certificate { levels: packing.levels().to_vec(), proof };
            aside.sort_unstable();
            return Ok(left.replacement(found, bound, certificate, (aside, leasts)));
        }
        // Where the bound leaves a place empty, it stays empty in every roll.
        let missing = u32::try_from(bound[0]).unwrap_or(0);
        let give_way = |fits: &dyn Fn(usize) -> bool| left.last_of(&left.rules, seed, fits);
        let in_short = give_way(&|category| short.contains(&category));
        let matched = give_way(&|category| rules.categories[category].against != Against::AllForAll);
        match (in_short, matched) {
            _ if missing == 0 => return Err(ReplaceError::NoneFound),
            // The bound counts what the balance would cost as well.
            _ if rules.balance.is_some() => return Err(ReplaceError::Balance),
            _ if !left_out.is_empty() => aside.extend(left.with_their_groups(&left_out)),
            (Some(last), _) => aside.extend(left.with_their_groups(&[last])),
            _ if leasts == Leasts::Met => leasts = Leasts::GivenUp,
            (None, Some(last)) => aside.extend(left.with_their_groups(&[last])),
            (None, None) => return Err(ReplaceError::NotAll { missing }),
        }
    }
}

/// Checks a replacement: everyone still on the roll has a place or is set aside, nobody gone has one, no side has more newcomers
/// than it owes, every rule is kept, and the certificate says whether there is a better one. Cost, bound and newcomers are worked
/// out anew and not believed.
///
/// Whether fewer could have been set aside, and whether the leasts had to be given up, is not in the certificate: whoever doubts
/// it makes the replacement again.
///
/// # Errors
/// A replacement that takes a place from someone, gives one to someone gone, or breaks a rule.
pub fn check_replacement(
    rules: &Rules,
    people: &People,
    seed: &[u8; 32],
    vacated: Vacated<'_>,
    replacement: &Replacement,
) -> Result<Verdict, ReplacementFault> {
    rules.sound().map_err(ReplaceError::from)?;
    let Replacement { roll: now, aside, leasts, certificate, .. } = replacement;
    let gone: BTreeSet<&Item> = vacated.gone.iter().collect();
    if let Some(item) = now.iter().chain(aside).find(|item| gone.contains(item)) {
        return Err(ReplacementFault::Gone(*item));
    }
    let before: BTreeSet<&Item> = vacated.roll.iter().collect();
    if let Some(item) = aside.iter().find(|item| !before.contains(item)) {
        return Err(ReplacementFault::NotOnRoll(*item));
    }
    let left = Left::of(rules, people, vacated, aside, *leasts)?;
    let checker = Checker::new(&left.rules, &left.people, seed);
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

/// What is left of a round after people have gone and some were set aside.
struct Left {
    /// The committed people without those gone and those set aside.
    people: People,
    /// Everyone else still on the roll, by place among those left, ascending.
    kept: Vec<usize>,
    /// The rules with the places that are theirs to fill: no side has more newcomers than it owes, and whoever is set aside
    /// keeps a place in every cap and category.
    rules: Rules,
    /// Whether a least is above what its cap or category can still take, so that it cannot be met.
    least_is_lowered: bool,
}

impl Left {
    fn of(
        rules: &Rules,
        people: &People,
        vacated: Vacated<'_>,
        aside: &[Item],
        leasts: Leasts,
    ) -> Result<Self, ReplaceError> {
        let (on_roll, gone) = (marked(people, vacated.roll)?, marked(people, vacated.gone)?);
        let aside = marked(people, aside)?;
        let places: Vec<usize> = (0..gone.len()).filter(|&at| !gone[at] && !aside[at]).collect();
        let rows = places.iter().map(|&at| people.rows()[at]).collect();
        // The same people less some: each was sound, is there once, and every group keeps one side and one class.
        let left = People::new(rules, rows).expect("people who were sound before some went");
        let kept: Vec<usize> = (0..places.len()).filter(|&at| on_roll[places[at]]).collect();
        let split = |members: &[usize]| {
            let still_on = members.iter().filter(|member| kept.binary_search(member).is_ok()).count();
            still_on != 0 && still_on != members.len()
        };
        if let Some((number, _)) = left.groups().iter().find(|(_, members)| split(members)) {
            return Err(ReplaceError::Split(*number));
        }
        let still: Vec<(Person, bool)> = (0..gone.len())
            .filter(|&at| on_roll[at] && !gone[at])
            .map(|at| (people.rows()[at], aside[at]))
            .collect();
        let (rules, least_is_lowered) = to_fill(rules, &still, vacated.slots, leasts)?;
        Ok(Self { people: left, kept, rules, least_is_lowered })
    }

    fn replacement(
        &self,
        Found { cost, chosen }: Found,
        bound: Vec<i128>,
        certificate: Certificate,
        (aside, leasts): (Vec<Item>, Leasts),
    ) -> Replacement {
        let item = |at: &usize| self.people.rows()[*at].item;
        let joined = chosen.iter().filter(|at| self.kept.binary_search(at).is_err());
        Replacement {
            joined: joined.map(item).collect(),
            roll: chosen.iter().map(item).collect(),
            aside,
            leasts,
            cost,
            bound,
            certificate,
        }
    }

    /// The last of those kept, in the published order, whose category is one of these.
    fn last_of(&self, rules: &Rules, seed: &[u8; 32], fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let rows = self.people.rows();
        let fitting = self.kept.iter().copied().filter(|&at| fits(usize::from(rows[at].category)));
        fitting.max_by_key(|&at| (rows[at].rank(), rows[at].lot(seed, &rules.agreement), rows[at].item))
    }

    /// These people of the roll, with everyone they are kept together with.
    fn with_their_groups(&self, these: &[usize]) -> Vec<Item> {
        let rows = self.people.rows();
        let of_these = |number| number != 0 && these.iter().any(|&at| rows[at].group == number);
        let with = self.kept.iter().filter(|at| these.contains(at) || of_these(rows[**at].group));
        with.map(|&at| rows[at].item).collect()
    }
}

/// The rules for filling what is vacated, by who is still on the roll and whether they are set aside; and whether a least had to be
/// lowered to the most, so that it cannot be met. A cap or a category in which
/// more are on the list than it has room for, since both accepted it so, takes nobody from them: it lets nobody more in.
fn to_fill(
    rules: &Rules,
    still: &[(Person, bool)],
    slots: [u32; 2],
    leasts: Leasts,
) -> Result<(Rules, bool), ReplaceError> {
    let (mut now, mut lowered) = (rules.clone(), false);
    for (side, places) in now.sides.iter_mut().enumerate() {
        if places.caps.iter().filter(|cap| cap.within.is_none()).count() != 1 {
            return Err(ReplaceError::NotOneRound(side));
        }
        let mut counts = vec![Count::default(); places.caps.len()];
        for (person, aside) in still.iter().filter(|(person, _)| usize::from(person.side) == side) {
            let mut cap = Some(usize::from(person.site));
            while let Some(at) = cap {
                counts[at].add(*aside);
                cap = places.caps[at].within;
            }
        }
        for (cap, count) in places.caps.iter_mut().zip(counts) {
            if cap.within.is_none() {
                let owed = count.on_list.saturating_add(slots[side]).min(PLACES_MAX);
                cap.at_most = Some(cap.at_most.map_or(owed, |most| most.min(owed)));
            }
            let Cap { at_least, at_most, .. } = cap;
            (*at_least, *at_most) = count.to_fill(*at_least, *at_most, leasts, &mut lowered);
        }
    }
    for (at, category) in now.categories.iter_mut().enumerate() {
        for side in 0..2 {
            let mut count = Count::default();
            let of = |person: &Person| usize::from(person.side) == side && usize::from(person.category) == at;
            still.iter().filter(|(person, _)| of(person)).for_each(|(_, aside)| count.add(*aside));
            (category.at_least[side], category.at_most[side]) =
                count.to_fill(category.at_least[side], category.at_most[side], leasts, &mut lowered);
        }
        if category.against == Against::OneForOne {
            let most = category.most_of_both();
            lowered |= category.at_least.iter().any(|least| *least > most);
            category.at_least.iter_mut().for_each(|least| *least = most.min(*least));
        }
    }
    Ok((now, lowered))
}

/// How many of a cap or a category are still on the roll, and how many of them are set aside.
#[derive(Clone, Copy, Default)]
struct Count {
    on_list: u32,
    aside: u32,
}

impl Count {
    fn add(&mut self, aside: bool) {
        self.on_list += 1;
        self.aside += u32::from(aside);
    }

    /// The least and the most that those who are not set aside must and may take.
    fn to_fill(
        self,
        least: u32,
        most: Option<u32>,
        leasts: Leasts,
        lowered: &mut bool,
    ) -> (u32, Option<u32>) {
        let most = most.map(|most| most.max(self.on_list) - self.aside);
        let least = match leasts {
            Leasts::Met => least.saturating_sub(self.aside),
            Leasts::GivenUp => 0,
        };
        *lowered |= most.is_some_and(|most| most < least);
        (most.map_or(least, |most| most.min(least)), most)
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
mod tests;
