//! The command line: one variant per command, each in its own file with `pub fn run(args) -> anyhow::Result<ExitCode>`.
//!
//! Decides exit codes and where words go; refuses to know what a command does. Standard output carries the answer (with
//! `--json` exactly one JSON value), standard error carries progress and failures.
//!
//! Exit codes of every command: 0 done, 1 failed, 2 refused input (with where and why), 3 a check that did not hold.

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

pub mod bench;
pub mod bulletin;
pub mod demo;
pub mod files;
pub mod import;
mod import_report;
pub mod init;
pub mod ledger;
pub mod link;
pub mod matching;
mod measured;
pub mod out;
pub mod progress;
pub mod record;
pub mod select;
pub mod serve;

/// Done.
pub const DONE: u8 = 0;
/// Failed: a disk was full, a file could not be written, the node was running.
pub const FAILED: u8 = 1;
/// The input was refused, or a file named on the command line is not there; the answer says where and why.
pub const REFUSED: u8 = 2;
/// A check did not hold.
pub const NOT_HELD: u8 = 3;

/// Brings prisoners of war home: two parties, a neutral, one shared record.
#[derive(Parser, Debug)]
#[command(name = "homeward", version)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
}

/// The commands.
#[derive(Subcommand, Debug)]
enum Command {
    Bench(bench::BenchArgs),
    Bulletin(bulletin::BulletinArgs),
    Demo(demo::Demo),
    Init(init::Init),
    Import(import::Import),
    Ledger(ledger::Ledger),
    Link(link::LinkArgs),
    Match(matching::MatchArgs),
    Record(record::RecordArgs),
    Select(select::SelectArgs),
    Serve(serve::Serve),
}

/// Reads the process's arguments, runs the command and returns its exit code.
pub fn main() -> ExitCode {
    match run(Line::parse().command) {
        Ok(code) => code,
        Err(failure) => {
            out::failure(&failure);
            ExitCode::from(if failure.is::<files::Unusable>() { REFUSED } else { FAILED })
        }
    }
}

fn run(command: Option<Command>) -> anyhow::Result<ExitCode> {
    match command {
        None => {
            Line::command().print_help()?;
            Ok(ExitCode::from(REFUSED))
        }
        Some(Command::Demo(args)) => demo::run(args),
        Some(Command::Init(args)) => init::run(args),
        Some(Command::Bench(args)) => bench::run(&args),
        Some(Command::Bulletin(args)) => bulletin::run(args),
        Some(Command::Import(args)) => import::run(args),
        Some(Command::Ledger(args)) => ledger::run(args),
        Some(Command::Link(args)) => link::run(&args),
        Some(Command::Match(args)) => matching::run(args),
        Some(Command::Record(args)) => record::run(args),
        Some(Command::Select(args)) => select::run(args),
        Some(Command::Serve(args)) => serve::run(args),
    }
}
