//! Several rows of one person, merged: later rows add spells, names, examinations, claims and relatives.
//!
//! Decides what two rows of one key mean together; refuses to know whether two keys are one person (that is a question of
//! evidence, decided at the desk). Where rows differ in a field that holds one value, the first stays and a finding says so.

use std::collections::BTreeMap;

use exchange::person::{Name, NameKind, Person};

use super::cell;
use super::map::Field;
use super::refusal::{Finding, FindingKind, Reason};

/// What a row added to its person.
pub struct Merged {
    /// Whether the row said anything new.
    pub added: bool,
    /// The fields in which the row differs from an earlier one.
    pub differs: Vec<Field>,
}

/// Adds what `next` says to `person`.
///
/// # Errors
/// [`Reason::DuplicateSpell`] when `next` repeats a custody spell.
pub fn merge(person: &mut Person, next: Person) -> Result<Merged, Reason> {
    if next.custody.iter().any(|spell| person.custody.contains(spell)) {
        return Err(Reason::DuplicateSpell);
    }
    let mut merged = Merged { added: !next.custody.is_empty(), differs: Vec::new() };
    person.custody.extend(next.custody);
    let known = person.names.len();
    person.names.extend(next.names.into_iter().map(|name| Name { kind: NameKind::Alias, ..name }));
    person.names = without_repetition(std::mem::take(&mut person.names));
    merged.added |= person.names.len() > known;
    merged.added |= extend(&mut person.examinations, next.examinations);
    merged.added |= extend(&mut person.claims, next.claims);
    merged.added |= extend(&mut person.kin, next.kin);
    merged.one(Field::Sex, &mut person.sex, next.sex);
    merged.one(Field::Birth, &mut person.birth, next.birth);
    merged.one(Field::BirthPlace, &mut person.birth_place, next.birth_place);
    merged.one(Field::Rank, &mut person.rank, next.rank);
    merged.one(Field::ServiceNumber, &mut person.service_number, next.service_number);
    merged.one(Field::Unit, &mut person.unit, next.unit);
    merged.one(Field::PrisonerNumber, &mut person.prisoner_number, next.prisoner_number);
    merged.one(Field::CaptureDate, &mut person.capture, next.capture);
    merged.one(Field::Remarks, &mut person.remarks, next.remarks);
    Ok(merged)
}

impl Merged {
    fn one<T: PartialEq>(&mut self, field: Field, have: &mut Option<T>, next: Option<T>) {
        match (have.as_ref(), next) {
            (_, None) => {}
            (None, next) => {
                *have = next;
                self.added = true;
            }
            (Some(first), Some(next)) if *first != next => self.differs.push(field),
            _ => {}
        }
    }
}

fn extend<T: PartialEq>(have: &mut Vec<T>, next: Vec<T>) -> bool {
    let known = have.len();
    for value in next {
        if !have.contains(&value) {
            have.push(value);
        }
    }
    have.len() > known
}

/// Names without those that repeat an earlier one, however each came in.
pub fn without_repetition(names: Vec<Name>) -> Vec<Name> {
    let mut kept = Vec::<Name>::with_capacity(names.len());
    for name in names {
        let same = |have: &Name| {
            (&have.surname, &have.given, &have.patronymic) == (&name.surname, &name.given, &name.patronymic)
        };
        if !kept.iter().any(same) {
            kept.push(name);
        }
    }
    kept
}

/// Puts what a person has in the order of its dates; spells without a start come first, in the order of the list.
pub fn in_order(person: &mut Person) {
    person.custody.sort_by_key(|spell| spell.from.map(cell::first_day));
    person.examinations.sort_by_key(|examination| examination.date);
    person.claims.sort_by_key(|claim| claim.of);
}

/// Finds service numbers that persons of different keys share.
pub fn shared_service_numbers(people: &[Person], column: Option<&str>) -> Vec<Finding> {
    let mut rows = BTreeMap::<&str, Vec<u32>>::new();
    for person in people {
        if let Some(number) = &person.service_number {
            rows.entry(number.as_str()).or_default().push(person.provenance.row);
        }
    }
    let kind = FindingKind::SharedServiceNumber;
    let shared = rows.into_values().filter(|rows| rows.len() > 1);
    let mut found =
        shared.map(|rows| Finding { kind, rows, column: column.map(str::to_owned) }).collect::<Vec<_>>();
    found.sort_by(|a, b| a.rows.cmp(&b.rows));
    found
}

/// Finds ranks whose words the map's table lacks, one finding for each wording.
pub fn ranks_not_in_table(people: &[Person], column: Option<&str>) -> Vec<Finding> {
    let mut rows = BTreeMap::<&str, Vec<u32>>::new();
    for person in people {
        if let Some(rank) = &person.rank
            && rank.code.is_none()
        {
            rows.entry(&rank.written).or_default().push(person.provenance.row);
        }
    }
    let kind = FindingKind::RankNotInTable;
    rows.into_values().map(|rows| Finding { kind, rows, column: column.map(str::to_owned) }).collect()
}
