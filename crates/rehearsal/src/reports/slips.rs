//! One wrong letter, and letters of the other script that look alike.

use crate::chance::Chance;

use super::rates;

/// The letters of one script and language as a slip needs them.
#[derive(Debug)]
pub(super) struct Letters {
    alphabet: &'static [char],
    /// The rows of the keyboard; two letters are neighbours when one follows the other or stands below it.
    keys: [&'static [char]; 3],
    /// Letters that are heard or misread for one another.
    alike: &'static [(char, char)],
}

/// Ukrainian.
pub(super) const UKRAINIAN: Letters = Letters {
    alphabet: &[
        'а', 'б', 'в', 'г', 'ґ', 'д', 'е', 'є', 'ж', 'з', 'и', 'і', 'ї', 'й', 'к', 'л', 'м', 'н', 'о', 'п',
        'р', 'с', 'т', 'у', 'ф', 'х', 'ц', 'ч', 'ш', 'щ', 'ь', 'ю', 'я',
    ],
    keys: [
        &['й', 'ц', 'у', 'к', 'е', 'н', 'г', 'ш', 'щ', 'з', 'х', 'ї'],
        &['ф', 'і', 'в', 'а', 'п', 'р', 'о', 'л', 'д', 'ж', 'є'],
        &['я', 'ч', 'с', 'м', 'и', 'т', 'ь', 'б', 'ю'],
    ],
    alike: &[
        ('а', 'о'),
        ('и', 'і'),
        ('е', 'и'),
        ('е', 'є'),
        ('і', 'ї'),
        ('г', 'ґ'),
        ('г', 'х'),
        ('д', 'т'),
        ('в', 'у'),
        ('б', 'п'),
        ('й', 'и'),
    ],
};

/// Russian.
pub(super) const RUSSIAN: Letters = Letters {
    alphabet: &[
        'а', 'б', 'в', 'г', 'д', 'е', 'ж', 'з', 'и', 'й', 'к', 'л', 'м', 'н', 'о', 'п', 'р', 'с', 'т', 'у',
        'ф', 'х', 'ц', 'ч', 'ш', 'щ', 'ъ', 'ы', 'ь', 'э', 'ю', 'я',
    ],
    keys: [
        &['й', 'ц', 'у', 'к', 'е', 'н', 'г', 'ш', 'щ', 'з', 'х', 'ъ'],
        &['ф', 'ы', 'в', 'а', 'п', 'р', 'о', 'л', 'д', 'ж', 'э'],
        &['я', 'ч', 'с', 'м', 'и', 'т', 'ь', 'б', 'ю'],
    ],
    alike: &[
        ('а', 'о'),
        ('и', 'ы'),
        ('е', 'и'),
        ('е', 'э'),
        ('г', 'х'),
        ('д', 'т'),
        ('в', 'у'),
        ('б', 'п'),
        ('й', 'и'),
    ],
};

/// Latin.
pub(super) const LATIN: Letters = Letters {
    alphabet: &[
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't',
        'u', 'v', 'w', 'x', 'y', 'z',
    ],
    keys: [
        &['q', 'w', 'e', 'r', 't', 'y', 'u', 'i', 'o', 'p'],
        &['a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l'],
        &['z', 'x', 'c', 'v', 'b', 'n', 'm'],
    ],
    alike: &[('a', 'o'), ('i', 'y'), ('e', 'i'), ('g', 'h'), ('d', 't'), ('k', 'c'), ('v', 'u'), ('s', 'z')],
};

/// The letters whose Latin look-alikes a keyboard in the wrong script gives.
const LOOK_ALIKE: [(char, char); 20] = [
    ('а', 'a'),
    ('е', 'e'),
    ('і', 'i'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('І', 'I'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
];

/// Puts one slip into a word of three letters or more; it may fall on a letter that comes out the same.
pub(super) fn slip(chance: &mut Chance, word: &mut String, letters: &Letters) {
    let mut all: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    if all.len() < 3 {
        return;
    }
    let at = chance.below(all.len());
    match chance.weighted(rates::SLIPS.into_iter()) {
        0 => drop(all.remove(at)),
        1 => {
            let twice = chance.happens(300);
            all.insert(at, if twice { all[at] } else { *chance.pick(letters.alphabet) });
        }
        2 => all.swap(at, if at == 0 { 1 } else { at - 1 }),
        _ => all[at] = another(chance, all[at], letters),
    }
    word.clear();
    let mut begins = true;
    for letter in all {
        if begins {
            word.extend(letter.to_uppercase())
        } else {
            word.push(letter)
        }
        begins = letter == '-';
    }
}

/// The letter that stands where `letter` should.
fn another(chance: &mut Chance, letter: char, letters: &Letters) -> char {
    let candidates = match chance.weighted(rates::OTHER_LETTER.into_iter()) {
        0 => sounds_alike(letter, letters),
        1 => neighbours(letter, letters),
        _ => Vec::new(),
    };
    // A letter without a neighbour or a like becomes any.
    *chance.pick(if candidates.is_empty() { letters.alphabet } else { &candidates })
}

fn sounds_alike(letter: char, letters: &Letters) -> Vec<char> {
    let other = |&(one, two): &(char, char)| match letter {
        _ if letter == one => Some(two),
        _ if letter == two => Some(one),
        _ => None,
    };
    letters.alike.iter().filter_map(other).collect()
}

fn neighbours(letter: char, letters: &Letters) -> Vec<char> {
    let mut found = Vec::new();
    for (row, keys) in letters.keys.iter().enumerate() {
        let Some(at) = keys.iter().position(|key| *key == letter) else { continue };
        let (left, right) = (at.checked_sub(1), at + 1);
        let above = row.checked_sub(1).map(|row| letters.keys[row]);
        let below = letters.keys.get(row + 1).copied();
        found.extend(left.map(|left| keys[left]));
        found.extend(keys.get(right).copied());
        found.extend(above.into_iter().chain(below).filter_map(|keys| keys.get(at)));
    }
    found
}

/// Replaces letters of a Cyrillic word by Latin ones that look alike: at least one where there is one.
pub(super) fn look_alike(chance: &mut Chance, word: &mut String) {
    let latin = |letter: char| LOOK_ALIKE.iter().find(|(own, _)| *own == letter).map(|(_, latin)| *latin);
    let all = word.chars().filter(|letter| latin(*letter).is_some()).count();
    let certain = chance.below(all);
    let mut seen = 0;
    *word = word
        .chars()
        .map(|letter| {
            let Some(latin) = latin(letter) else { return letter };
            seen += 1;
            if seen == certain + 1 || chance.happens(rates::LETTER_LOOKS_ALIKE) { latin } else { letter }
        })
        .collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter_and_keeps_the_capital() {
        let mut changed = 0;
        for index in 0..2_000 {
            let mut word = "Шевченко".to_owned();
            slip(&mut Chance::of(7, "slip").nth(index), &mut word, &UKRAINIAN);
            let length = word.chars().count();
            assert!((7..=9).contains(&length), "{word}");
            assert!(word.chars().next().is_some_and(char::is_uppercase), "{word}");
            changed += usize::from(word != "Шевченко");
        }
        assert!(changed > 1_900, "{changed}");
    }

    #[test]
    fn a_word_with_look_alikes_is_of_two_scripts_and_folds_back() {
        for index in 0..500 {
            let mut word = "Коваленко".to_owned();
            look_alike(&mut Chance::of(7, "look").nth(index), &mut word);
            assert!(word.chars().any(|letter| letter.is_ascii_alphabetic()), "{word}");
            let back = |letter| {
                LOOK_ALIKE.iter().find(|(_, latin)| *latin == letter).map_or(letter, |(own, _)| *own)
            };
            assert_eq!(word.chars().map(back).collect::<String>(), "Коваленко");
        }
    }

    #[test]
    fn neighbours_are_those_of_the_keyboard() {
        for (letters, letter, expected) in
            [(&LATIN, 's', "adwx"), (&UKRAINIAN, 'й', "цф"), (&RUSSIAN, 'э', "жх")]
        {
            let found: String = neighbours(letter, letters).into_iter().collect();
            assert!(expected.chars().all(|c| found.contains(c)), "{letter}: {found}");
        }
    }
}
