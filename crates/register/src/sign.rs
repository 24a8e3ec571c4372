//! The journal as `parley` signs it: each write a COSE_Sign1 entry of a private journal, verifiable from its file alone.

use std::sync::Arc;

use parley::{AgreementId, Body, Entry, EntryId, LogKind, PartyId, entry};

use crate::journal::JournalDraft;
use crate::open::Sign;

/// Signs a node's journal with its node key.
///
/// The journal's entry 0 is the genesis of a `parley` log of the same agreement and author, signed with the same key
/// (`parley::Log::begin` with [`LogKind::Journal`]). What `parley` refuses to sign gives no bytes, and the write is
/// refused with [`crate::RegisterError::Signer`].
pub fn journal_signer(agreement: AgreementId, author: PartyId, key: parley::NodeKey) -> Sign {
    Arc::new(move |draft| signed(agreement, author, &key, draft).unwrap_or_default())
}

fn signed(
    agreement: AgreementId,
    author: PartyId,
    key: &parley::NodeKey,
    draft: &JournalDraft,
) -> Option<Vec<u8>> {
    let body = Body::Journal {
        action: draft.action.parse().ok()?,
        officer: draft.officer.parse().ok()?,
        rows: draft.body.clone(),
    };
    let entry = Entry {
        agreement,
        author,
        seq: draft.seq,
        prev: EntryId(draft.prev),
        seen: Vec::new(),
        time: u64::try_from(draft.at.div_euclid(1_000)).unwrap_or(0),
        body,
    };
    entry::sign(LogKind::Journal, entry, key).ok().map(|signed| signed.bytes().to_vec())
}
