//! The rules of a round as TOML: read, and refused with line and field.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use crate::ids::Party;
use crate::selection::joint::rules::{
    Against, Balance, Cap, CategoryRule, ChanceRule, GroupClass, Objective, Rules, RulesError, SidePlaces,
};
use crate::selection::{LABEL_BYTES_MAX, is_label};

/// The longest file of rules, in bytes.
pub const RULES_BYTES_MAX: usize = 4 << 20;
/// Why a file of rules is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RulesFileError {
    /// Too long.
    #[error("longer than {RULES_BYTES_MAX} bytes")]
    TooLong,
    /// A line is refused.
    #[error("line {line}: {field}: {problem}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// The field, as the file calls it.
        field: String,
        /// What is wrong with it.
        problem: String,
    },
}

type Word = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireRules {
    agreement: Word,
    objective: Word,
    classes: Spanned<u8>,
    group_class: Word,
    chances: Option<Word>,
    sides: Spanned<Vec<WireSide>>,
    categories: Vec<WireCategory>,
    balance: Option<Spanned<WireBalance>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireBalance {
    carried: i64,
    tolerance: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSide {
    party: Word,
    #[serde(default)]
    caps: Vec<WireCap>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireCap {
    id: Word,
    within: Option<Word>,
    at_most: Option<u32>,
    at_least: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireCategory {
    id: Word,
    against: Word,
    at_most: Option<Spanned<PerSide>>,
    at_least: Option<Spanned<PerSide>>,
    worth: Option<Spanned<u32>>,
}

/// Two numbers in the order of the sides, or some by party.
enum PerSide {
    Both([u32; 2]),
    Stated(BTreeMap<String, u32>),
}

impl<'de> Deserialize<'de> for PerSide {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = PerSide;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("two numbers, one for each side, or a table of numbers by party")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<PerSide, A::Error> {
                Deserialize::deserialize(SeqAccessDeserializer::new(seq)).map(PerSide::Both)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PerSide, A::Error> {
                Deserialize::deserialize(MapAccessDeserializer::new(map)).map(PerSide::Stated)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// Reads the rules of a round. Whatever is read this way is sound.
///
/// # Errors
/// The first line that is refused, with the field.
pub fn rules(text: &str) -> Result<Rules, RulesFileError> {
    if text.len() > RULES_BYTES_MAX {
        return Err(RulesFileError::TooLong);
    }
    // A mark of the order of bytes, as some programs put before a text, is no part of it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file = File { text };
    let wire: WireRules = toml::from_str(text).map_err(|error| file.not_the_format(&error))?;
    let rules = file.rules(&wire)?;
    rules.sound().map_err(|error| file.unsound(&wire, &rules, &error))?;
    Ok(rules)
}

struct File<'a> {
    text: &'a str,
}

impl File<'_> {
    fn rules(&self, wire: &WireRules) -> Result<Rules, RulesFileError> {
        let agreement = wire.agreement.get_ref();
        let hex = agreement.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if agreement.len() != 32 || !hex {
            return Err(self.refused(&wire.agreement, "agreement", "not 32 lower-case hexadecimal digits"));
        }
        let [first, second] = &wire.sides.get_ref()[..] else {
            let problem = format!("{} sides where there must be two", wire.sides.get_ref().len());
            return Err(self.refused(&wire.sides, "sides", problem));
        };
        let parties = [first, second].map(|side| side.party.get_ref().as_str());
        let categories = wire.categories.iter().map(|category| self.category(category, parties));
        Ok(Rules {
            agreement: agreement.clone(),
            objective: self.word(&wire.objective, "objective", &Objective::ALL)?,
            group_class: self.word(&wire.group_class, "group_class", &GroupClass::ALL)?,
            chances: match &wire.chances {
                None => ChanceRule::Lots,
                Some(word) => self.word(word, "chances", &ChanceRule::ALL)?,
            },
            classes: *wire.classes.get_ref(),
            sides: [self.side(first)?, self.side(second)?],
            categories: categories.collect::<Result<_, _>>()?,
            balance: self.balance(wire)?,
        })
    }

    fn side(&self, wire: &WireSide) -> Result<SidePlaces, RulesFileError> {
        let party = Party::new(wire.party.get_ref());
        let party = party.map_err(|error| self.refused(&wire.party, "party", error.to_string()))?;
        let mut places = SidePlaces { party, caps: Vec::new() };
        for cap in &wire.caps {
            let within = match &cap.within {
                None => None,
                Some(outer) => Some(places.cap(outer.get_ref()).ok_or_else(|| {
                    let problem = format!("no cap {:?} stands before this one", outer.get_ref());
                    self.refused(outer, "within", problem)
                })?),
            };
            let (at_least, at_most) = (cap.at_least.unwrap_or(0), cap.at_most);
            places.caps.push(Cap { id: self.label(&cap.id)?, within, at_least, at_most });
        }
        Ok(places)
    }

    fn category(&self, wire: &WireCategory, parties: [&str; 2]) -> Result<CategoryRule, RulesFileError> {
        Ok(CategoryRule {
            id: self.label(&wire.id)?,
            against: Against::read(wire.against.get_ref()).ok_or_else(|| {
                let problem = "neither \"all-for-all\", \"one-for-one\" nor a ratio such as \"3:1\"";
                self.refused(&wire.against, "against", problem)
            })?,
            at_least: self.per_side(&wire.at_least, "at_least", parties)?.map(Option::unwrap_or_default),
            at_most: self.per_side(&wire.at_most, "at_most", parties)?,
        })
    }

    /// The balance: stated with what a person of every category is worth, or not at all.
    fn balance(&self, wire: &WireRules) -> Result<Option<Balance>, RulesFileError> {
        let Some(stated) = &wire.balance else {
            return match wire.categories.iter().find_map(|category| category.worth.as_ref()) {
                Some(worth) => Err(self.refused(worth, "worth", "there is no [balance] to count it in")),
                None => Ok(None),
            };
        };
        let worth = |category: &WireCategory| match &category.worth {
            Some(worth) => Ok(*worth.get_ref()),
            None => Err(self.refused(&category.id, "worth", "the balance needs it of every category")),
        };
        let worths = wire.categories.iter().map(worth).collect::<Result<_, _>>()?;
        let WireBalance { carried, tolerance } = *stated.get_ref();
        Ok(Some(Balance { worths, carried, tolerance }))
    }

    /// What is stated of each side; nothing of a side that a table leaves out.
    fn per_side(
        &self,
        wire: &Option<Spanned<PerSide>>,
        field: &str,
        parties: [&str; 2],
    ) -> Result<[Option<u32>; 2], RulesFileError> {
        let Some(wire) = wire else { return Ok([None; 2]) };
        match wire.get_ref() {
            PerSide::Both(both) => Ok(both.map(Some)),
            PerSide::Stated(stated) => match stated.keys().find(|party| !parties.contains(&party.as_str())) {
                Some(party) => {
                    let problem = format!("{party:?} is neither {} nor {}", parties[0], parties[1]);
                    Err(self.refused(wire, field, problem))
                }
                None => Ok(parties.map(|party| stated.get(party).copied())),
            },
        }
    }

    fn word<T: Copy>(&self, word: &Word, field: &str, words: &[(&str, T)]) -> Result<T, RulesFileError> {
        let found = words.iter().find(|(known, _)| *known == word.get_ref());
        found.map(|(_, value)| *value).ok_or_else(|| {
            let known: Vec<String> = words.iter().map(|(known, _)| format!("{known:?}")).collect();
            self.refused(word, field, format!("{:?} is none of {}", word.get_ref(), known.join(", ")))
        })
    }

    fn label(&self, label: &Word) -> Result<String, RulesFileError> {
        let text = label.get_ref();
        if is_label(text) {
            return Ok(text.clone());
        }
        let problem = format!(
            "{text:?}: a label has 1 to {LABEL_BYTES_MAX} bytes, no comma, no quote and no space at its ends"
        );
        Err(self.refused(label, "id", problem))
    }

    fn refused<T>(&self, at: &Spanned<T>, field: &str, problem: impl Into<String>) -> RulesFileError {
        let line = self.line(at.span().start);
        RulesFileError::Line { line, field: field.to_owned(), problem: problem.into() }
    }

    fn not_the_format(&self, error: &toml::de::Error) -> RulesFileError {
        let start = error.span().map_or(0, |span| span.start);
        let line = self.line(start);
        let written = self.text.lines().nth(line - 1).unwrap_or_default();
        let problem = error.message().to_owned();
        // A field that is missing stands on no line: the message names it, and the line is that of its table.
        let missing = problem.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
        // A field that nobody knows may stand on a line with others.
        let unknown = problem.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
        let field =
            missing.or(unknown).unwrap_or_else(|| written.split('=').next().unwrap_or_default().trim());
        let field = field.chars().take(LABEL_BYTES_MAX).collect();
        RulesFileError::Line { line, field, problem }
    }

    /// Says on which line rules stand that are well written and cannot be selected by.
    fn unsound(&self, wire: &WireRules, rules: &Rules, error: &RulesError) -> RulesFileError {
        let problem = error.to_string();
        let sides = wire.sides.get_ref();
        let cap = |id: &str| {
            // The cap that is at fault, or else the last of this name: the one that is there a second time.
            let named = |side: usize| {
                (0..sides[side].caps.len()).filter(move |&at| rules.sides[side].caps[at].id == id)
            };
            let all: Vec<(usize, usize)> =
                (0..2).flat_map(|side| named(side).map(move |at| (side, at))).collect();
            let at_fault = |&&(side, at): &&(usize, usize)| {
                let Cap { at_least, at_most, .. } = &rules.sides[side].caps[at];
                let again = rules.sides[side].caps[..at].iter().any(|one| one.id == id);
                again || at_most.is_some_and(|most| most < *at_least || most > super::super::PLACES_MAX)
            };
            all.iter().find(at_fault).or(all.last()).map(|&(side, at)| &sides[side].caps[at].id)
        };
        let category =
            |id: &str| wire.categories.iter().rev().find(|one| one.id.get_ref() == id).map(|one| &one.id);
        let named = match error {
            RulesError::Twice { what: "cap", id } | RulesError::LeastAboveMost { what: "cap", id, .. } => {
                cap(id)
            }
            RulesError::Twice { id, .. } | RulesError::LeastAboveMost { id, .. } => category(id),
            RulesError::OutOfBounds { what, .. } if what == "classes" => {
                return self.refused(&wire.classes, "classes", problem);
            }
            RulesError::OutOfBounds { what, .. } => what
                .split('"')
                .nth(1)
                .and_then(|id| if what.starts_with("cap") { cap(id) } else { category(id) }),
            RulesError::None("cap") => sides.iter().find(|side| side.caps.is_empty()).map(|side| &side.party),
            RulesError::OneParty => Some(&sides[1].party),
            RulesError::TooHeavy { what, .. } => {
                let heavy = |worth: &&Spanned<u32>| *worth.get_ref() > super::super::WORTH_MAX;
                let worth = wire.categories.iter().filter_map(|one| one.worth.as_ref()).find(heavy);
                return match (worth, &wire.balance) {
                    (Some(worth), _) => self.refused(worth, what, problem),
                    (None, Some(balance)) => self.refused(balance, what, problem),
                    (None, None) => self.refused(&wire.sides, what, problem),
                };
            }
            RulesError::Worths { .. }
            | RulesError::TooMany { .. }
            | RulesError::Within(_)
            | RulesError::None(_) => None,
        };
        match named {
            Some(word) => self.refused(word, "id", problem),
            None => self.refused(&wire.sides, "rules", problem),
        }
    }

    fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}
