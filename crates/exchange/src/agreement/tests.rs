//! Cases of texts: one accepted, and the same text with one thing changed, refused with its place.

use std::collections::BTreeSet;

use super::*;
use crate::ledger::Voice;
use crate::moment::Moment;
use crate::rational::Rational;
use crate::selection::joint::CategoryRule;
use proptest::prelude::*;
use proptest::sample::Index;
use time::macros::date;

mod joint;
mod schema;

/// Rounds with places, chosen by a published order.
const EXAMPLE: &str = include_str!("../../../../examples/agreements/istanbul-shaped.toml");
/// Every other section, and every key.
const EVERY: &str = include_str!("tests/every-section.toml");

#[test]
fn the_example_of_the_book_reads() {
    let terms = Terms::parse(EXAMPLE).unwrap();
    let (aronia, belmar) = (Party::new("aronia").unwrap(), Party::new("belmar").unwrap());
    assert_eq!((terms.party_index(&aronia), terms.party_index(&belmar)), (Some(0), Some(1)));
    assert_eq!(terms.other(&aronia), Some(&belmar));
    assert_eq!(terms.name(&Party::new("calder").unwrap()).unwrap().in_language("uk"), "Кальдер");
    assert_eq!(terms.quantity(&belmar, &aronia).unwrap().amount, Amount::AtLeast(1000));
    assert_eq!(terms.signed_on, date!(2025 - 06 - 02));
    assert_eq!(terms.clause(6).unwrap().text.en.split('.').next(), Some(WILL));
    assert_eq!(terms.rounds.len(), 8);
    assert_eq!(terms.round(1).unwrap().categories.len(), 2);
    assert_eq!((terms.gates[0].occasions, terms.families.unwrap().call_hours), (2, 24));
    assert_eq!(terms.openness(Field::RoundNumberOfPersons), Openness::Withheld);
    assert_eq!(terms.openness(Field::Conditions), Openness::Aggregate);
}

const WILL: &str = "Every prisoner is asked his will twice: after listing and at the crossing";

#[test]
fn one_byte_changes_the_digest() {
    let changed = EXAMPLE.replacen("Mill Bridge", "Mill bridge", 1);
    let (one, two) = (Terms::parse(EXAMPLE).unwrap(), Terms::parse(&changed).unwrap());
    assert_ne!(one.digest(), two.digest());
    assert_eq!(one.digest(), Digest(Sha256::digest(EXAMPLE.as_bytes()).into()));
}

#[test]
fn the_class_follows_the_published_order() {
    use Group::{DirectRepatriation as D, NeutralCountry as N, NoGround as O};
    let ids = ["ill-wounded", "under-25", "long-held"].map(|id| CategoryId::new(id).unwrap());
    let group_only = EXAMPLE.replacen("\"medical-group\", \"category\",", "\"medical-group\",", 1);
    let category_first =
        EXAMPLE.replacen("\"medical-group\", \"category\"", "\"category\", \"medical-group\"", 1);
    let cases = [
        (EXAMPLE, [(D, 0, 1), (N, 0, 4), (O, 1, 11), (O, 2, 12)]),
        (&group_only, [(D, 0, 1), (N, 0, 2), (O, 1, 4), (O, 2, 4)]),
        (&category_first, [(D, 0, 1), (N, 0, 2), (O, 1, 8), (O, 2, 12)]),
    ];
    for (text, expected) in cases {
        let terms = Terms::parse(text).unwrap();
        for (group, category, class) in expected {
            assert_eq!(terms.class(group, &ids[category]), Some(class), "{group:?} {category}");
        }
        assert_eq!(terms.class(D, &CategoryId::new("nobody").unwrap()), None);
    }
}

/// What is replaced (the first time it stands there); by what; what the refusal says, nothing where the text is accepted.
/// What stands in the text, what stands there instead, and what the refusal says; nothing where the text is accepted.
type Case = (&'static str, &'static str, &'static str);

const CHANGED: &[Case] = &[
    ("objective = \"priority-first\"", "", "clause 5: left open: whether the published order or the total"),
    ("order = [", "order = [\"lot\", ", "clause 5: the order begins with medical-group, category or both"),
    (
        "\"category\", \"longest",
        "\"rank\", \"longest",
        "clause 5: order: \"rank\" is not requested, medical-group",
    ),
    ("\"longest-held\", \"lot\"", "\"lot\", \"longest-held\"", "clause 5: the order ends with"),
    ("\"medical-group\", \"category\", ", "", "clause 5: the order begins with"),
    ("\"medical-group\", \"category\", ", "\"requested\", ", "clause 5: the order begins with"),
    ("order = [", "order = [\"requested\", \"requested\", ", "clause 5: the order begins with"),
    (
        "\"medical-group\", \"category\", ",
        "\"category\", \"requested\", ",
        "each once; before them only requested",
    ),
    ("id = \"under-25\"\nclause = 3", "id = \"under-25\"", ": left open: a category without its clause"),
    (
        "id = \"under-25\"\nclause = 3",
        "id = \"under-25\"\nclause = 33",
        "clause 33: clause 33 is not in the text",
    ),
    (
        "id = \"under-25\"\nclause",
        "id = \"ill-wounded\"\nclause",
        "clause 3: category ill-wounded is there twice",
    ),
    (", on = \"signing\"", "", "clause 3: left open: the day on which the age counts"),
    ("age_below = 25", "age_below = 25, any = true", "clause 3: `when` has tests, or any = true"),
    ("age_below = 25", "age_below = 3", "clause 3: age_below: \"3\" is not 14 to 100 years"),
    ("[\"direct\", \"neutral\"]", "[]", "clause 2: left open: a medical category that names no group"),
    ("[\"direct\", \"neutral\"]", "[\"no-ground\"]", "clause 2: medical: \"no-ground\" is not direct"),
    ("when = { age_below = 25, on = \"signing\" }", "when = { any = true }", "clause 4: nobody can count"),
    ("all_for_all = true", "", "clause 2: left open: whether a category goes all for all"),
    ("tested = \"at-listing\"", "", "clause 2: left open: whether a category is tested at listing"),
    ("from = \"aronia\"", "from = \"dorland\"", "clause 1: party dorland is not in the text"),
    ("from = \"aronia\"", "from = \"calder\"", "clause 1: party calder is not in the text"),
    ("from = \"aronia\"", "from = \"belmar\"", "clause 1: a party cannot release to itself"),
    ("at_least = 1000", "at_least = 1065", "clause 1: all rounds have 1064 places a side, the floor is 1065"),
    ("at_least = 1000", "at_least = -1", "line "),
    ("id = \"calder\"", "id = \"belmar\"", ": party belmar is there twice"),
    ("id = \"calder\"", "id = \"Calder\"", ": id: \"Calder\" is not a label"),
    ("id = \"5e1d", "id = \"5E1D", "id: \"5E1D0c7a94b2463f8a60d3f1b7c29e84\" is not 32"),
    (
        "signed_on = 2025-06-02",
        "signed_on = 2025-06-02T10:00:00Z",
        "signed_on: \"2025-06-02T10:00:00Z\" is not",
    ),
    ("signed_on = 2025-06-02", "signed_on = 2025-07-02", ": a round is planned before"),
    ("no = 9\n", "no = 8\n", "clause 8: clause 8 is there twice"),
    ("Families learn first.", "", ""),
    ("uk = \"Млиновий міст\"", "uk = \" \"", ": crossing name: a text is blank or too long"),
    ("id = \"salt-road\"", "id = \"mill-bridge\"", ": crossing mill-bridge is there twice"),
    ("places = 133\n", "", ": left open: a round without places"),
    ("places = 133\n", "places = 0\n", ": left open: a round without places"),
    ("no = 2\nplanned", "no = 1\nplanned", ": round 1 is there twice"),
    ("no = 2\nplanned", "no = 3\nplanned", ": rounds are numbered from 1"),
    ("planned = 2025-06-16", "planned = 2025-06-08", ": a round is planned before the one before it"),
    ("categories = [\"ill-wounded\"", "categories = [\"well\"", ": category well is not in the text"),
    ("categories = [\"ill-wounded\"", "categories = [\"under-25\"", ": category under-25 is there twice"),
    ("categories = [\"ill-wounded\", \"under-25\"]", "categories = []", ": left open: a round that admits"),
    ("crossing = \"mill-bridge\"", "crossing = \"ford\"", ": crossing: \"ford\" is not the id of a crossing"),
    (
        "occasions = 2",
        "occasions = 1",
        "left open: rounds without a gate of the will on 2 occasions: after listing and at the crossing",
    ),
    ("rule = \"same-order\"", "", "clause 7: left open: how a vacated slot is filled"),
    ("totals = \"published\"", "", "clause 8: left open: disclosure does not rule on every field"),
    ("totals = \"published\"", "totals = \"maybe\"", "clause 8: totals: \"maybe\" is not withheld"),
    ("conditions = \"agg", "names = \"agg", "clause 8: fields: \"names\" is not a field of a bulletin"),
    ("call_hours = 24", "call_hours = 0", "clause 9: call_hours: \"0\" is not 1 to 168 hours"),
    ("[families]", "[family]", "unknown field `family`"),
    ("occasions = 2", "occasions = 2\nasked_by = \"camp\"", "unknown field `asked_by`"),
    ("occasions = 2", "occasions = ", "line "),
];

const CHANGED_EVERY: &[Case] = &[
    // The head, the clauses, the parties
    ("title = \"Protocol", "title = \" \" #", "title: a text is blank or too long"),
    (
        "title = \"Protocol of the Salt Road\"",
        "title = { uk = \"a\", en = \"a\" }",
        "a text, or a table of uk, ru and en",
    ),
    ("title = \"Protocol of the Salt Road\"", "title = { uk = \"a\", ru = \"a\", en = \"a\" }", ""),
    (
        "signed_on = 2031-03-10",
        "signed_on = 08:00:00",
        "signed_on: \"08:00:00\" is not a date without a time",
    ),
    ("signed_on = 2031-03-10", "", "missing field `signed_on`"),
    ("text = \"Notices are", "text = \"\" # \"", "clause 9: clause: a text is blank or too long"),
    ("no = 10\n", "no = 1\n", "clause 1: clause 1 is there twice"),
    (
        "id = \"aronia\"\n",
        "id = \"both\"\n",
        ": id: \"both\" is not a label of a-z, 0-9 and '-', other than both, holder",
    ),
    ("id = \"everly\"\n", "id = \"holder\"\n", ": id: \"holder\" is not a label"),
    ("id = \"everly\"\n", "id = \"aronia\"\n", ": party aronia is there twice"),
    ("name = \"Belmar\"", "name = \"\"", ": name: a text is blank or too long"),
    ("name = \"Calder\"", "name = \"\"", ": name: a text is blank or too long"),
    ("status = \"unclear\"", "status = \"rebel\"", ": status: \"rebel\" is not recognised or unclear"),
    (
        "\"guarantor\", ",
        "\"judge\", ",
        ": roles: \"judge\" is not host, guarantor, carrier, custodian or verifier",
    ),
    ("\"guarantor\", ", "\"host\", ", ": role host is there twice"),
    ("party = \"aronia\"\nname", "party = \"calder\"\nname", ": party calder is not in the text"),
    (
        "from = 2031-03-01",
        "from = 2031-03-01T08:00:00Z",
        ": from: \"2031-03-01T08:00:00Z\" is not a date without",
    ),
    ("until = 2032-03-01", "until = 2031-02-28", ": an agent's authority ends before it begins"),
    ("until = 2032-03-01", "until = 08:00:00", ": until: \"08:00:00\" is not a date without a time"),
    ("until = 2032-03-01", "", ""),
    ("name = \"The office of the commissioner\"", "name = \"\"", ": name: a text is blank or too long"),
    ("id = \"salt-road\"", "id = \"Salt Road\"", ": crossing id: \"Salt Road\" is not a label"),
    // Legs
    ("id = \"wounded\"\nclause = 3\nfrom", "id = \"wounded\"\nfrom", ": left open: a leg without its clause"),
    (
        "id = \"wounded\"\nclause = 3\nfrom",
        "id = \"wounded\"\nclause = 30\nfrom",
        "clause 30: clause 30 is not in the text",
    ),
    ("id = \"to-aronia\"", "id = \"to-belmar\"", "clause 1: leg to-belmar is there twice"),
    ("id = \"to-aronia\"", "id = \"To Aronia\"", "clause 1: leg: \"To Aronia\" is not a label"),
    (
        "object = \"persons\"",
        "object = \"cattle\"",
        "clause 1: object: \"cattle\" is not persons, remains or effects",
    ),
    (
        "account = \"exchange\"\ndestination",
        "account = \"sale\"\ndestination",
        "clause 1: account: \"sale\" is not exchange, by-law or",
    ),
    (
        "account = \"exchange\"\ndestination",
        "account = \"remains-and-effects\"\ndestination",
        "account: \"remains-and-effects\" is not",
    ),
    (
        "account = \"remains-and-effects\"",
        "account = \"exchange\"",
        "clause 4: account: \"exchange\" is not remains-and-effects, or nothing",
    ),
    ("destination = \"home\"\ncrossing", "crossing", "clause 1: left open: where the people of a leg end"),
    (
        "destination = \"home\"\ncrossing",
        "destination = \"away\"\ncrossing",
        "clause 1: destination: \"away\" is not home, neutral-hospital",
    ),
    (
        "custodian = \"calder\"\ntogether",
        "together",
        "clause 3: left open: which neutral keeps the people of a leg",
    ),
    (
        "custodian = \"calder\"\ntogether",
        "custodian = \"belmar\"\ntogether",
        "clause 3: neutral belmar is not in the text",
    ),
    (
        "custodian = \"calder\"\ntogether",
        "custodian = \"everly\"\ntogether",
        "clause 3: the custodian of a leg is a neutral with the role",
    ),
    ("crossing = \"salt-road\"", "crossing = \"ford\"", "clause 1: crossing ford is not in the text"),
    (
        "counts_on = \"receipt\"",
        "counts_on = \"arrival\"",
        "clause 1: counts_on: \"arrival\" is not receipt, or declaration",
    ),
    (
        "object = \"remains\"",
        "object = \"remains\"\ncounts_on = \"declaration\"",
        "clause 4: counts_on: \"declaration\" is not receipt, or",
    ),
    ("together = \"first-day\"", "together = \"First\"", "clause 1: together: \"First\" is not a label"),
    (
        "together = \"first-day\"",
        "together = \"second-day\"",
        "clause 1: a leg that completes together with no other",
    ),
    (
        "counts_on = \"receipt\"",
        "counts_on = \"declaration\"",
        "clause 1: a leg counts on declaration, or completes with",
    ),
    ("[[legs]]", "[[feet]]", "unknown field `feet`"),
    ("object = \"remains\"", "object = \"remains\"\nunit = \"boxes\"", "unknown field `unit`"),
    // Classes and scales
    ("id = \"officer\"", "id = \"general\"", ": class general is there twice"),
    ("name = \"An officer\"", "name = \"\"", ": class name: a text is blank or too long"),
    ("most = 2", "most = 0", ": most: 0 is not 1 to 100000000"),
    (
        "{ class = \"rank\", worth = 1 }",
        "{ class = \"king\", worth = 1 }",
        "clause 2: class king is not in the text",
    ),
    (
        "{ class = \"rank\", worth = 1 }",
        "{ class = \"general\", worth = 1 }",
        "clause 2: worth of general is there twice",
    ),
    ("worth = 40", "worth = 0", "clause 2: worth: \"0\" is not a whole number or a fraction, more than 0"),
    ("worth = 40", "worth = \"4O\"", "clause 2: worth: \"4O\" is not a whole number or a fraction"),
    ("worth = 40", "worth = \"40/0\"", "clause 2: worth: \"40/0\" is not a whole number or a fraction"),
    ("worth = 40", "worth = \"-40\"", "clause 2: worth: \"-40\" is not a whole number or a fraction"),
    ("worth = 40", "worth = 1000001", "clause 2: worth: \"1000001\" is not a whole number or a fraction"),
    ("worth = 40", "worth = 0.5", "a whole number, or a fraction such as"),
    // Categories
    ("name = \"The wounded\"", "name = \"\"", "clause 3: category name: a text is blank or too long"),
    (
        "id = \"wounded\"\nclause = 3\nname",
        "id = \"The Wounded\"\nclause = 3\nname",
        "clause 3: category id: \"The Wounded\" is not a label",
    ),
    (
        "tested = \"at-handover\"",
        "tested = \"daily\"",
        "clause 3: tested: \"daily\" is not at-listing or at-handover",
    ),
    ("age_from = 16, age_below = 30, ", "", "clause 1: `on` is the day of an age, and there is none"),
    (
        "on = \"capture\"",
        "on = \"birth\"",
        "clause 1: on: \"birth\" is not capture, signing, listing or handover",
    ),
    ("age_from = 16", "age_from = 30", "clause 1: age_from is not less than age_below"),
    ("age_from = 16", "age_from = 13", "clause 1: age_from: \"13\" is not 14 to 100 years"),
    ("age_below = 30", "age_below = 101", "clause 1: age_below: \"101\" is not 14 to 100 years"),
    ("sex = \"female\"", "sex = \"f\"", "clause 1: sex: \"f\" is not male or female"),
    (
        "captured_until = 2031-02-28",
        "captured_until = 2030-10-31",
        "clause 1: captured_until lies before captured_from",
    ),
    (
        "captured_from = 2030-11-01",
        "captured_from = 2030-11-01T00:00:00Z",
        "captured_from: \"2030-11-01T00:00:00Z\" is not",
    ),
    ("ranks = [\"private\"]", "ranks = []", "clause 1: ranks: \"0 entries\" is not 1 to 64 entries"),
    ("ranks = [\"private\"]", "ranks = [\"\"]", "clause 1: ranks: \"\" is not a text of 1 to 400 bytes"),
    (
        "not_units = [\"The Red Guard\"]",
        "not_units = [\" \"]",
        "clause 1: not_units: \" \" is not a text of 1 to 400",
    ),
    (
        "\"retained\"]",
        "\"hostage\"]",
        "clause 1: status: \"hostage\" is not prisoner-of-war, civilian, retained",
    ),
    (
        "status = [\"prisoner-of-war\", \"retained\"]",
        "status = []",
        "clause 1: left open: a test of status that names none",
    ),
    ("identified = true", "identified = false", "clause 1: identified is true, or is not there"),
    (
        "when = { any = true }\nall",
        "when = { }\nall",
        "clause 1: left open: who counts in a category: any = true",
    ),
    (
        "when = { any = true }\nall",
        "when = { any = false }\nall",
        "clause 1: left open: who counts in a category",
    ),
    (
        "medical = [\"direct\", ",
        "medical = [\"direct\", \"direct\", ",
        "clause 3: medical: \"direct\" is not direct, neutral or",
    ),
    // Quantities
    ("id = \"back\"", "id = \"floor\"", "clause 1: quantity floor is there twice"),
    (
        "id = \"floor\"\nclause = 1\nlegs = [\"to-belmar\"]",
        "id = \"floor\"\nclause = 1\nlegs = []",
        "clause 1: left open: a quantity that counts no leg",
    ),
    (
        "id = \"floor\"\nclause = 1\nlegs = [\"to-belmar\"]",
        "id = \"floor\"\nclause = 1\nlegs = [\"to-calder\"]",
        "clause 1: leg to-calder is not in the text",
    ),
    (
        "id = \"floor\"\nclause = 1\nlegs = [\"to-belmar\"]",
        "id = \"floor\"\nclause = 1\nlegs = [\"to-belmar\", \"to-belmar\"]",
        "clause 1: leg to-belmar is there twice",
    ),
    (
        "id = \"floor\"\nclause = 1\nlegs = [\"to-belmar\"]",
        "id = \"floor\"\nclause = 1\nlegs = [\"to-belmar\", \"fallen\"]",
        "clause 1: a quantity counts legs of one object",
    ),
    (
        "at_least = 300\n",
        "",
        "clause 1: left open: how many: exactly, at_least, at_most, both of these, or all = true",
    ),
    ("at_least = 300\n", "all = false\n", "clause 1: left open: how many: exactly"),
    (
        "at_least = 300\n",
        "at_least = 300\nexactly = 300\n",
        "clause 1: an amount is exactly, or at_least and at_most, or",
    ),
    (
        "at_least = 300\n",
        "at_least = 300\nknown = 500\n",
        "clause 1: an amount is exactly, or at_least and at_most, or",
    ),
    ("at_least = 300\n", "at_least = 100000001\n", "clause 1: an amount: 100000001 is not 0 to 100000000"),
    (
        "at_least = 100\nat_most = 400",
        "at_least = 401\nat_most = 400",
        "clause 2: at_least is more than at_most",
    ),
    (
        "per_day = { at_least = 5, at_most = 60 }",
        "per_day = { }",
        "clause 1: left open: the least or the most of a day",
    ),
    (
        "per_day = { at_least = 5, at_most = 60 }",
        "per_day = { at_least = 61, at_most = 60 }",
        "clause 1: the least of a day is more than",
    ),
    (
        "per_day = { at_least = 5, at_most = 60 }",
        "per_day = { at_least = 0 }",
        "clause 1: the least of a day: 0 is not 1 to",
    ),
    (
        "per_day = { at_least = 5, at_most = 60 }",
        "per_day = { at_most = 0 }",
        "clause 1: the most of a day: 0 is not 1 to",
    ),
    (
        "categories = [\"prisoners\", \"others\"]",
        "categories = [\"guards\"]",
        "clause 1: category guards is not in the text",
    ),
    ("classes = [\"officer\", \"rank\"]", "classes = [\"king\"]", "clause 1: class king is not in the text"),
    (
        "unit = \"heads\"",
        "unit = \"kilograms\"",
        "clause 1: unit: \"kilograms\" is not heads or value (persons)",
    ),
    (
        "unit = \"heads\"",
        "unit = \"containers\"",
        "clause 1: unit: \"containers\" is not heads or value (persons)",
    ),
    ("unit = \"heads\"", "unit = \"heads\"\nscale = \"ranks\"", "clause 1: a scale without unit = \"value\""),
    (
        "unit = \"containers\"\n",
        "",
        "clause 4: left open: whether remains are counted in containers or in persons",
    ),
    ("unit = \"value\"\nscale = \"ranks\"", "unit = \"value\"", "clause 2: left open: the scale of a value"),
    (
        "unit = \"value\"\nscale = \"ranks\"",
        "unit = \"value\"\nscale = \"heads\"",
        "clause 2: scale heads is not in the text",
    ),
    (
        "[[quantities]]\nid = \"ten\"\nclause = 5\nlegs = [\"to-dorland\"]",
        "[[quantities]]\nid = \"ten\"\nclause = 5\nlegs = [\"to-belmar\"]",
        "clause 5: left open: how many go along a leg: no quantity and no ratio",
    ),
    (
        "at_least = 300\n",
        "at_least = 300\nnot_published = true\n",
        "clause 1: not_published is true and alone, or is not there",
    ),
    ("at_least = 300\n", "not_published = false\n", "clause 1: not_published is true and alone"),
    ("at_least = 300\n", "not_published = true\n", ""),
    ("[notices]", "[[stand_ins]]\nclause = 9\nsays = \"\"\n[notices]", "clause 9: stand-in: a text is blank"),
    ("[notices]", "[[stand_ins]]\nclause = 9\nsays = \"X\"\n[notices]", ""),
    // Ratios
    ("id = \"heads\"", "id = \"rank-for-rank\"", "clause 1: ratio rank-for-rank is there twice"),
    (
        "each = 2 }, { legs = [\"to-aronia\"], each = \"5/1\" }",
        "each = 2 }",
        "clause 1: a ratio has two sides",
    ),
    (
        "each = 2 }, { legs = [\"to-aronia\"]",
        "each = 2 }, { legs = [\"to-belmar\"]",
        "clause 1: a leg stands on both sides of a ratio",
    ),
    (
        "{ legs = [\"to-belmar\"], each = 2 }",
        "{ legs = [], each = 2 }",
        "clause 1: left open: a side of a ratio without a leg",
    ),
    (
        "{ legs = [\"to-belmar\"], each = 2 }",
        "{ legs = [\"to-belmar\"] }",
        "clause 1: left open: what a head of one side of a ratio is worth",
    ),
    (
        "{ legs = [\"to-belmar\"], each = 2 }",
        "{ legs = [\"to-belmar\"], each = 2, scale = \"ranks\" }",
        "clause 1: a side of a ratio has each or scale, not both",
    ),
    (
        "{ legs = [\"to-belmar\"], each = 2 }",
        "{ legs = [\"to-belmar\"], each = \"two\" }",
        "clause 1: worth: \"two\" is not a whole number",
    ),
    (
        "{ legs = [\"to-belmar\"], scale = \"ranks\" }",
        "{ legs = [\"to-belmar\"], scale = \"r\" }",
        "clause 2: scale r is not in the text",
    ),
    ("equal_first = true\n", "", "clause 2: left open: whether equal goes against equal first"),
    (
        "rounding = \"nearest\"",
        "equal_first = true\nrounding = \"nearest\"",
        "clause 1: equal_first needs a scale on both sides",
    ),
    ("rounding = \"nearest\"\n", "", "clause 1: left open: what becomes of a fraction of a head"),
    (
        "rounding = \"nearest\"",
        "rounding = \"away\"",
        "clause 1: rounding: \"away\" is not down, up or nearest",
    ),
    ("carry = \"lapses\"\n", "", "clause 1: left open: what becomes of a difference"),
    ("carry = \"lapses\"", "carry = \"kept\"", "clause 1: carry: \"kept\" is not carried or lapses"),
    // Readings
    (
        "party = \"belmar\"\nclause = 1",
        "party = \"calder\"\nclause = 1",
        "clause 1: party calder is not in the text",
    ),
    (
        "party = \"belmar\"\nclause = 1",
        "party = \"belmar\"\nclause = 11",
        "clause 11: clause 11 is not in the text",
    ),
    ("quantity = \"floor\"", "quantity = \"roof\"", "clause 1: quantity roof is not in the text"),
    ("quantity = \"floor\"\n", "", "clause 1: a reading of an amount names the quantity"),
    ("at_least = 350\n", "", "clause 1: left open: how many: exactly, at_least"),
    (
        "at_least = 350\n",
        "at_least = 350\naccount = \"exchange\"\n",
        "clause 1: a reading of an account names a leg or a category, and",
    ),
    (
        "quantity = \"floor\"",
        "quantity = \"floor\"\nleg = \"fallen\"",
        "clause 1: a reading is about one of quantity, leg, category or scale",
    ),
    (
        "leg = \"wounded\"\naccount = \"exchange\"\n",
        "leg = \"wounded\"\n",
        "clause 3: left open: the account that a party reads",
    ),
    (
        "leg = \"wounded\"\naccount = \"exchange\"",
        "leg = \"wounded\"\naccount = \"theirs\"",
        "clause 3: account: \"theirs\" is not exchange, by-law or",
    ),
    (
        "leg = \"wounded\"\naccount = \"exchange\"",
        "leg = \"nobody\"\naccount = \"exchange\"",
        "clause 3: leg nobody is not in the text",
    ),
    (
        "leg = \"wounded\"\naccount = \"exchange\"",
        "leg = \"wounded\"\naccount = \"exchange\"\nworth = 2",
        "clause 3: a reading of a worth names the scale",
    ),
    (
        "account = \"unilateral\"\n",
        "account = \"unilateral\"\nwhen = { any = true }\n",
        "clause 1: a reading of an account names a leg or a category, and no `when`",
    ),
    (
        "category = \"others\"\naccount",
        "category = \"guards\"\naccount",
        "clause 1: category guards is not in the text",
    ),
    (
        "class = \"officer\"\nworth = 3\n",
        "",
        "clause 2: left open: the class and the worth that a party reads in a scale",
    ),
    (
        "class = \"officer\"\nworth = 3",
        "class = \"king\"\nworth = 3",
        "clause 2: class king is not in the text",
    ),
    (
        "class = \"officer\"\nworth = 3",
        "class = \"officer\"\nworth = 0",
        "clause 2: worth: \"0\" is not a whole number",
    ),
    ("category = \"prisoners\"\nwhen", "when", "clause 1: a reading of `when` names the category"),
    (
        "party = \"dorland\"\nclause = 1\ncategory = \"prisoners\"",
        "party = \"dorland\"\nclause = 1\ncategory = \"\"",
        "clause 1: category  is not in the text",
    ),
    ("says = \"Hours are", "says = \"\" # \"", "clause 9: reading: a text is blank or too long"),
    // Lists
    ("proposer = \"receiver\"\n", "", "clause 10: left open: who names the persons"),
    (
        "proposer = \"receiver\"",
        "proposer = \"fate\"",
        "clause 10: proposer: \"fate\" is not holder, receiver, both or neutral",
    ),
    ("veto = \"holder\"\n", "", "clause 10: left open: who has the vetoes"),
    (
        "veto = \"holder\"",
        "veto = \"fate\"",
        "clause 10: veto: \"fate\" is not holder, receiver, both or neutral",
    ),
    ("vetoes_at_most = 20", "vetoes_at_most = 0", "clause 10: vetoes_at_most: 0 is not 1 to 100000000"),
    ("notice_hours = 24", "notice_hours = 0", "clause 10: notice_hours: 0 is not 1 to 8760"),
    ("objection_hours = 48", "objection_hours = 8761", "clause 10: objection_hours: 8761 is not 1 to 8760"),
    (
        "\"sick-first\", ",
        "\"rich-first\", ",
        "clause 10: order: \"rich-first\" is not sick-first, women-first",
    ),
    ("\"sick-first\", ", "\"sick-first\", \"sick-first\", ", "clause 10: order sick-first is there twice"),
    ("[lists]\nclause = 10", "[lists]\nclause = 11", "clause 11: clause 11 is not in the text"),
    // Gates and replacement
    (
        "kind = \"will\"",
        "kind = \"oath\"",
        "clause 6: kind: \"oath\" is not will, clearance, fitness, verification or security",
    ),
    ("kind = \"fitness\"", "kind = \"will\"", "clause 6: gate will is there twice"),
    ("by = \"holder\"\n", "", "clause 6: left open: who says that a gate is passed"),
    (
        "by = \"calder\"\n",
        "by = \"aronia\"\n",
        "clause 6: holder, receiver or neutral aronia is not in the text",
    ),
    (
        "shown = \"in-acts\"",
        "shown = \"on-paper\"",
        "clause 6: shown: \"on-paper\" is not in-record or in-acts",
    ),
    ("occasions = 2", "occasions = 0", "clause 6: occasions: 0 is not 1 to 9"),
    ("occasions = 2", "occasions = 10", "clause 6: occasions: 10 is not 1 to 9"),
    ("occasions = 2\n", "", ""),
    (
        "rule = \"renamed\"",
        "rule = \"by-lot\"",
        "clause 10: rule: \"by-lot\" is not same-order, renamed or later",
    ),
    ("rule = \"renamed\"\n", "", "clause 10: left open: how a vacated slot is filled"),
    // Phases
    ("id = \"second\"", "id = \"first\"", "clause 7: phase first is there twice"),
    ("name = \"First stage\"", "name = \"\"", "clause 7: phase name: a text is blank or too long"),
    ("legs = [\"to-belmar\", \"to-aronia\"]\n", "", "clause 7: left open: a phase in which no leg runs"),
    ("after = [\"first\"]", "after = [\"third\"]", "clause 7: earlier phase third is not in the text"),
    ("after = [\"first\"]", "after = [\"first\", \"first\"]", "clause 7: earlier phase first is there twice"),
    ("opens = 2031-03-12T06:00:00+02:00", "opens = 2031-03-09", "clause 7: a phase opens before signing"),
    (
        "opens = 2031-03-12T06:00:00+02:00",
        "opens = 2031-03-12T06:00:00",
        "clause 7: opens: \"2031-03-12T06:00:00\" is not a date, or a date and a time with its offset",
    ),
    ("opens = 2031-03-12T06:00:00+02:00\n", "", "clause 7: left open: when a phase opens"),
    (
        "opens = 2031-03-12T06:00:00+02:00",
        "opens = 2031-03-12\nopens_by_act = true",
        "clause 7: a phase has one of opens, opens_after_hours",
    ),
    (
        "opens_after_hours = 48",
        "opens_after_hours = 876601",
        "clause 7: opens_after_hours: 876601 is not 0 to 876600",
    ),
    (
        "after = [\"first\"]\nopens_after_hours = 48",
        "opens_after_hours = 7200",
        "clause 7: a phase closes before it opens, or before signing",
    ),
    (
        "closes = 2031-12-31",
        "closes = 2031-03-09",
        "clause 7: a phase closes before it opens, or before signing",
    ),
    ("hours = 1008", "closes = 2031-03-11", "clause 7: a phase closes before it opens, or before signing"),
    ("hours = 1008", "hours = 0", "clause 7: hours: 0 is not 1 to 876600"),
    (
        "hours = 1008\n",
        "",
        "clause 7: left open: how long a phase lasts: closes, hours or without_end = true",
    ),
    (
        "hours = 1008",
        "hours = 1008\nwithout_end = true",
        "clause 7: a phase has one of closes, hours and without_end",
    ),
    ("hours = 1008", "without_end = true", "clause 7: a phase without an end cannot be prolonged"),
    (
        "legs = [\"to-belmar\"], hours_max = 480",
        "legs = [], hours_max = 480",
        "clause 7: left open: which legs prolong a phase",
    ),
    ("{ hours = 24, per = 10", "{ hours = 0, per = 10", "clause 7: hours: 0 is not 1 to 876600"),
    ("per = 10", "per = 0", "clause 7: per: 0 is not 1 to 1000000"),
    ("hours_max = 480", "hours_max = 0", "clause 7: hours_max: 0 is not 1 to 876600"),
    (
        "suspension = \"clock-stops\"\n",
        "",
        "clause 7: left open: whether a phase's clock stops while it is suspended",
    ),
    (
        "suspension = \"clock-stops\"",
        "suspension = \"none\"",
        "clause 7: suspension: \"none\" is not clock-stops or clock-runs",
    ),
    ("completes = \"when-filled\"\n", "", "clause 7: left open: when a phase is complete"),
    (
        "completes = \"when-filled\"",
        "completes = \"soon\"",
        "clause 7: completes: \"soon\" is not by-act or when-filled",
    ),
    (
        "without_end = true\nsuspension = \"clock-runs\"\ncompletes = \"by-act\"",
        "without_end = true\nsuspension = \"clock-runs\"\ncompletes = \"when-filled\"",
        "",
    ),
    (
        "legs = [\"fallen\", \"effects\"]\nopens_by_act = true\nwithout_end = true\nsuspension = \"clock-runs\"\ncompletes = \"by-act\"",
        "legs = [\"effects\"]\nopens_by_act = true\nwithout_end = true\nsuspension = \"clock-runs\"\ncompletes = \"when-filled\"",
        "clause 4: no quantity with a least amount of heads or things counts only the legs of the phase",
    ),
    (
        "legs = [\"to-belmar\", \"wounded\"]\nunit = \"value\"",
        "legs = [\"to-belmar\"]\nunit = \"value\"",
        "clause 7: when-filled counts no value and no identified persons, of which the phase alone owes some",
    ),
    (
        "on_expiry = \"stays-owed\"\n",
        "",
        "clause 7: left open: what becomes of what is owed when a phase's window",
    ),
    (
        "on_expiry = \"stays-owed\"",
        "on_expiry = \"burns\"",
        "clause 7: on_expiry: \"burns\" is not lapses or stays-owed",
    ),
    // Conditions and notices
    ("id = \"stay\"", "id = \"not-again\"", "clause 5: condition not-again is there twice"),
    (
        "kind = \"neutral-stay\"",
        "kind = \"exile\"",
        "clause 5: kind: \"exile\" is not no-active-service, neutral-stay",
    ),
    ("bound = \"belmar\"", "bound = \"nobody\"", "clause 8: neutral nobody is not in the text"),
    (
        "categories = [\"prisoners\"]\nuntil",
        "categories = [\"guards\"]\nuntil",
        "clause 8: category guards is not in the text",
    ),
    ("legs = [\"to-dorland\"]\ndays", "legs = [\"by-air\"]\ndays", "clause 5: leg by-air is not in the text"),
    ("until_event = \"end-of-hostilities\"\n", "", "clause 8: left open: until when a condition holds"),
    (
        "until_event = \"end-of-hostilities\"",
        "until_event = \"peace\"",
        "clause 8: until_event: \"peace\" is not end-of-hostilities, lifted or never",
    ),
    ("until_event = \"end-of-hostilities\"", "until_event = \"never\"", ""),
    (
        "days_after_receipt = 90",
        "days_after_receipt = 90\nuntil = 2032-01-01",
        "clause 5: a condition has one of until, days_after_receipt",
    ),
    (
        "days_after_receipt = 90",
        "days_after_receipt = 0",
        "clause 5: days_after_receipt: 0 is not 1 to 36525",
    ),
    ("until = 2031-12-31", "until = 2031-03-09", "clause 8: a condition ends before signing"),
    (
        "until = 2031-12-31",
        "until = 08:00:00",
        "clause 8: until: \"08:00:00\" is not a date, or a date and a time",
    ),
    ("says = \"No ceremony.\"", "says = \"\"", "clause 8: condition: a text is blank or too long"),
    ("answer_hours = 72\n", "", "clause 9: left open: how long a notice waits for its reply"),
    ("answer_hours = 72", "answer_hours = 0", "clause 9: answer_hours: 0 is not 1 to 8760"),
    // What may be told
    (
        "category = { public = \"published\", from = \"at-once\" }",
        "category = { from = \"at-once\" }",
        "clause 9: left open: a field of a bulletin that names no audience",
    ),
    (
        "category = { public = \"published\", from = \"at-once\" }",
        "category = { public = \"published\" }",
        "clause 9: left open: from when a field is open",
    ),
    (
        "category = { public = \"published\", from = \"at-once\" }",
        "category = { public = \"loudly\", from = \"at-once\" }",
        "clause 9: fields: \"loudly\" is not withheld, aggregate or published",
    ),
    (
        "category = { public = \"published\", from = \"at-once\" }",
        "category = { press = \"published\", from = \"at-once\" }",
        "withheld, aggregate or published, or a table of public, families, neutral",
    ),
    (
        "from = \"at-once\"",
        "from = \"soon\"",
        "clause 9: from: \"soon\" is not at-once, families-told, completion or a date",
    ),
    (
        "from = \"2031-06-01\"",
        "from = \"08:00:00\"",
        "clause 9: from: \"08:00:00\" is not a date, or a date and a time",
    ),
    ("[families]\nclause = 9\ncall_hours = 24", "", ""),
    ("call_hours = 24", "call_hours = 169", "clause 9: call_hours: \"169\" is not 1 to 168 hours"),
    ("no = 1\ntitle", "no = 1\ntitle = \"One\"\n[[annexes]]\nno = 1\ntitle", ": annex 1 is there twice"),
    ("title = \"The list of crossings\"", "title = \"\"", ": annex title: a text is blank or too long"),
    (
        "digest = \"0123",
        "digest = \"123",
        ": digest: \"123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\" is not 64",
    ),
];

/// A text, everything that is changed in it, and what the refusal says.
type LongCase = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// What only shows when more than a word is changed.
const CHANGED_MORE: &[LongCase] = &[
    (
        EVERY,
        &[
            ("[lists]\nclause = 10", ""),
            ("proposer = ", "#"),
            ("veto = ", "#"),
            ("vetoes_at_most = ", "#"),
            ("notice_hours = ", "#"),
            ("objection_hours = ", "#"),
            ("order = [\"s", "#"),
        ],
        "clause 1: left open: who names the persons: [lists] or [selection]",
    ),
    (
        EVERY,
        &[(
            "worths = [\n  { class = \"general\", worth = 40 },\n  { class = \"officer\", worth = \"7/2\", unverified = true },\n  { class = \"rank\", worth = 1 },\n]",
            "worths = []",
        )],
        "clause 2: left open: a scale that values no class",
    ),
    (
        EXAMPLE,
        &[
            (
                "[[neutrals]]\nid = \"calder\"\nname = { uk = \"Кальдер\", ru = \"Кальдер\", en = \"Calder\" }\n",
                "",
            ),
            ("[replacement]", "[lists]\nclause = 1\nproposer = \"neutral\"\n[replacement]"),
        ],
        "clause 1: a neutral names or strikes persons, and there is none",
    ),
    (
        EXAMPLE,
        &[("{ age_below = 25, on = \"signing\" }", "{ identified = true }")],
        "clause 3: a roll cannot be chosen by status",
    ),
    (
        EXAMPLE,
        &[("order = [\"medical-group\", \"category\", \"longest-held\", \"lot\"]\n", "")],
        "clause 5: left open: no published order",
    ),
    (
        EXAMPLE,
        &[(
            "[selection]\nclause = 5\norder = [\"medical-group\", \"category\", \"longest-held\", \"lot\"]\nobjective = \"priority-first\"\nreveal_hours = 24\noverrides_at_most = 2\n",
            "[lists]\nclause = 1\nproposer = \"holder\"\n",
        )],
        "left open: rounds without [selection]: who goes first",
    ),
    (
        EXAMPLE,
        &[("[replacement]\nclause = 7\nrule = \"same-order\"\n", "")],
        "left open: rounds without [replacement]",
    ),
    (
        EXAMPLE,
        &[("kind = \"will\"", "kind = \"fitness\"")],
        "left open: rounds without a gate of the will on 2 occasions",
    ),
    (EXAMPLE, &[("[families]\nclause = 9\ncall_hours = 24\n", "")], "left open: rounds without [families]"),
    (
        EXAMPLE,
        &[("[[legs]]", "[[parties]]\nid = \"dorland\"\nname = \"Dorland\"\n[[legs]]")],
        "rounds with places are between two parties",
    ),
    (
        EXAMPLE,
        &[(
            "[[parties]]\nid = \"belmar\"\nname = { uk = \"Бельмар\", ru = \"Бельмар\", en = \"Belmar\" }\n",
            "",
        )],
        "an agreement has at least two parties",
    ),
    (
        EXAMPLE,
        &[(
            "[[categories]]\nid = \"long-held\"",
            "[[categories]]\nid = \"women\"\nclause = 4\nname = \"Women\"\nwhen = { sex = \"female\" }\nall_for_all = false\ntested = \"at-listing\"\n\n[[categories]]\nid = \"long-held\"",
        )],
        "clause 4: left open: a category that no round admits",
    ),
    (NO_LEG, &[("legs", "legs")], "left open: no leg says who releases to whom"),
];

/// No leg.
const NO_LEG: &str = "id = \"00000000000000000000000000000000\"\nsigned_on = 2031-01-01\ntitle = \"T\"\nlegs = []\n\
    [[clauses]]\nno = 1\ntext = \"One.\"\n[[parties]]\nid = \"a\"\nname = \"A\"\n[[parties]]\nid = \"b\"\nname = \"B\"\n";

/// Every case with its text as changed and what is expected of it.
fn all_cases() -> Vec<(String, String, &'static str)> {
    let of = |text: &'static str, cases: &'static [Case]| {
        cases.iter().map(move |(old, new, expected)| {
            assert!(text.contains(old), "{old}");
            (format!("{old} -> {new}"), text.replacen(old, new, 1), *expected)
        })
    };
    let more = CHANGED_MORE.iter().chain(joint::THREE).map(|(text, changes, expected)| {
        let changed = changes.iter().fold((*text).to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        });
        (format!("{changes:?}"), changed, *expected)
    });
    let joint = joint::CHANGED.iter().map(|(old, new, _, expected)| {
        (format!("{old} -> {new}"), joint::JOINT.replacen(old, new, 1), *expected)
    });
    of(EXAMPLE, CHANGED).chain(of(EVERY, CHANGED_EVERY)).chain(more).chain(joint).collect()
}

#[test]
fn a_text_that_leaves_something_open_is_refused_by_line_and_clause() {
    let wrong: Vec<String> = all_cases()
        .into_iter()
        .filter_map(|(name, text, expected)| match Terms::parse(&text) {
            Ok(_) => (!expected.is_empty()).then(|| format!("{name}: accepted")),
            Err(error) => {
                let shown = error.to_string();
                (expected.is_empty() || !shown.contains(expected)).then(|| format!("{name}: {shown}"))
            }
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_refusal_of_the_reader_has_its_case() {
    let sources = [
        include_str!("read/mod.rs"),
        include_str!("read/amounts.rs"),
        include_str!("read/course.rs"),
        include_str!("read/legs.rs"),
        include_str!("read/openness.rs"),
        include_str!("read/people.rs"),
        include_str!("read/whole.rs"),
    ];
    let shown: Vec<String> =
        all_cases().iter().filter_map(|(_, text, _)| Some(Terms::parse(text).err()?.to_string())).collect();
    let (mut without, mut found) = (Vec::new(), 0);
    for call in [".open(", ".contradiction(", "first(", ".within("] {
        for rest in sources.iter().flat_map(|source| source.split(call).skip(1)) {
            let Some(literal) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split("\",").next())
            else {
                continue;
            };
            let literal = literal.split("\")").next().unwrap_or_default().trim_end();
            let literal = literal.replace("\\\"", "\"").trim_end_matches(['\\', '"']).to_owned();
            found += 1;
            if !shown.iter().any(|shown| shown.contains(&literal)) {
                without.push(literal);
            }
        }
    }
    assert!(found > 60, "{found} refusals found in the sources");
    assert!(without.is_empty(), "no case for:\n{}", without.join("\n"));
}

#[test]
fn the_line_of_a_refusal_is_the_line_of_the_text() {
    let changed = EXAMPLE.replacen("objective = \"priority-first\"\n", "", 1);
    let line = changed.lines().position(|line| line == "[selection]").unwrap() + 2;
    assert_eq!(Terms::parse(&changed).unwrap_err().line, Some(line));
    let changed = EXAMPLE.replacen("occasions = 2", "occasions = 2 2", 1);
    let line = changed.lines().position(|line| line == "occasions = 2 2").unwrap() + 1;
    assert_eq!(Terms::parse(&changed).unwrap_err().line, Some(line));
}

#[test]
fn foreign_size_is_bounded() {
    let long = format!("{EXAMPLE}\n#{}", "x".repeat(TEXT_BYTES_MAX));
    assert!(matches!(Terms::parse(&long).unwrap_err().refused, Refused::TooLong(_)));
    let neutrals: String = (0..9)
        .map(|n| format!("\n[[neutrals]]\nid = \"n{n}\"\nname = {{ uk = \"N\", ru = \"N\", en = \"N\" }}\n"))
        .collect();
    let refused = Terms::parse(&format!("{EXAMPLE}{neutrals}")).unwrap_err().refused;
    assert_eq!(refused, Refused::TooMany { what: "neutrals", found: 10, most: 8 });
    let deep = format!("x = {}", "[".repeat(100_000));
    assert!(Terms::parse(&deep).is_err());
}

#[test]
fn a_phase_is_not_filled_by_identified_persons() {
    let by_act = "legs = [\"fallen\", \"effects\"]\nopens_by_act = true\nwithout_end = true\nsuspension = \"clock-runs\"\n\
                  completes = \"by-act\"";
    let filled = EVERY.replace(by_act, &by_act.replace("by-act", "when-filled"));
    assert_ne!(filled, EVERY);
    // At most so many identified asks for nothing that would have to be counted.
    assert!(Terms::parse(&filled).is_ok());
    let asked =
        |text: &str| text.replace("unit = \"identified\"\nat_most", "unit = \"identified\"\nat_least");
    assert!(Terms::parse(&asked(EVERY)).is_ok());
    let refused = Terms::parse(&asked(&filled)).unwrap_err();
    assert_eq!(refused.clause, Some(4));
    assert!(
        matches!(refused.refused, Refused::Contradiction(why) if why.starts_with("when-filled")),
        "{refused}"
    );
}

#[test]
fn the_text_of_every_section_reads() {
    let terms = Terms::parse(EVERY).unwrap();
    let general = LabelId::new("general").unwrap();
    assert_eq!(terms.title.in_language("uk"), "Protocol of the Salt Road");
    assert_eq!(
        (terms.parties[2].status, terms.parties[0].status),
        (SideStatus::Unclear, SideStatus::Recognised)
    );
    assert_eq!(terms.agents[0].until, Some(date!(2032 - 03 - 01)));
    assert_eq!(terms.neutrals[1].roles, [NeutralRole::Carrier, NeutralRole::Verifier]);
    assert_eq!(terms.voice("everly"), Some(Voice(4)));
    assert_eq!(terms.voice_id(Voice(4)).map(Party::as_str), Some("everly"));
    assert_eq!(terms.voice_id(Voice(5)), None);
    assert_eq!(terms.other(&terms.parties[0].id), None);
    let accounts: Vec<_> = terms.legs.iter().map(|leg| leg.account.code()).collect();
    let expected =
        ["exchange", "exchange", "by-law", "remains-and-effects", "remains-and-effects", "exchange"];
    assert_eq!(accounts, expected);
    assert_eq!(terms.scales[0].worth(&general), Some(Rational::whole(40)));
    let officer = &terms.scales[0].worths[1];
    assert_eq!((officer.worth.to_string().as_str(), officer.verified), ("7/2", false));
    assert_eq!(terms.categories[1].predicate.tests.len(), 4);
    let amounts: Vec<_> = terms.quantities.iter().map(|quantity| quantity.amount).collect();
    assert_eq!(
        amounts[..4],
        [
            Amount::AtLeast(300),
            Amount::Exactly(120),
            Amount::Between(100, 400),
            Amount::All { known: Some(85) },
        ]
    );
    assert_eq!(
        (terms.ratios[0].matching, terms.ratios[1].matching),
        (Matching::EqualFirst, Matching::ByValue)
    );
    let changes: Vec<_> = terms.readings.iter().map(|reading| &reading.change).collect();
    assert!(matches!(changes[0], Change::Amount { quantity: 0, amount: Amount::AtLeast(350) }));
    assert!(matches!(changes[1], Change::LegAccount { leg: 2, account: Family::Exchange }));
    assert!(matches!(changes[2], Change::CategoryAccount { account: Family::Unilateral, .. }));
    assert!(matches!(changes[3], Change::Worth { worth, .. } if *worth == Rational::whole(3)));
    assert!(matches!(changes[4], Change::When { predicate, .. } if predicate.tests.is_empty()));
    assert!(matches!(changes[5], Change::Words));
    assert_eq!(terms.lists.as_ref().unwrap().veto, Some(Veto { by: Proposer::Holder, most: Some(20) }));
    assert_eq!((terms.gates[0].occasions, terms.gates[0].shown), (2, Shown::InActs));
    assert_eq!((terms.gates[1].occasions, terms.gates[1].shown), (1, Shown::InRecord));
    assert_eq!(terms.phases[0].opens, Opens::At(Moment::read("2031-03-12T04:00:00Z").unwrap()));
    assert_eq!(terms.phases[1].opens, Opens::AfterPhases { hours: 48 });
    // A last day is in it whole.
    assert_eq!(terms.phases[1].lasts, Lasts::Until(Moment::read("2032-01-01").unwrap()));
    assert_eq!((terms.phases[2].lasts, terms.phases[2].on_expiry), (Lasts::Open, Expiry::StaysOwed));
    assert_eq!(terms.conditions[1].until, Until::DaysAfterReceipt(90));
    let rules = &terms.disclosure.as_ref().unwrap().rules;
    let persons = &rules[&Field::RoundNumberOfPersons];
    assert_eq!(
        (persons.openness(Audience::Public), persons.from),
        (Openness::Withheld, OpenFrom::FamiliesTold)
    );
    // An audience that is not named is told nothing.
    assert_eq!(rules[&Field::Conditions].openness(Audience::Public), Openness::Withheld);
    assert!(terms.annexes[0].digest.is_some());
}

#[test]
fn a_party_may_read_a_quantity_its_own_way_beside_the_text() {
    let reading = "[[readings]]\nparty = \"belmar\"\nclause = 1\nquantity = \"floor-to-belmar\"\nat_least = 1200\n\
                   says = { uk = \"стеля\", ru = \"потолок\", en = \"the ceiling\" }\n";
    let terms = Terms::parse(&format!("{EXAMPLE}\n{reading}")).unwrap();
    let (aronia, belmar) = (Party::new("aronia").unwrap(), Party::new("belmar").unwrap());
    assert_eq!(terms.quantity(&aronia, &belmar).unwrap().amount, Amount::AtLeast(1000));
    let read = terms.readings.last().unwrap();
    assert_eq!(read.change, Change::Amount { quantity: 0, amount: Amount::AtLeast(1200) });
    let twice = Terms::parse(&format!("{EXAMPLE}\n{reading}\n{reading}")).unwrap_err().to_string();
    assert!(twice.ends_with("clause 1: reading by belmar is there twice"), "{twice}");
}

#[test]
fn every_list_is_bounded() {
    let named = |n: usize| format!("id = \"x{n}\"\nname = \"X\"\n");
    let clause = |n: usize| format!("id = \"x{n}\"\nclause = 1\n");
    // section; the most; one entry
    type Entry<'a> = &'a dyn Fn(usize) -> String;
    let lists: [(&str, usize, Entry); 18] = [
        ("stand_ins", 32, &|_| "clause = 1\nsays = \"X\"\n".to_owned()),
        ("clauses", 128, &|n| format!("no = {}\ntext = \"X\"\n", 1_000 + n)),
        ("parties", 16, &named),
        ("agents", 64, &|_| "party = \"aronia\"\nname = \"X\"\nfrom = 2031-01-01\n".to_owned()),
        ("neutrals", 8, &named),
        ("crossings", 64, &named),
        ("legs", 64, &|n| {
            clause(n) + "from = \"aronia\"\nto = \"belmar\"\ndestination = \"home\"\naccount = \"by-law\"\n"
        }),
        ("classes", 64, &named),
        ("scales", 16, &|n| clause(n) + "worths = []\n"),
        ("categories", 16, &|n| clause(n) + "name = \"X\"\nwhen = { any = true }\n"),
        ("quantities", 64, &|n| clause(n) + "legs = [\"to-belmar\"]\nall = true\n"),
        ("ratios", 16, &|n| clause(n) + "sides = []\n"),
        ("readings", 64, &|_| "party = \"aronia\"\nclause = 1\nsays = \"X\"\n".to_owned()),
        ("rounds", 128, &|n| {
            format!("no = {}\nplanned = 2031-04-01\ncategories = []\nplaces = 1\ncrossing = \"c\"\n", n + 1)
        }),
        ("gates", 16, &|_| "clause = 1\nkind = \"will\"\nby = \"holder\"\n".to_owned()),
        ("phases", 32, &|n| clause(n) + "name = \"X\"\n"),
        ("conditions", 32, &|n| clause(n) + "kind = \"other\"\nbound = \"aronia\"\nsays = \"X\"\n"),
        ("annexes", 32, &|n| format!("no = {}\ntitle = \"X\"\n", 1_000 + n)),
    ];
    for (what, most, entry) in lists {
        let there = EVERY.matches(&format!("[[{what}]]")).count();
        let more: String = (0..=most - there).map(|n| format!("\n[[{what}]]\n{}", entry(n))).collect();
        let refused = Terms::parse(&format!("{EVERY}{more}")).unwrap_err().refused;
        assert_eq!(refused, Refused::TooMany { what, found: most + 1, most });
    }
}

#[test]
fn an_accepted_text_leaves_nothing_open() {
    for text in [EXAMPLE, EVERY, joint::JOINT] {
        no_open_end(&Terms::parse(text).unwrap());
    }
}

/// What no accepted text may leave open, looked for in the values themselves.
fn no_open_end(terms: &Terms) {
    assert!(terms.parties.len() >= 2 && !terms.legs.is_empty());
    let mut clauses = terms.legs.iter().map(|leg| leg.clause);
    assert!(clauses.all(|no| terms.clause(no).is_some()));
    for (place, leg) in terms.legs.iter().enumerate() {
        assert!(leg.from != leg.to && terms.voice(leg.from.as_str()).is_some());
        let counted = terms.quantities.iter().any(|quantity| quantity.legs.contains(&place))
            || terms.ratios.iter().any(|ratio| ratio.sides.iter().any(|side| side.legs.contains(&place)));
        assert!(counted || matches!(leg.account, Family::ByLaw | Family::Unilateral));
    }
    for quantity in &terms.quantities {
        assert!(!quantity.legs.is_empty() && quantity.legs.iter().all(|leg| *leg < terms.legs.len()));
        if let Unit::Value(scale) = &quantity.unit {
            assert!(terms.scale(scale).is_some());
        }
    }
    for phase in terms.phases.iter().enumerate() {
        assert!(phase.1.after.iter().all(|before| *before < phase.0) && !phase.1.legs.is_empty());
    }
    if !terms.rounds.is_empty() {
        let chosen = terms.selection.is_some() && terms.replacement.is_some() && terms.families.is_some();
        assert!(chosen && terms.parties.len() == 2 && !terms.categories.is_empty());
    }
    if let Some(selection) = &terms.selection {
        assert!((1..=REVEAL_HOURS_MAX).contains(&selection.reveal_hours));
        assert!(selection.overrides_at_most <= OVERRIDES_MAX);
    }
    for category in &terms.categories {
        assert!(category.extent == Extent::WithinQuantity || category.against == Against::AllForAll);
        assert!(category.against == Against::AllForAll || terms.parties.len() == 2);
    }
    for round in &terms.rounds {
        for (at, quota) in round.quotas.iter().enumerate() {
            assert!(round.categories.contains(&quota.category));
            assert!(round.quotas[..at].iter().all(|other| other.category != quota.category));
            let against = terms.category(&quota.category).unwrap().against;
            let (id, Quota { at_least, at_most, .. }) = (quota.category.to_string(), quota.clone());
            assert_eq!(CategoryRule { id, against, at_least, at_most }.sound(), Ok(()));
        }
    }
    for rule in terms.disclosure.iter().flat_map(|disclosure| disclosure.rules.values()) {
        assert!(!rule.audiences.is_empty());
    }
}

/// One change of a text: a byte put in, taken out or replaced, a line taken out or put elsewhere.
#[derive(Clone, Debug)]
enum Mutation {
    Insert(Index, u8),
    Remove(Index),
    Replace(Index, u8),
    CutLine(Index),
    MoveLine(Index, Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let telling = prop::sample::select(b"\"'[]{}=,.#-0129az\n \\".to_vec());
    let byte = prop_oneof![telling, any::<u8>()];
    let place = any::<Index>;
    prop_oneof![
        (place(), byte.clone()).prop_map(|(at, byte)| Mutation::Insert(at, byte)),
        place().prop_map(Mutation::Remove),
        (place(), byte).prop_map(|(at, byte)| Mutation::Replace(at, byte)),
        place().prop_map(Mutation::CutLine),
        (place(), place()).prop_map(|(from, to)| Mutation::MoveLine(from, to)),
    ]
}

fn mutated(text: &str, mutations: &[Mutation]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for mutation in mutations {
        match mutation {
            Mutation::Insert(at, byte) => bytes.insert(at.index(bytes.len()), *byte),
            Mutation::Remove(at) => _ = bytes.remove(at.index(bytes.len())),
            Mutation::Replace(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Mutation::CutLine(at) | Mutation::MoveLine(at, _) => {
                let mut lines: Vec<Vec<u8>> =
                    bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
                let line = lines.remove(at.index(lines.len()));
                if let Mutation::MoveLine(_, to) = mutation {
                    lines.insert(to.index(lines.len() + 1), line);
                }
                bytes = lines.join(&b'\n');
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_change_of_a_text_breaks_the_reader(
        mutations in prop::collection::vec(mutation(), 1..4),
        text in prop::sample::select(vec![EXAMPLE, EVERY, joint::JOINT]),
    ) {
        if let Ok(terms) = Terms::parse(&mutated(text, &mutations)) {
            no_open_end(&terms);
        }
    }
}
