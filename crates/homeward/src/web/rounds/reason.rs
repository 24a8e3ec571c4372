//! The reason sheet of one person: why they go or stay, at what exact price it could be otherwise, what would have to change.
//!
//! The sentences are those of `homeward select explain`, with names where the officer may read them.

use askama::Template;
use axum::extract::Path;
use exchange::eligibility;
use exchange::ids::{Item, RoundNo};
use exchange::selection::joint::Level;
use parley::ItemState;
use serde::Serialize;
use time::Date;

use crate::act::Act;
use crate::acts::roll::ready;
use crate::acts::{overrides, shared_item};
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::chances;
use crate::web::rounds::forms::{self, GROUNDS};
use crate::web::rounds::roll::{Read, decided};
use crate::web::rounds::view::{self, item_code};
use crate::web::sheet_words;
use crate::web::{Choice, Fault, Notice, Page, Words};

/// The reason sheet of one person.
#[derive(Serialize)]
struct ReasonView {
    number: RoundNo,
    item: String,
    name: Option<String>,
    /// `mine` or `theirs`.
    holder: &'static str,
    /// Whether the person is on the roll.
    #[serde(rename = "in")]
    on_roll: bool,
    /// What decided, where the person stays: `total`, `requested`, `class`, `time-held`, `lot`, `chance` or `no-way`.
    decided: Option<&'static str>,
    class: Option<u8>,
    /// The same with what the class is.
    #[serde(skip)]
    class_named: String,
    /// The day of the examination from which the class follows, for this side's own people.
    #[serde(serialize_with = "view::iso_if_any")]
    evidence: Option<Date>,
    #[serde(skip)]
    category_name: String,
    site: Option<String>,
    /// Days held on the planned day of the round.
    held: Option<u16>,
    lot: Option<String>,
    /// Whether the other side has asked for the person by name.
    asked: bool,
    /// The reason in words, sentence by sentence.
    says: Vec<String>,
    /// Where the person stands on the list, where there is one.
    state: Option<&'static str>,
    /// Whether this officer may record that the person leaves the list.
    may_depart: bool,
    /// What has become of the person's place since the roll: `left`, `came-in` or `came-and-left`.
    since: Option<&'static str>,
    /// Those in whose place this officer may put the person on the roll: item and name, or the item's beginning.
    instead_of: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "rounds_reason.html")]
struct ReasonPage<'a> {
    page: Page,
    t: Words,
    v: &'a ReasonView,
    grounds: Vec<Choice>,
    override_grounds: Vec<Choice>,
    instead_of: Vec<Choice>,
    typed: Typed,
}

/// What was typed into the form by which somebody is put on the roll.
#[derive(Default)]
struct Typed {
    stays: String,
    ground: String,
    says: String,
}

impl ReasonPage<'_> {
    /// Each sentence, and whether it is a point of the list before it.
    fn says(&self) -> Vec<(&str, bool)> {
        let said = self.v.says.iter();
        said.map(|text| text.strip_prefix("- ").map_or((text.as_str(), false), |point| (point, true)))
            .collect()
    }
}

/// `GET /rounds/{n}/roll/{item}`
pub async fn reason(desk: Desk, Path((number, one)): Path<(RoundNo, String)>) -> Result<Reply, Refused> {
    let one: Item = one.parse().map_err(|_| Refused::NotFound)?;
    shown(&desk, number, one, None).await
}

/// The same after the form was refused: with the fault, and what was typed.
pub async fn again(
    desk: &Desk,
    number: RoundNo,
    sent: &[(String, String)],
    why: Refused,
) -> Result<Reply, Refused> {
    let typed = |name: &str| forms::one(sent, name).unwrap_or_default().to_owned();
    let Ok(one) = typed("goes").parse() else { return Err(why) };
    let fault = match &why {
        Refused::BadField(field) => {
            let key = if *field == "stays" { "override-persons" } else { "override-reason" };
            Fault { field: (*field).to_owned(), text: desk.words.code("refusal", key) }
        }
        _ => Fault { field: "stays".to_owned(), text: why.detail(desk.words) },
    };
    let typed = Typed { stays: typed("stays"), ground: typed("override-ground"), says: typed("says") };
    Ok(shown(desk, number, one, Some((typed, fault))).await?.unprocessable())
}

async fn shown(
    desk: &Desk,
    number: RoundNo,
    one: Item,
    refused: Option<(Typed, Fault)>,
) -> Result<Reply, Refused> {
    ready(&desk.node, number).await;
    let mut act = desk.act("read reason sheet", Some(&one.to_string())).await?;
    let read = Read::of(&mut act, desk, number).await?;
    let mut view = sheet(&read, number, &one, desk.words);
    if view.class.is_none() && view.name.is_none() {
        return Err(Refused::NotFound);
    }
    view.evidence = evidence(&mut act, &one).await?;
    place_on_the_list(desk, &act, &read, &mut view, &one);
    view.instead_of = instead_of(desk, &act, &read, number, &one);
    act.commit().await?;
    explain(&read, &mut view, &one, desk.words).await?;
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label, hint: String::new() };
    desk.reply(&view, desk.words.s1("rounds-reason-title", "round", number), |mut page, t| ReasonPage {
        typed: refused.map_or_else(Typed::default, |(typed, fault)| {
            page.notice = Some(Notice::Refused(vec![fault]));
            // A change of language leads back to the page, not to where the form was sent.
            page.path = format!("/rounds/{number}/roll/{one}");
            typed
        }),
        grounds: GROUNDS
            .map(|ground| choice(ground.as_str(), t.code("rounds-ground", ground.as_str())))
            .into(),
        override_grounds: overrides::GROUNDS
            .map(|ground| choice(ground, t.code("rounds-override-ground", ground)))
            .into(),
        instead_of: view.instead_of.iter().map(|(item, name)| choice(item, name.clone())).collect(),
        page,
        t,
        v: &view,
    })
}

/// What the round says of a person; little for one who is in neither pool.
fn sheet(read: &Read, number: RoundNo, one: &Item, t: Words) -> ReasonView {
    let mut view = ReasonView {
        number,
        item: one.to_string(),
        name: read.name(one),
        holder: "mine",
        on_roll: false,
        decided: None,
        class: None,
        class_named: String::new(),
        evidence: None,
        category_name: String::new(),
        site: None,
        held: None,
        lot: None,
        asked: false,
        says: vec![t.s("rounds-reason-not-in-pool")],
        state: None,
        may_depart: false,
        since: None,
        instead_of: Vec::new(),
    };
    let setting = &read.drawn.setting;
    let Some(at) = setting.people.place(one) else { return view };
    let person = &setting.people.rows()[at];
    let side = usize::from(person.side);
    let own = side == read.drawn.side(&read.ends.mine);
    view.holder = if own { "mine" } else { "theirs" };
    view.on_roll = read.goes(one);
    view.class = Some(person.class);
    view.class_named = read.classes.named(person.class);
    view.category_name.clone_from(&read.categories[usize::from(person.category)]);
    view.site = Some(setting.rules.sides[side].caps[usize::from(person.site)].id.clone());
    view.held = Some(person.held);
    view.lot = Some(read.lot(person));
    view.asked = person.requested;
    view
}

/// The reason in words, for one who is in a pool.
async fn explain(read: &Read, view: &mut ReasonView, one: &Item, t: Words) -> Result<(), Refused> {
    let setting = &read.drawn.setting;
    let Some(at) = setting.people.place(one) else { return Ok(()) };
    let mut sheets = read.sheets(vec![at]).await?;
    let levels = Level::of(&setting.rules);
    let mine = read.drawn.side(&read.ends.mine);
    let told = sheet_words::Round {
        rules: &setting.rules,
        people: &setting.people,
        levels: &levels,
        by_name: read.by_name,
        name: &|item| read.called(item),
        category: &|at| read.categories[at].clone(),
        party: &|of| read.names[usize::from(of != mine)].clone(),
        class: &|class| read.classes.named(class),
        class_within: &|class, category| read.classes.within(class, &setting.rules.categories[category].id),
        held: &|days| t.s1("rounds-days", "n", days),
    };
    let goes = read.drawn.goes(one);
    let person = &setting.people.rows()[at];
    if let Some(chance) = read.drawn.left_to_chance(person) {
        view.says = told.by_chance(person, goes, &chances::said(t, chance), t);
        view.decided = (!goes).then_some("chance");
        by_hand(view, goes, t);
        return Ok(());
    }
    if let Some(sheet) = sheets.first_mut() {
        chances::without_lots(sheet, read);
        view.says = told.sentences(sheet, t);
        view.decided = (!sheet.goes).then(|| decided(sheet, &levels));
        by_hand(view, goes, t);
    }
    Ok(())
}

/// Says first that somebody was put on the roll by hand, or gave a place up.
fn by_hand(view: &mut ReasonView, goes: bool, t: Words) {
    match (goes, view.on_roll) {
        (false, true) => view.says.insert(0, t.s("rounds-put-on")),
        (true, false) => view.says.insert(0, t.s("rounds-gave-place")),
        _ => {}
    }
}

/// The day of the examination from which the class of one of this side's own people follows.
async fn evidence(act: &mut Act<'_>, one: &Item) -> Result<Option<Date>, Refused> {
    let Some(row) = act.tx.person_of(one).await? else { return Ok(None) };
    let today = act.node().clock.today();
    let terms = act.shared().terms.as_ref().ok_or(Refused::NotFound)?;
    let placement = eligibility::category(terms, &row.person, today);
    Ok(placement.finding.evidence.map(|(_, date)| date))
}

/// Those in whose place somebody may go, while this side may still put somebody on its roll by hand.
fn instead_of(desk: &Desk, act: &Act<'_>, read: &Read, number: RoundNo, one: &Item) -> Vec<(String, String)> {
    let state = act.record().view().round(number);
    let nominated = state.is_some_and(|state| state.nominated(&read.ends.mine).is_some());
    let made = read.by_hand.iter().filter(|hand| hand.holder == "mine" && hand.refused.is_none()).count();
    let left = u32::try_from(made).is_ok_and(|made| made < read.by_hand_at_most);
    let Some(person) = read.drawn.person(one) else { return Vec::new() };
    let own = usize::from(person.side) == read.drawn.side(&read.ends.mine);
    if !own || nominated || !left || read.goes(one) || !desk.officer.holds(&[Role::Negotiator]) {
        return Vec::new();
    }
    let rows = read.drawn.setting.people.rows();
    let mut going = read.in_order(&read.ends.mine, true);
    // The last in order first: they are the likeliest to give a place up.
    going.reverse();
    let mine = &read.going[0];
    let able = overrides::could_give_way(&read.drawn, mine, person);
    let able = going.into_iter().map(|at| &rows[at]).filter(|other| able.contains(&other.item));
    able.filter(|other| !read.closes(&other.item))
        .map(|other| (other.item.to_string(), read.called(&other.item)))
        .collect()
}

fn place_on_the_list(desk: &Desk, act: &Act<'_>, read: &Read, view: &mut ReasonView, one: &Item) {
    let state = act.record().view().round(view.number);
    let now = state.and_then(|state| state.state(&shared_item(*one)));
    view.state = now.map(item_code);
    // The sheet is about the roll; who has left the list since, or come in for somebody, is said first.
    let has_left = now.is_some_and(|now| now.is_vacated() || now == ItemState::Dropped);
    view.since = match (view.on_roll, now) {
        (true, Some(_)) if has_left => Some("left"),
        (false, Some(_)) if has_left => Some("came-and-left"),
        (false, Some(_)) => Some("came-in"),
        _ => None,
    };
    let departs = parley::Body::Depart {
        round: view.number,
        item: shared_item(*one),
        ground: parley::DepartGround::Unwilling,
    };
    let roles = [Role::Physician, Role::Registrar, Role::Negotiator];
    view.may_depart = desk.officer.holds(&roles) && act.record().check(&read.ends.mine, &departs).is_ok();
}
