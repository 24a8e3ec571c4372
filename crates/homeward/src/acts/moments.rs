//! When each entry of the record was said: the time its author claims, but never before anything it follows.
//!
//! Decides one moment for every entry, the same on every node. The time in an entry is its author's word; what its author
//! had seen is proved. So nobody dates a suspension, a receipt or a reply back behind what it answers, in whoever's log that
//! stands. Dating ahead is met where entries come in ([`AHEAD_HOURS_MAX`]). Refuses to know which clock was right.

use std::collections::BTreeMap;

use exchange::moment::Moment;
use parley::{Body, EntryId, LogKind, Record, Unverified};

use crate::act::ActError;
use crate::clock::Millis;

/// How far ahead of a node's own clock an entry of another may be dated, in hours: as far as clocks differ that nobody has set
/// wrong. What is dated further waits outside. Whatever is said after an entry counts as said no earlier, so this is also the
/// most by which one side can make the other's words seem late.
pub const AHEAD_HOURS_MAX: i64 = 1;

/// The moment of every entry but the first of each log: a node is set up by the machine's clock, also where the rehearsal
/// that follows has its own.
#[derive(Clone, Default, Debug)]
pub struct Moments(BTreeMap<EntryId, Moment>);

impl Moments {
    /// The moments of all entries of a record.
    pub fn of(record: &Record) -> Self {
        let mut moments = BTreeMap::new();
        // An entry is always applied after all that it follows.
        for signed in record.applied() {
            let entry = signed.entry();
            if matches!(entry.body, Body::Genesis(_)) {
                continue;
            }
            let follows = entry.seen.iter().map(|head| head.hash).chain([entry.prev]);
            let before = follows.filter_map(|id| moments.get(&id).copied()).max();
            moments.insert(signed.id(), claimed(entry.time).max(before.unwrap_or(Moment(i64::MIN))));
        }
        Self(moments)
    }

    /// The moment of an entry; nothing for the first of a log and for one that is not here.
    pub fn at(&self, entry: &EntryId) -> Option<Moment> {
        self.0.get(entry).copied()
    }

    /// The moment of an entry that is written now by somebody who has seen everything here.
    pub fn next(&self, now: Moment) -> Moment {
        self.0.values().copied().fold(now, Moment::max)
    }
}

/// Refuses an entry of another node that is dated further ahead of this node's clock than clocks differ. Nothing is lost:
/// it can be given again when its time has come.
///
/// # Errors
/// The rule that is against it.
pub fn not_ahead(bytes: &[u8], now: Millis) -> Result<(), ActError> {
    // What is no entry is refused by the record, with its reason.
    let Ok(read) = Unverified::read(LogKind::Shared, bytes) else { return Ok(()) };
    let entry = read.entry();
    let genesis = matches!(entry.body, Body::Genesis(_));
    if genesis || claimed(entry.time).0 <= now / 1000 + AHEAD_HOURS_MAX * 3600 {
        return Ok(());
    }
    Err(ActError::rule("entry-ahead", format!("{} {}", entry.author, entry.seq)))
}

fn claimed(seconds: u64) -> Moment {
    Moment(i64::try_from(seconds).unwrap_or(i64::MAX))
}
