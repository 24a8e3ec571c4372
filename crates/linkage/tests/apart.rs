//! Who is not one person, whatever else agrees.

use linkage::forms::Role;
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
fn table(names: [[&str; 3]; 2], numbers: [&str; 2]) -> Table {
    let mut table = Table::new(&KINDS);
    for (name, number) in names.into_iter().zip(numbers) {
        table.push("list", name, &["1921-03-14", number, "Stalag 383", "Hohenfels"]);
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

#[test]
fn what_names_let_doubt_is_left_to_a_persons_eye() {
    let check = |names: [[&str; 3]; 2], numbers: [&str; 2], expect: Option<Doubt>| {
        let table = table(names, numbers);
        let row = |came: u32| table.came.iter().position(|one| *one == came).unwrap_or(0);
        let (one, other) = (row(0).min(row(1)), row(0).max(row(1)));
        let pair = Pair { one: one as u32, other: other as u32, levels: levels(&table, one, other) };
        assert_eq!(doubt(&table, &pair), expect, "{names:?} {numbers:?}");
        let bits = Weights::believed(&table).weight(&table, &pair);
        assert_eq!(bits <= DOUBT_BITS, expect.is_some(), "{names:?} {numbers:?} weigh {bits}");
    };
    const NONE: [&str; 2] = ["", ""];
    check([["Irvine", "Robert", ""], ["Irvine", "Robert", ""]], NONE, None);
    check([["Irvine", "Robert", ""], ["Irvine", "Edward", ""]], NONE, Some(Doubt::TwoGivenNames));
    check([["Irvine", "", ""], ["McDonald", "", ""]], NONE, Some(Doubt::NoName));
    check([["", "", ""], ["McDonald", "Robert", ""]], NONE, Some(Doubt::NoName));
    check([["", "Robert", ""], ["", "R", ""]], NONE, Some(Doubt::NoName));
    // A number that nobody else has is one man's.
    check([["Irvine", "", ""], ["McDonald", "", ""]], ["3652718", "3652718"], None);
}
