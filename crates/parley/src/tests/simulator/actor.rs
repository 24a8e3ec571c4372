//! What somebody at a desk might write next, lawful or not: the record says which.

use super::chance::Chance;
use crate::tests::item;
use crate::*;

const ROUNDS_MAX: u32 = 3;

pub(crate) fn digest(n: u8) -> Digest {
    Digest([n; 32])
}

pub(crate) fn seed_of(party: usize, round: u32) -> [u8; 32] {
    [party as u8 * 16 + round as u8; 32]
}

/// The items that a party holds.
fn held_by(party: usize) -> [Item; 2] {
    [item(1 + 2 * party as u8), item(2 + 2 * party as u8)]
}

/// What a schedule is mostly about, so that short ones come to the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Temper {
    Even,
    Seeds,
    Lists,
    Crossings,
    Ends,
}

impl Temper {
    fn weight(self, body: &Body) -> usize {
        use Body as B;
        match (self, body) {
            (Temper::Seeds, B::Withheld { .. }) => 8,
            (Temper::Seeds, B::Commit { .. } | B::Reveal { .. } | B::Nominate { .. }) => 4,
            (Temper::Seeds, B::Propose { .. }) => 4,
            (Temper::Lists, B::Propose { .. } | B::Accept { .. }) => 8,
            (Temper::Lists, B::Withdraw { .. } | B::Reject { .. } | B::Release { .. } | B::Will { .. }) => 3,
            (Temper::Crossings, B::Propose { .. } | B::Accept { .. }) => 3,
            (Temper::Crossings, B::Will { .. } | B::Release { .. } | B::Receipt { .. }) => 4,
            (Temper::Crossings, B::Dispute { .. } | B::TakeBack { .. } | B::Depart { .. }) => 4,
            (Temper::Ends, B::Close { .. }) => 8,
            (
                Temper::Ends,
                B::Propose { .. } | B::Withdraw { .. } | B::Depart { .. } | B::TakeBack { .. },
            ) => 4,
            _ => 1,
        }
    }
}

/// Draws what `me` tries to write next; none when nothing drawn is lawful.
pub(crate) fn draw(record: &Record, me: &PartyId, temper: Temper, chance: &mut Chance) -> Option<Body> {
    let mut bodies = Vec::with_capacity(24);
    match record.members().index(me) {
        Some(index) => party(record.view(), me, index, chance, &mut bodies),
        None => beside(chance, 1, &mut bodies),
    }
    bodies.iter_mut().for_each(|(weight, body)| *weight *= temper.weight(body));
    for _ in 0..5 {
        let total: usize = bodies.iter().map(|(weight, _)| weight).sum();
        let mut at = chance.below(total.max(1));
        let drawn = bodies.iter().position(|(weight, _)| {
            let here = at < *weight;
            at = at.saturating_sub(*weight);
            here
        })?;
        let (_, body) = bodies.swap_remove(drawn);
        if record.check(me, &body).is_ok() {
            return Some(body);
        }
    }
    None
}

fn beside(chance: &mut Chance, weight: usize, bodies: &mut Vec<(usize, Body)>) {
    bodies.push((weight, Body::Observe { heads: Vec::new() }));
    bodies
        .push((weight, Body::Memo { kind: "word".parse().unwrap(), digest: digest(chance.below(9) as u8) }));
}

fn party(view: &View, me: &PartyId, index: usize, chance: &mut Chance, bodies: &mut Vec<(usize, Body)>) {
    let last = view.rounds().last();
    let mut round = match last {
        None => 1,
        Some(last) if last.closed_by().contains(me) => (last.number() + 1).min(ROUNDS_MAX),
        Some(last) => last.number(),
    };
    if round > 1 && chance.percent(25) {
        round = 1 + chance.below(round as usize) as u32;
    }
    if chance.percent(4) {
        round = (round + 1).min(ROUNDS_MAX);
    }
    beside(chance, 1, bodies);
    bodies.push((1, Body::Account { round, digest: digest(8), delivered: 1, received: 1 }));
    bodies.push((
        1,
        Body::Notice {
            round,
            kind: *chance.pick(&[NoticeKind::Postponed, NoticeKind::Cancelled]),
            until: None,
        },
    ));
    bodies.push((1, Body::Text { digest: digest(chance.below(9) as u8) }));
    for text in view.texts() {
        let entry = text.entry;
        let answer = if text.author == *me { Body::Withdraw { entry } } else { Body::Accept { entry } };
        bodies.push((1, answer));
    }
    bodies.push((2, Body::Close { round }));
    before_the_list(view, me, index, round, chance, bodies);
    let Some(round) = view.round(round) else { return };
    bodies.push((3, list(&round, me, chance)));
    for open in round.open_proposals() {
        let entry = open.entry;
        if open.author == *me {
            bodies.push((1, Body::Withdraw { entry }));
        } else {
            bodies.push((8, Body::Accept { entry }));
            bodies.push((2, Body::Reject { entry, ground: "not agreed".parse().unwrap() }));
        }
    }
    for (item, (holder, state)) in round.items() {
        if holder == *me {
            own(&round, item, state, chance, bodies)
        } else {
            other(&round, item, chance, bodies)
        }
    }
}

fn before_the_list(
    view: &View,
    me: &PartyId,
    index: usize,
    round: u32,
    chance: &mut Chance,
    bodies: &mut Vec<(usize, Body)>,
) {
    let (pool, seed) = (digest(9), seed_of(index, round));
    match view.round(round).map_or(Phase::NotStarted, |r| r.phase(me)) {
        Phase::NotStarted => {
            bodies.push((12, Body::Commit { round, pool, seed: seed_digest(round, me, &seed) }))
        }
        Phase::Committed => bodies.push((12, Body::Reveal { round, seed })),
        Phase::Revealed => {
            bodies.push((1, Body::Withheld { round }));
            let mut items = held_by(index).to_vec();
            if chance.percent(30) {
                items.remove(chance.below(2));
            }
            if chance.percent(5) {
                items = held_by(1 - index).to_vec();
            }
            bodies.push((12, Body::Nominate { round, items, digest: pool }));
        }
        Phase::Nominated => {
            let (item, ground) = (*chance.pick(&held_by(index)), DepartGround::Unwilling);
            bodies.push((1, Body::Depart { round, item, ground }));
        }
    }
}

/// The next version: whoever is listed or nominated, less some, and sometimes one more.
fn list(round: &Round<'_>, me: &PartyId, chance: &mut Chance) -> Body {
    let version = round.effective().map_or(0, |list| list.version) + 1;
    let parties = round.view.members().parties();
    let mut items: Vec<ListItem> = match round.effective() {
        Some(list) => list.items.to_vec(),
        None => {
            let of = |holder: &PartyId| round.nominated(holder).map_or(&[][..], |(_, items, _)| items);
            let named =
                |holder: PartyId| of(&holder).iter().map(move |item| ListItem { item: *item, holder });
            parties.into_iter().flat_map(named).collect()
        }
    };
    items.retain(|l| match round.state(&l.item) {
        Some(state) if state.is_vacated() => chance.percent(20),
        _ if l.holder == *me => chance.percent(75),
        _ => chance.percent(96),
    });
    if version > 1 && chance.percent(30) {
        let index = chance.below(2);
        items.push(ListItem { item: *chance.pick(&held_by(index)), holder: parties[index] });
    }
    items.sort_unstable();
    items.dedup_by_key(|l| l.item);
    Body::Propose {
        round: round.number(),
        version,
        replaces: version - 1,
        items,
        digest: digest(version as u8),
    }
}

fn own(
    round: &Round<'_>,
    item: Item,
    state: ItemState,
    chance: &mut Chance,
    bodies: &mut Vec<(usize, Body)>,
) {
    let number = round.number();
    let answer = *chance.pick(&[
        Answer::Willing,
        Answer::Willing,
        Answer::Willing,
        Answer::Willing,
        Answer::Unwilling,
    ]);
    let occasion = if matches!(state, ItemState::Listed) { Occasion::First } else { Occasion::Second };
    let weight = if matches!(state, ItemState::WilledTwice(Answer::Willing)) { 1 } else { 6 };
    bodies.push((weight, Body::Will { round: number, item, occasion, answer }));
    bodies.push((6, Body::Release { round: number, item }));
    use DepartGround as G;
    let ground = *chance.pick(&[G::Died, G::NotBrought, G::Unwilling, G::Recovered, G::Escaped]);
    bodies.push((1, Body::Depart { round: number, item, ground }));
    if let Some(release) = round.release(&item) {
        bodies.push((2, Body::TakeBack { release }));
    }
}

fn other(round: &Round<'_>, item: Item, chance: &mut Chance, bodies: &mut Vec<(usize, Body)>) {
    if let Some(release) = round.release(&item) {
        bodies.push((6, Body::Receipt { release }));
        let ground = *chance.pick(&[DisputeGround::NotDelivered, DisputeGround::OtherPerson]);
        bodies.push((2, Body::Dispute { release, ground }));
    }
}

/// How a party ends its rounds.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    /// It denies what was released to it, instead of confirming it.
    pub denies: bool,
    /// It waits for its proposals to be rejected, instead of withdrawing them.
    pub stubborn: bool,
}

/// What brings every round of a party nearer to its close, of what is lawful now.
pub(crate) fn closing(record: &Record, me: &PartyId, manner: Manner) -> Option<Body> {
    let mut bodies = Vec::new();
    for round in record.view().rounds() {
        for open in round.open_proposals() {
            let (entry, ground) = (open.entry, "not agreed".parse().unwrap());
            match open.author == *me {
                true if manner.stubborn => {}
                true => bodies.push(Body::Withdraw { entry }),
                false => bodies.push(Body::Reject { entry, ground }),
            }
        }
        for (item, (holder, state)) in round.items() {
            let Some(release) = round.release(&item) else { continue };
            match state {
                ItemState::Disputed(_) if holder == *me => bodies.push(Body::TakeBack { release }),
                ItemState::InTransit if holder != *me && manner.denies => {
                    bodies.push(Body::Dispute { release, ground: DisputeGround::NotDelivered });
                }
                ItemState::InTransit if holder != *me => bodies.push(Body::Receipt { release }),
                _ => {}
            }
        }
        bodies.push(Body::Close { round: round.number() });
    }
    bodies.into_iter().find(|body| record.check(me, body).is_ok())
}
