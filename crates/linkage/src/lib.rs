//! Who may be the same person: names folded across script and spelling, keys to search by, and a comparison with its reasons.
//!
//! Decides which strings two records must share to be looked at together, and whether a pair may be linked, needs a person's
//! eye, or neither. It refuses to know what a person means beyond these columns, and where the records are kept: columns in,
//! keys and comparisons out. [`mod@compare`] judges one pair by a rule, for the desk; [`mod@link`] weighs all pairs of a list, and
//! learns the weights from them. [`mod@later`] links records that come later, and [`mod@people`] keeps the ids of persons over time.

pub mod beside;
pub mod birth;
pub mod block;
pub mod bound;
mod category;
pub mod cluster;
pub mod compare;
pub mod decided;
mod ending;
pub mod explain;
pub mod fold;
mod follow;
pub mod forms;
pub mod given;
mod initials;
pub mod intern;
pub mod keys;
pub mod later;
pub mod link;
pub mod meet;
pub mod packed;
pub mod pair;
pub mod people;
pub mod place;
mod prefix;
pub mod recall;
mod rival;
mod rows;
pub mod schema;
pub mod similar;
pub mod table;
pub mod weights;
pub mod whole;

pub use compare::{Band, Birth, Comparison, Facts, Field, compare};
pub use keys::{Key, Recipe, keys, search_keys};
