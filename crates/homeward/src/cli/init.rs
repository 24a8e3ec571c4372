//! `homeward init`: draws a node's key and writes its party card, once.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::chance::Chance;
use crate::cli::{DONE, files, out};
use crate::clock::Clock;
use crate::keys;

/// Prepares a node: draws its key and writes the card that the other nodes are handed.
#[derive(Args, Debug)]
pub struct Init {
    /// The node's configuration.
    #[arg(long)]
    config: PathBuf,
    /// Prints the card as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Init) -> anyhow::Result<ExitCode> {
    let config = files::config(&args.config)?;
    let card = keys::init(&config, &Chance::System, Clock::Machine.now())?;
    if args.json {
        out::json(&card)?;
        return Ok(ExitCode::from(DONE));
    }
    out::line(format!("{} has its key. Its card: {}", card.party, keys::card_file(&config).display()))?;
    out::line("Compare this fingerprint with the paper agreement before the card is used:")?;
    out::line(&card.fingerprint)?;
    Ok(ExitCode::from(DONE))
}
