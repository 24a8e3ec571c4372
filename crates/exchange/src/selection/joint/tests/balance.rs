//! Rounds that keep a balance, against every roll tried.

#![expect(clippy::print_stdout, reason = "what was counted is shown by --nocapture")]

use super::proofs::mutate;
use super::proofs::rounds::Chance;
use super::*;

/// A small round that keeps a balance: worths, what was carried and the tolerance of every kind.
fn balanced() -> impl Strategy<Value = (Rules, Vec<Person>)> {
    let worth = prop_oneof![1 => Just(0_u32), 3 => 1..5_u32, 1 => Just(12_u32)];
    let tolerance = prop_oneof![2 => Just(0_u64), 2 => 1..4_u64, 1 => Just(1_000_u64)];
    let free = prop::array::uniform4(prop::bool::weighted(0.5));
    let carried = prop_oneof![2 => Just(0_i64), 3 => -4..5_i64, 1 => -14..15_i64];
    (small(), prop::array::uniform4(worth), carried, tolerance, free).prop_map(
        |((mut rules, rows), worths, carried, tolerance, free)| {
            for (category, free) in rules.categories.iter_mut().zip(free) {
                if free {
                    category.against = Against::AllForAll;
                }
            }
            rules.balance = Some(Balance { worths: worths.to_vec(), carried, tolerance });
            (rules, rows)
        },
    )
}

fn runner(cases: u32) -> proptest::test_runner::TestRunner {
    proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    )
}

/// The roll found is the best of all that keep the balance, and is proved so, or the bound is not above the best.
#[test]
fn the_best_roll_that_keeps_the_balance_is_found() {
    let mut runner = runner(cases(3_000));
    let counts = std::cell::RefCell::new([0_usize; 5]);
    let outcome = runner.run(&balanced(), |(rules, rows)| {
        let people = People::new(&rules, rows).unwrap();
        let tried = by_trying(&rules, &people);
        let counts = &mut *counts.borrow_mut();
        match (select(&rules, &people, &SEED), tried) {
            (Ok(found), Some((chosen, cost))) => {
                prop_assert!(found.bound <= cost && cost <= found.cost);
                let roll = items(&people, &found.chosen);
                let verdict = check(&rules, &people, &SEED, &roll, &found.certificate).unwrap();
                prop_assert_eq!(&verdict.cost, &found.cost);
                prop_assert!(verdict.bound <= cost);
                if found.is_best() {
                    prop_assert_eq!(&found.chosen, &chosen);
                    prop_assert_eq!(&verdict.bound, &cost);
                }
                let without = Rules { balance: None, ..rules.clone() };
                let moved = select(&without, &people, &SEED).unwrap().chosen != found.chosen;
                for (count, is) in counts.iter_mut().zip([true, found.is_best(), moved, verdict.holds()]) {
                    *count += usize::from(is);
                }
            }
            (Err(SelectError::Conflict { .. } | SelectError::Groups | SelectError::Balance), None) => {
                counts[4] += 1
            }
            (found, tried) => prop_assert!(false, "{found:?} against {tried:?}"),
        }
        Ok(())
    });
    let [found, best, moved, only, none] = counts.into_inner();
    println!(
        "{found} rolls, {best} proved, {only} shown the only one, {moved} moved by the balance; {none} rounds have none"
    );
    outcome.unwrap();
    assert!(
        best > found * 9 / 10 && only > found * 9 / 10 && moved > found / 10 && none > 0,
        "{found} {best} {only} {moved} {none}"
    );
}

/// A round of so many people a side: five ranks all for all of different worth, privates one for one, ten sites a side.
fn large(people: usize, tolerance: u64) -> (Rules, Vec<Person>) {
    let chance = &mut Chance::of(people);
    let worths = vec![4, 8, 15, 20, 60, 1, 3];
    let category = |(at, _): (usize, &u32)| CategoryRule {
        id: format!("rank-{at}"),
        against: match at {
            5 => Against::OneForOne,
            6 => Against::Ratio([2, 1]),
            _ => Against::AllForAll,
        },
        at_least: [0; 2],
        at_most: [None; 2],
    };
    let categories = worths.iter().enumerate().map(category).collect();
    let cap = |id: String, within, most| Cap { id, within, at_least: 0, at_most: Some(most) };
    let sides = ["aronia", "belmar"].map(|party| {
        let sites = (0..10).map(|at| cap(format!("site-{at}"), Some(0), 20 + 10 * at));
        let caps = std::iter::once(cap("round".to_owned(), None, 400)).chain(sites).collect();
        SidePlaces { party: Party::new(party).unwrap(), caps }
    });
    let rules = Rules {
        agreement: "0123456789abcdef0123456789abcdef".to_owned(),
        sides,
        categories,
        objective: Objective::PriorityFirst,
        classes: 6,
        group_class: GroupClass::First,
        chances: crate::selection::joint::ChanceRule::Lots,
        balance: Some(Balance { worths, carried: -17, tolerance }),
    };
    let row = |at: usize| Person {
        item: Item([0; 32]),
        side: u8::from(at >= people),
        site: chance.between(1, 10) as u16,
        // Most are privates, and the second side has more officers.
        category: if chance.percent(60) { 5 } else { chance.below(if at < people { 7 } else { 5 }) as u8 },
        class: chance.between(1, 6) as u8,
        held: chance.below(900) as u16,
        requested: chance.percent(1),
        group: 0,
    };
    let mut rows: Vec<Person> = (0..2 * people).map(row).collect();
    for (at, row) in rows.iter_mut().enumerate() {
        row.item.0[..8].copy_from_slice(&(at as u64 + 1).to_be_bytes());
    }
    (rules, rows)
}

#[test]
fn a_round_of_two_thousand_a_side_keeps_its_balance() {
    for tolerance in [0, 5, 100] {
        let (rules, rows) = large(2_000, tolerance);
        let people = People::new(&rules, rows).unwrap();
        let without = select(&Rules { balance: None, ..rules.clone() }, &people, &SEED).unwrap();
        let found = select(&rules, &people, &SEED).unwrap();
        let verdict =
            check(&rules, &people, &SEED, &items(&people, &found.chosen), &found.certificate).unwrap();
        println!(
            "tolerance {tolerance}: proved {}, only {}, {} closed parts\n  cost {:?}\n  bound {:?}\n  without {:?}",
            found.is_best(),
            verdict.only,
            closed(&found.certificate.proof),
            found.cost,
            found.bound,
            without.cost
        );
        assert_eq!(verdict.cost, found.cost);
        assert_ne!(without.chosen, found.chosen);
    }
}

fn closed(proof: &Proof) -> usize {
    match proof {
        Proof::Closed { .. } => 1,
        Proof::Divided { yes, no, .. } => closed(yes) + closed(no),
    }
}

/// Certificates that somebody changed never raise the bound above the best roll.
#[test]
fn a_changed_certificate_never_proves_too_much() {
    let mut runner = runner(cases(300));
    let refuted = std::cell::Cell::new(0);
    let outcome = runner.run(&(balanced(), 0..1_000_000_usize), |((rules, rows), number)| {
        let people = People::new(&rules, rows).unwrap();
        let Ok(found) = select(&rules, &people, &SEED) else { return Ok(()) };
        let lawful = every_lawful(&rules, &people);
        for changed in mutate::certificates(&mut Chance::of(number), &found.certificate, 12) {
            for (chosen, cost) in &lawful {
                let Ok(verdict) = check(&rules, &people, &SEED, &items(&people, chosen), &changed) else {
                    continue;
                };
                prop_assert!(verdict.bound <= found.cost && verdict.cost == *cost);
                prop_assert!(!verdict.holds() || *chosen == found.chosen);
                refuted.set(refuted.get() + usize::from(verdict.cost != verdict.bound));
            }
        }
        Ok(())
    });
    outcome.unwrap();
    assert!(refuted.get() > 1_000, "{}", refuted.get());
}

/// A roll that breaks the balance is refused, whatever else it keeps.
#[test]
fn a_roll_outside_of_the_balance_is_refused() {
    let mut runner = runner(cases(300));
    let refused = std::cell::Cell::new(0);
    let outcome = runner.run(&balanced(), |(rules, rows)| {
        let people = People::new(&rules, rows).unwrap();
        let Ok(found) = select(&rules, &people, &SEED) else { return Ok(()) };
        let without = Rules { balance: None, ..rules.clone() };
        let kept: Vec<Vec<usize>> =
            every_lawful(&rules, &people).into_iter().map(|(chosen, _)| chosen).collect();
        for (chosen, _) in every_lawful(&without, &people) {
            let verdict = check(&rules, &people, &SEED, &items(&people, &chosen), &found.certificate);
            let outside = matches!(verdict, Err(CheckError::Balance { .. }));
            prop_assert_eq!(outside, !kept.contains(&chosen));
            refused.set(refused.get() + usize::from(outside));
        }
        Ok(())
    });
    outcome.unwrap();
    assert!(refused.get() > 300, "{}", refused.get());
}

/// A replacement keeps the balance as well: the best of all rolls with everyone still there, or none.
#[test]
fn a_replacement_keeps_the_balance() {
    let mut runner = runner(cases(1_000));
    let counts = std::cell::RefCell::new([0_usize; 2]);
    let outcome = runner.run(&(balanced(), 0..11_usize), |((rules, rows), gone)| {
        let people = People::new(&rules, rows.clone()).unwrap();
        let Ok(found) = select(&rules, &people, &SEED) else { return Ok(()) };
        let roll = items(&people, &found.chosen);
        let Some(&gone) = roll.get(gone) else { return Ok(()) };
        let left: Vec<Person> = people.rows().iter().filter(|one| one.item != gone).copied().collect();
        let left = People::new(&rules, left).unwrap();
        let kept: Vec<Item> = roll.iter().filter(|item| **item != gone).copied().collect();
        let tried =
            every_lawful(&rules, &left).into_iter().map(|(chosen, cost)| (items(&left, &chosen), cost));
        let with_all = tried.filter(|(now, _)| kept.iter().all(|item| now.contains(item)));
        let best = with_all.min_by(|a, b| a.1.cmp(&b.1));
        let counts = &mut *counts.borrow_mut();
        let gone = [gone];
        let vacated = Vacated { roll: &roll, gone: &gone, slots: [PLACES_MAX; 2] };
        match (replace(&rules, &people, &SEED, vacated), best) {
            (Ok(now), Some((chosen, cost))) => {
                prop_assert!(now.bound <= cost);
                prop_assert!(!now.is_best() || now.roll == chosen);
                let verdict = check_replacement(&rules, &people, &SEED, vacated, &now);
                prop_assert!(verdict.is_ok_and(|verdict| verdict.cost == now.cost && verdict.bound <= cost));
                counts[0] += usize::from(now.is_best());
            }
            (Err(ReplaceError::Balance), None) => counts[1] += 1,
            (now, best) => prop_assert!(false, "{now:?} against {best:?}"),
        }
        Ok(())
    });
    let [best, none] = counts.into_inner();
    println!("{best} replacements proved, {none} times there is none");
    outcome.unwrap();
    assert!(best > 20 && none > 20, "{best} {none}");
}

/// Where rounds keep a balance nothing is planned ahead and no prices are told.
#[test]
fn what_is_not_known_under_a_balance_is_refused() {
    let (mut rules, rows) = fixed_round();
    let people = People::new(&rules, rows).unwrap();
    let worths = vec![1; rules.categories.len()];
    rules.balance = Some(Balance { worths, carried: 0, tolerance: 1_000 });
    assert_eq!(plan(&[rules.clone()], &people, &SEED), Err(PlanError::Balance(1)));
    let found = select(&rules, &people, &SEED).unwrap();
    assert_eq!(sheets(&rules, &people, &SEED, &found.chosen, &[0]), Vec::new());
}
