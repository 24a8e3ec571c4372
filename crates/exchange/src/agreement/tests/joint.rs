//! What a text says of rounds that are chosen for both sides at once.

use super::*;
use crate::selection::joint::PLACES_MAX;

/// Every key that says how a round is selected jointly.
pub(super) const JOINT: &str = include_str!("joint-rounds.toml");

#[test]
fn a_text_says_how_a_round_is_selected_for_both_sides() {
    let terms = Terms::parse(JOINT).unwrap();
    let selection = terms.selection.as_ref().unwrap();
    assert_eq!(selection.objective, Objective::TotalFirst);
    assert_eq!((selection.reveal_hours, selection.overrides_at_most), (36, 4));
    assert_eq!(selection.kept_together, Some(GroupClass::Last));
    let against: Vec<Against> = terms.categories.iter().map(|category| category.against).collect();
    assert_eq!(against, [Against::AllForAll, Against::Ratio([3, 1]), Against::AllForAll, Against::OneForOne]);
    let quota =
        |id: &str, at_least, at_most| Quota { category: CategoryId::new(id).unwrap(), at_least, at_most };
    let expected =
        [quota("sergeants", [0; 2], [Some(9), Some(3)]), quota("others", [0, 5], [Some(20), None])];
    assert_eq!(terms.rounds[0].quotas, expected);
    assert_eq!(terms.rounds[1].quotas, []);
    // What the rehearsed agreement does not say, nobody may do.
    let silent =
        Terms::parse(&EXAMPLE.replacen("overrides_at_most = 2\n", "", 1)).unwrap().selection.unwrap();
    assert_eq!((silent.overrides_at_most, silent.kept_together), (0, None));
}

#[test]
fn the_words_of_a_selection_read_as_the_rules_of_a_round_have_them() {
    let read = |old: &str, new: &str| {
        assert!(JOINT.contains(old), "{old}");
        Terms::parse(&JOINT.replacen(old, new, 1)).unwrap_or_else(|error| panic!("{new}: {error}"))
    };
    for (word, class) in GroupClass::ALL {
        let terms = read("kept_together = \"last\"", &format!("kept_together = \"{word}\""));
        assert_eq!(terms.selection.unwrap().kept_together, Some(class));
    }
    for (word, objective) in Objective::ALL {
        let terms = read("\"total-first\"", &format!("\"{word}\""));
        assert_eq!(terms.selection.unwrap().objective, objective);
    }
    for hours in [1, 720] {
        let terms = read("reveal_hours = 36", &format!("reveal_hours = {hours}"));
        assert_eq!(terms.selection.unwrap().reveal_hours, hours);
    }
    for most in [0, 1_000] {
        let terms = read("overrides_at_most = 4", &format!("overrides_at_most = {most}"));
        assert_eq!(terms.selection.unwrap().overrides_at_most, most);
    }
    for ratio in [[1, 1_000], [1_000, 1], [2, 2]] {
        let quotas = "  { category = \"sergeants\", at_most = { aronia = 9, belmar = 3 } },\n";
        let text = JOINT.replacen(quotas, "", 1);
        let text = text.replacen("\"3:1\"", &format!("\"{}:{}\"", ratio[0], ratio[1]), 1);
        assert_eq!(Terms::parse(&text).unwrap().categories[1].against, Against::Ratio(ratio));
    }
}

const SELECTION: &str = "[selection]\nclause = 5\n";
const SERGEANTS: &str = "{ category = \"sergeants\", at_most = { aronia = 9, belmar = 3 } }";
const OTHERS: &str = "{ category = \"others\", at_least = { belmar = 5 }, at_most = { aronia = 20 } }";

/// What stands in the text; what stands there instead; the line, counted from that of what is changed; what else is said,
/// nothing where the text is accepted.
pub(super) const CHANGED: &[(&str, &str, usize, &str)] = &[
    (
        "objective = \"total-first\"\n",
        "",
        0,
        "clause 5: left open: whether the published order or the total comes first",
    ),
    ("\"total-first\"", "\"fair\"", 0, "clause 5: objective: \"fair\" is not priority-first or total-first"),
    ("reveal_hours = 36\n", "", 0, "clause 5: left open: how long a party may take to show its seed"),
    ("reveal_hours = 36", "reveal_hours = 0", 0, "clause 5: reveal_hours: 0 is not 1 to 720"),
    ("reveal_hours = 36", "reveal_hours = 721", 0, "clause 5: reveal_hours: 721 is not 1 to 720"),
    ("reveal_hours = 36", "reveal_hours = 65537", 0, "clause 5: reveal_hours: 65537 is not 1 to 720"),
    (
        "overrides_at_most = 4",
        "overrides_at_most = 1001",
        0,
        "clause 5: overrides_at_most: 1001 is not 0 to 1000",
    ),
    (
        "kept_together = \"last\"",
        "kept_together = \"best\"",
        0,
        "clause 5: kept_together: \"best\" is not first, middle or last",
    ),
    ("kept_together = \"last\"\n", "", 0, ""),
    // What chooses among rolls that are as good
    ("kept_together = \"last\"", "chances = \"lots\"", 0, ""),
    (
        "kept_together = \"last\"",
        "chances = \"luck\"",
        0,
        "clause 5: chances: \"luck\" is not lots or leximin",
    ),
    (
        "kept_together = \"last\"",
        "kept_together = \"last\"\nchances = \"leximin\"",
        0,
        "clause 5: leximin chances are not worked out where people are kept together",
    ),
    (
        "clause = 5\norder = [\"category\", \"longest-held\", \"lot\"]\nobjective = \"total-first\"\nreveal_hours = 36\n\
         overrides_at_most = 4\nkept_together = \"last\"",
        "clause = 5\norder = [\"category\", \"longest-held\", \"lot\"]\nobjective = \"total-first\"\nreveal_hours = 36\n\
         chances = \"leximin\"",
        0,
        "clause 3: leximin chances are not worked out where a category has a ratio",
    ),
    // What stands against a category
    ("\"3:1\"", "\"3:0\"", 0, "clause 3: category \"sergeants\": ratio: 0 is not 1 to 1000"),
    ("\"3:1\"", "\"1001:1\"", 0, "clause 3: category \"sergeants\": ratio: 1001 is not 1 to 1000"),
    ("\"3:1\"", "\"03:1\"", 0, "clause 3: against: \"03:1\" is not one-for-one, or a ratio such as 3:1"),
    ("\"3:1\"", "\"3-1\"", 0, "clause 3: against: \"3-1\" is not one-for-one, or a ratio such as 3:1"),
    (
        "\"3:1\"",
        "\"all-for-all\"",
        0,
        "clause 3: against: \"all-for-all\" is not one-for-one, or a ratio such as 3:1",
    ),
    (
        "all_for_all = true",
        "against = \"one-for-one\"\nall_for_all = true",
        0,
        "clause 2: all of a category goes, or something stands against it; not both",
    ),
    (
        "all_for_all = true",
        "against = \"all-for-all\"\nall_for_all = true",
        0,
        "clause 2: all of a category goes, or something stands against it; not both",
    ),
    // Quotas
    ("category = \"others\"", "category = \"officers\"", 0, "category officers is not in the text"),
    (
        "category = \"others\"",
        "category = \"women\"",
        0,
        "clause 4: a quota of a category that the round does not admit",
    ),
    (
        "category = \"others\"",
        "category = \"sergeants\"",
        0,
        "clause 3: quota of category sergeants is there twice",
    ),
    (OTHERS, "{ category = \"others\" }", 0, "clause 4: left open: a quota without at_least and at_most"),
    (
        OTHERS,
        "{ category = \"others\", at_most = {} }",
        0,
        "clause 4: left open: a quota without at_least and at_most",
    ),
    (
        OTHERS,
        "{ category = \"others\", at_most = { dorland = 5 } }",
        0,
        "clause 4: party dorland is not in the text",
    ),
    (OTHERS, "{ category = \"others\", at_least = { aronia = 30 } }", 0, ""),
    (OTHERS, "{ category = \"others\", at_most = { aronia = 0 } }", 0, ""),
    (
        OTHERS,
        "{ category = \"others\", at_least = { aronia = 7 }, at_most = { aronia = 6 } }",
        0,
        "clause 4: category \"others\": at least 7 is more than at most 6",
    ),
    // One for one, the least of one side and the most of the other.
    (
        OTHERS,
        "{ category = \"others\", at_least = { aronia = 7 }, at_most = { belmar = 6 } }",
        0,
        "clause 4: category \"others\": at least 7 is more than at most 6",
    ),
    // Nothing stands against the wounded: each side has its own bounds.
    (OTHERS, "{ category = \"wounded\", at_least = { aronia = 7 }, at_most = { belmar = 6 } }", 0, ""),
    (
        OTHERS,
        "{ category = \"others\", at_most = { aronia = 10000001 } }",
        0,
        "clause 4: category \"others\": 10000001 is not 1 to 10000000",
    ),
    // Two of the second side stand against six of the first, and five are allowed.
    (
        SERGEANTS,
        "{ category = \"sergeants\", at_least = { belmar = 2 }, at_most = { aronia = 5 } }",
        0,
        "clause 3: a quota that no whole number of times the ratio meets",
    ),
    (SERGEANTS, "{ category = \"sergeants\", at_least = { belmar = 2 }, at_most = { aronia = 6 } }", 0, ""),
    (
        OTHERS,
        "{ category = \"wounded\", at_least = { aronia = 31 } }",
        0,
        "clause 2: the quotas of a round ask for more heads than it has places",
    ),
    (
        OTHERS,
        "{ category = \"others\", at_least = { belmar = 31 } }",
        0,
        "clause 4: the quotas of a round ask for more heads than it has places",
    ),
    (
        "at_most = { aronia = 9, belmar = 3 } }",
        "at_least = { aronia = 25 } }",
        1,
        "clause 4: the quotas of a round ask for more heads than it has places",
    ),
    (
        "at_least = { belmar = 5 }",
        "at_last = { belmar = 5 }",
        0,
        "unknown field `at_last`, expected one of `category`, `at_least`, `at_most`",
    ),
    ("at_least = { belmar = 5 }", "at_least = [0, 5]", 0, "invalid type: sequence, expected a map"),
];

#[test]
fn what_cannot_be_selected_by_is_refused_with_line_and_clause() {
    for (old, new, down, expected) in CHANGED {
        let at = JOINT.find(old).unwrap_or_else(|| panic!("{old}"));
        let refused = Terms::parse(&JOINT.replacen(old, new, 1)).err().map(|error| error.to_string());
        let Some(refused) = refused else {
            assert_eq!(*expected, "", "{old} -> {new}: accepted");
            continue;
        };
        let (line, said) = refused.strip_prefix("line ").unwrap().split_once(": ").unwrap();
        assert_eq!(said, *expected, "{old} -> {new}");
        // What concerns [selection] or a category without a place of its own is said where its clause is named.
        let head = JOINT.find(SELECTION).unwrap() + "[selection]\n".len();
        let place = if expected.starts_with("clause 5") { head } else { at };
        assert_eq!(line.parse(), Ok(line_of(place) + down), "{old} -> {new}: {refused}");
    }
}

/// The line of the text, from 1.
fn line_of(byte: usize) -> usize {
    JOINT[..byte].matches('\n').count() + 1
}

/// A third party beside the two; with quotas, and without them.
pub(super) const THREE: &[LongCase] = &[
    (
        JOINT,
        &[("[[legs]]", "[[parties]]\nid = \"dorland\"\nname = \"Dorland\"\n[[legs]]")],
        "clause 3: what stands against a category is said between two parties",
    ),
    (
        JOINT,
        &[
            ("[[legs]]", "[[parties]]\nid = \"dorland\"\nname = \"Dorland\"\n[[legs]]"),
            ("against = \"3:1\"\n", ""),
            ("against = \"one-for-one\"\n", ""),
            ("aronia = 9, belmar = 3", "dorland = 3"),
        ],
        "clause 3: a quota is between two parties",
    ),
];

#[test]
fn a_quota_is_accepted_where_some_number_of_people_keeps_it_and_nowhere_else() {
    let bounds = [None, Some(0), Some(3), Some(4), Some(9), Some(24), Some(25), Some(PLACES_MAX)];
    let mut accepted = 0;
    for (least, most) in bounds.iter().flat_map(|least| bounds.map(|most| (*least, most))) {
        let key = |name: &str, heads: Option<u32>, party: &str| {
            heads.map_or_else(String::new, |heads| format!(", {name} = {{ {party} = {heads} }}"))
        };
        let (at_least, at_most) = (key("at_least", least, "aronia"), key("at_most", most, "belmar"));
        let quota = format!("{{ category = \"sergeants\"{at_least}{at_most} }}");
        let read = Terms::parse(&JOINT.replacen(SERGEANTS, &quota, 1));
        // Three sergeants of the first party for one of the second, beside five others of each, in thirty places.
        let keeps = |times: &u32| {
            3 * times >= least.unwrap_or(0) && *times <= most.unwrap_or(PLACES_MAX) && 3 * times + 5 <= 30
        };
        let says_something = least.is_some() || most.is_some();
        assert_eq!(read.is_ok(), says_something && (0..=30).any(|times| keeps(&times)), "{quota}");
        accepted += usize::from(read.is_ok());
    }
    assert!((30..60).contains(&accepted), "{accepted}");
}
