//! `homeward select chances`: leximin chances in place of the lots, and the roll drawn by them.

use std::process::ExitCode;

use clap::Args;
use exchange::selection::joint::{
    self, Chances, Fraction, LeximinError, People, Rules, SelectError, TypeChance, file,
};
use serde::Serialize;

use super::{Read, RoundArgs};
use crate::cli::{DONE, NOT_HELD, files, out, progress};

/// Work out the fairest chances among the best rolls, and draw one roll by them.
///
/// Leximin in place of the lots (docs/formats/chances.md), which an agreement chooses with `chances`: among the rolls that are best in every
/// level before the lot, the smallest chance is made as large as it can be, then the next, in exact fractions. The seed then
/// draws one roll. Everything is checked before it is told. Rounds with kept-together groups are refused, and those that leave
/// the units of a ratio open.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  \
    homeward select chances --rules RULES.toml --pool POOL.csv --seed HEX\n\n\
    People whom the rules hold equal stand on one line. Those who go or stay for certain are not in the table; --json has\n\
    them too. Percentages are rounded down.\n\n\
    Exit: 0 done, 1 failed, 2 refused input (with line and field), 3 no roll, or none that leximin is defined for.")]
pub(super) struct ChancesArgs {
    #[command(flatten)]
    round: RoundArgs,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// The answer in JSON; fractions are in lowest terms.
#[derive(Serialize)]
struct Answer<'a> {
    types: Vec<TypeAnswer<'a>>,
    roll_digest: String,
    roll: Vec<String>,
}

/// One type in JSON.
#[derive(Serialize)]
struct TypeAnswer<'a> {
    side: String,
    site: &'a str,
    category: &'a str,
    class: u8,
    held: u16,
    requested: bool,
    people: u32,
    places_expected: String,
    chance: String,
    went: u32,
}

/// Works out the chances of a round, checks them as the other side will, and says them.
pub(super) fn run(args: &ChancesArgs) -> anyhow::Result<ExitCode> {
    match args.round.read()? {
        Ok(read) => tell(&args.round, args.json, &read),
        Err(why) => out::refused(args.json, &why),
    }
}

/// The same of a round that was read.
pub(super) fn tell(round: &RoundArgs, json: bool, read: &Read) -> anyhow::Result<ExitCode> {
    let Read { rules, people, seed } = read;
    let chances = match progress::during("selecting", || joint::leximin(rules, people, seed)) {
        Ok(chances) => chances,
        Err(why) => return none(round, json, rules, &why),
    };
    // The other side will see the same: chances that do not hold are not given out.
    progress::during("checking", || joint::check_leximin(rules, people, seed, &chances))?;
    if json {
        out::json(&answer(rules, people, &chances))?;
    } else {
        say(rules, people, &chances)?;
    }
    Ok(ExitCode::from(DONE))
}

fn none(round: &RoundArgs, json: bool, rules: &Rules, why: &LeximinError) -> anyhow::Result<ExitCode> {
    let said = match why {
        LeximinError::Select(SelectError::Rules(_) | SelectError::TooWide(_)) => {
            return out::refused(json, &format!("{}: {why}", files::name(&round.rules)));
        }
        LeximinError::Select(_) => format!("{why}; homeward select names the rules"),
        LeximinError::Units { category } => {
            let id = &rules.categories[*category].id;
            format!("category {id:?}: rolls with other units of its ratio are as good before the lot")
        }
        LeximinError::Group(_)
        | LeximinError::Balance
        | LeximinError::NotShown
        | LeximinError::TooFine(_) => why.to_string(),
    };
    if json {
        out::json(&serde_json::json!({ "no_chances": said }))?;
    } else {
        out::line(format!("NO CHANCES: {said}"))?;
    }
    Ok(ExitCode::from(NOT_HELD))
}

fn answer<'a>(rules: &'a Rules, people: &People, chances: &Chances) -> Answer<'a> {
    let roll = file::Roll::of(people, &chances.chosen);
    let one = |kind: &TypeChance| {
        let side = &rules.sides[usize::from(kind.side)];
        TypeAnswer {
            side: side.party.to_string(),
            site: &side.caps[usize::from(kind.site)].id,
            category: &rules.categories[usize::from(kind.category)].id,
            class: kind.class,
            held: kind.held,
            requested: kind.requested,
            people: kind.people,
            places_expected: kind.places_expected.to_string(),
            chance: kind.chance.to_string(),
            went: kind.went,
        }
    };
    let items = roll.items().iter().map(ToString::to_string).collect();
    Answer {
        types: chances.types.iter().map(one).collect(),
        roll_digest: roll.digest().to_string(),
        roll: items,
    }
}

fn say(rules: &Rules, people: &People, chances: &Chances) -> anyhow::Result<()> {
    let digest = file::Roll::of(people, &chances.chosen).digest();
    out::line(format!("{} people go; roll {digest}", chances.chosen.len()))?;
    let count = |certain: Fraction| -> u64 {
        let these = chances.types.iter().filter(|kind| kind.chance == certain);
        these.map(|kind| u64::from(kind.people)).sum()
    };
    let (go, stay) = (count(Fraction::ONE), count(Fraction::ZERO));
    out::line(format!("{go} go for certain, {stay} stay for certain; all others by chance:"))?;
    out::line("")?;
    out::line(format!(
        "{:<12} {:<16} {:<16} {:>5} {:>5} {:>5} {:>8} {:>8} {:>6}  exactly",
        "side", "site", "category", "class", "held", "asked", "people", "chance", "go"
    ))?;
    let open = |kind: &&TypeChance| kind.chance != Fraction::ZERO && kind.chance != Fraction::ONE;
    for kind in chances.types.iter().filter(open) {
        let side = &rules.sides[usize::from(kind.side)];
        let millionths = kind.chance.millionths();
        let chance = format!("{}.{:04} %", millionths / 10_000, millionths % 10_000);
        let exactly = Some(kind.chance.to_string()).filter(|text| text.len() <= 24);
        out::line(format!(
            "{:<12} {:<16} {:<16} {:>5} {:>5} {:>5} {:>8} {chance:>8} {:>6}  {}",
            side.party.to_string(),
            side.caps[usize::from(kind.site)].id,
            rules.categories[usize::from(kind.category)].id,
            kind.class,
            kind.held,
            if kind.requested { "yes" } else { "" },
            kind.people,
            kind.went,
            exactly.as_deref().unwrap_or("(with --json)")
        ))?;
    }
    Ok(())
}
