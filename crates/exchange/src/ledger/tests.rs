//! Cases of acts, written as words: `1aL7.1` is round 1, leg `a` (the first of the terms), listed, number 7, category 1.
//!
//! | part | what |
//! |---|---|
//! | `1` | the round; without it none |
//! | `a` | the leg, by its place |
//! | `L F V G R D T` | listed, refilled, vacated, released, received, disputed, taken back |
//! | `H` | handed over: released and received, each by its side |
//! | `C K` | declared exchanged by who releases, by who receives |
//! | `O U` | returned outside: by law, unilaterally |
//! | `I7=50 W7=50` | container 7 identified as person 50; withdrawn |
//! | `S1300` | states so many |
//! | `!ready !stop !go` | the leg is ready, stops, goes on |
//! | `x195` | a lot of so many |
//! | `.1` `/2` | category, class, by place; without them none, and category 1 where the terms have rounds |
//! | `:died` | the ground; otherwise refused, and another person for a dispute |
//! | `will+7 will-7` | number 7 has passed a gate, failed it |
//! | `@belmar` | who states it, where it is not the side that has to |

mod digest;
mod groups;
mod handover;
mod model;
mod properties;
mod readings;
mod refused;
mod rounds;

use super::*;
use crate::agreement::{CountsOn, GateKind};

const EXAMPLE: &str = include_str!("../../../../examples/agreements/istanbul-shaped.toml");

/// Parties aronia, belmar and corvo, neutrals calder and doran, clauses 1 to 9, names put forward by the holder.
fn terms_of(parts: &str) -> Terms {
    let words = |en: &str| format!("{{ uk = \"{en}\", ru = \"{en}\", en = \"{en}\" }}");
    let mut text = format!(
        "id = \"5e1d0c7a94b2463f8a60d3f1b7c29e84\"\nsigned_on = 2025-06-02\ntitle = {}\n",
        words("An agreement")
    );
    for no in 1..=9 {
        text += &format!("[[clauses]]\nno = {no}\ntext = {}\n", words("A clause"));
    }
    for party in ["aronia", "belmar", "corvo"] {
        text += &format!("[[parties]]\nid = \"{party}\"\nname = {}\n", words(party));
    }
    for neutral in ["calder", "doran"] {
        text += &format!("[[neutrals]]\nid = \"{neutral}\"\nname = {}\n", words(neutral));
    }
    text += &parts.replace("WORDS", &words("words"));
    if !parts.contains("[lists]") {
        text += "\n[lists]\nclause = 1\nproposer = \"holder\"\n";
    }
    Terms::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A leg of the exchange with a floor of its own.
fn leg(id: &str, from: &str, to: &str, more: &str, amount: &str) -> String {
    let destination = if more.contains("object") { "" } else { "destination = \"home\"\n" };
    format!(
        "[[legs]]\nid = \"{id}\"\nclause = 1\nfrom = \"{from}\"\nto = \"{to}\"\n{destination}{more}\n\
         [[quantities]]\nid = \"q-{id}\"\nclause = 1\nlegs = [\"{id}\"]\n{amount}\n"
    )
}

/// Eight rounds of three places on a side, a floor of 4, the will in the shared record.
fn rounds() -> Terms {
    let few = EXAMPLE.replace("places = 133", "places = 3").replace("at_least = 1000", "at_least = 4");
    Terms::parse(&few).unwrap()
}

/// No rounds: a and b persons both ways, c remains, d given for nothing, e counted on declaration.
fn open() -> Terms {
    terms_of(
        &[
            leg("to-belmar", "aronia", "belmar", "", "at_least = 1000"),
            leg("to-aronia", "belmar", "aronia", "", "at_least = 1000"),
            leg("dead", "aronia", "belmar", "object = \"remains\"", "unit = \"containers\"\nall = true"),
            leg("gift", "aronia", "belmar", "account = \"unilateral\"", "all = true"),
            leg("parole", "aronia", "belmar", "counts_on = \"declaration\"", "exactly = 10"),
            CLASSES.to_owned(),
            CATEGORIES.to_owned(),
        ]
        .concat(),
    )
}

const CLASSES: &str = "
[[classes]]
id = \"private\"
name = WORDS
[[classes]]
id = \"named\"
name = WORDS
most = 1
";

const CATEGORIES: &str = "
[[categories]]
id = \"ill\"
clause = 2
name = WORDS
when = { medical = [\"direct\"] }
all_for_all = true
tested = \"at-listing\"
[[categories]]
id = \"others\"
clause = 3
name = WORDS
when = { any = true }
all_for_all = false
tested = \"at-listing\"
";

/// Three legs that complete together, to three parties.
fn grouped() -> Terms {
    let together = "together = \"at-once\"";
    terms_of(
        &[
            leg("to-belmar", "aronia", "belmar", together, "exactly = 2"),
            leg("to-aronia", "belmar", "aronia", together, "exactly = 1"),
            leg("to-corvo", "aronia", "corvo", together, "exactly = 1"),
            leg("alone", "corvo", "aronia", "", "exactly = 1"),
        ]
        .concat(),
    )
}

fn party(label: &str) -> Party {
    Party::new(label).unwrap()
}

fn item(number: u32) -> Item {
    let mut bytes = [0; 32];
    bytes.chunks_exact_mut(4).for_each(|chunk| chunk.copy_from_slice(&number.to_be_bytes()));
    Item(bytes)
}

/// Takes the digits in front of a word.
fn number(word: &mut &str) -> Option<u32> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, rest) = word.split_at(end);
    *word = rest;
    (!digits.is_empty()).then(|| digits.parse().unwrap())
}

/// The acts of one word.
fn acts_of(terms: &Terms, whole: &str) -> Vec<Act> {
    let (mut word, by) = whole.split_once('@').map_or((whole, None), |(word, by)| (word, Some(by)));
    let voice = |default: &Party| {
        let label = by.unwrap_or(default.as_str());
        terms.voice(label).unwrap_or_else(|| panic!("nobody is {label}"))
    };
    let act = |by: Voice, what: What| vec![Act { at: None, by, what }];
    let gate = GateKind::ALL.iter().find(|(code, _)| word.starts_with(code));
    if let Some((code, gate)) = gate.filter(|_| word.contains(['+', '-'])) {
        let (sign, person) = word[code.len()..].split_at(1);
        let outcome = if sign == "+" { GateOutcome::Passed } else { GateOutcome::Failed };
        let what = What::Gate { item: item(person.parse().unwrap()), gate: *gate, outcome };
        return act(voice(&terms.parties[1].id), what);
    }
    let round = number(&mut word);
    let place = word.bytes().next().unwrap() - b'a';
    // A leg that the terms do not have is stated by the first party.
    let (from, to) = terms
        .legs
        .get(usize::from(place))
        .map_or((&terms.parties[0].id, &terms.parties[0].id), |leg| (&leg.from, &leg.to));
    word = &word[1..];
    if let Some(kind) = word.strip_prefix('!') {
        let kind = match kind {
            "ready" => LegAct::Ready,
            "stop" => LegAct::Aborted,
            "go" => LegAct::Resumed,
            other => panic!("no leg act {other}"),
        };
        return act(voice(from), What::Leg { leg: place, round: round.unwrap_or(0), kind });
    }
    let kind = word.chars().next().unwrap();
    word = &word[1..];
    let count = number(&mut word).unwrap_or_else(|| panic!("no number in {whole}"));
    if kind == 'S' {
        return act(voice(from), What::States { leg: place, round, count });
    }
    let mut moved = Move {
        leg: place,
        round: round.unwrap_or(0),
        item: item(count),
        who: Who::One,
        category: (!terms.rounds.is_empty()).then_some(1),
        class: None,
        kind: MoveKind::Listed,
    };
    let (mut ground, mut person) = (None, None);
    while let Some(suffix) = word.chars().next() {
        word = &word[1..];
        match suffix {
            'x' => moved.who = Who::Lot(number(&mut word).unwrap()),
            '.' => moved.category = number(&mut word).map(narrow_number),
            '/' => moved.class = number(&mut word).map(narrow_number),
            '=' => person = number(&mut word).map(item),
            ':' => {
                ground = Some(Ground::from_code(word).unwrap_or_else(|| panic!("no ground {word}")));
                word = "";
            }
            other => panic!("no part {other} in {whole}"),
        }
    }
    let one = |by: &Party, kind: MoveKind| act(voice(by), What::Move(Move { kind, ..moved }));
    match kind {
        'L' => one(from, MoveKind::Listed),
        'F' => one(from, MoveKind::Refilled),
        'V' => one(from, MoveKind::Vacated(ground.unwrap_or(Ground::Refused))),
        'G' => one(from, MoveKind::Released),
        'R' => one(to, MoveKind::Received),
        'H' => [one(from, MoveKind::Released), one(to, MoveKind::Received)].concat(),
        'D' => one(to, MoveKind::Disputed(ground.unwrap_or(Ground::OtherPerson))),
        'T' => one(from, MoveKind::TakenBack),
        'C' => one(from, MoveKind::Declared),
        'K' => one(to, MoveKind::Declared),
        'O' => one(from, MoveKind::ReturnedOutside(Family::ByLaw)),
        'U' => one(from, MoveKind::ReturnedOutside(Family::Unilateral)),
        'I' => one(from, MoveKind::Identified { person: person.unwrap() }),
        'W' => one(from, MoveKind::IdentityWithdrawn { person: person.unwrap() }),
        other => panic!("no act {other}"),
    }
}

fn narrow_number(number: u32) -> u8 {
    u8::try_from(number).unwrap()
}

fn acts(terms: &Terms, words: &str) -> Vec<Act> {
    words.split_whitespace().flat_map(|word| acts_of(terms, word)).collect()
}

fn book(terms: &Terms, words: &str) -> Result<Ledger, String> {
    Ledger::book(terms, &acts(terms, words)).map_err(|error| format!("{}: {}", error.at, error.refused))
}

/// A lawful case.
fn booked(terms: &Terms, words: &str) -> Ledger {
    book(terms, words).unwrap_or_else(|error| panic!("{words}: {error}"))
}

/// What stands in each account of a leg's own family, in every round: `owed 4, listed 1`, without those that are empty.
fn stands(ledger: &Ledger, leg: u8) -> String {
    let family = ledger.legs[usize::from(leg)].family;
    let mut sums = BTreeMap::new();
    for (account, count) in ledger.accounts() {
        if account.cell.leg == leg && account.family == family && account.post != Post::Promised {
            *sums.entry(account.post).or_insert(0) += count;
        }
    }
    let shown = sums.iter().filter(|(_, sum)| **sum != 0).map(|(post, sum)| format!("{} {sum}", post.code()));
    shown.collect::<Vec<_>>().join(", ")
}

/// Everything that can be asked of a ledger, to see that a refused act has changed none of it.
type Seen = (BTreeMap<Account, i64>, BTreeMap<(RoundNo, u8), Slots>, String, Digest);

fn seen(ledger: &Ledger) -> Seen {
    (ledger.accounts(), ledger.slots(), format!("{:?} {:?}", ledger.lines, ledger.grounds), ledger.digest())
}
