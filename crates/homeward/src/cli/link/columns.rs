//! What the columns of each file are, and which of two files are one.
//!
//! Decides by what the settings say, else by headers and first cells; what a header means, [`linkage::schema`] knows.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use linkage::birth::Born;
use linkage::forms::Role;
use linkage::schema::{self, Purpose};
use linkage::table::{COLUMNS_MAX, Kind};

use super::read::{Column, is_known};
use super::settings::Settings;
use super::source::Source;
use super::tell::brief;
use crate::web::Words;
use crate::web::words::Value;

/// Rows from which columns without a known header are placed.
const SAMPLE_ROWS: usize = 2_000;
/// Bytes of cells from which columns are placed, at most.
const SAMPLE_BYTES: usize = 16 << 20;
/// The most letters of a header by which it is told whether another is nearly it.
const NEAR_CHARS_MAX: usize = 40;

/// The columns of a file, by their headers and their first cells.
pub(super) fn columns_of(
    t: Words,
    path: &Path,
    settings: &Settings,
    all: &Arc<AtomicU64>,
) -> anyhow::Result<Result<Vec<Column>, String>> {
    let mut source = match Source::open(t, path, settings.encoding(), all)? {
        Ok(source) => source,
        Err(why) => return Ok(Err(why)),
    };
    let headers = std::mem::take(&mut source.headers);
    if !headers.iter().any(|header| is_known(header, settings))
        && headers.iter().any(|header| is_figures(header))
    {
        return Ok(Err(t.s1("link-refused-first-line", "file", path.display().to_string())));
    }
    let mut sample: Vec<Vec<String>> = vec![Vec::new(); headers.len()];
    let mut row = csv::ByteRecord::new();
    let mut bytes = 0;
    for _ in 0..SAMPLE_ROWS {
        if bytes > SAMPLE_BYTES {
            break;
        }
        match source.next(&mut row) {
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(why) => return Ok(Err(why)),
        }
        bytes += row.as_slice().len();
        for (cells, cell) in sample.iter_mut().zip(row.iter()) {
            cells.push(String::from_utf8_lossy(&cell[..cell.len().min(256)]).into_owned());
        }
    }
    let first: Vec<&String> = sample.iter().filter_map(|cells| cells.first()).collect();
    let known = |texts: &[&String]| texts.iter().filter(|text| is_known(text, settings)).count();
    if known(&headers.iter().collect::<Vec<_>>()) == 0 && known(&first) >= 2 {
        return Ok(Err(t.s1("link-refused-title", "file", path.display().to_string())));
    }
    let cells: Vec<Vec<&str>> =
        sample.iter().map(|cells| cells.iter().map(String::as_str).collect()).collect();
    let columns = purposes(headers, &cells, settings);
    Ok(match twice(&columns) {
        Some((one, other)) => {
            let (column, file) = (brief(&columns[one].header), path.display().to_string());
            let values: [(&str, &dyn Value); 4] =
                [("file", &file), ("one", &(one + 1)), ("other", &(other + 1)), ("column", &column)];
            Err(t.with("link-refused-twice", &values))
        }
        None => Ok(columns),
    })
}

/// Whether a text is a date or a number: a header is neither.
fn is_figures(text: &str) -> bool {
    let is_number = text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    is_number || Born::read(text) != Born::default()
}

/// What columns are for: what the settings say, else what is inferred of the others.
fn purposes(headers: Vec<String>, cells: &[Vec<&str>], settings: &Settings) -> Vec<Column> {
    let names: Vec<&str> = headers.iter().map(String::as_str).collect();
    let inferred = schema::infer(&names, cells);
    // Another column is not what the settings say that this one is, where there can be but one.
    let is_single = |purpose: Purpose| {
        matches!(purpose, Purpose::Id | Purpose::Source | Purpose::Compared(Kind::Name(_) | Kind::Birth))
    };
    let said: Vec<Purpose> = names.iter().filter_map(|header| settings.purpose(header)).collect();
    let columns = headers.into_iter().zip(inferred).zip(cells).map(|((header, inferred), cells)| {
        let purpose =
            settings.purpose(&header).unwrap_or(if is_single(inferred) && said.contains(&inferred) {
                Purpose::Ignored
            } else {
                inferred
            });
        let is_free =
            matches!(purpose, Purpose::Id | Purpose::Ignored) && settings.purpose(&header).is_none();
        let is_id_if_each = is_free && schema::is_identifier_if_each(&header);
        let has_days = schema::are_day_numbers(cells);
        Column { header, purpose, is_empty: true, is_id_if_each, has_days, is_alone: false }
    });
    columns.collect()
}

/// Two columns of one header of which one is used: nothing could tell which of them is meant. Without any header both must be.
fn twice(columns: &[Column]) -> Option<(usize, usize)> {
    let is_used = |at: usize| columns[at].purpose != Purpose::Ignored;
    let of = |at: usize| (0..at).filter(move |before| columns[*before].header == columns[at].header);
    let is_meant = |one: usize, other: usize| {
        let both = is_used(one) && is_used(other);
        both || (!columns[one].header.is_empty() && (is_used(one) || is_used(other)))
    };
    (0..columns.len()).find_map(|at| of(at).find(|before| is_meant(*before, at)).map(|before| (before, at)))
}

/// The kind of a column that is compared beside the name.
fn kind(column: &Column) -> Option<Kind> {
    match column.purpose {
        Purpose::Compared(kind) if !matches!(kind, Kind::Name(_)) => Some(kind),
        _ => None,
    }
}

/// Makes two columns one kind that the settings call one, or says why they cannot be: what the settings say of either, else what is
/// inferred of the first.
pub(super) fn make_one(t: Words, columns: &mut [Vec<Column>], settings: &Settings) -> Option<String> {
    let [left, right] = columns else { return None };
    let two = |group: &Vec<String>| {
        let of = |columns: &[Column]| {
            let mut places = (0..columns.len()).filter(|at| group.contains(&columns[*at].header));
            places.next().filter(|_| places.next().is_none())
        };
        Some((of(left)?, of(right)?))
    };
    for (one, other) in settings.same.iter().filter_map(two).collect::<Vec<_>>() {
        let (one, other) = (&mut left[one], &mut right[other]);
        let said = [&one.header, &other.header].into_iter().find_map(|header| settings.purpose(header));
        let is_used = |purpose: &Purpose| *purpose != Purpose::Ignored;
        let Some(purpose) = said.into_iter().chain([one.purpose, other.purpose]).find(is_used) else {
            let (one, other) = (brief(&one.header), brief(&other.header));
            return Some(t.s2("link-refused-same-kind", "one", one, "other", other));
        };
        for column in [one, other] {
            (column.purpose, column.is_id_if_each) = (purpose, false);
        }
    }
    None
}

/// The header that is written nearly as another: alike but for capitals, spaces and signs, or by a letter in four.
pub(super) fn nearest<'a>(missing: &str, headers: &BTreeSet<&'a str>) -> Option<&'a str> {
    let plain = |text: &str| -> Vec<char> {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        letters.take(NEAR_CHARS_MAX).collect()
    };
    let missing = plain(missing);
    let most = missing.len() / 4;
    let far = |header: &&&str| slips(&missing, &plain(header));
    headers.iter().filter(|header| far(header) <= most).min_by_key(far).copied()
}

/// How many letters must be put in, left out or changed to make one text of another (Levenshtein 1966).
fn slips(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (place, b) in other.iter().enumerate() {
            let changed = corner + usize::from(a != b);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

/// Where in another file stands what the column of this one holds: where the settings say so; else under its header; else under another of one meaning, in whatever
/// language, where each file has but one of it; else in a column of its kind, where each file has but one of the kind and what they
/// mean is not known to be two things.
fn counterpart(columns: &[Column], at: usize, other: &[Column], settings: &Settings) -> Option<usize> {
    let column = &columns[at];
    let kind = kind(column)?;
    let of_kind = |column: &&Column| column.purpose == Purpose::Compared(kind);
    if let Some(group) = settings.same_as(&column.header)
        && let Some(place) = other.iter().position(|one| group.contains(&one.header) && of_kind(&one))
    {
        return Some(place);
    }
    let only = |columns: &[Column], is_it: &dyn Fn(&Column) -> bool| {
        let mut found = columns.iter().enumerate().filter(|(_, column)| of_kind(column) && is_it(column));
        found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
    };
    let both = |is_it: &dyn Fn(&Column) -> bool| only(columns, is_it).and_then(|_| only(other, is_it));
    if let Some(place) = other.iter().position(|one| one.header == column.header && of_kind(&one)) {
        return Some(place);
    }
    let is_free = |place: &usize| {
        let theirs = &other[*place].header;
        let takes = |one: &Column| {
            one.header == *theirs || settings.same_as(&one.header).is_some_and(|group| group.contains(theirs))
        };
        !columns.iter().any(|one| of_kind(&one) && takes(one))
    };
    let meaning = schema::meaning(&column.header);
    if let Some(wanted) = meaning
        && let Some(place) = both(&|one| schema::meaning(&one.header) == Some(wanted))
    {
        return Some(place).filter(is_free);
    }
    let place = both(&|_| true).filter(is_free)?;
    let is_another = |other| meaning.is_some_and(|one| one != other);
    Some(place).filter(|place| !schema::meaning(&other[*place].header).is_some_and(is_another))
}

/// The columns beside the name that every file has: where each stands in the first, and of what kind it is.
pub(super) fn compared(columns: &[Vec<Column>], settings: &Settings) -> Vec<(usize, Kind)> {
    let everywhere = |at: &usize| {
        columns[1..].iter().all(|other| counterpart(&columns[0], *at, other, settings).is_some())
    };
    let first = (0..columns[0].len()).filter(everywhere);
    first.filter_map(|at| Some((at, kind(&columns[0][at])?))).take(COLUMNS_MAX).collect()
}

/// What another file does not have, or is one column too many, is not compared, and is not said to be. Answers where the compared
/// columns stand, by file.
pub(super) fn leave_out(
    columns: &mut [Vec<Column>],
    compared: &[(usize, Kind)],
    settings: &Settings,
) -> Vec<Vec<usize>> {
    let place = |file: usize, at: usize| match file {
        0 => Some(at),
        _ => counterpart(&columns[0], at, &columns[file], settings),
    };
    let of_file =
        |file: usize| -> Vec<usize> { compared.iter().filter_map(|(at, _)| place(file, *at)).collect() };
    let places: Vec<Vec<usize>> = (0..columns.len()).map(of_file).collect();
    // Beyond the most that are compared it is not told which list lacks what.
    let is_told = columns.len() > 1 && compared.len() < COLUMNS_MAX;
    for (columns, used) in columns.iter_mut().zip(&places) {
        for (at, column) in columns.iter_mut().enumerate() {
            if kind(column).is_some() && !used.contains(&at) {
                column.purpose = Purpose::Ignored;
                column.is_alone = is_told;
            }
        }
    }
    places
}

/// Whether a column holds names, or a part of them.
pub(super) fn has_name(columns: &[Column]) -> bool {
    columns.iter().any(|column| {
        matches!(
            column.purpose,
            Purpose::WholeName
                | Purpose::GivenFirst
                | Purpose::Compared(Kind::Name(Role::Surname | Role::Given))
        )
    })
}
