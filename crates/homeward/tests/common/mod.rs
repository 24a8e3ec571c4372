//! Two parties and a neutral on this machine, act by act, with bundles carried by hand.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part of it")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use exchange::ids::{Item, Party};
use exchange::person::{
    Capture, Examination, Examiner, List, Name, NameKind, PartialDate, Person, Provenance, Text,
};
use homeward::act::{ActError, Actor};
use homeward::acts::drafts::{self, Draft};
use homeward::acts::{self, crossing, links, list, roll, round};
use homeward::chance::Chance;
use homeward::config::Config;
use homeward::node::Node;
use homeward::{keys, link, pairing};
use parley::{Answer, DepartGround, Head, ItemState, Occasion, PartyId};
use time::Month;
use time::macros::date;

pub const AGREEMENT: &str = "5e1d0c7a94b2463f8a60d3f1b7c29e84";
pub const PARTIES: [&str; 2] = ["aronia", "belmar"];
pub const ALL: [&str; 3] = ["aronia", "belmar", "calder"];

/// Three nodes in a folder, their clocks at 2025-06-06.
pub async fn nodes(folder: &Path) -> Vec<Arc<Node>> {
    let start = homeward::clock::midnight(date!(2025 - 06 - 06));
    let mut configs = Vec::new();
    for label in ALL {
        let peers: String = ALL
            .iter()
            .filter(|peer| **peer != label)
            .map(|peer| format!("[[peer]]\nparty = \"{peer}\"\ncard = \"{peer}/card.toml\"\n"))
            .collect();
        let text = format!(
            "party = \"{label}\"\nname = {{ uk = \"{label}\", ru = \"{label}\", en = \"{label}\" }}\ndata = \"{label}\"\n\
             agreement = \"{}\"\nparties = [\"aronia\", \"belmar\"]\nneutrals = [\"calder\"]\n\
             desk = \"127.0.0.1:0\"\npublic = \"127.0.0.1:0\"\nlink = \"127.0.0.1:0\"\n{peers}\
             [rehearsal]\nseed = 7\nstart = {start}\n",
            AGREEMENT,
        );
        let file = folder.join(format!("{label}.toml"));
        std::fs::write(&file, text).unwrap();
        let config = Config::read(&file).unwrap();
        keys::init(&config, &Chance::rehearsal(7, label), start).unwrap();
        configs.push(config);
    }
    let mut nodes = Vec::new();
    for config in configs {
        nodes.push(Node::open(config).await.unwrap());
    }
    nodes
}

/// Carries everything from everyone to everyone until nobody lacks anything.
pub async fn carry(nodes: &[Arc<Node>]) {
    loop {
        let mut moved = 0;
        for from in nodes {
            for to in nodes.iter().filter(|to| to.me != from.me) {
                let held: BTreeMap<PartyId, Head> = to
                    .look()
                    .await
                    .unwrap()
                    .record
                    .heads()
                    .into_iter()
                    .map(|head| (head.author, head))
                    .collect();
                if let Some(bytes) = link::bundle_to(from, to.me, &held).await.unwrap() {
                    moved += link::take_in(to, &bytes).await.unwrap();
                }
            }
        }
        if moved == 0 {
            return;
        }
    }
}

/// An officer by the label in the journal.
pub fn officer(label: &str) -> Actor {
    Actor { officer: label.to_owned(), purpose: None }
}

/// A person of one list; an ill one has a condition that indicates direct repatriation.
pub fn person(node: &Node, of: &str, number: u8, list: List, ill: bool) -> Person {
    Person {
        list,
        id: exchange::ids::PersonId(node.chance.id("person")),
        power: Party::new(of).unwrap(),
        names: vec![Name {
            surname: Text(format!("Вигаданий{}", char::from(b'a' + number))),
            given: Some(Text("Іван".into())),
            patronymic: None,
            kind: NameKind::Main,
        }],
        sex: None,
        birth: Some(PartialDate::Day(time::Date::from_calendar_date(1985, Month::May, number + 1).unwrap())),
        birth_place: None,
        rank: None,
        service_number: Some(Text(format!("{of}-{number:03}"))),
        unit: None,
        prisoner_number: None,
        capture: Some(Capture {
            date: Some(PartialDate::Day(date!(2022 - 05 - 20) + time::Duration::days(number.into()))),
            place: None,
        }),
        custody: Vec::new(),
        examinations: if ill {
            vec![Examination {
                date: date!(2025 - 05 - 01),
                condition: "A1a".into(),
                onset: Some(date!(2022 - 05 - 20)),
                by: Examiner::DetainingPower,
            }]
        } else {
            Vec::new()
        },
        claims: Vec::new(),
        kin: Vec::new(),
        remarks: None,
        provenance: Provenance { list_name: "test".into(), row: number.into(), key: None, map: None },
    }
}

/// Each side holds ten people of the other, six of them seriously ill, for four places a round; each seeks its own ten.
pub async fn people(nodes: &[Arc<Node>]) {
    for (node, other) in [(&nodes[0], "belmar"), (&nodes[1], "aronia")] {
        let mut act = node.act(&officer("registrar"), "import", None).await.unwrap();
        for number in 0..10 {
            for (of, list) in [(other, List::Held), (node.config.party.as_str(), List::Sought)] {
                let person = person(node, of, number, list, number < 6);
                act.tx.save_person(&person, &pairing::keys_of(&person)).await.unwrap();
            }
        }
        act.commit().await.unwrap();
    }
}

/// Drafts by one officer and approves by another.
pub async fn two_officers(node: &Arc<Node>, draft: Draft) {
    let mut act = node.act(&officer("negotiator"), "draft", None).await.unwrap();
    let id = drafts::keep(&mut act, &draft).await.unwrap();
    act.commit().await.unwrap();
    let mut act = node.act(&officer("negotiator"), "carry out draft", None).await.unwrap();
    assert!(matches!(drafts::carry_out(&mut act, &id).await, Err(ActError::SameOfficer)));
    drop(act);
    let mut act = node.act(&officer("approver"), "carry out draft", None).await.unwrap();
    drafts::carry_out(&mut act, &id).await.unwrap();
    act.commit().await.unwrap();
}

macro_rules! act {
    ($node:expr, |$act:ident| $body:expr) => {{
        let mut $act = $node.act(&crate::common::officer("officer"), "act", None).await.unwrap();
        $body.await.unwrap();
        $act.commit().await.unwrap();
    }};
}
pub(crate) use act;

/// The items of one holder on the effective list.
pub async fn listed(node: &Node, holder: &PartyId, round: u32) -> Vec<Item> {
    let shared = node.look().await.unwrap();
    let state = shared.record.view().round(round).unwrap();
    let items = state.effective().unwrap().items;
    items.iter().filter(|line| line.holder == *holder).map(|line| acts::item(line.item)).collect()
}

/// The agreement in force, and the first list of round 1 accepted by both.
pub async fn up_to_the_list(nodes: &[Arc<Node>]) {
    up_to_the_list_under(nodes, text()).await;
}

/// The text of the agreement that the tests play.
pub fn text() -> String {
    rehearsal::terms::istanbul_shaped(8, 4, &[(1, date!(2025 - 06 - 10)), (2, date!(2025 - 06 - 19))])
}

/// A text put forward by the first party and accepted by the second.
pub async fn agreed(nodes: &[Arc<Node>], text: String) {
    two_officers(&nodes[0], Draft::Agreement { text }).await;
    carry(nodes).await;
    let standing = acts::agreement::standing(&nodes[1].look().await.unwrap().record);
    let acts::agreement::Standing::PutForward { entry, .. } = standing else {
        panic!("a text waits: {standing:?}")
    };
    two_officers(&nodes[1], Draft::AcceptAgreement { entry: entry.0 }).await;
    carry(nodes).await;
}

/// The same under any text with the same rounds.
pub async fn up_to_the_list_under(nodes: &[Arc<Node>], text: String) {
    people(nodes).await;
    agreed(nodes, text).await;
    for node in &nodes[..2] {
        act!(node, |act| round::commit(&mut act, 1));
    }
    carry(nodes).await;
    for node in &nodes[..2] {
        let mut act = node.act(&officer("negotiator"), "look", None).await.unwrap();
        let nomination = roll::nomination(&mut act, 1).await.unwrap();
        drop(act);
        assert_eq!(nomination.items.len(), 4);
        two_officers(node, Draft::Nominate { round: 1, roll: nomination.digest }).await;
    }
    carry(nodes).await;
    for (node, theirs) in [(&nodes[0], &nodes[1].me), (&nodes[1], &nodes[0].me)] {
        let shared = node.look().await.unwrap();
        let mut reading = node.register.read().await.unwrap();
        let faults = roll::check_theirs(node, &mut reading, &shared, theirs, 1).await.unwrap().unwrap();
        assert_eq!(faults, []);
    }
    propose_and_accept(&nodes[1], &nodes[0], nodes).await;
}

/// One side proposes the list of round 1, the other accepts it.
pub async fn propose_and_accept(from: &Arc<Node>, to: &Arc<Node>, nodes: &[Arc<Node>]) {
    let mut act = from.act(&officer("negotiator"), "look", None).await.unwrap();
    let plan = list::plan(&mut act, 1).await.unwrap();
    drop(act);
    two_officers(from, Draft::Propose { round: 1, list: plan.digest() }).await;
    carry(nodes).await;
    let open = to.look().await.unwrap().record.view().round(1).unwrap().open_proposals();
    two_officers(to, Draft::Accept { round: 1, entry: open[0].entry.0 }).await;
    carry(nodes).await;
}

/// Accepts every strong pairing of a round, as the registrar does.
pub async fn link_people(node: &Arc<Node>) {
    let mut act = node.act(&officer("registrar"), "link", None).await.unwrap();
    let found = links::theirs(&mut act.tx, &node.config.party, 1).await.unwrap();
    assert!(links::accept(&mut act, 1, &links::strong(&found)).await.unwrap() > 0);
    act.commit().await.unwrap();
}

/// Everybody is asked once; at the crossing one person of the first party's refuses, departs and is replaced.
pub async fn refusal_and_refill(nodes: &[Arc<Node>]) -> Item {
    let (a, b) = (&nodes[0], &nodes[1]);
    link_people(a).await;
    link_people(b).await;
    // Everybody is asked at the listing; at the crossing one person of aronia's refuses and is replaced.
    for node in [a, b] {
        for item in listed(node, &node.me, 1).await {
            act!(node, |act| crossing::will(&mut act, 1, item, Occasion::First, Answer::Willing));
        }
    }
    let refuses = listed(a, &a.me, 1).await[0];
    act!(a, |act| crossing::will(&mut act, 1, refuses, Occasion::Second, Answer::Unwilling));
    let mut act = a.act(&officer("escort"), "release", None).await.unwrap();
    let released = crossing::release(&mut act, 1, refuses).await;
    assert!(
        matches!(released, Err(ActError::AgainstRule(_))),
        "nobody goes against their will: {released:?}"
    );
    drop(act);
    act!(a, |act| crossing::depart(&mut act, 1, refuses, DepartGround::Unwilling));
    carry(nodes).await;
    propose_and_accept(a, b, nodes).await;
    let now = listed(a, &a.me, 1).await;
    assert!(now.len() == 4 && !now.contains(&refuses));
    link_people(b).await;
    refuses
}

/// Everybody on the list is asked, released and received.
pub async fn cross(nodes: &[Arc<Node>]) {
    let (a, b) = (&nodes[0], &nodes[1]);
    for (node, other) in [(a, b), (b, a)] {
        for item in listed(node, &node.me, 1).await {
            let asked = {
                let shared = node.look().await.unwrap();
                shared.record.view().round(1).unwrap().state(&acts::shared_item(item))
            };
            if asked == Some(ItemState::Listed) {
                act!(node, |act| crossing::will(&mut act, 1, item, Occasion::First, Answer::Willing));
            }
            act!(node, |act| crossing::will(&mut act, 1, item, Occasion::Second, Answer::Willing));
            act!(node, |act| crossing::release(&mut act, 1, item));
        }
        carry(nodes).await;
        for item in listed(node, &node.me, 1).await {
            act!(other, |act| crossing::arrival(&mut act, 1, item, crossing::Arrival::Received));
        }
        carry(nodes).await;
    }
}

/// Both parties close round 1, each counting so many who went home outside the exchange; the neutral observes.
pub async fn close(nodes: &[Arc<Node>], outside: [u64; 2]) {
    let (a, b) = (&nodes[0], &nodes[1]);
    for (node, outside) in [(a, outside[0]), (b, outside[1])] {
        act!(node, |act| crossing::close(&mut act, 1, outside));
    }
    carry(nodes).await;
    act!(nodes[2], |act| crossing::observe(&mut act));
    carry(nodes).await;
}
