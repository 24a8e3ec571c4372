//! `homeward select`: who goes in a round, of both sides, and the check of a roll that somebody else has made.
//!
//! Decides which files are read and written and what is said; refuses to know how a roll is found or shown to be the best,
//! which [`joint`](exchange::selection::joint) does.

mod certificate;
mod chances;
mod check;
mod explain;
mod make;
mod words;

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use exchange::selection::joint::{People, Rules, file};

use super::{files, progress};

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
    homeward select chances --rules RULES.toml --pool POOL.csv --seed HEX            leximin in place of the lots\n\n\
    Exit: 0 done, 1 failed, 2 refused input (with line and field), 3 the rules cannot be met, or a roll does not hold."
)]
pub struct SelectArgs {
    #[command(subcommand)]
    command: Option<Sub>,
    #[command(flatten)]
    make: Option<make::MakeArgs>,
}

#[derive(Subcommand, Debug)]
enum Sub {
    Chances(chances::ChancesArgs),
    Check(check::CheckArgs),
    Explain(explain::ExplainArgs),
}

/// What a round is selected from, as it was named on the command line.
#[derive(Clone, Copy)]
struct Round<'a> {
    rules: &'a Path,
    pool: &'a Path,
    seed: &'a str,
}

/// Runs the command.
pub fn run(args: SelectArgs) -> anyhow::Result<ExitCode> {
    match (args.command, args.make) {
        (Some(Sub::Chances(args)), _) => chances::run(&args),
        (Some(Sub::Check(args)), _) => check::run(&args),
        (Some(Sub::Explain(args)), _) => explain::run(&args),
        (None, Some(args)) => make::run(&args),
        (None, None) => Err(files::unusable("select: give --rules, --pool and --seed".to_owned())),
    }
}

/// A round as it was read.
struct Read {
    rules: Rules,
    people: People,
    seed: [u8; 32],
}

impl Round<'_> {
    /// Reads the rules, the people and the seed, or says what is refused.
    fn read(&self) -> anyhow::Result<Result<Read, String>> {
        let Ok(exchange::ids::Digest(seed)) = self.seed.parse() else {
            return Ok(Err("--seed: not 64 hexadecimal digits".to_owned()));
        };
        let bytes = files::read_bounded(self.rules, file::RULES_BYTES_MAX)?;
        let name = files::name(self.rules);
        let Ok(text) = String::from_utf8(bytes) else { return Ok(Err(format!("{name}: not UTF-8"))) };
        let rules = match file::rules(&text) {
            Ok(rules) => rules,
            Err(error) => return Ok(Err(format!("{name}: {error}"))),
        };
        // Opened first, so that a file which is not there is told from a line that is refused.
        drop(open(self.pool)?);
        let again = || Ok(BufReader::with_capacity(BUFFER_BYTES, File::open(self.pool)?));
        match progress::during("reading the people", || file::people(&rules, again)) {
            Ok(people) => Ok(Ok(Read { rules, people, seed })),
            Err(file::PoolError::Io(why)) => {
                Err(anyhow::Error::new(why).context(format!("cannot read {}", self.pool.display())))
            }
            Err(error) => Ok(Err(format!("{}: {error}", files::name(self.pool)))),
        }
    }
}

/// Opens a file that was named on the command line.
fn open(path: &Path) -> anyhow::Result<BufReader<File>> {
    let file = File::open(path).map_err(|why| files::not_opened(path, why))?;
    if file.metadata().is_ok_and(|meta| meta.is_dir()) {
        return Err(files::not_opened(path, std::io::ErrorKind::IsADirectory.into()));
    }
    Ok(BufReader::with_capacity(BUFFER_BYTES, file))
}
