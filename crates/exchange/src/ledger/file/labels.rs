//! The labels of persons and lots, and the items that they stand for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sha2::{Digest as _, Sha256};

use super::table::Table;
use super::{ActsError, LABEL_CHARS_MAX};
use crate::ids::Item;

/// The labels under which items stand in a file, for reports. Filled only when somebody asks.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Labels(BTreeMap<Item, String>);

impl fmt::Debug for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Labels({} items)", self.0.len())
    }
}

impl Labels {
    /// The labels of these items, as far as the file has them.
    ///
    /// # Errors
    /// As [`Acts::over`]; rows themselves are not judged.
    pub fn of(bytes: &[u8], items: &BTreeSet<Item>) -> Result<Self, ActsError> {
        Self::filled(bytes, |item| items.contains(item))
    }

    /// The labels of all items of a file.
    ///
    /// # Errors
    /// As [`Acts::over`]; rows themselves are not judged.
    pub fn all(bytes: &[u8]) -> Result<Self, ActsError> {
        Self::filled(bytes, |_| true)
    }

    /// The label of an item; nothing where the file names it by its digits alone, or not at all.
    pub fn label(&self, item: &Item) -> Option<&str> {
        self.0.get(item).map(String::as_str)
    }

    fn filled(bytes: &[u8], wanted: impl Fn(&Item) -> bool) -> Result<Self, ActsError> {
        let mut table = Table::open(bytes)?;
        let mut labels = BTreeMap::new();
        while let Some(read) = table.advance() {
            read?;
            for column in table.columns_of_items() {
                let label = table.cell(column);
                let named = label.len() != 64 || label.parse::<Item>().is_err();
                let Some(item) = item_of_label(&label).filter(|item| named && wanted(item)) else { continue };
                labels.entry(item).or_insert_with(|| label.into_owned());
            }
        }
        Ok(Self(labels))
    }
}

/// The item that a label stands for: 64 hexadecimal digits are the item itself, every other label of 1 to 64 visible
/// characters is hashed. Nothing where the text is no label.
pub fn item_of_label(label: &str) -> Option<Item> {
    if label.len() == 64
        && let Ok(item) = label.parse()
    {
        return Some(item);
    }
    let plain = label.bytes().all(|byte| byte.is_ascii_graphic());
    let fits = if plain {
        (1..=LABEL_CHARS_MAX).contains(&label.len())
    } else {
        let trimmed = !label.starts_with(' ') && !label.ends_with(' ');
        trimmed && (1..=LABEL_CHARS_MAX).contains(&label.chars().count()) && label.chars().all(is_visible)
    };
    if !fits {
        return None;
    }
    let mut hash = Sha256::new();
    hash.update(b"homeward item v1\0");
    hash.update(label.as_bytes());
    Some(Item(hash.finalize().into()))
}

/// Whether a character can be seen, or is a space: two labels that look the same shall be the same.
fn is_visible(character: char) -> bool {
    let unseen = matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    character == ' ' || (!character.is_control() && !character.is_whitespace() && !unseen)
}
