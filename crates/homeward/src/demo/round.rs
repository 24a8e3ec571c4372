//! One round, from the pools to the list in force: commit, reveal, nominate, check, link, propose, accept, first wills.
//!
//! Decides the order of the scenes and which officer plays them; refuses to decide anything that the published order or
//! the rules of the record decide.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail, ensure};
use rehearsal::scenario::{Incident, RoundScript, Trouble};

use crate::demo::cluster::PARTIES;
use crate::demo::lists::Lists;
use crate::demo::notices;
use crate::demo::progress::Progress;
use crate::demo::report::{self, Slots};
use crate::demo::stage::{Side, Stage};
use crate::demo::views::{
    Flag, ImportPreview, Imported, ItemLine, Links, Proposal, RollView, RoundView, state,
};
use crate::officer::Role;

/// A round that is being played.
pub struct Play<'a> {
    /// The nodes.
    pub stage: &'a Stage,
    /// What the script says of the round.
    pub script: &'a RoundScript,
    /// Where late lists come from.
    pub lists: &'a Lists,
    /// The terminal.
    pub progress: &'a mut Progress,
    /// What is noted for the report.
    pub notes: report::Round,
}

impl<'a> Play<'a> {
    /// A round that has not begun.
    pub fn new(
        stage: &'a Stage,
        script: &'a RoundScript,
        lists: &'a Lists,
        places: usize,
        progress: &'a mut Progress,
    ) -> Self {
        let mut notes = report::Round {
            number: script.number,
            places,
            planned_on: script.planned_on.to_string(),
            crossed_on: script.crossing_on.to_string(),
            ..report::Round::default()
        };
        for party in PARTIES {
            notes.slots.insert(party.to_owned(), Slots::default());
            notes.disputed.insert(party.to_owned(), 0);
        }
        Self { stage, script, lists, progress, notes }
    }

    /// Plays it to the end.
    pub async fn play(mut self) -> anyhow::Result<report::Round> {
        self.nominate().await?;
        self.list().await?;
        self.before_the_crossing().await?;
        self.cross().await?;
        self.call_families().await?;
        self.close().await?;
        self.publish().await?;
        self.progress.done();
        Ok(self.notes)
    }

    /// The incidents of one kind.
    pub fn incidents(&self, trouble: Trouble) -> Vec<Incident> {
        self.script.incidents.iter().filter(|one| one.trouble == trouble).copied().collect()
    }

    /// A path of this round's pages.
    pub fn path(&self, page: &str) -> String {
        format!("/rounds/{}{page}", self.script.number)
    }

    /// Says on the terminal what happens now.
    pub fn say(&mut self, text: &str) {
        self.progress.step(format!("round {}: {text}", self.script.number));
    }

    /// Notes what went wrong and what followed.
    pub fn note(&mut self, incident: Incident, step: &'static str, items: Vec<String>, settled: &str) {
        self.notes.incidents.push(report::Incident {
            code: incident.trouble.code(),
            side: PARTIES[incident.side].to_owned(),
            step,
            items,
            settled: settled.to_owned(),
        });
    }

    /// The slots of one side.
    pub fn slots(&mut self, side: usize) -> &mut Slots {
        self.notes.slots.entry(PARTIES[side].to_owned()).or_default()
    }

    async fn nominate(&mut self) -> anyhow::Result<()> {
        let [a, b] = &self.stage.sides;
        let number = self.script.number;
        self.stage.clock(self.script.nominated_on, 9).await?;
        for incident in self.incidents(Trouble::AlreadyReturned) {
            self.say(&format!("{} receives a hospital's late list", PARTIES[incident.side]));
            let late = self.lists.late(incident.side, incident.persons);
            let side = &self.stage.sides[incident.side];
            let imported = import(side, "held", "hospital.csv", &late).await?;
            ensure!(
                imported == incident.persons,
                "the late list has {} persons, {imported} came in",
                incident.persons
            );
        }
        self.say("both sides commit to their pools and seeds, and reveal");
        let path = self.path("/commit");
        tokio::try_join!(commit(a, &path), commit(b, &path))?;
        let drawn = |view: &RoundView| view.mine.revealed && view.theirs.revealed && view.theirs.pool;
        tokio::try_join!(
            a.until(number, "both seeds and pools", drawn),
            b.until(number, "both seeds and pools", drawn)
        )?;
        self.say("both sides nominate by the published order");
        let path = self.path("/nominate");
        tokio::try_join!(
            a.two_officers(&path, Vec::new(), "nominate"),
            b.two_officers(&path, Vec::new(), "nominate")
        )?;
        self.say("each side runs the other's selection again and finds its own people");
        tokio::try_join!(a.until(number, CHECKED, checked), b.until(number, CHECKED, checked))?;
        let (links_a, links_b) = tokio::try_join!(link(a, number), link(b, number))?;
        for (side, links) in [(a, links_a), (b, links_b)] {
            self.notes.links.insert(side.node.party.clone(), links);
            self.note_roll(side).await?;
        }
        Ok(())
    }

    /// Notes how many of each category were chosen, and which roll it was.
    async fn note_roll(&mut self, side: &Side) -> anyhow::Result<()> {
        let roll: RollView = side.officer(Role::Negotiator).get(&self.path("/roll")).await?;
        let mut chosen: BTreeMap<String, usize> = BTreeMap::new();
        for line in roll.mine() {
            *chosen.entry(line.category.clone()).or_default() += 1;
        }
        self.notes.chosen.insert(side.node.party.clone(), chosen);
        self.notes.rolls.insert(side.node.party.clone(), roll.digest());
        Ok(())
    }

    async fn list(&mut self) -> anyhow::Result<()> {
        self.stage.clock(self.script.listed_on, 9).await?;
        let stale = self.incidents(Trouble::AlreadyReturned).first().copied();
        // Version 1 is the second party's to propose; where the stale list is to show, its holder proposes instead.
        let by = stale.map_or(1, |incident| incident.side);
        self.say(&format!("{} proposes the list", PARTIES[by]));
        self.propose(by).await?;
        if let Some(incident) = stale {
            self.reject_the_returned(incident).await?;
        }
        self.accept(1 - by).await?;
        if let Some(incident) = stale {
            self.amend(incident.side).await?;
        }
        self.say("everyone listed is asked the first time");
        tokio::try_join!(self.first_wills(0), self.first_wills(1))?;
        Ok(())
    }

    /// The other side's desk shows that somebody proposed has come home already: it rejects, the holder strikes the person
    /// off and proposes again.
    async fn reject_the_returned(&mut self, incident: Incident) -> anyhow::Result<()> {
        let (holder, other) = self.sides(incident.side);
        self.say(&format!("{} finds people listed who are home already", other.node.party));
        let proposal = self.waiting(1 - incident.side).await?;
        let flagged: Vec<String> = proposal
            .flagged
            .iter()
            .filter(|flag| flag.why == "already-returned")
            .map(|flag| flag.item.clone())
            .collect();
        ensure!(
            flagged.len() == incident.persons,
            "round {}: {} should flag {} persons as already returned, it flags {}",
            self.script.number,
            other.node.party,
            incident.persons,
            flagged.len()
        );
        let fields = vec![("entry", proposal.entry), ("ground", "already-returned".to_owned())];
        other.two_officers(&self.path("/reject"), fields, "reject").await?;
        let answered = |view: &RoundView| view.proposals.is_empty();
        holder.until(self.script.number, "the rejection", answered).await?;
        self.depart(incident.side, &flagged, "already-returned").await?;
        self.slots(incident.side).vacated += flagged.len();
        self.propose(incident.side).await?;
        let settled = "rejected by the other side, struck off, slot refilled by amendment";
        self.note(incident, "proposal", flagged, settled);
        Ok(())
    }

    /// Deaths after the listing and a postponement, where the script has them.
    async fn before_the_crossing(&mut self) -> anyhow::Result<()> {
        for incident in self.incidents(Trouble::DiesAfterListing) {
            let side = &self.stage.sides[incident.side];
            self.say(&format!("{} reports a death after the listing", side.node.party));
            let willing = side.round(self.script.number).await?.own_in(&[state::WILLED_ONCE]);
            let dead = first_items(&willing, incident.persons)?;
            self.depart(incident.side, &dead, "died").await?;
            self.slots(incident.side).vacated += dead.len();
            self.amend(incident.side).await?;
            self.first_wills(incident.side).await?;
            self.note(incident, "after listing", dead, "left the list, slot refilled by amendment");
        }
        for incident in self.incidents(Trouble::Postponed) {
            let (side, other) = self.sides(incident.side);
            self.say(&format!("{} postpones the crossing", side.node.party));
            let until = self.script.crossing_on.to_string();
            let fields = [("kind", "postponed".to_owned()), ("until", until.clone())];
            side.officer(Role::Negotiator).post(&self.path("/notice"), fields).await?;
            other.until(self.script.number, "the notice", |view| !view.notices.is_empty()).await?;
            self.say(&format!("{} gives notice, {} answers", other.node.party, side.node.party));
            let no =
                notices::ask_and_answer(&self.stage.sides, incident.side, self.script.number, &until).await?;
            let planned = self.script.planned_on;
            let settled = format!("crossed on {until} instead of {planned}; notice {no} was answered");
            self.note(incident, "before the crossing", Vec::new(), &settled);
        }
        Ok(())
    }

    /// The side with an index, and the other one.
    pub fn sides(&self, index: usize) -> (&'a Side, &'a Side) {
        (&self.stage.sides[index], &self.stage.sides[1 - index])
    }

    async fn propose(&self, by: usize) -> anyhow::Result<()> {
        self.stage.sides[by].two_officers(&self.path("/list"), Vec::new(), "propose").await
    }

    /// Waits for the other side's proposal, with the openings of whom it adds.
    async fn waiting(&self, at: usize) -> anyhow::Result<Proposal> {
        let opened = |flags: &[Flag]| flags.iter().all(|flag| flag.why == "already-returned");
        let there = |view: &RoundView| view.waiting().is_some_and(|proposal| opened(&proposal.flagged));
        let view = self.stage.sides[at].until(self.script.number, "a proposal", there).await?;
        view.proposals.into_iter().find(|one| !one.mine).context("the proposal that was just there")
    }

    /// Accepts what the other side proposed, and waits until it is in force on both sides.
    async fn accept(&self, by: usize) -> anyhow::Result<()> {
        let proposal = self.waiting(by).await?;
        let (side, other) = self.sides(by);
        ensure!(
            proposal.flagged.is_empty(),
            "round {}: {} would accept what its desk flags as {}",
            self.script.number,
            side.node.party,
            proposal.flagged[0].why
        );
        side.two_officers(&self.path("/accept"), vec![("entry", proposal.entry)], "accept").await?;
        let in_force = |view: &RoundView| view.version() == proposal.version;
        other.until(self.script.number, "the list in force", in_force).await?;
        Ok(())
    }

    /// Refills this side's vacated slots by an amendment, which the other side looks at and accepts.
    pub async fn amend(&mut self, by: usize) -> anyhow::Result<()> {
        let side = &self.stage.sides[by];
        let before: BTreeSet<String> =
            side.round(self.script.number).await?.items.into_iter().map(|line| line.item).collect();
        self.propose(by).await?;
        self.waiting(1 - by).await?;
        link(&self.stage.sides[1 - by], self.script.number).await?;
        self.accept(1 - by).await?;
        let listed = side.round(self.script.number).await?.own_in(&[state::LISTED]);
        let coming: Vec<String> =
            listed.into_iter().map(|line| line.item).filter(|item| !before.contains(item)).collect();
        self.slots(by).refilled += coming.len();
        self.notes.refilled_items.extend(coming);
        Ok(())
    }

    /// Asks everyone whom this side holds and who was not asked yet.
    pub async fn first_wills(&self, by: usize) -> anyhow::Result<()> {
        let side = &self.stage.sides[by];
        let view = side.round(self.script.number).await?;
        let names: Vec<String> =
            view.own_in(&[state::LISTED]).iter().map(|line| format!("will.{}", line.item)).collect();
        if names.is_empty() {
            return Ok(());
        }
        let fields = names.iter().map(|name| (name.as_str(), "willing".to_owned()));
        side.officer(Role::Physician).post(&self.path("/wills"), fields).await?;
        Ok(())
    }

    /// States that persons leave the list.
    pub async fn depart(&self, by: usize, items: &[String], ground: &str) -> anyhow::Result<()> {
        let role = if ground == "died" { Role::Physician } else { Role::Negotiator };
        for item in items {
            let fields = [("item", item.clone()), ("ground", ground.to_owned())];
            self.stage.sides[by].officer(role).post(&self.path("/depart"), fields).await?;
        }
        Ok(())
    }
}

/// The first `count` items, which must be there.
pub fn first_items(lines: &[ItemLine], count: usize) -> anyhow::Result<Vec<String>> {
    ensure!(lines.len() >= count, "{count} persons are needed and {} are there", lines.len());
    Ok(lines.iter().take(count).map(|line| line.item.clone()).collect())
}

/// Uploads a list, looks at the preview and confirms it; answers how many persons came in.
pub async fn import(side: &Side, list: &str, name: &str, csv: &str) -> anyhow::Result<usize> {
    let registrar = side.officer(Role::Registrar);
    let fields = [("list", list), ("map", list), ("name", name)];
    let preview: ImportPreview = registrar.upload("/import", &fields, (name, csv)).await?;
    let Some(draft) = preview.import.filter(|_| preview.refused.is_empty()) else {
        bail!(
            "{}: of {name} {} rows are refused: {:?}",
            registrar.label,
            preview.refused.len(),
            preview.refused.first()
        );
    };
    let done: Imported = registrar.post(&format!("/import/{draft}/confirm"), []).await?.json()?;
    ensure!(
        done.imported == preview.accepted,
        "{}: {} of {} came in",
        registrar.label,
        done.imported,
        preview.accepted
    );
    Ok(done.imported)
}

async fn commit(side: &Side, path: &str) -> anyhow::Result<()> {
    side.officer(Role::Negotiator).post(path, []).await?;
    Ok(())
}

/// What a side waits for before the list.
const CHECKED: &str = "both nominations, and the other's roll to follow from its opened pool";

fn checked(view: &RoundView) -> bool {
    let holds = view.check.as_ref().is_some_and(|check| check.of_theirs.as_str() == Some("ok"));
    view.mine.nominated && view.theirs.nominated && holds
}

/// A registrar links the openings: the strong ones at once, those with a candidate after a look; for whom nobody was sought, a
/// dossier is made.
pub async fn link(side: &Side, round: usize) -> anyhow::Result<report::Links> {
    let registrar = side.officer(Role::Registrar);
    let path = format!("/links?round={round}");
    let open = async || -> anyhow::Result<Vec<crate::demo::views::Link>> {
        let view: Links = registrar.get(&path).await?;
        Ok(view.lines.into_iter().filter(|line| !line.accepted).collect())
    };
    let before = open().await?.len();
    let mut counts = report::Links::default();
    if before == 0 {
        return Ok(counts);
    }
    let round = ("round", round.to_string());
    registrar.post("/links/accept", [round.clone(), ("all", "strong".to_owned())]).await?;
    let rest = open().await?;
    counts.strong = before - rest.len();
    for (target, with_candidate) in [("/links/accept", true), ("/links/create", false)] {
        let lines = rest.iter().filter(|line| line.candidate.is_some() == with_candidate);
        let items: Vec<(&str, String)> = lines.map(|line| ("item", line.item.clone())).collect();
        let count = if with_candidate { &mut counts.looked_at } else { &mut counts.made };
        *count = items.len();
        if !items.is_empty() {
            registrar.post(target, std::iter::once(round.clone()).chain(items)).await?;
        }
    }
    let left = open().await?.len();
    ensure!(left == 0, "{}: {left} openings stay without a dossier", registrar.label);
    Ok(counts)
}
