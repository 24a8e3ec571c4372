//! Recipes: which particulars of a person make a key, and what each key gives away.
//!
//! Decides the keys of a person and which recipes may be named at all: none that hit a stranger more often than
//! [`FALSE_HITS_MAX`] of those asked for, as measured ([`super::rates`]). Every recipe joins several particulars, since each hit
//! discloses by itself. The holder's list has one spelling of each person; whoever asks tries the others, so that the
//! cap of what is asked bounds them.

use std::collections::BTreeSet;

use linkage::birth::Born;
use linkage::{fold, given};
use sha2::{Digest, Sha256};

/// What the keys went through, as parameters name it.
pub const NORMALISATION: &str = "homeward-folding-1";
/// Of a million people asked for and not held, so many may be hit all the same, among ten thousand held.
pub const FALSE_HITS_MAX: u32 = 1_000;
/// The most readings of one name that are tried.
const READINGS_MAX: usize = 4;

/// A particular that a key may join.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The surname, folded.
    Surname,
    /// The given name, folded: that of its group.
    Given,
    /// The patronymic, folded: the father's name.
    Patronymic,
    /// The year of birth.
    Year,
    /// The whole date of birth.
    Date,
    /// The service number.
    Number,
}

impl Part {
    /// Its word in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Surname => "surname",
            Self::Given => "given",
            Self::Patronymic => "patronymic",
            Self::Year => "year",
            Self::Date => "date",
            Self::Number => "number",
        }
    }
}

/// A recipe.
#[derive(Debug)]
pub struct Recipe {
    /// Its name, as parameters and keys have it.
    pub name: &'static str,
    /// What it joins, in this order.
    pub parts: &'static [Part],
    /// False hits as measured: of a million people asked for and not held, among ten thousand held
    /// (`docs/matching.md`).
    pub false_hits: u32,
}

/// Every recipe that is known, the ones that may not be used too; the most specific first.
pub const RECIPES: &[Recipe] = &[
    Recipe { name: "service-year", parts: &[Part::Number, Part::Year], false_hits: 0 },
    Recipe { name: "surname-given-date", parts: &[Part::Surname, Part::Given, Part::Date], false_hits: 7 },
    Recipe {
        name: "surname-given-patronymic-year",
        parts: &[Part::Surname, Part::Given, Part::Patronymic, Part::Year],
        false_hits: 0,
    },
    Recipe {
        name: "surname-patronymic-date",
        parts: &[Part::Surname, Part::Patronymic, Part::Date],
        false_hits: 7,
    },
    Recipe {
        name: "given-patronymic-date",
        parts: &[Part::Given, Part::Patronymic, Part::Date],
        false_hits: 347,
    },
    Recipe {
        name: "surname-patronymic-year",
        parts: &[Part::Surname, Part::Patronymic, Part::Year],
        false_hits: 1_067,
    },
    Recipe {
        name: "surname-given-year",
        parts: &[Part::Surname, Part::Given, Part::Year],
        false_hits: 1_207,
    },
    Recipe {
        name: "given-patronymic-year",
        parts: &[Part::Given, Part::Patronymic, Part::Year],
        false_hits: 116_947,
    },
];

impl Recipe {
    /// Whether parameters may name it.
    pub fn is_fit(&self) -> bool {
        self.false_hits <= FALSE_HITS_MAX
    }
}

/// The recipe of this name.
pub fn named(name: &str) -> Option<&'static Recipe> {
    RECIPES.iter().find(|recipe| recipe.name == name)
}

/// What a list says of a person, as far as keys need it.
#[derive(Clone, Default)]
pub struct Particulars {
    /// The surname as written.
    pub surname: String,
    /// The given name as written.
    pub given: String,
    /// The patronymic as written.
    pub patronymic: String,
    /// The date of birth, or its year.
    pub born: Born,
    /// The service number as written.
    pub number: String,
}

/// In how many spellings a person stands in a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spellings {
    /// One of each name: the list of whom one holds.
    One,
    /// Those that the folding tells apart too: the list of whom one asks for.
    All,
}

impl Particulars {
    /// The keys of these recipes, in their order, without repetition: `v1|recipe|fields`.
    pub fn keys(&self, recipes: &[&Recipe], spellings: Spellings) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut keys = Vec::new();
        for recipe in recipes {
            let parts: Vec<Vec<String>> =
                recipe.parts.iter().map(|part| self.readings(*part, spellings)).collect();
            for fields in joined(&parts) {
                let key = format!("v1|{}|{fields}", recipe.name);
                if seen.insert(key.clone()) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// How a part may be read; nothing where it is not known.
    fn readings(&self, part: Part, spellings: Spellings) -> Vec<String> {
        let some = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
        let mut readings = match part {
            Part::Surname => {
                let whole: String = fold::words(&self.surname).collect();
                if is_name(&whole) { fold::readings(&whole) } else { Vec::new() }
            }
            Part::Given => first_word(&self.given).map(given::given_keys).unwrap_or_default(),
            Part::Patronymic => first_word(&self.patronymic).map(given::patronymic_keys).unwrap_or_default(),
            Part::Year if self.born.year() > 0 => some(self.born.year().to_string()),
            Part::Date if self.born.is_whole() => {
                let (year, month, day) = (self.born.year(), self.born.month(), self.born.day());
                some(format!("{year:04}-{month:02}-{day:02}"))
            }
            Part::Number => some(fold::service_number(&self.number)),
            Part::Year | Part::Date => Vec::new(),
        };
        readings.retain(|reading| !reading.is_empty());
        readings.truncate(if spellings == Spellings::One { 1 } else { READINGS_MAX });
        readings
    }
}

/// Whether a word is a name: an initial is none, and two people share it as soon as they share a letter.
fn is_name(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_alphabetic()).count() > 1
}

fn first_word(name: &str) -> Option<&str> {
    fold::words(name).next().filter(|word| is_name(word))
}

/// Every choice of one reading of each part; none where a part has none.
fn joined(parts: &[Vec<String>]) -> Vec<String> {
    parts.iter().fold(vec![String::new()], |before, readings| {
        let with = |start: &String| {
            let bar = if start.is_empty() { "" } else { "|" };
            readings.iter().map(|reading| format!("{start}{bar}{reading}")).collect::<Vec<_>>()
        };
        before.iter().flat_map(with).collect()
    })
}

/// Names that the folding treats in every way it has, by which two programs know that they fold alike.
const PROBES: [&str; 12] = [
    "Щербак Дем'ян Юхимович",
    "Гайворонський Олексій Ґедимінович",
    "Жмайло-Дрозд Артём Фёдорович",
    "Їжакевич Євген Йосипович",
    "Shcherbyna Mykhailo Hryhorovych",
    "Tchaïkine Serge Mikhaïlovitch",
    "Zjablikow Jewgenij Alexandrowitsch",
    "Szewczuk Paweł Grzegorzewicz",
    "Çerkez Rüstem Ahmedoviç",
    "Соловьёв Илья Львович",
    "Kuznetsova Ol'ga Il'inichna",
    "Мигда Саша Яковлевич",
];

/// SHA-256 over what the folding makes of the probes: two programs whose tables differ there fold unlike, and their keys
/// would miss one another without a sign.
pub fn tables() -> [u8; 32] {
    let all: Vec<&Recipe> = RECIPES.iter().collect();
    let mut hash = Sha256::new_with_prefix(NORMALISATION);
    for probe in PROBES {
        let mut names = probe.split(' ').map(str::to_owned);
        let mut next = || names.next().unwrap_or_default();
        let (surname, given, patronymic) = (next(), next(), next());
        let (born, number) = (Born::read("1987-11-15"), "АВ 0123456".to_owned());
        let person = Particulars { surname, given, patronymic, born, number };
        for key in person.keys(&all, Spellings::All) {
            hash.update(key.as_bytes());
            hash.update(b"\n");
        }
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(line: &str) -> Particulars {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let [surname, given, patronymic, born, number] = &cells[..] else { panic!("five cells") };
        Particulars {
            surname: surname.clone(),
            given: given.clone(),
            patronymic: patronymic.clone(),
            born: Born::read(born),
            number: number.clone(),
        }
    }

    fn keys(line: &str, recipe: &str, spellings: Spellings) -> Vec<String> {
        person(line).keys(&[named(recipe).unwrap()], spellings)
    }

    #[test]
    fn a_person_of_two_lists_in_two_scripts_has_a_key_in_common() {
        let cases = [
            ("Мігда,Максим,Олегович,1987-11-15,", "Мигда,Максим,Олегович,15.11.1987,", "surname-given-date"),
            (
                "Щербак,Дмитро,Іванович,1979-02-23,",
                "Shcherbak,Dmytro,Ivanovych,1979-02-23,",
                "surname-given-date",
            ),
            (
                "Ткаченко,Олексій,Андрійович,1992-03-05,",
                "Ткаченко,Алексей,Андреевич,1992,",
                "surname-given-patronymic-year",
            ),
            ("Нова,Ганна,Петрівна,1990-05-06,", "Стара,Анна,Петровна,06.05.1990,", "given-patronymic-date"),
            ("Ткач,Юрій,,1994,АВ-012345", "X,Y,,1994-08-30,AB 012345", "service-year"),
        ];
        for (asked, held, recipe) in cases {
            let asked = keys(asked, recipe, Spellings::All);
            let held = keys(held, recipe, Spellings::One);
            assert_eq!(held.len(), 1, "{recipe}");
            assert!(asked.contains(&held[0]), "{recipe}: {asked:?} {held:?}");
        }
    }

    #[test]
    fn what_is_not_known_makes_no_key_and_no_recipe_stands_on_one_particular() {
        assert_eq!(keys("Ткач,Юрій,Іванович,1994,", "surname-given-date", Spellings::All), [""; 0]);
        assert_eq!(keys("Ткач,Ю,Іванович,1994-08-30,", "surname-given-date", Spellings::All), [""; 0]);
        assert_eq!(keys(",Юрій,Іванович,1994-08-30,", "surname-given-date", Spellings::All), [""; 0]);
        // The first of January is what an office writes for "unknown".
        assert_eq!(keys("Ткач,Юрій,Іванович,1994-01-01,", "surname-given-date", Spellings::All), [""; 0]);
        assert!(RECIPES.iter().all(|recipe| recipe.parts.len() > 1));
        let names: BTreeSet<&str> = RECIPES.iter().map(|recipe| recipe.name).collect();
        assert_eq!(names.len(), RECIPES.len());
    }

    #[test]
    fn only_the_asker_has_several_spellings() {
        let line = "Hlushko,Hlib,Hryhorovych,1990-05-06,";
        assert_eq!(keys(line, "surname-given-date", Spellings::One).len(), 1);
        assert!(keys(line, "surname-given-date", Spellings::All).len() > 1);
    }
}
