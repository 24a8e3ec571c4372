//! What the rehearsal reads of the desk's views: only the fields its officers act on.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Two-officer acts that wait.
#[derive(Deserialize)]
pub struct Drafts {
    /// Open drafts.
    pub drafts: Vec<Draft>,
}

/// One of them.
#[derive(Deserialize)]
pub struct Draft {
    /// Identifier.
    pub id: String,
    /// Code of the kind.
    pub kind: String,
}

/// The agreement as a desk shows it.
#[derive(Deserialize)]
pub struct Agreement {
    /// `none`, `put-forward`, `in-force`.
    pub state: String,
    /// SHA-256 of the text.
    #[serde(default)]
    pub digest: Option<String>,
}

/// The notices of both sides.
#[derive(Deserialize)]
pub struct Notices {
    /// By number.
    pub threads: Vec<Thread>,
}

/// A notice with what followed it.
#[derive(Deserialize)]
pub struct Thread {
    /// Its number.
    pub no: u32,
    /// When it was given.
    pub at: i64,
    /// `open`, `overdue`, `replied`, `closed` or `later`.
    pub state: String,
}

/// What an upload would import.
#[derive(Deserialize)]
pub struct ImportPreview {
    /// The draft to confirm.
    pub import: Option<String>,
    /// Rows accepted.
    pub accepted: usize,
    /// Rows refused.
    #[serde(default)]
    pub refused: Vec<serde_json::Value>,
}

/// What was imported.
#[derive(Deserialize)]
pub struct Imported {
    /// Persons.
    pub imported: usize,
}

/// Openings of the other party and the dossiers they may belong to.
#[derive(Deserialize)]
pub struct Links {
    /// One line an opening.
    pub lines: Vec<Link>,
}

/// One opening.
#[derive(Deserialize)]
pub struct Link {
    /// The item.
    pub item: String,
    /// The dossier proposed.
    pub candidate: Option<serde_json::Value>,
    /// Whether a registrar has accepted a dossier.
    pub accepted: bool,
}

/// How a round stands at one node.
#[derive(Deserialize)]
pub struct RoundView {
    /// This side.
    pub mine: Stand,
    /// The other side.
    pub theirs: Stand,
    /// The list in force.
    #[serde(default)]
    pub list: Option<ListView>,
    /// Proposals that wait for an answer.
    #[serde(default)]
    pub proposals: Vec<Proposal>,
    /// What re-running the other side's selection gave.
    #[serde(default)]
    pub check: Option<Check>,
    /// Everyone who is or was on the list.
    #[serde(default)]
    pub items: Vec<ItemLine>,
    /// Notices so far.
    #[serde(default)]
    pub notices: Vec<serde_json::Value>,
}

/// How far a side is.
#[derive(Deserialize)]
pub struct Stand {
    /// Seed revealed.
    pub revealed: bool,
    /// Its pool is at the node.
    pub pool: bool,
    /// Roll nominated.
    pub nominated: bool,
    /// Round closed.
    pub closed: bool,
}

/// The list in force.
#[derive(Deserialize)]
pub struct ListView {
    /// Version; 0 before there is one.
    pub version: u32,
}

/// A proposal.
#[derive(Deserialize)]
pub struct Proposal {
    /// Its entry.
    pub entry: String,
    /// Version it would make.
    pub version: u32,
    /// Whether this side made it.
    pub mine: bool,
    /// What this desk finds against it.
    #[serde(default)]
    pub flagged: Vec<Flag>,
}

/// Something found against one item of a proposal.
#[derive(Deserialize)]
pub struct Flag {
    /// The item.
    pub item: String,
    /// Code: `already-returned`, `not-nominated`, `check-failed`.
    pub why: String,
}

/// The check of the other side's roll.
#[derive(Deserialize)]
pub struct Check {
    /// `ok`, or what is wrong.
    pub of_theirs: serde_json::Value,
}

/// One item of the round.
#[derive(Deserialize, Clone)]
pub struct ItemLine {
    /// The item.
    pub item: String,
    /// `mine` or `theirs`.
    pub holder: String,
    /// Code of the state.
    pub state: String,
    /// First answer.
    #[serde(default)]
    pub will1: Option<String>,
    /// Second answer.
    #[serde(default)]
    pub will2: Option<String>,
}

impl RoundView {
    /// Items of this side in one of the states.
    pub fn own_in(&self, states: &[&str]) -> Vec<ItemLine> {
        self.of("mine", states)
    }

    /// Items of the other side in one of the states.
    pub fn theirs_in(&self, states: &[&str]) -> Vec<ItemLine> {
        self.of("theirs", states)
    }

    fn of(&self, holder: &str, states: &[&str]) -> Vec<ItemLine> {
        let wanted = |line: &&ItemLine| line.holder == holder && states.contains(&line.state.as_str());
        let mut found: Vec<ItemLine> = self.items.iter().filter(wanted).cloned().collect();
        found.sort_by(|a, b| a.item.cmp(&b.item));
        found
    }

    /// The other side's proposal that waits for this side.
    pub fn waiting(&self) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| !proposal.mine)
    }

    /// Where the round stands, in a line, for the message of a wait that was in vain.
    pub fn brief(&self) -> String {
        let mut states: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for line in &self.items {
            *states.entry((&line.holder, &line.state)).or_default() += 1;
        }
        let flags = self.proposals.iter().map(|one| {
            let why: Vec<&str> = one.flagged.iter().map(|flag| flag.why.as_str()).collect();
            format!("version {} (ours: {}) {why:?}", one.version, one.mine)
        });
        let check = self.check.as_ref().map_or("none".to_owned(), |check| check.of_theirs.to_string());
        let flags: Vec<String> = flags.collect();
        format!("list {}, proposals {flags:?}, check {check}, items {states:?}", self.version())
    }

    /// Version of the list in force; 0 before there is one.
    pub fn version(&self) -> u32 {
        self.list.as_ref().map_or(0, |list| list.version)
    }
}

/// The ledger of one node.
#[derive(Deserialize)]
pub struct Ledger {
    /// Digest over this side's books.
    pub digest: String,
    /// Every clause with a number, as the text has it and as each party reads it.
    #[serde(default)]
    pub clauses: Vec<ClauseLine>,
    /// Round by round.
    #[serde(default)]
    pub rounds: Vec<LedgerRound>,
}

/// A clause as one reader reads it.
#[derive(Deserialize)]
pub struct ClauseLine {
    /// The clause.
    pub clause: u32,
    /// The quantity, by id.
    pub quantity: String,
    /// Who reads it so, by label; nobody for the text.
    #[serde(default)]
    pub read_by: Option<String>,
    /// What it asks.
    pub asks: String,
    /// The least.
    #[serde(default)]
    pub least: Option<u32>,
    /// The most.
    #[serde(default)]
    pub most: Option<u32>,
    /// Received by both sides' word.
    pub received: String,
    /// Still owed of the least.
    #[serde(default)]
    pub outstanding: Option<String>,
}

/// A round in the ledger.
#[derive(Deserialize)]
pub struct LedgerRound {
    /// The round.
    pub number: usize,
    /// Differences listed.
    #[serde(default)]
    pub differences: Vec<serde_json::Value>,
}

/// The call list.
#[derive(Deserialize)]
pub struct Calls {
    /// Calls of the round asked for.
    pub calls: Vec<Call>,
}

/// One family.
#[derive(Deserialize, Clone)]
pub struct Call {
    /// Identifier.
    pub id: String,
    /// Code of the state.
    pub state: String,
}

/// Bulletins of this node.
#[derive(Deserialize)]
pub struct Bulletins {
    /// All, drafts too.
    pub bulletins: Vec<BulletinLine>,
}

/// One of them.
#[derive(Deserialize)]
pub struct BulletinLine {
    /// Identifier.
    pub id: String,
    /// Code of the state.
    #[serde(default)]
    pub state: String,
}

/// Exactly what a bulletin would publish.
#[derive(Deserialize)]
pub struct BulletinPreview {
    /// What the guard finds.
    #[serde(default)]
    pub findings: Vec<serde_json::Value>,
}

/// Codes of an item's state at the desk.
pub mod state {
    /// On the list, not asked yet.
    pub const LISTED: &str = "listed";
    /// Asked once.
    pub const WILLED_ONCE: &str = "willed-once";
    /// Asked twice.
    pub const WILLED_TWICE: &str = "willed-twice";
    /// Released, not confirmed.
    pub const IN_TRANSIT: &str = "in-transit";
    /// Confirmed.
    pub const RECEIVED: &str = "received";
    /// Denied: nobody came.
    pub const NOT_DELIVERED: &str = "not-delivered";
    /// Denied: somebody else came.
    pub const OTHER_PERSON: &str = "other-person";
}

/// The rolls of a round.
#[derive(Deserialize)]
pub struct RollView {
    /// This side's roll.
    pub mine: Vec<RollLine>,
}

/// One person chosen.
#[derive(Deserialize)]
pub struct RollLine {
    /// The item.
    pub item: String,
    /// Code of the category.
    pub category: String,
}

impl RollView {
    /// This side's roll.
    pub fn mine(&self) -> &[RollLine] {
        &self.mine
    }

    /// SHA-256 over the items chosen, ascending.
    pub fn digest(&self) -> String {
        use sha2::{Digest, Sha256};
        let mut items: Vec<&str> = self.mine.iter().map(|line| line.item.as_str()).collect();
        items.sort_unstable();
        crate::chance::hex(&Sha256::digest(items.join("\n")))
    }
}
