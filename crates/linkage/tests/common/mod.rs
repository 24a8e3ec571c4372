//! What several tests of the linkage share: the folder of reference tables, and romanisation by a table.

#![allow(dead_code, reason = "each test uses a part")]

use linkage::forms::{Folding, Forms, Level, Role};
use serde_json::{Map, Value};

/// The text of a reference table that is not part of this repository; says aloud where it is not there.
#[expect(clippy::print_stderr, reason = "a test that cannot run says so aloud")]
pub fn shared(path: &str) -> Option<String> {
    let shared = std::env::var("HOMEWARD_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let path = format!("{shared}/data/{path}");
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!(
            "SKIPPED: {path} is not there (HOMEWARD_SHARED names its folder); nothing measured over it"
        );
    }
    text
}

/// How two writings compare as a part of a name.
pub fn level(a: &str, b: &str, role: Role) -> Level {
    let mut forms = Forms::new(Folding::Name);
    let (a, b) = (forms.form(a), forms.form(b));
    forms.settle();
    forms.level(a, b, role)
}

/// A table by which Cyrillic is written in Latin letters: what stands for a letter, alone and beside others.
pub struct Scheme {
    /// The table's name in its source.
    pub name: String,
    /// Whether it is for Ukrainian.
    pub ukrainian: bool,
    main: Map<String, Value>,
    /// At the start of a word.
    first: Map<String, Value>,
    /// For groups of letters anywhere.
    special: Map<String, Value>,
    /// For the second of two letters, and for the first of two.
    after: Map<String, Value>,
    before: Map<String, Value>,
    /// For the last two letters.
    ending: Map<String, Value>,
    delete: Vec<String>,
}

impl Scheme {
    /// A table of the package `translitua`.
    pub fn of_translitua(name: &str, table: &Value) -> Self {
        let map = |key: &str| table[key].as_object().cloned().unwrap_or_default();
        let delete = table["delete"].as_array().cloned().unwrap_or_default();
        Self {
            name: name.to_owned(),
            ukrainian: name.starts_with("Ukrainian"),
            main: map("main"),
            first: map("first"),
            special: map("special"),
            after: Map::new(),
            before: Map::new(),
            ending: Map::new(),
            delete: delete.iter().filter_map(|sign| sign.as_str().map(str::to_owned)).collect(),
        }
    }

    /// A schema of the package `iuliia`.
    pub fn of_iuliia(schema: &Value) -> Self {
        let map = |key: &str| schema[key].as_object().cloned().unwrap_or_default();
        Self {
            name: schema["name"].as_str().unwrap_or_default().to_owned(),
            ukrainian: false,
            main: map("mapping"),
            first: Map::new(),
            special: Map::new(),
            after: map("prev_mapping"),
            before: map("next_mapping"),
            ending: map("ending_mapping"),
            delete: Vec::new(),
        }
    }

    /// A text in Latin letters, small ones; what stands between words stays.
    pub fn romanise_all(&self, text: &str) -> String {
        let letter = |c: char| c.is_alphabetic();
        let words = text.split_inclusive(|c: char| !letter(c));
        words
            .map(|word| {
                let end = word.find(|c: char| !letter(c)).unwrap_or(word.len());
                self.romanise(&word[..end]) + &word[end..]
            })
            .collect()
    }

    /// A word in Latin letters, small ones.
    pub fn romanise(&self, word: &str) -> String {
        let letters: Vec<char> = word
            .to_lowercase()
            .chars()
            .filter(|c| !self.delete.iter().any(|sign| sign.starts_with(*c)))
            .collect();
        let text = |map: &Map<String, Value>, key: &[char]| {
            map.get(&key.iter().collect::<String>()).and_then(Value::as_str).map(str::to_owned)
        };
        let stem = letters.len().checked_sub(2).filter(|stem| *stem > 0);
        let ending = stem.and_then(|stem| text(&self.ending, &letters[stem..]));
        let end = if ending.is_some() { letters.len() - 2 } else { letters.len() };
        let mut latin = String::new();
        let mut at = 0;
        while at < end {
            let starts = at == 0 || !letters[at - 1].is_alphabetic();
            let before = &letters[at.saturating_sub(1)..=at];
            let pair = &letters[at..(at + 2).min(letters.len())];
            if let Some(group) = text(&self.special, pair).filter(|_| pair.len() == 2) {
                latin.push_str(&group);
                at += 2;
                continue;
            }
            let found = Some(()).filter(|()| starts).and_then(|()| text(&self.first, &letters[at..=at]));
            let found = found.or_else(|| text(&self.after, before)).or_else(|| text(&self.before, pair));
            let found = found.or_else(|| text(&self.main, &letters[at..=at]));
            // A sign for which a table has nothing is left out; a letter of another alphabet stays.
            let plain = letters[at].to_string();
            latin.push_str(&found.unwrap_or(if "ьъ'’ʼ".contains(&plain) {
                String::new()
            } else {
                plain
            }));
            at += 1;
        }
        latin + &ending.unwrap_or_default()
    }
}
