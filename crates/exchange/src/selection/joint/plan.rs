//! Several rounds ahead: who would go when, and how much sooner it could have been at the very most.
//!
//! Decides nothing: a plan is a forecast. People die, refuse, are captured and are found; every round is selected anew
//! from the people there are then, and the plan is thrown away. Each round of it is the best roll of those who are left.
//!
//! The bound: take any plan, whatever it looks ahead to. Those gone by the end of a round have together kept the sums of
//! the caps, quotas and ratios of the rounds so far, so they are a lawful roll of one round with those sums. The best such
//! roll is therefore never behind any plan, level by level in order; and the roll with the most people of the first
//! classes, chosen for nothing else, bounds for each class how many of it and of those before it can have gone by then.
//! No plan need reach these bounds, and none reaches them all.

use super::cost::Level;
use super::people::{People, Person};
use super::rules::{Objective, PLACES_MAX, Rules, RulesError};
use super::solve::{SelectError, select};

/// The most rounds that are looked ahead.
pub const ROUNDS_MAX: usize = 100;

/// A plan of several rounds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The rounds that can be made, in order.
    pub rounds: Vec<PlanRound>,
    /// Why the next round cannot be made of those who are then left, where one cannot.
    pub stopped: Option<SelectError>,
}

/// One round of a plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanRound {
    /// Who goes, by place among the people, ascending.
    pub chosen: Vec<usize>,
    /// Each class, the first first.
    pub classes: Vec<ClassAhead>,
    /// What everyone gone by the end of the round costs, at every level before the lots.
    pub cost: Vec<i128>,
    /// A cost that no plan can be below by then, read in the order of the levels; nothing where no bound was found with the
    /// effort allowed.
    pub bound: Option<Vec<i128>>,
}

/// One class by the end of a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClassAhead {
    /// The class.
    pub class: u8,
    /// People of it who go in the round.
    pub places: u32,
    /// People of it and of the classes before it who have gone by then.
    pub gone: u32,
    /// More of them no plan can have brought home by then, whatever it does about everyone else.
    pub at_most: u32,
}

/// Why rounds cannot be planned together.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PlanError {
    /// Rules that cannot be selected by.
    #[error("round {round}: {source}")]
    Rules {
        /// Which round, from 1.
        round: usize,
        /// Why.
        source: RulesError,
    },
    /// A round with other caps, categories, classes or order than the first: only their numbers may differ.
    #[error("round {0} does not have the caps, categories, classes and order of the first")]
    Shape(usize),
    /// A round that keeps a balance: what it leaves is carried into the next, and no bound ahead is known for it.
    #[error("round {0} keeps a balance, and rounds that do are not planned ahead")]
    Balance(usize),
    /// More rounds than are looked ahead.
    #[error("{0} rounds, the most is {ROUNDS_MAX}")]
    TooMany(usize),
}

impl Plan {
    /// Person-rounds by which people of a class and of those before it could have gone sooner at the very most: summed
    /// over the rounds, how many more of them could have been gone.
    pub fn sooner_at_most(&self, class: u8) -> u64 {
        let classes =
            self.rounds.iter().flat_map(|round| &round.classes).filter(|ahead| ahead.class == class);
        classes.map(|ahead| u64::from(ahead.at_most - ahead.gone)).sum()
    }
}

/// Plans rounds one after the other, each the best of those who are left, with one seed: a person has one lot.
///
/// Time held is as of one day for everyone and grows alike, so it keeps its order.
///
/// # Errors
/// Rounds that cannot be planned together. A round that cannot be made ends the plan, and the plan says why.
pub fn plan(rounds: &[Rules], people: &People, seed: &[u8; 32]) -> Result<Plan, PlanError> {
    if rounds.len() > ROUNDS_MAX {
        return Err(PlanError::TooMany(rounds.len()));
    }
    for (at, rules) in rounds.iter().enumerate() {
        rules.sound().map_err(|source| PlanError::Rules { round: at + 1, source })?;
        if rules.balance.is_some() {
            return Err(PlanError::Balance(at + 1));
        }
        if !same_shape(&rounds[0], rules) {
            return Err(PlanError::Shape(at + 1));
        }
    }
    let mut planned = Plan { rounds: Vec::new(), stopped: None };
    let mut gone = vec![false; people.rows().len()];
    for (at, rules) in rounds.iter().enumerate() {
        let places: Vec<usize> = (0..gone.len()).filter(|&place| !gone[place]).collect();
        let left = some_of(rules, people, &places);
        match select(rules, &left, seed) {
            Ok(selected) => {
                let chosen: Vec<usize> = selected.chosen.into_iter().map(|place| places[place]).collect();
                chosen.iter().for_each(|&place| gone[place] = true);
                planned.rounds.push(told(&pooled(&rounds[..=at]), people, seed, &gone, chosen));
            }
            Err(why) => {
                planned.stopped = Some(why);
                break;
            }
        }
    }
    Ok(planned)
}

/// Some of the people, in their order.
fn some_of(rules: &Rules, people: &People, places: &[usize]) -> People {
    let rows = places.iter().map(|&place| people.rows()[place]).collect();
    // The same people less some: each was sound, is there once, and every group has one side and one class.
    People::new(rules, rows).expect("people who were sound before some went")
}

/// Tells a round against the bounds; `pool` is this round and those before it as one.
fn told(pool: &Rules, people: &People, seed: &[u8; 32], gone: &[bool], chosen: Vec<usize>) -> PlanRound {
    let levels = Level::of(pool);
    let before_lots = levels.iter().position(|level| *level == Level::Lot).unwrap_or(levels.len());
    let rows = people.rows();
    let gone: Vec<&Person> = rows.iter().zip(gone).filter(|(_, gone)| **gone).map(|(one, _)| one).collect();
    let sum = |level: &Level| {
        // No level before the lots asks for one.
        let cost =
            |person: &&Person| i128::from(level.cost(person, || unreachable!("a level before the lots")));
        gone.iter().map(cost).sum::<i128>()
    };
    let cost: Vec<i128> = levels[..before_lots].iter().map(sum).collect();
    let bound = select(pool, people, seed).ok().map(|best| best.bound[..before_lots].to_vec());
    let class = |class: u8| ClassAhead {
        class,
        places: chosen.iter().filter(|&&at| rows[at].class == class).count() as u32,
        gone: gone.iter().filter(|one| one.class <= class).count() as u32,
        at_most: most_of_first(pool, people, seed, class),
    };
    let classes = (1..=pool.classes).map(class).collect();
    PlanRound { chosen, classes, cost, bound }
}

/// The most people of a class and of those before it that one lawful roll can hold, whoever else it holds.
fn most_of_first(pool: &Rules, people: &People, seed: &[u8; 32], class: u8) -> u32 {
    let rules = Rules { classes: 2, objective: Objective::PriorityFirst, ..pool.clone() };
    let row = |person: &Person| Person {
        class: if person.class <= class { 1 } else { 2 },
        requested: false,
        ..*person
    };
    let rows: Vec<Person> = people.rows().iter().map(row).collect();
    let all = rows.iter().filter(|person| person.class == 1).count() as u32;
    // The same people in two classes: everyone of a group had one class and has one now.
    let Ok(people) = People::new(&rules, rows) else { return all };
    let first = Level::of(&rules).iter().position(|level| *level == Level::Class(1));
    let bound =
        select(&rules, &people, seed).ok().zip(first).map(|(best, first)| best.bound[..=first].to_vec());
    match bound.as_deref() {
        // A bound that is open before the class says nothing of the class.
        Some([before @ .., count]) if before.iter().all(|level| *level == 0) => {
            u32::try_from(-count).map_or(all, |count| count.min(all))
        }
        _ => all,
    }
}

/// Several rounds as one: what each rule allows and demands, summed.
fn pooled(rounds: &[Rules]) -> Rules {
    let mut pool = rounds[0].clone();
    for rules in &rounds[1..] {
        for (side, more) in pool.sides.iter_mut().zip(&rules.sides) {
            for (cap, more) in side.caps.iter_mut().zip(&more.caps) {
                (cap.at_least, cap.at_most) =
                    summed((cap.at_least, cap.at_most), (more.at_least, more.at_most));
            }
        }
        for (category, more) in pool.categories.iter_mut().zip(&rules.categories) {
            for side in 0..2 {
                (category.at_least[side], category.at_most[side]) = summed(
                    (category.at_least[side], category.at_most[side]),
                    (more.at_least[side], more.at_most[side]),
                );
            }
        }
    }
    pool
}

/// The sums of two leasts and two mosts. What is above every number that rules may name bounds nothing any more.
fn summed(one: (u32, Option<u32>), other: (u32, Option<u32>)) -> (u32, Option<u32>) {
    let most = one.1.zip(other.1).and_then(|(a, b)| a.checked_add(b)).filter(|most| *most <= PLACES_MAX);
    (one.0.saturating_add(other.0).min(PLACES_MAX), most)
}

/// Whether two rounds differ in numbers alone.
fn same_shape(one: &Rules, other: &Rules) -> bool {
    let without_numbers = |rules: &Rules| {
        let mut rules = rules.clone();
        for cap in rules.sides.iter_mut().flat_map(|side| &mut side.caps) {
            (cap.at_least, cap.at_most) = (0, None);
        }
        for category in &mut rules.categories {
            (category.at_least, category.at_most) = ([0; 2], [None; 2]);
        }
        rules
    };
    without_numbers(one) == without_numbers(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{SEED, cases, every_lawful, fixed_round, small};
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(cases(200)))]

        /// No plan of two rounds, tried one by one, is ahead of the bounds; and the plan keeps the rules of each round.
        #[test]
        fn no_plan_is_ahead_of_the_bounds((first, mut rows) in small(), (mut second, _) in small()) {
            rows.truncate(7);
            second.objective = first.objective;
            let people = People::new(&first, rows).unwrap();
            let planned = plan(&[first.clone(), second.clone()], &people, &SEED).unwrap();
            let rolls = [every_lawful(&first, &people), every_lawful(&second, &people)];
            for (round, told) in planned.rounds.iter().enumerate() {
                prop_assert!(rolls[round].iter().any(|(chosen, _)| *chosen == told.chosen));
            }
            let levels = Level::of(&first).len() - 2;
            let behind = |round: &PlanRound, gone: &[&(Vec<usize>, Vec<i128>)]| {
                let all = || gone.iter().flat_map(|(chosen, _)| chosen);
                let cost: Vec<i128> = (0..levels).map(|at| gone.iter().map(|(_, cost)| cost[at]).sum()).collect();
                round.bound.as_ref().is_some_and(|bound| *bound <= cost)
                    && round.classes.iter().all(|ahead| {
                        all().filter(|&&at| people.rows()[at].class <= ahead.class).count() as u32 <= ahead.at_most
                    })
            };
            let Some(one) = planned.rounds.first() else { return Ok(()) };
            prop_assert_eq!(Some(&one.cost), one.bound.as_ref());
            for roll in &rolls[0] {
                prop_assert!(behind(one, &[roll]));
                let Some(two) = planned.rounds.get(1) else { continue };
                for next in rolls[1].iter().filter(|next| next.0.iter().all(|at| !roll.0.contains(at))) {
                    prop_assert!(behind(two, &[roll, next]), "{roll:?} {next:?} {two:?}");
                }
            }
        }
    }

    /// Two people of the first side for all the other side gives; one may go from each site in the first round, nobody
    /// from the south in the second.
    #[test]
    fn a_plan_that_does_not_look_ahead_says_by_how_much_it_may_be_late() {
        let (mut rules, rows) = fixed_round();
        rules.sides[0].caps[0].at_most = Some(1);
        let mut rows: Vec<Person> = rows.into_iter().map(|one| Person { category: 0, ..one }).collect();
        rows[1] = Person { site: 2, held: 0, class: 1, ..rows[1] };
        rows.truncate(2);
        let people = People::new(&rules, rows).unwrap();
        let mut second = rules.clone();
        second.sides[0].caps[2].at_most = Some(0);
        let told = |rounds: &[Rules]| {
            let planned = plan(rounds, &people, &SEED).unwrap();
            let first = planned.rounds.iter().map(|round| (round.classes[0].gone, round.classes[0].at_most));
            (first.collect::<Vec<_>>(), planned.sooner_at_most(1))
        };
        assert_eq!(told(&[rules.clone(), second.clone()]), (vec![(1, 1), (1, 2)], 1));
        assert_eq!(told(&[second, rules.clone()]), (vec![(1, 1), (2, 2)], 0));
        // The bound of one round is beaten by two: the sums are what makes it a bound.
        assert_eq!(told(&[rules.clone(), rules]), (vec![(1, 1), (2, 2)], 0));
    }

    #[test]
    fn rounds_of_another_shape_are_refused() {
        let (rules, rows) = fixed_round();
        let people = People::new(&rules, rows).unwrap();
        let check = |change: &dyn Fn(&mut Rules), refused: Option<PlanError>| {
            let mut other = rules.clone();
            change(&mut other);
            assert_eq!(plan(&[rules.clone(), other], &people, &SEED).err(), refused);
        };
        check(&|rules| rules.sides[0].caps[1].at_most = Some(7), None);
        check(&|rules| rules.sides[0].caps[2].within = Some(1), Some(PlanError::Shape(2)));
        check(&|rules| rules.objective = Objective::TotalFirst, Some(PlanError::Shape(2)));
        check(&|rules| rules.classes = 2, Some(PlanError::Shape(2)));
        let unsound = PlanError::Rules { round: 2, source: RulesError::None("category") };
        check(&|rules| rules.categories.clear(), Some(unsound));
        assert_eq!(plan(&vec![rules.clone(); 101], &people, &SEED), Err(PlanError::TooMany(101)));
    }

    #[test]
    fn a_round_that_nobody_is_left_for_ends_the_plan() {
        let (mut rules, rows) = fixed_round();
        rules.categories[0].at_least = [1, 0];
        let people = People::new(&rules, rows).unwrap();
        let planned = plan(&[rules.clone(), rules], &people, &SEED).unwrap();
        assert_eq!(planned.rounds.len(), 1);
        assert!(matches!(planned.stopped, Some(SelectError::Conflict { .. })), "{:?}", planned.stopped);
    }
}
