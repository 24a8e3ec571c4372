//! What may be published of a round, so that a withheld number cannot be worked out.
//!
//! Decides what a bulletin holds ([`Bulletin`]), whether its words give away what the agreement withholds ([`lint`]) and
//! whether its figures do, alone or with everything published before ([`guard`]). Refuses to know how it is worded in a
//! language, who releases it and whether the families have been told. Files: [`file`], `docs/formats/bulletin.md`.

use std::collections::BTreeMap;
use std::ops::Range;

use time::Date;

use crate::agreement::{CategoryId, Field, LabelId, Openness};
use crate::ids::{Party, RoundNo};
use crate::numerals::{self, Kind};
use crate::wording::Wording;

pub mod agreed;
pub mod file;
pub mod guard;

mod simplex;

/// A bulletin about one round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bulletin {
    /// The round.
    pub round: RoundNo,
    /// The day of its release.
    pub released_on: Date,
    /// Where the handover took place.
    pub crossing: LabelId,
    /// The categories that took part.
    pub categories: Vec<CategoryId>,
    /// The first and the last year in which those who came home were captured.
    pub capture_years: Option<(i32, i32)>,
    /// Classes of conditions, as the agreement's annex names them.
    pub conditions: Vec<LabelId>,
    /// Who is thanked.
    pub thanks: Vec<Party>,
    /// The figures it gives.
    pub totals: Vec<guard::Fact>,
    /// A statement in the writer's own words.
    pub statement: Option<Wording>,
}

/// A piece of a rendered bulletin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Segment {
    /// Text that was made from a typed value, not written by anyone.
    Typed(TypedField, String),
    /// Text that someone wrote, with the code of its language.
    Free(&'static str, String),
}

/// What a typed piece of a bulletin shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TypedField {
    /// The number of the round in the agreement.
    Round,
    /// The day of release.
    Date,
    /// The crossing.
    Crossing,
    /// A category.
    Category,
    /// The years of capture.
    CaptureYears,
    /// A class of conditions.
    Conditions,
    /// Who is thanked.
    Thanks,
    /// A total.
    Total,
    /// How many people the round had.
    RoundPersons,
}

impl TypedField {
    /// The field of the agreement's disclosure clause that rules on it; `None` when every bulletin shows it.
    pub fn ruled_by(self) -> Option<Field> {
        match self {
            Self::Round | Self::Date | Self::Crossing | Self::Thanks => None,
            Self::Category => Some(Field::Category),
            Self::CaptureYears => Some(Field::CapturePeriod),
            Self::Conditions => Some(Field::Conditions),
            Self::Total => Some(Field::Totals),
            Self::RoundPersons => Some(Field::RoundNumberOfPersons),
        }
    }
}

/// A piece of a bulletin that gives away what is withheld.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Index of the segment.
    pub segment: usize,
    /// Where in its text, in bytes.
    pub at: Range<usize>,
    /// Why it is refused.
    pub ground: Ground,
}

/// Why a piece of a bulletin is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ground {
    /// The agreement does not let this field be published.
    Withheld(Field),
    /// The writer's words state a number.
    Number {
        /// How it is written.
        kind: Kind,
        /// What stands there.
        word: String,
    },
}

impl Bulletin {
    /// The bulletin as pieces, typed values in their plain form: what [`lint`] reads before any rendering.
    pub fn segments(&self) -> Vec<Segment> {
        let typed = Segment::Typed;
        let mut segments = vec![
            typed(TypedField::Round, self.round.to_string()),
            typed(TypedField::Date, self.released_on.to_string()),
            typed(TypedField::Crossing, self.crossing.to_string()),
        ];
        segments.extend(self.categories.iter().map(|id| typed(TypedField::Category, id.to_string())));
        let years =
            self.capture_years.map(|(from, to)| typed(TypedField::CaptureYears, format!("{from}–{to}")));
        segments.extend(years);
        segments.extend(self.conditions.iter().map(|id| typed(TypedField::Conditions, id.to_string())));
        segments.extend(self.thanks.iter().map(|party| typed(TypedField::Thanks, party.to_string())));
        segments.extend(self.totals.iter().map(|fact| typed(TypedField::Total, fact.value.to_string())));
        if let Some(Wording { uk, ru, en }) = &self.statement {
            let written = [("uk", uk), ("ru", ru), ("en", en)];
            segments.extend(written.map(|(language, text)| Segment::Free(language, text.clone())));
        }
        segments
    }
}

/// Finds what a bulletin may not say under the disclosure clause of the agreement.
///
/// A typed piece is refused when its field is withheld (the number of people of a round unless it is `published`; a
/// field without a rule counts as withheld). In free text nobody can tell which number is meant, so every number is
/// refused as long as any field is withheld or the number of a round is not published.
pub fn lint(segments: &[Segment], disclosure: &BTreeMap<Field, Openness>) -> Vec<Finding> {
    let openness = |field: Field| disclosure.get(&field).copied().unwrap_or(Openness::Withheld);
    let may_show = |field: Field| match field {
        Field::RoundNumberOfPersons => openness(field) == Openness::Published,
        _ => openness(field) != Openness::Withheld,
    };
    let numbers_pass = Field::ALL.into_iter().all(may_show);
    let mut findings = Vec::new();
    for (segment, piece) in segments.iter().enumerate() {
        match piece {
            Segment::Typed(typed, text) => {
                let refused = typed.ruled_by().filter(|field| !may_show(*field));
                let at = 0..text.len();
                findings.extend(refused.map(|field| Finding {
                    segment,
                    at,
                    ground: Ground::Withheld(field),
                }));
            }
            Segment::Free(_, _) if numbers_pass => {}
            Segment::Free(_, text) => {
                findings.extend(numerals::find(text).into_iter().map(|hit| Finding {
                    segment,
                    at: hit.at,
                    ground: Ground::Number { kind: hit.kind, word: hit.word },
                }));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests;
