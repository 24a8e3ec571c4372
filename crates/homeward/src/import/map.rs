//! The map of a list: which column is which field of a person, how dates and names are written, what is plausible.
//!
//! Decides what a map may say (the format is described in the book, `formats/map.md`); refuses to know any row.

use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::Party;
use exchange::person::List;
use serde::Deserialize;
use time::Date;
use time::macros::format_description;

use super::cell::{DateForm, NameForm};
use super::table::{Encoding, Format};

/// The fields of a person that a column can fill.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The source's own key of the person; rows of one key are one person.
    Key,
    /// Surname.
    Surname,
    /// First names or initials.
    Given,
    /// Patronymic.
    Patronymic,
    /// The whole name in the form of `names`.
    FullName,
    /// Other names, `SURNAME, GIVEN; SURNAME, GIVEN`.
    Aliases,
    /// Sex: `male` or `female`.
    Sex,
    /// Date of birth.
    Birth,
    /// Place of birth.
    BirthPlace,
    /// Rank as written.
    Rank,
    /// Rank as a code, `OR-1` to `OF-10`.
    RankCode,
    /// Service number.
    ServiceNumber,
    /// Unit.
    Unit,
    /// Number given by the holding Power.
    PrisonerNumber,
    /// Date of capture.
    CaptureDate,
    /// Place of capture.
    CapturePlace,
    /// Site of a custody spell.
    Site,
    /// First day of the spell.
    CustodyFrom,
    /// Last day of the spell.
    CustodyTo,
    /// Earlier spells, `SITE FROM TO; SITE FROM TO`.
    EarlierSpells,
    /// Code of the condition after Annex I, or `none`.
    Condition,
    /// Day of the examination.
    ExaminedOn,
    /// Onset of the condition, or day of the injury.
    ConditionSince,
    /// Who examined: `detaining-power`, `own-nationality`, `mixed-commission`.
    ExaminedBy,
    /// What is claimed: `missing`, `held`, `alive`, `dead`, `freed`.
    Claim,
    /// The day the claim speaks of.
    ClaimOf,
    /// Who claims: `unit`, `family`, `holding-power`, `neutral`, `returnee`, `open`.
    ClaimSource,
    /// How sure: `confirmed`, `likely`, `doubtful`.
    ClaimGrade,
    /// Relation of a relative.
    KinRelation,
    /// Name of the relative.
    KinName,
    /// Telephone of the relative.
    KinPhone,
    /// Language to speak to the relative.
    KinLanguage,
    /// Remarks.
    Remarks,
}

/// The groups of dates that have a plausible range.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeOf {
    /// Dates of birth.
    Birth,
    /// Dates of capture.
    Capture,
    /// First and last days of custody.
    Custody,
    /// Examinations and onsets.
    Examination,
    /// Days that claims speak of.
    Claim,
}

impl Field {
    /// The range that dates of this field must lie in; nothing for a field that is no date.
    pub fn range(self) -> Option<RangeOf> {
        Some(match self {
            Self::Birth => RangeOf::Birth,
            Self::CaptureDate => RangeOf::Capture,
            Self::CustodyFrom | Self::CustodyTo | Self::EarlierSpells => RangeOf::Custody,
            Self::ExaminedOn | Self::ConditionSince => RangeOf::Examination,
            Self::ClaimOf => RangeOf::Claim,
            _ => return None,
        })
    }
}

/// A plausible range of dates, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// First plausible day.
    pub earliest: Date,
    /// Last plausible day.
    pub latest: Date,
}

/// A file whose columns are brought to the rows of the list.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// Short name; its columns are addressed as `name.column`.
    pub name: String,
    /// Name of the file, looked for beside the list.
    pub file: String,
    /// Its key column.
    pub key: String,
    /// The column of the list, or of an earlier lookup, that holds the key.
    pub from: String,
    /// The columns to bring.
    pub bring: Vec<String>,
}

/// A map.
#[derive(Clone, PartialEq, Debug)]
pub struct Map {
    /// Short name.
    pub name: String,
    /// What list this is a map of, for the officer.
    pub title: String,
    /// The one list of the node that it reads, if it is not for both.
    pub list: Option<List>,
    /// Format of the list and of its lookup files.
    pub format: Format,
    /// How characters are stored.
    pub encoding: Encoding,
    /// What stands between the cells of a CSV file.
    pub delimiter: char,
    /// The Power the persons serve, if it is the same for all.
    pub power: Option<Party>,
    /// How names are written.
    pub names: NameForm,
    /// Words that mean "not known", compared without regard to case.
    pub unknown: BTreeSet<String>,
    /// How dates are written, in the order in which they are tried.
    pub dates: Vec<DateForm>,
    /// The column of each field.
    pub fields: BTreeMap<Field, String>,
    /// The plausible range of each kind of date.
    pub ranges: BTreeMap<RangeOf, Range>,
    /// Rank as written to rank code.
    pub ranks: BTreeMap<String, String>,
    /// For each field with fixed words, the list's word to ours.
    pub words: BTreeMap<Field, BTreeMap<String, String>>,
    /// Files to join.
    pub lookups: Vec<Lookup>,
}

/// Why a map is refused.
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// It is not TOML, or not of the shape of a map.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// It says something that cannot be done.
    #[error("{0}")]
    Meaning(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    name: String,
    title: String,
    list: Option<ListWord>,
    format: Format,
    #[serde(default)]
    encoding: Encoding,
    #[serde(default = "comma")]
    delimiter: char,
    power: Option<String>,
    #[serde(default)]
    names: NameForm,
    #[serde(default)]
    unknown: Vec<String>,
    #[serde(default)]
    dates: Vec<DateForm>,
    fields: BTreeMap<Field, String>,
    #[serde(default)]
    ranges: BTreeMap<RangeOf, WireRange>,
    #[serde(default)]
    ranks: BTreeMap<String, String>,
    #[serde(default)]
    words: BTreeMap<Field, BTreeMap<String, String>>,
    #[serde(default)]
    lookup: Vec<Lookup>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ListWord {
    Held,
    Sought,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireRange {
    earliest: String,
    latest: String,
}

fn comma() -> char {
    ','
}

impl Map {
    /// Reads a map from its TOML text.
    ///
    /// # Errors
    /// Names the line of what is not of the shape of a map, or the key whose meaning cannot be kept.
    pub fn parse(text: &str) -> Result<Self, MapError> {
        let wire: Wire = toml::from_str(text)?;
        let meaning = |what: String| MapError::Meaning(what);
        if !wire.delimiter.is_ascii() || matches!(wire.delimiter, '"' | '\n' | '\r' | '\0') {
            return Err(meaning("`delimiter` must be one ASCII character, not a quote or a line end".into()));
        }
        let power = wire.power.map(|label| Party::new(&label)).transpose();
        let mut ranges = BTreeMap::new();
        for (of, range) in wire.ranges {
            ranges.insert(of, range.typed(of)?);
        }
        let map = Self {
            name: wire.name,
            title: wire.title,
            list: wire.list.map(|word| match word {
                ListWord::Held => List::Held,
                ListWord::Sought => List::Sought,
            }),
            format: wire.format,
            encoding: wire.encoding,
            delimiter: wire.delimiter,
            power: power.map_err(|error| meaning(format!("`power`: {error}")))?,
            names: wire.names,
            unknown: wire.unknown.iter().map(|word| word.trim().to_lowercase()).collect(),
            dates: wire.dates,
            fields: wire.fields,
            ranges,
            ranks: wire.ranks,
            words: wire.words,
            lookups: wire.lookup,
        };
        map.check().map_err(meaning)?;
        Ok(map)
    }

    fn check(&self) -> Result<(), String> {
        let has = |field| self.fields.contains_key(&field);
        let needed = if self.names == NameForm::Parts { Field::Surname } else { Field::FullName };
        if !has(needed) {
            return Err(format!("`fields` must give the column of {needed:?} for this form of `names`"));
        }
        for (given, needs) in [
            (Field::CustodyFrom, Field::Site),
            (Field::CustodyTo, Field::Site),
            (Field::Condition, Field::ExaminedOn),
            (Field::Condition, Field::ExaminedBy),
            (Field::ExaminedOn, Field::Condition),
            (Field::ConditionSince, Field::Condition),
            (Field::ExaminedBy, Field::Condition),
            (Field::Claim, Field::ClaimOf),
            (Field::Claim, Field::ClaimSource),
            (Field::Claim, Field::ClaimGrade),
            (Field::ClaimOf, Field::Claim),
            (Field::KinPhone, Field::KinName),
            (Field::KinName, Field::KinRelation),
        ] {
            if has(given) && !has(needs) {
                return Err(format!(
                    "`fields` gives {given:?} and not {needs:?}, without which it means nothing"
                ));
            }
        }
        for field in self.fields.keys() {
            if let Some(of) = field.range()
                && (!self.ranges.contains_key(&of) || self.dates.is_empty())
            {
                return Err(format!(
                    "{field:?} is a date: `dates` and `ranges` ({of:?}) must say what is readable"
                ));
            }
        }
        let mut names = BTreeSet::new();
        for lookup in &self.lookups {
            if lookup.name.is_empty() || lookup.name.contains('.') || !names.insert(&lookup.name) {
                return Err(format!("lookup `{}`: a name of its own, without full stop", lookup.name));
            }
        }
        Ok(())
    }
}

impl WireRange {
    fn typed(&self, of: RangeOf) -> Result<Range, MapError> {
        let form = format_description!("[year]-[month]-[day]");
        let day = |text: &str| {
            Date::parse(text, form).map_err(|_| {
                MapError::Meaning(format!("range of {of:?}: `{text}` is not a day, as in 1942-02-15"))
            })
        };
        let range = Range { earliest: day(&self.earliest)?, latest: day(&self.latest)? };
        if range.earliest > range.latest {
            return Err(MapError::Meaning(format!("range of {of:?}: the earliest day is after the latest")));
        }
        Ok(range)
    }
}
