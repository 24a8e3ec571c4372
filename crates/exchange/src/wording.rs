//! A text in the three languages of the product, or in its own alone. Which language a reader sees is decided by who
//! shows it.

/// One text in Ukrainian, Russian and English, none of them empty. A text that was given in its own language alone, such
/// as a signed clause that nobody has translated, stands the same in all three.
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

/// The shape of a [`Wording`] in a TOML file: a table of all three languages, or one text that stands for all.
#[derive(serde::Deserialize)]
#[serde(untagged, expecting = "a text, or a table of uk, ru and en, all three")]
pub(crate) enum WireWording {
    One(String),
    Three(WireThree),
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireThree {
    uk: String,
    ru: String,
    en: String,
}

impl WireWording {
    /// The text, or nothing when one language is blank or longer than `bytes_max`.
    pub(crate) fn read(self, bytes_max: usize) -> Option<Wording> {
        let wording = match self {
            Self::One(text) => Wording { uk: text.clone(), ru: text.clone(), en: text },
            Self::Three(WireThree { uk, ru, en }) => Wording { uk, ru, en },
        };
        let fits = |text: &String| !text.trim().is_empty() && text.len() <= bytes_max;
        let all = [&wording.uk, &wording.ru, &wording.en].into_iter().all(fits);
        all.then_some(wording)
    }
}
