//! One row of a list as a person with at most one examination, one claim, one relative and its custody spells.
//!
//! Decides which fields belong together and what makes a row refused; refuses to know other rows. Every refusal of a row is
//! found, not only the first.

use exchange::ids::{Party, PersonId};
use exchange::person::{
    Capture, Claim, Custody, Examination, Examiner, Grade, Kin, List, Name, NameKind, PartialDate, Person,
    Provenance, Rank, Sex, Source, State, Text,
};
use time::Date;

use super::cell::{self, Lines, NameForm, Refused};
use super::join::{Cell, Join, Match};
use super::map::{Field, Map};
use super::refusal::{Found, Reason, Refusal, Saying};
use super::table::Row;

/// Longest short text (a name, a place, a number), in characters.
const SHORT_MAX: usize = 200;
/// Longest remark, in characters.
const REMARKS_MAX: usize = 16_384;
/// Most earlier spells in one cell.
const EARLIER_MAX: usize = 100;

/// What is the same for every row.
pub struct Reader<'a> {
    /// The list and its lookups.
    pub join: &'a Join<'a>,
    /// The map.
    pub map: &'a Map,
    /// Which list of the node the persons go to.
    pub list: List,
    /// The Power they serve.
    pub power: &'a Party,
    /// What the officer calls the list.
    pub list_name: &'a str,
}

impl Reader<'_> {
    /// Reads one row. The identifier of the person is left zero; whoever keeps the person sets it.
    pub fn read(&self, row: &Row) -> Result<Person, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let unknown = |word: &str| self.is_unknown(word);
        let matches = self.join.matches(row, unknown, |refusal| refusals.push(refusal));
        let mut cells = Cells { reader: self, row, matches, refusals };
        let person = cells.person();
        if cells.refusals.is_empty() { Ok(person) } else { Err(cells.refusals) }
    }

    /// The row's own key, as far as it can be told even of a row that is refused.
    pub fn key(&self, row: &Row) -> Option<String> {
        let matches = self.join.matches(row, |word| self.is_unknown(word), drop);
        match self.join.cell(row, *self.join.slots.get(&Field::Key)?, &matches) {
            Cell::Text(key) if !key.trim().is_empty() => Some(key.trim().to_owned()),
            _ => None,
        }
    }

    fn is_unknown(&self, word: &str) -> bool {
        !self.map.unknown.is_empty() && self.map.unknown.contains(&word.to_lowercase())
    }
}

struct Cells<'a> {
    reader: &'a Reader<'a>,
    row: &'a Row,
    matches: Vec<Match>,
    refusals: Vec<Refusal>,
}

impl Cells<'_> {
    fn person(&mut self) -> Person {
        let capture = Capture { date: self.date(Field::CaptureDate), place: self.words(Field::CapturePlace) };
        let birth = self.date(Field::Birth);
        if let (Some(birth), Some(captured)) = (birth, capture.date)
            && cell::last_day(captured) <= cell::first_day(birth)
        {
            let found = Found::said(Saying::Born, &[("captured", &captured), ("born", &birth)]);
            self.refuse(Field::CaptureDate, Reason::CapturedBeforeBirth, found);
        }
        let key = self.short(Field::Key);
        if key.is_none() && self.may_refuse_as_missing(Field::Key) {
            self.refuse(Field::Key, Reason::MissingKey, Found::default());
        }
        let provenance = Provenance {
            list_name: self.reader.list_name.to_owned(),
            row: self.row.number,
            key,
            map: Some(self.reader.map.name.clone()),
        };
        Person {
            list: self.reader.list,
            id: PersonId([0; 16]),
            power: self.reader.power.clone(),
            names: self.names(),
            sex: self.word(Field::Sex, &[("male", Sex::Male), ("female", Sex::Female)]),
            birth,
            birth_place: self.words(Field::BirthPlace),
            rank: self.rank(),
            service_number: self.short(Field::ServiceNumber).map(Text),
            unit: self.words(Field::Unit),
            prisoner_number: self.short(Field::PrisonerNumber).map(Text),
            capture: (capture.date.is_some() || capture.place.is_some()).then_some(capture),
            custody: self.custody(),
            examinations: self.examination().into_iter().collect(),
            claims: self.claim().into_iter().collect(),
            kin: self.kin().into_iter().collect(),
            remarks: self.text(Field::Remarks, REMARKS_MAX, Lines::Many).map(Text),
            provenance,
        }
    }

    fn names(&mut self) -> Vec<Name> {
        let mut names = match self.reader.map.names {
            NameForm::Parts => self.name_of_parts().into_iter().collect(),
            NameForm::SurnameGivenAka => self.name_of_one_column(),
        };
        if let Some(text) = self.short(Field::Aliases) {
            match cell::aliases(&text) {
                Ok(aliases) => names.extend(aliases),
                Err(refused) => self.refuse_cell(Field::Aliases, refused),
            }
        }
        super::group::without_repetition(names)
    }

    fn name_of_parts(&mut self) -> Option<Name> {
        let given = self.words(Field::Given);
        let patronymic = self.words(Field::Patronymic);
        let Some(surname) = self.words(Field::Surname) else {
            self.missing_surname(Field::Surname);
            return None;
        };
        Some(Name { surname, given, patronymic, kind: NameKind::Main })
    }

    fn name_of_one_column(&mut self) -> Vec<Name> {
        let Some(text) = self.short(Field::FullName) else {
            self.missing_surname(Field::FullName);
            return Vec::new();
        };
        match cell::full_name(&text) {
            Ok(names) => names,
            Err(refused) => {
                self.refuse_cell(Field::FullName, refused);
                Vec::new()
            }
        }
    }

    fn missing_surname(&mut self, field: Field) {
        if self.may_refuse_as_missing(field) {
            self.refuse(field, Reason::MissingSurname, Found::default());
        }
    }

    fn rank(&mut self) -> Option<Rank> {
        let code = self.short(Field::RankCode).filter(|code| {
            let known = is_rank_code(code);
            if !known {
                self.refuse(Field::RankCode, Reason::UnknownWord, Saying::RankCodes);
            }
            known
        });
        let written = self.short(Field::Rank).map(|written| cell::one_spaced(&written));
        let code = code.or_else(|| self.reader.map.ranks.get(written.as_ref()?).cloned());
        let written = written.or_else(|| code.clone())?;
        Some(Rank { code, written })
    }

    fn custody(&mut self) -> Vec<Custody> {
        let mut spells = self.earlier_spells();
        let (from, to) = (self.date(Field::CustodyFrom), self.date(Field::CustodyTo));
        match self.short(Field::Site) {
            Some(site) => {
                self.check_order(Field::CustodyTo, from, to);
                spells.push(Custody { site, from, to });
            }
            None if (from.is_some() || to.is_some()) && self.may_refuse_as_missing(Field::Site) => {
                self.refuse(Field::Site, Reason::Incomplete, Saying::DateWithoutSite);
            }
            None => {}
        }
        for at in 1..spells.len() {
            if spells[..at].contains(&spells[at]) {
                let field = if at + 1 == spells.len() { Field::Site } else { Field::EarlierSpells };
                self.refuse(field, Reason::DuplicateSpell, Found::default());
            }
        }
        spells
    }

    fn earlier_spells(&mut self) -> Vec<Custody> {
        let field = Field::EarlierSpells;
        let Some(text) = self.text(field, REMARKS_MAX, Lines::One) else { return Vec::new() };
        let mut spells = Vec::new();
        for spell in text.split(';').map(str::trim).filter(|spell| !spell.is_empty()) {
            let [site, from, to] = spell.split_whitespace().collect::<Vec<_>>()[..] else {
                self.refuse(field, Reason::Incomplete, Saying::SpellForm);
                return spells;
            };
            let (from, to) = (self.date_of(field, from), self.date_of(field, to));
            self.check_order(field, from, to);
            spells.push(Custody { site: site.to_owned(), from, to });
            if spells.len() > EARLIER_MAX {
                self.refuse(
                    field,
                    Reason::CellTooLong,
                    Found::said(Saying::SpellsLimit, &[("limit", &EARLIER_MAX)]),
                );
                return spells;
            }
        }
        spells
    }

    fn check_order(&mut self, field: Field, from: Option<PartialDate>, to: Option<PartialDate>) {
        if let (Some(from), Some(to)) = (from, to)
            && cell::last_day(to) < cell::first_day(from)
        {
            let found = Found::said(Saying::Started, &[("end", &to), ("start", &from)]);
            self.refuse(field, Reason::EndBeforeStart, found);
        }
    }

    fn examination(&mut self) -> Option<Examination> {
        let condition = self.short(Field::Condition);
        let (date, onset) = (self.day(Field::ExaminedOn), self.day(Field::ConditionSince));
        let known = [
            ("detaining-power", Examiner::DetainingPower),
            ("own-nationality", Examiner::OwnNationality),
            ("mixed-commission", Examiner::MixedCommission),
        ];
        let by = self.word(Field::ExaminedBy, &known);
        let code = |text: &String| text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if condition.as_ref().is_some_and(|condition| !code(condition)) {
            self.refuse(Field::Condition, Reason::UnknownWord, Saying::ConditionCode);
        }
        match (condition, date, by) {
            (Some(condition), Some(date), Some(by)) => Some(Examination { date, condition, onset, by }),
            (None, None, None) if onset.is_none() => None,
            _ => {
                let found = Saying::ExaminationNeeds;
                self.refuse_half(&[Field::Condition, Field::ExaminedOn, Field::ExaminedBy], found);
                None
            }
        }
    }

    fn claim(&mut self) -> Option<Claim> {
        let states = [
            ("missing", State::Missing),
            ("held", State::Held),
            ("alive", State::Alive),
            ("dead", State::Dead),
            ("freed", State::Freed),
        ];
        // A receipt speaks from the shared record, never from a list.
        let sources = [
            ("unit", Source::Unit),
            ("family", Source::Family),
            ("holding-power", Source::HoldingPower),
            ("neutral", Source::Neutral),
            ("returnee", Source::Returnee),
            ("open", Source::Open),
        ];
        let grades =
            [("confirmed", Grade::Confirmed), ("likely", Grade::Likely), ("doubtful", Grade::Doubtful)];
        let says = self.word(Field::Claim, &states);
        let of = self.day(Field::ClaimOf);
        let source = self.word(Field::ClaimSource, &sources);
        let grade = self.word(Field::ClaimGrade, &grades);
        match (says, of, source, grade) {
            (Some(says), Some(of), Some(source), Some(grade)) => Some(Claim { says, of, source, grade }),
            (None, None, None, None) => None,
            _ => {
                let needed = [Field::Claim, Field::ClaimOf, Field::ClaimSource, Field::ClaimGrade];
                self.refuse_half(&needed, Saying::ClaimNeeds);
                None
            }
        }
    }

    fn kin(&mut self) -> Option<Kin> {
        let (relation, name) = (self.short(Field::KinRelation), self.words(Field::KinName));
        let phone = self.short(Field::KinPhone).map(Text);
        let language = self.short(Field::KinLanguage);
        if language.as_ref().is_some_and(|code| !is_language(code)) {
            self.refuse(Field::KinLanguage, Reason::UnknownWord, Saying::LanguageCode);
        }
        match (relation, name) {
            (Some(relation), Some(name)) => Some(Kin { relation, name, phone, language }),
            (None, None) if phone.is_none() => None,
            _ => {
                self.refuse_half(&[Field::KinRelation, Field::KinName], Saying::KinNeeds);
                None
            }
        }
    }

    /// A full day; a year or a month alone is refused.
    fn day(&mut self, field: Field) -> Option<Date> {
        let date = self.date(field)?;
        if date.day().is_none() {
            self.refuse(field, Reason::UnreadableDate, Found::said(Saying::FullDay, &[("date", &date)]));
        }
        date.day()
    }

    fn date(&mut self, field: Field) -> Option<PartialDate> {
        let text = self.short(field)?;
        self.date_of(field, &text)
    }

    fn date_of(&mut self, field: Field, text: &str) -> Option<PartialDate> {
        let date = match cell::date(text, &self.reader.map.dates) {
            Ok(date) => date,
            Err(refused) => {
                self.refuse_cell(field, refused);
                return None;
            }
        };
        let range = self.reader.map.ranges.get(&field.range()?)?;
        if cell::last_day(date) < range.earliest || cell::first_day(date) > range.latest {
            let (earliest, latest) = (range.earliest, range.latest);
            let values: [(_, &dyn std::fmt::Display); 3] =
                [("date", &date), ("earliest", &earliest), ("latest", &latest)];
            let found = Found::said(Saying::Plausible, &values);
            self.refuse(field, Reason::DateOutOfRange, found);
        }
        Some(date)
    }

    /// One of the words a field knows, after the map's own table of words.
    fn word<T: Copy>(&mut self, field: Field, known: &[(&str, T)]) -> Option<T> {
        let text = self.short(field)?;
        let ours = self.reader.map.words.get(&field).and_then(|words| words.get(&text)).unwrap_or(&text);
        let found = known.iter().find(|(word, _)| word == ours).map(|(_, value)| *value);
        if found.is_none() {
            let words = known.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            self.refuse(field, Reason::UnknownWord, Found::said(Saying::KnownWords, &[("words", &words)]));
        }
        found
    }

    fn words(&mut self, field: Field) -> Option<Text> {
        self.short(field).map(|text| Text(cell::one_spaced(&text)))
    }

    fn short(&mut self, field: Field) -> Option<String> {
        self.text(field, SHORT_MAX, Lines::One)
    }

    /// The text of a field; nothing when the map does not read it, or it is empty, or means "not known".
    fn text(&mut self, field: Field, letters_max: usize, lines: Lines) -> Option<String> {
        let slot = *self.reader.join.slots.get(&field)?;
        let raw = match self.reader.join.cell(self.row, slot, &self.matches) {
            Cell::Text(raw) => raw,
            Cell::Orphan => return None,
            Cell::List => {
                self.refuse(field, Reason::NotText, Found::default());
                return None;
            }
        };
        match cell::text(raw, letters_max, lines) {
            Ok("") => None,
            // A source that lists a site called "unknown" states a spell whose site it does not know. The spell stays.
            Ok(text) if field != Field::Site && self.reader.is_unknown(text) => None,
            Ok(text) => Some(text.to_owned()),
            Err(refused) => {
                self.refuse_cell(field, refused);
                None
            }
        }
    }

    /// Whether an empty field may be refused as missing: it is read at all, and not already refused for another reason.
    fn may_refuse_as_missing(&self, field: Field) -> bool {
        let Some(slot) = self.reader.join.slots.get(&field) else { return false };
        let orphan = self.reader.join.cell(self.row, *slot, &self.matches) == Cell::Orphan;
        !orphan && !self.is_refused(field)
    }

    fn is_refused(&self, field: Field) -> bool {
        let column = self.column(field);
        self.refusals.iter().any(|refusal| refusal.column.as_deref() == Some(column))
    }

    /// Refuses half a statement at its first empty cell, unless one of its cells is refused already and explains it.
    fn refuse_half(&mut self, needed: &[Field], found: Saying) {
        let explained = |field: &Field| {
            self.reader.map.fields.contains_key(field)
                && (self.is_refused(*field) || !self.may_refuse_as_missing(*field))
        };
        if !needed.iter().any(explained) {
            let empty = needed.iter().copied().find(|field| self.is_empty(*field));
            self.refuse(empty.unwrap_or(needed[0]), Reason::Incomplete, found);
        }
    }

    fn is_empty(&self, field: Field) -> bool {
        let Some(slot) = self.reader.join.slots.get(&field) else { return false };
        match self.reader.join.cell(self.row, *slot, &self.matches) {
            Cell::Text(text) => text.trim().is_empty() || self.reader.is_unknown(text.trim()),
            _ => false,
        }
    }

    fn column(&self, field: Field) -> &str {
        self.reader.map.fields.get(&field).map_or("", String::as_str)
    }

    fn refuse_cell(&mut self, field: Field, (reason, found): Refused) {
        self.refuse(field, reason, found);
    }

    fn refuse(&mut self, field: Field, reason: Reason, found: impl Into<Found>) {
        let refusal =
            Refusal::of_cell(self.reader.join.file, self.row.number, self.column(field), reason, found);
        self.refusals.push(refusal);
    }
}

fn is_rank_code(code: &str) -> bool {
    let grade = |text: &str, max: u8| {
        !text.starts_with(['0', '+']) && text.parse::<u8>().is_ok_and(|n| (1..=max).contains(&n))
    };
    code.strip_prefix("OR-").is_some_and(|text| grade(text, 9))
        || code.strip_prefix("OF-").is_some_and(|text| grade(text, 10))
}

fn is_language(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
}
