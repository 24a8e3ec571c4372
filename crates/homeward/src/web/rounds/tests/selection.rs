//! The selection at the desk: one roll of both sides, places declared, what if, people put on by hand, a withheld seed.

use exchange::selection::joint::{self, file};

use super::*;
use crate::web::words::{Lang, Words};

pub(super) async fn roll(side: &Side) -> Value {
    side.seats[&Role::Negotiator].get("/rounds/1/roll").await.json()
}

pub(super) fn items(lines: &Value) -> Vec<String> {
    lines.as_array().unwrap().iter().map(|line| line["item"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_one_side_lacks_holds_the_other_back_where_one_stands_against_one() {
    let text = terms(4).replacen("all_for_all = true", "all_for_all = false\nagainst = \"one-for-one\"", 1);
    let (_folder, sides) = sides_like(6, &text, |_, _| ()).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    let pool = a.seats[&Role::Auditor].get("/rounds/1/pool").await.json();
    assert_eq!(pool["sides"][0]["people"], 6);
    // From the place where nobody wrote down where, no more than two can go; the bus is declared before it.
    for (place, within, most) in [("bus", "", "2"), ("-", "bus", "")] {
        let fields = [("place", place), ("within", within), ("at-most", most)];
        a.post(Role::Negotiator, "/rounds/1/places", &fields).await;
    }
    let inside_itself = [("place", "bus"), ("within", "-"), ("at-most", "2")];
    assert_eq!(a.refused(Role::Negotiator, "/rounds/1/places", &inside_itself).await["rule"], "place-order");
    assert_eq!(
        a.refused(Role::Negotiator, "/rounds/1/places", &[("place", "a,b")]).await["rule"],
        "place-label"
    );
    nominated(&sides).await;
    assert_eq!(
        a.refused(Role::Negotiator, "/rounds/1/places", &[("place", "x")]).await["rule"],
        "pool-committed"
    );
    let (mine, theirs) = (roll(a).await, roll(b).await);
    assert_eq!(
        (mine["digest"].clone(), mine["proved"].clone()),
        (theirs["digest"].clone(), Value::Bool(true))
    );
    assert_eq!((items(&mine["mine"]).len(), items(&mine["theirs"]).len()), (2, 2));
    assert_eq!(
        (&a.view(1).await["check"]["of_theirs"], &b.view(1).await["check"]["of_theirs"]),
        (&"ok".into(), &"ok".into())
    );
    let next = items(&theirs["sides"]["mine"]["next"]);
    let sheet = b.seats[&Role::Negotiator].get(&format!("/rounds/1/roll/{}", next[0])).await.json();
    let says = sheet["says"].to_string();
    assert!(
        says.contains("the other side can set nobody more against this person"),
        "the reason lies with the other side: {says}"
    );
}

#[tokio::test]
async fn anybody_finds_the_same_roll_from_the_files() {
    let (_folder, sides) = sides().await;
    committed(&sides).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    let view = roll(a).await;
    let seat = &b.seats[&Role::Auditor];
    let file_of = async |name: &str| seat.get(&format!("/rounds/1/roll/files/{name}")).await.body;
    let rules = file::rules(&file_of("rules.toml").await).unwrap();
    let pool = file_of("pool.csv").await;
    assert!(!pool.contains("Вигаданий"), "no name is in the files");
    let people = file::people(&rules, || Ok(pool.as_bytes())).unwrap();
    let seed = crate::chance::unhex(view["seed"].as_str().unwrap()).unwrap();
    let selected = joint::select(&rules, &people, &seed).unwrap();
    assert_eq!(file::Roll::of(&people, &selected.chosen).digest().to_string(), view["digest"]);
    let listed = file::roll(file_of("roll.csv").await.as_bytes()).unwrap();
    let certificate = file_of("certificate.json").await;
    let held = crate::cli::select::certificate::read(&rules, certificate.as_bytes()).unwrap();
    assert!(joint::check(&rules, &people, &seed, &listed, held.get()).unwrap().holds());
    let nothing = seat.get("/rounds/1/roll/files/passwd").await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn two_officers_put_somebody_on_the_roll_by_hand_as_often_as_agreed() {
    let (_folder, sides) = sides_of(9, 4).await;
    committed(&sides).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    let before = roll(a).await;
    let (going, staying) = (items(&before["mine"]), items(&before["sides"]["mine"]["next"]));
    let path = "/rounds/1/override";
    let hand = |goes: &str, stays: &str| {
        [
            ("goes", goes),
            ("stays", stays),
            ("override-ground", "medical"),
            ("says", "An operation cannot wait."),
        ]
        .map(|(name, value)| (name, value.to_owned()))
    };
    let sent = async |goes: &str, stays: &str| {
        let fields = hand(goes, stays);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        a.both(path, &fields).await;
    };
    // One officer alone changes nothing.
    let fields = hand(&staying[0], &going[0]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    a.post(Role::Negotiator, path, &fields).await;
    assert_eq!(items(&roll(a).await["mine"]), going);
    let drafts = a.seats[&Role::Approver].get("/drafts").await.json();
    let id = drafts["drafts"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(drafts["drafts"][0]["kind"], "override");
    // The second officer sees who would go in whose place, and why; one with a relation to either decides nothing.
    let shown = a.view(1).await["drafts"][0]["by_hand"].clone();
    assert_eq!((&shown["goes"], &shown["stays"]), (&staying[0].as_str().into(), &going[0].as_str().into()));
    assert!(a.seats[&Role::Approver].page("/rounds/1").await.contains("An operation cannot wait."));
    let person = {
        let mut reading = a.node.register.read().await.unwrap();
        reading.person_of(&staying[0].parse().unwrap()).await.unwrap().unwrap().person.id
    };
    let mut act = a.node.act(&itself(), "declare relation", None).await.unwrap();
    let relation = register::RelationRow {
        officer: Role::PressOfficer.code().to_owned(),
        person,
        kind: register::RelationKind::Related,
        declared_at: 1,
        declared_by: Role::PressOfficer.code().to_owned(),
        lifted: None,
    };
    act.tx.put(&relation).await.unwrap();
    act.commit().await.unwrap();
    let related = Seat::at(&a.node, &[Role::PressOfficer, Role::Approver], None).await;
    let closed = related.post(&format!("/drafts/{id}/approve"), &[]).await;
    assert_eq!(closed.json()["refused"], "closed-to-you", "{}", closed.body);
    let alone = a.seats[&Role::Negotiator].post(&format!("/drafts/{id}/approve"), &[]).await;
    assert_eq!(alone.json()["refused"], "not-your-role", "{}", alone.body);
    a.post(Role::Approver, &format!("/drafts/{id}/approve"), &[]).await;
    sent(&staying[1], &going[1]).await;
    let third = hand(&staying[2], &going[2]);
    let third: Vec<(&str, &str)> = third.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(a.refused(Role::Negotiator, path, &third).await["rule"], "override-ceiling");
    assert_eq!(
        a.refused(Role::Negotiator, path, &third[..3]).await["refused"],
        "bad-field",
        "no reason given"
    );
    carry(&sides).await;
    for side in &sides {
        side.both("/rounds/1/nominate", &[]).await;
    }
    carry(&sides).await;
    let after = roll(b).await;
    let listed = items(&after["theirs"]);
    assert!(listed.contains(&staying[0]) && listed.contains(&staying[1]) && listed.len() == 4);
    assert!(!listed.contains(&going[0]) && !listed.contains(&going[1]));
    assert_eq!(after["by_hand"].as_array().unwrap().len(), 2);
    assert_eq!(after["by_hand"][0]["says"], "An operation cannot wait.");
    assert_eq!(b.view(1).await["check"]["of_theirs"], "ok", "what was said by hand counts at both desks");
    assert_eq!(a.refused(Role::Negotiator, path, &fields).await["rule"], "override-late");
    agree_on_list(b, a, &sides).await;
}

#[tokio::test]
async fn an_override_that_a_node_let_through_shows_at_the_other() {
    let (_folder, sides) = sides_of(9, 4).await;
    committed(&sides).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    let before = roll(a).await;
    let (going, staying) = (items(&before["mine"]), items(&before["sides"]["mine"]["next"]));
    // A node that does not keep the agreement says three where two are allowed.
    let mut act = a.node.act(&itself(), "say too much", None).await.unwrap();
    for (goes, stays) in staying.iter().zip(&going).take(3) {
        let item = |text: &str| text.parse::<exchange::ids::Item>().unwrap().0;
        let what = crate::acts::overrides::Override {
            round: 1,
            goes: item(goes),
            stays: item(stays),
            ground: "other".to_owned(),
            says: "So it was wished.".to_owned(),
        };
        let digest = act.attach("override", &crate::opening::to_cbor(&what)).await.unwrap();
        let kind = crate::acts::overrides::kind_of(1).parse().unwrap();
        act.append(parley::Body::Memo { kind, digest }).await.unwrap();
    }
    act.commit().await.unwrap();
    for side in &sides {
        side.both("/rounds/1/nominate", &[]).await;
    }
    carry(&sides).await;
    let faults = b.view(1).await["check"]["of_theirs"].clone();
    assert_eq!(faults[0]["fault"], "override-ceiling", "{faults}");
    let page = b.seats[&Role::Negotiator].page("/rounds/1/roll").await;
    assert!(page.contains("More are put on the roll by hand than the agreement allows"));
}

#[tokio::test]
async fn a_seed_that_is_withheld_makes_the_round_void_after_the_agreed_hours() {
    let (_folder, sides) = sides().await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    for side in &sides {
        side.post(Role::Negotiator, "/rounds/1/commit", &[]).await;
    }
    // The first side hears of both commits and shows its seed; nothing of it reaches the second.
    let bytes = link::bundle_to(&b.node, a.node.me, &BTreeMap::new()).await.unwrap().unwrap();
    link::take_in(&a.node, &bytes).await.unwrap();
    assert_eq!(a.view(1).await["next"]["step"], "their-reveal");
    assert_eq!(a.refused(Role::Negotiator, "/rounds/1/withheld", &[]).await["rule"], "withheld-early");
    let now = a.node.clock.now() + 24 * 3_600_000 + 1_000;
    a.post(Role::Administrator, "/rehearsal/clock", &[("to", &now.to_string())]).await;
    assert_eq!(a.view(1).await["next"]["step"], "withheld");
    a.both("/rounds/1/withheld", &[]).await;
    assert_eq!(a.view(1).await["state"], "void");
    b.post(Role::Administrator, "/rehearsal/clock", &[("to", &now.to_string())]).await;
    carry(&sides).await;
    for side in &sides {
        assert_eq!(
            (side.view(1).await["state"].clone(), side.view(1).await["next"]["step"].clone()),
            ("void".into(), "void-close".into())
        );
        side.seats[&Role::Negotiator].page("/rounds/1").await;
        side.post(Role::Negotiator, "/rounds/1/close", &[]).await;
    }
    carry(&sides).await;
    for side in &sides {
        assert_eq!(side.view(1).await["next"]["step"], "void");
        side.post(Role::Negotiator, "/rounds/2/commit", &[]).await;
    }
}

#[tokio::test]
async fn who_goes_together_goes_or_stays_as_one_where_the_agreement_says_so() {
    let text =
        terms(3).replacen("overrides_at_most = 2", "overrides_at_most = 2\nkept_together = \"last\"", 1);
    let (_folder, sides) = sides_like(6, &text, |_, _| ()).await;
    let a = &sides[0];
    let held: Vec<PersonId> = {
        let mut reading = a.node.register.read().await.unwrap();
        let mut rows = reading.all_people(List::Held).await.unwrap().whole().unwrap();
        rows.sort_by_key(|row| row.person.names[0].surname.0.clone());
        rows.into_iter().map(|row| row.person.id).collect()
    };
    // The one held longest with the one held shortest: of four together, three places take none.
    for other in [held[5], held[4], held[1]] {
        let fields = [("other", other.to_string())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        a.post(Role::Registrar, &format!("/people/{}/together", held[0]), &fields).await;
    }
    let myself = held[0].to_string();
    let path = format!("/people/{}/together", held[0]);
    assert_eq!(a.refused(Role::Registrar, &path, &[("other", &myself)]).await["rule"], "together-held");
    a.post(Role::Registrar, &format!("/people/{}/together", held[1]), &[("alone", "yes")]).await;
    let seat = Seat::at(&a.node, &[Role::Registrar], Some("oversight")).await;
    let dossier = seat.get(&format!("/people/{}", held[0])).await.json();
    assert_eq!(dossier["together"].as_array().unwrap().len(), 2);
    committed(&sides).await;
    let going = roll(a).await["mine"].clone();
    // The first, the fifth and the sixth go together; the other three have been held longer in all, so that the one held
    // longest stays with the two others.
    let names: Vec<&str> =
        going.as_array().unwrap().iter().filter_map(|line| line["name"].as_str()).collect();
    assert_eq!(names, ["Вигаданийab Іван", "Вигаданийac Іван", "Вигаданийad Іван"]);
}

#[tokio::test]
async fn a_pool_that_is_none_leaves_no_roll_and_a_round_that_can_be_closed() {
    let (_folder, sides) = sides().await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    // The second side commits to bytes that are no pool.
    let mut act = b.node.act(&itself(), "commit to nothing", None).await.unwrap();
    let secret = [7; 32];
    let pool = act.attach("pool", b"no pool").await.unwrap();
    let seed = parley::seed_digest(1, &b.node.me, &secret);
    act.append(parley::Body::Commit { round: 1, pool, seed }).await.unwrap();
    act.commit().await.unwrap();
    a.post(Role::Negotiator, "/rounds/1/commit", &[]).await;
    carry(&sides).await;
    let mut act = b.node.act(&itself(), "show the seed", None).await.unwrap();
    act.append(parley::Body::Reveal { round: 1, seed: secret }).await.unwrap();
    act.commit().await.unwrap();
    carry(&sides).await;
    assert_eq!(a.view(1).await["next"]["step"], "no-roll");
    assert_eq!(a.refused(Role::Negotiator, "/rounds/1/nominate", &[]).await["rule"], "pool");
    let pool = a.seats[&Role::Negotiator].get("/rounds/1/pool").await.json();
    assert_eq!(pool["sides"][1]["absent"], "unreadable");
    let page = a.seats[&Role::Negotiator].page("/rounds/1/pool").await;
    assert!(page.contains("cannot be read as a pool") && !page.contains("since when"), "{page}");
    a.post(Role::Negotiator, "/rounds/1/close", &[]).await;
    a.post(Role::Negotiator, "/rounds/2/commit", &[]).await;
}

/// The number of the dossier of everyone held, in the order of names.
async fn held(side: &Side) -> Vec<PersonId> {
    let mut reading = side.node.register.read().await.unwrap();
    let mut rows = reading.all_people(List::Held).await.unwrap().whole().unwrap();
    rows.sort_by_key(|row| row.person.names[0].surname.0.clone());
    rows.into_iter().map(|row| row.person.id).collect()
}

#[tokio::test]
async fn whom_the_other_side_asks_for_by_name_goes_first_where_the_agreement_says_so() {
    let text = terms(3).replacen("order = [\"medical", "order = [\"requested\", \"medical", 1);
    let (_folder, sides) = sides_like(6, &text, |_, _| ()).await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    let held = held(a).await;
    // The last two have been held shortest: nobody of them would go. One request is taken back.
    let (path, other) = (format!("/people/{}/asked", held[5]), format!("/people/{}/asked", held[4]));
    let fields = [("asked-on", "2025-06-01"), ("asked-from", "List 7 of the other side")];
    for path in [&path, &other] {
        a.post(Role::Registrar, path, &fields).await;
    }
    a.post(Role::Registrar, &other, &[("take-back", "yes")]).await;
    assert_eq!(a.refused(Role::Registrar, &other, &[("take-back", "yes")]).await["refused"], "not-found");
    assert_eq!(
        a.refused(Role::Registrar, &path, &[("asked-on", "2025-06-01"), ("asked-from", " ")]).await["rule"],
        "asked-from"
    );
    assert_eq!(a.refused(Role::Registrar, &path, &[("asked-from", "x")]).await["detail"], "asked-on");
    assert_eq!(a.refused(Role::Negotiator, &path, &fields).await["detail"], "registrar");
    let seat = Seat::at(&a.node, &[Role::Registrar], Some("oversight")).await;
    let dossier = seat.get(&format!("/people/{}", held[5])).await.json();
    assert_eq!(dossier["asked"]["from"], "List 7 of the other side");
    assert!(seat.page(&format!("/people/{}", held[5])).await.contains("List 7 of the other side"));
    let pool = a.seats[&Role::Auditor].get("/rounds/1/pool").await.json();
    assert_eq!(pool["sides"][0]["asked"], 1);
    nominated(&sides).await;
    let (mine, theirs) = (roll(a).await, roll(b).await);
    assert_eq!(mine["digest"], theirs["digest"]);
    let going: Vec<_> = mine["mine"].as_array().unwrap().iter().map(|line| &line["asked"]).collect();
    assert_eq!(going.iter().filter(|asked| ***asked == Value::Bool(true)).count(), 1);
    let names: Vec<_> = mine["mine"].as_array().unwrap().iter().map(|line| &line["name"]).collect();
    assert_eq!(names, ["Вигаданийaa Іван", "Вигаданийab Іван", "Вигаданийaf Іван"]);
    assert_eq!(b.view(1).await["check"]["of_theirs"], "ok");
    // The other side sees it in the pool, and who stays learns that being asked for would have helped.
    let pool = b.seats[&Role::Auditor].get("/rounds/1/pool").await.json();
    assert_eq!(pool["sides"][1]["asked"], 1);
    let next = items(&mine["sides"]["mine"]["next"]);
    let sheet = a.seats[&Role::Negotiator].get(&format!("/rounds/1/roll/{}", next[0])).await.json();
    assert!(sheet["says"].to_string().contains("Asked for by name, this person would go."), "{sheet}");
    let one = mine["mine"][2]["item"].as_str().unwrap();
    let page = format!("/rounds/1/roll/{one}");
    assert_eq!(b.seats[&Role::Negotiator].get(&page).await.json()["asked"], true);
    let pages = [
        (Role::Negotiator, "/rounds/1/pool", "pool"),
        (Role::Negotiator, "/rounds/1/roll", "roll"),
        (Role::Negotiator, page.as_str(), "reason"),
        (Role::Negotiator, "/agreement", "agreement"),
    ];
    look(a, "asked", &pages).await;
}

#[tokio::test]
async fn a_request_by_name_leaves_no_mark_where_the_agreement_does_not_look_at_it() {
    let (_folder, sides) = sides().await;
    let a = &sides[0];
    let path = format!("/people/{}/asked", held(a).await[5]);
    a.post(Role::Registrar, &path, &[("asked-on", "2025-06-01"), ("asked-from", "a letter")]).await;
    committed(&sides).await;
    let mine = roll(a).await["mine"].clone();
    let names: Vec<_> = mine.as_array().unwrap().iter().map(|line| &line["name"]).collect();
    assert_eq!(names, ["Вигаданийaa Іван", "Вигаданийab Іван", "Вигаданийac Іван"]);
}

/// Everyone has been held as long: six people of one kind, and three places.
#[tokio::test]
async fn a_roll_is_drawn_by_chances_where_the_terms_choose_them() {
    let text = terms(3).replacen("overrides_at_most = 2", "overrides_at_most = 2\nchances = \"leximin\"", 1);
    assert!(text.contains("leximin"));
    let (_folder, sides) = sides_like(6, &text, |person, number| {
        // The first has been held longest, and is certain to go.
        let day = if number == 0 { date!(2022 - 05 - 20) } else { date!(2022 - 06 - 20) };
        person.capture = Some(Capture { date: Some(PartialDate::Day(day)), place: None });
    })
    .await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    nominated(&sides).await;
    let (mine, theirs) = (roll(a).await, roll(b).await);
    assert_eq!((&mine["digest"], &mine["proved"]), (&theirs["digest"], &Value::Bool(true)));
    let page = a.seats[&Role::Negotiator].page("/rounds/1/roll").await;
    assert!(page.contains("Chances drew this roll") && !page.contains("ertificate"), "{page}");
    for side in &sides {
        assert_eq!(side.view(1).await["check"]["of_theirs"], "ok");
        assert_eq!(items(&roll(side).await["mine"]).len(), 3);
    }
    let seat = &a.seats[&Role::Negotiator];
    let fairness = seat.get("/rounds/1/fairness").await.json();
    let chances = &fairness["mine"]["chances"];
    assert_eq!((&chances["certain"], &chances["never"]), (&Value::from(1), &Value::from(0)));
    let kind = &chances["kinds"][0];
    assert_eq!((&kind["people"], &kind["went"], &kind["chance"]), (&5.into(), &2.into(), &"2/5".into()));
    assert!(seat.page("/rounds/1/fairness").await.contains("2/5 (40"));
    // Whoever stays is told of the draw and the chance, and of no lot.
    let next = items(&mine["sides"]["mine"]["next"]);
    assert_eq!(mine["sides"]["mine"]["next"][0]["reason"], "chance");
    let sheet = seat.get(&format!("/rounds/1/roll/{}", next[0])).await.json();
    let says = sheet["says"].to_string();
    assert!(says.contains("chance to go was 2/5 (40") && !says.contains("lot"), "{says}");
    // Whoever is certain to go is told what the rules say.
    let first = seat.get(&format!("/rounds/1/roll/{}", items(&mine["mine"])[0])).await.json();
    let says = first["says"].to_string();
    assert!(!says.contains("chance to go") && !says.contains("lot"), "{says}");
    // Anybody finds the same roll from the files.
    let file_of = async |name: &str| seat.get(&format!("/rounds/1/roll/files/{name}")).await;
    let rules = file::rules(&file_of("rules.toml").await.body).unwrap();
    assert_eq!(rules.chances, joint::ChanceRule::Leximin);
    let pool = file_of("pool.csv").await.body;
    let people = file::people(&rules, || Ok(pool.as_bytes())).unwrap();
    let seed = crate::chance::unhex(mine["seed"].as_str().unwrap()).unwrap();
    let drawn = joint::leximin(&rules, &people, &seed).unwrap();
    assert_eq!(file::Roll::of(&people, &drawn.chosen).digest().to_string(), mine["digest"]);
    assert_eq!(file_of("certificate.json").await.json()["rule"], "no-certificate");
    let more = seat.post("/rounds/1/what-if", &[("cap", "0.0"), ("more", "1")]).await.json();
    assert_eq!(
        more["otherwise"]["comes"].as_array().unwrap().len(),
        1 + more["otherwise"]["stays"].as_array().unwrap().len()
    );
    let reason = format!("/rounds/1/roll/{}", next[0]);
    let pages = [
        (Role::Negotiator, "/rounds/1/fairness", "fairness"),
        (Role::Negotiator, "/rounds/1/roll", "roll"),
        (Role::Negotiator, reason.as_str(), "reason"),
        (Role::Negotiator, "/agreement", "agreement"),
    ];
    look(a, "chances", &pages).await;
}

/// What a dossier says of the site is for the house: of the places that are not declared, not even the name goes out.
#[tokio::test]
async fn no_site_leaves_the_house_that_was_not_declared_as_a_place() {
    let (_folder, sides) = sides_like(6, &terms(3), |person, number| {
        let site = ["Hut 4", "Barn of K. Ivanenko"][usize::from(number % 2)].to_owned();
        person.custody.push(exchange::person::Custody { site, from: None, to: None });
    })
    .await;
    let [a, b] = &sides[..] else { unreachable!("two sides") };
    a.post(Role::Negotiator, "/rounds/1/places", &[("place", "Hut 4"), ("within", ""), ("at-most", "1")])
        .await;
    let now = a.seats[&Role::Negotiator].get("/rounds/1/pool").await.json();
    assert_eq!(now["sides"][0]["not_declared"]["Barn of K. Ivanenko"], 3);
    assert!(a.seats[&Role::Negotiator].page("/rounds/1/pool").await.contains("Barn of K. Ivanenko (3)"));
    nominated(&sides).await;
    let given = b.seats[&Role::Negotiator].get("/rounds/1/pool").await.json();
    let places: Vec<_> =
        given["sides"][1]["places"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(places, ["Hut 4", "-"]);
    let seen = b.node.look().await.unwrap();
    let (digest, _) = seen.record.view().round(1).unwrap().commit(&a.node.me).unwrap();
    drop(seen);
    let mut reading = b.node.register.read().await.unwrap();
    let bytes = reading.attachment(&exchange::ids::Digest(digest.0)).await.unwrap().unwrap().bytes;
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("Hut 4") && !text.contains("Ivanenko"));
    assert_eq!(b.view(1).await["check"]["of_theirs"], "ok");
}

#[tokio::test]
async fn rules_that_leave_no_roll_are_named_at_the_desk() {
    // Two of the first side's under 25 are demanded, and everybody is of the sick.
    let quota = "places = 3\nquotas = [{ category = \"under-25\", at_least = { aronia = 2 } }]";
    let text = terms(3).replacen("places = 3", quota, 1);
    let (_folder, sides) = sides_like(6, &text, |_, _| ()).await;
    committed(&sides).await;
    let a = &sides[0];
    assert_eq!(a.view(1).await["next"]["step"], "no-roll");
    let page = a.seats[&Role::Negotiator].page("/rounds/1").await;
    assert!(page.contains("Which rules cannot hold together"), "{page}");
    let demanded = page.lines().find(|line| line.contains("at least 2 must go")).expect("the rule is named");
    assert!(demanded.contains("(Aronia)"), "{demanded}");
    for lang in [Lang::Uk, Lang::Ru, Lang::En] {
        let t = Words::of(lang);
        for code in ["seeds-not-revealed", "pool-missing", "pool", "no-roll", "no-chances"] {
            assert_ne!(t.code("rounds-fault", code), code, "{lang:?}");
        }
    }
}
