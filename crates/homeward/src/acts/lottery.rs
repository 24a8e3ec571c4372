//! The roll of a round whose terms choose leximin chances in place of the lots.
//!
//! Among the rolls that are best in everything before the lot the chances are worked out, and the coins of the joint seed draw one
//! roll by them: both nodes find the same. Whoever follows when a slot is vacated is found by the lots.

use exchange::selection::joint::{
    ChanceRule, Chances, Fraction, Level, Person, Selected, check_leximin, leximin,
};
use exchange::selection::of_terms::Setting;

/// The chances of a round.
pub struct Lottery {
    /// The chances, and what proves them.
    pub chances: Chances,
    /// Who would go by the lots, by place among the people: a best roll before the lot, against which rules are priced.
    pub by_lots: Vec<usize>,
}

impl Lottery {
    /// The chance of a person of the round.
    pub fn chance(&self, person: &Person) -> Fraction {
        let alike = self.chances.types.iter().find(|kind| {
            let of_kind = (kind.side, kind.site, kind.category, kind.class, kind.held, kind.requested);
            let own =
                (person.side, person.site, person.category, person.class, person.held, person.requested);
            of_kind == own
        });
        // Everyone of the round is of a kind.
        alike.map_or(Fraction::ZERO, |kind| kind.chance)
    }
}

/// Puts the roll drawn by chances in the place of the roll by lots, where the rules say so; nothing where they do not. What is
/// given out has been checked as the other side will. The lots then count for nothing in what the roll costs.
///
/// # Errors
/// Why there are no chances, in words.
pub fn draw(setting: &Setting, seed: &[u8; 32], selected: &mut Selected) -> Result<Option<Lottery>, String> {
    let Setting { rules, people } = setting;
    if rules.chances == ChanceRule::Lots {
        return Ok(None);
    }
    let chances = leximin(rules, people, seed).map_err(|why| why.to_string())?;
    check_leximin(rules, people, seed, &chances).map_err(|why| why.to_string())?;
    let before = Level::before_the_lot(rules).len();
    for costs in [&mut selected.cost, &mut selected.bound] {
        costs.iter_mut().skip(before).for_each(|cost| *cost = 0);
    }
    let by_lots = std::mem::replace(&mut selected.chosen, chances.chosen.clone());
    Ok(Some(Lottery { chances, by_lots }))
}
