//! Why someone goes or does not go, and what would have to be different.
//!
//! Decides the ground of every answer as values; refuses to word it: the desk does so in the reader's language.

use time::Date;

use super::{Lot, OrderRule, Places, Pool, Ranked, Roll};
use crate::ids::Item;

/// The answer of the reason sheet for one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The person goes.
    Goes {
        /// Position in the published order, from 1.
        position: usize,
        /// How many people are in the pool.
        of: usize,
    },
    /// The person does not go in this round.
    Stays {
        /// Position in the published order, from 1.
        position: usize,
        /// How many people are in the pool.
        of: usize,
        /// Every rule that stood in the way: one, or the site's cap and a rule of the order.
        binding: Vec<Binding>,
        /// What would have let the person go.
        change: WhatWouldChange,
    },
    /// The person is not in the committed pool: the selection never saw them.
    NotInPool,
}

/// A rule that stood in the way of one person, with the values that show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Binding {
    /// The places went to groups that go before.
    Group {
        /// The person's group.
        own: u8,
        /// The group of the last who goes.
        last_taken: u8,
    },
    /// Within the group the places went to people held longer.
    TimeHeld {
        /// Since when the person is held.
        own: Date,
        /// Since when the last who goes is held.
        last_taken: Date,
    },
    /// Among people alike in everything before, the lot decided.
    Lot {
        /// The person's lot.
        own: Lot,
        /// The lot of the last who goes.
        last_taken: Lot,
    },
    /// The person's site had no place left.
    Site {
        /// The cap of the site.
        cap: u32,
        /// How many of the same site are ahead in the order.
        ahead: u32,
    },
    /// The round has no places for this side.
    NoPlaces,
}

/// The fewest further places with which the person would have gone, everything else unchanged. Both together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WhatWouldChange {
    /// Further places in the round.
    pub round_places: u32,
    /// Further places at the person's own site.
    pub site_places: u32,
}

/// Explains a roll to one person.
pub fn reason(roll: &Roll, item: &Item) -> Reason {
    let Some(at) = roll.at(item) else { return Reason::NotInPool };
    let ranked = &roll.order[at];
    let (position, of) = (at + 1, roll.order.len());
    if ranked.goes(&roll.places) {
        return Reason::Goes { position, of };
    }
    let change = what_would_change(ranked, &roll.places);
    Reason::Stays { position, of, binding: binding(roll, ranked), change }
}

fn binding(roll: &Roll, own: &Ranked) -> Vec<Binding> {
    let site = roll.places.per_site.filter(|cap| own.site_ahead >= *cap);
    let mut binding: Vec<Binding> =
        site.map(|cap| Binding::Site { cap, ahead: own.site_ahead }).into_iter().collect();
    if own.admissible_ahead >= roll.places.round_total {
        // The round was full before this person's turn, so the last who goes is ahead in the order.
        binding.push(roll.last.map_or(Binding::NoPlaces, |last| against(own, &roll.order[last])));
    }
    binding
}

fn against(own: &Ranked, last: &Ranked) -> Binding {
    match OrderRule::between(&own.key, &last.key) {
        OrderRule::Group => Binding::Group { own: own.key.group, last_taken: last.key.group },
        OrderRule::TimeHeld => Binding::TimeHeld { own: own.key.held_since, last_taken: last.key.held_since },
        OrderRule::Lot => Binding::Lot { own: own.key.lot, last_taken: last.key.lot },
    }
}

fn what_would_change(own: &Ranked, places: &Places) -> WhatWouldChange {
    let cap = places.per_site.unwrap_or(u32::MAX);
    let site_places = (own.site_ahead + 1).saturating_sub(cap);
    // With those places at the site, everyone of the site who is ahead would go first.
    let ahead = own.admissible_ahead + own.site_ahead.saturating_sub(cap);
    WhatWouldChange { round_places: (ahead + 1).saturating_sub(places.round_total), site_places }
}

/// What one group got in a round: the audit figure, whichever rule is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GroupShare {
    /// The group.
    pub group: u8,
    /// How many of it are in the pool; never 0.
    pub candidates: u32,
    /// How many of it go.
    pub places: u32,
    /// Places over candidates as an exact fraction in lowest terms.
    pub chance: (u32, u32),
}

/// Counts, per group of the pool, its people, its places and the chance of a place.
pub fn fairness(pool: &Pool, roll: &Roll) -> Vec<GroupShare> {
    let mut shares: Vec<GroupShare> = Vec::new();
    let mut groups: Vec<(u8, u32)> =
        pool.candidates().iter().map(|c| (c.group, u32::from(roll.goes(&c.item)))).collect();
    groups.sort_unstable();
    for (group, place) in groups {
        match shares.last_mut().filter(|share| share.group == group) {
            Some(share) => {
                share.candidates += 1;
                share.places += place;
            }
            None => shares.push(GroupShare { group, candidates: 1, places: place, chance: (0, 1) }),
        }
    }
    for share in &mut shares {
        let divisor = common_divisor(share.places, share.candidates);
        share.chance = (share.places / divisor, share.candidates / divisor);
    }
    shares
}

/// The greatest common divisor; `b` is not 0.
fn common_divisor(a: u32, b: u32) -> u32 {
    if a == 0 { b } else { common_divisor(b % a, a) }
}
