//! kill -9 of the real program at random moments while clients write to it over its real interface.
//!
//! The judge is the clients' own journal of what was acknowledged: after every start the node must show all of it.
//! `HOMEWARD_KILLS` sets the number of kills.

mod live;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use homeward::officer::Role;
use live::{Dice, Folder, HELD, Running, Session};
use time::Date;
use time::macros::date;

/// Kills in a run of `make test`.
const KILLS: usize = 50;
/// Clients that write at the same time, each to dossiers of its own.
const CLIENTS: usize = 4;
/// Dossiers of one client.
const DOSSIERS: usize = 3;
/// The longest a node is written to before it is killed.
const WRITING_MS_MAX: u64 = 500;
/// A dossier is given to the clients with no claims; each claim they add is of another day from here.
const FIRST_DAY: Date = date!(2005 - 01 - 01);

/// A claim that no other write makes: which dossier, of which day.
type Value = (String, Date);

/// What the journal holds and the node does not show.
fn lost(journal: &BTreeSet<Value>, shown: &BTreeSet<Value>) -> Vec<Value> {
    journal.difference(shown).cloned().collect()
}

/// What the node shows and nobody sent.
fn invented(sent: &BTreeSet<Value>, shown: &BTreeSet<Value>) -> Vec<Value> {
    shown.difference(sent).cloned().collect()
}

/// What one client sent, and what of it was acknowledged.
#[derive(Default)]
struct Written {
    sent: BTreeSet<Value>,
    acknowledged: BTreeSet<Value>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost_to_a_kill() {
    let kills =
        std::env::var("HOMEWARD_KILLS").map_or(KILLS, |text| text.parse().expect("a number of kills"));
    let place = tempfile::tempdir().unwrap();
    let first = [("administrator-1", &[Role::Administrator][..]), ("registrar-1", &[Role::Registrar][..])];
    let folder = Folder::prepare(place.path(), &first);
    let mut node = folder.start();
    let administrator = node.sign_in(&node.printed_link("administrator-1")).await;
    let session = node.sign_in_by(&administrator, "registrar-1").await;
    let people = bring_in(&session, &node).await;
    let (mut dice, mut sent, mut journal) = (Dice(20_251_122), BTreeSet::new(), BTreeSet::new());
    for kill in 0..kills {
        let from = sent.iter().map(|(_, day): &Value| *day).max().map_or(FIRST_DAY, next);
        let writers: Vec<_> = people
            .chunks(DOSSIERS)
            .map(|own| write_until_killed(session.clone(), node.desk.clone(), own.to_vec(), from))
            .map(tokio::spawn)
            .collect();
        tokio::time::sleep(Duration::from_millis(dice.below(WRITING_MS_MAX))).await;
        node.kill();
        for writer in writers {
            let written = writer.await.unwrap();
            sent.extend(written.sent);
            journal.extend(written.acknowledged);
        }
        node = folder.start();
        let shown = shown(&session, &node, &people).await;
        let lost = lost(&journal, &shown);
        assert!(lost.is_empty(), "kill {kill}: acknowledged and lost: {lost:?}");
        let invented = invented(&sent, &shown);
        assert!(invented.is_empty(), "kill {kill}: shown and never sent: {invented:?}");
    }
    say(&format!("{kills} kills, {} acknowledged, 0 lost", journal.len()));
    assert!(journal.len() > kills, "hardly anything was acknowledged");
    the_judge_finds_a_loss(journal, &shown(&session, &node, &people).await);
}

/// The same judge over a journal that is not what happened: the test above can fail.
fn the_judge_finds_a_loss(mut journal: BTreeSet<Value>, shown: &BTreeSet<Value>) {
    let one = journal.first().expect("checked above").clone();
    let mut without = shown.clone();
    without.remove(&one);
    assert_eq!(lost(&journal, &without), std::slice::from_ref(&one), "a value that is gone is found");
    let never = (one.0, FIRST_DAY - time::Duration::DAY);
    journal.insert(never.clone());
    assert_eq!(lost(&journal, shown), [never], "a value that never was is found");
}

/// Imports the people whose dossiers are written to; answers their identifiers.
async fn bring_in(session: &Session, node: &Running) -> Vec<String> {
    let mut csv = format!("{HELD}\r\n");
    for nth in 0..CLIENTS * DOSSIERS {
        let born = 1 + nth % 9;
        csv += &format!(
            "P-{nth},Invented,Person {nth},,male,1990-01-0{born},OR-1,,,,2022-05-01,,S-01,,2022-05-01,"
        );
        csv += ",,,,,\r\n";
    }
    let fields = [("list", "held"), ("map", "held"), ("name", "held")];
    let view: serde_json::Value =
        session.upload(&node.desk, "/import", &fields, &csv).await.unwrap().json().unwrap();
    let confirm = format!("/import/{}/confirm", view["import"].as_str().unwrap_or_else(|| panic!("{view}")));
    assert!(session.post(&node.desk, &confirm, &[]).await.unwrap().status.is_success());
    let purpose = [("purpose", "registration"), ("back", "/")];
    assert!(session.post(&node.desk, "/purpose", &purpose).await.unwrap().status.is_redirection());
    let view: serde_json::Value = session.get(&node.desk, "/people?list=held").await.unwrap().json().unwrap();
    let people = view["people"].as_array().unwrap();
    assert_eq!(people.len(), CLIENTS * DOSSIERS);
    people.iter().map(|person| person["id"].as_str().unwrap().to_owned()).collect()
}

/// Adds one claim after another, each of a day of its own, from day `from` on.
async fn write_until_killed(session: Session, desk: String, people: Vec<String>, from: Date) -> Written {
    let mut written = Written::default();
    let mut day = from;
    for person in people.iter().cycle() {
        let path = format!("/people/{person}/claims");
        let of = day.to_string();
        let fields = [("says", "held"), ("of", of.as_str()), ("source", "family"), ("grade", "likely")];
        written.sent.insert((person.clone(), day));
        match session.post(&desk, &path, &fields).await {
            Ok(answer) if answer.status.is_redirection() => {
                written.acknowledged.insert((person.clone(), day))
            }
            Ok(answer) => panic!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)),
            Err(_) => break,
        };
        day = next(day);
    }
    written
}

fn next(day: Date) -> Date {
    day.next_day().expect("far from the calendar's end")
}

/// The claims of every dossier, as the desk shows them. The session is from before the kill.
async fn shown(session: &Session, node: &Running, people: &[String]) -> BTreeSet<Value> {
    let form = time::macros::format_description!("[year]-[month]-[day]");
    let mut shown = BTreeSet::new();
    for person in people {
        let answer = session.get(&node.desk, &format!("/people/{person}")).await.unwrap();
        let view: serde_json::Value = answer.json().expect("the session survives a restart");
        for claim in view["claims"].as_array().unwrap_or_else(|| panic!("{view}")) {
            let day = Date::parse(claim["of"].as_str().unwrap(), form).unwrap();
            // What came with the list is not the clients'.
            if claim["source"] == "family" {
                shown.insert((person.clone(), day));
            }
        }
    }
    shown
}

fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
