//! Agreements of history as cases: every folder of `examples/agreements` is read, booked and compared with its published
//! figures as its files stand, without a line of code of its own.
//!
//! A folder holds `terms.toml` (`docs/formats/terms.md`), `acts.csv` (`docs/formats/acts.md`) and `expected.toml`
//! ([`Expected`]). What a table of expected figures does not name is not compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};
use std::fs;
use std::path::{Path, PathBuf};

use exchange::agreement::Terms;
use exchange::condition;
use exchange::ledger::file::{Acts, LineNo, Trust, details_of, item_of_label};
use exchange::ledger::{
    Act, Balance, Ground, Ledger, RatioBalance, StatedSum, balances, ratio_balances, stated_sums,
};
use exchange::moment::Moment;
use exchange::notice::{self, notices};
use exchange::phase::{self, DayLimit, Timeline, days};
use serde::Deserialize;
use toml::value::Datetime;

/// How many cases there are at least: a folder that is not found is not a case that passes.
const CASES_MIN: usize = 11;

#[test]
fn every_case_comes_to_its_published_figures() {
    let mut wrong = Vec::new();
    for folder in folders() {
        match Case::read(&folder) {
            Ok(case) => wrong.extend(case.differences()),
            Err(refused) => wrong.push(format!("{}: {refused}", name_of(&folder))),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_row_of_acts_has_a_source_or_says_that_it_is_unverified() {
    for folder in folders() {
        let case = Case::read(&folder).unwrap();
        let csv = fs::read(folder.join("acts.csv")).unwrap();
        for (line, row) in details_of(&csv, &case.lines).unwrap() {
            let sourced = !row.source.is_empty() || row.trust() == Trust::Unverified;
            assert!(sourced, "{}: acts.csv: line {line} has no source", case.name);
        }
    }
}

#[test]
fn a_case_with_another_figure_is_told_by_case_table_and_both_numbers() {
    let folder = folders().into_iter().find(|folder| name_of(folder) == "sherman-hood-1864").unwrap();
    let mut case = Case::read(&folder).unwrap();
    case.expected.ratios[0].difference = Some(Number::Whole(3));
    let expected = "sherman-hood-1864: ratios by-value (the text): difference: expected 3, found 2";
    assert_eq!(case.differences(), [expected]);
}

/// Figures that a case is to come to. Numbers are whole, or fractions in quotes.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    balances: Vec<ExpectedBalance>,
    ratios: Vec<ExpectedRatio>,
    grounds: Vec<ExpectedGround>,
    days: Vec<ExpectedDay>,
    phases: Vec<ExpectedPhase>,
    alerts: Vec<ExpectedAlerts>,
    notices: Vec<ExpectedNotice>,
    stated: Vec<ExpectedSum>,
    remains: Vec<ExpectedRemains>,
    items: Vec<ExpectedItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedBalance {
    quantity: String,
    /// A party; the text itself where there is none.
    reader: Option<String>,
    filled: Option<Number>,
    outstanding: Option<Number>,
    over: Option<Number>,
    releasing_states: Option<Number>,
    receiving_states: Option<Number>,
    listed: Option<Number>,
    pending: Option<Number>,
    disputed: Option<Number>,
    held: Option<Number>,
    carried: Option<Number>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedRatio {
    ratio: String,
    reader: Option<String>,
    heads: Option<[i64; 2]>,
    values: Option<[Number; 2]>,
    /// The first side's value less the second's.
    difference: Option<Number>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedGround {
    leg: String,
    /// All rounds where there is none.
    round: Option<u32>,
    ground: String,
    count: u64,
}

/// A day on which a quantity was under its least or over its most. A case names all that it has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedDay {
    quantity: String,
    day: Datetime,
    count: u64,
    at_least: Option<u32>,
    at_most: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedPhase {
    at: Datetime,
    phase: String,
    state: String,
    closes: Option<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedAlerts {
    condition: String,
    count: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedNotice {
    at: Datetime,
    no: u32,
    by: Option<String>,
    clause: Option<u32>,
    state: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedSum {
    leg: String,
    round: Option<u32>,
    by: String,
    count: i64,
    posted: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedRemains {
    leg: String,
    containers: Number,
    /// Persons identified.
    identified: usize,
    /// Containers that hold remains of them.
    identified_containers: Option<usize>,
}

/// Where one person or lot stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedItem {
    item: String,
    place: String,
    /// Declared exchanged by who released, and by who received.
    declared: Option<[u32; 2]>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Whole(i64),
    Fraction(String),
}

impl Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Fraction(text) => f.write_str(text),
        }
    }
}

/// A folder, read and booked.
struct Case {
    name: String,
    terms: Terms,
    /// The rows of `acts.csv`.
    lines: BTreeSet<LineNo>,
    acts: Vec<Act>,
    ledger: Ledger,
    expected: Expected,
}

impl Case {
    fn read(folder: &Path) -> Result<Self, String> {
        let text =
            |file: &str| fs::read_to_string(folder.join(file)).map_err(|error| format!("{file}: {error}"));
        let terms = Terms::parse(&text("terms.toml")?).map_err(|error| format!("terms.toml: {error}"))?;
        let csv = text("acts.csv")?;
        let in_acts = |error: &dyn Display| format!("acts.csv: {error}");
        let rows: Vec<_> = Acts::over(&terms, csv.as_bytes())
            .and_then(Iterator::collect)
            .map_err(|error| in_acts(&error))?;
        let acts: Vec<Act> = rows.iter().map(|(_, act)| *act).collect();
        let ledger = Ledger::book(&terms, &acts).map_err(|error| {
            let (line, _) = rows[error.at - 1];
            in_acts(&format!("line {line}: {}", error.refused))
        })?;
        let expected =
            toml::from_str(&text("expected.toml")?).map_err(|error| format!("expected.toml: {error}"))?;
        let lines = rows.iter().map(|(line, _)| *line).collect();
        Ok(Self { name: name_of(folder), terms, lines, acts, ledger, expected })
    }

    /// Every figure that differs: the case, the table with its row, and both numbers.
    fn differences(&self) -> Vec<String> {
        let mut wrong = Differences { case: &self.name, row: String::new(), found: Vec::new() };
        self.balances(&mut wrong);
        self.ratios(&mut wrong);
        self.grounds(&mut wrong);
        self.days(&mut wrong);
        self.phases(&mut wrong);
        self.alerts(&mut wrong);
        self.notices(&mut wrong);
        self.stated(&mut wrong);
        self.remains(&mut wrong);
        self.items(&mut wrong);
        self.adds_up(&mut wrong);
        wrong.found
    }

    fn balances(&self, wrong: &mut Differences<'_>) {
        let found = balances(&self.terms, &self.ledger).unwrap();
        let id = |balance: &Balance| self.terms.quantities[balance.quantity].id.to_string();
        for row in &self.expected.balances {
            wrong.row = format!("balances {} ({})", row.quantity, reader(row.reader.as_deref()));
            let is = |one: &&Balance| {
                id(one) == row.quantity
                    && one.reader.as_ref().map(|party| party.as_str()) == row.reader.as_deref()
            };
            let Some(balance) = found.iter().find(is) else {
                wrong.missing();
                continue;
            };
            wrong.compare("filled", row.filled.as_ref(), balance.filled);
            wrong.compare("outstanding", row.outstanding.as_ref(), or_none(balance.outstanding));
            wrong.compare("over", row.over.as_ref(), or_none(balance.over));
            wrong.compare("releasing_states", row.releasing_states.as_ref(), balance.releasing_states);
            wrong.compare("receiving_states", row.receiving_states.as_ref(), balance.receiving_states);
            wrong.compare("listed", row.listed.as_ref(), balance.listed);
            wrong.compare("pending", row.pending.as_ref(), balance.pending);
            wrong.compare("disputed", row.disputed.as_ref(), balance.disputed);
            wrong.compare("held", row.held.as_ref(), balance.held);
            wrong.compare("carried", row.carried.as_ref(), balance.carried);
        }
    }

    fn ratios(&self, wrong: &mut Differences<'_>) {
        let found = ratio_balances(&self.terms, &self.ledger).unwrap();
        for row in &self.expected.ratios {
            wrong.row = format!("ratios {} ({})", row.ratio, reader(row.reader.as_deref()));
            let is = |one: &&RatioBalance| {
                self.terms.ratios[one.ratio].id.as_str() == row.ratio
                    && one.reader.as_ref().map(|party| party.as_str()) == row.reader.as_deref()
            };
            let Some(ratio) = found.iter().find(is) else {
                wrong.missing();
                continue;
            };
            for side in 0..2 {
                wrong.compare("heads", row.heads.map(|heads| heads[side]).as_ref(), ratio.heads[side]);
                wrong.compare("values", row.values.as_ref().map(|values| &values[side]), ratio.values[side]);
            }
            wrong.compare("difference", row.difference.as_ref(), ratio.difference);
        }
    }

    fn grounds(&self, wrong: &mut Differences<'_>) {
        let found = self.ledger.by_ground();
        for row in &self.expected.grounds {
            wrong.row = format!("grounds {} {}", row.leg, row.ground);
            let (Some(leg), Some(ground)) = (self.leg(&row.leg), Ground::from_code(&row.ground)) else {
                wrong.missing();
                continue;
            };
            let of = |(of, round, why): &(u8, u32, Ground)| {
                *of == leg && *why == ground && row.round.is_none_or(|wanted| wanted == *round)
            };
            let count: u64 = found.iter().filter(|(key, _)| of(key)).map(|(_, count)| count).sum();
            wrong.compare("count", Some(&row.count), count);
        }
    }

    fn days(&self, wrong: &mut Differences<'_>) {
        let row = |quantity: &str, day: &dyn Display, count, least: Option<u32>, most: Option<u32>| {
            format!("{quantity} on {day}: {count}, at least {least:?}, at most {most:?}")
        };
        let expected: Vec<String> = (self.expected.days.iter())
            .map(|one| row(&one.quantity, &one.day, one.count, one.at_least, one.at_most))
            .collect();
        let found = days(&self.terms, &self.acts);
        let found = found.iter().map(|one| {
            let (least, most) = match one.limit {
                DayLimit::Least(least) => (Some(least), None),
                DayLimit::Most(most) => (None, Some(most)),
            };
            row(self.terms.quantities[one.quantity].id.as_str(), &one.day, one.count, least, most)
        });
        wrong.row = "days".to_owned();
        wrong.compare("findings", Some(&expected.join("; ")), found.collect::<Vec<_>>().join("; "));
    }

    /// The state of phases at moments; and no handover of a case falls outside them.
    fn phases(&self, wrong: &mut Differences<'_>) {
        wrong.row = "phases".to_owned();
        wrong.compare("handovers outside", Some(&0), phase::check(&self.terms, &self.acts).len());
        let timeline = Timeline::of(&self.terms, &self.acts);
        for row in &self.expected.phases {
            wrong.row = format!("phases {} at {}", row.phase, row.at);
            let place = self.terms.phases.iter().position(|phase| phase.id.as_str() == row.phase);
            let Some(state) = place.and_then(|place| timeline.state(place, moment(&row.at))) else {
                wrong.missing();
                continue;
            };
            let (word, closes) = match state {
                phase::State::Waiting { .. } => ("waiting", None),
                phase::State::Open { closes, .. } => ("open", *closes),
                phase::State::Suspended { .. } => ("suspended", None),
                phase::State::Complete { .. } => ("complete", None),
                phase::State::Expired { .. } => ("expired", None),
            };
            wrong.compare("state", Some(&row.state), word);
            wrong.compare("closes", row.closes.as_ref().map(moment).as_ref(), or_none(closes));
        }
    }

    fn alerts(&self, wrong: &mut Differences<'_>) {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for alert in condition::alerts(&self.terms, &self.acts) {
            *found.entry(self.terms.conditions[alert.condition].id.as_str()).or_default() += 1;
        }
        for row in &self.expected.alerts {
            wrong.row = format!("alerts {}", row.condition);
            wrong.compare("count", Some(&row.count), found.get(row.condition.as_str()).copied().unwrap_or(0));
        }
    }

    fn notices(&self, wrong: &mut Differences<'_>) {
        let found = notices(&self.terms, &self.acts);
        for refused in &found.refused {
            wrong.row = format!("notices, act {}", refused.act + 1);
            wrong.compare("refused", Some(&"nothing"), refused.refused);
        }
        for row in &self.expected.notices {
            wrong.row = format!("notices {} at {}", row.no, row.at);
            let thread = found.threads.iter().find(|thread| thread.no == row.no);
            let stands = thread.and_then(|thread| Some((thread, thread.state(moment(&row.at))?)));
            let Some((thread, state)) = stands else {
                wrong.missing();
                continue;
            };
            wrong.compare("by", row.by.as_ref(), or_none(self.terms.voice_id(thread.by)));
            wrong.compare("clause", row.clause.as_ref(), thread.clause);
            let word = match state {
                notice::State::Open { .. } => "open",
                notice::State::Overdue { .. } => "overdue",
                notice::State::Replied { .. } => "replied",
                notice::State::Closed { .. } => "closed",
            };
            wrong.compare("state", Some(&row.state), word);
        }
    }

    fn stated(&self, wrong: &mut Differences<'_>) {
        let found = stated_sums(&self.ledger);
        for row in &self.expected.stated {
            wrong.row = format!("stated {} by {}", row.leg, row.by);
            let by = self.terms.voice(&row.by);
            let is = |one: &&StatedSum| {
                Some(one.by) == by && Some(one.leg) == self.leg(&row.leg) && one.round == row.round
            };
            let Some(sum) = found.iter().find(is) else {
                wrong.missing();
                continue;
            };
            wrong.compare("count", Some(&row.count), sum.count);
            wrong.compare("posted", Some(&row.posted), sum.posted);
        }
    }

    fn remains(&self, wrong: &mut Differences<'_>) {
        for row in &self.expected.remains {
            wrong.row = format!("remains {}", row.leg);
            let Some(leg) = self.leg(&row.leg) else {
                wrong.missing();
                continue;
            };
            let slots = self.ledger.slots();
            let filled: u32 =
                slots.iter().filter(|((_, of), _)| *of == leg).map(|(_, slots)| slots.filled).sum();
            wrong.compare("containers", Some(&row.containers), filled);
            let persons = self.ledger.identified(leg);
            wrong.compare("identified", Some(&row.identified), persons.map_or(0, BTreeMap::len));
            let of_persons = persons.into_iter().flat_map(BTreeMap::values);
            let containers: usize = of_persons.map(BTreeSet::len).sum();
            wrong.compare("identified_containers", row.identified_containers.as_ref(), containers);
        }
    }

    fn items(&self, wrong: &mut Differences<'_>) {
        for row in &self.expected.items {
            wrong.row = format!("items {}", row.item);
            let item = item_of_label(&row.item);
            let line = item.and_then(|item| self.ledger.lines().get(&item).zip(self.ledger.place(&item)));
            let Some((line, place)) = line else {
                wrong.missing();
                continue;
            };
            wrong.compare("place", Some(&row.place), place.code());
            for side in 0..2 {
                let declared = row.declared.map(|declared| declared[side]);
                wrong.compare("declared", declared.as_ref(), line.declared[side]);
            }
        }
    }

    /// Whatever the figures, the accounts add up to nought.
    fn adds_up(&self, wrong: &mut Differences<'_>) {
        wrong.row = "accounts".to_owned();
        wrong.compare("sum", Some(&0), self.ledger.accounts().values().sum::<i64>());
    }

    fn leg(&self, id: &str) -> Option<u8> {
        self.terms.leg_index(id).and_then(|leg| u8::try_from(leg).ok())
    }
}

/// What differs in one case.
struct Differences<'a> {
    case: &'a str,
    /// The table and the row that is compared.
    row: String,
    found: Vec<String>,
}

impl Differences<'_> {
    fn compare(&mut self, figure: &str, expected: Option<&impl Display>, found: impl Display) {
        let Some(expected) = expected.map(ToString::to_string) else { return };
        let found = found.to_string();
        if expected != found {
            self.found
                .push(format!("{}: {}: {figure}: expected {expected}, found {found}", self.case, self.row));
        }
    }

    fn missing(&mut self) {
        self.found.push(format!("{}: {}: no such row", self.case, self.row));
    }
}

fn reader(party: Option<&str>) -> &str {
    party.unwrap_or("the text")
}

fn or_none(number: Option<impl Display>) -> String {
    number.map_or_else(|| "none".to_owned(), |number| number.to_string())
}

fn moment(at: &Datetime) -> Moment {
    Moment::read(&at.to_string()).unwrap()
}

/// The folders, by name.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/agreements");
    let entries = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    found.sort();
    assert!(found.len() >= CASES_MIN, "{} holds {} cases", root.display(), found.len());
    found
}

fn name_of(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}
