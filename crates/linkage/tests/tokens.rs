//! How well one token of a name in Latin letters is told from others in Cyrillic: the area under the curve of our comparison.
//!
//! `cargo test -p linkage --release --test tokens -- --ignored --nocapture` prints it over the whole file of references.

mod common;

use std::collections::BTreeMap;

use common::shared;
use linkage::fold;
use linkage::forms::{Folding, Forms, Level, Role};
use linkage::similar::jaro_winkler;

/// Tokens and how alike two of them are, by level and then by their readings.
struct Tokens {
    forms: Forms,
    readings: BTreeMap<u32, Vec<String>>,
}

impl Tokens {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> (Self, Vec<u32>) {
        let mut tokens = Self { forms: Forms::new(Folding::Name), readings: BTreeMap::new() };
        let numbers = texts
            .map(|text| {
                let form = tokens.forms.form(text);
                tokens.readings.entry(form).or_insert_with(|| fold::readings(text));
                form
            })
            .collect();
        tokens.forms.settle();
        (tokens, numbers)
    }

    fn alike(&self, a: u32, b: u32) -> f64 {
        let level = match self.forms.level(a, b, Role::Given) {
            Level::Missing => return 0.0,
            Level::Same | Level::OneName => 2.0,
            Level::Near => 0.1,
            Level::Alike | Level::Differs | Level::Initial => 0.0,
        };
        let (a, b) = (&self.readings[&a], &self.readings[&b]);
        let pairs = a.iter().flat_map(|x| b.iter().map(move |y| jaro_winkler(x.as_bytes(), y.as_bytes())));
        level + pairs.fold(0.0, f64::max)
    }
}

/// The share of pairs of a positive and a negative in which the positive is the more alike; a tie is a half.
fn area(positives: &[f64], negatives: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = positives.iter().map(|score| (*score, true)).collect();
    all.extend(negatives.iter().map(|score| (*score, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut won) = (0.0, 0.0);
    for tied in all.chunk_by(|a, b| a.0 == b.0) {
        let right = tied.iter().filter(|(_, positive)| *positive).count() as f64;
        let wrong = tied.len() as f64 - right;
        won += right * (below + wrong / 2.0);
        below += wrong;
    }
    won / (positives.len() as f64 * negatives.len() as f64)
}

/// The areas over pairs of tokens: against tokens of other pairs, and against those that begin with the same three sounds.
#[expect(clippy::print_stderr, reason = "the measured area is meant to be read in the test's output")]
fn areas(pairs: &[(&str, &str)]) -> (f64, f64) {
    let (tokens, numbers) = Tokens::of(pairs.iter().flat_map(|(latin, russian)| [*latin, *russian]));
    let pair = |at: usize| (numbers[2 * at], numbers[2 * at + 1]);
    let start = |at: usize| -> String { fold::skeleton(pairs[at].1).chars().take(3).collect() };
    let mut by_start: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    (0..pairs.len()).for_each(|at| by_start.entry(start(at)).or_default().push(at));
    let (mut positives, mut random, mut hard) = (Vec::new(), Vec::new(), Vec::new());
    let mut missed: Vec<(u64, String)> = Vec::new();
    let (mut one, mut near) = (0, 0);
    for (at, (latin, russian)) in pairs.iter().enumerate() {
        let (x, y) = pair(at);
        let score = tokens.alike(x, y);
        positives.push(score);
        one += usize::from(score >= 2.0);
        near +=
            usize::from((0.1..2.0).contains(&score) && tokens.forms.level(x, y, Role::Given) == Level::Near);
        if score < 0.9 && at % 97 == 0 {
            missed.push(((score * 1e6) as u64, format!("{latin}~{russian} {score:.2}")));
        }
        let other = pair((at * 7_919 + 13) % pairs.len()).1;
        if other != y {
            random.push(tokens.alike(x, other));
        }
        let block = &by_start[&start(at)];
        let other = pair(block[(at * 31 + 7) % block.len()]).1;
        if other != y {
            hard.push(tokens.alike(x, other));
        }
    }
    missed.sort();
    let texts: Vec<String> = missed.into_iter().map(|(_, text)| text).collect();
    eprintln!("one name {one}, near {near} of {}; missed among others {}", pairs.len(), texts.join(", "));
    let few =
        |scores: &[f64]| scores.iter().filter(|score| **score >= 2.0).count() as f64 / scores.len() as f64;
    eprintln!("taken for one name: random {:.6}, hard {:.6}", few(&random), few(&hard));
    (area(&positives, &random), area(&positives, &hard))
}

#[test]
#[ignore = "reads a file of 130,000 pairs"]
#[expect(clippy::print_stderr, reason = "the measured area is meant to be read in the test's output")]
fn tokens_of_the_reference_file_are_told_apart() {
    let Some(text) = shared("en_ru_name_tokens/en_ru_80.csv") else { return };
    let cells = |line: &'static str| {
        line.split_once(',').and_then(|(latin, rest)| Some((latin, rest.split(',').next()?)))
    };
    let text: &'static str = text.leak();
    let pairs: Vec<(&str, &str)> = text.lines().skip(1).filter_map(cells).collect();
    let (random, hard) = areas(&pairs);
    eprintln!(
        "{} pairs: area {random:.4} against random others, {hard:.4} against those that begin alike",
        pairs.len()
    );
    assert!(random >= 0.965 && hard >= 0.9, "{random} {hard}");
}
