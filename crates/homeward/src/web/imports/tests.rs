use axum::http::StatusCode;
use rehearsal::lists::{held_csv, sought_csv};
use rehearsal::names::Spelling;
use rehearsal::people::invent;
use serde_json::Value;

use super::*;
use crate::web::testing::{Seat, nodes};

const JSON: &str = "application/json";

#[tokio::test]
async fn two_thousand_people_go_in_after_a_look_in_one_write() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let registrar = Seat::at(node, &[Role::Registrar], None).await;
    let csv = held_csv(&invent(7, "belmar", 2_000), Spelling::Russian);
    let fields = [("list", "held"), ("map", "held"), ("name", "June")];
    let watch = crate::clock::Stopwatch::start();
    let preview =
        registrar.upload("/import", JSON, &fields, &[("file", "held.csv", csv.as_bytes())]).await.json();
    assert_eq!(
        (&preview["rows"], &preview["accepted"], &preview["persons"]),
        (&2000.into(), &2000.into(), &2000.into())
    );
    assert_eq!(preview["refused"], serde_json::json!([]));
    let counts = node.register.read().await.unwrap().people_counts(List::Held).await.unwrap();
    assert!(counts.is_empty(), "a preview stores nobody: {counts:?}");

    let draft = preview["import"].as_str().unwrap().to_owned();
    let before = node.register.read().await.unwrap().seq();
    let done = registrar.post(&format!("/import/{draft}/confirm"), &[]).await;
    assert_eq!((done.status, done.json()["imported"].as_u64()), (StatusCode::OK, Some(2_000)));
    let took = watch.elapsed();
    assert!(took.as_secs() < 20, "{took:?}");
    let mut reading = node.register.read().await.unwrap();
    assert_eq!(reading.seq(), before + 1, "one write");
    let people = reading.all_people(List::Held).await.unwrap().whole().unwrap();
    assert_eq!(people.len(), 2_000);
    assert!(people.iter().all(|row| row.person.power.as_str() == "belmar"));
    assert!(reading.draft(&draft).await.unwrap().unwrap().payload.is_empty(), "the file is not kept");
    drop(reading);
    let (kind, form) = ("application/x-www-form-urlencoded", axum::body::Bytes::new());
    let browser = registrar
        .ask(axum::http::Method::POST, &format!("/import/{draft}/confirm"), "text/html", Some((kind, form)))
        .await;
    assert_eq!((browser.status, browser.location), (StatusCode::CONFLICT, None));
    let again = registrar.post(&format!("/import/{draft}/confirm"), &[]).await;
    assert_eq!(
        (again.status, again.json()["refused"].as_str()),
        (StatusCode::CONFLICT, Some("against-rule"))
    );
    assert_eq!(registrar.get("/import").await.json()["imports"][0]["rows"], 2_000);
    let once_more =
        registrar.upload("/import", JSON, &fields, &[("file", "held.csv", csv.as_bytes())]).await.json();
    assert_eq!(once_more["problems"], serde_json::json!({ "known-key": 2_000 }));
    assert_eq!((&once_more["persons"], &once_more["import"]), (&0.into(), &Value::Null));
}

#[tokio::test]
async fn refused_rows_are_named_without_names_and_stop_the_list_unless_the_officer_leaves_them_out() {
    let nodes = nodes(1).await;
    let registrar = Seat::at(&nodes.nodes[0], &[Role::Registrar], None).await;
    let people = invent(7, "aronia", 20);
    let csv = sought_csv(&people, Spelling::Ukrainian);
    let year = csv.lines().nth(3).unwrap().split(',').nth(5).unwrap().to_owned();
    let broken = csv.replacen(&year, "1985-02-31", 1);
    let file = [("file", "sought.csv", broken.as_bytes())];
    let fields = [("list", "sought")];
    let page = registrar.upload("/import", "text/html", &fields, &file).await;
    // The second upload takes the place of the first.
    let preview = registrar.upload("/import", JSON, &fields, &file).await.json();
    assert_eq!((&preview["map"], &preview["rows_refused"]), (&"sought".into(), &1.into()));
    let refused = &preview["refused"][0];
    assert_eq!(
        (&refused["row"], &refused["column"], &refused["reason"]),
        (&4.into(), &"birth_date".into(), &"unreadable-date".into())
    );
    assert_eq!(preview["problems"]["unreadable-date"], 1);
    assert!(page.body.contains("1985-02-31"));
    let registrar = registrar.speaking("uk");
    let late = csv.replacen(&year, "1885-02-01", 1);
    let page =
        registrar.upload("/import", "text/html", &fields, &[("file", "sought.csv", late.as_bytes())]).await;
    let told = "1885-02-01, ймовірно від 1940-01-01 до 2012-12-31";
    assert!(page.body.contains(told) && !page.body.contains("plausible"), "{}", page.body);
    let registrar = registrar.speaking("en");
    let preview = registrar.upload("/import", JSON, &fields, &file).await.json();
    for line in broken.lines().skip(1) {
        let surname = line.split(',').nth(1).unwrap();
        assert!(!page.body.contains(surname), "a name in the preview");
    }
    let path = format!("/import/{}/confirm", preview["import"].as_str().unwrap());
    let whole = registrar.post(&path, &[]).await;
    assert_eq!(whole.status, StatusCode::CONFLICT);
    let detail = whole.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.ends_with("Refused rows: 1"), "{detail}");
    let rest = registrar.post(&path, &[("set_aside", "yes")]).await;
    assert_eq!((rest.json()["imported"].as_u64(), rest.json()["list"].as_str()), (Some(19), Some("sought")));
}

#[tokio::test]
async fn two_officers_who_read_one_list_store_it_once() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let csv = held_csv(&invent(7, "belmar", 20), Spelling::Russian);
    let mut drafts = Vec::new();
    for officer in ["registrar-a", "registrar-b"] {
        let mut act = node
            .act(&crate::act::Actor { officer: officer.into(), purpose: None }, "test", None)
            .await
            .unwrap();
        let upload = Upload {
            held: true,
            name: "June".into(),
            file: "held.csv".into(),
            bytes: csv.clone().into_bytes().into(),
            map: None,
            own_map: None,
            lookups: Vec::new(),
        };
        let draft = people::keep(&mut act, &upload).await.unwrap();
        act.commit().await.unwrap();
        // Both read while nobody of the list is here yet.
        let outcome = read(node, Arc::new(upload.clone())).await.unwrap().1;
        drafts.push((draft, upload, outcome.unwrap().people));
    }
    let mut stored = Vec::new();
    for (draft, upload, people) in drafts {
        let mut act = node.act(&crate::node::itself(), "import people", Some(&draft)).await.unwrap();
        let confirmed = people::confirm(&mut act, &draft, &upload, people).await;
        stored.push(confirmed.map_err(|why| why.to_string()));
        if stored.last().unwrap().is_ok() {
            act.commit().await.unwrap();
        }
    }
    assert_eq!(stored, [Ok(20), Err("rows-refused 20".to_owned())]);
}

#[tokio::test]
async fn a_list_with_joined_files_and_an_own_map_is_read_through_them() {
    let nodes = nodes(1).await;
    let registrar = Seat::at(&nodes.nodes[0], &[Role::Registrar], None).await;
    let map = "name = \"own\"\ntitle = \"Own\"\nformat = \"csv\"\n[fields]\nsurname = \"who\"\nunit = \"camps.unit\"\n\
               [[lookup]]\nname = \"camps\"\nfile = \"camps.csv\"\nkey = \"id\"\nfrom = \"camp\"\nbring = [\"unit\"]\n";
    let list = ("file", "list.csv", "who,camp\nВигадана,1\n".as_bytes());
    let own = ("own-map", "own.toml", map.as_bytes());
    let joined = ("joined-1", "camps.csv", "id,unit\n1,7th\n".as_bytes());
    let fields = [("list", "held")];
    let without =
        registrar.upload("/import", JSON, &fields, &[list, own, ("joined-1", "", b"")]).await.json();
    assert_eq!(
        (&without["import"], &without["refused"][0]["reason"]),
        (&Value::Null, &"missing-lookup".into())
    );
    let with = registrar.upload("/import", JSON, &fields, &[list, own, joined]).await.json();
    assert_eq!((&with["persons"], &with["map"]), (&1.into(), &"own".into()));
}

#[tokio::test]
async fn an_import_is_the_registrars_alone_and_bad_fields_are_refused_by_name() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let negotiator = Seat::at(node, &[Role::Negotiator, Role::Auditor], None).await;
    for path in ["/import", "/import/0/confirm"] {
        let refused = negotiator.post(path, &[]).await;
        assert_eq!(
            (refused.status, refused.json()["detail"].as_str()),
            (StatusCode::FORBIDDEN, Some("registrar"))
        );
        assert_eq!(Seat::nobody(node).post(path, &[]).await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(negotiator.get("/import").await.status, StatusCode::FORBIDDEN);
    let registrar = Seat::at(node, &[Role::Registrar], None).await;
    let file = ("file", "held.csv", "a,b\n1,2\n".as_bytes());
    let long = "x".repeat(101);
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a [(&'a str, &'a str, &'a [u8])], &'a str, &'a str);
    let cases: [Case; 6] = [
        (&[], &[file], "bad-field", "list"),
        (&[("list", "both")], &[file], "bad-field", "list"),
        (&[("list", "held")], &[], "bad-field", "file"),
        (&[("list", "held"), ("name", &long)], &[file], "bad-field", "name"),
        (&[("list", "held"), ("map", "none")], &[file], "against-rule", "There is no map of this name. "),
        (
            &[("list", "held")],
            &[file],
            "against-rule",
            "The columns fit no map, or several. Choose the map by name. ",
        ),
    ];
    for (fields, files, refused, detail) in cases {
        let answer = registrar.upload("/import", JSON, fields, files).await.json();
        assert_eq!((answer["refused"].as_str(), answer["detail"].as_str()), (Some(refused), Some(detail)));
    }
    assert_eq!(registrar.post("/import", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(registrar.post("/import/0/confirm", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_pages_are_whole_in_three_languages() {
    let nodes = nodes(1).await;
    let registrar = Seat::at(&nodes.nodes[0], &[Role::Registrar], None).await;
    let mut registrar = registrar;
    for language in ["uk", "ru", "en"] {
        registrar = registrar.speaking(language);
        let page = registrar.page("/import").await;
        assert!(page.contains(&format!("<html lang=\"{language}\"")) && !page.contains(">import-"), "{page}");
    }
}
