//! What a row says: the act, or the two acts, of each word.

use super::table::Column;
use super::voices::By;
use super::words::{ConditionWord, NoticeWord};
use super::{Acts, ActsError, ActsRefused, COUNT_MAX, Ends};
use crate::agreement::{GateBy, GateKind, Object};
use crate::ledger::{
    Act, ConditionAct, GateOutcome, LegAct, Move, MoveKind, NoticeAct, PhaseAct, Voice, What, Who,
};
use crate::moment::Moment;

/// One act, or two where both sides state the row.
pub(super) type OneOrTwo = (Act, Option<Act>);

/// A row with the word of its act.
pub(super) struct Row<'a, 't> {
    pub(super) acts: &'a Acts<'t>,
    pub(super) act: &'static str,
    pub(super) at: Option<Moment>,
}

impl<'t> Row<'_, 't> {
    pub(super) fn moved(&self, kind: MoveKind) -> Result<OneOrTwo, ActsError> {
        let leg = self.leg()?;
        let ends = self.acts.legs[leg];
        let clause = Some(self.acts.terms.legs[leg].clause);
        let parties = |voice| voice == ends.from || voice == ends.to;
        let by = match kind {
            MoveKind::Released | MoveKind::TakenBack => {
                self.by(clause, |voice| voice == ends.from, || self.who_releases(leg))?
            }
            MoveKind::Received | MoveKind::Disputed(_) => {
                self.by(clause, |voice| voice == ends.to, || self.who_receives(leg))?
            }
            MoveKind::Declared => self.by_or_both(clause, parties, || self.who_is_at(leg))?,
            _ => {
                let may = |voice| parties(voice) || self.is_neutral(voice);
                self.by(clause, may, || format!("{}, or a neutral", self.who_is_at(leg)))?
            }
        };
        let kind = self.completed(kind, leg)?;
        let who = match kind {
            MoveKind::Identified { .. } | MoveKind::IdentityWithdrawn { .. } => self.one()?,
            _ => self.who()?,
        };
        let what = self.what(leg, kind, who)?;
        Ok(match by {
            By::One(by) => (self.stated(by, what), None),
            By::Both => (self.stated(ends.from, what), Some(self.stated(ends.to, what))),
        })
    }

    pub(super) fn handed_over(&self) -> Result<OneOrTwo, ActsError> {
        let leg = self.leg()?;
        if self.cell(Column::By) != "both" {
            return self.refuse(Column::By, ActsRefused::BothOnly);
        }
        self.empty(Column::About)?;
        let who = self.who()?;
        let released = self.stated(self.acts.legs[leg].from, self.what(leg, MoveKind::Released, who)?);
        let received = self.stated(self.acts.legs[leg].to, self.what(leg, MoveKind::Received, who)?);
        Ok((released, Some(received)))
    }

    fn what(&self, leg: usize, kind: MoveKind, who: Who) -> Result<What, ActsError> {
        let terms = self.acts.terms;
        let category = self.optional(Column::Category, "category", |id| terms.category_index(id))?;
        let class = self.optional(Column::Class, "class", |id| terms.class_index(id))?;
        let (round, item) = (self.round()?.unwrap_or(0), self.item(Column::Item)?);
        // At most 64 legs and classes, 16 categories.
        let (category, class) = (category.map(|place| place as u8), class.map(|place| place as u8));
        Ok(What::Move(Move { leg: leg as u8, round, item, who, category, class, kind }))
    }

    /// What a word says, with the ground, account or person that the column `about` has for it.
    fn completed(&self, kind: MoveKind, leg: usize) -> Result<MoveKind, ActsError> {
        let leg = &self.acts.terms.legs[leg];
        let of_remains = matches!(kind, MoveKind::Identified { .. } | MoveKind::IdentityWithdrawn { .. });
        if of_remains && leg.object != Object::Remains {
            let refused = ActsRefused::NotRemains { act: self.act };
            return self.refuse_under(Some(leg.clause), Column::Leg, refused);
        }
        Ok(match kind {
            MoveKind::Vacated(_) => MoveKind::Vacated(self.ground()?),
            MoveKind::Disputed(_) => MoveKind::Disputed(self.ground()?),
            MoveKind::ReturnedOutside(_) => MoveKind::ReturnedOutside(self.account()?),
            MoveKind::Identified { .. } => MoveKind::Identified { person: self.item(Column::About)? },
            MoveKind::IdentityWithdrawn { .. } => {
                MoveKind::IdentityWithdrawn { person: self.item(Column::About)? }
            }
            MoveKind::Listed
            | MoveKind::Refilled
            | MoveKind::Released
            | MoveKind::Received
            | MoveKind::TakenBack
            | MoveKind::Declared => {
                self.empty(Column::About)?;
                kind
            }
        })
    }

    pub(super) fn gate(&self, outcome: GateOutcome) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Round, Column::Category, Column::Class])?;
        self.one()?;
        let text = self.needed(Column::About, "a gate of the terms")?;
        let known = GateKind::ALL.into_iter().find(|(word, _)| *word == text).map(|(_, kind)| kind);
        let gates = &self.acts.terms.gates;
        let Some(gate) = known.and_then(|kind| gates.iter().find(|gate| gate.kind == kind)) else {
            return self.unknown(Column::About, "gate", &text);
        };
        let leg = if self.cell(Column::Leg).is_empty() { None } else { Some(self.leg()?) };
        let stands = |is: &dyn Fn(&Ends) -> bool| match leg {
            Some(leg) => is(&self.acts.legs[leg]),
            None => self.acts.legs.iter().any(is),
        };
        let may = |voice| match &gate.by {
            GateBy::Holder => stands(&|ends| ends.from == voice),
            GateBy::Receiver => stands(&|ends| ends.to == voice),
            GateBy::Neutral(neutral) => self.acts.terms.voice(neutral.as_str()) == Some(voice),
        };
        let who = || match &gate.by {
            GateBy::Holder => "who holds the person".to_owned(),
            GateBy::Receiver => "who receives the person".to_owned(),
            GateBy::Neutral(neutral) => neutral.to_string(),
        };
        let by = self.one_by(Some(gate.clause), may, who)?;
        self.single(by, What::Gate { item: self.item(Column::Item)?, gate: gate.kind, outcome })
    }

    pub(super) fn leg_act(&self, kind: LegAct) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Item, Column::Count, Column::Category, Column::Class, Column::About])?;
        let leg = self.leg()?;
        let ends = self.acts.legs[leg];
        let clause = Some(self.acts.terms.legs[leg].clause);
        let may = |voice| voice == ends.from || voice == ends.to || self.is_neutral(voice);
        let by = self.one_by(clause, may, || format!("{}, or a neutral", self.who_is_at(leg)))?;
        // At most 64 legs.
        self.single(by, What::Leg { leg: leg as u8, round: self.round()?.unwrap_or(0), kind })
    }

    pub(super) fn phase(&self, kind: PhaseAct) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[
            Column::Leg,
            Column::Round,
            Column::Item,
            Column::Count,
            Column::Category,
            Column::Class,
        ])?;
        let id = self.needed(Column::About, "the id of a phase")?;
        let Some(place) = self.acts.terms.phases.iter().position(|phase| phase.id.as_str() == id) else {
            return self.unknown(Column::About, "phase", &id);
        };
        let phase = &self.acts.terms.phases[place];
        let may = |voice| {
            let mut legs = phase.legs.iter().map(|leg| self.acts.legs[*leg]);
            legs.any(|ends| ends.from == voice || ends.to == voice)
        };
        let by = self.one_by(Some(phase.clause), may, || format!("a party to a leg of {id}"))?;
        // At most 32 phases.
        self.single(by, What::Phase { phase: place as u8, kind })
    }

    pub(super) fn notice(&self, word: NoticeWord) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Leg, Column::Round, Column::Count, Column::Category, Column::Class])?;
        let no =
            self.number(Column::Item, &self.needed(Column::Item, "the number of the notice")?, 1, u32::MAX)?;
        let notices = self.acts.terms.notices.map(|notices| notices.clause);
        let by = self.one_by(notices, |voice| !self.is_neutral(voice), || "a party".to_owned())?;
        let kind = match word {
            NoticeWord::Given => {
                let text = self.needed(Column::About, "the number of a clause")?;
                let clause = self.number(Column::About, &text, 0, u32::MAX)?;
                if self.acts.terms.clause(clause).is_none() {
                    return self.unknown(Column::About, "clause", &text);
                }
                NoticeAct::Given { clause }
            }
            NoticeWord::Replied => {
                self.empty(Column::About)?;
                NoticeAct::Replied
            }
            NoticeWord::Closed => {
                self.empty(Column::About)?;
                NoticeAct::Closed
            }
        };
        self.single(by, What::Notice { no, kind })
    }

    pub(super) fn condition(&self, word: ConditionWord) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Leg, Column::Round, Column::Count, Column::Category, Column::Class])?;
        let id = self.needed(Column::About, "the id of a condition")?;
        let conditions = &self.acts.terms.conditions;
        let Some(place) = conditions.iter().position(|condition| condition.id.as_str() == id) else {
            return self.unknown(Column::About, "condition", &id);
        };
        let clause = Some(conditions[place].clause);
        let (by, kind) = match word {
            ConditionWord::Observed => {
                let by = self.one_by(clause, |_| true, String::new)?;
                let named = !self.cell(Column::Item).is_empty();
                let item = if named { Some(self.item(Column::Item)?) } else { None };
                (by, ConditionAct::Observed { item })
            }
            ConditionWord::Ended => {
                self.empty(Column::Item)?;
                let by = self.one_by(clause, |voice| !self.is_neutral(voice), || "a party".to_owned())?;
                (by, ConditionAct::Ended)
            }
        };
        // At most 32 conditions.
        self.single(by, What::Condition { condition: place as u8, kind })
    }

    pub(super) fn states(&self) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Item, Column::Category, Column::Class, Column::About])?;
        let leg = self.leg()?;
        let by = self.one_by(None, |_| true, String::new)?;
        // "Nobody" is a statement too, so a sum may be 0 where a lot may not.
        let count = self.number(Column::Count, &self.needed(Column::Count, "a sum")?, 0, COUNT_MAX)?;
        // At most 64 legs.
        self.single(by, What::States { leg: leg as u8, round: self.round()?, count })
    }

    fn stated(&self, by: Voice, what: What) -> Act {
        Act { at: self.at, by, what }
    }

    fn single(&self, by: Voice, what: What) -> Result<OneOrTwo, ActsError> {
        Ok((self.stated(by, what), None))
    }
}
