//! What both sides agree on before a run: the profile, the recipes, the caps.

use crate::cbor::{self, Fields, Value};
use crate::id::{AgreementId, Digest};
use crate::matching::message::header;
use crate::matching::refusal::Refusal;

/// The only profile there is.
pub const PROFILE: &str = "VOPRF-ristretto255-SHA512";
/// The most bytes of a key of a person.
pub const KEY_BYTES_MAX: usize = 512;
/// Points that one query may carry.
pub const CHUNK_MAX: u32 = 4_096;
/// The largest cap of a list.
pub const CAP_MAX: u32 = 1_000_000;
const PARAMS_BYTES_MAX: usize = 4_096;
const RECIPES_MAX: usize = 16;
const KEYS_PER_PERSON_MAX: u32 = 64;
const REFERENCE_MAX: u32 = 64;
const AUDIT_MAX: u32 = 1_000;

/// One of the two parties of a run, in the order in which the agreement names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The party named first.
    First,
    /// The party named second.
    Second,
}

impl Side {
    /// The other party.
    pub fn other(self) -> Side {
        match self {
            Side::First => Side::Second,
            Side::Second => Side::First,
        }
    }

    pub(super) fn at(self) -> usize {
        match self {
            Side::First => 0,
            Side::Second => 1,
        }
    }

    pub(super) fn of(number: u64) -> Option<Side> {
        match number {
            0 => Some(Side::First),
            1 => Some(Side::Second),
            _ => None,
        }
    }
}

/// The parameters of one run. Its digest is the session: every message names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// The agreement under which the run is made.
    pub agreement: AgreementId,
    /// The number of this run in its period, from 1.
    pub run: u32,
    /// How many runs the period has.
    pub runs: u32,
    /// Which normalisation of names the keys went through.
    pub normalisation: String,
    /// SHA-256 of the tables of that normalisation.
    pub tables: Digest,
    /// The recipes that keys may come from, ascending.
    pub recipes: Vec<String>,
    /// How many keys one person may have.
    pub keys_per_person: u32,
    /// How many keys each side may ask for, the first side's first. The lists are filled up to it.
    pub sought: [u32; 2],
    /// How many keys each side may hold, the first side's first. The lists are filled up to it.
    pub held: [u32; 2],
    /// Points of one query.
    pub chunk: u32,
    /// How many leaves of each list an audit opens.
    pub audit: u32,
    /// For how many days tags may be kept.
    pub retention_days: u32,
    /// The most bytes of a sealed case reference beside each tag; 0 for none.
    pub reference: u32,
}

impl Params {
    /// The session: SHA-256 of the encoding.
    pub fn session(&self) -> Digest {
        Digest::of(&self.encode())
    }

    /// The deterministic encoding.
    pub fn encode(&self) -> Vec<u8> {
        let recipes = self.recipes.iter().map(|recipe| Value::Text(recipe)).collect();
        let two = |pair: [u32; 2]| Value::Array(pair.iter().map(|n| Value::Uint(u64::from(*n))).collect());
        let number = |n: u32| Value::Uint(u64::from(n));
        cbor::encode(&Value::Map(vec![
            ("v", Value::Uint(1)),
            ("kind", Value::Text("psi.params")),
            ("agreement", Value::Bytes(self.agreement.as_bytes())),
            ("profile", Value::Text(PROFILE)),
            ("run", number(self.run)),
            ("runs", number(self.runs)),
            ("normalisation", Value::Text(&self.normalisation)),
            ("tables", Value::Bytes(self.tables.as_bytes())),
            ("recipes", Value::Array(recipes)),
            ("keys", number(self.keys_per_person)),
            ("sought", two(self.sought)),
            ("held", two(self.held)),
            ("chunk", number(self.chunk)),
            ("audit", number(self.audit)),
            ("retention", number(self.retention_days)),
            ("reference", number(self.reference)),
        ]))
    }

    /// Reads and checks parameters.
    ///
    /// # Errors
    /// The form, or the first limit that they pass.
    pub fn decode(bytes: &[u8]) -> Result<Params, Refusal> {
        if bytes.len() > PARAMS_BYTES_MAX {
            return Err(Refusal::Oversize { found: bytes.len(), max: PARAMS_BYTES_MAX });
        }
        let mut fields = header(bytes, "psi.params")?;
        if fields.text("profile")? != PROFILE {
            return Err(Refusal::Params("the profile is unknown"));
        }
        let params = Params {
            agreement: AgreementId(fields.fixed("agreement")?),
            run: fields.uint32("run")?,
            runs: fields.uint32("runs")?,
            normalisation: fields.text("normalisation")?.to_owned(),
            tables: Digest(fields.fixed("tables")?),
            recipes: texts(&mut fields)?,
            keys_per_person: fields.uint32("keys")?,
            sought: pair(&mut fields, "sought")?,
            held: pair(&mut fields, "held")?,
            chunk: fields.uint32("chunk")?,
            audit: fields.uint32("audit")?,
            retention_days: fields.uint32("retention")?,
            reference: fields.uint32("reference")?,
        };
        fields.done()?;
        params.check()?;
        Ok(params)
    }

    /// Whether the parameters hold together.
    ///
    /// # Errors
    /// The first limit that they pass.
    pub fn check(&self) -> Result<(), Refusal> {
        let word = |text: &String| {
            (1..=32).contains(&text.len())
                && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        };
        let rules = [
            (self.run >= 1 && self.run <= self.runs, "a run beyond the runs of the period"),
            (word(&self.normalisation), "the normalisation is not named in a-z 0-9 -"),
            (!self.recipes.is_empty() && self.recipes.len() <= RECIPES_MAX, "no recipes, or too many"),
            (self.recipes.iter().all(word), "a recipe is not named in a-z 0-9 -"),
            (self.recipes.is_sorted_by(|a, b| a < b), "the recipes are not ascending"),
            ((1..=KEYS_PER_PERSON_MAX).contains(&self.keys_per_person), "keys per person beyond the limit"),
            (self.sought.iter().chain(&self.held).all(|cap| *cap <= CAP_MAX), "a cap beyond the limit"),
            ((1..=CHUNK_MAX).contains(&self.chunk), "a chunk beyond the limit"),
            (self.audit <= AUDIT_MAX, "an audit beyond the limit"),
            (self.reference <= REFERENCE_MAX, "a reference beyond the limit"),
        ];
        match rules.iter().find(|(holds, _)| !holds) {
            Some((_, why)) => Err(Refusal::Params(why)),
            None => Ok(()),
        }
    }

    /// How many queries this side makes.
    pub(super) fn chunks(&self, asker: Side) -> u32 {
        self.sought[asker.at()].div_ceil(self.chunk)
    }

    /// Whether a key begins with the version and one of the recipes, and has something behind them.
    pub(super) fn takes(&self, key: &[u8]) -> bool {
        let Some(rest) = key.strip_prefix(b"v1|") else { return false };
        let Some(end) = rest.iter().position(|b| *b == b'|') else { return false };
        key.len() <= KEY_BYTES_MAX
            && rest.len() > end + 1
            && self.recipes.iter().any(|recipe| recipe.as_bytes() == &rest[..end])
    }
}

fn texts(fields: &mut Fields<'_>) -> Result<Vec<String>, Refusal> {
    let mut texts = Vec::new();
    for value in fields.array("recipes")? {
        let Value::Text(text) = value else {
            return Err(cbor::CborError::WrongValue { key: "recipes" }.into());
        };
        texts.push(text.to_owned());
    }
    Ok(texts)
}

fn pair(fields: &mut Fields<'_>, key: &'static str) -> Result<[u32; 2], Refusal> {
    let wrong = cbor::CborError::WrongValue { key };
    match fields.array(key)?[..] {
        [Value::Uint(a), Value::Uint(b)] => {
            let (Ok(a), Ok(b)) = (u32::try_from(a), u32::try_from(b)) else { return Err(wrong.into()) };
            Ok([a, b])
        }
        _ => Err(wrong.into()),
    }
}
