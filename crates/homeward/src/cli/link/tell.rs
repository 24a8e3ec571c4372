//! What `homeward link` says: what was read and what was found.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use linkage::cluster::Clusters;
use linkage::link::{Likely, Linked, Task, probability};
use linkage::schema::Purpose;
use linkage::table::Kind;
use linkage::weights::{DOUBT_BITS, doubt};
use serde_json::{Value, json};

use super::read::{Column, Records, quoted};
use super::settings::word;
use super::source::SetAside;
use super::{EVEN, LINK, REVIEW, bare};
use crate::cli::{files, measured};
use crate::web::Words;
use crate::web::link_report::unit;
use crate::web::words;

/// The bands in which pairs are told: the word for each in JSON and in messages.
const BANDS: [(&str, Band); 4] = [
    ("to link", Band::Link),
    ("likely, for a person's eye", Band::Likely),
    ("held back, for a person's eye", Band::Held),
    ("unlikely, for a person's eye", Band::Unlikely),
];

/// What is to be done with a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Band {
    /// It may be linked without a person's eye.
    Link,
    /// A person looks: more likely of one person than of two.
    Likely,
    /// A person looks: it would weigh more, but its names may be of two people. Its figure is a limit and no probability.
    Held,
    /// A person looks: less likely.
    Unlikely,
    /// Nobody looks.
    No,
}

impl Band {
    /// The band of a probability; of a held pair `is_held`, it is never more than likely.
    pub fn of(probability: f64, is_held: bool) -> Self {
        match probability {
            probability if probability >= LINK => Self::Link,
            _ if is_held => Self::Held,
            probability if probability >= EVEN => Self::Likely,
            probability if probability >= REVIEW => Self::Unlikely,
            _ => Self::No,
        }
    }

    /// Its word in keys of messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Likely => "likely",
            Self::Held => "held",
            Self::Unlikely => "unlikely",
            Self::No => "no",
        }
    }
}

/// What is set aside of names, as keys of messages and JSON call it, in the order of [`linkage::beside::ASIDES`].
const ASIDE_CODES: [&str; 4] = ["rank", "quoted", "bracketed", "behind"];

/// Records below which little can be learned.
pub(super) const FEW: usize = 1_000;

/// The most letters of a header, or of another text of a file, that a message shows.
const SHOWN_CHARS: usize = 40;

/// What was read and found, as it is said.
pub(super) struct Summary<'a> {
    /// The records.
    pub records: &'a Records,
    /// Their pairs.
    pub linked: &'a Linked,
    /// What was asked of the job.
    pub task: &'a Task,
    /// Pairs that are written.
    pub likely: &'a [Likely],
    /// Records with their persons.
    pub persons: &'a Clusters,
    /// Pairs that are not written because decisions on others settle them.
    pub settled: usize,
    /// Whether the weights were learned before, from another list.
    pub is_weighed_by_kept: bool,
    /// What became of persons of before: kind and count.
    pub became: Vec<(&'static str, usize)>,
    /// What it cost.
    pub cost: Cost,
}

/// What a run cost, where the system tells it.
pub(super) struct Cost {
    /// Memory held when everything was read and nothing compared, in KiB.
    pub read_kb: Option<u64>,
    /// Processor seconds until everything was read.
    pub read: Option<f64>,
    /// Processor seconds until records were put together.
    pub linked: Option<f64>,
}

impl Summary<'_> {
    /// Pairs of each band.
    fn bands(&self) -> Vec<(&'static str, Band, usize)> {
        let held = held(self.records, self.linked);
        let of = |pair: &Likely| Band::of(pair.probability, held.contains(&(pair.one, pair.other)));
        let count = |band: Band| self.likely.iter().filter(|pair| of(pair) == band).count();
        BANDS.iter().map(|(word, band)| (*word, *band, count(*band))).collect()
    }

    /// The answer in JSON.
    pub fn json(&self, paths: &[&Path]) -> Value {
        let (records, linked) = (self.records, self.linked);
        let column = |column: &Column| json!({ "header": column.header, "as": word(column.purpose), "empty": column.is_empty });
        let columns = records.columns.iter().map(|columns| columns.iter().map(column).collect::<Vec<_>>());
        let file = |how: &super::source::How| {
            json!({
                "encoding": how.letters.unwrap_or("UTF-8"),
                "encoding_guessed": how.is_guessed,
                "separator": how.separator.unwrap_or(","),
                "unreadable_records": how.unread,
                "first_unreadable_line": (how.unread > 0).then_some(how.first_unread),
                "blank_identifiers": how.unnamed,
                "shared_identifiers": how.shared.map_or(0, |shared| shared.records),
                "set_aside": ASIDE_CODES.iter().zip(how.aside.kinds).map(|(kind, n)| ((*kind).to_owned(), json!(n))).collect::<serde_json::Map<_, _>>(),
            })
        };
        let english = Words::of(crate::web::Lang::En);
        let sources = by_source(english, records, paths, self.likely);
        let together = Together::of(self.persons, self.likely);
        json!({
            "records": records.ids.len(),
            "files": records.how.iter().map(file).collect::<Vec<_>>(),
            "columns": columns.collect::<Vec<_>>(),
            "settings_unused": records.unused,
            "compared_pairs": linked.met.pairs,
            "joins": linked.joins.len(),
            "keys_given_up": linked.met.given_up,
            "bands": self.bands().iter().map(|(band, _, pairs)| json!({ "band": band, "pairs": pairs })).collect::<Vec<_>>(),
            "likely_by_source": sources.iter().map(|(sources, pairs)| json!({ "sources": sources, "pairs": pairs })).collect::<Vec<_>>(),
            "exclusive_pairs": exclusive(self.records, self.task, self.likely),
            "persons": { "of_several_records": together.people, "records": together.records, "pairs_to_link_apart": together.apart },
            "pairs_settled": self.settled,
            "events": self.became.iter().map(|(kind, count)| ((*kind).to_owned(), json!(count))).collect::<serde_json::Map<_, _>>(),
            "cpu_seconds": measured::cpu_seconds_of_all(),
            "cpu_seconds_read": self.cost.read,
            "cpu_seconds_linked": self.cost.linked,
            "peak_kb": measured::peak_kb(),
            "read_kb": self.cost.read_kb,
        })
    }

    /// The answer in lines.
    pub fn lines(&self, t: Words, paths: &[&Path]) -> Vec<String> {
        let (records, linked) = (self.records, self.linked);
        let mut lines = Vec::new();
        for (at, path) in paths.iter().enumerate() {
            lines.extend(read_as(t, &records.columns[at], &files::name(path)));
            lines.extend(notes(t, records, at, &files::name(path)));
        }
        lines.extend(not_there(t, records));
        let count = t.s1("link-records", "n", records.ids.len());
        lines.push(t.s2("link-compared", "records", count, "n", linked.met.pairs));
        if linked.met.given_up > 0 {
            lines.push(t.s1("link-given-up", "n", linked.met.given_up));
        }
        if linked.joins.is_empty() && records.ids.len() > 1 {
            lines.push(t.s("link-no-join"));
        }
        lines.extend(no_dates(t, records, paths));
        if records.ids.len() < FEW && !self.is_weighed_by_kept {
            lines.push(t.s1("link-few", "n", FEW));
        }
        for (_, band, pairs) in self.bands().into_iter().filter(|(_, band, n)| *n > 0 || *band != Band::Held)
        {
            lines.push(counted(t, &format!("link-pairs-{}", band.code()), pairs));
            if band == Band::Held {
                let limit = percent(t, probability(DOUBT_BITS));
                lines.push(format!("{:>9} {}", "", t.s1("link-held", "probability", limit)));
            }
            if band == Band::Link {
                let said = said_exclusive(t, records, self.task, self.likely);
                lines.extend(said.map(|line| format!("{:>9} {line}", "")));
            }
        }
        let together = Together::of(self.persons, self.likely).lines(t);
        lines.extend(together.iter().map(|line| format!("{:>9} {line}", "")));
        if self.settled > 0 {
            lines.push(format!("{:>9} {}", "", t.s1("link-settled", "n", self.settled)));
        }
        let by_source = by_source(t, records, paths, self.likely);
        for (sources, pairs) in by_source.iter().filter(|_| by_source.len() > 1) {
            lines.push(format!("{:>9} {}", "", t.s2("link-likely-of", "n", *pairs, "sources", sources)));
        }
        for (kind, count) in self.became.iter().filter(|(_, count)| *count > 0) {
            lines.push(counted(t, &format!("link-event-{kind}"), *count));
        }
        lines
    }
}

/// Pairs to link of which one at the most is right: they share a record, and their other records may not be of one person.
fn exclusive(records: &Records, task: &Task, likely: &[Likely]) -> usize {
    let table = &records.table;
    let sources = table.source_names.len();
    let to_link = likely.iter().filter(|pair| pair.probability >= LINK).enumerate();
    let mut ends: Vec<(u32, u32, usize)> =
        to_link.flat_map(|(at, pair)| [(pair.one, pair.other, at), (pair.other, pair.one, at)]).collect();
    ends.sort_unstable();
    let mut exclusive = BTreeSet::new();
    for block in ends.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1) {
        let source = |row: u32| table.sources[row as usize];
        let mut counts = vec![0_usize; sources];
        block.iter().for_each(|(_, other, _)| counts[usize::from(source(*other))] += 1);
        let is_excluded = |other: u32| {
            let own = source(other);
            (0_u8..)
                .zip(&counts)
                .any(|(one, count)| *count > usize::from(one == own) && !task.may(sources, one, own))
        };
        exclusive.extend(block.iter().filter(|(_, other, _)| is_excluded(*other)).map(|(_, _, at)| *at));
    }
    exclusive.len()
}

/// Says how many pairs to link exclude one another, where some do.
pub(super) fn said_exclusive(t: Words, records: &Records, task: &Task, likely: &[Likely]) -> Option<String> {
    let count = exclusive(records, task, likely);
    (count > 0).then(|| t.s1("link-exclusive", "n", count))
}

/// What persons hold.
pub(super) struct Together {
    /// Persons of two records and more.
    people: usize,
    /// Their records.
    records: usize,
    /// Pairs to link whose records are two persons'.
    apart: usize,
}

impl Together {
    /// Counts what persons hold of these pairs.
    pub fn of(persons: &Clusters, likely: &[Likely]) -> Self {
        let groups = persons.groups();
        let is_apart = |pair: &&Likely| {
            pair.probability >= LINK && persons.of[pair.one as usize] != persons.of[pair.other as usize]
        };
        Self {
            people: groups.len(),
            records: groups.iter().map(Vec::len).sum(),
            apart: likely.iter().filter(is_apart).count(),
        }
    }

    /// The counts in words.
    pub fn lines(&self, t: Words) -> Vec<String> {
        let records = t.s1("link-records", "n", self.records);
        let mut lines = vec![t.s2("link-together", "n", self.people, "records", records)];
        if self.apart > 0 {
            lines.push(t.s1("link-not-together", "n", self.apart));
        }
        lines
    }
}

/// A count with its words, the number where those of other lines stand.
fn counted(t: Words, key: &str, n: usize) -> String {
    format!("{:>9} {}", t.number(n), unit(t, key, n))
}

/// Pairs that are held back: they weigh no more because their names may be of two people.
pub(super) fn held(records: &Records, linked: &Linked) -> BTreeSet<(u32, u32)> {
    let at_limit = linked.pairs.iter().zip(&linked.bits).filter(|(_, bits)| is_limit(**bits));
    let doubted = at_limit.filter(|(pair, _)| doubt(&records.table, pair).is_some());
    doubted.map(|(pair, _)| (pair.one, pair.other)).collect()
}

/// Whether a weight is the most that a doubted pair may weigh.
pub(super) fn is_limit(bits: f32) -> bool {
    (bits - DOUBT_BITS).abs() < 1e-4
}

/// Says what each column of a file was read as.
fn read_as(t: Words, columns: &[Column], file: &str) -> Vec<String> {
    let used = columns.iter().filter(|column| column.purpose != Purpose::Ignored && !column.is_empty);
    let used: Vec<String> = used
        .map(|column| format!("{} ({})", brief(&column.header), t.code("link-as", word(column.purpose))))
        .collect();
    let ignored = |is_alone: bool| -> Vec<String> {
        let is_it = |at: &usize| {
            let column = &columns[*at];
            column.purpose == Purpose::Ignored && !column.is_empty && column.is_alone == is_alone
        };
        (0..columns.len()).filter(is_it).map(|at| header(t, columns, at)).collect()
    };
    let mut lines = vec![t.s1("link-read-as", "columns", used.join(", "))];
    let (alone, others) = (ignored(true), ignored(false));
    if !alone.is_empty() {
        lines.push(t.s2("link-only-here", "file", file, "columns", alone.join(", ")));
    }
    if !others.is_empty() {
        lines.push(t.s1("link-not-compared", "columns", others.join(", ")));
    }
    let empty: Vec<String> =
        (0..columns.len()).filter(|at| columns[*at].is_empty).map(|at| header(t, columns, at)).collect();
    if !empty.is_empty() {
        lines.push(t.s1("link-empty", "columns", empty.join(", ")));
    }
    lines
}

/// A column's header, or its number where it has none.
pub(super) fn header(t: Words, columns: &[Column], at: usize) -> String {
    let header = &columns[at].header;
    if header.is_empty() { t.s1("link-nameless", "n", at + 1) } else { brief(header) }
}

/// As much of a text of a file as is shown: a header or a word is short, and what is longer is something else.
pub(super) fn brief(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What is to be said of how a file was read: its letters and what parts its cells.
pub(super) fn notes(t: Words, records: &Records, at: usize, file: &str) -> Vec<String> {
    let how = &records.how[at];
    let mut notes = Vec::new();
    if let Some(letters) = how.letters {
        let key = if how.is_guessed { "link-letters-guessed" } else { "link-letters" };
        notes.push(t.with(key, &[("file", &file), ("encoding", &letters)]));
    }
    if let Some(separator) = how.separator {
        let tab = t.s("link-separator-tab");
        let separator = if separator == "tab" { tab.as_str() } else { separator };
        notes.push(t.s2("link-separator", "file", file, "separator", separator));
    }
    if how.unread > 0 {
        notes.push(t.s3("link-unread", "file", file, "n", how.unread, "line", how.first_unread));
    }
    notes.extend(set_aside(t, &how.aside, file));
    notes.extend(how.days.map(|(column, n, line)| {
        let column = header(t, &records.columns[at], column);
        t.with("link-days", &[("file", &file), ("column", &column), ("n", &n), ("line", &line)])
    }));
    let id = records.columns[at].iter().find(|column| column.purpose == Purpose::Id);
    if let Some(column) = id.filter(|_| how.unnamed > 0) {
        let header = brief(&column.header);
        let values: [(&str, &dyn words::Value); 4] =
            [("file", &file), ("n", &how.unnamed), ("column", &header), ("line", &how.first_unnamed)];
        notes.push(t.with("link-blank-ids", &values));
    }
    notes.extend(how.shared.map(|shared| {
        let (header, [one, other]) = (header(t, &records.columns[at], shared.column), shared.lines);
        let values: [(&str, &dyn words::Value); 5] =
            [("file", &file), ("column", &header), ("n", &shared.records), ("one", &one), ("other", &other)];
        t.with("link-id-shared", &values)
    }));
    let has = |is: fn(Purpose) -> bool| records.columns[at].iter().any(|column| is(column.purpose));
    if !has(|purpose| purpose == Purpose::Id) {
        notes.push(t.s1("link-no-id", "file", file));
    }
    if !has(|purpose| purpose == Purpose::Compared(Kind::Birth)) {
        notes.push(t.s1("link-no-birth", "file", file));
    }
    notes
}

/// What stood beside names and was set aside, by kind, where something was.
fn set_aside(t: Words, aside: &SetAside, file: &str) -> Option<String> {
    let kinds = ASIDE_CODES.iter().zip(aside.kinds).filter(|(_, n)| *n > 0);
    let kinds: Vec<String> =
        kinds.map(|(code, n)| format!("{} ({})", t.code("link-aside", code), t.number(n))).collect();
    let kinds = kinds.join(", ");
    let values: [(&str, &dyn words::Value); 4] =
        [("file", &file), ("n", &aside.records), ("line", &aside.first), ("kinds", &kinds)];
    (aside.records > 0).then(|| t.with("link-aside", &values))
}

/// Columns of the settings that no list has.
pub(super) fn not_there(t: Words, records: &Records) -> Option<String> {
    let headers: Vec<&str> = records.unused.iter().map(String::as_str).collect();
    (!headers.is_empty()).then(|| t.s1("link-not-there", "columns", quoted(t, &headers)))
}

/// Columns of dates with cells that are none, and where the first of them stands.
pub(super) fn no_dates(t: Words, records: &Records, paths: &[&Path]) -> Vec<String> {
    let columns = records.compared.iter().zip(&records.table.columns).zip(&records.no_dates);
    let told = columns.filter_map(|((header, column), first)| {
        let (file, line) = (*first)?;
        let name = files::name(paths[file]);
        let values: [(&str, &dyn words::Value); 4] =
            [("column", header), ("n", &column.unread), ("file", &name), ("line", &line)];
        Some(t.with("link-no-date", &values))
    });
    told.collect()
}

/// Pairs more likely of one person than of two, by their sources.
fn by_source(t: Words, records: &Records, paths: &[&Path], likely: &[Likely]) -> Vec<(String, usize)> {
    let mut found: BTreeMap<(u8, u8), usize> = BTreeMap::new();
    for pair in likely.iter().filter(|pair| pair.probability >= EVEN) {
        let source = |row: u32| records.table.sources[row as usize];
        let (one, other) = (source(pair.one), source(pair.other));
        *found.entry((one.min(other), one.max(other))).or_default() += 1;
    }
    let names = source_names(t, records, paths);
    found.into_iter().map(|((one, other), pairs)| (sources(t, &names, one, other), pairs)).collect()
}

/// What lists are called: their files' names without ending, or as much more as tells them apart.
pub(super) fn list_names(paths: &[&Path]) -> Vec<String> {
    let stem = |path: &&Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stems: Vec<String> = paths.iter().map(stem).collect();
    let names: Vec<String> = paths.iter().map(|path| files::name(path)).collect();
    let is_told_apart = |names: &[String]| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    match () {
        () if is_told_apart(&stems) => stems,
        () if is_told_apart(&names) => names,
        () => stems.iter().zip(1..).map(|(stem, n)| format!("{stem} ({n})")).collect(),
    }
}

/// What each source of the table is called: of one list as its column says, of two also by their files.
pub(super) fn source_names(t: Words, records: &Records, paths: &[&Path]) -> Vec<String> {
    let lists = list_names(paths);
    let has_column = |at: usize| records.columns[at].iter().any(|column| column.purpose == Purpose::Source);
    let name = |source: &String| {
        let at = usize::from(paths.len() > 1 && source.starts_with("right"));
        let said = match bare(records, source) {
            "" if has_column(at) => t.s("link-no-source"),
            said => said.to_owned(),
        };
        match (paths.len(), said.as_str()) {
            (_, "") => lists[at].clone(),
            (1, _) => said,
            _ => t.s2("link-of-list", "list", &lists[at], "source", said),
        }
    };
    records.table.source_names.iter().map(name).collect()
}

/// Two sources by name, in their order.
pub(super) fn sources(t: Words, names: &[String], one: u8, other: u8) -> String {
    let name = |source: u8| names[usize::from(source)].as_str();
    if one == other {
        return t.s1("link-within", "list", name(one));
    }
    t.s2("link-and", "one", name(one.min(other)), "other", name(one.max(other)))
}

/// A probability as it is said: what is found is never certain.
pub(super) fn percent(t: Words, probability: f64) -> String {
    let rounded = format!("{probability:.4}");
    let said = match rounded.as_str() {
        "1.0000" => "0.9999+".to_owned(),
        "0.0000" => "< 0.0001".to_owned(),
        _ => rounded,
    };
    if t.lang == crate::web::Lang::En { said } else { said.replace('.', ",") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Lang;

    #[test]
    fn a_count_stands_with_the_form_that_it_asks_for() {
        let check = |lang, key: &str, expect: [&str; 5]| {
            let said = [1, 2, 5, 21, 22].map(|n: usize| unit(Words::of(lang), key, n));
            assert_eq!(said.each_ref().map(String::as_str), expect, "{key} {lang:?}");
        };
        let english =
            |key: &str, one: &str, other: &str| check(Lang::En, key, [one, other, other, other, other]);
        let slavic =
            |lang, key: &str, one: &str, few: &str, many: &str| check(lang, key, [one, few, many, one, few]);
        english("link-records", "record", "records");
        slavic(Lang::Uk, "link-records", "запис", "записи", "записів");
        slavic(Lang::Ru, "link-records", "запись", "записи", "записей");
        english("link-pairs", "pair", "pairs");
        slavic(Lang::Uk, "link-pairs", "пара", "пари", "пар");
        slavic(Lang::Ru, "link-pairs", "пара", "пары", "пар");
        english("link-pairs-link", "pair to link", "pairs to link");
        let (one, few, many) = ("пару можна пов’язати", "пари можна пов’язати", "пар можна пов’язати");
        slavic(Lang::Uk, "link-pairs-link", one, few, many);
        let (one, few, many) = ("пару можно связать", "пары можно связать", "пар можно связать");
        slavic(Lang::Ru, "link-pairs-link", one, few, many);
        for (lang, likely, forms) in [
            (Lang::Uk, "ймовірна пара", ["ймовірні пари", "ймовірних пар"]),
            (Lang::Ru, "вероятная пара", ["вероятные пары", "вероятных пар"]),
        ] {
            for (prefix, key) in [("", "link-pairs-likely"), ("мало", "link-pairs-unlikely")] {
                let eye = if lang == Lang::Uk {
                    "на перегляд людиною"
                } else {
                    "на просмотр человеком"
                };
                let [one, few, many] =
                    [likely, forms[0], forms[1]].map(|form| format!("{prefix}{form}, {eye}"));
                slavic(lang, key, &one, &few, &many);
            }
        }
        english("link-event-merged", "person is one with another now", "persons are one with another now");
        let (one, few, many) =
            ("особу об’єднано з іншою", "особи об’єднано з іншою", "осіб об’єднано з іншою");
        slavic(Lang::Uk, "link-event-merged", one, few, many);
        let (one, few, many) =
            ("человек объединён с другим", "человека объединены с другим", "человек объединено с другим");
        slavic(Lang::Ru, "link-event-merged", one, few, many);
        english("link-event-gone", "record is no longer there", "records are no longer there");
        slavic(
            Lang::Uk,
            "link-event-gone",
            "запису більше немає",
            "записів більше немає",
            "записів більше немає",
        );
        slavic(Lang::Ru, "link-event-gone", "записи больше нет", "записей больше нет", "записей больше нет");
    }

    #[test]
    fn every_count_of_this_command_has_its_forms() {
        let keys = ["link", "likely", "held", "unlikely", "no"].map(|band| format!("link-pairs-{band}"));
        let events =
            ["gone", "split", "moved", "merged", "new", "joined"].map(|kind| format!("link-event-{kind}"));
        for key in keys.iter().chain(&events) {
            for lang in Lang::ALL {
                let said = |n: usize| unit(Words::of(lang), key, n);
                assert_ne!(said(1), said(5), "{key} {lang:?}");
                assert_eq!((said(1), said(2)), (if lang == Lang::En { said(1) } else { said(21) }, said(22)));
            }
        }
    }

    #[test]
    fn lists_are_called_by_as_much_as_tells_them_apart() {
        let check = |paths: [&str; 2], expect: [&str; 2]| {
            assert_eq!(list_names(&paths.map(Path::new)), expect, "{paths:?}");
        };
        check(["lists/of/families.csv", "captor.csv"], ["families", "captor"]);
        check(["list.csv", "list.txt"], ["list.csv", "list.txt"]);
        check(["may/list.csv", "june/list.csv"], ["list (1)", "list (2)"]);
    }

    #[test]
    fn a_pair_that_is_held_back_is_never_likely() {
        let check = |probability, is_held, expect| assert_eq!(Band::of(probability, is_held), expect);
        check(0.8889, true, Band::Held);
        check(0.8889, false, Band::Likely);
        check(0.99, false, Band::Link);
        check(1.0, true, Band::Link);
        check(0.05, false, Band::Unlikely);
        check(0.0499, false, Band::No);
    }
}
