//! What the accounts come to under the text and under every party's own reading of it: side by side, none settled.

use std::collections::BTreeMap;

use super::{Cell, Ledger, Post, Voice};
use crate::agreement::{
    Amount, Carry, CategoryId, Change, Family, LabelId, Matching, Quantity, Ratio, RatioSide, Reading,
    SideWorth, Terms, Unit,
};
use crate::ids::{Party, RoundNo};
use crate::ratio;
use crate::rational::Rational;

/// What one quantity comes to, as the text has it or as one party reads it. Figures are in the quantity's unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Balance {
    /// The quantity, by its place in the terms.
    pub quantity: usize,
    /// Its clause.
    pub clause: u32,
    /// Who reads it so; nothing for the text itself.
    pub reader: Option<Party>,
    /// How many it asks for, so read.
    pub amount: Amount,
    /// Posted: by both sides' word.
    pub filled: Rational,
    /// Listed and not yet gone.
    pub listed: Rational,
    /// Released, says who releases; not received.
    pub pending: Rational,
    /// Released, and disputed.
    pub disputed: Rational,
    /// Received, says who receives; no release was stated.
    pub acknowledged: Rational,
    /// Held until the other legs are complete.
    pub held: Rational,
    /// Carried on parole until both declare the exchange.
    pub carried: Rational,
    /// As the releasing side alone states it.
    pub releasing_states: Rational,
    /// As the receiving side alone states it.
    pub receiving_states: Rational,
    /// Still owed of the least; negative where more is posted. Nothing where there is no least amount.
    pub outstanding: Option<Rational>,
    /// Posted beyond the most; nothing where there is no most, or it is kept.
    pub over: Option<Rational>,
}

/// What one ratio comes to, as the text has it or as one party reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RatioBalance {
    /// The ratio, by its place in the terms.
    pub ratio: usize,
    /// Its clause.
    pub clause: u32,
    /// Who reads it so; nothing for the text itself.
    pub reader: Option<Party>,
    /// Heads, or containers, posted or carried on each side.
    pub heads: [i64; 2],
    /// Their value.
    pub values: [Rational; 2],
    /// The first side's value less the second's, carried as the terms say.
    pub difference: Rational,
    /// By class: heads, what is matched like for like, what is left. Empty where no scale values both sides.
    pub classes: Vec<ClassLine>,
    /// What is due from the side that has given less.
    pub due: Option<Due>,
}

/// One class in a ratio of equal first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClassLine {
    /// The class.
    pub class: LabelId,
    /// Heads on each side.
    pub heads: [i64; 2],
    /// Matched like for like.
    pub matched: i64,
    /// Left on each side, to be settled by value.
    pub left: [i64; 2],
}

/// What one side of a ratio still has to give.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// Which side: 0 or 1.
    pub side: usize,
    /// The value.
    pub value: Rational,
    /// In heads, after the rounding of the terms, where each of the side is worth the same.
    pub heads: Option<i128>,
}

/// A sum that one side states, beside what the acts come to. None of the numbers is corrected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatedSum {
    /// Who states it.
    pub by: Voice,
    /// The leg, by its place in the terms.
    pub leg: u8,
    /// The round; nothing for all of them.
    pub round: Option<RoundNo>,
    /// The sum stated.
    pub count: i64,
    /// Posted: by both sides' word.
    pub posted: i64,
    /// As the acts of the releasing side come to.
    pub releasing_states: i64,
    /// As the acts of the receiving side come to.
    pub receiving_states: i64,
}

impl StatedSum {
    /// Whether the sum is what both sides' word comes to.
    pub fn agrees(&self) -> bool {
        self.count == self.posted
    }
}

/// The terms as one reader has them.
struct View<'a> {
    terms: &'a Terms,
    reader: Option<&'a Party>,
}

/// Every quantity under the text, and under each reading that touches it.
///
/// `None` where a sum does not fit into exact fractions of 128 bits.
pub fn balances(terms: &Terms, ledger: &Ledger) -> Option<Vec<Balance>> {
    let mut found = Vec::new();
    for (place, quantity) in terms.quantities.iter().enumerate() {
        let readers = readers(terms, |reading| touches_quantity(terms, reading, place, quantity));
        for reader in readers {
            found.push(View { terms, reader }.balance(ledger, place, quantity)?);
        }
    }
    Some(found)
}

/// Every ratio under the text, and under each reading that touches it.
///
/// `None` where a sum does not fit into exact fractions of 128 bits.
pub fn ratio_balances(terms: &Terms, ledger: &Ledger) -> Option<Vec<RatioBalance>> {
    let mut found = Vec::new();
    for (place, ratio) in terms.ratios.iter().enumerate() {
        for reader in readers(terms, |reading| touches_ratio(terms, reading, ratio)) {
            found.push(View { terms, reader }.ratio(ledger, place, ratio)?);
        }
    }
    Some(found)
}

/// What one of a cell counts in a quantity, by its place in the terms, as the text has it or as a party reads it. Nothing
/// where the cell is no part of it, and for a quantity of identified persons, who are in no cell.
pub fn counts_in(terms: &Terms, reader: Option<&Party>, quantity: usize, cell: &Cell) -> Option<Rational> {
    View { terms, reader }.counts(terms.quantities.get(quantity)?, cell)
}

/// What one of a cell counts on a side of a ratio, by its place in the terms, as the text has it or as a party reads it.
/// Nothing where the cell is no part of it.
pub fn counts_on_side(
    terms: &Terms,
    reader: Option<&Party>,
    (ratio, side): (usize, usize),
    cell: &Cell,
) -> Option<Rational> {
    View { terms, reader }.counts_on(terms.ratios.get(ratio)?.sides.get(side)?, cell)
}

/// The readings that change what a quantity comes to, by its place in the terms.
pub fn readings_of_quantity(terms: &Terms, place: usize) -> Vec<&Reading> {
    let touches = |reading: &&Reading| touches_quantity(terms, reading, place, &terms.quantities[place]);
    terms.readings.iter().filter(touches).collect()
}

/// The readings that change what a ratio comes to, by its place in the terms.
pub fn readings_of_ratio(terms: &Terms, place: usize) -> Vec<&Reading> {
    let touches = |reading: &&Reading| touches_ratio(terms, reading, &terms.ratios[place]);
    terms.readings.iter().filter(touches).collect()
}

/// Whether what a quantity comes to, by its place in the terms, as the text has it or as a party reads it, depends on who is
/// in which category.
pub fn quantity_needs_categories(terms: &Terms, place: usize, reader: Option<&Party>) -> bool {
    let one = terms.quantities.get(place);
    one.is_some_and(|one| !one.categories.is_empty())
        || by_category(&readings_of_quantity(terms, place), reader)
}

/// The same of a ratio.
pub fn ratio_needs_categories(terms: &Terms, place: usize, reader: Option<&Party>) -> bool {
    by_category(&readings_of_ratio(terms, place), reader)
}

fn by_category(readings: &[&Reading], reader: Option<&Party>) -> bool {
    let mut mine = readings.iter().filter(|reading| Some(&reading.party) == reader);
    mine.any(|reading| matches!(reading.change, Change::CategoryAccount { .. }))
}

/// Every sum that a side states, beside what the acts come to.
pub fn stated_sums(ledger: &Ledger) -> Vec<StatedSum> {
    let sum = |(&(by, leg, round), &count): (&(Voice, u8, Option<RoundNo>), &u32)| {
        let counts = |cell: &Cell| cell.leg == leg && round.is_none_or(|round| cell.round == round);
        let mut posts = [0; Post::COUNT];
        for (_, balances) in ledger.cells.iter().filter(|(cell, _)| counts(cell)) {
            posts.iter_mut().zip(balances).for_each(|(sum, balance)| *sum += balance);
        }
        let [releasing_states, receiving_states] = as_stated(&posts);
        let posted = posts[Post::Filled as usize];
        StatedSum { by, leg, round, count: i64::from(count), posted, releasing_states, receiving_states }
    };
    ledger.stated.iter().map(sum).collect()
}

/// As the releasing side, and as the receiving side, alone states it.
fn as_stated(posts: &[i64; Post::COUNT]) -> [i64; 2] {
    let sum = |which: &[Post]| which.iter().map(|post| posts[*post as usize]).sum();
    let both = [Post::Held, Post::Carried, Post::Filled];
    let received: i64 = sum(&both);
    [received + sum(&[Post::Pending, Post::Disputed]), received + sum(&[Post::Acknowledged])]
}

/// Nobody, for the text itself, then every party with a reading that touches it.
fn readers(terms: &Terms, touches: impl Fn(&Reading) -> bool) -> Vec<Option<&Party>> {
    let reads = |party: &&Party| terms.readings.iter().any(|one| one.party == **party && touches(one));
    let parties = terms.parties.iter().map(|side| &side.id).filter(reads);
    std::iter::once(None).chain(parties.map(Some)).collect()
}

fn touches_quantity(terms: &Terms, reading: &Reading, place: usize, quantity: &Quantity) -> bool {
    match &reading.change {
        Change::Amount { quantity, .. } => *quantity == place,
        Change::LegAccount { leg, .. } => quantity.legs.contains(leg),
        Change::CategoryAccount { category, .. } => {
            let of_category = quantity.categories.is_empty() || quantity.categories.contains(category);
            of_category && quantity.legs.iter().any(|leg| terms.legs[*leg].account == Family::Exchange)
        }
        Change::Worth { scale, .. } => quantity.unit == Unit::Value(scale.clone()),
        Change::When { .. } | Change::Words => false,
    }
}

fn touches_ratio(terms: &Terms, reading: &Reading, ratio: &Ratio) -> bool {
    let mut legs = ratio.sides.iter().flat_map(|side| &side.legs);
    match &reading.change {
        Change::LegAccount { leg, .. } => legs.any(|one| one == leg),
        Change::CategoryAccount { .. } => legs.any(|leg| terms.legs[*leg].account == Family::Exchange),
        Change::Worth { scale, .. } => {
            ratio.sides.iter().any(|side| side.worth == SideWorth::Scale(scale.clone()))
        }
        Change::Amount { .. } | Change::When { .. } | Change::Words => false,
    }
}

impl View<'_> {
    fn changes(&self) -> impl Iterator<Item = &Change> {
        let mine = |reading: &&Reading| Some(&reading.party) == self.reader;
        self.terms.readings.iter().filter(mine).map(|reading| &reading.change)
    }

    fn amount(&self, place: usize, quantity: &Quantity) -> Amount {
        let read = |change: &Change| match change {
            Change::Amount { quantity, amount } if *quantity == place => Some(*amount),
            _ => None,
        };
        self.changes().find_map(read).unwrap_or(quantity.amount)
    }

    /// Whether what was booked in a cell belongs to an account, as the text or the reader has it. A quantity, or a side of a
    /// ratio, is of the account of its first leg: what a reader books elsewhere does not count in it, and what the reader
    /// books into it does.
    fn belongs(&self, cell: &Cell, legs: &[usize]) -> bool {
        let account = legs.first().map(|leg| self.terms.legs[*leg].account);
        let own = self.terms.legs[usize::from(cell.leg)].account;
        let category = self.category(cell);
        let read = |change: &Change| match change {
            Change::LegAccount { leg, account } if *leg == usize::from(cell.leg) => Some(*account),
            Change::CategoryAccount { category: of, account }
                if Some(of) == category && own == Family::Exchange =>
            {
                Some(*account)
            }
            _ => None,
        };
        account == Some(self.changes().find_map(read).unwrap_or(own))
    }

    fn category(&self, cell: &Cell) -> Option<&CategoryId> {
        cell.category.map(|place| &self.terms.categories[usize::from(place)].id)
    }

    fn class(&self, cell: &Cell) -> Option<&LabelId> {
        cell.class.map(|place| &self.terms.classes[usize::from(place)].id)
    }

    /// What one of a cell is worth by a scale. An act without a class that the scale values is never booked on a leg that the
    /// scale values, so the nought stands for what cannot be.
    fn worth(&self, scale: &LabelId, cell: &Cell) -> Rational {
        let Some(class) = self.class(cell) else { return Rational::ZERO };
        let read = |change: &Change| match change {
            Change::Worth { scale: of, class: read, worth } if of == scale && read == class => Some(*worth),
            _ => None,
        };
        let text = || self.terms.scale(scale).and_then(|scale| scale.worth(class));
        self.changes().find_map(read).or_else(text).unwrap_or(Rational::ZERO)
    }

    fn balance(&self, ledger: &Ledger, place: usize, quantity: &Quantity) -> Option<Balance> {
        let amount = self.amount(place, quantity);
        let mut posts = [Rational::ZERO; Post::COUNT];
        if quantity.unit == Unit::Identified {
            let persons = quantity.legs.iter().filter_map(|leg| ledger.identified(u8::try_from(*leg).ok()?));
            let count: usize = persons.map(BTreeMap::len).sum();
            posts[Post::Filled as usize] = Rational::whole(i128::try_from(count).ok()?);
        } else {
            for (cell, balances) in ledger.cells.iter() {
                let Some(worth) = self.counts(quantity, cell) else { continue };
                for (post, balance) in posts.iter_mut().zip(balances) {
                    *post = post.plus(worth.times(Rational::whole(i128::from(*balance)))?)?;
                }
            }
        }
        let at = |post: Post| posts[post as usize];
        let filled = at(Post::Filled);
        let both = filled.plus(at(Post::Carried))?.plus(at(Post::Held))?;
        let less = |number: u32| Rational::whole(i128::from(number)).plus(filled.minus()?);
        let outstanding = match amount.least() {
            None => None,
            Some(least) => Some(less(least)?),
        };
        let over = match amount.most() {
            None => None,
            Some(most) => Some(less(most)?.minus()?).filter(|over| over.signum() > 0),
        };
        Some(Balance {
            quantity: place,
            clause: quantity.clause,
            reader: self.reader.cloned(),
            amount,
            filled,
            listed: at(Post::Listed),
            pending: at(Post::Pending),
            disputed: at(Post::Disputed),
            acknowledged: at(Post::Acknowledged),
            held: at(Post::Held),
            carried: at(Post::Carried),
            releasing_states: both.plus(at(Post::Pending))?.plus(at(Post::Disputed))?,
            receiving_states: both.plus(at(Post::Acknowledged))?,
            outstanding,
            over,
        })
    }

    /// What one of a cell counts in a quantity; nothing where the cell is no part of it.
    fn counts(&self, quantity: &Quantity, cell: &Cell) -> Option<Rational> {
        let worth = match &quantity.unit {
            Unit::Value(scale) => self.worth(scale, cell),
            Unit::Identified => return None,
            Unit::Heads | Unit::Containers | Unit::Items => Rational::ONE,
        };
        self.is_of(quantity, cell).then_some(worth)
    }

    /// What one of a cell counts on a side of a ratio; nothing where the cell is no part of it.
    fn counts_on(&self, side: &RatioSide, cell: &Cell) -> Option<Rational> {
        let counted = side.legs.contains(&usize::from(cell.leg)) && self.belongs(cell, &side.legs);
        counted.then(|| self.side_worth(side, cell))
    }

    fn is_of(&self, quantity: &Quantity, cell: &Cell) -> bool {
        let of_leg = quantity.legs.contains(&usize::from(cell.leg));
        let of_category = quantity.categories.is_empty()
            || self.category(cell).is_some_and(|category| quantity.categories.contains(category));
        let of_class = quantity.classes.is_empty()
            || self.class(cell).is_some_and(|class| quantity.classes.contains(class));
        of_leg && of_category && of_class && self.belongs(cell, &quantity.legs)
    }

    fn ratio(&self, ledger: &Ledger, place: usize, ratio: &Ratio) -> Option<RatioBalance> {
        let mut rounds: BTreeMap<RoundNo, [Rational; 2]> = BTreeMap::new();
        let mut classes: BTreeMap<LabelId, [i64; 2]> = BTreeMap::new();
        let (mut heads, mut values) = ([0; 2], [Rational::ZERO; 2]);
        for (side, of) in ratio.sides.iter().enumerate() {
            for (cell, posts) in ledger.cells.iter() {
                let Some(worth) = self.counts_on(of, cell) else { continue };
                // What is carried on parole has been given; it waits for the declaration alone.
                let count = posts[Post::Filled as usize] + posts[Post::Carried as usize];
                let value = worth.times(Rational::whole(i128::from(count)))?;
                heads[side] += count;
                values[side] = values[side].plus(value)?;
                let round = rounds.entry(cell.round).or_insert([Rational::ZERO; 2]);
                round[side] = round[side].plus(value)?;
                if let Some(class) = self.class(cell) {
                    classes.entry(class.clone()).or_insert([0; 2])[side] += count;
                }
            }
        }
        let [first, second] = match ratio.carry {
            Carry::Carried => values,
            Carry::Lapses => rounds.last_key_value().map_or([Rational::ZERO; 2], |(_, last)| *last),
        };
        let difference = first.plus(second.minus()?)?;
        let classes = if ratio.matching == Matching::EqualFirst { class_lines(classes) } else { Vec::new() };
        let due = due(ratio, difference)?;
        let (clause, reader) = (ratio.clause, self.reader.cloned());
        Some(RatioBalance { ratio: place, clause, reader, heads, values, difference, classes, due })
    }

    fn side_worth(&self, side: &RatioSide, cell: &Cell) -> Rational {
        match &side.worth {
            SideWorth::Each(worth) => *worth,
            SideWorth::Scale(scale) => self.worth(scale, cell),
        }
    }
}

fn class_lines(classes: BTreeMap<LabelId, [i64; 2]>) -> Vec<ClassLine> {
    let line = |(class, heads): (LabelId, [i64; 2])| {
        let matched = heads[0].min(heads[1]);
        ClassLine { class, heads, matched, left: heads.map(|count| count - matched) }
    };
    classes.into_iter().map(line).collect()
}

/// What the side that has given less still has to give. The outer nothing: a number that does not fit.
fn due(ratio: &Ratio, difference: Rational) -> Option<Option<Due>> {
    let side = match difference.signum() {
        0 => return Some(None),
        1 => 1,
        _ => 0,
    };
    let value = if side == 1 { difference } else { difference.minus()? };
    let heads = match &ratio.sides[side].worth {
        SideWorth::Each(each) => Some(ratio::heads_due(value, *each, ratio.rounding)?),
        SideWorth::Scale(_) => None,
    };
    Some(Some(Due { side, value, heads }))
}
