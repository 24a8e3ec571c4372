//! A lawful roll weighed by a proof: what each closed part adds up to, and what its prices say of the roll.

use std::cell::LazyCell;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::super::circle::has_circle;
use super::super::cost::rounded_up;
use super::super::layout::Bound;
use super::super::network::{SINK, SOURCE};
use super::super::part::{Decided, Part, Undo};
use super::super::people::Person;
use super::{CheckError, Checker, Choice, PRICE_MAX, Proof, Used, Verdict, Wrong};

enum Visit<'a> {
    Enter(&'a Proof),
    Other(Choice, &'a Proof, Undo),
    Leave(Undo),
}

/// What the prices of the part that holds the roll say of ways and people.
#[derive(Default)]
struct Seen {
    /// What should be otherwise.
    wrong: Vec<Wrong>,
    /// Ways of toll 0 that could carry one place more, or less when turned round.
    level_ways: Vec<(usize, usize)>,
    /// The same of people.
    level_people: Vec<(usize, usize)>,
}

impl Checker<'_> {
    /// Weighs a lawful roll by a proof about a part of the search.
    pub(in super::super) fn weigh(
        &self,
        mut part: Part,
        proof: &Proof,
        goes: &[bool],
        used: &Used,
    ) -> Result<Verdict, CheckError> {
        let mut verdict = Verdict {
            cost: self.cost_of(goes),
            bound: vec![i128::MAX; self.levels.len()],
            wrong: Vec::new(),
            only: true,
        };
        // A stack in place of recursion: the certificate is foreign, and may be deep.
        let mut open = vec![Visit::Enter(proof)];
        while let Some(visit) = open.pop() {
            match visit {
                Visit::Enter(Proof::Divided { on, yes, no }) => {
                    let undo = part.narrow(self, *on, true)?;
                    open.extend([Visit::Other(*on, no, undo), Visit::Enter(yes)]);
                }
                Visit::Other(on, no, undo) => {
                    part.undo(undo);
                    let undo = part.narrow(self, on, false)?;
                    open.extend([Visit::Leave(undo), Visit::Enter(no)]);
                }
                Visit::Leave(undo) => part.undo(undo),
                Visit::Enter(Proof::Closed { prices, balance }) => {
                    self.close(&part, (prices, balance), goes, used, &mut verdict)?;
                }
            }
        }
        Ok(verdict)
    }

    fn cost_of(&self, goes: &[bool]) -> Vec<i128> {
        let mut cost = vec![0; self.levels.len()];
        for (person, _) in self.people.rows().iter().zip(goes).filter(|(_, goes)| **goes) {
            self.add_person(&mut cost, person, |_| 0);
        }
        cost.iter_mut().for_each(|level| *level /= self.scale);
        cost
    }

    /// Adds what a person costs, in parts of the scale, with what each level has on top.
    fn add_person(&self, sum: &mut [i128], person: &Person, on_top: impl Fn(usize) -> i64) {
        let lot = LazyCell::new(|| person.lot(self.seed, &self.rules.agreement));
        for (at, (sum, level)) in sum.iter_mut().zip(&self.levels).enumerate() {
            *sum += self.scale * i128::from(level.cost(person, || *lot)) + i128::from(on_top(at));
        }
    }

    /// Holds one closed part against its prices.
    fn close(
        &self,
        part: &Part,
        (prices, balance): (&[Vec<i64>], &[i64]),
        goes: &[bool],
        used: &Used,
        verdict: &mut Verdict,
    ) -> Result<(), CheckError> {
        self.stated(prices, balance)?;
        if part.units.iter().chain(&part.ways).any(|(least, most)| least > most) {
            return Ok(());
        }
        let holds_roll = self.holds(part, goes, used);
        let mut seen = Seen::default();
        let mut bound = self.over_ways(part, (prices, balance), used, &mut seen);
        self.over_people(part, prices, holds_roll.then_some(goes), &mut bound, &mut seen);
        if holds_roll {
            // Of two people of one site and category who are level in everything, lots included, one stays and one goes.
            let ways: BTreeSet<(usize, usize)> = seen.level_people.iter().copied().collect();
            let level_two = ways.iter().any(|&(from, to)| ways.contains(&(to, from)));
            seen.level_ways.extend(seen.level_people);
            verdict.only &= !level_two && !has_circle(self.nodes.count(), &seen.level_ways);
            verdict.wrong = seen.wrong.into_iter().map(|wrong| wrong.in_whole(self.scale)).collect();
        }
        let rounded = rounded_up(&bound, self.scale, &self.least);
        let exact = verdict.cost.iter().zip(&bound).all(|(cost, bound)| cost * self.scale == *bound);
        // Of a bound that reaches the cost by rounding alone, another roll may use what was rounded.
        verdict.only &= rounded != verdict.cost || (holds_roll && exact);
        verdict.bound = std::mem::take(&mut verdict.bound).min(rounded);
        Ok(())
    }

    /// Adds the bound's part that comes from the people: everyone decided to go, and of the others whom the prices are for. Where
    /// the part holds the roll, what the prices say of each is seen.
    fn over_people(
        &self,
        part: &Part,
        prices: &[Vec<i64>],
        goes: Option<&[bool]>,
        bound: &mut [i128],
        seen: &mut Seen,
    ) {
        for (at, person) in self.people.rows().iter().enumerate() {
            let (side, site) = (usize::from(person.side), usize::from(person.site));
            let (from, to) = self.nodes.person(side, site, usize::from(person.category));
            let sign = self.sign(person, &prices[from], &prices[to]);
            let on_top = |level: usize| prices[from][level] - prices[to][level];
            match (part.decided[at], sign) {
                (Decided::Goes, _) | (Decided::Open, Ordering::Less) => {
                    self.add_person(bound, person, on_top);
                }
                (Decided::Stays, _) | (Decided::Open, Ordering::Equal | Ordering::Greater) => {}
            }
            let Some(goes) = goes.filter(|_| part.decided[at] == Decided::Open) else { continue };
            let by = || {
                let mut by = vec![0; self.levels.len()];
                self.add_person(&mut by, person, on_top);
                by
            };
            match (goes[at], sign) {
                (false, Ordering::Less) => seen.wrong.push(Wrong::Stays { item: person.item, by: by() }),
                (true, Ordering::Greater) => seen.wrong.push(Wrong::Goes { item: person.item, by: by() }),
                (true, Ordering::Equal) => seen.level_people.push((to, from)),
                (false, Ordering::Equal) => seen.level_people.push((from, to)),
                _ => {}
            }
        }
    }

    /// Whether prices are stated of every node at every level, and of the balance where there is one.
    fn stated(&self, prices: &[Vec<i64>], balance: &[i64]) -> Result<(), CheckError> {
        let right = |price: &[i64]| {
            price.len() == self.levels.len()
                && price.iter().all(|level| (-PRICE_MAX..=PRICE_MAX).contains(level))
        };
        let balance_right = balance.is_empty() || (self.rules.balance.is_some() && right(balance));
        let all = prices.len() == self.nodes.count() && prices.iter().all(|price| right(price));
        if all && balance_right { Ok(()) } else { Err(CheckError::Prices) }
    }

    fn holds(&self, part: &Part, goes: &[bool], used: &Used) -> bool {
        let units = part.units.iter().zip(&used.units);
        let decided = part.decided.iter().zip(goes);
        let mut ways = part.ways.iter().zip(&used.ways);
        ways.all(|(&(least, most), places)| (least..=most).contains(places))
            && units.into_iter().all(|(&(least, most), units)| (least..=most).contains(units))
            && decided.into_iter().all(|(decided, goes)| match decided {
                Decided::Open => true,
                Decided::Goes => *goes,
                Decided::Stays => !*goes,
            })
    }

    /// The bound's part that comes from the ways: each carries its fewest places where its price is for the roll, and its
    /// most where it is against it.
    fn over_ways(
        &self,
        part: &Part,
        (prices, balance): (&[Vec<i64>], &[i64]),
        used: &Used,
        seen: &mut Seen,
    ) -> Vec<i128> {
        let mut bound = vec![0; self.levels.len()];
        let reduced = |from: usize, to: usize| -> Vec<i128> {
            prices[from].iter().zip(&prices[to]).map(|(a, b)| i128::from(*a) - i128::from(*b)).collect()
        };
        let zero = vec![0_i128; self.levels.len()];
        let price: Vec<i128> = balance.iter().map(|level| i128::from(*level)).collect();
        for ((way, &(least, most)), &found) in self.ways.iter().zip(&part.ways).zip(&used.ways) {
            let mut toll = reduced(way.from, way.to);
            add(&mut toll, &price, way.bound.worth(self.rules));
            let places = if toll < zero { most } else { least };
            add(&mut bound, &toll, places.into());
            if toll == zero {
                seen.level_ways.extend((found < most).then_some((way.from, way.to)));
                seen.level_ways.extend((found > least).then_some((way.to, way.from)));
            } else if found != places {
                let by = toll.iter().map(|toll| toll * (i128::from(found) - i128::from(places))).collect();
                seen.wrong.push(Wrong::Places { bound: way.bound, by });
            }
        }
        for ((ratio, &(least, most)), &found) in self.ratios.iter().zip(&part.units).zip(&used.units) {
            let mut toll = zero.clone();
            for side in 0..2 {
                let (from, to) = self.nodes.outside(side, ratio.category);
                add(&mut toll, &reduced(from, to), ratio.heads[side].into());
                let worth = self.rules.worth(side, ratio.category);
                add(&mut toll, &price, worth * i128::from(ratio.heads[side]));
            }
            let units = if toll < zero { most } else { least };
            add(&mut bound, &toll, units.into());
            if toll == zero {
                // More units, or fewer, are more or fewer places on the ways of both sides.
                for (from, to) in [0, 1].map(|side| self.nodes.outside(side, ratio.category)) {
                    seen.level_ways.extend((found < most).then_some((from, to)));
                    seen.level_ways.extend((found > least).then_some((to, from)));
                }
            } else if found != units {
                let by = toll.iter().map(|toll| toll * (i128::from(found) - i128::from(units))).collect();
                let bound = Bound::Category { side: 0, category: ratio.category };
                seen.wrong.push(Wrong::Places { bound, by });
            }
        }
        self.over_balance(&price, used, &mut bound, &mut seen.wrong);
        // Everything flows back from the sink to the source, as much as there is: never more than everyone.
        let back = reduced(SINK, SOURCE);
        if back < zero {
            add(&mut bound, &back, self.people.rows().len() as i128);
        } else if back == zero {
            seen.level_ways.push((SINK, SOURCE));
            seen.level_ways.extend(used.ways.iter().any(|found| *found > 0).then_some((SOURCE, SINK)));
        }
        bound
    }

    /// The bound's part that comes from the balance: what was charged for worth, given back for as much as may be given.
    fn over_balance(&self, price: &[i128], used: &Used, bound: &mut [i128], wrong: &mut Vec<Wrong>) {
        let Some((least, most)) = self.rules.balance.as_ref().map(|balance| balance.bounds()) else { return };
        let Some(first) = price.iter().find(|level| **level != 0) else { return };
        let limit = i128::from(if *first > 0 { most } else { least });
        add(bound, price, -limit);
        if used.given != limit {
            let mut by = vec![0; price.len()];
            add(&mut by, price, limit - used.given);
            wrong.push(Wrong::Balance { by });
        }
    }

    /// Whether a person's cost with the prices on top is for or against them, level by level.
    fn sign(&self, person: &Person, from: &[i64], to: &[i64]) -> Ordering {
        for ((level, from), to) in self.levels.iter().zip(from).zip(to) {
            let own = level.cost(person, || person.lot(self.seed, &self.rules.agreement));
            let cost = self.scale * i128::from(own) + i128::from(*from) - i128::from(*to);
            if cost != 0 {
                return cost.cmp(&0);
            }
        }
        Ordering::Equal
    }
}

fn add(sum: &mut [i128], by: &[i128], times: i128) {
    sum.iter_mut().zip(by).for_each(|(sum, by)| *sum += times * by);
}
