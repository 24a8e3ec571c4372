//! Decides which sentence a page says: the words of three languages, their plurals, their dates.
//!
//! The words lie in `locales/<language>/<area>.ftl`; the build compares the languages and every literal request, so
//! a missing word is a failed build and never a hole in a page. This module refuses to know what a page is about.

use std::borrow::Borrow;
use std::sync::LazyLock;

use exchange::person::PartialDate;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use time::Date;
use unic_langid::LanguageIdentifier;

use super::numbers;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// A language the pages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// Ukrainian.
    Uk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Uk, Self::Ru, Self::En];

    /// Its code in an `lang` attribute, a cookie or a folder's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Uk => "uk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// Its name in itself.
    pub fn native(self) -> &'static str {
        match self {
            Self::Uk => "Українська",
            Self::Ru => "Русский",
            Self::En => "English",
        }
    }

    /// The language with this code; region and case do not matter (`uk-UA`).
    pub fn of_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    /// The language a browser likes best, from its `Accept-Language`; the first of equals. `None` when it names none of
    /// ours. Only the first 32 ranges are read.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(u32, Self)> = None;
        for range in header.split(',').take(32) {
            let mut parts = range.split(';');
            let Some(lang) = parts.next().and_then(Self::of_code) else { continue };
            let weight = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1000, thousandths);
            if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        &BUNDLES[self as usize]
    }
}

/// The words of one language, as a template asks for them.
///
/// `t.s("key")`, `t.s1("key", "name", value)` up to `s3`; a whole number reaches the plural rules as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The language spoken.
    pub lang: Lang,
}

impl Words {
    /// The words of this language.
    pub fn of(lang: Lang) -> Self {
        Self { lang }
    }

    /// The sentence with this key. A key that does not exist is said as it is (the build refuses literal ones).
    pub fn s(&self, key: &str) -> String {
        self.say(key, None)
    }

    /// The sentence with one value.
    pub fn s1(&self, key: &str, name: &str, value: impl Value) -> String {
        self.with(key, &[(name, &value)])
    }

    /// The sentence with two values.
    pub fn s2(&self, key: &str, name1: &str, value1: impl Value, name2: &str, value2: impl Value) -> String {
        self.with(key, &[(name1, &value1), (name2, &value2)])
    }

    /// The sentence with three values.
    #[expect(clippy::too_many_arguments, reason = "a template has no other way to pass names and values")]
    pub fn s3(
        &self,
        key: &str,
        name1: &str,
        value1: impl Value,
        name2: &str,
        value2: impl Value,
        name3: &str,
        value3: impl Value,
    ) -> String {
        self.with(key, &[(name1, &value1), (name2, &value2), (name3, &value3)])
    }

    /// The sentence with any number of values.
    pub fn with(&self, key: &str, values: &[(&str, &dyn Value)]) -> String {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.value())).collect();
        self.say(key, Some(&args))
    }

    /// The word for a code of a closed set (`state`, `held` asks for `state-held`); a code that has none is shown
    /// as it is, because a peer may send one that this version does not know.
    pub fn code(&self, prefix: &str, code: &str) -> String {
        let key = format!("{prefix}-{code}");
        if self.lang.bundle().has_message(&key) { self.say(&key, None) } else { code.to_owned() }
    }

    /// A place of a pool: its own name, or that of the place of whoever is held where none is declared.
    pub fn place(&self, id: impl AsRef<str>) -> String {
        let id = id.as_ref();
        if id == crate::acts::places::OTHER { self.s("rounds-place-other") } else { id.to_owned() }
    }

    /// A day: `2 червня 2025`.
    pub fn date(&self, date: impl Borrow<Date>) -> String {
        let date = date.borrow();
        let month = self.code("month", &u8::from(date.month()).to_string());
        format!("{} {month} {}", date.day(), date.year())
    }

    /// A date of which less may be known: `2022`, `березень 2022`, `2 березня 2022`.
    pub fn partial_date(&self, date: impl Borrow<PartialDate>) -> String {
        match *date.borrow() {
            PartialDate::Year(year) => year.to_string(),
            PartialDate::Month(year, month) => {
                format!("{} {year}", self.code("month-alone", &month.to_string()))
            }
            PartialDate::Day(day) => self.date(day),
        }
    }

    /// A moment given in milliseconds since 1970, to the minute, in UTC and saying so.
    pub fn time(&self, ms: impl Borrow<i64>) -> String {
        let Some(at) = numbers::moment(*ms.borrow()) else { return "\u{2013}".to_owned() };
        let clock = format!("{:02}:{:02}", at.hour(), at.minute());
        self.s2("moment", "day", self.date(at.date()), "clock", clock)
    }

    /// A whole number with the separators of the language.
    pub fn number(&self, n: impl Value) -> String {
        formatted(self.lang, &n.value()).unwrap_or_default()
    }

    /// A share as a percentage with one decimal.
    pub fn share(&self, part: impl Borrow<u64>, whole: impl Borrow<u64>) -> String {
        numbers::share(self.lang, *part.borrow(), *whole.borrow())
    }

    fn say(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.lang.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned()
    }
}

/// What can stand in a sentence: whole numbers (which choose the plural form) and texts.
pub trait Value {
    /// The value as Fluent takes it.
    fn value(&self) -> FluentValue<'_>;
}

impl<T: Value + ?Sized> Value for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

impl Value for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Value for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl Value for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )*};
}

whole_numbers!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

/// The three languages, in the order of [`Lang`].
static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> =
    LazyLock::new(|| [bundle(Lang::Uk), bundle(Lang::Ru), bundle(Lang::En)]);

/// Reads one language from the embedded files.
///
/// # Panics
/// Never: the build has parsed the same bytes with the same parser and found no key twice.
fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = lang.code().parse().expect("a two-letter code is one");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks would be copied with names and numbers out of a page; none of our scripts needs them.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Uk => |value, _| formatted(Lang::Uk, value),
        Lang::Ru => |value, _| formatted(Lang::Ru, value),
        Lang::En => |value, _| formatted(Lang::En, value),
    }));
    for (_, _, text) in LOCALES.iter().filter(|(code, _, _)| *code == lang.code()) {
        let words = FluentResource::try_new((*text).to_owned()).expect("the build has parsed it");
        bundle.add_resource(words).expect("the build has found no key twice");
    }
    bundle
}

/// A whole number as the language writes it; anything else stays Fluent's.
fn formatted(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(n) if n.value.fract() == 0.0 => {
            // Counts of people and days lie far below 2^53, where a float still holds every whole number.
            Some(numbers::number(lang, n.value as i64))
        }
        FluentValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

/// `0.8` as 800; what is not a weight counts as nothing.
fn thousandths(text: &str) -> u32 {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let Ok(whole) = whole.parse::<u32>() else { return 0 };
    let digits: String = rest.chars().take(3).collect();
    let part = format!("{digits:0<3}").parse::<u32>().unwrap_or(0);
    (whole.min(1) * 1000 + part).min(1000)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn plurals_follow_the_language() {
        let check = |lang, n: i64, expect: &str| {
            assert_eq!(Words::of(lang).s1("persons", "n", n), expect);
        };
        check(Lang::Uk, 1, "1 особа");
        check(Lang::Uk, 2, "2 особи");
        check(Lang::Uk, 5, "5 осіб");
        check(Lang::Uk, 11, "11 осіб");
        check(Lang::Uk, 21, "21 особа");
        check(Lang::Uk, 1000, "1\u{a0}000 осіб");
        check(Lang::Ru, 1, "1 человек");
        check(Lang::Ru, 3, "3 человека");
        check(Lang::Ru, 14, "14 человек");
        check(Lang::En, 1, "1 person");
        check(Lang::En, 1200, "1,200 persons");
    }

    #[test]
    fn dates_and_moments_are_said_in_each_language() {
        let day = date!(2025 - 06 - 02);
        assert_eq!(Words::of(Lang::Uk).date(day), "2 червня 2025");
        assert_eq!(Words::of(Lang::Ru).date(day), "2 июня 2025");
        assert_eq!(Words::of(Lang::En).date(day), "2 June 2025");
        let known = |date: PartialDate| Words::of(Lang::Uk).partial_date(date);
        assert_eq!(known(PartialDate::Year(2022)), "2022");
        assert_eq!(known(PartialDate::Month(2022, 3)), "березень 2022");
        assert_eq!(known(PartialDate::Day(day)), "2 червня 2025");
        assert_eq!(Words::of(Lang::En).time(1_748_865_909_500), "2 June 2025, 12:05 UTC");
        assert_eq!(Words::of(Lang::Uk).time(i64::MIN), "\u{2013}");
    }

    #[test]
    fn an_unknown_code_or_key_is_shown_as_it_is() {
        let t = Words::of(Lang::Ru);
        assert_eq!(t.code("month", "13"), "13");
        let key = String::from("no-such-word");
        assert_eq!(t.s(&key), "no-such-word");
    }

    #[test]
    fn values_come_by_value_or_by_reference() {
        let t = Words::of(Lang::En);
        let (name, n) = (String::from("Aronia"), 4_u64);
        let lent: &u64 = &n;
        assert_eq!(t.s1("persons", "n", lent), "4 persons");
        assert_eq!(t.number(n), "4");
        assert_eq!(t.s1("desk-of", "party", &name), "Desk of Aronia");
        assert_eq!(t.s1("desk-of", "party", name.as_str()), "Desk of Aronia");
    }

    #[test]
    fn a_browser_gets_the_language_it_likes_best() {
        let check = |header, expect| assert_eq!(Lang::accepted(header), expect, "{header}");
        check("uk-UA,uk;q=0.9,en;q=0.5", Some(Lang::Uk));
        check("de, en;q=0.4, ru;q=0.8", Some(Lang::Ru));
        check("en;q=0, ru;q=0.1", Some(Lang::Ru));
        check("fr", None);
        check("", None);
        check("EN", Some(Lang::En));
        check("uk;q=zz, en;q=0.001", Some(Lang::En));
    }

    #[test]
    fn the_embedded_words_are_whole() {
        use super::super::words_check::{Area, faults};
        let areas: Vec<_> = LOCALES.iter().map(|(lang, file, text)| Area { lang, file, text }).collect();
        assert!(areas.len() >= 3);
        assert_eq!(faults(&areas, &[]), Vec::<String>::new());
    }
}
