//! The conditions of GC III Annex I as data, and what a person's examinations say about a ground for repatriation.
//!
//! Decides which group the recorded findings indicate. Refuses to decide that anyone has no claim: the engine advises,
//! doctors decide, and what nobody has examined is "no ground recorded", never a refusal.
//!
//! # Law
//! GC III art. 110 and Annex I, part I. Entries whose `verified` is empty were not read against the text.

use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;
use time::Date;

use crate::person::Examination;
use crate::wording::{WireWording, Wording};

/// What the examinations indicate, the most pressing first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// Annex I, I.A: direct repatriation.
    DirectRepatriation,
    /// Annex I, I.B: accommodation in a neutral country.
    NeutralCountry,
    /// A condition beyond the list: judged by doctors in the spirit of art. 110 (Annex I, II.5, unverified).
    ForCommission,
    /// No ground is recorded. It says nothing about the person's health.
    NoGround,
}

impl Group {
    /// Place in the published order, 1 = first.
    pub fn rank(self) -> u8 {
        match self {
            Self::DirectRepatriation => 1,
            Self::NeutralCountry => 2,
            Self::ForCommission => 3,
            Self::NoGround => 4,
        }
    }

    /// The word used in files: `direct`, `neutral`, `for-commission`, `no-ground`.
    pub fn code(self) -> &'static str {
        match self {
            Self::DirectRepatriation => "direct",
            Self::NeutralCountry => "neutral",
            Self::ForCommission => "for-commission",
            Self::NoGround => "no-ground",
        }
    }

    /// Reads the word used in files.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::DirectRepatriation, Self::NeutralCountry, Self::ForCommission, Self::NoGround]
            .into_iter()
            .find(|group| group.code() == code)
    }
}

/// A condition of Annex I.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// Stable code: `A1a` to `A3t` and `B1` to `B7`.
    pub code: String,
    /// Direct repatriation or neutral country.
    pub group: Group,
    /// Short label for the desk.
    pub label: Wording,
    /// Where the Convention says it.
    pub source: String,
    /// When and against what the entry was read; empty = unverified.
    pub verified: String,
}

impl Condition {
    /// Whether the entry was read against the text of the Convention.
    pub fn is_verified(&self) -> bool {
        !self.verified.is_empty()
    }
}

/// What the recorded examinations indicate. Advice: a doctor decides.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    /// The group the deciding examination indicates.
    pub group: Group,
    /// Code and date of the deciding examination; `none` when it found no condition.
    pub evidence: Option<(String, Date)>,
    /// What the group follows from.
    pub basis: Basis,
    /// The source of the rule applied.
    pub cites: &'static str,
    /// Whether that rule was read against the text.
    pub verified: bool,
    /// An earlier examination with a more pressing group, kept in sight: a person may have recovered since listing, or
    /// the later examination may be the wrong one.
    pub earlier: Option<Earlier>,
}

/// What a finding follows from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// Nobody examined the person, as far as is recorded.
    NoExamination,
    /// The examination names no condition.
    NoCondition,
    /// The condition is in the list of the Annex.
    Listed,
    /// The condition is beyond the list, which is judged in the spirit of the article.
    BeyondTheList,
}

impl Basis {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoExamination => "no-examination",
            Self::NoCondition => "no-condition",
            Self::Listed => "listed",
            Self::BeyondTheList => "beyond-the-list",
        }
    }
}

/// An earlier, more pressing examination.
#[derive(Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The group it indicated.
    pub group: Group,
    /// Its code.
    pub code: String,
    /// Its day.
    pub date: Date,
}

impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let earlier = if self.earlier.is_some() { ", earlier kept" } else { "" };
        write!(f, "Finding(verified: {}{earlier})", self.verified)
    }
}

impl fmt::Debug for Earlier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Earlier(..)")
    }
}

/// The condition with this code.
pub fn condition(code: &str) -> Option<&'static Condition> {
    ANNEX.iter().find(|condition| condition.code == code)
}

/// All conditions in the order of the Annex.
pub fn conditions() -> &'static [Condition] {
    &ANNEX
}

/// Reads what the examinations up to and including `on` indicate.
///
/// The latest decides; of two on one day, the more pressing one. An examination after `on` is not looked at. An unknown
/// code goes to the commission, the code `none` records that nothing was found.
///
/// # Law
/// GC III art. 110 and Annex I.
pub fn finding(examinations: &[Examination], on: Date) -> Finding {
    let known = || examinations.iter().filter(|exam| exam.date <= on);
    let Some(latest) = known().max_by_key(|exam| (exam.date, std::cmp::Reverse(indicated(exam)))) else {
        let (basis, cites) = (Basis::NoExamination, "GC III art. 110");
        return Finding {
            group: Group::NoGround,
            evidence: None,
            basis,
            cites,
            verified: true,
            earlier: None,
        };
    };
    let group = indicated(latest);
    let earlier = known()
        .filter(|exam| indicated(exam) < group)
        .max_by_key(|exam| (std::cmp::Reverse(indicated(exam)), exam.date))
        .map(|exam| Earlier { group: indicated(exam), code: exam.condition.clone(), date: exam.date });
    let (basis, cites, verified) = match (condition(&latest.condition), group) {
        (Some(condition), _) => (Basis::Listed, condition.source.as_str(), condition.is_verified()),
        (None, Group::NoGround) => (Basis::NoCondition, "GC III art. 110", true),
        (None, _) => (Basis::BeyondTheList, "GC III Annex I, II.5; art. 110", false),
    };
    let evidence = Some((latest.condition.clone(), latest.date));
    Finding { group, evidence, basis, cites, verified, earlier }
}

fn indicated(exam: &Examination) -> Group {
    match condition(&exam.condition) {
        Some(condition) => condition.group,
        None if exam.condition == "none" => Group::NoGround,
        None => Group::ForCommission,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireAnnex {
    condition: Vec<WireCondition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireCondition {
    code: String,
    group: String,
    source: String,
    verified: String,
    label: WireWording,
}

// The file is part of the program and a test reads it: a build whose annex does not read is broken.
static ANNEX: LazyLock<Vec<Condition>> = LazyLock::new(|| {
    let wire: WireAnnex = toml::from_str(include_str!("../data/annex1.toml")).expect("annex1.toml is TOML");
    let read = |row: WireCondition| Condition {
        group: Group::from_code(&row.group).expect("annex1.toml names known groups"),
        label: row.label.read(200).expect("annex1.toml has labels in three languages"),
        code: row.code,
        source: row.source,
        verified: row.verified,
    };
    wire.condition.into_iter().map(read).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::Examiner;
    use time::macros::date;

    fn exam(date: Date, code: &str) -> Examination {
        Examination { date, condition: code.into(), onset: None, by: Examiner::DetainingPower }
    }

    #[test]
    fn the_annex_is_complete_and_says_what_is_unverified() {
        let mut expected: Vec<String> = "abcd".chars().map(|c| format!("A1{c}")).collect();
        expected.extend("abcdefghi".chars().map(|c| format!("A2{c}")));
        expected.extend("abcdefghiklmnopqrst".chars().map(|c| format!("A3{c}")));
        expected.extend((1..=7).map(|n| format!("B{n}")));
        let codes: Vec<&str> = conditions().iter().map(|c| c.code.as_str()).collect();
        assert_eq!(codes, expected);
        for condition in conditions() {
            let read = condition.code.as_str() < "A3g";
            assert_eq!(condition.is_verified(), read, "{}", condition.code);
            let direct = condition.code.starts_with('A');
            assert_eq!(condition.group == Group::DirectRepatriation, direct, "{}", condition.code);
        }
        assert_eq!(condition("A3i").unwrap().source, "GC III Annex I, I.A(3)(i)");
        assert_eq!(condition("A3j"), None);
    }

    #[test]
    fn examinations_indicate_a_group_and_never_a_refusal() {
        use Group::{DirectRepatriation as D, ForCommission as F, NeutralCountry as N, NoGround as O};
        let (early, late, after) = (date!(2025 - 01 - 01), date!(2025 - 05 - 01), date!(2025 - 07 - 01));
        // name of the case; examinations; group; verified; group of the earlier one kept
        type Case<'a> = (&'a str, &'a [(Date, &'a str)], Group, bool, Option<Group>);
        let cases: &[Case] = &[
            ("nobody examined", &[], O, true, None),
            ("a hand lost", &[(early, "A1a")], D, true, None),
            ("inanition, a rule not yet verified", &[(early, "A3t")], D, false, None),
            ("a neurosis", &[(early, "B5")], N, false, None),
            ("beyond the list", &[(early, "Z9")], F, false, None),
            ("examined, nothing found", &[(early, "none")], O, true, None),
            ("recovered since listing", &[(early, "A3a"), (late, "none")], O, true, Some(D)),
            ("better, not well", &[(early, "A3a"), (late, "B2")], N, false, Some(D)),
            ("worse", &[(early, "B2"), (late, "A3a")], D, true, None),
            ("order of the list does not matter", &[(late, "none"), (early, "A3a")], O, true, Some(D)),
            ("two on one day, the more pressing decides", &[(late, "none"), (late, "A1a")], D, true, None),
            ("an examination of the future is not seen", &[(early, "none"), (after, "A1a")], O, true, None),
        ];
        for (name, exams, group, verified, earlier) in cases {
            let exams: Vec<Examination> = exams.iter().map(|(date, code)| exam(*date, code)).collect();
            let found = finding(&exams, date!(2025 - 06 - 02));
            assert_eq!((found.group, found.verified), (*group, *verified), "{name}");
            assert_eq!(found.earlier.as_ref().map(|e| e.group), *earlier, "{name}");
            assert_eq!(found.evidence.is_none(), exams.is_empty(), "{name}");
            let basis = match found.evidence.as_ref().map(|(code, _)| code.as_str()) {
                None => Basis::NoExamination,
                Some("none") => Basis::NoCondition,
                Some("Z9") => Basis::BeyondTheList,
                Some(_) => Basis::Listed,
            };
            assert_eq!(found.basis, basis, "{name}");
            assert!(!format!("{found:?}").contains("A3a"), "{name}");
        }
    }
}
