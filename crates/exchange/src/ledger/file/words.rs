//! The words of the column `act`.

use crate::ledger::{GateOutcome, LegAct, MoveKind, PhaseAct};

/// What the word in the column `act` says.
#[derive(Clone, Copy)]
pub(super) enum Says {
    /// Of a person or a lot; the column `about` says the rest.
    Move(MoveKind),
    /// Released by one and received by the other.
    HandedOver,
    Gate(GateOutcome),
    Leg(LegAct),
    Phase(PhaseAct),
    Notice(NoticeWord),
    Condition(ConditionWord),
    States,
}

#[derive(Clone, Copy)]
pub(super) enum NoticeWord {
    Given,
    Replied,
    Closed,
}

#[derive(Clone, Copy)]
pub(super) enum ConditionWord {
    Observed,
    Ended,
}

/// The words of the column `act` that are not about a person or a lot alone.
pub(super) static WORDS: [(&str, Says); 16] = [
    ("handed-over", Says::HandedOver),
    ("gate-passed", Says::Gate(GateOutcome::Passed)),
    ("gate-failed", Says::Gate(GateOutcome::Failed)),
    ("ready", Says::Leg(LegAct::Ready)),
    ("aborted", Says::Leg(LegAct::Aborted)),
    ("leg-resumed", Says::Leg(LegAct::Resumed)),
    ("phase-opened", Says::Phase(PhaseAct::Opened)),
    ("phase-completed", Says::Phase(PhaseAct::Completed)),
    ("phase-suspended", Says::Phase(PhaseAct::Suspended)),
    ("phase-resumed", Says::Phase(PhaseAct::Resumed)),
    ("notice", Says::Notice(NoticeWord::Given)),
    ("reply", Says::Notice(NoticeWord::Replied)),
    ("notice-closed", Says::Notice(NoticeWord::Closed)),
    ("observed", Says::Condition(ConditionWord::Observed)),
    ("condition-ended", Says::Condition(ConditionWord::Ended)),
    ("states", Says::States),
];

pub(super) fn word(text: &str) -> Option<(&'static str, Says)> {
    if let Some(kind) = MoveKind::from_code(text) {
        return Some((kind.code(), Says::Move(kind)));
    }
    WORDS.iter().find(|(word, _)| *word == text).copied()
}
