//! What the accounts come to: under the text, under every party's reading, by ratio, beside stated sums and statements.

use super::*;
use crate::rational::Rational;

/// A figure as a word, nothing where it is nought.
fn figure(name: &str, value: Rational) -> Option<String> {
    (!value.is_zero()).then(|| format!("{name} {value}"))
}

/// One line a balance: quantity, reader, the figures that are not nought.
fn shown(terms: &Terms, ledger: &Ledger) -> Vec<String> {
    let line = |balance: Balance| {
        let reader = balance.reader.as_ref().map_or("text".to_owned(), ToString::to_string);
        let figures = [
            figure("filled", balance.filled),
            figure("listed", balance.listed),
            figure("pending", balance.pending),
            figure("disputed", balance.disputed),
            figure("acknowledged", balance.acknowledged),
            figure("held", balance.held),
            figure("carried", balance.carried),
            figure("from-says", balance.releasing_states),
            figure("to-says", balance.receiving_states),
            balance.outstanding.map(|number| format!("owed {number}")),
            balance.over.map(|number| format!("over {number}")),
        ];
        let id = terms.quantities[balance.quantity].id.as_str().to_owned();
        [Some(id), Some(reader)].into_iter().chain(figures).flatten().collect::<Vec<_>>().join(" ")
    };
    balances(terms, ledger).unwrap().into_iter().map(line).collect()
}

#[test]
fn every_figure_of_a_balance_stands_apart() {
    let terms = open();
    // The acts; the line of the quantity that they touch.
    let cases: &[(&str, &str)] = &[
        ("aL9x10", "q-to-belmar text listed 10 owed 1000"),
        ("aG9x195 aR9x207", "q-to-belmar text filled 195 acknowledged 12 from-says 195 to-says 207 owed 805"),
        ("aG9x207 aR9x195", "q-to-belmar text filled 195 pending 12 from-says 207 to-says 195 owed 805"),
        ("aG9x10 aD9x3", "q-to-belmar text pending 7 disputed 3 from-says 10 owed 1000"),
        ("aH9x1001", "q-to-belmar text filled 1001 from-says 1001 to-says 1001 owed -1"),
        ("eH9x6 eC9x2 eK9x3", "q-parole text filled 2 carried 4 from-says 6 to-says 6 owed 8"),
        ("eH9x12 eC9x12 eK9x12", "q-parole text filled 12 from-says 12 to-says 12 owed -2 over 2"),
        ("cH7 cH8", "q-dead text filled 2 from-says 2 to-says 2"),
        ("dH9x4", "q-gift text filled 4 from-says 4 to-says 4"),
        ("aO1 aU2", "q-to-belmar text owed 1000"),
    ];
    for (words, expected) in cases {
        let lines = shown(&terms, &booked(&terms, words));
        assert!(lines.iter().any(|line| line == expected), "{words}: {expected}\n{lines:#?}");
    }
    let held = shown(&grouped(), &booked(&grouped(), "aL1 bL3 cL4 a!ready b!ready c!ready aH1"));
    assert_eq!(held[0], "q-to-belmar text held 1 from-says 1 to-says 1 owed 2");
}

/// What is owed in two units, and a reading of each kind.
fn read_otherwise() -> Terms {
    let reading = |party: &str, change: &str| {
        format!("[[readings]]\nparty = \"{party}\"\nclause = 1\nsays = WORDS\n{change}\n")
    };
    terms_of(&[
        leg("to-belmar", "aronia", "belmar", "", "exactly = 10"),
        leg("gift", "aronia", "belmar", "account = \"unilateral\"", "all = true"),
        "[[legs]]\nid = \"dead\"\nclause = 1\nfrom = \"aronia\"\nto = \"belmar\"\nobject = \"remains\"\n".to_owned(),
        CLASSES.to_owned(),
        "[[scales]]\nid = \"rank\"\nclause = 2\nworths = [{ class = \"private\", worth = 1 }, { class = \"named\", worth = 20 }]\n"
            .to_owned(),
        CATEGORIES.to_owned(),
        "[[quantities]]\nid = \"value\"\nclause = 2\nlegs = [\"to-belmar\"]\nunit = \"value\"\nscale = \"rank\"\nexactly = 100\n"
            .to_owned(),
        "[[quantities]]\nid = \"both\"\nclause = 2\nlegs = [\"to-belmar\", \"gift\"]\nexactly = 20\n".to_owned(),
        "[[quantities]]\nid = \"ill\"\nclause = 2\nlegs = [\"to-belmar\"]\ncategories = [\"ill\"]\nat_least = 3\n".to_owned(),
        "[[quantities]]\nid = \"known\"\nclause = 2\nlegs = [\"dead\"]\nunit = \"identified\"\nall = true\nknown = 2\n".to_owned(),
        reading("belmar", "quantity = \"q-to-belmar\"\nat_most = 12"),
        reading("belmar", "leg = \"gift\"\naccount = \"exchange\""),
        reading("corvo", "category = \"ill\"\naccount = \"by-law\""),
        reading("aronia", "scale = \"rank\"\nclass = \"named\"\nworth = \"41/2\""),
        reading("aronia", ""),
    ].concat())
}

#[test]
fn every_reading_has_its_own_balance_and_none_is_settled() {
    let terms = read_otherwise();
    // Four privates among whom one is ill, the named person, and two given for nothing.
    let ledger = booked(&terms, "aH9x3/0.1 aH1/0.0 aH2/1.1 bH8x2.1 cH7 cI7=50");
    let expected = [
        "q-to-belmar text filled 5 from-says 5 to-says 5 owed 5",
        "q-to-belmar belmar filled 5 from-says 5 to-says 5",
        "q-to-belmar corvo filled 4 from-says 4 to-says 4 owed 6",
        "q-gift text filled 2 from-says 2 to-says 2",
        // What belmar books in the exchange, it does not find in an account of gifts.
        "q-gift belmar",
        "value text filled 24 from-says 24 to-says 24 owed 76",
        "value aronia filled 49/2 from-says 49/2 to-says 49/2 owed 151/2",
        "value corvo filled 23 from-says 23 to-says 23 owed 77",
        "both text filled 5 from-says 5 to-says 5 owed 15",
        "both belmar filled 7 from-says 7 to-says 7 owed 13",
        "both corvo filled 4 from-says 4 to-says 4 owed 16",
        "ill text filled 1 from-says 1 to-says 1 owed 2",
        "ill corvo owed 3",
        "known text filled 1 from-says 1 to-says 1 owed 1",
    ];
    assert_eq!(shown(&terms, &ledger), expected);
}

/// Both ways, by one scale: equal first or not, carried or not.
fn by_rank(more: &str) -> Terms {
    let leg = |id: &str, from: &str, to: &str| {
        format!(
            "[[legs]]\nid = \"{id}\"\nclause = 1\nfrom = \"{from}\"\nto = \"{to}\"\ndestination = \"home\"\n"
        )
    };
    let class = |id: &str| format!("[[classes]]\nid = \"{id}\"\nname = WORDS\n");
    let worth = |id: &str, worth: &str| format!("{{ class = \"{id}\", worth = {worth} }}");
    let worths = [
        worth("private", "1"),
        worth("sergeant", "2"),
        worth("given", "\"853/146\""),
        worth("got", "\"616/128\""),
    ];
    let scale = format!("[[scales]]\nid = \"rank\"\nclause = 2\nworths = [{}]\n", worths.join(", "));
    let side = |leg: &str| format!("{{ legs = [\"{leg}\"], scale = \"rank\" }}");
    let sides = [side("out"), side("back")].join(", ");
    terms_of(
        &[
            leg("out", "aronia", "belmar"),
            leg("back", "belmar", "aronia"),
            ["private", "sergeant", "given", "got"].map(class).concat(),
            scale,
            format!("[[ratios]]\nid = \"by-rank\"\nclause = 3\nsides = [{sides}]\n{more}\n"),
        ]
        .concat(),
    )
}

const CARRIED: &str = "equal_first = true\nrounding = \"down\"\ncarry = \"carried\"";

/// September 1864: 146 officers of 853 in sum, 212 sergeants and 770 privates against 128 of 616, 225 and 979.
const ATLANTA: &str = "aH1x146/2 aH2x212/1 aH3x770/0 bH4x128/3 bH5x225/1 bH6x979/0";

#[test]
fn by_rank_heads_differ_by_204_and_values_by_2() {
    let terms = by_rank(CARRIED);
    let found = ratio_balances(&terms, &booked(&terms, ATLANTA)).unwrap();
    let [found] = &found[..] else { panic!("one ratio, nobody reads it otherwise") };
    assert_eq!(found.heads, [1128, 1332]);
    assert_eq!(found.values.map(|value| value.to_string()), ["2047", "2045"]);
    assert_eq!(found.difference, Rational::whole(2));
    assert_eq!(found.due, Some(Due { side: 1, value: Rational::whole(2), heads: None }));
    let lines: Vec<_> =
        found.classes.iter().map(|line| (line.class.as_str(), line.heads, line.matched, line.left)).collect();
    let expected = [
        ("given", [146, 0], 0, [146, 0]),
        ("got", [0, 128], 0, [0, 128]),
        ("private", [770, 979], 770, [0, 209]),
        ("sergeant", [212, 225], 212, [0, 13]),
    ];
    assert_eq!(lines, expected);
}

#[test]
fn equal_against_equal_leaves_the_same_difference() {
    let by_value = by_rank("equal_first = false\nrounding = \"down\"\ncarry = \"carried\"");
    let found = ratio_balances(&by_value, &booked(&by_value, ATLANTA)).unwrap();
    assert_eq!((found[0].difference, found[0].classes.len()), (Rational::whole(2), 0));
    let equal = by_rank(CARRIED);
    let found = ratio_balances(&equal, &booked(&equal, ATLANTA)).unwrap();
    let scale = &equal.scales[0];
    let left = found[0].classes.iter().map(|line| {
        let worth = scale.worth(&line.class).unwrap();
        worth.times(Rational::whole(i128::from(line.left[0] - line.left[1]))).unwrap()
    });
    assert_eq!(left.fold(Rational::ZERO, |sum, value| sum.plus(value).unwrap()), Rational::whole(2));
}

/// One woman or man against so many, in rounds by number.
fn so_many(each: &str, rounding: &str, carry: &str) -> Terms {
    terms_of(&[
        leg("out", "aronia", "belmar", "", "all = true"),
        leg("back", "belmar", "aronia", "", "all = true"),
        leg("dead", "aronia", "belmar", "object = \"remains\"", "unit = \"containers\"\nall = true"),
        leg("parole", "aronia", "belmar", "counts_on = \"declaration\"", "all = true"),
        leg("gift", "aronia", "belmar", "account = \"unilateral\"", "all = true"),
        format!(
            "[[ratios]]\nid = \"r\"\nclause = 3\nsides = [{{ legs = [\"out\", \"parole\"], each = 1 }}, \
             {{ legs = [\"back\"], each = {each} }}]\nrounding = \"{rounding}\"\ncarry = \"{carry}\"\n"
        ),
        "[[readings]]\nparty = \"corvo\"\nclause = 3\nleg = \"parole\"\naccount = \"unilateral\"\nsays = WORDS\n".to_owned(),
    ].concat())
}

#[test]
fn what_is_due_is_rounded_as_the_terms_say() {
    // What each of the second side is worth; rounding; carry; acts; difference; due.
    let cases: &[(&str, &str, &str, &str, &str, &str)] = &[
        ("3", "down", "carried", "aH9x100", "100", "side 1: 100, 33 heads"),
        ("3", "up", "carried", "aH9x100", "100", "side 1: 100, 34 heads"),
        ("30", "nearest", "carried", "aH9x45", "45", "side 1: 45, 2 heads"),
        ("30", "nearest", "carried", "aH9x44", "44", "side 1: 44, 1 heads"),
        ("50", "down", "carried", "bH9x1", "-50", "side 0: 50, 50 heads"),
        ("\"3/2\"", "up", "carried", "bH9x3", "-9/2", "side 0: 9/2, 5 heads"),
        ("3", "down", "carried", "aH9x99 bH8x33", "0", "nothing"),
        ("3", "down", "carried", "", "0", "nothing"),
        // What only one side has said is not given yet; what is carried on parole is.
        ("3", "down", "carried", "aG9x3", "0", "nothing"),
        ("3", "down", "carried", "dH9x3", "3", "side 1: 3, 1 heads"),
        ("3", "down", "carried", "aO9x3 eH8x3", "0", "nothing"),
        ("3", "down", "carried", "1aH9x10 1bH8x3 2aH7x5", "6", "side 1: 6, 2 heads"),
        ("3", "down", "lapses", "1aH9x10 1bH8x3 2aH7x5", "5", "side 1: 5, 1 heads"),
        ("3", "down", "lapses", "1aH9x10 1bH8x3", "1", "side 1: 1, 0 heads"),
        ("3", "down", "lapses", "2aH9x10 1bH8x3 1aH7x5", "10", "side 1: 10, 3 heads"),
        // Round 3 has begun with a list, and nobody has gone in it: the difference of round 2 has lapsed.
        ("3", "down", "lapses", "2aH9x10 3aL8x5", "0", "nothing"),
    ];
    for (each, rounding, carry, words, difference, due) in cases {
        let terms = so_many(each, rounding, carry);
        let found = &ratio_balances(&terms, &booked(&terms, words)).unwrap()[0];
        assert_eq!(found.difference.to_string(), *difference, "{words} at {each}");
        let shown = found.due.as_ref().map_or("nothing".to_owned(), |due| {
            format!("side {}: {}, {} heads", due.side, due.value, due.heads.unwrap())
        });
        assert_eq!(shown, *due, "{words} at {each}, {rounding}, {carry}");
    }
}

#[test]
fn a_ratio_follows_a_reading_of_its_leg() {
    let terms = so_many("3", "down", "carried");
    let found = ratio_balances(&terms, &booked(&terms, "aH9x30 dH8x6 bH7x10")).unwrap();
    let shown: Vec<_> = found
        .iter()
        .map(|one| (one.reader.as_ref().map(Party::as_str), one.heads, one.difference.to_string()))
        .collect();
    assert_eq!(shown, [(None, [36, 10], "6".to_owned()), (Some("corvo"), [30, 10], "0".to_owned())]);
}

#[test]
fn a_stated_sum_stands_beside_the_acts_and_changes_nothing() {
    let terms = open();
    let before = booked(&terms, "1aG9x195 1aR9x190 2aG8x10 2aR8x15");
    let ledger =
        booked(&terms, "1aG9x195 1aR9x190 2aG8x10 2aR8x15 1aS195 1aS200@belmar aS205@calder aS200@calder");
    assert_eq!(ledger.accounts(), before.accounts());
    let shown: Vec<_> = stated_sums(&ledger)
        .iter()
        .map(|sum| {
            let by = terms.voice_id(sum.by).unwrap().as_str().to_owned();
            let figures = [sum.count, sum.posted, sum.releasing_states, sum.receiving_states];
            (by, sum.round, figures, sum.agrees())
        })
        .collect();
    let expected = [
        ("aronia".to_owned(), Some(1), [195, 190, 195, 190], false),
        ("belmar".to_owned(), Some(1), [200, 190, 195, 190], false),
        // The later sum replaces the earlier, and this one is right.
        ("calder".to_owned(), None, [200, 200, 205, 205], true),
    ];
    assert_eq!(shown, expected);
}

/// The differences of two accounts of the same terms, one a line: what, the leg, and ours against theirs.
fn differences(terms: &Terms, ours: &str, theirs: &str) -> String {
    let own = booked(terms, ours).statement(party("aronia"));
    let other = booked(terms, theirs).statement(party("belmar"));
    said(&reconcile(&own, &other))
}

fn said(found: &[Difference]) -> String {
    let of = |of: &Of| match of {
        Of::Received(round) => format!("round {round}"),
        Of::Outside(family) => family.code().to_owned(),
        Of::Identified => "identified".to_owned(),
    };
    let name = |one: &Item| (0..100).find(|number| item(*number) == *one).unwrap();
    let number = |one: &Stated| one.count.map_or("none".to_owned(), |count| count.to_string());
    let line = |one: &Difference| match one {
        Difference::Count { of: what, leg, own, theirs } => {
            assert_eq!((own.by.as_str(), theirs.by.as_str()), ("aronia", "belmar"));
            format!("{} leg {leg}: {} against {}", of(what), number(own), number(theirs))
        }
        Difference::Lot { of: what, leg, lot, own, theirs } => {
            assert_eq!((own.by.as_str(), theirs.by.as_str()), ("aronia", "belmar"));
            format!("{} leg {leg} lot {}: {} against {}", of(what), name(lot), number(own), number(theirs))
        }
        Difference::Item { of: what, leg, item, stated_by, not_by } => {
            format!("{} leg {leg}: {} says {stated_by}, not {not_by}", of(what), name(item))
        }
        Difference::Container { leg, person, container, stated_by, not_by } => {
            format!("leg {leg}: {} in {} says {stated_by}, not {not_by}", name(person), name(container))
        }
        Difference::CountAgainstItems { of: what, leg, by, count, named } => {
            format!("{} leg {leg}: {by} counts {count}, names {named}", of(what))
        }
    };
    found.iter().map(line).collect::<Vec<_>>().join("; ")
}

#[test]
fn differences_name_both_sources_and_change_neither() {
    let terms = rounds();
    let [ours, theirs] = ["1aL1 1aL2 1aH1 1aH2 2aL3", "1aL1 1aL2 1aH1 1aG2 1aD2"];
    assert_eq!(
        differences(&terms, ours, theirs),
        "round 1 leg 0: 2 against 1; round 1 leg 0: 2 says aronia, not belmar; round 2 leg 0: 0 against none"
    );
    assert_eq!(differences(&terms, ours, ours), "");
    let mut padded = booked(&terms, theirs).statement(party("belmar"));
    let plain = padded.clone();
    padded.figures.get_mut(&(Of::Received(1), 0)).unwrap().count = 9;
    assert_eq!(
        said(&reconcile(&Statement { by: party("aronia"), ..plain }, &padded)),
        "round 1 leg 0: belmar counts 9, names 1; round 1 leg 0: 1 against 9"
    );
}

#[test]
fn a_lot_hides_nobody_whom_the_other_side_names() {
    let terms = open();
    let cases = [
        // The sums agree, and who it was does not.
        (
            "aH1 aH9x2",
            "aH2 aH9x2",
            "round 0 leg 0: 1 says aronia, not belmar; round 0 leg 0: 2 says belmar, not aronia",
        ),
        (
            "aH1 aH2",
            "aH9x2",
            "round 0 leg 0: 1 says aronia, not belmar; round 0 leg 0: 2 says aronia, not belmar; \
             round 0 leg 0 lot 9: none against 2",
        ),
        ("aH1 aH9x2", "aH1 aH9x3", "round 0 leg 0: 3 against 4; round 0 leg 0 lot 9: 2 against 3"),
        ("aH8x3 aH9x2", "aH8x2 aH9x3", "round 0 leg 0 lot 8: 3 against 2; round 0 leg 0 lot 9: 2 against 3"),
        ("aL9x2 aH1", "aL9x3 aH1", ""),
        ("aH1 aH9x2", "aH9x2 aH1", ""),
    ];
    for (ours, theirs, expected) in cases {
        assert_eq!(differences(&terms, ours, theirs), expected, "{ours} against {theirs}");
    }
}

#[test]
fn returns_outside_the_exchange_are_laid_beside_one_another() {
    let terms = open();
    let cases = [
        ("aO1 aO2", "aO1", "by-law leg 0: 2 against 1; by-law leg 0: 2 says aronia, not belmar"),
        (
            "aH1 aO2",
            "aH1 aU2",
            "by-law leg 0: 1 against none; by-law leg 0: 2 says aronia, not belmar; \
             unilateral leg 0: none against 1; unilateral leg 0: 2 says belmar, not aronia",
        ),
        ("aU9x3", "aU9x4", "unilateral leg 0: 3 against 4; unilateral leg 0 lot 9: 3 against 4"),
        ("aO1 aU9x3", "aU9x3 aO1", ""),
    ];
    for (ours, theirs, expected) in cases {
        assert_eq!(differences(&terms, ours, theirs), expected, "{ours} against {theirs}");
    }
}

#[test]
fn identifications_of_remains_are_laid_beside_one_another() {
    let terms = open();
    let cases = [
        (
            "cH7 cH8 cI7=50",
            "cH7 cH8 cI7=51",
            "identified leg 2: 50 says aronia, not belmar; identified leg 2: 51 says belmar, not aronia",
        ),
        (
            "cH7 cH8 cI7=50",
            "cH7 cH8",
            "identified leg 2: 1 against none; identified leg 2: 50 says aronia, not belmar",
        ),
        (
            "cH7 cH8 cI7=50",
            "cH7 cH8 cI8=50",
            "leg 2: 50 in 7 says aronia, not belmar; leg 2: 50 in 8 says belmar, not aronia",
        ),
        ("cH7 cH8 cI7=50 cI8=50", "cH7 cH8 cI8=50", "leg 2: 50 in 7 says aronia, not belmar"),
        ("cH7 cI7=50", "cH7 cI7=50", ""),
        ("cH7 cI7=50 cW7=50", "cH7", ""),
    ];
    for (ours, theirs, expected) in cases {
        assert_eq!(differences(&terms, ours, theirs), expected, "{ours} against {theirs}");
    }
}
