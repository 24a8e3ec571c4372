//! Which rules stand against one another, where they cannot all be met.
//!
//! A demanded place that stays empty has a cut: a part of the network into which more is demanded than can come out
//! (Hoffman 1960). What crosses the cut is a set of rules in conflict. Not all of them need be: rules are dropped from it one by
//! one as long as no roll can be made by those that are left. Of a smallest set, one must give way.

use std::collections::BTreeSet;

use super::layout::{Bound, Built};
use super::network::{Node, Step};
use super::people::People;
use super::rules::{Against, Rules};
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

/// The conflict without the rules that need not give way: none of those that are left can be dropped without the others becoming
/// possible. `short` fills the demanded places of rules as far as they go and gives the conflict in it; `work` is how much that may
/// still take, and where it is not enough more rules are left than need be. A cut whose rules alone leave a roll is given back as it
/// is: it is that of a ratio, whose units a rule asks for that the cut does not name.
pub fn smallest(
    rules: &Rules,
    people: &People,
    cut: Conflict,
    work_left: &mut u64,
    short: impl Fn(&Rules) -> Option<Conflict>,
) -> Conflict {
    let named: Vec<Bound> = cut.full.iter().chain(&cut.demanded).copied().collect();
    let ask = |rules: &Rules, work_left: &mut u64| {
        *work_left = work_left.saturating_sub(work(rules, people));
        if *work_left == 0 { None } else { short(rules) }
    };
    let mut kept = rules.clone();
    every_bound(rules)
        .into_iter()
        .filter(|bound| !named.contains(bound))
        .for_each(|bound| free(&mut kept, bound));
    let Some(mut conflict) = ask(&kept, work_left) else { return cut };
    let mut needed: BTreeSet<Bound> = BTreeSet::new();
    // The first rules come first. Many are dropped in one go, and halved where one of them is needed.
    let mut waiting = vec![named.as_slice()];
    while let Some(these) = waiting.pop() {
        let mut without = kept.clone();
        these.iter().for_each(|&bound| free(&mut without, bound));
        if !these.iter().any(|bound| names(&conflict, bound)) {
            // The conflict stands without them.
            kept = without;
            continue;
        }
        these.iter().for_each(|&bound| stand_alone(&mut without, bound));
        match ask(&without, work_left) {
            Some(smaller) => (kept, conflict) = (without, smaller),
            None if these.len() == 1 || *work_left == 0 => needed.extend(these),
            None => {
                let (before, after) = these.split_at(these.len() / 2);
                waiting.extend([after, before]);
            }
        }
    }
    // A rule without a number is full where nobody is left, and has nothing to give way with.
    conflict.full.retain(|bound| needed.contains(bound));
    conflict.demanded.retain(|bound| needed.contains(bound));
    conflict
}

/// Whether a conflict has a rule; both of its lists are ascending.
fn names(conflict: &Conflict, bound: &Bound) -> bool {
    conflict.full.binary_search(bound).is_ok() || conflict.demanded.binary_search(bound).is_ok()
}

/// At most about how many steps it takes to fill the demanded places of rules: everyone is put in their queue, and each place that is
/// filled looks once at all that leads from one node to another.
pub fn work(rules: &Rules, people: &People) -> u64 {
    let caps = rules.sides.iter().flat_map(|side| &side.caps).map(|cap| cap.at_least);
    let categories = rules.categories.iter().flat_map(|rule| rule.at_least);
    let demanded: u64 = caps.chain(categories).map(u64::from).sum();
    let caps = rules.sides.iter().map(|side| side.caps.len() as u64).sum::<u64>();
    let queues = (caps * rules.categories.len() as u64).min(people.rows().len() as u64);
    let steps = 2 * (2 * caps + 4 * rules.categories.len() as u64 + queues);
    PERSON_STEPS * people.rows().len() as u64 + (demanded + 1).saturating_mul(steps)
}

/// How many steps it takes to put a person in a queue.
const PERSON_STEPS: u64 = 32;

fn every_bound(rules: &Rules) -> Vec<Bound> {
    let caps = |side: usize| (0..rules.sides[side].caps.len()).map(move |cap| Bound::Cap { side, cap });
    let category = |category| {
        [
            Bound::Pair { category },
            Bound::Category { side: 0, category },
            Bound::Category { side: 1, category },
        ]
    };
    let mut all: Vec<Bound> = (0..2).flat_map(caps).collect();
    for (at, rule) in rules.categories.iter().enumerate() {
        let one_for_one = rule.against == Against::OneForOne;
        all.extend(
            category(at).into_iter().filter(|bound| matches!(bound, Bound::Pair { .. }) == one_for_one),
        );
    }
    all
}

/// Takes the numbers of a rule away.
fn free(rules: &mut Rules, bound: Bound) {
    match bound {
        Bound::Cap { side, cap } => {
            let cap = &mut rules.sides[side].caps[cap];
            (cap.at_least, cap.at_most) = (0, None);
        }
        Bound::Category { side, category } => {
            let rule = &mut rules.categories[category];
            (rule.at_least[side], rule.at_most[side]) = (0, None);
        }
        Bound::Pair { category } => {
            let rule = &mut rules.categories[category];
            (rule.at_least, rule.at_most) = ([0; 2], [None; 2]);
        }
    }
}

/// Lets a category go whatever the other side gives for it.
fn stand_alone(rules: &mut Rules, bound: Bound) {
    match bound {
        Bound::Cap { .. } => {}
        Bound::Category { category, .. } | Bound::Pair { category } => {
            rules.categories[category].against = Against::AllForAll;
        }
    }
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
