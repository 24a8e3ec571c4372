//! The shared record and a journal as plain files, verified from nothing but the files.
//!
//! Decides whether a folder of log files holds together: every entry signed and in its place, and all shared logs together
//! by every rule of the record. Refuses to know whose keys they are: that is said by the fingerprints on paper.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use parley::matching::RunEntry;
use parley::{Body, Keeping, Log, LogKind, Member, Members, PartyId, Record, read_log};
use register::{TakenIn, taken_in};
use sha2::{Digest, Sha256};

use crate::chance::hex;
use crate::cli::files;

/// The largest log file that is read.
pub const LOG_FILE_BYTES_MAX: usize = 2 << 30;
/// How often a folder whose files grow meanwhile is read.
const TRIES: u32 = 5;
/// The most log files in a folder: sixteen members and a journal.
const LOGS_MAX: usize = 17;
/// Name of the journal's file.
pub const JOURNAL_FILE: &str = "journal.log";
/// The folder of a node's log files, in its data folder.
const RECORD: &str = "record";
/// Name of the journal's file without its ending.
const JOURNAL: &str = "journal";

/// One log file that holds.
pub struct FileLog {
    /// The file's name.
    pub file: String,
    /// What it holds.
    pub log: Log,
}

impl FileLog {
    /// SHA-256 of the author's root key: to be compared with the paper agreement.
    pub fn fingerprint(&self) -> String {
        hex(&Sha256::digest(self.log.genesis().root_key.0))
    }
}

/// A folder of log files that hold together.
pub struct Verified {
    /// The shared logs, ascending by author.
    pub shared: Vec<FileLog>,
    /// The node's own journal, where the folder has one.
    pub journal: Option<FileLog>,
    /// What follows from the shared logs together.
    pub record: Record,
}

/// The first thing that does not hold.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Fault {
    /// In which file.
    pub file: String,
    /// Number of the entry from 0, where it is about one.
    pub entry: Option<u64>,
    /// Byte at which the entry begins.
    pub offset: Option<u64>,
    /// What is wrong.
    pub reason: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(entry) = self.entry {
            write!(f, ", entry {entry}")?;
        }
        if let Some(offset) = self.offset {
            write!(f, ", at byte {offset}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Verifies a folder of log files: each by itself, then the shared ones together under the rules of the record.
///
/// # Errors
/// When the folder or a file cannot be read; what does not hold is the inner refusal.
pub fn verify(folder: &Path) -> anyhow::Result<Result<Verified, Fault>> {
    let mut tries = TRIES;
    loop {
        let logs = logs_in(folder)?;
        let sizes: Vec<(String, u64)> =
            logs.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect();
        let outcome = judged(logs);
        tries -= 1;
        // The files of a node that runs grow while they are read, and one then has what another has not yet.
        let grown = |(name, size): &(String, u64)| {
            folder.join(format!("{name}.log")).metadata().is_ok_and(|meta| meta.len() != *size)
        };
        if outcome.is_ok() || tries == 0 || !sizes.iter().any(grown) {
            return Ok(outcome);
        }
    }
}

fn judged(logs: BTreeMap<String, Vec<u8>>) -> Result<Verified, Fault> {
    let mut shared = Vec::new();
    let mut journal = None;
    for (name, bytes) in logs {
        let is_journal = name == JOURNAL;
        let file = format!("{name}.log");
        let kind = if is_journal { LogKind::Journal } else { LogKind::Shared };
        let log = match read_log(kind, &bytes) {
            Ok(log) => log,
            Err(damage) => {
                let (entry, offset) = (Some(damage.index), Some(damage.offset as u64));
                return Err(Fault { file, entry, offset, reason: damage.reason.to_string() });
            }
        };
        let author = log.genesis().party;
        if is_journal {
            journal = Some(FileLog { file, log });
        } else if author.as_str() != name {
            return Err(at_start(file, format!("the file holds the log of {author}")));
        } else {
            shared.push(FileLog { file, log });
        }
    }
    let against_journal = |journal| stranger(journal, &shared).or_else(|| torn_apart(journal, &shared));
    if let Some(fault) = journal.as_ref().and_then(against_journal).or_else(|| absent(&shared)) {
        return Err(fault);
    }
    together(&shared).map(|record| Verified { shared, journal, record })
}

/// The bytes of every `.log` file of a folder, by name.
fn logs_in(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    // A node's own folder can hold other files of this ending, such as what it said to the terminal.
    let below = folder.join(RECORD);
    if below.is_dir() {
        let why = format!("{}: the log files of this node are in {}", folder.display(), below.display());
        return Err(files::unusable(why));
    }
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(|why| files::not_opened(folder, why))? {
        let path = entry?.path();
        let Some(name) = files::name(&path).strip_suffix(".log").map(str::to_owned) else { continue };
        anyhow::ensure!(found.len() < LOGS_MAX, "{}: more than {LOGS_MAX} log files", folder.display());
        let bytes = files::read_bounded(&path, LOG_FILE_BYTES_MAX)?;
        anyhow::ensure!(bytes.len() <= LOG_FILE_BYTES_MAX, "{}: larger than 2 GiB", path.display());
        found.insert(name, bytes);
    }
    if found.is_empty() {
        let why = "no log file here; a node keeps its log files in the folder `record` of its data folder";
        return Err(files::unusable(format!("{}: {why}", folder.display())));
    }
    Ok(found)
}

/// A journal and shared logs that are not of one moment: an entry that the journal took in and the logs lack, or the
/// reverse. Whatever was cut or taken away is named, not what is left.
fn torn_apart(journal: &FileLog, shared: &[FileLog]) -> Option<Fault> {
    let rows = journal.log.entries().iter().filter_map(|signed| match signed.body() {
        Body::Journal { rows, .. } => Some(rows),
        _ => None,
    });
    // What does not read is a journal of another format: it says nothing about the shared logs.
    let taken: Vec<TakenIn> = rows.map(|rows| taken_in(rows)).collect::<Option<Vec<_>>>()?.concat();
    let mut count: BTreeMap<&str, u64> = BTreeMap::new();
    for TakenIn { author, seq, .. } in &taken {
        let here = shared.iter().find(|one| one.log.genesis().party.as_str() == author);
        let Some(here) = here else {
            return Some(missing(author, &format!("the journal took in entry {seq} of it")));
        };
        let entries = here.log.entries().len() as u64;
        if *seq >= entries {
            let reason =
                format!("it ends here, and the journal took in entry {seq} of it: its end is missing");
            return Some(Fault { file: here.file.clone(), entry: Some(entries), offset: None, reason });
        }
        *count.entry(author).or_default() += 1;
    }
    for one in shared {
        let (party, entries) = (one.log.genesis().party, one.log.entries().len() as u64);
        let known = count.get(party.as_str()).copied().unwrap_or(0);
        if known < entries {
            let last = journal.log.entries().len() as u64;
            let reason = format!(
                "it ends here, and does not tell how entry {known} of {} came in: its end is missing, or that file is of a \
                 later day",
                one.file
            );
            return Some(Fault { file: journal.file.clone(), entry: Some(last), offset: None, reason });
        }
    }
    None
}

/// The log of an author of whom another log has seen entries, when its file is not there.
fn absent(shared: &[FileLog]) -> Option<Fault> {
    let here: BTreeSet<PartyId> = shared.iter().map(|one| one.log.genesis().party).collect();
    shared.iter().find_map(|one| {
        let mut seen = one.log.entries().iter().flat_map(|signed| &signed.entry().seen);
        let head = seen.find(|head| !here.contains(&head.author))?;
        Some(missing(head.author.as_str(), &format!("{} has seen entry {} of it", one.file, head.seq)))
    })
}

fn missing(author: &str, why: &str) -> Fault {
    let reason = format!(
        "this file is missing: {why}. The record folder of every node of the agreement has a copy; put one here"
    );
    Fault { file: format!("{author}.log"), entry: None, offset: None, reason }
}

fn at_start(file: String, reason: String) -> Fault {
    Fault { file, entry: Some(0), offset: Some(0), reason }
}

/// A journal whose keys are not those of its author's shared log.
fn stranger(journal: &FileLog, shared: &[FileLog]) -> Option<Fault> {
    let own = journal.log.genesis();
    let log = shared.iter().find(|one| one.log.genesis().party == own.party)?;
    let same = log.log.genesis().root_key == own.root_key && log.log.key() == journal.log.key();
    let reason = || format!("the keys are not those of {}", log.file);
    (!same).then(|| at_start(journal.file.clone(), reason()))
}

/// The record of all shared logs together. The files do not say which party stands first in the agreement, and the rules
/// ask it: the record holds if it holds in one of the two orders.
fn together(shared: &[FileLog]) -> Result<Record, Fault> {
    let Some(first) = shared.first() else {
        let file = JOURNAL_FILE.to_owned();
        let reason =
            "it stands alone: the shared logs, one file for each party, are missing beside it".to_owned();
        return Err(Fault { file, entry: None, offset: None, reason });
    };
    let agreement = first.log.agreement();
    if let Some(other) = shared.iter().find(|one| one.log.agreement() != agreement) {
        return Err(at_start(other.file.clone(), format!("of another agreement than {}", first.file)));
    }
    let (mut acting, mut watching): (Vec<&FileLog>, Vec<&FileLog>) =
        shared.iter().partition(|one| acts_for_a_party(&one.log));
    if let Some(third) = acting.get(2) {
        return Err(at_start(third.file.clone(), "a third author acts as a party".to_owned()));
    }
    // Logs of parties that have not written yet look like a neutral's: with nothing in them the choice changes nothing.
    while acting.len() < 2 && !watching.is_empty() {
        acting.push(watching.remove(0));
    }
    let [a, b] = acting.as_slice() else {
        let reason = format!(
            "only {} is here, and a record has the logs of two parties: the other party's file is missing",
            first.file
        );
        return Err(Fault { file: RECORD.to_owned(), entry: None, offset: None, reason });
    };
    let (a, b) = if a.log.genesis().party <= b.log.genesis().party { (a, b) } else { (b, a) };
    let logs: Vec<Log> = shared.iter().map(|one| one.log.clone()).collect();
    let in_order = |parties: [&FileLog; 2]| {
        let member =
            |one: &FileLog| Member { party: one.log.genesis().party, root_key: one.log.genesis().root_key };
        let neutrals = watching.iter().map(|one| member(one)).collect();
        let members = Members::new(agreement, parties.map(member), neutrals)
            .map_err(|why| at_start(parties[0].file.clone(), why.to_string()))?;
        Record::from_logs(members, &logs)
            .map_err(|misfit| place(shared, misfit.author, misfit.seq, &misfit.reason))
    };
    in_order([a, b])
        .or_else(|one| in_order([b, a]).map_err(|other| if other.entry > one.entry { other } else { one }))
}

/// Whether a log says anything that only a party may say.
fn acts_for_a_party(log: &Log) -> bool {
    let watches = |body: &Body| matches!(body, Body::Genesis(_) | Body::Observe { .. } | Body::Memo { .. });
    log.entries().iter().any(|signed| !watches(signed.body()))
}

fn place(shared: &[FileLog], author: PartyId, seq: u64, reason: &parley::Refusal) -> Fault {
    let found = shared.iter().find(|one| one.log.genesis().party == author);
    let before = found.map(|one| {
        let entries = one.log.entries().iter().take(usize::try_from(seq).unwrap_or(usize::MAX));
        entries.map(|signed| signed.bytes().len() as u64).sum()
    });
    let file = found.map_or_else(|| format!("{author}.log"), |one| one.file.clone());
    Fault { file, entry: Some(seq), offset: before, reason: reason.to_string() }
}

/// What an entry is about, in stable codes: numbers, labels and opaque names, nothing that means a person.
pub fn about(body: &Body) -> Vec<(&'static str, String)> {
    match body {
        Body::Genesis(genesis) => vec![("party", genesis.party.to_string())],
        Body::Text { digest } => vec![("digest", digest.to_string())],
        Body::Commit { round, .. }
        | Body::Reveal { round, .. }
        | Body::Withheld { round }
        | Body::Close { round } => {
            vec![("round", round.to_string())]
        }
        Body::Nominate { round, items, .. } => {
            vec![("round", round.to_string()), ("items", items.len().to_string())]
        }
        Body::Propose { round, version, items, .. } => vec![
            ("round", round.to_string()),
            ("version", version.to_string()),
            ("items", items.len().to_string()),
        ],
        Body::Accept { entry } | Body::Withdraw { entry } => vec![("entry", entry.to_string())],
        Body::Reject { entry, ground } => {
            vec![("entry", entry.to_string()), ("ground", ground.as_str().to_owned())]
        }
        Body::Will { round, item, occasion, answer } => vec![
            ("round", round.to_string()),
            ("item", item.to_string()),
            ("occasion", if *occasion == parley::Occasion::First { "1" } else { "2" }.to_owned()),
            ("answer", answer.as_str().to_owned()),
        ],
        Body::Depart { round, item, ground } => vec![
            ("round", round.to_string()),
            ("item", item.to_string()),
            ("ground", ground.as_str().to_owned()),
        ],
        Body::Release { round, item } => vec![("round", round.to_string()), ("item", item.to_string())],
        Body::Receipt { release } | Body::TakeBack { release } => vec![("release", release.to_string())],
        Body::Dispute { release, ground } => {
            vec![("release", release.to_string()), ("ground", ground.as_str().to_owned())]
        }
        Body::Notice { round, kind, .. } => {
            vec![("round", round.to_string()), ("kind", kind.as_str().to_owned())]
        }
        Body::Account { round, delivered, received, .. } => vec![
            ("round", round.to_string()),
            ("delivered", delivered.to_string()),
            ("received", received.to_string()),
        ],
        Body::Observe { heads } => {
            heads.iter().map(|head| ("head", format!("{} {}", head.author, head.seq))).collect()
        }
        Body::Memo { kind, digest } => {
            vec![("kind", kind.as_str().to_owned()), ("digest", digest.to_string())]
        }
        Body::Matching(said) => run_shown(said),
        Body::Keeping(keeping) => about_keeping(keeping),
        Body::Journal { action, officer, .. } => {
            vec![("action", action.as_str().to_owned()), ("officer", officer.as_str().to_owned())]
        }
    }
}

/// What an entry about a run of private matching says.
fn run_shown(said: &RunEntry) -> Vec<(&'static str, String)> {
    match said {
        RunEntry::Params { params } => vec![("session", parley::Digest::of(params).to_string())],
        RunEntry::Commit { session, .. } => vec![("session", session.to_string())],
        RunEntry::Evaluation { session, from, to, .. } => {
            vec![("session", session.to_string()), ("from", from.to_string()), ("to", to.to_string())]
        }
        RunEntry::Close { session, transcript } => {
            vec![("session", session.to_string()), ("transcript", transcript.to_string())]
        }
    }
}

/// What an entry that keeps a log going says.
fn about_keeping(keeping: &Keeping) -> Vec<(&'static str, String)> {
    match keeping {
        Keeping::Reset { from, reason, .. } => {
            vec![("from", from.to_string()), ("reason", reason.as_str().to_owned())]
        }
        Keeping::Resume { from, kept, .. } => {
            vec![("from", from.to_string()), ("head", format!("{} {}", kept.author, kept.seq))]
        }
        Keeping::Agree { entry } => vec![("entry", entry.to_string())],
        Keeping::Rotate { node_key, .. } => vec![("key", node_key.digest().to_string())],
        Keeping::Compromise { from, node_key, .. } => {
            vec![("from", from.to_string()), ("key", node_key.digest().to_string())]
        }
    }
}
