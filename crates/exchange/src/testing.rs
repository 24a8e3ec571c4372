//! A small agreement, and acts in a short notation, so that a test is a list of cases.

use sha2::{Digest as _, Sha256};

use crate::agreement::Terms;
use crate::ids::Item;
use crate::ledger::{Act, ConditionAct, Ground, Move, MoveKind, NoticeAct, PhaseAct, Voice, What, Who};
use crate::moment::{HOUR, Moment};

/// The first second of the day of signing, from which the notation counts.
pub(crate) fn signing() -> Moment {
    Moment::read("2023-11-24").unwrap()
}

/// `5` is the fifth hour after signing, `2d` the second day, `2d5` two days and five hours.
pub(crate) fn at(text: &str) -> Moment {
    let (days, hours) = match text.split_once('d') {
        Some((days, "")) => (days, "0"),
        Some(both) => both,
        None => ("0", text),
    };
    let number = |text: &str| text.parse::<i64>().unwrap_or_else(|_| panic!("{text}"));
    Moment(signing().0 + (number(days) * 24 + number(hours)) * HOUR)
}

/// An agreement of the parties a, b and c with the neutral n: the living and the dead from a to b, the others back from b
/// to a, and third persons from c to a.
pub(crate) fn terms(rest: &str) -> Terms {
    Terms::parse(&format!("{BEGINNING}{rest}")).unwrap_or_else(|error| panic!("{error}"))
}

const BEGINNING: &str = r#"
id = "5e1d0c7a94b2463f8a60d3f1b7c29e84"
signed_on = 2023-11-24
title = "An agreement"
clauses = [{ no = 1, text = "Who goes." }, { no = 2, text = "When." }, { no = 3, text = "What is kept." }]
parties = [{ id = "a", name = "A" }, { id = "b", name = "B" }, { id = "c", name = "C" }]
neutrals = [{ id = "n", name = "N", roles = ["custodian"] }]
legs = [
  { id = "living", clause = 1, from = "a", to = "b", destination = "home" },
  { id = "back", clause = 1, from = "b", to = "a", destination = "home" },
  { id = "third", clause = 1, from = "c", to = "a", destination = "home" },
  { id = "dead", clause = 1, from = "a", to = "b", object = "remains" },
]
classes = [{ id = "private", name = "Private" }, { id = "officer", name = "Officer" }]
categories = [
  { id = "young", clause = 1, name = "Young", when = { age_below = 25, on = "signing" }, all_for_all = false, tested = "at-listing" },
  { id = "all", clause = 1, name = "All", when = { any = true }, all_for_all = false, tested = "at-listing" },
]
[lists]
clause = 1
proposer = "holder"
[[quantities]]
id = "others"
clause = 1
legs = ["back", "third"]
at_least = 0
[[quantities]]
id = "bodies"
clause = 1
legs = ["dead"]
unit = "containers"
at_least = 2
"#;

/// Reads acts, one a line: `MOMENT BY ACT …`, where the moment is that of [`at`], or `-` for none.
///
/// About a person or lot `over`, `released`, `received`, `taken-back`, `disputed`, `declared`, `refilled`, `listed` and
/// `vacated` with `LEG ITEM [xCOUNT] [cPLACE] [kPLACE]` (category and class; `over` by `ab` is both words); about a phase
/// `opened`, `completed`, `suspended`, `resumed` with its place; `notice NO CLAUSE`, `reply NO`, `close NO`; `observed
/// CONDITION [ITEM]`, `ended CONDITION`.
pub(crate) fn acts(text: &str) -> Vec<Act> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(line).collect()
}

fn line(line: &str) -> Vec<Act> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let when = (words[0] != "-").then(|| at(words[0]));
    let act = |by: &str, what: What| Act { at: when, by: voice(by), what };
    let (by, verb, rest) = (words[1], words[2], &words[3..]);
    if verb == "over" {
        let what = |kind| What::Move(moved(rest, kind));
        return vec![act(&by[..1], what(MoveKind::Released)), act(&by[1..], what(MoveKind::Received))];
    }
    vec![act(by, what(verb, rest))]
}

fn what(verb: &str, rest: &[&str]) -> What {
    let number = |place: usize| rest[place].parse::<u32>().unwrap();
    let small = || rest[0].parse::<u8>().unwrap();
    let about = |kind| What::Move(moved(rest, kind));
    let phase = |kind| What::Phase { phase: small(), kind };
    let notice = |kind| What::Notice { no: number(0), kind };
    let condition = |kind| What::Condition { condition: small(), kind };
    match verb {
        "listed" => about(MoveKind::Listed),
        "refilled" => about(MoveKind::Refilled),
        "vacated" => about(MoveKind::Vacated(Ground::NotStated)),
        "released" => about(MoveKind::Released),
        "received" => about(MoveKind::Received),
        "taken-back" => about(MoveKind::TakenBack),
        "disputed" => about(MoveKind::Disputed(Ground::NotStated)),
        "declared" => about(MoveKind::Declared),
        "opened" => phase(PhaseAct::Opened),
        "completed" => phase(PhaseAct::Completed),
        "suspended" => phase(PhaseAct::Suspended),
        "resumed" => phase(PhaseAct::Resumed),
        "notice" => notice(NoticeAct::Given { clause: number(1) }),
        "reply" => notice(NoticeAct::Replied),
        "close" => notice(NoticeAct::Closed),
        "observed" => condition(ConditionAct::Observed { item: rest.get(1).map(|label| item(label)) }),
        "ended" => condition(ConditionAct::Ended),
        other => panic!("{other}"),
    }
}

fn moved(rest: &[&str], kind: MoveKind) -> Move {
    let legs = ["living", "back", "third", "dead"];
    let leg = legs.iter().position(|leg| *leg == rest[0]).unwrap() as u8;
    let after = |letter: char| rest[2..].iter().find_map(|word| word.strip_prefix(letter));
    let place = |letter: char| after(letter).map(|place| place.parse().unwrap());
    let who = after('x').map_or(Who::One, |count| Who::Lot(count.parse().unwrap()));
    Move { leg, round: 0, item: item(rest[1]), who, category: place('c'), class: place('k'), kind }
}

/// The parties and then the neutral, by their letters.
pub(crate) fn voice(letter: &str) -> Voice {
    Voice("abcn".find(letter).unwrap() as u8)
}

/// The person or lot of a label.
pub(crate) fn item(label: &str) -> Item {
    Item(Sha256::digest(label.as_bytes()).into())
}
