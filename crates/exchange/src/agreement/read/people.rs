//! Categories, lists, gates, selection, rounds and replacement.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, NAME_BYTES_MAX, Reader, day, unknown};
use crate::agreement::wire::{
    WireCategory, WireGate, WireLists, WirePredicate, WireQuota, WireReplacement, WireRound, WireSelection,
    Word,
};
use crate::agreement::{
    Against, Category, CategoryId, ChanceRule, CountingDay, Criterion, Extent, Gate, GateBy, GateKind,
    GroupClass, LabelId, ListOrder, Lists, OVERRIDES_MAX, Objective, Predicate, Proposer, Quota,
    REVEAL_HOURS_MAX, Refused, Replacement, ReplacementRule, Round, Selection, Shown, Status, TermsError,
    Test, Tested, Veto,
};
use crate::medical::Group;
use crate::person::Sex;
use crate::selection::joint::CategoryRule;

const PROPOSERS: [(&str, Proposer); 4] = [
    ("holder", Proposer::Holder),
    ("receiver", Proposer::Receiver),
    ("both", Proposer::Both),
    ("neutral", Proposer::Neutral),
];
const ORDERS: [(&str, ListOrder); 6] = [
    ("sick-first", ListOrder::SickFirst),
    ("women-first", ListOrder::WomenFirst),
    ("young-first", ListOrder::YoungFirst),
    ("old-first", ListOrder::OldFirst),
    ("seniority", ListOrder::Seniority),
    ("longest-held", ListOrder::LongestHeld),
];

impl Reader<'_> {
    pub(super) fn categories(&mut self, wire: Vec<WireCategory>) -> Result<(), TermsError> {
        for category in wire {
            let read = self.category(category)?;
            self.categories.push(read);
        }
        Ok(())
    }

    fn category(&self, wire: WireCategory) -> Result<Category, TermsError> {
        let line = self.line(&wire.id);
        let Some(clause) = wire.clause else { return line.open("a category without its clause") };
        let at = self.clause(&clause)?;
        let label = wire.id.get_ref().as_str();
        let id = at.value(CategoryId::new(label), "category id", label, super::A_LABEL)?;
        if self.categories.iter().any(|other| other.id == id) {
            return at.refuse(Refused::Twice { what: "category", id: id.to_string() });
        }
        if self.categories.last().is_some_and(|before| before.predicate.tests.is_empty()) {
            return at.contradiction("nobody can count in a category after `any`");
        }
        let tested = match wire.tested.as_deref() {
            None => return at.open("whether a category is tested at listing or at handover"),
            Some("at-listing") => Tested::AtListing,
            Some("at-handover") => Tested::AtHandover,
            Some(other) => return at.value(None, "tested", other, "at-listing or at-handover"),
        };
        let extent = match wire.all_for_all {
            None => return at.open("whether a category goes all for all"),
            Some(true) => Extent::AllForAll,
            Some(false) => Extent::WithinQuantity,
        };
        let name = at.words(wire.name, "category name", NAME_BYTES_MAX)?;
        let predicate = predicate(&wire.when, at)?;
        let against = self.against(at, wire.against.as_ref(), label, extent)?;
        Ok(Category { id, clause: *clause.get_ref(), name, predicate, extent, against, tested })
    }

    /// What stands against a category of which not all go.
    fn against(
        &self,
        at: At,
        wire: Option<&Word>,
        category: &str,
        extent: Extent,
    ) -> Result<Against, TermsError> {
        let Some(word) = wire else { return Ok(Against::AllForAll) };
        let at = At { line: self.line(word).line, ..at };
        if extent == Extent::AllForAll {
            return at.contradiction("all of a category goes, or something stands against it; not both");
        }
        let read = Against::read(word.get_ref()).filter(|read| *read != Against::AllForAll);
        let expected = "one-for-one, or a ratio such as 3:1";
        let against = at.value(read, "against", word.get_ref(), expected)?;
        if self.parties.len() != 2 {
            return at.contradiction("what stands against a category is said between two parties");
        }
        let rule = CategoryRule { id: category.to_owned(), against, at_least: [0; 2], at_most: [None; 2] };
        at.fewest(&rule).map(|_| against)
    }

    pub(super) fn lists(&self, wire: WireLists) -> Result<Lists, TermsError> {
        let at = self.clause(&wire.clause)?;
        let who = "holder, receiver, both or neutral";
        let Some(word) = &wire.proposer else { return at.open("who names the persons") };
        let proposer = at.word(&PROPOSERS, "proposer", word, who)?;
        let veto = match (&wire.veto, wire.vetoes_at_most) {
            (None, None) => None,
            (None, Some(_)) => return at.open("who has the vetoes"),
            (Some(word), most) => {
                let most = most.map(|most| at.within("vetoes_at_most", most, 1, 100_000_000)).transpose()?;
                Some(Veto { by: at.word(&PROPOSERS, "veto", word, who)?, most })
            }
        };
        let by_neutral = [Some(proposer), veto.map(|veto| veto.by)].contains(&Some(Proposer::Neutral));
        if by_neutral && self.neutrals.is_empty() {
            return at.contradiction("a neutral names or strikes persons, and there is none");
        }
        let hours =
            |what, found: Option<u32>| found.map(|found| at.within(what, found, 1, 8_760)).transpose();
        let mut order = Vec::new();
        for word in &wire.order {
            let expected = "sick-first, women-first, young-first, old-first, seniority or longest-held";
            let one = at.word(&ORDERS, "order", word, expected)?;
            if order.contains(&one) {
                return at.refuse(Refused::Twice { what: "order", id: word.clone() });
            }
            order.push(one);
        }
        Ok(Lists {
            clause: *wire.clause.get_ref(),
            proposer,
            veto,
            notice_hours: hours("notice_hours", wire.notice_hours)?,
            objection_hours: hours("objection_hours", wire.objection_hours)?,
            order,
        })
    }

    pub(super) fn selection(&self, wire: WireSelection) -> Result<Selection, TermsError> {
        let at = self.clause(&wire.clause)?;
        let objective = match wire.objective.as_deref() {
            None => return at.open("whether the published order or the total comes first"),
            Some(word) => at.word(&Objective::ALL, "objective", word, "priority-first or total-first")?,
        };
        let Some(words) = wire.order else { return at.open("no published order") };
        let mut order = Vec::new();
        for word in &words {
            let criteria = [
                ("requested", Criterion::Requested),
                ("medical-group", Criterion::MedicalGroup),
                ("category", Criterion::Category),
                ("longest-held", Criterion::LongestHeld),
                ("lot", Criterion::Lot),
            ];
            let expected = "requested, medical-group, category, longest-held or lot";
            order.push(at.word(&criteria, "order", word, expected)?);
        }
        let after = order.strip_prefix(&[Criterion::Requested]).unwrap_or(&order);
        let Some(classes) = after.strip_suffix(&[Criterion::LongestHeld, Criterion::Lot]) else {
            return at.contradiction("the order ends with longest-held, then lot");
        };
        let distinct: BTreeSet<_> = classes.iter().collect();
        let of_classes = |one: &Criterion| matches!(one, Criterion::MedicalGroup | Criterion::Category);
        if classes.is_empty() || distinct.len() != classes.len() || !classes.iter().all(of_classes) {
            return at.contradiction(
                "the order begins with medical-group, category or both, each once; before them only requested",
            );
        }
        if let Some(category) =
            self.categories.iter().find(|one| !one.predicate.tests.iter().all(Test::is_testable))
        {
            let at = At { clause: Some(category.clause), ..at };
            return at.contradiction(
                "a roll cannot be chosen by status, not_units or identified: the register does not hold them",
            );
        }
        let Some(hours) = wire.reveal_hours else {
            return at.open("how long a party may take to show its seed");
        };
        // At most 720.
        let reveal_hours = at.within("reveal_hours", hours, 1, REVEAL_HOURS_MAX.into())? as u16;
        let overrides_at_most =
            at.within("overrides_at_most", wire.overrides_at_most.unwrap_or(0), 0, OVERRIDES_MAX)?;
        let whose = |word: &String| at.word(&GroupClass::ALL, "kept_together", word, "first, middle or last");
        let kept_together = wire.kept_together.as_ref().map(whose).transpose()?;
        let chances = self.chances(at, wire.chances.as_ref(), kept_together.is_some())?;
        let clause = *wire.clause.get_ref();
        Ok(Selection { clause, order, objective, reveal_hours, overrides_at_most, kept_together, chances })
    }

    /// Leximin chances are worked out where nobody is kept together and no category has a ratio; anything else would be
    /// refused only when the pools are there.
    fn chances(&self, at: At, word: Option<&String>, together: bool) -> Result<ChanceRule, TermsError> {
        let word = word.map(|word| at.word(&ChanceRule::ALL, "chances", word, "lots or leximin"));
        let chances = word.transpose()?.unwrap_or(ChanceRule::Lots);
        if chances == ChanceRule::Lots {
            return Ok(chances);
        }
        if together {
            return at.contradiction("leximin chances are not worked out where people are kept together");
        }
        match self.categories.iter().find(|one| matches!(one.against, Against::Ratio(_))) {
            Some(ratio) => At { clause: Some(ratio.clause), ..at }
                .contradiction("leximin chances are not worked out where a category has a ratio"),
            None => Ok(chances),
        }
    }

    pub(super) fn rounds(&self, wire: Vec<WireRound>) -> Result<Vec<Round>, TermsError> {
        let mut read: Vec<Round> = Vec::new();
        for round in wire {
            let (at, no) = (self.line(&round.no), *round.no.get_ref());
            if read.iter().any(|other| other.no == no) {
                return at.refuse(Refused::Twice { what: "round", id: no.to_string() });
            }
            if usize::try_from(no) != Ok(read.len() + 1) {
                return at.contradiction("rounds are numbered from 1 in their order, without a gap");
            }
            let Some(places) = round.places.filter(|places| *places > 0) else {
                return at.open("a round without places");
            };
            let planned = day(round.planned, at, "planned")?;
            if planned < read.last().map_or(self.signed_on, |before| before.planned) {
                return at.contradiction("a round is planned before the one before it, or before signing");
            }
            let categories = self.category_ids(at, &round.categories)?;
            if categories.is_empty() {
                return at.open("a round that admits no category");
            }
            let crossing = LabelId::new(&round.crossing).filter(|id| self.crossings.contains_key(id));
            let crossing = at.value(crossing, "crossing", &round.crossing, "the id of a crossing")?;
            let quotas = self.quotas(&round.quotas, &categories, places)?;
            read.push(Round { no, planned, categories, places, crossing, quotas });
        }
        Ok(read)
    }

    fn quotas(
        &self,
        wire: &[WireQuota],
        admitted: &[CategoryId],
        places: u32,
    ) -> Result<Vec<Quota>, TermsError> {
        let mut read: Vec<Quota> = Vec::new();
        let mut asked = [0; 2];
        for quota in wire {
            let (line, label) = (self.line(&quota.category), quota.category.get_ref());
            let category = self.categories.iter().find(|category| category.id.as_str() == label);
            let Some(category) = category else { return line.refuse(unknown("category", label)) };
            let at = At { clause: Some(category.clause), ..line };
            if !admitted.contains(&category.id) {
                return at.contradiction("a quota of a category that the round does not admit");
            }
            if read.iter().any(|other| other.category == category.id) {
                return at.refuse(Refused::Twice { what: "quota of category", id: label.clone() });
            }
            if quota.at_least.is_empty() && quota.at_most.is_empty() {
                return at.open("a quota without at_least and at_most");
            }
            let at_least = self.by_party(at, &quota.at_least)?.map(|least| least.unwrap_or(0));
            let at_most = self.by_party(at, &quota.at_most)?;
            let rule = CategoryRule { id: label.clone(), against: category.against, at_least, at_most };
            for (asked, fewest) in asked.iter_mut().zip(at.fewest(&rule)?) {
                *asked += fewest;
            }
            if asked.iter().any(|asked| *asked > u64::from(places)) {
                return at.contradiction("the quotas of a round ask for more heads than it has places");
            }
            read.push(Quota { category: category.id.clone(), at_least, at_most });
        }
        Ok(read)
    }

    /// Heads of each of two parties, in the order of the parties.
    fn by_party(&self, at: At, wire: &BTreeMap<String, u32>) -> Result<[Option<u32>; 2], TermsError> {
        let mut read = [None; 2];
        for (label, heads) in wire {
            let place = self.parties.iter().position(|side| side.id.as_str() == label);
            let Some(place) = place else { return at.refuse(unknown("party", label)) };
            let Some(side) = read.get_mut(place) else {
                return at.contradiction("a quota is between two parties");
            };
            *side = Some(*heads);
        }
        Ok(read)
    }

    pub(super) fn gates(&self, wire: Vec<WireGate>) -> Result<Vec<Gate>, TermsError> {
        let mut read: Vec<Gate> = Vec::new();
        for gate in wire {
            let at = self.clause(&gate.clause)?;
            let expected = "will, clearance, fitness, verification or security";
            let kind = at.word(&GateKind::ALL, "kind", &gate.kind, expected)?;
            if read.iter().any(|other| other.kind == kind) {
                return at.refuse(Refused::Twice { what: "gate", id: gate.kind });
            }
            let by = match gate.by.as_deref() {
                None => return at.open("who says that a gate is passed"),
                Some("holder") => GateBy::Holder,
                Some("receiver") => GateBy::Receiver,
                Some(label) => match self.neutrals.iter().find(|neutral| neutral.id.as_str() == label) {
                    Some(neutral) => GateBy::Neutral(neutral.id.clone()),
                    None => return at.refuse(unknown("holder, receiver or neutral", label)),
                },
            };
            let shown = match gate.shown.as_deref() {
                None | Some("in-record") => Shown::InRecord,
                Some("in-acts") => Shown::InActs,
                Some(other) => return at.value(None, "shown", other, "in-record or in-acts"),
            };
            let asked = at.within("occasions", u32::from(gate.occasions.unwrap_or(1)), 1, 9)?;
            // At most 9.
            let occasions = asked as u8;
            read.push(Gate { clause: *gate.clause.get_ref(), kind, occasions, by, shown });
        }
        Ok(read)
    }

    pub(super) fn replacement(&self, wire: &WireReplacement) -> Result<Replacement, TermsError> {
        let at = self.clause(&wire.clause)?;
        let Some(word) = &wire.rule else { return at.open("how a vacated slot is filled") };
        let rules = [
            ("same-order", ReplacementRule::SameOrder),
            ("renamed", ReplacementRule::Renamed),
            ("later", ReplacementRule::Later),
        ];
        let rule = at.word(&rules, "rule", word, "same-order, renamed or later")?;
        Ok(Replacement { clause: *wire.clause.get_ref(), rule })
    }
}

impl At {
    /// The fewest heads of each side who go by the rule of a category; refuses one that no round could be selected by.
    fn fewest(self, rule: &CategoryRule) -> Result<[u64; 2], TermsError> {
        rule.sound().or_else(|error| self.refuse(Refused::Unselectable(error)))?;
        let ratio = match rule.against {
            Against::AllForAll => return Ok(rule.at_least.map(u64::from)),
            Against::OneForOne => [1; 2],
            Against::Ratio(ratio) => ratio,
        };
        // How many times the ratio goes, by the stricter side.
        let least = (0..2).map(|side| rule.at_least[side].div_ceil(ratio[side])).max().unwrap_or(0);
        let most = (0..2).map(|side| rule.bounds(side).1 / ratio[side]).min();
        if most < Some(least) {
            return self.contradiction("a quota that no whole number of times the ratio meets");
        }
        Ok(ratio.map(|heads| u64::from(heads) * u64::from(least)))
    }
}

/// Reads `when`: every test named, or `any = true`.
pub(super) fn predicate(wire: &WirePredicate, at: At) -> Result<Predicate, TermsError> {
    let mut tests = Vec::new();
    if let Some(words) = &wire.medical {
        tests.push(Test::Medical(groups(words, at)?));
    }
    if let Some(age) = age(wire, at)? {
        tests.push(age);
    }
    if let Some(word) = &wire.sex {
        tests.push(Test::Sex(at.word(
            &[("male", Sex::Male), ("female", Sex::Female)],
            "sex",
            word,
            "male or female",
        )?));
    }
    if wire.captured_from.is_some() || wire.captured_until.is_some() {
        let from = wire.captured_from.map(|from| day(from, at, "captured_from")).transpose()?;
        let until = wire.captured_until.map(|until| day(until, at, "captured_until")).transpose()?;
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            return at.contradiction("captured_until lies before captured_from");
        }
        tests.push(Test::Captured { from, until });
    }
    if let Some(ranks) = &wire.ranks {
        tests.push(Test::Rank(texts(ranks, "ranks", at)?));
    }
    if let Some(words) = &wire.status {
        let expected = "prisoner-of-war, civilian, retained, convict, foreigner or contested";
        let one = |word: &String| at.word(&Status::ALL, "status", word, expected);
        let status = words.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        if status.is_empty() {
            return at.open("a test of status that names none");
        }
        tests.push(Test::Status(status));
    }
    if let Some(units) = &wire.not_units {
        tests.push(Test::NotUnits(texts(units, "not_units", at)?));
    }
    match wire.identified {
        Some(true) => tests.push(Test::Identified),
        Some(false) => return at.contradiction("identified is true, or is not there"),
        None => {}
    }
    match (wire.any, tests.is_empty()) {
        (Some(true), true) | (None, false) => Ok(Predicate { tests }),
        (None | Some(false), true) => at.open("who counts in a category: any = true is everyone"),
        (Some(_), false) => at.contradiction("`when` has tests, or any = true"),
    }
}

fn groups(words: &[String], at: At) -> Result<Vec<Group>, TermsError> {
    let mut groups = Vec::new();
    for word in words {
        let group =
            Group::from_code(word).filter(|group| *group != Group::NoGround && !groups.contains(group));
        groups.push(at.value(group, "medical", word, "direct, neutral or for-commission, each once")?);
    }
    if groups.is_empty() {
        return at.open("a medical category that names no group");
    }
    Ok(groups)
}

fn age(wire: &WirePredicate, at: At) -> Result<Option<Test>, TermsError> {
    let (from, below) = (wire.age_from, wire.age_below);
    if from.is_none() && below.is_none() {
        return match wire.on {
            Some(_) => at.contradiction("`on` is the day of an age, and there is none"),
            None => Ok(None),
        };
    }
    let Some(word) = &wire.on else { return at.open("the day on which the age counts") };
    let days = [
        ("capture", CountingDay::Capture),
        ("signing", CountingDay::Signing),
        ("listing", CountingDay::Listing),
        ("handover", CountingDay::Handover),
    ];
    let on = at.word(&days, "on", word, "capture, signing, listing or handover")?;
    for (field, years) in [("age_from", from), ("age_below", below)] {
        if let Some(years) = years.filter(|years| !(14..=100).contains(years)) {
            return at.value(None, field, &years.to_string(), "14 to 100 years");
        }
    }
    if from.zip(below).is_some_and(|(from, below)| from >= below) {
        return at.contradiction("age_from is not less than age_below");
    }
    Ok(Some(Test::Age { from, below, on }))
}

fn texts(given: &[String], field: &'static str, at: At) -> Result<Vec<String>, TermsError> {
    if given.is_empty() || given.len() > 64 {
        return at.value(None, field, &format!("{} entries", given.len()), "1 to 64 entries");
    }
    for text in given {
        let fits = !text.trim().is_empty() && text.len() <= NAME_BYTES_MAX;
        at.value(fits.then_some(()), field, text, "a text of 1 to 400 bytes")?;
    }
    Ok(given.to_vec())
}
