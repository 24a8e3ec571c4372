//! `homeward bench`: how long a command takes at growing sizes, measured on the command itself; and what to measure on.
//!
//! Decides the sizes and how the figures are laid out; refuses to call a figure good. Every run is a process of its own, so
//! that its memory is its own.

mod reports;
mod select;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::Context;
use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::{DONE, files, out, progress};

/// Measure a command at growing sizes, or invent what others measure on.
#[derive(Args, Debug)]
pub struct BenchArgs {
    #[command(subcommand)]
    what: What,
}

/// What is measured.
#[derive(Subcommand, Debug)]
enum What {
    Ledger(LedgerArgs),
    Select(select::SelectArgs),
    Reports(reports::ReportsArgs),
}

/// `homeward ledger` on invented acts: seconds, memory at the most, and how both grow.
///
/// Invented acts of one agreement are written to a temporary folder and booked by the command in a process of its own,
/// the given number of times; the fastest run counts. A release build measures what an agency would see.
#[derive(Args, Debug)]
struct LedgerArgs {
    /// How many acts, one size after the other.
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 100_000, 1_000_000])]
    acts: Vec<u32>,
    /// Seed of the invented acts.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Runs of each size.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    runs: u32,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// What one run says of itself on standard error.
#[derive(Deserialize)]
struct Measured {
    acts: u64,
    seconds: f64,
    peak_kb: Option<u64>,
}

/// The figures of one size.
#[derive(Serialize)]
struct Size {
    acts: u64,
    file_bytes: usize,
    seconds: f64,
    peak_kb: Option<u64>,
    nanoseconds_an_act: f64,
}

/// Runs the command.
pub fn run(args: &BenchArgs) -> anyhow::Result<ExitCode> {
    match &args.what {
        What::Ledger(args) => {
            let sizes = in_a_folder(|folder| ledger(args, folder))?;
            if args.json { out::json(&sizes)? } else { say(&sizes)? }
        }
        What::Select(args) => {
            let sizes = in_a_folder(|folder| select::sizes(args, folder))?;
            if args.json { out::json(&sizes)? } else { select::say(&sizes)? }
        }
        What::Reports(args) => reports::write(args)?,
    }
    Ok(ExitCode::from(DONE))
}

/// Measures in a temporary folder, which is removed whatever was found.
fn in_a_folder<T>(measure: impl FnOnce(&Path) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let folder = std::env::temp_dir().join(format!("homeward-bench-{}", std::process::id()));
    std::fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let sizes = progress::during("measuring", || measure(&folder));
    std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    sizes
}

fn say(sizes: &[Size]) -> anyhow::Result<()> {
    out::line("      acts    file MB   seconds   ns an act   peak MB")?;
    for size in sizes {
        let peak = size.peak_kb.map_or("unknown".to_owned(), |kb| format!("{:.0}", kb as f64 / 1_024.0));
        out::line(format!(
            "{:>10} {:>10.1} {:>9.3} {:>11.0} {:>9}",
            size.acts,
            size.file_bytes as f64 / 1e6,
            size.seconds,
            size.nanoseconds_an_act,
            peak
        ))?;
    }
    Ok(())
}

fn ledger(args: &LedgerArgs, folder: &Path) -> anyhow::Result<Vec<Size>> {
    let terms = folder.join("terms.toml");
    files::write_new(&terms, rehearsal::acts::TERMS.as_bytes())?;
    let mut sizes = Vec::new();
    for count in &args.acts {
        let acts = folder.join(format!("acts-{count}.csv"));
        let text = rehearsal::acts::invented(*count, args.seed);
        files::write_new(&acts, text.as_bytes())?;
        let file_bytes = text.len();
        drop(text);
        let mut best: Option<Measured> = None;
        for _ in 0..args.runs {
            let run = one_run(&terms, &acts)?;
            if best.as_ref().is_none_or(|best| run.seconds < best.seconds) {
                best = Some(run);
            }
        }
        // At least one run was asked for.
        let Some(best) = best else { continue };
        let nanoseconds_an_act = best.seconds * 1e9 / best.acts as f64;
        let Measured { acts, seconds, peak_kb } = best;
        sizes.push(Size { acts, file_bytes, seconds, peak_kb, nanoseconds_an_act });
    }
    Ok(sizes)
}

/// Books a file in a process of its own, the whole command as an officer runs it.
fn one_run(terms: &Path, acts: &Path) -> anyhow::Result<Measured> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let mut command = Command::new(program);
    command.arg("ledger").arg(terms).arg(acts).arg("--measure").stdout(Stdio::null());
    let output = command.output().context("cannot run the command")?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "the command failed: {}", said.trim());
    let line = said.lines().last().unwrap_or_default();
    serde_json::from_str(line).context("the command did not say how long it took")
}
