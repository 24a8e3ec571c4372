//! How a round becomes a network: which node is which, and what each arc bounds.

use super::cost::{Cost, Packing};
use super::network::{Network, Node, SINK, SOURCE};
use super::people::{People, Person};
use super::rules::{Against, Rules};

/// Which node stands for what. Prices are told in this order: the source, the sink, the caps of the first side and of the
/// second, the categories of the first side and of the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Nodes {
    caps: [usize; 2],
    categories: usize,
}

impl Nodes {
    /// The nodes of a round.
    pub fn of(rules: &Rules) -> Self {
        Self { caps: [0, 1].map(|side| rules.sides[side].caps.len()), categories: rules.categories.len() }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        2 + self.caps[0] + self.caps[1] + 2 * self.categories
    }

    /// A cap of a side.
    pub fn cap(&self, side: usize, cap: usize) -> Node {
        2 + if side == 0 { cap } else { self.caps[0] + cap }
    }

    /// A category of a side.
    pub fn category(&self, side: usize, category: usize) -> Node {
        2 + self.caps[0] + self.caps[1] + side * self.categories + category
    }

    /// The way of a person from site to category on the first side, and from category to site on the second.
    pub fn person(&self, side: usize, site: usize, category: usize) -> (Node, Node) {
        turned(side, (self.cap(side, site), self.category(side, category)))
    }
}

/// The way as it is on the first side, or turned round on the second.
fn turned(side: usize, (from, to): (Node, Node)) -> (Node, Node) {
    if side == 0 { (from, to) } else { (to, from) }
}

/// A rule that bounds the flow through one place of the network.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Bound {
    /// A cap of a side.
    Cap {
        /// The side.
        side: usize,
        /// Index of the cap.
        cap: usize,
    },
    /// A category of one side: all for all, or the side's part of a ratio.
    Category {
        /// The side.
        side: usize,
        /// Index of the category.
        category: usize,
    },
    /// A category of both sides, one for one.
    Pair {
        /// Index of the category.
        category: usize,
    },
}

impl Bound {
    /// What a place adds to the balance: nothing in a cap, and nothing one for one, where the two sides' people weigh the same.
    pub(super) fn worth(self, rules: &Rules) -> i128 {
        match self {
            Self::Category { side, category } => rules.worth(side, category),
            Self::Cap { .. } | Self::Pair { .. } => 0,
        }
    }
}

/// One bounded way: at least and at most so many places from one node to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Way {
    /// From.
    pub from: Node,
    /// To.
    pub to: Node,
    /// The fewest.
    pub least: u32,
    /// The most.
    pub most: u32,
    /// The rule.
    pub bound: Bound,
}

/// A category in a ratio: so many of each side for each unit, and how many units are possible at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RatioWay {
    /// Index of the category.
    pub category: usize,
    /// Heads of each side per unit.
    pub heads: [u32; 2],
    /// The fewest and the most units that the category's own bounds allow.
    pub units: (u32, u32),
}

/// Every bounded way of a round but those of categories in a ratio. `people` bounds what is not capped.
pub fn ways(rules: &Rules, people: usize) -> Vec<Way> {
    let nodes = Nodes::of(rules);
    let everyone = u32::try_from(people).unwrap_or(u32::MAX);
    let mut ways = Vec::new();
    for (side, places) in rules.sides.iter().enumerate() {
        let edge = if side == 0 { SOURCE } else { SINK };
        for (at, cap) in places.caps.iter().enumerate() {
            let outer = cap.within.map_or(edge, |within| nodes.cap(side, within));
            let (from, to) = turned(side, (outer, nodes.cap(side, at)));
            let most = cap.at_most.unwrap_or(everyone.max(cap.at_least));
            ways.push(Way { from, to, least: cap.at_least, most, bound: Bound::Cap { side, cap: at } });
        }
    }
    for (category, rule) in rules.categories.iter().enumerate() {
        match rule.against {
            Against::AllForAll => ways.extend([0, 1].map(|side| {
                let (from, to) = nodes.outside(side, category);
                let (least, most) = rule.bounds(side);
                Way { from, to, least, most, bound: Bound::Category { side, category } }
            })),
            Against::OneForOne => ways.push(Way {
                from: nodes.category(0, category),
                to: nodes.category(1, category),
                least: rule.at_least[0].max(rule.at_least[1]),
                most: rule.most_of_both(),
                bound: Bound::Pair { category },
            }),
            Against::Ratio(_) => {}
        }
    }
    ways
}

impl Nodes {
    /// The way of a category that is not matched one for one: out of the network on the first side, into it on the second.
    pub fn outside(&self, side: usize, category: usize) -> (Node, Node) {
        let node = self.category(side, category);
        if side == 0 { (node, SINK) } else { (SOURCE, node) }
    }
}

/// The categories in a ratio.
pub fn ratios(rules: &Rules, people: &People) -> Vec<RatioWay> {
    let second = people.rows().partition_point(|person| person.side == 0);
    let heads_of = [second, people.rows().len() - second];
    let ratio = |(category, rule): (usize, &super::rules::CategoryRule)| {
        let Against::Ratio(heads) = rule.against else { return None };
        let units = [0, 1].map(|side| {
            let (least, most) = rule.bounds(side);
            let most = most.min(u32::try_from(heads_of[side]).unwrap_or(u32::MAX));
            (least.div_ceil(heads[side]), most / heads[side])
        });
        // A least above the most is left as it is: the demanded places then stay empty, and the cut says so.
        let least = units[0].0.max(units[1].0);
        Some(RatioWay { category, heads, units: (least, units[0].1.min(units[1].1).max(least)) })
    };
    rules.categories.iter().enumerate().filter_map(ratio).collect()
}

/// The network of a round, with the arcs that say which places are demanded.
#[derive(Clone)]
pub struct Built<const W: usize> {
    /// The network.
    pub network: Network<W>,
    /// The arc from the sink back to the source.
    pub back: usize,
    /// Arcs of demanded places, with the rule that demands them.
    pub demanded: Vec<(usize, Bound)>,
    /// The rule of every arc but the one back.
    pub bounds: Vec<Option<Bound>>,
    /// The two arcs of each ratio, in their order.
    pub ratios: Vec<[usize; 2]>,
    /// The two arcs, demanded and free, of each category all for all that counts in the balance.
    pub weighed: Vec<Weighed>,
}

/// The arcs of a category of one side, all for all, whose people count in the balance.
#[derive(Clone, Copy, Debug)]
pub struct Weighed {
    /// The side.
    pub side: usize,
    /// Index of the category.
    pub category: usize,
    /// The arc of the places that are demanded.
    pub demanded: usize,
    /// The arc of the others.
    pub free: usize,
}

/// Builds the network with nothing in it yet: ratios have no units, and everyone waits. Queues hold those who can come to
/// their turn with so many places to spare.
pub fn build<const W: usize>(
    rules: &Rules,
    people: &People,
    packing: &Packing,
    seed: &[u8; 32],
    spare: u32,
) -> Built<W> {
    let nodes = Nodes::of(rules);
    let mut network = Network::new(nodes.count());
    let (mut demanded, mut bounds, mut weighed) = (Vec::new(), Vec::new(), Vec::new());
    for way in ways(rules, people.rows().len()) {
        let in_balance = match way.bound {
            Bound::Category { side, category } if way.bound.worth(rules) != 0 => Some((side, category)),
            _ => None,
        };
        if way.least > 0 || in_balance.is_some() {
            let arc = network.arc(way.from, way.to, way.least, packing.demanded());
            demanded.push((arc, way.bound));
            bounds.push(Some(way.bound));
        }
        let free = network.arc(way.from, way.to, way.most - way.least, Cost::ZERO);
        bounds.push(Some(way.bound));
        weighed.extend(in_balance.map(|(side, category)| Weighed {
            side,
            category,
            demanded: free - 1,
            free,
        }));
    }
    let ratios = ratios(rules, people).into_iter().map(|ratio| {
        [0, 1].map(|side| {
            let (from, to) = nodes.outside(side, ratio.category);
            let arc = network.arc(from, to, 0, packing.demanded());
            let bound = Bound::Category { side, category: ratio.category };
            demanded.push((arc, bound));
            bounds.push(Some(bound));
            arc
        })
    });
    let ratios = ratios.collect();
    bounds.push(None);
    for line in lines(rules, people, spare) {
        let first = people.rows()[line.people[0].1 as usize];
        let (side, site) = (usize::from(first.side), usize::from(first.site));
        let (from, to) = nodes.person(side, site, usize::from(first.category));
        network.queue(from, to, cheapest(rules, people, packing, seed, line));
    }
    let back = network.arc(SINK, SOURCE, 0, Cost::ZERO);
    Built { network, back, demanded, bounds, ratios, weighed }
}

/// The people of one site and category by rank, and how many of them could go at most.
struct Line {
    people: Vec<(u32, u32)>,
    reach: usize,
}

fn lines(rules: &Rules, people: &People, spare: u32) -> Vec<Line> {
    let categories = rules.categories.len();
    let offsets = [0, rules.sides[0].caps.len() * categories];
    let count = offsets[1] + rules.sides[1].caps.len() * categories;
    let slot = |person: &Person| {
        offsets[usize::from(person.side)]
            + usize::from(person.site) * categories
            + usize::from(person.category)
    };
    let mut sizes = vec![0; count];
    people.rows().iter().for_each(|person| sizes[slot(person)] += 1);
    let mut lines: Vec<Line> =
        sizes.iter().map(|&size| Line { people: Vec::with_capacity(size), reach: 0 }).collect();
    for (at, person) in people.rows().iter().enumerate() {
        // Bounded by PEOPLE_MAX.
        lines[slot(person)].people.push((person.rank(), at as u32));
    }
    lines.retain(|line| !line.people.is_empty());
    for line in &mut lines {
        let first = &people.rows()[line.people[0].1 as usize];
        let caps = &rules.sides[usize::from(first.side)].caps;
        let outwards = std::iter::successors(Some(usize::from(first.site)), |&cap| caps[cap].within);
        let most = outwards.filter_map(|cap| caps[cap].at_most).min();
        line.reach = most.map_or(usize::MAX, |most| most as usize + spare as usize);
    }
    lines
}

/// Those of a line who can come to their turn, cheapest first, and everyone of a kept-together group. Lots are drawn for
/// them alone and for those level with the last of them.
fn cheapest<const W: usize>(
    rules: &Rules,
    people: &People,
    packing: &Packing,
    seed: &[u8; 32],
    line: Line,
) -> Vec<(Cost<W>, u32)> {
    let Line { people: ranked, reach } = line;
    let group = |at: u32| people.rows()[at as usize].group != 0;
    let mut alone: Vec<u32> = ranked.iter().filter(|(_, at)| !group(*at)).map(|(rank, _)| *rank).collect();
    // One more than can go: the first who cannot tells what a further place would be worth.
    let level = if reach < alone.len() { *alone.select_nth_unstable(reach).1 } else { u32::MAX };
    drop(alone);
    let with_cost = |at: u32| {
        let person = &people.rows()[at as usize];
        (packing.person(person, || person.lot(seed, &rules.agreement)), at)
    };
    let mut waiting: Vec<(Cost<W>, u32)> =
        ranked.iter().filter(|(rank, _)| *rank <= level).map(|&(_, at)| with_cost(at)).collect();
    waiting.sort_unstable();
    let mut before = 0;
    waiting.retain(|(_, at)| {
        let kept = before <= reach;
        before += usize::from(!group(*at));
        kept
    });
    waiting.shrink_to_fit();
    waiting
}
