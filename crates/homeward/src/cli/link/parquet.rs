//! Records of a Parquet file, read a row at a time as cells of text.
//!
//! Decides how a value is written as a cell. A few bytes of such a file can stand for any number of them, so everything is
//! bounded by what the file says of itself before it is unpacked; columns of lists and groups are no cells and are refused.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::ByteRecord;
use hyper::body::Bytes;
use parquet::basic::{ConvertedType, Encoding, LogicalType, TimeUnit, Type};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result as Read_};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::ColumnDescPtr;
use time::Date;

use super::source::RECORD_BYTES_MAX;
use crate::web::Words;

/// The Julian day of 1 January 1970.
const FIRST_DAY: i32 = 2_440_588;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// Rows of a column that are read at a time.
const BATCH: usize = 1_024;
/// Bytes of one entry of a dictionary, beside its text.
const ENTRY_BYTES: u64 = 32;
/// How pages may be written; in the other ways a few bytes can claim any number of texts.
const ENCODINGS: [Encoding; 5] = [
    Encoding::PLAIN,
    Encoding::PLAIN_DICTIONARY,
    Encoding::RLE_DICTIONARY,
    Encoding::RLE,
    Encoding::DELTA_BINARY_PACKED,
];

/// The most of a file that is read.
#[derive(Clone, Copy)]
struct Limits {
    /// Bytes of the footer.
    footer: u64,
    /// Records.
    rows: u64,
    /// Columns.
    columns: u64,
    /// Bytes of a page, packed or not.
    page: u64,
    /// Bytes of the largest pages of all columns and of their dictionaries, which are held together.
    held: u64,
    /// Bytes of all pages, unpacked.
    all: u64,
}

const LIMITS: Limits = Limits {
    footer: 16 << 20,
    rows: 50_000_000,
    columns: 1_024,
    page: 64 << 20,
    held: 512 << 20,
    all: 64 << 30,
};

/// Rows of a file.
pub(super) struct Rows {
    t: Words,
    limits: Limits,
    file: Arc<File>,
    about: ParquetMetaData,
    /// The next group of rows.
    group: usize,
    /// Rows of the open group that are left.
    left: u64,
    columns: Vec<Column>,
    /// Bytes of all pages so far.
    all: Arc<AtomicU64>,
    /// The number of the last row, from 1.
    number: u64,
}

/// A column of the open group.
struct Column {
    reader: ColumnReader,
    about: ColumnDescPtr,
    /// The cells of the rows at hand, the next one last.
    cells: Vec<Value>,
}

/// A cell.
enum Value {
    /// There is none, or none that can be written.
    None,
    /// Bytes of the file itself.
    Bytes(parquet::data_type::ByteArray),
    /// What is written otherwise in a list.
    Text(String),
}

impl Rows {
    /// Opens a file; answers with its headers too, or with what is refused.
    pub fn open(t: Words, file: File) -> Result<(Self, Vec<String>), String> {
        Self::within(t, file, LIMITS)
    }

    /// Reads the next row; false after the last. Refused is a row with more bytes than a record of a person has.
    pub fn next(&mut self, record: &mut ByteRecord) -> Result<bool, String> {
        let t = self.t;
        unharmed(t, || self.next_of_group(record))
    }

    fn within(t: Words, file: File, limits: Limits) -> Result<(Self, Vec<String>), String> {
        let damaged = |why: ParquetError| t.s1("link-parquet-damaged", "why", why.to_string());
        let (footer, elements) = footer(&file).map_err(|why| damaged(why.into()))?;
        within(t, "footer", footer, limits.footer)?;
        // Before the footer is parsed, because groups within groups are parsed within one another.
        within(t, "columns", elements.saturating_sub(1), limits.columns)?;
        let about = unharmed(t, || ParquetMetaDataReader::new().parse_and_finish(&file).map_err(damaged))?;
        let schema = about.file_metadata().schema();
        if let Some(nested) = schema.get_fields().iter().find(|field| !is_plain(field)) {
            return Err(t.s1("link-parquet-nested", "column", nested.name()));
        }
        let rows = about.row_groups().iter().map(|group| u64::try_from(group.num_rows()).unwrap_or(u64::MAX));
        within(t, "records", rows.fold(0, u64::saturating_add), limits.rows)?;
        let headers = schema.get_fields().iter().map(|field| field.name().trim().to_owned()).collect();
        let file = Arc::new(file);
        let rows = Self {
            t,
            limits,
            file,
            about,
            group: 0,
            left: 0,
            columns: Vec::new(),
            all: Arc::default(),
            number: 0,
        };
        Ok((rows, headers))
    }

    fn next_of_group(&mut self, record: &mut ByteRecord) -> Result<bool, String> {
        let t = self.t;
        while self.left == 0 {
            if self.group == self.about.num_row_groups() {
                return Ok(false);
            }
            self.open_group().map_err(|why| self.said(&why))?;
        }
        self.number += 1;
        record.clear();
        let mut bytes = 0;
        for at in 0..self.columns.len() {
            let cell = self.columns[at].next(self.left).map_err(|why| self.said(&why))?;
            let cell = match &cell {
                Value::None => &[],
                Value::Bytes(bytes) => bytes.data(),
                Value::Text(text) => text.as_bytes(),
            };
            bytes += cell.len();
            if bytes > RECORD_BYTES_MAX {
                return Err(t.s2("link-refused-long-row", "n", self.number, "most", RECORD_BYTES_MAX));
            }
            record.push_field(cell);
        }
        self.left -= 1;
        Ok(true)
    }

    /// The number of the last row.
    pub fn number(&self) -> u64 {
        self.number
    }

    fn open_group(&mut self) -> Read_<()> {
        let group = self.about.row_group(self.group);
        self.group += 1;
        self.left = u64::try_from(group.num_rows()).unwrap_or(0);
        let held = Arc::new(AtomicU64::new(0));
        let mut columns = Vec::with_capacity(group.num_columns());
        for chunk in group.columns() {
            let pages = Arc::new(Pages {
                t: self.t,
                limits: self.limits,
                file: Arc::clone(&self.file),
                largest: AtomicU64::new(0),
                held: Arc::clone(&held),
                all: Arc::clone(&self.all),
            });
            let rows = usize::try_from(self.left)?;
            let below = SerializedPageReader::new(Arc::clone(&pages), chunk, rows, None)?;
            let about = chunk.column_descr_ptr();
            let reader =
                get_column_reader(Arc::clone(&about), Box::new(Checked { below, pages, rows: self.left }));
            columns.push(Column { reader, about, cells: Vec::new() });
        }
        self.columns = columns;
        Ok(())
    }

    /// What is wrong, with the number of the row.
    fn said(&self, why: &ParquetError) -> String {
        match why {
            ParquetError::External(why) => why.to_string(),
            why => self.t.s2("link-parquet-damaged-at", "n", self.number, "why", why.to_string()),
        }
    }
}

/// Does a part of the reading. The crate parquet ends with a panic where some damaged bytes are not what it takes for granted; here
/// that is a file that is refused, and what was being read is not used any more.
fn unharmed<T>(t: Words, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err(t.s1("link-parquet-damaged", "why", "its bytes contradict each other")))
}

/// Whether a column is of single cells.
fn is_plain(field: &parquet::schema::types::TypePtr) -> bool {
    field.is_primitive() && field.get_basic_info().repetition() != parquet::basic::Repetition::REPEATED
}

/// How many bytes the footer says it has, and how many columns and groups of them it says follow.
fn footer(mut file: &File) -> std::io::Result<(u64, u64)> {
    const AFTER: i64 = 8;
    let mut last = [0; AFTER as usize];
    file.seek(SeekFrom::End(-AFTER))?;
    file.read_exact(&mut last)?;
    let bytes = u32::from_le_bytes([last[0], last[1], last[2], last[3]]);
    file.seek(SeekFrom::End(-AFTER - i64::from(bytes)))?;
    let mut first = Vec::new();
    file.take(32).read_to_end(&mut first)?;
    let elements = schema_elements(&first).ok_or(std::io::ErrorKind::InvalidData)?;
    Ok((bytes.into(), elements))
}

/// How many elements the schema has, by the footer's first bytes: a version, then the list of them.
fn schema_elements(footer: &[u8]) -> Option<u64> {
    let (_, rest) = next_number(footer)?;
    match rest {
        [NEXT_LIST, mark, ..] if mark & 0x0f == STRUCTS && mark >> 4 < 15 => Some(u64::from(mark >> 4)),
        [NEXT_LIST, mark, rest @ ..] if mark & 0x0f == STRUCTS => Some(varint(rest)?.0),
        _ => None,
    }
}

/// The size of a page when it is unpacked, by its header: the second of three numbers with which each begins.
fn unpacked_bytes(header: &[u8]) -> Option<u64> {
    let (_, rest) = next_number(header)?;
    Some(next_number(rest)?.0)
}

/// A field that follows on the last one and is a number of 32 bits.
const NEXT_NUMBER: u8 = 0x15;
/// A field that follows on the last one and is a list.
const NEXT_LIST: u8 = 0x19;
/// A list of structures.
const STRUCTS: u8 = 0x0c;

/// A number that is the next field, and what follows it; none where it is below zero.
fn next_number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (mark, rest) = bytes.split_first()?;
    let (twice, rest) = varint(rest)?;
    // Numbers are written twice themselves; odd ones are below zero.
    (*mark == NEXT_NUMBER && twice % 2 == 0).then_some((twice / 2, rest))
}

/// A number in groups of seven bits, the last one first, and what follows it.
fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let end = bytes.iter().take(5).position(|byte| *byte < 0x80)?;
    let number = bytes[..=end].iter().rev().fold(0_u64, |sum, byte| sum << 7 | u64::from(byte & 0x7f));
    Some((number, &bytes[end + 1..]))
}

/// Refuses what there is too much of.
fn within(t: Words, what: &str, there: u64, most: u64) -> Result<(), String> {
    let what = t.code("link-parquet-what", what);
    let over = || t.s3("link-parquet-over", "what", what, "n", there, "most", most);
    if there > most { Err(over()) } else { Ok(()) }
}

fn refuse(t: Words, what: &str, there: u64, most: u64) -> Read_<()> {
    within(t, what, there, most).map_err(|why| ParquetError::External(why.into()))
}

/// The pages of a column in a group, bounded before they are unpacked.
struct Pages {
    t: Words,
    limits: Limits,
    file: Arc<File>,
    /// Bytes of the largest page of the column so far.
    largest: AtomicU64,
    /// Bytes that all columns of the group hold.
    held: Arc<AtomicU64>,
    /// Bytes of all pages so far.
    all: Arc<AtomicU64>,
}

impl Pages {
    fn hold(&self, more: u64) -> Read_<()> {
        let held = self.held.fetch_add(more, Ordering::Relaxed) + more;
        refuse(self.t, "held", held, self.limits.held)
    }
}

impl Length for Pages {
    fn len(&self) -> u64 {
        Length::len(&*self.file)
    }
}

impl ChunkReader for Pages {
    type T = Cursor<Vec<u8>>;

    /// Reads from where a page's header begins, and judges the page by it.
    fn get_read(&self, start: u64) -> Read_<Self::T> {
        // A header without what is counted of a page is some dozen bytes.
        const HEADER_BYTES: u64 = 1 << 16;
        let mut file = &*self.file;
        file.seek(SeekFrom::Start(start))?;
        let mut header = Vec::new();
        file.take(HEADER_BYTES).read_to_end(&mut header)?;
        let bytes = unpacked_bytes(&header)
            .ok_or_else(|| ParquetError::General("a page without its size".to_owned()))?;
        refuse(self.t, "page", bytes, self.limits.page)?;
        refuse(self.t, "all", self.all.fetch_add(bytes, Ordering::Relaxed) + bytes, self.limits.all)?;
        self.hold(bytes.saturating_sub(self.largest.fetch_max(bytes, Ordering::Relaxed)))?;
        Ok(Cursor::new(header))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Read_<Bytes> {
        refuse(self.t, "page", length as u64, self.limits.page)?;
        let mut file = &*self.file;
        file.seek(SeekFrom::Start(start))?;
        let mut page = Vec::new();
        file.take(length as u64).read_to_end(&mut page)?;
        if page.len() < length {
            return Err(ParquetError::EOF("a page that is cut".to_owned()));
        }
        Ok(page.into())
    }
}

/// Pages of a column, judged again when they are unpacked.
struct Checked {
    below: SerializedPageReader<Pages>,
    pages: Arc<Pages>,
    rows: u64,
}

impl Checked {
    fn check(&self, page: &Page) -> Read_<()> {
        let values = u64::from(page.num_values());
        if !ENCODINGS.contains(&page.encoding()) {
            let why = self.pages.t.s1("link-parquet-encoding", "encoding", page.encoding().to_string());
            return Err(ParquetError::External(why.into()));
        }
        if page.is_dictionary_page() {
            return self.pages.hold(values.saturating_mul(ENTRY_BYTES));
        }
        if values > self.rows {
            return Err(ParquetError::General(
                "a page with more values than its group has records".to_owned(),
            ));
        }
        Ok(())
    }
}

impl Iterator for Checked {
    type Item = Read_<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Checked {
    fn get_next_page(&mut self) -> Read_<Option<Page>> {
        let page = self.below.get_next_page()?;
        page.iter().try_for_each(|page| self.check(page))?;
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Read_<Option<PageMetadata>> {
        self.below.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Read_<()> {
        self.below.skip_next_page()
    }
}

impl Column {
    /// The cell of the next row, of so many that are left.
    fn next(&mut self, left: u64) -> Read_<Value> {
        if self.cells.is_empty() {
            let rows = BATCH.min(usize::try_from(left).unwrap_or(BATCH));
            self.cells = self.read(rows)?;
        }
        self.cells.pop().ok_or_else(|| ParquetError::EOF("a column that ends before the others".to_owned()))
    }

    /// Cells of rows, the last one first.
    fn read(&mut self, rows: usize) -> Read_<Vec<Value>> {
        let about = &self.about;
        let plain = |text: String| Value::Text(text);
        match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => {
                cells(reader, about, rows, |one| plain(one.to_string()))
            }
            ColumnReader::Int32ColumnReader(reader) => {
                cells(reader, about, rows, |one| whole(about, one.into()))
            }
            ColumnReader::Int64ColumnReader(reader) => cells(reader, about, rows, |one| whole(about, one)),
            ColumnReader::Int96ColumnReader(reader) => {
                cells(reader, about, rows, |one| plain(day_of_ms(one.to_millis())))
            }
            ColumnReader::FloatColumnReader(reader) => {
                cells(reader, about, rows, |one| plain(one.to_string()))
            }
            ColumnReader::DoubleColumnReader(reader) => {
                cells(reader, about, rows, |one| plain(one.to_string()))
            }
            ColumnReader::ByteArrayColumnReader(reader) => cells(reader, about, rows, Value::Bytes),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                cells(reader, about, rows, |one| Value::Bytes(one.into()))
            }
        }
    }
}

/// Values of rows as cells, the last one first; an absent value is an empty cell.
fn cells<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    about: &ColumnDescPtr,
    rows: usize,
    cell: impl Fn(T::T) -> Value,
) -> Read_<Vec<Value>> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let (read, _, _) = reader.read_records(rows, Some(&mut levels), None, &mut values)?;
    let is_there = |row: usize| levels.get(row).is_none_or(|level| *level == about.max_def_level());
    let mut values = values.into_iter();
    let next =
        |row: usize| if is_there(row) { values.next().map_or(Value::None, &cell) } else { Value::None };
    let mut cells: Vec<Value> = (0..read).map(next).collect();
    cells.reverse();
    Ok(cells)
}

/// A whole number as a list writes what it stands for: a day, a day with its time, a decimal, or the number.
fn whole(about: &ColumnDescPtr, number: i64) -> Value {
    let nanoseconds = matches!(about.logical_type_ref(), Some(LogicalType::Timestamp(time)) if time.unit == TimeUnit::NANOS);
    Value::Text(match about.converted_type() {
        ConvertedType::DATE => i32::try_from(number).map_or_else(|_| String::new(), day),
        ConvertedType::TIMESTAMP_MILLIS => day_of_ms(number),
        ConvertedType::TIMESTAMP_MICROS => day_of_ms(number.div_euclid(1_000)),
        _ if nanoseconds => day_of_ms(number.div_euclid(1_000_000)),
        ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 => {
            number.rem_euclid(1 << 32).to_string()
        }
        ConvertedType::UINT_64 if about.physical_type() == Type::INT64 => number.cast_unsigned().to_string(),
        ConvertedType::DECIMAL => decimal(number, about.type_scale()),
        _ => number.to_string(),
    })
}

/// A number with so many digits after the point; whole where these are all zero.
fn decimal(number: i64, scale: i32) -> String {
    let Some(unit) = u32::try_from(scale).ok().and_then(|scale| 10_u64.checked_pow(scale)) else {
        return String::new();
    };
    let sign = if number < 0 { "-" } else { "" };
    let (whole, rest) = (number.unsigned_abs() / unit, number.unsigned_abs() % unit);
    if rest == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0width$}", width = scale as usize)
    }
}

/// A day since 1970 as it stands in lists: `1987-11-15`; nothing outside the calendar.
fn day(days: i32) -> String {
    let date = days.checked_add(FIRST_DAY).and_then(|day| Date::from_julian_day(day).ok());
    date.map_or(String::new(), |date| {
        format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
    })
}

fn day_of_ms(ms: i64) -> String {
    i32::try_from(ms.div_euclid(DAY_MS)).map_or(String::new(), day)
}

#[cfg(test)]
mod tests;
