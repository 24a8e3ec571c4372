//! What the parties read otherwise than the text: in the text itself, and attached afterwards. Side by side, none settled.

use askama::Template;
use exchange::agreement::Reading;
use serde::Serialize;

use super::{DraftView, Known, UncountedView, drafts_of, known, ms};
use crate::acts::matters::Matter;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::{Page, Words};

const KINDS: [&str; 1] = ["reading"];

/// One reading of one party.
#[derive(Serialize)]
struct ReadingView {
    party: String,
    clause: u32,
    clause_text: String,
    says: String,
    /// `amount`, `account`, `worth`, `when` or `words`: what it changes in the accounts under this reading.
    changes: &'static str,
    /// Whether it stands in the signed text.
    signed: bool,
}

/// A file that a party attached.
#[derive(Serialize)]
struct FileView {
    by: String,
    at: i64,
    /// Whether a later file has taken its place.
    replaced: bool,
    toml: String,
}

/// The readings.
#[derive(Serialize)]
struct ReadingsView {
    in_force: bool,
    neutral: bool,
    writes: bool,
    digest: Option<String>,
    readings: Vec<ReadingView>,
    files: Vec<FileView>,
    uncounted: Vec<UncountedView>,
    drafts: Vec<DraftView>,
}

#[derive(Template)]
#[template(path = "readings.html")]
struct ReadingsPage<'a> {
    page: Page,
    t: Words,
    v: &'a ReadingsView,
}

/// `GET /readings`
pub async fn list(desk: Desk) -> Result<Reply, Refused> {
    let mut reading = desk.node.register.read().await?;
    let found = known(&desk, &mut reading).await?;
    let of_kind = |matter: &Matter| KINDS.contains(&matter.kind());
    let mut view = ReadingsView {
        in_force: found.is_some(),
        neutral: !desk.node.config.is_party(),
        writes: false,
        digest: None,
        readings: Vec::new(),
        files: Vec::new(),
        uncounted: Vec::new(),
        drafts: drafts_of(&desk, &mut reading, of_kind).await?,
    };
    if let Some(found) = &found {
        view.writes = found.writes(&desk);
        view.digest = Some(found.terms.digest().to_string());
        let signed = found.terms.readings.len() - found.terms.attached_readings().len();
        let each = found.terms.readings.iter().enumerate();
        view.readings = each.map(|(at, one)| found.reading(one, at < signed, desk.words)).collect();
        view.files = found.files(desk.words);
        view.uncounted = found.uncounted(&KINDS, desk.words);
    }
    desk.reply(&view, desk.words.s("readings-title"), |page, t| ReadingsPage { page, t, v: &view })
}

impl Known {
    fn reading(&self, one: &Reading, signed: bool, t: Words) -> ReadingView {
        use exchange::agreement::Change;
        let changes = match one.change {
            Change::Amount { .. } => "amount",
            Change::LegAccount { .. } | Change::CategoryAccount { .. } => "account",
            Change::Worth { .. } => "worth",
            Change::When { .. } => "when",
            Change::Words => "words",
        };
        ReadingView {
            party: self.party(&one.party, t),
            clause: one.clause,
            clause_text: self.clause(one.clause, t),
            says: one.says.in_language(t.lang.code()).to_owned(),
            changes,
            signed,
        }
    }

    fn files(&self, t: Words) -> Vec<FileView> {
        let mut files: Vec<FileView> = Vec::new();
        let mut authors = std::collections::BTreeSet::new();
        let of_kind: Vec<_> = self.books.matters.counted().filter(|(one, _)| one.kind == KINDS[0]).collect();
        for (stated, matter) in of_kind.into_iter().rev() {
            files.push(FileView {
                by: crate::web::ledger::name_of(Some(&self.terms), stated.author.as_str(), t),
                at: ms(stated.at),
                replaced: !authors.insert(stated.author),
                toml: matter.words().to_owned(),
            });
        }
        files
    }
}
