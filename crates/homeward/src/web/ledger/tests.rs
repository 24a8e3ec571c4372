//! The ledger's page of the agreements of history, and the acts behind every figure on it.

use std::collections::BTreeSet;

use askama::Template as _;
use axum::extract::Query;
use exchange::ledger::Post;
use exchange::rational::Rational;

use super::figure::{Asked, Figure};
use super::*;
use crate::acts::books::Booked;
use crate::web::Lang;
use crate::web::testing::{examples, looked_at, page};

fn books_of(terms: &Terms, acts: &[exchange::ledger::Act]) -> Books {
    Books::of(terms, acts.iter().map(|act| Booked { act: *act, entry: None }).collect())
}

fn view_of(terms: &Terms, books: &Books, lang: Lang) -> (LedgerView, String) {
    let say = Say { terms, t: Words::of(lang) };
    let mut view = LedgerView { in_force: true, ..LedgerView::default() };
    view.book(say, books);
    let chart = chart::slots(&say.t, "slots", &bars_of(terms, &books.ledger));
    let balance = view.over_time.as_ref().map(|over| glance::drawn(say, over));
    let html = LedgerPage { page: page(lang), t: say.t, v: &view, chart, balance }.render().unwrap();
    (view, html)
}

/// The figure that an address names, by its acts.
fn sum(terms: &Terms, books: &Books, href: &str) -> Rational {
    let asked: Query<Asked> = Query::try_from_uri(&href.parse().unwrap()).unwrap();
    let figure = Figure::read(terms, &asked).unwrap_or_else(|| panic!("{href} names no figure"));
    assert_eq!(figure.href(terms), href);
    let lines = figure.lines(terms, books).unwrap();
    lines.iter().fold(figure.opening(terms).unwrap(), |sum, line| sum.plus(line.count).unwrap())
}

/// A number as an English page writes it.
fn read(words: &str) -> Rational {
    let plain = words.replace(',', "");
    match plain.strip_prefix('\u{2212}') {
        Some(rest) => Rational::read(rest).unwrap().minus().unwrap(),
        None => Rational::read(&plain).unwrap(),
    }
}

#[test]
fn the_acts_of_the_agreements_of_history_add_up_to_every_figure() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (name, terms, acts) in examples() {
        let books = books_of(&terms, &acts);
        let (view, _) = view_of(&terms, &books, Lang::En);
        for (account, count) in books.ledger.accounts() {
            let href = Figure::account(&account).href(&terms);
            assert_eq!(sum(&terms, &books, &href), Rational::whole(count.into()), "{name}: {href}");
            seen.insert(format!("account {}", account.post.code()));
        }
        for one in view.quantities.iter().chain(&view.ratios) {
            for row in &one.rows {
                for cell in &row.cells {
                    let Some(href) = &cell.href else { continue };
                    assert_eq!(sum(&terms, &books, href), read(&cell.words), "{name}: {} {href}", row.code);
                    seen.insert(row.code.to_owned());
                }
            }
        }
        let families = view.families.iter().flat_map(|family| &family.lines).map(|line| &line.count);
        let slots = view.slots.iter().flat_map(SlotsView::figures);
        let stated = view.stated.iter().map(|one| &one.posted);
        let grounds = view.grounds.iter().map(|one| &one.count);
        let glance = view.directions.iter().flat_map(|one| std::iter::once(&one.filled).chain(&one.owed));
        for shown in families.chain(slots).chain(stated).chain(grounds).chain(glance) {
            assert_eq!(sum(&terms, &books, &shown.href), read(&shown.words), "{name}: {}", shown.href);
            seen.insert(shown.href.rsplit(['?', '&']).next().unwrap().split('=').next().unwrap().to_owned());
        }
        if let (Some(over), [first, second]) = (&view.over_time, &glance::directions(&terms)[..]) {
            let last = over.days.last().map_or(vec![0, 0], |day| day.received.clone());
            let heads =
                [first, second].map(|(from, to)| books.ledger.heads(&terms, from, to)).iter().sum::<i64>();
            assert_eq!(last.iter().sum::<i64>() + over.undated, heads, "{name}");
        }
    }
    for wanted in ["heads", "value", "filled", "outstanding", "releasing-states", "slots", "post"] {
        assert!(seen.contains(wanted), "no case has {wanted}: {seen:?}");
    }
    assert!(seen.contains(&format!("account {}", Post::Promised.code())), "{seen:?}");
}

#[test]
fn the_ledgers_of_history_are_shown_in_three_languages() {
    for (name, terms, acts) in examples() {
        for lang in Lang::ALL {
            let (_, html) = view_of(&terms, &books_of(&terms, &acts), lang);
            looked_at(&format!("ledger-{name}-{}.html", lang.code()), &html);
        }
    }
}
