//! The questions a node asks about one round.
//!
//! Decides how the cells of a [`View`] read as phases, lists, item states and counts. Refuses to change anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::body::{Answer, Body, DepartGround, DisputeGround, ListItem, joint_seed};
use crate::id::{Digest, EntryId, Item, PartyId};
use crate::view::{Account, Notice, ProposalState, RoundCell, SideCell, View};

/// One round as a view sees it.
#[derive(Debug, Clone, Copy)]
pub struct Round<'a> {
    pub(crate) view: &'a View,
    pub(crate) number: u32,
    pub(crate) cell: &'a RoundCell,
}

/// How far one party is before the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Has said nothing.
    NotStarted,
    /// Has committed to a pool and a seed, and not revealed the seed.
    Committed,
    /// Has revealed its seed.
    Revealed,
    /// Has nominated its items.
    Nominated,
}

/// The list that is in force: what both parties signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EffectiveList<'a> {
    /// The proposal that was accepted.
    pub entry: EntryId,
    /// Its version, from 1.
    pub version: u32,
    /// Its items with their holders, ascending by item.
    pub items: &'a [ListItem],
    /// The digest it names.
    pub digest: Digest,
}

/// A proposal that can still become effective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenProposal {
    /// The entry.
    pub entry: EntryId,
    /// By whom.
    pub author: PartyId,
    /// Its version.
    pub version: u32,
    /// Whether its author has withdrawn it without the other party's entry since.
    pub withdrawing: bool,
}

/// Where one item of a round stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    /// On the list, not asked yet.
    Listed,
    /// Asked at the listing, with the answer.
    WilledOnce(Answer),
    /// Asked on both occasions; the answer is `Willing` only when both are.
    WilledTwice(Answer),
    /// Released, not confirmed, not held again.
    InTransit,
    /// Confirmed by the other party.
    Received,
    /// Denied by the other party, and not stated to be held again.
    Disputed(DisputeGround),
    /// Held again after a release that was not confirmed.
    Returned,
    /// Has left the list; its slot is vacated.
    Departed(DepartGround),
    /// Was on an earlier version and is not on the effective one.
    Dropped,
}

impl ItemState {
    /// Whether the item's slot is owed to somebody else, so that an amendment may drop the item. A denied release vacates
    /// its slot when its holder states that the person is held again.
    pub fn is_vacated(self) -> bool {
        matches!(self, ItemState::Departed(_) | ItemState::Returned)
    }
}

/// Counts of one direction: the releases of one holder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Releases, all together.
    pub released: u64,
    /// Of these, confirmed.
    pub received: u64,
    /// Of these, held again.
    pub returned: u64,
    /// Of these, denied and not held again; part of those in transit.
    pub disputed: u64,
}

impl Counts {
    /// Released, neither confirmed nor held again.
    pub fn in_transit(&self) -> u64 {
        self.released - self.received - self.returned
    }
}

impl<'a> Round<'a> {
    /// The number of the round.
    pub fn number(&self) -> u32 {
        self.number
    }

    fn side(&self, party: &PartyId) -> Option<&'a SideCell> {
        self.cell.sides.get(party)
    }

    /// How far a party is before the list.
    pub fn phase(&self, party: &PartyId) -> Phase {
        match self.side(party) {
            Some(s) if s.nominated.is_some() => Phase::Nominated,
            Some(s) if s.reveal.is_some() => Phase::Revealed,
            Some(s) if s.commit.is_some() => Phase::Committed,
            _ => Phase::NotStarted,
        }
    }

    /// What a party committed to: pool and seed, by digest.
    pub fn commit(&self, party: &PartyId) -> Option<(Digest, Digest)> {
        self.side(party)?.commit
    }

    /// The seed of the lot, once both parties have revealed.
    pub fn joint_seed(&self) -> Option<[u8; 32]> {
        let [first, second] = self.view.members.parties();
        let (first, second) = (self.side(&first)?.reveal?, self.side(&second)?.reveal?);
        Some(joint_seed(&self.view.members.agreement(), self.number, &first, &second))
    }

    /// Who states that the other party withheld its seed, and the entry. Both can have said it at once, each before it saw
    /// the other's seed: then this is the first party's, in the agreement's order.
    pub fn withheld(&self) -> Option<(PartyId, EntryId)> {
        let said = |party: PartyId| Some((party, self.side(&party)?.withheld?));
        self.view.members.parties().into_iter().find_map(said)
    }

    /// Whether a party has stated that the other withheld its seed: then nothing more is revealed, nominated or listed.
    pub fn is_void(&self) -> bool {
        self.withheld().is_some()
    }

    /// What a party nominated: the entry, its items ascending, and the digest it names.
    pub fn nominated(&self, party: &PartyId) -> Option<(EntryId, &'a [Item], Digest)> {
        let signed = self.side(party)?.nominated.as_ref()?;
        match signed.body() {
            Body::Nominate { items, digest, .. } => Some((signed.id(), items, *digest)),
            _ => None,
        }
    }

    /// The list in force.
    pub fn effective(&self) -> Option<EffectiveList<'a>> {
        let entry = self.cell.effective?;
        list_of(entry, self.view.proposals.get(&entry)?.signed.body())
    }

    /// The proposals that can still become effective, ascending by entry name.
    pub fn open_proposals(&self) -> Vec<OpenProposal> {
        let cells = self.cell.proposals.iter().filter_map(|id| Some((*id, self.view.proposals.get(id)?)));
        cells
            .map(|(entry, p)| (self.view.proposal_state(p), entry, p))
            .filter(|(state, _, _)| state.is_open())
            .map(|(state, entry, p)| OpenProposal {
                entry,
                author: p.author(),
                version: p.list().1,
                withdrawing: state == ProposalState::Withdrawing,
            })
            .collect()
    }

    /// What became of a proposal of this round.
    pub fn proposal_state(&self, entry: &EntryId) -> Option<ProposalState> {
        let cell = self.cell.proposals.get(entry).and_then(|id| self.view.proposals.get(id))?;
        Some(self.view.proposal_state(cell))
    }

    /// Where an item stands that is or was on the list of this round.
    pub fn state(&self, item: &Item) -> Option<ItemState> {
        let holder = self.cell.listed_ever.get(item)?;
        let last = self.view.last_release(self.number, item, holder).map(|r| self.view.release_state(r));
        match last {
            None | Some(ItemState::Returned) => {}
            Some(state) => return Some(state),
        }
        let person = self.cell.people.get(&(*item, *holder)).cloned().unwrap_or_default();
        if let Some(ground) = person.departed {
            return Some(ItemState::Departed(ground));
        }
        let listed = self.view.effective(self.number).is_some_and(|p| p.holder(item).is_some());
        Some(match (listed, person.wills) {
            (false, _) => ItemState::Dropped,
            (true, [Some(Answer::Willing), Some(second)]) => ItemState::WilledTwice(second),
            (true, [Some(first), Some(_)]) => ItemState::WilledTwice(first),
            _ if last.is_some() => ItemState::Returned,
            (true, [Some(first), None]) => ItemState::WilledOnce(first),
            (true, _) => ItemState::Listed,
        })
    }

    /// Every item that is or was on the list, with its holder and where it stands.
    pub fn items(&self) -> BTreeMap<Item, (PartyId, ItemState)> {
        let all = self.cell.listed_ever.iter();
        all.filter_map(|(item, holder)| Some((*item, (*holder, self.state(item)?)))).collect()
    }

    /// The ground on which a holder stated in this round that an item leaves it, whether or not it was listed.
    pub fn departed(&self, item: &Item, holder: &PartyId) -> Option<DepartGround> {
        self.cell.people.get(&(*item, *holder)).and_then(|person| person.departed)
    }

    /// What an item's holder has recorded in this round of the two askings: at the listing, and at the crossing.
    pub fn wills(&self, item: &Item, holder: &PartyId) -> [Option<Answer>; 2] {
        self.cell.people.get(&(*item, *holder)).map_or([None, None], |person| person.wills)
    }

    /// Every list that is or was in force, ascending by version.
    pub fn lists(&self) -> Vec<EffectiveList<'a>> {
        let cells = self.cell.proposals.iter().filter_map(|id| Some((*id, self.view.proposals.get(id)?)));
        let mut lists: Vec<_> = cells
            .filter(|(_, proposal)| proposal.accepted.is_some())
            .filter_map(|(entry, proposal)| list_of(entry, proposal.signed.body()))
            .collect();
        lists.sort_by_key(|list| list.version);
        lists
    }

    /// The items on the effective list whose slot is owed to somebody else, of one holder.
    pub fn vacated(&self, holder: &PartyId) -> Vec<Item> {
        let items = self.effective().map_or(&[][..], |list| list.items);
        items
            .iter()
            .filter(|l| l.holder == *holder)
            .map(|l| l.item)
            .filter(|item| self.state(item).is_some_and(ItemState::is_vacated))
            .collect()
    }

    /// The releases of an item in this round that stand, or the last one.
    pub fn release(&self, item: &Item) -> Option<EntryId> {
        let standing = self.view.standing_release(item);
        standing.filter(|id| self.cell.releases.contains(id))
    }

    /// Counts of the releases of one holder.
    pub fn counts(&self, holder: &PartyId) -> Counts {
        let mut counts = Counts::default();
        let cells = self.cell.releases.iter().filter_map(|id| self.view.releases.get(id));
        for release in cells.filter(|r| r.holder == *holder) {
            counts.released += 1;
            match self.view.release_state(release) {
                ItemState::Received => counts.received += 1,
                ItemState::Returned => counts.returned += 1,
                ItemState::Disputed(_) => counts.disputed += 1,
                _ => {}
            }
        }
        counts
    }

    /// Releases of both parties that are neither confirmed nor held again.
    pub fn in_transit(&self) -> u64 {
        self.view.members.parties().iter().map(|p| self.counts(p).in_transit()).sum()
    }

    /// Who has closed.
    pub fn closed_by(&self) -> BTreeSet<PartyId> {
        self.cell.sides.iter().filter(|(_, s)| s.closed.is_some()).map(|(p, _)| *p).collect()
    }

    /// Whether both parties have closed and nothing that crossed a close is unsettled.
    pub fn is_closed(&self) -> bool {
        self.closed_by().len() == 2 && self.in_transit() == 0 && self.open_proposals().is_empty()
    }

    /// A party's account, the last one it booked.
    pub fn account(&self, party: &PartyId) -> Option<Account> {
        self.side(party)?.account
    }

    /// A party's notices, in its order.
    pub fn notices(&self, party: &PartyId) -> &'a [Notice] {
        self.side(party).map_or(&[], |s| &s.notices)
    }

    pub(crate) fn summary(&self, out: &mut String) {
        // Writing into a String has no error case.
        let _ = writeln!(out, "round {}", self.number);
        for party in self.view.members.parties() {
            let _ = write!(out, "side {party} {:?}", self.phase(&party));
            if let Some((pool, seed)) = self.commit(&party) {
                let _ = write!(out, " pool {pool} seed {seed}");
            }
            if let Some(entry) = self.side(&party).and_then(|side| side.withheld) {
                let _ = write!(out, " withheld {entry}");
            }
            if let Some((entry, _, _)) = self.nominated(&party) {
                let _ = write!(out, " nominate {entry}");
            }
            if let Some(a) = self.account(&party) {
                let _ = write!(out, " account {} {} {}", a.digest, a.delivered, a.received);
            }
            for notice in self.notices(&party) {
                let _ = write!(out, " notice {}", notice.entry);
            }
            let _ = writeln!(out, " {:?}", self.counts(&party));
        }
        if let Some(list) = self.effective() {
            let _ = writeln!(out, "list {} {}", list.version, list.entry);
        }
        for id in &self.cell.proposals {
            let _ = writeln!(out, "proposal {id} {:?}", self.proposal_state(id));
        }
        for (item, (holder, state)) in self.items() {
            let _ = writeln!(out, "item {item} {holder} {state:?}");
        }
        let _ = writeln!(out, "closed {:?}", self.closed_by());
    }
}

fn list_of(entry: EntryId, body: &Body) -> Option<EffectiveList<'_>> {
    match body {
        Body::Propose { version, items, digest, .. } => {
            Some(EffectiveList { entry, version: *version, items, digest: *digest })
        }
        _ => None,
    }
}
