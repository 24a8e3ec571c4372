//! `homeward record`: the shared record by file: verified, shown, carried in bundles.
//!
//! Decides how the answer is laid out; refuses to decide what holds, which [`record_files`](crate::record_files) does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Subcommand};
use parley::{Head, PartyId};
use serde::Serialize;

use super::{DONE, NOT_HELD, REFUSED, files, out, progress};
use crate::act::ActError;
use crate::link::{self, BUNDLE_BYTES_MAX};
use crate::node::Node;
use crate::record_files::{self, Fault, FileLog, Verified};
use crate::web::numbers;

/// The shared record by file: verify, show, carry.
#[derive(Args, Debug)]
pub struct RecordArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Verifies a folder of log files from the files alone.
    Verify {
        /// The folder: one file for each author, and a journal.
        dir: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Lists the entries of a folder of log files.
    Show {
        /// The folder.
        dir: PathBuf,
        /// One author's entries only; `journal` for the journal.
        #[arg(long)]
        author: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Writes a bundle for another node: what it lacks, sealed to it. The own node must not be running.
    Bundle {
        /// The own node's configuration.
        #[arg(long)]
        config: PathBuf,
        /// The node it is for.
        #[arg(long)]
        to: String,
        /// The file to write; it may not exist yet.
        #[arg(long)]
        out: PathBuf,
        /// Everything, not only what the other node has not said that it holds.
        #[arg(long)]
        all: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Takes a bundle in. The own node must not be running.
    Apply {
        /// The own node's configuration.
        #[arg(long)]
        config: PathBuf,
        /// The bundle.
        bundle: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub fn run(args: RecordArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        Command::Verify { dir, json } => verify(&dir, json),
        Command::Show { dir, author, json } => show(&dir, author.as_deref(), json),
        Command::Bundle { config, to, out, all, json } => bundle(&config, &to, &out, all, json),
        Command::Apply { config, bundle, json } => apply(&config, &bundle, json),
    }
}

/// One log in the answer.
#[derive(Serialize)]
struct LogView {
    file: String,
    author: String,
    entries: usize,
    head: String,
    root: String,
}

impl LogView {
    fn of(one: &FileLog) -> Self {
        let head = one.log.head();
        Self {
            file: one.file.clone(),
            author: head.author.to_string(),
            entries: one.log.entries().len(),
            head: head.hash.to_string(),
            root: one.fingerprint(),
        }
    }
}

/// The answer of `verify`.
#[derive(Serialize)]
struct VerifyView {
    held: bool,
    fault: Option<Fault>,
    logs: Vec<LogView>,
    agreement: Option<String>,
    parties: Vec<String>,
    /// Files that a node's folder has and this one does not: nothing is said of what they hold.
    missing: Vec<&'static str>,
    /// Digest of the state that follows: equal on every node that holds the same entries.
    state: Option<String>,
}

fn verify(dir: &Path, json: bool) -> anyhow::Result<ExitCode> {
    match progress::during("verifying", || record_files::verify(dir))? {
        Ok(verified) => {
            let view = held(&verified);
            if json {
                out::json(&view)?;
            } else {
                say(&view)?;
            }
            Ok(ExitCode::from(DONE))
        }
        Err(fault) => {
            if json {
                let (logs, parties, missing) = (Vec::new(), Vec::new(), Vec::new());
                let fault = Some(fault);
                let (agreement, state) = (None, None);
                out::json(&VerifyView { held: false, fault, logs, agreement, parties, missing, state })?;
            } else {
                out::line(format!("DOES NOT HOLD: {fault}"))?;
            }
            Ok(ExitCode::from(NOT_HELD))
        }
    }
}

fn held(verified: &Verified) -> VerifyView {
    let members = verified.record.members();
    VerifyView {
        held: true,
        fault: None,
        logs: verified.shared.iter().chain(&verified.journal).map(LogView::of).collect(),
        agreement: Some(members.agreement().to_string()),
        parties: members.parties().map(|party| party.to_string()).to_vec(),
        missing: if verified.journal.is_none() { vec![record_files::JOURNAL_FILE] } else { Vec::new() },
        state: Some(verified.record.view().state_digest().to_string()),
    }
}

fn say(view: &VerifyView) -> anyhow::Result<()> {
    for log in &view.logs {
        out::line(format!("{}: {} entries by {}, all hold", log.file, log.entries, log.author))?;
        out::line(format!("  head {}", log.head))?;
        out::line(format!("  root {}", log.root))?;
    }
    out::line(format!("The shared logs of {} hold together by every rule.", view.parties.join(" and ")))?;
    if let Some(state) = &view.state {
        out::line(format!("  state {state}"))?;
    }
    for file in &view.missing {
        out::line(format!(
            "{file} is not here: what this node itself wrote, and whether a log lost its end, was not verified. \
             It lies in the record folder of the node."
        ))?;
    }
    out::line(
        "Compare the roots with the fingerprints on paper: files alone do not say whose keys they are.",
    )?;
    Ok(())
}

/// One entry in the answer of `show`.
#[derive(Serialize)]
struct EntryView {
    author: String,
    seq: u64,
    time: String,
    kind: &'static str,
    about: BTreeMap<&'static str, Vec<String>>,
    id: String,
}

fn show(dir: &Path, author: Option<&str>, json: bool) -> anyhow::Result<ExitCode> {
    let verified = match progress::during("verifying", || record_files::verify(dir))? {
        Ok(verified) => verified,
        Err(fault) => {
            out::line(format!("DOES NOT HOLD: {fault}"))?;
            return Ok(ExitCode::from(NOT_HELD));
        }
    };
    let wanted = |one: &&FileLog| author.is_none_or(|author| one.file.strip_suffix(".log") == Some(author));
    let logs: Vec<&FileLog> = verified.shared.iter().chain(&verified.journal).filter(wanted).collect();
    if logs.is_empty() {
        return out::refused(json, &format!("no log of {} here", author.unwrap_or_default()));
    }
    if json {
        let all: Vec<EntryView> = logs.iter().flat_map(|one| entries(one)).collect();
        out::json(&all)?;
        return Ok(ExitCode::from(DONE));
    }
    for one in logs {
        out::line(&one.file)?;
        for entry in entries(one) {
            let about: Vec<String> =
                entry.about.iter().map(|(what, values)| format!("{what} {}", values.join(", "))).collect();
            out::line(format!("{:>6} {} {:<9} {}", entry.seq, entry.time, entry.kind, about.join(" · ")))?;
        }
    }
    Ok(ExitCode::from(DONE))
}

fn entries(one: &FileLog) -> impl Iterator<Item = EntryView> {
    one.log.entries().iter().map(|signed| {
        let entry = signed.entry();
        let mut about: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (what, value) in record_files::about(&entry.body) {
            about.entry(what).or_default().push(value);
        }
        EntryView {
            author: entry.author.to_string(),
            seq: entry.seq,
            time: numbers::iso(i64::try_from(entry.time).unwrap_or(i64::MAX / 1000).saturating_mul(1000)),
            kind: entry.body.name(),
            about,
            id: signed.id().to_string(),
        }
    })
}

/// The answer of `bundle` and `apply`.
#[derive(Serialize)]
struct CarriedView {
    peer: Option<String>,
    /// Bytes of the bundle.
    bytes: usize,
    /// Entries that came in, for `apply`.
    entries: Option<usize>,
}

/// Does something with a node that is not running, in this thread.
fn with_node<T>(config: &Path, work: impl AsyncFnOnce(&Arc<Node>) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let config = files::config(config)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let node = Node::for_a_command(config).await.context("the node must not be running")?;
        work(&node).await
    })
}

fn bundle(config: &Path, to: &str, file: &Path, all: bool, json: bool) -> anyhow::Result<ExitCode> {
    let Ok(peer) = to.parse::<PartyId>() else {
        return out::refused(json, &format!("{to}: no label of a party"));
    };
    let sealed = with_node(config, async |node| {
        if node.look().await?.record.members().member(&peer).is_none() || peer == node.me {
            return Ok(Err(format!("{to} is no other member of the agreement")));
        }
        let held = if all { BTreeMap::new() } else { said_to_hold(node, &peer).await? };
        Ok(Ok(link::bundle_to(node, peer, &held).await?))
    })?;
    match sealed {
        Err(why) => out::refused(json, &why),
        Ok(None) => {
            let view = CarriedView { peer: Some(to.to_owned()), bytes: 0, entries: None };
            if json {
                out::json(&view)?
            } else {
                out::line(format!("{to} lacks nothing; no file written."))?
            }
            Ok(ExitCode::from(DONE))
        }
        Ok(Some(sealed)) => {
            files::write_new(file, &sealed)?;
            let view = CarriedView { peer: Some(to.to_owned()), bytes: sealed.len(), entries: None };
            let line = format!("{}: {} bytes, readable by {to} alone", files::name(file), sealed.len());
            if json {
                out::json(&view)?
            } else {
                out::line(line)?
            }
            Ok(ExitCode::from(DONE))
        }
    }
}

/// What another node holds by its own signed word: what its last entry says that it had seen, and its own log so far.
async fn said_to_hold(node: &Arc<Node>, peer: &PartyId) -> anyhow::Result<BTreeMap<PartyId, Head>> {
    let shared = node.look().await?;
    let Some(last) = shared.record.log(peer).and_then(|log| log.entries().last()) else {
        return Ok(BTreeMap::new());
    };
    let seen = last.entry().seen.iter().copied().chain([last.head()]);
    Ok(seen.map(|head| (head.author, head)).collect())
}

fn apply(config: &Path, file: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let bytes = files::read_bounded(file, BUNDLE_BYTES_MAX)?;
    if bytes.len() > BUNDLE_BYTES_MAX {
        return out::refused(json, &format!("{}: larger than 64 MiB", files::name(file)));
    }
    let taken = with_node(config, async |node| match link::take_in(node, &bytes).await {
        Ok(entries) => Ok(Ok(entries)),
        Err(why @ (ActError::AgainstRule(_) | ActError::Rule { .. })) => Ok(Err(why.to_string())),
        Err(why) => Err(why.into()),
    })?;
    match taken {
        Ok(entries) => {
            let view = CarriedView { peer: None, bytes: bytes.len(), entries: Some(entries) };
            let line = format!("{entries} entries came in.");
            if json {
                out::json(&view)?
            } else {
                out::line(line)?
            }
            Ok(ExitCode::from(DONE))
        }
        Err(why) => {
            out::refused(json, &format!("{}: {why}", files::name(file)))?;
            Ok(ExitCode::from(REFUSED))
        }
    }
}
