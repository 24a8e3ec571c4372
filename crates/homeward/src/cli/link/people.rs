//! Persons over time at the command line: the persons of an earlier run, what became of them, what people decided, and weights that
//! are kept.
//!
//! Decides how these files are read and written, and refuses those that do not say clearly what they mean. What
//! becomes of whom, [`linkage::people`] decides.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use linkage::cluster::Clusters;
use linkage::decided::{Contradiction, Decided};
use linkage::intern::{Interner, NONE};
use linkage::later::{Known, link_new};
use linkage::link::{Likely, Linked, Task, link};
use linkage::people::{Event, People, What, follow};
use linkage::schema::{Purpose, called};
use linkage::table::SOURCES_MAX;
use linkage::weights::Weights;
use linkage::weights::kept::{Expected, Kept, KeptColumn, Misfit, Unread};

use super::read::Records;
use super::source::{Ends, SEPARATORS};
use super::tell::brief;
use super::{field, settings, source};
use crate::web::Words;
use crate::web::words::Value;

/// The largest file of weights, in bytes: sixteen sources and twelve columns fit.
const WEIGHTS_BYTES_MAX: usize = 16 << 20;
/// Bytes at the beginning by which it is seen what parts cells and how lines end: the header fits.
const HEAD_BYTES: u64 = 1 << 12;
/// The words by which a clusters file calls ids of before.
const ALIAS: &str = "alias";
const ENDED: &str = "gone";

/// What is told of earlier runs, and kept for later ones.
#[derive(Args, Debug, Default)]
pub(super) struct Over {
    /// The --clusters file of an earlier run: its persons keep their ids, and records that are not in it are new.
    #[arg(long, value_name = "PEOPLE")]
    pub before: Option<PathBuf>,
    /// Where goes what became of the persons of --before: kind,person,other,record.
    #[arg(long)]
    pub events: Option<PathBuf>,
    /// What people decided of two records: one,other,decision (same, different, or open: taken back).
    #[arg(long, value_name = "DECISIONS")]
    pub decided: Option<PathBuf>,
    /// Weights of an earlier run instead of learned ones.
    #[arg(long)]
    pub weights: Option<PathBuf>,
    /// Compare only records that are not in --before: faster, but what was corrected since is not seen.
    #[arg(long)]
    pub only_new: bool,
    /// Where the learned weights go: figures only, no name.
    #[arg(long, value_name = "WEIGHTS")]
    pub keep_weights: Option<PathBuf>,
}

/// What earlier runs and people said of the records at hand.
#[derive(Default)]
pub(super) struct Past {
    /// Texts of records and of persons: `left:17`.
    ids: Interner,
    /// The number of each record's text, by row; empty where nothing was said.
    records: Vec<u32>,
    before: Option<People>,
    /// Decisions of people.
    pub decided: Decided,
    /// Rows of pairs whose decision was taken back.
    open: Vec<u32>,
    kept: Option<Kept>,
    /// Whether only new records are compared.
    pub only_new: bool,
}

/// Links as they were found.
pub(super) struct Found {
    /// Pairs and weights.
    pub linked: Linked,
    /// Records with their persons, where only new ones were compared.
    later: Option<Clusters>,
}

/// Persons with their ids, and what became of those of before.
pub(super) struct Told {
    people: People,
    /// The events.
    pub events: Vec<Event>,
}

/// Reads what is told of earlier runs, or says what is refused.
pub(super) fn read(
    t: Words,
    over: &Over,
    paths: &[&Path],
    records: &Records,
) -> anyhow::Result<Result<Past, String>> {
    let mut past = Past { only_new: over.only_new, ..Past::default() };
    if let Some(path) = &over.weights {
        match weights(t, path)? {
            Ok(kept) => past.kept = Some(kept),
            Err(why) => return Ok(Err(why)),
        }
    }
    if over.before.is_none() && over.decided.is_none() {
        return Ok(Ok(past));
    }
    if let Some(at) =
        records.columns.iter().position(|columns| columns.iter().all(|one| one.purpose != Purpose::Id))
    {
        return Ok(Err(t.s1("link-told-no-id", "file", paths[at].display().to_string())));
    }
    past.number(records);
    if let Some(path) = &over.before {
        match people(t, path, &mut past.ids)? {
            Ok(before) => past.before = Some(before),
            Err(why) => return Ok(Err(why)),
        }
    }
    if let Some(path) = &over.decided
        && let Err(why) = past.decide(t, path, paths.len() == 2)?
    {
        return Ok(Err(why));
    }
    Ok(Ok(past))
}

fn weights(t: Words, path: &Path) -> anyhow::Result<Result<Kept, String>> {
    Ok(match source::whole(t, path, WEIGHTS_BYTES_MAX)? {
        Ok(bytes) => Kept::read(&String::from_utf8_lossy(&bytes))
            .map_err(|why| unread(t, &path.display().to_string(), why)),
        Err(why) => Err(why),
    })
}

/// Why a file is not taken for kept weights, and what to do.
fn unread(t: Words, file: &str, why: Unread) -> String {
    let why = match why {
        Unread::Older => return t.s1("link-weights-older", "file", file),
        Unread::Short => t.s("link-weights-short"),
        Unread::Line(line, expected) => {
            let expected = match expected {
                Expected::Title => t.s("link-weights-expected-title"),
                Expected::Columns => t.s("link-weights-expected-columns"),
                Expected::Source => t.s("link-weights-expected-source"),
                Expected::Sources => t.s1("link-weights-expected-sources", "most", SOURCES_MAX),
                Expected::Figures(word, n) => t.s2("link-weights-expected-figures", "word", word, "n", n),
                Expected::End => t.s("link-weights-expected-end"),
            };
            t.s2("link-weights-line", "line", line, "expected", expected)
        }
    };
    t.s2("link-weights-unread", "file", file, "why", why)
}

/// Says that weights are of other columns: those as they were kept, these as the list calls them.
fn misfit(t: Words, records: &Records, misfit: &Misfit) -> String {
    let one = |name: &str, column: &KeptColumn| {
        format!("{} ({})", brief(name), t.code("link-as", settings::word(Purpose::Compared(column.kind))))
    };
    let said = |columns: Vec<String>| match columns.is_empty() {
        true => t.s("link-weights-no-column"),
        false => columns.join(", "),
    };
    let kept = said(misfit.kept.iter().map(|column| one(&column.called, column)).collect());
    let here = records.compared.iter().zip(&misfit.here);
    let here = said(here.map(|(header, column)| one(header, column)).collect());
    t.s2("link-weights-misfit", "kept", kept, "here", here)
}

/// What the compared columns are called in kept weights.
fn called_of(records: &Records) -> Vec<String> {
    called(&records.compared.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Lines of a file with these headers, parted as lists may be.
fn lines(
    t: Words,
    path: &Path,
    headers: [&str; 3],
    mut line: impl FnMut(u64, [&str; 3]) -> Result<(), String>,
) -> anyhow::Result<Result<(), String>> {
    let mut file = match source::opened(t, path)? {
        Ok(file) => file,
        Err(why) => return Ok(Err(why)),
    };
    let mut head = Vec::new();
    (&mut file).take(HEAD_BYTES).read_to_end(&mut head)?;
    let ends = Ends::of(&String::from_utf8_lossy(&head));
    let separator = SEPARATORS.map(|(one, _)| one).into_iter().find(|one| begins(&head, *one, headers));
    let mut reader = parted(separator.unwrap_or(b','), Cursor::new(head).chain(file));
    let mut row = csv::StringRecord::new();
    let name = path.display().to_string();
    let (mut is_first, header) = (true, headers.join(","));
    loop {
        let before = reader.position().clone();
        match reader.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) if is_first => {
                return Ok(Err(t.s2("link-told-empty", "file", name, "header", header)));
            }
            Ok(false) => return Ok(Ok(())),
            Err(why) => {
                let at = ends.next(why.position().unwrap_or(&before));
                let code = if matches!(why.kind(), csv::ErrorKind::Utf8 { .. }) { "letters" } else { "read" };
                return Ok(Err(said_at(t, &name, at, &t.code("link-told", code))));
            }
        }
        let at = ends.line(&before, reader.position(), row.as_byte_record());
        let cells = three(&row);
        let why = if std::mem::take(&mut is_first) {
            (cells != headers).then(|| t.s1("link-told-header", "header", &header))
        } else if row.len() != headers.len() {
            Some(t.s2("link-told-cells", "n", row.len(), "header", &header))
        } else {
            line(at, cells).err()
        };
        if let Some(why) = why {
            return Ok(Err(said_at(t, &name, at, &why)));
        }
    }
}

/// Reads lines of cells, as many as each has.
fn parted<R: Read>(separator: u8, from: R) -> csv::Reader<R> {
    csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(from)
}

/// The first three cells of a line.
fn three(row: &csv::StringRecord) -> [&str; 3] {
    let [one, two, three] = [0, 1, 2].map(|place| row.get(place).unwrap_or_default().trim());
    [one.trim_start_matches('\u{feff}'), two, three]
}

/// Whether a file that begins so has these headers, parted by a separator.
fn begins(head: &[u8], separator: u8, headers: [&str; 3]) -> bool {
    let mut row = csv::StringRecord::new();
    parted(separator, head).read_record(&mut row).is_ok_and(|is_there| is_there && three(&row) == headers)
}

/// What is wrong in a line of a file.
fn said_at(t: Words, file: &str, line: u64, why: &str) -> String {
    t.s3("link-told-line", "file", file, "line", line, "why", why)
}

/// Reads the persons of an earlier run.
fn people(t: Words, path: &Path, ids: &mut Interner) -> anyhow::Result<Result<People, String>> {
    let mut people = People::default();
    let read = lines(t, path, ["file", "id", "person"], |_, [file, id, person]| {
        let is_record = file == "left" || file == "right";
        if id.is_empty() || (person.is_empty() && file != ENDED) {
            return Err(t.s("link-told-nameless"));
        }
        let said_before = if is_record {
            let record = ids.number(&format!("{file}:{id}"));
            people.of.insert(record, ids.number(person)).is_some()
        } else if file == ALIAS || (file == ENDED && person.is_empty()) {
            let former = ids.number(id);
            people.former.insert(former, ids.number(person)).is_some()
        } else {
            return Err(t.s1("link-told-kind", "found", brief(file)));
        };
        if said_before { Err(t.s2("link-told-again", "file", file, "id", brief(id))) } else { Ok(()) }
    });
    if let Err(why) = read? {
        return Ok(Err(why));
    }
    let there: BTreeSet<u32> = people.of.values().copied().collect();
    let wrong =
        people.former.iter().find(|(id, to)| there.contains(id) || (**to != NONE && !there.contains(to)));
    Ok(match wrong {
        Some((id, to)) => {
            let key = if there.contains(id) { "link-told-alias" } else { "link-told-leads" };
            let (id, to) = (brief(ids.text(*id)), brief(ids.text(*to)));
            let values: [(&str, &dyn Value); 3] =
                [("file", &path.display().to_string()), ("id", &id), ("to", &to)];
            Err(t.with(key, &values))
        }
        None => Ok(people),
    })
}

impl Past {
    fn number(&mut self, records: &Records) {
        let mut text = String::new();
        self.records.reserve(records.ids.len());
        for came in &records.table.came {
            let file = if *came < records.left { "left:" } else { "right:" };
            text.clear();
            text.push_str(file);
            text.push_str(records.id_texts.text(records.ids[*came as usize]));
            self.records.push(self.ids.number(&text));
        }
    }

    /// Reads what people decided.
    fn decide(&mut self, t: Words, path: &Path, two: bool) -> anyhow::Result<Result<(), String>> {
        let mut rows = vec![NONE; self.ids.len()];
        self.records.iter().zip(1_u32..).for_each(|(record, row)| rows[*record as usize] = row);
        let mut said: BTreeMap<(u32, u32), (u64, String)> = BTreeMap::new();
        let (mut same, mut different, mut open) = (Vec::new(), Vec::new(), Vec::new());
        let read = lines(t, path, ["one", "other", "decision"], |at, [one, other, decision]| {
            let (Some(one), Some(other)) = (self.row(t, one, two, &rows)?, self.row(t, other, two, &rows)?)
            else {
                return Ok(());
            };
            if one == other {
                return Err(t.s("link-told-itself"));
            }
            let before = said.insert((one.min(other), one.max(other)), (at, decision.to_owned()));
            if let Some((line, _)) = before.filter(|(_, before)| *before != decision) {
                return Err(t.s1("link-told-another", "line", line));
            }
            match decision {
                "same" => same.push((one, other)),
                "different" => different.push((one, other)),
                "open" => open.extend([one, other]),
                _ => return Err(t.s1("link-told-decision", "found", brief(decision))),
            }
            Ok(())
        });
        if let Err(why) = read? {
            return Ok(Err(why));
        }
        self.open = open;
        Ok(match Decided::new(&same, &different) {
            Ok(decided) => {
                self.decided = decided;
                Ok(())
            }
            Err(Contradiction(chain)) => {
                let names: Vec<&str> =
                    chain.iter().map(|row| self.ids.text(self.records[*row as usize])).collect();
                let (first, last) = (names[0], names[names.len() - 1]);
                let between = names[1..names.len() - 1].join(", ");
                let values: [(&str, &dyn Value); 4] = [
                    ("file", &path.display().to_string()),
                    ("one", &first),
                    ("other", &last),
                    ("between", &between),
                ];
                Err(t.with("link-told-contradiction", &values))
            }
        })
    }

    /// The row of an identifier in a decision; nothing for a record that was there before and is gone.
    fn row(&self, t: Words, id: &str, two: bool, rows: &[u32]) -> Result<Option<u32>, String> {
        let has_file = id.starts_with("left:") || id.starts_with("right:");
        if two && !has_file {
            return Err(t.s1("link-told-which", "id", brief(id)));
        }
        let number = |text: &str| Some(self.ids.get(text)).filter(|number| *number != NONE);
        let plain = if two { None } else { number(&format!("left:{id}")) };
        let number = plain.or_else(|| number(id).filter(|_| has_file));
        let row = number.and_then(|number| rows.get(number as usize)).copied().unwrap_or(NONE);
        let is_gone = || {
            let before = self.before.as_ref();
            number.is_some_and(|number| before.is_some_and(|before| before.of.contains_key(&number)))
        };
        match row {
            NONE if is_gone() => Ok(None),
            NONE => Err(t.s1("link-no-record", "id", brief(id))),
            row => Ok(Some(row - 1)),
        }
    }

    /// Links the records: all, with weights learned from them or with kept ones; or those that are new.
    pub fn link(&mut self, t: Words, records: &Records, task: &Task) -> Result<Found, String> {
        let Some(kept) = self.kept.take() else {
            return Ok(Found { linked: link(&records.table, task), later: None });
        };
        let weights = Weights::kept(&records.table, &called_of(records), &kept)
            .map_err(|why| misfit(t, records, &why))?;
        let known = self.known(records.table.len());
        let later = link_new(&records.table, task, weights, &known);
        let people = self.only_new.then(|| later.people(&records.table, task, &known));
        Ok(Found { linked: later.linked, later: people })
    }

    /// What is known of the rows from before. To be looked at again are those of whom a decision speaks that their persons do not
    /// show, and those of whose person a record is gone.
    fn known(&self, rows: usize) -> Known {
        // Without the option a record may say something else than before under its identifier.
        let Some(before) = self.before.as_ref().filter(|_| self.only_new) else {
            return Known { person: vec![None; rows], again: Vec::new() };
        };
        let person: Vec<Option<u32>> =
            self.records.iter().map(|record| before.of.get(record).copied()).collect();
        let is_one = |(one, other): &&(u32, u32)| person[*one as usize] == person[*other as usize];
        let apart = self.decided.same().iter().filter(|two| !is_one(two));
        let together = self.decided.different().iter().filter(is_one);
        let mut again: Vec<u32> = apart.chain(together).flat_map(|(one, other)| [*one, *other]).collect();
        again.extend(&self.open);
        let there: BTreeSet<u32> = self.records.iter().copied().collect();
        let gone = before.of.iter().filter(|(record, _)| !there.contains(record));
        let lost: BTreeSet<u32> = gone.map(|(_, person)| *person).collect();
        let of_lost =
            person.iter().zip(0..).filter(|(person, _)| person.is_some_and(|one| lost.contains(&one)));
        again.extend(of_lost.map(|(_, row)| row));
        Known { person, again }
    }

    /// Pairs as they are written, and how many of `least` and more decisions settle beside those that they name: what was decided to be
    /// one person is certain, what would break a decision is not asked, and of a job for new records only pairs with one of them are.
    pub fn shown(
        &self,
        (records, task): (&Records, &Task),
        mut likely: Vec<Likely>,
        least: f64,
    ) -> (Vec<Likely>, usize) {
        let order = |one: u32, other: u32| (one.min(other), one.max(other));
        let decided = |pairs: &[(u32, u32)]| -> BTreeSet<(u32, u32)> {
            pairs.iter().map(|(one, other)| order(*one, *other)).collect()
        };
        let (same, different) = (decided(self.decided.same()), decided(self.decided.different()));
        likely.retain(|pair| {
            !same.contains(&(pair.one, pair.other)) && !different.contains(&(pair.one, pair.other))
        });
        let is_open = |pair: &Likely| {
            let is_one = self.decided.block(pair.one).is_some_and(|block| block.contains(&pair.other));
            !is_one && !is_settled(records, task, pair.one, pair.other)
        };
        let before = self.before.as_ref().filter(|_| self.only_new);
        let is_new =
            |row: u32| before.is_none_or(|before| !before.of.contains_key(&self.records[row as usize]));
        let is_asked = |pair: &Likely| is_new(pair.one) || is_new(pair.other);
        let mut settled = 0;
        if !same.is_empty() || !different.is_empty() {
            likely.retain(|pair| {
                let is_open = is_open(pair);
                settled += usize::from(!is_open && pair.probability >= least && is_asked(pair));
                is_open
            });
        }
        likely.extend(same.into_iter().map(|(one, other)| Likely { one, other, probability: 1.0 }));
        likely.retain(is_asked);
        (likely, settled)
    }

    /// The ids of persons and what became of those of before; nothing where nothing was before.
    pub fn told(&mut self, of: &[u32]) -> anyhow::Result<Option<Told>> {
        let Some(before) = &self.before else { return Ok(None) };
        let now: Vec<(u32, u32)> = self.records.iter().copied().zip(of.iter().copied()).collect();
        let events = follow(&mut self.ids, before, &now);
        let after = before.after(&events);
        let people = after
            .map_err(|misfit| anyhow::anyhow!("event {} does not fit the persons of before", misfit.0))?;
        Ok(Some(Told { people, events }))
    }

    /// Every record with its person, and the ids that lead to others or to nobody now.
    pub fn clusters(&self, records: &Records, told: &Told) -> String {
        let mut rows: Vec<(u32, u32)> =
            records.table.came.iter().copied().zip(self.records.iter().copied()).collect();
        rows.sort_unstable();
        let mut text = String::from("file,id,person\n");
        for (_, record) in rows {
            let (file, id) = self.ids.text(record).split_once(':').unwrap_or_default();
            let person = told.people.of.get(&record).map_or("", |person| self.ids.text(*person));
            let _ = writeln!(text, "{file},{},{}", field(id), field(person));
        }
        let mut former: Vec<[&str; 2]> =
            told.people.former.iter().map(|(id, to)| [*id, *to].map(|id| self.ids.text(id))).collect();
        former.sort_unstable();
        for [id, to] in former {
            let word = if to.is_empty() { ENDED } else { ALIAS };
            let _ = writeln!(text, "{word},{},{}", field(id), field(to));
        }
        text
    }

    /// The events, a line each.
    pub fn events(&self, told: &Told) -> String {
        let mut text = String::from("kind,person,other,record\n");
        for event in &told.events {
            let [person, other, record] =
                [event.person, event.other, event.record].map(|id| field(self.ids.text(id)));
            let _ = writeln!(text, "{},{person},{other},{record}", word(event.what));
        }
        text
    }
}

/// Whether decisions on others leave no room for two rows to be one person.
pub(super) fn is_settled(records: &Records, task: &Task, one: u32, other: u32) -> bool {
    let table = &records.table;
    let source = |row: u32| table.sources[row as usize];
    let may = |one: u32, other: u32| task.may(table.source_names.len(), source(one), source(other));
    task.decided.is_settled_apart(one, other, may)
}

/// Kinds of events in the order of their lines.
const KINDS: [What; 6] = [What::Gone, What::Split, What::Moved, What::Merged, What::New, What::Joined];

/// The word for what became.
fn word(what: What) -> &'static str {
    match what {
        What::Gone => "gone",
        What::Split => "split",
        What::Moved => "moved",
        What::Merged => "merged",
        What::New => "new",
        What::Joined => "joined",
    }
}

/// How many events of each kind there are.
pub(super) fn counted(told: Option<&Told>) -> Vec<(&'static str, usize)> {
    let events = told.map_or(&[][..], |told| &told.events);
    let count = |what: What| events.iter().filter(|event| event.what == what).count();
    KINDS.iter().map(|what| (word(*what), count(*what))).collect()
}

/// The figures to keep of what was learned.
pub(super) fn figures(records: &Records, linked: &Linked) -> String {
    Kept::of(&records.table, &called_of(records), &linked.weights).text()
}

impl Found {
    /// Pairs with a probability of `least` and more, and all records with their persons.
    pub fn answer(&mut self, records: &Records, task: &Task, least: f64) -> (Vec<Likely>, Clusters) {
        match self.later.take() {
            Some(people) => (self.linked.likely(&records.table, task, least), people),
            None => self.linked.likely_and_people(&records.table, task, least),
        }
    }
}
