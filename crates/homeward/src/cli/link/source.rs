//! A file of records, opened: in which letters it is written, what parts its cells, and how much of it is read at a time.
//!
//! Decides what a record is and refuses a file in which that cannot be told; refuses to know what columns mean. However a file
//! was made, no more than one record and a little are held in memory.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8};

use super::letters::{Decoded, Shows, shows};
use crate::cli::files;

/// Bytes at the beginning by which a file is judged.
const HEAD_BYTES: usize = 1 << 20;
/// The longest record, in bytes: what is longer is no record of a person.
const RECORD_BYTES_MAX: usize = 1 << 20;
/// The longest cell that may have several lines, in bytes: in a longer one a quote was not closed.
const CELL_BYTES_MAX: usize = 1 << 12;
/// How much is read at a time, in bytes.
const BUFFER_BYTES: usize = 1 << 18;
/// What can part cells, and its name.
const SEPARATORS: [(u8, &str); 4] = [(b',', ","), (b';', ";"), (b'\t', "tab"), (b'|', "|")];
/// Records by which it is seen what parts cells.
const SEPARATOR_ROWS: usize = 100;

/// How a file was read, as it is said.
#[derive(Clone, Debug, Default)]
pub(super) struct How {
    /// The encoding, where it is not UTF-8.
    pub letters: Option<&'static str>,
    /// Whether the encoding was guessed.
    pub is_guessed: bool,
    /// What parts cells, where it is not a comma.
    pub separator: Option<&'static str>,
    /// Records with letters that cannot be read.
    pub unread: u64,
    /// The line of the first of them.
    pub first_unread: u64,
}

/// What the reader of records and the file below it both count.
#[derive(Clone)]
struct Counted {
    /// Bytes read since a record was whole.
    since: Rc<Cell<usize>>,
    /// Bytes read in all, for who watches.
    all: Arc<AtomicU64>,
}

/// A file that is read no further when a record does not end.
struct Bounded<R> {
    below: R,
    counted: Counted,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.counted.since.get() > RECORD_BYTES_MAX + BUFFER_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let count = self.below.read(into)?;
        self.counted.since.set(self.counted.since.get() + count);
        self.counted.all.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Records of a file, one after another.
pub(super) struct Source {
    name: String,
    reader: csv::Reader<Box<dyn Read>>,
    counted: Counted,
    /// The headers.
    pub headers: Vec<String>,
    /// How it is read.
    pub how: How,
}

impl Source {
    /// Opens a file, or says what is refused. `encoding` is what a user says of it; bytes that are read are added to `all`.
    pub fn open(
        path: &Path,
        encoding: Option<&'static Encoding>,
        all: &Arc<AtomicU64>,
    ) -> anyhow::Result<Result<Self, String>> {
        let mut file = File::open(path).map_err(|why| files::not_opened(path, why))?;
        if file.metadata().is_ok_and(|meta| meta.is_dir()) {
            return Err(files::not_opened(path, io::ErrorKind::IsADirectory.into()));
        }
        let mut head = Vec::new();
        (&mut file).take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        let shown = match (encoding, shows(&head)) {
            (_, Shows::Other(what)) => return Ok(Err(format!("{} is {what}", path.display()))),
            (Some(encoding), Shows::Text { .. }) => (encoding, false),
            (None, Shows::Text { encoding, is_told }) => (encoding, !is_told),
        };
        let is_whole = head.len() < HEAD_BYTES;
        let (text, _, _) = shown.0.decode(&head);
        let separator = separator(text.as_bytes(), is_whole);
        let how = How {
            letters: (shown.0 != UTF_8).then(|| shown.0.name()),
            is_guessed: shown.1,
            separator: SEPARATORS[1..].iter().find(|(one, _)| *one == separator).map(|(_, name)| *name),
            ..How::default()
        };
        drop(text);
        let counted = Counted { since: Rc::default(), all: Arc::clone(all) };
        let below = Bounded { below: Cursor::new(head).chain(file), counted: counted.clone() };
        let below: Box<dyn Read> = match how.letters {
            Some(_) => Box::new(Decoded::new(below, shown.0)),
            None => Box::new(below),
        };
        let reader =
            csv::ReaderBuilder::new().delimiter(separator).buffer_capacity(BUFFER_BYTES).from_reader(below);
        let name = path.display().to_string();
        Ok(Self { name, reader, counted, headers: Vec::new(), how }.headed())
    }

    fn headed(mut self) -> Result<Self, String> {
        let headers = match self.reader.byte_headers() {
            Ok(headers) if headers.iter().any(|header| !header.is_empty()) => headers,
            Ok(_) => return Err(format!("{}: there is no header line", self.name)),
            Err(why) => return Err(unread(&self.name, 1, &why)),
        };
        let text =
            |header: &[u8]| String::from_utf8_lossy(header).trim_start_matches('\u{feff}').trim().to_owned();
        let headers: Vec<String> = headers.iter().map(text).collect();
        self.headers = headers;
        Ok(self)
    }

    /// Reads the next record; false after the last. Refused is a record that is too long or has more or fewer cells than the header.
    pub fn next(&mut self, row: &mut ByteRecord) -> Result<bool, String> {
        self.counted.since.set(0);
        let line = self.reader.position().line();
        match self.reader.read_byte_record(row) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(why) => return Err(unread(&self.name, line, &why)),
        }
        let line = row.position().map_or(line, csv::Position::line);
        if row.iter().any(|cell| cell.len() > CELL_BYTES_MAX && cell.contains(&b'\n')) {
            return Err(format!(
                "{}: the record from line {line} has lines of text in a cell; is a quote not closed?",
                self.name
            ));
        }
        if row.as_slice().len() > RECORD_BYTES_MAX {
            return Err(too_long(&self.name, line));
        }
        let is_read = match std::str::from_utf8(row.as_slice()) {
            Ok(text) => self.how.letters.is_none() || !text.contains('\u{fffd}'),
            Err(_) => false,
        };
        if !is_read {
            self.how.unread += 1;
            if self.how.unread == 1 {
                self.how.first_unread = line;
            }
        }
        Ok(true)
    }
}

fn too_long(name: &str, line: u64) -> String {
    format!(
        "{name}: the record from line {line} has more than {RECORD_BYTES_MAX} bytes, which no record of a person has; is a quote not \
         closed?"
    )
}

/// What is wrong with a record of a file, as its reader says it.
fn unread(name: &str, line: u64, why: &csv::Error) -> String {
    match why.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(line, csv::Position::line);
            format!(
                "{name}: the record from line {line} has {len} fields where the header has {expected_len}; is a quote not closed?"
            )
        }
        csv::ErrorKind::Io(why) if why.kind() == io::ErrorKind::FileTooLarge => too_long(name, line),
        _ => format!("{name}: {why}"),
    }
}

/// What parts the cells: that by which the first records have as many cells as the header, the most of them; else that of which the
/// header has most, and a comma before all others.
fn separator(head: &[u8], is_whole: bool) -> u8 {
    let cells = |separator: u8| -> (bool, usize) {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(head);
        // A quote that a cell does not end is a quote of cells that are parted otherwise.
        let is_cut = |cell: &[u8]| cell.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
        let count = |row: ByteRecord| if row.iter().any(is_cut) { 0 } else { row.len() };
        let rows = reader.byte_records().take(SEPARATOR_ROWS);
        let mut counts: Vec<usize> = rows.filter_map(|row| Some(count(row.ok()?))).collect();
        // The last of a file that goes on is cut.
        if !is_whole && counts.len() < SEPARATOR_ROWS && counts.len() > 1 {
            counts.pop();
        }
        let header = counts.first().copied().unwrap_or(0);
        (header > 1 && counts.iter().all(|count| *count == header), header)
    };
    // Of equals the first is taken.
    let best = SEPARATORS.iter().rev().map(|(one, _)| *one).max_by_key(|one| cells(*one));
    best.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parts_cells_is_seen() {
        let check = |text: &str, expect: u8| {
            assert_eq!(char::from(separator(text.as_bytes(), true)), char::from(expect), "{text}");
        };
        check("id,surname\n1,Мігда\n", b',');
        check("id;surname;given\n1;Мігда;Максим\n", b';');
        check("id;surname, given;born\n1;Мігда, Максим;1987\n2;Коваль;1990\n", b';');
        check("id\tsurname\n1\tМігда\n", b'\t');
        check("id|surname\n1|Мігда\n", b'|');
        check("id;\"a,b,c,d\";x\n1;\"1,2,3,4\";y\n", b';');
        check("surname\nМігда\n", b',');
        check("id,surname,given\n1,Мігда\n", b',');
        check("id;surname;given\n1;Мігда\n", b';');
        check("", b',');
    }
}
