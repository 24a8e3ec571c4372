use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::tests::{SEED, cases, every_lawful, small};
use super::super::*;
use super::Fraction;
use super::tableau::most;

/// A small round without groups, in which many are alike: with one class, one time held, or as invented.
fn alike() -> impl Strategy<Value = (Rules, Vec<Person>)> {
    (small(), 0..4_u8).prop_map(|((rules, rows), as_invented)| {
        let alone = |one| Person { group: 0, requested: false, ..one };
        let plain = |one| match as_invented {
            0 => alone(one),
            1 => Person { held: 1, ..alone(one) },
            _ => Person { held: 1, class: 1, ..alone(one) },
        };
        (rules, rows.into_iter().map(plain).collect())
    })
}

/// What the rules hold people by.
type Key = (u8, u16, u8, u8, u16, bool);

fn key(one: &Person) -> Key {
    (one.side, one.site, one.category, one.class, one.held, one.requested)
}

/// How many of each kind the best rolls before the lot send; each way of sending once.
fn best_counts(rules: &Rules, people: &People) -> Vec<BTreeMap<Key, u32>> {
    let rolls = every_lawful(rules, people);
    let before = Level::of(rules).len() - 2;
    let Some(best) = rolls.iter().map(|(_, cost)| &cost[..before]).min() else { return Vec::new() };
    let mut counts: Vec<BTreeMap<Key, u32>> = Vec::new();
    for (chosen, _) in rolls.iter().filter(|(_, cost)| &cost[..before] == best) {
        let mut count: BTreeMap<Key, u32> = people.rows().iter().map(|one| (key(one), 0)).collect();
        for &at in chosen {
            *count.entry(key(&people.rows()[at])).or_default() += 1;
        }
        counts.push(count);
    }
    counts.sort_unstable();
    counts.dedup();
    counts
}

/// Whether rolls that are equally good have other units of a ratio.
fn units_open(rules: &Rules, counts: &[BTreeMap<Key, u32>]) -> bool {
    let ratios =
        rules.categories.iter().enumerate().filter(|(_, one)| matches!(one.against, Against::Ratio(_)));
    let of = |count: &BTreeMap<Key, u32>, at: usize| -> u32 {
        count.iter().filter(|(key, _)| usize::from(key.2) == at && key.0 == 0).map(|(_, number)| number).sum()
    };
    ratios.into_iter().any(|(at, _)| counts.iter().any(|count| of(count, at) != of(&counts[0], at)))
}

/// The leximin chances over all lotteries on rolls, each stated by how many it sends of each kind: by linear programs, one
/// after the other.
fn by_programs(sizes: &BTreeMap<Key, u32>, counts: &[BTreeMap<Key, u32>]) -> BTreeMap<Key, Fraction> {
    let mut fixed: BTreeMap<Key, Fraction> = BTreeMap::new();
    let share = |kind: &Key, roll: usize| Fraction::new(counts[roll][kind].into(), sizes[kind].into());
    // Columns: the weight of each roll, the smallest chance, and what each kind has above it.
    let program = |fixed: &BTreeMap<Key, Fraction>, least: Option<Fraction>, of: Option<&Key>| -> Fraction {
        let (rolls, kinds) = (counts.len(), sizes.len());
        let mut rows = vec![vec![Fraction::ZERO; rolls + 1 + kinds]; 1 + kinds];
        let mut right = vec![Fraction::ONE];
        rows[0][..rolls].fill(Fraction::ONE);
        let less_one = Fraction::new(-1, 1);
        for (at, kind) in sizes.keys().enumerate() {
            (0..rolls).for_each(|roll| rows[at + 1][roll] = share(kind, roll));
            match (fixed.get(kind), least) {
                (Some(chance), _) => right.push(*chance),
                (None, least) => {
                    rows[at + 1][rolls + 1 + at] = less_one;
                    if least.is_none() {
                        rows[at + 1][rolls] = less_one;
                    }
                    right.push(least.unwrap_or(Fraction::ZERO));
                }
            }
        }
        let mut worth = vec![Fraction::ZERO; rolls + 1 + kinds];
        match of {
            None => worth[rolls] = Fraction::ONE,
            Some(kind) => (0..rolls).for_each(|roll| worth[roll] = share(kind, roll)),
        }
        most(rows, right, &worth).expect("a lottery")
    };
    while fixed.len() < sizes.len() {
        let least = program(&fixed, None, None);
        let held: Vec<Key> = sizes
            .keys()
            .filter(|kind| !fixed.contains_key(*kind) && program(&fixed, Some(least), Some(kind)) == least)
            .copied()
            .collect();
        assert!(!held.is_empty(), "a smallest chance that nothing holds down");
        held.into_iter().for_each(|kind| _ = fixed.insert(kind, least));
    }
    fixed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(300)))]

    /// The chances are those that linear programs over every best roll find, and the check agrees.
    #[test]
    fn chances_are_those_of_every_best_roll_weighed((rules, rows) in alike(), weights in prop::collection::vec(1..9_i128, 64)) {
        let people = People::new(&rules, rows).unwrap();
        let counts = best_counts(&rules, &people);
        let found = match leximin(&rules, &people, &SEED) {
            Ok(found) => found,
            Err(LeximinError::Units { .. }) => {
                prop_assert!(units_open(&rules, &counts));
                return Ok(());
            }
            Err(LeximinError::Select(SelectError::Conflict { .. })) => {
                prop_assert!(counts.is_empty());
                return Ok(());
            }
            Err(other) => panic!("{other}"),
        };
        prop_assert!(!units_open(&rules, &counts));
        let mut sizes: BTreeMap<Key, u32> = BTreeMap::new();
        people.rows().iter().for_each(|one| *sizes.entry(key(one)).or_default() += 1);
        let stated: BTreeMap<Key, Fraction> = found
            .types
            .iter()
            .map(|one| ((one.side, one.site, one.category, one.class, one.held, one.requested), one.chance))
            .collect();
        prop_assert_eq!(&stated, &by_programs(&sizes, &counts));
        prop_assert_eq!(check_leximin(&rules, &people, &SEED, &found), Ok(()));
        // Any other lottery gives somebody no more than the smallest chance here.
        let all: i128 = counts.iter().zip(weights.iter().cycle()).map(|(_, weight)| weight).sum();
        let other = sizes.iter().map(|(kind, size)| {
            let sent = counts.iter().zip(weights.iter().cycle()).map(|(count, weight)| weight * i128::from(count[kind]));
            Fraction::new(sent.sum(), all * i128::from(*size))
        });
        prop_assert!(other.min() <= stated.values().copied().min());
    }

    /// Every roll that is drawn is a best one, and sends the whole number below or above what each kind expects.
    #[test]
    fn every_draw_is_a_best_roll((rules, rows) in alike(), seed in any::<[u8; 32]>()) {
        let people = People::new(&rules, rows).unwrap();
        let Ok(found) = leximin(&rules, &people, &seed) else { return Ok(()) };
        let counts = best_counts(&rules, &people);
        let mut count: BTreeMap<Key, u32> = people.rows().iter().map(|one| (key(one), 0)).collect();
        found.chosen.iter().for_each(|&at| *count.entry(key(&people.rows()[at])).or_default() += 1);
        prop_assert!(counts.contains(&count));
        for kind in &found.types {
            let (went, expected) = (i128::from(kind.went), kind.places_expected);
            prop_assert!(went == expected.floor() || went == expected.floor() + i128::from(!expected.is_whole()));
        }
    }

    /// Whatever order the people come in, the chances, their proof and the roll are the same.
    #[test]
    fn the_order_of_input_changes_nothing((rules, rows) in alike(), turn in 0..11_usize) {
        let people = People::new(&rules, rows.clone()).unwrap();
        let mut turned = rows;
        let by = turn % turned.len().max(1);
        turned.rotate_left(by);
        turned.reverse();
        let other = People::new(&rules, turned).unwrap();
        prop_assert_eq!(leximin(&rules, &people, &SEED), leximin(&rules, &other, &SEED));
    }
}
