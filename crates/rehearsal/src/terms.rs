//! The text of an invented agreement of any size, shaped like the one of Istanbul of 2 June 2025: a floor from each side,
//! the seriously ill and wounded and the under-25s all for all, stages whose numbers are withheld.
//!
//! Decides the words and the numbers of the rehearsed agreement only. Whether they hold together is judged by
//! `exchange::agreement`, as for any text.

use std::fmt::Write as _;

use time::macros::date;
use time::{Date, Duration};

/// Writes the terms: at least `floor` heads from each side, `places` on each side in every round.
///
/// Round 1 admits the under-25s and the ill and wounded; from round 2 on the long-held have their turn as well, and the
/// published order decides.
///
/// Belmar reads a fifth more than the floor into what it owes, as 1,200 was read beside 1,000 in Istanbul.
///
/// Signed on 2 June 2025, or a week before the first round where that is earlier. A floor above the places of all rounds, or rounds out of order, make a text that the rules refuse.
pub fn istanbul_shaped(floor: u32, places: u32, rounds: &[(u32, Date)]) -> String {
    let before = rounds.first().and_then(|(_, day)| day.checked_sub(Duration::days(7))).unwrap_or(SIGNED_ON);
    let signed_on = if rounds.first().is_some_and(|(_, day)| *day >= SIGNED_ON) { SIGNED_ON } else { before };
    let read = floor.saturating_add((floor / 5).max(1));
    let mut text = HEAD
        .replace("@SIGNED@", &signed_on.to_string())
        .replace("@FLOOR@", &floor.to_string())
        .replace("@READ@", &read.to_string());
    for (no, planned) in rounds {
        let categories = if *no == 1 { "\"ill-wounded\", \"under-25\"" } else { ALL_CATEGORIES };
        let crossing = if no % 2 == 1 { "mill-bridge" } else { "salt-road" };
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n[[rounds]]\nno = {no}\nplanned = {planned}\ncategories = [{categories}]\nplaces = {places}\n\
             crossing = \"{crossing}\"\n"
        );
    }
    text
}

/// The day of signing, unless the first round lies before it.
const SIGNED_ON: Date = date!(2025 - 06 - 02);
const ALL_CATEGORIES: &str = "\"ill-wounded\", \"under-25\", \"long-held\"";

const HEAD: &str = include_str!("../data/istanbul-shaped.head.toml");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{InventedPerson, invent};
    use crate::scenario::Scenario;
    use exchange::agreement::{Amount, Change, Extent, Field, Openness, Terms};
    use exchange::eligibility::{Placement, category};
    use exchange::ids::{Party, PersonId};
    use exchange::medical::condition;
    use exchange::person::{Capture, Examination, Examiner, List, PartialDate, Person, Provenance};

    fn rounds() -> Vec<(u32, Date)> {
        (1..=8).map(|no| (no, date!(2025 - 06 - 09) + time::Duration::days(7 * i64::from(no - 1)))).collect()
    }

    #[test]
    fn the_text_is_accepted_at_any_size() {
        for (floor, places) in [(1, 1), (100, 14), (1_000, 133), (1_064, 133), (200_000, 30_000)] {
            let terms = Terms::parse(&istanbul_shaped(floor, places, &rounds())).unwrap();
            let [aronia, belmar] = ["aronia", "belmar"].map(|label| Party::new(label).unwrap());
            for (from, to) in [(&aronia, &belmar), (&belmar, &aronia)] {
                assert_eq!(terms.quantity(from, to).unwrap().amount, Amount::AtLeast(floor));
            }
            let [reading] = &terms.readings[..] else { panic!("one reading: {:?}", terms.readings) };
            let Change::Amount { amount: Amount::AtLeast(read), .. } = reading.change else {
                panic!("{reading:?}")
            };
            assert!(reading.party == belmar && read > floor, "{reading:?}");
            assert_eq!(terms.rounds.len(), 8);
            assert!(terms.rounds.iter().all(|round| round.places == places));
            assert_eq!(terms.openness(Field::RoundNumberOfPersons), Openness::Withheld);
            let all_for_all: Vec<&str> = terms
                .categories
                .iter()
                .filter(|category| category.extent == Extent::AllForAll)
                .map(|category| category.id.as_str())
                .collect();
            assert_eq!(all_for_all, ["ill-wounded", "under-25"]);
        }
        assert!(Terms::parse(&istanbul_shaped(1_065, 133, &rounds())).is_err());
    }

    #[test]
    fn the_example_of_the_book_is_this_text() {
        let example = include_str!("../../../examples/agreements/istanbul-shaped.toml");
        assert_eq!(istanbul_shaped(1_000, 133, &rounds()), example);
    }

    /// An invented person as the register of the holder would know one, as far as placing asks.
    fn held(invented: &InventedPerson) -> Person {
        let exam = Examination {
            date: invented.examined,
            condition: invented.condition.to_owned(),
            onset: invented.condition_since,
            by: Examiner::DetainingPower,
        };
        Person {
            list: List::Held,
            id: PersonId([0; 16]),
            power: Party::new(&invented.side).unwrap(),
            names: Vec::new(),
            sex: None,
            birth: Some(PartialDate::Day(invented.birth)),
            birth_place: None,
            rank: None,
            service_number: None,
            unit: None,
            prisoner_number: None,
            capture: Some(Capture { date: Some(PartialDate::Day(invented.captured)), place: None }),
            custody: Vec::new(),
            examinations: vec![exam],
            claims: Vec::new(),
            kin: Vec::new(),
            remarks: None,
            provenance: Provenance { list_name: "invented".into(), row: 1, key: None, map: None },
        }
    }

    #[test]
    fn the_rounds_of_the_script_fill_and_the_all_for_all_categories_go_whole() {
        for people in [200, 2_000] {
            let script = Scenario::istanbul_shaped(people, 7);
            let rounds: Vec<(u32, Date)> =
                script.rounds.iter().map(|r| (u32::try_from(r.number).unwrap(), r.planned_on)).collect();
            let floor = u32::try_from(script.floor).unwrap();
            let places = u32::try_from(script.places_per_round).unwrap();
            let terms = Terms::parse(&istanbul_shaped(floor, places, &rounds)).unwrap();
            for side in ["aronia", "belmar"] {
                let on = rounds[0].1;
                let mut waiting: Vec<Placement> = invent(7, side, people)
                    .iter()
                    .inspect(|p| assert!(p.condition == "none" || condition(p.condition).is_some()))
                    .map(|p| category(&terms, &held(p), on))
                    .collect();
                waiting.sort_by_key(|placed| (placed.class, placed.held_since));
                for round in &terms.rounds {
                    let admitted = |p: &Placement| round.categories.contains(p.category.as_ref().unwrap());
                    let mut free = round.places;
                    waiting.retain(|placed| {
                        let goes = free > 0 && admitted(placed);
                        free -= u32::from(goes);
                        !goes
                    });
                    assert_eq!(free, 0, "round {} of {people} from {side}", round.no);
                }
                let all_for_all = |p: &Placement| {
                    terms.category(p.category.as_ref().unwrap()).unwrap().extent == Extent::AllForAll
                };
                assert_eq!(waiting.iter().filter(|p| all_for_all(p)).count(), 0, "{people} from {side}");
            }
        }
    }
}
