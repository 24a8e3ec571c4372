//! `homeward import`: reads a list through a map, says what is in it and what is refused.
//!
//! Decides which files are read and how the outcome is told; refuses to know what makes a row refused.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use exchange::ids::{Party, PersonId};
use exchange::person::List;
use register::Register;

use super::import_report::{Report, SetAsideFile};
use super::{DONE, REFUSED, files, out, progress};
use crate::acts::people;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::import::map::Map;
use crate::import::refusal::shown;
use crate::import::table::FILE_BYTES_MAX;
use crate::import::{self, Known, Preview, Refusals, Source, Target, builtin};
use crate::keys::Keys;
use crate::node::open_register;

/// Who the journal names for what is done at the command line: whoever holds the node's key file.
const OPERATOR: &str = "operator";
/// Largest map, in bytes.
const MAP_BYTES_MAX: usize = 1 << 20;

/// How many columns that the nearest map lacks are named.
const LACKS_SHOWN: usize = 6;

/// Read a list of people into the register of a node, all rows or none.
///
/// Exit codes: 0 everyone taken was stored (with --dry-run: could be), 1 failed, 2 refused, and nothing was stored.
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
    /// The Power the people serve, to be checked against the node: people held serve the other party, people sought its own.
    #[arg(long, requires = "config")]
    power: Option<String>,
    /// Put the refused rows with their reasons into this new file and take the rest, if there is one.
    #[arg(long, value_name = "FILE")]
    set_aside: Option<PathBuf>,
    /// The node whose register the people go to. It must not be running. Only --dry-run can do without.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What colleagues call the list; its file's name when left out.
    #[arg(long)]
    name: Option<String>,
    /// Write nothing, neither people nor the file of rows set aside. Without --config the register is not asked who is in it
    /// already.
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
    let config = args.config.as_deref().map(files::config).transpose()?;
    if let Err(refused) = args.check(config.as_ref()) {
        return out::refused(args.json, &refused);
    }
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let register = runtime.block_on(open(&args, config.as_ref()))?;
    let known = match &register {
        Some((register, _)) => runtime
            .block_on(async { people::known(&mut register.read().await?, args.list(), &map.name).await })?,
        None => Known::default(),
    };
    let name = files::name(&args.file);
    let list_name = args.name.clone().unwrap_or_else(|| name.clone());
    let power = config.as_ref().and_then(|config| people::power_of(config, args.list()));
    let power = power.or_else(|| map.power.clone()).unwrap_or_else(nobodys);
    let target = Target { list: args.list(), power: Some(power), list_name, known };
    let sources = lookups.iter().map(|(name, bytes)| Source { name, bytes }).collect::<Vec<_>>();
    let outcome = progress::during("reading the list", || {
        import::read(Source { name: &name, bytes: &bytes }, &sources, &map, &target, &mut numbered())
    });
    let mut report = Report::new(&name, target.list, &map, args.dry_run);
    let taken = settle(&args, &mut report, outcome)?;
    let done = taken.is_some();
    if let (Some(preview), Some((register, clock)), false) = (taken, register, args.dry_run) {
        progress::during("storing the people", || {
            runtime.block_on(store(register, &clock, &target, preview))
        })?;
        report.stored = true;
    }
    report.say(args.json)?;
    Ok(ExitCode::from(if done { DONE } else { REFUSED }))
}

/// Opens the register of a node that is not running, with its clock: the register lets in one process at a time. A dry
/// run opens it only if it is there, since opening makes one.
async fn open(args: &Import, config: Option<&Config>) -> anyhow::Result<Option<(Register, Clock)>> {
    let Some(config) = config.filter(|config| !args.dry_run || register::exists(&config.data)) else {
        return Ok(None);
    };
    let keys = Keys::read(config)?;
    // Also for a rehearsal: its own chance would draw again what the node has drawn.
    let register = open_register(config, &keys, &Chance::System).await?;
    let clock = Clock::of(config, &register).await?;
    Ok(Some((register, clock)))
}

async fn store(register: Register, clock: &Clock, target: &Target, preview: Preview) -> anyhow::Result<()> {
    let actor = register::Actor { officer: OPERATOR.to_owned(), purpose: None };
    let mut tx = register.begin(&actor, "import people", None, clock.now()).await?;
    people::store(&mut tx, OPERATOR, target.list, &target.list_name, preview.people).await?;
    tx.commit().await?;
    register.close().await;
    Ok(())
}

impl Import {
    fn list(&self) -> List {
        match self.list {
            ListArg::Held => List::Held,
            ListArg::Sought => List::Sought,
        }
    }

    /// Refuses what cannot be meant, before anything is read.
    fn check(&self, config: Option<&Config>) -> Result<(), String> {
        if let Some(aside) = self.set_aside.as_ref().filter(|aside| aside.exists()) {
            return Err(format!(
                "--set-aside {}: there is such a file already, and none is written over",
                aside.display()
            ));
        }
        let Some(config) = config else {
            let why = "people are stored in the register of a node: name one with --config, or read the list without \
                       storing anyone with --dry-run";
            return if self.dry_run { Ok(()) } else { Err(why.into()) };
        };
        let (list, party) = (import::word(self.list()), &config.party);
        let Some(serves) = people::power_of(config, self.list()) else {
            return Err(format!("{party} is a neutral, which holds and seeks nobody"));
        };
        match &self.power {
            Some(given) if !config.parties.contains(given) => Err(format!(
                "--power {}: no party of this agreement; its parties are {}",
                shown(given),
                config.parties.join(" and ")
            )),
            Some(given) if given != serves.as_str() => {
                Err(format!("--power {given}: people {list} by {party} serve {serves}"))
            }
            _ => Ok(()),
        }
    }
}

/// A Power for a dry run without a node: nothing is stored, and a node knows.
fn nobodys() -> Party {
    Party::new("not-stated").expect("the label is made of small letters and a hyphen")
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
    if aside.preview.people.is_empty() {
        // Nothing to take: the refused list itself is the file of its refused rows.
        return Ok(None);
    }
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
            (None, _) => Err(no_map(builtin::nearest(bytes))),
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

/// Says what the nearest of the carried maps lacks, and how to come by another map.
fn no_map(nearest: Option<builtin::Near>) -> String {
    let mut said = "the columns fit none of the maps that the program carries".to_owned();
    if let Some(builtin::Near { map, lacks }) = nearest {
        let named = lacks.iter().take(LACKS_SHOWN).map(|column| shown(column)).collect::<Vec<_>>().join(", ");
        let more = lacks.len().saturating_sub(LACKS_SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        said += &format!(
            "\n  nearest is {} ({}), whose columns {named}{more} are not there",
            map.name, map.title
        );
    }
    let names = builtin::maps().into_iter().map(|map| map.name).collect::<Vec<_>>().join(", ");
    said + &format!(
        "\nGive a map with --map: a file of your own, or one of {names}. A map says which column is which; \
                     docs/formats/map.md says how, and examples/maps has some to start from."
    )
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
