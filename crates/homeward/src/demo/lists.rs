//! The lists that the rehearsal's registrars import: what each side holds and seeks, and a hospital's late list in which
//! people stand a second time.
//!
//! Aronia writes names as Ukrainian does, Belmar as Russian does. The late list is what makes the failure of the
//! catalogue happen in which somebody who went home is still on a list (S7): same human, another spelling, another
//! prisoner number, no service number.

use exchange::medical;
use rehearsal::lists::{HELD_COLUMNS, held_csv, sought_csv};
use rehearsal::names::Spelling;
use rehearsal::people::{InventedPerson, Sex, invent};
use time::Date;
use time::macros::date;

/// Captured before everybody else, as the late list has it, so that the published order puts these first in their group.
const CAPTURED: Date = date!(2022 - 02 - 24);

/// What both sides hold and seek.
pub struct Lists {
    /// The people of each party, in the custody of the other.
    people: [Vec<InventedPerson>; 2],
}

impl Lists {
    /// Invents `count` people of each party.
    pub fn invent(seed: u64, parties: [&str; 2], count: usize) -> Self {
        Self { people: parties.map(|party| invent(seed, party, count)) }
    }

    /// What the party with index `side` holds: the other side's people.
    pub fn held(&self, side: usize) -> String {
        held_csv(&self.people[1 - side], spelling(side))
    }

    /// What the party with index `side` seeks: its own people.
    pub fn sought(&self, side: usize) -> String {
        sought_csv(&self.people[side], spelling(side))
    }

    /// A hospital's list of `count` people held by `side` who went home in the first round: those whom the order put
    /// first, with their condition, and named as they spell themselves.
    pub fn late(&self, side: usize, count: usize) -> String {
        let mut first: Vec<&InventedPerson> =
            self.people[1 - side].iter().filter(|person| directly_repatriated(person)).collect();
        first.sort_by_key(|person| (person.captured, person.index));
        let header = HELD_COLUMNS.join(",");
        let rows = first.iter().take(count).enumerate();
        let rows = rows.map(|(nth, person)| late_row(person, nth + 1, spelling(1 - side)));
        std::iter::once(header).chain(rows).map(|line| line + "\r\n").collect()
    }
}

/// How a party writes names.
fn spelling(side: usize) -> Spelling {
    if side == 0 { Spelling::Ukrainian } else { Spelling::Russian }
}

/// Whether the condition on the card is one that the law's list puts first.
fn directly_repatriated(person: &InventedPerson) -> bool {
    medical::condition(person.condition)
        .is_some_and(|condition| condition.group == medical::Group::DirectRepatriation)
}

/// One row after [`HELD_COLUMNS`]; no cell needs quotes.
fn late_row(person: &InventedPerson, number: usize, spelling: Spelling) -> String {
    let sex = if person.sex == Sex::Male { "male" } else { "female" };
    let cells: [String; 21] = [
        format!("H-{number:06}"),
        person.surname.in_spelling(spelling).to_owned(),
        person.given.in_spelling(spelling).to_owned(),
        person.patronymic.in_spelling(spelling).to_owned(),
        sex.to_owned(),
        person.birth.to_string(),
        person.rank.code.to_owned(),
        person.rank.en.to_owned(),
        String::new(),
        String::new(),
        CAPTURED.to_string(),
        String::new(),
        "S-12".to_owned(),
        String::new(),
        CAPTURED.to_string(),
        String::new(),
        person.health.word().to_owned(),
        person.condition.to_owned(),
        CAPTURED.to_string(),
        person.examined.to_string(),
        "detaining_power".to_owned(),
    ];
    cells.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_late_list_names_people_of_the_held_list_without_their_numbers() {
        let lists = Lists::invent(7, ["aronia", "belmar"], 120);
        for side in [0, 1] {
            let late = lists.late(side, 2);
            assert_eq!(late.lines().count(), 3);
            for row in late.lines().skip(1) {
                let cells: Vec<&str> = row.split(',').collect();
                assert_eq!((cells.len(), cells[8]), (21, ""));
                let born_alike = lists.sought(1 - side).lines().any(|row| row.contains(cells[5]));
                assert!(
                    born_alike || cells[5].ends_with("-01"),
                    "the sought list has the birth date, or a wrong one"
                );
            }
        }
    }
}
