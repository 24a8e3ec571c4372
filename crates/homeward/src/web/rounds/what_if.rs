//! What if: the roll with more or fewer places somewhere, or with a person in another class. Nothing is changed by asking.
//!
//! A question names a person, so it is sent in the body of a form and stands in no address.

use askama::Template;
use axum::extract::{Form, Path};
use exchange::ids::{Item, RoundNo};
use exchange::selection::joint::{self, CLASS_MAX, Level, PLACES_MAX, People, Rules, SelectError, Selected};
use exchange::selection::of_terms::{ROUND, Setting};
use serde::{Deserialize, Serialize};

use crate::acts::lottery;
use crate::acts::roll::{Drawn, ready};
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::classes::Classes;
use crate::web::rounds::conflict::{self, Called};
use crate::web::rounds::roll::Read;
use crate::web::sheet_words;
use crate::web::{Choice, Fault, Notice, Page, Words};

/// The most places by which a question changes a cap.
const MORE_MAX: i64 = 100_000;
/// How many people are named where what was written fits several.
const FITTING_MAX: usize = 10;

/// What is asked. Both questions may be asked at once.
#[derive(Deserialize, Default)]
pub struct Asked {
    /// A cap, as `side.index`.
    cap: Option<String>,
    /// Places more there, or fewer.
    more: Option<String>,
    /// A person: the beginning of the item, or of a name.
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
    /// Which rules could not hold together then, each in words.
    conflicts: Vec<Vec<String>>,
    /// What the roll would have more or less of, in words; empty where nothing changes.
    levels: Vec<String>,
    /// Who would come in, and who would stay instead.
    comes: Vec<Named>,
    stays: Vec<Named>,
}

/// A person who would change places. Of a person closed to the officer it holds nothing but that they are.
#[derive(Serialize)]
struct Named {
    item: Option<String>,
    name: String,
    closed: bool,
}

/// The page.
#[derive(Serialize)]
struct WhatIfView {
    number: RoundNo,
    /// Nothing before a question is asked, and where it cannot be answered.
    otherwise: Option<Otherwise>,
    /// The field that does not read.
    fault: Option<&'static str>,
    /// Whether people were put on the roll by hand: the roll compared with is the one before that.
    by_hand: bool,
}

#[derive(Template)]
#[template(path = "rounds_what_if.html")]
struct WhatIfPage<'a> {
    page: Page,
    t: Words,
    v: &'a WhatIfView,
    caps: Vec<Choice>,
    classes: Classes,
    class_choices: Vec<Choice>,
    asked: Asked,
}

impl WhatIfPage<'_> {
    fn was(&self, asked: &Option<String>) -> String {
        asked.clone().unwrap_or_default()
    }
}

/// What is wrong with a question: the field, and what to do.
struct Unread(&'static str, String);

/// `GET /rounds/{n}/what-if`
pub async fn what_if(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    asked(desk, number, Asked::default()).await
}

/// `POST /rounds/{n}/what-if`
pub async fn ask(
    desk: Desk,
    Path(number): Path<RoundNo>,
    Form(question): Form<Asked>,
) -> Result<Reply, Refused> {
    asked(desk, number, question).await
}

async fn asked(desk: Desk, number: RoundNo, asked: Asked) -> Result<Reply, Refused> {
    ready(&desk.node, number).await;
    let mut act = desk.act("ask what if", Some(&format!("round-{number}"))).await?;
    let read = Read::of(&mut act, &desk, number).await?;
    act.commit().await?;
    if let Some(Ok(item)) = filled(&asked.item).map(|text| person(&read, text, desk.words))
        && read.closes(&item)
    {
        return Err(Refused::ClosedToYou);
    }
    let (otherwise, unread) = match changed(&read, &asked, desk.words) {
        Ok(None) => (None, None),
        Ok(Some((rules, people, told))) => {
            (Some(answer(&read, rules, people, told, desk.words).await?), None)
        }
        Err(unread) => (None, Some(unread)),
    };
    let fault = unread.as_ref().map(|unread| unread.0);
    let view = WhatIfView { number, otherwise, fault, by_hand: !read.by_hand.is_empty() };
    desk.reply(&view, desk.words.s1("rounds-what-if-title", "round", number), |page, t| WhatIfPage {
        caps: caps(&read, t),
        class_choices: class_choices(&read),
        page: Page { notice: unread.map(|Unread(field, text)| refused(field, text)), ..page },
        classes: read.classes,
        t,
        v: &view,
        asked,
    })
}

fn refused(field: &str, text: String) -> Notice {
    Notice::Refused(vec![Fault { field: field.to_owned(), text }])
}

/// Rules and people as they would be, with what was asked in words. Nothing where nothing was asked.
fn changed(read: &Read, asked: &Asked, t: Words) -> Result<Option<(Rules, People, Vec<String>)>, Unread> {
    let setting = &read.drawn.setting;
    let (mut rules, mut rows) = (setting.rules.clone(), setting.people.rows().to_vec());
    let mut told = Vec::new();
    match (filled(&asked.cap), filled(&asked.more)) {
        (Some(cap), Some(more)) => told.push(with_places(read, &mut rules, cap, more, t)?),
        (None, Some(_)) => return Err(Unread("cap", t.s("rounds-what-if-no-cap"))),
        (Some(_), None) => return Err(Unread("more", t.s("rounds-what-if-no-more"))),
        (None, None) => {}
    }
    match (filled(&asked.item), filled(&asked.class)) {
        (Some(text), Some(class)) => {
            let item = person(read, text, t)?;
            let unread = || Unread("class", t.s("rounds-what-if-no-class"));
            let class: u8 = class.parse().map_err(|_| unread())?;
            let place =
                setting.people.place(&item).filter(|_| class > 0 && class <= rules.classes.min(CLASS_MAX));
            rows[place.ok_or_else(unread)?].class = class;
            let class = read.classes.named(class);
            told.push(t.s2("rounds-what-if-class", "name", read.called(&item), "class", class));
        }
        (None, Some(_)) => return Err(Unread("item", t.s("rounds-what-if-no-person"))),
        (Some(_), None) => return Err(Unread("class", t.s("rounds-what-if-no-class"))),
        (None, None) => {}
    }
    if told.is_empty() {
        return Ok(None);
    }
    // People who stood under the rules stand under them with another class that the rules have.
    let people = People::new(&rules, rows).map_err(|why| Unread("class", why.to_string()))?;
    Ok(Some((rules, people, told)))
}

/// Changes the places of a cap; answers what was asked.
fn with_places(read: &Read, rules: &mut Rules, cap: &str, more: &str, t: Words) -> Result<String, Unread> {
    let no_cap = || Unread("cap", t.s("rounds-what-if-no-cap"));
    let (side, index) = cap.split_once('.').ok_or_else(no_cap)?;
    let number = |text: &str| text.parse::<usize>().map_err(|_| no_cap());
    let (side, index) = (number(side)?, number(index)?);
    let cap = rules.sides.get_mut(side).and_then(|places| places.caps.get_mut(index)).ok_or_else(no_cap)?;
    let unread = || Unread("more", t.s("rounds-what-if-no-more"));
    let more: i64 = more.parse().map_err(|_| unread())?;
    let most =
        cap.at_most.filter(|_| (-MORE_MAX..=MORE_MAX).contains(&more)).map(|most| i64::from(most) + more);
    // A place without a number of its own holds nobody back, so that more or fewer places there ask nothing.
    let most = most.filter(|most| (0..=i64::from(PLACES_MAX)).contains(most));
    let most = most.and_then(|most| u32::try_from(most).ok()).ok_or_else(unread)?;
    cap.at_most = Some(most);
    let place = place_name(read, side, &cap.id, t);
    Ok(t.s3("rounds-what-if-places", "place", place, "n", t.number(most), "more", format!("{more:+}")))
}

/// A cap with its side: a site by its own name, the outermost as the whole round.
fn place_name(read: &Read, side: usize, id: &str, t: Words) -> String {
    let own = read.drawn.side(&read.ends.mine) == side;
    let party = read.names[usize::from(!own)].as_str();
    match id {
        ROUND => t.s1("rounds-what-if-whole-round", "party", party),
        id => format!("{} ({party})", t.place(id)),
    }
}

fn filled(field: &Option<String>) -> Option<&str> {
    field.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// The one person of the round whose item, or whose name as far as it is known here, begins so.
fn person(read: &Read, text: &str, t: Words) -> Result<Item, Unread> {
    let wanted = text.to_lowercase();
    let rows = read.drawn.setting.people.rows();
    let fits = |item: &Item| {
        let name = read.name(item).filter(|_| !read.closes(item)).unwrap_or_default();
        item.to_string().starts_with(&wanted) || name.to_lowercase().starts_with(&wanted)
    };
    let found: Vec<Item> = rows.iter().map(|person| person.item).filter(fits).collect();
    match &found[..] {
        [] => Err(Unread("item", t.s("rounds-what-if-no-person"))),
        [one] => Ok(*one),
        several => {
            let first = several.iter().filter(|item| !read.closes(item)).take(FITTING_MAX);
            let told = |item: &Item| match read.name(item) {
                Some(name) => format!("{name} ({})", &item.to_string()[..8]),
                None => item.to_string()[..8].to_owned(),
            };
            let people: Vec<String> = first.map(told).collect();
            let n = several.len();
            Err(Unread("item", t.s2("rounds-what-if-persons", "n", n, "people", people.join("; "))))
        }
    }
}

async fn answer(
    read: &Read,
    rules: Rules,
    people: People,
    asked: Vec<String>,
    t: Words,
) -> Result<Otherwise, Refused> {
    let drawn = read.drawn.clone();
    let asked_of = rules.clone();
    let selected = tokio::task::spawn_blocking(move || {
        let mut selected = joint::select(&rules, &people, &drawn.seed).map_err(Some)?;
        // With other places the chances are others too; what has none has no roll.
        lottery::draw(&Setting { rules, people }, &drawn.seed, &mut selected).map_err(|_| None)?;
        Ok::<_, Option<SelectError>>(selected)
    });
    match selected.await.map_err(|why| Refused::Broken(why.to_string()))? {
        Ok(selected) => Ok(Otherwise { asked, ..compared(read, &selected, t) }),
        Err(why) => {
            let mine = read.drawn.side(&read.ends.mine);
            let party = |side: usize| read.names[usize::from(side != mine)].as_str();
            let called = Called { parties: [party(0), party(1)], categories: &read.categories };
            let conflicts = why.as_ref().map(|why| conflict::sentences(&asked_of, why, &called, t));
            let (no_roll, conflicts) = (no_roll(why.as_ref(), t), conflicts.unwrap_or_default());
            Ok(Otherwise { asked, no_roll: Some(no_roll), conflicts, ..Otherwise::default() })
        }
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
        name: &|item| read.called(item),
        category: &|at| read.categories[at].clone(),
        party: &|side| setting.rules.sides[side].party.to_string(),
        class: &|class| read.classes.named(class),
        class_within: &|class, category| read.classes.within(class, &setting.rules.categories[category].id),
        held: &|days| t.s1("rounds-days", "n", days),
    };
    let differences: Vec<i128> = selected.cost.iter().zip(&now.cost).map(|(then, now)| then - now).collect();
    let only = |these: &[usize], those: &[usize]| {
        let new = these.iter().filter(|at| those.binary_search(at).is_err());
        let mut named: Vec<Named> = new.map(|&at| named(read, &setting.people.rows()[at].item)).collect();
        // Their place in the order would tell the class.
        named.sort_by_key(|one| one.closed);
        named
    };
    Otherwise {
        levels: told.differences(&differences, t),
        comes: only(&selected.chosen, &now.chosen),
        stays: only(&now.chosen, &selected.chosen),
        ..Otherwise::default()
    }
}

fn named(read: &Read, item: &Item) -> Named {
    let closed = read.closes(item);
    Named { item: (!closed).then(|| item.to_string()), name: read.called(item), closed }
}

/// The caps with a number, of both sides.
fn caps(read: &Read, t: Words) -> Vec<Choice> {
    let sides = &read.drawn.setting.rules.sides;
    let mut choices = vec![nothing()];
    for (at, side) in sides.iter().enumerate() {
        for (index, cap) in side.caps.iter().enumerate() {
            let Some(most) = cap.at_most else { continue };
            let label = format!("{}: {}", place_name(read, at, &cap.id, t), t.number(most));
            choices.push(Choice { value: format!("{at}.{index}"), label, hint: String::new() });
        }
    }
    choices
}

/// Every class of the order, with what it is.
fn class_choices(read: &Read) -> Vec<Choice> {
    let classes = 1..=read.drawn.setting.rules.classes.min(CLASS_MAX);
    let choice = |class: u8| Choice {
        value: class.to_string(),
        label: read.classes.named(class),
        hint: String::new(),
    };
    std::iter::once(nothing()).chain(classes.map(choice)).collect()
}

fn nothing() -> Choice {
    Choice { value: String::new(), label: "–".to_owned(), hint: String::new() }
}
