//! A person as a register knows one: identity with its provenance, custody, examinations, dated claims, kin.
//!
//! Decides how claims combine into what the desk shows ([`Standing`]); refuses to know where a person is stored or who
//! may look. No claim removes another: "dead" never hides anyone (a man buried on a laboratory match has come home).

use std::fmt;

use time::Date;

use crate::ids::{Party, PersonId};

/// One person of a register.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// Which list of this node the person is on.
    pub list: List,
    /// The person's identifier in this node.
    pub id: PersonId,
    /// The Power whose forces the person serves in.
    pub power: Party,
    /// Names as reported, the leading one first; never empty for an imported person.
    pub names: Vec<Name>,
    /// Sex, as far as known.
    pub sex: Option<Sex>,
    /// Date of birth, as precise as the source gives it.
    pub birth: Option<PartialDate>,
    /// Place of birth, free text.
    pub birth_place: Option<Text>,
    /// Rank as a code of the party's rank table (`OR-1` … `OF-10`), and as written.
    pub rank: Option<Rank>,
    /// Army, regimental, personal or serial number (GC III art. 17 and 122).
    pub service_number: Option<Text>,
    /// Unit, free text.
    pub unit: Option<Text>,
    /// The number the holding Power gave the prisoner.
    pub prisoner_number: Option<Text>,
    /// When and where captured.
    pub capture: Option<Capture>,
    /// Custody spells in order of their start where known.
    pub custody: Vec<Custody>,
    /// Medical examinations, in order of their date.
    pub examinations: Vec<Examination>,
    /// Dated claims about the person's state, in order of their date.
    pub claims: Vec<Claim>,
    /// Relatives to be told.
    pub kin: Vec<Kin>,
    /// Remarks of the source, free text.
    pub remarks: Option<Text>,
    /// Where the record came from.
    pub provenance: Provenance,
}

/// The two lists of a node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum List {
    /// In this node's custody.
    Held,
    /// Of this node's own Power: missing, or known to be held by another.
    Sought,
}

/// Text about a person. Its `Debug` shows no content.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(pub String);

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} characters)", self.0.chars().count())
    }
}

/// A name as one source wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// Surname.
    pub surname: Text,
    /// First names, or initials.
    pub given: Option<Text>,
    /// Patronymic (father's first name, GC III art. 122).
    pub patronymic: Option<Text>,
    /// How this name came in.
    pub kind: NameKind,
}

/// How a name came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameKind {
    /// The leading name of the source.
    Main,
    /// An alias, another spelling, a name before marriage.
    Alias,
}

/// Sex as recorded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
}

/// A date as precise as its source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartialDate {
    /// Year only.
    Year(i32),
    /// Year and month (1 to 12).
    Month(i32, u8),
    /// The full date.
    Day(Date),
}

impl PartialDate {
    /// The year.
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(date) => date.year(),
        }
    }

    /// The full date, if the source gave one.
    pub fn day(self) -> Option<Date> {
        if let Self::Day(date) = self { Some(date) } else { None }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Year(_) => "PartialDate(year)",
            Self::Month(..) => "PartialDate(month)",
            Self::Day(_) => "PartialDate(day)",
        })
    }
}

/// A rank: the code rules use and the words the source used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rank {
    /// Code of the rank table, if the words were recognised.
    pub code: Option<String>,
    /// As written.
    pub written: String,
}

/// Capture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Capture {
    /// When.
    pub date: Option<PartialDate>,
    /// Where.
    pub place: Option<Text>,
}

/// A spell of custody at one site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Custody {
    /// Code of the site in the holding party's own list.
    pub site: String,
    /// First day known.
    pub from: Option<PartialDate>,
    /// Last day known.
    pub to: Option<PartialDate>,
}

/// A medical examination. Its content is a doctor's; the engine only advises.
#[derive(Clone, PartialEq, Eq)]
pub struct Examination {
    /// When examined.
    pub date: Date,
    /// Code of the condition after GC III Annex I (`A1a` … `B7`), or `none`.
    pub condition: String,
    /// Onset or injury, from which Annex I counts the year.
    pub onset: Option<Date>,
    /// Who examined.
    pub by: Examiner,
}

impl fmt::Debug for Examination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Examination(by {:?})", self.by)
    }
}

/// Who examined (GC III art. 112 and 113).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Examiner {
    /// A doctor of the detaining Power.
    DetainingPower,
    /// A camp doctor of the prisoner's own nationality, or of an allied one.
    OwnNationality,
    /// A Mixed Medical Commission.
    MixedCommission,
}

/// A dated statement about a person's state, with who said it. A claim is never edited or deleted; a newer one stands beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// What is claimed.
    pub says: State,
    /// The day the claim speaks of.
    pub of: Date,
    /// Who says so.
    pub source: Source,
    /// How sure the source is.
    pub grade: Grade,
}

/// What a claim says of a person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// Not heard of.
    Missing,
    /// In the other side's hands.
    Held,
    /// Alive.
    Alive,
    /// Dead.
    Dead,
    /// Free: returned, exchanged, escaped.
    Freed,
}

/// Who makes a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Source {
    /// The person's unit.
    Unit,
    /// The family.
    Family,
    /// The Power that holds the person.
    HoldingPower,
    /// The Central Tracing Agency or another neutral.
    Neutral,
    /// A returned prisoner.
    Returnee,
    /// Media or open sources.
    Open,
    /// A receipt in the shared record.
    Receipt,
}

/// How sure a source is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Grade {
    /// Seen or documented.
    Confirmed,
    /// Told credibly.
    Likely,
    /// Rumour.
    Doubtful,
}

/// A relative.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kin {
    /// Relation as the family named it: `mother`, `wife` …
    pub relation: String,
    /// Name.
    pub name: Text,
    /// Telephone.
    pub phone: Option<Text>,
    /// Language to speak: `uk`, `ru`, `en`.
    pub language: Option<String>,
}

/// Where a record came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provenance {
    /// Name of the imported list, as the officer called it.
    pub list_name: String,
    /// Row in it, from 1.
    pub row: u32,
    /// The source's own key, if it has one.
    pub key: Option<String>,
    /// The map through which the list was read: keys are told apart within what one map reads. Nothing for whoever came
    /// from no list.
    pub map: Option<String>,
}

/// What the claims together support, with the claims on either side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The state of the latest claim of the best grade.
    pub state: State,
    /// The day it speaks of.
    pub of: Date,
    /// Whether a claim of death stands against one of life that is not older than it.
    pub contradicted: bool,
}

/// Reads the standing from a person's claims: the best grade first, then the latest day, then the later in the list.
///
/// Returns nothing when there is no claim. Where a death is claimed and life after it as well, `contradicted` says so:
/// software never settles which is true.
pub fn standing(claims: &[Claim]) -> Option<Standing> {
    let best = claims
        .iter()
        .enumerate()
        .max_by_key(|(at, claim)| (std::cmp::Reverse(claim.grade), claim.of, *at))?
        .1;
    let incompatible = |claim: &Claim| match best.says {
        State::Dead => claim.says != State::Dead && claim.of >= best.of,
        _ => claim.says == State::Dead,
    };
    Some(Standing { state: best.says, of: best.of, contradicted: claims.iter().any(incompatible) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn claim(says: State, of: Date, grade: Grade) -> Claim {
        Claim { says, of, source: Source::Returnee, grade }
    }

    #[test]
    fn a_death_claim_never_hides_a_later_sighting() {
        let buried = claim(State::Dead, date!(2023 - 05 - 01), Grade::Confirmed);
        let seen = claim(State::Alive, date!(2025 - 11 - 01), Grade::Confirmed);
        let shown = standing(&[buried.clone(), seen.clone()]).unwrap();
        assert_eq!((shown.state, shown.contradicted), (State::Alive, true));
        let rumour = claim(State::Dead, date!(2025 - 12 - 01), Grade::Doubtful);
        let shown = standing(&[seen, rumour]).unwrap();
        assert_eq!((shown.state, shown.contradicted), (State::Alive, true));
        assert_eq!(standing(&[]), None);
    }

    #[test]
    fn nothing_about_a_person_is_printed_by_accident() {
        let name = Name {
            surname: Text("Мігда".into()),
            given: Some(Text("Максим".into())),
            patronymic: None,
            kind: NameKind::Main,
        };
        let exam = Examination {
            date: date!(2025 - 06 - 01),
            condition: "A3g".into(),
            onset: None,
            by: Examiner::DetainingPower,
        };
        let birth = PartialDate::Day(date!(1987 - 03 - 04));
        let shown = format!("{name:?} {exam:?} {birth:?}");
        for secret in ["Мігда", "Максим", "A3g", "1987"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
