//! A round before its roll: places declared, pool and seed committed, seed revealed, identities opened.

use std::collections::{BTreeMap, BTreeSet};

use exchange::agreement::{Round, Terms};
use exchange::eligibility::{self, Placement};
use exchange::ids::{Item, Party, PersonId, RoundNo};
use exchange::person::{List, State, standing};
use exchange::selection::{Candidate, Pool, of_terms};
use parley::bundle::ATTACHMENT_BYTES_MAX;
use parley::{Body, Digest, PartyId, seed_digest};
use register::{LineRow, PersonRow, Reading, SettingRow};

use crate::act::{Act, ActError};
use crate::acts::{agreement, asked, places, together};
use crate::node::Shared;
use crate::opening::{Disclosure, Identity, Opening, to_cbor};
use crate::pairing;

/// The round's plan in the terms in force.
pub fn plan(terms: &Terms, round: RoundNo) -> Result<&Round, ActError> {
    terms.rounds.iter().find(|plan| plan.no == round).ok_or(ActError::NotFound)
}

/// Commits to the pool and to a seed: before either side can know the other's seed, nobody can steer the lot.
///
/// The round before must be closed by this side, and the pool may not be empty.
pub async fn commit(act: &mut Act<'_>, round: RoundNo) -> Result<(), ActError> {
    let terms = agreement::in_force(act)?.clone();
    let plan = plan(&terms, round)?.clone();
    let me = act.node().me;
    if round > 1 && !closed_by(act.record(), round - 1, &me) {
        return Err(ActError::rule("round-before-open", round - 1));
    }
    let pool = pool_now(act, &terms, &plan).await?;
    if pool.candidates().is_empty() {
        return Err(ActError::rule("empty-pool", round));
    }
    let pool = act.attach("pool", &fits(&pool, ATTACHMENT_BYTES_MAX)?).await?;
    let secret = act.node().chance.draw("round seed");
    act.tx.put(&SettingRow { key: seed_key(round), value: secret.to_vec() }).await?;
    let seed = seed_digest(round, &me, &secret);
    act.append(Body::Commit { round, pool, seed }).await?;
    reveal_when_due(act, round).await
}

fn seed_key(round: RoundNo) -> String {
    format!("round-seed-{round}")
}

/// Whether a party has closed a round.
pub fn closed_by(record: &parley::Record, round: RoundNo, party: &PartyId) -> bool {
    record.view().round(round).is_some_and(|state| state.closed_by().contains(party))
}

/// The pool as it would be committed to now: everyone held who is eligible for the round and can go, and the places
/// declared. Refused where no roll could be made from it under the terms.
pub async fn pool_now(act: &mut Act<'_>, terms: &Terms, plan: &Round) -> Result<Pool, ActError> {
    let mut sites = places::Sites::of(places::declared(&mut act.tx, plan.no).await?);
    let eligible = eligible(act, terms, plan).await?;
    let kept = terms.selection.as_ref().is_some_and(|selection| selection.kept_together.is_some());
    let groups = if kept { together::groups(&mut act.tx).await? } else { Vec::new() };
    let by_name = if asked::counts(terms) { asked::people(&mut act.tx).await? } else { BTreeSet::new() };
    let among: BTreeSet<PersonId> = eligible.iter().map(|(row, _)| row.person.id).collect();
    let groups = together::numbers(&groups, &among);
    let mut candidates = Vec::new();
    for (row, placement) in eligible {
        let (Some(category), Some(class)) = (placement.category.clone(), placement.class) else { continue };
        let opening = opening_of(act, plan.no, &row).await?;
        candidates.push(Candidate {
            item: Item(opening.item),
            class,
            category: category.as_str().to_owned(),
            held_since: placement.held_since_or(act.node().clock.today()),
            site: sites.place(&row),
            group: groups.get(&row.person.id).copied().unwrap_or(0),
            requested: by_name.contains(&row.person.id),
        });
    }
    let pool = Pool::new(sites.into_caps(), candidates).map_err(|why| ActError::rule("pool", why))?;
    let none = Pool::new(Vec::new(), Vec::new()).map_err(|why| ActError::rule("pool", why))?;
    of_terms::setting(terms, plan, [&pool, &none]).map_err(|why| ActError::rule("pool", why))?;
    Ok(pool)
}

/// Everyone held who can go in a round: placed in a category that it admits, not released, not ended.
pub async fn eligible(
    act: &mut Act<'_>,
    terms: &Terms,
    plan: &Round,
) -> Result<Vec<(PersonRow, Placement)>, ActError> {
    let today = act.node().clock.today();
    let released = act.record().view().released_items();
    let mut found = Vec::new();
    for row in act.tx.all_people(List::Held).await?.whole()? {
        let placement = eligibility::category(terms, &row.person, today);
        let admitted = placement.category.as_ref().is_some_and(|category| plan.categories.contains(category));
        let gone = row.item.is_some_and(|one| {
            let shared = parley::Item(one.0);
            released.contains_key(&shared) || act.record().view().ended(&shared).is_some()
        });
        if admitted && !gone {
            found.push((row, placement));
        }
    }
    Ok(found)
}

/// The bytes of a pool, where a message between two nodes has room for them.
fn fits(pool: &Pool, most: usize) -> Result<Vec<u8>, ActError> {
    let bytes = pool.to_bytes();
    if bytes.len() > most { Err(ActError::rule("pool-large", pool.people_in(most))) } else { Ok(bytes) }
}

/// The person's opening, made once and kept in a line of the round in which the person first stood in a pool: the item
/// is the same in every round of the agreement, whatever the dossier learns later.
async fn opening_of(act: &mut Act<'_>, round: RoundNo, row: &PersonRow) -> Result<Opening, ActError> {
    if row.item.is_some() {
        return kept_opening(act, row.person.id).await;
    }
    let key = act.tx.item_key(row.person.id).await?.reveal();
    let opening = Opening::new(Identity::of(&row.person), key);
    act.tx.set_item(row.person.id, Item(opening.item)).await?;
    let line = LineRow {
        round,
        item: Item(opening.item),
        holder: own_label(act)?,
        person: Some(row.person.id),
        details: to_cbor(&opening),
    };
    act.tx.put(&line).await?;
    Ok(opening)
}

async fn kept_opening(act: &mut Act<'_>, person: PersonId) -> Result<Opening, ActError> {
    let lines = act.tx.lines_of(person).await?.whole()?;
    lines.iter().find_map(|line| minicbor::decode(&line.details).ok()).ok_or(ActError::NotFound)
}

fn own_label(act: &Act<'_>) -> Result<Party, ActError> {
    Party::new(&act.node().config.party).map_err(|_| ActError::NotFound)
}

/// Reveals this side's seed once both commitments are in the record. The node does it by itself, so that nobody can wait,
/// look at the other's seed and decide.
pub async fn reveal_when_due(act: &mut Act<'_>, round: RoundNo) -> Result<(), ActError> {
    let me = act.node().me;
    let due = act.record().view().round(round).is_some_and(|state| {
        act.record().members().parties().iter().all(|party| state.commit(party).is_some())
            && state.phase(&me) == parley::Phase::Committed
    });
    if due && let Some(secret) = act.tx.setting(&seed_key(round)).await? {
        let seed = secret.as_slice().try_into().map_err(|_| ActError::NotFound)?;
        act.append(Body::Reveal { round, seed }).await?;
    }
    Ok(())
}

/// The joint seed of a round, once both sides have revealed.
pub fn joint_seed(record: &parley::Record, round: RoundNo) -> Result<[u8; 32], ActError> {
    let seed = record.view().round(round).and_then(|state| state.joint_seed());
    seed.ok_or_else(|| ActError::rule("seeds-not-revealed", round))
}

/// The pool that a party committed to in a round: this side's own, or the other's once it was given with the seed. Nothing
/// before; refused where the bytes are no pool.
pub async fn pool_of(
    reading: &mut Reading,
    shared: &Shared,
    party: &PartyId,
    round: RoundNo,
) -> Result<Option<Pool>, ActError> {
    let committed = shared.record.view().round(round).and_then(|state| state.commit(party));
    let Some((digest, _)) = committed else { return Ok(None) };
    // The attachment is stored under the digest of its bytes, which is the one committed to.
    let Some(stored) = reading.attachment(&exchange::ids::Digest(digest.0)).await? else { return Ok(None) };
    Pool::from_bytes(&stored.bytes).map(Some).map_err(|why| ActError::rule("pool", why))
}

/// The same, and nothing where the bytes are no pool.
pub async fn readable_pool(
    reading: &mut Reading,
    shared: &Shared,
    party: &PartyId,
    round: RoundNo,
) -> Result<Option<Pool>, ActError> {
    match pool_of(reading, shared, party, round).await {
        Err(ActError::Rule { .. }) => Ok(None),
        read => read,
    }
}

/// The openings of own items, and a line of the round for each.
pub async fn openings(act: &mut Act<'_>, round: RoundNo, items: &[Item]) -> Result<Vec<Opening>, ActError> {
    let mut openings = Vec::with_capacity(items.len());
    for item in items {
        let row = act.tx.person_of(item).await?.ok_or(ActError::NotFound)?;
        let opening = kept_opening(act, row.person.id).await?;
        let person = Some(row.person.id);
        let line =
            LineRow { round, item: *item, holder: own_label(act)?, person, details: to_cbor(&opening) };
        act.tx.put(&line).await?;
        openings.push(opening);
    }
    Ok(openings)
}

/// Keeps the openings of the other side's nomination or amendment, each with the own dossier it may belong to. An
/// opening that does not give its item is not kept; the check of the roll then names the item as unopened.
pub async fn keep_openings(
    act: &mut Act<'_>,
    round: RoundNo,
    items: &BTreeSet<Item>,
    digest: Digest,
) -> Result<(), ActError> {
    let Some(stored) = act.tx.attachment(&exchange::ids::Digest(digest.0)).await? else { return Ok(()) };
    let Some(disclosure) = Disclosure::read(&stored.bytes) else { return Ok(()) };
    let Some(holder) = act.node().config.counterpart().and_then(|label| Party::new(label).ok()) else {
        return Ok(());
    };
    for opening in disclosure.openings {
        // Only an item that the entry lists as its author's is theirs to open; and a line that is there already keeps
        // what the registrar has accepted on it.
        let item = Item(opening.item);
        if !items.contains(&item) || act.tx.line_of(round, &item).await?.is_some() {
            continue;
        }
        let pairing = pairing::candidate(&mut act.tx, &opening).await?;
        let line = LineRow {
            round,
            item,
            holder: holder.clone(),
            person: None,
            details: to_cbor(&pairing::Details { opening, pairing, accepted_by: None }),
        };
        act.tx.put(&line).await?;
    }
    Ok(())
}

/// Items of the other side whose linked dossier says that the person is home already (scenario of a stale list).
pub async fn already_home(
    reading: &mut Reading,
    round: RoundNo,
    holder: &PartyId,
) -> Result<BTreeMap<Item, PersonId>, ActError> {
    let mut home = BTreeMap::new();
    for line in all_lines(reading, round).await? {
        if line.holder.as_str() != holder.as_str() {
            continue;
        }
        let Some(person) = pairing::dossier_of(&line) else { continue };
        let Some(row) = reading.person(person).await? else { continue };
        let freed = standing(&row.person.claims).is_some_and(|now| now.state == State::Freed);
        if freed && row.item != Some(line.item) {
            home.insert(line.item, person);
        }
    }
    Ok(home)
}

/// Every line of a round.
pub async fn all_lines(reading: &mut Reading, round: RoundNo) -> Result<Vec<LineRow>, ActError> {
    Ok(reading.lines(round).await?.whole()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_that_no_message_holds_is_refused_with_how_many_fit() {
        let candidate = |item| Candidate {
            item: Item([item; 32]),
            class: 1,
            category: "all".to_owned(),
            held_since: time::macros::date!(2022 - 05 - 20),
            site: 0,
            group: 0,
            requested: false,
        };
        let caps = vec![exchange::selection::joint::Cap {
            id: places::OTHER.to_owned(),
            within: None,
            at_least: 0,
            at_most: None,
        }];
        let pool = Pool::new(caps, (1..=3).map(candidate).collect()).unwrap();
        let whole = pool.to_bytes().len();
        assert_eq!(fits(&pool, whole).unwrap().len(), whole);
        match fits(&pool, whole - 1) {
            Err(ActError::Rule { code: "pool-large", detail }) => assert_eq!(detail, "2"),
            other => panic!("{:?}", other.map(|bytes| bytes.len()).map_err(|why| why.to_string())),
        }
    }
}
