//! People put on a roll by hand, in another's place: by two officers, with a ground, as often as the agreement allows.
//!
//! An override is said in the record before its party nominates, so that the other side sees who goes instead of whom and why,
//! and counts with us. It must leave a lawful roll: a place is exchanged, never made.

use exchange::agreement::Terms;
use exchange::ids::{Item, RoundNo};
use exchange::selection::joint;
use minicbor::{Decode, Encode};
use parley::{Body, Digest, EntryId, Label, PartyId, Record};
use register::Reading;

use crate::act::{Act, ActError};
use crate::acts::agreement;
use crate::acts::roll::{self, Drawn};
use crate::opening::to_cbor;

/// The kind of memo by which an override is said.
pub const KIND: &str = "override";
/// The longest reason, in bytes.
pub const REASON_BYTES_MAX: usize = 2 * 1024;
/// The grounds on which somebody is put on a roll by hand, in the order a form offers them.
pub const GROUNDS: [&str; 5] = ["medical", "family", "safety", "court", "other"];
const DOCUMENT_BYTES_MAX: usize = 4 * 1024;

/// One person goes in another's place.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Override {
    /// The round.
    #[n(0)]
    pub round: u32,
    /// Who is put on the roll.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub goes: [u8; 32],
    /// Who gives the place up.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub stays: [u8; 32],
    /// Code of the ground.
    #[n(3)]
    pub ground: String,
    /// The reason, in the officer's words; no name is asked for.
    #[n(4)]
    pub says: String,
}

/// An override as the record has it.
#[derive(Clone, Debug)]
pub struct Said {
    /// The entry.
    pub entry: EntryId,
    /// What it says; nothing where its document is not here or does not read.
    pub what: Option<Override>,
}

impl Override {
    /// Reads a document.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let fits = bytes.len() <= DOCUMENT_BYTES_MAX;
        let read: Self = fits.then(|| minicbor::decode(bytes).ok()).flatten()?;
        (GROUNDS.contains(&read.ground.as_str()) && read.says.len() <= REASON_BYTES_MAX).then_some(read)
    }
}

/// What a party has said about the roll of a round before it nominated. A document that is not here, or does not read, could be of
/// any round and is kept as such.
pub async fn said(
    reading: &mut Reading,
    record: &Record,
    party: &PartyId,
    round: RoundNo,
) -> Result<Vec<Said>, ActError> {
    let nominated =
        record.view().round(round).and_then(|state| state.nominated(party)).map(|(entry, ..)| entry);
    let mut found = Vec::new();
    for entry in record.entries_since(&[]).filter(|entry| entry.entry().author == *party) {
        if Some(entry.id()) == nominated {
            break;
        }
        let Some(digest) = document_of(entry.body()) else { continue };
        let stored = reading.attachment(&exchange::ids::Digest(digest.0)).await?;
        let what = stored.and_then(|stored| Override::read(&stored.bytes));
        if what.as_ref().is_none_or(|what| what.round == round) {
            found.push(Said { entry: entry.id(), what });
        }
    }
    Ok(found)
}

fn document_of(body: &Body) -> Option<Digest> {
    match body {
        Body::Memo { kind, digest } if kind.as_str() == KIND => Some(*digest),
        _ => None,
    }
}

/// A party's part of the roll with its overrides, ascending; and those that the agreement does not allow, which change nothing:
/// each with the code of what is against it.
pub fn apply(
    drawn: &Drawn,
    party: &PartyId,
    said: &[Said],
    at_most: u32,
) -> (Vec<Item>, Vec<(EntryId, &'static str)>) {
    let (mut goes, mut refused) = (drawn.chosen(party), Vec::new());
    let mut made = 0;
    for one in said {
        let next = match &one.what {
            None => Err("override-unread"),
            Some(_) if made == at_most => Err("override-ceiling"),
            Some(what) => exchanged(drawn, party, &goes, what),
        };
        match next {
            Ok(next) => (goes, made) = (next, made + 1),
            Err(code) => refused.push((one.entry, code)),
        }
    }
    (goes, refused)
}

/// The part of the roll with one person in another's place.
fn exchanged(
    drawn: &Drawn,
    party: &PartyId,
    goes: &[Item],
    what: &Override,
) -> Result<Vec<Item>, &'static str> {
    let (comes, leaves) = (Item(what.goes), Item(what.stays));
    let side = drawn.side(party);
    let of_side = drawn.person(&comes).is_some_and(|person| usize::from(person.side) == side);
    if !of_side || goes.binary_search(&comes).is_ok() || goes.binary_search(&leaves).is_err() {
        return Err("override-persons");
    }
    let mut next: Vec<Item> = goes.iter().copied().filter(|one| *one != leaves).chain([comes]).collect();
    next.sort_unstable();
    let mut both = next.clone();
    for person in drawn.chosen_people().filter(|person| usize::from(person.side) != side) {
        both.push(person.item);
    }
    let setting = &drawn.setting;
    let lawful =
        joint::check(&setting.rules, &setting.people, &drawn.seed, &both, &drawn.selected.certificate);
    // Whether a roll is the best is another question: this one is not, or nobody would have to be put on it by hand.
    lawful.map(|_| next).map_err(|_| "override-unlawful")
}

/// How many people a party may put on a roll by hand in each round.
pub fn at_most(terms: &Terms) -> u32 {
    terms.selection.as_ref().map_or(0, |selection| selection.overrides_at_most)
}

/// Whether an override could be said now: the first officer is told at once what the record or the agreement would refuse the
/// second.
pub async fn check(act: &mut Act<'_>, what: &Override) -> Result<(), ActError> {
    let at_most = at_most(agreement::in_force(act)?);
    let me = act.node().me;
    let round = what.round;
    if Override::read(&to_cbor(what)).is_none() || what.says.trim().is_empty() {
        return Err(ActError::rule("override-reason", ""));
    }
    let state = act.record().view().round(round).ok_or(ActError::NotFound)?;
    if state.nominated(&me).is_some() {
        return Err(ActError::rule("override-late", round));
    }
    let drawn = roll::drawn(act, round).await?;
    let (tx, shared) = act.parts();
    let mut all = said(tx, &shared.record, &me, round).await?;
    let entry = EntryId([0; 32]);
    all.push(Said { entry, what: Some(what.clone()) });
    let (_, refused) = apply(&drawn, &me, &all, at_most);
    match refused.iter().find(|(one, _)| *one == entry) {
        Some((_, code)) => Err(ActError::rule(code, round)),
        None => Ok(()),
    }
}

/// Says an override in the record.
pub async fn put(act: &mut Act<'_>, document: &[u8]) -> Result<(), ActError> {
    let what = Override::read(document).ok_or_else(|| ActError::rule("override-reason", ""))?;
    check(act, &what).await?;
    let digest = act.attach("override", document).await?;
    let kind: Label = KIND.parse().map_err(|_| ActError::NotFound)?;
    act.append(Body::Memo { kind, digest }).await?;
    Ok(())
}
