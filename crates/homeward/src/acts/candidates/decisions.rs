//! What registrars say of two dossiers: one person, two people, or unsure; and how it is taken back.
//!
//! One person: both dossiers stay, and each shows the other. Where that changes what the register says of somebody, a second
//! officer confirms it, and its undoing as well. Whatever is said stands on what was said before and uncovers it when it is
//! taken back; that it was said, and why, stays. "Two people" is kept with the facts it was said of: other facts are a new
//! question.

use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::PersonId;
use exchange::person::{Claim, Grade, List, Person, Source, Standing, State, standing};
use minicbor::{Decode, Encode};
use register::{DraftRow, Reading};
use sha2::{Digest as _, Sha256};
use time::Date;

use super::{dossier, facts_digest};
use crate::act::{Act, ActError};
use crate::acts::drafts::{self, Draft};
use crate::opening::to_cbor;

/// The most dossiers of one person: more is a mistake that links whoever bears a name.
const LINKED_MAX: usize = 20;
/// How often one pair is decided.
const DECISIONS_MAX: usize = 50;

/// What somebody says of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Verdict {
    /// Both dossiers are of one person.
    #[n(0)]
    One,
    /// They are of two people.
    #[n(1)]
    Two,
    /// It cannot be said yet.
    #[n(2)]
    Unsure,
}

impl Verdict {
    /// Every verdict, in the order a form offers them.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Unsure];

    /// Code in forms, views and message keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
            Self::Unsure => "unsure",
        }
    }
}

/// A decision about a pair.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Decision {
    /// What was said.
    #[n(0)]
    pub verdict: Verdict,
    /// Label of the officer who said it.
    #[n(1)]
    pub by: String,
    /// Label of the second officer, where it took one.
    #[n(2)]
    pub confirmed_by: Option<String>,
    /// When, in ms since 1970.
    #[n(3)]
    pub at: i64,
    /// Digest of the facts that were compared.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub facts: [u8; 32],
    /// Why, in the officer's words.
    #[n(5)]
    pub why: Option<String>,
}

/// A decision that was taken back.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct TakenBack {
    /// What had been said.
    #[n(0)]
    pub decision: Decision,
    /// Label of the officer who took it back.
    #[n(1)]
    pub by: String,
    /// Label of the second officer, where it took one.
    #[n(2)]
    pub confirmed_by: Option<String>,
    /// When, in ms since 1970.
    #[n(3)]
    pub at: i64,
    /// Why, in the officer's words.
    #[n(4)]
    pub why: Option<String>,
}

/// What was said of a pair: what stands, the last word at the end, and what was taken back, in the order in which it was.
#[derive(Default, Encode, Decode)]
struct Said(#[n(0)] Vec<Decision>, #[n(1)] Option<Vec<TakenBack>>);

/// Who asked a second officer for what is now done, and why.
struct Asked<'a> {
    by: Option<&'a str>,
    why: Option<String>,
}

/// What became of an act on a pair.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is done.
    Done,
    /// A second officer has to confirm it: the draft's identifier.
    Asked(String),
}

/// What is said of a pair now; nothing where nobody said anything.
///
/// # Errors
/// What the register answers.
pub async fn last(reading: &mut Reading, pair: [PersonId; 2]) -> Result<Option<Decision>, ActError> {
    Ok(said(reading, pair).await?.0.pop())
}

/// Everything that was ever said of a pair: what stands, in order, and what was taken back, in order.
///
/// # Errors
/// What the register answers.
pub async fn history(
    reading: &mut Reading,
    pair: [PersonId; 2],
) -> Result<(Vec<Decision>, Vec<TakenBack>), ActError> {
    let Said(stands, taken_back) = said(reading, pair).await?;
    Ok((stands, taken_back.unwrap_or_default()))
}

/// What is said now of a person and each other one.
///
/// # Errors
/// What the register answers.
pub async fn all_of(
    reading: &mut Reading,
    person: PersonId,
) -> Result<BTreeMap<PersonId, Decision>, ActError> {
    let mut last = BTreeMap::new();
    for (other, payload) in reading.pairs_of(person).await? {
        last.extend(read(&payload)?.0.pop().map(|said| (other, said)));
    }
    Ok(last)
}

async fn said(reading: &mut Reading, [one, other]: [PersonId; 2]) -> Result<Said, ActError> {
    reading.pair(one, other).await?.map_or_else(|| Ok(Said::default()), |payload| read(&payload))
}

/// What was said, or an error: what cannot be read must not be taken for silence, and be written over.
fn read(payload: &[u8]) -> Result<Said, ActError> {
    minicbor::decode(payload).map_err(|why| ActError::broken(&anyhow::anyhow!("decision of a pair: {why}")))
}

async fn keep(act: &mut Act<'_>, [one, other]: [PersonId; 2], said: &Said) -> Result<(), ActError> {
    Ok(act.tx.save_pair(one, other, &to_cbor(said)).await?)
}

/// All dossiers said to be of the same person as this one, itself included, over as many links as it takes.
///
/// # Errors
/// What the register answers.
pub async fn linked(reading: &mut Reading, person: PersonId) -> Result<BTreeSet<PersonId>, ActError> {
    linked_without(reading, person, None).await
}

/// The same as if one pair were not linked.
async fn linked_without(
    reading: &mut Reading,
    person: PersonId,
    without: Option<[PersonId; 2]>,
) -> Result<BTreeSet<PersonId>, ActError> {
    let mut all = BTreeSet::from([person]);
    let mut open = vec![person];
    while let Some(at) = open.pop() {
        for (other, payload) in reading.pairs_of(at).await? {
            let cut = without.is_some_and(|[a, b]| [[a, b], [b, a]].contains(&[at, other]));
            let one = read(&payload)?.0.last().is_some_and(|last| last.verdict == Verdict::One);
            if one && !cut && all.insert(other) {
                open.push(other);
            }
        }
    }
    Ok(all)
}

/// The claims about a person, as far as standing goes: of somebody in our own custody of whom nobody claims anything, that
/// he is held.
pub fn claims(person: &Person, today: Date) -> Vec<Claim> {
    if person.list == List::Held && person.claims.is_empty() {
        let (source, grade) = (Source::HoldingPower, Grade::Confirmed);
        return vec![Claim { says: State::Held, of: today, source, grade }];
    }
    person.claims.clone()
}

/// What the claims of several dossiers say together.
///
/// # Errors
/// What the register answers.
pub async fn standing_of(
    reading: &mut Reading,
    people: &BTreeSet<PersonId>,
    today: Date,
) -> Result<Option<Standing>, ActError> {
    let mut all = Vec::new();
    for id in people {
        if let Some(row) = dossier(reading, *id).await? {
            all.extend(claims(&row.person, today));
        }
    }
    all.sort_by_key(|claim| claim.of);
    Ok(standing(&all))
}

/// Whether what the register says of somebody is another with these two linked than without.
///
/// # Errors
/// What the register answers.
pub async fn changes(reading: &mut Reading, pair: [PersonId; 2], today: Date) -> Result<bool, ActError> {
    let [one, other] = sides(reading, pair).await?;
    if one == other {
        return Ok(false);
    }
    let both = one.union(&other).copied().collect();
    let state = |now: Option<Standing>| now.map(|now| (now.state, now.contradicted));
    let together = state(standing_of(reading, &both, today).await?);
    for side in [one, other] {
        if state(standing_of(reading, &side, today).await?) != together {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The dossiers on either side of a pair, the link between the two left out.
///
/// # Errors
/// What the register answers.
pub async fn sides(reading: &mut Reading, pair: [PersonId; 2]) -> Result<[BTreeSet<PersonId>; 2], ActError> {
    let one = linked_without(reading, pair[0], Some(pair)).await?;
    Ok([one, linked_without(reading, pair[1], Some(pair)).await?])
}

/// Says something of a pair. One person is asked of a second officer where it changes what the register says of somebody.
///
/// # Errors
/// [`ActError::NotFound`] for an unknown dossier; the rules `pair-itself`, `pair-waits`, `pair-decided`, `pair-linked`,
/// `pair-contradicts` and `pair-many`.
pub async fn decide(
    act: &mut Act<'_>,
    pair: [PersonId; 2],
    verdict: Verdict,
    why: Option<String>,
) -> Result<Outcome, ActError> {
    let facts = open(act, pair).await?;
    check(act, pair, verdict, facts).await?;
    let today = act.node().clock.today();
    if verdict == Verdict::One && changes(&mut act.tx, pair, today).await? {
        let ([first, second], saw) = (pair.map(|id| id.0), seen(act, pair).await?);
        let draft = Draft::LinkPeople { first, second, saw, why };
        return Ok(Outcome::Asked(drafts::keep(act, &draft).await?));
    }
    say(act, pair, verdict, Asked { by: None, why }).await?;
    Ok(Outcome::Done)
}

/// Takes the last word on a pair back: what was said before it stands again. A link that changes what the register says of
/// somebody is undone by two officers.
///
/// # Errors
/// [`ActError::NotFound`] where nothing was said; the rules `pair-itself` and `pair-waits`.
pub async fn take_back(
    act: &mut Act<'_>,
    pair: [PersonId; 2],
    why: Option<String>,
) -> Result<Outcome, ActError> {
    open(act, pair).await?;
    let last = last(&mut act.tx, pair).await?.ok_or(ActError::NotFound)?;
    let today = act.node().clock.today();
    if last.verdict == Verdict::One && changes(&mut act.tx, pair, today).await? {
        let ([first, second], saw) = (pair.map(|id| id.0), seen(act, pair).await?);
        let draft = Draft::UnlinkPeople { first, second, saw, why };
        return Ok(Outcome::Asked(drafts::keep(act, &draft).await?));
    }
    unsay(act, pair, Asked { by: None, why }).await?;
    Ok(Outcome::Done)
}

/// Carries out what one officer asked and another confirms, if both see the same.
///
/// # Errors
/// The rule `pair-changed` where a dossier or a decision is another since; those of [`decide`].
pub async fn carry_out(act: &mut Act<'_>, draft: &Draft, asked_by: &str) -> Result<(), ActError> {
    let Some((pair, saw)) = draft.pair() else { return Err(ActError::NotFound) };
    if seen(act, pair).await? != saw {
        return Err(ActError::rule("pair-changed", ""));
    }
    let asked = |why: &Option<String>| Asked { by: Some(asked_by), why: why.clone() };
    match draft {
        Draft::UnlinkPeople { why, .. } => unsay(act, pair, asked(why)).await,
        Draft::LinkPeople { why, .. } => {
            let facts = facts(act, pair).await?;
            check(act, pair, Verdict::One, facts).await?;
            say(act, pair, Verdict::One, asked(why)).await
        }
        _ => Err(ActError::NotFound),
    }
}

/// A request that waits for a second officer: the draft as it is stored, and what it would do.
pub type Request = (DraftRow, Draft);

/// Every request to link or part two dossiers that waits.
///
/// # Errors
/// What the register answers.
pub async fn requests(reading: &mut Reading) -> Result<Vec<Request>, ActError> {
    let rows = reading.open_drafts().await?.whole()?.into_iter();
    let read = rows.filter_map(|row| drafts::read(&row).map(|draft| (row, draft)));
    Ok(read.filter(|(_, draft)| draft.pair().is_some()).collect())
}

/// The one about this pair, either way round.
pub fn about(requests: &[Request], [one, other]: [PersonId; 2]) -> Option<&Request> {
    let meant = |pair: [PersonId; 2]| pair == [one, other] || pair == [other, one];
    requests.iter().find(|(_, draft)| draft.pair().is_some_and(|(pair, _)| meant(pair)))
}

/// Checks that something may be said of this pair now; answers the digest of what is compared.
async fn open(act: &mut Act<'_>, pair: [PersonId; 2]) -> Result<[u8; 32], ActError> {
    let facts = facts(act, pair).await?;
    match about(&requests(&mut act.tx).await?, pair) {
        Some(_) => Err(ActError::rule("pair-waits", "")),
        None => Ok(facts),
    }
}

async fn facts(act: &mut Act<'_>, [one, other]: [PersonId; 2]) -> Result<[u8; 32], ActError> {
    if one == other {
        return Err(ActError::rule("pair-itself", ""));
    }
    let one = dossier(&mut act.tx, one).await?.ok_or(ActError::NotFound)?;
    let other = dossier(&mut act.tx, other).await?.ok_or(ActError::NotFound)?;
    Ok(facts_digest(&one.person, &other.person))
}

/// Refuses what is said already, what a link stands against, and a link that somebody has spoken against.
async fn check(
    act: &mut Act<'_>,
    pair: [PersonId; 2],
    verdict: Verdict,
    facts: [u8; 32],
) -> Result<(), ActError> {
    let now = last(&mut act.tx, pair).await?;
    if now
        .as_ref()
        .is_some_and(|now| now.verdict == verdict && (verdict == Verdict::One || now.facts == facts))
    {
        return Err(ActError::rule("pair-decided", ""));
    }
    let [one, other] = sides(&mut act.tx, pair).await?;
    if verdict != Verdict::One {
        let linked = now.is_some_and(|now| now.verdict == Verdict::One) || one == other;
        return if linked { Err(ActError::rule("pair-linked", "")) } else { Ok(()) };
    }
    if one.union(&other).count() > LINKED_MAX {
        return Err(ActError::rule("pair-many", LINKED_MAX));
    }
    for here in &one {
        for there in other.iter().filter(|there| !pair.contains(there) || !pair.contains(here)) {
            let between = last(&mut act.tx, [*here, *there]).await?;
            if between.is_some_and(|between| between.verdict == Verdict::Two) {
                return Err(ActError::rule("pair-contradicts", ""));
            }
        }
    }
    Ok(())
}

async fn say(
    act: &mut Act<'_>,
    pair: [PersonId; 2],
    verdict: Verdict,
    asked: Asked<'_>,
) -> Result<(), ActError> {
    let facts = facts(act, pair).await?;
    let mut all = said(&mut act.tx, pair).await?;
    if all.0.len() + all.1.as_ref().map_or(0, Vec::len) >= DECISIONS_MAX {
        return Err(ActError::rule("pair-full", DECISIONS_MAX));
    }
    let (by, confirmed_by) = officers(act, asked.by);
    all.0.push(Decision { verdict, by, confirmed_by, at: act.tx.at(), facts, why: asked.why });
    keep(act, pair, &all).await
}

async fn unsay(act: &mut Act<'_>, pair: [PersonId; 2], asked: Asked<'_>) -> Result<(), ActError> {
    let mut all = said(&mut act.tx, pair).await?;
    let decision = all.0.pop().ok_or(ActError::NotFound)?;
    let (by, confirmed_by) = officers(act, asked.by);
    let taken_back = TakenBack { decision, by, confirmed_by, at: act.tx.at(), why: asked.why };
    all.1.get_or_insert_default().push(taken_back);
    keep(act, pair, &all).await
}

/// Whose act it is, and who confirms it where somebody else asked.
fn officers(act: &Act<'_>, asked_by: Option<&str>) -> (String, Option<String>) {
    let officer = act.actor.officer.clone();
    match asked_by {
        Some(asked_by) => (asked_by.to_owned(), Some(officer)),
        None => (officer, None),
    }
}

/// Digest of what an officer sees who decides on a link: what is compared, what all dossiers of both sides claim, and what was
/// said of the pair.
async fn seen(act: &mut Act<'_>, pair: [PersonId; 2]) -> Result<[u8; 32], ActError> {
    let mut hash = Sha256::new();
    hash.update(facts(act, pair).await?);
    let today = act.node().clock.today();
    for side in sides(&mut act.tx, pair).await? {
        hash.update((side.len() as u64).to_be_bytes());
        for id in &side {
            hash.update(id.0);
        }
        let now = standing_of(&mut act.tx, &side, today).await?;
        let now = now.map(|now| (now.state, now.contradicted));
        hash.update(format!("{now:?}"));
    }
    hash.update(to_cbor(&said(&mut act.tx, pair).await?));
    Ok(hash.finalize().into())
}
