//! People put on a roll by hand: what is offered, what a refusal says, and what a side that keeps no bound can do to the other.

use axum::http::Method;
use exchange::ids::Item;

use super::selection::{items, roll};
use super::*;
use crate::acts::overrides::{Override, kind_of};
use crate::acts::places;
use crate::opening::to_cbor;

/// What a document says: the round, who is put on the roll, who gives the place up.
type Exchange<'a> = (u32, &'a str, &'a str);

/// Says overrides in the record as no desk would: by the round of the entry, and what its document says.
async fn say(side: &Side, said: &[(u32, Option<Exchange<'_>>)]) {
    let mut act = side.node.act(&itself(), "say by hand", None).await.unwrap();
    for (of, document) in said {
        let item = |text: &str| text.parse::<Item>().unwrap().0;
        let document = document.map(|(round, goes, stays)| {
            let (ground, says) = ("other".to_owned(), "So it was wished.".to_owned());
            to_cbor(&Override { round, goes: item(goes), stays: item(stays), ground, says })
        });
        let digest = match document {
            Some(bytes) => act.attach("override", &bytes).await.unwrap(),
            None => parley::Digest([7; 32]),
        };
        act.append(parley::Body::Memo { kind: kind_of(*of).parse().unwrap(), digest }).await.unwrap();
    }
    act.commit().await.unwrap();
}

#[tokio::test]
async fn an_override_that_cannot_be_read_is_a_fault_of_its_round_and_what_is_said_is_bounded() {
    let (_folder, sides) = sides_of(9, 4).await;
    committed(&sides).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    let before = roll(a).await;
    let (going, staying) = (items(&before["mine"]), items(&before["sides"]["mine"]["next"]));
    let faults = async || {
        carry(&sides).await;
        let shared = b.node.look().await.unwrap();
        let mut reading = b.node.register.read().await.unwrap();
        let said =
            crate::acts::overrides::said(&mut reading, &shared.record, &a.node.me, (1, 2)).await.unwrap();
        let drawn = crate::acts::roll::draw(&b.node, &mut reading, &shared, 1).await.unwrap();
        let (_, refused) = crate::acts::overrides::applied(&drawn, a.node.me, &said, 2).await.unwrap();
        refused.iter().map(|(_, why)| why.code()).collect::<Vec<_>>()
    };
    say(a, &[(2, None)]).await;
    assert_eq!(faults().await, [] as [&str; 0], "a document of another round is no fault of this one");
    say(a, &[(1, None)]).await;
    assert_eq!(faults().await, ["override-unread"]);
    say(a, &[(1, Some((2, &staying[0], &going[0])))]).await;
    assert_eq!(faults().await, ["override-unread"; 2], "the entry and its document name two rounds");
    say(a, &[(1, Some((1, &going[1], &going[0])))]).await;
    assert_eq!(faults().await, ["override-unread", "override-unread", "override-persons"]);
    let many = vec![(1, Some((1, going[1].as_str(), going[0].as_str()))); 40];
    say(a, &many).await;
    let all = faults().await;
    assert_eq!((all.len(), all.last().copied()), (19, Some("override-too-many")), "{all:?}");
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed_and_the_rule_by_name() {
    // From the north one can go, and one does.
    let (_folder, sides) = sides_like(9, &terms(4), |person, number| {
        let site = if number % 4 == 0 { "north" } else { "south" };
        person.custody = vec![exchange::person::Custody { site: site.to_owned(), from: None, to: None }];
    })
    .await;
    let a = &sides[0];
    a.post(Role::Negotiator, "/rounds/1/places", &[("place", "north"), ("within", ""), ("at-most", "1")])
        .await;
    committed(&sides).await;
    let before = roll(a).await;
    let at = |lines: &Value, site: &str| {
        let lines = lines.as_array().unwrap().iter().filter(|line| line["site"] == site);
        lines.map(|line| line["item"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let comes = at(&before["sides"]["mine"]["next"], "north")[0].clone();
    // The south was not declared, so its people count at the other places.
    let (north, south) = (at(&before["mine"], "north"), at(&before["mine"], places::OTHER));
    assert_eq!((north.len(), south.len()), (1, 3));
    let seat = &a.seats[&Role::Negotiator];
    let sheet = seat.page(&format!("/rounds/1/roll/{comes}")).await;
    let offered = |item: &str| sheet.contains(&format!("<option value=\"{item}\""));
    assert!(offered(&north[0]), "the one from the same place can give way");
    assert!(
        south.iter().all(|item| !offered(item)),
        "an exchange against the numbers of a place is not offered"
    );
    let form = crate::web::testing::form(&[
        ("goes", &comes),
        ("stays", &south[0]),
        ("override-ground", "medical"),
        ("says", "An operation <cannot> wait."),
    ]);
    let sent = ("application/x-www-form-urlencoded", form.into());
    let answer = seat.ask(Method::POST, "/rounds/1/override", "text/html", Some(sent)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains("north: 2 (0–1)"), "the rule is named: {}", answer.body);
    assert!(
        answer.body.contains("An operation &#60;cannot&#62; wait."),
        "what was typed stays: {}",
        answer.body
    );
    assert!(answer.body.contains("value=\"medical\" checked"), "{}", answer.body);
    let fields =
        [("goes", comes.as_str()), ("stays", &south[0]), ("override-ground", "medical"), ("says", "x")];
    assert_eq!(a.refused(Role::Negotiator, "/rounds/1/override", &fields).await["rule"], "override-place");
    let fields =
        [("goes", comes.as_str()), ("stays", &north[0]), ("override-ground", "medical"), ("says", "x")];
    a.post(Role::Negotiator, "/rounds/1/override", &fields).await;
}
