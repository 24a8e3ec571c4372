use proptest::prelude::*;

use super::super::tests::{SEED, cases, every_lawful, items, small};
use super::super::*;
use crate::ids::{Item, Party};

/// As many newcomers as there is room for.
const ANY: [u32; 2] = [PLACES_MAX; 2];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(400)))]

    /// The replacement is the one that trying every roll finds, nobody still on the roll loses a place, no side has more newcomers
    /// than it owes, and the certificate closes; whoever changes it is found out. Where there is none, somebody is set aside or the
    /// leasts are given up, and what is left keeps the other rules.
    #[test]
    fn a_replacement_moves_nobody_and_is_the_best(
        (rules, rows) in small(),
        who in 0..2_048_u32,
        other in 0..11_usize,
        slots in prop_oneof![Just(ANY), prop::array::uniform2(0..3_u32)],
    ) {
        let people = People::new(&rules, rows).unwrap();
        let Ok(found) = select(&rules, &people, &SEED) else { return Ok(()) };
        let roll = items(&people, &found.chosen);
        let all = people.rows().iter().enumerate();
        // Half of the roll and a quarter of the rest have gone, at most.
        let gone: Vec<Item> = all.filter(|(at, _)| who >> at & 1 == 1).map(|(_, one)| one.item).collect();
        let left = people.rows().iter().filter(|one| !gone.contains(&one.item)).copied().collect();
        let left = People::new(&rules, left).unwrap();
        let kept: Vec<Item> = roll.iter().filter(|item| !gone.contains(item)).copied().collect();
        let joined = |now: &[Item], side: u8| {
            let of_side = |item: &&Item| people.rows()[people.place(item).unwrap()].side == side;
            now.iter().filter(|item| !kept.contains(item)).filter(of_side).count() as u32
        };
        let tried = every_lawful(&rules, &left).into_iter().map(|(chosen, cost)| (items(&left, &chosen), cost));
        let owed = tried.filter(|(now, _)| joined(now, 0) <= slots[0] && joined(now, 1) <= slots[1]);
        let best = owed.filter(|(now, _)| kept.iter().all(|item| now.contains(item))).min_by(|a, b| a.1.cmp(&b.1));
        let vacated = Vacated { roll: &roll, gone: &gone, slots };
        let now = match replace(&rules, &people, &SEED, vacated) {
            Ok(now) => now,
            Err(why) => { prop_assert!(false, "{why:?} against {best:?}"); return Ok(()) }
        };
        let whole = now.aside.is_empty() && now.leasts == Leasts::Met;
        prop_assert_eq!(whole, best.is_some(), "{:?} against {:?}", now, best);
        if let Some((chosen, cost)) = best {
            prop_assert_eq!((&now.roll, &now.cost), (&chosen, &cost));
        }
        prop_assert!(now.is_best());
        prop_assert_eq!(now.joined.len() + kept.len(), now.roll.len() + now.aside.len());
        prop_assert!(joined(&now.roll, 0) <= slots[0] && joined(&now.roll, 1) <= slots[1]);
        let check = |roll_now: &[Item]| {
            check_replacement(&rules, &people, &SEED, vacated, &Replacement { roll: roll_now.to_vec(), ..now.clone() })
        };
        let verdict = check(&now.roll);
        prop_assert!(verdict.as_ref().is_ok_and(Verdict::holds), "{verdict:?}");
        let Some(other) = people.rows().get(other).map(|one| one.item) else { return Ok(()) };
        let mut changed = now.roll.clone();
        match changed.iter().position(|item| *item == other) {
            Some(at) => { changed.remove(at); }
            None => changed.push(other),
        }
        let verdict = check(&changed);
        if gone.contains(&other) {
            prop_assert_eq!(verdict, Err(ReplacementFault::Gone(other)));
        } else if kept.contains(&other) && !now.aside.contains(&other) {
            prop_assert_eq!(verdict, Err(ReplacementFault::LostPlace(other)));
        } else {
            prop_assert!(verdict.is_err() || verdict.is_ok_and(|verdict| !verdict.holds() && verdict.cost > verdict.bound));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(100)))]

    /// Where nobody has gone, a replacement is the roll itself, and amending twice ends with everyone who was left.
    #[test]
    fn nobody_gone_changes_nothing((rules, rows) in small()) {
        let people = People::new(&rules, rows).unwrap();
        let Ok(found) = select(&rules, &people, &SEED) else { return Ok(()) };
        let roll = items(&people, &found.chosen);
        let now = replace(&rules, &people, &SEED, Vacated { roll: &roll, gone: &[], slots: ANY }).unwrap();
        prop_assert_eq!((&now.roll, now.joined.len(), now.aside.len()), (&roll, 0, 0));
        let mut gone = Vec::new();
        let mut in_force = roll;
        for one in people.rows() {
            gone.push(one.item);
            let next = replace(&rules, &people, &SEED, Vacated { roll: &in_force, gone: &gone, slots: ANY }).unwrap();
            let list: Vec<Item> = next.roll.iter().chain(&next.aside).copied().collect();
            prop_assert!(in_force.iter().all(|item| list.contains(item) || gone.contains(item)));
            in_force = list;
        }
    }
}

/// A round of sick people, all for all, and officers and privates, one for one, with so many places on each side and so many sick
/// at least of the first; and everyone by a letter and a number: `S`, `O` and `P` of the first side, `s`, `o` and `p` of the
/// second, in priority by number.
fn round(places: [u32; 2], sick_at_least: u32, names: &str) -> (Rules, People, impl Fn(&str) -> Vec<Item>) {
    let side = |party: &str, at_most| SidePlaces {
        party: Party::new(party).unwrap(),
        caps: vec![Cap { id: "round".to_owned(), within: None, at_least: 0, at_most: Some(at_most) }],
    };
    let category = |id: &str, against, least| CategoryRule {
        id: id.to_owned(),
        against,
        at_least: [least, 0],
        at_most: [None, None],
    };
    let rules = Rules {
        agreement: "0123456789abcdef0123456789abcdef".to_owned(),
        sides: [side("aronia", places[0]), side("belmar", places[1])],
        categories: vec![
            category("sick", Against::AllForAll, sick_at_least),
            category("officers", Against::OneForOne, 0),
            category("privates", Against::OneForOne, 0),
        ],
        objective: Objective::PriorityFirst,
        classes: 9,
        group_class: GroupClass::First,
        balance: None,
        chances: ChanceRule::Lots,
    };
    let item = |name: &str| Item([name.as_bytes()[0].wrapping_mul(10) + name.as_bytes()[1]; 32]);
    let person = |name: &str| Person {
        item: item(name),
        side: u8::from(name.starts_with(char::is_lowercase)),
        site: 0,
        category: match name.as_bytes()[0].to_ascii_lowercase() {
            b's' => 0,
            b'o' => 1,
            _ => 2,
        },
        class: name[1..].parse().unwrap(),
        held: 0,
        requested: false,
        group: 0,
    };
    let people = People::new(&rules, names.split_whitespace().map(person).collect()).unwrap();
    (rules, people, move |names: &str| names.split_whitespace().map(item).collect())
}

#[test]
fn whoever_lost_their_opposite_number_does_not_hold_the_others_back() {
    type Case = (&'static str, u32, [&'static str; 2], [u32; 2], [&'static str; 2], Leasts);
    // Everyone in the pools; the least of the sick; the list, who has gone of it; slots; who joins, who is set aside.
    let cases: [Case; 7] = [
        // A slot for one: the officer who is needed comes in, not the sick person before them.
        ("O1 O5 S2 o1", 0, ["O1 o1", "O1"], [1, 0], ["O5", ""], Leasts::Met),
        // Room for both.
        ("O1 O5 S2 o1", 0, ["O1 o1", "O1"], [2, 0], ["O5 S2", ""], Leasts::Met),
        // Nobody can stand against the officer any more: the sick person's slot is filled all the same.
        ("O1 S1 S2 o1", 0, ["O1 S1 o1", "O1 S1"], [2, 0], ["S2", "o1"], Leasts::Met),
        // The officer set aside is the last of the two.
        ("O1 O2 S1 S2 o1 o2", 0, ["O1 O2 S1 o1 o2", "O1 S1"], [2, 0], ["S2", "o2"], Leasts::Met),
        // The slot is the other side's: an officer does not come in there, since nobody owes the one who would stand against them.
        ("O1 O2 S1 o1 o2 s3", 0, ["O1 S1 o1", "S1"], [0, 1], ["s3", ""], Leasts::Met),
        // A least that cannot be met any more holds nobody back either.
        ("O1 O2 S1 o1 o2", 1, ["O1 S1 o1", "S1 O1"], [2, 0], ["O2", ""], Leasts::GivenUp),
        // More are on the list than there are places, as both accepted: nobody of them is touched, and nobody comes in.
        ("O1 S1 S2 S3 S4 S5 o1", 0, ["O1 S1 S2 S3 S4 o1", "O1"], [1, 0], ["", "o1"], Leasts::Met),
    ];
    for (names, least, [list, gone], slots, [joined, aside], leasts) in cases {
        let (rules, people, items) = round([4, 4], least, names);
        let (roll, gone) = (items(list), items(gone));
        let sorted = |names: &str| {
            let mut items = items(names);
            items.sort_unstable();
            items
        };
        let vacated = Vacated { roll: &roll, gone: &gone, slots };
        let mut now = replace(&rules, &people, &SEED, vacated).unwrap();
        now.joined.sort_unstable();
        assert_eq!(
            (now.joined.clone(), now.aside.clone(), now.leasts),
            (sorted(joined), sorted(aside), leasts),
            "{names}: {list}"
        );
        assert!(check_replacement(&rules, &people, &SEED, vacated, &now).unwrap().holds(), "{names}: {list}");
    }
}

#[test]
fn an_empty_head_of_a_ratio_sets_the_last_of_its_category_aside() {
    type Case = (&'static str, [u32; 2], [&'static str; 2], [&'static str; 2]);
    // For each officer of the first side two of the second; the list, and who has gone of it; who joins, who is set aside. Nobody is
    // left out by the best roll at first: one head is empty. Sick people and privates later in the order keep their place.
    let cases: [Case; 3] = [
        ("O1 O2 o3 o4 o5 o6 S8 P9 p9", [1, 2], ["O1 O2 o3 o4 o5 o6 S8 P9 p9", "o6"], ["", "O2 o5"]),
        // The last of the category is of the other side.
        ("O1 O7 o3 o4 o5 o6 S8 P9 p9", [1, 2], ["O1 O7 o3 o4 o5 o6 S8 P9 p9", "o6"], ["", "O7 o5"]),
        // Of the first side three stand against one: the head that is empty is of the first.
        ("O1 O2 O3 o4 P9 p9", [3, 1], ["O1 O2 O3 o4 P9 p9", "O2"], ["", "O1 O3 o4"]),
    ];
    for (names, heads, [list, gone], [joined, aside]) in cases {
        let (mut rules, people, items) = round([9, 9], 0, names);
        rules.categories[1].against = Against::Ratio(heads);
        fills(&rules, &people, [items(list), items(gone)], [items(joined), items(aside)], Leasts::Met);
    }
}

#[test]
fn groups_alone_in_the_way_set_the_last_of_the_matched_aside() {
    type Case = (&'static str, [&'static str; 2], [&'static str; 2]);
    // `o5` and `o6` are kept together; the list, and who has gone of it; who joins, who is set aside.
    let cases: [Case; 3] = [
        // Only one of the group could stand against the officer. The sick person is later in the order and keeps the place.
        ("O1 O2 o1 o2 o5 o6 S9", ["O1 O2 o1 o2 S9", "o2"], ["", "O2"]),
        // The last is the one of the other side, and then the group can come in.
        ("O1 O2 o1 o3 o5 o6 S9", ["O1 O2 o1 o3 S9", "o1"], ["o5 o6", "o3"]),
        // It is not asked which category the group is of.
        ("O1 O2 o1 o2 o5 o6 P9 p9", ["O1 O2 o1 o2 P9 p9", "o2"], ["", "O2 P9 p9"]),
    ];
    for (names, [list, gone], [joined, aside]) in cases {
        let (rules, people, items) = round([9, 9], 0, names);
        let together = items("o5 o6");
        let mut rows = people.rows().to_vec();
        rows.iter_mut().filter(|one| together.contains(&one.item)).for_each(|one| one.group = 1);
        let people = People::new(&rules, rows).unwrap();
        fills(&rules, &people, [items(list), items(gone)], [items(joined), items(aside)], Leasts::GivenUp);
    }
}

/// These join and these are set aside where some of a list have gone and two slots are owed on each side.
fn fills(
    rules: &Rules,
    people: &People,
    [roll, gone]: [Vec<Item>; 2],
    expected: [Vec<Item>; 2],
    leasts: Leasts,
) {
    let sorted = |mut items: Vec<Item>| {
        items.sort_unstable();
        items
    };
    let vacated = Vacated { roll: &roll, gone: &gone, slots: [2, 2] };
    let now = replace(rules, people, &SEED, vacated).unwrap();
    let found = [sorted(now.joined.clone()), sorted(now.aside.clone())];
    assert_eq!((found, now.leasts), (expected.map(sorted), leasts), "{roll:?} without {gone:?}");
    assert!(check_replacement(rules, people, &SEED, vacated, &now).unwrap().holds());
}

#[test]
fn a_replacement_with_more_newcomers_than_are_owed_is_found_out() {
    let (rules, people, items) = round([4, 4], 0, "O1 O5 S2 o1");
    let (roll, gone) = (items("O1 o1"), items("O1"));
    let owing = |slots| Vacated { roll: &roll, gone: &gone, slots };
    let two = replace(&rules, &people, &SEED, owing([2, 0])).unwrap();
    let checked = check_replacement(&rules, &people, &SEED, owing([1, 0]), &two);
    let bound = Bound::Cap { side: 0, cap: 0 };
    let places = CheckError::Places { bound, found: 2, least: 0, most: 1 };
    assert_eq!(checked, Err(ReplacementFault::Roll(places)));
    let stranger = Replacement { aside: items("S2"), ..two };
    let checked = check_replacement(&rules, &people, &SEED, owing([2, 0]), &stranger);
    assert_eq!(checked, Err(ReplacementFault::NotOnRoll(items("S2")[0])));
}

#[test]
fn lists_of_other_people_are_refused() {
    let (rules, rows) = super::super::tests::fixed_round();
    let people = People::new(&rules, rows).unwrap();
    let stranger = Item([9; 32]);
    let known = people.rows()[0].item;
    let check = |rules: &Rules, roll: &[Item], gone: &[Item], refused: ReplaceError| {
        assert_eq!(replace(rules, &people, &SEED, Vacated { roll, gone, slots: ANY }), Err(refused));
    };
    check(&rules, &[stranger], &[], ReplaceError::NotThere(stranger));
    check(&rules, &[], &[stranger], ReplaceError::NotThere(stranger));
    check(&rules, &[known, known], &[], ReplaceError::Twice(known));
    check(&rules, &[], &[known, known], ReplaceError::Twice(known));
    let mut two = rules;
    two.sides[1].caps.push(Cap { id: "beside".to_owned(), within: None, at_least: 0, at_most: None });
    check(&two, &[], &[], ReplaceError::NotOneRound(1));
}
