//! How one report writes a name: in which language and script, with what left out, exchanged or misspelled.

use crate::chance::Chance;

use super::latin::Systems;
use super::rates::{self, Rates};
use super::slips::{self, Letters};
use super::stock::{Father, Given, Surname};
use super::{Sex, Source, Tongue};

/// The true name of one person.
pub(super) struct Name<'a> {
    pub(super) sex: Sex,
    pub(super) surname: &'a Surname,
    pub(super) given: &'a Given,
    pub(super) father: &'a Father,
}

/// Writes names one after the other into the same memory.
#[derive(Debug)]
pub(super) struct Speller {
    systems: Systems,
    tongue: Tongue,
    parts: [String; 3],
    latin: String,
}

const SURNAME: usize = 0;
const GIVEN: usize = 1;
const PATRONYMIC: usize = 2;

impl Speller {
    pub(super) fn new() -> Self {
        Self {
            systems: Systems::all(),
            tongue: Tongue::Ukrainian,
            parts: [const { String::new() }; 3],
            latin: String::new(),
        }
    }

    /// The language of the last report.
    pub(super) fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// Surname, given name and patronymic as the columns of one report have them; a missing patronymic is empty.
    pub(super) fn report(
        &mut self,
        chance: &mut Chance,
        source: Source,
        rates: &Rates,
        name: &Name<'_>,
    ) -> &[String; 3] {
        self.tongue = if chance.happens(rates.russian) { Tongue::Russian } else { Tongue::Ukrainian };
        self.spell(chance, rates, name);
        if chance.happens(rates.patronymic_missing) {
            self.parts[PATRONYMIC].clear();
        }
        let letters = match (source, self.tongue) {
            (Source::RedCross, _) => {
                self.romanise(chance);
                &slips::LATIN
            }
            (_, Tongue::Ukrainian) => &slips::UKRAINIAN,
            (_, Tongue::Russian) => &slips::RUSSIAN,
        };
        self.spoil(chance, rates, letters);
        &self.parts
    }

    fn spell(&mut self, chance: &mut Chance, rates: &Rates, name: &Name<'_>) {
        let by_letters = self.tongue == Tongue::Russian && chance.happens(rates::BY_LETTERS);
        for (at, part) in self.parts.iter_mut().enumerate() {
            part.clear();
            let strays = at != SURNAME && chance.happens(rates::OTHER_TONGUE);
            let tongue = if strays { self.tongue.other() } else { self.tongue };
            let nickname = at == GIVEN && chance.happens(rates.nickname);
            match at {
                SURNAME => name.surname.write(part, chance, name.sex, tongue),
                GIVEN if nickname => part.push_str(name.given.nickname(chance, tongue)),
                GIVEN if by_letters => part.push_str(&name.given.by_letters),
                GIVEN => part.push_str(name.given.form(tongue)),
                _ if by_letters => part.push_str(name.father.by_letters(name.sex)),
                _ => part.push_str(name.father.form(name.sex, tongue)),
            }
        }
    }

    fn romanise(&mut self, chance: &mut Chance) {
        let system = self.systems.drawn(chance, self.tongue);
        for part in &mut self.parts {
            self.latin.clear();
            system.write(part, &mut self.latin);
            std::mem::swap(part, &mut self.latin);
        }
    }

    /// What happens to a name between who says it and who writes it down.
    fn spoil(&mut self, chance: &mut Chance, rates: &Rates, letters: &Letters) {
        for (at, part) in self.parts.iter_mut().enumerate() {
            if chance.happens(if at == SURNAME { rates.surname_slip } else { rates.slip }) {
                slips::slip(chance, part, letters);
            }
        }
        if chance.happens(rates.look_alike) {
            slips::look_alike(chance, &mut self.parts[SURNAME]);
        }
        if chance.happens(rates.given_initial) {
            initial(&mut self.parts[GIVEN]);
        }
        if chance.happens(rates.patronymic_initial) {
            initial(&mut self.parts[PATRONYMIC]);
        }
        if chance.happens(rates.surname_given_exchanged) {
            self.parts.swap(SURNAME, GIVEN);
        } else if chance.happens(rates.given_patronymic_exchanged) && !self.parts[PATRONYMIC].is_empty() {
            self.parts.swap(GIVEN, PATRONYMIC);
        }
        if chance.happens(rates.capitals) {
            for part in &mut self.parts {
                *part = part.to_uppercase();
            }
        }
    }
}

/// Leaves the first letter and a point; an empty word stays so.
fn initial(word: &mut String) {
    if let Some(first) = word.chars().next() {
        word.truncate(first.len_utf8());
        word.push('.');
    }
}
