//! The steps of a run by file: commit, confirm, take. Each reads what lies in the folder, goes as far as it can, and leaves a
//! file to carry.
//!
//! Decides in which order things reach the disk: a chunk is counted before it is answered, a file to carry is whole before it is
//! named, and the state comes last, so that a step that broke off can be made again and gives the same. A session is
//! played again from its secrets and the messages kept; what it answers is always the same bytes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use parley::Digest;
use parley::matching::{
    Commit, CommittedList, Event, ListKind, Own, Person, Reference, Refusal, Session, Side, Workers,
    check_shown,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::carried::Carried;
use super::folder::Run;
use super::stop::{Step, Stop, refused};
use crate::chance::{Chance, hex, unhex};

/// What a side brings to a run, as it is kept sealed until the audit.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// 32 bytes in hexadecimal digits: the salts come from them.
    secret: String,
    /// Whom it asks for: the row's identifier and the keys.
    pub sought: Vec<(String, Vec<String>)>,
    /// Whom it holds, likewise.
    pub held: Vec<(String, Vec<String>)>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// Somebody who was found.
#[derive(Serialize, Deserialize, Debug, PartialEq, Eq, PartialOrd, Ord, Clone)]
pub struct Found {
    /// The row of the list of whom one asks for.
    pub id: String,
    /// By which recipes.
    pub recipes: Vec<String>,
    /// What the holder calls the case.
    pub references: Vec<String>,
}

/// How far a step has come.
#[derive(Debug, Serialize)]
pub struct Reached {
    /// What is to be done next: `commit`, `compare`, `carry-and-compare`, `carry`, `done`.
    pub next: &'static str,
    /// The file to carry to the other side.
    pub carry: Option<PathBuf>,
    /// The digits that both sides must read alike.
    pub code: Option<String>,
    /// Whom one asks for and the other holds: how many. Said when this side has closed.
    pub found: Option<usize>,
    /// How many of the other side's queries were answered, and how many it may make.
    pub answered: [u32; 2],
}

/// Both lists as keys.
pub struct Lists {
    /// Whom one asks for: the row's identifier and the keys.
    pub sought: Vec<(String, Vec<String>)>,
    /// Whom one holds, likewise.
    pub held: Vec<(String, Vec<String>)>,
}

/// Commits to both lists. Made again with the same lists it gives the same file.
///
/// # Errors
/// `committed` for other lists than those of before; what parley refuses of a list.
pub fn commit(run: &mut Run<'_>, lists: Lists, chance: &Chance) -> Step<Reached> {
    if run.has("lists.sealed") {
        let kept = kept(run)?;
        if (&kept.sought, &kept.held) != (&lists.sought, &lists.held) {
            return refused("committed");
        }
        // A step that broke off before its file was named is made again below.
        if !run.state.carry.is_empty() {
            return reached(run);
        }
    } else {
        let secret = hex(Zeroizing::new(chance.draw("matching lists")).as_slice());
        let kept = Kept { secret, sought: lists.sought, held: lists.held };
        // Refuses what does not fit before anything is kept.
        drop(begin(run, &kept, [0; 32])?);
        let text = Zeroizing::new(serde_json::to_vec(&kept).map_err(|why| Stop::Failed(why.into()))?);
        if !run.has("key.sealed") {
            let drawn = Zeroizing::new(chance.draw("matching key"));
            run.seal("key.sealed", drawn.as_slice(), chance)?;
        }
        run.seal("lists.sealed", &text, chance)?;
    }
    let mut session = played(run)?;
    let mut out = vec![session.commit().to_vec()];
    if run.has("first") {
        let first = Carried::decode(&run.read("first")?)?;
        for message in &first.messages {
            session.receive(message)?;
            keep(run, message)?;
        }
        run.state.taken.push(hex(Digest::of(&run.read("first")?).as_bytes()));
        out.push(session.accept()?);
        run.state.accepted = true;
    }
    let params = (run.side() == Side::First).then(|| run.params.encode());
    give(run, params, out)?;
    reached(run)
}

/// The officer has compared the code with the other side, by a way on which each knows the other's voice.
///
/// # Errors
/// `code-differs` for other digits; `out-of-turn` before both commits are here.
pub fn confirm(run: &mut Run<'_>, heard: &str, chance: &Chance) -> Step<Reached> {
    let Some(code) = code(run)? else { return refused("psi-out-of-turn") };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(heard) != digits(&code) {
        return refused("code-differs");
    }
    if run.state.closed.is_some() {
        return reached(run);
    }
    let mut session = played(run)?;
    run.state.confirmed = true;
    let out = advance(run, &mut session, Vec::new())?;
    finish(run, &mut session, out, chance)
}

/// Takes a file of the other side and answers what is in turn. A file that was taken before changes nothing.
///
/// # Errors
/// Why the file is refused; nothing has changed then.
pub fn take(run: &mut Run<'_>, bytes: &[u8], chance: &Chance) -> Step<Reached> {
    let digest = hex(Digest::of(bytes).as_bytes());
    if run.state.taken.contains(&digest) {
        return reached(run);
    }
    let file = Carried::decode(bytes)?;
    if file.session != run.params.session() {
        return refused("psi-other-session");
    }
    if file.from == run.side() {
        return refused("psi-wrong-side");
    }
    if run.state.closed.is_some() {
        return take_close(run, &file, digest);
    }
    if run.state.received > 0 && !run.state.confirmed {
        return refused("unconfirmed");
    }
    let mut session = played(run)?;
    let (mut answers, mut news) = (Vec::new(), Vec::new());
    for message in &file.messages {
        match session.receive(message) {
            Ok(Event::EvaluationDue(entry)) => {
                run.count(&entry)?;
                answers.push(session.recorded(&entry)?);
                news.push(message);
            }
            Ok(event) => {
                run.state.other_closed |= event == Event::CloseSeen;
                news.push(message);
            }
            Err(Refusal::Replayed) => {}
            Err(why) => return Err(why.into()),
        }
    }
    if news.is_empty() {
        return refused("psi-replayed");
    }
    for message in news {
        keep(run, message)?;
    }
    run.state.taken.push(digest);
    let out = if run.state.confirmed { advance(run, &mut session, answers)? } else { answers };
    finish(run, &mut session, out, chance)
}

/// The other side's close is all that may come after one's own.
fn take_close(run: &mut Run<'_>, file: &Carried, digest: String) -> Step<Reached> {
    let expected = run.state.closed.clone().unwrap_or_default();
    let Some(last) = file.messages.last() else { return refused("file-form") };
    if run.state.other_closed {
        return refused("psi-replayed");
    }
    if hex(last) != expected {
        return refused("psi-other-transcript");
    }
    run.state.other_closed = true;
    run.state.taken.push(digest);
    run.save()?;
    reached(run)
}

/// What is in turn now, behind the answers.
fn advance(run: &mut Run<'_>, session: &mut Session, answers: Vec<Vec<u8>>) -> Step<Vec<Vec<u8>>> {
    let mut out = Vec::new();
    if !run.state.accepted {
        out.push(session.accept()?);
        run.state.accepted = true;
    }
    if !run.state.tags_given
        && let Some(tags) = in_turn(session.tags())?
    {
        out.push(tags);
        run.state.tags_given = true;
    }
    out.extend(answers);
    if let Some(query) = in_turn(session.query())?.flatten() {
        let digest = hex(Digest::of(&query).as_bytes());
        if run.state.asked != digest {
            run.state.asked = digest;
            out.push(query);
        }
    }
    Ok(out)
}

/// Nothing where it is not the time for it yet.
fn in_turn<T>(said: Result<T, Refusal>) -> Step<Option<T>> {
    match said {
        Ok(said) => Ok(Some(said)),
        Err(Refusal::OutOfTurn(_)) => Ok(None),
        Err(why) => Err(why.into()),
    }
}

/// Closes if all is answered, names the file to carry, and writes down how far the run has come.
fn finish(run: &mut Run<'_>, session: &mut Session, mut out: Vec<Vec<u8>>, chance: &Chance) -> Step<Reached> {
    let found = found_in(run, session)?;
    if run.state.confirmed
        && let Some(close) = in_turn(session.close())?
    {
        out.push(close);
        run.state.closed = session.close_of_other().map(|close| hex(&close));
    }
    let text = serde_json::to_vec(&found).map_err(|why| Stop::Failed(why.into()))?;
    run.seal("found.sealed", &Zeroizing::new(text), chance)?;
    if out.is_empty() {
        run.save()?
    } else {
        give(run, None, out)?
    }
    reached(run)
}

/// Destroys the key and the other side's tags of a run that is closed.
fn sweep(run: &Run<'_>) -> Step<()> {
    if run.state.closed.is_some() {
        run.destroy("key.sealed")?;
        // The first message is the other side's commit: an audit needs it.
        (1..run.state.received).try_for_each(|at| run.destroy(&received(at)))?;
    }
    Ok(())
}

/// Writes the file to carry, then that it is there.
fn give(run: &mut Run<'_>, params: Option<Vec<u8>>, messages: Vec<Vec<u8>>) -> Step<()> {
    let side = if run.state.second { "second" } else { "first" };
    let name = format!("run-{}-{side}-{}.match", run.params.run, run.state.carry.len() + 1);
    let file = Carried { session: run.params.session(), from: run.side(), params, messages };
    run.write(&name, &file.encode())?;
    run.state.carry.push(name);
    run.save()
}

/// Keeps a message of the other side for the next step; the state that counts it comes later.
fn keep(run: &mut Run<'_>, message: &[u8]) -> Step<()> {
    run.write(&received(run.state.received), message)?;
    run.state.received += 1;
    Ok(())
}

fn received(at: usize) -> String {
    format!("received-{at:04}")
}

fn kept(run: &Run<'_>) -> Step<Kept> {
    let text = run.unseal("lists.sealed")?;
    serde_json::from_slice(&text).map_or_else(|_| refused("folder-kept"), Ok)
}

/// The session at its beginning.
fn begin(run: &Run<'_>, kept: &Kept, run_secret: [u8; 32]) -> Step<Session> {
    let Some(list_secret) = unhex(&kept.secret) else { return refused("folder-kept") };
    let sought = persons(&kept.sought, false);
    let held = persons(&kept.held, run.params.reference > 0);
    let own = Own { sought: &sought, held: &held, run_secret, list_secret };
    Ok(Session::begin(run.params.clone(), run.side(), own, workers())?)
}

fn persons(list: &[(String, Vec<String>)], with_reference: bool) -> Vec<Person> {
    let person = |(id, keys): &(String, Vec<String>)| Person {
        keys: keys.iter().map(|key| key.clone().into_bytes()).collect(),
        reference: if with_reference { id.clone().into_bytes() } else { Vec::new() },
    };
    list.iter().map(person).collect()
}

/// As many threads as there are processors.
pub fn workers() -> Workers {
    Workers::new(std::thread::available_parallelism().map_or(1, usize::from))
}

/// The session as far as it has come, from its secrets and the messages kept.
fn played(run: &Run<'_>) -> Step<Session> {
    if !run.has("lists.sealed") {
        return refused("not-committed");
    }
    let secret = run.unseal("key.sealed")?;
    let Ok(secret) = <[u8; 32]>::try_from(secret.as_slice()) else { return refused("folder-kept") };
    let mut session = begin(run, &kept(run)?, secret)?;
    for at in 0..run.state.received {
        if let Event::EvaluationDue(entry) = session.receive(&run.read(&received(at))?)? {
            run.count(&entry)?;
            session.recorded(&entry)?;
        }
        if at == 0 && run.state.accepted {
            session.accept()?;
        }
    }
    Ok(session)
}

/// The digits that both sides must read alike: they hang on both commits. Thirty, so that nobody who carries the files can find
/// commits of his own with the same.
fn code(run: &Run<'_>) -> Step<Option<String>> {
    let own = run.file(&format!(
        "run-{}-{}-1.match",
        run.params.run,
        if run.state.second { "second" } else { "first" }
    ));
    if run.state.received == 0 || !own.exists() {
        return Ok(None);
    }
    let own = Carried::decode(&std::fs::read(own)?)?;
    let Some(own) = own.messages.first().map(|commit| Digest::of(commit)) else {
        return refused("folder-kept");
    };
    let other = Digest::of(&run.read(&received(0))?);
    let both = if run.state.second { [other, own] } else { [own, other] };
    let hash = Sha256::new_with_prefix(b"homeward match code v1")
        .chain_update(run.params.session().as_bytes())
        .chain_update(both[0].as_bytes())
        .chain_update(both[1].as_bytes())
        .finalize();
    let number = hash.iter().take(16).fold(0_u128, |n, byte| n << 8 | u128::from(*byte));
    let digits = format!("{:030}", number % 10_u128.pow(30));
    let groups: Vec<&str> = (0..6).map(|at| &digits[5 * at..5 * at + 5]).collect();
    Ok(Some(groups.join(" ")))
}

/// Whom one asks for and the other holds, by one's own rows.
fn found_in(run: &Run<'_>, session: &Session) -> Step<Vec<Found>> {
    let kept = kept(run)?;
    let hits: BTreeMap<&[u8], &Reference> =
        session.matches().iter().map(|hit| (hit.key.as_slice(), &hit.reference)).collect();
    let mut all = Vec::new();
    for (id, keys) in &kept.sought {
        let hit: Vec<(&str, &Reference)> =
            keys.iter().filter_map(|key| Some((key.as_str(), *hits.get(key.as_bytes())?))).collect();
        if hit.is_empty() {
            continue;
        }
        let mut recipes: Vec<String> =
            hit.iter().filter_map(|(key, _)| key.split('|').nth(1)).map(str::to_owned).collect();
        let reference = |reference: &Reference| match reference {
            Reference::Opened(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            Reference::Broken => Some("?".to_owned()),
            Reference::None => None,
        };
        let mut references: Vec<String> = hit.iter().filter_map(|(_, one)| reference(one)).collect();
        [&mut recipes, &mut references].into_iter().for_each(|words| {
            words.sort();
            words.dedup();
        });
        all.push(Found { id: id.clone(), recipes, references });
    }
    Ok(all)
}

/// Who was found, as it is kept.
///
/// # Errors
/// `not-finished` before anything was asked.
pub fn found(run: &Run<'_>) -> Step<Vec<Found>> {
    if run.state.asked.is_empty() && run.state.closed.is_none() {
        return refused("not-finished");
    }
    let text = run.unseal("found.sealed")?;
    serde_json::from_slice(&text).map_or_else(|_| refused("folder-kept"), Ok)
}

/// Opens the leaves by which somebody was found, for the other side: it sees these keys and no others.
///
/// # Errors
/// `not-found` where nobody was found in a row of this identifier.
pub fn open(run: &Run<'_>, id: &str) -> Step<Vec<u8>> {
    let found = found(run)?;
    let Some(one) = found.iter().find(|one| one.id == id) else { return refused("not-found") };
    let kept = kept(run)?;
    let Some(secret) = unhex(&kept.secret) else { return refused("folder-kept") };
    let persons = persons(&kept.sought, false);
    let list = CommittedList::new(&run.params, run.side(), ListKind::Sought, &persons, &secret)?;
    let is_hit =
        |key: &&String| key.split('|').nth(1).is_some_and(|name| one.recipes.iter().any(|r| r == name));
    let rows = kept.sought.iter().filter(|(row, _)| row == id);
    let keys = rows.flat_map(|(_, keys)| keys.iter().filter(is_hit));
    let mut places: Vec<u32> = keys.filter_map(|key| list.place_of(key.as_bytes())).collect();
    places.sort_unstable();
    places.dedup();
    Ok(parley::matching::open(&run.params, run.side(), &list, &places)?)
}

/// Checks what the other side opened: it was in its list before anything was asked. Gives the keys, and which of one's own
/// rows have them.
///
/// # Errors
/// Why the openings are refused.
pub fn check(run: &Run<'_>, bytes: &[u8]) -> Step<Vec<(String, Vec<String>)>> {
    if run.state.received == 0 {
        return refused("psi-out-of-turn");
    }
    let other = run.side().other();
    let commit = Commit::decode(&run.params, other, &run.read(&received(0))?)?;
    let leaves = check_shown(&run.params, other, ListKind::Sought, &commit, bytes)?;
    let kept = kept(run)?;
    let shown = leaves.iter().filter(|leaf| !leaf.fills_up()).map(|leaf| {
        let key = String::from_utf8_lossy(&leaf.key).into_owned();
        let has = |(_, keys): &&(String, Vec<String>)| keys.contains(&key);
        let rows = kept.held.iter().filter(has).map(|(id, _)| id.clone()).collect();
        (key, rows)
    });
    Ok(shown.collect())
}

/// How far the run has come.
///
/// # Errors
/// What the disk answers.
pub fn reached(run: &Run<'_>) -> Step<Reached> {
    sweep(run)?;
    let cap = run.params.sought[usize::from(!run.state.second)];
    let code = if run.state.confirmed { None } else { code(run)? };
    let carry = run.state.carry.last().map(|name| run.file(name));
    let next = match (&code, &carry) {
        (_, None) => "commit",
        (Some(_), Some(_)) if run.side() == Side::First => "compare",
        (Some(_), Some(_)) => "carry-and-compare",
        (None, Some(_)) if run.state.other_closed && run.state.closed.is_some() => "done",
        (None, Some(_)) => "carry",
    };
    let found = if run.state.closed.is_some() { Some(found(run)?.len()) } else { None };
    Ok(Reached { next, carry, code, found, answered: [run.counted()?, cap] })
}
