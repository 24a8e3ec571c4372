//! What an offer about a log is, and which entry agrees to it: rules of values alone.
//!
//! Refuses to know which offers and logs are here: that is the record.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::{Body, Keeping};
use crate::entry::Entry;
use crate::id::{EntryId, Head, PartyId};
use crate::log::Log;

/// An offer that counts, since a party has agreed to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// In whose log entries were set aside.
    pub author: PartyId,
    /// The number of the first that was.
    pub from: u64,
    /// The entry that offered it.
    pub offer: EntryId,
    /// The entry that agreed.
    pub agreed: EntryId,
    /// An entry of that log was signed afterwards when it had seen this number of this member's log.
    pub(super) after: (PartyId, u64),
}

/// In whose log an offer sets entries aside, and from which number on. None for a body that offers nothing.
///
/// Protocol 3.5 (6) for a reset, 3.4 for a lost key and for a resumption.
pub(super) fn reach(entry: &Entry) -> Option<(PartyId, u64)> {
    match &entry.body {
        Body::Keeping(Keeping::Reset { from, .. } | Keeping::Compromise { from, .. }) => {
            Some((entry.author, *from))
        }
        Body::Keeping(Keeping::Resume { from, kept, .. }) => Some((kept.author, *from)),
        _ => None,
    }
}

/// Whether an entry agrees to an offer in the only place where it can: it is its author's next after the last entry of
/// theirs that the offer had seen. So nothing that somebody has said since the offer was made is set aside by it.
pub(super) fn agrees(agree: &Entry, offer: &Entry, id: &EntryId) -> bool {
    let at = |heads: &[Head], of: &PartyId| heads.iter().find(|h| h.author == *of).copied();
    let before = at(&offer.seen, &agree.author);
    matches!(&agree.body, Body::Keeping(Keeping::Agree { entry }) if entry == id)
        && before.is_some_and(|b| b.hash == agree.prev && b.seq + 1 == agree.seq)
        && at(&agree.seen, &offer.author).is_some_and(|h| h.hash == *id && h.seq == offer.seq)
}

/// The offer to which a body agrees.
pub(super) fn agreed_to(body: &Body) -> Option<&EntryId> {
    match body {
        Body::Keeping(Keeping::Agree { entry }) => Some(entry),
        _ => None,
    }
}

/// Whether an entry can rest on an offer that stands in no log yet: it agrees to it, or is another offer, which then agrees
/// to the first as well (both parties have lost entries and neither could agree otherwise).
pub(super) fn rests_on_offers(body: &Body) -> bool {
    agreed_to(body).is_some() || is_offer(body)
}

/// Whether a body waits for a party's word.
pub(super) fn is_offer(body: &Body) -> bool {
    matches!(body, Body::Keeping(keeping) if keeping.is_offer())
}

/// The offers in whole logs to which a party agrees there: each that is named, and the one that it answers.
pub(super) fn agreed_in(logs: &[Log]) -> BTreeSet<EntryId> {
    let all = || logs.iter().flat_map(|log| log.entries());
    let offers: BTreeMap<EntryId, &Entry> =
        all().filter(|e| is_offer(e.body())).map(|e| (e.id(), e.entry())).collect();
    let mut agreed = BTreeSet::new();
    for entry in all() {
        let Some(id) = agreed_to(entry.body()) else { continue };
        agreed.insert(*id);
        let answered = offers.get(id).is_some_and(|o| o.seen.iter().any(|h| h.hash == entry.entry().prev));
        agreed.extend(answered.then_some(entry.entry().prev));
    }
    agreed
}
