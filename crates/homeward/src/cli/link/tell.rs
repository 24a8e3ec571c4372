//! What `homeward link` says: what was read and what was found.

use linkage::link::{Likely, Linked};
use linkage::schema::Purpose;
use serde_json::{Value, json};

use super::read::{Column, Records};
use super::settings::word;
use super::{EVEN, LINK, REVIEW};
use crate::cli::{files, measured};
use crate::web::Words;

/// The bands in which pairs are told: from a probability on, and the word for it in JSON and in messages.
const BANDS: [(f64, &str, &str); 3] = [
    (LINK, "to link", "link"),
    (EVEN, "likely, for a person's eye", "likely"),
    (REVIEW, "unlikely, for a person's eye", "unlikely"),
];

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
    /// Pairs that are written.
    pub likely: &'a [Likely],
    /// What became of persons of before: kind and count.
    pub became: Vec<(&'static str, usize)>,
    /// Memory held when everything was read and nothing compared, in KiB.
    pub read_kb: Option<u64>,
}

impl Summary<'_> {
    fn bands(&self) -> Vec<(&'static str, &'static str, usize)> {
        let count = |at: usize| {
            let below = if at == 0 { f64::INFINITY } else { BANDS[at - 1].0 };
            let within = |pair: &&Likely| pair.probability >= BANDS[at].0 && pair.probability < below;
            self.likely.iter().filter(within).count()
        };
        (0..BANDS.len()).map(|at| (BANDS[at].1, BANDS[at].2, count(at))).collect()
    }

    /// The answer in JSON.
    pub fn json(&self) -> Value {
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
            })
        };
        let english = Words::of(crate::web::Lang::En);
        let sources = by_source(english, records, self.likely, EVEN);
        json!({
            "records": records.ids.len(),
            "files": records.how.iter().map(file).collect::<Vec<_>>(),
            "columns": columns.collect::<Vec<_>>(),
            "compared_pairs": linked.met.pairs,
            "joins": linked.joins.len(),
            "keys_given_up": linked.met.given_up,
            "bands": self.bands().iter().map(|(band, _, pairs)| json!({ "band": band, "pairs": pairs })).collect::<Vec<_>>(),
            "likely_by_source": sources.iter().map(|(sources, pairs)| json!({ "sources": sources, "pairs": pairs })).collect::<Vec<_>>(),
            "events": self.became.iter().map(|(kind, count)| ((*kind).to_owned(), json!(count))).collect::<serde_json::Map<_, _>>(),
            "cpu_seconds": measured::cpu_seconds_of_all(),
            "peak_kb": measured::peak_kb(),
            "read_kb": self.read_kb,
        })
    }

    /// The answer in lines.
    pub fn lines(&self, t: Words, paths: &[&std::path::Path]) -> Vec<String> {
        let (records, linked) = (self.records, self.linked);
        let mut lines = Vec::new();
        for (at, path) in paths.iter().enumerate() {
            lines.extend(read_as(t, &records.columns[at], &files::name(path)));
            lines.extend(notes(t, records, at, &files::name(path)));
        }
        let count = t.s1("link-records", "n", records.ids.len());
        let pairs = t.s1("link-pairs", "n", linked.met.pairs);
        lines.push(t.s2("link-compared", "records", count, "pairs", pairs));
        if linked.met.given_up > 0 {
            lines.push(t.s1("link-given-up", "n", linked.met.given_up));
        }
        if linked.joins.is_empty() && records.ids.len() > 1 {
            lines.push(t.s("link-no-join"));
        }
        lines.extend(no_dates(t, records));
        if records.ids.len() < FEW {
            lines.push(t.s1("link-few", "n", FEW));
        }
        let counted = |count: usize, says: String| format!("{:>9} {says}", t.number(count));
        for (_, code, pairs) in self.bands() {
            let said = t.s1("link-pairs", "n", pairs);
            let unit = said.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
            lines.push(counted(pairs, format!("{unit} {}", t.code("link-band", code))));
        }
        let by_source = by_source(t, records, self.likely, EVEN);
        for (sources, pairs) in by_source.iter().filter(|_| by_source.len() > 1) {
            lines.push(format!("{:>9} {}", "", t.s2("link-likely-of", "n", *pairs, "sources", sources)));
        }
        for (kind, count) in self.became.iter().filter(|(_, count)| *count > 0) {
            lines.push(counted(*count, t.code("link-event", kind)));
        }
        lines
    }
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
    notes
}

/// Columns of dates with cells that are none.
pub(super) fn no_dates(t: Words, records: &Records) -> Vec<String> {
    let columns = records.compared.iter().zip(&records.table.columns);
    let unread = columns.filter(|(_, column)| column.unread > 0);
    unread.map(|(header, column)| t.s2("link-no-date", "column", header, "n", column.unread)).collect()
}

/// Pairs from a probability on, by their sources.
pub(super) fn by_source(t: Words, records: &Records, likely: &[Likely], least: f64) -> Vec<(String, usize)> {
    let mut found = std::collections::BTreeMap::new();
    for pair in likely.iter().filter(|pair| pair.probability >= least) {
        let source = |row: u32| records.table.sources[row as usize];
        *found.entry(sources(t, records, source(pair.one), source(pair.other))).or_insert(0) += 1;
    }
    found.into_iter().collect()
}

/// Two sources by name, in their order.
pub(super) fn sources(t: Words, records: &Records, one: u8, other: u8) -> String {
    let name = |source: u8| records.table.source_names[usize::from(source)].as_str();
    let (one, other) = (name(one.min(other)), name(one.max(other)));
    let (one, other) = if one <= other { (one, other) } else { (other, one) };
    t.s2("link-and", "one", one, "other", other)
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
