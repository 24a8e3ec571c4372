//! What stands before a name or a number and is no part of it: the kind of a settlement, the words "military unit".
//!
//! Decides that `м. Київ` is `Київ` and `в/ч А1234` is `А1234`. Refuses to take a capital from what may be a person's initials, a letter
//! from what may be a rank, and anything from a number that one person has: a passport may be of the series ВЧ.

use std::borrow::Cow;

use crate::forms::Folding;
use crate::{category, fold, place};

/// Words for a kind of settlement before its name.
const SETTLEMENTS: [&str; 8] = ["смт", "пгт", "місто", "город", "село", "селище", "посёлок", "поселок"];
/// Such words cut short, with a point.
const SHORT_SETTLEMENTS: [&str; 2] = ["гор", "пос"];
/// Such words of one letter.
const LETTERS: [&str; 3] = ["м", "г", "с"];

/// Words for a military unit before its number.
const UNITS: [&str; 3] = ["військова частина", "войсковая часть", "воинская часть"];

/// The most digits of a unit's number; a passport has more.
const UNIT_DIGITS_MAX: usize = 5;

/// A cell without what stands before its name or number, as its column is folded.
pub fn without(cell: &str, folding: Folding) -> Cow<'_, str> {
    match folding {
        // A passport may be of the series ВЧ.
        Folding::Name | Folding::Number => Cow::Borrowed(cell),
        Folding::Words => place(cell),
        Folding::Code => Cow::Borrowed(unit(cell)),
        Folding::Category => category::folded(cell),
    }
}

/// A place without the kind of settlement before its name, and before those behind commas.
fn place(cell: &str) -> Cow<'_, str> {
    let is_any = |part: &str| without_settlement(part).len() < part.len();
    if !cell.split(',').any(is_any) {
        return Cow::Borrowed(cell);
    }
    let parts: Vec<&str> = cell.split(',').map(without_settlement).collect();
    Cow::Owned(parts.join(","))
}

fn without_settlement(part: &str) -> &str {
    let text = part.trim_start();
    if !text.starts_with(|c| "мгспМГСП".contains(c)) {
        return part;
    }
    let (word, behind) = text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()));
    let (has_point, name) = match behind.strip_prefix('.') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, behind.trim_start()),
    };
    let is_apart = has_point || name.len() < behind.len();
    if !is_apart || !name.starts_with(char::is_alphabetic) {
        return part;
    }
    let lower = word.to_lowercase();
    let is_small = lower == word;
    let is_letter = LETTERS.contains(&lower.as_str());
    let is_kind = SETTLEMENTS.contains(&lower.as_str())
        || (SHORT_SETTLEMENTS.contains(&lower.as_str()) && has_point)
        || (is_letter && is_small && name.starts_with(char::is_uppercase))
        // A capital may be an initial, and before a small letter this one may stand for another word, as in `м. сержант`: only before
        // a town that is known neither is so.
        || (is_letter && has_point && place::is_known(&fold::skeleton(&fold::plain(name))));
    if is_kind { name } else { part }
}

/// A code without the words "military unit" before it, in full or as `в/ч`.
fn unit(cell: &str) -> &str {
    if !cell.starts_with(|c| "вВB".contains(c)) {
        return cell;
    }
    let Some(rest) = behind_words(cell).or_else(|| behind_letters(cell)) else { return cell };
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    // `в/ч пп В1234`: a field post.
    let number = behind_two(rest, ['п', 'п'])
        .map_or(rest, |(number, _)| number.trim_start_matches(|c: char| !c.is_alphanumeric()));
    if number.is_empty() { cell } else { number }
}

/// What stands behind the words in full.
fn behind_words(cell: &str) -> Option<&str> {
    let second = cell.split_whitespace().nth(1)?;
    let end = second.as_ptr() as usize - cell.as_ptr() as usize + second.len();
    let words: Vec<String> = cell[..end].split_whitespace().map(str::to_lowercase).collect();
    UNITS.contains(&words.join(" ").as_str()).then(|| &cell[end..])
}

/// What stands behind the two letters: apart, or before what no passport has.
fn behind_letters(cell: &str) -> Option<&str> {
    let (rest, is_apart) = behind_two(cell, ['в', 'ч'])?;
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let is_unit = digits <= UNIT_DIGITS_MAX || rest.contains(char::is_alphabetic);
    (is_apart || is_unit).then_some(rest)
}

/// What stands behind two letters, which no third follows, and whether something parts them: `в/ч`, `в. ч.`, `вч`.
fn behind_two(text: &str, [first, second]: [char; 2]) -> Option<(&str, bool)> {
    let is = |found: char, wanted: char| found.to_lowercase().eq([wanted]) || (found == 'B' && wanted == 'в');
    let mut letters = text.char_indices().filter(|(_, c)| !matches!(c, '/' | '\\' | '.' | ' '));
    let (start, one) = letters.next()?;
    let (at, other) = letters.next()?;
    let rest = &text[at + other.len_utf8()..];
    let is_it = start == 0 && is(one, first) && is(other, second) && !rest.starts_with(char::is_alphabetic);
    is_it.then_some((rest, at > one.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Forms, Level, Role};

    #[test]
    fn the_kind_of_a_settlement_is_no_part_of_its_name() {
        for (cell, expect) in [
            ("м. Київ", "Київ"),
            ("м.Київ", "Київ"),
            ("м Київ", "Київ"),
            ("М. КИЇВ", "КИЇВ"),
            ("г. Москва", "Москва"),
            ("гор. Москва", "Москва"),
            ("с. Вовчоскель", "Вовчоскель"),
            ("м. київ", "київ"),
            ("смт Громостан", "Громостан"),
            ("СМТ. ГРОМОСТАН", "ГРОМОСТАН"),
            ("пгт Громостан", "Громостан"),
            ("місто Київ", "Київ"),
            ("Село Степове", "Степове"),
            ("посёлок Мирный", "Мирный"),
            ("Київська обл., м. Бровари", "Київська обл.,Бровари"),
        ] {
            assert_eq!(place(cell), expect, "{cell}");
        }
    }

    #[test]
    fn what_has_no_such_prefix_is_read_as_it_was() {
        for cell in [
            "",
            "Київ",
            "м.",
            "м",
            "с.",
            "Місто",
            "Городок",
            "Городня",
            "Селище",
            "Смт",
            "Мирноград",
            "С.-Петербург",
            "С. Петренко",
            "М. Вишера",
            "м-р",
            "ст. сержант",
            "с/х рабочий",
            "с детьми",
            "м. сержант",
            "г. инженер",
            "с. петренко",
            "г-н Коваль",
            "Нове Місто",
            "місто-герой",
            "Гор",
            "M. street",
            "s. Petersburg",
            "Сергіївка, Одеська обл.",
            "с. 5",
        ] {
            assert!(matches!(place(cell), Cow::Borrowed(kept) if kept == cell), "{cell}");
        }
        for cell in [
            "",
            "А1234",
            "в/ч",
            "В.Ч.",
            "вч",
            "Вчитель",
            "ВЧ 123456",
            "ВЧ123456",
            "В 1234",
            "В1234",
            "ВА 1234",
            "військова",
            "військова частина",
            "в/чергу 5",
            "B-1234",
            "72 ОМБр",
            "Війська 12",
            "п/п 1",
        ] {
            assert_eq!(unit(cell), cell);
        }
    }

    #[test]
    fn a_writing_with_such_a_prefix_is_the_same_as_one_without() {
        for (folding, one, other) in [
            (Folding::Words, "м. Київ", "Київ"),
            (Folding::Words, "г. Київ", "м. Київ"),
            (Folding::Code, "в/ч А1234", "А1234"),
            (Folding::Code, "Військова частина А1234", "в.ч. А-1234"),
        ] {
            let mut forms = Forms::new(folding);
            let (one, other) = (forms.form(one), forms.form(other));
            forms.settle();
            assert_eq!(forms.level(one, other, Role::Surname), Level::Same);
        }
        let mut forms = Forms::new(Folding::Number);
        let (one, other) = (forms.form("ВЧ 12345"), forms.form("12345"));
        forms.settle();
        assert_ne!(forms.level(one, other, Role::Surname), Level::Same, "a passport of that series");
        let mut forms = Forms::new(Folding::Code);
        assert_eq!(forms.form("в/ч невідома"), crate::intern::NONE, "nothing is known of it");
    }

    #[test]
    fn the_words_military_unit_are_no_part_of_its_number() {
        for (cell, expect) in [
            ("в/ч А1234", "А1234"),
            ("В/Ч А1234", "А1234"),
            ("в/ч №А1234", "А1234"),
            ("в.ч. А1234", "А1234"),
            ("в. ч. 12345", "12345"),
            ("B/Ч 12345", "12345"),
            ("вч А1234", "А1234"),
            ("ВЧ-А1234", "А1234"),
            ("вч 12345", "12345"),
            ("в/ч 123456", "123456"),
            ("в/ч пп В1234", "В1234"),
            ("військова частина А1234", "А1234"),
            ("Військова  частина № А1234", "А1234"),
            ("войсковая часть 12345", "12345"),
            ("Воинская часть 12345", "12345"),
            ("в/ч невідома", "невідома"),
        ] {
            assert_eq!(unit(cell), expect, "{cell}");
        }
    }
}
