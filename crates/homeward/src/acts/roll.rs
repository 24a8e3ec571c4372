//! The roll of a round: found from both pools and the joint seed, nominated, and the other side's nomination checked by it.
//!
//! Both nodes find the same roll by the same bytes; a node keeps the last few so that a page does not select again.

use std::collections::BTreeSet;
use std::sync::Arc;

use exchange::agreement::Terms;
use exchange::ids::{Digest, Item, RoundNo};
use exchange::selection::joint::file::Roll;
use exchange::selection::joint::{self, Fraction, Person, Selected};
use exchange::selection::of_terms::{Setting, setting};
use parley::{Body, ItemState, PartyId, Record};
use register::Reading;
use sha2::{Digest as _, Sha256};

use crate::act::{Act, ActError};
use crate::acts::lottery::{self, Lottery};
use crate::acts::round::{self, joint_seed, plan, pool_of};
use crate::acts::{agreement, item, overrides, shared_item};
use crate::node::{Node, Shared};
use crate::opening::Disclosure;

/// How many drawn rounds a node keeps.
const KEPT_MAX: usize = 4;

/// A round with its roll.
pub struct Drawn {
    /// The digests of the two pools and the joint seed: what the roll follows from.
    from: ([Digest; 2], [u8; 32]),
    /// Rules and people of both sides.
    pub setting: Setting,
    /// The joint seed.
    pub seed: [u8; 32],
    /// The roll, with its certificate.
    pub selected: Selected,
    /// The chances by which the roll was drawn; nothing where the lots choose.
    pub lottery: Option<Lottery>,
}

impl Drawn {
    /// The side of a party in the agreement's order.
    pub fn side(&self, party: &PartyId) -> usize {
        usize::from(self.setting.rules.sides[0].party.as_str() != party.as_str())
    }

    /// A person of the round.
    pub fn person(&self, item: &Item) -> Option<&Person> {
        self.setting.people.place(item).map(|at| &self.setting.people.rows()[at])
    }

    /// Whether a person goes by the roll.
    pub fn goes(&self, item: &Item) -> bool {
        let place = self.setting.people.place(item);
        place.is_some_and(|at| self.selected.chosen.binary_search(&at).is_ok())
    }

    /// The roll against which rules are priced: who goes, or would go by the lots where chances choose among the best rolls.
    pub fn by_rules(&self) -> &[usize] {
        self.lottery.as_ref().map_or(&self.selected.chosen, |lottery| &lottery.by_lots)
    }

    /// A person's chance in a round that chances choose; nothing where lots do, and where the rules decide alone.
    pub fn left_to_chance(&self, person: &Person) -> Option<Fraction> {
        let chance = self.lottery.as_ref()?.chance(person);
        Some(chance).filter(|chance| *chance != Fraction::ZERO && *chance != Fraction::ONE)
    }

    /// Everyone who goes by the roll.
    pub fn chosen_people(&self) -> impl Iterator<Item = &Person> {
        self.selected.chosen.iter().map(|&at| &self.setting.people.rows()[at])
    }

    /// Who goes of a party by the roll, ascending.
    pub fn chosen(&self, party: &PartyId) -> Vec<Item> {
        Roll::of(&self.setting.people, &self.selected.chosen).sides()[self.side(party)].clone()
    }

    /// The digest by which both parties see that they hold the same roll.
    pub fn digest(&self) -> Digest {
        Roll::of(&self.setting.people, &self.selected.chosen).digest()
    }
}

/// The rounds drawn last.
#[derive(Default)]
pub struct Kept(Vec<(RoundNo, Arc<Drawn>)>);

impl Kept {
    fn get(&self, round: RoundNo, from: &([Digest; 2], [u8; 32])) -> Option<Arc<Drawn>> {
        let kept = self.0.iter().find(|(number, drawn)| *number == round && drawn.from == *from);
        kept.map(|(_, drawn)| drawn.clone())
    }

    fn put(&mut self, round: RoundNo, drawn: Arc<Drawn>) {
        self.0.retain(|(number, _)| *number != round);
        if self.0.len() == KEPT_MAX {
            self.0.remove(0);
        }
        self.0.push((round, drawn));
    }
}

/// Finds the roll of a round. Refused before both seeds are shown and both pools are here, where a pool is none or is not
/// admitted by the terms, and where the rules leave no roll.
pub async fn draw(
    node: &Node,
    reading: &mut Reading,
    shared: &Shared,
    round: RoundNo,
) -> Result<Arc<Drawn>, ActError> {
    let terms = shared.terms.as_ref().ok_or_else(|| ActError::rule("no-agreement", ""))?;
    let seed = joint_seed(&shared.record, round)?;
    let parties = sides(terms, &shared.record)?;
    let state = shared.record.view().round(round).ok_or(ActError::NotFound)?;
    // Both seeds are shown, so both have committed.
    let committed =
        parties.map(|party| state.commit(&party).map_or(Digest([0; 32]), |(pool, _)| Digest(pool.0)));
    let from = (committed, seed);
    if let Some(drawn) = node.drawn().get(round, &from) {
        return Ok(drawn);
    }
    let mut pools = Vec::with_capacity(2);
    for party in parties {
        let pool = pool_of(reading, shared, &party, round).await?;
        pools.push(pool.ok_or_else(|| ActError::rule("pool-missing", party))?);
    }
    let [first, second] = &pools[..] else { return Err(ActError::NotFound) };
    let setting =
        setting(terms, plan(terms, round)?, [first, second]).map_err(|why| ActError::rule("pool", why))?;
    // Kept-together groups can make this long: it is no work for the thread of a request.
    let found = tokio::task::spawn_blocking(move || {
        let selected = joint::select(&setting.rules, &setting.people, &seed);
        let mut selected = selected.map_err(|why| ActError::rule("no-roll", why))?;
        let lottery = lottery::draw(&setting, &seed, &mut selected);
        let lottery = lottery.map_err(|why| ActError::rule("no-chances", why))?;
        Ok::<_, ActError>(Drawn { from, setting, seed, selected, lottery })
    })
    .await
    .map_err(|why| ActError::broken(&why.into()))?;
    let drawn = Arc::new(found?);
    node.drawn().put(round, drawn.clone());
    Ok(drawn)
}

/// The parties of the record in the agreement's order.
fn sides(terms: &Terms, record: &Record) -> Result<[PartyId; 2], ActError> {
    let [first, second] = record.members().parties();
    let leads = terms.parties.first().map(|party| party.id.as_str());
    Ok(if leads == Some(second.as_str()) { [second, first] } else { [first, second] })
}

/// The roll of a round, inside an act.
pub async fn drawn(act: &mut Act<'_>, round: RoundNo) -> Result<Arc<Drawn>, ActError> {
    agreement::in_force(act)?;
    let node = act.node();
    let (tx, shared) = act.parts();
    draw(node, tx, shared, round).await
}

/// What this side nominates in a round: its part of the roll, with whom it has put on it by hand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nomination {
    /// Who goes, ascending.
    pub items: Vec<Item>,
    /// SHA-256 over the digest of the roll and the items: what the first officer saw.
    pub digest: [u8; 32],
}

/// What this side would nominate now.
pub async fn nomination(act: &mut Act<'_>, round: RoundNo) -> Result<Nomination, ActError> {
    let drawn = drawn(act, round).await?;
    let at_most = overrides::at_most(agreement::in_force(act)?);
    let me = act.node().me;
    let (tx, shared) = act.parts();
    let said = overrides::said(tx, &shared.record, &me, round).await?;
    let (items, _) = overrides::apply(&drawn, &me, &said, at_most);
    let mut hash = Sha256::new();
    hash.update(drawn.digest().0);
    items.iter().for_each(|item| hash.update(item.0));
    Ok(Nomination { items, digest: hash.finalize().into() })
}

/// Nominates what both officers saw: names this side's items, and opens the persons to the other party.
pub async fn nominate(act: &mut Act<'_>, round: RoundNo, seen: &[u8; 32]) -> Result<(), ActError> {
    let Nomination { items: chosen, digest } = nomination(act, round).await?;
    if digest != *seen {
        return Err(ActError::rule("roll-changed", round));
    }
    let openings = round::openings(act, round, &chosen).await?;
    let (bytes, _) = Disclosure { openings }.to_bytes();
    let digest = act.attach("disclosure", &bytes).await?;
    let items = chosen.into_iter().map(shared_item).collect();
    act.append(Body::Nominate { round, items, digest }).await?;
    Ok(())
}

/// What this node found wrong with the other side's nomination.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RollFault {
    /// There is no roll to check by: a pool is missing, does not read or is not admitted, or the rules leave no roll. The code of
    /// the refusal says which.
    NoRoll(&'static str),
    /// Nominated, and not in the pool committed to.
    NotInPool(Item),
    /// Nominated, and not on the roll.
    NotOnRoll(Item),
    /// On the roll, and not nominated.
    LeftOut(Item),
    /// A person's opening is missing.
    Unopened(Item),
    /// Somebody was put on the roll by hand as the agreement does not allow. The code says what is against it.
    Override(&'static str),
}

/// Finds the roll of both sides again: the other side must have nominated its part of it. Nothing before it has nominated.
pub async fn check_theirs(
    node: &Node,
    reading: &mut Reading,
    shared: &Shared,
    theirs: &PartyId,
    round: RoundNo,
) -> Result<Option<Vec<RollFault>>, ActError> {
    let state = shared.record.view().round(round);
    let Some((_, items, digest)) = state.and_then(|state| state.nominated(theirs)) else { return Ok(None) };
    let drawn = match draw(node, reading, shared, round).await {
        Ok(drawn) => drawn,
        Err(ActError::Rule { code, .. }) => return Ok(Some(vec![RollFault::NoRoll(code)])),
        Err(why) => return Err(why),
    };
    let stored = reading.attachment(&Digest(digest.0)).await?;
    let disclosed = stored.and_then(|stored| Disclosure::read(&stored.bytes)).unwrap_or_default();
    let opened: BTreeSet<Item> = disclosed.openings.iter().map(|opening| Item(opening.item)).collect();
    let nominated: BTreeSet<Item> = items.iter().map(|one| item(*one)).collect();
    let said = overrides::said(reading, &shared.record, theirs, round).await?;
    let at_most = shared.terms.as_ref().map_or(0, overrides::at_most);
    let (chosen, refused) = overrides::apply(&drawn, theirs, &said, at_most);
    let chosen: BTreeSet<Item> = chosen.into_iter().collect();
    let side = drawn.side(theirs);
    let of_theirs = |item: &Item| drawn.person(item).is_some_and(|person| usize::from(person.side) == side);
    let mut faults: Vec<RollFault> = refused.into_iter().map(|(_, code)| RollFault::Override(code)).collect();
    for item in nominated.difference(&chosen) {
        faults.push(if of_theirs(item) { RollFault::NotOnRoll(*item) } else { RollFault::NotInPool(*item) });
    }
    faults.extend(chosen.difference(&nominated).map(|item| RollFault::LeftOut(*item)));
    faults.extend(nominated.difference(&opened).map(|item| RollFault::Unopened(*item)));
    Ok(Some(faults))
}

/// Who comes in on a party's side where places of the list in force are vacated: by the same rules, people and seed, with
/// everyone still on the list. Empty where nobody can come in; then the slots stay open.
pub fn coming(record: &Record, round: RoundNo, party: &PartyId, drawn: &Drawn) -> Vec<Item> {
    let Some(state) = record.view().round(round) else { return Vec::new() };
    let Some(list) = state.effective() else { return Vec::new() };
    let people = &drawn.setting.people;
    let before: Vec<Item> =
        list.items.iter().map(|line| item(line.item)).filter(|one| people.place(one).is_some()).collect();
    let gone = gone(record, round, drawn);
    let replaced = joint::replace(&drawn.setting.rules, people, &drawn.seed, &before, &gone);
    let joined = match replaced {
        Ok(replaced) => replaced.joined,
        // The other side has nobody left to stand against them, a list that both accepted splits a group, or no such roll was
        // found: the slots stay open, and who then gives way is for the parties.
        Err(_) => Vec::new(),
    };
    let side = drawn.side(party);
    let new = |person: &&Person| {
        usize::from(person.side) == side && state.state(&shared_item(person.item)).is_none()
    };
    let mut coming: Vec<&Person> = joined.iter().filter_map(|item| drawn.person(item)).filter(new).collect();
    // Where fewer slots are owed than could be filled, the first of the published order come in.
    let agreement = &drawn.setting.rules.agreement;
    coming.sort_by_cached_key(|person| {
        (person.class, u16::MAX - person.held, person.lot(&drawn.seed, agreement), person.item)
    });
    coming.into_iter().map(|person| person.item).collect()
}

/// Everyone of the round who can no longer go in it: has left it, was on a list of it before, or has a slot in another round.
fn gone(record: &Record, round: RoundNo, drawn: &Drawn) -> Vec<Item> {
    let view = record.view();
    let Some(state) = view.round(round) else { return Vec::new() };
    let released = view.released_items();
    let parties = record.members().parties();
    let out = |person: &&Person| {
        let shared = shared_item(person.item);
        let left = parties.iter().any(|party| state.departed(&shared, party).is_some())
            || view.ended(&shared).is_some();
        let now = state.state(&shared);
        let elsewhere = released.get(&shared).is_some_and(|number| *number != round)
            || view.slot_elsewhere(round, &shared).is_some();
        left || elsewhere || now == Some(ItemState::Dropped) || now.is_some_and(ItemState::is_vacated)
    };
    drawn.setting.people.rows().iter().filter(out).map(|person| person.item).collect()
}
