//! The search under a balance: the price of a unit of worth at which the two sides come nearest to what they may differ by.
//!
//! What the first side gives, less what the second gives, is linear in the heads of each category and in the units of each
//! ratio. Every price of a unit of worth, charged to the one side and paid to the other, gives a bound on all rolls that
//! keep the balance (weak duality). The search raises the price while the first side gives too much, lowers it while it
//! gives too little, and divides by the heads of a category where no price makes the cheapest flow keep the balance.

use super::certificate::{Choice, Proof};
use super::cost::Cost;
use super::layout::Weighed;
use super::solve::{Found, Part, Relaxed, Search};

/// How many prices of worth are tried for one part of the search before it is divided.
const PRICES_MAX: usize = 40;

/// What a part is divided by where no price makes its cheapest flow keep the balance.
#[derive(Clone, Copy, Debug)]
pub(super) enum Division {
    /// Heads of a category of one side, all for all: at most so many.
    Heads(Weighed, u32),
    /// Units of a ratio, by its place: at most so many.
    Units(usize, u32),
}

/// The cheapest flow at one price.
#[derive(Clone)]
struct Point {
    price: Vec<i128>,
    /// What the flow costs without the price.
    cost: Vec<i128>,
    given: i128,
    counts: Vec<u32>,
}

impl<const W: usize> Search<'_, W> {
    /// Sets the price of worth for a part of the search, as near as it is found to the one that gives the highest bound. Says
    /// by what to divide the part where its cheapest flow does not keep the balance at that price; nothing where it does
    /// and the flow is the best of the part, and where the bound closes the part.
    pub(super) fn weigh(&mut self, part: &Part, relaxed: &mut Relaxed<W>) -> Option<Division> {
        let (least, most) = self.rules.balance.as_ref()?.bounds();
        let (least, most) = (i128::from(least), i128::from(most));
        let (mut below, mut above): (Option<Point>, Option<Point>) = (None, None);
        let mut highest: Option<(Vec<i128>, Vec<i128>)> = None;
        for _ in 0..PRICES_MAX {
            self.offer(relaxed);
            let point = self.point(relaxed);
            let nothing = vec![0; point.price.len()];
            let limit = if point.price > nothing || (point.price == nothing && point.given > most) {
                most
            } else {
                least
            };
            if point.price == nothing && (least..=most).contains(&point.given) {
                return None;
            }
            let bound = priced(&point.cost, &point.price, point.given - limit);
            if point.given == limit || self.is_closed_by(&bound) {
                return None;
            }
            if highest.as_ref().is_none_or(|(known, _)| bound > *known) {
                highest = Some((bound, point.price.clone()));
            }
            if point.given > limit {
                below = Some(point)
            } else {
                above = Some(point)
            }
            let next = match self.next_price(below.as_ref(), above.as_ref()) {
                Some(next) if next != relaxed.price => next,
                _ => break,
            };
            self.reprice(part, relaxed, next);
        }
        let (_, price) = highest?;
        self.reprice(part, relaxed, price);
        self.division(part, relaxed, below.as_ref(), above.as_ref(), [least, most])
    }

    /// What the first side gives, less what the second gives, in a flow.
    pub(super) fn given(&self, relaxed: &Relaxed<W>) -> i128 {
        let arcs = &relaxed.built.network.arcs;
        let heads = relaxed.built.weighed.iter().map(|one| {
            let flow = arcs[one.demanded].flow + arcs[one.free].flow;
            i128::from(flow) * self.rules.worth(one.side, one.category)
        });
        let units = relaxed.built.ratios.iter().zip(&self.ratios).map(|(pair, ratio)| {
            (0..2)
                .map(|side| i128::from(arcs[pair[side]].flow) * self.rules.worth(side, ratio.category))
                .sum::<i128>()
        });
        heads.sum::<i128>() + units.sum::<i128>()
    }

    /// Whether a flow keeps the balance, where one is to be kept.
    pub(super) fn keeps_balance(&self, relaxed: &Relaxed<W>) -> bool {
        self.rules.balance.as_ref().is_none_or(|balance| {
            let (least, most) = balance.bounds();
            (i128::from(least)..=i128::from(most)).contains(&self.given(relaxed))
        })
    }

    /// What one unit of a ratio gives.
    pub(super) fn worth_of_unit(&self, ratio: usize) -> i128 {
        let ratio = &self.ratios[ratio];
        (0..2).map(|side| i128::from(ratio.heads[side]) * self.rules.worth(side, ratio.category)).sum()
    }

    /// The balance's part of a bound: the price times what may be given, at its least.
    pub(super) fn balance_term(&self, bound: &mut [i128], price: &[i128]) {
        let Some(balance) = &self.rules.balance else { return };
        let (least, most) = balance.bounds();
        let limit = if price.iter().find(|level| **level != 0).is_some_and(|level| *level < 0) {
            least
        } else {
            most
        };
        bound.iter_mut().zip(price).for_each(|(sum, level)| *sum -= level * i128::from(limit));
    }

    /// Gives a unit of worth another price and lets the flow follow.
    fn reprice(&self, part: &Part, relaxed: &mut Relaxed<W>, price: Vec<i128>) {
        if relaxed.price == price {
            return;
        }
        let toll = |side: usize, category: usize| -> Cost<W> {
            let worth = self.rules.worth(side, category);
            self.packing.pack(&price.iter().map(|level| level * worth).collect::<Vec<i128>>())
        };
        let network = &mut relaxed.built.network;
        for one in &relaxed.built.weighed {
            let toll = toll(one.side, one.category);
            network.reprice(one.demanded, toll + self.packing.demanded());
            network.reprice(one.free, toll);
        }
        for (pair, ratio) in relaxed.built.ratios.iter().zip(&self.ratios) {
            for (side, arc) in pair.iter().enumerate() {
                network.reprice(*arc, toll(side, ratio.category) + self.packing.demanded());
            }
        }
        relaxed.price = price;
        self.settle(part, relaxed);
    }

    fn point(&self, relaxed: &Relaxed<W>) -> Point {
        let (price, given) = (relaxed.price.clone(), self.given(relaxed));
        let cost = priced(&self.cost(relaxed), &price, -given);
        let arcs = &relaxed.built.network.arcs;
        let heads = relaxed.built.weighed.iter().map(|one| arcs[one.demanded].flow + arcs[one.free].flow);
        Point { price, cost, given, counts: heads.chain(relaxed.units.iter().copied()).collect() }
    }

    /// The price at which two flows cost the same, one of which gives too much and one too little; with only one of them at
    /// hand, a price on its other side.
    fn next_price(&self, below: Option<&Point>, above: Option<&Point>) -> Option<Vec<i128>> {
        let nothing = vec![0; self.packing.levels().len()];
        let known = self.best.as_ref().map(|best| {
            let cost: Vec<i128> = best.cost.iter().map(|level| level * self.packing.scale()).collect();
            (cost, self.given_by(&best.chosen))
        });
        let tie = |much: &Point, (cost, given): (&[i128], i128)| {
            let levels = cost.iter().zip(&much.cost).map(|(a, b)| (a - b).div_euclid(much.given - given));
            self.packing.within_room(levels.collect())
        };
        match (below, above) {
            (Some(much), Some(little)) if much.price < nothing && little.price > nothing => Some(nothing),
            (Some(much), Some(little)) if much.given > little.given => {
                let next = tie(much, (&little.cost, little.given));
                (much.price < next && next < little.price).then_some(next)
            }
            (Some(_), Some(_)) | (None, None) => None,
            (Some(one), None) | (None, Some(one)) => {
                let up = below.is_some();
                let further = |price: &Vec<i128>| if up { *price > one.price } else { *price < one.price };
                let turned = if up { one.price < nothing } else { one.price > nothing };
                let with_known =
                    known.filter(|(_, given)| if up { *given < one.given } else { *given > one.given });
                let next = with_known.map(|(cost, given)| {
                    let apart: Vec<i128> = cost.iter().zip(&one.cost).map(|(a, b)| a - b).collect();
                    self.packing.within_room(past_tie(&apart, one.given - given, up))
                });
                let beyond = if turned { nothing.clone() } else { self.beyond(&one.price, up) };
                next.filter(further).or(Some(beyond)).filter(further)
            }
        }
    }

    /// A price beyond another: the most at its own first level, or else at the level before.
    fn beyond(&self, price: &[i128], up: bool) -> Vec<i128> {
        let sign = if up { 1 } else { -1 };
        let full = self.packing.within_room(vec![sign * i128::from(i64::MAX); price.len()]);
        let mut beyond = vec![0; price.len()];
        // From nothing straight to where a unit of worth costs as much as a demanded place.
        let first = price.iter().position(|level| *level != 0).unwrap_or(0);
        let at = if price[first] == full[first] { first.saturating_sub(1) } else { first };
        beyond[at] = full[at];
        beyond
    }

    /// By what to divide: where the flows on both sides of the price differ most in worth, between them; with one flow alone,
    /// where it could give less, or more.
    fn division(
        &self,
        part: &Part,
        relaxed: &Relaxed<W>,
        below: Option<&Point>,
        above: Option<&Point>,
        [least, most]: [i128; 2],
    ) -> Option<Division> {
        let weighed = &relaxed.built.weighed;
        let worth = |at: usize| match weighed.get(at) {
            Some(one) => self.rules.worth(one.side, one.category),
            None => self.worth_of_unit(at - weighed.len()),
        };
        let division = |at: usize, at_most: u32| match weighed.get(at) {
            Some(one) => Division::Heads(*one, at_most),
            None => Division::Units(at - weighed.len(), at_most),
        };
        let interval = |at: usize| self.interval(part, relaxed, at);
        let widest = |wide: &dyn Fn(usize) -> i128| {
            let there = (0..weighed.len() + part.units.len()).filter(|at| wide(*at) > 0);
            there.max_by_key(|at| (wide(*at), usize::MAX - at))
        };
        if let (Some(much), Some(little)) = (below, above) {
            let apart = |at: usize| {
                let (lowest, highest) = interval(at);
                let open = i128::from(lowest < highest);
                open * worth(at).abs() * i128::from(much.counts[at].abs_diff(little.counts[at]))
            };
            if let Some(at) = widest(&apart) {
                let limit = if much.price >= vec![0; much.price.len()] { most } else { least };
                let (a, b) = (i128::from(much.counts[at]), i128::from(little.counts[at]));
                let between =
                    a + ((b - a) * (much.given - limit)).div_euclid((much.given - little.given).max(1));
                let (lowest, highest) = interval(at);
                // Within an interval of 32 bits.
                let at_most = between.clamp(i128::from(lowest), i128::from(highest) - 1) as u32;
                return Some(division(at, at_most));
            }
        }
        let point = self.point(relaxed);
        let less = point.given > most || (point.given >= least && below.is_some());
        let room = |at: usize| {
            let ((lowest, highest), count) = (interval(at), point.counts[at]);
            if (worth(at) > 0) == less { (lowest.min(count), count) } else { (count, highest.max(count)) }
        };
        let wide = |at: usize| {
            let ((lowest, highest), (from, to)) = (interval(at), room(at));
            i128::from(lowest < highest) * worth(at).abs() * i128::from(to - from)
        };
        let at = widest(&wide)?;
        let ((lowest, highest), (from, to)) = (interval(at), room(at));
        Some(division(at, (from + (to - from) / 2).clamp(lowest, highest - 1)))
    }

    /// Between how many heads a weighed category has in a part, or units a ratio, by its place after those.
    fn interval(&self, part: &Part, relaxed: &Relaxed<W>, at: usize) -> (u32, u32) {
        let Some(one) = relaxed.built.weighed.get(at) else {
            return part.units[at - relaxed.built.weighed.len()];
        };
        let arcs = &relaxed.built.network.arcs;
        let second = self.people.rows().partition_point(|person| person.side == 0);
        let people = if one.side == 0 { second } else { self.people.rows().len() - second };
        let (demanded, free) = (arcs[one.demanded].room, arcs[one.free].room);
        // Bounded by PEOPLE_MAX.
        (demanded, demanded.saturating_add(free).min(people as u32))
    }

    /// Divides a part by the heads of a category of one side.
    pub(super) fn divide_heads(
        &mut self,
        part: &Part,
        relaxed: Relaxed<W>,
        one: Weighed,
        at_most: u32,
    ) -> (Proof, Vec<i128>) {
        let (mut below, mut above) = (relaxed.clone(), relaxed);
        let network = &mut below.built.network;
        let demanded = network.arcs[one.demanded].room;
        network.limit(one.free, at_most.saturating_sub(demanded));
        self.settle(part, &mut below);
        let network = &mut above.built.network;
        let most = network.arcs[one.demanded].room.saturating_add(network.arcs[one.free].room);
        network.limit(one.free, most.saturating_sub(at_most + 1));
        network.limit(one.demanded, at_most + 1);
        self.settle(part, &mut above);
        // The better half first: its roll often closes the other.
        let (yes, no) = if self.cost(&below) <= self.cost(&above) {
            let yes = self.prove(part, below);
            (yes, self.prove(part, above))
        } else {
            let no = self.prove(part, above);
            (self.prove(part, below), no)
        };
        let bound = yes.1.min(no.1);
        let on = Choice::Heads { side: one.side, category: one.category, at_most };
        (Proof::Divided { on, yes: Box::new(yes.0), no: Box::new(no.0) }, bound)
    }

    /// Takes a flow for the best known roll where it is lawful and better.
    fn offer(&mut self, relaxed: &Relaxed<W>) {
        let cost = self.cost_of_roll(relaxed);
        let better = self.best.as_ref().is_none_or(|best| cost < best.cost);
        if cost[0] != 0 || !better || !self.keeps_balance(relaxed) {
            return;
        }
        let chosen = relaxed.built.network.chosen();
        if self.all_split(&chosen).next().is_none() {
            self.best = Some(Found { cost, chosen });
        }
    }

    /// What a flow costs as a roll: in whole numbers, without the price of worth.
    pub(super) fn cost_of_roll(&self, relaxed: &Relaxed<W>) -> Vec<i128> {
        let own = if relaxed.price.is_empty() {
            self.cost(relaxed)
        } else {
            priced(&self.cost(relaxed), &relaxed.price, -self.given(relaxed))
        };
        // Every person's cost, and every demanded place, was multiplied by the scale.
        own.into_iter().map(|level| level / self.packing.scale()).collect()
    }

    /// What the first side gives, less what the second gives, by people.
    fn given_by(&self, chosen: &[usize]) -> i128 {
        let people = chosen.iter().map(|&at| &self.people.rows()[at]);
        people.map(|one| self.rules.worth(one.side.into(), one.category.into())).sum()
    }

    fn is_closed_by(&self, bound: &[i128]) -> bool {
        let bound = self.rounded(bound);
        bound[0] > 0 || self.best.as_ref().is_some_and(|best| bound >= best.cost)
    }
}

/// A cost with a price on top, so many times.
fn priced(cost: &[i128], price: &[i128], times: i128) -> Vec<i128> {
    cost.iter().zip(price).map(|(cost, price)| cost + price * times).collect()
}

/// A price just past the one at which two flows cost the same, up or down: there the bound is above what both cost, or the
/// better of them is the only one.
fn past_tie(apart: &[i128], given: i128, up: bool) -> Vec<i128> {
    let mut price = Vec::with_capacity(apart.len());
    for level in apart {
        let (level, given) = (level * given.signum(), given.abs());
        let whole = level.rem_euclid(given) == 0;
        price.push(level.div_euclid(given) + i128::from(up && !whole));
        if !whole {
            price.resize(apart.len(), 0);
            return price;
        }
    }
    if let Some(last) = price.last_mut() {
        *last += if up { 1 } else { -1 };
    }
    price
}
