//! The shipped program of an agency that brings prisoners home: its command line, its node, its desk.
//!
//! Decides how a file, a page or a message becomes a call of a rule, and how an answer is shown; refuses to know how a
//! rule decides and how a record is stored.

pub mod cli;
pub mod import;
pub mod web;
