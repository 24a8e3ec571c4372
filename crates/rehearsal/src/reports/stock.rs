//! The names, fathers' names, surnames and places from which people are put together.
//!
//! Decides which rows of the caller's tables are used and how often each is drawn. Refuses to know a whole name: every part
//! is drawn by itself, so that a likeness to somebody is chance.

mod forms;

use std::collections::{BTreeMap, BTreeSet};

use crate::chance::Chance;

use super::latin::Systems;
use super::{Sex, Tongue, rates};

/// The tables as the caller read them: comma-separated, with a header, none of the cells used quoted.
#[derive(Debug)]
pub struct Tables<'a> {
    /// Ukrainian surnames with their Russian forms: `uk,ru_variants,latin_kmu2010,ru_proxy_count`, the forms divided by `|`.
    pub surnames: &'a str,
    /// Russian surnames: `count,gender,ethnic,f_form,fname,text`.
    pub russian_surnames: &'a str,
    /// Given names, in the columns of `surnames`.
    pub given: &'a str,
    /// The gender of Ukrainian given names: a JSON object with `masculine` and `feminine`.
    pub genders: &'a str,
    /// Settlements of Ukraine: `code,level1,level2,level3,level4,extra,category,name`. The cities, category M, are used.
    pub settlements: &'a str,
}

/// A table that cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct Unfit {
    /// What the table holds.
    pub table: &'static str,
    /// How many rows can be used.
    pub usable: usize,
    /// How many are needed.
    pub needed: usize,
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { table, usable, needed } = self;
        write!(f, "the table of {table} has {usable} rows that can be used, {needed} are needed")
    }
}

impl std::error::Error for Unfit {}

/// A surname in the form of a man.
#[derive(Clone, PartialEq, Eq)]
pub struct Surname {
    uk: Box<str>,
    ru: Box<str>,
    /// Another customary Russian form, where there is one.
    ru_second: Option<Box<str>>,
}

/// A given name.
#[derive(Clone)]
pub(super) struct Given {
    uk: Box<str>,
    ru: Box<str>,
    /// The Ukrainian form in Russian letters.
    pub(super) by_letters: Box<str>,
    nicknames: [Vec<&'static str>; 2],
}

/// A father's name: the patronymics made of it.
#[derive(Clone)]
pub(super) struct Father {
    uk: [Box<str>; 2],
    ru: [Box<str>; 2],
    by_letters: [Box<str>; 2],
}

/// A place in three spellings.
#[derive(Clone)]
pub struct Settlement {
    pub(super) uk: Box<str>,
    pub(super) ru: Box<str>,
    pub(super) latin: Box<str>,
}

impl Surname {
    pub(super) fn write(&self, out: &mut String, chance: &mut Chance, sex: Sex, tongue: Tongue) {
        let man = match (tongue, &self.ru_second) {
            (Tongue::Ukrainian, _) => &self.uk,
            (Tongue::Russian, Some(second)) if chance.happens(rates::SECOND_FORM) => second,
            (Tongue::Russian, _) => &self.ru,
        };
        match sex {
            Sex::Man => out.push_str(man),
            Sex::Woman => forms::push_woman(out, man, tongue),
        }
    }
}

impl Given {
    fn new(uk: &str, ru: &str, nicknames: &BTreeMap<&'static str, [Vec<&'static str>; 2]>) -> Self {
        Self {
            uk: uk.into(),
            ru: ru.into(),
            by_letters: forms::russian_by_letters(uk).into(),
            nicknames: nicknames.get(uk).cloned().unwrap_or_default(),
        }
    }

    pub(super) fn form(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::Ukrainian => &self.uk,
            Tongue::Russian => &self.ru,
        }
    }

    /// One of the nicknames, or the name itself where none is known.
    pub(super) fn nickname(&self, chance: &mut Chance, tongue: Tongue) -> &str {
        let known = &self.nicknames[tongue as usize];
        if known.is_empty() { self.form(tongue) } else { chance.pick::<&'static str>(known) }
    }
}

impl Father {
    fn new(uk: [&str; 2], ru: [&str; 2]) -> Self {
        Self {
            uk: uk.map(Into::into),
            ru: ru.map(Into::into),
            by_letters: uk.map(|form| forms::russian_by_letters(form).into()),
        }
    }

    pub(super) fn form(&self, sex: Sex, tongue: Tongue) -> &str {
        match tongue {
            Tongue::Ukrainian => &self.uk[sex as usize],
            Tongue::Russian => &self.ru[sex as usize],
        }
    }

    pub(super) fn by_letters(&self, sex: Sex) -> &str {
        &self.by_letters[sex as usize]
    }
}

/// Everything that is drawn, each list in falling order of use.
pub struct Stock {
    surnames: Ranked<Surname>,
    given: [Ranked<Given>; 2],
    rare_given: [Vec<Given>; 2],
    fathers: Ranked<Father>,
    rare_fathers: Vec<Father>,
    settlements: Ranked<Settlement>,
    units: Ranked<u16>,
}

/// People with one of the rare given names, of 1,000; likewise fathers.
const RARE_PER_MILLE: usize = 30;
/// How many military units there are.
const UNITS: u64 = 840;
/// The fewest surnames, given names and settlements with which people can be told apart.
const NEEDED: usize = 100;

impl Stock {
    /// Reads the tables.
    ///
    /// # Errors
    /// A table with fewer rows than needed.
    pub fn read(tables: &Tables<'_>) -> Result<Self, Unfit> {
        let nicknames = nicknames();
        let shipped = crate::names::tables();
        let common = |forms: &[crate::names::Form]| {
            Ranked::of(forms.iter().map(|form| Given::new(form.uk, form.ru, &nicknames)).collect(), steep)
        };
        let given = [common(&shipped.given_male), common(&shipped.given_female)];
        let fathers = shipped
            .patronymics
            .iter()
            .map(|both| Father::new([both.male.uk, both.female.uk], [both.male.ru, both.female.ru]));
        let genders = genders(tables.genders);
        let rare_given = ["masculine", "feminine"].map(|gender| rare(tables.given, &genders, gender));
        let enough = |table, usable, needed| {
            if usable < needed { Err(Unfit { table, usable, needed }) } else { Ok(()) }
        };
        let surnames = surnames(tables);
        enough("surnames", surnames.len(), NEEDED)?;
        let settlements = settlements(tables.settlements);
        enough("settlements", settlements.len(), NEEDED)?;
        enough("given names", rare_given.iter().map(Vec::len).min().unwrap_or(0), 1)?;
        let rare_fathers: Vec<_> =
            rare_given[0].iter().filter_map(|name| forms::father(&name.uk, &name.ru)).collect();
        enough("given names of fathers", rare_fathers.len(), 1)?;
        let number = |unit: u64| 100 + (Chance::of(0, "units").nth(unit).below(7_900)) as u16;
        Ok(Self {
            surnames: Ranked::of(surnames, |rank| SHARE / (rank + 120)),
            given,
            rare_given,
            fathers: Ranked::of(fathers.collect(), steep),
            rare_fathers,
            settlements: Ranked::of(settlements, |rank| SHARE / (rank + 5)),
            units: Ranked::of((0..UNITS).map(number).collect(), |rank| SHARE / (rank + 25)),
        })
    }

    /// How many surnames there are.
    pub fn surnames(&self) -> usize {
        self.surnames.all.len()
    }

    pub(super) fn surname(&self, chance: &mut Chance) -> &Surname {
        self.surnames.drawn(chance)
    }

    pub(super) fn given(&self, chance: &mut Chance, sex: Sex) -> &Given {
        if chance.happens(RARE_PER_MILLE) {
            chance.pick(&self.rare_given[sex as usize])
        } else {
            self.given[sex as usize].drawn(chance)
        }
    }

    pub(super) fn father(&self, chance: &mut Chance) -> &Father {
        if chance.happens(RARE_PER_MILLE) {
            chance.pick(&self.rare_fathers)
        } else {
            self.fathers.drawn(chance)
        }
    }

    pub(super) fn settlement(&self, chance: &mut Chance) -> &Settlement {
        self.settlements.drawn(chance)
    }

    pub(super) fn unit(&self, chance: &mut Chance) -> u16 {
        *self.units.drawn(chance)
    }
}

impl std::fmt::Debug for Stock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stock(names)")
    }
}

/// Things of which the first are drawn more often than the last.
struct Ranked<T> {
    all: Vec<T>,
    /// The sum of the weights up to and with each.
    sums: Vec<u64>,
}

/// What the weights of ranks are parts of.
const SHARE: u64 = 1_000_000_000_000;

/// Given names: a few dozen are common and the others rare.
fn steep(rank: u64) -> u64 {
    SHARE / ((rank + 12) * (rank + 12))
}

impl<T> Ranked<T> {
    /// Takes things in falling order of use; `weight` is of the rank, from 1.
    fn of(all: Vec<T>, weight: impl Fn(u64) -> u64) -> Self {
        let sums = (1..=all.len() as u64).scan(0, |sum, rank| {
            *sum += weight(rank);
            Some(*sum)
        });
        Self { sums: sums.collect(), all }
    }

    /// Draws one; the list must not be empty.
    fn drawn(&self, chance: &mut Chance) -> &T {
        let whole = self.sums.last().copied().unwrap_or_default();
        let place = chance.below(whole as usize) as u64;
        &self.all[self.sums.partition_point(|sum| *sum <= place)]
    }
}

/// The nicknames that ship with the program, by Ukrainian name: Ukrainian ones, then Russian ones.
fn nicknames() -> BTreeMap<&'static str, [Vec<&'static str>; 2]> {
    let mut known = BTreeMap::new();
    for line in include_str!("../../data/names/nicknames.csv").lines().skip(1) {
        let mut cells = line.split(',');
        let name = cells.next().unwrap_or_default();
        known.insert(name, [(); 2].map(|()| cells.next().unwrap_or_default().split('|').collect()));
    }
    known
}

/// Given names with their gender, in small letters: the strings of a flat JSON object in pairs.
fn genders(json: &str) -> BTreeMap<&str, &str> {
    let mut strings = json.split('"').skip(1).step_by(2);
    std::iter::from_fn(|| Some((strings.next()?, strings.next()?))).collect()
}

/// The given names of one gender that are in use but not among the shipped ones.
fn rare(table: &str, genders: &BTreeMap<&str, &str>, gender: &str) -> Vec<Given> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let shipped = crate::names::tables();
    seen.extend(shipped.given_male.iter().chain(&shipped.given_female).map(|form| form.uk));
    let mut names = Vec::new();
    for (uk, ru, _) in pairs(table) {
        let ru = ru.split('|').next().unwrap_or_default();
        let known = genders.get(uk.to_lowercase().as_str()) == Some(&gender);
        if known && forms::is_russian(ru) && seen.insert(uk) {
            names.push(Given::new(uk, ru, &BTreeMap::new()));
        }
    }
    names
}

/// The rows of a table of pairs whose Ukrainian form is one plain name: it, its Russian forms, the count.
fn pairs(table: &str) -> impl Iterator<Item = (&str, &str, u64)> {
    table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let (uk, ru, _, count) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        forms::is_ukrainian(uk).then(|| (uk, ru, count.trim().parse().unwrap_or(0)))
    })
}

/// The surnames of men in falling order of use: those with both forms known, then Russian ones put into Ukrainian letters.
///
/// The counts are of Russian forms, so names of a Ukrainian make are put forward; of several Ukrainian spellings of one
/// Russian form each further one is four times as rare.
fn surnames(tables: &Tables<'_>) -> Vec<Surname> {
    let all: BTreeSet<&str> = pairs(tables.surnames).map(|(uk, ..)| uk).collect();
    let mut spellings: BTreeMap<&str, u32> = BTreeMap::new();
    let mut weighed = Vec::new();
    for (uk, variants, count) in pairs(tables.surnames).filter(|(uk, ..)| !forms::is_of_women(uk, &all)) {
        let mut variants = variants.split('|').filter(|form| forms::is_russian(form));
        let Some(ru) = variants.next() else { continue };
        let before = spellings.entry(ru).or_default();
        let weight = forms::put_forward(uk) * (count + 1) * 1_024 / 4_u64.pow((*before).min(4));
        *before += 1;
        let second = variants.next().map(Into::into);
        weighed.push((weight, Surname { uk: uk.into(), ru: ru.into(), ru_second: second }));
    }
    for (ru, count) in russian(tables.russian_surnames).filter(|(ru, _)| !spellings.contains_key(ru)) {
        let uk = forms::ukrainian_by_letters(ru);
        let weight = forms::put_forward(&uk) * count * 128;
        weighed.push((weight, Surname { uk: uk.into(), ru: ru.into(), ru_second: None }));
    }
    weighed
        .sort_by(|(one, one_name), (two, two_name)| two.cmp(one).then_with(|| one_name.uk.cmp(&two_name.uk)));
    weighed.into_iter().map(|(_, surname)| surname).collect()
}

/// The Russian surnames that a man bears and three people at least.
fn russian(table: &str) -> impl Iterator<Item = (&str, u64)> {
    table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let count = cells.next()?.parse().ok()?;
        let gender = cells.next()?;
        let ru = cells.nth(3)?.trim();
        (gender != "f" && count >= 3 && forms::is_russian(ru)).then_some((ru, count))
    })
}

/// The cities in an order that is always the same and not that of the alphabet or the regions.
fn settlements(table: &str) -> Vec<Settlement> {
    let systems = Systems::all();
    let mut all: Vec<_> = table
        .lines()
        .filter_map(|line| {
            let mut cells = line.split(',').skip(6);
            (cells.next() == Some("M")).then(|| cells.next()).flatten()
        })
        .map(|uk| {
            let uk = uk.trim().replace('’', "'");
            let mut latin = String::new();
            systems.official().write(&uk, &mut latin);
            Settlement { ru: forms::russian_by_letters(&uk).into(), uk: uk.into(), latin: latin.into() }
        })
        .collect();
    Chance::of(0, "settlements").shuffle(&mut all);
    all
}
