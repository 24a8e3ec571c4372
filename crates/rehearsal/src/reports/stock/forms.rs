//! Forms of names by rule: of a woman, of a father, in the letters of the other language.

use std::collections::BTreeSet;

use super::Father;
use crate::reports::Tongue;

/// Whether it is one word in Ukrainian letters with a capital, parts joined by a hyphen.
pub(super) fn is_ukrainian(word: &str) -> bool {
    is_name(word, |c| matches!(c, 'а'..='я' | 'ґ' | 'є' | 'і' | 'ї' | '\'') && !"ыэъё".contains(c))
}

/// Whether it is one word in Russian letters with a capital, parts joined by a hyphen.
pub(super) fn is_russian(word: &str) -> bool {
    is_name(word, |c| matches!(c, 'а'..='я' | 'ё'))
}

fn is_name(word: &str, small: impl Fn(char) -> bool) -> bool {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.clone().count() >= 2 && letters.all(&small)
    };
    word.split('-').all(part)
}

/// Whether a Ukrainian surname is the form of a woman: by its ending, or since that of the man stands beside it.
pub(super) fn is_of_women(uk: &str, all: &BTreeSet<&str>) -> bool {
    let endings = ["ська", "цька", "зька", "ова", "ева", "єва", "іна", "їна", "ая"];
    endings.iter().any(|ending| uk.ends_with(ending))
        || uk.strip_suffix('а').is_some_and(|man| man.ends_with("ин") && all.contains(man))
}

/// How many times as often a surname of a Ukrainian make is met as its count among Russian forms says.
pub(super) fn put_forward(uk: &str) -> u64 {
    let endings = ["енко", "ко", "чук", "юк", "ук", "як", "ик", "ський", "цький", "ець", "ишин", "ун", "ало"];
    if endings.iter().any(|ending| uk.ends_with(ending)) { 10 } else { 1 }
}

/// Appends the form of a woman of a surname.
pub(super) fn push_woman(out: &mut String, man: &str, tongue: Tongue) {
    let (adjectives, adjective, possessives): (&[&str], _, &[&str]) = match tongue {
        Tongue::Ukrainian => (&["ий", "ой"], "а", &["ов", "ев", "єв", "ін", "їн", "ин"]),
        Tongue::Russian => (&["ский", "цкий", "ый", "ой"], "ая", &["ов", "ев", "ёв", "ин"]),
    };
    let ends = |endings: &[&str]| endings.iter().any(|ending| man.ends_with(ending));
    if ends(adjectives) {
        // The last two letters are Cyrillic and take two bytes each.
        out.push_str(&man[..man.len() - 4]);
        out.push_str(adjective);
    } else {
        out.push_str(man);
        if ends(possessives) {
            out.push('а');
        }
    }
}

/// The patronymics of a father's name with a regular ending; none for others.
pub(super) fn father(uk: &str, ru: &str) -> Option<Father> {
    let hard = |letter: char| "бвгдзклмнпрстфх".contains(letter);
    let (last_uk, last_ru) = (uk.chars().next_back()?, ru.chars().next_back()?);
    let stem_uk = uk.strip_suffix('о').unwrap_or(uk);
    let [man_uk, woman_uk] = if let Some(stem) = uk.strip_suffix('й') {
        [format!("{stem}йович"), format!("{stem}ївна")]
    } else if hard(last_uk) || (last_uk == 'о' && stem_uk.ends_with(hard)) {
        [format!("{stem_uk}ович"), format!("{stem_uk}івна")]
    } else {
        return None;
    };
    let [man_ru, woman_ru] = if let Some(stem) = ru.strip_suffix("ий") {
        [format!("{stem}иевич"), format!("{stem}иевна")]
    } else if let Some(stem) = ru.strip_suffix('й') {
        [format!("{stem}евич"), format!("{stem}евна")]
    } else if hard(last_ru) {
        [format!("{ru}ович"), format!("{ru}овна")]
    } else {
        return None;
    };
    Some(Father::new([&man_uk, &woman_uk], [&man_ru, &woman_ru]))
}

/// A Ukrainian word letter by letter in Russian ones, as somebody writes it who does not know its Russian form.
pub(super) fn russian_by_letters(uk: &str) -> String {
    let letter = |c| match c {
        'і' | 'ї' => 'и',
        'І' | 'Ї' => 'И',
        'є' => 'е',
        'Є' => 'Е',
        'ґ' => 'г',
        'Ґ' => 'Г',
        '\'' | '’' => 'ъ',
        other => other,
    };
    uk.chars().map(letter).collect()
}

/// A Russian surname in Ukrainian letters.
pub(super) fn ukrainian_by_letters(ru: &str) -> String {
    let letters: Vec<char> = ru.chars().collect();
    let vowel = |c: char| "аеёиоуыэюяАЕЁИОУЫЭЮЯ".contains(c);
    let mut uk = String::with_capacity(ru.len());
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]).unwrap_or('-');
        let after = letters.get(at + 1).copied();
        let opens = vowel(before) || "ьъ-".contains(before);
        match letter {
            'ы' => uk.push('и'),
            'э' => uk.push('е'),
            'Э' => uk.push('Е'),
            'ё' | 'Ё' if opens => uk.push_str(if letter == 'Ё' { "Йо" } else { "йо" }),
            'ё' => uk.push_str("ьо"),
            'е' if opens => uk.push('є'),
            'Е' => uk.push('Є'),
            'И' => uk.push('І'),
            'и' if vowel(before) => uk.push('ї'),
            'и' if after.is_some_and(vowel) => uk.push('і'),
            'и' if at + 2 == letters.len() && after == Some('н') && !"жшчщц".contains(before) => {
                uk.push('і')
            }
            'ъ' => uk.push('\''),
            'к' if before == 'с' && letters[at + 1..] == ['и', 'й'] => uk.push_str("ьк"),
            other => uk.push(other),
        }
    }
    uk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_other_letters() {
        for (uk, ru) in [("Зборів", "Зборив"), ("Знам'янка", "Знамъянка"), ("Єнакієве", "Енакиеве")]
        {
            assert_eq!(russian_by_letters(uk), ru);
        }
        let cases = [
            ("Заболотский", "Заболотський"),
            ("Ефимкин", "Єфимкін"),
            ("Цыплёнок", "Ципльонок"),
            ("Андриевский", "Андрієвський"),
            ("Щавлинский", "Щавлинський"),
        ];
        for (ru, uk) in cases {
            assert_eq!(ukrainian_by_letters(ru), uk);
        }
    }

    #[test]
    fn the_form_of_a_woman() {
        let cases = [
            ("Залеський", Tongue::Ukrainian, "Залеська"),
            ("Петров", Tongue::Ukrainian, "Петрова"),
            ("Шевченко", Tongue::Ukrainian, "Шевченко"),
            ("Залесский", Tongue::Russian, "Залесская"),
            ("Толстой", Tongue::Russian, "Толстая"),
            ("Ильин", Tongue::Russian, "Ильина"),
        ];
        for (man, tongue, expected) in cases {
            let mut woman = String::new();
            push_woman(&mut woman, man, tongue);
            assert_eq!(woman, expected);
        }
    }

    #[test]
    fn regular_fathers_have_the_patronymics_of_the_shipped_table() {
        let tables = crate::names::tables();
        let mut agree = 0;
        for name in &tables.given_male {
            let Some(made) = father(name.uk, name.ru) else { continue };
            let known = tables.patronymics.iter().find(|both| both.male.uk == &*made.uk[0]);
            agree += usize::from(known.is_some_and(|known| known.female.uk == &*made.uk[1]));
        }
        assert!(agree >= 90, "{agree}");
    }
}
