//! The script of an exchange: how many rounds, how many places each, on which days, and what goes wrong in which of them.
//!
//! Plain data. Decides what is played; refuses to know how a node carries it out, and who is chosen: that is the
//! published order's business.
//!
//! # Source
//! The outline follows the agreement of Istanbul of 2 June 2025 as published: the seriously wounded and ill and the 18 to 25
//! year old all for all, at least 1,000 a side, in rounds whose numbers are withheld. Days and incidents are invented.

use time::{Date, Duration, macros::date};

use crate::chance::Chance;

/// How many rounds are played.
pub const ROUNDS: usize = 8;

/// What can go wrong, by the number of the catalogue of failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// S1: a person refuses at the crossing, having been willing before.
    RefusesAtCrossing,
    /// S2: a person dies after being listed.
    DiesAfterListing,
    /// S4: a listed person is not delivered.
    NotDelivered,
    /// S5: another person is delivered than the one listed.
    OtherPerson,
    /// S7: a person nominated has already returned and is still on the list.
    AlreadyReturned,
    /// S10: the two sides' counts of the round differ until the difference is explained.
    CountsDiffer,
    /// S11: a side postpones the crossing.
    Postponed,
}

impl Trouble {
    /// Every trouble of a script, in the order of the catalogue.
    pub const ALL: [Trouble; 7] = [
        Trouble::RefusesAtCrossing,
        Trouble::DiesAfterListing,
        Trouble::NotDelivered,
        Trouble::OtherPerson,
        Trouble::AlreadyReturned,
        Trouble::CountsDiffer,
        Trouble::Postponed,
    ];

    /// Its name in the catalogue: `S1`, `S2` ...
    pub fn code(self) -> &'static str {
        match self {
            Trouble::RefusesAtCrossing => "S1",
            Trouble::DiesAfterListing => "S2",
            Trouble::NotDelivered => "S4",
            Trouble::OtherPerson => "S5",
            Trouble::AlreadyReturned => "S7",
            Trouble::CountsDiffer => "S10",
            Trouble::Postponed => "S11",
        }
    }
}

impl Trouble {
    /// What it is, for whoever does not know the catalogue.
    pub fn words(self) -> &'static str {
        match self {
            Trouble::RefusesAtCrossing => "refuses at the crossing",
            Trouble::DiesAfterListing => "dies after being listed",
            Trouble::NotDelivered => "listed and not delivered",
            Trouble::OtherPerson => "another person delivered",
            Trouble::AlreadyReturned => "named, and home already",
            Trouble::CountsDiffer => "the two counts differ",
            Trouble::Postponed => "the crossing is postponed",
        }
    }
}

/// One trouble that is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incident {
    /// What goes wrong.
    pub trouble: Trouble,
    /// Index of the party on whose holding side it happens: the holder of the persons, the side that counts differently,
    /// the side that postpones.
    pub side: usize,
    /// How many persons it concerns; 0 for a postponement.
    pub persons: usize,
}

/// One round of the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundScript {
    /// The round, from 1.
    pub number: usize,
    /// Both sides commit, reveal and nominate.
    pub nominated_on: Date,
    /// The joint list is proposed and accepted, and first wills are recorded.
    pub listed_on: Date,
    /// The crossing as first planned.
    pub planned_on: Date,
    /// The crossing as it takes place: later than planned when the round is postponed.
    pub crossing_on: Date,
    /// Both sides close and book, and the bulletin may follow.
    pub closed_on: Date,
    /// What goes wrong, in the order in which it happens.
    pub incidents: Vec<Incident>,
}

/// The whole script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// People that each side holds at the start.
    pub people: usize,
    /// How many each side must have released at the end, at least.
    pub floor: usize,
    /// Places of each side in each round.
    pub places_per_round: usize,
    /// The rounds, in order.
    pub rounds: Vec<RoundScript>,
}

/// Planned crossings, June to August 2025.
const CROSSINGS: [Date; ROUNDS] = [
    date!(2025 - 06 - 10),
    date!(2025 - 06 - 19),
    date!(2025 - 06 - 28),
    date!(2025 - 07 - 08),
    date!(2025 - 07 - 18),
    date!(2025 - 07 - 30),
    date!(2025 - 08 - 12),
    date!(2025 - 08 - 26),
];

impl Scenario {
    /// The script for `people` held on each side. The same arguments give the same script; every trouble is played at
    /// least once, by either side in turn, and none in the first round, so that a list exists that can go wrong.
    ///
    /// The floor is half of the people and at most 1,000; places are 6 % above it, for what stays open at the end.
    pub fn istanbul_shaped(people: usize, seed: u64) -> Self {
        let floor = (people / 2).min(1000);
        let places_per_round = (floor * 106).div_ceil(100 * ROUNDS);
        let mut chance = Chance::of(seed, "script");
        let mut rounds: Vec<RoundScript> =
            CROSSINGS.iter().enumerate().map(|(index, day)| quiet(index, *day)).collect();
        let mut order: Vec<usize> = (1..ROUNDS).collect();
        chance.shuffle(&mut order);
        let first_side = chance.below(2);
        for (nth, (trouble, index)) in Trouble::ALL.into_iter().zip(order).enumerate() {
            let side = (first_side + nth) % 2;
            let incident =
                Incident { trouble, side, persons: persons(trouble, places_per_round, &mut chance) };
            rounds[index].incidents.push(incident);
            if trouble == Trouble::Postponed {
                postpone(&mut rounds[index], chance.between(1, 3));
            }
        }
        // The two that empty a place most often are played once more by the other side, as a round of eight has room for them.
        for (trouble, index) in [(Trouble::RefusesAtCrossing, 3), (Trouble::NotDelivered, 5)] {
            let played = rounds.iter().flat_map(|round| &round.incidents).find(|one| one.trouble == trouble);
            let side = played.map_or(0, |one| 1 - one.side);
            let already = rounds[index].incidents.iter().any(|one| one.trouble == trouble);
            let index = if already { index + 1 } else { index };
            rounds[index].incidents.push(Incident { trouble, side, persons: 1 });
        }
        for round in &mut rounds {
            round.incidents.sort_by_key(|one| when(one.trouble));
        }
        Self { people, floor, places_per_round, rounds }
    }

    /// Where a trouble is played: round number, party index and persons, in order of the rounds.
    pub fn played(&self, trouble: Trouble) -> Vec<(usize, usize, usize)> {
        let of_round = |round: &RoundScript| {
            let number = round.number;
            let same = round.incidents.iter().filter(|one| one.trouble == trouble);
            same.map(|one| (number, one.side, one.persons)).collect::<Vec<_>>()
        };
        self.rounds.iter().flat_map(of_round).collect()
    }
}

fn quiet(index: usize, crossing: Date) -> RoundScript {
    RoundScript {
        number: index + 1,
        nominated_on: crossing - Duration::days(4),
        listed_on: crossing - Duration::days(2),
        planned_on: crossing,
        crossing_on: crossing,
        closed_on: crossing + Duration::days(1),
        incidents: Vec::new(),
    }
}

fn postpone(round: &mut RoundScript, days: i64) {
    round.crossing_on += Duration::days(days);
    round.closed_on += Duration::days(days);
}

/// One to three persons, and never more than one of ten places, so that a small rehearsal is not emptied.
fn persons(trouble: Trouble, places: usize, chance: &mut Chance) -> usize {
    if trouble == Trouble::Postponed { 0 } else { 1 + chance.below((places / 10).clamp(1, 3)) }
}

/// The order within a round: before the list, after it, at the crossing, at the booking.
fn when(trouble: Trouble) -> usize {
    match trouble {
        Trouble::AlreadyReturned => 0,
        Trouble::DiesAfterListing => 1,
        Trouble::Postponed => 2,
        Trouble::RefusesAtCrossing => 3,
        Trouble::NotDelivered => 4,
        Trouble::OtherPerson => 5,
        Trouble::CountsDiffer => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_has_1000_a_side_in_eight_rounds() {
        let script = Scenario::istanbul_shaped(2000, 7);
        assert_eq!((script.floor, script.places_per_round, script.rounds.len()), (1000, 133, ROUNDS));
        assert!(script.places_per_round * ROUNDS * 100 >= script.floor * 106);
    }

    #[test]
    fn every_trouble_is_played_whatever_the_seed_and_the_number() {
        for seed in 0..200 {
            for people in [20, 100, 2000, 10_000] {
                let script = Scenario::istanbul_shaped(people, seed);
                for trouble in Trouble::ALL {
                    let played = script.played(trouble);
                    assert!(!played.is_empty(), "{} is not played with seed {seed}", trouble.code());
                    let none = trouble == Trouble::Postponed;
                    assert!(played.iter().all(|(_, side, persons)| *side < 2 && (*persons == 0) == none));
                }
                let lost: usize =
                    script.rounds.iter().flat_map(|round| &round.incidents).map(|one| one.persons).sum();
                let spare = script.people - script.floor;
                assert!(lost <= spare * 2, "{lost} persons leave their places, {spare} a side can follow");
                assert!(script.rounds[0].incidents.is_empty());
            }
        }
    }

    #[test]
    fn both_sides_refuse_and_both_fail_to_deliver() {
        for seed in 0..50 {
            let script = Scenario::istanbul_shaped(2000, seed);
            for trouble in [Trouble::RefusesAtCrossing, Trouble::NotDelivered] {
                let sides: Vec<usize> = script.played(trouble).iter().map(|(_, side, _)| *side).collect();
                assert!(sides.contains(&0) && sides.contains(&1), "{}: {sides:?}", trouble.code());
            }
        }
    }

    #[test]
    fn days_follow_one_another_and_only_a_postponed_round_is_late() {
        for seed in 0..50 {
            let script = Scenario::istanbul_shaped(2000, seed);
            for round in &script.rounds {
                let late = round.incidents.iter().any(|one| one.trouble == Trouble::Postponed);
                assert_eq!(late, round.crossing_on > round.planned_on);
                assert!(round.nominated_on < round.listed_on && round.listed_on < round.planned_on);
                assert!(round.crossing_on < round.closed_on);
            }
            for pair in script.rounds.windows(2) {
                assert!(
                    pair[0].closed_on < pair[1].nominated_on,
                    "round {} runs into the next",
                    pair[0].number
                );
            }
            assert!(script.rounds[0].nominated_on > crate::people::AGES_ON);
        }
    }

    #[test]
    fn a_script_repeats() {
        assert_eq!(Scenario::istanbul_shaped(2000, 7), Scenario::istanbul_shaped(2000, 7));
        assert_ne!(Scenario::istanbul_shaped(2000, 7), Scenario::istanbul_shaped(2000, 8));
    }
}
