//! What `homeward import` tells: counts, refusals by reason, the first refusals, findings.

use std::collections::BTreeMap;
use std::io;

use exchange::person::List;
use serde::Serialize;

use super::out;
use crate::import::map::Map;
use crate::import::refusal::{Finding, Refusal, by_reason};
use crate::import::{self, Counts, Preview, Refusals};

/// How many refusals and findings are shown on a terminal. A machine gets them all.
const SHOWN: usize = 20;

/// The outcome of an import. No field holds anything about a person but counts and places.
#[derive(Serialize, Debug)]
pub struct Report {
    file: String,
    list: &'static str,
    map: String,
    dry_run: bool,
    /// Whether the people are in a register now.
    pub stored: bool,
    rows: u32,
    rows_refused: u32,
    /// What is taken, or what the rest without the refused rows comes to; nothing when the file as a whole is refused.
    accepted: Option<Accepted>,
    refused_by_reason: BTreeMap<&'static str, u32>,
    refusals: Vec<Refused>,
    findings: Vec<Found>,
    unread_columns: Vec<String>,
    /// The rows set aside, if the officer chose so.
    pub set_aside: Option<SetAsideFile>,
    #[serde(skip)]
    title: String,
}

/// The file of rows set aside.
#[derive(Serialize, Debug)]
pub struct SetAsideFile {
    /// Where.
    pub file: String,
    /// How many rows.
    pub rows: u32,
    /// Whether it was written, or would be without `--dry-run`.
    pub written: bool,
}

#[derive(Serialize, Debug)]
struct Accepted {
    rows: u32,
    people: u32,
    aliases: u32,
    custody_spells: u32,
    sites: u32,
    examinations: u32,
    claims: u32,
    kin: u32,
    lookup_rows: BTreeMap<String, u32>,
}

#[derive(Serialize, Debug)]
struct Refused {
    file: String,
    row: Option<u32>,
    column: Option<String>,
    reason: &'static str,
    found: String,
    #[serde(skip)]
    line: String,
}

#[derive(Serialize, Debug)]
struct Found {
    kind: &'static str,
    rows: Vec<u32>,
    column: Option<String>,
}

impl Report {
    /// A report of nothing yet.
    pub fn new(file: &str, list: List, map: &Map, dry_run: bool) -> Self {
        Self {
            file: file.to_owned(),
            list: import::word(list),
            map: map.name.clone(),
            dry_run,
            stored: false,
            rows: 0,
            rows_refused: 0,
            accepted: None,
            refused_by_reason: BTreeMap::new(),
            refusals: Vec::new(),
            findings: Vec::new(),
            unread_columns: Vec::new(),
            set_aside: None,
            title: map.title.clone(),
        }
    }

    /// Takes the counts of a list without refusal.
    pub fn taken(&mut self, preview: &Preview) {
        self.rows = preview.counts.rows;
        self.accept(preview);
    }

    /// Takes the refusals of a list, and what the rest would come to.
    pub fn refused(&mut self, refusals: &Refusals) {
        self.rows = refusals.rows;
        self.rows_refused = refusals.rows_refused();
        let counts = by_reason(&refusals.list).into_iter();
        self.refused_by_reason = counts.map(|(reason, count)| (reason.code(), count)).collect();
        self.refusals = refusals.list.iter().map(refused).collect();
        if let Some(rest) = refusals.rest() {
            self.accept(rest);
        }
    }

    fn accept(&mut self, preview: &Preview) {
        let Counts { rows_accepted, people, aliases, spells, sites, examinations, claims, kin, .. } =
            preview.counts;
        let lookup_rows = preview.counts.lookup_rows.clone();
        let rows = rows_accepted;
        let custody_spells = spells;
        self.accepted = Some(Accepted {
            rows,
            people,
            aliases,
            custody_spells,
            sites,
            examinations,
            claims,
            kin,
            lookup_rows,
        });
        self.findings = preview.findings.iter().map(found).collect();
        self.unread_columns = preview.unread_columns.clone();
    }

    /// Says it, in words or as JSON.
    pub fn say(&self, json: bool) -> anyhow::Result<()> {
        if json { out::json(self) } else { Ok(self.lines()?) }
    }

    fn lines(&self) -> io::Result<()> {
        out::line(format!("{} as {}, through the map {} ({})", self.file, self.list, self.map, self.title))?;
        self.refusal_lines()?;
        if let Some(accepted) = &self.accepted {
            accepted.lines(self.rows, self.refusals.is_empty())?;
        }
        self.finding_lines()?;
        if !self.unread_columns.is_empty() {
            out::line(format!("columns not read: {}", self.unread_columns.join(", ")))?;
        }
        match &self.set_aside {
            Some(aside) if aside.written => {
                out::line(format!("{} rows were set aside in {}", aside.rows, aside.file))?;
            }
            Some(aside) => out::line(format!("{} rows would be set aside in {}", aside.rows, aside.file))?,
            None => {}
        }
        let everyone_refused = self.accepted.as_ref().is_some_and(|accepted| accepted.people == 0);
        out::line(match (self.stored, self.dry_run) {
            (true, _) => "Everyone taken was stored in one write.",
            (false, true) => "A dry run: nothing was stored.",
            (false, false) if everyone_refused => "Everyone is refused: nobody is left to be stored.",
            (false, false) => "Nothing was stored.",
        })
    }

    fn refusal_lines(&self) -> io::Result<()> {
        if self.refusals.is_empty() {
            return Ok(());
        }
        if self.rows > 0 {
            out::line(format!("REFUSED: {} of {} rows", self.rows_refused, self.rows))?;
        } else {
            out::line("REFUSED as a whole")?;
        }
        for (reason, count) in &self.refused_by_reason {
            out::line(format!("  {count:>7}  {reason}"))?;
        }
        if self.refusals.len() > SHOWN {
            out::line(format!("the first {SHOWN} of {} refusals:", self.refusals.len()))?;
        }
        self.refusals.iter().take(SHOWN).try_for_each(|refused| out::line(format!("  {}", refused.line)))
    }

    fn finding_lines(&self) -> io::Result<()> {
        if !self.findings.is_empty() {
            out::line(format!("{} findings, none of them refused:", self.findings.len()))?;
        }
        for found in self.findings.iter().take(SHOWN) {
            let rows = found.rows.iter().take(6).map(u32::to_string).collect::<Vec<_>>().join(", ");
            let more = if found.rows.len() > 6 { " …" } else { "" };
            let column = found.column.as_ref().map(|column| format!(", column {column}")).unwrap_or_default();
            let rows = format!("{} rows: {rows}{more}", found.rows.len());
            out::line(format!("  {}{column}, {rows}", found.kind))?;
        }
        Ok(())
    }
}

impl Accepted {
    fn lines(&self, of: u32, all: bool) -> io::Result<()> {
        let what = if all { "accepted" } else { "without the refused rows" };
        out::line(format!("{what}: {} of {of} rows, {} persons", self.rows, self.people))?;
        let counts = [
            (self.aliases, "other names".to_owned()),
            (self.custody_spells, format!("custody spells at {} sites", self.sites)),
            (self.examinations, "examinations".to_owned()),
            (self.claims, "claims".to_owned()),
            (self.kin, "relatives".to_owned()),
        ];
        for (count, what) in counts.iter().filter(|(count, _)| *count > 0) {
            out::line(format!("  {count:>7}  {what}"))?;
        }
        for (file, rows) in &self.lookup_rows {
            out::line(format!("  {rows:>7}  rows of {file} to join"))?;
        }
        Ok(())
    }
}

fn refused(refusal: &Refusal) -> Refused {
    Refused {
        file: refusal.file.clone(),
        row: refusal.row,
        column: refusal.column.clone(),
        reason: refusal.reason.code(),
        found: refusal.found.to_string(),
        line: refusal.to_string(),
    }
}

fn found(finding: &Finding) -> Found {
    Found { kind: finding.kind.code(), rows: finding.rows.clone(), column: finding.column.clone() }
}
