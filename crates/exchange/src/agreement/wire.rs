//! The shape of a text of terms in TOML (`docs/formats/terms.md`). What may be left open in the file is optional here, so
//! that its absence is refused by clause and not as a missing key.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::wording::WireWording;

/// A word or a number of the text with its place.
pub(super) type Word = Spanned<String>;
/// The number of a clause with its place.
pub(super) type ClauseNo = Spanned<u32>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wire {
    pub(super) id: String,
    pub(super) signed_on: Datetime,
    pub(super) title: WireWording,
    pub(super) clauses: Vec<WireClause>,
    pub(super) parties: Vec<WireSide>,
    #[serde(default)]
    pub(super) agents: Vec<WireAgent>,
    #[serde(default)]
    pub(super) neutrals: Vec<WireNeutral>,
    #[serde(default)]
    pub(super) crossings: Vec<WireNamed>,
    pub(super) legs: Vec<WireLeg>,
    #[serde(default)]
    pub(super) classes: Vec<WireClass>,
    #[serde(default)]
    pub(super) scales: Vec<WireScale>,
    #[serde(default)]
    pub(super) categories: Vec<WireCategory>,
    #[serde(default)]
    pub(super) quantities: Vec<WireQuantity>,
    #[serde(default)]
    pub(super) ratios: Vec<WireRatio>,
    #[serde(default)]
    pub(super) readings: Vec<WireReading>,
    pub(super) lists: Option<WireLists>,
    pub(super) selection: Option<WireSelection>,
    #[serde(default)]
    pub(super) rounds: Vec<WireRound>,
    #[serde(default)]
    pub(super) gates: Vec<WireGate>,
    pub(super) replacement: Option<WireReplacement>,
    #[serde(default)]
    pub(super) phases: Vec<WirePhase>,
    #[serde(default)]
    pub(super) conditions: Vec<WireCondition>,
    pub(super) notices: Option<WireNotices>,
    pub(super) disclosure: Option<WireDisclosure>,
    pub(super) families: Option<WireFamilies>,
    #[serde(default)]
    pub(super) annexes: Vec<WireAnnex>,
    #[serde(default)]
    pub(super) stand_ins: Vec<WireStandIn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireStandIn {
    pub(super) clause: ClauseNo,
    pub(super) says: WireWording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireClause {
    pub(super) no: ClauseNo,
    pub(super) text: WireWording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireSide {
    pub(super) id: Word,
    pub(super) name: WireWording,
    pub(super) status: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireAgent {
    pub(super) party: Word,
    pub(super) name: WireWording,
    pub(super) from: Datetime,
    pub(super) until: Option<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireNeutral {
    pub(super) id: Word,
    pub(super) name: WireWording,
    #[serde(default)]
    pub(super) roles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireNamed {
    pub(super) id: Word,
    pub(super) name: WireWording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireLeg {
    pub(super) id: Word,
    pub(super) clause: Option<ClauseNo>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) object: Option<String>,
    pub(super) account: Option<String>,
    pub(super) destination: Option<String>,
    pub(super) custodian: Option<String>,
    pub(super) crossing: Option<String>,
    pub(super) counts_on: Option<String>,
    pub(super) together: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireClass {
    pub(super) id: Word,
    pub(super) name: WireWording,
    pub(super) most: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireScale {
    pub(super) id: Word,
    pub(super) clause: ClauseNo,
    pub(super) worths: Vec<WireWorth>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireWorth {
    pub(super) class: Word,
    pub(super) worth: WireFraction,
    #[serde(default)]
    pub(super) unverified: bool,
}

/// `3` or `"3/2"`.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a whole number, or a fraction such as \"3/2\"")]
pub(super) enum WireFraction {
    Whole(u32),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireQuantity {
    pub(super) id: Word,
    pub(super) clause: ClauseNo,
    pub(super) legs: Vec<String>,
    #[serde(default)]
    pub(super) categories: Vec<String>,
    #[serde(default)]
    pub(super) classes: Vec<String>,
    pub(super) unit: Option<String>,
    pub(super) scale: Option<String>,
    pub(super) exactly: Option<u32>,
    pub(super) at_least: Option<u32>,
    pub(super) at_most: Option<u32>,
    pub(super) all: Option<bool>,
    pub(super) known: Option<u32>,
    pub(super) not_published: Option<bool>,
    pub(super) per_day: Option<WirePerDay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WirePerDay {
    pub(super) at_least: Option<u32>,
    pub(super) at_most: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireRatio {
    pub(super) id: Word,
    pub(super) clause: ClauseNo,
    pub(super) sides: Vec<WireRatioSide>,
    pub(super) equal_first: Option<bool>,
    pub(super) rounding: Option<String>,
    pub(super) carry: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireRatioSide {
    pub(super) legs: Vec<String>,
    pub(super) each: Option<WireFraction>,
    pub(super) scale: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireReading {
    pub(super) party: Word,
    pub(super) clause: ClauseNo,
    pub(super) says: WireWording,
    pub(super) quantity: Option<String>,
    pub(super) exactly: Option<u32>,
    pub(super) at_least: Option<u32>,
    pub(super) at_most: Option<u32>,
    pub(super) all: Option<bool>,
    pub(super) known: Option<u32>,
    pub(super) leg: Option<String>,
    pub(super) category: Option<String>,
    pub(super) account: Option<String>,
    pub(super) scale: Option<String>,
    pub(super) class: Option<String>,
    pub(super) worth: Option<WireFraction>,
    pub(super) when: Option<WirePredicate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireCategory {
    pub(super) id: Word,
    pub(super) clause: Option<ClauseNo>,
    pub(super) name: WireWording,
    pub(super) when: WirePredicate,
    pub(super) all_for_all: Option<bool>,
    pub(super) against: Option<Word>,
    pub(super) tested: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WirePredicate {
    pub(super) medical: Option<Vec<String>>,
    pub(super) age_from: Option<u8>,
    pub(super) age_below: Option<u8>,
    pub(super) on: Option<String>,
    pub(super) sex: Option<String>,
    pub(super) captured_from: Option<Datetime>,
    pub(super) captured_until: Option<Datetime>,
    pub(super) ranks: Option<Vec<String>>,
    pub(super) status: Option<Vec<String>>,
    pub(super) not_units: Option<Vec<String>>,
    pub(super) identified: Option<bool>,
    pub(super) any: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireLists {
    pub(super) clause: ClauseNo,
    pub(super) proposer: Option<String>,
    pub(super) veto: Option<String>,
    pub(super) vetoes_at_most: Option<u32>,
    pub(super) notice_hours: Option<u32>,
    pub(super) objection_hours: Option<u32>,
    #[serde(default)]
    pub(super) order: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireSelection {
    pub(super) clause: ClauseNo,
    pub(super) order: Option<Vec<String>>,
    pub(super) objective: Option<String>,
    pub(super) reveal_hours: Option<u32>,
    pub(super) overrides_at_most: Option<u32>,
    pub(super) kept_together: Option<String>,
    pub(super) chances: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireRound {
    pub(super) no: Spanned<u32>,
    pub(super) planned: Datetime,
    pub(super) categories: Vec<String>,
    pub(super) places: Option<u32>,
    pub(super) crossing: String,
    #[serde(default)]
    pub(super) quotas: Vec<WireQuota>,
}

/// Heads by the party that releases them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireQuota {
    pub(super) category: Word,
    #[serde(default)]
    pub(super) at_least: BTreeMap<String, u32>,
    #[serde(default)]
    pub(super) at_most: BTreeMap<String, u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireGate {
    pub(super) clause: ClauseNo,
    pub(super) kind: String,
    pub(super) occasions: Option<u8>,
    pub(super) by: Option<String>,
    pub(super) shown: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireReplacement {
    pub(super) clause: ClauseNo,
    pub(super) rule: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WirePhase {
    pub(super) id: Word,
    pub(super) clause: ClauseNo,
    pub(super) name: WireWording,
    #[serde(default)]
    pub(super) legs: Vec<String>,
    #[serde(default)]
    pub(super) after: Vec<String>,
    pub(super) opens: Option<Datetime>,
    pub(super) opens_after_hours: Option<u32>,
    pub(super) opens_by_act: Option<bool>,
    pub(super) closes: Option<Datetime>,
    pub(super) hours: Option<u32>,
    pub(super) without_end: Option<bool>,
    pub(super) extension: Option<WireExtension>,
    pub(super) suspension: Option<String>,
    pub(super) completes: Option<String>,
    pub(super) on_expiry: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireExtension {
    pub(super) hours: u32,
    pub(super) per: u32,
    pub(super) beyond: Option<u32>,
    pub(super) legs: Vec<String>,
    pub(super) hours_max: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireCondition {
    pub(super) id: Word,
    pub(super) clause: ClauseNo,
    pub(super) kind: String,
    pub(super) bound: String,
    #[serde(default)]
    pub(super) legs: Vec<String>,
    #[serde(default)]
    pub(super) categories: Vec<String>,
    pub(super) until: Option<Datetime>,
    pub(super) days_after_receipt: Option<u32>,
    pub(super) until_event: Option<String>,
    pub(super) says: WireWording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireNotices {
    pub(super) clause: ClauseNo,
    pub(super) answer_hours: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireDisclosure {
    pub(super) clause: ClauseNo,
    pub(super) fields: BTreeMap<String, WireRule>,
}

/// `"withheld"`, the rule for everyone at once, or a table of audiences with the time from which they hold.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "withheld, aggregate or published, or a table of public, families, neutral and from"
)]
pub(super) enum WireRule {
    Public(String),
    Audiences(WireAudiences),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireAudiences {
    pub(super) public: Option<String>,
    pub(super) families: Option<String>,
    pub(super) neutral: Option<String>,
    pub(super) from: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireFamilies {
    pub(super) clause: ClauseNo,
    pub(super) call_hours: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireAnnex {
    pub(super) no: Spanned<u32>,
    pub(super) title: WireWording,
    pub(super) digest: Option<String>,
}
