//! The best roll in which some people have their place whatever it costs.
//!
//! A place that someone must have is worth more than every level, so the cheapest flow gives it wherever the rules leave
//! a way. The flow is the cheapest at every step, whoever is forced, and kept-together groups that nobody forced are
//! decided anew.

use super::certificate::Proof;
use super::cost::Packing;
use super::layout::Nodes;
use super::people::People;
use super::rules::Rules;
use super::solve::{Found, Relaxed, Search};

/// A round with its cheapest flow, from which people are forced in.
pub(super) struct Forced<'a, const W: usize> {
    rules: &'a Rules,
    people: &'a People,
    seed: &'a [u8; 32],
    packing: &'a Packing,
    flow: Relaxed<W>,
}

/// What came of forcing.
pub(super) struct Outcome {
    /// The best roll known; nothing where none is lawful, or none was found with the effort allowed.
    pub(super) found: Option<Found>,
    /// A cost that no roll with these people in it is below; above 0 at the first level where none is lawful.
    pub(super) bound: Vec<i128>,
    /// The proof of the bound, for a search in which these people are decided.
    pub(super) proof: Proof,
    /// Who of them the cheapest flow, groups let alone, gives no place: the fewest together with the demanded places that stay
    /// empty; of equally many, those without whom the rest is best.
    pub(super) left_out: Vec<usize>,
    /// The ratios, by category, of which that flow leaves a head empty.
    pub(super) short: Vec<usize>,
}

impl<'a, const W: usize> Forced<'a, W> {
    pub(super) fn new(
        rules: &'a Rules,
        people: &'a People,
        seed: &'a [u8; 32],
        packing: &'a Packing,
    ) -> Self {
        let flow = Search::<W>::new(rules, people, seed, packing).cheapest();
        Self { rules, people, seed, packing, flow }
    }

    /// The best roll with these people in it, by place among the people; whole groups, or none of a group.
    pub(super) fn with(&self, forced: &[usize]) -> Outcome {
        let nodes = Nodes::of(self.rules);
        let mut flow = self.flow.clone();
        flow.must_go = forced.len();
        for &at in forced {
            let person = &self.people.rows()[at];
            let (side, site) = (usize::from(person.side), usize::from(person.site));
            let (from, to) = nodes.person(side, site, usize::from(person.category));
            let network = &mut flow.built.network;
            // Every site and category in which there is anybody has a queue; without one the place stays empty.
            let Some(queue) = network.queue_between(from, to) else { continue };
            let cost = self.packing.person(person, || person.lot(self.seed, &self.rules.agreement));
            // Bounded by PEOPLE_MAX.
            network.demand(queue, at as u32, cost + self.packing.demanded());
        }
        let mut search = Search::new(self.rules, self.people, self.seed, self.packing);
        let whole = search.whole();
        search.settle(&whole, &mut flow);
        let (mut left_out, mut short) = (Vec::new(), Vec::new());
        if search.cost(&flow)[0] > 0 {
            let chosen = flow.built.network.chosen();
            left_out = forced.iter().copied().filter(|at| chosen.binary_search(at).is_err()).collect();
            let arcs = &flow.built.network.arcs;
            let empty = |arc: &usize| arcs[*arc].flow < arcs[*arc].room;
            let ratios = search.ratios.iter().zip(&flow.built.ratios);
            short = ratios
                .filter(|(_, heads)| heads.iter().any(empty))
                .map(|(ratio, _)| ratio.category)
                .collect();
        }
        search.keep_together_by_leaving_out(&whole, &flow);
        let (proof, bound) = search.prove(&whole, flow);
        let bound = search.best.as_ref().map_or(bound.clone(), |best| bound.min(best.cost.clone()));
        Outcome { found: search.best, bound, proof, left_out, short }
    }
}
