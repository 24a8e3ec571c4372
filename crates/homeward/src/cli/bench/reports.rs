//! `homeward bench reports`: invented reports about missing and held people, with the truth about who is the same.

use std::fs::OpenOptions;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use rehearsal::reports::{self, Stock, Tables};

use crate::cli::{files, out, progress};

/// More than any of the tables has.
const TABLE_BYTES_MAX: usize = 256 << 20;

/// Invents reports of families, captors, the Red Cross and witnesses about the same people, with the truth.
///
/// The rows are the same for the same seed and the same tables, whatever the machine. The tables are read from a folder with
/// names/uk_last_with_ru_and_latin.csv, names/uk_first_with_ru_and_latin.csv, names/ru_last_counts.csv,
/// names/shevchenko_uk_given_names_gender.json and gazetteer/katottg_2024.csv; none of them ships with the program.
/// Every person is invented: the parts of a name are drawn apart from one another.
#[derive(Args, Debug)]
pub(super) struct ReportsArgs {
    /// How many reports; about four fifths as many people are in them.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    count: u32,
    /// Seed of the invented reports.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Folder of the tables of names and places.
    #[arg(long)]
    names: PathBuf,
    /// The file to write, which must not be there.
    #[arg(long)]
    out: PathBuf,
}

/// Writes the file.
pub(super) fn write(args: &ReportsArgs) -> anyhow::Result<()> {
    let bytes = progress::during("inventing", || {
        let stock = stock(&args.names)?;
        written(args, &stock)
    })?;
    let people = reports::people(args.count);
    let megabytes = bytes as f64 / 1e6;
    let path = args.out.display();
    out::line(format!("{} reports of at most {people} people in {path}, {megabytes:.1} MB", args.count))?;
    Ok(())
}

fn stock(folder: &Path) -> anyhow::Result<Stock> {
    let read = |name: &str| {
        let path = folder.join(name);
        let bytes = files::read_bounded(&path, TABLE_BYTES_MAX)?;
        String::from_utf8(bytes).map_err(|_| files::unusable(format!("{} is not UTF-8", path.display())))
    };
    let tables = Tables {
        surnames: &read("names/uk_last_with_ru_and_latin.csv")?,
        russian_surnames: &read("names/ru_last_counts.csv")?,
        given: &read("names/uk_first_with_ru_and_latin.csv")?,
        genders: &read("names/shevchenko_uk_given_names_gender.json")?,
        settlements: &read("gazetteer/katottg_2024.csv")?,
    };
    Stock::read(&tables).map_err(|why| files::unusable(why.to_string()))
}

fn written(args: &ReportsArgs, stock: &Stock) -> anyhow::Result<u64> {
    let path = &args.out;
    let cannot = || format!("cannot write {}", path.display());
    let file =
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|why| match why.kind() {
            ErrorKind::AlreadyExists => files::unusable(format!("{} exists already", path.display())),
            _ => anyhow::Error::new(why).context(cannot()),
        })?;
    let mut rows = BufWriter::with_capacity(1 << 18, file);
    reports::write(&mut rows, stock, args.count, args.seed)
        .and_then(|()| rows.flush())
        .with_context(cannot)?;
    Ok(rows.get_ref().metadata().with_context(cannot)?.len())
}
