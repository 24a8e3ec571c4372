//! A bulletin of a round: drafted by one officer as exact texts in three languages, released by another.
//!
//! Decides what of the record and the opened pools goes into the texts, and keeps them as they were drafted. Whether they
//! give away a withheld number is judged by `exchange::bulletin`; whether the families have come first by
//! [`families`](super::families).

pub mod text;

use std::collections::BTreeSet;

use exchange::agreement::{CategoryId, Field, Terms};
use exchange::bulletin::agreed::{self, Number};
use exchange::bulletin::guard::{self, CannotBeShown, Derivation, Fact, Relation};
use exchange::bulletin::{Ground, lint};
use exchange::ids::{Party, RoundNo};
use minicbor::{Decode, Encode};
use parley::PartyId;
use register::{BulletinRow, BulletinState, FactRow, Reading};
use time::Date;

use crate::act::{Act, ActError};
use crate::acts::{agreement, families, item, round};
use crate::clock::{Millis, date_of};
use crate::node::Shared;
use crate::opening::to_cbor;
use text::{Content, Rendered};

/// What an officer asks a bulletin to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask {
    /// Of which round.
    pub round: RoundNo,
    /// Categories to name, as far as somebody of them came home.
    pub categories: Vec<CategoryId>,
    /// Whether to name the years of capture.
    pub years: bool,
    /// Classes of conditions to name: codes of [`text::CONDITIONS`].
    pub conditions: Vec<String>,
    /// Whether to give the total to date.
    pub total: bool,
    /// A statement in Ukrainian, Russian and English.
    pub statement: [Option<String>; 3],
}

/// A bulletin as it is kept: exactly what is or will be public, and the figures it states.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Bulletin {
    /// When it was drafted, ms since 1970.
    #[n(0)]
    pub drafted_at: Millis,
    /// Day of the handover, ISO form.
    #[n(1)]
    pub on: String,
    /// The texts, in the order of [`crate::web::Lang::ALL`].
    #[n(2)]
    pub texts: Vec<Rendered>,
    /// The figures.
    #[n(3)]
    pub figures: Vec<Figure>,
    /// Categories asked for of which nobody came home in the round.
    #[n(4)]
    pub left_out: Vec<String>,
}

/// A figure that a bulletin states.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Figure {
    /// Code of the number ([`Number`]).
    #[n(0)]
    pub number: String,
    /// Its value.
    #[n(1)]
    pub value: i64,
}

impl Bulletin {
    /// Reads the payload of a row.
    pub fn of(row: &BulletinRow) -> Result<Self, ActError> {
        minicbor::decode(&row.payload).map_err(|_| ActError::NotFound)
    }
}

/// Who came home in a round, in general terms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Home {
    /// The day of the handover.
    pub on: Date,
    /// Categories of those who came.
    pub categories: BTreeSet<String>,
    /// First and last year of capture.
    pub years: Option<(i32, i32)>,
}

/// Reads who came home in a round: from this side's receipts, and from the pool that the other side gave.
///
/// Someone whose day of capture the holder does not know stands in the pool with the day of the listing, which lies after
/// the signing; such days say nothing about the years of capture.
pub async fn home(
    reading: &mut Reading,
    shared: &Shared,
    me: &PartyId,
    round: RoundNo,
) -> Result<Option<Home>, ActError> {
    let arrivals = families::arrivals(&shared.record, me, round);
    let Some(last) = arrivals.iter().map(|arrival| arrival.released_at).max() else { return Ok(None) };
    let mut home = Home { on: date_of(last), categories: BTreeSet::new(), years: None };
    let pool = match shared.record.members().other(me) {
        Some(theirs) => round::readable_pool(reading, shared, &theirs, round).await?,
        None => None,
    };
    let (Some(terms), Some(pool)) = (&shared.terms, pool) else { return Ok(Some(home)) };
    for arrival in &arrivals {
        let Some(candidate) = pool.get(&item(arrival.item)) else { continue };
        home.categories.insert(candidate.category.clone());
        if candidate.held_since <= terms.signed_on {
            let year = candidate.held_since.year();
            home.years = Some(home.years.map_or((year, year), |(from, to)| (from.min(year), to.max(year))));
        }
    }
    Ok(Some(home))
}

/// A bulletin speaks of a round that this side has closed: before that its figures are not the round's.
fn round_over(act: &Act<'_>, number: RoundNo) -> Result<(), ActError> {
    let closed = round::closed_by(act.record(), number, &act.node().me);
    if closed { Ok(()) } else { Err(ActError::rule("round-open", number)) }
}

/// Drafts a bulletin: its exact texts as they would be published. Answers its identifier.
pub async fn draft(act: &mut Act<'_>, ask: &Ask) -> Result<String, ActError> {
    let terms = agreement::in_force(act)?.clone();
    let me = act.node().me;
    let plan = round::plan(&terms, ask.round)?.clone();
    let theirs = act.record().members().other(&me).ok_or(ActError::NotFound)?;
    round_over(act, ask.round)?;
    let (tx, shared) = act.parts();
    let home = home(tx, shared, &me, ask.round).await?;
    let home = home.ok_or_else(|| ActError::rule("nobody-home", ask.round))?;
    let (named, left_out): (Vec<_>, Vec<_>) =
        ask.categories.iter().partition(|id| home.categories.contains(id.as_str()));
    let (from, to) = (label(&theirs)?, label(&me)?);
    let total = ask.total.then(|| to_date(shared, &theirs, ask.round));
    let content = Content {
        terms: &terms,
        from: from.clone(),
        to,
        on: home.on,
        crossing: plan.crossing,
        categories: named.into_iter().filter_map(|id| Some(terms.category(id)?.name.clone())).collect(),
        years: home.years.filter(|_| ask.years),
        conditions: ask.conditions.clone(),
        total,
        statement: ask.statement.clone(),
    };
    let figure = |value| Figure { number: Number::ToDate { round: ask.round, from }.to_string(), value };
    let bulletin = Bulletin {
        drafted_at: act.tx.at(),
        on: home.on.to_string(),
        texts: content.render(),
        figures: total.map(figure).into_iter().collect(),
        left_out: left_out.into_iter().map(|id| id.as_str().to_owned()).collect(),
    };
    let row = BulletinRow {
        id: act.tx.new_id("bulletins"),
        round: ask.round,
        state: BulletinState::Draft,
        payload: to_cbor(&bulletin),
        drafted_by: act.actor.officer.clone(),
        released_by: None,
        released_at: None,
    };
    act.tx.put(&row).await?;
    Ok(row.id)
}

fn label(party: &PartyId) -> Result<Party, ActError> {
    Party::new(party.as_str()).map_err(|_| ActError::NotFound)
}

/// How many have come home from a party by the end of a round, by receipts.
fn to_date(shared: &Shared, from: &PartyId, round: RoundNo) -> i64 {
    let rounds = shared.record.view().rounds().filter(|state| state.number() <= round);
    let received: u64 = rounds.map(|state| state.counts(from).received).sum();
    i64::try_from(received).unwrap_or(i64::MAX)
}

/// What stands against a bulletin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// It shows a field that the agreement withholds.
    Withheld(Field),
    /// Words state a number.
    Number {
        /// Code of the language of the text.
        language: String,
        /// What stands there.
        word: String,
    },
    /// A withheld number follows from published figures and the bulletin's.
    Follows(Derivation),
    /// It could not be shown that no withheld number follows.
    Unshown(CannotBeShown),
}

/// Everything that stands against a bulletin that is not released yet: its words, and its figures beside all that were
/// published before.
pub async fn findings(
    reading: &mut Reading,
    terms: &Terms,
    bulletin: &Bulletin,
) -> Result<Vec<Finding>, ActError> {
    let mut findings: Vec<Finding> = Vec::new();
    let rules = terms.public_rules();
    for text in &bulletin.texts {
        for found in lint(&text.segments(), &rules) {
            let finding = match found.ground {
                Ground::Withheld(field) => Finding::Withheld(field),
                Ground::Number { word, .. } => Finding::Number { language: text.language.clone(), word },
            };
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    let published = published(reading, terms).await?;
    let drafted = facts(terms, &bulletin.figures)?;
    match guard::check(&published, &drafted, &agreed::withheld(terms), agreed::WIDTH_MIN) {
        Ok(follows) => findings.extend(follows.into_iter().map(Finding::Follows)),
        Err(why) => findings.push(Finding::Unshown(why)),
    }
    Ok(findings)
}

/// How many released bulletins a new one is held against at most.
const BULLETINS_MAX: usize = 500;

async fn published(reading: &mut Reading, terms: &Terms) -> Result<Vec<Fact>, ActError> {
    let rows = reading.bulletins(BulletinState::Released).await?.whole()?;
    if rows.len() >= BULLETINS_MAX {
        // What follows from so many cannot be worked out in the time an officer waits, so nothing is said to be safe.
        return Err(ActError::rule("too-many-bulletins", BULLETINS_MAX));
    }
    let mut published = Vec::new();
    for row in rows {
        for fact in reading.facts_of(&row.id).await?.whole()? {
            let figure: Figure = minicbor::decode(&fact.payload).map_err(|_| ActError::NotFound)?;
            published.extend(facts(terms, &[figure])?);
        }
    }
    Ok(published)
}

fn facts(terms: &Terms, figures: &[Figure]) -> Result<Vec<Fact>, ActError> {
    let fact = |figure: &Figure| {
        let number = Number::of(&figure.number).ok_or(ActError::NotFound)?;
        let (name, form) = (figure.number.clone(), number.form(terms));
        Ok(Fact { name, form, relation: Relation::Equal, value: figure.value })
    };
    figures.iter().map(fact).collect()
}

/// Releases a bulletin: by another officer than the one who drafted it, when nothing stands against it and the families
/// have come first. Its figures are published facts from then on.
pub async fn release(act: &mut Act<'_>, id: &str) -> Result<(), ActError> {
    let mut row = open_draft(act, id).await?;
    if row.drafted_by == act.actor.officer {
        return Err(ActError::SameOfficer);
    }
    let bulletin = Bulletin::of(&row)?;
    let terms = agreement::in_force(act)?.clone();
    let (me, at) = (act.node().me, act.tx.at());
    round_over(act, row.round)?;
    let (tx, shared) = act.parts();
    let findings = findings(tx, &terms, &bulletin).await?;
    if !findings.is_empty() {
        return Err(ActError::rule("bulletin-findings", findings.len()));
    }
    let embargo = families::embargo(tx, shared, &me, row.round, at).await?;
    if embargo.holds() {
        return Err(ActError::rule("bulletin-embargo", row.round));
    }
    for figure in &bulletin.figures {
        let id = act.tx.new_id("facts");
        act.tx.put(&FactRow { id, bulletin: row.id.clone(), payload: to_cbor(figure) }).await?;
    }
    row.state = BulletinState::Released;
    row.released_by = Some(act.actor.officer.clone());
    row.released_at = Some(at);
    act.tx.put(&row).await?;
    Ok(())
}

/// Takes a draft back: it can no longer be released.
pub async fn withdraw(act: &mut Act<'_>, id: &str) -> Result<(), ActError> {
    let mut row = open_draft(act, id).await?;
    row.state = BulletinState::Withdrawn;
    act.tx.put(&row).await?;
    Ok(())
}

async fn open_draft(act: &mut Act<'_>, id: &str) -> Result<BulletinRow, ActError> {
    let row = act.tx.bulletin(id).await?.ok_or(ActError::NotFound)?;
    if row.state == BulletinState::Draft { Ok(row) } else { Err(ActError::rule("bulletin-decided", "")) }
}

/// Bulletins in a state, with what they say.
pub async fn bulletins(
    reading: &mut Reading,
    state: BulletinState,
) -> Result<Vec<(BulletinRow, Bulletin)>, ActError> {
    let rows = reading.bulletins(state).await?.whole()?;
    rows.into_iter().map(|row| Bulletin::of(&row).map(|bulletin| (row, bulletin))).collect()
}
