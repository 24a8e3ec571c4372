//! Who takes part, and which way people go.

use time::Date;

use super::LabelId;
use crate::ids::Party;
use crate::wording::Wording;

/// A party or a neutral with the name it is shown by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Label.
    pub id: Party,
    /// Name.
    pub name: Wording,
}

/// A party of the agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Side {
    /// Label.
    pub id: Party,
    /// Name.
    pub name: Wording,
    /// Whether all parties recognise it.
    pub status: SideStatus,
}

/// Whether all parties recognise one of them. Signing with it recognises nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SideStatus {
    /// Nobody contests it.
    Recognised,
    /// At least one party does not recognise it.
    Unclear,
}

/// Whoever may speak for a party, and between which days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agent {
    /// The party.
    pub party: Party,
    /// The office or the published name of the agent.
    pub name: Wording,
    /// First day of the authority.
    pub from: Date,
    /// Last day, where it ends.
    pub until: Option<Date>,
}

/// An intermediary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Neutral {
    /// Label.
    pub id: Party,
    /// Name.
    pub name: Wording,
    /// What it does; possibly nothing said.
    pub roles: Vec<NeutralRole>,
}

/// What an intermediary does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NeutralRole {
    /// Receives the parties for talks.
    Host,
    /// Stands for the terms being kept.
    Guarantor,
    /// Carries people.
    Carrier,
    /// Keeps people until they go on.
    Custodian,
    /// Verifies: wills, identities, counts.
    Verifier,
}

/// One direction in which one kind of object goes under one account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leg {
    /// Id.
    pub id: LabelId,
    /// The clause that creates it.
    pub clause: u32,
    /// Who releases.
    pub from: Party,
    /// Who receives.
    pub to: Party,
    /// What goes.
    pub object: Object,
    /// The account it is booked in.
    pub account: Family,
    /// Where people end.
    pub destination: Destination,
    /// The neutral that keeps them, where the destination is a neutral's.
    pub custodian: Option<Party>,
    /// The crossing, where the agreement names one.
    pub crossing: Option<LabelId>,
    /// What makes a person count.
    pub counts_on: CountsOn,
    /// Legs with the same label complete together, or none of them does.
    pub together: Option<LabelId>,
}

/// What goes along a leg.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Object {
    /// Living persons, in heads.
    Persons,
    /// Remains, in containers; persons are counted apart as they are identified.
    Remains,
    /// Effects, documents and wills, in items.
    Effects,
}

/// A family of accounts. Nothing is ever posted from one to another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Family {
    /// Returns that are owed by law whatever the numbers (GC III arts. 109 and 118).
    ByLaw,
    /// The exchange under the terms.
    Exchange,
    /// Given for nothing in return.
    Unilateral,
    /// Remains and effects.
    RemainsAndEffects,
}

impl Family {
    /// The word used in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::ByLaw => "by-law",
            Self::Exchange => "exchange",
            Self::Unilateral => "unilateral",
            Self::RemainsAndEffects => "remains-and-effects",
        }
    }

    /// Reads the word used in files.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::ByLaw, Self::Exchange, Self::Unilateral, Self::RemainsAndEffects]
            .into_iter()
            .find(|family| family.code() == code)
    }
}

/// Where people end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Destination {
    /// At home, with the receiving party.
    Home,
    /// In hospital in a neutral country (GC III art. 110).
    NeutralHospital,
    /// Interned in a neutral country (GC III art. 111).
    NeutralInternment,
    /// In the custody of a neutral until their will is known.
    NeutralCustody,
    /// In a third country.
    ThirdCountry,
    /// Sent out of the country that held them, to wherever they are let in.
    Deportation,
}

impl Destination {
    /// Every destination with the word used in files.
    pub const ALL: [(&'static str, Self); 6] = [
        ("home", Self::Home),
        ("neutral-hospital", Self::NeutralHospital),
        ("neutral-internment", Self::NeutralInternment),
        ("neutral-custody", Self::NeutralCustody),
        ("third-country", Self::ThirdCountry),
        ("deportation", Self::Deportation),
    ];

    /// The word used in files.
    pub fn code(self) -> &'static str {
        // Every destination stands in the list.
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(code, _)| code)
    }
}

/// What makes a person count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountsOn {
    /// Both say that the person was handed over and received.
    Receipt,
    /// Both have received and both have declared the person exchanged; until then the person is carried, on parole.
    Declaration,
}
