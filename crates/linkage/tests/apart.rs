//! Who is not one person, whatever else agrees.

use linkage::forms::{Level, Role};
use linkage::link::{LINK_BITS, Task, link};
use linkage::pair::levels;
use linkage::table::{Kind, Table};
use linkage::weights::{DOUBT_BITS, Doubt, Pair, Weights, doubt};

const KINDS: [Kind; 7] = [
    Kind::Name(Role::Surname),
    Kind::Name(Role::Given),
    Kind::Name(Role::Patronymic),
    Kind::Birth,
    Kind::Number,
    Kind::Words,
    Kind::Words,
];

/// Two men of one camp among two thousand of other camps.
fn table(names: [[&str; 3]; 2], numbers: [&str; 2], births: [&str; 2]) -> Table {
    let mut table = Table::new(&KINDS);
    for at in 0..2 {
        table.push("list", names[at], &[births[at], numbers[at], "Stalag 383", "Hohenfels"]);
    }
    for other in 0..2_000 {
        let (camp, year) = (other % 200, 1900 + other % 25);
        let cells = [format!("{year}-01-{:02}", 2 + other % 27), format!("{}", 500_000 + other)];
        let camps = [format!("Oflag {camp}"), format!("Town {camp}")];
        let surname =
            format!("{}{}", ["Bar", "Kel", "Mor", "Tan", "Vis"][other % 5], "aeiou".repeat(1 + other % 3));
        table.push("list", [&surname, "", ""], &[&cells[0], &cells[1], &camps[0], &camps[1]]);
    }
    table.settle();
    table
}

const NONE: [&str; 2] = ["", ""];
const ONE_DAY: [&str; 2] = ["1921-03-14"; 2];

/// Checks what lets doubt of the two men, and that it, and nothing else, keeps them apart.
fn check_two(names: [[&str; 3]; 2], numbers: [&str; 2], births: [&str; 2], expect: Option<Doubt>) {
    let table = table(names, numbers, births);
    let row = |came: u32| table.came.iter().position(|one| *one == came).unwrap_or(0);
    let (one, other) = (row(0).min(row(1)), row(0).max(row(1)));
    let pair = Pair { one: one as u32, other: other as u32, levels: levels(&table, one, other) };
    assert_eq!(doubt(&table, &pair), expect, "{names:?} {numbers:?} {births:?}");
    let bits = Weights::believed(&table).weight(&table, &pair);
    assert_eq!(bits <= DOUBT_BITS, expect.is_some(), "{names:?} {numbers:?} {births:?} weigh {bits}");
}

#[test]
fn two_birthdays_are_left_to_a_persons_eye_where_no_slip_explains_them() {
    let name = ["Коваленко", "Сергій", "Сергійович"];
    let check = |one: &str, other: &str, expect: Option<Doubt>| {
        check_two([name, name], NONE, [one, other], expect);
    };
    check("1985-02-11", "1985-02-11", None);
    check("1985-02-11", "1985-11-02", None);
    check("1985-02-11", "1985-02-17", None);
    check("1985-02-11", "1986-02-11", None);
    check("1985-02-11", "1985", None);
    check("1985-02-11", "1975-02-11", None);
    check("1985-02-11", "1985-06-19", Some(Doubt::TwoBirthdays));
    check("1985-02-11", "1986-06-19", Some(Doubt::TwoBirthdays));
    check("1985-02-11", "1993-06-19", Some(Doubt::TwoBirthdays));
    check("1985-02-11", "1993", Some(Doubt::TwoBirthdays));
    check("1986-11-15", "1999-11-15", Some(Doubt::TwoBirthdays));
    check("1985", "1993", Some(Doubt::TwoBirthdays));
    check("1985-02-11", "1995", None);
    check("1985-02-11", "1982", None);
    check("1970-10-10", "1990-10-10", Some(Doubt::TwoGenerations));
    check("1970-10-10", "1993", Some(Doubt::TwoGenerations));
    check_two([name, name], ["3652718"; 2], ["1985-02-11", "1993-06-19"], None);
}

#[test]
fn a_man_and_a_woman_by_a_column_are_two_in_every_language_of_it() {
    let doubt_of = |one: &'static str, other: &'static str| {
        let mut table = Table::new(&[KINDS[0], KINDS[1], KINDS[2], Kind::Birth, Kind::Category]);
        table.push("left", ["Хмара", "Женя", ""], &["1990-05-06", one]);
        table.push("right", ["Хмара", "Женя", ""], &["1990-05-06", other]);
        table.settle();
        doubt(&table, &Pair { one: 0, other: 1, levels: levels(&table, 0, 1) })
    };
    for (one, other) in [("ж", "M"), ("F", "чол."), ("female", "М"), ("Жін.", "муж")] {
        assert_eq!(doubt_of(one, other), Some(Doubt::TwoSexes), "{one} {other}");
    }
    for (one, other) in [("ж", "F"), ("чол.", "M"), ("Чоловік", "male"), ("", "F"), ("nsw", "vic")]
    {
        assert_eq!(doubt_of(one, other), None, "{one} {other}");
    }
}

#[test]
fn brother_and_sister_are_left_to_a_persons_eye() {
    let check = |one: [&str; 3], other: [&str; 3], expect: Option<Doubt>| {
        check_two([one, other], NONE, ONE_DAY, expect);
    };
    check(["Бевз", "Валентин", "Маркович"], ["Бевз", "Валентина", "Марківна"], Some(Doubt::TwoGivenNames));
    check(["Бевз", "Саша", "Маркович"], ["Бевз", "Саша", "Марковна"], Some(Doubt::TwoSexes));
    check(["Бевз", "Олександр", ""], ["Бевз", "Олександра", ""], Some(Doubt::TwoGivenNames));
    check(["Бевз", "Валентин", "Маркович"], ["Бевз", "Валентин", "Марковича"], None);
    check(["Бевз", "Саша", "Марківна"], ["Бевз", "Саша", "Марковной"], None);
}

#[test]
fn what_names_let_doubt_is_left_to_a_persons_eye() {
    let check = |names: [[&str; 3]; 2], numbers: [&str; 2], expect: Option<Doubt>| {
        check_two(names, numbers, ONE_DAY, expect);
    };
    check([["Irvine", "Robert", ""], ["Irvine", "Robert", ""]], NONE, None);
    check([["Irvine", "Robert", ""], ["Irvine", "Edward", ""]], NONE, Some(Doubt::TwoGivenNames));
    // Alike, and a slip apart: names that are known, and two.
    check(
        [["Мігда", "Олександр", "Петрович"], ["Мігда", "Олексій", "Петрович"]],
        NONE,
        Some(Doubt::TwoGivenNames),
    );
    check([["Мігда", "Валерій", ""], ["Мігда", "Валентин", ""]], NONE, Some(Doubt::TwoGivenNames));
    check([["Мігда", "Саша", ""], ["Мігда", "Олександр", ""]], NONE, None);
    check([["Irvine", "", ""], ["McDonald", "", ""]], NONE, Some(Doubt::NoName));
    check([["Irvine", "Robert", ""], ["McDonald", "Robert", ""]], NONE, Some(Doubt::TwoSurnames));
    check([["Irvine", "Robert", ""], ["Irving", "Robert", ""]], NONE, None);
    check([["", "", ""], ["McDonald", "Robert", ""]], NONE, Some(Doubt::NoName));
    check([["", "Robert", ""], ["", "R", ""]], NONE, Some(Doubt::NoName));
    check([["Мельник", "Іван", ""], ["Мельничук", "Іван", ""]], NONE, Some(Doubt::TwoSurnames));
    check([["Бойко", "Андрій", "Іванович"], ["Бойко", "Андрей", "Игоревич"]], NONE, Some(Doubt::TwoFathers));
    // A number that nobody else has is one man's, if any of his name is there.
    const NUMBER: [&str; 2] = ["3652718", "3652718"];
    check([["Irvine", "Robert", ""], ["McDonald", "Robert", ""]], NUMBER, None);
    check([["Irvine", "Robert", ""], ["McDonald", "Edward", ""]], NUMBER, Some(Doubt::NoName));
    check([["Irvine", "Robert", ""], ["McDonald", "Robert", ""]], ["12", "12"], Some(Doubt::TwoSurnames));
}

#[test]
fn a_third_record_makes_no_one_of_two_brothers() {
    let mut table = Table::new(&KINDS);
    let cells = ["1921-03-14", "", "Гайворон", "А1234"];
    for given in ["Іван", "Петро", ""] {
        table.push("list", ["Мігда", given, "Петрович"], &cells);
    }
    // Four hundred others, each twice.
    for other in 0..800_usize {
        let man = other / 2;
        let (a, b, c) = (man % 20, man / 20 % 20, man % 7);
        const PARTS: [&str; 20] = [
            "Бар", "Вел", "Гон", "Дуб", "Жук", "Зар", "Кав", "Лев", "Мор", "Нос", "Оси", "Пав", "Рог", "Сав",
            "Тар", "Усе", "Фед", "Хар", "Чор", "Шев",
        ];
        let surname = format!("{}{}ко", PARTS[a], PARTS[b].to_lowercase());
        let given = ["Андрій", "Микола", "Степан", "Василь", "Роман", "Тарас", "Олег"][c];
        let cells = [
            format!("19{:02}-{:02}-{:02}", 10 + man % 17, 1 + man % 12, 1 + man % 28),
            format!("Село {}", PARTS[b]),
        ];
        table.push("list", [&surname, given, "Іванович"], &[&cells[0], "", &cells[1], ""]);
    }
    table.settle();
    let task = Task::default();
    let found = link(&table, &task);
    let row = |came: u32| table.came.iter().position(|one| *one == came).unwrap_or(0) as u32;
    let (ivan, petro) = (row(0), row(1));
    let people = found.people(&table, &task, LINK_BITS);
    assert_ne!(people.of[ivan as usize], people.of[petro as usize]);
    assert!(
        ![ivan, petro].map(|one| people.of[one as usize]).contains(&people.of[row(2) as usize]),
        "the third fits both, and is put with neither"
    );
    let both = (ivan.min(petro), ivan.max(petro));
    let likely = found.likely(&table, &task, 0.0);
    let brothers = likely.iter().find(|pair| (pair.one, pair.other) == both);
    assert!(brothers.is_none_or(|pair| pair.probability < 0.9), "{brothers:?}");
}

#[test]
fn two_equal_initials_say_no_more_than_one_that_fits() {
    let mut table = Table::new(&KINDS);
    for (given, latin) in [("О.", "О."), ("Олег", "O."), ("Ірина", "Іра")] {
        table.push("list", ["Мігда", given, ""], &["1990", "", "", ""]);
        table.push("list", ["Мігда", latin, ""], &["1990", "", "", ""]);
    }
    table.settle();
    let row = |came: u32| table.came.iter().position(|one| *one == came).unwrap_or(0);
    let part = |one: u32, other: u32| levels(&table, row(one), row(other)).part(Role::Given);
    assert_eq!(part(0, 1), Level::Initial as usize);
    assert_eq!(part(0, 3), Level::Initial as usize);
    assert_eq!(part(4, 5), Level::OneName as usize);
}
