//! What is promised of a joint selection, held against many invented rounds and against the second checker.
//!
//! Every round follows from its number alone. The second checker (`tools/verify`) is a program of its own in another
//! language: it is given the very files, and must come to the very verdicts.

#![expect(clippy::print_stdout, reason = "what was counted is shown by --nocapture")]

mod checkers;
pub(super) mod mutate;
mod only;
mod properties;
pub(super) mod rounds;

pub use only::{FEW_LOTS, few_lots};
