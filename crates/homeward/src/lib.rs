//! The shipped program of an agency that brings prisoners home: its command line, its node, its desk.
//!
//! Decides how a file, a page or a message becomes a call of a rule, and how an answer is shown; refuses to know how a
//! rule decides and how a record is stored.

pub mod act;
pub mod acts;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod http;
pub mod import;
pub mod keys;
pub mod link;
pub mod node;
pub mod officer;
pub mod opening;
pub mod pairing;
pub mod record_files;
pub mod serve;
pub mod web;
