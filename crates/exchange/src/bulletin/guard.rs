//! The differencing guard: no withheld number may follow from published ones, alone or together.
//!
//! Decides whether facts give a withheld quantity exactly (their combination is shown) or hold it in an interval that
//! is too narrow, given that people are counted in non-negative numbers. It reasons over fractions: it never reports
//! a derivation that does not hold; what only follows because people are whole (from odd and even, say) it does not
//! see when the published sums cross one another. A number too large for exact arithmetic refuses the draft.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use super::simplex::Relation;
use super::simplex::{Corner, Extreme, Row, Start, subtract};
use crate::ids::RoundNo;
use crate::rational::Rational;

/// The most unknowns a check takes, after those that nothing tells apart are joined.
pub const UNKNOWNS_MAX: usize = 2_000;
/// The most facts a check takes.
pub const FACTS_MAX: usize = 500;
/// The most withheld forms a check takes.
pub const WITHHELD_MAX: usize = 1_000;

/// A number of people that is not itself known to the public.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unknown {
    /// Something outside the rounds, by name: `before the agreement`.
    Base(String),
    /// The people of one category that one party released in one round.
    Part {
        /// The round.
        round: RoundNo,
        /// The party that released them.
        direction: String,
        /// Their category.
        category: String,
    },
}

/// A sum of unknowns, each taken a whole number of times.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Form(pub BTreeMap<Unknown, i64>);

impl Form {
    /// The plain sum of unknowns.
    pub fn sum(unknowns: impl IntoIterator<Item = Unknown>) -> Self {
        Self(unknowns.into_iter().map(|unknown| (unknown, 1)).collect())
    }
}

/// A published statement about numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// What the reader of a refusal sees: `total after round 12`.
    pub name: String,
    /// Of which quantity it speaks.
    pub form: Form,
    /// Equal to, at least or at most the value.
    pub relation: Relation,
    /// The value.
    pub value: i64,
}

/// A number that the agreement withholds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withheld {
    /// What the reader of a refusal sees: `round 12, both directions`.
    pub name: String,
    /// The number.
    pub form: Form,
}

/// A withheld number that follows, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Derivation {
    /// The name of the withheld number.
    pub withheld: String,
    /// Whether it followed before the draft.
    pub since: Since,
    /// How it follows from published facts and the draft together.
    pub how: How,
}

/// Since when a withheld number follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Since {
    /// Already from what is published; withdrawing the draft does not help.
    Published,
    /// Only with the draft.
    Draft,
}

/// How a withheld number follows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum How {
    /// It is a combination of facts.
    Exact {
        /// The number.
        value: Rational,
        /// The facts, each with how many times it is taken.
        steps: Vec<Step>,
    },
    /// Since nobody is counted negatively, it lies between two numbers, both included, too near to one another.
    Between {
        /// The least it can be.
        low: i128,
        /// The most it can be.
        high: i128,
        /// The names of the facts that force it.
        facts: Vec<String>,
    },
}

/// One fact of a combination.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// How many times it is taken.
    pub times: Rational,
    /// Its name.
    pub fact: String,
    /// Its value.
    pub value: i64,
}

/// Why nothing can be said; the draft is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CannotBeShown {
    /// A number did not fit into exact arithmetic.
    #[error("the numbers are too large to show that nothing follows from them")]
    Overflow,
    /// More unknowns, facts or withheld numbers than a check takes.
    #[error("too many {0} to show that nothing follows from them")]
    TooMany(&'static str),
    /// The facts exclude one another, so that anything follows.
    #[error("these facts cannot all be true: {}", .0.join(", "))]
    Contradiction(Vec<String>),
}

impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.how {
            How::Exact { value, steps } => {
                for (at, Step { times, fact, value }) in steps.iter().enumerate() {
                    let sign = match (times.signum() < 0, at) {
                        (true, 0) => "-",
                        (true, _) => " - ",
                        (false, 0) => "",
                        (false, _) => " + ",
                    };
                    let size = if times.signum() < 0 { times.minus().unwrap_or(*times) } else { *times };
                    let size = if size == Rational::ONE { String::new() } else { format!("{size} x ") };
                    write!(f, "{sign}{size}{fact} ({value})")?;
                }
                write!(f, " = {value} = {}", self.withheld)
            }
            How::Between { low, high, facts } => {
                write!(f, "{} lies between {low} and {high}: {}", self.withheld, facts.join(", "))
            }
        }
    }
}

/// Finds every withheld number that follows from the published facts and the draft.
///
/// A withheld number follows if facts combine to it, or if its greatest and least possible value differ by less than
/// `width_min`; one that has a single possible value always follows. An empty answer means that none follows;
/// an error means that this could not be shown.
pub fn check(
    published: &[Fact],
    draft: &[Fact],
    withheld: &[Withheld],
    width_min: i128,
) -> Result<Vec<Derivation>, CannotBeShown> {
    let all: Vec<&Fact> = published.iter().chain(draft).collect();
    for (count, most, what) in
        [(all.len(), FACTS_MAX, "facts"), (withheld.len(), WITHHELD_MAX, "withheld numbers")]
    {
        if count > most {
            return Err(CannotBeShown::TooMany(what));
        }
    }
    let found = follows(&all, withheld, width_min)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let published: Vec<&Fact> = published.iter().collect();
    let suspects: Vec<Withheld> = found.iter().map(|(at, _)| withheld[*at].clone()).collect();
    let before: BTreeSet<usize> =
        follows(&published, &suspects, width_min)?.into_iter().map(|(at, _)| at).collect();
    let told = found.into_iter().enumerate().map(|(nth, (at, how))| Derivation {
        withheld: withheld[at].name.clone(),
        since: if before.contains(&nth) { Since::Published } else { Since::Draft },
        how,
    });
    Ok(told.collect())
}

/// The withheld numbers that follow from facts, by index.
fn follows(
    facts: &[&Fact],
    withheld: &[Withheld],
    width_min: i128,
) -> Result<Vec<(usize, How)>, CannotBeShown> {
    let (rows, forms) = columns(facts, withheld)?;
    let unknowns = forms.first().or(rows.first().map(|row| &row.coefficients)).map_or(0, Vec::len);
    let span = Span::of(facts, &rows).ok_or(CannotBeShown::Overflow)?;
    let corner = match Corner::of(&rows, unknowns).ok_or(CannotBeShown::Overflow)? {
        Start::Feasible(corner) => corner,
        Start::Contradiction(rows) => return Err(CannotBeShown::Contradiction(names(facts, rows))),
    };
    let mut found = Vec::new();
    for (at, form) in forms.iter().enumerate() {
        let form: Vec<Rational> = form.iter().map(|&times| Rational::whole(i128::from(times))).collect();
        let how = match span.combination(&form, facts).ok_or(CannotBeShown::Overflow)? {
            Some(exact) => Some(exact),
            None => between(&corner, &form, width_min, facts).ok_or(CannotBeShown::Overflow)?,
        };
        found.extend(how.map(|how| (at, how)));
    }
    Ok(found)
}

/// Writes facts and withheld forms over common columns; unknowns that nothing tells apart share one.
fn columns(facts: &[&Fact], withheld: &[Withheld]) -> Result<(Vec<Row>, Vec<Vec<i64>>), CannotBeShown> {
    let forms: Vec<&Form> = facts.iter().map(|f| &f.form).chain(withheld.iter().map(|w| &w.form)).collect();
    let mut profiles: BTreeMap<&Unknown, Vec<(usize, i64)>> = BTreeMap::new();
    for (at, form) in forms.iter().enumerate() {
        for (unknown, &times) in form.0.iter().filter(|(_, times)| **times != 0) {
            profiles.entry(unknown).or_default().push((at, times));
        }
    }
    let distinct: BTreeSet<Vec<(usize, i64)>> = profiles.into_values().collect();
    if distinct.len() > UNKNOWNS_MAX {
        return Err(CannotBeShown::TooMany("unknown numbers"));
    }
    let mut dense = vec![vec![0; distinct.len()]; forms.len()];
    for (column, profile) in distinct.into_iter().enumerate() {
        profile.into_iter().for_each(|(at, times)| dense[at][column] = times);
    }
    let withheld = dense.split_off(facts.len());
    let row = |(coefficients, fact): (Vec<i64>, &&Fact)| Row {
        coefficients,
        relation: fact.relation,
        value: fact.value,
    };
    Ok((dense.into_iter().zip(facts).map(row).collect(), withheld))
}

/// Everything that equal facts combine to: independent rows, each with the combination that gives it.
struct Span {
    rows: Vec<SpanRow>,
}

struct SpanRow {
    leading: usize,
    form: Vec<Rational>,
    /// How many times each fact is taken.
    times: Vec<Rational>,
}

impl Span {
    fn of(facts: &[&Fact], rows: &[Row]) -> Option<Self> {
        let mut span = Self { rows: Vec::new() };
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.relation == Relation::Equal) {
            let mut form: Vec<Rational> =
                row.coefficients.iter().map(|&c| Rational::whole(i128::from(c))).collect();
            let mut times = vec![Rational::ZERO; facts.len()];
            times[at] = Rational::ONE;
            span.reduce(&mut form, &mut times)?;
            if let Some(leading) = form.iter().position(|cell| !cell.is_zero()) {
                let by = form[leading];
                for cell in form.iter_mut().chain(&mut times) {
                    *cell = cell.by(by)?;
                }
                span.rows.push(SpanRow { leading, form, times });
            }
        }
        Some(span)
    }

    /// Takes away from a form what the span can give, and from `times` the facts that give it.
    fn reduce(&self, form: &mut [Rational], times: &mut [Rational]) -> Option<()> {
        for row in &self.rows {
            let factor = form[row.leading];
            subtract(form, factor, &row.form)?;
            subtract(times, factor, &row.times)?;
        }
        Some(())
    }

    fn combination(&self, form: &[Rational], facts: &[&Fact]) -> Option<Option<How>> {
        let mut rest = form.to_vec();
        let mut taken = vec![Rational::ZERO; facts.len()];
        self.reduce(&mut rest, &mut taken)?;
        if rest.iter().any(|cell| !cell.is_zero()) {
            return Some(None);
        }
        let mut value = Rational::ZERO;
        let mut steps = Vec::new();
        for (fact, taken) in facts.iter().zip(taken).filter(|(_, taken)| !taken.is_zero()) {
            let times = taken.minus()?;
            value = value.plus(times.times(Rational::whole(i128::from(fact.value)))?)?;
            steps.push(Step { times, fact: fact.name.clone(), value: fact.value });
        }
        // What is added comes before what is taken away: "total after - total before".
        steps.sort_by_key(|step| (step.times.signum() < 0, Reverse(step.value)));
        Some(Some(How::Exact { value, steps }))
    }
}

/// The interval of a form when it is narrower than `width_min`.
fn between(corner: &Corner, form: &[Rational], width_min: i128, facts: &[&Fact]) -> Option<Option<How>> {
    let Extreme::At(high, above) = corner.greatest(form)? else { return Some(None) };
    let opposite: Vec<Rational> = form.iter().map(|cell| cell.minus()).collect::<Option<_>>()?;
    let Extreme::At(low, below) = corner.greatest(&opposite)? else { return Some(None) };
    let (low, high) = (low.minus()?.ceil()?, high.floor());
    if high.checked_sub(low)? >= width_min.max(1) {
        return Some(None);
    }
    let facts = names(facts, above.into_iter().chain(below).collect::<BTreeSet<_>>());
    Some(Some(How::Between { low, high, facts }))
}

fn names(facts: &[&Fact], rows: impl IntoIterator<Item = usize>) -> Vec<String> {
    rows.into_iter().map(|at| facts[at].name.clone()).collect()
}

#[cfg(test)]
mod tests;
