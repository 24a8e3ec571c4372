//! Progressive filling: the smallest chance as large as it can be, then the next, in exact fractions.
//!
//! The largest chance that all undecided kinds of a part of the network can have together is found downwards (discrete
//! Newton method): at a chance that cannot be had, more is asked into some set of nodes than can leave it, and the chance
//! falls to what can leave it. That set is then full: the kinds that lead into it have exactly this chance, and since its
//! other ways are at their bounds, the part falls into two that no longer bear on one another.

use super::super::network::Node;
use super::Cut;
use super::face::{Face, Lane};
use super::flow::Flow;
use super::fraction::{Fraction, common};
use super::wide::{TooFine, Wide};

/// The expected number of each kind, and the cuts that show it, from the smallest chance.
pub struct Filled {
    /// By kind.
    pub expected: Vec<Fraction>,
    /// The cuts.
    pub cuts: Vec<Cut>,
}

/// Fills the best rolls.
pub fn fill(face: &Face) -> Result<Filled, TooFine> {
    let mut filling = Filling::new(face)?;
    let everywhere: Vec<Node> = (0..face.nodes).collect();
    let mut parts = filling.connected(&everywhere);
    while let Some(part) = parts.pop() {
        match filling.lowest(&part)? {
            None => filling.all_go(&part)?,
            Some((chance, inside)) => {
                filling.freeze(&part, chance, &inside)?;
                let outside: Vec<Node> = part.iter().copied().filter(|node| !inside.contains(node)).collect();
                parts.extend(filling.connected(&inside));
                parts.extend(filling.connected(&outside));
                filling.cuts.push(Cut { chance, inside });
            }
        }
    }
    filling.cuts.sort_by_key(|cut| cut.chance);
    Ok(Filled { expected: filling.expected, cuts: filling.cuts })
}

struct Filling<'a> {
    face: &'a Face,
    /// Lanes whose flow is not known yet.
    open: Vec<&'a Lane>,
    /// What known lanes bring to each node, less what they take from it.
    supply: Vec<Fraction>,
    expected: Vec<Fraction>,
    cuts: Vec<Cut>,
}

/// One part as whole numbers: every fraction in it is of `scale`.
struct Scaled {
    scale: Wide,
    supply: Vec<Wide>,
}

impl<'a> Filling<'a> {
    fn new(face: &'a Face) -> Result<Self, TooFine> {
        let (supply, expected) = (vec![Fraction::ZERO; face.nodes], vec![Fraction::ZERO; face.kinds.len()]);
        let mut filling = Self { face, open: Vec::new(), supply, expected, cuts: Vec::new() };
        for lane in &face.lanes {
            if lane.least == lane.most {
                filling.know(lane, lane.most.into())?;
            } else {
                filling.open.push(lane);
            }
        }
        Ok(filling)
    }

    fn know(&mut self, lane: &Lane, flow: Fraction) -> Result<(), TooFine> {
        self.supply[lane.to] = self.supply[lane.to].plus(flow)?;
        self.supply[lane.from] = self.supply[lane.from].minus(flow)?;
        if let Some(kind) = lane.kind {
            self.expected[kind] = flow;
        }
        Ok(())
    }

    /// The parts that hang together by open lanes and hold an undecided kind, each ascending.
    fn connected(&self, nodes: &[Node]) -> Vec<Vec<Node>> {
        let mut inside = vec![false; self.face.nodes];
        nodes.iter().for_each(|&node| inside[node] = true);
        let mut next_to = vec![Vec::new(); self.face.nodes];
        let mut asks = vec![false; self.face.nodes];
        for lane in self.open.iter().filter(|lane| inside[lane.from] && inside[lane.to]) {
            next_to[lane.from].push(lane.to);
            next_to[lane.to].push(lane.from);
            asks[lane.to] |= lane.kind.is_some();
        }
        let mut parts = Vec::new();
        for &start in nodes {
            if !std::mem::replace(&mut inside[start], false) {
                continue;
            }
            let mut part = vec![start];
            let mut at = 0;
            while at < part.len() {
                for &node in &next_to[part[at]] {
                    if std::mem::replace(&mut inside[node], false) {
                        part.push(node);
                    }
                }
                at += 1;
            }
            if part.iter().any(|&node| asks[node]) {
                part.sort_unstable();
                parts.push(part);
            }
        }
        parts
    }

    /// The largest chance that every undecided kind of a part can have at once, with a set of nodes that allows no more;
    /// nothing where everyone can go.
    fn lowest(&self, part: &[Node]) -> Result<Option<(Fraction, Vec<Node>)>, TooFine> {
        let mut place = vec![None; self.face.nodes];
        part.iter().enumerate().for_each(|(at, &node)| place[node] = Some(at));
        let lanes: Vec<(usize, usize, &Lane)> =
            self.open.iter().filter_map(|lane| Some((place[lane.from]?, place[lane.to]?, *lane))).collect();
        let scale = part.iter().try_fold(Wide::ONE, |scale, &node| common(scale, self.supply[node].den()))?;
        let supply: Result<Vec<Wide>, TooFine> =
            part.iter().map(|&node| self.supply[node].over(scale)).collect();
        let scaled = Scaled { scale, supply: supply? };
        let (mut chance, mut lowest) = (Fraction::ONE, None);
        while let Some(inside) = scaled.overfull(&lanes, chance)? {
            chance = scaled.allowed(&lanes, &inside)?;
            lowest = Some(inside);
        }
        Ok(lowest.map(|inside| {
            (chance, part.iter().zip(inside).filter(|(_, inside)| *inside).map(|(node, _)| *node).collect())
        }))
    }

    /// Everyone of the undecided kinds of a part goes.
    fn all_go(&mut self, part: &[Node]) -> Result<(), TooFine> {
        let open = std::mem::take(&mut self.open);
        for lane in open {
            let here = part.binary_search(&lane.from).is_ok() && part.binary_search(&lane.to).is_ok();
            match (here, lane.kind) {
                (true, Some(_)) => self.know(lane, lane.most.into())?,
                (true, None) => {}
                (false, _) => self.open.push(lane),
            }
        }
        Ok(())
    }

    /// Makes known what every lane carries that leads into a full set or out of it.
    fn freeze(&mut self, part: &[Node], chance: Fraction, inside: &[Node]) -> Result<(), TooFine> {
        let open = std::mem::take(&mut self.open);
        for lane in open {
            let here = part.binary_search(&lane.from).is_ok() && part.binary_search(&lane.to).is_ok();
            let enters = inside.binary_search(&lane.to).is_ok();
            match (here, inside.binary_search(&lane.from).is_ok() == enters) {
                (true, false) if !enters => self.know(lane, lane.most.into())?,
                (true, false) if lane.kind.is_some() => self.know(lane, chance.times(lane.most)?)?,
                (true, false) => self.know(lane, lane.least.into())?,
                _ => self.open.push(lane),
            }
        }
        Ok(())
    }
}

impl Scaled {
    /// A set of nodes into which more is asked than can leave it, when every undecided kind has this chance; nothing where
    /// all of it can be had. Kinds are asked for their chance and up to everyone, ways for their least and up to their most.
    fn overfull(
        &self,
        lanes: &[(usize, usize, &Lane)],
        chance: Fraction,
    ) -> Result<Option<Vec<bool>>, TooFine> {
        let nodes = self.supply.len();
        let (short, over) = (nodes, nodes + 1);
        let mut network = Flow::new(nodes + 2);
        let all = common(self.scale, chance.den())?;
        let finer = |number: &Wide| number.times(all.divided(self.scale).0);
        let mut left = self.supply.iter().map(finer).collect::<Result<Vec<Wide>, TooFine>>()?;
        for &(from, to, lane) in lanes {
            let least = match lane.kind {
                // No more than the most, since the chance is at most 1.
                Some(_) => chance.over(all)?.times(lane.most.into())?,
                None => all.times(lane.least.into())?,
            };
            network.lane(from, to, all.times(lane.most.into())?.minus(least)?);
            left[to] = left[to].plus(least)?;
            left[from] = left[from].minus(least)?;
        }
        let mut asked = Wide::ZERO;
        for (node, &left) in left.iter().enumerate() {
            if left.is_negative() {
                network.lane(node, short, -left);
            } else {
                network.lane(over, node, left);
                asked = asked.plus(left)?;
            }
        }
        if network.fill(over, short) == asked {
            return Ok(None);
        }
        let reached = network.reach(over);
        Ok(Some(reached[..nodes].iter().map(Option::is_some).collect()))
    }

    /// The chance of the kinds that lead into a set of nodes when it takes all that can leave it, and the least of its ways.
    fn allowed(&self, lanes: &[(usize, usize, &Lane)], inside: &[bool]) -> Result<Fraction, TooFine> {
        let (mut places, mut people) = (0_i128, 0_i128);
        for &(from, to, lane) in lanes {
            match (inside[from], inside[to], lane.kind) {
                (true, false, _) => places += i128::from(lane.most),
                (false, true, Some(_)) => people += i128::from(lane.most),
                (false, true, None) => places -= i128::from(lane.least),
                _ => {}
            }
        }
        let mut given = self.supply.iter().zip(inside).filter(|(_, inside)| **inside);
        let given = given.try_fold(Wide::ZERO, |sum, (number, _)| sum.plus(*number))?;
        let places = Wide::from(places).times(self.scale)?.minus(given)?;
        // The best rolls themselves keep every bound at chance 0, so that a set is overfull only by people asked into it.
        assert!(people > 0, "a set of nodes that no chance can relieve");
        Fraction::new(places, self.scale).divided(people)
    }
}
