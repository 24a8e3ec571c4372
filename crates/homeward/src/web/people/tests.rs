use axum::http::StatusCode;
use rehearsal::lists::{held_csv, sought_csv};
use rehearsal::names::Spelling;
use rehearsal::people::invent;

use super::*;
use crate::web::testing::{Seat, import, nodes};

#[tokio::test]
async fn a_list_is_paged_and_searched_in_any_spelling_by_those_who_work_with_people() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let people = invent(7, "aronia", 120);
    let sought = sought_csv(&people, Spelling::Ukrainian);
    import(node, "sought", &sought).await;
    import(node, "held", &held_csv(&invent(7, "belmar", 3), Spelling::Russian)).await;
    let physician = Seat::at(node, &[Role::Physician], None).await;
    let mut seen = std::collections::BTreeSet::new();
    let mut path = "/people?list=sought".to_owned();
    for expected in [50, 50, 20] {
        let view = physician.get(&path).await.json();
        assert_eq!(view["total"], 120);
        let page = view["people"].as_array().unwrap();
        assert_eq!(page.len(), expected);
        seen.extend(page.iter().map(|line| line["id"].as_str().unwrap().to_owned()));
        path = format!("/people?list=sought&after={}", view["next"].as_str().unwrap_or("end"));
    }
    assert_eq!((seen.len(), path.ends_with("end")), (120, true));
    assert_eq!(physician.get(&path).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(physician.get("/people").await.json()["total"], 3);

    // The same people as the other side spells them, recognised by the number for this test alone.
    let cells = |csv: &str| -> Vec<Vec<String>> {
        csv.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let (own, theirs) = (cells(&sought), cells(&held_csv(&people, Spelling::Latin)));
    let (mut asked, mut hits) = (0, 0);
    for their in theirs.iter().filter(|row| !row[8].is_empty()).take(20) {
        let Some(own) = own.iter().find(|row| row[8] == their[8]) else { continue };
        let q = format!("{} {}", their[2], their[1]);
        let view = physician.post("/people", &[("list", "sought"), ("q", &q)]).await.json();
        let names = view["people"].as_array().unwrap().iter().map(|line| line["name"].as_str().unwrap());
        asked += 1;
        hits += usize::from(names.into_iter().any(|name| name.starts_with(&own[1])));
    }
    assert!(asked >= 15 && hits + 2 >= asked, "{hits} of {asked} found in another script");
    let nobody = physician.post("/people", &[("list", "sought"), ("q", "Нетакогопрізвища")]).await.json();
    assert_eq!((&nobody["total"], &nobody["next"]), (&0.into(), &serde_json::Value::Null));
    let long = "x".repeat(201);
    assert_eq!(physician.post("/people", &[("q", &long)]).await.json()["detail"], "q");
    assert_eq!(physician.get("/people?list=both").await.json()["detail"], "list");
}

#[tokio::test]
async fn a_search_that_too_many_answer_to_says_so() {
    let nodes = nodes(1).await;
    let csv = sought_csv(&invent(7, "aronia", 520), Spelling::Ukrainian);
    let one_surname = csv.lines().enumerate().map(|(at, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[1] = if at == 0 { cells[1] } else { "Вигаданенко" };
        cells.join(",") + "\r\n"
    });
    import(&nodes.nodes[0], "sought", &one_surname.collect::<String>()).await;
    let physician = Seat::at(&nodes.nodes[0], &[Role::Physician], None).await;
    let asked = [("list", "sought"), ("q", "Вигаданенко")];
    let view = physician.post("/people", &asked).await.json();
    assert_eq!((&view["total"], &view["best"]), (&520.into(), &500.into()));
    let form = axum::body::Bytes::from(
        "list=sought&q=%D0%92%D0%B8%D0%B3%D0%B0%D0%B4%D0%B0%D0%BD%D0%B5%D0%BD%D0%BA%D0%BE",
    );
    let kind = "application/x-www-form-urlencoded";
    let page = physician.ask(axum::http::Method::POST, "/people", "text/html", Some((kind, form))).await;
    assert!(page.body.contains("The 500 who answer best are given."), "{}", page.body);
}

#[tokio::test]
async fn who_does_not_work_with_people_sees_no_list() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    assert_eq!(Seat::nobody(node).get("/people").await.status, StatusCode::UNAUTHORIZED);
    for role in [Role::Auditor, Role::Administrator, Role::PressOfficer] {
        let refused = Seat::at(node, &[role], None).await.get("/people").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.json()["detail"].as_str().unwrap().contains("family liaison"));
    }
    let registrar = Seat::at(node, &[Role::Registrar], None).await;
    assert!(registrar.page("/people").await.contains("Nobody is on this list yet."));
}
