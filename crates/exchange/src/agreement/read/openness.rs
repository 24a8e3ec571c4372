//! Disclosure, families and annexes.

use std::collections::BTreeMap;

use toml::value::Datetime;

use super::{At, End, NAME_BYTES_MAX, Reader, moment};
use crate::agreement::wire::{WireAnnex, WireAudiences, WireDisclosure, WireFamilies, WireRule, WireStandIn};
use crate::agreement::{
    Annex, Audience, CALL_HOURS_MAX, Disclosure, Families, Field, OpenFrom, Openness, Refused, Rule, StandIn,
    TermsError,
};

const OPENNESS: [(&str, Openness); 3] = [
    ("withheld", Openness::Withheld),
    ("aggregate", Openness::Aggregate),
    ("published", Openness::Published),
];
const OPENNESS_WORDS: &str = "withheld, aggregate or published";

impl Reader<'_> {
    pub(super) fn disclosure(&self, wire: WireDisclosure) -> Result<Disclosure, TermsError> {
        let at = self.clause(&wire.clause)?;
        let mut rules = BTreeMap::new();
        for (field, rule) in &wire.fields {
            let known = Field::ALL.into_iter().find(|known| known.code() == field);
            let field = at.value(known, "fields", field, "a field of a bulletin")?;
            let rule = match rule {
                WireRule::Public(word) => {
                    let public = at.word(&OPENNESS, field.code(), word, OPENNESS_WORDS)?;
                    let audiences = BTreeMap::from([(Audience::Public, public)]);
                    Rule { audiences, from: OpenFrom::AtOnce }
                }
                WireRule::Audiences(wire) => audiences(at, wire)?,
            };
            rules.insert(field, rule);
        }
        if rules.len() < Field::ALL.len() {
            return at.open("disclosure does not rule on every field of a bulletin");
        }
        Ok(Disclosure { clause: *wire.clause.get_ref(), rules })
    }

    pub(super) fn families(&self, wire: &WireFamilies) -> Result<Families, TermsError> {
        let at = self.clause(&wire.clause)?;
        let hours = (1..=CALL_HOURS_MAX).contains(&wire.call_hours).then_some(wire.call_hours);
        let call_hours = at.value(hours, "call_hours", &wire.call_hours.to_string(), "1 to 168 hours")?;
        Ok(Families { clause: *wire.clause.get_ref(), call_hours })
    }

    pub(super) fn stand_ins(&self, wire: Vec<WireStandIn>) -> Result<Vec<StandIn>, TermsError> {
        let one = |wire: WireStandIn| {
            let at = self.clause(&wire.clause)?;
            Ok(StandIn {
                clause: *wire.clause.get_ref(),
                says: at.words(wire.says, "stand-in", NAME_BYTES_MAX)?,
            })
        };
        wire.into_iter().map(one).collect()
    }

    pub(super) fn annexes(&self, wire: Vec<WireAnnex>) -> Result<Vec<Annex>, TermsError> {
        let mut read: Vec<Annex> = Vec::new();
        for annex in wire {
            let (at, no) = (self.line(&annex.no), *annex.no.get_ref());
            if read.iter().any(|other| other.no == no) {
                return at.refuse(Refused::Twice { what: "annex", id: no.to_string() });
            }
            let digest = match annex.digest {
                None => None,
                Some(hex) => Some(at.value(hex.parse().ok(), "digest", &hex, "64 hexadecimal digits")?),
            };
            read.push(Annex { no, title: at.words(annex.title, "annex title", NAME_BYTES_MAX)?, digest });
        }
        Ok(read)
    }
}

fn audiences(at: At, wire: &WireAudiences) -> Result<Rule, TermsError> {
    let mut audiences = BTreeMap::new();
    let named = [
        (Audience::Public, &wire.public),
        (Audience::Families, &wire.families),
        (Audience::Neutral, &wire.neutral),
    ];
    for (audience, word) in named {
        if let Some(word) = word {
            audiences.insert(audience, at.word(&OPENNESS, "fields", word, OPENNESS_WORDS)?);
        }
    }
    if audiences.is_empty() {
        return at.open("a field of a bulletin that names no audience");
    }
    let from = match wire.from.as_deref() {
        None => return at.open("from when a field is open: at-once, families-told, completion or a date"),
        Some("at-once") => OpenFrom::AtOnce,
        Some("families-told") => OpenFrom::FamiliesTold,
        Some("completion") => OpenFrom::Completion,
        Some(word) => {
            let day: Option<Datetime> = word.parse().ok();
            let day = at.value(day, "from", word, "at-once, families-told, completion or a date")?;
            OpenFrom::Moment(moment(day, at, "from", End::First)?)
        }
    };
    Ok(Rule { audiences, from })
}
