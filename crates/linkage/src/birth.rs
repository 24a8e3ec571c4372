//! Dates of birth as lists have them: whole, without day, without month, or filled in with 1 January.
//!
//! Decides how far two of them agree. A year alone is evidence of a year; 1 January is what an office writes for "unknown".

/// A date of birth with what is known of it, in 32 bits; 0 is none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Born(u32);

/// How far two dates agree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Agreement {
    /// Absent on one side or both.
    Missing,
    /// The same day, both known to the day.
    Same,
    /// The same month, the day of one unknown.
    SameMonth,
    /// The same year, one without month or filled in with 1 January.
    SameYear,
    /// Day and month exchanged.
    Exchanged,
    /// Year and month agree, the day does not.
    OtherDay,
    /// Year and day agree, the month does not.
    OtherMonth,
    /// Day and month agree, and the year is one digit off.
    YearSlip,
    /// Day and month agree, and the year does not.
    OtherYear,
    /// The year agrees, day and month do not.
    YearOnly,
    /// The years are next to one another and nothing else is known to agree.
    NearYear,
    /// They differ.
    Differs,
}

/// How many agreements there are.
pub const AGREEMENTS: usize = 12;

/// The months by how their names begin, in English, German, Polish, Ukrainian and Russian.
const MONTHS: [&str; 12] = [
    "jan sty січ янв",
    "feb lut лют фев",
    "mar mär maer бер мар",
    "apr kwi кві апр",
    "may mai maj тра май мая",
    "jun cze чер июн",
    "jul lip лип июл",
    "aug sie сер авг",
    "sep wrz вер сен",
    "oct okt paź paz жов окт",
    "nov lis лис ноя",
    "dec dez gru гру дек",
];

/// The months as they are written in full, in those languages and French; a word that one of them begins with is that month too.
const WRITTEN: [&str; 12] = [
    "january januar jänner styczeń stycznia січень січня январь января janvier",
    "february februar luty lutego лютий лютого февраль февраля février",
    "march märz maerz marzec marca березень березня март марта mars",
    "april kwiecień kwietnia квітень квітня апрель апреля avril",
    "may mai maj maja травень травня май мая",
    "june juni czerwiec czerwca червень червня июнь июня juin",
    "july juli lipiec lipca липень липня июль июля juillet",
    "august sierpień sierpnia серпень серпня август августа août",
    "september wrzesień września вересень вересня сентябрь сентября septembre",
    "october oktober październik października жовтень жовтня октябрь октября octobre",
    "november listopad listopada листопад листопада ноябрь ноября novembre",
    "december dezember grudzień grudnia грудень грудня декабрь декабря décembre",
];

/// The months in Roman numerals.
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// What stands behind a year: of birth, in several languages.
const BEHIND: [&str; 10] =
    ["року народження", "года рождения", "г.р", "г. р", "р.н", "р. н", "г", "р", "года", "року"];

/// What stands before a year that is but roughly known.
const ROUGHLY: &str = "~ ≈ бл близько біля прибл приблизно орієнтовно десь ок около примерно ориентировочно c ca circa about abt approx um etwa około vers";

/// The last year of which a year that began in March was written, in England.
const OLD_STYLE_LAST: u32 = 1_752;
/// The years in which anybody of these lists, or of a historical one, was born.
const BELIEVED: std::ops::RangeInclusive<u32> = 1_300..=2_099;

impl Born {
    /// A date; month and day are 0 where unknown. Nothing for a year outside 1300 to 2099.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        if !BELIEVED.contains(&year) {
            return None;
        }
        // A month that cannot be one is perhaps the day; what cannot be either is not known.
        let (month, day) = if month > 12 && (1..=12).contains(&day) { (day, month) } else { (month, day) };
        let month = if (1..=12).contains(&month) { month } else { 0 };
        let day = if (1..=longest(month)).contains(&day) { day } else { 0 };
        Some(Self(year << 9 | month << 5 | day))
    }

    /// Reads `1987-11-15`, `1987-11`, `1987`, `19871115`, `15111987`, `15.11.1987`, `15/11/1987`, `15 Nov 1987`, `15.XI.1987`, `Nov 15, 1987`,
    /// `11.1987` and `November 1987`, with a time or something in brackets behind it or not; of `~1987` and `1987?` the year. None for
    /// what is not a date: for two years, and for a year of two digits, of which nobody knows the century.
    pub fn read(text: &str) -> Self {
        if let Some(date) = Self::of_iso(text.as_bytes()) {
            return date;
        }
        let text = &*without_brackets(text).to_lowercase();
        // Spreadsheets write midnight behind a date.
        let text = text
            .rsplit_once(['t', ' '])
            .filter(|(_, time)| time.contains(':'))
            .map_or(text, |(date, _)| date);
        let text = text.trim().trim_end_matches('.');
        let text = BEHIND.iter().find_map(|behind| text.strip_suffix(behind)).unwrap_or(text).trim_end();
        if let Some(date) = Self::of_two_years(text) {
            return date;
        }
        let found = match roughly(text) {
            Some(text) => Self::of_parts(text).and_then(|date| Self::new(date.year(), 0, 0)),
            None => Self::of_parts(text),
        };
        found.unwrap_or_default()
    }

    /// Reads `22 Jan 1671/2` as of 1672: where the year began on 25 March, as in England until 1752, a day before it was written with both years.
    fn of_two_years(text: &str) -> Option<Self> {
        let (before, next) = text.rsplit_once('/')?;
        let start = before.len().checked_sub(4).filter(|start| before.is_char_boundary(*start))?;
        let following = Some(year(&before[start..])? + 1).filter(|year| *year <= OLD_STYLE_LAST)?;
        let is_next = next.len() < 3 && digits(next).is_some() && following.to_string().ends_with(next);
        let date = Self::of_parts(&format!("{}{following}", &before[..start])).filter(|_| is_next)?;
        let is_before = date.day() != 0 && (date.month() < 3 || (date.month() == 3 && date.day() < 25));
        is_before.then_some(date)
    }

    /// The day of a number as spreadsheets count them, 1 being 1 January 1900; nothing for what is none or of nobody who is alive: before 1919 or
    /// after 2064.
    pub fn of_day_number(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_number = (4..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut days: u32 = text.parse().ok().filter(|days| is_number && (7_000..=60_000).contains(days))?;
        // Spreadsheets believe that 1900 had a 29 February, so that 61 is 1 March.
        days -= 60;
        let mut year = 1_900;
        let mut month = 3;
        loop {
            let is_leap = year % 4 == 0 && year != 1_900;
            let length = if month == 2 && !is_leap { 28 } else { longest(month) };
            if days <= length {
                return Self::new(year, month, days);
            }
            days -= length;
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
    }

    /// Reads a date by its parts: up to three, of which one is a year of four digits, or eight digits.
    fn of_parts(text: &str) -> Option<Self> {
        let is_between = |c: char| matches!(c, '-' | '.' | '/' | ',') || c.is_whitespace();
        let (mut parts, mut count) = ([""; 3], 0);
        for part in text.split(is_between).filter(|part| !part.is_empty()) {
            *parts.get_mut(count)? = part;
            count += 1;
        }
        let [first, second, third] = parts;
        match count {
            1 if first.len() == 8 => Self::of_digits(first),
            1 => Self::new(year(first)?, 0, 0),
            2 => {
                let (year, month) = match (year(first), year(second)) {
                    (Some(year), None) => (year, second),
                    (None, Some(year)) => (year, first),
                    _ => return None,
                };
                let month = month_of(month).or_else(|| written(month)).filter(|month| *month <= 12)?;
                Self::new(year, month, 0)
            }
            3 => match (year(first), year(third)) {
                (Some(year), None) => {
                    Self::new(year, month_of(second).or_else(|| named(second))?, day_of(third)?)
                }
                (None, Some(year)) => match day_of(first) {
                    Some(day) => Self::new(year, month_of(second).or_else(|| named(second))?, day),
                    None => Self::new(year, written(first)?, day_of(second)?),
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// Reads eight digits: year, month and day, or day, month and year, whichever can be. No number can be both, for no year that is
    /// believed begins with a month.
    fn of_digits(text: &str) -> Option<Self> {
        let number = |range: std::ops::Range<usize>| text.get(range).and_then(digits);
        let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
        let can_be = |month: u32, day: u32| (1..=longest(month)).contains(&day);
        // A day of two noughts is one that nobody knew.
        if can_be(month, day) || ((1..=12).contains(&month) && day == 0) {
            return Self::new(year, month, day);
        }
        let (day, month, last) = (number(0..2)?, number(2..4)?, number(4..8)?);
        let turned = Self::new(last, month, day).filter(|_| can_be(month, day));
        turned.or_else(|| Self::new(year, 0, 0))
    }

    /// Reads `1987-11-15` and nothing else: as most are written.
    fn of_iso(text: &[u8]) -> Option<Self> {
        let [a, b, c, d, b'-', e, f, b'-', g, h] = *<&[u8; 10]>::try_from(text).ok()? else { return None };
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
        };
        Some(Self::new(number(&[a, b, c, d])?, number(&[e, f])?, number(&[g, h])?).unwrap_or_default())
    }

    /// The date in 32 bits, equal where the dates are.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// A date of its bits.
    pub fn of_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The year; 0 where nothing is known.
    pub fn year(self) -> u32 {
        self.0 >> 9
    }

    /// The month from 1; 0 where unknown.
    pub fn month(self) -> u32 {
        self.0 >> 5 & 15
    }

    /// The day from 1; 0 where unknown.
    pub fn day(self) -> u32 {
        self.0 & 31
    }

    /// Whether the day is known: it is written, and it is not the first of January.
    pub fn is_whole(self) -> bool {
        self.day() != 0 && !self.is_filled_in()
    }

    fn is_filled_in(self) -> bool {
        self.month() == 1 && self.day() == 1
    }
}

impl std::fmt::Debug for Born {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Born(date)")
    }
}

/// How many days a month has at most; 0 for what is none.
fn longest(month: u32) -> u32 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// A number of digits alone, of four at most.
fn digits(text: &str) -> Option<u32> {
    let digits = text.as_bytes();
    let add = |sum: u32, digit: &u8| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'));
    (1..=4).contains(&digits.len()).then(|| digits.iter().try_fold(0, add))?
}

/// A year: four digits.
fn year(text: &str) -> Option<u32> {
    digits(text).filter(|_| text.len() == 4)
}

/// A day: two digits at most; 0 for what is marked as unknown.
fn day_of(text: &str) -> Option<u32> {
    let is_unknown = || ["?", "??", "_", "__", "*", "**", "xx", "XX", "хх", "ХХ"].contains(&text);
    digits(text).filter(|_| text.len() <= 2).or_else(|| is_unknown().then_some(0))
}

/// A month in digits or Roman numerals, of Latin or Cyrillic letters; 0 for what is marked as unknown.
fn month_of(text: &str) -> Option<u32> {
    let roman = || {
        let latin = |c: char| match c {
            'І' | 'і' => 'i',
            'Х' | 'х' => 'x',
            c => c.to_ascii_lowercase(),
        };
        let is = |month: &&str| text.chars().map(latin).eq(month.chars());
        ROMAN.iter().position(is).map(|at| at as u32 + 1)
    };
    day_of(text).or_else(roman)
}

/// A month by how its name begins: beside a day and a year nothing else stands.
fn named(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let is = |names: &&str| names.split(' ').any(|name| lower.starts_with(name));
    MONTHS.iter().position(is).map(|at| at as u32 + 1)
}

/// A month by its name or at least three letters of it: beside a year alone `Берегово` is none.
fn written(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let is = |names: &&str| names.split(' ').any(|name| name.starts_with(&lower));
    let at = WRITTEN.iter().position(is)?;
    (lower.chars().count() >= 3).then_some(at as u32 + 1)
}

/// A text without what stands in brackets behind it, as an age does.
fn without_brackets(text: &str) -> &str {
    let text = text.trim_end();
    let open = if text.ends_with(')') {
        '('
    } else if text.ends_with(']') {
        '['
    } else {
        return text;
    };
    text.rfind(open).map_or(text, |at| text[..at].trim_end())
}

/// What is but roughly known, without the mark that says so: a word before it or a question mark behind.
fn roughly(text: &str) -> Option<&str> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let before = text[..start].trim_end().trim_end_matches('.');
    let is_word = || ROUGHLY.split(' ').any(|word| *word == before.to_lowercase());
    let sure = text.trim_end_matches('?').trim_end();
    let is_asked = sure.len() < text.len() && sure.ends_with(|c: char| c.is_ascii_digit());
    (is_asked || (!before.is_empty() && is_word())).then(|| sure[start.min(sure.len())..].trim_start())
}

/// How far two dates agree.
pub fn agreement(a: Born, b: Born) -> Agreement {
    if a.0 == 0 || b.0 == 0 {
        return Agreement::Missing;
    }
    let years = a.year().abs_diff(b.year());
    if !(a.is_whole() && b.is_whole()) {
        return partly(a, b, years);
    }
    match (years == 0, a.month() == b.month(), a.day() == b.day()) {
        (true, true, true) => Agreement::Same,
        (true, _, _) if (a.month(), a.day()) == (b.day(), b.month()) => Agreement::Exchanged,
        (true, true, false) => Agreement::OtherDay,
        (true, false, true) => Agreement::OtherMonth,
        (false, true, true) if years == 1 || digits_off(a.year(), b.year()) == 1 => Agreement::YearSlip,
        (false, true, true) => Agreement::OtherYear,
        (true, false, false) => Agreement::YearOnly,
        (false, ..) if years == 1 => Agreement::NearYear,
        (false, ..) => Agreement::Differs,
    }
}

/// Two dates of which one is not known to the day.
fn partly(a: Born, b: Born, years: u32) -> Agreement {
    let known = |one: Born| one.month() != 0 && !one.is_filled_in();
    match years {
        0 if a.0 == b.0 && a.is_filled_in() => Agreement::SameYear,
        0 if known(a) && known(b) && a.month() == b.month() => Agreement::SameMonth,
        0 if known(a) && known(b) => Agreement::YearOnly,
        0 => Agreement::SameYear,
        1 => Agreement::NearYear,
        _ => Agreement::Differs,
    }
}

/// How many of four digits differ.
pub(crate) fn digits_off(mut a: u32, mut b: u32) -> u32 {
    let mut off = 0;
    for _ in 0..4 {
        off += u32::from(a % 10 != b % 10);
        (a, b) = (a / 10, b / 10);
    }
    off
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_ways_that_lists_write_them() {
        let day = Born::new(1987, 11, 15).unwrap();
        for text in [
            "1987-11-15",
            "1987-11-15 00:00:00",
            "1987-11-15T00:00:00Z",
            "15 NOV 1987 00:00",
            "19871115",
            "15.11.1987",
            "15/11/1987",
            "15 Nov 1987",
            "15 november 1987",
            "15 листопада 1987",
            "15 ноября 1987 г.",
            "15.11.1987 г.р.",
            "15.11.1987 р. н.",
            "15. Nov. 1987",
            "1987-15-11",
        ] {
            assert_eq!(Born::read(text), day, "{text}");
        }
        assert_eq!(Born::read("1987-11"), Born::new(1987, 11, 0).unwrap());
        assert_eq!(Born::read("1987"), Born::new(1987, 0, 0).unwrap());
        assert_eq!(
            Born::read("31.02.1987"),
            Born::new(1987, 2, 0).unwrap(),
            "a day that there is not is not known"
        );
        assert_eq!(Born::read("1987-13-40"), Born::new(1987, 0, 0).unwrap());
        for text in ["", "unknown", "87", "0000", "15.11.87", "1987-11-15-2", "19871115199"] {
            assert_eq!(Born::read(text), Born::default(), "{text}");
        }
    }

    /// What is read of texts parted by `|`, as year, month and day; none for a year of 0.
    fn check(texts: &str, (year, month, day): (u32, u32, u32)) {
        for text in texts.split('|') {
            let read = Born::read(text);
            assert_eq!((read.year(), read.month(), read.day()), (year, month, day), "{text}");
        }
    }

    #[test]
    fn eight_digits_are_read_in_the_order_that_can_be() {
        check("12031991|19910312", (1991, 3, 12));
        check("20071800|18000720", (1800, 7, 20));
        check("29021992|19920229", (1992, 2, 29));
        check("20122012", (2012, 12, 20));
        check("19871100", (1987, 11, 0));
        check("19871500|19870000|19871340|19871131|19870230", (1987, 0, 0));
        check("12031299|12032100|12991231|21000101|32011991x|30021600|1203199a|0x031991|+2031991", (0, 0, 0));
    }

    #[test]
    fn a_date_is_read_however_its_parts_are_written() {
        check("12-MAR-1991|12.III.1991|12 iii 1991|12.ІІІ.1991|March 12, 1991|Mar. 12 1991", (1991, 3, 12));
        check("12,03,1991|12, 3, 1991|12\u{a0}березня\u{a0}1991|марта 12, 1991", (1991, 3, 12));
        check("12.03.1991 (32 р.)|12.03.1991(?)|1991-03-12 [паспорт]|12.03.1991 р. (32)", (1991, 3, 12));
        check("12.ХІІ.1991|12 xii 1991|dec 12 1991", (1991, 12, 12));
        check("12.X.1991|12.Х.1991", (1991, 10, 12));
    }

    #[test]
    fn a_month_and_a_year_are_read_as_no_more() {
        check("03.1991|3/1991|03-1991|III.1991|1991 III|1991-03|1991.3|??.03.1991", (1991, 3, 0));
        check(
            "березень 1991|март 1991|марта 1991 г.|березня, 1991 р.|March 1991|mar 1991|März 1991",
            (1991, 3, 0),
        );
        check("?.03.1991|хх.03.1991|__.03.1991|1991-03-??|--.03.1991|00.03.1991", (1991, 3, 0));
        check("??.??.1991|12.??.1991|??.1991|00.1991|..1991", (1991, 0, 0));
    }

    #[test]
    fn capitals_are_read_as_small_letters_are() {
        check("1974 Г.Р.|1974 Г. Р.|1974 Р.Н.|1974 Г.|1974 року народження|1974 ГОДА РОЖДЕНИЯ", (1974, 0, 0));
        check(
            "12.03.1968 Г.Р.|12 БЕРЕЗНЯ 1968 Р.|12 МАРТА 1968 Г.|1968-03-12T00:00|12.III.1968 Г.",
            (1968, 3, 12),
        );
    }

    #[test]
    fn what_is_roughly_known_is_a_year_alone() {
        check(
            "бл. 1991|ок. 1991|~1991|~ 1991|≈1991|1991?|1991 ?|1991??|ca. 1991|Ca 1991|c. 1991",
            (1991, 0, 0),
        );
        check("БЛ. 1991|біля 1991|орієнтовно 1991|десь 1991", (1991, 0, 0));
        check("um 1991|около 1991|близько 1991 р.|Близько 1991|1991? г.р.|ок. 1991 г.", (1991, 0, 0));
        check("ca. 12.03.1991|12.03.1991?|~03.1991|1991 (?)|около 12031991", (1991, 0, 0));
        check("~91|91?|199?|19??|12.03.19??|12.03.????|до 1991|не раньше 1991|бл.", (0, 0, 0));
    }

    #[test]
    fn what_is_no_date_or_two_stays_unread() {
        check("12.3.91|12-MAR-91|12.III.91|March 12, 91|03.91|март 91|91-03-12|120391", (0, 0, 0));
        check(
            "1990-1991|1990–1991|1990/91|1990 - 1991|1990, 1991|ca. 1990-1991|1990-1991?|1990-1991 г.",
            (0, 0, 0),
        );
        check("1990-1991-1992|12.03.1990-1991|12-13.03.1991|1990 или 1991|13.1991|1991-13", (0, 0, 0));
        check("12.03.1203|1203|1299|2100|1299-12-31|2100-01-01|March 12, 1203|03.1203|~1203", (0, 0, 0));
        check("Берегово 1991|Марсель 12 1991|ma 1991|12.XIII.1991|12.IIV.1991|(1991)|)|(|]|?|~|.", (0, 0, 0));
        check("1300|1300?", (1300, 0, 0));
        check("31.12.2099|2099-12-31|31122099", (2099, 12, 31));
    }

    #[test]
    fn a_day_before_lady_day_is_of_the_later_of_its_two_years() {
        check("22 Jan 1671/2|22 January 1671/72|22.01.1671/2|Jan 22, 1671/2", (1672, 1, 22));
        check("3 Mar 1699/700", (0, 0, 0));
        check("3 Mar 1699/0|3 Mar 1699/00", (1700, 3, 3));
        check("22 Jan 1671/3|22 Jul 1671/2|25 Mar 1671/2|Jan 1671/2|1990/91", (0, 0, 0));
    }

    #[test]
    fn a_day_is_counted_as_spreadsheets_do() {
        for (number, day) in [
            ("7000", (1919, 3, 1)),
            ("21916", (1960, 1, 1)),
            ("21975", (1960, 2, 29)),
            ("33309", (1991, 3, 12)),
            (" 33309 ", (1991, 3, 12)),
            ("36585", (2000, 2, 29)),
            ("36586", (2000, 3, 1)),
            ("60000", (2064, 4, 8)),
        ] {
            let read = Born::of_day_number(number).unwrap();
            assert_eq!((read.year(), read.month(), read.day()), day, "{number}");
        }
        for text in ["", "6999", "60001", "1991", "+33309", "33309.5", "033309", "12.03.1991"] {
            assert_eq!(Born::of_day_number(text), None, "{text}");
        }
    }

    #[test]
    fn two_dates_agree_as_far_as_they_are_known() {
        let cases = [
            ("", "1987", Agreement::Missing),
            ("1987-11-15", "1987-11-15", Agreement::Same),
            ("1987-11-15", "1987-11", Agreement::SameMonth),
            ("1987-11-15", "1987", Agreement::SameYear),
            ("1987-11-15", "1987-01-01", Agreement::SameYear),
            ("1987-01-01", "1987-01-01", Agreement::SameYear),
            ("1987-11-05", "1987-05-11", Agreement::Exchanged),
            ("1987-11-15", "1987-11-16", Agreement::OtherDay),
            ("1987-11-15", "1987-10-15", Agreement::OtherMonth),
            ("1987-11-15", "1988-11-15", Agreement::YearSlip),
            ("1987-11-15", "1977-11-15", Agreement::YearSlip),
            ("1987-11-15", "1966-11-15", Agreement::OtherYear),
            ("1987-11-15", "1987-10-16", Agreement::YearOnly),
            ("1987-11-15", "1987-10", Agreement::YearOnly),
            ("1987", "1988", Agreement::NearYear),
            ("1987-11-15", "1988-02-03", Agreement::NearYear),
            ("1987-11-15", "1985", Agreement::Differs),
        ];
        for (a, b, expected) in cases {
            let (a, b) = (Born::read(a), Born::read(b));
            assert_eq!(agreement(a, b), expected, "{} {}", a.bits(), b.bits());
            assert_eq!(agreement(b, a), expected);
        }
    }
}
