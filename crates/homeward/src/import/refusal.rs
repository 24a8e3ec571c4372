//! Why an imported list, or a row of it, is refused, and what is worth telling the officer about a list that is not.
//!
//! Decides which reasons there are and what of a cell may be shown; refuses to know how a cell is read. A refusal says
//! file, row, column and reason. Of a name, a diagnosis or a remark it never shows a letter.

use std::collections::BTreeMap;
use std::fmt;

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
    /// What was found, in words that name nobody: an offending date or key, a count, a code point.
    pub found: String,
}

impl Refusal {
    /// A refusal of a whole file.
    pub fn of_file(file: &str, reason: Reason, found: impl Into<String>) -> Self {
        Self { file: file.to_owned(), row: None, column: None, reason, found: found.into() }
    }

    /// A refusal of one row.
    pub fn of_row(file: &str, row: u32, reason: Reason, found: impl Into<String>) -> Self {
        Self { row: Some(row), ..Self::of_file(file, reason, found) }
    }

    /// A refusal of one cell.
    pub fn of_cell(file: &str, row: u32, column: &str, reason: Reason, found: impl Into<String>) -> Self {
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
        if self.found.is_empty() { Ok(()) } else { write!(f, " ({})", self.found) }
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
