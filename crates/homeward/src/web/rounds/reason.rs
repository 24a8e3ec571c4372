//! The reason sheet of one person: why they go or stay, at what exact price it could be otherwise, what would have to change.
//!
//! The sentences are those of `homeward select explain`, with names where the officer may read them.

use askama::Template;
use axum::extract::Path;
use exchange::eligibility;
use exchange::ids::{Item, RoundNo};
use exchange::selection::joint::{Level, sheets};
use serde::Serialize;
use time::Date;

use crate::act::Act;
use crate::acts::shared_item;
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::forms::GROUNDS;
use crate::web::rounds::roll::{Read, decided};
use crate::web::rounds::view::{self, item_code};
use crate::web::sheet_words;
use crate::web::{Choice, Page, Words};

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
    /// What decided, where the person stays: `total`, `class`, `time-held`, `lot` or `no-way`.
    decided: Option<&'static str>,
    class: Option<u8>,
    /// The day of the examination from which the class follows, for this side's own people.
    #[serde(serialize_with = "view::iso_if_any")]
    evidence: Option<Date>,
    #[serde(skip)]
    category_name: String,
    site: Option<String>,
    /// Days held on the planned day of the round.
    held: Option<u16>,
    lot: Option<String>,
    /// The reason in words, sentence by sentence.
    says: Vec<String>,
    /// Where the person stands on the list, where there is one.
    state: Option<&'static str>,
    /// Whether this officer may record that the person leaves the list.
    may_depart: bool,
}

#[derive(Template)]
#[template(path = "rounds_reason.html")]
struct ReasonPage<'a> {
    page: Page,
    t: Words,
    v: &'a ReasonView,
    grounds: Vec<Choice>,
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
    let mut act = desk.act("read reason sheet", Some(&one.to_string())).await?;
    let read = Read::of(&mut act, desk.words.lang.code(), number).await?;
    let mut view = sheet(&read, number, &one, desk.words);
    if view.class.is_none() && view.name.is_none() {
        return Err(Refused::NotFound);
    }
    view.evidence = evidence(&mut act, &one).await?;
    place_on_the_list(&desk, &act, &read, &mut view, &one);
    act.commit().await?;
    desk.reply(&view, desk.words.s1("rounds-reason-title", "round", number), |page, t| ReasonPage {
        grounds: GROUNDS
            .into_iter()
            .map(|ground| Choice {
                value: ground.as_str().to_owned(),
                label: t.code("rounds-ground", ground.as_str()),
                hint: String::new(),
            })
            .collect(),
        page,
        t,
        v: &view,
    })
}

/// What the selection says of a person; little for one who is in neither pool.
fn sheet(read: &Read, number: RoundNo, one: &Item, t: Words) -> ReasonView {
    let mut view = ReasonView {
        number,
        item: one.to_string(),
        name: read.name(one),
        holder: "mine",
        on_roll: false,
        decided: None,
        class: None,
        evidence: None,
        category_name: String::new(),
        site: None,
        held: None,
        lot: None,
        says: vec![t.s("rounds-reason-not-in-pool")],
        state: None,
        may_depart: false,
    };
    let setting = &read.drawn.setting;
    let Some(at) = setting.people.place(one) else { return view };
    let person = &setting.people.rows()[at];
    let selected = &read.drawn.selected;
    let levels = Level::of(&setting.rules);
    let side = usize::from(person.side);
    let own = side == read.drawn.side(&read.ends.mine);
    view.holder = if own { "mine" } else { "theirs" };
    view.on_roll = read.drawn.goes(one);
    view.class = Some(person.class);
    view.category_name.clone_from(&read.categories[usize::from(person.category)]);
    view.site = Some(setting.rules.sides[side].caps[usize::from(person.site)].id.clone());
    view.held = Some(person.held);
    view.lot = Some(read.lot(person));
    let told = sheet_words::Round {
        rules: &setting.rules,
        people: &setting.people,
        levels: &levels,
        name: &|item| read.name(item).unwrap_or_else(|| item.to_string()[..8].to_owned()),
        category: &|at| read.categories[at].clone(),
        party: &|of| read.names[usize::from((of == side) != own)].clone(),
    };
    let sheets = sheets(&setting.rules, &setting.people, &read.drawn.seed, &selected.chosen, &[at]);
    if let Some(sheet) = sheets.first() {
        view.says = told.sentences(sheet, t);
        view.decided = (!sheet.goes).then(|| decided(sheet, &levels));
    }
    view
}

/// The day of the examination from which the class of one of this side's own people follows.
async fn evidence(act: &mut Act<'_>, one: &Item) -> Result<Option<Date>, Refused> {
    let Some(row) = act.tx.person_of(one).await? else { return Ok(None) };
    let today = act.node().clock.today();
    let terms = act.shared().terms.as_ref().ok_or(Refused::NotFound)?;
    let placement = eligibility::category(terms, &row.person, today);
    Ok(placement.finding.evidence.map(|(_, date)| date))
}

fn place_on_the_list(desk: &Desk, act: &Act<'_>, read: &Read, view: &mut ReasonView, one: &Item) {
    let state = act.record().view().round(view.number);
    view.state = state.and_then(|state| state.state(&shared_item(*one))).map(item_code);
    let departs = parley::Body::Depart {
        round: view.number,
        item: shared_item(*one),
        ground: parley::DepartGround::Unwilling,
    };
    let roles = [Role::Physician, Role::Registrar, Role::Negotiator];
    view.may_depart = desk.officer.holds(&roles) && act.record().check(&read.ends.mine, &departs).is_ok();
}
