//! A file of records, opened: in which letters it is written, what parts its cells, and how much of it is read at a time.
//!
//! Decides what a record is and refuses a file in which that cannot be told; refuses to know what columns mean. However a file
//! was made, no more than one record and a little are held in memory.

use std::borrow::Cow;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8};
use linkage::beside::{ASIDES, Asides};

use super::letters::{Decoded, Shows, no_list, shows};
use crate::web::Words;

/// Bytes at the beginning by which a file is judged.
const HEAD_BYTES: usize = 1 << 20;
/// The longest record, in bytes: what is longer is no record of a person.
pub(super) const RECORD_BYTES_MAX: usize = 1 << 20;
/// The longest cell that may have several lines, in bytes: notes have some pages; in a longer one a quote was not closed.
const CELL_BYTES_MAX: usize = 1 << 16;
/// The longest cell that may have several lines whatever these are, in bytes: those of a longer one may not be parted as records.
const NOTE_BYTES_MAX: usize = 1 << 12;
/// As much of a cell as is read, in bytes.
const READ_BYTES: usize = 4 * linkage::table::CELL_CHARS_MAX;
/// How much is read at a time, in bytes.
const BUFFER_BYTES: usize = 1 << 18;
/// The most columns: a list of people has some dozen.
const COLUMNS_MAX: usize = 1_024;
/// What can part cells, and its name.
pub(super) const SEPARATORS: [(u8, &str); 4] = [(b',', ","), (b';', ";"), (b'\t', "tab"), (b'|', "|")];
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
    /// Records whose cell for their identifier is empty, where the file has such a column.
    pub unnamed: u64,
    /// The line of the first of them.
    pub first_unnamed: u64,
    /// What stood beside names and was set aside.
    pub aside: SetAside,
    /// Of a column that would be the identifier if each record had another number: those that share one.
    pub shared: Option<Shared>,
    /// The column with numbers of days for dates, how many there are, and the line of the first.
    pub days: Option<(usize, u64, u64)>,
}

/// Records that share their number with another, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// The column's place.
    pub column: usize,
    /// Records whose number another has too.
    pub records: u64,
    /// The lines of the first two of one number.
    pub lines: [u64; 2],
}

impl Shared {
    /// What records share, by the hashes of their numbers and their lines, where some share one.
    pub fn of(column: usize, mut numbers: Vec<(u64, u64)>) -> Option<Self> {
        numbers.sort_unstable();
        let shared = || numbers.chunk_by(|one, other| one.0 == other.0).filter(|block| block.len() > 1);
        let records = shared().map(|block| block.len() as u64).sum();
        let lines = shared().map(|block| [block[0].1, block[1].1]).min_by_key(|lines| lines[1])?;
        Some(Self { column, records, lines })
    }
}

/// What stood beside names and is no part of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SetAside {
    /// Records with something.
    pub records: u64,
    /// The line of the first of them.
    pub first: u64,
    /// Records by kind, as [`ASIDES`] has them.
    pub kinds: [u64; ASIDES.len()],
}

impl SetAside {
    /// Counts what was set aside of the record in this line.
    pub fn add(&mut self, asides: Asides, line: u64) {
        if self.records == 0 {
            self.first = line;
        }
        self.records += 1;
        let kinds = self.kinds.iter_mut().zip(ASIDES);
        kinds.for_each(|(count, kind)| *count += u64::from(asides.has(kind)));
    }
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

/// A record of a file.
pub(super) struct Row<'a> {
    /// Its cells.
    pub cells: &'a ByteRecord,
    /// The line where it begins; of a Parquet file its number.
    pub line: u64,
    /// The cells as one text, where that is what they are.
    text: Option<&'a str>,
}

impl<'a> Row<'a> {
    /// The beginning of a cell, as much of it as is read; with a sign in place of letters that cannot be.
    pub fn cell(&self, place: Option<usize>) -> Cow<'a, str> {
        let Some(mut range) = place.and_then(|place| self.cells.range(place)) else {
            return Cow::Borrowed("");
        };
        range.end = range.end.min(range.start + READ_BYTES);
        match self.text.and_then(|text| text.get(range.clone())) {
            Some(text) => Cow::Borrowed(text),
            None => String::from_utf8_lossy(&self.cells.as_slice()[range]),
        }
    }
}

/// How the lines of a file end, by its first one: what reads records leaves the line feed behind a carriage return to the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ends {
    /// A line feed, as on Unix.
    Feed,
    /// A carriage return and a line feed, as on Windows.
    ReturnAndFeed,
}

impl Ends {
    /// How the lines end of which this is the beginning.
    pub fn of(text: &str) -> Self {
        let first = text.split_once('\n').map_or("", |(first, _)| first);
        if first.ends_with('\r') { Self::ReturnAndFeed } else { Self::Feed }
    }

    /// The line where the record begins that was read from one position to another, empty lines before it left out.
    pub fn line(self, before: &csv::Position, after: &csv::Position, row: &ByteRecord) -> u64 {
        let within = row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        match self {
            // The last record of a file may end with the file.
            Self::Feed => before.line().max(after.line().saturating_sub(within + 1)),
            Self::ReturnAndFeed => after.line().saturating_sub(within),
        }
    }

    /// The line where the record begins that could not be read from a position.
    pub fn next(self, before: &csv::Position) -> u64 {
        before.line() + u64::from(self == Self::ReturnAndFeed && before.byte() > 0)
    }
}

/// How records are read.
enum Rows {
    /// Cells parted by a separator.
    Parted(Box<csv::Reader<Box<dyn Read>>>, Counted, Ends),
    /// Rows of a Parquet file.
    #[cfg(feature = "parquet")]
    Parquet(Box<super::parquet::Rows>),
}

/// Records of a file, one after another.
pub(super) struct Source {
    t: Words,
    /// What it is called in messages.
    pub name: String,
    rows: Rows,
    separator: u8,
    /// Lines before that of the headers.
    skipped: u64,
    /// The headers.
    pub headers: Vec<String>,
    /// How it is read.
    pub how: How,
}

impl Source {
    /// Opens a file, or says what is refused. `encoding` is what a user says of it; bytes that are read are added to `all`.
    pub fn open(
        t: Words,
        path: &Path,
        encoding: Option<&'static Encoding>,
        all: &Arc<AtomicU64>,
    ) -> anyhow::Result<Result<Self, String>> {
        let mut file = match opened(t, path)? {
            Ok(file) => file,
            Err(why) => return Ok(Err(why)),
        };
        if !file.metadata().is_ok_and(|meta| meta.is_file()) {
            return Ok(Err(of_file(t, "link-open-pipe", &path.display().to_string())));
        }
        let mut head = Vec::new();
        (&mut file).take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        let name = path.display().to_string();
        let (encoding, is_guessed) = match (encoding, shows(&head)) {
            (_, Shows::Parquet) => return Ok(parquet(t, name, file)),
            (_, Shows::Other(what)) => return Ok(Err(of_file(t, &format!("link-kind-{what}"), &name))),
            (_, Shows::Zeros(line)) => return Ok(Err(t.s2("link-kind-zeros", "file", name, "line", line))),
            (Some(encoding), Shows::Text { .. }) => (encoding, false),
            (None, Shows::Text { encoding, is_told }) => (encoding, !is_told),
        };
        let text = encoding.decode(&head).0;
        if let Some(what) = no_list(&text) {
            return Ok(Err(of_file(t, &format!("link-kind-{what}"), &name)));
        }
        let told = told_separator(&text);
        let separator = told.unwrap_or_else(|| separator(text.as_bytes(), head.len() < HEAD_BYTES));
        let ends = Ends::of(&text);
        let how = How {
            letters: (encoding != UTF_8).then(|| encoding.name()),
            is_guessed,
            separator: SEPARATORS[1..].iter().find(|(one, _)| *one == separator).map(|(_, name)| *name),
            ..How::default()
        };
        let counted = Counted { since: Rc::default(), all: Arc::clone(all) };
        let below = Bounded { below: Cursor::new(head).chain(file), counted: counted.clone() };
        let mut below: Box<dyn Read> = match how.letters {
            Some(_) => Box::new(Decoded::new(below, encoding)),
            None => Box::new(below),
        };
        // Spreadsheets say in a line before the header what parts the cells.
        let skipped = told.map(|_| skip_line(&mut below)).transpose()?.map_or(0, |()| 1);
        let reader =
            csv::ReaderBuilder::new().delimiter(separator).buffer_capacity(BUFFER_BYTES).from_reader(below);
        let mut source = Self::parted(t, name, reader, (counted, ends, separator), how);
        source.iter_mut().for_each(|source| source.skipped = skipped);
        Ok(source)
    }

    fn parted(
        t: Words,
        name: String,
        mut reader: csv::Reader<Box<dyn Read>>,
        (counted, ends, separator): (Counted, Ends, u8),
        how: How,
    ) -> Result<Self, String> {
        let headers = match reader.byte_headers() {
            Ok(headers) if headers.iter().any(|header| !header.is_empty()) => headers,
            Ok(_) => return Err(of_file(t, "link-refused-no-header", &name)),
            Err(why) => return Err(unread(t, &name, 1, &why)),
        };
        if headers.len() > COLUMNS_MAX {
            return Err(t.s3("link-refused-columns", "file", name, "n", headers.len(), "most", COLUMNS_MAX));
        }
        let headers =
            headers.iter().map(|header| shown(&String::from_utf8_lossy(header)).into_owned()).collect();
        let rows = Rows::Parted(Box::new(reader), counted, ends);
        Ok(Self { t, name, rows, separator, skipped: 0, headers, how })
    }

    /// Reads the next record in which something stands; none after the last. Refused is a record that is too long or has more or fewer cells than the header.
    pub fn next<'a>(&mut self, row: &'a mut ByteRecord) -> Result<Option<Row<'a>>, String> {
        let line = loop {
            let line = match &mut self.rows {
                Rows::Parted(reader, counted, ends) => {
                    counted.since.set(0);
                    let before = reader.position().clone();
                    let read = reader.read_byte_record(row);
                    match read {
                        Ok(true) => ends.line(&before, reader.position(), row) + self.skipped,
                        Ok(false) => return Ok(None),
                        Err(why) => {
                            let is_whole = matches!(why.kind(), csv::ErrorKind::UnequalLengths { .. });
                            let line = if is_whole {
                                ends.line(&before, reader.position(), row)
                            } else {
                                ends.next(&before)
                            };
                            return Err(unread(self.t, &self.name, line + self.skipped, &why));
                        }
                    }
                }
                #[cfg(feature = "parquet")]
                Rows::Parquet(rows) => match rows.next(row) {
                    Ok(true) => rows.number(),
                    Ok(false) => return Ok(None),
                    Err(why) => return Err(format!("{}: {why}", self.name)),
                },
            };
            // Spreadsheets leave rows behind in which nothing stands.
            if !row.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
                break line;
            }
        };
        if row.iter().any(|cell| cell.len() > NOTE_BYTES_MAX && has_records(cell, self.separator, row.len()))
        {
            return Err(self.t.s2("link-refused-lines", "file", &self.name, "line", line));
        }
        if row.as_slice().len() > RECORD_BYTES_MAX {
            return Err(too_long(self.t, &self.name, line));
        }
        let text = std::str::from_utf8(row.as_slice()).ok();
        let is_read = text.is_some_and(|text| {
            !text.contains('\0') && (self.how.letters.is_none() || !text.contains('\u{fffd}'))
        });
        if !is_read {
            self.how.unread += 1;
            if self.how.unread == 1 {
                self.how.first_unread = line;
            }
        }
        Ok(Some(Row { cells: row, line, text }))
    }
}

#[cfg(feature = "parquet")]
fn parquet(t: Words, name: String, file: File) -> Result<Source, String> {
    let (rows, headers) = super::parquet::Rows::open(t, file).map_err(|why| format!("{name}: {why}"))?;
    let headers = headers.iter().map(|header| shown(header).into_owned()).collect();
    let rows = Rows::Parquet(Box::new(rows));
    Ok(Source { t, name, rows, separator: b',', skipped: 0, headers, how: How::default() })
}

#[cfg(not(feature = "parquet"))]
fn parquet(t: Words, name: String, _: File) -> Result<Source, String> {
    Err(of_file(t, "link-parquet-not-built", &name))
}

/// Opens a file that was named on the command line, or says that it is not there or is a folder.
///
/// # Errors
/// What else the system says.
pub(super) fn opened(t: Words, path: &Path) -> anyhow::Result<Result<File, String>> {
    let name = || path.display().to_string();
    match File::open(path) {
        Ok(file) if file.metadata().is_ok_and(|meta| meta.is_dir()) => {
            Ok(Err(of_file(t, "link-open-folder", &name())))
        }
        Ok(file) => Ok(Ok(file)),
        Err(why) if matches!(why.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(Err(of_file(t, "link-open-absent", &name())))
        }
        Err(why) => Err(anyhow::Error::new(why).context(of_file(t, "link-open-failed", &name()))),
    }
}

/// Reads a whole file that was named on the command line, or says that it cannot be or is longer than so many bytes.
///
/// # Errors
/// What the system says of reading it.
pub(super) fn whole(t: Words, path: &Path, bytes_max: usize) -> anyhow::Result<Result<Vec<u8>, String>> {
    let file = match opened(t, path)? {
        Ok(file) => file,
        Err(why) => return Ok(Err(why)),
    };
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let read = file.take(bytes_max as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|why| anyhow::Error::new(why).context(of_file(t, "link-open-failed", &name)))?;
    if bytes.len() > bytes_max {
        return Ok(Err(t.s2("link-refused-settings-long", "file", name, "most", bytes_max)));
    }
    Ok(Ok(bytes))
}

/// A text of a file as it may be shown: without controls, and without letters that are not seen or turn others around.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text.trim());
    }
    let seen: String = text
        .chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
        .filter(|c| !is_hidden(*c))
        .collect();
    Cow::Owned(seen.trim().to_owned())
}

/// Whether a long cell holds the records behind it, as it does where a quote was not closed: it is longer than notes are, or half of
/// its lines are parted into as many cells as a record has.
fn has_records(cell: &[u8], separator: u8, cells: usize) -> bool {
    let lines = || cell.split(|byte| *byte == b'\n');
    let is_record = |line: &&[u8]| line.iter().filter(|byte| **byte == separator).count() + 1 >= cells;
    lines().nth(1).is_some()
        && (cell.len() > CELL_BYTES_MAX || lines().filter(is_record).count() * 2 >= lines().count())
}

fn of_file(t: Words, key: &str, name: &str) -> String {
    t.s1(key, "file", name)
}

fn too_long(t: Words, name: &str, line: u64) -> String {
    t.s3("link-refused-long", "file", name, "line", line, "most", RECORD_BYTES_MAX)
}

/// What is wrong with a record of a file, as its reader says it.
fn unread(t: Words, name: &str, line: u64, why: &csv::Error) -> String {
    match why.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => t.with(
            "link-refused-cells",
            &[("file", &name), ("line", &line), ("n", len), ("header", expected_len)],
        ),
        csv::ErrorKind::Io(why) if why.kind() == io::ErrorKind::FileTooLarge => too_long(t, name, line),
        _ => t.s3("link-refused-unread", "file", name, "line", line, "why", why.to_string()),
    }
}

/// What a first line `sep=;` says that parts cells, as spreadsheets write it before the header.
fn told_separator(text: &str) -> Option<u8> {
    let first =
        text.split_once('\n')?.0.trim_start_matches('\u{feff}').trim_end_matches('\r').trim_matches('"');
    let told = first.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="))?;
    let one = SEPARATORS.into_iter().find(|(one, _)| first[told.len()..].bytes().eq([*one]));
    one.map(|(one, _)| one)
}

/// Reads up to the end of a line.
fn skip_line(from: &mut dyn Read) -> io::Result<()> {
    let mut byte = [0];
    while from.read(&mut byte)? == 1 && byte != *b"\n" {}
    Ok(())
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
