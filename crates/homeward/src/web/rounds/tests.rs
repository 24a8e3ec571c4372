//! A whole round through the desks of both sides, by forms and views alone; and who is let in.

mod by_hand;
mod closed;
mod fairness;
mod owed;
mod readers;
mod replacement;
mod selection;
mod what_if;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::{Method, StatusCode};
use exchange::ids::{Party, PersonId};
use exchange::person::{
    Capture, Examination, Examiner, List, Name, NameKind, PartialDate, Person, Provenance, Text,
};
use serde_json::Value;
use time::macros::date;

use crate::link;
use crate::node::{Node, itself};
use crate::officer::Role;
use crate::pairing;
use crate::web::testing::{Answer, Nodes, Seat, nodes};

const ROLES: [Role; 8] = [
    Role::Negotiator,
    Role::Approver,
    Role::Physician,
    Role::Escort,
    Role::Registrar,
    Role::Auditor,
    Role::FamilyLiaison,
    Role::Administrator,
];

/// One side: its node and an officer in each role.
struct Side {
    node: Arc<Node>,
    seats: BTreeMap<Role, Seat>,
}

impl Side {
    async fn of(node: &Arc<Node>) -> Self {
        let mut seats = BTreeMap::new();
        for role in ROLES {
            seats.insert(role, Seat::at(node, &[role], None).await);
        }
        Self { node: node.clone(), seats }
    }

    async fn view(&self, round: u32) -> Value {
        self.seats[&Role::Negotiator].get(&format!("/rounds/{round}")).await.json()
    }

    async fn post(&self, role: Role, path: &str, fields: &[(&str, &str)]) {
        let answer = self.seats[&role].post(path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
    }

    async fn refused(&self, role: Role, path: &str, fields: &[(&str, &str)]) -> Value {
        let answer = self.seats[&role].post(path, fields).await;
        assert!(answer.status.is_client_error(), "{path}: {} {}", answer.status, answer.body);
        answer.json()
    }

    /// The negotiator drafts, the approver carries out.
    async fn both(&self, path: &str, fields: &[(&str, &str)]) {
        self.post(Role::Negotiator, path, fields).await;
        let drafts = self.seats[&Role::Approver].get("/drafts").await.json();
        let id = drafts["drafts"][0]["id"].as_str().expect("a draft waits").to_owned();
        self.post(Role::Approver, &format!("/drafts/{id}/approve"), &[]).await;
    }

    /// Items of one holder in one state.
    async fn items(&self, holder: &str, state: &str) -> Vec<String> {
        let view = self.view(1).await;
        let of = |item: &&Value| item["holder"] == holder && item["state"] == state;
        let found = view["items"].as_array().unwrap().iter().filter(of);
        found.map(|item| item["item"].as_str().unwrap().to_owned()).collect()
    }

    /// Answers for everyone of one's own in a state.
    async fn ask(&self, role: Role, page: &str, state: &str, answer: &str) {
        let names: Vec<String> =
            self.items("mine", state).await.iter().map(|item| format!("will.{item}")).collect();
        let fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), answer)).collect();
        self.post(role, &format!("/rounds/1/{page}"), &fields).await;
    }
}

async fn carry(sides: &[Side]) {
    loop {
        let mut moved = 0;
        for from in sides {
            for to in sides.iter().filter(|to| to.node.me != from.node.me) {
                let heads = to.node.look().await.unwrap().record.heads();
                let held = heads.into_iter().map(|head| (head.author, head)).collect();
                if let Some(bytes) = link::bundle_to(&from.node, to.node.me, &held).await.unwrap() {
                    moved += link::take_in(&to.node, &bytes).await.unwrap();
                }
            }
        }
        if moved == 0 {
            return;
        }
    }
}

fn person(id: PersonId, of: &str, number: u16, list: List) -> Person {
    let day = i64::from(number);
    let letter = |at: u16| char::from(b'a' + u8::try_from(at % 26).expect("a letter"));
    Person {
        list,
        id,
        power: Party::new(of).unwrap(),
        names: vec![Name {
            surname: Text(format!("Вигаданий{}{}", letter(number / 26), letter(number))),
            given: Some(Text("Іван".into())),
            patronymic: None,
            kind: NameKind::Main,
        }],
        sex: None,
        birth: Some(PartialDate::Day(date!(1985 - 05 - 01) + time::Duration::days(day))),
        birth_place: None,
        rank: None,
        service_number: Some(Text(format!("{of}-{number:03}"))),
        unit: None,
        prisoner_number: None,
        capture: Some(Capture {
            date: Some(PartialDate::Day(date!(2022 - 05 - 20) + time::Duration::days(day))),
            place: None,
        }),
        custody: Vec::new(),
        examinations: vec![Examination {
            date: date!(2025 - 05 - 01),
            condition: "A1a".into(),
            onset: Some(date!(2022 - 05 - 20)),
            by: Examiner::DetainingPower,
        }],
        claims: Vec::new(),
        kin: Vec::new(),
        remarks: None,
        provenance: Provenance { list_name: "test".into(), row: 1, key: None, map: None },
    }
}

/// Six held and six sought on each side, three places a round, the agreement in force.
async fn sides() -> (Nodes, Vec<Side>) {
    sides_of(6, 3).await
}

async fn sides_of(people: u16, places: u32) -> (Nodes, Vec<Side>) {
    sides_like(people, &terms(places), |_, _| ()).await
}

fn terms(places: u32) -> String {
    let rounds = [(1, date!(2025 - 06 - 10)), (2, date!(2025 - 06 - 19))];
    rehearsal::terms::istanbul_shaped(places, places, &rounds)
}

/// The same under other terms, with people of whom the closure says by their number what else is known.
async fn sides_like(people: u16, terms: &str, known: impl Fn(&mut Person, u16)) -> (Nodes, Vec<Side>) {
    sides_among(nodes(2).await, people, terms, known).await
}

async fn sides_among(
    opened: Nodes,
    people: u16,
    terms: &str,
    known: impl Fn(&mut Person, u16),
) -> (Nodes, Vec<Side>) {
    let mut sides = Vec::new();
    for (node, other) in [(&opened.nodes[0], "belmar"), (&opened.nodes[1], "aronia")] {
        let mut act = node.act(&itself(), "import", None).await.unwrap();
        for number in 0..people {
            for (of, list) in [(other, List::Held), (node.config.party.as_str(), List::Sought)] {
                let mut person = person(act.tx.new_person_id(), of, number, list);
                known(&mut person, number);
                act.tx.save_person(&person, &pairing::keys_of(&person)).await.unwrap();
            }
        }
        act.commit().await.unwrap();
        sides.push(Side::of(node).await);
    }
    sides[0].both("/agreement", &[("terms", terms)]).await;
    carry(&sides).await;
    sides[1].both("/agreement/accept", &[]).await;
    carry(&sides).await;
    (opened, sides)
}

async fn committed(sides: &[Side]) {
    for side in sides {
        side.post(Role::Negotiator, "/rounds/1/commit", &[]).await;
    }
    carry(sides).await;
}

async fn nominated(sides: &[Side]) {
    committed(sides).await;
    for side in sides {
        side.both("/rounds/1/nominate", &[]).await;
    }
    carry(sides).await;
}

#[tokio::test]
async fn a_bundle_with_a_commit_and_the_word_that_the_seed_was_withheld_is_taken_in() {
    let (_nodes, sides) = sides().await;
    for side in &sides {
        side.post(Role::Negotiator, "/rounds/1/commit", &[]).await;
    }
    // The first side hears of both commits and reveals; the second hears nothing until the first has said that it waited.
    let (first, second) = (&sides[0].node, &sides[1].node);
    let bytes = link::bundle_to(second, first.me, &BTreeMap::new()).await.unwrap().unwrap();
    link::take_in(first, &bytes).await.unwrap();
    let mut act = first.act(&itself(), "state withheld seed", None).await.unwrap();
    act.append(parley::Body::Withheld { round: 1 }).await.unwrap();
    act.commit().await.unwrap();
    carry(&sides).await;
    for side in &sides {
        let shared = side.node.look().await.unwrap();
        let round = shared.record.view().round(1).unwrap();
        assert_eq!(round.withheld().map(|(by, _)| by), Some(first.me));
        assert_eq!(round.phase(&second.me), parley::Phase::Committed, "too late to reveal");
    }
    // Closed by both, it lets the next round begin.
    let early = sides[0].refused(Role::Negotiator, "/rounds/2/commit", &[]).await;
    assert!(early.to_string().contains("round"), "{early}");
    for side in &sides {
        side.post(Role::Negotiator, "/rounds/1/close", &[]).await;
    }
    carry(&sides).await;
    for side in &sides {
        side.post(Role::Negotiator, "/rounds/2/commit", &[]).await;
    }
}

async fn agree_on_list(from: &Side, to: &Side, sides: &[Side]) {
    from.both("/rounds/1/list", &[]).await;
    carry(sides).await;
    let view = to.view(1).await;
    let proposal = &view["proposals"][0];
    assert_eq!(proposal["flagged"], Value::Array(Vec::new()), "{proposal}");
    to.both("/rounds/1/accept", &[("entry", proposal["entry"].as_str().unwrap())]).await;
    carry(sides).await;
}

async fn release_and_receive(from: &Side, to: &Side, sides: &[Side]) {
    let ready = from.items("mine", "willed-twice").await;
    let fields: Vec<(&str, &str)> = ready.iter().map(|item| ("release", item.as_str())).collect();
    from.post(Role::Escort, "/rounds/1/crossing", &fields).await;
    carry(sides).await;
    let coming = to.items("theirs", "in-transit").await;
    assert_eq!(coming.len(), ready.len());
    let names: Vec<String> = coming.iter().map(|item| format!("arrival.{item}")).collect();
    let fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "received")).collect();
    to.post(Role::Escort, "/rounds/1/arrivals", &fields).await;
    carry(sides).await;
}

#[tokio::test]
async fn a_round_is_played_through_the_forms_of_both_desks() {
    let (_folder, sides) = sides().await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    let rounds = a.seats[&Role::Auditor].get("/rounds").await.json();
    assert_eq!(rounds["rounds"][0]["state"], "planned");
    assert_eq!(a.view(1).await["next"]["step"], "commit");
    let early = a.refused(Role::Negotiator, "/rounds/2/commit", &[]).await;
    assert_eq!(early["rule"], "round-before-open");
    nominated(&sides).await;
    assert_eq!(a.view(1).await["check"]["of_theirs"], "ok");
    let roll = a.seats[&Role::Registrar].get("/rounds/1/roll").await.json();
    assert_eq!((roll["mine"].as_array().unwrap().len(), roll["theirs"].as_array().unwrap().len()), (3, 3));
    assert!(roll["mine"][0]["name"].as_str().unwrap().starts_with("Вигаданий"));
    assert_eq!(roll["mine"][0]["reason"], "goes");
    let reserve = roll["sides"]["mine"]["next"][0]["item"].as_str().unwrap();
    let sheet = a.seats[&Role::Physician].get(&format!("/rounds/1/roll/{reserve}")).await.json();
    assert_eq!((&sheet["in"], &sheet["decided"]), (&Value::Bool(false), &Value::from("time-held")));
    let says: Vec<&str> = sheet["says"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(says.iter().any(|text| text.contains("With 1 place more there")), "{says:?}");
    assert!(says.iter().any(|text| text.contains("Would stay instead: Вигаданий")), "{says:?}");
    for seat in [&a, &b].map(|side| &side.seats[&Role::Negotiator]) {
        assert_eq!(
            seat.get("/rounds/1/roll").await.json()["digest"],
            roll["digest"],
            "one roll at both desks"
        );
    }

    agree_on_list(b, a, &sides).await;
    let wills = a.seats[&Role::Physician].get("/rounds/1/wills").await.json();
    assert_eq!((wills["open"].as_u64(), wills["lines"].as_array().unwrap().len()), (Some(3), 3));
    for side in &sides {
        side.ask(Role::Physician, "wills", "listed", "willing").await;
        side.ask(Role::Escort, "crossing", "willed-once", "willing").await;
    }
    // One person of the first side changes their mind at the crossing; the whole form with them is refused.
    let ready = a.items("mine", "willed-twice").await;
    let refusing = ready[1].clone();
    a.post(Role::Escort, "/rounds/1/crossing", &[(&format!("will.{refusing}"), "unwilling")]).await;
    assert_eq!(a.view(1).await["next"]["step"], "depart");
    let fields: Vec<(&str, &str)> = ready.iter().map(|item| ("release", item.as_str())).collect();
    let refused = a.refused(Role::Escort, "/rounds/1/crossing", &fields).await;
    assert_eq!(refused["rule"], "record-no-consent");
    assert!(refused["detail"].as_str().unwrap().contains(&refusing[..8]), "{refused}");
    assert_eq!(a.view(1).await["mine"]["released"], 0, "a form is taken whole or not at all");
    a.post(Role::Negotiator, "/rounds/1/depart", &[("item", &refusing), ("ground", "unwilling")]).await;
    assert_eq!(a.view(1).await["vacated"]["mine"], 1);
    carry(&sides).await;
    agree_on_list(a, b, &sides).await;
    a.ask(Role::Physician, "wills", "listed", "willing").await;
    a.ask(Role::Escort, "crossing", "willed-once", "willing").await;
    release_and_receive(a, b, &sides).await;
    release_and_receive(b, a, &sides).await;

    a.post(Role::Negotiator, "/rounds/1/close", &[("outside", "1")]).await;
    b.post(Role::Negotiator, "/rounds/1/close", &[]).await;
    carry(&sides).await;
    let view = b.view(1).await;
    assert_eq!((&view["state"], &view["next"]["step"]), (&"closed".into(), &"differences".into()));
    let found = &view["accounts"]["differences"][0];
    assert_eq!(
        (found["mine"].as_u64(), found["theirs"].as_u64(), found["record"].as_u64()),
        (Some(3), Some(4), Some(3))
    );
    a.post(Role::Negotiator, "/rounds/1/account", &[]).await;
    carry(&sides).await;
    assert_eq!(b.view(1).await["next"]["step"], "done");
    let willing = |item: &Value| {
        item["state"] != "received" || item["will1"] == "willing" && item["will2"] == "willing"
    };
    assert!(b.view(1).await["items"].as_array().unwrap().iter().all(willing));
}

#[tokio::test]
async fn a_denied_release_is_taken_back_and_one_who_is_home_is_flagged() {
    let (_folder, sides) = sides().await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    nominated(&sides).await;
    // Belmar knows by a claim of its own that one of those whom aronia nominated is home already.
    let line = {
        let mut reading = b.node.register.read().await.unwrap();
        let lines = crate::acts::round::all_lines(&mut reading, 1).await.unwrap();
        lines.into_iter().find(|line| line.holder.as_str() == "aronia").unwrap()
    };
    let home = pairing::dossier_of(&line).unwrap();
    let mut act = b.node.act(&itself(), "claim", None).await.unwrap();
    crate::acts::crossing::claim(&mut act, home, pairing::freed(date!(2025 - 06 - 01))).await.unwrap();
    act.commit().await.unwrap();
    a.both("/rounds/1/list", &[]).await;
    carry(&sides).await;
    let view = b.view(1).await;
    let proposal = &view["proposals"][0];
    assert_eq!(proposal["flagged"][0]["item"], line.item.to_string());
    assert_eq!(proposal["flagged"][0]["why"], "already-returned");
    assert_eq!(proposal["flagged"].as_array().unwrap().len(), 1);
    let entry = proposal["entry"].as_str().unwrap();
    b.both("/rounds/1/reject", &[("entry", entry), ("ground", "already-returned")]).await;
    carry(&sides).await;
    let fields = [("item", line.item.to_string()), ("ground", "already-returned".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    a.post(Role::Registrar, "/rounds/1/depart", &fields).await;
    carry(&sides).await;
    agree_on_list(a, b, &sides).await;
    agree_on_list(a, b, &sides).await;

    a.ask(Role::Physician, "wills", "listed", "willing").await;
    a.ask(Role::Escort, "crossing", "willed-once", "willing").await;
    let sent = a.items("mine", "willed-twice").await;
    a.post(Role::Escort, "/rounds/1/crossing", &[("release", &sent[0])]).await;
    carry(&sides).await;
    b.post(Role::Escort, "/rounds/1/arrivals", &[(&format!("arrival.{}", sent[0]), "not-delivered")]).await;
    carry(&sides).await;
    assert_eq!(a.items("mine", "not-delivered").await, [sent[0].clone()]);
    assert_eq!(a.view(1).await["next"]["step"], "take-back");
    a.post(Role::Escort, "/rounds/1/take-back", &[("item", &sent[0])]).await;
    assert_eq!(a.items("mine", "taken-back").await, [sent[0].clone()]);
    let again = a.refused(Role::Escort, "/rounds/1/take-back", &[("item", &sent[0])]).await;
    assert!(again["detail"].as_str().unwrap().contains(&sent[0][..8]), "{again}");
}

#[tokio::test]
async fn each_role_does_its_own_and_bad_fields_are_named() {
    let (_folder, sides) = sides().await;
    let a = &sides[0];
    let check = |answer: Answer, status: StatusCode, refused: &str, detail: &str| {
        let said = answer.json();
        assert_eq!((answer.status, &said["refused"]), (status, &Value::from(refused)), "{said}");
        assert!(said["detail"].as_str().unwrap().contains(detail), "{said}");
    };
    for path in ["/rounds", "/rounds/1", "/rounds/1/roll", "/rounds/1/wills", "/rounds/1/crossing"] {
        let answer = Seat::nobody(&a.node).get(path).await;
        check(answer, StatusCode::UNAUTHORIZED, "sign-in-first", "");
        let answer = a.seats[&Role::FamilyLiaison].get(path).await;
        check(answer, StatusCode::FORBIDDEN, "not-your-role", "");
    }
    let forbidden = StatusCode::FORBIDDEN;
    check(a.seats[&Role::Auditor].get("/rounds/1/what-if").await, forbidden, "not-your-role", "escort");
    let sent = a.seats[&Role::Approver].post("/rounds/1/commit", &[]).await;
    check(sent, forbidden, "not-your-role", "negotiator");
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    let item = "ab".repeat(32);
    type Case<'a> = (Role, &'a str, &'a [(&'a str, &'a str)], &'a str);
    let cases: [Case<'_>; 8] = [
        (Role::Physician, "wills", &[], "will"),
        (Role::Physician, "wills", &[("will.xyz", "willing")], "will"),
        (Role::Escort, "crossing", &[("release", "xyz")], "release"),
        (Role::Escort, "arrivals", &[("arrival.00", "received")], "arrival"),
        (Role::Negotiator, "depart", &[("item", &item), ("ground", "tired")], "ground"),
        (Role::Negotiator, "accept", &[("entry", "1")], "entry"),
        (Role::Negotiator, "notice", &[("kind", "postponed"), ("until", "soon")], "until"),
        (Role::Negotiator, "close", &[("outside", "-1")], "outside"),
    ];
    let before = a.node.register.read().await.unwrap().seq();
    for (role, path, fields, field) in cases {
        let answer = a.seats[&role].post(&format!("/rounds/1/{path}"), fields).await;
        check(answer, bad, "bad-field", field);
    }
    let answer = a.seats[&Role::Negotiator].post("/observe", &[]).await;
    check(answer, StatusCode::CONFLICT, "against-rule", "neutral");
    assert_eq!(a.node.register.read().await.unwrap().seq(), before, "a refused form writes nothing");
    let answer = a.seats[&Role::Negotiator].get("/rounds/9").await;
    check(answer, StatusCode::NOT_FOUND, "not-found", "");
}

#[tokio::test]
async fn a_rehearsal_clock_goes_forward_alone_and_a_sheet_is_read_on_record() {
    let (_folder, sides) = sides().await;
    let a = &sides[0];
    let now = a.node.clock.now();
    a.post(Role::Administrator, "/rehearsal/clock", &[("to", &(now + 1000).to_string())]).await;
    assert_eq!(a.node.clock.now(), now + 1000);
    let back = a.refused(Role::Administrator, "/rehearsal/clock", &[("to", &now.to_string())]).await;
    assert_eq!((&back["refused"], &back["detail"]), (&"bad-field".into(), &"to".into()));
    a.post(Role::Negotiator, "/rounds/1/notice", &[("kind", "postponed"), ("until", "2025-06-12")]).await;
    let notice = &a.view(1).await["notices"][0];
    assert_eq!((&notice["kind"], &notice["until"]), (&"postponed".into(), &"2025-06-12".into()));
    let mut reading = a.node.register.read().await.unwrap();
    let seq = reading.seq();
    let answer = a.seats[&Role::Physician].get("/rounds/1/wills").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    reading = a.node.register.read().await.unwrap();
    let line = reading.journal(seq + 1, 1).await.unwrap().remove(0);
    assert_eq!((line.action.as_str(), line.subject.as_deref()), ("read wills sheet", Some("round-1")));
}

/// Checks a page, and keeps it for viewing where `HOMEWARD_SAMPLE` names a folder.
fn look_at(html: &str, name: &str) {
    for never in ["None", "Some(", "rounds-step-", "rounds-item-", "rounds-state-", "rounds-column-", "flag-"]
    {
        assert!(!html.contains(never), "{never} on {name}");
    }
    if let Some(folder) = std::env::var_os("HOMEWARD_SAMPLE") {
        let css = crate::web::assets::asset(crate::web::assets::css_href()).expect("embedded").1.into_owned();
        let css = String::from_utf8(css).expect("UTF-8");
        let link = format!("<link rel=\"stylesheet\" href=\"{}\">", crate::web::assets::css_href());
        let whole = html.replace(&link, &format!("<style>{css}</style>"));
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.html")), whole).unwrap();
    }
}

/// Looks at pages of one side in every language.
async fn look(side: &Side, stage: &str, pages: &[(Role, &str, &str)]) {
    for (role, path, name) in pages {
        for language in ["uk", "ru", "en"] {
            let seat = Seat::at(&side.node, &[*role], None).await.speaking(language);
            look_at(&seat.page(path).await, &format!("{stage}-{name}-{language}"));
        }
    }
}

#[tokio::test]
async fn every_page_of_a_round_is_worded_in_three_languages_at_every_stage() {
    let (_folder, sides) = sides_of(30, 12).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    look(a, "1", &[(Role::Negotiator, "/rounds", "list"), (Role::Negotiator, "/rounds/1", "round")]).await;
    nominated(&sides).await;
    let roll = a.seats[&Role::Registrar].get("/rounds/1/roll").await.json();
    let (first, next) = (&roll["mine"][0]["item"], &roll["sides"]["mine"]["next"][0]["item"]);
    let [first, next] = [first, next].map(|item| format!("/rounds/1/roll/{}", item.as_str().unwrap()));
    let pages = [
        (Role::Negotiator, "/rounds/1", "round"),
        (Role::Negotiator, "/rounds/1/roll", "roll"),
        (Role::Physician, &*first, "goes"),
        (Role::Physician, &*next, "stays"),
    ];
    look(a, "2", &pages).await;
    b.post(Role::Negotiator, "/rounds/1/list", &[]).await;
    look(b, "3", &[(Role::Approver, "/rounds/1", "draft")]).await;
    let drafts = b.seats[&Role::Approver].get("/drafts").await.json();
    let id = drafts["drafts"][0]["id"].as_str().unwrap().to_owned();
    b.post(Role::Approver, &format!("/drafts/{id}/approve"), &[]).await;
    carry(&sides).await;
    look(a, "3", &[(Role::Negotiator, "/rounds/1", "proposal")]).await;
    let entry = a.view(1).await["proposals"][0]["entry"].as_str().unwrap().to_owned();
    a.both("/rounds/1/accept", &[("entry", &entry)]).await;
    carry(&sides).await;
    look(a, "4", &[(Role::Physician, "/rounds/1/wills", "wills"), (Role::Physician, "/rounds/1", "round")])
        .await;
    for side in &sides {
        side.ask(Role::Physician, "wills", "listed", "willing").await;
    }
    let gone = a.items("mine", "willed-once").await[0].clone();
    a.post(Role::Physician, "/rounds/1/depart", &[("item", &gone), ("ground", "died")]).await;
    a.post(Role::Negotiator, "/rounds/1/notice", &[("kind", "postponed"), ("until", "2025-06-12")]).await;
    a.ask(Role::Escort, "crossing", "willed-once", "willing").await;
    let ready = a.items("mine", "willed-twice").await;
    a.post(Role::Escort, "/rounds/1/crossing", &[("release", &ready[0]), ("release", &ready[1])]).await;
    b.ask(Role::Escort, "crossing", "willed-once", "willing").await;
    let theirs = b.items("mine", "willed-twice").await;
    b.post(Role::Escort, "/rounds/1/crossing", &[("release", &theirs[0]), ("release", &theirs[1])]).await;
    carry(&sides).await;
    let pages = [(Role::Escort, "/rounds/1/crossing", "crossing"), (Role::Negotiator, "/rounds/1", "round")];
    look(a, "5", &pages).await;
    agree_on_list(a, b, &sides).await;
    a.ask(Role::Physician, "wills", "listed", "willing").await;
    a.ask(Role::Escort, "crossing", "willed-once", "willing").await;
    for (from, to) in [(a, b), (b, a)] {
        release_and_receive_rest(from, to, &sides).await;
    }
    look(a, "6", &[(Role::Negotiator, "/rounds/1", "close")]).await;
    a.post(Role::Negotiator, "/rounds/1/close", &[("outside", "1")]).await;
    b.post(Role::Negotiator, "/rounds/1/close", &[]).await;
    carry(&sides).await;
    look(a, "7", &[(Role::Negotiator, "/rounds/1", "differences"), (Role::Auditor, "/rounds/1", "auditor")])
        .await;
}

/// Releases who is left, and receives everyone on the way.
async fn release_and_receive_rest(from: &Side, to: &Side, sides: &[Side]) {
    let ready = from.items("mine", "willed-twice").await;
    let fields: Vec<(&str, &str)> = ready.iter().map(|item| ("release", item.as_str())).collect();
    from.post(Role::Escort, "/rounds/1/crossing", &fields).await;
    carry(sides).await;
    let coming = to.items("theirs", "in-transit").await;
    let names: Vec<String> = coming.iter().map(|item| format!("arrival.{item}")).collect();
    let fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "received")).collect();
    to.post(Role::Escort, "/rounds/1/arrivals", &fields).await;
    carry(sides).await;
}

#[tokio::test]
async fn a_round_of_270_items_renders_and_posts_within_seconds() {
    let (_folder, sides) = sides_of(140, 135).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    nominated(&sides).await;
    agree_on_list(b, a, &sides).await;
    let mut taken: Vec<(&str, std::time::Duration)> = Vec::new();
    let mut watch = crate::clock::Stopwatch::start();
    let mut lap = |what| {
        taken.push((what, watch.elapsed()));
        watch = crate::clock::Stopwatch::start();
    };
    a.ask(Role::Physician, "wills", "listed", "willing").await;
    lap("first wills");
    a.ask(Role::Escort, "crossing", "willed-once", "willing").await;
    lap("second wills");
    a.seats[&Role::Negotiator].page("/rounds/1").await;
    lap("round page");
    a.seats[&Role::Escort].page("/rounds/1/crossing").await;
    lap("crossing page");
    a.seats[&Role::Negotiator].page("/rounds/1/roll").await;
    lap("roll page");
    release_and_receive_rest(a, b, &sides).await;
    lap("release, carry, arrivals");
    let slow: Vec<_> = taken.iter().filter(|(_, time)| time.as_secs() >= 10).collect();
    assert!(slow.is_empty(), "{taken:?}");
    assert_eq!(b.items("theirs", "received").await.len(), 135);
    assert!(std::env::var_os("HOMEWARD_TIMES").is_none(), "asked for by HOMEWARD_TIMES: {taken:?}");
}
