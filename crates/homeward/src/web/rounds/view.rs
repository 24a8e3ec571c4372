//! One round as this desk sees it: both sides, the list, what is proposed, every item and where it stands, the accounts.
//!
//! Reads the record and this node's register once; decides nothing. No name is in here, and no free text for an auditor: auditors see this page too.

use std::collections::BTreeMap;
use std::sync::Arc;

use exchange::ids::RoundNo;
use exchange::selection::joint::{Rules, SelectError};
use parley::{Answer, ItemState, PartyId, Phase, Record, Round};
use register::Reading;
use serde::{Serialize, Serializer};
use time::Date;

use crate::act::ActError;
use crate::acts::agreement::{self, Standing};
use crate::acts::roll::{self, RollFault};
use crate::acts::{drafts, item, overrides, places};
use crate::node::{Node, Shared};
use crate::officer::Officer;
use crate::web::refused::Refused;
use crate::web::rounds::ROLL_READERS;
use crate::web::rounds::accounts::{self, AccountsView};
use crate::web::rounds::owed::{self, Owed};
use crate::web::rounds::proposals::{self, ProposalView};
use crate::web::rounds::step::{self, Step};

/// The two sides of a round as a desk names them. A neutral's desk calls the first party `mine` only in codes.
#[derive(Clone, Copy)]
pub struct Ends {
    /// This node's party; at a neutral the first party.
    pub mine: PartyId,
    /// The other party.
    pub theirs: PartyId,
    /// Whether this node belongs to neither.
    pub neutral: bool,
}

impl Ends {
    /// The sides at a node.
    pub fn of(node: &Node, record: &Record) -> Self {
        let [first, second] = record.members().parties();
        match record.members().other(&node.me) {
            Some(theirs) => Self { mine: node.me, theirs, neutral: false },
            None => Self { mine: first, theirs: second, neutral: true },
        }
    }

    /// `mine` or `theirs`.
    pub fn code(&self, party: &PartyId) -> &'static str {
        if *party == self.mine { "mine" } else { "theirs" }
    }
}

/// One side of a round.
#[derive(Serialize, Default)]
pub struct SideView {
    /// The party.
    pub party: String,
    /// Its name in the officer's language.
    #[serde(skip)]
    pub name: String,
    /// Has committed to a pool and a seed.
    pub committed: bool,
    /// Has revealed the seed.
    pub revealed: bool,
    /// Whether the pool it committed to is at this node.
    pub pool: bool,
    /// Has nominated.
    pub nominated: bool,
    /// Has closed.
    pub closed: bool,
    /// How many it nominated.
    pub count: usize,
    /// How many of its items are on the list in force.
    pub listed: usize,
    /// How many it has released, by entries.
    pub released: u64,
    /// How many of these are confirmed.
    pub received: u64,
}

/// The list in force.
#[derive(Serialize)]
pub struct ListView {
    /// Its version.
    pub version: u32,
    /// Items held by this side.
    pub mine: usize,
    /// Items held by the other side.
    pub theirs: usize,
}

/// A value for each side.
#[derive(Serialize, Default, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Two<T> {
    /// This side's.
    pub mine: T,
    /// The other side's.
    pub theirs: T,
}

/// What running the other side's selection again gave.
#[derive(Serialize)]
pub struct CheckView {
    /// `"ok"`, a list of faults, or nothing before the other side has nominated.
    pub of_theirs: Outcome,
}

/// The outcome of a check.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// Nothing to check yet.
    NotYet(()),
    /// `"ok"`.
    Holds(&'static str),
    /// What does not hold.
    Faults(Vec<FaultView>),
}

/// A fault of a roll.
#[derive(Serialize)]
pub struct FaultView {
    /// Code: message key `rounds-fault-<code>`.
    pub fault: &'static str,
    /// The item it is about.
    pub item: Option<String>,
}

/// An item of the round.
#[derive(Serialize)]
pub struct ItemView {
    /// The item.
    pub item: String,
    /// `mine` or `theirs`.
    pub holder: &'static str,
    /// Code of where it stands.
    pub state: &'static str,
    /// The answer at the listing.
    pub will1: Option<&'static str>,
    /// The answer at the crossing.
    pub will2: Option<&'static str>,
    /// The first version of the list it stands on.
    pub version: u32,
    /// Why it left, where it left.
    pub ground: Option<&'static str>,
}

/// A draft that waits for a second officer.
#[derive(Serialize)]
pub struct DraftView {
    /// Identifier.
    pub id: String,
    /// Code of the kind.
    pub kind: String,
    /// Who drafted it.
    pub drafted_by: String,
    /// When, in milliseconds since 1970.
    pub drafted_at: i64,
    /// Whether this officer drafted it.
    pub mine: bool,
    /// Whether it is about somebody closed to this officer, who then is told no more of it and decides nothing.
    pub closed: bool,
    /// Who would be put on the roll by hand in whose place, where the draft is that.
    pub by_hand: Option<DraftedHand>,
}

/// An override as it waits: people by item, each with a reason sheet that names them to whom it may.
#[derive(Serialize)]
pub struct DraftedHand {
    /// Who would go.
    pub goes: String,
    /// Who would give the place up.
    pub stays: String,
    /// Code of the ground; empty for an officer who opens no reason sheets.
    pub ground: String,
    /// The reason; empty as the ground is.
    pub says: String,
}

/// A notice of one side.
#[derive(Serialize)]
pub struct NoticeView {
    /// Who gave it.
    pub by: String,
    /// Code.
    pub kind: &'static str,
    /// Until when.
    #[serde(serialize_with = "iso_if_any")]
    pub until: Option<Date>,
    /// When it was written, in milliseconds since 1970.
    pub at: i64,
}

/// Everything about one round.
#[derive(Serialize)]
pub struct RoundView {
    /// Its number.
    pub number: RoundNo,
    /// Code of where it stands.
    pub state: &'static str,
    /// The planned day.
    #[serde(serialize_with = "iso_if_any")]
    pub planned: Option<Date>,
    /// Categories admitted.
    pub categories: Vec<String>,
    /// Their names in the officer's language.
    #[serde(skip)]
    pub category_names: Vec<String>,
    /// Places on each side.
    pub places: Option<u32>,
    /// The crossing's label in the officer's language.
    #[serde(skip)]
    pub crossing: Option<String>,
    /// Whether this node belongs to neither party.
    pub neutral: bool,
    /// Whether this side has declared for the round from where how many can go, here or in a round before.
    pub places_declared: bool,
    /// This side.
    pub mine: SideView,
    /// The other side.
    pub theirs: SideView,
    /// The list in force.
    pub list: Option<ListView>,
    /// Proposals that wait.
    pub proposals: Vec<ProposalView>,
    /// The other side's selection, run again here.
    pub check: CheckView,
    /// Everyone who is or was on the list.
    pub items: Vec<ItemView>,
    /// Slots that are owed to somebody else.
    pub vacated: Two<usize>,
    /// Drafts of this round that wait.
    pub drafts: Vec<DraftView>,
    /// Notices, oldest first.
    pub notices: Vec<NoticeView>,
    /// Codes of what this officer may do now.
    pub actions: Vec<&'static str>,
    /// The one next step of the round.
    pub next: Step,
    /// The accounts.
    pub accounts: AccountsView,
    /// The code of why there is no roll although both seeds are shown; nothing where there is one, or where it is too early.
    pub no_roll: Option<&'static str>,
    /// What stands against what in the rules that leave no roll.
    #[serde(skip)]
    pub conflict: Option<Arc<(Rules, SelectError)>>,
    /// What a side owed and did not give: a seed, or its pool.
    #[serde(flatten)]
    pub owed: Owed,
}

/// Writes a day as ISO text.
pub fn iso_if_any<S: Serializer>(date: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => out.collect_str(date),
        None => out.serialize_none(),
    }
}

/// Code of an answer.
pub fn answer(answer: Answer) -> &'static str {
    answer.as_str()
}

/// Code of where an item stands: message key `rounds-item-<code>`.
pub fn item_code(state: ItemState) -> &'static str {
    match state {
        ItemState::Listed => "listed",
        ItemState::WilledOnce(_) => "willed-once",
        ItemState::WilledTwice(_) => "willed-twice",
        ItemState::InTransit => "in-transit",
        ItemState::Received => "received",
        ItemState::Disputed(ground) => ground.as_str(),
        ItemState::Returned => "taken-back",
        ItemState::Departed(_) => "departed",
        ItemState::Dropped => "dropped",
    }
}

/// Code of where a round stands by the record: message keys `rounds-state-<code>`, `overview-state-<code>` and
/// `overview-next-<code>`.
pub fn state_code(state: Option<Round<'_>>, ends: &[PartyId; 2]) -> &'static str {
    let Some(state) = state else { return "planned" };
    let both = |phase: Phase| ends.iter().all(|party| state.phase(party) >= phase);
    let released = ends.iter().any(|party| state.counts(party).released > 0);
    match () {
        () if state.is_void() => "void",
        () if state.is_closed() => "closed",
        () if !state.closed_by().is_empty() => "closing",
        () if released => "crossing",
        () if state.effective().is_some() => "listed",
        () if !state.open_proposals().is_empty() => "proposed",
        () if both(Phase::Nominated) => "nominated",
        () if both(Phase::Revealed) => "revealed",
        () if ends.iter().any(|party| state.commit(party).is_some()) => "committed",
        () => "planned",
    }
}

/// Builds the view. The round must be in the terms in force or in the record.
pub async fn of(
    node: &Node,
    officer: &Officer,
    lang: &'static str,
    number: RoundNo,
) -> Result<RoundView, Refused> {
    // The record first: whoever waits for it holds no reading that a writer might need.
    let shared = node.look().await?;
    let mut reading = node.register.read().await?;
    let ends = Ends::of(node, &shared.record);
    let state = shared.record.view().round(number);
    let terms = shared.terms.as_ref().filter(|_| in_force(&shared));
    if terms.and_then(|terms| terms.round(number)).is_none() && state.is_none() {
        return Err(Refused::NotFound);
    }
    let mut view = of_record(&shared, &ends, lang, number);
    view.places_declared = !places::declared(&mut reading, number).await?.is_empty();
    view.drafts = drafts_of(&mut reading, officer, number).await?;
    let checked = match (ends.neutral, state) {
        (false, Some(_)) => roll::check_theirs(node, &mut reading, &shared, &ends.theirs, number).await?,
        _ => None,
    };
    let drawn = match checked {
        Some(_) => roll::draw(node, &mut reading, &shared, number).await.ok(),
        None => None,
    };
    let found = (checked.as_deref(), drawn.as_deref());
    view.proposals = proposals::of(&mut reading, &shared, &ends, number, found).await?;
    view.check = CheckView { of_theirs: outcome(checked.as_deref()) };
    for (party, side) in [(ends.mine, &mut view.mine), (ends.theirs, &mut view.theirs)] {
        if let Some((pool, _)) = state.and_then(|state| state.commit(&party)) {
            side.pool = reading.holds_attachment(&exchange::ids::Digest(pool.0)).await?;
        }
    }
    let parties = [&view.mine, &view.theirs];
    view.owed = owed::of(&mut reading, &shared, &ends, number, parties).await?;
    if !ends.neutral && view.list.is_none() && view.mine.revealed && view.theirs.revealed {
        view.no_roll = match roll::draw(node, &mut reading, &shared, number).await {
            Err(ActError::Rule { code, .. }) => Some(code),
            _ => None,
        };
        view.conflict = roll::conflict(node, &mut reading, &shared, number).await;
    }
    let (now, record) = (node.clock.now(), &shared.record);
    let now = step::Now { now, record, ends: &ends, view: &view, in_force: terms.is_some() };
    (view.actions, view.next) = (now.actions(officer), now.next(officer));
    Ok(view)
}

/// What the record and the terms say of a round.
fn of_record(shared: &Shared, ends: &Ends, lang: &str, number: RoundNo) -> RoundView {
    let state = shared.record.view().round(number);
    let side = |party: &PartyId| side(shared, lang, party, state);
    let mut view = RoundView {
        number,
        state: state_code(state, &[ends.mine, ends.theirs]),
        planned: None,
        categories: Vec::new(),
        category_names: Vec::new(),
        places: None,
        crossing: None,
        neutral: ends.neutral,
        places_declared: false,
        mine: side(&ends.mine),
        theirs: side(&ends.theirs),
        list: None,
        proposals: Vec::new(),
        check: CheckView { of_theirs: outcome(None) },
        items: Vec::new(),
        vacated: Two::default(),
        drafts: Vec::new(),
        notices: Vec::new(),
        actions: Vec::new(),
        next: Step::none(),
        accounts: accounts::of(state, ends),
        no_roll: None,
        conflict: None,
        owed: Owed::default(),
    };
    if let Some(terms) = shared.terms.as_ref().filter(|_| in_force(shared))
        && let Some(plan) = terms.round(number)
    {
        let named = |id| terms.category(id).map(|category| category.name.in_language(lang).to_owned());
        view.planned = Some(plan.planned);
        view.categories = plan.categories.iter().map(|id| id.to_string()).collect();
        view.category_names = plan.categories.iter().filter_map(named).collect();
        view.places = Some(plan.places);
        view.crossing = terms.crossings.get(&plan.crossing).map(|label| label.in_language(lang).to_owned());
    }
    if let Some(state) = state {
        view.list = state.effective().map(|list| ListView {
            version: list.version,
            mine: list.items.iter().filter(|line| line.holder == ends.mine).count(),
            theirs: list.items.iter().filter(|line| line.holder == ends.theirs).count(),
        });
        view.items = items(state, ends);
        view.vacated =
            Two { mine: state.vacated(&ends.mine).len(), theirs: state.vacated(&ends.theirs).len() };
        view.notices = notices(&shared.record, state, ends);
    }
    view
}

/// Whether both parties have signed the text.
pub fn in_force(shared: &Shared) -> bool {
    matches!(agreement::standing(&shared.record), Standing::InForce { .. })
}

fn side(shared: &Shared, lang: &str, party: &PartyId, state: Option<Round<'_>>) -> SideView {
    let name = name_of(shared, lang, party);
    let mut side = SideView { party: party.to_string(), name, ..SideView::default() };
    let Some(state) = state else { return side };
    let phase = state.phase(party);
    side.committed = phase >= Phase::Committed;
    side.revealed = phase >= Phase::Revealed;
    side.nominated = phase >= Phase::Nominated;
    side.closed = state.closed_by().contains(party);
    side.count = state.nominated(party).map_or(0, |(_, items, _)| items.len());
    side.listed =
        state.effective().map_or(0, |list| list.items.iter().filter(|line| line.holder == *party).count());
    let counts = state.counts(party);
    (side.released, side.received) = (counts.released, counts.received);
    side
}

/// A party's name in a language; its label where the terms are not known.
pub fn name_of(shared: &Shared, lang: &str, party: &PartyId) -> String {
    let label = exchange::ids::Party::new(party.as_str()).ok();
    let named = label.as_ref().and_then(|label| shared.terms.as_ref()?.name(label));
    named.map_or_else(|| party.to_string(), |name| name.in_language(lang).to_owned())
}

async fn drafts_of(
    reading: &mut Reading,
    officer: &Officer,
    number: RoundNo,
) -> Result<Vec<DraftView>, ActError> {
    let open = reading.open_drafts().await?.whole()?;
    let mut views = Vec::new();
    for row in open.into_iter().filter(|row| row.round == Some(number)) {
        let Some(draft) = drafts::read(&row) else { continue };
        let what = draft.by_hand();
        let closed = match &what {
            Some(what) => overrides::is_closed(reading, officer, what).await?,
            None => false,
        };
        let item = |item| exchange::ids::Item(item).to_string();
        let told = |words: String| if officer.holds(ROLL_READERS) { words } else { String::new() };
        views.push(DraftView {
            mine: row.drafted_by == officer.id(),
            closed,
            by_hand: what.filter(|_| !closed).map(|what| DraftedHand {
                goes: item(what.goes),
                stays: item(what.stays),
                ground: told(what.ground),
                says: told(what.says),
            }),
            id: row.id,
            kind: row.kind,
            drafted_by: row.drafted_by,
            drafted_at: row.drafted_at,
        });
    }
    Ok(views)
}

fn outcome(checked: Option<&[RollFault]>) -> Outcome {
    match checked {
        None => Outcome::NotYet(()),
        Some([]) => Outcome::Holds("ok"),
        Some(faults) => Outcome::Faults(faults.iter().map(fault).collect()),
    }
}

fn fault(fault: &RollFault) -> FaultView {
    let (fault, item) = match fault {
        RollFault::NoRoll(code) | RollFault::Override(code) => (*code, None),
        RollFault::NotInPool(item) => ("not-in-pool", Some(item)),
        RollFault::NotOnRoll(item) => ("not-on-roll", Some(item)),
        RollFault::LeftOut(item) => ("left-out", Some(item)),
        RollFault::Unopened(item) => ("unopened", Some(item)),
    };
    FaultView { fault, item: item.map(ToString::to_string) }
}

fn items(state: Round<'_>, ends: &Ends) -> Vec<ItemView> {
    let mut versions: BTreeMap<parley::Item, u32> = BTreeMap::new();
    for list in state.lists() {
        for line in list.items {
            versions.entry(line.item).or_insert(list.version);
        }
    }
    let view = |(one, (holder, now)): (parley::Item, (PartyId, ItemState))| {
        let [will1, will2] = state.wills(&one, &holder).map(|will| will.map(answer));
        ItemView {
            item: item(one).to_string(),
            holder: ends.code(&holder),
            state: item_code(now),
            will1,
            will2,
            version: versions.get(&one).copied().unwrap_or(0),
            ground: if let ItemState::Departed(ground) = now { Some(ground.as_str()) } else { None },
        }
    };
    state.items().into_iter().map(view).collect()
}

fn notices(record: &Record, state: Round<'_>, ends: &Ends) -> Vec<NoticeView> {
    let mut views = Vec::new();
    for party in [ends.mine, ends.theirs] {
        for notice in state.notices(&party) {
            let seconds = record.entry(&notice.entry).map_or(0, |signed| signed.entry().time);
            let until = notice.until.and_then(|at| i64::try_from(at).ok()?.checked_mul(1000));
            views.push(NoticeView {
                by: party.to_string(),
                kind: notice.kind.as_str(),
                until: until.map(crate::clock::date_of),
                at: i64::try_from(seconds).unwrap_or(0).saturating_mul(1000),
            });
        }
    }
    views.sort_by_key(|notice| notice.at);
    views
}

impl RoundView {
    /// How many items of one side stand so: for the page.
    pub fn how_many(&self, holder: &str, state: &str) -> usize {
        self.items.iter().filter(|item| item.holder == holder && item.state == state).count()
    }

    /// Whether this officer may do this now.
    pub fn may(&self, action: &str) -> bool {
        self.actions.contains(&action)
    }
}

impl ItemView {
    /// The item, as far as a person reads it.
    pub fn short(&self) -> &str {
        &self.item[..8]
    }
}
