//! The shape of a text of terms in TOML (`docs/formats/terms.md`). What may be left open in the file is optional here, so
//! that its absence is refused by clause and not as a missing key.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::wording::WireWording;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wire {
    pub(super) id: String,
    pub(super) signed_on: Datetime,
    pub(super) title: WireWording,
    pub(super) clauses: Vec<WireClause>,
    pub(super) parties: Vec<WireNamed>,
    #[serde(default)]
    pub(super) neutrals: Vec<WireNamed>,
    pub(super) quantities: Vec<WireQuantity>,
    pub(super) categories: Vec<WireCategory>,
    pub(super) selection: WireSelection,
    pub(super) crossings: Vec<WireCrossing>,
    pub(super) rounds: Vec<WireRound>,
    pub(super) will: WireWill,
    pub(super) replacement: WireReplacement,
    pub(super) disclosure: WireDisclosure,
    pub(super) families: WireFamilies,
    #[serde(default)]
    pub(super) annexes: Vec<WireAnnex>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireClause {
    pub(super) no: Spanned<u32>,
    pub(super) text: WireWording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireNamed {
    pub(super) id: Spanned<String>,
    pub(super) name: WireWording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireQuantity {
    pub(super) clause: Spanned<u32>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) at_least: u32,
    #[serde(default)]
    pub(super) readings: Vec<WireReading>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireReading {
    pub(super) party: String,
    pub(super) at_least: u32,
    pub(super) says: WireWording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireCategory {
    pub(super) id: Spanned<String>,
    pub(super) clause: Option<Spanned<u32>>,
    pub(super) name: WireWording,
    pub(super) when: WirePredicate,
    pub(super) all_for_all: Option<bool>,
    pub(super) tested: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WirePredicate {
    pub(super) medical: Option<Vec<String>>,
    pub(super) age_below: Option<u8>,
    pub(super) on: Option<String>,
    pub(super) any: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireSelection {
    pub(super) clause: Spanned<u32>,
    pub(super) order: Option<Vec<String>>,
    pub(super) objective: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireCrossing {
    pub(super) id: Spanned<String>,
    pub(super) name: WireWording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireRound {
    pub(super) no: Spanned<u32>,
    pub(super) planned: Datetime,
    pub(super) categories: Vec<String>,
    pub(super) places: Option<u32>,
    pub(super) crossing: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireWill {
    pub(super) clause: Spanned<u32>,
    pub(super) occasions: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireReplacement {
    pub(super) clause: Spanned<u32>,
    pub(super) rule: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireDisclosure {
    pub(super) clause: Spanned<u32>,
    pub(super) fields: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireFamilies {
    pub(super) clause: Spanned<u32>,
    pub(super) call_hours: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireAnnex {
    pub(super) no: Spanned<u32>,
    pub(super) title: WireWording,
    pub(super) digest: Option<String>,
}
