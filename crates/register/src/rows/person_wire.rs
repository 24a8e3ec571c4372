//! The bytes of a dossier inside its seal: CBOR maps with numbered fields, so that a later program reads earlier ones.
//!
//! The types of `exchange` are not serialised themselves; what is stored has its own types here.

use exchange::ids::{Party, PersonId};
use exchange::person::{
    Capture, Claim, Custody, Examination, Examiner, Grade, Kin, List, Name, NameKind, PartialDate, Person,
    Provenance, Rank, Sex, Source, State, Text,
};
use minicbor::{Decode, Encode};
use time::Date;

#[derive(Encode, Decode)]
#[cbor(map)]
struct Wire {
    #[n(0)]
    list: u8,
    #[cbor(n(1), with = "minicbor::bytes")]
    id: [u8; 16],
    #[n(2)]
    power: String,
    #[n(3)]
    names: Vec<WireName>,
    #[n(4)]
    sex: Option<u8>,
    #[n(5)]
    birth: Option<WireDate>,
    #[n(6)]
    birth_place: Option<String>,
    #[n(7)]
    rank: Option<WireRank>,
    #[n(8)]
    service_number: Option<String>,
    #[n(9)]
    unit: Option<String>,
    #[n(10)]
    prisoner_number: Option<String>,
    #[n(11)]
    capture: Option<WireCapture>,
    #[n(12)]
    custody: Vec<WireCustody>,
    #[n(13)]
    examinations: Vec<WireExamination>,
    #[n(14)]
    claims: Vec<WireClaim>,
    #[n(15)]
    kin: Vec<WireKin>,
    #[n(16)]
    remarks: Option<String>,
    #[n(17)]
    list_name: String,
    #[n(18)]
    row: u32,
    #[n(19)]
    key: Option<String>,
    #[cbor(n(20), with = "minicbor::bytes")]
    tags: Vec<u8>,
    #[n(21)]
    map: Option<String>,
}

#[derive(Encode, Decode)]
struct WireName(#[n(0)] String, #[n(1)] Option<String>, #[n(2)] Option<String>, #[n(3)] u8);

/// Year, month and day of the month, as far as known.
#[derive(Encode, Decode)]
struct WireDate(#[n(0)] i32, #[n(1)] Option<u8>, #[n(2)] Option<u8>);

#[derive(Encode, Decode)]
struct WireRank(#[n(0)] Option<String>, #[n(1)] String);

#[derive(Encode, Decode)]
struct WireCapture(#[n(0)] Option<WireDate>, #[n(1)] Option<String>);

#[derive(Encode, Decode)]
struct WireCustody(#[n(0)] String, #[n(1)] Option<WireDate>, #[n(2)] Option<WireDate>);

/// Days are Julian day numbers.
#[derive(Encode, Decode)]
struct WireExamination(#[n(0)] i32, #[n(1)] String, #[n(2)] Option<i32>, #[n(3)] u8);

#[derive(Encode, Decode)]
struct WireClaim(#[n(0)] u8, #[n(1)] i32, #[n(2)] u8, #[n(3)] u8);

#[derive(Encode, Decode)]
struct WireKin(#[n(0)] String, #[n(1)] String, #[n(2)] Option<String>, #[n(3)] Option<String>);

const LISTS: [List; 2] = [List::Held, List::Sought];
const NAME_KINDS: [NameKind; 2] = [NameKind::Main, NameKind::Alias];
const SEXES: [Sex; 2] = [Sex::Male, Sex::Female];
const EXAMINERS: [Examiner; 3] =
    [Examiner::DetainingPower, Examiner::OwnNationality, Examiner::MixedCommission];
const STATES: [State; 5] = [State::Missing, State::Held, State::Alive, State::Dead, State::Freed];
const SOURCES: [Source; 7] = [
    Source::Unit,
    Source::Family,
    Source::HoldingPower,
    Source::Neutral,
    Source::Returnee,
    Source::Open,
    Source::Receipt,
];
const GRADES: [Grade; 3] = [Grade::Confirmed, Grade::Likely, Grade::Doubtful];

/// Writes a person and their search tags.
pub(super) fn encode(person: &Person, tags: &[[u8; 16]]) -> Vec<u8> {
    // Taken apart whole, so that a new field of a person cannot be forgotten here.
    let Person {
        list,
        id,
        power,
        names,
        sex,
        birth,
        birth_place,
        rank,
        service_number,
        unit,
        prisoner_number,
        capture,
        custody,
        examinations,
        claims,
        kin,
        remarks,
        provenance: Provenance { list_name, row, key, map },
    } = person;
    super::payload(&Wire {
        list: code(&LISTS, *list),
        id: id.0,
        power: power.as_str().to_owned(),
        names: names.iter().map(name_out).collect(),
        sex: sex.map(|sex| code(&SEXES, sex)),
        birth: birth.map(date_out),
        birth_place: text_out(birth_place),
        rank: rank.as_ref().map(|rank| WireRank(rank.code.clone(), rank.written.clone())),
        service_number: text_out(service_number),
        unit: text_out(unit),
        prisoner_number: text_out(prisoner_number),
        capture: capture
            .as_ref()
            .map(|capture| WireCapture(capture.date.map(date_out), text_out(&capture.place))),
        custody: custody.iter().map(custody_out).collect(),
        examinations: examinations.iter().map(examination_out).collect(),
        claims: claims.iter().map(claim_out).collect(),
        kin: kin.iter().map(kin_out).collect(),
        remarks: text_out(remarks),
        list_name: list_name.clone(),
        row: *row,
        key: key.clone(),
        tags: tags.concat(),
        map: map.clone(),
    })
}

/// Reads a person and their search tags; `None` when the bytes are not one.
pub(super) fn decode(bytes: &[u8]) -> Option<(Person, Vec<[u8; 16]>)> {
    let wire: Wire = super::unpack(bytes)?;
    let (tags, rest) = wire.tags.as_chunks::<16>();
    if !rest.is_empty() {
        return None;
    }
    let tags = tags.to_vec();
    let person = Person {
        list: of(&LISTS, wire.list)?,
        id: PersonId(wire.id),
        power: Party::new(&wire.power).ok()?,
        names: wire.names.into_iter().map(name_in).collect::<Option<_>>()?,
        sex: maybe(wire.sex, |sex| of(&SEXES, sex))?,
        birth: maybe(wire.birth, date_in)?,
        birth_place: wire.birth_place.map(Text),
        rank: wire.rank.map(|WireRank(code, written)| Rank { code, written }),
        service_number: wire.service_number.map(Text),
        unit: wire.unit.map(Text),
        prisoner_number: wire.prisoner_number.map(Text),
        capture: maybe(wire.capture, |WireCapture(date, place)| {
            Some(Capture { date: maybe(date, date_in)?, place: place.map(Text) })
        })?,
        custody: wire.custody.into_iter().map(custody_in).collect::<Option<_>>()?,
        examinations: wire.examinations.into_iter().map(examination_in).collect::<Option<_>>()?,
        claims: wire.claims.into_iter().map(claim_in).collect::<Option<_>>()?,
        kin: wire.kin.into_iter().map(kin_in).collect(),
        remarks: wire.remarks.map(Text),
        provenance: Provenance { list_name: wire.list_name, row: wire.row, key: wire.key, map: wire.map },
    };
    Some((person, tags))
}

fn name_out(Name { surname, given, patronymic, kind }: &Name) -> WireName {
    WireName(surname.0.clone(), text_out(given), text_out(patronymic), code(&NAME_KINDS, *kind))
}

fn name_in(WireName(surname, given, patronymic, kind): WireName) -> Option<Name> {
    let (given, patronymic) = (given.map(Text), patronymic.map(Text));
    Some(Name { surname: Text(surname), given, patronymic, kind: of(&NAME_KINDS, kind)? })
}

fn date_out(date: PartialDate) -> WireDate {
    match date {
        PartialDate::Year(year) => WireDate(year, None, None),
        PartialDate::Month(year, month) => WireDate(year, Some(month), None),
        PartialDate::Day(day) => WireDate(day.year(), Some(day.month().into()), Some(day.day())),
    }
}

fn date_in(WireDate(year, month, day): WireDate) -> Option<PartialDate> {
    match (month, day) {
        (None, None) => Some(PartialDate::Year(year)),
        (Some(month), None) => Some(PartialDate::Month(year, month)),
        (Some(month), Some(day)) => {
            Date::from_calendar_date(year, month.try_into().ok()?, day).ok().map(PartialDate::Day)
        }
        (None, Some(_)) => None,
    }
}

fn custody_out(Custody { site, from, to }: &Custody) -> WireCustody {
    WireCustody(site.clone(), from.map(date_out), to.map(date_out))
}

fn custody_in(WireCustody(site, from, to): WireCustody) -> Option<Custody> {
    Some(Custody { site, from: maybe(from, date_in)?, to: maybe(to, date_in)? })
}

fn examination_out(Examination { date, condition, onset, by }: &Examination) -> WireExamination {
    let onset = onset.map(Date::to_julian_day);
    WireExamination(date.to_julian_day(), condition.clone(), onset, code(&EXAMINERS, *by))
}

fn examination_in(WireExamination(date, condition, onset, by): WireExamination) -> Option<Examination> {
    let onset = maybe(onset, |day| Date::from_julian_day(day).ok())?;
    Some(Examination { date: Date::from_julian_day(date).ok()?, condition, onset, by: of(&EXAMINERS, by)? })
}

fn claim_out(Claim { says, of, source, grade }: &Claim) -> WireClaim {
    WireClaim(code(&STATES, *says), of.to_julian_day(), code(&SOURCES, *source), code(&GRADES, *grade))
}

fn claim_in(WireClaim(says, day, source, grade): WireClaim) -> Option<Claim> {
    Some(Claim {
        says: of(&STATES, says)?,
        of: Date::from_julian_day(day).ok()?,
        source: of(&SOURCES, source)?,
        grade: of(&GRADES, grade)?,
    })
}

fn kin_out(Kin { relation, name, phone, language }: &Kin) -> WireKin {
    WireKin(relation.clone(), name.0.clone(), text_out(phone), language.clone())
}

fn kin_in(WireKin(relation, name, phone, language): WireKin) -> Kin {
    Kin { relation, name: Text(name), phone: phone.map(Text), language }
}

fn text_out(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| text.0.clone())
}

/// The stored number of a value: its place in the table above, which only ever grows at its end.
fn code<T: PartialEq>(table: &[T], value: T) -> u8 {
    // Every value of the type stands in its table; a test writes and reads each.
    table.iter().position(|known| *known == value).map_or(u8::MAX, |at| at as u8)
}

fn of<T: Copy>(table: &[T], code: u8) -> Option<T> {
    table.get(usize::from(code)).copied()
}

/// Turns what is there; `None` only when something is there and cannot be turned.
fn maybe<T, U>(value: Option<T>, turn: impl FnOnce(T) -> Option<U>) -> Option<Option<U>> {
    value.map_or(Some(None), |value| turn(value).map(Some))
}
