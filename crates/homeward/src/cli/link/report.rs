//! The report of a run: the figures of [`crate::web::link_report`], from what was read and found.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use linkage::block::{Join, Part, Parts};
use linkage::cluster::Clusters;
use linkage::explain::explain as taken_apart;
use linkage::forms::Role;
use linkage::link::{LINK_BITS, Likely, Linked, Task, probability};
use linkage::recall::{Caught, caught, joins_of};
use linkage::table::Kind;
use linkage::weights::DOUBT_BITS;

use super::read::{self, Records};
use super::settings::{Settings, word};
use super::tell::{
    Band, FEW, Together, header, held, is_limit, no_dates, not_there, notes, percent, said_exclusive,
    source_names, sources,
};
use super::{EVEN, LINK, REVIEW, explain, id};
use crate::cli::files;
use crate::web::Words;
use crate::web::chart::weights::Bin;
use crate::web::link_report::{self as page, Report, unit};

/// How many bits a bar of the drawing has.
const BIN_BITS: i32 = 2;
/// Beyond so many bits pairs stand in the last bar.
const BITS_MAX: i32 = 60;
/// Examples of each band.
const EXAMPLES: usize = 3;

/// A run that is told.
pub(super) struct Run<'a> {
    /// The files.
    pub paths: &'a [&'a Path],
    /// How they were read.
    pub settings: &'a Settings,
    /// Their records.
    pub records: &'a Records,
    /// The pairs.
    pub linked: &'a Linked,
    /// What was asked of the job.
    pub task: &'a Task,
    /// Pairs from [`REVIEW`] on, as they are written: what was decided is certain.
    pub likely: &'a [Likely],
    /// Records with their persons.
    pub persons: &'a Clusters,
    /// Whether only new records were compared.
    pub is_later: bool,
    /// Pairs that are not shown because decisions on others settle them.
    pub settled: usize,
    /// Whether the weights were learned before, from another list.
    pub is_weighed_by_kept: bool,
    /// Whether examples show what records say.
    pub is_named: bool,
}

/// Bits of a probability.
fn bits(probability: f64) -> f32 {
    (probability / (1.0 - probability)).log2() as f32
}

impl Run<'_> {
    /// The page, in a language.
    pub fn page(&self, t: Words) -> anyhow::Result<String> {
        let parts = Parts::of(&self.records.table);
        let names = source_names(t, self.records, self.paths);
        let held = held(self.records, self.linked);
        let limit = percent(t, probability(DOUBT_BITS));
        let report = Report {
            records: self.records.ids.len() as u64,
            files: self.files(t),
            few: (self.records.ids.len() < FEW && !self.is_weighed_by_kept).then_some(FEW as u64),
            is_later: self.is_later,
            is_named: self.is_named,
            held: (!held.is_empty()).then(|| t.s1("link-held", "probability", limit)),
            exclusive: said_exclusive(t, self.records, self.task, self.likely),
            together: self.together(t),
            bands: self.bands(t, &held),
            met: self.linked.met.pairs,
            given_up: self.linked.met.given_up,
            bins: self.bins(),
            limits: [bits(REVIEW), LINK_BITS],
            sources: self.sources(t, &names),
            missed: self.missed(t, &names, &parts),
            joins: self.joins(t, &parts),
            clusters: self.clusters(),
            examples: self.examples(t, &held)?,
        };
        Ok(page::page(t, &report)?)
    }

    /// What persons hold of the pairs, and how many pairs decisions settle.
    fn together(&self, t: Words) -> Vec<String> {
        let settled = (self.settled > 0).then(|| t.s1("link-settled", "n", self.settled));
        Together::of(self.persons, self.likely).lines(t).into_iter().chain(settled).collect()
    }

    fn files(&self, t: Words) -> Vec<page::File> {
        let left = u64::from(self.records.left);
        let counts = [left, self.records.ids.len() as u64 - left];
        let file = |(at, path): (usize, &&Path)| {
            let columns = &self.records.columns[at];
            let used = |place: usize| match columns[place].is_empty {
                true => t.s("link-report-empty"),
                false => t.code("link-as", word(columns[place].purpose)),
            };
            let name = files::name(path);
            let mut said = notes(t, self.records, at, &name);
            if at == 0 {
                said.extend(not_there(t, self.records));
                said.extend(no_dates(t, self.records, self.paths));
            }
            page::File {
                records: counts[at],
                columns: (0..columns.len()).map(|place| (header(t, columns, place), used(place))).collect(),
                notes: said,
                name,
            }
        };
        self.paths.iter().enumerate().map(file).collect()
    }

    fn bands(&self, t: Words, held: &BTreeSet<(u32, u32)>) -> Vec<page::Band> {
        let of = |pair: &&Likely| Band::of(pair.probability, held.contains(&(pair.one, pair.other)));
        let count = |band: Band| self.likely.iter().filter(|pair| of(pair) == band).count() as u64;
        let below = self.linked.bits.iter().filter(|bits| probability(**bits) < REVIEW).count();
        let decimal = |limit: f64| percent(t, limit).trim_end_matches('0').to_owned();
        let between =
            |low: f64, high: f64| t.s2("link-report-between", "low", decimal(low), "high", decimal(high));
        let limit = percent(t, probability(DOUBT_BITS));
        let band = |band: Band, limits: String, pairs: u64| page::Band {
            name: t.code("link-band", band.code()),
            counted: unit(t, &format!("link-pairs-{}", band.code()), pairs),
            limits,
            pairs,
        };
        let mut bands = vec![
            band(Band::Link, t.s1("link-report-from", "limit", decimal(LINK)), count(Band::Link)),
            band(Band::Likely, between(EVEN, LINK), count(Band::Likely)),
            band(Band::Held, t.s1("link-report-held", "probability", limit), count(Band::Held)),
            band(Band::Unlikely, between(REVIEW, EVEN), count(Band::Unlikely)),
            band(Band::No, t.s1("link-report-below", "limit", decimal(REVIEW)), below as u64),
        ];
        if held.is_empty() {
            bands.remove(2);
        }
        bands
    }

    fn bins(&self) -> Vec<Bin> {
        let bin = |bits: &f32| (bits.floor() as i32).clamp(-BITS_MAX, BITS_MAX - 1).div_euclid(BIN_BITS);
        let mut counts: BTreeMap<i32, u64> = BTreeMap::new();
        self.linked.bits.iter().for_each(|bits| *counts.entry(bin(bits)).or_default() += 1);
        let (Some(first), Some(last)) = (counts.keys().next(), counts.keys().next_back()) else {
            return Vec::new();
        };
        (*first..=*last)
            .map(|at| Bin {
                from: at * BIN_BITS,
                to: (at + 1) * BIN_BITS,
                pairs: counts.get(&at).copied().unwrap_or(0),
            })
            .collect()
    }

    fn sources(&self, t: Words, names: &[String]) -> Vec<page::Sources> {
        let mut found: BTreeMap<(u8, u8), (u64, u64)> = BTreeMap::new();
        let source = |row: u32| self.records.table.sources[row as usize];
        for pair in self.likely {
            let (a, b) = (source(pair.one), source(pair.other));
            let counts = found.entry((a.min(b), a.max(b))).or_default();
            match pair.probability {
                probability if probability >= LINK => counts.0 += 1,
                _ => counts.1 += 1,
            }
        }
        let row = |((a, b), (link, review))| page::Sources { name: sources(t, names, a, b), link, review };
        found.into_iter().map(row).collect()
    }

    fn missed(&self, t: Words, names: &[String], parts: &Parts<'_>) -> Vec<page::Missed> {
        let pairs = self.linked.pairs.iter().zip(&self.linked.bits);
        let pairs = pairs.map(|(pair, bits)| (pair.one, pair.other, probability(*bits)));
        let found = caught(&self.records.table, parts, &self.linked.joins, pairs);
        let row = |name: String, all: &[&Caught]| {
            let sum = |of: fn(&Caught) -> f64| all.iter().map(|one| of(one)).sum::<f64>().round() as u64;
            page::Missed {
                name,
                found: sum(|one| one.pairs),
                missed: sum(Caught::missed),
                missed_at_least: sum(Caught::missed_at_least),
            }
        };
        let mut rows: Vec<page::Missed> =
            found.iter().map(|((a, b), one)| row(sources(t, names, *a, *b), &[one])).collect();
        rows.push(row(t.s("link-report-all"), &found.values().collect::<Vec<_>>()));
        rows
    }

    fn joins(&self, t: Words, parts: &Parts<'_>) -> Vec<page::Join> {
        let joins = &self.linked.joins;
        let mut rows: Vec<page::Join> = joins
            .iter()
            .map(|join| page::Join { name: self.join_name(t, parts, join), pairs: 0, link: 0, alone: 0 })
            .collect();
        for (pair, bits) in self.linked.pairs.iter().zip(&self.linked.bits) {
            let hold = joins_of(parts, joins, pair.one, pair.other);
            for at in &hold {
                rows[*at].pairs += 1;
                rows[*at].link += u64::from(*bits >= LINK_BITS);
                rows[*at].alone += u64::from(*bits >= LINK_BITS && hold.len() == 1);
            }
        }
        rows
    }

    fn join_name(&self, t: Words, parts: &Parts<'_>, join: &Join) -> String {
        let columns = &self.records.table.columns;
        let born = columns.iter().position(|column| column.kind == Kind::Birth).unwrap_or(0);
        let born = self.records.compared.get(born).cloned().unwrap_or_default();
        let name = |part: &usize| match parts.list[*part] {
            Part::Name(Role::Surname) => t.s("link-part-surname"),
            Part::Name(Role::Given) => t.s("link-part-given"),
            Part::Name(Role::Patronymic) => t.s("link-part-patronymic"),
            Part::Bones => t.s("link-key-bones"),
            Part::LastBones => t.s("link-key-last-bones"),
            Part::Day => t.s1("link-key-day", "column", &born),
            Part::Year => t.s1("link-key-year", "column", &born),
            Part::DayOfYear => t.s1("link-key-day-of-year", "column", &born),
            Part::Column(at) => self.records.compared[at].clone(),
        };
        join.parts.iter().map(name).collect::<Vec<_>>().join(" + ")
    }

    fn clusters(&self) -> Vec<(u64, u64)> {
        let groups = self.persons.groups();
        let mut sizes: BTreeMap<u64, u64> = BTreeMap::new();
        groups.iter().for_each(|group| *sizes.entry(group.len() as u64).or_default() += 1);
        let together: usize = groups.iter().map(Vec::len).sum();
        sizes.insert(1, (self.records.ids.len() - together) as u64);
        sizes.into_iter().collect()
    }

    /// Of each band the heaviest pair, one from the middle and the lightest.
    fn examples(
        &self,
        t: Words,
        held: &BTreeSet<(u32, u32)>,
    ) -> anyhow::Result<Vec<(String, Vec<page::Example>)>> {
        let mut order: Vec<usize> = (0..self.linked.pairs.len()).collect();
        order.sort_by(|a, b| self.linked.bits[*b].total_cmp(&self.linked.bits[*a]).then(a.cmp(b)));
        let answered: BTreeMap<(u32, u32), f64> =
            self.likely.iter().map(|pair| ((pair.one, pair.other), pair.probability)).collect();
        let decided: BTreeSet<(u32, u32)> =
            self.task.decided.same().iter().map(|(one, other)| (*one.min(other), *one.max(other))).collect();
        // The figure of the pairs file; nothing for what is decided, settled or not asked for.
        let chance = |at: usize| {
            let pair =
                Some(&self.linked.pairs[at]).filter(|pair| !decided.contains(&(pair.one, pair.other)))?;
            let own = Some(probability(self.linked.bits[at])).filter(|own| *own < REVIEW);
            answered.get(&(pair.one, pair.other)).copied().or(own)
        };
        let of = |at: usize| {
            let pair = &self.linked.pairs[at];
            chance(at).map(|chance| Band::of(chance, held.contains(&(pair.one, pair.other))))
        };
        let chosen = |band: Band| -> Vec<usize> {
            let all: Vec<usize> = order.iter().copied().filter(|at| of(*at) == Some(band)).collect();
            let places: BTreeSet<usize> =
                (0..EXAMPLES.min(all.len())).map(|n| n * (all.len() - 1) / (EXAMPLES - 1)).collect();
            places.into_iter().map(|place| all[place]).collect()
        };
        let bands: Vec<(&str, Vec<usize>)> = [Band::Link, Band::Likely, Band::Held, Band::Unlikely, Band::No]
            .into_iter()
            .filter(|band| *band != Band::Held || !held.is_empty())
            .map(|band| (band.code(), chosen(band)))
            .collect();
        let rows = |at: &usize| [self.linked.pairs[*at].one, self.linked.pairs[*at].other];
        let came = |row: u32| self.records.table.came[row as usize];
        let wanted: BTreeSet<u32> = bands.iter().flat_map(|(_, all)| all).flat_map(rows).map(came).collect();
        let cells = match self.is_named {
            true => read::cells(t, self.paths, self.settings, self.records, &wanted)?,
            false => BTreeMap::new(),
        };
        let examples =
            |all: &[usize]| all.iter().map(|at| self.example(t, *at, chance(*at), &cells)).collect();
        Ok(bands.iter().map(|(code, all)| (t.code("link-band", code), examples(all))).collect())
    }

    fn example(
        &self,
        t: Words,
        at: usize,
        answered: Option<f64>,
        cells: &BTreeMap<u32, read::Cells>,
    ) -> page::Example {
        let (one, other) = (self.linked.pairs[at].one, self.linked.pairs[at].other);
        // Of two files the left one's record stands first.
        let came = |row: u32| self.records.table.came[row as usize];
        let (one, other) = if came(one) <= came(other) { (one, other) } else { (other, one) };
        let (low, high) = (one.min(other), one.max(other));
        let found = taken_apart(&self.records.table, &self.linked.weights, low, high);
        // Parts of the name, the name whole, then the columns, beneath what is believed before.
        let cell = |row: u32, line: usize| {
            let cells = cells.get(&came(row));
            let text = cells.map(|cells| match line {
                1..=3 => cells.name[line - 1].clone(),
                5.. => cells.compared.get(line - 5).cloned().unwrap_or_default(),
                _ => String::new(),
            });
            text.unwrap_or_default()
        };
        let own = probability(self.linked.bits[at]);
        let chance = match answered {
            Some(answered) if (answered - own).abs() > 1e-9 => {
                t.s2("link-through-at", "probability", percent(t, answered), "own", percent(t, own))
            }
            _ => percent(t, own),
        };
        let is_held = found.doubt.is_some() && is_limit(found.bits);
        let line = |(at, line): (usize, explain::Line)| page::Line {
            says: match self.is_named && !line.others.is_empty() {
                true => format!("{}; {}", line.says, line.others),
                false => line.says,
            },
            what: line.what,
            cells: [cell(one, at), cell(other, at)],
            bits: line.bits,
        };
        page::Example {
            one: id(self.records, one).to_owned(),
            other: id(self.records, other).to_owned(),
            probability: if is_held { t.s1("link-held-at", "probability", chance) } else { chance },
            lines: explain::lines(t, self.records, &found, self.linked.bits[at])
                .into_iter()
                .enumerate()
                .map(line)
                .collect(),
        }
    }
}
