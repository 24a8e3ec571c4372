//! Why an act cannot be booked.

use super::Place;
use crate::agreement::{GateKind, LabelId};
use crate::ids::RoundNo;

/// Why an act cannot be booked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unbookable {
    /// No such leg, category or class in the terms.
    #[error("the terms have no such {0}")]
    NotInTerms(&'static str),
    /// Stated by a side that cannot state it.
    #[error("clause {clause}: {what} is stated by {expected}, not by another side")]
    NotTheirWord {
        /// The clause of the leg.
        clause: u32,
        /// What was stated.
        what: &'static str,
        /// By whom it has to be stated.
        expected: &'static str,
    },
    /// No such round in the terms.
    #[error("the terms have no round {0}")]
    NoSuchRound(RoundNo),
    /// The round does not admit the category, or none is named.
    #[error("round {0} does not admit the category")]
    NotAdmitted(RoundNo),
    /// A leg that is valued by a scale needs a class that the scale values.
    #[error("clause {clause}: the scale {scale} needs a class that it values")]
    NoWorth {
        /// The clause of the scale.
        clause: u32,
        /// The scale.
        scale: LabelId,
    },
    /// More of a class than there can be.
    #[error("class {class}: at most {most} can be of it")]
    ClassFull {
        /// The class.
        class: LabelId,
        /// The most.
        most: u32,
    },
    /// More slots than places.
    #[error("round {round} has {places} places on a side, all taken")]
    NoPlaceLeft {
        /// The round.
        round: RoundNo,
        /// Places.
        places: u32,
    },
    /// No slot of the round is open.
    #[error("no slot of round {0} is open")]
    NoOpenSlot(RoundNo),
    /// The person has a slot, or has gone already.
    #[error("the person is there already, in round {round}: {}", .place.code())]
    PersonTwice {
        /// The earlier round.
        round: RoundNo,
        /// Where the person stands.
        place: Place,
    },
    /// Whoever left a slot of a round does not take another in the same round.
    #[error("the person left a slot of round {0} and takes none in it again")]
    LeftThisRound(RoundNo),
    /// The person was never listed.
    #[error("nobody has listed the person or lot")]
    NotListed,
    /// The person stands elsewhere than the act supposes.
    #[error("the act does not follow from where the person or lot stands: {}", .0.code())]
    DoesNotFollow(Place),
    /// More of a lot than it has there.
    #[error("{wanted} of the lot, and only {there} stand where the act supposes")]
    TooManyOfLot {
        /// How many the act is about.
        wanted: u32,
        /// How many there are.
        there: u32,
    },
    /// Leg, round, category, class or kind are not those the person was listed with.
    #[error("the person or lot was listed with another {0}")]
    OtherThanListed(&'static str),
    /// One person is counted as a lot, or a lot as one person.
    #[error("an item is one person, or a lot of a count, not both")]
    PersonOrLot,
    /// A lot of nobody.
    #[error("a lot has at least one in it")]
    EmptyLot,
    /// A gate is not passed.
    #[error("clause {clause}: the gate {} is not passed", .gate.code())]
    GateNotPassed {
        /// The clause of the gate.
        clause: u32,
        /// The gate.
        gate: GateKind,
    },
    /// The leg does not count on declaration.
    #[error("clause {0}: the leg counts on receipt, nothing is declared")]
    NotByDeclaration(u32),
    /// A leg of the group is not ready.
    #[error("leg {0} of those that complete together is not ready")]
    LegNotReady(LabelId),
    /// A leg of the group has stopped: the others hold.
    #[error("leg {0} of those that complete together has stopped: the others hold")]
    LegHeld(LabelId),
    /// Names come before the first leg of a group is ready.
    #[error("the legs that complete together are ready or complete: nobody is listed any more in round {0}")]
    ListedTooLate(RoundNo),
    /// Remains only.
    #[error("only remains are identified")]
    NotRemains,
    /// An identification stated twice, or withdrawn without having been stated.
    #[error("the identification was {0}")]
    Identification(&'static str),
    /// A sum beyond what can be counted.
    #[error("a sum is too large")]
    Overflow,
}
