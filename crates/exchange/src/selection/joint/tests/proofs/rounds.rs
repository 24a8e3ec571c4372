//! Invented rounds of every shape that rules know, and their files as text.

use std::fmt::Write as _;

use crate::ids::{Item, Party};
use crate::selection::joint::*;

/// Chance that follows from a number alone (splitmix64).
pub struct Chance(u64);

impl Chance {
    pub fn of(number: usize) -> Self {
        Self(number as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ bits >> 31
    }

    /// A number below `most`, which is not 0.
    pub fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        (1..all.len()).rev().for_each(|at| all.swap(at, self.below(at + 1)));
    }
}

/// A round: its rules and the people, in no order. Of two rounds in number one has ratios, of four one has groups.
pub struct Round {
    pub rules: Rules,
    pub rows: Vec<Person>,
    pub seed: [u8; 32],
}

impl Round {
    /// The round of a number, with so many people.
    pub fn of(number: usize, people: usize) -> Self {
        let mut chance = Chance::of(number);
        let chance = &mut chance;
        let (ratios, groups) = (number % 2 == 1, number % 4 >= 2);
        let mut against = vec![Against::AllForAll, Against::OneForOne];
        if ratios {
            against.push(Against::Ratio(chance.pick(&[[2, 1], [1, 2], [3, 1], [3, 2]])));
        }
        if chance.percent(40) {
            against.push(Against::OneForOne);
        }
        let categories: Vec<CategoryRule> =
            against.into_iter().enumerate().map(|(at, against)| category(chance, at, against)).collect();
        let sides = ["aronia", "belmar"].map(|party| side(chance, party, people));
        let rules = Rules {
            agreement: hex(chance, 16),
            sides,
            categories,
            objective: chance.pick(&[Objective::PriorityFirst, Objective::TotalFirst]),
            classes: chance.between(1, 5) as u8,
            group_class: chance.pick(&[GroupClass::First, GroupClass::Middle, GroupClass::Last]),
            balance: None,
            chances: crate::selection::joint::ChanceRule::Lots,
        };
        let mut rows: Vec<Person> = (0..people).map(|_| person(chance, &rules)).collect();
        if groups {
            for row in &mut rows {
                if chance.percent(30) {
                    row.group = 1 + 2 * chance.below(1 + people / 8) as u32 + u32::from(row.side);
                }
            }
        }
        Self { rules, rows, seed: bytes(chance) }
    }

    /// The round of a number that keeps a balance besides.
    pub fn balanced(number: usize, people: usize) -> Self {
        let (mut round, chance) = (Self::of(number, people), &mut Chance::of(number + 7_000_000));
        round.rules.balance = Some(Balance {
            worths: round.rules.categories.iter().map(|_| chance.between(0, 6) as u32).collect(),
            carried: chance.between(0, 10) as i64 - 5,
            tolerance: chance.pick(&[0, 1, 3, 10]),
        });
        round
    }

    pub fn people(&self) -> People {
        People::new(&self.rules, self.rows.clone()).unwrap()
    }

    pub fn select(&self, people: &People) -> Option<Selected> {
        select(&self.rules, people, &self.seed).ok()
    }

    /// The file of the people, in the order of the rows.
    pub fn pool_text(&self) -> String {
        let mut text = format!("{}\n", file::POOL_HEADER);
        for row in &self.rows {
            let side = &self.rules.sides[usize::from(row.side)];
            let (site, category) =
                (&side.caps[usize::from(row.site)].id, &self.rules.categories[usize::from(row.category)].id);
            let requested = if row.requested { "yes" } else { "" };
            let group = if row.group == 0 { String::new() } else { row.group.to_string() };
            let (item, party, class, held) = (row.item, &side.party, row.class, row.held);
            writeln!(text, "{item},{party},{site},{category},{class},{held},{requested},{group}").unwrap();
        }
        text
    }

    /// The file of the rules.
    pub fn rules_text(&self) -> String {
        let rules = &self.rules;
        let objective = match rules.objective {
            Objective::PriorityFirst => "priority-first",
            Objective::TotalFirst => "total-first",
        };
        let whose = match rules.group_class {
            GroupClass::First => "first",
            GroupClass::Middle => "middle",
            GroupClass::Last => "last",
        };
        let (agreement, classes) = (&rules.agreement, rules.classes);
        let mut text = format!(
            "agreement = \"{agreement}\"\nobjective = \"{objective}\"\nclasses = {classes}\ngroup_class = \"{whose}\"\n"
        );
        for side in &rules.sides {
            writeln!(text, "[[sides]]\nparty = \"{}\"", side.party).unwrap();
            for cap in &side.caps {
                writeln!(text, "[[sides.caps]]\nid = \"{}\"\nat_least = {}", cap.id, cap.at_least).unwrap();
                if let Some(within) = cap.within {
                    writeln!(text, "within = \"{}\"", side.caps[within].id).unwrap();
                }
                if let Some(most) = cap.at_most {
                    writeln!(text, "at_most = {most}").unwrap();
                }
            }
        }
        for (at, category) in rules.categories.iter().enumerate() {
            let against = match category.against {
                Against::AllForAll => "all-for-all".to_owned(),
                Against::OneForOne => "one-for-one".to_owned(),
                Against::Ratio([first, second]) => format!("{first}:{second}"),
            };
            let [first, second] = category.at_least;
            let id = &category.id;
            writeln!(text, "[[categories]]\nid = \"{id}\"\nagainst = \"{against}\"").unwrap();
            writeln!(text, "at_least = [{first}, {second}]").unwrap();
            match category.at_most {
                [None, None] => {}
                [Some(first), Some(second)] => writeln!(text, "at_most = [{first}, {second}]").unwrap(),
                [Some(first), None] => writeln!(text, "at_most = {{ aronia = {first} }}").unwrap(),
                [None, Some(second)] => writeln!(text, "at_most = {{ belmar = {second} }}").unwrap(),
            }
            if let Some(balance) = &rules.balance {
                writeln!(text, "worth = {}", balance.worths[at]).unwrap();
            }
        }
        if let Some(Balance { carried, tolerance, .. }) = &rules.balance {
            writeln!(text, "[balance]\ncarried = {carried}\ntolerance = {tolerance}").unwrap();
        }
        text
    }
}

fn category(chance: &mut Chance, at: usize, against: Against) -> CategoryRule {
    let at_most = [0, 1].map(|_| chance.percent(25).then(|| chance.between(1, 8) as u32));
    let most = at_most.iter().flatten().min().copied().unwrap_or(1);
    let least = |chance: &mut Chance| if chance.percent(4) { most.min(1) } else { 0 };
    CategoryRule { id: format!("kind-{at}"), against, at_least: [least(chance), least(chance)], at_most }
}

/// The round, transports in it, and sites in the round, in a transport or in another site.
fn side(chance: &mut Chance, party: &str, people: usize) -> SidePlaces {
    let mut caps = vec![Cap {
        id: "round".to_owned(),
        within: None,
        at_least: 0,
        at_most: chance.percent(85).then(|| chance.between(1 + people / 8, 2 + people / 3) as u32),
    }];
    for at in 0..chance.between(2, 6) {
        let within = chance.below(caps.len());
        let at_most = chance.percent(70).then(|| chance.between(0, 2 + people / 5) as u32);
        let at_least = u32::from(chance.percent(3)).min(at_most.unwrap_or(1));
        caps.push(Cap { id: format!("cap-{at}"), within: Some(within), at_least, at_most });
    }
    SidePlaces { party: Party::new(party).unwrap(), caps }
}

fn person(chance: &mut Chance, rules: &Rules) -> Person {
    let side = chance.below(2);
    Person {
        item: Item(bytes(chance)),
        side: side as u8,
        site: chance.between(1, rules.sides[side].caps.len() - 1) as u16,
        category: chance.below(rules.categories.len()) as u8,
        class: chance.between(1, usize::from(rules.classes)) as u8,
        // Few values, so that the lot decides often.
        held: chance.below(3) as u16,
        requested: chance.percent(5),
        group: 0,
    }
}

fn bytes(chance: &mut Chance) -> [u8; 32] {
    [(); 32].map(|()| chance.below(256) as u8)
}

fn hex(chance: &mut Chance, bytes: usize) -> String {
    (0..bytes).map(|_| format!("{:02x}", chance.below(256))).collect()
}

/// The file of a certificate (`docs/formats/certificate.md`), written from the page alone.
pub fn certificate_text(rules: &Rules, certificate: &Certificate, cost: &[i128], bound: &[i128]) -> String {
    let mut parts: Vec<serde_json::Value> = Vec::new();
    let mut waiting = std::collections::VecDeque::from([&certificate.proof]);
    let mut named = 0;
    while let Some(proof) = waiting.pop_front() {
        parts.push(match proof {
            Proof::Closed { prices, balance } if balance.is_empty() => serde_json::json!({ "prices": prices }),
            Proof::Closed { prices, balance } => serde_json::json!({ "prices": prices, "balance": balance }),
            Proof::Divided { on, yes, no } => {
                waiting.extend([&**yes, &**no]);
                named += 2;
                let (yes, no) = (named - 1, named);
                match *on {
                    Choice::Group { number } => serde_json::json!({ "group": number, "yes": yes, "no": no }),
                    Choice::Heads { side, category, at_most } => {
                        let party = rules.sides[side].party.as_str();
                        let heads = serde_json::json!({ "party": party, "category": rules.categories[category].id, "at_most": at_most });
                        serde_json::json!({ "heads": heads, "yes": yes, "no": no })
                    }
                    Choice::Units { category, at_most } => {
                        let units = serde_json::json!({ "category": rules.categories[category].id, "at_most": at_most });
                        serde_json::json!({ "units": units, "yes": yes, "no": no })
                    }
                }
            }
        });
    }
    let levels: Vec<String> = certificate.levels.iter().map(|level| word(*level)).collect();
    serde_json::json!({ "levels": levels, "cost": numbers(cost), "bound": numbers(bound), "parts": parts })
        .to_string()
}

/// Sums of a small round, which fit.
fn numbers(levels: &[i128]) -> Vec<i64> {
    levels.iter().map(|level| i64::try_from(*level).unwrap()).collect()
}

/// A level as the file calls it.
pub fn word(level: Level) -> String {
    match level {
        Level::Missing => "missing".to_owned(),
        Level::Total => "total".to_owned(),
        Level::Requested => "requested".to_owned(),
        Level::Class(class) => format!("class-{class}"),
        Level::TimeHeld => "time-held".to_owned(),
        Level::Lot => "lot".to_owned(),
        Level::NextLot => "next-lot".to_owned(),
    }
}
