//! Short lists: what a pair is worth does not hang on how many others happen to stand beside it.

use linkage::forms::Role;
use linkage::link::{Task, link};
use linkage::table::{Kind, Table};

const KINDS: [Kind; 6] = [
    Kind::Name(Role::Surname),
    Kind::Name(Role::Given),
    Kind::Name(Role::Patronymic),
    Kind::Birth,
    Kind::Number,
    Kind::Words,
];

/// From here on two records may be put together without a person’s eye.
const LINK: f64 = 0.99;
/// From here on a person looks.
const REVIEW: f64 = 0.05;

type Record = ([&'static str; 3], [&'static str; 3]);

/// How many others stand in each of the two lists; the half of each list is of people of the other.
const OTHERS: [usize; 5] = [2, 8, 20, 80, 400];

/// How likely two records are of one person, among so many others.
fn probability(pair: [Record; 2], others: usize) -> f64 {
    const SURNAMES: [&str; 20] = [
        "Бар", "Вел", "Гон", "Дуб", "Жур", "Зар", "Кав", "Лев", "Мор", "Нос", "Оси", "Пав", "Рог", "Сав",
        "Тар", "Усе", "Фед", "Хар", "Чор", "Шев",
    ];
    const GIVEN: [&str; 11] =
        ["Андрій", "Микола", "Степан", "Василь", "Роман", "Тарас", "Олег", "Ігор", "Богдан", "Юрій", "Павло"];
    const FATHERS: [&str; 7] =
        ["Іванович", "Петрович", "Миколайович", "Васильович", "Богданович", "Олегович", "Юрійович"];
    let mut table = Table::new(&KINDS);
    for (list, (name, cells)) in ["left", "right"].into_iter().zip(pair) {
        table.push(list, name, &cells);
        for other in 0..others {
            let man = if list == "left" { other } else { other + others / 2 };
            let surname =
                format!("{}{}ко", SURNAMES[man % 20], SURNAMES[(man / 20 + man) % 20].to_lowercase());
            let born = format!("{}-{:02}-{:02}", 1965 + man * 7 % 38, 1 + man % 12, 2 + man * 5 % 27);
            let cells = [born.as_str(), "", ["Ромни", "Гайворон", "Сокиряни"][man % 3]];
            table.push(list, [&surname, GIVEN[man * 5 % 11], FATHERS[man * 3 % 7]], &cells);
        }
    }
    table.settle();
    let task = Task::default();
    let found = link(&table, &task);
    let row = |came: usize| table.came.iter().position(|one| *one as usize == came).unwrap_or(0) as u32;
    let (one, other) = (row(0), row(others + 1));
    let both = (one.min(other), one.max(other));
    let likely = found.likely(&table, &task, 0.0);
    likely.iter().find(|pair| (pair.one, pair.other) == both).map_or(0.0, |pair| pair.probability)
}

#[test]
fn a_pair_is_in_one_band_however_short_the_lists() {
    let full = ["Мігда", "Максим", "Олегович"];
    let two = ["Мігда", "Максим", ""];
    let nothing = ["", "", ""];
    let linked = LINK..=1.0;
    let not_linked = 0.0..=LINK - 1e-9;
    let cases = [
        ("all three parts of the name", [(full, nothing), (full, nothing)], linked.clone()),
        (
            "in another script, and the date",
            [(full, ["1987-11-15", "", ""]), (["Mihda", "Maksym", ""], ["1987-11-15", "", ""])],
            linked.clone(),
        ),
        (
            "surname, given name and year",
            [(two, ["1987", "", ""]), (two, ["1987-11-15", "", ""])],
            REVIEW..=1.0,
        ),
        // Never surer than the border of what is put together without a person.
        ("surname and given name only", [(two, nothing), (two, nothing)], 0.9..=0.995),
        ("surname only", [(["Мігда", "", ""], nothing), (["Мігда", "", ""], nothing)], not_linked.clone()),
        (
            "a common given name only",
            [(["", "Андрій", ""], nothing), (["", "Андрій", ""], nothing)],
            0.0..=0.5,
        ),
        (
            "father and son of one name and birthday",
            [(full, ["1944-11-15", "", ""]), (full, ["1988-11-15", "", ""])],
            not_linked.clone(),
        ),
        (
            "one day of the year, and nothing else",
            [
                (["Кротевич", "Іван", "Петрович"], ["1944-11-15", "", ""]),
                (["Лисенко", "Олег", "Юрійович"], ["1988-11-15", "", ""]),
            ],
            0.0..=REVIEW,
        ),
        (
            "one birthday, and nothing else",
            [
                (["Кротевич", "Іван", "Петрович"], ["1988-11-15", "", ""]),
                (["Лисенко", "Олег", "Юрійович"], ["1988-11-15", "", ""]),
            ],
            0.0..=0.5,
        ),
        (
            "two who enlisted together",
            [(["Лукаш", "", ""], ["", "4863383", ""]), (["Лукаш", "", ""], ["", "4863384", ""])],
            not_linked.clone(),
        ),
        ("a slip within a number", [(two, ["", "4863383", ""]), (two, ["", "4863833", ""])], linked),
    ];
    let mut wrong = Vec::new();
    for (what, pair, expected) in cases {
        let found = OTHERS.map(|others| probability(pair, others));
        if found.iter().any(|probability| !expected.contains(probability)) {
            wrong.push(format!("{what}: {found:.4?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
