//! What if: the roll with more or fewer places somewhere, or with a person in another class. Nothing is changed by asking.

use askama::Template;
use axum::extract::{Path, Query};
use exchange::ids::{Item, RoundNo};
use exchange::selection::joint::{self, CLASS_MAX, Level, PLACES_MAX, People, Rules, SelectError, Selected};
use exchange::selection::of_terms::{ROUND, Setting};
use serde::{Deserialize, Serialize};

use crate::acts::lottery;
use crate::acts::roll::Drawn;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::roll::Read;
use crate::web::sheet_words;
use crate::web::{Choice, Page, Words};

/// The most places by which a question changes a cap.
const MORE_MAX: i64 = 100_000;

/// What is asked. Both questions may be asked at once.
#[derive(Deserialize, Default)]
pub struct Asked {
    /// A cap, as `side.index`.
    cap: Option<String>,
    /// Places more there, or fewer.
    more: Option<String>,
    /// A person.
    item: Option<String>,
    /// Their class then.
    class: Option<String>,
}

/// What would be otherwise.
#[derive(Serialize, Default)]
struct Otherwise {
    /// What was asked, in words.
    asked: Vec<String>,
    /// Why there would be no roll, where there would be none.
    no_roll: Option<String>,
    /// What the roll would have more or less of, in words; empty where nothing changes.
    levels: Vec<String>,
    /// Who would come in, and who would stay instead.
    comes: Vec<Named>,
    stays: Vec<Named>,
}

/// A person who would change places.
#[derive(Serialize)]
struct Named {
    item: String,
    name: String,
}

/// The page.
#[derive(Serialize)]
struct WhatIfView {
    number: RoundNo,
    /// Nothing before a question is asked.
    otherwise: Option<Otherwise>,
}

#[derive(Template)]
#[template(path = "rounds_what_if.html")]
struct WhatIfPage<'a> {
    page: Page,
    t: Words,
    v: &'a WhatIfView,
    caps: Vec<Choice>,
    people: Vec<Choice>,
    asked: Asked,
}

impl WhatIfPage<'_> {
    fn was(&self, asked: &Option<String>) -> String {
        asked.clone().unwrap_or_default()
    }
}

/// `GET /rounds/{n}/what-if`
pub async fn what_if(
    desk: Desk,
    Path(number): Path<RoundNo>,
    Query(asked): Query<Asked>,
) -> Result<Reply, Refused> {
    let mut act = desk.act("ask what if", Some(&format!("round-{number}"))).await?;
    let read = Read::of(&mut act, &desk, number).await?;
    act.commit().await?;
    let otherwise = match changed(&read, &asked, desk.words)? {
        None => None,
        Some((rules, people, told)) => Some(answer(&read, rules, people, told, desk.words).await?),
    };
    let view = WhatIfView { number, otherwise };
    desk.reply(&view, desk.words.s1("rounds-what-if-title", "round", number), |page, t| WhatIfPage {
        caps: caps(&read),
        people: people(&read),
        page,
        t,
        v: &view,
        asked,
    })
}

/// Rules and people as they would be, with what was asked in words. Nothing where nothing was asked.
fn changed(read: &Read, asked: &Asked, t: Words) -> Result<Option<(Rules, People, Vec<String>)>, Refused> {
    let setting = &read.drawn.setting;
    let (mut rules, mut rows) = (setting.rules.clone(), setting.people.rows().to_vec());
    let mut told = Vec::new();
    if let (Some(cap), Some(more)) = (filled(&asked.cap), filled(&asked.more)) {
        let (side, index) = cap.split_once('.').ok_or(Refused::BadField("cap"))?;
        let number = |text: &str| text.parse::<usize>().map_err(|_| Refused::BadField("cap"));
        let places = rules.sides.get_mut(number(side)?).ok_or(Refused::BadField("cap"))?;
        let cap = places.caps.get_mut(number(index)?).ok_or(Refused::BadField("cap"))?;
        let more: i64 = more.parse().map_err(|_| Refused::BadField("more"))?;
        let most = cap.at_most.map(|most| i64::from(most) + more);
        let most = most.filter(|most| (0..=i64::from(PLACES_MAX)).contains(most) && more.abs() <= MORE_MAX);
        // A place without a number of its own holds nobody back, so that more or fewer places there ask nothing.
        let most = most.and_then(|most| u32::try_from(most).ok()).ok_or(Refused::BadField("more"))?;
        cap.at_most = Some(most);
        let id = if cap.id == ROUND { t.s("rounds-place-round") } else { cap.id.clone() };
        told.push(t.s3(
            "rounds-what-if-places",
            "place",
            id.as_str(),
            "n",
            t.number(most).as_str(),
            "more",
            more,
        ));
    }
    if let (Some(item), Some(class)) = (filled(&asked.item), filled(&asked.class)) {
        let item: Item = item.parse().map_err(|_| Refused::BadField("item"))?;
        let place = setting.people.place(&item).ok_or(Refused::BadField("item"))?;
        let class: u8 = class.parse().map_err(|_| Refused::BadField("class"))?;
        if class == 0 || class > rules.classes.min(CLASS_MAX) {
            return Err(Refused::BadField("class"));
        }
        rows[place].class = class;
        told.push(t.s2("rounds-what-if-class", "name", name(read, &item).as_str(), "class", class));
    }
    if told.is_empty() {
        return Ok(None);
    }
    let people = People::new(&rules, rows).map_err(|why| Refused::Broken(why.to_string()))?;
    Ok(Some((rules, people, told)))
}

fn filled(field: &Option<String>) -> Option<&str> {
    field.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

async fn answer(
    read: &Read,
    rules: Rules,
    people: People,
    asked: Vec<String>,
    t: Words,
) -> Result<Otherwise, Refused> {
    let drawn = read.drawn.clone();
    let selected = tokio::task::spawn_blocking(move || {
        let mut selected = joint::select(&rules, &people, &drawn.seed).map_err(Some)?;
        // With other places the chances are others too; what has none has no roll.
        lottery::draw(&Setting { rules, people }, &drawn.seed, &mut selected).map_err(|_| None)?;
        Ok::<_, Option<SelectError>>(selected)
    });
    match selected.await.map_err(|why| Refused::Broken(why.to_string()))? {
        Ok(selected) => Ok(Otherwise { asked, ..compared(read, &selected, t) }),
        Err(why) => Ok(Otherwise { asked, no_roll: Some(no_roll(why.as_ref(), t)), ..Otherwise::default() }),
    }
}

fn no_roll(why: Option<&SelectError>, t: Words) -> String {
    match why {
        Some(SelectError::Conflict { missing, .. }) => t.s1("rounds-what-if-conflict", "n", *missing),
        _ => t.s("rounds-what-if-no-roll"),
    }
}

/// The roll that would be, against the one that is. People keep their places among all, whatever their class.
fn compared(read: &Read, selected: &Selected, t: Words) -> Otherwise {
    let Drawn { setting, selected: now, .. } = &*read.drawn;
    let levels = Level::of(&setting.rules);
    let told = sheet_words::Round {
        rules: &setting.rules,
        people: &setting.people,
        levels: &levels,
        by_name: read.by_name,
        name: &|item| name(read, item),
        category: &|at| read.categories[at].clone(),
        party: &|side| setting.rules.sides[side].party.to_string(),
    };
    let differences: Vec<i128> = selected.cost.iter().zip(&now.cost).map(|(then, now)| then - now).collect();
    let only = |these: &[usize], those: &[usize]| {
        let new = these.iter().filter(|at| those.binary_search(at).is_err());
        new.map(|&at| {
            let item = setting.people.rows()[at].item;
            Named { item: item.to_string(), name: name(read, &item) }
        })
        .collect()
    };
    Otherwise {
        levels: told.differences(&differences, t),
        comes: only(&selected.chosen, &now.chosen),
        stays: only(&now.chosen, &selected.chosen),
        ..Otherwise::default()
    }
}

fn name(read: &Read, item: &Item) -> String {
    read.name(item).unwrap_or_else(|| item.to_string()[..8].to_owned())
}

/// The caps with a number, of both sides.
fn caps(read: &Read) -> Vec<Choice> {
    let sides = &read.drawn.setting.rules.sides;
    let mut choices = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        for (index, cap) in side.caps.iter().enumerate() {
            let Some(most) = cap.at_most else { continue };
            let label = format!("{}: {} ({most})", side.party, cap.id);
            choices.push(Choice { value: format!("{at}.{index}"), label, hint: String::new() });
        }
    }
    choices
}

/// This side's people, those who stay first.
fn people(read: &Read) -> Vec<Choice> {
    let rows = read.drawn.setting.people.rows();
    let (staying, going) = (read.in_order(&read.ends.mine, false), read.in_order(&read.ends.mine, true));
    let choice = |at: usize| {
        let person = &rows[at];
        let label = format!("{} ({})", name(read, &person.item), person.class);
        Choice { value: person.item.to_string(), label, hint: String::new() }
    };
    let none = Choice { value: String::new(), label: "–".to_owned(), hint: String::new() };
    std::iter::once(none).chain(staying.into_iter().chain(going).map(choice)).collect()
}
