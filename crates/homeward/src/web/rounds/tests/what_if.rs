//! What if: asked in a form, answered against the roll of the rules alone, refused field by field.

use super::*;

fn items(lines: &Value) -> Vec<String> {
    let line = |line: &Value| line["item"].as_str().unwrap().to_owned();
    lines.as_array().unwrap().iter().map(line).collect()
}

async fn roll(side: &Side) -> Value {
    side.seats[&Role::Negotiator].get("/rounds/1/roll").await.json()
}

const PATH: &str = "/rounds/1/what-if";

#[tokio::test]
async fn what_if_answers_without_changing_anything() {
    let (_folder, sides) = sides_of(9, 4).await;
    committed(&sides).await;
    let a = &sides[0];
    let before = roll(a).await;
    let staying = items(&before["sides"]["mine"]["next"]);
    let seat = &a.seats[&Role::Negotiator];
    let asked = async |fields: &[(&str, &str)]| seat.post(PATH, fields).await.json()["otherwise"].clone();
    assert_eq!(seat.get(PATH).await.json()["otherwise"], Value::Null);
    let more = asked(&[("cap", "0.0"), ("more", "1")]).await;
    assert_eq!((items(&more["comes"]).len(), items(&more["stays"]).len()), (1, 0), "{more}");
    assert!(
        more["levels"][0].as_str().unwrap().starts_with("1 more person of class 1 (medical group 1"),
        "{more}"
    );
    assert!(
        more["asked"][0].as_str().unwrap().starts_with("The whole round, Aronia: 5 places (+1)"),
        "{more}"
    );
    let fewer = asked(&[("cap", "0.0"), ("more", "-4")]).await;
    assert_eq!(items(&fewer["stays"]).len(), 4, "{fewer}");
    // Everybody is in the first class: a later one does not let anybody in.
    let class = asked(&[("item", &staying[0]), ("class", "5")]).await;
    assert_eq!((&class["comes"], &class["levels"]), (&Value::Array(Vec::new()), &Value::Array(Vec::new())));
    // The beginning of the item is enough.
    let out = asked(&[("item", &items(&before["mine"])[0][..12]), ("class", "5")]).await;
    assert_eq!(items(&out["comes"]), [staying[0].clone()], "the first of those who stay comes in: {out}");
    let by_name = asked(&[("item", "вигаданийaa"), ("class", "5")]).await;
    assert_eq!(by_name["stays"][0]["name"], "Вигаданийaa Іван", "a surname that only one has is enough too");
    let levels = out["levels"].to_string();
    assert!(
        !levels.contains("lot") && levels.contains("days"),
        "the class was changed, and no lot decided: {levels}"
    );
    let page = seat.ask(Method::POST, PATH, "text/html", Some(sent(&[("cap", "0.0"), ("more", "1")]))).await;
    assert!(page.body.contains("1 more person of class 1") && !page.body.contains("aronia: round"));
    look_at(&page.body, "selection-what-if-answered-en");
    assert_eq!(roll(a).await, before);
    let pages = [(Role::Negotiator, PATH, "what-if"), (Role::Negotiator, "/rounds/1/pool", "pool")];
    look(a, "selection", &pages).await;
}

fn sent(fields: &[(&str, &str)]) -> (&'static str, axum::body::Bytes) {
    ("application/x-www-form-urlencoded", crate::web::testing::form(fields).into())
}

#[tokio::test]
async fn a_question_that_does_not_read_is_told_at_its_field_and_kept() {
    let (_folder, sides) = sides_of(9, 4).await;
    committed(&sides).await;
    let seat = &sides[0].seats[&Role::Negotiator];
    let person = items(&roll(&sides[0]).await["mine"])[0].clone();
    let several = "Вигаданий";
    type Case<'a> = (&'a [(&'a str, &'a str)], Option<&'a str>);
    let cases: [Case<'_>; 12] = [
        (&[("cap", "7.0"), ("more", "1")], Some("cap")),
        (&[("cap", "x"), ("more", "1")], Some("cap")),
        (&[("more", "1")], Some("cap")),
        (&[("cap", "0.0")], Some("more")),
        (&[("cap", "0.0"), ("more", "x")], Some("more")),
        (&[("cap", "0.0"), ("more", "-5")], Some("more")),
        (&[("class", "1")], Some("item")),
        (&[("item", "zz"), ("class", "1")], Some("item")),
        (&[("item", several), ("class", "1")], Some("item")),
        (&[("item", &person)], Some("class")),
        (&[("item", &person), ("class", "0")], Some("class")),
        (&[("item", &person), ("class", "99")], Some("class")),
    ];
    for (fields, fault) in cases {
        let view = seat.post(PATH, fields).await.json();
        assert_eq!((view["fault"].as_str(), &view["otherwise"]), (fault, &Value::Null), "{fields:?}: {view}");
        let page = seat.ask(Method::POST, PATH, "text/html", Some(sent(fields))).await;
        assert!(page.body.contains("There is a problem") || page.body.contains("govuk-error-summary"));
        for (field, value) in fields.iter().filter(|(field, _)| ["more", "item"].contains(field)) {
            assert!(page.body.contains(&format!("value=\"{value}\"")), "{field} is not kept: {fields:?}");
        }
    }
}

#[tokio::test]
async fn after_an_override_the_roll_and_what_if_say_what_they_are_of() {
    let (_folder, sides) = sides_of(9, 4).await;
    committed(&sides).await;
    let a = &sides[0];
    let before = roll(a).await;
    let (going, staying) = (items(&before["mine"]), items(&before["sides"]["mine"]["next"]));
    let said = "of the roll before that";
    assert!(!a.seats[&Role::Negotiator].page("/rounds/1/roll").await.contains(said));
    let fields = [
        ("goes", staying[2].as_str()),
        ("stays", going[0].as_str()),
        ("override-ground", "medical"),
        ("says", "An operation cannot wait."),
    ];
    a.both("/rounds/1/override", &fields).await;
    let after = roll(a).await;
    let of = |lines: &Value, item: &str| {
        let found = lines.as_array().unwrap().iter().find(|line| line["item"] == item);
        found.map(|line| line["reason"].as_str().unwrap().to_owned())
    };
    assert_eq!(of(&after["mine"], &staying[2]).as_deref(), Some("put-on"));
    assert_eq!(after["sides"]["mine"]["next"][0]["reason"], "gave-place", "first, however late in the order");
    let page = a.seats[&Role::Negotiator].page("/rounds/1/roll").await;
    assert!(page.contains(said) && page.contains("They give the roll before anybody was put on it"));
    assert!(
        page.contains("govuk-tag--turquoise") && page.contains("govuk-tag--orange"),
        "the rows are marked"
    );
    let page = a.seats[&Role::Negotiator].page(PATH).await;
    assert!(page.contains("the roll as the rules alone give it"));
    look(a, "override", &[(Role::Negotiator, "/rounds/1/roll", "roll"), (Role::Negotiator, PATH, "what-if")])
        .await;
}
