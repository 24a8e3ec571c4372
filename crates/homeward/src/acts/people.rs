//! People come into the register: an uploaded list is kept sealed until it is confirmed, then stored in one write. What is
//! learned of a person later is added beside what was known.
//!
//! Decides nothing about a row: `import` says what can be taken. A list is read twice, once for the preview and once when
//! it is confirmed, so what is stored is what the bytes say and not what a page sent back.

use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::{Item, Party, PersonId};
use exchange::person::{Claim, Examination, List, Person};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use parley::{Body, EntryId, Occasion, Record};
use register::{DraftRow, DraftState, ImportRow, Reading, RegisterError, Write};

use crate::act::{Act, ActError};
use crate::acts::crossing;
use crate::config::Config;
use crate::import::map::Map;
use crate::import::{self, Known, Preview, Refusals, Source, Target, builtin};
use crate::opening::to_cbor;
use crate::pairing;

/// Kind of the draft that keeps an uploaded list until it is confirmed.
pub const IMPORT: &str = "import";
/// The most a list and its lookup files may hold together at the desk, in bytes; `homeward import` takes larger ones.
pub const UPLOAD_BYTES_MAX: usize = 15 << 20;

/// An uploaded list, as it waits to be confirmed.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Upload {
    /// Whether the people are held here; else they are sought.
    #[n(0)]
    pub held: bool,
    /// What the officer calls the list.
    #[n(1)]
    pub name: String,
    /// The file's name.
    #[n(2)]
    pub file: String,
    /// The file.
    #[n(3)]
    pub bytes: ByteVec,
    /// Name of a map that the program carries; nothing when the officer brought one.
    #[n(4)]
    pub map: Option<String>,
    /// The officer's own map.
    #[n(5)]
    pub own_map: Option<String>,
    /// Files that the map joins.
    #[n(6)]
    pub lookups: Vec<Lookup>,
}

/// A file that the map joins to the list.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Lookup {
    /// Its name.
    #[n(0)]
    pub file: String,
    /// Its content.
    #[n(1)]
    pub bytes: ByteVec,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({} bytes)", self.size())
    }
}

impl std::fmt::Debug for Lookup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lookup({} bytes)", self.bytes.len())
    }
}

/// What reading a list came to.
pub type Outcome = Result<Preview, Box<Refusals>>;

impl Upload {
    /// The list the people go to.
    pub fn list(&self) -> List {
        if self.held { List::Held } else { List::Sought }
    }

    /// Bytes of all its files.
    pub fn size(&self) -> usize {
        self.bytes.len() + self.lookups.iter().map(|lookup| lookup.bytes.len()).sum::<usize>()
    }

    /// The map: the officer's own, the one named, else the only one whose columns the file has.
    pub fn read_map(&self) -> Result<Map, ActError> {
        if let Some(text) = &self.own_map {
            return Map::parse(text).map_err(|why| ActError::rule("map", why));
        }
        if let Some(name) = &self.map {
            return builtin::named(name).ok_or_else(|| ActError::rule("map-unknown", ""));
        }
        let mut fitting = builtin::fitting(&self.bytes);
        match (fitting.pop(), fitting.is_empty()) {
            (Some(map), true) => Ok(map),
            _ => Err(ActError::rule("map-unclear", "")),
        }
    }

    /// Reads the list through its map. Takes as long as the list is large: not for a task that others wait on.
    pub fn read(&self, config: &Config, map: &Map, known: Known) -> Outcome {
        let list_name = self.name.clone();
        let target = Target { list: self.list(), power: power_of(config, self.list()), list_name, known };
        let lookups: Vec<_> =
            self.lookups.iter().map(|lookup| Source { name: &lookup.file, bytes: &lookup.bytes }).collect();
        let source = Source { name: &self.file, bytes: &self.bytes };
        let mut next = 0_u128;
        import::read(source, &lookups, map, &target, &mut || {
            next += 1;
            PersonId(next.to_be_bytes())
        })
    }
}

/// The Power whose people a list of this node names: a party holds the other's and seeks its own.
pub fn power_of(config: &Config, list: List) -> Option<Party> {
    let label = match list {
        List::Held => config.counterpart()?,
        List::Sought => &config.party,
    };
    Party::new(label).ok()
}

/// Keeps an uploaded list, sealed, until it is confirmed. The officer's earlier upload, if one still waits, is let go of.
pub async fn keep(act: &mut Act<'_>, upload: &Upload) -> Result<String, ActError> {
    for row in act.tx.open_drafts().await?.whole()? {
        if row.kind == IMPORT && row.drafted_by == act.actor.officer {
            let (decided_by, decided_at) = (Some(act.actor.officer.clone()), Some(act.tx.at()));
            let state = DraftState::Dismissed;
            act.tx.put(&DraftRow { payload: Vec::new(), state, decided_by, decided_at, ..row }).await?;
        }
    }
    let id = act.tx.new_id("drafts");
    let row = DraftRow {
        id: id.clone(),
        kind: IMPORT.to_owned(),
        round: None,
        payload: to_cbor(upload),
        drafted_by: act.actor.officer.clone(),
        drafted_at: act.tx.at(),
        state: DraftState::Open,
        decided_by: None,
        decided_at: None,
    };
    act.tx.put(&row).await?;
    Ok(id)
}

/// The uploaded list of an open draft.
pub async fn kept(reading: &mut Reading, id: &str) -> Result<(DraftRow, Upload), ActError> {
    let row = reading.draft(id).await?.filter(|row| row.kind == IMPORT).ok_or(ActError::NotFound)?;
    if row.state != DraftState::Open {
        return Err(ActError::rule("draft-decided", ""));
    }
    let upload = minicbor::decode(&row.payload).map_err(|_| ActError::NotFound)?;
    Ok((row, upload))
}

/// Stores the people of a confirmed draft and lets go of the uploaded bytes.
pub async fn confirm(
    act: &mut Act<'_>,
    id: &str,
    upload: &Upload,
    people: Vec<Person>,
) -> Result<u32, ActError> {
    let (mut row, waiting) = kept(&mut act.tx, id).await?;
    if waiting != *upload {
        return Err(ActError::NotFound);
    }
    let officer = act.actor.officer.clone();
    let count = store(&mut act.tx, &officer, upload.list(), &upload.name, people).await?;
    row.payload = Vec::new();
    row.state = DraftState::CarriedOut;
    row.decided_by = Some(officer);
    row.decided_at = Some(act.tx.at());
    act.tx.put(&row).await?;
    Ok(count)
}

/// Whom a list of the register has already from the source that a map reads. A shredded person is not known any more.
pub async fn known(reading: &mut Reading, list: List, map: &str) -> Result<Known, RegisterError> {
    let people = reading.all_people(list).await?.whole()?;
    Ok(Known::of(people.iter().map(|row| &row.person), map))
}

/// Stores people read from a list, each with the keys that shall find the dossier, and notes the import. Everyone gets a
/// new identifier: an import adds people and never overwrites one.
///
/// # Errors
/// Refuses somebody who came in under the same key since the list was read.
pub async fn store(
    tx: &mut Write,
    officer: &str,
    list: List,
    name: &str,
    people: Vec<Person>,
) -> Result<u32, ActError> {
    if let Some(map) = people.first().and_then(|person| person.provenance.map.clone()) {
        let again = known(tx, list, &map).await?.among(&people);
        if again > 0 {
            return Err(ActError::rule("rows-refused", again));
        }
    }
    let rows = u32::try_from(people.len()).unwrap_or(u32::MAX);
    for mut person in people {
        person.id = new_id(tx).await?;
        tx.save_person(&person, &pairing::keys_of(&person)).await?;
    }
    let (id, name, officer) = (tx.new_id("imports"), name.to_owned(), officer.to_owned());
    let at = tx.at();
    tx.put(&ImportRow { id, list, name, rows, officer, at }).await?;
    Ok(rows)
}

/// An identifier that nobody has. A rehearsal's chance begins anew at every start and would give the same ones again.
pub async fn new_id(tx: &mut Write) -> Result<PersonId, RegisterError> {
    loop {
        let id = tx.new_person_id();
        match tx.person(id).await {
            Ok(None) => return Ok(id),
            Ok(Some(_)) | Err(RegisterError::Shredded(_)) => {}
            Err(why) => return Err(why),
        }
    }
}

/// The most examinations or claims a dossier takes by hand: more is a mistake of a form sent again and again.
const ENTRIES_MAX: usize = 500;

/// Adds an examination to a dossier: beside the others, in order of its day. What was found before stays in sight.
pub async fn examine(act: &mut Act<'_>, person: PersonId, found: Examination) -> Result<(), ActError> {
    let mut row = act.tx.person(person).await?.ok_or(ActError::NotFound)?;
    if row.person.examinations.len() >= ENTRIES_MAX {
        return Err(ActError::rule("dossier-full", ENTRIES_MAX));
    }
    row.person.examinations.push(found);
    row.person.examinations.sort_by_key(|examination| examination.date);
    let keys = pairing::keys_of(&row.person);
    act.tx.save_person(&row.person, &keys).await?;
    Ok(())
}

/// Adds a claim to a dossier by hand.
pub async fn claim(act: &mut Act<'_>, person: PersonId, claim: Claim) -> Result<(), ActError> {
    let row = act.tx.person(person).await?.ok_or(ActError::NotFound)?;
    if row.person.claims.len() >= ENTRIES_MAX {
        return Err(ActError::rule("dossier-full", ENTRIES_MAX));
    }
    crossing::claim(act, person, claim).await
}

/// What the shared record says of a person's items, in its order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Happened {
    /// When its author says so, in ms since 1970.
    pub at: i64,
    /// What, by code.
    pub what: &'static str,
    /// In which round.
    pub round: u32,
    /// Whose word it is.
    pub author: String,
    /// Answer or ground, by code; empty when there is none.
    pub detail: &'static str,
}

/// Reads the record for everything said of an item in a round.
pub fn happened(record: &Record, items: &BTreeSet<Item>) -> Vec<Happened> {
    let mut releases: BTreeMap<EntryId, u32> = BTreeMap::new();
    let mut events = Vec::new();
    let meant = |item: &parley::Item| items.contains(&super::item(*item));
    for signed in record.applied() {
        let (round, what, detail) = match signed.body() {
            Body::Nominate { round, items, .. } if items.iter().any(meant) => (*round, "nominated", ""),
            Body::Will { round, item, occasion, answer } if meant(item) => {
                let what = if *occasion == Occasion::First { "asked-first" } else { "asked-second" };
                (*round, what, answer.as_str())
            }
            Body::Depart { round, item, ground } if meant(item) => (*round, "departed", ground.as_str()),
            Body::Release { round, item } if meant(item) => {
                releases.insert(signed.id(), *round);
                (*round, "released", "")
            }
            Body::Receipt { release } => match releases.get(release) {
                Some(round) => (*round, "received", ""),
                None => continue,
            },
            Body::Dispute { release, ground } => match releases.get(release) {
                Some(round) => (*round, "disputed", ground.as_str()),
                None => continue,
            },
            Body::TakeBack { release } => match releases.get(release) {
                Some(round) => (*round, "taken-back", ""),
                None => continue,
            },
            _ => continue,
        };
        let entry = signed.entry();
        let at = i64::try_from(entry.time).unwrap_or(i64::MAX / 1000).saturating_mul(1000);
        events.push(Happened { at, what, round, author: entry.author.as_str().to_owned(), detail });
    }
    events
}
