//! Files of records, read into the kernel's table.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use linkage::beside::{self, Asides};
use linkage::birth::Born;
use linkage::forms::Role;
use linkage::intern::{Interner, hash};
use linkage::schema::{self, Purpose};
use linkage::table::{COLUMNS_MAX, Kind, Table};
use linkage::whole;

use super::columns::{columns_of, compared, has_name, leave_out, make_one, nearest};
use super::settings::{Settings, word};
use super::source::{How, Row, Shared, Source, shown};
use super::tell::{brief, header};
use crate::cli::files;
use crate::web::Words;
use crate::web::words::Value;

/// The most columns of the settings that a message names.
const NAMED_MAX: usize = 12;

/// Identifiers that are numbered together.
const WAITING_IDS: usize = 1024;

/// A column of a file as it is used.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The header.
    pub header: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Whether no cell says anything.
    pub is_empty: bool,
    /// Whether it is the identifier only if each record has another number in it.
    pub is_id_if_each: bool,
    /// Whether its dates are numbers of days as spreadsheets count them.
    pub has_days: bool,
    /// Whether it would be compared, and the other list has nothing that means the same.
    pub is_alone: bool,
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
    /// What the compared columns beside the name are called, shortly.
    pub compared: Vec<String>,
    /// Where each of them stands, by file.
    places: Vec<Vec<usize>>,
    /// How each file was read.
    pub how: Vec<How>,
    /// Columns of the settings that no file has.
    pub unused: Vec<String>,
    /// Of each compared column the file and the line of the first cell that should be a date and is none.
    pub no_dates: Vec<Option<(usize, u64)>>,
}

/// A place in a file for each thing that is read of a record.
struct Places {
    id: Option<usize>,
    source: Option<usize>,
    name: [Option<usize>; 3],
    whole: Option<(usize, bool)>,
    compared: Vec<usize>,
    /// The one of them whose dates are numbers of days.
    days: Option<usize>,
}

/// Reads one or two files, or says what is refused. Bytes that are read are added to `all`, for who watches.
pub(super) fn read(
    t: Words,
    paths: &[&Path],
    settings: &Settings,
    all: &Arc<AtomicU64>,
) -> anyhow::Result<Result<Records, String>> {
    let mut columns = Vec::new();
    for path in paths {
        match columns_of(t, path, settings, all)? {
            Ok(found) => columns.push(found),
            Err(why) => return Ok(Err(why)),
        }
    }
    let why = mistyped(t, &columns, settings).or_else(|| no_column(t, paths, &columns, settings));
    if let Some(why) = why.or_else(|| make_one(t, &mut columns, settings)) {
        return Ok(Err(why));
    }
    if !columns.iter().all(|columns| has_name(columns)) {
        return Ok(Err(no_name(t, paths, &columns, settings)));
    }
    let unused = absent(&columns, settings);
    let compared = compared(&columns, settings);
    let kinds: Vec<Kind> = compared.iter().map(|(_, kind)| *kind).collect();
    let places = leave_out(&mut columns, &compared, settings);
    let first = columns[0].iter().map(|column| brief(&column.header));
    let headers: Vec<String> = first.collect();
    let mut records = Records {
        table: Table::new(&kinds),
        ids: Vec::new(),
        id_texts: Interner::default(),
        left: 0,
        compared: places[0].iter().map(|at| headers[*at].clone()).collect(),
        places,
        columns,
        how: Vec::new(),
        unused: unused.into_iter().map(str::to_owned).collect(),
        no_dates: vec![None; compared.len()],
    };
    for (at, path) in paths.iter().enumerate() {
        let places = Places::of(&records.columns[at], &records.places[at]);
        // Two files are two sources, whatever they are called.
        let prefix = if paths.len() == 2 { ["left", "right"][at] } else { "" };
        let mut source = match Source::open(t, path, settings.encoding(), all)? {
            Ok(source) => source,
            Err(why) => return Ok(Err(why)),
        };
        if let Err(why) = rows(t, &mut source, (at, prefix), &places, &mut records) {
            return Ok(Err(why));
        }
        records.how.push(source.how);
        if at == 0 {
            records.left = u32::try_from(records.ids.len())?;
        }
    }
    if records.table.has_more_sources {
        let headers = records.columns.iter().flatten().filter(|column| column.purpose == Purpose::Source);
        let header = headers.map(|column| brief(&column.header)).next().unwrap_or_default();
        let values: [(&str, &dyn Value); 2] = [("column", &header), ("most", &linkage::table::SOURCES_MAX)];
        return Ok(Err(t.with("link-refused-sources", &values)));
    }
    records.table.settle();
    find_no_dates(t, paths, settings, &mut records)?;
    Ok(Ok(records))
}

/// Finds where the first cells stand that should be dates and are none, where there are some: the files are read again so far.
fn find_no_dates(
    t: Words,
    paths: &[&Path],
    settings: &Settings,
    records: &mut Records,
) -> anyhow::Result<()> {
    let columns = records.table.columns.iter().enumerate();
    let mut wanted: Vec<usize> = columns.filter(|(_, column)| column.unread > 0).map(|(at, _)| at).collect();
    for (file, path) in paths.iter().enumerate() {
        if wanted.is_empty() {
            break;
        }
        let places = Places::of(&records.columns[file], &records.places[file]);
        let mut source = again(t, path, settings)?;
        let mut row = csv::ByteRecord::new();
        while !wanted.is_empty()
            && let Some(row) = source.next(&mut row).map_err(unread_again)?
        {
            wanted.retain(|at| {
                let cell = places.cell(&row, places.compared[*at]);
                let is_none = !cell.trim().is_empty() && Born::read(cell.trim()) == Born::default();
                if is_none {
                    records.no_dates[*at] = Some((file, row.line));
                }
                !is_none
            });
        }
    }
    Ok(())
}

/// Opens a file that was read before.
fn again(t: Words, path: &Path, settings: &Settings) -> anyhow::Result<Source> {
    Source::open(t, path, settings.encoding(), &Arc::default())?.map_err(unread_again)
}

fn unread_again(why: String) -> anyhow::Error {
    files::unusable(format!("read again: {why}"))
}

/// The columns of the settings that none of these files has.
fn absent<'a>(columns: &[Vec<Column>], settings: &'a Settings) -> Vec<&'a str> {
    let is_there = |header: &str| columns.iter().flatten().any(|column| column.header == header);
    settings.named().filter(|header| !is_there(header)).collect()
}

/// A column of the settings that no file has while one has a header that is written nearly so, of which the settings say nothing.
fn mistyped(t: Words, columns: &[Vec<Column>], settings: &Settings) -> Option<String> {
    let headers = || columns.iter().flatten().map(|column| column.header.as_str());
    let free: BTreeSet<&str> = headers().filter(|header| !settings.names(header)).collect();
    let found = |missing: &&str| Some((brief(missing), brief(nearest(missing, &free)?)));
    let missing = absent(columns, settings);
    let (missing, near) = missing.iter().take(NAMED_MAX).find_map(found)?;
    Some(t.s2("link-refused-mistyped", "column", missing, "near", near))
}

/// Columns as a message names them.
pub(super) fn quoted(t: Words, headers: &[&str]) -> String {
    let names = headers.iter().take(NAMED_MAX).map(|header| t.s1("link-quoted", "text", brief(header)));
    let more = (headers.len() > NAMED_MAX).then(|| "…".to_owned());
    names.chain(more).collect::<Vec<_>>().join(", ")
}

/// Says that no file has any column of the settings. One file of settings may be for more lists than are linked at a time.
fn no_column(t: Words, paths: &[&Path], columns: &[Vec<Column>], settings: &Settings) -> Option<String> {
    let missing = absent(columns, settings);
    if missing.is_empty() || missing.len() < settings.named().count() {
        return None;
    }
    let there: Vec<String> = columns.iter().flat_map(|columns| named(t, columns, settings)).collect();
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let values: [(&str, &dyn Value); 4] = [
        ("n", &missing.len()),
        ("columns", &quoted(t, &missing)),
        ("file", &names.join(", ")),
        ("there", &there.join(", ")),
    ];
    Some(t.with("link-refused-no-column", &values))
}

/// Whether a header is one that is known: by its words, or because the settings name it.
pub(super) fn is_known(header: &str, settings: &Settings) -> bool {
    schema::of_header(header).is_some() || settings.names(header)
}

/// What columns are called in a message. Where no header is known the first line may be somebody's record, which is not shown.
fn named(t: Words, columns: &[Column], settings: &Settings) -> Vec<String> {
    let is_header = columns.iter().any(|column| is_known(&column.header, settings));
    let name = |at: usize| if is_header { header(t, columns, at) } else { t.s1("link-column", "n", at + 1) };
    (0..columns.len()).map(name).collect()
}

/// The record where an identifier stood before, by file: an identifier that is there twice names nobody.
#[derive(Default)]
struct Seen {
    /// By identifier.
    before: Vec<u32>,
    /// Records so far.
    records: u32,
}

impl Seen {
    fn before(&mut self, id: u32, record: u32) -> Option<u32> {
        let at = id as usize;
        if self.before.len() <= at {
            self.before.resize(at + 1, 0);
        }
        let before = std::mem::replace(&mut self.before[at], record);
        Some(before).filter(|before| *before != 0)
    }
}

fn no_name(t: Words, paths: &[&Path], columns: &[Vec<Column>], settings: &Settings) -> String {
    let without = columns.iter().position(|columns| !has_name(columns)).unwrap_or(0);
    let missing = absent(&columns[without..=without], settings);
    let (file, columns) = (paths[without].display().to_string(), &columns[without]);
    let lacks = (!missing.is_empty()).then(|| {
        format!(". {}", t.s2("link-refused-no-name-lacks", "file", &file, "columns", quoted(t, &missing)))
    });
    let lacks = lacks.unwrap_or_default();
    if !columns.iter().any(|column| is_known(&column.header, settings)) {
        return t.s1("link-refused-no-known", "file", file) + &lacks;
    }
    let read = named(t, columns, settings)
        .into_iter()
        .zip(columns)
        .map(|(name, column)| format!("{name} ({})", t.code("link-as", word(column.purpose))));
    let read: Vec<String> = read.collect();
    t.s2("link-refused-no-name", "file", file, "columns", read.join(", ")) + &lacks
}

impl Places {
    fn of(columns: &[Column], compared: &[usize]) -> Self {
        let at = |purpose: Purpose| columns.iter().position(|column| column.purpose == purpose);
        let part = |role: Role| at(Purpose::Compared(Kind::Name(role)));
        let whole = at(Purpose::WholeName).map(|place| (place, false));
        Self {
            id: at(Purpose::Id),
            source: at(Purpose::Source),
            name: [part(Role::Surname), part(Role::Given), part(Role::Patronymic)],
            whole: whole.or_else(|| at(Purpose::GivenFirst).map(|place| (place, true))),
            compared: compared.to_vec(),
            days: compared.iter().copied().find(|place| {
                columns[*place].has_days && columns[*place].purpose == Purpose::Compared(Kind::Birth)
            }),
        }
    }

    /// A compared cell, a number of days as the day that it is.
    fn cell<'a>(&self, row: &Row<'a>, place: usize) -> Cow<'a, str> {
        let cell = row.cell(Some(place));
        let day = (self.days == Some(place)).then(|| Born::of_day_number(&cell)).flatten();
        match day {
            Some(day) => Cow::Owned(format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())),
            None => cell,
        }
    }

    /// The parts of a record's name, and what was set aside of it. What a whole name lacks is taken from the columns of its parts beside it.
    fn name_of<'a>(&self, row: &Row<'a>) -> ([Cow<'a, str>; 3], Asides) {
        let mut asides = Asides::default();
        let mut role = 0;
        let mut name = self.name.map(|place| {
            role += 1;
            let (bare, aside) = beside::part(row.cell(place), role == 1);
            asides = asides.and(aside);
            bare
        });
        if let Some((place, given_first)) = self.whole.filter(|_| self.name[0].is_none()) {
            let cell = row.cell(Some(place));
            let (bare, aside) = beside::whole(&cell, given_first);
            asides = asides.and(aside);
            let parts = whole::parts(&bare, given_first);
            let said = name.iter_mut().zip(parts).filter(|(_, part)| !part.is_empty());
            said.for_each(|(cell, part)| *cell = Cow::Owned(part));
        }
        (name, asides)
    }
}

/// Reads the records of the file in this place. A cell that is not UTF-8 is read with the letters it has.
fn rows(
    t: Words,
    source: &mut Source,
    (file, prefix): (usize, &str),
    places: &Places,
    records: &mut Records,
) -> Result<(), String> {
    let mut read = csv::ByteRecord::new();
    let mut list = prefix.to_owned();
    let mut ids = Ids::of(&records.columns[file], places, records.ids.len());
    let mut silent: Vec<usize> = (0..records.columns[file].len()).collect();
    for number in 1_u64.. {
        let Some(row) = source.next(&mut read)? else {
            if number == 1 {
                return Err(t.s1("link-refused-no-record", "file", &source.name));
            }
            break;
        };
        let columns = &mut records.columns[file];
        silent.retain(|at| {
            columns[*at].is_empty = row.cells[*at].iter().all(u8::is_ascii_whitespace);
            columns[*at].is_empty
        });
        let mut cells = [const { Cow::Borrowed("") }; COLUMNS_MAX];
        cells.iter_mut().zip(&places.compared).for_each(|(cell, place)| *cell = places.cell(&row, *place));
        if let Some(place) =
            places.days.filter(|place| Born::of_day_number(&row.cell(Some(*place))).is_some())
        {
            source.how.days.get_or_insert((place, 0, row.line)).1 += 1;
        }
        list.truncate(prefix.len());
        list.push_str(&shown(&row.cell(places.source)));
        let (name, asides) = places.name_of(&row);
        if asides.any() {
            source.how.aside.add(asides, row.line);
        }
        let compared = cells.each_ref().map(|cell| &**cell);
        records.table.push(&list, name.each_ref().map(|part| &**part), &compared[..places.compared.len()]);
        let id = row.cell(places.id);
        let is_unnamed = id.trim().is_empty();
        if is_unnamed && places.id.is_some() {
            source.how.unnamed += 1;
            if source.how.unnamed == 1 {
                source.how.first_unnamed = row.line;
            }
        }
        ids.look(&row);
        ids.waiting.push(if is_unnamed { number.to_string() } else { id.into_owned() });
        if ids.waiting.len() == WAITING_IDS {
            ids.take(t, &source.name, records)?;
        }
    }
    ids.take(t, &source.name, records)?;
    source.how.shared = ids.settle(file, records);
    Ok(())
}

/// Identifiers of a file as they come.
struct Ids {
    waiting: Vec<String>,
    seen: Seen,
    /// How many records were there before the file's.
    start: usize,
    /// The column that is, or would be, the identifier only if each record had another number in it.
    doubtful: Option<usize>,
    /// Hashes of its numbers, each with its line.
    numbers: Vec<(u64, u64)>,
    /// Whether that column is used until a number is there twice.
    is_used: bool,
    /// Whether two records were called alike, be it that one without a number is called by its place.
    is_twice: bool,
}

impl Ids {
    fn of(columns: &[Column], places: &Places, start: usize) -> Self {
        let is_doubtful = |at: &usize| columns[*at].is_id_if_each;
        let is_sure = places.id.is_some_and(|id| !is_doubtful(&id));
        // A count of rows says nothing where an office's number could.
        let doubtful = (0..columns.len())
            .filter(|at| is_doubtful(at) && !is_sure)
            .min_by_key(|at| (schema::of_header(&columns[*at].header).is_some(), places.id != Some(*at)));
        let waiting = Vec::with_capacity(WAITING_IDS);
        let is_used = doubtful.is_some() && doubtful == places.id;
        Self {
            waiting,
            seen: Seen::default(),
            start,
            doubtful,
            numbers: Vec::new(),
            is_used,
            is_twice: false,
        }
    }

    /// Looks at the number that may be there twice.
    fn look(&mut self, row: &Row<'_>) {
        if self.doubtful.is_some() {
            let number = row.cell(self.doubtful);
            let number = number.trim();
            if !number.is_empty() {
                self.numbers.push((hash(number.as_bytes()), row.line));
            }
        }
    }

    /// Numbers the identifiers that wait; one that a record before has is refused, where the column is surely the identifier.
    fn take(&mut self, t: Words, file: &str, records: &mut Records) -> Result<(), String> {
        let numbers = records.id_texts.numbers(self.waiting.iter().map(String::as_str));
        for (id, id_number) in self.waiting.iter().zip(numbers) {
            self.seen.records += 1;
            let number = self.seen.records;
            let before = self.seen.before(id_number, number);
            self.is_twice |= before.is_some();
            if let Some(before) = before.filter(|_| !self.is_used) {
                let id = brief(&shown(id));
                let values: [(&str, &dyn Value); 4] =
                    [("file", &file), ("one", &before), ("other", &number), ("id", &id)];
                return Err(t.with("link-refused-id-twice", &values));
            }
            records.ids.push(id_number);
        }
        self.waiting.clear();
        Ok(())
    }

    /// What records share of the doubtful column, where it is nearly an identifier. Records that were called by it are then called by their
    /// number.
    fn settle(self, file: usize, records: &mut Records) -> Option<Shared> {
        let (column, filled) = (self.doubtful?, self.numbers.len() as u64);
        let shared = Shared::of(column, self.numbers);
        if self.is_used && (self.is_twice || shared.is_some()) {
            records.columns[file][column].purpose = Purpose::Ignored;
            records.ids.truncate(self.start);
            for number in 1..=self.seen.records {
                records.ids.push(records.id_texts.number(&number.to_string()));
            }
        }
        // What most records share was never meant to tell them apart.
        shared.filter(|shared| self.is_used || 2 * shared.records <= filled)
    }
}

/// What records say, as it stands in their files.
pub(super) struct Cells {
    /// Surname, given name, patronymic; a whole name in parts.
    pub name: [String; 3],
    /// The compared columns.
    pub compared: Vec<String>,
}

/// The cells of records, by the order in which they came.
pub(super) fn cells(
    t: Words,
    paths: &[&Path],
    settings: &Settings,
    records: &Records,
    wanted: &BTreeSet<u32>,
) -> anyhow::Result<BTreeMap<u32, Cells>> {
    let mut found = BTreeMap::new();
    let mut came = 0;
    for (at, path) in paths.iter().enumerate() {
        let places = Places::of(&records.columns[at], &records.places[at]);
        let mut source = again(t, path, settings)?;
        let mut row = csv::ByteRecord::new();
        while let Some(row) = source.next(&mut row).map_err(unread_again)? {
            if wanted.contains(&came) {
                let compared =
                    places.compared.iter().map(|place| places.cell(&row, *place).into_owned()).collect();
                found.insert(came, Cells { name: places.name_of(&row).0.map(Cow::into_owned), compared });
            }
            came += 1;
        }
    }
    Ok(found)
}
