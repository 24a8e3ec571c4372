use axum::http::StatusCode;
use rehearsal::lists::{held_csv, sought_csv};
use rehearsal::names::Spelling;
use rehearsal::people::invent;

use super::*;
use crate::web::testing::{Seat, form, import, nodes, person, save};

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

/// Whom each query must show on the first page, among hundreds of others.
const QUERIES: &[(&str, u8)] = &[
    ("Ковальчук Олександр Миколайович", 1),
    ("КОВАЛЬЧУК ОЛЕКСАНДР", 1),
    ("Ковальчук Александр Николаевич", 1),
    ("Kovalchuk Oleksandr", 1),
    ("Kovaltchouk Alexandre", 1),
    ("Koval'chuk Aleksandr Nikolaevich", 1),
    ("Олександр Ковальчук", 1),
    ("Миколайович Олександр Ковальчук", 1),
    ("Ковальчука Олександра Миколайовича", 1),
    ("Ковальчуку Александру", 1),
    ("Ковальчук Саша", 1),
    ("Ковальчук Сашко 1985", 1),
    ("Ковальчук О.М.", 1),
    ("Ковальчук О. М. 1985", 1),
    ("О.М. Ковальчук", 1),
    ("Ковальчук 1985-03-14", 1),
    ("Ковальчук 14.03.1985", 1),
    ("Ковальчук 03.1985", 1),
    ("Олександр Миколайович 1985", 1),
    ("Олександр Миколайович", 1),
    ("Миколайович", 1),
    ("Ковалчук Олександр", 1),
    ("АВ 123456", 1),
    ("ав123456", 1),
    ("AB-123456", 1),
    ("Шевченко Анна", 2),
    ("Шевченко Галя Петровна", 2),
    ("Shevchenko Hanna Petrivna", 2),
    ("Петрівна", 2),
    ("Галаган Яков Ильич", 3),
    ("Galagan Yakov", 3),
    ("Halahan Yakiv Illich", 3),
    ("Ґалаґана Якова", 3),
    ("Яша Галаган", 3),
    ("Петренко-Сидоренко", 4),
    ("Сидоренко Василь", 4),
    ("Петренко Вася", 4),
    ("Petrenko Sydorenko Vasyl", 4),
];

#[tokio::test]
async fn whoever_is_looked_for_is_on_the_first_page_however_the_name_is_written() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let mut people = vec![
        person(1, List::Sought, &["Ковальчук Олександр Миколайович"], "1985-03-14", "АВ 123456"),
        person(2, List::Sought, &["Шевченко Ганна Петрівна"], "1990-07", ""),
        person(3, List::Sought, &["Ґалаґан Яків Ілліч"], "", ""),
        person(4, List::Sought, &["Петренко-Сидоренко Василь"], "1979", ""),
    ];
    for (at, one) in invent(7, "aronia", 400).into_iter().enumerate() {
        let name =
            [&one.surname, &one.given, &one.patronymic].map(|form| form.in_spelling(Spelling::Ukrainian));
        let mut dossier = person(9, List::Sought, &[&name.join(" ")], &one.birth.to_string(), "");
        dossier.id.0[..4].copy_from_slice(&(at as u32 + 1).to_be_bytes());
        people.push(dossier);
    }
    save(node, &people).await;
    let seat = Seat::at(node, &[Role::Registrar], Some("registration")).await;
    let mut lost = Vec::new();
    for (query, wanted) in QUERIES {
        let path = format!("/people?{}", form(&[("list", "sought"), ("q", query)]));
        let found = seat.get(&path).await.json();
        let wanted = people[usize::from(*wanted) - 1].id.to_string();
        let ids = found["people"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap());
        let place = ids.into_iter().position(|id| id == wanted);
        if place.is_none() {
            lost.push(format!(
                "{query}: not among {} of {}",
                found["people"].as_array().unwrap().len(),
                found["total"]
            ));
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}
