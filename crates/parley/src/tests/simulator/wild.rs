//! What any member might say next, mostly near to what is lawful, about everything that stands in a record.

use super::actor::{digest, seed_of};
use super::chance::Chance;
use crate::matching::{Params, RunEntry};
use crate::tests::{AGREEMENT, item};
use crate::*;

/// A body that the record was not asked about.
pub(crate) fn body(record: &Record, me: usize, chance: &mut Chance) -> Body {
    let round = *chance.pick(&[1, 1, 1, 1, 2, 2, 3]);
    let item = item(1 + chance.below(4) as u8);
    match chance.below(30) {
        0 => {
            let seed = seed_digest(round, &id(record, me), &seed_of(me, round));
            Body::Commit { round, pool: digest(9), seed }
        }
        1 => Body::Reveal { round, seed: seed_of(me, round + chance.below(8) as u32 / 7) },
        2 => Body::Nominate { round, items: items(chance), digest: digest(9) },
        3 => Body::Withheld { round },
        4..=6 => list(record, round, chance),
        7 | 8 => {
            Body::Accept { entry: named(record, &["propose", "text", "psi.params", "psi.commit"], chance) }
        }
        9 => {
            let entry = named(record, &["propose", "text", "psi.params"], chance);
            Body::Reject { entry, ground: "no".parse().unwrap() }
        }
        10 => Body::Withdraw { entry: named(record, &["propose", "text", "psi.params"], chance) },
        11..=13 => {
            let answer = if chance.percent(80) { Answer::Willing } else { Answer::Unwilling };
            let occasion = if chance.percent(50) { Occasion::First } else { Occasion::Second };
            Body::Will { round, item, occasion, answer }
        }
        14 => {
            let grounds = [DepartGround::Died, DepartGround::Recovered, DepartGround::NotBrought];
            Body::Depart { round, item, ground: *chance.pick(&grounds) }
        }
        15 | 16 => Body::Release { round, item },
        17 => Body::Receipt { release: named(record, &["release"], chance) },
        18 => {
            let release = named(record, &["release"], chance);
            Body::Dispute { release, ground: DisputeGround::OtherPerson }
        }
        19 => Body::TakeBack { release: named(record, &["release"], chance) },
        20 if chance.percent(20) => Body::Close { round },
        20 => Body::Notice { round, kind: NoticeKind::Resumed, until: Some(7) },
        21 => observed(record, chance),
        22 => Body::Text { digest: digest(3) },
        23 => Body::Account { round, digest: digest(8), delivered: 1, received: 0 },
        _ => Body::Matching(run(record, me, chance)),
    }
}

fn id(record: &Record, me: usize) -> PartyId {
    record.members().all().nth(me).unwrap().party
}

fn items(chance: &mut Chance) -> Vec<Item> {
    (1..=4).filter(|_| chance.percent(50)).map(item).collect()
}

/// An entry of one of these kinds, or any.
fn named(record: &Record, kinds: &[&str], chance: &mut Chance) -> EntryId {
    let of: Vec<EntryId> =
        record.applied().iter().filter(|e| kinds.contains(&e.body().name())).map(|e| e.id()).collect();
    if of.is_empty() || chance.percent(5) { chance.pick(record.applied()).id() } else { *chance.pick(&of) }
}

/// Mostly the next version, with the holders that the items have.
fn list(record: &Record, round: u32, chance: &mut Chance) -> Body {
    let before = record.view().round(round).and_then(|r| r.effective()).map_or(0, |list| list.version);
    let version = if chance.percent(90) { before + 1 } else { 1 + chance.below(3) as u32 };
    let holder = |n: u8, other: bool| id(record, usize::from((n > 2) != other));
    let named = (1..=4u8).filter_map(|n| {
        let (left_out, other) = (chance.percent(20), chance.percent(4));
        (!left_out).then(|| ListItem { item: item(n), holder: holder(n, other) })
    });
    let items = named.collect();
    Body::Propose { round, version, replaces: version.saturating_sub(1), items, digest: digest(1) }
}

fn observed(record: &Record, chance: &mut Chance) -> Body {
    let mut heads = record.heads();
    if let Some(head) = heads.last_mut().filter(|_| chance.percent(50)) {
        match chance.below(3) {
            0 => head.hash = EntryId(chance.bytes32()),
            1 => head.seq += 1,
            _ => head.seq = head.seq.saturating_sub(1),
        }
    }
    Body::Observe { heads }
}

/// Something about a run of private matching: mostly what is due.
fn run(record: &Record, me: usize, chance: &mut Chance) -> RunEntry {
    let runs = record.view().runs();
    let due = 1 + runs.iter().filter(|run| run.accepted.is_some()).count() as u32;
    if runs.is_empty() || chance.percent(20) {
        let run = if chance.percent(80) { due } else { 1 + chance.below(3) as u32 };
        return RunEntry::Params { params: params(run, 2 + u32::from(chance.percent(10))).encode() };
    }
    let run = *chance.pick(&runs);
    let session = run.params.session();
    let [sought, held, tags, queries] = [1, 2, 3, 4].map(digest);
    let key = if chance.percent(80) { [(10 * run.params.run) as u8 + me as u8; 32] } else { [10; 32] };
    match chance.below(6) {
        0 | 1 => RunEntry::Commit { session, sought, held, key, tags, queries },
        2..=4 => {
            let done = run.sides.get(me).map_or(0, |side| side.evaluated);
            let from = if chance.percent(90) { done } else { chance.below(6) as u32 };
            RunEntry::Evaluation { session, from, to: from + chance.below(4) as u32, query: digest(5) }
        }
        _ => RunEntry::Close { session, transcript: digest(6) },
    }
}

fn params(run: u32, runs: u32) -> Params {
    Params {
        agreement: AGREEMENT,
        run: run.min(runs),
        runs,
        normalisation: "n1".to_owned(),
        tables: digest(1),
        recipes: vec!["r1".to_owned()],
        keys_per_person: 6,
        sought: [3, 2],
        held: [2, 3],
        chunk: 2,
        audit: 2,
        retention_days: 30,
        reference: 0,
    }
}
