//! Whether what an entry refers to is in its causal past (invariant 11).
//!
//! Decides by names and numbers alone what is missing, what is another entry than the one here, and what is left out. Refuses
//! to know what entries say.

use super::offer;
use super::{Record, Refusal};
use crate::body::Body;
use crate::entry::Entry;
use crate::id::{EntryId, Head};
use crate::log::Log;
use crate::session::Unlawful;

impl Record {
    /// What of the causal past is not here; a different entry in its place is refused.
    pub(super) fn missing(&self, entry: &Entry, held: u64) -> Result<Vec<Head>, Refusal> {
        let mut missing = Vec::new();
        // An offer stands in no log before somebody agrees to it, whatever stands in its place till then.
        let rests = offer::rests_on_offers(&entry.body);
        let offered = |id: &EntryId| rests && self.offers.contains_key(id);
        if entry.seq > held && !offered(&entry.prev) {
            missing.push(Head { author: entry.author, seq: entry.seq - 1, hash: entry.prev });
        }
        let agreed = offer::agreed_to(&entry.body);
        if let Some(offer) = agreed.and_then(|id| self.offers.get(id)) {
            missing.extend(self.proof_lacks(offer.entry())?);
        }
        for head in &entry.seen {
            if offered(&head.hash) {
                continue;
            }
            if agreed == Some(&head.hash) && !self.place.contains_key(&head.hash) {
                missing.push(*head);
                continue;
            }
            let log = self.logs.get(&head.author).map_or(&[][..], Log::entries);
            match log.get(head.seq as usize) {
                None => missing.push(*head),
                Some(here) if here.id() == head.hash => {}
                Some(_) => return Err(Refusal::Seen(*head)),
            }
        }
        Ok(missing)
    }

    /// Whoever saw an entry saw what that entry had seen.
    pub(super) fn seen_is_closed(&self, entry: &Entry) -> Result<(), Refusal> {
        for head in &entry.seen {
            let Some(log) = self.logs.get(&head.author) else { continue };
            let implied = log.entries().get(head.seq as usize).map_or(&[][..], |e| &e.entry().seen);
            for needed in implied.iter().filter(|n| n.author != entry.author) {
                if !entry.seen.iter().any(|h| h.author == needed.author && h.seq >= needed.seq) {
                    return Err(Refusal::SeenGap(*needed));
                }
            }
        }
        Ok(())
    }

    /// Whoever states which heads it holds names the entries that stand there. That it had seen them is judged by the session.
    pub(super) fn observed_as_it_is(&self, body: &Body) -> Result<(), Refusal> {
        let Body::Observe { heads } = body else { return Ok(()) };
        let other = |head: &Head| {
            let log = self.logs.get(&head.author).map_or(&[][..], Log::entries);
            log.get(head.seq as usize).is_some_and(|here| here.id() != head.hash)
        };
        if heads.iter().any(other) { Err(Unlawful::Observed.into()) } else { Ok(()) }
    }
}
