//! What a side owes a round and does not give: its seed, or the pool that it committed to.

use super::*;

const HOUR: i64 = 3_600_000;

/// Moves both clocks on.
async fn later(sides: &[Side], hours: i64) {
    for side in sides {
        let to = side.node.clock.now() + hours * HOUR + 1_000;
        side.post(Role::Administrator, "/rehearsal/clock", &[("to", &to.to_string())]).await;
    }
}

#[tokio::test]
async fn a_statement_that_a_seed_was_withheld_shows_how_long_its_author_waited() {
    // Hours waited, and whether that is too early of the 24 agreed.
    for (hours, early) in [(0, true), (5, true), (23, true), (24, false), (90, false)] {
        let (_folder, sides) = sides().await;
        let [a, b] = &sides[..] else { unreachable!("two sides") };
        for side in &sides {
            side.post(Role::Negotiator, "/rounds/1/commit", &[]).await;
        }
        let bytes = link::bundle_to(&b.node, a.node.me, &BTreeMap::new()).await.unwrap().unwrap();
        link::take_in(&a.node, &bytes).await.unwrap();
        later(&sides, hours).await;
        // A node that does not keep the agreement says it without looking at the clock.
        let mut act = a.node.act(&itself(), "state withheld seed", None).await.unwrap();
        act.append(parley::Body::Withheld { round: 1 }).await.unwrap();
        act.commit().await.unwrap();
        carry(&sides).await;
        for side in &sides {
            let view = side.view(1).await;
            let said = &view["withheld"];
            assert_eq!(said.as_array().unwrap().len(), 1, "{said}");
            assert_eq!(
                (&said[0]["by"], said[0]["after_hours"].as_i64(), said[0]["early"].as_bool()),
                (&"aronia".into(), Some(hours), Some(early)),
                "{hours} hours"
            );
            assert_eq!(view["state"], "void", "the record decides, early or not");
            let page = side.seats[&Role::Auditor].page("/rounds/1").await;
            assert_eq!(page.contains("came too early"), early, "{hours} hours");
            assert!(page.contains("that the seed of Belmar was withheld"));
        }
        if hours == 5 {
            look(b, "owed", &[(Role::Negotiator, "/rounds/1", "early")]).await;
        }
    }
}

#[tokio::test]
async fn a_round_is_closed_for_want_of_a_pool_only_after_the_agreed_hours() {
    let (_folder, sides) = sides().await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    // The second side commits to a pool that it gives to nobody, and shows its seed.
    let secret = [7; 32];
    let mut act = b.node.act(&itself(), "commit to nothing", None).await.unwrap();
    let (pool, seed) = (parley::Digest([9; 32]), parley::seed_digest(1, &b.node.me, &secret));
    act.append(parley::Body::Commit { round: 1, pool, seed }).await.unwrap();
    act.commit().await.unwrap();
    a.post(Role::Negotiator, "/rounds/1/commit", &[]).await;
    carry(&sides).await;
    assert_eq!(a.view(1).await["pools_missing"], Value::Array(Vec::new()), "not before both seeds are shown");
    let mut act = b.node.act(&itself(), "show the seed", None).await.unwrap();
    act.append(parley::Body::Reveal { round: 1, seed: secret }).await.unwrap();
    act.commit().await.unwrap();
    carry(&sides).await;
    let view = a.view(1).await;
    let missing = &view["pools_missing"][0];
    assert_eq!((&missing["party"], &missing["digest"]), (&"belmar".into(), &"09".repeat(32).into()));
    assert_eq!(missing["closes_from"].as_i64().unwrap() - missing["since"].as_i64().unwrap(), 24 * HOUR);
    assert_eq!(view["next"]["step"], "their-pool");
    assert!(!view["actions"].as_array().unwrap().contains(&"close".into()), "{view}");
    assert_eq!(a.refused(Role::Negotiator, "/rounds/1/close", &[]).await["rule"], "pool-awaited");
    later(&sides, 23).await;
    assert_eq!(a.refused(Role::Negotiator, "/rounds/1/close", &[]).await["rule"], "pool-awaited");
    look(a, "owed", &[(Role::Negotiator, "/rounds/1", "pool-awaited")]).await;
    later(&sides, 1).await;
    let view = a.view(1).await;
    assert_eq!(view["next"]["step"], "pool-missing");
    assert!(view["actions"].as_array().unwrap().contains(&"close".into()), "{view}");
    look(a, "owed", &[(Role::Negotiator, "/rounds/1", "pool-missing")]).await;
    a.post(Role::Negotiator, "/rounds/1/close", &[]).await;
    assert_eq!(a.view(1).await["pools_missing"][0]["party"], "belmar", "it stays to be seen");
    let page = a.seats[&Role::Auditor].page("/rounds/1").await;
    assert!(page.contains("The pool of Belmar is missing since") && page.contains(&"09".repeat(32)));
    a.post(Role::Negotiator, "/rounds/2/commit", &[]).await;
}
