//! The phases: what state each is in now, when it opens and closes, what it waits for, and what parties have said of it.

use askama::Template;
use axum::extract::Query;
use exchange::agreement::{Expiry, Lasts, Phase};
use exchange::ledger::What;
use exchange::phase::{State, Timeline, Why, needs_categories};
use serde::{Deserialize, Serialize};

use super::windows::WindowsView;
use super::{DraftView, Known, READERS, UncountedView, columns, drafts_of, known, ms};
use crate::acts::matters::{Matter, may_say};
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::unlawful::short;
use crate::web::{Choice, Column, Page, Pages, Words};

/// The kinds of matters on this page.
const KINDS: [&str; 4] = ["phase-opened", "phase-completed", "phase-suspended", "phase-resumed"];

/// What a party said of a phase.
#[derive(Serialize)]
struct WordView {
    by: String,
    at: i64,
    /// `phase-opened`, `phase-completed`, `phase-suspended` or `phase-resumed`.
    kind: &'static str,
    reason: String,
    entry: String,
}

/// A phase and its state now.
#[derive(Serialize)]
struct PhaseView {
    id: String,
    clause: u32,
    name: String,
    /// The ways that run in it: from, to.
    legs: Vec<[String; 2]>,
    /// `waiting`, `open`, `suspended`, `complete`, `expired`, or `not-known` where it depends on categories that are not known
    /// here.
    state: &'static str,
    /// What it waits for: `phases`, `until` or `word`.
    waits: Option<&'static str>,
    /// The phases or parties that it waits for.
    waits_for: Vec<String>,
    opens: Option<i64>,
    /// Since when the state holds.
    since: Option<i64>,
    closes: Option<i64>,
    /// Hours earned so far, where time can be earned.
    earned_hours: Option<u64>,
    /// The most hours that can be earned, where there is a most.
    earned_hours_max: Option<u32>,
    suspended_by: Vec<String>,
    /// What becomes of what is still owed at the end, where there is one: `lapses` or `stays-owed`.
    on_expiry: Option<&'static str>,
    words: Vec<WordView>,
    /// What this side may say now.
    actions: Vec<&'static str>,
}

/// The phases.
#[derive(Serialize)]
struct PhasesView {
    in_force: bool,
    neutral: bool,
    now: i64,
    phases: Vec<PhaseView>,
    /// What fell outside the windows and the limits of a day, for officers who read the accounts.
    windows: Option<WindowsView>,
    uncounted: Vec<UncountedView>,
    drafts: Vec<DraftView>,
}

#[derive(Template)]
#[template(path = "phases.html")]
struct PhasesPage<'a> {
    page: Page,
    t: Words,
    v: &'a PhasesView,
    pages: Pages,
}

impl PhasesPage<'_> {
    fn columns(&self, keys: &[&str]) -> Vec<Column> {
        columns(&self.t, keys)
    }

    fn choices(&self, one: &PhaseView) -> Vec<Choice> {
        let choice = |code: &&str| Choice {
            value: (*code).to_owned(),
            label: self.t.code("phases-say", code),
            hint: String::new(),
        };
        one.actions.iter().map(choice).collect()
    }

    fn colour(&self, state: &str) -> &'static str {
        match state {
            "open" => "green",
            "suspended" => "orange",
            "waiting" => "blue",
            _ => "grey",
        }
    }

    fn legs(&self, one: &PhaseView) -> String {
        let words = |[from, to]: &[String; 2]| self.t.s2("phases-leg", "from", from, "to", to);
        one.legs.iter().map(words).collect::<Vec<_>>().join("; ")
    }
}

/// The page of the acts outside the windows, from 1.
#[derive(Deserialize)]
pub struct Asked {
    page: Option<u32>,
}

/// `GET /phases`
pub async fn list(desk: Desk, Query(asked): Query<Asked>) -> Result<Reply, Refused> {
    let mut reading = desk.node.register.read().await?;
    let found = known(&desk, &mut reading).await?;
    let of_kind = |matter: &Matter| KINDS.contains(&matter.kind());
    let mut view = PhasesView {
        in_force: found.is_some(),
        neutral: !desk.node.config.is_party(),
        now: desk.node.clock.now(),
        phases: Vec::new(),
        windows: None,
        uncounted: Vec::new(),
        drafts: drafts_of(&desk, &mut reading, of_kind).await?,
    };
    let mut pages = Pages::of("/phases?page=", 1, 0, 1);
    if let Some(found) = &found {
        let timeline = Timeline::of(&found.terms, &found.acts);
        let writes = found.writes(&desk);
        let each = found.terms.phases.iter().enumerate();
        view.phases =
            each.map(|(place, phase)| found.phase(&timeline, place, phase, writes, desk.words)).collect();
        view.uncounted = found.uncounted(&KINDS, desk.words);
        // Who went, and how many on a day, is what the accounts show to the same officers.
        if desk.officer.holds(READERS) {
            let shared = desk.node.look().await?;
            let (windows, of) = found.windows(&shared.record, asked.page.unwrap_or(1), desk.words);
            (view.windows, pages) = (Some(windows), of);
        }
    }
    desk.reply(&view, desk.words.s("phases-title"), |page, t| PhasesPage { page, t, v: &view, pages })
}

impl Known {
    fn phase(&self, timeline: &Timeline, place: usize, phase: &Phase, writes: bool, t: Words) -> PhaseView {
        let leg = |leg: &usize| {
            let leg = &self.terms.legs[*leg];
            [self.party(&leg.from, t), self.party(&leg.to, t)]
        };
        let me = self.me.filter(|_| writes);
        // At most 32 phases.
        let may = me.map(|me| may_say(&self.terms, &self.acts, me, place as u8, phase)).unwrap_or_default();
        let mut view = PhaseView {
            id: phase.id.to_string(),
            clause: phase.clause,
            name: phase.name.in_language(t.lang.code()).to_owned(),
            legs: phase.legs.iter().map(leg).collect(),
            state: "waiting",
            waits: None,
            waits_for: Vec::new(),
            opens: None,
            since: None,
            closes: None,
            earned_hours: phase.extension.as_ref().map(|_| timeline.earned_hours(place, self.now)),
            earned_hours_max: phase.extension.as_ref().and_then(|extension| extension.hours_max),
            suspended_by: Vec::new(),
            on_expiry: (phase.lasts != Lasts::Open).then_some(match phase.on_expiry {
                Expiry::Lapses => "lapses",
                Expiry::StaysOwed => "stays-owed",
            }),
            words: self.words_of(place, t),
            actions: may.into_iter().map(|step| step.code()).collect(),
        };
        match timeline.state(place, self.now) {
            _ if !self.books.by_category && needs_categories(&self.terms, place) => view.hide(),
            None => {}
            Some(State::Waiting { why }) => view.wait(why, self, t),
            Some(State::Open { since, closes }) => {
                view.state = "open";
                view.since = Some(ms(*since));
                view.closes = closes.map(ms);
            }
            Some(State::Suspended { since, by }) => {
                view.state = "suspended";
                view.since = Some(ms(*since));
                view.suspended_by = self.names(by, t);
            }
            Some(State::Complete { at }) => {
                view.state = "complete";
                view.since = Some(ms(*at));
            }
            Some(State::Expired { at, .. }) => {
                view.state = "expired";
                view.since = Some(ms(*at));
            }
        }
        view
    }

    fn words_of(&self, place: usize, t: Words) -> Vec<WordView> {
        let mut words = Vec::new();
        for (at, act) in self.acts.iter().enumerate() {
            let What::Phase { phase, .. } = act.what else { continue };
            let Some((booked, matter)) = self.matter(at).filter(|_| usize::from(phase) == place) else {
                continue;
            };
            words.push(WordView {
                by: self.name(act.by, t),
                at: act.at.map(ms).unwrap_or_default(),
                kind: matter.kind(),
                reason: matter.words().to_owned(),
                entry: booked.entry.map(|entry| short(&entry.0)).unwrap_or_default(),
            });
        }
        words
    }
}

impl PhaseView {
    /// Shows nothing of the course of a phase that is not known here.
    fn hide(&mut self) {
        self.state = "not-known";
        self.earned_hours = None;
    }

    fn wait(&mut self, why: &Why, found: &Known, t: Words) {
        match why {
            Why::Phases(places) => {
                self.waits = Some("phases");
                let name = |place: &usize| {
                    let phase = found.terms.phases.get(*place)?;
                    Some(phase.name.in_language(t.lang.code()).to_owned())
                };
                self.waits_for = places.iter().filter_map(name).collect();
            }
            Why::Until(at) => {
                self.waits = Some("until");
                self.opens = Some(ms(*at));
            }
            Why::Word(voices) => {
                self.waits = Some("word");
                self.waits_for = found.names(voices, t);
            }
        }
    }
}
