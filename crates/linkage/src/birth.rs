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

/// What stands behind a year: of birth, in several languages.
const BEHIND: [&str; 8] = ["г.р", "г. р", "р.н", "р. н", "г", "р", "года", "року"];

impl Born {
    /// A date; month and day are 0 where unknown. Nothing for a year outside 1 to 9999.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9_999).contains(&year) {
            return None;
        }
        // A month that cannot be one is perhaps the day; what cannot be either is not known.
        let (month, day) = if month > 12 && (1..=12).contains(&day) { (day, month) } else { (month, day) };
        let month = if (1..=12).contains(&month) { month } else { 0 };
        let longest = match month {
            0 => 0,
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let day = if (1..=longest).contains(&day) { day } else { 0 };
        Some(Self(year << 9 | month << 5 | day))
    }

    /// Reads `1987-11-15`, `1987-11`, `1987`, `19871115`, `15.11.1987`, `15/11/1987` and `15 Nov 1987`, with a time behind it or not; none for what
    /// is not a date.
    pub fn read(text: &str) -> Self {
        if let Some(date) = Self::of_iso(text.as_bytes()) {
            return date;
        }
        // Spreadsheets write midnight behind a date.
        let text = text
            .rsplit_once(['T', ' '])
            .filter(|(_, time)| time.contains(':'))
            .map_or(text, |(date, _)| date);
        let text = text.trim().trim_end_matches('.');
        let text = BEHIND.iter().find_map(|behind| text.strip_suffix(behind)).unwrap_or(text);
        let parts: Vec<&str> = text.split(['-', '.', '/', ' ']).filter(|part| !part.is_empty()).collect();
        let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
        let found = match parts[..] {
            [whole] if whole.len() == 8 && whole.is_ascii() => {
                match (number(&whole[..4]), number(&whole[4..6]), number(&whole[6..])) {
                    (Some(year), Some(month), Some(day)) => Self::new(year, month, day),
                    _ => None,
                }
            }
            [year] if year.len() == 4 => number(year).and_then(|year| Self::new(year, 0, 0)),
            [year, month] if year.len() == 4 => {
                number(year).zip(number(month)).and_then(|(year, month)| Self::new(year, month, 0))
            }
            [first, month, last] => {
                let of_name = || {
                    let lower = month.to_lowercase();
                    let is = |names: &&str| names.split(' ').any(|name| lower.starts_with(name));
                    MONTHS.iter().position(is).map(|at| at as u32 + 1)
                };
                let month = number(month).or_else(of_name);
                match (number(first), month, number(last)) {
                    (Some(year), Some(month), Some(day)) if first.len() == 4 => Self::new(year, month, day),
                    (Some(day), Some(month), Some(year)) if last.len() == 4 => Self::new(year, month, day),
                    _ => None,
                }
            }
            _ => None,
        };
        found.unwrap_or_default()
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
fn digits_off(mut a: u32, mut b: u32) -> u32 {
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
