//! How often each kind of source leaves something out or errs.
//!
//! Measured on 100,000 invented reports with truth that were made elsewhere: what is missing, how often two reports of one
//! person agree in a field and how they differ. Everything of 1,000.

use super::Source;

/// A year alone that is a guess, one or two years off.
pub(super) const YEAR_GUESSED: usize = 220;
/// A service number with one wrong digit.
pub(super) const NUMBER_DIGIT_WRONG: usize = 25;
/// A name in the other language than the rest of its report.
pub(super) const OTHER_TONGUE: usize = 15;
/// A Ukrainian name put into Russian letters instead of its Russian form: Сергий.
pub(super) const BY_LETTERS: usize = 90;
/// A surname in the second customary Russian form where there is one.
pub(super) const SECOND_FORM: usize = 150;
/// A letter of a word with look-alike letters that is replaced.
pub(super) const LETTER_LOOKS_ALIKE: usize = 500;
/// What is mistaken in a whole date: the day, the month by one, the day by one, day and month exchanged, a decade, two to
/// five years, one year, ten days.
pub(super) const MISTAKEN: [usize; 8] = [370, 60, 105, 225, 72, 70, 66, 32];
/// How one letter is wrong: left out, one too many, two exchanged, another one.
pub(super) const SLIPS: [usize; 4] = [240, 185, 165, 410];
/// What another letter is: one that sounds alike, a neighbour on the keyboard, any.
pub(super) const OTHER_LETTER: [usize; 3] = [400, 150, 450];

/// The rates of one source.
#[derive(Debug)]
pub(super) struct Rates {
    pub(super) patronymic_missing: usize,
    pub(super) sex_missing: usize,
    pub(super) born_missing: usize,
    pub(super) place_missing: usize,
    pub(super) unit_missing: usize,
    pub(super) number_missing: usize,
    /// Written in Russian, or romanised from the Russian form.
    pub(super) russian: usize,
    /// A surname with one wrong letter.
    pub(super) surname_slip: usize,
    /// A given name or a patronymic with one wrong letter.
    pub(super) slip: usize,
    /// A given name that has nicknames is given as one of them.
    pub(super) nickname: usize,
    pub(super) given_initial: usize,
    /// Of the patronymics that are given.
    pub(super) patronymic_initial: usize,
    pub(super) surname_given_exchanged: usize,
    pub(super) given_patronymic_exchanged: usize,
    pub(super) capitals: usize,
    /// A surname with Latin letters that look like its own.
    pub(super) look_alike: usize,
    /// The year alone, of the dates that are given; likewise the next two.
    pub(super) born_year: usize,
    pub(super) born_month: usize,
    /// The first of January stands for an unknown day.
    pub(super) born_new_year: usize,
    /// Of the whole dates.
    pub(super) born_wrong: usize,
}

impl Rates {
    pub(super) fn of(source: Source) -> &'static Self {
        match source {
            Source::Family => &FAMILY,
            Source::Captor => &CAPTOR,
            Source::RedCross => &RED_CROSS,
            Source::Sighting => &SIGHTING,
        }
    }
}

const FAMILY: Rates = Rates {
    patronymic_missing: 29,
    sex_missing: 99,
    born_missing: 5,
    place_missing: 30,
    unit_missing: 149,
    number_missing: 597,
    russian: 140,
    surname_slip: 40,
    slip: 25,
    nickname: 0,
    given_initial: 10,
    patronymic_initial: 0,
    surname_given_exchanged: 9,
    given_patronymic_exchanged: 8,
    capitals: 81,
    look_alike: 10,
    born_year: 8,
    born_month: 6,
    born_new_year: 6,
    born_wrong: 23,
};

const CAPTOR: Rates = Rates {
    patronymic_missing: 152,
    sex_missing: 99,
    born_missing: 35,
    place_missing: 448,
    unit_missing: 554,
    number_missing: 919,
    russian: 860,
    surname_slip: 102,
    slip: 70,
    nickname: 0,
    given_initial: 10,
    patronymic_initial: 60,
    surname_given_exchanged: 28,
    given_patronymic_exchanged: 8,
    capitals: 79,
    look_alike: 10,
    born_year: 59,
    born_month: 16,
    born_new_year: 38,
    born_wrong: 83,
};

const RED_CROSS: Rates = Rates {
    patronymic_missing: 399,
    sex_missing: 99,
    born_missing: 16,
    place_missing: 404,
    unit_missing: 597,
    number_missing: 645,
    russian: 390,
    surname_slip: 70,
    slip: 50,
    nickname: 0,
    given_initial: 10,
    patronymic_initial: 62,
    surname_given_exchanged: 60,
    given_patronymic_exchanged: 13,
    capitals: 80,
    look_alike: 0,
    born_year: 25,
    born_month: 10,
    born_new_year: 19,
    born_wrong: 51,
};

const SIGHTING: Rates = Rates {
    patronymic_missing: 741,
    sex_missing: 103,
    born_missing: 502,
    place_missing: 450,
    unit_missing: 364,
    number_missing: 1000,
    russian: 370,
    surname_slip: 200,
    slip: 145,
    nickname: 300,
    given_initial: 10,
    patronymic_initial: 59,
    surname_given_exchanged: 28,
    given_patronymic_exchanged: 4,
    capitals: 79,
    look_alike: 10,
    born_year: 423,
    born_month: 15,
    born_new_year: 301,
    born_wrong: 240,
};
