//! `homeward select`: the roll, its certificate, and what they come to.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use exchange::ids::Item;
use exchange::selection::joint::{self, Certificate, ChanceRule, People, Rules, Selected, Verdict, file};
use serde::Serialize;
use serde_json::json;

use super::certificate::{self, Held};
use super::{RoundArgs, chances, no_roll, words};
use crate::cli::files::{self, Existing};
use crate::cli::{DONE, measured, out, progress};

/// The file of the roll.
const ROLL: &str = "roll.csv";
/// The file of the certificate.
const CERTIFICATE: &str = "certificate.json";

/// What `homeward select` itself is given besides the round.
#[derive(Args, Debug)]
pub(super) struct MakeArgs {
    /// Write roll.csv and certificate.json into this folder. Without it nothing is written.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Replace the files if they exist.
    #[arg(long, requires = "out")]
    force: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
    /// Say on standard error how long reading, selecting and checking took the processor, and the most memory used.
    #[arg(long)]
    timings: bool,
}

/// Selects a round, checks the roll as the other side will, and says or writes what was found.
pub(super) fn run(round: &RoundArgs, args: &MakeArgs) -> anyhow::Result<ExitCode> {
    let mut clock = Timings::begin();
    let read = match round.read()? {
        Ok(read) => read,
        Err(why) => return out::refused(args.json, &why),
    };
    if read.rules.chances == ChanceRule::Leximin {
        return match args.out {
            None => chances::tell(round, args.json, &read),
            // There is no certificate that could stand beside the roll.
            Some(_) => out::refused(args.json, &format!("--out: {}", super::BY_CHANCES)),
        };
    }
    clock.lap(&mut |laps, seconds| laps.read = seconds);
    let (rules, people) = (&read.rules, &read.people);
    let selected = match progress::during("selecting", || joint::select(rules, people, &read.seed)) {
        Ok(selected) => selected,
        Err(why) => return no_roll(round, args.json, rules, why),
    };
    clock.lap(&mut |laps, seconds| laps.select = seconds);
    let roll = file::Roll::of(people, &selected.chosen);
    let Selected { chosen, cost, bound, certificate } = selected;
    let held = Held::of(certificate);
    let check = || joint::check(rules, people, &read.seed, &roll.items(), held.get());
    let verdict = progress::during("checking", check)?;
    clock.lap(&mut |laps, seconds| laps.check = seconds);
    // The other side will see the same: a roll that its own certificate does not bear out is not given out.
    let borne_out = verdict.cost == cost && (verdict.bound == cost || bound != cost);
    anyhow::ensure!(borne_out, "the certificate does not bear out the roll; nothing was written");
    let made =
        Made { rules, people, chosen: &chosen, roll: &roll, certificate: held.get(), verdict: &verdict };
    if let Some(folder) = &args.out {
        let existing = if args.force { Existing::Replace } else { Existing::Keep };
        let certificate = certificate::text(rules, held.get(), &verdict.cost, &verdict.bound)?;
        // The certificate gets its name first: a roll never stands without one.
        let all = [(CERTIFICATE, certificate.into_bytes()), (ROLL, roll.text().into_bytes())];
        files::write_together(folder, &all, existing)?;
    }
    if args.json {
        out::json(&made.answer())?
    } else {
        made.say(args.out.as_ref())?
    }
    if args.timings {
        clock.say(&made);
    }
    Ok(ExitCode::from(DONE))
}

/// A round as it was selected.
struct Made<'a> {
    rules: &'a Rules,
    people: &'a People,
    chosen: &'a [usize],
    roll: &'a file::Roll,
    certificate: &'a Certificate,
    verdict: &'a Verdict,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Answer {
    people: usize,
    sides: Vec<SideAnswer>,
    levels: Vec<String>,
    cost: Vec<i128>,
    bound: Vec<i128>,
    best: bool,
    roll_digest: String,
    roll: Vec<String>,
}

#[derive(Serialize)]
struct SideAnswer {
    party: String,
    people: usize,
    cells: Vec<CellAnswer>,
}

/// How many of one category and class.
#[derive(Serialize)]
struct CellAnswer {
    category: String,
    class: u8,
    people: u32,
}

impl Made<'_> {
    /// How many go of a side: a row for each category, a column for each class.
    fn counts(&self, side: usize) -> Vec<Vec<u32>> {
        let mut counts = vec![vec![0; usize::from(self.rules.classes)]; self.rules.categories.len()];
        let going = self.chosen.iter().map(|&at| &self.people.rows()[at]);
        for person in going.filter(|person| usize::from(person.side) == side) {
            // Classes count from 1.
            counts[usize::from(person.category)][usize::from(person.class) - 1] += 1;
        }
        counts
    }

    fn answer(&self) -> Answer {
        let cells = |side: usize| {
            let rows = self.counts(side).into_iter().zip(&self.rules.categories);
            let cells = rows.flat_map(|(row, category)| {
                let classes = row.into_iter().zip(1_u8..).filter(|(people, _)| *people > 0);
                classes.map(|(people, class)| CellAnswer { category: category.id.clone(), class, people })
            });
            cells.collect()
        };
        let side = |side: usize| SideAnswer {
            party: self.rules.sides[side].party.to_string(),
            people: self.roll.sides()[side].len(),
            cells: cells(side),
        };
        Answer {
            people: self.people.rows().len(),
            sides: vec![side(0), side(1)],
            levels: self.certificate.levels.iter().map(|level| certificate::code(*level)).collect(),
            cost: self.verdict.cost.clone(),
            bound: self.verdict.bound.clone(),
            best: self.verdict.holds(),
            roll_digest: self.roll.digest().to_string(),
            roll: self.roll.items().iter().map(Item::to_string).collect(),
        }
    }

    fn say(&self, folder: Option<&PathBuf>) -> anyhow::Result<()> {
        for (side, places) in self.rules.sides.iter().enumerate() {
            let all = self.people.rows().iter().filter(|person| usize::from(person.side) == side).count();
            let going = self.roll.sides()[side].len();
            out::line(format!("{}: {going} of {all} people go", places.party))?;
            for line in words::table(self.rules, &self.counts(side)) {
                out::line(format!("  {line}"))?;
            }
        }
        let levels = &self.certificate.levels;
        out::line(format!("\nwhat the roll reaches: {}", words::reached(levels, &self.verdict.cost)))?;
        let Verdict { cost, bound, only, .. } = self.verdict;
        out::line(match () {
            () if self.verdict.holds() => {
                "It is the best there is: the certificate shows that no other roll is as good.".to_owned()
            }
            () if cost == bound && !only => {
                "No roll is better; the certificate does not rule out another that is as good.".to_owned()
            }
            () => format!(
                "It is the best known. A better one is not ruled out; none can reach more than: {}",
                words::reached(levels, bound)
            ),
        })?;
        out::line(format!("roll digest {}", self.roll.digest()))?;
        if let Some(folder) = folder {
            out::line(format!(
                "written: {} and {}",
                folder.join(ROLL).display(),
                folder.join(CERTIFICATE).display()
            ))?;
        }
        Ok(())
    }
}

/// Seconds of the processor, step by step.
#[derive(Default)]
struct Laps {
    read: Option<f64>,
    select: Option<f64>,
    check: Option<f64>,
}

struct Timings {
    last: Option<f64>,
    laps: Laps,
}

impl Timings {
    fn begin() -> Self {
        Self { last: measured::cpu_seconds(), laps: Laps::default() }
    }

    fn lap(&mut self, put: &mut dyn FnMut(&mut Laps, Option<f64>)) {
        let now = measured::cpu_seconds();
        put(&mut self.laps, now.zip(self.last).map(|(now, last)| now - last));
        self.last = now;
    }

    /// Says on standard error what the steps took.
    fn say(&self, made: &Made<'_>) {
        // Sums of whole people; what does not fit is shown as far as it goes.
        let cost = made.verdict.cost.iter().map(|level| i64::try_from(*level).unwrap_or(i64::MAX));
        let line = json!({
            "people": made.people.rows().len(), "read_seconds": self.laps.read,
            "select_seconds": self.laps.select, "check_seconds": self.laps.check,
            "peak_kb": measured::peak_kb(), "places": made.chosen.len(), "best": made.verdict.holds(),
            "cost": cost.collect::<Vec<_>>(),
        });
        // Nothing is left to tell it to when standard error is closed.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{line}\n").as_bytes());
    }
}
