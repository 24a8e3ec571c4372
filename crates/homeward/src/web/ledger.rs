//! The ledger: what is owed and filled, slot by slot, under the text and under every reading, and both sides' accounts
//! beside one another. No person is on it; every figure leads to the acts that make it.

pub(super) mod acts;
mod clauses;
mod families;
pub(super) mod figure;
mod glance;

use askama::Template;
use exchange::agreement::{Amount, Object, Terms};
use exchange::ids::Party;
use exchange::ledger::{Balance, Difference, Ledger, Place};
use parley::PartyId;
use serde::Serialize;

use crate::acts::agreement::{self, Standing};
use crate::acts::books::{self, Beside, Books, Totals};
use crate::node::{Node, Shared};
use crate::officer::Role;
use crate::web::chart::{self, Svg};
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::terms::Say;
use crate::web::{Column, Page, Words};
use clauses::{BesideView, GroundView, StatedView, WordsView, slots_figure};
use families::{BalanceView, FamilyView};
use figure::SlotsOf;
use glance::{DirectionView, OverTime, Shown};

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    let roles = Policy::Roles(&[Role::Negotiator, Role::Approver, Role::Auditor]);
    routes.get("/ledger", roles, show).get("/ledger/acts", roles, acts::show)
}

/// The two parties from where this node stands: its own and the other; on a neutral's node in the agreement's order.
pub fn ends(node: &Node, shared: &Shared) -> [PartyId; 2] {
    let [first, second] = shared.record.members().parties();
    if node.me == second { [second, first] } else { [first, second] }
}

/// A party's name in the language of the page.
pub fn name_of(terms: Option<&Terms>, party: &str, t: Words) -> String {
    let named = Party::new(party).ok().and_then(|label| terms?.name(&label).cloned());
    named.map_or_else(|| party.to_owned(), |name| name.in_language(t.lang.code()).to_owned())
}

/// A clause that owes a number, as one reader reads it.
#[derive(Serialize)]
struct ClauseView {
    clause: u32,
    /// The quantity, by id.
    quantity: String,
    from: String,
    to: String,
    /// Whose reading this is; nothing for the text itself.
    reader: Option<String>,
    /// The same by label.
    read_by: Option<String>,
    /// `exactly`, `at-least`, `at-most`, `between` or `all`.
    asks: &'static str,
    least: Option<u32>,
    most: Option<u32>,
    received: String,
    outstanding: Option<String>,
    over: Option<String>,
    releasing_states: String,
    receiving_states: String,
}

/// The slots of one round in one direction.
#[derive(Serialize)]
struct SlotsView {
    round: u32,
    from: String,
    /// Which way, and what goes.
    leg: String,
    /// Opened, received, left, filled again, open: each with the acts behind it.
    owed: Shown,
    filled: Shown,
    vacated: Shown,
    refilled: Shown,
    open: Shown,
}

impl SlotsView {
    fn figures(&self) -> [&Shown; 5] {
        [&self.owed, &self.filled, &self.vacated, &self.refilled, &self.open]
    }
}

/// One difference of two statements.
#[derive(Serialize)]
struct DifferenceView {
    /// `count`, `person` or `count-against-persons`.
    kind: &'static str,
    from: String,
    to: String,
    mine: Option<i64>,
    theirs: Option<i64>,
    /// Who states what the other does not, or whose own figures do not agree.
    by: Option<String>,
    item: Option<String>,
}

/// Both sides' accounts of one round.
#[derive(Serialize)]
struct RoundView {
    number: u32,
    mine: Option<Totals>,
    theirs: Option<Totals>,
    record: Totals,
    differences: Vec<DifferenceView>,
}

/// The ledger as this node books it.
#[derive(Serialize, Default)]
struct LedgerView {
    in_force: bool,
    neutral: bool,
    /// The names of the two sides: `mine` and `theirs`.
    parties: [String; 2],
    /// Each direction: promised, filled, still owed.
    directions: Vec<DirectionView>,
    /// The balance day by day.
    over_time: Option<OverTime>,
    clauses: Vec<ClauseView>,
    /// Every quantity, and every ratio, under the text and under each reading.
    quantities: Vec<BesideView>,
    ratios: Vec<BesideView>,
    /// Readings without a number.
    in_words: Vec<WordsView>,
    /// Sums stated beside what the acts come to.
    stated: Vec<StatedView>,
    /// Slots left, by ground.
    grounds: Vec<GroundView>,
    /// The families of accounts.
    families: Vec<FamilyView>,
    balances: Vec<BalanceView>,
    slots: Vec<SlotsView>,
    rounds: Vec<RoundView>,
    /// Digest of this ledger; none on a neutral's node, which knows no categories.
    digest: Option<String>,
    /// Digest of the last statement this side booked.
    mine_digest: Option<String>,
    /// Digest of the last statement the other side booked.
    theirs_digest: Option<String>,
    /// Persons in no account because their category is not known here.
    unknown: usize,
    /// Acts of the record that cannot be booked.
    faults: Vec<String>,
}

#[derive(Template)]
#[template(path = "ledger.html")]
struct LedgerPage<'a> {
    page: Page,
    t: Words,
    v: &'a LedgerView,
    chart: Svg,
    balance: Option<Svg>,
}

impl LedgerPage<'_> {
    fn columns(&self, keys: &[&str]) -> Vec<Column> {
        let numeric = [
            "round",
            "owed",
            "filled",
            "vacated",
            "refilled",
            "open",
            "heads",
            "count",
            "posted",
            "releasing",
            "receiving",
            "matched",
            "difference",
        ];
        keys.iter()
            .map(|key| Column { label: self.t.code("ledger", key), numeric: numeric.contains(key) })
            .collect()
    }

    fn stated(&self, totals: &Option<Totals>) -> String {
        totals.map_or_else(
            || self.t.s("ledger-not-stated"),
            |totals| self.t.s2("ledger-stated", "delivered", totals.delivered, "received", totals.received),
        )
    }

    /// The columns of the balance day by day.
    fn days(&self, over: &OverTime) -> Vec<Column> {
        let number = |label: String| Column { label, numeric: true };
        let day = Column { label: self.t.s("ledger-day"), numeric: false };
        let directions = over.directions.iter().cloned().map(number);
        let difference = (over.directions.len() == 2).then(|| number(self.t.s("ledger-difference")));
        std::iter::once(day).chain(directions).chain(difference).collect()
    }

    /// Every quantity, then every ratio.
    fn all_beside(&self) -> impl Iterator<Item = &BesideView> {
        self.v.quantities.iter().chain(&self.v.ratios)
    }

    /// A table of the text and its readings: what, then one column for each.
    fn beside(&self, one: &BesideView) -> Vec<Column> {
        let what = Column { label: one.unit.clone(), numeric: false };
        let column = |column: &clauses::ColumnView| Column {
            label: match &column.reader {
                Some(reader) => self.t.s1("ledger-as-read", "party", reader),
                None => self.t.s("ledger-the-text"),
            },
            numeric: true,
        };
        std::iter::once(what).chain(one.columns.iter().map(column)).collect()
    }

    fn figure(&self, count: &Option<i64>) -> String {
        count.map_or_else(|| "–".to_owned(), |count| self.t.number(count))
    }
}

async fn show(desk: Desk) -> Result<Reply, Refused> {
    let (view, bars, balance) = view(&desk).await?;
    desk.reply(&view, desk.words.s("ledger-title"), |page, t| {
        let chart = chart::slots(&t, "slots", &bars);
        LedgerPage { page, t, v: &view, chart, balance }
    })
}

async fn view(desk: &Desk) -> Result<(LedgerView, Vec<chart::Slots>, Option<Svg>), Refused> {
    let node = &desk.node;
    let shared = node.look().await?;
    let mut reading = node.register.read().await?;
    let ends = ends(node, &shared);
    let in_force = matches!(agreement::standing(&shared.record), Standing::InForce { .. });
    let terms = shared.terms.as_ref().filter(|_| in_force);
    let name = |party: &str| name_of(terms, party, desk.words);
    let last_account = |party: &PartyId| {
        let rounds = shared.record.view().rounds();
        rounds.filter_map(|round| round.account(party)).last().map(|account| account.digest.to_string())
    };
    let beside = books::side_by_side(&mut reading, &shared, &node.me, ends).await?;
    let mut view = LedgerView {
        in_force,
        neutral: !node.config.is_party(),
        parties: ends.map(|party| name(party.as_str())),
        rounds: terms
            .map_or_else(Vec::new, |terms| beside.iter().map(|one| round_view(terms, one, &name)).collect()),
        mine_digest: last_account(&ends[0]),
        theirs_digest: last_account(&ends[1]),
        ..LedgerView::default()
    };
    let (mut bars, mut balance) = (Vec::new(), None);
    if let Some(terms) = terms {
        let books = books::books(&mut reading, &shared, &node.me, terms).await?;
        let say = Say { terms, t: desk.words };
        view.book(say, &books);
        bars = bars_of(terms, &books.ledger);
        balance = view.over_time.as_ref().map(|over| glance::drawn(say, over));
    }
    Ok((view, bars, balance))
}

impl LedgerView {
    fn book(&mut self, say: Say<'_>, books: &Books) {
        let ledger = &books.ledger;
        let sums = clauses::sums(say, books);
        self.directions = glance::glance(say, books, &sums);
        self.over_time = Some(glance::over_time(say, books));
        self.clauses = sums.iter().map(|balance| clause_view(say, balance)).collect();
        self.quantities = clauses::quantities(say, &sums);
        self.ratios = clauses::ratios(say, books);
        self.in_words = clauses::in_words(say);
        self.stated = clauses::stated(say, books);
        self.grounds = clauses::grounds(say, books);
        self.families = families::families(say, books);
        if books.by_category {
            self.digest = Some(ledger.digest().to_string());
            self.balances = families::accounts(say, books);
        }
        for ((round, leg), slots) in ledger.slots() {
            let shown = |count: u64, of: SlotsOf| {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                Shown::whole(say.t, say.terms, count, &slots_figure(leg, round, of))
            };
            // Slots, not acts: one act about a lot may leave several.
            let vacated: u64 = slots.vacated.iter().map(|(_, _, count)| u64::from(*count)).sum();
            let open = u64::from(slots.open);
            self.slots.push(SlotsView {
                round,
                from: say.party(&say.terms.legs[usize::from(leg)].from),
                leg: say.leg(usize::from(leg)),
                owed: shown(slots.owed.into(), SlotsOf::Owed),
                filled: shown(slots.filled.into(), SlotsOf::Filled),
                vacated: shown(vacated, SlotsOf::Vacated),
                refilled: shown(vacated.saturating_sub(open), SlotsOf::Refilled),
                open: shown(open, SlotsOf::Open),
            });
        }
        self.unknown = books.unknown.len();
        self.faults = books.faults.iter().map(ToString::to_string).collect();
    }
}

fn clause_view(say: Say<'_>, balance: &Balance) -> ClauseView {
    let quantity = &say.terms.quantities[balance.quantity];
    // A quantity counts at least one leg.
    let leg = &say.terms.legs[quantity.legs[0]];
    let asks = match balance.amount {
        Amount::Exactly(_) => "exactly",
        Amount::AtLeast(_) => "at-least",
        Amount::AtMost(_) => "at-most",
        Amount::Between(..) => "between",
        Amount::All { .. } => "all",
        Amount::NotPublished => "not-published",
    };
    ClauseView {
        clause: balance.clause,
        quantity: quantity.id.to_string(),
        from: say.party(&leg.from),
        to: say.party(&leg.to),
        reader: balance.reader.as_ref().map(|reader| say.party(reader)),
        read_by: balance.reader.as_ref().map(ToString::to_string),
        asks,
        least: balance.amount.least(),
        most: balance.amount.most(),
        received: balance.filled.to_string(),
        outstanding: balance.outstanding.map(|left| left.to_string()),
        over: balance.over.map(|over| over.to_string()),
        releasing_states: balance.releasing_states.to_string(),
        receiving_states: balance.receiving_states.to_string(),
    }
}

fn round_view(terms: &Terms, one: &Beside, name: &impl Fn(&str) -> String) -> RoundView {
    let view = |found: &Difference| {
        let named = |party: &Party| name(party.as_str());
        let blank = |kind, leg: u8| DifferenceView {
            kind,
            from: named(&terms.legs[usize::from(leg)].from),
            to: named(&terms.legs[usize::from(leg)].to),
            mine: None,
            theirs: None,
            by: None,
            item: None,
        };
        match found {
            Difference::Count { leg, own, theirs, .. } | Difference::Lot { leg, own, theirs, .. } => {
                DifferenceView { mine: own.count, theirs: theirs.count, ..blank("count", *leg) }
            }
            Difference::Item { leg, item, stated_by, .. }
            | Difference::Container { leg, person: item, stated_by, .. } => DifferenceView {
                by: Some(named(stated_by)),
                item: Some(item.to_string()),
                ..blank("person", *leg)
            },
            Difference::CountAgainstItems { leg, by, count, named: items, .. } => DifferenceView {
                by: Some(named(by)),
                mine: Some(*count),
                theirs: i64::try_from(*items).ok(),
                ..blank("count-against-persons", *leg)
            },
        }
    };
    RoundView {
        number: one.round,
        mine: one.own,
        theirs: one.theirs,
        record: one.record,
        differences: one.differences.iter().map(view).collect(),
    }
}

/// All directions of every round as one bar of living persons, in parts that do not overlap.
fn bars_of(terms: &Terms, ledger: &Ledger) -> Vec<chart::Slots> {
    let mut bars: Vec<chart::Slots> = Vec::new();
    let persons = |leg: u8| terms.legs[usize::from(leg)].object == Object::Persons;
    for ((round, _), slots) in ledger.slots().into_iter().filter(|((_, leg), _)| persons(*leg)) {
        let home = |item| {
            let here = ledger.lines().get(item).is_some_and(|line| line.round == round);
            here && ledger.place(item) == Some(Place::Received)
        };
        let refilled = slots.refilled.iter().filter(|item| home(item)).count() as u64;
        let filled = u64::from(slots.filled).saturating_sub(refilled);
        let (owed, vacated) = (u64::from(slots.owed), u64::from(slots.open));
        match bars.last_mut().filter(|bar| bar.round == round) {
            Some(bar) => {
                bar.owed += owed;
                bar.filled += filled;
                bar.refilled += refilled;
                bar.vacated += vacated;
            }
            None => bars.push(chart::Slots { round, owed, filled, refilled, vacated }),
        }
    }
    bars
}

#[cfg(test)]
mod tests;
