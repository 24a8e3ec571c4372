//! The rules of posting once more, as naively as they can be said: one token a head, searched from end to end at every act.
//!
//! It shares no data structure with the ledger, and the ledger's postings, lines and counts none with it. Whatever the two say
//! differently, one of them has wrong.

use super::*;
use crate::agreement::{CountsOn, GateKind, Leg, Shown};

/// Where one head, container or item of a subject stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    Listed,
    Pending,
    Disputed,
    Acknowledged,
    /// Both have said it.
    Both,
    Left,
}

/// One head, container or item, in one round.
#[derive(Clone, Debug)]
pub struct Token {
    subject: Item,
    leg: u8,
    round: RoundNo,
    labels: (Option<u8>, Option<u8>),
    lot: bool,
    from_list: bool,
    stands: Stands,
}

/// All that was booked, and a token for everyone.
pub struct Model<'t> {
    terms: &'t Terms,
    tokens: Vec<Token>,
    booked: Vec<Act>,
    complete: Vec<(RoundNo, String)>,
}

impl<'t> Model<'t> {
    pub fn over(terms: &'t Terms) -> Self {
        Self { terms, tokens: Vec::new(), booked: Vec::new(), complete: Vec::new() }
    }

    /// Books an act, or says nothing but that it cannot be.
    pub fn post(&mut self, act: &Act) -> bool {
        let may = match act.what {
            What::Move(moved) => self.moved(act.by, &moved),
            What::Leg { leg, .. } | What::States { leg, .. } => usize::from(leg) < self.terms.legs.len(),
            _ => true,
        };
        if may {
            self.booked.push(*act);
            self.complete_groups();
        }
        may
    }

    fn leg(&self, leg: u8) -> &'t Leg {
        &self.terms.legs[usize::from(leg)]
    }

    fn moves(&self) -> impl DoubleEndedIterator<Item = (Voice, Move)> {
        self.booked.iter().filter_map(|act| match act.what {
            What::Move(moved) => Some((act.by, moved)),
            _ => None,
        })
    }

    fn moved(&mut self, by: Voice, act: &Move) -> bool {
        let Some(leg) = self.terms.legs.get(usize::from(act.leg)) else { return false };
        let speaks = |party: &Party| self.terms.voice_id(by) == Some(party);
        let may_speak = match act.kind {
            MoveKind::Released | MoveKind::TakenBack | MoveKind::ReturnedOutside(_) => speaks(&leg.from),
            MoveKind::Received | MoveKind::Disputed(_) => speaks(&leg.to),
            MoveKind::Declared => speaks(&leg.from) || speaks(&leg.to),
            _ => true,
        };
        let labelled = act.category.is_none_or(|place| usize::from(place) < self.terms.categories.len())
            && act.class.is_none_or(|place| usize::from(place) < self.terms.classes.len());
        if !may_speak || !labelled || act.who == Who::Lot(0) {
            return false;
        }
        match act.kind {
            MoveKind::Listed | MoveKind::Refilled => self.list(act),
            MoveKind::Released => self.may_go(act) && self.gates(act) && self.go(act, Stands::Pending),
            MoveKind::Received => self.may_go(act) && self.go(act, Stands::Acknowledged),
            MoveKind::Disputed(_) => self.same(act) && self.turn(act, &[Stands::Pending], Stands::Disputed),
            MoveKind::Vacated(_) => {
                let lot: &[Stands] = &[Stands::Listed];
                let one: &[Stands] = match speaks(&leg.from) {
                    true => &[Stands::Listed, Stands::Disputed, Stands::Pending],
                    false => lot,
                };
                self.same(act) && self.turn(act, if act.who == Who::One { one } else { lot }, Stands::Left)
            }
            MoveKind::TakenBack => {
                let mut out = vec![Stands::Disputed, Stands::Pending];
                if leg.together.is_some() && !self.is_complete(act.leg, act.round) {
                    out.push(Stands::Both);
                }
                self.same(act) && self.turn(act, &out, Stands::Left)
            }
            MoveKind::Declared => self.declare(by, act),
            MoveKind::ReturnedOutside(_) => {
                let same_leg = match self.of(act).next_back() {
                    Some(token) => token.leg == act.leg,
                    None => true,
                };
                same_leg
                    && !self.is_outside(act)
                    && self.of(act).all(|token| token.stands == Stands::Left)
                    && self.first_count(act).is_none_or(|count| count == act.who)
            }
            MoveKind::Identified { person } => {
                let here = self.of(act).next_back();
                leg.object == Object::Remains
                    && here.is_some_and(|token| token.leg == act.leg)
                    && self.of(act).any(|token| token.stands == Stands::Both)
                    && !self.is_identified(act, person)
            }
            MoveKind::IdentityWithdrawn { person } => self.is_identified(act, person),
        }
    }

    /// How many the subject's line began with: of a lot the first count, of a person one.
    fn first_count(&self, act: &Move) -> Option<Who> {
        let starts = |kind| {
            matches!(kind, MoveKind::Listed | MoveKind::Refilled | MoveKind::Released | MoveKind::Received)
        };
        self.moves()
            .find(|(_, moved)| moved.item == act.item && starts(moved.kind))
            .map(|(_, moved)| moved.who)
    }

    fn is_identified(&self, act: &Move, person: Item) -> bool {
        let mine = |moved: &Move| moved.item == act.item && moved.leg == act.leg;
        let last = self.moves().rev().find_map(|(_, moved)| match moved.kind {
            MoveKind::Identified { person: of } if mine(&moved) && of == person => Some(true),
            MoveKind::IdentityWithdrawn { person: of } if mine(&moved) && of == person => Some(false),
            _ => None,
        });
        last == Some(true)
    }

    fn of(&self, act: &Move) -> impl DoubleEndedIterator<Item = &Token> {
        let subject = act.item;
        self.tokens.iter().filter(move |token| token.subject == subject)
    }

    /// The subject's tokens of its latest round, as its line has them.
    fn latest(&self, act: &Move) -> Vec<usize> {
        let round = self.of(act).map(|token| token.round).next_back();
        let mine = |token: &Token| token.subject == act.item && Some(token.round) == round;
        (0..self.tokens.len()).filter(|at| mine(&self.tokens[*at])).collect()
    }

    fn is_outside(&self, act: &Move) -> bool {
        let outside = |moved: &Move| matches!(moved.kind, MoveKind::ReturnedOutside(_));
        self.moves().any(|(_, moved)| moved.item == act.item && outside(&moved))
    }

    /// Whether the act names the subject as it was first named in its latest round.
    fn same(&self, act: &Move) -> bool {
        let as_named = |token: &Token| {
            token.leg == act.leg
                && token.round == act.round
                && token.labels == (act.category, act.class)
                && token.lot == (act.who != Who::One)
        };
        match self.of(act).next_back() {
            Some(token) => as_named(token),
            None => {
                let outside = self.moves().find(|(_, moved)| moved.item == act.item);
                outside.is_some_and(|(_, moved)| {
                    (moved.leg, moved.round, moved.category, moved.class)
                        == (act.leg, act.round, act.category, act.class)
                        && (moved.who == Who::One) == (act.who == Who::One)
                })
            }
        }
    }

    /// Turns so many tokens of the subject, of these kinds in this order.
    fn turn(&mut self, act: &Move, from: &[Stands], into: Stands) -> bool {
        let mine = self.latest(act);
        let of_kind =
            |kind: &Stands| mine.iter().filter(|at| self.tokens[**at].stands == *kind).collect::<Vec<_>>();
        let found: Vec<usize> =
            from.iter().flat_map(of_kind).take(act.who.count() as usize).copied().collect();
        let enough = found.len() == act.who.count() as usize;
        if enough {
            found.into_iter().for_each(|at| self.tokens[at].stands = into);
        }
        enough
    }

    fn in_rounds(&self, act: &Move) -> bool {
        let leg = self.leg(act.leg);
        !self.terms.rounds.is_empty() && leg.object == Object::Persons && leg.account == Family::Exchange
    }

    fn group(&self, leg: u8) -> Vec<u8> {
        let all = 0..u8::try_from(self.terms.legs.len()).unwrap();
        all.filter(|other| {
            self.leg(leg).together.is_some() && self.leg(*other).together == self.leg(leg).together
        })
        .collect()
    }

    fn leg_acts(&self, leg: u8, round: RoundNo) -> Vec<LegAct> {
        let mine = |act: &Act| match act.what {
            What::Leg { leg: of, round: in_round, kind } if (of, in_round) == (leg, round) => Some(kind),
            _ => None,
        };
        self.booked.iter().filter_map(mine).collect()
    }

    fn is_ready(&self, leg: u8, round: RoundNo) -> bool {
        self.leg_acts(leg, round).contains(&LegAct::Ready)
    }

    fn has_stopped(&self, leg: u8, round: RoundNo) -> bool {
        self.leg_acts(leg, round).into_iter().rfind(|kind| *kind != LegAct::Ready) == Some(LegAct::Aborted)
    }

    fn on(&self, leg: u8, round: RoundNo) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(move |token| (token.leg, token.round) == (leg, round))
    }

    fn is_complete(&self, leg: u8, round: RoundNo) -> bool {
        let label = self.leg(leg).together.as_ref().map(ToString::to_string);
        label.is_some_and(|label| self.complete.contains(&(round, label)))
    }

    fn complete_groups(&mut self) {
        let rounds: BTreeSet<RoundNo> = self.tokens.iter().map(|token| token.round).collect();
        for round in rounds {
            for leg in 0..u8::try_from(self.terms.legs.len()).unwrap() {
                let group = self.group(leg);
                let done = |leg: &u8| {
                    let both = self.on(*leg, round).filter(|token| token.stands == Stands::Both).count();
                    let waits = |token: &Token| !matches!(token.stands, Stands::Both | Stands::Left);
                    let listed = self.on(*leg, round).any(|token| token.from_list);
                    let own = |one: &&crate::agreement::Quantity| one.legs == [usize::from(*leg)];
                    let floor = self.terms.quantities.iter().find(own).and_then(|one| one.amount.least());
                    let taken = self.on(*leg, round).filter(|token| token.stands != Stands::Left).count();
                    let nothing_open = self.opened(*leg, round) == taken;
                    let all = match (listed, floor) {
                        (false, floor) => both >= floor.unwrap_or(0) as usize,
                        (true, Some(floor)) if floor > 0 && both >= floor as usize => {
                            !self.on(*leg, round).any(waits)
                        }
                        (true, _) => nothing_open && !self.on(*leg, round).any(waits),
                    };
                    all && both > 0 && !self.has_stopped(*leg, round)
                };
                if !group.is_empty() && group.iter().all(done) && !self.is_complete(leg, round) {
                    self.complete.push((round, self.leg(leg).together.clone().unwrap().to_string()));
                }
            }
        }
    }

    fn may_go(&self, act: &Move) -> bool {
        let group = self.group(act.leg);
        let goes = |leg: &u8| self.is_ready(*leg, act.round) && !self.has_stopped(*leg, act.round);
        let open =
            if group.is_empty() { !self.has_stopped(act.leg, act.round) } else { group.iter().all(goes) };
        let known = self.moves().any(|(_, moved)| moved.item == act.item);
        let by_list = self.on(act.leg, act.round).any(|token| token.from_list);
        let needs_list = self.in_rounds(act) || (!group.is_empty() && (act.round != 0 || by_list));
        open && if known { self.same(act) } else { !needs_list }
    }

    fn gates(&self, act: &Move) -> bool {
        let of = |gate: GateKind| -> Vec<GateOutcome> {
            let mine = |booked: &Act| match booked.what {
                What::Gate { item, gate: of, outcome } if item == act.item && of == gate => Some(outcome),
                _ => None,
            };
            self.booked.iter().filter_map(mine).collect()
        };
        act.who != Who::One
            || self.leg(act.leg).object != Object::Persons
            || self.terms.gates.iter().all(|gate| {
                let outcomes = of(gate.kind);
                let passed = outcomes.iter().filter(|outcome| **outcome == GateOutcome::Passed).count();
                outcomes.last() != Some(&GateOutcome::Failed)
                    && (gate.shown == Shown::InRecord || passed >= usize::from(gate.occasions))
            })
    }

    fn new_token(act: &Move, stands: Stands) -> Token {
        Token {
            subject: act.item,
            leg: act.leg,
            round: act.round,
            labels: (act.category, act.class),
            lot: act.who != Who::One,
            from_list: stands == Stands::Listed,
            stands,
        }
    }

    fn class_has_room(&self, act: &Move, more: usize) -> bool {
        let Some(most) = act.class.and_then(|place| self.terms.classes[usize::from(place)].most) else {
            return true;
        };
        let holds = |token: &&Token| token.labels.1 == act.class && token.stands != Stands::Left;
        self.tokens.iter().filter(holds).count() + more <= most as usize
    }

    fn list(&mut self, act: &Move) -> bool {
        let count = act.who.count() as usize;
        let opened = self.opened(act.leg, act.round);
        let refills = act.kind == MoveKind::Refilled;
        if self.in_rounds(act) {
            let Some(round) = self.terms.round(act.round) else { return false };
            let category = act.category.map(|place| &self.terms.categories[usize::from(place)].id);
            let admitted = category.is_some_and(|category| round.categories.contains(category));
            if !admitted || (!refills && opened + count > round.places as usize) {
                return false;
            }
        }
        let known = self.moves().any(|(_, moved)| moved.item == act.item);
        let free = if act.who == Who::One {
            let all_left = self.of(act).all(|token| {
                let way = self.leg(token.leg).from == self.leg(act.leg).from;
                !token.lot && token.stands == Stands::Left && token.round < act.round && way
            });
            all_left && !self.is_outside(act)
        } else {
            let by_list = self.of(act).next().is_some_and(|token| token.from_list);
            !known || (self.same(act) && by_list && !self.is_outside(act))
        };
        let began = |leg: &u8| self.is_ready(*leg, act.round);
        let too_late =
            self.is_complete(act.leg, act.round) || (!refills && self.group(act.leg).iter().any(began));
        let taken = self.on(act.leg, act.round).filter(|token| token.stands != Stands::Left).count();
        let may =
            free && !too_late && (!refills || opened - taken >= count) && self.class_has_room(act, count);
        if may {
            self.tokens.extend(std::iter::repeat_n(Self::new_token(act, Stands::Listed), count));
        }
        may
    }

    /// Slots opened: everyone who ever took one, less those who took one that another had left.
    fn opened(&self, leg: u8, round: RoundNo) -> usize {
        let refilled = |(_, moved): (Voice, Move)| {
            let here = moved.kind == MoveKind::Refilled && (moved.leg, moved.round) == (leg, round);
            if here { moved.who.count() as usize } else { 0 }
        };
        self.on(leg, round).count() - self.moves().map(refilled).sum::<usize>()
    }

    /// One side's word: it pairs with the other's as far as that goes, and the rest stands by itself.
    fn go(&mut self, act: &Move, alone: Stands) -> bool {
        let pairs: &[Stands] = if alone == Stands::Pending {
            &[Stands::Acknowledged]
        } else {
            &[Stands::Pending, Stands::Disputed]
        };
        let mine = self.latest(act);
        let of_kind = |kinds: &[Stands]| -> Vec<usize> {
            let of_one = |kind: &Stands| -> Vec<usize> {
                mine.iter().copied().filter(|at| self.tokens[*at].stands == *kind).collect()
            };
            kinds.iter().flat_map(of_one).collect()
        };
        let count = act.who.count() as usize;
        let both: Vec<usize> = of_kind(pairs).into_iter().take(count).collect();
        let listed: Vec<usize> = of_kind(&[Stands::Listed]).into_iter().take(count - both.len()).collect();
        let new = count - both.len() - listed.len();
        let was_listed = mine.iter().any(|at| self.tokens[*at].from_list);
        let may_begin = !was_listed && !self.is_outside(act) && (act.who != Who::One || mine.is_empty());
        let needs_release = alone == Stands::Acknowledged && self.in_rounds(act) && both.len() < count;
        if needs_release || (new > 0 && !(may_begin && self.class_has_room(act, new))) {
            return false;
        }
        both.into_iter().for_each(|at| self.tokens[at].stands = Stands::Both);
        listed.into_iter().for_each(|at| self.tokens[at].stands = alone);
        self.tokens.extend(std::iter::repeat_n(Self::new_token(act, alone), new));
        true
    }

    fn declare(&mut self, by: Voice, act: &Move) -> bool {
        let known = self.moves().any(|(_, moved)| moved.item == act.item);
        let twice = act.who == Who::One
            && self.moves().any(|(voice, moved)| {
                let here = moved.item == act.item && moved.round == act.round;
                voice == by && here && moved.kind == MoveKind::Declared
            });
        self.leg(act.leg).counts_on == CountsOn::Declaration && known && self.same(act) && !twice
    }

    /// How many of a subject both have declared exchanged.
    fn declared(&self, token: &Token) -> usize {
        let by = |party: &Party| -> u32 {
            let mine = |(voice, moved): &(Voice, Move)| {
                moved.kind == MoveKind::Declared
                    && (moved.item, moved.round) == (token.subject, token.round)
                    && self.terms.voice_id(*voice) == Some(party)
            };
            self.moves().filter(mine).map(|(_, moved)| moved.who.count()).sum()
        };
        let leg = self.leg(token.leg);
        by(&leg.from).min(by(&leg.to)) as usize
    }

    /// Every account that is not nought, counted from the tokens.
    pub fn accounts(&self) -> BTreeMap<Account, i64> {
        let mut accounts: BTreeMap<Account, i64> = BTreeMap::new();
        let mut add = |family, cell, post, count: i64| {
            *accounts.entry(Account { family, cell, post }).or_insert(0) += count;
        };
        for (place, leg) in self.terms.legs.iter().enumerate() {
            let own = |one: &&crate::agreement::Quantity| one.legs == [place];
            let floor =
                self.terms.quantities.iter().find(own).and_then(|one| one.amount.least()).unwrap_or(0);
            let cell = Cell { leg: narrow(place), round: 0, category: None, class: None };
            add(leg.account, cell, Post::Promised, -i64::from(floor));
            add(leg.account, cell, Post::Owed, i64::from(floor));
        }
        for (at, token) in self.tokens.iter().enumerate() {
            let leg = self.leg(token.leg);
            let (category, class) = token.labels;
            let cell = Cell { leg: token.leg, round: token.round, category, class };
            let earlier = || {
                let before = self.tokens[..at].iter();
                before.filter(|one| one.subject == token.subject && one.stands == Stands::Both).count()
            };
            let post = match token.stands {
                Stands::Left => continue,
                Stands::Listed => Post::Listed,
                Stands::Pending => Post::Pending,
                Stands::Disputed => Post::Disputed,
                Stands::Acknowledged => Post::Acknowledged,
                Stands::Both
                    if leg.counts_on == CountsOn::Declaration && earlier() >= self.declared(token) =>
                {
                    Post::Carried
                }
                Stands::Both if leg.together.is_some() && !self.is_complete(token.leg, token.round) => {
                    Post::Held
                }
                Stands::Both => Post::Filled,
            };
            add(leg.account, cell, Post::Owed, -1);
            add(leg.account, cell, post, 1);
        }
        for (_, moved) in self.moves() {
            if let MoveKind::ReturnedOutside(family) = moved.kind {
                let cell = cell_of(&moved);
                add(family, cell, Post::Filled, i64::from(moved.who.count()));
                add(family, cell, Post::Promised, -i64::from(moved.who.count()));
            }
        }
        accounts.retain(|_, count| *count != 0);
        accounts
    }

    /// Slots owed, filled, taken and open of every round and leg in which somebody took one.
    pub fn slots(&self) -> BTreeMap<(RoundNo, u8), [usize; 4]> {
        let keys: BTreeSet<_> = self.tokens.iter().map(|token| (token.round, token.leg)).collect();
        let of = |(round, leg): (RoundNo, u8)| {
            let opened = self.opened(leg, round);
            let count = |is: fn(Stands) -> bool| self.on(leg, round).filter(|token| is(token.stands)).count();
            let both = count(|stands| stands == Stands::Both);
            let taken = count(|stands| !matches!(stands, Stands::Both | Stands::Left));
            ((round, leg), [opened, both, taken, opened - both - taken])
        };
        keys.into_iter().map(of).collect()
    }

    /// Persons identified, with how many containers each.
    pub fn identified(&self) -> BTreeMap<(u8, Item), usize> {
        let mut found = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (_, moved) in self.moves() {
            if let MoveKind::Identified { person } = moved.kind
                && seen.insert((moved.leg, moved.item, person))
                && self.is_identified(&moved, person)
            {
                *found.entry((moved.leg, person)).or_insert(0) += 1;
            }
        }
        found
    }
}

fn cell_of(moved: &Move) -> Cell {
    Cell { leg: moved.leg, round: moved.round, category: moved.category, class: moved.class }
}
