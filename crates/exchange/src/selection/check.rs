//! The certificate of a roll: whether it keeps every rule, decided without repeating the selection.
//!
//! Local exchanges are enough: in a laminar matroid with distinct keys, a roll that keeps the caps, leaves no place
//! empty that someone could take, and in which no one left out is ahead of someone whose place they could take, is
//! the only best roll. So a wrong roll always shows a pair of people, or a place, that proves it.

use std::collections::BTreeMap;

use super::{Key, Places, Pool};
use crate::ids::Item;

/// One rule that a roll does not keep, and for whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Listed but not in the committed pool.
    NotInPool(Item),
    /// Listed twice.
    Twice(Item),
    /// More people than the round has places.
    OverRound {
        /// How many are listed.
        chosen: u32,
        /// How many places there are.
        places: u32,
    },
    /// More people of one site than its cap.
    OverSite {
        /// The site.
        site: String,
        /// How many are listed.
        chosen: u32,
        /// The cap.
        cap: u32,
    },
    /// A place is empty that this person could take.
    LeftOut(Item),
    /// Someone left out is ahead of someone listed whose place they could take.
    PassedOver {
        /// Who is ahead and was left out: the first in the order.
        out: Item,
        /// Who is listed in their place: the last in the order.
        taken: Item,
        /// By which rule of the order the first is ahead.
        rule: OrderRule,
    },
}

/// The rules of the published order, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum OrderRule {
    /// Priority group.
    Group,
    /// Longest held.
    TimeHeld,
    /// The lot.
    Lot,
}

impl OrderRule {
    /// The first rule in which two keys differ.
    pub fn between(a: &Key, b: &Key) -> Self {
        match () {
            () if a.group != b.group => Self::Group,
            () if a.held_since != b.held_since => Self::TimeHeld,
            () => Self::Lot,
        }
    }
}

/// Checks a roll against the committed pool, the places and the seed; every fault is named, nothing is mended.
///
/// At most one [`Fault::PassedOver`] is reported per site and one over all sites, so that a roll of another pool
/// answers with a short list.
pub fn check(
    pool: &Pool,
    places: &Places,
    seed: &[u8; 32],
    agreement: &str,
    chosen: &[Item],
) -> Result<(), Vec<Fault>> {
    let mut sorted = chosen.to_vec();
    sorted.sort_unstable();
    let mut faults: Vec<Fault> =
        sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| Fault::Twice(pair[0])).collect();
    sorted.dedup();
    faults.extend(sorted.iter().filter(|item| pool.get(item).is_none()).map(|item| Fault::NotInPool(*item)));
    if !faults.is_empty() {
        return Err(faults);
    }

    let sites = sides_of_the_cut(pool, seed, agreement, &sorted);
    // A pool is bounded far below 32 bits.
    let total = u32::try_from(sorted.len()).expect("a bounded pool");
    faults.extend(over(&sites, places, total));
    faults.extend(exchanges(&sites, places, total));
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// One site: how many are listed, the last of them and the first left out.
#[derive(Default)]
struct Site {
    chosen: u32,
    last_in: Option<Key>,
    first_out: Option<Key>,
}

fn sides_of_the_cut<'a>(
    pool: &'a Pool,
    seed: &[u8; 32],
    agreement: &str,
    chosen: &[Item],
) -> BTreeMap<&'a str, Site> {
    let mut sites: BTreeMap<&str, Site> = BTreeMap::new();
    for candidate in pool.candidates() {
        let key = Key::of(candidate, seed, agreement);
        let site = sites.entry(candidate.site.as_str()).or_default();
        if chosen.binary_search(&key.item).is_ok() {
            site.chosen += 1;
            site.last_in = site.last_in.max(Some(key));
        } else {
            site.first_out = Some(site.first_out.map_or(key, |first| first.min(key)));
        }
    }
    sites
}

fn over(sites: &BTreeMap<&str, Site>, places: &Places, total: u32) -> Vec<Fault> {
    let round = (total > places.round_total)
        .then_some(Fault::OverRound { chosen: total, places: places.round_total });
    let capped = sites.iter().filter_map(|(site, Site { chosen, .. })| {
        let cap = places.per_site.filter(|cap| chosen > cap)?;
        Some(Fault::OverSite { site: (*site).to_owned(), chosen: *chosen, cap })
    });
    round.into_iter().chain(capped).collect()
}

fn exchanges(sites: &BTreeMap<&str, Site>, places: &Places, total: u32) -> Vec<Fault> {
    let mut faults = Vec::new();
    let has_room = |site: &Site| places.per_site.is_none_or(|cap| site.chosen < cap);
    // At a site, the first left out against the last listed of the same site: their exchange never breaks a cap.
    for site in sites.values() {
        faults.extend(passed_over(site.first_out, site.last_in));
    }
    // Over all sites, the first left out who would find room at their site.
    let first_out = sites.values().filter(|site| has_room(site)).filter_map(|site| site.first_out).min();
    if let Some(first_out) = first_out.filter(|_| total < places.round_total) {
        faults.push(Fault::LeftOut(first_out.item));
    }
    let last_in = sites.values().filter_map(|site| site.last_in).max();
    faults.extend(passed_over(first_out, last_in).filter(|fault| !faults.contains(fault)));
    faults
}

fn passed_over(first_out: Option<Key>, last_in: Option<Key>) -> Option<Fault> {
    let (out, taken) = (first_out?, last_in?);
    (out < taken).then(|| Fault::PassedOver {
        out: out.item,
        taken: taken.item,
        rule: OrderRule::between(&out, &taken),
    })
}
