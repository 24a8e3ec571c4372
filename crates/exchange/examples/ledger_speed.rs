//! How long booking takes, and how much memory: `cargo run --release -p exchange --example ledger_speed -- 1000000`.
//!
//! Acts are made from a fixed seed, a few at a time, so that what is measured is the ledger and not a list of acts: a quarter as
//! many persons as acts in rounds of two legs, each listed, released and received, one in eight leaving and another coming,
//! the rest passing a gate, and at the end a thousand lots on a leg without names. The last line has seconds, acts and peak memory.
#![allow(clippy::print_stdout)]

use std::hint::black_box;

use exchange::agreement::{GateKind, Terms};
use exchange::ids::Item;
use exchange::ledger::{
    Act, GateOutcome, Ground, Ledger, Move, MoveKind, Voice, What, Who, balances, ratio_balances,
};

const EXAMPLE: &str = include_str!("../../../examples/agreements/istanbul-shaped.toml");
/// Places of a round and side: as many as ever are asked for.
const PLACES: &str = "places = 1000000";

fn main() {
    let wanted: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let terms = Terms::parse(&EXAMPLE.replace("places = 133", PLACES)).expect("the example is accepted");
    let mut ledger = Ledger::open(&terms);

    let mut chance = Chance(0x5eed);
    // Booked side by side, as in a round: everyone is listed before anyone goes.
    #[allow(clippy::disallowed_methods, reason = "measures the clock; nothing decides by it")]
    let begun = std::time::Instant::now();
    let mut booked = 0_usize;
    let mut post = |act: Act| {
        booked += 1;
        ledger.post(&terms, &act).unwrap_or_else(|refused| panic!("act {booked}: {refused}"));
    };
    let of = |person: usize| {
        let mut bytes = [0; 32];
        let mut mixed = Chance(person as u64);
        bytes.chunks_exact_mut(8).for_each(|chunk| chunk.copy_from_slice(&mixed.next().to_be_bytes()));
        Item(bytes)
    };
    // One in eight leaves; whoever comes instead stands behind all others in number.
    let leaves = |person: usize| person.is_multiple_of(8);
    let mut instead = wanted;
    let lots = 1_000.min(wanted / 20);
    let rest = wanted - lots * 2;
    let names = rest / 4;
    for person in 0..names {
        post(moved(person, of(person), MoveKind::Listed));
    }
    for person in 0..names {
        let item = of(person);
        if leaves(person) {
            post(moved(person, item, MoveKind::Vacated(Ground::Refused)));
            post(moved(person, of(instead), MoveKind::Refilled));
            post(moved(person, of(instead), MoveKind::Released));
            instead += 1;
            continue;
        }
        let what = What::Gate { item, gate: GateKind::Will, outcome: GateOutcome::Passed };
        post(Act { at: None, by: Voice(2), what });
        post(moved(person, item, MoveKind::Released));
        if chance.next().is_multiple_of(32) {
            post(moved(person, item, MoveKind::Disputed(Ground::OtherPerson)));
        } else {
            post(moved(person, item, MoveKind::Received));
        }
    }
    for lot in 0..lots {
        let count = 1 + u32::try_from(chance.next() % 4).expect("less than 4");
        let item = of(1 << 40 | lot);
        for kind in [MoveKind::Listed, MoveKind::Released] {
            let mut act = moved(lot, item, kind);
            if let What::Move(moved) = &mut act.what {
                moved.who = Who::Lot(count);
            }
            post(act);
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    let digest = ledger.digest();
    let digested = begun.elapsed().as_secs_f64();
    black_box((balances(&terms, &ledger), ratio_balances(&terms, &ledger)));
    let balanced = begun.elapsed().as_secs_f64();
    println!("{digest}");
    println!(
        "{booked} acts, {} lines: booked in {seconds:.3} s, digest {:.3} s, balances {:.3} s, peak {} kB",
        ledger.lines().len(),
        digested - seconds,
        balanced - digested,
        peak_kilobytes()
    );
}

fn moved(place: usize, item: Item, kind: MoveKind) -> Act {
    let leg = u8::from(place % 2 == 1);
    let receives = matches!(kind, MoveKind::Received | MoveKind::Disputed(_));
    let by = Voice(if receives { 1 - leg } else { leg });
    let round = 1 + u32::try_from(place % 8).expect("less than 8");
    let what = Move { leg, round, item, who: Who::One, category: Some(1), class: None, kind };
    Act { at: None, by, what: What::Move(what) }
}

/// The most memory the process has had, where the system says so.
fn peak_kilobytes() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("?".to_owned(), |peak| peak.trim().trim_end_matches(" kB").to_owned())
}

/// A sequence of numbers from a seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
