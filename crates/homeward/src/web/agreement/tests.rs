//! The page of a text that has every part, between three parties, and of the agreements of history.

use askama::Template as _;
use time::macros::date;

use super::*;
use crate::web::Lang;
use crate::web::testing::{examples, looked_at, page};

fn view(terms: &Terms, lang: Lang) -> (AgreementView, String) {
    let t = Words::of(lang);
    let mut view = AgreementView { state: "in-force", ..AgreementView::default() };
    view.say(terms, t);
    let rounds = columns(&t, &[("round", true)]);
    let html = AgreementPage { page: page(lang), t, v: &view, rounds }.render().unwrap();
    (view, html)
}

#[test]
fn every_part_of_a_text_is_shown_in_three_languages_with_its_clause() {
    let terms = Terms::parse(EVERY_PART).unwrap();
    for lang in Lang::ALL {
        let (view, html) = view(&terms, lang);
        looked_at(&format!("agreement-every-part-{}.html", lang.code()), &html);
        let keys: Vec<&str> = view.sections.iter().map(|section| section.key).collect();
        let expected = [
            "parties",
            "legs",
            "quantities",
            "readings",
            "ratios",
            "scales",
            "categories",
            "lists",
            "gates",
            "phases",
            "conditions",
            "notices",
            "disclosure",
            "families",
            "annexes",
        ];
        assert_eq!(keys, expected);
        for row in view.sections.iter().flat_map(|section| &section.rows) {
            assert!(html.contains(&format!("id=\"{}\"", row.anchor)), "{}", row.anchor);
            assert!(row.clause.is_none_or(|no| terms.clause(no).is_some()), "{}", row.title);
        }
        for rest in view.clauses.iter().flat_map(|clause| &clause.rests).flat_map(|rest| &rest.rows) {
            assert!(html.contains(&format!("href=\"#{}\"", rest.anchor)), "{}", rest.anchor);
        }
    }
    let (view, html) = view(&terms, Lang::En);
    let fact = |key: &str, row: usize, label: &str| {
        let section = view.sections.iter().find(|section| section.key == key).unwrap();
        let found = section.rows[row].facts.iter().find(|fact| fact.label == label);
        found.map(|fact| (fact.value.as_str(), fact.unverified))
    };
    let cases = [
        (("parties", 2, "Recognised by all parties"), "not by all; signing with it recognises nobody"),
        (("parties", 0, "May speak for it"), "The envoy of Aronia, from 1 June 2025 to 1 July 2025"),
        (("legs", 2, "Only together with"), "Belmar to Aronia; Aronia to Belmar (remains)"),
        (("legs", 2, "Kept there by"), "Calder"),
        (("quantities", 3, "In a day"), "at most 5"),
        (("scales", 0, "Officer"), "7/2 (at most 3 of them)"),
        (("ratios", 0, "Against"), "Belmar to Aronia: each counts 3"),
        (("readings", 0, "The party reads"), "given for nothing"),
        (("categories", 0, "Who counts"), "18 or older and under 25 on the day of capture; women"),
        (
            ("phases", 0, "Prolonged"),
            "24 hours more for every 10 received beyond 50; at most 72 hours in all; Aronia to Belmar",
        ),
        (("conditions", 0, "How long"), "until all parties state that hostilities have ended"),
        (("disclosure", 0, "To families"), "in general terms only"),
    ];
    for ((key, row, label), expected) in cases {
        assert_eq!(fact(key, row, label).map(|(value, _)| value), Some(expected), "{key} {row} {label}");
    }
    assert_eq!(fact("scales", 0, "Soldier"), Some(("1", true)), "what was not read at its source is marked");
    assert!(html.contains("hw-unverified"));
}

#[test]
fn how_a_round_is_selected_for_both_sides_is_shown_in_three_languages() {
    let days = [(1, date!(2025 - 06 - 10)), (2, date!(2025 - 06 - 19))];
    let text = rehearsal::terms::istanbul_shaped(8, 30, &days)
        .replace("overrides_at_most = 2", "overrides_at_most = 1000\nkept_together = \"last\"")
        .replace("priority-first", "total-first")
        .replace("all_for_all = false", "all_for_all = false\nagainst = \"3:1\"")
        + "quotas = [{ category = \"long-held\", at_least = { aronia = 3 }, at_most = { belmar = 4 } }, \
           { category = \"under-25\", at_least = { belmar = 2 }, at_most = { belmar = 2 } }]\n";
    let terms = Terms::parse(&text).unwrap();
    let cases = [
        (
            Lang::En,
            "nobody",
            [
                "3 : 1 (Aronia : Belmar, persons whom each releases)",
                "the number comes before the order",
                "groups, with the class of the member who goes last",
                "24 hours after both have committed; then the other side can declare the round void",
                "at most 1,000 in each round, by two officers and with a ground",
                "Under 25 (Belmar: exactly 2); Longest held (Aronia: at least 3, Belmar: at most 4)",
            ],
        ),
        (
            Lang::Uk,
            "нікого",
            [
                "3 : 1 (Аронія : Бельмар, особи, яких звільняє кожна)",
                "кількість важить більше, ніж порядок",
                "групи, за класом того, хто йде останнім",
                "24 години після фіксації обох сторін; потім інша сторона може оголосити раунд недійсним",
                "щонайбільше 1\u{a0}000 у кожному раунді",
                "Молодші за 25 років (Бельмар: рівно 2); Найдовше в полоні (Аронія: щонайменше 3, Бельмар: щонайбільше 4)",
            ],
        ),
        (
            Lang::Ru,
            "никого",
            [
                "3 : 1 (Арония : Бельмар, лица, которых освобождает каждая)",
                "число важнее порядка",
                "группы, по классу того, кто идёт последним",
                "24 часа после фиксации обеих сторон; потом другая сторона может объявить раунд недействительным",
                "не более 1\u{a0}000 в каждом раунде",
                "Моложе 25 лет (Бельмар: ровно 2); Дольше всех в плену (Арония: не менее 3, Бельмар: не более 4)",
            ],
        ),
    ];
    for (lang, nobody, expected) in cases {
        let html = view(&terms, lang).1;
        looked_at(&format!("agreement-joint-{}.html", lang.code()), &html);
        for words in expected {
            assert!(html.contains(words), "{words}");
        }
        assert!(!html.contains(&format!(">{nobody}<")));
        let silent = text.replace("overrides_at_most = 1000\n", "");
        let html = view(&Terms::parse(&silent).unwrap(), lang).1;
        assert!(html.contains(nobody), "{nobody}");
    }
}

#[test]
fn the_agreements_of_history_are_shown_in_three_languages() {
    for (name, terms, _) in examples() {
        for lang in Lang::ALL {
            looked_at(&format!("agreement-{name}-{}.html", lang.code()), &view(&terms, lang).1);
        }
    }
}

const EVERY_PART: &str = r#"
id = "5e1d0c7a94b2463f8a60d3f1b7c29e84"
signed_on = 2025-06-02
title = "Three parties"
[[clauses]]
no = 1
text = "All legs."
[[clauses]]
no = 2
text = "All else."
[[parties]]
id = "aronia"
name = "Aronia"
[[parties]]
id = "belmar"
name = "Belmar"
[[parties]]
id = "dorland"
name = "Dorland"
status = "unclear"
[[agents]]
party = "aronia"
name = "The envoy of Aronia"
from = 2025-06-01
until = 2025-07-01
[[neutrals]]
id = "calder"
name = "Calder"
roles = ["host", "guarantor", "carrier", "custodian", "verifier"]
[[crossings]]
id = "ford"
name = "The ford"
[[legs]]
id = "to-belmar"
clause = 1
from = "aronia"
to = "belmar"
destination = "home"
crossing = "ford"
[[legs]]
id = "to-aronia"
clause = 1
from = "belmar"
to = "aronia"
destination = "home"
together = "all"
[[legs]]
id = "to-dorland"
clause = 1
from = "aronia"
to = "dorland"
destination = "neutral-custody"
custodian = "calder"
together = "all"
[[legs]]
id = "bodies"
clause = 1
from = "aronia"
to = "belmar"
object = "remains"
together = "all"
[[classes]]
id = "officer"
name = "Officer"
most = 3
[[classes]]
id = "soldier"
name = "Soldier"
[[scales]]
id = "ranks"
clause = 2
worths = [{ class = "officer", worth = "7/2" }, { class = "soldier", worth = 1, unverified = true }]
[[categories]]
id = "young-women"
clause = 2
name = "Young women"
when = { age_from = 18, age_below = 25, on = "capture", sex = "female" }
all_for_all = true
tested = "at-handover"
[[categories]]
id = "others"
clause = 2
name = "Others"
when = { medical = ["direct", "for-commission"], captured_from = 2022-02-24, captured_until = 2022-12-31, ranks = ["soldier"], status = ["prisoner-of-war", "contested"], not_units = ["first guard"], identified = true }
all_for_all = false
tested = "at-listing"
[[quantities]]
id = "all"
clause = 1
legs = ["to-belmar"]
categories = ["young-women"]
all = true
[[quantities]]
id = "range"
clause = 1
legs = ["to-aronia"]
at_least = 10
at_most = 20
[[quantities]]
id = "worth"
clause = 1
legs = ["to-belmar"]
unit = "value"
scale = "ranks"
exactly = 100
[[quantities]]
id = "bodies"
clause = 1
legs = ["bodies"]
unit = "containers"
at_most = 50
per_day = { at_most = 5 }
[[quantities]]
id = "third"
clause = 1
legs = ["to-dorland"]
exactly = 2
[[ratios]]
id = "three"
clause = 1
rounding = "nearest"
carry = "lapses"
[[ratios.sides]]
legs = ["to-belmar"]
scale = "ranks"
[[ratios.sides]]
legs = ["to-aronia"]
each = 3
[[readings]]
party = "belmar"
clause = 1
leg = "to-dorland"
account = "unilateral"
says = "A gift."
[[readings]]
party = "dorland"
clause = 2
scale = "ranks"
class = "officer"
worth = 4
says = "An officer is four soldiers."
[[readings]]
party = "aronia"
clause = 2
says = "It means something else."
[[readings]]
party = "aronia"
clause = 2
category = "others"
when = { any = true }
says = "Everyone."
[lists]
clause = 2
proposer = "both"
veto = "receiver"
vetoes_at_most = 4
notice_hours = 72
objection_hours = 1
order = ["sick-first", "women-first", "young-first", "old-first", "seniority", "longest-held"]
[replacement]
clause = 2
rule = "renamed"
[[gates]]
clause = 2
kind = "clearance"
occasions = 1
by = "calder"
shown = "in-acts"
[[phases]]
id = "first"
clause = 2
name = "First"
legs = ["to-belmar"]
opens_after_hours = 24
hours = 1008
extension = { hours = 24, per = 10, beyond = 50, legs = ["to-belmar"], hours_max = 72 }
suspension = "clock-stops"
completes = "by-act"
on_expiry = "stays-owed"
[[phases]]
id = "second"
clause = 2
name = "Second"
legs = ["to-aronia", "to-dorland", "bodies"]
after = ["first"]
opens_after_hours = 1
without_end = true
suspension = "clock-runs"
completes = "when-filled"
[[conditions]]
id = "stay"
clause = 2
kind = "neutral-stay"
bound = "belmar"
legs = ["to-belmar"]
until_event = "end-of-hostilities"
says = "They stay."
[notices]
clause = 2
answer_hours = 72
[disclosure]
clause = 2
[disclosure.fields]
round-number-of-persons = { public = "withheld", families = "aggregate", from = "families-told" }
category = "published"
capture-period = "aggregate"
conditions = "aggregate"
totals = "published"
[families]
clause = 2
call_hours = 24
[[annexes]]
no = 1
title = "A map"
"#;
