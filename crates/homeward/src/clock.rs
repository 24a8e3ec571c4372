//! The one place that reads the clock. Everything else gets the time as an argument.
//!
//! A rehearsal moves its own clock by hand, so that a scenario of weeks plays in seconds and the same seed gives the same
//! dates. Wall time is only a label: order comes from sequence numbers, never from here.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use register::{Register, RegisterError};

use crate::config::Config;

/// Milliseconds since 1970-01-01 UTC.
pub type Millis = i64;

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// A clock that only moves when it is told to.
    Rehearsal(Arc<AtomicI64>),
}

impl Clock {
    /// A rehearsal's clock, standing at `start`.
    pub fn rehearsal(start: Millis) -> Self {
        Self::Rehearsal(Arc::new(AtomicI64::new(start)))
    }

    /// The clock of a node with this register. A rehearsal's goes on where its journal ends: begun anew at every start,
    /// the journal's times would go back.
    pub async fn of(config: &Config, register: &Register) -> Result<Self, RegisterError> {
        let Some(rehearsal) = &config.rehearsal else { return Ok(Self::Machine) };
        let last = register.read().await?.last_at().await?;
        Ok(Self::rehearsal(last.map_or(rehearsal.start, |last| last.max(rehearsal.start))))
    }

    /// The time now.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Millis {
        match self {
            Self::Machine => {
                let since =
                    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            }
            Self::Rehearsal(at) => at.load(Ordering::SeqCst),
        }
    }

    /// Whether the time passes by itself. A rehearsal's does not: it jumps over days between two presses of a button.
    pub fn runs(&self) -> bool {
        matches!(self, Self::Machine)
    }

    /// Moves a rehearsal's clock forward to `at`; says whether it did. The machine's clock is nobody's to move.
    pub fn advance(&self, at: Millis) -> bool {
        match self {
            Self::Machine => false,
            Self::Rehearsal(now) => now.fetch_max(at, Ordering::SeqCst) <= at,
        }
    }

    /// Today's date in UTC.
    pub fn today(&self) -> time::Date {
        date_of(self.now())
    }
}

/// The UTC date of a time. Times beyond the calendar's years count as its last day.
pub fn date_of(at: Millis) -> time::Date {
    time::OffsetDateTime::from_unix_timestamp(at.div_euclid(1000))
        .map_or(time::Date::MAX, time::OffsetDateTime::date)
}

/// Midnight UTC of a date.
pub fn midnight(date: time::Date) -> Millis {
    date.midnight().assume_utc().unix_timestamp() * 1000
}

/// A stopwatch for what a person waits for: progress lines and reports of how long something took.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// How long since the start.
    pub fn elapsed(&self) -> std::time::Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rehearsal_clock_never_goes_back_and_the_machine_clock_is_not_moved() {
        let clock = Clock::rehearsal(1_000);
        assert!(clock.advance(2_000));
        assert!(!clock.advance(1_500));
        assert_eq!(clock.now(), 2_000);
        assert!(!Clock::Machine.advance(i64::MAX));
        assert_eq!(
            date_of(midnight(time::macros::date!(2025 - 06 - 02))),
            time::macros::date!(2025 - 06 - 02)
        );
    }
}
