//! A part of the search, as a certificate divides it.

use super::certificate::{CheckError, Checker, Choice};
use super::layout::Bound;

/// What a part was before it was divided.
pub(super) enum Undo {
    Units(usize, (u32, u32)),
    Heads(usize, (u32, u32)),
    Group(Vec<usize>),
}

/// Whether a person is decided in a part of the search.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Decided {
    Open,
    Goes,
    Stays,
}

/// A part of all rolls.
pub(super) struct Part {
    /// The fewest and the most units of each ratio.
    pub(super) units: Vec<(u32, u32)>,
    /// The fewest and the most places of each way.
    pub(super) ways: Vec<(u32, u32)>,
    /// Of each person, what a division has decided.
    pub(super) decided: Vec<Decided>,
}

impl Part {
    pub(super) fn whole(checker: &Checker<'_>) -> Self {
        Self {
            units: checker.ratios.iter().map(|ratio| ratio.units).collect(),
            ways: checker.ways.iter().map(|way| (way.least, way.most)).collect(),
            decided: vec![Decided::Open; checker.people.rows().len()],
        }
    }

    /// The part with so many units of each ratio, at least and at most.
    pub(super) fn of(checker: &Checker<'_>, units: Vec<(u32, u32)>) -> Self {
        Self { units, ..Self::whole(checker) }
    }

    /// Divides the part and takes one half.
    pub(super) fn narrow(
        &mut self,
        checker: &Checker<'_>,
        on: Choice,
        yes: bool,
    ) -> Result<Undo, CheckError> {
        match on {
            Choice::Units { category, at_most } => {
                let found = checker.ratios.iter().position(|ratio| ratio.category == category);
                let at = found.ok_or(CheckError::Division)?;
                let before = self.units[at];
                self.units[at] = half(before, at_most, yes);
                Ok(Undo::Units(at, before))
            }
            Choice::Heads { side, category, at_most } => {
                let bound = Bound::Category { side, category };
                let found = checker.ways.iter().position(|way| way.bound == bound);
                let at =
                    found.filter(|_| checker.rules.worth(side, category) != 0).ok_or(CheckError::Division)?;
                let before = self.ways[at];
                self.ways[at] = half(before, at_most, yes);
                Ok(Undo::Heads(at, before))
            }
            Choice::Group { number } => {
                let found = checker.groups.binary_search_by_key(&number, |(number, _)| *number);
                let members = &checker.groups[found.map_err(|_| CheckError::Division)?].1;
                if self.decided[members[0]] != Decided::Open {
                    return Err(CheckError::Division);
                }
                let decided = if yes { Decided::Goes } else { Decided::Stays };
                members.iter().for_each(|&member| self.decided[member] = decided);
                Ok(Undo::Group(members.clone()))
            }
        }
    }

    /// Takes a division back.
    pub(super) fn undo(&mut self, undo: Undo) {
        match undo {
            Undo::Units(at, before) => self.units[at] = before,
            Undo::Heads(at, before) => self.ways[at] = before,
            Undo::Group(members) => members.iter().for_each(|&member| self.decided[member] = Decided::Open),
        }
    }
}

/// The half of an interval up to a number, or the one beyond it. An empty half holds no roll; its interval stays empty and
/// closes nothing.
fn half(before: (u32, u32), at_most: u32, yes: bool) -> (u32, u32) {
    if yes { (before.0, at_most.min(before.1)) } else { (before.0.max(at_most.saturating_add(1)), before.1) }
}
