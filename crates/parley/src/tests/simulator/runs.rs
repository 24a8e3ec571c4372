//! The runs: many seeds, named ones, and the faults that must be found.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Fault, Options, Starts, Stats, TRACE};

const SCHEDULES: u64 = 100_000;
const SCHEDULES_SOAK: u64 = 1_000_000;

/// Says which schedule was played when something panics in it.
struct Named(Options);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("HOMEWARD_SEED={} {:?}", self.0.seed, self.0);
        }
    }
}

fn play(starts: &mut Starts, options: Options) -> Result<Stats, String> {
    let named = Named(options);
    starts.play(named.0)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[allow(clippy::disallowed_methods, reason = "how fast schedules are played is printed, and decides nothing")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

/// Plays `count` seeds from `first` on every core, and gives what was met and the first failure of each thread.
fn play_all(first: u64, count: u64, options: impl Fn(u64) -> Options + Sync) -> (Stats, Vec<String>) {
    let (next, total, failed) = (AtomicU64::new(first), Mutex::new(Stats::default()), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let (mut starts, mut met) = (Starts::default(), Stats::default());
        loop {
            let from = next.fetch_add(64, Ordering::Relaxed);
            for seed in from..(from + 64).min(first + count) {
                let options = options(seed);
                match play(&mut starts, options) {
                    Ok(stats) => met.add(&stats),
                    Err(why) => {
                        failed.lock().unwrap().push(format!("{why}: HOMEWARD_SEED={seed} {options:?}"))
                    }
                }
            }
            if from >= first + count || failed.lock().unwrap().len() > 9 {
                break total.lock().unwrap().add(&met);
            }
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        work();
        others.into_iter().for_each(|other| other.join().unwrap());
    });
    (total.into_inner().unwrap(), failed.into_inner().unwrap())
}

fn hold(first: u64, count: u64, options: impl Fn(u64) -> Options + Sync) {
    let began = now();
    let (stats, failed) = play_all(first, count, options);
    let seconds = began.elapsed().as_secs_f64();
    let (schedules, states) = (count as f64 / seconds, stats.states as f64 / seconds);
    println!("seeds {first} to {}: {stats:?}", first + count - 1);
    println!("{seconds:.1} s: {schedules:.0} schedules/s, {states:.0} states/s");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn whatever_goes_wrong_the_record_holds_and_comes_to_its_end() {
    if let Some(seed) = number("HOMEWARD_SEED") {
        let options = Options::of(seed);
        println!("HOMEWARD_SEED={seed} {options:?}");
        TRACE.set(true);
        let stats = play(&mut Starts::default(), options);
        TRACE.set(false);
        println!("{:?}", stats.unwrap());
        return;
    }
    hold(0, number("HOMEWARD_SCHEDULES").unwrap_or(SCHEDULES), Options::of);
}

#[test]
#[ignore = "a quarter of an hour; `make soak` runs it, with SCHEDULES=N for another count"]
fn a_million_schedules_hold() {
    hold(SCHEDULES, number("HOMEWARD_SCHEDULES").unwrap_or(SCHEDULES_SOAK), Options::of);
}

#[test]
fn a_partition_of_thirty_days_heals_to_equal_heads() {
    hold(0, 1_000, |seed| {
        let (month, by_file, steps) = (true, false, 100);
        Options { month, by_file, steps, byzantine: None, restores: false, ..Options::of(seed) }
    });
}

/// What was found wrong in the record by a schedule, and is right now.
#[test]
fn a_fault_that_was_found_stays_away() {
    let cases = [
        ("who has seen one side of a fork learns of the other from a frozen node", 115),
        (
            "an unlawful entry, and then a lawful one under its number, are a fork as they are the other way round",
            4442,
        ),
        ("so they are when a neutral signed them", 5343),
        ("an entry that waits and one that is refused under its number are a fork", 3986),
        ("a fork that lies further on than anyone has come is told", 13503),
        ("what waited for the beginning of a log comes in though two that waited are a fork", 17913),
        ("two that have both lost entries go on, and what had seen the other's lost ones is no fork", 12661),
        ("a log goes on though a later entry waits for some that nobody has", 24061),
        ("so it does where a neutral's log is reset too", 64290),
        ("whose own later words wait resets its log before it agrees to anything", 35558),
    ];
    let mut starts = Starts::default();
    for (what, seed) in cases {
        let played = play(&mut starts, Options::of(seed));
        assert!(played.is_ok(), "{what}: {played:?}: HOMEWARD_SEED={seed}");
    }
}

#[test]
fn what_is_left_out_or_done_wrong_is_found() {
    let cases = [
        (Fault::Rule("priority"), 11317, "1: two lists of one version"),
        (Fault::Rule("freeze"), 13932, "3: released off the list"),
        (Fault::Rule("reject"), 13, "16: a round cannot be closed"),
        (Fault::Rule("reject after close"), 44, "16: a round cannot be closed"),
        (Fault::Rule("consent"), 7, "5: released without two wills"),
        (Fault::Rule("close"), 2, "10: closed with something open"),
        (Fault::NoSync, 42, "14: a crash lost an entry that had left the node"),
        (Fault::SyncsOwnLogOnly, 2123, "14: a crash lost an entry that had left the node"),
        (Fault::NoCounter, 2115, "15: a node forked that is honest"),
        (Fault::StoresTwice, 2, "14: taking in again changes something"),
    ];
    let mut starts = Starts::default();
    for (fault, seed, expected) in cases {
        let options = Options { fault: Some(fault), ..Options::of(seed) };
        let found = play(&mut starts, options).err().unwrap_or_default();
        assert!(found.starts_with(expected), "{fault:?}: {found:?}: HOMEWARD_SEED={seed}");
        let sound = play(&mut starts, Options::of(seed));
        assert!(sound.is_ok(), "{sound:?}: HOMEWARD_SEED={seed}");
    }
}
