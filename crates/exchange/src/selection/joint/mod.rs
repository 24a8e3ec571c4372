//! The joint selection of both sides: one roll, exact, with the proof that no other is better.
//!
//! Decides who goes in a round when the two sides' people stand against one another: one for one, in a ratio, or all
//! for all, within places that lie inside one another. Everything is integers, in a fixed order: the same rules, people
//! and seed give the same roll everywhere. Refuses to know names, and to choose among rolls that the rules hold equal:
//! the lot is the last level of the problem itself. Method, formats and vectors: `docs/formats/selection.md`.

mod balance;
mod certificate;
mod circle;
mod conflict;
mod cost;
mod fairness;
pub mod file;
mod forced;
mod layout;
mod leximin;
mod network;
mod part;
mod people;
mod plan;
mod replace;
mod rules;
mod sheet;
mod solve;

pub use certificate::{
    Certificate, CheckError, Choice, PRICE_MAX, Proof, Verdict, WORK_MAX, Wrong, check, lawful,
};
pub use cost::{Level, SCALE};
pub use fairness::{
    Attribute, Before, Comparison, FALSE_FLAGS_IN_BILLION, Fairness, FairnessError, Figure, LeftOut, Share,
    ValueShare, Waiting, fairness, waiting_longest,
};
pub use layout::{Bound, Nodes};
pub use leximin::{
    BeforeTheLot, Chances, Cut, Fraction, LeximinError, LeximinFault, OPEN_MAX, TooFine, TypeChance,
    check_leximin, leximin,
};
pub use people::{PEOPLE_MAX, People, PeopleError, Person};
pub use plan::{ClassAhead, Plan, PlanError, PlanRound, ROUNDS_MAX, plan};
pub use replace::{Leasts, ReplaceError, Replacement, ReplacementFault, Vacated, check_replacement, replace};
pub use rules::{
    Against, Balance, CAPS_MAX, CARRIED_MAX, CATEGORIES_MAX, CLASS_MAX, Cap, CategoryRule, ChanceRule,
    GroupClass, Objective, PLACES_MAX, RATIO_HEADS_MAX, Rules, RulesError, SidePlaces, WORTH_MAX,
};
pub use sheet::{Change, Held, Price, Sheet, WIDENED_MAX, sheets};
pub use solve::{CONFLICT_WORK_MAX, Conflict, EFFORT, SelectError, Selected, select};

#[cfg(test)]
mod tests;
