//! Chances in words, where the terms choose them in place of the lots.

use exchange::selection::joint::{Fraction, Sheet, TypeChance};
use serde::Serialize;

use crate::web::Words;
use crate::web::rounds::PEOPLE_MIN;
use crate::web::rounds::roll::Read;

/// The most kinds of one side that are listed.
const KINDS_SHOWN: usize = 200;
/// The longest fraction that is written out, in characters.
const FRACTION_MAX: usize = 24;

/// People whom the rules hold equal, some of whom go.
#[derive(Serialize)]
pub struct KindView {
    site: String,
    category: String,
    class: u8,
    held: u16,
    asked: bool,
    pub people: u32,
    pub went: u32,
    /// The chance of each, in lowest terms.
    chance: String,
    #[serde(skip)]
    pub chance_said: String,
    #[serde(skip)]
    pub label: String,
}

/// The chances of one side.
#[derive(Serialize)]
pub struct ChancesView {
    /// The smallest chance first.
    pub kinds: Vec<KindView>,
    /// How many kinds more there are.
    pub more: usize,
    /// Whether kinds of few people are left out, for an officer to whom somebody of the round is closed: with the roll beside
    /// them they would tell place, class and days of that person.
    pub few_left_out: bool,
    /// People who go in every roll that is best by the rules.
    pub certain: u32,
    /// People who go in none of them.
    pub never: u32,
}

/// The chances of a side; nothing where the lots choose.
pub fn of_side(read: &Read, side: usize, t: Words) -> Option<ChancesView> {
    let lottery = read.drawn.lottery.as_ref()?;
    let own = || lottery.chances.types.iter().filter(move |kind| usize::from(kind.side) == side);
    let count = |chance| own().filter(|kind| kind.chance == chance).map(|kind| kind.people).sum();
    let (certain, never) = (count(Fraction::ONE), count(Fraction::ZERO));
    let open = |kind: &&TypeChance| kind.chance != Fraction::ZERO && kind.chance != Fraction::ONE;
    let few_left_out = read.closes_anybody();
    let enough = |kind: &&TypeChance| !few_left_out || kind.people as usize >= PEOPLE_MIN;
    let mut kinds: Vec<&TypeChance> = own().filter(open).filter(enough).collect();
    kinds.sort_by_key(|kind| kind.chance);
    let more = kinds.len().saturating_sub(KINDS_SHOWN);
    kinds.truncate(KINDS_SHOWN);
    Some(ChancesView {
        kinds: kinds.into_iter().map(|kind| view(read, kind, t)).collect(),
        more,
        few_left_out,
        certain,
        never,
    })
}

fn view(read: &Read, kind: &TypeChance, t: Words) -> KindView {
    let rules = &read.drawn.setting.rules;
    let site = rules.sides[usize::from(kind.side)].caps[usize::from(kind.site)].id.clone();
    let category = read.categories[usize::from(kind.category)].clone();
    let asked = if kind.requested { format!(", {}", t.s("rounds-asked")) } else { String::new() };
    let class = t.s1("rounds-class-no", "class", kind.class);
    let held = t.s1("rounds-days", "n", kind.held);
    KindView {
        label: format!("{site}, {category}, {class}, {held}{asked}"),
        site,
        category: rules.categories[usize::from(kind.category)].id.clone(),
        class: kind.class,
        held: kind.held,
        asked: kind.requested,
        people: kind.people,
        went: kind.went,
        chance: kind.chance.to_string(),
        chance_said: said(t, kind.chance),
    }
}

/// A chance as a fraction and in per cent; a fraction of many digits in per cent alone.
pub fn said(t: Words, chance: Fraction) -> String {
    let per_cent = t.share(u64::from(chance.millionths()), 1_000_000);
    let exactly = chance.to_string();
    if exactly.len() > FRACTION_MAX { format!("≈ {per_cent}") } else { format!("{exactly} ({per_cent})") }
}

/// Takes out of a sheet what the lots say: in a round that chances choose no lot decides about this person, and who would change
/// places is not known from one roll.
pub fn without_lots(sheet: &mut Sheet, read: &Read) {
    if read.drawn.lottery.is_none() {
        return;
    }
    if let Some(price) = &mut sheet.price {
        let before = price.levels.len().saturating_sub(2);
        price.levels.iter_mut().skip(before).for_each(|level| *level = 0);
        price.join.clear();
        price.leave.clear();
    }
    if let Some(change) = &mut sheet.change {
        change.lot = false;
    }
}
