//! The rules between the two parties: which entry is lawful after which others.
//!
//! Decides one thing: whether a body may be written by an author whose causal past is a given [`View`]. So every
//! node judges an entry alike, whatever else it holds. Refuses to know persons, quotas and exposure: how many may go
//! is the agreement's matter and is judged where agreements are understood.
//!
//! Priority, freeze, reject and reject after close are the smallest set that keeps both parties from two lists, from
//! releasing a person off the list and from a round that can never close (`docs/protocol.md`).

mod unlawful;

use std::collections::BTreeSet;

use crate::body::{Answer, Body, Keeping, ListItem, Occasion, seed_digest};
use crate::id::{EntryId, Item, PartyId};
use crate::matching_rules::Author;
use crate::round::{ItemState, Phase};
use crate::view::{ProposalCell, ProposalState, View};

pub use unlawful::Unlawful;

/// Whether `author` may write `body` when its causal past is `view`.
///
/// # Errors
/// The rule that it would break.
pub fn check(view: &View, author: &PartyId, body: &Body) -> Result<(), Unlawful> {
    if let Some(open) = view.open_offer(author) {
        return Err(Unlawful::OfferOpen(open));
    }
    let by = match (view.members.other(author), body) {
        (_, Body::Keeping(keeping)) => return keeping_is_lawful(view, author, keeping),
        (_, Body::Genesis(_) | Body::Memo { .. } | Body::Journal { .. }) => return Ok(()),
        (_, Body::Observe { heads }) => {
            let held = |h: &crate::Head| view.head(&h.author).is_some_and(|mine| mine.seq >= h.seq);
            return if heads.iter().all(held) { Ok(()) } else { Err(Unlawful::Observed) };
        }
        (None, _) => return Err(Unlawful::Neutral(body.name())),
        (Some(other), _) => By { view, author: *author, other },
    };
    match body {
        Body::Text { .. } | Body::Notice { .. } | Body::Account { .. } => Ok(()),
        Body::Commit { round, .. } => by.first_time(*round, Phase::NotStarted),
        Body::Reveal { round, seed } => by.reveal(*round, seed),
        Body::Withheld { round } => by.withheld(*round),
        Body::Nominate { round, items, .. } => by.nominate(*round, items),
        Body::Propose { round, version, replaces, items, .. } => {
            by.propose(*round, *version, *replaces, items)
        }
        Body::Accept { entry } => by.accept(entry),
        Body::Reject { entry, .. } => by.reject(entry),
        Body::Withdraw { entry } => by.withdraw(entry),
        Body::Will { round, item, occasion, .. } => by.will(*round, item, *occasion),
        Body::Depart { round, item, .. } => by.depart(*round, item),
        Body::Release { round, item } => by.release(*round, item),
        Body::Receipt { release } | Body::Dispute { release, .. } => by.confirm_or_deny(release),
        Body::TakeBack { release } => by.take_back(release),
        Body::Close { round } => by.close(*round),
        Body::Matching(entry) => Ok(by.of_runs().check(entry)?),
        // Judged above.
        Body::Genesis(_) | Body::Memo { .. } | Body::Journal { .. } | Body::Observe { .. } => Ok(()),
        Body::Keeping(_) => Ok(()),
    }
}

/// A party agrees to what another member offered; who offers and who rotates a key is judged by keys, not by what was said.
fn keeping_is_lawful(view: &View, author: &PartyId, keeping: &Keeping) -> Result<(), Unlawful> {
    let Keeping::Agree { entry } = keeping else { return Ok(()) };
    let peer = view.offers.get(entry).is_some_and(|by| view.members.agrees_with(by) == *author);
    if peer { Ok(()) } else { Err(Unlawful::Agree(*entry)) }
}

struct By<'a> {
    view: &'a View,
    author: PartyId,
    other: PartyId,
}

impl By<'_> {
    /// A test can switch a rule off, to show that its absence is found.
    fn applies(&self, _rule: &'static str) -> bool {
        #[cfg(test)]
        if self.view.without == Some(_rule) {
            return false;
        }
        true
    }

    fn of_runs(&self) -> Author<'_> {
        Author { view: self.view, party: self.author }
    }

    fn not_closed_by_author(&self, round: u32) -> Result<(), Unlawful> {
        self.not_closed(round, [self.author].as_slice())
    }

    fn not_closed_by_any(&self, round: u32) -> Result<(), Unlawful> {
        self.not_closed(round, [self.author, self.other].as_slice())
    }

    fn not_closed(&self, round: u32, parties: &[PartyId]) -> Result<(), Unlawful> {
        let closed = self.view.round(round).map(|r| r.closed_by()).unwrap_or_default();
        match parties.iter().find(|p| closed.contains(p)) {
            Some(by) => Err(Unlawful::Closed { round, by: *by }),
            None => Ok(()),
        }
    }

    fn phase(&self, round: u32, party: &PartyId) -> Phase {
        self.view.round(round).map_or(Phase::NotStarted, |r| r.phase(party))
    }

    fn not_void(&self, round: u32) -> Result<(), Unlawful> {
        let void = self.view.round(round).is_some_and(|r| r.is_void());
        if void && self.applies("void") { Err(Unlawful::Void { round }) } else { Ok(()) }
    }

    /// The author is exactly at `phase`, so it has not yet said what comes next.
    fn first_time(&self, round: u32, phase: Phase) -> Result<(), Unlawful> {
        self.not_closed_by_any(round)?;
        self.not_void(round)?;
        if self.phase(round, &self.author) > phase { Err(Unlawful::Again { round }) } else { Ok(()) }
    }

    fn both_at_least(&self, round: u32, phase: Phase, needs: &'static str) -> Result<(), Unlawful> {
        let behind = [self.author, self.other].iter().any(|p| self.phase(round, p) < phase);
        if behind { Err(Unlawful::TooEarly { round, needs }) } else { Ok(()) }
    }

    fn reveal(&self, round: u32, seed: &[u8; 32]) -> Result<(), Unlawful> {
        self.first_time(round, Phase::Committed)?;
        self.both_at_least(round, Phase::Committed, "commits")?;
        let committed = self.view.round(round).and_then(|r| r.commit(&self.author)).map(|(_, seed)| seed);
        if committed != Some(seed_digest(round, &self.author, seed)) {
            return Err(Unlawful::Seed { round });
        }
        Ok(())
    }

    /// Whether the time agreed has run out is the agreement's matter. Here: the author has shown its own seed, which needed
    /// both commits, and does not hold the other's.
    fn withheld(&self, round: u32) -> Result<(), Unlawful> {
        self.not_closed_by_any(round)?;
        let side = self.view.round(round).and_then(|r| r.cell.sides.get(&self.author));
        if side.is_some_and(|side| side.withheld.is_some()) {
            return Err(Unlawful::Again { round });
        }
        self.both_at_least(round, Phase::Committed, "commits")?;
        if self.phase(round, &self.author) < Phase::Revealed {
            return Err(Unlawful::OwnSeed { round });
        }
        if self.phase(round, &self.other) >= Phase::Revealed {
            return Err(Unlawful::SeedShown { round });
        }
        Ok(())
    }

    fn nominate(&self, round: u32, items: &[Item]) -> Result<(), Unlawful> {
        self.first_time(round, Phase::Revealed)?;
        self.both_at_least(round, Phase::Revealed, "reveals")?;
        let theirs = self.view.round(round).and_then(|r| r.nominated(&self.other)).map(|(_, items, _)| items);
        for item in items {
            if theirs.is_some_and(|t| t.binary_search(item).is_ok()) {
                return Err(Unlawful::OtherHolder(*item));
            }
            self.can_still_go(item)?;
            self.held_by_author(round, item)?;
        }
        Ok(())
    }

    /// Whoever is listed as one party's in another round stays that party's, and nobody takes a second slot while their
    /// holder has not closed the round of the first. A nomination alone binds nobody: nothing in it proves a holder.
    fn held_by_author(&self, round: u32, item: &Item) -> Result<(), Unlawful> {
        self.one_holder(&ListItem { item: *item, holder: self.author })?;
        self.one_slot(round, item)
    }

    /// Nobody is put on the list of a round who still has a slot in another.
    fn one_slot(&self, round: u32, item: &Item) -> Result<(), Unlawful> {
        match self.view.slot_elsewhere(round, item) {
            Some(round) => Err(Unlawful::SlotElsewhere { item: *item, round }),
            None => Ok(()),
        }
    }

    fn can_still_go(&self, item: &Item) -> Result<(), Unlawful> {
        if self.view.ended(item).is_some() {
            return Err(Unlawful::Departed(*item));
        }
        if self.view.standing_release(item).is_some() {
            return Err(Unlawful::Released(*item));
        }
        Ok(())
    }

    fn open_own(&self, round: u32) -> Option<EntryId> {
        let open = self.view.round(round).map(|r| r.open_proposals()).unwrap_or_default();
        open.iter().find(|p| p.author == self.author).map(|p| p.entry)
    }

    fn propose(&self, round: u32, version: u32, replaces: u32, items: &[ListItem]) -> Result<(), Unlawful> {
        self.not_closed_by_any(round)?;
        self.not_void(round)?;
        self.both_at_least(round, Phase::Nominated, "nominations")?;
        if let Some(open) = self.open_own(round) {
            return Err(Unlawful::OwnProposalOpen(open));
        }
        let before = self.view.version(round);
        if version != before + 1 || replaces != before {
            return Err(Unlawful::Version { expected: before + 1 });
        }
        self.drops(round, items, |item, holder| {
            if holder == self.author { Ok(()) } else { Err(Unlawful::DropsOthers(item)) }
        })?;
        let listed = self.view.effective(round);
        for one in items {
            if self.view.members.index(&one.holder).is_none() {
                return Err(Unlawful::Holder(one.item));
            }
            self.one_holder(one)?;
            if listed.is_some_and(|list| list.holder(&one.item).is_some()) {
                continue;
            }
            self.can_still_go(&one.item)?;
            self.one_slot(round, &one.item)?;
            let round_view = self.view.round(round);
            let nominated = round_view.and_then(|r| r.nominated(&one.holder)).map_or(&[][..], |n| n.1);
            if before == 0 && nominated.binary_search(&one.item).is_err() {
                return Err(Unlawful::NotNominated(one.item));
            }
            let departed = round_view
                .and_then(|r| r.cell.people.get(&(one.item, one.holder)))
                .is_some_and(|p| p.departed.is_some());
            if departed {
                return Err(Unlawful::Departed(one.item));
            }
        }
        Ok(())
    }

    /// Judges every item that `items` leaves out of the effective list.
    fn drops(
        &self,
        round: u32,
        items: &[ListItem],
        unreleased: impl Fn(Item, PartyId) -> Result<(), Unlawful>,
    ) -> Result<(), Unlawful> {
        let (Some(list), Some(view)) = (self.view.effective(round), self.view.round(round)) else {
            return Ok(());
        };
        let kept: BTreeSet<Item> = items.iter().map(|l| l.item).collect();
        for dropped in list.list().2.iter().filter(|l| !kept.contains(&l.item)) {
            match view.state(&dropped.item) {
                Some(ItemState::InTransit | ItemState::Received | ItemState::Disputed(_))
                    if self.applies("drop") =>
                {
                    return Err(Unlawful::DropsReleased(dropped.item));
                }
                Some(state) if state.is_vacated() => {}
                _ => unreleased(dropped.item, dropped.holder)?,
            }
        }
        Ok(())
    }

    /// An item has the same holder on every list that is or can become effective.
    fn one_holder(&self, one: &ListItem) -> Result<(), Unlawful> {
        for cell in self.view.rounds.values() {
            let lists = cell.proposals.iter().filter_map(|id| self.view.proposals.get(id));
            for list in lists {
                let other = list.holder(&one.item).is_some_and(|holder| holder != one.holder);
                let alive =
                    || cell.effective == Some(list.signed.id()) || self.view.proposal_state(list).is_open();
                if other && alive() {
                    return Err(Unlawful::OtherHolder(one.item));
                }
            }
        }
        Ok(())
    }

    /// The proposal or text that an answer names: `None` when it is a text that can be answered.
    fn answered(&self, entry: &EntryId) -> Result<Option<&ProposalCell>, Unlawful> {
        if let Some(text) = self.view.texts.get(entry) {
            if text.author == self.author {
                return Err(Unlawful::Own(*entry));
            }
            let answered = text.accepted.is_some() || text.rejected.is_some() || text.withdrawn.is_some();
            return if answered { Err(Unlawful::NotOpen(*entry)) } else { Ok(None) };
        }
        let proposal = self.view.proposals.get(entry).ok_or(Unlawful::Unknown(*entry))?;
        if proposal.author() == self.author {
            return Err(Unlawful::Own(*entry));
        }
        Ok(Some(proposal))
    }

    fn accept(&self, entry: &EntryId) -> Result<(), Unlawful> {
        if let Some(verdict) = self.of_runs().accept(entry) {
            return verdict;
        }
        let Some(proposal) = self.answered(entry)? else { return Ok(()) };
        let (round, version, items) = proposal.list();
        self.not_closed_by_any(round)?;
        if self.view.proposal_state(proposal) != ProposalState::Open {
            return Err(Unlawful::NotOpen(*entry));
        }
        let expected = self.view.version(round) + 1;
        if version != expected {
            return Err(Unlawful::Version { expected });
        }
        let own_open = self.open_own(round).is_some();
        if own_open && self.view.members.priority(version) == self.author && self.applies("priority") {
            return Err(Unlawful::PriorityProposed { version });
        }
        self.drops(round, items, |_, _| Ok(()))?;
        let listed = self.view.effective(round);
        items.iter().try_for_each(|one| {
            self.one_holder(one)?;
            let new = listed.is_none_or(|list| list.holder(&one.item).is_none());
            if new { self.one_slot(round, &one.item) } else { Ok(()) }
        })
    }

    fn reject(&self, entry: &EntryId) -> Result<(), Unlawful> {
        if let Some(verdict) = self.of_runs().reject(entry) {
            return verdict;
        }
        let Some(proposal) = self.answered(entry)? else { return Ok(()) };
        if !self.applies("reject") {
            return Err(Unlawful::NotOpen(*entry));
        }
        if !self.applies("reject after close") {
            self.not_closed_by_author(proposal.list().0)?;
        }
        match self.view.proposal_state(proposal) {
            ProposalState::Accepted | ProposalState::Rejected => Err(Unlawful::NotOpen(*entry)),
            _ => Ok(()),
        }
    }

    fn withdraw(&self, entry: &EntryId) -> Result<(), Unlawful> {
        let (author, open) = match (self.view.texts.get(entry), self.view.proposals.get(entry)) {
            (Some(t), _) => (t.author, t.accepted.is_none() && t.rejected.is_none() && t.withdrawn.is_none()),
            (None, Some(p)) => (p.author(), self.view.proposal_state(p) == ProposalState::Open),
            (None, None) => self.view.runs.open(entry).ok_or(Unlawful::Unknown(*entry))?,
        };
        match (author == self.author, open) {
            (false, _) => Err(Unlawful::NotOwn(*entry)),
            (true, false) => Err(Unlawful::NotOpen(*entry)),
            (true, true) => Ok(()),
        }
    }

    /// Where an item stands that the author holds and that is on the effective list.
    fn own_listed(&self, round: u32, item: &Item) -> Result<ItemState, Unlawful> {
        let holder = self.view.effective(round).and_then(|list| list.holder(item));
        if holder != Some(self.author) {
            return Err(Unlawful::NotListed(*item));
        }
        if self.view.ended(item).is_some() {
            return Err(Unlawful::Departed(*item));
        }
        let state = self.view.round(round).and_then(|r| r.state(item));
        match state.ok_or(Unlawful::NotListed(*item))? {
            ItemState::Departed(_) => Err(Unlawful::Departed(*item)),
            ItemState::InTransit | ItemState::Received | ItemState::Disputed(_) => {
                Err(Unlawful::Released(*item))
            }
            state => Ok(state),
        }
    }

    fn will(&self, round: u32, item: &Item, occasion: Occasion) -> Result<(), Unlawful> {
        self.not_closed_by_author(round)?;
        self.own_listed(round, item)?;
        let person = self.view.round(round).and_then(|r| r.cell.people.get(&(*item, self.author)));
        let asked = person.is_some_and(|p| p.wills[0].is_some());
        if occasion == Occasion::Second && !asked { Err(Unlawful::NotAsked(*item)) } else { Ok(()) }
    }

    /// Off the effective list; before there is one, off the author's own nomination, so that somebody whom the other
    /// party rejects need not be listed first.
    fn depart(&self, round: u32, item: &Item) -> Result<(), Unlawful> {
        self.not_closed_by_author(round)?;
        if self.view.effective(round).is_some() {
            return self.own_listed(round, item).map(drop);
        }
        let view = self.view.round(round).ok_or(Unlawful::NotListed(*item))?;
        let nominated = view.nominated(&self.author).map_or(&[][..], |(_, items, _)| items);
        if nominated.binary_search(item).is_err() {
            return Err(Unlawful::NotListed(*item));
        }
        let left = view.cell.people.get(&(*item, self.author)).is_some_and(|p| p.departed.is_some());
        if left || self.view.ended(item).is_some() { Err(Unlawful::Departed(*item)) } else { Ok(()) }
    }

    fn release(&self, round: u32, item: &Item) -> Result<(), Unlawful> {
        self.not_closed_by_any(round)?;
        let state = self.own_listed(round, item)?;
        if self.view.standing_release(item).is_some() {
            return Err(Unlawful::Released(*item));
        }
        if let Some(open) = self.open_own(round).filter(|_| self.applies("freeze")) {
            return Err(Unlawful::Frozen(open));
        }
        if state != ItemState::WilledTwice(Answer::Willing) && self.applies("consent") {
            return Err(Unlawful::NoConsent(*item));
        }
        Ok(())
    }

    fn confirm_or_deny(&self, release: &EntryId) -> Result<(), Unlawful> {
        let cell = self.view.releases.get(release).ok_or(Unlawful::Unknown(*release))?;
        if cell.holder == self.author {
            return Err(Unlawful::Own(*release));
        }
        if cell.receipt.is_some() || cell.dispute.is_some() || cell.taken_back.is_some() {
            return Err(Unlawful::Settled(*release));
        }
        Ok(())
    }

    fn take_back(&self, release: &EntryId) -> Result<(), Unlawful> {
        let cell = self.view.releases.get(release).ok_or(Unlawful::Unknown(*release))?;
        if cell.holder != self.author {
            return Err(Unlawful::NotOwn(*release));
        }
        if cell.receipt.is_some() || cell.taken_back.is_some() {
            return Err(Unlawful::Settled(*release));
        }
        Ok(())
    }

    fn close(&self, round: u32) -> Result<(), Unlawful> {
        self.not_closed_by_author(round)?;
        let Some(view) = self.view.round(round) else { return Ok(()) };
        let count = view.in_transit();
        if count > 0 {
            return Err(Unlawful::InTransit { round, count });
        }
        match view.open_proposals().first() {
            Some(open) if self.applies("close") => Err(Unlawful::ProposalOpen(open.entry)),
            _ => Ok(()),
        }
    }
}
