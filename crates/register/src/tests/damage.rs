//! What is stored and then changed under the register: never shown as good, refused by name, the rest stays readable.

use exchange::person::List;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};
use tempfile::tempdir;

use super::*;
use crate::cell::Cell;
use crate::{PersonRow, Refused};

/// A connection that goes past the register.
async fn raw(dir: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(dir.join("register.db"));
    SqliteConnection::connect_with(&options).await.unwrap()
}

/// Sets one column of one person, the value given as bytes.
#[expect(clippy::disallowed_methods, reason = "the test goes past the register")]
async fn set(conn: &mut SqliteConnection, id: &[u8], column: &str, kind: &str, value: &[u8]) {
    let statement = format!("UPDATE people SET {column} = CAST($1 AS {kind}) WHERE id = $2");
    let done =
        sqlx::query(AssertSqlSafe(statement)).bind(value.to_vec()).bind(id.to_vec()).execute(conn).await;
    assert_eq!(done.unwrap().rows_affected(), 1);
}

async fn change(conn: &mut SqliteConnection, statement: &'static str, binds: &[Cell]) {
    assert!(crate::sql::run(conn, statement, binds).await.unwrap() > 0, "{statement}");
}

const STORED: &str = "SELECT id, list, power, item, state, version, sealed FROM people ORDER BY id";

/// Everyone on both lists as far as they can be read, and what was refused.
async fn everyone(register: &Register) -> (Vec<PersonRow>, Vec<Refused>) {
    let mut read = register.read().await.unwrap();
    let (held, sought) =
        (read.all_people(List::Held).await.unwrap(), read.all_people(List::Sought).await.unwrap());
    ([held.rows, sought.rows].concat(), [held.refused, sought.refused].concat())
}

#[tokio::test]
async fn one_flipped_bit_in_any_column_is_never_believed() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    save(&register, (1..=20).map(|id| person(id, List::Held))).await;
    let (good, none) = everyone(&register).await;
    assert_eq!((good.len(), none.len()), (20, 0));
    let mut conn = raw(dir.path()).await;
    let stored = crate::sql::rows(&mut conn, STORED, &[]).await.unwrap();
    let columns =
        [("list", "TEXT"), ("power", "TEXT"), ("state", "TEXT"), ("version", "INTEGER"), ("sealed", "BLOB")];
    let (mut chance, mut believed_without_seal) = (chance(11), 0);
    const TRIES: usize = 300;
    for _ in 0..TRIES {
        let row = &stored[chance(stored.len())];
        let (column, kind) = columns[chance(columns.len())];
        let at =
            ["id", "list", "power", "item", "state", "version", "sealed"].iter().position(|c| *c == column);
        let (Cell::Bytes(id), old) = (&row[0], &row[at.unwrap()]) else { panic!("an id is bytes") };
        let before = match old {
            Cell::Text(text) => text.clone().into_bytes(),
            Cell::Bytes(bytes) => bytes.clone(),
            other => other.shown().into_bytes(),
        };
        let mut after = before.clone();
        if kind == "INTEGER" {
            let Cell::Int(version) = old else { panic!("a version is a number") };
            after = (version ^ (1 << chance(40))).to_string().into_bytes();
        } else {
            let bit = chance(8 * after.len());
            after[bit / 8] ^= 1 << (bit % 8);
        }
        // The control: a program that reads plain columns takes any text that is text, and any number.
        believed_without_seal += usize::from(kind != "BLOB" && std::str::from_utf8(&after).is_ok());
        set(&mut conn, id, column, kind, &after).await;
        let (rows, refused) = everyone(&register).await;
        assert!(rows.iter().all(|row| good.contains(row)), "{column}: a changed row was believed");
        assert!(!refused.is_empty(), "{column}: nothing was said");
        assert_eq!(rows.len(), 19, "{column}: the others stay readable");
        assert!(!register.check().await.unwrap().is_empty(), "{column}: the full check is silent");
        set(&mut conn, id, column, kind, &before).await;
    }
    assert_eq!(everyone(&register).await, (good, vec![]));
    assert!(believed_without_seal > TRIES / 3, "the control believed {believed_without_seal}");
    say(&format!(
        "{TRIES} flipped bits: 0 believed; without the seal {believed_without_seal} would have been"
    ));
}

#[tokio::test]
async fn rows_exchanged_rolled_back_or_taken_away_are_refused_by_name() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    save(&register, (1..=4).map(|id| person(id, List::Held))).await;
    let mut conn = raw(dir.path()).await;
    let old = crate::sql::rows(&mut conn, STORED, &[]).await.unwrap();
    let mut freed = person(1, List::Held);
    freed.remarks = Some(Text("came home".to_owned()));
    save(&register, [freed.clone()]).await;
    let new = crate::sql::rows(&mut conn, STORED, &[]).await.unwrap();
    let refused = async |id: u8| {
        let answer = register.read().await.unwrap().person(PersonId([id; 16])).await;
        answer.expect_err("a damaged row was believed").to_string()
    };
    const PUT: &str = "UPDATE people SET list = $2, power = $3, item = $4, state = $5, version = $6, sealed = $7 \
                       WHERE id = $1";
    let name = PersonId([1; 16]).to_string();

    change(&mut conn, PUT, &old[0]).await;
    assert_eq!(
        refused(1).await,
        format!("people {name} is damaged: the version is not the one last written")
    );
    let payload = [&new[0][..6], &old[0][6..]].concat();
    change(&mut conn, PUT, &payload).await;
    assert_eq!(refused(1).await, format!("people {name} is damaged: the seal does not hold"));
    change(&mut conn, PUT, &new[0]).await;
    for (one, two) in [(1, 2), (2, 1)] {
        change(&mut conn, PUT, &[&new[one][..1], &new[two][1..]].concat()).await;
    }
    assert!(refused(2).await.ends_with("the seal does not hold"));
    assert!(refused(3).await.ends_with("the seal does not hold"));
    change(&mut conn, PUT, &new[1]).await;
    change(&mut conn, PUT, &new[2]).await;
    change(&mut conn, "DELETE FROM people WHERE id = $1", &new[3][..1]).await;
    assert!(refused(4).await.ends_with("the row is missing"));
    let (rows, missing) = everyone(&register).await;
    assert_eq!((rows.len(), missing[0].damage), (3, Some("rows are missing")));
    let mut read = register.read().await.unwrap();
    assert_eq!(read.person(freed.id).await.unwrap().unwrap().person, freed);
    drop(read);

    // The control: with the seal alone, and no journal to say which version is the last, the old row is believed.
    change(&mut conn, PUT, &old[0]).await;
    register.shared().versions.give_up();
    let mut read = register.read().await.unwrap();
    assert_eq!(read.person(freed.id).await.unwrap().unwrap().person, person(1, List::Held));
}

#[tokio::test]
async fn a_flipped_byte_anywhere_in_the_database_file_is_never_believed() {
    const TRIES: usize = 80;
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    save(&register, (1..=20).map(|id| person(id, List::Held))).await;
    let good = everyone(&register).await.0;
    register.close().await;
    let (mut chance, mut unopened, mut refused, mut readable) = (chance(5), 0, 0, 0);
    let original = std::fs::read(dir.path().join("register.db")).unwrap();
    for _ in 0..TRIES {
        let copy = tempdir().unwrap();
        let mut bytes = original.clone();
        let at = chance(bytes.len());
        bytes[at] ^= 1 << chance(8);
        std::fs::write(copy.path().join("register.db"), bytes).unwrap();
        let Ok(register) = try_open(copy.path(), 7, 1).await else {
            unopened += 1;
            continue;
        };
        let mut read = register.read().await.unwrap();
        match read.all_people(List::Held).await {
            Ok(page) => {
                assert!(
                    page.rows.iter().all(|row| good.contains(row)),
                    "byte {at}: a changed person was believed"
                );
                assert!(
                    page.rows.len() == 20 || !page.refused.is_empty(),
                    "byte {at}: somebody vanished silently"
                );
                refused += usize::from(!page.refused.is_empty());
                readable += page.rows.len();
            }
            Err(_) => refused += 1,
        }
    }
    say(&format!(
        "{TRIES} flipped bytes in the file: 0 believed; {unopened} not opened, {refused} refused by name, \
         {readable} of {} people read",
        TRIES * 20
    ));
    assert!(unopened + refused > 0, "no damage was met at all");
}

#[tokio::test]
async fn a_changed_journal_stops_writing_and_reading_goes_on() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    for id in 1..=3 {
        save(&register, [person(id, List::Held)]).await;
    }
    register.close().await;
    let mut conn = raw(dir.path()).await;
    change(&mut conn, "UPDATE journal SET body_at = body_at + 1 WHERE seq = 2", &[]).await;
    conn.close().await.unwrap();
    let register = open(dir.path()).await;
    let why = register.begin(&registrar(), "import", None, 1).await.err().unwrap().to_string();
    assert_eq!(why, "journal 2 is damaged: the entry is not the one that was written");
    assert_eq!(register.health().stopped, Some(why));
    assert_eq!(everyone(&register).await.0.len(), 3);
    assert_eq!(register.check().await.unwrap()[0].table, "journal");
}

/// Changes a record file of a closed register, and answers what opening it says.
async fn after(change: impl FnOnce(&Path)) -> (Option<String>, bool) {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    for id in 1..=3 {
        save(&register, [person(id, List::Held)]).await;
    }
    let mut write = register.begin(&registrar(), "take in entries", None, 1).await.unwrap();
    write.append_entry("aronia", 0, b"first;").await.unwrap();
    write.append_entry("aronia", 1, b"second;").await.unwrap();
    write.commit().await.unwrap();
    register.close().await;
    let record = dir.path().join("record");
    let before = ["journal.log", "aronia.log"].map(|file| std::fs::read(record.join(file)).unwrap());
    assert!(before[0].starts_with(b"opening entry;signed("));
    assert_eq!(before[1], b"first;second;");
    change(&record);
    let changed = ["journal.log", "aronia.log"].map(|file| std::fs::read(record.join(file)).ok());
    let register = open(dir.path()).await;
    let stopped = register.health().stopped;
    let now = ["journal.log", "aronia.log"].map(|file| std::fs::read(record.join(file)).unwrap());
    if stopped.is_some() {
        let begun = register.begin(&registrar(), "import", None, 1).await;
        assert!(matches!(begun, Err(RegisterError::RecordFileDiffers { .. })));
        assert!(
            changed.iter().zip(&now).all(|(changed, now)| changed.as_ref() == Some(now)),
            "it was overwritten"
        );
        assert_eq!(everyone(&register).await.0.len(), 3);
    } else {
        save(&register, [person(4, List::Held)]).await;
    }
    (stopped, now == before)
}

#[tokio::test]
async fn record_files_are_completed_and_never_overwritten() {
    let edit = |file: &'static str, edit: fn(&mut Vec<u8>)| {
        move |record: &Path| {
            let mut bytes = std::fs::read(record.join(file)).unwrap();
            edit(&mut bytes);
            std::fs::write(record.join(file), bytes).unwrap();
        }
    };
    let differs = |file: &str, at: u64| {
        (Some(format!("record file {file} differs from the register at byte {at}")), false)
    };
    assert_eq!(after(|_| ()).await, (None, true));
    assert_eq!(
        after(edit("journal.log", |bytes| bytes.truncate(bytes.len() - 5))).await,
        (None, true),
        "torn"
    );
    assert_eq!(after(edit("aronia.log", |bytes| bytes.truncate(6))).await, (None, true), "an entry short");
    assert_eq!(after(|record| std::fs::remove_file(record.join("aronia.log")).unwrap()).await, (None, true));
    assert_eq!(after(edit("aronia.log", |bytes| bytes[8] ^= 1)).await, differs("aronia.log", 8));
    assert_eq!(after(edit("journal.log", |bytes| bytes[3] ^= 1)).await, differs("journal.log", 3));
    // Yesterday's database put back: the files have more than it knows of.
    assert_eq!(after(edit("aronia.log", |bytes| bytes.extend(b"third;"))).await, differs("aronia.log", 13));
    let unknown = after(|record| std::fs::write(record.join("belmar.log"), b"x").unwrap()).await;
    assert_eq!(unknown.0, differs("belmar.log", 0).0);
}

#[tokio::test]
async fn a_second_process_and_another_key_are_turned_away() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let second = try_open(dir.path(), 7, 2).await.err().unwrap();
    assert!(matches!(second, RegisterError::AlreadyOpen { .. }), "{second}");
    register.close().await;
    let other = try_open(dir.path(), 8, 1).await.err().unwrap();
    assert!(matches!(other, RegisterError::WrongKey { .. }), "{other}");
    open(dir.path()).await;
}

#[tokio::test]
async fn a_register_of_a_later_program_is_left_alone() {
    let dir = tempdir().unwrap();
    open(dir.path()).await.close().await;
    let mut conn = raw(dir.path()).await;
    change(&mut conn, "INSERT INTO migrations (number, digest) VALUES (4, $1)", &[Cell::bytes(&[1; 32])])
        .await;
    conn.close().await.unwrap();
    let refused = try_open(dir.path(), 7, 1).await.err().unwrap();
    assert!(matches!(refused, RegisterError::UnknownMigration { number: 4 }), "{refused}");
}
