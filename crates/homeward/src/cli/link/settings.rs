//! What a user says of the columns, in TOML: `docs/formats/link.md`.

use std::collections::BTreeMap;
use std::path::Path;

use encoding_rs::Encoding;
use linkage::forms::Role;
use linkage::schema::Purpose;
use linkage::table::Kind;
use serde::Deserialize;

use super::source;
use super::tell::brief;
use crate::web::Words;
use crate::web::words::Value;

/// Largest settings, in bytes.
const BYTES_MAX: usize = 1 << 20;

/// Settings of a job; what is left out is inferred.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// What columns are for, by header.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Sources that name everyone once.
    #[serde(default)]
    pub once: Vec<String>,
    /// The letters in which the files are written, where it is not seen from them.
    encoding: Option<String>,
}

/// The words by which settings call a purpose.
pub(super) const PURPOSES: [(&str, Purpose); 13] = [
    ("id", Purpose::Id),
    ("source", Purpose::Source),
    ("name", Purpose::WholeName),
    ("name-given-first", Purpose::GivenFirst),
    ("surname", Purpose::Compared(Kind::Name(Role::Surname))),
    ("given", Purpose::Compared(Kind::Name(Role::Given))),
    ("patronymic", Purpose::Compared(Kind::Name(Role::Patronymic))),
    ("birth", Purpose::Compared(Kind::Birth)),
    ("words", Purpose::Compared(Kind::Words)),
    ("code", Purpose::Compared(Kind::Code)),
    ("number", Purpose::Compared(Kind::Number)),
    ("category", Purpose::Compared(Kind::Category)),
    ("ignore", Purpose::Ignored),
];

/// The word for a purpose.
pub(super) fn word(purpose: Purpose) -> &'static str {
    PURPOSES.iter().find(|(_, one)| *one == purpose).map_or("ignore", |(word, _)| word)
}

impl Settings {
    /// Reads settings, or says what is refused.
    pub fn read(t: Words, path: &Path) -> anyhow::Result<Result<Self, String>> {
        let file = path.display().to_string();
        let bytes = match source::whole(t, path, BYTES_MAX)? {
            Ok(bytes) => bytes,
            Err(why) => return Ok(Err(why)),
        };
        let text = String::from_utf8_lossy(&bytes);
        let settings: Self = match toml::from_str(&text) {
            Ok(settings) => settings,
            // The line itself is not shown: a list given by mistake is lines of people.
            Err(why) => {
                let before = text.get(..why.span().map_or(0, |span| span.start)).unwrap_or_default();
                let line = 1 + before.matches('\n').count();
                let column = 1 + before.rsplit('\n').next().map_or(0, |line| line.chars().count());
                return Ok(Err(t.s3("link-refused-toml", "file", &file, "line", line, "column", column)));
            }
        };
        if let Some(label) = settings.encoding.as_ref().filter(|_| settings.encoding().is_none()) {
            return Ok(Err(t.s2("link-refused-encoding", "file", &file, "encoding", brief(label))));
        }
        let unknown = settings.columns.iter().find(|(_, purpose)| of_word(purpose).is_none());
        Ok(match unknown {
            Some((column, purpose)) => {
                let words: Vec<&str> = PURPOSES.iter().map(|(word, _)| *word).collect();
                let words = words.join(", ");
                let values: [(&str, &dyn Value); 4] = [
                    ("file", &file),
                    ("column", &brief(column)),
                    ("purpose", &brief(purpose)),
                    ("known", &words),
                ];
                Err(t.with("link-refused-purpose", &values))
            }
            None => Ok(settings),
        })
    }

    /// The encoding that the settings say.
    pub fn encoding(&self) -> Option<&'static Encoding> {
        Encoding::for_label(self.encoding.as_ref()?.as_bytes())
    }

    /// What the settings say a column is for.
    pub fn purpose(&self, header: &str) -> Option<Purpose> {
        self.columns.get(header).and_then(|word| of_word(word))
    }
}

fn of_word(word: &str) -> Option<Purpose> {
    PURPOSES.iter().find(|(one, _)| *one == word).map(|(_, purpose)| *purpose)
}
