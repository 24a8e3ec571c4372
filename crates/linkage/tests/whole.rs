//! The whole job on small invented lists: the same answer in any order, bounded work on lists made to hurt, and no two people made
//! one who are not.

use std::collections::BTreeSet;

use linkage::forms::Role;
use linkage::link::{LINK_BITS, Task, link};
use linkage::table::{Kind, Table};
use proptest::prelude::*;

const KINDS: [Kind; 6] = [
    Kind::Name(Role::Surname),
    Kind::Name(Role::Given),
    Kind::Name(Role::Patronymic),
    Kind::Birth,
    Kind::Words,
    Kind::Code,
];

const SURNAMES: [&str; 12] = [
    "Мігда",
    "Шевченко",
    "Бондаренко",
    "Ткачук",
    "Коваль",
    "Олійник",
    "Поліщук",
    "Кравець",
    "Савчук",
    "Мельник",
    "Гнатюк",
    "Руденко",
];
const SURNAMES_RU: [&str; 12] = [
    "Мигда",
    "Шевченко",
    "Бондаренко",
    "Ткачук",
    "Коваль",
    "Олейник",
    "Полищук",
    "Кравец",
    "Савчук",
    "Мельник",
    "Гнатюк",
    "Руденко",
];
const GIVEN: [[&str; 3]; 6] = [
    ["Максим", "Максим", "Maksym"],
    ["Олександр", "Александр", "Oleksandr"],
    ["Микола", "Николай", "Mykola"],
    ["Дмитро", "Дмитрий", "Dmytro"],
    ["Сергій", "Сергей", "Serhii"],
    ["Юрій", "Юрий", "Yurii"],
];
const FATHERS: [[&str; 2]; 5] = [
    ["Олегович", "Олегович"],
    ["Іванович", "Иванович"],
    ["Миколайович", "Николаевич"],
    ["Сергійович", "Сергеевич"],
    ["Петрович", "Петрович"],
];
const PLACES: [&str; 5] = ["Полтава", "Хуст", "Ізюм", "Буча", "Узин"];

/// A record: source, name, date, place, unit.
type Row = (usize, [String; 3], String, String, String);

/// Records of `people` people, each once by the family and, for two of three, once by the captor.
fn list(people: u32) -> Vec<(u32, Row)> {
    let mut rows = Vec::new();
    for person in 0..people {
        let pick =
            |shift: u32, n: usize| (person.wrapping_mul(2_654_435_761).rotate_left(shift) >> 8) as usize % n;
        let (s, g, f, p) = (pick(3, 12), pick(9, 6), pick(15, 5), pick(21, 5));
        let born = format!("19{:02}-{:02}-{:02}", 60 + pick(5, 40), 1 + pick(11, 12), 2 + pick(17, 26));
        let unit = format!("А{:04}", pick(13, 900));
        let name = |surname: &str, given: &str, father: &str| [surname, given, father].map(str::to_owned);
        let by_family = (
            0,
            name(SURNAMES[s], GIVEN[g][0], FATHERS[f][0]),
            born.clone(),
            PLACES[p].to_owned(),
            unit.clone(),
        );
        rows.push((person, by_family));
        if person % 3 != 0 {
            let by_captor = (1, name(SURNAMES_RU[s], GIVEN[g][1], FATHERS[f][1]), born, String::new(), unit);
            rows.push((person, by_captor));
        }
    }
    rows
}

fn table(rows: &[(u32, Row)]) -> Table {
    let mut table = Table::new(&KINDS);
    for (_, (source, name, born, place, unit)) in rows {
        table.push(["family", "captor"][*source], [&name[0], &name[1], &name[2]], &[born, place, unit]);
    }
    table.settle();
    table
}

/// Pairs with their probabilities in billionths.
type Pairs = BTreeSet<(usize, usize, u64)>;
/// Records put together.
type People = BTreeSet<BTreeSet<usize>>;

/// What was found, by the records' places in the list they came from.
fn found(table: &Table, order: &[usize]) -> (Pairs, People) {
    let linked = link(table, &Task::default());
    let place = |row: u32| order[table.came[row as usize] as usize];
    let pairs = linked.likely(table, &Task::default(), 0.01).into_iter().map(|pair| {
        let (a, b) = (place(pair.one), place(pair.other));
        (a.min(b), a.max(b), (pair.probability * 1e9).round() as u64)
    });
    let people = linked.people(table, &Task::default(), LINK_BITS).groups();
    let people = people.into_iter().map(|group| group.into_iter().map(place).collect());
    (pairs.collect(), people.collect())
}

#[test]
fn people_are_found_across_ukrainian_and_russian_spelling() {
    let rows = list(1_200);
    let order: Vec<usize> = (0..rows.len()).collect();
    let (_, people) = found(&table(&rows), &order);
    let truth =
        |group: &BTreeSet<usize>| group.iter().all(|at| rows[*at].0 == rows[*group.first().unwrap()].0);
    let right = people.iter().filter(|group| truth(group)).count();
    assert!(right * 100 >= 97 * 800, "{right} of 800");
    assert!(people.len() - right <= 4, "{} of {} are of two people", people.len() - right, people.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The order in which records come changes nothing: neither a probability nor a person.
    #[test]
    fn any_order_gives_the_same_answer(seed in 1..u32::MAX) {
        let rows = list(150);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let straight = found(&table(&rows), &order);
        order.sort_by_key(|at| (*at as u32 + 1).wrapping_mul(seed | 1).rotate_left(7));
        let mixed: Vec<(u32, Row)> = order.iter().map(|at| rows[*at].clone()).collect();
        prop_assert_eq!(straight, found(&table(&mixed), &order));
    }
}

/// Pairs of a job in so many threads, to the bit.
fn in_threads(table: &Table, threads: usize) -> (u64, u64, Vec<(u32, u32, u32)>) {
    let linked = link(table, &Task { threads, ..Task::default() });
    let pairs =
        linked.pairs.iter().zip(&linked.bits).map(|(pair, bits)| (pair.one, pair.other, bits.to_bits()));
    (linked.met.pairs, linked.met.given_up, pairs.collect())
}

#[test]
fn any_number_of_threads_gives_the_same_answer() {
    // Keys that very many share, so that blocks are split and given up as well.
    let name = ["Шевченко", "Іван", "Іванович"].map(str::to_owned);
    let of_one_name = (0..400).map(|at| {
        let born = format!("1980-0{}-1{}", 1 + at % 9, at % 7);
        (5_000 + at, (0, name.clone(), born, "Полтава".to_owned(), "А1000".to_owned()))
    });
    let crowded: Vec<(u32, Row)> = list(900).into_iter().chain(of_one_name).collect();
    for table in [table(&list(900)), table(&crowded)] {
        let alone = in_threads(&table, 1);
        assert!(alone.2.len() > 500, "{} pairs", alone.2.len());
        for threads in [0, 2, 3, 7] {
            assert!(in_threads(&table, threads) == alone, "{threads} threads");
        }
    }
}

#[test]
fn two_records_of_a_list_that_names_everyone_once_are_two_people() {
    let mut table = Table::new(&KINDS);
    for _ in 0..2 {
        table.push("roll", ["Мігда", "Максим", "Олегович"], &["1987-11-15", "Хуст", "А1234"]);
    }
    list(300).iter().for_each(|(_, (_, name, born, place, unit))| {
        table.push("family", [&name[0], &name[1], &name[2]], &[born, place, unit]);
    });
    table.settle();
    let roll = table.source_names.iter().position(|name| name == "roll").unwrap();
    let is_roll = |row: u32| usize::from(table.sources[row as usize]) == roll;
    let linked = |once: bool| {
        let task = Task { once: vec![once && roll == 0, once && roll == 1], ..Task::default() };
        let likely = link(&table, &task).likely(&table, &task, 0.5);
        likely.iter().filter(|pair| is_roll(pair.one) && is_roll(pair.other)).count()
    };
    assert_eq!((linked(false), linked(true)), (1, 0));
}

#[test]
fn lists_made_to_hurt_are_done_in_bounded_work() {
    /// What is wrong with a list, and its rows.
    type Case = (&'static str, fn(usize) -> [String; 5]);
    let cases: [Case; 4] = [
        ("one name for all", |_| ["Шевченко", "Іван", "Іванович", "", ""].map(str::to_owned)),
        ("half the file on one key", |at| {
            let unit = if at % 2 == 0 { "А0001".to_owned() } else { format!("А{at}") };
            ["Шевченко".to_owned(), "Іван".to_owned(), format!("Петро{at}ович"), String::new(), unit]
        }),
        ("nothing at all", |_| Default::default()),
        ("very long cells", |at| {
            [
                format!("{}{at}", "я".repeat(100_000)),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
            ]
        }),
    ];
    for (what, row) in cases {
        let n = if what == "very long cells" { 50 } else { 30_000 };
        let mut table = Table::new(&KINDS);
        for at in 0..n {
            let [surname, given, father, born, unit] = row(at);
            table.push("list", [&surname, &given, &father], &[&born, "", &unit]);
        }
        table.settle();
        let linked = link(&table, &Task::default());
        assert!(linked.met.pairs < 200 * n as u64, "{what}: {} pairs met", linked.met.pairs);
    }
}

#[test]
fn a_number_without_a_digit_is_none() {
    let mut table = Table::new(&[Kind::Name(Role::Surname), Kind::Number]);
    table.push("roll", ["AHERNE", "WILLIAM", ""], &["Not Applicable"]);
    table.push("roll", ["AHERNE", "WILLIAM", "ROBERT"], &["NX-12345"]);
    table.settle();
    let filled = (0..2).filter(|row| table.cells(*row)[3] != 0).count();
    assert_eq!((filled, table.columns[0].filled), (1, 1));
}

#[test]
fn rare_surnames_stay_surnames_in_a_list_without_patronymics() {
    let mut table = Table::new(&[Kind::Name(Role::Surname), Kind::Name(Role::Given)]);
    for at in 0..3_000 {
        let surname: String =
            format!("{at:04}").bytes().map(|digit| char::from(b'k' + digit - b'0')).collect();
        table.push("list", [&format!("Ba{surname}enko"), GIVEN[at % 6][2], ""], &[]);
    }
    table.settle();
    assert_eq!(table.name_filled, [3_000, 3_000, 0]);
}
