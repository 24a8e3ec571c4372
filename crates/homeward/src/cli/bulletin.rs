//! `homeward bulletin check`: whether a draft gives a withheld number away, by its words or by what its figures come to.
//!
//! Decides how the verdict is told; refuses to know how it is reached. The answer shows the withheld number that follows,
//! since whoever releases the draft would have published it: it is for the desk, not for the press.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use exchange::bulletin::file::{self, FILE_BYTES_MAX, Verdict};
use exchange::bulletin::guard::{Derivation, How, Since};
use exchange::bulletin::{Bulletin, Finding, Ground, Segment, TypedField};
use serde_json::{Value, json};

use super::{DONE, NOT_HELD, files, out};

/// Bulletins.
#[derive(Args, Debug)]
pub struct BulletinArgs {
    #[command(subcommand)]
    command: BulletinCommand,
}

/// What can be done with bulletins.
#[derive(Subcommand, Debug)]
enum BulletinCommand {
    Check(Check),
}

/// Refuse a draft from which a withheld number follows, and say how.
#[derive(Args, Debug)]
struct Check {
    /// Everything published so far, and what is withheld (TOML).
    published: PathBuf,
    /// The draft (TOML).
    draft: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: BulletinArgs) -> anyhow::Result<ExitCode> {
    let BulletinCommand::Check(args) = args.command;
    let texts = [read(&args.published)?, read(&args.draft)?];
    let (published, draft) = match texts {
        [Ok(published), Ok(draft)] => (published, draft),
        [Err(why), _] | [_, Err(why)] => return out::refused(args.json, &why),
    };
    let refused = |path: &Path, error: file::FileError| {
        out::refused(args.json, &format!("{}: {error}", files::name(path)))
    };
    let published = match file::published(&published) {
        Ok(published) => published,
        Err(error) => return refused(&args.published, error),
    };
    let draft = match file::draft(&draft, &published) {
        Ok(draft) => draft,
        Err(error) => return refused(&args.draft, error),
    };
    let verdict = file::check(&published, &draft);
    if args.json {
        out::json(&answer(&draft, &verdict))?;
    } else {
        say(&draft, &verdict)?;
    }
    Ok(ExitCode::from(if verdict.holds() { DONE } else { NOT_HELD }))
}

/// Reads a file's text, or says why it is refused.
fn read(path: &Path) -> anyhow::Result<Result<String, String>> {
    let bytes = files::read_bounded(path, FILE_BYTES_MAX)?;
    Ok(String::from_utf8(bytes).map_err(|_| format!("{}: not UTF-8", files::name(path))))
}

fn say(draft: &Bulletin, verdict: &Verdict) -> anyhow::Result<()> {
    let segments = draft.segments();
    for finding in &verdict.findings {
        out::line(format!("{}: {}", place(&segments, finding), ground(&finding.ground)))?;
    }
    match &verdict.derivations {
        Ok(derivations) => {
            for derivation in derivations {
                out::line(format!("{}: {derivation}", since(derivation)))?;
            }
        }
        Err(why) => out::line(format!("cannot be shown to be safe: {why}"))?,
    }
    let round = draft.round;
    let last = if verdict.holds() {
        format!("The draft for round {round} holds: no withheld number is in it, and none follows from it.")
    } else {
        format!("REFUSED: the draft for round {round} does not hold.")
    };
    Ok(out::line(last)?)
}

fn answer(draft: &Bulletin, verdict: &Verdict) -> Value {
    let segments = draft.segments();
    let finding = |finding: &Finding| {
        json!({
            "place": place(&segments, finding), "from": finding.at.start, "to": finding.at.end,
            "why": ground(&finding.ground),
        })
    };
    let derivation = |derivation: &Derivation| {
        let (low, high) = match &derivation.how {
            How::Exact { value, .. } => (value.to_string(), value.to_string()),
            How::Between { low, high, .. } => (low.to_string(), high.to_string()),
        };
        json!({
            "withheld": derivation.withheld, "since": since(derivation), "least": low, "most": high,
            "how": derivation.to_string(),
        })
    };
    let derivations = verdict.derivations.as_ref();
    json!({
        "round": draft.round,
        "holds": verdict.holds(),
        "findings": verdict.findings.iter().map(finding).collect::<Vec<_>>(),
        "derivations": derivations.map_or_else(|_| Vec::new(), |all| all.iter().map(derivation).collect()),
        "cannot_be_shown": derivations.err().map(|why| why.to_string()),
    })
}

fn since(derivation: &Derivation) -> &'static str {
    match derivation.since {
        Since::Published => "follows already from what is published",
        Since::Draft => "follows with this draft",
    }
}

fn place(segments: &[Segment], finding: &Finding) -> String {
    match segments.get(finding.segment) {
        Some(Segment::Typed(field, _)) => named(*field).to_owned(),
        Some(Segment::Free(language, text)) => {
            let before = text.get(..finding.at.start).map_or(0, |before| before.chars().count());
            format!("statement.{language}, character {}", before + 1)
        }
        None => "the draft".to_owned(),
    }
}

fn named(field: TypedField) -> &'static str {
    match field {
        TypedField::Round => "round",
        TypedField::Date => "released_on",
        TypedField::Crossing => "crossing",
        TypedField::Category => "categories",
        TypedField::CaptureYears => "capture_years",
        TypedField::Conditions => "conditions",
        TypedField::Thanks => "thanks",
        TypedField::Total => "facts",
        TypedField::RoundPersons => "number of persons",
    }
}

fn ground(ground: &Ground) -> String {
    match ground {
        Ground::Withheld(field) => format!("the agreement withholds it ({})", field.code()),
        Ground::Number { word, .. } => format!("a number in free words: {word}"),
    }
}
