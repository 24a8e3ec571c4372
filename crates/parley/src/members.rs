//! Who takes part in an agreement: two parties in the agreement's order, and neutrals.
//!
//! Decides who may write in its record and under which root key. Refuses to know why they agreed.

use thiserror::Error;

use crate::id::{AgreementId, PartyId};
use crate::key::VerifyKey;

/// One member and the root key whose fingerprint stands in the paper agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Its label.
    pub party: PartyId,
    /// Its root key.
    pub root_key: VerifyKey,
}

/// The members of one agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    agreement: AgreementId,
    parties: [Member; 2],
    neutrals: Vec<Member>,
}

/// Why these cannot be the members of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MembersError {
    /// The same label twice.
    #[error("{0} is named twice")]
    Twice(PartyId),
    /// More than 14 neutrals.
    #[error("{0} neutrals, at most 14 are possible")]
    TooMany(usize),
}

impl Members {
    /// The members of `agreement`: the parties in its order, so that the first has index 0.
    ///
    /// # Errors
    /// When a label stands twice or there are more than 14 neutrals.
    pub fn new(
        agreement: AgreementId,
        parties: [Member; 2],
        neutrals: Vec<Member>,
    ) -> Result<Members, MembersError> {
        if neutrals.len() > 14 {
            return Err(MembersError::TooMany(neutrals.len()));
        }
        let members = Members { agreement, parties, neutrals };
        for one in members.all() {
            if members.all().filter(|other| other.party == one.party).count() > 1 {
                return Err(MembersError::Twice(one.party));
            }
        }
        Ok(members)
    }

    /// The agreement.
    pub fn agreement(&self) -> AgreementId {
        self.agreement
    }

    /// The parties in the agreement's order.
    pub fn parties(&self) -> [PartyId; 2] {
        self.parties.map(|m| m.party)
    }

    /// All members: the parties, then the neutrals.
    pub fn all(&self) -> impl Iterator<Item = &Member> {
        self.parties.iter().chain(&self.neutrals)
    }

    /// A member by its label.
    pub fn member(&self, party: &PartyId) -> Option<&Member> {
        self.all().find(|m| m.party == *party)
    }

    /// The index of a party in the agreement's order, 0 or 1; none for a neutral or a stranger.
    pub fn index(&self, party: &PartyId) -> Option<usize> {
        self.parties.iter().position(|m| m.party == *party)
    }

    /// The other party; none for a neutral or a stranger.
    pub fn other(&self, party: &PartyId) -> Option<PartyId> {
        self.index(party).map(|i| self.parties[1 - i].party)
    }

    /// The party that agrees to what a member offers about a log: the other party, and the first one for a neutral.
    pub fn agrees_with(&self, member: &PartyId) -> PartyId {
        self.other(member).unwrap_or(self.parties[0].party)
    }

    /// The party with priority for a version of a list: it either proposes that version or accepts it.
    pub fn priority(&self, version: u32) -> PartyId {
        self.parties[(version % 2) as usize].party
    }
}
