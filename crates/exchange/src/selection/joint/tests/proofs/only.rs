//! Whether a roll is said to be the only one so good just when it is.
//!
//! Equal lots do not happen; here nearly everybody has one of two, so that rolls tie all the time.

use serde_json::json;

use super::super::{SEED, every_lawful_by, fixed_round};
use super::checkers::{Case, Sort, second_checker};
use super::rounds::{Round, certificate_text};
use crate::ids::Item;
use crate::selection::Lot;
use crate::selection::joint::*;

/// The seed under which people have one of two lots.
pub const FEW_LOTS: [u8; 32] = *b"this seed gives only two lots!!!";

/// One of two lots, by the item alone.
pub fn few_lots(item: &Item) -> Lot {
    Lot { first: u64::from(item.0[0] & 1), next: 0 }
}

/// The same in the second checker.
const FEW_LOTS_THERE: &str =
    "select_check.Lots.of = lambda _, item: (item[0] & 1) << select_check.LEVEL_BITS";

fn case(round: &Round, people: &People, chosen: &[usize], certificate: &Certificate, cost: &[i128]) -> Case {
    let roll: Vec<Item> = chosen.iter().map(|&at| people.rows()[at].item).collect();
    let told: Vec<String> = roll.iter().map(Item::to_string).collect();
    let line = json!({
        "rules": round.rules_text(), "pool": round.pool_text(), "seed": "00".repeat(32),
        "certificate": certificate_text(&round.rules, certificate, cost, cost), "roll": told,
    });
    Case::of(round, people, &roll, certificate, line, Sort::TrueRoll)
}

/// Of every tied round both checkers say that there is another roll as good, and without ratios and groups they say of every
/// other that there is none.
#[test]
fn a_roll_is_the_only_one_just_when_no_other_costs_the_same() {
    let (mut cases, mut only, mut tied, mut not_shown) = (Vec::new(), 0, 0, 0);
    for number in 0..1_000 {
        let mut round = Round { seed: FEW_LOTS, ..Round::of(number, 4 + number % 6) };
        round.rows.iter_mut().for_each(|row| (row.class, row.held) = (1, 0));
        let people = round.people();
        let Some(found) = round.select(&people) else { continue };
        let tried = every_lawful_by(&round.rules, &people, &round.seed);
        let best: Vec<_> = tried.iter().filter(|(_, cost)| *cost == found.cost).collect();
        assert!(tried.iter().all(|(_, cost)| *cost >= found.cost));
        for (chosen, cost) in &best {
            let case = case(&round, &people, chosen, &found.certificate, cost);
            let says = case.verdict == "holds";
            assert!(says || case.verdict == "as-good", "round {number}: {}", case.verdict);
            assert!(!says || best.len() == 1, "round {number}: {chosen:?} is not the only one");
            let plain = number % 2 == 0 && people.groups().is_empty();
            assert!(says || best.len() > 1 || !plain, "round {number}: {chosen:?} is the only one");
            match (says, best.len()) {
                (true, _) => only += 1,
                (false, 1) => not_shown += 1,
                (false, _) => tied += 1,
            }
            cases.push(case);
        }
    }
    println!("{only} only ones, {tied} tied, {not_shown} only ones that the certificate does not show");
    assert!(only > 100 && tied > 200, "{only} {tied}");
    let answers = second_checker(FEW_LOTS_THERE, &cases);
    assert_eq!(answers.len(), cases.len());
    cases.iter().zip(&answers).for_each(|(case, answer)| assert!(case.agrees(answer), "{answer}"));
}

/// Two pairs, one all for all and one in a ratio, and one place a side: either pair is as good. By these prices a unit of the
/// ratio costs nothing, so only the ratio's own way leads round to the other roll.
#[test]
fn a_ratio_whose_units_cost_nothing_does_not_hide_another_roll() {
    let mut round = Round::of(0, 0);
    let place = |party: &str| SidePlaces {
        party: crate::ids::Party::new(party).unwrap(),
        caps: vec![Cap { id: "round".to_owned(), within: None, at_least: 0, at_most: Some(1) }],
    };
    let category =
        |id: &str, against| CategoryRule { id: id.to_owned(), against, at_least: [0; 2], at_most: [None; 2] };
    round.rules.sides = [place("aronia"), place("belmar")];
    round.rules.categories =
        vec![category("sick", Against::AllForAll), category("officers", Against::Ratio([1, 1]))];
    (round.rules.classes, round.rules.objective) = (1, Objective::PriorityFirst);
    round.seed = FEW_LOTS;
    let one = |n: u8, side, category| Person {
        item: Item([2 * n; 32]),
        side,
        site: 0,
        category,
        class: 1,
        held: 0,
        requested: false,
        group: 0,
    };
    round.rows = vec![one(1, 0, 0), one(2, 1, 0), one(3, 0, 1), one(4, 1, 1)];
    let people = round.people();
    let levels = Level::of(&round.rules);
    let class = levels.iter().position(|level| *level == Level::Class(1)).unwrap();
    let price = |amount: i64| (0..levels.len()).map(|at| if at == class { amount } else { 0 }).collect();
    let prices: Vec<Vec<i64>> = [0, 0, 1, -1, 0, 0, 0, 0].into_iter().map(price).collect();
    let certificate = Certificate { levels, proof: Proof::Closed { prices, balance: Vec::new() } };
    let cost = [0, 0, -2, 0, 0, 0];
    let best = every_lawful_by(&round.rules, &people, &round.seed).into_iter().filter(|one| one.1 == cost);
    let cases: Vec<Case> =
        best.map(|(chosen, _)| case(&round, &people, &chosen, &certificate, &cost)).collect();
    assert_eq!(cases.iter().map(|case| case.verdict).collect::<Vec<_>>(), ["as-good"; 2]);
    let answers = second_checker(FEW_LOTS_THERE, &cases);
    cases.iter().zip(&answers).for_each(|(case, answer)| assert!(case.agrees(answer), "{answer}"));
}

/// Two people whose lots are the same in the first 40 bits: the next decide, and nobody else is as good.
#[test]
fn the_next_lot_decides_between_people_whose_first_lots_are_equal() {
    let (mut rules, rows) = fixed_round();
    rules.sides[0].caps[0].at_most = Some(1);
    let numbered = |number: u32| {
        let mut item = [0; 32];
        item[28..].copy_from_slice(&number.to_be_bytes());
        Person { item: Item(item), ..rows[0] }
    };
    let [one, other] = [302_251, 613_931].map(numbered);
    let lots = [one, other].map(|person| person.lot(&SEED, &rules.agreement));
    assert!(lots[0].first == lots[1].first && lots[0].next != lots[1].next);
    let people = People::new(&rules, vec![one, other]).unwrap();
    let found = select(&rules, &people, &SEED).unwrap();
    let (goes, stays) = if lots[0].next < lots[1].next { (one, other) } else { (other, one) };
    let told = |person: Person| check(&rules, &people, &SEED, &[person.item], &found.certificate).unwrap();
    assert!(told(goes).holds());
    let worse = told(stays);
    let differs = (0..worse.cost.len()).find(|at| worse.cost[*at] != worse.bound[*at]).unwrap();
    assert_eq!(Level::of(&rules)[differs], Level::NextLot);
    assert_eq!(file::Roll::of(&people, &found.chosen).items(), [goes.item]);
}
