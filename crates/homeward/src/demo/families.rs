//! Families before the press: the call list is worked off, then a bulletin is drafted, looked at, released and read.
//!
//! Two drafts that must not pass are tried on the way: one that says the round's number in its words, and one with a
//! total from which the number follows.

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

use crate::chance::hex;
use crate::demo::cluster::PARTIES;
use crate::demo::desk::public_page;
use crate::demo::report;
use crate::demo::round::Play;
use crate::demo::stage::Side;
use crate::demo::views::{BulletinPreview, Bulletins, Call, Calls};
use crate::officer::Role;

/// The round in which the first side tries a draft that says its number.
const TRIES_NUMBER: usize = 2;
/// The round after which the second side publishes a total, as it may.
const SAYS_TOTAL: usize = 4;
/// The round in which it tries the next total, from which the number of the round would follow.
const TRIES_TOTAL: usize = 5;
/// Of so many families one is not reached at the first call.
const NO_ANSWER_EVERY: usize = 7;

/// What a bulletin says in its own words, in three languages.
const STATEMENT: [(&str, &str); 3] = [
    ("statement_uk", "Наші люди повернулися додому. Дякуємо всім, хто цьому допоміг."),
    ("statement_ru", "Наши люди вернулись домой. Благодарим всех, кто этому помог."),
    ("statement_en", "Our people are home. We thank everyone who helped."),
];

impl Play<'_> {
    /// Families are called on the day of the crossing: most are reached at once, some at a second try, one not at all.
    pub(super) async fn call_families(&mut self) -> anyhow::Result<()> {
        self.stage.clock(self.script.crossing_on, 14).await?;
        self.say("families are called");
        let [a, b] = &self.stage.sides;
        let number = self.script.number;
        let (first_a, first_b) = tokio::try_join!(first_calls(a, number), first_calls(b, number))?;
        self.stage.clock(self.script.crossing_on, 18).await?;
        let (later_a, later_b) =
            tokio::try_join!(second_calls(a, number, first_a), second_calls(b, number, first_b))?;
        self.notes.calls.insert(PARTIES[0].to_owned(), later_a);
        self.notes.calls.insert(PARTIES[1].to_owned(), later_b);
        Ok(())
    }

    /// The bulletin of each side.
    pub(super) async fn publish(&mut self) -> anyhow::Result<()> {
        self.say("bulletins are drafted, looked at and released");
        let [a, b] = &self.stage.sides;
        for (index, side) in [a, b].into_iter().enumerate() {
            let calls = self.notes.calls.get_mut(PARTIES[index]).context("calls of the round")?;
            calls.escalated = unreached(side, self.script.number).await?.len();
            ensure!(calls.escalated > 0, "{}: a family is to be left to the agreed time", side.node.party);
        }
        let (of_a, of_b) = tokio::try_join!(self.bulletin(0), self.bulletin(1))?;
        self.notes.bulletins.insert(PARTIES[0].to_owned(), of_a);
        self.notes.bulletins.insert(PARTIES[1].to_owned(), of_b);
        Ok(())
    }

    async fn bulletin(&self, by: usize) -> anyhow::Result<report::Bulletin> {
        let side = &self.stage.sides[by];
        let number = self.script.number;
        let count = self.notes.received.get(PARTIES[1 - by]).copied().unwrap_or_default();
        let mut refused_drafts = Vec::new();
        if by == 0 && number == TRIES_NUMBER {
            let mut fields = fields(number);
            fields.retain(|(name, _)| *name != "statement_en");
            fields.push(("statement_en", format!("{count} of our people are home.")));
            refused_drafts.push(refused_draft(side, fields, "the round's number in words of its own").await?);
        }
        let mut fields = fields(number);
        if by == 1 && number == TRIES_TOTAL {
            let mut with_total = fields.clone();
            with_total.push(("total", "on".to_owned()));
            refused_drafts
                .push(refused_draft(side, with_total, "a total from which the number follows").await?);
        }
        if by == 1 && number == SAYS_TOTAL {
            fields.push(("total", "on".to_owned()));
        }
        let id = draft(side, fields).await?;
        let preview: BulletinPreview = side.officer(Role::Approver).get(&format!("/bulletins/{id}")).await?;
        ensure!(
            preview.findings.is_empty(),
            "round {number}: the guard finds against {}'s bulletin: {:?}",
            side.node.party,
            preview.findings
        );
        side.officer(Role::Approver).post(&format!("/bulletins/{id}/release"), []).await?;
        let text = public_text(side, &id, count).await?;
        Ok(report::Bulletin { id, text: hex(&Sha256::digest(text)), refused_drafts })
    }
}

/// The fields of the round's bulletin.
fn fields(round: usize) -> Vec<(&'static str, String)> {
    let mut fields = vec![("round", round.to_string()), ("capture_years", "on".to_owned())];
    for category in ["ill-wounded", "under-25"] {
        fields.push(("category", category.to_owned()));
    }
    fields.extend(STATEMENT.map(|(name, text)| (name, text.to_owned())));
    fields
}

/// Drafts a bulletin; answers its identifier.
async fn draft(side: &Side, fields: Vec<(&str, String)>) -> anyhow::Result<String> {
    let press = side.officer(Role::PressOfficer);
    let answer = press.post("/bulletins", fields).await?;
    let to = answer.headers.get(hyper::header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
    if let Some(id) = to.strip_prefix("/bulletins/") {
        return Ok(id.to_owned());
    }
    let all: Bulletins = press.get("/bulletins").await?;
    let newest = all.bulletins.into_iter().find(|one| one.state == "draft");
    Ok(newest.with_context(|| format!("{}: no draft of a bulletin", press.label))?.id)
}

/// Drafts what must not pass, and sees the release refused with a finding; answers which.
async fn refused_draft(side: &Side, fields: Vec<(&str, String)>, what: &str) -> anyhow::Result<String> {
    let id = draft(side, fields).await?;
    let approver = side.officer(Role::Approver);
    let preview: BulletinPreview = approver.get(&format!("/bulletins/{id}")).await?;
    ensure!(!preview.findings.is_empty(), "{}: the guard lets {what} pass", side.node.party);
    let refusal = approver.post_refused(&format!("/bulletins/{id}/release"), []).await?;
    ensure!(
        refusal.code == "against-rule",
        "{}: {what} is refused as {} {}",
        side.node.party,
        refusal.code,
        refusal.detail
    );
    Ok(format!("{what}: refused"))
}

/// Reads the bulletin as anyone can, and makes sure that the round's number is not in it.
async fn public_text(side: &Side, id: &str, count: usize) -> anyhow::Result<String> {
    let mut all = String::new();
    for language in ["uk", "ru", "en"] {
        let page = public_page(&format!("{}/bulletin/{id}?lang={language}", side.node.public)).await?;
        let text = visible(&page);
        ensure!(
            !numbers(&text).any(|number| number == count),
            "{}: the published bulletin {id} ({language}) says {count}, the number of its round",
            side.node.party
        );
        all += &text;
        all.push('\n');
    }
    let front = public_page(&format!("{}/", side.node.public)).await?;
    ensure!(front.contains(id), "{}: bulletin {id} is not on the public front page", side.node.party);
    Ok(all)
}

/// The text of the page's main part without its marks and without dates in their typed form.
fn visible(page: &str) -> String {
    let main = page.split_once("<main").map_or(page, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let mut text = String::new();
    let mut rest = main.split_once('>').map_or(main, |(_, rest)| rest);
    while let Some((before, after)) = rest.split_once('<') {
        text += before;
        // A typed date stands in a time element; its day is no count.
        let after = match after.strip_prefix("time") {
            Some(time) => time.split_once("</time").map_or("", |(_, after)| after),
            None => after,
        };
        rest = after.split_once('>').map_or("", |(_, after)| after);
        text.push(' ');
    }
    text += rest;
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The numbers that stand in a text in digits.
fn numbers(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

async fn open_calls(side: &Side, round: usize) -> anyhow::Result<Vec<Call>> {
    let view: Calls = side.officer(Role::FamilyLiaison).get(&format!("/calls?round={round}")).await?;
    Ok(view.calls.into_iter().filter(|call| call.state != "reached").collect())
}

async fn unreached(side: &Side, round: usize) -> anyhow::Result<Vec<Call>> {
    open_calls(side, round).await
}

async fn call(side: &Side, call: &Call, outcome: &str) -> anyhow::Result<()> {
    let fields = [("outcome", outcome.to_owned()), ("who", "kin".to_owned())];
    side.officer(Role::FamilyLiaison).post(&format!("/calls/{}", call.id), fields).await?;
    Ok(())
}

async fn first_calls(side: &Side, round: usize) -> anyhow::Result<report::Calls> {
    let calls = open_calls(side, round).await?;
    for (nth, one) in calls.iter().enumerate() {
        let outcome = match nth % NO_ANSWER_EVERY {
            0 => "no-answer",
            3 if nth == 3 => "wrong-number",
            _ => "reached",
        };
        call(side, one, outcome).await?;
    }
    let left = open_calls(side, round).await?.len();
    Ok(report::Calls { due: calls.len(), first_try: calls.len() - left, later: 0, escalated: 0 })
}

/// The second try reaches everybody but one family.
async fn second_calls(side: &Side, round: usize, mut counts: report::Calls) -> anyhow::Result<report::Calls> {
    let calls = open_calls(side, round).await?;
    for (nth, one) in calls.iter().enumerate() {
        let outcome = if nth == 0 { "no-answer" } else { "reached" };
        call(side, one, outcome).await?;
    }
    counts.later = calls.len() - open_calls(side, round).await?.len();
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_sees_has_no_marks_and_no_typed_dates() {
        let page = "<html><title>77</title><main id=\"m\"><h1>Home</h1>\
                    <p>On <time datetime=\"2025-06-10\">10 June 2025</time> 2022 people</p></main>99";
        assert_eq!(visible(page), "Home On 2022 people");
        assert_eq!(numbers("in 2022, 133x7").collect::<Vec<_>>(), [2022, 133, 7]);
    }
}
