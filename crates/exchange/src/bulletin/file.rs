//! The two files of `homeward bulletin check`: what is published and withheld, and a draft (`docs/formats/bulletin.md`).
//!
//! Decides how sums over rounds, directions and categories are written; everything named must have been declared, so
//! that a misspelt category does not make a withheld number look safe.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::value::Datetime;

use super::guard::{CannotBeShown, Derivation, Fact, Form, Relation, Unknown, Withheld, check as derivable};
use super::{Bulletin, Finding, lint};
use crate::agreement::{CategoryId, Field, LabelId, Openness};
use crate::ids::{Party, RoundNo};
use crate::wording::WireWording;

/// The most bytes a file may have.
pub const FILE_BYTES_MAX: usize = 1 << 20;
/// The most numbers that may be counted: rounds times directions times categories, and bases.
pub const COUNTED_MAX: usize = 20_000;
const STATEMENT_BYTES_MAX: usize = 20_000;
const NAME_BYTES_MAX: usize = 200;

/// Everything published before a draft, and what must not follow.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published {
    /// The agreement's rule per field.
    pub disclosure: BTreeMap<Field, Openness>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The numbers that are withheld.
    pub withheld: Vec<Withheld>,
    /// How wide the interval of a withheld number must stay.
    pub width_min: i128,
    counted: Counted,
}

/// Why a file is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FileError {
    /// Too long.
    #[error("the file has more than {FILE_BYTES_MAX} bytes")]
    TooLong,
    /// Not TOML, or not of this shape.
    #[error("line {line}: {message}")]
    Toml {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A value that is not possible where it stands.
    #[error("{place}: {problem}")]
    Value {
        /// Which entry.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// What `bulletin check` answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// What the draft may not say, by piece of [`Bulletin::segments`].
    pub findings: Vec<Finding>,
    /// The withheld numbers that follow, or why that could not be ruled out.
    pub derivations: Result<Vec<Derivation>, CannotBeShown>,
}

impl Verdict {
    /// Whether the draft may be released as far as its words and figures go.
    pub fn holds(&self) -> bool {
        self.findings.is_empty() && self.derivations.as_ref().is_ok_and(Vec::is_empty)
    }
}

/// Checks a draft against everything published.
pub fn check(published: &Published, draft: &Bulletin) -> Verdict {
    let Published { disclosure, facts, withheld, width_min, .. } = published;
    Verdict {
        findings: lint(&draft.segments(), disclosure),
        derivations: derivable(facts, &draft.totals, withheld, *width_min),
    }
}

/// Reads the file of what is published and withheld.
pub fn published(text: &str) -> Result<Published, FileError> {
    let wire: WirePublished = parse(text)?;
    let counted = wire.counted.read()?;
    let mut withheld = Vec::new();
    for (at, entry) in wire.withheld.into_iter().enumerate() {
        withheld.extend(counted.withheld(entry, &format!("withheld {}", at + 1))?);
    }
    let fields = [
        (Field::RoundNumberOfPersons, wire.disclosure.round_number_of_persons),
        (Field::Category, wire.disclosure.category),
        (Field::CapturePeriod, wire.disclosure.capture_period),
        (Field::Conditions, wire.disclosure.conditions),
        (Field::Totals, wire.disclosure.totals),
    ];
    Ok(Published {
        disclosure: fields.map(|(field, openness)| (field, openness.into())).into(),
        facts: counted.facts(wire.facts)?,
        withheld,
        width_min: i128::from(wire.width_min),
        counted,
    })
}

/// Reads a draft, whose sums speak of what the published file counts.
pub fn draft(text: &str, published: &Published) -> Result<Bulletin, FileError> {
    let wire: WireDraft = parse(text)?;
    let label = |place: &str, label: &String| {
        LabelId::new(label)
            .ok_or_else(|| refused(place, format!("{label:?} is not a label of a-z, 0-9 and '-'")))
    };
    let category = |id: &String| match CategoryId::new(id) {
        Some(known) if published.counted.categories.contains(id) => Ok(known),
        _ => Err(refused("categories", format!("{id:?} is not counted in the published file"))),
    };
    let party = |id: &String| Party::new(id).map_err(|error| refused("thanks", format!("{id:?}: {error}")));
    if !published.counted.rounds.contains(&wire.round) {
        return Err(refused("round", format!("{} is not counted in the published file", wire.round)));
    }
    let date = wire.released_on.date.filter(|_| wire.released_on.time.is_none());
    let date = date.and_then(|d| {
        time::Date::from_calendar_date(i32::from(d.year), time::Month::try_from(d.month).ok()?, d.day).ok()
    });
    if wire
        .capture_years
        .is_some_and(|[from, to]| !(1900..=2200).contains(&from) || !(from..=2200).contains(&to))
    {
        return Err(refused("capture_years", "two years, the earlier first".to_owned()));
    }
    let statement = wire.statement.map(|statement| {
        let problem = format!("each language needs 1 to {STATEMENT_BYTES_MAX} bytes");
        statement.read(STATEMENT_BYTES_MAX).ok_or_else(|| refused("statement", problem))
    });
    Ok(Bulletin {
        round: wire.round,
        released_on: date.ok_or_else(|| refused("released_on", "a date without a time".to_owned()))?,
        crossing: label("crossing", &wire.crossing)?,
        categories: wire.categories.iter().map(category).collect::<Result<_, _>>()?,
        capture_years: wire.capture_years.map(|[from, to]| (from, to)),
        conditions: wire.conditions.iter().map(|id| label("conditions", id)).collect::<Result<_, _>>()?,
        thanks: wire.thanks.iter().map(party).collect::<Result<_, _>>()?,
        totals: published.counted.facts(wire.facts)?,
        statement: statement.transpose()?,
    })
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, FileError> {
    if text.len() > FILE_BYTES_MAX {
        return Err(FileError::TooLong);
    }
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        FileError::Toml { line: 1 + before.matches('\n').count(), message: error.message().to_owned() }
    })
}

fn refused(place: &str, problem: String) -> FileError {
    FileError::Value { place: place.to_owned(), problem }
}

/// What the sums may speak of.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Counted {
    rounds: BTreeSet<RoundNo>,
    directions: BTreeSet<String>,
    categories: BTreeSet<String>,
    bases: BTreeSet<String>,
}

impl Counted {
    fn facts(&self, wire: Vec<WireFact>) -> Result<Vec<Fact>, FileError> {
        let mut facts = Vec::new();
        for (at, WireFact { name, sum, is, value }) in wire.into_iter().enumerate() {
            let place = format!("fact {}", at + 1);
            let name = named(name, &place)?;
            facts.push(Fact {
                form: self.form(&sum, &format!("{place} ({name})"))?,
                name,
                relation: is.into(),
                value,
            });
        }
        Ok(facts)
    }

    fn withheld(&self, wire: WireWithheld, place: &str) -> Result<Vec<Withheld>, FileError> {
        match wire {
            WireWithheld { name: Some(name), sum: Some(sum), each: None } => {
                let name = named(name, place)?;
                Ok(vec![Withheld { form: self.form(&sum, &format!("{place} ({name})"))?, name }])
            }
            WireWithheld { name: None, sum: None, each: Some(each) } if !each.is_empty() => {
                self.each(&each, place)
            }
            _ => Err(refused(place, "needs either name and sum, or each".to_owned())),
        }
    }

    /// One withheld number for each combination of the named dimensions, summed over the others.
    fn each(&self, each: &[WireDimension], place: &str) -> Result<Vec<Withheld>, FileError> {
        let mut sums = vec![(Vec::new(), WireTerm::default())];
        for dimension in [WireDimension::Round, WireDimension::Direction, WireDimension::Category] {
            if !each.contains(&dimension) {
                continue;
            }
            let split = |(name, term): &(Vec<String>, WireTerm)| -> Vec<(Vec<String>, WireTerm)> {
                let part = |label: String, term: WireTerm| ([name.clone(), vec![label]].concat(), term);
                match dimension {
                    WireDimension::Round => {
                        let one = |&r: &RoundNo| {
                            part(format!("round {r}"), WireTerm { rounds: Some(vec![r]), ..term.clone() })
                        };
                        self.rounds.iter().map(one).collect()
                    }
                    WireDimension::Direction => {
                        let one = |d: &String| {
                            part(d.clone(), WireTerm { directions: Some(vec![d.clone()]), ..term.clone() })
                        };
                        self.directions.iter().map(one).collect()
                    }
                    WireDimension::Category => {
                        let one = |c: &String| {
                            part(c.clone(), WireTerm { categories: Some(vec![c.clone()]), ..term.clone() })
                        };
                        self.categories.iter().map(one).collect()
                    }
                }
            };
            sums = sums.iter().flat_map(split).collect();
        }
        let withheld = |(name, term): (Vec<String>, WireTerm)| {
            Ok(Withheld { name: name.join(", "), form: self.form(&[term], place)? })
        };
        sums.into_iter().map(withheld).collect()
    }

    fn form(&self, sum: &[WireTerm], place: &str) -> Result<Form, FileError> {
        let mut form: BTreeMap<Unknown, i64> = BTreeMap::new();
        for term in sum {
            for unknown in self.unknowns(term, place)? {
                let times = form.entry(unknown).or_default();
                *times = times.saturating_add(term.times.unwrap_or(1));
            }
        }
        form.retain(|_, times| *times != 0);
        let too_often = form.values().any(|times| times.unsigned_abs() > 1_000_000);
        match () {
            () if form.is_empty() => Err(refused(place, "the sum is empty".to_owned())),
            () if too_often => Err(refused(place, "a number is taken more than a million times".to_owned())),
            () => Ok(Form(form)),
        }
    }

    fn unknowns(&self, term: &WireTerm, place: &str) -> Result<Vec<Unknown>, FileError> {
        let WireTerm { base, rounds, directions, categories, .. } = term;
        if let Some(base) = base {
            let alone = rounds.is_none() && directions.is_none() && categories.is_none();
            return match (alone, self.bases.contains(base)) {
                (true, true) => Ok(vec![Unknown::Base(base.clone())]),
                (false, _) => Err(refused(place, "a base stands alone in its entry".to_owned())),
                (_, false) => Err(refused(place, format!("base {base:?} is not counted"))),
            };
        }
        let rounds = chosen(rounds, &self.rounds, "round", place)?;
        let directions = chosen(directions, &self.directions, "direction", place)?;
        let categories = chosen(categories, &self.categories, "category", place)?;
        let mut unknowns = Vec::new();
        for &round in &rounds {
            for direction in &directions {
                let parts = categories.iter().map(|category| Unknown::Part {
                    round,
                    direction: direction.clone(),
                    category: category.clone(),
                });
                unknowns.extend(parts);
            }
        }
        Ok(unknowns)
    }
}

/// The named ones, or all when none are named.
fn chosen<T: Ord + Clone + std::fmt::Debug>(
    named: &Option<Vec<T>>,
    all: &BTreeSet<T>,
    what: &str,
    place: &str,
) -> Result<BTreeSet<T>, FileError> {
    let Some(named) = named else { return Ok(all.clone()) };
    if named.is_empty() {
        return Err(refused(place, format!("a {what} must be named, or the list left out")));
    }
    match named.iter().find(|one| !all.contains(*one)) {
        Some(unknown) => Err(refused(place, format!("{what} {unknown:?} is not counted"))),
        None => Ok(named.iter().cloned().collect()),
    }
}

fn named(name: String, place: &str) -> Result<String, FileError> {
    let fits = !name.trim().is_empty() && name.len() <= NAME_BYTES_MAX && !name.chars().any(char::is_control);
    if fits {
        Ok(name)
    } else {
        Err(refused(place, format!("a name has 1 to {NAME_BYTES_MAX} bytes on one line")))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WirePublished {
    width_min: u32,
    counted: WireCounted,
    disclosure: WireDisclosure,
    withheld: Vec<WireWithheld>,
    #[serde(default)]
    facts: Vec<WireFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireCounted {
    rounds: Vec<RoundNo>,
    directions: Vec<String>,
    categories: Vec<String>,
    #[serde(default)]
    bases: Vec<String>,
}

impl WireCounted {
    fn read(self) -> Result<Counted, FileError> {
        let Self { rounds, directions, categories, bases } = self;
        let product = rounds.len().saturating_mul(directions.len()).saturating_mul(categories.len());
        if product == 0 || product.saturating_add(bases.len()) > COUNTED_MAX {
            return Err(refused("counted", format!("needs 1 to {COUNTED_MAX} numbers")));
        }
        for name in directions.iter().chain(&categories).chain(&bases) {
            named(name.clone(), "counted")?;
        }
        let set = |names: Vec<String>| names.into_iter().collect();
        let rounds = rounds.into_iter().collect();
        Ok(Counted { rounds, directions: set(directions), categories: set(categories), bases: set(bases) })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WireDisclosure {
    round_number_of_persons: WireOpenness,
    category: WireOpenness,
    capture_period: WireOpenness,
    conditions: WireOpenness,
    totals: WireOpenness,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WireOpenness {
    Withheld,
    Aggregate,
    Published,
}

impl From<WireOpenness> for Openness {
    fn from(wire: WireOpenness) -> Self {
        match wire {
            WireOpenness::Withheld => Self::Withheld,
            WireOpenness::Aggregate => Self::Aggregate,
            WireOpenness::Published => Self::Published,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireWithheld {
    name: Option<String>,
    sum: Option<Vec<WireTerm>>,
    each: Option<Vec<WireDimension>>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WireDimension {
    Round,
    Direction,
    Category,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireFact {
    name: String,
    sum: Vec<WireTerm>,
    is: WireRelation,
    value: i64,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WireRelation {
    Equal,
    AtLeast,
    AtMost,
}

impl From<WireRelation> for Relation {
    fn from(wire: WireRelation) -> Self {
        match wire {
            WireRelation::Equal => Self::Equal,
            WireRelation::AtLeast => Self::AtLeast,
            WireRelation::AtMost => Self::AtMost,
        }
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireTerm {
    base: Option<String>,
    rounds: Option<Vec<RoundNo>>,
    directions: Option<Vec<String>>,
    categories: Option<Vec<String>>,
    times: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireDraft {
    round: RoundNo,
    released_on: Datetime,
    crossing: String,
    #[serde(default)]
    categories: Vec<String>,
    capture_years: Option<[i32; 2]>,
    #[serde(default)]
    conditions: Vec<String>,
    #[serde(default)]
    thanks: Vec<String>,
    statement: Option<WireWording>,
    #[serde(default)]
    facts: Vec<WireFact>,
}
