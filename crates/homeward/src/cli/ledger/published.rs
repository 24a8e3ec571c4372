//! Published figures of exchanges, each side's own beside the other's, their sums and published totals.
//!
//! Decides how the figures are laid out; refuses to decide which of two numbers is right. A difference is an answer, not a
//! failure: the command is done when everything could be read.

use std::process::ExitCode;

use exchange::figures::{
    Cell, Claim, Compared, Dispute, Entry, Figures, FiguresError, Mapping, Stated, Status, Total,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::Ledger;
use crate::cli::{DONE, files, out};
use crate::import::table::{self, Encoding, FILE_BYTES_MAX, Format, Table};

/// Lays the table of published figures out as its mapping says.
pub fn run(args: &Ledger, mapping: &str) -> anyhow::Result<ExitCode> {
    let mapping = match Mapping::parse(mapping) {
        Ok(mapping) => mapping,
        Err(error) => {
            return out::refused(args.json, &format!("{}: {error}", files::name(&args.terms)));
        }
    };
    let bytes = files::read_bounded(&args.acts, FILE_BYTES_MAX)?;
    let table = match table::read(&files::name(&args.acts), &bytes, Format::Csv, Encoding::Utf8, ',') {
        Ok(table) => table,
        Err(refusal) => return out::refused(args.json, &refusal.to_string()),
    };
    let rows = table.rows.iter().map(|row| row.cells.clone()).collect::<Vec<_>>();
    let figures = match Figures::read(&mapping, &table.columns, &rows) {
        Ok(figures) => figures,
        Err(error) => return out::refused(args.json, &place(args, &table, error)),
    };
    if args.json {
        out::json(&answer(&mapping, &figures, &table))?;
    } else {
        say(&mapping, &figures)?;
    }
    Ok(ExitCode::from(DONE))
}

/// Says where the acts are refused, with the row as a spreadsheet counts it.
fn place(args: &Ledger, table: &Table, error: FiguresError) -> String {
    let number = |row: usize| table.rows.get(row.checked_sub(1)?).map(|row| row.number as usize);
    let row = error.row.and_then(number);
    let file = if error.row.is_none() && error.column.is_none() { &args.terms } else { &args.acts };
    format!("{}: {}", files::name(file), FiguresError { row, ..error })
}

fn say(mapping: &Mapping, figures: &Figures) -> anyhow::Result<()> {
    out::line(&mapping.title.en)?;
    for entry in &figures.entries {
        out::line(line_of(entry))?;
    }
    let disputes = figures.disputes();
    out::line(format!("\n{} differences, both numbers kept:", disputes.len()))?;
    for dispute in &disputes {
        out::line(format!("  {}", words_of(dispute)))?;
    }
    out::line("\nsums of the figures stated, by year:")?;
    for ((year, to), total) in figures.totals() {
        out::line(format!("  {year} to {to}: {}", words_of_total(&total)))?;
    }
    out::line("\npublished totals:")?;
    for compared in figures.compare(mapping) {
        let Compared { published, .. } = &compared;
        let verdict = if compared.agrees() { "they agree" } else { "they DIFFER, neither is corrected" };
        let (year, to, by) = (published.year, &published.to, &published.by);
        out::line(format!("  {year} to {to}, by {by}: {compared}: {verdict} ({})", published.source))?;
    }
    Ok(())
}

fn line_of(entry: &Entry) -> String {
    let mut line = entry.date.to_string();
    for cell in &entry.cells {
        line.push_str(&format!("  to {} {}", cell.to, stated(cell.stated)));
        for claim in &cell.claims {
            line.push_str(&format!(" ({}: {})", claim.by, claim.heads));
        }
        for apart in &cell.apart {
            line.push_str(&format!(" +{} {}", apart.heads, apart.what));
        }
    }
    if let Status::Unverified(words) = &entry.status {
        line.push_str(&format!("  [not verified: {words}]"));
    }
    if !entry.extra.is_empty() {
        line.push_str(&format!("  {}", entry.extra));
    }
    line
}

fn words_of(dispute: &Dispute) -> String {
    let Claim { date, to, by, heads, source, status } = &dispute.claim;
    let seen = if *status == Status::Seen { "" } else { ", not verified" };
    let apart = if dispute.apart > 0 { format!(" and {} apart", dispute.apart) } else { String::new() };
    let own = format!("{} says {}{apart}", dispute.by, stated(dispute.stated));
    format!("{date} to {to}: {own}; {by} says {heads} ({source}{seen})")
}

fn words_of_total(total: &Total) -> String {
    let mut words = format!("{} in {} exchanges", total.heads, total.stated);
    for (count, what) in [
        (total.undisclosed, "withheld"),
        (total.not_stated, "without a figure"),
        (total.unverified, "not verified"),
    ] {
        if count > 0 {
            words.push_str(&format!(", {count} {what}"));
        }
    }
    if total.apart > 0 {
        words.push_str(&format!("; {} others apart", total.apart));
    }
    words
}

fn stated(stated: Stated) -> String {
    match stated {
        Stated::Heads(heads) => heads.to_string(),
        Stated::Undisclosed => "withheld".into(),
        Stated::NotStated => "not stated".into(),
    }
}

#[derive(Serialize)]
struct Answer {
    title: String,
    acts: Vec<Value>,
    differences: Vec<Value>,
    sums: Vec<Value>,
    published: Vec<Value>,
}

fn answer(mapping: &Mapping, figures: &Figures, table: &Table) -> Answer {
    let number = |row: usize| row.checked_sub(1).and_then(|at| table.rows.get(at)).map(|row| row.number);
    let act = |entry: &Entry| {
        json!({
            "row": number(entry.row), "date": entry.date.to_string(), "verified": entry.status == Status::Seen,
            "figures": entry.cells.iter().map(figure).collect::<Vec<_>>(),
            "extra": entry.extra, "note": entry.note, "source": entry.source,
        })
    };
    let difference = |dispute: &Dispute| {
        json!({
            "row": number(dispute.row), "date": dispute.claim.date.to_string(),
            "to": dispute.claim.to.as_str(), "by": dispute.by.as_str(), "heads": dispute.stated.heads(),
            "apart": dispute.apart, "other": claim(&dispute.claim),
        })
    };
    let published = |compared: &Compared| {
        let published = &compared.published;
        json!({
            "year": published.year, "to": published.to.as_str(), "by": published.by.as_str(),
            "published": published.heads, "sum": compared.rows.heads, "difference": compared.difference(),
            "agrees": compared.agrees(), "source": published.source,
        })
    };
    let sums = figures.totals().into_iter().map(|((year, to), total)| {
        json!({
            "year": year, "to": to.as_str(), "heads": total.heads, "stated": total.stated,
            "undisclosed": total.undisclosed, "not_stated": total.not_stated,
            "unverified": total.unverified, "apart": total.apart,
        })
    });
    Answer {
        title: mapping.title.en.clone(),
        acts: figures.entries.iter().map(act).collect(),
        differences: figures.disputes().iter().map(difference).collect(),
        sums: sums.collect(),
        published: figures.compare(mapping).iter().map(published).collect(),
    }
}

fn figure(cell: &Cell) -> Value {
    let apart = cell.apart.iter().map(|apart| json!({ "what": apart.what, "heads": apart.heads }));
    json!({
        "to": cell.to.as_str(), "by": cell.by.as_str(), "heads": cell.stated.heads(),
        "withheld": cell.stated == Stated::Undisclosed,
        "claims": cell.claims.iter().map(claim).collect::<Vec<_>>(),
        "apart": apart.collect::<Vec<_>>(),
    })
}

fn claim(claim: &Claim) -> Value {
    json!({
        "by": claim.by.as_str(), "heads": claim.heads, "source": claim.source,
        "verified": claim.status == Status::Seen,
    })
}
