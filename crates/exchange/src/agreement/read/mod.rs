//! From the TOML text to the typed terms: the only place that knows the file's shape.

mod amounts;
mod course;
mod legs;
mod openness;
mod own;
mod people;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use time::{Date, Month, Time, UtcOffset};
use toml::Spanned;
use toml::value::Datetime;

use super::wire::{ClauseNo, Wire, WireClause};
use super::{
    Category, Class, Clause, LabelId, Leg, Neutral, Phase, Quantity, Refused, Scale, Side, TEXT_BYTES_MAX,
    Terms, TermsError, digest_of,
};
use crate::ids::Party;
use crate::moment::Moment;
use crate::wording::{WireWording, Wording};

pub(super) use own::with_readings;

const NAME_BYTES_MAX: usize = 400;
const CLAUSE_BYTES_MAX: usize = 8_000;
const A_LABEL: &str = "a label of a-z, 0-9 and '-'";

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
    Reader::over(text).terms(wire)
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

    fn open<T>(self, what: &'static str) -> Result<T, TermsError> {
        self.refuse(Refused::LeftOpen(what))
    }

    fn contradiction<T>(self, what: &'static str) -> Result<T, TermsError> {
        self.refuse(Refused::Contradiction(what))
    }

    fn value<T>(
        self,
        read: Option<T>,
        field: &'static str,
        value: &str,
        expected: &'static str,
    ) -> Result<T, TermsError> {
        read.map_or_else(|| self.refuse(Refused::NotAValue { field, value: shown(value), expected }), Ok)
    }

    /// One of the words that a field can be.
    fn word<T: Copy>(
        self,
        words: &[(&str, T)],
        field: &'static str,
        value: &str,
        expected: &'static str,
    ) -> Result<T, TermsError> {
        let read = words.iter().find(|(word, _)| *word == value).map(|(_, read)| *read);
        self.value(read, field, value, expected)
    }

    fn within(self, what: &'static str, found: u32, least: u32, most: u32) -> Result<u32, TermsError> {
        if (least..=most).contains(&found) {
            return Ok(found);
        }
        let (found, least, most) = (u64::from(found), u64::from(least), u64::from(most));
        self.refuse(Refused::OutOfBounds { what, found, least, most })
    }

    fn words(self, wire: WireWording, what: &'static str, bytes_max: usize) -> Result<Wording, TermsError> {
        wire.read(bytes_max).map_or_else(|| self.refuse(Refused::Wording(what)), Ok)
    }

    fn label(self, label: &str, field: &'static str) -> Result<LabelId, TermsError> {
        self.value(LabelId::new(label), field, label, A_LABEL)
    }
}

/// A reader with what it has read so far: a part may name only what stands there already.
struct Reader<'a> {
    text: &'a str,
    clause_nos: BTreeSet<u32>,
    signed_on: Date,
    parties: Vec<Side>,
    neutrals: Vec<Neutral>,
    crossings: BTreeMap<LabelId, Wording>,
    legs: Vec<Leg>,
    classes: Vec<Class>,
    scales: Vec<Scale>,
    categories: Vec<Category>,
    quantities: Vec<Quantity>,
    phases: Vec<Phase>,
}

impl<'a> Reader<'a> {
    fn over(text: &'a str) -> Self {
        Self {
            text,
            clause_nos: BTreeSet::new(),
            signed_on: Date::MIN,
            parties: Vec::new(),
            neutrals: Vec::new(),
            crossings: BTreeMap::new(),
            legs: Vec::new(),
            classes: Vec::new(),
            scales: Vec::new(),
            categories: Vec::new(),
            quantities: Vec::new(),
            phases: Vec::new(),
        }
    }

    /// A reader of another text about terms that have been read.
    fn beside(terms: &Terms, text: &'a str) -> Self {
        Self {
            text,
            clause_nos: terms.clauses.iter().map(|clause| clause.no).collect(),
            signed_on: terms.signed_on,
            parties: terms.parties.clone(),
            neutrals: terms.neutrals.clone(),
            crossings: terms.crossings.clone(),
            legs: terms.legs.clone(),
            classes: terms.classes.clone(),
            scales: terms.scales.clone(),
            categories: terms.categories.clone(),
            quantities: terms.quantities.clone(),
            phases: terms.phases.clone(),
        }
    }

    fn terms(mut self, wire: Wire) -> Result<Terms, TermsError> {
        bounded(&wire)?;
        let hex = wire.id.len() == 32 && wire.id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let id =
            At::NOWHERE.value(hex.then_some(wire.id.clone()), "id", &wire.id, "32 hexadecimal digits")?;
        self.signed_on = day(wire.signed_on, At::NOWHERE, "signed_on")?;
        let title = At::NOWHERE.words(wire.title, "title", NAME_BYTES_MAX)?;
        let clauses = self.clauses(wire.clauses)?;
        self.sides(wire.parties, wire.neutrals)?;
        let agents = self.agents(wire.agents)?;
        self.crossings(wire.crossings)?;
        self.legs(wire.legs)?;
        self.classes(wire.classes)?;
        self.scales(wire.scales)?;
        self.categories(wire.categories)?;
        self.quantities(wire.quantities)?;
        let ratios = self.ratios(wire.ratios)?;
        let readings = self.readings(wire.readings)?;
        let signed_readings = readings.len();
        let lists = wire.lists.map(|lists| self.lists(lists)).transpose()?;
        let selection = wire.selection.map(|selection| self.selection(selection)).transpose()?;
        let rounds = self.rounds(wire.rounds)?;
        let gates = self.gates(wire.gates)?;
        let replacement = wire.replacement.map(|replacement| self.replacement(&replacement)).transpose()?;
        self.phases(wire.phases)?;
        let conditions = self.conditions(wire.conditions)?;
        let notices = wire.notices.map(|notices| self.notices(&notices)).transpose()?;
        let disclosure = wire.disclosure.map(|disclosure| self.disclosure(disclosure)).transpose()?;
        let families = wire.families.map(|families| self.families(&families)).transpose()?;
        let annexes = self.annexes(wire.annexes)?;
        let stand_ins = self.stand_ins(wire.stand_ins)?;
        let terms = Terms {
            id,
            title,
            signed_on: self.signed_on,
            clauses,
            parties: self.parties,
            agents,
            neutrals: self.neutrals,
            legs: self.legs,
            classes: self.classes,
            scales: self.scales,
            quantities: self.quantities,
            ratios,
            readings,
            categories: self.categories,
            lists,
            selection,
            rounds,
            crossings: self.crossings,
            gates,
            replacement,
            phases: self.phases,
            conditions,
            notices,
            disclosure,
            families,
            annexes,
            stand_ins,
            digest: digest_of(self.text),
            signed_readings,
        };
        whole::check(&terms)?;
        Ok(terms)
    }

    fn line<T>(&self, spanned: &Spanned<T>) -> At {
        At { line: Some(line_of(self.text, spanned.span().start)), clause: None }
    }

    /// The clause a part rests on; it must be in the signed text.
    fn clause(&self, no: &ClauseNo) -> Result<At, TermsError> {
        let at = At { clause: Some(*no.get_ref()), ..self.line(no) };
        if self.clause_nos.contains(no.get_ref()) {
            return Ok(at);
        }
        at.refuse(Refused::Unknown { what: "clause", id: no.get_ref().to_string() })
    }

    /// The id of a part that rests on a clause, not there before.
    fn new_id(
        &self,
        at: At,
        word: &Spanned<String>,
        what: &'static str,
        known: impl Fn(&LabelId) -> bool,
    ) -> Result<LabelId, TermsError> {
        let at = At { line: self.line(word).line, ..at };
        let id = at.label(word.get_ref(), what)?;
        if known(&id) { at.refuse(Refused::Twice { what, id: id.to_string() }) } else { Ok(id) }
    }

    fn clauses(&mut self, wire: Vec<WireClause>) -> Result<Vec<Clause>, TermsError> {
        let mut clauses = Vec::new();
        for WireClause { no, text } in wire {
            let at = At { clause: Some(*no.get_ref()), ..self.line(&no) };
            if !self.clause_nos.insert(*no.get_ref()) {
                return at.refuse(Refused::Twice { what: "clause", id: no.get_ref().to_string() });
            }
            clauses.push(Clause { no: *no.get_ref(), text: at.words(text, "clause", CLAUSE_BYTES_MAX)? });
        }
        clauses.sort_by_key(|clause| clause.no);
        Ok(clauses)
    }

    fn party(&self, at: At, label: &str) -> Result<Party, TermsError> {
        let known = self.parties.iter().find(|side| side.id.as_str() == label);
        known.map_or_else(|| at.refuse(unknown("party", label)), |side| Ok(side.id.clone()))
    }

    fn neutral(&self, at: At, label: &str) -> Result<Party, TermsError> {
        let known = self.neutrals.iter().find(|neutral| neutral.id.as_str() == label);
        known.map_or_else(|| at.refuse(unknown("neutral", label)), |neutral| Ok(neutral.id.clone()))
    }

    /// The places of legs named by id, each once.
    fn places_of_legs(&self, at: At, labels: &[String]) -> Result<Vec<usize>, TermsError> {
        let place = |label: &str| self.legs.iter().position(|leg| leg.id.as_str() == label);
        places(at, "leg", labels, place)
    }

    /// The ids of categories named, each once.
    fn category_ids(&self, at: At, labels: &[String]) -> Result<Vec<super::CategoryId>, TermsError> {
        let place = |label: &str| self.categories.iter().position(|known| known.id.as_str() == label);
        let places = places(at, "category", labels, place)?;
        Ok(places.into_iter().map(|place| self.categories[place].id.clone()).collect())
    }
}

fn places(
    at: At,
    what: &'static str,
    labels: &[String],
    place: impl Fn(&str) -> Option<usize>,
) -> Result<Vec<usize>, TermsError> {
    let mut found = Vec::new();
    for label in labels {
        let Some(place) = place(label) else { return at.refuse(unknown(what, label)) };
        if found.contains(&place) {
            return at.refuse(Refused::Twice { what, id: shown(label) });
        }
        found.push(place);
    }
    Ok(found)
}

fn unknown(what: &'static str, id: &str) -> Refused {
    Refused::Unknown { what, id: shown(id) }
}

fn shown(value: &str) -> String {
    value.chars().take(64).collect()
}

fn bounded(wire: &Wire) -> Result<(), TermsError> {
    let lists = [
        ("clauses", wire.clauses.len(), 128),
        ("parties", wire.parties.len(), 16),
        ("agents", wire.agents.len(), 64),
        ("neutrals", wire.neutrals.len(), 8),
        ("legs", wire.legs.len(), 64),
        ("classes", wire.classes.len(), 64),
        ("scales", wire.scales.len(), 16),
        ("quantities", wire.quantities.len(), 64),
        ("ratios", wire.ratios.len(), 16),
        ("readings", wire.readings.len(), 64),
        ("categories", wire.categories.len(), 16),
        ("crossings", wire.crossings.len(), 64),
        ("rounds", wire.rounds.len(), 128),
        ("gates", wire.gates.len(), 16),
        ("phases", wire.phases.len(), 32),
        ("conditions", wire.conditions.len(), 32),
        ("annexes", wire.annexes.len(), 32),
        ("stand_ins", wire.stand_ins.len(), 32),
    ];
    lists
        .into_iter()
        .find(|(_, found, most)| found > most)
        .map_or(Ok(()), |(what, found, most)| At::NOWHERE.refuse(Refused::TooMany { what, found, most }))
}

fn day(wire: Datetime, at: At, field: &'static str) -> Result<Date, TermsError> {
    let read = match wire {
        Datetime { date: Some(date), time: None, offset: None } => calendar(date),
        _ => None,
    };
    at.value(read, field, &wire.to_string(), "a date without a time")
}

fn calendar(date: toml::value::Date) -> Option<Date> {
    let month = Month::try_from(date.month).ok()?;
    Date::from_calendar_date(i32::from(date.year), month, date.day).ok()
}

/// Which end of a day a day without an hour stands for.
#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

fn moment(wire: Datetime, at: At, field: &'static str, end: End) -> Result<Moment, TermsError> {
    let read = match wire {
        Datetime { date: Some(date), time: None, offset: None } => calendar(date).map(|day| match end {
            End::First => Moment::start_of(day),
            End::Last => Moment::end_of(day),
        }),
        Datetime { date: Some(date), time: Some(time), offset: Some(offset) } => {
            with_offset(date, time, offset)
        }
        _ => None,
    };
    at.value(read, field, &wire.to_string(), "a date, or a date and a time with its offset")
}

fn with_offset(
    date: toml::value::Date,
    time: toml::value::Time,
    offset: toml::value::Offset,
) -> Option<Moment> {
    let minutes = match offset {
        toml::value::Offset::Z => 0,
        toml::value::Offset::Custom { minutes } => i32::from(minutes),
    };
    let time = Time::from_hms(time.hour, time.minute, time.second.unwrap_or(0)).ok()?;
    let offset = UtcOffset::from_whole_seconds(minutes * 60).ok()?;
    Some(Moment(calendar(date)?.with_time(time).assume_offset(offset).unix_timestamp()))
}

fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|b| *b == b'\n').count()
}

fn plain(refused: Refused) -> TermsError {
    TermsError { line: None, clause: None, refused }
}
