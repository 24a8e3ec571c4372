//! Who reads a round without acting in it: an auditor, who sees no names, and a neutral, who is given no pools.

use super::*;

#[tokio::test]
async fn an_auditor_checks_the_roll_by_item_and_class_and_reads_no_name() {
    let (_folder, sides) = sides_of(9, 4).await;
    committed(&sides).await;
    let a = &sides[0];
    let (auditor, negotiator) = (&a.seats[&Role::Auditor], &a.seats[&Role::Negotiator]);
    assert!(auditor.page("/rounds/1").await.contains("/rounds/1/roll\""), "the round leads to its roll");
    for path in ["/rounds/1/roll", "/rounds/1/fairness"] {
        let (with, without) = (negotiator.page(path).await, auditor.page(path).await);
        assert!(
            with.contains("Вигаданий") && with.contains("/rounds/1/roll/"),
            "{path}: names are there to be left out"
        );
        assert!(!without.contains("Вигаданий"), "{path} names somebody to an auditor");
        assert!(!auditor.get(path).await.body.contains("Вигаданий"), "{path} as JSON");
    }
    let (with, without) =
        (negotiator.get("/rounds/1/roll").await.json(), auditor.get("/rounds/1/roll").await.json());
    let classes = |view: &Value| -> Vec<(Value, Value)> {
        let lines = view["mine"].as_array().unwrap();
        lines.iter().map(|line| (line["item"].clone(), line["class"].clone())).collect()
    };
    assert_eq!((classes(&with), &with["digest"]), (classes(&without), &without["digest"]));
    let page = auditor.page("/rounds/1/roll").await;
    for file in crate::web::rounds::files::FILES {
        assert!(page.contains(&format!("/rounds/1/roll/files/{file}")));
        assert_eq!(auditor.get(&format!("/rounds/1/roll/files/{file}")).await.status, StatusCode::OK);
    }
    assert!(page.contains("homeward select check"));
    let pages =
        [(Role::Auditor, "/rounds/1/roll", "roll"), (Role::Auditor, "/rounds/1/fairness", "fairness")];
    look(a, "auditor", &pages).await;
}

#[tokio::test]
async fn an_auditor_sees_that_somebody_was_put_on_by_hand_and_reads_no_free_text() {
    const SITE: &str = "Barn of K. Ivanenko";
    const SAYS: &str = "An operation cannot wait.";
    let (_folder, sides) = sides_like(9, &terms(4), |person, _| {
        person.custody = vec![exchange::person::Custody { site: SITE.to_owned(), from: None, to: None }];
    })
    .await;
    let a = &sides[0];
    let readers = [Role::Approver, Role::Physician, Role::Escort, Role::Registrar, Role::Negotiator];
    let bodies = async |role: Role, path: &str| {
        let seat = &a.seats[&role];
        [seat.get(path).await.body, seat.page(path).await]
    };
    // Only who may declare places is told which sites are not declared.
    let pool = "/rounds/1/pool";
    assert!(bodies(Role::Negotiator, pool).await.iter().all(|body| body.contains(SITE)));
    for role in [Role::Auditor].iter().chain(&readers[..4]) {
        assert!(!bodies(*role, pool).await.iter().any(|body| body.contains(SITE)), "{role:?}");
    }
    committed(&sides).await;
    let view = super::selection::roll(a).await;
    let (goes, stays) = (&view["sides"]["mine"]["next"][0]["item"], &view["mine"][0]["item"]);
    let fields = [
        ("goes", goes.as_str().unwrap()),
        ("stays", stays.as_str().unwrap()),
        ("override-ground", "medical"),
        ("says", SAYS),
    ];
    let check = async |path: &str| {
        for body in bodies(Role::Auditor, path).await {
            assert!(!body.contains(SAYS), "{path} tells an auditor the reason");
            assert!(!body.contains("\"medical\"") && !body.contains("rounds-override-ground"), "{path}");
        }
        for role in readers {
            assert!(bodies(role, path).await.iter().all(|body| body.contains(SAYS)), "{path} as {role:?}");
        }
    };
    // While it waits for the second officer, and once it is said.
    a.post(Role::Negotiator, "/rounds/1/override", &fields).await;
    check("/rounds/1").await;
    assert_eq!(a.seats[&Role::Auditor].get("/rounds/1").await.json()["drafts"][0]["by_hand"]["goes"], *goes);
    let drafts = a.seats[&Role::Approver].get("/drafts").await.json();
    let id = drafts["drafts"][0]["id"].as_str().unwrap().to_owned();
    a.post(Role::Approver, &format!("/drafts/{id}/approve"), &[]).await;
    for path in ["/rounds/1/roll", "/rounds/1/fairness"] {
        check(path).await;
        let (with, without) = (
            a.seats[&Role::Negotiator].get(path).await.json()["by_hand"][0].clone(),
            a.seats[&Role::Auditor].get(path).await.json(),
        );
        assert_eq!(with["ground"], "medical");
        let seen = &without["by_hand"][0];
        for field in ["goes", "stays", "entry", "holder", "refused"] {
            assert_eq!(seen[field], with[field], "{path}: {field}");
        }
        assert_eq!((&seen["ground"], &seen["says"]), (&"".into(), &"".into()));
        assert_eq!(without["by_hand_at_most"], 2);
        let entry = seen["entry"].as_str().unwrap();
        let page = a.seats[&Role::Auditor].page(path).await;
        assert!(page.contains(entry) && page.contains(&goes.as_str().unwrap()[..8]), "{path}");
    }
    look(a, "auditor", &[(Role::Auditor, "/rounds/1/roll", "by-hand")]).await;
}

#[tokio::test]
async fn a_neutral_is_told_what_it_can_know_and_never_has_a_side() {
    let opened = nodes(3).await;
    let neutral = opened.nodes[2].clone();
    let (_folder, mut sides) = sides_among(opened, 6, &terms(3), |_, _| ()).await;
    sides.push(Side::of(&neutral).await);
    carry(&sides).await;
    let seen = async |stage: &str| {
        let calder = &sides[2];
        for path in ["/rounds/1", "/rounds/1/pool"] {
            let page = calder.seats[&Role::Negotiator].page(path).await;
            for never in ["our side", "our account", "The other side"] {
                assert!(!page.contains(never), "{stage}: {path} says {never}");
            }
            assert!(page.contains("This node belongs to a neutral"), "{stage}: {path}");
        }
    };
    seen("before").await;
    let pool = sides[2].seats[&Role::Auditor].get("/rounds/1/pool").await.json();
    assert_eq!(pool["sides"][1]["absent"], "not-committed");
    committed(&sides[..2]).await;
    carry(&sides).await;
    let pool = sides[2].seats[&Role::Auditor].get("/rounds/1/pool").await.json();
    for side in pool["sides"].as_array().unwrap() {
        assert_eq!((&side["committed"], &side["absent"]), (&Value::Bool(true), &"neutral".into()));
    }
    seen("committed").await;
    for path in ["roll", "fairness", "what-if", "roll/files/pool.csv"] {
        let answer = sides[2].seats[&Role::Negotiator].get(&format!("/rounds/1/{path}")).await.json();
        assert_eq!(answer["rule"], "neutral-pools", "{path}");
    }
    for side in &sides[..2] {
        side.both("/rounds/1/nominate", &[]).await;
    }
    carry(&sides).await;
    agree_on_list(&sides[1], &sides[0], &sides).await;
    seen("listed").await;
    let pages = [(Role::Negotiator, "/rounds/1", "round"), (Role::Negotiator, "/rounds/1/pool", "pool")];
    look(&sides[2], "neutral", &pages).await;
}

#[tokio::test]
async fn the_pool_page_says_what_the_other_side_has_done_and_what_to_do_before_committing() {
    let (_folder, sides) = sides().await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    let pool = async |side: &Side| side.seats[&Role::Negotiator].get("/rounds/1/pool").await.json();
    let of_other = async |side: &Side| pool(side).await["sides"][1]["absent"].clone();
    assert_eq!(of_other(a).await, "not-committed");
    let page = a.seats[&Role::Negotiator].page("/rounds/1").await;
    assert!(page.contains("No places are declared") && !page.contains("action=\"/rounds/1/commit\""));
    let page = a.seats[&Role::Negotiator].page("/rounds/1/pool").await;
    assert!(page.contains("No places are declared") && page.contains("action=\"/rounds/1/commit\""));
    a.post(Role::Negotiator, "/rounds/1/places", &[("place", "Nothern"), ("at-most", "2")]).await;
    let page = a.seats[&Role::Negotiator].page("/rounds/1/pool").await;
    assert!(page.contains("Is it written as in the dossiers?"), "nobody is held there");
    look(
        a,
        "places",
        &[(Role::Negotiator, "/rounds/1/pool", "pool"), (Role::Negotiator, "/rounds/1", "round")],
    )
    .await;
    a.post(Role::Negotiator, "/rounds/1/places", &[("place", "-"), ("at-most", "2"), ("within", "Nothern")])
        .await;
    let page = a.seats[&Role::Negotiator].page("/rounds/1/pool").await;
    assert!(!page.contains("Is it written as in the dossiers?"), "a place lies in it");
    assert!(a.seats[&Role::Negotiator].page("/rounds/1").await.contains("action=\"/rounds/1/commit\""));
    a.post(Role::Negotiator, "/rounds/1/commit", &[]).await;
    let bytes = link::bundle_to(&a.node, b.node.me, &BTreeMap::new()).await.unwrap().unwrap();
    link::take_in(&b.node, &bytes).await.unwrap();
    assert_eq!(of_other(b).await, "with-seed");
    look(b, "places", &[(Role::Negotiator, "/rounds/1/pool", "other-committed")]).await;
    b.post(Role::Negotiator, "/rounds/1/commit", &[]).await;
    carry(&sides).await;
    assert_eq!(of_other(a).await, Value::Null, "both seeds are shown, and the pool is here");
}
