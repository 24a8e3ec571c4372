//! Records that come in parts: whoever is looked at ends where a whole job would put them, nobody else moves, and weights that were
//! kept are those that were learned.

use std::collections::{BTreeMap, BTreeSet};

use linkage::cluster::Clusters;
use linkage::explain::explain;
use linkage::forms::Role;
use linkage::intern::joined;
use linkage::later::{Known, Later, link_new};
use linkage::link::{LINK_BITS, Linked, Task, link};
use linkage::table::{Kind, Table};
use linkage::weights::Weights;
use linkage::weights::kept::{Expected, Kept, KeptColumn, Unread};

const KINDS: [Kind; 6] = [
    Kind::Name(Role::Surname),
    Kind::Name(Role::Given),
    Kind::Name(Role::Patronymic),
    Kind::Birth,
    Kind::Words,
    Kind::Code,
];
const STEMS: [&str; 16] = [
    "Бондар",
    "Ткач",
    "Ковал",
    "Шевч",
    "Мельн",
    "Кравч",
    "Олійн",
    "Поліщ",
    "Савч",
    "Руден",
    "Гнат",
    "Мартин",
    "Лисен",
    "Павл",
    "Сидор",
    "Гавр",
];
const ENDS: [&str; 8] = ["енко", "ук", "ський", "ець", "ик", "чак", "ів", "ало"];
const GIVEN: [&str; 10] =
    ["Максим", "Микола", "Дмитро", "Сергій", "Юрій", "Олексій", "Іван", "Петро", "Андрій", "Степан"];
const PLACES: [&str; 12] = [
    "Полтава",
    "Хуст",
    "Ізюм",
    "Буча",
    "Узин",
    "Суми",
    "Рівне",
    "Луцьк",
    "Канів",
    "Броди",
    "Яремче",
    "Ковель",
];

/// A record: source, name, date, place, unit.
type Row = (&'static str, [String; 3], String, String, String);

/// One of the reports of a person, as a witness of more or less care gives it. The same seed gives the same report.
fn report(seed: u64) -> Row {
    let chance = |what: u64| joined(seed, what);
    let person = chance(1) % 5_000;
    let pick = |what: u64, n: usize| (joined(0x9e3779 ^ person, what) >> 16) as usize % n;
    let slip = |what: u64, share: u64| chance(what) % 100 < share;
    let mut surname = format!("{}{}{}", STEMS[pick(1, 16)], ["", "он", "ар"][pick(12, 3)], ENDS[pick(2, 8)]);
    if slip(2, 12) {
        let at = 1 + chance(3) as usize % 3;
        surname =
            surname.chars().enumerate().filter(|(place, _)| *place != at).map(|(_, letter)| letter).collect();
    }
    let father = if slip(4, 30) { String::new() } else { format!("{}ович", GIVEN[pick(4, 10)]) };
    let day = if slip(5, 10) { 1 + chance(6) as usize % 28 } else { 1 + pick(7, 28) };
    let born = match chance(7) % 10 {
        0 => String::new(),
        1 => format!("19{:02}", 60 + pick(5, 45)),
        _ => format!("19{:02}-{:02}-{day:02}", 60 + pick(5, 45), 1 + pick(6, 12)),
    };
    let place = if slip(8, 40) { "" } else { PLACES[pick(8, 12)] };
    let unit = if slip(9, 35) { String::new() } else { format!("А{:04}", 1_000 + pick(9, 700)) };
    let source = ["family", "witness"][(chance(10) % 2) as usize];
    (source, [surname, GIVEN[pick(3, 10)].to_owned(), father], born, place.to_owned(), unit)
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new(&KINDS);
    for (source, name, born, place, unit) in rows {
        table.push(source, [&name[0], &name[1], &name[2]], &[born, place, unit]);
    }
    table.settle();
    table
}

/// The group of each record, by the order in which they came.
fn by_arrival(table: &Table, of: &[u32]) -> Vec<u32> {
    let mut groups = vec![0; of.len()];
    table.came.iter().zip(of).for_each(|(came, first)| groups[*came as usize] = table.came[*first as usize]);
    groups
}

/// What is known of a table of which the first records were there before.
fn known(table: &Table, before: &[u32]) -> Known {
    let person = table.came.iter().map(|came| before.get(*came as usize).copied());
    Known { person: person.collect(), again: Vec::new() }
}

/// Everyone in a group, as sets.
fn groups(of: impl Iterator<Item = (usize, u32)>) -> BTreeSet<BTreeSet<usize>> {
    let mut groups: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    of.for_each(|(record, group)| {
        groups.entry(group).or_default().insert(record);
    });
    groups.into_values().collect()
}

/// How many records have others beside them than they have in another answer.
fn moved(one: &[u32], other: &[u32]) -> usize {
    let other = groups(other.iter().copied().enumerate());
    let differ = groups(one.iter().copied().enumerate()).into_iter().filter(|group| !other.contains(group));
    differ.map(|group| group.len()).sum()
}

/// What the columns of these reports are called.
fn called() -> Vec<String> {
    ["dob", "town", "unit"].map(str::to_owned).to_vec()
}

/// Kept weights on a table of these records, and the answer with what is known of the first of them: pairs and persons.
fn answer(rows: &[Row], kept: &Kept, before: &[u32]) -> (Table, Later, Clusters) {
    let table = table(rows);
    let weights = Weights::kept(&table, &called(), kept).unwrap();
    let known = known(&table, before);
    let later = link_new(&table, &Task::default(), weights, &known);
    let people = later.people(&table, &Task::default(), &known);
    (table, later, people)
}

fn learned(rows: &[Row]) -> (Table, Linked, Kept) {
    let table = table(rows);
    let linked = link(&table, &Task::default());
    let kept = Kept::of(&table, &called(), &linked.weights);
    (table, linked, kept)
}

#[test]
fn records_in_ten_parts_end_where_one_batch_puts_them() {
    let rows: Vec<Row> = (0..10_000).map(report).collect();
    let (whole, linked, kept) = learned(&rows);
    let learned = by_arrival(&whole, &linked.people(&whole, &Task::default(), LINK_BITS).of);
    let mut before: Vec<u32> = Vec::new();
    let mut looked_at = Vec::new();
    for part in 1..=10 {
        let (table, later, people) = answer(&rows[..part * 1_000], &kept, &before);
        let now = by_arrival(&table, &people.of);
        let (_, _, batch) = answer(&rows[..part * 1_000], &kept, &[]);
        let batch = by_arrival(&table, &batch.of);
        let mut touched = vec![false; now.len()];
        table.came.iter().zip(&later.looked_at).for_each(|(came, looked)| touched[*came as usize] = *looked);
        let of = |of: &[u32], touches: bool| {
            groups((0..of.len()).filter(|at| touched[*at] == touches).map(|at| (at, of[at])))
        };
        assert_eq!(of(&now, true), of(&batch, true), "part {part}: who is looked at sits as in a batch");
        assert_eq!(of(&now[..before.len()], false), of(&before, false), "part {part}: nobody else moved");
        looked_at.push(later.looked_at.iter().filter(|looked| **looked).count());
        before = now;
    }
    // All that is left is how rare a name was thought to be when a record came.
    let (table, _, batch) = answer(&rows, &kept, &[]);
    let batch = by_arrival(&table, &batch.of);
    let (late, relearned) = (moved(&before, &batch), moved(&batch, &learned));
    assert!(late < 400, "{late} of 10,000 records sit otherwise than in one batch");
    assert_eq!(relearned, 0, "a batch with the weights learned from it is the batch");
    assert!(looked_at[9] < 3_000, "of 9,000 records few are looked at for 1,000 new ones: {looked_at:?}");
    assert!(learned.iter().enumerate().filter(|(at, first)| *at as u32 != **first).count() > 3_000);
}

#[test]
fn only_pairs_with_a_record_that_is_looked_at_are_compared() {
    let rows: Vec<Row> = (0..6_000).map(report).collect();
    let (_, _, kept) = learned(&rows);
    let (table, batch, all) = answer(&rows, &kept, &[]);
    let all = by_arrival(&table, &all.of);
    let (table, later, people) = answer(&rows, &kept, &all[..5_990]);
    assert!(
        later.linked.met.pairs * 20 < batch.linked.met.pairs,
        "{:?} {:?}",
        later.linked.met,
        batch.linked.met
    );
    let is_new = |row: u32| table.came[row as usize] >= 5_990;
    assert!(later.linked.pairs.iter().any(|pair| is_new(pair.one) || is_new(pair.other)));
    for pair in &later.linked.pairs {
        assert!(later.looked_at[pair.one as usize] || later.looked_at[pair.other as usize]);
    }
    assert_eq!(by_arrival(&table, &people.of), all, "nothing was new but the last ten");
}

#[test]
fn weights_come_back_as_they_were_kept_and_hold_no_name() {
    let rows: Vec<Row> = (0..3_000).map(report).collect();
    let (table, linked, kept) = learned(&rows);
    let text = kept.text();
    assert_eq!(Kept::read(&text), Ok(kept.clone()));
    for word in ["family", "witness", "bondar", "Бондар", "Полтава"] {
        assert!(!text.contains(word), "{word}");
    }
    let letters: BTreeSet<&str> = text
        .split([' ', '\n', ':'])
        .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect();
    let known = [
        "birth",
        "dob",
        "town",
        "unit",
        "code",
        "column",
        "columns",
        "homeward",
        "link",
        "name",
        "one-person",
        "source",
        "strangers",
    ];
    let hashed = |word: &&str| word.len() == 16 && word.bytes().all(|c| c.is_ascii_hexdigit());
    assert!(
        letters
            .iter()
            .all(|word| hashed(word) || [&known[..], &["weights", "words"]].concat().contains(word))
    );
    // On the table that they were learned from they weigh every pair as they did.
    let again = Weights::kept(&table, &called(), &kept).unwrap();
    for pair in &linked.pairs {
        assert!((again.weight(&table, pair) - linked.weights.weight(&table, pair)).abs() < 1e-5);
    }
}

#[test]
fn weights_that_do_not_read_or_do_not_fit_are_refused_with_where() {
    let rows: Vec<Row> = (0..300).map(report).collect();
    let (_, _, kept) = learned(&rows);
    let text = kept.text();
    let check = |from: &str, to: &str, expect: Unread| {
        let broken = text.replacen(from, to, 1);
        assert_ne!(broken, text, "{from:?} is there");
        assert_eq!(Kept::read(&broken), Err(expect), "{from:?}");
    };
    let figures = |word, count| Expected::Figures(word, count);
    check("weights 2", "weights 1", Unread::Older);
    check("weights 2", "weights 3", Unread::Line(1, Expected::Title));
    check("columns birth:", "columns colour:", Unread::Line(2, Expected::Columns));
    check("columns birth:dob", "columns birth", Unread::Line(2, Expected::Columns));
    check("source ", "sauce ", Unread::Line(3, Expected::Sources));
    check("source ", "source -", Unread::Line(3, Expected::Source));
    check("strangers 0", "strangers NaN", Unread::Line(5, figures("strangers", 7)));
    check("strangers 0", "strangers 0 1", Unread::Line(5, figures("strangers", 7)));
    check("one-person ", "one-person -", Unread::Line(11, figures("one-person", 1)));
    let lines = |count: usize| text.lines().take(count).map(|line| format!("{line}\n")).collect::<String>();
    for count in [0, 1, 4, 9] {
        assert_eq!(Kept::read(&lines(count)), Err(Unread::Short), "{count}");
    }
    let more = Unread::Line(text.lines().count() + 1, Expected::End);
    assert_eq!(Kept::read(&format!("{text}more\n")), Err(more));
}

#[test]
fn weights_of_other_columns_are_refused_with_both_also_where_the_kinds_are_the_same() {
    let rows: Vec<Row> = (0..300).map(report).collect();
    let (table, _, kept) = learned(&rows);
    let column = |kind, called: &str| KeptColumn { kind, called: called.to_owned() };
    let of_then = [column(Kind::Birth, "dob"), column(Kind::Words, "town"), column(Kind::Code, "unit")];
    let check = |table: &Table, called: &[&str], here: &[KeptColumn]| {
        let called: Vec<String> = called.iter().map(|one| (*one).to_owned()).collect();
        let misfit = Weights::kept(table, &called, &kept).err().unwrap();
        assert_eq!((&misfit.kept[..], &misfit.here[..]), (&of_then[..], here), "{called:?}");
    };
    let mut other = Table::new(&[Kind::Birth]);
    other.push("list", ["Мігда", "", ""], &["1990"]);
    other.settle();
    check(&other, &["dob"], &of_then[..1]);
    let rank = [of_then[0].clone(), column(Kind::Words, "rank"), of_then[2].clone()];
    check(&table, &["dob", "rank", "unit"], &rank);
    // Two columns of one kind in the other order are two others.
    let mut two = Table::new(&[Kind::Words, Kind::Words]);
    two.push("list", ["Мігда", "", ""], &["Київ", "солдат"]);
    two.settle();
    let called = ["placeofbirth", "rank"].map(str::to_owned);
    let kept = Kept::of(&two, &called, &link(&two, &Task::default()).weights);
    assert!(Weights::kept(&two, &called, &kept).is_ok());
    let turned = ["rank", "placeofbirth"].map(str::to_owned);
    assert!(Weights::kept(&two, &turned, &kept).is_err());
}

#[test]
fn a_source_that_was_not_there_is_weighed_as_all_together() {
    let rows: Vec<Row> = (0..6_000).map(report).collect();
    let (_, _, kept) = learned(&rows);
    let renamed: Vec<Row> = rows
        .iter()
        .cloned()
        .map(|row| if row.0 == "witness" { ("captor", row.1, row.2, row.3, row.4) } else { row })
        .collect();
    let (table, _, known) = answer(&rows, &kept, &[]);
    let known = by_arrival(&table, &known.of);
    let (table, _, people) = answer(&renamed, &kept, &[]);
    let differ = moved(&by_arrival(&table, &people.of), &known);
    assert!(differ < 300, "{differ} of 6,000 sit otherwise");
}

#[test]
fn in_a_short_list_no_pair_is_dropped_that_learning_raises_into_the_answer() {
    let rows: Vec<Row> = (0..800).map(report).collect();
    let (table, linked, _) = learned(&rows);
    let is_found = |one: u32, other: u32| {
        linked.pairs.binary_search_by_key(&(one, other), |pair| (pair.one, pair.other)).is_ok()
    };
    let mut weighty = 0;
    let mut dropped = Vec::new();
    for other in 0..table.len() as u32 {
        for one in (0..other).filter(|one| explain(&table, &linked.weights, *one, other).bits > -4.25) {
            weighty += 1;
            if !is_found(one, other) {
                dropped.push((one, other));
            }
        }
    }
    assert!(weighty > 100 && dropped.is_empty(), "{dropped:?} of {weighty}");
}
