//! `homeward match`: which of the people one seeks the other side holds, without showing either list; step by step by file.
//!
//! Decides the commands, what is read and what is said. Refuses to know how keys are blinded and proved: that is
//! [`parley::matching`].

mod carried;
mod folder;
mod list;
mod rates;
mod recipes;
mod steps;
mod stop;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use parley::matching::{CHUNK_MAX, Params, Side};
use parley::{AgreementId, Digest};
use sha2::{Digest as _, Sha256};

use self::carried::Carried;
use self::folder::Folder;
use self::recipes::{RECIPES, Recipe, Spellings};
use self::steps::{Lists, Reached};
use self::stop::{Step, Stop, refused, refused_at};
use super::{DONE, REFUSED, files, out, progress};
use crate::chance::Chance;
use crate::web::{Lang, Words};

/// Find out whom of the people one seeks the other side holds, without showing either list.
///
/// Two people, each with a list, and files carried between them. Neither side shows its list: what is carried are points and tags
/// that say nothing without the other side's key, and each side counts how many it answers. What this is, and what it is not, is
/// in docs/matching.md. This protocol and its code have had no outside cryptographic review.
#[derive(Args, Debug)]
#[command(after_help = "One side (first)                                          the other (second)\n  \
    homeward match new A --agreement TEXT --sought 40,40 --held 60,60\n  \
    homeward match commit A --sought s.csv --held h.csv\n  \
                     run-1-first-1.match  -->\n  \
                                                  homeward match join B FILE --agreement TEXT\n  \
                                                  homeward match commit B --sought s.csv --held h.csv\n  \
                                             <--  run-1-second-1.match\n  \
    homeward match take A FILE\n  \
           both read the code aloud by telephone: homeward match confirm A|B --code \"12345 …\"\n  \
                     run-1-first-2.match  -->     homeward match take B FILE     and so on, until both say done\n  \
    homeward match found A --out found.csv\n  \
    homeward match open A --id ROW --out opened    -->   homeward match check B opened\n\n\
    Exit: 0 done, 1 failed, 2 refused input (with the reason's code).")]
pub struct MatchArgs {
    #[command(subcommand)]
    what: What,
}

/// The steps.
#[derive(Subcommand, Debug)]
enum What {
    Keys(KeysArgs),
    New(NewArgs),
    Join(JoinArgs),
    Commit(CommitArgs),
    Confirm(ConfirmArgs),
    Take(TakeArgs),
    Status(FolderArgs),
    Found(FoundArgs),
    Open(OpenArgs),
    Check(CheckArgs),
    Rates(rates::RatesArgs),
}

/// How it is answered.
#[derive(Args, Debug)]
struct Said {
    /// The language of what is said: uk, ru or en.
    #[arg(long, visible_alias = "lang", default_value = "en")]
    language: String,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Say how many keys both lists give and what a hit by each recipe tells. Nothing is written.
#[derive(Args, Debug)]
struct KeysArgs {
    /// Whom one asks for (CSV).
    #[arg(long)]
    sought: Option<PathBuf>,
    /// Whom one holds (CSV).
    #[arg(long)]
    held: Option<PathBuf>,
    /// The recipes; all that may be used when left out.
    #[arg(long, value_delimiter = ',')]
    recipes: Vec<String>,
    /// The most keys of one person.
    #[arg(long, default_value_t = KEYS_PER_PERSON)]
    per_person: u32,
    #[command(flatten)]
    said: Said,
}

/// Begin a run as the first side: its parameters, to be agreed on.
#[derive(Args, Debug)]
struct NewArgs {
    /// The private folder of this agreement; made where there is none.
    folder: PathBuf,
    /// The agreement under which lists are compared, in the words or digits that both sides write alike.
    #[arg(long)]
    agreement: String,
    /// The most keys that the first and the second side may ask for.
    #[arg(long, value_delimiter = ',', num_args = 1)]
    sought: Vec<u32>,
    /// The most keys that the first and the second side may hold.
    #[arg(long, value_delimiter = ',', num_args = 1)]
    held: Vec<u32>,
    /// How many runs are agreed.
    #[arg(long, default_value_t = 1)]
    runs: u32,
    /// The recipes; all that may be used when left out.
    #[arg(long, value_delimiter = ',')]
    recipes: Vec<String>,
    /// The most keys of one person.
    #[arg(long, default_value_t = KEYS_PER_PERSON)]
    per_person: u32,
    /// Keys that are asked and answered at once: whoever breaks off has learnt that much more than the other.
    #[arg(long, default_value_t = CHUNK_MAX)]
    chunk: u32,
    /// How many leaves of each list an audit opens.
    #[arg(long, default_value_t = 90)]
    audit: u32,
    /// For how many days the other side's tags may be kept.
    #[arg(long, default_value_t = 30)]
    retention: u32,
    /// The most bytes of a row's identifier that whoever hits the row may read; 0 for none.
    #[arg(long, default_value_t = 0)]
    reference: u32,
    #[command(flatten)]
    said: Said,
}

/// Join a run as the second side: reads the first side's file and shows what is to be agreed on.
#[derive(Args, Debug)]
struct JoinArgs {
    /// The private folder of this agreement; made where there is none.
    folder: PathBuf,
    /// The first side's first file.
    file: PathBuf,
    /// The agreement, in the same words or digits.
    #[arg(long)]
    agreement: String,
    #[command(flatten)]
    said: Said,
}

/// Commit to both lists. From here on they stand.
#[derive(Args, Debug)]
struct CommitArgs {
    /// The private folder.
    folder: PathBuf,
    /// Whom one asks for (CSV); nobody when left out.
    #[arg(long)]
    sought: Option<PathBuf>,
    /// Whom one holds (CSV); nobody when left out.
    #[arg(long)]
    held: Option<PathBuf>,
    #[command(flatten)]
    said: Said,
}

/// Say that the other side reads the same code, on a way where each knows the other's voice.
#[derive(Args, Debug)]
struct ConfirmArgs {
    /// The private folder.
    folder: PathBuf,
    /// The thirty digits that the other side read aloud.
    #[arg(long)]
    code: String,
    #[command(flatten)]
    said: Said,
}

/// Take a file of the other side and answer what is in turn.
#[derive(Args, Debug)]
struct TakeArgs {
    /// The private folder.
    folder: PathBuf,
    /// The other side's file.
    file: PathBuf,
    #[command(flatten)]
    said: Said,
}

/// Say how far the run has come and what is next.
#[derive(Args, Debug)]
struct FolderArgs {
    /// The private folder.
    folder: PathBuf,
    #[command(flatten)]
    said: Said,
}

/// Write who was found, by one's own rows: id,recipes,references.
#[derive(Args, Debug)]
struct FoundArgs {
    /// The private folder.
    folder: PathBuf,
    /// The file to write, which must not be there; standard output when left out.
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    said: Said,
}

/// Open to the other side by which keys somebody was found, as when the person is proposed for a list.
///
/// The other side sees these keys, and that they stood in the list before anything was asked. It sees no others.
#[derive(Args, Debug)]
struct OpenArgs {
    /// The private folder.
    folder: PathBuf,
    /// The row of one's own list.
    #[arg(long)]
    id: String,
    /// The file to write, which must not be there.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    said: Said,
}

/// Check what the other side opened, and say which of one's own rows it is about.
#[derive(Args, Debug)]
struct CheckArgs {
    /// The private folder.
    folder: PathBuf,
    /// The other side's file.
    file: PathBuf,
    #[command(flatten)]
    said: Said,
}

/// Keys of one person where nothing else is said.
const KEYS_PER_PERSON: u32 = 16;

/// Runs the command.
pub fn run(args: MatchArgs) -> anyhow::Result<ExitCode> {
    let said = match &args.what {
        What::Keys(args) => &args.said,
        What::New(args) => &args.said,
        What::Join(args) => &args.said,
        What::Commit(args) => &args.said,
        What::Confirm(args) => &args.said,
        What::Take(args) => &args.said,
        What::Status(args) => &args.said,
        What::Found(args) => &args.said,
        What::Open(args) => &args.said,
        What::Check(args) => &args.said,
        What::Rates(args) => return rates::run(args),
    };
    let Some(lang) = Lang::of_code(&said.language) else {
        return out::refused(said.json, "--language: not uk, ru or en");
    };
    let t = Words::of(lang);
    match step(t, &args.what) {
        Ok(()) => Ok(ExitCode::from(DONE)),
        Err(Stop::Refused { code, at }) => {
            words::say_refused(t, said.json, code, &at)?;
            Ok(ExitCode::from(REFUSED))
        }
        Err(Stop::Failed(why)) => Err(why),
    }
}

fn step(t: Words, what: &What) -> Step<()> {
    match what {
        What::Keys(args) => keys(t, args),
        What::New(args) => new(t, args),
        What::Join(args) => join(t, args),
        What::Commit(args) => commit(t, args),
        What::Confirm(args) => {
            at_run(t, &args.folder, &args.said, |run| steps::confirm(run, &args.code, &Chance::System))
        }
        What::Take(args) => at_run(t, &args.folder, &args.said, |run| {
            let most = carried::bytes_max(&run.params);
            let bytes = bounded(&args.file, most)?;
            progress::during("answering", || steps::take(run, &bytes, &Chance::System))
        }),
        What::Status(args) => at_run(t, &args.folder, &args.said, |run| steps::reached(run)),
        What::Found(args) => found(t, args),
        What::Open(args) => open(t, args),
        What::Check(args) => check(t, args),
        // Run above.
        What::Rates(_) => Ok(()),
    }
}

/// Does a step of the last run of a folder and says how far it has come.
fn at_run(
    t: Words,
    folder: &Path,
    said: &Said,
    step: impl FnOnce(&mut folder::Run<'_>) -> Step<Reached>,
) -> Step<()> {
    let open = Folder::open(folder)?;
    let mut run = open.run()?;
    let reached = step(&mut run)?;
    Ok(words::say_reached(t, said.json, folder, &reached)?)
}

fn bounded(path: &Path, most: usize) -> Step<Vec<u8>> {
    let bytes = files::read_bounded(path, most)?;
    if bytes.len() > most { refused("psi-oversize") } else { Ok(bytes) }
}

/// The recipes of these names, the most specific first.
fn recipes_of(names: &[String]) -> Step<Vec<&'static Recipe>> {
    for name in names {
        match recipes::named(name) {
            None => return refused_at("recipe-unknown", name.clone()),
            Some(recipe) if !recipe.is_fit() => return refused_at("recipe-unfit", name.clone()),
            Some(_) => {}
        }
    }
    let is_asked = |recipe: &&Recipe| {
        if names.is_empty() { recipe.is_fit() } else { names.iter().any(|name| name == recipe.name) }
    };
    Ok(RECIPES.iter().filter(is_asked).collect())
}

/// The identifier of an agreement, as a node's configuration has it too.
fn agreement(text: &str) -> AgreementId {
    AgreementId(Sha256::digest(text.as_bytes()).into())
}

fn new(t: Words, args: &NewArgs) -> Step<()> {
    let ([sought_first, sought_second], [held_first, held_second]) = (&args.sought[..], &args.held[..])
    else {
        return refused("two-numbers");
    };
    let mut names: Vec<String> = recipes_of(&args.recipes)?.iter().map(|one| one.name.to_owned()).collect();
    names.sort();
    let folder = Folder::make(&args.folder, &Chance::System)?;
    let run = u32::try_from(folder.runs()?.len()).unwrap_or(u32::MAX).saturating_add(1);
    let params = Params {
        agreement: agreement(&args.agreement),
        run,
        runs: args.runs,
        normalisation: recipes::NORMALISATION.to_owned(),
        tables: Digest(recipes::tables()),
        recipes: names,
        keys_per_person: args.per_person,
        sought: [*sought_first, *sought_second],
        held: [*held_first, *held_second],
        chunk: args.chunk,
        audit: args.audit,
        retention_days: args.retention,
        reference: args.reference,
    };
    params.check()?;
    let run = folder.begin(&params, Side::First)?;
    words::say_params(t, args.said.json, &params)?;
    Ok(words::say_reached(t, args.said.json, &args.folder, &steps::reached(&run)?)?)
}

fn join(t: Words, args: &JoinArgs) -> Step<()> {
    let bytes = bounded(&args.file, carried::FIRST_BYTES_MAX)?;
    let file = Carried::decode(&bytes)?;
    let Some(params) = &file.params else { return refused("file-not-first") };
    let params = Params::decode(params)?;
    if params.session() != file.session || file.from != Side::First {
        return refused("psi-other-session");
    }
    if params.agreement != agreement(&args.agreement) {
        return refused("agreement");
    }
    if params.normalisation != recipes::NORMALISATION || params.tables != Digest(recipes::tables()) {
        return refused("tables");
    }
    recipes_of(&params.recipes)?;
    let folder = Folder::make(&args.folder, &Chance::System)?;
    let run = folder.begin(&params, Side::Second)?;
    if run.side() != Side::Second {
        return refused("psi-wrong-side");
    }
    if run.has("first") && run.read("first")? != bytes {
        return refused("psi-other-commit");
    }
    run.write("first", &bytes)?;
    words::say_params(t, args.said.json, &params)?;
    Ok(words::say_reached(t, args.said.json, &args.folder, &steps::reached(&run)?)?)
}

fn commit(t: Words, args: &CommitArgs) -> Step<()> {
    let (sought, held) = (people(args.sought.as_deref())?, people(args.held.as_deref())?);
    at_run(t, &args.folder, &args.said, |run| {
        let recipes = recipes_of(&run.params.recipes)?;
        let most = run.params.keys_per_person as usize;
        let sought = keyed(&sought, &recipes, Spellings::All, most);
        let held = keyed(&held, &recipes, Spellings::One, most);
        progress::during("committing", || steps::commit(run, Lists { sought, held }, &Chance::System))
    })
}

fn people(path: Option<&Path>) -> Step<Vec<list::Listed>> {
    match path {
        None => Ok(Vec::new()),
        Some(path) => Ok(list::read(path)??),
    }
}

/// The rows of a list with their keys, the most specific first and at most as many as agreed.
fn keyed(
    people: &[list::Listed],
    recipes: &[&Recipe],
    spellings: Spellings,
    most: usize,
) -> Vec<(String, Vec<String>)> {
    let keys = |one: &list::Listed| {
        let mut keys = one.particulars.keys(recipes, spellings);
        keys.truncate(most);
        (one.id.clone(), keys)
    };
    people.iter().map(keys).collect()
}

/// What both lists come to, recipe by recipe.
fn keys(t: Words, args: &KeysArgs) -> Step<()> {
    let recipes = recipes_of(&args.recipes)?;
    let most = args.per_person as usize;
    let mut counted = Vec::new();
    for (path, spellings) in [(&args.sought, Spellings::All), (&args.held, Spellings::One)] {
        let people = people(path.as_deref())?;
        let keyed = keyed(&people, &recipes, spellings, most);
        let mut by: BTreeMap<&str, usize> = BTreeMap::new();
        let mut all: Vec<&String> = keyed.iter().flat_map(|(_, keys)| keys).collect();
        all.sort();
        let before = all.len();
        all.dedup();
        for key in &all {
            *by.entry(key.split('|').nth(1).unwrap_or_default()).or_default() += 1;
        }
        let without = keyed.iter().filter(|(_, keys)| keys.is_empty()).count();
        let by = recipes.iter().map(|recipe| by.get(recipe.name).copied().unwrap_or(0)).collect();
        counted.push(words::Counted {
            people: keyed.len(),
            keys: all.len(),
            shared: before - all.len(),
            without,
            by,
        });
    }
    Ok(words::say_keys(t, args.said.json, &recipes, &counted)?)
}

fn open(t: Words, args: &OpenArgs) -> Step<()> {
    let folder = Folder::open(&args.folder)?;
    let opened = steps::open(&folder.run()?, &args.id)?;
    if args.out.exists() {
        return refused_at("out-there", files::name(&args.out));
    }
    files::write_new(&args.out, &opened)?;
    Ok(words::say_opened(t, args.said.json, &args.out)?)
}

fn check(t: Words, args: &CheckArgs) -> Step<()> {
    let folder = Folder::open(&args.folder)?;
    let run = folder.run()?;
    let bytes = bounded(&args.file, run.params.message_bytes_max())?;
    Ok(words::say_shown(t, args.said.json, &steps::check(&run, &bytes)?)?)
}

fn found(t: Words, args: &FoundArgs) -> Step<()> {
    let folder = Folder::open(&args.folder)?;
    let run = folder.run()?;
    let found = steps::found(&run)?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    let write = |csv: &mut csv::Writer<Vec<u8>>, row: [&str; 3]| {
        csv.write_record(row).map_err(|why| Stop::Failed(why.into()))
    };
    write(&mut csv, ["id", "recipes", "references"])?;
    for one in &found {
        write(&mut csv, [&one.id, &one.recipes.join(" "), &one.references.join(" ")])?;
    }
    let text = csv.into_inner().map_err(|why| Stop::Failed(anyhow::anyhow!("{}", why.error())))?;
    match &args.out {
        Some(path) if path.exists() => return refused_at("out-there", files::name(path)),
        Some(path) => files::write_new(path, &text)?,
        None if args.said.json => {}
        None => return Ok(out::line(String::from_utf8_lossy(&text).trim_end())?),
    }
    Ok(words::say_found(t, args.said.json, &found, args.out.as_deref(), run.state.closed.is_some())?)
}
