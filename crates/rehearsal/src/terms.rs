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
/// Signed on 2 June 2025, or a week before the first round where that is earlier. A floor above the places of all rounds, or rounds out of order, make a text that the rules refuse.
pub fn istanbul_shaped(floor: u32, places: u32, rounds: &[(u32, Date)]) -> String {
    let before = rounds.first().and_then(|(_, day)| day.checked_sub(Duration::days(7))).unwrap_or(SIGNED_ON);
    let signed_on = if rounds.first().is_some_and(|(_, day)| *day >= SIGNED_ON) { SIGNED_ON } else { before };
    let mut text = HEAD.replace("@SIGNED@", &signed_on.to_string()).replace("@FLOOR@", &floor.to_string());
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
    use exchange::agreement::{Extent, Field, Openness, Terms};
    use exchange::ids::Party;

    fn rounds() -> Vec<(u32, Date)> {
        (1..=8).map(|no| (no, date!(2025 - 06 - 09) + time::Duration::days(7 * i64::from(no - 1)))).collect()
    }

    #[test]
    fn the_text_is_accepted_at_any_size() {
        for (floor, places) in [(1, 1), (100, 14), (1_000, 133), (1_064, 133), (200_000, 30_000)] {
            let terms = Terms::parse(&istanbul_shaped(floor, places, &rounds())).unwrap();
            let [aronia, belmar] = ["aronia", "belmar"].map(|label| Party::new(label).unwrap());
            for (from, to) in [(&aronia, &belmar), (&belmar, &aronia)] {
                assert_eq!(terms.quantity(from, to).unwrap().at_least, floor);
            }
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
}
