//! What may be told, to whom, and from when.

use std::collections::BTreeMap;

use crate::ids::Digest;
use crate::moment::Moment;
use crate::wording::Wording;

/// What may be published, per field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disclosure {
    /// The clause.
    pub clause: u32,
    /// The rule of each field.
    pub rules: BTreeMap<Field, Rule>,
}

/// How open one field is, for each audience.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// By audience; one that is not named is told nothing.
    pub audiences: BTreeMap<Audience, Openness>,
    /// From when. Before that it is withheld from everyone but the parties.
    pub from: OpenFrom,
}

impl Rule {
    /// How open the field is for an audience once its time has come.
    pub fn openness(&self, audience: Audience) -> Openness {
        self.audiences.get(&audience).copied().unwrap_or(Openness::Withheld)
    }
}

/// Who is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Audience {
    /// Everyone.
    Public,
    /// Families of those concerned.
    Families,
    /// The neutrals.
    Neutral,
}

impl Audience {
    /// Every audience with the word used in files.
    pub const ALL: [(&'static str, Self); 3] =
        [("public", Self::Public), ("families", Self::Families), ("neutral", Self::Neutral)];
}

/// From when a field is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenFrom {
    /// At once.
    AtOnce,
    /// Once the families have been told.
    FamiliesTold,
    /// Once the agreement is complete.
    Completion,
    /// From a moment.
    Moment(Moment),
}

/// A field of a bulletin.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// How many persons were in a round.
    RoundNumberOfPersons,
    /// Which categories took part.
    Category,
    /// When the freed were captured.
    CapturePeriod,
    /// What they suffer from.
    Conditions,
    /// Totals over the agreement.
    Totals,
}

impl Field {
    /// Every field; terms that rule on one must rule on each.
    pub const ALL: [Self; 5] =
        [Self::RoundNumberOfPersons, Self::Category, Self::CapturePeriod, Self::Conditions, Self::Totals];

    /// The word used in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::RoundNumberOfPersons => "round-number-of-persons",
            Self::Category => "category",
            Self::CapturePeriod => "capture-period",
            Self::Conditions => "conditions",
            Self::Totals => "totals",
        }
    }
}

/// How open a field is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Openness {
    /// Not published, and not to be worked out from what is.
    Withheld,
    /// In general terms, of no single person.
    Aggregate,
    /// Published.
    Published,
}

/// How long families come before the press.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Families {
    /// The clause.
    pub clause: u32,
    /// Hours to call before the embargo lapses.
    pub call_hours: u32,
}

/// An annex.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Annex {
    /// Number.
    pub no: u32,
    /// Title.
    pub title: Wording,
    /// SHA-256 of the annex, where it is a file of its own.
    pub digest: Option<Digest>,
}

/// What stands for something that the sources of an agreement of history leave open and the accounts need. It decides no
/// figure, is shown wherever the account is, and makes a text that nobody can sign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StandIn {
    /// The clause that leaves it open.
    pub clause: u32,
    /// What is left open, and what stands for it.
    pub says: Wording,
}
