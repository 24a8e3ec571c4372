//! What the pages of candidates cost in a register of 100,000 dossiers: run by hand, with figures in `docs/operating.md`.
//!
//! `HOMEWARD_PEOPLE` names a file of `homeward bench reports`, whose names are as unevenly spread as real ones; without it the
//! names are the few that ship with the program, each borne by hundreds. `HOMEWARD_COUNT` is how many dossiers are read.

use std::io::Write as _;
use std::time::Duration;

use exchange::person::{List, Person, State, Text};
use rehearsal::names::Spelling;
use time::macros::date;

use crate::clock::Stopwatch;
use crate::officer::Role;
use crate::web::testing::{Seat, nodes, person, save, says};

/// Dossiers saved in one act.
const BATCH: usize = 2_000;
/// How many requests of each kind are timed.
const REQUESTS: usize = 300;
/// A dossier's candidates, at the 99th of a hundred.
const PERSON_MS_MAX: u128 = 100;
/// The queue once built, and any page while it is being built.
const QUEUE_MS_MAX: u128 = 300;

fn tell(line: String) {
    writeln!(std::io::stderr(), "{line}").unwrap();
}

fn identified(at: usize, list: List, name: &str, birth: &str, number: &str) -> Person {
    let mut one = person(0, list, &[name], birth, number);
    one.id.0[..8].copy_from_slice(&(at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    one
}

fn people(count: usize) -> Vec<Person> {
    match std::env::var("HOMEWARD_PEOPLE") {
        Ok(file) => reported(&std::fs::read_to_string(file).unwrap(), count),
        Err(_) => invented(count),
    }
}

/// The reports of families and witnesses are of people looked for; those of a captor of people held.
fn reported(text: &str, count: usize) -> Vec<Person> {
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let rows = rows.records().take(count).map(Result::unwrap).enumerate();
    let dossier = |(at, row): (usize, csv::StringRecord)| {
        let list = if &row[2] == "B" { List::Held } else { List::Sought };
        let mut one = identified(at, list, "x", &row[7], &row[10]);
        let part = |text: &str| Some(Text(text.to_owned())).filter(|text| !text.0.is_empty());
        one.names[0].surname = Text(row[3].to_owned());
        (one.names[0].given, one.names[0].patronymic) = (part(&row[4]), part(&row[5]));
        claimed(one, &row[2])
    };
    rows.map(dossier).collect()
}

fn claimed(one: Person, source: &str) -> Person {
    match source {
        "A" => says(one, State::Missing, date!(2023 - 01 - 02)),
        "C" => says(one, State::Held, date!(2024 - 03 - 04)),
        _ => one,
    }
}

/// Everyone twice: looked for in one spelling, held in another.
fn invented(count: usize) -> Vec<Person> {
    let people = rehearsal::people::invent(7, "aronia", count.div_ceil(2));
    let dossier = |at: usize| {
        let one = &people[at / 2];
        let (list, spelling, number) = match at % 2 {
            0 => (List::Sought, Spelling::Ukrainian, ""),
            _ => (List::Held, Spelling::Latin, one.service_number.as_str()),
        };
        let name = [&one.surname, &one.given, &one.patronymic].map(|form| form.in_spelling(spelling));
        let one = identified(at, list, &name.join(" "), &one.birth.to_string(), number);
        claimed(one, if at.is_multiple_of(2) { "A" } else { "B" })
    };
    (0..count).map(dossier).collect()
}

/// Kibibytes of this process that are in memory now.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// The middle, the 99th of a hundred, and the longest, in ms.
fn spread(what: &str, mut times: Vec<Duration>) -> [u128; 3] {
    times.sort();
    let at = |of: usize| times[(times.len() - 1) * of / 100].as_millis();
    let found = [at(50), at(99), at(100)];
    tell(format!(
        "{what}: {} ms middle, {} ms p99, {} ms longest, {} requests",
        found[0],
        found[1],
        found[2],
        times.len()
    ));
    found
}

async fn timed(seat: &Seat, path: &str) -> Duration {
    let begun = Stopwatch::start();
    let answer = seat.get(path).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.status);
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures minutes of work: run it by hand and alone"]
async fn pages_of_candidates_in_a_register_of_a_hundred_thousand() {
    let count = std::env::var("HOMEWARD_COUNT").map_or(100_000, |count| count.parse().unwrap());
    let people = people(count);
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let begun = Stopwatch::start();
    for batch in people.chunks(BATCH) {
        save(node, batch).await;
    }
    tell(format!("{count} dossiers saved in {:.1} s", begun.elapsed().as_secs_f64()));
    let seat = Seat::at(node, &[Role::Registrar], Some("registration")).await;
    let before = resident_kb();

    let mut own = Vec::new();
    for at in 0..REQUESTS {
        let one = &people[at * people.len() / REQUESTS];
        own.push(timed(&seat, &format!("/people/{}/candidates", one.id)).await);
    }
    let mut slow = Vec::new();
    let [_, own, _] = spread("candidates of a dossier", own);
    slow.extend((own >= PERSON_MS_MAX).then_some("candidates of a dossier"));
    slow.extend(built(&seat).await.then_some("a page while the queue is built"));
    let grown = resident_kb().saturating_sub(before) / 1024;
    let waiting = seat.get("/candidates").await.json()["count"].as_u64().unwrap();
    tell(format!("the queue has {waiting} pairs, and {grown} MB more are in memory"));

    let (mut queue, mut after_write) = (Vec::new(), Vec::new());
    for at in 0..REQUESTS {
        let page = at as u64 * (waiting / 20 + 1) / REQUESTS as u64 + 1;
        queue.push(timed(&seat, &format!("/candidates?page={page}")).await);
        if at % 10 == 0 {
            let one = says(people[at * people.len() / REQUESTS].clone(), State::Alive, date!(2024 - 05 - 01));
            save(node, &[one]).await;
            after_write.push(timed(&seat, "/candidates").await);
        }
    }
    for (what, times) in [("the queue", queue), ("the queue after a dossier was written", after_write)] {
        let [_, p99, _] = spread(what, times);
        slow.extend((p99 >= QUEUE_MS_MAX).then_some(what));
    }
    assert!(slow.is_empty(), "slower than the bars: {slow:?}");
}

/// Asks for pages until the queue is built; whether one of them waited for it.
async fn built(seat: &Seat) -> bool {
    let begun = Stopwatch::start();
    let mut during: [Vec<Duration>; 3] = Default::default();
    let (mut told, paths) = (0, ["/candidates", "/", "/people"]);
    loop {
        for (at, path) in paths.into_iter().enumerate() {
            during[at].push(timed(seat, path).await);
        }
        let pending = seat.get("/candidates").await.json()["pending"].as_u64().unwrap();
        if pending == 0 {
            break;
        }
        if begun.elapsed().as_secs() / 30 > told {
            told = begun.elapsed().as_secs() / 30;
            tell(format!("  {:.0} s: {pending} still to be looked at", begun.elapsed().as_secs_f64()));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    tell(format!("the queue is built in {:.1} s", begun.elapsed().as_secs_f64()));
    let slowest = during.into_iter().zip(paths);
    slowest.fold(false, |slow, (times, path)| {
        let [_, p99, _] = spread(&format!("{path} while the queue is built"), times);
        slow || p99 >= QUEUE_MS_MAX
    })
}
