//! How a refusal of the shared record is told at a desk: a code for its words, and the numbers and items it names.

use parley::{Refusal, Unlawful};

/// Code (message key `refusal-<code>`) and detail of a refusal. What no desk can cause by itself keeps the record's words.
pub fn told(refusal: &Refusal) -> (&'static str, String) {
    match refusal {
        Refusal::Unlawful(why) => unlawful(why),
        Refusal::Frozen(party) => ("record-forked", party.to_string()),
        other => ("record", other.to_string()),
    }
}

fn unlawful(why: &Unlawful) -> (&'static str, String) {
    use Unlawful as U;
    match why {
        U::Neutral(_) => ("record-neutral", String::new()),
        U::Again { round } => ("record-again", round.to_string()),
        U::TooEarly { round, .. } => ("record-too-early", round.to_string()),
        U::Void { round } => ("record-void", round.to_string()),
        U::NotOpen(entry) => ("record-not-open", short(&entry.0)),
        U::PriorityProposed { version } => ("record-priority-proposed", version.to_string()),
        U::OwnProposalOpen(entry) => ("record-own-proposal-open", short(&entry.0)),
        U::Version { expected } => ("record-version", expected.to_string()),
        U::NotNominated(item) => ("record-not-nominated", short(&item.0)),
        U::DropsOthers(item) => ("record-drops-others", short(&item.0)),
        U::DropsReleased(item) => ("record-drops-released", short(&item.0)),
        U::NotListed(item) => ("record-not-listed", short(&item.0)),
        U::Frozen(entry) => ("record-frozen", short(&entry.0)),
        U::Released(item) => ("record-released", short(&item.0)),
        U::OtherHolder(item) => ("record-other-holder", short(&item.0)),
        U::SlotElsewhere { round, .. } => ("record-slot-elsewhere", round.to_string()),
        U::NoConsent(item) => ("record-no-consent", short(&item.0)),
        U::NotAsked(item) => ("record-not-asked", short(&item.0)),
        U::Settled(_) => ("record-settled", String::new()),
        U::Departed(item) => ("record-departed", short(&item.0)),
        U::InTransit { count, .. } => ("record-in-transit", count.to_string()),
        U::ProposalOpen(entry) => ("record-proposal-open", short(&entry.0)),
        U::Closed { by, .. } => ("record-closed", by.to_string()),
        other => ("record", other.to_string()),
    }
}

/// The first eight hexadecimal digits: enough to find an item or an entry on a page.
pub fn short(bytes: &[u8]) -> String {
    crate::chance::hex(&bytes[..bytes.len().min(4)])
}
