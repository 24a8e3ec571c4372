//! Conflicts in large pools: which rules stand against one another is told soon, however many there are.

use super::*;

/// A round with sick people, all for all, and everyone else: so many people of the first side who are not sick at the second half of
/// its sites, and the sick, each at a site of the first half, where nobody may go.
fn wide(sites: usize, others: u32, sick_at: &[usize], at_least: u32) -> (Rules, People) {
    let (mut rules, rows) = fixed_round();
    let [site, round] = [1, 0].map(|at: usize| rules.sides[0].caps[at].clone());
    rules.sides[0].caps = vec![Cap { at_most: Some(2_000), ..round }];
    rules.sides[0].caps.extend((0..sites).map(|at| Cap {
        id: format!("site {at}"),
        at_most: Some(if at < sites / 2 { 0 } else { 50 }),
        ..site.clone()
    }));
    rules.categories[0].at_least = [at_least, 0];
    rules.categories[1].against = Against::AllForAll;
    let person = |(at, (site, category)): (usize, (usize, u8))| {
        let mut item = [0; 32];
        item[..8].copy_from_slice(&(at as u64 + 1).to_be_bytes());
        Person { item: Item(item), site: site as u16 + 1, category, ..rows[0] }
    };
    let sick = sick_at.iter().map(|&site| (site, 0));
    let others = (0..others as usize).map(|at| (sites / 2 + at % (sites / 2), 1));
    let people = sick.chain(others).enumerate().map(person).collect();
    let people = People::new(&rules, people).unwrap();
    (rules, people)
}

/// Every such pool sends everyone it has once its caps are dropped: more than its costs have room for.
#[test]
fn a_conflict_of_many_caps_is_told_soon() {
    let category = Bound::Category { side: 0, category: 0 };
    let cap = |site: usize| Bound::Cap { side: 0, cap: site + 1 };
    // Where the sick are; how many must go; which caps stand in their way.
    let cases: [(&[usize], u32, Vec<Bound>); 4] = [
        (&[], 3, vec![]),
        (&[5], 3, vec![]),
        (&[5, 900, 1_777], 1, vec![cap(5), cap(900), cap(1_777)]),
        (&[5, 900, 1_777], 4, vec![]),
    ];
    for (sick_at, at_least, full) in cases {
        let (rules, people) = wide(4_000, 40_000, sick_at, at_least);
        let Err(SelectError::Conflict { missing, conflicts }) = select(&rules, &people, &SEED) else {
            panic!("{sick_at:?} has a roll")
        };
        assert_eq!((missing, conflicts.len()), (at_least, 1));
        assert_eq!((&conflicts[0].demanded, &conflicts[0].full), (&vec![category], &full), "{sick_at:?}");
    }
}
