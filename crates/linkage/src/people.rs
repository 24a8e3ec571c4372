//! Persons over time: each keeps its id, and whatever became of whom is an event.
//!
//! Decides which id a person of today has, from who sat with whom before and who does today, and says how each record came there. It
//! refuses to know why: records and ids are numbers of texts, and nothing else is looked at. The same persons give the same
//! answer whatever numbers they have and in whatever order they come.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::intern::{Interner, NONE};

/// Each record with its person, and the ids that are no person's any more. All numbers are those of one [`Interner`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct People {
    /// The id of its person, by record.
    pub of: BTreeMap<u32, u32>,
    /// Ids of before that will never be given again: the one to which each leads, or [`NONE`] where no record is left.
    pub former: BTreeMap<u32, u32>,
}

/// What became of a record or of a person, in the order in which events are carried out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
    /// A record of the person is no longer there.
    Gone,
    /// A record of the other person is a person's who was not there before.
    Split,
    /// A record of the other person is now this one's, who was there before.
    Moved,
    /// The other person is this one: all its records are this one's, and its id leads here.
    Merged,
    /// A record never seen is of a person never seen.
    New,
    /// A record never seen is of a person who was there, or who is one by a split.
    Joined,
}

/// What became of a record, or of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Event {
    /// What became.
    pub what: What,
    /// Whose person it is about; of what is gone, whose it was.
    pub person: u32,
    /// Of a split, a move and a merger the person of before; else [`NONE`].
    pub other: u32,
    /// The record; of a merger [`NONE`].
    pub record: u32,
}

/// Records of one person of before who are in one group today.
struct Part<'a> {
    group: u32,
    /// [`NONE`] for records never seen.
    person: u32,
    seats: &'a [Seat],
}

/// A group of today, a person of before, and a record of both.
type Seat = (u32, u32, u32);

/// What became of the persons of before, when `now` says of each record of today in which group it is. A person of several groups
/// keeps its id in the one with more of its records, then in that with the least record. Of several persons in a group the id
/// stays that brings more records, then the lesser; the others lead to it. A group without an id gets the text of its least record, or,
/// where that was given once, the first of that text with `/2`, `/3`, … that was not.
pub fn follow(ids: &mut Interner, before: &People, now: &[(u32, u32)]) -> Vec<Event> {
    let mut seats: Vec<Seat> = now
        .iter()
        .map(|(record, group)| (*group, before.of.get(record).copied().unwrap_or(NONE), *record))
        .collect();
    seats.sort_unstable();
    let parts: Vec<Part<'_>> = seats
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .map(|seats| Part { group: seats[0].0, person: seats[0].1, seats })
        .collect();
    let heirs = heirs(ids, &parts);
    let mut named = staying(ids, &parts, &heirs);
    let old = named.clone();
    name_new(ids, before, &parts, &mut named);
    let mut events = gone(before, now);
    for (at, part) in parts.iter().enumerate() {
        let person = named[&part.group];
        let was_there = old.contains_key(&part.group);
        let is_heir = heirs.get(&part.person) == Some(&at);
        let what = match part.person {
            NONE if parts_of(&parts, part.group).any(|part| part.person != NONE) => What::Joined,
            NONE => What::New,
            before if is_heir && before == person => continue,
            _ if is_heir => What::Merged,
            _ if was_there => What::Moved,
            _ => What::Split,
        };
        let event = |record: u32| Event { what, person, other: part.person, record };
        match what {
            What::Merged => events.push(event(NONE)),
            _ => events.extend(part.seats.iter().map(|(_, _, record)| event(*record))),
        }
    }
    let told = |event: &Event| [event.person, event.other, event.record].map(|id| ids.text(id));
    events.sort_by(|a, b| a.what.cmp(&b.what).then_with(|| told(a).cmp(&told(b))));
    events
}

/// The least text among the records of a part.
fn least<'a>(ids: &'a Interner, part: &Part<'_>) -> &'a str {
    part.seats.iter().map(|(_, _, record)| ids.text(*record)).min().unwrap_or_default()
}

fn parts_of<'p, 'a>(parts: &'p [Part<'a>], group: u32) -> impl Iterator<Item = &'p Part<'a>> {
    let start = parts.partition_point(|part| part.group < group);
    parts[start..].iter().take_while(move |part| part.group == group)
}

/// By person of before: the part that keeps its id, if no other person's id stays in its group.
fn heirs(ids: &Interner, parts: &[Part<'_>]) -> BTreeMap<u32, usize> {
    let mut heirs: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.person != NONE) {
        let heir = heirs.entry(part.person).or_insert(at);
        let now = &parts[*heir];
        let order = part.seats.len().cmp(&now.seats.len());
        if order.then_with(|| least(ids, now).cmp(least(ids, part))).is_gt() {
            *heir = at;
        }
    }
    heirs
}

/// By group: the id that stays in it.
fn staying(ids: &Interner, parts: &[Part<'_>], heirs: &BTreeMap<u32, usize>) -> BTreeMap<u32, u32> {
    let mut named: BTreeMap<u32, (Reverse<usize>, &str, u32)> = BTreeMap::new();
    for (person, at) in heirs {
        let claim = (Reverse(parts[*at].seats.len()), ids.text(*person), *person);
        let best = named.entry(parts[*at].group).or_insert(claim);
        *best = claim.min(*best);
    }
    named.into_iter().map(|(group, (_, _, person))| (group, person)).collect()
}

/// Names the groups in which no id stays, by their least records.
fn name_new(ids: &mut Interner, before: &People, parts: &[Part<'_>], named: &mut BTreeMap<u32, u32>) {
    let mut unnamed: BTreeMap<u32, &str> = BTreeMap::new();
    for part in parts.iter().filter(|part| !named.contains_key(&part.group)) {
        let text = least(ids, part);
        let least = unnamed.entry(part.group).or_insert(text);
        *least = text.min(*least);
    }
    let mut unnamed: Vec<(String, u32)> =
        unnamed.into_iter().map(|(group, text)| (text.to_owned(), group)).collect();
    unnamed.sort_unstable();
    let mut given: BTreeSet<u32> = before.of.values().chain(before.former.keys()).copied().collect();
    for (text, group) in unnamed {
        let mut id = ids.number(&text);
        let mut turn = 2;
        while !given.insert(id) {
            id = ids.number(&format!("{text}/{turn}"));
            turn += 1;
        }
        named.insert(group, id);
    }
}

fn gone(before: &People, now: &[(u32, u32)]) -> Vec<Event> {
    let mut there: Vec<u32> = now.iter().map(|(record, _)| *record).collect();
    there.sort_unstable();
    let gone = before.of.iter().filter(|(record, _)| there.binary_search(record).is_err());
    gone.map(|(record, person)| Event { what: What::Gone, person: *person, other: NONE, record: *record })
        .collect()
}

/// An event that does not fit what was before it, by its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Misfit(pub usize);

impl People {
    /// The persons after events, carried out one by one.
    ///
    /// # Errors
    /// The first event that does not fit: of a record that is another's, of a person who is not there, or giving an id again.
    pub fn after(&self, events: &[Event]) -> Result<Self, Misfit> {
        let mut after = self.clone();
        let given: BTreeSet<u32> = self.of.values().chain(self.former.keys()).copied().collect();
        let mut there: BTreeSet<u32> = self.of.values().copied().collect();
        let mut merged: BTreeMap<u32, u32> = BTreeMap::new();
        for (at, event) in events.iter().enumerate() {
            let Event { what, person, other, record } = *event;
            if what != What::Merged {
                after.lead(&mut merged);
            }
            let is_free = !given.contains(&person);
            let fits = match what {
                What::Gone => after.of.remove(&record) == Some(person),
                What::Split => is_free && after.of.insert(record, person) == Some(other),
                What::Moved => there.contains(&person) && after.of.insert(record, person) == Some(other),
                What::Merged => {
                    merged.insert(other, person);
                    there.contains(&person) && there.remove(&other) && person != other
                }
                What::New => is_free && after.of.insert(record, person).is_none(),
                What::Joined => there.contains(&person) && after.of.insert(record, person).is_none(),
            };
            if !fits {
                return Err(Misfit(at));
            }
            if matches!(what, What::Split | What::New) {
                there.insert(person);
            }
        }
        after.lead(&mut merged);
        after.close(&given);
        Ok(after)
    }

    /// Gives the records of merged persons to those they are merged into.
    fn lead(&mut self, merged: &mut BTreeMap<u32, u32>) {
        if merged.is_empty() {
            return;
        }
        let end = |mut id: u32| {
            while let Some(next) = merged.get(&id) {
                id = *next;
            }
            id
        };
        self.of.values_mut().for_each(|person| *person = end(*person));
        self.former.extend(merged.iter().map(|(from, to)| (*from, *to)));
        merged.clear();
    }

    /// Leads every former id to whom it leads in the end, and ends those of whom no record is left.
    fn close(&mut self, given: &BTreeSet<u32>) {
        let there: BTreeSet<u32> = self.of.values().copied().collect();
        let ended = given.iter().filter(|id| !there.contains(id) && !self.former.contains_key(id));
        let ended: Vec<u32> = ended.copied().collect();
        self.former.extend(ended.into_iter().map(|id| (id, NONE)));
        let former = self.former.clone();
        for to in self.former.values_mut() {
            while let Some(next) = former.get(to) {
                *to = *next;
            }
        }
    }
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
