//! A moment in coordinated universal time, to the second.
//!
//! A day without an hour is not a moment: as an opening it is its first second, as a close the first second after it.

use std::fmt;

use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime, Time};

/// Seconds since 1970-01-01T00:00:00Z; negative before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Moment(pub i64);

/// Seconds in an hour.
pub const HOUR: i64 = 3_600;
/// Seconds in a day.
pub const DAY: i64 = 24 * HOUR;

impl Moment {
    /// The first second of a day.
    pub fn start_of(day: Date) -> Self {
        Self(day.with_time(Time::MIDNIGHT).assume_utc().unix_timestamp())
    }

    /// The first second after a day.
    pub fn end_of(day: Date) -> Self {
        Self(Self::start_of(day).0 + DAY)
    }

    /// Reads `2025-06-09T08:00:00Z`, with any offset, or a day alone as its first second.
    pub fn read(text: &str) -> Option<Self> {
        if let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) {
            return Some(Self(moment.unix_timestamp()));
        }
        day_of_text(text).map(Self::start_of)
    }

    /// The day in coordinated universal time.
    pub fn day(self) -> Option<Date> {
        OffsetDateTime::from_unix_timestamp(self.0).ok().map(OffsetDateTime::date)
    }

    /// So many hours later; nothing where that cannot be counted.
    pub fn plus_hours(self, hours: u64) -> Option<Self> {
        i64::try_from(hours).ok()?.checked_mul(HOUR).and_then(|seconds| self.0.checked_add(seconds)).map(Self)
    }
}

/// Reads `2025-06-09`.
pub fn day_of_text(text: &str) -> Option<Date> {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    Date::parse(text, &format).ok()
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match OffsetDateTime::from_unix_timestamp(self.0).ok().and_then(|at| at.format(&Rfc3339).ok()) {
            Some(text) => f.write_str(&text),
            None => write!(f, "second {} of the epoch", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn moments_read_back() {
        let cases = [
            ("1970-01-01", Some(0)),
            ("1970-01-02T00:00:00Z", Some(DAY)),
            ("1970-01-01T03:00:00+03:00", Some(0)),
            ("1864-09-20", Some(-3_322_339_200)),
            ("1970-13-01", None),
            ("1970-01-01T00:00:00", None),
            ("tomorrow", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Moment::read(text).map(|moment| moment.0), expected, "{text}");
        }
        assert_eq!(Moment::end_of(date!(1970 - 01 - 01)), Moment(DAY));
        assert_eq!(Moment(DAY - 1).day(), Some(date!(1970 - 01 - 01)));
        assert_eq!(Moment(0).to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Moment(i64::MAX).plus_hours(1), None);
    }
}
