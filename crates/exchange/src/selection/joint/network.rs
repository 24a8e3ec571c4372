//! The network of a round and its cheapest flow, by successive shortest paths in exact integers.
//!
//! A unit of flow is a place taken: it leaves the source through the caps of the first side, goes through one person to
//! their category, and on through the other side in the same way. Each queue holds the people of one site and one
//! category in the order of their cost, so a flow through it always takes the cheapest of them. Every step keeps the
//! network free of cycles of negative cost, which is what optimal means (Ahuja, Magnanti, Orlin 1993, ch. 9).

use std::collections::VecDeque;

use super::cost::Cost;

/// Node of the network.
pub type Node = usize;
/// Where flow comes from.
pub const SOURCE: Node = 0;
/// Where flow goes to.
pub const SINK: Node = 1;

/// A way that carries places, all at one cost.
#[derive(Clone, Debug)]
pub struct Arc<const W: usize> {
    /// From.
    pub from: Node,
    /// To.
    pub to: Node,
    /// Places it may carry.
    pub room: u32,
    /// Places it carries.
    pub flow: u32,
    /// Cost of each place.
    pub cost: Cost<W>,
}

/// The people of one site and one category, cheapest first.
#[derive(Clone, Debug)]
pub struct Queue<const W: usize> {
    /// From.
    pub from: Node,
    /// To.
    pub to: Node,
    /// Each person's place among the people, with the cost, ascending.
    pub people: Vec<(Cost<W>, u32)>,
    /// How many of them go: the first so many.
    pub taken: usize,
}

/// A step along a residual way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// One more place along an arc.
    Along(u32),
    /// One place of an arc given back.
    Back(u32),
    /// The next person of a queue goes.
    Take(u32),
    /// The last person taken from a queue stays.
    Leave(u32),
}

/// Distances from a node over residual ways.
pub struct Distances<const W: usize> {
    /// By node; nothing where no way leads.
    pub to: Vec<Option<Cost<W>>>,
    by: Vec<Option<Step>>,
}

/// The network.
#[derive(Clone, Debug)]
pub struct Network<const W: usize> {
    /// Arcs.
    pub arcs: Vec<Arc<W>>,
    /// Queues.
    pub queues: Vec<Queue<W>>,
    /// Residual steps that may leave each node.
    leaving: Vec<Vec<Step>>,
}

impl<const W: usize> Network<W> {
    /// A network of so many nodes.
    pub fn new(nodes: usize) -> Self {
        Self { arcs: Vec::new(), queues: Vec::new(), leaving: vec![Vec::new(); nodes] }
    }

    /// The number of nodes.
    pub fn nodes(&self) -> usize {
        self.leaving.len()
    }

    /// Adds an arc and gives its place.
    pub fn arc(&mut self, from: Node, to: Node, room: u32, cost: Cost<W>) -> usize {
        // Arcs are bounded by caps and categories, far below 32 bits; the same holds for queues.
        let at = self.arcs.len() as u32;
        self.arcs.push(Arc { from, to, room, flow: 0, cost });
        self.leaving[from].push(Step::Along(at));
        self.leaving[to].push(Step::Back(at));
        at as usize
    }

    /// Adds a queue; its people stand in ascending order of cost.
    pub fn queue(&mut self, from: Node, to: Node, people: Vec<(Cost<W>, u32)>) {
        let at = self.queues.len() as u32;
        self.queues.push(Queue { from, to, people, taken: 0 });
        self.leaving[from].push(Step::Take(at));
        self.leaving[to].push(Step::Leave(at));
    }

    /// The residual steps that may leave a node.
    pub fn leaving(&self, node: Node) -> &[Step] {
        &self.leaving[node]
    }

    /// Where a residual step leads and what it costs; nothing when it is not there.
    pub fn residual(&self, step: Step) -> Option<(Node, Cost<W>)> {
        match step {
            Step::Along(at) => {
                let arc = &self.arcs[at as usize];
                (arc.flow < arc.room).then_some((arc.to, arc.cost))
            }
            Step::Back(at) => {
                let arc = &self.arcs[at as usize];
                (arc.flow > 0).then_some((arc.from, -arc.cost))
            }
            Step::Take(at) => {
                let queue = &self.queues[at as usize];
                queue.people.get(queue.taken).map(|next| (queue.to, next.0))
            }
            Step::Leave(at) => {
                let queue = &self.queues[at as usize];
                let last = queue.taken.checked_sub(1)?;
                Some((queue.from, -queue.people[last].0))
            }
        }
    }

    fn start(&self, step: Step) -> Node {
        match step {
            Step::Along(at) => self.arcs[at as usize].from,
            Step::Back(at) => self.arcs[at as usize].to,
            Step::Take(at) => self.queues[at as usize].from,
            Step::Leave(at) => self.queues[at as usize].to,
        }
    }

    fn go(&mut self, step: Step) {
        match step {
            Step::Along(at) => self.arcs[at as usize].flow += 1,
            Step::Back(at) => self.arcs[at as usize].flow -= 1,
            Step::Take(at) => self.queues[at as usize].taken += 1,
            Step::Leave(at) => self.queues[at as usize].taken -= 1,
        }
    }

    /// The cheapest residual ways from some nodes, each at no cost to begin with. The flow has no cycle of negative cost,
    /// so this ends. Ways through the `without` arc are left out, and no way leads on from `until`.
    pub fn distances(&self, from: &[Node], until: Option<Node>, without: Option<usize>) -> Distances<W> {
        let nodes = self.nodes();
        let mut found = Distances { to: vec![None; nodes], by: vec![None; nodes] };
        let mut waits = vec![false; nodes];
        let mut turns = vec![0_usize; nodes];
        let mut line: VecDeque<Node> = from.iter().copied().collect();
        for &node in from {
            found.to[node] = Some(Cost::ZERO);
            waits[node] = true;
        }
        while let Some(node) = line.pop_front() {
            waits[node] = false;
            turns[node] += 1;
            assert!(turns[node] <= nodes + 1, "a circle of negative cost: the flow was not the cheapest");
            let Some(here) = found.to[node].filter(|_| until != Some(node)) else { continue };
            for &step in &self.leaving[node] {
                if matches!((step, without), (Step::Along(at) | Step::Back(at), Some(out)) if at as usize == out)
                {
                    continue;
                }
                let Some((to, cost)) = self.residual(step) else { continue };
                let there = here + cost;
                if found.to[to].is_none_or(|known| there < known) {
                    (found.to[to], found.by[to]) = (Some(there), Some(step));
                    if !waits[to] {
                        waits[to] = true;
                        line.push_back(to);
                    }
                }
            }
        }
        found
    }

    /// Sends places around through an arc as long as each lowers the cost, and leaves it wide open: the cheapest flow.
    pub fn fill(&mut self, at: usize) {
        while self.widen(at) {}
        self.arcs[at].room = u32::MAX;
    }

    /// Gives an arc one place more; whether the cheapest flow now uses it.
    pub fn widen(&mut self, at: usize) -> bool {
        let Arc { from, to, cost, .. } = self.arcs[at];
        self.arcs[at].room += 1;
        if self.arcs[at].flow + 1 < self.arcs[at].room {
            return false;
        }
        let found = self.distances(&[to], Some(from), Some(at));
        let cheaper = found.to[from].is_some_and(|back| back + cost < Cost::ZERO);
        if cheaper {
            self.follow(to, from, &found);
            self.arcs[at].flow += 1;
        }
        cheaper
    }

    /// Takes one place from an arc; what flowed through it goes the cheapest other way, or not at all.
    pub fn narrow(&mut self, at: usize) {
        let Arc { from, to, .. } = self.arcs[at];
        if self.arcs[at].flow == self.arcs[at].room {
            self.arcs[at].flow -= 1;
            let found = self.distances(&[from], Some(to), Some(at));
            // The flow that came through the arc leads back from its end to its start, so there is a way.
            self.follow(from, to, &found);
        }
        self.arcs[at].room -= 1;
    }

    /// Gives an arc another room; what flowed through it above that goes the cheapest other way, or not at all.
    pub fn limit(&mut self, at: usize, room: u32) {
        self.arcs[at].room = self.arcs[at].room.min(self.arcs[at].flow.max(room));
        while self.arcs[at].room > room {
            self.narrow(at);
        }
        while self.arcs[at].room < room {
            self.widen(at);
        }
    }

    /// Gives each place of an arc another cost, and sends places through it or another way as long as each lowers the cost.
    pub fn reprice(&mut self, at: usize, cost: Cost<W>) {
        self.arcs[at].cost = cost;
        loop {
            let Arc { from, to, room, flow, .. } = self.arcs[at];
            if flow < room {
                let found = self.distances(&[to], Some(from), Some(at));
                if found.to[from].is_some_and(|back| back + cost < Cost::ZERO) {
                    self.follow(to, from, &found);
                    self.arcs[at].flow += 1;
                    continue;
                }
            }
            if flow > 0 {
                let found = self.distances(&[from], Some(to), Some(at));
                if found.to[to].is_some_and(|other| other < cost) {
                    self.follow(from, to, &found);
                    self.arcs[at].flow -= 1;
                    continue;
                }
            }
            return;
        }
    }

    /// Who goes, by place among the people, ascending.
    pub fn chosen(&self) -> Vec<usize> {
        let taken = self.queues.iter().flat_map(|queue| &queue.people[..queue.taken]);
        let mut chosen: Vec<usize> = taken.map(|(_, person)| *person as usize).collect();
        chosen.sort_unstable();
        chosen
    }

    /// Whether a person of a queue goes.
    pub fn goes(&self, queue: usize, person: u32) -> bool {
        let queue = &self.queues[queue];
        queue.people[..queue.taken].iter().any(|(_, at)| *at == person)
    }

    /// The queue between two nodes.
    pub fn queue_between(&self, from: Node, to: Node) -> Option<usize> {
        self.queues.iter().position(|queue| queue.from == from && queue.to == to)
    }

    /// Lets a person of a queue go before others, at a cost of their own; the flow stays the cheapest.
    pub fn demand(&mut self, queue: usize, person: u32, cost: Cost<W>) {
        let known = self.queues[queue].people.iter().position(|(_, at)| *at == person);
        if let Some(at) = known {
            self.queues[queue].people.remove(at);
        }
        let Queue { from, to, taken, .. } = self.queues[queue];
        let goes = known.is_some_and(|at| at < taken);
        if !goes {
            let found = self.distances(&[to], Some(from), None);
            let cheaper = found.to[from].is_some_and(|back| back + cost < Cost::ZERO);
            if cheaper {
                self.follow(to, from, &found);
                self.queues[queue].taken += 1;
            }
        }
        let queue = &mut self.queues[queue];
        let place = queue.people.partition_point(|(known, _)| *known < cost);
        queue.people.insert(place, (cost, person));
    }

    /// Takes a person out of a queue; the place they had goes the cheapest other way.
    pub fn leave_out(&mut self, queue: usize, person: u32) {
        let Some(at) = self.queues[queue].people.iter().position(|(_, at)| *at == person) else { return };
        self.queues[queue].people.remove(at);
        let Queue { from, to, taken, .. } = self.queues[queue];
        if at < taken {
            self.queues[queue].taken -= 1;
            let found = self.distances(&[from], Some(to), None);
            // The flow that came to the person leads back, so there is a way.
            self.follow(from, to, &found);
        }
    }

    fn follow(&mut self, from: Node, to: Node, found: &Distances<W>) {
        let mut node = to;
        while node != from {
            // Every node that was reached names the step that reached it.
            let step = found.by[node].expect("a way that was found");
            node = self.start(step);
            self.go(step);
        }
    }

    /// The prices of the nodes: with them no residual way is cheaper than the difference of its ends' prices.
    pub fn prices(&self) -> Vec<Cost<W>> {
        let all: Vec<Node> = (0..self.nodes()).collect();
        let found = self.distances(&all, None, None);
        // Every node is reached at no cost from itself.
        found.to.into_iter().map(|price| price.unwrap_or(Cost::ZERO)).collect()
    }

    /// The cost of the flow.
    pub fn cost(&self) -> Cost<W> {
        let mut sum = Cost::ZERO;
        for queue in &self.queues {
            for (cost, _) in &queue.people[..queue.taken] {
                sum = sum + *cost;
            }
        }
        sum
    }
}
