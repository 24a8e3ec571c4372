//! The invariants of `docs/protocol.md`, judged from the entries of both parties and from nothing that the rules made of
//! them: neither a view nor a round is asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::*;

/// What the first entries of both logs say together.
pub(crate) struct Facts<'a> {
    parties: [PartyId; 2],
    logs: [&'a [Arc<Signed>]; 2],
    proposals: Vec<Proposal<'a>>,
    releases: Vec<Release>,
    closes: Vec<(u32, usize, usize)>,
    /// How many entries of the other's log each had seen when it last wrote.
    acknowledged: [usize; 2],
}

struct Proposal<'a> {
    id: EntryId,
    by: usize,
    round: u32,
    version: u32,
    replaces: u32,
    items: &'a [ListItem],
    accepts: u32,
    rejects: u32,
    withdrawn: Option<usize>,
}

struct Release {
    id: EntryId,
    by: usize,
    at: usize,
    round: u32,
    item: Item,
    receipts: u32,
    disputes: u32,
    taken_back: Option<usize>,
}

fn seen_of(entry: &Signed, other: &PartyId) -> usize {
    entry.entry().seen.iter().find(|h| h.author == *other).map_or(0, |h| h.seq as usize + 1)
}

impl<'a> Facts<'a> {
    pub(crate) fn of(parties: [PartyId; 2], logs: [&'a [Arc<Signed>]; 2]) -> Facts<'a> {
        let acknowledged =
            [0, 1].map(|by: usize| logs[by].last().map_or(0, |e| seen_of(e, &parties[1 - by])));
        let (proposals, releases, closes) = (Vec::new(), Vec::new(), Vec::new());
        let mut facts = Facts { parties, logs, proposals, releases, closes, acknowledged };
        for (by, log) in logs.iter().enumerate() {
            log.iter().enumerate().for_each(|(at, entry)| facts.opening(by, at, entry));
        }
        for log in logs {
            log.iter().enumerate().for_each(|(at, entry)| facts.answer(at, entry.body()));
        }
        facts
    }

    fn opening(&mut self, by: usize, at: usize, entry: &'a Signed) {
        let id = entry.id();
        match entry.body() {
            Body::Propose { round, version, replaces, items, .. } => {
                let (round, version, replaces) = (*round, *version, *replaces);
                let (accepts, rejects, withdrawn) = (0, 0, None);
                let proposal =
                    Proposal { id, by, round, version, replaces, items, accepts, rejects, withdrawn };
                self.proposals.push(proposal);
            }
            Body::Release { round, item } => {
                let (round, item, receipts, disputes, taken_back) = (*round, *item, 0, 0, None);
                self.releases.push(Release { id, by, at, round, item, receipts, disputes, taken_back });
            }
            Body::Close { round } => self.closes.push((*round, by, at)),
            _ => {}
        }
    }

    fn answer(&mut self, at: usize, body: &Body) {
        let proposal = |facts: &mut Self, id: &EntryId, answer: fn(&mut Proposal<'a>, usize)| {
            if let Some(p) = facts.proposals.iter_mut().find(|p| p.id == *id) {
                answer(p, at);
            }
        };
        let release = |facts: &mut Self, id: &EntryId, answer: fn(&mut Release, usize)| {
            if let Some(r) = facts.releases.iter_mut().find(|r| r.id == *id) {
                answer(r, at);
            }
        };
        match body {
            Body::Accept { entry } => proposal(self, entry, |p, _| p.accepts += 1),
            Body::Reject { entry, .. } => proposal(self, entry, |p, _| p.rejects += 1),
            Body::Withdraw { entry } => proposal(self, entry, |p, at| p.withdrawn = Some(at)),
            Body::Receipt { release: id } => release(self, id, |r, _| r.receipts += 1),
            Body::Dispute { release: id, .. } => release(self, id, |r, _| r.disputes += 1),
            Body::TakeBack { release: id } => release(self, id, |r, at| r.taken_back = Some(at)),
            _ => {}
        }
    }

    fn effective(&self, round: u32) -> Option<&Proposal<'a>> {
        self.proposals.iter().filter(|p| p.round == round && p.accepts > 0).max_by_key(|p| p.version)
    }

    fn is_open(&self, p: &Proposal<'_>) -> bool {
        let in_force = self.effective(p.round).map_or(0, |e| e.version);
        let gone = p.withdrawn.is_some_and(|at| self.acknowledged[1 - p.by] > at);
        p.accepts == 0 && p.rejects == 0 && p.version > in_force && !gone
    }

    fn stands(&self, r: &Release) -> bool {
        let acknowledged = |at: usize| r.disputes > 0 || self.acknowledged[1 - r.by] > at;
        r.receipts > 0 || !r.taken_back.is_some_and(acknowledged)
    }

    /// Whether nothing of a round is left open: no proposal, and nobody in transit.
    fn is_settled(&self, round: u32) -> bool {
        let in_transit = |r: &Release| r.round == round && r.receipts == 0 && self.stands(r);
        !self.proposals.iter().any(|p| p.round == round && self.is_open(p))
            && !self.releases.iter().any(in_transit)
    }

    /// Whether both have closed a round and nothing in it is unsettled.
    pub(crate) fn is_closed(&self, round: u32) -> bool {
        let by = |party| self.closes.iter().any(|(r, by, _)| *r == round && *by == party);
        by(0) && by(1) && self.is_settled(round)
    }

    /// Every round of which something is said.
    pub(crate) fn rounds(&self) -> BTreeSet<u32> {
        self.logs.iter().flat_map(|log| log.iter()).filter_map(|e| round_of(e.body())).collect()
    }

    /// The facts of an entry's causal past.
    fn before(&self, by: usize, at: usize) -> Facts<'a> {
        let seen = seen_of(&self.logs[by][at], &self.parties[1 - by]).min(self.logs[1 - by].len());
        let (own, other) = (&self.logs[by][..at], &self.logs[1 - by][..seen]);
        Facts::of(self.parties, if by == 0 { [own, other] } else { [other, own] })
    }

    /// The invariants that these entries break, by number and word.
    pub(crate) fn broken(&self) -> Vec<&'static str> {
        let mut broken = Vec::new();
        self.lists(&mut broken);
        self.releases(&mut broken);
        self.seeds(&mut broken);
        self.closes(&mut broken);
        broken.extend(super::runs::broken(&self.parties, &self.logs));
        for by in 0..2 {
            if !consent_before_release(self.logs[by]) {
                broken.push("5: released without two wills");
            }
            if !nothing_after_the_end(self.logs[by]) {
                broken.push("9: something follows after the end");
            }
        }
        broken
    }

    fn lists(&self, broken: &mut Vec<&'static str>) {
        for p in self.proposals.iter() {
            if p.accepts + p.rejects > 1 {
                broken.push("1: a proposal is answered twice");
            }
            if p.accepts == 0 {
                continue;
            }
            let of_round = || self.proposals.iter().filter(|o| o.round == p.round && o.accepts > 0);
            if of_round().any(|o| o.version == p.version && o.id != p.id) {
                broken.push("1: two lists of one version");
            }
            let follows = p.version == 1 || of_round().any(|o| o.version + 1 == p.version);
            if p.replaces + 1 != p.version || !follows {
                broken.push("2: a list replaces another than the one before it");
            }
        }
        let rounds: BTreeSet<u32> = self.proposals.iter().map(|p| p.round).collect();
        let in_force = rounds.iter().filter_map(|r| self.effective(*r));
        let mut listed: Vec<ListItem> = in_force.flat_map(|p| p.items.iter().copied()).collect();
        listed.sort_unstable();
        if listed.windows(2).any(|two| two[0].item == two[1].item && two[0].holder != two[1].holder) {
            broken.push("4: an item has two holders");
        }
    }

    fn releases(&self, broken: &mut Vec<&'static str>) {
        let mut standing = BTreeSet::new();
        for r in &self.releases {
            if r.receipts > 1 || r.disputes > 1 || (r.receipts > 0 && r.disputes > 0) {
                broken.push("6: confirmed and denied");
            }
            let listed =
                |p: &Proposal<'_>| p.items.iter().any(|l| l.item == r.item && l.holder == self.parties[r.by]);
            let before = self.before(r.by, r.at);
            if !before.effective(r.round).is_some_and(listed) {
                broken.push("3: released off the list");
            }
            if self.stands(r) {
                if !self.effective(r.round).is_some_and(listed) {
                    broken.push("3: released off the list");
                }
                if !standing.insert(r.item) {
                    broken.push("4: released twice");
                }
            }
        }
        for by in 0..2 {
            for entry in self.logs[by] {
                let (Body::Receipt { release } | Body::Dispute { release, .. }) = entry.body() else {
                    continue;
                };
                let seen = seen_of(entry, &self.parties[1 - by]);
                let known = |r: &Release| r.id == *release && r.by != by && r.at < seen;
                if !self.releases.iter().any(known) {
                    broken.push("6: confirmed without a release");
                }
            }
        }
    }

    /// Seeds are those committed, shown after both commits; no list follows the word that one was withheld.
    fn seeds(&self, broken: &mut Vec<&'static str>) {
        for by in 0..2 {
            for (at, entry) in self.logs[by].iter().enumerate() {
                let (own, seen) = (&self.logs[by][..at], seen_of(entry, &self.parties[1 - by]));
                let other = &self.logs[1 - by][..seen.min(self.logs[1 - by].len())];
                let has = |log: &[Arc<Signed>], is: &dyn Fn(&Body) -> bool| log.iter().any(|e| is(e.body()));
                match entry.body() {
                    Body::Reveal { round, seed } => {
                        let digest = seed_digest(*round, &self.parties[by], seed);
                        let mine = |b: &Body| matches!(b, Body::Commit { round: r, seed, .. } if r == round && *seed == digest);
                        let theirs = |b: &Body| matches!(b, Body::Commit { round: r, .. } if r == round);
                        if !has(own, &mine) || !has(other, &theirs) {
                            broken.push("11: a seed is shown that was not committed, or before both commits");
                        }
                    }
                    Body::Nominate { round, .. } => {
                        let shown = |b: &Body| matches!(b, Body::Reveal { round: r, .. } if r == round);
                        if !has(own, &shown) || !has(other, &shown) {
                            broken.push("11: nominated before both seeds");
                        }
                    }
                    Body::Withheld { round } if self.proposals.iter().any(|p| p.round == *round) => {
                        broken.push("11: a list is put forward in a void round");
                    }
                    _ => {}
                }
            }
        }
    }

    fn closes(&self, broken: &mut Vec<&'static str>) {
        for &(round, by, at) in &self.closes {
            if !self.before(by, at).is_settled(round) {
                broken.push("10: closed with something open");
            }
            let after = self.logs[by][at + 1..].iter().map(|e| e.body());
            let mut about = after.filter(|b| match b {
                Body::Accept { entry } => self.proposals.iter().any(|p| p.id == *entry && p.round == round),
                Body::Notice { .. } | Body::Account { .. } => false,
                body => round_of(body) == Some(round),
            });
            if about.next().is_some() {
                broken.push("10: something follows the close");
            }
        }
    }
}

/// The round that a body names by number; answers name an entry instead.
fn round_of(body: &Body) -> Option<u32> {
    match body {
        Body::Commit { round, .. }
        | Body::Reveal { round, .. }
        | Body::Withheld { round }
        | Body::Nominate { round, .. }
        | Body::Propose { round, .. }
        | Body::Will { round, .. }
        | Body::Depart { round, .. }
        | Body::Release { round, .. }
        | Body::Notice { round, .. }
        | Body::Account { round, .. }
        | Body::Close { round } => Some(*round),
        _ => None,
    }
}

fn consent_before_release(log: &[Arc<Signed>]) -> bool {
    let will = |e: &Signed, place: (u32, Item), when| match e.body() {
        Body::Will { round, item, occasion, answer }
            if (*round, *item, *occasion) == (place.0, place.1, when) =>
        {
            Some(*answer)
        }
        _ => None,
    };
    log.iter().enumerate().all(|(at, entry)| {
        let Body::Release { round, item } = entry.body() else { return true };
        let (place, before) = ((*round, *item), &log[..at]);
        let is_release = |id: &EntryId| {
            let same = |b: &Body| matches!(b, Body::Release { round: r, item: i } if (*r, *i) == place);
            before.iter().any(|e| e.id() == *id && same(e.body()))
        };
        let back = |e: &Arc<Signed>| matches!(e.body(), Body::TakeBack { release } if is_release(release));
        let since = before.iter().rposition(back).map_or(0, |at| at + 1);
        let last = |log: &[Arc<Signed>], when| log.iter().rev().find_map(|e| will(e, place, when));
        let (first, second) = (last(before, Occasion::First), last(&before[since..], Occasion::Second));
        (first, second) == (Some(Answer::Willing), Some(Answer::Willing))
    })
}

/// After an end in any round, or a departure in one, its holder asks, releases and nominates nobody of that name there.
fn nothing_after_the_end(log: &[Arc<Signed>]) -> bool {
    let mut gone: BTreeSet<(Option<u32>, Item)> = BTreeSet::new();
    for entry in log {
        let of =
            |round: &u32, item: &Item| gone.contains(&(None, *item)) || gone.contains(&(Some(*round), *item));
        match entry.body() {
            Body::Depart { round, item, .. }
            | Body::Will { round, item, .. }
            | Body::Release { round, item }
                if of(round, item) =>
            {
                return false;
            }
            Body::Nominate { round, items, .. } if items.iter().any(|i| of(round, i)) => return false,
            Body::Depart { round, item, ground } => {
                use DepartGround as G;
                let all = matches!(ground, G::Died | G::Escaped | G::AlreadyReturned);
                gone.insert((if all { None } else { Some(*round) }, *item));
            }
            _ => {}
        }
    }
    true
}

/// Invariant 11 for a whole record: numbers without gaps, each naming the one before; what was seen is there, never goes
/// back, and holds all that it implies.
pub(crate) fn linked(record: &Record) -> Result<(), &'static str> {
    let entry_at = |h: &Head| record.log(&h.author).and_then(|log| log.entries().get(h.seq as usize));
    for member in record.members().all() {
        let log = record.log(&member.party).map_or(&[][..], Log::entries);
        for (at, signed) in log.iter().enumerate() {
            let entry = signed.entry();
            let before = at.checked_sub(1).map(|at| &log[at]);
            if entry.seq != at as u64 || entry.prev != before.map_or(EntryId::NONE, |b| b.id()) {
                return Err("11: a log has a gap");
            }
            let covers = |h: &Head| entry.seen.iter().any(|s| s.author == h.author && s.seq >= h.seq);
            if !before.is_none_or(|b| b.entry().seen.iter().all(covers)) {
                return Err("11: what was seen goes back");
            }
            for head in &entry.seen {
                let Some(seen) = entry_at(head).filter(|e| e.id() == head.hash) else {
                    return Err("11: an entry had seen what is not there");
                };
                if !seen.entry().seen.iter().filter(|h| h.author != entry.author).all(covers) {
                    return Err("11: what was seen leaves something out");
                }
            }
        }
    }
    Ok(())
}
