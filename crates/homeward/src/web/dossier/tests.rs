use axum::http::StatusCode;
use rehearsal::lists::{held_csv, sought_csv};
use rehearsal::names::Spelling;
use rehearsal::people::invent;
use serde_json::Value;

use super::*;
use crate::web::testing::{Nodes, Seat, import, nodes};

/// A node with people on both lists, and the first of each list.
async fn site() -> (Nodes, String, String) {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    import(node, "sought", &sought_csv(&invent(7, "aronia", 5), Spelling::Ukrainian)).await;
    import(node, "held", &held_csv(&invent(7, "belmar", 5), Spelling::Russian)).await;
    let mut reading = node.register.read().await.unwrap();
    let mut first = async |list| {
        let rows = reading.people(list, None, 1).await.unwrap().whole().unwrap();
        format!("/people/{}", rows[0].person.id)
    };
    let (held, sought) = (first(List::Held).await, first(List::Sought).await);
    drop(reading);
    (nodes, held, sought)
}

#[tokio::test]
async fn a_dossier_opens_for_a_purpose_is_journaled_and_shows_each_role_its_own() {
    let (nodes, held, sought) = site().await;
    let node = &nodes.nodes[0];
    let hasty = Seat::at(node, &[Role::Escort], None).await;
    let before = node.register.read().await.unwrap().seq();
    assert_eq!(hasty.get(&held).await.json(), serde_json::json!({ "ask_purpose": true }));
    assert!(hasty.page(&held).await.contains("What do you open dossiers for?"));
    assert_eq!(node.register.read().await.unwrap().seq(), before, "nothing was opened");

    let liaison = Seat::at(node, &[Role::FamilyLiaison], Some("family")).await;
    let view = liaison.get(&sought).await.json();
    assert_eq!((view["kin"].as_array().unwrap().len(), &view["reads"]), (1, &Value::Null));
    assert_eq!(view["claims"].as_array().unwrap().len(), 1);
    let line = &node.register.read().await.unwrap().journal_about(&sought[8..], 1).await.unwrap()[0];
    assert_eq!((line.action.as_str(), line.officer.as_str()), ("read dossier", "family-liaison"));
    assert_eq!(line.purpose.as_deref(), Some("family"));

    let physician = Seat::at(node, &[Role::Physician], Some("medical")).await;
    let view = physician.get(&sought).await.json();
    assert_eq!((&view["kin"], &view["reads"]), (&Value::Null, &Value::Null));
    let page = physician.page(&sought).await;
    let registrar = Seat::at(node, &[Role::Registrar], Some("registration")).await;
    let view = registrar.get(&sought).await.json();
    let reads = view["reads"].as_array().unwrap();
    let officers: Vec<_> = reads.iter().map(|read| read["officer"].as_str().unwrap()).collect();
    assert_eq!(officers, ["registrar", "physician", "physician", "family-liaison"]);
    let kin = view["kin"][0]["name"].as_str().unwrap();
    assert!(!page.contains(kin) && registrar.page(&sought).await.contains(kin));

    for role in [Role::Auditor, Role::Administrator, Role::PressOfficer] {
        let refused = Seat::at(node, &[role], Some("oversight")).await.get(&held).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.json()["detail"].as_str().unwrap().starts_with("registrar"));
    }
    assert_eq!(Seat::nobody(node).get(&held).await.status, StatusCode::UNAUTHORIZED);
    let unknown = format!("/people/{}", "ab".repeat(16));
    for path in [unknown.as_str(), "/people/x"] {
        assert_eq!(registrar.get(path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn claims_and_examinations_stand_beside_the_earlier_ones() {
    let (nodes, held, sought) = site().await;
    let node = &nodes.nodes[0];
    let registrar = Seat::at(node, &[Role::Registrar], Some("registration")).await;
    let physician = Seat::at(node, &[Role::Physician], Some("medical")).await;
    let claims = format!("{sought}/claims");
    let claim = |says, of| [("says", says), ("of", of), ("source", "returnee"), ("grade", "confirmed")];
    let added = registrar.post(&claims, &claim("dead", "2025-06-01")).await;
    assert_eq!((added.status, added.location.as_deref()), (StatusCode::SEE_OTHER, Some(sought.as_str())));
    registrar.post(&claims, &claim("alive", "2025-06-02")).await;
    let view = registrar.get(&sought).await.json();
    assert_eq!(view["claims"].as_array().unwrap().len(), 3);
    assert_eq!(
        (&view["standing"]["state"], &view["standing"]["contradicted"]),
        (&"alive".into(), &true.into())
    );
    assert!(registrar.page(&sought).await.contains("stand against each other"));

    let examinations = format!("{held}/examinations");
    let exam = |condition, date| {
        [("condition", condition), ("date", date), ("onset", ""), ("by", "mixed-commission")]
    };
    let before = physician.get(&held).await.json()["examinations"].as_array().unwrap().len();
    physician.post(&examinations, &exam("A3t", "2025-06-05")).await;
    let view = physician.get(&held).await.json();
    assert_eq!(view["examinations"].as_array().unwrap().len(), before + 1);
    assert_eq!((&view["finding"]["group"], &view["finding"]["verified"]), (&"direct".into(), &false.into()));
    assert_eq!(view["timeline"].as_array().unwrap().last().unwrap()["detail"], "A3t");
    assert!(physician.page(&held).await.contains("hw-unverified"));

    for (seat, path, fields, field) in [
        (&registrar, &claims, claim("gone", "2025-06-01"), "says"),
        (&registrar, &claims, claim("alive", "2025-06-07"), "of"),
        (&registrar, &claims, claim("alive", ""), "of"),
        (
            &registrar,
            &claims,
            [("says", "freed"), ("of", "2025-06-01"), ("source", "receipt"), ("grade", "confirmed")],
            "source",
        ),
        (&physician, &examinations, exam("Z1", "2025-06-01"), "condition"),
        (&physician, &examinations, exam("none", "2025-02-30"), "date"),
        (
            &physician,
            &examinations,
            [
                ("condition", "none"),
                ("date", "2025-06-01"),
                ("onset", "2025-06-02"),
                ("by", "mixed-commission"),
            ],
            "onset",
        ),
    ] {
        let refused = seat.post(path, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json()["detail"], field);
    }
    assert_eq!(
        registrar.post(&examinations, &exam("none", "2025-06-01")).await.json()["detail"],
        "physician"
    );
    assert_eq!(physician.post(&claims, &claim("alive", "2025-06-01")).await.json()["detail"], "registrar");
    assert_eq!(registrar.get(&sought).await.json()["claims"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn the_page_is_whole_in_three_languages() {
    let (nodes, held, sought) = site().await;
    let roles = [Role::Registrar, Role::Physician, Role::FamilyLiaison];
    let mut seat = Seat::at(&nodes.nodes[0], &roles, Some("oversight")).await;
    for language in ["uk", "ru", "en"] {
        seat = seat.speaking(language);
        for path in [&held, &sought] {
            let page = seat.page(path).await;
            for hole in [">dossier-", ">claim-", "Some(", "None<", ">standing-"] {
                assert!(!page.contains(hole), "{hole}: {page}");
            }
        }
        let basis = match language {
            "uk" => "Жодного огляду не записано (GC III art. 110)",
            "ru" => "Ни одного осмотра не записано (GC III art. 110)",
            _ => "No examination is recorded (GC III art. 110)",
        };
        assert!(seat.page(&sought).await.contains(basis), "{language}");
    }
}
