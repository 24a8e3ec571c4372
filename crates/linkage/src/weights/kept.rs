//! Weights kept for later, as figures: what was learned of how records of one person, and those of strangers, compare.
//!
//! Decides what of weights can be used for another table, and whether it fits. Kept is no name, of a person or of a source, and no
//! count of one: how rare a name is, the table at hand says. A source is known again by the hash of its name, a column by what it is
//! called ([`called`](crate::schema::called)).

use std::fmt::Write as _;

use super::{Likely, Rarity, SHORT, Strangers, Weights, believed};
use crate::follow::Follows;
use crate::forms::LEVELS;
use crate::intern::hash;
use crate::pair::{NAMES, levels_of};
use crate::table::{Kind, SOURCES_MAX, Table};

/// The first line of weights written down.
const TITLE: &str = "homeward link weights 2";
/// The first line of weights whose columns had no name, and whose figures of strangers meant something else.
const OLDER: &str = "homeward link weights 1";
/// The most letters of what a column is called that are kept.
const CALLED_CHARS_MAX: usize = 40;
/// The words for kinds of columns.
const KINDS: [(Kind, &str); 5] = [
    (Kind::Birth, "birth"),
    (Kind::Words, "words"),
    (Kind::Code, "code"),
    (Kind::Number, "number"),
    (Kind::Category, "category"),
];

/// A compared column as it is known again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptColumn {
    /// How it is compared.
    pub kind: Kind,
    /// What it is called, in small letters and digits.
    pub called: String,
}

/// Why a text is not read as kept weights.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unread {
    /// They were kept by an older program, and mean something else.
    Older,
    /// They end too early.
    Short,
    /// A line, from 1, is not what is expected there.
    Line(usize, Expected),
}

/// What is expected in a line of kept weights.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// The title.
    Title,
    /// The columns, each with its kind and what it is called.
    Columns,
    /// A source: a hash and a count.
    Source,
    /// That one to [`SOURCES_MAX`] sources stand before it.
    Sources,
    /// A word and so many figures, none beyond its limits.
    Figures(&'static str, usize),
    /// Nothing more.
    End,
}

/// Weights of other columns than those that are compared here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Misfit {
    /// The columns of the weights.
    pub kept: Vec<KeptColumn>,
    /// The columns that are compared here.
    pub here: Vec<KeptColumn>,
}

/// What is kept of weights.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    columns: Vec<KeptColumn>,
    /// By source of then: the hash of its name, and how many records it had.
    sources: Vec<(u64, u64)>,
    strangers: Strangers,
    /// By pair of sources, the lower first: (0,0), (0,1), …, (1,1), …
    pairs: Vec<Likely>,
}

impl Kept {
    /// What can be kept of the weights of a table whose columns are called so.
    pub fn of(table: &Table, called: &[String], weights: &Weights) -> Self {
        let pairs = two_of(weights.sources).map(|(a, b)| weights.one_person[a * weights.sources + b].clone());
        let rows =
            |at: usize| table.sources.iter().filter(|source| usize::from(**source) == at).count() as u64;
        let sources =
            table.source_names.iter().enumerate().map(|(at, name)| (hash(name.as_bytes()), rows(at)));
        Self {
            columns: columns(table, called),
            sources: sources.collect(),
            strangers: weights.strangers.clone(),
            pairs: pairs.collect(),
        }
    }

    /// The figures as lines of text, to be read by [`Kept::read`]: each comes back as it was.
    pub fn text(&self) -> String {
        let mut text = format!("{TITLE}\ncolumns");
        for column in &self.columns {
            let word = KINDS.iter().find(|(one, _)| *one == column.kind).map_or("", |(_, word)| word);
            let _ = write!(text, " {word}:{}", column.called);
        }
        text.push('\n');
        for (hash, rows) in &self.sources {
            let _ = writeln!(text, "source {hash:016x} {rows}");
        }
        for figures in self.strangers.parts.iter().map(<[f64; LEVELS]>::as_slice) {
            line(&mut text, "strangers", figures);
        }
        self.strangers.columns.iter().for_each(|figures| line(&mut text, "strangers", figures));
        for likely in &self.pairs {
            line(&mut text, "one-person", &[likely.of_one]);
            line(&mut text, "name", &likely.name);
            likely.columns.iter().for_each(|figures| line(&mut text, "column", figures));
        }
        text
    }

    /// Reads figures that were kept.
    ///
    /// # Errors
    /// The line that is not as it must be, and what was expected there.
    pub fn read(text: &str) -> Result<Self, Unread> {
        let mut lines = Lines { lines: text.lines().enumerate().peekable() };
        match lines.words()?.1.join(" ").as_str() {
            TITLE => {}
            OLDER => return Err(Unread::Older),
            _ => return Err(Unread::Line(1, Expected::Title)),
        }
        let columns = lines.columns()?;
        let kinds: Vec<Kind> = columns.iter().map(|column| column.kind).collect();
        let sources = lines.sources()?;
        let bits = -64.0..=64.0;
        let mut strangers = Strangers { parts: [[0.0; LEVELS]; 3], columns: Vec::new() };
        for part in &mut strangers.parts {
            part.copy_from_slice(&lines.figures("strangers", LEVELS, bits.clone())?);
        }
        for kind in &kinds {
            strangers.columns.push(lines.figures("strangers", levels_of(*kind), bits.clone())?);
        }
        let mut pairs = Vec::new();
        for _ in two_of(sources.len()) {
            let of_one = lines.figures("one-person", 1, f64::MIN_POSITIVE..=1.0)?[0];
            let name = lines.figures("name", NAMES, 0.0..=1.0)?;
            let mut columns = Vec::new();
            for kind in &kinds {
                columns.push(lines.figures("column", levels_of(*kind), 0.0..=1.0)?);
            }
            pairs.push(Likely { name, columns, of_one });
        }
        match lines.lines.next() {
            None => Ok(Self { columns, sources, strangers, pairs }),
            Some((at, _)) => Err(Unread::Line(at + 1, Expected::End)),
        }
    }

    /// What two sources of now are known by: themselves, where both were there; else all sources together.
    fn likely(&self, one: &str, other: &str, together: &Likely) -> Likely {
        let place = |name: &str| self.sources.iter().position(|(known, _)| *known == hash(name.as_bytes()));
        let (Some(a), Some(b)) = (place(one), place(other)) else { return together.clone() };
        let wanted = (a.min(b), a.max(b));
        let found = two_of(self.sources.len()).zip(&self.pairs).find(|(two, _)| *two == wanted);
        found.map_or_else(|| together.clone(), |(_, likely)| likely.clone())
    }

    /// Pairs of sources taken together, each as often as it has pairs of one person.
    fn together(&self) -> Likely {
        let universe = |(a, b): (usize, usize)| {
            let (a_rows, b_rows) = (self.sources[a].1 as f64, self.sources[b].1 as f64);
            if a == b { a_rows * (a_rows - 1.0) / 2.0 } else { a_rows * b_rows }.max(1.0)
        };
        let pairs = || two_of(self.sources.len()).zip(&self.pairs);
        let all: f64 = pairs().map(|(two, likely)| universe(two) * likely.of_one).sum();
        let mut sum = self.pairs[0].clone();
        sum.name.fill(0.0);
        sum.columns.iter_mut().for_each(|column| column.fill(0.0));
        for (two, likely) in pairs() {
            let share = universe(two) * likely.of_one / all;
            sum.name.iter_mut().zip(&likely.name).for_each(|(sum, more)| *sum += share * more);
            for (sums, more) in sum.columns.iter_mut().zip(&likely.columns) {
                sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += share * more);
            }
        }
        sum.of_one = all / pairs().map(|(two, _)| universe(two)).sum::<f64>();
        sum
    }
}

impl Weights {
    /// Weights that were kept, for another table of the same columns, which are called so. How rare a key is, this table says. Two records are as seldom
    /// of one person as they are more: a record is believed to have as many others of its person as then.
    ///
    /// # Errors
    /// Which columns the weights are of, where the table has others.
    pub fn kept(table: &Table, called: &[String], kept: &Kept) -> Result<Self, Misfit> {
        let here = columns(table, called);
        if here != kept.columns {
            return Err(Misfit { kept: kept.columns.clone(), here });
        }
        let then: u64 = kept.sources.iter().map(|(_, rows)| rows).sum();
        let seldom = then.max(1) as f64 / table.len().max(1) as f64;
        let together = kept.together();
        let names = &table.source_names;
        let one_person = names.iter().flat_map(|one| {
            names.iter().map(|other| {
                let likely = kept.likely(one, other, &together);
                Likely { of_one: (likely.of_one * seldom).min(1.0), ..likely }
            })
        });
        let mut weights = Self {
            sources: names.len().max(1),
            one_person: one_person.collect(),
            believed: believed(table),
            strangers: kept.strangers.clone(),
            rarity: Rarity::of(table),
            follows: Follows::of(table),
            is_short: table.len() < SHORT,
            bits: Vec::new(),
        };
        weights.set_bits();
        Ok(weights)
    }
}

fn columns(table: &Table, called: &[String]) -> Vec<KeptColumn> {
    // A word of the line is parted from the next by a space.
    let short =
        |name: &String| name.split_whitespace().collect::<String>().chars().take(CALLED_CHARS_MAX).collect();
    let names = called.iter().map(short).chain(std::iter::repeat(String::new()));
    table.columns.iter().zip(names).map(|(column, called)| KeptColumn { kind: column.kind, called }).collect()
}

/// Pairs of sources, the lower first.
fn two_of(sources: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..sources).flat_map(move |a| (a..sources).map(move |b| (a, b)))
}

fn line(text: &mut String, word: &str, figures: &[f64]) {
    text.push_str(word);
    for figure in figures {
        let _ = write!(text, " {figure}");
    }
    text.push('\n');
}

/// Lines as they are read, with their numbers.
struct Lines<'a> {
    lines: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'a>>>,
}

impl<'a> Lines<'a> {
    fn words(&mut self) -> Result<(usize, Vec<&'a str>), Unread> {
        let (at, line) = self.lines.next().ok_or(Unread::Short)?;
        Ok((at + 1, line.split(' ').collect()))
    }

    fn columns(&mut self) -> Result<Vec<KeptColumn>, Unread> {
        let (at, words) = self.words()?;
        let column = |word: &&str| {
            let (kind, called) = word.split_once(':')?;
            let (kind, _) = KINDS.iter().find(|(_, one)| *one == kind)?;
            Some(KeptColumn { kind: *kind, called: called.to_owned() })
        };
        let columns: Option<Vec<KeptColumn>> = words[1..].iter().map(column).collect();
        columns.filter(|_| words[0] == "columns").ok_or(Unread::Line(at, Expected::Columns))
    }

    fn sources(&mut self) -> Result<Vec<(u64, u64)>, Unread> {
        let mut sources = Vec::new();
        while self.lines.peek().is_some_and(|(_, line)| line.starts_with("source ")) {
            let (at, words) = self.words()?;
            let source = match words[..] {
                [_, hash, rows] => u64::from_str_radix(hash, 16).ok().zip(rows.parse().ok()),
                _ => None,
            };
            sources.push(source.ok_or(Unread::Line(at, Expected::Source))?);
        }
        let (at, _) = self.lines.peek().ok_or(Unread::Short)?;
        let fits = (1..=SOURCES_MAX).contains(&sources.len());
        if fits { Ok(sources) } else { Err(Unread::Line(at + 1, Expected::Sources)) }
    }

    fn figures(
        &mut self,
        word: &'static str,
        count: usize,
        within: std::ops::RangeInclusive<f64>,
    ) -> Result<Vec<f64>, Unread> {
        let (at, words) = self.words()?;
        let figure = |text: &&str| text.parse().ok().filter(|figure: &f64| within.contains(figure));
        let figures: Option<Vec<f64>> = words[1..].iter().map(figure).collect();
        let figures = figures.filter(|figures| words[0] == word && figures.len() == count);
        figures.ok_or(Unread::Line(at, Expected::Figures(word, count)))
    }
}
