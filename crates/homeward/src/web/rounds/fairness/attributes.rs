//! What people are looked at by in the fairness report: unit, rank, sex, place of birth, place of internment, years held.
//!
//! The first four stand in the register, so only this side's own people have them; of the other side nothing is known but
//! the pool. The register has no region: a place of birth is taken as written. What is not known is a value of its own.
//! Nobody's name gets here, and an officer to whom one of these people is closed sees no value that only few have.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use exchange::ids::Item;
use exchange::person::{List, Person, Sex};
use exchange::selection::joint::Attribute;

use crate::act::Act;
use crate::web::desk::Desk;
use crate::web::refused::Refused;
use crate::web::rounds::roll::Read;
use crate::web::rounds::{PEOPLE_MIN, ROLL_READERS};

/// How many values of one attribute are looked at apart, those of most people first; the rest are put together.
const VALUES_MAX: usize = 60;
/// The attributes from the register, which the other side's people do not have.
const OF_REGISTER: [&str; 4] = ["unit", "rank", "sex", "birth-place"];
/// Days of a year in which time held is told.
const YEAR_DAYS: u16 = 365;

/// A value of an attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Not in the register, or not of this side.
    Unknown,
    /// As written, or a code.
    Said(String),
    /// So many values, each of few people.
    Together(usize),
}

/// An attribute with everyone's value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Looked {
    /// Code: message key `rounds-fairness-by-<code>`.
    pub code: &'static str,
    /// Its values.
    pub values: Vec<Value>,
    /// Everyone's value, by place among the people of the round.
    of: Vec<u16>,
}

impl Looked {
    /// Whether only this side's own people have it.
    pub fn is_of_register(&self) -> bool {
        OF_REGISTER.contains(&self.code)
    }

    /// The attribute as the library takes it; it asks for no words.
    pub fn attribute(&self) -> Attribute {
        let values = (0..self.values.len()).map(|at| at.to_string()).collect();
        Attribute { name: self.code.to_owned(), values, of: self.of.clone() }
    }

    /// Puts people into values, those of most people first; a value of fewer than `least` people, or beyond the most that are
    /// told apart, stands with others. Who is `None` in `said` is not of this attribute, and unknown.
    fn of(code: &'static str, said: &[Option<Option<String>>], least: usize) -> Self {
        let mut counts: BTreeMap<&Option<String>, usize> = BTreeMap::new();
        said.iter().flatten().for_each(|value| *counts.entry(value).or_default() += 1);
        let mut order: Vec<(&Option<String>, usize)> = counts.into_iter().collect();
        order.sort_by_key(|(value, people)| (value.is_some(), Reverse(*people)));
        let (mut apart, mut together): (Vec<_>, Vec<_>) =
            order.into_iter().partition(|(_, people)| *people >= least);
        together.extend(apart.split_off(apart.len().min(VALUES_MAX)));
        // What is put together would be few as well: the value with the fewest people beside them joins them.
        while !together.is_empty() && together.iter().map(|(_, people)| people).sum::<usize>() < least {
            let fewest = apart.iter().enumerate().min_by_key(|(_, (_, people))| *people);
            let Some(at) = fewest.map(|(at, _)| at) else { break };
            together.push(apart.remove(at));
        }
        let mut values = vec![Value::Unknown];
        values.extend(apart.iter().filter_map(|(value, _)| value.as_ref()).cloned().map(Value::Said));
        if !together.is_empty() {
            values.push(Value::Together(together.len()));
        }
        // At most `VALUES_MAX` and two.
        let last = (values.len() - 1) as u16;
        let mut places: BTreeMap<&Option<String>, u16> =
            together.iter().map(|(value, _)| (*value, last)).collect();
        let told = apart.iter().filter(|(value, _)| value.is_some());
        places.extend(told.zip(1_u16..).map(|((value, _), place)| (*value, place)));
        let place = |one: &Option<Option<String>>| {
            one.as_ref().and_then(|value| places.get(value)).copied().unwrap_or_default()
        };
        let of = said.iter().map(place).collect();
        Self { code, values, of }
    }
}

/// Everyone's values of every attribute, in the order of the report.
pub async fn of(act: &mut Act<'_>, desk: &Desk, read: &Read) -> Result<Vec<Looked>, Refused> {
    let held = act.tx.all_people(List::Held).await?.whole()?;
    let known: BTreeMap<Item, Person> =
        held.into_iter().filter_map(|row| Some((row.item?, row.person))).collect();
    let setting = &read.drawn.setting;
    let mine = read.drawn.side(&read.ends.mine);
    let rows = setting.people.rows();
    let own = |at: usize| (usize::from(rows[at].side) == mine).then(|| known.get(&rows[at].item));
    let closed = read.closes_anybody();
    let least_of_roll = if closed { PEOPLE_MIN } else { 1 };
    // Whoever reads no names is not told whom a rare value means either.
    let least = if desk.officer.holds(ROLL_READERS) { least_of_roll } else { PEOPLE_MIN };
    let of_register = |code: &'static str| {
        let said: Vec<_> = (0..rows.len())
            .map(|at| own(at).map(|person| person.and_then(|person| said_of(code, person))))
            .collect();
        Looked::of(code, &said, least)
    };
    let mut looked: Vec<Looked> = OF_REGISTER.into_iter().map(of_register).collect();
    // Place and time held stand on the roll beside everyone who is not closed.
    let site = |person: &exchange::selection::joint::Person| {
        let id = &setting.rules.sides[usize::from(person.side)].caps[usize::from(person.site)].id;
        Some((id != "-").then(|| id.clone()))
    };
    looked.push(Looked::of("site", &rows.iter().map(site).collect::<Vec<_>>(), least_of_roll));
    let years: Vec<u16> = rows.iter().map(|person| person.held / YEAR_DAYS).collect();
    if closed {
        let said: Vec<_> = years.iter().map(|years| Some(Some(years.to_string()))).collect();
        looked.push(Looked::of("held", &said, least));
        return Ok(looked);
    }
    let most = years.iter().copied().max().unwrap_or_default();
    let values = (0..=most).map(|years| Value::Said(years.to_string())).collect();
    looked.push(Looked { code: "held", values, of: years });
    Ok(looked)
}

/// What the register says of a person; nothing where it says nothing.
fn said_of(code: &str, person: &Person) -> Option<String> {
    let written = match code {
        "unit" => person.unit.as_ref().map(|unit| unit.as_str()),
        "rank" => person.rank.as_ref().map(|rank| rank.code.as_deref().unwrap_or(&rank.written)),
        "sex" => person.sex.map(|sex| if sex == Sex::Male { "male" } else { "female" }),
        _ => person.birth_place.as_ref().map(|place| place.as_str()),
    };
    let plain = written.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    (!plain.is_empty()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values as written, a dash for one who is not of the attribute, a question mark for what is not known.
    fn check(people: &str, least: usize, expect: &[Value], of: &[u16]) {
        let said = |word: &str| match word {
            "-" => None,
            "?" => Some(None),
            word => Some(Some(word.to_owned())),
        };
        let said: Vec<_> = people.split(' ').map(said).collect();
        let looked = Looked::of("unit", &said, least);
        assert_eq!((&looked.values[..], &looked.of[..]), (expect, of), "{people}");
    }

    #[test]
    fn values_stand_apart_by_how_many_have_them_and_the_unknown_is_one() {
        use Value::{Said, Together, Unknown};
        let said = |word: &str| Said(word.to_owned());
        check("b a - ? b", 1, &[Unknown, said("b"), said("a")], &[1, 2, 0, 0, 1]);
        check("- -", 1, &[Unknown], &[0, 0]);
        // Few, and known to one who may not see whom: put together, and with the next until they are enough.
        check("a a a b b b c", 3, &[Unknown, said("b"), Together(2)], &[2, 2, 2, 1, 1, 1, 2]);
        check("a a b ? ?", 3, &[Unknown, Together(3)], &[1, 1, 1, 1, 1]);
        check("a a b", 9, &[Unknown, Together(2)], &[1, 1, 1]);
    }

    #[test]
    fn at_most_so_many_values_are_looked_at_apart_and_no_person_is_lost() {
        let said: Vec<_> = (0..500).map(|unit| Some(Some(format!("{}", unit % 100)))).collect();
        let looked = Looked::of("unit", &said, 1);
        assert_eq!(looked.values.len(), VALUES_MAX + 2);
        assert_eq!(looked.values.last(), Some(&Value::Together(100 - VALUES_MAX)));
        let together = looked.of.iter().filter(|at| usize::from(**at) == VALUES_MAX + 1).count();
        assert_eq!(together, 5 * (100 - VALUES_MAX));
    }
}
