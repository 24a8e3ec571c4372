use std::sync::Arc;

use axum::http::StatusCode;
use exchange::person::{Custody, List, Person, State};
use serde_json::Value;
use time::macros::date;

use super::*;
use crate::node::Node;
use crate::web::testing::{Nodes, Seat, looked_at, nodes, person, save, says};

const MISSING: u8 = 1;
const HELD: u8 = 2;

fn id(id: u8) -> PersonId {
    PersonId([id; 16])
}

fn pair(one: u8, other: u8) -> String {
    format!("/people/{}/candidates/{}", id(one), id(other))
}

/// Somebody missing, the same person held in another spelling, one who bears the name, and a stranger.
fn people() -> Vec<Person> {
    let mut held = person(HELD, List::Held, &["Koval Petro", "Ковалёв Пётр"], "1990-02-03", "AB-1");
    held.custody.push(Custody { site: "S-12".into(), from: None, to: None });
    let missing = person(MISSING, List::Sought, &["Коваль Петро Іванович"], "1990-02-03", "");
    vec![
        says(missing, State::Missing, date!(2023 - 01 - 02)),
        says(held, State::Held, date!(2024 - 03 - 04)),
        person(3, List::Sought, &["Коваль Петро"], "", ""),
        person(4, List::Held, &["Шевченко Тарас"], "1990-02-03", ""),
        person(5, List::Sought, &["Коваль Петро Олегович"], "1971-05-06", ""),
    ]
}

async fn site() -> (Nodes, Arc<Node>, Seat) {
    let nodes = nodes(1).await;
    let node = nodes.nodes[0].clone();
    save(&node, &people()).await;
    let registrar = Seat::at(&node, &[Role::Registrar], Some("registration")).await;
    (nodes, node, registrar)
}

/// The identifiers of the pairs or lines of a view, in order.
fn others(view: &Value, of: &str) -> Vec<String> {
    let all = view[of].as_array().unwrap().iter();
    all.map(|one| one["other"]["id"].as_str().unwrap()[..2].to_owned()).collect()
}

#[tokio::test]
async fn two_dossiers_stand_beside_each_other_and_each_word_is_said() {
    let (_nodes, node, registrar) = site().await;
    let own = format!("/people/{}/candidates", id(MISSING));
    let hasty = Seat::at(&node, &[Role::Registrar], None).await;
    assert_eq!(hasty.get(&own).await.json(), serde_json::json!({ "ask_purpose": true }));
    let registrar_again = Seat::at(&node, &[Role::Registrar], Some("registration")).await;
    let view = registrar_again.get(&own).await.json();
    assert_eq!((others(&view, "pairs"), &view["count"]), (vec!["02".into(), "03".into()], &2.into()));
    let [strong, weak] = [&view["pairs"][0], &view["pairs"][1]];
    assert_eq!((&strong["band"], &strong["gain"]), (&"link".into(), &"alive".into()));
    assert_eq!((&weak["band"], &weak["namesakes"]), (&"review".into(), &2.into()));
    let how = |pair: &Value| -> Vec<String> {
        let rows = pair["compared"].as_array().unwrap().iter();
        rows.map(|row| format!("{} {}", row["field"].as_str().unwrap(), row["how"].as_str().unwrap()))
            .collect()
    };
    let expect = [
        "surname agrees",
        "given agrees",
        "patronymic missing",
        "birth-year agrees",
        "birth-day agrees",
        "service-number missing",
    ];
    assert_eq!(how(strong), expect);
    assert_eq!((&strong["takes_two"], &weak["takes_two"]), (&true.into(), &true.into()));
    assert!(strong["beside"].as_array().unwrap().is_empty(), "claims are on the page of one pair");

    let before = node.register.read().await.unwrap().seq();
    let whole = registrar_again.get(&pair(MISSING, HELD)).await.json();
    let fields: Vec<_> =
        whole["beside"].as_array().unwrap().iter().map(|row| row["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["names", "claims", "custody", "from-list"]);
    assert_eq!(whole["beside"][1]["other"][0], "held, 4 March 2024: a neutral, seen or documented");
    let mut reading = node.register.read().await.unwrap();
    assert_eq!(reading.seq(), before + 2, "both are in the journal as opened");
    for one in [MISSING, HELD] {
        let line = &reading.journal_about(&id(one).to_string(), 1).await.unwrap()[0];
        assert_eq!(
            (line.action.as_str(), line.purpose.as_deref()),
            ("compare dossiers", Some("registration"))
        );
    }
    drop(reading);
    let alone = registrar.get(&format!("/people/{}/candidates", id(4))).await.json();
    assert_eq!((&alone["count"], alone["pairs"].as_array().unwrap().len()), (&0.into(), 0));
    assert!(
        registrar.page(&format!("/people/{}/candidates", id(4))).await.contains("No other dossier resembles")
    );
}

#[tokio::test]
async fn every_page_is_said_in_three_languages() {
    let (_nodes, node, registrar) = site().await;
    for language in ["en", "uk", "ru"] {
        let registrar = Seat::at(&node, &[Role::Registrar], Some("registration")).await.speaking(language);
        let pages = [
            ("person", format!("/people/{}/candidates", id(MISSING))),
            ("pair", pair(MISSING, HELD)),
            ("queue", "/candidates".to_owned()),
        ];
        for (name, path) in pages {
            let html = registrar.page(&path).await;
            looked_at(&format!("candidates-{name}-{language}.html"), &html);
            for part in html.split('>').filter_map(|part| part.split('<').next()) {
                assert!(
                    !part.contains("candidates-") && !part.contains("field-"),
                    "{name} {language}: {part}"
                );
            }
        }
    }
    let page = registrar.page(&pair(MISSING, HELD)).await;
    for words in ["agrees", "cannot be compared", "much agrees", "is alive or held", "ask a second officer"] {
        assert!(page.contains(words), "{words}");
    }
}

#[tokio::test]
async fn the_queue_gives_what_waits_and_a_decision_takes_it_out_until_it_is_taken_back() {
    let (_nodes, _node, registrar) = site().await;
    let queue = async || registrar.get("/candidates").await.json();
    let view = queue().await;
    assert_eq!((&view["count"], &view["pending"]), (&4.into(), &0.into()));
    let line = &view["lines"][0];
    assert_eq!(
        (&line["gain"], &line["band"], &line["since"]),
        (&"alive".into(), &"link".into(), &"2023-01-02".into())
    );
    let overview = registrar.get("/").await.json();
    let alerts = overview["alerts"].as_array().unwrap();
    assert!(
        alerts.iter().any(|alert| alert["code"] == "candidates" && alert["href"] == "/candidates"),
        "{alerts:?}"
    );

    let one = pair(MISSING, 3);
    let unsure = registrar.post(&one, &[("verdict", "unsure")]).await;
    assert_eq!((unsure.status, &unsure.json()["draft"]), (StatusCode::OK, &Value::Null));
    let view = queue().await;
    assert_eq!(view["count"], 4);
    assert_eq!(view["lines"][3]["unsure"][0], "registrar", "at the end, with who was unsure");
    assert!(registrar.page("/candidates").await.contains("registrar was unsure"));
    assert_eq!(registrar.post(&one, &[("verdict", "two")]).await.status, StatusCode::OK);
    assert_eq!(queue().await["count"], 3);
    let own = registrar.get(&format!("/people/{}/candidates", id(MISSING))).await.json();
    assert_eq!(
        (others(&own, "pairs"), &own["apart"][0]["id"]),
        (vec!["02".into()], &id(3).to_string().into())
    );
    let seen = registrar.get(&one).await.json();
    assert_eq!((&seen["said"]["verdict"], &seen["said"]["by"]), (&"two".into(), &"registrar".into()));
    for left in [4, 4] {
        assert_eq!(registrar.post(&format!("{one}/undo"), &[]).await.status, StatusCode::OK);
        assert_eq!(queue().await["count"], left);
    }
    assert_eq!(registrar.get(&one).await.json()["said"], Value::Null);
    assert_eq!(registrar.post(&format!("{one}/undo"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_that_changes_a_state_waits_for_an_approver_and_shows_in_both_dossiers() {
    let (_nodes, node, registrar) = site().await;
    let both = Seat::at(&node, &[Role::Approver, Role::Registrar], Some("registration")).await;
    let path = pair(MISSING, HELD);
    let asked = both.post(&path, &[("verdict", "one")]).await.json();
    let approve = format!("/drafts/{}/approve", asked["draft"].as_str().unwrap());
    assert_eq!(both.get(&path).await.json()["may_confirm"], false, "one's own request");
    let refused = both.post(&approve, &[]).await;
    assert_eq!((refused.status, &refused.json()["refused"]), (StatusCode::CONFLICT, &"same-officer".into()));
    assert_eq!(registrar.post(&approve, &[]).await.status, StatusCode::FORBIDDEN, "an approver confirms");
    assert_eq!(registrar.post(&path, &[("verdict", "two")]).await.json()["rule"], "pair-waits");
    let dismiss = approve.replace("approve", "dismiss");
    assert_eq!(registrar.post(&dismiss, &[]).await.status, StatusCode::FORBIDDEN, "not one's own");
    assert_eq!(both.post(&dismiss, &[]).await.location, Some(path.clone()), "withdrawn");
    assert_eq!(registrar.get(&path).await.json()["request"], Value::Null);

    let asked = registrar.post(&path, &[("verdict", "one")]).await.json();
    let approve = format!("/drafts/{}/approve", asked["draft"].as_str().unwrap());
    let drafts = both.get("/drafts").await.json();
    assert_eq!(
        (&drafts["drafts"][0]["shown_at"], &drafts["drafts"][0]["kind"]),
        (&path.clone().into(), &"link-people".into())
    );
    assert!(both.page(&path).await.contains(&approve));
    assert_eq!(both.post(&approve, &[]).await.status, StatusCode::SEE_OTHER, "another officer may");
    let said = registrar.get(&path).await.json()["said"].clone();
    assert_eq!((&said["by"], &said["confirmed_by"]), (&"registrar".into(), &"approver".into()));
    let liaison = Seat::at(&node, &[Role::FamilyLiaison], Some("family")).await;
    for (one, other, own) in [(MISSING, HELD, "missing"), (HELD, MISSING, "held")] {
        let view = liaison.get(&format!("/people/{}", id(one))).await.json();
        assert_eq!((&view["standing"]["state"], &view["joint"]["state"]), (&own.into(), &"held".into()));
        assert_eq!(view["claims"].as_array().unwrap().len(), 1, "no text is merged");
        assert_eq!(view["linked"][0]["id"], id(other).to_string());
        assert_eq!(view["linked"][0]["claims"].as_array().unwrap().len(), 1);
        let page = liaison.page(&format!("/people/{}", id(one))).await;
        assert!(page.contains("The same person in another dossier") && page.contains("a neutral"));
        looked_at(&format!("candidates-dossier-{own}.html"), &page);
    }
    let back = registrar.post(&format!("{path}/undo"), &[]).await.json();
    assert!(back["draft"].is_string(), "the undoing waits as well: {back}");
}

#[tokio::test]
async fn a_dossier_closed_to_the_officer_is_neither_shown_nor_counted() {
    let (_nodes, node, registrar) = site().await;
    let own = format!("/people/{}/candidates", id(MISSING));
    assert_eq!(registrar.get(&own).await.json()["pairs"][1]["namesakes"], 2);
    for closed in [HELD, 5] {
        let path = format!("/people/{}/relations", id(closed));
        assert_eq!(registrar.post(&path, &[("kind", "related")]).await.status, StatusCode::OK);
    }
    let view = registrar.get(&own).await.json();
    assert_eq!((others(&view, "pairs"), &view["count"]), (vec!["03".into()], &1.into()));
    assert_eq!(view["pairs"][0]["namesakes"], 0, "{view}");
    let queue = registrar.get("/candidates").await.json();
    assert_eq!(queue["count"], 1);
    for text in
        [view.to_string(), queue.to_string(), registrar.page(&own).await, registrar.page("/candidates").await]
    {
        for secret in ["Koval", "Ковалёв", "Олегович"] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
    for path in [pair(MISSING, HELD), pair(HELD, MISSING), format!("/people/{}/candidates", id(HELD))] {
        assert_eq!(registrar.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let refused = registrar.post(&pair(MISSING, HELD), &[("verdict", "two")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    // Another officer links the two: then the other dossier is of the same person, and closed as well.
    let negotiator = Seat::at(&node, &[Role::Negotiator, Role::Registrar], Some("registration")).await;
    let approver = Seat::at(&node, &[Role::Approver], Some("oversight")).await;
    let asked = negotiator.post(&pair(MISSING, HELD), &[("verdict", "one")]).await.json();
    let draft = format!("/drafts/{}", asked["draft"].as_str().unwrap());
    let related = Seat::at(&node, &[Role::PressOfficer, Role::Approver], None).await;
    let administrator = Seat::at(&node, &[Role::Administrator], None).await;
    let form = [("person", &*id(HELD).to_string()), ("kind", "paid")];
    administrator.post("/officers/press-officer/relations", &form).await;
    for act in ["approve", "dismiss"] {
        assert_eq!(related.post(&format!("{draft}/{act}"), &[]).await.status, StatusCode::FORBIDDEN, "{act}");
    }
    assert_eq!(approver.post(&format!("{draft}/approve"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(registrar.get(&own).await.status, StatusCode::FORBIDDEN);
    assert_eq!(registrar.get(&format!("/people/{}", id(MISSING))).await.status, StatusCode::FORBIDDEN);
    assert_eq!(negotiator.get(&format!("/people/{}", id(MISSING))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_said_what_of_a_pair_and_why_stays_with_it_in_every_language() {
    let (_nodes, node, registrar) = site().await;
    let both = Seat::at(&node, &[Role::Approver, Role::Registrar], Some("registration")).await;
    let long =
        "Мамедов-оглы-Преображенский-Заволжский Абдурахман-Мухаммед Константинопольський-Олександрович";
    let twice = |at, list| {
        says(person(at, list, &[long, long], "1990-02-03", ""), State::Held, date!(2024 - 03 - 04))
    };
    save(&node, &[twice(6, List::Sought), twice(7, List::Held)]).await;
    let (path, weak, of_long) = (pair(MISSING, HELD), pair(MISSING, 3), pair(6, 7));
    let too_long = "w".repeat(WHY_MAX + 1);
    let refused = registrar.post(&path, &[("verdict", "one"), ("why", &too_long)]).await;
    assert_eq!(
        (refused.status, &refused.json()["detail"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &"why".into())
    );
    let asked = registrar.post(&path, &[("verdict", "one"), ("why", " the same scar ")]).await.json();
    registrar.post(&weak, &[("verdict", "unsure"), ("why", "no photograph")]).await;
    registrar.post(&weak, &[("verdict", "two"), ("why", "another mother")]).await;
    both.post(&format!("{weak}/undo"), &[("why", "it was her sister")]).await;
    let view = registrar.get(&weak).await.json();
    let history: Vec<_> = view["history"].as_array().unwrap().iter().collect();
    let mut told: Vec<_> = history
        .iter()
        .map(|one| [&one["what"], &one["by"], &one["why"]].map(|text| text.as_str().unwrap()))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ["taken-back", "approver", "it was her sister"],
            ["two", "registrar", "another mother"],
            ["unsure", "registrar", "no photograph"],
        ]
    );
    assert_eq!((&view["said"]["verdict"], &view["said"]["why"]), (&"unsure".into(), &"no photograph".into()));
    assert_eq!(both.get(&path).await.json()["request"]["why"], "the same scar");
    assert!(both.page(&path).await.contains("Refuse the request"));
    assert!(registrar.page(&path).await.contains("Withdraw the request"));
    assert_eq!(registrar.get("/candidates").await.json()["lines"][0]["asked"], "registrar");
    for language in ["en", "uk", "ru"] {
        let registrar = Seat::at(&node, &[Role::Registrar], Some("registration")).await.speaking(language);
        let approver = Seat::at(&node, &[Role::Approver], Some("oversight")).await.speaking(language);
        for (name, seat, path) in [
            ("waits", &registrar, &path),
            ("confirms", &approver, &path),
            ("history", &registrar, &weak),
            ("long", &registrar, &of_long),
            ("queue-long", &registrar, &"/candidates".to_owned()),
            ("alone", &registrar, &format!("/people/{}/candidates", id(4))),
        ] {
            looked_at(&format!("candidates-{name}-{language}.html"), &seat.page(path).await);
        }
    }
    let approve = format!("/drafts/{}/approve", asked["draft"].as_str().unwrap());
    both.post(&approve, &[]).await;
    assert_eq!(registrar.get(&path).await.json()["said"]["why"], "the same scar");
    assert!(registrar.page(&path).await.contains("the same scar"));
}

#[tokio::test]
async fn new_dossiers_are_marked_and_the_queue_can_be_narrowed_to_them() {
    let (_nodes, node, registrar) = site().await;
    let queue = async |days: &str| registrar.get(&format!("/candidates{days}")).await.json();
    let marks = |view: &Value| -> usize {
        let lines = view["lines"].as_array().unwrap().iter();
        lines.flat_map(|line| [&line["one"], &line["other"]]).filter(|side| side["is_new"] == true).count()
    };
    let all = queue("").await;
    assert_eq!((&all["count"], marks(&all)), (&4.into(), 8), "everybody came today");
    assert!(node.clock.advance(node.clock.now() + 10 * DAY_MS));
    let later = queue("").await;
    assert_eq!((&later["count"], marks(&later)), (&4.into(), 0));
    assert_eq!(queue("?days=7").await["count"], 0);
    assert!(registrar.page("/candidates?days=7").await.contains("came in these days"));
    save(&node, &[person(8, List::Held, &["Kowal Petro"], "1990-02-03", "")]).await;
    let new = queue("?days=7").await;
    assert!(
        new["count"].as_u64().unwrap() > 0 && marks(&new) as u64 == new["count"].as_u64().unwrap(),
        "{new}"
    );
    // Who was known and is written again is no new record.
    save(&node, &people()[..1]).await;
    assert_eq!(queue("?days=7").await["count"], new["count"]);
    assert_eq!(queue("?days=30").await["count"], queue("").await["count"]);
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_a_dossier_is_not_paired_with_itself() {
    let (_nodes, _node, registrar) = site().await;
    let nobody = "ab".repeat(16);
    for path in [
        format!("/people/{nobody}/candidates"),
        "/people/x/candidates".to_owned(),
        format!("/people/{}/candidates/{nobody}", id(1)),
        format!("/people/{nobody}/candidates/{}", id(1)),
        format!("/people/{}/candidates/x", id(1)),
    ] {
        assert_eq!(registrar.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in [format!("/people/{}/candidates/{nobody}", id(1)), "/people/x/candidates/y".to_owned()] {
        let answer = registrar.post(&path, &[("verdict", "one")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(registrar.post(&format!("{path}/undo"), &[]).await.status, StatusCode::NOT_FOUND);
    }
    let itself = pair(1, 1);
    for answer in [registrar.get(&itself).await, registrar.post(&itself, &[("verdict", "one")]).await] {
        assert_eq!((answer.status, &answer.json()["rule"]), (StatusCode::CONFLICT, &"pair-itself".into()));
    }
    let bad = registrar.post(&pair(1, 2), &[("verdict", "merge")]).await;
    assert_eq!((bad.status, &bad.json()["detail"]), (StatusCode::UNPROCESSABLE_ENTITY, &"verdict".into()));
}
