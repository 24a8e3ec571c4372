//! `homeward select check`: whether a roll keeps every rule and is the best there is, from the files alone.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use exchange::selection::joint::{self, CheckError, Verdict, file};
use serde::Serialize;

use super::{Read, RoundArgs, certificate, open, words};
use crate::cli::{DONE, NOT_HELD, files, out, progress};

/// How many faults are said; the first is enough to refuse a roll.
const SAID_MAX: usize = 20;

/// Check a roll by its certificate, without selecting again.
///
/// Whoever made the roll is not trusted: its rules, people and seed are one's own, and prices cannot make a worse roll look
/// better (docs/formats/certificate.md).
#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    round: RoundArgs,
    /// The roll (CSV).
    #[arg(long)]
    roll: PathBuf,
    /// The certificate (JSON).
    #[arg(long)]
    certificate: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Answer {
    holds: bool,
    says: String,
    faults: Vec<String>,
    /// The digest of a roll that holds.
    roll_digest: Option<String>,
    cost: Option<Vec<i128>>,
    bound: Option<Vec<i128>>,
}

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let Read { rules, people, seed } = match args.round.read_by_lots()? {
        Ok(read) => read,
        Err(why) => return out::refused(args.json, &why),
    };
    let roll = match file::roll(open(&args.roll)?) {
        Ok(roll) => roll,
        Err(file::RollError::Io(why)) => {
            return Err(anyhow::Error::new(why).context(format!("cannot read {}", args.roll.display())));
        }
        Err(error) => return out::refused(args.json, &format!("{}: {error}", files::name(&args.roll))),
    };
    let bytes = files::read_bounded(&args.certificate, certificate::BYTES_MAX)?;
    let name = files::name(&args.certificate);
    if bytes.len() > certificate::BYTES_MAX {
        return out::refused(args.json, &format!("{name}: longer than {} bytes", certificate::BYTES_MAX));
    }
    let held = match certificate::read(&rules, &bytes) {
        Ok(held) => held,
        Err(error) => return out::refused(args.json, &format!("{name}: {error}")),
    };
    drop(bytes);
    // Whoever is not among the people is refused by the check, and gives no digest.
    let places: Vec<usize> = roll.iter().filter_map(|item| people.place(item)).collect();
    let digest = file::Roll::of(&people, &places).digest();
    let check = || joint::check(&rules, &people, &seed, &roll, held.get());
    let told = words::Told { rules: &rules, people: &people, seed: &seed };
    let levels = &held.get().levels;
    let answer = match progress::during("checking", check) {
        Err(error @ CheckError::Rules(_)) => {
            return out::refused(args.json, &format!("{}: {error}", files::name(&args.round.rules)));
        }
        Err(error @ CheckError::TooMuch { .. }) => {
            return out::refused(args.json, &format!("{name}: {error}"));
        }
        Err(error @ (CheckError::Levels | CheckError::Prices | CheckError::Division)) => {
            refused(format!("the certificate is not one of this round: {error}"), Vec::new())
        }
        Err(error) => refused(format!("the roll breaks a rule: {}", told.unlawful(&error)), Vec::new()),
        Ok(verdict) if verdict.holds() => Answer {
            holds: true,
            says: format!(
                "The roll holds: it keeps every rule, and no other roll is as good ({} people).\nroll digest {digest}",
                roll.len()
            ),
            roll_digest: Some(digest.to_string()),
            faults: Vec::new(),
            cost: Some(verdict.cost),
            bound: Some(verdict.bound),
        },
        Ok(verdict) => {
            let faults = told.faults(levels, &verdict.wrong);
            let says = not_the_best(levels, &verdict);
            Answer { cost: Some(verdict.cost), bound: Some(verdict.bound), ..refused(says, faults) }
        }
    };
    say(args, &answer)?;
    Ok(ExitCode::from(if answer.holds { DONE } else { NOT_HELD }))
}

fn refused(says: String, faults: Vec<String>) -> Answer {
    Answer { holds: false, says, faults, roll_digest: None, cost: None, bound: None }
}

fn not_the_best(levels: &[joint::Level], verdict: &Verdict) -> String {
    if verdict.cost == verdict.bound {
        return "the certificate does not rule out another roll that is as good".to_owned();
    }
    let reached = [&verdict.cost, &verdict.bound].map(|cost| words::reached(levels, cost));
    format!(
        "the roll keeps every rule but is not shown to be the best: it reaches {}; not ruled out is {}",
        reached[0], reached[1]
    )
}

fn say(args: &CheckArgs, answer: &Answer) -> anyhow::Result<()> {
    if args.json {
        return out::json(answer);
    }
    if answer.holds {
        return Ok(out::line(&answer.says)?);
    }
    out::line(format!("DOES NOT HOLD: {}", answer.says))?;
    for fault in answer.faults.iter().take(SAID_MAX) {
        out::line(format!("  {fault}"))?;
    }
    if let Some(more) = answer.faults.len().checked_sub(SAID_MAX).filter(|more| *more > 0) {
        out::line(format!("  and {more} more"))?;
    }
    Ok(())
}
