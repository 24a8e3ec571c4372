//! Conjunctive keys: two records are looked at together when they share one.
//!
//! Decides which columns together make a key, and writes it as a deterministic string with the name of its recipe in front,
//! so that a register can store a keyed hash of it and never the name. It refuses to know who searches and why.

use crate::fold::{self, words};
use crate::given::{given_keys, is_patronymic, patronymic_keys};

/// The most keys of one record or one query; what comes after is left out, the most specific keys coming first.
pub const KEYS_MAX: usize = 64;

/// The most name words of a query that are tried.
const QUERY_WORDS_MAX: usize = 5;

/// The most letters of the series of a service number.
const SERIES_CHARS_MAX: usize = 3;

/// Which columns a key joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipe {
    /// The service number.
    ServiceNumber,
    /// Surname, given name, year of birth.
    SurnameGivenYear,
    /// Given name, patronymic, year of birth: for a surname that was misheard or has changed.
    GivenPatronymicYear,
    /// Consonants of the surname, given name, year of birth: for vowels that differ.
    ConsonantsGivenYear,
    /// Surname and given name.
    SurnameGiven,
    /// Surname and year of birth.
    SurnameYear,
    /// Surname alone: many strangers share it.
    Surname,
    /// A part of the surname, and the given name: for a slip of the hand elsewhere in the surname.
    PartGiven,
    /// A part of the surname, and the year of birth.
    PartYear,
    /// Given name and patronymic, for whoever searches by these alone: too many strangers share them to compare them all.
    GivenPatronymic,
    /// Patronymic alone, likewise.
    Patronymic,
}

impl Recipe {
    /// The stable name, which begins every key of the recipe.
    pub fn name(self) -> &'static str {
        match self {
            Recipe::ServiceNumber => "service-number",
            Recipe::SurnameGivenYear => "surname+given+year",
            Recipe::GivenPatronymicYear => "given+patronymic+year",
            Recipe::ConsonantsGivenYear => "consonants+given+year",
            Recipe::SurnameGiven => "surname+given",
            Recipe::SurnameYear => "surname+year",
            Recipe::Surname => "surname",
            Recipe::PartGiven => "part+given",
            Recipe::PartYear => "part+year",
            Recipe::GivenPatronymic => "given+patronymic",
            Recipe::Patronymic => "patronymic",
        }
    }
}

impl Recipe {
    /// Whether records that share a key of this recipe are few enough to be compared with one another; the others serve whoever
    /// searches.
    pub fn is_for_comparing(self) -> bool {
        !matches!(self, Recipe::GivenPatronymic | Recipe::Patronymic)
    }
}

/// One key. Its `Debug` shows the recipe only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    recipe: Recipe,
    text: String,
}

impl Key {
    /// The recipe.
    pub fn recipe(&self) -> Recipe {
        self.recipe
    }

    /// The whole key, recipe name included: `surname+given|migda|maksim`. To be hashed with a secret before it is stored.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.recipe.name())
    }
}

/// The keys of a record, the most specific first, without repetition, at most [`KEYS_MAX`].
///
/// A surname of several words gives keys for the whole and for each word.
pub fn keys(
    surname: &str,
    given: Option<&str>,
    patronymic: Option<&str>,
    birth_year: Option<i32>,
    service_number: Option<&str>,
) -> Vec<Key> {
    let mut wanted = Wanted::default();
    wanted.service_number(service_number.unwrap_or_default());
    let surnames = surname_readings(surname);
    let given: Vec<String> =
        given.map(|given| words(given).take(2).flat_map(given_keys).collect()).unwrap_or_default();
    let patronymic = patronymic.and_then(|name| words(name).next()).map(patronymic_keys).unwrap_or_default();
    for given in &given {
        wanted.of_name(&surnames, given, birth_year);
        for patronymic in &patronymic {
            wanted.of_father(given, patronymic, birth_year);
        }
    }
    patronymic.iter().for_each(|father| wanted.of_fathers_child(father));
    wanted.of_surname(&surnames, birth_year);
    wanted.done()
}

/// The keys that a desk's search box asks for: name words in any order and script, a year or a date of birth, a service
/// number. The most specific come first; a record that holds any of them is a candidate, never more than that.
pub fn search_keys(query: &str) -> Vec<Key> {
    let mut wanted = Wanted::default();
    let mut names = Vec::new();
    let (mut year, mut series) = (None, "");
    for part in query.split([' ', ',', ';', '\t', '\n']).filter(|part| !part.is_empty()) {
        match year_in(part) {
            Some(found) => year = Some(found),
            None if part.chars().filter(char::is_ascii_digit).count() >= 3 => {
                wanted.service_number(part);
                // The series of a number stands apart from it as often as not.
                wanted.service_number(&format!("{series}{part}"));
            }
            None => names.extend(words(part)),
        }
        let letters = part.chars().all(char::is_alphabetic) && part.chars().count() <= SERIES_CHARS_MAX;
        series = if letters { part } else { "" };
    }
    names.truncate(QUERY_WORDS_MAX);
    for (at, surname) in names.iter().enumerate() {
        // A record may have the parts of its name in each other's places.
        let mut surnames = surname_readings(surname);
        surnames.extend(given_keys(surname));
        surnames.dedup();
        for (_, given) in
            names.iter().enumerate().filter(|(other, word)| *other != at && !is_patronymic(word))
        {
            for given in given_keys(given) {
                wanted.of_name(&surnames, &given, year);
            }
        }
    }
    let (fathers, others): (Vec<&str>, Vec<&str>) = names.iter().partition(|word| is_patronymic(word));
    for given in others.iter().flat_map(|word| given_keys(word)) {
        for father in fathers.iter().flat_map(|word| patronymic_keys(word)) {
            wanted.of_father(&given, &father, year);
        }
    }
    for father in fathers.iter().flat_map(|word| patronymic_keys(word)) {
        wanted.of_fathers_child(&father);
    }
    for surname in &names {
        wanted.of_surname(&surname_readings(surname), year);
    }
    wanted.done()
}

/// The readings of a surname: of its words run together, and of each word of several.
fn surname_readings(surname: &str) -> Vec<String> {
    let parts: Vec<&str> = words(surname).take(3).collect();
    let mut readings = fold::readings(&parts.concat());
    if parts.len() > 1 {
        readings.extend(parts.iter().flat_map(|part| fold::readings(part)));
    }
    readings
}

/// What one slip of the hand leaves of a surname: its consonants, its beginning, or its end. Of a short one too many strangers
/// have the same.
fn parts_of(surname: &str) -> Vec<String> {
    let (consonants, letters) = (fold::consonants(surname), surname.len());
    let mut parts = Vec::new();
    if consonants.len() >= 3 {
        parts.push(format!("*{consonants}"));
    }
    parts.extend(surname.get(..3).filter(|_| (4..7).contains(&letters)).map(|head| format!("{head}-")));
    parts.extend(surname.get(..4).filter(|_| letters > 4).map(|head| format!("{head}-")));
    parts.extend(
        surname.get(letters.saturating_sub(5)..).filter(|_| letters > 5).map(|tail| format!("-{tail}")),
    );
    parts
}

/// The year in `1985`, `1985-02-03`, `03.02.1985` or `03/02/1985`.
fn year_in(part: &str) -> Option<i32> {
    let groups: Vec<&str> = part.split(['-', '.', '/']).collect();
    let digits = part.chars().all(|c| c.is_ascii_digit() || "-./".contains(c));
    if !digits || !matches!(groups.len(), 1..=3) || groups.iter().any(|group| group.is_empty()) {
        return None;
    }
    let mut years = groups.iter().filter(|group| group.len() == 4).filter_map(|group| group.parse().ok());
    years.find(|year| (1880..=2100).contains(year))
}

/// Keys as they come together, most specific recipe first.
#[derive(Default)]
struct Wanted {
    keys: Vec<Key>,
}

impl Wanted {
    fn add(&mut self, recipe: Recipe, parts: &[&str]) {
        let text = std::iter::once(recipe.name()).chain(parts.iter().copied()).collect::<Vec<_>>().join("|");
        self.keys.push(Key { recipe, text });
    }

    fn service_number(&mut self, text: &str) {
        let number = fold::service_number(text);
        if !number.is_empty() {
            self.add(Recipe::ServiceNumber, &[&number]);
        }
    }

    fn of_name(&mut self, surnames: &[String], given: &str, year: Option<i32>) {
        for surname in surnames {
            self.add(Recipe::SurnameGiven, &[surname, given]);
            parts_of(surname).iter().for_each(|part| self.add(Recipe::PartGiven, &[part, given]));
            if let Some(year) = year {
                let year = year.to_string();
                self.add(Recipe::SurnameGivenYear, &[surname, given, &year]);
                self.add(Recipe::ConsonantsGivenYear, &[&fold::consonants(surname), given, &year]);
            }
        }
    }

    fn of_fathers_child(&mut self, father: &str) {
        self.add(Recipe::Patronymic, &[father]);
    }

    fn of_father(&mut self, given: &str, father: &str, year: Option<i32>) {
        self.add(Recipe::GivenPatronymic, &[given, father]);
        if let Some(year) = year {
            self.add(Recipe::GivenPatronymicYear, &[given, father, &year.to_string()]);
        }
    }

    fn of_surname(&mut self, surnames: &[String], year: Option<i32>) {
        for surname in surnames {
            self.add(Recipe::Surname, &[surname]);
            if let Some(year) = year {
                let year = year.to_string();
                self.add(Recipe::SurnameYear, &[surname, &year]);
                parts_of(surname).iter().for_each(|part| self.add(Recipe::PartYear, &[part, &year]));
            }
        }
    }

    fn done(mut self) -> Vec<Key> {
        self.keys.sort();
        self.keys.dedup();
        if self.keys.len() > KEYS_MAX {
            // Of a surname of many readings everything else may be too much; the surname itself stays.
            let (surname, mut others): (Vec<Key>, Vec<Key>) =
                self.keys.into_iter().partition(|key| key.recipe == Recipe::Surname);
            others.truncate(KEYS_MAX.saturating_sub(surname.len()));
            self.keys = surname.into_iter().take(KEYS_MAX).chain(others).collect();
            self.keys.sort();
        }
        self.keys
    }
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
