//! One cell: which characters it may hold, and how a date or a name is read from it.
//!
//! Decides nothing about a person; a cell that cannot be read is refused, never guessed.

use exchange::person::{Name, NameKind, PartialDate, Text};
use serde::Deserialize;
use time::{Date, Month};

use super::join::number_shown;
use super::refusal::{Found, Reason, Saying};

/// Why a cell is refused, and what may be shown of it.
pub type Refused = (Reason, Found);

/// The forms in which dates are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub enum DateForm {
    /// `1942-02-15`
    #[serde(rename = "YYYY-MM-DD")]
    YearMonthDay,
    /// `1942-02`
    #[serde(rename = "YYYY-MM")]
    YearMonth,
    /// `15 Feb 1942`, English month names shortened to three letters.
    #[serde(rename = "DD Mon YYYY")]
    DayName,
    /// `Feb 1942`
    #[serde(rename = "Mon YYYY")]
    Name,
    /// `15.02.1942`
    #[serde(rename = "DD.MM.YYYY")]
    DayMonthDots,
    /// `15/02/1942`, day first.
    #[serde(rename = "DD/MM/YYYY")]
    DayMonthSlashes,
    /// `1942`
    #[serde(rename = "YYYY")]
    Year,
}

/// How a name is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
pub enum NameForm {
    /// Surname, first names and patronymic in columns of their own.
    #[default]
    #[serde(rename = "parts")]
    Parts,
    /// `SURNAME, GIVEN (AKA: OTHER, NAME)` in one column.
    #[serde(rename = "SURNAME, GIVEN (AKA: OTHER, NAME)")]
    SurnameGivenAka,
}

/// Whether a character is invisible or reorders what is displayed, so that an officer reads something else than is stored.
/// The joiners U+200C and U+200D are letters' business in several scripts and pass.
pub fn hides(letter: char) -> bool {
    let invisible = matches!(
        letter,
        '\u{ad}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{2060}'..='\u{2064}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    );
    invisible || reorders(letter)
}

fn reorders(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Checks the characters and the length of a cell and trims it. Line feeds and tabs pass where `lines` is allowed.
pub fn text(raw: &str, letters_max: usize, lines: Lines) -> Result<&str, Refused> {
    let raw = marked_text(raw).trim();
    for letter in raw.chars() {
        let allowed = lines == Lines::Many && matches!(letter, '\n' | '\r' | '\t');
        let code = || Found::shown(format!("U+{:04X}", u32::from(letter)));
        if reorders(letter) {
            return Err((Reason::BidiCharacter, code()));
        }
        if (letter.is_control() && !allowed) || hides(letter) {
            return Err((Reason::ControlCharacter, code()));
        }
    }
    let letters = raw.chars().count();
    if letters > letters_max {
        let found = Found::said(Saying::CharactersLimit, &[("given", &letters), ("limit", &letters_max)]);
        return Err((Reason::CellTooLong, found));
    }
    Ok(raw)
}

/// Whether a cell may have several lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lines {
    /// One line.
    One,
    /// Several.
    Many,
}

/// Drops the apostrophe by which a spreadsheet marks as text what would otherwise be a formula: `'+000 12` is `+000 12`.
fn marked_text(raw: &str) -> &str {
    match raw.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => raw,
    }
}

/// Whether a spreadsheet would calculate this cell instead of showing it.
pub fn is_formula(raw: &str) -> bool {
    raw.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Reads a date in the first of the forms that fits.
pub fn date(text: &str, forms: &[DateForm]) -> Result<PartialDate, Refused> {
    forms
        .iter()
        .find_map(|form| in_form(text, *form))
        .ok_or_else(|| (Reason::UnreadableDate, number_shown(text)))
}

fn in_form(text: &str, form: DateForm) -> Option<PartialDate> {
    let cut = |by: char| text.split(by).collect::<Vec<_>>();
    match form {
        DateForm::Year => digits(text, 4).map(|year| PartialDate::Year(year as i32)),
        DateForm::YearMonth => match cut('-')[..] {
            [year, month] => year_month(digits(year, 4)?, digits(month, 2)?),
            _ => None,
        },
        DateForm::Name => match cut(' ')[..] {
            [month, year] => year_month(digits(year, 4)?, english_month(month)?),
            _ => None,
        },
        DateForm::YearMonthDay => match cut('-')[..] {
            [year, month, day] => full(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?),
            _ => None,
        },
        DateForm::DayName => match cut(' ')[..] {
            [day, month, year] => full(digits(year, 4)?, english_month(month)?, digits(day, 2)?),
            _ => None,
        },
        DateForm::DayMonthDots => match cut('.')[..] {
            [day, month, year] => full(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?),
            _ => None,
        },
        DateForm::DayMonthSlashes => match cut('/')[..] {
            [day, month, year] => full(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?),
            _ => None,
        },
    }
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn english_month(text: &str) -> Option<u32> {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    names.iter().position(|name| name.eq_ignore_ascii_case(text)).map(|at| at as u32 + 1)
}

fn year_month(year: u32, month: u32) -> Option<PartialDate> {
    (1..=12).contains(&month).then_some(PartialDate::Month(year as i32, month as u8))
}

fn full(year: u32, month: u32, day: u32) -> Option<PartialDate> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year as i32, month, u8::try_from(day).ok()?).ok().map(PartialDate::Day)
}

/// The first day that a date may mean.
pub fn first_day(date: PartialDate) -> Date {
    match date {
        PartialDate::Day(day) => day,
        PartialDate::Month(year, month) => of_month(year, month, 1),
        PartialDate::Year(year) => of_month(year, 1, 1),
    }
}

/// The last day that a date may mean.
pub fn last_day(date: PartialDate) -> Date {
    match date {
        PartialDate::Day(day) => day,
        PartialDate::Month(year, month) => {
            let month = Month::try_from(month).unwrap_or(Month::December);
            of_month(year, month.into(), month.length(year))
        }
        PartialDate::Year(year) => of_month(year, 12, 31),
    }
}

/// Every date here was read from four digits of a year and a month between 1 and 12, so the day exists; the fallback is
/// never reached and keeps a wrong caller from a panic.
fn of_month(year: i32, month: u8, day: u8) -> Date {
    let month = Month::try_from(month).unwrap_or(Month::December);
    Date::from_calendar_date(year, month, day).unwrap_or(Date::MIN)
}

/// Reads `SURNAME, GIVEN (AKA: OTHER, NAME)`; the part in brackets may be missing, or repeat.
pub fn full_name(text: &str) -> Result<Vec<Name>, Refused> {
    let refused = |saying: Saying| (Reason::UnreadableName, saying.into());
    let (leading, mut rest) = match text.find('(') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let mut names = vec![surname_given(leading, NameKind::Main)?];
    while !rest.is_empty() {
        let inside = rest.strip_prefix("(AKA:").ok_or_else(|| refused(Saying::BracketsWithoutAka))?;
        let end = inside.find(')').ok_or_else(|| refused(Saying::BracketOpen))?;
        names.push(surname_given(&inside[..end], NameKind::Alias)?);
        rest = inside[end + 1..].trim_start();
    }
    Ok(names)
}

/// Reads other names, `SURNAME, GIVEN` each, apart by semicolons.
pub fn aliases(text: &str) -> Result<Vec<Name>, Refused> {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| surname_given(part, NameKind::Alias)).collect()
}

fn surname_given(text: &str, kind: NameKind) -> Result<Name, Refused> {
    if text.contains([')', '(']) {
        return Err((Reason::UnreadableName, Saying::BracketInside.into()));
    }
    let (surname, given) = text.split_once(',').unwrap_or((text, ""));
    if given.contains(',') {
        return Err((Reason::UnreadableName, Saying::Commas.into()));
    }
    let surname = one_spaced(surname);
    if surname.is_empty() {
        return Err((Reason::MissingSurname, Saying::BeforeTheComma.into()));
    }
    let given = one_spaced(given);
    let given = (!given.is_empty()).then_some(Text(given));
    Ok(Name { surname: Text(surname), given, patronymic: None, kind })
}

/// The words of a text with one space between them.
pub fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_date(form: DateForm, text: &str, expected: &str) {
        let read = date(text, &[form]).map(|date| date.to_string());
        assert_eq!(read.unwrap_or_else(|(reason, _)| reason.code().into()), expected, "{text}");
    }

    #[test]
    fn dates_are_read_in_their_form_or_refused() {
        check_date(DateForm::YearMonthDay, "1942-02-15", "1942-02-15");
        check_date(DateForm::YearMonthDay, "1942-02-30", "unreadable-date");
        check_date(DateForm::YearMonthDay, "1942-2-15", "unreadable-date");
        check_date(DateForm::YearMonthDay, "+942-02-15", "unreadable-date");
        check_date(DateForm::YearMonthDay, "١٩٤٢-02-15", "unreadable-date");
        check_date(DateForm::YearMonth, "1942-13", "unreadable-date");
        check_date(DateForm::YearMonth, "1942-12", "1942-12");
        check_date(DateForm::DayName, "27 Sep 1908", "1908-09-27");
        check_date(DateForm::DayName, "29 Feb 1900", "unreadable-date");
        check_date(DateForm::Name, "feb 1942", "1942-02");
        check_date(DateForm::DayMonthDots, "15.02.1942", "1942-02-15");
        check_date(DateForm::DayMonthSlashes, "02/15/1942", "unreadable-date");
        check_date(DateForm::Year, "1908", "1908");
        check_date(DateForm::Year, "190", "unreadable-date");
    }

    fn check_name(text: &str, expected: &str) {
        let words = |name: &Name| {
            let given = name.given.as_ref().map_or("", |given| given.as_str());
            format!("{}|{given}", name.surname.as_str())
        };
        let read = full_name(text).map(|names| names.iter().map(words).collect::<Vec<_>>().join(" + "));
        assert_eq!(read.unwrap_or_else(|(reason, _)| reason.code().into()), expected, "{text}");
    }

    #[test]
    fn a_name_in_one_column_is_taken_apart_or_refused() {
        check_name("ROWE, ADA", "ROWE|ADA");
        check_name("DE LA ROWE, ADA  MAY", "DE LA ROWE|ADA MAY");
        check_name("ROWE", "ROWE|");
        check_name("ROWE, ADA (AKA: LOWE, ADA)", "ROWE|ADA + LOWE|ADA");
        check_name("ROWE, ADA (AKA: LOWE, ADA) (AKA: POE, A)", "ROWE|ADA + LOWE|ADA + POE|A");
        check_name(", ADA", "missing-surname");
        check_name("ROWE, ADA (AKA: , A)", "missing-surname");
        check_name("ROWE, ADA (AKA: LOWE", "unreadable-name");
        check_name("ROWE, ADA (KNOWN AS LOWE)", "unreadable-name");
        check_name("ROWE, ADA, MAY", "unreadable-name");
    }

    #[test]
    fn what_an_officer_cannot_see_is_refused() {
        let refused = |raw| text(raw, 10, Lines::One).unwrap_err().0;
        assert_eq!(refused("a\u{202e}b"), Reason::BidiCharacter);
        assert_eq!(refused("a\u{200b}b"), Reason::ControlCharacter);
        assert_eq!(refused("a\u{2028}b"), Reason::ControlCharacter);
        assert_eq!(refused("\u{3164}"), Reason::ControlCharacter);
        assert_eq!(refused("a\0b"), Reason::ControlCharacter);
        assert_eq!(refused("a\nb"), Reason::ControlCharacter);
        assert_eq!(refused("abcdefghijk"), Reason::CellTooLong);
        assert_eq!(text("a\nb", 10, Lines::Many), Ok("a\nb"));
        assert_eq!(text("'+000 12", 10, Lines::One), Ok("+000 12"));
        assert_eq!(text("'Aisha", 10, Lines::One), Ok("'Aisha"));
        assert_eq!(text("=1+1", 10, Lines::One), Ok("=1+1"));
    }
}
