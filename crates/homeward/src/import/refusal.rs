//! Why an imported list, or a row of it, is refused, and what is worth telling the officer about a list that is not.
//!
//! Decides which reasons there are and what of a cell may be shown; refuses to know how a cell is read. A refusal says
//! file, row, column and reason. Of a name, a diagnosis or a remark it never shows a letter.

use std::collections::BTreeMap;
use std::fmt;

use crate::web::words::Value;
use crate::web::{Lang, Words};

/// How many refusals, and how many findings, are listed at most. A list with more is refused as a whole.
pub const LISTED_MAX: usize = 20_000;

/// Why something is refused. The order is the order of the table shown to the officer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// The file is larger than 64 MiB.
    FileTooLarge,
    /// The file has no row, or not even a header.
    Empty,
    /// The bytes are not in the encoding that the map declares.
    Encoding,
    /// The text is not in the format that the map declares.
    Syntax,
    /// More rows than 200,000.
    TooManyRows,
    /// More columns than 200.
    TooManyColumns,
    /// Nested deeper than 64 levels.
    TooDeep,
    /// A row has more or fewer cells than the header.
    RaggedRow,
    /// Two columns of one name.
    DuplicateColumn,
    /// A column that the map names is not in the file.
    MissingColumn,
    /// A file that the map names was not given.
    MissingLookup,
    /// Two rows of a lookup file have one key.
    DuplicateLookupKey,
    /// More refusals than can be listed; most likely the wrong map.
    TooManyRefusals,
    /// The map reads the other list of the node: people held for people sought, or the reverse.
    OtherList,
    /// The list names no Power and the officer gave none.
    MissingPower,
    /// A cell is longer than its field may be.
    CellTooLong,
    /// A control or invisible character.
    ControlCharacter,
    /// A character that reorders what is displayed.
    BidiCharacter,
    /// A list or an object where the map expects a text.
    NotText,
    /// A key that the lookup file does not have.
    OrphanKey,
    /// A row without the key that the map requires.
    MissingKey,
    /// The register has somebody under this key already, from the source that the map reads.
    KnownKey,
    /// No surname.
    MissingSurname,
    /// A name not in the form that the map declares.
    UnreadableName,
    /// A date in none of the declared forms, or a day that does not exist.
    UnreadableDate,
    /// A date outside the plausible range of its field.
    DateOutOfRange,
    /// The end of a custody spell lies before its start.
    EndBeforeStart,
    /// Captured before birth.
    CapturedBeforeBirth,
    /// The same custody spell twice for one person.
    DuplicateSpell,
    /// A word that is not among those the field knows.
    UnknownWord,
    /// One half of a statement without the other: a date of custody without a site, a claim without its day.
    Incomplete,
    /// Another row of the same person is refused; a person is imported whole or not at all.
    PersonRefused,
}

impl Reason {
    /// Every reason, in the order of the table.
    pub const ALL: [Self; 32] = [
        Self::FileTooLarge,
        Self::Empty,
        Self::Encoding,
        Self::Syntax,
        Self::TooManyRows,
        Self::TooManyColumns,
        Self::TooDeep,
        Self::RaggedRow,
        Self::DuplicateColumn,
        Self::MissingColumn,
        Self::MissingLookup,
        Self::DuplicateLookupKey,
        Self::TooManyRefusals,
        Self::OtherList,
        Self::MissingPower,
        Self::CellTooLong,
        Self::ControlCharacter,
        Self::BidiCharacter,
        Self::NotText,
        Self::OrphanKey,
        Self::MissingKey,
        Self::KnownKey,
        Self::MissingSurname,
        Self::UnreadableName,
        Self::UnreadableDate,
        Self::DateOutOfRange,
        Self::EndBeforeStart,
        Self::CapturedBeforeBirth,
        Self::DuplicateSpell,
        Self::UnknownWord,
        Self::Incomplete,
        Self::PersonRefused,
    ];

    /// The code of the reason in a machine's answer and in the file of rows set aside.
    pub fn code(self) -> &'static str {
        match self {
            Self::FileTooLarge => "file-too-large",
            Self::Empty => "empty",
            Self::Encoding => "encoding",
            Self::Syntax => "syntax",
            Self::TooManyRows => "too-many-rows",
            Self::TooManyColumns => "too-many-columns",
            Self::TooDeep => "too-deep",
            Self::RaggedRow => "ragged-row",
            Self::DuplicateColumn => "duplicate-column",
            Self::MissingColumn => "missing-column",
            Self::MissingLookup => "missing-lookup",
            Self::DuplicateLookupKey => "duplicate-lookup-key",
            Self::TooManyRefusals => "too-many-refusals",
            Self::OtherList => "other-list",
            Self::MissingPower => "missing-power",
            Self::CellTooLong => "cell-too-long",
            Self::ControlCharacter => "control-character",
            Self::BidiCharacter => "bidi-character",
            Self::NotText => "not-text",
            Self::OrphanKey => "orphan-key",
            Self::MissingKey => "missing-key",
            Self::KnownKey => "known-key",
            Self::MissingSurname => "missing-surname",
            Self::UnreadableName => "unreadable-name",
            Self::UnreadableDate => "unreadable-date",
            Self::DateOutOfRange => "date-out-of-range",
            Self::EndBeforeStart => "end-before-start",
            Self::CapturedBeforeBirth => "captured-before-birth",
            Self::DuplicateSpell => "duplicate-spell",
            Self::UnknownWord => "unknown-word",
            Self::Incomplete => "incomplete",
            Self::PersonRefused => "person-refused",
        }
    }
}

/// Sentences about what was found: the words are `import-found-<code>`.
macro_rules! sayings {
    ($($name:ident = $code:literal,)+) => {
        /// What is said of what was found. Each has its sentence in every language of the desk.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[expect(missing_docs, reason = "the English sentence stands in locales/en/imports.ftl under the code")]
        pub enum Saying { $($name),+ }

        impl Saying {
            /// Every sentence.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

sayings! {
    Bytes = "bytes",
    NoContent = "no-content",
    NoHeader = "no-header",
    NoRow = "no-row",
    Utf16Le = "utf-16-le",
    Utf16Be = "utf-16-be",
    NotUtf8 = "not-utf-8",
    OddBytes = "odd-bytes",
    HalfPair = "half-pair",
    RowsLimit = "rows-limit",
    ColumnsLimit = "columns-limit",
    Cells = "cells",
    NamelessColumn = "nameless-column",
    SameName = "same-name",
    QuoteInside = "quote-inside",
    QuoteOpen = "quote-open",
    LoneReturn = "lone-return",
    AfterQuote = "after-quote",
    CellBytes = "cell-bytes",
    PathBytes = "path-bytes",
    Depth = "depth",
    Place = "place",
    NotObjects = "not-objects",
    NotJson = "not-json",
    OddName = "odd-name",
    Characters = "characters",
    CharactersLimit = "characters-limit",
    Born = "born",
    Started = "started",
    Plausible = "plausible",
    FullDay = "full-day",
    KnownWords = "known-words",
    RankCodes = "rank-codes",
    ConditionCode = "condition-code",
    LanguageCode = "language-code",
    DateWithoutSite = "date-without-site",
    SpellForm = "spell-form",
    SpellsLimit = "spells-limit",
    ExaminationNeeds = "examination-needs",
    ClaimNeeds = "claim-needs",
    KinNeeds = "kin-needs",
    BracketsWithoutAka = "brackets-without-aka",
    BracketOpen = "bracket-open",
    BracketInside = "bracket-inside",
    Commas = "commas",
    BeforeTheComma = "before-the-comma",
    NotInTheFile = "not-in-the-file",
    JoinedTo = "joined-to",
    NoPower = "no-power",
    MapOfHeld = "map-of-held",
    MapOfSought = "map-of-sought",
    RefusalsLimit = "refusals-limit",
    EarlierRow = "earlier-row",
    SamePerson = "same-person",
    FromRow = "from-row",
    Orphan = "orphan",
}

/// What was found, in words that name nobody: an offending date or key, a count, a code point, a sentence.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found(Vec<Part>);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Part {
    Shown(String),
    Said(Saying, Vec<(&'static str, String)>),
}

impl Found {
    /// A date, key or code point as it may be shown.
    pub fn shown(text: impl Into<String>) -> Self {
        Self(vec![Part::Shown(text.into())])
    }

    /// A sentence with its values.
    pub fn said(saying: Saying, values: &[(&'static str, &dyn fmt::Display)]) -> Self {
        let values = values.iter().map(|(name, value)| (*name, value.to_string()));
        Self(vec![Part::Said(saying, values.collect())])
    }

    /// This, then something more.
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// The words of one language for it.
    pub fn in_words(&self, words: Words) -> String {
        let part = |part: &Part| match part {
            Part::Shown(text) => text.clone(),
            Part::Said(saying, values) => {
                let values: Vec<(&str, &dyn Value)> =
                    values.iter().map(|(name, value)| (*name, value as &dyn Value)).collect();
                words.with(&format!("import-found-{}", saying.code()), &values)
            }
        };
        self.0.iter().map(part).collect::<Vec<_>>().join("; ")
    }
}

impl From<Saying> for Found {
    fn from(saying: Saying) -> Self {
        Self::said(saying, &[])
    }
}

/// In English, for a terminal.
impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(Words::of(Lang::En)))
    }
}

/// One refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// Name of the file.
    pub file: String,
    /// Row as a spreadsheet counts (the header of a CSV file is row 1; the first object of a JSON list is row 1).
    /// Nothing when the file as a whole is refused.
    pub row: Option<u32>,
    /// Column, by the name the file gives it.
    pub column: Option<String>,
    /// Why.
    pub reason: Reason,
    /// What was found.
    pub found: Found,
}

impl Refusal {
    /// A refusal of a whole file.
    pub fn of_file(file: &str, reason: Reason, found: impl Into<Found>) -> Self {
        Self { file: file.to_owned(), row: None, column: None, reason, found: found.into() }
    }

    /// A refusal of one row.
    pub fn of_row(file: &str, row: u32, reason: Reason, found: impl Into<Found>) -> Self {
        Self { row: Some(row), ..Self::of_file(file, reason, found) }
    }

    /// A refusal of one cell.
    pub fn of_cell(file: &str, row: u32, column: &str, reason: Reason, found: impl Into<Found>) -> Self {
        Self { column: Some(shown(column)), ..Self::of_row(file, row, reason, found) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.reason.code())?;
        if self.found == Found::default() { Ok(()) } else { write!(f, " ({})", self.found) }
    }
}

/// Something the officer should see in a list that is not refused for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// The rows it concerns, in order.
    pub rows: Vec<u32>,
    /// The column it concerns, by the name the file gives it.
    pub column: Option<String>,
}

/// Kinds of findings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FindingKind {
    /// Persons with different keys have one service number.
    SharedServiceNumber,
    /// Rows of one person differ in a field that holds one value; the first row's value was kept.
    DiffersWithinPerson,
    /// A row adds nothing to what earlier rows of the person say.
    RepeatedRow,
    /// The words of a rank are not in the map's rank table; they are kept as written.
    RankNotInTable,
}

impl FindingKind {
    /// The code of the kind in a machine's answer.
    pub fn code(self) -> &'static str {
        match self {
            Self::SharedServiceNumber => "shared-service-number",
            Self::DiffersWithinPerson => "differs-within-person",
            Self::RepeatedRow => "repeated-row",
            Self::RankNotInTable => "rank-not-in-table",
        }
    }
}

/// How many refusals there are of each reason.
pub fn by_reason(refusals: &[Refusal]) -> BTreeMap<Reason, u32> {
    let mut counts = BTreeMap::new();
    for refusal in refusals {
        *counts.entry(refusal.reason).or_insert(0) += 1;
    }
    counts
}

/// A short form of foreign text that may be shown: at most 40 characters, everything unprintable as its code point.
pub fn shown(text: &str) -> String {
    let mut short = String::new();
    for (at, letter) in text.chars().enumerate() {
        if at == 40 {
            short.push('…');
            break;
        }
        if letter.is_control() || super::cell::hides(letter) {
            short.push_str(&format!("<U+{:04X}>", u32::from(letter)));
        } else {
            short.push(letter);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_has_its_words_in_every_language_and_only_english_is_english() {
        for saying in Saying::ALL {
            let said = Lang::ALL.map(|lang| Found::from(*saying).in_words(Words::of(lang)));
            let key = format!("import-found-{}", saying.code());
            assert!(said.iter().all(|words| *words != key), "{key}");
            let cyrillic = |words: &String| words.chars().any(|letter| ('а'..='я').contains(&letter));
            assert!(!cyrillic(&said[2]) && cyrillic(&said[0]) && cyrillic(&said[1]), "{said:?}");
        }
        let found = Found::shown("B-17").and(Found::said(Saying::FromRow, &[("row", &3), ("list", &"June")]));
        assert_eq!(found.to_string(), "B-17; from row 3 of June");
        assert_eq!(found.in_words(Words::of(Lang::Uk)), "B-17; з рядка 3 списку «June»");
    }
}
