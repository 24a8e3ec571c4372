//! The peer link: bundles out, bundles in. The same bytes go by file.
//!
//! A bundle is sealed to one node and made of signed entries, so the link itself needs no trust: who listens learns sizes
//! and times, who injects is refused by a signature. What arrives is taken in whole in one named write before it is
//! answered; the answer says which heads this node holds now, and the sender sends again what is missing. Bundles
//! are idempotent, in any order, any number of times.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use hyper::Method;
use parley::{Bundle, Digest, Head, PartyId};
use serde::{Deserialize, Serialize};

use crate::act::ActError;
use crate::acts;
use crate::chance::unhex;
use crate::http::Client;
use crate::node::{Node, itself};
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};

/// The largest bundle that is read.
pub const BUNDLE_BYTES_MAX: usize = 64 << 20;
/// How often the link looks for news that no act announced, such as a peer that came back.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// How many documents a node says at once that it lacks.
const LACKS_MAX: usize = 1_000;

/// The link's routes.
pub fn routes(node: Arc<Node>) -> Routes {
    Routes::new(node).post_up_to("/parley/bundle", Policy::Link, BUNDLE_BYTES_MAX, receive)
}

/// One head, as the answer to a bundle names it.
#[derive(Serialize, Deserialize)]
struct HeadView {
    author: String,
    seq: u64,
    hash: String,
}

/// What this node holds after it took a bundle in, and which documents it was not given yet.
#[derive(Serialize, Deserialize)]
struct HeldView {
    heads: Vec<HeadView>,
    lacks: Vec<String>,
}

async fn receive(State(node): State<Arc<Node>>, bytes: Bytes) -> Result<Response, Refused> {
    take_in(&node, &bytes).await?;
    let heads = node.look().await?.record.heads().into_iter().map(|head| HeadView {
        author: head.author.to_string(),
        seq: head.seq,
        hash: head.hash.to_string(),
    });
    let heads = heads.collect();
    // After the heads: an entry that comes in between is then not named as held without its document being named as lacked.
    let lacks = lacking(&node).await?.iter().map(ToString::to_string).collect();
    Ok(axum::Json(HeldView { heads, lacks }).into_response())
}

/// The documents that entries of others name and that are not here. An entry can come before its document: by another
/// node, which has the entry and was never given the document.
pub async fn lacking(node: &Arc<Node>) -> Result<Vec<Digest>, ActError> {
    let named = {
        let shared = node.look().await?;
        acts::documents_of_others(node, &shared)
    };
    let mut reading = node.register.read().await?;
    let mut lacks = Vec::new();
    for digest in named {
        if lacks.len() < LACKS_MAX && !reading.holds_attachment(&exchange::ids::Digest(digest.0)).await? {
            lacks.push(digest);
        }
    }
    Ok(lacks)
}

/// Opens a bundle and takes its entries and attachments in, in one named write. What does not open, or does not come
/// from a node we hold a card of, is refused; of a bundle with a bad entry nothing is kept.
pub async fn take_in(node: &Arc<Node>, bytes: &[u8]) -> Result<usize, ActError> {
    let bundle = Bundle::open(bytes, &node.keys.transport).map_err(|why| ActError::rule("bundle", why))?;
    let mut act = node.act(&itself(), "take in bundle", Some(bundle.from.as_str())).await?;
    let mut news = BTreeSet::new();
    for (digest, document) in &bundle.attachments {
        if !act.tx.holds_attachment(&exchange::ids::Digest(digest.0)).await? {
            act.attach("received", document).await?;
            news.insert(*digest);
        }
    }
    let (mut applied, mut bad) = (Vec::new(), None);
    for entry in &bundle.entries {
        match act.admit(entry).await {
            Ok(ids) => applied.extend(ids),
            Err(ActError::AgainstRule(parley::Refusal::Equivocation(proof))) => {
                drop(act);
                return keep_proof(node, &proof).await;
            }
            // A third entry under a number that is proven to have two: whoever sent it has another proof of the same.
            Err(ActError::AgainstRule(parley::Refusal::Frozen(_))) => {}
            // What follows can prove, together with this one, that its author signed two.
            Err(why) => bad = bad.or(Some(why)),
        }
    }
    if let Some(why) = bad {
        return Err(why);
    }
    notice_other_state(node, act.record(), &bundle);
    if applied.is_empty() && news.is_empty() {
        return Ok(0);
    }
    let count = applied.len();
    let late = acts::naming(act.record(), &news).into_iter().filter(|id| !applied.contains(id));
    applied.extend(late.collect::<Vec<_>>());
    acts::react(&mut act, &applied).await?;
    act.commit().await?;
    Ok(count)
}

/// Keeps the proof that an author signed two entries under one number. The record is frozen at the last common entry from
/// then on, also after a restart, until both parties agree how to go on.
async fn keep_proof(node: &Arc<Node>, proof: &parley::Equivocation) -> Result<usize, ActError> {
    tracing::error!(author = %proof.author(), seq = proof.seq(), "two entries under one number: the record is frozen");
    let mut act = node.act(&itself(), "keep proof of equivocation", Some(proof.author().as_str())).await?;
    let (first, second) = proof.entries();
    for (name, entry) in [("fork-first", first), ("fork", second)] {
        let key = format!("{name}-{}", proof.author());
        act.tx.put(&register::SettingRow { key, value: entry.to_vec() }).await?;
    }
    act.read_again();
    act.commit().await?;
    Ok(0)
}

/// Equal heads and an unequal state would mean that two nodes judge alike entries differently: an alarm by itself.
fn notice_other_state(node: &Node, record: &parley::Record, bundle: &Bundle) {
    if record.heads() != bundle.heads {
        return;
    }
    let equal = record.view().state_digest() == bundle.state;
    if !equal {
        tracing::error!(from = %bundle.from, "equal heads, unequal state: one of the two nodes judges wrongly");
    }
    node.compare(bundle.from, equal);
}

/// Carries news to the other nodes for as long as the node runs.
pub async fn carry(node: Arc<Node>) {
    for peer in node.config.peers.clone() {
        let (Some(address), Ok(label)) = (peer.link, peer.party.parse::<PartyId>()) else { continue };
        let node = node.clone();
        tokio::spawn(async move { carry_to(&node, label, &format!("http://{address}/parley/bundle")).await });
    }
}

async fn carry_to(node: &Arc<Node>, peer: PartyId, address: &str) {
    let client = Client::default();
    let mut known = Known::default();
    let mut patience = LOOK_AGAIN;
    loop {
        let news = node.news.notified();
        match send_once(node, &client, peer, address, &mut known).await {
            Ok(true) => {
                patience = LOOK_AGAIN;
                continue;
            }
            Ok(false) => patience = LOOK_AGAIN,
            Err(why) => {
                tracing::warn!(%peer, why = format!("{why:#}"), "bundle not delivered");
                patience = (patience * 2).min(Duration::from_secs(60));
            }
        }
        let _ = tokio::time::timeout(patience, news).await;
    }
}

/// What a peer said last: the heads it holds, and the documents it lacks.
#[derive(Default)]
struct Known {
    held: BTreeMap<PartyId, Head>,
    lacks: Vec<Digest>,
    /// How many forks it was told of.
    forks: usize,
}

/// Sends what the peer lacks. Says whether anything was sent.
async fn send_once(
    node: &Arc<Node>,
    client: &Client,
    peer: PartyId,
    address: &str,
    known: &mut Known,
) -> anyhow::Result<bool> {
    let forks = node.look().await?.record.forks().count();
    let news = match bundle_to(node, peer, &known.held).await? {
        None if forks > known.forks => bundle_beyond(node, peer, &known.held).await?,
        news => news,
    };
    let sealed = match news {
        Some(sealed) => sealed,
        None => match documents_to(node, peer, &known.lacks).await? {
            Some(sealed) => sealed,
            None => return Ok(false),
        },
    };
    let answer = client.ask(Method::POST, address, &[], sealed).await?;
    known.forks = forks;
    let view: HeldView = answer.json()?;
    for head in view.heads {
        let hash =
            unhex(&head.hash).map(parley::EntryId).ok_or_else(|| anyhow::anyhow!("a head does not read"))?;
        let author: PartyId = head.author.parse()?;
        known.held.insert(author, Head { author, seq: head.seq, hash });
    }
    let lacks = view.lacks.iter().take(LACKS_MAX).filter_map(|digest| unhex(digest));
    known.lacks = lacks.map(Digest).collect();
    Ok(true)
}

/// The sealed bundle of documents alone that `peer` lacks and may be given by this node; nothing when there are none.
pub async fn documents_to(
    node: &Arc<Node>,
    peer: PartyId,
    lacks: &[Digest],
) -> anyhow::Result<Option<Vec<u8>>> {
    if lacks.is_empty() {
        return Ok(None);
    }
    let may = {
        let shared = node.look().await?;
        acts::documents_for(node, &shared, peer, &[])
    };
    let mut documents = BTreeMap::new();
    let mut reading = node.register.read().await?;
    for digest in lacks.iter().filter(|digest| may.contains(digest)) {
        if let Some(document) = reading.attachment(&exchange::ids::Digest(digest.0)).await? {
            documents.insert(*digest, document.bytes);
            // One at a time, so that a bundle is never too large; the answer names the rest again.
            break;
        }
    }
    drop(reading);
    if documents.is_empty() {
        return Ok(None);
    }
    let shared = node.look().await?;
    let Some(log) = shared.record.log(&peer) else { return Ok(None) };
    let key = log.genesis().transport_key;
    let mut bundle = parley::bundle_for(&shared.record, node.me, peer, &shared.record.heads(), |_| None)?;
    drop(shared);
    bundle.attachments = documents;
    Ok(Some(bundle.seal(&key, node.chance.draw(&format!("bundle to {peer}")))?))
}

/// The sealed bundle of what `peer` lacks beyond the heads it holds; nothing when it lacks nothing.
pub async fn bundle_to(
    node: &Arc<Node>,
    peer: PartyId,
    held: &BTreeMap<PartyId, Head>,
) -> anyhow::Result<Option<Vec<u8>>> {
    let heads: Vec<Head> = held.values().copied().collect();
    if node.look().await?.record.entries_since(&heads).next().is_none() {
        return Ok(None);
    }
    bundle_beyond(node, peer, held).await
}

/// The sealed bundle beyond the heads that `peer` holds, which can hold proofs of forks and nothing else; nothing while
/// its key is not known.
async fn bundle_beyond(
    node: &Arc<Node>,
    peer: PartyId,
    held: &BTreeMap<PartyId, Head>,
) -> anyhow::Result<Option<Vec<u8>>> {
    let heads: Vec<Head> = held.values().copied().collect();
    let wanted = {
        let shared = node.look().await?;
        acts::documents_for(node, &shared, peer, &heads)
    };
    let mut documents = BTreeMap::new();
    let mut reading = node.register.read().await?;
    for digest in wanted {
        if let Some(document) = reading.attachment(&exchange::ids::Digest(digest.0)).await? {
            documents.insert(digest, document.bytes);
        }
    }
    drop(reading);
    let shared = node.look().await?;
    let Some(log) = shared.record.log(&peer) else { return Ok(None) };
    let key = log.genesis().transport_key;
    let bundle =
        parley::bundle_for(&shared.record, node.me, peer, &heads, |digest| documents.get(digest).cloned())?;
    drop(shared);
    let entropy = node.chance.draw(&format!("bundle to {peer}"));
    Ok(Some(bundle.seal(&key, entropy)?))
}
