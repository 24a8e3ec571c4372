//! What follows from a set of entries: who committed, proposed, accepted, released and confirmed what.
//!
//! Decides the state as a function of the set, whatever the order of arrival: every cell has one writer, and its
//! writer's entries are always applied in their order. Refuses to judge: an entry that comes here was found lawful
//! by [`session`](crate::session). The questions that a node asks are in [`round`](crate::round).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use crate::body::{Answer, Body, DepartGround, DisputeGround, Keeping, ListItem, NoticeKind, Occasion};
use crate::entry::Signed;
use crate::id::{Digest, EntryId, Head, Item, PartyId};
use crate::matching_rules::{Run, Runs};
use crate::members::Members;
use crate::round::{ItemState, Round};

/// The state that follows from a causally closed set of entries.
#[derive(Debug, Clone)]
pub struct View {
    pub(crate) members: Arc<Members>,
    heads: BTreeMap<PartyId, Head>,
    seen_by: BTreeMap<PartyId, BTreeMap<PartyId, u64>>,
    pub(crate) texts: BTreeMap<EntryId, TextCell>,
    pub(crate) proposals: BTreeMap<EntryId, ProposalCell>,
    pub(crate) rounds: BTreeMap<u32, RoundCell>,
    pub(crate) releases: BTreeMap<EntryId, ReleaseCell>,
    releases_of: BTreeMap<Item, BTreeSet<(PartyId, u64, EntryId)>>,
    ended: BTreeMap<Item, BTreeMap<PartyId, DepartGround>>,
    pub(crate) runs: Runs,
    /// The offers about logs, each with its author, and those that a party has agreed to.
    pub(crate) offers: BTreeMap<EntryId, PartyId>,
    agreed: BTreeSet<EntryId>,
    /// The rules' teeth can be drawn one by one, to show that the tests bite.
    #[cfg(test)]
    pub(crate) without: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub(crate) struct TextCell {
    pub author: PartyId,
    pub digest: Digest,
    pub accepted: Option<EntryId>,
    pub rejected: Option<EntryId>,
    pub withdrawn: Option<EntryId>,
}

#[derive(Debug, Clone)]
pub(crate) struct ProposalCell {
    pub signed: Arc<Signed>,
    pub accepted: Option<EntryId>,
    pub rejected: Option<EntryId>,
    pub withdrawn: Option<u64>,
}

impl ProposalCell {
    pub fn author(&self) -> PartyId {
        self.signed.entry().author
    }

    /// Round, version and items.
    pub fn list(&self) -> (u32, u32, &[ListItem]) {
        match self.signed.body() {
            Body::Propose { round, version, items, .. } => (*round, *version, items),
            // Only proposals are put into these cells, in `View::apply`.
            _ => (0, 0, &[]),
        }
    }

    pub fn holder(&self, item: &Item) -> Option<PartyId> {
        let items = self.list().2;
        items.binary_search_by_key(item, |l| l.item).ok().map(|at| items[at].holder)
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct RoundCell {
    pub sides: BTreeMap<PartyId, SideCell>,
    pub proposals: BTreeSet<EntryId>,
    pub effective: Option<EntryId>,
    pub listed_ever: BTreeMap<Item, PartyId>,
    pub people: BTreeMap<(Item, PartyId), PersonCell>,
    pub releases: BTreeSet<EntryId>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct SideCell {
    pub commit: Option<(Digest, Digest)>,
    pub reveal: Option<[u8; 32]>,
    pub withheld: Option<EntryId>,
    pub nominated: Option<Arc<Signed>>,
    pub closed: Option<EntryId>,
    pub account: Option<Account>,
    pub notices: Vec<Notice>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct PersonCell {
    pub wills: [Option<Answer>; 2],
    pub departed: Option<DepartGround>,
}

#[derive(Debug, Clone)]
pub(crate) struct ReleaseCell {
    pub round: u32,
    pub item: Item,
    pub holder: PartyId,
    pub receipt: Option<EntryId>,
    pub dispute: Option<DisputeGround>,
    pub taken_back: Option<u64>,
}

/// An account of a round as its author booked it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// The entry.
    pub entry: EntryId,
    /// Digest of the account itself.
    pub digest: Digest,
    /// People delivered, as the author states.
    pub delivered: u64,
    /// People received, as the author states.
    pub received: u64,
}

/// A notice about a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The entry.
    pub entry: EntryId,
    /// What it says.
    pub kind: NoticeKind,
    /// Until when, Unix seconds, UTC.
    pub until: Option<u64>,
}

/// A text put forward and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextState {
    /// The entry that put it forward.
    pub entry: EntryId,
    /// By whom.
    pub author: PartyId,
    /// Digest of the text.
    pub digest: Digest,
    /// The other party's entry that accepted it: then both have signed it.
    pub accepted: Option<EntryId>,
    /// The other party's entry that rejected it.
    pub rejected: Option<EntryId>,
    /// The author's entry that withdrew it; without effect when it crossed an accept.
    pub withdrawn: Option<EntryId>,
}

impl View {
    pub(crate) fn new(members: Arc<Members>) -> View {
        View {
            members,
            heads: BTreeMap::new(),
            seen_by: BTreeMap::new(),
            texts: BTreeMap::new(),
            proposals: BTreeMap::new(),
            rounds: BTreeMap::new(),
            releases: BTreeMap::new(),
            releases_of: BTreeMap::new(),
            ended: BTreeMap::new(),
            runs: Runs::default(),
            offers: BTreeMap::new(),
            agreed: BTreeSet::new(),
            #[cfg(test)]
            without: crate::tests::simulator::without(),
        }
    }

    /// The members of the agreement.
    pub fn members(&self) -> &Members {
        &self.members
    }

    /// The last entry of every log in this view, ascending by author.
    pub fn heads(&self) -> Vec<Head> {
        self.heads.values().copied().collect()
    }

    /// The last entry of one log in this view.
    pub fn head(&self, party: &PartyId) -> Option<&Head> {
        self.heads.get(party)
    }

    /// The texts put forward, ascending by entry name.
    pub fn texts(&self) -> Vec<TextState> {
        let one = |(entry, t): (&EntryId, &TextCell)| TextState {
            entry: *entry,
            author: t.author,
            digest: t.digest,
            accepted: t.accepted,
            rejected: t.rejected,
            withdrawn: t.withdrawn,
        };
        self.texts.iter().map(one).collect()
    }

    /// Whether the text with this digest was put forward by one party and accepted by the other.
    pub fn text_is_agreed(&self, digest: &Digest) -> bool {
        self.texts.values().any(|t| t.digest == *digest && t.accepted.is_some())
    }

    /// The runs of private matching of which something was said, by number.
    pub fn runs(&self) -> Vec<&Run> {
        self.runs.all()
    }

    /// The rounds in which something was said, ascending.
    pub fn rounds(&self) -> impl Iterator<Item = Round<'_>> {
        self.rounds.keys().filter_map(|n| self.round(*n))
    }

    /// One round, when something was said in it.
    pub fn round(&self, number: u32) -> Option<Round<'_>> {
        self.rounds.get(&number).map(|cell| Round { view: self, number, cell })
    }

    /// Every item of which a release stands (not taken back), in any round, with the round.
    pub fn released_items(&self) -> BTreeMap<Item, u32> {
        let standing = self.releases.iter().filter(|(id, _)| self.release_stands(id));
        standing.map(|(_, r)| (r.item, r.round)).collect()
    }

    /// Another round in which somebody has a slot: on the list in force, not vacated, and not closed by their holder.
    pub fn slot_elsewhere(&self, round: u32, item: &Item) -> Option<u32> {
        let has_slot = |other: &Round<'_>| {
            let holder = self.effective(other.number()).and_then(|list| list.holder(item));
            let open = holder.is_some_and(|holder| !other.closed_by().contains(&holder));
            open && other.state(item).is_some_and(|state| !state.is_vacated())
        };
        self.rounds().find(|other| other.number() != round && has_slot(other)).map(|other| other.number())
    }

    /// SHA-256 of [`View::summary`]: equal on two nodes that hold the same entries.
    pub fn state_digest(&self) -> Digest {
        Digest::of(self.summary().as_bytes())
    }

    /// The whole state as lines of text, in one order: what two nodes compare when their digests differ.
    pub fn summary(&self) -> String {
        let mut out = String::new();
        // Writing into a String has no error case.
        for head in self.heads.values() {
            let _ = writeln!(out, "head {} {} {}", head.author, head.seq, head.hash);
        }
        for t in self.texts() {
            let verdict = (t.accepted.is_some(), t.rejected.is_some(), t.withdrawn.is_some());
            let _ = writeln!(out, "text {} {} {} {verdict:?}", t.entry, t.author, t.digest);
        }
        for round in self.rounds() {
            round.summary(&mut out);
        }
        self.runs.summary(&mut out);
        out
    }

    /// Takes in an entry whose whole causal past is in this view and that was found lawful.
    pub(crate) fn apply(&mut self, signed: &Arc<Signed>) {
        let entry = signed.entry();
        let author = entry.author;
        self.heads.insert(author, signed.head());
        self.seen_by.insert(author, entry.seen.iter().map(|h| (h.author, h.seq)).collect());
        match &entry.body {
            Body::Genesis(_) | Body::Observe { .. } | Body::Memo { .. } | Body::Journal { .. } => {}
            Body::Keeping(Keeping::Agree { entry }) => drop(self.agreed.insert(*entry)),
            Body::Keeping(keeping) if keeping.is_offer() => {
                // Who offers in answer to the other party's offer agrees to that one.
                let of = |by: &&PartyId| self.members.agrees_with(by) == author;
                let open = self.offers.values().filter(of).find_map(|by| self.open_offer(by));
                self.agreed.extend(open);
                self.offers.insert(signed.id(), author);
            }
            Body::Keeping(_) => {}
            Body::Text { digest } => {
                let (accepted, rejected, withdrawn) = (None, None, None);
                let cell = TextCell { author, digest: *digest, accepted, rejected, withdrawn };
                self.texts.insert(signed.id(), cell);
            }
            Body::Propose { round, .. } => {
                self.rounds.entry(*round).or_default().proposals.insert(signed.id());
                let cell =
                    ProposalCell { signed: signed.clone(), accepted: None, rejected: None, withdrawn: None };
                self.proposals.insert(signed.id(), cell);
            }
            Body::Matching(said) => self.runs.apply(&self.members, signed.id(), author, said),
            Body::Accept { entry: target } => self.accept(target, signed.id()),
            Body::Reject { entry: target, .. } => {
                self.texts.entry(*target).and_modify(|t| t.rejected = Some(signed.id()));
                self.proposals.entry(*target).and_modify(|p| p.rejected = Some(signed.id()));
                self.runs.reject(target, signed.id());
            }
            Body::Withdraw { entry: target } => {
                self.texts.entry(*target).and_modify(|t| t.withdrawn = Some(signed.id()));
                self.proposals.entry(*target).and_modify(|p| p.withdrawn = Some(entry.seq));
                self.runs.withdraw(target, signed.id());
            }
            Body::Commit { round, .. }
            | Body::Reveal { round, .. }
            | Body::Withheld { round }
            | Body::Nominate { round, .. }
            | Body::Notice { round, .. }
            | Body::Account { round, .. }
            | Body::Close { round } => {
                self.rounds.entry(*round).or_default().sides.entry(author).or_default().apply(signed);
            }
            body => self.apply_person(signed, author, entry.seq, body),
        }
    }

    /// An offer of this author to which nobody has agreed.
    pub(crate) fn open_offer(&self, author: &PartyId) -> Option<EntryId> {
        let mut own = self.offers.iter().filter(|(id, by)| *by == author && !self.agreed.contains(*id));
        own.next().map(|(id, _)| *id)
    }

    fn accept(&mut self, target: &EntryId, by: EntryId) {
        self.runs.accept(target, by);
        if let Some(text) = self.texts.get_mut(target) {
            text.accepted = Some(by);
        }
        let Some(proposal) = self.proposals.get_mut(target) else { return };
        proposal.accepted = Some(by);
        let proposal = proposal.clone();
        let (number, version, items) = proposal.list();
        let round = self.rounds.entry(number).or_default();
        let before = round.effective.and_then(|id| self.proposals.get(&id)).map_or(0, |p| p.list().1);
        if version > before {
            round.effective = Some(*target);
            round.listed_ever.extend(items.iter().map(|l| (l.item, l.holder)));
        }
    }

    fn apply_person(&mut self, signed: &Arc<Signed>, author: PartyId, seq: u64, body: &Body) {
        match body {
            Body::Will { round, item, occasion, answer } => {
                let slot = usize::from(*occasion == Occasion::Second);
                self.person(*round, *item, author).wills[slot] = Some(*answer);
            }
            Body::Depart { round, item, ground } => {
                self.person(*round, *item, author).departed = Some(*ground);
                if matches!(
                    ground,
                    DepartGround::Died | DepartGround::Escaped | DepartGround::AlreadyReturned
                ) {
                    self.ended.entry(*item).or_default().insert(author, *ground);
                }
            }
            Body::Release { round, item } => {
                let (round, item, holder) = (*round, *item, author);
                let cell =
                    ReleaseCell { round, item, holder, receipt: None, dispute: None, taken_back: None };
                self.releases.insert(signed.id(), cell);
                self.rounds.entry(round).or_default().releases.insert(signed.id());
                self.releases_of.entry(item).or_default().insert((author, seq, signed.id()));
            }
            Body::Receipt { release } => {
                self.releases.entry(*release).and_modify(|r| r.receipt = Some(signed.id()));
            }
            Body::Dispute { release, ground } => {
                self.releases.entry(*release).and_modify(|r| r.dispute = Some(*ground));
            }
            Body::TakeBack { release } => {
                if let Some(cell) = self.releases.get_mut(release) {
                    cell.taken_back = Some(seq);
                    let (round, item) = (cell.round, cell.item);
                    // Whoever goes to a crossing again is asked again there.
                    self.person(round, item, author).wills[1] = None;
                }
            }
            // The other kinds are applied above.
            _ => {}
        }
    }

    fn person(&mut self, round: u32, item: Item, holder: PartyId) -> &mut PersonCell {
        self.rounds.entry(round).or_default().people.entry((item, holder)).or_default()
    }

    /// Whether `by` has written an entry that had seen entry `seq` of `author`: what it did not contradict before
    /// then, it can no longer contradict.
    pub(crate) fn acknowledged(&self, author: &PartyId, seq: u64, by: &PartyId) -> bool {
        self.seen_by.get(by).and_then(|seen| seen.get(author)).is_some_and(|n| *n >= seq)
    }

    /// What became of a proposal.
    pub(crate) fn proposal_state(&self, proposal: &ProposalCell) -> ProposalState {
        let author = proposal.author();
        if proposal.accepted.is_some() {
            return ProposalState::Accepted;
        }
        if proposal.rejected.is_some() {
            return ProposalState::Rejected;
        }
        let (number, version, _) = proposal.list();
        if self.version(number) >= version {
            return ProposalState::Superseded;
        }
        match (proposal.withdrawn, self.members.other(&author)) {
            (None, _) => ProposalState::Open,
            (Some(seq), Some(other)) if self.acknowledged(&author, seq, &other) => ProposalState::Withdrawn,
            (Some(_), _) => ProposalState::Withdrawing,
        }
    }

    /// The version of the effective list of a round; 0 when there is none.
    pub(crate) fn version(&self, round: u32) -> u32 {
        self.effective(round).map_or(0, |p| p.list().1)
    }

    pub(crate) fn effective(&self, round: u32) -> Option<&ProposalCell> {
        self.rounds.get(&round)?.effective.and_then(|id| self.proposals.get(&id))
    }

    /// What became of a release.
    pub(crate) fn release_state(&self, release: &ReleaseCell) -> ItemState {
        if release.receipt.is_some() {
            return ItemState::Received;
        }
        let final_back = release.taken_back.is_some_and(|seq| {
            release.dispute.is_some()
                || self
                    .members
                    .other(&release.holder)
                    .is_some_and(|other| self.acknowledged(&release.holder, seq, &other))
        });
        match (final_back, release.dispute) {
            (true, _) => ItemState::Returned,
            (false, Some(ground)) => ItemState::Disputed(ground),
            (false, None) => ItemState::InTransit,
        }
    }

    fn release_stands(&self, id: &EntryId) -> bool {
        self.releases.get(id).is_some_and(|r| self.release_state(r) != ItemState::Returned)
    }

    /// The release of an item that stands, in whatever round.
    pub(crate) fn standing_release(&self, item: &Item) -> Option<EntryId> {
        let all = self.releases_of.get(item)?;
        all.iter().map(|(_, _, id)| *id).find(|id| self.release_stands(id))
    }

    /// The last release of an item by its holder in one round, standing or not.
    pub(crate) fn last_release(&self, round: u32, item: &Item, holder: &PartyId) -> Option<&ReleaseCell> {
        let all = self.releases_of.get(item)?.iter().rev();
        all.filter(|(by, _, _)| by == holder)
            .filter_map(|(_, _, id)| self.releases.get(id))
            .find(|r| r.round == round)
    }

    /// The ground on which a holder stated that nothing more can follow for an item, in any round.
    pub fn ended(&self, item: &Item) -> Option<DepartGround> {
        self.ended.get(item).and_then(|by| by.values().next().copied())
    }
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalState {
    /// May be accepted.
    Open,
    /// Withdrawn, but an accept may have crossed the withdrawal: it still binds its author.
    Withdrawing,
    /// Accepted by the other party.
    Accepted,
    /// Rejected by the other party.
    Rejected,
    /// Withdrawn, and the other party has written since without having accepted.
    Withdrawn,
    /// Another list with this version or a later one is effective, so nobody can accept it any more.
    Superseded,
}

impl ProposalState {
    /// Whether it can still become effective.
    pub fn is_open(self) -> bool {
        matches!(self, ProposalState::Open | ProposalState::Withdrawing)
    }
}

impl SideCell {
    fn apply(&mut self, signed: &Arc<Signed>) {
        let entry = signed.id();
        match signed.body() {
            Body::Commit { pool, seed, .. } => self.commit = Some((*pool, *seed)),
            Body::Reveal { seed, .. } => self.reveal = Some(*seed),
            Body::Withheld { .. } => self.withheld = Some(entry),
            Body::Nominate { .. } => self.nominated = Some(signed.clone()),
            Body::Close { .. } => self.closed = Some(entry),
            Body::Notice { kind, until, .. } => {
                self.notices.push(Notice { entry, kind: *kind, until: *until });
            }
            Body::Account { digest, delivered, received, .. } => {
                let (digest, delivered, received) = (*digest, *delivered, *received);
                self.account = Some(Account { entry, digest, delivered, received });
            }
            // The other kinds are applied by the view.
            _ => {}
        }
    }
}
