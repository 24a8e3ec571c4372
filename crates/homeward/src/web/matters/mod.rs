//! Notices, after-conditions, phases and own readings at the desk.
//!
//! Every page is computed from the same acts as the books, so both nodes show the same. A negotiator drafts, an approver
//! carries out; a neutral reads. The pages say what was said and until when an answer is due, never who is right.

mod conditions;
mod forms;
mod notices;
mod phases;
mod readings;
mod windows;

use exchange::agreement::{LabelId, Terms};
use exchange::ids::Party;
use exchange::ledger::{Act as Stating, Voice};
use exchange::moment::Moment;
use exchange::notice::{self, State};
use register::{DraftRow, Reading};
use serde::Serialize;

use crate::acts::books::{self, Booked, Books};
use crate::acts::drafts;
use crate::acts::matters::{self, Matter, Stated};
use crate::node::Shared;
use crate::officer::Role;
use crate::web::desk::Desk;
use crate::web::ledger::name_of;
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::unlawful::short;
use crate::web::{Choice, Column, Words};

/// How many matters that do not count a page lists.
const UNCOUNTED_MAX: usize = 200;

/// How much of a clause a choice shows.
const CLAUSE_CHARS_MAX: usize = 60;

pub use conditions::{colour as colour_of_condition, until_words};
pub use notices::colour as colour_of_notice;
pub use windows::closed_words;

/// Who reads what the parties say to one another.
pub const READERS: &[Role] = &[Role::Negotiator, Role::Approver, Role::Auditor];

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    let (readers, negotiator) = (Policy::Roles(READERS), Policy::Roles(&[Role::Negotiator]));
    routes
        .get("/notices", readers, notices::list)
        .post("/notices", negotiator, forms::notice)
        .get("/notices/{n}", readers, notices::one)
        .post("/notices/{n}/reply", negotiator, forms::reply)
        .post("/notices/{n}/close", negotiator, forms::close)
        .get("/conditions", readers, conditions::list)
        .get("/conditions/{id}", readers, conditions::one)
        .post("/conditions/{id}/observe", negotiator, forms::observe)
        .post("/conditions/{id}/end", negotiator, forms::end)
        .get("/phases", Policy::AnyOfficer, phases::list)
        .post("/phases/{id}", negotiator, forms::phase)
        .get("/readings", readers, readings::list)
        .post("/readings", negotiator, forms::reading)
}

/// The page that shows what a draft would say.
pub fn page_of(matter: &Matter) -> String {
    match matter {
        Matter::Notice { .. } => "/notices".to_owned(),
        Matter::Reply { no, .. } | Matter::NoticeClosed { no } => format!("/notices/{no}"),
        Matter::Phase { .. } => "/phases".to_owned(),
        Matter::Observed { condition, .. } | Matter::ConditionEnded { condition } => {
            if LabelId::new(condition).is_some() {
                format!("/conditions/{condition}")
            } else {
                "/conditions".to_owned()
            }
        }
        Matter::Reading { .. } => "/readings".to_owned(),
    }
}

/// Threads that wait: not answered by this side in time or yet, and overdue on either.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Waiting {
    /// Notices of the other party that this side has not answered, still in time.
    pub unanswered: u64,
    /// Notices of anybody whose answer is overdue.
    pub overdue: u64,
}

/// Which threads wait now.
pub async fn waiting(desk: &Desk, reading: &mut Reading, shared: &Shared) -> Result<Waiting, Refused> {
    let mut waiting = Waiting::default();
    let (Some(found), Some(terms)) = (matters::known(reading, shared).await?, &shared.terms) else {
        return Ok(waiting);
    };
    let acts: Vec<Stating> = found.acts().map(|booked| booked.act).collect();
    let me = terms.voice(desk.node.me.as_str());
    let party = desk.node.config.is_party();
    for thread in notice::notices(terms, &acts).threads {
        match thread.state(now(desk)) {
            Some(State::Open { .. }) if party && Some(thread.by) != me => waiting.unanswered += 1,
            Some(State::Overdue { .. }) => waiting.overdue += 1,
            _ => {}
        }
    }
    Ok(waiting)
}

/// What the pages are computed from.
struct Known {
    terms: Terms,
    books: Books,
    acts: Vec<Stating>,
    now: Moment,
    me: Option<Voice>,
}

/// The books of the agreement in force; nothing where there is none.
async fn known(desk: &Desk, reading: &mut Reading) -> Result<Option<Known>, Refused> {
    let shared = desk.node.look().await?;
    let in_force = matches!(
        crate::acts::agreement::standing(&shared.record),
        crate::acts::agreement::Standing::InForce { .. }
    );
    let Some(terms) = shared.terms.as_ref().filter(|_| in_force) else { return Ok(None) };
    let books = books::books(reading, &shared, &desk.node.me, terms).await?;
    let acts = books.acts.iter().map(|booked| booked.act).collect();
    let me = desk.node.config.is_party().then(|| terms.voice(desk.node.me.as_str())).flatten();
    Ok(Some(Known { terms: terms.clone(), books, acts, now: now(desk), me }))
}

fn now(desk: &Desk) -> Moment {
    Moment(desk.node.clock.now().div_euclid(1000))
}

/// A moment as pages take it, in milliseconds.
fn ms(at: Moment) -> i64 {
    at.0.saturating_mul(1000)
}

impl Known {
    /// Whether the officer may draft a matter here.
    fn writes(&self, desk: &Desk) -> bool {
        self.me.is_some() && desk.officer.holds(&[Role::Negotiator])
    }

    /// The name of whoever states something.
    fn name(&self, by: Voice, t: Words) -> String {
        self.terms.voice_id(by).map_or_else(String::new, |party| self.party(party, t))
    }

    fn party(&self, party: &Party, t: Words) -> String {
        name_of(Some(&self.terms), party.as_str(), t)
    }

    fn names(&self, voices: &[Voice], t: Words) -> Vec<String> {
        voices.iter().map(|voice| self.name(*voice, t)).collect()
    }

    fn clause(&self, no: u32, t: Words) -> String {
        let clause = self.terms.clause(no);
        clause.map_or_else(String::new, |clause| clause.text.in_language(t.lang.code()).to_owned())
    }

    /// The matter behind an act, by its place among the acts.
    fn matter(&self, act: usize) -> Option<(&Booked, &Matter)> {
        let booked = self.books.acts.get(act)?;
        Some((booked, self.books.matters.by_entry(&booked.entry?)?))
    }

    /// What was said and does not count, of these kinds and of kinds that are not known here; the latest first.
    fn uncounted(&self, kinds: &[&str], t: Words) -> Vec<UncountedView> {
        let of_kind = |one: &&Stated| kinds.contains(&one.kind.as_str()) || !matters::is_kind(&one.kind);
        let all = self.books.matters.all().iter().rev().filter(of_kind);
        let view = |one: &Stated| {
            let why = one.uncounted.as_ref()?;
            Some(UncountedView {
                by: name_of(Some(&self.terms), one.author.as_str(), t),
                at: ms(one.at),
                kind: one.kind.clone(),
                code: why.code,
                detail: why.detail.clone(),
                entry: short(&one.entry.0),
            })
        };
        all.filter_map(view).take(UNCOUNTED_MAX).collect()
    }
}

/// Something said that does not count.
#[derive(Serialize)]
struct UncountedView {
    by: String,
    at: i64,
    kind: String,
    code: &'static str,
    detail: String,
    entry: String,
}

/// A draft that waits for a second officer.
#[derive(Serialize)]
struct DraftView {
    id: String,
    kind: &'static str,
    /// The notice, clause, phase or condition that it is about.
    about: String,
    /// What it would say, word for word.
    words: String,
    drafted_by: String,
    drafted_at: i64,
    mine: bool,
    /// Whether this officer may carry it out.
    approve: bool,
    /// Whether this officer may dismiss it.
    dismiss: bool,
}

/// The drafts of matters that a page shows.
async fn drafts_of(
    desk: &Desk,
    reading: &mut Reading,
    shown: impl Fn(&Matter) -> bool,
) -> Result<Vec<DraftView>, Refused> {
    let rows = reading.open_drafts().await?.whole()?;
    let approver = desk.officer.holds(&[Role::Approver]);
    let view = |row: DraftRow| {
        let matter = drafts::read(&row)?.matter().filter(|matter| shown(matter))?;
        let mine = row.drafted_by == desk.officer.id();
        Some(DraftView {
            id: row.id,
            kind: matter.kind(),
            about: about(&matter, desk.words),
            words: matter.words().to_owned(),
            drafted_by: row.drafted_by,
            drafted_at: row.drafted_at,
            mine,
            approve: approver && !mine,
            dismiss: approver || mine,
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// What a draft is about, in words where there are words for it.
fn about(matter: &Matter, t: Words) -> String {
    let named = match matter {
        Matter::Notice { no, clause, .. } => Some(t.s2("matters-about-notice", "no", no, "clause", clause)),
        Matter::Reply { no, .. } | Matter::NoticeClosed { no } => Some(t.s1("matters-about-reply", "no", no)),
        _ => matter.about(),
    };
    let item = match matter {
        Matter::Observed { item: Some(item), .. } => Some(short(item)),
        _ => None,
    };
    named.into_iter().chain(item).collect::<Vec<_>>().join(", ")
}

/// The clauses of the text as choices of a form.
fn clause_choices(terms: &Terms, t: Words) -> Vec<Choice> {
    let choice = |clause: &exchange::agreement::Clause| {
        let whole = format!("{}. {}", clause.no, clause.text.in_language(t.lang.code()));
        let mut label: String = whole.chars().take(CLAUSE_CHARS_MAX).collect();
        if label.len() < whole.len() {
            label.push('…');
        }
        Choice { value: clause.no.to_string(), label, hint: String::new() }
    };
    terms.clauses.iter().map(choice).collect()
}

fn columns(t: &Words, keys: &[&str]) -> Vec<Column> {
    let numeric = ["clause", "persons"];
    keys.iter().map(|key| Column { label: t.code("matters", key), numeric: numeric.contains(key) }).collect()
}
