//! What an entry can break: a rule by its words and by its invariant. Refuses to know when one is broken.

use thiserror::Error;

use crate::id::{EntryId, Item, PartyId};
use crate::matching_rules::RunUnlawful;

/// Why an entry is not lawful after its causal past. [`Unlawful::invariant`] gives the number in `docs/protocol.md`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unlawful {
    /// Invariant 11: a neutral observes; it does not act for a party.
    #[error("a neutral may not write {0:?}")]
    Neutral(&'static str),
    /// Invariant 11: the entry names one that is not in its causal past, or not of the kind it needs.
    #[error("{0} is no entry of the kind needed in the causal past")]
    Unknown(EntryId),
    /// Invariant 11: only the other party may answer an entry.
    #[error("{0} is the author's own entry; only the other party may answer it")]
    Own(EntryId),
    /// Invariant 11: only the author of an entry may withdraw or take it back.
    #[error("{0} is the other party's entry; only its author may take it back")]
    NotOwn(EntryId),
    /// Invariant 11: a commit, reveal, nomination or word that a seed is withheld stands once in a round.
    #[error("the author has already said this in round {round}")]
    Again {
        /// The round.
        round: u32,
    },
    /// Invariant 11: commits come before reveals, both reveals before nominations, both nominations before a list.
    #[error("round {round} needs both parties' {needs} first")]
    TooEarly {
        /// The round.
        round: u32,
        /// What is missing.
        needs: &'static str,
    },
    /// Invariant 11: the seed revealed is the one committed.
    #[error("the seed is not the one committed in round {round}")]
    Seed {
        /// The round.
        round: u32,
    },
    /// Invariant 11: only who has shown its own seed says that the other withholds its.
    #[error("the author has not shown its own seed of round {round}")]
    OwnSeed {
        /// The round.
        round: u32,
    },
    /// Invariant 11: a seed that the author holds is not withheld.
    #[error("the other party's seed of round {round} is in the causal past")]
    SeedShown {
        /// The round.
        round: u32,
    },
    /// Invariant 11: nothing more is revealed, nominated or listed in a round of which a party said that a seed was withheld.
    #[error("round {round} is void: a seed was withheld")]
    Void {
        /// The round.
        round: u32,
    },
    /// Invariant 11: who observes states only what it holds.
    #[error("an observed head is not in the causal past")]
    Observed,
    /// Invariant 15: an offer about a log is agreed to by a party, not its author's, and as that party's next word.
    #[error("{0} is no offer that the author can agree to here")]
    Agree(EntryId),
    /// Invariant 15: who has made an offer about a log says nothing more before it has seen that a party agreed.
    #[error("the author has not seen that a party agreed to its offer {0}")]
    OfferOpen(EntryId),
    /// Invariant 1: a proposal is answered once, and only while it can still become effective.
    #[error("{0} can no longer be answered or withdrawn")]
    NotOpen(EntryId),
    /// Invariant 1: the party with priority for a version has proposed it and so may not accept another.
    #[error("the author has priority for version {version} and has proposed it itself")]
    PriorityProposed {
        /// The version.
        version: u32,
    },
    /// Invariant 1: one proposal at a time.
    #[error("the author's own proposal {0} is still open")]
    OwnProposalOpen(EntryId),
    /// Invariant 2: a list names the version it replaces and has the next number.
    #[error("version {expected} is next, replacing {}", expected - 1)]
    Version {
        /// The next version.
        expected: u32,
    },
    /// Invariant 2: the first list holds nominated items only.
    #[error("{0:?} was not nominated by its holder")]
    NotNominated(Item),
    /// Invariant 2: a holder is one of the parties.
    #[error("the holder of {0:?} is not a party")]
    Holder(Item),
    /// Invariant 2: an amendment drops vacated slots and the proposer's own unreleased items only.
    #[error("{0:?} is held by the other party and its slot is not vacated")]
    DropsOthers(Item),
    /// Invariant 3: nobody already released is dropped.
    #[error("{0:?} is already released and cannot be dropped")]
    DropsReleased(Item),
    /// Invariant 3: only the holder acts for an item, and only while it is on the effective list.
    #[error("{0:?} is not on the effective list of the round as held by the author")]
    NotListed(Item),
    /// Invariant 3: while one's own amendment is open, one releases nobody in that round.
    #[error("the author's proposal {0} is open; no release until it is answered")]
    Frozen(EntryId),
    /// Invariant 4: no item is released twice, in any round.
    #[error("a release of {0:?} stands already")]
    Released(Item),
    /// Invariant 4: an item has one holder in all lists that are or can become effective.
    #[error("{0:?} stands on another list or nomination under the other holder")]
    OtherHolder(Item),
    /// Invariant 4: nobody is nominated while a slot of another round is theirs that the holder has not closed.
    #[error("{item:?} has a slot in round {round}, which its holder has not closed")]
    SlotElsewhere {
        /// The item.
        item: Item,
        /// The round of the slot.
        round: u32,
    },
    /// Invariant 5: no release without both answers being willing.
    #[error("{0:?} has not two recorded wills to go")]
    NoConsent(Item),
    /// Invariant 5: the second asking follows a first.
    #[error("{0:?} was not asked on the first occasion")]
    NotAsked(Item),
    /// Invariant 6: a release is confirmed, denied or taken back; each once, and none after a contradicting one.
    #[error("release {0} is already confirmed, denied or taken back")]
    Settled(EntryId),
    /// Invariant 9: nothing follows for an item that has left.
    #[error("{0:?} has left the round or every round")]
    Departed(Item),
    /// Invariant 12: private matching keeps its budget.
    #[error(transparent)]
    Run(#[from] RunUnlawful),
    /// Invariant 10: a round closes with nobody in transit.
    #[error("{count} are in transit in round {round}")]
    InTransit {
        /// The round.
        round: u32,
        /// How many.
        count: u64,
    },
    /// Invariant 10: a round closes with no open proposal.
    #[error("proposal {0} is open")]
    ProposalOpen(EntryId),
    /// Invariant 10: after a close only what answers the other party may follow.
    #[error("{by} has closed round {round}")]
    Closed {
        /// The round.
        round: u32,
        /// Who has closed.
        by: PartyId,
    },
}

impl Unlawful {
    /// The number of the invariant that the entry would break.
    pub fn invariant(&self) -> u8 {
        use Unlawful as U;
        match self {
            U::NotOpen(_) | U::PriorityProposed { .. } | U::OwnProposalOpen(_) => 1,
            U::Version { .. } | U::NotNominated(_) | U::Holder(_) | U::DropsOthers(_) => 2,
            U::DropsReleased(_) | U::NotListed(_) | U::Frozen(_) => 3,
            U::Released(_) | U::OtherHolder(_) | U::SlotElsewhere { .. } => 4,
            U::NoConsent(_) | U::NotAsked(_) => 5,
            U::Settled(_) => 6,
            U::Departed(_) => 9,
            U::InTransit { .. } | U::ProposalOpen(_) | U::Closed { .. } => 10,
            U::Agree(_) | U::OfferOpen(_) => 15,
            U::Neutral(_) | U::Unknown(_) | U::Own(_) | U::NotOwn(_) | U::Again { .. } => 11,
            U::TooEarly { .. } | U::Seed { .. } | U::Observed => 11,
            U::OwnSeed { .. } | U::SeedShown { .. } | U::Void { .. } => 11,
            U::Run(_) => 12,
        }
    }
}
