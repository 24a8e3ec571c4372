//! Every clause with a number, as the text has it and as each party reads it, in columns beside one another.

use exchange::agreement::{Change, Reading};
use exchange::ids::Party;
use exchange::ledger::{
    Balance, Post, RatioBalance, balances, quantity_needs_categories, ratio_balances, ratio_needs_categories,
    readings_of_quantity, readings_of_ratio, stated_sums,
};
use exchange::rational::Rational;
use serde::Serialize;

use super::figure::{Cells, Figure, QuantityOf, RatioOf, SlotsOf};
use super::glance::Shown;
use crate::acts::books::Books;
use crate::web::terms::{Say, joined};

/// One quantity or ratio: the text in the first column, then each party that reads it otherwise.
#[derive(Serialize)]
pub struct BesideView {
    /// The clause.
    pub clause: u32,
    /// What is counted.
    pub title: String,
    /// In what.
    pub unit: String,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The rows; one cell for each column.
    pub rows: Vec<RowView>,
    /// Class by class, in a ratio of equal first.
    pub classes: Vec<ClassView>,
}

/// One column.
#[derive(Serialize)]
pub struct ColumnView {
    /// Whose reading it is; nothing for the text.
    pub reader: Option<String>,
    /// Why the party reads it so.
    pub says: Vec<String>,
}

/// One row.
#[derive(Serialize)]
pub struct RowView {
    /// Code: message key `ledger-row-<code>`.
    pub code: &'static str,
    /// Whom it is about, where the code does not say.
    pub about: Option<String>,
    /// One cell for each column.
    pub cells: Vec<CellView>,
}

/// One cell.
#[derive(Serialize)]
pub struct CellView {
    /// What stands in it.
    pub words: String,
    /// Where the acts behind it are listed, if it is a figure.
    pub href: Option<String>,
}

/// One class of a ratio under the text.
#[derive(Serialize)]
pub struct ClassView {
    /// The class.
    pub class: String,
    /// Heads on each side.
    pub heads: [i64; 2],
    /// Matched like for like.
    pub matched: i64,
    /// Left on each side.
    pub left: [i64; 2],
}

impl ClassView {
    /// The numbers of its row.
    pub fn numbers(&self) -> [i64; 5] {
        let ([one, other], [left, beyond]) = (self.heads, self.left);
        [one, other, self.matched, left, beyond]
    }
}

/// A reading that has no number: another meaning, or another test of who counts.
#[derive(Serialize)]
pub struct WordsView {
    /// The clause.
    pub clause: u32,
    /// Who reads it so.
    pub reader: String,
    /// What the party says.
    pub says: String,
}

/// A sum that one side states, beside what the acts come to.
#[derive(Serialize)]
pub struct StatedView {
    /// Who states it.
    pub by: String,
    /// Which way.
    pub leg: String,
    /// The round; nothing for all of them.
    pub round: Option<u32>,
    /// The sum stated.
    pub count: i64,
    /// By both sides' word.
    pub posted: Shown,
    /// As the releasing side alone states it.
    pub releasing_states: i64,
    /// As the receiving side alone states it.
    pub receiving_states: i64,
    /// Whether the sum is what both sides' word comes to.
    pub agrees: bool,
}

/// Slots left on one ground.
#[derive(Serialize)]
pub struct GroundView {
    /// Which way.
    pub leg: String,
    /// The round.
    pub round: u32,
    /// The ground: message key `ledger-ground-<code>`.
    pub ground: &'static str,
    /// How many.
    pub count: Shown,
}

/// Slots of one round along one leg.
pub fn slots_figure(leg: u8, round: u32, of: SlotsOf) -> Figure {
    Figure::Slots(Cells { leg: Some(leg), round: Some(round), ..Cells::default() }, of)
}

fn column(say: Say<'_>, reader: Option<&Party>, readings: &[&Reading]) -> ColumnView {
    let theirs = readings.iter().filter(|reading| Some(&reading.party) == reader);
    ColumnView {
        reader: reader.map(|reader| say.party(reader)),
        says: theirs.map(|reading| says(say, reading)).collect(),
    }
}

/// A party's reason, and where it stands if not in the signed text.
fn says(say: Say<'_>, reading: &Reading) -> String {
    let text = say.text(&reading.says);
    if say.terms.attached_readings().contains(reading) {
        return format!("{text} ({})", say.t.s("terms-reading-attached"));
    }
    text
}

/// Every quantity, each in all its columns. Nothing where a sum does not fit.
pub fn quantities(say: Say<'_>, sums: &[Balance]) -> Vec<BesideView> {
    let place = |place: usize| {
        let mine: Vec<&Balance> = sums.iter().filter(|one| one.quantity == place).collect();
        (!mine.is_empty()).then(|| quantity(say, place, &mine))
    };
    (0..say.terms.quantities.len()).filter_map(place).collect()
}

fn quantity(say: Say<'_>, place: usize, mine: &[&Balance]) -> BesideView {
    let one = &say.terms.quantities[place];
    let readings = readings_of_quantity(say.terms, place);
    let cell = |number: Option<Rational>, reader: &Option<Party>, of: QuantityOf| match number {
        Some(number) => CellView {
            words: say.exact(number),
            href: Some(Figure::Quantity(place, reader.clone(), of).href(say.terms)),
        },
        None => CellView { words: "–".to_owned(), href: None },
    };
    let asked = |one: &&Balance| CellView { words: say.amount(one.amount), href: None };
    let mut rows = vec![RowView { code: "asked", about: None, cells: mine.iter().map(asked).collect() }];
    type Of = fn(&Balance) -> Option<Rational>;
    let figures: [(&'static str, bool, QuantityOf, Of); 11] = [
        ("filled", true, QuantityOf::Post(Post::Filled), |one| Some(one.filled)),
        ("outstanding", true, QuantityOf::Outstanding, |one| one.outstanding),
        ("over", false, QuantityOf::Over, |one| one.over),
        ("listed", false, QuantityOf::Post(Post::Listed), |one| Some(one.listed)),
        ("pending", false, QuantityOf::Post(Post::Pending), |one| Some(one.pending)),
        ("disputed", false, QuantityOf::Post(Post::Disputed), |one| Some(one.disputed)),
        ("acknowledged", false, QuantityOf::Post(Post::Acknowledged), |one| Some(one.acknowledged)),
        ("held", false, QuantityOf::Post(Post::Held), |one| Some(one.held)),
        ("carried", false, QuantityOf::Post(Post::Carried), |one| Some(one.carried)),
        ("releasing-states", true, QuantityOf::ReleasingStates, |one| Some(one.releasing_states)),
        ("receiving-states", true, QuantityOf::ReceivingStates, |one| Some(one.receiving_states)),
    ];
    for (code, always, of, number) in figures {
        let any = mine.iter().any(|one| number(one).is_some_and(|number| !number.is_zero()));
        if always || any {
            let cells = mine.iter().map(|one| cell(number(one), &one.reader, of)).collect();
            rows.push(RowView { code, about: None, cells });
        }
    }
    let mut about = vec![say.legs(&one.legs)];
    about.extend(one.categories.iter().map(|id| say.category(id)));
    about.extend(one.classes.iter().map(|id| say.class(id)));
    BesideView {
        clause: one.clause,
        title: joined(about.into_iter()),
        unit: say.unit(&one.unit),
        columns: mine.iter().map(|one| column(say, one.reader.as_ref(), &readings)).collect(),
        rows,
        classes: Vec::new(),
    }
}

/// Every ratio, each in all its columns. Nothing where a sum does not fit.
pub fn ratios(say: Say<'_>, books: &Books) -> Vec<BesideView> {
    let mut sums = ratio_balances(say.terms, &books.ledger).unwrap_or_default();
    sums.retain(|one| {
        books.by_category || !ratio_needs_categories(say.terms, one.ratio, one.reader.as_ref())
    });
    let place = |place: usize| {
        let mine: Vec<&RatioBalance> = sums.iter().filter(|one| one.ratio == place).collect();
        (!mine.is_empty()).then(|| ratio(say, place, &mine))
    };
    (0..say.terms.ratios.len()).filter_map(place).collect()
}

fn ratio(say: Say<'_>, place: usize, mine: &[&RatioBalance]) -> BesideView {
    let (terms, one) = (say.terms, &say.terms.ratios[place]);
    let readings = readings_of_ratio(terms, place);
    let mut rows = Vec::new();
    for (side, of) in one.sides.iter().enumerate() {
        let figure = |reader: &Option<Party>, of: RatioOf| {
            Some(Figure::Ratio(place, side, reader.clone(), of).href(terms))
        };
        let heads = |one: &&RatioBalance| CellView {
            words: say.t.number(one.heads[side]),
            href: figure(&one.reader, RatioOf::Heads),
        };
        let value = |one: &&RatioBalance| CellView {
            words: say.exact(one.values[side]),
            href: figure(&one.reader, RatioOf::Value),
        };
        let about = Some(say.legs(&of.legs));
        rows.push(RowView { code: "heads", about: about.clone(), cells: mine.iter().map(heads).collect() });
        rows.push(RowView { code: "value", about, cells: mine.iter().map(value).collect() });
    }
    let plain = |words: String| CellView { words, href: None };
    let difference = mine.iter().map(|one| plain(say.exact(one.difference))).collect();
    rows.push(RowView { code: "difference", about: None, cells: difference });
    let due = |balance: &&RatioBalance| match &balance.due {
        None => plain(say.t.s("ledger-due-nothing")),
        Some(due) => {
            let legs = say.legs(&one.sides[due.side].legs);
            let value = say.exact(due.value);
            plain(match due.heads {
                Some(heads) => {
                    let heads = say.exact(Rational::whole(heads));
                    say.t.s3("ledger-due-heads", "heads", heads, "value", value, "legs", legs)
                }
                None => say.t.s2("ledger-due-value", "value", value, "legs", legs),
            })
        }
    };
    rows.push(RowView { code: "due", about: None, cells: mine.iter().map(due).collect() });
    let text = mine.iter().find(|one| one.reader.is_none());
    let class = |line: &exchange::ledger::ClassLine| ClassView {
        class: say.class(&line.class),
        heads: line.heads,
        matched: line.matched,
        left: line.left,
    };
    BesideView {
        clause: one.clause,
        title: say.t.s1("terms-ratio", "id", one.id.as_str()),
        unit: String::new(),
        columns: mine.iter().map(|one| column(say, one.reader.as_ref(), &readings)).collect(),
        rows,
        classes: text.map_or_else(Vec::new, |one| one.classes.iter().map(class).collect()),
    }
}

/// The readings that have no number.
pub fn in_words(say: Say<'_>) -> Vec<WordsView> {
    let words = |reading: &&Reading| matches!(reading.change, Change::Words | Change::When { .. });
    let view = |reading: &Reading| WordsView {
        clause: reading.clause,
        reader: say.party(&reading.party),
        says: says(say, reading),
    };
    say.terms.readings.iter().filter(words).map(view).collect()
}

/// The sums stated beside what the acts come to.
pub fn stated(say: Say<'_>, books: &Books) -> Vec<StatedView> {
    let view = |sum: exchange::ledger::StatedSum| {
        let family = Some(say.terms.legs[usize::from(sum.leg)].account);
        let cells = Cells { leg: Some(sum.leg), round: sum.round, family, ..Cells::default() };
        let figure = Figure::Account(cells, Post::Filled);
        StatedView {
            by: say.voice(sum.by),
            leg: say.leg(usize::from(sum.leg)),
            round: sum.round,
            count: sum.count,
            posted: Shown::whole(say.t, say.terms, sum.posted, &figure),
            releasing_states: sum.releasing_states,
            receiving_states: sum.receiving_states,
            agrees: sum.agrees(),
        }
    };
    stated_sums(&books.ledger).into_iter().map(view).collect()
}

/// Slots left, by ground.
pub fn grounds(say: Say<'_>, books: &Books) -> Vec<GroundView> {
    let view = |((leg, round, ground), count): ((u8, u32, exchange::ledger::Ground), u64)| {
        let cells = Cells { leg: Some(leg), round: Some(round), ..Cells::default() };
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        GroundView {
            leg: say.leg(usize::from(leg)),
            round,
            ground: ground.code(),
            count: Shown::whole(say.t, say.terms, count, &Figure::Left(cells, ground)),
        }
    };
    books.ledger.by_ground().into_iter().map(view).collect()
}

/// What every quantity comes to, or nothing where a sum does not fit. Where no category is known, what depends on one is left
/// out.
pub fn sums(say: Say<'_>, books: &Books) -> Vec<Balance> {
    let mut sums = balances(say.terms, &books.ledger).unwrap_or_default();
    sums.retain(|one| {
        books.by_category || !quantity_needs_categories(say.terms, one.quantity, one.reader.as_ref())
    });
    sums
}
