use axum::http::StatusCode;
use exchange::person::List;
use rehearsal::lists::sought_csv;
use rehearsal::names::Spelling;
use rehearsal::people::invent;

use super::*;
use crate::web::testing::{Seat, import, nodes};

#[tokio::test]
async fn a_relation_closes_the_dossier_until_an_administrator_lifts_it() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    import(node, "sought", &sought_csv(&invent(7, "aronia", 3), Spelling::Ukrainian)).await;
    let rows = node.register.read().await.unwrap().people(List::Sought, None, 2).await.unwrap();
    let [id, next] = [rows.rows[0].person.id, rows.rows[1].person.id];
    let own = format!("/people/{id}");
    let physician = Seat::at(node, &[Role::Physician, Role::Administrator], Some("medical")).await;
    let registrar = Seat::at(node, &[Role::Registrar], Some("registration")).await;
    let administrator = Seat::at(node, &[Role::Administrator], None).await;

    assert!(physician.page(&own).await.contains("I have a relation to this person"));
    let bad = physician.post(&format!("{own}/relations"), &[("kind", "rich")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let declared = physician.post(&format!("{own}/relations"), &[("kind", "served-with")]).await;
    assert_eq!((declared.status, declared.json()), (StatusCode::OK, serde_json::json!({ "closed": true })));
    assert_eq!(physician.get(&own).await.status, StatusCode::FORBIDDEN);
    assert_eq!(physician.get(&format!("/people/{next}")).await.status, StatusCode::OK, "the others stay");
    assert_eq!(registrar.get(&own).await.status, StatusCode::OK, "to another officer it stays open");

    let person = id.to_string();
    let lift = "/officers/physician/relations/lift";
    let by_oneself = physician.post(lift, &[("person", &person)]).await;
    assert_eq!(
        (by_oneself.status, &by_oneself.json()["refused"]),
        (StatusCode::FORBIDDEN, &"closed-to-you".into())
    );
    let view = administrator.get("/officers").await.json();
    assert_eq!(
        (&view["relations"][0]["officer"], &view["relations"][0]["kind"]),
        (&"physician".into(), &"served-with".into())
    );
    assert!(administrator.page("/officers").await.contains(&person));
    assert_eq!(administrator.post(lift, &[("person", &person)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        administrator.post(lift, &[("person", &person)]).await.status,
        StatusCode::NOT_FOUND,
        "it is lifted"
    );
    assert_eq!(physician.get(&own).await.status, StatusCode::OK);
    let row = node.register.read().await.unwrap().relation("physician", id).await.unwrap().unwrap();
    assert_eq!(row.lifted.map(|(_, by)| by).as_deref(), Some("administrator"), "the row says by whom");

    for (officer, person, status) in [
        ("registrar", person.as_str(), StatusCode::SEE_OTHER),
        ("registrar", person.as_str(), StatusCode::CONFLICT),
        ("nobody", person.as_str(), StatusCode::NOT_FOUND),
        ("registrar", &"ab".repeat(16), StatusCode::NOT_FOUND),
        ("registrar", "x", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let form = [("person", person), ("kind", "paid")];
        let answer = administrator.post(&format!("/officers/{officer}/relations"), &form).await;
        assert_eq!(answer.status, status, "{officer} {person}: {}", answer.body);
    }
    assert_eq!(registrar.get(&own).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nobody_lifts_an_own_relation_even_where_the_guard_lets_it_through() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let actor = crate::act::Actor { officer: "administrator".to_owned(), purpose: None };
    let mut act = node.act(&actor, "lift relation", None).await.unwrap();
    let refused = relations::lift(&mut act, "administrator", PersonId([1; 16])).await.unwrap_err();
    assert!(matches!(refused, crate::act::ActError::Rule { code: "own-relation", .. }), "{refused}");
}
