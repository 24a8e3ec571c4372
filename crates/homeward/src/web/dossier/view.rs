//! What a dossier shows, as its own type: what a role may not see is not in it.

use std::collections::BTreeSet;

use crate::web::candidates::LinkedView;
use exchange::agreement::Terms;
use exchange::eligibility::{self, Missed, Reason};
use exchange::person::{NameKind, PartialDate, Sex, standing};

use super::*;
use crate::acts::agreement::{self, Standing};
use crate::acts::people::{Happened, happened};
use crate::clock::{date_of, midnight};
use crate::web::imports::list_code;
use crate::web::people::name_line;

/// How many readings the registrar is shown.
const READS_MAX: u32 = 100;

/// A dossier.
#[derive(Serialize)]
pub(super) struct DossierView {
    pub id: String,
    pub list: &'static str,
    pub power: String,
    pub names: Vec<NameView>,
    pub sex: Option<&'static str>,
    pub birth: Option<String>,
    pub birth_place: Option<String>,
    pub rank: Option<String>,
    pub rank_code: Option<String>,
    pub service_number: Option<String>,
    pub unit: Option<String>,
    pub prisoner_number: Option<String>,
    pub captured: Option<String>,
    pub captured_at: Option<String>,
    pub custody: Vec<Stay>,
    pub examinations: Vec<ExaminationView>,
    pub claims: Vec<ClaimView>,
    pub standing: Option<StandingView>,
    pub remarks: Option<String>,
    pub provenance: ProvenanceView,
    pub finding: FindingView,
    /// Where a person held stands under the agreement in force.
    pub category: Option<CategoryView>,
    pub timeline: Vec<Event>,
    /// For those who speak with families or keep the register; nothing for others.
    pub kin: Option<Vec<KinView>>,
    /// Who opened this dossier, the latest first; for the registrar alone.
    pub reads: Option<Vec<Read>>,
    pub may_claim: bool,
    pub may_examine: bool,
    /// Other dossiers said to be of the same person.
    pub linked: Vec<LinkedView>,
    /// What the claims of all of them say together.
    pub joint: Option<StandingView>,
    /// Dossier numbers of those who go together with this person.
    pub together: Vec<String>,
    /// The other side's request for this person by name.
    pub asked: Option<AskedView>,
}

/// A request by name.
#[derive(Serialize)]
pub(super) struct AskedView {
    pub on: String,
    pub from: String,
}

#[derive(Serialize)]
pub(super) struct NameView {
    pub name: String,
    pub kind: &'static str,
}

#[derive(Serialize)]
pub(super) struct Stay {
    pub site: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ExaminationView {
    pub date: String,
    pub condition: String,
    /// The condition in words of the page's language; nothing for a code beyond the Annex.
    pub label: Option<String>,
    pub verified: bool,
    pub onset: Option<String>,
    pub by: &'static str,
}

#[derive(Serialize)]
pub(super) struct ClaimView {
    pub says: &'static str,
    pub of: String,
    pub source: &'static str,
    pub grade: &'static str,
}

#[derive(Serialize)]
pub(super) struct StandingView {
    pub state: &'static str,
    pub of: String,
    pub contradicted: bool,
}

#[derive(Serialize)]
pub(super) struct ProvenanceView {
    pub list_name: String,
    pub row: u32,
    pub key: Option<String>,
}

#[derive(Serialize)]
pub(super) struct FindingView {
    pub group: &'static str,
    pub condition: Option<String>,
    pub date: Option<String>,
    /// What the group follows from, by code.
    pub basis: &'static str,
    pub cites: &'static str,
    pub verified: bool,
    /// An earlier examination that was more pressing: group and day.
    pub earlier: Option<(&'static str, String)>,
}

#[derive(Serialize)]
pub(super) struct CategoryView {
    /// Nothing when no category fits.
    pub id: Option<String>,
    pub name: Option<String>,
    pub clause: Option<u32>,
    pub class: Option<u8>,
    pub held_since: Option<String>,
    pub reasons: Vec<ReasonView>,
}

#[derive(Serialize)]
pub(super) struct ReasonView {
    pub code: &'static str,
    /// The category it speaks of, in the page's language; empty for none.
    pub category: String,
    /// Why the category does not fit; empty when it does.
    pub missed: &'static str,
}

/// One event of the timeline.
#[derive(Serialize)]
pub(super) struct Event {
    pub date: String,
    pub what: &'static str,
    /// Where, what was answered, on which ground: a code or a place.
    pub detail: String,
    pub round: Option<u32>,
    pub source: String,
    #[serde(skip)]
    order: i64,
}

#[derive(Serialize)]
pub(super) struct KinView {
    pub relation: String,
    pub name: String,
    pub phone: Option<String>,
    pub language: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Read {
    pub at: i64,
    pub officer: String,
    pub purpose: Option<String>,
}

impl StandingView {
    pub fn of(now: exchange::person::Standing) -> Self {
        Self { state: state_code(now.state), of: now.of.to_string(), contradicted: now.contradicted }
    }
}

impl DossierView {
    pub async fn new(desk: &Desk, row: PersonRow) -> Result<Self, Refused> {
        let person = &row.person;
        let today = desk.node.clock.today();
        let mut reading = desk.node.register.read().await?;
        let mut items: BTreeSet<_> =
            reading.lines_of(person.id).await?.whole()?.into_iter().map(|line| line.item).collect();
        items.extend(row.item);
        let reads = if desk.officer.holds(&[Role::Registrar]) {
            Some(reads(&mut reading, person.id).await?)
        } else {
            None
        };
        let shared = desk.node.look().await?;
        let in_force = matches!(agreement::standing(&shared.record), Standing::InForce { .. });
        let terms = shared.terms.as_ref().filter(|_| in_force && person.list == List::Held);
        let category = terms.map(|terms| category(terms, person, today, &desk.words));
        let record = if items.is_empty() { Vec::new() } else { happened(&shared.record, &items) };
        drop(shared);
        let kin = desk.officer.holds(&[Role::FamilyLiaison, Role::Registrar]).then(|| kin(person));
        Ok(Self {
            category,
            kin,
            reads,
            finding: finding(person, today),
            timeline: timeline(person, record),
            may_claim: desk.officer.holds(&[Role::Registrar]),
            may_examine: desk.officer.holds(&[Role::Physician]),
            ..Self::of(person, &desk.words)
        })
    }

    /// What the person's own row says.
    fn of(person: &Person, t: &Words) -> Self {
        let text = |text: &Option<exchange::person::Text>| text.as_ref().map(|text| text.0.clone());
        let capture = person.capture.as_ref();
        Self {
            id: person.id.to_string(),
            list: list_code(person.list),
            power: person.power.as_str().to_owned(),
            names: person.names.iter().map(name).collect(),
            sex: person.sex.map(|sex| if sex == Sex::Male { "male" } else { "female" }),
            birth: iso(person.birth),
            birth_place: text(&person.birth_place),
            rank: person.rank.as_ref().map(|rank| rank.written.clone()),
            rank_code: person.rank.as_ref().and_then(|rank| rank.code.clone()),
            service_number: text(&person.service_number),
            unit: text(&person.unit),
            prisoner_number: text(&person.prisoner_number),
            captured: iso(capture.and_then(|capture| capture.date)),
            captured_at: capture.and_then(|capture| text(&capture.place)),
            custody: person.custody.iter().map(stay).collect(),
            examinations: person.examinations.iter().map(|one| examination(one, t)).collect(),
            claims: person.claims.iter().map(claim).collect(),
            standing: standing(&person.claims).map(StandingView::of),
            linked: Vec::new(),
            joint: None,
            remarks: text(&person.remarks),
            provenance: ProvenanceView {
                list_name: person.provenance.list_name.clone(),
                row: person.provenance.row,
                key: person.provenance.key.clone(),
            },
            finding: finding(person, Date::MIN),
            category: None,
            timeline: Vec::new(),
            kin: None,
            reads: None,
            may_claim: false,
            may_examine: false,
            together: Vec::new(),
            asked: None,
        }
    }

    /// The leading name, for the heading.
    pub fn heading(&self) -> &str {
        self.names.first().map_or("", |name| name.name.as_str())
    }
}

fn iso(date: Option<PartialDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn name(name: &exchange::person::Name) -> NameView {
    let kind = if name.kind == NameKind::Main { "main" } else { "alias" };
    NameView { name: name_line(Some(name)), kind }
}

fn stay(spell: &exchange::person::Custody) -> Stay {
    Stay { site: spell.site.clone(), from: iso(spell.from), to: iso(spell.to) }
}

fn examination(one: &Examination, t: &Words) -> ExaminationView {
    let known = medical::condition(&one.condition);
    ExaminationView {
        date: one.date.to_string(),
        condition: one.condition.clone(),
        label: known.map(|condition| condition.label.in_language(t.lang.code()).to_owned()),
        verified: known.is_none_or(medical::Condition::is_verified),
        onset: one.onset.map(|onset| onset.to_string()),
        by: examiner_code(one.by),
    }
}

fn claim(claim: &Claim) -> ClaimView {
    ClaimView {
        says: state_code(claim.says),
        of: claim.of.to_string(),
        source: source_code(claim.source),
        grade: grade_code(claim.grade),
    }
}

fn kin(person: &Person) -> Vec<KinView> {
    let one = |kin: &exchange::person::Kin| KinView {
        relation: kin.relation.clone(),
        name: kin.name.0.clone(),
        phone: kin.phone.as_ref().map(|phone| phone.0.clone()),
        language: kin.language.clone(),
    };
    person.kin.iter().map(one).collect()
}

fn finding(person: &Person, on: Date) -> FindingView {
    let found = medical::finding(&person.examinations, on);
    let (condition, date) = found.evidence.map(|(code, date)| (code, date.to_string())).unzip();
    FindingView {
        group: found.group.code(),
        condition,
        date,
        basis: found.basis.code(),
        cites: found.cites,
        verified: found.verified,
        earlier: found.earlier.map(|earlier| (earlier.group.code(), earlier.date.to_string())),
    }
}

fn category(terms: &Terms, person: &Person, on: Date, t: &Words) -> CategoryView {
    let placed = eligibility::category(terms, person, on);
    let fits = placed.category.as_ref().and_then(|id| terms.categories.iter().find(|one| one.id == *id));
    let named = |at: usize| {
        terms.categories.get(at).map(|one| one.name.in_language(t.lang.code()).to_owned()).unwrap_or_default()
    };
    let reason = |reason: &Reason| {
        let (code, category, missed) = match *reason {
            Reason::NoPlace(_) => ("no-place", None, ""),
            Reason::Contradicted => ("contradicted", None, ""),
            Reason::NotIn { category, missed, .. } => ("not-in", Some(category), missed_code(missed)),
            Reason::In { category, .. } => ("in", Some(category), ""),
            Reason::EarlierMorePressing => ("earlier-more-pressing", None, ""),
            Reason::RuleUnverified => ("rule-unverified", None, ""),
            Reason::CaptureUnknown => ("capture-unknown", None, ""),
            Reason::CaptureAfter => ("capture-after", None, ""),
            Reason::CaptureYearOnly => ("capture-year-only", None, ""),
            Reason::CaptureMonthOnly => ("capture-month-only", None, ""),
        };
        ReasonView { code, category: category.map(named).unwrap_or_default(), missed }
    };
    CategoryView {
        id: fits.map(|one| one.id.as_str().to_owned()),
        name: fits.map(|one| one.name.in_language(t.lang.code()).to_owned()),
        clause: fits.map(|one| one.clause),
        class: placed.class,
        held_since: placed.held_since.map(|day| day.to_string()),
        reasons: placed.reasons.iter().map(reason).collect(),
    }
}

fn missed_code(missed: Missed) -> &'static str {
    match missed {
        Missed::NoSuchGround => "no-such-ground",
        Missed::Age => "age",
        Missed::BirthUnknown => "birth-unknown",
        Missed::BirthImprecise => "birth-imprecise",
        Missed::CaptureUnknown => "capture-unknown",
        Missed::Sex => "sex",
        Missed::SexUnknown => "sex-unknown",
        Missed::CapturedOutside => "captured-outside",
        Missed::CaptureImprecise => "capture-imprecise",
        Missed::Rank => "rank",
        Missed::RankUnknown => "rank-unknown",
        Missed::NotHeldHere => "not-held-here",
    }
}

async fn reads(reading: &mut Reading, id: PersonId) -> Result<Vec<Read>, Refused> {
    let lines = reading.journal_about(&id.to_string(), READS_MAX).await?;
    let read = lines.into_iter().filter(|line| line.action == "read dossier");
    Ok(read.map(|line| Read { at: line.at, officer: line.officer, purpose: line.purpose }).collect())
}

/// Everything that happened, in order of its day; of one day the record's word comes last.
fn timeline(person: &Person, record: Vec<Happened>) -> Vec<Event> {
    let mut events = Vec::new();
    let mut add = |date: Option<PartialDate>, what, detail: String, source: &str| {
        let Some(date) = date else { return };
        let order = midnight(first_day(date));
        events.push(Event {
            date: date.to_string(),
            what,
            detail,
            round: None,
            source: source.to_owned(),
            order,
        });
    };
    if let Some(capture) = &person.capture {
        let place = capture.place.as_ref().map(|place| place.0.clone());
        add(capture.date, "captured", place.unwrap_or_default(), "list");
    }
    for spell in &person.custody {
        add(spell.from, "custody-from", spell.site.clone(), "list");
        add(spell.to, "custody-to", spell.site.clone(), "list");
    }
    for one in &person.examinations {
        add(Some(PartialDate::Day(one.date)), "examined", one.condition.clone(), examiner_code(one.by));
    }
    for claim in &person.claims {
        let day = Some(PartialDate::Day(claim.of));
        add(day, "claimed", state_code(claim.says).to_owned(), source_code(claim.source));
    }
    events.extend(record.into_iter().map(|one| Event {
        date: date_of(one.at).to_string(),
        what: one.what,
        detail: one.detail.to_owned(),
        round: Some(one.round),
        source: one.author,
        order: one.at,
    }));
    events.sort_by_key(|event| event.order);
    events
}

/// The first day a date of which less is known can mean.
fn first_day(date: PartialDate) -> Date {
    let day = match date {
        PartialDate::Year(year) => Date::from_calendar_date(year, time::Month::January, 1).ok(),
        PartialDate::Month(year, month) => {
            time::Month::try_from(month).ok().and_then(|month| Date::from_calendar_date(year, month, 1).ok())
        }
        PartialDate::Day(day) => Some(day),
    };
    day.unwrap_or(Date::MIN)
}

impl Event {
    /// The event in a sentence of the page's language.
    pub fn sentence(&self, t: &Words) -> String {
        let detail = self.detail.as_str();
        match self.what {
            "captured" if detail.is_empty() => t.s("dossier-event-captured"),
            "captured" => t.s1("dossier-event-captured-at", "place", detail),
            "custody-from" => t.s1("dossier-event-custody-from", "site", detail),
            "custody-to" => t.s1("dossier-event-custody-to", "site", detail),
            "examined" if detail == "none" => t.s("dossier-event-examined-none"),
            "examined" => t.s1("dossier-event-examined", "condition", detail),
            "claimed" => t.s1("dossier-event-claimed", "state", t.code("standing", detail)),
            "nominated" => t.s("dossier-event-nominated"),
            "asked-first" => t.s1("dossier-event-asked-first", "answer", t.code("dossier-answer", detail)),
            "asked-second" => t.s1("dossier-event-asked-second", "answer", t.code("dossier-answer", detail)),
            "released" => t.s("dossier-event-released"),
            "received" => t.s("dossier-event-received"),
            "disputed" => t.s1("dossier-event-disputed", "ground", t.code("dossier-left", detail)),
            "taken-back" => t.s("dossier-event-taken-back"),
            "departed" => t.s1("dossier-event-departed", "ground", t.code("dossier-left", detail)),
            other => other.to_owned(),
        }
    }
}
