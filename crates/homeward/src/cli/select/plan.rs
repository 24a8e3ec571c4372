//! `homeward select plan`: several rounds ahead, and how much sooner it could have been at the very most.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use exchange::selection::joint::{self, ChanceRule, Level, People, Plan, PlanError, PlanRound, Rules, file};
use serde::Serialize;

use super::{certificate, read_people, read_rules, read_seed, words};
use crate::cli::{DONE, NOT_HELD, files, out, progress};

/// Forecast several rounds, each the best of those who are then left, and how much sooner it could have been at the very most.
///
/// Decides nothing and writes nothing. People die, refuse, are captured and are found: every round is selected anew from the
/// people there are then. The rounds may differ in their numbers alone (places, quotas), not in their caps, categories,
/// classes or order; the same file may stand for several rounds.
///
/// For every class the forecast says how many people of it, and of the classes before it, will have gone by the end of each
/// round, and above what number no plan can be, whatever it looks ahead to and whatever it does about everybody else. The
/// difference is how much sooner it could have been at the very most; where it is 0, no plan brings them home sooner.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  \
    homeward select plan --rules ROUND-1.toml ROUND-2.toml ROUND-2.toml --pool POOL.csv --seed HEX\n\n\
    Exit: 0 every round can be made, 1 failed, 2 refused input, 3 a round cannot be made of those who are then left.")]
pub(super) struct PlanArgs {
    /// The rules of each round, in order (TOML, docs/formats/round.md).
    #[arg(long, required = true, num_args = 1..)]
    rules: Vec<PathBuf>,
    /// The people of both sides before the first round (CSV, docs/formats/round.md).
    #[arg(long)]
    pool: PathBuf,
    /// The seed of the lots, 64 hexadecimal digits. One seed for all the rounds: a real round has its own, so of people who are level in
    /// everything the forecast cannot know who goes first.
    #[arg(long, value_name = "HEX")]
    seed: String,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &PlanArgs) -> anyhow::Result<ExitCode> {
    let seed = match read_seed(&args.seed) {
        Ok(seed) => seed,
        Err(why) => return out::refused(args.json, &why),
    };
    let mut rounds = Vec::new();
    for path in &args.rules {
        match read_rules(path)? {
            Ok(rules) => rounds.push(rules),
            Err(why) => return out::refused(args.json, &why),
        }
    }
    if let Some(at) = rounds.iter().position(|rules| rules.chances == ChanceRule::Leximin) {
        let file = files::name(&args.rules[at]);
        let why = "chances draw this round, and who is left for the next cannot be foretold; plan it with chances = \"lots\"";
        return out::refused(args.json, &format!("{file}: {why}"));
    }
    let people = match read_people(&rounds[0], &args.pool)? {
        Ok(people) => people,
        Err(why) => return out::refused(args.json, &why),
    };
    let plan = match progress::during("planning", || joint::plan(&rounds, &people, &seed)) {
        Ok(plan) => plan,
        Err(error) => return out::refused(args.json, &refusal(args, &error)),
    };
    let forecast = Forecast { args, rounds: &rounds, people: &people, plan: &plan, seed };
    if args.json {
        out::json(&forecast.answer())?;
    } else {
        forecast.lines().iter().try_for_each(out::line)?;
    }
    Ok(ExitCode::from(if plan.stopped.is_none() { DONE } else { NOT_HELD }))
}

/// Why rounds cannot be planned together, with the file at fault.
fn refusal(args: &PlanArgs, error: &PlanError) -> String {
    match error {
        PlanError::Rules { round, .. } | PlanError::Shape(round) | PlanError::Balance(round) => {
            format!("{}: {error}", files::name(&args.rules[round - 1]))
        }
        PlanError::TooMany(_) => format!("--rules: {error}"),
    }
}

struct Forecast<'a> {
    args: &'a PlanArgs,
    rounds: &'a [Rules],
    people: &'a People,
    plan: &'a Plan,
    seed: [u8; 32],
}

/// The answer in JSON.
#[derive(Serialize)]
struct Answer {
    people: usize,
    levels: Vec<String>,
    rounds: Vec<RoundAnswer>,
    sooner_at_most: Vec<SoonerAnswer>,
    stopped: Option<StoppedAnswer>,
}

#[derive(Serialize)]
struct RoundAnswer {
    rules: String,
    roll: Vec<String>,
    classes: Vec<ClassAnswer>,
    cost: Vec<i128>,
    bound: Option<Vec<i128>>,
}

#[derive(Serialize)]
struct ClassAnswer {
    class: u8,
    go: u32,
    gone: u32,
    gone_at_most: u32,
}

#[derive(Serialize)]
struct SoonerAnswer {
    class: u8,
    person_rounds: u64,
}

#[derive(Serialize)]
struct StoppedAnswer {
    round: usize,
    rules: String,
    no_roll: String,
    conflicts: Vec<Vec<String>>,
}

impl Forecast<'_> {
    /// The levels before the lots.
    fn levels(&self) -> Vec<Level> {
        let levels = Level::of(&self.rounds[0]).into_iter();
        levels.filter(|level| !matches!(level, Level::Lot | Level::NextLot)).collect()
    }

    fn classes(&self) -> std::ops::RangeInclusive<u8> {
        1..=self.rounds[0].classes
    }

    fn stopped(&self) -> Option<StoppedAnswer> {
        let why = self.plan.stopped.as_ref()?;
        let at = self.plan.rounds.len();
        Some(StoppedAnswer {
            round: at + 1,
            rules: files::name(&self.args.rules[at]),
            no_roll: why.to_string(),
            conflicts: words::conflicts(&self.rounds[at], why),
        })
    }

    fn answer(&self) -> Answer {
        let round = |(round, path): (&PlanRound, &PathBuf)| RoundAnswer {
            rules: files::name(path),
            roll: file::Roll::of(self.people, &round.chosen)
                .items()
                .iter()
                .map(ToString::to_string)
                .collect(),
            classes: round
                .classes
                .iter()
                .map(|ahead| ClassAnswer {
                    class: ahead.class,
                    go: ahead.places,
                    gone: ahead.gone,
                    gone_at_most: ahead.at_most,
                })
                .collect(),
            cost: round.cost.clone(),
            bound: round.bound.clone(),
        };
        let sooner = |class| SoonerAnswer { class, person_rounds: self.plan.sooner_at_most(class) };
        Answer {
            people: self.people.rows().len(),
            levels: self.levels().into_iter().map(certificate::code).collect(),
            rounds: self.plan.rounds.iter().zip(&self.args.rules).map(round).collect(),
            sooner_at_most: self.classes().map(sooner).collect(),
            stopped: self.stopped(),
        }
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            "A forecast and no decision: every round is selected anew from the people there are then."
                .to_owned(),
        ];
        let (all, mut gone) = (self.people.rows().len(), 0);
        for (at, (round, path)) in self.plan.rounds.iter().zip(&self.args.rules).enumerate() {
            gone += round.chosen.len();
            let (number, go, left) = (at + 1, round.chosen.len(), all - gone);
            lines.push(format!(
                "\nround {number} ({}): {go} people go, {left} of {all} are left",
                files::name(path)
            ));
            if go == 0 {
                lines.push(format!("  {}", self.why_nobody(at)));
            }
            lines.extend(self.table(round));
            lines.push(format!("  {}", self.against_the_bound(round)));
        }
        if let Some(stopped) = self.stopped() {
            let StoppedAnswer { round, rules, no_roll, conflicts } = stopped;
            lines.push(format!("\nround {round} ({rules}): NO ROLL of those who are then left: {no_roll}"));
            lines.extend(words::conflict_lines(&conflicts));
        }
        if !self.plan.rounds.is_empty() {
            lines.push("\nHow much sooner it could have been at the very most:".to_owned());
            lines.extend(self.classes().map(|class| self.sooner(class)));
        }
        lines
    }

    /// Why nobody goes in a round: nobody is left, or what holds those back who are.
    fn why_nobody(&self, at: usize) -> String {
        let gone: BTreeSet<usize> =
            self.plan.rounds[..at].iter().flat_map(|round| &round.chosen).copied().collect();
        let rows = self.people.rows().iter().enumerate();
        let left: Vec<_> = rows.filter(|(place, _)| !gone.contains(place)).map(|(_, one)| *one).collect();
        if left.is_empty() {
            return "nobody is left to go".to_owned();
        }
        // They were people of these rules before.
        let held = People::new(&self.rounds[at], left)
            .map(|left| words::held_back(&self.rounds[at], &left, &self.seed))
            .unwrap_or_default();
        match &held[..] {
            [] => "no single rule holds those back who are left; several do together".to_owned(),
            rules => format!("nobody can go: {}", rules.join("; ")),
        }
    }

    /// Classes across; who goes, who has gone by then with the classes before, and the most any plan could reach.
    fn table(&self, round: &PlanRound) -> Vec<String> {
        let head = round.classes.iter().map(|ahead| format!("{:>9}", format!("class {}", ahead.class)));
        let row = |name: &str, of: &dyn Fn(&joint::ClassAhead) -> u32| {
            let cells: String = round.classes.iter().map(|ahead| format!("{:>9}", of(ahead))).collect();
            format!("  {name:<42}{cells}")
        };
        vec![
            format!("  {:<42}{}", "", head.collect::<String>()),
            row("go", &|ahead| ahead.places),
            row("gone by then, with the classes before", &|ahead| ahead.gone),
            row("no plan can have brought home more than", &|ahead| ahead.at_most),
        ]
    }

    fn against_the_bound(&self, round: &PlanRound) -> String {
        let levels = self.levels();
        let reached = words::reached(&levels, &round.cost);
        match &round.bound {
            Some(bound) if *bound == round.cost => {
                format!("reached by then: {reached}; in the order of the levels no plan can be ahead of it")
            }
            Some(bound) => {
                let bound = words::reached(&levels, bound);
                format!(
                    "reached by then: {reached}; in the order of the levels no plan can be ahead of: {bound}"
                )
            }
            None => format!("reached by then: {reached}; no bound was found in the effort allowed"),
        }
    }

    fn sooner(&self, class: u8) -> String {
        let whose = if class == 1 { "class 1".to_owned() } else { format!("classes 1 to {class}") };
        match self.plan.sooner_at_most(class) {
            0 => format!("  {whose}: not at all"),
            1 => format!("  {whose}: one person by one round"),
            sooner => {
                format!("  {whose}: {sooner} person-rounds (so many people by one round, or fewer by more)")
            }
        }
    }
}
