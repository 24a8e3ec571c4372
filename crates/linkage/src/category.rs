//! Words of a category that say one thing: a man and a woman, in the languages of the lists.
//!
//! Decides which words of a category are equal. Refuses to guess: whatever is not one of these words stands for itself.

use std::borrow::Cow;

/// How a man is told, the first word for all of them.
const MAN: &str = "m male man ч чол чоловік чоловіча чоловічий м муж мужской мужчина h homme mann männlich";
/// How a woman is told.
const WOMAN: &str = "f female woman ж жін жінка жіноча жіночий жен женский женщина w weiblich femme frau";

/// A cell of a category, a man's and a woman's in one word each.
pub(crate) fn folded(cell: &str) -> Cow<'_, str> {
    // No word is longer; most cells are one letter.
    if cell.len() > 24 {
        return Cow::Borrowed(cell);
    }
    let lower = cell.trim_end_matches('.').to_lowercase();
    let is_in = |words: &str| words.split(' ').any(|word| word == lower);
    match () {
        () if is_in(MAN) => Cow::Borrowed("m"),
        () if is_in(WOMAN) => Cow::Borrowed("f"),
        () => Cow::Borrowed(cell),
    }
}

/// Whether two categories, folded, are a man's and a woman's.
pub(crate) fn are_two_sexes(one: &str, other: &str) -> bool {
    matches!((one, other), ("M", "F") | ("F", "M"))
}
