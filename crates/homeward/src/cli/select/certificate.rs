//! The file of a certificate (`docs/formats/certificate.md`): a flat list of parts, however deep the proof is.
//!
//! Decides how a proof is written and what of a foreign file is read at all; refuses to know whether it proves anything,
//! which is [`check`](exchange::selection::joint::check)'s to say. Nothing here calls itself: a proof as deep as it may be
//! is built and taken apart again without a deep stack.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;

use exchange::selection::joint::{
    CAPS_MAX, CATEGORIES_MAX, CLASS_MAX, Certificate, Choice, Level, Proof, Rules,
};
use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// The longest file, in bytes.
pub const BYTES_MAX: usize = 64 << 20;
/// The most parts of a proof.
pub const PARTS_MAX: usize = 10_000;
const LEVELS_MAX: usize = CLASS_MAX as usize + 6;
const NODES_MAX: usize = 2 + 2 * CAPS_MAX + 2 * CATEGORIES_MAX;

/// Why a certificate is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CertificateError {
    /// Not JSON, or not of this shape.
    #[error("{0}")]
    NotTheFormat(String),
    /// A level that there is not.
    #[error("levels: {0:?} is no level")]
    Level(String),
    /// Nothing to begin with.
    #[error("parts: there is none")]
    NoPart,
    /// A part that is neither closed nor divided in two.
    #[error("part {0}: neither prices, nor units, heads or a group with both halves")]
    Neither(usize),
    /// A category that the rules do not name.
    #[error("part {part}: {category:?} is no category of the rules")]
    Category {
        /// Which.
        part: usize,
        /// What it says.
        category: String,
    },
    /// A party that is no side of the rules.
    #[error("part {part}: {party:?} is no side of the rules")]
    Party {
        /// Which.
        part: usize,
        /// What it says.
        party: String,
    },
    /// A half that does not come after its whole, or is not there.
    #[error("part {part}: its half {half} does not come after it")]
    Order {
        /// Which.
        part: usize,
        /// The half.
        half: usize,
    },
    /// A part that is nobody's half, or the half of two.
    #[error("part {0} must be the half of exactly one part before it")]
    NotOnce(usize),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    levels: Few<String, LEVELS_MAX>,
    cost: Few<i128, LEVELS_MAX>,
    bound: Few<i128, LEVELS_MAX>,
    parts: Few<WirePart, PARTS_MAX>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WirePart {
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<WireUnits>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heads: Option<WireHeads>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    yes: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prices: Option<Few<Few<i64, LEVELS_MAX>, NODES_MAX>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<Few<i64, LEVELS_MAX>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireHeads {
    party: String,
    category: String,
    at_most: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireUnits {
    category: String,
    at_most: u32,
}

/// A certificate, which is taken apart piece by piece when it is let go.
pub struct Held(Certificate);

impl Held {
    /// Takes a certificate.
    pub fn of(certificate: Certificate) -> Self {
        Self(certificate)
    }

    /// The certificate.
    pub fn get(&self) -> &Certificate {
        &self.0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        drop(Piece(std::mem::replace(&mut self.0.proof, NOTHING)));
    }
}

const NOTHING: Proof = Proof::Closed { prices: Vec::new(), balance: Vec::new() };

/// A proof on its way: let go of, it is taken apart piece by piece.
struct Piece(Proof);

impl Piece {
    fn take(mut self) -> Proof {
        std::mem::replace(&mut self.0, NOTHING)
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        let mut open = vec![std::mem::replace(&mut self.0, NOTHING)];
        while let Some(proof) = open.pop() {
            if let Proof::Divided { yes, no, .. } = proof {
                open.extend([*yes, *no]);
            }
        }
    }
}

/// Writes a certificate, one part a line, with what the selecting side claims.
///
/// # Errors
/// Serde's own; there is no value here that cannot be written.
pub fn text(
    rules: &Rules,
    certificate: &Certificate,
    cost: &[i128],
    bound: &[i128],
) -> serde_json::Result<String> {
    let levels: Vec<String> = certificate.levels.iter().map(|level| code(*level)).collect();
    let mut text = format!(
        "{{\n\"levels\": {},\n\"cost\": {},\n\"bound\": {},\n\"parts\": [",
        serde_json::to_string(&levels)?,
        serde_json::to_string(cost)?,
        serde_json::to_string(bound)?
    );
    let mut waiting = VecDeque::from([&certificate.proof]);
    let (mut named, mut first) = (0, true);
    while let Some(proof) = waiting.pop_front() {
        let part = match proof {
            Proof::Closed { prices, balance } => {
                let prices = prices.iter().map(|price| Few(price.clone())).collect();
                let balance = (!balance.is_empty()).then(|| Few(balance.clone()));
                WirePart { prices: Some(Few(prices)), balance, ..WirePart::default() }
            }
            Proof::Divided { on, yes, no } => {
                waiting.extend([&**yes, &**no]);
                named += 2;
                WirePart { yes: Some(named - 1), no: Some(named), ..division(rules, *on) }
            }
        };
        text.push_str(if std::mem::take(&mut first) { "\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(&part)?);
    }
    text.push_str("\n]}\n");
    Ok(text)
}

/// What a part is divided by.
fn division(rules: &Rules, on: Choice) -> WirePart {
    let id = |category: usize| rules.categories[category].id.clone();
    match on {
        Choice::Units { category, at_most } => {
            WirePart { units: Some(WireUnits { category: id(category), at_most }), ..WirePart::default() }
        }
        Choice::Heads { side, category, at_most } => {
            let party = rules.sides[side].party.to_string();
            let heads = WireHeads { party, category: id(category), at_most };
            WirePart { heads: Some(heads), ..WirePart::default() }
        }
        Choice::Group { number } => WirePart { group: Some(number), ..WirePart::default() },
    }
}

/// Reads a certificate. What it claims of the roll's cost and bound is read and let go: a checker works both out itself.
///
/// # Errors
/// What is not of the format, by part.
pub fn read(rules: &Rules, text: &[u8]) -> Result<Held, CertificateError> {
    // A mark of the order of bytes, as some programs put before a text, is no part of it.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let wire: Wire =
        serde_json::from_slice(text).map_err(|error| CertificateError::NotTheFormat(error.to_string()))?;
    let levels = wire.levels.0.into_iter().map(level).collect::<Result<_, _>>()?;
    let count = wire.parts.0.len();
    let mut built: Vec<Option<Piece>> = (0..count).map(|_| None).collect();
    // From the last: the halves of a part are whole when the part is built.
    for (at, part) in wire.parts.0.into_iter().enumerate().rev() {
        let proof = self::part(rules, at, part, &mut built)?;
        built[at] = Some(Piece(proof));
    }
    if let Some(left) = built.iter().skip(1).position(Option::is_some) {
        return Err(CertificateError::NotOnce(left + 1));
    }
    let whole = built.first_mut().and_then(Option::take).ok_or(CertificateError::NoPart)?;
    Ok(Held(Certificate { levels, proof: whole.take() }))
}

fn part(
    rules: &Rules,
    at: usize,
    part: WirePart,
    built: &mut [Option<Piece>],
) -> Result<Proof, CertificateError> {
    let category = |id: String| {
        let found = rules.categories.iter().position(|one| one.id == id);
        found.ok_or(CertificateError::Category { part: at, category: id })
    };
    let (on, halves) = match part {
        WirePart {
            prices: Some(prices),
            balance,
            units: None,
            heads: None,
            group: None,
            yes: None,
            no: None,
        } => {
            let balance = balance.map_or_else(Vec::new, |price| price.0);
            return Ok(Proof::Closed {
                prices: prices.0.into_iter().map(|price| price.0).collect(),
                balance,
            });
        }
        WirePart { yes: Some(yes), no: Some(no), units, heads, group, prices: None, balance: None } => {
            let on = match (units, heads, group) {
                (Some(units), None, None) => {
                    Choice::Units { category: category(units.category)?, at_most: units.at_most }
                }
                (None, Some(heads), None) => {
                    let side = rules.sides.iter().position(|side| side.party.as_str() == heads.party);
                    let unknown = CertificateError::Party { part: at, party: heads.party };
                    let category = category(heads.category)?;
                    Choice::Heads { side: side.ok_or(unknown)?, category, at_most: heads.at_most }
                }
                (None, None, Some(number)) => Choice::Group { number },
                _ => return Err(CertificateError::Neither(at)),
            };
            (on, [yes, no])
        }
        _ => return Err(CertificateError::Neither(at)),
    };
    let mut half = |half: usize| {
        if half <= at || half >= built.len() {
            return Err(CertificateError::Order { part: at, half });
        }
        built[half].take().ok_or(CertificateError::NotOnce(half))
    };
    let (yes, no) = (half(halves[0])?, half(halves[1])?);
    Ok(Proof::Divided { on, yes: Box::new(yes.take()), no: Box::new(no.take()) })
}

/// A level as the file calls it.
pub fn code(level: Level) -> String {
    match level {
        Level::Missing => "missing".to_owned(),
        Level::Total => "total".to_owned(),
        Level::Requested => "requested".to_owned(),
        Level::Class(class) => format!("class-{class}"),
        Level::TimeHeld => "time-held".to_owned(),
        Level::Lot => "lot".to_owned(),
        Level::NextLot => "next-lot".to_owned(),
    }
}

fn level(text: String) -> Result<Level, CertificateError> {
    let plain = [Level::Missing, Level::Total, Level::Requested, Level::TimeHeld, Level::Lot, Level::NextLot];
    let mut all = plain.into_iter().chain((1..=CLASS_MAX).map(Level::Class));
    all.find(|level| code(*level) == text).ok_or(CertificateError::Level(text))
}

/// A list that is not read beyond its most entries, so that a foreign file cannot ask for more memory.
#[derive(Serialize)]
#[serde(transparent)]
struct Few<T, const MOST: usize>(Vec<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for Few<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(AtMost(PhantomData))
    }
}

struct AtMost<T, const MOST: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for AtMost<T, MOST> {
    type Value = Few<T, MOST>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MOST}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(next) = seq.next_element()? {
            if all.len() == MOST {
                return Err(A::Error::custom(format!("more than {MOST} entries in one list")));
            }
            all.push(next);
        }
        Ok(Few(all))
    }
}

#[cfg(test)]
mod tests;
