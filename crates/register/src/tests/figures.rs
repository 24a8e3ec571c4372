//! Figures, said aloud, with bounds wide enough for a busy machine and narrow enough to show a mistake.
#![expect(clippy::disallowed_methods, reason = "figures are taken with a clock")]

use std::time::{Duration, Instant};

use exchange::person::List;
use tempfile::tempdir;

use super::*;
use crate::SettingRow;

/// The size of a real list of prisoners of war.
const PEOPLE: u32 = 2_715;

#[tokio::test]
async fn a_list_of_2715_people_is_taken_in_by_one_write() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let start = Instant::now();
    let mut write = register.begin(&registrar(), "import", None, 1).await.unwrap();
    for at in 0..PEOPLE {
        let mut person = person(1, List::Held);
        person.id = write.new_person_id();
        person.provenance.row = at + 1;
        let keys: Vec<String> = (0..8).map(|key| format!("key {key} of {at}")).collect();
        write.save_person(&person, &keys).await.unwrap();
    }
    write.commit().await.unwrap();
    let import = start.elapsed();
    let start = Instant::now();
    let people = register.read().await.unwrap().all_people(List::Held).await.unwrap().whole().unwrap();
    let read = start.elapsed();
    assert_eq!(people.len(), PEOPLE as usize);
    let found =
        register.read().await.unwrap().find_people(&["key 3 of 77".into()], List::Held).await.unwrap();
    assert_eq!((found.best.len(), found.all), (1, 1));
    register.close().await;
    let start = Instant::now();
    let register = open(dir.path()).await;
    let opened = start.elapsed();
    say(&format!(
        "{PEOPLE} people with 8 search keys each: imported in one write in {import:.2?}, all read in {read:.2?}, \
         register opened and verified in {opened:.2?}"
    ));
    assert!(import < Duration::from_secs(10), "{import:?}");
    assert!(read < Duration::from_secs(10), "{read:?}");
    register.close().await;
}

#[tokio::test]
async fn a_small_write_takes_milliseconds() {
    const WRITES: usize = 100;
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let mut times = Vec::new();
    for at in 0..WRITES {
        let start = Instant::now();
        let mut write = register.begin(&registrar(), "set", None, 1).await.unwrap();
        write.put(&SettingRow { key: format!("setting-{at}"), value: vec![1; 100] }).await.unwrap();
        write.commit().await.unwrap();
        times.push(start.elapsed());
    }
    times.sort();
    let (median, most) = (times[WRITES / 2], times[WRITES * 99 / 100]);
    say(&format!("a small write, journaled and synced: median {median:.2?}, 99 of 100 within {most:.2?}"));
    assert!(median < Duration::from_secs(1), "{median:?}");
}
