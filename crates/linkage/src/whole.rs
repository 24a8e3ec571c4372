//! A whole name in one cell: in which order a list writes its parts, and what they are.
//!
//! Decides the order for a list and never for one name: Іван is a surname too. Refuses to decide where the cells do not show it.

use crate::beside::{self, Word, word};

/// In which order a whole name is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Surname, given name, patronymic.
    SurnameFirst,
    /// Given name, patronymic or middle name, surname.
    GivenFirst,
}

/// How many times as many cells show one order as the other, at least, for it to be the list's.
const TIMES: usize = 4;

/// The order in which cells of whole names are written, by where given names that are known and patronymics stand; nothing where too
/// few of them show it or they do not agree. Cells with a comma say it themselves, and are not asked.
pub fn order<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Order> {
    let (mut asked, mut given, mut surname) = (0, 0, 0);
    for cell in cells {
        // Whichever order is tried: of a name alone both leave the same.
        let bare = beside::whole(cell, true).0;
        let words: Vec<&str> = bare.split_whitespace().collect();
        if bare.contains(',') || !(2..=4).contains(&words.len()) {
            continue;
        }
        asked += 1;
        match shown(&words) {
            Some(Order::GivenFirst) => given += 1,
            Some(Order::SurnameFirst) => surname += 1,
            None => {}
        }
    }
    // Surnames that are given names too are some in every list, also in one of whose given names none is known.
    let is_it = |one: usize, other: usize| one > TIMES * other && 2 * one >= asked;
    match () {
        () if is_it(given, surname) => Some(Order::GivenFirst),
        () if is_it(surname, given) => Some(Order::SurnameFirst),
        () => None,
    }
}

/// The order that one name shows.
fn shown(words: &[&str]) -> Option<Order> {
    let kinds: Vec<Word> = words.iter().map(|one| word(one)).collect();
    let is = |at: usize, kind: Word| kinds[at] == kind;
    let last = kinds.len() - 1;
    // A patronymic stands behind the given name, whichever is first.
    if last > 1 && (is(1, Word::Patronymic) || is(last, Word::Patronymic)) {
        let is_first = !is(last, Word::Patronymic) && is(0, Word::Given);
        let is_last = !is(1, Word::Patronymic) && !is(0, Word::Given);
        return is_first.then_some(Order::GivenFirst).or(is_last.then_some(Order::SurnameFirst));
    }
    match (is(0, Word::Given), is(1, Word::Given), is(last, Word::Other)) {
        (true, _, true) if !is(1, Word::Given) || last > 1 => Some(Order::GivenFirst),
        (false, true, _) if is(0, Word::Other) => Some(Order::SurnameFirst),
        _ => None,
    }
}

/// The parts of a whole name: surname, given name, the rest.
pub fn parts(whole: &str, given_first: bool) -> [String; 3] {
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((surname, others)) = whole.split_once(',') {
        let mut words = others.split_whitespace();
        let given = words.next().unwrap_or_default().to_owned();
        return [clean(surname), given, words.collect::<Vec<_>>().join(" ")];
    }
    let words: Vec<&str> = whole.split_whitespace().collect();
    let is_initial =
        |word: &str| word.contains('.') && word.chars().filter(|c| c.is_alphabetic()).count() <= 2;
    // Initials before a surname say where the given name stands.
    if let [initials @ .., surname] = &words[..]
        && !initials.is_empty()
        && initials.iter().all(|word| is_initial(word))
        && !is_initial(surname)
    {
        return [(*surname).to_owned(), initials.join(" "), String::new()];
    }
    match (&words[..], given_first) {
        ([], _) => Default::default(),
        ([one], _) => [(*one).to_owned(), String::new(), String::new()],
        ([given, middle @ .., surname], true) => {
            [(*surname).to_owned(), (*given).to_owned(), middle.join(" ")]
        }
        ([surname, given, rest @ ..], false) => [(*surname).to_owned(), (*given).to_owned(), rest.join(" ")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_in_the_order_that_its_names_show() {
        let check =
            |cells: &str, expect: Option<Order>| assert_eq!(order(cells.split('|')), expect, "{cells}");
        check("Іван Мороз|Петро Гончар|Олег Ткач", Some(Order::GivenFirst));
        check("John Smith|James Brown|William Carter", Some(Order::GivenFirst));
        check("John William Smith|Thomas Brown", Some(Order::GivenFirst));
        check("Іван Петрович Мороз|Петро Гончар", Some(Order::GivenFirst));
        check("ст. солдат Іван Мороз|Петро Гончар «Шершень»", Some(Order::GivenFirst));
        check("Мороз Іван|Гончар Петро|Ткач Олег", Some(Order::SurnameFirst));
        check("Мороз Іван Петрович|Іван Олег Петрович", Some(Order::SurnameFirst));
        check("Абрамович Роман Аркадійович|Мороз Максим Олегович", Some(Order::SurnameFirst));
        // Surnames that are given names too, in a list of whose given names none is known.
        check("Martin Xochitl|Іван Нгок|Чан Нгок|Ли Вэй|Ван Минь|Чжао Лэй", None);
        check("Мороз Іван|Петро Гончар", None);
        check("Іван Олег|Петро Максим", None);
        check("Мороз|Гончар|", None);
        check("SMITH, JOHN|JOHN, PETER|JOHN BROWN, PETER", None);
        check("Мороз І. П.|Гончар П.", None);
    }

    #[test]
    fn whole_names_come_apart() {
        let check = |whole: &str, given_first: bool, expected: [&str; 3]| {
            assert_eq!(parts(whole, given_first), expected.map(str::to_owned), "{whole}");
        };
        check("ABBOTT, BRUCE GIDLEY", false, ["ABBOTT", "BRUCE", "GIDLEY"]);
        check("Мігда Максим Олегович", false, ["Мігда", "Максим", "Олегович"]);
        check("Bruce Gidley Abbott", true, ["Abbott", "Bruce", "Gidley"]);
        check(" Мігда ", false, ["Мігда", "", ""]);
        check("О.Ю. Ярема", false, ["Ярема", "О.Ю.", ""]);
        check("Ярема О.Ю.", false, ["Ярема", "О.Ю.", ""]);
        check("", false, ["", "", ""]);
    }
}
