//! A figure of the ledger as an address names it, and the postings that make it.
//!
//! Decides what each posting counts in a figure, so that the sum of the postings is the figure and nothing else can be.

use exchange::agreement::{Family, Terms, Unit};
use exchange::ids::{Item, Party, RoundNo};
use exchange::ledger::{
    Account, Act, Cell, Ground, Ledger, Move, MoveKind, Post, Posting, What, balances, counts_in,
    counts_on_side, quantity_needs_categories, ratio_needs_categories,
};
use exchange::rational::Rational;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::acts::books::Books;

/// What an address says. A key that is not there leaves it open; an empty category or class is "none".
#[derive(Deserialize, Default, Clone, Debug)]
pub struct Asked {
    /// A leg, by id.
    pub leg: Option<String>,
    /// Every leg from this party …
    pub from: Option<String>,
    /// … to this one.
    pub to: Option<String>,
    /// A round; 0 where there is none.
    pub round: Option<RoundNo>,
    /// A category, by id.
    pub category: Option<String>,
    /// A class, by id.
    pub class: Option<String>,
    /// A family of accounts, by its word in files.
    pub family: Option<String>,
    /// An account, by its word in files.
    pub post: Option<String>,
    /// Slots: `owed`, `filled`, `vacated`, `refilled` or `open`.
    pub slots: Option<String>,
    /// Slots left on a ground, by its word in files.
    pub ground: Option<String>,
    /// A quantity, by id.
    pub quantity: Option<String>,
    /// A ratio, by id, and one of its sides: 1 or 2.
    pub ratio: Option<String>,
    /// The side of the ratio.
    pub side: Option<usize>,
    /// Who reads the quantity or the ratio; nobody for the text.
    pub reader: Option<String>,
    /// Which figure of a quantity (`filled`, `outstanding`, …) or of a ratio's side (`heads`, `value`).
    pub figure: Option<String>,
    /// The page, from 1.
    pub page: Option<u32>,
}

/// One figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Figure {
    /// What stands in an account, over some cells.
    Account(Cells, Post),
    /// Slots, over some cells.
    Slots(Cells, SlotsOf),
    /// Slots left on one ground, over some cells.
    Left(Cells, Ground),
    /// A figure of a quantity, by its place, as the text or a party has it.
    Quantity(usize, Option<Party>, QuantityOf),
    /// A figure of a side of a ratio, by their places, as the text or a party has it.
    Ratio(usize, usize, Option<Party>, RatioOf),
}

/// Which cells a figure is over. What is not said is any.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Cells {
    /// The leg.
    pub leg: Option<u8>,
    /// From whom to whom.
    pub ends: Option<(Party, Party)>,
    /// The round.
    pub round: Option<RoundNo>,
    /// The category, or none.
    pub category: Option<Option<u8>>,
    /// The class, or none.
    pub class: Option<Option<u8>>,
    /// The family of accounts.
    pub family: Option<Family>,
}

/// Which slots.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SlotsOf {
    /// Opened.
    Owed,
    /// Received by both sides' word.
    Filled,
    /// Left.
    Vacated,
    /// Taken after another had left.
    Refilled,
    /// Left and not taken again.
    Open,
}

/// Which figure of a quantity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuantityOf {
    /// What stands in one post.
    Post(Post),
    /// As the releasing side alone states it.
    ReleasingStates,
    /// As the receiving side alone states it.
    ReceivingStates,
    /// Still owed of the least.
    Outstanding,
    /// Posted beyond the most.
    Over,
}

/// Which figure of a side of a ratio.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RatioOf {
    /// Heads or containers.
    Heads,
    /// Their value.
    Value,
}

/// One line of what makes a figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// The act, by its place among the acts of the books.
    pub act: usize,
    /// The posting; nothing where an act counts without one, as an identification does.
    pub posting: Option<Posting>,
    /// What it counts in the figure; never 0.
    pub count: Rational,
}

const SLOTS: [(&str, SlotsOf); 5] = [
    ("owed", SlotsOf::Owed),
    ("filled", SlotsOf::Filled),
    ("vacated", SlotsOf::Vacated),
    ("refilled", SlotsOf::Refilled),
    ("open", SlotsOf::Open),
];
const RATIO: [(&str, RatioOf); 2] = [("heads", RatioOf::Heads), ("value", RatioOf::Value)];
const QUANTITY: [(&str, QuantityOf); 11] = [
    ("listed", QuantityOf::Post(Post::Listed)),
    ("pending", QuantityOf::Post(Post::Pending)),
    ("disputed", QuantityOf::Post(Post::Disputed)),
    ("acknowledged", QuantityOf::Post(Post::Acknowledged)),
    ("held", QuantityOf::Post(Post::Held)),
    ("carried", QuantityOf::Post(Post::Carried)),
    ("filled", QuantityOf::Post(Post::Filled)),
    ("releasing-states", QuantityOf::ReleasingStates),
    ("receiving-states", QuantityOf::ReceivingStates),
    ("outstanding", QuantityOf::Outstanding),
    ("over", QuantityOf::Over),
];

fn of_word<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

fn word_of<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

impl Figure {
    /// Whether the figure depends on who is in which category.
    pub fn needs_categories(&self, terms: &Terms) -> bool {
        match self {
            Self::Account(cells, _) | Self::Slots(cells, _) | Self::Left(cells, _) => {
                cells.category.is_some()
            }
            Self::Quantity(place, reader, _) => quantity_needs_categories(terms, *place, reader.as_ref()),
            Self::Ratio(place, _, reader, _) => ratio_needs_categories(terms, *place, reader.as_ref()),
        }
    }

    /// Reads an address; nothing where it names no figure of these terms.
    pub fn read(terms: &Terms, asked: &Asked) -> Option<Self> {
        let reader = match asked.reader.as_deref() {
            None | Some("") => None,
            Some(label) => Some(Party::new(label).ok().filter(|label| terms.party_index(label).is_some())?),
        };
        if let Some(id) = &asked.quantity {
            let place = terms.quantities.iter().position(|one| one.id.as_str() == id)?;
            return Some(Self::Quantity(place, reader, of_word(&QUANTITY, asked.figure.as_deref()?)?));
        }
        if let Some(id) = &asked.ratio {
            let place = terms.ratios.iter().position(|one| one.id.as_str() == id)?;
            let side = asked.side?.checked_sub(1).filter(|side| *side < 2)?;
            return Some(Self::Ratio(place, side, reader, of_word(&RATIO, asked.figure.as_deref()?)?));
        }
        let cells = Cells::read(terms, asked)?;
        match (&asked.post, &asked.slots, &asked.ground) {
            (Some(post), None, None) => {
                let all = Post::ALL.into_iter().chain([Post::Promised]);
                Some(Self::Account(cells, all.into_iter().find(|known| known.code() == post)?))
            }
            (None, Some(word), None) => Some(Self::Slots(cells, of_word(&SLOTS, word)?)),
            (None, None, Some(ground)) => Some(Self::Left(cells, Ground::from_code(ground)?)),
            _ => None,
        }
    }

    /// The address that names it, without a page.
    pub fn href(&self, terms: &Terms) -> String {
        let mut query = String::new();
        let mut say = |key: &str, value: &str| {
            // Every value is a label of a-z, 0-9 and "-", or a number: nothing in it has to be escaped.
            let _ = write!(query, "{}{key}={value}", if query.is_empty() { '?' } else { '&' });
        };
        match self {
            Self::Account(cells, post) => {
                cells.say(terms, &mut say);
                say("post", post.code());
            }
            Self::Slots(cells, of) => {
                cells.say(terms, &mut say);
                say("slots", word_of(&SLOTS, of));
            }
            Self::Left(cells, ground) => {
                cells.say(terms, &mut say);
                say("ground", ground.code());
            }
            Self::Quantity(place, reader, of) => {
                say("quantity", terms.quantities[*place].id.as_str());
                if let Some(reader) = reader {
                    say("reader", reader.as_str());
                }
                say("figure", word_of(&QUANTITY, of));
            }
            Self::Ratio(place, side, reader, of) => {
                say("ratio", terms.ratios[*place].id.as_str());
                say("side", if *side == 0 { "1" } else { "2" });
                if let Some(reader) = reader {
                    say("reader", reader.as_str());
                }
                say("figure", word_of(&RATIO, of));
            }
        }
        format!("/ledger/acts{query}")
    }

    /// The account itself.
    pub fn account(account: &Account) -> Self {
        let Cell { leg, round, category, class } = account.cell;
        let (round, category, class) = (Some(round), Some(category), Some(class));
        let family = Some(account.family);
        Self::Account(Cells { leg: Some(leg), ends: None, round, category, class, family }, account.post)
    }

    /// What the figure has before any act: what the terms promise or ask.
    pub fn opening(&self, terms: &Terms) -> Option<Rational> {
        let whole = |number: i64| Rational::whole(i128::from(number));
        match self {
            Self::Account(cells, post) => {
                let mut sum = 0_i64;
                for (account, count) in Ledger::open(terms).accounts() {
                    if account.post == *post && cells.hold(terms, &account.cell, account.family) {
                        sum = sum.checked_add(count)?;
                    }
                }
                Some(whole(sum))
            }
            Self::Quantity(place, reader, of @ (QuantityOf::Outstanding | QuantityOf::Over)) => {
                let read = balances(terms, &Ledger::open(terms))?;
                let mine = read.iter().find(|one| one.quantity == *place && one.reader == *reader)?;
                match of {
                    QuantityOf::Over => whole(i64::from(mine.amount.most()?)).minus(),
                    _ => Some(whole(i64::from(mine.amount.least()?))),
                }
            }
            _ => Some(Rational::ZERO),
        }
    }

    /// Every line that makes it, in the order of the books; nothing where a number does not fit.
    pub fn lines(&self, terms: &Terms, books: &Books) -> Option<Vec<Line>> {
        if let Self::Quantity(place, _, of) = self
            && terms.quantities[*place].unit == Unit::Identified
        {
            return Some(identifications(terms, books, *place, *of));
        }
        let mut lines = Vec::new();
        for (act, posting) in &books.postings {
            let count = self.count(terms, &books.acts[*act].act, posting)?;
            if !count.is_zero() {
                lines.push(Line { act: *act, posting: Some(*posting), count });
            }
        }
        Some(lines)
    }

    /// What one posting counts in it. The outer nothing: a number that does not fit.
    fn count(&self, terms: &Terms, act: &Act, posting: &Posting) -> Option<Rational> {
        let whole = |number: i64| Rational::whole(i128::from(number));
        let outside = posting.from == Post::Promised;
        let family = posting.family;
        match self {
            Self::Account(cells, post) if cells.hold(terms, &posting.cell, family) => {
                Some(whole(into(posting, &[*post])))
            }
            Self::Slots(cells, of) if !outside && cells.hold(terms, &posting.cell, family) => {
                Some(whole(slots(*of, act, posting)))
            }
            Self::Left(cells, ground) if !outside && cells.hold(terms, &posting.cell, family) => {
                let left = matches!(moved(act), Some(MoveKind::Vacated(why)) if why == *ground);
                Some(whole(if left { into(posting, &[Post::Owed]) } else { 0 }))
            }
            Self::Quantity(place, reader, of) if !outside => {
                let Some(each) = counts_in(terms, reader.as_ref(), *place, &posting.cell) else {
                    return Some(Rational::ZERO);
                };
                let sign = match of {
                    QuantityOf::Post(post) => into(posting, &[*post]),
                    QuantityOf::Over => into(posting, &[Post::Filled]),
                    QuantityOf::Outstanding => -into(posting, &[Post::Filled]),
                    QuantityOf::ReleasingStates => into(posting, &RELEASING),
                    QuantityOf::ReceivingStates => into(posting, &RECEIVING),
                };
                each.times(whole(sign))
            }
            Self::Ratio(place, side, reader, of) if !outside => {
                let at = (*place, *side);
                let Some(each) = counts_on_side(terms, reader.as_ref(), at, &posting.cell) else {
                    return Some(Rational::ZERO);
                };
                let heads = whole(into(posting, &[Post::Filled, Post::Carried]));
                if *of == RatioOf::Heads { Some(heads) } else { each.times(heads) }
            }
            _ => Some(Rational::ZERO),
        }
    }
}

const RELEASING: [Post; 5] = [Post::Held, Post::Carried, Post::Filled, Post::Pending, Post::Disputed];
const RECEIVING: [Post; 4] = [Post::Held, Post::Carried, Post::Filled, Post::Acknowledged];

/// What a posting brings into these posts: less than 0 where it takes out of them.
fn into(posting: &Posting, posts: &[Post]) -> i64 {
    let at = |post: Post| i64::from(posts.contains(&post));
    (at(posting.into) - at(posting.from)) * i64::from(posting.count)
}

fn moved(act: &Act) -> Option<MoveKind> {
    match act.what {
        What::Move(Move { kind, .. }) => Some(kind),
        _ => None,
    }
}

fn slots(of: SlotsOf, act: &Act, posting: &Posting) -> i64 {
    let refilled = moved(act) == Some(MoveKind::Refilled);
    let count = i64::from(posting.count);
    let left = if posting.into == Post::Owed { count } else { 0 };
    let taken = if posting.from == Post::Owed { count } else { 0 };
    match of {
        SlotsOf::Owed if !refilled => taken,
        SlotsOf::Refilled if refilled => taken,
        SlotsOf::Owed | SlotsOf::Refilled => 0,
        SlotsOf::Vacated => left,
        SlotsOf::Open => left - if refilled { taken } else { 0 },
        SlotsOf::Filled => into(posting, &[Post::Held, Post::Carried, Post::Filled]),
    }
}

/// A person counts once, from the first container that is theirs to the last one withdrawn.
fn identifications(terms: &Terms, books: &Books, quantity: usize, of: QuantityOf) -> Vec<Line> {
    let sign = match of {
        QuantityOf::Post(Post::Filled)
        | QuantityOf::Over
        | QuantityOf::ReleasingStates
        | QuantityOf::ReceivingStates => 1,
        QuantityOf::Outstanding => -1,
        QuantityOf::Post(_) => return Vec::new(),
    };
    let refused: BTreeSet<usize> = books.faults.iter().map(|fault| fault.at).collect();
    let mut containers: BTreeMap<(u8, Item), BTreeSet<Item>> = BTreeMap::new();
    let mut lines = Vec::new();
    for (at, booked) in books.acts.iter().enumerate().filter(|(at, _)| !refused.contains(&(at + 1))) {
        let What::Move(act) = booked.act.what else { continue };
        if !terms.quantities[quantity].legs.contains(&usize::from(act.leg)) {
            continue;
        }
        let change = match act.kind {
            MoveKind::Identified { person } => {
                let theirs = containers.entry((act.leg, person)).or_default();
                theirs.insert(act.item);
                i128::from(theirs.len() == 1)
            }
            MoveKind::IdentityWithdrawn { person } => {
                let theirs = containers.entry((act.leg, person)).or_default();
                theirs.remove(&act.item);
                -i128::from(theirs.is_empty())
            }
            _ => 0,
        };
        if change != 0 {
            lines.push(Line { act: at, posting: None, count: Rational::whole(change * sign) });
        }
    }
    lines
}

impl Cells {
    fn read(terms: &Terms, asked: &Asked) -> Option<Self> {
        let leg = match &asked.leg {
            None => None,
            Some(id) => Some(u8::try_from(terms.leg_index(id)?).ok()?),
        };
        let party = |label: &str| Party::new(label).ok().filter(|label| terms.party_index(label).is_some());
        let ends = match (&asked.from, &asked.to) {
            (None, None) => None,
            (Some(from), Some(to)) => Some((party(from)?, party(to)?)),
            _ => return None,
        };
        let category = match asked.category.as_deref() {
            None => None,
            Some("") => Some(None),
            Some(id) => Some(Some(u8::try_from(terms.category_index(id)?).ok()?)),
        };
        let class = match asked.class.as_deref() {
            None => None,
            Some("") => Some(None),
            Some(id) => Some(Some(u8::try_from(terms.class_index(id)?).ok()?)),
        };
        let family = match &asked.family {
            None => None,
            Some(word) => Some(Family::from_code(word)?),
        };
        Some(Self { leg, ends, round: asked.round, category, class, family })
    }

    fn say(&self, terms: &Terms, say: &mut impl FnMut(&str, &str)) {
        if let Some(leg) = self.leg {
            say("leg", terms.legs[usize::from(leg)].id.as_str());
        }
        if let Some((from, to)) = &self.ends {
            say("from", from.as_str());
            say("to", to.as_str());
        }
        if let Some(round) = self.round {
            say("round", &round.to_string());
        }
        if let Some(category) = self.category {
            say("category", category.map_or("", |place| terms.categories[usize::from(place)].id.as_str()));
        }
        if let Some(class) = self.class {
            say("class", class.map_or("", |place| terms.classes[usize::from(place)].id.as_str()));
        }
        if let Some(family) = self.family {
            say("family", family.code());
        }
    }

    /// Whether a cell of a family is one of them.
    fn hold(&self, terms: &Terms, cell: &Cell, family: Family) -> bool {
        let leg = &terms.legs[usize::from(cell.leg)];
        self.leg.is_none_or(|wanted| wanted == cell.leg)
            && self.ends.as_ref().is_none_or(|(from, to)| leg.from == *from && leg.to == *to)
            && self.round.is_none_or(|wanted| wanted == cell.round)
            && self.category.is_none_or(|wanted| wanted == cell.category)
            && self.class.is_none_or(|wanted| wanted == cell.class)
            && self.family.is_none_or(|wanted| wanted == family)
    }
}
