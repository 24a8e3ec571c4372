//! Schedules as files, for the second checker: tools/verify/test_record_check.py.
//!
//! Decides what is written of a schedule: the logs of one node, entries beside them, and what this crate makes of both. The
//! entries beside are the proofs of forks, what was set aside, and what each member might sign next, lawful or not.

use std::fs;
use std::path::Path;

use super::chance::Chance;
use super::evil::Evil;
use super::wild;
use super::world::World;
use super::{Options, Start, Starts, Temper};
use crate::tests::members;
use crate::*;

/// Schedules as they come.
const SEEDS: std::ops::Range<u64> = 0..200;
/// Schedules about seeds and what is before a list, from the beginning.
const SEEDS_WITHHELD: std::ops::Range<u64> = 1_000..1_060;
/// Schedules in which a log is reset or a fork was hard to see.
const NAMED: [u64; 10] = [115, 3986, 4442, 5343, 12661, 13503, 17913, 24061, 35558, 64290];
/// Beginnings from which alone much is tried.
const WALKS: std::ops::Range<u64> = 2_000..2_060;
/// How often each member signs something more.
const STRIKES: usize = 3;
/// How many words more are tried, one after another, each that is lawful being taken in.
const WORDS: usize = 40;
const WORDS_OF_WALKS: usize = 200;

#[test]
#[ignore = "writes about 290 histories with all their signatures; `make test-verify` runs it and judges them by another program"]
fn histories_are_written_for_the_second_checker() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/histories");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    let mut starts = Starts::default();
    for seed in SEEDS.chain(SEEDS_WITHHELD).chain(WALKS).chain(NAMED) {
        let mut options = Options { real: true, ..Options::of(seed) };
        if SEEDS_WITHHELD.contains(&seed) {
            options = Options { start: Start::Nothing, temper: Temper::Seeds, steps: 60, ..options };
        }
        if WALKS.contains(&seed) {
            options =
                Options { start: options.start.max(Start::Nominated), steps: 0, byzantine: None, ..options };
        }
        let mut world = starts.at(options);
        // Every other one stays where it is, with people in transit and proposals open.
        let ends = (seed % 2 == 0 && options.steps > 0) || NAMED.contains(&seed);
        let played = if ends { world.play().map(drop) } else { world.go_wrong() };
        played.unwrap_or_else(|why| panic!("{why}: HOMEWARD_SEED={seed}"));
        write(&world, seed, &folder.join(seed.to_string()));
    }
}

/// Writes what the first node that has all logs holds.
fn write(world: &World, seed: u64, folder: &Path) {
    let logs_of = |me: usize| {
        let node = world.node(me);
        let logs: Vec<Log> = node.keys.ids.iter().filter_map(|id| node.record.log(id)).cloned().collect();
        (logs.len() == node.keys.ids.len()).then_some((node, logs))
    };
    let Some((node, logs)) = (0..3).cycle().skip(seed as usize % 3).take(3).find_map(logs_of) else { return };
    fs::create_dir_all(folder).unwrap();
    for log in &logs {
        fs::write(folder.join(format!("{}.log", log.genesis().party)), log.to_file()).unwrap();
    }
    let mut record = Record::from_logs(members(), &logs).unwrap();
    assert_eq!(record.view().state_digest(), node.record.view().state_digest(), "HOMEWARD_SEED={seed}");
    let mut proofs = Vec::new();
    for fork in node.record.forks() {
        for side in [fork.entries().0, fork.entries().1] {
            // The refusal of the second is the point: the record freezes there.
            let _ = record.admit(side);
            proofs.extend(side);
        }
    }
    fs::write(folder.join("proofs.cbor"), proofs).unwrap();
    let probes = probes(world, node.record.set_aside().map(<[u8]>::to_vec).collect(), seed);
    let verdicts: Vec<String> = probes.iter().map(|probe| verdict(&record, probe)).collect();
    fs::write(folder.join("probes.cbor"), probes.concat()).unwrap();
    let before = state(&record);
    let (tried, walked) = walk(&mut record, world, seed);
    fs::write(folder.join("walk.cbor"), tried).unwrap();
    let parts =
        [("state", before), ("verdicts", list(verdicts)), ("walk", list(walked)), ("after", state(&record))];
    fs::write(folder.join("expected.json"), map(parts.map(|(key, value)| format!("\"{key}\": {value}"))))
        .unwrap();
}

/// What was set aside, and what every member might sign next.
fn probes(world: &World, mut probes: Vec<Vec<u8>>, seed: u64) -> Vec<Vec<u8>> {
    let (mut evil, mut chance) = (Evil::default(), Chance::of(seed ^ 0x0070_726f_6265));
    for me in (0..3).cycle().take(3 * STRIKES) {
        let entries = evil.strike(world.node(me), 0, &mut chance).entries;
        let read = |bytes: &Vec<u8>| Unverified::read(LogKind::Shared, bytes).is_ok();
        probes.extend(entries.into_iter().filter(read));
    }
    probes
}

/// Goes on from a record that no fork has frozen: what is tried next, and what becomes of it.
fn walk(record: &mut Record, world: &World, seed: u64) -> (Vec<u8>, Vec<String>) {
    let (mut chance, mut tried, mut verdicts) = (Chance::of(seed ^ 0x7761_6c6b), Vec::new(), Vec::new());
    for _ in 0..if WALKS.contains(&seed) { WORDS_OF_WALKS } else { WORDS } {
        if record.forks().next().is_some() {
            break;
        }
        let me = if chance.percent(95) { chance.below(2) } else { 2 };
        let body = wild::body(record, me, &mut chance);
        let keys = &world.node(me).keys.all[me];
        let log = record.log(&keys.id).unwrap();
        let mut seen: Vec<Head> = record.heads().into_iter().filter(|head| head.author != keys.id).collect();
        if let Some(head) = seen.iter_mut().find(|_| chance.percent(10)) {
            // As if it had not heard the last word.
            let before = record.log(&head.author).unwrap().entries();
            *head = before[before.len().saturating_sub(2)].head();
        }
        let signed = log.sign_next(seen, 9_000, body, &keys.node).unwrap();
        verdicts.push(verdict(record, signed.bytes()));
        tried.extend(signed.bytes());
        // What is refused leaves no trace but in the memory for forks, which files do not have.
        let mut next = record.clone();
        if next.admit(signed.bytes()).is_ok() {
            *record = next;
        }
    }
    (tried, verdicts)
}

/// One word, and the number of the invariant where the entry is unlawful.
pub(crate) fn verdict(record: &Record, probe: &[u8]) -> String {
    let held = record.entry(&EntryId::of(probe)).is_some();
    let (word, invariant) = match record.clone().admit(probe) {
        Ok(Admitted::Applied { .. }) => ("lawful", 0),
        Ok(Admitted::Duplicate) if held => ("in the record", 0),
        Ok(Admitted::Duplicate) if is_offer(probe) => ("offered", 0),
        Ok(Admitted::Duplicate) | Err(Refusal::Equivocation(_)) => ("fork", 0),
        Ok(Admitted::Waiting { .. }) => ("waits", 0),
        Ok(Admitted::Offered) => ("offered", 0),
        Ok(Admitted::SetAside) => ("set aside", 0),
        Err(Refusal::Unlawful(why)) => ("unlawful", why.invariant()),
        Err(Refusal::Frozen(_)) => ("behind a fork", 0),
        Err(_) => ("refused", 0),
    };
    format!("[\"{word}\", {invariant}]")
}

fn is_offer(probe: &[u8]) -> bool {
    let read = Unverified::read(LogKind::Shared, probe);
    read.is_ok_and(|e| matches!(&e.entry().body, Body::Keeping(keeping) if keeping.is_offer()))
}

pub(crate) fn list(parts: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", parts.into_iter().collect::<Vec<_>>().join(", "))
}

pub(crate) fn map(parts: impl IntoIterator<Item = String>) -> String {
    format!("{{{}}}", parts.into_iter().collect::<Vec<_>>().join(", "))
}

fn quoted(text: impl ToString) -> String {
    format!("\"{}\"", text.to_string())
}

fn or_null(value: Option<String>) -> String {
    value.map_or("null".to_owned(), quoted)
}

/// The state in the JSON that record_check.py prints.
pub(crate) fn state(record: &Record) -> String {
    let view = record.view();
    let heads = view.heads().into_iter().map(|h| format!("\"{}\": [{}, \"{}\"]", h.author, h.seq, h.hash));
    let texts = view.texts().into_iter().map(|t| {
        let (accepted, rejected) = (t.accepted.is_some(), t.rejected.is_some());
        let withdrawn = t.withdrawn.is_some();
        format!("[\"{}\", \"{}\", {accepted}, {rejected}, {withdrawn}]", t.entry, t.author)
    });
    let forks = record.forks().map(|fork| format!("[\"{}\", {}]", fork.author(), fork.seq()));
    map([
        format!("\"heads\": {}", map(heads)),
        format!("\"rounds\": {}", list(view.rounds().map(|r| round(view, &r)))),
        format!("\"texts\": {}", list(texts)),
        format!("\"runs\": {}", list(view.runs().into_iter().map(run))),
        format!("\"forks\": {}", list(forks)),
    ])
}

fn run(run: &Run) -> String {
    let side = |side: &RunSide| format!("[{}, {}]", side.evaluated, side.closed.is_some());
    let (session, accepted) = (run.params.session(), run.accepted.is_some());
    format!("[{}, \"{session}\", {accepted}, {}]", run.params.run, list(run.sides.iter().map(side)))
}

fn round(view: &View, round: &Round<'_>) -> String {
    let parties = view.members().parties();
    let side = |party: &PartyId| {
        let counts = round.counts(party);
        let (received, returned) = (counts.received, counts.returned);
        let (phase, released, disputed) = (phase(round.phase(party)), counts.released, counts.disputed);
        let counts = format!("[{released}, {received}, {returned}, {disputed}]");
        format!("\"{party}\": {{\"phase\": \"{phase}\", \"counts\": {counts}}}")
    };
    let items = round.items().into_iter();
    let items =
        items.map(|(item, (holder, state))| format!("\"{item}\": [\"{holder}\", \"{}\"]", name(state)));
    let hex = |bytes: [u8; 32]| Digest(bytes).to_string();
    map([
        format!("\"round\": {}", round.number()),
        format!("\"version\": {}", round.effective().map_or(0, |list| list.version)),
        format!("\"list\": {}", or_null(round.effective().map(|list| list.entry.to_string()))),
        format!("\"open\": {}", list(round.open_proposals().iter().map(|p| quoted(p.entry)))),
        format!("\"joint_seed\": {}", or_null(round.joint_seed().map(hex))),
        format!("\"withheld\": {}", or_null(round.withheld().map(|(by, _)| by.to_string()))),
        format!("\"in_transit\": {}", round.in_transit()),
        format!("\"closed_by\": {}", list(round.closed_by().into_iter().map(quoted))),
        format!("\"closed\": {}", round.is_closed()),
        format!("\"sides\": {}", map(parties.iter().map(side))),
        format!("\"items\": {}", map(items)),
    ])
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::NotStarted => "nothing",
        Phase::Committed => "committed",
        Phase::Revealed => "revealed",
        Phase::Nominated => "nominated",
    }
}

fn name(state: ItemState) -> &'static str {
    match state {
        ItemState::Listed => "listed",
        ItemState::WilledOnce(_) => "asked once",
        ItemState::WilledTwice(Answer::Willing) => "asked twice, willing",
        ItemState::WilledTwice(_) => "asked twice, not willing",
        ItemState::InTransit => "in transit",
        ItemState::Received => "received",
        ItemState::Disputed(_) => "disputed",
        ItemState::Returned => "returned",
        ItemState::Departed(_) => "departed",
        ItemState::Dropped => "dropped",
    }
}
