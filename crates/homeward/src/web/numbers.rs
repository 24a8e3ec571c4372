//! Decides how a number, a share and a moment are written in each language; refuses to know what they count.

use time::OffsetDateTime;

use super::words::Lang;

/// A whole number with the language's separator between thousands: `12,500` or `12 500` (no-break space).
pub fn number(lang: Lang, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + 8);
    if n < 0 {
        text.push('\u{2212}');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(match lang {
                Lang::En => ',',
                Lang::Uk | Lang::Ru => '\u{a0}',
            });
        }
        text.push(digit);
    }
    text
}

/// A share as a percentage with one decimal, rounded half up in integers; a dash when there is no whole.
pub fn share(lang: Lang, part: u64, whole: u64) -> String {
    if whole == 0 {
        return "\u{2013}".to_owned();
    }
    let tenths = (u128::from(part) * 2000 + u128::from(whole)) / (2 * u128::from(whole));
    let (units, tenth) = (tenths / 10, tenths % 10);
    match lang {
        Lang::En => format!("{units}.{tenth}%"),
        Lang::Uk | Lang::Ru => format!("{units},{tenth}\u{a0}%"),
    }
}

/// Milliseconds since 1970 (UTC) as a moment; `None` outside the years a calendar can show.
pub fn moment(ms: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).ok()
}

/// A moment as the machine-readable value of a `<time>` element, to the second.
pub fn iso(ms: i64) -> String {
    moment(ms).map_or_else(String::new, |at| {
        let (date, time) = (at.date(), at.time());
        format!("{date}T{:02}:{:02}:{:02}Z", time.hour(), time.minute(), time.second())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_as_the_language_does() {
        let check = |lang, n, expect| assert_eq!(number(lang, n), expect);
        check(Lang::En, 0, "0");
        check(Lang::En, 999, "999");
        check(Lang::En, 1000, "1,000");
        check(Lang::Uk, 1_234_567, "1\u{a0}234\u{a0}567");
        check(Lang::Ru, -12_500, "\u{2212}12\u{a0}500");
        check(Lang::En, i64::MIN, "\u{2212}9,223,372,036,854,775,808");
    }

    #[test]
    fn a_share_is_rounded_half_up_and_never_divides_by_nothing() {
        let check = |lang, part, whole, expect| assert_eq!(share(lang, part, whole), expect);
        check(Lang::En, 1, 3, "33.3%");
        check(Lang::Uk, 2, 3, "66,7\u{a0}%");
        check(Lang::En, 1, 2000, "0.1%");
        check(Lang::En, 5, 0, "\u{2013}");
        check(Lang::En, u64::MAX, u64::MAX, "100.0%");
    }

    #[test]
    fn a_moment_is_written_for_machines_in_utc() {
        assert_eq!(iso(1_748_865_909_500), "2025-06-02T12:05:09Z");
        assert_eq!(iso(i64::MAX), "");
    }
}
