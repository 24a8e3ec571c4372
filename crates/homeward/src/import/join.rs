//! The rows of a list joined to the rows of its lookup files.
//!
//! Decides which cell a column name of the map means for a row; a key that a lookup file lacks is an orphan and refused,
//! with both files named. Refuses to know what a cell means.

use std::collections::{BTreeMap, BTreeSet};

use super::map::{Field, Lookup, Map};
use super::refusal::{Found, Reason, Refusal, Saying, shown};
use super::table::{Row, Table};

/// Where a column of the map is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Slot {
    /// A column of the list.
    Own(usize),
    /// A column of a lookup, by the lookup's place in the map.
    Brought(usize, usize),
}

/// A list with its lookup files and the place of every column that the map names.
pub struct Join<'a> {
    /// Name of the list's file.
    pub file: &'a str,
    /// The list.
    pub table: &'a Table,
    /// The place of each field.
    pub slots: BTreeMap<Field, Slot>,
    lists: BTreeSet<(u32, usize)>,
    lookups: Vec<Joined<'a>>,
}

struct Joined<'a> {
    spec: &'a Lookup,
    table: &'a Table,
    rows: BTreeMap<&'a str, usize>,
    from: Slot,
}

/// What a lookup has for a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Match {
    /// The row of the lookup.
    Row(usize),
    /// The list gives no key.
    NoKey,
    /// The key is in no row of the lookup, or hangs on a key that is.
    Orphan,
}

/// What a slot holds for a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// A text, perhaps empty.
    Text(&'a str),
    /// A list or object.
    List,
    /// Nothing can be said: the key is an orphan.
    Orphan,
}

impl<'a> Join<'a> {
    /// Finds every column that the map names.
    pub fn new(
        file: &'a str,
        table: &'a Table,
        lookups: &'a [Table],
        map: &'a Map,
    ) -> Result<Self, Vec<Refusal>> {
        let lists = table.lists.iter().copied().collect();
        let mut join = Self { file, table, slots: BTreeMap::new(), lists, lookups: Vec::new() };
        let mut refusals = Vec::new();
        for (spec, lookup) in map.lookups.iter().zip(lookups) {
            match join.lookup(spec, lookup) {
                Ok(joined) => join.lookups.push(joined),
                Err(refusal) => refusals.push(refusal),
            }
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        for (field, column) in &map.fields {
            match join.slot(column) {
                Some(slot) => drop(join.slots.insert(*field, slot)),
                None => refusals.push(missing(file, column)),
            }
        }
        if refusals.is_empty() { Ok(join) } else { Err(refusals) }
    }

    fn lookup(&self, spec: &'a Lookup, table: &'a Table) -> Result<Joined<'a>, Refusal> {
        let from = self.slot(&spec.from).ok_or_else(|| missing(self.file, &spec.from))?;
        let key = table.column(&spec.key).ok_or_else(|| missing(&spec.file, &spec.key))?;
        if let Some(column) = spec.bring.iter().find(|column| table.column(column).is_none()) {
            return Err(missing(&spec.file, column));
        }
        let mut rows = BTreeMap::new();
        for (at, row) in table.rows.iter().enumerate() {
            if rows.insert(row.cells[key].trim(), at).is_some() {
                let found = number_shown(&row.cells[key]);
                let reason = Reason::DuplicateLookupKey;
                return Err(Refusal::of_cell(&spec.file, row.number, &spec.key, reason, found));
            }
        }
        Ok(Joined { spec, table, rows, from })
    }

    fn slot(&self, column: &str) -> Option<Slot> {
        if let Some(at) = self.table.column(column) {
            return Some(Slot::Own(at));
        }
        let (name, column) = column.split_once('.')?;
        let at = self.lookups.iter().position(|joined| joined.spec.name == name)?;
        let Joined { spec, table, .. } = &self.lookups[at];
        let brought = spec.bring.iter().any(|bring| bring == column);
        if brought { table.column(column).map(|column| Slot::Brought(at, column)) } else { None }
    }

    /// The columns of the list that nothing reads.
    pub fn unread(&self) -> Vec<String> {
        let read = self.slots.values().copied().chain(self.lookups.iter().map(|joined| joined.from));
        let read = read.collect::<BTreeSet<_>>();
        let columns = self.table.columns.iter().enumerate();
        columns.filter(|(at, _)| !read.contains(&Slot::Own(*at))).map(|(_, name)| shown(name)).collect()
    }

    /// Looks the row's keys up, in the order of the map; orphans are told to `refuse`.
    pub fn matches(
        &self,
        row: &Row,
        unknown: impl Fn(&str) -> bool,
        mut refuse: impl FnMut(Refusal),
    ) -> Vec<Match> {
        let mut matches = Vec::with_capacity(self.lookups.len());
        for joined in &self.lookups {
            let found = match self.cell(row, joined.from, &matches) {
                Cell::Orphan => Match::Orphan,
                Cell::List => Match::NoKey,
                Cell::Text(key) if key.trim().is_empty() || unknown(key.trim()) => Match::NoKey,
                Cell::Text(key) => match joined.rows.get(key.trim()) {
                    Some(at) => Match::Row(*at),
                    None => {
                        let Lookup { file, key: column, from, .. } = joined.spec;
                        let column = shown(column);
                        let values: [(_, &dyn std::fmt::Display); 3] =
                            [("file", &self.file), ("lookup", file), ("column", &column)];
                        let found = number_shown(key).and(Found::said(Saying::Orphan, &values));
                        refuse(Refusal::of_cell(self.file, row.number, from, Reason::OrphanKey, found));
                        Match::Orphan
                    }
                },
            };
            matches.push(found);
        }
        matches
    }

    /// What a slot holds for a row whose lookups found `matches`.
    pub fn cell(&self, row: &'a Row, slot: Slot, matches: &[Match]) -> Cell<'a> {
        match slot {
            Slot::Own(at) if self.lists.contains(&(row.number, at)) => Cell::List,
            Slot::Own(at) => Cell::Text(&row.cells[at]),
            Slot::Brought(lookup, column) => match matches[lookup] {
                Match::Row(at) => Cell::Text(&self.lookups[lookup].table.rows[at].cells[column]),
                Match::NoKey => Cell::Text(""),
                Match::Orphan => Cell::Orphan,
            },
        }
    }
}

fn missing(file: &str, column: &str) -> Refusal {
    Refusal::of_cell(file, 1, column, Reason::MissingColumn, Saying::NotInTheFile)
}

/// An offending date, number or key as it may be shown. What has no digit, or the letters of a name, shows its length only:
/// in a file whose columns have slipped it may be a name.
pub fn number_shown(text: &str) -> Found {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if text.chars().any(|letter| letter.is_ascii_digit()) && letters <= 9 {
        Found::shown(shown(text))
    } else {
        Found::said(Saying::Characters, &[("given", &text.chars().count())])
    }
}
