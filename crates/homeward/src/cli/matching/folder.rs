//! The private folder of one side: its runs, what is sealed, what is counted.
//!
//! Decides what lies where and that it is on disk before anything is carried away. One 32-byte secret in `folder.key`
//! (readable by its owner alone, as a node's key is) opens what is sealed. `runs` has a line for each run there was, `run-N/budget` one
//! for each chunk that was answered; both only grow.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use parley::matching::{Evaluation, Params, Side, kept};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::stop::{Step, Stop, refused};
use crate::chance::{Chance, hex, unhex};
use crate::cli::files;

/// Larger than any file that lies in a run's folder.
const KEPT_BYTES_MAX: usize = 1 << 30;

/// A private folder, held by this process alone while it is open.
pub struct Folder {
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    /// Locked until the command ends.
    _lock: File,
}

/// A run as the folder's list of runs has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub run: u32,
    /// How many runs are agreed.
    pub runs: u32,
    /// The agreement, in hexadecimal digits.
    pub agreement: String,
    /// The session, likewise.
    pub session: String,
}

/// What a run's folder says of how far it has come. No name and no key of a person is in it.
#[derive(Serialize, Deserialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Whether this is the second side.
    pub second: bool,
    /// Whether the officer compared the code with the other side.
    pub confirmed: bool,
    /// Whether both commits are accepted by this side.
    pub accepted: bool,
    /// Whether its tags were given out.
    pub tags_given: bool,
    /// SHA-256 of the last query that was given out.
    pub asked: String,
    /// SHA-256 of each file of the other side that was taken.
    pub taken: Vec<String>,
    /// How many messages of the other side are kept.
    pub received: usize,
    /// The files to carry, by name.
    pub carry: Vec<String>,
    /// The close that the other side must send; there when this side has closed.
    pub closed: Option<String>,
    /// Whether the other side's close was seen.
    pub other_closed: bool,
}

impl Folder {
    /// Opens a folder, and makes it where there is none.
    ///
    /// # Errors
    /// A folder that another command holds, or that cannot be written.
    pub fn make(path: &Path, chance: &Chance) -> Step<Folder> {
        let dir = DirBuilder::new().recursive(true).mode(0o700).create(path);
        dir.with_context(|| format!("cannot make {}", path.display()))?;
        let key = path.join("folder.key");
        if !key.exists() {
            let secret = Zeroizing::new(chance.draw("matching folder"));
            files::write_new(&key, Zeroizing::new(hex(secret.as_slice())).as_bytes())?;
            sync(path)?;
        }
        Self::open(path)
    }

    /// Opens a folder.
    ///
    /// # Errors
    /// `folder-none` where there is none, `folder-busy` where another command holds it.
    pub fn open(path: &Path) -> Step<Folder> {
        let file = path.join("folder.key");
        let Ok(lock) = File::open(&file) else { return refused("folder-none") };
        if lock.try_lock().is_err() {
            return refused("folder-busy");
        }
        let text = Zeroizing::new(fs::read_to_string(&file)?);
        let Some(key) = unhex(text.trim()) else { return refused("folder-kept") };
        Ok(Folder { path: path.to_owned(), key: Zeroizing::new(key), _lock: lock })
    }

    /// The runs that there were, in their order.
    ///
    /// # Errors
    /// A list that was changed.
    pub fn runs(&self) -> Step<Vec<Listed>> {
        let text = whole_lines(&self.path.join("runs"))?;
        let line = |line: &str| {
            let words: Vec<&str> = line.split(' ').collect();
            let [run, runs, agreement, session] = words[..] else { return None };
            let (run, runs) = (run.parse().ok()?, runs.parse().ok()?);
            Some(Listed { run, runs, agreement: agreement.to_owned(), session: session.to_owned() })
        };
        text.lines().map(line).collect::<Option<_>>().map_or_else(|| refused("folder-kept"), Ok)
    }

    /// Begins a run: it is the next, and under the same agreement. A run that is there already is opened.
    ///
    /// # Errors
    /// `run-order` for another number than the next, `runs-differ` for another number of runs or another agreement.
    pub fn begin(&self, params: &Params, side: Side) -> Step<Run<'_>> {
        let runs = self.runs()?;
        let session = hex(params.session().as_bytes());
        if runs.last().is_some_and(|last| last.session == session) {
            return self.run();
        }
        let listed = Listed {
            run: params.run,
            runs: params.runs,
            agreement: hex(params.agreement.as_bytes()),
            session,
        };
        if listed.run as usize != runs.len() + 1 {
            return refused("run-order");
        }
        let same = |one: &Listed| one.runs == listed.runs && one.agreement == listed.agreement;
        if !runs.iter().all(same) {
            return refused("runs-differ");
        }
        let path = self.path.join(format!("run-{}", listed.run));
        DirBuilder::new().recursive(true).mode(0o700).create(&path)?;
        let run = Run {
            folder: self,
            path,
            params: params.clone(),
            state: State { second: side == Side::Second, ..State::default() },
        };
        run.write("params", &params.encode())?;
        run.save()?;
        let line = format!("{} {} {} {}\n", listed.run, listed.runs, listed.agreement, listed.session);
        append(&self.path.join("runs"), line.as_bytes())?;
        sync(&self.path)?;
        // The run before is over, whether it was closed or broken off: its key answers nothing more.
        if let Some(last) = runs.last() {
            let path = self.path.join(format!("run-{}", last.run));
            Run { folder: self, path, params: params.clone(), state: State::default() }
                .destroy("key.sealed")?;
        }
        Ok(run)
    }

    /// The last run.
    ///
    /// # Errors
    /// `folder-none` where there is none, `folder-kept` where what lies there was changed.
    pub fn run(&self) -> Step<Run<'_>> {
        let runs = self.runs()?;
        let Some(last) = runs.last() else { return refused("folder-none") };
        let path = self.path.join(format!("run-{}", last.run));
        let params = Params::decode(&files::read_bounded(&path.join("params"), 1 << 16)?)?;
        if hex(params.session().as_bytes()) != last.session {
            return refused("folder-kept");
        }
        let state = fs::read_to_string(path.join("state.json"))?;
        let Ok(state) = serde_json::from_str(&state) else { return refused("folder-kept") };
        Ok(Run { folder: self, path, params, state })
    }
}

/// One run in its folder.
pub struct Run<'a> {
    folder: &'a Folder,
    path: PathBuf,
    /// The parameters.
    pub params: Params,
    /// How far it has come.
    pub state: State,
}

impl Run<'_> {
    /// Which side this is.
    pub fn side(&self) -> Side {
        if self.state.second { Side::Second } else { Side::First }
    }

    /// Where a file of the run lies.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Whether a file of the run is there.
    pub fn has(&self, name: &str) -> bool {
        self.file(name).exists()
    }

    /// Writes a file of the run; it is on disk when this returns.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Step<()> {
        let path = self.file(name);
        let part = files::meanwhile(&path);
        let _ = fs::remove_file(&part);
        files::write_new(&part, bytes)?;
        fs::rename(&part, &path)?;
        sync(&self.path)
    }

    /// Reads a file of the run.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn read(&self, name: &str) -> Step<Vec<u8>> {
        Ok(files::read_bounded(&self.file(name), KEPT_BYTES_MAX)?)
    }

    /// Writes how far the run has come.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn save(&self) -> Step<()> {
        let text = serde_json::to_vec_pretty(&self.state).map_err(|why| Stop::Failed(why.into()))?;
        self.write("state.json", &text)
    }

    /// Seals something of the run under its name.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn seal(&self, name: &str, plain: &[u8], chance: &Chance) -> Step<()> {
        let drawn = chance.draw("matching nonce");
        let nonce: [u8; 24] = std::array::from_fn(|at| drawn[at]);
        self.write(name, &kept::seal(&self.folder.key, &nonce, &self.sealed_as(name), plain))
    }

    /// Opens something of the run.
    ///
    /// # Errors
    /// `folder-kept` where it does not open: another key, or what lies there was changed.
    pub fn unseal(&self, name: &str) -> Step<Zeroizing<Vec<u8>>> {
        let sealed = self.read(name)?;
        kept::open(&self.folder.key, &self.sealed_as(name), &sealed)
            .map_or_else(|| refused("folder-kept"), Ok)
    }

    fn sealed_as(&self, name: &str) -> String {
        format!("homeward match {} {name}", hex(self.params.session().as_bytes()))
    }

    /// Overwrites a file with zeros and removes it. What a disk keeps elsewhere of it is sealed.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn destroy(&self, name: &str) -> Step<()> {
        let path = self.file(name);
        let length = match fs::metadata(&path) {
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(()),
            read => read?.len(),
        };
        let mut file = OpenOptions::new().write(true).open(&path)?;
        file.write_all(&vec![0; usize::try_from(length).unwrap_or(0)])?;
        file.sync_all()?;
        fs::remove_file(&path)?;
        sync(&self.path)
    }

    /// Counts a chunk that the other side asks: the line is on disk when this returns. A chunk that is counted already, in the
    /// same words, is not counted twice.
    ///
    /// # Errors
    /// `budget` where another chunk was counted in its place, or one before it was not.
    pub fn count(&self, entry: &Evaluation) -> Step<()> {
        let text = whole_lines(&self.file("budget"))?;
        let line = format!("{} {} {}", entry.from, entry.to, hex(entry.query.as_bytes()));
        let at = (entry.from / self.params.chunk.max(1)) as usize;
        let counted: Vec<&str> = text.lines().collect();
        match counted.get(at) {
            Some(there) if *there == line => Ok(()),
            None if at == counted.len() => {
                append(&self.file("budget"), format!("{line}\n").as_bytes())?;
                sync(&self.path)
            }
            _ => refused("budget"),
        }
    }

    /// Up to which point the other side's queries were counted.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn counted(&self) -> Step<u32> {
        match whole_lines(&self.file("budget"))?.lines().last() {
            None => Ok(0),
            Some(line) => {
                let to = line.split(' ').nth(1).and_then(|to| to.parse().ok());
                to.map_or_else(|| refused("folder-kept"), Ok)
            }
        }
    }
}

/// The whole lines of a file that only grows; of a line that a crash cut off nothing was given out.
fn whole_lines(path: &Path) -> Step<String> {
    let mut text = match fs::read_to_string(path) {
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(String::new()),
        read => read?,
    };
    text.truncate(text.rfind('\n').map_or(0, |end| end + 1));
    Ok(text)
}

/// Appends a line behind the whole ones; it is on disk when this returns.
fn append(path: &Path, line: &[u8]) -> Step<()> {
    let whole = whole_lines(path)?.len() as u64;
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    file.set_len(whole)?;
    file.write_all(line)?;
    file.sync_all()
        .map_err(|why| Stop::Failed(anyhow!(why).context(format!("cannot sync {}", path.display()))))
}

/// Waits until the names in a folder are on disk.
fn sync(folder: &Path) -> Step<()> {
    Ok(File::open(folder)?.sync_all()?)
}
