//! Faults of the machine: a full disk, a record file that cannot be written, a database that errs.

use std::fs::File;
use std::process::Command;

use exchange::person::List;
use tempfile::tempdir;

use super::*;
use crate::SettingRow;
use crate::sql;

/// Sets one setting in one write, and answers what became of it.
async fn small(register: &Register, key: &str, bytes: usize) -> Result<crate::Committed, RegisterError> {
    let mut write = register.begin(&registrar(), "set", None, 1).await?;
    write.put(&SettingRow { key: key.to_owned(), value: vec![7; bytes] }).await?;
    write.commit().await
}

async fn has(register: &Register, key: &str) -> bool {
    register.read().await.unwrap().setting(key).await.unwrap().is_some()
}

#[tokio::test]
async fn a_full_database_refuses_the_write_whole_and_goes_on_when_there_is_room() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    small(&register, "before", 10).await.unwrap();
    let (pool, _) = register.inside();
    // The row fits and its journal entry does not; neither fits; only then an ordinary write.
    for (pages, bytes) in [(10, 30_000), (0, 400_000)] {
        let mut conn = pool.acquire().await.unwrap();
        let used = sql::number(&mut conn, "PRAGMA page_count", &[]).await.unwrap();
        sql::script(&mut conn, limit(used + pages)).await.unwrap();
        drop(conn);
        let full = small(&register, "too-much", bytes).await.unwrap_err();
        assert!(matches!(full, RegisterError::DiskFull), "{full}");
        assert!(has(&register, "before").await && !has(&register, "too-much").await);
        assert_eq!(register.health().stopped, None);
    }
    assert_eq!(small(&register, "after", 10).await.unwrap().seq, 2);
    assert!(has(&register, "after").await);
    assert_eq!(register.check().await.unwrap(), []);
}

/// The statement that bounds the database; leaked, since statements are constants and a test needs a few.
fn limit(pages: i64) -> &'static str {
    Box::leak(format!("PRAGMA max_page_count = {pages}").into_boxed_str())
}

#[tokio::test]
async fn a_write_with_a_failed_step_cannot_be_committed() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let (pool, _) = register.inside();
    let mut conn = pool.acquire().await.unwrap();
    let used = sql::number(&mut conn, "PRAGMA page_count", &[]).await.unwrap();
    sql::script(&mut conn, limit(used)).await.unwrap();
    drop(conn);
    let mut write = register.begin(&registrar(), "set", None, 1).await.unwrap();
    write.put(&SettingRow { key: "small".into(), value: vec![1] }).await.unwrap();
    write.put(&SettingRow { key: "large".into(), value: vec![7; 100_000] }).await.unwrap_err();
    let refused = write.put(&SettingRow { key: "next".into(), value: vec![1] }).await.unwrap_err();
    assert!(matches!(refused, RegisterError::WriteFailed), "{refused}");
    assert!(matches!(write.commit().await, Err(RegisterError::WriteFailed)));
    assert!(!has(&register, "small").await && !has(&register, "next").await);
}

#[tokio::test]
async fn a_full_disk_loses_nothing_acknowledged() {
    let dir = tempdir().unwrap();
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(dir.path()).output();
    if !mounted.is_ok_and(|done| done.status.success()) {
        say("SKIPPED a_full_disk_loses_nothing_acknowledged: a small tmpfs cannot be mounted here");
        return;
    }
    let outcome = tokio::spawn(fill_disk(dir.path().to_owned())).await;
    let unmounted = Command::new("umount").arg(dir.path()).status().unwrap();
    assert!(unmounted.success());
    outcome.unwrap();
}

async fn fill_disk(dir: std::path::PathBuf) {
    let ballast = dir.join("ballast");
    std::fs::write(&ballast, vec![0; 1024 * 1024]).unwrap();
    let register = open(&dir).await;
    let (mut acknowledged, mut behind, mut full) = (Vec::new(), 0, 0);
    for at in 0..400 {
        let key = format!("setting-{at}");
        // Smaller and smaller, so that the disk is filled to its last pages.
        match small(&register, &key, [20_000, 3_000, 100][(at / 60).min(2)]).await {
            Ok(done) => {
                behind += usize::from(done.files_behind);
                acknowledged.push(key);
            }
            Err(RegisterError::DiskFull) => full += 1,
            Err(other) => panic!("{other}"),
        }
        assert!(has(&register, "setting-0").await, "reading goes on");
    }
    assert!(full > 0, "the disk was never full");
    std::fs::remove_file(&ballast).unwrap();
    let done = small(&register, "at-last", 100).await.unwrap();
    assert!(!done.files_behind, "the next write brings the files up");
    register.close().await;
    let register = open(&dir).await;
    assert_eq!(register.health(), crate::Health { stopped: None, files_behind: false });
    for key in &acknowledged {
        assert!(has(&register, key).await, "{key} was acknowledged and is lost");
    }
    assert_eq!(register.check().await.unwrap(), []);
    let journal = register.read().await.unwrap().seq() as usize;
    assert_eq!(journal, acknowledged.len() + 1, "nothing refused has left a trace");
    say(&format!(
        "full disk: {} acknowledged and kept, {behind} with files behind, {full} refused",
        acknowledged.len()
    ));
    register.close().await;
}

#[tokio::test]
async fn a_record_file_that_cannot_be_written_is_reported_and_healed() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    save(&register, [person(1, List::Held)]).await;
    let path = dir.path().join("record/journal.log");
    let (_, writer) = register.inside();
    writer.lock().await.files.replace("journal", File::open(&path).unwrap());
    let done = small(&register, "one", 10).await.unwrap();
    assert!(done.files_behind && register.health().files_behind, "the write stands and says so");
    assert!(has(&register, "one").await);
    assert!(small(&register, "two", 10).await.unwrap().files_behind);
    let short = std::fs::read(&path).unwrap();
    let again = File::options().read(true).write(true).open(&path).unwrap();
    writer.lock().await.files.replace("journal", again);
    assert!(!small(&register, "three", 10).await.unwrap().files_behind);
    assert!(!register.health().files_behind);
    let whole = std::fs::read(&path).unwrap();
    assert!(whole.starts_with(&short) && whole.len() > short.len());
    register.close().await;
    std::fs::remove_file(&path).unwrap();
    open(dir.path()).await;
    assert!(std::fs::read(&path).unwrap() == whole, "the healed file is what the database gives");
}

#[tokio::test]
async fn after_an_error_of_the_database_nothing_is_acknowledged_until_reopening() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    small(&register, "before", 10).await.unwrap();
    let (pool, _) = register.inside();
    let mut conn = pool.acquire().await.unwrap();
    // A database that has become read-only answers as failing hardware does: by refusing what was promised.
    sql::script(&mut conn, "PRAGMA query_only = ON").await.unwrap();
    drop(conn);
    let broken = small(&register, "broken", 10).await.unwrap_err();
    assert!(matches!(broken, RegisterError::Broken(_)), "{broken}");
    let later = small(&register, "later", 10).await.unwrap_err();
    assert!(matches!(later, RegisterError::Broken(_)), "{later}");
    assert!(register.health().stopped.is_some());
    assert!(has(&register, "before").await, "reading goes on");
    register.close().await;
    let register = open(dir.path()).await;
    assert_eq!(small(&register, "again", 10).await.unwrap().seq, 2);
}

#[test]
fn everything_a_handler_awaits_can_cross_threads() {
    fn send<T: Send>(_: &T) {}
    let check = async |register: &Register, opening: Opening<'static>| {
        send(&Register::open(opening));
        send(&register.read());
        send(&register.check());
        send(&register.rebuild_into(Path::new("x")));
        let actor = registrar();
        let begun = register.begin(&actor, "x", None, 1);
        send(&begun);
        let mut write = begun.await.unwrap();
        send(&write.save_person(&person(1, List::Held), &[]));
        send(&write.all_people(List::Held));
        send(&write.commit());
    };
    // It is enough that this compiles.
    let _ = check;
}
