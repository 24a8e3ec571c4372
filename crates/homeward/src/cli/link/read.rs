//! Files of records, read into the kernel's table.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use linkage::forms::Role;
use linkage::intern::Interner;
use linkage::schema::{self, Purpose};
use linkage::table::{COLUMNS_MAX, Kind, Table};

use super::settings::{Settings, word};
use crate::cli::files;

/// Rows from which columns without a known header are placed.
const SAMPLE_ROWS: usize = 2_000;
/// The longest record, in bytes: what is longer is no record of a person.
const RECORD_BYTES_MAX: usize = 16 << 20;
/// The longest cell that may have several lines, in bytes: in a longer one a quote was not closed.
const CELL_BYTES_MAX: usize = 1 << 12;
/// How much is read at a time, in bytes.
const BUFFER_BYTES: usize = 1 << 18;

/// A column of a file as it is used.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The header.
    pub header: String,
    /// What it is for.
    pub purpose: Purpose,
}

/// Records of one file or of two.
pub(super) struct Records {
    /// The records in numbers.
    pub table: Table,
    /// Identifiers by the order in which the records came.
    pub ids: Vec<u32>,
    /// The texts of the identifiers.
    pub id_texts: Interner,
    /// How many records the first file has.
    pub left: u32,
    /// The columns of each file.
    pub columns: Vec<Vec<Column>>,
    /// What the compared columns beside the name are called.
    pub compared: Vec<String>,
}

/// A place in a file for each thing that is read of a record.
struct Places {
    id: Option<usize>,
    source: Option<usize>,
    name: [Option<usize>; 3],
    whole: Option<(usize, bool)>,
    compared: Vec<Option<usize>>,
}

/// Reads one or two files, or says what is refused.
pub(super) fn read(paths: &[&Path], settings: &Settings) -> anyhow::Result<Result<Records, String>> {
    let mut columns = Vec::new();
    for path in paths {
        match columns_of(path, settings)? {
            Ok(found) => columns.push(found),
            Err(why) => return Ok(Err(why)),
        }
    }
    let compared = compared(&columns);
    let kinds: Vec<Kind> = compared.iter().map(|(_, kind)| *kind).collect();
    if !columns.iter().all(|columns| has_name(columns)) {
        return Ok(Err(no_name(paths, &columns)));
    }
    let mut records = Records {
        table: Table::new(&kinds),
        ids: Vec::new(),
        id_texts: Interner::default(),
        left: 0,
        compared: compared.iter().map(|(header, _)| header.clone()).collect(),
        columns,
    };
    for (at, path) in paths.iter().enumerate() {
        let places = Places::of(&records.columns[at], &compared);
        // Two files are two sources, whatever they are called.
        let prefix = if paths.len() == 2 { ["left", "right"][at] } else { "" };
        if let Err(why) = rows(path, prefix, &places, &mut records)? {
            return Ok(Err(why));
        }
        if at == 0 {
            records.left = u32::try_from(records.ids.len())?;
        }
    }
    records.table.settle();
    Ok(Ok(records))
}

fn reader(path: &Path) -> anyhow::Result<csv::Reader<BufReader<File>>> {
    let file = File::open(path).map_err(|why| files::not_opened(path, why))?;
    if file.metadata().is_ok_and(|meta| meta.is_dir()) {
        return Err(files::not_opened(path, std::io::ErrorKind::IsADirectory.into()));
    }
    let buffer = BufReader::with_capacity(BUFFER_BYTES, file);
    Ok(csv::ReaderBuilder::new().from_reader(buffer))
}

/// The record where an identifier stood before, by file: an identifier that is there twice names nobody.
struct Seen(Vec<u32>);

impl Seen {
    fn before(&mut self, id: u32, record: u32) -> Option<u32> {
        let at = id as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        let before = std::mem::replace(&mut self.0[at], record);
        Some(before).filter(|before| *before != 0)
    }
}

/// What is wrong with a record of a file, as its reader says it.
fn unread(path: &Path, why: &csv::Error) -> String {
    let name = path.display();
    match why.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!(
                "{name}: the record from line {line} has {len} fields where the header has {expected_len}; is a quote not closed?"
            )
        }
        _ => format!("{name}: {why}"),
    }
}

fn columns_of(path: &Path, settings: &Settings) -> anyhow::Result<Result<Vec<Column>, String>> {
    let mut reader = reader(path)?;
    let headers = match reader.byte_headers() {
        Ok(headers) if headers.iter().any(|header| !header.is_empty()) => headers.clone(),
        Ok(_) => return Ok(Err(format!("{}: there is no header line", path.display()))),
        Err(why) => return Ok(Err(format!("{}: {why}", path.display()))),
    };
    let headers: Vec<String> = headers
        .iter()
        .map(|header| String::from_utf8_lossy(header).trim_start_matches('\u{feff}').trim().to_owned())
        .collect();
    let mut sample: Vec<Vec<String>> = vec![Vec::new(); headers.len()];
    let mut row = csv::ByteRecord::new();
    for _ in 0..SAMPLE_ROWS {
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(why) => return Ok(Err(unread(path, &why))),
        }
        for (cells, cell) in sample.iter_mut().zip(row.iter()) {
            cells.push(String::from_utf8_lossy(&cell[..cell.len().min(256)]).into_owned());
        }
    }
    let cells: Vec<Vec<&str>> =
        sample.iter().map(|cells| cells.iter().map(String::as_str).collect()).collect();
    let names: Vec<&str> = headers.iter().map(String::as_str).collect();
    let inferred = schema::infer(&names, &cells);
    let columns = headers.into_iter().zip(inferred).map(|(header, inferred)| {
        let purpose = settings.purpose(&header).unwrap_or(inferred);
        Column { header, purpose }
    });
    Ok(Ok(columns.collect()))
}

/// The columns beside the name that every file has, by header or, where there is but one of its kind, by kind.
fn compared(columns: &[Vec<Column>]) -> Vec<(String, Kind)> {
    let kind = |column: &Column| match column.purpose {
        Purpose::Compared(kind) if !matches!(kind, Kind::Name(_)) => Some(kind),
        _ => None,
    };
    let first = columns[0].iter().filter_map(|column| Some((column.header.clone(), kind(column)?)));
    let everywhere = |(header, kind): &(String, Kind)| {
        columns[1..].iter().all(|columns| place(columns, header, *kind).is_some())
    };
    first.filter(everywhere).take(COLUMNS_MAX).collect()
}

fn place(columns: &[Column], header: &str, kind: Kind) -> Option<usize> {
    let of_kind = |column: &Column| column.purpose == Purpose::Compared(kind);
    let by_header = columns.iter().position(|column| column.header == header && of_kind(column));
    let single = columns.iter().filter(|column| of_kind(column)).count() == 1;
    by_header.or_else(|| single.then(|| columns.iter().position(of_kind)).flatten())
}

fn has_name(columns: &[Column]) -> bool {
    columns.iter().any(|column| {
        matches!(
            column.purpose,
            Purpose::WholeName
                | Purpose::GivenFirst
                | Purpose::Compared(Kind::Name(Role::Surname | Role::Given))
        )
    })
}

fn no_name(paths: &[&Path], columns: &[Vec<Column>]) -> String {
    let without = columns.iter().position(|columns| !has_name(columns)).unwrap_or(0);
    let read: Vec<String> = columns[without]
        .iter()
        .map(|column| format!("{} ({})", column.header, word(column.purpose)))
        .collect();
    format!(
        "{}: no column is known to hold names. Read as: {}. Say what holds them with --settings, for instance [columns] with \
         \"surname\" = \"surname\" or \"name\" = \"name\"",
        paths[without].display(),
        read.join(", ")
    )
}

impl Places {
    fn of(columns: &[Column], compared: &[(String, Kind)]) -> Self {
        let at = |purpose: Purpose| columns.iter().position(|column| column.purpose == purpose);
        let part = |role: Role| at(Purpose::Compared(Kind::Name(role)));
        let whole = at(Purpose::WholeName).map(|place| (place, false));
        Self {
            id: at(Purpose::Id),
            source: at(Purpose::Source),
            name: [part(Role::Surname), part(Role::Given), part(Role::Patronymic)],
            whole: whole.or_else(|| at(Purpose::GivenFirst).map(|place| (place, true))),
            compared: compared.iter().map(|(header, kind)| place(columns, header, *kind)).collect(),
        }
    }
}

/// What a record has too much of.
fn too_much(row: &csv::ByteRecord) -> Option<String> {
    if row.iter().any(|cell| cell.len() > CELL_BYTES_MAX && cell.contains(&b'\n')) {
        return Some("lines of text in a cell; is a quote not closed?".to_owned());
    }
    (row.as_slice().len() > RECORD_BYTES_MAX).then(|| format!("more than {RECORD_BYTES_MAX} bytes"))
}

/// Reads the records of a file. A cell that is not UTF-8 is read with the letters it has; a record that is too long is refused.
fn rows(
    path: &Path,
    prefix: &str,
    places: &Places,
    records: &mut Records,
) -> anyhow::Result<Result<(), String>> {
    let mut reader = reader(path)?;
    let mut row = csv::ByteRecord::new();
    let mut cells: Vec<String> = vec![String::new(); places.compared.len()];
    let mut seen = Seen(Vec::new());
    for number in 1_u64.. {
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(why) => return Ok(Err(unread(path, &why))),
        }
        if let Some(why) = too_much(&row) {
            return Ok(Err(format!("{}: record {number} has {why}", path.display())));
        }
        let cell = |place: Option<usize>| {
            let bytes = place.and_then(|place| row.get(place)).unwrap_or_default();
            String::from_utf8_lossy(&bytes[..bytes.len().min(4 * linkage::table::CELL_CHARS_MAX)])
        };
        for (text, place) in cells.iter_mut().zip(&places.compared) {
            text.clear();
            text.push_str(&cell(*place));
        }
        let compared: Vec<&str> = cells.iter().map(String::as_str).collect();
        let source = format!("{prefix}{}", cell(places.source));
        match places.whole {
            Some((whole, given_first)) if places.name[0].is_none() => {
                let parts = schema::parts(&cell(Some(whole)), given_first);
                records.table.push(&source, [&parts[0], &parts[1], &parts[2]], &compared);
            }
            _ => {
                let parts = places.name.map(&cell);
                records.table.push(&source, [&parts[0], &parts[1], &parts[2]], &compared);
            }
        }
        let id = cell(places.id);
        let id = if id.is_empty() { number.to_string() } else { id.into_owned() };
        let id_number = records.id_texts.number(&id);
        if let Some(before) = seen.before(id_number, u32::try_from(number).unwrap_or(u32::MAX)) {
            return Ok(Err(format!(
                "{}: records {before} and {number} have one identifier, {id:?}. Where that column is none, say so with --settings: \
                 \"ignore\", or what else it is",
                path.display()
            )));
        }
        records.ids.push(id_number);
    }
    Ok(Ok(()))
}
