//! Legs that complete together: nobody goes before all are ready, and nothing counts before all have brought what they owe.

use super::{Cell, Course, Ledger, LegAct, Move, Post, Unbookable};
use crate::agreement::Terms;
use crate::ids::RoundNo;

impl Ledger {
    pub(super) fn leg_act(&mut self, leg: u8, round: RoundNo, kind: LegAct) -> Result<(), Unbookable> {
        if usize::from(leg) >= self.legs.len() {
            return Err(Unbookable::NotInTerms("leg"));
        }
        let course = self.courses.get_mut((round, leg));
        match kind {
            LegAct::Ready => course.ready = true,
            LegAct::Aborted => course.aborted = true,
            LegAct::Resumed => course.aborted = false,
        }
        self.close_group_of(leg, round);
        Ok(())
    }

    /// Nobody goes along a leg of a group before all of it is ready, nor while a part of it has stopped.
    pub(super) fn group_goes(&self, terms: &Terms, act: &Move) -> Result<(), Unbookable> {
        let rules = &self.legs[usize::from(act.leg)];
        let course = self.courses.get((act.round, act.leg));
        if rules.together.is_empty() && course.aborted {
            return Err(Unbookable::LegHeld(terms.legs[usize::from(act.leg)].id.clone()));
        }
        for leg in &rules.together {
            let other = self.courses.get((act.round, *leg));
            let id = || terms.legs[usize::from(*leg)].id.clone();
            if other.aborted {
                return Err(Unbookable::LegHeld(id()));
            }
            if !other.ready {
                return Err(Unbookable::LegNotReady(id()));
            }
        }
        Ok(())
    }

    /// Whether only those listed go along a leg of a group: where anybody was, and in a numbered round, for which no floor says
    /// when all have gone.
    pub(super) fn group_has_lists(&self, act: &Move) -> bool {
        let grouped = !self.legs[usize::from(act.leg)].together.is_empty();
        grouped && (act.round != 0 || self.course(act).by_list)
    }

    pub(super) fn group(&self, act: &Move) -> impl Iterator<Item = Course> {
        let legs = &self.legs[usize::from(act.leg)].together;
        let round = act.round;
        legs.iter().map(move |leg| self.courses.get((round, *leg)))
    }

    pub(super) fn close_group(&mut self, act: &Move) {
        self.close_group_of(act.leg, act.round);
    }

    /// Counts what a group of legs holds once every one of them has brought all that it owes.
    fn close_group_of(&mut self, leg: u8, round: RoundNo) {
        let legs = self.legs[usize::from(leg)].together.clone();
        let done = |leg: &u8| {
            let course = self.courses.get((round, *leg));
            course.received > 0 && !course.aborted && !course.complete && self.has_brought_all(*leg, course)
        };
        if legs.is_empty() || !legs.iter().all(done) {
            return;
        }
        for leg in legs {
            self.courses.get_mut((round, leg)).complete = true;
            let first = Cell { leg, round, category: None, class: None };
            let held: Vec<(Cell, u32)> = self
                .cells
                .since(first)
                .take_while(|(cell, _)| cell.leg == leg && cell.round == round)
                .filter_map(|(cell, posts)| Some((*cell, u32::try_from(posts[Post::Held as usize]).ok()?)))
                .collect();
            for (cell, count) in held {
                self.transfer_in(cell, Post::Held, Post::Filled, count);
            }
        }
    }

    /// Whether a leg of a group has brought everyone it still lists and no slot that somebody left is open; or, whatever was left
    /// and where nobody made a list, as many as its floor asks.
    fn has_brought_all(&self, leg: u8, course: Course) -> bool {
        let floor = self.legs[usize::from(leg)].promised;
        let floor_met = i64::from(course.received) >= floor;
        if !course.by_list {
            return floor_met;
        }
        course.taken == 0 && (course.open == 0 || (floor > 0 && floor_met))
    }
}
