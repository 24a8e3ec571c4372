//! The record as plain files: `record/journal.log` and `record/AUTHOR.log`, entry after entry, nothing else.
//!
//! A file is only ever completed: what is there is compared, what is missing is appended, what differs is left alone.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::PathBuf;

use crate::error::RegisterError;

/// Why a record file could not be brought up.
#[derive(Debug)]
pub(crate) enum FileTrouble {
    /// It holds other bytes than the register.
    Differs { file: String, offset: u64 },
    /// It could not be written; a later try may succeed.
    Behind(io::Error),
    /// It could not be synced; what is on the disk is unknown.
    Unsynced(io::Error),
    /// The register itself could not be read.
    Register(RegisterError),
}

/// The open record files of a register.
#[derive(Default)]
pub(crate) struct Files {
    dir: PathBuf,
    open: BTreeMap<String, RecordFile>,
}

struct RecordFile {
    file: File,
    /// Bytes known to be as in the register.
    good: u64,
    /// Entries in those bytes.
    entries: i64,
    dirty: bool,
}

impl Files {
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, open: BTreeMap::new() }
    }

    /// How many entries of this log the file is known to hold.
    pub fn entries(&self, log: &str) -> i64 {
        self.open.get(log).map_or(0, |record| record.entries)
    }

    /// Gives the file its next entry: compares what is there, appends what is missing.
    pub fn feed(&mut self, log: &str, bytes: &[u8]) -> Result<(), FileTrouble> {
        let record = self.record(log)?;
        let there = record.file.metadata().map_err(FileTrouble::Behind)?.len();
        let differs = |offset| FileTrouble::Differs { file: format!("{log}.log"), offset };
        if there < record.good {
            return Err(differs(there));
        }
        let overlap = usize::try_from(there - record.good).unwrap_or(usize::MAX).min(bytes.len());
        let mut old = vec![0; overlap];
        record.file.read_exact_at(&mut old, record.good).map_err(FileTrouble::Behind)?;
        if let Some(at) = old.iter().zip(bytes).position(|(old, new)| old != new) {
            return Err(differs(record.good + at as u64));
        }
        if overlap < bytes.len() {
            record.dirty = true;
            record
                .file
                .write_all_at(&bytes[overlap..], record.good + overlap as u64)
                .map_err(FileTrouble::Behind)?;
        }
        record.good += bytes.len() as u64;
        record.entries += 1;
        Ok(())
    }

    /// Syncs what was appended.
    pub fn sync(&mut self) -> Result<(), FileTrouble> {
        for record in self.open.values_mut().filter(|record| record.dirty) {
            record.file.sync_data().map_err(FileTrouble::Unsynced)?;
            record.dirty = false;
        }
        Ok(())
    }

    /// Refuses bytes after the last entry, and logs the register knows nothing of.
    pub fn nothing_more(&self) -> Result<(), FileTrouble> {
        for found in std::fs::read_dir(&self.dir).map_err(FileTrouble::Behind)? {
            let found = found.map_err(FileTrouble::Behind)?;
            let file = found.file_name().to_string_lossy().into_owned();
            let Some(log) = file.strip_suffix(".log") else { continue };
            let good = self.open.get(log).map_or(0, |record| record.good);
            if found.metadata().map_err(FileTrouble::Behind)?.len() > good {
                return Err(FileTrouble::Differs { file, offset: good });
            }
        }
        Ok(())
    }

    fn record(&mut self, log: &str) -> Result<&mut RecordFile, FileTrouble> {
        if !self.open.contains_key(log) {
            let path = self.dir.join(format!("{log}.log"));
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(&path)
                .map_err(FileTrouble::Behind)?;
            // The name itself must survive a power cut.
            File::open(&self.dir).and_then(|dir| dir.sync_all()).map_err(FileTrouble::Unsynced)?;
            let record = RecordFile { file, good: 0, entries: 0, dirty: false };
            self.open.insert(log.to_owned(), record);
        }
        // Inserted above when it was not there.
        Ok(self.open.get_mut(log).expect("the file is open"))
    }

    /// Puts another handle in a log's place, so that a test can make its writes fail.
    #[cfg(test)]
    pub fn replace(&mut self, log: &str, file: File) {
        self.open.get_mut(log).expect("the log is open").file = file;
    }
}
