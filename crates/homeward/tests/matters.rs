//! Notices, phases, after-conditions and own readings between three nodes, and what a hostile party can put in their place.

mod common;

use std::sync::Arc;

use axum::body::Body as HttpBody;
use axum::http::{Method, Request, StatusCode, header};
use common::{act, agreed, carry, cross, link_people, listed, nodes, officer, two_officers};
use exchange::ids::Item;
use exchange::ledger::{Move, MoveKind, What};
use homeward::act::ActError;
use homeward::acts::drafts::{self, Draft};
use homeward::acts::matters::{self, Document, Matter, Matters, Step};
use homeward::acts::{books, crossing, moments};
use homeward::chance::hex;
use homeward::node::Node;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use parley::{Body, Digest};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;
const MORE: &str = r#"
[notices]
clause = 8
answer_hours = 72

[[phases]]
id = "first"
clause = 4
name = { uk = "Перша", ru = "Первая", en = "First" }
legs = ["to-belmar", "to-aronia"]
opens_by_act = true
hours = 240
extension = { hours = 24, per = 2, beyond = 2, legs = ["to-aronia"], hours_max = 96 }
suspension = "clock-stops"
completes = "by-act"
on_expiry = "stays-owed"

[[phases]]
id = "second"
clause = 4
name = { uk = "Друга", ru = "Вторая", en = "Second" }
legs = ["to-belmar", "to-aronia"]
after = ["first"]
opens_after_hours = 48
without_end = true
suspension = "clock-runs"
completes = "by-act"
on_expiry = "stays-owed"

[[conditions]]
id = "no-service"
clause = 2
kind = "no-active-service"
bound = "belmar"
until_event = "end-of-hostilities"
says = { uk = "Без служби.", ru = "Без службы.", en = "No active service (GC III art. 117)." }

[[conditions]]
id = "stay"
clause = 2
kind = "neutral-stay"
bound = "aronia"
legs = ["to-aronia"]
days_after_receipt = 90
says = { uk = "Перебувають у Кальдері.", ru = "Пребывают в Кальдере.", en = "They stay in Calder." }
"#;

/// The rehearsed text with the phases, conditions and notices of these tests in place of its own.
fn text() -> String {
    let whole = common::text();
    let (before, rest) = whole.split_once("[[phases]]").unwrap();
    let (_, after) = rest.split_once("[disclosure]").unwrap();
    format!("{before}[disclosure]{after}{MORE}")
}

/// Asks a node's desk as an officer with one role.
async fn ask(
    node: &Arc<Node>,
    role: &str,
    method: Method,
    path: &str,
    form: &[(&str, &str)],
    as_page: Option<&str>,
) -> (StatusCode, String) {
    let mut act = node.act(&officer("administrator"), "admit officer", Some(role)).await.unwrap();
    let row = register::OfficerRow {
        id: role.to_owned(),
        display_name: "Офіцер Зразковий".to_owned(),
        roles: vec![role.to_owned()],
        language: "en".to_owned(),
        active: true,
    };
    act.tx.put(&row).await.unwrap();
    let token = node.chance.draw("session");
    let session = register::SessionRow {
        token_hash: register::token_hash(&token),
        officer: role.to_owned(),
        expires_at: i64::MAX,
        purpose: None,
    };
    act.tx.put(&session).await.unwrap();
    act.commit().await.unwrap();
    let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs: Vec<String> = form.iter().map(|(name, text)| format!("{name}={}", escaped(text))).collect();
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ACCEPT, if as_page.is_some() { "text/html" } else { "application/json" })
        .header(header::ACCEPT_LANGUAGE, as_page.unwrap_or("en"))
        .header(header::COOKIE, format!("__Host-homeward-{}={}", node.config.party, hex(&token)))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let service = TowerToHyperService::new(homeward::web::routes::desk(node.clone()).into_service());
    let response = service.call(request.body(HttpBody::from(pairs.join("&"))).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), 16 << 20).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn view(node: &Arc<Node>, role: &str, path: &str) -> Value {
    let (status, body) = ask(node, role, Method::GET, path, &[], None).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

/// A negotiator drafts by a form, an approver carries the draft out, and everyone is given it.
async fn drafted(nodes: &[Arc<Node>], by: usize, path: &str, form: &[(&str, &str)]) {
    let node = &nodes[by];
    let (status, body) = ask(node, "negotiator", Method::POST, path, form, None).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {body}");
    let drafts = view(node, "approver", "/drafts").await;
    assert_eq!(drafts["drafts"].as_array().unwrap().len(), 1, "{drafts}");
    let id = drafts["drafts"][0]["id"].as_str().unwrap();
    let approve = format!("/drafts/{id}/approve");
    let (status, body) = ask(node, "approver", Method::POST, &approve, &[], None).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {body}");
    carry(nodes).await;
}

/// The code of the rule that refuses a form.
async fn refused(node: &Arc<Node>, path: &str, form: &[(&str, &str)]) -> String {
    let (status, body) = ask(node, "negotiator", Method::POST, path, form, None).await;
    assert!(status == StatusCode::CONFLICT || status == StatusCode::UNPROCESSABLE_ENTITY, "{path}: {body}");
    let view: Value = serde_json::from_str(&body).unwrap();
    view["rule"].as_str().unwrap_or("bad-field").to_owned()
}

fn later(nodes: &[Arc<Node>], hours: i64) {
    for node in nodes {
        assert!(node.clock.advance(node.clock.now() + hours * HOUR));
    }
}

async fn document(node: &Arc<Node>, matter: Matter) -> Vec<u8> {
    let shared = node.look().await.unwrap();
    minicbor::to_vec(Document::new(shared.terms.as_ref().unwrap(), matter)).unwrap()
}

async fn matters_of(node: &Arc<Node>) -> Matters {
    let shared = node.look().await.unwrap();
    let mut reading = node.register.read().await.unwrap();
    matters::known(&mut reading, &shared).await.unwrap().unwrap()
}

/// What does not count on a node: kind and ground.
async fn uncounted(node: &Arc<Node>) -> Vec<(String, &'static str)> {
    let matters = matters_of(node).await;
    let grounds =
        matters.all().iter().filter_map(|one| Some((one.kind.clone(), one.uncounted.as_ref()?.code)));
    grounds.collect()
}

/// A view without what depends on who looks.
fn alike(mut view: Value, without: &[&str]) -> Value {
    for key in without {
        view.as_object_mut().unwrap().remove(*key);
    }
    view
}

#[test]
fn the_example_of_the_book_is_these_bytes() {
    let book = include_str!("../../../docs/formats/matter.md");
    let stated: String =
        book.split("```hex").nth(1).unwrap().split("```").next().unwrap().split_whitespace().collect();
    let matter = Matter::Reply { no: 1, text: "We look into it.".to_owned() };
    let document = Document { version: 1, text: [0xa9; 32], matter };
    let bytes = minicbor::to_vec(&document).unwrap();
    assert_eq!(stated, hex(&bytes), "docs/formats/matter.md");
    assert_eq!(Document::read(&bytes).unwrap(), document);
    for cut in 0..bytes.len() {
        assert!(Document::read(&bytes[..cut]).is_err(), "{cut} bytes");
    }
    for kind in matters::KINDS {
        assert!(book.contains(&format!("`{kind}`")), "{kind} is not in the book");
    }
}

#[test]
fn a_document_that_is_not_whole_in_its_one_encoding_is_not_read() {
    let of =
        |version: u32, matter: Matter| minicbor::to_vec(Document { version, text: [1; 32], matter }).unwrap();
    let reply = |text: &str| of(1, Matter::Reply { no: 1, text: text.to_owned() });
    let check = |bytes: &[u8], expect: &str| {
        assert_eq!(Document::read(bytes).unwrap_err().code, expect);
    };
    check(&of(2, Matter::NoticeClosed { no: 1 }), "matter-version");
    check(&vec![0x83; matters::DOCUMENT_BYTES_MAX + 1], "matter-too-long");
    check(&[], "matter-malformed");
    check(&vec![0x9f; 1000], "matter-malformed");
    check(&vec![0x81; 60_000], "matter-malformed");
    check(&[reply("yes"), vec![0]].concat(), "matter-malformed");
    check(&reply(" \n"), "matter-no-text");
    check(&reply(&"x".repeat(matters::TEXT_BYTES_MAX + 1)), "matter-text-too-long");
    check(&reply("see \u{202e}ereht"), "matter-hidden-characters");
    check(&reply("a\u{0}b"), "matter-hidden-characters");
    let suspended = |reason: &str| {
        let step = Step::Suspended;
        of(1, Matter::Phase { phase: "first".to_owned(), step, reason: reason.to_owned() })
    };
    check(&suspended(""), "matter-no-text");
    check(&suspended(&"x".repeat(matters::REASON_BYTES_MAX + 1)), "matter-text-too-long");
    // The number 1 in two bytes instead of one.
    let mut longer = reply("yes");
    let at = longer.iter().rposition(|byte| *byte == 0x63).unwrap() - 1;
    longer.splice(at..=at, [0x18, 0x01]);
    check(&longer, "matter-malformed");
}

#[tokio::test]
async fn a_notice_is_given_answered_late_and_closed_and_everyone_sees_the_same_thread() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    let empty = view(&nodes[0], "negotiator", "/notices").await;
    assert_eq!((&empty["in_force"], &empty["threads"]), (&json!(false), &json!([])));
    assert_eq!(refused(&nodes[0], "/notices", &[("clause", "1"), ("text", "x")]).await, "no-agreement");
    agreed(&nodes, text()).await;
    assert_eq!(
        refused(&nodes[0], "/notices", &[("clause", "99"), ("text", "x")]).await,
        "notice-no-such-clause"
    );
    assert_eq!(refused(&nodes[0], "/notices", &[("clause", "8"), ("text", " ")]).await, "bad-field");
    assert_eq!(refused(&nodes[0], "/notices/1/reply", &[("text", "x")]).await, "notice-no-such-notice");

    drafted(&nodes, 0, "/notices", &[("clause", "8"), ("text", "A number was published.\r\nOn television.")])
        .await;
    assert_eq!(refused(&nodes[0], "/notices/1/reply", &[("text", "x")]).await, "notice-own-reply");
    assert_eq!(refused(&nodes[1], "/notices/1/close", &[]).await, "notice-not-theirs");
    let (open, overdue) = ("notices-unanswered", "notices-overdue");
    let alerts = async |node: &Arc<Node>| {
        let view = view(node, "negotiator", "/").await;
        let codes =
            view["alerts"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(alerts(&nodes[0]).await, Vec::<String>::new());
    assert_eq!(alerts(&nodes[1]).await, [open]);
    later(&nodes, 72);
    for node in &nodes {
        assert_eq!(alerts(node).await, [overdue]);
        let list = view(node, "auditor", "/notices").await;
        assert_eq!((&list["threads"][0]["state"], &list["answer_hours"]), (&json!("overdue"), &json!(72)));
    }
    drafted(&nodes, 1, "/notices/1/reply", &[("text", "We look into it.")]).await;
    drafted(&nodes, 1, "/notices", &[("clause", "2"), ("text", "Nobody came.")]).await;
    drafted(&nodes, 0, "/notices/1/close", &[]).await;
    assert_eq!(refused(&nodes[0], "/notices/1/close", &[]).await, "notice-closed-already");

    let mut threads = Vec::new();
    for node in &nodes {
        let one = view(node, "auditor", "/notices/1").await;
        let said: Vec<_> = one["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["kind"].clone(), one["late"].clone()))
            .collect();
        let expect = [("notice", false), ("reply", true), ("notice-closed", false)];
        assert_eq!(said, expect.map(|(kind, late)| (json!(kind), json!(late))));
        assert_eq!(one["documents"][0]["text"], "A number was published.\nOn television.");
        assert_eq!((&one["thread"]["state"], &one["thread"]["by"]), (&json!("closed"), &json!("Aronia")));
        threads.push((
            alike(one["documents"].clone().as_array().unwrap()[0].clone(), &[]),
            one["documents"].clone(),
        ));
        let list = view(node, "auditor", "/notices").await;
        // The first party counts 1, 3, 5; the second 2, 4, 6: two notices given at once never share a number.
        assert_eq!(
            list["threads"].as_array().unwrap().iter().map(|one| one["no"].clone()).collect::<Vec<_>>(),
            [1, 2]
        );
        assert_eq!(uncounted(node).await, []);
    }
    assert!(threads.iter().all(|one| *one == threads[0]), "three nodes, one thread");
    let (status, _) = ask(&nodes[0], "auditor", Method::GET, "/notices/3", &[], None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn phases_and_conditions_are_the_same_on_every_node_at_the_same_moment() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    common::up_to_the_list_under(&nodes, text()).await;
    let states = async |expect: [&str; 2]| {
        let mut seen = Vec::new();
        for node in &nodes {
            let view = view(node, "escort", "/phases").await;
            let phases: Vec<Value> = view["phases"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| alike(one.clone(), &["actions"]))
                .collect();
            assert_eq!(phases.iter().map(|one| one["state"].clone()).collect::<Vec<_>>(), expect);
            seen.push(phases);
        }
        assert!(seen.iter().all(|one| *one == seen[0]), "one state on every node: {seen:?}");
        seen.remove(0)
    };
    let now = states(["waiting", "waiting"]).await;
    assert_eq!((&now[0]["waits"], &now[0]["waits_for"]), (&json!("word"), &json!(["Aronia", "Belmar"])));
    assert_eq!((&now[1]["waits"], &now[1]["waits_for"]), (&json!("phases"), &json!(["First"])));
    let opened = [("step", "opened"), ("reason", "")];
    drafted(&nodes, 0, "/phases/first", &opened).await;
    assert_eq!(refused(&nodes[0], "/phases/first", &opened).await, "matter-phase-not-now");
    assert_eq!(refused(&nodes[0], "/phases/second", &opened).await, "matter-phase-not-now");
    assert_eq!(refused(&nodes[0], "/phases/third", &opened).await, "matter-no-such-phase");
    assert_eq!(refused(&nodes[0], "/phases/first", &[("step", "resumed")]).await, "matter-phase-not-now");
    assert_eq!(refused(&nodes[0], "/phases/first", &[("step", "suspended")]).await, "matter-no-text");
    assert_eq!(states(["waiting", "waiting"]).await[0]["waits_for"], json!(["Belmar"]));
    later(&nodes, 1);
    drafted(&nodes, 1, "/phases/first", &opened).await;
    let now = states(["open", "waiting"]).await;
    let close = |now: &[Value]| now[0]["closes"].as_i64().unwrap();
    let first = close(&now);
    assert_eq!((first - now[0]["since"].as_i64().unwrap(), &now[0]["earned_hours"]), (240 * HOUR, &json!(0)));

    // Four persons each way are received: two beyond the two that earn nothing, a day for each pair.
    later(&nodes, 10);
    link_people(&nodes[0]).await;
    link_people(&nodes[1]).await;
    cross(&nodes).await;
    let now = states(["open", "waiting"]).await;
    assert_eq!((close(&now) - first, &now[0]["earned_hours"]), (24 * HOUR, &json!(24)));

    later(&nodes, 1);
    drafted(&nodes, 1, "/phases/first", &[("step", "suspended"), ("reason", "Nobody came to the bridge.")])
        .await;
    later(&nodes, 5);
    let now = states(["suspended", "waiting"]).await;
    assert_eq!(now[0]["suspended_by"], json!(["Belmar"]));
    assert_eq!(now[0]["words"][2]["reason"], "Nobody came to the bridge.");
    drafted(&nodes, 1, "/phases/first", &[("step", "resumed"), ("reason", "")]).await;
    assert_eq!(
        close(&states(["open", "waiting"]).await) - first,
        29 * HOUR,
        "the clock stood still for five hours"
    );
    assert_eq!(states(["open", "waiting"]).await[0]["earned_hours"], 24, "standing still earns nothing");

    // Somebody is seen in service: shown with whether the condition held then, and nothing more.
    let home = listed(&nodes[0], &nodes[0].me, 1).await[0];
    let item = home.to_string();
    drafted(&nodes, 0, "/conditions/no-service/observe", &[("text", "Seen in uniform."), ("item", &item)])
        .await;
    assert_eq!(
        refused(&nodes[0], "/conditions/no-service/observe", &[("text", "x"), ("item", "12")]).await,
        "bad-field"
    );
    assert_eq!(
        refused(&nodes[0], "/conditions/other/observe", &[("text", "x")]).await,
        "matter-no-such-condition"
    );
    assert_eq!(refused(&nodes[0], "/conditions/stay/end", &[]).await, "matter-condition-not-yours");
    drafted(&nodes, 1, "/conditions/stay/observe", &[("text", "Seen in Aronia.")]).await;
    later(&nodes, 1);
    drafted(&nodes, 0, "/conditions/no-service/end", &[]).await;
    let one = view(&nodes[1], "negotiator", "/conditions/no-service").await;
    let condition = &one["condition"];
    assert_eq!((&condition["said"], &condition["missing"]), (&json!(["Aronia"]), &json!(["Belmar"])));
    assert_eq!((&condition["persons"], &one["persons"][0]["clause"]), (&json!(8), &json!(2)));
    drafted(&nodes, 1, "/conditions/no-service/end", &[]).await;
    let mut seen = Vec::new();
    for node in &nodes {
        let view = view(node, "auditor", "/conditions").await;
        let state = |at: usize| view["conditions"][at]["state"].clone();
        assert_eq!((state(0), state(1)), (json!("ended"), json!("holds")));
        let then: Vec<_> = view["alerts"].as_array().unwrap().iter().map(|one| one["then"].clone()).collect();
        assert_eq!(then, ["no-person", "held"]);
        let about = &view["alerts"][1];
        assert_eq!(
            (&about["by"], &about["text"], &about["item"]),
            (&json!("Aronia"), &json!("Seen in uniform."), &json!(item[..8]))
        );
        assert_eq!(uncounted(node).await, []);
        seen.push(view["alerts"].clone());
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "one list of alerts");
    let stay = view(&nodes[0], "auditor", "/conditions/stay").await;
    let person = &stay["persons"][0];
    assert_eq!(person["ends"].as_i64().unwrap() - person["received"].as_i64().unwrap(), 90 * 24 * HOUR);
    assert_eq!(stay["persons"].as_array().unwrap().len(), 4);

    for by in [0, 1] {
        drafted(&nodes, by, "/phases/first", &[("step", "completed")]).await;
    }
    let now = states(["complete", "waiting"]).await;
    assert_eq!(now[1]["waits"], "until");
    later(&nodes, 48);
    assert_eq!(states(["complete", "open"]).await[1]["closes"], Value::Null);
}

#[tokio::test]
async fn what_is_done_while_no_phase_is_open_is_listed_with_its_reason_and_its_entry() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    let limited = text().replacen("at_least = 8\n", "at_least = 8\nper_day = { at_most = 3 }\n", 1);
    common::up_to_the_list_under(&nodes, limited).await;
    link_people(&nodes[0]).await;
    link_people(&nodes[1]).await;
    cross(&nodes).await;
    let mut seen = Vec::new();
    for node in &nodes {
        let windows = view(node, "auditor", "/phases").await["windows"].clone();
        assert_eq!(windows["outside_count"], 16, "four each way, each released and received: {windows}");
        let latest = &windows["outside"][0];
        let why = |at: usize| (latest["closed"][at]["why"].clone(), latest["closed"][at]["who"].clone());
        assert_eq!((latest["act"].as_str(), latest["round"].as_u64()), (Some("received"), Some(1)));
        assert_eq!(why(0), (json!("waits-for-word"), json!("Aronia, Belmar")));
        assert_eq!(why(1), (json!("waits-for-phases"), json!("First")));
        assert!(latest["entry"]["href"].as_str().unwrap().starts_with("/log?author="), "{latest}");
        let day = &windows["days"][0];
        assert_eq!((&day["count"], &day["limit"], &day["of"]), (&json!(4), &json!("most"), &json!(3)));
        seen.push(windows["days"].clone());
        assert_eq!(view(node, "auditor", "/phases?page=9").await["windows"]["outside"], windows["outside"]);
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "one list on every node");
    assert_eq!(
        view(&nodes[0], "escort", "/phases").await["windows"],
        Value::Null,
        "the accounts are not theirs"
    );
    for (language, words) in
        [("uk", "чекає на заяву"), ("ru", "ждёт заявления"), ("en", "waits for the statement")]
    {
        let (_, body) = ask(&nodes[0], "approver", Method::GET, "/phases", &[], Some(language)).await;
        assert!(body.contains(words) && !body.contains("phases-"), "{language}: {body}");
    }
}

#[tokio::test]
async fn a_reading_of_ones_own_stands_beside_the_text_on_every_node() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    agreed(&nodes, text()).await;
    let digest = view(&nodes[1], "negotiator", "/readings").await["digest"].as_str().unwrap().to_owned();
    let file = |party: &str, least: u32| {
        format!(
            "agreement = \"{digest}\"\n[[readings]]\nparty = \"{party}\"\nclause = 1\nquantity = \"floor-to-belmar\"\n\
             at_least = {least}\nsays = \"At least {least}.\"\n"
        )
    };
    assert_eq!(refused(&nodes[1], "/readings", &[("toml", &file("aronia", 9))]).await, "matter-reading");
    assert_eq!(refused(&nodes[1], "/readings", &[("toml", "x")]).await, "matter-reading");
    drafted(&nodes, 1, "/readings", &[("toml", &file("belmar", 10))]).await;
    drafted(&nodes, 1, "/readings", &[("toml", &file("belmar", 12))]).await;
    for node in &nodes {
        let page = view(node, "auditor", "/readings").await;
        // The text has a reading of its own; the attached one stands behind it.
        let attached: Vec<_> =
            page["readings"].as_array().unwrap().iter().filter(|one| one["signed"] == false).collect();
        assert_eq!(attached.len(), 1, "{page}");
        assert_eq!((&attached[0]["party"], &attached[0]["says"]), (&json!("Belmar"), &json!("At least 12.")));
        let replaced: Vec<_> =
            page["files"].as_array().unwrap().iter().map(|one| one["replaced"].clone()).collect();
        assert_eq!(replaced, [false, true]);
        assert_eq!(page["digest"], json!(digest), "the text is what both have signed");
        let shared = node.look().await.unwrap();
        let terms = shared.terms.as_ref().unwrap();
        let balances = exchange::ledger::balances(terms, &exchange::ledger::Ledger::open(terms)).unwrap();
        let reads = |one: &exchange::ledger::Balance| one.reader.is_some() && one.amount.least() == Some(12);
        assert!(balances.iter().any(reads), "the accounts follow the reading beside the text");
    }
    // A node that was stopped reads the same again.
    let node = &nodes[1];
    let mut act = node.act(&officer("officer"), "look again", None).await.unwrap();
    act.read_again();
    drop(act);
    assert_eq!(node.look().await.unwrap().terms.as_ref().unwrap().attached_readings().len(), 1);
}

#[tokio::test]
async fn what_a_hostile_party_says_is_shown_and_never_believed() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    agreed(&nodes, text()).await;
    let (a, b) = (&nodes[0], &nodes[1]);
    let notice = |no, clause, text: &str| Matter::Notice { no, clause, text: text.to_owned() };
    two_officers(b, Draft::Matter { document: document(b, notice(2, 8, "The first.")).await }).await;
    // Its own desk refuses what would not count, at the draft and when it is carried out.
    let bytes = document(a, notice(2, 8, "Not ours to number.")).await;
    let mut draft = a.act(&officer("negotiator"), "draft", None).await.unwrap();
    let id = drafts::keep(&mut draft, &Draft::Matter { document: bytes }).await.unwrap();
    draft.commit().await.unwrap();
    let mut carried = a.act(&officer("approver"), "carry out draft", None).await.unwrap();
    let refused = drafts::carry_out(&mut carried, &id).await;
    assert!(matches!(refused, Err(ActError::Rule { code: "matter-not-your-number", .. })), "{refused:?}");
    drop(carried);

    let terms = a.look().await.unwrap().terms.clone().unwrap();
    let of = |matter: Matter| minicbor::to_vec(Document::new(&terms, matter)).unwrap();
    let other_text = Document { text: [7; 32], ..Document::new(&terms, Matter::NoticeClosed { no: 2 }) };
    let version = Document { version: 9, ..Document::new(&terms, Matter::NoticeClosed { no: 2 }) };
    let theirs = format!(
        "agreement = \"{}\"\n[[readings]]\nparty = \"aronia\"\nclause = 1\nsays = \"We owe everything.\"\n",
        terms.digest()
    );
    let word =
        |phase: &str| Matter::Phase { phase: phase.to_owned(), step: Step::Opened, reason: String::new() };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("notice", of(notice(2, 8, "Again under the same number.")), "notice-number-reused"),
        ("notice", of(notice(3, 8, "In the other's name.")), "matter-not-your-number"),
        ("notice", of(notice(0, 8, "No number.")), "notice-no-number"),
        ("notice", of(notice(4, 99, "A clause that is not there.")), "notice-no-such-clause"),
        ("notice", of(notice(6, 8, "\u{202e}turned")), "matter-hidden-characters"),
        ("notice", of(notice(6, 8, &"x".repeat(matters::TEXT_BYTES_MAX + 1))), "matter-text-too-long"),
        ("notice", vec![0; matters::DOCUMENT_BYTES_MAX + 1], "matter-too-long"),
        ("reply", of(Matter::Reply { no: 2, text: "To itself.".to_owned() }), "notice-own-reply"),
        ("reply", of(Matter::Reply { no: 41, text: "To nothing.".to_owned() }), "notice-no-such-notice"),
        ("reply", of(notice(6, 8, "Another kind.")), "matter-other-kind"),
        ("notice-closed", minicbor::to_vec(other_text).unwrap(), "matter-other-text"),
        ("notice-closed", minicbor::to_vec(version).unwrap(), "matter-version"),
        ("phase-opened", of(word("elsewhere")), "matter-no-such-phase"),
        (
            "condition-ended",
            of(Matter::ConditionEnded { condition: "x".to_owned() }),
            "matter-no-such-condition",
        ),
        ("reading", of(Matter::Reading { toml: theirs }), "matter-reading"),
        ("reading", b"agreement = 1".to_vec(), "matter-malformed"),
        ("verdict", b"breach".to_vec(), "matter-unknown-kind"),
    ];
    let before =
        (view(a, "auditor", "/phases").await, view(a, "auditor", "/notices").await["threads"].clone());
    for (kind, bytes, _) in &cases {
        act!(b, |act| async {
            let digest = act.attach("matter", bytes).await?;
            act.append(Body::Memo { kind: kind.parse().unwrap(), digest }).await
        });
    }
    // A neutral speaks for nobody, but can say what it has seen.
    let neutral = &nodes[2];
    let seen = Matter::Observed {
        condition: "stay".to_owned(),
        text: "Seen.".to_owned(),
        item: Some(Item([3; 32]).0),
    };
    for (kind, matter) in [("phase-opened", word("first")), ("observed", seen)] {
        let bytes = of(matter);
        act!(neutral, |act| async {
            let digest = act.attach("matter", &bytes).await?;
            act.append(Body::Memo { kind: kind.parse().unwrap(), digest }).await
        });
    }
    // And a memo whose document never comes.
    let never = Digest::of(b"never sent");
    act!(b, |act| async { act.append(Body::Memo { kind: "reply".parse().unwrap(), digest: never }).await });
    carry(&nodes).await;

    let mut expect: Vec<(String, &str)> =
        cases.iter().map(|(kind, _, code)| ((*kind).to_owned(), *code)).collect();
    expect.push(("phase-opened".to_owned(), "matter-not-a-party"));
    expect.push(("reply".to_owned(), "matter-not-here"));
    expect.sort();
    for node in &nodes {
        let mut found = uncounted(node).await;
        found.sort();
        assert_eq!(found, expect, "at {}", node.me);
        assert_eq!(node.look().await.unwrap().terms.as_ref().unwrap().attached_readings(), []);
    }
    let threads = view(a, "auditor", "/notices").await["threads"].clone();
    assert_eq!(threads.as_array().unwrap().len(), 1, "{}", before.1);
    assert_eq!(view(a, "auditor", "/notices/2").await["documents"].as_array().unwrap().len(), 1);
    let now = view(a, "auditor", "/phases").await;
    assert_eq!(now["phases"], before.0["phases"]);
    assert_eq!(
        now["uncounted"].as_array().unwrap().len(),
        3,
        "two words on phases, and a kind that is not known"
    );
    let alerts = view(a, "auditor", "/conditions").await["alerts"].clone();
    assert_eq!((&alerts[0]["by"], &alerts[0]["then"]), (&json!("Calder"), &json!("no-receipt")));
}

const OF_A_CATEGORY: &str = r#"
[[quantities]]
id = "ill"
clause = 3
legs = ["to-belmar"]
categories = ["ill-wounded"]
at_least = 1

[[readings]]
party = "aronia"
clause = 3
category = "ill-wounded"
account = "by-law"
says = "The ill go whatever the numbers."

[[phases]]
id = "third"
clause = 3
name = "Third"
legs = ["to-belmar"]
opens = 2025-06-03
without_end = true
suspension = "clock-runs"
completes = "when-filled"

[[phases]]
id = "fourth"
clause = 3
name = "Fourth"
legs = ["to-aronia"]
after = ["third"]
opens_after_hours = 1
without_end = true
suspension = "clock-runs"
completes = "by-act"

[[conditions]]
id = "school"
clause = 3
kind = "other"
bound = "belmar"
categories = ["ill-wounded"]
until_event = "never"
says = "They go to school."
"#;

#[tokio::test]
async fn a_neutral_is_shown_nothing_that_depends_on_a_category() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    common::up_to_the_list_under(&nodes, text() + OF_A_CATEGORY).await;
    link_people(&nodes[0]).await;
    link_people(&nodes[1]).await;
    cross(&nodes).await;
    let item = listed(&nodes[0], &nodes[0].me, 1).await[0].to_string();
    drafted(&nodes, 0, "/conditions/school/observe", &[("text", "Seen at work."), ("item", &item)]).await;
    for (node, party) in [(&nodes[0], true), (&nodes[1], true), (&nodes[2], false)] {
        let ledger = view(node, "auditor", "/ledger").await;
        let clauses = ledger["clauses"].as_array().unwrap();
        assert_eq!(clauses.iter().any(|one| one["quantity"] == "ill"), party);
        assert_eq!(clauses.iter().any(|one| one["read_by"] == "aronia"), party, "read by category");
        assert!(
            clauses.iter().any(|one| one["quantity"] == "floor-to-belmar"),
            "heads are shown to everybody"
        );
        for figure in ["quantity=ill&figure=filled", "post=filled&category=ill-wounded"] {
            let path = format!("/ledger/acts?{figure}");
            let (status, body) = ask(node, "auditor", Method::GET, &path, &[], None).await;
            assert_eq!(status == StatusCode::OK, party, "{path} at {}: {body}", node.me);
        }
        let conditions = view(node, "auditor", "/conditions").await;
        let of = |id: &str| {
            let all = conditions["conditions"].as_array().unwrap();
            all.iter().find(|one| one["id"] == id).unwrap()["persons"].clone()
        };
        assert_eq!((of("school").is_u64(), of("stay")), (party, json!(4)), "{conditions}");
        assert_eq!(conditions["alerts"][0]["then"] == "no-category", !party);
        let stay = view(node, "auditor", "/conditions/stay").await;
        assert_eq!(stay["persons"][0]["category"].is_string(), party);
        let school = view(node, "auditor", "/conditions/school").await;
        assert_eq!(school["persons"].as_array().unwrap().is_empty(), !party, "{school}");
        let phases = view(node, "auditor", "/phases").await;
        let known: Vec<bool> =
            phases["phases"].as_array().unwrap().iter().map(|one| one["state"] != "not-known").collect();
        assert_eq!(known, [true, true, party, party]);
        for (language, why) in
            [("en", "given no pools"), ("uk", "пулів не відкривають"), ("ru", "пулов не открывают")]
        {
            for path in ["/ledger", "/conditions", "/conditions/school", "/phases"] {
                let (_, body) = ask(node, "auditor", Method::GET, path, &[], Some(language)).await;
                assert_eq!(body.contains(why), !party, "{language} {path}");
            }
        }
    }
}

/// Signs an entry with whatever time its author chooses, and takes it in at its author's.
async fn signs_at(node: &Arc<Node>, body: Body, time: i64) -> Vec<u8> {
    let signed = {
        let record = &node.look().await.unwrap().record;
        record.sign(&node.me, body, u64::try_from(time).unwrap(), &node.keys.node).unwrap()
    };
    act!(node, |act| act.admit(signed.bytes()));
    signed.bytes().to_vec()
}

#[tokio::test]
async fn nobody_dates_a_suspension_back_behind_what_it_has_seen() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    agreed(&nodes, text()).await;
    let (a, b) = (&nodes[0], &nodes[1]);
    for by in [0, 1] {
        drafted(&nodes, by, "/phases/first", &[("step", "opened"), ("reason", "")]).await;
    }
    let opened = a.clock.now() / 1000;
    later(&nodes, 100);
    drafted(&nodes, 0, "/conditions/stay/observe", &[("text", "Seen in town.")]).await;
    let said = a.clock.now() / 1000;
    let reason = "Nobody came.".to_owned();
    let matter = Matter::Phase { phase: "first".to_owned(), step: Step::Suspended, reason };
    let bytes = document(b, matter).await;
    let digest = Digest::of(&bytes);
    act!(b, |act| act.attach("matter", &bytes));
    later(&nodes, 1);
    signs_at(b, Body::Memo { kind: "phase-suspended".parse().unwrap(), digest }, opened).await;
    carry(&nodes).await;
    for node in &nodes {
        let matters = matters_of(node).await;
        let stated = matters.all().iter().find(|one| one.kind == "phase-suspended").unwrap();
        assert_eq!(stated.at.0, said, "not {opened}, which its author claims, at {}", node.me);
        assert_eq!(
            matters.all().last().map(|one| one.entry),
            Some(stated.entry),
            "it stands after what it has seen"
        );
    }
    // What its author says next is not before it, and neither is what the other side says.
    drafted(&nodes, 0, "/notices", &[("clause", "8"), ("text", "A number was published.")]).await;
    assert_eq!(matters_of(a).await.all().last().unwrap().at.0, said + 3600);
}

#[tokio::test]
async fn nobody_dates_a_receipt_back_behind_the_release() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    common::up_to_the_list(&nodes).await;
    let (a, b) = (&nodes[0], &nodes[1]);
    let long_before = a.clock.now() / 1000 - 90 * 86_400;
    later(&nodes, 300);
    let item = listed(a, &a.me, 1).await[0];
    for occasion in [parley::Occasion::First, parley::Occasion::Second] {
        act!(a, |act| crossing::will(&mut act, 1, item, occasion, parley::Answer::Willing));
    }
    act!(a, |act| crossing::release(&mut act, 1, item));
    carry(&nodes).await;
    let one = homeward::acts::shared_item(item);
    let release = b.look().await.unwrap().record.view().round(1).unwrap().release(&one).unwrap();
    signs_at(b, Body::Receipt { release }, long_before).await;
    carry(&nodes).await;
    for node in &nodes {
        let shared = node.look().await.unwrap();
        let mut reading = node.register.read().await.unwrap();
        let books =
            books::books(&mut reading, &shared, &node.me, shared.terms.as_ref().unwrap()).await.unwrap();
        let received = books.acts.iter().map(|booked| booked.act).find(|act| {
            matches!(act.what, What::Move(Move { kind: MoveKind::Received, .. })) && act.item() == Some(item)
        });
        assert_eq!(received.unwrap().at.unwrap().0, a.clock.now() / 1000, "at {}", node.me);
    }
}

#[tokio::test]
async fn what_is_dated_more_than_a_day_ahead_waits_outside() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    agreed(&nodes, text()).await;
    let (a, b) = (&nodes[0], &nodes[1]);
    let memo = || Body::Memo { kind: "verdict".parse().unwrap(), digest: Digest::of(b"breach") };
    let signed = {
        let record = &b.look().await.unwrap().record;
        let ahead = b.clock.now() / 1000 + (moments::AHEAD_HOURS_MAX + 1) * 3600;
        record.sign(&b.me, memo(), u64::try_from(ahead).unwrap(), &b.keys.node).unwrap()
    };
    let take = async || {
        let mut act = a.act(&officer("node"), "take in", None).await.unwrap();
        let taken = act.admit(signed.bytes()).await;
        if taken.is_ok() {
            act.commit().await.unwrap();
        }
        taken
    };
    let refused = take().await;
    assert!(matches!(refused, Err(ActError::Rule { code: "entry-ahead", .. })), "{refused:?}");
    later(&nodes, 1);
    assert_eq!(take().await.unwrap(), [signed.id()]);
}

#[tokio::test]
async fn the_matter_past_the_last_that_is_counted_is_not_signed() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    agreed(&nodes, text()).await;
    let digest = Digest::of(b"anything");
    let said = async |count: usize| {
        act!(nodes[0], |act| async {
            for _ in 0..count {
                act.append(Body::Memo { kind: "verdict".parse().unwrap(), digest }).await?;
            }
            Ok::<_, ActError>(())
        });
    };
    let form = [("clause", "8"), ("text", "A number was published.")];
    said(matters::MATTERS_MAX - 1).await;
    drafted(&nodes, 0, "/notices", &form).await;
    assert_eq!(matters_of(&nodes[1]).await.counted().count(), 1, "the thousandth counts");
    assert_eq!(refused(&nodes[0], "/notices", &form).await, "matter-past-limit");
}

#[tokio::test]
async fn the_pages_read_in_three_languages_and_a_neutral_only_reads() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    let pages = ["/notices", "/conditions", "/phases", "/readings"];
    for path in pages {
        let (status, body) = ask(&nodes[0], "negotiator", Method::GET, path, &[], Some("uk")).await;
        assert_eq!(status, StatusCode::OK, "before there is an agreement: {path}: {body}");
        assert!(body.contains("Ця сторінка відкриється"), "{path}");
    }
    agreed(&nodes, text()).await;
    drafted(&nodes, 0, "/notices", &[("clause", "8"), ("text", "<b>A number</b> was published.")]).await;
    drafted(&nodes, 1, "/notices/1/reply", &[("text", "No.")]).await;
    drafted(&nodes, 1, "/phases/first", &[("step", "suspended"), ("reason", "Nobody came.")]).await;
    drafted(&nodes, 0, "/conditions/stay/observe", &[("text", "Seen in town.")]).await;
    let digest = view(&nodes[1], "negotiator", "/readings").await["digest"].as_str().unwrap().to_owned();
    let file = format!(
        "agreement = \"{digest}\"\n[[readings]]\nparty = \"belmar\"\nclause = 9\nsays = \"A day has 24 hours.\"\n"
    );
    drafted(&nodes, 1, "/readings", &[("toml", &file)]).await;
    // One draft stays open on each page.
    for (path, form) in [
        ("/notices", &[("clause", "2"), ("text", "A second one.")][..]),
        ("/phases/first", &[("step", "opened")]),
        ("/conditions/stay/observe", &[("text", "Seen again.")]),
        ("/notices/1/close", &[]),
    ] {
        let (status, body) = ask(&nodes[0], "negotiator", Method::POST, path, form, None).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {body}");
        let (status, body) = ask(&nodes[0], "negotiator", Method::POST, path, form, None).await;
        assert!(status == StatusCode::CONFLICT || path == "/notices", "the same draft waits: {path}: {body}");
    }
    let drafts = view(&nodes[0], "approver", "/drafts").await;
    let mut shown: Vec<_> = drafts["drafts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["shown_at"].as_str().unwrap().to_owned())
        .collect();
    shown.sort();
    assert_eq!(shown, ["/conditions/stay", "/notices", "/notices", "/notices/1", "/phases"]);
    let inside = ["/notices", "/notices/1", "/conditions", "/conditions/stay", "/phases", "/readings"];
    for language in ["uk", "ru", "en"] {
        for path in inside {
            let (status, body) = ask(&nodes[0], "approver", Method::GET, path, &[], Some(language)).await;
            assert_eq!(status, StatusCode::OK, "{language} {path}: {body}");
            for key in ["matters-", "notices-", "conditions-", "phases-", "readings-", "refusal-"] {
                assert!(!body.contains(&format!(">{key}")), "{language} {path}: a word is missing: {key}");
            }
            assert!(!body.contains("<b>A number"), "{language} {path}: the text of another is a text");
            assert!(
                path == "/readings" || body.contains("/approve"),
                "{language} {path}: the draft is shown where it is decided"
            );
            let (status, body) = ask(&nodes[2], "negotiator", Method::GET, path, &[], Some(language)).await;
            assert_eq!(status, StatusCode::OK, "{language} {path}: {body}");
            let main = body.split("<main").nth(1).unwrap();
            assert!(!main.contains("<form"), "{language} {path}: a neutral is offered a form");
        }
    }
    let form = [("clause", "8"), ("text", "We saw it.")];
    assert_eq!(refused(&nodes[2], "/notices", &form).await, "record-neutral");
}
