//! `homeward ledger`: the account of an agreement from its acts, or published figures of exchanges laid side by side.
//!
//! Decides what is shown and how; refuses to decide which of two numbers is right. A difference is an answer, not a
//! failure: the command is done when everything could be read and booked.

mod account;
mod answer;
mod published;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{files, out};

/// Largest terms, in bytes.
const TERMS_BYTES_MAX: usize = 1 << 20;

/// Book the acts of an agreement and show what they come to; or lay published figures side by side.
///
/// With the terms of an agreement (docs/formats/terms.md) the acts are booked by double entry: what both sides have said is
/// posted, what one side alone says stands beside it. Balances are shown per clause, as the text has it and as every party
/// reads it. Nothing is corrected and nothing is settled.
///
/// With a mapping of published figures (docs/formats/figures.md) the table is laid out, summed, and compared with the
/// published totals.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    homeward ledger examples/agreements/sherman-hood-1864/terms.toml examples/agreements/sherman-hood-1864/acts.csv\n  \
    homeward ledger TERMS.toml ACTS.csv --of to-north/1/filled     the acts behind one figure\n  \
    homeward ledger TERMS.toml OURS.csv --against THEIRS.csv       differences per figure and per person\n  \
    homeward ledger TERMS.toml ACTS.csv --at 2025-06-20            phases and notices as of a day\n\n\
    Exit: 0 done, 1 failed, 2 refused input (with line and clause), 3 two accounts differ (with --against).")]
pub struct Ledger {
    /// The terms of the agreement, or a mapping of published figures (TOML).
    pub terms: PathBuf,
    /// The acts, or the table of published figures (CSV).
    pub acts: PathBuf,
    /// The moment for which phases, notices and conditions are shown: a day, or day and time with an offset. The last
    /// moment of the acts unless given.
    #[arg(long, value_name = "MOMENT")]
    pub at: Option<String>,
    /// Show the acts behind figures: LEG, LEG/ROUND or LEG/ROUND/POST, such as to-north/1/filled. Round 0 is none.
    #[arg(long, value_name = "ACCOUNT")]
    pub of: Option<String>,
    /// Lay the account beside another file of acts, per figure, per person and per lot. Neither is changed. Without
    /// --stated-by only what both sides have said is compared, in each file: a release or a receipt of one side alone is not.
    #[arg(long, value_name = "ACTS")]
    pub against: Option<PathBuf>,
    /// Take the other file as what this party alone states, not as what both sides state.
    #[arg(long, value_name = "PARTY", requires = "against")]
    pub stated_by: Option<String>,
    /// Book acts dated outside the windows of their phases too, and list them. Without it they are refused.
    #[arg(long)]
    pub outside: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
    /// Say on standard error how long it took and how much memory was used at the most.
    #[arg(long, hide = true)]
    pub measure: bool,
}

/// Runs the command.
pub fn run(args: Ledger) -> anyhow::Result<ExitCode> {
    let bytes = files::read_bounded(&args.terms, TERMS_BYTES_MAX)?;
    let name = files::name(&args.terms);
    if bytes.len() > TERMS_BYTES_MAX {
        return out::refused(args.json, &format!("{name}: larger than 1 MiB"));
    }
    let Ok(text) = String::from_utf8(bytes) else {
        return out::refused(args.json, &format!("{name}: not UTF-8"));
    };
    if is_of_published_figures(&text) { published::run(&args, &text) } else { account::run(&args, &text) }
}

/// Whether a text is a mapping of published figures: it alone has columns. A text that is no TOML at all is judged as terms.
fn is_of_published_figures(text: &str) -> bool {
    text.parse::<toml::Table>()
        .is_ok_and(|table| table.contains_key("columns") && !table.contains_key("legs"))
}
