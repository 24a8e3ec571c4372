//! The end of a rehearsal: both books compared, every record verified from its files, the report written, pages left open.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, ensure};
use tokio::process::Command;

use crate::cli::out;
use crate::demo::cluster::PARTIES;
use crate::demo::progress::Progress;
use crate::demo::report::{Balance, Clause, Report, Totals};
use crate::demo::stage::Stage;
use crate::demo::views::{ClauseLine, Ledger, RoundView, state};
use crate::officer::Role;

/// Compares both sides' books, looks at every person received, verifies every record, and reads the nodes' memory.
pub async fn check(stage: &Stage, report: &mut Report, progress: &mut Progress) -> anyhow::Result<()> {
    progress.step("both ledgers are compared");
    ledgers(stage, &mut report.totals).await?;
    people(stage, report).await?;
    for (side, delivered) in &report.totals.delivered {
        let floor = report.parameters.floor;
        ensure!(*delivered >= floor, "{side} delivered {delivered}, agreed were at least {floor}");
    }
    progress.step("every record is verified from its files");
    for side in stage.everyone() {
        let held = verify(&side.node.folder.join("record")).await?;
        ensure!(held, "{}: the record does not verify", side.node.party);
        report.totals.verified.insert(side.node.party.clone(), held);
        if let Some(kib) = side.node.peak_kib() {
            report.timings.peak_kib.insert(side.node.party.clone(), kib);
        }
    }
    Ok(())
}

async fn ledgers(stage: &Stage, totals: &mut Totals) -> anyhow::Result<()> {
    for (party, side) in PARTIES.iter().zip(&stage.sides) {
        let ledger: Ledger = side.officer(Role::Auditor).get("/ledger").await?;
        let differing = ledger.rounds.iter().filter(|round| !round.differences.is_empty()).count();
        ensure!(differing == 0, "{party}: {differing} rounds differ in the ledger");
        totals.ledgers.insert((*party).to_owned(), ledger.digest);
        let clauses = clauses(ledger.clauses);
        let same = totals.clauses.is_empty() || totals.clauses == clauses;
        ensure!(same, "{party}: the clauses come to something else: {clauses:?}");
        totals.clauses = clauses;
    }
    let equal = totals.ledgers[PARTIES[0]] == totals.ledgers[PARTIES[1]];
    ensure!(equal, "the ledgers differ: {:?}", totals.ledgers);
    Ok(())
}

/// Gathers the balances of each quantity; the ledger lists them one after another.
fn clauses(lines: Vec<ClauseLine>) -> Vec<Clause> {
    let mut found: Vec<Clause> = Vec::new();
    for line in lines {
        let ClauseLine { clause, quantity, read_by, asks, least, most, received, outstanding } = line;
        let balance = Balance { read_by, asks, least, most, received, outstanding };
        match found.last_mut().filter(|last| last.quantity == quantity) {
            Some(last) => last.balances.push(balance),
            None => found.push(Clause { clause, quantity, balances: vec![balance] }),
        }
    }
    found
}

/// Everyone received must have two willing answers, and nobody may have been received twice.
async fn people(stage: &Stage, report: &mut Report) -> anyhow::Result<()> {
    let mut received: BTreeMap<String, usize> = BTreeMap::new();
    let totals = &mut report.totals;
    for number in 1..=report.rounds.len() {
        for side in &stage.sides {
            let view: RoundView = side.round(number).await?;
            for line in view.own_in(&[state::RECEIVED]) {
                let willing = |will: &Option<String>| will.as_deref() == Some("willing");
                totals.without_two_wills += usize::from(!(willing(&line.will1) && willing(&line.will2)));
                *received.entry(line.item).or_default() += 1;
            }
        }
    }
    totals.received_twice = received.values().filter(|count| **count > 1).count();
    let counted: usize = totals.delivered.values().sum();
    ensure!(received.len() == counted, "{} items were received, {counted} receipts noted", received.len());
    ensure!(totals.received_twice == 0, "{} persons were received twice", totals.received_twice);
    ensure!(totals.without_two_wills == 0, "{} persons went without two wills", totals.without_two_wills);
    for round in &report.rounds {
        let disputed = round.incidents.iter().filter(|one| one.step == "arrival");
        totals.disputed_slots.extend(disputed.flat_map(|one| one.items.clone()));
        totals.refilled_slots.extend(round.refilled_items.iter().cloned());
    }
    Ok(())
}

/// Runs `homeward record verify` over a folder of record files.
async fn verify(folder: &Path) -> anyhow::Result<bool> {
    let program = std::env::current_exe().context("where this program lies")?;
    let outcome = Command::new(program).args(["record", "verify"]).arg(folder).output().await?;
    if !outcome.status.success() {
        let said = String::from_utf8_lossy(&outcome.stderr);
        anyhow::bail!("record verify {}: {} {said}", folder.display(), outcome.status);
    }
    Ok(true)
}

/// Writes the report.
pub fn write(dir: &Path, report: &Report) -> anyhow::Result<()> {
    let file = dir.join("report.json");
    let mut out = std::fs::File::create(&file).with_context(|| format!("cannot write {}", file.display()))?;
    out.write_all(serde_json::to_string_pretty(report)?.as_bytes())?;
    out.write_all(b"\n")?;
    Ok(out.sync_all()?)
}

/// Leaves the pages open: gives one-time links, opens one of each side where there is a display, and does not end.
pub async fn stay_open(stage: &Stage, dir: &Path, report: &Report) -> anyhow::Result<()> {
    out::line(report.summary())?;
    out::line("The desks stay open. Each address signs one officer in, once, for an hour:")?;
    let display = std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some();
    for side in &stage.sides {
        for role in [Role::Negotiator, Role::Approver, Role::Registrar, Role::PressOfficer] {
            let link = side.link_for(role).await?;
            out::line(format!("  {:<8} {:<14} {link}", side.node.party, role.code()))?;
            if display && role == Role::Negotiator {
                open(&link);
            }
        }
        out::line(format!("  {:<8} {:<14} {}", side.node.party, "public pages", side.node.public))?;
    }
    out::line(format!(
        "  {:<8} {:<14} {}",
        stage.neutral.node.party,
        "negotiator",
        stage.neutral.link_for(Role::Negotiator).await?
    ))?;
    out::line(format!("Report: {}. Ctrl-C ends the nodes.", dir.join("report.json").display()))?;
    std::future::pending().await
}

/// Opens an address in the browser of this desktop; where that fails the address stands on the terminal.
fn open(address: &str) {
    let opener = Command::new("xdg-open").arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    drop(opener);
}
