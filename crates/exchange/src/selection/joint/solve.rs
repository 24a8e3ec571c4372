//! The best roll of a round for both sides, with the proof that no other is better.
//!
//! Without ratios and kept-together groups the cheapest flow is the answer. The worth of a round is convex in the units
//! of a ratio, so its best number of units is found by going on while it gets better. A group that comes out split, and
//! the ratios, divide the search; each part of it is closed by prices that bound every roll in it from below, and these
//! prices are the certificate. A search that runs out of effort says so, with the bound it has reached.

use super::balance::Division;
use super::certificate::{Certificate, Choice, Proof};
use super::cost::{Cost, Level, Packing, least_of, rounded_up};
use super::layout::{Bound, Built, Nodes, RatioWay, build, ratios};
use super::people::People;
use super::rules::{Rules, RulesError};

/// How many times a group or a ratio is decided one way or the other before the search gives its best known roll.
pub const EFFORT: u32 = 12_000;

/// How much work is spent on finding which rules of the conflicts of a round need not give way, in steps: 32 for
/// each person, and one for each way that each demanded place could go. Where these some seconds are not enough a conflict may name
/// more rules than need be.
pub const CONFLICT_WORK_MAX: u64 = 400_000_000;

/// How often a part of the search is divided at most, one division inside the other. A pool is foreign: however its groups lie, the
/// search stays within the stack. A part so deep is closed by its bound as it is.
const DEPTH_MAX: u32 = 256;

/// A round as it was selected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selected {
    /// Who goes, by place among the people, ascending.
    pub chosen: Vec<usize>,
    /// What the roll costs, level by level.
    pub cost: Vec<i128>,
    /// A cost that no roll can be below. Where it is the roll's own cost, the roll is the best there is.
    pub bound: Vec<i128>,
    /// The certificate by which the other party checks it.
    pub certificate: Certificate,
}

impl Selected {
    /// Whether no other roll is better. Where it is not so the roll is the best known, and the bound says how far it may be off.
    pub fn is_best(&self) -> bool {
        self.cost == self.bound
    }
}

/// Why no roll can be made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SelectError {
    /// The rules are not sound.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// The levels need wider integers than there are.
    #[error("the classes and places of this round need {0} words of 127 bits, the most is {WORDS_MAX}")]
    TooWide(usize),
    /// What the rules demand cannot be met together.
    #[error("the rules cannot be met together: {missing} demanded places stay empty")]
    Conflict {
        /// Demanded places that stay empty.
        missing: u32,
        /// The rules that stand against one another: for every rule that is short a set that cannot be met together. None of it can be
        /// left out, unless there are ratios, or the search for those that can be was ended by [`CONFLICT_WORK_MAX`].
        conflicts: Vec<Conflict>,
    },
    /// No roll keeps every group together and fills every demanded place.
    #[error("no roll keeps every group together and fills every place that the rules demand")]
    Groups,
    /// No roll that keeps every other rule keeps the balance.
    #[error(
        "no roll that keeps the other rules brings what the two sides give within the tolerance of the balance"
    )]
    Balance,
    /// No roll that keeps every group together and the balance was found with the effort allowed.
    #[error(
        "no roll that keeps every group together, and the balance where there is one, was found in {EFFORT} decisions"
    )]
    NoneFound,
}

/// Rules that cannot be met together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Conflict {
    /// What is demanded and cannot be had.
    pub demanded: Vec<Bound>,
    /// What is full.
    pub full: Vec<Bound>,
    /// Sites and categories in which nobody is left: side, index of the site, index of the category.
    pub nobody_left: Vec<(usize, usize, usize)>,
}

/// The most words a cost may have.
pub const WORDS_MAX: usize = 16;

/// Runs something at the narrowest width of cost that holds so many words; what to answer where none does comes last.
macro_rules! at_width {
    ($words:expr, $width:ident => $run:expr, $wide:ident => $refused:expr) => {
        match $words {
            ..=2 => {
                const $width: usize = 2;
                $run
            }
            3..=4 => {
                const $width: usize = 4;
                $run
            }
            5..=8 => {
                const $width: usize = 8;
                $run
            }
            9..=$crate::selection::joint::solve::WORDS_MAX => {
                const $width: usize = $crate::selection::joint::solve::WORDS_MAX;
                $run
            }
            $wide => $refused,
        }
    };
}
pub(super) use at_width;

/// Selects a round for both sides.
///
/// The same rules, people and seed give the same roll on every machine and in any order of input.
///
/// # Errors
/// Rules that are not sound, or that cannot be met together.
pub fn select(rules: &Rules, people: &People, seed: &[u8; 32]) -> Result<Selected, SelectError> {
    rules.sound()?;
    let packing = packing(rules, people);
    at_width!(
        packing.words(),
        W => Search::<W>::new(rules, people, seed, &packing).run(),
        words => Err(SelectError::TooWide(words))
    )
}

/// The packing of a round's costs.
pub(super) fn packing(rules: &Rules, people: &People) -> Packing {
    packing_of(Level::of(rules), rules, people)
}

/// The packing of costs in these levels: room for everyone who can go, and for a way through every node, on both sides.
pub(super) fn packing_of(levels: Vec<Level>, rules: &Rules, people: &People) -> Packing {
    let outermost = |side: &super::rules::SidePlaces| {
        let outer = side.caps.iter().filter(|cap| cap.within.is_none());
        outer.map(|cap| cap.at_most.map_or(u64::MAX, u64::from)).fold(0, u64::saturating_add)
    };
    let places = rules.sides.iter().map(outermost).fold(0, u64::saturating_add);
    let everyone = people.rows().len() as u64;
    Packing::new(rules, levels, 2 * (everyone.min(places) + Nodes::of(rules).count() as u64))
}

/// The narrowest width: demanded places alone are counted in far fewer bits.
const DEMANDED_WORDS: usize = 2;

/// How many split groups are weighed before the search divides by one.
const SPLITS_WEIGHED: usize = 24;

/// A search under way.
pub(super) struct Search<'a, const W: usize> {
    pub(super) rules: &'a Rules,
    pub(super) people: &'a People,
    seed: &'a [u8; 32],
    pub(super) packing: &'a Packing,
    pub(super) ratios: Vec<RatioWay>,
    groups: Vec<(u32, Vec<usize>)>,
    /// What no roll is below at each level, where costs are divided by a scale.
    least: Vec<i128>,
    pub(super) best: Option<Found>,
    effort: u32,
    depth: u32,
}

/// A roll that keeps every rule.
pub(super) struct Found {
    pub(super) cost: Vec<i128>,
    pub(super) chosen: Vec<usize>,
}

/// A part of the search: how many units each ratio may have.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) units: Vec<(u32, u32)>,
}

/// The cheapest flow of a part, undecided groups let alone.
#[derive(Clone)]
pub(super) struct Relaxed<const W: usize> {
    pub(super) built: Built<W>,
    pub(super) units: Vec<u32>,
    /// How many people of decided groups must go.
    pub(super) must_go: usize,
    /// The price of a unit of worth, level by level; empty where no balance is kept.
    pub(super) price: Vec<i128>,
}

impl<'a, const W: usize> Search<'a, W> {
    pub(super) fn new(
        rules: &'a Rules,
        people: &'a People,
        seed: &'a [u8; 32],
        packing: &'a Packing,
    ) -> Self {
        let (ratios, groups) = (ratios(rules, people), people.groups());
        let least = rules.balance.as_ref().map_or_else(Vec::new, |_| least_of(rules, people.rows()));
        Self { rules, people, seed, packing, ratios, groups, least, best: None, effort: EFFORT, depth: 0 }
    }

    pub(super) fn run(mut self) -> Result<Selected, SelectError> {
        let (whole, relaxed) = (self.whole(), self.cheapest());
        self.keep_together_by_leaving_out(&whole, &relaxed);
        let cuts = super::conflict::cuts(self.people, &relaxed.built);
        let missing = self.cost_of_roll(&relaxed)[0];
        let (proof, bound) = self.prove(&whole, relaxed);
        let Some(Found { cost, chosen }) = self.best else {
            let conflicts = self.smallest(cuts);
            // Where every part is closed with a demanded place empty, no roll is lawful at all.
            return Err(match conflicts[..] {
                _ if bound[0] <= 0 => SelectError::NoneFound,
                [] if self.rules.balance.is_some() => SelectError::Balance,
                [] => SelectError::Groups,
                _ if self.rules.balance.is_some() => {
                    SelectError::Conflict { missing: missing as u32, conflicts }
                }
                _ => SelectError::Conflict { missing: bound[0] as u32, conflicts },
            });
        };
        let bound = bound.min(cost.clone());
        let certificate = Certificate { levels: self.packing.levels().to_vec(), proof };
        Ok(Selected { chosen, cost, bound, certificate })
    }

    /// Conflicts without the rules that need not give way, each once.
    fn smallest(&self, cuts: Vec<Conflict>) -> Vec<Conflict> {
        let rules = Rules { balance: None, ..self.rules.clone() };
        // Only whether demanded places can be filled: nobody costs anything, so that no place is taken for its own sake, however many
        // could go by fewer rules.
        let packing = packing_of(vec![Level::Missing], &rules, self.people);
        let short = |rules: &Rules| {
            let flow = Search::<DEMANDED_WORDS>::new(rules, self.people, self.seed, &packing).cheapest();
            super::conflict::cuts(self.people, &flow.built).into_iter().next()
        };
        let mut work = CONFLICT_WORK_MAX;
        let mut conflicts: Vec<Conflict> = Vec::new();
        for cut in cuts {
            let conflict = super::conflict::smallest(&rules, self.people, cut, &mut work, short);
            if !conflicts.contains(&conflict) {
                conflicts.push(conflict);
            }
        }
        conflicts
    }

    /// The whole search: every number of units.
    pub(super) fn whole(&self) -> Part {
        Part { units: self.ratios.iter().map(|ratio| ratio.units).collect() }
    }

    /// The cheapest flow of the whole search, with nobody decided.
    pub(super) fn cheapest(&self) -> Relaxed<W> {
        let mut built = build(self.rules, self.people, self.packing, self.seed, 0);
        built.network.fill(built.back);
        let price =
            self.rules.balance.as_ref().map_or_else(Vec::new, |_| vec![0; self.packing.levels().len()]);
        let mut relaxed = Relaxed { built, units: vec![0; self.ratios.len()], must_go: 0, price };
        self.settle(&self.whole(), &mut relaxed);
        relaxed
    }

    /// The best roll from a flow on in which everything but the units of ratios is decided, if one is lawful.
    pub(super) fn best_from(mut self, mut relaxed: Relaxed<W>) -> Option<Found> {
        self.groups.clear();
        let whole = self.whole();
        self.settle(&whole, &mut relaxed);
        self.prove(&whole, relaxed);
        self.best
    }

    /// Moves the units of each ratio to the best in the part, one ratio after the other until none gets better.
    pub(super) fn settle(&self, part: &Part, relaxed: &mut Relaxed<W>) {
        for (ratio, &(least, most)) in part.units.iter().enumerate() {
            while relaxed.units[ratio] < least {
                self.step(relaxed, ratio, true);
            }
            while relaxed.units[ratio] > most {
                self.step(relaxed, ratio, false);
            }
        }
        let mut cost = self.cost(relaxed);
        let mut moved = true;
        while moved {
            moved = false;
            for (ratio, &(least, most)) in part.units.iter().enumerate() {
                for up in [true, false] {
                    while if up { relaxed.units[ratio] < most } else { relaxed.units[ratio] > least } {
                        self.step(relaxed, ratio, up);
                        let next = self.cost(relaxed);
                        if next >= cost {
                            self.step(relaxed, ratio, !up);
                            break;
                        }
                        (cost, moved) = (next, true);
                    }
                }
            }
        }
    }

    fn step(&self, relaxed: &mut Relaxed<W>, ratio: usize, up: bool) {
        for (side, arc) in relaxed.built.ratios[ratio].into_iter().enumerate() {
            for _ in 0..self.ratios[ratio].heads[side] {
                if up {
                    relaxed.built.network.widen(arc);
                } else {
                    relaxed.built.network.narrow(arc);
                }
            }
        }
        if up {
            relaxed.units[ratio] += 1;
        } else {
            relaxed.units[ratio] -= 1;
        }
    }

    /// What the flow costs, with the demanded places that stay empty first, and the price of worth on top.
    pub(super) fn cost(&self, relaxed: &Relaxed<W>) -> Vec<i128> {
        let Built { network, demanded, .. } = &relaxed.built;
        let mut cost = self.packing.unpack(&network.cost());
        let empty =
            demanded.iter().map(|(arc, _)| i128::from(network.arcs[*arc].room - network.arcs[*arc].flow));
        // Everyone who must go is counted -1 in the flow's own cost.
        cost[0] += (empty.sum::<i128>() + relaxed.must_go as i128) * self.packing.scale();
        if !relaxed.price.is_empty() {
            let given = self.given(relaxed);
            cost.iter_mut().zip(&relaxed.price).for_each(|(sum, price)| *sum += price * given);
        }
        cost
    }

    /// Closes a part of the search, or divides it: the proof, and a cost that no roll in it is below.
    pub(super) fn prove(&mut self, part: &Part, relaxed: Relaxed<W>) -> (Proof, Vec<i128>) {
        self.depth += 1;
        let proved = self.prove_part(part, relaxed);
        self.depth -= 1;
        proved
    }

    fn prove_part(&mut self, part: &Part, mut relaxed: Relaxed<W>) -> (Proof, Vec<i128>) {
        let division = self.weigh(part, &mut relaxed);
        let cost = self.cost(&relaxed);
        let prices = relaxed.built.network.prices();
        let (bound, steepest) = self.bound(part, &relaxed, &prices, cost.clone());
        let leaf = |bound| {
            let unpacked = prices.iter().map(|price| self.packing.unpack(price));
            // A sum of lots stays far below 63 bits, and every other level below that.
            let told = |levels: Vec<i128>| levels.into_iter().map(|level| level as i64).collect::<Vec<i64>>();
            let balance = told(relaxed.price.clone());
            (Proof::Closed { prices: unpacked.map(told).collect(), balance }, bound)
        };
        // A part whose demanded places stay empty holds no lawful roll.
        let spent = self.effort == 0 || self.depth >= DEPTH_MAX;
        if bound[0] > 0 || spent || self.best.as_ref().is_some_and(|best| bound >= best.cost) {
            return leaf(bound);
        }
        if let Some((ratio, up)) = steepest {
            self.effort -= 1;
            let units = relaxed.units[ratio];
            return self.divide_units(part, relaxed, ratio, if up { units } else { units - 1 });
        }
        match division {
            Some(Division::Heads(one, at_most)) => {
                self.effort -= 1;
                return self.divide_heads(part, relaxed, one, at_most);
            }
            Some(Division::Units(ratio, at_most)) => {
                self.effort -= 1;
                return self.divide_units(part, relaxed, ratio, at_most);
            }
            None => {}
        }
        let chosen = relaxed.built.network.chosen();
        match self.weightiest_split(part, &relaxed, &chosen) {
            Some((_, halves, group)) => self.divide_group(part, halves, group),
            None => {
                let cost = self.cost_of_roll(&relaxed);
                if cost[0] == 0 && self.keeps_balance(&relaxed) {
                    self.best = Some(Found { cost, chosen });
                }
                leaf(bound)
            }
        }
    }

    /// The bound that prices give for a part: linear in the units of the ratios. Also the ratio along which it falls below
    /// the flow's own cost, and whether it falls upwards.
    fn bound(
        &self,
        part: &Part,
        relaxed: &Relaxed<W>,
        prices: &[Cost<W>],
        mut bound: Vec<i128>,
    ) -> (Vec<i128>, Option<(usize, bool)>) {
        let nodes = Nodes::of(self.rules);
        let mut falls = None;
        for (at, ratio) in self.ratios.iter().enumerate() {
            let mut slope = vec![0_i128; bound.len()];
            for side in 0..2 {
                let (from, to) = nodes.outside(side, ratio.category);
                let reduced = self.packing.unpack(&(prices[from] - prices[to]));
                let heads = i128::from(ratio.heads[side]);
                slope.iter_mut().zip(reduced).for_each(|(sum, level)| *sum += heads * level);
            }
            let worth = self.worth_of_unit(at);
            slope.iter_mut().zip(&relaxed.price).for_each(|(sum, price)| *sum += worth * price);
            let (least, most) = part.units[at];
            let nothing = vec![0; slope.len()];
            let units = if slope < nothing { most } else { least };
            let by = i128::from(units) - i128::from(relaxed.units[at]);
            let change: Vec<i128> = slope.iter().map(|level| level * by).collect();
            if change < nothing {
                falls = Some((at, by > 0));
            }
            bound.iter_mut().zip(change).for_each(|(level, change)| *level += change);
        }
        self.balance_term(&mut bound, &relaxed.price);
        (self.rounded(&bound), falls)
    }

    /// A bound in whole numbers.
    pub(super) fn rounded(&self, bound: &[i128]) -> Vec<i128> {
        rounded_up(bound, self.packing.scale(), &self.least)
    }

    fn divide_units(
        &mut self,
        part: &Part,
        relaxed: Relaxed<W>,
        ratio: usize,
        at_most: u32,
    ) -> (Proof, Vec<i128>) {
        let (least, most) = part.units[ratio];
        let half = |search: &mut Self, units: (u32, u32), mut relaxed: Relaxed<W>| {
            let mut part = part.clone();
            part.units[ratio] = units;
            search.settle(&part, &mut relaxed);
            search.prove(&part, relaxed)
        };
        let other = relaxed.clone();
        // The half in which the flow lies comes first: it often gives the roll that closes the other.
        let here_below = relaxed.units[ratio] <= at_most;
        let units = [(least, at_most), (at_most + 1, most)];
        let (first, second) = if here_below { (0, 1) } else { (1, 0) };
        let one = half(self, units[first], relaxed);
        let two = half(self, units[second], other);
        let (below, above) = if here_below { (one, two) } else { (two, one) };
        let bound = below.1.min(above.1);
        let on = Choice::Units { category: self.ratios[ratio].category, at_most };
        (Proof::Divided { on, yes: Box::new(below.0), no: Box::new(above.0) }, bound)
    }

    /// The split group whose decision costs most whichever way it falls, with both halves: it closes parts soonest.
    fn weightiest_split(
        &mut self,
        part: &Part,
        relaxed: &Relaxed<W>,
        chosen: &[usize],
    ) -> Option<(Vec<i128>, [Relaxed<W>; 2], usize)> {
        let mut weightiest: Option<(Vec<i128>, [Relaxed<W>; 2], usize)> = None;
        let split: Vec<usize> = self.all_split(chosen).take(SPLITS_WEIGHED).collect();
        self.effort = self.effort.saturating_sub(2 * split.len() as u32);
        for group in split {
            let halves = [true, false].map(|goes| {
                let mut half = relaxed.clone();
                self.decide(part, &mut half, group, goes);
                half
            });
            let least = self.cost(&halves[0]).min(self.cost(&halves[1]));
            if weightiest.as_ref().is_none_or(|(known, ..)| least > *known) {
                weightiest = Some((least, halves, group));
            }
        }
        weightiest
    }

    fn divide_group(&mut self, part: &Part, halves: [Relaxed<W>; 2], group: usize) -> (Proof, Vec<i128>) {
        let number = self.groups[group].0;
        let [go, stay] = halves;
        // The better half first: its roll often closes the other.
        let (yes, no) = if self.cost(&go) <= self.cost(&stay) {
            let yes = self.prove(part, go);
            (yes, self.prove(part, stay))
        } else {
            let no = self.prove(part, stay);
            (self.prove(part, go), no)
        };
        let bound = yes.1.min(no.1);
        (Proof::Divided { on: Choice::Group { number }, yes: Box::new(yes.0), no: Box::new(no.0) }, bound)
    }

    /// Decides that a group goes or stays, and lets the flow follow.
    fn decide(&self, part: &Part, relaxed: &mut Relaxed<W>, group: usize, goes: bool) {
        let nodes = Nodes::of(self.rules);
        for &member in &self.groups[group].1 {
            let person = &self.people.rows()[member];
            let (side, site) = (usize::from(person.side), usize::from(person.site));
            let (from, to) = nodes.person(side, site, usize::from(person.category));
            let network = &mut relaxed.built.network;
            let Some(queue) = network.queue_between(from, to) else { continue };
            // Bounded by PEOPLE_MAX.
            let at = member as u32;
            if goes {
                let cost = self.packing.person(person, || person.lot(self.seed, &self.rules.agreement));
                network.demand(queue, at, cost + self.packing.demanded());
                relaxed.must_go += 1;
            } else {
                network.leave_out(queue, at);
            }
        }
        self.settle(part, relaxed);
    }

    /// A first roll that keeps every group together: groups that come out split stay, until none does.
    pub(super) fn keep_together_by_leaving_out(&mut self, whole: &Part, relaxed: &Relaxed<W>) {
        let mut relaxed = relaxed.clone();
        while self.cost(&relaxed)[0] == 0 {
            let chosen = relaxed.built.network.chosen();
            let split: Vec<usize> = self.all_split(&chosen).collect();
            if split.is_empty() {
                if !self.keeps_balance(&relaxed) {
                    return;
                }
                self.best = Some(Found { cost: self.cost_of_roll(&relaxed), chosen });
                return;
            }
            split.iter().for_each(|group| self.decide(whole, &mut relaxed, *group, false));
        }
    }

    /// Groups of which some go and some stay.
    pub(super) fn all_split<'s>(&'s self, chosen: &'s [usize]) -> impl Iterator<Item = usize> + 's {
        self.groups.iter().enumerate().filter_map(move |(at, (_, members))| {
            let going = members.iter().filter(|member| chosen.binary_search(member).is_ok()).count();
            (going != 0 && going != members.len()).then_some(at)
        })
    }
}
