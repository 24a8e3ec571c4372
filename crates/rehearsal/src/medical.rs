//! The conditions of invented people: Annex I codes with weights, and when each began.
//!
//! Decides only what a rehearsal plays. Whether a code indicates repatriation is a rule, and its confirmation a doctor's.
//!
//! # Law
//! GC III, Annex I (model agreement on direct repatriation and accommodation in neutral countries): letter and number of
//! the examples. Weights are ours, after the conditions that press reports of exchanges named: epilepsy, hypertension and
//! ischaemic heart disease, vision, musculoskeletal and chronic digestive disease, weight loss, leg and mine-blast injuries,
//! tuberculosis (news.online.ua, mind.ua, babel.ua, einnews.com). No share of single conditions has been published.

use crate::chance::Chance;

/// The code of somebody whom an examination found free of an Annex I condition.
pub const NO_CONDITION: &str = "none";

/// How a condition came about, which fixes when it can have begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A wound of the days around the capture.
    Wound,
    /// A disease, begun before the capture or in captivity.
    Disease,
    /// A disease that captivity brought on.
    Captivity,
}

/// An Annex I code, its weight among the ill and its cause.
pub(crate) const CONDITIONS: [(&str, usize, Cause); 31] = [
    ("A1a", 12, Cause::Wound),
    ("A1b", 5, Cause::Wound),
    ("A1c", 3, Cause::Wound),
    ("A1d", 4, Cause::Wound),
    ("A2a", 1, Cause::Wound),
    ("A2b", 5, Cause::Wound),
    ("A2c", 6, Cause::Wound),
    ("A2d", 3, Cause::Wound),
    ("A2e", 4, Cause::Wound),
    ("A2f", 5, Cause::Wound),
    ("A2g", 3, Cause::Wound),
    ("A2h", 5, Cause::Wound),
    ("A2i", 1, Cause::Wound),
    ("A3a", 7, Cause::Captivity),
    ("A3c", 2, Cause::Disease),
    ("A3d", 10, Cause::Disease),
    ("A3e", 9, Cause::Disease),
    ("A3f", 2, Cause::Disease),
    ("A3g", 6, Cause::Disease),
    ("A3h", 2, Cause::Captivity),
    ("A3i", 5, Cause::Disease),
    ("A3k", 2, Cause::Disease),
    ("A3l", 3, Cause::Disease),
    ("A3p", 7, Cause::Disease),
    ("A3r", 1, Cause::Disease),
    ("A3t", 9, Cause::Captivity),
    ("B1", 5, Cause::Wound),
    ("B2", 3, Cause::Captivity),
    ("B3", 5, Cause::Disease),
    ("B4", 2, Cause::Disease),
    ("B5", 4, Cause::Captivity),
];

/// Draws the condition of somebody seriously ill or wounded.
pub(crate) fn draw(chance: &mut Chance) -> (&'static str, Cause) {
    let (code, _, cause) = CONDITIONS[chance.weighted(CONDITIONS.iter().map(|(_, weight, _)| *weight))];
    (code, cause)
}

/// The state of health as a capture card words it.
///
/// # Law
/// GC III, Annex IV B (capture card), item 11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// In good health, not wounded.
    Good,
    /// Recovered from an illness or wound.
    Recovered,
    /// Sick.
    Sick,
    /// Slightly wounded.
    SlightlyWounded,
    /// Seriously wounded.
    SeriouslyWounded,
}

impl Health {
    /// The word of the list column.
    pub fn word(self) -> &'static str {
        match self {
            Health::Good => "good",
            Health::Recovered => "recovered",
            Health::Sick => "sick",
            Health::SlightlyWounded => "slightly_wounded",
            Health::SeriouslyWounded => "seriously_wounded",
        }
    }
}
