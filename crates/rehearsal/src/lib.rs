//! What a rehearsal is made of: invented people, the lists that two parties would hold of them, and the script of an exchange.
//!
//! Decides nothing about anybody real and reads no clock, file or random source: the same seed gives the same people, byte
//! for byte. It refuses to know how a register stores a person or how a round is carried out.

pub mod acts;
pub mod chance;
pub mod lists;
pub mod medical;
pub mod names;
pub mod people;
pub mod pools;
pub mod ranks;
pub mod reports;
pub mod scenario;
pub mod terms;
