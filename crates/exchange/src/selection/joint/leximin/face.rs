//! All the best rolls at once: what every one of them shares, and where they may differ.
//!
//! With prices that prove the best cost before the lot, a roll is among the best if and only if it fills each way whose toll
//! is below 0, keeps each way whose toll is above 0 at its least, takes everyone whose own cost with the prices is below 0
//! and nobody for whom it is above 0 (complementary slackness). What is left free is again a network in whole numbers, so
//! that expected numbers which keep its bounds are those of a lottery over the best rolls (Budish, Che, Kojima, Milgrom,
//! AER 2013).

use std::cmp::Ordering;
use std::ops::Range;

use super::super::cost::Level;
use super::super::layout::{Bound, Nodes, ratios, ways};
use super::super::network::{Node, SINK, SOURCE};
use super::super::people::{People, Person};
use super::super::rules::{Rules, RulesError};
use super::fraction::Fraction;
use super::wide::TooFine;

/// How many kinds left to chance times lanes left open a round may have: some ten seconds of work.
pub const OPEN_MAX: usize = 2_000_000;

/// People whom the rules hold equal: one side, site, category, class, time held, asked for by name or not.
pub struct Kind {
    /// One of them.
    pub one: Person,
    /// Where they stand in the order of kinds.
    pub people: Range<usize>,
}

/// What flows between two nodes in every best roll: at least and at most.
pub struct Lane {
    /// From.
    pub from: Node,
    /// To.
    pub to: Node,
    /// The fewest places.
    pub least: u32,
    /// The most places.
    pub most: u32,
    /// The kind whose people it carries; nothing for the way of a rule.
    pub kind: Option<usize>,
}

/// The best rolls before the lot.
pub struct Face {
    /// The kinds, by side, site, category, asked for, class, time held from the longest.
    pub kinds: Vec<Kind>,
    /// Everyone, kind by kind.
    pub order: Vec<u32>,
    /// The ways of the rules, the two sides of each ratio, the way back from sink to source; then the kinds that may go.
    pub lanes: Vec<Lane>,
    /// How many nodes there are.
    pub nodes: usize,
}

impl Face {
    /// The best rolls by prices that prove their cost, with so many units of each ratio.
    pub fn of(rules: &Rules, people: &People, prices: &[Vec<i64>], units: &[u32]) -> Self {
        let nodes = Nodes::of(rules);
        let everyone = u32::try_from(people.rows().len()).unwrap_or(u32::MAX);
        let toll = |from: Node, to: Node| -> Ordering {
            let pairs = prices[from].iter().zip(&prices[to]);
            pairs.map(|(a, b)| a.cmp(b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        };
        let way = |from, to, least, most| lane(from, to, (least, most), toll(from, to), None);
        let mut lanes: Vec<Lane> = ways(rules, people.rows().len())
            .iter()
            .map(|known| way(known.from, known.to, known.least, known.most))
            .collect();
        for (ratio, units) in ratios(rules, people).iter().zip(units) {
            for side in 0..2 {
                let (from, to) = nodes.outside(side, ratio.category);
                let heads = ratio.heads[side] * units;
                lanes.push(Lane { from, to, least: heads, most: heads, kind: None });
            }
        }
        lanes.push(way(SINK, SOURCE, 0, everyone));
        let (kinds, order) = kinds(people);
        let levels = Level::before_the_lot(rules);
        for (at, kind) in kinds.iter().enumerate() {
            let (side, site) = (usize::from(kind.one.side), usize::from(kind.one.site));
            let (from, to) = nodes.person(side, site, usize::from(kind.one.category));
            // No lot is asked for at these levels; prices are bounded far below 63 bits.
            let own = |(at, level): (usize, &Level)| {
                level.cost(&kind.one, || unreachable!("a lot")) + prices[from][at] - prices[to][at]
            };
            let sign = levels
                .iter()
                .enumerate()
                .map(own)
                .find(|cost| *cost != 0)
                .map_or(Ordering::Equal, |cost| cost.cmp(&0));
            let carried = lane(from, to, (0, kind.people.len() as u32), sign, Some(at));
            if carried.most > 0 {
                lanes.push(carried);
            }
        }
        Self { kinds, order, lanes, nodes: nodes.count() }
    }

    /// Whether what is left to chance can be worked out in reasonable time: the kinds that may go or stay, times the lanes that may carry
    /// more or less, theirs among them. Both are the same on every machine.
    ///
    /// # Errors
    /// More than [`OPEN_MAX`].
    pub fn within_reason(&self) -> Result<(), RulesError> {
        let open = self.lanes.iter().filter(|lane| lane.least < lane.most);
        let (lanes, kinds) = (open.clone().count(), open.filter(|lane| lane.kind.is_some()).count());
        let found = kinds.saturating_mul(lanes);
        let what = "types of people left to chance, times the ways left open";
        if found > OPEN_MAX { Err(RulesError::TooMany { what, found, most: OPEN_MAX }) } else { Ok(()) }
    }

    /// How many people a kind has.
    pub fn size(&self, kind: usize) -> u32 {
        // Bounded by PEOPLE_MAX.
        self.kinds[kind].people.len() as u32
    }

    /// What flows through every lane when so many of each kind are expected to go.
    pub fn flows(
        &self,
        rules: &Rules,
        people: usize,
        expected: &[Fraction],
    ) -> Result<Vec<Fraction>, TooFine> {
        let mut caps = [0, 1].map(|side| vec![Fraction::ZERO; rules.sides[side].caps.len()]);
        let mut categories = [0, 1].map(|_| vec![Fraction::ZERO; rules.categories.len()]);
        for (Kind { one, .. }, number) in
            self.kinds.iter().zip(expected).filter(|(_, number)| **number != Fraction::ZERO)
        {
            let side = usize::from(one.side);
            for sum in
                [&mut caps[side][usize::from(one.site)], &mut categories[side][usize::from(one.category)]]
            {
                *sum = sum.plus(*number)?;
            }
        }
        for (side, places) in rules.sides.iter().enumerate() {
            // A cap stands after the one it lies in.
            for (at, cap) in places.caps.iter().enumerate().rev() {
                if let Some(within) = cap.within {
                    caps[side][within] = caps[side][within].plus(caps[side][at])?;
                }
            }
        }
        let ways = ways(rules, people);
        let mut flows: Vec<Fraction> = ways
            .iter()
            .map(|way| match way.bound {
                Bound::Cap { side, cap } => caps[side][cap],
                Bound::Category { side, category } => categories[side][category],
                Bound::Pair { category } => categories[0][category],
            })
            .collect();
        let back = self.lanes.iter().position(|lane| (lane.from, lane.to) == (SINK, SOURCE));
        // `of` puts it there.
        let back = back.expect("the way back");
        let nodes = Nodes::of(rules);
        for lane in &self.lanes[flows.len()..back] {
            let side = usize::from(lane.from == SOURCE);
            let of = (0..rules.categories.len()).find(|&at| nodes.outside(side, at) == (lane.from, lane.to));
            flows.push(of.map_or(Fraction::ZERO, |category| categories[side][category]));
        }
        let out = flows.iter().zip(&self.lanes).filter(|(_, lane)| lane.from == SOURCE);
        let all = out.map(|(flow, _)| *flow).try_fold(Fraction::ZERO, Fraction::plus)?;
        flows.push(all);
        flows.extend(self.lanes[back + 1..].iter().filter_map(|lane| lane.kind).map(|kind| expected[kind]));
        Ok(flows)
    }
}

fn lane(from: Node, to: Node, (least, most): (u32, u32), sign: Ordering, kind: Option<usize>) -> Lane {
    let (least, most) = match sign {
        Ordering::Less => (most, most),
        Ordering::Equal => (least, most),
        Ordering::Greater => (least, least),
    };
    Lane { from, to, least, most, kind }
}

fn kinds(people: &People) -> (Vec<Kind>, Vec<u32>) {
    let rows = people.rows();
    let mut keyed: Vec<((u8, u16, u8, u32), u32)> = rows
        .iter()
        .enumerate()
        // Bounded by PEOPLE_MAX.
        .map(|(at, one)| ((one.side, one.site, one.category, one.rank()), at as u32))
        .collect();
    keyed.sort_unstable();
    let mut kinds = Vec::new();
    let mut from = 0;
    for alike in keyed.chunk_by(|a, b| a.0 == b.0) {
        kinds.push(Kind { one: rows[alike[0].1 as usize], people: from..from + alike.len() });
        from += alike.len();
    }
    (kinds, keyed.into_iter().map(|(_, at)| at).collect())
}
