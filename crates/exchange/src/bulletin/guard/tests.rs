use proptest::prelude::*;

use super::*;

fn part(round: RoundNo, direction: &str, category: &str) -> Unknown {
    Unknown::Part { round, direction: direction.to_owned(), category: category.to_owned() }
}

fn base(name: &str) -> Unknown {
    Unknown::Base(name.to_owned())
}

fn fact(name: &str, unknowns: &[Unknown], relation: Relation, value: i64) -> Fact {
    Fact { name: name.to_owned(), form: Form::sum(unknowns.iter().cloned()), relation, value }
}

fn withheld(name: &str, unknowns: &[Unknown]) -> Withheld {
    Withheld { name: name.to_owned(), form: Form::sum(unknowns.iter().cloned()) }
}

fn told(published: &[Fact], draft: &[Fact], secret: &[Withheld], width_min: i128) -> Vec<(Since, String)> {
    let found = check(published, draft, secret, width_min).unwrap();
    found.iter().map(|derivation| (derivation.since, derivation.to_string())).collect()
}

use Relation::{AtLeast, AtMost, Equal};

#[test]
fn two_totals_give_the_round_between_them() {
    let (before, round) = (base("before round 12"), part(12, "aronia", "any"));
    let after = [before.clone(), round.clone()];
    let secret = [withheld("round 12", &[round])];
    let published = [fact("total before", &[before], Equal, 4757)];
    let draft = [fact("total after", &after, Equal, 6235)];
    let how = "total after (6235) - total before (4757) = 1478 = round 12".to_owned();
    assert_eq!(told(&published, &draft, &secret, 1), [(Since::Draft, how.clone())]);
    assert_eq!(told(&[published, draft].concat(), &[], &secret, 1), [(Since::Published, how)]);
}

#[test]
fn three_totals_that_only_together_give_a_round() {
    let [a, b, c] = [1, 2, 3].map(|round| part(round, "aronia", "any"));
    let published = [
        fact("first and second", &[a.clone(), b.clone()], Equal, 500),
        fact("second and third", &[b.clone(), c.clone()], Equal, 700),
    ];
    let draft = [fact("first and third", &[a.clone(), c], Equal, 600)];
    let secret = [withheld("round 1", &[a])];
    assert_eq!(told(&published, &[], &secret, 50), []);
    let how = "1/2 x first and third (600) + 1/2 x first and second (500) - 1/2 x second and third (700) = 200 = round 1";
    assert_eq!(told(&published, &draft, &secret, 50), [(Since::Draft, how.to_owned())]);
}

#[test]
fn bounds_that_only_hold_because_nobody_is_counted_negatively() {
    let [ill, young] = ["ill-wounded", "under-25"].map(|category| part(3, "aronia", category));
    let round = [ill.clone(), young.clone()];
    let secret = [withheld("round 3", &round)];
    let nil = [fact("no one was freed", &round, Equal, 0)];
    let each = [withheld("the ill of round 3", std::slice::from_ref(&ill))];
    let none = "the ill of round 3 lies between 0 and 0: no one was freed".to_owned();
    assert_eq!(told(&nil, &[], &each, 1), [(Since::Published, none)]);

    let published = [fact("the ill", &[ill], AtLeast, 290), fact("the young", &[young], AtMost, 4)];
    assert_eq!(told(&published, &[], &secret, 20), []);
    let draft = [fact("at most", &round, AtMost, 300)];
    let pinned = "round 3 lies between 290 and 300: the ill, at most".to_owned();
    assert_eq!(told(&published, &draft, &secret, 20), [(Since::Draft, pinned)]);
    assert_eq!(told(&published, &draft, &secret, 10), []);
}

#[test]
fn equality_of_the_directions_carries_a_number_across() {
    let (ours, theirs) = (part(5, "aronia", "any"), part(5, "belmar", "any"));
    let equal = Fact {
        name: "one for one".to_owned(),
        form: Form([(ours.clone(), 1), (theirs.clone(), -1)].into()),
        relation: Equal,
        value: 0,
    };
    let secret = [withheld("both directions", &[ours.clone(), theirs])];
    let draft = [fact("brought home", &[ours], Equal, 303)];
    let how = "2 x brought home (303) - one for one (0) = 606 = both directions".to_owned();
    assert_eq!(told(&[equal], &draft, &secret, 1), [(Since::Draft, how)]);
}

#[test]
fn totals_after_many_rounds_are_safe_until_one_is_singled_out() {
    let rounds: Vec<Unknown> = (1..=9).map(|round| part(round, "aronia", "any")).collect();
    let secret: Vec<Withheld> = rounds
        .iter()
        .enumerate()
        .map(|(at, r)| withheld(&format!("round {}", at + 1), std::slice::from_ref(r)))
        .collect();
    let published = [fact("after five", &rounds[..5], Equal, 1500)];
    assert_eq!(told(&published, &[fact("after nine", &rounds, Equal, 2500)], &secret, 100), []);
    let singled = told(&published, &[fact("after six", &rounds[..6], Equal, 1790)], &secret, 100);
    assert_eq!(singled, [(Since::Draft, "after six (1790) - after five (1500) = 290 = round 6".to_owned())]);
    assert_eq!(told(&[], &[fact("goal", &rounds, AtLeast, 1000)], &secret, 100), []);
    assert_eq!(told(&[], &[], &secret, 100), []);
}

#[test]
fn what_cannot_be_shown_is_refused() {
    let one = part(1, "aronia", "any");
    let secret = [withheld("round 1", std::slice::from_ref(&one))];
    let facts = [
        fact("more", std::slice::from_ref(&one), AtLeast, 10),
        fact("elsewhere", &[base("x")], Equal, 3),
        fact("less", std::slice::from_ref(&one), AtMost, 9),
    ];
    let names = vec!["more".to_owned(), "less".to_owned()];
    assert_eq!(check(&facts, &[], &secret, 1), Err(CannotBeShown::Contradiction(names)));
    let negative = [fact("below nothing", &[one], Equal, -1)];
    let names = vec!["below nothing".to_owned()];
    assert_eq!(check(&negative, &[], &secret, 1), Err(CannotBeShown::Contradiction(names)));
    let many = vec![facts[0].clone(); FACTS_MAX + 1];
    assert_eq!(check(&many, &[], &secret, 1), Err(CannotBeShown::TooMany("facts")));
    // Each fact squares the denominator's size until 128 bits do not hold it.
    let odd = |name: &str, at: u32| Fact {
        name: name.to_owned(),
        form: Form([(part(at, "a", "c"), i64::MAX - i64::from(at)), (part(at + 1, "a", "c"), 3)].into()),
        relation: Equal,
        value: 1,
    };
    let chain: Vec<Fact> = (1..6).map(|at| odd(&format!("f{at}"), at)).collect();
    let secret = [withheld("w", &[part(1, "a", "c"), part(6, "a", "c")])];
    assert_eq!(check(&chain, &[], &secret, 1), Err(CannotBeShown::Overflow));
}

const MOST: i64 = 6;
const UNKNOWNS: usize = 4;

/// Facts over stretches of neighbouring rounds: over these, whole numbers and fractions have the same bounds.
fn stretches() -> impl Strategy<Value = Vec<(usize, usize, Relation, i64)>> {
    let relation = prop_oneof![3 => Just(Equal), 1 => Just(AtLeast), 1 => Just(AtMost)];
    prop::collection::vec((0..UNKNOWNS, 1..=UNKNOWNS, relation, 0..=8_i64), 0..5).prop_map(|facts| {
        facts.into_iter().map(|(from, len, r, v)| (from, (from + len).min(UNKNOWNS), r, v)).collect()
    })
}

fn every_assignment() -> impl Iterator<Item = [i64; UNKNOWNS]> {
    let base = MOST + 1;
    (0..base.pow(4)).map(move |n| [n % base, n / base % base, n / base.pow(2) % base, n / base.pow(3)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_assignment_counted_out_agrees(
        facts in stretches(),
        secret in (0..UNKNOWNS, 1..=UNKNOWNS),
        width_min in 1_i128..5,
    ) {
        let rounds: Vec<Unknown> = (0..4).map(|round| part(round, "aronia", "any")).collect();
        let secret = secret.0..(secret.0 + secret.1).min(UNKNOWNS);
        // Every unknown is bounded, so that all assignments can be counted out.
        let mut stated: Vec<Fact> =
            rounds.iter().map(|round| fact("bound", std::slice::from_ref(round), AtMost, MOST)).collect();
        stated.extend(facts.iter().map(|&(from, to, r, v)| fact("fact", &rounds[from..to], r, v)));
        let holds = |x: &[i64; UNKNOWNS]| facts.iter().all(|&(from, to, relation, value)| {
            let sum: i64 = x[from..to].iter().sum();
            match relation { Equal => sum == value, AtLeast => sum >= value, AtMost => sum <= value }
        });
        let sums: Vec<i128> = every_assignment()
            .filter(holds)
            .map(|x| i128::from(x[secret.clone()].iter().sum::<i64>()))
            .collect();
        let found = check(&stated, &[], &[withheld("secret", &rounds[secret])], width_min);
        match (sums.iter().min(), sums.iter().max()) {
            (Some(&least), Some(&most)) => {
                let found = found.unwrap();
                prop_assert_eq!(found.is_empty(), most - least >= width_min);
                match found.first().map(|derivation| &derivation.how) {
                    Some(How::Exact { value, .. }) => {
                        prop_assert_eq!(*value, Rational::whole(least));
                        prop_assert_eq!(least, most);
                    }
                    Some(How::Between { low, high, .. }) => prop_assert_eq!((*low, *high), (least, most)),
                    None => {}
                }
            }
            _ => {
                let refused = matches!(found, Err(CannotBeShown::Contradiction(_)));
                prop_assert!(refused);
            }
        }
    }

    /// Over any forms: what is reported is true of every assignment.
    #[test]
    fn a_reported_derivation_holds_for_every_assignment(
        facts in prop::collection::vec((prop::array::uniform4(-2_i64..3), 0..MOST, 0..MOST, 0..MOST, 0..MOST), 1..4),
        secret in prop::array::uniform4(-1_i64..3),
    ) {
        let rounds: Vec<Unknown> = (0..4).map(|round| part(round, "aronia", "any")).collect();
        let form = |times: &[i64; 4]| Form(rounds.iter().cloned().zip(times.iter().copied()).collect());
        let dot = |times: &[i64; 4], x: &[i64; 4]| times.iter().zip(x).map(|(a, b)| a * b).sum::<i64>();
        // The first fact's numbers are the truth from which every value is taken.
        let truth = [facts[0].1, facts[0].2, facts[0].3, facts[0].4];
        let stated: Vec<Fact> = facts.iter().map(|(times, ..)| Fact {
            name: "fact".to_owned(), form: form(times), relation: Equal, value: dot(times, &truth),
        }).collect();
        let hidden = Withheld { name: "secret".to_owned(), form: form(&secret) };
        let found = check(&stated, &[], &[hidden], 4).unwrap();
        let possible = every_assignment().filter(|x| facts.iter().all(|(t, ..)| dot(t, x) == dot(t, &truth)));
        for value in possible.map(|x| i128::from(dot(&secret, &x))) {
            match found.first().map(|derivation| &derivation.how) {
                Some(How::Exact { value: told, .. }) => prop_assert_eq!(*told, Rational::whole(value)),
                Some(How::Between { low, high, .. }) => prop_assert!((*low..=*high).contains(&value)),
                None => {}
            }
        }
    }
}
