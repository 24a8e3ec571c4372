//! A text in the three languages of the product. Which language a reader sees is decided by who shows it.

/// One text in Ukrainian, Russian and English, none of them empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wording {
    /// Ukrainian.
    pub uk: String,
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl Wording {
    /// The text in the language of this code (`uk`, `ru`, `en`); English for any other.
    pub fn in_language(&self, code: &str) -> &str {
        match code {
            "uk" => &self.uk,
            "ru" => &self.ru,
            _ => &self.en,
        }
    }
}

/// The shape of a [`Wording`] in a TOML file.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireWording {
    uk: String,
    ru: String,
    en: String,
}

impl WireWording {
    /// The text, or nothing when one language is blank or longer than `bytes_max`.
    pub(crate) fn read(self, bytes_max: usize) -> Option<Wording> {
        let fits = |text: &String| !text.trim().is_empty() && text.len() <= bytes_max;
        let all = [&self.uk, &self.ru, &self.en].into_iter().all(fits);
        all.then_some(Wording { uk: self.uk, ru: self.ru, en: self.en })
    }
}
