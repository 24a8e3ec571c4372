use time::macros::date;

use super::joint::{Cap, Level, select};
use super::of_terms::{SettingError, setting};
use super::*;
use crate::agreement::Terms;
use crate::ids::Digest;

const DOC: &str = include_str!("../../../../docs/formats/selection.md");
const SEED: [u8; 32] = [7; 32];
const AGREEMENT: &str = "0123456789abcdef0123456789abcdef";
const EXAMPLE: &str = include_str!("../../../../examples/agreements/istanbul-shaped.toml");

fn cap(id: &str, within: Option<usize>, at_most: Option<u32>) -> Cap {
    Cap { id: id.to_owned(), within, at_least: 0, at_most }
}

fn candidate(item: u8, class: u8) -> Candidate {
    Candidate {
        item: Item([item; 32]),
        class,
        category: "ill-wounded".to_owned(),
        held_since: date!(2022 - 05 - 20),
        site: 0,
        group: 0,
        requested: false,
    }
}

fn caps() -> Vec<Cap> {
    vec![cap("north", None, None)]
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

/// The example of the book.
fn published() -> Pool {
    let caps = vec![cap("bus", None, Some(2)), cap("north", Some(0), None), cap("північ", None, Some(0))];
    let second = Candidate {
        class: 2,
        category: "under-25".to_owned(),
        held_since: date!(2023 - 01 - 09),
        site: 2,
        group: 3,
        requested: true,
        ..candidate(1, 2)
    };
    Pool::new(caps, vec![Candidate { site: 1, ..candidate(2, 1) }, second]).unwrap()
}

#[test]
fn the_published_pool_is_repeated_byte_by_byte() {
    let pool = published();
    let hex: String = pool.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, code_after(DOC, "pool ="));
    assert_eq!(pool.digest().to_string(), code_after(DOC, "pool digest ="));
    assert_eq!(Pool::from_bytes(&pool.to_bytes()), Ok(pool));
}

#[test]
fn people_that_are_not_a_pool_are_refused_with_the_reason() {
    let item = Item([1; 32]);
    let made = |change: &dyn Fn(&mut Candidate)| {
        let mut one = candidate(1, 1);
        change(&mut one);
        Pool::new(caps(), vec![one, candidate(2, 1)]).unwrap_err()
    };
    assert_eq!(made(&|c| c.item = Item([2; 32])), PoolError::Twice(Item([2; 32])));
    assert_eq!(made(&|c| c.class = 0), PoolError::ClassZero(item));
    assert_eq!(made(&|c| c.site = 1), PoolError::Site(item));
    assert_eq!(made(&|c| c.group = 1_000_001), PoolError::Group(item));
    assert_eq!(made(&|c| c.category = "x".repeat(65)), PoolError::Category(item));
    assert_eq!(made(&|c| c.category = "a\nb".to_owned()), PoolError::Category(item));
    assert_eq!(made(&|c| c.held_since = date!(0000 - 12 - 31)), PoolError::Year(item));
}

#[test]
fn caps_that_are_no_places_are_refused_with_the_reason() {
    let refused = |caps: Vec<Cap>| match Pool::new(caps, Vec::new()).unwrap_err() {
        PoolError::Cap { at, problem } => (at, problem),
        other => panic!("{other}"),
    };
    let label = "a label has 1 to 64 bytes, no comma, no quote and no space at its ends";
    assert_eq!(refused(vec![cap("", None, None)]), (1, label));
    for foreign in ["a\0b", "a,b", "a\"b", " a"] {
        assert_eq!(refused(vec![cap(foreign, None, None)]), (1, label));
    }
    let twice = vec![cap("north", None, None), cap("north", None, None)];
    assert_eq!(refused(twice), (2, "its label is there before"));
    let inside_itself = vec![cap("north", Some(0), None)];
    assert_eq!(refused(inside_itself), (1, "the cap it lies in does not stand before it"));
    let demanding = vec![Cap { at_least: 1, ..cap("north", None, None) }];
    assert_eq!(refused(demanding), (1, "a holder demands nothing of a place"));
    assert_eq!(refused(vec![cap("north", None, Some(10_000_001))]), (1, "its places are out of bounds"));
    let categories = (0..=255_u16).map(|at| Candidate {
        item: Item([at.to_be_bytes(); 16].concat().try_into().unwrap()),
        category: format!("category {at}"),
        ..candidate(1, 1)
    });
    let categories: Vec<Candidate> = categories.collect();
    assert_eq!(Pool::new(caps(), categories.clone()).unwrap_err(), PoolError::Categories);
    let most = Pool::new(caps(), categories[1..].to_vec()).unwrap();
    assert_eq!(Pool::from_bytes(&most.to_bytes()), Ok(most));
    let many = (0..4_096).map(|at| cap(&at.to_string(), None, None)).collect();
    assert_eq!(Pool::new(many, Vec::new()).unwrap_err(), PoolError::Caps);
}

#[test]
fn bytes_that_are_not_a_pool_are_refused_with_the_place() {
    let whole = Pool::new(caps(), vec![candidate(1, 1), candidate(2, 1)]).unwrap().to_bytes();
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        change(&mut bytes);
        Pool::from_bytes(&bytes).unwrap_err()
    };
    // The magic, the number of caps, one cap with a label of five bytes; the number of categories, one of eleven bytes; the
    // number of people.
    let table = 17 + 2 + (1 + 5 + 2 + 4);
    let people = table + 1 + (1 + 11);
    let first = people + 4;
    assert_eq!(changed(&|b| b[0] = b'H'), PoolError::NotAPool);
    assert_eq!(changed(&|b| b[17] = 0xff), PoolError::Truncated { at: whole.len() });
    assert_eq!(changed(&|b| b[20] = 0xff), PoolError::Malformed { at: 19, field: "label" });
    assert_eq!(changed(&|b| b[people] = 0xff), PoolError::TooMany);
    assert_eq!(changed(&|b| b[people + 3] = 200), PoolError::Truncated { at: whole.len() });
    assert_eq!(changed(&|b| b.truncate(whole.len() - 1)), PoolError::Truncated { at: whole.len() - 1 });
    assert_eq!(changed(&|b| b.push(0)), PoolError::Trailing { at: whole.len() });
    assert_eq!(changed(&|b| b[first..first + 32].fill(3)), PoolError::OutOfOrder(Item([2; 32])));
    assert_eq!(changed(&|b| b[first..first + 32].fill(2)), PoolError::Twice(Item([2; 32])));
    assert_eq!(changed(&|b| b[first + 32] = 0), PoolError::ClassZero(Item([1; 32])));
    assert_eq!(changed(&|b| b[first + 33] = 0xff), PoolError::Malformed { at: first + 33, field: "date" });
    assert_eq!(changed(&|b| b[first + 34] = 0xff), PoolError::Malformed { at: first + 33, field: "date" });
    assert_eq!(changed(&|b| b[first + 42] = 1), PoolError::Site(Item([1; 32])));
    assert_eq!(changed(&|b| b[first + 43] = 1), PoolError::Malformed { at: first + 43, field: "category" });
    assert_eq!(changed(&|b| b[first + 44] = 2), PoolError::Malformed { at: first + 44, field: "mark" });
    // A table that names a category in which nobody counts, one twice, or two the wrong way round.
    let with = |b: &mut Vec<u8>, at: usize, label: &str| {
        b[table] += 1;
        b.splice(at..at, std::iter::once(label.len() as u8).chain(label.bytes()));
    };
    assert_eq!(changed(&|b| with(b, people, "women")), PoolError::CategoryTable(2));
    assert_eq!(changed(&|b| with(b, people, "ill-wounded")), PoolError::CategoryTable(2));
    assert_eq!(changed(&|b| with(b, table + 1, "a")), PoolError::CategoryTable(2));
    let two = [candidate(1, 1), Candidate { category: "a".to_owned(), ..candidate(2, 1) }];
    let mut turned = Pool::new(caps(), two.to_vec()).unwrap().to_bytes();
    turned[table + 1..table + 1 + 2 + 12].rotate_left(2);
    assert_eq!(Pool::from_bytes(&turned).unwrap_err(), PoolError::CategoryTable(1));
}

/// A message between two nodes has at most 16 MiB.
#[test]
fn so_many_people_fit_into_so_many_bytes() {
    let pool = Pool::new(caps(), vec![candidate(1, 1), candidate(2, 1)]).unwrap();
    let whole = pool.to_bytes().len();
    assert_eq!([whole - 1, whole, whole + 44, whole + 45].map(|bytes| pool.people_in(bytes)), [1, 2, 2, 3]);
    assert_eq!(pool.people_in(16 << 20), 372_825);
    assert_eq!(pool.people_in(10), 0);
}

/// A round of the example with these pools.
fn placed(pools: [Vec<Candidate>; 2]) -> Result<of_terms::Setting, SettingError> {
    placed_under(EXAMPLE, pools)
}

fn placed_under(text: &str, pools: [Vec<Candidate>; 2]) -> Result<of_terms::Setting, SettingError> {
    let terms = Terms::parse(text).unwrap();
    let pools = pools.map(|people| Pool::new(published().caps().to_vec(), people).unwrap());
    setting(&terms, &terms.rounds[0], [&pools[0], &pools[1]])
}

#[test]
fn a_round_is_read_off_the_terms_and_both_pools() {
    let held = vec![candidate(1, 2), candidate(2, 1), candidate(3, 1)];
    let read = placed([held, vec![candidate(4, 1)]]).unwrap();
    let caps: Vec<_> =
        read.rules.sides[0].caps.iter().map(|cap| (cap.id.as_str(), cap.within, cap.at_most)).collect();
    let declared = [("bus", Some(0), Some(2)), ("north", Some(1), None), ("північ", Some(0), Some(0))];
    assert_eq!(caps, [[("round", None, Some(133))].as_slice(), &declared].concat());
    let people: Vec<_> =
        read.people.rows().iter().map(|person| (person.side, person.site, person.class)).collect();
    assert_eq!(people, [(0, 1, 2), (0, 1, 1), (0, 1, 1), (1, 1, 1)]);
    // From 20 May 2022 to the day of the round, 9 June 2025.
    assert!(read.people.rows().iter().all(|person| person.held == 1_116));
    assert_eq!(Level::of(&read.rules).len(), 1 + 1 + usize::from(read.rules.classes) + 1 + 2);
    let selected = select(&read.rules, &read.people, &[7; 32]).unwrap();
    assert_eq!(selected.chosen, [1, 2, 3], "the bus of a side has two places");
}

#[test]
fn a_pool_that_the_terms_do_not_admit_is_refused() {
    let refused = |one: Candidate| placed([vec![one], Vec::new()]).unwrap_err().to_string();
    let item = Item([1; 32]);
    let long_held = Candidate { category: "long-held".to_owned(), ..candidate(1, 1) };
    assert_eq!(refused(long_held), format!("item {item}: the round does not admit the category"));
    assert_eq!(refused(candidate(1, 64)), format!("item {item}: no such class"));
    let of_both = placed([vec![candidate(1, 1)], vec![candidate(1, 1)]]).unwrap_err().to_string();
    assert_eq!(of_both, format!("item {item} is there twice"));
}

/// Whom the other side asks for by name goes before every class, where the order says so; elsewhere the mark is refused.
#[test]
fn whom_the_other_side_asks_for_goes_first_where_the_order_begins_with_it() {
    let order = "order = [\"medical-group\"";
    let text = EXAMPLE.replacen(order, "order = [\"requested\", \"medical-group\"", 1);
    let pools = |requested| {
        let asked = Candidate { requested, ..candidate(9, 4) };
        [vec![candidate(1, 1), candidate(2, 1), asked], Vec::new()]
    };
    let chosen = |requested| {
        let read = placed_under(&text, pools(requested)).unwrap();
        select(&read.rules, &read.people, &[7; 32]).unwrap().chosen
    };
    assert_eq!(chosen(false), [0, 1], "the bus has two places");
    assert!(chosen(true).contains(&2) && chosen(true).len() == 2, "{:?}", chosen(true));
    assert_eq!(placed(pools(true)), Err(SettingError::Requested(Item([9; 32]))));
}

#[test]
fn what_stands_against_a_category_its_quota_and_groups_are_read_off_the_terms() {
    let ill = "id = \"ill-wounded\"\n";
    let text = EXAMPLE
        .replacen("all_for_all = true", "all_for_all = false\nagainst = \"one-for-one\"", 1)
        .replacen("overrides_at_most = 2", "overrides_at_most = 2\nkept_together = \"last\"", 1)
        .replacen(
            "[[rounds]]",
            "[[rounds]]\nquotas = [{ category = \"ill-wounded\", at_most = { belmar = 1 } }]",
            1,
        );
    assert!(EXAMPLE.contains(ill) && text.contains("one-for-one") && text.contains("kept_together"));
    let pair = |item: u8, class: u8| Candidate { group: 1, ..candidate(item, class) };
    let first = vec![candidate(1, 1), candidate(2, 1)];
    let read = placed_under(&text, [first.clone(), vec![candidate(3, 1), candidate(4, 2)]]).unwrap();
    let category = &read.rules.categories[0];
    assert_eq!((category.against, category.at_most), (joint::Against::OneForOne, [None, Some(1)]));
    let selected = select(&read.rules, &read.people, &[7; 32]).unwrap();
    assert_eq!(selected.chosen.len(), 2, "one of each side");
    // Both sides number their groups from 1; a group has the class of its last member, and goes or stays as one.
    let groups = [vec![pair(1, 1), pair(2, 2)], vec![pair(3, 1), pair(4, 2)]];
    let read = placed_under(&text, groups.clone()).unwrap();
    let rows: Vec<_> = read.people.rows().iter().map(|person| (person.group, person.class)).collect();
    assert_eq!(rows, [(1, 2), (1, 2), (2, 2), (2, 2)]);
    assert!(select(&read.rules, &read.people, &[7; 32]).unwrap().chosen.is_empty(), "a pair does not fit");
    let refused = placed(groups).unwrap_err().to_string();
    assert_eq!(refused, format!("item {}: the terms keep nobody together", Item([1; 32])));
}
