//! What an officer may do in a round now, and the one step that comes next.
//!
//! Asks the record where it can; the roles are those of the routes. A step says who takes it: this officer, a colleague in
//! another role, the other side, or the node by itself.

use parley::{Body, Digest, Phase, Record};
use serde::Serialize;

use crate::acts::round;
use crate::officer::{Officer, Role};
use crate::web::rounds::view::{Ends, RoundView};

/// The next step of a round.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Code: message key `rounds-step-<code>`.
    pub step: &'static str,
    /// `us`, `them`, `node` or `nobody`.
    pub by: &'static str,
    /// The role that takes it, where it is ours.
    pub role: Option<&'static str>,
    /// Whether this officer can take it.
    pub yours: bool,
}

impl Step {
    /// Nothing to do.
    pub fn none() -> Self {
        Self { step: "none", by: "nobody", role: None, yours: false }
    }
}

/// Everything a step follows from.
pub struct Now<'a> {
    /// The record.
    pub record: &'a Record,
    /// The sides.
    pub ends: &'a Ends,
    /// The round as it is shown.
    pub view: &'a RoundView,
    /// Whether the agreement is in force.
    pub in_force: bool,
    /// The time, in milliseconds since 1970.
    pub now: i64,
}

/// Who takes a step.
enum Taker {
    Role(Role),
    Them,
    Node,
    Nobody,
}

impl Now<'_> {
    /// Codes of what this officer may do now, in the order of a round.
    pub fn actions(&self, officer: &Officer) -> Vec<&'static str> {
        if self.ends.neutral {
            return if officer.holds(&[Role::Negotiator]) { vec!["observe"] } else { Vec::new() };
        }
        let view = self.view;
        let answerable = view.proposals.iter().any(|proposal| !proposal.mine);
        let to_approve = view.drafts.iter().any(|draft| !draft.mine);
        let before_list = view.list.is_none() && view.mine.nominated;
        let departs = !view.mine.closed && (before_list || self.own(&UNRELEASED) > 0);
        let all: [(&'static str, &'static [Role], bool); 14] = [
            ("commit", &[Role::Negotiator], self.can_commit()),
            ("withheld", &[Role::Negotiator], self.seed_overdue() && !self.drafted("withheld")),
            ("nominate", &[Role::Negotiator], self.can_nominate() && !self.drafted("nominate")),
            ("list", &[Role::Negotiator], self.can_propose() && !self.drafted("propose")),
            ("accept", &[Role::Negotiator], answerable && !self.drafted("accept")),
            ("reject", &[Role::Negotiator], answerable && !self.drafted("reject")),
            ("approve", &[Role::Approver], to_approve),
            ("wills", &[Role::Physician], self.own(&["listed", "willed-once", "taken-back"]) > 0),
            ("depart", &[Role::Physician, Role::Registrar, Role::Negotiator], departs),
            ("crossing", &[Role::Escort], self.own(&["willed-once", "willed-twice", "taken-back"]) > 0),
            ("arrivals", &[Role::Escort], self.theirs(&["in-transit"]) > 0),
            ("take-back", &[Role::Escort], self.own(&["in-transit", "not-delivered", "other-person"]) > 0),
            ("notice", &[Role::Negotiator], self.in_force && !view.mine.closed),
            ("close", &[Role::Negotiator], self.can_close()),
        ];
        let mut actions: Vec<&'static str> = all
            .into_iter()
            .filter(|(_, roles, now)| *now && officer.holds(roles))
            .map(|(code, ..)| code)
            .collect();
        if view.mine.closed && officer.holds(&[Role::Negotiator]) {
            actions.push("account");
        }
        actions
    }

    /// The one next step.
    pub fn next(&self, officer: &Officer) -> Step {
        if self.ends.neutral {
            let yours = officer.holds(&[Role::Negotiator]);
            return Step { step: "observe", by: "us", role: Some(Role::Negotiator.code()), yours };
        }
        let (step, taker) = self.step();
        let yours = match (step, &taker) {
            ("approve", _) => {
                officer.holds(&[Role::Approver]) && self.view.drafts.iter().any(|draft| !draft.mine)
            }
            (_, Taker::Role(role)) => officer.holds(&[*role]),
            _ => false,
        };
        let (by, role) = match taker {
            Taker::Role(role) => ("us", Some(role.code())),
            Taker::Them => ("them", None),
            Taker::Node => ("node", None),
            Taker::Nobody => ("nobody", None),
        };
        Step { step, by, role, yours }
    }

    fn step(&self) -> (&'static str, Taker) {
        use Taker::{Nobody, Node, Them};
        let us = Taker::Role;
        let view = self.view;
        let open = |mine: bool| view.proposals.iter().any(|proposal| proposal.mine == mine);
        match () {
            () if view.state == "closed" && !view.accounts.differences.is_empty() => {
                ("differences", us(Role::Negotiator))
            }
            () if view.state == "closed" => ("done", Nobody),
            () if view.state == "void" && view.mine.closed => ("void", Nobody),
            () if view.state == "void" => ("void-close", us(Role::Negotiator)),
            () if !self.in_force => ("agreement", us(Role::Negotiator)),
            () if view.notices.last().is_some_and(|notice| notice.kind == "cancelled") => {
                ("cancelled", Nobody)
            }
            () if !view.drafts.is_empty() => ("approve", us(Role::Approver)),
            () if open(false) => ("answer", us(Role::Negotiator)),
            () if !view.mine.committed && self.can_commit() => ("commit", us(Role::Negotiator)),
            () if !view.mine.committed => ("round-before", Nobody),
            () if !view.theirs.committed => ("their-commit", Them),
            () if !view.mine.revealed => ("reveal", Node),
            () if !view.theirs.revealed && self.seed_overdue() => ("withheld", us(Role::Negotiator)),
            () if !view.theirs.revealed => ("their-reveal", Them),
            () if view.no_roll.is_some_and(|code| code != "pool-missing") => {
                ("no-roll", us(Role::Negotiator))
            }
            () if view.no_roll.is_some() && view.owed.pool_is_overdue(self.now) => {
                ("pool-missing", us(Role::Negotiator))
            }
            () if !view.mine.nominated && !view.theirs.pool => ("their-pool", Them),
            () if !view.mine.nominated => ("nominate", us(Role::Negotiator)),
            () if !view.theirs.nominated => ("their-nomination", Them),
            () if open(true) => ("their-answer", Them),
            () if view.list.is_none() => self.list_step(),
            () => self.crossing_step(),
        }
    }

    /// Before there is a list: who proposes version 1.
    fn list_step(&self) -> (&'static str, Taker) {
        if self.record.members().priority(1) == self.ends.mine {
            ("list", Taker::Role(Role::Negotiator))
        } else {
            ("their-list", Taker::Them)
        }
    }

    /// From the list in force to the close.
    fn crossing_step(&self) -> (&'static str, Taker) {
        let us = Taker::Role;
        let view = self.view;
        let unwilling = view.items.iter().any(|item| {
            let refused = [item.will1, item.will2].into_iter().flatten().any(|will| will != "willing");
            item.holder == "mine" && ["willed-once", "willed-twice"].contains(&item.state) && refused
        });
        match () {
            () if view.mine.closed && !view.theirs.closed => ("their-close", Taker::Them),
            () if self.own(&["not-delivered", "other-person"]) > 0 => ("take-back", us(Role::Escort)),
            () if unwilling => ("depart", us(Role::Negotiator)),
            () if view.vacated.mine > 0 && self.can_propose() => ("amend", us(Role::Negotiator)),
            () if self.own(&["listed"]) > 0 => ("wills", us(Role::Physician)),
            () if self.theirs(&["in-transit"]) > 0 => ("arrivals", us(Role::Escort)),
            () if self.own(&["willed-once", "willed-twice"]) > 0 => ("crossing", us(Role::Escort)),
            () if view.vacated.theirs > 0 => ("their-amendment", Taker::Them),
            () if self.theirs(&["listed", "willed-once", "willed-twice"]) > 0 => {
                ("their-release", Taker::Them)
            }
            () if self.own(&["in-transit"]) > 0 => ("their-receipt", Taker::Them),
            () if self.theirs(&["not-delivered", "other-person"]) > 0 => ("their-take-back", Taker::Them),
            () if !view.mine.closed => ("close", us(Role::Negotiator)),
            () => ("their-close", Taker::Them),
        }
    }

    fn own(&self, states: &[&str]) -> usize {
        states.iter().map(|state| self.view.how_many("mine", state)).sum()
    }

    fn theirs(&self, states: &[&str]) -> usize {
        states.iter().map(|state| self.view.how_many("theirs", state)).sum()
    }

    fn drafted(&self, kind: &str) -> bool {
        self.view.drafts.iter().any(|draft| draft.kind == kind)
    }

    fn seed_overdue(&self) -> bool {
        self.view.owed.seed_is_overdue(self.now)
    }

    fn can_commit(&self) -> bool {
        let number = self.view.number;
        let before = number == 1 || round::closed_by(self.record, number - 1, &self.ends.mine);
        self.in_force
            && before
            && !self.view.mine.committed
            && self.lawful(&Body::Commit { round: number, pool: NOTHING, seed: NOTHING })
    }

    fn can_nominate(&self) -> bool {
        self.lawful(&Body::Nominate { round: self.view.number, items: Vec::new(), digest: NOTHING })
            && self.phase() == Phase::Revealed
            && self.view.theirs.pool
    }

    /// A first list, or an amendment where a slot of this side is vacated or was never filled.
    fn can_propose(&self) -> bool {
        let view = self.view;
        if !(view.mine.nominated && view.theirs.nominated) || view.mine.closed || view.theirs.closed {
            return false;
        }
        let open_own = view.proposals.iter().any(|proposal| proposal.mine);
        let unfilled = view.list.as_ref().is_some_and(|list| list.mine < view.mine.count);
        !open_own && (view.list.is_none() || view.vacated.mine > 0 || unfilled)
    }

    fn can_close(&self) -> bool {
        let no_roll = self
            .view
            .no_roll
            .is_some_and(|code| code != "pool-missing" || self.view.owed.pool_is_overdue(self.now));
        (self.view.list.is_some() || self.view.state == "void" || no_roll)
            && self.lawful(&Body::Close { round: self.view.number })
    }

    fn lawful(&self, body: &Body) -> bool {
        self.record.check(&self.ends.mine, body).is_ok()
    }

    fn phase(&self) -> Phase {
        let state = self.record.view().round(self.view.number);
        state.map_or(Phase::NotStarted, |state| state.phase(&self.ends.mine))
    }
}

/// States of an item that its holder still has with it.
const UNRELEASED: [&str; 4] = ["listed", "willed-once", "willed-twice", "taken-back"];
/// Stands for a digest that a rule does not look at.
const NOTHING: Digest = Digest([0; 32]);
