//! Invented acts of one agreement in any number, for measuring how the account of an agreement grows.
//!
//! Decides the shape of the load: persons by name with everything that can become of them, lots of remains, sums stated.
//! Whether the acts are lawful is judged by `exchange::ledger`, as for any file.

use std::fmt::Write as _;

use crate::chance::Chance;

/// The terms of the agreement: two directions by a scale of ranks, remains, a phase with a window.
pub const TERMS: &str = include_str!("../data/many-acts.toml");

const CLASSES: [&str; 3] = ["officer", "sergeant", "soldier"];
/// Persons of one round along one leg.
const ROUND: u32 = 500;

/// Writes a file of exactly `count` acts (`docs/formats/acts.md`), the same for the same seed.
pub fn invented(count: u32, seed: u64) -> String {
    let mut acts = Invented {
        // About 70 bytes an act.
        text: String::with_capacity(count as usize * 72 + 64),
        chance: Chance::of(seed, "acts"),
        left: count,
        person: 0,
    };
    acts.text.push_str("at,by,act,leg,round,item,count,category,class,about\n");
    let mut round = 1;
    while acts.left > 0 {
        for leg in 0..2 {
            acts.round(leg, round);
        }
        round += 1;
    }
    acts.text
}

struct Invented {
    text: String,
    chance: Chance,
    left: u32,
    person: u32,
}

impl Invented {
    /// One round along one leg: the list, those who leave and those who come for them, then everyone crosses.
    fn round(&mut self, leg: usize, round: u32) {
        let (from, to) = if leg == 0 { ("north", "south") } else { ("south", "north") };
        let mut going = Vec::new();
        for _ in 0..ROUND {
            going.push(self.someone());
            let who = going[going.len() - 1];
            self.act(round, from, "listed", to, who, "");
        }
        let mut left = Vec::new();
        for who in &mut going {
            if self.chance.happens(60) {
                let ground = *self.chance.pick(&["refused", "died", "recovered", "not-delivered"]);
                self.act(round, from, "vacated", to, *who, ground);
                left.push(who);
            }
        }
        for who in left {
            *who = self.someone();
            self.act(round, from, "refilled", to, *who, "");
        }
        for who in going {
            self.act(round, from, "released", to, who, "");
            if self.chance.happens(20) {
                self.act(round, to, "disputed", to, who, "other-person");
                self.act(round, from, "taken-back", to, who, "");
            } else {
                self.act(round, to, "received", to, who, "");
            }
        }
        let bags = self.chance.between(1, 40);
        let lot = format!("bags-{from}-{round}");
        self.lot(round, from, "released", from, &lot, bags);
        self.lot(round, to, "received", from, &lot, bags);
    }

    fn someone(&mut self) -> (u32, &'static str) {
        self.person += 1;
        (self.person, CLASSES[self.chance.weighted([8, 22, 70].into_iter())])
    }

    fn act(&mut self, round: u32, by: &str, act: &str, to: &str, who: (u32, &str), about: &str) {
        let (person, class) = who;
        let day = day(round);
        // Writing to a String cannot fail.
        self.write(|text| {
            let _ =
                writeln!(text, "{day},{by},{act},to-{to},{round},person-{person:07},,all,{class},{about}");
        });
    }

    fn lot(&mut self, round: u32, by: &str, act: &str, from: &str, lot: &str, bags: i64) {
        let day = day(round);
        self.write(|text| {
            let _ = writeln!(text, "{day},{by},{act},remains-from-{from},{round},{lot},{bags},,,");
        });
    }

    fn write(&mut self, line: impl FnOnce(&mut String)) {
        if self.left > 0 {
            self.left -= 1;
            line(&mut self.text);
        }
    }
}

/// A day inside the window of the phase for every round.
fn day(round: u32) -> String {
    let months = round / 28;
    format!("{}-{:02}-{:02}", 2030 + months / 12, months % 12 + 1, round % 28 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use exchange::agreement::Terms;
    use exchange::ledger::Ledger;
    use exchange::ledger::file::Acts;

    #[test]
    fn any_number_of_invented_acts_can_be_booked() {
        let terms = Terms::parse(TERMS).unwrap();
        for count in [0, 1, 777, 5_000] {
            let text = invented(count, 7);
            assert_eq!(text.lines().count() as u32, count + 1);
            let acts: Vec<_> =
                Acts::over(&terms, text.as_bytes()).unwrap().map(|read| read.unwrap().1).collect();
            let ledger = Ledger::book(&terms, &acts).unwrap();
            assert_eq!(ledger.accounts().values().sum::<i64>(), 0);
        }
        assert_eq!(invented(1_000, 7), invented(1_000, 7));
        assert_ne!(invented(1_000, 7), invented(1_000, 8));
    }
}
