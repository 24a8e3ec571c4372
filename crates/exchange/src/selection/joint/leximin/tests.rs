use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::tests::{SEED, cases, every_lawful, small};
use super::super::*;
use super::tableau::most;
use super::wide::Wide;
use crate::ids::{Item, Party};

/// A small round without groups: as invented; without lower bounds and all held as long; and, three times in five, with one
/// class and no ratio besides, so that many are alike and much is left to chance.
fn alike() -> impl Strategy<Value = (Rules, Vec<Person>)> {
    (small(), 0..5_u8).prop_map(|((mut rules, rows), as_invented)| {
        if as_invented > 0 {
            rules.sides.iter_mut().flat_map(|side| &mut side.caps).for_each(|cap| cap.at_least = 0);
            rules.categories.iter_mut().for_each(|category| category.at_least = [0; 2]);
        }
        let alone = |one| Person { group: 0, requested: false, ..one };
        let plain = |one: Person| match as_invented {
            0 => alone(one),
            1 => Person { held: 1, ..alone(one) },
            _ => Person { held: 1, class: 1, category: one.category % 2, ..alone(one) },
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
    let share = |kind: &Key, roll: usize| Fraction::new(counts[roll][kind], sizes[kind]);
    // Columns: the weight of each roll, the smallest chance, and what each kind has above it.
    let program = |fixed: &BTreeMap<Key, Fraction>, least: Option<Fraction>, of: Option<&Key>| -> Fraction {
        let (rolls, kinds) = (counts.len(), sizes.len());
        let mut rows = vec![vec![Fraction::ZERO; rolls + 1 + kinds]; 1 + kinds];
        let mut right = vec![Fraction::ONE];
        rows[0][..rolls].fill(Fraction::ONE);
        let less_one = Fraction::new(-1_i128, 1_u32);
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
            Fraction::new(sent.sum::<i128>(), all * i128::from(*size))
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
            let floor = expected.floor().small().unwrap();
            prop_assert!(went == floor || went == floor + i128::from(!expected.is_whole()));
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

/// A round of invented places: `sites` of each side with their most, people by (side, site, category, how many).
fn round(
    sites: [&[u32]; 2],
    categories: Vec<CategoryRule>,
    people: &[(u8, u16, u8, u32)],
) -> (Rules, People) {
    let side = |party, most: &[u32]| {
        let cap = |id: String, within, at_most| Cap { id, within, at_least: 0, at_most };
        let site = |(at, most): (usize, &u32)| cap(format!("site {at}"), Some(0), Some(*most));
        let caps =
            std::iter::once(cap("round".to_owned(), None, None)).chain(most.iter().enumerate().map(site));
        SidePlaces { party: Party::new(party).unwrap(), caps: caps.collect() }
    };
    let rules = Rules {
        agreement: "0123456789abcdef0123456789abcdef".to_owned(),
        sides: [side("aronia", sites[0]), side("belmar", sites[1])],
        categories,
        objective: Objective::PriorityFirst,
        classes: 1,
        group_class: GroupClass::First,
        balance: None,
        chances: crate::selection::joint::ChanceRule::Lots,
    };
    let officers = rules.categories.iter().position(|one| one.id == "officers");
    let mut rows: Vec<Person> = Vec::new();
    for &(side, site, category, count) in people {
        for _ in 0..count {
            let mut item = [0; 32];
            item[..8].copy_from_slice(&(rows.len() as u64 + 1).to_be_bytes());
            let requested = Some(usize::from(category)) == officers;
            rows.push(Person {
                item: Item(item),
                side,
                site,
                category,
                class: 1,
                held: 0,
                requested,
                group: 0,
            });
        }
    }
    let people = People::new(&rules, rows).unwrap();
    (rules, people)
}

fn category(id: &str, against: Against, at_least: [u32; 2], at_most: [Option<u32>; 2]) -> CategoryRule {
    CategoryRule { id: id.to_owned(), against, at_least, at_most }
}

/// Both sides, one for one, all for all, and a ratio whose units the levels decide.
fn mixed() -> (Rules, People) {
    let categories = vec![
        category("sick", Against::AllForAll, [2, 0], [Some(4), Some(3)]),
        category("privates", Against::OneForOne, [0; 2], [None; 2]),
        category("sailors", Against::OneForOne, [1, 0], [Some(5), None]),
        category("officers", Against::Ratio([2, 1]), [0; 2], [None; 2]),
    ];
    let first =
        [(0, 1, 0, 7), (0, 1, 1, 20), (0, 2, 1, 3), (0, 2, 2, 9), (0, 3, 2, 4), (0, 3, 0, 2), (0, 1, 3, 5)];
    let second = [(1, 1, 0, 4), (1, 1, 1, 6), (1, 2, 1, 17), (1, 2, 2, 8), (1, 3, 2, 2), (1, 2, 3, 1)];
    round([&[7, 6, 4], &[5, 8, 2]], categories, &[&first[..], &second[..]].concat())
}

/// Three sites and three categories, ten of each: 99 people are where they are many, and one in each site has the next
/// category. If one of the three goes all three do, each in the place of one of the 99.
fn three_in_a_ring() -> (Rules, People) {
    let ten = |id| category(id, Against::AllForAll, [10, 0], [Some(10), Some(0)]);
    let many = [(0, 1, 0, 99), (0, 2, 1, 99), (0, 3, 2, 99)];
    let few = [(0, 1, 1, 1), (0, 2, 2, 1), (0, 3, 0, 1)];
    round([&[10; 3], &[0]], ["sick", "privates", "sailors"].map(ten).to_vec(), &[many, few].concat())
}

fn seed(number: u64) -> [u8; 32] {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_be_bytes());
    seed
}

/// As in Flanigan, Gölz, Gupta, Hennig, Procaccia (Nature 2021): where lower bounds bind, an order can leave people next to no
/// chance that could have the same as all others. By lots alone the three few go in about one roll of two hundred.
#[test]
fn lower_bounds_take_chances_by_lot_and_leximin_gives_them_back() {
    let (rules, people) = three_in_a_ring();
    let few = |chosen: &[usize]| {
        let of = |at: &&usize| {
            usize::from(people.rows()[**at].category) + 1 != usize::from(people.rows()[**at].site)
        };
        chosen.iter().filter(of).count()
    };
    let (mut by_lot, mut by_chance) = (0, 0);
    for number in 0..200 {
        let found = leximin(&rules, &people, &seed(number)).unwrap();
        assert!(
            found.types.iter().all(|kind| kind.chance == Fraction::new(1_u32, 10_u32)),
            "{:?}",
            found.types
        );
        assert!([0, 3].contains(&few(&found.chosen)) && found.chosen.len() == 30);
        by_chance += few(&found.chosen) / 3;
        by_lot += few(&select(&rules, &people, &seed(number)).unwrap().chosen) / 3;
    }
    assert!(by_lot <= 4, "{by_lot}");
    assert!((10..=32).contains(&by_chance), "{by_chance}");
}

/// How far so many hits lie from a chance, squared and over the variance: above 15 in one of 9,000 fair series.
fn off(hits: i128, draws: i128, chance: Fraction) -> f64 {
    let chance = f64::from(chance.millionths()) / 1e6;
    let apart = hits as f64 - draws as f64 * chance;
    apart * apart / (draws as f64 * chance * (1.0 - chance))
}

/// Three sites and three categories, all full, people of every kind: one part with nine broken numbers and many circles.
fn crossed() -> (Rules, People) {
    let up_to = |id, most| category(id, Against::AllForAll, [0; 2], [Some(most), Some(0)]);
    let categories = vec![up_to("sick", 8), up_to("privates", 9), up_to("sailors", 10)];
    let kind = |at: u16| (0, 1 + at / 3, (at % 3) as u8, [13, 40, 7, 3, 25, 60, 31, 2, 17][usize::from(at)]);
    round([&[7, 9, 11], &[0]], categories, &(0..9).map(kind).collect::<Vec<_>>())
}

/// Over many seeds each kind sends its upper whole number as often as what it expects is above the lower one.
#[test]
fn draws_have_the_chances_that_are_stated() {
    for ((rules, people), broken_least) in [(mixed(), 4), (crossed(), 7)] {
        let (before, units) = super::before::before_the_lot(&rules, &people).unwrap();
        let face = super::face::Face::of(&rules, &people, &before.prices, &units);
        let expected = super::fill::fill(&face).unwrap().expected;
        let flows = face.flows(&rules, people.rows().len(), &expected).unwrap();
        let mut upper = vec![0_i128; expected.len()];
        let draws = 3_000;
        for number in 0..draws {
            let seed = seed(number as u64);
            let mut coins = super::Coins::new(&rules.agreement, &seed);
            let went = super::draw(&face, flows.clone(), &mut coins).unwrap();
            for ((hits, went), expected) in upper.iter_mut().zip(went).zip(&expected) {
                *hits += i128::from(went) - expected.floor().small().unwrap();
            }
        }
        let broken: Vec<usize> = (0..expected.len()).filter(|&at| !expected[at].is_whole()).collect();
        assert!(broken.len() >= broken_least, "{expected:?}");
        for at in broken {
            let chance = expected[at].minus(Fraction::new(expected[at].floor(), 1_u32)).unwrap();
            assert!(off(upper[at], draws, chance) < 15.0, "{at}: {} of {draws} against {chance}", upper[at]);
            // Eight in a hundred draws more than there should be would show.
            assert!(off(upper[at] + draws * 8 / 100, draws, chance) > 15.0);
        }
    }
}

/// What each fault in stated chances is told as: what is changed, and the fault.
#[test]
fn changed_chances_are_refused_each_with_its_fault() {
    type Change = fn(&mut Chances);
    let (rules, people) = mixed();
    let found = leximin(&rules, &people, &SEED).unwrap();
    assert_eq!(check_leximin(&rules, &people, &SEED, &found), Ok(()));
    assert!(found.cuts.len() >= 3 && found.before.otherwise.len() == 1);
    let cases: [(&str, Change, &str); 16] = [
        ("a roll out of order", |c| c.chosen.reverse(), "Roll"),
        ("somebody who is not there", |c| c.chosen.push(9_999), "Roll"),
        ("somebody left out", |c| c.chosen.truncate(c.chosen.len() - 1), "Check("),
        ("nobody at all", |c| c.chosen.clear(), "Check("),
        ("a price too few", |c| c.before.prices.truncate(3), "Check(Prices"),
        ("a price changed", |c| c.before.prices[3][2] += 1, "NotBest"),
        ("no proof of the units", |c| c.before.otherwise.clear(), "Units"),
        ("a type left out", |c| c.types.truncate(c.types.len() - 1), "Types"),
        ("one person more", |c| c.types[0].people += 1, "Types(0"),
        ("another class", |c| c.types[1].class = 2, "Types(1"),
        ("a chance that is not the expected number's", |c| c.types[0].chance = Fraction::ONE, "Types(0"),
        ("no cut", |c| c.cuts.clear(), "HeldDown"),
        ("cuts from the largest", |c| c.cuts.reverse(), "Cut("),
        ("a cut's chance raised", |c| c.cuts[0].chance = c.cuts[1].chance, "Cut("),
        ("a node that is not there", |c| c.cuts[0].inside.push(9_999), "Cut(0"),
        ("more went", |c| c.types[0].went += 1, "Drawn"),
    ];
    for (name, change, fault) in cases {
        let mut changed = found.clone();
        change(&mut changed);
        assert_ne!(changed, found, "{name}");
        let said = format!("{:?}", check_leximin(&rules, &people, &SEED, &changed));
        assert!(said.starts_with(&format!("Err({fault}")), "{name}: {said}");
    }
    assert_eq!(check_leximin(&rules, &people, &seed(1), &found), Err(LeximinFault::Drawn));
}

/// Lotteries that are not leximin, or are none, and a roll with another of the same kind.
#[test]
fn other_lotteries_and_other_people_are_refused() {
    let (rules, people) = mixed();
    let found = leximin(&rules, &people, &SEED).unwrap();
    let with = |expected: &dyn Fn(usize, &TypeChance) -> Fraction| {
        let mut other = found.clone();
        for (at, kind) in other.types.iter_mut().enumerate() {
            kind.places_expected = expected(at, &found.types[at]);
            kind.chance = kind.places_expected.divided(kind.people).unwrap();
        }
        other
    };
    let fault = |chances: &Chances| check_leximin(&rules, &people, &SEED, chances).unwrap_err();
    // The roll itself, for certain: a lottery, and not the fairest.
    let certain = with(&|_, kind| kind.went.into());
    assert!(matches!(fault(&certain), LeximinFault::Cut(_)));
    assert!(matches!(fault(&Chances { cuts: Vec::new(), ..certain }), LeximinFault::HeldDown(_)));
    let half = Fraction::new(1_u32, 2_u32);
    let (more, less) = (|f: Fraction| f.plus(half).unwrap(), |f: Fraction| f.minus(half).unwrap());
    let moved = |to: Fraction, at: usize, kind: &TypeChance| if at == 0 { to } else { kind.places_expected };
    for to in [more(found.types[0].places_expected), less(Fraction::ZERO)] {
        assert_eq!(fault(&with(&|at, kind| moved(to, at, kind))), LeximinFault::NoLottery);
    }
    let open = |kind: &&TypeChance| 0 < kind.went && kind.went < kind.people;
    let kind = found.types.iter().find(open).unwrap();
    let of = |at: &usize| {
        let one = &people.rows()[*at];
        (one.side, one.site, one.category) == (kind.side, kind.site, kind.category)
    };
    let goes = found.chosen.iter().copied().find(of).unwrap();
    let stays = (0..people.rows().len()).filter(of).find(|at| !found.chosen.contains(at)).unwrap();
    let mut swapped = found.clone();
    swapped.chosen.iter_mut().filter(|at| **at == goes).for_each(|at| *at = stays);
    swapped.chosen.sort_unstable();
    assert_eq!(fault(&swapped), LeximinFault::Drawn);
}

#[test]
fn groups_and_open_units_are_refused() {
    let (rules, people) = mixed();
    let grouped = |number| {
        let rows = people.rows().iter().enumerate();
        let rows = rows.map(|(at, one)| Person { group: if at < 2 { number } else { 0 }, ..*one });
        People::new(&rules, rows.collect()).unwrap()
    };
    assert_eq!(leximin(&rules, &grouped(5), &SEED), Err(LeximinError::Group(5)));
    let found = leximin(&rules, &people, &SEED).unwrap();
    assert_eq!(check_leximin(&rules, &grouped(5), &SEED, &found), Err(LeximinFault::Group(5)));
    // Nobody is asked for, so that two officers for one are worth as much as others in their places.
    let rows = people.rows().iter().map(|one| Person { requested: false, ..*one }).collect();
    let plain = People::new(&rules, rows).unwrap();
    assert_eq!(leximin(&rules, &plain, &SEED), Err(LeximinError::Units { category: 3 }));
}

/// A coin that anybody can toss: the first 64 for one of three, and how often a coin of a large number falls.
#[test]
fn coins_fall_as_the_hash_says() {
    let mut coins = super::Coins::new("0123456789abcdef0123456789abcdef", &SEED);
    let falls: String =
        (0..64).map(|_| if coins.falls(1_u32.into(), 3_u32.into()) { '1' } else { '0' }).collect();
    assert_eq!(falls, "0000011100001111001000100011011010100001000011111100100000001110");
    let large = |by: u32| Wide::from(by).times(Wide::ONE.raised(400)).unwrap();
    for (favours, all) in [(1_u32.into(), 3_u32.into()), (large(1), large(3)), (2_u32.into(), 6_u32.into())] {
        let fallen = (0..9_000).filter(|_| coins.falls(favours, all)).count();
        assert!((2_850..=3_150).contains(&fallen), "{fallen}");
    }
    assert!(coins.falls(Wide::ONE, Wide::ONE) && !coins.falls(Wide::ZERO, Wide::ONE));
}

proptest! {
    #[test]
    fn wide_numbers_count_as_narrow_ones_do(a in any::<i64>(), b in any::<i64>(), c in 1..u64::MAX, shift in 0..700_u32) {
        let (a, b, c) = (i128::from(a), i128::from(b), i128::from(c));
        let wide = |number: i128| Wide::from(number);
        prop_assert_eq!(wide(a).plus(wide(b)).unwrap(), wide(a + b));
        prop_assert_eq!(wide(a).minus(wide(b)).unwrap(), wide(a - b));
        prop_assert_eq!(wide(a).times(wide(b)).unwrap(), wide(a * b));
        prop_assert_eq!(wide(a).cmp(&wide(b)), a.cmp(&b));
        prop_assert_eq!(wide(a).to_string(), a.to_string());
        prop_assert_eq!(wide(a).divided(wide(c)), (wide(a / c), wide(a % c)));
        // And where words are many: what was multiplied divides again, with what was added left over.
        let far = wide(c).times(Wide::ONE.raised(shift)).unwrap();
        let left = wide(b.abs() % c);
        let whole = wide(a).times(far).unwrap().times(far.divided(far).0).unwrap();
        prop_assert_eq!(whole.amount().plus(left).unwrap().divided(far), (wide(a.abs()), left));
        prop_assert_eq!(whole.amount().lowered(shift), wide(a.abs() * c));
        prop_assert_eq!(wide(a).times(far).unwrap().cmp(&wide(b).times(far).unwrap()), a.cmp(&b));
        let (x, y) = (Fraction::new(a, c), Fraction::new(b, c));
        prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        prop_assert_eq!(x.plus(y).unwrap().minus(y).unwrap(), x);
        prop_assert_eq!(x.floor(), wide(a.div_euclid(c)));
    }
}

#[test]
fn a_number_that_does_not_fit_is_refused() {
    let large = Wide::ONE.raised(1_021);
    assert_eq!(large.plus(large), Err(TooFine));
    assert_eq!(large.times(2_u32.into()), Err(TooFine));
    assert_eq!((-large).minus(large).and_then(|sum| sum.minus(large)), Err(TooFine));
    assert_eq!(large.bits(), 1_022);
    assert_eq!(large.minus(Wide::ONE).unwrap().plus(Wide::ONE), Ok(large));
    assert_eq!(Fraction::new(1_u32, large).divided(3_u32), Err(TooFine));
    assert_eq!(Fraction::new(large.minus(Wide::ONE).unwrap(), large).millionths(), 999_999);
}

/// A round of so many sites and categories on one side, everybody in it held as long and in one class.
fn all_open(sites: u16, categories: u8) -> (Rules, People) {
    let places: Vec<u32> =
        (0..sites).map(|at| 1 + u32::from(at) * 37 % (3 * u32::from(categories))).collect();
    let some = |at: u8| {
        let (least, most) = (u32::from(sites) / 2, u32::from(sites) + u32::from(at % 3));
        category(&format!("category {at}"), Against::AllForAll, [least, 0], [Some(most), Some(0)])
    };
    let of = |site: u16, at: u8| (0, site + 1, at, 2 + (u32::from(site) * 7 + u32::from(at) * 11) % 9);
    let people: Vec<(u8, u16, u8, u32)> =
        (0..sites).flat_map(|site| (0..categories).map(move |at| of(site, at))).collect();
    round([&places, &[0]], (0..categories).map(some).collect(), &people)
}

#[test]
fn more_than_can_be_worked_out_in_reasonable_time_is_refused() {
    let page = include_str!("../../../../../../docs/formats/chances.md");
    assert!(page.contains("more than 2,000,000") && OPEN_MAX == 2_000_000);
    let (rules, people) = all_open(80, 16);
    let found = leximin(&rules, &people, &SEED).unwrap();
    assert_eq!(check_leximin(&rules, &people, &SEED, &found), Ok(()));
    assert!(found.types.iter().filter(|one| one.chance != Fraction::ONE).count() > 1_000);

    let (rules, people) = all_open(90, 16);
    let refused = leximin(&rules, &people, &SEED).unwrap_err();
    let too_many = |error: &RulesError| {
        matches!(error, RulesError::TooMany { found: 2_000_001..3_000_000, most: OPEN_MAX, .. })
    };
    let LeximinError::Select(SelectError::Rules(why)) = &refused else { panic!("{refused}") };
    assert!(too_many(why) && refused.to_string().contains("left to chance"), "{refused}");
    // Nor are such chances checked.
    let (before, _) = super::before::before_the_lot(&rules, &people).unwrap();
    let chosen = select(&rules, &people, &SEED).unwrap().chosen;
    let stated = Chances { types: Vec::new(), before, cuts: Vec::new(), chosen };
    match check_leximin(&rules, &people, &SEED, &stated) {
        Err(LeximinFault::Check(CheckError::Rules(why))) => assert!(too_many(&why), "{why}"),
        other => panic!("{other:?}"),
    }
}
