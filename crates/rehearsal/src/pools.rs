//! Invented rounds of both sides in any number of people, for measuring how a selection grows.
//!
//! Decides the shape of the load: eight categories of which one stands three for one, forty sites a side in five
//! transports, six classes. Whether a roll is lawful is judged by `exchange::selection::joint`, as for any round.

use std::fmt::Write as _;
use std::io;

use crate::chance::Chance;

const PARTIES: [&str; 2] = ["aronia", "belmar"];
const SITES: usize = 40;
const TRANSPORTS: usize = 5;
const CATEGORIES: [(&str, &str); 8] = [
    ("sick", "all-for-all"),
    ("wounded", "all-for-all"),
    ("privates", "one-for-one"),
    ("sergeants", "one-for-one"),
    ("sailors", "one-for-one"),
    ("medics", "one-for-one"),
    ("women", "one-for-one"),
    ("officers", "3:1"),
];
/// Of 1,000 people, how many have each class, from the first.
const CLASSES: [usize; 6] = [10, 20, 40, 80, 250, 600];
/// Of 1,000 people, how many are not there to choose among: 10 refused and 5 were vetoed.
const OUT_OF_THE_POOL: usize = 15;
/// Of 1,000 people, how many were asked for by name.
const REQUESTED: usize = 2;
/// Of 1,000 people, how many begin a group of two to four: about 2 % are then in one.
const BEGIN_A_GROUP: usize = 7;
/// How long people have been held, in quarters.
const QUARTERS: usize = 8;

/// Writes the rules of the invented round (`docs/formats/round.md`), the same for the same seed.
pub fn rules(seed: u64) -> String {
    let mut chance = Chance::of(seed, "places");
    let mut text = String::from(
        "agreement = \"0123456789abcdef0123456789abcdef\"\nobjective = \"priority-first\"\nclasses = 6\n\
         group_class = \"first\"\n",
    );
    // Writing to a String cannot fail.
    for party in PARTIES {
        let _ = writeln!(
            text,
            "\n[[sides]]\nparty = \"{party}\"\n[[sides.caps]]\nid = \"round\"\nat_most = 1000"
        );
        for transport in 1..=TRANSPORTS {
            let _ = writeln!(
                text,
                "[[sides.caps]]\nid = \"transport-{transport}\"\nwithin = \"round\"\nat_most = 260"
            );
        }
        for site in 1..=SITES {
            let (transport, most) = (site % TRANSPORTS + 1, chance.between(10, 60));
            let _ = writeln!(
                text,
                "[[sides.caps]]\nid = \"site-{site}\"\nwithin = \"transport-{transport}\"\nat_most = {most}"
            );
        }
    }
    for (id, against) in CATEGORIES {
        let _ = writeln!(text, "\n[[categories]]\nid = \"{id}\"\nagainst = \"{against}\"");
    }
    text
}

/// Whether some of the people are in kept-together groups.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Groups {
    /// Everyone goes alone.
    None,
    /// About 2 % are in groups of two to four.
    Some,
}

/// Writes the people of both sides, so many held by each, the same for the same seed.
///
/// # Errors
/// Those of `out`.
pub fn pool(out: &mut impl io::Write, people: u32, groups: Groups, seed: u64) -> io::Result<()> {
    writeln!(out, "item,side,site,category,class,held,requested,group")?;
    let mut chance = Chance::of(seed, "pool");
    let (mut line, mut group) = (String::with_capacity(128), 0_u32);
    for party in PARTIES {
        let mut still_to_come = 0;
        for _ in 0..people {
            if chance.happens(OUT_OF_THE_POOL) {
                continue;
            }
            line.clear();
            if still_to_come == 0 && groups == Groups::Some && chance.happens(BEGIN_A_GROUP) {
                (still_to_come, group) = (2 + chance.below(3), group + 1);
            }
            // Writing to a String cannot fail.
            for _ in 0..4 {
                let _ = write!(line, "{:016x}", chance.draw());
            }
            let site = chance.below(SITES) + 1;
            let (category, _) = chance.pick(&CATEGORIES);
            let class = chance.weighted(CLASSES.into_iter()) + 1;
            let held = chance.below(QUARTERS);
            let requested = if chance.happens(REQUESTED) { "yes" } else { "" };
            let _ = write!(line, ",{party},site-{site},{category},{class},{held},{requested},");
            if still_to_come > 0 {
                still_to_come -= 1;
                let _ = write!(line, "{group}");
            }
            line.push('\n');
            out.write_all(line.as_bytes())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use exchange::selection::joint::{check, file, select};

    fn invented(people: u32, groups: Groups, seed: u64) -> Vec<u8> {
        let mut text = Vec::new();
        pool(&mut text, people, groups, seed).unwrap();
        text
    }

    #[test]
    fn an_invented_round_can_be_selected_and_its_roll_checked() {
        let rules = file::rules(&rules(7)).unwrap();
        for people in [0, 1, 300] {
            let text = invented(people, Groups::None, 7);
            let people = file::people(&rules, || Ok(&text[..])).unwrap();
            let found = select(&rules, &people, &[7; 32]).unwrap();
            let items = file::Roll::of(&people, &found.chosen).items();
            assert!(check(&rules, &people, &[7; 32], &items, &found.certificate).unwrap().holds());
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_people_and_groups_only_where_they_are_asked_for() {
        assert_eq!(invented(500, Groups::Some, 7), invented(500, Groups::Some, 7));
        assert_ne!(invented(500, Groups::Some, 7), invented(500, Groups::Some, 8));
        assert_eq!((rules(7) == rules(7), rules(7) == rules(8)), (true, false));
        let rules = file::rules(&rules(7)).unwrap();
        let in_groups = |groups| {
            let text = invented(5_000, groups, 7);
            let people = file::people(&rules, || Ok(&text[..])).unwrap();
            people.rows().iter().filter(|person| person.group != 0).count()
        };
        assert_eq!(in_groups(Groups::None), 0);
        assert!((100..300).contains(&in_groups(Groups::Some)));
    }
}
