//! Cases of phases: what they say at a moment, and which handovers fall outside.

use super::*;
use crate::testing::{acts, at, terms, voice};

/// The state of every phase as a word, with the hour that goes with it.
fn shown(state: &State) -> String {
    let hour = |moment: &Moment| (moment.0 - at("0").0) / crate::moment::HOUR;
    let voices =
        |by: &[Voice]| by.iter().map(|one| char::from(b"abcn"[usize::from(one.0)])).collect::<String>();
    match state {
        State::Waiting { why: Why::Phases(phases) } => format!("waits for {phases:?}"),
        State::Waiting { why: Why::Until(moment) } => format!("waits until {}", hour(moment)),
        State::Waiting { why: Why::Word(by) } => format!("waits for the word of {}", voices(by)),
        State::Open { since, closes: Some(closes) } => format!("open {} to {}", hour(since), hour(closes)),
        State::Open { since, closes: None } => format!("open from {}", hour(since)),
        State::Suspended { since, by } => format!("suspended at {} by {}", hour(since), voices(by)),
        State::Complete { at } => format!("complete at {}", hour(at)),
        State::Expired { at, owed } => format!("expired at {}, {owed:?}", hour(at)),
    }
}

/// Checks states: `MOMENT PHASE expected`, one a line.
fn check_states(terms: &Terms, text: &str, expected: &str) {
    let timeline = Timeline::of(terms, &acts(text));
    for line in expected.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words = line.splitn(3, ' ');
        let mut next = || words.next().unwrap();
        let (when, phase, expected) = (next(), next().parse().unwrap(), next());
        assert_eq!(shown(timeline.state(phase, at(when)).unwrap()), expected, "{line}\n{text}");
    }
}

/// Checks what falls outside: `ACT reason`, one a line.
fn check_outside(terms: &Terms, text: &str, expected: &str) {
    let found = check(terms, &acts(text));
    let one = |outside: &Outside| {
        let reasons: Vec<_> =
            outside.closed.iter().map(|one| format!("{} {:?}", one.phase, one.reason)).collect();
        format!("{}: {}", outside.act, reasons.join(", "))
    };
    let found: Vec<String> = found.iter().map(one).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(found, expected, "{text}");
}

const LIVING: &str = "
[[quantities]]
id = \"living\"
clause = 1
legs = [\"living\"]
at_least = 50
per_day = { at_least = 10, at_most = 13 }
";

fn phases(text: &str) -> Terms {
    terms(&format!("{LIVING}{text}"))
}

/// Four days, and one more for every ten more beyond fifty (November 2023).
const TRUCE: &str = "
[[phases]]
id = \"truce\"
clause = 2
name = \"Truce\"
legs = [\"living\", \"back\"]
opens_after_hours = 7
hours = 96
extension = { hours = 24, per = 10, beyond = 50, legs = [\"living\"], hours_max = 144 }
suspension = \"clock-stops\"
completes = \"by-act\"
on_expiry = \"lapses\"
";

#[test]
fn a_truce_is_prolonged_by_a_day_for_every_ten_more() {
    let truce = phases(TRUCE);
    let handovers = "
        0d16 ab over living one x13
        1d20 ab over living two x13
        2d16 ab over living three x13
        3d16 ab over living four x11
        4d1 ab over living five x9
        4d2 ab over living six x1
        4d6 ab over living seven x9
        4d7 ab over living eight x1
        5d7 ab over living nine x100";
    check_states(
        &truce,
        handovers,
        "0 0 waits until 7
         6 0 waits until 7
         7 0 open 7 to 103
         3d16 0 open 7 to 103
         4d1 0 open 7 to 103
         4d2 0 open 7 to 127
         4d6 0 open 7 to 127
         4d7 0 open 7 to 151
         5d6 0 open 7 to 151
         5d7 0 open 7 to 247
         10d6 0 open 7 to 247
         10d7 0 expired at 247, Lapses
         900d 0 expired at 247, Lapses",
    );
    check_outside(&truce, handovers, "");
}

#[test]
fn time_is_earned_only_while_the_window_has_not_passed_and_by_both_words() {
    let truce = phases(TRUCE);
    let cases = [
        ("3d16 ab over living l x50\n4d7 ab over living m x10", "4d7 0 expired at 103, Lapses"),
        ("3d16 ab over living l x50\n4d6 ab over living m x10", "4d7 0 open 7 to 127"),
        ("3d16 ab over living l x59", "4d6 0 open 7 to 103"),
        ("3d16 a released living l x90", "4d6 0 open 7 to 103"),
        ("6 ab over living l x50\n8 ab over living m x10", "9 0 open 7 to 103"),
        ("8 ba over back l x90", "9 0 open 7 to 103"),
        ("8 ab over living l x59\n9 ab over living p\n10 a suspended 0", "9 0 open 7 to 127"),
        ("8 b suspended 0\n9 ab over living l x60\n10 b resumed 0", "11 0 open 7 to 105"),
    ];
    for (text, expected) in cases {
        check_states(&truce, text, expected);
    }
    let (late, moment) = ("4d6 a released living l x9\n4d7 b received living l x9", at("4d7"));
    check_outside(&truce, late, &format!("1: 0 Expired {{ at: {moment:?} }}"));
}

/// Living before dead, the dead within 72 hours; the first phase for 42 days (January 2025, October 2025).
const ORDER: &str = "
[[phases]]
id = \"living\"
clause = 2
name = \"The living\"
legs = [\"living\"]
opens = 2023-11-25
hours = 1008
suspension = \"clock-runs\"
completes = \"when-filled\"
on_expiry = \"stays-owed\"
[[phases]]
id = \"dead\"
clause = 3
name = \"The dead\"
legs = [\"dead\"]
after = [\"living\"]
opens_after_hours = 0
hours = 72
suspension = \"clock-runs\"
completes = \"when-filled\"
on_expiry = \"stays-owed\"
[[phases]]
id = \"others\"
clause = 3
name = \"The others\"
legs = [\"back\", \"third\"]
after = [\"living\", \"dead\"]
opens_by_act = true
without_end = true
suspension = \"clock-stops\"
completes = \"by-act\"
";

#[test]
fn the_dead_come_after_the_living() {
    let order = phases(ORDER);
    let text = "
        1d ab over dead early
        2d ab over living most x49
        3d ab over living last
        3d ab over dead first
        4d a opened 2
        5d ab over dead second
        6d b opened 2
        7d c opened 2
        7d ba over back p
        8d c completed 2
        8d b completed 2
        9d a completed 2
        9d1 ba over back q";
    check_states(
        &order,
        text,
        "0 0 waits until 24
         1d 0 open 24 to 1032
         1d 1 waits for [0]
         2d23 0 open 24 to 1032
         3d 0 complete at 72
         3d 1 complete at 72
         2d 2 waits for [0, 1]
         3d 2 waits for the word of abc
         4d 2 waits for the word of bc
         6d 2 waits for the word of c
         7d 2 open from 168
         8d 2 open from 168
         9d 2 complete at 216",
    );
    let [nine, three] = [at("9d"), at("3d")];
    check_outside(
        &order,
        text,
        &format!(
            "0: 1 WaitsForPhases([0])
             1: 1 WaitsForPhases([0])
             9: 1 Complete {{ at: {three:?} }}
             10: 1 Complete {{ at: {three:?} }}
             18: 2 Complete {{ at: {nine:?} }}
             19: 2 Complete {{ at: {nine:?} }}"
        ),
    );
}

#[test]
fn windows_are_half_open_to_the_second() {
    let order = phases(ORDER);
    let filled = "1d ab over living all x50\n1d ab over dead first";
    check_states(&order, filled, "1d 0 complete at 24\n1d 1 open 24 to 96\n3d23 1 open 24 to 96");
    check_states(&order, filled, "4d 1 expired at 96, StaysOwed\n400d 2 waits for [1]");
    check_states(
        &order,
        "",
        "42d23 0 open 24 to 1032\n43d 0 expired at 1032, StaysOwed\n43d 1 waits for [0]",
    );
    let mut late = acts(filled);
    late.extend(acts("4d ab over dead second"));
    late[5].at = Some(Moment(at("4d").0 - 1));
    late[4].at = late[5].at;
    assert_eq!(check(&order, &late), []);
    late[5].at = Some(at("4d"));
    let expired = Reason::Expired { at: at("4d") };
    let closed = vec![Closed { phase: 1, clause: 3, reason: expired }];
    assert_eq!(check(&order, &late), [Outside { act: 5, leg: 3, closed }]);
}

#[test]
fn what_stays_owed_can_still_be_done_and_what_lapsed_cannot() {
    let late = "44d ab over living all x50";
    check_states(
        &phases(ORDER),
        late,
        "43d 0 expired at 1032, StaysOwed\n44d 0 complete at 1056\n44d 1 open 1056 to 1128",
    );
    let lapses = phases(&ORDER.replacen("stays-owed", "lapses", 1));
    check_states(&lapses, late, "44d 0 expired at 1032, Lapses\n44d 1 waits for [0]");
}

#[test]
fn a_quantity_counts_only_its_categories_and_classes() {
    let restricted = |keys: &str| {
        let quantity = "[[quantities]]\nid = \"q\"\nclause = 1\nlegs = [\"living\"]\nat_least = 2\n";
        terms(&format!("{quantity}{keys}\n{}", ORDER.replace("hours = 1008", "hours = 1000")))
    };
    let young = restricted("categories = [\"young\"]");
    check_states(&young, "2d ab over living l x9 c1\n2d ab over living m x1 c0", "2d 0 open 24 to 1024");
    check_states(
        &young,
        "2d ab over living l x9\n3d ab over living m x2 c0",
        "2d 0 open 24 to 1024\n3d 0 complete at 72",
    );
    let officers = restricted("classes = [\"officer\"]");
    check_states(
        &officers,
        "2d ab over living l x9 k0\n3d ab over living m x2 k1",
        "2d 0 open 24 to 1024\n3d 0 complete at 72",
    );
}

#[test]
fn a_suspension_holds_while_one_party_holds_it() {
    let truce = phases(TRUCE);
    let freeze = "
        1d b suspended 0
        1d6 a suspended 0
        1d8 ab over living p
        1d12 b resumed 0
        1d18 a resumed 0
        1d18 ab over living q";
    check_states(
        &truce,
        freeze,
        "23 0 open 7 to 103
         1d 0 suspended at 24 by b
         1d6 0 suspended at 24 by ab
         1d12 0 suspended at 24 by a
         1d18 0 open 7 to 121
         5d 0 open 7 to 121
         5d1 0 expired at 121, Lapses",
    );
    let reason = Reason::Suspended { since: at("1d"), by: vec![voice("a"), voice("b")] };
    check_outside(&truce, freeze, &format!("2: 0 {reason:?}\n3: 0 {reason:?}"));
    check_states(&truce, "1d n suspended 0\n1d1 n completed 0", "2d 0 open 7 to 103");
    check_states(&truce, "1d c suspended 0\n9d b resumed 0", "99d 0 suspended at 24 by c");
    check_states(
        &truce,
        "1 a suspended 0\n1d a resumed 0",
        "6 0 waits until 7\n7 0 suspended at 7 by a\n1d 0 open 7 to 120",
    );
    check_states(&truce, "1d a suspended 0\n2d a completed 0\n3d b completed 0", "3d 0 complete at 72");
}

#[test]
fn what_a_suspension_adds_is_not_earned() {
    let truce = phases(TRUCE);
    let text = "
        0d16 ab over living one x59
        1d b suspended 0
        1d12 b resumed 0
        2d ab over living two x1";
    check_states(&truce, text, "1d 0 suspended at 24 by b\n2d 0 open 7 to 139\n6d 0 expired at 139, Lapses");
    let timeline = Timeline::of(&truce, &acts(text));
    for (when, hours) in [("0", 0), ("1d", 0), ("1d12", 0), ("2d", 24), ("5d", 24), ("90d", 24)] {
        assert_eq!(timeline.earned_hours(0, at(when)), hours, "{when}");
    }
}

#[test]
fn a_suspension_can_outlast_the_window_of_a_clock_that_runs() {
    let runs = phases(&TRUCE.replacen("clock-stops", "clock-runs", 1));
    let text = "1d a suspended 0\n9d a resumed 0\n9d1 ab over living p";
    check_states(
        &runs,
        text,
        "4d6 0 suspended at 24 by a\n4d7 0 expired at 103, Lapses\n9d 0 expired at 103, Lapses",
    );
    check_states(
        &runs,
        "1d a suspended 0\n2d a resumed 0",
        "2d 0 open 7 to 103\n4d7 0 expired at 103, Lapses",
    );
}

#[test]
fn a_window_can_pass_before_it_opened() {
    let text = ORDER.replacen(
        "after = [\"living\"]\nopens_after_hours = 0\nhours = 72",
        "after = [\"living\"]\nopens_after_hours = 0\ncloses = 2023-11-30",
        1,
    );
    let order = phases(&text);
    check_states(&order, "", "6d23 1 waits for [0]\n7d 1 expired at 168, StaysOwed");
    check_states(
        &order,
        "8d ab over living l x50\n9d ab over dead d x2",
        "8d 1 expired at 168, StaysOwed\n9d 1 complete at 216",
    );
}

#[test]
fn acts_of_no_phase_and_acts_without_a_moment_are_not_seen() {
    let truce = phases(TRUCE);
    let text = "
        - ab over living p
        0 ca over third q
        0 ab over dead r
        0 a listed living s
        0 a vacated living s
        0 b opened 9
        0 a refilled living t";
    check_outside(&truce, text, &format!("9: 0 NotYetOpen {{ opens: {:?} }}", at("7")));
    assert_eq!(Timeline::of(&truce, &[]).state(1, at("0")), None);
    check_outside(&phases(""), text, "");
}

#[test]
fn the_order_of_the_acts_changes_nothing() {
    let text =
        "9d1 ba over back q\n3d ab over living l x50\n1d b suspended 0\n2d b resumed 0\n4d ab over dead d x2";
    let order = phases(ORDER);
    let mut reversed = acts(text);
    reversed.reverse();
    assert_eq!(Timeline::of(&order, &acts(text)), Timeline::of(&order, &reversed));
}

#[test]
fn a_day_has_a_least_and_a_most() {
    let truce = phases(TRUCE);
    let text = "
        0d16 ab over living one x13
        1d16 ab over living two x14
        3d16 a released living three x9
        3d23 b received living three x8
        4d0 b received living three x1
        4d1 ab over living four x10";
    let found = days(&truce, &acts(text));
    let shown: Vec<String> =
        found.iter().map(|one| format!("{} {} {:?}", one.day, one.count, one.limit)).collect();
    assert_eq!(shown, ["2023-11-25 14 Most(13)", "2023-11-26 0 Least(10)", "2023-11-27 8 Least(10)"]);
    assert!(found.iter().all(|one| (one.quantity, one.clause) == (2, 1)));
    let gap = "0d16 ab over living one x10\n30d ab over living two x10";
    let found = days(&truce, &acts(gap));
    assert_eq!(found.len(), 4, "days on which no phase was open have no least: {found:?}");
    assert_eq!(days(&phases(""), &acts(gap)).len(), 29, "a leg in no phase runs on every day");
    assert_eq!(days(&truce, &[]), []);
}
