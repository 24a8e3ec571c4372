//! An officer with a declared relation to a person, at every route of the desk, in a round in which that person goes.

use axum::http::{Method, StatusCode};
use exchange::ids::PersonId;
use exchange::person::List;
use register::{CallState, RelationKind, RelationRow};

use super::*;

/// The routes as they were agreed: a new one is walked as soon as it stands there.
const ROUTES: &str = include_str!("../../../../tests/access.txt");
/// What the record and the register call the two dossiers of one closed person, held and sought.
struct Closed {
    name: String,
    people: Vec<PersonId>,
    item: String,
    call: String,
}

/// A round in which everyone goes, up to the calls; and the person who is closed.
async fn received() -> (Nodes, Vec<Side>, Closed) {
    let (nodes, sides) = sides_of(4, 4).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    nominated(&sides).await;
    a.post(Role::Registrar, "/links/accept", &[("round", "1"), ("all", "strong")]).await;
    agree_on_list(b, a, &sides).await;
    for side in &sides {
        side.ask(Role::Physician, "wills", "listed", "willing").await;
        side.ask(Role::Escort, "crossing", "willed-once", "willing").await;
    }
    release_and_receive(b, a, &sides).await;
    let mut reading = a.node.register.read().await.unwrap();
    let call = reading.calls(CallState::Due).await.unwrap().whole().unwrap().remove(0);
    let sought = reading.person(call.person).await.unwrap().unwrap().person;
    let name = sought.names[0].surname.0.clone();
    let held = reading.all_people(List::Held).await.unwrap().whole().unwrap();
    let held = held.into_iter().find(|row| row.person.names[0].surname.0 == name).unwrap();
    let people = vec![sought.id, held.person.id];
    drop(reading);
    let closed = Closed { name, people, item: held.item.unwrap().to_string(), call: call.id };
    (nodes, sides, closed)
}

/// An officer in every role, with or without a relation to the person.
async fn officer(node: &Arc<Node>, first: Role, closed: Option<&Closed>) -> Seat {
    let roles: Vec<Role> =
        [first].into_iter().chain(Role::ALL.into_iter().filter(|role| *role != first)).collect();
    let seat = Seat::at(node, &roles, Some("oversight")).await;
    let mut act = node.act(&itself(), "declare relation", None).await.unwrap();
    for person in closed.map_or(&[][..], |closed| &closed.people) {
        let row = RelationRow {
            officer: first.code().to_owned(),
            person: *person,
            kind: RelationKind::Related,
            declared_at: 1,
            declared_by: first.code().to_owned(),
            lifted: None,
        };
        act.tx.put(&row).await.unwrap();
    }
    act.commit().await.unwrap();
    seat
}

/// Every route for officers: method and path.
fn routes() -> impl Iterator<Item = (Method, &'static str)> {
    let lines = ROUTES.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.filter_map(|line| {
        let (route, who) = line.split_once(": ").unwrap();
        let (method, path) = route.split_once(' ').unwrap();
        (!["door", "public"].contains(&who)).then(|| (method.parse().unwrap(), path))
    })
}

/// Whether a route is about one person by its address. A parameter that is new has to be put on one of the two sides.
fn is_about_a_person(path: &str) -> bool {
    let (mut about, mut before) = (false, "");
    for part in path.split('/') {
        about |= match (before, part) {
            ("people" | "calls", "{id}") | ("roll", "{item}") | ("candidates", "{other}") => true,
            ("officers" | "drafts" | "conditions" | "phases" | "bulletins", "{id}") => false,
            ("rounds" | "notices", "{n}") | ("import", "{draft}") | ("files", "{name}") => false,
            (_, part) if part.starts_with('{') => panic!("{path}: does {part} name a person?"),
            _ => false,
        };
        before = part;
    }
    about
}

fn filled(path: &str, closed: &Closed, person: &PersonId) -> String {
    let path = path.replace("/people/{id}", &format!("/people/{person}"));
    let path = path.replace("/calls/{id}", &format!("/calls/{}", closed.call));
    let path = path.replace("{item}", &closed.item).replace("{n}", "1");
    let path = path.replace("{other}", &"cd".repeat(16));
    path.replace("{id}", &"ab".repeat(16)).replace("{draft}", &"ab".repeat(16))
}

/// Asks every route about the person, by its address where it has one and else by what is sent; answers which let it through.
async fn let_through(seat: &Seat, closed: &Closed) -> (usize, Vec<String>) {
    let (mut asked, mut through) = (0, Vec::new());
    let will = format!("will.{}", closed.item.to_ascii_uppercase());
    let person = closed.people[1].to_string();
    let forms: [&[(&str, &str)]; 4] = [
        &[("item", &closed.item)],
        &[(&will, "willing")],
        &[("person", &person), ("kind", "other")],
        &[("back", &format!("/people/{person}")), ("purpose", "family")],
    ];
    for (method, path) in routes() {
        let at = filled(path, closed, &closed.people[0]);
        let about = is_about_a_person(path);
        let mut answers = Vec::new();
        if method == Method::GET {
            let sent = if about { at } else { format!("{at}?item={}", closed.item) };
            answers.push(seat.get(&sent).await);
        } else if about {
            answers.push(seat.post(&at, &[]).await);
        } else {
            for form in forms {
                answers.push(seat.post(&at, form).await);
            }
        }
        asked += answers.len();
        let refused = |answer: &Answer| {
            answer.status == StatusCode::FORBIDDEN && answer.body.contains("\"closed-to-you\"")
        };
        through.extend(answers.iter().filter(|answer| !refused(answer)).map(|_| format!("{method} {path}")));
    }
    (asked, through)
}

#[tokio::test]
async fn whatever_names_the_person_is_refused_to_an_officer_with_a_relation_on_every_route() {
    let (_folder, sides, closed) = received().await;
    let node = &sides[0].node;
    let seat = officer(node, Role::PressOfficer, Some(&closed)).await;
    let before = node.register.read().await.unwrap().seq();
    let (asked, through) = let_through(&seat, &closed).await;
    assert_eq!(through, Vec::<String>::new());
    let mut reading = node.register.read().await.unwrap();
    assert_eq!(
        reading.seq() - before,
        asked as u64,
        "each refusal is one line of the journal, and nothing else is"
    );
    let line = &reading.journal_about(&closed.people[0].to_string(), 1).await.unwrap()[0];
    assert_eq!(
        (line.action.as_str(), line.officer.as_str()),
        ("refuse dossier closed to officer", "press-officer")
    );
    drop(reading);
    let page = seat.ask(Method::GET, &format!("/people/{}", closed.people[0]), "text/html", None).await;
    assert!(page.body.contains("This dossier is closed to you") && !page.body.contains(&closed.name));
    let other = officer(node, Role::Auditor, None).await;
    let (asked_too, through) = let_through(&other, &closed).await;
    assert_eq!(
        (asked_too, through.len()),
        (asked, asked),
        "without a relation none is refused: the walk sees it"
    );
}

/// What a line may not tell of a person who is closed to the officer.
const PARTICULARS: [&str; 14] = [
    "name", "birth", "class", "category", "site", "held", "lot", "reason", "before", "ground", "says",
    "will1", "will2", "phone",
];

/// Every particular that stands in a view beside `"closed": true`.
fn told_of_closed(view: &Value) -> Vec<String> {
    match view {
        Value::Array(all) => all.iter().flat_map(told_of_closed).collect(),
        Value::Object(fields) => {
            let told = |value: &Value| !value.is_null() && value != "" && value != "Closed to you";
            let own = PARTICULARS.into_iter().filter(|_| fields.get("closed") == Some(&Value::Bool(true)));
            let own = own.filter(|name| fields.get(*name).is_some_and(told)).map(str::to_owned);
            own.chain(fields.values().flat_map(told_of_closed)).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn the_walk_sees_a_particular_beside_a_person_who_is_closed() {
    let view =
        serde_json::json!({ "mine": [{ "closed": true, "class": 2 }, { "closed": false, "class": 3 }] });
    assert_eq!(told_of_closed(&view), ["class"]);
}

/// The files in which the people of the round stand: whoever is in them and not on the page of the roll is the one who is closed.
async fn check_files(seat: &Seat, other: &Seat, closed: &Closed) {
    for (file, holds) in [("pool.csv", true), ("roll.csv", true), ("certificate.json", false)] {
        let path = format!("/rounds/1/roll/files/{file}");
        assert_eq!(seat.get(&path).await.json()["refused"], "closed-to-you", "{file}");
        let page = seat.page("/rounds/1/roll").await;
        assert!(
            !page.contains(&path) && page.contains("closed to you, so the files"),
            "{file} is not offered"
        );
        let answer = other.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        assert_eq!(answer.body.contains(&closed.item), holds, "{file}");
    }
    assert_eq!(seat.get("/rounds/1/roll/files/rules.toml").await.status, StatusCode::OK, "nobody is in them");
}

#[tokio::test]
async fn every_list_stays_and_leaves_out_who_is_closed() {
    let (_folder, sides, closed) = received().await;
    let node = &sides[0].node;
    let seat = officer(node, Role::PressOfficer, Some(&closed)).await;
    let other = officer(node, Role::Auditor, None).await;
    let mut named = Vec::new();
    for (_, path) in routes().filter(|(method, path)| *method == Method::GET && !is_about_a_person(path)) {
        let at = filled(path, &closed, &closed.people[0]);
        let also = if path == "/people" { vec!["/people?list=sought".to_owned()] } else { Vec::new() };
        for at in [at].into_iter().chain(also) {
            for accept in ["application/json", "text/html"] {
                let [mine, theirs] = [
                    seat.ask(Method::GET, &at, accept, None).await,
                    other.ask(Method::GET, &at, accept, None).await,
                ];
                assert_eq!(mine.status, theirs.status, "{at}: the rest of the page stays");
                assert!(!mine.body.contains(&closed.name), "{at} as {accept} names {}", closed.name);
                if theirs.body.contains(&closed.name) {
                    let marked = mine.body.contains("Closed to you") || mine.body.contains("\"closed\":true");
                    assert!(marked, "{at} as {accept} does not say that somebody is closed");
                    named.push(at.clone());
                }
                if accept == "application/json" && theirs.status == StatusCode::OK {
                    let found = told_of_closed(&mine.json());
                    assert_eq!(found, Vec::<String>::new(), "{at} tells of somebody who is closed");
                }
            }
        }
    }
    let roll = other.get("/rounds/1/roll").await.json();
    let lines = ["mine", "theirs"].into_iter().flat_map(|side| roll[side].as_array().unwrap());
    let line = lines.into_iter().find(|line| line["item"] == closed.item).expect("the person goes");
    let (lot, closed_line) = (line["lot"].as_str().unwrap(), "\"closed\":true");
    for (path, accept) in [("/rounds/1/roll", "application/json"), ("/rounds/1/roll", "text/html")] {
        let [mine, theirs] = [
            seat.ask(Method::GET, path, accept, None).await,
            other.ask(Method::GET, path, accept, None).await,
        ];
        assert!(
            theirs.body.contains(lot) && theirs.body.contains(&closed.item),
            "{path}: it is there to be left out"
        );
        assert!(!mine.body.contains(lot) && !mine.body.contains(&closed.item), "{path} as {accept}");
    }
    assert!(seat.get("/rounds/1/roll").await.body.contains(closed_line));
    check_files(&seat, &other, &closed).await;
    let began = [("item", &closed.item[..12]), ("class", "2")];
    assert_eq!(seat.post("/rounds/1/what-if", &began).await.json()["refused"], "closed-to-you");
    assert_eq!(other.post("/rounds/1/what-if", &began).await.status, StatusCode::OK);
    named.dedup();
    let expected = ["/people", "/people?list=sought", "/links", "/rounds/1/roll", "/rounds/1/wills"];
    for at in expected.into_iter().chain(["/rounds/1/crossing", "/calls"]) {
        assert!(named.iter().any(|one| one == at), "{at} names nobody at all: {named:?}");
    }
}

#[tokio::test]
async fn a_draft_about_the_person_is_neither_seen_nor_decided() {
    let (_folder, sides, closed) = received().await;
    let node = &sides[0].node;
    // A draft of an override that waits from before the nomination.
    let item: exchange::ids::Item = closed.item.parse().unwrap();
    let (ground, says) = ("other".to_owned(), "So it was wished.".to_owned());
    let what = crate::acts::overrides::Override { round: 1, goes: item.0, stays: [3; 32], ground, says };
    let document = crate::opening::to_cbor(&what);
    let mut act = node.act(&itself(), "draft override", None).await.unwrap();
    let draft = crate::acts::drafts::Draft::Override { document };
    let id = crate::acts::drafts::keep(&mut act, &draft).await.unwrap();
    act.commit().await.unwrap();
    let seat = officer(node, Role::PressOfficer, Some(&closed)).await;
    let other = officer(node, Role::Auditor, None).await;
    let [mine, theirs] = [seat.get("/drafts").await, other.get("/drafts").await];
    assert!(theirs.body.contains(&closed.item), "whoever has no relation sees whom it is about");
    assert!(!mine.body.contains(&closed.item), "{}", mine.body);
    assert_eq!(mine.json()["drafts"][0]["closed"], true);
    let [mine, theirs] = [seat.page("/drafts").await, other.page("/drafts").await];
    let buttons = ["approve", "dismiss"].map(|decision| format!("/drafts/{id}/{decision}"));
    assert!(buttons.iter().all(|button| theirs.contains(button)) && theirs.contains(&closed.item));
    assert!(!buttons.iter().any(|button| mine.contains(button)) && !mine.contains(&closed.item));
    assert!(mine.contains("Closed to you"), "{mine}");
    // The round shows the same draft to all who read it.
    for accept in ["application/json", "text/html"] {
        let [mine, theirs] = [
            seat.ask(Method::GET, "/rounds/1", accept, None).await.body,
            other.ask(Method::GET, "/rounds/1", accept, None).await.body,
        ];
        assert!(theirs.contains("So it was wished."), "{accept}: it is there to be left out");
        assert!(!mine.contains("So it was wished."), "the round as {accept}");
        assert!(!buttons.iter().any(|button| mine.contains(button)), "the round as {accept}");
    }
    for button in &buttons {
        let refused = seat.post(button, &[]).await;
        assert_eq!(refused.json()["refused"], "closed-to-you", "{button}: {}", refused.body);
    }
    let decided = other.post(&buttons[1], &[]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
}

/// Everyone has been held as long. Eight of each side are in the north and two in the south, and one of these two is closed.
#[tokio::test]
async fn chances_of_a_few_people_are_not_told_to_an_officer_to_whom_one_of_the_round_is_closed() {
    let text = terms(5).replacen("overrides_at_most = 2", "overrides_at_most = 2\nchances = \"leximin\"", 1);
    let (_folder, sides) = sides_like(10, &text, |person, number| {
        let site = if number < 2 { "south" } else { "north" };
        person.custody = vec![exchange::person::Custody { site: site.to_owned(), from: None, to: None }];
        person.capture = Some(Capture { date: Some(PartialDate::Day(date!(2022 - 06 - 20))), place: None });
    })
    .await;
    let a = &sides[0];
    for (place, most) in [("north", "8"), ("south", "1")] {
        a.post(Role::Negotiator, "/rounds/1/places", &[("place", place), ("at-most", most)]).await;
    }
    committed(&sides).await;
    let held = {
        let mut reading = a.node.register.read().await.unwrap();
        reading.all_people(List::Held).await.unwrap().whole().unwrap()
    };
    let row = held.into_iter().find(|row| row.person.custody[0].site == "south").unwrap();
    let closed = Closed {
        name: row.person.names[0].surname.0.clone(),
        people: vec![row.person.id],
        item: row.item.unwrap().to_string(),
        call: String::new(),
    };
    let seat = officer(&a.node, Role::PressOfficer, Some(&closed)).await;
    let other = officer(&a.node, Role::Auditor, None).await;
    let sites = |view: &Value| -> Vec<(String, u64)> {
        let kinds = view["mine"]["chances"]["kinds"].as_array().unwrap().iter();
        kinds
            .map(|kind| (kind["site"].as_str().unwrap().to_owned(), kind["people"].as_u64().unwrap()))
            .collect()
    };
    let path = "/rounds/1/fairness";
    let all = sites(&other.get(path).await.json());
    assert!(all.contains(&("south".to_owned(), 2)), "the group is there to be left out: {all:?}");
    let seen = seat.get(path).await.json();
    assert_eq!(sites(&seen), [("north".to_owned(), 8)]);
    assert_eq!(seen["mine"]["chances"]["few_left_out"], true);
    let (mine, theirs) = (seat.page(path).await, other.page(path).await);
    assert!(mine.contains("Groups of fewer than 5 people are left out"), "{mine}");
    assert!(!theirs.contains("are left out"));
    // Whose dossier is closed is closed on the roll, before any line of the round names them.
    let roll = seat.get("/rounds/1/roll").await.body;
    assert!(!roll.contains(&closed.item) && roll.contains("\"closed\":true"), "{roll}");
    assert!(other.get("/rounds/1/roll").await.body.contains(&closed.item));
    assert_eq!(seat.get("/rounds/1/roll/files/roll.csv").await.json()["refused"], "closed-to-you");
}
