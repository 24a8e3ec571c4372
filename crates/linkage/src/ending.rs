//! Endings of names: what makes another surname, and what is only an oblique case of one.
//!
//! Decides by the skeletons of two surnames whether they are two families, and of two names whether one is the other declined.

/// Endings that make surnames of names and trades, folded.
const ENDINGS: [&str; 20] = [
    "enko", "qenko", "quk", "uk", "ko", "ev", "in", "iwin", "ski", "cki", "iq", "oviq", "eviq", "ak", "qak",
    "ik", "ec", "aniuk", "qik", "iwak",
];

/// Whether one stem of three letters or more with two endings makes two surnames. The feminine counts as the masculine.
pub(crate) fn are_derived(a: &str, b: &str) -> bool {
    let masculine = |text: &'_ str| match text.strip_suffix('a') {
        Some(short) if ["ev", "in", "sk", "ck"].iter().any(|end| short.ends_with(end)) => short.len(),
        _ => text.len(),
    };
    let (a, b) = (&a[..masculine(a)], &b[..masculine(b)]);
    let (a, b) = (a.strip_suffix('i').unwrap_or(a), b.strip_suffix('i').unwrap_or(b));
    let is_ending =
        |text: &str| text.is_empty() || ENDINGS.iter().any(|ending| ending.trim_end_matches('i') == text);
    let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let by_ending = |(one, other): (&str, &str)| is_ending(one) && is_ending(other);
    // к and ц before such an ending become ч.
    let by_q =
        |(one, other): (&str, &str)| ["k", "c"].contains(&one) && other.starts_with('q') && is_ending(other);
    (shared.saturating_sub(2).max(3)..=shared).any(|stem| {
        let rests = (&a[stem..], &b[stem..]);
        rests.0 != rests.1 && (by_ending(rests) || by_q(rests) || by_q((rests.1, rests.0)))
    })
}

/// Whether one word is the other in an oblique case, by the endings of surnames and given names in Ukrainian and Russian. Where the
/// case changes but one letter, a slip of the hand tells as much.
pub(crate) fn is_case_of(a: &[u8], b: &[u8]) -> bool {
    // The ending ов is folded to ev, in the nominative only.
    const CASES: [(&str, &[&str]); 6] = [
        ("ev", &["ovu", "ovi", "ovim", "ove", "ovom"]),
        ("eva", &["ovi", "ovu", "ovou"]),
        ("", &["om", "em", "im", "ovi", "evi", "vi"]),
        ("a", &["ou", "eu"]),
        ("i", &["ogo", "omu", "om", "em", "evi"]),
        ("ec", &["ca", "cu", "cem", "com", "cevi", "ci"]),
    ];
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let is = |rest: &[u8], of: &[u8]| {
        CASES.iter().any(|(nominative, cases)| {
            of == nominative.as_bytes() && cases.iter().any(|case| rest == case.as_bytes())
        })
    };
    let (a, b) = (&a[start..], &b[start..]);
    start >= 3 && a.len().max(b.len()) <= 4 && (is(a, b) || is(b, a))
}

/// Whether two words have the same three or more consonants.
pub(crate) fn same_consonants(a: &[u8], b: &[u8]) -> bool {
    let bone = |c: &&u8| !b"aeiou".contains(*c);
    a.iter().filter(bone).eq(b.iter().filter(bone)) && a.iter().filter(bone).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::skeleton;

    #[test]
    fn two_families_are_two_and_one_declined_is_one() {
        let derived = |a: &str, b: &str| {
            are_derived(&skeleton(a), &skeleton(b)) && are_derived(&skeleton(b), &skeleton(a))
        };
        for (a, b) in [
            ("Мельник", "Мельничук"),
            ("Ткач", "Ткачук"),
            ("Петров", "Петренко"),
            ("Бондар", "Бондаренко"),
            ("Коваль", "Ковальчук"),
            ("Кравець", "Кравченко"),
            ("Іванов", "Іваненко"),
            ("Kowal", "Kowalski"),
            ("Гончар", "Гончарук"),
        ] {
            assert!(derived(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("Петров", "Петрова"),
            ("Ковальський", "Ковальская"),
            ("Бондаренко", "Бондаренка"),
            ("Мельник", "Мельника"),
            ("Мігда", "Мигда"),
            ("Шевченко", "Шевченок"),
            ("Ткачук", "Ткачука"),
        ] {
            assert!(!derived(a, b), "{a} {b}");
        }
        assert!(is_case_of(&skeleton("Ткачук").into_bytes(), &skeleton("Ткачуком").into_bytes()));
    }
}
