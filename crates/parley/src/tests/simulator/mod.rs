//! Two parties and a neutral under a bad courier, bad disks, bad clocks, restored backups and a member that signs anything.
//!
//! A schedule is its seed: the nodes run the crate's own code from bytes to bytes, and after every step what they hold is
//! judged from the entries. First everything goes wrong; then everybody can write to everybody, and all that is honest must
//! come level, and every round must come to its close. `HOMEWARD_SEED=N` replays one schedule and says every step.
//!
//! Signatures and seals would be most of the time. One schedule in 200 makes and checks them all; in the others a hash
//! stands in for the signature and a bundle travels unsealed.

#![expect(clippy::print_stdout, reason = "what was counted is shown by --nocapture")]

mod actor;
pub(crate) mod chance;
mod disk;
mod evil;
pub(crate) mod histories;
mod node;
mod runs;
mod wild;
mod world;

use std::cell::Cell;
use std::sync::Arc;

use self::actor::Temper;
use self::chance::Chance;
use self::world::World;
use super::{Member, aronia, belmar, calder, members};
use crate::*;

thread_local! {
    static STAND_IN: Cell<bool> = const { Cell::new(false) };
    static WITHOUT: Cell<Option<&'static str>> = const { Cell::new(None) };
    static TRACE: Cell<bool> = const { Cell::new(false) };
}

/// Whether a hash stands in for signatures on this thread.
pub(crate) fn stands_in() -> bool {
    STAND_IN.get()
}

/// The rule that is left out on this thread.
pub(crate) fn without() -> Option<&'static str> {
    WITHOUT.get()
}

/// Does something with a rule left out.
pub(crate) fn leaving_out<T>(rule: &'static str, what: impl FnOnce() -> T) -> T {
    WITHOUT.set(Some(rule));
    let done = what();
    WITHOUT.set(None);
    done
}

/// What is done wrong on purpose, to show that it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A rule of the session is left out.
    Rule(&'static str),
    /// Nothing is synced before bytes leave the node.
    NoSync,
    /// Only the node's own log is synced before bytes leave the node.
    SyncsOwnLogOnly,
    /// A restored node signs when one peer has told it what it holds, and keeps no count in a second place.
    NoCounter,
    /// What is there already is stored again.
    StoresTwice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Start {
    Nothing,
    Nominated,
    Listed,
}

/// What follows from a seed; printed with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    seed: u64,
    start: Start,
    temper: Temper,
    steps: u32,
    /// Of a hundred messages.
    loss: u32,
    byzantine: Option<usize>,
    crashes: bool,
    restores: bool,
    /// Nothing goes by a link: files are carried, in any order.
    by_file: bool,
    /// All links are cut for thirty days.
    month: bool,
    /// Signatures and seals are made and checked.
    real: bool,
    fault: Option<Fault>,
}

impl Options {
    fn of(seed: u64) -> Options {
        let mut chance = Chance::of(seed ^ 0x686f_6d65);
        let start = *chance.pick(&[Start::Nothing, Start::Nominated, Start::Listed, Start::Listed]);
        use Temper as T;
        let temper =
            *chance.pick(&[T::Even, T::Seeds, T::Lists, T::Lists, T::Crossings, T::Crossings, T::Ends]);
        let kind = chance.below(400);
        let steps = match kind {
            0 => 400,
            1..9 => 100,
            _ => 8 + chance.below(20) as u32,
        };
        Options {
            seed,
            start: if temper == T::Seeds { Start::Nothing } else { start },
            temper,
            steps,
            loss: *chance.pick(&[0, 5, 30]),
            byzantine: chance.percent(25).then(|| chance.below(3)),
            crashes: chance.percent(50),
            restores: chance.percent(30),
            by_file: chance.percent(10),
            month: kind % 100 == 1,
            real: seed.is_multiple_of(200),
            fault: None,
        }
    }
}

/// What was met in schedules.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stats {
    steps: u64,
    /// Records judged, each after a change.
    states: u64,
    messages: u64,
    crashes: u64,
    restores: u64,
    strikes: u64,
    /// Ended frozen at a fork that is proven.
    frozen: u64,
    /// Ended with every round closed.
    closed: u64,
    /// In which a node lacked what it had signed, and nobody had it: its log was reset.
    reset: u64,
    /// Of these, ended with every round closed.
    reset_closed: u64,
    /// Entries of a lost range that turned up afterwards.
    found: u64,
    resets_max: u32,
    heals_max: u32,
    closes_max: u32,
}

impl Stats {
    fn trace(&self, what: impl FnOnce() -> String) {
        if TRACE.get() {
            println!("{:>5} {}", self.steps, what());
        }
    }

    fn add(&mut self, other: &Stats) {
        self.steps += other.steps;
        self.states += other.states;
        self.messages += other.messages;
        self.crashes += other.crashes;
        self.restores += other.restores;
        self.strikes += other.strikes;
        self.frozen += other.frozen;
        self.closed += other.closed;
        self.reset += other.reset;
        self.reset_closed += other.reset_closed;
        self.found += other.found;
        self.resets_max = self.resets_max.max(other.resets_max);
        self.heals_max = self.heals_max.max(other.heals_max);
        self.closes_max = self.closes_max.max(other.closes_max);
    }
}

/// The members with their keys, and the beginnings of their logs.
pub(crate) struct Keys {
    all: [Member; 3],
    ids: [PartyId; 3],
    members: Members,
    genesis: [Vec<u8>; 3],
}

impl Keys {
    fn new() -> Keys {
        let all = [aronia(), belmar(), calder()];
        let genesis = [0, 1, 2].map(|me: usize| all[me].log(LogKind::Shared).entries()[0].bytes().to_vec());
        Keys { ids: [all[0].id, all[1].id, all[2].id], members: members(), genesis, all }
    }

    fn pack(&self, bundle: &Bundle, to: usize, sealed: Option<[u8; 32]>) -> Vec<u8> {
        match sealed {
            Some(entropy) => bundle.seal(&self.all[to].transport.public(), entropy).unwrap(),
            None => bundle.plaintext().unwrap().to_vec(),
        }
    }

    fn unpack(&self, bytes: &[u8], to: usize, sealed: bool) -> Result<Bundle, BundleError> {
        if sealed { Bundle::open(bytes, &self.all[to].transport) } else { Bundle::read(bytes) }
    }
}

/// Worlds at their starts, made once on each thread.
#[derive(Default)]
struct Starts {
    made: Vec<(bool, Start, World)>,
}

impl Starts {
    fn at(&mut self, options: Options) -> World {
        let is = |(real, start, _): &&(bool, Start, World)| (*real, *start) == (options.real, options.start);
        // A rule that is left out is left out of every view, so of those of the start too.
        let kept = !matches!(options.fault, Some(Fault::Rule(_)));
        if let Some((_, _, world)) = self.made.iter().find(is).filter(|_| kept) {
            return world.with(options);
        }
        let world = World::new(&Arc::new(Keys::new()), Options { fault: None, ..options });
        if kept {
            self.made.push((options.real, options.start, world.clone()));
        }
        world.with(options)
    }

    /// Plays one schedule.
    fn play(&mut self, options: Options) -> Result<Stats, String> {
        STAND_IN.set(!options.real);
        WITHOUT.set(match options.fault {
            Some(Fault::Rule(rule)) => Some(rule),
            _ => None,
        });
        let played = self.at(options).play();
        STAND_IN.set(false);
        WITHOUT.set(None);
        played
    }
}
