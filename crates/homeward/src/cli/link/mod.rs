//! `homeward link`: which records of one list, or of two, are of the same person.
//!
//! Decides which files are read and written and what is said; refuses to know how names are compared, which
//! [`linkage`] does.

mod asked;
mod columns;
mod explain;
mod letters;
#[cfg(feature = "parquet")]
mod parquet;
mod people;
mod read;
mod report;
mod settings;
mod source;
mod tell;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use linkage::cluster::Clusters;
use linkage::link::{Likely, Linked, Task};

use self::asked::Numbers;
use self::read::Records;
use self::settings::Settings;
use super::{DONE, REFUSED, files, measured, out, progress};
use crate::web::{Lang, Words};

/// Find records of the same person in one list or in two, across scripts, spellings and errors.
///
/// Reads CSV with a header line. What the columns mean is told by their headers (surname, given name, patronymic or a whole name,
/// date of birth, place, unit, numbers) or by --settings; what is known is said first. Writes pairs with the probability
/// that they are of one person, and with --clusters each record with its person. Nothing is learned from labels, and nothing
/// is kept but what --keep-weights asks for. The same records give the same answer in any order.
///
/// A list that grows: --before takes the --clusters file of last time, so that persons keep their ids and --events tells what became
/// of them; --decided takes what people decided of two records, whatever these weigh; --weights compares only what is new.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    homeward link people.csv --out pairs.csv                       repeats within one list\n  \
    homeward link families.csv captor.csv --out pairs.csv          pairs across two lists only\n  \
    homeward link people.csv --out pairs.csv --clusters people-of.csv\n  \
    homeward link people.csv --explain 17 203                      why two records are, or are not, of one person\n  \
    homeward link one.csv two.csv --explain left:17 right:203      the same across two lists\n  \
    homeward link people.csv --report report.html --language uk    how sure, how found, what was missed\n\n\
    A list that grows by the week; list.csv always holds every record so far:\n  \
    homeward link list.csv --out pairs.csv --clusters people-1.csv --keep-weights weights.txt\n  \
    homeward link list.csv --out pairs-2.csv --weights weights.txt --before people-1.csv --clusters people-2.csv \\\n    \
      --events events-2.csv --decided decisions.csv            only what is new is compared; ids stay\n\n  \
    decisions.csv    one,other,decision    same | different | open (taken back)\n  \
    events-2.csv     kind,person,other,record    gone | split | moved | merged | new | joined\n\n\
    Exit: 0 done, 1 failed, 2 refused input (with where and why).")]
pub struct LinkArgs {
    /// The list (CSV).
    left: PathBuf,
    /// A second list: only pairs across the two are sought.
    right: Option<PathBuf>,
    /// What the columns are, where their headers do not say (TOML, docs/formats/link.md).
    #[arg(long)]
    settings: Option<PathBuf>,
    /// Where the pairs go: left_id,right_id,probability; - for standard output.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Where each record goes with its person: file,id,person.
    #[arg(long)]
    clusters: Option<PathBuf>,
    /// How many threads compare pairs; the answer is the same in any number. Without it, as many as there are processors.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    threads: Option<String>,
    /// The least probability of a pair that is written, from 0 to 1.
    #[arg(long, value_name = "SHARE", default_value = "0.05", allow_negative_numbers = true)]
    least: String,
    /// Say why two records are, or are not, of one person. Of two lists the identifiers may come in any order. One that both lists have
    /// is of the list that the other identifier is not of; where both have both, the first is of the first list. left:ID and right:ID
    /// say it outright.
    #[arg(long, num_args = 2, value_names = ["ID", "ID"])]
    explain: Option<Vec<String>>,
    /// Where a report goes: one HTML page that stands alone, without a name or a date of anybody.
    #[arg(long, value_name = "REPORT.html")]
    report: Option<PathBuf>,
    /// Let the report's examples show what people's records say: names, dates and all else.
    #[arg(long)]
    examples: bool,
    /// The language of what is said and of the report: uk, ru or en.
    #[arg(long, visible_alias = "lang", default_value = "en")]
    language: String,
    #[command(flatten)]
    over: people::Over,
    /// Overwrite files that are there; never one that is read.
    #[arg(long)]
    force: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// The probability from which on a pair may be linked without a person's eye.
const LINK: f64 = 0.99;
/// The probability at which a pair is as likely of one person as of two.
const EVEN: f64 = 0.5;
/// The probability from which on a pair is for a person's eye.
const REVIEW: f64 = 0.05;

/// Runs the command.
pub fn run(args: &LinkArgs) -> anyhow::Result<ExitCode> {
    let Some(lang) = Lang::of_code(&args.language) else {
        return out::refused(args.json, "--language: not uk, ru or en / не uk, ru чи en / не uk, ru или en");
    };
    let t = Words::of(lang);
    let numbers = match Numbers::read(t, args) {
        Ok(numbers) => numbers,
        Err(why) => return refused(t, args, &why),
    };
    let input = match Input::read(t, args)? {
        Ok(input) => input,
        Err(why) => return refused(t, args, &why),
    };
    let mut cost =
        tell::Cost { read_kb: measured::resident_kb(), read: measured::cpu_seconds_of_all(), linked: None };
    let Input { paths, settings, records, mut past } = input;
    let task = Task {
        decided: past.decided.clone(),
        threads: numbers.threads,
        ..task(&records, &settings, args.right.is_some())
    };
    let mut found = match progress::during("comparing", || past.link(t, &records, &task)) {
        Ok(found) => found,
        Err(why) => return refused(t, args, &why),
    };
    if let Some(ids) = &args.explain {
        return explain::explain(t, &records, (&found.linked, &task), ids, args);
    }
    let (all, persons) =
        progress::during("putting together", || found.answer(&records, &task, numbers.least.min(REVIEW)));
    cost.linked = measured::cpu_seconds_of_all();
    let (all, settled) = past.shown((&records, &task), all, numbers.least);
    let likely: Vec<Likely> = all.iter().copied().filter(|pair| pair.probability >= numbers.least).collect();
    let told = written(args, &records, &found.linked, (&likely, &persons), &mut past)?;
    if let Some(path) = &args.report {
        let run = report::Run {
            paths: &paths,
            settings: &settings,
            records: &records,
            linked: &found.linked,
            task: &task,
            likely: &all,
            persons: &persons,
            is_later: past.only_new,
            settled,
            is_weighed_by_kept: args.over.weights.is_some(),
            is_named: args.examples,
        };
        write(path, progress::during("reporting", || run.page(t))?, args.force)?;
    }
    let became = people::counted(told.as_ref());
    let summary = tell::Summary {
        records: &records,
        linked: &found.linked,
        task: &task,
        likely: &likely,
        persons: &persons,
        settled,
        is_weighed_by_kept: args.over.weights.is_some(),
        became,
        cost,
    };
    said(args, t, &paths, &summary, numbers.least)
}

/// All that is read for a run.
struct Input<'a> {
    /// The lists' files.
    paths: Vec<&'a Path>,
    settings: Settings,
    records: Records,
    /// What earlier runs and people said.
    past: people::Past,
}

impl<'a> Input<'a> {
    /// Judges what is asked for, then reads it, or says what is refused.
    fn read(t: Words, args: &'a LinkArgs) -> anyhow::Result<Result<Self, String>> {
        if let Some(why) = asked::refused(t, args) {
            return Ok(Err(why));
        }
        let settings = match args.settings.as_deref().map(|path| Settings::read(t, path)).transpose()? {
            Some(Err(why)) => return Ok(Err(why)),
            Some(Ok(settings)) => settings,
            None => Settings::default(),
        };
        let paths: Vec<&Path> = std::iter::once(args.left.as_path()).chain(args.right.as_deref()).collect();
        let bytes = paths.iter().filter_map(|path| std::fs::metadata(path).ok()).map(|meta| meta.len()).sum();
        let records =
            match progress::counted("reading", bytes, |done| read::read(t, &paths, &settings, done))? {
                Ok(records) => records,
                Err(why) => return Ok(Err(why)),
            };
        if let Some(why) = not_a_source(t, &records, &settings) {
            return Ok(Err(why));
        }
        let past = people::read(t, &args.over, &paths, &records)?;
        Ok(past.map(|past| Self { paths, settings, records, past }))
    }
}

/// Says what was read and found: on standard error where the pairs are on standard output.
fn said(
    args: &LinkArgs,
    t: Words,
    paths: &[&Path],
    summary: &tell::Summary<'_>,
    least: f64,
) -> anyhow::Result<ExitCode> {
    let is_none_written = args.out.is_some() && least >= 1.0;
    let warnings =
        [args.examples.then(|| t.s("link-examples-warning")), is_none_written.then(|| t.s("link-least-one"))];
    let warnings: Vec<String> = warnings.into_iter().flatten().collect();
    if args.json {
        let mut answer = summary.json(paths);
        if !warnings.is_empty() {
            answer["warning"] = warnings.join(" ").into();
        }
        out::json(&answer)?;
        return Ok(ExitCode::from(DONE));
    }
    let lines = warnings.into_iter().chain(summary.lines(t, paths));
    for line in lines {
        if is_stdout(args.out.as_deref()) { out::aside(&line) } else { out::line(&line) }?;
    }
    Ok(ExitCode::from(DONE))
}

/// Whether a path stands for standard output.
fn is_stdout(path: Option<&Path>) -> bool {
    path == Some(Path::new("-"))
}

/// Whether what is written to a path is thrown away.
fn is_nowhere(path: &Path) -> bool {
    path == Path::new("/dev/null")
}

/// Says that the input is refused, where and why, in the language of the answer: on standard error where the pairs would be on standard
/// output, which may be a list.
fn refused(t: Words, args: &LinkArgs, why: &str) -> anyhow::Result<ExitCode> {
    if args.json {
        return out::refused(args.json, why);
    }
    let line = t.s1("link-refused", "why", why);
    if is_stdout(args.out.as_deref()) { out::aside(&line) } else { out::line(&line) }?;
    Ok(ExitCode::from(REFUSED))
}

/// Which list of the settings no record is from.
fn not_a_source(t: Words, records: &Records, settings: &Settings) -> Option<String> {
    let names: Vec<&str> = records.table.source_names.iter().map(|name| bare(records, name)).collect();
    let missing = settings.once.iter().find(|one| !names.contains(&one.as_str()))?;
    let there: Vec<_> = names.into_iter().map(tell::brief).collect();
    Some(t.s2("link-refused-no-source", "list", tell::brief(missing), "there", there.join(", ")))
}

/// A list's own name, without the file that it is in.
fn bare<'a>(records: &Records, name: &'a str) -> &'a str {
    if records.columns.len() < 2 {
        return name;
    }
    name.strip_prefix("left").or_else(|| name.strip_prefix("right")).unwrap_or(name)
}

/// Writes what is asked for. Answers what became of the persons of before.
fn written(
    args: &LinkArgs,
    records: &Records,
    linked: &Linked,
    (likely, persons): (&[Likely], &Clusters),
    past: &mut people::Past,
) -> anyhow::Result<Option<people::Told>> {
    if let Some(path) = &args.out {
        let text = pairs(records, likely);
        if is_stdout(Some(path)) {
            out::line(text.trim_end())?;
        } else {
            write(path, text, args.force)?;
        }
    }
    if let Some(path) = &args.over.keep_weights {
        write(path, people::figures(records, linked), args.force)?;
    }
    if args.clusters.is_none() && args.over.events.is_none() {
        return Ok(None);
    }
    let told = past.told(&persons.of)?;
    if let Some(path) = &args.clusters {
        let text = match &told {
            Some(told) => past.clusters(records, told),
            None => clusters(records, persons),
        };
        write(path, text, args.force)?;
    }
    if let (Some(path), Some(told)) = (&args.over.events, &told) {
        write(path, past.events(told), args.force)?;
    }
    Ok(told)
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
    let is_once = |name: &str| two || settings.once.iter().any(|one| one == bare(records, name));
    let once = names.iter().map(|name| is_once(name)).collect();
    Task { may_match, once, ..Task::default() }
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
    text.reserve(lines.iter().map(|(_, one, other)| one.len() + other.len() + 16).sum());
    for (millionths, one, other) in lines {
        put(&mut text, "", one);
        text.push(',');
        put(&mut text, "", other);
        text.push(',');
        let digits = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1]
            .map(|place| char::from(b'0' + (millionths / place % 10) as u8));
        text.push(digits[0]);
        text.push('.');
        text.extend(&digits[1..]);
        text.push('\n');
    }
    text
}

/// Every record with its person: the least identifier of those put together.
fn clusters(records: &Records, persons: &Clusters) -> String {
    let is_right = |came: u32| came >= records.left;
    let id = |came: u32| records.id_texts.text(records.ids[came as usize]);
    let mut person: Vec<u32> = (0..persons.of.len() as u32).collect();
    for mut group in persons.groups() {
        group.iter_mut().for_each(|row| *row = records.table.came[*row as usize]);
        let least = group.iter().copied().min_by_key(|came| (is_right(*came), id(*came)));
        group.iter().for_each(|came| person[*came as usize] = least.unwrap_or(*came));
    }
    let file = |came: u32| if is_right(came) { ["right,", "right:"] } else { ["left,", "left:"] };
    let mut text = String::from("file,id,person\n");
    for (came, person) in (0..).zip(person) {
        text.push_str(file(came)[0]);
        put(&mut text, "", id(came));
        text.push(',');
        put(&mut text, file(person)[1], id(person));
        text.push('\n');
    }
    text
}

/// Adds a field of CSV, of two texts of which the first needs no quotes.
fn put(text: &mut String, start: &str, end: &str) {
    match field(end) {
        Cow::Borrowed(end) => text.extend([start, end]),
        Cow::Owned(_) => text.push_str(&field(&format!("{start}{end}"))),
    }
}

/// A field of CSV, quoted where it must be.
fn field(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

/// Writes a file whole or not at all: what it replaces is there until then.
fn write(path: &Path, text: String, force: bool) -> anyhow::Result<()> {
    if is_nowhere(path) {
        return Ok(());
    }
    let existing = if force { files::Existing::Replace } else { files::Existing::Keep };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // What has no name of its own was refused before anything was read.
    let name = path.file_name().unwrap_or_default();
    files::write_together(folder, &[(name, text.into_bytes())], existing)
}
