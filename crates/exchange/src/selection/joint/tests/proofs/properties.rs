//! What a joint selection promises whatever the round: over a thousand rounds each, by number.

use std::collections::BTreeSet;

use serde_json::json;

use super::checkers::python;
use super::rounds::{Chance, Round};
use crate::selection::joint::*;

const ROUNDS: usize = 1_000;

/// Rounds for which there is a roll, with the roll.
fn made(people: impl Fn(usize) -> usize) -> impl Iterator<Item = (usize, Round, People, Selected)> {
    (0..).map(move |number| (number, Round::of(number, people(number)))).filter_map(|(number, round)| {
        let people = round.people();
        let found = round.select(&people)?;
        Some((number, round, people, found))
    })
}

#[test]
fn no_order_of_people_or_lines_changes_the_roll_or_its_digest() {
    for (number, mut round, people, found) in made(|number| 5 + number % 30).take(ROUNDS) {
        let digest = file::Roll::of(&people, &found.chosen).digest();
        Chance::of(number).shuffle(&mut round.rows);
        let (rules, pool) = (file::rules(&round.rules_text()).unwrap(), round.pool_text());
        assert_eq!(rules, round.rules, "round {number}");
        let read = file::people(&rules, || Ok(pool.as_bytes())).unwrap();
        assert_eq!(read, people, "round {number}");
        let again = select(&rules, &read, &round.seed).unwrap();
        assert_eq!(file::Roll::of(&read, &again.chosen).digest(), digest, "round {number}");
        assert_eq!(again, found, "round {number}");
    }
}

/// Adding somebody who does not go is the same, read backwards.
#[test]
fn without_somebody_who_stays_the_same_people_go_by_the_same_lots() {
    let mut left_out = 0;
    for (number, round, people, found) in made(|number| 5 + number % 30).take(ROUNDS) {
        let grouped: BTreeSet<usize> = people.groups().into_iter().flat_map(|(_, members)| members).collect();
        let stays: Vec<usize> = (0..people.rows().len())
            .filter(|at| found.chosen.binary_search(at).is_err() && !grouped.contains(at))
            .collect();
        let Some(&gone) = stays.get(Chance::of(number).below(stays.len().max(1))) else { continue };
        let mut rows = people.rows().to_vec();
        let gone = rows.remove(gone);
        let fewer = People::new(&round.rules, rows).unwrap();
        let again = select(&round.rules, &fewer, &round.seed).unwrap();
        let digest = |people: &People, chosen: &[usize]| file::Roll::of(people, chosen).digest();
        assert_eq!(digest(&fewer, &again.chosen), digest(&people, &found.chosen), "round {number}");
        for one in people.rows().iter().filter(|one| one.item != gone.item) {
            let there = &fewer.rows()[fewer.place(&one.item).unwrap()];
            assert_eq!(
                one.lot(&round.seed, &round.rules.agreement),
                there.lot(&round.seed, &round.rules.agreement)
            );
        }
        left_out += 1;
    }
    assert!(left_out > ROUNDS * 9 / 10, "{left_out}");
}

#[test]
fn one_place_more_never_makes_a_roll_worse() {
    let mut better = 0;
    for (number, round, people, found) in made(|number| 5 + number % 30).take(ROUNDS) {
        let chance = &mut Chance::of(number);
        let mut wider = round.rules.clone();
        let quotas = wider.categories.iter_mut().flat_map(|category| &mut category.at_most);
        let caps = wider.sides.iter_mut().flat_map(|side| &mut side.caps).map(|cap| &mut cap.at_most);
        let mut most: Vec<&mut u32> = caps.chain(quotas).flatten().collect();
        let Some(at) = (!most.is_empty()).then(|| chance.below(most.len())) else { continue };
        *most[at] += 1;
        let cost = select(&wider, &people, &round.seed).unwrap().cost;
        let lots = cost.len() - 2;
        assert!(cost[..lots] <= found.cost[..lots] && cost <= found.cost, "round {number}");
        better += usize::from(cost < found.cost);
    }
    println!("a place more made {better} rolls better");
    assert!(better > 50, "{better}");
}

/// With groups as well: every roll that holds the person gains alike, and no other changes.
#[test]
fn whoever_goes_still_goes_in_a_more_urgent_class() {
    let (mut moved, mut in_groups, mut lost) = (0, 0, Vec::new());
    for (number, round, people, found) in made(|number| 5 + number % 30).take(2 * ROUNDS) {
        let chance = &mut Chance::of(number);
        // As they were stated, before groups got one class.
        let items: BTreeSet<_> = found.chosen.iter().map(|&at| people.rows()[at].item).collect();
        let could: Vec<usize> = (0..round.rows.len())
            .filter(|&at| round.rows[at].class > 1 && items.contains(&round.rows[at].item))
            .collect();
        let Some(&at) = could.get(chance.below(could.len().max(1))) else { continue };
        let mut rows = round.rows.clone();
        rows[at].class = chance.between(1, usize::from(rows[at].class) - 1) as u8;
        let other = People::new(&round.rules, rows).unwrap();
        let again = select(&round.rules, &other, &round.seed).unwrap();
        let place = other.place(&round.rows[at].item).unwrap();
        if again.chosen.binary_search(&place).is_err() {
            lost.push(number);
        }
        moved += 1;
        in_groups += usize::from(people.groups().iter().any(|(group, _)| *group == round.rows[at].group));
    }
    println!(
        "{moved} moved to a more urgent class, {in_groups} of them in groups; {} lost their place",
        lost.len()
    );
    assert!(moved > ROUNDS && in_groups > 50, "{moved} {in_groups}");
    assert_eq!(lost, Vec::<usize>::new());
}

#[test]
fn no_price_of_a_sheet_is_below_nothing() {
    let (mut priced, mut by_lot) = (0, 0);
    for (number, round, people, found) in made(|number| 4 + number % 16).take(ROUNDS) {
        let everyone: Vec<usize> = (0..people.rows().len()).collect();
        for sheet in sheets(&round.rules, &people, &round.seed, &found.chosen, &everyone) {
            let Some(price) = sheet.price else { continue };
            assert!(price.levels > vec![0; price.levels.len()], "round {number}: {:?}", price.levels);
            priced += 1;
            by_lot += usize::from(price.decided_by(&found.certificate.levels) == Some(Level::Lot));
        }
    }
    println!("{priced} prices, {by_lot} decided by the lot");
    assert!(priced > 5 * ROUNDS && by_lot > 100);
}

/// Rolls that Python finds by trying every set of people, from the rules alone, have the same SHA-256.
#[test]
fn the_digest_is_that_of_every_roll_tried_in_another_language() {
    let plain = (0..450).map(|number| Round::of(number, number % 10));
    let balanced = (0..300).map(|number| Round::balanced(number, number % 10));
    let rounds: Vec<Round> = plain.chain(balanced).collect();
    let lines = rounds.iter().map(|round| {
        let seed: String = round.seed.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}\n", json!({ "rules": round.rules_text(), "pool": round.pool_text(), "seed": seed }))
    });
    let answers = python(&["test_select_check.py", "--try"], lines.collect());
    assert_eq!(answers.len(), rounds.len());
    let (mut same, mut none) = (0, 0);
    for (number, (round, answer)) in rounds.iter().zip(&answers).enumerate() {
        let people = round.people();
        let digest =
            round.select(&people).map(|found| file::Roll::of(&people, &found.chosen).digest().to_string());
        assert_eq!(answer["digest"].as_str(), digest.as_deref(), "round {number}: {answer}");
        same += usize::from(digest.is_some());
        none += usize::from(digest.is_none());
    }
    println!("{same} digests are the same, {none} rounds have no roll");
    assert!(same >= 300, "{same}");
}
