//! `homeward import`: reads a list through a map, says what is in it and what is refused.
//!
//! Decides which files are read and how the outcome is told; refuses to know what makes a row refused.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use exchange::ids::{Party, PersonId};
use exchange::person::List;

use super::import_report::{Report, SetAsideFile};
use super::{DONE, REFUSED, files, out, progress};
use crate::acts::people;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::import::map::Map;
use crate::import::table::FILE_BYTES_MAX;
use crate::import::{self, Preview, Refusals, Source, Target, builtin};
use crate::keys::Keys;
use crate::node::open_register;

/// Who the journal names for what is done at the command line: whoever holds the node's key file.
const OPERATOR: &str = "operator";
/// Largest map, in bytes.
const MAP_BYTES_MAX: usize = 1 << 20;

/// Read a list of people, all rows or none.
#[derive(Args, Debug)]
pub struct Import {
    /// The list: CSV or JSON.
    file: PathBuf,
    /// Which list of the node the people go to.
    #[arg(long = "as", value_enum)]
    list: ListArg,
    /// The map: a file, or the name of one that the program carries. Without it the columns choose.
    #[arg(long)]
    map: Option<PathBuf>,
    /// Where a file that the map joins is, when it is not beside the list.
    #[arg(long, value_name = "NAME=FILE", value_parser = name_and_file)]
    lookup: Vec<(String, PathBuf)>,
    /// The Power the people serve, when the map does not say.
    #[arg(long)]
    power: Option<Party>,
    /// Put the refused rows with their reasons into this new file and take the rest.
    #[arg(long, value_name = "FILE")]
    set_aside: Option<PathBuf>,
    /// Store the people in the register of this node, which must not be running.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What colleagues call the list; its file's name when left out.
    #[arg(long)]
    name: Option<String>,
    /// Write nothing, neither people nor the file of rows set aside.
    #[arg(long)]
    dry_run: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// The lists of a node, as the command line names them.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ListArg {
    /// People in this node's custody.
    Held,
    /// This node's own people, missing or held by another.
    Sought,
}

fn name_and_file(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => Ok((name.into(), file.into())),
        _ => Err("expected NAME=FILE, with the name that the map gives the lookup or its file".into()),
    }
}

/// Runs the command.
pub fn run(args: Import) -> anyhow::Result<ExitCode> {
    let bytes = files::read_bounded(&args.file, FILE_BYTES_MAX)?;
    let map = match choose_map(&args, &bytes)? {
        Ok(map) => map,
        Err(refused) => return out::refused(args.json, &refused),
    };
    let joined = |given: &str| map.lookups.iter().any(|lookup| lookup.name == given || lookup.file == given);
    if let Some((given, _)) = args.lookup.iter().find(|(given, _)| !joined(given)) {
        return out::refused(
            args.json,
            &format!("--lookup {given}: the map {} joins no such file", map.name),
        );
    }
    let lookups = read_lookups(&args, &map)?;
    let name = files::name(&args.file);
    let config = args.config.as_deref().map(Config::read).transpose()?;
    let list_name = args.name.clone().unwrap_or_else(|| name.clone());
    let power = config.as_ref().and_then(|config| people::power_of(config, args.list()));
    let power = power.unwrap_or_else(|| args.power(&map));
    let target = Target { list: args.list(), power: Some(power), list_name };
    let sources = lookups.iter().map(|(name, bytes)| Source { name, bytes }).collect::<Vec<_>>();
    let outcome = progress::during("reading the list", || {
        import::read(Source { name: &name, bytes: &bytes }, &sources, &map, &target, &mut numbered())
    });
    let mut report = Report::new(&name, target.list, &map);
    let taken = settle(&args, &mut report, outcome)?;
    let done = taken.is_some();
    if let (Some(preview), Some(config), false) = (taken, &config, args.dry_run) {
        progress::during("storing the people", || store(config, &target, preview))?;
        report.stored = true;
    }
    report.say(args.json)?;
    Ok(ExitCode::from(if done { DONE } else { REFUSED }))
}

/// Stores the people in the register of a node that is not running: the register lets in one process at a time.
fn store(config: &Config, target: &Target, preview: Preview) -> anyhow::Result<()> {
    anyhow::ensure!(config.is_party(), "{}: a neutral holds and seeks nobody", config.party);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let clock = config.rehearsal.as_ref().map_or(Clock::Machine, |one| Clock::rehearsal(one.start));
        let keys = Keys::read(config)?;
        // Also for a rehearsal: its own chance would draw again what the node has drawn.
        let register = open_register(config, &keys, &Chance::System).await?;
        let actor = register::Actor { officer: OPERATOR.to_owned(), purpose: None };
        let mut tx = register.begin(&actor, "import people", None, clock.now()).await?;
        people::store(&mut tx, OPERATOR, target.list, &target.list_name, preview.people).await?;
        tx.commit().await?;
        register.close().await;
        Ok(())
    })
}

impl Import {
    fn list(&self) -> List {
        match self.list {
            ListArg::Held => List::Held,
            ListArg::Sought => List::Sought,
        }
    }

    /// The Power as given, as the map says, or a placeholder: nothing is stored without a node, and a node knows.
    fn power(&self, map: &Map) -> Party {
        let placeholder =
            || Party::new("not-stated").expect("the label is made of small letters and a hyphen");
        self.power.clone().or_else(|| map.power.clone()).unwrap_or_else(placeholder)
    }
}

/// Tells the outcome to the report and returns what can be stored, if anything.
fn settle(
    args: &Import,
    report: &mut Report,
    outcome: Result<Preview, Box<Refusals>>,
) -> anyhow::Result<Option<Preview>> {
    let refusals = match outcome {
        Ok(preview) => {
            report.taken(&preview);
            return Ok(Some(preview));
        }
        Err(refusals) => refusals,
    };
    report.refused(&refusals);
    let Some(path) = &args.set_aside else { return Ok(None) };
    let Ok(aside) = refusals.set_aside() else { return Ok(None) };
    if !args.dry_run {
        files::write_new(path, &aside.file)?;
    }
    report.set_aside =
        Some(SetAsideFile { file: path.display().to_string(), rows: aside.rows, written: !args.dry_run });
    Ok(Some(aside.preview))
}

fn choose_map(args: &Import, bytes: &[u8]) -> anyhow::Result<Result<Map, String>> {
    let Some(path) = &args.map else {
        let mut fitting = progress::during("choosing the map", || builtin::fitting(bytes));
        return Ok(match (fitting.pop(), &fitting[..]) {
            (Some(map), []) => Ok(map),
            (Some(map), others) => {
                let names = others.iter().chain([&map]).map(|map| &*map.name).collect::<Vec<_>>();
                Err(format!("the columns fit several maps, name one with --map: {}", names.join(", ")))
            }
            (None, _) => {
                Err("the columns fit none of the maps that the program carries; give one with --map".into())
            }
        });
    };
    if let Some(map) = path.to_str().and_then(builtin::named) {
        return Ok(Ok(map));
    }
    let refused = |why: &str| Ok(Err(format!("map {}: {why}", path.display())));
    let bytes = files::read_bounded(path, MAP_BYTES_MAX)?;
    if bytes.len() > MAP_BYTES_MAX {
        return refused("larger than 1 MiB");
    }
    let Ok(text) = String::from_utf8(bytes) else { return refused("not UTF-8") };
    match Map::parse(&text) {
        Ok(map) => Ok(Ok(map)),
        Err(error) => refused(&error.to_string()),
    }
}

/// Reads the files that the map joins: those the officer named, else those beside the list. One that is not there is left
/// out, and refused by name with the list.
fn read_lookups(args: &Import, map: &Map) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let beside = args.file.parent().unwrap_or(Path::new(""));
    let mut found = Vec::new();
    for lookup in &map.lookups {
        let named = args.lookup.iter().find(|(name, _)| *name == lookup.name || *name == lookup.file);
        let path = named.map_or_else(|| beside.join(&lookup.file), |(_, path)| path.clone());
        if named.is_some() || path.exists() {
            found.push((lookup.file.clone(), files::read_bounded(&path, FILE_BYTES_MAX)?));
        }
    }
    Ok(found)
}

/// Identifiers that only number the persons, for a reading that stores nothing.
fn numbered() -> impl FnMut() -> PersonId {
    let mut next = 0_u128;
    move || {
        next += 1;
        PersonId(next.to_be_bytes())
    }
}
