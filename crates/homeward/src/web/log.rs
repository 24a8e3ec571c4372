//! The log: what is stored of every author, verified again, and its entries by number, kind and time. No person is on it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::extract::Query;
use parley::{Body, Equivocation, Head, LogKind, PartyId, Record, read_log};
use register::Reading;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cli::files;
use crate::node::{Node, Shared};
use crate::officer::Role;
use crate::record_files::{LOG_FILE_BYTES_MAX, about};
use crate::web::desk::{Desk, Reply};
use crate::web::ledger::name_of;
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::{Column, Page, Words};

/// Entries on one page.
const PAGE: u32 = 100;
/// Entries read from the register at once.
const BATCH: u32 = 500;
/// How many verified states are remembered.
const REMEMBERED_MAX: usize = 64;
/// The name by which the journal is asked for.
const JOURNAL: &str = "journal";

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    let roles = &[Role::Auditor, Role::Administrator, Role::Negotiator, Role::Approver];
    routes.get("/log", Policy::Roles(roles), show)
}

#[derive(Deserialize)]
struct Asked {
    author: Option<String>,
    after: Option<u64>,
}

/// What is stored of one author.
#[derive(Serialize)]
struct LogView {
    author: String,
    name: String,
    entries: u64,
    head: String,
    verified: bool,
    /// Why it does not hold; nothing when it does.
    note: Option<String>,
}

/// The node's own journal.
#[derive(Serialize)]
struct JournalView {
    entries: u64,
    verified: bool,
    note: Option<String>,
}

/// How the register and its record files are.
#[derive(Serialize)]
struct FilesView {
    behind: bool,
    stopped: Option<String>,
}

/// Two entries under one number.
#[derive(Serialize)]
struct ForkView {
    author: String,
    seq: u64,
}

/// One entry without what it says of anybody.
#[derive(Serialize)]
struct EntryView {
    seq: u64,
    kind: String,
    time: i64,
    author: String,
    round: Option<String>,
}

/// The log.
#[derive(Serialize)]
struct LogsView {
    logs: Vec<LogView>,
    journal: JournalView,
    files: FilesView,
    forks: Vec<ForkView>,
    /// Nodes that hold the same entries and came to another state.
    unequal: Vec<String>,
    waiting: usize,
    author: String,
    entries: Vec<EntryView>,
    /// Where the next page begins.
    next: Option<u64>,
}

#[derive(Template)]
#[template(path = "log.html")]
struct LogPage<'a> {
    page: Page,
    t: Words,
    v: &'a LogsView,
}

impl LogPage<'_> {
    fn columns(&self, keys: &[&str]) -> Vec<Column> {
        let numeric = ["entries", "seq", "round"];
        keys.iter()
            .map(|key| Column { label: self.t.code("log", key), numeric: numeric.contains(key) })
            .collect()
    }

    fn files_words(&self) -> String {
        self.t.s(if self.v.files.behind { "log-files-behind" } else { "log-files-whole" })
    }

    fn in_journal(&self) -> bool {
        self.v.author == JOURNAL
    }
}

async fn show(desk: Desk, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    let node = &desk.node;
    let author = asked.author.unwrap_or_else(|| node.config.party.clone());
    let from = asked.after.map_or(0, |after| after.saturating_add(1));
    let (heads, shared_entries, mut view) = {
        let shared = node.look().await?;
        let label = author.parse::<PartyId>().ok();
        let member = label.is_some_and(|label| shared.record.members().member(&label).is_some());
        if author != JOURNAL && !member {
            return Err(Refused::NotFound);
        }
        let name = |head: &Head| name_of(shared.terms.as_ref(), head.author.as_str(), desk.words);
        let heads: Vec<_> = shared.record.heads().into_iter().map(|head| (head, name(&head))).collect();
        (heads, shared_entries(&shared, &author, from), LogsView::of(node, &shared, author))
    };
    // Verifying takes its time; nobody who wants to write waits for it.
    let mut reading = node.register.read().await?;
    view.entries =
        if view.author == JOURNAL { journal_entries(&mut reading, from).await? } else { shared_entries };
    view.next = view.entries.last().filter(|_| view.entries.len() == PAGE as usize).map(|last| last.seq);
    for (head, name) in heads {
        view.logs.push(log_view(&mut reading, &head, name).await?);
    }
    view.journal = journal(node, &reading).await?;
    desk.reply(&view, desk.words.s("log-title"), |page, t| LogPage { page, t, v: &view })
}

impl LogsView {
    /// What is known without verifying anything.
    fn of(node: &Node, shared: &Shared, author: String) -> Self {
        let health = node.register.health();
        let fork = |fork: &Equivocation| ForkView { author: fork.author().to_string(), seq: fork.seq() };
        Self {
            logs: Vec::new(),
            journal: JournalView { entries: 0, verified: false, note: None },
            files: FilesView { behind: health.files_behind, stopped: health.stopped },
            forks: shared.record.forks().map(fork).collect(),
            unequal: node.unequal().iter().map(ToString::to_string).collect(),
            waiting: shared.record.waiting(),
            author,
            entries: Vec::new(),
            next: None,
        }
    }
}

fn shared_entries(shared: &Shared, author: &str, from: u64) -> Vec<EntryView> {
    let log = author.parse::<PartyId>().ok().and_then(|label| shared.record.log(&label));
    let entries = log.map_or(&[][..], |log| log.entries());
    let from = usize::try_from(from).unwrap_or(usize::MAX).min(entries.len());
    let view = |signed: &Arc<parley::Signed>| {
        let entry = signed.entry();
        EntryView {
            seq: entry.seq,
            kind: entry.body.name().to_owned(),
            time: i64::try_from(entry.time).unwrap_or(i64::MAX).saturating_mul(1000),
            author: entry.author.to_string(),
            round: round_of(&shared.record, &entry.body),
        }
    };
    entries[from..].iter().take(PAGE as usize).map(view).collect()
}

/// The round an entry is about, also where it names it by way of another entry.
fn round_of(record: &Record, body: &Body) -> Option<String> {
    let other = match body {
        Body::Receipt { release } | Body::Dispute { release, .. } | Body::TakeBack { release } => {
            Some(release)
        }
        Body::Accept { entry } | Body::Reject { entry, .. } | Body::Withdraw { entry } => Some(entry),
        _ => None,
    };
    let named = other.and_then(|entry| record.entry(entry));
    let body = named.map_or(body, |signed| signed.body());
    about(body).into_iter().find(|(what, _)| *what == "round").map(|(_, number)| number)
}

async fn journal_entries(reading: &mut Reading, from: u64) -> Result<Vec<EntryView>, Refused> {
    let lines = reading.journal(from, PAGE).await?;
    let view = |line: register::JournalLine| EntryView {
        seq: line.seq,
        kind: line.action,
        time: line.at,
        author: line.officer,
        round: None,
    };
    Ok(lines.into_iter().map(view).collect())
}

/// Verifies what is stored of one author again, up to the head that the record stands on.
async fn log_view(reading: &mut Reading, head: &Head, name: String) -> Result<LogView, Refused> {
    let author = head.author.as_str();
    let note = if remembered(&head.hash.0) {
        None
    } else {
        let stored = stored(reading, author, head.seq + 1).await?;
        let wanted = *head;
        tokio::task::spawn_blocking(move || {
            let found = read_log(LogKind::Shared, &stored).map(|log| log.head());
            match found {
                Ok(found) if found == wanted => remember(wanted.hash.0),
                Ok(_) => return Some("the head is another one".to_owned()),
                Err(damage) => return Some(damage.to_string()),
            }
            None
        })
        .await
        .map_err(|why| Refused::Broken(why.to_string()))?
    };
    Ok(LogView {
        author: author.to_owned(),
        name,
        entries: head.seq + 1,
        head: head.hash.to_string(),
        verified: note.is_none(),
        note,
    })
}

/// The stored bytes of the first entries of an author, one after another.
async fn stored(reading: &mut Reading, author: &str, entries: u64) -> Result<Vec<u8>, Refused> {
    let (mut bytes, mut from) = (Vec::new(), 0);
    while from < entries {
        let wanted = u32::try_from(entries - from).unwrap_or(BATCH).min(BATCH);
        let page = reading.entries(author, from, wanted).await?.whole()?;
        if page.is_empty() {
            break;
        }
        from += page.len() as u64;
        page.iter().for_each(|row| bytes.extend_from_slice(&row.bytes));
    }
    Ok(bytes)
}

/// Verifies the journal's file.
async fn journal(node: &Node, reading: &Reading) -> Result<JournalView, Refused> {
    let entries = reading.seq();
    let file = node.config.data.join("record").join("journal.log");
    let note = tokio::task::spawn_blocking(move || journal_note(&file))
        .await
        .map_err(|why| Refused::Broken(why.to_string()))?;
    Ok(JournalView { entries, verified: note.is_none(), note })
}

fn journal_note(file: &Path) -> Option<String> {
    let bytes = match files::read_bounded(file, LOG_FILE_BYTES_MAX) {
        Ok(bytes) => bytes,
        Err(why) => return Some(format!("{why:#}")),
    };
    let name: [u8; 32] = Sha256::digest(&bytes).into();
    if remembered(&name) {
        return None;
    }
    match read_log(LogKind::Journal, &bytes) {
        Ok(_) => {
            remember(name);
            None
        }
        Err(damage) => Some(damage.to_string()),
    }
}

/// What has been verified since the program started, by the hash of its head or of all its bytes: the same hash cannot
/// stand for anything else.
static VERIFIED: Mutex<BTreeSet<[u8; 32]>> = Mutex::new(BTreeSet::new());

fn remembered(name: &[u8; 32]) -> bool {
    VERIFIED.lock().unwrap_or_else(PoisonError::into_inner).contains(name)
}

fn remember(name: [u8; 32]) {
    let mut verified = VERIFIED.lock().unwrap_or_else(PoisonError::into_inner);
    if verified.len() >= REMEMBERED_MAX {
        verified.clear();
    }
    verified.insert(name);
}
