//! What the rules read out of a text of terms, row by row, each with the clause that it rests on.
//!
//! An officer who approves a text sees here what the program will hold both sides to; the text itself stands above it. A
//! part that the text does not have has no section.

use exchange::agreement::{
    Audience, Carry, ChanceRule, Change, Completes, Condition, ConditionKind, CountsOn, Criterion,
    Disclosure, Expiry, Extent, GateBy, GroupClass, Lasts, ListOrder, Lists, Matching, NeutralRole,
    Objective, OpenFrom, Openness, Opens, Phase, Proposer, Ratio, RatioSide, Reading, ReplacementRule,
    Rounding, Scale, Selection, Shown, SideStatus, SideWorth, Suspension, Tested, Until,
};
use serde::Serialize;

use crate::web::terms::{Say, code_of, joined, listed};

/// One part of the terms: everyone who takes part, every leg, every quantity.
#[derive(Serialize)]
pub struct Section {
    /// Name of the part, also the beginning of its rows' anchors.
    pub key: &'static str,
    /// Its heading.
    pub title: String,
    /// Whether it is shown open.
    pub open: bool,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// One thing the rules read.
#[derive(Serialize)]
pub struct Row {
    /// Its anchor on the page.
    pub anchor: String,
    /// The clause that it rests on, where it rests on one.
    pub clause: Option<u32>,
    /// What it is.
    pub title: String,
    /// What is read of it.
    pub facts: Vec<Fact>,
    /// In the words of the text or of the party.
    pub says: Option<String>,
}

/// One value with what it is the value of.
#[derive(Serialize)]
pub struct Fact {
    /// Of what.
    pub label: String,
    /// The value.
    pub value: String,
    /// Whether the figure was not read at its source.
    pub unverified: bool,
}

/// Every part that the terms have.
pub fn sections(say: Say<'_>) -> Vec<Section> {
    let terms = say.terms;
    let disclosure = terms.disclosure.as_ref();
    let parts = [
        ("parties", false, say.who()),
        ("legs", true, (0..terms.legs.len()).map(|place| say.leg_row(place)).collect()),
        ("quantities", true, (0..terms.quantities.len()).map(|place| say.quantity(place)).collect()),
        ("readings", true, terms.readings.iter().map(|reading| say.reading(reading)).collect()),
        ("ratios", false, terms.ratios.iter().map(|ratio| say.ratio(ratio)).collect()),
        ("scales", false, terms.scales.iter().map(|scale| say.scale(scale)).collect()),
        ("categories", false, (0..terms.categories.len()).map(|place| say.category_row(place)).collect()),
        ("lists", false, say.lists()),
        ("gates", false, say.gates()),
        ("phases", false, terms.phases.iter().map(|phase| say.phase(phase)).collect()),
        ("conditions", false, terms.conditions.iter().map(|one| say.condition(one)).collect()),
        ("notices", false, say.notices()),
        ("disclosure", false, disclosure.map_or_else(Vec::new, |disclosure| say.disclosure(disclosure))),
        ("families", false, say.families()),
        ("annexes", false, say.annexes()),
    ];
    let section = |(key, open, mut rows): (&'static str, bool, Vec<Row>)| {
        for (at, row) in rows.iter_mut().enumerate() {
            row.anchor = format!("{key}-{}", at + 1);
        }
        Section { key, title: say.t.code("terms-section", key), open, rows }
    };
    parts.into_iter().filter(|(_, _, rows)| !rows.is_empty()).map(section).collect()
}

fn row(clause: Option<u32>, title: String, facts: Vec<Option<Fact>>) -> Row {
    Row { anchor: String::new(), clause, title, facts: facts.into_iter().flatten().collect(), says: None }
}

impl Say<'_> {
    fn fact(&self, label: &str, value: impl Into<String>) -> Option<Fact> {
        Some(Fact { label: self.t.code("terms-label", label), value: value.into(), unverified: false })
    }

    fn fact_if(&self, label: &str, value: Option<String>) -> Option<Fact> {
        value.and_then(|value| self.fact(label, value))
    }

    fn hours(&self, hours: u32) -> String {
        self.t.s1("terms-hours", "n", hours)
    }

    fn who(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for side in &self.terms.parties {
            let status = self.t.s(match side.status {
                SideStatus::Recognised => "terms-status-recognised",
                SideStatus::Unclear => "terms-status-unclear",
            });
            let mut facts = vec![self.fact("status", status)];
            for agent in self.terms.agents.iter().filter(|agent| agent.party == side.id) {
                let (name, from) = (self.text(&agent.name), self.t.date(agent.from));
                let words = match agent.until {
                    Some(until) => {
                        self.t.s3("terms-agent", "name", name, "from", from, "until", self.t.date(until))
                    }
                    None => self.t.s2("terms-agent-open", "name", name, "from", from),
                };
                facts.push(self.fact("agent", words));
            }
            rows.push(row(None, self.text(&side.name), facts));
        }
        for neutral in &self.terms.neutrals {
            let role = |role: &NeutralRole| {
                self.t.s(match role {
                    NeutralRole::Host => "terms-role-host",
                    NeutralRole::Guarantor => "terms-role-guarantor",
                    NeutralRole::Carrier => "terms-role-carrier",
                    NeutralRole::Custodian => "terms-role-custodian",
                    NeutralRole::Verifier => "terms-role-verifier",
                })
            };
            let roles = listed(neutral.roles.iter().map(role));
            let roles = if roles.is_empty() { self.t.s("terms-role-none") } else { roles };
            let title = self.t.s1("terms-neutral", "name", self.text(&neutral.name));
            rows.push(row(None, title, vec![self.fact("roles", roles)]));
        }
        rows
    }

    fn leg_row(&self, place: usize) -> Row {
        let leg = &self.terms.legs[place];
        let crossing = leg.crossing.as_ref().and_then(|id| self.terms.crossings.get(id));
        let together = leg.together.as_ref().map(|same| {
            let others = self.terms.legs.iter().enumerate();
            let others = others.filter(|(at, other)| *at != place && other.together.as_ref() == Some(same));
            joined(others.map(|(at, _)| self.leg(at)))
        });
        let counts_on = self.t.s(match leg.counts_on {
            CountsOn::Receipt => "terms-counts-on-receipt",
            CountsOn::Declaration => "terms-counts-on-declaration",
        });
        let facts = vec![
            self.fact("object", self.object(leg.object)),
            self.fact("account", self.family(leg.account)),
            self.fact("destination", self.t.code("terms-destination", leg.destination.code())),
            self.fact_if("custodian", leg.custodian.as_ref().map(|label| self.party(label))),
            self.fact_if("crossing", crossing.map(|name| self.text(name))),
            self.fact("counts-on", counts_on),
            self.fact_if("together", together),
        ];
        row(Some(leg.clause), self.direction(&leg.from, &leg.to), facts)
    }

    fn quantity(&self, place: usize) -> Row {
        let one = &self.terms.quantities[place];
        let some = |words: String| Some(words).filter(|words| !words.is_empty());
        let per_day = one.per_day.as_ref().map(|per_day| match (per_day.least, per_day.most) {
            (Some(least), Some(most)) if least == most => self.t.s1("terms-amount-exactly", "n", least),
            (Some(least), Some(most)) => self.t.s2("terms-amount-between", "least", least, "most", most),
            (Some(least), None) => self.t.s1("terms-amount-at-least", "n", least),
            (None, Some(most)) => self.t.s1("terms-amount-at-most", "n", most),
            (None, None) => String::new(),
        });
        let facts = vec![
            self.fact("unit", self.unit(&one.unit)),
            self.fact_if("categories", some(joined(one.categories.iter().map(|id| self.category(id))))),
            self.fact_if("classes", some(joined(one.classes.iter().map(|id| self.class(id))))),
            self.fact_if("per-day", per_day),
        ];
        let title = format!("{}: {}", self.legs(&one.legs), self.amount(one.amount));
        row(Some(one.clause), title, facts)
    }

    fn scale(&self, scale: &Scale) -> Row {
        let worth = |worth: &exchange::agreement::Worth| {
            let class = self.terms.classes.iter().find(|class| class.id == worth.class);
            let most = class.and_then(|class| class.most);
            let value = self.exact(worth.worth);
            let value = match most {
                Some(most) => self.t.s2("terms-worth-most", "worth", value, "n", most),
                None => value,
            };
            Some(Fact { label: self.class(&worth.class), value, unverified: !worth.verified })
        };
        let title = self.t.s1("terms-scale", "id", scale.id.as_str());
        row(Some(scale.clause), title, scale.worths.iter().map(worth).collect())
    }

    fn side(&self, side: &RatioSide) -> String {
        let legs = self.legs(&side.legs);
        match &side.worth {
            SideWorth::Each(each) => self.t.s2("terms-side-each", "legs", legs, "worth", self.exact(*each)),
            SideWorth::Scale(scale) => self.t.s2("terms-side-scale", "legs", legs, "scale", scale.as_str()),
        }
    }

    fn ratio(&self, ratio: &Ratio) -> Row {
        let matching = self.t.s(match ratio.matching {
            Matching::ByValue => "terms-matching-by-value",
            Matching::EqualFirst => "terms-matching-equal-first",
        });
        let rounding = self.t.s(match ratio.rounding {
            Rounding::Down => "terms-rounding-down",
            Rounding::Up => "terms-rounding-up",
            Rounding::Nearest => "terms-rounding-nearest",
        });
        let carry = self.t.s(match ratio.carry {
            Carry::Carried => "terms-carry-carried",
            Carry::Lapses => "terms-carry-lapses",
        });
        let facts = vec![
            self.fact("side", self.side(&ratio.sides[0])),
            self.fact("against", self.side(&ratio.sides[1])),
            self.fact("matching", matching),
            self.fact("rounding", rounding),
            self.fact("carry", carry),
        ];
        row(Some(ratio.clause), self.t.s1("terms-ratio", "id", ratio.id.as_str()), facts)
    }

    fn reading(&self, reading: &Reading) -> Row {
        let both = |about: String, text: String, reads: String| {
            vec![self.fact("about", about), self.fact("text-says", text), self.fact("reads", reads)]
        };
        let facts = match &reading.change {
            Change::Amount { quantity, amount } => {
                let one = &self.terms.quantities[*quantity];
                both(self.legs(&one.legs), self.amount(one.amount), self.amount(*amount))
            }
            Change::LegAccount { leg, account } => {
                let own = self.family(self.terms.legs[*leg].account);
                both(self.leg(*leg), own, self.family(*account))
            }
            Change::CategoryAccount { category, account } => {
                let own = self.family(exchange::agreement::Family::Exchange);
                both(self.category(category), own, self.family(*account))
            }
            Change::Worth { scale, class, worth } => {
                let own = self.terms.scale(scale).and_then(|scale| scale.worth(class));
                let own = own.map_or_else(|| "–".to_owned(), |own| self.exact(own));
                both(self.class(class), own, self.exact(*worth))
            }
            Change::When { category, predicate } => {
                let own = self.terms.category(category).map(|one| self.predicate(&one.predicate));
                both(self.category(category), own.unwrap_or_default(), self.predicate(predicate))
            }
            Change::Words => vec![self.fact("reads", self.t.s("terms-words-only"))],
        };
        let title = self.t.s1("terms-reading", "party", self.party(&reading.party));
        let attached = self.terms.attached_readings().contains(reading);
        let whence = self.t.s(if attached { "terms-reading-attached" } else { "terms-reading-signed" });
        let mut facts = facts;
        facts.push(self.fact("whence", whence));
        Row { says: Some(self.text(&reading.says)), ..row(Some(reading.clause), title, facts) }
    }

    fn category_row(&self, place: usize) -> Row {
        let one = &self.terms.categories[place];
        let extent = self.t.s(match one.extent {
            Extent::AllForAll => "terms-extent-all",
            Extent::WithinQuantity => "terms-extent-within",
        });
        let tested = self.t.s(match one.tested {
            Tested::AtListing => "terms-tested-at-listing",
            Tested::AtHandover => "terms-tested-at-handover",
        });
        let facts = vec![
            self.fact("who", self.predicate(&one.predicate)),
            self.fact("extent", extent),
            self.fact_if("against", self.against(one.against)),
            self.fact("tested", tested),
        ];
        row(Some(one.clause), format!("{}. {}", place + 1, self.text(&one.name)), facts)
    }

    fn proposer(&self, who: Proposer) -> String {
        self.t.s(match who {
            Proposer::Holder => "terms-by-holder",
            Proposer::Receiver => "terms-by-receiver",
            Proposer::Both => "terms-by-both",
            Proposer::Neutral => "terms-by-neutral",
        })
    }

    fn lists(&self) -> Vec<Row> {
        let terms = self.terms;
        let mut rows: Vec<Row> = terms.lists.iter().map(|lists| self.list_row(lists)).collect();
        rows.extend(terms.selection.iter().map(|selection| self.selection_row(selection)));
        if let Some(replacement) = &terms.replacement {
            let rule = self.t.s(match replacement.rule {
                ReplacementRule::SameOrder => "terms-replacement-same-order",
                ReplacementRule::Renamed => "terms-replacement-renamed",
                ReplacementRule::Later => "terms-replacement-later",
            });
            let facts = vec![self.fact("rule", rule)];
            rows.push(row(Some(replacement.clause), self.t.s("terms-replacement"), facts));
        }
        rows
    }

    fn selection_row(&self, selection: &Selection) -> Row {
        let criterion = |one: &Criterion| {
            self.t.s(match one {
                Criterion::Requested => "terms-criterion-requested",
                Criterion::MedicalGroup => "terms-criterion-medical-group",
                Criterion::Category => "terms-criterion-category",
                Criterion::LongestHeld => "terms-criterion-longest-held",
                Criterion::Lot => "terms-criterion-lot",
            })
        };
        let objective = self.t.s(match selection.objective {
            Objective::PriorityFirst => "terms-objective-priority-first",
            Objective::TotalFirst => "terms-objective-total-first",
        });
        let overrides = match selection.overrides_at_most {
            0 => self.t.s("terms-overrides-none"),
            most => self.t.s1("terms-overrides", "n", self.t.number(most)),
        };
        let chances = self.t.s(match selection.chances {
            ChanceRule::Lots => "terms-chances-lots",
            ChanceRule::Leximin => "terms-chances-leximin",
        });
        let kept = self.t.s(match selection.kept_together {
            None => "terms-kept-none",
            Some(GroupClass::First) => "terms-kept-first",
            Some(GroupClass::Middle) => "terms-kept-middle",
            Some(GroupClass::Last) => "terms-kept-last",
        });
        let hours = self.hours(selection.reveal_hours.into());
        let facts = vec![
            self.fact("order", listed(selection.order.iter().map(criterion))),
            self.fact("objective", objective),
            self.fact("chances", chances),
            self.fact("kept", kept),
            self.fact("reveal", self.t.s1("terms-reveal", "hours", hours)),
            self.fact("overrides", overrides),
        ];
        row(Some(selection.clause), self.t.s("terms-selection"), facts)
    }

    fn list_row(&self, lists: &Lists) -> Row {
        let order = |one: &ListOrder| {
            self.t.s(match one {
                ListOrder::SickFirst => "terms-order-sick-first",
                ListOrder::WomenFirst => "terms-order-women-first",
                ListOrder::YoungFirst => "terms-order-young-first",
                ListOrder::OldFirst => "terms-order-old-first",
                ListOrder::Seniority => "terms-order-seniority",
                ListOrder::LongestHeld => "terms-order-longest-held",
            })
        };
        let veto = lists.veto.map(|veto| match veto.most {
            Some(most) => self.t.s2("terms-veto-most", "who", self.proposer(veto.by), "n", most),
            None => self.proposer(veto.by),
        });
        let order = listed(lists.order.iter().map(order));
        let facts = vec![
            self.fact("proposer", self.proposer(lists.proposer)),
            self.fact_if("veto", veto),
            self.fact_if("notice", lists.notice_hours.map(|hours| self.hours(hours))),
            self.fact_if("objection", lists.objection_hours.map(|hours| self.hours(hours))),
            self.fact_if("order", Some(order).filter(|order| !order.is_empty())),
        ];
        row(Some(lists.clause), self.t.s("terms-lists"), facts)
    }

    fn gates(&self) -> Vec<Row> {
        let gate = |gate: &exchange::agreement::Gate| {
            let by = match &gate.by {
                GateBy::Holder => self.t.s("terms-by-holder"),
                GateBy::Receiver => self.t.s("terms-by-receiver"),
                GateBy::Neutral(label) => self.party(label),
            };
            let shown = self.t.s(match gate.shown {
                Shown::InRecord => "terms-shown-in-record",
                Shown::InActs => "terms-shown-in-acts",
            });
            let facts = vec![
                self.fact("by", by),
                self.fact("occasions", self.t.s1("terms-times", "n", gate.occasions)),
                self.fact("shown", shown),
            ];
            row(Some(gate.clause), self.t.code("terms-gate", gate.kind.code()), facts)
        };
        self.terms.gates.iter().map(gate).collect()
    }

    fn phase(&self, phase: &Phase) -> Row {
        let opens = match phase.opens {
            Opens::At(at) => self.moment(at),
            Opens::AfterSigning { hours } => {
                self.t.s1("terms-opens-after-signing", "hours", self.hours(hours))
            }
            Opens::AfterPhases { hours } => self.t.s1("terms-opens-after-phases", "hours", self.hours(hours)),
            Opens::ByAct => self.t.s("terms-by-act"),
        };
        let lasts = match phase.lasts {
            Lasts::Until(at) => self.t.s1("terms-lasts-until", "at", self.moment(at)),
            Lasts::Hours(hours) => self.hours(hours),
            Lasts::Open => self.t.s("terms-lasts-open"),
        };
        let extension = phase.extension.as_ref().map(|extension| {
            let words = self.t.s3(
                "terms-extension",
                "hours",
                self.hours(extension.hours),
                "per",
                extension.per,
                "beyond",
                extension.beyond,
            );
            let most =
                extension.hours_max.map(|most| self.t.s1("terms-extension-most", "hours", self.hours(most)));
            joined([Some(words), most, Some(self.legs(&extension.legs))].into_iter().flatten())
        });
        let suspension = self.t.s(match phase.suspension {
            Suspension::ClockStops => "terms-suspension-clock-stops",
            Suspension::ClockRuns => "terms-suspension-clock-runs",
        });
        let completes = self.t.s(match phase.completes {
            Completes::ByAct => "terms-by-act",
            Completes::WhenFilled => "terms-completes-when-filled",
        });
        let expiry = self.t.s(match phase.on_expiry {
            Expiry::Lapses => "terms-expiry-lapses",
            Expiry::StaysOwed => "terms-expiry-stays-owed",
        });
        let some = |words: String| Some(words).filter(|words| !words.is_empty());
        let after = joined(phase.after.iter().map(|place| self.text(&self.terms.phases[*place].name)));
        let facts = vec![
            self.fact_if("legs", some(self.legs(&phase.legs))),
            self.fact_if("after", some(after)),
            self.fact("opens", opens),
            self.fact("lasts", lasts),
            self.fact_if("extension", extension),
            self.fact("suspension", suspension),
            self.fact("completes", completes),
            self.fact_if("expiry", Some(expiry).filter(|_| phase.lasts != Lasts::Open)),
        ];
        row(Some(phase.clause), self.text(&phase.name), facts)
    }

    fn condition(&self, one: &Condition) -> Row {
        let until = match one.until {
            Until::Moment(at) => self.t.s1("conditions-until-moment", "at", self.moment(at)),
            Until::DaysAfterReceipt(days) => self.t.s1("conditions-until-days", "n", days),
            Until::EndOfHostilities => self.t.s("conditions-until-hostilities"),
            Until::Lifted => self.t.s("conditions-until-lifted"),
            Until::Always => self.t.s("conditions-until-always"),
        };
        let some = |words: String| Some(words).filter(|words| !words.is_empty());
        let facts = vec![
            self.fact("bound", self.party(&one.bound)),
            self.fact_if("legs", some(self.legs(&one.legs))),
            self.fact_if("categories", some(joined(one.categories.iter().map(|id| self.category(id))))),
            self.fact("until", until),
        ];
        let kind = self.t.code("conditions-kind", code_of(&ConditionKind::ALL, &one.kind));
        let title = self.t.s2("conditions-name", "kind", kind, "party", self.party(&one.bound));
        Row { says: Some(self.text(&one.says)), ..row(Some(one.clause), title, facts) }
    }

    fn notices(&self) -> Vec<Row> {
        let one = |notices: &exchange::agreement::Notices| {
            let facts = vec![self.fact("answer", self.hours(notices.answer_hours))];
            row(Some(notices.clause), self.t.s("terms-notices"), facts)
        };
        self.terms.notices.iter().map(one).collect()
    }

    fn disclosure(&self, disclosure: &Disclosure) -> Vec<Row> {
        let openness = |open: Openness| {
            self.t.s(match open {
                Openness::Withheld => "terms-open-withheld",
                Openness::Aggregate => "terms-open-aggregate",
                Openness::Published => "terms-open-published",
            })
        };
        let one = |(field, rule): (&exchange::agreement::Field, &exchange::agreement::Rule)| {
            let audience = |(code, audience): &(&str, Audience)| {
                self.fact(&format!("to-{code}"), openness(rule.openness(*audience)))
            };
            let from = match rule.from {
                OpenFrom::AtOnce => None,
                OpenFrom::FamiliesTold => Some(self.t.s("terms-from-families-told")),
                OpenFrom::Completion => Some(self.t.s("terms-from-completion")),
                OpenFrom::Moment(at) => Some(self.moment(at)),
            };
            let mut facts: Vec<_> = Audience::ALL.iter().map(audience).collect();
            facts.push(self.fact_if("open-from", from));
            row(Some(disclosure.clause), self.t.code("terms-field", field.code()), facts)
        };
        disclosure.rules.iter().map(one).collect()
    }

    fn families(&self) -> Vec<Row> {
        let one = |families: &exchange::agreement::Families| {
            let facts = vec![self.fact("calls", self.hours(families.call_hours))];
            row(Some(families.clause), self.t.s("terms-families"), facts)
        };
        self.terms.families.iter().map(one).collect()
    }

    fn annexes(&self) -> Vec<Row> {
        let one = |annex: &exchange::agreement::Annex| {
            let digest = annex.digest.map(|digest| digest.to_string());
            let title = format!("{}. {}", annex.no, self.text(&annex.title));
            row(None, title, vec![self.fact_if("digest", digest)])
        };
        self.terms.annexes.iter().map(one).collect()
    }
}
