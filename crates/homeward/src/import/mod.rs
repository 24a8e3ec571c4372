//! Import of a list: a foreign file through a map to persons, all rows or none.
//!
//! Decides whether a list can be taken, and tells everything that speaks against it by row, column and reason; refuses to
//! know where persons are stored. Bytes in, persons out: no file, no clock, no chance. Nothing a file holds can make it panic.

use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::{Party, PersonId};
use exchange::person::{List, Person, Provenance};

pub mod aside;
pub mod builtin;
pub mod cell;
mod delimited;
mod group;
mod join;
mod json;
pub mod map;
pub mod refusal;
mod row;
pub mod table;

use map::{Field, Map};
use refusal::{Finding, FindingKind, Found, LISTED_MAX, Reason, Refusal, Saying, shown};
use table::{Format, Table};

/// A file by name and content.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The name that refusals and lookups call it by.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Where the persons of a list go.
#[derive(Clone, Debug)]
pub struct Target {
    /// Which list of the node.
    pub list: List,
    /// The Power they serve; the map's own when this is nothing.
    pub power: Option<Party>,
    /// What the officer calls the list.
    pub list_name: String,
    /// Whom the node has already from the source that the map reads.
    pub known: Known,
}

/// The keys of a source that a register has already, each with the list and the row in which it came.
#[derive(Clone, Default)]
pub struct Known(BTreeMap<String, (String, u32)>);

impl Known {
    /// The keys of those among `people` whom a map read.
    pub fn of<'a>(people: impl Iterator<Item = &'a Person>, map: &str) -> Self {
        let from = |person: &&Person| person.provenance.map.as_deref() == Some(map);
        let origin = |Provenance { list_name, row, key, .. }: &Provenance| {
            key.as_ref().map(|key| (key.clone(), (list_name.clone(), *row)))
        };
        Self(people.filter(from).filter_map(|person| origin(&person.provenance)).collect())
    }

    /// How many of `people` are here already by their key.
    pub fn among(&self, people: &[Person]) -> usize {
        let keys = people.iter().filter_map(|person| person.provenance.key.as_ref());
        keys.filter(|key| self.0.contains_key(*key)).count()
    }
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Known({} keys)", self.0.len())
    }
}

/// A list that can be taken: its persons, to be stored in one write.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The persons, in the order of their first rows.
    pub people: Vec<Person>,
    /// What the officer should see.
    pub findings: Vec<Finding>,
    /// The columns of the list that the map does not read.
    pub unread_columns: Vec<String>,
    /// How much was read.
    pub counts: Counts,
}

/// How much was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Rows of the list.
    pub rows: u32,
    /// Rows that are in the persons.
    pub rows_accepted: u32,
    /// Persons.
    pub people: u32,
    /// Names beyond the leading one of each person.
    pub aliases: u32,
    /// Custody spells.
    pub spells: u32,
    /// Different sites among the spells.
    pub sites: u32,
    /// Examinations.
    pub examinations: u32,
    /// Claims.
    pub claims: u32,
    /// Relatives.
    pub kin: u32,
    /// Rows of each lookup file.
    pub lookup_rows: BTreeMap<String, u32>,
}

/// A list that is refused.
#[derive(Debug)]
pub struct Refusals {
    /// Every refusal, in the order of the rows.
    pub list: Vec<Refusal>,
    /// Rows of the list; 0 when it could not be read as rows.
    pub rows: u32,
    rest: Option<Rest>,
}

#[derive(Debug)]
struct Rest {
    preview: Preview,
    table: Table,
    format: Format,
    delimiter: char,
}

/// A refused list whose refused rows are set aside by the officer's choice.
pub struct SetAside {
    /// The rest, to be stored in one write.
    pub preview: Preview,
    /// The file of the refused rows with their reasons. It holds names.
    pub file: Vec<u8>,
    /// How many rows are in it.
    pub rows: u32,
}

impl std::fmt::Debug for SetAside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SetAside({} rows, {:?})", self.rows, self.preview.counts)
    }
}

impl Refusals {
    /// How many rows have a refusal.
    pub fn rows_refused(&self) -> u32 {
        self.list.iter().filter_map(|refusal| refusal.row).collect::<BTreeSet<_>>().len() as u32
    }

    /// What the rest would come to without the refused rows; nothing when the file as a whole is refused.
    pub fn rest(&self) -> Option<&Preview> {
        self.rest.as_ref().map(|rest| &rest.preview)
    }

    /// Sets the refused rows aside. A file that is refused as a whole comes back as it was.
    pub fn set_aside(mut self: Box<Self>) -> Result<SetAside, Box<Self>> {
        let Some(Rest { preview, table, format, delimiter }) = self.rest.take() else { return Err(self) };
        let file = aside::file(&table, &self.list, format, delimiter);
        Ok(SetAside { preview, file, rows: self.rows_refused() })
    }

    fn of_file(list: Vec<Refusal>) -> Box<Self> {
        Box::new(Self { list, rows: 0, rest: None })
    }
}

/// Reads a list through a map. `new_id` gives each person an identifier.
///
/// # Errors
/// Every refusal of the list: one is enough that nothing is taken, unless the officer sets the refused rows aside
/// ([`Refusals::set_aside`]).
pub fn read(
    source: Source<'_>,
    lookups: &[Source<'_>],
    map: &Map,
    target: &Target,
    new_id: &mut dyn FnMut() -> PersonId,
) -> Result<Preview, Box<Refusals>> {
    if let Some(list) = map.list.filter(|list| *list != target.list) {
        let saying = if list == List::Held { Saying::MapOfHeld } else { Saying::MapOfSought };
        let found = Found::said(saying, &[("map", &map.name)]);
        return Err(Refusals::of_file(vec![Refusal::of_file(source.name, Reason::OtherList, found)]));
    }
    let (table, brought) = tables(source, lookups, map).map_err(Refusals::of_file)?;
    let Some(power) = target.power.as_ref().or(map.power.as_ref()) else {
        let refusal = Refusal::of_file(source.name, Reason::MissingPower, Saying::NoPower);
        return Err(Refusals::of_file(vec![refusal]));
    };
    let join = join::Join::new(source.name, &table, &brought, map).map_err(Refusals::of_file)?;
    let (list, list_name) = (target.list, &*target.list_name);
    let reader = row::Reader { join: &join, map, list, power, list_name };
    let known = &target.known;
    let mut grouping = Grouping { reader, known, refusals: Vec::new(), preview: Preview::default() };
    grouping.run();
    let Grouping { mut refusals, mut preview, .. } = grouping;
    if refusals.len() > LISTED_MAX {
        let found = Found::said(Saying::RefusalsLimit, &[("limit", &LISTED_MAX)]);
        refusals.truncate(LISTED_MAX);
        refusals.insert(0, Refusal::of_file(source.name, Reason::TooManyRefusals, found));
        return Err(Box::new(Refusals { list: refusals, rows: table.rows.len() as u32, rest: None }));
    }
    preview.unread_columns = join.unread();
    finish(&mut preview, map, new_id);
    preview.counts.rows = table.rows.len() as u32;
    for (lookup, table) in map.lookups.iter().zip(&brought) {
        preview.counts.lookup_rows.insert(lookup.file.clone(), table.rows.len() as u32);
    }
    if refusals.is_empty() {
        return Ok(preview);
    }
    refusals.sort_by_key(|refusal| refusal.row);
    let rows = table.rows.len() as u32;
    let rest = Some(Rest { preview, table, format: map.format, delimiter: map.delimiter });
    Err(Box::new(Refusals { list: refusals, rows, rest }))
}

/// A list's word on the command line and in a map.
pub fn word(list: List) -> &'static str {
    match list {
        List::Held => "held",
        List::Sought => "sought",
    }
}

fn tables(
    source: Source<'_>,
    lookups: &[Source<'_>],
    map: &Map,
) -> Result<(Table, Vec<Table>), Vec<Refusal>> {
    let read =
        |source: Source<'_>| table::read(source.name, source.bytes, map.format, map.encoding, map.delimiter);
    let mut refusals = Vec::new();
    let mut brought = Vec::new();
    for lookup in &map.lookups {
        match lookups.iter().find(|source| source.name == lookup.file) {
            Some(source) => match read(*source) {
                Ok(table) => brought.push(table),
                Err(refusal) => refusals.push(refusal),
            },
            None => {
                let found = Found::said(Saying::JoinedTo, &[("file", &source.name)]);
                refusals.push(Refusal::of_file(&lookup.file, Reason::MissingLookup, found));
            }
        }
    }
    match read(source) {
        Ok(table) if refusals.is_empty() => Ok((table, brought)),
        Ok(_) => Err(refusals),
        Err(refusal) => {
            refusals.insert(0, refusal);
            Err(refusals)
        }
    }
}

/// Rows being put together to persons.
struct Grouping<'a> {
    reader: row::Reader<'a>,
    known: &'a Known,
    refusals: Vec<Refusal>,
    preview: Preview,
}

impl Grouping<'_> {
    fn run(&mut self) {
        for rows in self.groups() {
            self.group(&rows);
            if self.refusals.len() > LISTED_MAX {
                return;
            }
        }
    }

    /// The rows of each person, by their place in the table, in the order of the first rows.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups = Vec::<Vec<usize>>::new();
        let mut of_key = BTreeMap::new();
        for (at, row) in self.reader.join.table.rows.iter().enumerate() {
            match self.reader.key(row) {
                Some(key) => match of_key.get(&key) {
                    Some(&group) => Vec::push(&mut groups[group], at),
                    None => {
                        of_key.insert(key, groups.len());
                        groups.push(vec![at]);
                    }
                },
                None => groups.push(vec![at]),
            }
        }
        groups
    }

    fn group(&mut self, rows: &[usize]) {
        let key = self.reader.key(&self.reader.join.table.rows[rows[0]]);
        if let Some((key, (list, row))) = key.and_then(|key| self.known.0.get_key_value(&key)) {
            let list = shown(list);
            let found =
                join::number_shown(key).and(Found::said(Saying::FromRow, &[("row", row), ("list", &list)]));
            self.refuse_known(rows, &found);
            return;
        }
        let mut person: Option<Person> = None;
        let mut findings = Vec::new();
        let mut refused = BTreeMap::<u32, Vec<Refusal>>::new();
        let table = self.reader.join.table;
        for row in rows.iter().map(|&at| &table.rows[at]) {
            let next = match self.reader.read(row) {
                Ok(next) => next,
                Err(refusals) => {
                    refused.insert(row.number, refusals);
                    continue;
                }
            };
            let Some(person) = &mut person else {
                person = Some(next);
                continue;
            };
            match group::merge(person, next) {
                Ok(merged) => self.note(&mut findings, person.provenance.row, row.number, merged),
                Err(reason) => {
                    let column = self.column(Field::Site).unwrap_or_default();
                    let first = person.provenance.row;
                    let found = Found::said(Saying::EarlierRow, &[("row", &first)]);
                    let refusal = Refusal::of_cell(self.reader.join.file, row.number, &column, reason, found);
                    refused.insert(row.number, vec![refusal]);
                }
            }
        }
        match person {
            Some(mut person) if refused.is_empty() => {
                group::in_order(&mut person);
                self.preview.people.push(person);
                self.preview.findings.append(&mut findings);
                self.preview.counts.rows_accepted += rows.len() as u32;
            }
            _ => self.refuse_whole(rows, refused),
        }
    }

    fn refuse_whole(&mut self, rows: &[usize], mut refused: BTreeMap<u32, Vec<Refusal>>) {
        let cause = refused.keys().next().copied().unwrap_or_default();
        for row in rows.iter().map(|&at| &self.reader.join.table.rows[at]) {
            let why = refused.remove(&row.number).unwrap_or_else(|| {
                let found = Found::said(Saying::SamePerson, &[("row", &cause)]);
                vec![Refusal::of_row(self.reader.join.file, row.number, Reason::PersonRefused, found)]
            });
            self.refusals.extend(why);
        }
    }

    fn refuse_known(&mut self, rows: &[usize], found: &Found) {
        let (file, column) = (self.reader.join.file, self.column(Field::Key).unwrap_or_default());
        for row in rows.iter().map(|&at| &self.reader.join.table.rows[at]) {
            self.refusals.push(Refusal::of_cell(file, row.number, &column, Reason::KnownKey, found.clone()));
        }
    }

    fn note(&self, findings: &mut Vec<Finding>, first: u32, row: u32, merged: group::Merged) {
        let rows = || vec![first, row];
        for field in &merged.differs {
            let column = self.column(*field);
            findings.push(Finding { kind: FindingKind::DiffersWithinPerson, rows: rows(), column });
        }
        if !merged.added && merged.differs.is_empty() {
            findings.push(Finding { kind: FindingKind::RepeatedRow, rows: rows(), column: None });
        }
    }

    fn column(&self, field: Field) -> Option<String> {
        self.reader.map.fields.get(&field).cloned()
    }
}

/// Gives identifiers, looks for findings across persons and counts.
fn finish(preview: &mut Preview, map: &Map, new_id: &mut dyn FnMut() -> PersonId) {
    let column = |field| map.fields.get(&field).map(String::as_str);
    for person in &mut preview.people {
        person.id = new_id();
    }
    let people = &preview.people;
    preview.findings.extend(group::shared_service_numbers(people, column(Field::ServiceNumber)));
    if !map.ranks.is_empty() {
        preview.findings.extend(group::ranks_not_in_table(people, column(Field::Rank)));
    }
    let sum = |count: fn(&Person) -> usize| people.iter().map(count).sum::<usize>() as u32;
    let counts = &mut preview.counts;
    counts.people = people.len() as u32;
    counts.aliases = sum(|person| person.names.len() - 1);
    counts.spells = sum(|person| person.custody.len());
    counts.examinations = sum(|person| person.examinations.len());
    counts.claims = sum(|person| person.claims.len());
    counts.kin = sum(|person| person.kin.len());
    let sites = people.iter().flat_map(|person| &person.custody).map(|spell| &spell.site);
    counts.sites = sites.collect::<BTreeSet<_>>().len() as u32;
}
