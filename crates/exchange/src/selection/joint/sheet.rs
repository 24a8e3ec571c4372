//! The reason sheet: why a person goes or stays, at what exact price it could be otherwise, and what would have to change.
//!
//! Decides the ground of every answer as values; refuses to word it. Prices are differences between whole rolls: the best
//! roll with the person forced in (or left out, with their group where they have one) against the roll that was chosen,
//! level by level, with everyone who would change places. The units of a ratio follow; other kept-together groups stay as
//! the roll has them.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::Item;

use super::cost::{Cost, Level, Packing};
use super::layout::{Bound, Built, Nodes, build};
use super::people::{People, Person};
use super::rules::{Against, Rules};
use super::solve::{Relaxed, Search, at_width, packing};

/// The most places by which a rule is widened to see whether a person would then go.
pub const WIDENED_MAX: u32 = 100;

/// The reason sheet of one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// The person's place among the people.
    pub person: usize,
    /// Whether the person goes.
    pub goes: bool,
    /// What it would cost, level by level, if it were otherwise: the person forced in, or left out. Nothing where the rules
    /// leave no way for it at all.
    pub price: Option<Price>,
    /// The rules that hold the person back: they are full, and a place more would be taken. Empty for one who goes.
    pub full: Vec<Held>,
    /// What of the person would have to be otherwise, everything else unchanged; nothing for one who goes.
    pub change: Option<Change>,
}

/// What it costs to have it otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Price {
    /// Level by level: what the other roll costs more. The first that is not 0 decides.
    pub levels: Vec<i128>,
    /// Who would go and does not.
    pub join: Vec<Item>,
    /// Who goes and would not.
    pub leave: Vec<Item>,
}

impl Price {
    /// The level that decides: the first at which the other roll is worse.
    pub fn decided_by(&self, levels: &[Level]) -> Option<Level> {
        self.levels.iter().zip(levels).find(|(cost, _)| **cost != 0).map(|(_, level)| *level)
    }
}

/// A rule that holds a person back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// The rule. For a matched category it is that the other side has nobody to stand against the person.
    pub by: Bound,
    /// With how many places more, at this rule alone, the person would go; nothing where it alone does not help.
    pub places: Option<u32>,
}

/// What of a person would have to be otherwise. Each alone is enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// Being asked for by name.
    pub requested: bool,
    /// The last class, before the person's own, in which they would go.
    pub class: Option<u8>,
    /// The shortest time held with which they would go.
    pub held: Option<u16>,
    /// Whether another lot could have let them go: everything before it is level.
    pub lot: bool,
}

/// The reason sheets of people, by place, against the roll that was chosen by the same rules and seed.
///
/// A roll that does not keep the rules, or that is not the best, gives sheets that mean nothing: check it first. Rules whose costs
/// are too wide to select by ([`SelectError::TooWide`](super::SelectError::TooWide)) have no roll, and no sheets.
/// Rules that keep a balance have none either: a price by which the other people of a roll answer for its balance is not known.
pub fn sheets(
    rules: &Rules,
    people: &People,
    seed: &[u8; 32],
    chosen: &[usize],
    persons: &[usize],
) -> Vec<Sheet> {
    if rules.balance.is_some() {
        return Vec::new();
    }
    let packing = packing(rules, people);
    // Rules that need wider costs have no roll that a sheet could be about.
    at_width!(
        packing.words(),
        W => Desk::<W>::new(rules, people, seed, &packing, chosen).sheets(persons),
        _words => Vec::new()
    )
}

struct Desk<'a, const W: usize> {
    rules: &'a Rules,
    people: &'a People,
    seed: &'a [u8; 32],
    packing: &'a Packing,
    chosen: &'a [usize],
    nodes: Nodes,
    flow: Relaxed<W>,
}

impl<'a, const W: usize> Desk<'a, W> {
    /// The network with the roll's own flow in it.
    fn new(
        rules: &'a Rules,
        people: &'a People,
        seed: &'a [u8; 32],
        packing: &'a Packing,
        chosen: &'a [usize],
    ) -> Self {
        let mut built = build(rules, people, packing, seed, WIDENED_MAX);
        let (units, must_go) = fill_as_chosen(rules, people, packing, &mut built, chosen);
        let flow = Relaxed { built, units, must_go, price: Vec::new() };
        Self { rules, people, seed, packing, chosen, nodes: Nodes::of(rules), flow }
    }

    fn sheets(&self, persons: &[usize]) -> Vec<Sheet> {
        persons.iter().map(|&person| self.sheet(person)).collect()
    }

    fn sheet(&self, person: usize) -> Sheet {
        let goes = self.chosen.binary_search(&person).is_ok();
        let row = &self.people.rows()[person];
        let price = self.otherwise(person, goes).map(|other| self.price(&other));
        let full = if goes { Vec::new() } else { self.full(person) };
        let change = price.as_ref().filter(|_| !goes).map(|price| self.change(row, price));
        Sheet { person, goes, price, full, change }
    }

    /// The best roll in which it is otherwise with a person, and with their group; nothing where no roll is lawful then.
    fn otherwise(&self, person: usize, goes: bool) -> Option<Vec<usize>> {
        let group = self.people.rows()[person].group;
        let together = |at: &usize| *at == person || (group != 0 && self.people.rows()[*at].group == group);
        let members: Vec<usize> = match group {
            0 => vec![person],
            _ => (0..self.people.rows().len()).filter(together).collect(),
        };
        let mut flow = self.flow.clone();
        for member in members {
            let row = &self.people.rows()[member];
            let (queue, at) = (self.queue(row)?, member as u32);
            if goes {
                flow.built.network.leave_out(queue, at);
                // Somebody of a group was to go with it.
                flow.must_go -= usize::from(group != 0 && self.is_kept_together(group));
            } else {
                flow.built.network.demand(queue, at, self.cost(row) + self.packing.demanded());
                flow.must_go += 1;
            }
        }
        let search = Search::new(self.rules, self.people, self.seed, self.packing);
        search.best_from(flow).map(|found| found.chosen)
    }

    fn is_kept_together(&self, group: u32) -> bool {
        self.people.rows().iter().filter(|person| person.group == group).nth(1).is_some()
    }

    fn cost(&self, person: &Person) -> Cost<W> {
        self.packing.person(person, || person.lot(self.seed, &self.rules.agreement))
    }

    fn queue(&self, person: &Person) -> Option<usize> {
        let (side, site) = (usize::from(person.side), usize::from(person.site));
        let (from, to) = self.nodes.person(side, site, usize::from(person.category));
        self.flow.built.network.queue_between(from, to)
    }

    /// The difference between another roll and the one chosen.
    fn price(&self, goes: &[usize]) -> Price {
        let mut levels = vec![0_i128; self.packing.levels().len()];
        let mut add = |at: usize, sign: i128| {
            let person = &self.people.rows()[at];
            let cost = self.packing.unpack(&self.cost(person));
            levels.iter_mut().zip(cost).for_each(|(sum, level)| *sum += sign * level);
            person.item
        };
        let join: Vec<usize> =
            goes.iter().copied().filter(|at| self.chosen.binary_search(at).is_err()).collect();
        let leave: Vec<usize> =
            self.chosen.iter().copied().filter(|at| goes.binary_search(at).is_err()).collect();
        let join = join.into_iter().map(|at| add(at, 1)).collect();
        let leave = leave.into_iter().map(|at| add(at, -1)).collect();
        Price { levels, join, leave }
    }

    /// The full rules on the person's own way, each with the places it would need alone.
    fn full(&self, person: usize) -> Vec<Held> {
        let row = &self.people.rows()[person];
        let (side, category) = (usize::from(row.side), usize::from(row.category));
        let caps = &self.rules.sides[side].caps;
        let outwards = std::iter::successors(Some(usize::from(row.site)), |&cap| caps[cap].within);
        let mut bounds: Vec<Bound> = outwards.map(|cap| Bound::Cap { side, cap }).collect();
        let against = self.rules.categories[category].against;
        match against {
            Against::OneForOne => bounds.push(Bound::Pair { category }),
            Against::AllForAll => bounds.push(Bound::Category { side, category }),
            Against::Ratio(_) => {}
        }
        let mut held: Vec<Held> = bounds.into_iter().filter_map(|by| self.held(by, person)).collect();
        if against != Against::AllForAll {
            // A place that nobody of the other side has to stand against.
            let (from, to) = self.nodes.outside(side, category);
            let mut freed = self.flow.clone();
            let arc = freed.built.network.arc(from, to, 0, Cost::ZERO);
            let places = self.widened(freed, arc, person);
            held.extend(
                places.map(|places| Held { by: Bound::Category { side, category }, places: Some(places) }),
            );
        }
        held
    }

    /// Whether a rule is full, and with how many places more at it alone the person goes.
    fn held(&self, by: Bound, person: usize) -> Option<Held> {
        let Built { network, bounds, .. } = &self.flow.built;
        // The last of a rule's arcs is the one that bounds it from above.
        let arc = bounds.iter().rposition(|bound| *bound == Some(by))?;
        let full = network.arcs[arc].flow == network.arcs[arc].room;
        full.then(|| Held { by, places: self.widened(self.flow.clone(), arc, person) })
    }

    /// How many places more an arc needs until a person goes; nothing where it fills up without them.
    fn widened(&self, mut flow: Relaxed<W>, arc: usize, person: usize) -> Option<u32> {
        let queue = self.queue(&self.people.rows()[person])?;
        let search = Search::new(self.rules, self.people, self.seed, self.packing);
        let whole = search.whole();
        for places in 1..=WIDENED_MAX {
            let used = flow.built.network.widen(arc);
            search.settle(&whole, &mut flow);
            // Bounded by PEOPLE_MAX.
            if flow.built.network.goes(queue, person as u32) {
                return Some(places);
            }
            // A ratio may want several places at once; without one, a place that nobody takes is the last.
            if !used && whole.units.is_empty() {
                return None;
            }
        }
        None
    }

    /// What of a person would have to be otherwise. Forced in, they cost the roll the price; as somebody else in the same
    /// place they would cost the price and the difference between the two, and go where that is less than nothing.
    fn change(&self, row: &Person, price: &Price) -> Change {
        let own = self.packing.unpack(&self.cost(row));
        let nothing = vec![0; own.len()];
        let would_go = |other: &Person, without_lot: bool| {
            let mut cost = self.packing.unpack(&self.cost(other));
            let levels = price.levels.iter().zip(&own).zip(&mut cost);
            levels.for_each(|((price, own), cost)| *cost += price - own);
            if without_lot {
                let lots = cost.len() - 2;
                cost[lots..].fill(0);
                return cost <= nothing;
            }
            cost < nothing
        };
        let held = |held| would_go(&Person { held, ..*row }, false);
        Change {
            requested: !row.requested && would_go(&Person { requested: true, ..*row }, false),
            class: (1..row.class).rev().find(|&class| would_go(&Person { class, ..*row }, false)),
            held: held(u16::MAX).then(|| least(row.held, u16::MAX, held)),
            lot: would_go(row, true),
        }
    }
}

/// The least value after `no`, up to `yes`, for which something holds that holds from some value on.
fn least(no: u16, yes: u16, holds: impl Fn(u16) -> bool) -> u16 {
    let (mut no, mut yes) = (no, yes);
    while yes - no > 1 {
        let middle = no + (yes - no) / 2;
        if holds(middle) { yes = middle } else { no = middle }
    }
    yes
}

/// Puts a roll's own flow into an empty network: its people first in their queues, its places along every arc. Gives the
/// units of each ratio, and how many people go with a group.
fn fill_as_chosen<const W: usize>(
    rules: &Rules,
    people: &People,
    packing: &Packing,
    built: &mut Built<W>,
    chosen: &[usize],
) -> (Vec<u32>, usize) {
    let goes = |at: &u32| chosen.binary_search(&(*at as usize)).is_ok();
    let grouped: BTreeSet<usize> = people.groups().into_iter().flat_map(|(_, members)| members).collect();
    let mut must_go = 0;
    for queue in &mut built.network.queues {
        // A group was decided: its members go before everybody else, or wait no more.
        queue.people.retain(|(_, at)| goes(at) || !grouped.contains(&(*at as usize)));
        for (cost, at) in &mut queue.people {
            if grouped.contains(&(*at as usize)) {
                *cost = *cost + packing.demanded();
                must_go += 1;
            }
        }
        queue.people.sort_unstable();
        queue.taken = queue.people.iter().filter(|(_, at)| goes(at)).count();
    }
    let mut caps = [0, 1].map(|side| vec![0_u32; rules.sides[side].caps.len()]);
    let mut categories = vec![[0_u32; 2]; rules.categories.len()];
    for &at in chosen {
        let person = &people.rows()[at];
        let side = usize::from(person.side);
        categories[usize::from(person.category)][side] += 1;
        let inwards =
            std::iter::successors(Some(usize::from(person.site)), |&cap| rules.sides[side].caps[cap].within);
        inwards.for_each(|cap| caps[side][cap] += 1);
    }
    let mut units = Vec::new();
    for (pair, ratio) in built.ratios.iter().zip(super::layout::ratios(rules, people)) {
        for side in 0..2 {
            built.network.arcs[pair[side]].room = categories[ratio.category][side];
        }
        units.push(categories[ratio.category][0] / ratio.heads[0]);
    }
    let mut left: BTreeMap<Bound, u32> = BTreeMap::new();
    let places = |bound: Bound| match bound {
        Bound::Cap { side, cap } => caps[side][cap],
        Bound::Category { side, category } => categories[category][side],
        Bound::Pair { category } => categories[category][0],
    };
    for (arc, bound) in built.bounds.iter().enumerate() {
        let Some(bound) = *bound else { continue };
        let waiting = left.entry(bound).or_insert_with(|| places(bound));
        let arc = &mut built.network.arcs[arc];
        arc.flow = arc.room.min(*waiting);
        *waiting -= arc.flow;
    }
    let back = &mut built.network.arcs[built.back];
    (back.room, back.flow) = (u32::MAX, built_flow(&caps, &categories, rules));
    (units, must_go)
}

/// Places that flow from the source to the sink: everyone of the first side, and those of the second who come from outside.
fn built_flow(caps: &[Vec<u32>; 2], categories: &[[u32; 2]], rules: &Rules) -> u32 {
    let outermost = rules.sides[0].caps.iter().zip(&caps[0]).filter(|(cap, _)| cap.within.is_none());
    let outside =
        rules.categories.iter().zip(categories).filter(|(rule, _)| rule.against != Against::OneForOne);
    outermost.map(|(_, places)| places).sum::<u32>() + outside.map(|(_, heads)| heads[1]).sum::<u32>()
}
