//! People put on a roll by hand, in another's place: by two officers, with a ground, as often as the agreement allows.
//!
//! An override is said in the record before its party nominates, so that the other side sees who goes instead of whom and why,
//! and counts with us. It must leave a lawful roll: a place is exchanged, never made.

use std::collections::BTreeSet;
use std::sync::Arc;

use exchange::agreement::Terms;
use exchange::ids::{Item, RoundNo};
use exchange::selection::joint::{self, Bound, CheckError, Person};
use exchange::selection::of_terms::Setting;
use minicbor::{Decode, Encode};
use parley::{Body, EntryId, Label, PartyId, Record};
use register::{Reading, RegisterError};

use crate::act::{Act, ActError};
use crate::acts::agreement;
use crate::acts::roll::{self, Drawn};
use crate::officer::Officer;
use crate::opening::to_cbor;

/// The kind of a draft of an override; with the round's number, the kind of the memo by which it is said.
pub const KIND: &str = "override";
/// How many overrides of a party are looked at in a round beyond those that the agreement allows it: what a hostile side says more
/// is one fault, and no work.
const BEYOND_MAX: usize = 16;
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
    /// What it says, or why that is not known.
    pub what: Result<Override, Against>,
}

/// What is against an override.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Against {
    /// Its document is not here, does not read, or is about another round than the entry says.
    Unread,
    /// So many are said that no more are looked at: this one and whatever follows it.
    TooMany,
    /// The agreement allows no more.
    Ceiling,
    /// Who comes in is not in the pool of that side or goes already, or who gives the place up does not go.
    Persons,
    /// The roll with this exchange would break a rule of the round.
    Unlawful(CheckError),
}

impl Against {
    /// Its code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unread => "override-unread",
            Self::TooMany => "override-too-many",
            Self::Ceiling => "override-ceiling",
            Self::Persons => "override-persons",
            Self::Unlawful(_) => "override-unlawful",
        }
    }

    /// The same for the officer who drafts it, naming the rule that would be broken: its code, and the place or category.
    fn told(&self, drawn: &Drawn, round: RoundNo) -> ActError {
        let rules = &drawn.setting.rules;
        let category = |at: usize| rules.categories[at].id.as_str();
        let Self::Unlawful(why) = self else { return ActError::rule(self.code(), round) };
        match why {
            CheckError::Places { bound: Bound::Cap { side, cap }, found, least, most } => {
                let id = &rules.sides[*side].caps[*cap].id;
                ActError::rule("override-place", format!("{id}: {found} ({least}–{most})"))
            }
            CheckError::Places {
                bound: Bound::Category { category: at, .. } | Bound::Pair { category: at },
                found,
                least,
                most,
            } => ActError::rule("override-category", format!("{}: {found} ({least}–{most})", category(*at))),
            CheckError::Matching { category: at, found: [first, second] } => {
                ActError::rule("override-matching", format!("{}: {first}, {second}", category(*at)))
            }
            CheckError::Split(_) => ActError::rule("override-group", ""),
            _ => ActError::rule(self.code(), round),
        }
    }
}

/// The kind of memo by which an override of a round is said. The round is in the kind, so that one whose document is not here is a
/// fault of its round alone.
pub fn kind_of(round: RoundNo) -> String {
    format!("{KIND}-{round}")
}

/// The round of an override, by the kind of its memo; nothing for a memo of another kind.
pub fn round_of(kind: &str) -> Option<RoundNo> {
    let round = kind.strip_prefix(KIND)?.strip_prefix('-')?.parse().ok()?;
    (kind_of(round) == kind).then_some(round)
}

impl Override {
    /// Reads a document.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let fits = bytes.len() <= DOCUMENT_BYTES_MAX;
        let read: Self = fits.then(|| minicbor::decode(bytes).ok()).flatten()?;
        (GROUNDS.contains(&read.ground.as_str()) && read.says.len() <= REASON_BYTES_MAX).then_some(read)
    }
}

/// What a party has said about the roll of a round before it nominated: what the agreement allows it and somewhat more, so that
/// what is said is bounded.
pub async fn said(
    reading: &mut Reading,
    record: &Record,
    party: &PartyId,
    (round, at_most): (RoundNo, u32),
) -> Result<Vec<Said>, ActError> {
    let nominated =
        record.view().round(round).and_then(|state| state.nominated(party)).map(|(entry, ..)| entry);
    let mut found = Vec::new();
    for entry in record.entries_since(&[]).filter(|entry| entry.entry().author == *party) {
        if Some(entry.id()) == nominated {
            break;
        }
        let Body::Memo { kind, digest } = entry.body() else { continue };
        if round_of(kind.as_str()) != Some(round) {
            continue;
        }
        if found.len() >= BEYOND_MAX.saturating_add(at_most as usize) {
            found.push(Said { entry: entry.id(), what: Err(Against::TooMany) });
            break;
        }
        let stored = reading.attachment(&exchange::ids::Digest(digest.0)).await?;
        let what = stored.and_then(|stored| Override::read(&stored.bytes));
        let what = what.filter(|what| what.round == round).ok_or(Against::Unread);
        found.push(Said { entry: entry.id(), what });
    }
    Ok(found)
}

/// A party's part of the roll with its overrides, ascending; and those that the agreement does not allow, which change nothing:
/// each with what is against it.
fn apply(
    drawn: &Drawn,
    party: &PartyId,
    said: &[Said],
    at_most: u32,
) -> (Vec<Item>, Vec<(EntryId, Against)>) {
    let (mut goes, mut refused) = (drawn.chosen(party), Vec::new());
    let mut made = 0;
    for one in said {
        let next = match &one.what {
            Err(why) => Err(why.clone()),
            Ok(_) if made == at_most => Err(Against::Ceiling),
            Ok(what) => exchanged(drawn, party, &goes, what),
        };
        match next {
            Ok(next) => (goes, made) = (next, made + 1),
            Err(why) => refused.push((one.entry, why)),
        }
    }
    (goes, refused)
}

/// The same as [`apply`]. Each override is held against everyone of the round: it is no work for the thread of a request.
pub async fn applied(
    drawn: &Arc<Drawn>,
    party: PartyId,
    said: &[Said],
    at_most: u32,
) -> Result<(Vec<Item>, Vec<(EntryId, Against)>), ActError> {
    if said.is_empty() {
        return Ok((drawn.chosen(&party), Vec::new()));
    }
    let (drawn, said) = (drawn.clone(), said.to_vec());
    let applying = tokio::task::spawn_blocking(move || apply(&drawn, &party, &said, at_most));
    applying.await.map_err(|why| ActError::broken(&why.into()))
}

/// The part of the roll with one person in another's place.
fn exchanged(drawn: &Drawn, party: &PartyId, goes: &[Item], what: &Override) -> Result<Vec<Item>, Against> {
    let (comes, leaves) = (Item(what.goes), Item(what.stays));
    let side = drawn.side(party);
    let of_side = drawn.person(&comes).is_some_and(|person| usize::from(person.side) == side);
    if !of_side || goes.binary_search(&comes).is_ok() || goes.binary_search(&leaves).is_err() {
        return Err(Against::Persons);
    }
    let mut next: Vec<Item> = goes.iter().copied().filter(|one| *one != leaves).chain([comes]).collect();
    next.sort_unstable();
    let mut both = next.clone();
    for person in drawn.chosen_people().filter(|person| usize::from(person.side) != side) {
        both.push(person.item);
    }
    let setting = &drawn.setting;
    // Whether the roll is the best is not asked: this one is not, or nobody would have to be put on it by hand.
    joint::lawful(&setting.rules, &setting.people, &both).map_err(Against::Unlawful)?;
    Ok(next)
}

/// In whose place somebody of the same side could go, ascending: no number of a place or a category is broken, nobody kept together
/// is separated, and what stands against a category stays as it is. `goes` is the side's part of the roll, ascending.
pub fn could_give_way(drawn: &Drawn, goes: &[Item], comes: &Person) -> BTreeSet<Item> {
    let Setting { rules, people } = &drawn.setting;
    let side = usize::from(comes.side);
    let caps = &rules.sides[side].caps;
    let way = |person: &Person| {
        std::iter::successors(Some(usize::from(person.site)), |&at| caps[at].within).collect::<Vec<_>>()
    };
    let (mut taken, mut heads) = (vec![0_u32; caps.len()], vec![0_u32; rules.categories.len()]);
    let going: Vec<&Person> = goes.iter().filter_map(|item| drawn.person(item)).collect();
    for person in &going {
        way(person).into_iter().for_each(|at| taken[at] += 1);
        heads[usize::from(person.category)] += 1;
    }
    let groups: BTreeSet<u32> = people.groups().into_iter().map(|(number, _)| number).collect();
    let alone = |person: &Person| !groups.contains(&person.group);
    let in_category = |leaves: &Person| {
        let [to, from] = [comes, leaves].map(|person| usize::from(person.category));
        let free = |at: usize| rules.categories[at].against == joint::Against::AllForAll;
        let more = heads[to] < rules.categories[to].bounds(side).1;
        let fewer = heads[from] > rules.categories[from].bounds(side).0;
        to == from || (free(to) && free(from) && more && fewer)
    };
    let comes_by = way(comes);
    let in_places = |leaves: &Person| {
        let leaves_by = way(leaves);
        let more = |at: &usize| caps[*at].at_most.is_none_or(|most| taken[*at] < most);
        let fewer = |at: &usize| taken[*at] > caps[*at].at_least;
        comes_by.iter().filter(|at| !leaves_by.contains(at)).all(more)
            && leaves_by.iter().filter(|at| !comes_by.contains(at)).all(fewer)
    };
    let able = |leaves: &&&Person| alone(leaves) && in_category(leaves) && in_places(leaves);
    going.iter().filter(able).filter(|_| alone(comes)).map(|person| person.item).collect()
}

/// Whether an override is about somebody of this node's dossiers who is closed to the officer.
pub async fn is_closed(
    reading: &mut Reading,
    officer: &Officer,
    what: &Override,
) -> Result<bool, RegisterError> {
    for item in [what.goes, what.stays] {
        let row = reading.person_of(&Item(item)).await?;
        if row.is_some_and(|row| officer.closes(&row.person.id)) {
            return Ok(true);
        }
    }
    Ok(false)
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
    let mut all = said(tx, &shared.record, &me, (round, at_most)).await?;
    let entry = EntryId([0; 32]);
    all.push(Said { entry, what: Ok(what.clone()) });
    let (_, refused) = applied(&drawn, me, &all, at_most).await?;
    match refused.iter().find(|(one, _)| *one == entry) {
        Some((_, why)) => Err(why.told(&drawn, round)),
        None => Ok(()),
    }
}

/// Says an override in the record.
pub async fn put(act: &mut Act<'_>, document: &[u8]) -> Result<(), ActError> {
    let what = Override::read(document).ok_or_else(|| ActError::rule("override-reason", ""))?;
    check(act, &what).await?;
    let digest = act.attach("override", document).await?;
    let kind: Label = kind_of(what.round).parse().map_err(|_| ActError::NotFound)?;
    act.append(Body::Memo { kind, digest }).await?;
    Ok(())
}
