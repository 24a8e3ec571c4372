//! The name and place tables that ship with the rehearsal, as values.
//!
//! Decides how a shipped table is read and which spelling is asked for. Refuses to know who bears a name.

use std::sync::OnceLock;

/// In which spelling a list writes its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Ukrainian orthography.
    Ukrainian,
    /// Russian orthography.
    Russian,
    /// Latin letters, after the romanisation of the Cabinet of Ministers of Ukraine (resolution 55 of 2010).
    Latin,
}

/// One word in the three spellings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// The Ukrainian spelling.
    pub uk: &'static str,
    /// The Russian spelling.
    pub ru: &'static str,
    /// The Latin spelling.
    pub latin: &'static str,
}

impl Form {
    /// The word in `spelling`.
    pub fn in_spelling(&self, spelling: Spelling) -> &'static str {
        match spelling {
            Spelling::Ukrainian => self.uk,
            Spelling::Russian => self.ru,
            Spelling::Latin => self.latin,
        }
    }
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Form(name)")
    }
}

/// A word with the form of a man and that of a woman.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gendered {
    /// The form of a man.
    pub male: Form,
    /// The form of a woman.
    pub female: Form,
}

/// The shipped tables.
#[derive(Debug)]
pub struct Tables {
    /// Given names of men, roughly in falling order of use.
    pub given_male: Vec<Form>,
    /// Given names of women, roughly in falling order of use.
    pub given_female: Vec<Form>,
    /// Patronymics, roughly in falling order of use.
    pub patronymics: Vec<Gendered>,
    /// Surnames, sorted; drawn evenly.
    pub surnames: Vec<Gendered>,
    /// Invented places of capture.
    pub capture_places: Vec<Form>,
    /// Invented places of detention, twelve for each of two sides.
    pub sites: [Vec<Form>; 2],
}

/// The shipped tables, read once.
pub fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        given_male: rows(include_str!("../data/names/given_male.csv")).map(|row| form(&row, 0)).collect(),
        given_female: rows(include_str!("../data/names/given_female.csv")).map(|row| form(&row, 0)).collect(),
        patronymics: rows(include_str!("../data/names/patronymics.csv")).map(gendered).collect(),
        surnames: rows(include_str!("../data/names/surnames.csv")).map(gendered).collect(),
        capture_places: places("capture"),
        sites: [places("site-0"), places("site-1")],
    })
}

fn places(role: &str) -> Vec<Form> {
    rows(include_str!("../data/places.csv")).filter(|row| row[0] == role).map(|row| form(&row, 1)).collect()
}

fn gendered(row: Vec<&'static str>) -> Gendered {
    Gendered { male: form(&row, 0), female: form(&row, 3) }
}

/// Reads three cells from `start`. The tables are part of the program and a test reads every row, so a missing cell cannot
/// reach a caller.
fn form(row: &[&'static str], start: usize) -> Form {
    Form { uk: row[start], ru: row[start + 1], latin: row[start + 2] }
}

/// The rows below the header; the shipped tables hold no quoted cell.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, forms: &[Form], at_least: usize) {
        assert!(forms.len() >= at_least, "{name}: {} rows", forms.len());
        for form in forms {
            let cyrillic = |word: &str, also: &str| {
                word.chars().all(|c| ('а'..='я').contains(&c) || ('А'..='Я').contains(&c) || also.contains(c))
            };
            assert!(
                cyrillic(form.uk, "ґєіїҐЄІЇ'-") && !form.uk.contains(['ы', 'э', 'ъ', 'ё']),
                "{name}: {}",
                form.uk
            );
            assert!(cyrillic(form.ru, "ё-"), "{name}: {}", form.ru);
            assert!(
                form.latin.chars().all(|c| c.is_ascii_alphabetic() || c == '-'),
                "{name}: {}",
                form.latin
            );
        }
    }

    #[test]
    fn every_row_is_whole_and_in_its_own_script() {
        let all = tables();
        check("given_male", &all.given_male, 150);
        check("given_female", &all.given_female, 60);
        for table in [&all.patronymics, &all.surnames] {
            check("male", &table.iter().map(|row| row.male).collect::<Vec<_>>(), 130);
            check("female", &table.iter().map(|row| row.female).collect::<Vec<_>>(), 130);
        }
        assert!(all.surnames.len() >= 800);
        check("places", &all.capture_places, 24);
        check("sites", &all.sites[0], 12);
        check("sites", &all.sites[1], 12);
    }

    #[test]
    fn debug_shows_no_name() {
        assert_eq!(format!("{:?}", tables().given_male[0]), "Form(name)");
    }
}
