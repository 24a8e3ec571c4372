//! Whether a text states a number: in digits, in Roman numerals, or in Ukrainian, Russian or English words.
//!
//! Decides where; refuses to know whether the number is withheld. The words are data (`data/numerals.txt`), compared
//! after invisible characters are dropped and letters that look alike are made one. It errs towards finding: "одного
//! разу" and "first" are hits and the writer chooses other words, while "обидві сторони" and "both sides" pass. What
//! counts nothing ("several", "кілька", "впервые") passes.

use std::ops::Range;
use std::sync::LazyLock;

mod letters;

use letters::{is_apostrophe, is_hidden, skeleton};

/// A place in a text that states a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Where, in bytes of the text.
    pub at: Range<usize>,
    /// How the number is written.
    pub kind: Kind,
    /// What stands there, without hidden characters.
    pub word: String,
}

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// In digits or other characters that are numbers by themselves, of any script.
    Digits,
    /// In Roman numerals of two or more letters.
    Roman,
    /// In words.
    Word,
}

/// Finds every place of a text that states a number, in order.
pub fn find(text: &str) -> Vec<Hit> {
    let tokens = tokens(text);
    let mut hits = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let spaced = spaced_out(&tokens[at..]);
        if spaced >= 3 {
            let word: String = tokens[at..at + spaced].iter().map(|token| token.shown.as_str()).collect();
            if WORDS.states(&skeleton(&word)) {
                let range = tokens[at].at.start..tokens[at + spaced - 1].at.end;
                hits.push(Hit { at: range, kind: Kind::Word, word });
                at += spaced;
                continue;
            }
        }
        let token = &tokens[at];
        if let Some(kind) = token.kind(tokens.get(at + 1)) {
            hits.push(Hit { at: token.at.clone(), kind, word: token.shown.clone() });
        }
        at += 1;
    }
    hits
}

/// A run of letters, or of number characters.
struct Token {
    at: Range<usize>,
    /// The run without hidden characters.
    shown: String,
    numeric: bool,
    /// Whether one space, dot or hyphen is all that stands between this run and the one before.
    close: bool,
}

impl Token {
    fn kind(&self, next: Option<&Token>) -> Option<Kind> {
        if self.numeric {
            return Some(Kind::Digits);
        }
        if is_roman(&self.shown) {
            return Some(Kind::Roman);
        }
        let word = skeleton(&self.shown);
        if WORDS.sided.contains(&word) {
            let beside = next.is_some_and(|next| WORDS.beside.contains(&skeleton(&next.shown)));
            return (!beside).then_some(Kind::Word);
        }
        WORDS.states(&word).then_some(Kind::Word)
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut between = String::new();
    let mut open = false;
    for (at, c) in text.char_indices().filter(|(_, c)| !is_hidden(*c)) {
        let numeric = is_number(c);
        if !numeric && !c.is_alphabetic() {
            // An apostrophe, or a separator between digits, does not end a run.
            let keeps = open
                && (is_apostrophe(c) || (tokens.last().is_some_and(|t| t.numeric) && matches!(c, '.' | ',')));
            if !keeps {
                open = false;
            }
            between.push(c);
            continue;
        }
        let end = at + c.len_utf8();
        match tokens.last_mut().filter(|last| open && last.numeric == numeric) {
            Some(last) => {
                last.shown.push_str(&between);
                last.shown.push(c);
                last.at.end = end;
            }
            None => {
                let close = matches!(between.as_str(), " " | "." | "-" | "_" | "·" | "\u{a0}");
                tokens.push(Token { at: at..end, shown: c.to_string(), numeric, close });
            }
        }
        between.clear();
        open = true;
    }
    tokens
}

/// A character that is a number by itself: decimal digits, letters and signs of any script, and Han numerals.
fn is_number(c: char) -> bool {
    c.is_numeric() || "零一二三四五六七八九十百千万億兩两".contains(c)
}

/// How many single letters follow one another, each one step apart.
fn spaced_out(tokens: &[Token]) -> usize {
    let single = |token: &Token| !token.numeric && token.shown.chars().count() == 1;
    let rest = tokens.iter().skip(1).take_while(|token| token.close && single(token)).count();
    if tokens.first().is_some_and(single) { 1 + rest } else { 0 }
}

/// Roman numerals of at least two letters: in capitals all letters, in small letters or in Cyrillic only I, V and X
/// (so that "mix" and an abbreviation in Cyrillic pass).
fn is_roman(shown: &str) -> bool {
    let letters = skeleton(shown);
    let latin_capitals =
        shown.chars().all(char::is_uppercase) && shown.chars().any(|c| c.is_ascii_uppercase());
    let allowed = if latin_capitals { "ivxlcdm" } else { "ivx" };
    let same_case = shown.chars().all(char::is_uppercase) || shown.chars().all(char::is_lowercase);
    let mut rest = letters.as_str();
    // The Ukrainian for "them" looks like nine but for its dots.
    if rest.len() < 2
        || !same_case
        || shown.contains(['ї', 'Ї'])
        || !rest.chars().all(|c| allowed.contains(c))
    {
        return false;
    }
    let groups: [&[&str]; 4] = [
        &["mmm", "mm", "m"],
        &["cm", "dccc", "dcc", "dc", "d", "cd", "ccc", "cc", "c"],
        &["xc", "lxxx", "lxx", "lx", "l", "xl", "xxx", "xx", "x"],
        &["ix", "viii", "vii", "vi", "v", "iv", "iii", "ii", "i"],
    ];
    for group in groups {
        rest = group.iter().find_map(|written| rest.strip_prefix(written)).unwrap_or(rest);
    }
    rest.is_empty()
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("../../data/numerals.txt")));

/// The lists of the data file, as skeletons, each sorted.
#[derive(Default)]
struct Words {
    exact: Vec<String>,
    stem: Vec<String>,
    part: Vec<String>,
    unit: Vec<String>,
    sided: Vec<String>,
    beside: Vec<String>,
}

impl Words {
    fn read(data: &str) -> Self {
        let mut words = Self::default();
        let mut unnamed = Vec::new();
        let mut list = &mut unnamed;
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix("= ") {
                Some("exact") => list = &mut words.exact,
                Some("stem") => list = &mut words.stem,
                Some("part") => list = &mut words.part,
                Some("unit") => list = &mut words.unit,
                Some("sided") => list = &mut words.sided,
                Some("beside") => list = &mut words.beside,
                _ => list.extend(line.split_whitespace().map(skeleton)),
            }
        }
        words.exact.sort_unstable();
        words
    }

    /// Whether a word, as a skeleton, states a number.
    fn states(&self, word: &str) -> bool {
        let starts = |list: &[String], word: &str| list.iter().any(|start| word.starts_with(start.as_str()));
        let composed =
            |part: &String| word.strip_prefix(part.as_str()).is_some_and(|rest| starts(&self.unit, rest));
        self.exact.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
            || starts(&self.stem, word)
            || self.part.iter().any(composed)
    }
}

#[cfg(test)]
mod tests;
