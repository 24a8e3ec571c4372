//! Rules, levels and faults of a round in words.

use std::collections::BTreeSet;

use exchange::ids::Item;
use exchange::selection::joint::{
    Against, Bound, CheckError, Conflict, Level, PLACES_MAX, People, Person, Rules, SelectError, Wrong,
    sheets,
};

/// Of how many sites and categories it is asked what holds their people back.
const HELD_BACK_MAX: usize = 100;

/// A round that is spoken of.
pub struct Told<'a> {
    /// Its rules.
    pub rules: &'a Rules,
    /// Its people.
    pub people: &'a People,
    /// Its seed.
    pub seed: &'a [u8; 32],
}

/// What a roll reaches, level by level: a cost of -7 is 7 people who go. Levels at which there is nothing to tell are left out.
pub fn reached(levels: &[Level], cost: &[i128]) -> String {
    let told = levels.iter().zip(cost).filter_map(|(level, &cost)| match level {
        Level::Missing if cost == 0 => None,
        Level::Missing => Some(format!("{cost} demanded places empty")),
        Level::Total => Some(format!("{} in all", -cost)),
        Level::Requested | Level::Class(_) if cost == 0 => None,
        Level::Requested => Some(format!("{} asked for by name", -cost)),
        Level::Class(class) => Some(format!("{} of class {class}", -cost)),
        Level::TimeHeld => Some(format!("time held {}", -cost)),
        Level::Lot => Some(format!("sum of lots {cost}")),
        Level::NextLot => None,
    });
    told.collect::<Vec<_>>().join(", ")
}

/// What a change costs or brings, level by level, as far as it changes anything.
fn change(levels: &[Level], by: &[i128]) -> String {
    let told = levels.iter().zip(by).filter(|(_, by)| **by != 0).map(|(level, &by)| {
        // A cost below nothing is a gain, but for lots, which are better the lower they are.
        let (much, less) = (by.unsigned_abs(), if by < 0 { "more" } else { "fewer" });
        match level {
            Level::Missing => {
                format!("{much} {} demanded places empty", if by > 0 { "more" } else { "fewer" })
            }
            Level::Total => format!("{much} {less} in all"),
            Level::Requested => format!("{much} {less} asked for by name"),
            Level::Class(class) => format!("{much} {less} of class {class}"),
            Level::TimeHeld => format!("{much} {} time held", if by < 0 { "more" } else { "less" }),
            Level::Lot => format!("lots {} by {much}", if by < 0 { "lower" } else { "higher" }),
            Level::NextLot => format!("next lots {} by {much}", if by < 0 { "lower" } else { "higher" }),
        }
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }
}

/// Who goes of a side: categories down, classes across. Categories and classes in which nobody goes are left out.
pub fn table(rules: &Rules, counts: &[Vec<u32>]) -> Vec<String> {
    let classes: Vec<usize> =
        (0..usize::from(rules.classes)).filter(|&class| counts.iter().any(|row| row[class] > 0)).collect();
    let wide = rules.categories.iter().map(|one| one.id.chars().count()).max().unwrap_or(0);
    let heads = classes.iter().map(|class| format!("{:>9}", format!("class {}", class + 1)));
    let mut lines = vec![format!("{:wide$}{}{:>9}", "", heads.collect::<String>(), "all")];
    for (category, row) in rules.categories.iter().zip(counts) {
        let all: u32 = row.iter().sum();
        if all > 0 {
            let cells: String = classes.iter().map(|&class| format!("{:>9}", row[class])).collect();
            lines.push(format!("{:wide$}{cells}{all:>9}", category.id));
        }
    }
    if lines.len() == 1 { Vec::new() } else { lines }
}

/// Every conflict, each of its rules in a sentence; nothing where it is not rules in numbers that are in conflict.
pub fn conflicts(rules: &Rules, why: &SelectError) -> Vec<Vec<String>> {
    match why {
        SelectError::Conflict { conflicts, .. } => conflicts.iter().map(|one| conflict(rules, one)).collect(),
        SelectError::Rules(_)
        | SelectError::TooWide(_)
        | SelectError::Groups
        | SelectError::Balance
        | SelectError::NoneFound => Vec::new(),
    }
}

/// Conflicts as they are shown: how many, how many rules each has, and which.
pub fn conflict_lines(conflicts: &[Vec<String>]) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, sentences) in conflicts.iter().enumerate() {
        let (at, all) = (at + 1, conflicts.len());
        lines.push(match sentences.len() {
            1 => format!("Conflict {at} of {all}: this cannot be met."),
            rules => format!(
                "Conflict {at} of {all}: these {rules} cannot hold together, one of them must give way."
            ),
        });
        lines.extend(sentences.iter().map(|sentence| format!("  {sentence}")));
    }
    lines
}

/// Every rule of a conflict in a sentence.
fn conflict(rules: &Rules, conflict: &Conflict) -> Vec<String> {
    let demanded = conflict.demanded.iter().map(|bound| {
        let name = bound_name(rules, *bound);
        match (least(rules, *bound), ratio(rules, *bound)) {
            (least, None) => format!("{name} demands at least {least}"),
            (0, Some([first, second])) => format!("{name} must stand {first} for {second}"),
            (least, Some([first, second])) => {
                format!("{name} demands at least {least}, and must stand {first} for {second}")
            }
        }
    });
    let full = conflict.full.iter().map(|bound| full(rules, *bound));
    let nobody = conflict.nobody_left.iter().map(|&(side, site, category)| {
        let side = &rules.sides[side];
        let (category, site) = (&rules.categories[category].id, &side.caps[site].id);
        format!("nobody more is in category {category:?} at site {site:?} of {}", side.party)
    });
    demanded.chain(full).chain(nobody).collect()
}

/// A rule that lets nobody more in, in a sentence.
fn full(rules: &Rules, bound: Bound) -> String {
    let name = bound_name(rules, bound);
    match (most(rules, bound), ratio(rules, bound)) {
        (Some(most), None) => format!("{name} allows at most {most}"),
        (None, None) => format!("{name} has nobody more"),
        (_, Some([first, second])) => {
            format!(
                "{name} must stand {first} for {second}, and the other side can set nobody more against it"
            )
        }
    }
}

/// What holds people back of whom nobody goes: each rule in a sentence, once. One person of each site and category is asked about.
pub fn held_back(rules: &Rules, people: &People, seed: &[u8; 32]) -> Vec<String> {
    let mut asked = BTreeSet::new();
    let rows = people.rows().iter().enumerate();
    let new = rows.filter(|(_, one)| asked.insert((one.side, one.site, one.category)));
    let persons: Vec<usize> = new.map(|(at, _)| at).take(HELD_BACK_MAX).collect();
    let sheets = sheets(rules, people, seed, &[], &persons);
    let held: BTreeSet<Bound> = sheets.iter().flat_map(|sheet| &sheet.full).map(|held| held.by).collect();
    let other_side = |bound: Bound| match bound {
        Bound::Category { category, .. } => rules.categories[category].against == Against::OneForOne,
        Bound::Cap { .. } | Bound::Pair { .. } => false,
    };
    let said = held.into_iter().map(|bound| match bound {
        bound if other_side(bound) => {
            format!(
                "{} stands one for one, and the other side can set nobody against it",
                bound_name(rules, bound)
            )
        }
        bound => full(rules, bound),
    });
    said.collect()
}

fn bound_name(rules: &Rules, bound: Bound) -> String {
    match bound {
        Bound::Cap { side, cap } => {
            format!("cap {:?} of {}", rules.sides[side].caps[cap].id, rules.sides[side].party)
        }
        Bound::Category { side, category } => {
            format!("category {:?} of {}", rules.categories[category].id, rules.sides[side].party)
        }
        Bound::Pair { category } => format!("category {:?}, one for one,", rules.categories[category].id),
    }
}

/// The least that a rule demands; 0 for none.
pub(crate) fn least(rules: &Rules, bound: Bound) -> u32 {
    match bound {
        Bound::Cap { side, cap } => rules.sides[side].caps[cap].at_least,
        Bound::Category { side, category } => rules.categories[category].bounds(side).0,
        Bound::Pair { category } => {
            [0, 1].map(|side| rules.categories[category].bounds(side).0).into_iter().max().unwrap_or(0)
        }
    }
}

/// The most that a rule allows, where it does.
pub(crate) fn most(rules: &Rules, bound: Bound) -> Option<u32> {
    let most = match bound {
        Bound::Cap { side, cap } => rules.sides[side].caps[cap].at_most?,
        Bound::Category { side, category } => rules.categories[category].bounds(side).1,
        Bound::Pair { category } => {
            let [first, second] = [0, 1].map(|side| rules.categories[category].bounds(side).1);
            first.min(second)
        }
    };
    Some(most).filter(|most| *most < PLACES_MAX)
}

/// The heads that must stand against one another by a rule, where some must.
pub(crate) fn ratio(rules: &Rules, bound: Bound) -> Option<[u32; 2]> {
    match bound {
        Bound::Category { category, .. } => match rules.categories[category].against {
            Against::Ratio(heads) => Some(heads),
            Against::AllForAll | Against::OneForOne => None,
        },
        Bound::Cap { .. } | Bound::Pair { .. } => None,
    }
}

impl Told<'_> {
    /// Why a roll is not lawful.
    pub fn unlawful(&self, error: &CheckError) -> String {
        match error {
            CheckError::Places { bound, found, least, most } => {
                let name = bound_name(self.rules, *bound);
                if found > most {
                    format!("{name} allows at most {most}, and {found} go")
                } else {
                    format!("{name} demands at least {least}, and {found} go")
                }
            }
            CheckError::Matching { category, found } => {
                let rule = &self.rules.categories[*category];
                let wanted = match rule.against {
                    Against::Ratio([first, second]) => format!("must stand {first} for {second}"),
                    Against::OneForOne | Against::AllForAll => "must stand one for one".to_owned(),
                };
                let [first, second] = [0, 1].map(|side: usize| &self.rules.sides[side].party);
                format!(
                    "category {:?} {wanted}, within its bounds, and {} of {first} go for {} of {second}",
                    rule.id, found[0], found[1]
                )
            }
            CheckError::Split(group) => format!("group {group} is split: some go and some stay"),
            other => other.to_string(),
        }
    }

    /// Every fault in a sentence: two people where one goes in the other's stead, else the person or the rule alone with
    /// what it costs.
    pub fn faults(&self, levels: &[Level], wrong: &[Wrong]) -> Vec<String> {
        let instead = wrong.iter().filter_map(|fault| {
            let Wrong::Stays { item, .. } = fault else { return None };
            wrong.iter().find_map(|other| match other {
                Wrong::Goes { item: goes, .. } => self.before(levels, item, goes),
                Wrong::Stays { .. } | Wrong::Places { .. } | Wrong::Balance { .. } => None,
            })
        });
        let alone = wrong.iter().map(|fault| match fault {
            Wrong::Stays { item, by } => {
                format!(
                    "item {item}{} stays and should go; by the prices that brings {}",
                    self.cell(item),
                    change(levels, by)
                )
            }
            Wrong::Goes { item, by } => {
                format!(
                    "item {item}{} goes and should stay; by the prices it costs {}",
                    self.cell(item),
                    change(levels, by)
                )
            }
            Wrong::Places { bound, by } => {
                let name = bound_name(self.rules, *bound);
                format!("{name} is not used as it pays; by the prices that costs {}", change(levels, by))
            }
            Wrong::Balance { by } => {
                format!("the balance is not used as it pays; by the prices that costs {}", change(levels, by))
            }
        });
        instead.chain(alone).collect()
    }

    /// Says that one stays though they go before another of the same site and category; nothing where it is not so.
    fn before(&self, levels: &[Level], stays: &Item, goes: &Item) -> Option<String> {
        let [one, other] =
            [stays, goes].map(|item| self.people.place(item).map(|at| &self.people.rows()[at]));
        let (one, other) = (one?, other?);
        let place = |person: &Person| (person.side, person.site, person.category);
        if place(one) != place(other) {
            return None;
        }
        let cost = |level: Level, person: &Person| {
            level.cost(person, || person.lot(self.seed, &self.rules.agreement))
        };
        let level = *levels.iter().find(|&&level| cost(level, one) != cost(level, other))?;
        if cost(level, one) > cost(level, other) {
            return None;
        }
        let why = match level {
            Level::Requested => "asked for by name".to_owned(),
            Level::Class(_) => format!("class {} against class {}", one.class, other.class),
            Level::TimeHeld => format!("time held {} against {}", one.held, other.held),
            Level::Missing | Level::Total | Level::Lot | Level::NextLot => {
                format!("lot {} against {}", cost(level, one), cost(level, other))
            }
        };
        let (category, site) = self.names(one);
        Some(format!(
            "item {stays} stays though they go before item {goes}, both in category {category:?} at site {site:?}: {why}"
        ))
    }

    fn names(&self, person: &Person) -> (&str, &str) {
        let site = &self.rules.sides[usize::from(person.side)].caps[usize::from(person.site)];
        (&self.rules.categories[usize::from(person.category)].id, &site.id)
    }

    fn cell(&self, item: &Item) -> String {
        let Some(at) = self.people.place(item) else { return String::new() };
        let person = &self.people.rows()[at];
        let (category, site) = self.names(person);
        let party = &self.rules.sides[usize::from(person.side)].party;
        format!(" (class {}, category {category:?} at site {site:?} of {party})", person.class)
    }
}
