//! The files of a round (`docs/formats/round.md`): its rules, the people of both sides, the roll.
//!
//! Decides what a line means, and refuses it with its place where it says what it cannot say. Refuses to know where a file
//! lies: whoever calls opens it. The files are exact: no quotes, no spaces around a field, no column that is not asked for.

mod lines;
mod pool;
mod roll;
mod rules;
mod write;

pub use lines::{LINE_BYTES_MAX, LineError, LineProblem};
pub use pool::{POOL_HEADER, PoolError, people};
pub use roll::{ROLL_HEADER, Roll, RollError, roll};
pub use rules::{RULES_BYTES_MAX, RulesFileError, rules};
pub use write::{people_text, rules_text};

#[cfg(test)]
mod tests;
