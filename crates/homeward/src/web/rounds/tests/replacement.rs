//! Places of a list that are vacated: who comes in, how many, and how the other side judges it; and that nothing waits meanwhile.

use std::sync::mpsc::channel;
use std::time::Duration;

use exchange::ids::Item;
use parley::{Body, DepartGround};

use super::*;
use crate::acts::{crossing, list, roll};
use crate::opening::Disclosure;

/// A list accepted by both, whatever was flagged.
async fn accepted(from: &Side, to: &Side, sides: &[Side]) {
    from.both("/rounds/1/list", &[]).await;
    carry(sides).await;
    let entry = to.view(1).await["proposals"][0]["entry"].as_str().unwrap().to_owned();
    to.both("/rounds/1/accept", &[("entry", &entry)]).await;
    carry(sides).await;
}

async fn departs(side: &Side, item: &str) {
    let mut act = side.node.act(&itself(), "record departure", None).await.unwrap();
    crossing::depart(&mut act, 1, item.parse().unwrap(), DepartGround::NotBrought).await.unwrap();
    act.commit().await.unwrap();
}

#[tokio::test]
async fn somebody_on_the_list_who_is_in_no_pool_takes_a_place() {
    let (_folder, sides) = sides().await;
    committed(&sides).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    a.both("/rounds/1/nominate", &[]).await;
    // The second side nominates its three and a fourth who is in no pool, and the first accepts them all.
    let mut act = b.node.act(&itself(), "nominate a stranger", None).await.unwrap();
    let mut items = roll::nomination(&mut act, 1).await.unwrap().items;
    items.push(Item([0xff; 32]));
    let (bytes, _) = Disclosure { openings: Vec::new() }.to_bytes();
    let digest = act.attach("disclosure", &bytes).await.unwrap();
    let items = items.into_iter().map(crate::acts::shared_item).collect();
    act.append(Body::Nominate { round: 1, items, digest }).await.unwrap();
    act.commit().await.unwrap();
    carry(&sides).await;
    let faults = a.view(1).await["check"]["of_theirs"].to_string();
    assert!(faults.contains("not-in-pool"), "{faults}");
    accepted(a, b, &sides).await;
    let listed = b.items("mine", "listed").await;
    assert_eq!(listed.len(), 4);
    let vacate = async |item: &str| {
        departs(b, item).await;
        let mut act = b.node.act(&itself(), "look", None).await.unwrap();
        let plan = list::plan(&mut act, 1).await.unwrap();
        plan.added.len()
    };
    let stranger = Item([0xff; 32]).to_string();
    let known: Vec<&String> = listed.iter().filter(|item| **item != stranger).collect();
    assert_eq!(vacate(known[0]).await, 0, "three are still on the list, and the round has three places");
    assert_eq!(vacate(known[1]).await, 1, "two are, and one comes in");
}

#[tokio::test]
async fn a_proposal_is_judged_by_what_its_author_had_seen() {
    // The young stand one for one; the first side has one of them, the second three.
    let text = terms(3).replacen("all_for_all = true", "@", 1);
    let text = text.replacen("all_for_all = true", "all_for_all = false\nagainst = \"one-for-one\"", 1);
    let text = text.replacen('@', "all_for_all = true", 1);
    let (_folder, sides) = sides_like(5, &text, |person, number| {
        if number > 1 {
            person.examinations.clear();
        }
        if number > 1 && (number == 2 || person.power.as_str() == "aronia") {
            person.birth = Some(exchange::person::PartialDate::Day(date!(2003 - 05 - 01)));
        }
    })
    .await;
    nominated(&sides).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    accepted(a, b, &sides).await;
    let young = async |side: &Side| {
        let listed = side.items("mine", "listed").await;
        let mut act = side.node.act(&itself(), "look", None).await.unwrap();
        let drawn = roll::drawn(&mut act, 1).await.unwrap();
        let is_young = |item: &&String| drawn.person(&item.parse().unwrap()).unwrap().category == 1;
        let young: Vec<&String> = listed.iter().filter(is_young).collect();
        assert_eq!((listed.len(), young.len()), (3, 1));
        young[0].clone()
    };
    let (of_a, of_b) = (young(a).await, young(b).await);
    departs(b, &of_b).await;
    b.both("/rounds/1/list", &[]).await;
    carry(&sides).await;
    let proposal = a.view(1).await["proposals"][0].clone();
    assert_eq!((&proposal["items"]["theirs"], &proposal["flagged"]), (&3.into(), &Value::Array(Vec::new())));
    // The one against whom the newcomer stands goes before anybody has answered: now nobody would come in.
    departs(a, &of_a).await;
    let mut act = b.node.act(&itself(), "look", None).await.unwrap();
    let drawn = roll::drawn(&mut act, 1).await.unwrap();
    drop(act);
    let now = a.node.look().await.unwrap();
    assert_eq!(roll::coming(now.record.view(), 1, &b.node.me, &drawn), []);
    drop(now);
    let proposal = a.view(1).await["proposals"][0].clone();
    assert_eq!(proposal["flagged"], Value::Array(Vec::new()), "{proposal}");
}

#[tokio::test]
async fn whoever_adds_somebody_else_is_flagged() {
    let (_folder, sides) = sides().await;
    nominated(&sides).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    accepted(a, b, &sides).await;
    let listed = b.items("mine", "listed").await;
    departs(b, &listed[0]).await;
    let mut act = b.node.act(&itself(), "add somebody else", None).await.unwrap();
    let plan = list::plan(&mut act, 1).await.unwrap();
    let drawn = roll::drawn(&mut act, 1).await.unwrap();
    let side = u8::try_from(drawn.side(&b.node.me)).unwrap();
    let mut others = drawn.setting.people.rows().iter().filter(|person| person.side == side);
    let other = others.find(|person| !drawn.goes(&person.item) && person.item != plan.added[0]).unwrap().item;
    let mut items: Vec<_> =
        plan.items.iter().filter(|line| crate::acts::item(line.item) != plan.added[0]).copied().collect();
    items.push(parley::ListItem { item: crate::acts::shared_item(other), holder: b.node.me });
    items.sort();
    let (bytes, _) = Disclosure { openings: Vec::new() }.to_bytes();
    let digest = act.attach("disclosure", &bytes).await.unwrap();
    act.append(Body::Propose { round: 1, version: 2, replaces: 1, items, digest }).await.unwrap();
    act.commit().await.unwrap();
    carry(&sides).await;
    let proposal = a.view(1).await["proposals"][0].clone();
    let flagged = |item: Item, why: &str| {
        let flags = proposal["flagged"].as_array().unwrap();
        flags.iter().any(|flag| flag["item"] == item.to_string() && flag["why"] == why)
    };
    assert!(flagged(other, "check-failed"), "{proposal}");
    assert!(flagged(plan.added[0], "passed-over"), "whoever comes in by the order is left out: {proposal}");
}

#[tokio::test]
async fn officers_work_on_while_a_roll_is_found_and_why_there_is_none_is_found_once() {
    let (_folder, sides) = sides().await;
    committed(&sides).await;
    let a = &sides[0];
    let cell = roll::kept(&a.node, 1).await;
    assert!(cell.get().is_none(), "nobody has asked for the roll yet");
    // A search that does not end before it is told to.
    let ((began, has_begun), (end, ends)) = (channel(), channel::<()>());
    let searching = std::thread::spawn(move || {
        let _ = cell.get_or_init(|| {
            began.send(()).unwrap();
            ends.recv().unwrap();
            Err(roll::NoRoll { code: "no-roll", text: "after a long search".to_owned(), conflict: None })
        });
    });
    has_begun.recv().unwrap();
    for path in ["/rounds/1/roll", "/rounds/1", "/rounds/1/fairness", "/rounds/1/what-if"] {
        let waits =
            tokio::time::timeout(Duration::from_millis(200), a.seats[&Role::Negotiator].get(path)).await;
        assert!(waits.is_err(), "{path} waits for the roll");
        let act = tokio::time::timeout(Duration::from_secs(20), a.node.act(&itself(), "work on", None)).await;
        act.expect("nobody else waits").unwrap().commit().await.unwrap();
    }
    let nominate = a.seats[&Role::Negotiator].post("/rounds/1/nominate", &[]);
    assert!(tokio::time::timeout(Duration::from_millis(200), nominate).await.is_err());
    let act = tokio::time::timeout(Duration::from_secs(20), a.node.act(&itself(), "work on", None)).await;
    drop(act.expect("the form holds nothing while it waits").unwrap());
    end.send(()).unwrap();
    searching.join().unwrap();
    let refused = a.refused(Role::Negotiator, "/rounds/1/nominate", &[]).await;
    assert_eq!(refused["rule"], "no-roll");
    assert!(refused["detail"].as_str().unwrap().contains("after a long search"), "found once: {refused}");
}
