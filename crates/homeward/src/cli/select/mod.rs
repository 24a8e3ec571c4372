//! `homeward select`: who goes in a round, of both sides, and the check of a roll that somebody else has made.
//!
//! Decides which files are read and written and what is said; refuses to know how a roll is found or shown to be the best,
//! which [`joint`](exchange::selection::joint) does.

pub mod certificate;
mod chances;
mod check;
mod explain;
mod make;
mod plan;
pub mod words;

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use exchange::selection::joint::{ChanceRule, People, Rules, SelectError, file};
use serde_json::json;

use super::{NOT_HELD, files, out, progress};

/// How much of a table is read at a time, in bytes.
const BUFFER_BYTES: usize = 1 << 18;

/// Select who goes in a round, of both sides; or check a roll.
///
/// Reads the rules of the round (docs/formats/round.md) and the people of both sides, and finds the one best roll: in the order
/// of the levels, those asked for by name first, then the first class, and so on down to the lot. The same rules, people and
/// seed give the same roll on every machine, so each side can select for itself and compare one digest. The certificate shows
/// the other side, without selecting again, that no other roll is better.
///
/// With --out the roll and its certificate are written. Where the rules cannot all be met there is no roll, not even a part of
/// one: the rules that stand against one another are named.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  \
    homeward select --rules examples/selection/rules.toml --pool examples/selection/pool.csv --seed HEX\n  \
    homeward select --rules RULES.toml --pool POOL.csv --seed HEX --out ROUND-1      writes roll.csv and certificate.json\n  \
    homeward select check --rules RULES.toml --pool POOL.csv --seed HEX --roll ROLL.csv --certificate CERTIFICATE.json\n  \
    homeward select explain --rules RULES.toml --pool POOL.csv --seed HEX ITEM       why this person goes or stays\n  \
    homeward select plan --rules ROUND-1.toml ROUND-2.toml --pool POOL.csv --seed HEX          a forecast of the rounds\n  \
    homeward select chances --rules RULES.toml --pool POOL.csv --seed HEX            leximin in place of the lots\n\n\
    Exit: 0 done, 1 failed, 2 refused input (with line and field), 3 the rules cannot be met, or a roll does not hold."
)]
pub struct SelectArgs {
    #[command(subcommand)]
    command: Option<Sub>,
    // Apart from what `make` takes: an optional group of arguments cannot hold another.
    #[command(flatten)]
    round: Option<RoundArgs>,
    #[command(flatten)]
    make: make::MakeArgs,
}

#[derive(Subcommand, Debug)]
enum Sub {
    Chances(chances::ChancesArgs),
    Check(check::CheckArgs),
    Explain(explain::ExplainArgs),
    Plan(plan::PlanArgs),
}

/// What a round is selected from.
#[derive(Args, Debug)]
struct RoundArgs {
    /// The rules of the round (TOML, docs/formats/round.md).
    #[arg(long)]
    rules: PathBuf,
    /// The people of both sides (CSV, docs/formats/round.md).
    #[arg(long)]
    pool: PathBuf,
    /// The joint seed, 64 hexadecimal digits. It decides the lots, and follows from what both parties revealed after they
    /// had committed to the people.
    #[arg(long, value_name = "HEX")]
    seed: String,
}

/// Runs the command.
pub fn run(args: SelectArgs) -> anyhow::Result<ExitCode> {
    match (args.command, args.round) {
        (Some(Sub::Chances(args)), _) => chances::run(&args),
        (Some(Sub::Check(args)), _) => check::run(&args),
        (Some(Sub::Explain(args)), _) => explain::run(&args),
        (Some(Sub::Plan(args)), _) => plan::run(&args),
        (None, Some(round)) => make::run(&round, &args.make),
        (None, None) => Err(files::unusable("select: give --rules, --pool and --seed".to_owned())),
    }
}

/// A round as it was read.
struct Read {
    rules: Rules,
    people: People,
    seed: [u8; 32],
}

impl RoundArgs {
    /// Reads the rules, the people and the seed, or says what is refused.
    fn read(&self) -> anyhow::Result<Result<Read, String>> {
        let seed = match read_seed(&self.seed) {
            Ok(seed) => seed,
            Err(why) => return Ok(Err(why)),
        };
        let rules = match read_rules(&self.rules)? {
            Ok(rules) => rules,
            Err(why) => return Ok(Err(why)),
        };
        Ok(read_people(&rules, &self.pool)?.map(|people| Read { rules, people, seed }))
    }
}

/// Why a command that looks at lots does not read rules that choose chances.
const BY_CHANCES: &str = "chances: \"leximin\": who goes follows from chances and not from lots; homeward select chances finds and checks the roll";

impl RoundArgs {
    /// The same where lots choose; rules that choose chances are refused.
    fn read_by_lots(&self) -> anyhow::Result<Result<Read, String>> {
        let by_lots = |read: Read| match read.rules.chances {
            ChanceRule::Lots => Ok(read),
            ChanceRule::Leximin => Err(format!("{}: {BY_CHANCES}", files::name(&self.rules))),
        };
        Ok(self.read()?.and_then(by_lots))
    }
}

fn read_seed(text: &str) -> Result<[u8; 32], String> {
    match text.parse() {
        Ok(exchange::ids::Digest(seed)) => Ok(seed),
        Err(_) => Err("--seed: not 64 hexadecimal digits".to_owned()),
    }
}

fn read_rules(path: &Path) -> anyhow::Result<Result<Rules, String>> {
    let bytes = files::read_bounded(path, file::RULES_BYTES_MAX)?;
    let name = files::name(path);
    let Ok(text) = String::from_utf8(bytes) else { return Ok(Err(format!("{name}: not UTF-8"))) };
    Ok(file::rules(&text).map_err(|error| format!("{name}: {error}")))
}

fn read_people(rules: &Rules, path: &Path) -> anyhow::Result<Result<People, String>> {
    // Opened first, so that a file which is not there is told from a line that is refused.
    drop(open(path)?);
    let again = || Ok(BufReader::with_capacity(BUFFER_BYTES, File::open(path)?));
    match progress::during("reading the people", || file::people(rules, again)) {
        Ok(people) => Ok(Ok(people)),
        Err(file::PoolError::Io(why)) => {
            Err(anyhow::Error::new(why).context(format!("cannot read {}", path.display())))
        }
        Err(error) => Ok(Err(format!("{}: {error}", files::name(path)))),
    }
}

/// Says why there is no roll: every conflict, each of its rules in a sentence.
fn no_roll(args: &RoundArgs, json: bool, rules: &Rules, why: SelectError) -> anyhow::Result<ExitCode> {
    let conflicts = match &why {
        SelectError::Rules(_) | SelectError::TooWide(_) => {
            return out::refused(json, &format!("{}: {why}", files::name(&args.rules)));
        }
        // Not a proof that there is none.
        SelectError::NoneFound => return Err(why.into()),
        SelectError::Conflict { .. } | SelectError::Groups | SelectError::Balance => {
            words::conflicts(rules, &why)
        }
    };
    if json {
        out::json(&json!({ "no_roll": why.to_string(), "conflicts": conflicts }))?;
    } else {
        out::line(format!("NO ROLL: {why}"))?;
        words::conflict_lines(&conflicts).iter().try_for_each(out::line)?;
    }
    Ok(ExitCode::from(NOT_HELD))
}

/// Opens a file that was named on the command line.
fn open(path: &Path) -> anyhow::Result<BufReader<File>> {
    let file = File::open(path).map_err(|why| files::not_opened(path, why))?;
    if file.metadata().is_ok_and(|meta| meta.is_dir()) {
        return Err(files::not_opened(path, std::io::ErrorKind::IsADirectory.into()));
    }
    Ok(BufReader::with_capacity(BUFFER_BYTES, file))
}
