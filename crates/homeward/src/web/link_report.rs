//! The report of `homeward link`: one page that stands alone, with its charts and its looks inside.
//!
//! Decides how the figures of a run are shown; refuses to know how they were found. It is a file and no answer of a node, so its style
//! stands in it; it has no script, and nothing is loaded from elsewhere.

use std::fmt;

use askama::Template;

use super::chart::Svg;
use super::chart::weights::{Bin, signed, waterfall, weights};
use super::words::{Value, Words};

/// A file that was read.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// How many records it has.
    pub records: u64,
    /// Each column and what it was read as.
    pub columns: Vec<(String, String)>,
    /// What is to be said of it.
    pub notes: Vec<String>,
}

/// Pairs between two limits.
#[derive(Clone, Debug)]
pub struct Band {
    /// What it is called.
    pub name: String,
    /// The words that follow the count of its pairs.
    pub counted: String,
    /// Its limits, as probabilities.
    pub limits: String,
    /// How many pairs.
    pub pairs: u64,
}

/// Pairs of two sources.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The sources.
    pub name: String,
    /// Pairs to link.
    pub link: u64,
    /// Pairs for a person's eye.
    pub review: u64,
}

/// What no join brought together, of two sources.
#[derive(Clone, Debug)]
pub struct Missed {
    /// The sources.
    pub name: String,
    /// Pairs that were found, by their probability.
    pub found: u64,
    /// Pairs that were missed, as estimated from what records say.
    pub missed: u64,
    /// The least that were missed.
    pub missed_at_least: u64,
}

/// A join, and pairs for which it holds.
#[derive(Clone, Debug)]
pub struct Join {
    /// What two records must share.
    pub name: String,
    /// Pairs that were kept.
    pub pairs: u64,
    /// Pairs to link.
    pub link: u64,
    /// Pairs to link for which no other join holds.
    pub alone: u64,
}

/// A part of an example.
#[derive(Clone, Debug)]
pub struct Line {
    /// The part or the column.
    pub what: String,
    /// What both records have; empty without leave to show it.
    pub cells: [String; 2],
    /// How they compare.
    pub says: String,
    /// What it weighs, where it has a weight of its own.
    pub bits: Option<f32>,
}

/// A pair, taken apart.
#[derive(Clone, Debug)]
pub struct Example {
    /// The identifiers.
    pub one: String,
    /// The other's.
    pub other: String,
    /// How likely they are of one person, as it is said.
    pub probability: String,
    /// Its parts.
    pub lines: Vec<Line>,
}

/// The figures of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many records there are.
    pub records: u64,
    /// What was read.
    pub files: Vec<File>,
    /// Of fewer records than these little can be learned; nothing where there are more.
    pub few: Option<u64>,
    /// Whether only new records were compared.
    pub is_later: bool,
    /// Whether examples show what people's records say.
    pub is_named: bool,
    /// What is to be said of pairs that are held back, where there are some.
    pub held: Option<String>,
    /// What is to be said of pairs to link that exclude one another, where there are some.
    pub exclusive: Option<String>,
    /// What persons hold of the pairs to link, in sentences.
    pub together: Vec<String>,
    /// Pairs by band, the surest first.
    pub bands: Vec<Band>,
    /// How often two records met.
    pub met: u64,
    /// Keys that too many records share.
    pub given_up: u64,
    /// Pairs by weight.
    pub bins: Vec<Bin>,
    /// The limits of the bands in bits: for a person's eye, to link.
    pub limits: [f32; 2],
    /// Pairs by source.
    pub sources: Vec<Sources>,
    /// What was missed, by source and in all.
    pub missed: Vec<Missed>,
    /// The joins.
    pub joins: Vec<Join>,
    /// How many people have so many records.
    pub clusters: Vec<(u64, u64)>,
    /// Examples of each band.
    pub examples: Vec<(String, Vec<Example>)>,
}

/// The looks of the page.
struct Style;

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<style>\n{}</style>", include_str!("../../templates/link_report.css"))
    }
}

impl askama::filters::HtmlSafe for Style {}

#[derive(Template)]
#[template(path = "link_report.html")]
struct Page<'a> {
    t: Words,
    r: &'a Report,
    style: Style,
}

impl Page<'_> {
    fn weights(&self) -> Svg {
        let [review, link] = self.r.limits;
        weights(&self.t, "weights", &self.t.s("link-report-weights"), &self.r.bins, review, link)
    }

    fn waterfall(&self, example: &Example) -> Svg {
        let steps: Vec<(String, f32)> =
            example.lines.iter().filter_map(|line| Some((line.what.clone(), line.bits?))).collect();
        let title = self.t.s2("chart-waterfall-title", "one", &example.one, "other", &example.other);
        // Identifiers may have any letters; an address within a page may not.
        let id: String = [&example.one, &example.other]
            .iter()
            .flat_map(|id| id.bytes())
            .map(|b| format!("{b:02x}"))
            .collect();
        waterfall(&self.t, &format!("pair-{id}"), &title, &steps)
    }

    fn signed(&self, bits: &f32) -> String {
        signed(self.t.lang, *bits)
    }

    /// The names of the files that were read.
    fn lists(&self) -> String {
        self.r.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// The words of a count without its number, in the form that the number asks for.
pub fn unit(t: Words, key: &str, n: impl Value + Copy) -> String {
    let said = t.s1(key, "n", n);
    said.trim_start_matches(t.number(n).as_str()).trim().to_owned()
}

/// The page.
///
/// # Errors
/// None that a string can give.
pub fn page(t: Words, r: &Report) -> Result<String, askama::Error> {
    Page { t, r, style: Style }.render()
}
