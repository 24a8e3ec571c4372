//! Small lists of people who are easily taken for one another.

use linkage::decided::Decided;
use linkage::explain::explain;
use linkage::forms::Role;
use linkage::link::{LINK_BITS, Linked, Task, link};
use linkage::table::{Kind, Table};

const KINDS: [Kind; 6] = [
    Kind::Name(Role::Surname),
    Kind::Name(Role::Given),
    Kind::Name(Role::Patronymic),
    Kind::Birth,
    Kind::Number,
    Kind::Words,
];

const PARTS: [&str; 12] =
    ["бар", "вел", "гон", "дуб", "жур", "зар", "кав", "лев", "мор", "нос", "пав", "рог"];
const FATHERS: [&str; 6] =
    ["Іванович", "Степанович", "Сергійович", "Миколайович", "Олександрович", "Васильович"];

type Record = ([&'static str; 3], [&'static str; 3]);

/// A table that was linked.
struct Run {
    table: Table,
    task: Task,
    found: Linked,
}

impl Run {
    /// Links these records among sixty others.
    fn new(records: &[Record], task: Task) -> Self {
        const GIVEN: [&str; 7] = ["Андрій", "Микола", "Степан", "Василь", "Роман", "Тарас", "Олег"];
        let mut table = Table::new(&KINDS);
        records.iter().for_each(|(name, cells)| table.push("list", *name, cells));
        for man in 0..60_usize {
            let surname = format!("{}{}ій", PARTS[man % 12], PARTS[(man / 12 * 5 + man) % 12]);
            let born = format!("{}-{:02}-{:02}", 1965 + man * 7 % 38, 1 + man % 12, 2 + man * 5 % 27);
            let cells = [born.as_str(), "", ["Ромни", "Гайворон", "Сокиряни"][man % 3]];
            table.push("list", [&surname, GIVEN[man % 7], "Іванович"], &cells);
        }
        table.settle();
        let found = link(&table, &task);
        Self { table, task, found }
    }

    fn row(&self, came: usize) -> u32 {
        self.table.came.iter().position(|at| *at as usize == came).unwrap_or(0) as u32
    }

    /// How likely two records, by place, are of one person.
    fn probability(&self, one: usize, other: usize) -> f64 {
        let (one, other) = (self.row(one), self.row(other));
        let both = (one.min(other), one.max(other));
        let likely = self.found.likely(&self.table, &self.task, 0.0);
        likely.iter().find(|pair| (pair.one, pair.other) == both).map_or(0.0, |pair| pair.probability)
    }
}

#[test]
fn who_fits_two_people_is_linked_with_neither() {
    let check = |what: &str, records: [Record; 3]| {
        let run = Run::new(&records, Task::default());
        let of = [run.probability(0, 2), run.probability(1, 2)];
        assert!(of.iter().all(|of| (0.05..0.99).contains(of)), "{what}: {of:?}");
        let people = run.found.people(&run.table, &run.task, LINK_BITS);
        let person = |came: usize| people.of[run.row(came) as usize];
        assert!(person(2) != person(0) && person(2) != person(1), "{what}");
    };
    let twin = |given: &'static str| (["Попов", given, "Сергійович"], ["1990-05-06", "", "Яснобор"]);
    check("twins and a card with initials", [twin("Дмитро"), twin("Денис"), twin("Д.")]);
    check("twins and a card with no given name", [twin("Дмитро"), twin("Денис"), twin("")]);
    let man = |born: &'static str| (["Панченко", "Василь", "Васильович"], [born, "", "Яснобор"]);
    check("father and son", [man("1962-03-04"), man("1988-11-12"), man("")]);
    // Two relatives report one man: no rivals.
    let run = Run::new(&[twin("Дмитро"), twin("Дмитро"), twin("Дмитро")], Task::default());
    assert!(run.probability(0, 2) >= 0.99 && run.probability(1, 2) >= 0.99);
    // Whoever fits one much better is linked with him.
    let run = Run::new(&[twin("Дмитро"), twin("Денис"), twin("Діма")], Task::default());
    assert!(run.probability(0, 2) >= 0.99 && run.probability(1, 2) < 0.9);
}

#[test]
fn two_cards_that_fit_two_men_may_be_of_one_each() {
    type Cells = [&'static str; 3];
    let twin = |given: &'static str, cells: Cells| (["Попов", given, "Сергійович"], cells);
    let check = |what: &str, men: &[Record], card: Record, linked: bool| {
        let records: Vec<Record> = [men, &[card, card]].concat();
        let of = Run::new(&records, Task::default()).probability(men.len(), men.len() + 1);
        assert_eq!(of >= 0.99, linked, "{what}: {of}");
    };
    let born = ["1990-05-06", "", "Яснобор"];
    let twins = [twin("Дмитро", born), twin("Денис", born)];
    check("initials of twins", &twins, twin("Д.", born), false);
    check("no given name of twins", &twins, twin("", born), false);
    check(
        "initials, and another reports of one twin",
        &[twins[0], twins[0], twins[1]],
        twin("Д.", born),
        false,
    );
    let man = |born: &'static str| (["Панченко", "Василь", "Васильович"], [born, "", "Яснобор"]);
    check("no date, of father and son", &[man("1962-03-04"), man("1988-11-12")], man(""), false);
    check("no date, of namesakes", &[man("1984-03-04"), man("1988-11-12")], man(""), false);
    check("of one man", &twins[..1], twin("Д.", born), true);
    check("of one twin, by the name", &twins, twin("Дмитро", born), true);
    check("of one twin, by his name at home", &twins, twin("Діма", born), true);
    check("a number that neither twin is known by", &twins, twin("Д.", ["1990-05-06", "4863383", ""]), true);
}

#[test]
fn an_initial_is_of_the_name_in_either_language() {
    let man = |given: &'static str| (["Хмара", given, "Іванович"], ["1994-05-12", "", "Яснобор"]);
    let card = (["Хмара", "Н.", "И."], ["1994", "", "Яснобор"]);
    let run = Run::new(&[man("Микола"), man("Назар"), card], Task::default());
    let of = [run.probability(0, 2), run.probability(1, 2)];
    assert!(of.iter().all(|of| (0.4..0.99).contains(of)), "both may be meant: {of:?}");
    let run = Run::new(&[man("Микола"), man("Степан"), card], Task::default());
    let of = [run.probability(0, 2), run.probability(1, 2)];
    assert!(of[0] >= 0.99 && of[1] < 0.9, "one of them: {of:?}");
}

#[test]
fn an_initial_of_another_father_is_of_another_man() {
    let check = |father: &'static str, initial: &'static str, linked: bool| {
        let man = |father| (["Загороднюк", "Степан", father], ["1990-05-06", "", "Яснобор"]);
        let of = Run::new(&[man(father), man(initial)], Task::default()).probability(0, 1);
        assert_eq!(of >= 0.99, linked, "{father} {initial}: {of}");
    };
    check("Іванович", "П.", false);
    check("Іванович", "И.", true);
    check("Миколайович", "Н.", true);
    check("Николаевич", "М.", true);
    check("Олексійович", "А.", true);
}

#[test]
fn what_was_decided_of_one_rival_takes_nothing_from_another() {
    let twin = |given: &'static str| (["Попов", given, "Сергійович"], ["1990-05-06", "", "Яснобор"]);
    let records = [twin("Петро"), twin("Павло"), twin("П."), twin("Павло")];
    let before = Run::new(&records, Task::default());
    assert!(before.probability(1, 3) >= 0.99, "{}", before.probability(1, 3));
    let decided = Decided::new(&[(before.row(0), before.row(2))], &[(before.row(1), before.row(2))]).unwrap();
    let run = Run::new(&records, Task { decided, ..Task::default() });
    assert!(run.probability(1, 3) >= 0.99, "{}", run.probability(1, 3));
}

#[test]
fn a_far_fetched_rival_lets_a_good_pair_stand() {
    // The right list names everyone once but for one man, who is entered twice, and has somebody else of his surname.
    let man = (["Загороднюк", "Степан", "Петрович"], ["1990-05-06", "", "Яснобор"]);
    let other = (["Загороднюк", "", ""], ["1990", "", ""]);
    let mut table = Table::new(&KINDS);
    let right = [man, man, other].map(|record| ("right", record));
    for (source, (name, cells)) in std::iter::once(("left", man)).chain(right) {
        table.push(source, name, &cells);
    }
    for man in 0..60_usize {
        let surname = format!("{}{}ій", PARTS[man % 12], PARTS[(man / 12 * 5 + man) % 12]);
        let born = format!("{}-{:02}-{:02}", 1965 + man * 7 % 38, 1 + man % 12, 2 + man * 5 % 27);
        table.push("right", [&surname, "Андрій", FATHERS[man % 6]], &[&born, "", ""]);
    }
    table.settle();
    let task = Task { once: vec![true, true], ..Task::default() };
    let found = link(&table, &task);
    let run = Run { table, task, found };
    let of = [1, 2, 3].map(|right| run.probability(0, right));
    assert!(of[0] >= 0.99 && of[1] >= 0.99 && of[2] > 0.0, "{of:?}");
}

#[test]
fn initials_never_say_more_than_the_name_they_may_stand_for() {
    // Per cent of men, roughly as in lists of our time.
    const GIVEN: [(&str, usize); 12] = [
        ("Олександр", 14),
        ("Сергій", 11),
        ("Володимир", 9),
        ("Андрій", 9),
        ("Микола", 8),
        ("Олег", 6),
        ("Віталій", 6),
        ("Іван", 5),
        ("Максим", 4),
        ("Олексій", 4),
        ("Роман", 3),
        ("Станіслав", 2),
    ];
    let given: Vec<&str> = GIVEN.iter().flat_map(|(name, of)| std::iter::repeat_n(*name, *of)).collect();
    for others in [60, 300, 3_000] {
        for (name, _) in GIVEN {
            let letter: String = name.chars().take(1).chain(['.']).collect();
            let mut table = Table::new(&KINDS);
            let cells = ["1990-05-06", "", ""];
            table.push("list", ["Загороднюк", name, "Степанович"], &cells);
            table.push("list", ["Загороднюк", name, "Степанович"], &cells);
            table.push("list", ["Загороднюк", &letter, "С."], &cells);
            for man in 0..others {
                let surname = format!("{}{}ій", PARTS[man % 12], PARTS[(man / 12 * 5 + man) % 12]);
                let born = format!("{}-{:02}-{:02}", 1965 + man * 7 % 38, 1 + man % 12, 2 + man * 5 % 27);
                let father = FATHERS[man / 7 % FATHERS.len()];
                table.push("list", [&surname, given[man * 37 % given.len()], father], &[&born, "", ""]);
            }
            table.settle();
            let found = link(&table, &Task::default());
            let row = |came: u32| table.came.iter().position(|at| *at == came).unwrap_or(0) as u32;
            let bits = |one: u32, other: u32| {
                explain(&table, &found.weights, row(one).min(row(other)), row(one).max(row(other))).bits
            };
            assert!(bits(0, 1) > bits(0, 2), "{name} among {others}: {} {}", bits(0, 1), bits(0, 2));
        }
    }
}

#[test]
fn what_says_little_weighs_little() {
    let check = |what: &str, records: [Record; 2], expected: std::ops::RangeInclusive<f64>| {
        let of = Run::new(&records, Task::default()).probability(0, 1);
        assert!(expected.contains(&of), "{what}: {of}, expected {expected:?}");
    };
    let nothing = ["", "", ""];
    check(
        "a number of two digits",
        [(["Кротевич", "Іван", ""], ["", "12", ""]), (["Лисенко", "Іван", ""], ["", "12", ""])],
        0.0..=0.9,
    );
    check(
        "nothing is known",
        [(["Невідомий", "Невідомий", ""], ["", "", "невідомо"]), (["невідомий", "невідомий", ""], nothing)],
        0.0..=0.05,
    );
    check(
        "two fathers",
        [
            (["Бойко", "Андрій", "Іванович"], ["1990", "", "Ромни"]),
            (["Бойко", "Андрей", "Степанович"], ["1990", "", "Ромны"]),
        ],
        0.0..=0.9,
    );
    check(
        "initials written together",
        [
            (["Загороднюк", "М.С.", ""], ["1990-05-06", "", ""]),
            (["Загороднюк", "Михайло", "Степанович"], ["1990-05-06", "", ""]),
        ],
        0.99..=1.0,
    );
    check(
        "initials of somebody else",
        [
            (["Загороднюк", "М.С.", ""], ["1990-05-06", "", ""]),
            (["Загороднюк", "Андрій", "Степанович"], ["1990-05-06", "", ""]),
        ],
        0.0..=0.9,
    );
    check(
        "a town in two languages",
        [(["Мороз", "Сергій", ""], ["1990", "", "Київ"]), (["Мороз", "Сергей", ""], ["1990", "", "Киев"])],
        0.99..=1.0,
    );
}

#[test]
fn a_day_that_was_filled_in_for_many_says_little() {
    let probability = |born: [&'static str; 2]| {
        let filled: Record = (["Гаврилець", "", ""], [born[0], "", ""]);
        let same: Record = (["Гаврилець", "", ""], [born[0], "", ""]);
        let others = ["Крук", "Жила", "Сич", "Гай", "Дуда", "Лоза", "Рак", "Пех"]
            .map(|surname| ([surname, "", ""], [born[1], "", ""]));
        let records: Vec<Record> = [filled, same].into_iter().chain(others).collect();
        Run::new(&records, Task::default()).probability(0, 1)
    };
    let (rare, common) =
        (probability(["1985-07-02", "1971-03-09"]), probability(["1985-07-02", "1985-07-02"]));
    assert!(rare > 0.9 && common < 0.5, "{rare} {common}");
}
