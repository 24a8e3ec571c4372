//! What officers and the node itself do, each as one step inside a named write. Rules are asked, never decided, here.

pub mod agreement;
pub mod crossing;
pub mod drafts;
pub mod links;
pub mod list;
pub mod people;
pub mod round;

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
            Body::Commit { round, .. } if act.node().config.is_party() => {
                round::reveal_when_due(act, *round).await?
            }
            Body::Nominate { round, digest, .. } | Body::Propose { round, digest, .. }
                if act.node().config.is_party() =>
            {
                round::keep_openings(act, *round, *digest).await?;
            }
            Body::Text { digest } => agreement::take_up(act, *digest).await?,
            _ => {}
        }
    }
    Ok(())
}

/// The documents that go to a peer with the entries it lacks: the text of the agreement to everyone; openings and
/// statements to the other party alone, and only one's own.
pub fn documents_for(node: &Node, shared: &Shared, peer: PartyId, heads: &[Head]) -> Vec<Digest> {
    let to_party = shared.record.members().index(&peer).is_some();
    let named = |entry: &Arc<Signed>| match entry.body() {
        Body::Text { digest } => Some(*digest),
        Body::Nominate { digest, .. } | Body::Propose { digest, .. } | Body::Account { digest, .. }
            if to_party && entry.entry().author == node.me =>
        {
            Some(*digest)
        }
        _ => None,
    };
    shared.record.entries_since(heads).filter_map(named).collect()
}
