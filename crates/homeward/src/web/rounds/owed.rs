//! What a side owed to a round and did not give, as the page of the round tells it: who, since when, and what an officer can do.

use exchange::ids::RoundNo;
use parley::PartyId;
use register::Reading;
use serde::Serialize;

use crate::act::ActError;
use crate::acts::withheld::{self, MissingPool, Statement};
use crate::node::Shared;
use crate::web::rounds::view::{Ends, SideView, in_force};

/// What is owed in a round. Times are in milliseconds since 1970.
#[derive(Serialize, Default)]
pub struct Owed {
    /// The hours that the agreement gives a side to show its seed and to give its pool.
    pub reveal_hours: Option<u16>,
    /// Since when this side can state that the other's seed is withheld, while it is.
    pub withheld_from: Option<i64>,
    /// Who has stated that the other's seed was withheld.
    pub withheld: Vec<StatementView>,
    /// Whose pool is not here although both seeds are shown.
    pub pools_missing: Vec<MissingPoolView>,
}

/// A statement that the other side's seed was withheld.
#[derive(Serialize)]
pub struct StatementView {
    /// Who states it.
    pub by: String,
    /// Its name in the officer's language, and that of the other side.
    #[serde(skip)]
    pub names: [String; 2],
    /// The entry.
    pub entry: String,
    /// When, by its author.
    pub at: i64,
    /// Full hours after both had committed.
    pub after_hours: u64,
    /// Whether it was said before the agreed hours were over.
    pub early: bool,
}

/// A pool that was committed to and is not here.
#[derive(Serialize)]
pub struct MissingPoolView {
    /// Whose.
    pub party: String,
    /// Its name in the officer's language.
    #[serde(skip)]
    pub name: String,
    /// The digest committed to.
    pub digest: String,
    /// Since when it is missing: the later of the two seeds.
    pub since: i64,
    /// From when the round can be closed without it.
    pub closes_from: Option<i64>,
}

/// What is owed in a round; the sides are this node's and the other, with their names.
pub async fn of(
    reading: &mut Reading,
    shared: &Shared,
    ends: &Ends,
    number: RoundNo,
    sides: [&SideView; 2],
) -> Result<Owed, ActError> {
    let record = &shared.record;
    let terms = shared.terms.as_ref().filter(|_| in_force(shared));
    let hours = terms.and_then(|terms| terms.selection.as_ref()).map(|selection| selection.reveal_hours);
    let from =
        hours.filter(|_| !ends.neutral).and_then(|hours| withheld::from(record, hours, &ends.mine, number));
    let name = |party: &PartyId| sides[usize::from(*party != ends.mine)].name.clone();
    let statement = |said: Statement| {
        let other = if said.by == ends.mine { ends.theirs } else { ends.mine };
        StatementView {
            by: said.by.to_string(),
            names: [name(&said.by), name(&other)],
            entry: said.entry.to_string(),
            at: milliseconds(said.at),
            after_hours: said.after_hours(),
            early: hours.is_some_and(|hours| said.is_early(hours)),
        }
    };
    let missing = |pool: MissingPool| MissingPoolView {
        party: pool.party.to_string(),
        name: name(&pool.party),
        digest: pool.digest.to_string(),
        since: milliseconds(pool.since),
        closes_from: hours.map(|hours| milliseconds(pool.closes_from(hours))),
    };
    // A neutral is given no pools, so that none is missing at it.
    let pools =
        if ends.neutral { Vec::new() } else { withheld::missing_pools(reading, record, number).await? };
    Ok(Owed {
        reveal_hours: hours,
        withheld_from: from.map(milliseconds),
        withheld: withheld::statements(record, number).into_iter().map(statement).collect(),
        pools_missing: pools.into_iter().map(missing).collect(),
    })
}

/// As much as fits: a time that a foreign author wrote can be any number.
fn milliseconds(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000)
}

impl Owed {
    /// Whether the other side has had the agreed time to show its seed.
    pub fn seed_is_overdue(&self, now: i64) -> bool {
        self.withheld_from.is_some_and(|from| from <= now)
    }

    /// Whether a pool is missing and the agreed time to give it is over.
    pub fn pool_is_overdue(&self, now: i64) -> bool {
        self.pools_missing.iter().any(|pool| pool.closes_from.is_none_or(|from| from <= now))
    }
}
