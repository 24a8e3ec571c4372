//! `homeward select explain`: why a person goes or stays, in words.

use std::process::ExitCode;

use clap::Args;
use exchange::ids::Item;
use exchange::selection::joint::{self, ChanceRule, Level, People, Sheet};
use serde::Serialize;

use super::{Read, RoundArgs, no_roll};
use crate::cli::{DONE, out, progress};
use crate::web::sheet_words;
use crate::web::words::{Lang, Words};

/// How many people are explained at a time.
const PERSONS_MAX: usize = 1_000;

/// Say why people go or stay: the exact price of having it otherwise, who would change places, and what would have to change.
///
/// The round is selected again from its rules, people and seed, so the answer is about the one best roll.
#[derive(Args, Debug)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    round: RoundArgs,
    /// The people, each by their item of 64 hexadecimal digits.
    #[arg(required = true)]
    items: Vec<String>,
    /// The language: uk, ru or en.
    #[arg(long, default_value = "en")]
    lang: String,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// One sheet in JSON.
#[derive(Serialize)]
struct Answer {
    item: String,
    goes: bool,
    price: Option<Vec<i128>>,
    join: Vec<String>,
    leave: Vec<String>,
    says: Vec<String>,
}

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let Some(lang) = Lang::of_code(&args.lang) else {
        return out::refused(args.json, "--lang: not uk, ru or en");
    };
    let t = Words::of(lang);
    if args.items.len() > PERSONS_MAX {
        return out::refused(args.json, &t.s1("selection-explain-many", "n", PERSONS_MAX));
    }
    let Read { rules, people, seed } = match args.round.read()? {
        Ok(read) => read,
        Err(why) => return out::refused(args.json, &why),
    };
    let persons = match places(&people, &args.items, t) {
        Ok(persons) => persons,
        Err(why) => return out::refused(args.json, &why),
    };
    if rules.chances == ChanceRule::Leximin {
        return out::refused(args.json, &t.s("selection-explain-chances"));
    }
    if rules.balance.is_some() {
        return out::refused(args.json, &t.s("selection-explain-balance"));
    }
    let selected = match progress::during("selecting", || joint::select(&rules, &people, &seed)) {
        Ok(selected) => selected,
        Err(why) => return no_roll(&args.round, args.json, &rules, why),
    };
    let sheets = joint::sheets(&rules, &people, &seed, &selected.chosen, &persons);
    let levels = Level::of(&rules);
    let told = sheet_words::Round {
        rules: &rules,
        people: &people,
        levels: &levels,
        by_name: true,
        name: &Item::to_string,
        category: &|at| rules.categories[at].id.clone(),
        party: &|side| rules.sides[side].party.to_string(),
        class: &|class| class.to_string(),
        class_within: &|class, _| Some(class),
        held: &|held| held.to_string(),
    };
    let answer = |sheet: &Sheet| {
        let hex = |items: &[Item]| items.iter().map(Item::to_string).collect();
        let price = sheet.price.as_ref();
        Answer {
            item: people.rows()[sheet.person].item.to_string(),
            goes: sheet.goes,
            price: price.map(|price| price.levels.clone()),
            join: price.map(|price| hex(&price.join)).unwrap_or_default(),
            leave: price.map(|price| hex(&price.leave)).unwrap_or_default(),
            says: told.sentences(sheet, t),
        }
    };
    let answers: Vec<Answer> = sheets.iter().map(answer).collect();
    tell(&answers, args.json)
}

fn tell(answers: &[Answer], as_json: bool) -> anyhow::Result<ExitCode> {
    if as_json {
        out::json(&answers)?;
        return Ok(ExitCode::from(DONE));
    }
    for (at, answer) in answers.iter().enumerate() {
        if at > 0 {
            out::line("")?;
        }
        answer.says.iter().try_for_each(out::line)?;
    }
    Ok(ExitCode::from(DONE))
}

/// The place of each item among the people, or why it has none.
fn places(people: &People, items: &[String], t: Words) -> Result<Vec<usize>, String> {
    let place = |text: &String| {
        let item: Item = text.parse().map_err(|_| t.s1("selection-explain-item", "item", text.as_str()))?;
        let nobody = || t.s1("selection-explain-nobody", "item", item.to_string().as_str());
        people.place(&item).ok_or_else(nobody)
    };
    items.iter().map(place).collect()
}
