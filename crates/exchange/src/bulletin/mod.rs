//! What may be published of a round, so that a withheld number cannot be worked out.

pub mod guard;
pub mod rational;
mod simplex;
