//! The rules of an exchange of prisoners, as functions of values.
//!
//! Everything here takes values and returns values with their reasons. There is no clock, no chance, no file, no
//! database, no network, no key and no markup: the same code judges at the desk, in a verifier and in a test.
//! A rule names its source; a rule written from memory says `unverified` and the program shows it.

pub mod agreement;
pub mod bulletin;
pub mod condition;
pub mod eligibility;
pub mod figures;
pub mod ids;
pub mod ledger;
pub mod medical;
pub mod moment;
pub mod notice;
pub mod numerals;
pub mod person;
pub mod phase;
pub mod ratio;
pub mod rational;
mod receipts;
pub mod selection;
#[cfg(test)]
mod testing;
pub mod wording;
