//! The ledger: what is owed and filled, slot by slot, and both sides' accounts beside one another. No person is on it.

use askama::Template;
use exchange::agreement::{Amount, Terms};
use exchange::ids::Party;
use exchange::ledger::{Account, Balance, Difference, Ledger, Place, balances};
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
use crate::web::{Column, Page, Words};

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    let roles = Policy::Roles(&[Role::Negotiator, Role::Approver, Role::Auditor]);
    routes.get("/ledger", roles, show)
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
    from: String,
    to: String,
    /// Whose reading this is; nothing for the text itself.
    reader: Option<String>,
    /// `exactly`, `at-least`, `at-most`, `between` or `all`.
    asks: &'static str,
    least: Option<u32>,
    most: Option<u32>,
    received: String,
    outstanding: Option<String>,
    over: Option<String>,
}

/// One account that is not empty.
#[derive(Serialize)]
struct BalanceView {
    family: &'static str,
    from: String,
    to: String,
    post: &'static str,
    category: Option<String>,
    heads: i64,
}

/// The slots of one round in one direction.
#[derive(Serialize)]
struct SlotsView {
    round: u32,
    from: String,
    owed: u32,
    filled: u32,
    vacated: usize,
    refilled: usize,
    open: u32,
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
#[derive(Serialize)]
struct LedgerView {
    in_force: bool,
    neutral: bool,
    /// The names of the two sides: `mine` and `theirs`.
    parties: [String; 2],
    clauses: Vec<ClauseView>,
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
}

impl LedgerPage<'_> {
    fn columns(&self, keys: &[&str]) -> Vec<Column> {
        let numeric =
            ["round", "received", "outstanding", "owed", "filled", "vacated", "refilled", "open", "heads"];
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

    /// What a quantity asks, in words of the page: "at least 1,000".
    fn asked(&self, one: &ClauseView) -> String {
        let number = |number: Option<u32>| number.map_or_else(|| "–".to_owned(), |n| self.t.number(n));
        self.t.s2(&format!("ledger-asks-{}", one.asks), "least", number(one.least), "most", number(one.most))
    }

    fn figure(&self, count: &Option<i64>) -> String {
        count.map_or_else(|| "–".to_owned(), |count| self.t.number(count))
    }
}

async fn show(desk: Desk) -> Result<Reply, Refused> {
    let (view, bars) = view(&desk).await?;
    desk.reply(&view, desk.words.s("ledger-title"), |page, t| {
        let chart = chart::slots(&t, "slots", &bars);
        LedgerPage { page, t, v: &view, chart }
    })
}

async fn view(desk: &Desk) -> Result<(LedgerView, Vec<chart::Slots>), Refused> {
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
        clauses: Vec::new(),
        balances: Vec::new(),
        slots: Vec::new(),
        rounds: terms
            .map_or_else(Vec::new, |terms| beside.iter().map(|one| round_view(terms, one, &name)).collect()),
        digest: None,
        mine_digest: last_account(&ends[0]),
        theirs_digest: last_account(&ends[1]),
        unknown: 0,
        faults: Vec::new(),
    };
    let mut bars = Vec::new();
    if let Some(terms) = terms {
        let books = books::books(&mut reading, &shared, &node.me, terms).await?;
        view.book(terms, &books, desk.words);
        bars = bars_of(&books.ledger);
    }
    Ok((view, bars))
}

impl LedgerView {
    fn book(&mut self, terms: &Terms, books: &Books, t: Words) {
        let name = |party: &Party| name_of(Some(terms), party.as_str(), t);
        let ledger = &books.ledger;
        let sums = balances(terms, ledger).unwrap_or_default();
        self.clauses = sums.iter().map(|balance| clause_view(terms, balance, &name)).collect();
        if books.by_category {
            self.digest = Some(ledger.digest().to_string());
            self.balances = accounts(terms, ledger, t);
        }
        for ((round, leg), slots) in ledger.slots() {
            self.slots.push(SlotsView {
                round,
                from: name(&terms.legs[usize::from(leg)].from),
                owed: slots.owed,
                filled: slots.filled,
                vacated: slots.vacated.len(),
                refilled: slots.refilled.len(),
                open: slots.open,
            });
        }
        self.unknown = books.unknown.len();
        self.faults = books.faults.iter().map(ToString::to_string).collect();
    }
}

fn clause_view(terms: &Terms, balance: &Balance, name: &impl Fn(&Party) -> String) -> ClauseView {
    // A quantity counts at least one leg.
    let leg = &terms.legs[terms.quantities[balance.quantity].legs[0]];
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
        from: name(&leg.from),
        to: name(&leg.to),
        reader: balance.reader.as_ref().map(name),
        asks,
        least: balance.amount.least(),
        most: balance.amount.most(),
        received: balance.filled.to_string(),
        outstanding: balance.outstanding.map(|left| left.to_string()),
        over: balance.over.map(|over| over.to_string()),
    }
}

fn accounts(terms: &Terms, ledger: &Ledger, t: Words) -> Vec<BalanceView> {
    let view = |(account, heads): (Account, i64)| {
        let leg = &terms.legs[usize::from(account.cell.leg)];
        let category = account.cell.category.map(|place| &terms.categories[usize::from(place)]);
        BalanceView {
            family: account.family.code(),
            from: name_of(Some(terms), leg.from.as_str(), t),
            to: name_of(Some(terms), leg.to.as_str(), t),
            post: account.post.code(),
            category: category.map(|category| category.name.in_language(t.lang.code()).to_owned()),
            heads,
        }
    };
    ledger.accounts().into_iter().filter(|(_, heads)| *heads != 0).map(view).collect()
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
            Difference::Count { leg, own, theirs, .. } => {
                DifferenceView { mine: own.count, theirs: theirs.count, ..blank("count", *leg) }
            }
            Difference::Item { leg, item, stated_by, .. } => DifferenceView {
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

/// Both directions of every round as one bar, in parts that do not overlap.
fn bars_of(ledger: &Ledger) -> Vec<chart::Slots> {
    let mut bars: Vec<chart::Slots> = Vec::new();
    for ((round, _), slots) in ledger.slots() {
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
