//! The accounts of an exchange, by double entry: what is owed, who is listed, what crossed and was received.
//!
//! Decides what one sequence of acts comes to, and refuses a sequence that cannot be. Slots are owed, not people: whoever
//! leaves a slot leaves it owed. A handover counts on receipt alone. Three families of accounts are kept apart: returns
//! owed by law, the exchange under the terms, remains and effects. Refuses to know what the other side booked:
//! [`reconcile`] lists differences and settles none.

mod reconcile;

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::agreement::{CategoryId, Terms};
use crate::ids::{Digest, Item, Party, RoundNo};

pub use reconcile::{Difference, Figure, Stated, Statement, reconcile};

/// One act about one person, as the record has it. Acts about one person stand in their order: release before receipt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// The round.
    pub round: RoundNo,
    /// The person.
    pub item: Item,
    /// Who holds the person.
    pub holder: Party,
    /// Who receives the person.
    pub receiver: Party,
    /// The category the person counts in.
    pub category: CategoryId,
    /// What happened.
    pub kind: ActKind,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActKind {
    /// Put on the first roll of a round: opens a slot and takes it.
    Listed,
    /// Left the slot; the slot stays owed.
    Vacated(Ground),
    /// Took a slot that another had left, by amendment.
    Refilled,
    /// Handed over, says the holder.
    Released,
    /// Received, says the receiver: from here on it counts.
    Received,
    /// Released, but the receiver does not acknowledge it.
    Disputed(Ground),
    /// Taken back by the holder after a release; the slot stays owed.
    TakenBack,
    /// Returned outside the exchange: owed by law, or of good will. Never counted against a quantity.
    ReturnedOutside,
}

/// Why a slot was left, or a release is disputed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ground {
    /// The person does not want to go (GC III art. 109, third paragraph).
    Refused,
    /// The person has died.
    Died,
    /// The person has recovered since listing.
    Recovered,
    /// The person was not brought.
    NotDelivered,
    /// Another person was brought.
    OtherPerson,
    /// The person was free already.
    AlreadyFree,
    /// The parties do not agree on the person's status.
    StatusContested,
    /// The holder keeps the person back (GC III art. 115).
    HeldBack,
}

impl Ground {
    /// Every ground.
    pub const ALL: [Self; 8] = [
        Self::Refused,
        Self::Died,
        Self::Recovered,
        Self::NotDelivered,
        Self::OtherPerson,
        Self::AlreadyFree,
        Self::StatusContested,
        Self::HeldBack,
    ];

    /// The word used in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Died => "died",
            Self::Recovered => "recovered",
            Self::NotDelivered => "not-delivered",
            Self::OtherPerson => "other-person",
            Self::AlreadyFree => "already-free",
            Self::StatusContested => "status-contested",
            Self::HeldBack => "held-back",
        }
    }

    /// Reads the word used in files.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

/// A family of accounts. Nothing is ever posted from one to another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Family {
    /// Returns owed by law or made of good will, outside every quantity.
    ByLaw,
    /// The exchange under the terms.
    Exchange,
    /// Remains and effects. Nothing posts here yet.
    RemainsAndEffects,
}

/// An account, in heads, for one direction.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Account {
    /// The family.
    pub family: Family,
    /// Who releases.
    pub from: Party,
    /// Who receives.
    pub to: Party,
    /// What stands in it.
    pub post: Post,
}

/// What stands in an account.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Post {
    /// What was promised or became due: the counterpart of all others, so it is negative.
    Promised,
    /// Slots owed and taken by nobody. Negative once more are listed than the floor asks.
    Owed,
    /// Slots taken by someone listed.
    Listed(CategoryId),
    /// Released, not received.
    Pending(CategoryId),
    /// Released, and disputed by the receiver.
    Disputed(CategoryId),
    /// Received.
    Filled(CategoryId),
}

/// Where one person stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// On a roll.
    Listed,
    /// Released, not received.
    Pending,
    /// Released, disputed.
    Disputed,
    /// Received.
    Received,
    /// Left the slot.
    Vacated,
    /// Taken back by the holder.
    TakenBack,
    /// Returned outside the exchange.
    ReturnedOutside,
}

/// One person's line in the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The latest round the person was in.
    pub round: RoundNo,
    /// Who held the person.
    pub holder: Party,
    /// Who receives.
    pub receiver: Party,
    /// The category in that round.
    pub category: CategoryId,
    /// Where the person stands.
    pub place: Place,
    /// Slots left and releases disputed, in their order.
    pub grounds: Vec<(RoundNo, Ground)>,
}

/// The slots of one round in one direction.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Slots {
    /// Slots that the first roll opened.
    pub owed: u32,
    /// Filled: received.
    pub filled: u32,
    /// Taken by someone listed, released or disputed.
    pub taken: u32,
    /// Open: left and not yet filled again.
    pub open: u32,
    /// Who left a slot, and why; nothing where the holder took a person back.
    pub vacated: Vec<(Item, Option<Ground>)>,
    /// Who took a slot that another had left.
    pub refilled: Vec<Item>,
}

/// What one reading of a quantity comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Balance {
    /// Who reads it so; nothing for the text itself.
    pub reader: Option<Party>,
    /// The floor, in heads.
    pub at_least: i64,
    /// Received, in heads.
    pub received: i64,
    /// Still owed; negative where more were received.
    pub outstanding: i64,
}

/// Why a sequence of acts cannot be booked: which act, and why.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("act {at}, person {item}: {refused}")]
pub struct LedgerError {
    /// Place of the act in the sequence, from 1.
    pub at: usize,
    /// The person.
    pub item: Item,
    /// Why.
    pub refused: Unbookable,
}

/// Why an act cannot be booked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unbookable {
    /// Holder and receiver are not the two parties of the terms.
    #[error("{holder} and {receiver} are not the two parties")]
    NotTheParties {
        /// The holder named.
        holder: Party,
        /// The receiver named.
        receiver: Party,
    },
    /// No such round in the terms.
    #[error("the terms have no round {0}")]
    NoSuchRound(RoundNo),
    /// The round does not admit the category.
    #[error("round {round} does not admit {category}")]
    NotAdmitted {
        /// The round.
        round: RoundNo,
        /// The category.
        category: CategoryId,
    },
    /// More slots than places.
    #[error("round {round} has {places} places on a side, all taken")]
    NoPlaceLeft {
        /// The round.
        round: RoundNo,
        /// Places.
        places: u32,
    },
    /// No slot of the round is open.
    #[error("no slot of round {0} is open")]
    NoOpenSlot(RoundNo),
    /// The person has a slot, or has gone already.
    #[error("the person is there already, in round {round}: {place:?}")]
    PersonTwice {
        /// The earlier round.
        round: RoundNo,
        /// Where the person stands.
        place: Place,
    },
    /// Whoever left a slot of a round does not take another in the same round.
    #[error("the person left a slot of round {0} and takes none in it again")]
    LeftThisRound(RoundNo),
    /// The person was never listed.
    #[error("the person is on no roll")]
    NotListed,
    /// The person stands elsewhere than the act supposes.
    #[error("the act does not follow from where the person stands: {0:?}")]
    DoesNotFollow(Place),
    /// Round, direction or category are not those the person was listed with.
    #[error("the person was listed with another {0}")]
    OtherThanListed(&'static str),
    /// A sum beyond what can be counted.
    #[error("a sum is too large")]
    Overflow,
}

type Direction = (Party, Party);

/// The accounts of one agreement as one record of acts has them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ledger {
    terms: Digest,
    first_party: Party,
    balances: BTreeMap<Account, i64>,
    lines: BTreeMap<Item, Line>,
    slots: BTreeMap<(RoundNo, Direction), Slots>,
}

impl Ledger {
    /// Opens the accounts: what the terms promise is owed.
    pub fn open(terms: &Terms) -> Self {
        let mut balances = BTreeMap::new();
        for quantity in &terms.quantities {
            let (from, to) = (quantity.from.clone(), quantity.to.clone());
            let account =
                |post| Account { family: Family::Exchange, from: from.clone(), to: to.clone(), post };
            balances.insert(account(Post::Promised), -i64::from(quantity.at_least));
            balances.insert(account(Post::Owed), i64::from(quantity.at_least));
        }
        let first_party = terms.parties[0].id.clone();
        Self { terms: terms.digest(), first_party, balances, lines: BTreeMap::new(), slots: BTreeMap::new() }
    }

    /// Books a whole sequence.
    ///
    /// # Errors
    /// The first act that cannot be booked.
    pub fn book<'a>(terms: &Terms, acts: impl IntoIterator<Item = &'a Act>) -> Result<Self, LedgerError> {
        let mut ledger = Self::open(terms);
        for (at, act) in acts.into_iter().enumerate() {
            let place = |refused| LedgerError { at: at + 1, item: act.item, refused };
            ledger.post(terms, act).map_err(place)?;
        }
        Ok(ledger)
    }

    /// Books one act, or leaves the ledger as it was.
    ///
    /// # Errors
    /// Why the act cannot be booked after those before it.
    pub fn post(&mut self, terms: &Terms, act: &Act) -> Result<(), Unbookable> {
        let parties = terms.other(&act.holder).is_some_and(|other| *other == act.receiver);
        if !parties {
            let (holder, receiver) = (act.holder.clone(), act.receiver.clone());
            return Err(Unbookable::NotTheParties { holder, receiver });
        }
        match act.kind {
            ActKind::Listed | ActKind::Refilled => self.take_slot(terms, act),
            ActKind::ReturnedOutside => self.return_outside(act),
            ActKind::Vacated(ground) => self.leave_slot(act, Some(ground)),
            ActKind::TakenBack => self.leave_slot(act, None),
            ActKind::Released => self.step(act, &[Place::Listed], Place::Pending),
            ActKind::Disputed(_) => self.step(act, &[Place::Pending], Place::Disputed),
            ActKind::Received => self.step(act, &[Place::Pending, Place::Disputed], Place::Received),
        }
    }

    /// Every account with its balance; they add up to zero after every act.
    pub fn balances(&self) -> &BTreeMap<Account, i64> {
        &self.balances
    }

    /// The slots of every round and direction (holder, receiver).
    pub fn slots(&self) -> &BTreeMap<(RoundNo, (Party, Party)), Slots> {
        &self.slots
    }

    /// Every person's line.
    pub fn lines(&self) -> &BTreeMap<Item, Line> {
        &self.lines
    }

    /// Heads received under the exchange in a direction.
    pub fn heads(&self, from: &Party, to: &Party) -> i64 {
        self.received(Family::Exchange, from, to)
    }

    /// Heads returned outside the exchange in a direction.
    pub fn returned_outside(&self, from: &Party, to: &Party) -> i64 {
        self.received(Family::ByLaw, from, to)
    }

    /// What the text, and every party's own reading of it, come to in a direction: side by side, none settled.
    pub fn outstanding(&self, terms: &Terms, from: &Party, to: &Party) -> Vec<Balance> {
        let Some(quantity) = terms.quantity(from, to) else { return Vec::new() };
        let received = self.heads(from, to);
        let text = (None, i64::from(quantity.at_least));
        let readings = quantity.readings.iter().map(|r| (Some(r.party.clone()), i64::from(r.at_least)));
        std::iter::once(text)
            .chain(readings)
            .map(|(reader, at_least)| Balance {
                reader,
                at_least,
                received,
                outstanding: at_least - received,
            })
            .collect()
    }

    /// SHA-256 over what the ledger holds, the same for both nodes whatever the order in which acts about different persons
    /// reached them (`docs/formats/ledger.md`).
    pub fn digest(&self) -> Digest {
        let mut bytes = b"homeward ledger v1\0".to_vec();
        bytes.extend(self.terms.0);
        for (item, line) in &self.lines {
            bytes.extend(item.0);
            bytes.extend(line.round.to_be_bytes());
            bytes.push(u8::from(line.holder != self.first_party));
            bytes.push(line.place as u8);
            // A label has at most 32 bytes, and the grounds are at most two for each of at most 128 rounds.
            bytes.push(line.category.as_str().len() as u8);
            bytes.extend(line.category.as_str().as_bytes());
            bytes.extend((line.grounds.len() as u32).to_be_bytes());
            for (round, ground) in &line.grounds {
                bytes.extend(round.to_be_bytes());
                bytes.push(*ground as u8);
            }
        }
        Digest(Sha256::digest(&bytes).into())
    }

    /// What this ledger states to the other side: per round and direction, how many were received and who.
    pub fn statement(&self, by: Party) -> Statement {
        let mut figures: BTreeMap<_, Figure> = BTreeMap::new();
        for (round, direction) in self.slots.keys() {
            figures.entry((*round, direction.0.clone(), direction.1.clone())).or_default();
        }
        for (item, line) in self.lines.iter().filter(|(_, line)| line.place == Place::Received) {
            let key = (line.round, line.holder.clone(), line.receiver.clone());
            let figure = figures.entry(key).or_default();
            figure.count += 1;
            figure.items.insert(*item);
        }
        Statement { by, figures }
    }

    fn received(&self, family: Family, from: &Party, to: &Party) -> i64 {
        self.balances
            .iter()
            .filter(|(account, _)| account.family == family && account.from == *from && account.to == *to)
            .filter(|(account, _)| matches!(account.post, Post::Filled(_)))
            .map(|(_, heads)| heads)
            .sum()
    }

    /// A person on a roll: the first, which opens a slot, or an amendment, which fills an open one.
    fn take_slot(&mut self, terms: &Terms, act: &Act) -> Result<(), Unbookable> {
        let round = terms.round(act.round).ok_or(Unbookable::NoSuchRound(act.round))?;
        if !round.categories.contains(&act.category) {
            let category = act.category.clone();
            return Err(Unbookable::NotAdmitted { round: act.round, category });
        }
        self.is_free_to_go(act)?;
        let slots = self.slots.get(&key(act)).cloned().unwrap_or_default();
        let first = act.kind == ActKind::Listed;
        if first && slots.owed >= round.places {
            return Err(Unbookable::NoPlaceLeft { round: act.round, places: round.places });
        }
        if !first && slots.open == 0 {
            return Err(Unbookable::NoOpenSlot(act.round));
        }
        self.transfer(act, Family::Exchange, Post::Owed, Post::Listed(act.category.clone()))?;
        let slots = self.slots.entry(key(act)).or_default();
        slots.taken += 1;
        if first {
            slots.owed += 1;
        } else {
            slots.open -= 1;
            slots.refilled.push(act.item);
        }
        self.write(act, Place::Listed);
        Ok(())
    }

    fn return_outside(&mut self, act: &Act) -> Result<(), Unbookable> {
        match self.lines.get(&act.item) {
            Some(line) if !matches!(line.place, Place::Vacated | Place::TakenBack) => {
                return Err(Unbookable::PersonTwice { round: line.round, place: line.place });
            }
            Some(line) if line.holder != act.holder => return Err(Unbookable::OtherThanListed("direction")),
            _ => {}
        }
        self.transfer(act, Family::ByLaw, Post::Promised, Post::Filled(act.category.clone()))?;
        self.write(act, Place::ReturnedOutside);
        Ok(())
    }

    fn leave_slot(&mut self, act: &Act, ground: Option<Ground>) -> Result<(), Unbookable> {
        let place = self.listed_as(act)?;
        let may = match ground {
            Some(_) => matches!(place, Place::Listed | Place::Pending | Place::Disputed),
            None => matches!(place, Place::Pending | Place::Disputed),
        };
        let post = post_of(place, &act.category).filter(|_| may).ok_or(Unbookable::DoesNotFollow(place))?;
        self.transfer(act, Family::Exchange, post, Post::Owed)?;
        let slots = self.slots.entry(key(act)).or_default();
        slots.taken -= 1;
        slots.open += 1;
        slots.vacated.push((act.item, ground));
        self.write(act, if ground.is_some() { Place::Vacated } else { Place::TakenBack });
        Ok(())
    }

    fn step(&mut self, act: &Act, before: &[Place], after: Place) -> Result<(), Unbookable> {
        let place = self.listed_as(act)?;
        let (Some(out), Some(into)) = (post_of(place, &act.category), post_of(after, &act.category)) else {
            return Err(Unbookable::DoesNotFollow(place));
        };
        if !before.contains(&place) {
            return Err(Unbookable::DoesNotFollow(place));
        }
        self.transfer(act, Family::Exchange, out, into)?;
        if after == Place::Received {
            let slots = self.slots.entry(key(act)).or_default();
            slots.taken -= 1;
            slots.filled += 1;
        }
        self.write(act, after);
        Ok(())
    }

    /// Whether a person can take a slot: never listed, or out of a slot of an earlier round.
    fn is_free_to_go(&self, act: &Act) -> Result<(), Unbookable> {
        let Some(line) = self.lines.get(&act.item) else { return Ok(()) };
        if !matches!(line.place, Place::Vacated | Place::TakenBack) {
            return Err(Unbookable::PersonTwice { round: line.round, place: line.place });
        }
        if line.holder != act.holder {
            return Err(Unbookable::OtherThanListed("direction"));
        }
        if line.round >= act.round {
            return Err(Unbookable::LeftThisRound(line.round));
        }
        Ok(())
    }

    /// Where a person listed with this round, direction and category stands.
    fn listed_as(&self, act: &Act) -> Result<Place, Unbookable> {
        let line = self.lines.get(&act.item).ok_or(Unbookable::NotListed)?;
        if line.holder != act.holder {
            return Err(Unbookable::OtherThanListed("direction"));
        }
        if line.round != act.round {
            return Err(Unbookable::OtherThanListed("round"));
        }
        if line.category != act.category {
            return Err(Unbookable::OtherThanListed("category"));
        }
        Ok(line.place)
    }

    /// One head out of one account into another of the same family and direction.
    fn transfer(&mut self, act: &Act, family: Family, out: Post, into: Post) -> Result<(), Unbookable> {
        let account = |post| Account { family, from: act.holder.clone(), to: act.receiver.clone(), post };
        let (out, into) = (account(out), account(into));
        let balance = |account| self.balances.get(account).copied().unwrap_or(0);
        let less = balance(&out).checked_sub(1).ok_or(Unbookable::Overflow)?;
        let more = balance(&into).checked_add(1).ok_or(Unbookable::Overflow)?;
        self.balances.insert(out, less);
        self.balances.insert(into, more);
        Ok(())
    }

    fn write(&mut self, act: &Act, place: Place) {
        let line = self.lines.entry(act.item).or_insert_with(|| Line {
            round: act.round,
            holder: act.holder.clone(),
            receiver: act.receiver.clone(),
            category: act.category.clone(),
            place,
            grounds: Vec::new(),
        });
        line.round = act.round;
        line.category = act.category.clone();
        line.place = place;
        if let ActKind::Vacated(ground) | ActKind::Disputed(ground) = act.kind {
            line.grounds.push((act.round, ground));
        }
    }
}

fn key(act: &Act) -> (RoundNo, Direction) {
    (act.round, (act.holder.clone(), act.receiver.clone()))
}

/// The account in which a person of this place counts, if the person has a slot.
fn post_of(place: Place, category: &CategoryId) -> Option<Post> {
    let category = category.clone();
    match place {
        Place::Listed => Some(Post::Listed(category)),
        Place::Pending => Some(Post::Pending(category)),
        Place::Disputed => Some(Post::Disputed(category)),
        Place::Received => Some(Post::Filled(category)),
        Place::Vacated | Place::TakenBack | Place::ReturnedOutside => None,
    }
}

#[cfg(test)]
mod tests;
