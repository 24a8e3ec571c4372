//! An agreement's terms as values: who takes part, which way people go, how many against how many, who counts, when, and
//! what may be told.
//!
//! Decides whether a text leaves anything open that the rules would otherwise have to guess, and refuses it, naming the
//! clause. Where parties read a clause differently, each reading stands beside the text. Refuses to know who signed, how
//! the text travelled and what has happened since.

mod amounts;
mod course;
mod legs;
mod openness;
mod people;
mod read;
mod wire;

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest as _, Sha256};
use time::Date;

use crate::ids::{Digest, Party, RoundNo};
use crate::ledger::Voice;
use crate::medical::Group;
use crate::selection::joint::RulesError;
use crate::wording::Wording;

pub use amounts::{
    Amount, Carry, Change, Class, Matching, PerDay, Quantity, Ratio, RatioSide, Reading, Rounding, Scale,
    SideWorth, Unit, Worth,
};
pub use course::{
    Completes, Condition, ConditionKind, Expiry, Extension, Lasts, Notices, Opens, Phase, Suspension, Until,
};
pub use legs::{
    Agent, CountsOn, Destination, Family, Leg, Named, Neutral, NeutralRole, Object, Side, SideStatus,
};
pub use openness::{Annex, Audience, Disclosure, Families, Field, OpenFrom, Openness, Rule, StandIn};
pub use people::{
    Category, CountingDay, Criterion, Extent, Gate, GateBy, GateKind, ListOrder, Lists, OVERRIDES_MAX,
    Predicate, Proposer, Quota, REVEAL_HOURS_MAX, Replacement, ReplacementRule, Round, Selection, Shown,
    Status, Test, Tested, Veto,
};
// What a text and the rules of one round say in the same words.
pub use crate::selection::joint::{Against, ChanceRule, GroupClass, Objective};

/// The longest text that is parsed, in bytes.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;

/// The longest time in which families come before the press, in hours.
pub const CALL_HOURS_MAX: u32 = 168;

/// The terms of one agreement.
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
    /// The parties, two or more; their place here is their index everywhere.
    pub parties: Vec<Side>,
    /// Who may speak for them, possibly nobody named.
    pub agents: Vec<Agent>,
    /// Neutrals, possibly none.
    pub neutrals: Vec<Neutral>,
    /// Which way people and things go; at least one.
    pub legs: Vec<Leg>,
    /// Classes that scales value, possibly none.
    pub classes: Vec<Class>,
    /// Scales, possibly none.
    pub scales: Vec<Scale>,
    /// Who owes how many.
    pub quantities: Vec<Quantity>,
    /// What stands against what, possibly nothing.
    pub ratios: Vec<Ratio>,
    /// What parties read otherwise, possibly nothing.
    pub readings: Vec<Reading>,
    /// Categories in published precedence: each person counts in the first that fits. Possibly none.
    pub categories: Vec<Category>,
    /// How names come about, where the agreement says.
    pub lists: Option<Lists>,
    /// How a roll is chosen by published rules, where it is.
    pub selection: Option<Selection>,
    /// Rounds with their places, numbered from 1 without a gap; possibly none.
    pub rounds: Vec<Round>,
    /// Labels of the crossings, by id.
    pub crossings: BTreeMap<LabelId, Wording>,
    /// What must be asked or shown before anyone goes, possibly nothing.
    pub gates: Vec<Gate>,
    /// How a vacated slot is filled, where the agreement says.
    pub replacement: Option<Replacement>,
    /// Phases, possibly none: then anything may happen at any time.
    pub phases: Vec<Phase>,
    /// What must be kept afterwards, possibly nothing.
    pub conditions: Vec<Condition>,
    /// How violations are notified, where the agreement says.
    pub notices: Option<Notices>,
    /// What may be published. Without it nothing may.
    pub disclosure: Option<Disclosure>,
    /// How long families come first, where the agreement says.
    pub families: Option<Families>,
    /// Annexes.
    pub annexes: Vec<Annex>,
    /// What stands for something the sources leave open; nothing in a text that can be signed.
    pub stand_ins: Vec<StandIn>,
    digest: Digest,
    /// How many of the readings stand in the signed text; those behind them were attached.
    signed_readings: usize,
}

/// A clause of the signed text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clause {
    /// Number.
    pub no: u32,
    /// Text.
    pub text: Wording,
}

/// The id of a category: a label like a party's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct CategoryId(String);

/// The id of a leg, a class, a scale, a quantity, a ratio, a phase, a condition or a crossing.
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

impl Terms {
    /// Reads the terms from TOML (`docs/formats/terms.md`).
    ///
    /// # Errors
    /// A text that is too long, is not the format, or leaves open or contradicts what the rules need: the first place found.
    pub fn parse(text: &str) -> Result<Self, TermsError> {
        read::terms(text)
    }

    /// These terms with a party's own reading of the same text beside them (`docs/formats/reading.md`), in place of what it
    /// attached before. The digest stays that of the signed text: a reading changes nothing that both have signed.
    ///
    /// # Errors
    /// A file that is too long, is not the format, is about another text, speaks for another party, or reads again what
    /// the signed text already says this party reads: the first place found.
    pub fn with_readings(&self, by: &Party, toml: &str) -> Result<Self, TermsError> {
        read::with_readings(self, by, toml)
    }

    /// The readings that parties attached afterwards; those before them stand in the signed text.
    pub fn attached_readings(&self) -> &[Reading] {
        self.readings.get(self.signed_readings..).unwrap_or_default()
    }

    /// SHA-256 of the exact bytes of the text: what the parties sign.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The place of a party.
    pub fn party_index(&self, party: &Party) -> Option<usize> {
        self.parties.iter().position(|side| side.id == *party)
    }

    /// Who may state acts: the parties and then the neutrals, in their order.
    pub fn voice(&self, label: &str) -> Option<Voice> {
        let parties = self.parties.iter().map(|side| &side.id);
        let mut all = parties.chain(self.neutrals.iter().map(|neutral| &neutral.id));
        // At most 16 parties and 8 neutrals.
        all.position(|id| id.as_str() == label).map(|place| Voice(place as u8))
    }

    /// The label of a voice of these terms.
    pub fn voice_id(&self, voice: Voice) -> Option<&Party> {
        let place = usize::from(voice.0);
        let side = self.parties.get(place).map(|side| &side.id);
        side.or_else(|| Some(&self.neutrals.get(place.checked_sub(self.parties.len())?)?.id))
    }

    /// The other party of an agreement between two.
    pub fn other(&self, party: &Party) -> Option<&Party> {
        let at = self.party_index(party)?;
        if self.parties.len() == 2 { Some(&self.parties[1 - at].id) } else { None }
    }

    /// The place of a leg.
    pub fn leg_index(&self, id: &str) -> Option<usize> {
        self.legs.iter().position(|leg| leg.id.as_str() == id)
    }

    /// The place of the leg of living persons under the exchange from one party to another; the first where there are several.
    pub fn exchange_leg(&self, from: &Party, to: &Party) -> Option<usize> {
        let fits = |leg: &Leg| leg.object == Object::Persons && leg.account == Family::Exchange;
        self.legs.iter().position(|leg| fits(leg) && leg.from == *from && leg.to == *to)
    }

    /// The place of a category in the published precedence.
    pub fn category_index(&self, id: &str) -> Option<usize> {
        self.categories.iter().position(|category| category.id.as_str() == id)
    }

    /// The place of a class.
    pub fn class_index(&self, id: &str) -> Option<usize> {
        self.classes.iter().position(|class| class.id.as_str() == id)
    }

    /// A category by id.
    pub fn category(&self, id: &CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == *id)
    }

    /// A scale by id.
    pub fn scale(&self, id: &LabelId) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.id == *id)
    }

    /// A round by number.
    pub fn round(&self, no: RoundNo) -> Option<&Round> {
        self.rounds.iter().find(|round| round.no == no)
    }

    /// The quantity in heads of all categories owed along the leg of the exchange from one party to another, if there is one.
    pub fn quantity(&self, from: &Party, to: &Party) -> Option<&Quantity> {
        let leg = self.exchange_leg(from, to)?;
        let whole = |quantity: &&Quantity| quantity.categories.is_empty() && quantity.classes.is_empty();
        let of_leg = |quantity: &&Quantity| quantity.unit == Unit::Heads && quantity.legs == [leg];
        self.quantities.iter().filter(whole).find(of_leg)
    }

    /// A clause of the signed text.
    pub fn clause(&self, no: u32) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.no == no)
    }

    /// How open a field is to the public once its time has come. Without a rule it is withheld.
    pub fn openness(&self, field: Field) -> Openness {
        let rule = self.disclosure.as_ref().and_then(|disclosure| disclosure.rules.get(&field));
        rule.map_or(Openness::Withheld, |rule| rule.openness(Audience::Public))
    }

    /// How open each field is to the public once its time has come.
    pub fn public_rules(&self) -> BTreeMap<Field, Openness> {
        Field::ALL.into_iter().map(|field| (field, self.openness(field))).collect()
    }

    /// Hours to call the families before an embargo lapses. Where the agreement is silent families still come first: for as
    /// long as any agreement can ask.
    pub fn call_hours(&self) -> u32 {
        self.families.map_or(CALL_HOURS_MAX, |families| families.call_hours)
    }

    /// The name a party or neutral is shown by.
    pub fn name(&self, party: &Party) -> Option<&Wording> {
        let side = self.parties.iter().find(|side| side.id == *party).map(|side| &side.name);
        side.or_else(|| {
            self.neutrals.iter().find(|neutral| neutral.id == *party).map(|neutral| &neutral.name)
        })
    }

    /// The priority class of a medical group in a category, 1 = first, as the published order combines them; nothing
    /// where no roll is chosen by an order.
    ///
    /// With `medical-group` alone it is the group's rank; where `category` stands in the order as well, the two combine
    /// in the order given.
    pub fn class(&self, group: Group, category: &CategoryId) -> Option<u8> {
        let place = u8::try_from(self.category_index(category.as_str())?).ok()?;
        let count = u8::try_from(self.categories.len()).ok()?;
        let class = self.selection.as_ref()?.order.iter().fold(0, |class: u8, criterion| match criterion {
            Criterion::MedicalGroup => class * 4 + group.rank() - 1,
            Criterion::Category => class * count + place,
            Criterion::Requested | Criterion::LongestHeld | Criterion::Lot => class,
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
    /// A category by which no round could be selected: its ratio, or a quota of it.
    #[error(transparent)]
    Unselectable(#[from] RulesError),
    /// A number out of its bounds.
    #[error("{what}: {found} is not {least} to {most}")]
    OutOfBounds {
        /// Which number.
        what: &'static str,
        /// What the text says.
        found: u64,
        /// The least.
        least: u64,
        /// The most.
        most: u64,
    },
}

#[cfg(test)]
mod tests;
