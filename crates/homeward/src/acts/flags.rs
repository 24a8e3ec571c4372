//! What this desk has to look at in a proposal of the other side before anyone accepts it.
//!
//! Decides nothing: each flag names an item and what was found, two officers of this side decide. The record itself
//! refuses what no honest side could propose; here is what only this side's own knowledge shows.

use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::{Item, PersonId, RoundNo};
use parley::{Body, EntryId, ListItem, PartyId, View};
use register::LineRow;

use crate::act::ActError;
use crate::acts::item;
use crate::acts::roll::{self, Drawn, RollFault};
use crate::node::Shared;

/// What was found against an item of a proposal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// Our own dossier says that this person is home already.
    AlreadyReturned,
    /// Its holder did not nominate it, or it is not in the pool its holder committed to.
    NotNominated,
    /// It does not follow from the published order, or it was not opened to us.
    CheckFailed,
    /// It comes in by the published order, and the amendment leaves it out.
    PassedOver,
}

impl Why {
    /// Its code: message key `flag-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::AlreadyReturned => "already-returned",
            Self::NotNominated => "not-nominated",
            Self::CheckFailed => "check-failed",
            Self::PassedOver => "passed-over",
        }
    }
}

/// One item of a proposal and what was found against it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Flag {
    /// The item.
    pub item: Item,
    /// What was found.
    pub why: Why,
}

/// What this node knows for judging the other side's proposals of one round, read once.
pub struct Known<'a> {
    /// The round.
    pub round: RoundNo,
    /// The other side.
    pub theirs: PartyId,
    /// The faults of its nomination; nothing before it has nominated.
    pub checked: Option<&'a [RollFault]>,
    /// The roll of both sides, where there is one.
    pub drawn: Option<&'a Drawn>,
    /// Its items whose own dossier says that the person is home.
    pub home: &'a BTreeMap<Item, PersonId>,
    /// The lines of the round.
    pub lines: &'a [LineRow],
}

/// Looks at a proposal of the other side, by what its author had seen when making it: what has become of somebody since is no
/// fault of it. Of an amendment only what is new on it is looked at: the rest was accepted before.
pub fn of_proposal(shared: &Shared, known: &Known<'_>, entry: &EntryId) -> Result<Vec<Flag>, ActError> {
    let record = &shared.record;
    let Some(Body::Propose { version, items, .. }) = record.entry(entry).map(|signed| signed.body()) else {
        return Err(ActError::NotFound);
    };
    let past = record.before(entry).ok_or(ActError::NotFound)?;
    let before: BTreeSet<parley::Item> = past
        .round(known.round)
        .and_then(|state| state.effective())
        .map_or_else(BTreeSet::new, |list| list.items.iter().map(|line| line.item).collect());
    let new: Vec<ListItem> = items.iter().filter(|line| !before.contains(&line.item)).copied().collect();
    let mut flags = if *version == 1 { first(shared, known, &new) } else { added(&past, known, &new) };
    let opened: BTreeSet<Item> = known.lines.iter().map(|line| line.item).collect();
    for line in new.iter().filter(|line| line.holder == known.theirs) {
        let one = item(line.item);
        if known.home.contains_key(&one) {
            flags.push(Flag { item: one, why: Why::AlreadyReturned });
        }
        if !opened.contains(&one) {
            flags.push(Flag { item: one, why: Why::CheckFailed });
        }
    }
    flags.sort();
    flags.dedup();
    Ok(flags)
}

/// A first list: every item is nominated by its holder, and the other side's nomination is its part of the roll.
fn first(shared: &Shared, known: &Known<'_>, new: &[ListItem]) -> Vec<Flag> {
    let mut flags = Vec::new();
    let faults = known.checked.unwrap_or_default();
    for line in new {
        let state = shared.record.view().round(known.round);
        let nominated = state.and_then(|state| state.nominated(&line.holder)).map_or(&[][..], |n| n.1);
        if nominated.binary_search(&line.item).is_err() {
            flags.push(Flag { item: item(line.item), why: Why::NotNominated });
        }
        if line.holder == known.theirs && faults.iter().any(|fault| concerns(fault, &item(line.item))) {
            flags.push(Flag { item: item(line.item), why: Why::CheckFailed });
        }
    }
    flags
}

/// Whether a fault of a nomination is this item's. Where there is no roll to check by, it is everybody's.
fn concerns(fault: &RollFault, item: &Item) -> bool {
    match fault {
        RollFault::NoRoll(_) => true,
        RollFault::NotInPool(one) | RollFault::NotOnRoll(one) | RollFault::Unopened(one) => one == item,
        RollFault::LeftOut(_) | RollFault::Override(_) => false,
    }
}

/// An amendment: what its author adds is its own, and who comes in by the rules of the round, all of them.
fn added(past: &View, known: &Known<'_>, new: &[ListItem]) -> Vec<Flag> {
    let mut flags = Vec::new();
    let (theirs, others): (Vec<&ListItem>, Vec<&ListItem>) =
        new.iter().partition(|line| line.holder == known.theirs);
    flags.extend(others.iter().map(|line| Flag { item: item(line.item), why: Why::NotNominated }));
    let Some(drawn) = known.drawn else { return flags };
    let coming: BTreeSet<Item> = roll::coming(past, known.round, &known.theirs, drawn).into_iter().collect();
    let theirs: BTreeSet<Item> = theirs.iter().map(|line| item(line.item)).collect();
    flags.extend(coming.difference(&theirs).map(|one| Flag { item: *one, why: Why::PassedOver }));
    for one in theirs {
        if drawn.person(&one).is_none() {
            flags.push(Flag { item: one, why: Why::NotNominated });
        } else if !coming.contains(&one) {
            flags.push(Flag { item: one, why: Why::CheckFailed });
        }
    }
    flags
}
