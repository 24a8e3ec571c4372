//! One round between two nodes, act by act, with bundles carried by hand: what the desk's pages and the demo stand on.

mod common;

use std::collections::BTreeMap;

use common::{
    PARTIES, act, carry, close, cross, link_people, listed, nodes, officer, refusal_and_refill,
    up_to_the_list,
};
use exchange::person::List;
use homeward::act::ActError;
use homeward::acts::crossing;
use homeward::link;
use homeward::node::Node;
use parley::{Answer, Occasion, PartyId};

#[tokio::test]
async fn a_round_goes_from_pool_to_close_and_a_refusal_at_the_crossing_is_refilled() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    up_to_the_list(&nodes).await;
    let (a, b) = (&nodes[0], &nodes[1]);
    refusal_and_refill(&nodes).await;
    cross(&nodes).await;
    close(&nodes, [0, 0]).await;

    let mut digests = Vec::new();
    for node in &nodes {
        let shared = node.look().await.unwrap();
        let view = shared.record.view();
        assert!(view.round(1).unwrap().is_closed());
        digests.push(view.state_digest());
        for party in PARTIES {
            let party: PartyId = party.parse().unwrap();
            assert_eq!(view.round(1).unwrap().counts(&party).received, 4);
        }
    }
    assert!(digests.windows(2).all(|pair| pair[0] == pair[1]));
    for node in [a, b] {
        let mut reading = node.register.read().await.unwrap();
        assert_eq!(reading.call_count(register::CallState::Due).await.unwrap(), 4);
        assert_eq!(
            reading.people_counts(List::Sought).await.unwrap()[&Some(exchange::person::State::Freed)],
            4
        );
        assert_eq!(node.register.check().await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_node_opened_again_has_the_same_record_and_an_act_given_up_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    up_to_the_list(&nodes).await;
    let before = nodes[0].look().await.unwrap().record.view().state_digest();
    let item = listed(&nodes[0], &nodes[0].me, 1).await[0];
    let mut act = nodes[0].act(&officer("physician"), "will", None).await.unwrap();
    crossing::will(&mut act, 1, item, Occasion::First, Answer::Willing).await.unwrap();
    drop(act);
    assert_eq!(nodes[0].look().await.unwrap().record.view().state_digest(), before);
    let config = nodes[0].config.clone();
    drop(nodes);
    let again = Node::open(config).await.unwrap();
    assert_eq!(again.look().await.unwrap().record.view().state_digest(), before);
}

#[tokio::test]
async fn a_document_is_asked_for_when_another_node_brought_its_entry_first() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    up_to_the_list(&nodes).await;
    let (a, b, c) = (&nodes[0], &nodes[1], &nodes[2]);
    act!(a, |act| crossing::account(&mut act, 1, 0));
    for (from, to) in [(a, c), (c, b)] {
        let held: Vec<_> = to.look().await.unwrap().record.heads();
        let held = held.into_iter().map(|head| (head.author, head)).collect();
        let sealed = link::bundle_to(from, to.me, &held).await.unwrap().unwrap();
        assert_eq!(link::take_in(to, &sealed).await.unwrap(), 1);
    }
    // Belmar holds every entry, so nothing would be sent for the sake of entries.
    let held = b.look().await.unwrap().record.heads().into_iter().map(|head| (head.author, head)).collect();
    assert!(link::bundle_to(a, b.me, &held).await.unwrap().is_none());
    let lacks = link::lacking(b).await.unwrap();
    assert_eq!(lacks.len(), 1, "the statement of the account");
    assert!(link::lacking(c).await.unwrap().is_empty(), "a neutral is not to have it");
    assert!(link::documents_to(a, c.me, &lacks).await.unwrap().is_none());
    let sealed = link::documents_to(a, b.me, &lacks).await.unwrap().unwrap();
    link::take_in(b, &sealed).await.unwrap();
    assert!(link::lacking(b).await.unwrap().is_empty());
}

#[tokio::test]
async fn two_entries_under_one_number_freeze_the_record_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    let (a, b) = (&nodes[0], &nodes[1]);
    carry(&nodes).await;
    let before = b.look().await.unwrap().record.clone();
    act!(b, |act| crossing::notice(&mut act, 1, parley::NoticeKind::Postponed, None));
    carry(&nodes).await;

    // Belmar signs another entry under the same number, as a node restored from an old backup would.
    let body = parley::Body::Notice { round: 2, kind: parley::NoticeKind::Cancelled, until: None };
    let second = before.sign(&b.me, body, 0, &b.keys.node).unwrap();
    let bundle = parley::Bundle {
        from: b.me,
        to: a.me,
        agreement: before.members().agreement(),
        heads: before.heads(),
        state: before.view().state_digest(),
        entries: vec![second.bytes().to_vec()],
        attachments: BTreeMap::new(),
    };
    let sealed = bundle.seal(&a.keys.transport.public(), [9; 32]).unwrap();
    assert_eq!(link::take_in(a, &sealed).await.unwrap(), 0);
    let config = a.config.clone();
    drop(nodes);
    let again = Node::open(config).await.unwrap();
    let shared = again.look().await.unwrap();
    assert_eq!(shared.record.forks().count(), 1, "the proof outlives a restart");
    drop(shared);
    let mut act = again.act(&officer("negotiator"), "notice", None).await.unwrap();
    let refused = crossing::notice(&mut act, 1, parley::NoticeKind::Resumed, None).await;
    assert!(matches!(refused, Err(ActError::AgainstRule(parley::Refusal::Frozen(_)))), "{refused:?}");
}

#[tokio::test]
async fn a_family_is_called_also_when_the_dossier_is_found_only_after_the_receipt() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = nodes(folder.path()).await;
    up_to_the_list(&nodes).await;
    let (a, b) = (&nodes[0], &nodes[1]);
    let items = listed(a, &a.me, 1).await;
    for item in &items {
        for occasion in [Occasion::First, Occasion::Second] {
            act!(a, |act| crossing::will(&mut act, 1, *item, occasion, Answer::Willing));
        }
        act!(a, |act| crossing::release(&mut act, 1, *item));
    }
    carry(&nodes).await;
    for item in &items {
        act!(b, |act| crossing::arrival(&mut act, 1, *item, crossing::Arrival::Received));
    }
    let due = async || b.register.read().await.unwrap().call_count(register::CallState::Due).await.unwrap();
    assert_eq!(due().await, 0, "nobody's dossier is known yet");
    link_people(b).await;
    assert_eq!(due().await, items.len() as u64);
    let freed = b.register.read().await.unwrap().people_counts(List::Sought).await.unwrap();
    assert_eq!(freed[&Some(exchange::person::State::Freed)], items.len() as u64);
}
