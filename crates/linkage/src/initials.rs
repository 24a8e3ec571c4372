//! Names whose first letter is another in another language: Микола is Н. in a Russian list, Николай М. in a Ukrainian one.
//!
//! Decides which initials a name may have. Only names in full as documents write them stand here: nobody's initial is that of a pet name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::{fold, given};

/// The forms of one name that begin with two letters or more, a row each; ours, after common name dictionaries.
const ROWS: &[&str] = &[
    "Олександр Александр",
    "Олександра Александра",
    "Олексій Алексей",
    "Микола Николай Ніколай",
    "Микита Никита",
    "Панас Опанас Афанасий",
    "Олена Елена Helen",
    "Омелян Емельян",
    "Юхим Ефим Єфим",
    "Хома Фома Thomas",
    "Пилип Филипп",
    "Йосип Иосиф Осип Joseph",
    "Гнат Игнат Ігнат",
    "Федір Тодор Theodor",
    "Сидір Ісидор Исидор",
    "Яким Аким",
    "Онисим Анисим",
    "Охрім Ефрем",
    "Ганна Анна",
    "Євген Евгений Eugene",
    "Яків Яков Jacob",
    "Юрій Юрий",
    "Іван John",
    "Василь Базиль Basil",
    "Явдоха Евдокия",
    "Горпина Агриппина",
    "Одарка Дарья Дарина",
    "Оксана Ксения",
    "Уляна Ульяна Юлиана",
    "Орина Ирина Ярина",
];

/// By the key of a given name, and by that of the patronymic made of it: the first letters of its forms.
static FIRSTS: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let mut firsts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for row in ROWS {
        let forms: Vec<String> = row.split(' ').map(fold::skeleton).collect();
        let letters: Vec<u8> = forms.iter().filter_map(|form| form.bytes().next()).collect();
        for form in &forms {
            let key = given::given_key(form);
            for key in [key, given::stem(key)] {
                firsts.entry(key.to_owned()).or_default().extend(&letters);
            }
        }
    }
    firsts
});

/// The first letters, beside its own, that a name may have, by its key as a given name or as a patronymic.
pub(crate) fn of(key: &str) -> &'static [u8] {
    FIRSTS.get(key).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_first_letters_of_its_forms_and_no_others() {
        let check = |name: &str, fits: &str, not: &str| {
            let key = given::given_key(&fold::skeleton(name)).to_owned();
            let father = given::stem(&key).to_owned();
            let first = |letter: char| fold::skeleton(&letter.to_string()).into_bytes()[0];
            for key in [key, father] {
                assert!(fits.chars().all(|letter| of(&key).contains(&first(letter))), "{name} {key}");
                assert!(!not.chars().any(|letter| of(&key).contains(&first(letter))), "{name} {key}");
            }
        };
        check("Микола", "МН", "КОА");
        check("Николай", "МН", "К");
        check("Олександр", "ОА", "СШ");
        check("Олексій", "ОА", "Л");
        check("Хома", "ХФТ", "МС");
        check("Ганна", "ГА", "Н");
        check("Сергій", "", "СКА");
    }
}
