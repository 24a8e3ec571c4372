use super::*;
use crate::block::Chance;
use crate::decided::Decided;
use crate::intern::Interner;
use crate::pair::Levels;
use crate::people::{Event, People, What, follow};
use crate::table::Kind;

const ROWS: u32 = 7;

/// Rows of which every pair weighs what chance says.
struct Case {
    table: Table,
    weights: Weights,
    pairs: Vec<Pair>,
    bits: Vec<f32>,
}

impl Case {
    fn new() -> Self {
        let mut table = Table::new(&[Kind::Code]);
        (0..ROWS).for_each(|_| table.push("list", ["", "", ""], &[""]));
        table.settle();
        let two = (0..ROWS).flat_map(|one| (one + 1..ROWS).map(move |other| (one, other)));
        let pairs = two.map(|(one, other)| Pair { one, other, levels: Levels(0) }).collect();
        Self { weights: Weights::believed(&table), table, pairs, bits: Vec::new() }
    }

    /// Pairs of so many bits, put together.
    fn together(&self, task: &Task, pairs: Vec<Pair>, bits: Vec<f32>) -> Clusters {
        self.linked(pairs, bits).people(&self.table, task, LINK_BITS)
    }

    fn linked(&self, pairs: Vec<Pair>, bits: Vec<f32>) -> Linked {
        let (weights, met) = (self.weights.clone(), Met::default());
        Linked { pairs, bits, weights, joins: Vec::new(), met, rounds: 0 }
    }

    /// All rows put together.
    fn whole(&self, task: &Task) -> Clusters {
        self.together(task, self.pairs.clone(), self.bits.clone())
    }

    /// Only what is to be looked at put together, as records that come later are.
    fn later(&self, task: &Task, known: &Known) -> Clusters {
        let shown = |marked: &[bool]| {
            let all = self.pairs.iter().zip(&self.bits);
            all.filter(|(pair, _)| marked[pair.one as usize] || marked[pair.other as usize])
                .collect::<Vec<_>>()
        };
        let looked_at = spread(known, task, |marked| {
            let links = shown(marked).into_iter().filter(|(_, bits)| **bits >= LINK_BITS);
            links.map(|(pair, _)| (pair.one, pair.other)).collect()
        });
        let (pairs, bits): (Vec<Pair>, Vec<f32>) = shown(&looked_at).into_iter().unzip();
        overlaid(known, &looked_at, self.together(task, pairs, bits))
    }
}

fn rows(chance: &mut Chance) -> (u32, u32) {
    let one = (chance.next() % u64::from(ROWS)) as u32;
    (one, (one + 1 + (chance.next() % u64::from(ROWS - 1)) as u32) % ROWS)
}

/// What is known after rows were put together, two of them to be looked at again.
fn known(clusters: &Clusters, (one, other): (u32, u32)) -> Known {
    Known { person: clusters.of.iter().map(|first| Some(*first)).collect(), again: vec![one, other] }
}

fn task(same: &[(u32, u32)], different: &[(u32, u32)]) -> Option<Task> {
    Some(Task { decided: Decided::new(same, different).ok()?, ..Task::default() })
}

fn keeps_decisions(clusters: &Clusters, task: &Task) -> bool {
    let is_one = |(one, other): &(u32, u32)| clusters.of[*one as usize] == clusters.of[*other as usize];
    task.decided.same().iter().all(is_one) && !task.decided.different().iter().any(is_one)
}

#[test]
fn who_is_reached_by_a_new_row_is_looked_at_and_nobody_else() {
    // Persons by row, `-` for a row never seen; rows to look at again; links; pairs decided to be one; rows looked at.
    let check = |persons: &str, again: &[u32], links: &[(u32, u32)], same: &[(u32, u32)], wanted: &[u32]| {
        let person = persons.chars().map(|c| c.to_digit(10)).collect();
        let known = Known { person, again: again.to_vec() };
        let looked_at = spread(&known, &task(same, &[]).unwrap(), |marked| {
            let is_marked = |row: u32| marked[row as usize];
            links.iter().copied().filter(|(one, other)| is_marked(*one) || is_marked(*other)).collect()
        });
        let looked_at: Vec<u32> =
            (0..).zip(looked_at).filter(|(_, looked)| *looked).map(|(row, _)| row).collect();
        assert_eq!(looked_at, wanted, "{persons} {again:?} {links:?} {same:?}");
    };
    check("0123", &[], &[(0, 1)], &[], &[]);
    check("012-", &[], &[(0, 1)], &[], &[3]);
    check("012-", &[], &[(2, 3), (0, 1)], &[], &[2, 3]);
    check("012-", &[], &[(2, 3), (1, 2), (0, 1)], &[], &[0, 1, 2, 3]);
    check("4124-", &[], &[(0, 4)], &[], &[0, 3, 4]);
    check("4124-", &[], &[(0, 4), (2, 3)], &[], &[0, 2, 3, 4]);
    check("0123", &[1], &[], &[], &[1]);
    check("0123", &[1], &[], &[(0, 1), (0, 3)], &[0, 1, 3]);
}

#[test]
fn a_person_of_very_many_records_costs_no_more_than_its_records() {
    let rows = 300_000;
    let known = Known { person: vec![Some(1); rows], again: vec![7] };
    let same: Vec<(u32, u32)> = (1..rows as u32).map(|row| (row - 1, row)).collect();
    let task = task(&same, &[]).unwrap();
    let mut searches = 0;
    let looked_at = spread(&known, &task, |_| {
        searches += 1;
        Vec::new()
    });
    assert!(looked_at.iter().all(|looked| *looked) && searches == 1);
}

#[test]
fn a_decision_that_is_taken_back_leaves_everyone_where_they_were() {
    let mut case = Case::new();
    let mut chance = Chance(0x1de7);
    let (mut cases, mut parted, mut united) = (0, 0, 0);
    while cases < 10_000 {
        case.bits = case.pairs.iter().map(|_| (chance.next() % 2_400) as f32 / 100.0 - 10.0).collect();
        let before: Vec<(u32, u32)> = (0..chance.next() % 3).map(|_| rows(&mut chance)).collect();
        let (same, different) = before.split_at(before.len() / 2);
        let two = rows(&mut chance);
        let is_same = chance.below(0.5);
        let with = if is_same { [same, &[two]].concat() } else { [different, &[two]].concat() };
        let decided = if is_same { task(&with, different) } else { task(same, &with) };
        let (Some(plain), Some(decided)) = (task(same, different), decided) else { continue };
        cases += 1;
        let first = case.whole(&plain);
        let second = case.later(&decided, &known(&first, two));
        assert_eq!(second, case.whole(&decided), "as if all were linked with the decision");
        assert!(keeps_decisions(&second, &decided));
        assert_eq!(case.later(&plain, &known(&second, two)), first, "{two:?} {plain:?}");
        if first != second {
            *(if is_same { &mut united } else { &mut parted }) += 1;
        }
    }
    assert!(parted > 1_000 && united > 1_000, "{parted} parted, {united} united");
}

#[test]
fn pairs_and_persons_in_one_go_are_those_of_two() {
    let mut case = Case::new();
    let mut chance = Chance(0x60e5);
    let mut unlike = 0;
    for _ in 0..2_000 {
        case.bits = case.pairs.iter().map(|_| (chance.next() % 2_400) as f32 / 100.0 - 10.0).collect();
        let decided: Vec<(u32, u32)> = (0..chance.next() % 3).map(|_| rows(&mut chance)).collect();
        let Some(task) = task(&[], &decided) else { continue };
        let linked = case.linked(case.pairs.clone(), case.bits.clone());
        let (likely, people) = linked.likely_and_people(&case.table, &task, 0.0);
        assert_eq!(likely, linked.likely(&case.table, &task, 0.0));
        assert_eq!(people, linked.people(&case.table, &task, LINK_BITS));
        unlike += u32::from(people != linked.people(&case.table, &task, 0.0));
    }
    assert!(unlike > 200, "{unlike} with other groups from the lower bound on");
}

#[test]
fn rows_that_come_one_by_one_end_as_if_all_had_come_at_once() {
    let mut case = Case::new();
    let mut chance = Chance(0x0a1b);
    for _ in 0..2_000 {
        case.bits = case.pairs.iter().map(|_| (chance.next() % 2_400) as f32 / 100.0 - 12.0).collect();
        let task = task(&[], &[rows(&mut chance)]).unwrap();
        // A row that is still to come weighs with nobody.
        let all = case.bits.clone();
        let mut person = vec![None; ROWS as usize];
        for come in 1..=ROWS {
            for (bits, (pair, weight)) in case.bits.iter_mut().zip(case.pairs.iter().zip(&all)) {
                *bits = if pair.other < come { *weight } else { -99.0 };
            }
            let again: Vec<u32> = Vec::new();
            let clusters = case.later(&task, &Known { person: person.clone(), again });
            assert_eq!(clusters, case.whole(&task), "{come} have come");
            let of = clusters.of.iter().take(come as usize);
            person.iter_mut().zip(of).for_each(|(person, first)| *person = Some(*first));
        }
    }
}

#[test]
fn between_two_people_by_decision_everyone_sits_with_whom_they_weigh_more() {
    let mut case = Case::new();
    let mut chance = Chance(0x51de);
    let mut beside = 0;
    for _ in 0..10_000 {
        case.bits = case.pairs.iter().map(|_| (chance.next() % 2_400) as f32 / 100.0 - 8.0).collect();
        let two = rows(&mut chance);
        let clusters = case.whole(&task(&[], &[two]).unwrap());
        let of = |row: u32| clusters.of[row as usize];
        let (one, other) = (of(two.0), of(two.1));
        assert_ne!(one, other);
        let weight = |row: u32, group: u32| -> f64 {
            let with =
                case.pairs.iter().zip(&case.bits).filter(|(pair, _)| pair.one == row || pair.other == row);
            let to = |pair: &Pair| if pair.one == row { pair.other } else { pair.one };
            let with = with.filter(|(pair, _)| of(to(pair)) == group);
            with.map(|(_, bits)| f64::from(*bits).clamp(-12.0, 12.0)).sum()
        };
        let has_link = |row: u32, group: u32| {
            case.pairs.iter().zip(&case.bits).any(|(pair, bits)| {
                *bits >= LINK_BITS
                    && (pair.one == row || pair.other == row)
                    && of(if pair.one == row { pair.other } else { pair.one }) == group
            })
        };
        for row in (0..ROWS).filter(|row| *row != two.0 && *row != two.1) {
            for (own, theirs) in [(one, other), (other, one)] {
                if of(row) == own && has_link(row, theirs) {
                    beside += 1;
                    let best = weight(row, own).max(0.0);
                    assert!(weight(row, theirs) <= best, "{row} of {clusters:?}, {two:?} apart");
                }
            }
        }
    }
    assert!(beside > 1_000, "{beside} had a choice");
}

#[test]
fn of_two_persons_made_one_and_parted_again_one_keeps_its_id_and_the_other_gets_a_new_one() {
    let mut case = Case::new();
    let mut chance = Chance(0x1d5);
    let mut merged_and_parted = 0;
    for _ in 0..2_000 {
        case.bits = case.pairs.iter().map(|_| (chance.next() % 2_400) as f32 / 100.0 - 12.0).collect();
        let two = rows(&mut chance);
        let mut ids = Interner::default();
        let records: Vec<u32> = (0..ROWS).map(|row| ids.number(&format!("r{row}"))).collect();
        let now = |clusters: &Clusters| -> Vec<(u32, u32)> {
            records.iter().copied().zip(clusters.of.iter().copied()).collect()
        };
        let (plain, decided) = (task(&[], &[]).unwrap(), task(&[two], &[]).unwrap());
        let first = case.whole(&plain);
        let people = People::default();
        let people = people.after(&follow(&mut ids, &people, &now(&first))).unwrap();
        let second = case.later(&decided, &known(&first, two));
        let events = follow(&mut ids, &people, &now(&second));
        let merged = people.after(&events).unwrap();
        let third = case.later(&plain, &known(&second, two));
        let undone = merged.after(&follow(&mut ids, &merged, &now(&third))).unwrap();
        let [Event { what: What::Merged, person, other, .. }] = events[..] else { continue };
        merged_and_parted += 1;
        for (record, id) in &people.of {
            match *id {
                id if id == other => {
                    let now = undone.of[record];
                    assert!(now != other && !people.of.values().any(|before| *before == now), "a new id");
                }
                id => assert_eq!(undone.of[record], id, "everyone else has the id of before"),
            }
        }
        assert_eq!(undone.former[&other], person);
    }
    assert!(merged_and_parted > 500, "{merged_and_parted}");
}
