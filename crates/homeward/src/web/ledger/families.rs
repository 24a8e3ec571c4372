//! The four families of accounts, each apart from the others, and every account in them.

use std::collections::{BTreeMap, BTreeSet};

use exchange::agreement::{Family, Object};
use exchange::ids::Item;
use exchange::ledger::{Account, Post};
use serde::Serialize;

use super::figure::{Cells, Figure};
use super::glance::Shown;
use crate::acts::books::Books;
use crate::web::terms::Say;

/// The families in the order of the law: what is owed whatever the numbers comes first.
const FAMILIES: [Family; 4] =
    [Family::ByLaw, Family::Exchange, Family::Unilateral, Family::RemainsAndEffects];

/// One family.
#[derive(Serialize)]
pub struct FamilyView {
    /// Its word in files: message key `ledger-family-<code>`.
    pub family: &'static str,
    /// What stands in it, leg by leg, over all rounds and categories.
    pub lines: Vec<LineView>,
    /// Containers of remains, and the persons identified in them.
    pub remains: Vec<RemainsView>,
}

/// What stands in one account of a leg.
#[derive(Serialize)]
pub struct LineView {
    /// Which way.
    pub leg: String,
    /// In what it is counted: message key `ledger-counted-<code>`.
    pub counted: &'static str,
    /// The account.
    pub post: &'static str,
    /// How many.
    pub count: Shown,
}

/// The remains of one leg.
#[derive(Serialize)]
pub struct RemainsView {
    /// Which way.
    pub leg: String,
    /// Containers received by both sides' word.
    pub containers: i64,
    /// Containers that hold remains of somebody identified.
    pub identified_containers: usize,
    /// Persons identified.
    pub persons: usize,
}

/// One account that is not empty.
#[derive(Serialize)]
pub struct BalanceView {
    /// The family.
    pub family: &'static str,
    /// Who releases.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// The round; 0 for what the text promises.
    pub round: u32,
    /// The account.
    pub post: &'static str,
    /// The category.
    pub category: Option<String>,
    /// The class.
    pub class: Option<String>,
    /// How many, in heads, containers or items.
    pub heads: i64,
    /// Where the acts behind it are listed.
    pub href: String,
}

/// Every family that the terms or the acts have anything in. By law stands there always: nothing in it is an answer too.
pub fn families(say: Say<'_>, books: &Books) -> Vec<FamilyView> {
    let mut sums: BTreeMap<(Family, u8, Post), i64> = BTreeMap::new();
    for (account, count) in books.ledger.accounts() {
        *sums.entry((account.family, account.cell.leg, account.post)).or_insert(0) += count;
    }
    let used: BTreeSet<Family> = say.terms.legs.iter().map(|leg| leg.account).collect();
    let family = |family: Family| {
        let mine = sums.iter().filter(|((of, _, _), count)| *of == family && **count != 0);
        let line = |((_, leg, post), count): (&(Family, u8, Post), &i64)| {
            let cells = Cells { leg: Some(*leg), family: Some(family), ..Cells::default() };
            LineView {
                leg: say.leg(usize::from(*leg)),
                counted: counted(say.terms.legs[usize::from(*leg)].object),
                post: post.code(),
                count: Shown::whole(say.t, say.terms, *count, &Figure::Account(cells, *post)),
            }
        };
        let remains = if family == Family::RemainsAndEffects { remains(say, books) } else { Vec::new() };
        FamilyView { family: family.code(), lines: mine.map(line).collect(), remains }
    };
    let shown = |view: &FamilyView| {
        view.family == Family::ByLaw.code()
            || !view.lines.is_empty()
            || used.iter().any(|family| family.code() == view.family)
    };
    FAMILIES.into_iter().map(family).filter(shown).collect()
}

fn counted(object: Object) -> &'static str {
    match object {
        Object::Persons => "persons",
        Object::Remains => "containers",
        Object::Effects => "items",
    }
}

fn remains(say: Say<'_>, books: &Books) -> Vec<RemainsView> {
    let accounts = books.ledger.accounts();
    let one = |(place, leg): (usize, &exchange::agreement::Leg)| {
        let place = u8::try_from(place).ok().filter(|_| leg.object == Object::Remains)?;
        let filled = accounts
            .iter()
            .filter(|(account, _)| account.cell.leg == place && account.post == Post::Filled)
            .map(|(_, count)| count)
            .sum();
        let persons = books.ledger.identified(place);
        let held: BTreeSet<&Item> = persons.iter().flat_map(|persons| persons.values()).flatten().collect();
        Some(RemainsView {
            leg: say.leg(usize::from(place)),
            containers: filled,
            identified_containers: held.len(),
            persons: persons.map_or(0, BTreeMap::len),
        })
    };
    say.terms.legs.iter().enumerate().filter_map(one).collect()
}

/// Every account that is not empty.
pub fn accounts(say: Say<'_>, books: &Books) -> Vec<BalanceView> {
    let terms = say.terms;
    let view = |(account, heads): (Account, i64)| {
        let leg = &terms.legs[usize::from(account.cell.leg)];
        let category = account.cell.category.map(|place| &terms.categories[usize::from(place)]);
        let class = account.cell.class.map(|place| &terms.classes[usize::from(place)]);
        BalanceView {
            family: account.family.code(),
            from: say.party(&leg.from),
            to: say.party(&leg.to),
            round: account.cell.round,
            post: account.post.code(),
            category: category.map(|category| say.text(&category.name)),
            class: class.map(|class| say.text(&class.name)),
            heads,
            href: Figure::account(&account).href(terms),
        }
    };
    books.ledger.accounts().into_iter().filter(|(_, heads)| *heads != 0).map(view).collect()
}
