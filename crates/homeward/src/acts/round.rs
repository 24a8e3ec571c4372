//! A round before its list: pool and seed committed, seed revealed, roll nominated, the other side's roll checked.

use std::collections::{BTreeMap, BTreeSet};

use exchange::agreement::{Round, Terms};
use exchange::eligibility::{self, Placement};
use exchange::ids::{Item, Party, PersonId, RoundNo};
use exchange::person::{List, State, standing};
use exchange::selection::{self, Candidate, Fault, Places, Pool, Roll};
use parley::{Body, Digest, PartyId, seed_digest};
use register::{LineRow, PersonRow, SettingRow};

use crate::act::{Act, ActError};
use crate::acts::{agreement, item, shared_item};
use crate::node::Shared;
use crate::opening::{Disclosure, Identity, Opening, to_cbor};
use crate::pairing;

/// The round's plan in the terms in force.
pub fn plan(terms: &Terms, round: RoundNo) -> Result<&Round, ActError> {
    terms.rounds.iter().find(|plan| plan.no == round).ok_or(ActError::NotFound)
}

/// The places of one side in a round.
pub fn places(plan: &Round) -> Places {
    Places { round_total: plan.places, per_site: None }
}

/// One person of the pool, with what was found about them.
pub struct PoolMember {
    /// The person in this register.
    pub person: PersonId,
    /// The person's item.
    pub item: Item,
    /// Where the person stands under the terms.
    pub placement: Placement,
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
    let candidates = candidates(act, &terms, &plan).await?;
    if candidates.is_empty() {
        return Err(ActError::rule("empty-pool", round));
    }
    let pool = Pool::new(candidates).map_err(|why| ActError::rule("pool", why))?;
    let pool = act.attach("pool", &pool.to_bytes()).await?;
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

/// Everyone held who is eligible for the round and can go: not released, not ended.
async fn candidates(act: &mut Act<'_>, terms: &Terms, plan: &Round) -> Result<Vec<Candidate>, ActError> {
    let today = act.node().clock.today();
    let released = act.record().view().released_items();
    let mut pool = Vec::new();
    for row in act.tx.all_people(List::Held).await?.whole()? {
        let placement = eligibility::category(terms, &row.person, today);
        let (Some(category), Some(class)) = (placement.category.clone(), placement.class) else { continue };
        if !plan.categories.contains(&category) {
            continue;
        }
        let opening = opening_of(act, plan.no, &row).await?;
        let shared = parley::Item(opening.item);
        if released.contains_key(&shared) || act.record().view().ended(&shared).is_some() {
            continue;
        }
        pool.push(Candidate {
            item: Item(opening.item),
            group: class,
            category: category.as_str().to_owned(),
            held_since: placement.held_since_or(today),
            site: row.person.custody.last().map_or_else(|| "-".to_owned(), |spell| spell.site.clone()),
        });
    }
    Ok(pool)
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

/// This side's committed pool of a round.
pub async fn own_pool(
    reading: &mut register::Reading,
    shared: &Shared,
    me: &PartyId,
    round: RoundNo,
) -> Result<Pool, ActError> {
    let committed = shared.record.view().round(round).and_then(|state| state.commit(me));
    let (digest, _) = committed.ok_or_else(|| ActError::rule("no-pool", round))?;
    let stored = reading.attachment(&exchange::ids::Digest(digest.0)).await?.ok_or(ActError::NotFound)?;
    Pool::from_bytes(&stored.bytes).map_err(|why| ActError::rule("pool", why))
}

/// The roll of a pool under the terms and the joint seed.
pub fn roll(terms: &Terms, round: RoundNo, pool: &Pool, seed: &[u8; 32]) -> Result<Roll, ActError> {
    Ok(selection::select(pool, &places(plan(terms, round)?), seed, &terms.id))
}

/// This side's roll of a round, as it follows from pool, terms and seeds.
pub async fn own_roll(act: &mut Act<'_>, round: RoundNo) -> Result<(Pool, Roll), ActError> {
    let terms = agreement::in_force(act)?.clone();
    let (me, seed) = (act.node().me, joint_seed(act.record(), round)?);
    let (tx, shared) = act.parts();
    let pool = own_pool(tx, shared, &me, round).await?;
    let roll = roll(&terms, round, &pool, &seed)?;
    Ok((pool, roll))
}

/// Nominates the roll that both officers saw: names its items, and opens pool and persons to the other party.
pub async fn nominate(act: &mut Act<'_>, round: RoundNo, seen: &[u8; 32]) -> Result<(), ActError> {
    let (pool, roll) = own_roll(act, round).await?;
    if roll.digest().0 != *seen {
        return Err(ActError::rule("roll-changed", round));
    }
    let openings = openings(act, round, &roll.chosen).await?;
    let (bytes, _) = Disclosure { pool: pool.to_bytes(), openings }.to_bytes();
    let digest = act.attach("disclosure", &bytes).await?;
    let items = roll.chosen.iter().map(|item| shared_item(*item)).collect();
    act.append(Body::Nominate { round, items, digest }).await?;
    Ok(())
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

/// What this node found wrong with the other side's nomination.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RollFault {
    /// The opened pool is missing, does not read, or is not the one committed to.
    Pool,
    /// The selection does not follow the published order.
    Order(Fault),
    /// A person's opening is missing.
    Unopened(Item),
}

/// Runs the other side's selection again from its opened pool: the same roll must come out.
pub async fn check_theirs(
    reading: &mut register::Reading,
    shared: &Shared,
    theirs: &PartyId,
    round: RoundNo,
) -> Result<Option<(Pool, Vec<RollFault>)>, ActError> {
    let Some(terms) = &shared.terms else { return Ok(None) };
    let Some(state) = shared.record.view().round(round) else { return Ok(None) };
    let (Some((_, items, digest)), Some((committed, _))) = (state.nominated(theirs), state.commit(theirs))
    else {
        return Ok(None);
    };
    let seed = joint_seed(&shared.record, round)?;
    let disclosed = reading
        .attachment(&exchange::ids::Digest(digest.0))
        .await?
        .and_then(|stored| Disclosure::read(&stored.bytes));
    let disclosure = disclosed.unwrap_or_default();
    let pool = Pool::from_bytes(&disclosure.pool).ok().filter(|pool| pool.digest().0 == committed.0);
    let Some(pool) = pool else {
        let empty = Pool::new(Vec::new()).map_err(|why| ActError::rule("pool", why))?;
        return Ok(Some((empty, vec![RollFault::Pool])));
    };
    let chosen: Vec<Item> = items.iter().map(|one| item(*one)).collect();
    let opened: BTreeSet<Item> = disclosure.openings.iter().map(|opening| Item(opening.item)).collect();
    let order = selection::check(&pool, &places(plan(terms, round)?), &seed, &terms.id, &chosen);
    let mut faults: Vec<RollFault> =
        order.err().unwrap_or_default().into_iter().map(RollFault::Order).collect();
    faults.extend(chosen.iter().filter(|item| !opened.contains(item)).map(|item| RollFault::Unopened(*item)));
    Ok(Some((pool, faults)))
}

/// Items of the other side whose linked dossier says that the person is home already (scenario of a stale list).
pub async fn already_home(
    reading: &mut register::Reading,
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
pub async fn all_lines(reading: &mut register::Reading, round: RoundNo) -> Result<Vec<LineRow>, ActError> {
    Ok(reading.lines(round).await?.whole()?)
}
