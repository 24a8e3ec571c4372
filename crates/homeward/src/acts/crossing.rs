//! From list to home: wills, departures, releases, receipts, disputes, and the close of a round with its account.

use exchange::ids::{Item, PersonId, RoundNo};
use exchange::person::{Claim, Grade, Source, State};
use minicbor::{Decode, Encode};
use parley::{Answer, Body, DepartGround, DisputeGround, NoticeKind, Occasion, PartyId};
use register::{CallRow, CallState};

use crate::act::{Act, ActError};
use crate::acts::{agreement, shared_item, withheld};
use crate::opening::to_cbor;
use crate::pairing;

/// Records what a person answered (GC III art. 109, third paragraph).
pub async fn will(
    act: &mut Act<'_>,
    round: RoundNo,
    item: Item,
    occasion: Occasion,
    answer: Answer,
) -> Result<(), ActError> {
    act.append(Body::Will { round, item: shared_item(item), occasion, answer }).await?;
    Ok(())
}

/// States that a person leaves the round's list. A death becomes a claim in the dossier as well; it hides nobody.
pub async fn depart(
    act: &mut Act<'_>,
    round: RoundNo,
    item: Item,
    ground: DepartGround,
) -> Result<(), ActError> {
    act.append(Body::Depart { round, item: shared_item(item), ground }).await?;
    let says = match ground {
        DepartGround::Died => State::Dead,
        DepartGround::Escaped | DepartGround::AlreadyReturned => State::Freed,
        DepartGround::Recovered | DepartGround::Unwilling | DepartGround::NotBrought => return Ok(()),
    };
    let row = act.tx.person_of(&item).await?.ok_or(ActError::NotFound)?;
    let of = act.node().clock.today();
    claim(act, row.person.id, Claim { says, of, source: Source::HoldingPower, grade: Grade::Confirmed }).await
}

/// Adds a claim to a dossier: beside the others, in order of its day.
pub async fn claim(act: &mut Act<'_>, person: PersonId, claim: Claim) -> Result<(), ActError> {
    let mut row = act.tx.person(person).await?.ok_or(ActError::NotFound)?;
    row.person.claims.push(claim);
    row.person.claims.sort_by_key(|claim| claim.of);
    let keys = pairing::keys_of(&row.person);
    act.tx.save_person(&row.person, &keys).await?;
    Ok(())
}

/// States that a person was handed over. The record refuses it without two recorded wills to go.
pub async fn release(act: &mut Act<'_>, round: RoundNo, item: Item) -> Result<(), ActError> {
    act.append(Body::Release { round, item: shared_item(item) }).await?;
    Ok(())
}

/// What the receiving side found when a person was to arrive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arrival {
    /// The person named has come.
    Received,
    /// Nobody was delivered.
    NotDelivered,
    /// Somebody else was delivered.
    OtherPerson,
}

impl Arrival {
    /// Reads the code of a form.
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "received" => Some(Self::Received),
            "not-delivered" => Some(Self::NotDelivered),
            "other-person" => Some(Self::OtherPerson),
            _ => None,
        }
    }
}

/// Confirms or denies a release of the other side. A receipt also writes the claim that the person is free into the
/// dossier it belongs to, and puts the family on the call list: in the same write, so that none can be forgotten.
pub async fn arrival(act: &mut Act<'_>, round: RoundNo, item: Item, found: Arrival) -> Result<(), ActError> {
    let state = act.record().view().round(round).ok_or(ActError::NotFound)?;
    let release = state.release(&shared_item(item)).ok_or_else(|| ActError::rule("not-released", round))?;
    let body = match found {
        Arrival::Received => Body::Receipt { release },
        Arrival::NotDelivered => Body::Dispute { release, ground: DisputeGround::NotDelivered },
        Arrival::OtherPerson => Body::Dispute { release, ground: DisputeGround::OtherPerson },
    };
    act.append(body).await?;
    if found == Arrival::Received { home(act, round, item).await } else { Ok(()) }
}

/// A dossier linked only after the receipt learns of it now: nobody who is home may be missing from the call list.
pub async fn home_when_received(act: &mut Act<'_>, round: RoundNo, item: Item) -> Result<(), ActError> {
    let state = act.record().view().round(round).and_then(|state| state.state(&shared_item(item)));
    if state == Some(parley::ItemState::Received) { home(act, round, item).await } else { Ok(()) }
}

async fn home(act: &mut Act<'_>, round: RoundNo, item: Item) -> Result<(), ActError> {
    let Some(line) = act.tx.line_of(round, &item).await? else { return Ok(()) };
    let Some(person) = line.person else { return Ok(()) };
    claim(act, person, pairing::freed(act.node().clock.today())).await?;
    if act.tx.person(person).await?.is_some_and(|row| row.item.is_none()) {
        act.tx.set_item(person, item).await?;
    }
    let hours = agreement::in_force(act)?.call_hours();
    let due_by = act.tx.at() + i64::from(hours) * 3_600_000;
    let id = act.tx.new_id("calls");
    act.tx.put(&CallRow { id, round, person, state: CallState::Due, due_by, tries: Vec::new() }).await?;
    Ok(())
}

/// States that the person of an unconfirmed release is held again.
pub async fn take_back(act: &mut Act<'_>, round: RoundNo, item: Item) -> Result<(), ActError> {
    let state = act.record().view().round(round).ok_or(ActError::NotFound)?;
    let release = state.release(&shared_item(item)).ok_or_else(|| ActError::rule("not-released", round))?;
    act.append(Body::TakeBack { release }).await?;
    Ok(())
}

/// Says that a round is postponed, resumed or cancelled.
pub async fn notice(
    act: &mut Act<'_>,
    round: RoundNo,
    kind: NoticeKind,
    until: Option<u64>,
) -> Result<(), ActError> {
    act.append(Body::Notice { round, kind, until }).await?;
    Ok(())
}

/// The account of one round: who was delivered and received by receipts, and what its author counts besides.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Statement {
    /// The round.
    #[n(0)]
    pub round: u32,
    /// Persons delivered by each party with a receipt, in the parties' order; items ascending.
    #[n(1)]
    pub delivered: [Vec<minicbor::bytes::ByteVec>; 2],
    /// Persons its author counts as delivered that went home outside the exchange.
    #[n(2)]
    pub outside: u64,
}

/// This side's statement of a round as both logs have it.
pub fn statement(act: &Act<'_>, round: RoundNo, outside: u64) -> Result<Statement, ActError> {
    let state = act.record().view().round(round).ok_or(ActError::NotFound)?;
    let of = |party: PartyId| {
        let received = state
            .items()
            .into_iter()
            .filter(|(_, (holder, now))| *holder == party && *now == parley::ItemState::Received);
        received.map(|(item, _)| item.0.to_vec().into()).collect()
    };
    Ok(Statement { round, delivered: act.record().members().parties().map(of), outside })
}

/// Books the account of a round.
pub async fn account(act: &mut Act<'_>, round: RoundNo, outside: u64) -> Result<(), ActError> {
    let (me, theirs) = (act.node().me, act.record().members().other(&act.node().me));
    let statement = statement(act, round, outside)?;
    let count = |party: &PartyId| {
        let index = act.record().members().index(party).unwrap_or(0);
        statement.delivered[index].len() as u64
    };
    let (delivered, received) = (count(&me) + outside, theirs.as_ref().map_or(0, count));
    let digest = act.attach("statement", &to_cbor(&statement)).await?;
    act.append(Body::Account { round, digest, delivered, received }).await?;
    Ok(())
}

/// Books the account of a round and closes it. The record refuses a close while anyone is in transit or a proposal is open; this
/// node refuses one for want of a pool that may still come.
pub async fn close(act: &mut Act<'_>, round: RoundNo, outside: u64) -> Result<(), ActError> {
    withheld::check_close(act, round).await?;
    account(act, round, outside).await?;
    act.append(Body::Close { round }).await?;
    Ok(())
}

/// Writes down which heads of all logs this node holds: what a neutral does after each round.
pub async fn observe(act: &mut Act<'_>) -> Result<(), ActError> {
    let me = act.node().me;
    let heads = act.record().heads().into_iter().filter(|head| head.author != me).collect();
    act.append(Body::Observe { heads }).await?;
    Ok(())
}
