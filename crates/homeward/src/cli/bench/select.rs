//! `homeward bench select`: the joint selection on invented rounds.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;
use clap::Args;
use rehearsal::pools::{self, Groups};
use serde::{Deserialize, Serialize};

use crate::cli::{files, out};

/// The seed of the lots of an invented round.
const LOTS: [&str; 32] = ["07"; 32];

/// `homeward select` on invented rounds: seconds of the processor for each step, memory at the most, what the roll reaches.
///
/// Invented people of both sides are written to a temporary folder and selected among by the command in a process of its own,
/// the given number of times; the run that selected fastest counts. A release build measures what an agency would see.
#[derive(Args, Debug)]
pub(super) struct SelectArgs {
    /// How many people of each side, one size after the other.
    #[arg(long, value_delimiter = ',', default_values_t = [2_000, 10_000, 100_000, 1_000_000],
        value_parser = clap::value_parser!(u32).range(0..=5_000_000))]
    people: Vec<u32>,
    /// Seed of the invented people.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Runs of each size.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    runs: u32,
    /// Keep about 2 % together in groups of two to four.
    #[arg(long)]
    groups: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// What one run says of itself on standard error.
#[derive(Serialize, Deserialize)]
struct Measured {
    people: u64,
    read_seconds: Option<f64>,
    select_seconds: Option<f64>,
    check_seconds: Option<f64>,
    peak_kb: Option<u64>,
    places: u64,
    best: bool,
    cost: Vec<i64>,
}

/// The figures of one size.
#[derive(Serialize)]
pub(super) struct Size {
    people_a_side: u32,
    file_bytes: u64,
    #[serde(flatten)]
    measured: Measured,
}

/// Measures every size.
pub(super) fn sizes(args: &SelectArgs, folder: &Path) -> anyhow::Result<Vec<Size>> {
    let rules = folder.join("rules.toml");
    files::write_new(&rules, pools::rules(args.seed).as_bytes())?;
    let mut sizes = Vec::new();
    for &people_a_side in &args.people {
        let path = folder.join("pool.csv");
        let cannot = || format!("cannot write {}", path.display());
        let mut pool = BufWriter::new(File::create(&path).with_context(cannot)?);
        let groups = if args.groups { Groups::Some } else { Groups::None };
        pools::pool(&mut pool, people_a_side, groups, args.seed)
            .and_then(|()| pool.flush())
            .with_context(cannot)?;
        drop(pool);
        let file_bytes = fs::metadata(&path).with_context(cannot)?.len();
        let mut best: Option<Measured> = None;
        for _ in 0..args.runs {
            let run = one_run(&rules, &path)?;
            if best.as_ref().is_none_or(|best| run.select_seconds < best.select_seconds) {
                best = Some(run);
            }
        }
        sizes.extend(best.map(|measured| Size { people_a_side, file_bytes, measured }));
    }
    Ok(sizes)
}

/// Selects in a process of its own, the whole command as an officer runs it.
fn one_run(rules: &Path, pool: &Path) -> anyhow::Result<Measured> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let mut command = Command::new(program);
    command.arg("select").arg("--rules").arg(rules).arg("--pool").arg(pool);
    command.args(["--seed", &LOTS.concat(), "--timings"]).stdout(Stdio::null());
    let output = command.output().context("cannot run the command")?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "the command failed: {}", said.trim());
    let line = said.lines().last().unwrap_or_default();
    serde_json::from_str(line).context("the command did not say how long it took")
}

/// Lays the figures out.
pub(super) fn say(sizes: &[Size]) -> anyhow::Result<()> {
    out::line("    a side    file MB    read s  select s   check s   peak MB    places  best")?;
    for Size { people_a_side, file_bytes, measured } in sizes {
        let seconds = |seconds: Option<f64>| seconds.map_or("unknown".to_owned(), |s| format!("{s:.3}"));
        let peak = measured.peak_kb.map_or("unknown".to_owned(), |kb| format!("{:.0}", kb as f64 / 1_024.0));
        out::line(format!(
            "{people_a_side:>10} {:>10.1} {:>9} {:>9} {:>9} {peak:>9} {:>9}  {}",
            *file_bytes as f64 / 1e6,
            seconds(measured.read_seconds),
            seconds(measured.select_seconds),
            seconds(measured.check_seconds),
            measured.places,
            if measured.best { "yes" } else { "not shown" }
        ))?;
        out::line(format!("{:>10} levels {:?}", "", measured.cost))?;
    }
    Ok(())
}
