use axum::http::StatusCode;
use exchange::ids::Party;
use register::LineRow;
use rehearsal::lists::sought_csv;
use rehearsal::names::Spelling;
use rehearsal::people::invent;

use super::*;
use crate::act::Actor;
use crate::node::{Node, itself};
use crate::opening::{Opening, to_cbor};
use crate::pairing;
use crate::web::testing::{Seat, import, nodes};

/// Keeps openings in round 1 as an arriving nomination would; answers their items.
async fn open(node: &Node, identities: Vec<Identity>) -> Vec<String> {
    let mut act = node.act(&itself(), "take in bundle", None).await.unwrap();
    let mut items = Vec::new();
    for identity in identities {
        let opening = Opening::new(identity, node.chance.draw("test key"));
        let pairing = pairing::candidate(&mut act.tx, &opening).await.unwrap();
        let item = Item(opening.item);
        let details = to_cbor(&pairing::Details { opening, pairing, accepted_by: None });
        let holder = Party::new("belmar").unwrap();
        act.tx.put(&LineRow { round: 1, item, holder, person: None, details }).await.unwrap();
        items.push(item.to_string());
    }
    act.commit().await.unwrap();
    items
}

/// The first people sought, as the other side would open them.
async fn sought(node: &Node, count: usize) -> Vec<Identity> {
    let rows = node.register.read().await.unwrap().all_people(exchange::person::List::Sought).await.unwrap();
    rows.rows.iter().take(count).map(|row| Identity::of(&row.person)).collect()
}

#[tokio::test]
async fn strong_pairings_are_accepted_at_once_doubtful_ones_one_by_one_and_strangers_get_a_dossier() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    import(node, "sought", &sought_csv(&invent(7, "aronia", 40), Spelling::Ukrainian)).await;
    let mut identities = sought(node, 5).await;
    // The last two are one person under two items: a question for the registrar, not for the machine.
    let twice = Identity { prisoner_number: Some("again".into()), ..identities[4].clone() };
    identities.push(twice);
    let stranger = Identity {
        surname: "Незнаний\u{202e}".into(),
        given: Some("Тиміш".into()),
        patronymic: None,
        birth: Some("1990-02".into()),
        rank: None,
        service_number: Some("X-1".into()),
        unit: None,
        prisoner_number: None,
    };
    identities.push(stranger);
    let items = open(node, identities).await;
    let registrar = Seat::at(node, &[Role::Registrar], Some("registration")).await;

    let view = registrar.get("/links?round=1").await.json();
    assert_eq!((&view["open"], &view["strong"]), (&7.into(), &4.into()));
    let accepted = registrar.post("/links/accept", &[("round", "1"), ("all", "strong")]).await;
    assert_eq!(
        (accepted.status, accepted.location.as_deref()),
        (StatusCode::SEE_OTHER, Some("/links?round=1"))
    );
    assert_eq!(registrar.get("/links?round=1").await.json()["open"], 3);

    let both = [("round", "1"), ("item", &*items[4]), ("item", &*items[5])];
    let refused = registrar.post("/links/accept", &both).await;
    assert_eq!(
        (refused.status, refused.json()["refused"].as_str()),
        (StatusCode::CONFLICT, Some("against-rule"))
    );
    assert_eq!(registrar.get("/links?round=1").await.json()["open"], 3, "a refused form links nobody");
    registrar.post("/links/accept", &both[..2]).await;
    let view = registrar.get("/links?round=1").await.json();
    let other = view["lines"].as_array().unwrap().iter().find(|line| line["item"] == *items[5]).unwrap();
    assert_eq!((&other["taken"], other["candidate"].is_null()), (&true.into(), true));
    let none = registrar.post("/links/accept", &[("round", "1"), ("item", &items[6])]).await;
    assert_eq!(none.status, StatusCode::CONFLICT);

    let made =
        registrar.post("/links/create", &[("round", "1"), ("item", &items[5]), ("item", &items[6])]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    let view = registrar.get("/links?round=1").await.json();
    assert_eq!((&view["open"], view["lines"].as_array().unwrap().len()), (&0.into(), 7));
    let mut reading = node.register.read().await.unwrap();
    let line = reading.line_of(1, &items[6].parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(pairing::details(&line).unwrap().accepted_by.as_deref(), Some("registrar"));
    let person = reading.person(line.person.unwrap()).await.unwrap().unwrap().person;
    assert_eq!((person.names[0].surname.as_str(), person.power.as_str()), ("Незнаний", "aronia"));
    assert_eq!(person.birth.unwrap().to_string(), "1990-02");
    assert_eq!(state_code(standing(&person.claims).unwrap().state), "held");
    drop(reading);
    let page = registrar.page("/links").await;
    assert!(!page.contains('\u{202e}') && page.contains("Незнаний"));
}

#[tokio::test]
async fn linking_is_the_registrars_alone_and_a_form_names_items_that_are_there() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let nothing = "00".repeat(32);
    let form = [("round", "1"), ("item", &*nothing)];
    let negotiator = Seat::at(node, &[Role::Negotiator], None).await;
    for path in ["/links/accept", "/links/create"] {
        assert_eq!(Seat::nobody(node).post(path, &form).await.status, StatusCode::UNAUTHORIZED);
        let refused = negotiator.post(path, &form).await;
        assert_eq!(
            (refused.status, refused.json()["detail"].as_str()),
            (StatusCode::FORBIDDEN, Some("registrar"))
        );
    }
    let registrar = Seat::at(node, &[Role::Registrar], None).await;
    for path in ["/links/accept", "/links/create"] {
        assert_eq!(registrar.post(path, &form).await.status, StatusCode::NOT_FOUND);
        assert_eq!(registrar.post(path, &form[..1]).await.json()["detail"], "item");
        assert_eq!(registrar.post(path, &form[1..]).await.json()["detail"], "round");
        assert_eq!(registrar.post(path, &[("round", "1"), ("item", "zz")]).await.json()["detail"], "item");
    }
    assert!(registrar.page("/links").await.contains("has not opened anyone"));
    let actor = Actor { officer: "x".into(), purpose: None };
    assert!(node.act(&actor, "nothing", None).await.is_ok(), "no write is left open");
}

#[tokio::test]
async fn a_pairing_closed_to_the_registrar_waits_for_another() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    import(node, "sought", &sought_csv(&invent(7, "aronia", 40), Spelling::Ukrainian)).await;
    let identities = sought(node, 3).await;
    let name = identities[0].surname.clone();
    let items = open(node, identities).await;
    let registrar = Seat::at(node, &[Role::Registrar], Some("registration")).await;
    let rows = node.register.read().await.unwrap().all_people(exchange::person::List::Sought).await.unwrap();
    let own = format!("/people/{}/relations", rows.rows[0].person.id);
    assert_eq!(registrar.post(&own, &[("kind", "related")]).await.status, StatusCode::OK);

    let view = registrar.get("/links?round=1").await.json();
    assert_eq!((&view["open"], &view["strong"]), (&3.into(), &2.into()));
    assert!(!view.to_string().contains(&name), "{view}");
    assert!(registrar.page("/links?round=1").await.contains("Closed to you"));
    for act in ["accept", "create"] {
        let one = [("round", "1"), ("item", items[0].as_str())];
        let refused = registrar.post(&format!("/links/{act}"), &one).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{act}");
    }
    registrar.post("/links/accept", &[("round", "1"), ("all", "strong")]).await;
    assert_eq!(registrar.get("/links?round=1").await.json()["open"], 1, "the two others are linked");
}
