//! Who states a row, and whether they may.

use super::row::Row;
use super::table::Column;
use super::{ActsError, ActsRefused};
use crate::ledger::Voice;

/// Who states a row.
#[derive(Clone, Copy)]
pub(super) enum By {
    One(Voice),
    Both,
}

/// Who states a row, and whether they may.
impl Row<'_, '_> {
    pub(super) fn by(
        &self,
        clause: Option<u32>,
        may: impl Fn(Voice) -> bool,
        who: impl Fn() -> String,
    ) -> Result<By, ActsError> {
        self.one_by(clause, may, who).map(By::One)
    }

    pub(super) fn by_or_both(
        &self,
        clause: Option<u32>,
        may: impl Fn(Voice) -> bool,
        who: impl Fn() -> String,
    ) -> Result<By, ActsError> {
        if self.cell(Column::By) == "both" { Ok(By::Both) } else { self.by(clause, may, who) }
    }

    pub(super) fn one_by(
        &self,
        clause: Option<u32>,
        may: impl Fn(Voice) -> bool,
        who: impl Fn() -> String,
    ) -> Result<Voice, ActsError> {
        let label = self.needed(Column::By, "who states it: the label of a party or a neutral")?;
        let Some(voice) = self.acts.terms.voice(&label) else {
            if label == "both" {
                return self.refuse(Column::By, ActsRefused::NotBoth { act: self.act });
            }
            return self.unknown(Column::By, "party or neutral", &label);
        };
        if may(voice) {
            return Ok(voice);
        }
        let refused = ActsRefused::NotTheirs { by: label.into_owned(), act: self.act, who: who() };
        self.refuse_under(clause, Column::By, refused)
    }

    pub(super) fn is_neutral(&self, voice: Voice) -> bool {
        usize::from(voice.0) >= self.acts.terms.parties.len()
    }

    pub(super) fn who_releases(&self, leg: usize) -> String {
        let leg = &self.acts.terms.legs[leg];
        format!("{}, who releases along {}", leg.from, leg.id)
    }

    pub(super) fn who_receives(&self, leg: usize) -> String {
        let leg = &self.acts.terms.legs[leg];
        format!("{}, who receives along {}", leg.to, leg.id)
    }

    pub(super) fn who_is_at(&self, leg: usize) -> String {
        let leg = &self.acts.terms.legs[leg];
        format!("{} or {}, between whom {} goes", leg.from, leg.to, leg.id)
    }
}
