//! Why an entry is not let into the record, with the invariant that it would break.

use thiserror::Error;

use super::Equivocation;
use crate::entry::EntryError;
use crate::id::{EntryId, Head, PartyId};
use crate::log::LogError;
use crate::session::Unlawful;

/// Why bytes were not let in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Invariant 11: no entry, or not the next one of its log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Invariant 11: the author is not a member.
    #[error("{0} is not a member of the agreement")]
    Stranger(PartyId),
    /// Invariant 11: the root key is not the one in the agreement.
    #[error("the root key of {0} is not the one in the agreement")]
    RootKey(PartyId),
    /// Invariant 11: the author claims to have seen an entry that differs from the one held here.
    #[error("the author saw another entry {} of {} than the one held here", .0.seq, .0.author)]
    Seen(Head),
    /// Invariant 11: the author saw an entry without what that entry had seen.
    #[error("what the author saw leaves out entry {} of {}, which it implies", .0.seq, .0.author)]
    SeenGap(Head),
    /// Invariant 11: whole logs lack these entries, which one of theirs had seen.
    #[error("{} entries that it had seen are in none of the logs", .0.len())]
    Missing(Vec<Head>),
    /// Invariants 1 to 10: the entry is not lawful after its causal past.
    #[error("not lawful by invariant {number}: {0}", number = .0.invariant())]
    Unlawful(#[from] Unlawful),
    /// Invariant 14: too much is waiting already; nothing is lost, the entry can be given again.
    #[error("too many entries wait for others")]
    WaitingFull,
    /// Invariant 15: its author has signed another entry under this number.
    #[error("{} signed two entries under number {}: the record is frozen there", .0.author(), .0.seq())]
    Equivocation(Box<Equivocation>),
    /// Invariant 15: the entry stands behind a fork.
    #[error("the record is frozen at a fork in the log of {0}")]
    Frozen(PartyId),
    /// Invariant 15: who has made an offer about its log says nothing until it is answered.
    #[error("the author's offer {0} has not been answered")]
    OfferOpen(EntryId),
    /// Invariant 15: nobody can agree to this offer here: it is unknown or too late, it is the author's own, or it would unsay
    /// what the author holds or has cosigned.
    #[error("the author cannot agree to {0}")]
    Offer(EntryId),
    /// Invariant 15: where the author would write, it has signed this entry already, and would unsay it.
    #[error("the author has signed entry {} of its log, which it would unsay", .0.seq)]
    Unsays(Head),
    /// Invariant 15: what a resumption names is not what proves the fork in this log.
    #[error("the resumption does not name the fork in the log of {0}, or an entry of it that was seen")]
    NotTheFork(PartyId),
}

impl Refusal {
    /// Whether a signed entry is refused for where it stands, not for what it is.
    pub(super) fn is_by_its_place(&self) -> bool {
        let log = |why: &LogError| matches!(why, LogError::Prev | LogError::SeenBack);
        match self {
            Refusal::Log(why) => log(why),
            Refusal::Seen(_) | Refusal::SeenGap(_) | Refusal::Unlawful(_) => true,
            _ => false,
        }
    }

    /// The number of the invariant that the entry would break.
    pub fn invariant(&self) -> u8 {
        match self {
            Refusal::Unlawful(why) => why.invariant(),
            Refusal::WaitingFull => 14,
            Refusal::Equivocation(_) | Refusal::Frozen(_) | Refusal::OfferOpen(_) => 15,
            Refusal::Offer(_) | Refusal::Unsays(_) | Refusal::NotTheFork(_) => 15,
            _ => 11,
        }
    }
}

impl From<EntryError> for Refusal {
    fn from(why: EntryError) -> Refusal {
        Refusal::Log(why.into())
    }
}
