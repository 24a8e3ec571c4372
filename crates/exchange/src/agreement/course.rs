//! When it happens, what stops it, and what must be kept afterwards.

use super::{CategoryId, LabelId};
use crate::ids::Party;
use crate::moment::Moment;
use crate::wording::Wording;

/// A phase: a window in which legs may run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phase {
    /// Id.
    pub id: LabelId,
    /// The clause.
    pub clause: u32,
    /// Name.
    pub name: Wording,
    /// The legs that run in it, by their place in the terms. A leg in no phase runs at any time.
    pub legs: Vec<usize>,
    /// Phases that must have completed first, by their place in the terms: always earlier ones.
    pub after: Vec<usize>,
    /// When it opens, once those have completed.
    pub opens: Opens,
    /// How long it lasts.
    pub lasts: Lasts,
    /// How it is prolonged by what is done in it.
    pub extension: Option<Extension>,
    /// What a suspension does to its clock.
    pub suspension: Suspension,
    /// When it is complete.
    pub completes: Completes,
    /// What becomes of what is still owed when its window has passed.
    pub on_expiry: Expiry,
}

/// When a phase opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opens {
    /// At a moment.
    At(Moment),
    /// So many hours after the first second of the day of signing.
    AfterSigning {
        /// Hours.
        hours: u32,
    },
    /// So many hours after the last of the phases it comes after has completed.
    AfterPhases {
        /// Hours.
        hours: u32,
    },
    /// When every party to its legs has said so.
    ByAct,
}

/// How long a phase lasts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lasts {
    /// Until a moment, not included.
    Until(Moment),
    /// So many hours from its opening.
    Hours(u32),
    /// Without an end, says the text.
    Open,
}

/// "One more day for every ten more": time that is earned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extension {
    /// Hours earned …
    pub hours: u32,
    /// … by every so many received …
    pub per: u32,
    /// … beyond so many …
    pub beyond: u32,
    /// … along these legs, by their place in the terms, inside the phase.
    pub legs: Vec<usize>,
    /// The most hours that can be earned.
    pub hours_max: Option<u32>,
}

/// What a suspension does to a phase's clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Suspension {
    /// It stands still: the window closes later by as long.
    ClockStops,
    /// It runs on.
    ClockRuns,
}

/// When a phase is complete.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Completes {
    /// When every party to its legs has said so.
    ByAct,
    /// When every quantity that counts only its legs has what it asks at least.
    WhenFilled,
}

/// What becomes of what is still owed when a window has passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expiry {
    /// It is no longer owed.
    Lapses,
    /// It stays owed.
    StaysOwed,
}

/// What must be kept after people have gone home. The program alerts, and judges nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// Id.
    pub id: LabelId,
    /// The clause.
    pub clause: u32,
    /// What.
    pub kind: ConditionKind,
    /// Who is bound.
    pub bound: Party,
    /// Legs whose persons it is about, by their place in the terms; empty is all.
    pub legs: Vec<usize>,
    /// Categories it is about; empty is all.
    pub categories: Vec<CategoryId>,
    /// How long it holds.
    pub until: Until,
    /// What it says.
    pub says: Wording,
}

/// What an after-condition is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ConditionKind {
    /// No repatriated person on active military service (GC III art. 117).
    NoActiveService,
    /// To stay in a neutral country.
    NeutralStay,
    /// No ceremony, no cameras (GC III art. 13).
    NoCeremony,
    /// Not to come back.
    StayAway,
    /// To report to an authority.
    Reporting,
    /// Another, in the words of the text.
    Other,
}

impl ConditionKind {
    /// Every kind with the word used in files.
    pub const ALL: [(&'static str, Self); 6] = [
        ("no-active-service", Self::NoActiveService),
        ("neutral-stay", Self::NeutralStay),
        ("no-ceremony", Self::NoCeremony),
        ("stay-away", Self::StayAway),
        ("reporting", Self::Reporting),
        ("other", Self::Other),
    ];
}

/// How long an after-condition holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// Until a moment, not included.
    Moment(Moment),
    /// So many days from a person's receipt.
    DaysAfterReceipt(u32),
    /// Until the parties say that hostilities have ended.
    EndOfHostilities,
    /// Until the other parties lift it.
    Lifted,
    /// Without an end, says the text.
    Always,
}

/// How a violation is notified and answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Notices {
    /// The clause.
    pub clause: u32,
    /// Hours to answer.
    pub answer_hours: u32,
}
