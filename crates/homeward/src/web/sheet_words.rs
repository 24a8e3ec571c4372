//! The reason sheet of a joint roll in words: why a person goes or stays, at what price, and what would have to change.
//!
//! Decides the sentences; refuses to know how a price is found, which [`sheets`](exchange::selection::joint::sheets) does.

use exchange::ids::Item;
use exchange::selection::joint::{Against, Bound, Change, Held, Level, People, Person, Price, Rules, Sheet};
use exchange::selection::of_terms::ROUND;

use super::words::Words;

/// How many people are named in one sentence; the rest are left to the roll itself.
const NAMED_MAX: usize = 20;

/// A round whose sheets are told.
pub struct Round<'a> {
    /// Its rules.
    pub rules: &'a Rules,
    /// Its people.
    pub people: &'a People,
    /// Its levels, first to last.
    pub levels: &'a [Level],
    /// What a person is called: a name where the reader may know it, else the item.
    pub name: &'a dyn Fn(&Item) -> String,
    /// What a category is called, by its place among those of the round.
    pub category: &'a dyn Fn(usize) -> String,
    /// Whether anybody can be asked for by name; where nobody can, it is not told that it would do.
    pub by_name: bool,
    /// What the party of a side is called.
    pub party: &'a dyn Fn(usize) -> String,
    /// What a priority class is called: its number, and what it is where that is known.
    pub class: &'a dyn Fn(u8) -> String,
    /// The last class up to this one that people of a category can be in, by the category's place; nothing where there is none.
    pub class_within: &'a dyn Fn(u8, usize) -> Option<u8>,
    /// How long somebody was held, in the unit of the round.
    pub held: &'a dyn Fn(u64) -> String,
}

impl Round<'_> {
    /// A sheet, sentence by sentence: what was decided first, then its price, then the rules that are full, then what would
    /// have to change.
    pub fn sentences(&self, sheet: &Sheet, t: Words) -> Vec<String> {
        let person = &self.people.rows()[sheet.person];
        let mut said = vec![self.outcome(person, sheet.goes, t)];
        match (&sheet.price, sheet.goes) {
            (Some(price), goes) => {
                said.push(t.s(if goes { "selection-price-out" } else { "selection-price-in" }));
                said.extend(self.price(price, t).into_iter().map(|sentence| format!("- {sentence}")));
                said.extend(self.who_else(&price.join, &person.item, "selection-join", t));
                said.extend(self.who_else(&price.leave, &person.item, "selection-leave", t));
            }
            (None, true) => said.push(t.s("selection-no-way-out")),
            (None, false) => said.push(t.s("selection-no-way-in")),
        }
        said.extend(sheet.full.iter().map(|held| self.full(held, t)));
        let change =
            sheet.change.map(|change| Change { requested: change.requested && self.by_name, ..change });
        said.extend(change.iter().flat_map(|change| self.changes(change, person, t)));
        said
    }

    /// What is said of a person whom some of the best rolls have and others do not, in a round that chances choose.
    pub fn by_chance(&self, person: &Person, goes: bool, chance: &str, t: Words) -> Vec<String> {
        let key = if goes { "selection-chance-goes" } else { "selection-chance-stays" };
        vec![self.outcome(person, goes, t), t.s1(key, "chance", chance)]
    }

    fn outcome(&self, person: &Person, goes: bool, t: Words) -> String {
        let side = &self.rules.sides[usize::from(person.side)];
        let site = &side.caps[usize::from(person.site)].id;
        let category = (self.category)(usize::from(person.category));
        let key = if goes { "selection-goes" } else { "selection-stays" };
        let (name, party) = ((self.name)(&person.item), (self.party)(usize::from(person.side)));
        t.with(
            key,
            &[
                ("item", &name.as_str()),
                ("party", &party.as_str()),
                ("site", &site.as_str()),
                ("category", &category.as_str()),
                ("class", &person.class),
            ],
        )
    }

    /// What the other roll would have less and more of, level by level, as far as it differs.
    fn price(&self, price: &Price, t: Words) -> Vec<String> {
        let mut told = self.differences(&price.levels, t);
        let differing = || self.levels.iter().zip(&price.levels).filter(|(_, cost)| **cost != 0);
        if differing().any(|(level, _)| *level == Level::Lot) {
            let decided = differing().next().is_some_and(|(level, _)| *level == Level::Lot);
            told.push(t.s(if decided { "selection-lot" } else { "selection-lot-besides" }));
        }
        told
    }

    /// What one roll has less and more of than another, level by level as their costs differ, but for the lots: these are told only
    /// where both rolls are of the same people.
    pub fn differences(&self, costs: &[i128], t: Words) -> Vec<String> {
        let differing = self.levels.iter().zip(costs).filter(|(_, cost)| **cost != 0);
        let told = differing.filter_map(|(level, &cost)| {
            // A round moves far fewer people than 2^63, and holds them far less long.
            let n = u64::try_from(cost.unsigned_abs()).unwrap_or(u64::MAX);
            let more = cost < 0;
            match level {
                Level::Total => {
                    Some(t.s1(pick(more, "selection-more-total", "selection-fewer-total"), "n", n))
                }
                Level::Requested => {
                    Some(t.s1(pick(more, "selection-more-requested", "selection-fewer-requested"), "n", n))
                }
                Level::Class(class) => {
                    let key = pick(more, "selection-more-class", "selection-fewer-class");
                    Some(t.s2(key, "n", n, "class", (self.class)(*class)))
                }
                Level::TimeHeld => {
                    let key = pick(more, "selection-more-time", "selection-less-time");
                    Some(t.s1(key, "n", (self.held)(n)))
                }
                Level::Lot | Level::Missing | Level::NextLot => None,
            }
        });
        told.collect()
    }

    fn full(&self, held: &Held, t: Words) -> String {
        let (rule, places) = match held.by {
            Bound::Cap { side, cap } => {
                let (id, party) = (self.rules.sides[side].caps[cap].id.as_str(), (self.party)(side));
                if id == ROUND {
                    (t.s1("selection-full-round", "party", party.as_str()), "selection-places")
                } else {
                    (t.s2("selection-full-cap", "id", id, "party", party.as_str()), "selection-places")
                }
            }
            Bound::Category { category, .. }
                if self.rules.categories[category].against != Against::AllForAll =>
            {
                (
                    t.s1("selection-full-other", "id", (self.category)(category).as_str()),
                    "selection-unmatched",
                )
            }
            Bound::Pair { category } | Bound::Category { category, .. } => (
                t.s1("selection-full-category", "id", (self.category)(category).as_str()),
                "selection-places",
            ),
        };
        let places = match held.places {
            Some(n) => t.s1(places, "n", n),
            None => t.s("selection-places-do-not-help"),
        };
        format!("{rule} {places}")
    }
}

impl Round<'_> {
    /// Everybody but the person themself who would change places, at most so many by name.
    fn who_else(&self, items: &[Item], own: &Item, key: &str, t: Words) -> Option<String> {
        let others: Vec<&Item> = items.iter().filter(|item| *item != own).collect();
        let named: Vec<String> = others.iter().take(NAMED_MAX).map(|item| (self.name)(item)).collect();
        let rest = if others.len() > NAMED_MAX { " …" } else { "" };
        (!others.is_empty()).then(|| t.s1(key, "items", format!("{}{rest}", named.join(", ")).as_str()))
    }
}

impl Round<'_> {
    /// What would have to be otherwise about the person. A class that people of the category cannot be in is no counsel.
    fn changes(&self, change: &Change, person: &Person, t: Words) -> Vec<String> {
        let held = |days: u16| (self.held)(days.into());
        let class = change.class.and_then(|class| (self.class_within)(class, usize::from(person.category)));
        let class = class.map(|class| t.s1("selection-change-class", "class", (self.class)(class)));
        let longer = change
            .held
            .map(|days| t.s2("selection-change-held", "held", held(days), "own", held(person.held)));
        let mut said = Vec::new();
        said.extend(change.lot.then(|| t.s("selection-change-lot")));
        said.extend(longer);
        said.extend(class);
        said.extend(change.requested.then(|| t.s("selection-change-requested")));
        if said.is_empty() { vec![t.s("selection-change-nothing")] } else { said }
    }
}

fn pick(more: bool, if_more: &'static str, if_less: &'static str) -> &'static str {
    if more { if_more } else { if_less }
}
