//! `homeward serve`: runs one node until it is asked to stop.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::{DONE, files};
use crate::serve::{Until, serve};

/// Runs one node: desk, public pages and peer link.
#[derive(Args, Debug)]
pub struct Serve {
    /// The node's configuration.
    #[arg(long)]
    config: PathBuf,
    /// Ends when standard input does: for a program that starts nodes and must not leave them behind.
    #[arg(long)]
    while_stdin: bool,
}

/// Runs the command.
pub fn run(args: Serve) -> anyhow::Result<ExitCode> {
    let config = files::config(&args.config)?;
    let until = if args.while_stdin { Until::StarterGone } else { Until::Asked };
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(serve(config, until))?;
    Ok(ExitCode::from(DONE))
}
