//! Families, press and public over played rounds: belmar's people stay; aronia's come home, five in each round.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use exchange::ids::{Party, PersonId};
use exchange::person::{
    Capture, Examination, Examiner, Kin, List, Name, NameKind, PartialDate, Person, Provenance, Text,
};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use parley::{Answer, Occasion};
use time::macros::date;

use crate::act::Actor;
use crate::acts::drafts::{self, Draft};
use crate::acts::{self, crossing, list, roll, round};
use crate::node::Node;
use crate::officer::Role;
use crate::web::routes;
use crate::web::testing::{Nodes, Seat, nodes};
use crate::{link, pairing};

const HOUR: i64 = 3_600_000;
/// Names and numbers that stand in the register and may stand in no public answer.
const CANARIES: [&str; 6] = ["Канарейк", "Спостережн", "+38000000", "aronia-0", "press-officer", "approver"];

fn actor(label: &str) -> Actor {
    Actor { officer: label.to_owned(), purpose: None }
}

fn person(node: &Node, of: &str, number: u8, list: List) -> Person {
    let text = |text: &str| Text(text.to_owned());
    let exam = Examination {
        date: date!(2025 - 05 - 01),
        condition: "A1a".into(),
        onset: Some(date!(2022 - 05 - 20)),
        by: Examiner::DetainingPower,
    };
    let kin = Kin {
        relation: "mother".into(),
        name: text("Спостережна Олена"),
        phone: Some(Text(format!("+38000000{number:02}"))),
        language: Some("uk".into()),
    };
    let captured = date!(2022 - 05 - 20) + time::Duration::days(i64::from(number) * 60);
    Person {
        list,
        id: PersonId(node.chance.id("person")),
        power: Party::new(of).unwrap(),
        names: vec![Name {
            surname: Text(format!("Канарейк{}", char::from(b'a' + number))),
            given: Some(text("Іван")),
            patronymic: None,
            kind: NameKind::Main,
        }],
        sex: None,
        birth: Some(PartialDate::Day(date!(1985 - 05 - 01) + time::Duration::days(number.into()))),
        birth_place: None,
        rank: None,
        service_number: Some(Text(format!("{of}-{number:03}"))),
        unit: None,
        prisoner_number: None,
        capture: Some(Capture { date: Some(PartialDate::Day(captured)), place: None }),
        custody: Vec::new(),
        examinations: vec![exam],
        claims: Vec::new(),
        kin: if list == List::Sought { vec![kin] } else { Vec::new() },
        remarks: None,
        provenance: Provenance { list_name: "test".into(), row: number.into(), key: None, map: None },
    }
}

async fn carry(nodes: &[Arc<Node>]) {
    loop {
        let mut moved = 0;
        for (from, to) in [(&nodes[0], &nodes[1]), (&nodes[1], &nodes[0])] {
            let heads = to.look().await.unwrap().record.heads();
            let held: BTreeMap<_, _> = heads.into_iter().map(|head| (head.author, head)).collect();
            if let Some(bytes) = link::bundle_to(from, to.me, &held).await.unwrap() {
                moved += link::take_in(to, &bytes).await.unwrap();
            }
        }
        if moved == 0 {
            return;
        }
    }
}

macro_rules! act {
    ($node:expr, |$act:ident| $body:expr) => {{
        let mut $act = $node.act(&actor("officer"), "act", None).await.unwrap();
        $body;
        $act.commit().await.unwrap();
    }};
}

async fn two_officers(node: &Arc<Node>, draft: Draft) {
    let mut act = node.act(&actor("negotiator"), "draft", None).await.unwrap();
    let id = drafts::keep(&mut act, &draft).await.unwrap();
    act.commit().await.unwrap();
    let mut act = node.act(&actor("second"), "carry out draft", None).await.unwrap();
    drafts::carry_out(&mut act, &id).await.unwrap();
    act.commit().await.unwrap();
}

/// Both nodes with fifteen people each and the agreement in force.
async fn opened() -> Nodes {
    let opened = nodes(2).await;
    let two = &opened.nodes;
    for (node, other) in [(&two[0], "belmar"), (&two[1], "aronia")] {
        act!(node, |act| for number in 0..15 {
            for (of, list) in [(other, List::Held), (node.config.party.as_str(), List::Sought)] {
                let person = person(node, of, number, list);
                act.tx.save_person(&person, &pairing::keys_of(&person)).await.unwrap();
            }
        });
    }
    let rounds =
        [1, 2, 3].map(|no: u32| (no, date!(2025 - 06 - 10) + time::Duration::days(i64::from(no) * 7)));
    let text = rehearsal::terms::istanbul_shaped(15, 5, &rounds);
    two_officers(&two[0], Draft::Agreement { text }).await;
    carry(two).await;
    let standing = crate::acts::agreement::standing(&two[1].look().await.unwrap().record);
    let crate::acts::agreement::Standing::PutForward { entry, .. } = standing else { panic!("a text waits") };
    two_officers(&two[1], Draft::AcceptAgreement { entry: entry.0 }).await;
    carry(two).await;
    opened
}

/// Plays one round until five of aronia's people are home, and closes it.
async fn played(nodes: &[Arc<Node>], no: u32) {
    let (a, b) = (&nodes[0], &nodes[1]);
    for node in nodes {
        act!(node, |act| round::commit(&mut act, no).await.unwrap());
    }
    carry(nodes).await;
    for node in nodes {
        let mut act = node.act(&actor("negotiator"), "look", None).await.unwrap();
        let nomination = roll::nomination(&mut act, no).await.unwrap();
        drop(act);
        two_officers(node, Draft::Nominate { round: no, roll: nomination.digest }).await;
    }
    carry(nodes).await;
    let mut act = b.act(&actor("negotiator"), "look", None).await.unwrap();
    let plan = list::plan(&mut act, no).await.unwrap();
    drop(act);
    two_officers(b, Draft::Propose { round: no, list: plan.digest() }).await;
    carry(nodes).await;
    let open = a.look().await.unwrap().record.view().round(no).unwrap().open_proposals();
    two_officers(a, Draft::Accept { round: no, entry: open[0].entry.0 }).await;
    carry(nodes).await;
    act!(a, |act| for mut line in round::all_lines(&mut act.tx, no).await.unwrap() {
        if line.holder.as_str() == "belmar" {
            line.person = pairing::dossier_of(&line);
            act.tx.put(&line).await.unwrap();
        }
    });
    let state = b.look().await.unwrap();
    let lines = state.record.view().round(no).unwrap().effective().unwrap().items.to_vec();
    drop(state);
    let items: Vec<_> =
        lines.iter().filter(|line| line.holder == b.me).map(|line| acts::item(line.item)).collect();
    assert_eq!(items.len(), 5);
    act!(b, |act| for item in &items {
        for occasion in [Occasion::First, Occasion::Second] {
            crossing::will(&mut act, no, *item, occasion, Answer::Willing).await.unwrap();
        }
        crossing::release(&mut act, no, *item).await.unwrap();
    });
    carry(nodes).await;
    act!(a, |act| for item in &items {
        crossing::arrival(&mut act, no, *item, crossing::Arrival::Received).await.unwrap();
    });
    carry(nodes).await;
    for node in nodes {
        act!(node, |act| crossing::close(&mut act, no, 0).await.unwrap());
    }
    carry(nodes).await;
}

/// What anyone gets from the public port.
async fn public(node: &Arc<Node>, path: &str, language: &str) -> (StatusCode, String) {
    let request = Request::get(path).header(header::ACCEPT_LANGUAGE, language).body(Body::empty()).unwrap();
    let service = TowerToHyperService::new(routes::public(node.clone()).into_service());
    let response = service.call(request).await.unwrap();
    assert_eq!(response.headers().get(header::SET_COOKIE), None, "{path} sets a cookie");
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// Drafts a bulletin; answers its address.
async fn drafted(press: &Seat, fields: &[(&str, &str)]) -> String {
    let answer = press.post("/bulletins", fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location.unwrap()
}

async fn refusal(seat: &Seat, path: &str) -> (StatusCode, String) {
    let answer = seat.post(path, &[]).await;
    (answer.status, answer.json()["refused"].as_str().unwrap_or_default().to_owned())
}

async fn tell_every_family(node: &Arc<Node>) {
    let liaison = Seat::at(node, &[Role::FamilyLiaison], None).await;
    for call in liaison.get("/calls").await.json()["calls"].as_array().unwrap() {
        let path = format!("/calls/{}", call["id"].as_str().unwrap());
        let answer = liaison.post(&path, &[("outcome", "reached"), ("who", "mother")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
}

#[tokio::test]
async fn a_family_is_called_by_family_liaison_alone_until_it_is_reached_or_its_time_has_passed() {
    let opened = opened().await;
    played(&opened.nodes, 1).await;
    let node = &opened.nodes[0];
    let liaison = Seat::at(node, &[Role::FamilyLiaison], None).await;
    let registrar = Seat::at(node, &[Role::Registrar], None).await;
    assert_eq!(Seat::nobody(node).get("/calls").await.status, StatusCode::UNAUTHORIZED);
    let refused = registrar.get("/calls?round=1").await;
    assert_eq!(
        (refused.status, &refused.json()["detail"]),
        (StatusCode::FORBIDDEN, &"family liaison".into())
    );

    let before = node.register.read().await.unwrap().seq();
    let view = liaison.get("/calls?round=1").await.json();
    assert_eq!(node.register.read().await.unwrap().seq(), before + 1, "reading the list is in the journal");
    assert_eq!((view["open"].as_u64(), view["calls"].as_array().unwrap().len()), (Some(5), 5));
    assert_eq!(view["next"], serde_json::Value::Null);
    let rest = liaison.get("/calls?round=1&after=3").await.json();
    assert_eq!((rest["open"].as_u64(), &rest["calls"][0]), (Some(5), &view["calls"][3]));
    assert_eq!(liaison.get("/calls?after=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let call = &view["calls"][0];
    assert_eq!((call["state"].as_str(), call["kin"][0]["relation"].as_str()), (Some("due"), Some("mother")));
    assert_eq!(liaison.get("/calls?round=2").await.json()["open"].as_u64(), Some(0));
    assert_eq!(liaison.get("/calls?round=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let path = format!("/calls/{}", call["id"].as_str().unwrap());
    for (fields, status) in [
        (&[("outcome", "told")][..], StatusCode::UNPROCESSABLE_ENTITY),
        (&[("outcome", "reached"), ("who", " ")], StatusCode::UNPROCESSABLE_ENTITY),
        (&[("outcome", "no-answer")], StatusCode::SEE_OTHER),
        (&[("outcome", "reached"), ("who", "mother")], StatusCode::SEE_OTHER),
        (&[("outcome", "no-answer")], StatusCode::CONFLICT),
    ] {
        assert_eq!(liaison.post(&path, fields).await.status, status, "{fields:?}");
    }
    assert_eq!(
        liaison.post("/calls/mother", &[("outcome", "no-answer")]).await.status,
        StatusCode::NOT_FOUND
    );
    let view = liaison.get("/calls?round=1").await.json();
    let last = &view["calls"][4];
    assert_eq!((view["open"].as_u64(), last["state"].as_str()), (Some(4), Some("reached")));
    assert_eq!(last["tries"][1]["who"].as_str(), Some("mother"));

    let due = format!("/calls/{}/escalate", view["calls"][0]["id"].as_str().unwrap());
    assert_eq!(refusal(&liaison, &due).await, (StatusCode::CONFLICT, "against-rule".to_owned()));
    node.clock.advance(node.clock.now() + 24 * HOUR);
    assert_eq!(liaison.get("/calls?round=1").await.json()["calls"][0]["state"].as_str(), Some("escalated"));
    assert_eq!(liaison.post(&due, &[]).await.status, StatusCode::SEE_OTHER);
    let page = liaison.speaking("uk").page("/calls?round=1").await;
    assert!(page.contains("строк минув") && page.contains("Спостережна Олена"), "{page}");
}

#[tokio::test]
async fn a_bulletin_is_public_after_the_families_by_a_second_officer_and_shows_nothing_else() {
    let opened = opened().await;
    played(&opened.nodes, 1).await;
    let node = &opened.nodes[0];
    let press = Seat::at(node, &[Role::PressOfficer, Role::Approver], None).await;
    let approver = Seat::at(node, &[Role::Approver], None).await;
    assert_eq!(approver.post("/bulletins", &[("round", "1")]).await.status, StatusCode::FORBIDDEN);
    for (fields, status) in [
        (&[("round", "first")], StatusCode::UNPROCESSABLE_ENTITY),
        (&[("round", "2")], StatusCode::CONFLICT),
        (&[("round", "9")], StatusCode::NOT_FOUND),
    ] {
        assert_eq!(press.post("/bulletins", fields).await.status, status, "{fields:?}");
    }
    let spoken = drafted(&press, &[("round", "1"), ("statement_uk", "Додому їде сто двадцять осіб.")]).await;
    let preview = approver.get(&spoken).await.json();
    let words: Vec<_> = preview["findings"].as_array().unwrap().iter().map(|found| &found["what"]).collect();
    assert_eq!(words, ["сто", "двадцять"]);
    assert_eq!(preview["findings"][0]["kind"], "number-in-words");

    let fields = [
        ("round", "1"),
        ("category", "ill-wounded"),
        ("category", "under-25"),
        ("capture_years", "on"),
        ("condition", "wounds"),
        ("statement_en", "Welcome home <b>all</b>."),
    ];
    let good = drafted(&press, &fields).await;
    let view = approver.get(&good).await.json();
    assert_eq!(view["findings"].as_array().unwrap().len(), 0, "{}", view["findings"]);
    assert_eq!(view["embargo"]["open_calls"], 5);
    assert_eq!(view["left_out"][0], "Under 25");
    let release = format!("{good}/release");
    let conflict = |code: &str| (StatusCode::CONFLICT, code.to_owned());
    assert_eq!(refusal(&press, &release).await, conflict("same-officer"));
    assert_eq!(refusal(&approver, &release).await, conflict("against-rule"));
    tell_every_family(node).await;
    assert_eq!(refusal(&approver, &format!("{spoken}/release")).await, conflict("against-rule"));
    assert_eq!(public(node, &good.replace("/bulletins/", "/bulletin/"), "en").await.0, StatusCode::NOT_FOUND);
    assert_eq!(approver.post(&release, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(refusal(&approver, &release).await, conflict("against-rule"));

    let path = good.replace("/bulletins/", "/bulletin/");
    let (status, page) = public(node, &path, "en").await;
    assert_eq!(status, StatusCode::OK);
    for shown in ["Mill Bridge", "2022–2023", "wounds", "Calder", "Welcome home &#60;b&#62;all"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(page.contains(view["digest"].as_str().unwrap()));
    let (_, russian) = public(node, &format!("{path}?lang=ru"), "en").await;
    assert!(russian.contains("Мельничный мост") && russian.contains("lang=\"ru\""), "{russian}");
    let (_, front) = public(node, "/", "uk,en;q=0.5").await;
    assert!(front.contains(&path) && front.contains("кількість осіб у раунді"), "{front}");
    let (missing, gone) = public(node, &spoken.replace("/bulletins/", "/bulletin/"), "uk").await;
    assert_eq!(missing, StatusCode::NOT_FOUND);
    for text in [page, russian, front, gone] {
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary} is public: {text}");
        }
    }
}

#[tokio::test]
async fn a_total_is_refused_when_a_withheld_round_follows_from_it_and_says_how() {
    let opened = opened().await;
    let node = &opened.nodes[0];
    let press = Seat::at(node, &[Role::PressOfficer], None).await;
    let approver = Seat::at(node, &[Role::Approver], None).await;
    assert!(public(node, "/", "en").await.1.contains("No bulletins yet"));
    for no in [1, 2] {
        played(&opened.nodes, no).await;
    }
    tell_every_family(node).await;
    let first = drafted(&press, &[("round", "1"), ("total", "on")]).await;
    let found = approver.get(&first).await.json();
    assert_eq!(found["findings"][0]["what"], "round/1/belmar/-", "{}", found["findings"]);
    let second = drafted(&press, &[("round", "2"), ("total", "on")]).await;
    let view = approver.get(&second).await.json();
    assert_eq!(
        (view["figures"][0]["value"].as_i64(), view["findings"].as_array().unwrap().len()),
        (Some(10), 0)
    );
    let released = approver.post(&format!("{second}/release"), &[]).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);

    played(&opened.nodes, 3).await;
    tell_every_family(node).await;
    let third = drafted(&press, &[("round", "3"), ("total", "on")]).await;
    let found = approver.get(&third).await.json();
    let round = found["findings"].as_array().unwrap().iter().find(|one| one["what"] == "round/3/belmar/-");
    let how = round.unwrap()["how"].as_str().unwrap();
    assert_eq!(
        how,
        "The figures give round 3, released by Belmar: 15 (to date after round 3, released by Belmar) − 10 (to date \
         after round 2, released by Belmar) = 5."
    );
    let refused = approver.post(&format!("{third}/release"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(!refused.body.contains("15"), "a refusal repeats no figure: {}", refused.body);
    let page = press.speaking("ru").page(&third).await;
    assert!(page.contains("раунд 3, передала сторона Бельмар"), "{page}");
    assert!(public(node, &second.replace("/bulletins/", "/bulletin/"), "en").await.1.contains("10 persons"));
}
