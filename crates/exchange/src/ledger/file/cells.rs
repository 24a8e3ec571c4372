//! The cells of a row, read one by one.

use std::borrow::Cow;

use super::row::Row;
use super::table::Column;
use super::{ActsError, ActsRefused, COUNT_MAX, item_of_label, shown};
use crate::agreement::Family;
use crate::ids::Item;
use crate::ledger::{Ground, Who};

/// The cells of a row.
impl<'t> Row<'_, 't> {
    pub(super) fn cell(&self, column: Column) -> Cow<'t, str> {
        self.acts.table.cell(column)
    }

    pub(super) fn refuse<T>(&self, column: Column, refused: ActsRefused) -> Result<T, ActsError> {
        self.acts.refuse(column, refused)
    }

    pub(super) fn refuse_under<T>(
        &self,
        clause: Option<u32>,
        column: Column,
        refused: ActsRefused,
    ) -> Result<T, ActsError> {
        self.refuse(column, refused).map_err(|error| ActsError { clause, ..error })
    }

    pub(super) fn unknown<T>(&self, column: Column, what: &'static str, id: &str) -> Result<T, ActsError> {
        self.refuse(column, ActsRefused::Unknown { what, id: shown(id) })
    }

    pub(super) fn needed(&self, column: Column, expected: &'static str) -> Result<Cow<'t, str>, ActsError> {
        let text = self.cell(column);
        if text.is_empty() {
            self.refuse(column, ActsRefused::Empty { act: self.act, expected })
        } else {
            Ok(text)
        }
    }

    pub(super) fn empty(&self, column: Column) -> Result<(), ActsError> {
        if self.cell(column).is_empty() {
            return Ok(());
        }
        self.refuse(column, ActsRefused::Unneeded { act: self.act, column: column.name() })
    }

    pub(super) fn all_empty(&self, columns: &[Column]) -> Result<(), ActsError> {
        columns.iter().try_for_each(|column| self.empty(*column))
    }

    pub(super) fn leg(&self) -> Result<usize, ActsError> {
        let id = self.needed(Column::Leg, "the id of a leg")?;
        match self.acts.terms.leg_index(&id) {
            Some(leg) => Ok(leg),
            None => self.unknown(Column::Leg, "leg", &id),
        }
    }

    /// The round; nothing where the cell is empty.
    pub(super) fn round(&self) -> Result<Option<u32>, ActsError> {
        let text = self.cell(Column::Round);
        if text.is_empty() {
            return Ok(None);
        }
        let no = self.number(Column::Round, &text, 1, u32::MAX)?;
        let terms = self.acts.terms;
        if !terms.rounds.is_empty() && terms.round(no).is_none() {
            return self.unknown(Column::Round, "round", &text);
        }
        Ok(Some(no))
    }

    pub(super) fn item(&self, column: Column) -> Result<Item, ActsError> {
        let label = self.needed(column, "the label of a person or a lot")?;
        // A release and a receipt mostly follow one another, so the last is kept.
        let (last, item) = self.acts.last_item.get();
        if label == last {
            return Ok(item);
        }
        let Some(item) = item_of_label(&label) else { return self.refuse(column, ActsRefused::NotAnItem) };
        if let Cow::Borrowed(label) = label {
            self.acts.last_item.set((label, item));
        }
        Ok(item)
    }

    /// One person, or a lot of so many.
    pub(super) fn who(&self) -> Result<Who, ActsError> {
        let text = self.cell(Column::Count);
        if text.is_empty() {
            return Ok(Who::One);
        }
        Ok(Who::Lot(self.number(Column::Count, &text, 1, COUNT_MAX)?))
    }

    /// One person: a lot cannot be asked, cleared or identified.
    pub(super) fn one(&self) -> Result<Who, ActsError> {
        if self.cell(Column::Count).is_empty() {
            return Ok(Who::One);
        }
        self.refuse(Column::Count, ActsRefused::OneOnly { act: self.act })
    }

    pub(super) fn optional(
        &self,
        column: Column,
        what: &'static str,
        place: impl Fn(&str) -> Option<usize>,
    ) -> Result<Option<usize>, ActsError> {
        let id = self.cell(column);
        if id.is_empty() {
            return Ok(None);
        }
        place(&id).map_or_else(|| self.unknown(column, what, &id), |place| Ok(Some(place)))
    }

    pub(super) fn ground(&self) -> Result<Ground, ActsError> {
        let expected = "refused, died, recovered, not-delivered, other-person, already-free, status-contested, \
                        held-back, asylum-asked, asylum-given, retaliation, leg-held, gate-failed or not-stated";
        let text = self.needed(Column::About, "a ground, or not-stated")?;
        Ground::from_code(&text).map_or_else(|| self.not_a_value(Column::About, &text, expected), Ok)
    }

    pub(super) fn account(&self) -> Result<Family, ActsError> {
        let expected = "by-law or unilateral";
        let text = self.needed(Column::About, expected)?;
        let read =
            Family::from_code(&text).filter(|account| matches!(account, Family::ByLaw | Family::Unilateral));
        read.map_or_else(|| self.not_a_value(Column::About, &text, expected), Ok)
    }

    pub(super) fn not_a_value<T>(
        &self,
        column: Column,
        value: &str,
        expected: &'static str,
    ) -> Result<T, ActsError> {
        self.refuse(column, ActsRefused::NotAValue { value: shown(value), expected })
    }

    pub(super) fn number(&self, column: Column, text: &str, least: u32, most: u32) -> Result<u32, ActsError> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let read = text.parse().ok().filter(|number| digits && (least..=most).contains(number));
        read.map_or_else(
            || self.refuse(column, ActsRefused::NotANumber { value: shown(text), least, most }),
            Ok,
        )
    }
}
