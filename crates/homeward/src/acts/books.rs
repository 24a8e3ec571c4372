//! The books of the exchange as both logs have them, and the two sides' accounts laid beside one another.
//!
//! The ledger is always booked anew from the record, so it cannot drift from it: the same entries give the same ledger on
//! both nodes. A party learns categories from its own pools and from those that the other side gave with its
//! seeds. A neutral is given no pool; its books count heads, and say so.

use std::collections::{BTreeMap, BTreeSet};

use exchange::agreement::{CategoryId, Terms};
use exchange::ids::{Item, Party, RoundNo};
use exchange::ledger::{
    Act as Stating, Difference, Figure, Ground, Ledger, LedgerError, Move, MoveKind, Of, Posting,
    Statement as Stated, What, Who, reconcile,
};
use exchange::selection::Pool;
use parley::{
    Body, DepartGround, DisputeGround, EntryId, ItemState, ListItem, PartyId, ProposalState, Record, Round,
    Signed,
};
use register::Reading;

use crate::act::ActError;
use crate::acts::crossing::Statement;
use crate::acts::matters::Matters;
use crate::acts::moments::Moments;
use crate::acts::{item, round};
use crate::node::Shared;

/// The category in which a person counted in a round.
pub type Categories = BTreeMap<(RoundNo, Item), CategoryId>;

/// The ledger of this node, with what it could not book.
pub struct Books {
    /// The ledger.
    pub ledger: Ledger,
    /// The acts it was booked from, in their order.
    pub acts: Vec<Booked>,
    /// Every posting in order, each with the place of its act among the acts, from 0.
    pub postings: Vec<(usize, Posting)>,
    /// Whether every person is booked in the category of the pools; a neutral's are not.
    pub by_category: bool,
    /// Persons in a roll whose category this node does not know: they are in no account.
    pub unknown: Vec<(RoundNo, Item)>,
    /// Acts of the record that cannot be booked, each with the reason.
    pub faults: Vec<LedgerError>,
    /// Notices, phases, conditions and readings, counted or not.
    pub matters: Matters,
}

/// One act with the entry of the record that states it, where one entry does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Booked {
    /// The act.
    pub act: Stating,
    /// The entry.
    pub entry: Option<EntryId>,
}

/// Books what both logs say.
pub async fn books(
    reading: &mut Reading,
    shared: &Shared,
    me: &PartyId,
    terms: &Terms,
) -> Result<Books, ActError> {
    let party = shared.record.members().index(me).is_some();
    let known = if party { categories(reading, shared, me).await? } else { Categories::new() };
    let category = |number: RoundNo, one: &Item| {
        if party {
            return known.get(&(number, *one)).cloned();
        }
        terms.round(number).and_then(|round| round.categories.first().cloned())
    };
    let (mut acts, unknown) = acts_of(terms, &shared.record, category);
    let matters = Matters::of(reading, &shared.record, terms).await?;
    acts.extend(matters.acts());
    Ok(Books { by_category: party, unknown, matters, ..Books::of(terms, acts) })
}

impl Books {
    /// Books a sequence of acts; what cannot be booked is kept apart with its reason.
    pub fn of(terms: &Terms, acts: Vec<Booked>) -> Self {
        let mut ledger = Ledger::open(terms);
        let (mut postings, mut faults) = (Vec::new(), Vec::new());
        for (at, booked) in acts.iter().enumerate() {
            match ledger.post(terms, &booked.act) {
                Ok(made) => postings.extend(made.iter().map(|posting| (at, *posting))),
                Err(refused) => {
                    faults.push(LedgerError { at: at + 1, item: booked.act.item(), refused });
                }
            }
        }
        Self {
            ledger,
            acts,
            postings,
            by_category: true,
            unknown: Vec::new(),
            faults,
            matters: Matters::default(),
        }
    }
}

/// The categories of everyone in this side's committed pools and in those that the other side gave.
pub async fn categories(
    reading: &mut Reading,
    shared: &Shared,
    me: &PartyId,
) -> Result<Categories, ActError> {
    let mut found = Categories::new();
    let numbers: Vec<RoundNo> = shared.record.view().rounds().map(|round| round.number()).collect();
    for number in numbers {
        let mut pools = vec![round::readable_pool(reading, shared, me, number).await?];
        if let Some(theirs) = shared.record.members().other(me) {
            pools.push(round::readable_pool(reading, shared, &theirs, number).await?);
        }
        for candidate in pools.iter().flatten().flat_map(Pool::candidates) {
            if let Some(category) = CategoryId::new(&candidate.category) {
                // Of one item in both pools this side's own stands: the other cannot move our people by listing them.
                found.entry((number, candidate.item)).or_insert(category);
            }
        }
    }
    Ok(found)
}

/// The acts of the record in an order that both nodes share: by round, then by holder; first everyone of the roll, then
/// what became of them, then who came in by each amendment. Persons without a known category are named apart.
pub fn acts_of(
    terms: &Terms,
    record: &Record,
    category: impl Fn(RoundNo, &Item) -> Option<CategoryId>,
) -> (Vec<Booked>, Vec<(RoundNo, Item)>) {
    let (crossings, moments) = (Crossings::of(record), Moments::of(record));
    let (mut acts, mut unknown) = (Vec::new(), Vec::new());
    for state in record.view().rounds() {
        let lists = lists_in_force(record, &state);
        let Some((_, first)) = lists.first() else { continue };
        for holder in record.members().parties() {
            let Some(leg) = leg_of(terms, record, &holder) else { continue };
            let holder = &holder;
            let (state, crossings, moments, acts) = (&state, &crossings, &moments, &mut acts);
            let mut side = SideBooks { terms, state, holder, leg, crossings, moments, acts };
            let mut booked = BTreeSet::new();
            let mut turns = vec![(MoveKind::Listed, lists[0].0, roll(state, first, holder))];
            let later = lists[1..].iter();
            turns.extend(later.map(|(by, list)| (MoveKind::Refilled, *by, of_holder(list, holder))));
            for (kind, by, items) in turns {
                let new: Vec<parley::Item> = items.into_iter().filter(|one| booked.insert(*one)).collect();
                let mut placed = Vec::new();
                for one in new {
                    let known = category(state.number(), &item(one));
                    match known.and_then(|known| terms.category_index(known.as_str())) {
                        // At most 16 categories.
                        Some(category) => placed.push((one, category as u8)),
                        None => unknown.push((state.number(), item(one))),
                    }
                }
                placed.iter().for_each(|(one, category)| side.push(one, *category, kind, Some(by)));
                placed.iter().for_each(|(one, category)| side.outcome(one, *category));
            }
        }
    }
    (acts, unknown)
}

/// The lists of a round that are or were in force, by version, each with the entry that proposed it.
fn lists_in_force<'a>(record: &'a Record, state: &Round<'_>) -> Vec<(&'a Signed, &'a [ListItem])> {
    let mut lists = BTreeMap::new();
    for signed in record.applied().iter().map(AsRef::as_ref) {
        if let Body::Propose { round, version, items, .. } = Signed::body(signed)
            && *round == state.number()
            && state.proposal_state(&signed.id()) == Some(ProposalState::Accepted)
        {
            lists.insert(*version, (signed, items.as_slice()));
        }
    }
    lists.into_values().collect()
}

fn of_holder(list: &[ListItem], holder: &PartyId) -> Vec<parley::Item> {
    list.iter().filter(|line| line.holder == *holder).map(|line| line.item).collect()
}

/// Everyone for whom a slot was opened: whom the holder nominated, also those who left before there was a list.
fn roll(state: &Round<'_>, first: &[ListItem], holder: &PartyId) -> Vec<parley::Item> {
    let nominated = state.nominated(holder).map_or(&[][..], |(_, items, _)| items);
    let all: BTreeSet<parley::Item> = nominated.iter().copied().chain(of_holder(first, holder)).collect();
    all.into_iter().collect()
}

/// The place of the leg along which a holder's people go.
fn leg_of(terms: &Terms, record: &Record, holder: &PartyId) -> Option<u8> {
    let other = record.members().other(holder)?;
    let (from, to) = (Party::new(holder.as_str()).ok()?, Party::new(other.as_str()).ok()?);
    u8::try_from(terms.exchange_leg(&from, &to)?).ok()
}

struct SideBooks<'a> {
    terms: &'a Terms,
    state: &'a Round<'a>,
    holder: &'a PartyId,
    leg: u8,
    crossings: &'a Crossings<'a>,
    moments: &'a Moments,
    acts: &'a mut Vec<Booked>,
}

impl SideBooks<'_> {
    /// Books an act as the word of the entry's author; without an entry, as the holder's.
    fn push(&mut self, one: &parley::Item, category: u8, kind: MoveKind, entry: Option<&Signed>) {
        let author = entry.map_or(self.holder, |signed| &signed.entry().author);
        let leg = &self.terms.legs[usize::from(self.leg)];
        let own = self.terms.voice(author.as_str()).or_else(|| self.terms.voice(leg.from.as_str()));
        // Both parties of the leg are parties of the terms.
        let Some(by) = own else { return };
        let (round, item, class) = (self.state.number(), item(*one), None);
        let moved = Move { leg: self.leg, round, item, who: Who::One, category: Some(category), class, kind };
        let at = entry.and_then(|signed| self.moments.at(&signed.id()));
        let act = Stating { at, by, what: What::Move(moved) };
        self.acts.push(Booked { act, entry: entry.map(Signed::id) });
    }

    /// What became of a person who had a slot.
    fn outcome(&mut self, one: &parley::Item, category: u8) {
        let left = self.state.departed(one, self.holder).map_or(Ground::NotStated, ground);
        let crossed = self.crossings.last(self.state.number(), one, self.holder);
        let state = self.state.state(one);
        let gone =
            !matches!(state, Some(ItemState::Listed | ItemState::WilledOnce(_) | ItemState::WilledTwice(_)));
        if let Some(crossing) = crossed.filter(|_| gone) {
            self.push(one, category, MoveKind::Released, Some(crossing.release));
            if let Some((entry, ground)) = crossing.disputed {
                self.push(one, category, MoveKind::Disputed(disputed(ground)), Some(entry));
            }
        }
        let receipt = crossed.and_then(|crossing| crossing.receipt);
        let taken_back = crossed.and_then(|crossing| crossing.taken_back);
        match state {
            Some(ItemState::Received) => self.push(one, category, MoveKind::Received, receipt),
            Some(ItemState::Returned) => self.push(one, category, MoveKind::TakenBack, taken_back),
            Some(ItemState::Dropped) if crossed.is_some() => {
                self.push(one, category, MoveKind::TakenBack, taken_back);
            }
            Some(ItemState::Departed(_) | ItemState::Dropped) | None => {
                let entry = self.crossings.departed(self.state.number(), one, self.holder);
                self.push(one, category, MoveKind::Vacated(left), entry);
            }
            // Whoever has not gone when the holder closes has left the slot: it stays owed, and the person can go later.
            Some(ItemState::Listed | ItemState::WilledOnce(_) | ItemState::WilledTwice(_)) => {
                if let Some(close) = self.crossings.closed.get(&(self.state.number(), *self.holder)) {
                    self.push(one, category, MoveKind::Vacated(Ground::NotStated), Some(*close));
                }
            }
            Some(_) => {}
        }
    }
}

/// The last release of an item in a round by its holder, and what was said to it.
#[derive(Clone, Copy)]
struct Crossing<'a> {
    release: &'a Signed,
    disputed: Option<(&'a Signed, DisputeGround)>,
    receipt: Option<&'a Signed>,
    taken_back: Option<&'a Signed>,
}

/// What the record says of items at a crossing and of those who left before it, by round, item and holder; and of closing.
struct Crossings<'a> {
    last: BTreeMap<(RoundNo, parley::Item, PartyId), Crossing<'a>>,
    departed: BTreeMap<(RoundNo, parley::Item, PartyId), &'a Signed>,
    closed: BTreeMap<(RoundNo, PartyId), &'a Signed>,
}

impl<'a> Crossings<'a> {
    fn of(record: &'a Record) -> Self {
        let (mut disputed, mut receipts, mut back) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for signed in record.applied().iter().map(AsRef::as_ref) {
            match Signed::body(signed) {
                Body::Dispute { release, ground } => {
                    disputed.insert(*release, (signed, *ground));
                }
                Body::Receipt { release } => {
                    receipts.insert(*release, signed);
                }
                Body::TakeBack { release } => {
                    back.insert(*release, signed);
                }
                _ => {}
            }
        }
        // One author's entries are always applied in their order, so the last one wins.
        let (mut last, mut departed, mut closed) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for signed in record.applied().iter().map(AsRef::as_ref) {
            if let Body::Depart { round, item, .. } = Signed::body(signed) {
                departed.insert((*round, *item, signed.entry().author), signed);
            }
            if let Body::Close { round } = Signed::body(signed) {
                closed.insert((*round, signed.entry().author), signed);
            }
            if let Body::Release { round, item } = Signed::body(signed) {
                let id = signed.id();
                let crossing = Crossing {
                    release: signed,
                    disputed: disputed.get(&id).copied(),
                    receipt: receipts.get(&id).copied(),
                    taken_back: back.get(&id).copied(),
                };
                last.insert((*round, *item, signed.entry().author), crossing);
            }
        }
        Self { last, departed, closed }
    }

    fn last(&self, round: RoundNo, one: &parley::Item, holder: &PartyId) -> Option<Crossing<'a>> {
        self.last.get(&(round, *one, *holder)).copied()
    }

    fn departed(&self, round: RoundNo, one: &parley::Item, holder: &PartyId) -> Option<&'a Signed> {
        self.departed.get(&(round, *one, *holder)).copied()
    }
}

/// A departure as the ledger words it.
fn ground(ground: DepartGround) -> Ground {
    match ground {
        DepartGround::Died => Ground::Died,
        DepartGround::Escaped | DepartGround::AlreadyReturned => Ground::AlreadyFree,
        DepartGround::Recovered => Ground::Recovered,
        DepartGround::Unwilling => Ground::Refused,
        DepartGround::NotBrought => Ground::NotDelivered,
    }
}

fn disputed(ground: DisputeGround) -> Ground {
    match ground {
        DisputeGround::NotDelivered => Ground::NotDelivered,
        DisputeGround::OtherPerson => Ground::OtherPerson,
    }
}

/// Delivered and received in one round, from the point of view of one side.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Totals {
    /// Persons that side delivered.
    pub delivered: u64,
    /// Persons that side received.
    pub received: u64,
}

/// One round's accounts side by side.
pub struct Beside {
    /// The round.
    pub round: RoundNo,
    /// What the first side states, if it has booked an account.
    pub own: Option<Totals>,
    /// What the other side states.
    pub theirs: Option<Totals>,
    /// What the receipts in both logs come to, from the first side's point of view.
    pub record: Totals,
    /// Where the two statements differ; empty until both have stated theirs.
    pub differences: Vec<Difference>,
}

/// Lays both sides' accounts beside one another, round by round. Statements name persons only to the parties, so on a
/// neutral's node figures alone are compared.
pub async fn side_by_side(
    reading: &mut Reading,
    shared: &Shared,
    me: &PartyId,
    ends: [PartyId; 2],
) -> Result<Vec<Beside>, ActError> {
    let neutral = shared.record.members().index(me).is_none();
    let [own, theirs] = ends;
    let Some(terms) = &shared.terms else { return Ok(Vec::new()) };
    let ours = stated(reading, terms, &shared.record, &own).await?;
    let other = stated(reading, terms, &shared.record, &theirs).await?;
    let mut beside = Vec::new();
    for state in shared.record.view().rounds() {
        let number = state.number();
        let totals = |party: &PartyId| {
            let account = state.account(party)?;
            Some(Totals { delivered: account.delivered, received: account.received })
        };
        let received = |party: &PartyId| state.counts(party).received;
        let (own_totals, their_totals) = (totals(&own), totals(&theirs));
        let mut differences = Vec::new();
        if own_totals.is_some() && their_totals.is_some() {
            differences = reconcile(&only(&ours, number), &only(&other, number));
            differences.retain(|found| !neutral || matches!(found, Difference::Count { .. }));
        }
        beside.push(Beside {
            round: number,
            own: own_totals,
            theirs: their_totals,
            record: Totals { delivered: received(&own), received: received(&theirs) },
            differences,
        });
    }
    Ok(beside)
}

fn only(statement: &Stated, round: RoundNo) -> Stated {
    let figures = statement.figures.iter().filter(|((of, _), _)| *of == Of::Received(round));
    Stated {
        by: statement.by.clone(),
        figures: figures.map(|(key, figure)| (*key, figure.clone())).collect(),
        containers: BTreeMap::new(),
    }
}

/// What a party states: its last account of every round, with the persons its statement names.
async fn stated(
    reading: &mut Reading,
    terms: &Terms,
    record: &Record,
    by: &PartyId,
) -> Result<Stated, ActError> {
    let mut figures = BTreeMap::new();
    let label = Party::new(by.as_str()).map_err(|_| ActError::NotFound)?;
    let numbers: Vec<RoundNo> = record.view().rounds().map(|round| round.number()).collect();
    for number in numbers {
        let Some(account) = record.view().round(number).and_then(|state| state.account(by)) else { continue };
        let stored = reading.attachment(&exchange::ids::Digest(account.digest.0)).await?;
        let statement: Option<Statement> = stored.and_then(|stored| minicbor::decode(&stored.bytes).ok());
        for (at, holder) in record.members().parties().iter().enumerate() {
            let Some(leg) = leg_of(terms, record, holder) else { continue };
            let count = if holder == by { account.delivered } else { account.received };
            let named = statement.as_ref().map_or(&[][..], |statement| &statement.delivered[at]);
            let items =
                named.iter().filter_map(|one| <[u8; 32]>::try_from(one.as_slice()).ok().map(Item)).collect();
            let figure =
                Figure { count: i64::try_from(count).unwrap_or(i64::MAX), items, lots: BTreeMap::new() };
            figures.insert((Of::Received(number), leg), figure);
        }
    }
    Ok(Stated { by: label, figures, containers: BTreeMap::new() })
}
