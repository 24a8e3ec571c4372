//! What officers and the node itself do, each as one step inside a named write. Rules are asked, never decided, here.

pub mod agreement;
pub mod asked;
pub mod bookable;
pub mod books;
pub mod candidates;
pub mod crossing;
pub mod drafts;
pub mod families;
pub mod flags;
pub mod links;
pub mod list;
pub mod lottery;
pub mod matters;
pub mod moments;
pub mod overrides;
pub mod people;
pub mod places;
pub mod press;
pub mod relations;
pub mod roll;
pub mod round;
pub mod together;
pub mod withheld;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use exchange::ids::Item;
use parley::{Body, Digest, EntryId, Head, PartyId, Signed};

use crate::act::{Act, ActError};
use crate::node::{Node, Shared};

/// An item as the record writes it.
pub fn shared_item(item: Item) -> parley::Item {
    parley::Item(item.0)
}

/// An item of the record as the rules write it.
pub fn item(item: parley::Item) -> Item {
    Item(item.0)
}

/// What a node does by itself when entries of others have come in: it reveals a seed whose time has come, and keeps the
/// openings that a nomination or an amendment carries, each with the dossier it may belong to.
pub async fn react(act: &mut Act<'_>, applied: &[EntryId]) -> Result<(), ActError> {
    for id in applied {
        let Some(entry) = act.record().entry(id).cloned() else { continue };
        let author = entry.entry().author;
        if author == act.node().me {
            continue;
        }
        match entry.body() {
            // With the commit may have come that our seed did not arrive in time: then it is too late.
            Body::Commit { round, .. } if act.node().config.is_party() && !is_void(act, *round) => {
                round::reveal_when_due(act, *round).await?
            }
            Body::Nominate { round, digest, items } if act.node().config.is_party() => {
                let items = items.iter().map(|one| item(*one)).collect();
                round::keep_openings(act, *round, &items, *digest).await?;
            }
            Body::Propose { round, digest, items, .. } if act.node().config.is_party() => {
                let own =
                    items.iter().filter(|line| line.holder == author).map(|line| item(line.item)).collect();
                round::keep_openings(act, *round, &own, *digest).await?;
            }
            Body::Text { .. } | Body::Withdraw { .. } | Body::Reject { .. } | Body::Accept { .. } => {
                agreement::take_up(act).await?;
            }
            Body::Memo { kind, .. } if kind.as_str() == "reading" => matters::read_again(act).await?,
            _ => {}
        }
    }
    Ok(())
}

fn is_void(act: &mut Act<'_>, round: u32) -> bool {
    act.record().view().round(round).is_some_and(|state| state.is_void())
}

/// The document that an entry names, if it names one that goes to other nodes. With its seed a party gives the pool that it
/// committed to.
fn document_of(record: &parley::Record, entry: &Signed) -> Option<Digest> {
    match entry.body() {
        Body::Reveal { round, .. } => {
            record.view().round(*round)?.commit(&entry.entry().author).map(|(pool, _)| pool)
        }
        Body::Text { digest }
        | Body::Nominate { digest, .. }
        | Body::Propose { digest, .. }
        | Body::Account { digest, .. } => Some(*digest),
        Body::Memo { kind, digest }
            if matters::is_kind(kind.as_str()) || overrides::round_of(kind.as_str()).is_some() =>
        {
            Some(*digest)
        }
        _ => None,
    }
}

/// The entries that name one of these documents.
pub fn naming(record: &parley::Record, documents: &BTreeSet<Digest>) -> Vec<EntryId> {
    if documents.is_empty() {
        return Vec::new();
    }
    let names =
        |entry: &&Arc<Signed>| document_of(record, entry).is_some_and(|digest| documents.contains(&digest));
    record.entries_since(&[]).filter(names).map(|entry| entry.id()).collect()
}

/// The documents that entries of others name and that this node is to be given. Matters come last, and of each author
/// only as many as are read: memos without documents do not keep the others away.
pub fn documents_of_others(node: &Node, shared: &Shared) -> Vec<Digest> {
    let (mut given, mut of_matters) = (Vec::new(), Vec::new());
    let mut counts: BTreeMap<PartyId, usize> = BTreeMap::new();
    for entry in shared.record.entries_since(&[]).filter(|entry| entry.entry().author != node.me) {
        match entry.body() {
            Body::Text { digest } => given.push(*digest),
            Body::Memo { kind, .. }
                if overrides::round_of(kind.as_str()).is_some() && !node.config.is_party() => {}
            Body::Memo { .. } => {
                let count = counts.entry(entry.entry().author).or_default();
                *count += 1;
                of_matters
                    .extend(document_of(&shared.record, entry).filter(|_| *count <= matters::MATTERS_MAX));
            }
            _ => given.extend(document_of(&shared.record, entry).filter(|_| node.config.is_party())),
        }
    }
    given.extend(of_matters);
    given
}

/// The documents that go to a peer with the entries it lacks: the text of the agreement to everyone; one's own matters to
/// everyone; pools, openings and statements to the other party alone, and only one's own. A matter of another is not passed on: its
/// entry could name any document that is here.
pub fn documents_for(node: &Node, shared: &Shared, peer: PartyId, heads: &[Head]) -> Vec<Digest> {
    let to_party = shared.record.members().index(&peer).is_some();
    let named = |entry: &Arc<Signed>| match entry.body() {
        Body::Text { digest } => Some(*digest),
        Body::Reveal { .. } | Body::Nominate { .. } | Body::Propose { .. } | Body::Account { .. }
            if to_party && entry.entry().author == node.me =>
        {
            document_of(&shared.record, entry)
        }
        // Who is put on a roll by hand is between the parties; a neutral counts the memos.
        Body::Memo { kind, .. } if overrides::round_of(kind.as_str()).is_some() && !to_party => None,
        Body::Memo { .. } if entry.entry().author == node.me => document_of(&shared.record, entry),
        _ => None,
    };
    shared.record.entries_since(heads).filter_map(named).collect()
}
