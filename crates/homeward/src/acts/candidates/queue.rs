//! The pairs that wait for a registrar, in the order of what a family gains.
//!
//! Kept in memory and derived from the register alone: a dossier that was written since is looked at again, nothing else is.
//! Every step is bounded, and so is the work on one dossier: a key that more than [`NEIGHBOURS_MAX`] dossiers have tells
//! nobody apart and is passed over here; the page of one dossier looks at those as well.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use exchange::ids::PersonId;
use exchange::person::{Claim, List, PartialDate, Person, State, standing};
use linkage::{Band, Recipe};
use register::Reading;
use time::{Date, Month};

use super::decisions::{self, Decision, Verdict};
use super::{compare, dossier, facts_digest, several};
use crate::act::ActError;
use crate::node::Node;
use crate::pairing;

/// A key that more dossiers have than this is passed over.
pub const NEIGHBOURS_MAX: u32 = 50;
/// A request looks at so few dossiers itself, so that what was just written is seen at once; of more the node looks at all.
const AT_ONCE: usize = 10;
/// How many dossiers are looked at between two requests.
const IN_BETWEEN: usize = 2;

/// What a family gains where two dossiers are of one person, the most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gain {
    /// Somebody of whom nothing was known is alive, held or free.
    Alive,
    /// Somebody is dead.
    Dead,
    /// Where somebody is or was, how he is, or another state.
    Knowledge,
    /// Nothing: a dossier is there twice.
    Nothing,
}

impl Gain {
    /// Code in views and message keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Dead => "dead",
            Self::Knowledge => "knowledge",
            Self::Nothing => "nothing",
        }
    }
}

/// What the dossiers of one person tell.
#[derive(Clone, Default, Debug)]
pub struct Told {
    /// Whether somebody looks for the person here.
    pub sought: bool,
    /// What is claimed.
    pub claims: Vec<Claim>,
    /// Whether a place of capture or custody is known.
    pub place: bool,
    /// Whether a physician has seen the person.
    pub health: bool,
    /// Since when the person is waited for.
    pub waits: Option<Date>,
}

impl Told {
    /// Adds what one more dossier of the person tells.
    pub fn add(&mut self, person: &Person, today: Date) {
        let capture = person.capture.as_ref();
        self.claims.extend(decisions::claims(person, today));
        self.claims.sort_by_key(|claim| claim.of);
        self.place |= !person.custody.is_empty() || capture.is_some_and(|capture| capture.place.is_some());
        self.health |= !person.examinations.is_empty();
        if person.list == List::Sought {
            self.sought = true;
            let claimed = person.claims.iter().map(|claim| claim.of).min();
            let since = claimed.or_else(|| first_day(capture?.date?));
            self.waits = self.waits.into_iter().chain(since).min();
        }
    }
}

/// The first day that a date can mean.
fn first_day(date: PartialDate) -> Option<Date> {
    match date {
        PartialDate::Year(year) => Date::from_calendar_date(year, Month::January, 1).ok(),
        PartialDate::Month(year, month) => {
            Date::from_calendar_date(year, Month::try_from(month).ok()?, 1).ok()
        }
        PartialDate::Day(day) => Some(day),
    }
}

/// What is gained where two are one person: the most of what those who look for either of them learn.
pub fn gain(one: &Told, other: &Told) -> Gain {
    learned(one, other).min(learned(other, one))
}

/// What those who look for `of` learn by what `from` tells.
fn learned(of: &Told, from: &Told) -> Gain {
    if !of.sought {
        return Gain::Nothing;
    }
    let mut both = of.claims.clone();
    both.extend(from.claims.iter().cloned());
    both.sort_by_key(|claim| claim.of);
    let (before, after) = (standing(&of.claims), standing(&both));
    let nothing_known = before.is_none_or(|before| before.state == State::Missing);
    let other =
        before.map(|now| (now.state, now.contradicted)) != after.map(|now| (now.state, now.contradicted));
    let seen = (from.place && !of.place) || (from.health && !of.health);
    match after.map(|after| after.state) {
        Some(State::Held | State::Alive | State::Freed) if nothing_known => Gain::Alive,
        Some(State::Dead) if before.is_none_or(|before| before.state != State::Dead) => Gain::Dead,
        // That nobody has heard of somebody is no knowledge.
        Some(State::Missing) | None if !seen => Gain::Nothing,
        _ if seen || other => Gain::Knowledge,
        _ => Gain::Nothing,
    }
}

/// What sorts the queue: unsure last; what a family gains; the stronger comparison; who waits longest.
type Order = (bool, Gain, Reverse<Band>, Date);

/// A pair on which nobody has decided, or of which somebody is unsure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// What a family gains.
    pub gain: Gain,
    /// How strong the comparison is.
    pub band: Band,
    /// Since when the person is waited for, as far as known.
    pub since: Option<Date>,
    /// Who was unsure, and when.
    pub unsure: Option<Decision>,
}

impl Waiting {
    fn order(&self) -> Order {
        (self.unsure.is_some(), self.gain, Reverse(self.band), self.since.unwrap_or(Date::MAX))
    }
}

/// The queue, as far as it is looked through.
#[derive(Default)]
pub struct Queue {
    /// The journal entry up to which the register was taken up.
    seen: Option<u64>,
    /// Dossiers still to be looked at.
    pending: BTreeSet<PersonId>,
    /// How many they were when something was taken up last.
    taken_up: usize,
    /// The pairs in order.
    order: BTreeMap<(Order, [PersonId; 2]), Waiting>,
    /// Where each pair stands in it.
    pairs: BTreeMap<[PersonId; 2], Order>,
    /// Of each dossier the others it stands in a pair with.
    beside: BTreeMap<PersonId, BTreeSet<PersonId>>,
    /// Everyone about whom something was ever decided.
    decided: BTreeSet<PersonId>,
    /// The work by which the node goes on with it by itself.
    work: Option<tokio::task::JoinHandle<()>>,
}

fn ordered(one: PersonId, other: PersonId) -> [PersonId; 2] {
    if one <= other { [one, other] } else { [other, one] }
}

impl Queue {
    /// Every pair that waits, in order, without those of which one is hidden.
    pub fn waiting<'q>(
        &'q self,
        hidden: &'q BTreeSet<PersonId>,
    ) -> impl Iterator<Item = ([PersonId; 2], &'q Waiting)> {
        let shown = self.order.iter().filter(|((_, pair), _)| !pair.iter().any(|id| hidden.contains(id)));
        shown.map(|((_, pair), waiting)| (*pair, waiting))
    }

    /// How many pairs wait, hidden ones included.
    pub fn size(&self) -> usize {
        self.order.len()
    }

    /// How many dossiers are still to be looked at, and of how many.
    pub fn pending(&self) -> [usize; 2] {
        [self.pending.len(), self.taken_up]
    }

    /// Takes up what changed, and looks at up to `most` dossiers.
    ///
    /// # Errors
    /// What the register answers; the queue then begins anew.
    pub async fn step(&mut self, reading: &mut Reading, today: Date, most: usize) -> Result<(), ActError> {
        let done = self.try_step(reading, today, most).await;
        if done.is_err() {
            *self = Self { work: self.work.take(), ..Self::default() };
        }
        done
    }

    async fn try_step(&mut self, reading: &mut Reading, today: Date, most: usize) -> Result<(), ActError> {
        self.take_up(reading).await?;
        for _ in 0..most {
            let Some(id) = self.pending.pop_first() else { break };
            self.look(reading, id, today).await?;
        }
        Ok(())
    }

    /// Notes whose dossier, and about which pair something, was written since.
    async fn take_up(&mut self, reading: &mut Reading) -> Result<(), ActError> {
        if self.seen == Some(reading.seq()) {
            return Ok(());
        }
        let (people, pairs) = (reading.people_since(self.seen), reading.pairs_since(self.seen));
        let first = self.seen.is_none();
        for pair in &pairs {
            self.decided.extend(pair);
            self.part(*pair);
        }
        for id in people.into_iter().chain(pairs.into_iter().flatten()) {
            self.pending.insert(id);
            // What one dossier of a person says, those linked to it say as well.
            if !first && self.decided.contains(&id) {
                self.pending.extend(decisions::linked(reading, id).await?);
            }
        }
        self.taken_up = self.pending.len();
        self.seen = Some(reading.seq());
        Ok(())
    }

    /// Finds the pairs of one dossier anew. Another one that is still to be looked at will find this one.
    async fn look(&mut self, reading: &mut Reading, id: PersonId, today: Date) -> Result<(), ActError> {
        for other in self.beside.remove(&id).unwrap_or_default() {
            self.part(ordered(id, other));
        }
        let Some(row) = dossier(reading, id).await? else { return Ok(()) };
        let mine = self.linked(reading, id).await?;
        let mut mine_told = None;
        let mut others = neighbours(reading, &row.person).await?;
        others.retain(|other| !mine.contains(other) && !self.pending.contains(other));
        for (other, there) in several(reading, others).await? {
            let compared = compare(&row.person, &there.person).map(|compared| compared.comparison.band);
            let Some(band) = compared.filter(|band| *band > Band::No) else { continue };
            let said = if self.decided.contains(&id) && self.decided.contains(&other) {
                decisions::last(reading, [id, other]).await?
            } else {
                None
            };
            let unsure = match said {
                Some(said) if said.verdict == Verdict::Unsure => Some(said),
                Some(said) if said.facts == facts_digest(&row.person, &there.person) => continue,
                _ => None,
            };
            let here = match &mine_told {
                Some(here) => here,
                None => mine_told.insert(told(reading, &mine, today).await?),
            };
            let beside = self.linked(reading, other).await?;
            let beside = told(reading, &beside, today).await?;
            let since = here.waits.into_iter().chain(beside.waits).min();
            self.join(ordered(id, other), Waiting { gain: gain(here, &beside), band, since, unsure });
        }
        Ok(())
    }

    fn join(&mut self, pair: [PersonId; 2], waiting: Waiting) {
        self.part(pair);
        for [one, other] in [pair, [pair[1], pair[0]]] {
            self.beside.entry(one).or_default().insert(other);
        }
        self.pairs.insert(pair, waiting.order());
        self.order.insert((waiting.order(), pair), waiting);
    }

    fn part(&mut self, pair: [PersonId; 2]) {
        for [one, other] in [pair, [pair[1], pair[0]]] {
            if let Some(beside) = self.beside.get_mut(&one) {
                beside.remove(&other);
            }
        }
        if let Some(order) = self.pairs.remove(&pair) {
            self.order.remove(&(order, pair));
        }
    }

    async fn linked(&self, reading: &mut Reading, id: PersonId) -> Result<BTreeSet<PersonId>, ActError> {
        if self.decided.contains(&id) {
            decisions::linked(reading, id).await
        } else {
            Ok(BTreeSet::from([id]))
        }
    }
}

/// What these dossiers, all of one person, tell.
///
/// # Errors
/// What the register answers.
pub async fn told(reading: &mut Reading, people: &BTreeSet<PersonId>, today: Date) -> Result<Told, ActError> {
    let mut told = Told::default();
    for id in people {
        if let Some(row) = dossier(reading, *id).await? {
            told.add(&row.person, today);
        }
    }
    Ok(told)
}

/// Who shares a key with a person that tells people apart.
async fn neighbours(reading: &mut Reading, person: &Person) -> Result<BTreeSet<PersonId>, ActError> {
    let surname = format!("{}|", Recipe::Surname.name());
    let mut keys = pairing::compared_keys_of(person);
    keys.retain(|key| !key.starts_with(&surname));
    // Beside the person's own dossier.
    let mut found = reading.sharing_rare(&keys, NEIGHBOURS_MAX + 1).await?;
    found.remove(&person.id);
    Ok(found)
}

/// Brings the queue up by a bounded step, shows it to `look`, and lets the node go on with what is left.
///
/// # Errors
/// What the register answers.
pub async fn with<T>(node: &Arc<Node>, look: impl FnOnce(&Queue) -> T) -> Result<T, ActError> {
    let mut queue = node.candidates.lock().await;
    let mut reading = node.register.read().await?;
    let today = node.clock.today();
    queue.step(&mut reading, today, 0).await?;
    if queue.pending.len() <= AT_ONCE {
        queue.step(&mut reading, today, AT_ONCE).await?;
    }
    drop(reading);
    // Work that broke off has ended too.
    if !queue.pending.is_empty() && queue.work.as_ref().is_none_or(|work| work.is_finished()) {
        queue.work = Some(tokio::spawn(go_on(node.clone())));
    }
    Ok(look(&queue))
}

/// Looks at everything that is pending, a few dossiers at a time.
async fn go_on(node: Arc<Node>) {
    loop {
        let mut queue = node.candidates.lock().await;
        let stepped = match node.register.read().await {
            Ok(mut reading) => queue.step(&mut reading, node.clock.today(), IN_BETWEEN).await,
            Err(why) => Err(why.into()),
        };
        if let Err(why) = &stepped {
            tracing::warn!(%why, "the queue of candidates stopped");
        }
        if stepped.is_err() || queue.pending.is_empty() {
            queue.work = None;
            return;
        }
        drop(queue);
        tokio::task::yield_now().await;
    }
}
