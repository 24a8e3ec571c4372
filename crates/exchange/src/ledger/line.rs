//! One person's or lot's line, and the slots of a round.

use super::{GateOutcome, Left, Who};
use crate::agreement::{Family, GateKind};
use crate::ids::{Item, RoundNo};

/// One person's, or one lot's, line in the ledger: how many of it stand where. A person is a lot of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// The leg, by its place in the terms.
    pub leg: u8,
    /// The latest round.
    pub round: RoundNo,
    /// A person, or a lot and how many it was last counted.
    pub who: Who,
    /// The category in that round.
    pub category: Option<u8>,
    /// The class.
    pub class: Option<u8>,
    /// Listed and not yet gone.
    pub listed: u32,
    /// Released, not received.
    pub pending: u32,
    /// Released, disputed.
    pub disputed: u32,
    /// Received by the receiver's word alone.
    pub acknowledged: u32,
    /// Received by both sides' word, held or counted with its group.
    pub held: u32,
    /// Received by both sides' word, carried on parole.
    pub carried: u32,
    /// Posted.
    pub filled: u32,
    /// Declared exchanged by who released and by who received.
    pub declared: [u32; 2],
    /// Left the slot, or taken back.
    pub left: u32,
    /// Whether the slot was left because the holder took the person back.
    pub taken_back: bool,
    /// Whether it was put on a list; what was not may go without one where the terms have no rounds.
    pub was_listed: bool,
    /// The account of a return outside the exchange.
    pub outside: Option<Family>,
}

/// Where a person stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// On a list.
    Listed,
    /// Released, not received.
    Pending,
    /// Released, disputed.
    Disputed,
    /// Received, says the receiver alone.
    Acknowledged,
    /// Received by both sides' word, waiting for the other legs.
    Held,
    /// Received by both sides' word, on parole until both declare the exchange.
    Carried,
    /// Posted: received by both sides' word.
    Received,
    /// Left the slot.
    Vacated,
    /// Taken back by the holder.
    TakenBack,
    /// Returned outside the exchange.
    ReturnedOutside,
}

impl Place {
    /// The word used in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Pending => "pending",
            Self::Disputed => "disputed",
            Self::Acknowledged => "acknowledged",
            Self::Held => "held",
            Self::Carried => "carried",
            Self::Received => "received",
            Self::Vacated => "vacated",
            Self::TakenBack => "taken-back",
            Self::ReturnedOutside => "returned-outside",
        }
    }
}

impl Line {
    /// Received by both sides' word: posted, carried or held.
    pub fn received(&self) -> u32 {
        self.filled + self.carried + self.held
    }

    /// Whether nothing of it has a slot or has gone, so that a person can take one in a later round.
    pub(super) fn is_free(&self) -> bool {
        let busy = self.listed + self.pending + self.disputed + self.acknowledged + self.received();
        busy == 0 && self.outside.is_none()
    }

    /// Where it stands; for a lot, where the part of it stands that has come furthest behind.
    pub(super) fn place(&self, group_complete: bool) -> Place {
        let ordered = [
            (self.outside.is_some(), Place::ReturnedOutside),
            (self.listed > 0, Place::Listed),
            (self.disputed > 0, Place::Disputed),
            (self.pending > 0, Place::Pending),
            (self.acknowledged > 0, Place::Acknowledged),
            (self.held > 0 && !group_complete, Place::Held),
            (self.carried > 0, Place::Carried),
            (self.received() > 0, Place::Received),
            (self.taken_back, Place::TakenBack),
        ];
        ordered.into_iter().find(|(holds, _)| *holds).map_or(Place::Vacated, |(_, place)| place)
    }
}

/// The slots of one round along one leg.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Slots {
    /// Slots opened: by the first list, or by a handover without one.
    pub owed: u32,
    /// Filled: received by both sides' word.
    pub filled: u32,
    /// Taken by someone listed, released, disputed or acknowledged by one side.
    pub taken: u32,
    /// Open: left and not yet filled again.
    pub open: u32,
    /// Whether the place was said to be ready.
    pub ready: bool,
    /// Whether the leg has stopped.
    pub aborted: bool,
    /// Whether every leg that completes together with it is complete.
    pub complete: bool,
    /// Who left a slot, why, and how many; nothing where the holder took them back.
    pub vacated: Vec<Left>,
    /// Who took a slot that another had left.
    pub refilled: Vec<Item>,
}

/// How often a person has passed each gate, and which was failed last.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Gates {
    pub(super) passed: [u8; GateKind::ALL.len()],
    pub(super) failed: [bool; GateKind::ALL.len()],
}

impl Gates {
    pub(super) fn note(&mut self, gate: GateKind, outcome: GateOutcome) {
        let at = gate as usize;
        match outcome {
            GateOutcome::Passed => {
                self.passed[at] = self.passed[at].saturating_add(1);
                self.failed[at] = false;
            }
            GateOutcome::Failed => self.failed[at] = true,
        }
    }

    pub(super) fn has_failed(&self, gate: GateKind) -> bool {
        self.failed[gate as usize]
    }

    pub(super) fn passed(&self, gate: GateKind) -> u8 {
        self.passed[gate as usize]
    }
}
