//! Files that a command reads and writes, bounded before they are read.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::config::Config;

/// What a command was given is not there or does not read: the exit code is that of refused input, not of a failure.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct Unusable {
    what: String,
    source: Option<std::io::Error>,
}

/// Says what was given and cannot be used.
pub fn unusable(what: String) -> anyhow::Error {
    Unusable { what, source: None }.into()
}

/// Reads a node's configuration.
///
/// # Errors
/// [`Unusable`], with what is wrong in it and where.
pub fn config(path: &Path) -> anyhow::Result<Config> {
    Config::read(path).map_err(|why| unusable(format!("{why:#}")))
}

/// A file that was named on the command line cannot be opened: refused when it is not there, or is a folder; else a failure.
pub fn not_opened(path: &Path, why: std::io::Error) -> anyhow::Error {
    let what = format!("cannot open {}", path.display());
    match why.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory => {
            Unusable { what, source: Some(why) }.into()
        }
        _ => anyhow::Error::new(why).context(what),
    }
}

/// Reads a file of at most `bytes_max` bytes and one more, so that whoever judges its size sees that it is too large.
///
/// # Errors
/// Names the file when it cannot be opened or read; [`Unusable`] when it is not there.
pub fn read_bounded(path: &Path, bytes_max: usize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|why| not_opened(path, why))?;
    if file.metadata().is_ok_and(|meta| meta.is_dir()) {
        return Err(not_opened(path, ErrorKind::IsADirectory.into()));
    }
    let mut bounded = file.take(bytes_max as u64 + 1);
    bounded.read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(bytes)
}

/// Writes a new file that only its owner may read, and waits until it is on disk. An existing file is never overwritten.
///
/// # Errors
/// Names the file when it exists already or cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("cannot create {}", path.display()))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Writes files into one folder, whole or not at all: each under another name first, then all are given theirs in turn. A
/// file that exists is overwritten only in [`Existing::Replace`].
///
/// # Errors
/// [`Unusable`] where a file exists that may not be overwritten; else names what cannot be written.
pub fn write_together<N: AsRef<OsStr>>(
    folder: &Path,
    all: &[(N, Vec<u8>)],
    existing: Existing,
) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let paths = all.iter().map(|(name, _)| folder.join(name.as_ref()));
    if existing == Existing::Keep
        && let Some(there) = paths.clone().find(|path| path.exists())
    {
        return Err(unusable(format!("{} exists already; --force replaces it", there.display())));
    }
    let part = |name: &N| meanwhile(&folder.join(name.as_ref()));
    let written = all.iter().try_for_each(|(name, bytes)| write_new(&part(name), bytes));
    let named = written.and_then(|()| {
        all.iter().zip(paths).try_for_each(|((name, _), path)| {
            std::fs::rename(part(name), &path).with_context(|| format!("cannot name {}", path.display()))
        })
    });
    if named.is_err() {
        // What cannot be removed either is left under its other name, which nobody reads.
        all.iter().for_each(|(name, _)| drop(std::fs::remove_file(part(name))));
    }
    named
}

/// Under what name a file is written by [`write_together`] until it is whole: beside the one it will have.
pub fn meanwhile(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// What becomes of a file that is there already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existing {
    /// It is kept, and nothing is written.
    Keep,
    /// It is replaced.
    Replace,
}

/// The name of a file without its folders, as refusals call it.
pub fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
