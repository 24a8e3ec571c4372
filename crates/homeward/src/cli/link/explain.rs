//! Why two records are, or are not, of one person: part by part, in words, with what each weighs.

use std::process::ExitCode;

use linkage::birth::Agreement;
use linkage::block::Parts;
use linkage::explain::{Explanation, Found, Reason, explain as taken_apart};
use linkage::forms::Level;
use linkage::link::{Linked, Task, probability};
use linkage::recall::joins_of;
use linkage::weights::Doubt;
use serde_json::{Value, json};

use super::people::is_settled;
use super::read::Records;
use super::tell::{FEW, brief, is_limit, percent};
use super::{LINK, LinkArgs, REVIEW, id, refused};
use crate::cli::{DONE, out};
use crate::web::Words;
use crate::web::chart::weights::signed;

/// How wide the bars of a terminal are, in letters.
const BAR: usize = 30;
/// The most that odds are told as a number.
const ODDS_MAX: f32 = 20.0;

/// A part of a pair, in words.
pub(super) struct Line {
    /// The part or the column.
    pub what: String,
    /// How the two compare.
    pub says: String,
    /// How many others have the same, in words; empty where that is not counted.
    pub others: String,
    /// What it weighs; nothing for parts of a name, which are weighed together.
    pub bits: Option<f32>,
    /// Whether it is something that was compared: only that speaks for or against.
    pub is_evidence: bool,
}

/// A pair's weight, part by part: first what is believed before, then the name, the columns, and last what was held back, for a doubt
/// or because rivals left no more than the bits that were answered.
pub(super) fn lines(t: Words, records: &Records, found: &Explanation, answered: f32) -> Vec<Line> {
    let line = |what: String, reason: &Reason| {
        let others = reason.bearers.map(|bearers| t.s1("link-others", "n", bearers.saturating_sub(2)));
        let others = others.unwrap_or_default();
        Line { what, says: says(t, reason), others, bits: reason.bits, is_evidence: true }
    };
    let summed = |key: &str, says: String, bits: f32, is_evidence: bool| Line {
        what: t.s(key),
        says,
        others: String::new(),
        bits: Some(bits),
        is_evidence,
    };
    let mut lines = vec![summed("link-part-before", t.s("link-part-before-says"), found.before, false)];
    for (part, reason) in ["surname", "given", "patronymic"].iter().zip(&found.name) {
        lines.push(line(t.code("link-part", part), reason));
    }
    let name = if found.moved { "link-part-name-moved" } else { "link-part-name-says" };
    lines.push(summed("link-part-name", t.s(name), found.name_bits, true));
    let columns = records.compared.iter().zip(&found.columns);
    lines.extend(columns.map(|(header, reason)| line(header.clone(), reason)));
    // A doubt that cut nothing is no reason.
    if found.held_bits < 0.0 {
        let says = t.code("link-doubt", found.doubt.map_or("name-only", doubt_code));
        lines.push(summed("link-part-held", says, found.held_bits, false));
    }
    if answered < found.bits - 0.01 {
        lines.push(summed("link-part-rivals", t.s("link-part-rivals-says"), answered - found.bits, false));
    }
    lines
}

fn doubt_code(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::TwoGivenNames => "given",
        Doubt::NoName => "no-name",
        Doubt::TwoFathers => "fathers",
        Doubt::TwoSurnames => "surnames",
        Doubt::TwoSexes => "sexes",
        Doubt::TwoGenerations => "generations",
        Doubt::TwoBirthdays => "birthdays",
    }
}

/// Whether the weight was cut because of a doubt.
fn is_cut(found: &Explanation) -> bool {
    found.doubt.is_some() && is_limit(found.bits)
}

fn says(t: Words, reason: &Reason) -> String {
    match reason.found {
        Found::Level(level) => t.code("link-level", level_code(level)),
        Found::Birth(agreement) => t.code("link-birth", birth_code(agreement)),
    }
}

fn level_code(level: Level) -> &'static str {
    match level {
        Level::Missing => "missing",
        Level::Same => "same",
        Level::OneName => "one-name",
        Level::Near => "near",
        Level::Alike => "alike",
        Level::Differs => "differs",
        Level::Initial => "initial",
    }
}

fn birth_code(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Missing => "missing",
        Agreement::Same => "same",
        Agreement::SameMonth => "same-month",
        Agreement::SameYear => "same-year",
        Agreement::Exchanged => "exchanged",
        Agreement::OtherDay => "other-day",
        Agreement::OtherMonth => "other-month",
        Agreement::YearSlip => "year-slip",
        Agreement::OtherYear => "other-year",
        Agreement::YearOnly => "year-only",
        Agreement::NearYear => "near-year",
        Agreement::Differs => "differs",
    }
}

/// What a weight says, as odds.
fn odds(t: Words, bits: f32) -> String {
    if bits.abs() < 0.5 {
        return t.s("link-weighs-nothing");
    }
    let times = f64::from(bits.abs().min(ODDS_MAX)).exp2();
    let digits = 10_f64.powf(times.log10().floor() - 1.0).max(1.0);
    // Two digits are said, and of small odds one after the point is too much.
    let times = t.number(((times / digits).round() * digits) as u64);
    let times = if bits.abs() > ODDS_MAX { t.s1("link-weighs-over", "times", times) } else { times };
    if bits > 0.0 {
        t.s1("link-weighs-for", "times", times)
    } else {
        t.s1("link-weighs-against", "times", times)
    }
}

/// A part of a weight as a bar between two ends, from where the last ended: full for, light against.
fn drawn(from: f32, bits: f32, low: f32, high: f32) -> String {
    let place = |at: f32| ((at - low) / (high - low).max(0.1) * BAR as f32).round() as usize;
    let (start, end) = (place(from.min(from + bits)), place(from.max(from + bits)));
    let letter = if bits < 0.0 { '░' } else { '█' };
    let letters = (0..BAR).map(|at| match at {
        at if at >= start && at < end.max(start + 1) => letter,
        at if at == place(0.0).min(BAR - 1) => '·',
        _ => ' ',
    });
    letters.collect()
}

/// The rows that two identifiers mean, in any order, and what is to be said of how that was understood. One that both lists have is of
/// the list that the other one is not of; where both could be of both, the first is of the first list.
fn two_rows(t: Words, records: &Records, one: &str, other: &str) -> Result<(u32, u32, Vec<String>), String> {
    let (a, b) = (rows(records, one), rows(records, other));
    if let Some((id, _)) = [(one, &a), (other, &b)].into_iter().find(|(_, rows)| rows.is_empty()) {
        return Err(t.s1("link-no-record", "id", brief(id)));
    }
    let is_left = |row: &u32| records.table.came[*row as usize] < records.left;
    let of_side = |rows: &[u32], left: bool| rows.iter().copied().find(|row| is_left(row) == left);
    let (first, second) = match (&a[..], &b[..]) {
        ([first], [second]) => (Some(*first), Some(*second)),
        ([first], both) => (Some(*first), of_side(both, !is_left(first))),
        (both, [second]) => (of_side(both, !is_left(second)), Some(*second)),
        (both, others) => (of_side(both, true), of_side(others, false)),
    };
    let (Some(first), Some(second)) = (first, second) else {
        return Err(t.s("link-explain-two"));
    };
    if first == second {
        return Err(t.s("link-explain-one"));
    }
    let said = [(one, &a, first), (other, &b, second)].into_iter().filter(|(_, rows, _)| rows.len() > 1);
    let said = said.map(|(id, _, row)| {
        let (this, that) = if is_left(&row) { ("left", "right") } else { ("right", "left") };
        let id = brief(id);
        t.s3("link-explain-both", "id", &id, "this", format!("{this}:{id}"), "that", format!("{that}:{id}"))
    });
    Ok((first, second, said.collect()))
}

/// The rows that an identifier may mean: those that have it, one of each list at most; else that of the list that it begins with.
fn rows(records: &Records, wanted: &str) -> Vec<u32> {
    let is_left = |row: u32| records.table.came[row as usize] < records.left;
    let all = 0..records.table.len() as u32;
    let found: Vec<u32> = all.clone().filter(|row| id(records, *row) == wanted).collect();
    if !found.is_empty() {
        return found;
    }
    let Some((side, bare)) = wanted.split_once(':') else { return found };
    all.filter(|row| side == if is_left(*row) { "left" } else { "right" } && id(records, *row) == bare)
        .collect()
}

/// Says why two records are, or are not, of one person.
pub(super) fn explain(
    t: Words,
    records: &Records,
    (linked, task): (&Linked, &Task),
    ids: &[String],
    args: &LinkArgs,
) -> anyhow::Result<ExitCode> {
    let [one, other] = ids else { return refused(t, args, &t.s("link-explain-two")) };
    let (one, other, read_as) = match two_rows(t, records, one, other) {
        Ok(found) => found,
        Err(why) => return refused(t, args, &why),
    };
    let pair = (one.min(other), one.max(other));
    let mut found = taken_apart(&records.table, &linked.weights, pair.0, pair.1);
    let likely = linked.likely(&records.table, task, 0.0);
    let through =
        likely.iter().find(|likely| (likely.one, likely.other) == pair).map(|pair| pair.probability);
    let kept = linked.pairs.binary_search_by_key(&pair, |pair| (pair.one, pair.other));
    let answered = kept.map_or(found.bits, |at| linked.bits[at]);
    let lines = lines(t, records, &found, answered);
    found.bits = answered;
    let chance = probability(found.bits).max(through.unwrap_or(0.0));
    let shown = percent(t, probability(found.bits));
    let held = is_cut(&found).then(|| format!("{}.", t.s1("link-held", "probability", &shown)));
    let notes = notes(t, records, (linked, task), pair, (found.bits, chance), args.over.weights.is_some());
    let notes: Vec<String> = held.into_iter().chain(read_as).chain(notes).collect();
    if args.json {
        let parts: Vec<Value> = lines
            .iter()
            .map(|line| json!({ "what": line.what, "says": with_others(line), "bits": line.bits }))
            .collect();
        out::json(&json!({ "probability": chance, "bits": found.bits, "parts": parts, "notes": notes }))?;
        return Ok(ExitCode::from(DONE));
    }
    let sum = match is_cut(&found) {
        true => t.s1("link-sum-held", "probability", shown),
        false => t.s1("link-sum", "probability", shown),
    };
    draw(t, &lines, found.bits, &sum)?;
    notes.iter().try_for_each(out::line)?;
    Ok(ExitCode::from(DONE))
}

/// Prints parts of a weight with their bars, and what they come to.
fn draw(t: Words, lines: &[Line], sum_bits: f32, sum: &str) -> anyhow::Result<()> {
    let (mut at, mut ends) = (0.0, vec![0.0_f32]);
    for bits in lines.iter().filter_map(|line| line.bits) {
        at += bits;
        ends.push(at);
    }
    let (low, high) = (ends.iter().copied().fold(0.0, f32::min), ends.iter().copied().fold(0.0, f32::max));
    let mut from = 0.0;
    for line in lines {
        let (weight, bar, odds) = match line.bits {
            Some(bits) => {
                let odds = line.is_evidence.then(|| format!("; {}", odds(t, bits)));
                (signed(t.lang, bits), drawn(from, bits, low, high), odds.unwrap_or_default())
            }
            None => (String::new(), " ".repeat(BAR), String::new()),
        };
        from += line.bits.unwrap_or(0.0);
        out::line(format!("{weight:>7}  {bar}  {}: {}{odds}", line.what, with_others(line)))?;
    }
    let (weight, bar) = (signed(t.lang, sum_bits), drawn(0.0, sum_bits, low, high));
    Ok(out::line(format!("{weight:>7}  {bar}  {sum}"))?)
}

fn with_others(line: &Line) -> String {
    if line.others.is_empty() { line.says.clone() } else { format!("{}; {}", line.says, line.others) }
}

/// What else is to be said of a pair: its band, how the two met, and how little can be learned.
fn notes(
    t: Words,
    records: &Records,
    (linked, task): (&Linked, &Task),
    (one, other): (u32, u32),
    (bits, chance): (f32, f64),
    is_weighed_by_kept: bool,
) -> Vec<String> {
    let mut notes = Vec::new();
    if chance > probability(bits) {
        notes.push(t.s1("link-through", "probability", percent(t, chance)));
    }
    let is_in = |pairs: &[(u32, u32)]| pairs.iter().any(|two| *two == (one, other) || *two == (other, one));
    let table = &records.table;
    let kept = linked.pairs.binary_search_by_key(&(one, other), |pair| (pair.one, pair.other)).is_ok();
    let source = |row: u32| table.sources[row as usize];
    let may = task.may(table.source_names.len(), source(one), source(other));
    let is_one = task.decided.block(one).is_some_and(|block| block.contains(&other));
    // What is in no answer is for nobody's eye, whatever it would weigh.
    let is_answered = may && (kept || chance > probability(bits));
    notes.extend(match chance {
        _ if is_in(task.decided.same()) || is_one => Some(t.s("link-verdict-same")),
        _ if is_in(task.decided.different()) => Some(t.s("link-verdict-different")),
        _ if is_settled(records, task, one, other) => Some(t.s("link-verdict-settled")),
        chance if !is_answered && chance >= REVIEW => None,
        chance if chance >= LINK => Some(t.s("link-verdict-link")),
        chance if chance >= REVIEW => Some(t.s("link-verdict-review")),
        _ => Some(t.s("link-verdict-no")),
    });
    let met = joins_of(&Parts::of(table), &linked.joins, one, other).len();
    if !may {
        notes.push(t.s("link-apart"));
    } else if met == 0 && !kept {
        notes.push(t.s("link-never-met"));
    } else {
        notes.push(t.s1("link-met-by", "n", met.max(1)));
        if !kept {
            notes.push(t.s("link-met-not-kept"));
        }
    }
    if records.ids.len() < FEW && !is_weighed_by_kept {
        notes.push(t.s1("link-few", "n", FEW));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Lang;

    #[test]
    fn a_weight_is_told_as_odds() {
        let check = |lang, bits: f32, expect: &str| assert_eq!(odds(Words::of(lang), bits), expect, "{bits}");
        check(Lang::En, 0.2, "says next to nothing");
        check(Lang::En, 1.0, "speaks for one person, 2 to 1");
        check(Lang::En, 10.0, "speaks for one person, 1,000 to 1");
        check(Lang::En, -7.2, "speaks against it, 150 to 1");
        check(Lang::Uk, 30.0, "за одну особу, понад 1\u{a0}000\u{a0}000 до 1");
        check(Lang::Ru, -1.1, "против, 2 к 1");
    }

    #[test]
    fn a_bar_begins_where_the_last_one_ended() {
        assert_eq!(drawn(0.0, -15.0, -15.0, 15.0), format!("{}·{}", "░".repeat(15), " ".repeat(14)));
        assert_eq!(drawn(-15.0, 30.0, -15.0, 15.0), "█".repeat(30));
        assert_eq!(drawn(15.0, -5.0, -15.0, 15.0), format!("{}·{}░░░░░", " ".repeat(15), " ".repeat(9)));
        assert_eq!(drawn(0.0, 0.0, 0.0, 0.0).chars().count(), BAR);
    }
}
