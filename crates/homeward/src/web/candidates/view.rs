//! What the pages of candidates show: two dossiers beside each other, and the lines of the queue.

use std::collections::BTreeSet;

use exchange::ids::PersonId;
use exchange::person::{Claim, PartialDate, Person, Standing, Text, standing};
use linkage::{Band, Comparison, Field};
use register::Reading;
use serde::Serialize;

use crate::acts::candidates::decisions::{self, Decision, Request, TakenBack};
use crate::acts::candidates::queue::{self, Waiting};
use crate::acts::candidates::{self, Compared};
use crate::officer::Role;
use crate::pairing;
use crate::web::Words;
use crate::web::desk::Desk;
use crate::web::dossier::{grade_code, source_code};
use crate::web::imports::list_code;
use crate::web::people::{name_line, state_code};
use crate::web::refused::Refused;

/// The fields that are compared, in the order of the page.
const FIELDS: [Field; 6] = [
    Field::Surname,
    Field::Given,
    Field::Patronymic,
    Field::BirthYear,
    Field::BirthDay,
    Field::ServiceNumber,
];

/// One dossier in a line.
#[derive(Clone, Serialize)]
pub(super) struct SideView {
    pub id: String,
    pub name: String,
    pub list: &'static str,
    pub birth: Option<String>,
    pub state: Option<&'static str>,
    /// Whether the dossier came of late; in the queue alone.
    pub is_new: bool,
}

impl SideView {
    pub fn of(person: &Person) -> Self {
        Self {
            id: person.id.to_string(),
            name: name_line(person.names.first()),
            list: list_code(person.list),
            birth: person.birth.map(|birth| birth.to_string()),
            state: standing(&person.claims).map(|now| state_code(now.state)),
            is_new: false,
        }
    }
}

/// One field of both dossiers; what is not known is empty.
#[derive(Serialize)]
pub(super) struct RowView {
    pub field: &'static str,
    pub one: Vec<String>,
    pub other: Vec<String>,
    /// `agrees`, `near`, `differs`, `missing`; empty for what is not compared.
    pub how: &'static str,
}

impl RowView {
    /// The values of both dossiers.
    pub fn values(&self) -> [&[String]; 2] {
        [&self.one, &self.other]
    }
}

/// What was said of a pair.
#[derive(Serialize)]
pub(super) struct SaidView {
    pub verdict: &'static str,
    pub by: String,
    pub confirmed_by: Option<String>,
    pub at: i64,
    /// Why, in the officer's words.
    pub why: Option<String>,
    /// Whether the compared facts are others since.
    pub stale: bool,
}

impl SaidView {
    fn of(said: Decision, facts: [u8; 32]) -> Self {
        let Decision { verdict, by, confirmed_by, at, why, .. } = said;
        Self { verdict: verdict.code(), by, confirmed_by, at, why, stale: said.facts != facts }
    }
}

/// Something that was said of a pair, or that it was taken back.
#[derive(Serialize)]
pub(super) struct EventView {
    /// `one`, `two`, `unsure`, `taken-back`.
    pub what: &'static str,
    pub by: String,
    pub confirmed_by: Option<String>,
    pub at: i64,
    pub why: Option<String>,
}

impl EventView {
    fn said(said: Decision) -> Self {
        let Decision { verdict, by, confirmed_by, at, why, .. } = said;
        Self { what: verdict.code(), by, confirmed_by, at, why }
    }

    /// Everything that was ever said of a pair, as it came.
    async fn all(reading: &mut Reading, pair: [PersonId; 2]) -> Result<Vec<Self>, Refused> {
        let (stands, taken_back) = decisions::history(reading, pair).await?;
        let mut all: Vec<_> = stands.into_iter().map(Self::said).collect();
        for one in taken_back {
            let TakenBack { decision, by, confirmed_by, at, why } = one;
            all.push(Self::said(decision));
            all.push(Self { what: "taken-back", by, confirmed_by, at, why });
        }
        all.sort_by_key(|event| event.at);
        Ok(all)
    }
}

/// A request that waits for a second officer.
#[derive(Serialize)]
pub(super) struct RequestView {
    pub draft: String,
    /// `link-people` or `unlink-people`.
    pub kind: &'static str,
    pub by: String,
    pub at: i64,
    /// Why, in the officer's words.
    pub why: Option<String>,
    /// Whether the officer who looks asked it.
    pub mine: bool,
}

impl RequestView {
    /// The message of the button that does away with it.
    pub fn away(&self) -> &'static str {
        if self.mine { "candidates-withdraw" } else { "candidates-refuse" }
    }
}

/// Two dossiers beside each other.
#[derive(Serialize)]
pub(super) struct PairView {
    pub one: SideView,
    pub other: SideView,
    /// `link`, `review` or `no`.
    pub band: &'static str,
    pub compared: Vec<RowView>,
    /// What is shown and not compared; on the page of one pair alone.
    pub beside: Vec<RowView>,
    /// How many dossiers besides these two bear the surname and given name that both have; nothing where they share none.
    pub namesakes: Option<usize>,
    /// Whether there are more than were counted.
    pub more_namesakes: bool,
    /// What a family gains, by code.
    pub gain: &'static str,
    pub said: Option<SaidView>,
    /// Everything that was ever said of it; on the page of one pair alone.
    pub history: Vec<EventView>,
    pub request: Option<RequestView>,
    /// Whether to link them, or to part them again, takes a second officer.
    pub takes_two: bool,
    pub may_decide: bool,
    pub may_confirm: bool,
}

impl PairView {
    /// What is compared.
    pub async fn of(
        desk: &Desk,
        reading: &mut Reading,
        [one, other]: [&Person; 2],
        compared: &Compared,
        requests: &[Request],
    ) -> Result<Self, Refused> {
        let (today, pair) = (desk.node.clock.today(), [one.id, other.id]);
        let names = candidates::namesakes(reading, [one, other], &desk.officer.closed).await?;
        let facts = candidates::facts_digest(one, other);
        let said = decisions::last(reading, pair).await?.map(|said| SaidView::of(said, facts));
        let sides = decisions::sides(reading, pair).await?;
        let [mine, theirs] =
            [queue::told(reading, &sides[0], today).await?, queue::told(reading, &sides[1], today).await?];
        let request = decisions::about(requests, pair).map(|(row, draft)| RequestView {
            kind: draft.kind(),
            mine: row.drafted_by == desk.officer.id(),
            draft: row.id.clone(),
            by: row.drafted_by.clone(),
            at: row.drafted_at,
            why: draft.why_of_pair().map(str::to_owned),
        });
        Ok(Self {
            one: SideView::of(one),
            other: SideView::of(other),
            band: band_code(compared.comparison.band),
            compared: rows(&desk.words, [one, other], compared),
            beside: Vec::new(),
            namesakes: names.map(|(count, _)| count),
            more_namesakes: names.is_some_and(|(_, more)| more),
            gain: queue::gain(&mine, &theirs).code(),
            said,
            history: Vec::new(),
            takes_two: decisions::changes(reading, pair, today).await?,
            may_decide: desk.officer.holds(&[Role::Registrar]),
            may_confirm: desk.officer.holds(&[Role::Approver])
                && request.as_ref().is_some_and(|request| !request.mine),
            request,
        })
    }

    /// The same with what is not compared beside it.
    pub async fn whole(
        desk: &Desk,
        reading: &mut Reading,
        people: [&Person; 2],
        compared: &Compared,
    ) -> Result<Self, Refused> {
        let beside = beside(&desk.words, people);
        let requests = decisions::requests(reading).await?;
        let history = EventView::all(reading, people.map(|one| one.id)).await?;
        Ok(Self { beside, history, ..Self::of(desk, reading, people, compared, &requests).await? })
    }

    /// Where the last word on it is taken back.
    pub fn undo_path(&self) -> String {
        format!("{}/undo", self.path())
    }

    /// Both dossiers.
    pub fn sides(&self) -> [&SideView; 2] {
        [&self.one, &self.other]
    }

    /// Whether it is said to be one person.
    pub fn is_linked(&self) -> bool {
        self.said.as_ref().is_some_and(|said| said.verdict == "one")
    }

    /// The compared fields by how they compare, without empty ones.
    pub fn grounds(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        let of = |how| self.compared.iter().filter(move |row| row.how == how).map(|row| row.field).collect();
        let all = ["agrees", "near", "differs", "missing"].map(|how| (how, of(how)));
        all.into_iter().filter(|(_, fields): &(_, Vec<_>)| !fields.is_empty()).collect()
    }

    /// The page of this pair.
    pub fn path(&self) -> String {
        format!("/people/{}/candidates/{}", self.one.id, self.other.id)
    }
}

/// The colour of a word about a field or a band; the word says it all.
pub(super) fn colour(code: &str) -> &'static str {
    match code {
        "agrees" | "link" => "green",
        "near" | "review" => "yellow",
        "differs" => "red",
        "alive" => "turquoise",
        "dead" => "purple",
        "knowledge" => "blue",
        _ => "grey",
    }
}

fn band_code(band: Band) -> &'static str {
    match band {
        Band::Link => "link",
        Band::Review => "review",
        Band::No => "no",
    }
}

fn how(comparison: &Comparison, field: Field) -> &'static str {
    let of = [("agrees", &comparison.agrees), ("near", &comparison.near), ("differs", &comparison.differs)];
    of.into_iter().find(|(_, fields)| fields.contains(&field)).map_or("missing", |(code, _)| code)
}

fn rows(t: &Words, people: [&Person; 2], compared: &Compared) -> Vec<RowView> {
    let row = |field: Field| {
        let [one, other] = [0, 1].map(|at| value(t, people[at], compared.names[at], field));
        let [one, other] = [one, other].map(|value| value.into_iter().collect());
        RowView { field: pairing::code(field), one, other, how: how(&compared.comparison, field) }
    };
    FIELDS.into_iter().map(row).collect()
}

fn value(t: &Words, person: &Person, name: usize, field: Field) -> Option<String> {
    let name = &person.names[name];
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.0.clone());
    match field {
        Field::ServiceNumber => text(&person.service_number),
        Field::Surname => Some(name.surname.0.clone()).filter(|surname| !surname.is_empty()),
        Field::Given => text(&name.given),
        Field::Patronymic => text(&name.patronymic),
        Field::BirthYear => person.birth.map(|birth| birth.year().to_string()),
        Field::BirthDay => person
            .birth
            .and_then(PartialDate::day)
            .map(|day| format!("{} {}", day.day(), t.code("month", &u8::from(day.month()).to_string()))),
    }
}

/// What an officer looks at beside the compared fields.
fn beside(t: &Words, people: [&Person; 2]) -> Vec<RowView> {
    let mut rows = Vec::new();
    let mut add = |field, of: &dyn Fn(&Person) -> Vec<String>| {
        let [one, other] = people.map(of);
        if !one.is_empty() || !other.is_empty() {
            rows.push(RowView { field, one, other, how: "" });
        }
    };
    let text = |text: &Option<Text>| text.iter().map(|text| text.0.clone()).collect::<Vec<_>>();
    add("names", &|one| one.names.iter().skip(1).map(|name| name_line(Some(name))).collect());
    add("claims", &|one| one.claims.iter().rev().map(|one| claim_line(t, one)).collect());
    add("rank", &|one| one.rank.iter().map(|rank| rank.written.clone()).collect());
    add("unit", &|one| text(&one.unit));
    add("prisoner-number", &|one| text(&one.prisoner_number));
    add("birth-place", &|one| text(&one.birth_place));
    add("captured", &|one| {
        let capture = one.capture.iter();
        let lines = capture.flat_map(|capture| {
            let day = capture.date.map(|date| t.partial_date(date));
            day.into_iter().chain(capture.place.as_ref().map(|place| place.0.clone()))
        });
        lines.collect()
    });
    add("custody", &|one| one.custody.iter().map(|stay| stay.site.clone()).collect());
    add("from-list", &|one| {
        let from = &one.provenance;
        vec![t.s2("dossier-from-list", "list", &from.list_name, "row", from.row)]
    });
    rows
}

/// A claim in a line: what, as of when, by whom, how sure.
pub(super) fn claim_line(t: &Words, claim: &Claim) -> String {
    let [says, source, grade] = [
        t.code("standing", state_code(claim.says)),
        t.code("claim-source", source_code(claim.source)),
        t.code("claim-grade", grade_code(claim.grade)),
    ];
    format!("{says}, {}: {source}, {grade}", t.date(claim.of))
}

/// One pair of the queue.
#[derive(Serialize)]
pub(super) struct QueueLine {
    pub one: SideView,
    pub other: SideView,
    pub gain: &'static str,
    pub band: &'static str,
    pub agrees: Vec<&'static str>,
    pub near: Vec<&'static str>,
    pub differs: Vec<&'static str>,
    /// Since when the person is waited for.
    pub since: Option<String>,
    /// Who was unsure, and when.
    pub unsure: Option<(String, i64)>,
    /// Who asked a second officer to confirm a link.
    pub asked: Option<String>,
}

impl QueueLine {
    /// The line of a pair; nothing if one of the two has gone since.
    pub async fn of(
        reading: &mut Reading,
        [one, other]: [PersonId; 2],
        waiting: Waiting,
        came: &BTreeSet<PersonId>,
    ) -> Result<Option<Self>, Refused> {
        let one = candidates::dossier(reading, one).await?;
        let other = candidates::dossier(reading, other).await?;
        let Some(mut both) = one.zip(other) else { return Ok(None) };
        // Who is looked for stands first.
        if both.0.person.list < both.1.person.list {
            both = (both.1, both.0);
        }
        let (one, other) = both;
        let Some(compared) = candidates::compare(&one.person, &other.person) else { return Ok(None) };
        let codes = |fields: &[Field]| fields.iter().map(|field| pairing::code(*field)).collect();
        let side = |of: &Person| SideView { is_new: came.contains(&of.id), ..SideView::of(of) };
        Ok(Some(Self {
            one: side(&one.person),
            other: side(&other.person),
            gain: waiting.gain.code(),
            band: band_code(waiting.band),
            agrees: codes(&compared.comparison.agrees),
            near: codes(&compared.comparison.near),
            differs: codes(&compared.comparison.differs),
            since: waiting.since.map(|since| since.to_string()),
            unsure: waiting.unsure.map(|said| (said.by, said.at)),
            asked: None,
        }))
    }

    /// The page of this pair.
    pub fn path(&self) -> String {
        format!("/people/{}/candidates/{}", self.one.id, self.other.id)
    }

    /// Both dossiers.
    pub fn sides(&self) -> [&SideView; 2] {
        [&self.one, &self.other]
    }

    /// The fields by how they compare.
    pub fn fields(&self) -> [(&'static str, &[&'static str]); 3] {
        [("agrees", &self.agrees), ("near", &self.near), ("differs", &self.differs)]
    }
}

/// A dossier linked to the one that is open, with what it claims.
#[derive(Serialize)]
pub(in crate::web) struct LinkedView {
    pub id: String,
    pub name: String,
    pub list: &'static str,
    pub from_list: String,
    pub row: u32,
    pub claims: Vec<LinkedClaim>,
}

/// A claim of a linked dossier.
#[derive(Serialize)]
pub(in crate::web) struct LinkedClaim {
    pub says: &'static str,
    pub of: String,
    pub source: &'static str,
    pub grade: &'static str,
}

/// The dossiers linked to one that the officer may see, and what the claims of all of them say together; nothing without one.
pub(in crate::web) async fn linked(
    desk: &Desk,
    id: PersonId,
) -> Result<(Vec<LinkedView>, Option<Standing>), Refused> {
    let mut reading = desk.node.register.read().await?;
    let mut all = decisions::linked(&mut reading, id).await?;
    all.retain(|one| !desk.officer.closes(one));
    let mut views = Vec::new();
    for other in all.iter().filter(|other| **other != id) {
        let Some(row) = candidates::dossier(&mut reading, *other).await? else { continue };
        let person = row.person;
        let claim = |claim: &Claim| LinkedClaim {
            says: state_code(claim.says),
            of: claim.of.to_string(),
            source: source_code(claim.source),
            grade: grade_code(claim.grade),
        };
        views.push(LinkedView {
            id: person.id.to_string(),
            name: name_line(person.names.first()),
            list: list_code(person.list),
            from_list: person.provenance.list_name.clone(),
            row: person.provenance.row,
            claims: person.claims.iter().map(claim).collect(),
        });
    }
    if views.is_empty() {
        return Ok((views, None));
    }
    let together = decisions::standing_of(&mut reading, &all, desk.node.clock.today()).await?;
    Ok((views, together))
}
