//! Pairs of records and the band each must have, with its fields.

use super::*;

/// Reads `surname given patronymic birth number`; `-` is unknown, a birth is `1998-11-15` or `1998`.
fn facts(text: &str) -> Facts<'_> {
    let cells: Vec<&str> = text.split(' ').collect();
    let cell = |at: usize| cells.get(at).copied().filter(|cell| *cell != "-");
    let birth = cell(3).map(|birth| {
        let mut parts = birth.split('-').map(|part| part.parse::<u16>().expect("a number"));
        let year = i32::from(parts.next().expect("a year"));
        let mut small = || parts.next().and_then(|part| u8::try_from(part).ok());
        let (month, day) = (small(), small());
        Birth { year, month_day: month.zip(day) }
    });
    Facts {
        surname: cell(0).unwrap_or(""),
        given: cell(1),
        patronymic: cell(2),
        birth,
        service_number: cell(4),
    }
}

#[track_caller]
fn check(a: &str, b: &str, band: Band) {
    let one_way = compare(facts(a), facts(b));
    assert_eq!(one_way.band, band, "{a} / {b}: {one_way:?}");
    let fields = one_way.agrees.len() + one_way.near.len() + one_way.differs.len() + one_way.missing.len();
    assert_eq!(fields, 6, "every field stands in one place");
    assert_eq!(one_way, compare(facts(b), facts(a)), "the order of the two does not matter");
}

#[test]
fn links() {
    for (a, b) in [
        ("Мігда Максим Олегович 1998-11-15 AB-123456", "Мигда Максим Олегович 1998-11-15 АВ123456"),
        ("Мігда Максим Олегович 1998-11-15 -", "Mihda Maksym Olehovych 1998-11-15 -"),
        ("Мігда Микола - 1998-11-15 -", "Migda Nikolai - 1998-11-15 AB-123456"),
        ("Мігда - - - AB-123456", "Мигда - - - AB-123456"),
        ("Мігда Саша - 1998 AB-123456", "Мигда Олексій - 1998 AB-123456"),
        ("Мігда Максим - 1998-11-15 AB-123456", "Мигда Максим - 1989-11-15 AB-123456"),
        ("Мігда Максим Олегович 1998-11-15 AB-123456", "Мигда Максим Олегович 1998-11-15 AB-123465"),
    ] {
        check(a, b, Band::Link);
    }
}

#[test]
fn reviews() {
    for (a, b) in [
        // A year of birth only, or a placeholder for the day, is not the whole date.
        ("Мігда Максим Олегович 1998-11-15 -", "Мигда Максим Олегович 1998 -"),
        ("Мігда Максим Олегович 1998-11-15 -", "Мигда Максим Олегович 1998-01-01 -"),
        ("Мігда Максим Олегович 1998-01-01 -", "Мигда Максим Олегович 1998-01-01 -"),
        // Something strong contradicts.
        ("Мігда Максим Олегович 1998-11-15 AB-123456", "Мигда Максим Олегович 1998-11-15 AB-777777"),
        ("Мігда Максим Олегович 1998-11-15 -", "Мигда Максим Петрович 1998-11-15 -"),
        ("Мігда Максим - 1998-11-15 AB-123456", "Мигда Іван - 1970-01-20 AB-123456"),
        // Weaker agreement.
        ("Мігда Максим - - -", "Мигда Максим - - -"),
        ("Мігда М. - 1998 -", "Мигда Максим - 1998 -"),
        ("Білявський Іван - 1990-04-05 -", "Белявский Иван - 1990-04-05 -"),
        ("Мігда Максим Олегович 1998-11-15 -", "Петренко Максим Олегович 1998-11-15 -"),
        ("Мігда Максим - 1998-05-11 -", "Мигда Максим - 1998-11-05 -"),
        ("Мігда Максим - 1998-05-11 -", "Мигда Максим - 1997-05-11 -"),
        ("Петренко - - - AB-123456", "Мигда - - - AB-123456"),
        ("Коваленко-Литвин Ганна - 1990 -", "Литвин Анна - 1990 -"),
    ] {
        check(a, b, Band::Review);
    }
}

#[test]
fn nothing() {
    for (a, b) in [
        ("Мігда Максим - - -", "Мигда Іван - - -"),
        ("Мігда - - - -", "Мигда - - - -"),
        ("Мігда Максим Олегович 1998-11-15 -", "Мигда Максим Олегович 1970-03-02 -"),
        ("Мігда Максим - 1998-11-15 AB-123456", "Петренко Іван - 1998-11-15 AB-777777"),
        ("- - - 1998-11-15 -", "- - - 1998-11-15 -"),
        ("- - - - -", "- - - - -"),
    ] {
        check(a, b, Band::No);
    }
}

#[test]
fn reasons_name_the_fields() {
    let c =
        compare(facts("Мігда Максим Олегович 1998-11-15 AB-123456"), facts("Мигда Максім Петрович 1998 -"));
    assert_eq!(c.agrees, [Field::Surname, Field::Given, Field::BirthYear]);
    assert_eq!(c.differs, [Field::Patronymic]);
    assert_eq!(c.missing, [Field::ServiceNumber, Field::BirthDay]);
    assert!(c.near.is_empty());
}

#[test]
fn one_apart_is_one_letter() {
    for (a, b, is) in [
        ("abcd", "abcd", false),
        ("abcd", "abed", true),
        ("abcd", "abd", true),
        ("abcd", "acbd", true),
        ("abcd", "abcde", true),
        ("abcd", "badc", false),
        ("", "a", true),
        ("ab", "", false),
    ] {
        assert_eq!(one_apart(a, b), is, "{a} {b}");
        assert_eq!(one_apart(b, a), is, "{b} {a}");
    }
}

#[test]
fn debug_shows_no_name() {
    let shown = format!("{:?}", facts("Мігда Максим Олегович 1998-11-15 AB-123456"));
    assert_eq!(shown, "Facts(of a person)");
}

proptest::proptest! {
    /// Whatever is written in the columns, the comparison ends, places every field once, and does not depend on the order.
    #[test]
    fn any_text_compares(a in "\\PC{0,24}", b in "\\PC{0,24}", number in "[A-ZА-Я]{0,2}[-0-9]{0,7}", year in 1900..2010_i32) {
        let birth = Some(Birth { year, month_day: None });
        let one = Facts { surname: &a, given: Some(&b), patronymic: Some(&a), birth, service_number: Some(&number) };
        let other = Facts { surname: &b, given: Some(&a), patronymic: None, birth, service_number: Some(&number) };
        let found = compare(one, other);
        proptest::prop_assert_eq!(&found, &compare(other, one));
        proptest::prop_assert_eq!(found.agrees.len() + found.near.len() + found.differs.len() + found.missing.len(), 6);
    }

    /// A record compared with itself never differs from itself, and shares all of its keys.
    #[test]
    fn anybody_is_like_themselves(surname in "[а-яіїєґА-Яa-zA-Z'-]{1,20}", given in "[а-яіїєґA-Z]{1,12}") {
        let facts = Facts { surname: &surname, given: Some(&given), ..Facts::default() };
        proptest::prop_assert!(compare(facts, facts).differs.is_empty());
        let keys = crate::keys(&surname, Some(&given), None, None, None);
        proptest::prop_assert!(keys.iter().all(|key| key.text().starts_with(key.recipe().name())));
        let asked = crate::search_keys(&surname);
        proptest::prop_assert!(keys.is_empty() || crate::fold::words(&surname).count() > 5 || keys.iter().any(|key| asked.contains(key)));
    }
}
