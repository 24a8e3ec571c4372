//! The fairness report at the desk: its figures, what stands out, who waits longest, and what an officer does not see of it.

use std::collections::BTreeSet;

use exchange::person::{Rank, Sex};
use exchange::selection::joint::{Attribute, Fairness, fairness};
use register::{RelationKind, RelationRow};

use super::*;
use crate::acts::roll::{self, Drawn};

const REPORT: &str = "/rounds/1/fairness";
const PEOPLE: u16 = 60;

/// Sixty on each side for twenty places: ten are held longest, and the lot chooses ten of the others. Of these the last ten are
/// of one unit, and the last of all is alone of theirs.
async fn drawn() -> (Nodes, Vec<Side>, Arc<Drawn>) {
    let text = terms(20).replace("overrides_at_most = 2", "overrides_at_most = 12");
    let known = |person: &mut Person, number: u16| {
        let since = if number < 10 { date!(2022 - 01 - 10) } else { date!(2022 - 05 - 20) };
        person.capture = Some(Capture { date: Some(PartialDate::Day(since)), place: None });
        let unit = if number < 49 { "1 brigade" } else { " 7  battalion " };
        person.unit = Some(Text(if number == 59 { "Signals" } else { unit }.to_owned()));
        person.sex = Some(if number.is_multiple_of(4) { Sex::Female } else { Sex::Male });
        person.rank =
            number.is_multiple_of(2).then(|| Rank { code: None, written: "солдат".to_owned() });
    };
    let (nodes, sides) = sides_like(PEOPLE, &text, known).await;
    for side in &sides {
        side.post(Role::Negotiator, "/rounds/1/commit", &[]).await;
    }
    carry(&sides).await;
    let node = &sides[0].node;
    let shared = node.look().await.unwrap();
    let mut reading = node.register.read().await.unwrap();
    let drawn = roll::draw(node, &mut reading, &shared, 1).await.unwrap();
    drop((shared, reading));
    (nodes, sides, drawn)
}

async fn report(side: &Side) -> Value {
    side.seats[&Role::Negotiator].get(REPORT).await.json()
}

/// Units of the first side's own people by item, as this desk has them.
async fn units(side: &Side) -> BTreeMap<String, String> {
    let mut reading = side.node.register.read().await.unwrap();
    let held = reading.all_people(List::Held).await.unwrap().whole().unwrap();
    let unit =
        |person: &Person| person.unit.as_ref().unwrap().0.split_whitespace().collect::<Vec<_>>().join(" ");
    held.into_iter().map(|row| (row.item.unwrap().to_string(), unit(&row.person))).collect()
}

/// Who goes of the first side as the roll page says, with those put on by hand.
async fn going(side: &Side) -> BTreeSet<String> {
    let roll = side.seats[&Role::Negotiator].get("/rounds/1/roll").await.json();
    let lines = roll["mine"].as_array().unwrap().iter().chain(roll["theirs"].as_array().unwrap());
    lines.map(|line| line["item"].as_str().unwrap().to_owned()).collect()
}

/// Puts everyone of a unit on the roll whom the lot left, in place of the others whom it chose. Says how many.
async fn put_on(side: &Side, unit: &str) -> usize {
    let (units, going) = (units(side).await, going(side).await);
    let older = |item: &str| units[item] == "1 brigade";
    let comes: Vec<&String> =
        units.keys().filter(|item| units[*item] == unit && !going.contains(*item)).collect();
    let leaves = units.keys().filter(|item| older(item) && going.contains(*item));
    for (goes, stays) in comes.iter().zip(leaves) {
        let fields = [
            ("goes", goes.as_str()),
            ("stays", stays),
            ("override-ground", "other"),
            ("says", "Their commander asked for them."),
        ];
        side.both("/rounds/1/override", &fields).await;
    }
    comes.len()
}

/// What the library says of the first side's units on a roll.
fn expected(drawn: &Drawn, units: &BTreeMap<String, String>, going: &BTreeSet<String>) -> Fairness {
    let rows = drawn.setting.people.rows();
    let mut names: Vec<String> = vec![String::new()];
    names.extend(units.values().cloned());
    names.dedup();
    names.sort();
    names.dedup();
    let of = rows.iter().map(|person| units.get(&person.item.to_string()).cloned().unwrap_or_default());
    let of = of.map(|unit| names.iter().position(|name| *name == unit).unwrap() as u16).collect();
    let going: Vec<usize> =
        (0..rows.len()).filter(|&at| going.contains(&rows[at].item.to_string())).collect();
    let attribute = Attribute { name: "unit".to_owned(), values: names, of };
    fairness(&drawn.setting.people, &going, &[attribute]).unwrap()
}

/// The report against the library: classes, and each unit but for the flag, which hangs on how many looks were taken.
async fn check_figures(side: &Side, drawn: &Drawn, view: &Value) {
    let (units, going) = (units(side).await, going(side).await);
    let found = expected(drawn, &units, &going);
    let mine = drawn.side(&side.node.me);
    let own = |of: u8| usize::from(of) == mine;
    let classes: Vec<_> = found.classes.iter().filter(|share| own(share.side)).collect();
    let said = view["mine"]["classes"].as_array().unwrap();
    assert_eq!(said.len(), classes.len());
    for (said, share) in said.iter().zip(classes) {
        let figures = serde_json::json!([share.class, share.people, share.places, share.chance]);
        assert_eq!(
            serde_json::json!([said["class"], said["people"], said["places"], said["chance"]]),
            figures
        );
    }
    let said = view["mine"]["values"].as_array().unwrap().iter().filter(|value| value["attribute"] == "unit");
    let said: Vec<&Value> = said.collect();
    let shares: Vec<_> = found.values.iter().filter(|share| own(share.side)).collect();
    assert_eq!(said.len(), shares.len());
    let names: BTreeSet<&String> = units.values().collect();
    for share in shares {
        // The empty name of the other side's people stands before ours.
        let name = *names.iter().nth(usize::from(share.value) - 1).unwrap();
        let said = said.iter().find(|said| said["value"] == **name).unwrap();
        assert_eq!(said["people"], share.people);
        assert_eq!(said["places"], share.places);
        assert_eq!(said["whole_side"]["expected"], share.whole_side.expected.decimal(2));
        let lot = &said["lot"];
        assert_eq!(lot.is_null(), !share.lot.is_open(), "{said}");
        assert_eq!(lot["expected"], share.lot.expected.decimal(2));
        assert_eq!(lot["in_billion"], share.lot.in_billion);
        assert_eq!(lot["between"], serde_json::json!(share.lot.between));
    }
}

/// The first so many of a side who stay, the longest held first, against those the report lists.
async fn check_waiting(side: &Side, drawn: &Drawn, view: &Value) {
    let going = going(side).await;
    let rows = drawn.setting.people.rows();
    for (whose, mine) in [("mine", true), ("theirs", false)] {
        let of = |side_of: u8| (usize::from(side_of) == drawn.side(&side.node.me)) == mine;
        let mut stay: Vec<_> = rows
            .iter()
            .filter(|person| of(person.side) && !going.contains(&person.item.to_string()))
            .map(|person| (std::cmp::Reverse(person.held), person.item))
            .collect();
        stay.sort();
        let said = view[whose]["waiting"].as_array().unwrap();
        let items: Vec<&str> = said.iter().map(|line| line["item"].as_str().unwrap()).collect();
        let expect: Vec<String> = stay.iter().take(20).map(|(_, item)| item.to_string()).collect();
        assert_eq!(items, expect, "{whose}");
        let last = stay[19].0;
        let more = stay[20..].iter().filter(|(held, _)| *held == last).count();
        assert_eq!(view[whose]["as_long"], more, "{whose}");
        assert!(said.iter().all(|line| line["before"] != "nothing" && line["before"] != "not-found"));
    }
}

#[tokio::test]
async fn a_fair_roll_has_no_mark_and_its_figures_are_those_of_the_library() {
    let (_nodes, sides, drawn) = drawn().await;
    let view = report(&sides[0]).await;
    check_figures(&sides[0], &drawn, &view).await;
    check_waiting(&sides[0], &drawn, &view).await;
    let values = |whose: &str| view[whose]["values"].as_array().unwrap().clone();
    assert!(values("mine").iter().chain(&values("theirs")).all(|value| value["stands_out"] == false));
    assert!(view["looks"].as_u64().unwrap() >= 5, "{}", view["looks"]);
    let attributes = |whose: &str| -> BTreeSet<String> {
        values(whose).iter().map(|value| value["attribute"].as_str().unwrap().to_owned()).collect()
    };
    let all = ["birth-place", "held", "rank", "sex", "site", "unit"].map(str::to_owned);
    assert_eq!(attributes("mine"), BTreeSet::from(all));
    assert_eq!(
        attributes("theirs"),
        BTreeSet::from(["held", "site"].map(str::to_owned)),
        "the pool says no more"
    );
    let unknown = values("mine").into_iter().find(|value| value["attribute"] == "birth-place").unwrap();
    assert_eq!((&unknown["value"], &unknown["people"]), (&Value::Null, &Value::from(PEOPLE)));
    let names = serde_json::to_string(&[values("mine"), values("theirs")]).unwrap();
    assert!(!names.contains("Вигаданий"), "no name stands among the values");
    assert!(view["mine"]["waiting"][0]["name"].as_str().unwrap().contains("Вигаданий"));
    look(&sides[0], "fairness", &[(Role::Registrar, REPORT, "fair")]).await;
    let page = sides[0].seats[&Role::Physician].page(REPORT).await;
    assert!(page.contains("Nothing stands out.") && page.contains("rounds/1/roll/"));
    for never in ["chart-lots", "rounds-fairness", "rounds-reason", "rounds-class"] {
        assert!(!page.contains(never), "{never}");
    }
}

#[tokio::test]
async fn a_unit_that_was_put_on_by_hand_stands_out_and_who_gave_the_place_waits() {
    let (_nodes, sides, drawn) = drawn().await;
    let before = report(&sides[0]).await;
    let count = put_on(&sides[0], "7 battalion").await;
    assert!(count >= 4, "the lot left {count} of the unit");
    let view = report(&sides[0]).await;
    assert_eq!((&before["mine"]["by_hand"], &view["mine"]["by_hand"]), (&0.into(), &count.into()));
    assert_eq!((&view["theirs"]["by_hand"], &view["by_hand_at_most"]), (&0.into(), &12.into()));
    check_figures(&sides[0], &drawn, &view).await;
    check_waiting(&sides[0], &drawn, &view).await;
    let first = &view["mine"]["values"][0];
    assert_eq!((&first["attribute"], &first["value"]), (&"unit".into(), &"7 battalion".into()));
    assert_eq!(
        (&first["stands_out"], &first["places"], &first["people"]),
        (&true.into(), &10.into(), &10.into())
    );
    let gave = view["mine"]["waiting"].as_array().unwrap().iter();
    assert!(gave.filter(|line| line["before"] == "gave-place").count() > 0, "{}", view["mine"]["waiting"]);
    look(&sides[0], "fairness", &[(Role::Registrar, REPORT, "by-hand")]).await;
    let page = sides[0].seats[&Role::Approver].page(REPORT).await;
    for words in [
        "values stand out",
        "stands out: more",
        "stands out: fewer",
        ", Unit: places had, against blind lots",
        "Unit: 7 battalion",
        "Their commander asked for them.",
        &format!(": {count} of the 12 that the agreement allows"),
        "gave the place up by hand",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // The other side's desk sees the roll as the record has it, and who was put on it, but no unit.
    carry(&sides).await;
    let theirs = report(&sides[1]).await;
    assert_eq!(theirs["theirs"]["by_hand"], count);
    assert!(!theirs["theirs"]["values"].to_string().contains("unit"));
}

#[tokio::test]
async fn an_officer_to_whom_somebody_is_closed_sees_no_value_that_few_have() {
    let (_nodes, sides, _) = drawn().await;
    let node = &sides[0].node;
    let units = |view: &Value| -> Vec<(Value, u64)> {
        let values = view["mine"]["values"].as_array().unwrap().iter();
        let units = values.filter(|value| value["attribute"] == "unit");
        units.map(|value| (value["value"].clone(), value["people"].as_u64().unwrap())).collect()
    };
    let open = units(&report(&sides[0]).await);
    assert!(open.contains(&("Signals".into(), 1)), "{open:?}");
    let mut reading = node.register.read().await.unwrap();
    let held = reading.all_people(List::Held).await.unwrap().whole().unwrap();
    drop(reading);
    let closed = held.iter().find(|row| row.person.unit.as_ref().unwrap().0 == "Signals").unwrap();
    let mut act = node.act(&itself(), "declare relation", None).await.unwrap();
    let row = RelationRow {
        officer: Role::Escort.code().to_owned(),
        person: closed.person.id,
        kind: RelationKind::Related,
        declared_at: 1,
        declared_by: Role::Escort.code().to_owned(),
        lifted: None,
    };
    act.tx.put(&row).await.unwrap();
    act.commit().await.unwrap();
    let seen = units(&sides[0].seats[&Role::Escort].get(REPORT).await.json());
    assert_eq!(seen, [("1 brigade".into(), 49), (Value::Null, 11)]);
    let page = sides[0].seats[&Role::Escort].page(REPORT).await;
    assert!(!page.contains("Signals") && page.contains("2 values of few people, put together"));
    assert_eq!(units(&report(&sides[0]).await), open, "to the others nothing changes");
}
