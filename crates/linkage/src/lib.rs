//! Who may be the same person: names folded across script and spelling, keys to search by, and a comparison with its reasons.
//!
//! Decides which strings two records must share to be looked at together, and whether a pair may be linked, needs a person's
//! eye, or neither. It refuses to know what a person means beyond these columns, and where the records are kept: columns in,
//! keys and comparisons out. The probabilistic weighing of many pairs has its place beside [`mod@compare`], over the same keys.

pub mod compare;
pub mod fold;
pub mod given;
pub mod keys;

pub use compare::{Band, Birth, Comparison, Facts, Field, compare};
pub use keys::{Key, Recipe, keys, search_keys};
