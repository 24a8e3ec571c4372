//! From the TOML text to the typed terms: the only place that knows the file's shape.

use std::collections::{BTreeMap, BTreeSet};

use time::{Date, Month};
use toml::Spanned;
use toml::value::Datetime;

use super::wire::{
    Wire, WireAnnex, WireCategory, WireClause, WireCrossing, WireDisclosure, WireFamilies, WireNamed,
    WirePredicate, WireQuantity, WireReplacement, WireRound, WireSelection, WireWill,
};
use super::{
    Annex, Category, CategoryId, Clause, CountingDay, Criterion, Disclosure, Extent, Families, Field,
    LabelId, Named, Objective, Openness, Predicate, Quantity, Reading, Refused, Replacement, ReplacementRule,
    Round, Selection, TEXT_BYTES_MAX, Terms, TermsError, Tested, Will, digest_of,
};
use crate::ids::Party;
use crate::medical::Group;
use crate::wording::{WireWording, Wording};

const NAME_BYTES_MAX: usize = 400;
const CLAUSE_BYTES_MAX: usize = 8_000;

/// Reads and checks a text of terms.
pub(super) fn terms(text: &str) -> Result<Terms, TermsError> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(plain(Refused::TooLong(text.len())));
    }
    let wire: Wire = toml::from_str(text).map_err(|error| TermsError {
        line: error.span().map(|span| line_of(text, span.start)),
        clause: None,
        refused: Refused::NotTheFormat(error.message().to_owned()),
    })?;
    Reader { text, clauses: BTreeSet::new() }.terms(wire)
}

/// Where in the text a refusal stands.
#[derive(Clone, Copy)]
struct At {
    line: Option<usize>,
    clause: Option<u32>,
}

impl At {
    const NOWHERE: Self = Self { line: None, clause: None };

    fn refuse<T>(self, refused: Refused) -> Result<T, TermsError> {
        Err(TermsError { line: self.line, clause: self.clause, refused })
    }

    fn value<T>(
        self,
        read: Option<T>,
        field: &'static str,
        value: &str,
        expected: &'static str,
    ) -> Result<T, TermsError> {
        let shown = value.chars().take(64).collect();
        read.map_or_else(|| self.refuse(Refused::NotAValue { field, value: shown, expected }), Ok)
    }

    fn words(self, wire: WireWording, what: &'static str, bytes_max: usize) -> Result<Wording, TermsError> {
        wire.read(bytes_max).map_or_else(|| self.refuse(Refused::Wording(what)), Ok)
    }
}

struct Reader<'a> {
    text: &'a str,
    clauses: BTreeSet<u32>,
}

impl Reader<'_> {
    fn terms(mut self, wire: Wire) -> Result<Terms, TermsError> {
        bounded(&wire)?;
        let hex = wire.id.len() == 32 && wire.id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let id =
            At::NOWHERE.value(hex.then_some(wire.id.clone()), "id", &wire.id, "32 hexadecimal digits")?;
        let signed_on = day(wire.signed_on, At::NOWHERE, "signed_on")?;
        let clauses = self.clauses(wire.clauses)?;
        let (parties, neutrals) = self.parties(wire.parties, wire.neutrals)?;
        let quantities = self.quantities(wire.quantities, &parties)?;
        let categories = self.categories(wire.categories)?;
        let crossings = self.crossings(wire.crossings)?;
        let rounds = self.rounds(wire.rounds, &categories, &crossings, signed_on)?;
        let terms = Terms {
            id,
            title: At::NOWHERE.words(wire.title, "title", NAME_BYTES_MAX)?,
            signed_on,
            clauses,
            parties,
            neutrals,
            quantities,
            categories,
            selection: self.selection(wire.selection)?,
            rounds,
            crossings,
            will: self.will(&wire.will)?,
            replacement: self.replacement(&wire.replacement)?,
            disclosure: self.disclosure(wire.disclosure)?,
            families: self.families(&wire.families)?,
            annexes: self.annexes(wire.annexes)?,
            digest: digest_of(self.text),
        };
        whole(&terms)?;
        Ok(terms)
    }

    fn line<T>(&self, spanned: &Spanned<T>) -> At {
        At { line: Some(line_of(self.text, spanned.span().start)), clause: None }
    }

    /// The clause a part rests on; it must be in the signed text.
    fn clause(&self, no: &Spanned<u32>) -> Result<At, TermsError> {
        let at = At { clause: Some(*no.get_ref()), ..self.line(no) };
        if self.clauses.contains(no.get_ref()) {
            return Ok(at);
        }
        at.refuse(Refused::Unknown { what: "clause", id: no.get_ref().to_string() })
    }

    fn clauses(&mut self, wire: Vec<WireClause>) -> Result<Vec<Clause>, TermsError> {
        let mut clauses = Vec::new();
        for WireClause { no, text } in wire {
            let at = At { clause: Some(*no.get_ref()), ..self.line(&no) };
            if !self.clauses.insert(*no.get_ref()) {
                return at.refuse(Refused::Twice { what: "clause", id: no.get_ref().to_string() });
            }
            clauses.push(Clause { no: *no.get_ref(), text: at.words(text, "clause", CLAUSE_BYTES_MAX)? });
        }
        clauses.sort_by_key(|clause| clause.no);
        Ok(clauses)
    }

    fn parties(
        &self,
        parties: Vec<WireNamed>,
        neutrals: Vec<WireNamed>,
    ) -> Result<([Named; 2], Vec<Named>), TermsError> {
        let mut seen = BTreeSet::new();
        let mut read = |wire: WireNamed| {
            let at = self.line(&wire.id);
            let label = wire.id.get_ref().as_str();
            let id = at.value(Party::new(label).ok(), "id", label, "a label of a-z, 0-9 and '-'")?;
            if !seen.insert(id.clone()) {
                return at.refuse(Refused::Twice { what: "party", id: id.to_string() });
            }
            Ok(Named { id, name: at.words(wire.name, "name", NAME_BYTES_MAX)? })
        };
        let parties = parties.into_iter().map(&mut read).collect::<Result<Vec<_>, _>>()?;
        let neutrals = neutrals.into_iter().map(&mut read).collect::<Result<Vec<_>, _>>()?;
        let Ok(parties) = <[Named; 2]>::try_from(parties) else {
            return At::NOWHERE.refuse(Refused::Contradiction("an agreement here has exactly two parties"));
        };
        Ok((parties, neutrals))
    }

    fn quantities(&self, wire: Vec<WireQuantity>, parties: &[Named; 2]) -> Result<Vec<Quantity>, TermsError> {
        if wire.is_empty() {
            return At::NOWHERE.refuse(Refused::LeftOpen("no quantity says who owes how many"));
        }
        let mut read: Vec<Quantity> = Vec::new();
        for quantity in wire {
            let at = self.clause(&quantity.clause)?;
            let party = |label: &str| {
                let known = parties.iter().find(|named| named.id.as_str() == label);
                let id = label.chars().take(64).collect();
                known.map_or_else(
                    || at.refuse(Refused::Unknown { what: "party", id }),
                    |named| Ok(named.id.clone()),
                )
            };
            let (from, to) = (party(&quantity.from)?, party(&quantity.to)?);
            if from == to {
                return at.refuse(Refused::Contradiction("a party cannot release to itself"));
            }
            if read.iter().any(|other| other.from == from && other.to == to) {
                return at.refuse(Refused::Twice { what: "quantity", id: format!("from {from} to {to}") });
            }
            let mut readings: Vec<Reading> = Vec::new();
            for reading in quantity.readings {
                let reader = party(&reading.party)?;
                if readings.iter().any(|other| other.party == reader) {
                    return at.refuse(Refused::Twice { what: "reading by", id: reader.to_string() });
                }
                let says = at.words(reading.says, "reading", CLAUSE_BYTES_MAX)?;
                readings.push(Reading { party: reader, at_least: reading.at_least, says });
            }
            let clause = *quantity.clause.get_ref();
            read.push(Quantity { clause, from, to, at_least: quantity.at_least, readings });
        }
        Ok(read)
    }

    fn categories(&self, wire: Vec<WireCategory>) -> Result<Vec<Category>, TermsError> {
        let mut read: Vec<Category> = Vec::new();
        for category in wire {
            let line = self.line(&category.id);
            let Some(clause) = category.clause else {
                return line.refuse(Refused::LeftOpen("a category without its clause"));
            };
            let at = self.clause(&clause)?;
            let label = category.id.get_ref().as_str();
            let id = at.value(CategoryId::new(label), "category id", label, "a label of a-z, 0-9 and '-'")?;
            if read.iter().any(|other| other.id == id) {
                return at.refuse(Refused::Twice { what: "category", id: id.to_string() });
            }
            if read.last().is_some_and(|before| before.predicate == Predicate::Any) {
                return at.refuse(Refused::Contradiction("nobody can count in a category after `any`"));
            }
            let tested = match category.tested.as_deref() {
                None => {
                    return at
                        .refuse(Refused::LeftOpen("whether a category is tested at listing or at handover"));
                }
                Some("at-listing") => Tested::AtListing,
                Some("at-handover") => Tested::AtHandover,
                Some(other) => return at.value(None, "tested", other, "at-listing or at-handover"),
            };
            let extent = match category.all_for_all {
                None => return at.refuse(Refused::LeftOpen("whether a category goes all for all")),
                Some(true) => Extent::AllForAll,
                Some(false) => Extent::WithinQuantity,
            };
            let name = at.words(category.name, "category name", NAME_BYTES_MAX)?;
            let predicate = predicate(category.when, at)?;
            read.push(Category { id, clause: *clause.get_ref(), name, predicate, extent, tested });
        }
        Ok(read)
    }

    fn crossings(&self, wire: Vec<WireCrossing>) -> Result<BTreeMap<LabelId, Wording>, TermsError> {
        let mut read = BTreeMap::new();
        for crossing in wire {
            let at = self.line(&crossing.id);
            let label = crossing.id.get_ref().as_str();
            let id = at.value(LabelId::new(label), "crossing id", label, "a label of a-z, 0-9 and '-'")?;
            let name = at.words(crossing.name, "crossing name", NAME_BYTES_MAX)?;
            if read.insert(id, name).is_some() {
                return at.refuse(Refused::Twice { what: "crossing", id: label.to_owned() });
            }
        }
        Ok(read)
    }

    fn rounds(
        &self,
        wire: Vec<WireRound>,
        categories: &[Category],
        crossings: &BTreeMap<LabelId, Wording>,
        signed_on: Date,
    ) -> Result<Vec<Round>, TermsError> {
        let mut read: Vec<Round> = Vec::new();
        for round in wire {
            let (at, no) = (self.line(&round.no), *round.no.get_ref());
            if read.iter().any(|other| other.no == no) {
                return at.refuse(Refused::Twice { what: "round", id: no.to_string() });
            }
            if usize::try_from(no) != Ok(read.len() + 1) {
                return at.refuse(Refused::Contradiction(
                    "rounds are numbered from 1 in their order, without a gap",
                ));
            }
            let Some(places) = round.places.filter(|places| *places > 0) else {
                return at.refuse(Refused::LeftOpen("a round without places"));
            };
            let planned = day(round.planned, at, "planned")?;
            if planned < read.last().map_or(signed_on, |before| before.planned) {
                return at.refuse(Refused::Contradiction(
                    "a round is planned before the one before it, or before signing",
                ));
            }
            let mut admitted = Vec::new();
            for label in &round.categories {
                let Some(category) = categories.iter().find(|category| category.id.as_str() == label) else {
                    let id = label.chars().take(64).collect();
                    return at.refuse(Refused::Unknown { what: "category", id });
                };
                if admitted.contains(&category.id) {
                    return at.refuse(Refused::Twice { what: "category", id: category.id.to_string() });
                }
                admitted.push(category.id.clone());
            }
            if admitted.is_empty() {
                return at.refuse(Refused::LeftOpen("a round that admits no category"));
            }
            let crossing = LabelId::new(&round.crossing).filter(|id| crossings.contains_key(id));
            let crossing = at.value(crossing, "crossing", &round.crossing, "the id of a crossing")?;
            read.push(Round { no, planned, categories: admitted, places, crossing });
        }
        Ok(read)
    }

    fn selection(&self, wire: WireSelection) -> Result<Selection, TermsError> {
        let at = self.clause(&wire.clause)?;
        let objective = match wire.objective.as_deref() {
            None => {
                return at.refuse(Refused::LeftOpen("whether the published order or the total comes first"));
            }
            Some("priority-first") => Objective::PriorityFirst,
            Some(other) => return at.value(None, "objective", other, "priority-first"),
        };
        let Some(words) = wire.order else {
            return at.refuse(Refused::LeftOpen("no published order"));
        };
        let mut order = Vec::new();
        for word in &words {
            let criterion = match word.as_str() {
                "medical-group" => Some(Criterion::MedicalGroup),
                "category" => Some(Criterion::Category),
                "longest-held" => Some(Criterion::LongestHeld),
                "lot" => Some(Criterion::Lot),
                _ => None,
            };
            let expected = "medical-group, category, longest-held or lot";
            order.push(at.value(criterion, "order", word, expected)?);
        }
        let Some(classes) = order.strip_suffix(&[Criterion::LongestHeld, Criterion::Lot]) else {
            return at.refuse(Refused::Contradiction("the order ends with longest-held, then lot"));
        };
        let distinct: BTreeSet<_> = classes.iter().collect();
        if classes.is_empty() || distinct.len() != classes.len() || distinct.contains(&Criterion::Lot) {
            return at.refuse(Refused::Contradiction(
                "the order begins with medical-group, category or both, each once",
            ));
        }
        Ok(Selection { clause: *wire.clause.get_ref(), order, objective })
    }

    fn will(&self, wire: &WireWill) -> Result<Will, TermsError> {
        let at = self.clause(&wire.clause)?;
        if wire.occasions != 2 {
            let expected = "2: after listing and at the crossing";
            return at.value(None, "occasions", &wire.occasions.to_string(), expected);
        }
        Ok(Will { clause: *wire.clause.get_ref(), occasions: wire.occasions })
    }

    fn replacement(&self, wire: &WireReplacement) -> Result<Replacement, TermsError> {
        let at = self.clause(&wire.clause)?;
        match wire.rule.as_deref() {
            None => at.refuse(Refused::LeftOpen("how a vacated slot is filled")),
            Some("same-order") => {
                Ok(Replacement { clause: *wire.clause.get_ref(), rule: ReplacementRule::SameOrder })
            }
            Some(other) => at.value(None, "rule", other, "same-order"),
        }
    }

    fn disclosure(&self, wire: WireDisclosure) -> Result<Disclosure, TermsError> {
        let at = self.clause(&wire.clause)?;
        let mut rules = BTreeMap::new();
        for (field, word) in &wire.fields {
            let known = Field::ALL.into_iter().find(|known| known.code() == field);
            let field = at.value(known, "fields", field, "a field of a bulletin")?;
            let openness = match word.as_str() {
                "withheld" => Some(Openness::Withheld),
                "aggregate" => Some(Openness::Aggregate),
                "published" => Some(Openness::Published),
                _ => None,
            };
            rules.insert(field, at.value(openness, field.code(), word, "withheld, aggregate or published")?);
        }
        if rules.len() < Field::ALL.len() {
            return at.refuse(Refused::LeftOpen("disclosure does not rule on every field of a bulletin"));
        }
        Ok(Disclosure { clause: *wire.clause.get_ref(), rules })
    }

    fn families(&self, wire: &WireFamilies) -> Result<Families, TermsError> {
        let at = self.clause(&wire.clause)?;
        let hours = (1..=168).contains(&wire.call_hours).then_some(wire.call_hours);
        let call_hours = at.value(hours, "call_hours", &wire.call_hours.to_string(), "1 to 168 hours")?;
        Ok(Families { clause: *wire.clause.get_ref(), call_hours })
    }

    fn annexes(&self, wire: Vec<WireAnnex>) -> Result<Vec<Annex>, TermsError> {
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

fn predicate(wire: WirePredicate, at: At) -> Result<Predicate, TermsError> {
    match wire {
        WirePredicate { medical: Some(words), age_below: None, on: None, any: None } => {
            let mut groups = Vec::new();
            for word in &words {
                let group = Group::from_code(word)
                    .filter(|group| *group != Group::NoGround && !groups.contains(group));
                let expected = "direct, neutral or for-commission, each once";
                groups.push(at.value(group, "medical", word, expected)?);
            }
            if groups.is_empty() {
                return at.refuse(Refused::LeftOpen("a medical category that names no group"));
            }
            Ok(Predicate::Medical(groups))
        }
        WirePredicate { medical: None, age_below: Some(years), on, any: None } => {
            let on = match on.as_deref() {
                None => return at.refuse(Refused::LeftOpen("the day on which the age counts")),
                Some("signing") => CountingDay::Signing,
                Some("listing") => CountingDay::Listing,
                Some("handover") => CountingDay::Handover,
                Some(other) => return at.value(None, "on", other, "signing, listing or handover"),
            };
            let sensible = (16..=100).contains(&years).then_some(years);
            let years = at.value(sensible, "age_below", &years.to_string(), "16 to 100 years")?;
            Ok(Predicate::AgeBelow { years, on })
        }
        WirePredicate { medical: None, age_below: None, on: None, any: Some(true) } => Ok(Predicate::Any),
        _ => at.refuse(Refused::Contradiction("`when` is one of medical, age_below with on, or any = true")),
    }
}

/// What only the whole shows: places against floors, categories nobody can use.
fn whole(terms: &Terms) -> Result<(), TermsError> {
    if terms.categories.is_empty() {
        return At::NOWHERE.refuse(Refused::LeftOpen("no category says who counts"));
    }
    let places = terms.rounds.iter().map(|round| u64::from(round.places)).sum();
    for quantity in &terms.quantities {
        if places < u64::from(quantity.at_least) {
            let at = At { line: None, clause: Some(quantity.clause) };
            return at.refuse(Refused::FloorImpossible { places, floor: quantity.at_least });
        }
    }
    for category in &terms.categories {
        if !terms.rounds.iter().any(|round| round.categories.contains(&category.id)) {
            let at = At { line: None, clause: Some(category.clause) };
            return at.refuse(Refused::LeftOpen("a category that no round admits"));
        }
    }
    Ok(())
}

fn bounded(wire: &Wire) -> Result<(), TermsError> {
    let lists = [
        ("clauses", wire.clauses.len(), 128),
        ("parties", wire.parties.len(), 2),
        ("neutrals", wire.neutrals.len(), 8),
        ("quantities", wire.quantities.len(), 2),
        ("categories", wire.categories.len(), 16),
        ("crossings", wire.crossings.len(), 64),
        ("rounds", wire.rounds.len(), 128),
        ("annexes", wire.annexes.len(), 32),
    ];
    lists
        .into_iter()
        .find(|(_, found, most)| found > most)
        .map_or(Ok(()), |(what, found, most)| At::NOWHERE.refuse(Refused::TooMany { what, found, most }))
}

fn day(wire: Datetime, at: At, field: &'static str) -> Result<Date, TermsError> {
    let read = match wire {
        Datetime { date: Some(date), time: None, offset: None } => Month::try_from(date.month)
            .ok()
            .and_then(|month| Date::from_calendar_date(i32::from(date.year), month, date.day).ok()),
        _ => None,
    };
    at.value(read, field, &wire.to_string(), "a date without a time")
}

fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|b| *b == b'\n').count()
}

fn plain(refused: Refused) -> TermsError {
    TermsError { line: None, clause: None, refused }
}
