//! Times the joint selection on an invented round.

use exchange::ids::{Item, Party};
use exchange::selection::joint::*;
use std::time::Duration;

struct Instant;
impl Instant {
    fn now() -> Duration {
        let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap();
        let rss = std::fs::read_to_string("/proc/self/status").unwrap();
        eprintln!("{}", rss.lines().find(|l| l.starts_with("VmHWM")).unwrap());
        Duration::from_nanos(stat.split(' ').next().unwrap().parse().unwrap())
    }
}

struct Rng(u64);
impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

fn main() {
    for n in std::env::args().skip(1).map(|a| a.parse::<usize>().unwrap()) {
        run(n);
    }
}

fn run(n: usize) {
    let mut rng = Rng(7);
    let cap = |id: String, within, at_most| Cap { id, within, at_least: 0, at_most: Some(at_most) };
    let mut side = |party: &str| {
        let mut caps = vec![cap("round".into(), None, 1000)];
        caps.extend((0..5).map(|t| cap(format!("transport-{t}"), Some(0), 260)));
        caps.extend((0..40).map(|s| cap(format!("site-{s}"), Some(1 + s % 5), 10 + rng.below(51) as u32)));
        SidePlaces { party: Party::new(party).unwrap(), caps }
    };
    let sides = [side("aronia"), side("belmar")];
    let cats = [
        Against::AllForAll,
        Against::AllForAll,
        Against::OneForOne,
        Against::OneForOne,
        Against::OneForOne,
        Against::OneForOne,
        Against::OneForOne,
        Against::Ratio([3, 1]),
    ];
    let categories = cats
        .iter()
        .enumerate()
        .map(|(i, a)| CategoryRule { id: format!("c{i}"), against: *a, at_least: [0; 2], at_most: [None; 2] })
        .collect();
    let rules = Rules {
        agreement: "0".repeat(32),
        sides,
        categories,
        objective: Objective::PriorityFirst,
        classes: 6,
        group_class: GroupClass::First,
    };
    let mut rows = Vec::new();
    let groups = std::env::var("KEEP").is_ok();
    let mut group = 0;
    for side in 0..2_u8 {
        let mut left = 0;
        for _ in 0..n {
            if rng.below(1000) < 15 {
                continue;
            }
            let mut item = [0; 32];
            for c in item.chunks_mut(8) {
                c.copy_from_slice(&rng.next().to_be_bytes());
            }
            if left == 0 && groups && rng.below(150) == 0 {
                left = 2 + rng.below(3);
                group += 1;
            }
            let class = match rng.below(100) {
                0..=1 => 1,
                2..=4 => 2,
                5..=9 => 3,
                10..=19 => 4,
                20..=49 => 5,
                _ => 6,
            };
            rows.push(Person {
                item: Item(item),
                side,
                site: 6 + rng.below(40) as u16,
                category: rng.below(8) as u8,
                class,
                held: rng.below(8) as u16,
                requested: rng.below(500) == 0,
                group: if left > 0 {
                    left -= 1;
                    group
                } else {
                    0
                },
            });
        }
    }
    let t0 = Instant::now();
    let people = People::new(&rules, rows).unwrap();
    let t1 = Instant::now();
    let s = select(&rules, &people, &[7; 32]).unwrap();
    let t2 = Instant::now();
    let roll: Vec<Item> = s.chosen.iter().map(|&a| people.rows()[a].item).collect();
    let v = check(&rules, &people, &[7; 32], &roll, &s.certificate).unwrap();
    let t3 = Instant::now();
    println!(
        "{n}: chosen {} best {} holds {} cost {:?} pool {:?} select {:?} check {:?}",
        s.chosen.len(),
        s.is_best(),
        v.holds(),
        &s.cost[..9],
        t1 - t0,
        t2 - t1,
        t3 - t2
    );
}
