//! The accounts of a round beside one another, and beside the receipts. None is called right.

use parley::{PartyId, Round};
use serde::Serialize;

use crate::web::rounds::view::Ends;

/// Totals of one account.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Totals {
    /// Delivered by its author.
    pub delivered: u64,
    /// Received by its author.
    pub received: u64,
}

/// Where two accounts, or an account and the record, differ.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct DifferenceView {
    /// Who delivers: `mine` or `theirs`.
    pub from: &'static str,
    /// What this side states.
    pub mine: Option<u64>,
    /// What the other side states.
    pub theirs: Option<u64>,
    /// How many receipts the record has.
    pub record: u64,
}

/// The accounts beside one another.
#[derive(Serialize)]
pub struct AccountsView {
    /// This side's last account.
    pub mine: Option<Totals>,
    /// The other side's.
    pub theirs: Option<Totals>,
    /// Receipts of the record, from this side's place.
    pub record: Totals,
    /// Where they differ. None is called right.
    pub differences: Vec<DifferenceView>,
}

/// Both sides' accounts of a round.
pub fn of(state: Option<Round<'_>>, ends: &Ends) -> AccountsView {
    let stated = |party: &PartyId| {
        let account = state?.account(party)?;
        Some(Totals { delivered: account.delivered, received: account.received })
    };
    let confirmed = |party: &PartyId| state.map_or(0, |state| state.counts(party).received);
    let (mine, theirs) = (stated(&ends.mine), stated(&ends.theirs));
    let record = Totals { delivered: confirmed(&ends.mine), received: confirmed(&ends.theirs) };
    AccountsView { differences: differences(mine, theirs, record), mine, theirs, record }
}

/// Lays two accounts and the receipts beside one another, direction by direction.
fn differences(mine: Option<Totals>, theirs: Option<Totals>, record: Totals) -> Vec<DifferenceView> {
    let out = DifferenceView {
        from: "mine",
        mine: mine.map(|account| account.delivered),
        theirs: theirs.map(|account| account.received),
        record: record.delivered,
    };
    let back = DifferenceView {
        from: "theirs",
        mine: mine.map(|account| account.received),
        theirs: theirs.map(|account| account.delivered),
        record: record.received,
    };
    let differs = |line: &DifferenceView| {
        [line.mine, line.theirs].iter().flatten().any(|stated| *stated != line.record)
    };
    [out, back].into_iter().filter(differs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_that_agree_show_nothing_and_one_that_differs_shows_all_three_figures() {
        let of = |delivered, received| Totals { delivered, received };
        assert_eq!(differences(Some(of(4, 3)), Some(of(3, 4)), of(4, 3)), []);
        assert_eq!(differences(None, None, of(4, 3)), []);
        let found = differences(Some(of(5, 3)), Some(of(3, 4)), of(4, 3));
        let expect = DifferenceView { from: "mine", mine: Some(5), theirs: Some(4), record: 4 };
        assert_eq!(found, [expect]);
        let found = differences(None, Some(of(2, 4)), of(4, 3));
        assert_eq!(found, [DifferenceView { from: "theirs", mine: None, theirs: Some(2), record: 3 }]);
    }
}
