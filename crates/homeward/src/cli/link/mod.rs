//! `homeward link`: which records of one list, or of two, are of the same person.
//!
//! Decides which files are read and written and what is said; refuses to know how names are compared, which
//! [`linkage`] does.

mod read;
mod settings;
mod tell;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use linkage::link::{LINK_BITS, Likely, Linked, Task, link};

use self::read::Records;
use self::settings::Settings;
use super::{DONE, files, measured, out, progress};

/// Find records of the same person in one list or in two, across scripts, spellings and errors.
///
/// Reads CSV with a header line. What the columns mean is told by their headers (surname, given name, patronymic or a whole name,
/// date of birth, place, unit, numbers) or by --settings; what is known is said first. Writes pairs with the probability
/// that they are of one person, and with --clusters each record with its person. Nothing is learned from labels, and nothing
/// is kept. The same records give the same answer in any order.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    homeward link people.csv --out pairs.csv                       repeats within one list\n  \
    homeward link families.csv captor.csv --out pairs.csv          pairs across two lists only\n  \
    homeward link people.csv --out pairs.csv --clusters people-of.csv\n  \
    homeward link people.csv --explain 17 203                      why two records are, or are not, of one person\n\n\
    Exit: 0 done, 1 failed, 2 refused input (with where and why).")]
pub struct LinkArgs {
    /// The list (CSV).
    left: PathBuf,
    /// A second list: only pairs across the two are sought.
    right: Option<PathBuf>,
    /// What the columns are, where their headers do not say (TOML, docs/formats/link.md).
    #[arg(long)]
    settings: Option<PathBuf>,
    /// Where the pairs go: left_id,right_id,probability.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Where each record goes with its person: file,id,person.
    #[arg(long, requires = "out")]
    clusters: Option<PathBuf>,
    /// The least probability of a pair that is written.
    #[arg(long, default_value_t = 0.05, value_parser = share)]
    least: f64,
    /// Say why two records are, or are not, of one person.
    #[arg(long, num_args = 2, value_names = ["ID", "ID"])]
    explain: Option<Vec<String>>,
    /// Overwrite files that are there.
    #[arg(long)]
    force: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "expected 0 to 1".to_owned())
}

/// Runs the command.
pub fn run(args: &LinkArgs) -> anyhow::Result<ExitCode> {
    if args.out.is_none() && args.explain.is_none() {
        return out::refused(args.json, "give --out for pairs, or --explain for two records");
    }
    let settings = match args.settings.as_deref().map(Settings::read).transpose()? {
        Some(Err(why)) => return out::refused(args.json, &why),
        Some(Ok(settings)) => settings,
        None => Settings::default(),
    };
    for path in [&args.out, &args.clusters].into_iter().flatten() {
        if path.exists() && !args.force {
            let why = format!("{} is there already; --force overwrites it", path.display());
            return out::refused(args.json, &why);
        }
    }
    let paths: Vec<&Path> = std::iter::once(args.left.as_path()).chain(args.right.as_deref()).collect();
    let records = match progress::during("reading", || read::read(&paths, &settings))? {
        Ok(records) => records,
        Err(why) => return out::refused(args.json, &why),
    };
    let task = task(&records, &settings, args.right.is_some());
    let linked = progress::during("comparing", || link(&records.table, &task));
    if let Some(ids) = &args.explain {
        return tell::explain(&records, &linked, ids, args.json);
    }
    let likely = linked.likely(&records.table, &task, args.least);
    if let Some(path) = &args.out {
        write(path, &pairs(&records, &likely), args.force)?;
    }
    if let Some(path) = &args.clusters {
        let people = linked.people(&records.table, &task, LINK_BITS);
        write(path, &clusters(&records, &people.of), args.force)?;
    }
    tell::summary(&records, &linked, &likely, args.json, measured::peak_kb())?;
    Ok(ExitCode::from(DONE))
}

/// What may match: across two files only, and nobody twice in a list that names everyone once.
fn task(records: &Records, settings: &Settings, two: bool) -> Task {
    let names = &records.table.source_names;
    let side = |name: &str| name.starts_with("left");
    let may_match = if two {
        names.iter().flat_map(|one| names.iter().map(move |other| side(one) != side(other))).collect()
    } else {
        Vec::new()
    };
    let bare = |name: &str| name.trim_start_matches("left").trim_start_matches("right").to_owned();
    let once = names.iter().map(|name| two || settings.once.contains(&bare(name))).collect();
    Task { may_match, once }
}

/// The identifier of a row of the table.
fn id(records: &Records, row: u32) -> &str {
    records.id_texts.text(records.ids[records.table.came[row as usize] as usize])
}

/// Pairs in CSV: the likeliest first, then by identifier.
fn pairs(records: &Records, likely: &[Likely]) -> String {
    let in_left = |row: u32| records.table.came[row as usize] < records.left;
    let mut lines: Vec<(u32, &str, &str)> = likely
        .iter()
        .map(|pair| {
            let (one, other) = (id(records, pair.one), id(records, pair.other));
            let swap = match (in_left(pair.one), in_left(pair.other)) {
                (true, false) => false,
                (false, true) => true,
                _ => other < one,
            };
            let millionths = (pair.probability * 1e6).round() as u32;
            if swap { (millionths, other, one) } else { (millionths, one, other) }
        })
        .collect();
    lines.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut text = String::from("left_id,right_id,probability\n");
    for (millionths, one, other) in lines {
        let probability = f64::from(millionths) / 1e6;
        let _ = writeln!(text, "{},{},{probability:.6}", field(one), field(other));
    }
    text
}

/// Every record with its person: the least identifier of those put together.
fn clusters(records: &Records, of: &[u32]) -> String {
    let file = |row: u32| if records.table.came[row as usize] < records.left { "left" } else { "right" };
    let mut least: Vec<u32> = (0..of.len() as u32).collect();
    let name = |row: u32| (file(row), id(records, row));
    for row in 0..of.len() as u32 {
        let first = of[row as usize] as usize;
        if name(row) < name(least[first]) {
            least[first] = row;
        }
    }
    let mut lines: Vec<(u32, u32)> =
        (0..of.len() as u32).map(|row| (records.table.came[row as usize], row)).collect();
    lines.sort_unstable();
    let mut text = String::from("file,id,person\n");
    for (_, row) in lines {
        let person = least[of[row as usize] as usize];
        let _ = writeln!(
            text,
            "{},{},{}",
            file(row),
            field(id(records, row)),
            field(&format!("{}:{}", file(person), id(records, person)))
        );
    }
    text
}

/// A field of CSV, quoted where it must be.
fn field(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

fn write(path: &Path, text: &str, force: bool) -> anyhow::Result<()> {
    if force && path.exists() {
        std::fs::remove_file(path)?;
    }
    files::write_new(path, text.as_bytes())
}

/// Bits as the probability they stand for.
fn probability(linked: &Linked, at: usize) -> f64 {
    linkage::link::probability(linked.bits[at])
}
