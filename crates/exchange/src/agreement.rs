//! An agreement's terms as values: who owes how many, who counts in which category, which rounds, what may be told.
//!
//! Decides whether a text leaves anything open that the rules would otherwise have to guess, and refuses it, naming the
//! clause. Refuses to know who signed, how the text travelled and what has happened since.

mod read;
mod wire;

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest as _, Sha256};
use time::Date;

use crate::ids::{Digest, Party, RoundNo};
use crate::medical::Group;
use crate::wording::Wording;

/// The longest text that is parsed, in bytes.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;

/// The terms of one agreement between two parties.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    /// Identifier: 32 lower-case hexadecimal digits.
    pub id: String,
    /// Title.
    pub title: Wording,
    /// The day of signing.
    pub signed_on: Date,
    /// The signed text, clause by clause, in order of their numbers.
    pub clauses: Vec<Clause>,
    /// The two parties; their place here is their index everywhere (0, 1).
    pub parties: [Named; 2],
    /// Neutrals, possibly none.
    pub neutrals: Vec<Named>,
    /// Who owes how many; one per direction.
    pub quantities: Vec<Quantity>,
    /// Categories in published precedence: each person counts in the first that fits.
    pub categories: Vec<Category>,
    /// How a roll is chosen.
    pub selection: Selection,
    /// Rounds, numbered from 1 without a gap.
    pub rounds: Vec<Round>,
    /// Labels of the crossings, by id.
    pub crossings: BTreeMap<LabelId, Wording>,
    /// How often a person's will is asked.
    pub will: Will,
    /// How a vacated slot is filled.
    pub replacement: Replacement,
    /// What may be published.
    pub disclosure: Disclosure,
    /// How long families come first.
    pub families: Families,
    /// Annexes.
    pub annexes: Vec<Annex>,
    digest: Digest,
}

/// A clause of the signed text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clause {
    /// Number.
    pub no: u32,
    /// Text.
    pub text: Wording,
}

/// A party or a neutral with the name it is shown by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Label.
    pub id: Party,
    /// Name.
    pub name: Wording,
}

/// "At least N from one side": a floor in heads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// The clause that says so.
    pub clause: u32,
    /// Who releases.
    pub from: Party,
    /// Who receives.
    pub to: Party,
    /// The floor, in heads.
    pub at_least: u32,
    /// What a party reads the clause to say, where it reads another number. Shown beside, never settled.
    pub readings: Vec<Reading>,
}

/// One party's reading of a quantity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Who reads it so.
    pub party: Party,
    /// The floor it reads, in heads.
    pub at_least: u32,
    /// Its reason.
    pub says: Wording,
}

/// The id of a category: a label like a party's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct CategoryId(String);

/// The id of a crossing's label.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LabelId(String);

macro_rules! label {
    ($name:ident) => {
        impl $name {
            /// Reads 1 to 32 characters out of `a-z`, `0-9` and `-`.
            pub fn new(label: &str) -> Option<Self> {
                Party::new(label).is_ok().then(|| Self(label.to_owned()))
            }

            /// The label.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
label!(CategoryId);
label!(LabelId);

/// A category of persons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Category {
    /// Id.
    pub id: CategoryId,
    /// The clause that creates it.
    pub clause: u32,
    /// Name.
    pub name: Wording,
    /// Who counts in it.
    pub predicate: Predicate,
    /// Whether everyone in it goes, whatever the numbers.
    pub extent: Extent,
    /// When the predicate is tested.
    pub tested: Tested,
}

/// Who counts in a category.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Predicate {
    /// Whoever's examinations indicate one of these groups.
    Medical(Vec<Group>),
    /// Whoever is younger than so many full years on the day that counts.
    AgeBelow {
        /// Full years.
        years: u8,
        /// The day that counts.
        on: CountingDay,
    },
    /// Everyone.
    Any,
}

/// The day on which an age counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountingDay {
    /// The day of signing.
    Signing,
    /// The day the roll is made.
    Listing,
    /// The day of the handover.
    Handover,
}

/// How far a category reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// All of it, from both sides.
    AllForAll,
    /// As many as the quantities and places let in.
    WithinQuantity,
}

/// When a predicate is tested (the sick of 1988 had partly recovered since listing, and the exchange broke on it).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tested {
    /// Frozen when the roll is made.
    AtListing,
    /// Tested again at the handover.
    AtHandover,
}

/// How a roll is chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selection {
    /// The clause.
    pub clause: u32,
    /// The published order.
    pub order: Vec<Criterion>,
    /// What comes first when order and total pull apart.
    pub objective: Objective,
}

/// A criterion of the published order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Criterion {
    /// The medical group.
    MedicalGroup,
    /// The category's place in the published precedence.
    Category,
    /// Who has been held longest.
    LongestHeld,
    /// The lot.
    Lot,
}

/// What a selection is to reach first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Objective {
    /// The published order first, the total as far as it then goes.
    PriorityFirst,
}

/// A round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Round {
    /// Number, from 1.
    pub no: RoundNo,
    /// Planned day.
    pub planned: Date,
    /// Categories admitted.
    pub categories: Vec<CategoryId>,
    /// Places on each side, in heads.
    pub places: u32,
    /// The crossing's label.
    pub crossing: LabelId,
}

/// How often a person's will is asked (GC III art. 109, third paragraph).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Will {
    /// The clause.
    pub clause: u32,
    /// Occasions: after listing, and at the crossing.
    pub occasions: u8,
}

/// How a vacated slot is filled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Replacement {
    /// The clause.
    pub clause: u32,
    /// The rule.
    pub rule: ReplacementRule,
}

/// A rule of replacement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplacementRule {
    /// The next person of the same committed order.
    SameOrder,
}

/// What may be published, per field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disclosure {
    /// The clause.
    pub clause: u32,
    /// The rule of each field.
    pub rules: BTreeMap<Field, Openness>,
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
    /// Every field; terms must rule on each.
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

impl Terms {
    /// Reads the terms from TOML (`docs/formats/terms.md`).
    ///
    /// # Errors
    /// A text that is too long, is not the format, or leaves open or contradicts what the rules need: the first place found.
    pub fn parse(text: &str) -> Result<Self, TermsError> {
        read::terms(text)
    }

    /// SHA-256 of the exact bytes of the text: what both parties sign.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The place of a party: 0 or 1.
    pub fn party_index(&self, party: &Party) -> Option<usize> {
        self.parties.iter().position(|named| named.id == *party)
    }

    /// The other party.
    pub fn other(&self, party: &Party) -> Option<&Party> {
        self.party_index(party).map(|at| &self.parties[1 - at].id)
    }

    /// A category by id.
    pub fn category(&self, id: &CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == *id)
    }

    /// A round by number.
    pub fn round(&self, no: RoundNo) -> Option<&Round> {
        self.rounds.iter().find(|round| round.no == no)
    }

    /// The quantity owed in a direction, if the agreement sets one.
    pub fn quantity(&self, from: &Party, to: &Party) -> Option<&Quantity> {
        self.quantities.iter().find(|quantity| quantity.from == *from && quantity.to == *to)
    }

    /// A clause of the signed text.
    pub fn clause(&self, no: u32) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.no == no)
    }

    /// How open a field is. A field without a rule would be withheld; parsed terms rule on every field.
    pub fn openness(&self, field: Field) -> Openness {
        self.disclosure.rules.get(&field).copied().unwrap_or(Openness::Withheld)
    }

    /// The name a party or neutral is shown by.
    pub fn name(&self, party: &Party) -> Option<&Wording> {
        self.parties.iter().chain(&self.neutrals).find(|named| named.id == *party).map(|named| &named.name)
    }

    /// The priority class of a medical group in a category, 1 = first, as the published order combines them.
    ///
    /// With `medical-group` alone it is the group's rank; where `category` stands in the order as well, the two combine
    /// in the order given.
    pub fn class(&self, group: Group, category: &CategoryId) -> Option<u8> {
        let place = u8::try_from(self.categories.iter().position(|known| known.id == *category)?).ok()?;
        let count = u8::try_from(self.categories.len()).ok()?;
        let class = self.selection.order.iter().fold(0, |class: u8, criterion| match criterion {
            Criterion::MedicalGroup => class * 4 + group.rank() - 1,
            Criterion::Category => class * count + place,
            Criterion::LongestHeld | Criterion::Lot => class,
        });
        Some(class + 1)
    }
}

fn digest_of(text: &str) -> Digest {
    Digest(Sha256::digest(text.as_bytes()).into())
}

/// Why a text is not accepted as terms, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TermsError {
    /// Line of the text, from 1, where known.
    pub line: Option<usize>,
    /// The clause concerned, where one is.
    pub clause: Option<u32>,
    /// What is refused.
    pub refused: Refused,
}

impl fmt::Display for TermsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if let Some(clause) = self.clause {
            write!(f, "clause {clause}: ")?;
        }
        write!(f, "{}", self.refused)
    }
}

impl std::error::Error for TermsError {}

/// What is refused in a text of terms.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refused {
    /// Longer than [`TEXT_BYTES_MAX`].
    #[error("the text has {0} bytes, the most is {TEXT_BYTES_MAX}")]
    TooLong(usize),
    /// Not the format: the parser's own words.
    #[error("{0}")]
    NotTheFormat(String),
    /// More entries than are read.
    #[error("{what}: {found} entries, the most is {most}")]
    TooMany {
        /// Which list.
        what: &'static str,
        /// Entries found.
        found: usize,
        /// Entries read at most.
        most: usize,
    },
    /// A value outside what the field can be.
    #[error("{field}: {value:?} is not {expected}")]
    NotAValue {
        /// The field.
        field: &'static str,
        /// What the text says.
        value: String,
        /// What it can be.
        expected: &'static str,
    },
    /// A text blank or too long in one language.
    #[error("{0}: a text is blank or too long in one of uk, ru, en")]
    Wording(&'static str),
    /// What the agreement must say and does not.
    #[error("left open: {0}")]
    LeftOpen(&'static str),
    /// The same id or number twice.
    #[error("{what} {id} is there twice")]
    Twice {
        /// Of what.
        what: &'static str,
        /// Which.
        id: String,
    },
    /// A reference to nothing.
    #[error("{what} {id} is not in the text")]
    Unknown {
        /// Of what.
        what: &'static str,
        /// Which.
        id: String,
    },
    /// Places that cannot reach the floor.
    #[error("all rounds have {places} places a side, the floor is {floor}")]
    FloorImpossible {
        /// Places over all rounds, on each side.
        places: u64,
        /// The floor, in heads.
        floor: u32,
    },
    /// Two parts that exclude one another.
    #[error("{0}")]
    Contradiction(&'static str),
}

#[cfg(test)]
mod tests;
