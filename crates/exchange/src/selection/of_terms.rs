//! A round of an agreement as the selection reads it: rules from the terms and the caps of both pools, people from the pools.
//!
//! Decides how terms and pools become the numbers of [`joint`](super::joint); the two parties read the same bytes, so both
//! come to the same rules and people. Refuses what the terms do not admit: the other side's pool is foreign, and a class
//! or category in it is a claim of its holder.

use time::Date;

use super::joint::{
    Against, Cap, CategoryRule, GroupClass, People, PeopleError, Person, Rules, RulesError, SidePlaces,
};
use super::pool::{Candidate, Pool};
use crate::agreement::{CategoryId, Criterion, Round, Terms};
use crate::ids::{Item, Party};

/// Label of the outermost cap of each side: the places of the round.
pub const ROUND: &str = "round";

/// A round of an agreement, with everyone who may go in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    /// The rules.
    pub rules: Rules,
    /// The people of both sides.
    pub people: People,
}

/// Why pools cannot be chosen from under the terms.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SettingError {
    /// The terms do not say how a roll is chosen, or have not two parties.
    #[error("the terms do not say how a roll is chosen between two parties")]
    NoSelection,
    /// A person of a category that the round does not admit.
    #[error("item {0}: the round does not admit the category")]
    NotAdmitted(Item),
    /// A person held together with others, where the terms keep nobody together.
    #[error("item {0}: the terms keep nobody together")]
    Together(Item),
    /// A person asked for by name, where the order of the terms does not look at it.
    #[error("item {0}: the terms put nobody first whom the other side asks for by name")]
    Requested(Item),
    /// Rules that cannot be selected by.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// People who cannot be chosen among.
    #[error(transparent)]
    People(#[from] PeopleError),
}

/// Reads a round off the terms and the two pools, in the order of the agreement's parties.
///
/// Time held is counted in days on the day for which the round is planned, the same day for everyone; nobody is held less than
/// no days, nor more than 65,535.
///
/// # Errors
/// Terms that choose no roll, and pools that the terms do not admit.
pub fn setting(terms: &Terms, round: &Round, pools: [&Pool; 2]) -> Result<Setting, SettingError> {
    let rules = rules(terms, round, pools.map(Pool::caps))?;
    let together = terms.selection.as_ref().is_some_and(|selection| selection.kept_together.is_some());
    let by_name =
        terms.selection.as_ref().is_some_and(|selection| selection.order.contains(&Criterion::Requested));
    let mut rows = Vec::with_capacity(pools[0].candidates().len() + pools[1].candidates().len());
    for (side, pool) in (0_u8..).zip(pools) {
        for candidate in pool.candidates() {
            if candidate.group != 0 && !together {
                return Err(SettingError::Together(candidate.item));
            }
            if candidate.requested && !by_name {
                return Err(SettingError::Requested(candidate.item));
            }
            rows.push(person(round, side, candidate)?);
        }
    }
    let people = People::new(&rules, rows)?;
    Ok(Setting { rules, people })
}

/// The rules of a round, with the caps that each side has declared.
///
/// # Errors
/// Terms that choose no roll between two parties, and rules that cannot be selected by.
pub fn rules(terms: &Terms, round: &Round, caps: [&[Cap]; 2]) -> Result<Rules, SettingError> {
    let (Some(selection), [first, second]) = (&terms.selection, &terms.parties[..]) else {
        return Err(SettingError::NoSelection);
    };
    let side = |party: &Party, caps: &[Cap]| SidePlaces {
        party: party.clone(),
        caps: inside_the_round(round, caps),
    };
    let rules = Rules {
        agreement: terms.id.clone(),
        sides: [side(&first.id, caps[0]), side(&second.id, caps[1])],
        categories: round.categories.iter().map(|id| category(terms, round, id)).collect(),
        objective: selection.objective,
        classes: classes(terms, &selection.order),
        // Where nobody is kept together there are no groups, and the class of none is asked for.
        group_class: selection.kept_together.unwrap_or(GroupClass::First),
        chances: selection.chances,
        balance: None,
    };
    rules.sound()?;
    Ok(rules)
}

/// The round's own places first, then what the side declared, one place further on.
fn inside_the_round(round: &Round, caps: &[Cap]) -> Vec<Cap> {
    let outer = Cap { id: ROUND.to_owned(), within: None, at_least: 0, at_most: Some(round.places) };
    let inner =
        caps.iter().map(|cap| Cap { within: Some(cap.within.map_or(0, |within| within + 1)), ..cap.clone() });
    std::iter::once(outer).chain(inner).collect()
}

fn category(terms: &Terms, round: &Round, id: &CategoryId) -> CategoryRule {
    let against = terms.category(id).map_or(Against::AllForAll, |category| category.against);
    let quota = round.quotas.iter().find(|quota| quota.category == *id);
    let (at_least, at_most) = quota.map_or(([0, 0], [None, None]), |quota| (quota.at_least, quota.at_most));
    CategoryRule { id: id.to_string(), against, at_least, at_most }
}

/// How many priority classes the published order tells apart.
fn classes(terms: &Terms, order: &[Criterion]) -> u8 {
    let categories = u8::try_from(terms.categories.len()).unwrap_or(u8::MAX);
    order.iter().fold(1, |classes: u8, criterion| match criterion {
        Criterion::MedicalGroup => classes.saturating_mul(4),
        Criterion::Category => classes.saturating_mul(categories),
        Criterion::Requested | Criterion::LongestHeld | Criterion::Lot => classes,
    })
}

fn person(round: &Round, side: u8, candidate: &Candidate) -> Result<Person, SettingError> {
    let Candidate { item, class, category, held_since, site, group, requested } = candidate;
    let admitted = round.categories.iter().position(|id| id.as_str() == category);
    // A round admits at most 16 categories.
    let category = admitted.and_then(|at| u8::try_from(at).ok()).ok_or(SettingError::NotAdmitted(*item))?;
    Ok(Person {
        item: *item,
        side,
        // The round itself stands before what the side declared; `Pool::new` leaves it a place.
        site: site + 1,
        category,
        class: *class,
        held: days_held(round.planned, *held_since),
        requested: *requested,
        group: group_of_both(side, *group),
    })
}

/// Each side numbers its kept-together groups from 1; of both together the first side has the odd numbers.
fn group_of_both(side: u8, group: u32) -> u32 {
    // A pool numbers its groups up to `CANDIDATES_MAX`.
    if group == 0 { 0 } else { 2 * group - 1 + u32::from(side) }
}

fn days_held(on: Date, since: Date) -> u16 {
    u16::try_from((on - since).whole_days().max(0)).unwrap_or(u16::MAX)
}
