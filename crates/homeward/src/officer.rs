//! Who works at a desk and what each may do.

use std::collections::BTreeSet;
use std::fmt;

use exchange::ids::PersonId;
use serde::{Deserialize, Serialize};

/// What an officer does. An officer may hold several roles; two-officer acts still need two different officers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Keeps the lists of held and sought people: imports, claims, links.
    Registrar,
    /// Examines, records conditions and hears a prisoner's will.
    Physician,
    /// Drafts what goes to the other party: pools, rolls, amendments, accounts.
    Negotiator,
    /// Approves what another officer drafted.
    Approver,
    /// Works at the crossing: second will, release, receipt.
    Escort,
    /// Speaks with families.
    FamilyLiaison,
    /// Drafts bulletins.
    PressOfficer,
    /// Reads the log and its verification; sees no dossier.
    Auditor,
    /// Admits officers and issues their links; sees no dossier.
    Administrator,
}

impl Role {
    /// Every role, in the order a desk lists them.
    pub const ALL: [Self; 9] = [
        Self::Registrar,
        Self::Physician,
        Self::Negotiator,
        Self::Approver,
        Self::Escort,
        Self::FamilyLiaison,
        Self::PressOfficer,
        Self::Auditor,
        Self::Administrator,
    ];

    /// The role's code in configuration, storage and message keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Registrar => "registrar",
            Self::Physician => "physician",
            Self::Negotiator => "negotiator",
            Self::Approver => "approver",
            Self::Escort => "escort",
            Self::FamilyLiaison => "family-liaison",
            Self::PressOfficer => "press-officer",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// Reads a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// An officer signed in at the desk. Having one is the proof of authority: only the router's guard makes them.
#[derive(Clone)]
pub struct Officer {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) purpose: Option<String>,
    pub(crate) session: String,
    /// Persons whose case is closed to the officer by a declared relation.
    pub(crate) closed: BTreeSet<PersonId>,
}

impl Officer {
    /// The officer's label, as it stands in the journal.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether the officer holds one of the roles.
    pub fn holds(&self, roles: &[Role]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }

    /// What the officer said the present work is for; asked before the first dossier of a session.
    pub fn purpose(&self) -> Option<&str> {
        self.purpose.as_deref()
    }
}

impl fmt::Debug for Officer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Officer({})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_reads_back_from_its_code() {
        for role in Role::ALL {
            assert_eq!(Role::of(role.code()), Some(role));
        }
        assert_eq!(Role::of("minister"), None);
    }
}
