//! The books of a played round on three nodes, and the pages that show them.

mod common;

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use common::{PARTIES, act, carry, close, cross, listed, nodes, officer, refusal_and_refill, up_to_the_list};
use exchange::agreement::CategoryId;
use exchange::ids::Item;
use exchange::ledger::{Act, Ground, Ledger, Move, MoveKind, Place, What};
use homeward::acts::{books, crossing};
use homeward::chance::hex;
use homeward::node::Node;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use parley::{Answer, DepartGround, Occasion};
use serde_json::{Value, json};

/// Asks a node's desk as an officer with one role; without a role there is no session.
async fn ask(
    node: &Arc<Node>,
    role: &str,
    method: Method,
    path: &str,
    form: &str,
    accept: &str,
    language: &str,
) -> (StatusCode, String) {
    let mut cookie = String::new();
    if !role.is_empty() {
        let mut act = node.act(&officer("administrator"), "admit officer", Some(role)).await.unwrap();
        let row = register::OfficerRow {
            id: role.to_owned(),
            display_name: "Офіцер Зразковий".to_owned(),
            roles: vec![role.to_owned()],
            language: language.to_owned(),
            active: true,
        };
        act.tx.put(&row).await.unwrap();
        let token = node.chance.draw("session");
        let token_hash = register::token_hash(&token);
        let session = register::SessionRow {
            token_hash,
            officer: role.to_owned(),
            expires_at: i64::MAX,
            purpose: None,
        };
        act.tx.put(&session).await.unwrap();
        act.commit().await.unwrap();
        cookie = format!("__Host-homeward-{}={}", node.config.party, hex(&token));
    }
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ACCEPT, accept)
        .header(header::ACCEPT_LANGUAGE, language)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let service = TowerToHyperService::new(homeward::web::routes::desk(node.clone()).into_service());
    let response = service.call(request.body(Body::from(form.to_owned())).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), 16 << 20).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn json(node: &Arc<Node>, role: &str, path: &str) -> Value {
    let (status, body) = ask(node, role, Method::GET, path, "", "application/json", "en").await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

async fn post(node: &Arc<Node>, role: &str, path: &str, form: &str) -> (StatusCode, Value) {
    let (status, body) = ask(node, role, Method::POST, path, form, "application/json", "en").await;
    (status, serde_json::from_str(&body).unwrap_or(Value::Null))
}

/// A round with a refusal at the crossing, a person not brought and taken back, and a wrong count on one side.
async fn played(folder: &Path, outside: [u64; 2]) -> Vec<Arc<Node>> {
    let nodes = nodes(folder).await;
    up_to_the_list(&nodes).await;
    refusal_and_refill(&nodes).await;
    let (a, b) = (&nodes[0], &nodes[1]);
    let lost = listed(b, &b.me, 1).await[0];
    act!(b, |act| crossing::will(&mut act, 1, lost, Occasion::Second, Answer::Willing));
    act!(b, |act| crossing::release(&mut act, 1, lost));
    carry(&nodes).await;
    act!(a, |act| crossing::arrival(&mut act, 1, lost, crossing::Arrival::NotDelivered));
    carry(&nodes).await;
    act!(b, |act| crossing::take_back(&mut act, 1, lost));
    act!(b, |act| crossing::depart(&mut act, 1, lost, DepartGround::NotBrought));
    carry(&nodes).await;
    common::propose_and_accept(b, a, &nodes).await;
    common::link_people(a).await;
    cross(&nodes).await;
    close(&nodes, outside).await;
    nodes
}

async fn ledger_of(node: &Arc<Node>) -> books::Books {
    let shared = node.look().await.unwrap();
    let mut reading = node.register.read().await.unwrap();
    books::books(&mut reading, &shared, &node.me, shared.terms.as_ref().unwrap()).await.unwrap()
}

#[tokio::test]
async fn both_nodes_book_the_same_ledger_and_every_beginning_of_the_record_can_be_booked() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = played(folder.path(), [0, 0]).await;
    let (a, b) = (ledger_of(&nodes[0]).await, ledger_of(&nodes[1]).await);
    assert_eq!((a.faults.as_slice(), a.unknown.as_slice()), (&[][..], &[][..]));
    assert_eq!(a.ledger, b.ledger);
    assert_eq!(a.ledger.accounts().values().sum::<i64>(), 0);
    let [first, second] = PARTIES.map(|party| exchange::ids::Party::new(party).unwrap());
    let shared = nodes[0].look().await.unwrap();
    let terms = shared.terms.as_ref().unwrap();
    let heads = |from, to| a.ledger.heads(terms, from, to);
    assert_eq!((heads(&first, &second), heads(&second, &first)), (4, 4));
    let leg = |from, to| terms.exchange_leg(from, to).unwrap() as u8;
    let slots = &a.ledger.slots()[&(1, leg(&first, &second))];
    assert_eq!((slots.owed, slots.filled, slots.open, slots.refilled.len()), (4, 4, 0, 1));
    assert_eq!(slots.vacated[0].1, Some(Ground::Refused));
    let back = &a.ledger.slots()[&(1, leg(&second, &first))];
    let (lost, ground, _) = back.vacated[0];
    assert_eq!(ground, Some(Ground::NotDelivered));
    assert_eq!(a.ledger.grounds(&lost), [(1, Ground::NotDelivered, 1), (1, Ground::NotDelivered, 1)]);

    // A neutral counts the same heads and knows no categories.
    let neutral = ledger_of(&nodes[2]).await;
    assert!(!neutral.by_category && neutral.faults.is_empty());
    let received = |ledger: &Ledger| {
        ledger.lines().keys().filter(|item| ledger.place(item) == Some(Place::Received)).count()
    };
    assert_eq!(received(&neutral.ledger), 8);

    let category = |place: u8| terms.categories[usize::from(place)].id.clone();
    let known: std::collections::BTreeMap<Item, CategoryId> =
        a.ledger.lines().iter().map(|(item, line)| (*item, category(line.category.unwrap()))).collect();
    let mut record = parley::Record::new(shared.record.members().clone());
    let mut crossed = 0;
    for signed in shared.record.applied() {
        record.admit(signed.bytes()).unwrap();
        let (acts, unknown) = books::acts_of(terms, &record, |_, item| known.get(item).cloned());
        assert!(unknown.is_empty());
        let acts: Vec<Act> = acts.iter().map(|booked| booked.act).collect();
        let booked = Ledger::book(terms, &acts);
        assert!(
            booked.is_ok(),
            "after entry {} of {}: {booked:?}",
            signed.entry().seq,
            signed.entry().author
        );
        let received = |act: &&Act| matches!(act.what, What::Move(Move { kind: MoveKind::Received, .. }));
        crossed = acts.iter().filter(received).count();
    }
    assert_eq!(crossed, 8);
}

#[tokio::test]
async fn whoever_has_not_gone_when_the_holder_closes_has_left_the_slot() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    common::up_to_the_list(&nodes).await;
    let free = async |node: &Arc<Node>| {
        let books = ledger_of(node).await;
        assert_eq!(books.faults, []);
        let open: Vec<u32> = books.ledger.slots().values().map(|slots| slots.open).collect();
        assert_eq!(books.ledger.accounts().values().sum::<i64>(), 0);
        open
    };
    assert_eq!(free(&nodes[0]).await, [0, 0]);
    act!(nodes[0], |act| crossing::close(&mut act, 1, 0));
    carry(&nodes).await;
    for node in &nodes {
        assert_eq!(free(node).await, [4, 0], "four of the first party's, at {}", node.me);
    }
}

#[tokio::test]
async fn a_wrong_count_shows_on_both_ledgers_and_a_corrected_account_settles_it() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = played(folder.path(), [0, 2]).await;
    for (node, own, theirs) in [(&nodes[0], 4, 6), (&nodes[1], 6, 4)] {
        let view = json(node, "auditor", "/ledger").await;
        let round = &view["rounds"][0];
        assert_eq!(round["record"], json!({"delivered": 4, "received": 4}));
        let counted =
            round["differences"].as_array().unwrap().iter().find(|one| one["kind"] == "count").unwrap();
        assert_eq!((&counted["mine"], &counted["theirs"]), (&json!(own), &json!(theirs)));
        assert_eq!((&counted["from"], &counted["to"]), (&json!("Belmar"), &json!("Aronia")));
    }
    let neutral = json(&nodes[2], "auditor", "/ledger").await;
    assert_eq!(neutral["rounds"][0]["differences"].as_array().unwrap().len(), 1);
    assert_eq!((&neutral["digest"], &neutral["neutral"]), (&Value::Null, &json!(true)));
    let overview = json(&nodes[0], "press-officer", "/").await;
    assert_eq!(overview["differences"], json!([{"round": 1, "differences": 2}]));
    assert_eq!(overview["alerts"], json!([]), "a press officer settles no accounts");
    let overview = json(&nodes[0], "negotiator", "/").await;
    assert_eq!(
        (&overview["alerts"][0]["code"], &overview["alerts"][0]["count"]),
        (&json!("accounts-differ"), &json!(1))
    );

    act!(nodes[1], |act| crossing::account(&mut act, 1, 0));
    carry(&nodes).await;
    let views = [json(&nodes[0], "auditor", "/ledger").await, json(&nodes[1], "auditor", "/ledger").await];
    assert_eq!(views[0]["digest"], views[1]["digest"]);
    assert_eq!(views[0]["mine_digest"], views[0]["theirs_digest"]);
    for view in &views {
        assert_eq!(view["rounds"][0]["differences"], json!([]));
        assert_eq!(view["clauses"][0]["received"], "4");
        assert_eq!(view["slots"].as_array().unwrap().len(), 2);
    }
}

/// Every address in a view that leads to acts, with the number that stands beside it there.
fn figures(view: &Value, found: &mut Vec<(String, String)>) {
    match view {
        Value::Object(fields) => {
            if let Some(href) =
                fields.get("href").and_then(Value::as_str).filter(|at| at.starts_with("/ledger/acts"))
            {
                let number = ["value", "heads", "words"].iter().find_map(|key| fields.get(*key)).unwrap();
                let number = number.as_str().map_or_else(|| number.to_string(), str::to_owned);
                found.push((href.to_owned(), number.replace('\u{2212}', "-")));
            }
            fields.values().for_each(|field| figures(field, found));
        }
        Value::Array(values) => values.iter().for_each(|value| figures(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_acts_behind_every_figure_add_up_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = played(folder.path(), [0, 0]).await;
    for node in &nodes {
        let view = json(node, "auditor", "/ledger").await;
        let accounts = view["balances"].as_array().unwrap();
        assert_eq!(accounts.is_empty(), view["neutral"] == true);
        let mut found = Vec::new();
        figures(&view, &mut found);
        assert!(found.len() > 30, "{}", found.len());
        for (href, number) in found {
            let acts = json(node, "auditor", &href).await;
            assert_eq!(acts["sum"], json!(number), "{href}: {acts}");
            let rows = acts["rows"].as_array().unwrap();
            assert_eq!(json!(rows.len()), acts["lines"], "{href}");
            let sum: i64 =
                rows.iter().map(|row| row["count"].as_str().unwrap().parse::<i64>().unwrap()).sum();
            let opening = acts["opening"].as_str().unwrap_or("0").replace('\u{2212}', "-");
            assert_eq!(json!((sum + opening.parse::<i64>().unwrap()).to_string()), acts["sum"], "{href}");
            for row in rows {
                assert_eq!(row["item"].as_str().unwrap().len(), 12, "an item is shortened: {row}");
                let entry = &row["entry"];
                let log =
                    json(node, "auditor", entry["href"].as_str().unwrap().split('#').next().unwrap()).await;
                let (first, author) = (&log["entries"][0], &entry["author"]);
                assert_eq!((&first["seq"], &first["author"]), (&entry["seq"], author), "{row}");
            }
        }
    }
}

#[tokio::test]
async fn two_readings_of_a_clause_stand_side_by_side_each_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = played(folder.path(), [0, 0]).await;
    for node in &nodes {
        let view = json(node, "negotiator", "/ledger").await;
        let clauses = view["clauses"].as_array().unwrap();
        let read: Vec<(Option<&str>, &Value, &Value)> =
            clauses.iter().map(|one| (one["read_by"].as_str(), &one["least"], &one["outstanding"])).collect();
        let expected = [
            (None, &json!(8), &json!("4")),
            (None, &json!(8), &json!("4")),
            (Some("belmar"), &json!(9), &json!("5")),
        ];
        assert_eq!(read, expected);
        let beside = &view["quantities"][1];
        assert_eq!(beside["columns"].as_array().unwrap().len(), 2);
        assert!(beside["columns"][1]["says"][0].as_str().unwrap().contains("9 for 9"), "{beside}");
        let owed =
            beside["rows"].as_array().unwrap().iter().find(|row| row["code"] == "outstanding").unwrap();
        assert_eq!((&owed["cells"][0]["words"], &owed["cells"][1]["words"]), (&json!("4"), &json!("5")));
        let glance = &view["directions"][1];
        assert_eq!((&glance["filled"]["value"], &glance["owed"]["value"]), (&json!("4"), &json!("4")));
        assert_eq!(glance["read"][0]["owed"]["value"], "5");
        let days = view["over_time"]["days"].as_array().unwrap();
        assert_eq!(
            (&days[days.len() - 1]["received"], &view["over_time"]["undated"]),
            (&json!([4, 4]), &json!(0))
        );
        let agreement = json(node, "escort", "/agreement").await;
        let readings =
            agreement["sections"].as_array().unwrap().iter().find(|one| one["key"] == "readings").unwrap();
        assert_eq!(readings["rows"][0]["clause"], 1);
        let rests = agreement["clauses"][0]["rests"].as_array().unwrap();
        assert!(rests.iter().any(|rest| rest["rows"][0]["anchor"] == "readings-1"), "{rests:?}");
    }
}

#[tokio::test]
async fn an_address_that_names_no_figure_is_not_found_and_the_acts_are_for_those_who_see_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = played(folder.path(), [0, 0]).await;
    for path in [
        "/ledger/acts",
        "/ledger/acts?post=everything",
        "/ledger/acts?leg=nowhere&post=filled",
        "/ledger/acts?post=filled&slots=open",
        "/ledger/acts?quantity=floor-to-aronia&figure=filled&reader=nobody",
        "/ledger/acts?quantity=floor-to-aronia",
        "/ledger/acts?ratio=none&side=1&figure=heads",
        "/ledger/acts?from=aronia&post=filled",
    ] {
        let (status, body) = ask(&nodes[0], "auditor", Method::GET, path, "", "application/json", "en").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}: {body}");
    }
    let all = "/ledger/acts?post=filled";
    for (role, expect) in
        [("", StatusCode::UNAUTHORIZED), ("registrar", StatusCode::FORBIDDEN), ("approver", StatusCode::OK)]
    {
        let (status, body) = ask(&nodes[0], role, Method::GET, all, "", "application/json", "en").await;
        assert_eq!(status, expect, "{role}: {body}");
    }
    let last = json(&nodes[0], "auditor", &format!("{all}&page=99")).await;
    assert_eq!((&last["page"], &last["pages"], &last["sum"]), (&json!(1), &json!(1), &json!("8")));
    for language in ["uk", "ru", "en"] {
        for path in ["/ledger", all, "/agreement"] {
            let (_, body) = ask(&nodes[0], "auditor", Method::GET, path, "", "text/html", language).await;
            assert!(!body.contains("Вигаданий"), "{path} names a person");
            for unsaid in [">ledger-", ">terms-", "ledger-row", "ledger-ground-", "terms-label"] {
                assert!(!body.contains(unsaid), "{path} in {language} shows the key {unsaid}");
            }
        }
    }
}

#[tokio::test]
async fn the_overview_and_the_log_say_how_things_stand_without_naming_anybody() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = played(folder.path(), [0, 0]).await;
    for node in &nodes {
        let view = json(node, "auditor", "/").await;
        assert_eq!(view["agreement"]["state"], "in-force");
        assert_eq!((&view["progress"][0]["home"], &view["progress"][0]["floor"]), (&json!([4]), &json!(8)));
        assert_eq!(
            (&view["rounds"][0]["state"], &view["rounds"][1]["state"]),
            (&json!("closed"), &json!("planned"))
        );
        assert_eq!(view["alerts"], json!([]));
        let log = json(node, "auditor", "/log").await;
        assert_eq!(log["logs"].as_array().unwrap().len(), 3);
        assert!(log["logs"].as_array().unwrap().iter().all(|log| log["verified"] == true), "{log}");
        assert_eq!((&log["journal"]["verified"], &log["files"]["behind"]), (&json!(true), &json!(false)));
        let journal = json(node, "auditor", "/log?author=journal").await;
        assert!(journal["entries"].as_array().unwrap().iter().any(|entry| entry["kind"] == "take in bundle"));
        for path in ["/", "/ledger", "/log", "/log?author=journal"] {
            let (status, body) = ask(node, "auditor", Method::GET, path, "", "text/html", "uk").await;
            assert_eq!(status, StatusCode::OK, "{path}: {body}");
            assert!(!body.contains("Вигаданий") && !body.contains("Іван"), "{path} names a person");
        }
    }
    let log = json(&nodes[0], "auditor", "/log?author=aronia&after=3").await;
    assert_eq!((&log["entries"][0]["seq"], &log["entries"][0]["author"]), (&json!(4), &json!("aronia")));
    let (status, _) =
        ask(&nodes[0], "auditor", Method::GET, "/log?author=nobody", "", "application/json", "en").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    for (role, path, expect) in [
        ("", "/", StatusCode::UNAUTHORIZED),
        ("registrar", "/ledger", StatusCode::FORBIDDEN),
        ("escort", "/log", StatusCode::FORBIDDEN),
        ("registrar", "/agreement", StatusCode::OK),
        ("registrar", "/drafts", StatusCode::FORBIDDEN),
    ] {
        let (status, body) = ask(&nodes[0], role, Method::GET, path, "", "application/json", "en").await;
        assert_eq!(status, expect, "{role} {path}: {body}");
        if expect == StatusCode::FORBIDDEN {
            assert!(body.contains("not-your-role") && body.contains("negotiator"), "{body}");
        }
    }
}

#[tokio::test]
async fn the_agreement_is_drafted_by_one_officer_approved_by_another_and_accepted_by_the_other_side() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    let (a, b) = (&nodes[0], &nodes[1]);
    let rounds = [(1, time::macros::date!(2025 - 06 - 10)), (2, time::macros::date!(2025 - 06 - 19))];
    let text = rehearsal::terms::istanbul_shaped(8, 4, &rounds);
    let form = |text: &str| {
        let escaped: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("terms={escaped}")
    };
    let (status, answer) = post(a, "negotiator", "/agreement", "terms=+").await;
    assert_eq!((status, &answer["detail"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("terms")));
    let (status, answer) = post(a, "negotiator", "/agreement", &form("title = 1")).await;
    assert_eq!((status, &answer["refused"]), (StatusCode::CONFLICT, &json!("against-rule")));
    assert_eq!(post(a, "approver", "/agreement", &form(&text)).await.0, StatusCode::FORBIDDEN);
    let (status, _) = post(&nodes[2], "negotiator", "/agreement", &form(&text)).await;
    assert_eq!(status, StatusCode::CONFLICT, "a neutral puts nothing forward");

    // A browser sends carriage returns; the digest is of the text as written.
    let done = post(a, "negotiator", "/agreement", &form(&text.replace('\n', "\r\n"))).await;
    assert_eq!(done.0, StatusCode::SEE_OTHER, "{done:?}");
    let view = json(a, "negotiator", "/agreement").await;
    assert_eq!(
        (&view["state"], &view["drafted"], &view["text"]),
        (&json!("none"), &json!(true), &json!(text))
    );
    assert_eq!(view["actions"], json!([]));
    let drafts = json(a, "approver", "/drafts").await;
    assert_eq!(
        (&drafts["drafts"][0]["kind"], &drafts["drafts"][0]["mine"]),
        (&json!("agreement"), &json!(false))
    );
    let approve = format!("/drafts/{}/approve", drafts["drafts"][0]["id"].as_str().unwrap());
    assert_eq!(post(a, "negotiator", &approve, "").await.0, StatusCode::FORBIDDEN);
    assert_eq!(post(a, "approver", "/drafts/somebody/approve", "").await.0, StatusCode::NOT_FOUND);
    let done = post(a, "approver", &approve, "").await;
    assert_eq!(done.0, StatusCode::SEE_OTHER, "{done:?}");
    assert_eq!(
        post(a, "approver", &approve, "").await.0,
        StatusCode::CONFLICT,
        "a draft is carried out once"
    );
    assert_eq!(json(a, "negotiator", "/agreement").await["mine"], true);
    assert_eq!(post(a, "negotiator", "/agreement/accept", "").await.0, StatusCode::CONFLICT, "not one's own");
    carry(&nodes).await;

    let view = json(b, "negotiator", "/agreement").await;
    assert_eq!(
        (&view["state"], &view["mine"], &view["actions"]),
        (&json!("put-forward"), &json!(false), &json!(["accept"]))
    );
    assert_eq!(post(b, "negotiator", "/agreement/accept", "").await.0, StatusCode::SEE_OTHER);
    let view = json(b, "approver", "/agreement").await;
    assert_eq!(view["actions"], json!(["approve"]));
    let draft = view["draft"].as_str().unwrap().to_owned();
    assert_eq!(
        post(b, "press-officer", &format!("/drafts/{draft}/dismiss"), "").await.0,
        StatusCode::FORBIDDEN
    );
    assert_eq!(post(b, "approver", &format!("/drafts/{draft}/approve"), "").await.0, StatusCode::SEE_OTHER);
    carry(&nodes).await;
    let digests = [json(a, "escort", "/agreement").await, json(b, "escort", "/agreement").await];
    for view in &digests {
        assert_eq!((&view["state"], &view["digest"]), (&json!("in-force"), &digests[0]["digest"]));
        assert!(!view["clauses"].as_array().unwrap().is_empty());
    }
    assert_eq!(json(&nodes[2], "auditor", "/agreement").await["text"], json!(text));
}

/// Puts a text into the record as a peer does who checks nothing.
async fn puts_forward_unchecked(
    act: &mut homeward::act::Act<'_>,
    text: &str,
) -> Result<(), homeward::act::ActError> {
    let digest = act.attach("terms", text.as_bytes()).await?;
    act.append(parley::Body::Text { digest }).await?;
    Ok(())
}

#[tokio::test]
async fn a_text_of_other_parties_or_with_what_nobody_can_sign_is_neither_put_forward_nor_accepted() {
    let rounds = [(1, time::macros::date!(2025 - 06 - 10)), (2, time::macros::date!(2025 - 06 - 19))];
    let text = rehearsal::terms::istanbul_shaped(8, 4, &rounds);
    let open = format!("{text}\n[[stand_ins]]\nclause = 1\nsays = \"who goes first\"\n");
    // The text that the other side puts forward, and which refusal the desk gives.
    let cases = [
        (text.clone(), StatusCode::SEE_OTHER),
        (text.replace("belmar", "dorland"), StatusCode::CONFLICT),
        (text.replace("5e1d0c7a", "00000000"), StatusCode::CONFLICT),
        (open, StatusCode::CONFLICT),
        // What the shared record cannot carry: a gate that no entry shows.
        (text.replace("by = \"receiver\"", "by = \"receiver\"\nshown = \"in-acts\""), StatusCode::CONFLICT),
    ];
    for (text, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        let nodes = nodes(folder.path()).await;
        let act = nodes[0].act(&officer("negotiator"), "look", None).await.unwrap();
        let may = homeward::acts::agreement::check_text(&act, &text).is_ok();
        assert_eq!(may, expected == StatusCode::SEE_OTHER, "its own desk judges alike");
        drop(act);
        act!(nodes[0], |act| puts_forward_unchecked(&mut act, &text));
        carry(&nodes).await;
        let done = post(&nodes[1], "negotiator", "/agreement/accept", "").await;
        assert_eq!(done.0, expected, "{done:?}");
    }
}

/// Writes the pages of this area into the folder `HOMEWARD_PAGES`, to be looked at.
#[tokio::test]
#[ignore = "for looking at the pages"]
async fn pages_to_look_at() {
    let to = std::path::PathBuf::from(std::env::var("HOMEWARD_PAGES").unwrap());
    let css =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/dist/desk.css")).unwrap();
    std::fs::write(to.join("desk.css"), css).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let nodes = played(folder.path(), [0, 2]).await;
    let link = with_own_styles();
    for (node, party) in nodes.iter().zip(common::ALL) {
        for (role, path, name) in [
            ("negotiator", "/", "overview"),
            ("negotiator", "/agreement", "agreement"),
            ("approver", "/drafts", "drafts"),
            ("auditor", "/ledger", "ledger"),
            ("auditor", "/ledger/acts?from=belmar&to=aronia&post=filled", "acts"),
            (
                "auditor",
                "/ledger/acts?quantity=floor-to-aronia&reader=belmar&figure=outstanding",
                "acts-owed",
            ),
            ("auditor", "/log", "log"),
            ("auditor", "/log?author=journal", "journal"),
        ] {
            for language in ["uk", "ru", "en"] {
                let (_, body) = ask(node, role, Method::GET, path, "", "text/html", language).await;
                std::fs::write(to.join(format!("{party}-{name}-{language}.html")), link(&body)).unwrap();
            }
        }
    }
}

/// Lets a page find the style sheet in its own folder.
fn with_own_styles() -> impl Fn(&str) -> String {
    |body| {
        let at = body.find("<link rel=\"stylesheet\" href=\"").unwrap();
        let end = at + body[at..].find('>').unwrap();
        format!("{}<link rel=\"stylesheet\" href=\"desk.css\"{}", &body[..at], &body[end..])
    }
}
