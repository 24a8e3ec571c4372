//! The most that flows from one node to another, and the cut that says why it is not more (Edmonds, Karp 1972).

use std::collections::VecDeque;

use super::wide::Wide;

/// A network of whole numbers.
pub struct Flow {
    /// Where each residual lane leads, and how much more it takes; lane `n ^ 1` is the same the other way.
    lanes: Vec<(usize, Wide)>,
    /// Lanes that leave each node.
    leaving: Vec<Vec<usize>>,
}

impl Flow {
    /// A network of so many nodes.
    pub fn new(nodes: usize) -> Self {
        Self { lanes: Vec::new(), leaving: vec![Vec::new(); nodes] }
    }

    /// Adds a lane.
    pub fn lane(&mut self, from: usize, to: usize, room: Wide) {
        self.leaving[from].push(self.lanes.len());
        self.lanes.push((to, room));
        self.leaving[to].push(self.lanes.len());
        self.lanes.push((from, Wide::ZERO));
    }

    /// Sends as much as goes from one node to another, always by a way of the fewest lanes; gives how much.
    pub fn fill(&mut self, from: usize, to: usize) -> Wide {
        let mut sent = Wide::ZERO;
        loop {
            let by = self.reach(from);
            if by[to].is_none() {
                return sent;
            }
            let way: Vec<usize> =
                std::iter::successors(by[to].flatten(), |&lane| by[self.lanes[lane ^ 1].0].flatten())
                    .collect();
            // A way that was found has a lane, since its two ends are two nodes.
            let room = way.iter().map(|&lane| self.lanes[lane].1).min().expect("a way");
            for lane in way {
                self.lanes[lane].1 = self.lanes[lane].1 - room;
                self.lanes[lane ^ 1].1 = self.lanes[lane ^ 1].1 + room;
            }
            sent = sent + room;
        }
    }

    /// By which lane each node is reached from one that has room to spare: nothing where none leads, no lane at the start.
    pub fn reach(&self, from: usize) -> Vec<Option<Option<usize>>> {
        let mut by = vec![None; self.leaving.len()];
        by[from] = Some(None);
        let mut waiting = VecDeque::from([from]);
        while let Some(node) = waiting.pop_front() {
            for &lane in &self.leaving[node] {
                let (to, room) = self.lanes[lane];
                if room > Wide::ZERO && by[to].is_none() {
                    by[to] = Some(Some(lane));
                    waiting.push_back(to);
                }
            }
        }
        by
    }
}
