//! Circles of ways that cost nothing: by one of them another roll is as good.

use std::collections::BTreeSet;

/// Whether ways that cost nothing lead round in a circle, other than to and fro along one way: then another roll would be
/// as good. Ways that lead to and fro between the same two nodes join them; what is left must have no directed circle.
pub fn has_circle(nodes: usize, level: &[(usize, usize)]) -> bool {
    let ways: BTreeSet<(usize, usize)> = level.iter().copied().collect();
    let mut joined: Vec<usize> = (0..nodes).collect();
    fn root(joined: &mut [usize], mut node: usize) -> usize {
        while joined[node] != node {
            joined[node] = joined[joined[node]];
            node = joined[node];
        }
        node
    }
    for &(from, to) in ways.iter().filter(|&&(from, to)| from < to && ways.contains(&(to, from))) {
        let (a, b) = (root(&mut joined, from), root(&mut joined, to));
        if a == b {
            return true;
        }
        joined[a] = b;
    }
    let mut enters = vec![0; nodes];
    let mut leads: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for &(from, to) in ways.iter().filter(|&&(from, to)| !ways.contains(&(to, from))) {
        let (a, b) = (root(&mut joined, from), root(&mut joined, to));
        if a == b {
            return true;
        }
        leads[a].push(b);
        enters[b] += 1;
    }
    let mut free: Vec<usize> = (0..nodes).filter(|&node| enters[node] == 0).collect();
    let mut seen = 0;
    while let Some(node) = free.pop() {
        seen += 1;
        for &to in &leads[node] {
            enters[to] -= 1;
            if enters[to] == 0 {
                free.push(to);
            }
        }
    }
    seen != nodes
}
