//! The threads of notices: one line for each, and the documents of one in order.

use askama::Template;
use axum::extract::Path;
use exchange::ledger::{NoticeAct, Voice, What};
use exchange::notice::{self, Answer, State, Thread};
use serde::Serialize;

use super::{DraftView, Known, UncountedView, clause_choices, columns, drafts_of, known, ms};
use crate::acts::matters::Matter;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::unlawful::short;
use crate::web::{Choice, Column, Page, Words};

/// The kinds of matters on these pages.
const KINDS: [&str; 3] = ["notice", "reply", "notice-closed"];

/// A thread as the list shows it.
#[derive(Serialize)]
struct ThreadView {
    no: u32,
    clause: u32,
    by: String,
    mine: bool,
    at: i64,
    /// `open`, `overdue`, `replied`, `closed`, or `later` where it is dated later than now.
    state: &'static str,
    /// Until when an answer is due; nothing where no time was agreed.
    due: Option<i64>,
    /// When it was first answered, or closed.
    since: Option<i64>,
}

/// The list.
#[derive(Serialize)]
struct NoticesView {
    in_force: bool,
    neutral: bool,
    writes: bool,
    /// Hours to answer, where the agreement says.
    answer_hours: Option<u32>,
    /// The clause that says so.
    answer_clause: Option<u32>,
    threads: Vec<ThreadView>,
    uncounted: Vec<UncountedView>,
    drafts: Vec<DraftView>,
}

#[derive(Template)]
#[template(path = "notices.html")]
struct NoticesPage<'a> {
    page: Page,
    t: Words,
    v: &'a NoticesView,
    clauses: Vec<Choice>,
}

impl NoticesPage<'_> {
    fn columns(&self, keys: &[&str]) -> Vec<Column> {
        columns(&self.t, keys)
    }
}

/// One document of a thread.
#[derive(Serialize)]
struct DocumentView {
    /// `notice`, `reply` or `notice-closed`.
    kind: &'static str,
    by: String,
    at: i64,
    text: String,
    /// Whether it is a reply after the agreed time.
    late: bool,
    entry: String,
}

/// One thread.
#[derive(Serialize)]
struct OneView {
    neutral: bool,
    thread: ThreadView,
    clause_text: String,
    documents: Vec<DocumentView>,
    may_reply: bool,
    may_close: bool,
    drafts: Vec<DraftView>,
}

#[derive(Template)]
#[template(path = "notices_one.html")]
struct OnePage<'a> {
    page: Page,
    t: Words,
    v: &'a OneView,
}

/// The colour of a state; its words carry the meaning.
pub fn colour(state: &str) -> &'static str {
    match state {
        "open" => "blue",
        "overdue" => "orange",
        "replied" => "turquoise",
        _ => "grey",
    }
}

/// `GET /notices`
pub async fn list(desk: Desk) -> Result<Reply, Refused> {
    let mut reading = desk.node.register.read().await?;
    let found = known(&desk, &mut reading).await?;
    let drafts = drafts_of(&desk, &mut reading, |matter| matter.notice().is_some()).await?;
    let mut view = NoticesView {
        in_force: found.is_some(),
        neutral: !desk.node.config.is_party(),
        writes: false,
        answer_hours: None,
        answer_clause: None,
        threads: Vec::new(),
        uncounted: Vec::new(),
        drafts,
    };
    let mut clauses = Vec::new();
    if let Some(found) = &found {
        let agreed = found.terms.notices;
        view.writes = found.writes(&desk);
        view.answer_hours = agreed.map(|agreed| agreed.answer_hours);
        view.answer_clause = agreed.map(|agreed| agreed.clause);
        let threads = notice::notices(&found.terms, &found.acts).threads;
        view.threads = threads.iter().map(|thread| found.thread(thread, desk.words)).collect();
        view.uncounted = found.uncounted(&KINDS, desk.words);
        clauses = clause_choices(&found.terms, desk.words);
    }
    desk.reply(&view, desk.words.s("notices-title"), |page, t| NoticesPage { page, t, v: &view, clauses })
}

impl Known {
    fn thread(&self, thread: &Thread, t: Words) -> ThreadView {
        let due = match thread.answer {
            Answer::DueBefore(due) => Some(ms(due)),
            Answer::NoTimeAgreed => None,
        };
        let (state, since) = match thread.state(self.now) {
            None => ("later", None),
            Some(State::Open { .. }) => ("open", None),
            Some(State::Overdue { .. }) => ("overdue", None),
            Some(State::Replied { at }) => ("replied", Some(ms(at))),
            Some(State::Closed { at }) => ("closed", Some(ms(at))),
        };
        ThreadView {
            no: thread.no,
            clause: thread.clause,
            by: self.name(thread.by, t),
            mine: self.me == Some(thread.by),
            at: ms(thread.at),
            state,
            due,
            since,
        }
    }

    /// What belongs to a thread, in order.
    fn documents(&self, thread: &Thread, t: Words) -> Vec<DocumentView> {
        let late = |by: Voice, at| match thread.answer {
            Answer::DueBefore(due) => by != thread.by && due <= at,
            Answer::NoTimeAgreed => false,
        };
        let mut documents = Vec::new();
        for (place, act) in self.acts.iter().enumerate() {
            let (What::Notice { no, kind }, Some(at)) = (act.what, act.at) else { continue };
            let Some((booked, matter)) = self.matter(place).filter(|_| no == thread.no) else { continue };
            documents.push(DocumentView {
                kind: matter.kind(),
                by: self.name(act.by, t),
                at: ms(at),
                text: matter.words().to_owned(),
                late: kind == NoticeAct::Replied && late(act.by, at),
                entry: booked.entry.map(|entry| short(&entry.0)).unwrap_or_default(),
            });
        }
        documents
    }
}

/// `GET /notices/{n}`
pub async fn one(desk: Desk, Path(no): Path<u32>) -> Result<Reply, Refused> {
    let mut reading = desk.node.register.read().await?;
    let found = known(&desk, &mut reading).await?.ok_or(Refused::NotFound)?;
    let threads = notice::notices(&found.terms, &found.acts).threads;
    let thread = threads.iter().find(|thread| thread.no == no).ok_or(Refused::NotFound)?;
    let writes = found.writes(&desk);
    let mine = found.me == Some(thread.by);
    let of_thread = |matter: &Matter| matter.notice() == Some(no) && !matches!(matter, Matter::Notice { .. });
    let view = OneView {
        neutral: !desk.node.config.is_party(),
        thread: found.thread(thread, desk.words),
        clause_text: found.clause(thread.clause, desk.words),
        documents: found.documents(thread, desk.words),
        may_reply: writes && !mine,
        may_close: writes && mine && thread.closed.is_none(),
        drafts: drafts_of(&desk, &mut reading, of_thread).await?,
    };
    desk.reply(&view, desk.words.s1("notices-one", "no", no), |page, t| OnePage { page, t, v: &view })
}
