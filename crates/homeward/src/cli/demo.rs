//! `homeward demo`: two parties and a neutral on this machine, a whole agreement played round by round.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::Args;

use crate::cli::{DONE, FAILED, REFUSED, out};
use crate::demo::{self, Options, PEOPLE_MAX, PEOPLE_MIN, Report};

/// Plays a whole agreement on this machine: two parties, a neutral, invented people.
#[derive(Args, Debug)]
pub struct Demo {
    /// Ends with the report instead of leaving the desks open.
    #[arg(long)]
    headless: bool,
    // The bounds are said by their constants, which a doc comment cannot do.
    #[arg(long, default_value_t = 2000, help = format!("People whom each side holds at the start, {PEOPLE_MIN} to {PEOPLE_MAX}"))]
    people: usize,
    /// Seed of everything that chance decides: the same seed plays the same exchange.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Folder of the nodes and the report, empty or not there; a fresh temporary one by default.
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Prints the report as JSON instead of a summary.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Demo) -> anyhow::Result<ExitCode> {
    if !(PEOPLE_MIN..=PEOPLE_MAX).contains(&args.people) {
        let why =
            anyhow::anyhow!("--people {}: a rehearsal has {PEOPLE_MIN} to {PEOPLE_MAX} a side", args.people);
        out::failure(&why);
        return Ok(ExitCode::from(REFUSED));
    }
    let dir = match &args.dir {
        Some(dir) => dir.clone(),
        None => fresh_folder(args.seed)?,
    };
    let options = Options { people: args.people, seed: args.seed, dir };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let Some(report) = runtime.block_on(until_stopped(&options, args.headless))? else {
        out::failure(&anyhow::anyhow!("stopped; the nodes have ended"));
        return Ok(ExitCode::from(FAILED));
    };
    if args.json {
        out::json(&report)?;
    } else if args.headless {
        out::line(report.summary())?;
        out::line(format!("Report: {}", options.dir.join("report.json").display()))?;
    }
    Ok(ExitCode::from(DONE))
}

/// Plays until the end, or until the process is asked to stop: then the nodes are gone, as dropping them ends them.
async fn until_stopped(options: &Options, headless: bool) -> anyhow::Result<Option<Report>> {
    let played = tokio::select! {
        played = demo::play(options) => played?,
        asked = asked_to_stop() => return asked.map(|()| None),
    };
    if !headless {
        // Asked to stop is how this ends well.
        tokio::select! {
            open = played.stay_open(&options.dir) => open?,
            asked = asked_to_stop() => asked?,
        }
    }
    Ok(Some(played.stop().await))
}

async fn asked_to_stop() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
        asked = tokio::signal::ctrl_c() => asked?,
    }
    Ok(())
}

/// A new folder among the machine's temporary ones, readable by its owner alone.
fn fresh_folder(seed: u64) -> anyhow::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    let base = std::env::temp_dir();
    let process = std::process::id();
    for attempt in 0..100 {
        let dir = base.join(format!("homeward-demo-{seed}-{process}-{attempt}"));
        match std::fs::DirBuilder::new().mode(0o700).create(&dir) {
            Ok(()) => return Ok(dir),
            Err(why) if why.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(why) => return Err(why).with_context(|| format!("cannot make {}", dir.display())),
        }
    }
    ensure!(false, "no name is free for a folder in {}", base.display());
    Ok(base)
}
