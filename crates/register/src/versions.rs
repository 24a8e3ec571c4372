//! Which version of every row is the last, as the journal says: what a seal alone cannot know.
//!
//! A row put back whole (its old columns, version and payload) passes its own seal; a row taken away has none. This
//! map is filled from the verified journal when the register opens and moves on with each commit. Kept in memory.

use std::collections::BTreeMap;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// A row: its table and the canonical bytes of its key.
pub(crate) type Place = (&'static str, Vec<u8>);

/// The last known of one row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// Version last written.
    pub version: i64,
    /// Journal entry that wrote or removed it.
    pub seq: i64,
    /// Whether the row is there, or was removed.
    pub live: bool,
}

/// What a snapshot may believe of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Expected {
    /// Exactly this version.
    Version(i64),
    /// No such row: it was removed.
    Removed,
    /// No such row: it was never written.
    Never,
    /// The row changed after the snapshot was taken: an earlier version may be seen.
    Earlier,
}

/// The map, shared by all readings.
#[derive(Default)]
pub(crate) struct Versions {
    map: RwLock<BTreeMap<Place, Known>>,
    /// Set when the journal could not be verified to its end: then only the seals speak.
    partial: AtomicBool,
}

impl Versions {
    /// What a snapshot that ends with journal entry `seq` must find.
    pub fn expected(&self, place: &Place, seq: i64) -> Expected {
        match self.read().get(place) {
            _ if self.partial.load(Ordering::Relaxed) => Expected::Earlier,
            None => Expected::Never,
            Some(known) if known.seq > seq => Expected::Earlier,
            Some(known) if known.live => Expected::Version(known.version),
            Some(_) => Expected::Removed,
        }
    }

    /// The last version of a row, 0 if it was never written. Exact while the single writer is held.
    pub fn last(&self, place: &Place) -> i64 {
        self.read().get(place).map_or(0, |known| known.version)
    }

    /// How many rows of a table are there, and the last journal entry that touched the table.
    pub fn live(&self, table: &'static str) -> (usize, i64) {
        self.read()
            .range((table, Vec::new())..)
            .take_while(|((of, _), _)| *of == table)
            .fold((0, -1), |(rows, seq), (_, known)| (rows + usize::from(known.live), seq.max(known.seq)))
    }

    /// The keys, in their canonical bytes, of a table's rows that were written or removed after entry `after` and not after `until`.
    pub fn changed(&self, table: &'static str, after: i64, until: i64) -> Vec<Vec<u8>> {
        let map = self.read();
        let of_table = map.range((table, Vec::new())..).take_while(|((of, _), _)| *of == table);
        let changed = of_table.filter(|(_, known)| known.seq > after && known.seq <= until);
        changed.map(|((_, key), _)| key.clone()).collect()
    }

    /// Moves on just before a commit, and answers what stood there. The changes carry the journal entry that is being
    /// committed, so no snapshot taken before is judged by them.
    pub fn note(&self, changes: BTreeMap<Place, Known>) -> Vec<(Place, Option<Known>)> {
        let mut map = self.write();
        changes.into_iter().map(|(place, known)| (place.clone(), map.insert(place, known))).collect()
    }

    /// Gives up judging versions: the journal does not hold, and what its seals hold must stay readable.
    pub fn give_up(&self) {
        self.partial.store(true, Ordering::Relaxed);
    }

    /// Whether the map covers the whole journal.
    pub fn is_whole(&self) -> bool {
        !self.partial.load(Ordering::Relaxed)
    }

    /// Takes back what a failed commit had noted.
    pub fn restore(&self, before: Vec<(Place, Option<Known>)>) {
        let mut map = self.write();
        for (place, known) in before {
            match known {
                Some(known) => map.insert(place, known),
                None => map.remove(&place),
            };
        }
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, BTreeMap<Place, Known>> {
        // As in `read`.
        self.map.write().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, BTreeMap<Place, Known>> {
        // A panic while the map is extended leaves it a map still: every entry is written whole.
        self.map.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
