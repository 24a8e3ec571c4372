//! Acts of two officers: one drafts, another carries out. The draft holds exactly what will be done.

use exchange::ids::PersonId;
use minicbor::{Decode, Encode};
use register::{DraftRow, DraftState};

use crate::act::{Act, ActError};
use crate::acts::candidates::decisions;
use crate::acts::matters::{Document, Matter};
use crate::acts::overrides::{self, Override};
use crate::acts::{agreement, list, matters, roll, withheld};
use crate::opening::to_cbor;

/// What a draft will do when the second officer carries it out.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Draft {
    /// Put an agreement's text forward.
    #[n(0)]
    Agreement {
        /// The text.
        #[n(0)]
        text: String,
    },
    /// Accept the text the other party put forward.
    #[n(1)]
    AcceptAgreement {
        /// The entry that put forward the text the first officer saw; another one is not accepted.
        #[cbor(n(0), with = "minicbor::bytes")]
        entry: [u8; 32],
    },
    /// Nominate this side's part of the roll of a round.
    #[n(2)]
    Nominate {
        /// The round.
        #[n(0)]
        round: u32,
        /// Digest of the nomination the first officer saw; another one is not carried out.
        #[cbor(n(1), with = "minicbor::bytes")]
        roll: [u8; 32],
    },
    /// Propose the list of a round, or its amendment.
    #[n(3)]
    Propose {
        /// The round.
        #[n(0)]
        round: u32,
        /// Digest of the list the first officer saw; another one is not carried out.
        #[cbor(n(1), with = "minicbor::bytes")]
        list: [u8; 32],
    },
    /// Accept a proposal of the other party.
    #[n(4)]
    Accept {
        /// The round.
        #[n(0)]
        round: u32,
        /// The proposal's entry.
        #[cbor(n(1), with = "minicbor::bytes")]
        entry: [u8; 32],
    },
    /// Reject a proposal of the other party.
    #[n(5)]
    Reject {
        /// The round.
        #[n(0)]
        round: u32,
        /// The proposal's entry.
        #[cbor(n(1), with = "minicbor::bytes")]
        entry: [u8; 32],
        /// Code of the ground.
        #[n(2)]
        ground: String,
    },
    /// Say a matter between the parties.
    #[n(6)]
    Matter {
        /// The document, exactly as it will be attached.
        #[cbor(n(0), with = "minicbor::bytes")]
        document: Vec<u8>,
    },
    /// Put somebody on a roll by hand.
    #[n(7)]
    Override {
        /// The document, exactly as it will be attached.
        #[cbor(n(0), with = "minicbor::bytes")]
        document: Vec<u8>,
    },
    /// State that the other side has withheld its seed: the round is void.
    #[n(8)]
    Withheld {
        /// The round.
        #[n(0)]
        round: u32,
    },
    /// Link two dossiers as of one person.
    #[n(9)]
    LinkPeople {
        /// One dossier.
        #[cbor(n(0), with = "minicbor::bytes")]
        first: [u8; 16],
        /// The other.
        #[cbor(n(1), with = "minicbor::bytes")]
        second: [u8; 16],
        /// Digest of what the first officer saw; something else is not carried out.
        #[cbor(n(2), with = "minicbor::bytes")]
        saw: [u8; 32],
        /// Why, in the first officer's words.
        #[n(3)]
        why: Option<String>,
    },
    /// Take such a link back.
    #[n(10)]
    UnlinkPeople {
        /// One dossier.
        #[cbor(n(0), with = "minicbor::bytes")]
        first: [u8; 16],
        /// The other.
        #[cbor(n(1), with = "minicbor::bytes")]
        second: [u8; 16],
        /// Digest of what the first officer saw; something else is not carried out.
        #[cbor(n(2), with = "minicbor::bytes")]
        saw: [u8; 32],
        /// Why, in the first officer's words.
        #[n(3)]
        why: Option<String>,
    },
}

impl Draft {
    /// Code of the kind: stored beside the draft, and worded by the desk (`draft-<code>`).
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Agreement { .. } => "agreement",
            Self::AcceptAgreement { .. } => "accept-agreement",
            Self::Nominate { .. } => "nominate",
            Self::Propose { .. } => "propose",
            Self::Accept { .. } => "accept",
            Self::Reject { .. } => "reject",
            Self::Matter { .. } => self.matter().map_or("matter", |matter| matter.kind()),
            Self::Override { .. } => overrides::KIND,
            Self::Withheld { .. } => "withheld",
            Self::LinkPeople { .. } => "link-people",
            Self::UnlinkPeople { .. } => "unlink-people",
        }
    }

    /// The round it is about, if it is about one.
    pub fn round(&self) -> Option<u32> {
        match self {
            Self::Agreement { .. }
            | Self::AcceptAgreement { .. }
            | Self::Matter { .. }
            | Self::LinkPeople { .. }
            | Self::UnlinkPeople { .. } => None,
            Self::Override { document } => Override::read(document).map(|what| what.round),
            Self::Withheld { round }
            | Self::Nominate { round, .. }
            | Self::Propose { round, .. }
            | Self::Accept { round, .. }
            | Self::Reject { round, .. } => Some(*round),
        }
    }

    /// Who it would put on a roll by hand, if it would.
    pub fn by_hand(&self) -> Option<Override> {
        match self {
            Self::Override { document } => Override::read(document),
            _ => None,
        }
    }

    /// The two dossiers it would link or part, if it would, with the digest of what its author saw.
    pub fn pair(&self) -> Option<([PersonId; 2], [u8; 32])> {
        match self {
            Self::LinkPeople { first, second, saw, .. } | Self::UnlinkPeople { first, second, saw, .. } => {
                Some(([PersonId(*first), PersonId(*second)], *saw))
            }
            _ => None,
        }
    }

    /// Why its author would link or part two dossiers.
    pub fn why_of_pair(&self) -> Option<&str> {
        match self {
            Self::LinkPeople { why, .. } | Self::UnlinkPeople { why, .. } => why.as_deref(),
            _ => None,
        }
    }

    /// The matter it would say, if it would say one.
    pub fn matter(&self) -> Option<Matter> {
        match self {
            Self::Matter { document } => Document::read(document).ok().map(|document| document.matter),
            _ => None,
        }
    }
}

/// Keeps a draft for a second officer; answers its identifier.
pub async fn keep(act: &mut Act<'_>, draft: &Draft) -> Result<String, ActError> {
    let id = act.tx.new_id("drafts");
    let row = DraftRow {
        id: id.clone(),
        kind: draft.kind().to_owned(),
        round: draft.round(),
        payload: to_cbor(draft),
        drafted_by: act.actor.officer.clone(),
        drafted_at: act.tx.at(),
        state: DraftState::Open,
        decided_by: None,
        decided_at: None,
    };
    act.tx.put(&row).await?;
    Ok(id)
}

/// What a stored draft will do. Nothing for a row of another kind, which its own area carries out.
pub fn read(row: &DraftRow) -> Option<Draft> {
    minicbor::decode(&row.payload).ok().filter(|draft: &Draft| draft.kind() == row.kind)
}

/// Carries a draft out: by another officer than the one who drafted it, once.
pub async fn carry_out(act: &mut Act<'_>, id: &str) -> Result<Draft, ActError> {
    let row = open_draft(act, id).await?;
    if row.drafted_by == act.actor.officer {
        return Err(ActError::SameOfficer);
    }
    let draft = read(&row).ok_or(ActError::NotFound)?;
    match &draft {
        Draft::Agreement { text } => agreement::put_forward(act, text).await?,
        Draft::AcceptAgreement { entry } => agreement::accept(act, parley::EntryId(*entry)).await?,
        Draft::Nominate { round, roll } => roll::nominate(act, *round, roll).await?,
        Draft::Propose { round, list } => list::propose(act, *round, list).await?,
        Draft::Accept { round, entry } => list::accept(act, *round, parley::EntryId(*entry)).await?,
        Draft::Reject { round, entry, ground } => {
            list::reject(act, *round, parley::EntryId(*entry), ground).await?;
        }
        Draft::Matter { document } => matters::put(act, document).await?,
        Draft::Override { document } => overrides::put(act, document).await?,
        Draft::Withheld { round } => withheld::state(act, *round).await?,
        Draft::LinkPeople { .. } | Draft::UnlinkPeople { .. } => {
            decisions::carry_out(act, &draft, &row.drafted_by).await?;
        }
    }
    decide(act, row, DraftState::CarriedOut).await?;
    Ok(draft)
}

/// Dismisses a draft: nothing of it happens.
pub async fn dismiss(act: &mut Act<'_>, id: &str) -> Result<(), ActError> {
    let row = open_draft(act, id).await?;
    decide(act, row, DraftState::Dismissed).await
}

async fn open_draft(act: &mut Act<'_>, id: &str) -> Result<DraftRow, ActError> {
    let row = act.tx.draft(id).await?.ok_or(ActError::NotFound)?;
    if row.state == DraftState::Open { Ok(row) } else { Err(ActError::rule("draft-decided", "")) }
}

async fn decide(act: &mut Act<'_>, mut row: DraftRow, state: DraftState) -> Result<(), ActError> {
    row.state = state;
    row.decided_by = Some(act.actor.officer.clone());
    row.decided_at = Some(act.tx.at());
    act.tx.put(&row).await?;
    Ok(())
}
