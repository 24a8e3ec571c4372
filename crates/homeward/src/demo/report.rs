//! The report of a rehearsal: what was played and how it ended. The same seed gives the same report, times aside.
//!
//! Heads of the record are not in it: they depend on which node saw what first.

use std::collections::BTreeMap;

use rehearsal::scenario::Trouble;
use serde::Serialize;

/// A number for each party, by label.
pub type BySide<T> = BTreeMap<String, T>;

/// The whole report.
#[derive(Serialize, Default)]
pub struct Report {
    /// What was asked for.
    pub parameters: Parameters,
    /// SHA-256 of the agreement's text in force.
    pub agreement: String,
    /// Round by round.
    pub rounds: Vec<Round>,
    /// At the end.
    pub totals: Totals,
    /// Every failure of the catalogue that was played: code, and where.
    pub scenarios: BTreeMap<String, Vec<Played>>,
    /// What depends on this machine and this run: never the same twice.
    pub timings: Timings,
}

/// What was asked for.
#[derive(Serialize, Default)]
pub struct Parameters {
    /// People held by each side at the start.
    pub people: usize,
    /// Seed.
    pub seed: u64,
    /// How many each side must release, at least.
    pub floor: usize,
    /// Places of each side in a round.
    pub places_per_round: usize,
}

/// One round.
#[derive(Serialize, Default)]
pub struct Round {
    /// Number, from 1.
    pub number: usize,
    /// Places of each side.
    pub places: usize,
    /// The day planned and the day of the crossing.
    pub planned_on: String,
    /// The day of the crossing.
    pub crossed_on: String,
    /// Persons chosen by category.
    pub chosen: BySide<BTreeMap<String, usize>>,
    /// SHA-256 over the items nominated, ascending.
    pub rolls: BySide<String>,
    /// Openings linked to a dossier on strong grounds, by a registrar's look, and newly made dossiers.
    pub links: BySide<Links>,
    /// Version of the list in force at the end.
    pub list_version: u32,
    /// What went wrong.
    pub incidents: Vec<Incident>,
    /// Slots that were vacated, and refilled.
    pub slots: BySide<Slots>,
    /// Items that filled a vacated slot.
    pub refilled_items: Vec<String>,
    /// Receipts given to each party's releases.
    pub received: BySide<usize>,
    /// Disputes raised about each party's releases.
    pub disputed: BySide<usize>,
    /// Differences between the books, and how each was settled.
    pub differences: Vec<Difference>,
    /// Calls to families.
    pub calls: BySide<Calls>,
    /// What was published.
    pub bulletins: BySide<Bulletin>,
}

/// How the openings of the other side found their dossiers.
#[derive(Serialize, Default, Clone, Copy)]
pub struct Links {
    /// On strong grounds, all at once.
    pub strong: usize,
    /// One by one.
    pub looked_at: usize,
    /// Nobody was sought: a dossier was made.
    pub made: usize,
}

/// Something that went wrong, and what followed.
#[derive(Serialize, Clone)]
pub struct Incident {
    /// Code in the catalogue of failures.
    pub code: &'static str,
    /// On which side it happened.
    pub side: String,
    /// At which step of the round.
    pub step: &'static str,
    /// Items concerned.
    pub items: Vec<String>,
    /// What followed.
    pub settled: String,
}

/// Slots of one side in a round.
#[derive(Serialize, Default, Clone, Copy)]
pub struct Slots {
    /// Vacated.
    pub vacated: usize,
    /// Refilled from the committed order.
    pub refilled: usize,
}

/// A difference between the two sides' books.
#[derive(Serialize)]
pub struct Difference {
    /// How many lines each node's ledger listed.
    pub listed: BySide<usize>,
    /// How it was settled.
    pub settled: String,
}

/// Calls of one side in a round.
#[derive(Serialize, Default, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Calls {
    /// Families to be called.
    pub due: usize,
    /// Reached at the first call.
    pub first_try: usize,
    /// Reached at a later call.
    pub later: usize,
    /// Not reached in the agreed time.
    pub escalated: usize,
}

/// A published bulletin.
#[derive(Serialize, Default)]
pub struct Bulletin {
    /// Identifier.
    pub id: String,
    /// SHA-256 of the public page's text.
    pub text: String,
    /// Drafts that were refused, with the ground.
    pub refused_drafts: Vec<String>,
}

/// The end.
#[derive(Serialize, Default)]
pub struct Totals {
    /// Receipts given to each party's releases in all rounds.
    pub delivered: BySide<usize>,
    /// Digest of each party's ledger: equal.
    pub ledgers: BySide<String>,
    /// Every clause with a number, as the text has it and as each party reads it, side by side.
    pub clauses: Vec<Clause>,
    /// Slots vacated and refilled in all rounds.
    pub slots: BySide<Slots>,
    /// Persons received twice.
    pub received_twice: usize,
    /// Persons received without two willing answers.
    pub without_two_wills: usize,
    /// Releases that were disputed, by item.
    pub disputed_slots: Vec<String>,
    /// Items that filled a vacated slot.
    pub refilled_slots: Vec<String>,
    /// Whether each node's record was verified from its files.
    pub verified: BTreeMap<String, bool>,
}

/// A clause with what it comes to under the text and under each reading. None of the balances is called right.
#[derive(Serialize, Default, PartialEq, Eq, Debug)]
pub struct Clause {
    /// The clause.
    pub clause: u32,
    /// The quantity, by id.
    pub quantity: String,
    /// Received by both sides' word, and still owed: first as the text has it, then as each party reads it.
    pub balances: Vec<Balance>,
}

/// A balance under one reading.
#[derive(Serialize, Default, PartialEq, Eq, Debug)]
pub struct Balance {
    /// Who reads it so; nobody for the text.
    pub read_by: Option<String>,
    /// `exactly`, `at-least`, `at-most`, `between` or `all`.
    pub asks: String,
    /// The least that is asked.
    pub least: Option<u32>,
    /// The most that is allowed.
    pub most: Option<u32>,
    /// Received.
    pub received: String,
    /// Still owed of the least; less than 0 where more was received.
    pub outstanding: Option<String>,
}

/// Where a failure was played.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub struct Played {
    /// Round.
    pub round: usize,
    /// Side.
    pub side: String,
    /// Step.
    pub step: &'static str,
    /// Persons concerned.
    pub persons: usize,
}

/// What depends on machine and run.
#[derive(Serialize, Default)]
pub struct Timings {
    /// The whole rehearsal, milliseconds.
    pub whole_ms: u64,
    /// From start to the agreement in force, milliseconds.
    pub start_ms: u64,
    /// Import of the lists, milliseconds.
    pub import_ms: u64,
    /// Each round, milliseconds.
    pub rounds_ms: Vec<u64>,
    /// Peak resident memory of each node, KiB.
    pub peak_kib: BTreeMap<String, u64>,
}

impl Report {
    /// Gathers from the rounds where each failure was played.
    pub fn gather(&mut self) {
        for round in &self.rounds {
            for incident in &round.incidents {
                let played = Played {
                    round: round.number,
                    side: incident.side.clone(),
                    step: incident.step,
                    persons: incident.items.len(),
                };
                self.scenarios.entry(incident.code.to_owned()).or_default().push(played);
            }
            for (side, slots) in &round.slots {
                let total = self.totals.slots.entry(side.clone()).or_default();
                total.vacated += slots.vacated;
                total.refilled += slots.refilled;
            }
            for (side, count) in &round.received {
                *self.totals.delivered.entry(side.clone()).or_default() += count;
            }
        }
    }

    /// The summary for a person at the terminal.
    pub fn summary(&self) -> String {
        let sides: Vec<&String> = self.totals.delivered.keys().collect();
        let mut text = String::from("\nround  crossing    list  ");
        for side in &sides {
            text += &format!("{:>18}  ", format!("{side} home/refilled"));
        }
        text.push_str("what went wrong\n");
        for round in &self.rounds {
            text += &format!("{:>5}  {}  {:>4}  ", round.number, round.crossed_on, round.list_version);
            for side in &sides {
                let home = round.received.get(*side).copied().unwrap_or_default();
                let refilled = round.slots.get(*side).copied().unwrap_or_default().refilled;
                text += &format!("{:>22}  ", format!("{home}/{refilled}"));
            }
            let wrong =
                round.incidents.iter().map(|one| format!("{} ({}, {})", one.code, one.side, one.step));
            text += &wrong.collect::<Vec<_>>().join("; ");
            text.push('\n');
        }
        for (side, count) in &self.totals.delivered {
            text += &format!("{side} delivered {count}, at least {} were agreed\n", self.parameters.floor);
        }
        for clause in self.totals.clauses.iter().filter(|clause| clause.balances.len() > 1) {
            let read = clause.balances.iter().map(|one| {
                let reader =
                    one.read_by.as_ref().map_or("the text".to_owned(), |party| format!("{party}'s reading"));
                format!("{} owed by {reader}", one.outstanding.as_deref().unwrap_or("nothing"))
            });
            let read = read.collect::<Vec<_>>().join(", ");
            text += &format!("clause {}, {}: {read}\n", clause.clause, clause.quantity);
        }
        for (code, places) in &self.scenarios {
            let places = places.iter().map(|one| format!("round {} ({}, {})", one.round, one.side, one.step));
            let known = Trouble::ALL.iter().find(|trouble| trouble.code() == code);
            let words = known.map_or("", |trouble| trouble.words());
            text += &format!("{code:<4} {words:<26}{}\n", places.collect::<Vec<_>>().join(", "));
        }
        let peaks = self.timings.peak_kib.iter().map(|(node, kib)| format!("{node} {} MiB", kib / 1024));
        text += &format!(
            "{:.1} s; peak memory {}\n",
            self.timings.whole_ms as f64 / 1000.0,
            peaks.collect::<Vec<_>>().join(", ")
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_failure_was_played_is_gathered_from_the_rounds() {
        let incident = |code| Incident {
            code,
            side: "aronia".to_owned(),
            step: "crossing",
            items: vec!["a".to_owned(), "b".to_owned()],
            settled: String::new(),
        };
        let mut report = Report::default();
        for number in [1, 2] {
            let mut round = Round { number, ..Round::default() };
            round.incidents = vec![incident("S1")];
            round.received.insert("aronia".to_owned(), 5);
            report.rounds.push(round);
        }
        report.gather();
        let rounds: Vec<usize> = report.scenarios["S1"].iter().map(|one| one.round).collect();
        assert_eq!((rounds, report.scenarios["S1"][0].persons), (vec![1, 2], 2));
        assert_eq!(report.totals.delivered["aronia"], 10);
        let summary = report.summary();
        assert!(summary.contains("aronia delivered 10"));
        assert!(
            summary.contains("S1   refuses at the crossing   round 1 (aronia, crossing), round 2"),
            "{summary}"
        );
    }
}
