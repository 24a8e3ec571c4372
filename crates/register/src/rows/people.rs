//! People: the dossier sealed under the person's own key, the few plain columns, the search tags, and shredding.

use std::collections::{BTreeMap, BTreeSet};

use exchange::ids::{Item, PersonId};
use exchange::person::{List, Person, State, standing};
use sqlx::sqlite::SqliteConnection;

use crate::cell::{Cell, Cells};
use crate::error::RegisterError;
use crate::keys::{Key, mac, subkey};
use crate::reading::{LIST_MAX, PERSON_KEYS, Page, Reading, Refused, limited};
use crate::row::{Row, Table};
use crate::rows::person_wire;
use crate::sql;
use crate::write::{Write, may_create};

/// The most people one list may have.
const PEOPLE_MAX: usize = 200_000;
/// The most search keys a person or a search may have.
const KEYS_MAX: usize = 64;

/// A person with what the register keeps beside the dossier.
#[derive(Clone, PartialEq, Debug)]
pub struct PersonRow {
    /// The dossier.
    pub person: Person,
    /// The person's opaque name in the shared record, once given.
    pub item: Option<Item>,
    tags: Vec<[u8; 16]>,
}

/// Who answers to a search.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FoundPeople {
    /// Those that answer best, the best first.
    pub best: Vec<PersonId>,
    /// How many answer at all; more than `best` has when they are too many.
    pub all: usize,
}

/// The key that commits a person's canonical record to an item. Revealing it opens that one commitment to the other side.
pub struct ItemKey(Key);

impl ItemKey {
    /// HMAC-SHA-256 of the canonical record under this key.
    pub fn item(&self, canonical: &[u8]) -> Item {
        Item(mac(&self.0, &[canonical]))
    }

    /// The key's bytes, for the attachment that opens the commitment.
    pub fn reveal(&self) -> [u8; 32] {
        *self.0
    }
}

impl std::fmt::Debug for ItemKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ItemKey(32 bytes)")
    }
}

static TABLE: Table = Table {
    name: "people",
    columns: &["id", "list", "power", "item", "state"],
    keys: 1,
    person: Some(0),
    replayed: true,
    upsert: "INSERT INTO people (id, list, power, item, state, version, sealed) VALUES ($1, $2, \
                 $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET list = excluded.list, power = \
                 excluded.power, item = excluded.item, state = excluded.state, version = \
                 excluded.version, sealed = excluded.sealed",
    delete: "DELETE FROM people WHERE id = $1",
    by_key: "SELECT r.id, r.list, r.power, r.item, r.state, r.version, r.sealed, k.version, \
                 k.sealed FROM people r LEFT JOIN person_keys k ON k.person_id = r.id WHERE r.id = $1",
    all: "SELECT r.id, r.list, r.power, r.item, r.state, r.version, r.sealed, k.version, \
                 k.sealed FROM people r LEFT JOIN person_keys k ON k.person_id = r.id ORDER BY r.id \
                 LIMIT $2 OFFSET $1",
};

// A damaged list name would hide a person from both lists, so it is read with either, and refused by its seal.
const BY_LIST: &str = "SELECT r.id, r.list, r.power, r.item, r.state, r.version, r.sealed, k.version, k.sealed \
                       FROM people r LEFT JOIN person_keys k ON k.person_id = r.id \
                       WHERE (r.list = $1 OR r.list NOT IN ('held', 'sought')) AND r.id > $2 ORDER BY r.id LIMIT $3";
const TAGS_CLEAR: &str = "DELETE FROM search_tags WHERE person_id = $1";
const TAG_INSERT: &str = "INSERT INTO search_tags (tag, person_id) VALUES ($1, $2)";

/// The stored word of a list.
pub(crate) fn list_word(list: List) -> &'static str {
    match list {
        List::Held => "held",
        List::Sought => "sought",
    }
}

/// The list of a stored word.
pub(crate) fn list_of(word: &str) -> Option<List> {
    match word {
        "held" => Some(List::Held),
        "sought" => Some(List::Sought),
        _ => None,
    }
}

fn state_word(state: State) -> &'static str {
    match state {
        State::Missing => "missing",
        State::Held => "held",
        State::Alive => "alive",
        State::Dead => "dead",
        State::Freed => "freed",
    }
}

fn state_of(word: &str) -> Option<State> {
    [State::Missing, State::Held, State::Alive, State::Dead, State::Freed]
        .into_iter()
        .find(|state| state_word(*state) == word)
}

impl Row for PersonRow {
    const TABLE: &'static Table = &TABLE;

    fn plain(&self) -> Vec<Cell> {
        let state = standing(&self.person.claims).map(|standing| state_word(standing.state));
        vec![
            Cell::bytes(&self.person.id.0),
            Cell::text(list_word(self.person.list)),
            Cell::text(self.person.power.as_str()),
            Cell::maybe_bytes(self.item.as_ref().map(|item| item.0.as_slice())),
            Cell::maybe_text(state),
        ]
    }

    fn payload(&self) -> Vec<u8> {
        person_wire::encode(&self.person, &self.tags)
    }

    fn read(mut plain: Cells, payload: &[u8]) -> Option<Self> {
        let (id, list, power) = (plain.bytes()?, plain.text()?, plain.text()?);
        let item = plain.maybe_bytes()?.map(Item);
        let (person, tags) = person_wire::decode(payload)?;
        let same = person.id.0 == id && list_word(person.list) == list && person.power.as_str() == power;
        same.then_some(Self { person, item, tags })
    }
}

impl Reading {
    /// A person.
    ///
    /// # Errors
    /// [`RegisterError::Damaged`], [`RegisterError::Shredded`], and what the database answers.
    pub async fn person(&mut self, id: PersonId) -> Result<Option<PersonRow>, RegisterError> {
        self.get(&[Cell::bytes(&id.0)]).await
    }

    /// Several people at once, by identifier, at most 500 of them; without those unknown or shredded.
    ///
    /// # Errors
    /// [`RegisterError::TooLarge`] for more than 500; as [`Reading::person`].
    pub async fn people_with(
        &mut self,
        ids: &BTreeSet<PersonId>,
    ) -> Result<BTreeMap<PersonId, PersonRow>, RegisterError> {
        const WITH: &str = "SELECT r.id, r.list, r.power, r.item, r.state, r.version, r.sealed, k.version, k.sealed \
                            FROM json_each($1) w CROSS JOIN people r ON r.id = unhex(w.value) \
                            LEFT JOIN person_keys k ON k.person_id = r.id";
        if ids.len() > LIST_MAX as usize {
            let (given, limit) = (ids.len(), LIST_MAX as usize);
            return Err(RegisterError::TooLarge { what: "people read at once", given, limit });
        }
        let binds = [hexadecimal(ids.iter().map(|id| &id.0))];
        let rows = self.list::<PersonRow>(WITH, &binds).await?.whole()?;
        let found: BTreeMap<_, _> = rows.into_iter().map(|row| (row.person.id, row)).collect();
        for id in ids.iter().filter(|id| !found.contains_key(id)) {
            // Unknown, shredded, or taken away: the reading of one tells which.
            match self.person(*id).await {
                Ok(_) | Err(RegisterError::Shredded(_)) => {}
                Err(why) => return Err(why),
            }
        }
        Ok(found)
    }

    /// Whom an item means in this node.
    ///
    /// # Errors
    /// As [`Reading::person`].
    pub async fn person_of(&mut self, item: &Item) -> Result<Option<PersonRow>, RegisterError> {
        const OF: &str = "SELECT id FROM people WHERE item = $1 ORDER BY id LIMIT 1";
        match sql::row(self.conn(), OF, &[Cell::bytes(&item.0)]).await?.and_then(|row| row[0].person()) {
            Some(id) => self.person(id).await,
            None => Ok(None),
        }
    }

    /// The people of a list in the order of their identifiers, after one, at most `limit` (1 to 500).
    ///
    /// # Errors
    /// What the database answers.
    pub async fn people(
        &mut self,
        list: List,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Page<PersonRow>, RegisterError> {
        let after = after.map_or(Cell::Bytes(Vec::new()), |id| Cell::bytes(&id.0));
        self.list(BY_LIST, &[Cell::text(list_word(list)), after, limited(limit)]).await
    }

    /// All people of a list in the order of their identifiers; names in `refused` what is damaged, shredded or missing.
    ///
    /// # Errors
    /// [`RegisterError::TooLarge`] beyond 200,000 people; what the database answers.
    pub async fn all_people(&mut self, list: List) -> Result<Page<PersonRow>, RegisterError> {
        const OTHERS: &str = "SELECT count(*) FROM people WHERE list IN ('held', 'sought') AND list <> $1";
        let (word, mut all) = (Cell::text(list_word(list)), Page { rows: Vec::new(), refused: Vec::new() });
        let mut after = Cell::Bytes(Vec::new());
        loop {
            let binds = [word.clone(), after.clone(), Cell::Int(LIST_MAX.into())];
            let ids = sql::rows(self.conn(), IDS, &binds).await?;
            let Some(last) = ids.last().and_then(|row| row.first()).cloned() else { break };
            let page = self.list::<PersonRow>(BY_LIST, &binds).await?;
            all.rows.extend(page.rows);
            all.refused.extend(page.refused);
            let given = all.rows.len() + all.refused.len();
            if given > PEOPLE_MAX {
                return Err(RegisterError::TooLarge { what: "list of people", given, limit: PEOPLE_MAX });
            }
            after = last;
        }
        let others = sql::number(self.conn(), OTHERS, &[word]).await?;
        let seen = others + (all.rows.len() + all.refused.len()) as i64;
        super::missing(self, &TABLE, seen, &mut all.refused);
        Ok(all)
    }

    /// Who on a list answers to any of these search keys: those that answer to most first, at most 500 of them.
    ///
    /// The tags are an index: a damaged one may hide a person from search, never change what the dossier shows.
    /// [`crate::Register::check`] compares the index with the dossiers.
    ///
    /// # Errors
    /// [`RegisterError::TooLarge`] for more than 64 keys; what the database answers.
    pub async fn find_people(&mut self, keys: &[String], list: List) -> Result<FoundPeople, RegisterError> {
        // All who answer to a key: whoever is left out here answers to fewer keys than is true, and may then not be found.
        const BY_TAGS: &str = "SELECT t.person_id, count(*) AS hits, count(*) OVER () FROM json_each($1) w \
                               CROSS JOIN search_tags t ON t.tag = unhex(w.value) JOIN people r ON r.id = t.person_id \
                               WHERE r.list = $2 GROUP BY t.person_id ORDER BY hits DESC, t.person_id LIMIT $3";
        let binds = [self.tags(keys)?, Cell::text(list_word(list)), Cell::Int(LIST_MAX.into())];
        let found = sql::rows(self.conn(), BY_TAGS, &binds).await?;
        let all = match found.first().and_then(|row| row.get(2)) {
            Some(Cell::Int(all)) => usize::try_from(*all).unwrap_or(usize::MAX),
            _ => 0,
        };
        Ok(FoundPeople { best: found.iter().filter_map(|row| row.first()?.person()).collect(), all })
    }

    /// Who in either list answers to any of these search keys: those that answer to most first, at most `limit` of them.
    ///
    /// # Errors
    /// As [`Reading::find_people`].
    pub async fn sharing(&mut self, keys: &[String], limit: u32) -> Result<Vec<PersonId>, RegisterError> {
        const SHARING: &str = "SELECT t.person_id, count(*) AS hits FROM json_each($1) w \
                               CROSS JOIN search_tags t ON t.tag = unhex(w.value) \
                               GROUP BY t.person_id ORDER BY hits DESC, t.person_id LIMIT $2";
        let binds = [self.tags(keys)?, Cell::Int(limit.into())];
        let found = sql::rows(self.conn(), SHARING, &binds).await?;
        Ok(found.iter().filter_map(|row| row.first()?.person()).collect())
    }

    /// Who in either list answers to any of those of these search keys that at most `bearers_max` people have.
    ///
    /// # Errors
    /// As [`Reading::find_people`].
    pub async fn sharing_rare(
        &mut self,
        keys: &[String],
        bearers_max: u32,
    ) -> Result<BTreeSet<PersonId>, RegisterError> {
        const RARE: &str = "WITH wanted(tag) AS MATERIALIZED (SELECT unhex(w.value) FROM json_each($1) w WHERE \
                            (SELECT count(*) FROM (SELECT 1 FROM search_tags c WHERE c.tag = unhex(w.value) LIMIT $2)) < $2) \
                            SELECT DISTINCT t.person_id FROM wanted CROSS JOIN search_tags t ON t.tag = wanted.tag LIMIT $3";
        let limit = i64::from(bearers_max) + 1;
        let binds = [self.tags(keys)?, Cell::Int(limit), Cell::Int(limit * KEYS_MAX as i64)];
        let found = sql::rows(self.conn(), RARE, &binds).await?;
        Ok(found.iter().filter_map(|row| row.first()?.person()).collect())
    }

    /// The tags of search keys, each once.
    fn tags(&self, keys: &[String]) -> Result<Cell, RegisterError> {
        bounded(keys)?;
        let tags: BTreeSet<[u8; 16]> = keys.iter().map(|key| self.shared.keys.tag(key)).collect();
        Ok(hexadecimal(tags.iter()))
    }

    /// Who in either list answers to one search key, in the order of their identifiers, at most `limit` of them.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn bearers(&mut self, key: &str, limit: u32) -> Result<Vec<PersonId>, RegisterError> {
        const BEARERS: &str = "SELECT person_id FROM search_tags WHERE tag = $1 ORDER BY person_id LIMIT $2";
        let tag = Cell::bytes(&self.shared.keys.tag(key));
        let found = sql::rows(self.conn(), BEARERS, &[tag, Cell::Int(limit.into())]).await?;
        Ok(found.iter().filter_map(|row| row.first()?.person()).collect())
    }

    /// Whose dossier was written after a journal entry; without one, everyone's. Who was shredded since is among them.
    pub fn people_since(&self, seq: Option<u64>) -> Vec<PersonId> {
        let keys = self.changed(PERSON_KEYS, seq).into_iter().chain(self.changed(TABLE.name, seq));
        keys.flatten().collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Who came into the register after a journal entry. Who was shredded since may be among them.
    pub fn came_since(&self, seq: u64) -> BTreeSet<PersonId> {
        self.changed(PERSON_KEYS, Some(seq)).into_iter().flatten().collect()
    }

    /// How many people a list has, by the state of their standing (nothing: no claim).
    ///
    /// # Errors
    /// What the database answers.
    pub async fn people_counts(&mut self, list: List) -> Result<BTreeMap<Option<State>, u64>, RegisterError> {
        const COUNTS: &str =
            "SELECT state, count(*) FROM people WHERE list = $1 GROUP BY state ORDER BY state";
        let found = sql::rows(self.conn(), COUNTS, &[Cell::text(list_word(list))]).await?;
        let mut counts = BTreeMap::new();
        for row in found {
            let mut row = Cells::new(row);
            if let Some((state, count)) = row.maybe_text().zip(row.int::<u64>()) {
                *counts.entry(state.as_deref().and_then(state_of)).or_default() += count;
            }
        }
        Ok(counts)
    }

    /// The key of the commitment that names a person in the shared record.
    ///
    /// # Errors
    /// [`RegisterError::Shredded`], [`RegisterError::Damaged`], [`RegisterError::Refused`] for an unknown person.
    pub async fn item_key(&mut self, id: PersonId) -> Result<ItemKey, RegisterError> {
        let key = self.person_key(id).await?;
        Ok(ItemKey(subkey(&key, "item")))
    }
}

const IDS: &str = "SELECT r.id FROM people r WHERE (r.list = $1 OR r.list NOT IN ('held', 'sought')) \
                   AND r.id > $2 ORDER BY r.id LIMIT $3";

impl Write {
    /// A new identifier for a person.
    pub fn new_person_id(&self) -> PersonId {
        let drawn = self.shared.keys.person_id();
        PersonId(drawn)
    }

    /// Writes a person, new or changed, with the search keys that shall find the dossier. The item given before stays.
    ///
    /// # Errors
    /// [`RegisterError::Shredded`] for a person whose key was destroyed, [`RegisterError::TooLarge`] for more than 64
    /// keys, and as [`Write::put`].
    pub async fn save_person(&mut self, person: &Person, keys: &[String]) -> Result<(), RegisterError> {
        bounded(keys)?;
        self.usable()?;
        let tags: BTreeSet<[u8; 16]> = keys.iter().map(|key| self.shared.keys.tag(key)).collect();
        let own = [Cell::bytes(&person.id.0)];
        let new = may_create(self.expected(PERSON_KEYS, &own), person.id)?;
        let item = if new {
            self.make_person_key(person.id).await?;
            None
        } else {
            self.execute(TAGS_CLEAR, &own).await?;
            self.person(person.id).await?.and_then(|row| row.item)
        };
        for tag in &tags {
            self.execute(TAG_INSERT, &[Cell::bytes(tag), own[0].clone()]).await?;
        }
        self.put(&PersonRow { person: person.clone(), item, tags: tags.into_iter().collect() }).await
    }

    /// Gives a person the opaque name under which the shared record speaks of them.
    ///
    /// # Errors
    /// [`RegisterError::Refused`] for an unknown person or one that has another item already; as [`Write::put`].
    pub async fn set_item(&mut self, id: PersonId, item: Item) -> Result<(), RegisterError> {
        let refuse = |why| Err(RegisterError::Refused { what: "item", why });
        let Some(row) = self.person(id).await? else { return refuse("no such person in this register") };
        match row.item {
            Some(given) if given == item => Ok(()),
            Some(_) => refuse("the person has another item already"),
            None => self.put(&PersonRow { item: Some(item), ..row }).await,
        }
    }

    /// Destroys a person's key: the dossier and every sealed row about the person become unreadable for good, here and in
    /// the journal. Only the plain columns stay. A backup of the key table taken before is not reached.
    ///
    /// # Errors
    /// [`RegisterError::Refused`] for an unknown person, [`RegisterError::Shredded`] for one shredded before.
    pub async fn shred(&mut self, id: PersonId) -> Result<(), RegisterError> {
        self.usable()?;
        let own = [Cell::bytes(&id.0)];
        if may_create(self.expected(PERSON_KEYS, &own), id)? {
            return Err(RegisterError::Refused { what: "person", why: "no such person in this register" });
        }
        self.execute(TAGS_CLEAR, &own).await?;
        self.destroy_person_key(id).await
    }
}

/// Many identifiers or tags in one bind: a JSON list of hexadecimal digits.
fn hexadecimal<'b>(all: impl Iterator<Item = &'b [u8; 16]>) -> Cell {
    let quoted: Vec<String> = all.map(|one| format!("\"{:032X}\"", u128::from_be_bytes(*one))).collect();
    Cell::text(&format!("[{}]", quoted.join(",")))
}

fn bounded(keys: &[String]) -> Result<(), RegisterError> {
    if keys.len() > KEYS_MAX {
        return Err(RegisterError::TooLarge { what: "search keys", given: keys.len(), limit: KEYS_MAX });
    }
    Ok(())
}

/// Copies the people's wrapped keys into a register that is being rebuilt.
pub(crate) async fn copy_keys(
    reading: &mut Reading,
    target: &mut SqliteConnection,
) -> Result<(), RegisterError> {
    const READ: &str = "SELECT person_id, version, sealed FROM person_keys WHERE person_id > $1 \
                        ORDER BY person_id LIMIT 500";
    const WRITE: &str = "INSERT INTO person_keys (person_id, version, sealed) VALUES ($1, $2, $3)";
    let mut after = Cell::Bytes(Vec::new());
    loop {
        let found = sql::rows(reading.conn(), READ, &[after]).await?;
        let Some(last) = found.last() else { return Ok(()) };
        after = last[0].clone();
        for row in &found {
            sql::run(target, WRITE, row).await?;
        }
    }
}

/// Fills the search tags of a register that is being rebuilt from the dossiers.
pub(crate) async fn derive_tags(
    reading: &mut Reading,
    target: &mut SqliteConnection,
) -> Result<(), RegisterError> {
    for list in [List::Held, List::Sought] {
        for row in reading.all_people(list).await?.rows {
            for tag in &row.tags {
                sql::run(target, TAG_INSERT, &[Cell::bytes(tag), Cell::bytes(&row.person.id.0)]).await?;
            }
        }
    }
    Ok(())
}

/// Compares the search tags with the dossiers.
pub(crate) async fn check_tags(reading: &mut Reading, found: &mut Vec<Refused>) -> Result<(), RegisterError> {
    const OF: &str = "SELECT tag FROM search_tags WHERE person_id = $1 ORDER BY tag LIMIT 1000";
    const ALL: &str = "SELECT count(*) FROM search_tags";
    let mut owned = 0;
    for list in [List::Held, List::Sought] {
        for row in reading.all_people(list).await?.rows {
            let person = Cell::bytes(&row.person.id.0);
            let stored = sql::rows(reading.conn(), OF, std::slice::from_ref(&person)).await?;
            owned += stored.len() as i64;
            let expected: Vec<_> = row.tags.iter().map(|tag| vec![Cell::bytes(tag)]).collect();
            if stored != expected {
                let damage = Some("the search tags are not the dossier's");
                found.push(Refused { table: "search_tags", key: person.shown(), damage });
            }
        }
    }
    if sql::number(reading.conn(), ALL, &[]).await? != owned {
        let damage = Some("there are search tags of nobody who can be read");
        found.push(Refused { table: "search_tags", key: String::new(), damage });
    }
    Ok(())
}
