//! The crossing and the books: second wills, releases, arrivals, what goes wrong there, accounts and their differences.

use anyhow::{Context, ensure};
use rehearsal::scenario::{Incident, Trouble};
use time::Duration;

use crate::demo::cluster::PARTIES;
use crate::demo::desk::wait;
use crate::demo::report::Difference;
use crate::demo::round::{Play, first_items};
use crate::demo::stage::Side;
use crate::demo::views::{Ledger, RoundView, state};
use crate::officer::Role;

impl Play<'_> {
    /// The day of the crossing.
    pub(super) async fn cross(&mut self) -> anyhow::Result<()> {
        self.stage.clock(self.script.crossing_on, 9).await?;
        self.say("everyone is asked the second time, at the crossing");
        let refusing = self.incidents(Trouble::RefusesAtCrossing);
        let of = |side: usize| refusing.iter().filter(|one| one.side == side).map(|one| one.persons).sum();
        let (refused_a, refused_b) =
            tokio::try_join!(self.second_wills(0, of(0)), self.second_wills(1, of(1)))?;
        for incident in refusing {
            let refused = if incident.side == 0 { refused_a.clone() } else { refused_b.clone() };
            self.refused_at_the_crossing(incident, refused).await?;
        }
        self.say("both sides release");
        tokio::try_join!(self.release(0), self.release(1))?;
        self.say("both sides receive");
        let troubles = [Trouble::NotDelivered, Trouble::OtherPerson];
        let gone_wrong: Vec<Incident> = troubles.into_iter().flat_map(|one| self.incidents(one)).collect();
        let (disputed_a, disputed_b) =
            tokio::try_join!(self.arrivals(0, &gone_wrong), self.arrivals(1, &gone_wrong))?;
        for (incident, items) in disputed_a.into_iter().chain(disputed_b) {
            self.settle_dispute(incident, items).await?;
        }
        self.note_received().await
    }

    /// Asks everyone held who was asked once; the first `unwilling` of them do not want to go. Answers who these are.
    async fn second_wills(&self, by: usize, unwilling: usize) -> anyhow::Result<Vec<String>> {
        let side = &self.stage.sides[by];
        let asked = side.round(self.script.number).await?.own_in(&[state::WILLED_ONCE]);
        let refusing = first_items(&asked, unwilling)?;
        let names: Vec<String> = asked.iter().map(|line| format!("will.{}", line.item)).collect();
        if names.is_empty() {
            return Ok(refusing);
        }
        let answer = |nth: usize| if nth < unwilling { "unwilling" } else { "willing" };
        let fields = names.iter().enumerate().map(|(nth, name)| (name.as_str(), answer(nth).to_owned()));
        side.officer(Role::Escort).post(&self.path("/crossing"), fields).await?;
        Ok(refusing)
    }

    async fn refused_at_the_crossing(
        &mut self,
        incident: Incident,
        items: Vec<String>,
    ) -> anyhow::Result<()> {
        self.say(&format!("{}: not everyone wants to cross, places are refilled", PARTIES[incident.side]));
        self.depart(incident.side, &items, "unwilling").await?;
        self.refill(incident.side, items.len()).await?;
        self.note(incident, "crossing", items, "stays, slot refilled by amendment");
        Ok(())
    }

    /// Refills vacated slots at the crossing: amendment, both wills.
    async fn refill(&mut self, side: usize, vacated: usize) -> anyhow::Result<()> {
        self.slots(side).vacated += vacated;
        self.amend(side).await?;
        self.first_wills(side).await?;
        self.second_wills(side, 0).await?;
        Ok(())
    }

    /// Releases everyone whom this side holds and who said twice to be willing.
    async fn release(&self, by: usize) -> anyhow::Result<()> {
        let side = &self.stage.sides[by];
        let view = side.round(self.script.number).await?;
        let ready = view.own_in(&[state::WILLED_TWICE]);
        let willing = ready.iter().filter(|line| line.will2.as_deref() == Some("willing"));
        let fields: Vec<(&str, String)> = willing.map(|line| ("release", line.item.clone())).collect();
        ensure!(
            !fields.is_empty(),
            "round {}: {} has nobody to release",
            self.script.number,
            side.node.party
        );
        side.officer(Role::Escort).post(&self.path("/crossing"), fields).await?;
        Ok(())
    }

    /// Records who has come from the other side; who has not, or is somebody else, by the incidents of that side.
    async fn arrivals(
        &self,
        at: usize,
        gone_wrong: &[Incident],
    ) -> anyhow::Result<Vec<(Incident, Vec<String>)>> {
        let (side, holder) = self.sides(at);
        let sent = holder.round(self.script.number).await?.own_in(&[state::IN_TRANSIT]).len();
        let come = |view: &RoundView| view.theirs_in(&[state::IN_TRANSIT]).len() == sent;
        let view = side.until(self.script.number, "the releases", come).await?;
        let coming = view.theirs_in(&[state::IN_TRANSIT]);
        let mut disputed = Vec::new();
        let mut left = &coming[..];
        let mut answers: Vec<(String, &str)> = Vec::new();
        for incident in gone_wrong.iter().filter(|one| one.side == 1 - at) {
            let items = first_items(left, incident.persons)?;
            left = &left[items.len()..];
            let found =
                if incident.trouble == Trouble::NotDelivered { "not-delivered" } else { "other-person" };
            answers.extend(items.iter().map(|item| (format!("arrival.{item}"), found)));
            disputed.push((*incident, items));
        }
        answers.extend(left.iter().map(|line| (format!("arrival.{}", line.item), "received")));
        let fields = answers.iter().map(|(name, found)| (name.as_str(), (*found).to_owned()));
        side.officer(Role::Escort).post(&self.path("/arrivals"), fields).await?;
        Ok(disputed)
    }

    /// The holder states that the persons are held again and were not brought, and fills their slots.
    async fn settle_dispute(&mut self, incident: Incident, items: Vec<String>) -> anyhow::Result<()> {
        let (holder, _) = self.sides(incident.side);
        self.say(&format!("{} takes back whom it did not deliver, places are refilled", holder.node.party));
        let denied = |view: &RoundView| {
            let disputed = view.own_in(&[state::NOT_DELIVERED, state::OTHER_PERSON]);
            items.iter().all(|item| disputed.iter().any(|line| line.item == *item))
        };
        holder.until(self.script.number, "the disputes", denied).await?;
        let fields: Vec<(&str, String)> = items.iter().map(|item| ("item", item.clone())).collect();
        holder.officer(Role::Escort).post(&self.path("/take-back"), fields).await?;
        self.depart(incident.side, &items, "not-brought").await?;
        *self.notes.disputed.entry(holder.node.party.clone()).or_default() += items.len();
        self.refill(incident.side, items.len()).await?;
        self.release(incident.side).await?;
        self.arrivals(1 - incident.side, &[]).await?;
        self.note(incident, "arrival", items, "taken back, slot refilled by amendment");
        Ok(())
    }

    /// Waits until both sides see every receipt, and notes how many there are.
    async fn note_received(&mut self) -> anyhow::Result<()> {
        let number = self.script.number;
        for (index, side) in self.stage.sides.iter().enumerate() {
            let settled = |view: &RoundView| {
                view.own_in(&[state::IN_TRANSIT]).is_empty()
                    && view.theirs_in(&[state::IN_TRANSIT]).is_empty()
            };
            let view = side.until(number, "every receipt", settled).await?;
            self.notes.received.insert(PARTIES[index].to_owned(), view.own_in(&[state::RECEIVED]).len());
            self.notes.list_version = view.version();
        }
        Ok(())
    }

    /// Both sides close and book; a difference is listed on both sides and explained the next day.
    pub(super) async fn close(&mut self) -> anyhow::Result<()> {
        self.stage.clock(self.script.closed_on, 12).await?;
        self.say("both sides close the round and book it");
        let differing = self.incidents(Trouble::CountsDiffer).first().copied();
        let outside = |side: usize| differing.filter(|one| one.side == side).map_or(0, |one| one.persons);
        let [a, b] = &self.stage.sides;
        let (path, number) = (self.path("/close"), self.script.number);
        tokio::try_join!(book(a, &path, outside(0)), book(b, &path, outside(1)))?;
        let closed = |view: &RoundView| view.mine.closed && view.theirs.closed;
        tokio::try_join!(
            a.until(number, "the other's close", closed),
            b.until(number, "the other's close", closed)
        )?;
        if let Some(incident) = differing {
            self.explain_difference(incident).await?;
        }
        let (of_a, of_b) = tokio::try_join!(ledger_differences(a, number), ledger_differences(b, number))?;
        ensure!(of_a == 0 && of_b == 0, "round {number}: {of_a} and {of_b} differences stay in the ledgers");
        self.stage.neutral.officer(Role::Negotiator).post("/observe", []).await?;
        Ok(())
    }

    async fn explain_difference(&mut self, incident: Incident) -> anyhow::Result<()> {
        let number = self.script.number;
        self.say(&format!("{} counted persons who came home outside the exchange", PARTIES[incident.side]));
        let mut difference = Difference { listed: Default::default(), settled: String::new() };
        for side in &self.stage.sides {
            let listed = wait(&side.node.party, "the difference in the ledger", async || {
                let count = ledger_differences(side, number).await?;
                Ok((count > 0).then_some(count))
            });
            difference.listed.insert(side.node.party.clone(), listed.await?);
        }
        self.stage.clock(self.script.closed_on + Duration::days(1), 9).await?;
        book(&self.stage.sides[incident.side], &self.path("/account"), 0).await?;
        for side in &self.stage.sides {
            wait(&side.node.party, "the corrected account", async || {
                Ok((ledger_differences(side, number).await? == 0).then_some(()))
            })
            .await?;
        }
        difference.settled = format!("{} booked a corrected account the next day", PARTIES[incident.side]);
        let settled = difference.settled.clone();
        self.notes.differences.push(difference);
        let outside = vec!["outside".to_owned(); incident.persons];
        self.note(incident, "booking", outside, &settled);
        Ok(())
    }
}

async fn book(side: &Side, path: &str, outside: usize) -> anyhow::Result<()> {
    side.officer(Role::Negotiator).post(path, [("outside", outside.to_string())]).await?;
    Ok(())
}

/// How many differences a node's ledger lists for a round.
async fn ledger_differences(side: &Side, round: usize) -> anyhow::Result<usize> {
    let ledger: Ledger = side.officer(Role::Negotiator).get("/ledger").await?;
    let of_round = ledger.rounds.iter().find(|one| one.number == round);
    Ok(of_round
        .with_context(|| format!("{}: round {round} is not in the ledger", side.node.party))?
        .differences
        .len())
}
