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
    /// Headers of one thing, each list's own.
    #[serde(default)]
    pub same: Vec<Vec<String>>,
    /// Sources that name everyone once.
    #[serde(default)]
    pub once: Vec<String>,
    /// The letters in which the files are written, where it is not seen from them.
    encoding: Option<String>,
}

/// The words by which settings call a purpose.
pub(super) const PURPOSES: [(&str, Purpose); 14] = [
    ("id", Purpose::Id),
    ("source", Purpose::Source),
    ("name", Purpose::WholeName),
    ("name-given-first", Purpose::GivenFirst),
    ("surname", Purpose::Compared(Kind::Name(Role::Surname))),
    ("given", Purpose::Compared(Kind::Name(Role::Given))),
    ("patronymic", Purpose::Compared(Kind::Name(Role::Patronymic))),
    ("birth", Purpose::Compared(Kind::Birth)),
    ("words", Purpose::Compared(Kind::Words)),
    ("place", Purpose::Compared(Kind::Words)),
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
                let meant = text.lines().nth(line - 1).and_then(meant);
                return Ok(Err(match meant {
                    Some(meant) => {
                        t.s3("link-refused-toml-quotes", "file", &file, "line", line, "meant", brief(&meant))
                    }
                    None => t.s3("link-refused-toml", "file", &file, "line", line, "column", column),
                }));
            }
        };
        if let Some(label) = settings.encoding.as_ref().filter(|_| settings.encoding().is_none()) {
            return Ok(Err(t.s2("link-refused-encoding", "file", &file, "encoding", brief(label))));
        }
        if let Some(header) = settings.twice_same() {
            return Ok(Err(t.s2("link-refused-same", "file", &file, "column", brief(header))));
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

    /// Whether the settings name a column.
    pub fn names(&self, header: &str) -> bool {
        self.named().any(|named| named == header)
    }

    /// All headers that the settings name.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().chain(self.same.iter().flatten()).map(String::as_str)
    }

    /// The headers of what a column of this header holds, its own among them, where the settings say so.
    pub fn same_as(&self, header: &str) -> Option<&[String]> {
        self.same.iter().find(|group| group.iter().any(|one| one == header)).map(Vec::as_slice)
    }

    /// A header that stands twice in `same`, or alone.
    fn twice_same(&self) -> Option<&str> {
        let mut all: Vec<&str> = self.same.iter().flatten().map(String::as_str).collect();
        all.sort_unstable();
        let twice = all.windows(2).find(|two| two[0] == two[1]).map(|two| two[0]);
        let alone = self.same.iter().find(|group| group.len() < 2);
        twice.or(alone.map(|group| group.first().map_or("", String::as_str)))
    }

    /// What the settings say a column is for.
    pub fn purpose(&self, header: &str) -> Option<Purpose> {
        self.columns.get(header).and_then(|word| of_word(word))
    }
}

/// A line whose quotes were forgotten as it should be; nothing where it does not end with a word of the settings, since a list given by
/// mistake is lines of people.
fn meant(line: &str) -> Option<String> {
    let (header, word) = line.split_once('=')?;
    let bare = |text: &str| text.trim().trim_matches(['"', '\'', '“', '”', '«', '»', '„']).to_owned();
    let (header, word) = (bare(header), bare(word.split('#').next()?));
    (!header.is_empty() && of_word(&word).is_some()).then(|| format!("\"{header}\" = \"{word}\""))
}

fn of_word(word: &str) -> Option<Purpose> {
    PURPOSES.iter().find(|(one, _)| *one == word).map(|(_, purpose)| *purpose)
}
