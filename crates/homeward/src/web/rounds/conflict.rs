//! Why the rules of a round leave no roll: each rule that stands against others, in a sentence.

use exchange::selection::joint::{Bound, Conflict, Rules, SelectError};
use exchange::selection::of_terms::ROUND;

use crate::cli::select::words::{least, most, ratio};
use crate::web::Words;

/// How people call what the rules name.
pub struct Called<'a> {
    /// The parties in the order of the rules.
    pub parties: [&'a str; 2],
    /// The categories in the order of the rules.
    pub categories: &'a [String],
}

/// Every conflict, each of its rules in a sentence; nothing where it is not rules in numbers that are in conflict.
pub fn sentences(rules: &Rules, why: &SelectError, called: &Called<'_>, t: Words) -> Vec<Vec<String>> {
    match why {
        SelectError::Conflict { conflicts, .. } => {
            conflicts.iter().map(|conflict| of(rules, conflict, called, t)).collect()
        }
        _ => Vec::new(),
    }
}

fn of(rules: &Rules, conflict: &Conflict, called: &Called<'_>, t: Words) -> Vec<String> {
    let name = |bound: Bound| name(rules, bound, called, t);
    let demanded = conflict.demanded.iter().flat_map(|&bound| {
        let least = Some(least(rules, bound)).filter(|least| *least > 0);
        let least = least.map(|n| t.s2("rounds-conflict-demands", "name", name(bound), "n", t.number(n)));
        let ratio = ratio(rules, bound);
        let ratio = ratio.map(|[first, second]| {
            t.s3("rounds-conflict-ratio", "name", name(bound), "first", first, "second", second)
        });
        least.into_iter().chain(ratio)
    });
    let full = conflict.full.iter().map(|&bound| match (most(rules, bound), ratio(rules, bound)) {
        (Some(most), None) => t.s2("rounds-conflict-most", "name", name(bound), "n", t.number(most)),
        (None, None) => t.s1("rounds-conflict-none-more", "name", name(bound)),
        (_, Some(_)) => t.s1("rounds-conflict-other", "name", name(bound)),
    });
    let nobody = conflict.nobody_left.iter().map(|&(side, site, category)| {
        let place = place(rules, side, site, called, t);
        t.s2("rounds-conflict-nobody", "category", called.categories[category].as_str(), "place", place)
    });
    demanded.chain(full).chain(nobody).collect()
}

fn name(rules: &Rules, bound: Bound, called: &Called<'_>, t: Words) -> String {
    match bound {
        Bound::Cap { side, cap } => place(rules, side, cap, called, t),
        Bound::Category { side, category } => {
            format!("{} ({})", called.categories[category], called.parties[side])
        }
        Bound::Pair { category } => called.categories[category].clone(),
    }
}

fn place(rules: &Rules, side: usize, cap: usize, called: &Called<'_>, t: Words) -> String {
    let (id, party) = (rules.sides[side].caps[cap].id.as_str(), called.parties[side]);
    match id {
        ROUND => t.s1("rounds-what-if-whole-round", "party", party),
        id => format!("{} ({party})", t.place(id)),
    }
}
