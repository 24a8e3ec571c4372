//! The checker and the second checker, on the same rolls and certificates: every true roll holds, no other does, and both
//! say the same.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::mutate;
use super::rounds::{Chance, Round, certificate_text, word};
use crate::ids::Item;
use crate::selection::joint::*;

const VERIFY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tools/verify");

/// What is checked: the true roll or a changed one, by the true certificate or a changed one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sort {
    TrueRoll,
    ChangedRoll,
    TrueRollChangedCertificate,
    ChangedRollChangedCertificate,
}

impl Sort {
    fn is_true_roll(self) -> bool {
        matches!(self, Self::TrueRoll | Self::TrueRollChangedCertificate)
    }
}

/// What the checker says of one case, and what the second checker is asked and must answer.
pub struct Case {
    line: Value,
    /// `holds`, `as-good`, `not-the-best`, `lawless` or `unreadable`.
    pub verdict: &'static str,
    /// How one of the second checker's sentences begins.
    says: Option<String>,
    /// Cost and bound of a lawful roll.
    levels: Option<[Vec<String>; 2]>,
    sort: Sort,
}

impl Case {
    pub fn of(
        round: &Round,
        people: &People,
        roll: &[Item],
        certificate: &Certificate,
        line: Value,
        sort: Sort,
    ) -> Self {
        let checked = check(&round.rules, people, &round.seed, roll, certificate);
        let mut levels = None;
        let (verdict, says) = match &checked {
            Ok(verdict) => {
                levels = Some(
                    [&verdict.cost, &verdict.bound]
                        .map(|levels| levels.iter().map(i128::to_string).collect()),
                );
                if verdict.holds() {
                    ("holds", None)
                } else if verdict.cost == verdict.bound {
                    ("as-good", None)
                } else {
                    ("not-the-best", Some(weighed(&round.rules, verdict)))
                }
            }
            Err(CheckError::Division | CheckError::Prices | CheckError::Levels) => ("unreadable", None),
            Err(error) => ("lawless", Some(sentence(&round.rules, error))),
        };
        Self { line, verdict, says, levels, sort }
    }

    /// Whether the second checker answers the same.
    pub fn agrees(&self, answer: &Value) -> bool {
        let said = answer["says"].as_array().unwrap();
        let says =
            |begins: &String| said.iter().any(|said| said.as_str().unwrap().starts_with(begins.as_str()));
        let levels = self
            .levels
            .as_ref()
            .is_none_or(|[cost, bound]| answer["cost"] == json!(cost) && answer["bound"] == json!(bound));
        answer["verdict"] == self.verdict && self.says.as_ref().is_none_or(says) && levels
    }
}

/// The second checker's sentence about a rule that is broken.
fn sentence(rules: &Rules, error: &CheckError) -> String {
    let category = |at: usize| format!("category '{}'", rules.categories[at].id);
    match error {
        CheckError::NotThere(item) => format!("item {item} is in the roll and not in the pool"),
        CheckError::Twice(item) => format!("item {item} is in the roll twice"),
        CheckError::Split(group) => format!("group {group} is split"),
        CheckError::Matching { category: at, .. } => category(*at),
        CheckError::Balance { found, least, most } => {
            let [first, second] = [0, 1].map(|side: usize| &rules.sides[side].party);
            format!("balance: {first} gives {found} more than {second} where {least} to {most} is within it")
        }
        CheckError::Places { bound, found, least, most } => {
            let outside = if found < least {
                format!("{found} go where at least {least} must")
            } else {
                format!("{found} go where at most {most} may")
            };
            match *bound {
                Bound::Cap { side, cap } => {
                    let side = &rules.sides[side];
                    format!("cap '{}' of {}: {outside}", side.caps[cap].id, side.party)
                }
                Bound::Category { side, category: at } => {
                    format!("{} of {}: {outside}", category(at), rules.sides[side].party)
                }
                Bound::Pair { category: at } => category(at),
            }
        }
        error => panic!("no rule of a roll: {error}"),
    }
}

/// The second checker's sentence about a lawful roll that costs more than the bound.
fn weighed(rules: &Rules, verdict: &Verdict) -> String {
    let differs = |at: &usize| verdict.cost[*at] != verdict.bound[*at];
    let at = (0..verdict.cost.len()).find(differs).expect("a roll that costs more");
    let (by, level) = (verdict.cost[at] - verdict.bound[at], word(Level::of(rules)[at]));
    format!("the roll is not shown to be the best: it costs {by} more at level {level} than the bound")
}

/// What the second checker answers, case by case, with `before` run ahead of it.
pub fn second_checker(before: &str, cases: &[Case]) -> Vec<Value> {
    let lines: String = cases.iter().map(|case| format!("{}\n", case.line)).collect();
    let program = format!("import select_check, sys\n{before}\nselect_check.batch(sys.stdin, sys.stdout)");
    // Without assertions, so that a checker that was made wrong answers and does not stop.
    python(&["-O", "-c", &program], lines)
}

/// Runs Python beside the tools of verification; its answers, one a line.
pub fn python(arguments: &[&str], lines: String) -> Vec<Value> {
    let mut child = Command::new("python3")
        .args(arguments)
        .current_dir(VERIFY)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3, which the setup installs");
    let mut input = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The cases of a round: the true roll, changed rolls, changed certificates.
fn cases_of(number: usize) -> Vec<Case> {
    let people_of = if number % 10 == 9 { 200 } else { 12 + number % 49 };
    cases_in(number, &Round::of(number, people_of))
}

fn cases_in(number: usize, round: &Round) -> Vec<Case> {
    let people = round.people();
    let Some(found) = round.select(&people) else { return Vec::new() };
    assert!(found.is_best(), "round {number}");
    let chance = &mut Chance::of(number + 1_000_000);
    let seed: String = round.seed.iter().map(|byte| format!("{byte:02x}")).collect();
    let text =
        |certificate: &Certificate| certificate_text(&round.rules, certificate, &found.cost, &found.bound);
    let items = |chosen: &[usize]| -> Vec<Item> { chosen.iter().map(|&at| people.rows()[at].item).collect() };
    let told = |roll: &[Item]| -> Vec<String> { roll.iter().map(Item::to_string).collect() };
    let truth = items(&found.chosen);
    let whole = json!({
        "rules": round.rules_text(), "pool": round.pool_text(), "seed": seed,
        "certificate": text(&found.certificate), "roll": told(&truth),
    });
    let mut all = vec![Case::of(round, &people, &truth, &found.certificate, whole, Sort::TrueRoll)];
    let mut lawful = None;
    for roll in mutate::rolls(chance, round, &people, &found.chosen, 60) {
        let roll = items(&roll);
        let case = Case::of(
            round,
            &people,
            &roll,
            &found.certificate,
            json!({ "roll": told(&roll) }),
            Sort::ChangedRoll,
        );
        if case.verdict == "not-the-best" {
            lawful = Some(roll);
        }
        all.push(case);
    }
    for certificate in mutate::certificates(chance, &found.certificate, 12) {
        let line = json!({ "certificate": text(&certificate), "roll": told(&truth) });
        all.push(Case::of(round, &people, &truth, &certificate, line, Sort::TrueRollChangedCertificate));
        if let Some(roll) = &lawful {
            all.push(Case::of(
                round,
                &people,
                roll,
                &certificate,
                json!({ "roll": told(roll) }),
                Sort::ChangedRollChangedCertificate,
            ));
        }
    }
    // A bound claimed better than it is: nobody believes it, and the second checker says so.
    let mut better = found.bound.clone();
    *better.last_mut().unwrap() -= 1;
    let claims = certificate_text(&round.rules, &found.certificate, &found.cost, &better);
    let line = json!({ "certificate": claims, "roll": told(&truth) });
    all.push(Case::of(round, &people, &truth, &found.certificate, line, Sort::TrueRollChangedCertificate));
    all
}

fn accepted(verdict: &Value) -> bool {
    *verdict == "holds" || *verdict == "as-good"
}

/// Ten thousand changed rolls: both checkers refuse every one, for the same reason, and hold every true one to be the best.
#[test]
fn two_checkers_refuse_every_changed_roll_for_the_same_reason() {
    let mut rounds: Vec<Vec<Case>> = (0..260).map(cases_of).filter(|cases| !cases.is_empty()).collect();
    let made = rounds.len();
    let cases: Vec<Case> = rounds.drain(..).flatten().collect();
    let answers = second_checker("", &cases);
    assert_eq!(answers.len(), cases.len());
    let mut seen = std::collections::BTreeMap::new();
    for (at, (case, answer)) in cases.iter().zip(&answers).enumerate() {
        assert!(
            case.agrees(answer),
            "case {at}: {} {:?} {:?}\n{answer}",
            case.verdict,
            case.says,
            case.levels
        );
        assert!(case.sort.is_true_roll() || !accepted(&answer["verdict"]), "case {at}");
        *seen.entry((case.sort, case.verdict)).or_insert(0_usize) += 1;
    }
    println!("{made} rounds: {seen:?}");
    assert!(made >= 200, "{made}");
    assert_eq!(seen[&(Sort::TrueRoll, "holds")], made);
    let changed = |verdict: &str| seen.get(&(Sort::ChangedRoll, verdict)).copied().unwrap_or(0);
    assert!(changed("lawless") + changed("not-the-best") >= 10_000, "{seen:?}");
    assert!(changed("not-the-best") >= 1_000, "{seen:?}");
    let claims = answers.iter().filter(|answer| answer["false_claims"] == json!(["bound"]));
    assert!(claims.count() >= made);
}

/// The same of rounds that keep a balance.
#[test]
fn two_checkers_say_the_same_of_a_balance() {
    let rounds = (0..160).map(|number| cases_in(number, &Round::balanced(number, 10 + number % 30)));
    let cases: Vec<Case> = rounds.flatten().collect();
    let answers = second_checker("", &cases);
    assert_eq!(answers.len(), cases.len());
    let mut seen = std::collections::BTreeMap::new();
    for (at, (case, answer)) in cases.iter().zip(&answers).enumerate() {
        assert!(
            case.agrees(answer),
            "case {at}: {} {:?} {:?}\n{answer}\n{}",
            case.verdict,
            case.says,
            case.levels,
            case.line
        );
        assert!(case.sort.is_true_roll() || !accepted(&answer["verdict"]), "case {at}");
        *seen.entry((case.sort, case.verdict)).or_insert(0_usize) += 1;
    }
    let by_balance =
        cases.iter().filter(|case| case.says.as_ref().is_some_and(|says| says.starts_with("balance")));
    let by_balance = by_balance.count();
    println!("{seen:?}, {by_balance} refused for the balance alone");
    assert!(by_balance > 100 && seen[&(Sort::TrueRoll, "holds")] > 60, "{by_balance} {seen:?}");
    let forgets =
        "select_check.read_balance = lambda table: (-10 ** 9, 10 ** 9) if 'balance' in table else None";
    let answers = second_checker(forgets, &cases);
    assert!(cases.iter().zip(&answers).any(|(case, answer)| !case.agrees(answer)));
}

/// A second checker that forgets one rule lets changed rolls pass, and is seen to disagree: the test above can fail.
#[test]
fn a_checker_that_forgets_a_rule_is_found_out() {
    let cases: Vec<Case> = (0..60).flat_map(cases_of).collect();
    let passed = |before: &str| {
        let answers = second_checker(before, &cases);
        let wrong =
            |(case, answer): &(&Case, &Value)| !case.sort.is_true_roll() && accepted(&answer["verdict"]);
        let passed = cases.iter().zip(&answers).filter(wrong).count();
        let disagree = cases.iter().zip(&answers).filter(|(case, answer)| !case.agrees(answer)).count();
        assert!(disagree >= passed);
        (passed, disagree)
    };
    assert_eq!(passed(""), (0, 0));
    for (forgotten, before) in FORGOTTEN {
        let (passed, disagree) = passed(before);
        println!("without {forgotten}: {passed} changed rolls pass, {disagree} verdicts differ");
        assert!(passed > 0, "{forgotten}");
    }
}

/// One rule each that the second checker is made to forget.
const FORGOTTEN: [(&str, &str); 4] = [
    ("caps and quotas", "select_check.out_of_bounds = lambda *_: []"),
    ("the bound", "select_check.bound_of = lambda *_: 1 << 9000"),
    (
        "groups",
        "from unittest.mock import patch\nrule = select_check.lawful\ndef lawful(rules, pool, roll):\n    \
         with patch.object(pool, 'groups', {}):\n        return rule(rules, pool, roll)\nselect_check.lawful = lawful",
    ),
    (
        "one for one",
        "rule = select_check.read_category\ndef read(*stated):\n    read = rule(*stated)\n    \
         read.ratio = None if read.against == 'one-for-one' else read.ratio\n    return read\n\
         select_check.read_category = read",
    ),
];
