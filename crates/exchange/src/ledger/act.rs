//! The acts that the accounts are derived from: who states what, about whom, when.

use crate::agreement::{Family, GateKind};
use crate::ids::{Item, RoundNo};
use crate::moment::Moment;

/// Whoever states an act: the place among the parties of the terms and then its neutrals ([`crate::agreement::Terms::voice`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Voice(pub u8);

/// One act, as one side states it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Act {
    /// When, where it is known. Windows and limits of a day are tested only where it is.
    pub at: Option<Moment>,
    /// Who states it.
    pub by: Voice,
    /// What is stated.
    pub what: What,
}

/// What an act states.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// About a person, or a lot of persons or things that are counted and not named.
    Move(Move),
    /// A gate that a person has passed or failed.
    Gate {
        /// The person.
        item: Item,
        /// The gate.
        gate: GateKind,
        /// How it went.
        outcome: GateOutcome,
    },
    /// About a whole leg in a round.
    Leg {
        /// The leg, by its place in the terms.
        leg: u8,
        /// The round.
        round: RoundNo,
        /// What.
        kind: LegAct,
    },
    /// About a phase.
    Phase {
        /// The phase, by its place in the terms.
        phase: u8,
        /// What.
        kind: PhaseAct,
    },
    /// Of the exchange of notices.
    Notice {
        /// Number of the notice, from 1.
        no: u32,
        /// What.
        kind: NoticeAct,
    },
    /// About an after-condition.
    Condition {
        /// The condition, by its place in the terms.
        condition: u8,
        /// What.
        kind: ConditionAct,
    },
    /// "So many", without names: a published or reported sum. It is laid beside the account and changes nothing in it.
    States {
        /// The leg, by its place in the terms.
        leg: u8,
        /// The round, or nothing for all of them.
        round: Option<RoundNo>,
        /// So many, in the leg's unit.
        count: u32,
    },
}

/// An act about a person, or about a lot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Move {
    /// The leg, by its place in the terms.
    pub leg: u8,
    /// The round, from 1; 0 where the agreement has none.
    pub round: RoundNo,
    /// Who or what.
    pub item: Item,
    /// One person, or so many that are not named.
    pub who: Who,
    /// The category counted in, by its place in the terms.
    pub category: Option<u8>,
    /// The class valued, by its place in the terms.
    pub class: Option<u8>,
    /// What happened.
    pub kind: MoveKind,
}

/// One person, or a lot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// One person, or one thing with an identity of its own.
    One,
    /// So many, at least 1.
    Lot(u32),
}

impl Who {
    /// How many.
    pub fn count(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Lot(count) => count,
        }
    }
}

/// What happened to a person or a lot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MoveKind {
    /// Put on the first list of a round: opens a slot and takes it.
    Listed,
    /// Took a slot that another had left.
    Refilled,
    /// Left the slot; the slot stays owed.
    Vacated(Ground),
    /// Handed over, says who releases.
    Released,
    /// Received, says who receives.
    Received,
    /// Released, but the receiver does not acknowledge it.
    Disputed(Ground),
    /// Taken back by who released, before any receipt; the slot stays owed.
    TakenBack,
    /// Declared exchanged, says a party: where a leg counts on declaration, both have to.
    Declared,
    /// Returned outside the exchange: owed by law, or of good will. Never counted against a quantity.
    ReturnedOutside(Family),
    /// Remains in this container are this person's.
    Identified {
        /// The person.
        person: Item,
    },
    /// An identification is withdrawn; the container is nobody's again.
    IdentityWithdrawn {
        /// The person who it was thought to be.
        person: Item,
    },
}

impl MoveKind {
    /// The word used in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Refilled => "refilled",
            Self::Vacated(_) => "vacated",
            Self::Released => "released",
            Self::Received => "received",
            Self::Disputed(_) => "disputed",
            Self::TakenBack => "taken-back",
            Self::Declared => "declared",
            Self::ReturnedOutside(_) => "returned-outside",
            Self::Identified { .. } => "identified",
            Self::IdentityWithdrawn { .. } => "identity-withdrawn",
        }
    }

    /// One of every kind; ground, account and person are to be put in their place.
    pub const EVERY: [Self; 11] = [
        Self::Released,
        Self::Received,
        Self::Listed,
        Self::Refilled,
        Self::Vacated(Ground::NotStated),
        Self::Disputed(Ground::NotStated),
        Self::TakenBack,
        Self::Declared,
        Self::ReturnedOutside(Family::ByLaw),
        Self::Identified { person: Item([0; 32]) },
        Self::IdentityWithdrawn { person: Item([0; 32]) },
    ];

    /// Reads the word used in files: a kind whose ground, account or person is still to be put in its place.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|kind| kind.code() == code)
    }
}

/// How a gate went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GateOutcome {
    /// Passed, on one occasion.
    Passed,
    /// Failed: the person does not go until it is passed.
    Failed,
}

/// An act about a whole leg in a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LegAct {
    /// The place is ready, says who stands there.
    Ready,
    /// The leg stops; those that complete together with it hold.
    Aborted,
    /// The leg goes on.
    Resumed,
}

/// An act about a phase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PhaseAct {
    /// Opened, says a party.
    Opened,
    /// Complete, says a party.
    Completed,
    /// Suspended by a party.
    Suspended,
    /// The party that suspended it goes on.
    Resumed,
}

/// An act of the exchange of notices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeAct {
    /// A party gives notice of what it holds to be a violation of a clause.
    Given {
        /// The clause.
        clause: u32,
    },
    /// The other party replies.
    Replied,
    /// Who gave the notice closes it.
    Closed,
}

/// An act about an after-condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConditionAct {
    /// A side has seen something that does not seem to agree with the condition. An alert, never a verdict.
    Observed {
        /// About whom, where it is about one person.
        item: Option<Item>,
    },
    /// A party lifts the condition, or says that hostilities have ended.
    Ended,
}

/// Why a slot was left, or a release is disputed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ground {
    /// The person does not want to go (GC III art. 109, third paragraph).
    Refused,
    /// The person has died.
    Died,
    /// The person has recovered since listing.
    Recovered,
    /// The person was not brought.
    NotDelivered,
    /// Another person was brought.
    OtherPerson,
    /// The person was free already.
    AlreadyFree,
    /// The parties do not agree on the person's status.
    StatusContested,
    /// The holder keeps the person back (GC III art. 115).
    HeldBack,
    /// The person has asked for asylum, says who holds.
    AsylumAsked,
    /// The person has been given asylum, says who holds.
    AsylumGiven,
    /// Kept back in answer to what the other side did.
    Retaliation,
    /// Stopped with a leg that completes together with this one.
    LegHeld,
    /// A gate was not passed.
    GateFailed,
    /// No reason was stated.
    NotStated,
}

impl Ground {
    /// Every ground.
    pub const ALL: [Self; 14] = [
        Self::Refused,
        Self::Died,
        Self::Recovered,
        Self::NotDelivered,
        Self::OtherPerson,
        Self::AlreadyFree,
        Self::StatusContested,
        Self::HeldBack,
        Self::AsylumAsked,
        Self::AsylumGiven,
        Self::Retaliation,
        Self::LegHeld,
        Self::GateFailed,
        Self::NotStated,
    ];

    /// The word used in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Died => "died",
            Self::Recovered => "recovered",
            Self::NotDelivered => "not-delivered",
            Self::OtherPerson => "other-person",
            Self::AlreadyFree => "already-free",
            Self::StatusContested => "status-contested",
            Self::HeldBack => "held-back",
            Self::AsylumAsked => "asylum-asked",
            Self::AsylumGiven => "asylum-given",
            Self::Retaliation => "retaliation",
            Self::LegHeld => "leg-held",
            Self::GateFailed => "gate-failed",
            Self::NotStated => "not-stated",
        }
    }

    /// Reads the word used in files.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

impl Act {
    /// The person or lot that the act is about, where it is about one.
    pub fn item(&self) -> Option<Item> {
        match self.what {
            What::Move(Move { item, .. }) | What::Gate { item, .. } => Some(item),
            What::Condition { kind: ConditionAct::Observed { item }, .. } => item,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_from_its_word() {
        for kind in MoveKind::EVERY {
            assert_eq!(MoveKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(MoveKind::from_code("Listed"), None);
        assert_eq!(MoveKind::from_code("handed-over"), None);
    }
}
