//! The list of a round: proposed by one side, accepted or rejected by the other; amended when slots are vacated.

use std::collections::BTreeSet;

use exchange::ids::{Item, RoundNo};
use parley::{Body, EntryId, Label, ListItem, PartyId};
use sha2::{Digest, Sha256};

use crate::act::{Act, ActError};
use crate::acts::{item, roll, round, shared_item};
use crate::opening::Disclosure;

/// A list as it would be proposed now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The version it makes.
    pub version: u32,
    /// Everyone on it.
    pub items: Vec<ListItem>,
    /// Own items that are new on it.
    pub added: Vec<Item>,
    /// Items of the list before that are not on it.
    pub dropped: Vec<Item>,
    /// Own slots that stay open because nobody is left who could fill them.
    pub unfilled: u32,
}

impl Plan {
    /// SHA-256 over version, items and holders: what the first officer saw.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.version.to_be_bytes());
        for line in &self.items {
            hash.update(line.item.0);
            hash.update(line.holder.as_str().as_bytes());
            hash.update([0]);
        }
        hash.finalize().into()
    }
}

/// Plans the next version: the two nominations at first; later this side's vacated slots refilled from the committed pools.
/// The other side's vacated slots are its own to refill.
pub async fn plan(act: &mut Act<'_>, round: RoundNo) -> Result<Plan, ActError> {
    let view = act.record().view();
    let state = view.round(round).ok_or_else(|| ActError::rule("no-nominations", round))?;
    match state.effective() {
        None => first(act, round).await,
        Some(_) => amendment(act, round).await,
    }
}

async fn first(act: &mut Act<'_>, round: RoundNo) -> Result<Plan, ActError> {
    let (me, theirs) = (act.node().me, counterpart(act)?);
    let mut items = Vec::new();
    let mut dropped = Vec::new();
    for holder in [me, theirs] {
        let state = act.record().view().round(round).ok_or(ActError::NotFound)?;
        let Some((_, nominated, _)) = state.nominated(&holder) else {
            return Err(ActError::rule("no-nominations", round));
        };
        for one in nominated {
            if state.departed(one, &holder).is_some() {
                dropped.push(item(*one));
            } else {
                items.push(ListItem { item: *one, holder });
            }
        }
    }
    items.sort();
    Ok(Plan { version: 1, items, added: Vec::new(), dropped, unfilled: 0 })
}

async fn amendment(act: &mut Act<'_>, round: RoundNo) -> Result<Plan, ActError> {
    let me = act.node().me;
    let state = act.record().view().round(round).ok_or(ActError::NotFound)?;
    let list = state.effective().ok_or(ActError::NotFound)?;
    let vacated: BTreeSet<parley::Item> = state.vacated(&me).into_iter().collect();
    let version = list.version + 1;
    let mut items: Vec<ListItem> =
        list.items.iter().filter(|line| !vacated.contains(&line.item)).copied().collect();
    let owed = state.nominated(&me).map_or(0, |(_, items, _)| items.len());
    let filled = items.iter().filter(|line| line.holder == me).count();
    let open = owed.saturating_sub(filled);
    let added = if open == 0 { Vec::new() } else { refill(act, round).await? };
    if vacated.is_empty() && added.is_empty() {
        return Err(ActError::rule("nothing-vacated", round));
    }
    let unfilled = u32::try_from(open.saturating_sub(added.len())).unwrap_or(u32::MAX);
    items.extend(added.iter().map(|one| ListItem { item: shared_item(*one), holder: me }));
    items.sort();
    Ok(Plan { version, items, added, dropped: vacated.into_iter().map(item).collect(), unfilled })
}

/// Who fills vacated slots of this side.
async fn refill(act: &mut Act<'_>, round: RoundNo) -> Result<Vec<Item>, ActError> {
    let drawn = roll::drawn(act, round).await?;
    Ok(roll::coming(act.record().view(), round, &act.node().me, &drawn))
}

fn counterpart(act: &Act<'_>) -> Result<PartyId, ActError> {
    act.record().members().other(&act.node().me).ok_or(ActError::NotFound)
}

/// Proposes the list both officers saw, with the openings of the items it adds.
pub async fn propose(act: &mut Act<'_>, round: RoundNo, seen: &[u8; 32]) -> Result<(), ActError> {
    let plan = plan(act, round).await?;
    if plan.digest() != *seen {
        return Err(ActError::rule("list-changed", round));
    }
    let openings = round::openings(act, round, &plan.added).await?;
    let (bytes, _) = Disclosure { openings }.to_bytes();
    let digest = act.attach("disclosure", &bytes).await?;
    let (version, replaces) = (plan.version, plan.version - 1);
    act.append(Body::Propose { round, version, replaces, items: plan.items, digest }).await?;
    Ok(())
}

/// Accepts a proposal of the other side.
pub async fn accept(act: &mut Act<'_>, round: RoundNo, entry: EntryId) -> Result<(), ActError> {
    check_open(act, round, entry)?;
    act.append(Body::Accept { entry }).await?;
    Ok(())
}

/// Rejects a proposal of the other side, with the ground.
pub async fn reject(act: &mut Act<'_>, round: RoundNo, entry: EntryId, ground: &str) -> Result<(), ActError> {
    check_open(act, round, entry)?;
    let ground: Label = ground.parse().map_err(|_| ActError::rule("ground", ""))?;
    act.append(Body::Reject { entry, ground }).await?;
    Ok(())
}

/// A proposal of the other side that can still be answered.
pub fn check_open(act: &Act<'_>, round: RoundNo, entry: EntryId) -> Result<(), ActError> {
    let open = act.record().view().round(round).is_some_and(|state| {
        state
            .open_proposals()
            .iter()
            .any(|proposal| proposal.entry == entry && proposal.author != act.node().me)
    });
    if open { Ok(()) } else { Err(ActError::rule("proposal-not-open", round)) }
}
