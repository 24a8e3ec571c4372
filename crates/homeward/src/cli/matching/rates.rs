//! `homeward match rates`: how often a recipe hits a stranger, and how often it finds somebody, measured on reports of which it is
//! known who is who.
//!
//! Decides what is counted: of the people whom nobody holds, those of whom a key of the recipe is held all the same; of
//! people who are held, those whom another report of theirs finds. Refuses to call a rate good: that is
//! [`super::recipes::FALSE_HITS_MAX`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::list::{self, Listed};
use super::recipes::{FALSE_HITS_MAX, RECIPES, Recipe, Spellings};
use crate::cli::{DONE, out, progress};

/// Measure how often each recipe hits a stranger, on reports of which it is known who is who.
///
/// The reports have a column person_id, as `homeward bench reports` writes them. Of the people in them as many as --held are held, one
/// report each, in the one spelling of their report; all other reports are asked for, in all spellings.
#[derive(Args, Debug)]
pub struct RatesArgs {
    /// The reports (CSV).
    reports: PathBuf,
    /// How many people are held.
    #[arg(long, default_value_t = 10_000)]
    held: usize,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// What all recipes that may be used are called together.
const TOGETHER: &str = "together";

/// What was counted of a recipe.
#[derive(Serialize, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The recipe.
    pub recipe: &'static str,
    /// People asked for whom nobody holds.
    pub strangers: usize,
    /// Of them, those hit all the same.
    pub hit: usize,
    /// The same of a million.
    pub per_million: u32,
    /// Reports about people who are held.
    pub of_held: usize,
    /// Of them, those that found their person.
    pub found: usize,
}

/// Runs the command.
pub fn run(args: &RatesArgs) -> anyhow::Result<ExitCode> {
    let people = match list::read(&args.reports)? {
        Ok(people) => people,
        Err(why) => return out::refused(args.json, &format!("{}, line {}", why.code, why.line)),
    };
    if people.iter().any(|one| one.truth.is_empty()) {
        return out::refused(args.json, "a report without person_id: nothing tells who is who");
    }
    let rates = progress::during("measuring", || measure(&people, args.held));
    if args.json {
        out::json(&rates)?;
        return Ok(ExitCode::from(DONE));
    }
    out::line(
        "recipe                          strangers      hit  of a million    of held    found   share",
    )?;
    for rate in &rates {
        let share = 100.0 * rate.found as f64 / rate.of_held.max(1) as f64;
        let fit = if rate.per_million > FALSE_HITS_MAX { "  too many: refused" } else { "" };
        out::line(format!(
            "{:<30} {:>10} {:>8} {:>13} {:>10} {:>8} {share:>6.1}%{fit}",
            rate.recipe, rate.strangers, rate.hit, rate.per_million, rate.of_held, rate.found
        ))?;
    }
    Ok(ExitCode::from(DONE))
}

/// Counts, recipe by recipe, and last all together that may be used. The first people in the order of their first report are held.
pub fn measure(people: &[Listed], held: usize) -> Vec<Rate> {
    let mut holds: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, one) in people.iter().enumerate() {
        if holds.len() < held {
            holds.entry(&one.truth).or_insert(at);
        }
    }
    let first: BTreeSet<usize> = holds.values().copied().collect();
    let rate = |name: &'static str, recipes: &[&Recipe]| {
        let keys = |at: &usize| people[*at].particulars.keys(recipes, Spellings::One);
        let kept: BTreeMap<String, BTreeSet<&str>> = first.iter().fold(BTreeMap::new(), |mut kept, at| {
            for key in keys(at) {
                kept.entry(key).or_insert_with(BTreeSet::new).insert(&people[*at].truth);
            }
            kept
        });
        // Of a person with several reports one is asked for, lest whoever is reported often count often.
        let mut strangers: BTreeMap<&str, bool> = BTreeMap::new();
        let (mut of_held, mut found) = (0, 0);
        for (_, one) in people.iter().enumerate().filter(|(at, _)| !first.contains(at)) {
            let truth = one.truth.as_str();
            if !holds.contains_key(truth) && strangers.contains_key(truth) {
                continue;
            }
            let asked = one.particulars.keys(recipes, Spellings::All);
            let hits: Vec<&BTreeSet<&str>> = asked.iter().filter_map(|key| kept.get(key)).collect();
            if holds.contains_key(truth) {
                of_held += 1;
                found += usize::from(hits.iter().any(|whose| whose.contains(truth)));
            } else {
                strangers.insert(truth, !hits.is_empty());
            }
        }
        let hit = strangers.values().filter(|hit| **hit).count();
        let per_million = (1_000_000 * hit as u64).div_ceil(strangers.len().max(1) as u64) as u32;
        Rate { recipe: name, strangers: strangers.len(), hit, per_million, of_held, found }
    };
    let fit: Vec<&Recipe> = RECIPES.iter().filter(|recipe| recipe.is_fit()).collect();
    let each = RECIPES.iter().map(|recipe| rate(recipe.name, &[recipe]));
    each.chain([rate(TOGETHER, &fit)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::matching::recipes::Particulars;
    use linkage::birth::Born;

    #[test]
    fn a_namesake_counts_as_a_false_hit_and_a_second_report_as_a_find() {
        let one = |truth: &str, surname: &str, born: &str| Listed {
            id: truth.to_owned(),
            truth: truth.to_owned(),
            particulars: Particulars {
                surname: surname.to_owned(),
                given: "Максим".to_owned(),
                patronymic: "Олегович".to_owned(),
                born: Born::read(born),
                number: String::new(),
            },
        };
        let people = [
            one("1", "Мігда", "1987-11-15"),
            one("1", "Мигда", "1987-11-15"),
            one("2", "Мігда", "1987-03-02"),
            one("3", "Ткач", "1987-11-15"),
        ];
        let rates = measure(&people, 1);
        let of = |name: &str| rates.iter().find(|rate| rate.recipe == name).unwrap();
        let counts = |rate: &Rate| (rate.strangers, rate.hit, rate.per_million, rate.of_held, rate.found);
        assert_eq!(counts(of("surname-given-date")), (2, 0, 0, 1, 1));
        assert_eq!(counts(of("surname-given-year")), (2, 1, 500_000, 1, 1));
        assert_eq!(counts(of("service-year")), (2, 0, 0, 1, 0));
    }
}
