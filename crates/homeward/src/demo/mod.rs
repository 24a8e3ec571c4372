//! A rehearsal of a whole agreement: two parties and a neutral on this machine, invented people, eight rounds.
//!
//! Decides what the officers of three nodes do and when. Everything it does goes through the nodes' own forms and
//! views, as an officer's browser would; it opens no register and calls no rule.

mod cluster;
mod crossing;
mod desk;
mod ending;
mod families;
mod lists;
mod notices;
mod progress;
mod report;
mod round;
mod stage;
mod views;

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use exchange::agreement::Terms;
use rehearsal::scenario::Scenario;
use time::Duration;

use crate::cli::files;
use crate::clock::Stopwatch;
use crate::demo::cluster::PARTIES;
use crate::demo::lists::Lists;
use crate::demo::progress::Progress;
use crate::demo::round::{Play, import};
use crate::demo::stage::{Side, Stage};
use crate::demo::views::Agreement;
use crate::officer::Role;

pub use report::Report;

/// The fewest people of a side: below that the rounds have too few places for what the script lets go wrong.
pub const PEOPLE_MIN: usize = 60;
/// The most people of a side.
pub const PEOPLE_MAX: usize = 20_000;

/// What to play, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// People whom each side holds at the start.
    pub people: usize,
    /// Seed of everything that chance decides.
    pub seed: u64,
    /// The folder of nodes and report; it must be empty or not there.
    pub dir: PathBuf,
}

/// A rehearsal that has come to its end, with its nodes still running. Dropping it ends them.
pub struct Played {
    /// The report.
    pub report: Report,
    stage: Stage,
}

impl Played {
    /// Leaves the pages open, with one-time links for whoever wants to look round; does not end by itself.
    pub async fn stay_open(&self, dir: &Path) -> anyhow::Result<()> {
        ending::stay_open(&self.stage, dir, &self.report).await
    }

    /// Ends the nodes; answers the report.
    pub async fn stop(mut self) -> Report {
        self.stage.stop().await;
        self.report
    }
}

/// Plays the rehearsal and writes its report. The nodes end with it on every path but the good one.
pub async fn play(options: &Options) -> anyhow::Result<Played> {
    let watch = Stopwatch::start();
    empty_folder(&options.dir)?;
    let mut progress = Progress::new();
    let script = Scenario::istanbul_shaped(options.people, options.seed);
    let mut report = Report::default();
    report.parameters = report::Parameters {
        people: options.people,
        seed: options.seed,
        floor: script.floor,
        places_per_round: script.places_per_round,
    };
    let stage = open(options, &script, &mut progress).await?;
    report.agreement = agree(&stage, &script, &mut progress).await?;
    report.timings.start_ms = millis(watch);
    let lists = Lists::invent(options.seed, PARTIES, options.people);
    import_lists(&stage, &lists, options.people, &mut progress).await?;
    report.timings.import_ms = millis(watch) - report.timings.start_ms;
    for round in &script.rounds {
        let of_round = Stopwatch::start();
        let play = Play::new(&stage, round, &lists, script.places_per_round, &mut progress);
        let played = play.play().await.with_context(|| format!("round {}", round.number))?;
        report.rounds.push(played);
        report.timings.rounds_ms.push(millis(of_round));
    }
    report.gather();
    ending::check(&stage, &mut report, &mut progress).await?;
    report.timings.whole_ms = millis(watch);
    ending::write(&options.dir, &report)?;
    progress.done();
    Ok(Played { report, stage })
}

fn millis(watch: Stopwatch) -> u64 {
    u64::try_from(watch.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Makes the folder; refuses one that holds anything.
fn empty_folder(dir: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let mut inside = std::fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    if inside.next().is_some() {
        let why = "is not empty: a rehearsal begins in an empty folder";
        return Err(files::unusable(format!("{} {why}", dir.display())));
    }
    Ok(())
}

/// Starts the nodes and signs everybody in.
async fn open(options: &Options, script: &Scenario, progress: &mut Progress) -> anyhow::Result<Stage> {
    progress.step("two parties and a neutral start");
    let first = script.rounds.first().context("a script without rounds")?;
    let [a, b, c] =
        cluster::start(&options.dir, options.seed, first.nominated_on - Duration::days(2)).await?;
    progress.step("officers sign in by one-time links");
    let (a, b, neutral) = tokio::try_join!(Side::open(a), Side::open(b), Side::open(c))?;
    Ok(Stage { sides: [a, b], neutral })
}

/// One side puts the text forward, the other accepts it, each by two officers; answers the text's digest.
async fn agree(stage: &Stage, script: &Scenario, progress: &mut Progress) -> anyhow::Result<String> {
    let number = |value: usize| u32::try_from(value).context("more people than terms can name");
    let mut rounds = Vec::new();
    for round in &script.rounds {
        rounds.push((number(round.number)?, round.planned_on));
    }
    let places = number(script.places_per_round)?;
    let text = rehearsal::terms::istanbul_shaped(number(script.floor)?, places, &rounds);
    Terms::parse(&text).map_err(|why| anyhow::anyhow!("the rehearsed terms: {why}"))?;
    progress.step("the agreement is put forward and accepted");
    let [a, b] = &stage.sides;
    a.two_officers("/agreement", vec![("terms", text)], "agreement").await?;
    standing(b, "put-forward").await?;
    b.two_officers("/agreement/accept", Vec::new(), "accept-agreement").await?;
    let (of_a, of_b) = tokio::try_join!(standing(a, "in-force"), standing(b, "in-force"))?;
    ensure!(of_a.digest == of_b.digest, "the two sides have different texts in force");
    of_a.digest.context("an agreement in force without a digest")
}

async fn standing(side: &Side, state: &str) -> anyhow::Result<Agreement> {
    let what = format!("an agreement {state}");
    desk::wait(&side.node.party, &what, async || {
        let view: Agreement = side.officer(Role::Negotiator).get("/agreement").await?;
        Ok((view.state == state).then_some(view))
    })
    .await
}

/// Each side imports whom it holds and whom it seeks.
async fn import_lists(
    stage: &Stage,
    lists: &Lists,
    people: usize,
    progress: &mut Progress,
) -> anyhow::Result<()> {
    progress.step(format!("each side imports {people} people held and {people} sought"));
    let both = async |index: usize| -> anyhow::Result<()> {
        let side = &stage.sides[index];
        for (list, csv) in [("held", lists.held(index)), ("sought", lists.sought(index))] {
            let imported = import(side, list, &format!("{list}.csv"), &csv).await?;
            ensure!(imported == people, "{}: {imported} of {people} {list} came in", side.node.party);
        }
        Ok(())
    };
    tokio::try_join!(both(0), both(1))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_something_in_it_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        assert!(empty_folder(folder.path()).is_ok());
        std::fs::write(folder.path().join("letter"), "x").unwrap();
        let said = empty_folder(folder.path()).unwrap_err().to_string();
        assert!(said.contains("is not empty"), "{said}");
    }
}
