use proptest::prelude::*;
use time::macros::date;

use super::*;

const DOC: &str = include_str!("../../../../docs/formats/selection.md");
const SEED: [u8; 32] = [7; 32];
const AGREEMENT: &str = "0123456789abcdef0123456789abcdef";

fn candidate(item: u8, group: u8, days: i64, site: u8) -> Candidate {
    Candidate {
        item: Item([item; 32]),
        group,
        category: "ill-wounded".to_owned(),
        held_since: date!(2022 - 03 - 01) + time::Duration::days(days),
        site: format!("site-{site}"),
    }
}

fn roll(pool: &Pool, places: Places) -> Roll {
    select(pool, &places, &SEED, AGREEMENT)
}

fn code_after<'a>(doc: &'a str, label: &str) -> &'a str {
    let line = doc.lines().find_map(|line| line.strip_prefix(label)).expect(label);
    line.trim().trim_matches('`')
}

#[test]
fn the_published_lots_are_drawn() {
    let rows = DOC.lines().skip_while(|line| !line.starts_with("| agreement")).skip(2);
    let mut vectors = 0;
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let byte = |cell: &str| u8::from_str_radix(cell, 16).unwrap();
        let drawn = lot(&[byte(cells[2]); 32], cells[1], &Item([byte(cells[3]); 32]));
        assert_eq!(drawn, Lot { first: cells[4].parse().unwrap(), next: cells[5].parse().unwrap() });
        vectors += 1;
    }
    assert_eq!(vectors, 7);
}

/// Two people whose first 40 bits are equal, and a lot by a joint seed from two seeds.
#[test]
fn the_published_lots_of_whole_items_are_drawn() {
    let item = |text: &str| text.parse::<Item>().unwrap();
    let numbers = |line: &str| -> Lot {
        let (_, after) = line.rsplit_once("`").unwrap();
        let mut all =
            after.split(|one: char| !one.is_ascii_digit()).filter_map(|one| one.parse::<u64>().ok());
        Lot { first: all.next().unwrap(), next: all.next().unwrap() }
    };
    let equal: Vec<Lot> = DOC
        .lines()
        .filter_map(|line| line.strip_prefix("* item `"))
        .map(|line| {
            let drawn = lot(&SEED, AGREEMENT, &item(&line[..64]));
            assert_eq!(drawn, numbers(line));
            drawn
        })
        .collect();
    assert!(equal.len() == 2 && equal[0].first == equal[1].first && equal[0].next != equal[1].next);
    let entry = include_str!("../../../../docs/formats/entry.md");
    let seed: Digest = code_after(entry, "* joint seed = `").parse().unwrap();
    let line = entry.lines().find(|line| line.starts_with("* by that seed")).unwrap();
    assert_eq!(lot(&seed.0, AGREEMENT, &Item([0x11; 32])), numbers(line));
}

#[test]
fn the_published_pool_and_roll_are_repeated_byte_by_byte() {
    let pool = Pool::new(vec![
        Candidate {
            item: Item([2; 32]),
            group: 1,
            category: "ill-wounded".to_owned(),
            held_since: date!(2022 - 05 - 20),
            site: "north".to_owned(),
        },
        Candidate {
            item: Item([1; 32]),
            group: 2,
            category: "under-25".to_owned(),
            held_since: date!(2023 - 01 - 09),
            site: "північ".to_owned(),
        },
    ])
    .unwrap();
    let hex: String = pool.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, code_after(DOC, "pool ="));
    assert_eq!(pool.digest().to_string(), code_after(DOC, "pool digest ="));
    let roll = roll(&pool, Places { round_total: 1, per_site: None });
    assert_eq!(roll.digest().to_string(), code_after(DOC, "roll digest ="));
}

#[test]
fn what_is_not_a_pool_is_refused_with_the_reason() {
    let item = Item([1; 32]);
    let made = |change: &dyn Fn(&mut Candidate)| {
        let mut one = candidate(1, 1, 0, 1);
        change(&mut one);
        Pool::new(vec![one, candidate(2, 1, 0, 1)]).unwrap_err()
    };
    assert_eq!(made(&|c| c.item = Item([2; 32])), PoolError::Twice(Item([2; 32])));
    assert_eq!(made(&|c| c.group = 0), PoolError::GroupZero(item));
    assert_eq!(made(&|c| c.site = String::new()), PoolError::Label { item, field: "site" });
    assert_eq!(made(&|c| c.site = "a\nb".to_owned()), PoolError::Label { item, field: "site" });
    assert_eq!(made(&|c| c.category = "x".repeat(65)), PoolError::Label { item, field: "category" });
    assert_eq!(made(&|c| c.held_since = date!(0000 - 12 - 31)), PoolError::Year(item));

    let whole = Pool::new(vec![candidate(1, 1, 0, 1), candidate(2, 1, 0, 1)]).unwrap().to_bytes();
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        change(&mut bytes);
        Pool::from_bytes(&bytes).unwrap_err()
    };
    let person = (whole.len() - 21) / 2;
    assert_eq!(changed(&|b| b[0] = b'H'), PoolError::NotAPool);
    assert_eq!(changed(&|b| b[17] = 0xff), PoolError::TooMany);
    assert_eq!(changed(&|b| b[20] = 200), PoolError::Truncated { at: whole.len() });
    assert_eq!(changed(&|b| b.truncate(whole.len() - 1)), PoolError::Truncated { at: whole.len() - 1 });
    assert_eq!(changed(&|b| b.push(0)), PoolError::Trailing { at: whole.len() });
    assert_eq!(changed(&|b| b[21..53].fill(3)), PoolError::OutOfOrder(Item([2; 32])));
    assert_eq!(changed(&|b| b[21..53].fill(2)), PoolError::Twice(Item([2; 32])));
    assert_eq!(changed(&|b| b[53] = 0), PoolError::GroupZero(item));
    assert_eq!(changed(&|b| b[54] = b'+'), PoolError::Malformed { at: 54, field: "date" });
    assert_eq!(changed(&|b| b[59] = b'9'), PoolError::Malformed { at: 54, field: "date" });
    assert_eq!(
        changed(&|b| b[20 + person] = 0xff),
        PoolError::Malformed { at: 13 + person + 1, field: "site" }
    );
}

#[test]
fn every_reason_is_told_apart() {
    let one = |group, days, item| candidate(item, group, days, item);
    let places = |round_total, per_site| Places { round_total, per_site };
    let why = |people: Vec<Candidate>, places: Places, item: u8| {
        reason(&roll(&Pool::new(people).unwrap(), places), &Item([item; 32]))
    };
    let stays = |binding, round_places, site_places| Reason::Stays {
        position: 2,
        of: 2,
        binding,
        change: WhatWouldChange { round_places, site_places },
    };
    let day = |days| date!(2022 - 03 - 01) + time::Duration::days(days);
    let last_taken = 1;
    assert_eq!(
        why(vec![one(1, 0, 1), one(2, 0, 2)], places(2, None), 2),
        Reason::Goes { position: 2, of: 2 }
    );
    assert_eq!(
        why(vec![one(1, 9, 1), one(2, 0, 2)], places(1, None), 2),
        stays(vec![Binding::Group { own: 2, last_taken }], 1, 0)
    );
    assert_eq!(
        why(vec![one(1, 9, 1), one(1, 0, 2)], places(1, None), 1),
        stays(vec![Binding::TimeHeld { own: day(9), last_taken: day(0) }], 1, 0)
    );
    let lots = [1, 2].map(|item| (lot(&SEED, AGREEMENT, &Item([item; 32])), item));
    let (first, last) = (lots.iter().min().unwrap(), lots.iter().max().unwrap());
    assert_eq!(
        why(vec![one(1, 0, 1), one(1, 0, 2)], places(1, None), last.1),
        stays(vec![Binding::Lot { own: last.0, last_taken: first.0 }], 1, 0)
    );
    let same_site = || vec![candidate(1, 1, 0, 1), candidate(2, 2, 0, 1)];
    let site = Binding::Site { cap: 1, ahead: 1 };
    assert_eq!(why(same_site(), places(2, Some(1)), 2), stays(vec![site.clone()], 0, 1));
    let group = Binding::Group { own: 2, last_taken };
    assert_eq!(why(same_site(), places(1, Some(1)), 2), stays(vec![site, group], 1, 1));
    assert_eq!(why(same_site(), places(0, None), 2), stays(vec![Binding::NoPlaces], 2, 0));
    assert_eq!(why(same_site(), places(1, None), 9), Reason::NotInPool);
}

#[test]
fn a_vacated_slot_is_filled_inside_the_caps() {
    // Two places, one per site: 2 waits for the place of 1, 4 for that of 3, and 5 for either.
    let pool = Pool::new(vec![
        candidate(1, 1, 0, 1),
        candidate(2, 2, 0, 1),
        candidate(3, 3, 0, 2),
        candidate(4, 4, 0, 2),
        candidate(5, 5, 0, 3),
    ])
    .unwrap();
    let roll = roll(&pool, Places { round_total: 2, per_site: Some(1) });
    let items = |list: &[u8]| list.iter().map(|&item| Item([item; 32])).collect::<Vec<_>>();
    assert_eq!(roll.chosen, items(&[1, 3]));
    assert_eq!(roll.reserve, items(&[2, 4, 5]));
    let in_for = |gone: &[u8], n| replacements(&roll, &items(gone).into_iter().collect(), n);
    assert_eq!(in_for(&[1], 9), items(&[2]));
    assert_eq!(in_for(&[3], 9), items(&[4]));
    assert_eq!(in_for(&[1, 2], 9), items(&[5]));
    assert_eq!(in_for(&[1, 3], 9), items(&[2, 4]));
    assert_eq!(in_for(&[1, 3], 1), items(&[2]));
    assert_eq!(in_for(&[4], 9), items(&[]));
    assert_eq!(in_for(&[1, 2, 3, 4, 5], 9), items(&[]));
}

fn candidates(most: usize) -> impl Strategy<Value = Vec<Candidate>> {
    prop::collection::vec((1_u8..4, 0_i64..4, 0_u8..3), 0..=most).prop_map(|people| {
        let numbered = people.into_iter().zip(1_u8..);
        numbered.map(|((group, days, site), item)| candidate(item, group, days, site)).collect()
    })
}

fn some_places() -> impl Strategy<Value = Places> {
    (0_u32..8, prop::option::of(0_u32..4))
        .prop_map(|(round_total, per_site)| Places { round_total, per_site })
}

/// What a selection makes as large as it can: people per group, then days held, then (negative) lots.
fn levels(pool: &Pool, chosen: &[Item]) -> (Vec<u32>, i64, i128) {
    let of_pool = |item: &Item| pool.get(item).unwrap();
    let mut counts = vec![0; 4];
    chosen.iter().for_each(|item| counts[usize::from(of_pool(item).group)] += 1);
    let days =
        chosen.iter().map(|item| (date!(2026 - 01 - 01) - of_pool(item).held_since).whole_days()).sum();
    let lots = chosen
        .iter()
        .map(|item| lot(&SEED, AGREEMENT, item))
        .map(|l| i128::from(l.first) << 40 | i128::from(l.next));
    (counts, days, -lots.sum::<i128>())
}

fn keeps_caps(pool: &Pool, places: &Places, chosen: &[Item]) -> bool {
    let cap = places.per_site.unwrap_or(u32::MAX) as usize;
    let at = |site: String| chosen.iter().filter(|item| pool.get(item).unwrap().site == site).count();
    chosen.len() <= places.round_total as usize && (0..3).all(|site| at(format!("site-{site}")) <= cap)
}

fn subsets(pool: &Pool) -> impl Iterator<Item = Vec<Item>> {
    let items: Vec<Item> = pool.candidates().iter().map(|c| c.item).collect();
    (0_u32..1 << items.len()).map(move |mask| {
        items.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, item)| *item).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_roll_is_the_best_of_all_rolls_and_the_only_one_that_passes(
        people in candidates(10),
        places in some_places(),
    ) {
        let pool = Pool::new(people).unwrap();
        let roll = roll(&pool, places);
        let kept = subsets(&pool).filter(|chosen| keeps_caps(&pool, &places, chosen));
        let best = kept.max_by_key(|chosen| levels(&pool, chosen)).unwrap();
        prop_assert_eq!(&roll.chosen, &best);
        for chosen in subsets(&pool) {
            let passes = check(&pool, &places, &SEED, AGREEMENT, &chosen).is_ok();
            prop_assert_eq!(passes, chosen == best, "{:?}", chosen);
        }
    }

    #[test]
    fn the_order_of_input_changes_nothing(
        people in candidates(12).prop_flat_map(|p| (Just(p.clone()), Just(p).prop_shuffle())),
        places in some_places(),
    ) {
        let (pool, shuffled) = (Pool::new(people.0).unwrap(), Pool::new(people.1).unwrap());
        prop_assert_eq!(pool.digest(), shuffled.digest());
        prop_assert_eq!(roll(&pool, places).digest(), roll(&shuffled, places).digest());
        prop_assert_eq!(Pool::from_bytes(&pool.to_bytes()).unwrap(), pool);
    }

    #[test]
    fn a_vacated_slot_moves_nobody_else(
        people in candidates(12),
        places in some_places(),
        gone in prop::collection::btree_set(1_u8..13, 0..6),
    ) {
        let pool = Pool::new(people.clone()).unwrap();
        let whole = roll(&pool, places);
        let gone: BTreeSet<Item> = gone.into_iter().map(|item| Item([item; 32])).collect();
        let without = Pool::new(people.into_iter().filter(|c| !gone.contains(&c.item)).collect()).unwrap();
        let without = roll(&without, places);
        for key in without.keys() {
            prop_assert_eq!(Some(key), whole.position(&key.item).map(|(_, key)| key), "the lot of {}", key.item);
        }
        let mut now: Vec<Item> = whole.chosen.iter().filter(|item| !gone.contains(*item)).copied().collect();
        let incoming = replacements(&whole, &gone, usize::MAX);
        prop_assert!(incoming.len() <= whole.chosen.len() - now.len());
        now.extend(&incoming);
        now.sort_unstable();
        prop_assert_eq!(now, without.chosen);
        let mut fewer = gone.clone();
        if fewer.pop_first().is_some() {
            let earlier = replacements(&whole, &fewer, usize::MAX);
            prop_assert!(earlier.iter().all(|item| incoming.contains(item) || gone.contains(item)));
        }
    }

    #[test]
    fn more_places_never_lower_the_levels(people in candidates(12), places in some_places()) {
        let pool = Pool::new(people).unwrap();
        let before = levels(&pool, &roll(&pool, places).chosen).0;
        let more = [
            Places { round_total: places.round_total + 1, ..places },
            Places { per_site: places.per_site.map(|cap| cap + 1), ..places },
        ];
        for more in more {
            prop_assert!(levels(&pool, &roll(&pool, more).chosen).0 >= before);
        }
    }

    #[test]
    fn what_would_change_is_enough_and_no_less_is(people in candidates(12), places in some_places()) {
        let pool = Pool::new(people).unwrap();
        let roll = roll(&pool, places);
        // The same walk, with the person's own site given its own cap.
        let goes = |item: &Item, more: WhatWouldChange| {
            let own = &pool.get(item).unwrap().site;
            let mut at_site: BTreeMap<&str, u32> = BTreeMap::new();
            let mut taken = 0;
            for key in roll.keys() {
                let site = pool.get(&key.item).unwrap().site.as_str();
                let cap = places.per_site.map(|cap| cap + if site == own { more.site_places } else { 0 });
                let here = at_site.entry(site).or_default();
                if taken < places.round_total + more.round_places && cap.is_none_or(|cap| *here < cap) {
                    taken += 1;
                    *here += 1;
                    if key.item == *item { return true; }
                }
            }
            false
        };
        for item in &roll.reserve {
            let Reason::Stays { binding, change, .. } = reason(&roll, item) else { panic!("{item} stays") };
            prop_assert!(!binding.is_empty());
            prop_assert!(goes(item, change));
            let less = [
                change.round_places.checked_sub(1).map(|round_places| WhatWouldChange { round_places, ..change }),
                change.site_places.checked_sub(1).map(|site_places| WhatWouldChange { site_places, ..change }),
            ];
            prop_assert!(less.into_iter().flatten().all(|less| !goes(item, less)));
        }
        let told = |item: &Item| matches!(reason(&roll, item), Reason::Goes { .. });
        prop_assert!(roll.chosen.iter().all(told));
        let shares = fairness(&pool, &roll);
        prop_assert_eq!(shares.iter().map(|s| s.places as usize).sum::<usize>(), roll.chosen.len());
        prop_assert!(shares.iter().all(|s| s.places * s.chance.1 == s.candidates * s.chance.0));
    }
}

/// A group of a thousand and five hundred places, a hundred seeds: everyone's share of places is near one half.
#[test]
fn the_lot_favours_nobody() {
    let people = (0_u16..1000).map(|number| {
        let mut item = [0; 32];
        item[..2].copy_from_slice(&number.to_be_bytes());
        Candidate { item: Item(item), ..candidate(0, 1, 0, 0) }
    });
    let pool = Pool::new(people.collect()).unwrap();
    let mut places: BTreeMap<Item, u32> = BTreeMap::new();
    for seed in 0..100 {
        let roll = select(&pool, &Places { round_total: 500, per_site: None }, &[seed; 32], AGREEMENT);
        roll.chosen.iter().for_each(|item| *places.entry(*item).or_default() += 1);
    }
    // Chi-square over people: each has variance 25, so the sum has mean near 1000 and deviation near 45.
    let squares: i64 = places.values().map(|&count| (i64::from(count) - 50).pow(2)).sum();
    assert!((800 * 25..1200 * 25).contains(&squares), "{squares}");
}
