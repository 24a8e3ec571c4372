//! The roll of a round: found from both pools and the joint seed, nominated, and the other side's nomination checked by it.
//!
//! Both nodes find the same roll by the same bytes. To find one can take long, and a pool is foreign: a node keeps the last few,
//! and why there was none as well, finds each but once, and before it takes the writer's lock ([`ready`]).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use exchange::agreement::Terms;
use exchange::ids::{Digest, Item, RoundNo};
use exchange::selection::Pool;
use exchange::selection::joint::file::Roll;
use exchange::selection::joint::{self, Fraction, Person, Rules, SelectError, Selected, Vacated};
use exchange::selection::of_terms::{Setting, setting};
use parley::{Body, ItemState, PartyId, Record, View};
use register::Reading;
use sha2::{Digest as _, Sha256};

use crate::act::{Act, ActError};
use crate::acts::lottery::{self, Lottery};
use crate::acts::round::{self, joint_seed, plan};
use crate::acts::{agreement, item, overrides, shared_item};
use crate::node::{Node, Shared};
use crate::opening::Disclosure;

/// How many drawn rounds, and replacements of each, a node keeps.
const KEPT_MAX: usize = 4;

/// A round with its roll.
pub struct Drawn {
    /// Rules and people of both sides.
    pub setting: Setting,
    /// The joint seed.
    pub seed: [u8; 32],
    /// The roll, with its certificate.
    pub selected: Selected,
    /// The chances by which the roll was drawn; nothing where the lots choose.
    pub lottery: Option<Lottery>,
    replaced: Mutex<Kept<Vacancy, Vec<Item>>>,
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

/// What was found last, each once by what it follows from; whoever asks for what is being found waits for it.
pub struct Kept<K, V>(Vec<(K, Arc<OnceLock<V>>)>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq + Clone, V> Kept<K, V> {
    fn cell(&mut self, from: &K) -> Arc<OnceLock<V>> {
        if let Some((_, cell)) = self.0.iter().find(|(key, _)| key == from) {
            return cell.clone();
        }
        if self.0.len() == KEPT_MAX {
            self.0.remove(0);
        }
        let cell = Arc::default();
        self.0.push((from.clone(), Arc::clone(&cell)));
        cell
    }
}

/// What a roll follows from.
#[derive(Clone, PartialEq, Eq)]
pub struct From {
    round: RoundNo,
    terms: Digest,
    pools: [Digest; 2],
    seed: [u8; 32],
}

/// A roll, or why there is none.
pub type Found = Result<Arc<Drawn>, NoRoll>;

/// Why there is no roll.
#[derive(Clone)]
pub struct NoRoll {
    /// The code of the refusal.
    pub code: &'static str,
    /// The same in words for whoever repeats it.
    pub text: String,
    /// The rules and what stands against what in them, where they cannot be met together.
    pub conflict: Option<Arc<(Rules, SelectError)>>,
}

/// A roll that can be found, with everything it is found from.
struct Task {
    cell: Arc<OnceLock<Found>>,
    from: From,
    /// Nothing where the roll was found before.
    read: Option<(Terms, [Vec<u8>; 2])>,
}

impl Task {
    /// Reads what a roll is found from. Refused before both seeds are shown and both pools are here.
    async fn of(
        node: &Node,
        reading: &mut Reading,
        shared: &Shared,
        round: RoundNo,
    ) -> Result<Self, ActError> {
        let in_force = matches!(agreement::standing(&shared.record), agreement::Standing::InForce { .. });
        let terms = shared.terms.as_ref().filter(|_| in_force);
        let terms = terms.ok_or_else(|| ActError::rule("no-agreement", ""))?;
        let seed = joint_seed(&shared.record, round)?;
        let parties = sides(terms, &shared.record)?;
        let state = shared.record.view().round(round).ok_or(ActError::NotFound)?;
        // Both seeds are shown, so both have committed.
        let pools =
            parties.map(|party| state.commit(&party).map_or(Digest([0; 32]), |(pool, _)| Digest(pool.0)));
        plan(terms, round)?;
        let from = From { round, terms: terms.digest(), pools, seed };
        let cell = node.drawn().cell(&from);
        let mut read = None;
        if cell.get().is_none() {
            let mut bytes = [Vec::new(), Vec::new()];
            for (at, digest) in pools.iter().enumerate() {
                let stored = reading.attachment(digest).await?;
                bytes[at] = stored.ok_or_else(|| ActError::rule("pool-missing", parties[at]))?.bytes;
            }
            read = Some((terms.clone(), bytes));
        }
        Ok(Self { cell, from, read })
    }

    /// The roll. Refused where a pool is none or is not admitted by the terms, and where the rules leave no roll.
    async fn run(self) -> Result<Arc<Drawn>, ActError> {
        let Self { cell, from, read } = self;
        let found = match (cell.get(), read) {
            (Some(found), _) => found.clone(),
            // Kept-together groups can make this long: it is no work for the thread of a request.
            (None, Some((terms, pools))) => {
                let finding = tokio::task::spawn_blocking(move || {
                    cell.get_or_init(|| find(from, &terms, pools)).clone()
                });
                finding.await.map_err(|why| ActError::broken(&why.into()))?
            }
            // Nothing is read only where it was found.
            (None, None) => return Err(ActError::NotFound),
        };
        found.map_err(|NoRoll { code, text, .. }| ActError::Rule { code, detail: text })
    }
}

fn find(from: From, terms: &Terms, pools: [Vec<u8>; 2]) -> Found {
    let refused = |code, why: &dyn ToString| NoRoll { code, text: why.to_string(), conflict: None };
    let [first, second] = pools.map(|bytes| Pool::from_bytes(&bytes).map_err(|why| refused("pool", &why)));
    let plan = plan(terms, from.round).map_err(|why| refused("no-roll", &why))?;
    let setting = setting(terms, plan, [&first?, &second?]).map_err(|why| refused("pool", &why))?;
    let selected = joint::select(&setting.rules, &setting.people, &from.seed);
    let mut selected = selected.map_err(|why| NoRoll {
        conflict: Some(Arc::new((setting.rules.clone(), why.clone()))),
        ..refused("no-roll", &why)
    })?;
    let lottery =
        lottery::draw(&setting, &from.seed, &mut selected).map_err(|why| refused("no-chances", &why))?;
    Ok(Arc::new(Drawn { setting, seed: from.seed, selected, lottery, replaced: Mutex::default() }))
}

/// Where a node keeps the roll of a round.
#[cfg(test)]
pub async fn kept(node: &Node, round: RoundNo) -> Arc<OnceLock<Found>> {
    let shared = node.look().await.unwrap();
    let mut reading = node.register.read().await.unwrap();
    Task::of(node, &mut reading, &shared, round).await.unwrap().cell
}

/// Finds the roll of a round. Refused before both seeds are shown and both pools are here, where a pool is none or is not
/// admitted by the terms, and where the rules leave no roll.
pub async fn draw(
    node: &Node,
    reading: &mut Reading,
    shared: &Shared,
    round: RoundNo,
) -> Result<Arc<Drawn>, ActError> {
    Task::of(node, reading, shared, round).await?.run().await
}

/// Finds what a round's pages and acts ask for, before they hold anything that others wait for: the roll, and who comes in where
/// places of the list are vacated, now and where the other side proposed an amendment. Says nothing: whoever asks then finds it
/// kept, or why there is none.
pub async fn ready(node: &Node, round: RoundNo) {
    let task = {
        let Ok(shared) = node.look().await else { return };
        let Ok(mut reading) = node.register.read().await else { return };
        Task::of(node, &mut reading, &shared, round).await
    };
    let Ok(task) = task else { return };
    let Ok(drawn) = task.run().await else { return };
    let vacancies: Vec<Vacancy> = {
        let Ok(shared) = node.look().await else { return };
        let record = &shared.record;
        let open = record.view().round(round).map(|state| state.open_proposals()).unwrap_or_default();
        let past =
            open.iter().filter(|one| one.author != node.me).filter_map(|one| record.before(&one.entry));
        let now = Vacancy::of(record.view(), round, &drawn);
        now.into_iter().chain(past.filter_map(|view| Vacancy::of(&view, round, &drawn))).collect()
    };
    // A replacement that was not found here is found by whoever asks.
    let _ = tokio::task::spawn_blocking(move || {
        vacancies.iter().for_each(|vacancy| drop(drawn.joined(vacancy)));
    })
    .await;
}

/// What stands against what in the rules of a round that leave no roll; nothing before that was looked for.
pub async fn conflict(
    node: &Node,
    reading: &mut Reading,
    shared: &Shared,
    round: RoundNo,
) -> Option<Arc<(Rules, SelectError)>> {
    let task = Task::of(node, reading, shared, round).await.ok()?;
    task.cell.get()?.as_ref().err()?.conflict.clone()
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
    let said = overrides::said(tx, &shared.record, &me, (round, at_most)).await?;
    let (items, _) = overrides::applied(&drawn, me, &said, at_most).await?;
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
    let at_most = shared.terms.as_ref().map_or(0, overrides::at_most);
    let said = overrides::said(reading, &shared.record, theirs, (round, at_most)).await?;
    let (chosen, refused) = overrides::applied(&drawn, *theirs, &said, at_most).await?;
    let chosen: BTreeSet<Item> = chosen.into_iter().collect();
    let side = drawn.side(theirs);
    let of_theirs = |item: &Item| drawn.person(item).is_some_and(|person| usize::from(person.side) == side);
    let mut faults: Vec<RollFault> = refused.iter().map(|(_, why)| RollFault::Override(why.code())).collect();
    for item in nominated.difference(&chosen) {
        faults.push(if of_theirs(item) { RollFault::NotOnRoll(*item) } else { RollFault::NotInPool(*item) });
    }
    faults.extend(chosen.difference(&nominated).map(|item| RollFault::LeftOut(*item)));
    faults.extend(nominated.difference(&opened).map(|item| RollFault::Unopened(*item)));
    Ok(Some(faults))
}

/// A list in force of which places are vacated: what a replacement follows from, beside the roll's own rules, people and seed.
#[derive(Clone, PartialEq, Eq)]
struct Vacancy {
    /// Everyone on it who is in a pool.
    list: Vec<Item>,
    /// Everyone of the round who can no longer go in it.
    gone: Vec<Item>,
    /// How many newcomers each side owes.
    slots: [u32; 2],
}

impl Vacancy {
    /// Nothing where no list is in force.
    fn of(view: &View, round: RoundNo, drawn: &Drawn) -> Option<Self> {
        let state = view.round(round)?;
        let list = state.effective()?;
        let in_pool = |one: &Item| drawn.setting.people.place(one).is_some();
        let mut slots = [0; 2];
        for party in view.members().parties() {
            let vacated: BTreeSet<parley::Item> = state.vacated(&party).into_iter().collect();
            let own = list.items.iter().filter(|line| line.holder == party);
            // Whoever is on the list has a place there, also one who is in no pool and was accepted all the same.
            let taken = own.filter(|line| !vacated.contains(&line.item)).count();
            let owed = state.nominated(&party).map_or(0, |(_, items, _)| items.len());
            let side = drawn.side(&party);
            let round = drawn.setting.rules.sides[side].caps.iter().find(|cap| cap.within.is_none());
            let places = round.and_then(|cap| cap.at_most).map_or(usize::MAX, |most| most as usize);
            slots[side] = u32::try_from(owed.min(places).saturating_sub(taken)).unwrap_or(u32::MAX);
        }
        Some(Self {
            list: list.items.iter().map(|line| item(line.item)).filter(in_pool).collect(),
            gone: gone(view, round, drawn),
            slots,
        })
    }
}

impl Drawn {
    /// Who joins the list of both sides where places of it are vacated.
    fn joined(&self, vacancy: &Vacancy) -> Vec<Item> {
        let cell = self.replaced.lock().unwrap_or_else(PoisonError::into_inner).cell(vacancy);
        let Vacancy { list, gone, slots } = vacancy;
        let find = || {
            let vacated = Vacated { roll: list, gone, slots: *slots };
            let replaced = joint::replace(&self.setting.rules, &self.setting.people, &self.seed, vacated);
            // A list that both accepted splits a group, or no such roll was found: the slots stay open.
            replaced.map(|replaced| replaced.joined).unwrap_or_default()
        };
        cell.get_or_init(find).clone()
    }
}

/// Who comes in on a party's side where places of the list in force are vacated: by the same rules, people and seed, with
/// everyone still on the list, and no more than the slots it owes. Empty where nobody can come in; then the slots stay open.
///
/// What the other side adds is held against this, and no certificate goes with an amendment: that the very same people come in
/// shows more than that nobody better could, and it needs both rolls to be found anyway.
pub fn coming(view: &View, round: RoundNo, party: &PartyId, drawn: &Drawn) -> Vec<Item> {
    let Some(vacancy) = Vacancy::of(view, round, drawn) else { return Vec::new() };
    let side = drawn.side(party);
    if vacancy.slots[side] == 0 {
        return Vec::new();
    }
    let of_side = |item: &Item| drawn.person(item).is_some_and(|person| usize::from(person.side) == side);
    drawn.joined(&vacancy).into_iter().filter(of_side).collect()
}

/// Everyone of the round who can no longer go in it: has left it, was on a list of it before, or has a slot in another round.
fn gone(view: &View, round: RoundNo, drawn: &Drawn) -> Vec<Item> {
    let Some(state) = view.round(round) else { return Vec::new() };
    let released = view.released_items();
    let parties = view.members().parties();
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
