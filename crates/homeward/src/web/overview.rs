//! The overview: where the agreement stands, who is home, what comes next in each round, and what needs somebody now.

use askama::Template;
use parley::PartyId;
use register::Reading;
use serde::Serialize;
use time::Date;

use crate::acts::agreement::{self, Standing};
use crate::acts::books::{self, Totals};
use crate::acts::candidates::queue::{self, Gain, Waiting};
use crate::node::Shared;
use crate::officer::Role;
use crate::web::agreement::as_iso_if_any;
use crate::web::chart::{self, Svg};
use crate::web::desk::{Desk, Reply};
use crate::web::ledger::{ends, name_of};
use crate::web::matters;
use crate::web::refused::Refused;
use crate::web::rounds;
use crate::web::router::{Policy, Routes};
use crate::web::{Column, Page, Words};

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/", Policy::AnyOfficer, show)
}

/// The agreement in two words.
#[derive(Serialize)]
struct AgreementView {
    state: &'static str,
    title: Option<String>,
}

/// How many of one party's people are home.
#[derive(Serialize)]
struct ProgressView {
    party: String,
    name: String,
    /// Persons home after round 1, 2, ...
    home: Vec<u64>,
    /// How many at least are to come home to this party.
    floor: Option<u64>,
}

/// One round and what it waits for.
#[derive(Serialize)]
struct RoundView {
    number: u32,
    #[serde(serialize_with = "as_iso_if_any")]
    planned: Option<Date>,
    state: &'static str,
}

/// A round whose two accounts differ.
#[derive(Serialize)]
struct DiffersView {
    round: u32,
    differences: usize,
}

/// Something that needs somebody.
#[derive(Serialize)]
struct AlertView {
    /// Code: message key `overview-alert-<code>`.
    code: &'static str,
    count: u64,
    /// Whom it is about, where it is about another node.
    about: Option<String>,
    href: String,
}

/// The overview.
#[derive(Serialize)]
struct OverviewView {
    agreement: AgreementView,
    neutral: bool,
    parties: [String; 2],
    progress: Vec<ProgressView>,
    rounds: Vec<RoundView>,
    /// By receipts in both logs, from the first side's point of view.
    totals: Totals,
    differences: Vec<DiffersView>,
    alerts: Vec<AlertView>,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    page: Page,
    t: Words,
    v: &'a OverviewView,
    chart: Svg,
    /// Whether the officer may open a round's page, and the ledger.
    opens_rounds: bool,
    opens_ledger: bool,
}

impl OverviewPage<'_> {
    fn columns(&self, keys: &[&str]) -> Vec<Column> {
        keys.iter()
            .map(|key| Column { label: self.t.code("overview", key), numeric: *key == "round" })
            .collect()
    }

    fn progress_columns(&self) -> Vec<Column> {
        let round = Column { label: self.t.s("overview-round"), numeric: true };
        let party = |one: &ProgressView| Column { label: one.name.clone(), numeric: true };
        std::iter::once(round).chain(self.v.progress.iter().map(party)).collect()
    }

    fn agreement_colour(&self) -> &'static str {
        match self.v.agreement.state {
            "in-force" => "green",
            "put-forward" => "blue",
            _ => "grey",
        }
    }

    fn round_colour(&self, state: &str) -> &'static str {
        match state {
            "closed" => "green",
            "planned" => "grey",
            "crossing" | "closing" => "purple",
            "listed" => "turquoise",
            _ => "blue",
        }
    }

    fn home_after(&self, one: &ProgressView, at: &usize) -> String {
        one.home.get(*at).map_or_else(|| "–".to_owned(), |home| self.t.number(*home))
    }

    fn rounds_begun(&self) -> usize {
        self.v.progress.iter().map(|one| one.home.len()).max().unwrap_or(0)
    }
}

async fn show(desk: Desk) -> Result<Reply, Refused> {
    let view = view(&desk).await?;
    let rounds =
        [Role::Negotiator, Role::Approver, Role::Registrar, Role::Physician, Role::Escort, Role::Auditor];
    desk.reply(&view, desk.words.s("overview-title"), |page, t| {
        let lines: Vec<_> =
            view.progress.iter().map(|one| chart::Line { label: &one.name, home: &one.home }).collect();
        let floors: Vec<_> = view.progress.iter().map(|one| one.floor).collect();
        let floor =
            floors.first().copied().flatten().filter(|floor| floors.iter().all(|one| *one == Some(*floor)));
        OverviewPage {
            chart: chart::progress(&t, "progress", &lines, floor),
            opens_rounds: desk.officer.holds(&rounds),
            opens_ledger: desk.officer.holds(&[Role::Negotiator, Role::Approver, Role::Auditor]),
            page,
            t,
            v: &view,
        }
    })
}

async fn view(desk: &Desk) -> Result<OverviewView, Refused> {
    let node = &desk.node;
    let gains = gains(desk).await?;
    let shared = node.look().await?;
    let mut reading = node.register.read().await?;
    let ends = ends(node, &shared);
    let state = match agreement::standing(&shared.record) {
        Standing::None => "none",
        Standing::PutForward { .. } => "put-forward",
        Standing::InForce { .. } => "in-force",
    };
    let terms = shared.terms.as_ref();
    let title = terms.map(|terms| terms.title.in_language(desk.words.lang.code()).to_owned());
    let beside = books::side_by_side(&mut reading, &shared, &node.me, ends).await?;
    let differs: Vec<_> = beside.iter().filter(|one| !one.differences.is_empty()).collect();
    let received =
        |party: &PartyId| shared.record.view().rounds().map(|round| round.counts(party).received).sum();
    Ok(OverviewView {
        agreement: AgreementView { state, title },
        neutral: !node.config.is_party(),
        parties: ends.map(|party| name_of(terms, party.as_str(), desk.words)),
        progress: ends.iter().filter_map(|party| progress(&shared, party, desk.words)).collect(),
        rounds: rounds(&shared, &ends),
        totals: Totals { delivered: received(&ends[0]), received: received(&ends[1]) },
        alerts: alerts(desk, &shared, &mut reading, [differs.len(), gains]).await?,
        differences: differs
            .iter()
            .map(|one| DiffersView { round: one.round, differences: one.differences.len() })
            .collect(),
    })
}

/// The people of one party who are home, by the receipts that this party signed.
fn progress(shared: &Shared, party: &PartyId, t: Words) -> Option<ProgressView> {
    let holder = shared.record.members().other(party)?;
    let mut sum = 0;
    let mut home = Vec::new();
    for round in shared.record.view().rounds() {
        sum += round.counts(&holder).received;
        // A round in which nothing was said has no line of its own: its value is the one before.
        home.resize(
            (round.number() as usize).saturating_sub(1).min(1000),
            sum - round.counts(&holder).received,
        );
        home.push(sum);
    }
    let terms = shared.terms.as_ref();
    let floor = terms.and_then(|terms| {
        let [from, to] = [&holder, party].map(|label| exchange::ids::Party::new(label.as_str()).ok());
        terms.quantity(&from?, &to?)?.amount.least().map(u64::from)
    });
    let name = name_of(terms, party.as_str(), t);
    Some(ProgressView { party: party.to_string(), name, home, floor })
}

fn rounds(shared: &Shared, ends: &[PartyId; 2]) -> Vec<RoundView> {
    let planned = shared.terms.as_ref().map_or(&[][..], |terms| &terms.rounds);
    let one = |plan: &exchange::agreement::Round| RoundView {
        number: plan.no,
        planned: Some(plan.planned),
        state: rounds::state_code(shared.record.view().round(plan.no), ends),
    };
    planned.iter().map(one).collect()
}

/// How many pairs of dossiers wait for a registrar in which a family would learn that somebody lives or is dead, as far as the
/// node has looked.
async fn gains(desk: &Desk) -> Result<usize, Refused> {
    if !desk.officer.holds(&[Role::Registrar]) || !desk.node.config.is_party() {
        return Ok(0);
    }
    let learned = |waiting: &Waiting| waiting.unsure.is_none() && waiting.gain <= Gain::Dead;
    let all = queue::with(&desk.node, |queue| {
        queue.waiting(&desk.officer.closed).filter(|(_, waiting)| learned(waiting)).count()
    });
    Ok(all.await?)
}

async fn alerts(
    desk: &Desk,
    shared: &Shared,
    reading: &mut Reading,
    [differing, gains]: [usize; 2],
) -> Result<Vec<AlertView>, Refused> {
    let node = &desk.node;
    let mut alerts = Vec::new();
    let mut note = |code, count: u64, about: Option<String>, href: &str| {
        if count > 0 {
            alerts.push(AlertView { code, count, about, href: href.to_owned() });
        }
    };
    let health = node.register.health();
    if desk.officer.holds(&[Role::Negotiator, Role::Approver, Role::Auditor]) {
        note("accounts-differ", differing as u64, None, "/ledger");
    }
    if desk.officer.holds(matters::READERS) {
        let waiting = matters::waiting(desk, reading, shared).await?;
        note("notices-unanswered", waiting.unanswered, None, "/notices");
        note("notices-overdue", waiting.overdue, None, "/notices");
    }
    note("candidates", gains as u64, None, "/candidates");
    note("stopped", u64::from(health.stopped.is_some()), None, "/log");
    for fork in shared.record.forks() {
        note("fork", 1, Some(fork.author().to_string()), "/log");
    }
    for peer in node.unequal() {
        note("unequal", 1, Some(peer.to_string()), "/log");
    }
    note("files-behind", u64::from(health.files_behind), None, "/log");
    note("entries-wait", shared.record.waiting() as u64, None, "/log");
    let text = matches!(agreement::standing(&shared.record), Standing::PutForward { author, .. } if author != node.me);
    note("agreement-waits", u64::from(text && node.config.is_party()), None, "/agreement");
    if desk.officer.holds(&[Role::Approver]) {
        let drafts = reading.open_drafts().await?.whole()?;
        let others = drafts.iter().filter(|draft| draft.drafted_by != desk.officer.id()).count();
        note("drafts-wait", others as u64, None, "/drafts");
    }
    if node.config.is_party() {
        for round in shared.record.view().rounds() {
            let waits = round.open_proposals().iter().filter(|proposal| proposal.author != node.me).count();
            let about = Some(round.number().to_string());
            note("proposal-waits", waits as u64, about, &format!("/rounds/{}", round.number()));
        }
        let now = node.clock.now();
        note("calls-overdue", reading.calls_overdue(now).await?, None, "/calls");
    }
    Ok(alerts)
}
