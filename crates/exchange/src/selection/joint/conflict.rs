//! Which rules stand against one another, where they cannot all be met.
//!
//! A demanded place that stays empty has a cut: a part of the network into which more is demanded than can come out
//! (Hoffman 1960). What crosses the cut is a smallest set of rules in conflict: to mend it, one of them must give way.

use std::collections::BTreeSet;

use super::layout::{Bound, Built};
use super::network::{Node, Step};
use super::people::People;
use super::solve::Conflict;

/// The conflicts behind the demanded places that stay empty in a cheapest flow, in the order of the rules that demand them:
/// none where none does, and one where several are short of the same.
pub fn cuts<const W: usize>(people: &People, built: &Built<W>) -> Vec<Conflict> {
    let short = built.demanded.iter().filter(|(arc, _)| {
        let arc = &built.network.arcs[*arc];
        arc.flow < arc.room
    });
    let mut conflicts: Vec<Conflict> = Vec::new();
    for (arc, bound) in short {
        let conflict = cut(people, built, *arc, *bound);
        if !conflicts.contains(&conflict) {
            conflicts.push(conflict);
        }
    }
    conflicts
}

/// The conflict behind one demanded place that stays empty.
fn cut<const W: usize>(people: &People, built: &Built<W>, short: usize, bound: Bound) -> Conflict {
    let network = &built.network;
    let reached = reach(built, network.arcs[short].to);
    let mut demanded = BTreeSet::from([bound]);
    let mut full = BTreeSet::new();
    for (at, arc) in network.arcs.iter().enumerate() {
        let Some(bound) = built.bounds[at] else { continue };
        match (reached[arc.from], reached[arc.to]) {
            // What flows into the part and is demanded there cannot be given back.
            (false, true) if built.demanded.iter().any(|(demanded, _)| *demanded == at) => {
                demanded.insert(bound);
            }
            (true, false) => {
                full.insert(bound);
            }
            _ => {}
        }
    }
    let across = network.queues.iter().filter(|queue| reached[queue.from] && !reached[queue.to]);
    let nobody_left = across.filter_map(|queue| {
        let person = &people.rows()[queue.people.first()?.1 as usize];
        Some((usize::from(person.side), usize::from(person.site), usize::from(person.category)))
    });
    Conflict {
        nobody_left: nobody_left.collect(),
        // A cap that both demands and bounds stands once, with what it demands.
        full: full.difference(&demanded).copied().collect::<Vec<Bound>>(),
        demanded: demanded.into_iter().collect(),
    }
}

/// Every node that one more place could be led to from a node, without giving back what is demanded.
fn reach<const W: usize>(built: &Built<W>, from: Node) -> Vec<bool> {
    let network = &built.network;
    let kept: BTreeSet<usize> = built.demanded.iter().map(|(arc, _)| *arc).collect();
    let mut reached = vec![false; network.nodes()];
    let mut waiting = vec![from];
    reached[from] = true;
    while let Some(node) = waiting.pop() {
        for &step in network.leaving(node) {
            if matches!(step, Step::Back(at) if kept.contains(&(at as usize))) {
                continue;
            }
            if let Some((to, _)) = network.residual(step)
                && !std::mem::replace(&mut reached[to], true)
            {
                waiting.push(to);
            }
        }
    }
    reached
}
