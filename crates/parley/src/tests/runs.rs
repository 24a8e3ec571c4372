//! Runs of private matching in the record: each rule refuses what breaks it, and without it the judge finds the breach.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::judge::Facts;
use super::record::{Node, digest, meet};
use super::simulator;
use super::{AGREEMENT, aronia, belmar, calder};
use crate::matching::{Params, RunEntry};
use crate::*;

/// Parameters of one run of three: the first party may ask for 5, the second for 3, two at a time.
pub(crate) fn params(run: u32) -> Params {
    Params {
        agreement: AGREEMENT,
        run,
        runs: 3,
        normalisation: "folding-1".to_owned(),
        tables: digest(7),
        recipes: vec!["service-year".to_owned()],
        keys_per_person: 2,
        sought: [5, 3],
        held: [4, 4],
        chunk: 2,
        audit: 1,
        retention_days: 30,
        reference: 0,
    }
}

fn put(params: &Params) -> Body {
    Body::Matching(RunEntry::Params { params: params.encode() })
}

fn commit(run: u32, key: u8) -> Body {
    let (session, d) = (params(run).session(), digest(3));
    Body::Matching(RunEntry::Commit { session, sought: d, held: d, key: [key; 32], tags: d, queries: d })
}

fn eval(run: u32, from: u32, to: u32) -> Body {
    let session = params(run).session();
    Body::Matching(RunEntry::Evaluation { session, from, to, query: digest(from as u8) })
}

fn close(run: u32) -> Body {
    Body::Matching(RunEntry::Close { session: params(run).session(), transcript: digest(6) })
}

/// Whether a log accepts an entry.
fn has(log: &[Arc<Signed>], id: EntryId) -> bool {
    log.iter().any(|e| matches!(e.body(), Body::Accept { entry } if *entry == id))
}

fn out_of_order(logs: &[&[Arc<Signed>]; 2], put: &[(EntryId, Params)]) -> Vec<&'static str> {
    let mut broken = Vec::new();
    let agreed: Vec<&(EntryId, Params)> = put.iter().filter(|(id, _)| has(logs[1], *id)).collect();
    let mut numbers: Vec<u32> = agreed.iter().map(|(_, params)| params.run).collect();
    numbers.sort_unstable();
    if !numbers.iter().copied().eq(1..=numbers.len() as u32) {
        broken.push("12: runs out of order");
    }
    if agreed.iter().map(|(_, params)| params.runs).collect::<BTreeSet<_>>().len() > 1 {
        broken.push("12: another number of runs");
    }
    broken
}

/// The invariant as the entries of both logs show it, and nothing that the rules made of them.
pub(crate) fn broken(parties: &[PartyId; 2], logs: &[&[Arc<Signed>]; 2]) -> Vec<&'static str> {
    let said = |log: &[Arc<Signed>]| log.iter().any(|e| matches!(e.body(), Body::Matching(_)));
    if !logs.iter().any(|log| said(log)) {
        return Vec::new();
    }
    let put = logs[0].iter().filter_map(|e| match e.body() {
        Body::Matching(RunEntry::Params { params }) => Some((e.id(), Params::decode(params).unwrap())),
        _ => None,
    });
    let put: Vec<(EntryId, Params)> = put.collect();
    let mut broken = out_of_order(logs, &put);
    for by in 0..2 {
        let mut keys = BTreeSet::new();
        let mut spent = std::collections::BTreeMap::new();
        for (at, entry) in logs[by].iter().enumerate() {
            let seen = entry.entry().seen.iter().find(|h| h.author == parties[1 - by]);
            let seen = seen.map_or(0, |h| h.seq as usize + 1).min(logs[1 - by].len());
            let (own, other) = (&logs[by][..at], &logs[1 - by][..seen]);
            let past = if by == 0 { [own, other] } else { [other, own] };
            match entry.body() {
                Body::Matching(RunEntry::Commit { key, .. }) if !keys.insert(*key) => {
                    broken.push("12: a key served twice");
                }
                Body::Matching(RunEntry::Evaluation { session, from, to, .. }) => {
                    let run = put.iter().find(|(_, params)| params.session() == *session);
                    let (id, params) = run.expect("an evaluation names a run");
                    let spent = spent.entry(*session).or_insert(0);
                    if *from != *spent || *to > params.sought[1 - by] {
                        broken.push("12: evaluated twice or beyond the budget");
                    }
                    *spent = *to;
                    let accepted = |by: usize| {
                        past[by].iter().any(|e| {
                            let of = |s: &RunEntry| {
                                matches!(s, RunEntry::Commit { session: s, .. } if s == session)
                            };
                            matches!(e.body(), Body::Matching(said) if of(said)) && has(past[1 - by], e.id())
                        })
                    };
                    if !has(past[1], *id) || !accepted(0) || !accepted(1) {
                        broken.push("12: evaluated before both commits were accepted");
                    }
                }
                _ => {}
            }
        }
    }
    broken
}

fn judged(node: &Node) -> Vec<&'static str> {
    let parties = node.record.members().parties();
    let logs = parties.map(|party| node.record.log(&party).map_or(&[][..], Log::entries));
    Facts::of(parties, logs).broken()
}

fn begun() -> (Node, Node) {
    let (mut a, mut b) = (Node::new(aronia()), Node::new(belmar()));
    meet(&mut a, &mut b);
    (a, b)
}

/// The parameters of a run are accepted by both.
fn agreed(a: &mut Node, b: &mut Node, run: u32) {
    let entry = a.say(put(&params(run)));
    meet(a, b);
    b.say(Body::Accept { entry });
    meet(a, b);
}

/// Both have committed, with keys of the run's number and ten more, and accepted.
fn ready(a: &mut Node, b: &mut Node, run: u32) {
    let (of_a, of_b) = (a.say(commit(run, run as u8)), b.say(commit(run, run as u8 + 10)));
    meet(a, b);
    a.say(Body::Accept { entry: of_b });
    b.say(Body::Accept { entry: of_a });
    meet(a, b);
}

fn refused(node: &mut Node, body: Body, expected: &str) {
    let why = node.try_say(body).expect_err(expected);
    assert_eq!((why.invariant(), why.to_string()), (12, format!("not lawful by invariant 12: {expected}")));
}

#[test]
fn a_run_is_counted_to_its_end_and_stands_in_the_view() {
    let (mut a, mut b) = begun();
    agreed(&mut a, &mut b, 1);
    ready(&mut a, &mut b, 1);
    for (from, to) in [(0, 2), (2, 3)] {
        a.say(eval(1, from, to));
    }
    for (from, to) in [(0, 2), (2, 4), (4, 5)] {
        b.say(eval(1, from, to));
    }
    meet(&mut a, &mut b);
    a.say(close(1));
    b.say(close(1));
    meet(&mut a, &mut b);
    let view = a.record.view();
    let [run] = view.runs()[..] else { panic!("one run") };
    assert_eq!((run.params.clone(), run.accepted.is_some()), (params(1), true));
    let sides = run.sides.map(|side| (side.evaluated, side.closed, side.key));
    assert_eq!(sides, [(3, Some(digest(6)), Some([1; 32])), (5, Some(digest(6)), Some([11; 32]))]);
    assert_eq!(judged(&a), Vec::<&str>::new());
    // Another number of evaluations is another state.
    let (mut c, mut d) = begun();
    agreed(&mut c, &mut d, 1);
    ready(&mut c, &mut d, 1);
    let before = c.record.view().summary();
    c.say(eval(1, 0, 2));
    let after = c.record.view().summary();
    let sides = |summary: &str| -> Vec<String> {
        summary.lines().filter(|line| line.starts_with(" side")).map(str::to_owned).collect()
    };
    assert_eq!(sides(&before).len(), 2);
    assert_ne!(sides(&before), sides(&after));
    assert!(sides(&after).iter().any(|line| line.contains("true 2 ")), "{after}");
}

#[test]
fn parameters_are_put_forward_by_the_first_party_in_order_and_under_this_agreement() {
    let (mut a, mut b) = begun();
    let other = Params { agreement: AgreementId([1; 32]), ..params(1) };
    refused(&mut a, put(&other), "the parameters name another agreement");
    refused(&mut b, put(&params(1)), "only the party that the agreement names first puts parameters forward");
    refused(&mut a, put(&params(2)), "run 1 is next");
    let mut neutral = Node::new(calder());
    neutral.try_say(put(&params(1))).expect_err("a neutral observes");
    let entry = a.say(put(&params(1)));
    refused(&mut a, put(&params(1)), "the author has already said this of the run");
    assert_eq!(a.try_say(Body::Accept { entry }), Err(Unlawful::Own(entry).into()));
    meet(&mut a, &mut b);
    b.say(Body::Accept { entry });
    assert_eq!(b.try_say(Body::Accept { entry }), Err(Unlawful::NotOpen(entry).into()));
    let ground = "no".parse().unwrap();
    assert_eq!(b.try_say(Body::Reject { entry, ground }), Err(Unlawful::NotOpen(entry).into()));
    meet(&mut a, &mut b);
    assert_eq!(a.try_say(Body::Withdraw { entry }), Err(Unlawful::NotOpen(entry).into()));
    refused(&mut a, put(&Params { audit: 2, ..params(1) }), "run 2 is next");
    refused(&mut a, put(&Params { runs: 9, ..params(2) }), "3 runs are agreed");
    // Three runs are agreed: a fourth cannot be said at all, since its parameters do not hold.
    assert!(Params::decode(&params(4).encode()).is_err());
}

#[test]
fn what_is_rejected_or_withdrawn_may_be_put_forward_anew_and_counts_once() {
    let (mut a, mut b) = begun();
    let first = a.say(put(&params(1)));
    let second = a.say(put(&Params { audit: 2, ..params(1) }));
    meet(&mut a, &mut b);
    // The withdrawal crosses the accept, which wins; the other cannot be accepted then.
    a.say(Body::Withdraw { entry: first });
    b.say(Body::Accept { entry: first });
    meet(&mut a, &mut b);
    refused(&mut b, Body::Accept { entry: second }, "run 2 is next");
    b.say(Body::Reject { entry: second, ground: "run one is agreed".parse().unwrap() });
    meet(&mut a, &mut b);
    assert_eq!(a.record.view().runs().iter().filter(|run| run.accepted.is_some()).count(), 1);
    assert_eq!(judged(&b), Vec::<&str>::new());
}

#[test]
fn commits_come_after_the_agreement_and_each_key_serves_one_run() {
    let (mut a, mut b) = begun();
    refused(&mut a, commit(1, 1), "the parameters of this run are not accepted by both");
    agreed(&mut a, &mut b, 1);
    let of_a = a.say(commit(1, 1));
    refused(&mut a, commit(1, 2), "the author has already said this of the run");
    meet(&mut a, &mut b);
    refused(&mut b, Body::Accept { entry: of_a }, "the author has not committed itself");
    refused(&mut b, commit(1, 1), "the key was committed to before: one run per key");
    let of_b = b.say(commit(1, 11));
    b.say(Body::Accept { entry: of_a });
    refused(&mut b, Body::Accept { entry: of_a }, "the author has already said this of the run");
    let ground = "no".parse().unwrap();
    assert_eq!(b.try_say(Body::Reject { entry: of_a, ground }), Err(Unlawful::Unknown(of_a).into()));
    refused(&mut b, eval(1, 0, 2), "both commits are not accepted");
    meet(&mut a, &mut b);
    a.say(Body::Accept { entry: of_b });
    meet(&mut a, &mut b);
    agreed(&mut a, &mut b, 2);
    refused(&mut a, commit(2, 1), "the key was committed to before: one run per key");
    refused(&mut a, eval(1, 0, 2), "run 2 is agreed since; this one is over");
}

#[test]
fn the_budget_is_spent_point_by_point_and_no_further() {
    let (mut a, mut b) = begun();
    agreed(&mut a, &mut b, 1);
    ready(&mut a, &mut b, 1);
    refused(&mut a, eval(1, 1, 2), "the evaluation begins at another place than 0");
    refused(&mut a, eval(1, 0, 3), "an answer is to one chunk, 2 points at most, and not to none");
    refused(&mut a, eval(1, 0, 0), "an answer is to one chunk, 2 points at most, and not to none");
    a.say(eval(1, 0, 2));
    refused(&mut a, eval(1, 0, 2), "the evaluation begins at another place than 2");
    refused(&mut a, eval(1, 2, 4), "up to point 4 is evaluated, the budget is 3");
    refused(&mut a, close(1), "not all queries of both sides are evaluated");
    a.say(eval(1, 2, 3));
    for (from, to) in [(0, 2), (2, 4), (4, 5)] {
        b.say(eval(1, from, to));
    }
    refused(&mut a, close(1), "not all queries of both sides are evaluated");
    meet(&mut a, &mut b);
    a.say(close(1));
    refused(&mut a, close(1), "the author has already said this of the run");
    refused(&mut a, eval(1, 3, 4), "the author has closed the run");
}

fn nobodys_entry() -> EntryId {
    EntryId([1; 32])
}

/// What a party might say next of a run, lawful or not.
fn drawn(chance: &mut simulator::chance::Chance, node: &Node) -> Body {
    let run = 1 + chance.below(3) as u32;
    let of_run = |e: &&Arc<Signed>| matches!(e.body(), Body::Matching(said) if said.name() != "psi.eval");
    let mut known: Vec<EntryId> = node.record.applied().iter().filter(of_run).map(|e| e.id()).collect();
    known.push(nobodys_entry());
    // Mostly what comes next, now and then any other place.
    let index = node.record.members().index(&node.me.id).unwrap();
    let next =
        node.record.view().runs().iter().find(|r| r.params.run == run).map(|r| r.sides[index].evaluated);
    let any = chance.below(6) as u32;
    let from = next.filter(|_| chance.percent(70)).unwrap_or(any);
    let mut said = params(run);
    if chance.percent(20) {
        said.runs = 4;
    }
    match chance.below(8) {
        0 => put(&said),
        1 => commit(run, *chance.pick(&[1, 2, 11, 12])),
        2 | 3 => Body::Accept { entry: *chance.pick(&known) },
        4 | 5 => eval(run, from, from + 1 + chance.below(2) as u32),
        6 => Body::Withdraw { entry: *chance.pick(&known) },
        _ => close(run),
    }
}

/// Plays random sayings of both parties and gives what the judge finds broken, and how many evaluations were counted.
fn played(seeds: std::ops::Range<u64>) -> (BTreeSet<&'static str>, usize) {
    let (mut found, mut evaluations) = (BTreeSet::new(), 0);
    for seed in seeds {
        let mut chance = simulator::chance::Chance::of(seed);
        let (mut a, mut b) = begun();
        if chance.percent(70) {
            agreed(&mut a, &mut b, 1);
            if chance.percent(70) {
                ready(&mut a, &mut b, 1);
                if chance.percent(30) {
                    agreed(&mut a, &mut b, 2);
                }
            }
        }
        for _ in 0..60 {
            let node = if chance.percent(50) { &mut a } else { &mut b };
            let body = drawn(&mut chance, node);
            evaluations += usize::from(node.try_say(body.clone()).is_ok() && body.name() == "psi.eval");
            if chance.percent(15) {
                meet(&mut a, &mut b);
            }
        }
        meet(&mut a, &mut b);
        found.extend(judged(&a));
    }
    (found, evaluations)
}

#[test]
fn whatever_two_parties_say_the_budget_holds_and_without_a_rule_the_judge_finds_it() {
    let (found, evaluations) = played(0..120);
    assert_eq!(found, BTreeSet::new());
    assert!(evaluations > 50, "{evaluations} evaluations were played");
    let rules = [
        ("matching: order of runs", "12: runs out of order"),
        ("matching: number of runs", "12: another number of runs"),
        ("matching: one run per key", "12: a key served twice"),
        ("matching: both commits", "12: evaluated before both commits were accepted"),
        ("matching: each point once", "12: evaluated twice or beyond the budget"),
        ("matching: budget", "12: evaluated twice or beyond the budget"),
    ];
    for (rule, finding) in rules {
        let found = simulator::leaving_out(rule, || played(0..120).0);
        assert!(found.contains(finding), "without {rule}: {found:?}");
    }
}
