//! What `homeward link` says: what was read, what was found, and why two records are of one person.

use std::process::ExitCode;

use linkage::birth::Agreement;
use linkage::explain::{Explanation, Found, Reason, explain as taken_apart};
use linkage::forms::Level;
use linkage::link::{Likely, Linked};
use linkage::schema::Purpose;
use serde_json::{Value, json};

use super::read::Records;
use super::settings::word;
use super::{id, probability};
use crate::cli::{DONE, measured, out};

/// The bands in which pairs are told: from a probability on.
const BANDS: [(f64, &str); 3] =
    [(0.99, "to link"), (0.5, "likely, for a person's eye"), (0.05, "unlikely, for a person's eye")];

/// Records below which little can be learned.
const FEW: usize = 1_000;

/// Says what was read and found.
pub(super) fn summary(
    records: &Records,
    linked: &Linked,
    likely: &[Likely],
    became: Vec<(&str, &str, usize)>,
    as_json: bool,
) -> anyhow::Result<()> {
    let count = |at: usize| {
        let below = if at == 0 { f64::INFINITY } else { BANDS[at - 1].0 };
        likely.iter().filter(|pair| pair.probability >= BANDS[at].0 && pair.probability < below).count()
    };
    let bands: Vec<(&str, usize)> = (0..BANDS.len()).map(|at| (BANDS[at].1, count(at))).collect();
    let by_source = by_source(records, likely);
    if as_json {
        return out::json(&json!({
            "records": records.ids.len(),
            "columns": records.columns.iter().map(|columns| columns.iter().map(column).collect::<Vec<_>>()).collect::<Vec<_>>(),
            "compared_pairs": linked.met.pairs,
            "keys_given_up": linked.met.given_up,
            "bands": bands.iter().map(|(band, pairs)| json!({ "band": band, "pairs": pairs })).collect::<Vec<_>>(),
            "likely_by_source": by_source.iter().map(|(sources, pairs)| json!({ "sources": sources, "pairs": pairs })).collect::<Vec<_>>(),
            "events": became.iter().map(|(kind, _, count)| ((*kind).to_owned(), json!(count))).collect::<serde_json::Map<_, _>>(),
            "cpu_seconds": measured::cpu_seconds(),
            "peak_kb": measured::peak_kb(),
        }));
    }
    read_as(records)?;
    out::line(format!("{} records, {} pairs compared", records.ids.len(), linked.met.pairs))?;
    if linked.met.given_up > 0 {
        out::line(format!(
            "{} keys were shared by too many records to compare them all; who agrees in nothing rarer was not met",
            linked.met.given_up
        ))?;
    }
    for (header, column) in
        records.compared.iter().zip(&records.table.columns).filter(|(_, column)| column.unread > 0)
    {
        out::line(format!("{header}: {} cells are no date that is known, and say nothing", column.unread))?;
    }
    if records.ids.len() < FEW {
        out::line(format!(
            "fewer than {FEW} records: what they have in common is hardly learned from them, so the probabilities lean on what is \
             believed of lists in general"
        ))?;
    }
    for (band, pairs) in bands {
        out::line(format!("{pairs:>9} pairs {band}"))?;
    }
    for (sources, pairs) in by_source.iter().filter(|_| by_source.len() > 1) {
        out::line(format!("{pairs:>9} likely pairs of {sources}"))?;
    }
    for (_, says, count) in became.iter().filter(|(_, _, count)| *count > 0) {
        out::line(format!("{count:>9} {says}"))?;
    }
    Ok(())
}

/// Says what each column was read as.
fn read_as(records: &Records) -> anyhow::Result<()> {
    for columns in &records.columns {
        let used = columns.iter().filter(|column| column.purpose != Purpose::Ignored);
        let used: Vec<String> =
            used.map(|column| format!("{} ({})", column.header, word(column.purpose))).collect();
        let ignored = columns.iter().filter(|column| column.purpose == Purpose::Ignored);
        let ignored: Vec<&str> = ignored.map(|column| column.header.as_str()).collect();
        out::line(format!("read as: {}", used.join(", ")))?;
        if !ignored.is_empty() {
            out::line(format!("not compared: {}", ignored.join(", ")))?;
        }
    }
    Ok(())
}

fn column(column: &super::read::Column) -> Value {
    json!({ "header": column.header, "as": word(column.purpose) })
}

/// Pairs at even and above, by their sources.
fn by_source(records: &Records, likely: &[Likely]) -> Vec<(String, usize)> {
    let mut found = std::collections::BTreeMap::new();
    let name = |row: u32| records.table.source_names[records.table.sources[row as usize] as usize].as_str();
    for pair in likely.iter().filter(|pair| pair.probability >= 0.5) {
        let (one, other) = (name(pair.one), name(pair.other));
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        *found.entry(format!("{one} and {other}")).or_insert(0) += 1;
    }
    found.into_iter().collect()
}

/// Says why two records are, or are not, of one person.
pub(super) fn explain(
    records: &Records,
    linked: &Linked,
    ids: &[String],
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let mut rows = Vec::new();
    for (at, wanted) in ids.iter().enumerate() {
        // Of two files the first identifier is of the left one, the second of the right one.
        let two = records.columns.len() == 2;
        let fits = |row: u32| !two || (records.table.came[row as usize] < records.left) == (at == 0);
        let found = (0..records.table.len() as u32).find(|row| id(records, *row) == wanted && fits(*row));
        match found {
            Some(row) => rows.push(row),
            None => return out::refused(as_json, &format!("no record has the identifier {wanted:?}")),
        }
    }
    let [one, other] = rows[..] else { return out::refused(as_json, "--explain takes two identifiers") };
    let found = taken_apart(&records.table, &linked.weights, one, other);
    let met = linked.pairs.iter().position(|pair| (pair.one, pair.other) == (one.min(other), one.max(other)));
    let chance = met.map_or_else(|| linkage::link::probability(found.bits), |at| probability(linked, at));
    let lines = lines(records, &found);
    if as_json {
        let parts: Vec<Value> = lines
            .iter()
            .map(|(what, says, bits)| json!({ "what": what, "says": says, "bits": bits }))
            .collect();
        out::json(&json!({ "probability": chance, "bits": found.bits, "parts": parts }))?;
        return Ok(ExitCode::from(DONE));
    }
    for (what, says, bits) in lines {
        let bits = bits.map_or_else(|| " ".repeat(7), |bits| format!("{bits:+7.1}"));
        out::line(format!("{bits}  {what}: {says}"))?;
    }
    out::line(format!("{:+7.1}  bits in all: {:.4} that they are of one person", found.bits, chance))?;
    Ok(ExitCode::from(DONE))
}

fn lines(records: &Records, found: &Explanation) -> Vec<(String, String, Option<f32>)> {
    let mut lines = vec![(
        "before anything is compared".to_owned(),
        "how seldom two records of these sources are of one person".to_owned(),
        Some(found.before),
    )];
    for (part, reason) in ["surname", "given name", "patronymic"].iter().zip(&found.name) {
        lines.push(((*part).to_owned(), says(reason), None));
    }
    let order = if found.moved { "parts stand in other places" } else { "weighed as one" };
    lines.push(("name".to_owned(), order.to_owned(), Some(found.name_bits)));
    for (header, reason) in records.compared.iter().zip(&found.columns) {
        lines.push((header.clone(), says(reason), reason.bits));
    }
    lines
}

fn says(reason: &Reason) -> String {
    let says = match reason.found {
        Found::Level(level) => match level {
            Level::Missing => "not known of both",
            Level::Same => "the same",
            Level::OneName => "one name, written in another way",
            Level::Near => "a slip of the hand apart",
            Level::Alike => "alike",
            Level::Differs => "differs",
            Level::Initial => "an initial that fits",
        },
        Found::Birth(agreement) => match agreement {
            Agreement::Missing => "not known of both",
            Agreement::Same => "the same day",
            Agreement::SameMonth => "the same month, one without day",
            Agreement::SameYear => "the same year, one without month or filled in with 1 January",
            Agreement::Exchanged => "day and month exchanged",
            Agreement::OtherDay => "another day of the same month",
            Agreement::OtherMonth => "the same day of another month",
            Agreement::YearSlip => "day and month agree, the year is one digit or one year off",
            Agreement::OtherYear => "day and month agree, the year does not",
            Agreement::YearOnly => "only the year agrees",
            Agreement::NearYear => "one year apart",
            Agreement::Differs => "differs",
        },
    };
    match reason.bearers {
        Some(bearers) => format!("{says}; {bearers} records have it"),
        None => says.to_owned(),
    }
}
