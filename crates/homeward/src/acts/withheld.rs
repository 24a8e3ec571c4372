//! What a side owed to a round and did not give: its seed, or the pool that it committed to.
//!
//! Both have the same agreed hours. The times are those that each author wrote into its signed entries: a claim, and the only
//! one there is. A round of which a seed is said to be withheld is void by the record, however early that was said; here it is
//! measured, so that the officers of both sides see it.

use exchange::ids::{Digest, RoundNo};
use parley::{Body, EntryId, PartyId, Record};
use register::Reading;

use crate::act::{Act, ActError};
use crate::acts::agreement;

/// From when, in seconds since 1970, this side can state that the other's seed is withheld: so many hours after both have
/// committed. Nothing while there is nothing to state: this side has not shown its own seed, or the other has.
pub fn from(record: &Record, hours: u16, me: &PartyId, round: RoundNo) -> Option<u64> {
    record.check(me, &Body::Withheld { round }).ok()?;
    Some(after(committed_at(record, round)?, hours))
}

/// States that the other side has withheld its seed: the round is void for both.
pub async fn state(act: &mut Act<'_>, round: RoundNo) -> Result<(), ActError> {
    check(act, round)?;
    act.append(Body::Withheld { round }).await?;
    Ok(())
}

/// Whether this side can state now that the other's seed is withheld.
pub fn check(act: &mut Act<'_>, round: RoundNo) -> Result<(), ActError> {
    let hours = hours(act)?.ok_or_else(|| ActError::rule("no-agreement", ""))?;
    let me = act.node().me;
    act.record().check(&me, &Body::Withheld { round })?;
    let from = from(act.record(), hours, &me, round);
    if from.is_some_and(|from| is_past(from, act)) {
        Ok(())
    } else {
        Err(ActError::rule("withheld-early", hours))
    }
}

fn hours(act: &mut Act<'_>) -> Result<Option<u16>, ActError> {
    Ok(agreement::in_force(act)?.selection.as_ref().map(|selection| selection.reveal_hours))
}

fn is_past(seconds: u64, act: &Act<'_>) -> bool {
    i64::try_from(seconds).is_ok_and(|from| from.saturating_mul(1000) <= act.node().clock.now())
}

/// A statement that the other side's seed was withheld.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// Who states it.
    pub by: PartyId,
    /// The entry.
    pub entry: EntryId,
    /// When, in seconds since 1970, by its author.
    pub at: u64,
    /// When the later of the two sides had committed, in the same way.
    pub committed: u64,
}

impl Statement {
    /// Full hours from both commits to the statement; none where it names an earlier time than they do.
    pub fn after_hours(&self) -> u64 {
        self.at.saturating_sub(self.committed) / 3_600
    }

    /// Whether it was said before the agreed hours were over.
    pub fn is_early(&self, agreed: u16) -> bool {
        self.after_hours() < u64::from(agreed)
    }
}

/// Every statement of a round that a seed was withheld: at most one of each side, in the order in which they came in.
pub fn statements(record: &Record, round: RoundNo) -> Vec<Statement> {
    let Some(committed) = committed_at(record, round) else { return Vec::new() };
    let said = record.entries_since(&[]).filter(|entry| *entry.body() == Body::Withheld { round });
    let statement = |entry: &std::sync::Arc<parley::Signed>| {
        let parley::Entry { author, time, .. } = *entry.entry();
        Statement { by: author, entry: entry.id(), at: time, committed }
    };
    said.map(statement).collect()
}

/// A pool that a side has committed to and that is not here, although both seeds are shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissingPool {
    /// Whose.
    pub party: PartyId,
    /// The digest committed to.
    pub digest: Digest,
    /// Since when it is missing, in seconds since 1970: the later of the two seeds.
    pub since: u64,
}

impl MissingPool {
    /// From when the round can be closed without it, in seconds since 1970.
    pub fn closes_from(&self, hours: u16) -> u64 {
        after(self.since, hours)
    }
}

/// Pools that are missing in a round: none before both seeds are shown.
pub async fn missing_pools(
    reading: &mut Reading,
    record: &Record,
    round: RoundNo,
) -> Result<Vec<MissingPool>, ActError> {
    let Some(state) = record.view().round(round).filter(|state| state.joint_seed().is_some()) else {
        return Ok(Vec::new());
    };
    let shown = last_time(record, |body| matches!(body, Body::Reveal { round: of, .. } if *of == round));
    let mut missing = Vec::new();
    for party in record.members().parties() {
        let Some((pool, _)) = state.commit(&party) else { continue };
        let digest = Digest(pool.0);
        if !reading.holds_attachment(&digest).await? {
            missing.push(MissingPool { party, digest, since: shown.unwrap_or(0) });
        }
    }
    Ok(missing)
}

/// Refuses to close a round for want of a pool before the agreed hours are over: it may still be on its way, and a round that is
/// closed stays closed.
pub async fn check_close(act: &mut Act<'_>, round: RoundNo) -> Result<(), ActError> {
    let ends =
        act.record().view().round(round).is_some_and(|state| state.is_void() || state.effective().is_some());
    if ends {
        return Ok(());
    }
    let (tx, shared) = act.parts();
    let missing = missing_pools(tx, &shared.record, round).await?;
    let Some(hours) = hours(act)? else { return Ok(()) };
    match missing.first() {
        Some(pool) if !is_past(pool.closes_from(hours), act) => Err(ActError::rule("pool-awaited", hours)),
        _ => Ok(()),
    }
}

fn after(seconds: u64, hours: u16) -> u64 {
    seconds.saturating_add(u64::from(hours) * 3_600)
}

fn committed_at(record: &Record, round: RoundNo) -> Option<u64> {
    last_time(record, |body| matches!(body, Body::Commit { round: of, .. } if *of == round))
}

fn last_time(record: &Record, is: impl Fn(&Body) -> bool) -> Option<u64> {
    record.entries_since(&[]).filter(|entry| is(entry.body())).map(|entry| entry.entry().time).max()
}
