//! What every page stands on: its frame, its words, its charts, its headers, its style sheet.
//!
//! Decides how a page looks and speaks; refuses to know what is on it, who may see it and where it came from.

pub mod agreement;
pub mod assets;
pub mod bulletins;
pub mod calls;
pub mod candidates;
pub mod chart;
pub mod closed;
pub mod desk;
pub mod dossier;
pub mod headers;
#[cfg(test)]
mod home_tests;
pub mod imports;
pub mod ledger;
pub mod link_report;
pub mod links;
pub mod log;
pub mod matters;
pub mod numbers;
pub mod overview;
pub mod people;
pub mod public;
pub mod refused;
pub mod relations;
pub mod rounds;
pub mod router;
pub mod routes;
pub mod sheet_words;
pub mod signin;
pub mod terms;
#[cfg(test)]
pub(crate) mod testing;
mod unlawful;
pub mod words;
#[cfg(test)]
mod words_check;

pub use words::{Lang, Words};

/// The frame of one page, as `templates/base.html` expects it under the name `page` (beside `t`, the [`Words`]).
#[derive(Clone, Debug)]
pub struct Page {
    /// Language of the page.
    pub lang: Lang,
    /// Title, without the name of the service.
    pub title: String,
    /// Label of the node, e.g. `aronia`.
    pub node_name: String,
    /// Name of the party in the page's language.
    pub party_name: String,
    /// Whose node this is, for the bar under the header.
    pub side: Side,
    /// The officer signed in; `None` on pages without a session.
    pub officer_name: Option<String>,
    /// Sections in the navigation, in order; empty hides the list.
    pub nav: Vec<NavItem>,
    /// What the last act came to.
    pub notice: Option<Notice>,
    /// The purpose given for viewing a person's record; shown above the content.
    pub purpose: Option<String>,
    /// Path and query of this page, to which a change of language returns.
    pub path: String,
}

impl Page {
    /// The fault of the field with this id, or nothing. Field macros ask it.
    pub fn fault(&self, field: &str) -> &str {
        match &self.notice {
            Some(Notice::Refused(faults)) => {
                faults.iter().find(|fault| fault.field == field).map_or("", |fault| fault.text.as_str())
            }
            _ => "",
        }
    }

    /// The link to the style sheet.
    pub fn css_href(&self) -> &'static str {
        assets::css_href()
    }

    /// The link to the icon.
    pub fn icon_href(&self) -> &'static str {
        assets::icon_href()
    }
}

/// Whose node a page belongs to; each has a bar of its own colour and pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The party first in the agreement.
    First,
    /// The party second in the agreement.
    Second,
    /// The neutral.
    Neutral,
}

impl Side {
    /// The word its CSS classes end with.
    pub fn class(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Neutral => "neutral",
        }
    }
}

/// One section in the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Its name in the page's language.
    pub label: String,
    /// Whether the page lies in it.
    pub current: bool,
}

/// What the last act came to, shown at the top of the content.
#[derive(Clone, Debug)]
pub enum Notice {
    /// It was done.
    Done(String),
    /// The officer should know this before going on.
    Important(String),
    /// It was refused; each fault names its field.
    Refused(Vec<Fault>),
}

/// One fault of a form.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Id of the field; empty when the fault belongs to none.
    pub field: String,
    /// What is wrong and what to do, in the page's language.
    pub text: String,
}

/// One choice of radios, checkboxes or a select.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The value sent.
    pub value: String,
    /// The words shown.
    pub label: String,
    /// A sentence under the words; empty for none.
    pub hint: String,
}

/// One cell of a row in the head of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub label: String,
    /// Whether it holds numbers, which stand to the right.
    pub numeric: bool,
}

/// Where a list page stands among its pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The link of a page without its number, e.g. `/people?state=held&page=`.
    pub base: String,
    /// The page shown, from 1.
    pub current: u32,
    /// The last page, at least 1.
    pub last: u32,
}

impl Pages {
    /// The pages of a list with `rows` rows, `size` to a page; `current` is brought into bounds.
    pub fn of(base: &str, current: u32, rows: u64, size: u32) -> Self {
        let last = u32::try_from(rows.div_ceil(u64::from(size.max(1)))).unwrap_or(u32::MAX).max(1);
        Self { base: base.to_owned(), current: current.clamp(1, last), last }
    }

    /// The link to the page before.
    pub fn previous(&self) -> Option<String> {
        (self.current > 1).then(|| format!("{}{}", self.base, self.current - 1))
    }

    /// The link to the page after.
    pub fn next(&self) -> Option<String> {
        (self.current < self.last).then(|| format!("{}{}", self.base, self.current + 1))
    }
}

#[cfg(test)]
mod tests;
